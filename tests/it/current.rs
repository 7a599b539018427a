//! The current state follows from the log after every step, on a desk that caches articles and on a newly opened one.

use crate::{
    laws::{any_operation, perform},
    support::Opened,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use tickmark::{
    desk::{Desk, DeskError, SystemClock, import_bundle_from},
    text::Decision,
    wire::dispatch,
};

/// What the window gets about the whole desk.
fn told(desk: &mut Desk) -> Vec<Value> {
    let mut ask = |name: &str, request: Value| {
        dispatch(desk, name, request).unwrap_or_else(|e| panic!("{name}: {e:?}"))
    };
    let overview = ask("desk.overview", json!({}));
    let mut all = vec![overview.clone(), ask("source.list", json!({})), ask("scale.list", json!({}))];
    for article in overview["articles"].as_array().into_iter().flatten() {
        let view = ask("article.open", json!({ "article": article["id"] }));
        for claim in view["claims"].as_array().into_iter().flatten() {
            all.push(ask("claim.show", json!({ "claim": claim["id"] })));
        }
        all.extend([view, ask("query.list", json!({ "article": article["id"] }))]);
    }
    all
}

fn opened_anew(o: &Opened) -> Desk {
    Desk::open(o.desk.path(), Box::new(SystemClock)).expect("the desk opens")
}

/// The number of sequences: many more with TICKMARK_LONG=1.
fn cases() -> u32 {
    if std::env::var_os("TICKMARK_LONG").is_some() { 250 } else { 16 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn the_current_state_follows_from_the_log_after_every_step(operations in prop::collection::vec(any_operation(), 1..24)) {
        let mut o = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        for operation in &operations {
            perform(&mut o, operation);
            prop_assert_eq!(o.desk.check().unwrap().faults, [], "after {:?}", operation);
        }
        let (kept, anew) = (told(&mut o.desk), told(&mut opened_anew(&o)));
        prop_assert_eq!(&kept, &anew);
        let mut rebuilt = opened_anew(&o);
        rebuilt.rebuild().unwrap();
        prop_assert_eq!(&kept, &told(&mut rebuilt));
    }

    #[test]
    fn the_current_state_follows_from_the_log_with_a_second_connection(
        operations in prop::collection::vec((any::<bool>(), any_operation()), 1..24),
    ) {
        let mut one = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        let mut other = one.with_colleague("Cy Other");
        for (first, operation) in &operations {
            perform(if *first { &mut one } else { &mut other }, operation);
        }
        prop_assert_eq!(one.desk.check().unwrap().faults, []);
        let overview = |o: &mut Opened| {
            let mut all = told(&mut o.desk);
            all[0].as_object_mut().expect("an overview").remove("me");
            all
        };
        prop_assert_eq!(overview(&mut one), overview(&mut other));
    }

    #[test]
    fn the_current_state_follows_from_the_log_after_imports_and_their_undo(
        operations in prop::collection::vec((any_operation(), any_operation()), 1..8),
        undo in any::<bool>(),
    ) {
        let mut ada = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        let mut ben = Opened::of_bundle("Ben Short", &ada.out("start.zip"));
        for (ours, theirs) in &operations {
            perform(&mut ada, ours);
            // Undoing an import may remove the whole article.
            if ben.desk.read(ben.article, None).is_ok() {
                perform(&mut ben, theirs);
            }
        }
        prop_assume!(ben.desk.read(ben.article, None).is_ok());
        match import_bundle_from(&mut ada.desk, &ben.out("ben.zip"), false, |_| Some(Decision::Ours)) {
            Ok(_) | Err(DeskError::NoChange(_) | DeskError::Refused(_)) => {}
            Err(other) => panic!("{other}"),
        }
        prop_assert_eq!(ada.desk.check().unwrap().faults, []);
        if undo && ada.desk.next_undo().unwrap().is_some() {
            let _ = ada.desk.undo(None);
            prop_assert_eq!(ada.desk.check().unwrap().faults, []);
        }
        let (kept, anew) = (told(&mut ada.desk), told(&mut opened_anew(&ada)));
        prop_assert_eq!(kept, anew);
    }
}
