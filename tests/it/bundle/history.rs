//! A forged history does not verify, even in a bag with recomputed checksums.

use super::dossier::*;
use tickmark::{
    formats::bundle::bag::{self, Code},
    model::{Handed, Logged, State},
};

/// The faults of a bundle whose log was changed by `forge`.
fn fault(forge: impl FnOnce(&mut Vec<Logged>)) -> Vec<(Code, String)> {
    let mut log = log().log;
    forge(&mut log);
    let found = bag::verify(Handed::File(&bundle_of(log))).unwrap();
    found.errors.into_iter().map(|f| (f.code, f.message.to_string())).collect()
}

#[test]
fn an_action_removed_from_the_middle_is_noticed() {
    let faults = fault(|log| drop(log.remove(5)));
    assert!(faults.iter().any(|(c, m)| *c == Code::History && m.contains("missing")), "{faults:?}");
}

#[test]
fn an_action_that_was_changed_is_noticed() {
    let faults = fault(|log| log[4].action.at.0 += 1000);
    assert!(faults.iter().any(|(c, _)| *c == Code::History), "{faults:?}");
}

#[test]
fn a_fact_that_was_changed_is_noticed() {
    let faults = fault(|log| {
        if let State::Open(salt, _) = &mut log[0].facts[0].state {
            salt.0[0] ^= 1;
        }
    });
    assert!(faults.iter().any(|(_, m)| m.contains("does not match its digest")), "{faults:?}");
}

#[test]
fn an_undone_action_marked_as_live_is_noticed() {
    let faults = fault(|log| log.iter_mut().for_each(|l| l.live = true));
    assert!(faults.iter().any(|(_, m)| m.contains("marked as standing")), "{faults:?}");
    let faults = fault(|log| log[8].live = false);
    assert!(faults.iter().any(|(_, m)| m.contains("marked as undone")), "{faults:?}");
}
