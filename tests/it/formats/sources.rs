//! Export and import of sources: exports are read back, and Zotero's exports are imported.

use super::{Field, add, report, text};
use crate::support::{BRIDGE, Opened};
use tickmark::{
    desk::{PassageText, SourceChange},
    formats::interchange::{SourceIn, read_sources},
    model::{SourceKind, Stance},
};

/// An article that uses these sources, written as `slug` and read again.
fn round(slug: &str, sources: Vec<SourceChange>) -> Vec<SourceIn> {
    let mut opened = Opened::with(BRIDGE);
    let claim = opened.mark("built in 1911");
    for source in sources {
        let id = add(&mut opened, source);
        let at = (opened.article, claim);
        opened.desk.add_evidence(at, id, Stance::Supports, PassageText::default()).unwrap();
    }
    let made = super::written(&opened, slug);
    read_sources(&made).unwrap_or_else(|e| panic!("{e}\n{}", String::from_utf8_lossy(&made)))
}

fn as_in(s: SourceChange) -> SourceIn {
    SourceIn {
        kind: s.kind.unwrap_or(SourceKind::Document),
        title: s.title,
        authors: s.authors,
        publisher: s.publisher,
        published: s.published,
        accessed: s.accessed,
        url: s.url,
        note: s.note,
        raw: None,
    }
}

#[test]
fn a_source_is_read_back_unchanged() {
    for slug in ["csl-json", "bibtex", "ris"] {
        let bare = SourceChange { title: "Bare".into(), ..SourceChange::default() };
        let back = round(slug, vec![report(), bare.clone()]);
        assert_eq!(back, [as_in(report()), as_in(bare)], "{slug}");
    }
}

#[test]
fn every_kind_of_source_is_read_back() {
    for slug in ["csl-json", "bibtex", "ris"] {
        let one = |kind: &SourceKind| SourceChange {
            kind: Some(*kind),
            title: format!("A {kind}"),
            publisher: Some("The Place".into()),
            published: "2024".parse().ok(),
            ..SourceChange::default()
        };
        let all: Vec<_> = SourceKind::ALL.iter().map(one).collect();
        let wanted: Vec<_> = all.iter().cloned().map(as_in).collect();
        assert_eq!(round(slug, all), wanted, "{slug}");
    }
}

#[test]
fn a_withheld_source_is_in_no_list_of_sources() {
    let field = Field::new();
    for slug in ["csl-json", "bibtex", "ris"] {
        let read = read_sources(&field.written(slug)).unwrap();
        assert_eq!(read, [as_in(report())], "{slug}");
    }
}

#[test]
fn another_bibtex_parser_reads_our_output() {
    let made = text(Field::new().written("bibtex"));
    let all = biblatex::Bibliography::parse(&made).unwrap();
    let entry = all.get("source-1").unwrap();
    assert_eq!(entry.entry_type, biblatex::EntryType::TechReport);
    assert_eq!(entry.author().unwrap().len(), 3);
}

/// Zotero's CSL-JSON export, without the fields it omits.
const CSL: &str = r#"[
  {"id":"http://zotero.org/users/1/items/A","type":"article-newspaper","container-title":"The Karsk Courier","language":"en",
   "title":"Bridge closes","URL":"https://courier.example/1","author":[{"family":"Doe","given":"Jane"},{"literal":"Karsk News Desk"}],
   "accessed":{"date-parts":[["2025",8,25]]},"issued":{"date-parts":[["2019",3]]}},
  {"id":2,"type":"article-journal","title":"Steel","container-title":"J. Steel","volume":"12","issue":"3","page":"1-9",
   "DOI":"10.1000/xyz","author":[{"family":"Beethoven","given":"Ludwig","non-dropping-particle":"van","suffix":"Jr."}],
   "issued":{"literal":"Spring 2019"}},
  {"id":"3","type":"a-type-of-tomorrow","title":"<i>Odd</i>","editor":[{"family":"Solo"}],"issued":{"raw":"25 August 2025"}}
]"#;

#[test]
fn csl_json_from_zotero_is_imported() {
    let [news, journal, odd] = &read_sources(CSL.as_bytes()).unwrap()[..] else { panic!("three") };
    assert_eq!(news.kind, SourceKind::ArticleNewspaper);
    assert_eq!(news.authors, ["Doe, Jane", "Karsk News Desk"]);
    assert_eq!(news.publisher.as_deref(), Some("The Karsk Courier"));
    assert_eq!(news.published, "2019-03".parse().ok());
    assert_eq!(news.accessed, "2025-08-25".parse().ok());
    assert_eq!(journal.url.as_deref(), Some("https://doi.org/10.1000/xyz"));
    assert_eq!(journal.authors, ["van Beethoven, Ludwig, Jr."]);
    assert_eq!(
        (&journal.published, journal.note.as_deref()),
        (&None, Some("Published: Spring 2019\nVolume: 12\nIssue: 3\nPages: 1-9"))
    );
    assert_eq!((odd.kind, &odd.authors[..]), (SourceKind::Document, &["Solo".to_owned()][..]));
    assert_eq!(odd.published, "2025-08-25".parse().ok());
}

/// Zotero's BibTeX export.
const BIB: &str = r#"
@article{muller_brucke_2019,
	title = {Die {Brücke} von {Karsk}},
	volume = {12},
	url = {https://courier.example/a_b?x=1\&y=2},
	doi = {10.1000/xyz},
	language = {de},
	journal = {J. Steel},
	author = {M{\"u}ller, J{\"o}rg and {\'E}tienne, Zo{\"e} and {Karsk News Desk} and von Bar, Ada},
	month = mar,
	year = {2019},
	note = {Seen 5\,\% of it},
	pages = {1--9},
}
@misc{noauthor_odd_nodate,
	title = {"{Odd}"},
	urldate = {2025-08-25},
}
@online{x, title = {Spring}, date = {2019-21}, year = 2019}
"#;

#[test]
fn bibtex_from_zotero_is_imported() {
    let [article, odd, spring] = &read_sources(BIB.as_bytes()).unwrap()[..] else { panic!("three") };
    assert_eq!(article.title, "Die Brücke von Karsk");
    assert_eq!(article.authors, ["Müller, Jörg", "Étienne, Zoë", "Karsk News Desk", "von Bar, Ada"]);
    assert_eq!(article.published, "2019-03".parse().ok());
    assert_eq!(article.url.as_deref(), Some("https://courier.example/a_b?x=1&y=2"));
    assert_eq!(article.publisher.as_deref(), Some("J. Steel"));
    assert!(article.note.as_deref().unwrap().contains("DOI: 10.1000/xyz"), "{:?}", article.note);
    assert_eq!((odd.kind, odd.title.as_str()), (SourceKind::Document, "\"Odd\""));
    assert_eq!(odd.accessed, "2025-08-25".parse().ok());
    assert_eq!((spring.kind, &spring.published), (SourceKind::Webpage, &"2019".parse().ok()));
}

/// Zotero's RIS export, with a note over several lines.
const RIS: &str = "\u{feff}TY  - NEWS\r\nTI  - Bridge closes\r\nAU  - Doe, Jane\r\nAU  - Karsk News Desk\r\nT2  - The Karsk Courier\r\n\
    DA  - 2019/03//\r\nPY  - 2019\r\nY2  - 2025/08/25/10:00:00\r\nUR  - https://courier.example/1\r\nN1  - A note that\r\nruns on\r\n\
    VL  - 12\r\nSP  - 1\r\nEP  - 9\r\nER  - \r\n\r\nTY  - JOUR\nT1  - Steel\nA1  - Solo\nY1  - 2019///Spring\nDO  - 10.1000/xyz\nER  -\n";

#[test]
fn ris_from_zotero_is_imported() {
    let [news, journal] = &read_sources(RIS.as_bytes()).unwrap()[..] else { panic!("two") };
    assert_eq!(news.kind, SourceKind::ArticleNewspaper);
    assert_eq!(news.authors, ["Doe, Jane", "Karsk News Desk"]);
    assert_eq!((&news.published, &news.accessed), (&"2019-03".parse().ok(), &"2025-08-25".parse().ok()));
    assert_eq!(news.note.as_deref(), Some("A note that runs on\nVolume: 12\nPages: 1–9"));
    assert_eq!((journal.kind, journal.title.as_str()), (SourceKind::ArticleJournal, "Steel"));
    assert_eq!(journal.published, "2019".parse().ok());
    assert_eq!(journal.url.as_deref(), Some("https://doi.org/10.1000/xyz"));
}

#[test]
fn an_unreadable_file_is_refused_with_the_position() {
    let refused = |text: &str| read_sources(text.as_bytes()).unwrap_err().to_string();
    for (text, place) in [
        ("[{\"type\":\"book\",\"title\":\"A\"}, 5]", "item 2"),
        ("[{\"type\":\"book\"}, {}]", "item 2"),
        ("[{\"type\":\"book\",\n", "line 2"),
        ("@book{a,\n title = {A}\n}\n@book{b,\n title = {B\n", "line"),
        ("@string{a = \"x\"}\n@string{b = a # a}\n@book{k, title = b}", "string 'b'"),
        ("TY  - BOOK\nTI  - A\nER  - \nAU  - nobody's\n", "line 4"),
        ("just words", "CSL-JSON, BibTeX or RIS"),
    ] {
        let said = refused(text);
        assert!(said.contains(place), "{text}: {said}");
    }
    assert!(read_sources(b"@book{a, title = {\xff}}").unwrap_err().to_string().contains("byte 18"));
}
