//! What a person gets when an article is exported: the names of files, the byte order mark of a table, and what the page of
//! a bundle says at its head.

use super::support::{Place, unzipped};

/// A desk with one article.
fn with(text: &str) -> Place {
    let place = Place::new();
    let file = place.file("article.md", text);
    place.json(&["import", &file, "--as-is"]);
    place
}

/// The page of the bundle of article 1.
fn page(place: &Place) -> String {
    let to = place.path("bundle.zip");
    place.json(&["export", "1", "--to", &to, "--force"]);
    assert_eq!(place.json(&["verify", &to])["valid"], true);
    let files = unzipped(&to);
    let (_, page) = files.iter().find(|(name, _)| name.ends_with("data/index.html")).unwrap();
    String::from_utf8(page.clone()).unwrap()
}

fn title(page: &str) -> &str {
    page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
}

#[test]
fn files_in_a_folder_are_named_after_the_article_and_keep_its_letters() {
    let place = with("# Über die Brücke: 橋 и мост?\n\nThe bridge is 240 metres long.\n");
    let folder = place.path("out");
    std::fs::create_dir(&folder).unwrap();
    place.json(&["export", "1", "--to", &folder]);
    place.json(&["export", "1", "--to", &folder, "--format", "csv"]);
    place.json(&["export", "1", "--to", &folder, "--format", "ris"]);
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    let stem = "Über die Brücke 橋 и мост";
    let expected = [" (not verified).zip", " (sources).ris", ".csv"].map(|end| format!("{stem}{end}"));
    assert_eq!(names, expected.map(std::ffi::OsString::from));
    let inside = unzipped(&format!("{folder}/{stem} (not verified).zip"));
    assert!(inside.iter().all(|(name, _)| name.is_ascii()), "names in a bundle are ASCII");
    assert!(
        place.refused(&["export", "1", "--to", &folder]).contains("--force"),
        "no file is replaced unasked"
    );
}

#[test]
fn a_table_has_a_byte_order_mark_only_if_it_is_asked_for() {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    let (plain, marked) = (place.path("plain.csv"), place.path("marked.csv"));
    place.json(&["export", "1", "--to", &plain, "--format", "csv"]);
    place.json(&["export", "1", "--to", &marked, "--format", "csv", "--bom"]);
    let (plain, marked) = (std::fs::read(plain).unwrap(), std::fs::read(marked).unwrap());
    assert!(plain.starts_with(b"Number,"));
    assert_eq!(marked, [b"\xef\xbb\xbf", plain.as_slice()].concat());
    let said = place.refused(&["export", "1", "--to", &place.path("x.ris"), "--format", "ris", "--bom"]);
    assert!(said.contains("--format csv"), "{said}");
}

#[test]
fn the_page_says_what_the_article_counts_as_and_how_much_is_checked() {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    place.mark("The bridge was built in 1911.");
    place.json(&["verdict", "C1", "true", "--rationale", "As measured."]);
    let page = page(&place);
    assert_eq!(title(&page), "The bridge at Karsk (working copy, 1 of 2 claims checked)");
    assert!(page.contains("Working copy, not verified"));
}

#[test]
fn an_article_without_a_heading_has_a_headline_on_its_page() {
    let place = with("The bridge is 240 metres long.\n\nIt was built in 1911.\n");
    let page = page(&place);
    assert_eq!(title(&page), "The bridge is 240 metres long. (working copy, no claims)");
    assert!(page.contains("<h1 dir=\"auto\">The bridge is 240 metres long.</h1>"), "{page}");
    assert!(!page.contains("Article, checked"));
}

#[test]
fn open_items_name_their_claims_and_no_quotation_mark_is_doubled() {
    let place = with("# A bridge\n\n“It is 240 metres long,” the mayor said.\n");
    place.mark("“It is 240 metres long,” the mayor said");
    place.json(&["query", "ask", "C1", "Which mayor?", "--to", "Mara Lind"]);
    place.json(&["query", "ask", "1", "Is there a map?"]);
    let page = page(&place);
    for words in [
        "<a href=\"#claim-1\">Claim 1</a>: ‘“It is 240 metres long,” the mayor said’ has no verdict",
        "<a href=\"#claim-1\">Query about claim 1</a>: Which mayor? (about ‘“It is",
        "Query about the article: Is there a map?",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("““") && !page.contains("””"), "{page}");
}

#[test]
fn authors_are_parted_by_semicolons() {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    place.json(&["source", "add", "--title", "Survey", "--author", "Lind, Mara", "--author", "Okoro, Sam"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports"]);
    assert!(page(&place).contains("Lind, Mara; Okoro, Sam: <cite>Survey</cite>"));
}

#[test]
fn a_verdict_that_all_evidence_contradicts_is_remarked_wherever_it_is_exported() {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    place.json(&["source", "add", "--title", "Survey"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "refutes"]);
    place.json(&["verdict", "C1", "true", "--rationale", "As measured."]);
    let remark = "Rated True, but all evidence refutes the claim";
    assert_eq!(page(&place).matches(remark).count(), 2, "in the note and in the table");
    for format in ["csv", "markdown"] {
        let to = place.path(format);
        place.json(&["export", "1", "--to", &to, "--format", format]);
        assert!(std::fs::read_to_string(to).unwrap().contains(remark), "{format}");
    }
    assert!(place.text(&["claim", "show", "C1"]).contains(remark));
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports"]);
    assert!(!page(&place).contains(remark));
}
