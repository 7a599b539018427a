//! Which ends of sentences hold. sentencex proposes ends by the rules of a language; for many languages it borrows those of
//! another. This file adds ends it misses and drops those where the sentence goes on: before a small letter, after an
//! ordinal, a title, an initial or an abbreviation. Rules come first, lists of words (`abbreviations`) second.

use super::{
    Span,
    abbreviations::{
        begins_time, calls_for_ordinal, is_abbreviation, is_before_number, is_month, is_ordinal_noun,
        is_starter, is_time_mark, is_title, is_verb,
    },
    is_spaceless,
};

/// The fewest letters of a word that is no abbreviation before a number.
const MIN_PLAIN_WORD: usize = 4;
/// Up to this many words that begin like a time and end with an abbreviated year are no sentence: “W 1492 r.”.
const MAX_STUB: usize = 5;

/// The ends of the sentences in `piece` that hold, in bytes, without the last one. `proposed` are sentencex's ends.
pub(super) fn ends(piece: &str, proposed: &[usize], lang: &str) -> Vec<usize> {
    let mut all: Vec<usize> = proposed.iter().map(|end| before_opening_quote(piece, *end)).collect();
    all.extend(missed(piece, lang));
    all.sort_unstable();
    all.dedup();
    let mut from = 0;
    all.retain(|&end| {
        let before = piece[from..end].trim();
        let holds = !before.is_empty() && !piece[end..].trim().is_empty() && !goes_on(piece, from, end, lang);
        from = if holds { end } else { from };
        holds
    });
    all
}

/// The end before a quotation mark that stands before the next word and after a blank, since it opens.
fn before_opening_quote(piece: &str, end: usize) -> usize {
    let opens = piece[end..].starts_with(char::is_alphanumeric);
    let mark = piece[..end].chars().next_back().filter(|c| opens && is_quote(*c));
    match mark.map(|m| end - m.len_utf8()) {
        Some(at) if piece[..at].ends_with(char::is_whitespace) => at,
        _ => end,
    }
}

/// Ends that sentencex does not see: before a number, after an ellipsis, after a word that is an abbreviation only in the
/// language it borrows. None is inside brackets or a quotation.
fn missed(piece: &str, lang: &str) -> Vec<usize> {
    let (mut all, mut open) = (Vec::new(), Open::default());
    let mut chars = piece.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        open.see(c);
        if !is_stop(c) || chars.peek().is_some_and(|(_, next)| is_stop(*next)) {
            continue;
        }
        let closers = |c: char| matches!(c, ')' | ']' | '"') || is_closing(c);
        let after = piece[at + c.len_utf8()..].trim_start_matches(closers);
        let end = piece.len() - after.len();
        if piece[at + c.len_utf8()..end].chars().fold(open, Open::with).is_closed()
            && is_missed_end(&piece[..at], c, after, lang)
        {
            all.push(end);
        }
    }
    all
}

fn is_missed_end(before: &str, stop: char, after: &str, lang: &str) -> bool {
    let next = after.trim_start();
    let first = next.chars().next().unwrap_or(' ');
    if matches!(stop, '。' | '！' | '？' | '।' | '؟' | '۔') {
        return first.is_numeric();
    }
    if next.len() == after.len() {
        return false;
    }
    let word = last_word(before);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let plain = letters == word.chars().count();
    match stop {
        '…' => letters > 1 && first.is_uppercase(),
        '.' if first.is_numeric() => plain && letters >= MIN_PLAIN_WORD && !is_before_number(&word),
        '.' if first.is_uppercase() => {
            is_degree(before) || ends_era(before, next, lang) || plain && is_plain_short(&word, lang)
        }
        '.' => false,
        _ => first.is_numeric(),
    }
}

/// A word that sentencex takes for an abbreviation since it has no list for the language, and uses another one.
fn is_plain_short(word: &str, lang: &str) -> bool {
    let small = word.chars().all(char::is_lowercase) && word.chars().count() > 2;
    match lang {
        "sv" | "no" | "nb" | "nn" | "es" | "pl" | "tr" => small && !is_abbreviation(word, lang),
        _ => false,
    }
}

/// Whether text ends with a temperature, as in “2º C”.
fn is_degree(before: &str) -> bool {
    let rest = before.trim_end_matches(['C', 'F']).trim_end();
    rest.len() < before.len() && rest.ends_with(['°', 'º'])
}

/// Whether text ends with a year, a century or an era that is abbreviated, and the next word begins a sentence.
fn ends_era(before: &str, next: &str, lang: &str) -> bool {
    let first = first_word(next);
    let era = is_era(before);
    let year = is_time_mark(&last_word(before), lang) && is_after_number(before);
    match lang {
        "es" => era,
        _ => era && is_starter(first, lang) || year && !is_roman(first),
    }
}

/// Whether text ends with the abbreviation of an era, or with one of the United States in Spanish.
fn is_era(before: &str) -> bool {
    let tail: String = before.chars().rev().filter(|c| !c.is_whitespace()).take(6).collect();
    let tail: String = tail.chars().rev().collect::<String>().to_lowercase();
    ["a.c", "d.c", "ee.uu", "n.chr", "v.chr", "f.v.t", "e.v.t", "f.kr", "e.kr", "н.э", "n.e", "j.-c"]
        .iter()
        .any(|e| tail.ends_with(e))
}

/// Whether the word before the last one is a number, or ends with digits: “2013 r”, “XIII w”, “1970-х гг”.
fn is_after_number(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| !c.is_whitespace()).trim_end();
    let word = rest.rsplit(char::is_whitespace).next().unwrap_or("");
    is_roman(word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the sentence that begins at `from` goes on after `end`.
fn goes_on(piece: &str, from: usize, end: usize, lang: &str) -> bool {
    let (before, rest) = (piece[from..end].trim(), &piece[end..]);
    let next = rest.trim_start();
    let is_attached = next.len() == rest.len() && !piece[..end].ends_with(char::is_whitespace);
    next.starts_with([',', ';', ':', ')', ']', '،', '؛', '%'])
        || begins_small(next)
        || is_attached && is_one_word(before, next)
        || before.strip_suffix('.').is_some_and(|stem| is_no_full_stop(stem, next, lang))
}

/// Whether text begins with a small letter, after marks. A word with a capital letter inside, as a brand has, does not count.
fn begins_small(next: &str) -> bool {
    let word = next.trim_start_matches(|c: char| {
        is_quote(c) || matches!(c, '(' | '[' | '–' | '—' | '-' | ' ' | '\u{a0}')
    });
    let letters = || word.chars().take_while(|c| c.is_alphabetic());
    letters().next().is_some_and(is_small) && !letters().any(char::is_uppercase)
}

/// A small letter of a script that begins sentences with capitals.
fn is_small(c: char) -> bool {
    c.is_lowercase() && matches!(c as u32, 0x41..=0x58F | 0x1E00..=0x1FFF) && !matches!(c, 'ª' | 'º')
}

/// Whether an end without a blank after it is inside a word: “J.-C.”, “n.° 5”, “E.ON”, or a quotation and its ending, as
/// Korean and Hebrew write it.
fn is_one_word(before: &str, next: &str) -> bool {
    let first = next.chars().next().unwrap_or(' ');
    let short =
        before.strip_suffix('.').is_some_and(|stem| (1..=2).contains(&last_word(stem).chars().count()));
    let quoted = before.ends_with(is_quote) && first.is_alphabetic() && !is_spaceless(first);
    short && !is_quote(first) || quoted
}

/// Whether the full stop after `stem` belongs to an abbreviation, an initial or an ordinal.
fn is_no_full_stop(stem: &str, next: &str, lang: &str) -> bool {
    let word = last_word(stem);
    let first = first_word(next);
    let begins = is_starter(first, lang);
    let number = next.starts_with(char::is_numeric);
    is_title(&word, lang)
        || is_initial(&word, stem, lang) && !begins
        || number
            && word.chars().any(char::is_alphabetic)
            && (is_before_number(&word) || stem.ends_with(".Ö") || stem.ends_with(".S"))
        || is_ordinal(stem, &word, next, lang)
        || is_stub(stem, &word, begins, lang)
        || is_time_mark(&word, lang) && next.starts_with(['–', '—'])
}

/// A single letter that is no unit and ends no era. In scripts without capitals any letter, else a capital one.
fn is_initial(word: &str, stem: &str, lang: &str) -> bool {
    if is_degree(stem) || lang == "es" && is_era(stem) {
        return false;
    }
    let mut chars = word.chars().filter(|c| !is_mark(*c));
    let (Some(letter), None) = (chars.next().filter(|c| c.is_alphabetic()), chars.next()) else {
        return false;
    };
    let cased = letter.is_uppercase() || letter.is_lowercase();
    let roman = matches!(letter, 'I' | 'V' | 'X') && stem.contains(char::is_whitespace) && lang == "en";
    if cased { letter.is_uppercase() && !roman } else { !is_spaceless(letter) && !is_hangul(letter) }
}

fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x11FF | 0xAC00..=0xD7A3)
}

/// Whether a number with a full stop is an ordinal, before the text `after`.
fn is_ordinal(stem: &str, word: &str, after: &str, lang: &str) -> bool {
    let digits = !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let next = first_word(after);
    if !digits && !is_roman(word) || is_degree(stem) || !next.starts_with(char::is_alphabetic) {
        return false;
    }
    match lang {
        _ if digits && is_month_and_year(after) => true,
        "tr" | "az" => digits,
        "de" | "da" | "no" | "nb" | "nn" | "lb" => is_german_ordinal(stem, word, next, lang),
        "cs" | "sk" | "sl" | "hr" | "hu" | "pl" => {
            is_roman(next) || is_roman(word) && !is_starter(next, lang)
        }
        _ => false,
    }
}

/// Whether text begins with a month, written with a capital letter, and a year. Then a number before it is the day.
fn is_month_and_year(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let month = words.next().is_some_and(is_month);
    month && words.next().is_some_and(|y| y.len() >= 4 && y.as_bytes()[..4].iter().all(u8::is_ascii_digit))
}

fn is_german_ordinal(stem: &str, word: &str, next: &str, lang: &str) -> bool {
    let before = stem[..stem.len() - word.len()].trim_end();
    let article = before.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let ending = ["es", "er", "em", "en", "e"].iter().any(|e| article.ends_with(e));
    let adjective = ending && !article.ends_with("ten") && !is_verb(&article);
    is_ordinal_noun(next)
        || !is_starter(next, lang)
            && (before.is_empty() || is_roman(word) || calls_for_ordinal(&article) || adjective)
}

/// Whether so few words end with an abbreviation that no sentence is there yet.
fn is_stub(stem: &str, word: &str, begins: bool, lang: &str) -> bool {
    let words = || stem.split_whitespace().filter(|w| !is_era_word(w));
    !begins
        && (is_time_mark(word, lang) || lang == "ru" && word == "э")
        && words().next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()) || begins_time(w, lang))
        && words().count() <= MAX_STUB
}

fn is_era_word(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "p.n.e" | "n.e" | "до" | "д" | "н" | "э" | "н.э")
}

/// A Roman number in capital letters.
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'M'))
}

/// The word at the end of text, without opening marks and without scripts that have no blanks.
fn last_word(text: &str) -> String {
    let inside = |at: usize, c: char| {
        matches!(c, '"' | '״' | '\'')
            && text[..at].ends_with(is_hebrew)
            && text[at + c.len_utf8()..].starts_with(is_hebrew)
    };
    let start = text
        .char_indices()
        .rev()
        .take_while(|(at, c)| c.is_alphanumeric() && !is_spaceless(*c) || is_mark(*c) || inside(*at, *c))
        .last();
    start.map_or(String::new(), |(at, _)| text[at..].to_owned())
}

fn is_hebrew(c: char) -> bool {
    matches!(c, 'א'..='ת')
}

/// A mark on a letter, as Arabic and Indian scripts have.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

fn first_word(next: &str) -> &str {
    let word = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).next().unwrap_or("")
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '״') || is_closing(c)
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '»' | '’' | '」' | '』')
}

/// What is open at a place: brackets, and quotation marks by their number.
#[derive(Clone, Copy, Default)]
struct Open {
    brackets: i32,
    quotes: u32,
}

impl Open {
    fn see(&mut self, c: char) {
        match c {
            '(' | '[' | '（' => self.brackets += 1,
            ')' | ']' | '）' => self.brackets -= 1,
            '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => self.quotes += 1,
            _ => {}
        }
    }

    fn with(mut self, c: char) -> Self {
        self.see(c);
        self
    }

    fn is_closed(self) -> bool {
        self.brackets == 0 && self.quotes.is_multiple_of(2)
    }
}

/// A piece as sentencex can read it: a mark between two Hebrew letters is no quotation mark.
pub(super) fn readable<'t>(piece: &'t str, lang: &str) -> std::borrow::Cow<'t, str> {
    if !matches!(lang, "he" | "yi") || !piece.contains('"') {
        return piece.into();
    }
    let mut last = ' ';
    let mut chars = piece.chars().peekable();
    let mut all = String::with_capacity(piece.len());
    while let Some(c) = chars.next() {
        let inside = c == '"' && is_hebrew(last) && chars.peek().is_some_and(|n| is_hebrew(*n));
        all.push(if inside { '_' } else { c });
        last = c;
    }
    all.into()
}

/// The stretches between ends, in bytes of `piece`.
pub(super) fn between(piece: &str, ends: &[usize]) -> Vec<Span> {
    let from = std::iter::once(0).chain(ends.iter().copied());
    from.zip(ends.iter().copied().chain([piece.len()])).map(|(a, b)| Span::at(a, b)).collect()
}

#[cfg(test)]
mod tests {
    use crate::text::sentences_in;

    /// Each text in its language, with a bar after each sentence but the last.
    const CASES: &[(&str, &str)] = &[
        // Ordinals and days.
        (
            "de",
            "Die Brücke steht seit dem 14. Jahrhundert.| Am 3. März kam der 12. Minister zum 40. Jubiläum.| Es blieben 45.| Die Leute gingen.",
        ),
        ("de", "Unter Ludwig XIV. Bourbon wuchs der Hof."),
        ("tr", "Köprü 14. yüzyılda yapıldı.| Şehri 3. Murat aldı.| Oraya M.Ö. 600 yılında geldiler."),
        ("pl", "W latach 50. XX w. miasto rosło.| To był 12. minister."),
        ("da", "Hun kom den 5. November til byen."),
        // Titles and initials.
        ("fr", "Hier, M. Girard a parlé.| Il est parti."),
        ("ru", "Приехал д. Орлов.| А. С. Белова осталась.| Ушли все."),
        ("ar", "وصل د. كمال إلى المدينة.| ثم غادر أ. نبيل."),
        ("hi", "डॉ. वर्मा आए।| प्रो. जैन गए।"),
        ("pl", "Kościół św. Anny stoi.| Przyszedł dr Nowak."),
        ("en", "Later, Ms. Harrow spoke.| He agreed."),
        // Abbreviations, years and eras.
        ("pl", "Podatek to 5 proc. dochodu.| Wzrósł w 2013 r.| Potem spadł.| W 1492 r. Jan wyjechał."),
        ("ru", "Завод открыт в 1912 г.| Самый большой цех сгорел.| Это было до н. э., говорят все."),
        ("es", "Murió en 300 a. C.| El templo ardió.| Fue el puesto n.° 96 de la lista."),
        ("fr", "La ville date de 600 av. J.-C. selon eux."),
        ("sv", "Hon ville ha det.| De gick hem.| Vi såg bl.a. Anna."),
        ("es", "Le gusta lo retro.| Compra mucho."),
        ("en", "It was below 2 °C.| Many scientists left."),
        // Before a number, after an ellipsis.
        ("en", "The king went to Salzburg.| 1538 brought a new war.| See Fig. 5 and approx. 300 more."),
        ("zh", "他来了。| 2003年他走了。"),
        ("es", "No sé por qué… |Dos años después volvió."),
        // Quotations and what follows them.
        ("pl", "„Płacimy 12,5 proc. rocznie.” – mówi Ewa Lis z Gdyni."),
        ("sv", "Han teg. |”Jag vet inte.” |Hon gick."),
        ("ko", "그는 \"비가 온다.\"라고 말했다.| 모두 갔다."),
        ("he", "בא יו\"ר הוועד ודיבר.| אחר כך הלך מ\"מ השר."),
        ("en", "“Is it?” he asked.| Nobody spoke."),
    ];

    #[test]
    fn a_sentence_ends_where_its_language_ends_it() {
        for (lang, marked) in CASES {
            let text = marked.replace('|', "");
            let found: Vec<&str> =
                sentences_in(&text, Some(lang)).iter().map(|s| s.of(&text).unwrap()).collect();
            let right: Vec<&str> = marked.split('|').map(str::trim).collect();
            assert_eq!(found, right, "in {lang}");
        }
    }

    #[test]
    fn a_script_without_capitals_is_not_joined_to_one_sentence() {
        let text = "წვიმდა. მერე შეწყდა.";
        assert_eq!(sentences_in(text, Some("ka")).len(), 2);
    }
}
