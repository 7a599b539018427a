//! Imports of files from other programs, by the desk and by the command line.

use super::Field;
use crate::support::{BRIDGE, Opened, Place};
use tickmark::{
    desk::Apart,
    formats::interchange::{SourcesIn, read_claims, read_sources},
};

const BIB: &str = "@book{a, title = {A {Book}}, author = {Doe, Jane}, year = 2019}\n\
    @online{b, title = {A Page}, url = {https://page.example/x/}, urldate = {2025-08-25}}\n";

/// Annotations as Hypothesis exports them: UTF-16 positions of another page, a page note, a reply, a quote with the page's
/// own line breaks, one that occurs twice, and one with another figure.
const HYPOTHESIS: &str = r#"{"export_date":"2025-08-25T10:00:00.000Z","export_userid":"acct:ana@hypothes.is","client_version":"1.1",
 "annotations":[
  {"id":"a1","uri":"https://news.example/bridge","user":"acct:ana@hypothes.is","user_info":{"display_name":"Ana"},"text":"Is this so?",
   "tags":["history"],"target":[{"source":"https://news.example/bridge","selector":[
    {"type":"RangeSelector","startContainer":"/p[1]","endContainer":"/p[1]","startOffset":0,"endOffset":9},
    {"type":"TextPositionSelector","start":912,"end":931},
    {"type":"TextQuoteSelector","exact":"The bridge\n  was built in 1911","prefix":"Karsk ","suffix":". It is"}]}]},
  {"id":"a2","uri":"https://news.example/bridge","user":"acct:ben@hypothes.is","text":"About all of it","tags":[],
   "target":[{"source":"https://news.example/bridge"}]},
  {"id":"a3","uri":"https://news.example/bridge","user":"acct:ben@hypothes.is","text":"Yes","references":["a1"],
   "target":[{"source":"https://news.example/bridge"}]},
  {"id":"a4","uri":"https://news.example/bridge","text":"","target":[{"source":"x","selector":[
    {"type":"TextQuoteSelector","exact":"The bridge was","prefix":"metres long.\n\n","suffix":" closed"}]}]},
  {"id":"a5","uri":"https://news.example/bridge","text":"","target":[{"source":"x","selector":[
    {"type":"TextQuoteSelector","exact":"closed in 2018 after a flood","prefix":"","suffix":""}]}]},
  {"id":"a6","uri":"https://news.example/bridge","text":"","target":[{"source":"x","selector":[
    {"type":"TextQuoteSelector","exact":"bridge was","prefix":"","suffix":""}]}]}]}"#;

#[test]
fn the_same_sources_are_found_again_and_an_import_is_one_undo() {
    let place = Place::with_bridge();
    let bib = place.file("zotero.bib", BIB);
    let before = place.actions();
    let taken = place.json(&["source", "import", &bib]);
    assert_eq!(taken["sources"][0]["title"], "A Book");
    assert_eq!(taken["sources"][0]["existing"], false);
    let again = place.json(&["source", "import", &bib]);
    assert_eq!(again["sources"][1]["existing"], true);
    assert_eq!(again["sources"][1]["source"], taken["sources"][1]["source"]);
    let ris = place.file("same.ris", "TY  - BOOK\nTI  - A book\nAU  - Jane Doe\nDA  - 2019/05\nER  - \n");
    assert_eq!(place.json(&["source", "import", &ris])["sources"][0]["existing"], true);
    assert_eq!(place.actions(), before + 2);
    place.json(&["undo"]);
    assert_eq!(place.json(&["source", "list"]).as_array().unwrap().len(), 0, "one undo takes both away");
    place.json(&["redo"]);
    assert_eq!(place.json(&["source", "list"]).as_array().unwrap().len(), 2);
}

/// Sources that only look alike: two papers on one day, a book and a review, a report with a DOI and one with a volume, two
/// without titles.
const LOOK_ALIKES: &str = "TY  - NEWS\nTI  - Bridge shut\nT2  - The Courier\nDA  - 2025/09/23\nER  - \n\
    TY  - NEWS\nTI  - Bridge shut\nT2  - The Gazette\nDA  - 2025/09/23\nER  - \n\
    TY  - BOOK\nTI  - Still Water\nPY  - 2012\nPB  - Karsk Press\nER  - \n\
    TY  - JOUR\nTI  - Still water!\nPY  - 2012\nT2  - Lake Review\nER  - \n\
    TY  - RPRT\nTI  - Yearbook\nAU  - Doe, Jane\nPY  - 2001\nDO  - 10.1000/aaa\nER  - \n\
    TY  - RPRT\nTI  - Yearbook\nAU  - Doe, Jane\nPY  - 2001\nVL  - 7\nER  - \n\
    TY  - RPRT\nPY  - 2003\nER  - \nTY  - RPRT\nPB  - Somebody\nER  - \n";

#[test]
fn sources_that_only_look_alike_stay_apart_and_are_found_again() {
    let place = Place::with_bridge();
    let file = place.file("alike.ris", LOOK_ALIKES);
    let known = |taken: &serde_json::Value| -> Vec<bool> {
        taken["sources"].as_array().unwrap().iter().map(|s| s["existing"].as_bool().unwrap()).collect()
    };
    assert_eq!(known(&place.json(&["source", "import", &file])), [false; 8]);
    assert_eq!(known(&place.json(&["source", "import", &file])), [true; 8]);
    let bib = place.file("doi.bib", "@misc{x, title = {Another title}, doi = {10.1000/AAA}}");
    assert_eq!(known(&place.json(&["source", "import", &bib])), [true], "the DOI decides");
}

#[test]
fn sources_are_kept_apart_if_a_person_says_so() {
    let place = Place::with_bridge();
    let bib = place.file("zotero.bib", BIB);
    place.json(&["source", "import", &bib]);
    let count = || place.json(&["source", "list"]).as_array().unwrap().len();
    let second = place.json(&["source", "import", "--apart=2", &bib]);
    assert_eq!(
        (&second["sources"][0]["existing"], &second["sources"][1]["existing"]),
        (&true.into(), &false.into())
    );
    assert_eq!(count(), 3);
    place.json(&["source", "import", "--apart", &bib]);
    assert_eq!(count(), 5);
    assert!(place.refused(&["source", "import", "--apart=3", &bib]).contains("the file has 2"));
    assert!(place.refused(&["source", "import", "--apart=x", &bib]).contains("counted from 1"));
}

#[test]
fn the_program_lists_entries_with_flaws() {
    let place = Place::with_bridge();
    let bib =
        place.file("flaws.bib", format!("{BIB}@book{{c, title = {{Open\n@book{{a, title = {{Again}}}}"));
    let taken = place.json(&["source", "import", &bib]);
    assert_eq!(taken["sources"].as_array().unwrap().len(), 3);
    assert_eq!(taken["left_out"][0]["what"], "line 3, c");
    assert_eq!(taken["remarks"][0]["what"], "line 4, a");
}

#[test]
fn an_invalid_file_records_nothing() {
    let place = Place::with_bridge();
    let bib = place.file("zotero.bib", "@book{c, title = {A\n");
    let before = place.actions();
    assert!(place.refused(&["source", "import", &bib]).contains("line 1, c"));
    assert!(place.refused(&["claim", "import", "1", &bib]).contains("does not look like"));
    assert_eq!(place.actions(), before);
}

#[test]
fn hypothesis_annotations_are_attached_to_their_words() {
    let place = Place::with_bridge();
    let file = place.file("hypothesis.json", HYPOTHESIS);
    let taken = place.json(&["claim", "import", "1", &file]);
    let quotes: Vec<_> =
        taken["claims"].as_array().unwrap().iter().map(|c| c["quote"].as_str().unwrap()).collect();
    assert_eq!(quotes, ["The bridge was built in 1911", "The bridge was"]);
    let starts = &taken["claims"][1]["spans"][0]["start"];
    assert_eq!(starts, &serde_json::json!(77), "the second place, told by what stands around it");
    let left: Vec<_> =
        taken["left_out"].as_array().unwrap().iter().map(|l| l["why"].as_str().unwrap()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
    assert!(
        left[1].contains("reply")
            && left[2].contains("not in the article")
            && left[3].contains("more than once")
    );
    let claim = place.json(&["claim", "show", "C1"]);
    let asked: Vec<_> =
        claim["queries"].as_array().unwrap().iter().map(|q| q["text"].as_str().unwrap()).collect();
    assert_eq!(asked, ["Ana: Is this so?", "Tags: history"]);
    let before = place.actions();
    let again = place.json(&["claim", "import", "1", &file]);
    assert!(again["claims"].as_array().unwrap().iter().all(|c| c["existing"] == true));
    assert_eq!(place.actions(), before, "nothing is doubled");
    place.json(&["undo"]);
    assert_eq!(place.json(&["claim", "list", "1"]).as_array().unwrap().len(), 0);
    assert_eq!(place.json(&["query", "list", "1"]).as_array().unwrap().len(), 0);
}

#[test]
fn a_review_is_imported_as_evidence_with_its_json_and_no_verdict() {
    let place = Place::with_bridge();
    let review = r#"{"@type":"ClaimReview","claimReviewed":"It is 240 metres long","url":"https://check.example/1",
        "author":{"name":"Check It"},"reviewRating":{"ratingValue":1,"alternateName":"False"}}"#;
    let file = place.file("review.json", review);
    let taken = place.json(&["claim", "import", "1", &file]);
    assert_eq!(taken["sources"].as_array().unwrap().len(), 1);
    let claim = place.json(&["claim", "show", "C1"]);
    assert_eq!(
        (&claim["standing"], &claim["evidence"][0]["stance"]),
        (&"unchecked".into(), &"refutes".into())
    );
    assert_eq!(place.json(&["source", "list"])[0]["files"][0]["name"], "claimreview.json");
    place.json(&["undo"]);
    assert_eq!(
        place.json(&["source", "list"]).as_array().unwrap().len(),
        0,
        "the source goes with the claim"
    );
}

#[test]
fn the_program_exports_an_article_in_every_format() {
    let place = Place::with_bridge();
    place.mark("built in 1911");
    for slug in tickmark::formats::interchange::FORMATS.iter().map(|f| f.slug) {
        let to = place.path(slug);
        place.json(&["export", "1", "--to", &to, "--format", slug]);
        assert!(std::path::Path::new(&to).exists(), "{slug}");
    }
    let to = place.path("x");
    assert!(place.refused(&["export", "1", "--to", &to, "--format", "odt"]).contains("csv, xlsx"));
}

#[test]
fn exported_annotations_can_be_imported_on_another_desk() {
    let field = Field::new();
    let made = field.written("webannotation");
    let mut other = Opened::with(&field.opened.text());
    let taken = other.desk.import_claims(other.article, read_claims(&made).unwrap()).unwrap();
    assert_eq!((taken.claims.len(), taken.sources.len(), taken.left_out.len()), (3, 1, 0));
    for (claim, _) in &taken.claims {
        assert_eq!(other.judged(*claim).standing.as_str(), "unchecked");
    }
    let same = field.opened.text();
    let quotes: Vec<_> = taken.claims.iter().map(|(c, _)| other.judged(*c).quote.concat()).collect();
    assert_eq!(quotes, ["The bridge was built in 1911.", "closed in 2021", "5,000 people 👩‍👩‍👧"]);
    assert_eq!(other.text(), same);
}

#[test]
fn exported_sources_are_recognised_when_imported_again() {
    let mut field = Field::new();
    for slug in ["csl-json", "bibtex", "ris"] {
        let read = read_sources(&field.written(slug)).unwrap();
        let taken = field.opened.desk.import_sources(read, &Apart::None).unwrap();
        assert!(taken.sources.iter().all(|s| !s.new), "{slug}");
    }
    let none = Opened::with(BRIDGE).desk.import_sources(SourcesIn::default(), &Apart::None).unwrap();
    assert!(none.sources.is_empty());
}

#[test]
fn an_imported_claim_is_in_the_bundle_and_the_bundle_verifies() {
    let place = Place::with_bridge();
    let file = place.file("hypothesis.json", HYPOTHESIS);
    place.json(&["claim", "import", "1", &file]);
    let bib = place.file("zotero.bib", BIB);
    place.json(&["source", "import", &bib]);
    let to = place.path("out.zip");
    place.json(&["export", "1", "--to", &to]);
    assert_eq!(place.json(&["verify", &to])["valid"], true);
    assert_eq!(place.run(&["check"]).status.code(), Some(0));
}

#[test]
fn the_window_lists_the_formats_exports_one_and_imports_files() {
    let place = Place::with_bridge();
    let (bib, notes, to) =
        (place.file("z.bib", BIB), place.file("h.json", HYPOTHESIS), place.path("claims.csv"));
    let asks = [
        serde_json::json!({ "command": "export.formats", "request": { "article": "1" } }),
        serde_json::json!({ "command": "source.import", "request": { "path": bib } }),
        serde_json::json!({ "command": "claim.import", "request": { "article": "1", "path": notes } }),
        serde_json::json!({ "command": "export.as", "request": { "article": "1", "format": "csv", "path": to } }),
    ];
    let asked: String = asks.iter().map(|a| format!("{a}\n")).collect();
    let done = place.command().arg("call").write_stdin(asked).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    let answers: Vec<serde_json::Value> = said.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let answer = |at: usize| &answers[at]["answer"];
    assert_eq!(answer(0)[0]["name"], "The bridge at Karsk.csv", "{said}");
    let names: Vec<_> = answer(0).as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    for name in [
        "The bridge at Karsk (sources).ris",
        "The bridge at Karsk (questions).html",
        "The bridge at Karsk.html",
    ] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert!(answer(0)[0]["purpose"].as_str().unwrap().starts_with("For looking through the claims"));
    assert_eq!(answer(1)["sources"][1]["existing"], false, "{said}");
    assert_eq!(
        (answer(2)["claims"].as_array().unwrap().len(), answer(2)["leftOut"].as_array().unwrap().len()),
        (2, 4)
    );
    assert!(std::fs::read_to_string(to).unwrap().contains("The bridge was built in 1911"));
}

#[test]
fn of_alternative_bodies_the_first_is_used() {
    let place = Place::with_bridge();
    let chosen = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation",
        "body": {"type": "Choice", "items": [
            {"type": "TextualBody", "purpose": "describing", "value": "The bridge has stood since 1911"},
            {"type": "TextualBody", "purpose": "describing", "value": "Die Brücke steht seit 1911"}]},
        "target": {"source": "urn:x:2", "selector": {"type": "TextQuoteSelector", "exact": "The bridge was built in 1911"}}}"#;
    let file = place.file("choice.jsonld", chosen);
    place.json(&["claim", "import", "1", &file]);
    assert_eq!(place.json(&["claim", "list", "1"])[0]["assertion"], "The bridge has stood since 1911");
}
