//! Import, read and revise an article.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};

const NEWS: &str = "A ferry for the island\n\nBy Ada Long\n\nDate: Monday, 25 August 2025\n\n\
    The island gets a ferry next spring. It will carry 120 passengers and run four times a day.\n\n\
    The council paid 3 million for it, the mayor said.\n";

#[test]
fn import_prints_the_article_and_the_left_out_lines() {
    let place = Place::new();
    let told = place.json(&["import", &place.file("news.txt", NEWS)]);
    assert_eq!(
        (&told["number"], &told["revision"], &told["existing"]),
        (&json!(1), &json!(1), &json!(false))
    );
    assert!(told["article"].as_str().is_some_and(|id| id.len() == 36));
    let keys: Vec<_> = told["info"].as_object().unwrap().keys().cloned().collect();
    let mut wanted =
        ["byline", "outlet", "date", "time", "zone", "place", "language", "tags", "hashtags", "url"];
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
    assert_eq!(told["info"]["date"], "2025-08-25");
    assert_eq!(told["info"]["byline"], "Ada Long");
    assert!(told["text"].as_str().unwrap().starts_with("# A ferry for the island\n"));
    let left: Vec<_> = told["left_out"].as_array().unwrap().iter().collect();
    assert!(
        left.contains(
            &&json!({ "line": 5, "page": null, "text": "Date: Monday, 25 August 2025", "why": "date" })
        ),
        "{left:?}"
    );
    let article = place.json(&["article", "1"]);
    for key in ["article", "number", "revision", "info", "text"] {
        assert_eq!(article[key], told[key], "{key}");
    }
    assert_eq!(article["claims"], json!([]));
    assert_eq!(place.text(&["article", "1"]), told["text"].as_str().unwrap());
}

#[test]
fn as_is_recognises_nothing() {
    let place = Place::new();
    let told = place.json(&["import", "--as-is", &place.file("news.txt", NEWS)]);
    assert_eq!(told["text"], NEWS);
    assert_eq!(told["left_out"], json!([]));
}

#[test]
fn the_same_bytes_are_not_imported_twice_without_again() {
    let place = Place::with_bridge();
    let (before, file) = (place.actions(), place.path("bridge.md"));
    let told = place.json(&["import", &file]);
    assert_eq!((&told["number"], &told["existing"]), (&json!(1), &json!(true)));
    assert_eq!(place.actions(), before);
    let told = place.json(&["import", "--again", &file]);
    assert_eq!((&told["number"], &told["existing"]), (&json!(2), &json!(false)));
    assert_eq!(place.actions(), before + 1);
}

#[test]
fn standard_input_is_read_for_a_dash() {
    let place = Place::new();
    let done = place.command().args(["--json", "import", "-"]).write_stdin(BRIDGE).output().unwrap();
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(told["text"], BRIDGE);
    let next = BRIDGE.replace("1911", "1912");
    let done = place.command().args(["--json", "revise", "1", "-"]).write_stdin(next).output().unwrap();
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(told["revision"], 2);
}

#[test]
fn an_input_that_is_not_an_article_is_refused_and_creates_no_desk() {
    let place = Place::new();
    for (name, bytes) in [("nul.txt", &b"\0\0"[..]), ("blank.txt", b" \n\t\n"), ("empty.txt", b"")] {
        place.refused(&["import", &place.file(name, bytes)]);
        assert!(!place.desk().exists(), "{name}");
    }
    place.refused(&["import", &place.path("not-there.txt")]);
    assert!(!place.desk().exists());
}

#[test]
fn windows_1252_is_read_only_if_it_is_confirmed() {
    let place = Place::new();
    let file = place.file("old.txt", b"The caf\xe9 opened in 1999. It closed in 2003.\n");
    let said = place.refused(&["import", &file]);
    assert!(said.contains("--encoding"), "{said}");
    let told = place.json(&["import", &file, "--encoding", "windows-1252"]);
    assert!(told["text"].as_str().unwrap().contains("The café opened"));
    place.refused(&["import", &file, "--encoding", "klingon"]);
}

#[test]
fn an_older_encoding_is_recognised_and_told() {
    let place = Place::new();
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("Мост через реку закрыли в понедельник. Он старый.\n");
    let file = place.file("bridge.txt", &*bytes);
    let told = place.json(&["import", &file]);
    assert!(told["text"].as_str().unwrap().contains("Мост через реку"));
    assert_eq!(told["encoding"], "windows-1251");
    let said = place.text(&["import", "--again", &file]);
    assert!(said.contains("read as windows-1251"), "{said}");
    let next = "Мост через реку закрыли во вторник. Он старый.\n";
    let told =
        place.json(&["revise", "1", &place.file("next.txt", &*encoding_rs::WINDOWS_1251.encode(next).0)]);
    assert_eq!(told["encoding"], "windows-1251");
}

#[test]
fn a_revision_with_characters_that_no_text_has_is_saved_and_they_are_told() {
    let place = Place::new();
    place.json(&["import", "--as-is", &place.file("a.txt", "The quay is shut. The crane is old.\n")]);
    place.mark("The crane is old.");
    let told =
        place.json(&["revise", "1", &place.file("b.txt", "The quay is open.\u{c}The crane \u{10}is old.\n")]);
    assert_eq!(told["placements"][0]["quote"], "The crane is old.");
    assert_eq!(told["left_out"][0]["why"], "characters");
    let told =
        place.json(&["revise", "1", &place.file("c.txt", "The quay is open.\nThe crane is\u{10} old.\n")]);
    assert_eq!(
        (&told["unchanged"], &told["placements"][0]["quote"]),
        (&json!(true), &json!("The crane is old."))
    );
    place.refused(&["revise", "1", &place.file("d.txt", "The quay is open.\nThe crane is old.\n")]);
}

#[test]
fn a_text_may_begin_with_a_hyphen_and_an_option_is_no_text() {
    let place = Place::new();
    place.json(&["import", "--as-is", &place.file("a.txt", "- first item\nIt was -5 degrees.\n")]);
    place.json(&["claim", "mark", "1", "--quote", "- first item"]);
    place.json(&["claim", "mark", "1", "--quote", "-5 degrees", "--assertion", "-5 °C in Osk"]);
    let said = place.refused(&["claim", "mark", "1", "--quote", "--kind", "figure"]);
    assert!(said.contains("--quote"), "{said}");
}

#[test]
fn utf_16_is_recognised_by_its_byte_order_mark() {
    let place = Place::new();
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend("The café opened in 1999.\n".encode_utf16().flat_map(u16::to_le_bytes));
    let told = place.json(&["import", &place.file("wide.txt", bytes)]);
    assert!(told["text"].as_str().unwrap().contains("The café opened in 1999."));
}

#[test]
fn revising_without_a_change_is_refused_and_records_nothing() {
    let place = Place::with_bridge();
    let before = place.actions();
    let printed = place.file("same.md", place.text(&["article", "1"]).replace('\n', "\r\n"));
    let said = place.refused(&["revise", "1", &printed]);
    assert!(said.contains("no change: "), "{said}");
    assert_eq!(place.actions(), before);
}

#[test]
fn revising_prints_how_every_claim_was_placed() {
    let place = Place::with_bridge();
    let (built, closed) = (place.mark("The bridge was built in 1911."), place.mark("closed in 2019"));
    let (headline, gone) = (place.mark("The bridge at Karsk"), place.mark("It is 240 metres long."));
    let next = "# The bridge at Karsk\n\nThe bridge was closed in 2020 after a flood. About 5,000 people 👩‍👩‍👧 cross it every day.\n\n\
        The bridge was built in 1911.\n";
    let told = place.revise(next);
    assert_eq!(told["revision"], 2);
    let placed = |claim: &str| {
        let number: i64 = claim[1..].parse().unwrap();
        told["placements"].as_array().unwrap().iter().find(|p| p["number"] == number).unwrap().clone()
    };
    let all = [(&built, "moved"), (&closed, "changed"), (&headline, "kept"), (&gone, "orphaned")];
    for (claim, placement) in all {
        let p = placed(claim);
        assert_eq!(p["placement"], placement, "{p}");
        let standing = if placement == "orphaned" { "orphaned" } else { "unchecked" };
        assert_eq!(p["standing"], standing, "{p}");
        assert!(p["context_changed"].is_boolean(), "{p}");
    }
    let p = placed(&closed);
    assert_eq!((&p["was"], &p["quote"]), (&json!("closed in 2019"), &json!("closed in 2020")));
    let p = placed(&gone);
    assert_eq!(
        (&p["was"], &p["quote"], &p["spans"]),
        (&json!("It is 240 metres long."), &Value::Null, &json!([]))
    );
    let (p, letters): (_, Vec<char>) = (placed(&built), next.chars().collect());
    let (start, end) = (p["spans"][0]["start"].as_u64().unwrap(), p["spans"][0]["end"].as_u64().unwrap());
    let words: String = letters[start as usize..end as usize].iter().collect();
    assert_eq!(words, "The bridge was built in 1911.");
}

#[test]
fn info_is_printed_changed_and_cleared() {
    let place = Place::with_bridge();
    let args =
        ["article", "info", "1", "--outlet", "The Karsk Herald", "--date", "2025-08-25", "--tag", "roads"];
    let told = place.json(&args);
    assert_eq!(
        (&told["info"]["outlet"], &told["info"]["tags"]),
        (&json!("The Karsk Herald"), &json!(["roads"]))
    );
    place.json(&["article", "info", "1", "--outlet", ""]);
    let info = place.json(&["article", "1"])["info"].clone();
    assert_eq!((&info["outlet"], &info["date"]), (&Value::Null, &json!("2025-08-25")));
    let before = place.actions();
    place.json(&["article", "info", "1"]);
    assert_eq!(place.actions(), before);
}

#[test]
fn an_article_is_archived_and_restored() {
    let place = Place::with_bridge();
    place.json(&["article", "archive", "1"]);
    assert_eq!(place.json(&["articles"])[0]["archived"], true);
    place.refused(&["article", "archive", "1"]);
    place.json(&["article", "unarchive", "1"]);
    assert_eq!(place.json(&["articles"])[0]["archived"], false);
}

#[test]
fn revisions_are_listed_and_restored() {
    let place = Place::with_bridge();
    let claim = place.mark("240 metres");
    let file =
        place.file("next.md", BRIDGE.replace("It is 240 metres long. ", "").replace("240 metres", "two"));
    place.json(&["revise", "1", &file, "--note", "Shorter"]);
    let told = place.json(&["revision", "restore", "1", "1"]);
    assert_eq!(told["revision"], 3);
    assert_eq!(place.text(&["article", "1"]), BRIDGE);
    assert_eq!(place.json(&["claim", "show", &claim])["quote"], "240 metres");
    let all = place.json(&["revisions", "1"]);
    let numbers: Vec<_> = all.as_array().unwrap().iter().map(|r| r["revision"].clone()).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(
        (&all[1]["note"], &all[2]["restores"], &all[1]["by"]),
        (&json!("Shorter"), &json!(1), &json!("Ada Long"))
    );
    assert_eq!(place.text(&["article", "1", "--revision", "2"]), std::fs::read_to_string(file).unwrap());
    place.refused(&["article", "1", "--revision", "9"]);
    place.refused(&["revision", "restore", "1", "3"]);
}

/// Two articles about different things, each of 40 words or more.
const FERRY: &str = "The ferry company raised its fares on Monday for the first time in six years, and said that the price of fuel left \
    it no choice. A crossing now costs 4.20 euros for adults and half of that for children, while dogs still sail free.\n";
const BEARINGS: &str = "The harbour bridge at Salt Quay reopened to traffic after inspectors found cracks in two of its bearings. About \
    9,800 vehicles crossed it each day before the closure, according to the county, and nobody was hurt during the works on the piers.\n";

#[test]
fn a_file_that_is_no_version_of_the_article_replaces_it_only_if_told() {
    let place = Place::with_text(FERRY);
    let file = place.file("other.md", BEARINGS);
    assert!(place.refused(&["revise", "1", &file]).contains("--replace"));
    assert_eq!(place.json(&["revisions", "1"]).as_array().unwrap().len(), 1);
    place.json(&["revise", "1", &file, "--replace"]);
    // A version of it needs no word.
    let half = BEARINGS.replace("About", "Some");
    place.json(&["revise", "1", &place.file("half.md", half)]);
    let word = place.path("ferry.docx");
    let other = Place::with_text(FERRY);
    other.json(&["export", "1", "--format", "docx", "--to", &word]);
    let stripped = crate::support::with_part(&std::fs::read(&word).unwrap(), "docProps/custom.xml", |p| {
        p.replace("Tickmark", "Other")
    });
    let word = place.file("stripped.docx", stripped);
    assert!(place.refused(&["revise", "1", &word]).contains("--replace"));
    place.json(&["revise", "1", &word, "--replace"]);
    assert_eq!(place.json(&["article", "1"])["text"], FERRY);
}

/// The writer's file: details and hard line ends that an import leaves out.
const OF_THE_WRITER: &str = "Ferry fares rise in March\nDate: Tuesday, 14 October 2025\nTags: ferry, fares\n\n\
    The crossing costs 4 euros from March on, the harbour board says in a letter to the\ncouncil of forty pages.\n\n\
    Nobody on the quay was surprised by it, and most of the boats were full on the last\nday of the old fares.\n";

#[test]
fn the_writers_own_file_is_read_as_the_import_read_it() {
    let place = Place::new();
    place.json(&["import", &place.file("fares.txt", OF_THE_WRITER)]);
    let text = place.json(&["article", "1"])["text"].clone();
    let same = place.json(&["revise", "1", &place.file("again.txt", OF_THE_WRITER)]);
    assert_eq!(same["unchanged"], true, "{same}");
    let corrected = OF_THE_WRITER.replace("4 euros", "5 euros");
    let revised = place.json(&["revise", "1", &place.file("corrected.txt", corrected)]);
    assert!(revised["left_out"].as_array().unwrap().len() >= 2, "{revised}");
    let now = place.json(&["article", "1"])["text"].clone();
    assert_eq!(now.as_str().unwrap(), text.as_str().unwrap().replace("4 euros", "5 euros"));
}

#[test]
fn a_quotation_is_found_whatever_the_form_of_its_marks() {
    let place = Place::with_text("# A\n\nMali’s army said: “We left – at 10.”\n");
    for quote in ["Mali's army", "\"We left - at 10.\"", "said: „We left"] {
        place.json(&["claim", "mark", "1", "--quote", quote]);
    }
    assert_eq!(place.json(&["claim", "list", "1"]).as_array().unwrap().len(), 3);
    assert!(
        place.refused(&["claim", "mark", "1", "--quote", "Malis army"]).contains("copy the words exactly")
    );
}
