//! How long a save takes while a round of a shared desk receives, with a hub in memory: `cargo bench --bench saves`.
//! TICKMARK_ARTICLES is how many articles come in, with 50 actions each, 100 if it is not set.
//!
//! Somebody saves a text or marks a claim every 20 ms, in the program that does the round and in another one, in an article of
//! their own and in one that others write in. The first line is without a round.
#![allow(missing_docs)]

#[allow(dead_code)]
#[path = "../tests/it/shared/memory.rs"]
mod memory;

use memory::Memory;
use std::{
    collections::HashMap,
    io::Read,
    ops::Range,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tempfile::TempDir;
use tickmark::{
    desk::{Access, Desk, SystemClock, Typed},
    hub::{Hub, Invite},
    model::{ArticleId, ClaimId, Info, Role},
    text::Span,
};

const EVERY: Duration = Duration::from_millis(20);
const SENTENCES: usize = 50;
const LATE: Duration = Duration::from_millis(50);
/// The claims of an article that comes in, each with a verdict.
const CLAIMS: usize = 24;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, file, article] = &arguments[..]
        && word == "save"
    {
        let mut desk = open(Path::new(file));
        let article = ArticleId(article.parse().expect("an id"));
        return save_until_told(&mut desk, article).iter().for_each(Save::print);
    }
    let mut team = Team::new();
    let members: Vec<Member> = (0..5).map(|n| team.member(n)).collect();
    team.chief_records(std::env::var("TICKMARK_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(100));
    let quiet = |_: &mut Desk| thread::sleep(Duration::from_secs(3));
    tell("no round", &saves(&members[4].file, members[4].own, false, quiet));
    for (n, member) in members[..4].iter().enumerate() {
        let (apart, several) = (n % 2 == 1, n / 2 == 1);
        let article = if several { team.article } else { member.own };
        let done = saves(&member.file, article, apart, |desk| one_round(desk, &team.hub));
        let program = if apart { "another program" } else { "the same program" };
        tell(
            &format!("in {program}, {}", if several { "an article of several" } else { "an own article" }),
            &done,
        );
    }
}

/// A chief who records, and the hub.
struct Team {
    folder: TempDir,
    hub: Memory,
    chief: Desk,
    /// The article that several write in.
    article: ArticleId,
}

/// A desk that has only that article and one of its own.
struct Member {
    file: PathBuf,
    own: ArticleId,
}

impl Team {
    fn new() -> Self {
        let (folder, (hub, invite)) = (TempDir::new().expect("a folder"), Memory::with_chief("Ada Long"));
        let mut chief = open(&folder.path().join("chief.desk"));
        chief.work_as("Ada Long").expect("a name");
        let article = import(&mut chief, "The harbour");
        join(&mut chief, &hub, &invite);
        Self { folder, hub, chief, article }
    }

    fn member(&mut self, n: usize) -> Member {
        let invite = self.hub.invited(&format!("Member {n}"), Role::Checker, None);
        let file = self.folder.path().join(format!("{n}.desk"));
        let mut desk = open(&file);
        join(&mut desk, &self.hub, &invite);
        let own = import(&mut desk, &format!("The canal {n}"));
        sync(&mut desk, &self.hub);
        Member { file, own }
    }

    /// The chief records so many articles, each with one change of the article of several, and sends all.
    fn chief_records(&mut self, articles: usize) {
        sync(&mut self.chief, &self.hub);
        for n in 0..articles {
            let article = import(&mut self.chief, &format!("Town {n}"));
            for c in 0..CLAIMS {
                let claim = mark(&mut self.chief, article, c);
                self.chief.give_verdict((article, claim), "true", None, "Counted.").expect("a verdict");
            }
            revise(&mut self.chief, self.article, n);
        }
        sync(&mut self.chief, &self.hub);
    }
}

/// The saves that somebody did beside `work` on another connection to the file, in this program or another.
fn saves(file: &Path, article: ArticleId, apart: bool, work: impl FnOnce(&mut Desk)) -> Vec<Save> {
    let mut desk = open(file);
    if apart {
        let child = Command::new(std::env::current_exe().expect("this program"))
            .args(["save", &file.to_string_lossy(), &article.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("another program");
        work(&mut desk);
        return said_by(child);
    }
    let (stop, connector, worker) = (AtomicBool::new(false), desk.connector(), desk.worker());
    thread::scope(|scope| {
        let saver = scope.spawn(|| {
            let mut beside = connector.open(&worker).expect("a connection");
            save_while(&mut beside, article, || !stop.load(Ordering::Relaxed))
        });
        work(&mut desk);
        stop.store(true, Ordering::Relaxed);
        saver.join().expect("the saves")
    })
}

/// How long a save took: on the clock, and without the longest time that a thread of this program or of the one that started it was
/// ready and waited for a processor. A busy machine makes the first one late.
struct Save {
    clock: Duration,
    unqueued: Duration,
}

impl Save {
    fn time(save: impl FnOnce()) -> Self {
        let (queued, begun) = (queue(), Instant::now());
        save();
        let clock = begun.elapsed();
        let now = queue();
        let waited = now.iter().map(|(thread, now)| now.saturating_sub(*queued.get(thread).unwrap_or(now)));
        Self { clock, unqueued: clock.saturating_sub(waited.max().unwrap_or_default()) }
    }

    fn print(&self) {
        println!("{} {}", self.clock.as_micros(), self.unqueued.as_micros());
    }

    fn read(line: &str) -> Self {
        let mut all = line.split(' ').map(|n| Duration::from_micros(n.parse().expect("a number")));
        Self { clock: all.next().expect("a time"), unqueued: all.next().expect("a time") }
    }
}

/// How long each thread of this program and of the one that started it waited for a processor so far. Only Linux tells.
fn queue() -> HashMap<PathBuf, Duration> {
    let threads = |of: String| std::fs::read_dir(format!("/proc/{of}/task")).into_iter().flatten().flatten();
    let parent = std::os::unix::process::parent_id().to_string();
    let waited = threads(std::process::id().to_string()).chain(threads(parent)).filter_map(|thread| {
        let told = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        Some((thread.path(), Duration::from_nanos(told.split(' ').nth(1)?.parse().ok()?)))
    });
    waited.collect()
}

/// Saves until the other program closes the line to this one.
fn save_until_told(desk: &mut Desk, article: ArticleId) -> Vec<Save> {
    let told = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = std::io::stdin().read(&mut [0]);
            told.store(true, Ordering::Relaxed);
        });
        save_while(desk, article, || !told.load(Ordering::Relaxed))
    })
}

fn said_by(mut child: Child) -> Vec<Save> {
    drop(child.stdin.take());
    let said = child.wait_with_output().expect("what it printed").stdout;
    let said = String::from_utf8(said).expect("numbers");
    said.lines().map(Save::read).collect()
}

fn save_while(desk: &mut Desk, article: ArticleId, go_on: impl Fn() -> bool) -> Vec<Save> {
    // No text is saved twice.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let (first, mut took) = (since.as_secs() as usize % 1_000_000 * 100, Vec::new());
    while go_on() {
        let (n, begun) = (first + took.len(), Instant::now());
        took.push(Save::time(|| match n % 2 {
            0 => revise(desk, article, n),
            _ => drop(mark(desk, article, n)),
        }));
        thread::sleep(EVERY.saturating_sub(begun.elapsed()));
    }
    took
}

fn open(file: &Path) -> Desk {
    Desk::open_or_create(file, Box::new(SystemClock)).expect("a desk")
}

fn import(desk: &mut Desk, title: &str) -> ArticleId {
    let sentences: Vec<String> =
        (0..SENTENCES).map(|n| format!("Tower {n} of {title} has {} steps.", 1000 + n)).collect();
    let text = format!("# {title}\n\n{}\n", sentences.join("\n\n"));
    desk.import_article("a.md", text.as_bytes(), &text, Info::default()).expect("an article").value.article
}

/// Changes a number in a sentence, as the window asks for it: all in one transaction.
fn revise(desk: &mut Desk, article: ArticleId, n: usize) {
    desk.transact(Access::Write, |desk| {
        let text = desk.read(article, None)?.text.to_string();
        let (old, new) = (sentence(&text, n), format!(" has {} steps.", 2000 + n));
        let changed = text[old.start..old.end].split(" has ").next().unwrap_or_default().to_string() + &new;
        let text = format!("{}{changed}{}", &text[..old.start], &text[old.end..]);
        desk.revise(article, Typed { text, ..Typed::default() }).map(drop)
    })
    .expect("a save");
}

fn mark(desk: &mut Desk, article: ArticleId, n: usize) -> ClaimId {
    desk.transact(Access::Write, |desk| {
        let text = desk.read(article, None)?.text.to_string();
        let at = sentence(&text, n);
        let span = Span::at(at.start, at.end);
        desk.mark(article, None, &[span], Default::default()).map(|done| done.value)
    })
    .expect("a claim")
}

/// The place of a sentence.
fn sentence(text: &str, n: usize) -> Range<usize> {
    let line = text.lines().filter(|l| l.starts_with("Tower")).nth(n % SENTENCES).expect("a sentence");
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    start..start + line.len()
}

fn join(desk: &mut Desk, hub: &Memory, invite: &Invite) {
    desk.join_shared(invite, "bench", &mut |i, d| hub.line(i, d)).expect("a membership");
    sync(desk, hub);
}

fn one_round(desk: &mut Desk, hub: &Memory) {
    let mut line: Box<dyn Hub> = desk.connect(&mut |i, d| hub.line(i, d)).expect("a connection");
    let synced = desk.sync(&mut *line).expect("a round");
    assert_eq!((synced.why.map(|w| w.to_string()), synced.refused), (None, Vec::new()));
    println!("  a round received {} and sent {}", synced.received, synced.sent);
}

/// One round, or more until nothing waits to be sent.
fn sync(desk: &mut Desk, hub: &Memory) {
    let mut line: Box<dyn Hub> = desk.connect(&mut |i, d| hub.line(i, d)).expect("a connection");
    loop {
        let synced = desk.sync(&mut *line).expect("a round");
        assert_eq!((synced.why.map(|w| w.to_string()), synced.refused), (None, Vec::new()));
        if synced.waiting == 0 {
            return;
        }
    }
}

fn tell(what: &str, saves: &[Save]) {
    if saves.is_empty() {
        return println!("{what}: no saves");
    }
    println!("{what}: {} saves", saves.len());
    for (how, one) in
        [("on the clock", (|s| s.clock) as fn(&Save) -> Duration), ("without the queue", |s| s.unqueued)]
    {
        let mut sorted: Vec<Duration> = saves.iter().map(one).collect();
        sorted.sort();
        let at = |percent: usize| sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)];
        let late = sorted.iter().filter(|took| **took > LATE + at(50)).count();
        let [p50, p95, p99, max] = [50, 95, 99, 100].map(|p| at(p).as_secs_f64() * 1e3);
        println!(
            "    {how}: p50 {p50:.1} p95 {p95:.1} p99 {p99:.1} max {max:.1} ms; {late} more than 50 ms later than the middle"
        );
    }
}
