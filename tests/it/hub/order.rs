//! The order of entries: without gaps, once each, and one history.

use super::desk::{Desk, refused};
use std::thread;
use tickmark::{
    hub::{Hub, HubStanding, Leased, Push, Refusal},
    model::{Chain, PersonId, Role, UNROLLED, rolled},
};
use uuid::Uuid;

#[test]
fn two_devices_that_send_at_once_leave_no_gap() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    desk.chief.send(&imported);
    let devices = [desk.member(Role::Reporter), desk.member(Role::Checker), desk.member(Role::Reporter)];
    let sending = devices.map(|mut device| {
        thread::spawn(move || {
            for _ in 0..10 {
                let entries = [device.mark(article), device.mark(article), device.mark(article)];
                device.push(&entries).expect("all are taken");
            }
        })
    });
    sending.into_iter().for_each(|s| s.join().expect("it sends"));
    let pulled = desk.chief.pull();
    assert_eq!(pulled.iter().map(|a| a.seq).collect::<Vec<_>>(), (1..=91).collect::<Vec<_>>());
    let end = pulled.iter().fold(UNROLLED, |r, a| rolled(&r, &a.entry.action.digest()));
    assert_eq!((desk.chief.hub.state().unwrap().rolling, desk.chief.hub.state().unwrap().head), (end, 91));
    let mut claims: Vec<i64> = pulled.iter().skip(1).flat_map(super::desk::numbers).collect();
    claims.sort_unstable();
    assert_eq!(claims, (1..=90).collect::<Vec<_>>(), "each claim has a number of its own");
}

#[test]
fn sending_again_after_a_lost_answer_changes_nothing() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    let sent = [imported, desk.chief.mark(article)];
    let first = desk.chief.push(&sent).expect("taken");
    let state = desk.chief.hub.state().unwrap();
    let both = [sent[0].clone(), sent[1].clone(), desk.chief.mark(article)];
    let again = desk.chief.push(&both).expect("taken");
    assert!(first.iter().all(|t| !t.dup) && again[0].dup && again[1].dup && !again[2].dup);
    assert_eq!([again[0].seq, again[1].seq, again[2].seq], [1, 2, 3]);
    assert_eq!((state.head, desk.chief.hub.state().unwrap().head), (2, 3));
}

#[test]
fn all_of_a_batch_is_taken_or_nothing() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    let mut bad = desk.chief.mark(article);
    bad.signature.clear();
    let outcome = desk.chief.push(&[imported, bad.clone()]);
    assert_eq!(refused(outcome), (Refusal::Malformed, Some(bad.action.id)));
    assert_eq!(desk.chief.hub.state().unwrap().head, 0);
}

#[test]
fn an_action_follows_only_what_is_on_the_hub() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    let mut marked = desk.chief.mark(article);
    marked.action.parents = vec![imported.action.digest()];
    let marked = desk.chief.signed(marked);
    assert_eq!(
        refused(desk.chief.push(std::slice::from_ref(&marked))),
        (Refusal::Base, Some(marked.action.id))
    );
    desk.chief.push(&[imported.clone(), marked.clone()]).expect("in order they are taken");
    let mut other = desk.chief.action(marked.action.kind, Chain::Desk, Vec::new());
    other.action.parents = vec![imported.action.digest()];
    let other = desk.chief.signed(other);
    assert_eq!(refused(desk.chief.push(&[other])).0, Refusal::Base, "a parent is of the same chain");
}

#[test]
fn a_revision_beside_one_that_the_sender_has_not_seen_needs_a_fork() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reporter);
    let (article, imported) = desk.chief.article();
    desk.chief.send(&imported);
    ben.pull();
    let first = desk.chief.revise(article, "The bridge was built in 1911.");
    desk.chief.send(&first);
    let saved = ben.revise(article, "The bridge was built in 1912.");
    assert_eq!(refused(ben.push(std::slice::from_ref(&saved))), (Refusal::TextWentOn, Some(saved.action.id)));
    let next = desk.chief.revise(article, "The bridge was built in 1913.");
    desk.chief.send(&next);
    ben.send(&ben.mark(article));
    ben.fork = true;
    ben.send(&saved);
    let numbers: Vec<i64> = desk.chief.pull().iter().skip(1).flat_map(super::desk::numbers).collect();
    assert_eq!(numbers, [1, 2, 1, 3], "revisions are numbered as they are taken, own ones need no turn");
}

#[test]
fn another_epoch_or_a_later_cursor_is_another_history() {
    let Some(mut desk) = Desk::open() else { return };
    let (_, imported) = desk.chief.article();
    let entries = [imported];
    let push = Push { epoch: Uuid::now_v7(), after: 0, fork: false, entries: &entries };
    assert_eq!(refused(desk.chief.hub.push(&push)).0, Refusal::OtherHistory);
    let push = Push { epoch: desk.chief.epoch, after: 1, ..push };
    assert_eq!(refused(desk.chief.hub.push(&push)).0, Refusal::OtherHistory);
    assert_eq!(refused(desk.chief.hub.pull(Uuid::now_v7(), 0, 10)).0, Refusal::OtherHistory);
    assert_eq!(refused(desk.chief.hub.pull(desk.chief.epoch, 1, 10)).0, Refusal::OtherHistory);
}

#[test]
fn after_a_restored_backup_members_send_each_others_entries_again() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Checker);
    let (article, imported) = desk.chief.article();
    let theirs = desk.chief.mark(article);
    assert_eq!(
        refused(ben.push(std::slice::from_ref(&theirs))).0,
        Refusal::NoMember,
        "another device signed it"
    );
    desk.chief.hub.recover(false).expect("the chief recovers it");
    assert_eq!(refused(ben.push(std::slice::from_ref(&theirs))).0, Refusal::OtherHistory);
    let state = ben.hub.state().unwrap();
    assert_eq!(state.standing, HubStanding::Refilling);
    ben.epoch = state.epoch;
    ben.push(&[imported.clone(), theirs.clone()]).expect("others' entries are taken again");
    let pulled = ben.pull();
    assert_eq!((pulled[1].entry.device, &pulled[1].login), (desk.chief.id, &desk.chief.invite.login));
    desk.chief.hub.recover(true).expect("it ends");
    let stranger =
        ben.action_of(PersonId(Uuid::now_v7()), theirs.action.kind, theirs.action.chain, Vec::new());
    assert_eq!(refused(ben.push(&[stranger])).0, Refusal::Name);
}

#[test]
fn a_history_that_a_desk_begins_with_keeps_its_numbers() {
    let Some(mut desk) = Desk::founding() else { return };
    let (article, mut imported) = desk.chief.article();
    imported.carried = true;
    let mut old = desk.chief.action_of(
        PersonId(Uuid::now_v7()),
        imported.action.kind,
        imported.action.chain,
        vec![super::desk::claim(article)],
    );
    old.carried = true;
    let (kind, entity) = old.facts[0].fact().unwrap().numbered().unwrap();
    old.numbers = vec![tickmark::model::GivenNumber { kind, number: 40, entity }];
    desk.chief.push(&[imported, old]).expect("the chief brings what others recorded");
    assert_eq!(super::desk::numbers(&desk.chief.pull()[1]), [40]);
    assert_eq!(desk.chief.hub.lease(Leased::Claim, 10), Ok(41));
    desk.chief.hub.recover(true).expect("the founding ends");
    assert_eq!(desk.chief.hub.state().unwrap().standing, HubStanding::Open);
}
