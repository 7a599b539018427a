//! The halves of words that are written with a hyphen.

/// First halves, in lower case.
const FIRST: &str = "\
    self well ill ex non anti pro semi quasi all half full part cross long short high low far near new old hard \
    soft fast slow open close co vice post pre mid multi so much then now one two three four five six seven \
    eight nine ten twenty thirty forty fifty sixty seventy eighty ninety first second third last single double \
    left right right-wing middle north south east west anglo franco afro state world year day week month hour \
    mile best better worst longest highest early late great step make by on off in out up down over built user \
    demi mi après avant arrière grand petit sous sud nord est ouest vingt trente quarante cinquante soixante \
    quatre dix celui celle ceux elle lui eux nous vous peut quelques rendez porte là jusque sociaux socio \
    russisch deutsch";

/// Second halves, in lower case.
const SECOND: &str = "\
    old year year-old years-old based term known like wide free led time scale level wing class range style \
    born made called elect general ranking friendly funded owned run backed related long high off up down out \
    in on over to be third thirds quarter quarters fifth fifths half one two three four five six seven eight \
    nine ci là même mêmes être midi huit neuf sept deux trois elle elles ils je tu moi toi";

/// First halves of words that are written without a hyphen: `someone`, `without`, `includes`.
const CLOSED: &str = "\
    some any every no there here where how with in out up on over under mean what who when them your our him her \
    it be can may an re de con com dis per pre pro for fore";

/// Whether words that begin so are mostly written without a hyphen, if no blank comes after it.
pub fn closes(half: &str) -> bool {
    CLOSED.split_whitespace().any(|w| w == half)
}

/// Whether words that begin so are usually written with a hyphen: `self-made`.
pub fn begins(half: &str) -> bool {
    FIRST.split_whitespace().any(|w| w == half)
}

/// Whether words that end so are usually written with a hyphen: `year-old`.
pub fn ends(half: &str) -> bool {
    SECOND.split_whitespace().any(|w| w == half)
}
