//! Text from others on a terminal: it controls nothing, hides nothing, and imitates no line of the program.

use crate::support::Place;
use serde_json::{Value, json};

/// Terminal commands, direction marks, and a line that looks like the program's.
const WORDS: &str =
    "x\u{1b}]52;c;YQ==\u{7}\u{1b}[2J\u{9b}31m\r\u{202e}y\u{2066}\u{8}\u{2028}FORGED: yes\nFORGED: yes";

/// What of this an article's text may contain: other control characters are refused.
const NAME: &str = "x\u{202e}y\u{2066}z";

fn acts(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
}

/// A desk with such words in every field that accepts them, and its exported files.
fn hostile() -> Place {
    let place = Place::new();
    let file = place
        .file("story.md", format!("# A story {NAME}\n\nThe bridge was built in 1911.{NAME} It is long.\n"));
    place.json(&["import", &file]);
    let ask = |command: &str, request: Value| {
        let line = json!({ "command": command, "request": request });
        let done = place.command().arg("call").write_stdin(format!("{line}\n")).output().unwrap();
        let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert!(!done.stdout.contains(&0x1b) && answer["error"].is_null(), "{command}: {answer}");
    };
    place.mark("built in 1911");
    let fields = json!({ "title": WORDS, "authors": [WORDS], "publisher": WORDS, "note": WORDS, "kind": "document", "withhold": false });
    ask("source.add", json!({ "fields": fields }));
    let evidence = json!({ "claim": "C1", "source": "S1", "stance": "supports", "passage": WORDS, "locator": WORDS, "note": WORDS });
    ask("evidence.add", evidence);
    ask("claim.edit", json!({ "claim": "C1", "fields": { "assertion": WORDS, "claimant": WORDS } }));
    ask("verdict.give", json!({ "claim": "C1", "rating": "true", "rationale": WORDS }));
    ask("query.ask", json!({ "article": "1", "to": WORDS, "text": WORDS }));
    place.json(&["contact", "add", "Ines", "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"]);
    let next = place
        .file("next.md", format!("# A story {NAME}\n\nThe bridge was built in 1912.{NAME} It is long.\n"));
    place.json(&["revise", "1", &next, "--note", WORDS]);
    place.json(&["article", "info", "1", "--byline", WORDS, "--tag", WORDS]);
    place
}

const READS: [&[&str]; 22] = [
    &["articles"],
    &["article", "1"],
    &["article", "info", "1"],
    &["revisions", "1"],
    &["diff", "1"],
    &["diff", "1", "--format", "text"],
    &["diff", "1", "--format", "html"],
    &["blame", "1"],
    &["timeline", "1"],
    &["claim", "list", "1"],
    &["claim", "list"],
    &["claim", "show", "C1"],
    &["claim", "reattach", "C1"],
    &["source", "list"],
    &["query", "list"],
    &["scale", "list"],
    &["search", "bridge"],
    &["search", "x"],
    &["log", "1"],
    &["coverage", "1"],
    &["gate", "1"],
    &["corrections", "1"],
];

fn tame(place: &Place, args: &[&str]) {
    for json in [false, true] {
        let all = if json { [&["--json"], args].concat() } else { args.to_vec() };
        let done = place.run(&all);
        for said in [&done.stdout, &done.stderr] {
            let said = String::from_utf8_lossy(said);
            assert!(!said.contains(acts), "{all:?} sends a command: {said:?}");
            let forged = said
                .lines()
                .any(|line| line.trim_start_matches(['*', '-', '{', '[', '+', ' ']).starts_with("FORGED"));
            // In HTML a line break is a space.
            assert!(!forged || all.contains(&"html"), "{all:?} prints a forged line: {said}");
        }
    }
}

#[test]
fn words_of_others_cannot_control_a_terminal_or_imitate_a_line() {
    let place = hostile();
    READS.iter().for_each(|args| tame(&place, args));
    place.json(&["claim", "retract", "C1"]);
    for args in [&["undo"][..], &["redo"], &["undo"]] {
        tame(&place, args);
    }
    let shown = place.run(&["claim", "show", "C1"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("[U+001B]"), "it is shown by its number");
}

#[test]
fn the_same_holds_for_a_bundle_and_its_errors() {
    let (place, other) = (hostile(), Place::of("Mara"));
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    for from in [&place, &other] {
        tame(from, &["verify", &out]);
        tame(from, &["import", &out]);
        READS.iter().for_each(|args| tame(from, args));
    }
    tame(&place, &["source", "edit", "S1", "--title", WORDS]);
    tame(&place, &["claim", "show", WORDS]);
    tame(&place, &["redact", WORDS]);
}

#[test]
fn a_request_line_that_is_not_unicode_gets_an_answer_and_so_does_the_next() {
    let place = Place::with_bridge();
    let lines = b"{\"id\":1,\"command\":\"policy.show\"}\n\xff\xfe\n{\"id\":3,\"command\":\"policy.show\"}\n";
    let done = place.command().arg("call").write_stdin(lines.to_vec()).output().unwrap();
    let answers: Vec<Value> =
        String::from_utf8(done.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(done.status.success() && answers.len() == 3, "{answers:?}");
    assert_eq!((&answers[0]["id"], &answers[2]["id"]), (&json!(1), &json!(3)));
    assert_eq!(answers[1]["error"]["code"], "wrong_request");
}
