//! An exported bundle is imported unchanged, and nothing is exported that must not be.

use super::dossier::*;
use std::{
    io::{Cursor, Read},
    ops::ControlFlow,
};
use tickmark::{
    formats::bundle::{
        self, WriteError,
        bag::{self, Kind, Signed},
    },
    model::{Blobs, Digest, Fact, Handed, State},
};

#[test]
fn a_bundle_is_complete_and_valid() {
    let bytes = bundle();
    let found = bag::verify(Handed::File(&bytes)).unwrap();
    assert_eq!(found.errors, []);
    assert_eq!(found.warnings, []);
    assert_eq!(
        (found.kind, found.complete, found.valid, found.signed),
        (Kind::Bundle, true, true, Signed::None)
    );
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    assert_eq!(bundle(), bundle());
}

#[test]
fn export_import_export_is_identical() {
    let bytes = bundle();
    let incoming = bundle::read(Handed::File(&bytes)).unwrap();
    assert_eq!(incoming.article, article());
    let texts: Vec<_> = incoming.texts.iter().map(|(_, t)| t.clone()).collect();
    let again = written(&dossier(incoming.log.clone(), &texts, &incoming));
    assert!(bytes == again);
}

#[test]
fn files_are_streamed_by_their_hash() {
    let bytes = bundle();
    let incoming = bundle::read(Handed::File(&bytes)).unwrap();
    for kept in [ORIGINAL, SNAPSHOT] {
        let (digest, mut read) = (Digest::of(kept), Vec::new());
        assert_eq!(incoming.files[&digest], kept.len() as u64);
        Blobs::open(&incoming, &digest).unwrap().unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, kept);
    }
    assert!(Blobs::open(&incoming, &Digest::of(b"other")).unwrap().is_none());
}

#[test]
fn nothing_withheld_or_undone_is_exported() {
    let bytes = bundle();
    let holds = |s: &str| bytes.windows(s.len()).any(|w| w == s.as_bytes());
    assert!(holds("It sank in 2020"));
    for secret in SECRETS.iter().chain([&UNDONE]) {
        assert!(!holds(secret), "{secret}");
    }
    assert!(holds("\"withheld\""));
}

#[test]
fn a_withheld_source_that_was_not_closed_stops_the_export() {
    let (mut log, file_store) = (log().log, file_store());
    let texts = [FIRST, SECOND].map(String::from);
    let evidence = log.iter().flat_map(|l| &l.facts).find_map(|f| match f.fact() {
        Some(Fact::Source(s)) => Some(s.clone()),
        _ => None,
    });
    let hidden = log.iter_mut().flat_map(|l| &mut l.facts).find(|f| f.state == State::Closed).unwrap();
    let open = tickmark::model::Source { withhold: true, ..evidence.unwrap() };
    hidden.state = State::Open(tickmark::model::Salt([0; 32]), Box::new(Fact::Source(open)));
    let dossier = dossier(log, &texts, &file_store);
    let done =
        bundle::write(&dossier, None, &mut Cursor::new(Vec::new()), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(done, Err(WriteError::Withheld(_))), "{done:?}");
}

#[test]
fn an_export_can_be_stopped() {
    let (file_store, texts) = (file_store(), [FIRST, SECOND].map(String::from));
    let dossier = dossier(log().log, &texts, &file_store);
    let done = bundle::write(&dossier, None, &mut Cursor::new(Vec::new()), &mut |_| ControlFlow::Break(()));
    assert!(matches!(done, Err(WriteError::Cancelled)), "{done:?}");
}

#[test]
fn a_lost_or_damaged_file_stops_the_export() {
    let texts = [FIRST, SECOND].map(String::from);
    let (empty, mut damaged) = (FileStore::default(), file_store());
    damaged.0.insert(Digest::of(SNAPSHOT), b"%PDF-1.7 A frozen copy".to_vec());
    let write = |blobs| {
        let dossier = dossier(log().log, &texts, blobs);
        bundle::write(&dossier, None, &mut Cursor::new(Vec::new()), &mut |_| ControlFlow::Continue(()))
    };
    assert!(matches!(write(&empty), Err(WriteError::LostFile { .. })));
    assert!(matches!(write(&damaged), Err(WriteError::Damaged(_))));
}
