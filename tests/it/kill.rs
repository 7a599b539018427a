//! Acknowledged writes are never lost: the program is killed while it writes, and the disk fills up.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::Duration,
};

/// A running `call` with its input and output.
struct Call {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Call {
    fn of(mut command: Command) -> Self {
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = spawned.expect("the program starts");
        let asks = child.stdin.take().expect("its input");
        let answers = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, asks, answers }
    }

    fn ask(&mut self, command: &str, request: Value) -> std::io::Result<()> {
        writeln!(self.asks, "{}", json!({ "command": command, "request": request }))
    }

    /// The next answer; nothing if the program ended before a whole one.
    fn answer(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.answers.read_line(&mut line).ok()?;
        line.ends_with('\n').then(|| serde_json::from_str(&line).expect("JSON"))
    }
}

fn call_on(place: &Place) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickmark"));
    command.args(["--as", "Ada Long", "--desk"]).arg(place.desk()).arg("call");
    command
}

/// Asks queries until the program is killed. Returns the words of the acknowledged ones.
fn write_until_killed(place: &Place, article: &str, round: u64) -> Vec<String> {
    let mut call = Call::of(call_on(place));
    let requests = (0..400).map(|n| format!("round {round}, query {n}"));
    for text in requests.clone() {
        call.ask("query.ask", json!({ "article": article, "claim": null, "to": null, "text": text })).ok();
    }
    let first =
        call.answer().map(|a| a["answer"]["text"].as_str().expect("an acknowledged query").to_owned());
    thread::sleep(Duration::from_millis(round * 7 % 53));
    call.child.kill().expect("a signal");
    call.child.wait().expect("its end");
    let rest = std::iter::from_fn(|| call.answer()).map(|a| a["answer"]["text"].as_str().map(Into::into));
    let acknowledged: Vec<String> =
        first.into_iter().chain(rest.map(|t| t.expect("an acknowledged query"))).collect();
    assert!(requests.take(acknowledged.len()).eq(acknowledged.iter().cloned()), "answers come in order");
    acknowledged
}

#[test]
fn killing_the_program_while_it_writes_loses_nothing_that_was_acknowledged() {
    let rounds = if std::env::var_os("TICKMARK_LONG").is_some() { 500 } else { 20 };
    let place = Place::with_bridge();
    let article = place.json(&["article", "1"])["article"].as_str().unwrap().to_owned();
    let (mut acknowledged, mut cut_short) = (Vec::new(), 0);
    for round in 0..rounds {
        let told = write_until_killed(&place, &article, round);
        cut_short += usize::from(told.len() < 400);
        acknowledged.extend(told);
        let check = place.json(&["check"]);
        assert_eq!(check["sound"], true, "round {round}: {check}");
    }
    let kept = place.json(&["query", "list", "1"]);
    let kept: Vec<_> = kept.as_array().unwrap().iter().filter_map(|q| q["text"].as_str()).collect();
    let lost: Vec<_> = acknowledged.iter().filter(|t| !kept.contains(&t.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(
        cut_short > rounds as usize / 2 && !acknowledged.is_empty(),
        "the program was hardly ever killed at work"
    );
}

#[test]
fn a_draft_survives_a_killed_program() {
    let place = Place::with_bridge();
    let mut call = Call::of(call_on(&place));
    call.ask("article.open", json!({ "article": "1", "revision": null })).unwrap();
    let opened = call.answer().unwrap()["answer"].clone();
    let typed = BRIDGE.replace("1911", "1912");
    let draft =
        json!({ "article": opened["id"], "base": opened["revision"]["id"], "text": typed, "changes": null });
    call.ask("draft.keep", draft).unwrap();
    assert!(call.answer().unwrap()["error"].is_null());
    call.child.kill().unwrap();
    call.child.wait().unwrap();
    let mut call = Call::of(call_on(&place));
    call.ask("article.open", json!({ "article": "1", "revision": null })).unwrap();
    let kept = call.answer().unwrap()["answer"]["draft"].clone();
    assert_eq!((&kept["text"], &kept["current"]), (&json!(typed), &json!(true)));
    call.child.kill().unwrap();
    call.child.wait().unwrap();
}

/// How often the program is started and killed.
fn rounds() -> u64 {
    if std::env::var_os("TICKMARK_LONG").is_some() { 300 } else { 12 }
}

/// Starts the program and kills it after a delay that differs in each round. Returns whether it had finished.
fn done_before_it_was_killed(place: &Place, round: u64, args: &[&str]) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickmark"));
    command.args(["--as", "Ada Long", "--desk"]).arg(place.desk()).args(args);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    thread::sleep(Duration::from_millis(5 + round * 29 % 131));
    // A program that has ended cannot be killed.
    let _ = child.kill();
    child.wait().expect("its end").success()
}

/// More than 64 KiB of bytes, different for each seed.
fn long_bytes(seed: u64) -> Vec<u8> {
    format!("{seed:08} of the long ones\n").into_bytes().repeat(4000)
}

/// Whether any file below the folder has these bytes.
fn stand_below(folder: &std::path::Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).into_iter().flatten().any(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() { stand_below(&path, bytes) } else { std::fs::read(&path).is_ok_and(|b| b == bytes) }
    })
}

fn beside(place: &Place, end: &str) -> std::path::PathBuf {
    format!("{}{end}", place.desk().display()).into()
}

#[test]
fn killing_the_program_while_it_stores_a_file_loses_no_acknowledged_file() {
    let place = Place::with_bridge();
    let mut kept = Vec::new();
    for round in 0..rounds() {
        let file = place.file("long.txt", long_bytes(round));
        let title = format!("Number {round}");
        if done_before_it_was_killed(&place, round, &["source", "add", "--title", &title, "--file", &file]) {
            kept.push(round);
        }
        let check = place.json(&["check"]);
        assert_eq!(check["sound"], true, "round {round}: {check}");
    }
    let listed = place.json(&["source", "list"]);
    let titles: Vec<_> = listed.as_array().unwrap().iter().filter_map(|s| s["title"].as_str()).collect();
    for round in &kept {
        assert!(titles.contains(&format!("Number {round}").as_str()), "{round} of {kept:?} is lost");
        assert!(stand_below(&beside(&place, ".files"), &long_bytes(*round)));
    }
    assert!(!kept.is_empty() && kept.len() < rounds() as usize, "{} of {}", kept.len(), rounds());
}

#[test]
fn killing_the_program_while_it_erases_a_file_leaves_it_whole_or_gone() {
    let place = Place::with_bridge();
    for round in 0..rounds() {
        let bytes = long_bytes(1000 + round);
        let file = place.file("long.txt", &bytes);
        let number = place.json(&["source", "add", "--title", "A secret", "--file", &file])["number"].clone();
        std::fs::remove_file(file).unwrap();
        let source = format!("S{number}");
        let fact = place.json(&["disclose", &source])["facts"][0]["id"].as_str().unwrap().to_owned();
        let told = done_before_it_was_killed(&place, round, &["redact", &fact]);
        let listed = place.json(&["source", "list"]);
        let stands = listed.as_array().unwrap().iter().any(|s| s["number"] == number);
        assert!(!(told && stands), "round {round}: what was told to be erased is there");
        assert_eq!(stand_below(&beside(&place, ".files"), &bytes), stands, "round {round}");
        let check = place.json(&["check"]);
        assert_eq!(check["sound"], true, "round {round}: {check}");
    }
}

#[test]
fn killing_the_program_during_a_migration_loses_nothing() {
    let golden =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/desks/0.1.0/golden.desk");
    for start in 0..rounds() / 4 {
        let place = Place::new();
        std::fs::copy(&golden, place.desk()).unwrap();
        let mut round = start;
        while !done_before_it_was_killed(&place, round, &["articles"]) {
            round += 1;
            assert!(round < 1000, "it never comes to an end");
        }
        let check = place.json(&["check"]);
        assert_eq!((&check["sound"], &check["actions"]), (&json!(true), &json!(64)), "{check}");
        let listed = place.json(&["source", "list"]);
        let digest = listed[0]["files"][0]["sha256"].as_str().unwrap();
        assert!(beside(&place, ".files").join(&digest[..2]).join(digest).exists());
        assert!(place.text(&["article", "2"]).len() > 65_536);
        place.json(&["export", "1", "--to", &place.path("out.zip"), "--unsigned"]);
    }
}

#[test]
fn killing_the_program_while_it_restores_leaves_one_desk_or_the_other() {
    let place = Place::with_bridge();
    let copies: Vec<_> = (0..2)
        .map(|n| {
            let file = place.file("long.txt", long_bytes(2000 + n));
            place.json(&["source", "add", "--title", &format!("Number {n}"), "--file", &file]);
            let copy = place.path(&format!("copy {n}.desk"));
            place.json(&["backup", &copy]);
            copy
        })
        .collect();
    for round in 0..rounds() {
        let wanted = (round % 2) as usize;
        let told = done_before_it_was_killed(&place, round, &["restore", &copies[wanted]]);
        let check = place.json(&["check"]);
        assert_eq!(check["sound"], true, "round {round}: {check}");
        let sources = place.json(&["source", "list"]).as_array().unwrap().len();
        assert!(sources == 1 || sources == 2);
        assert!(!told || sources == wanted + 1, "round {round}");
    }
}

#[test]
fn killing_the_program_during_a_backup_leaves_no_partial_backup() {
    let place = Place::with_bridge();
    let disk = place.path("disk");
    std::fs::create_dir(&disk).unwrap();
    for round in 0..rounds() {
        let file = place.file("long.txt", long_bytes(3000 + round));
        place.json(&["source", "add", "--title", &format!("Number {round}"), "--file", &file]);
        done_before_it_was_killed(&place, round, &["backup", "--second", &disk]);
    }
    let second = place.json(&["backup", "--second", &disk])["second"].as_str().unwrap().to_owned();
    let there = Place::new();
    let mut seen = 0;
    for entry in std::fs::read_dir(second).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "tickmark") {
            assert_eq!(there.json(&["restore", path.to_str().unwrap()])["missing"], json!([]));
            assert_eq!(there.json(&["check"])["sound"], true);
            seen += 1;
        } else {
            assert!(!path.to_string_lossy().ends_with(".part"), "{} was left", path.display());
        }
    }
    assert!(seen > 0);
}

/// Runs the program with a limit of `blocks` times 512 bytes per file, like a nearly full disk. The signal of the limit is
/// ignored, so that writing fails as on a full disk.
#[cfg(unix)]
fn on_a_full_disk(place: &Place, blocks: u64, args: &[&str]) -> std::process::Output {
    let script = r#"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#;
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", &blocks.to_string(), env!("CARGO_BIN_EXE_tickmark")]);
    command.args(["--as", "Ada Long", "--desk"]).arg(place.desk()).args(args);
    command.output().expect("the program runs")
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_reported_clearly_and_loses_nothing() {
    let place = Place::with_bridge();
    place.mark("1911");
    let blocks = std::fs::metadata(place.desk()).unwrap().len() / 512 + 16;
    // Bytes that cannot be compressed.
    let noise: Vec<u8> = (0..800_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let file = place.file("big.bin", noise);
    let before = place.actions();
    let done = on_a_full_disk(&place, blocks, &["source", "add", "--title", "Big", "--file", &file]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains("disk") && said.contains("kept"), "{said}");
    assert_eq!(place.actions(), before);
    assert_eq!(place.json(&["source", "list"]), json!([]));
    assert_eq!(place.json(&["claim", "list", "1"])[0]["quote"], "1911");
    place.json(&["source", "add", "--title", "Big", "--file", &file]);
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[cfg(unix)]
#[test]
fn an_export_or_backup_on_a_full_disk_leaves_no_partial_file() {
    let place = Place::with_bridge();
    let noise: Vec<u8> = (0..800_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let file = place.file("big.bin", noise);
    place.json(&["source", "add", "--title", "Big", "--file", &file]);
    let claim = place.mark("1911");
    place.json(&["evidence", "add", &claim, "S1", "--stance", "supports"]);
    // The first export creates the key, before the disk is full.
    place.json(&["key"]);
    let before = place.names().len();
    for args in
        [["export", "1", "--to", &place.path("out.zip")].as_slice(), &["backup", &place.path("copy.desk")]]
    {
        let done = on_a_full_disk(&place, 200, args);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{args:?}: {said}");
        assert!(!said.trim().is_empty());
    }
    assert_eq!(place.names().len(), before, "{:?}", place.names());
    assert_eq!(place.json(&["check"])["sound"], true);
}
