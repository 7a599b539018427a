//! Every pair of commands, with one finished in the middle of the other. A read sees one state from beginning to end. Two
//! writes have the same result as one after the other. `TICKMARK_LONG=1` tries every pair of writes.

use crate::support::{
    StillClock,
    window::{Furnished, Window},
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};
use tickmark::{
    desk::{Access, Clock, Desk},
    model::Moment,
    wire::{COMMANDS, Session},
};

/// Commands that only read the desk.
const READS: &[&str] = &[
    "desk.overview",
    "desk.since",
    "desk.search",
    "scale.list",
    "import.preview",
    "article.list",
    "article.tags",
    "article.open",
    "article.log",
    "picture.list",
    "article.then",
    "article.timeline",
    "article.blame",
    "article.coverage",
    "article.corrections",
    "form.list",
    "merge.propose",
    "returned.look",
    "revision.list",
    "revision.compare",
    "claim.show",
    "claim.candidates",
    "source.list",
    "source.offered",
    "source.show",
    "policy.show",
    "query.list",
    "suggestion.list",
    "suggestion.effects",
    "export.preview",
    "export.formats",
    "export.text",
    "key.waits",
    "hub.status",
    "desk.news",
    "context.list",
    "article.versions",
    "contact.list",
];

/// Commands that are tested elsewhere: they do not change the desk but work on files, keys or jobs, or need another article
/// or a shared desk.
const BESIDE: &[&str] = &[
    "desk.check",
    "desk.backup",
    "export.write",
    "export.as",
    "verify",
    "source.disclose",
    "source.takeOffered",
    "snapshot.write",
    "snapshot.text",
    "picture.show",
    "key.show",
    "key.unlock",
    "key.passphrase",
    "key.write",
    "key.read",
    "job.cancel",
    "hub.join",
    "hub.bring",
    "hub.sync",
    "hub.setAside",
    "hub.leave",
    "hub.fetchFiles",
    "hub.members",
    "hub.invite",
    "hub.role",
    "hub.remove",
    "hub.revoke",
    "hub.here",
    "hub.size",
    "hub.handOver",
    "desk.newsSeen",
    "context.seen",
    "version.propose",
    "version.merge",
];

fn writes() -> Vec<&'static str> {
    COMMANDS.iter().copied().filter(|name| !READS.contains(name) && !BESIDE.contains(name)).collect()
}

#[test]
fn a_read_sees_one_state_during_any_write() {
    for write in writes() {
        let desk = Furnished::new();
        let window = Window::on(&desk.desk());
        let before: Vec<Value> = READS.iter().map(|name| window.ask(name, desk.request(name))).collect();
        let reader = desk.beside(41);
        reader.begin(Access::Read).unwrap();
        let reader = Session::over(reader);
        let written = window.session().call(write, desk.request(write));
        assert!(written.is_ok(), "{write}: {written:?}");
        for (name, before) in READS.iter().zip(before) {
            let seen = reader.call(name, desk.request(name)).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            assert_eq!(seen, before, "{name} in the middle of which {write} was done");
        }
    }
}

/// Work that is done once, on another thread.
type Work = Box<dyn FnOnce() + Send>;

/// A clock that starts other work when it is first read, that is, in the middle of a command.
struct Meanwhile {
    clock: StillClock,
    begin: Arc<Mutex<Option<Work>>>,
}

impl Clock for Meanwhile {
    fn now(&self) -> Moment {
        let begin = self.begin.lock().unwrap().take();
        if let Some(begin) = begin {
            begin();
        }
        self.clock.now()
    }

    fn random(&self, bytes: &mut [u8]) {
        self.clock.random(bytes)
    }
}

/// How two commands of two programs end: `ok`, or an error code.
type Ends = [String; 2];

fn end(session: &Session, desk: &Furnished, name: &str) -> String {
    session.call(name, desk.request(name)).map_or_else(|e| e.code.to_string(), |_| "ok".into())
}

/// Two commands, one after the other.
fn in_turn(first: &str, second: &str) -> Ends {
    let desk = Furnished::new();
    [(first, 43), (second, 47)].map(|(name, seed)| end(&Session::over(desk.beside(seed)), &desk, name))
}

/// Two commands, the second started in the middle of the first; and the faults of the desk afterwards.
fn at_once(first: &str, second: &'static str) -> (Ends, Value) {
    let desk = Arc::new(Furnished::new());
    let begin: Arc<Mutex<Option<Work>>> = Arc::default();
    let clock = Box::new(Meanwhile { clock: StillClock::new(43), begin: Arc::clone(&begin) });
    let mut one = Desk::open(&desk.desk(), clock).unwrap();
    one.work_as("Ada Long").unwrap();
    let (one, other) = (Session::over(one), Session::over(desk.beside(47)));
    let (begun, with) = (Arc::new(Mutex::new(None::<JoinHandle<String>>)), Arc::clone(&desk));
    let other = Arc::new(other);
    let (kept, there) = (Arc::clone(&begun), Arc::clone(&other));
    *begin.lock().unwrap() = Some(Box::new(move || {
        *kept.lock().unwrap() = Some(thread::spawn(move || end(&there, &with, second)));
        // Time to reach the point where it must wait.
        thread::sleep(Duration::from_millis(5));
    }));
    let first = end(&one, &desk, first);
    let ended = begun.lock().unwrap().take();
    let second = match ended {
        Some(chain) => chain.join().expect("the second command ends"),
        None => end(&other, &desk, second),
    };
    let found = one.call("desk.check", json!({})).unwrap();
    ([first, second], found["faults"].clone())
}

#[test]
fn two_writes_at_once_have_the_result_of_one_after_the_other() {
    let (all, mut wrong) = (writes(), Vec::new());
    let partners = if std::env::var_os("TICKMARK_LONG").is_some() { all.len() } else { 1 };
    for (at, first) in all.iter().enumerate() {
        for step in 0..partners {
            // Partners are spread over the list, so that each is tried.
            let second = all[(at * 7 + 3 + step) % all.len()];
            let (ends, faults) = at_once(first, second);
            let mut turned = in_turn(second, first);
            turned.reverse();
            let fair = ends == in_turn(first, second) || ends == turned;
            if !fair || faults != json!([]) {
                wrong.push(format!("{first} and {second}: {ends:?}, {faults}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
