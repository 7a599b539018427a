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
    let read = read_sources(&made).unwrap_or_else(|e| panic!("{e}\n{}", String::from_utf8_lossy(&made)));
    assert!(read.left_out.is_empty() && read.remarks.is_empty(), "{read:?}");
    read.sources
}

/// The sources of a file without flaws.
fn read(text: &str) -> Vec<SourceIn> {
    let read = read_sources(text.as_bytes()).unwrap();
    assert!(read.left_out.is_empty() && read.remarks.is_empty(), "{read:?}");
    read.sources
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
        assert_eq!(read.sources, [as_in(report())], "{slug}");
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
    let [news, journal, odd] = &read(CSL)[..] else { panic!("three") };
    assert_eq!(news.kind, SourceKind::ArticleNewspaper);
    assert_eq!(news.authors, ["Doe, Jane", "Karsk News Desk"]);
    assert_eq!(news.publisher.as_deref(), Some("The Karsk Courier"));
    assert_eq!(news.published, "2019-03".parse().ok());
    assert_eq!(news.accessed, "2025-08-25".parse().ok());
    assert_eq!(journal.url.as_deref(), Some("https://doi.org/10.1000/xyz"));
    assert_eq!(journal.authors, ["van Beethoven, Ludwig, Jr."]);
    assert_eq!(
        (&journal.published, journal.note.as_deref()),
        (&"2019".parse().ok(), Some("Published: Spring 2019\nVolume: 12\nIssue: 3\nPages: 1-9"))
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
    let [article, odd, spring] = &read(BIB)[..] else { panic!("three") };
    assert_eq!(article.title, "Die Brücke von Karsk");
    assert_eq!(article.authors, ["Müller, Jörg", "Étienne, Zoë", "Karsk News Desk", "von Bar, Ada"]);
    assert_eq!(article.published, "2019-03".parse().ok());
    assert_eq!(article.url.as_deref(), Some("https://courier.example/a_b?x=1&y=2"));
    assert_eq!(article.publisher.as_deref(), Some("J. Steel"));
    assert!(article.note.as_deref().unwrap().contains("DOI: 10.1000/xyz"), "{:?}", article.note);
    assert_eq!((odd.kind, odd.title.as_str()), (SourceKind::Document, "\"Odd\""));
    assert_eq!(odd.accessed, "2025-08-25".parse().ok());
    assert_eq!((spring.kind, &spring.published), (SourceKind::Webpage, &"2019".parse().ok()));
    assert_eq!(spring.note.as_deref(), Some("Published: spring 2019"));
}

/// Zotero's RIS export, with a note over several lines.
const RIS: &str = "\u{feff}TY  - NEWS\r\nTI  - Bridge closes\r\nAU  - Doe, Jane\r\nAU  - Karsk News Desk\r\nT2  - The Karsk Courier\r\n\
    DA  - 2019/03//\r\nPY  - 2019\r\nY2  - 2025/08/25/10:00:00\r\nUR  - https://courier.example/1\r\nN1  - A note that\r\nruns on\r\n\
    VL  - 12\r\nSP  - 1\r\nEP  - 9\r\nER  - \r\n\r\nTY  - JOUR\nT1  - Steel\nA1  - Solo\nY1  - 2019///Spring\nDO  - 10.1000/xyz\nER  -\n";

#[test]
fn ris_from_zotero_is_imported() {
    let [news, journal] = &read(RIS)[..] else { panic!("two") };
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
        ("[5, {}]", "item 1"),
        ("[{\"type\":\"book\",\n", "line 2"),
        ("\n@book{b,\n title = {B\n", "line 2, b"),
        ("just words", "CSL-JSON, BibTeX or RIS"),
    ] {
        let said = refused(text);
        assert!(said.contains(place), "{text}: {said}");
    }
    assert!(read_sources(b"@book{a, title = {\xff}}").unwrap_err().to_string().contains("byte 18"));
}

#[test]
fn a_flaw_costs_one_entry_and_is_listed_with_its_place() {
    for (text, sources, place) in [
        ("[{\"type\":\"book\",\"title\":\"A\"}, 5, {\"title\":\"B\"}]", 2, "item 2"),
        ("[{\"type\":\"book\"}, {}]", 1, "item 2"),
        ("@book{a,\n title = {A}\n}\n@book{b,\n title = {B\n@book{c, title = {C}}", 2, "line 4, b"),
        ("@book{a, title = {A}}\n@preamble{words}\n@book{c, title = {C}}", 2, "line 2, @preamble"),
        ("TY  - BOOK\nTI  - A\nER  - \nAU  - nobody's\n", 1, "line 4"),
    ] {
        let read = read_sources(text.as_bytes()).unwrap();
        assert_eq!((read.sources.len(), read.left_out.len()), (sources, 1), "{read:?}");
        assert!(read.left_out[0].what.to_string().contains(place), "{read:?}");
    }
}

#[test]
fn an_entry_with_a_small_flaw_is_imported_and_the_flaw_is_told() {
    for (text, sources, why) in [
        ("@book{a, title = {A}}\n@book{a, title = {B}}", 2, "same key"),
        ("@book{, title = {A}}", 1, "no key"),
        ("@book{a, title = {A}, publisher = lakepress}", 1, "lakepress"),
        ("@book{a, title = {A of $5}}", 1, "dollar"),
        ("@book{a, title = {A}, crossref = {b}}", 1, "'b', which is not in the file"),
    ] {
        let read = read_sources(text.as_bytes()).unwrap();
        assert_eq!(
            (read.sources.len(), read.remarks.len(), read.left_out.len()),
            (sources, 1, 0),
            "{read:?}"
        );
        assert!(
            read.remarks[0].what.to_string().starts_with("line ")
                && read.remarks[0].why.to_string().contains(why),
            "{read:?}"
        );
    }
}

#[test]
fn a_part_has_the_container_and_date_of_its_whole() {
    let [part, whole] = &read(
        "@inproceedings{p, title = {Loads}, author = {Holm, Per}, crossref = {W}}\n\
         @proceedings{w, title = {Lakes}, subtitle = {Day two}, editor = {Vaal, Ines}, date = {2006-05}, isbn = {9783161484100}}",
    )[..] else {
        panic!("two")
    };
    assert_eq!(
        (part.publisher.as_deref(), &part.published),
        (Some("Lakes: Day two"), &"2006-05".parse().ok())
    );
    assert_eq!(part.authors, ["Holm, Per"]);
    assert!(part.note.as_deref().unwrap().contains("Editor: Vaal, Ines"), "{part:?}");
    assert_eq!(
        (whole.title.as_str(), &whole.authors[..]),
        ("Lakes: Day two", &["Vaal, Ines".to_owned()][..])
    );
}

#[test]
fn a_date_of_biblatex_that_is_not_exact_is_told() {
    let [about] = &read("@book{a, title = {A}, date = {2014~}}")[..] else { panic!("one") };
    assert_eq!((&about.published, about.note.as_deref()), (&"2014".parse().ok(), Some("Published: 2014~")));
}

#[test]
fn what_has_no_field_goes_to_the_note() {
    let [bib] = &read(
        "@article{a, title = {A}, title = {Other}, journal = {J}, publisher = {P}, author = {Holm, Per and others}, eprint = {1.2}, \
         keywords = {ice, snow}, file = {x:/home/somebody/Papers/a.pdf:application/pdf}, year = {c. 1850}, language = {de}}",
    )[..] else {
        panic!("one")
    };
    let note = "Authors: and others\nPublished: c. 1850\nTitle: Other\nPublisher: P\nEprint: 1.2\nKeywords: ice, snow\nFile: a.pdf\nLanguage: de";
    assert_eq!((bib.note.as_deref(), &bib.published), (Some(note), &"1850".parse().ok()));
    let [ris] = &read(
        "TY  - WEIRD\nTI  - A\nKW  - ice\nKW  - snow\nUR  - https://a.example/1\nUR  - https://a.example/2\nXX  - odd\nDA  - Summer\nPY  - 2019\nER  - \n",
    )[..] else {
        panic!("one")
    };
    let note = "Published: Summer\nType: WEIRD\nKeywords: ice; snow\nXX: odd\nAddress: https://a.example/2";
    assert_eq!((ris.note.as_deref(), ris.url.as_deref()), (Some(note), Some("https://a.example/1")));
    assert_eq!(ris.published, "2019".parse().ok());
    let [csl] = &read(
        r#"[{"id":"k","type":"report","title":"A","language":"de","editor":[{"family":"Vaal","given":"Ines"}],"author":[{"literal":"B"}],
            "original-date":{"date-parts":[[1999]]},"custom":{"x":1}}]"#,
    )[..] else {
        panic!("one")
    };
    let note = "Custom: {\"x\":1}\nEditor: Vaal, Ines\nLanguage: de\nOriginal date: 1999";
    assert_eq!(csl.note.as_deref(), Some(note));
}

#[test]
fn dates_of_csl_keep_ranges_circa_seasons_and_early_years() {
    for (issued, day, told) in [
        (r#"{"date-parts":[[2019,7,1],[2019,8,31]]}"#, "2019-07-01", "2019-07-01 to 2019-08-31"),
        (r#"{"date-parts":[[1850]],"circa":true}"#, "1850", "about 1850"),
        (r#"{"date-parts":[["2019"]],"season":"2"}"#, "2019", "summer 2019"),
        (r#"{"date-parts":[[2019,23]]}"#, "2019", "autumn 2019"),
        (r#"{"date-parts":[[800,3]]}"#, "0800-03", ""),
        (r#"{"date-parts":[[-44]]}"#, "", "44 BC"),
        (r#"{"raw":"12 March 2019"}"#, "2019-03-12", ""),
        (r#""2019-03-12/2019-04-01""#, "2019-03-12", "2019-03-12/2019-04-01"),
    ] {
        let [source] = &read(&format!(r#"[{{"title":"A","issued":{issued}}}]"#))[..] else { panic!("one") };
        assert_eq!(source.published.as_ref().map_or("", |d| d.as_str()), day, "{issued}");
        assert_eq!(
            source.note.clone().unwrap_or_default(),
            if told.is_empty() { String::new() } else { format!("Published: {told}") }
        );
    }
}

#[test]
fn ris_reads_all_authors_in_order_and_the_types_of_zotero() {
    let [source] = &read(
        "TY  - jour\nTI  - A &amp; <i>B</i>\nA1  - Vaal, Ines; Holm, Per\nAU  - Orre, Lena\nAU  - et al.\nPY  - 2021\nDA  - 4 May\nER  - \n",
    )[..] else {
        panic!("one")
    };
    assert_eq!(source.authors, ["Vaal, Ines", "Holm, Per", "Orre, Lena"]);
    assert_eq!((source.title.as_str(), source.kind), ("A & B", SourceKind::ArticleJournal));
    assert_eq!(
        (&source.published, source.note.as_deref()),
        (&"2021-05-04".parse().ok(), Some("Authors: and others"))
    );
    for kind in [
        "ABST", "ECHAP", "EDBOOK", "ICOMM", "JFULL", "LEGAL", "MPCT", "MULTI", "SER", "SLIDE", "UNBILL",
        "WEB", "ANCIENT",
    ] {
        let [source] = &read(&format!("TY  - {kind}\nTI  - A\nER  - \n"))[..] else { panic!("one") };
        assert!(source.kind != SourceKind::Document && source.note.is_none(), "{kind}: {source:?}");
    }
}
