//! A flipped bit in a desk's file: `check` reports it, or nothing that a person can see or do has changed.

use crate::support::Place;
use serde_json::{Value, json};
use std::fs;

/// A small pseudo-random generator, so that a failing bit can be tried again.
struct Bits(u64);

impl Bits {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % n
    }
}

/// The program on a desk.
fn on(desk: &str) -> assert_cmd::Command {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tickmark"));
    command.args(["--as", "Ada Long", "--desk", desk]);
    command
}

/// Asks a desk one thing after the other, in one process.
fn ask(desk: &str, requests: &[(&str, Value)]) -> Vec<Value> {
    let line = |(command, request): &(&str, Value)| {
        format!("{}\n", json!({ "command": command, "request": request }))
    };
    let done =
        on(desk).arg("call").write_stdin(requests.iter().map(line).collect::<String>()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    said.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Everything that can be read of the desk, and at the end what a person would do next.
fn requests(place: &Place, out: &str) -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("desk.overview", json!({})),
        ("source.list", json!({ "words": null })),
        ("scale.list", json!({})),
    ];
    for article in ["1", "2", "3"] {
        let named = json!({ "article": article });
        all.push(("article.open", json!({ "article": article, "revision": null })));
        all.push(("article.log", named.clone()));
        all.push(("revision.list", named.clone()));
        all.push(("query.list", named.clone()));
        all.push(("article.corrections", json!({ "article": article, "since": null })));
    }
    for filter in ["words=harbour", "words=the", "standing=stale"] {
        all.push(("article.list", json!({ "filters": [filter], "sort": "headline" })));
    }
    all.push(("desk.search", json!({ "words": "bridge" })));
    all.push(("query.ask", json!({ "article": "1", "claim": null, "to": null, "text": "Is all well?" })));
    all.push((
        "export.write",
        json!({ "article": "1", "path": place.path(out), "unsigned": true, "replace": true }),
    ));
    all.push(("verify", json!({ "path": place.path(out) })));
    all
}

/// The answers, without the parts that differ from run to run.
fn plain(answers: Vec<Value>, desk: &str) -> Vec<String> {
    let n = answers.len();
    let told = |(at, a): (usize, Value)| match n - at {
        3 => a["error"]["code"].to_string(),
        1 => json!([a["answer"]["valid"], a["answer"]["errors"]]).to_string(),
        _ => a.to_string().replace(desk, "DESK"),
    };
    answers.into_iter().enumerate().map(told).collect()
}

/// The example desk with a draft, a previewed file, and everything else that is stored but not recorded.
fn desk() -> (Place, Vec<u8>) {
    let place = Place::new();
    place.json(&["example"]);
    place.json(&["key"]);
    let desk = place.desk().to_str().unwrap();
    let view = &ask(desk, &[("article.open", json!({ "article": "1", "revision": null }))])[0]["answer"];
    let text = format!("{} And more.", view["text"].as_str().unwrap());
    let draft =
        json!({ "article": view["id"], "base": view["revision"]["id"], "text": text, "changes": null });
    ask(
        desk,
        &[
            ("draft.keep", draft),
            ("import.paste", json!({ "text": "Looked at, not brought in.", "asIs": false })),
        ],
    );
    place.json(&["source", "add", "--title", "A title"]);
    place.json(&["undo"]);
    place.json(&["export", "1", "--to", &place.path("seen.zip")]);
    let bytes = fs::read(place.desk()).unwrap();
    (place, bytes)
}

fn rounds() -> usize {
    if std::env::var_os("TICKMARK_LONG").is_some() { 300 } else { 24 }
}

#[test]
fn a_flipped_bit_is_found_or_harmless() {
    let (place, bytes) = desk();
    let path = place.path("flipped.desk");
    fs::write(&path, &bytes).unwrap();
    let sound = plain(ask(&path, &requests(&place, "out.zip")), &path);
    assert!(sound.iter().all(|a| !a.contains("\"error\":{")), "{sound:?}");
    let (mut bits, mut found) = (Bits(std::process::id().into()), 0);
    for _ in 0..rounds() {
        let at = bits.below(bytes.len() * 8);
        let mut flipped = bytes.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        fs::write(&path, &flipped).unwrap();
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{path}{end}"));
        }
        let check = on(&path).arg("check").output().unwrap();
        assert!(check.status.code().is_some(), "bit {at}: check was killed");
        if !check.status.success() {
            found += 1;
            continue;
        }
        let told = plain(ask(&path, &requests(&place, "out.zip")), &path);
        let differs = sound.iter().zip(&told).position(|(a, b)| a != b);
        assert!(
            told.len() == sound.len() && differs.is_none(),
            "bit {at} is not found and changes answer {differs:?}: {:?}",
            differs.map(|n| (&sound[n], &told[n]))
        );
    }
    println!("{found} of {} flipped bits were found, the others change nothing", rounds());
    assert!(found > 0);
}

/// Writes to the desk's file with SQL, as no command does.
fn changed(place: &Place, sql: &str) {
    let db = rusqlite::Connection::open(place.desk()).unwrap();
    db.execute_batch("PRAGMA ignore_check_constraints = 1").unwrap();
    assert_eq!(db.execute(sql, []).unwrap(), 1, "{sql}");
}

fn faults(place: &Place) -> String {
    let done = place.run(&["--json", "check"]);
    assert_eq!(done.status.code(), Some(1));
    serde_json::from_slice::<Value>(&done.stdout).unwrap()["faults"].to_string()
}

#[test]
fn damage_outside_the_journal_is_reported_by_name() {
    let damages = [
        (
            "UPDATE head SET digest = zeroblob(32) WHERE rowid IN (SELECT rowid FROM head LIMIT 1)",
            "continues",
        ),
        ("UPDATE setting SET value = value || 'x' WHERE key = 'me'", "the setting 'me'"),
        ("UPDATE setting SET value = CAST(x'ff' AS TEXT) WHERE key = 'me'", "the setting 'me'"),
        ("UPDATE draft SET text = CAST(x'ff' AS TEXT)", "a draft"),
        ("UPDATE draft SET base = zeroblob(16)", "a draft"),
        ("UPDATE import_draft SET bytes = x'00'", "reviewed"),
    ];
    for (sql, told) in damages {
        let (place, _) = desk();
        let sql = sql.replace(
            "WHERE rowid IN (SELECT rowid FROM head LIMIT 1)",
            "WHERE thread = (SELECT min(thread) FROM head)",
        );
        changed(&place, &sql);
        assert!(faults(&place).contains(told), "{sql}: {}", faults(&place));
        // Only that row is lost, not the desk.
        let open = ask(place.desk().to_str().unwrap(), &requests(&place, "out.zip"));
        assert!(open.iter().take(3).all(|a| a["error"].is_null()), "{sql}: {open:?}");
    }
}

#[test]
fn damaged_heads_are_rebuilt() {
    let (place, _) = desk();
    changed(
        &place,
        "UPDATE head SET digest = zeroblob(32) WHERE thread = (SELECT thread FROM head WHERE thread LIKE 'article%' LIMIT 1)",
    );
    place.json(&["check", "--rebuild"]);
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[test]
fn damaged_short_numbers_are_reported() {
    for sql in [
        "INSERT INTO number SELECT kind, scope, number + 50, randomblob(16) FROM number WHERE kind = 'article' LIMIT 1",
        "INSERT INTO number VALUES ('source', x'', 99, randomblob(16))",
    ] {
        let (place, _) = desk();
        changed(&place, sql);
        assert!(faults(&place).contains("numbers"));
    }
}

#[test]
fn a_desk_with_a_damaged_id_still_has_its_files() {
    let (place, _) = desk();
    let file = place.file("survey.bin", vec![7; 70_000]);
    place.json(&["source", "add", "--title", "Survey", "--file", &file]);
    changed(&place, "UPDATE setting SET value = 'x' WHERE key = 'desk.id'");
    assert_eq!(place.json(&["check"])["sound"], true);
    let other = place.file("another.bin", vec![8; 70_000]);
    place.json(&["source", "add", "--title", "Another", "--file", &other]);
    assert_eq!(place.json(&["desk", "where"])["count"], 2);
}
