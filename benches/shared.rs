//! A whole desk's history on its way to a hub and to a new desk, and a hub while many desks wait beside it.
//! `TICKMARK_HUB=$(scripts/hub.sh url) cargo bench --bench shared` on a hub that is running. TICKMARK_ACTIONS is how many
//! actions the history has, 100,000 if it is not set; TICKMARK_IDLE how many desks wait, 200 if it is not set.
//!
//! It prints ratios to `INSERT … RETURNING` of rows of the same size, 100 at a time, in the same run.
#![allow(missing_docs)]

#[allow(dead_code)]
#[path = "../tests/it/hub/desk.rs"]
mod desk;

mod bare;

use bare::{Bare, at, per_second, tell};
use desk::{Device, Server};
use std::{
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tickmark::{
    desk::{Desk, SystemClock},
    hub::{Hub, Postgres, init},
    model::{Info, Role},
    text::Span,
};

/// The bytes of an action and its fact in the hub's tables, as the bench `hub` counts them.
const BYTES: usize = 750;
/// The claims of an article, each with a verdict.
const CLAIMS: usize = 49;
const PUSHES: usize = 100;

fn main() {
    let Some(server) = Server::running() else { return };
    let mut bare = Bare::on(&server, BYTES);
    whole_history(&server, &mut bare, number("TICKMARK_ACTIONS", 100_000));
    idle(&mut bare, number("TICKMARK_IDLE", 200));
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// A chief founds a shared desk with a long history, and somebody else joins it.
fn whole_history(server: &Server, bare: &mut Bare, actions: usize) {
    let folder = TempDir::new().expect("a folder");
    let open =
        |name: &str| Desk::open_or_create(&folder.path().join(name), Box::new(SystemClock)).expect("a desk");
    let mut chief = open("chief.desk");
    chief.work_as("Ada Long").expect("a person");
    let made = timed(|| (0..actions / (2 * CLAIMS + 1)).for_each(|n| write_article(&mut chief, n)));
    let invite = init(&server.url, &server.founding()).expect("a shared desk");
    join(&mut chief, &invite);
    let rows = bare.each(100, 200);
    let sent = timed(|| sync(&mut chief));
    let entries = chief.membership().expect("a membership").head;

    let mut hub = line(&chief);
    let guest = folder.path().join("invite");
    let invite = chief.invite(&mut *hub, ("Ben Short", Role::Checker), &guest, false).expect("an invite");
    let mut other = open("other.desk");
    join(&mut other, &invite);
    let pulled = timed(|| sync(&mut other));
    // Whoever joins also sends that they did.
    assert!(other.membership().expect("a membership").cursor >= entries);
    let checked = other.check_shared(&mut *line(&other)).expect("a check");
    assert_eq!(checked.faults, []);

    let bare_rate = per_second(&rows, 100);
    let rate = |took: Duration| entries as f64 / took.as_secs_f64();
    println!("{entries} entries, recorded here in {made:.1?}; bare {bare_rate:.0} rows/s");
    for (what, took) in [("sent to the hub", sent), ("first pull of a new desk, whole", pulled)] {
        println!(
            "{what}: {took:.1?}, {:.0} actions/s, {:.2} of bare rows",
            rate(took),
            rate(took) / bare_rate
        );
    }
}

/// An article with claims that all have a verdict.
fn write_article(desk: &mut Desk, n: usize) {
    let sentences: Vec<String> =
        (0..CLAIMS).map(|c| format!("Tower {c} of town {n} has {} steps.", 1000 + c)).collect();
    let text = format!("# Town {n}\n\n{}\n", sentences.join(" "));
    let article = desk
        .import_article("town.md", text.as_bytes(), &text, Info::default())
        .expect("an article")
        .value
        .article;
    for sentence in sentences {
        let start = text.find(&sentence).expect("the sentence");
        let span = Span::at(start, start + sentence.len());
        let claim = desk.mark(article, None, &[span], Default::default()).expect("a claim").value;
        desk.give_verdict((article, claim), "true", None, "Counted.").expect("a verdict");
    }
}

fn join(desk: &mut Desk, invite: &tickmark::hub::Invite) {
    desk.join_shared(invite, "bench", &mut |i, d| Ok(Box::new(Postgres::new(i.clone(), d)?)))
        .expect("a membership");
}

fn line(desk: &Desk) -> Box<dyn Hub> {
    desk.connect(&mut |i, d| Ok(Box::new(Postgres::new(i.clone(), d)?))).expect("a connection")
}

fn sync(desk: &mut Desk) {
    loop {
        let synced = desk.sync(&mut *line(desk)).expect("a round");
        assert!(synced.why.is_none(), "{synced:?}");
        if synced.waiting == 0 {
            return;
        }
    }
}

/// Pushes while many desks wait, each of which pulls what comes.
fn idle(bare: &mut Bare, desks: usize) {
    let Some(mut desk) = desk::Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    desk.chief.send(&imported);
    let alone = pushes(&mut desk.chief, article, &mpsc::channel().1, 0);
    let (arrived, arrivals) = mpsc::channel();
    for n in 0..desks {
        let (mut reader, arrived) = (desk.member(Role::Reader), arrived.clone());
        reader.pull();
        thread::spawn(move || wait_and_pull(&mut reader, n, &arrived));
    }
    // Everybody listens now.
    thread::sleep(Duration::from_secs(2));
    let rows = bare.each(1, PUSHES);
    let beside = pushes(&mut desk.chief, article, &arrivals, desks);
    tell("one action, nobody waits", &alone.0, &rows, 1);
    tell(&format!("one action, {desks} desks wait"), &beside.0, &rows, 1);
    tell(&format!("until all {desks} have pulled it"), &beside.1, &rows, 1);
    println!(
        "p99 of a push beside {desks} desks is {:.1} x that without",
        at(&beside.0, 99).as_secs_f64() / at(&alone.0, 99).as_secs_f64()
    );
}

/// How long each push took, and how long until all who wait had it.
fn pushes(
    chief: &mut Device,
    article: tickmark::model::ArticleId,
    arrivals: &Receiver<usize>,
    desks: usize,
) -> (Vec<Duration>, Vec<Duration>) {
    let (mut pushed, mut all) = (Vec::new(), Vec::new());
    for _ in 0..PUSHES {
        let entry = chief.mark(article);
        let begun = Instant::now();
        chief.send(&entry);
        pushed.push(begun.elapsed());
        (0..desks).for_each(|_| {
            assert!(arrivals.recv_timeout(Duration::from_secs(60)).expect("it arrives everywhere") < desks);
        });
        all.push(begun.elapsed());
    }
    (pushed, all)
}

/// As an open window does: waits half a second at a time, and asks every ten times.
fn wait_and_pull(reader: &mut Device, n: usize, arrived: &mpsc::Sender<usize>) {
    let mut turns = 0;
    loop {
        turns += 1;
        if reader.hub.wait(500).expect("it waits") {
            for _ in reader.pull() {
                if arrived.send(n).is_err() {
                    return;
                }
            }
        } else if turns % 10 == 0 {
            reader.hub.state().expect("a state");
        }
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}
