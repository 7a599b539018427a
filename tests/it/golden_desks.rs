//! Desks written by earlier versions, unchanged. Each must open, be sound, show the same content, and be usable, for ever.
//!
//! They are in tests/it/fixtures/desks, one folder per version: `golden.desk`, and in `expected.json` what that version
//! showed of it. A desk of a new version is made once, by TICKMARK_WRITE_GOLDEN_DESK=target/debug/tickmark cargo test --test
//! it golden_desks with the program of that version. None is ever changed or removed.

use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

const FERRY: &str = "# The ferry at Lunde\n\nThe ferry has run since 1908. It carries 120 cars. The crossing takes 14 minutes.\n\n\
    The quay was rebuilt in 2004 for 3 million crowns. A storm closed it for 9 days in 2016.\n\n\
    Tickets cost 25 crowns. Nobody on board remembers the old price.\n";

/// The folder of the golden desks.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/desks")
}

/// A desk in its own folder, and the program that works on it.
struct Worked {
    program: PathBuf,
    folder: TempDir,
}

impl Worked {
    fn by(program: &Path) -> Self {
        Self { program: program.into(), folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The program of this version on a copy of a golden desk.
    fn on(golden: &Path) -> Self {
        let worked = Self::by(Path::new(env!("CARGO_BIN_EXE_tickmark")));
        std::fs::copy(golden, worked.path("a.desk")).expect("a copy");
        worked
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), bytes).expect("a file");
        self.path(name)
    }

    fn run(&self, who: &str, args: &[&str]) -> Output {
        let mut command = Command::new(&self.program);
        command.env_remove("TICKMARK_DESK").args(["--json", "--as", who, "--desk", &self.path("a.desk")]);
        command.args(args).output().expect("the program runs")
    }

    /// What the program prints. Exit 1, the answer "no", is an answer too.
    fn asked(&self, who: &str, args: &[&str]) -> Value {
        let done = self.run(who, args);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(matches!(done.status.code(), Some(0 | 1)), "{args:?}: {said}");
        serde_json::from_slice(&done.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}"))
    }

    fn ada(&self, args: &[&str]) -> Value {
        self.asked("Ada Long", args)
    }

    /// One request of the window's own command table.
    fn call(&self, command: &str, request: &Value) -> Value {
        let line = self.file("request", format!("{}\n", json!({ "command": command, "request": request })));
        let input = std::fs::File::open(line).expect("the request");
        let mut program = Command::new(&self.program);
        program.args(["--as", "Ada Long", "--desk", &self.path("a.desk"), "call"]).stdin(input);
        let done = program.output().expect("the program runs");
        let said: Value = serde_json::from_slice(&done.stdout).expect("JSON");
        assert!(said["error"].is_null(), "{command}: {said}");
        said["answer"].clone()
    }

    fn revise(&self, text: &str, more: &[&str]) {
        let file = self.file("next.md", text);
        self.ada(&[&["revise", "1", &file], more].concat());
    }

    fn verdict(&self, claim: &str, rating: &str) {
        self.ada(&["verdict", claim, rating, "--rationale", "It was looked up."]);
    }
}

/// Prose of about 71,000 bytes: too long for the desk's own file.
fn long_text() -> String {
    (0..1700).map(|n| format!("Entry {n}: {} cars, {} bicycles, on time.\n", n * 7 % 121, n % 40)).collect()
}

/// A desk with a bit of everything.
fn made(program: &Path) -> Worked {
    let ada = Worked::by(program);
    let ferry = ada.file("ferry.md", FERRY);
    ada.ada(&["import", &ferry]);
    ada.ada(&["article", "info", "1", "--byline", "Ada Long", "--date", "2025-08-25", "--tag", "ferries"]);
    ada.ada(&["policy", "--coverage", "30", "--evidence", "false"]);
    ada.ada(&["scale", "add", "--name", "House", "--rating", "solid|Solid|holds|2|It stands"]);
    sources(&ada);
    claims(&ada);
    queries(&ada);
    texts(&ada);
    exchanged(&ada, program);
    statuses(&ada);
    documents(&ada);
    went_out(&ada);
    last_touches(&ada);
    ada
}

/// A Word file with tracked changes: one is accepted, one rejected, the others wait.
fn documents(ada: &Worked) {
    let word = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/docx/ferry.docx");
    ada.ada(&["import", word.to_str().expect("a path")]);
    ada.ada(&["suggestion", "accept", "3"]);
    ada.ada(&["suggestion", "reject", "5"]);
}

/// An article that goes out verified and is changed after it.
fn went_out(ada: &Worked) {
    let text = "# The light\n\nThe light has stood since 1871.\n";
    let number = ada.ada(&["import", &ada.file("light.md", text)])["number"].to_string();
    let claim = ada.ada(&["claim", "mark", &number, "--quote", "The light has stood since 1871."]);
    ada.verdict(&format!("C{}", claim["number"]), "true");
    ada.ada(&["export", &number, "--to", &ada.path("light.zip"), "--verified"]);
    ada.ada(&["revise", &number, &ada.file("light.md", text.replace("1871", "1872"))]);
}

fn sources(ada: &Worked) {
    let log = ada.file("log book.txt", long_text());
    ada.ada(&["source", "add", "--title", "Log book", "--author", "The crew", "--file", &log]);
    let letter = ada.file("letter.txt", "A letter that nobody may see.\n");
    ada.ada(&["source", "add", "--title", "A letter", "--withhold", "--file", &letter]);
    let erased = ada.file("erased.txt", "A file that is erased.\n");
    ada.ada(&["source", "add", "--title", "Erased later", "--file", &erased]);
    let csl = ada
        .file("shelf.json", r#"[{"id":"quay","type":"report","title":"The quay","issued":{"raw":"2004"}}]"#);
    ada.ada(&["source", "import", &csl]);
    ada.ada(&["source", "edit", "S1", "--note", "Volume 3", "--reliability", "good"]);
    let fact = ada.ada(&["disclose", "S3"])["facts"][0]["id"].as_str().expect("a fact").to_owned();
    ada.ada(&["redact", &fact, "--why", "It was kept by mistake"]);
}

/// Claims that end up checked (C1, C2), stale (C3), orphaned (C4), unchecked (C5, C6), and retracted (C7).
fn claims(ada: &Worked) {
    let quotes = [
        ("It carries 120 cars.", "high"),
        ("The ferry has run since 1908.", "normal"),
        ("The crossing takes 14 minutes.", "normal"),
        ("A storm closed it for 9 days in 2016.", "normal"),
        ("Tickets cost 25 crowns.", "normal"),
        ("for 3 million crowns", "normal"),
        ("rebuilt in 2004", "normal"),
    ];
    for (quote, risk) in quotes {
        ada.ada(&["claim", "mark", "1", "--quote", quote, "--risk", risk, "--claimant", "The ferry company"]);
    }
    ada.ada(&["claim", "assign", "C5", "--to", "Ada Long"]);
    ada.ada(&["claim", "retract", "C7"]);
    ["C1", "C2", "C3", "C4"].into_iter().for_each(|c| ada.verdict(c, "true"));
    ada.ada(&["verdict", "C6", "solid", "--scale", "House", "--rationale", "The report."]);
    ada.ada(&["verdict", "withdraw", "C6"]);
    ada.asked("Ben Short", &["sign-off", "C1"]);
    let evidence = ["--stance", "supports", "--passage", "Entry 7: 49 cars", "--locator", "p. 1"];
    ada.ada(&[&["evidence", "add", "C1", "S1"], evidence.as_slice()].concat());
    let kept =
        ada.ada(&["evidence", "add", "C3", "S2", "--stance", "context", "--passage", "Nobody may know."]);
    let kept = kept["evidence"].as_str().expect("evidence").to_owned();
    ada.ada(&["evidence", "edit", &kept, "--stance", "refutes", "--note", "Said twice"]);
    ada.ada(&["wave", "1", "--quote", "Nobody on board remembers the old price.", "--note", "A remark"]);
}

fn queries(ada: &Worked) {
    ada.ada(&["query", "ask", "C5", "Since when?", "--to", "Ben Short"]);
    ada.ada(&["query", "ask", "C1", "Lorries too?"]);
    ada.asked("Ben Short", &["query", "answer", "Q2", "Cars alone."]);
    ada.ada(&["query", "ask", "1", "Who took the picture?"]);
    ada.ada(&["query", "resolve", "Q3", "--note", "The captain"]);
    ada.ada(&["query", "ask", "1", "A question that is erased"]);
    let log = ada.ada(&["log", "1"]);
    let asked = log.as_array().and_then(|l| l.last()).expect("the question");
    let fact = asked["facts"][0]["fact"].as_str().expect("a fact").to_owned();
    ada.ada(&["redact", &fact, "--why", "It named somebody"]);
}

/// Revisions, a merge, an article with a long original, and an archived one.
fn texts(ada: &Worked) {
    let second = FERRY.replace("since 1908", "since 1909").replace("14 minutes", "15 minutes");
    ada.revise(&second, &["--note", "Two figures"]);
    ada.ada(&["reaffirm", "C2", "--rationale", "1909 is right."]);
    ada.revise(&FERRY.replace("120 cars", "120 cars and 40 lorries"), &["--base", "1"]);
    ada.ada(&["undo"]);
    ada.revise(&FERRY.replace("crowns. Nobody", "crowns now. Nobody"), &["--base", "1"]);
    let now = ada.ada(&["article", "1"])["text"].as_str().expect("a text").to_owned();
    ada.revise(&now.replace(" A storm closed it for 9 days in 2016.", ""), &[]);
    let book =
        ada.file("book.md", format!("# The log book\n\n{}", long_text().replace(", on time", " on board")));
    ada.ada(&["import", &book, "--as-is"]);
    let old = ada.file("old.md", "# Put away\n\nIt has 3 sentences. It is old. Nobody reads it.\n");
    ada.ada(&["import", &old]);
    ada.ada(&["article", "archive", "3"]);
}

/// Ben continues Ada's article and his bundle is imported. So is another article of his; the import of a third is undone.
fn exchanged(ada: &Worked, program: &Path) {
    let ben = Worked::by(program);
    let ben_says = |args: &[&str]| ben.asked("Ben Short", args);
    ada.ada(&["export", "1", "--to", &ada.path("out.zip")]);
    ben_says(&["import", &ada.path("out.zip")]);
    ben_says(&["claim", "mark", "1", "--quote", "rebuilt in 2004"]);
    ben_says(&["export", "1", "--to", &ben.path("back.zip")]);
    for (number, name) in [("2", "mill"), ("3", "barn")] {
        let text = format!("# The {name}\n\nThe {name} has 12 windows. Its roof is of slate.\n");
        ben_says(&["import", &ben.file(&format!("{name}.md"), text)]);
        ben_says(&["claim", "mark", number, "--quote", "12 windows"]);
        ben_says(&["export", number, "--to", &ben.path(&format!("{name}.zip"))]);
    }
    ada.revise(
        &ada.ada(&["article", "1"])["text"]
            .as_str()
            .expect("a text")
            .replace("Tickets cost", "A ticket costs"),
        &[],
    );
    for bundle in ["back.zip", "mill.zip", "barn.zip"] {
        ada.ada(&["import", &ben.path(bundle), "--take", "ours"]);
    }
    ada.ada(&["undo"]);
}

/// Statuses of articles, a conversation, contact details of a source, and evidence of earlier words.
fn statuses(ada: &Worked) {
    ada.ada(&[
        "article",
        "status",
        "1",
        "--state",
        "ready",
        "--deadline",
        "2026-12-01",
        "--assign",
        "Ben Short",
    ]);
    ada.ada(&["article", "status", "2", "--state", "with-writer"]);
    let talk = ["--with", "Jane Doe", "--role", "Captain", "--how", "phone", "--on", "25 Aug 2025"];
    ada.ada(
        &[&["source", "interview", "S4"], &talk[..], &["--terms", "record", "--confirmed", "It is so."]]
            .concat(),
    );
    ada.ada(&["source", "contact", "S4", "--phone", "+47 55 12 34", "--address", "1 Quay Street"]);
    let fact = ["verdict", "C3", "mostly-true", "--rationale", "Counted again.", "--evidence", "earlier"];
    ada.ada(&fact);
}

/// An undo that is redone, one that is not, unsaved text, and an import that is previewed and not confirmed.
fn last_touches(ada: &Worked) {
    ada.verdict("C5", "mostly-true");
    ada.ada(&["undo"]);
    ada.ada(&["redo"]);
    ada.ada(&["undo"]);
    let open = ada.call("article.open", &json!({ "article": "1", "revision": null }));
    let typed = format!("{}\nTyped and not saved.\n", open["text"].as_str().expect("a text"));
    let draft =
        json!({ "article": open["id"], "base": open["revision"]["id"], "text": typed, "changes": null });
    ada.call("draft.keep", &draft);
    let form = json!({ "article": open["id"], "claim": "C1", "form": "verdict", "fields": { "rationale": "Half a rea" } });
    ada.call("form.keep", &form);
    ada.call("import.paste", &json!({ "text": "# Looked at\n\nIt is not brought in yet.\n", "asIs": false }));
}

/// What a version shows of a desk, in the fields that scripts rely on.
fn told(desk: &Worked) -> Value {
    let mut articles = desk.ada(&["articles"]);
    for article in articles.as_array_mut().expect("articles") {
        // Each version decides what counts as a change of an article, and when its coverage is computed.
        for name in ["touched", "coverage"] {
            article.as_object_mut().expect("an article").remove(name);
        }
    }
    let numbers: Vec<String> =
        articles.as_array().expect("articles").iter().map(|a| a["number"].to_string()).collect();
    let mut all = json!({
        "articles": articles,
        "sources": desk.ada(&["source", "list"]),
        "scales": desk.ada(&["scale", "list"]),
        "policy": desk.ada(&["policy"]),
        "queries": desk.ada(&["query", "list"]),
        "actions": desk.ada(&["check"])["actions"],
        "draft": desk.call("article.open", &json!({ "article": "1", "revision": null }))["draft"],
    });
    for number in numbers {
        let asked = |what: &[&str]| desk.ada(&[what, &[number.as_str()]].concat());
        all[format!("article {number}")] = json!({
            "article": asked(&["article"]),
            "claims": asked(&["claim", "list"]),
            "log": asked(&["log"]),
            "revisions": asked(&["revisions"]),
            "passed": asked(&["gate"])["passed"],
            "suggestions": asked(&["suggestion", "list"]),
        });
    }
    all["S4"] = desk.ada(&["source", "show", "S4"]);
    all["forms"] = desk.call("form.list", &json!({ "article": "1" }));
    for claim in ["C1", "C3", "C6"] {
        all[claim] = desk.ada(&["claim", "show", claim]);
    }
    all
}

/// Compares: every value of `expected` must be in `found` under the same name; new names are allowed. Returns the
/// differences.
fn missing(expected: &Value, found: &Value, at: &str) -> Vec<String> {
    match (expected, found) {
        (Value::Object(e), Value::Object(f)) => e
            .iter()
            .flat_map(|(k, v)| missing(v, f.get(k).unwrap_or(&Value::Null), &format!("{at}.{k}")))
            .collect(),
        (Value::Array(e), Value::Array(f)) if e.len() == f.len() => {
            e.iter().zip(f).enumerate().flat_map(|(n, (e, f))| missing(e, f, &format!("{at}[{n}]"))).collect()
        }
        // Each version has its own words for what changed.
        (Value::String(e), Value::String(f)) if at.contains(".reasons[") && *f == in_words_of_now(e) => {
            Vec::new()
        }
        // Not known in that version, or not computed yet by the rules of this one.
        (Value::Null, _) | (_, Value::Null) if at.ends_with(".coverage") || at.ends_with(".verified") => {
            Vec::new()
        }
        (e, f) if e == f => Vec::new(),
        (e, f) => vec![format!("{at}: {f} was {e}")],
    }
}

/// A reason of a version before 0.5, such as `14 became 15` or `'last' added`, in the words of this version.
fn in_words_of_now(reason: &str) -> String {
    let quoted = |end| reason.strip_suffix(end).map(|w: &str| format!("“{}”", w.trim_matches('\'')));
    let became = reason.split_once(" became ").map(|(was, now)| format!("“{was}” → “{now}”"));
    let dropped = || quoted(" dropped").map(|w| w + " removed");
    let added = || quoted(" added").map(|w| w + " added");
    became.or_else(dropped).or_else(added).unwrap_or_else(|| reason.into())
}

#[test]
fn desks_of_every_version_open_with_the_same_content_and_can_be_worked_on() {
    if let Some(program) = std::env::var_os("TICKMARK_WRITE_GOLDEN_DESK") {
        write(Path::new(&program));
    }
    let versions: Vec<PathBuf> =
        std::fs::read_dir(folder()).expect("the golden desks").map(|v| v.expect("a folder").path()).collect();
    assert!(!versions.is_empty());
    for version in versions {
        let expected = std::fs::read(version.join("expected.json")).expect("what is expected");
        let expected: Value = serde_json::from_slice(&expected).expect("JSON");
        let desk = Worked::on(&version.join("golden.desk"));
        let check = desk.ada(&["check"]);
        assert_eq!(check["faults"], json!([]), "{}", version.display());
        let lost = missing(&expected, &told(&desk), "");
        assert!(lost.is_empty(), "{}:\n{}", version.display(), lost.join("\n"));
        goes_on(&desk);
    }
}

/// The desk can be worked on, and attached and imported files are exported unchanged.
fn goes_on(desk: &Worked) {
    let before = desk.ada(&["check"])["actions"].clone();
    let article = desk.ada(&["article", "1"])["article"].clone();
    desk.call("draft.drop", &json!({ "article": article }));
    desk.ada(&["redo"]);
    desk.ada(&["undo"]);
    desk.ada(&["claim", "mark", "1", "--quote", "It carries"]);
    let text = desk.ada(&["article", "1"])["text"].as_str().expect("a text").to_owned();
    desk.revise(&text.replace("120 cars", "121 cars"), &[]);
    desk.ada(&["undo"]);
    assert_eq!(desk.ada(&["article", "1"])["text"], text);
    for number in ["1", "2"] {
        let bundle = desk.path(&format!("{number}.zip"));
        desk.ada(&["export", number, "--to", &bundle]);
        assert_eq!(desk.ada(&["verify", &bundle])["valid"], true);
    }
    let digest = desk.ada(&["source", "list"])[0]["files"][0]["sha256"].clone();
    let kept = desk.path("written out");
    desk.call("snapshot.write", &json!({ "digest": digest, "path": kept }));
    assert!(std::fs::read_to_string(kept).expect("the file") == long_text(), "the attached file is another");
    let check = desk.ada(&["check"]);
    assert_eq!(check["faults"], json!([]));
    assert!(check["actions"].as_i64() > before.as_i64());
}

/// Writes a desk with the version of `program`, and what it shows of it.
fn write(program: &Path) {
    let said = Command::new(program).arg("--version").output().expect("the program runs").stdout;
    let said = String::from_utf8(said).expect("UTF-8");
    let version = folder().join(said.trim().strip_prefix("tickmark ").expect("a version"));
    assert!(!version.exists(), "{} is kept already", version.display());
    let desk = made(program);
    let told = serde_json::to_vec_pretty(&told(&desk)).expect("JSON");
    assert!(!Path::new(&desk.path("a.desk-wal")).exists(), "part of the desk is in its log");
    std::fs::create_dir_all(&version).expect("a folder");
    // A backup has everything in one file, including the desk's folder of files.
    desk.ada(&["backup", version.join("golden.desk").to_str().expect("a path in UTF-8")]);
    std::fs::write(version.join("expected.json"), [told, b"\n".to_vec()].concat()).expect("what is expected");
}
