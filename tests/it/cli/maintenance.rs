//! Maintenance of a desk: check, backup, restore, and commands that only read.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};
use tickmark::files::Lock;

#[test]
fn a_command_that_only_reads_creates_no_desk() {
    let place = Place::new();
    let reads: &[&[&str]] = &[
        &["articles"],
        &["article", "1"],
        &["revisions", "1"],
        &["diff", "1"],
        &["claim", "list", "1"],
        &["claim", "show", "C1"],
        &["source", "list"],
        &["scale", "list"],
        &["query", "list"],
        &["log", "1"],
        &["search", "word"],
        &["check"],
        &["undo"],
    ];
    for args in reads {
        let said = place.refused(args);
        assert!(said.contains("there is no desk"), "{args:?}: {said}");
        place.refused(&[&["--json"], *args].concat());
    }
    place.refused(&["export", "1", "--to", &place.path("out.zip")]);
    place.refused(&["backup", &place.path("copy.desk")]);
    assert_eq!(place.names(), Vec::<String>::new());
}

#[test]
fn a_wrong_command_is_exit_2_with_a_message() {
    let place = Place::new();
    for args in [&["fly"][..], &[], &["claim"], &["verdict", "C1"], &["import"], &["export", "1"]] {
        place.refused(args);
    }
    assert!(!place.desk().exists());
}

#[test]
fn help_completions_and_the_manual_page_are_printed() {
    let place = Place::new();
    assert!(place.text(&["--help"]).contains("verify"));
    assert!(place.text(&["claim", "mark", "--help"]).contains("--occurrence"));
    assert!(place.text(&["completions", "bash"]).contains("tickmark"));
    assert!(place.text(&["man"]).contains(".TH"));
    assert!(!place.desk().exists());
}

#[test]
fn a_file_that_is_not_a_desk_is_not_changed() {
    let place = Place::new();
    let bytes = "this is no database, and longer than the header of one. ".repeat(9);
    std::fs::write(place.desk(), &bytes).unwrap();
    let said = place.refused(&["articles"]);
    assert!(said.contains("not a Tickmark desk"), "{said}");
    place.refused(&["source", "add", "--title", "T"]);
    assert_eq!(std::fs::read_to_string(place.desk()).unwrap(), bytes);
}

#[test]
fn restore_backs_up_the_current_desk_first() {
    let place = Place::with_bridge();
    let copy = place.path("copy.desk");
    let actions = place.json(&["backup", &copy])["actions"].clone();
    assert_eq!(actions, place.actions());
    place.refused(&["backup", &copy]);
    place.mark("1911");
    let told = place.json(&["restore", &copy]);
    assert_eq!(place.json(&["claim", "list", "1"]), json!([]));
    assert_eq!(place.text(&["article", "1"]), BRIDGE);
    assert_eq!(place.json(&["check"])["sound"], true);
    place.json(&["restore", told["kept"].as_str().unwrap()]);
    assert_eq!(place.json(&["claim", "list", "1"])[0]["quote"], "1911");
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let place = Place::with_bridge();
    let copy = place.path("copy.desk");
    place.json(&["backup", &copy]);
    place.mark("1911");
    let mut bytes = std::fs::read(&copy).unwrap();
    let at = bytes.windows(9).position(|w| w == b"\"import\" " || w == b"article 0").unwrap();
    bytes[at] ^= 1;
    std::fs::write(&copy, bytes).unwrap();
    place.refused(&["restore", &copy]);
    place.refused(&["restore", &place.file("no.desk", "nothing of the kind")]);
    place.refused(&["restore", &place.path("not-there.desk")]);
    assert_eq!(place.json(&["claim", "list", "1"])[0]["quote"], "1911");
}

#[test]
fn restoring_is_refused_while_a_window_has_the_desk() {
    let place = Place::with_bridge();
    let copy = place.path("copy.desk");
    place.json(&["backup", &copy]);
    let lock = Lock::take(place.desk()).unwrap().expect("the lock is free");
    let said = place.refused(&["restore", &copy]);
    assert!(said.contains("window"), "{said}");
    place.mark("1911");
    drop(lock);
    place.json(&["restore", &copy]);
}

#[test]
fn call_answers_one_request_per_line() {
    let place = Place::with_bridge();
    let open = json!({ "id": 7, "command": "article.open", "request": { "article": "1", "revision": null } });
    let asked = format!("{open}\n\nnot json\n{}\n", json!({ "command": "no.such" }));
    let done = place.command().arg("call").write_stdin(asked).output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    let lines: Vec<Value> =
        String::from_utf8(done.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["id"], &lines[0]["answer"]["text"]), (&json!(7), &json!(BRIDGE)));
    assert_eq!(lines[1]["error"]["code"], "wrong_request");
    assert_eq!(lines[2]["error"]["code"], "unknown_command");
}

#[cfg(unix)]
#[test]
fn a_desks_path_is_never_read_as_an_sqlite_uri() {
    for name in
        [":memory:", "file:a.desk", "file:a.desk?mode=memory", "file::memory:", "file:b%2F.desk?immutable=1"]
    {
        let folder = tempfile::tempdir().unwrap();
        let run = |args: &[&str]| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tickmark"));
            command.current_dir(folder.path()).args(["--desk", name, "--as", "Ada", "--json"]).args(args);
            let done = command.output().unwrap();
            assert!(done.status.success(), "{name} {args:?}: {}", String::from_utf8_lossy(&done.stderr));
            serde_json::from_slice::<serde_json::Value>(&done.stdout).unwrap()
        };
        std::fs::write(folder.path().join("bridge.md"), crate::support::BRIDGE).unwrap();
        run(&["import", "bridge.md"]);
        assert!(folder.path().join(name).is_file(), "{name}");
        run(&["backup", "copy of it"]);
        run(&["backup", "file:copy"]);
        run(&["restore", "file:copy"]);
        assert_eq!(run(&["articles"])[0]["number"], 1, "{name}");
        assert_eq!(run(&["check"])["sound"], true);
    }
}

#[test]
fn a_folder_is_no_desk() {
    let place = Place::new();
    std::fs::create_dir(place.desk()).unwrap();
    for args in [&["articles"][..], &["import", &place.file("a.md", crate::support::BRIDGE)]] {
        let said = place.refused(args);
        assert!(said.contains("is a folder, and a desk is one file") && said.contains("my.desk"), "{said}");
    }
}

#[test]
fn numbers_and_names_are_in_plain_words() {
    let place = Place::with_bridge();
    place.mark("built in 1911");
    assert!(
        place.refused(&["articles", "--sort", "newest"]).contains("'newest' is no order; use one of touched")
    );
    assert_eq!(place.text(&["hub", "news"]), "This desk is not shared, so there is no news of others.\n");
    assert_eq!(place.json(&["hub", "news"]), serde_json::json!([]));
    place.json(&["verdict", "C1", "true", "--rationale", "The plaque says so."]);
    let told = place.text(&["coverage", "1"]);
    assert!(told.contains("1 sentence checked"), "{told}");
}
