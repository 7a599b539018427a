//! Every call of a hub, as desks use it.

use super::desk::{Desk, numbers};
use tickmark::{
    hub::{Hub, HubStanding, Leased},
    model::{ActionKind, GivenNumber, NumberKind, Role, UNROLLED, rolled},
};

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
    let undone = ben.mark(article);
    ben.send(&undone);
    ben.send(&ben.about(ActionKind::Undo, &undone));
}
