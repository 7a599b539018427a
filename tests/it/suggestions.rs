//! Suggestions: what a file's tracked changes and comments become, and what deciding them does. The files are made up as a reader
//! would hand them over.

use crate::support::{BRIDGE, Opened, Place};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};
use std::collections::HashMap;
use tickmark::{
    desk::{DeskError, ImportContent, Typed, import_bundle_from},
    model::{
        ChangeKind, Edit, Encoding, FileChange, FileComment, FileKind, FilePicture, Info, Proposal, Standing,
        SuggestionId, SuggestionState,
    },
    text::Span,
};

const FERRY: &str = "# The ferry\n\nThe ferry carries 300 people. It left at ten.\n\nNobody was hurt.\n";

fn proposal(text: &str) -> Proposal {
    Proposal { text: text.into(), kind: FileKind::Docx, ..Proposal::empty(Encoding::Utf8) }
}

fn change(kind: ChangeKind, edits: Vec<(Span, &str)>, within: Option<usize>) -> FileChange {
    FileChange {
        kind,
        edits: edits.into_iter().map(|(span, with)| Edit { span, with: with.into() }).collect(),
        within,
        author: Some("Ada Long".into()),
        date: Some("2025-06-05T10:00:00Z".into()),
    }
}

fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} in {text:?}"));
    Span::at(start, start + words.len())
}

fn after(text: &str, words: &str) -> Span {
    let end = at(text, words).end.0;
    Span::at(end, end)
}

/// A desk with the article of a file.
fn imported(read: Proposal) -> Opened {
    imported_as(read, false, None)
}

/// The same, with the changes accepted or the text corrected in the preview.
fn imported_as(read: Proposal, accepted: bool, text: Option<&str>) -> Opened {
    let mut o = Opened::with(BRIDGE);
    let text = text.unwrap_or(&read.text).to_owned();
    let held = ImportContent::of(read, accepted);
    let done = o.desk.keeping(&held.files("ferry.docx", b"the file".to_vec()), |desk, stored| {
        desk.import_held(stored, &held, &text, Info::default())
    });
    o.article = done.expect("an import").value.article;
    o
}

impl Opened {
    fn ids(&self) -> Vec<SuggestionId> {
        let state = self.desk.read(self.article, None).expect("the article").state;
        state.suggestions.iter().map(|s| s.id).collect()
    }

    fn states(&self) -> Vec<SuggestionState> {
        let reading = self.desk.read(self.article, None).expect("the article");
        reading.state.waiting(reading.revision.id).all().map(|(_, state)| state).collect()
    }

    fn accept(&mut self, nth: usize) {
        let id = self.ids()[nth];
        self.desk.accept_suggestions(self.article, &[id], None).expect("an open suggestion");
    }

    fn reject(&mut self, nth: usize) {
        let id = self.ids()[nth];
        self.desk.reject_suggestions(self.article, &[id], None).expect("an open suggestion");
    }

    fn check(&mut self) {
        assert_eq!(self.desk.check().expect("a check").faults, []);
    }
}

fn four_changes() -> Proposal {
    let mut read = proposal(FERRY);
    read.changes = vec![
        change(ChangeKind::Replace, vec![(at(FERRY, "300"), "330")], None),
        change(ChangeKind::Insert, vec![(after(FERRY, "ten"), " in the morning")], None),
        change(ChangeKind::Delete, vec![(at(" in the morning", "morning"), "")], Some(1)),
        change(ChangeKind::Delete, vec![(at(FERRY, "Nobody was hurt."), "")], None),
    ];
    read
}

#[test]
fn accepting_records_a_revision_and_undo_restores_text_and_states() {
    let mut o = imported(four_changes());
    o.accept(0);
    assert_eq!(o.text(), FERRY.replace("300", "330"));
    assert_eq!(o.states()[0], SuggestionState::Accepted);
    o.desk.undo(None).unwrap();
    assert_eq!((o.text().as_str(), o.states()), (FERRY, vec![SuggestionState::Open; 4]));
    assert!(o.desk.draft(o.article).unwrap().is_none(), "nothing was typed");
    o.check();
}

#[test]
fn one_undo_takes_an_import_with_all_that_came_with_it() {
    let mut o = imported(four_changes());
    o.desk.undo(None).unwrap();
    assert!(o.desk.read(o.article, None).is_err());
    o.desk.redo(None).unwrap();
    assert_eq!(o.states().len(), 4);
    o.check();
}

#[test]
fn a_change_within_another_one_may_be_decided_before_or_after_it() {
    for order in [[1, 2], [2, 1]] {
        let mut o = imported(four_changes());
        order.iter().for_each(|n| o.accept(*n));
        assert_eq!(o.text(), FERRY.replace("ten", "ten in the "), "{order:?}");
        let mut o = imported(four_changes());
        o.accept(order[0]);
        if order[0] == 1 {
            o.reject(2);
            assert_eq!(o.text(), FERRY.replace("ten", "ten in the morning"));
        } else {
            assert_eq!(o.text(), FERRY, "its words wait");
            o.reject(1);
            assert_eq!(o.text(), FERRY);
        }
        o.check();
    }
}

#[test]
fn what_is_in_rejected_words_is_moot() {
    let mut o = imported(four_changes());
    o.reject(1);
    assert_eq!(o.states()[2], SuggestionState::Moot);
    let id = o.ids()[2];
    let done = o.desk.accept_suggestions(o.article, &[id], None);
    assert!(matches!(done, Err(DeskError::NotOpen(_))), "{done:?}");
    o.desk.undo(None).unwrap();
    assert_eq!(o.states()[2], SuggestionState::Open);
}

#[test]
fn all_are_rejected_in_one_action_with_those_within_them() {
    let mut o = imported(four_changes());
    let all = o.ids();
    o.desk.reject_suggestions(o.article, &all, None).unwrap();
    assert_eq!((o.text().as_str(), o.states()), (FERRY, vec![SuggestionState::Rejected; 4]));
    o.check();
}

#[test]
fn typing_elsewhere_carries_a_suggestion_and_typing_in_its_words_overtakes_it() {
    let mut o = imported(four_changes());
    o.revise(&FERRY.replace("The ferry carries", "The old ferry carries"));
    assert_eq!(o.states(), vec![SuggestionState::Open; 4]);
    let typed = o.text().replace("300", "310");
    o.revise(&typed);
    assert_eq!(o.states()[0], SuggestionState::Overtaken);
    assert_eq!(o.states()[1..], [SuggestionState::Open; 3]);
    o.accept(1);
    assert!(o.text().contains("It left at ten in the morning."), "{}", o.text());
    o.reject(0);
    assert_eq!(o.states()[0], SuggestionState::Rejected);
    o.check();
}

#[test]
fn several_are_one_action_and_nothing_is_recorded_where_one_is_not_open() {
    let mut o = imported(four_changes());
    let all = o.ids();
    o.reject(3);
    let before = o.desk.seq().unwrap();
    assert!(matches!(o.desk.accept_suggestions(o.article, &all, None), Err(DeskError::NotOpen(_))));
    assert_eq!((o.desk.seq().unwrap(), o.text().as_str()), (before, FERRY));
    o.desk.accept_suggestions(o.article, &all[..3], None).unwrap();
    assert_eq!(o.desk.seq().unwrap(), before + 1);
    assert_eq!(o.text(), FERRY.replace("300", "330").replace("ten", "ten in the "));
}

#[test]
fn accepting_with_the_import_records_the_text_before_and_after() {
    let mut read = four_changes();
    read.comments = vec![comment("Sure?", Some(at(FERRY, "300")), None, false)];
    let text = FERRY.replace("300", "330").replace("ten", "ten in the ").replace("Nobody was hurt.", "");
    let o = imported_as(read, true, Some(&text));
    let reading = o.desk.read(o.article, None).unwrap();
    assert_eq!((&*reading.text, reading.state.revisions.len()), (text.as_str(), 2));
    assert_eq!(o.desk.text_of(&reading.state.revisions[0]).unwrap(), FERRY);
    assert_eq!(o.states(), vec![SuggestionState::Accepted; 4]);
    o.out("accepted.zip");
}

#[test]
fn a_text_corrected_in_the_preview_carries_what_the_file_holds() {
    let corrected =
        FERRY.replace("# The ferry", "# The ferry of Karsk").replace("It left at ten.", "It left at noon.");
    let o = imported_as(four_changes(), false, Some(&corrected));
    use SuggestionState::{Open, Overtaken};
    assert_eq!(o.states()[0], Open);
    assert_eq!(o.states()[3], Open);
    assert!(o.states()[1..3].iter().all(|s| [Open, Overtaken].contains(s)));
    let mut o = o;
    o.accept(0);
    assert_eq!(o.text(), corrected.replace("300", "330"));
    o.out("corrected.zip");
}

fn comment(text: &str, span: Option<Span>, reply_to: Option<usize>, resolved: bool) -> FileComment {
    FileComment {
        author: Some("Outside Editor".into()),
        date: Some("2025-06-05T10:01:00Z".into()),
        text: text.into(),
        quote: String::new(),
        span,
        reply_to,
        resolved,
    }
}

#[test]
fn comments_become_queries_with_their_threads_and_authors() {
    let mut read = proposal(FERRY);
    read.comments = vec![
        comment("Who counted?", Some(at(FERRY, "300 people")), None, true),
        comment("The crew.", None, Some(0), true),
        comment("All of it?", None, Some(1), false),
        comment("Another.", None, None, false),
        comment("In a ring.", None, Some(5), false),
        comment("In a ring too.", None, Some(4), false),
    ];
    let o = imported(read);
    let state = o.desk.read(o.article, None).unwrap().state;
    let queries: Vec<_> =
        state.queries.iter().map(|q| (q.query.text.as_str(), q.answers.len(), q.is_open())).collect();
    assert_eq!(
        queries,
        [
            ("Who counted?", 2, false),
            ("Another.", 0, true),
            ("In a ring.", 0, true),
            ("In a ring too.", 0, true)
        ]
    );
    let first = &state.queries[0];
    assert_eq!(first.author_of(first.id.0).unwrap().name.as_deref(), Some("Outside Editor"));
    let answer = first.answers[1].stamp.fact;
    assert_eq!(first.author_of(answer.0).unwrap().date.as_deref(), Some("2025-06-05T10:01:00Z"));
    let names: Vec<_> = o.desk.people().unwrap().into_iter().map(|p| p.name).collect();
    assert_eq!(names, ["Ada Long"], "nobody of the desk is made of a name in a file");
}

#[test]
fn the_place_of_a_comment_follows_its_words() {
    let mut read = four_changes();
    read.comments = vec![comment("Sure?", Some(at(FERRY, "Nobody was hurt.")), None, false)];
    let mut o = imported(read);
    o.accept(0);
    o.accept(1);
    let reading = o.desk.read(o.article, None).unwrap();
    let (_, spans) = reading.state.query_places(reading.revision.id).next().expect("a place");
    assert_eq!(spans[0].of(&reading.text), Some("Nobody was hurt."));
    o.accept(3);
    let reading = o.desk.read(o.article, None).unwrap();
    assert_eq!(reading.state.query_places(reading.revision.id).count(), 0);
}

#[test]
fn pictures_go_out_and_come_in_with_the_bundle() {
    let mut read = proposal(FERRY);
    let picture = |name: &str, bytes: Option<Vec<u8>>| FilePicture {
        name: name.into(),
        bytes,
        alt: Some("A ferry".into()),
        caption: None,
        at: Some(at(FERRY, "The ferry carries").start.0),
    };
    read.pictures = vec![
        picture("word/media/ferry.png", Some(vec![7; 90_000])),
        picture("https://example.org/ferry.png", None),
        picture("small.png", Some(vec![3; 12])),
    ];
    let o = imported(read);
    let there = Opened::of_bundle("Eve Kern", &o.out("pictures.zip"));
    let pictures = there.desk.read(there.article, None).unwrap().state.pictures.clone();
    let files: Vec<_> =
        pictures.iter().map(|p| p.value.file.as_ref().map(|f| (f.name.clone(), f.bytes))).collect();
    assert_eq!(files, [Some(("ferry.png".into(), 90_000)), None, Some(("small.png".into(), 12))]);
    let mut there = there;
    there.check();
    there.out("again.zip");
}

#[test]
fn what_effects_say_happens() {
    let mut o = imported(four_changes());
    let claim = o.mark_true("The ferry carries 300 people.");
    let other = o.mark_true("Nobody was hurt.");
    let reading = o.desk.read(o.article, None).unwrap();
    let waiting = reading.state.waiting(reading.revision.id);
    let effects = |n: usize| {
        let view = &reading.state.suggestions[n];
        let all = o.desk.suggestion_effects(&reading, &waiting, view).unwrap();
        all.into_iter().map(|e| (e.claim, e.now, e.then)).collect::<Vec<_>>()
    };
    assert_eq!(effects(0), [(claim, Standing::Checked, Standing::Stale)]);
    assert_eq!(effects(1), []);
    assert_eq!(effects(2), [], "its words are not in the text yet");
    assert_eq!(effects(3), [(other, Standing::Checked, Standing::Orphaned)]);
    let together = o.desk.effects_together(&reading, &[o.ids()[0], o.ids()[3]]).unwrap();
    assert_eq!(together.iter().map(|e| e.then).collect::<Vec<_>>(), [Standing::Stale, Standing::Orphaned]);
}

#[test]
fn a_bundle_holds_suggestions_and_two_desks_join_their_decisions() {
    let mut o = imported(four_changes());
    let there = Opened::of_bundle("Eve Kern", &o.out("start.zip"));
    let mut there = there;
    assert_eq!(there.states(), vec![SuggestionState::Open; 4]);
    there.accept(0);
    there.reject(3);
    o.accept(1);
    let back = there.out("back.zip");
    import_bundle_from(&mut o.desk, &back, false, |_| None).unwrap();
    use SuggestionState::{Accepted, Open, Rejected};
    assert_eq!(o.states(), [Accepted, Accepted, Open, Rejected]);
    assert_eq!(o.text(), FERRY.replace("300", "330").replace("ten", "ten in the morning"));
    o.accept(2);
    assert_eq!(o.text(), FERRY.replace("300", "330").replace("ten", "ten in the "));
    o.check();
    o.out("joined.zip");
}

#[test]
fn a_suggestion_made_on_one_desk_has_its_place_after_the_other_went_on() {
    let o = imported(proposal(FERRY));
    let mut there = Opened::of_bundle("Eve Kern", &o.out("start.zip"));
    let span = there.span("Nobody");
    there.desk.suggest(there.article, None, span, "No one").unwrap();
    let mut o = o;
    o.revise(&FERRY.replace("300", "330"));
    import_bundle_from(&mut o.desk, &there.out("back.zip"), false, |_| None).unwrap();
    assert_eq!(o.states(), [SuggestionState::Open]);
    o.accept(0);
    assert_eq!(o.text(), FERRY.replace("300", "330").replace("Nobody", "No one"));
    o.check();
}

#[test]
fn a_difference_becomes_a_suggestion_and_accepting_all_gives_the_other_text() {
    let mut o = Opened::with(BRIDGE);
    let other = BRIDGE
        .replace("1911", "1912")
        .replace("after a flood", "after a great flood")
        .replace(" It is 240 metres long.", "");
    let made = o.desk.suggest_text(o.article, &other).unwrap().value;
    assert!(made.len() >= 2, "{made:?}");
    assert_eq!(o.text(), BRIDGE);
    assert!(matches!(o.desk.suggest_text(o.article, BRIDGE), Err(DeskError::NoChange(_))));
    o.desk.accept_suggestions(o.article, &made, None).unwrap();
    assert_eq!(o.text(), other);
}

#[test]
fn the_words_of_a_redacted_suggestion_are_gone() {
    let mut o = imported(four_changes());
    let reading = o.desk.read(o.article, None).unwrap();
    let fact = reading.state.suggestions[1].stamp.fact;
    drop(reading);
    o.desk.redact(fact, None).unwrap();
    // What was within it has lost the words that it counts in.
    assert_eq!(o.states(), [SuggestionState::Open, SuggestionState::Overtaken, SuggestionState::Open]);
    o.accept(0);
    o.check();
    o.out("redacted.zip");
}

/// Some words of a text, and changes of a file that take away different ones: insertions, deletions, replacements, moves, and changes
/// within what others add.
fn any_changes() -> impl Strategy<Value = (Proposal, Vec<usize>, Vec<bool>)> {
    let cut = (0..3usize, 0..3usize, "[xyz]{0,3}", prop::option::of(any::<Index>()), any::<bool>());
    let all = prop::collection::vec(cut, 1..9);
    let inner = prop::collection::vec((any::<Index>(), 0..3usize, 0..3usize, "[pq]{0,2}"), 0..5);
    (all, inner, any::<u64>(), prop::collection::vec(any::<bool>(), 16)).prop_map(
        |(all, inner, seed, take)| {
            let text = "One two three four five six seven eight nine ten eleven twelve.\n";
            let mut read = proposal(text);
            let mut at = 0;
            for (keep, len, with, _, joins) in all {
                let start = at + keep;
                at = start + len;
                let edit = Edit { span: Span::at(start, at), with };
                if len == 0 && edit.with.is_empty() {
                    continue;
                }
                // Two edits of one change are a move's, or a run that others interrupt; only what takes words away, so that the order at one
                // place is the order of the list.
                let last = read.changes.last_mut().filter(|_| joins && len > 0);
                match last {
                    Some(last) if last.edits.iter().all(|e| !e.span.is_empty()) => last.edits.push(edit),
                    _ => {
                        let mut new = change(ChangeKind::Replace, Vec::new(), None);
                        new.edits.push(edit);
                        read.changes.push(new);
                    }
                }
            }
            let outer = read.changes.len();
            let mut ends: HashMap<usize, usize> = HashMap::new();
            for (of, keep, len, with) in inner.into_iter().filter(|_| outer > 0) {
                let of = of.index(outer);
                let added: usize = read.changes[of].edits.iter().map(|e| e.with.len()).sum();
                let start = ends.get(&of).copied().unwrap_or(0) + keep;
                if added == 0 || start + len > added || len == 0 && with.is_empty() {
                    continue;
                }
                ends.insert(of, start + len);
                let mut new = change(ChangeKind::Replace, Vec::new(), Some(of));
                new.edits.push(Edit { span: Span::at(start, start + len), with });
                read.changes.push(new);
            }
            let mut order: Vec<usize> = (0..read.changes.len()).collect();
            // A shuffle by a small generator of its own.
            let mut seed = seed;
            for i in (1..order.len()).rev() {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                order.swap(i, (seed >> 33) as usize % (i + 1));
            }
            (read, order, take)
        },
    )
}

/// The text with the changes of these places accepted, computed by itself: edits from the last to the first.
fn expected(read: &Proposal, accepted: impl Fn(usize) -> bool) -> String {
    let apply = |text: &str, edits: Vec<&Edit>| {
        let mut text = text.to_owned();
        // Stable: at one place the later of the list stays behind, so it is put in first.
        let mut edits: Vec<(usize, &Edit)> = edits.into_iter().enumerate().collect();
        edits.sort_by_key(|(n, e)| (e.span.start, e.span.end, *n));
        for (_, e) in edits.iter().rev() {
            text.replace_range(e.span.start.0..e.span.end.0, &e.with);
        }
        text
    };
    let changes = read.changes.iter().enumerate();
    let mut words: Vec<Vec<Edit>> = read.changes.iter().map(|c| c.edits.clone()).collect();
    for (outer, c) in changes.clone().filter(|(_, c)| c.within.is_none()) {
        let inner: Vec<&Edit> = changes
            .clone()
            .filter(|(n, i)| i.within == Some(outer) && accepted(*n))
            .flat_map(|(_, i)| &i.edits)
            .collect();
        // The words of each edit are changed on their own; a place at their joint belongs to the first that has words.
        let mut from = 0;
        let mut taken: Vec<bool> = vec![false; inner.len()];
        for (nth, e) in c.edits.iter().enumerate().filter(|(_, e)| !e.with.is_empty()) {
            let to = from + e.with.len();
            let mut own = Vec::new();
            for (i, inside) in inner.iter().enumerate() {
                let Span { start, end } = inside.span;
                if start == end && !taken[i] && from <= start.0 && start.0 <= to {
                    taken[i] = true;
                    own.push(Edit {
                        span: Span::at(start.0 - from, start.0 - from),
                        with: inside.with.clone(),
                    });
                } else if start < end && start.0 < to && end.0 > from {
                    let with = if taken[i] { String::new() } else { inside.with.clone() };
                    taken[i] = true;
                    own.push(Edit { span: Span::at(start.0.max(from) - from, end.0.min(to) - from), with });
                }
            }
            words[outer][nth].with = apply(&e.with, own.iter().collect());
            from = to;
        }
    }
    let top = changes.filter(|(n, c)| c.within.is_none() && accepted(*n));
    apply(&read.text, top.flat_map(|(n, _)| &words[n]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("TICKMARK_LONG").is_some() { 400 } else { 24 }))]

    /// Accepting all in any order gives the file accepted, rejecting all the text before, and deciding some the text with these; what
    /// effects say happens; undoing all restores every byte and state.
    #[test]
    fn decisions_in_any_order_give_the_same_text((read, order, take) in any_changes()) {
        let mut o = imported(read.clone());
        let claim = o.mark_true("three four");
        let before = o.desk.seq().unwrap();
        for mode in 0..3 {
            let accepts = |n: usize| match mode { 0 => true, 1 => false, _ => take[n] };
            let mut decided = 0;
            for n in order.iter().copied() {
                if o.states()[n] != SuggestionState::Open {
                    // Within rejected words.
                    prop_assert_eq!(o.states()[n], SuggestionState::Moot);
                    continue;
                }
                if !accepts(n) {
                    o.reject(n);
                    decided += 1;
                    continue;
                }
                let reading = o.desk.read(o.article, None).unwrap();
                let waiting = reading.state.waiting(reading.revision.id);
                let said = o.desk.suggestion_effects(&reading, &waiting, &reading.state.suggestions[n]).unwrap();
                let was = o.judged(claim).standing;
                drop(waiting);
                drop(reading);
                o.accept(n);
                decided += 1;
                let told = said.iter().find(|e| e.claim == claim).map_or(was, |e| e.then);
                prop_assert_eq!(o.judged(claim).standing, told);
            }
            prop_assert_eq!(o.text(), expected(&read, accepts));
            for _ in 0..decided {
                o.desk.undo(None).unwrap();
            }
            prop_assert_eq!(o.text(), read.text.clone());
            prop_assert_eq!(o.states(), vec![SuggestionState::Open; order.len()]);
        }
        prop_assert!(o.desk.seq().unwrap() >= before);
        o.out("laws.zip");
        o.check();
    }
}

#[test]
fn the_command_line_lists_shows_accepts_and_rejects() {
    let place = Place::with_bridge();
    place.mark("built in 1911");
    place.json(&["verdict", "C1", "true", "--rationale", "The stone says so."]);
    let made = place.json(&["suggestion", "make", "1", "--quote", "1911", "--with", "1912"]);
    assert_eq!(made["suggestions"][0]["kind"], "replace");
    place.json(&["suggestion", "make", "1", "--quote", " after a flood", "--with", ""]);
    let listed = place.json(&["suggestion", "list", "1"]);
    let first = &listed[0];
    assert_eq!(
        (&first["number"], &first["words"], &first["with"]),
        (&1.into(), &"1911".into(), &"1912".into())
    );
    assert_eq!((&first["author"], &first["state"]), (&"Ada Long".into(), &"open".into()));
    let start = BRIDGE.find("1911").unwrap();
    assert_eq!((&first["start"], &first["end"]), (&start.into(), &(start + 4).into()));
    let effect = &first["effects"][0];
    assert_eq!(
        (&effect["number"], &effect["now"], &effect["then"]),
        (&1.into(), &"checked".into(), &"stale".into())
    );
    assert!(place.text(&["suggestion", "list", "1"]).contains("C1 becomes out of date"));
    let done = place.json(&["suggestion", "accept", "1"]);
    assert_eq!((&done["revision"], &done["placements"][0]["standing"]), (&2.into(), &"stale".into()));
    let again = place.run(&["--json", "suggestion", "accept", "1", "2"]);
    assert_eq!(again.status.code(), Some(1));
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["suggestions"][0]["state"], "accepted");
    place.json(&["suggestion", "reject", "2", "--note", "It was one."]);
    assert_eq!(place.json(&["suggestion", "list", "1"]), Value::Array(Vec::new()));
    let all = place.json(&["suggestion", "list", "1", "--all"]);
    assert_eq!(
        (&all[1]["state"], &all[1]["by"], &all[1]["note"]),
        (&"rejected".into(), &"Ada Long".into(), &"It was one.".into())
    );
    assert_eq!(place.json(&["suggestion", "show", "2"])["number"], 2);
    assert!(place.refused(&["suggestion", "show", "9"]).contains("suggestion 9"));
}

#[test]
fn revise_with_suggest_records_no_revision() {
    let place = Place::with_bridge();
    let file = place.file("next.md", BRIDGE.replace("1911", "1912"));
    let made = place.json(&["revise", "1", &file, "--suggest"]);
    assert_eq!(made["suggestions"].as_array().unwrap().len(), 1);
    assert_eq!(place.json(&["article", "1"])["text"], BRIDGE);
}

#[test]
fn a_saved_revision_keeps_what_waits_out_of_it() {
    let mut o = imported(four_changes());
    let typed = Typed { text: FERRY.replace("The ferry", "A ferry"), ..Typed::default() };
    o.desk.revise(o.article, typed).unwrap();
    assert_eq!(o.states(), vec![SuggestionState::Open; 4]);
}

/// A Word file with a heading, two paragraphs, a link in each, and a note.
fn docx() -> Vec<u8> {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let link = |id: &str, text: &str| format!("<w:hyperlink r:id=\"{id}\">{}</w:hyperlink>", run(text));
    let body = [
        format!("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{}</w:p>", run("The ferry")),
        format!(
            "<w:p>{}{}{}</w:p>",
            run("It carries "),
            link("rId1", "300 people"),
            run(". It left at ten.")
        ),
        format!("<w:p>{}{}{}</w:p>", run("Nobody was hurt, "), link("rId2", "the police said"), run(".")),
    ];
    let rel = |id: &str, url: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" \
                 Target=\"{url}\" TargetMode=\"External\"/>"
        )
    };
    let rels = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
            <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
            <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships {rels}><Relationship Id=\"rId1\" \
            Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>")),
        ("word/document.xml", format!("<w:document {w}><w:body>{}</w:body></w:document>", body.concat())),
        ("word/_rels/document.xml.rels", format!("<Relationships {rels}>{}{}</Relationships>",
            rel("rId1", "https://survey.example/ferry"), rel("rId2", "https://police.example/"))),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        std::io::Write::write_all(&mut zip, text.as_bytes()).expect("its text");
    }
    zip.finish().expect("a file").into_inner()
}

#[test]
fn the_addresses_in_a_file_are_offered_for_the_claims_of_their_sentences() {
    let place = Place::new();
    let file = place.file("ferry.docx", docx());
    place.json(&["import", &file]);
    let offered = place.json(&["source", "offered", "1"]);
    assert_eq!(
        (&offered[0]["url"], &offered[1]["words"]),
        (&"https://survey.example/ferry".into(), &"the police said".into())
    );
    assert_eq!(offered[0]["claims"], Value::Array(Vec::new()));
    assert!(place.refused(&["source", "offered", "1", "--take"]).contains("mark the claims first"));
    place.mark("It carries 300 people");
    place.mark("It left at ten");
    place.mark("Nobody was hurt");
    assert!(place.refused(&["source", "offered", "1", "--take", "3"]).contains("number 3"));
    let before = place.actions();
    let taken = place.json(&["source", "offered", "1", "--take"]);
    assert_eq!(taken["attached"], 2);
    let claim = place.json(&["claim", "show", "C1"]);
    assert_eq!(
        (&claim["evidence"][0]["stance"], &claim["evidence"][0]["source"]["url"]),
        (&"context".into(), &"https://survey.example/ferry".into())
    );
    assert_eq!(place.json(&["claim", "show", "C2"])["evidence"], Value::Array(Vec::new()));
    assert_eq!(taken["offered"][0]["claims"], Value::Array(Vec::new()), "it is attached");
    place.json(&["undo"]);
    assert_eq!(place.json(&["claim", "show", "C3"])["evidence"], Value::Array(Vec::new()));
    assert_eq!(place.json(&["source", "list"]), Value::Array(Vec::new()), "one undo takes the sources too");
    assert!(place.actions() > before);
}

#[test]
fn the_links_of_a_text_are_offered_too() {
    let place =
        Place::with_text("The mill [burnt](https://survey.example/mill) in 1911. It was [rebuilt](#then).\n");
    place.mark("in 1911");
    let offered = place.json(&["source", "offered", "1"]);
    assert_eq!(offered.as_array().map(Vec::len), Some(1), "{offered}");
    assert_eq!(
        (&offered[0]["url"], &offered[0]["claims"][0]["number"]),
        (&"https://survey.example/mill".into(), &1.into())
    );
}

#[test]
fn formatted_text_that_was_pasted_offers_its_addresses() {
    let place = Place::new();
    let html = "The board <a href=\"https://survey.example/fares\">asked 300 passengers</a> in May.";
    let pasted = place.call("import.paste", &json!({ "text": "x", "asIs": false, "html": html }));
    let confirm = json!({ "draft": pasted["draft"], "text": pasted["text"], "info": pasted["info"], "again": false, "asIs": false,
        "encoding": null, "kind": "html", "changes": null });
    place.call("import.confirm", &confirm);
    place.mark("asked 300 passengers");
    let offered = place.json(&["source", "offered", "1"]);
    assert_eq!(offered[0]["url"], "https://survey.example/fares");
    assert_eq!(offered[0]["claims"].as_array().unwrap().len(), 1);
}
