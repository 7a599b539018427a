//! Export and verification of a large bundle, compared with `sha256sum` and `zip -0` on the same files: an article with
//! 1,000 claims, 200 revisions and 200 MB of attached files. `cargo bench --bench bundle`; needs `zip` and `sha256sum`.
//!
//! It prints the ratio to both tools one after the other, each the median of alternating runs. A bundle has two digests of
//! every file and the tools compute one, so a ratio of 1 would be more than fair.
#![allow(missing_docs)]

use serde_json::json;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tickmark::{
    desk::{self, Desk, NewFile, PassageText, SourceChange, SystemClock, Typed},
    model::{ArticleId, Info, Stance, Unwatched},
    text::Span,
    wire::Session,
};

const CLAIMS: usize = 1000;
const REVISIONS: usize = 200;
const FILES: usize = 8;
const FILE_BYTES: usize = 25_000_000;
const RUNS: usize = 5;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut desk, article) = filled(&folder.path().join("large.desk"));
    attach(&mut desk, article);
    let (bundle, unzipped) = (folder.path().join("bundle.zip"), folder.path().join("unzipped"));
    desk.export(article, &desk.target(&bundle, true).expect("a place"), false).expect("a bundle");
    run(Command::new("unzip").args(["-q", "-d"]).arg(&unzipped).arg(&bundle));
    let bytes = fs::metadata(&bundle).expect("the bundle").len();
    let mut times = [const { Vec::new() }; 4];
    for _ in 0..RUNS {
        times[0].push(timed(|| shell(&unzipped, "find . -type f -print0 | xargs -0 sha256sum >/dev/null")));
        times[1].push(timed(|| shell(&unzipped, "rm -f ../again.zip && zip -0 -q -r ../again.zip .")));
        times[2].push(timed(|| {
            desk.export(article, &desk.target(&bundle, true).expect("a place"), false).expect("a bundle");
        }));
        times[3].push(timed(|| assert!(desk::verify(&bundle, &Unwatched).expect("a bag").valid)));
    }
    let [sum, zip, export, verify] = times.map(median);
    let tools = sum + zip;
    println!("{} MB; sha256sum {sum:.2?}, zip -0 {zip:.2?}", bytes / 1_000_000);
    for (what, took) in [("export", export), ("verify", verify)] {
        println!("{what}: {took:.2?}, {:.2} x both", took.as_secs_f64() / tools.as_secs_f64());
    }
    drop(desk);
    drafts_beside(&folder.path().join("large.desk"), article, &bundle);
    let import = timed(|| {
        let mut other =
            Desk::open_or_create(&folder.path().join("other.desk"), Box::new(SystemClock)).expect("a desk");
        other.work_as("Ben Short").expect("a name");
        desk::import_bundle_from(&mut other, &bundle, false, |_| None).expect("it comes in");
    });
    println!(
        "import on an empty desk: {import:.2?}, {:.2} x both",
        import.as_secs_f64() / tools.as_secs_f64()
    );
}

/// Saves a draft every few milliseconds in a window's session, while the bundle is verified and while it is written.
fn drafts_beside(desk: &Path, article: ArticleId, bundle: &Path) {
    let session = Session::open(desk, Box::new(SystemClock)).expect("the desk opens");
    let article = article.to_string();
    let view =
        session.call("article.open", json!({ "article": article, "revision": null })).expect("the article");
    let text = view["text"].as_str().expect("a text");
    let export = json!({ "article": article, "path": bundle, "unsigned": true, "replace": true });
    for (name, request) in [("verify", json!({ "path": bundle })), ("export.write", export)] {
        let mut times = Vec::new();
        thread::scope(|scope| {
            let job = scope.spawn(|| session.call(name, request).expect("the job"));
            while !job.is_finished() {
                let draft = json!({
                    "article": article, "base": view["revision"]["id"], "text": format!("{text}{}", times.len()), "changes": null,
                });
                times.push(timed(|| drop(session.call("draft.keep", draft).expect("the draft is kept"))));
                thread::sleep(Duration::from_millis(5));
            }
        });
        times.sort();
        let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
        println!("a draft beside {name}: p50 {:.2?}, p99 {:.2?}, of {}", at(50), at(99), times.len());
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn shell(folder: &Path, line: &str) {
    run(Command::new("sh").args(["-c", line]).current_dir(folder));
}

fn run(command: &mut Command) {
    let done = command.stdin(Stdio::null()).status();
    assert!(done.is_ok_and(|s| s.success()), "{command:?} did not do it; is it installed?");
}

fn paragraph(n: usize) -> String {
    let [a, b, c] = [n * 7 % 997, n * 31 % 1009, 1900 + n % 120];
    format!(
        "In {c} the council of district {n} counted {a} houses by the river and said that none of them had stood there \
         when the road was built. The bridge at kilometre {b} was closed for {a} days after the flood."
    )
}

/// A desk with the article, its claims with verdicts, and its revisions.
fn filled(path: &Path) -> (Desk, ArticleId) {
    let mut desk = Desk::open_or_create(path, Box::new(SystemClock)).expect("a desk");
    desk.work_as("Ada Long").expect("a name");
    let body: Vec<String> = (0..CLAIMS).map(paragraph).collect();
    let text = format!("# A long story\n\n{}\n", body.join("\n\n"));
    let article = desk
        .import_article("story.md", text.as_bytes(), &text, Info::default())
        .expect("an article")
        .value
        .article;
    for line in text.split("\n\n").skip(1) {
        let at = line.as_ptr() as usize - text.as_ptr() as usize;
        let span = Span::at(at, at + line.find(" and said").expect("the statement"));
        let claim = desk.mark(article, None, &[span], Default::default()).expect("a claim").value;
        desk.give_verdict((article, claim), "true", None, "The minutes have it.").expect("a verdict");
    }
    let mut text = text;
    for n in 0..REVISIONS {
        text = text.replacen(&format!("district {} ", n * 5), &format!("quarter {} ", n * 5), 1);
        let typed = Typed { text: text.clone(), ..Typed::default() };
        desk.revise(article, typed).expect("a revision");
    }
    (desk, article)
}

/// Files that cannot be compressed, each with a source that is evidence for a claim.
fn attach(desk: &mut Desk, article: ArticleId) {
    let claims: Vec<_> =
        desk.read(article, None).expect("the article").state.live_claims().map(|c| c.id).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    for (n, claim) in claims.into_iter().take(FILES).enumerate() {
        let bytes: Vec<u8> = (0..FILE_BYTES / 8).flat_map(|_| next(&mut state).to_le_bytes()).collect();
        let change = SourceChange { title: format!("Scan {n}"), ..Default::default() };
        let files = [NewFile::new(&format!("scan-{n}.bin"), bytes)];
        let source =
            desk.keeping(&files, |desk, files| desk.add_source(change, files)).expect("a source").value;
        let passage = PassageText::default();
        desk.add_evidence((article, claim), source, Stance::Supports, passage).expect("evidence");
    }
}

fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}
