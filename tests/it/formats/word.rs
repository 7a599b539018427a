//! Word files: what is in their parts, as Word needs it.

use super::Field;
use crate::support::{BRIDGE, Opened, Place, unzipped};
use std::collections::BTreeSet;
use tickmark::{desk::Typed, formats::interchange::Format};

/// A part of a file.
fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

/// The values of an attribute in all elements of that name, in order.
fn values<'x>(xml: &'x str, element: &str, attribute: &str) -> Vec<&'x str> {
    let of = |tag: &'x str| {
        let tag = tag.split('>').next()?.strip_prefix(element)?.strip_prefix([' ', '/'])?;
        tag.split(&format!("{attribute}=\"")).nth(1)?.split('"').next()
    };
    xml.split('<').filter_map(of).collect()
}

/// The words of a part of XML, one line for each paragraph.
fn words(xml: &str) -> String {
    let text = xml.replace("</w:p>", "\n<");
    let words = text.split('<').filter_map(|t| {
        t.split_once('>').map_or((!t.trim().is_empty() || t == "\n").then_some(t), |(_, w)| Some(w))
    });
    words.collect::<String>()
}

/// Each name with all that it said.
fn joined(said: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, words) in said {
        match all.iter_mut().find(|(n, _)| *n == name) {
            Some((_, before)) => *before += &words,
            None => all.push((name, words)),
        }
    }
    all
}

fn sorted(mut all: Vec<&str>) -> Vec<&str> {
    all.sort_unstable();
    all
}

#[test]
fn each_claim_and_query_is_a_comment_with_a_place_of_its_own() {
    let field = Field::new();
    let file = field.written("docx");
    let (document, comments) = (part(&file, "word/document.xml"), part(&file, "word/comments.xml"));
    let ids = sorted(values(&comments, "w:comment", "w:id"));
    assert_eq!(ids.len(), 5, "four claims and a query");
    for place in ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"] {
        assert_eq!(sorted(values(&document, place, "w:id")), ids, "{place}");
    }
    let said = words(&comments);
    for line in
        ["C1 · True", "C2 · Out of date, was: True", "C3 · Not checked", "C4 · No longer in text, was: True"]
    {
        assert!(said.contains(line), "{line} in {said}");
    }
    assert!(
        said.contains("Since the verdict: “2019” → “2021”") && said.contains("refutes: a withheld source")
    );
    let paragraphs = values(&comments, "w:p", "w14:paraId");
    let numbers: BTreeSet<u32> = paragraphs.iter().map(|id| u32::from_str_radix(id, 16).unwrap()).collect();
    assert_eq!(numbers.len(), paragraphs.len());
    assert!(numbers.iter().all(|id| (1..0x8000_0000).contains(id)));
    let marks = said.lines().filter(|l| l.starts_with("Tickmark ")).count();
    assert_eq!(marks, 5);
    assert_eq!(values(&document, "w:bookmarkStart", "w:name").len(), 3, "the claims that are in the text");
}

#[test]
fn an_answered_query_is_a_thread_of_one_level_that_is_done() {
    let mut opened = Opened::with(BRIDGE);
    let query = opened.desk.ask(opened.article, None, Some("Ben".into()), "Who says so?").unwrap().value;
    opened.desk.answer(opened.article, query, "The mayor.").unwrap();
    opened.desk.answer(opened.article, query, "On the phone.").unwrap();
    opened.desk.resolve(opened.article, query, Some("Noted.".into())).unwrap();
    let file = super::written(&opened, "docx");
    let extended = part(&file, "word/commentsExtended.xml");
    let first = values(&extended, "w15:commentEx", "w15:paraId")[0];
    assert_eq!(values(&extended, "w15:commentEx", "w15:paraIdParent"), [first, first, first]);
    assert_eq!(values(&extended, "w15:commentEx", "w15:done"), ["1"; 4]);
    let lasts: Vec<String> = part(&file, "word/comments.xml")
        .split("</w:comment>")
        .filter_map(|c| values(c, "w:p", "w14:paraId").last().map(|id| (*id).to_owned()))
        .collect();
    assert_eq!(
        values(&extended, "w15:commentEx", "w15:paraId"),
        lasts,
        "the last paragraph stands for a comment"
    );
    let document = part(&file, "word/document.xml");
    let title = document.split("</w:p>").next().unwrap();
    assert_eq!(values(title, "w:commentRangeStart", "w:id"), ["0", "1", "2", "3"], "on the headline");
}

#[test]
fn changes_are_by_who_made_them_and_a_claim_that_is_gone_is_on_its_old_words() {
    let mut opened = Opened::with(BRIDGE);
    let first = opened.desk.read(opened.article, None).unwrap().revision.id;
    opened.mark_true("It is 240 metres long.");
    opened.revise(&BRIDGE.replace("1911", "1912"));
    let mut colleague = opened.with_colleague("Ben Okri");
    let text = BRIDGE.replace("1911", "1912").replace(" It is 240 metres long.", "").replace("flood", "fire");
    colleague.desk.revise(colleague.article, Typed { text, ..Typed::default() }).unwrap();
    let dossier = colleague.desk.dossier(colleague.article).unwrap();
    let word = Format::named("docx").unwrap();
    let file = word.write_since(&dossier, &Default::default(), Some(first)).unwrap().bytes;
    let document = part(&file, "word/document.xml");
    let by = |element: &str| {
        let authors = values(&document, element, "w:author");
        let (opens, closes) = (format!("<{element} "), format!("</{element}>"));
        let changes =
            document.split(opens.as_str()).skip(1).map(|c| c.split(closes.as_str()).next().unwrap());
        let said = changes.map(|c| words(&format!("<{c}"))).collect::<Vec<_>>();
        authors
            .iter()
            .map(|a| (*a).to_owned())
            .zip(said)
            .filter(|(_, said)| !said.is_empty())
            .collect::<Vec<_>>()
    };
    let said = |name: &str, what: &str| (name.to_owned(), what.to_owned());
    assert_eq!(by("w:ins"), [said("Ada Long", "1912"), said("Ben Okri", "fire")]);
    let gone =
        [said("Ada Long", "1911"), said("Ben Okri", ". It is 240 metres long"), said("Ben Okri", "flood")];
    assert_eq!(joined(by("w:del")), joined(gone.to_vec()));
    let after = document.split("<w:commentRangeStart w:id=\"0\"/>").nth(1).unwrap();
    assert!(words(after.split("<w:commentRangeEnd").next().unwrap()).contains("It is 240 metres long"));
    let comments = part(&file, "word/comments.xml");
    assert!(words(&comments).contains("No longer in text, was: True"));
    let own = part(&file, "docProps/custom.xml");
    assert!(
        own.contains(&format!("article={}", colleague.article)) && own.contains(&format!(";since={first};"))
    );
}

#[test]
fn the_program_writes_changes_only_where_the_format_has_them() {
    let place = Place::with_bridge();
    place.revise(&BRIDGE.replace("1911", "1912"));
    let to = place.path("x.docx");
    place.json(&["export", "1", "--to", &to, "--format", "docx", "--changes-since", "1"]);
    let parts = unzipped(&to);
    let document = parts.iter().find(|(name, _)| name == "word/document.xml").unwrap();
    let document = String::from_utf8(document.1.clone()).unwrap();
    assert!(document.contains("<w:delText xml:space=\"preserve\">1911</w:delText>"), "{document}");
    let other = place.path("x.csv");
    let said = place.refused(&["export", "1", "--to", &other, "--format", "csv", "--changes-since", "1"]);
    assert!(said.contains("--changes-since"), "{said}");
    place.refused(&["export", "1", "--to", &to, "--force", "--format", "docx", "--changes-since", "9"]);
}
