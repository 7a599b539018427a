//! Whether two sources are the same one.
//!
//! A DOI decides, and so does an ISBN of a whole work. Else title, authors, kind, container, date and details such as the
//! volume must agree, and one of the two must say nothing that the other lacks: a report with a DOI and a report with a
//! volume, both "Annual report" of one year, are two. A source without title, DOI, ISBN and address is only like one
//! that says exactly the same.

use crate::desk::claims::sources::title_key;
use crate::{
    formats::interchange::{SourceIn, UNTITLED},
    model::{Edtf, Source, SourceId, SourceKind},
};
use std::collections::{BTreeSet, HashMap};

/// The most sources of one title that are compared one by one. A title that more have tells nothing, so then only an
/// equal source is the same.
const MOST_ALIKE: usize = 50;

/// Labels in the note of a source whose values tell it from others.
const DETAILS: [&str; 10] =
    ["Volume", "Issue", "Number", "Pages", "Edition", "Series", "ISSN", "ISBN or ISSN", "Chapter", "Version"];

/// What is compared of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Likeness {
    kind: SourceKind,
    title: String,
    authors: Vec<Vec<String>>,
    container: Option<String>,
    published: Option<String>,
    address: Option<String>,
    doi: Option<String>,
    isbns: BTreeSet<String>,
    details: Vec<(&'static str, String)>,
}

impl Likeness {
    /// Of a source in a file.
    pub fn of(read: &SourceIn) -> Self {
        let note = read.note.as_deref().unwrap_or_default();
        Self::new(read.kind, &read.title, &read.authors, &read.publisher, &read.published)
            .with(read.url.as_deref(), note)
    }

    /// Of a source of the desk.
    pub fn known(source: &Source) -> Self {
        let note = source.note.as_deref().unwrap_or_default();
        Self::new(source.kind, &source.title, &source.authors, &source.publisher, &source.published)
            .with(source.url.as_deref(), note)
    }

    fn new(
        kind: SourceKind,
        title: &str,
        authors: &[String],
        publisher: &Option<String>,
        published: &Option<Edtf>,
    ) -> Self {
        let container = publisher.as_deref().map(title_key).filter(|p| !p.is_empty());
        let published = published.as_ref().map(|d| d.as_str().to_owned());
        let authors = authors.iter().map(|a| name_words(a)).collect();
        let (address, doi, isbns, details) = Default::default();
        Self { kind, title: title_key(title), authors, container, published, address, doi, isbns, details }
    }

    fn with(mut self, url: Option<&str>, note: &str) -> Self {
        let line = |label: &str| {
            let mut values = note.lines().filter_map(|l| l.strip_prefix(label)?.strip_prefix(": "));
            values.next().map(|v| v.trim().to_lowercase())
        };
        let said = line("DOI");
        self.doi = url.and_then(doi_in).or_else(|| said.as_deref().and_then(doi_in));
        self.address = url.filter(|u| doi_in(u).is_none()).map(|u| bare_address(u).to_owned());
        let numbers = [line("ISBN"), line("ISBN or ISSN")].into_iter().flatten();
        self.isbns = numbers.flat_map(|n| isbns_in(&n)).collect();
        let details = DETAILS.iter().filter_map(|label| Some((*label, line(label)?)));
        self.details = details.collect();
        self
    }

    /// The form of its title by which it is found.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What decides by itself: the DOI, and the ISBNs of a whole work.
    fn decisive(&self) -> Vec<String> {
        let whole = !matches!(
            self.kind,
            SourceKind::Chapter
                | SourceKind::PaperConference
                | SourceKind::EntryEncyclopedia
                | SourceKind::EntryDictionary
        );
        let isbns = self.isbns.iter().filter(|_| whole && self.doi.is_none());
        self.doi.iter().chain(isbns).cloned().collect()
    }

    /// Whether it says what source it is: by a title, a DOI, an ISBN or an address.
    fn is_named(&self) -> bool {
        let titled = !self.title.is_empty() && self.title != title_key(UNTITLED);
        titled || self.doi.is_some() || self.address.is_some() || !self.isbns.is_empty()
    }

    /// Whether both can be the same source, by all that both say.
    fn agrees(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (&self.doi, &other.doi) {
            return a == b;
        }
        let isbns = [&self.isbns, &other.isbns];
        if isbns.iter().all(|all| !all.is_empty()) && isbns[0].is_disjoint(isbns[1]) {
            return false;
        }
        let same_address = self.address.is_some() && self.address == other.address;
        let kinds = self.kind == other.kind
            || [self.kind, other.kind].contains(&SourceKind::Document)
            || (same_address && [self.kind, other.kind].contains(&SourceKind::Webpage));
        let said = self.compared(other);
        let (here, there) = (said.contains(&Said::Here), said.contains(&Said::There));
        kinds && !said.contains(&Said::Otherwise) && !(here && there) && said.contains(&Said::Alike)
    }

    /// How each thing that one of them says stands to the other.
    fn compared(&self, other: &Self) -> Vec<Said> {
        let date = |a: &String, b: &String| a.starts_with(b.as_str()) || b.starts_with(a.as_str());
        let authors = [&self.authors, &other.authors].map(|all| Some(all).filter(|all| !all.is_empty()));
        let mut said = vec![
            Said::by(authors[0], authors[1], |a, b| same_people(a, b)),
            Said::by(self.container.as_ref(), other.container.as_ref(), |a, b| a == b),
            Said::by(self.published.as_ref(), other.published.as_ref(), date),
            Said::by(self.address.as_ref(), other.address.as_ref(), |a, b| a == b),
            Said::by(self.doi.as_ref(), other.doi.as_ref(), |a, b| a == b),
        ];
        for label in DETAILS {
            let get = |of: &Self| of.details.iter().find(|(l, _)| *l == label).map(|(_, v)| v.clone());
            said.push(Said::by(get(self).as_ref(), get(other).as_ref(), |a, b| a == b));
        }
        said
    }
}

/// How a field of one source stands to the same field of another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nowhere,
    Here,
    There,
    Alike,
    Otherwise,
}

impl Said {
    fn by<T: ?Sized>(here: Option<&T>, there: Option<&T>, same: impl Fn(&T, &T) -> bool) -> Self {
        match (here, there) {
            (None, None) => Self::Nowhere,
            (Some(_), None) => Self::Here,
            (None, Some(_)) => Self::There,
            (Some(a), Some(b)) if same(a, b) => Self::Alike,
            (Some(_), Some(_)) => Self::Otherwise,
        }
    }
}

/// Sources to compare others with, found by what decides and by title.
#[derive(Default)]
pub struct Alike {
    equal: HashMap<Likeness, SourceId>,
    decided: HashMap<String, SourceId>,
    titled: HashMap<String, Vec<(Likeness, SourceId)>>,
}

impl Alike {
    /// Whether sources with this title were added.
    pub fn has_title(&self, title: &str) -> bool {
        self.titled.contains_key(title)
    }

    /// Notes that all sources with this title were added, even if there is none.
    pub fn note_title(&mut self, title: &str) {
        self.titled.entry(title.into()).or_default();
    }

    /// Adds what decides for a source.
    pub fn decide(&mut self, likeness: &Likeness, source: SourceId) {
        for decisive in likeness.decisive() {
            self.decided.entry(decisive).or_insert(source);
        }
    }

    /// Adds a source.
    pub fn add(&mut self, likeness: Likeness, source: SourceId) {
        self.decide(&likeness, source);
        self.titled.entry(likeness.title.clone()).or_default().push((likeness.clone(), source));
        self.equal.entry(likeness).or_insert(source);
    }

    /// The source that is the same. If several may be, none is.
    pub fn find(&self, likeness: &Likeness) -> Option<SourceId> {
        if !likeness.is_named() {
            return self.equal.get(likeness).copied();
        }
        let decisive = likeness.decisive();
        let decided = decisive.iter().find_map(|d| self.decided.get(d)).or_else(|| self.equal.get(likeness));
        if let Some(source) = decided {
            return Some(*source);
        }
        let titled = self.titled.get(&likeness.title).filter(|all| all.len() <= MOST_ALIKE)?;
        let mut agreeing = titled.iter().filter(|(l, _)| l.agrees(likeness)).map(|(_, source)| *source);
        agreeing.next().filter(|_| agreeing.next().is_none())
    }
}

/// The sorted words of a name, so that `Doe, Jane` equals `Jane Doe`.
fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> =
        name.split([' ', ',', '.', '-', '\u{a0}']).map(title_key).filter(|w| !w.is_empty()).collect();
    words.sort();
    words
}

/// Whether all people of the shorter list are in the other.
fn same_people(a: &[Vec<String>], b: &[Vec<String>]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.len() <= MOST_ALIKE
        && few.iter().all(|one| many.iter().take(MOST_ALIKE).any(|other| same_person(one, other)))
}

/// Whether two names are the same, with given names written out or as initials.
fn same_person(a: &[String], b: &[String]) -> bool {
    let initial = |w: &String| w.chars().nth(1).is_none();
    let fits = |x: &String, y: &String| {
        x == y || ((initial(x) || initial(y)) && x.chars().next() == y.chars().next())
    };
    let shares = a.iter().any(|x| !initial(x) && b.contains(x));
    a == b || (shares && a.len() == b.len() && a.iter().zip(b).all(|(x, y)| fits(x, y)))
}

/// An address without scheme, `www.` and final slashes, for comparing addresses.
fn bare_address(url: &str) -> &str {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    bare.trim_end_matches('/')
}

/// The DOI in an address or a text that begins with one, in lower case.
fn doi_in(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let bare = bare_address(&lower);
    let bare =
        ["doi.org/", "dx.doi.org/", "doi:"].iter().fold(bare, |b, start| b.strip_prefix(start).unwrap_or(b));
    let bare = bare.trim();
    (bare.starts_with("10.") && bare.contains('/')).then(|| bare.to_owned())
}

/// The ISBNs in a text, each as its 13 digits: ISBN-10 and ISBN-13 of a book are one.
fn isbns_in(text: &str) -> Vec<String> {
    let words = text.split([' ', ',', ';', '/']).map(|w| w.replace(['-', '–'], ""));
    words.filter_map(|w| isbn_13(&w)).collect()
}

fn isbn_13(written: &str) -> Option<String> {
    let digits = |s: &&str| s.bytes().all(|b| b.is_ascii_digit());
    match written.len() {
        13 => Some(written).filter(digits).map(Into::into),
        10 => {
            let start = format!("978{}", written.get(..9).filter(digits)?);
            let sum: u32 =
                start.bytes().zip([1, 3].into_iter().cycle()).map(|(b, n)| u32::from(b - b'0') * n).sum();
            Some(format!("{start}{}", (10 - sum % 10) % 10))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(title: &str) -> Likeness {
        Likeness::new(SourceKind::Report, title, &["Vaal, Ines".into()], &None, &"2001".parse().ok())
    }

    #[test]
    fn one_of_the_two_says_nothing_that_the_other_lacks() {
        let plain = bare("Annual report");
        let (doi, volume) = (
            bare("Annual report").with(Some("https://doi.org/10.1/A"), ""),
            bare("Annual report").with(None, "Volume: 7"),
        );
        assert!(plain.agrees(&doi) && plain.agrees(&volume) && !doi.agrees(&volume));
        assert!(!volume.agrees(&bare("Annual report").with(None, "Volume: 8")));
        let other = Likeness { container: Some("b".into()), ..plain.clone() };
        assert!(
            plain.agrees(&other) && !other.agrees(&Likeness { container: Some("c".into()), ..plain.clone() })
        );
        assert!(!plain.agrees(&Likeness { kind: SourceKind::Book, ..plain.clone() }));
    }

    #[test]
    fn a_doi_or_isbn_decides() {
        let mut all = Alike::default();
        let (first, second) = (SourceId(uuid::Uuid::from_u128(1)), SourceId(uuid::Uuid::from_u128(2)));
        all.add(bare("Annual report").with(None, "DOI: 10.1000/ABC"), first);
        all.add(bare("A book").with(None, "ISBN: 0-306-40615-2"), second);
        let by_doi = bare("Another title").with(Some("http://dx.doi.org/10.1000/abc"), "");
        assert_eq!(all.find(&by_doi), Some(first));
        assert_eq!(all.find(&bare("Annual report").with(None, "DOI: 10.1000/x")), None);
        assert_eq!(
            all.find(&bare("The same book").with(None, "ISBN: 978-0-306-40615-7 (bound)")),
            Some(second)
        );
        assert_eq!(all.find(&bare("A book").with(None, "ISBN: 978-3-16-148410-0")), None);
    }

    #[test]
    fn what_looks_like_an_isbn_in_other_letters_is_none() {
        assert_eq!(isbns_in("12345678é 0-306-40615-2 вгдеж ééééééé"), ["9780306406157"]);
    }

    #[test]
    fn a_source_that_nothing_names_is_only_like_its_equal() {
        let mut all = Alike::default();
        let source = SourceId(uuid::Uuid::from_u128(1));
        let dated = |date: &str| Likeness::new(SourceKind::Report, UNTITLED, &[], &None, &date.parse().ok());
        all.add(dated("2003"), source);
        assert_eq!(
            (all.find(&dated("2003")), all.find(&dated("")), all.find(&dated("2003-05"))),
            (Some(source), None, None)
        );
    }

    #[test]
    fn names_are_compared_by_their_words_and_initials() {
        let same = |a: &str, b: &str| same_person(&name_words(a), &name_words(b));
        assert!(
            same("Doe, Jane", "Jane Doe")
                && same("Doe, J.", "Jane Doe")
                && same("Vaal, I. M.", "Vaal, Ines Mara")
        );
        assert!(
            !same("Doe, Jane", "Doe, John")
                && !same("Doe, Jane", "Roe, Jane")
                && !same("D., J.", "Doe, Jane")
        );
    }
}
