//! The whole program on one large desk, with the requests of the window: an article of about 100,000 words with 5,000 claims
//! and two revisions. Prints a table; each figure is the median of its runs. `cargo bench --bench desk`;
//! TICKMARK_LARGE=/a/file writes a copy of the desk there, to measure the window on.
//!
//! A durable save of a short article is compared with a bare commit of one row to SQLite with the same settings on the same
//! disk, and an export with a copy of as many bytes.
#![allow(missing_docs)]

use rusqlite::Connection;
use serde_json::{Value, json};
use std::{fs, path::Path, time::Duration, time::Instant};
use tickmark::{desk::SystemClock, wire::Session};

const PARAGRAPHS: usize = 1700;
const CLAIMS: usize = 5000;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = folder.path().join("large.desk");
    let mut table = Table::default();
    let article = fill(&desk, &mut table);
    if let Some(to) = std::env::var_os("TICKMARK_LARGE") {
        ask(&mut open(&desk), "desk.backup", json!({"path": Path::new(&to)}));
    }
    let mut session = open(&desk);
    reads(&mut session, &article, &mut table);
    saves(&mut session, &article, &mut table);
    export(&mut session, &article, folder.path(), &mut table);
    short(folder.path(), &mut table);
    println!("{}", table.0);
}

#[derive(Default)]
struct Table(String);

impl Table {
    fn row(&mut self, what: &str, took: Duration, note: &str) {
        self.0 += &format!("| {what} | {:.1} ms | {note} |\n", took.as_secs_f64() * 1e3);
    }
}

fn open(desk: &Path) -> Session {
    Session::open(desk, Box::new(SystemClock)).expect("the desk opens")
}

fn ask(session: &mut Session, name: &str, request: Value) -> Value {
    session.call(name, request).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let began = Instant::now();
    let done = work();
    (began.elapsed(), done)
}

fn median(runs: usize, mut work: impl FnMut(usize)) -> Duration {
    let mut times: Vec<Duration> = (0..runs).map(|n| timed(|| work(n)).0).collect();
    times.sort();
    times[runs / 2]
}

/// One paragraph of about sixty words in three sentences, no two alike.
fn paragraph(n: usize) -> String {
    let [a, b, c] = [n * 7 % 997, n * 31 % 1009, 1900 + n % 120];
    format!(
        "In {c} the council of district {n} counted {a} houses by the river and said that none of them had stood there \
         when the road was built, which nobody who lived there believed. The bridge at kilometre {b} was closed for {a} \
         days after the flood, the longest time since the railway came, and {b} people took the ferry. Mayor Name{n} \
         called it a warning and asked for €{b} million."
    )
}

/// Makes the desk: imports the article and marks its claims one by one, as a person or a script would.
fn fill(desk: &Path, table: &mut Table) -> String {
    let mut session = open(desk);
    ask(&mut session, "person.introduce", json!({"name": "Ada Long", "initials": "AL"}));
    let body: Vec<String> = (0..PARAGRAPHS).map(paragraph).collect();
    let text = format!("# A long story\n\n{}\n", body.join("\n\n"));
    let (took, article) = timed(|| bring(&mut session, &text));
    table.row("bring the article in", took, &format!("{} words", text.split_whitespace().count()));
    let revision = ask(&mut session, "article.open", json!({"article": article}))["revision"]["id"].clone();
    let starts: Vec<usize> = statements(&text);
    let (all, _) = timed(|| {
        for start in starts.iter().take(CLAIMS) {
            let request = json!({
                "article": article, "revision": revision, "spans": [{"start": start, "end": start + 40}],
                "fields": {"assertion": null, "kind": null, "claimant": null, "risk": null}
            });
            ask(&mut session, "claim.mark", request);
        }
    });
    table.row("mark a claim, mean of 5,000", all / CLAIMS as u32, "durable each");
    article
}

fn bring(session: &mut Session, text: &str) -> String {
    let proposal = ask(session, "import.paste", json!({"text": text, "asIs": false}));
    let request = json!({"draft": proposal["draft"], "text": text, "info": proposal["info"], "again": false});
    let answer = ask(session, "import.confirm", request);
    answer["article"].as_str().expect("an article").to_owned()
}

/// Where statements begin, in UTF-16 units: three per paragraph.
fn statements(text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut all = Vec::new();
    for line in text.split_inclusive('\n') {
        let units: Vec<u16> = line.encode_utf16().collect();
        if units.len() > 200 {
            all.extend([at, at + 60, at + 140]);
        }
        at += units.len();
    }
    all
}

fn reads(session: &mut Session, article: &str, table: &mut Table) {
    let request = json!({"article": article});
    let (cold, view) = timed(|| ask(session, "article.open", request.clone()));
    let claims = view["claims"].as_array().map_or(0, Vec::len);
    table.row("open the article, first time", cold, &format!("{claims} claims judged and drawn"));
    let warm = median(7, |_| drop(ask(session, "article.open", request.clone())));
    table.row("open the article again", warm, "");
    table.row("the desk at a glance", median(7, |_| drop(ask(session, "desk.overview", json!({})))), "");
}

fn saves(session: &mut Session, article: &str, table: &mut Table) {
    let view = ask(session, "article.open", json!({"article": article}));
    let first = view["revision"]["id"].clone();
    let (mut base, mut text) = (first.clone(), view["text"].as_str().expect("a text").to_owned());
    let mut times = Vec::new();
    for n in 0..5 {
        text = text.replacen(&format!("kilometre {}", (n * 31) % 1009), &format!("kilometre 2{n}"), 1);
        let request = json!({"article": article, "base": base, "text": text, "changes": [], "note": null, "onTop": false});
        let (took, saved) = timed(|| ask(session, "article.save", request));
        times.push(took);
        base = saved["revision"]["id"].clone();
    }
    times.sort();
    table.row("save a revision of it", times[2], "diffed, its claims carried and judged, durable");
    let request = json!({"article": article, "from": first, "to": base});
    let took = median(5, |_| drop(ask(session, "revision.compare", request.clone())));
    table.row("compare two of its revisions", took, "words, moves and statements");
    let draft = json!({"article": article, "base": base, "text": text.clone() + "x", "changes": []});
    table.row(
        "keep a draft of it",
        median(7, |_| drop(ask(session, "draft.keep", draft.clone()))),
        "durable",
    );
    ask(session, "draft.drop", json!({"article": article}));
}

fn export(session: &mut Session, article: &str, folder: &Path, table: &mut Table) {
    let path = folder.join("bundle.zip");
    let took = median(3, |_| {
        fs::remove_file(&path).ok();
        ask(session, "export.write", json!({"article": article, "path": path}));
    });
    let size = fs::metadata(&path).map_or(0, |m| m.len());
    table.row("export it", took, &format!("{} MB", size / 1_000_000));
    let took = median(3, |_| {
        let found = ask(session, "verify", json!({"path": path}));
        assert_eq!(found["valid"], true);
    });
    table.row("verify the bundle", took, "");
}

/// A save of a short article, compared with the cheapest durable write.
fn short(folder: &Path, table: &mut Table) {
    let mut session = open(&folder.join("short.desk"));
    ask(&mut session, "person.introduce", json!({"name": "Ada Long", "initials": "AL"}));
    let article = bring(&mut session, &format!("# A short story\n\n{}\n", paragraph(1)));
    let view = ask(&mut session, "article.open", json!({"article": article}));
    let (mut base, text) =
        (view["revision"]["id"].clone(), view["text"].as_str().expect("a text").to_owned());
    let mut save = |n: usize| {
        let text = text.replace("district 1", &format!("district {}", n + 10));
        let request = json!({"article": article, "base": base, "text": text, "changes": [], "note": null, "onTop": false});
        base = ask(&mut session, "article.save", request)["revision"]["id"].clone();
    };
    let ours = median(41, &mut save);
    let bare = Bare::new(&folder.join("bare.sqlite"));
    let alone = median(41, |n| bare.commit(n));
    let times = |ours: Duration, bare: Duration| ours.as_secs_f64() / bare.as_secs_f64();
    table.row("a bare one-row commit", alone, "WAL, synchronous=FULL");
    table.row(
        "save a short article",
        ours,
        &format!("{:.1} times the bare commit, one after the other", times(ours, alone)),
    );
    // By turns too: what the machine does beside falls on both.
    let (mut ours, mut bares) = (Vec::new(), Vec::new());
    for n in 0..201 {
        ours.push(timed(|| save(n + 41)).0);
        bares.push(timed(|| bare.commit(n)).0);
    }
    let middle = |mut all: Vec<Duration>| {
        all.sort();
        all[all.len() / 2]
    };
    let (ours, bare) = (middle(ours), middle(bares));
    table.row("a bare one-row commit, by turns with a save", bare, "");
    table.row(
        "save a short article, by turns with it",
        ours,
        &format!("{:.1} times the bare commit", times(ours, bare)),
    );
}

/// The least a durable write can cost: one row into a database with the desk's settings.
struct Bare(Connection);

impl Bare {
    fn new(path: &Path) -> Self {
        let db = Connection::open(path).expect("a database");
        db.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x TEXT);")
            .expect("a table");
        Self(db)
    }

    fn commit(&self, n: usize) {
        assert_eq!(self.0.execute("INSERT INTO t VALUES (?1)", [n.to_string()]).expect("a row"), 1);
    }
}
