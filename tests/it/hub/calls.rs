//! Every call of a hub, as desks use it.

use super::desk::{Desk, numbers, readable};
use tickmark::{
    hub::{Hub, HubStanding, Leased, hosted_desks},
    model::{
        ActionKind, Digest, FactId, GivenNumber, NumberKind, Recorded, Role, SharedEntry, State, UNROLLED,
        rolled,
    },
};
use uuid::Uuid;

#[test]
fn what_one_device_pushes_another_one_pulls() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reporter);
    let (article, imported) = desk.chief.article();
    let marked = desk.chief.mark(article);
    let saved = ben.revise(article, "The bridge at Karsk");
    desk.chief.push(&[imported.clone(), marked.clone()]).expect("both are taken");
    ben.pull();
    ben.send(&saved);
    let mut cleo = desk.member(Role::Reader);
    let pulled = cleo.pull();
    assert_eq!(pulled.iter().map(|a| a.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(pulled[0].login, desk.chief.invite.login);
    assert_eq!(pulled[2].login, ben.invite.login);
    let mut rolling = UNROLLED;
    for (accepted, sent) in pulled.iter().zip([&imported, &marked, &saved]) {
        rolling = rolled(&rolling, &sent.action.digest());
        assert_eq!((accepted.rolling, &accepted.entry.action), (rolling, &sent.action));
        assert_eq!(accepted.entry.facts, sent.facts);
        assert_eq!(accepted.entry.signature, sent.signature);
        assert_eq!(numbers(accepted), [1]);
        assert_eq!(cleo.hub.proof(accepted.seq).expect("a proof"), Some(rolling));
    }
    let state = cleo.hub.state().expect("a state");
    assert_eq!((state.head, state.rolling, state.standing), (3, rolling, HubStanding::Open));
    assert_eq!((state.role, state.person), (Role::Reader, Some(cleo.person)));
    assert_eq!((cleo.hub.proof(0).unwrap(), cleo.hub.proof(4).unwrap()), (Some(UNROLLED), None));
}

#[test]
fn leased_numbers_are_kept_and_all_others_follow() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reporter);
    let first = ben.hub.lease(Leased::Claim, 200).expect("numbers");
    assert_eq!((first, desk.chief.hub.lease(Leased::Claim, 200).expect("numbers")), (1, 201));
    let (article, imported) = ben.article();
    ben.send(&imported);
    for (wanted, given) in [(17, 17), (17, 401), (250, 402), (0, 403)] {
        let mut marked = ben.mark(article);
        let (_, entity) = marked.facts[0].fact().unwrap().numbered().unwrap();
        marked.numbers = vec![GivenNumber { kind: NumberKind::Claim, number: wanted, entity }];
        ben.send(&marked);
        assert_eq!(numbers(ben.pull().last().unwrap()), [given], "wanted {wanted}");
    }
}

#[test]
fn an_undone_action_stays_and_its_undo_follows() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    let marked = desk.chief.mark(article);
    desk.chief.push(&[imported, marked.clone()]).expect("both are taken");
    desk.chief.send(&desk.chief.about(ActionKind::Undo, &marked));
    desk.chief.send(&desk.chief.about(ActionKind::Redo, &marked));
    assert_eq!(desk.chief.pull().len(), 4);
}

#[test]
fn what_an_entry_is_stored_with_comes_back() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, mut imported) = desk.chief.article();
    let mut follower = desk.chief.mark(article);
    follower.with = Some(imported.action.id);
    follower.secret = vec![follower.facts[0].id];
    imported.brings = vec![follower.action.id];
    follower.facts.push(closed(&follower));
    let sent = [desk.chief.signed(imported), desk.chief.signed(follower)];
    desk.chief.push(&sent).expect("both are taken");
    let pulled = desk.chief.pull();
    assert_eq!(pulled[0].entry.brings, sent[0].brings);
    assert_eq!((pulled[1].entry.with, &pulled[1].entry.secret), (sent[1].with, &sent[1].secret));
    assert_eq!(pulled[1].entry.facts, sent[1].facts);
    let mut reader = desk.member(Role::Reader);
    assert_eq!(readable(&reader.pull()[1]), [false, false], "readers get secret facts closed");
}

/// A fact whose content stays at the sender, and which replaces another one.
fn closed(of: &SharedEntry) -> Recorded {
    let (id, action, replaces) = (FactId(Uuid::now_v7()), of.action.id, vec![of.facts[0].id]);
    Recorded { id, action, replaces, digest: Digest::of(b"closed"), state: State::Closed }
}

#[test]
fn a_device_is_woken_by_others_and_not_by_itself() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reporter);
    assert_eq!(ben.hub.wait(1), Ok(true), "the first time there may be something");
    assert_eq!(ben.hub.wait(1), Ok(false));
    let (article, imported) = ben.article();
    ben.send(&imported);
    assert_eq!(ben.hub.wait(200), Ok(false));
    desk.chief.send(&desk.chief.mark(article));
    assert_eq!(ben.hub.wait(5000), Ok(true));
}

#[test]
fn who_is_in_an_article_is_told_to_the_others() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reader);
    let (article, _) = ben.article();
    assert_eq!(ben.hub.here(Some(article)), Ok(vec![]));
    let others = desk.chief.hub.here(None).expect("who is here");
    assert_eq!((others[0].article, others[0].person), (article, Some(ben.person)));
    ben.hub.here(None).expect("ben leaves");
    assert_eq!(desk.chief.hub.here(None), Ok(vec![]));
}

#[test]
fn an_administrator_sees_how_large_the_desks_are_and_not_what_is_in_them() {
    let Some(mut desk) = Desk::open() else { return };
    desk.member(Role::Reporter);
    let (_, imported) = desk.chief.article();
    desk.chief.send(&imported);
    desk.chief.upload(b"a file");
    let (all, bytes) = hosted_desks(&desk.server.url, Some(&desk.server.ca)).expect("the desks");
    let this = all.iter().find(|d| d.desk == desk.chief.desk()).expect("this desk");
    assert_eq!((this.name.as_str(), this.state.as_str()), ("The test desk", "open"));
    assert_eq!((this.entries, this.members, this.devices), (1, 2, 2));
    assert_eq!(this.unnamed, Some(6));
    assert!(this.used == 6 && this.used < this.quota && bytes > 6, "{this:?} of {bytes}");
}
