//! Files of a shared desk, sources that stay in one file, and articles of an older desk.

use super::{Device, hubs::AnyHub, same};
use crate::support::StillClock;
use std::{ops::ControlFlow, sync::Arc};
use tickmark::{
    desk::{Desk, DeskError, NewFile, Page, PassageText, SourceChange, SyncState},
    hub::{CHUNK, Piece},
    model::{ClaimId, Digest, Doing, Info, Role, SourceId, Stance, Unwatched},
};

/// A file of four pieces.
fn scan() -> Vec<u8> {
    (0..3_500_000_u32).map(|n| (n % 251) as u8).collect()
}

/// A chief with a source that has the file, and a checker who has synced.
fn with_scan() -> (Device, Device, Digest) {
    with_scan_of(Device::chief())
}

fn with_scan_of(mut ada: Device) -> (Device, Device, Digest) {
    let change = SourceChange { title: "A scan".into(), ..SourceChange::default() };
    let file = NewFile::new("scan.bin", scan());
    ada.desk.keeping(&[file], |desk, stored| desk.add_source(change, stored)).expect("a source");
    ada.sync();
    let ben = ada.invited("Ben Short", Role::Checker, 11);
    ada.sync();
    (ada, ben, Digest::of(&scan()))
}

fn code(done: Result<(), DeskError>) -> String {
    done.expect_err("a refusal").message().code().to_owned()
}

fn written(device: &Device, digest: &Digest) -> Result<Vec<u8>, DeskError> {
    let path = device.folder.path().join("scan.out");
    device.desk.write_attachment(digest, &device.desk.target(&path, true)?)?;
    Ok(std::fs::read(path).expect("the written file"))
}

#[test]
fn a_long_file_stays_on_the_hub_until_somebody_needs_it() {
    stays_until_needed(with_scan());
}

#[test]
fn a_long_file_stays_on_a_real_hub_until_somebody_needs_it() {
    if let Some(hub) = AnyHub::real() {
        stays_until_needed(with_scan_of(Device::chief_of(hub)));
    }
}

fn stays_until_needed((ada, ben, digest): (Device, Device, Digest)) {
    let remote = ben.desk.remote_files().unwrap();
    assert_eq!((remote.files, remote.bytes), (1, 3_500_000));
    assert_eq!(ben.desk.shared_status().unwrap().expect("a shared desk").remote, remote);
    assert_eq!(code(written(&ben, &digest).map(drop)), "refused_remote_file");
    assert_eq!(ben.desk.check().unwrap().faults, []);

    ben.desk.fetch_file(&digest, &mut ben.connect()).expect("the file");
    assert_eq!(written(&ben, &digest).unwrap(), scan());
    assert_eq!(ben.desk.remote_files().unwrap().files, 0);
    same(&[&ada, &ben]);
}

#[test]
fn what_was_uploaded_and_forgotten_goes_and_is_uploaded_again() {
    forgotten_and_again(Device::chief());
}

#[test]
fn what_was_uploaded_and_forgotten_on_a_real_hub_goes_and_is_uploaded_again() {
    if let Some(hub) = AnyHub::real() {
        forgotten_and_again(Device::chief_of(hub));
    }
}

fn forgotten_and_again(mut ada: Device) {
    let mut ben = ada.invited("Ben Short", Role::Checker, 11);
    let (file, digest) = (scan(), Digest::of(&scan()));
    let mut upload = ben.line();
    for (n, data) in file.chunks(CHUNK).take(2).enumerate() {
        let piece = Piece { digest, total: file.len() as u64, n: n as u32, data, secret: false };
        upload.put(&piece).expect("a piece");
    }
    let unnamed = |device: &Device| device.desk.check_shared(&mut *device.line()).unwrap().unnamed;
    assert_eq!(unnamed(&ada), 2 * CHUNK as u64);
    ada.hub.days_pass(8);
    ada.revise("at 9", "at 10");
    ada.sync();
    assert_eq!(unnamed(&ada), 0);

    let change = SourceChange { title: "A scan".into(), ..SourceChange::default() };
    ben.desk
        .keeping(&[NewFile::new("scan.bin", file)], |desk, stored| desk.add_source(change, stored))
        .unwrap();
    assert_eq!(ben.sync().state, SyncState::UpToDate);
    ada.sync();
    ada.desk.fetch_file(&digest, &mut ada.connect()).expect("the file");
    assert_eq!(written(&ada, &digest).unwrap(), scan());
    assert_eq!(unnamed(&ada), 0);
    same(&[&ada, &ben]);
}

/// The desk is gone between its upload and its entry, for longer than uploads are kept.
#[test]
fn an_entry_whose_upload_was_swept_is_sent_in_the_next_round() {
    for calls in 0..10 {
        let mut ada = Device::chief();
        let mut ben = ada.invited("Ben Short", Role::Checker, 11);
        ben.revise("two hours", "three hours");
        ben.hub.cut_after(calls, 9);
        ben.sync();
        ben.hub.cut(0);
        ada.hub.days_pass(8);
        ada.revise("at 9", "at 10");
        ada.sync();
        assert_eq!(ben.sync().state, SyncState::UpToDate, "cut after {calls} calls");
        ada.sync();
        same(&[&ada, &ben]);
    }
}

#[test]
fn a_fetch_that_breaks_off_goes_on_where_it_was() {
    let (_ada, ben, digest) = with_scan();
    ben.hub.cut_after(1, 1);
    assert_eq!(code(ben.desk.fetch_file(&digest, &mut ben.connect())), "refused_remote_files");
    let pieces = ben.folder.path().join("my.desk.hub").join("pieces");
    let stored = || std::fs::read_dir(&pieces).unwrap().count();
    assert_eq!(stored(), 1, "the first piece is stored");

    // Four pieces are three calls now.
    ben.desk.fetch_file(&digest, &mut ben.connect()).expect("the rest");
    assert_eq!((written(&ben, &digest).unwrap(), stored()), (scan(), 0));
}

#[test]
fn pieces_that_are_not_the_file_are_fetched_again() {
    let (_ada, ben, digest) = with_scan();
    let pieces = ben.folder.path().join("my.desk.hub").join("pieces");
    std::fs::create_dir_all(&pieces).unwrap();
    std::fs::write(pieces.join(format!("{digest}.0")), vec![0; 1 << 20]).unwrap();
    assert_eq!(code(ben.desk.fetch_file(&digest, &mut ben.connect())), "refused_remote_files");
    ben.desk.fetch_file(&digest, &mut ben.connect()).expect("the file");
    assert_eq!(written(&ben, &digest).unwrap(), scan());
}

#[test]
fn an_export_fetches_what_its_article_needs_and_nothing_else() {
    let (mut ada, mut ben, digest) = with_scan();
    let source = ada.desk.sources(&Page::whole()).unwrap()[0].value.source;
    ben.desk.fetch_files_of(ben.article(), &mut ben.connect()).expect("nothing to fetch");
    assert_eq!(ben.desk.remote_files().unwrap().files, 1, "the article does not use the source");

    let claim = ada.mark("300 people");
    cite(&mut ada, claim, source);
    ada.sync();
    ben.sync();
    ben.desk.fetch_files_of(ben.article(), &mut ben.connect()).expect("the file");
    assert!(ben.bundle(ben.article()).len() > 1000);
    assert_eq!(written(&ben, &digest).unwrap(), scan());
}

#[test]
fn a_redacted_file_is_wanted_no_more() {
    let (mut ada, mut ben, digest) = with_scan();
    ben.hub.cut_after(1, 1);
    ben.desk.fetch_file(&digest, &mut ben.connect()).expect_err("it breaks off");
    let source = ada.desk.sources(&Page::whole()).unwrap()[0].value.source;
    let fact = ada.desk.source(source).unwrap().stamp.fact;
    ada.desk.redact(fact, None).expect("a redaction");
    ada.sync();
    ben.sync();
    assert_eq!(ben.desk.remote_files().unwrap().files, 0);
    let pieces = ben.folder.path().join("my.desk.hub").join("pieces");
    assert_eq!(std::fs::read_dir(pieces).unwrap().count(), 0, "a piece of it is left");
}

#[test]
fn who_leaves_fetches_the_files_first_or_says_that_they_may_be_missing() {
    let (_ada, mut ben, digest) = with_scan();
    assert_eq!(code(ben.desk.leave_shared(None, false)), "refused_leave_files");
    ben.desk.fetch_all_files(&mut *ben.line()).expect("all files");
    ben.desk.leave_shared(None, false).expect("nothing is missing");
    assert_eq!(written(&ben, &digest).unwrap(), scan());

    let (_ada, mut ben, _) = with_scan();
    ben.desk.leave_shared(None, true).expect("it may be missing");
    assert_eq!(ben.desk.check().unwrap().faults, []);
}

fn cite(device: &mut Device, claim: ClaimId, source: SourceId) {
    let text = PassageText { passage: Some("300 were aboard".into()), ..PassageText::default() };
    let named = (device.article(), claim);
    device.desk.add_evidence(named, source, Stance::Supports, text).expect("evidence");
}

#[test]
fn nobody_else_reads_a_source_that_is_kept_here() {
    is_kept_here(Device::chief());
}

#[test]
fn a_real_hub_does_not_get_a_source_that_is_kept_here() {
    if let Some(hub) = AnyHub::real() {
        is_kept_here(Device::chief_of(hub));
    }
}

fn is_kept_here(mut ada: Device) {
    let change =
        SourceChange { title: "The harbour master".into(), keep_here: true, ..SourceChange::default() };
    let source = ada.desk.add_source(change, &[]).expect("a source").value;
    let claim = ada.mark("300 people");
    cite(&mut ada, claim, source);
    ada.verdict(claim, "true");
    ada.sync();
    let ben = ada.invited("Ben Short", Role::Chief, 11);

    assert!(ada.desk.source(source).unwrap().value.withhold, "exports leave it out");
    assert_eq!(ben.desk.sources(&Page::whole()).unwrap().len(), 0);
    let file = std::fs::read(ben.desk.path()).unwrap();
    for words in ["harbour master", "300 were aboard"] {
        assert!(!file.windows(words.len()).any(|w| w == words.as_bytes()), "{words} is on the other desk");
    }
    assert_eq!(ben.desk.check_shared(&mut *ben.line()).unwrap().faults, []);
    // Both bundles are valid and say the same; `bundle` verifies.
    assert_eq!(ada.desk.read(ada.article(), None).unwrap().state.claims.len(), 1);
    ada.bundle(ada.article());
    ben.bundle(ben.article());
}

#[test]
fn a_source_that_was_sent_cannot_be_kept_here_any_more() {
    let mut ada = Device::chief();
    let change = SourceChange { title: "A report".into(), ..SourceChange::default() };
    let source = ada.desk.add_source(change.clone(), &[]).expect("a source").value;
    let kept = SourceChange { keep_here: true, ..change };
    ada.desk.edit_source(source, kept.clone(), &[]).expect("it was not sent yet");
    assert!(ada.desk.is_kept_here(source).unwrap());

    let other = SourceChange { title: "Another report".into(), ..SourceChange::default() };
    let other = ada.desk.add_source(other, &[]).expect("a source").value;
    ada.sync();
    let refused = ada.desk.edit_source(other, kept, &[]).map(drop);
    assert_eq!(code(refused), "refused_keep_here_sent");
    assert!(!ada.desk.is_kept_here(other).unwrap());

    // Also after the hub lost it: colleagues have it.
    ada.hub.set_back(40);
    ada.sync();
    let kept = SourceChange { title: "Another report".into(), keep_here: true, ..SourceChange::default() };
    assert_eq!(code(ada.desk.edit_source(other, kept, &[]).map(drop)), "refused_keep_here_sent");
}

#[test]
fn a_source_can_be_kept_here_only_while_no_call_had_it() {
    let (mut kept, mut too_late) = (0, 0);
    for (call, loses) in (0..12).flat_map(|call| [(call, false), (call, true)]) {
        let mut ada = Device::chief();
        let change = SourceChange { title: "The harbour master".into(), ..SourceChange::default() };
        let source = ada.desk.add_source(change.clone(), &[]).expect("a source").value;
        match loses {
            true => ada.hub.lose_answer_after(call),
            false => ada.hub.cut_after(call, 1),
        }
        ada.sync();
        ada.hub.cut(0);
        ada.hub.lose_answers(0);
        let known_before = ada.hub.has("harbour master");
        match ada.desk.edit_source(source, SourceChange { keep_here: true, ..change }, &[]) {
            Ok(_) => {
                kept += 1;
                ada.sync();
                assert!(!ada.hub.has("harbour master"), "call {call} broke off, and the hub has it");
            }
            Err(why) => {
                too_late += 1;
                assert_eq!(code(Err(why)), "refused_keep_here_sent");
                assert!(!ada.desk.is_kept_here(source).unwrap());
            }
        }
        assert!(!known_before || !ada.desk.is_kept_here(source).unwrap(), "call {call}");
    }
    assert!(kept > 0 && too_late > 0, "{kept} and {too_late}");
}

#[test]
fn who_passed_on_what_somebody_else_did_is_told_on_every_desk() {
    let (hub, invite) = AnyHub::in_memory();
    let mut ada = Device::closed(&hub, 7);
    ada.desk.work_as("Ola Berg").expect("a name");
    let text = "# The bridge\n\nThe bridge carries 40 trucks.\n";
    ada.desk.import_article("bridge.md", text.as_bytes(), text, Info::default()).expect("an article");
    ada.desk.work_as("Ada Long").expect("a name");
    ada.join(&invite);
    ada.sync();
    ada.mark("40 trucks");
    ada.sync();
    let ben = ada.invited("Ben Short", Role::Checker, 11);
    for device in [&ada, &ben] {
        let log = device.desk.log_with_status(device.article()).expect("a log");
        let passed: Vec<_> = log.iter().map(|l| device.desk.passed_on_by(l.action.id).unwrap()).collect();
        assert_eq!(passed, [Some("Ada Long".to_owned()), None]);
    }
}

#[test]
fn the_articles_of_an_older_desk_come_along_with_their_histories() {
    let ada = Device::chief();
    let folder = tempfile::tempdir().unwrap();
    let mut old =
        Desk::open_or_create(&folder.path().join("old.desk"), Box::new(StillClock::new(31))).unwrap();
    old.work_as("Cleo Dahl").expect("a name");
    let text = "# The bridge\n\nThe bridge carries 40 trucks.\n";
    old.import_article("bridge.md", text.as_bytes(), text, Info::default()).expect("an article");

    let mut cleo = Device::closed(&ada.hub, 17);
    let invite = ada.hub.invited("Cleo Dahl", Role::Checker, None);
    cleo.desk.join_shared_with(&invite, "laptop", &old, &mut ada.connect()).expect("a membership");
    cleo.sync();
    cleo.desk.set_progress(Arc::new(|_: Doing, _, _| ControlFlow::Break(())));
    let stopped = cleo.desk.bring_articles_of(&old).expect("a person stopped it");
    assert_eq!((stopped.articles.len(), stopped.stopped), (0, true));
    cleo.desk.set_progress(Arc::new(Unwatched));
    let brought = cleo.desk.bring_articles_of(&old).expect("articles");
    assert_eq!((brought.articles.len(), brought.left_out, brought.stopped), (1, Vec::new(), false));
    let again = cleo.desk.bring_articles_of(&old).expect("nothing new");
    assert_eq!(again.articles.len(), 0);
    cleo.sync();

    let mut ada = ada;
    ada.sync();
    same(&[&ada, &cleo]);
    assert_eq!(ada.desk.articles(&Page::whole()).unwrap().len(), 2);
    assert_eq!(cleo.desk.my_id(), old.my_id(), "she goes on as the same person");
}
