//! The law of a shared desk: after any deeds of several people, with any calls cut off, answers lost and a hub set back, all
//! desks end with the same bundles and the same numbers, and each is sound.

use super::{Device, hubs::AnyHub, same};
use crate::{
    laws::{Operation, any_operation, perform},
    support::Opened,
};
use proptest::prelude::*;
use tickmark::{desk::SyncState, model::Role};

/// Something that happens to a device or to the hub.
#[derive(Clone, Debug)]
enum Step {
    Deed(usize, Operation),
    Sync(usize),
    Cut(usize),
    LoseAnswers(usize),
    SetBack(usize),
}

fn step(devices: usize) -> impl Strategy<Value = Step> {
    let device = move || 0..devices;
    prop_oneof![
        8 => (device(), any_operation()).prop_map(|(d, o)| Step::Deed(d, o)),
        4 => device().prop_map(Step::Sync),
        1 => (1..4_usize).prop_map(Step::Cut),
        1 => (1..3_usize).prop_map(Step::LoseAnswers),
        1 => (0..100_usize).prop_map(Step::SetBack),
    ]
}

/// A device as the operations need it.
fn with_opened<T>(device: Device, work: impl FnOnce(&mut Opened) -> T) -> (Device, T) {
    let article = device.article();
    device.opened(article, work)
}

fn quiet(devices: &mut [Device]) {
    for round in 0..20 {
        let mut moved = 0;
        for device in devices.iter_mut() {
            let synced = device.sync();
            // After a setback new work waits until the rest is back.
            moved += synced.sent + synced.received;
            assert_ne!(synced.state, SyncState::Refused, "{synced:?}");
        }
        if moved == 0 && round > 0 {
            return;
        }
    }
    panic!("the desks are not quiet after twenty rounds");
}

fn run(chief: Device, count: usize, steps: Vec<Step>) {
    let hub = chief.hub.clone();
    let mut devices = vec![chief];
    for (n, name) in ["Ben Short", "Cleo Wide", "Dan Tall"].into_iter().enumerate().take(count - 1) {
        let next = devices[0].invited(name, Role::Checker, 1_001 + 1_000 * n as u64);
        devices.push(next);
    }
    for step in steps {
        match step {
            Step::Deed(at, operation) => {
                if !matches!(operation, Operation::SwitchPerson(_)) {
                    let device = devices.remove(at);
                    let (device, _) = with_opened(device, |o| perform(o, &operation));
                    devices.insert(at, device);
                }
            }
            Step::Sync(at) => {
                if devices[at].sync().state == SyncState::WentBack {
                    assert_eq!(devices[at].desk.check().expect("a check").faults, []);
                }
            }
            Step::Cut(n) => hub.cut(n),
            Step::LoseAnswers(n) => hub.lose_answers(n),
            Step::SetBack(percent) => hub.set_back(percent),
        }
    }
    hub.cut(0);
    hub.lose_answers(0);
    quiet(&mut devices);
    hub.open();
    quiet(&mut devices);
    for device in &mut devices {
        assert_eq!(device.sync().waiting, 0);
    }
    same(&devices.iter().collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn desks_agree_after_any_deeds_cuts_and_setbacks(
        (count, steps) in (2..4_usize).prop_flat_map(|n| (Just(n), prop::collection::vec(step(n), 1..24)))
    ) {
        run(Device::chief(), count, steps);
    }

    #[test]
    fn desks_agree_on_a_real_hub_after_any_deeds_and_cuts(
        (count, steps) in (2..4_usize).prop_flat_map(|n| (Just(n), prop::collection::vec(step(n), 1..16)))
    ) {
        if let Some(hub) = AnyHub::real() {
            run(Device::chief_of(hub), count, steps);
        }
    }
}

/// More where somebody asks for it.
fn cases() -> u32 {
    if std::env::var_os("TICKMARK_LONG").is_some() { 400 } else { 10 }
}
