//! What the desk promises about claims, drafts, undo and its file, tested on the core in one process.

use crate::support::{BRIDGE, Opened};
use tickmark::messages::Message;
use tickmark::{
    desk::{DeskError, NewFile, Typed},
    model::{Placement, Standing},
    text::{Change, Span, Step},
};

/// The change set of cutting `cut` and pasting it before `before`.
fn cut_and_paste(text: &str, cut: &str, before: &str) -> (String, Change) {
    let from = text.find(cut).unwrap();
    let to = text.find(before).unwrap();
    assert!(to < from);
    let insert = Step::Replace { len: 0, with: cut.into() };
    let delete = Step::Replace { len: cut.len(), with: String::new() };
    let rest = text.len() - from - cut.len();
    let change = Change::new([Step::Keep(to), insert, Step::Keep(from - to), delete, Step::Keep(rest)]);
    (change.apply(text).unwrap(), change)
}

#[test]
fn a_claim_in_a_moved_paragraph_follows_it() {
    let mut o = Opened::with("One stands here.\n\nTwo has 240 boats in it.\n\nThree is the last of them.\n");
    let claim = o.mark_true("Two has 240 boats in it.");
    o.revise("One stands here.\n\nThree is the last of them.\n\nTwo has 240 boats in it.\n");
    let judged = o.judged(claim);
    assert_eq!((judged.placement, judged.standing), (Placement::Moved, Standing::Checked));
    assert_eq!(judged.quote, ["Two has 240 boats in it."]);
}

#[test]
fn a_claim_whose_words_are_deleted_is_orphaned() {
    let mut o = Opened::with(BRIDGE);
    let claim = o.mark_true("It is 240 metres long.");
    o.revise(&BRIDGE.replace(" It is 240 metres long.", ""));
    assert_eq!(o.judged(claim).standing, Standing::Orphaned);
    let (revision, words) = o.desk.last_place(o.article, claim).unwrap().unwrap();
    assert_eq!((o.desk.number_of(revision.0).unwrap(), words.as_str()), (1, "It is 240 metres long."));
}

#[test]
fn a_sentence_that_was_cut_and_comes_back_word_for_word_gets_its_claim_again() {
    let mut o = Opened::with(BRIDGE);
    let (length, flood) =
        (o.mark_true("It is 240 metres long."), o.mark_true("closed in 2019 after a flood"));
    o.revise(&BRIDGE.replace(" It is 240 metres long.", ""));
    o.revise("# The bridge at Karsk\n\nThe bridge was built in 1911.\n");
    o.revise(&(o.text() + "\nIt is 241 metres long.\n"));
    assert_eq!(o.judged(length).standing, Standing::Orphaned, "other words");
    let twice =
        "The bridge was closed in 2019 after a flood.\n\nThe bridge was closed in 2019 after a flood.\n";
    o.revise(&format!("# The bridge at Karsk\n\nIt is 240 metres long.\n\n{twice}"));
    let judged = o.judged(length);
    assert_eq!((judged.placement, judged.standing), (Placement::Moved, Standing::Checked));
    assert_eq!(judged.quote, ["It is 240 metres long."]);
    assert_eq!(o.judged(flood).standing, Standing::Orphaned, "there twice");
}

#[test]
fn an_orphan_is_searched_by_its_rated_words_and_by_its_last_words() {
    let mut o = Opened::with(BRIDGE);
    let claim = o.mark_true("The bridge was closed in 2019 after a flood.");
    o.revise(&BRIDGE.replace("after a flood", "after two strong earthquakes shook the whole valley"));
    let last = o.judged(claim).quote.join(" ");
    let rated = "The bridge was closed in 2018 after a flood.";
    o.revise(&format!(
        "# Karsk\n\nIn the valley two strong earthquakes were felt.\n\nSome rain fell.\n\n{rated}\n"
    ));
    let found = o.desk.candidates(o.article, claim).unwrap();
    let text = o.text();
    let words: Vec<_> = found.iter().map(|c| c.spans[0].of(&text).unwrap()).collect();
    assert_eq!(words.first(), Some(&rated), "{last}: {words:?}");
    assert!(found.windows(2).all(|two| two[0].score >= two[1].score), "{found:?}");
}

#[test]
fn a_claim_that_was_cut_and_pasted_is_found_again() {
    let mut o = Opened::with(BRIDGE);
    let claim = o.mark_true("It is 240 metres long.");
    let (text, change) = cut_and_paste(BRIDGE, " It is 240 metres long.", "\n\nThe bridge was built");
    let typed = Typed { text, change: Some(change), ..Typed::default() };
    let done = o.desk.revise(o.article, typed).unwrap();
    assert_eq!(done.value.placements[0].placement, Placement::Moved);
    assert_eq!(o.judged(claim).standing, Standing::Checked);
}

#[test]
fn a_claim_survives_select_all_and_paste() {
    let mut o = Opened::with(BRIDGE);
    let claim = o.mark_true("built in 1911");
    let text = BRIDGE.replace("after a flood", "after a storm");
    let change = Change::new([Step::Replace { len: BRIDGE.len(), with: text.clone() }]);
    o.desk.revise(o.article, Typed { text, change: Some(change), ..Typed::default() }).unwrap();
    assert_eq!(
        (o.judged(claim).standing, o.judged(claim).quote),
        (Standing::Checked, vec!["built in 1911".into()])
    );
}

#[test]
fn a_change_of_typography_does_not_make_a_verdict_stale() {
    let mut o = Opened::with("He said \"it's 5-6 metres\" and left.\n");
    let claim = o.mark_true("He said \"it's 5-6 metres\" and left.");
    o.revise("He said “it’s 5–6\u{a0}metres” and\nleft.\n");
    assert_eq!(o.judged(claim).standing, Standing::Checked);
}

#[test]
fn a_changed_digit_makes_a_verdict_stale_and_the_reason_names_it() {
    let mut o = Opened::with(BRIDGE);
    let claim = o.mark_true("built in 1911");
    o.revise(&BRIDGE.replace("1911", "1912"));
    let judged = o.judged(claim);
    assert_eq!(judged.standing, Standing::Stale);
    assert!(
        judged
            .reasons
            .iter()
            .any(|r| *r == Message::new("reason_changed").with("was", "1911").with("now", "1912")),
        "{:?}",
        judged.reasons
    );
    o.revise(BRIDGE);
    assert_eq!(o.judged(claim).standing, Standing::Checked);
}

#[test]
fn a_digit_typed_at_the_edge_of_a_claim_belongs_to_it() {
    let mut o = Opened::with("There are about 5 of them.\n");
    let claim = o.mark_true("about 5");
    let change = Change::new([Step::Keep(17), Step::Replace { len: 0, with: "0".into() }, Step::Keep(10)]);
    let text = "There are about 50 of them.\n".to_owned();
    o.desk.revise(o.article, Typed { text, change: Some(change), ..Typed::default() }).unwrap();
    assert_eq!((o.judged(claim).standing, o.judged(claim).quote), (Standing::Stale, vec!["about 50".into()]));
}

#[test]
fn undoing_a_save_leaves_its_words_as_a_draft_and_redo_saves_them_again() {
    let mut o = Opened::with(BRIDGE);
    let next = BRIDGE.replace("1911", "1912");
    o.revise(&next);
    assert!(o.desk.undo(None).unwrap().draft_kept);
    assert_eq!(o.text(), BRIDGE);
    assert_eq!(o.desk.draft(o.article).unwrap().unwrap().text, next);
    o.desk.redo(None).unwrap();
    assert_eq!(o.text(), next);
    assert!(o.desk.draft(o.article).unwrap().is_none());
}

#[test]
fn undoing_a_save_never_overwrites_a_newer_draft() {
    let mut o = Opened::with(BRIDGE);
    o.revise(&BRIDGE.replace("1911", "1912"));
    let base = o.desk.read(o.article, None).unwrap().revision.id;
    o.desk.keep_draft(o.article, base, "Typed and nowhere else.", None).unwrap();
    assert!(matches!(o.desk.undo(None), Err(DeskError::Refused(_))));
    assert_eq!(o.desk.draft(o.article).unwrap().unwrap().text, "Typed and nowhere else.");
    assert_eq!(o.text(), BRIDGE.replace("1911", "1912"));
}

#[test]
fn undo_is_refused_if_something_else_was_done_since() {
    let mut o = Opened::with(BRIDGE);
    o.mark("1911");
    let seen = o.desk.next_undo().unwrap().unwrap().id;
    let (article, span) = (o.article, o.span("240 metres"));
    o.beside().mark(article, None, &[span], Default::default()).unwrap();
    assert!(matches!(o.desk.undo(Some(seen)), Err(DeskError::StaleUndo)));
    assert_eq!(o.desk.read(article, None).unwrap().state.live_claims().count(), 2);
}

#[test]
fn a_text_revised_elsewhere_is_not_overwritten_and_the_draft_stays() {
    let mut o = Opened::with(BRIDGE);
    let (article, base) = (o.article, o.desk.read(o.article, None).unwrap().revision.id);
    let (mine, theirs) = (BRIDGE.replace("1911", "1912"), BRIDGE.replace("240", "250"));
    o.desk.keep_draft(article, base, &mine, None).unwrap();
    o.beside().revise(article, Typed { text: theirs.clone(), base: Some(base), ..Typed::default() }).unwrap();
    assert!(
        o.desk.draft(article).unwrap().is_some_and(|d| d.text == mine && d.base == base),
        "the draft went with another's save"
    );
    let typed = Typed { text: mine.clone(), base: Some(base), ..Typed::default() };
    let done = o.desk.revise(article, typed.clone());
    assert!(matches!(done, Err(DeskError::RevisedElsewhere { newest: 2, base: 1 })), "{done:?}");
    assert_eq!(o.text(), theirs);
    assert_eq!(o.desk.draft(article).unwrap().unwrap().text, mine);
    o.desk.revise(article, Typed { on_top: true, ..typed }).unwrap();
    assert_eq!(o.text(), mine);
}

#[test]
fn marking_on_a_revision_that_is_no_longer_the_newest_is_refused() {
    let mut o = Opened::with(BRIDGE);
    let base = o.desk.read(o.article, None).unwrap().revision.id;
    o.revise(&BRIDGE.replace("1911", "1912"));
    let done = o.desk.mark(o.article, Some(base), &[Span::at(2, 12)], Default::default());
    assert!(matches!(done, Err(DeskError::RevisedElsewhere { .. })), "{done:?}");
}

#[test]
fn a_restored_revision_has_its_claims_in_their_old_places() {
    let text = "The same words. And more.\n\nThe same words. And less.\n";
    let mut o = Opened::with(text);
    let first = o.desk.read(o.article, None).unwrap().revision.id;
    let second = text.rfind("The same words.").unwrap();
    let claim =
        o.desk.mark(o.article, None, &[Span::at(second, second + 15)], Default::default()).unwrap().value;
    o.revise("Nothing of it is left here.\n");
    assert_eq!(o.judged(claim).standing, Standing::Orphaned);
    o.desk.restore_revision(o.article, first).unwrap();
    let reading = o.desk.read(o.article, None).unwrap();
    let anchor = reading.state.anchor(reading.revision.id, claim).unwrap();
    assert_eq!((&*reading.text, anchor.spans.as_slice()), (text, &[Span::at(second, second + 15)][..]));
}

#[test]
fn several_spans_are_one_claim_sorted_joined_and_trimmed() {
    let mut o = Opened::with(BRIDGE);
    let (late, early) = (o.span("in 2019 "), o.span(" built in"));
    let touching = o.span("in 1911");
    let claim = o.desk.mark(o.article, None, &[late, early, touching], Default::default()).unwrap().value;
    assert_eq!(o.judged(claim).quote, ["built in 1911", "in 2019"]);
    o.revise(&BRIDGE.replace("in 2019", "in 2020"));
    assert_eq!(o.judged(claim).quote, ["built in 1911", "in 2020"]);
    let blank = o.span(" It");
    let done =
        o.desk.mark(o.article, None, &[Span::at(blank.start.0, blank.start.0 + 1)], Default::default());
    assert!(matches!(done, Err(DeskError::Refused(_))), "{done:?}");
}

#[test]
fn a_selection_never_cuts_a_grapheme() {
    let mut o = Opened::with(BRIDGE);
    let family = o.span("👩‍👩‍👧");
    let part = Span::at(family.start.0 + 4, family.start.0 + 7);
    let claim = o.desk.mark(o.article, None, &[part], Default::default()).unwrap().value;
    assert_eq!(o.judged(claim).quote, ["👩‍👩‍👧"]);
    let inside = Span::at(family.start.0 + 1, family.end.0);
    assert!(o.desk.mark(o.article, None, &[inside], Default::default()).is_err());
}

/// A closed desk with every kind of row, and a raw connection to its file.
fn closed() -> (Opened, rusqlite::Connection) {
    let mut o = Opened::with(BRIDGE);
    o.mark_true("built in 1911");
    let files = [NewFile::new("page.txt", b"a page kept by hand".to_vec())];
    let change = tickmark::desk::SourceChange { title: "A page".into(), ..Default::default() };
    o.desk.keeping(&files, |desk, files| desk.add_source(change, files)).unwrap();
    o.revise(&BRIDGE.replace("1911", "1912"));
    assert_eq!(o.desk.check().unwrap().faults, []);
    let raw = rusqlite::Connection::open(o.path()).unwrap();
    (o, raw)
}

#[test]
fn check_finds_a_flipped_byte_anywhere() {
    let columns = [
        ("action", "canonical"),
        ("action", "digest"),
        ("fact", "body"),
        ("fact", "salt"),
        ("fact", "digest"),
        ("journal", "running"),
        ("content", "packed"),
        ("blob", "bytes"),
    ];
    for (table, column) in columns {
        let (o, raw) = closed();
        raw.execute_batch("DROP TRIGGER action_stays; DROP TRIGGER fact_stays; DROP TRIGGER journal_stays;")
            .unwrap();
        let sql = format!(
            "SELECT rowid, CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL ORDER BY rowid DESC LIMIT 1"
        );
        let (row, mut bytes): (i64, Vec<u8>) =
            raw.query_row(&sql, [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        let as_type = if column == "canonical" { "CAST(?1 AS TEXT)" } else { "?1" };
        let sql = format!("UPDATE {table} SET {column} = {as_type} WHERE rowid = ?2");
        raw.execute(&sql, rusqlite::params![bytes, row]).unwrap();
        let found = o.desk.check();
        assert!(found.as_ref().is_ok_and(|c| !c.faults.is_empty()), "{table}.{column}: {found:?}");
    }
}

#[test]
fn check_finds_a_truncated_file() {
    let (o, raw) = closed();
    raw.execute_batch(
        "PRAGMA foreign_keys = off; DROP TRIGGER action_kept; DROP TRIGGER fact_kept; DROP TRIGGER journal_kept; DROP TRIGGER replaces_kept; \
         DELETE FROM fact WHERE action = (SELECT max(seq) FROM action); DELETE FROM journal WHERE seq = (SELECT max(seq) FROM action); \
         DELETE FROM action WHERE seq = (SELECT max(seq) FROM action);",
    )
    .unwrap();
    let found = o.desk.check().unwrap();
    assert!(found.faults.iter().any(|f| f.to_string().contains("end of the journal")), "{:?}", found.faults);
}

#[test]
fn the_database_refuses_to_change_or_delete_recorded_rows() {
    let (o, raw) = closed();
    let refused = [
        "UPDATE action SET kind = 'x'",
        "DELETE FROM action",
        "UPDATE fact SET body = x'00'",
        "UPDATE fact SET body = NULL, salt = NULL",
        "DELETE FROM fact",
        "UPDATE journal SET running = zeroblob(32)",
        "DELETE FROM journal",
        "DELETE FROM replaces",
        "UPDATE number SET number = number + 100",
        "DELETE FROM number",
    ];
    raw.execute_batch(
        "INSERT INTO replaces SELECT max(seq), zeroblob(16) FROM fact; PRAGMA foreign_keys = on;",
    )
    .unwrap();
    let before = o.desk.check().unwrap();
    let [fault] = &before.faults[..] else { panic!("{:?}", before.faults) };
    assert_eq!(fault.to_string(), "what a fact replaces is not what was recorded");
    for sql in refused {
        assert!(raw.execute(sql, []).is_err(), "{sql}");
    }
    assert_eq!(o.desk.check().unwrap(), before);
}
