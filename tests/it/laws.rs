//! Laws that hold for any input: undo and redo over any sequence of operations, offsets over any text. proptest stores the
//! seed of a failure in tests/proptest-regressions and tries it first; commit that file.

use crate::support::Opened;
use proptest::{prelude::*, sample::Index};
use tickmark::{
    desk::{
        ClaimChange, ContactChange, Conversation, Desk, DeskError, EvidenceChoice, NewEvidence, Page,
        PassageText, Reading, Returned, SourceChange, SourceOf, StatusChange, Typed, WithVerdict,
        import_bundle_from,
    },
    model::{
        ActionKind, ClaimId, ConversationMode, EvidenceId, Info, Policy, Risk, SourceId, Stance, Terms,
        WorkState,
    },
    text::{Byte, Decision, Offsets, Span, normalise},
};

/// An operation of a person. An index selects one of the existing items.
#[derive(Clone, Debug)]
pub enum Operation {
    Mark(Index, usize),
    RetractClaim(Index),
    GiveVerdict(Index),
    WithdrawVerdict(Index),
    AddSource(String),
    AddEvidence(Index, Index),
    Ask(String),
    Append(String),
    Delete(Index, usize),
    RestoreRevision(Index),
    EditInfo(String),
    ArchiveArticle(bool),
    Import(String),
    Withhold(Index, bool),
    Redact(Index),
    Undo,
    Redo,
    EditClaim(Index, bool),
    Assign(Index, bool),
    Reaffirm(Index),
    SignOff(Index),
    Exempt(Index),
    Answer(Index, bool),
    EditEvidence(Index, String),
    RetractEvidence(Index),
    Reattach(Index, Index),
    MergeReturned(Index, String),
    ImportSources(String),
    SwitchPerson(bool),
    SetStatus(u8, bool, bool),
    WithVerdict(Index, Index, u8, bool),
    AddInterview(Index, u8),
    Suggest(Index, usize, String),
    Decide(Index, bool),
    SuggestText(Index, String),
    /// Exports the article, with the lowest requirements where the person may set them.
    Publish,
}

/// Every operation.
pub fn any_operation() -> impl Strategy<Value = Operation> {
    let index = any::<Index>;
    prop_oneof![
        10 => operation_with_undo(),
        1 => (index(), any::<bool>()).prop_map(|(c, high)| Operation::EditClaim(c, high)),
        1 => (index(), any::<bool>()).prop_map(|(c, me)| Operation::Assign(c, me)),
        1 => index().prop_map(Operation::Reaffirm),
        1 => index().prop_map(Operation::SignOff),
        1 => index().prop_map(Operation::Exempt),
        2 => (index(), any::<bool>()).prop_map(|(q, settle)| Operation::Answer(q, settle)),
        1 => (index(), "[a-z]{1,4}").prop_map(|(e, words)| Operation::EditEvidence(e, words)),
        1 => index().prop_map(Operation::RetractEvidence),
        1 => (index(), index()).prop_map(|(c, at)| Operation::Reattach(c, at)),
        1 => (index(), "[a-z]{1,6}").prop_map(|(r, words)| Operation::MergeReturned(r, words)),
        1 => "[ab]{1}".prop_map(Operation::ImportSources),
        1 => any::<bool>().prop_map(Operation::SwitchPerson),
        2 => (0..5_u8, any::<bool>(), any::<bool>()).prop_map(|(state, due, mine)| Operation::SetStatus(state, due, mine)),
        2 => (index(), index(), 0..3_u8, any::<bool>()).prop_map(|(c, e, fate, new)| Operation::WithVerdict(c, e, fate, new)),
        1 => (index(), 0..4_u8).prop_map(|(s, terms)| Operation::AddInterview(s, terms)),
        1 => (index(), "[a-z]{1,6}").prop_map(|(r, words)| Operation::SuggestText(r, words)),
        1 => Just(Operation::Publish),
    ]
}

/// An operation, or an undo, a redo, a withheld source or a redaction.
pub fn operation_with_undo() -> impl Strategy<Value = Operation> {
    let index = any::<Index>;
    prop_oneof![
        6 => operation(),
        2 => (index(), any::<bool>()).prop_map(|(s, w)| Operation::Withhold(s, w)),
        1 => index().prop_map(Operation::Redact),
        2 => Just(Operation::Undo),
        1 => Just(Operation::Redo),
    ]
}

fn operation() -> impl Strategy<Value = Operation> {
    let words = "[a-z]{1,6} [0-9]{1,3} [äß語👩]{1,2}";
    let index = any::<Index>;
    prop_oneof![
        (index(), 1..12_usize).prop_map(|(at, len)| Operation::Mark(at, len)),
        index().prop_map(Operation::RetractClaim),
        index().prop_map(Operation::GiveVerdict),
        index().prop_map(Operation::WithdrawVerdict),
        words.prop_map(Operation::AddSource),
        (index(), index()).prop_map(|(c, s)| Operation::AddEvidence(c, s)),
        words.prop_map(Operation::Ask),
        words.prop_map(Operation::Append),
        (index(), 1..20_usize).prop_map(|(at, len)| Operation::Delete(at, len)),
        index().prop_map(Operation::RestoreRevision),
        words.prop_map(Operation::EditInfo),
        any::<bool>().prop_map(Operation::ArchiveArticle),
        words.prop_map(Operation::Import),
        (index(), 0..9_usize, "[a-zß]{0,4}").prop_map(|(at, len, with)| Operation::Suggest(at, len, with)),
        (index(), any::<bool>()).prop_map(|(s, accepts)| Operation::Decide(s, accepts)),
    ]
}

/// A span of up to `len` characters from any character of a text.
fn stretch(text: &str, at: Index, len: usize) -> Span {
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let from = at.index(starts.len());
    Span::at(starts[from], starts[(from + len).min(starts.len() - 1)])
}

/// Performs an operation if it is possible. Returns whether something was recorded.
pub fn perform(o: &mut Opened, operation: &Operation) -> bool {
    let article = o.article;
    let (text, to) = (o.text(), o.path().with_file_name("out.zip"));
    let reading = o.desk.read(article, None).expect("the article");
    let claims: Vec<ClaimId> = reading.state.claims.iter().map(|c| c.id).collect();
    let sources: Vec<SourceId> =
        o.desk.sources(&Page::whole()).expect("the sources").iter().map(|s| s.value.source).collect();
    let claim = |at: &Index| (!claims.is_empty()).then(|| (article, claims[at.index(claims.len().max(1))]));
    let typed = |text: String| Typed { text, ..Typed::default() };
    let desk = &mut o.desk;
    let done: Option<Result<(), DeskError>> = match operation {
        Operation::Mark(at, len) => {
            Some(desk.mark(article, None, &[stretch(&text, *at, *len)], ClaimChange::default()).map(drop))
        }
        Operation::RetractClaim(at) => claim(at).map(|(a, c)| desk.retract_claim(a, c, true).map(drop)),
        Operation::GiveVerdict(at) => claim(at).map(|c| desk.give_verdict(c, "true", None, "So.").map(drop)),
        Operation::WithdrawVerdict(at) => claim(at).map(|c| desk.withdraw_verdict(c).map(drop)),
        Operation::AddSource(title) => {
            let change = SourceChange { title: title.clone(), ..SourceChange::default() };
            Some(desk.add_source(change, &[]).map(drop))
        }
        Operation::AddEvidence(c, s) => claim(c).filter(|_| !sources.is_empty()).map(|c| {
            let source = sources[s.index(sources.len())];
            desk.add_evidence(c, source, Stance::Supports, PassageText::default()).map(drop)
        }),
        Operation::Ask(words) => Some(desk.ask(article, None, None, words).map(drop)),
        Operation::Append(words) => {
            Some(desk.revise(article, typed(format!("{text}\n{words}.\n"))).map(drop))
        }
        Operation::Delete(at, len) => {
            let gone = stretch(&text, *at, *len);
            let rest = format!("{}{}", &text[..gone.start.0], &text[gone.end.0..]);
            Some(desk.revise(article, typed(rest)).map(drop))
        }
        Operation::RestoreRevision(at) => {
            let all = &reading.state.revisions;
            Some(desk.restore_revision(article, all[at.index(all.len())].id).map(drop))
        }
        Operation::EditInfo(words) => {
            Some(desk.set_info(article, Info { place: Some(words.clone()), ..Info::default() }).map(drop))
        }
        Operation::Withhold(s, withhold) => (!sources.is_empty()).then(|| {
            let source = sources[s.index(sources.len())];
            let title = desk.source(source).map(|s| s.value.title).unwrap_or_default();
            desk.edit_source(
                source,
                SourceChange { title, withhold: *withhold, ..SourceChange::default() },
                &[],
            )
            .map(drop)
        }),
        Operation::Redact(at) => {
            let log = desk.log(article).expect("the log");
            let facts: Vec<_> = log.iter().flat_map(|l| &l.facts).map(|f| f.id).collect();
            Some(desk.redact(facts[at.index(facts.len())], None).map(drop))
        }
        Operation::Undo => desk
            .next_undo()
            .ok()
            .flatten()
            .filter(|a| a.kind != ActionKind::Import)
            .map(|_| desk.undo(None).map(drop)),
        Operation::Redo => Some(desk.redo(None).map(drop)),
        Operation::ArchiveArticle(away) => Some(desk.archive(article, *away).map(drop)),
        Operation::Import(words) => {
            Some(desk.import_article("other.txt", words.as_bytes(), words, Info::default()).map(drop))
        }
        Operation::EditClaim(at, high) => claim(at).map(|(a, c)| {
            let risk = Some(if *high { Risk::High } else { Risk::Normal });
            let change = ClaimChange {
                assertion: Some(text.chars().take(9).collect()),
                risk,
                ..ClaimChange::default()
            };
            desk.edit_claim(a, c, change).map(drop)
        }),
        Operation::Assign(at, me) => claim(at).map(|(a, c)| {
            let me = desk.me().expect("the desk").filter(|_| *me).map(|p| p.person);
            desk.assign(a, c, me).map(drop)
        }),
        Operation::Reaffirm(at) => claim(at).map(|c| desk.reaffirm(c, None).map(drop)),
        Operation::SignOff(at) => claim(at).map(|c| match desk.sign_off(c, None) {
            Err(DeskError::NoChange(_)) => desk.take_back_sign_off(c).map(drop),
            done => done.map(drop),
        }),
        Operation::Exempt(at) => {
            let spans = [stretch(&text, *at, 2)];
            Some(match desk.exempt(article, None, &spans, None) {
                Err(DeskError::NoChange(_)) => desk.open_again(article, None, &spans).map(drop),
                done => done.map(drop),
            })
        }
        Operation::Answer(at, settle) => {
            let queries = &reading.state.queries;
            (!queries.is_empty()).then(|| queries[at.index(queries.len())].id).map(|q| match settle {
                true => desk.resolve(article, q, None).map(drop),
                false => desk.answer(article, q, "So it is.").map(drop),
            })
        }
        Operation::EditEvidence(at, words) => evidence(&reading, at).map(|e| {
            let text = PassageText { passage: Some(words.clone()), ..PassageText::default() };
            desk.edit_evidence(article, e, Stance::Context, text).map(drop)
        }),
        Operation::RetractEvidence(at) => {
            evidence(&reading, at).map(|e| desk.retract_evidence(article, e).map(drop))
        }
        Operation::Reattach(c, at) => {
            claim(c).map(|(a, c)| desk.reattach(a, c, None, &[stretch(&text, *at, 5)]).map(drop))
        }
        Operation::MergeReturned(at, words) => {
            let base = reading.state.revisions[at.index(reading.state.revisions.len())].id;
            let then = desk.read(article, Some(base)).expect("the base").text;
            let returned = Returned { text: format!("{words}\n\n{then}"), base, seen: None, note: None };
            Some(desk.merge_returned(article, returned, |_| Some(Decision::Theirs)).map(drop))
        }
        Operation::ImportSources(title) => {
            let ris =
                format!("TY  - BOOK\nTI  - {title}\nER  - \n\nTY  - BOOK\nTI  - {title}{title}\nER  - \n");
            let read = tickmark::formats::interchange::read_sources(ris.as_bytes()).expect("RIS");
            Some(desk.import_sources(read, &tickmark::desk::Apart::None).map(drop))
        }
        Operation::SetStatus(state, due, mine) => {
            let me = desk.me().expect("the desk").filter(|_| *mine).map(|p| p.person);
            let change = StatusChange {
                state: Some(WorkState::ALL.get(usize::from(*state)).copied()),
                deadline: due.then(|| Some("2026-12-01".parse().expect("a day"))),
                assignee: Some(me),
            };
            Some(desk.set_status(article, change).map(drop))
        }
        Operation::WithVerdict(c, e, fate, new) => claim(c).map(|named| {
            let of = reading.state.claim(named.1).expect("the claim").live_evidence().map(|e| e.id);
            let of: Vec<EvidenceId> = of.collect();
            let evidence =
                (!of.is_empty()).then(|| (of[e.index(of.len())], EvidenceChoice::ALL[usize::from(*fate)]));
            let add = new.then(|| NewEvidence {
                source: SourceOf::New(Box::new(SourceChange {
                    title: "Said with it".into(),
                    ..Default::default()
                })),
                stance: Stance::Refutes,
                text: PassageText { passage: Some("No.".into()), ..PassageText::default() },
            });
            let along = WithVerdict { evidence: evidence.into_iter().collect(), add };
            desk.give_verdict_with(named, ("false", None, "No."), along).map(drop)
        }),
        Operation::AddInterview(s, terms) => (!sources.is_empty()).then(|| {
            let source = sources[s.index(sources.len())];
            match Terms::ALL.get(usize::from(*terms)) {
                Some(terms) => {
                    let (how, on) = (ConversationMode::Phone, None);
                    let said = Conversation {
                        with: "Jane Doe".into(),
                        role: None,
                        how,
                        on,
                        terms: *terms,
                        confirmed: None,
                        recording: None,
                    };
                    desk.add_interview(source, said).map(drop)
                }
                None => {
                    let change = ContactChange { phone: Some("55 55".into()), ..ContactChange::default() };
                    desk.set_contact(source, change).map(drop)
                }
            }
        }),
        Operation::Suggest(at, len, with) => {
            Some(desk.suggest(article, None, stretch(&text, *at, *len), with).map(drop))
        }
        Operation::Decide(at, accepts) => {
            let all: Vec<_> = reading.state.suggestions.iter().map(|s| s.id).collect();
            (!all.is_empty()).then(|| {
                let ids = [all[at.index(all.len())]];
                match accepts {
                    true => desk.accept_suggestions(article, &ids, None).map(drop),
                    false => desk.reject_suggestions(article, &ids, None).map(drop),
                }
            })
        }
        Operation::SuggestText(at, words) => {
            let then = at.index(reading.state.revisions.len());
            let old = desk.text_of(&reading.state.revisions[then]).expect("its text");
            Some(desk.suggest_text(article, &format!("{words}\n\n{old}")).map(drop))
        }
        Operation::Publish => {
            let before = desk.seq().expect("the desk");
            let lowest =
                Policy { evidence: false, queries: false, coverage: 0, context: false, ..Policy::default() };
            // Only a chief may; others export as things stand.
            let _ = desk.set_policy(lowest);
            let to = desk.target(&to, true).expect("a place");
            let done = desk.export(article, &to, true).map(drop);
            Some(done).filter(|done| done.is_err() || desk.seq().expect("the desk") > before)
        }
        Operation::SwitchPerson(other) => {
            Some(desk.introduce(if *other { "Cy Other" } else { "Ada Long" }, "").map(drop))
        }
    };
    match done {
        Some(Ok(())) => true,
        None | Some(Err(DeskError::NoChange(_) | DeskError::NotOpen(_) | DeskError::Refused(_))) => false,
        Some(Err(other)) => panic!("{operation:?}: {other}"),
    }
}

fn evidence(reading: &Reading, at: &Index) -> Option<EvidenceId> {
    let all: Vec<EvidenceId> = reading.state.claims.iter().flat_map(|c| &c.evidence).map(|e| e.id).collect();
    (!all.is_empty()).then(|| all[at.index(all.len())])
}

fn all(desk: &mut Desk, step: impl Fn(&mut Desk) -> Result<(), DeskError>) -> usize {
    let mut steps = 0;
    loop {
        match step(desk) {
            Ok(()) => steps += 1,
            Err(DeskError::NoChange(_)) => return steps,
            Err(other) => panic!("after {steps} steps: {other}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_leaves_nothing_and_redoing_restores_everything(operations in prop::collection::vec(operation(), 1..14)) {
        let mut o = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        let done = operations.iter().filter(|d| perform(&mut o, d)).count() + 1;
        let before = o.desk.dump_live().unwrap();
        prop_assert_eq!(all(&mut o.desk, |d| d.undo(None).map(drop)), done);
        prop_assert_eq!(o.desk.dump_live().unwrap(), "");
        prop_assert_eq!(all(&mut o.desk, |d| d.redo(None).map(drop)), done);
        prop_assert_eq!(o.desk.dump_live().unwrap(), before);
        prop_assert_eq!(o.desk.check().unwrap().faults, []);
    }

    #[test]
    fn every_claim_is_on_whole_characters_after_any_operations(operations in prop::collection::vec(operation(), 1..14)) {
        let mut o = Opened::with("Alpha 12 beta.\n\nGamma delta 語語 34 👩‍👩‍👧 epsilon.\n");
        for operation in &operations {
            perform(&mut o, operation);
        }
        let reading = o.desk.read(o.article, None).unwrap();
        for claim in reading.state.live_claims() {
            let anchor = reading.state.anchor(reading.revision.id, claim.id).unwrap();
            for span in &anchor.spans {
                prop_assert!(!span.is_empty() && span.of(&reading.text).is_some(), "{:?}", span);
            }
            prop_assert!(anchor.spans.windows(2).all(|w| w[0].end < w[1].start), "{:?}", anchor.spans);
        }
    }
}

/// Imports the other desk's bundle. If both changed the same sentence, its own words stay.
fn joins(here: &mut Opened, there: &Opened, name: &str) {
    match import_bundle_from(&mut here.desk, &there.out(name), false, |_| Some(Decision::Ours)) {
        Ok(_) | Err(DeskError::NoChange(_)) => {}
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn two_desks_can_join_after_any_operations(
        first in prop::collection::vec(operation(), 0..5),
        both in prop::collection::vec((operation(), operation()), 1..8),
    ) {
        let mut ada = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        for operation in &first {
            perform(&mut ada, operation);
        }
        let mut ben = Opened::of_bundle("Ben Short", &ada.out("start.zip"));
        for (ours, theirs) in &both {
            perform(&mut ada, ours);
            perform(&mut ben, theirs);
        }
        let before = std::fs::read(ada.out("before.zip")).unwrap();
        let marked = |o: &Opened| o.desk.read(o.article, None).unwrap().state.claims.len();
        let (mine, yours) = (marked(&ada), marked(&ben));

        joins(&mut ada, &ben, "ben.zip");
        let joined = ada.out("joined.zip");
        prop_assert!(marked(&ada) >= mine.max(yours));
        let reading = ada.desk.read(ada.article, None).unwrap();
        for claim in &reading.state.claims {
            prop_assert!(reading.state.anchor(reading.revision.id, claim.id).is_some(), "every claim has a word on its place");
        }
        let text = ada.text();
        if ada.desk.next_undo().unwrap().is_some_and(|a| a.kind == ActionKind::ImportBundle) {
            ada.desk.undo(None).unwrap();
            prop_assert!(std::fs::read(ada.out("parted.zip")).unwrap() == before);
            ada.desk.redo(None).unwrap();
            prop_assert_eq!(ada.text(), text.clone());
            prop_assert!(std::fs::read(ada.out("again.zip")).unwrap() == std::fs::read(&joined).unwrap());
        }
        joins(&mut ben, &ada, "ada.zip");
        ben.out("joined.zip");
        prop_assert_eq!(ben.text(), text);
        prop_assert_eq!(ada.desk.check().unwrap().faults, []);
        prop_assert_eq!(ben.desk.check().unwrap().faults, []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn an_article_can_be_exported_after_any_exchange(
        rounds in prop::collection::vec((prop::collection::vec(operation_with_undo(), 0..4), prop::collection::vec(operation_with_undo(), 0..4)), 1..5),
    ) {
        let mut ada = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        let mut ben = Opened::of_bundle("Ben Short", &ada.out("start.zip"));
        for (round, (ours, theirs)) in rounds.iter().enumerate() {
            for operation in ours {
                perform(&mut ada, operation);
                ada.out(&format!("a{round}.zip"));
            }
            for operation in theirs {
                // Undoing an import may remove the whole article.
                if ben.desk.read(ben.article, None).is_ok() {
                    perform(&mut ben, operation);
                }
            }
            if ben.desk.read(ben.article, None).is_err() {
                break;
            }
            exchanged(&mut ada, &ben, &format!("b{round}.zip"));
            exchanged(&mut ben, &ada, &format!("c{round}.zip"));
            for desk in [&ada.desk, &ben.desk] {
                prop_assert_eq!(desk.check().unwrap().faults, []);
            }
        }
    }
}

/// Like [`joins`]. After a redaction of a revision, two texts may have nothing in common; then the import is refused.
fn exchanged(here: &mut Opened, there: &Opened, name: &str) {
    match import_bundle_from(&mut here.desk, &there.out(name), false, |_| Some(Decision::Ours)) {
        Ok(_) | Err(DeskError::NoChange(_)) => {}
        Err(DeskError::Refused(why)) if why.code() == "refused_nothing_in_common" => {}
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    #[test]
    fn offsets_round_trip_in_every_unit(text in "(\\PC|[\r\n\u{301}👩‍👧語é]){0,60}") {
        let offsets = Offsets::new(&text);
        for at in text.char_indices().map(|(i, _)| Byte(i)).chain([Byte(text.len())]) {
            prop_assert_eq!(offsets.from_utf16(offsets.to_utf16(at).unwrap()), Ok(at));
            prop_assert_eq!(offsets.from_point(offsets.to_point(at).unwrap()), Ok(at));
        }
        prop_assert_eq!(offsets.points().0, text.chars().count());
        prop_assert_eq!(offsets.utf16s().0, text.encode_utf16().count());
        for inside in (0..text.len()).filter(|i| !text.is_char_boundary(*i)) {
            prop_assert!(offsets.to_utf16(Byte(inside)).is_err());
        }
    }

    #[test]
    fn normalising_twice_is_normalising_once(text in "(\\PC|[\r\n\u{feff}]){0,60}") {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once.clone());
        prop_assert!(!once.contains('\r'));
    }
}
