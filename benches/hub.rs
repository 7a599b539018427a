//! A hub beside the bare database under it: actions pushed by one desk and by four, and how long one takes from a push to the
//! pull on another connection. `TICKMARK_HUB=$(scripts/hub.sh url) cargo bench --bench hub` on a hub that is running.
//!
//! It prints ratios to `INSERT … RETURNING` of rows of the same size in the same run: one row in a transaction beside one
//! action in a push, and 100 beside 100.
#![allow(missing_docs)]

#[allow(dead_code)]
#[path = "../tests/it/hub/desk.rs"]
mod desk;

mod bare;

use bare::{Bare, per_second, tell};
use desk::{Desk, Device};
use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};
use tickmark::{
    hub::Hub,
    model::{ActionId, ArticleId, Role, SharedEntry},
};

const ONES: usize = 300;
const BATCH: usize = 100;
const BATCHES: usize = 20;
const DESKS: usize = 4;

fn main() {
    let Some(desk) = Desk::open() else { return };
    let bytes = size_of_action(&desk.chief);
    println!("{bytes} bytes an action; each figure beside the bare database in the same run");
    let mut bare = Bare::on(&desk.server, bytes);
    let mut desks: Vec<Device> = (1..DESKS).map(|_| Desk::open().expect("a desk").chief).collect();
    desks.push(desk.chief);
    let articles: Vec<ArticleId> = desks.iter_mut().map(with_article).collect();

    let mut one = desks.pop().expect("a desk");
    let singles = bare.each(1, ONES);
    let pushed = pushes(&mut one, articles[DESKS - 1], 1, ONES);
    tell("one action at a time", &pushed, &singles, 1);
    let rows = bare.each(BATCH, BATCHES);
    let pushed = pushes(&mut one, articles[DESKS - 1], BATCH, BATCHES);
    tell("one desk, 100 at a time", &pushed, &rows, BATCH);
    desks.push(one);
    at_once(&mut bare, desks, &articles);

    let mut desk = Desk::open().expect("a desk");
    let article = with_article(&mut desk.chief);
    let rows = bare.each(BATCH, BATCHES);
    pushes(&mut desk.chief, article, BATCH, 4 * BATCHES);
    let mut reader = desk.member(Role::Reader);
    let begun = Instant::now();
    let pulled = reader.pull().len() as f64 / begun.elapsed().as_secs_f64();
    println!(
        "first pull: {pulled:.0} actions/s, {:.2} of bare rows inserted",
        pulled / per_second(&rows, BATCH)
    );
    latency(desk.chief, reader, &singles);
}

fn with_article(device: &mut Device) -> ArticleId {
    let (article, imported) = device.article();
    device.send(&imported);
    article
}

/// The bytes that an action and its fact have in the tables.
fn size_of_action(device: &Device) -> usize {
    let (article, _) = device.article();
    let entry = device.mark(article);
    let fact = &entry.facts[0];
    let body = fact.fact().expect("it is open").canonical(fact.id, &fact.replaces);
    entry.action.canonical().len() + body.len() + 32 * 4 + 64 + 16 * 6
}

/// How long each push of `batch` new actions took.
fn pushes(device: &mut Device, article: ArticleId, batch: usize, times: usize) -> Vec<Duration> {
    let made: Vec<Vec<SharedEntry>> =
        (0..times).map(|_| (0..batch).map(|_| device.mark(article)).collect()).collect();
    made.iter().map(|entries| timed(|| drop(device.push(entries).expect("taken")))).collect()
}

fn at_once(bare: &mut Bare, desks: Vec<Device>, articles: &[ArticleId]) {
    let rows = bare.each(BATCH, BATCHES);
    let begun = Instant::now();
    let sending: Vec<_> = desks
        .into_iter()
        .zip(articles.to_vec())
        .map(|(mut device, article)| thread::spawn(move || pushes(&mut device, article, BATCH, BATCHES)))
        .collect();
    sending.into_iter().for_each(|s| drop(s.join().expect("it sends")));
    let rate = (DESKS * BATCH * BATCHES) as f64 / begun.elapsed().as_secs_f64();
    let bare_rate = per_second(&rows, BATCH);
    println!(
        "four desks, 100 at a time: {rate:.0} actions/s, {:.3} of {bare_rate:.0} bare rows/s",
        rate / bare_rate
    );
}

/// From before a push on one connection until another one, which waits, has pulled it.
fn latency(mut chief: Device, mut reader: Device, singles: &[Duration]) {
    let article = with_article(&mut chief);
    reader.pull();
    let (arrived, arrivals) = mpsc::channel::<(ActionId, Instant)>();
    thread::spawn(move || {
        loop {
            if reader.hub.wait(5000).expect("it waits") {
                for accepted in reader.pull() {
                    if arrived.send((accepted.entry.action.id, Instant::now())).is_err() {
                        return;
                    }
                }
            }
        }
    });
    let mut took = Vec::new();
    for _ in 0..ONES {
        let entry = chief.mark(article);
        let begun = Instant::now();
        chief.send(&entry);
        let (id, at) = arrivals.recv().expect("it arrives");
        assert_eq!(id, entry.action.id);
        took.push(at - begun);
    }
    tell("from a push to the pull elsewhere", &took, singles, 1);
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}
