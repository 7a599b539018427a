//! A desk that several people share, each with a file of their own, on a hub in memory.

mod files;
mod hubs;
mod laws;
mod memory;

use crate::support::{Opened, StillClock};
use hubs::AnyHub;
use std::{path::PathBuf, rc::Rc};
use tempfile::TempDir;
use tickmark::{
    desk::{Desk, Joined, Page, SourceChange, StatusChange, SyncState, Synced, Typed},
    hub::{FORM, Hub, HubError, Invite},
    model::{ArticleId, ClaimId, DeviceId, Digest, Info, Policy, Role, Unwatched},
    text::Span,
};

const FERRY: &str =
    "# The ferry\n\nThe ferry takes 300 people. It sails at 9.\n\nThe crossing lasts two hours.\n";

/// One person's file and the hub it belongs to.
pub struct Device {
    pub desk: Desk,
    hub: AnyHub,
    folder: Rc<TempDir>,
}

impl Device {
    /// The chief's desk with one article, which founds a shared desk in memory.
    pub fn chief() -> Self {
        Self::chief_of(AnyHub::in_memory())
    }

    /// The chief's desk with one article, which founds the shared desk.
    pub fn chief_of((hub, invite): (AnyHub, Invite)) -> Self {
        let mut chief = Self::closed(&hub, 7);
        chief.desk.work_as("Ada Long").expect("a name");
        chief.desk.import_article("ferry.md", FERRY.as_bytes(), FERRY, Info::default()).expect("an article");
        chief.join(&invite);
        let synced = chief.sync();
        assert_eq!(synced.state, SyncState::UpToDate, "{synced:?}");
        let device = chief.desk.membership().expect("a membership").device;
        hub.chief_is(chief.desk.connection().expect("a connection"), device);
        chief
    }

    /// Somebody whom the chief invites, on an empty desk that has everything the hub has.
    pub fn invited(&self, name: &str, role: Role, seed: u64) -> Self {
        let mut device = Self::closed(&self.hub, seed);
        device.join(&self.hub.invited(name, role, None));
        device.sync();
        device
    }

    fn closed(hub: &AnyHub, seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("my.desk");
        let desk = Desk::open_or_create(&path, Box::new(StillClock::new(seed))).expect("a new desk");
        Self { desk, hub: hub.clone(), folder: Rc::new(folder) }
    }

    pub fn join(&mut self, invite: &Invite) -> Joined {
        let hub = self.hub.clone();
        self.desk.join_shared(invite, "laptop", &mut |i, d| hub.line(i, d)).expect("a membership")
    }

    pub fn line(&self) -> Box<dyn Hub> {
        self.desk.connect(&mut |i, d| self.hub.line(i, d)).expect("a connection")
    }

    pub fn sync(&mut self) -> Synced {
        let mut line = self.line();
        self.desk.sync(&mut *line).expect("a round")
    }

    /// Works on the desk as the tests of other laws do.
    pub fn opened<T>(self, article: ArticleId, work: impl FnOnce(&mut Opened) -> T) -> (Self, T) {
        let Self { desk, hub, folder } = self;
        let mut opened = Opened::around(desk, article, folder);
        let value = work(&mut opened);
        let (desk, folder) = opened.into_parts();
        (Self { desk, hub, folder }, value)
    }

    pub fn article(&self) -> ArticleId {
        self.desk.articles(&Page::whole()).expect("the articles")[0].article
    }

    pub fn text(&self) -> String {
        self.desk.read(self.article(), None).expect("the article").text.to_string()
    }

    pub fn revise(&mut self, from: &str, to: &str) {
        let text = self.text().replacen(from, to, 1);
        let typed = Typed { text, ..Typed::default() };
        self.desk.revise(self.article(), typed).expect("a revision");
    }

    pub fn mark(&mut self, quote: &str) -> ClaimId {
        let (text, article) = (self.text(), self.article());
        let at = text.find(quote).expect("the words");
        let span = Span::at(at, at + quote.len());
        self.desk.mark(article, None, &[span], Default::default()).expect("a claim").value
    }

    pub fn verdict(&mut self, claim: ClaimId, slug: &str) {
        let article = self.article();
        self.desk.give_verdict((article, claim), slug, None, "It is so.").expect("a verdict");
    }

    /// The unsigned bundle of an article, as bytes.
    pub fn bundle(&self, article: ArticleId) -> Vec<u8> {
        let path: PathBuf = self.folder.path().join("out.zip");
        let to = self.desk.target(&path, true).expect("a place");
        self.desk.export(article, &to, true).expect("a bundle");
        let found = tickmark::desk::verify(&path, &Unwatched).expect("a bag");
        assert!(found.valid, "{:?}", found.errors);
        std::fs::read(&path).expect("the bundle")
    }

    fn connect(&self) -> impl FnMut(&Invite, DeviceId) -> Result<Box<dyn Hub>, HubError> + use<> {
        let hub = self.hub.clone();
        move |invite, device| hub.line(invite, device)
    }

    /// The digest of the live facts, once the desk is compared with the hub.
    fn live(&self) -> Digest {
        let check = self.desk.check_shared(&mut *self.line()).expect("a check");
        assert_eq!((check.faults, check.cursor), (Vec::new(), check.head));
        check.live
    }
}

/// All desks have the same: bundles byte by byte, live facts, numbers; and each is sound.
pub fn same(devices: &[&Device]) {
    let first = devices[0];
    let articles = first.desk.articles(&Page::whole()).expect("the articles");
    for device in devices {
        assert_eq!(device.live(), first.live());
        let theirs = device.desk.articles(&Page::whole()).expect("the articles");
        let numbers = |rows: &[tickmark::desk::ArticleRow]| {
            rows.iter().map(|r| (r.article, r.number, r.revision_number, r.standings)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(&theirs), numbers(&articles));
        for row in &articles {
            assert!(device.bundle(row.article) == first.bundle(row.article), "other bundles");
        }
    }
}

#[test]
fn what_one_records_the_other_has_after_two_rounds() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    assert_eq!(ben.text(), FERRY);
    let claim = ben.mark("300 people");
    ben.verdict(claim, "true");
    assert_eq!(ben.sync().sent, 2);
    assert_eq!(ada.sync().received, 3, "Ben, the claim and the verdict");
    same(&[&ada, &ben]);
}

#[test]
fn changes_of_different_sentences_are_merged_and_of_one_sentence_stay_side_by_side() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    ada.revise("at 9", "at 10");
    ben.revise("two hours", "three hours");
    ada.sync();
    let synced = ben.sync();
    assert_eq!((synced.state, synced.versions.len()), (SyncState::UpToDate, 0));
    ada.sync();
    assert!(ada.text().contains("at 10") && ada.text().contains("three hours"), "{}", ada.text());
    same(&[&ada, &ben]);

    ada.revise("300", "310");
    ben.revise("300", "320");
    ada.sync();
    assert_eq!(ben.sync().versions, [ben.article()]);
    ada.sync();
    let versions = ada.desk.versions(ada.article()).unwrap();
    let [other, newest] = versions[..] else { panic!("{versions:?}") };
    same(&[&ada, &ben]);

    // A window may show the other one as the newest: the hub's order came later.
    assert!(ada.desk.propose_version(ada.article(), other).is_ok());
    for no_other in [newest, ada.desk.read(ada.article(), None).unwrap().state.revisions[0].id] {
        let refused = ada.desk.merge_version(ada.article(), no_other, newest, |_| None).unwrap_err();
        assert!(refused.to_string().contains("is not another version"), "{refused}");
    }
}

#[test]
fn a_closed_desk_is_read_and_left_and_sends_once_it_is_open_again() {
    closed_and_open(Device::chief());
}

#[test]
fn a_real_desk_that_is_closed_is_read_and_left_and_sends_once_it_is_open_again() {
    if let Some(hub) = AnyHub::real() {
        closed_and_open(Device::chief_of(hub));
    }
}

fn closed_and_open(mut ada: Device) {
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    ben.mark("300 people");
    ben.sync();
    ada.hub.close();
    let synced = ada.sync();
    assert_eq!((synced.state, synced.received, synced.why), (SyncState::Closed, 2, None));
    ada.mark("two hours");
    let synced = ada.sync();
    assert_eq!((synced.state, synced.waiting, synced.refused.len()), (SyncState::Closed, 1, 0));
    assert_eq!(ada.desk.shared_status().unwrap().unwrap().state, SyncState::Closed);

    ada.hub.open_again();
    assert_eq!(ada.sync().state, SyncState::UpToDate);
    ben.sync();
    same(&[&ada, &ben]);
    let leave = |device: &mut Device| {
        let line = device.line();
        device.desk.leave_shared(Some(line), false)
    };
    assert!(leave(&mut ada).is_err(), "she is the only chief");
    ada.hub.close();
    leave(&mut ada).expect("nobody needs a chief any more");
    assert_eq!(ada.desk.check().unwrap().faults, []);
}

/// Exports the article, and returns what could not be recorded of it.
fn out(device: &Device) -> Option<String> {
    let to = device.desk.target(&device.folder.path().join("out.zip"), true).expect("a place");
    let told = device.desk.export(device.article(), &to, true).expect("a bundle");
    told.map(|m| m.code().to_owned())
}

/// A chief's desk whose requirements every article meets.
fn lenient(mut ada: Device) -> Device {
    let policy = Policy { evidence: false, queries: false, coverage: 0, context: false, ..Policy::default() };
    ada.desk.set_policy(policy).expect("the requirements");
    ada.sync();
    ada
}

#[test]
fn what_went_out_verified_is_told_to_colleagues() {
    told_to_colleagues(lenient(Device::chief()));
}

#[test]
fn what_went_out_verified_is_told_to_colleagues_on_a_real_hub() {
    if let Some(hub) = AnyHub::real() {
        told_to_colleagues(lenient(Device::chief_of(hub)));
    }
}

fn told_to_colleagues(mut ada: Device) {
    let mut ben = ada.invited("Ben Short", Role::Checker, 1_001);
    let mut cleo = ada.invited("Cleo Wide", Role::Reporter, 2_001);
    let mut rae = ada.invited("Rae Read", Role::Reader, 3_001);
    let went_out = |device: &Device| device.desk.went_out(device.article()).unwrap();
    for device in [&mut cleo, &mut rae] {
        let before = device.desk.seq().unwrap();
        assert_eq!((out(device), device.desk.seq().unwrap()), (None, before), "nothing is recorded");
    }
    assert_eq!(out(&ben), None);
    assert_eq!(ben.sync().sent, 1);
    for device in [&mut ada, &mut cleo, &mut rae] {
        device.sync();
        assert_eq!(went_out(device), went_out(&ben));
    }
    assert!(went_out(&ada).is_some());

    // Corrections begin where a colleague's export ended.
    ada.revise("at 9", "at 10");
    let (told, _) = ada.desk.corrections(ada.article(), None).expect("the corrections");
    assert_eq!(Some(told.since), went_out(&ada).map(|out| out.published.last));
    ada.sync();
    for device in [&mut ben, &mut cleo, &mut rae] {
        device.sync();
    }
    same(&[&ada, &ben, &cleo]);
}

#[test]
fn a_hub_of_an_older_form_is_not_sent_what_it_does_not_know() {
    let (hub, invite) = AnyHub::in_memory();
    hub.is_of_form(1);
    let mut ada = lenient(Device::chief_of((hub.clone(), invite)));
    let before = ada.desk.seq().unwrap();
    assert_eq!((out(&ada), ada.desk.seq().unwrap()), (None, before));
    hub.is_of_form(FORM);
    ada.sync();
    out(&ada);
    assert_eq!((ada.desk.seq().unwrap(), ada.sync().sent), (before + 1, 1));
}

/// A round can break off at any call. What it had received is settled by the next one, also if that receives nothing more.
#[test]
fn what_a_broken_round_received_is_settled_by_the_next_one() {
    for calls in 0..14 {
        let mut ada = Device::chief();
        let mut ben = ada.invited("Ben Short", Role::Checker, 11);
        let claim = ada.mark("two hours");
        ada.sync();
        ben.sync();
        ben.verdict(claim, "true");
        ben.sync();
        ada.desk.undo(None).expect("an undo that nobody is known to mind");
        ada.sync();
        ben.hub.cut_after(calls, 9);
        ben.sync();
        ben.hub.cut(0);
        ben.sync();
        let reading = ben.desk.read(ben.article(), None).unwrap();
        assert!(reading.state.live_claims().any(|c| c.id == claim), "cut after {calls} calls");
        ada.sync();
        same(&[&ada, &ben]);
    }
}

#[test]
fn a_verdict_stands_only_on_the_words_its_giver_saw() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    let claim = ada.mark("It sails at 9.");
    ada.sync();
    ben.sync();
    ada.revise("at 9", "at 10");
    ben.verdict(claim, "true");
    ada.sync();
    ben.sync();
    ada.sync();
    same(&[&ada, &ben]);
    let reading = ada.desk.read(ada.article(), None).unwrap();
    let standing = ada.desk.standings(&reading).of(reading.state.claim(claim).unwrap()).standing;
    assert_eq!(standing.as_str(), "stale");
}

#[test]
fn nobody_undoes_what_somebody_else_built_on() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    let claim = ada.mark("300 people");
    ada.sync();
    ben.sync();
    ben.verdict(claim, "true");
    ben.sync();
    ada.sync();
    let why = ada.desk.undo(None).unwrap_err().to_string();
    assert!(why.contains("Ben Short"), "{why}");

    // Not known yet: the undo goes through here, and the desk of the one who built on it takes it back.
    let second = ada.mark("two hours");
    ada.sync();
    ben.sync();
    ben.verdict(second, "true");
    ada.desk.undo(None).expect("an undo that nobody is known to mind");
    for device in [&mut ada, &mut ben] {
        device.sync();
    }
    ada.sync();
    same(&[&ada, &ben]);
    let reading = ada.desk.read(ada.article(), None).unwrap();
    assert_eq!(reading.state.live_claims().count(), 2, "the verdict keeps its claim");
    assert_eq!(reading.state.claim(second).unwrap().verdicts.len(), 1);

    // Others went on from what the desk took back. Their work stays when the verdict goes.
    let third = ada.mark("sails at 9");
    ada.sync();
    ben.sync();
    ben.desk.undo(None).expect("his own verdict");
    ben.sync();
    ada.sync();
    same(&[&ada, &ben]);
    let reading = ben.desk.read(ben.article(), None).unwrap();
    assert!(reading.state.claim(third).is_some() && reading.state.claim(second).is_some());
    assert_eq!(reading.state.claim(second).unwrap().verdicts.len(), 0);
}

#[test]
fn a_role_is_refused_here_with_the_reason_before_anything_is_recorded() {
    let mut ada = Device::chief();
    let claim = ada.mark("300 people");
    ada.sync();
    let mut ben = ada.invited("Ben Short", Role::Reporter, 11);
    let before = ben.desk.seq().unwrap();
    let article = ben.article();
    let why = ben.desk.give_verdict((article, claim), "true", None, "So.").unwrap_err().to_string();
    assert!(why.contains("reporter"), "{why}");
    assert_eq!(ben.desk.seq().unwrap(), before);
    ben.mark("two hours");
    assert_eq!(ben.sync().state, SyncState::UpToDate);
    ada.sync();
    same(&[&ada, &ben]);
}

#[test]
fn a_reader_gets_withheld_sources_closed_and_records_nothing() {
    let mut ada = Device::chief();
    let change = SourceChange { title: "A secret source".into(), withhold: true, ..SourceChange::default() };
    ada.desk.add_source(change, &[]).expect("a source");
    ada.sync();
    let mut reader = ada.invited("Rae Read", Role::Reader, 11);
    assert_eq!(reader.desk.sources(&Page::whole()).unwrap().len(), 0);
    assert_eq!(reader.desk.articles(&Page::whole()).unwrap().len(), 1);
    let (text, article) = (reader.text(), reader.article());
    let typed = Typed { text: format!("{text}More.\n"), ..Typed::default() };
    assert!(reader.desk.revise(article, typed).is_err());
    assert_eq!(reader.sync().state, SyncState::UpToDate);
    assert_eq!(reader.desk.check().unwrap().faults, []);
}

#[test]
fn a_changed_entry_is_taken_by_nobody() {
    let (hub, invite) = AnyHub::in_memory();
    let mut ada = Device::chief_of((hub.clone(), invite));
    ada.mark("300 people");
    ada.sync();
    hub.tamper(|entry| entry.signature[0] ^= 1);
    let ben = ada.invited("Ben Short", Role::Checker, 11);
    let skipped = ben.desk.skipped().unwrap();
    assert_eq!(skipped.iter().map(|s| s.why.code()).collect::<Vec<_>>(), ["skip_signature"]);
    assert_eq!(ben.desk.read(ben.article(), None).unwrap().state.live_claims().count(), 0);
}

#[test]
fn one_person_works_in_a_member_s_file_and_a_used_desk_joins_none() {
    let mut ada = Device::chief();
    ada.desk.work_as("Somebody Else").expect("a name");
    let article = ada.article();
    let why = ada.desk.archive(article, true).unwrap_err().to_string();
    assert!(why.contains("Ada Long"), "{why}");
    let used = Opened::with("A text.\n");
    let (mut desk, _folder) = used.into_parts();
    let (hub, _) = AnyHub::in_memory();
    let invite = hub.invited("Cleo Wide", Role::Checker, None);
    let why = desk.join_shared(&invite, "laptop", &mut |i, d| hub.line(i, d)).unwrap_err().to_string();
    assert!(why.contains("new one"), "{why}");
    assert!(desk.shared_with().unwrap().is_none());
}

#[test]
fn who_leaves_keeps_everything_and_works_alone() {
    let ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Reporter, 11);
    ben.desk.leave_shared(None, false).expect("an end");
    let claim = ben.mark("300 people");
    ben.verdict(claim, "true");
    assert_eq!(ben.desk.check().unwrap().faults, []);
    assert!(ben.desk.shared_status().unwrap().is_none());
}

#[test]
fn what_was_refused_is_set_aside_and_later_work_goes_out() {
    let mut ada = Device::chief();
    let claim = ada.mark("300 people");
    ada.sync();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    ben.verdict(claim, "true");
    ben.revise("two hours", "three hours");
    ada.hub.set_role("Ben Short", Role::Reporter);
    let synced = ben.sync();
    assert_eq!((synced.state, synced.refused.len()), (SyncState::Refused, 1), "{synced:?}");

    assert_eq!(ben.desk.set_refused_aside().expect("something was refused"), 2);
    assert!(ben.text().contains("two hours"), "what follows a refused action is aside too");
    let draft = ben.desk.draft(ben.article()).unwrap().expect("the typed words");
    assert!(draft.text.contains("three hours"));
    ben.mark("two hours");
    let synced = ben.sync();
    assert_eq!((synced.state, synced.sent), (SyncState::UpToDate, 1), "{synced:?}");
    ada.sync();
    same(&[&ada, &ben]);
}

#[test]
fn a_desk_that_left_founds_another_shared_desk_with_all_it_has() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    let claim = ben.mark("300 people");
    ben.verdict(claim, "true");
    ben.sync();
    ada.sync();
    let before = ada.bundle(ada.article());
    ada.desk.leave_shared(None, false).expect("an end");
    let (hub, invite) = AnyHub::in_memory();
    ada.hub = hub;
    ada.join(&invite);
    assert_eq!(ada.sync().state, SyncState::UpToDate);
    assert!(ada.bundle(ada.article()) == before, "the order stays");
    let cleo = ada.invited("Cleo Wide", Role::Checker, 13);
    ada.sync();
    same(&[&ada, &cleo]);
    assert!(cleo.desk.skipped().unwrap().is_empty());
}

#[test]
fn what_concerns_somebody_is_news_until_it_is_seen() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    assert!(ben.desk.news().unwrap().is_empty(), "what was there before is no news");
    ada.sync();
    let claim = ada.mark("at 9");
    ada.verdict(claim, "true");
    ada.sync();
    ben.sync();
    let (article, me) = (ada.article(), ada.desk.membership().unwrap().person);
    ben.verdict(claim, "false");
    ben.desk.assign(article, claim, Some(me)).expect("an assignment");
    ben.desk.ask(article, None, Some("Ada Long".into()), "Is it so?").expect("a query");
    ben.sync();
    ada.sync();
    let kinds = |d: &Device| d.desk.news().unwrap().iter().map(|n| n.kind.to_string()).collect::<Vec<_>>();
    assert_eq!(kinds(&ada), ["asked", "claim-assigned", "disputed"]);
    assert!(kinds(&ben).is_empty(), "own work is no news");
    ada.desk.news_are_seen().unwrap();
    assert!(kinds(&ada).is_empty());

    let second = ada.mark("two hours");
    ada.verdict(second, "true");
    ada.sync();
    ben.sync();
    ben.revise("two hours", "three hours");
    ben.sync();
    ada.sync();
    assert_eq!(kinds(&ada), ["stale"]);
}

#[test]
fn what_somebody_has_open_is_handed_over_in_one_step() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    ada.sync();
    let (article, claim) = (ada.article(), ada.mark("300 people"));
    let [from, to] = [&ben, &ada].map(|d| d.desk.membership().unwrap().person);
    ada.desk.assign(article, claim, Some(from)).expect("an assignment");
    let status = StatusChange { assignee: Some(Some(from)), ..StatusChange::default() };
    ada.desk.set_status(article, status).expect("a status");
    let done = ada.desk.hand_over(from, to).expect("something is assigned");
    assert_eq!((done.claims, done.articles), (1, 1));
    assert_eq!(ada.desk.status(article).unwrap().assignee, Some(to));
    assert!(ada.desk.hand_over(from, to).is_err());
    ada.sync();
    ben.sync();
    same(&[&ada, &ben]);
    ada.desk.undo(None).expect("one undo");
    assert_eq!(ada.desk.status(article).unwrap().assignee, Some(from));
    ada.sync();
    ben.sync();
    same(&[&ada, &ben]);
}

#[test]
fn a_claim_marked_while_somebody_else_saves_keeps_its_place() {
    for order in [[0, 1], [1, 0]] {
        let ada = Device::chief();
        let ben = ada.invited("Ben Short", Role::Checker, 11);
        let mut devices = [ada, ben];
        devices[0].sync();
        devices[0].revise("two hours", "three hours");
        let claim = devices[1].mark("300 people");
        for at in order.into_iter().chain(order).chain(order) {
            devices[at].sync();
        }
        same(&[&devices[0], &devices[1]]);
        for device in &devices {
            let reading = device.desk.read(device.article(), None).unwrap();
            let anchor = reading.state.anchor(reading.revision.id, claim).expect("a place");
            assert_eq!(anchor.spans[0].of(&reading.text), Some("300 people"));
        }
    }
}

#[test]
fn a_suggestion_made_while_somebody_else_saves_keeps_its_place() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    ada.sync();
    ada.revise("two hours", "three hours");
    let (article, text) = (ben.article(), ben.text());
    let at = text.find("300").unwrap();
    ben.desk.suggest(article, None, Span::at(at, at + 3), "330").expect("a suggestion");
    for _ in 0..3 {
        ada.sync();
        ben.sync();
    }
    same(&[&ada, &ben]);
    let reading = ada.desk.read(article, None).unwrap();
    let waiting = reading.state.waiting(reading.revision.id);
    let suggestion = reading.state.suggestions[0].id;
    let span = waiting.places_of(suggestion).next().expect("a place").1;
    assert_eq!(span.of(&reading.text), Some("300"));
}

#[test]
fn two_programs_that_sync_one_desk_at_once_lose_no_place() {
    let mut ada = Device::chief();
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    for words in ["300 people", "at 9", "two hours"] {
        ada.mark(words);
    }
    ada.sync();
    let (hub, path) = (ben.hub.clone(), ben.desk.path().to_owned());
    ben.hub.meanwhile(move || {
        let mut beside = Desk::open(&path, Box::new(StillClock::new(77))).expect("the desk again");
        let mut line = beside.connect(&mut |i, d| hub.line(i, d)).expect("a connection");
        assert_eq!(beside.sync(&mut *line).expect("a round").received, 3);
    });
    let synced = ben.sync();
    assert_eq!((synced.state, synced.received), (SyncState::UpToDate, 0), "{synced:?}");
    same(&[&ada, &ben]);
}

#[test]
fn joining_goes_on_where_the_program_was_stopped() {
    let ada = Device::chief();
    let ben = ada.invited("Ben Short", Role::Checker, 11);
    let folder = ben.folder.path().join("my.desk.hub");
    for (now, before) in [("connection", "joining"), ("device", "joining-device")] {
        std::fs::rename(folder.join(now), folder.join(before)).expect("as before the last step");
    }
    let mut ben = ben;
    ben.mark("300 people");
    assert_eq!(ben.sync().state, SyncState::UpToDate);
}
