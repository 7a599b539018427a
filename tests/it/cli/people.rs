//! Who works: a misspelt name is no new person, and what cannot be taken back is asked at a terminal.

use crate::support::Place;
use serde_json::json;

fn said(place: &Place, args: &[&str]) -> (Option<i32>, String) {
    let done = place.run(args);
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

/// The same desk with somebody else at it.
fn as_person(place: &Place, name: &str, args: &[&str]) -> (Option<i32>, String) {
    let desk = place.desk().to_str().unwrap();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tickmark"));
    let done =
        command.env_remove("TICKMARK_DESK").args(["--as", name, "--desk", desk]).args(args).output().unwrap();
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

#[test]
fn a_misspelt_name_is_refused_and_names_who_may_be_meant() {
    let place = Place::with_bridge();
    let claim = place.mark("built in 1911");
    place.json(&["verdict", &claim, "true", "--rationale", "The plaque says so."]);
    let before = place.actions();
    for name in ["Ada Lnog", "ada long", "Long, Ada", "Àda Long", "A. Long"] {
        let (code, said) = as_person(&place, name, &["sign-off", "C1"]);
        assert_eq!(code, Some(2), "{name}: {said}");
        let wanted = format!("there is no “{name}” on this desk. Did you mean “Ada Long”?");
        assert!(said.contains(&wanted) && said.contains("add --new-person"), "{said}");
    }
    assert_eq!(place.actions(), before);
    let (code, said) = as_person(&place, "Ada Lang", &["--new-person", "sign-off", "C1"]);
    assert_eq!((code, said.as_str()), (Some(0), "tickmark: note: “Ada Lang” is a new person on this desk\n"));
    assert_eq!(as_person(&place, "Ada Lang", &["articles"]), (Some(0), String::new()));
}

#[test]
fn another_name_is_a_new_person_and_the_first_on_a_desk_is_nothing_to_tell() {
    let place = Place::new();
    let file = place.file("a.md", crate::support::BRIDGE);
    assert_eq!(said(&place, &["import", &file]), (Some(0), String::new()));
    assert_eq!(as_person(&place, "Ben Short", &["articles"]), (Some(0), String::new()));
    let (code, told) = as_person(&place, "Ben Short", &["claim", "mark", "1", "--quote", "built in 1911"]);
    assert_eq!(
        (code, told.as_str()),
        (Some(0), "tickmark: note: “Ben Short” is a new person on this desk\n")
    );
    let (_, told) = as_person(&place, "Ben Short", &["claim", "mark", "1", "--quote", "closed in 2019"]);
    assert_eq!(told, "");
}

#[test]
fn whoever_is_assigned_or_filtered_by_a_misspelt_name_is_named() {
    let place = Place::with_bridge();
    place.mark("built in 1911");
    for args in [
        &["claim", "assign", "C1", "--to", "Ada Lnog"][..],
        &["article", "status", "1", "--assign", "Ada Lnog"],
        &["claim", "list", "--filter", "assigned=Ada Lnog"],
    ] {
        let said = place.refused(args);
        assert!(said.contains("there is no “Ada Lnog” on this desk. Did you mean “Ada Long”?"), "{said}");
    }
    let said = place.refused(&["claim", "assign", "C1", "--to", "Zoe Quist"]);
    assert!(said.contains("nobody named 'Zoe Quist' works at this desk yet"), "{said}");
}

#[test]
fn the_window_asks_too() {
    let place = Place::with_bridge();
    let asked = |another: bool| json!({ "name": "Ada Lang", "initials": "", "another": another });
    assert_eq!(place.called("person.introduce", &asked(false))["error"]["code"], "like_known");
    assert_eq!(place.call("person.introduce", &asked(true))["name"], "Ada Lang");
    // Scripts that know no such question are told as well.
    let old = place.called("person.introduce", &json!({ "name": "Ada Lonk", "initials": "" }));
    assert_eq!(old["error"]["code"], "like_known");
}

#[test]
fn the_name_of_something_else_says_nothing_of_who_works() {
    let place = Place::with_bridge();
    let ratings = ["--rating", "yes|Yes|holds||", "--rating", "no|No|fails||"];
    place.json(&[&["scale", "add", "--name", "Yes or no"][..], &ratings].concat());
    let people = place.call("desk.overview", &json!({}))["people"].clone();
    let names: Vec<_> = people.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ada Long"]);
}

/// The same on a terminal, which `script` makes, with an answer typed.
fn typed(place: &Place, args: &[&str], answer: &str) -> (bool, String) {
    let quoted = |a: &&str| format!("'{a}'");
    let command: Vec<String> = args.iter().map(quoted).collect();
    let (program, desk) = (env!("CARGO_BIN_EXE_tickmark"), place.desk().display());
    let command = format!("'{program}' --as 'Ada Long' --desk '{desk}' {}", command.join(" "));
    let mut script = assert_cmd::Command::new("script");
    let done = script.args(["-qec", &command, "/dev/null"]).write_stdin(answer).output().unwrap();
    (done.status.success(), String::from_utf8(done.stdout).unwrap())
}

#[test]
fn a_redaction_asks_once_at_a_terminal_and_nobody_else() {
    let place = Place::with_bridge();
    let fact = |at: usize| place.json(&["log", "1"])[at]["facts"][0]["fact"].as_str().unwrap().to_owned();
    for words in ["Was it WHIMBREL?", "Or GODWIT?", "Or CURLEW?"] {
        place.json(&["query", "ask", "1", words]);
    }
    let before = place.actions();
    for answer in ["\n", "n\n"] {
        let (done, said) = typed(&place, &["redact", &fact(1)], answer);
        assert!(!done && said.contains("WHIMBREL") && said.contains("Erase it? [y/N]"), "{said}");
        assert!(said.contains("It cannot be undone") && said.contains("nothing was changed"), "{said}");
        assert_eq!(place.actions(), before);
    }
    let (done, said) = typed(&place, &["redact", &fact(1)], "y\n");
    assert!(done && said.contains("Redacted"), "{said}");
    let (done, said) = typed(&place, &["redact", &fact(2), "--yes"], "");
    assert!(done && !said.contains("[y/N]"), "{said}");
    place.json(&["redact", &fact(3)]);
    assert_eq!(place.actions(), before + 3);
}

#[test]
fn a_restore_asks_where_there_is_a_desk_to_replace() {
    let place = Place::with_bridge();
    let backup = place.path("copy.desk");
    place.json(&["backup", &backup]);
    place.mark("built in 1911");
    let before = place.actions();
    let (done, said) = typed(&place, &["restore", &backup], "\n");
    assert!(!done && said.contains("Replace it? [y/N]"), "{said}");
    assert_eq!(place.actions(), before);
    let (done, said) = typed(&place, &["restore", &backup], "yes\n");
    assert!(done, "{said}");
    assert_eq!(place.actions(), before - 1);
    let other = Place::new();
    let (done, said) = typed(&other, &["restore", &backup], "");
    assert!(done && !said.contains("[y/N]"), "{said}");
}
