//! Comparison, undo, export, verification and redaction.

use crate::support::{BRIDGE, Place, holds, unzipped};
use serde_json::{Value, json};

/// A desk with a claim, evidence from an open and from a withheld source, a verdict, and a second revision.
fn whole() -> Place {
    let place = Place::with_bridge();
    let claim = place.mark("built in 1911");
    let (open, kept) = (place.file("open.txt", "an open page"), place.file("kept.txt", "ZEBRA-FILE"));
    place.json(&["source", "add", "--title", "Plaque", "--file", &open]);
    let secret =
        ["source", "add", "--title", "ZEBRA-TITLE", "--author", "ZEBRA-AUTHOR", "--publisher", "ZEBRA-HOUSE"];
    let more =
        ["--note", "ZEBRA-NOTE", "--url", "https://zebra.example/ZEBRA-URL", "--reliability", "ZEBRA-REL"];
    place.json(&[&secret[..], &more, &["--file", &kept, "--withhold"]].concat());
    place.json(&["evidence", "add", &claim, "S1", "--stance", "supports", "--passage", "Built 1911"]);
    let args =
        ["evidence", "add", &claim, "S2", "--stance", "context", "--passage", "ZEBRA-PASSAGE", "--locator"];
    place.json(&[&args[..], &["ZEBRA-PAGE", "--note", "ZEBRA-WORD"]].concat());
    place.json(&["verdict", &claim, "true", "--rationale", "The plaque says so"]);
    place.json(&["query", "ask", "1", "Which day?"]);
    place.revise(&BRIDGE.replace("240", "250"));
    place
}

#[test]
fn a_bundle_is_valid_and_its_import_exports_the_same_bytes() {
    let (here, there) = (whole(), Place::new());
    let (out, back, plain) = (here.path("out.zip"), there.path("back.zip"), here.path("plain.zip"));
    here.json(&["export", "1", "--to", &out]);
    here.json(&["export", "1", "--to", &plain, "--unsigned"]);
    let found = here.json(&["verify", &out]);
    assert_eq!(found["errors"], json!([]));
    assert_eq!(
        (&found["complete"], &found["valid"], &found["signed"]),
        (&json!(true), &json!(true), &json!("Ada Long"))
    );
    let told = there.json(&["import", &out]);
    assert_eq!(
        (&told["number"], &told["revision"], &told["existing"]),
        (&json!(1), &json!(2), &json!(false))
    );
    assert_eq!(there.json(&["import", &out])["existing"], true);
    there.json(&["export", "1", "--to", &back, "--unsigned"]);
    assert!(std::fs::read(&plain).unwrap() == std::fs::read(&back).unwrap());
    let shown = there.json(&["claim", "show", "C1"]);
    assert_eq!(
        (&shown["standing"], &shown["verdict"]["rationale"]),
        (&json!("checked"), &json!("The plaque says so"))
    );
    assert_eq!(there.json(&["check"])["sound"], true);
    assert_eq!(there.json(&["revisions", "1"]).as_array().unwrap().len(), 2);
}

#[test]
fn withheld_words_are_nowhere_in_the_bundle() {
    let place = whole();
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    let entries = unzipped(&out);
    assert!(entries.iter().any(|(_, bytes)| holds(bytes, "an open page")));
    for (name, bytes) in &entries {
        let told = String::from_utf8_lossy(bytes).to_uppercase();
        assert!(!told.contains("ZEBRA") && !name.to_uppercase().contains("ZEBRA"), "{name}");
    }
}

#[test]
fn only_the_digest_of_an_undone_action_is_exported() {
    let place = Place::with_bridge();
    place.json(&["query", "ask", "1", "WALRUS question"]);
    place.json(&["undo"]);
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    assert!(unzipped(&out).iter().all(|(_, bytes)| !holds(bytes, "WALRUS")));
    assert_eq!(place.json(&["verify", &out])["valid"], true);
}

#[test]
fn a_withheld_name_in_a_rationale_is_warned_of() {
    let place = whole();
    place.json(&["verdict", "C1", "true", "--rationale", "zebra-author told us"]);
    let told = place.json(&["export", "1", "--to", &place.path("out.zip")]);
    assert_eq!(told["warnings"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["withheld"], 1);
}

#[test]
fn any_flipped_byte_is_noticed() {
    let place = Place::with_bridge();
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    let bytes = std::fs::read(&out).unwrap();
    for at in (0..bytes.len()).step_by(bytes.len() / 12) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x10;
        let done = place.run(&["--json", "verify", &place.file("flipped.zip", flipped)]);
        assert_ne!(done.status.code(), Some(0), "byte {at}");
        assert!(!done.stderr.is_empty(), "byte {at}");
        if done.status.code() == Some(1) {
            let found: Value = serde_json::from_slice(&done.stdout).unwrap();
            assert_ne!(found["errors"], json!([]), "byte {at}");
        }
    }
    place.refused(&["import", &place.path("flipped.zip")]);
    let cut = place.file("cut.zip", &bytes[..bytes.len() / 2]);
    assert_eq!(place.run(&["verify", &cut]).status.code(), Some(1));
    place.refused(&["import", &cut]);
}

#[test]
fn verify_needs_no_desk_and_exits_with_2_if_a_file_is_not_a_bag() {
    let place = Place::new();
    place.refused(&["verify", &place.file("no.txt", "no bag at all")]);
    place.refused(&["verify", &place.path("not-there.zip")]);
    assert!(!place.desk().exists());
}

#[test]
fn an_invalid_bundle_is_exit_1_with_a_message_and_json() {
    let place = whole();
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    let folder = place.path("bag");
    for (name, bytes) in unzipped(&out) {
        let path = std::path::Path::new(&folder).join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let inner = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let root = if inner.join("bagit.txt").exists() { inner } else { folder.into() };
    let root = root.to_str().unwrap();
    assert_eq!(place.json(&["verify", root])["valid"], true);
    let data = std::path::Path::new(root).join("data/index.html");
    let mut page = std::fs::read(&data).unwrap();
    page[40] ^= 1;
    std::fs::write(&data, page).unwrap();
    let done = place.run(&["--json", "verify", root]);
    assert_eq!(done.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&found["complete"], &found["valid"]), (&json!(true), &json!(false)), "{found}");
    assert!(String::from_utf8_lossy(&done.stderr).starts_with("tickmark: "));
}

#[test]
fn a_comparison_is_printed_as_text_page_or_json() {
    let place = whole();
    let text = place.text(&["diff", "1"]);
    assert!(text.contains("240") && text.contains("250"), "{text}");
    let told = place.json(&["diff", "1", "--from", "1", "--to", "2"]);
    assert_eq!((&told["from"], &told["to"]), (&json!(1), &json!(2)));
    let json: Value = serde_json::from_str(&place.text(&["diff", "1", "--format", "json"])).unwrap();
    assert_eq!(json, told);
    let page = place.text(&["--json", "diff", "1", "--format", "html"]);
    assert!(page.trim_start().to_lowercase().starts_with("<!doctype html>"), "{page:.80}");
    let forced = place.text(&["--json", "diff", "1", "--format", "text"]);
    assert_eq!(forced, text);
    place.refused(&["diff", "1", "--format", "pdf"]);
    place.refused(&["diff", "1", "--from", "9"]);
}

#[test]
fn undo_and_redo_go_step_by_step_across_runs() {
    let place = Place::with_bridge();
    let claim = place.mark("1911");
    place.json(&["verdict", &claim, "true", "--rationale", "Plaque"]);
    place.json(&["undo"]);
    assert_eq!(place.standing(&claim), "unchecked");
    place.json(&["undo"]);
    assert_eq!(place.json(&["claim", "list", "1"]), json!([]));
    place.refused(&["claim", "show", &claim]);
    place.json(&["redo"]);
    place.json(&["redo"]);
    assert_eq!(place.standing(&claim), "checked");
    place.refused(&["redo"]);
    place.json(&["undo"]);
    place.mark("240 metres");
    place.refused(&["redo"]);
    for _ in 0..3 {
        place.json(&["undo"]);
    }
    assert_eq!(place.json(&["articles"]), json!([]));
    place.refused(&["undo"]);
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[test]
fn two_saves_are_undone_one_after_the_other() {
    let place = Place::with_bridge();
    place.revise(&BRIDGE.replace("1911", "1912"));
    place.revise(&BRIDGE.replace("1911", "1913"));
    assert_eq!(place.json(&["undo"])["draft_kept"], true);
    assert_eq!(place.json(&["undo"])["draft_kept"], true);
    assert_eq!(place.text(&["article", "1"]), BRIDGE);
    place.json(&["redo"]);
    place.json(&["redo"]);
    assert_eq!(place.text(&["article", "1"]), BRIDGE.replace("1911", "1913"));
}

#[test]
fn a_redacted_fact_is_erased_from_the_desk_and_the_bundle_and_its_digest_stays() {
    let place = Place::with_bridge();
    place.json(&["query", "ask", "1", "PELICAN secret"]);
    let log = place.json(&["log", "1"]);
    let asked = log.as_array().unwrap().iter().find(|a| a["kind"] == "ask").unwrap();
    let fact = asked["facts"][0]["fact"].as_str().unwrap();
    place.json(&["redact", fact, "--why", "A name"]);
    let log = place.json(&["log", "1"]);
    let asked = log.as_array().unwrap().iter().find(|a| a["kind"] == "ask").unwrap();
    assert_eq!(asked["facts"][0]["open"], false);
    assert!(log.as_array().unwrap().iter().any(|a| a["kind"] == "redact" && a["by"] == "Ada Long"));
    assert_eq!(place.json(&["query", "list", "1"]), json!([]));
    assert_eq!(place.json(&["check"])["sound"], true);
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    assert!(unzipped(&out).iter().all(|(_, bytes)| !holds(bytes, "PELICAN")));
    assert_eq!(place.json(&["verify", &out])["valid"], true);
    place.refused(&["redact", fact]);
    place.refused(&["redact", "not-an-id"]);
}

#[test]
fn redacted_words_are_gone_from_every_file_of_the_desk() {
    let place = Place::with_bridge();
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["verdict", "C1", "true", "--rationale", "HERON told me so"]);
    let log = place.json(&["log", "1"]);
    let verdict =
        log.as_array().unwrap().iter().find(|a| a["kind"] == "give-verdict").expect("the verdict's action");
    place.json(&["redact", verdict["facts"][0]["fact"].as_str().unwrap()]);
    for name in place.names().iter().filter(|n| n.starts_with("a desk.desk")) {
        assert!(!holds(&std::fs::read(place.path(name)).unwrap_or_default(), "HERON"), "{name}");
    }
}

#[test]
fn redacting_the_first_revision_also_erases_the_imported_bytes() {
    let place = Place::new();
    let file = place.file("secret.md", BRIDGE.replace("a flood", "the CORMORANT affair"));
    place.json(&["import", &file]);
    place.revise(BRIDGE);
    let log = place.json(&["log", "1"]);
    let facts =
        log.as_array().unwrap().iter().flat_map(|a| a["facts"].as_array().unwrap()).collect::<Vec<_>>();
    let first = facts.iter().find(|f| f["kind"] == "revision").expect("the first revision");
    place.json(&["redact", first["fact"].as_str().unwrap()]);
    assert_eq!(place.json(&["check"])["sound"], true);
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    let files = unzipped(&out);
    assert!(files.iter().all(|(name, bytes)| !name.contains("original/") && !holds(bytes, "CORMORANT")));
    assert_eq!(place.json(&["verify", &out])["valid"], true);
}

/// Unpacks a bundle, replaces some bytes of one file, and recomputes all its checksums.
pub fn forged(place: &Place, bundle: &str, file: &str, was: &str, now: &str) -> String {
    let folder = std::path::PathBuf::from(place.path("forged"));
    for (name, bytes) in unzipped(bundle) {
        let path = folder.join(name.split_once('/').expect("a top folder").1);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        let bytes = if path.ends_with(file) {
            String::from_utf8(bytes).expect("text").replace(was, now).into_bytes()
        } else {
            bytes
        };
        std::fs::write(path, bytes).expect("the file");
    }
    sum_anew(&folder);
    folder.to_str().expect("a path in UTF-8").to_owned()
}

/// An unzipped bundle with an added file, which is in all checksums and in the count of bytes.
pub fn smuggled(place: &Place, bundle: &str, file: &str, text: &str) -> String {
    let folder = std::path::PathBuf::from(forged(place, bundle, "bag-info.txt", "", ""));
    std::fs::write(folder.join(file), text).expect("the file");
    for list in ["manifest-sha256.txt", "manifest-sha512.txt"].map(|l| folder.join(l)) {
        let old = std::fs::read_to_string(&list).expect("a manifest");
        std::fs::write(list, format!("{old}0  {file}\n")).expect("the manifest");
    }
    let info = std::fs::read_to_string(folder.join("bag-info.txt")).expect("the info");
    let counted = |line: &str| match line.strip_prefix("Payload-Oxum: ").and_then(|o| o.split_once('.')) {
        Some((bytes, files)) => {
            let more: (usize, usize) = (bytes.parse().expect("bytes"), files.parse().expect("files"));
            format!("Payload-Oxum: {}.{}\n", more.0 + text.len(), more.1 + 1)
        }
        None => format!("{line}\n"),
    };
    std::fs::write(folder.join("bag-info.txt"), info.lines().map(counted).collect::<String>())
        .expect("the info");
    sum_anew(&folder);
    folder.to_str().expect("a path in UTF-8").to_owned()
}

/// Recomputes the checksums of everything that is listed.
pub fn sum_anew(folder: &std::path::Path) {
    for (lists, tags) in [("manifest", false), ("tagmanifest", true)] {
        for (name, sum) in [("sha256", sha256 as fn(&[u8]) -> String), ("sha512", sha512)] {
            let list = folder.join(format!("{lists}-{name}.txt"));
            let old = std::fs::read_to_string(&list).expect("a manifest");
            let line = |line: &str| {
                let path = line.split_once("  ").expect("two fields").1;
                format!("{}  {path}\n", sum(&std::fs::read(folder.join(path)).expect("a file")))
            };
            assert_eq!(old.contains("bagit.txt"), tags);
            std::fs::write(&list, old.lines().map(line).collect::<String>()).expect("the manifest");
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn sha512(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha512};
    Sha512::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn claims_and_page_that_do_not_follow_from_the_history_are_noticed() {
    for (file, was, now) in [
        ("data/claims.json", "\"standing\": \"unchecked\"", "\"standing\": \"checked\"  "),
        ("data/index.html", "Not checked", "Mostly true"),
        ("data/claims.json", "\"passed\": false", "\"passed\":  true"),
        ("bag-info.txt", "no, 2 items are open", "yes"),
    ] {
        let place = Place::with_bridge();
        place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
        let out = place.path("out.zip");
        place.json(&["export", "1", "--to", &out, "--unsigned"]);
        let same = forged(&place, &out, file, was, was);
        assert_eq!(place.json(&["verify", &same])["valid"], true);
        let changed = forged(&place, &out, file, was, now);
        let found = place.run(&["--json", "verify", &changed]);
        assert_eq!(found.status.code(), Some(1), "{file}");
        let found: Value = serde_json::from_slice(&found.stdout).expect("JSON");
        assert_eq!((&found["complete"], &found["valid"]), (&json!(true), &json!(false)), "{found}");
        assert!(found["errors"].to_string().contains(file), "{found}");
    }
}

#[test]
fn a_damaged_desk_is_not_exported() {
    let place = Place::with_bridge();
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long.", "--assertion", "SPARROW"]);
    let bytes = std::fs::read(place.desk()).expect("the desk");
    let at = bytes.windows(7).position(|w| w == b"SPARROW").expect("the assertion");
    let mut changed = bytes.clone();
    changed[at] = b'Z';
    std::fs::write(place.desk(), changed).expect("the desk");
    let said = place.refused(&["export", "1", "--to", &place.path("out.zip")]);
    assert!(said.contains("tickmark check"), "{said}");
    assert!(!place.names().contains(&"out.zip".to_owned()));
}

/// The fact of the newest revision that has these words.
fn revision_with(place: &Place, note: &str) -> String {
    let number = place.json(&["revisions", "1"]);
    let found = number.as_array().unwrap().iter().find(|r| r["note"] == note).expect("the revision").clone();
    let log = place.json(&["log", "1"]);
    let saves: Vec<_> = log.as_array().unwrap().iter().filter(|a| a["at"] == found["at"]).collect();
    let facts = saves.iter().flat_map(|a| a["facts"].as_array().unwrap());
    facts.into_iter().find(|f| f["kind"] == "revision").unwrap()["fact"].as_str().unwrap().to_owned()
}

pub fn call(place: &Place, command: &str, request: Value) -> Value {
    let line = json!({ "command": command, "request": request });
    let done = place.command().arg("call").write_stdin(format!("{line}\n")).output().unwrap();
    serde_json::from_slice(&done.stdout).unwrap()
}

/// No file of the desk contains the words.
fn gone(place: &Place, words: &str) {
    for name in place.names().iter().filter(|n| n.starts_with("a desk.desk")) {
        let bytes = std::fs::read(place.path(name)).unwrap_or_default();
        assert!(!holds(&bytes, words) && !holds(&bytes, &words.to_lowercase()), "{name} holds {words}");
    }
}

#[test]
fn a_redaction_also_erases_the_draft_of_an_undone_save_and_previewed_files() {
    let place = Place::with_bridge();
    let secret = format!("{BRIDGE}\nThe WHIMBREL paid for it.\n");
    let file = place.file("next.md", &secret);
    place.json(&["revise", "1", &file, "--note", "secret"]);
    let fact = revision_with(&place, "secret");
    call(&place, "import.file", json!({ "path": place.file("looked at.md", &secret) }));
    call(&place, "import.paste", json!({ "text": "Nothing of it.", "asIs": false }));
    place.json(&["undo"]);
    let view = call(&place, "article.open", json!({ "article": "1", "revision": null }));
    assert!(view["answer"]["draft"]["text"].as_str().unwrap().contains("WHIMBREL"));
    place.json(&["redact", &fact]);
    let view = call(&place, "article.open", json!({ "article": "1", "revision": null }));
    assert_eq!(view["answer"]["draft"], Value::Null);
    gone(&place, "WHIMBREL");
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[test]
fn a_redaction_is_refused_while_somebody_types_on_the_words() {
    let place = Place::with_bridge();
    let file = place.file("next.md", format!("{BRIDGE}\nThe WHIMBREL paid for it.\n"));
    place.json(&["revise", "1", &file, "--note", "secret"]);
    let fact = revision_with(&place, "secret");
    place.json(&["undo"]);
    let view = call(&place, "article.open", json!({ "article": "1", "revision": null }))["answer"].clone();
    let typed = view["draft"]["text"].as_str().unwrap().replace("paid for it", "gave the money for it");
    let draft =
        json!({ "article": view["id"], "base": view["draft"]["base"], "text": typed, "changes": null });
    assert!(call(&place, "draft.keep", draft)["error"].is_null());
    let said = place.refused(&["redact", &fact]);
    assert!(said.contains("unsaved changes"), "{said}");
    call(&place, "draft.drop", json!({ "article": view["id"] }));
    place.json(&["redact", &fact]);
    gone(&place, "WHIMBREL");
}

#[test]
fn a_redaction_leaves_nothing_in_the_search_index() {
    let place = Place::with_bridge();
    let claim = place.mark("built in 1911");
    place.json(&["claim", "edit", &claim, "--assertion", "ZQXJVKW"]);
    assert_eq!(place.json(&["claim", "list", "--filter", "words=zqxjvkw"]).as_array().unwrap().len(), 1);
    let log = place.json(&["log", "1"]);
    let edit = log.as_array().unwrap().iter().find(|a| a["kind"] == "edit-claim").unwrap();
    place.json(&["redact", edit["facts"][0]["fact"].as_str().unwrap()]);
    assert_eq!(place.json(&["claim", "list", "--filter", "words=zqxjvkw"]), json!([]));
    gone(&place, "ZQXJVKW");
    for letters in ["zqx", "qxj", "xjv", "jvk", "vkw"] {
        gone(&place, letters);
    }
}

#[test]
fn a_page_offers_attached_files_for_saving_and_marks_those_that_may_run_scripts() {
    let place = Place::with_bridge();
    let claim = place.mark("built in 1911");
    let (svg, text) = (place.file("plaque.SVG", "<svg onload='a()'/>"), place.file("plaque.txt", "1911"));
    place.json(&["source", "add", "--title", "Plaque", "--file", &svg, "--file", &text]);
    place.json(&["evidence", "add", &claim, "S1", "--stance", "supports"]);
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    let all = unzipped(&out);
    let page = &all.iter().find(|(name, _)| name.ends_with("data/index.html")).unwrap().1;
    let page = String::from_utf8_lossy(page);
    assert_eq!(page.matches("<a download href=\"snapshots/").count(), 2, "{page}");
    assert_eq!(page.matches("may run scripts").count(), 1);
}

#[test]
fn the_ending_of_a_name_chooses_the_format() {
    let place = Place::with_bridge();
    let written = |name: &str| {
        let to = place.path(name);
        place.json(&["export", "1", "--to", &to]);
        std::fs::read(to).unwrap()
    };
    assert!(written("claims.csv").starts_with(b"Number,Words"));
    assert!(written("a.pdf").starts_with(b"%PDF-"));
    assert!(written("a.docx").windows(17).any(|w| w == b"word/document.xml"));
    assert!(written("bundle").windows(9).any(|w| w == b"bagit.txt"));
    let several = place.refused(&["export", "1", "--to", &place.path("a.html")]);
    assert!(several.contains("--format fragment or --format"), "{several}");
}
