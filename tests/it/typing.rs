//! The effects predicted while somebody types are those that saving then records: on the cases of compared statements and
//! carried claims, on random texts, and over the wire.

use crate::{
    anchors::{bracketed, cases},
    support::Opened,
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};
use std::collections::HashMap;
use tickmark::{
    desk::{Effect, Reading, Typed},
    model::{ClaimId, Digest, Placement, Standing},
    text::{Change, Span, Step},
    wire::Session,
};

/// The smallest single replacement that turns `old` into `new`, as the page types a draft again.
fn replacement(old: &str, new: &str) -> Change {
    let head = old.char_indices().zip(new.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    let head = head.unwrap_or(old.len().min(new.len()));
    let tail: usize = old[head..]
        .chars()
        .rev()
        .zip(new[head..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let replace =
        Step::Replace { len: old.len() - head - tail, with: new[head..new.len() - tail].to_owned() };
    Change::new([Step::Keep(head), replace, Step::Keep(tail)])
}

/// Change sets by which an editor may have turned one text into the other.
fn ways(old: &str, new: &str) -> [Change; 2] {
    [replacement(old, new), Change::between(old, new)]
}

/// Every live claim in a revision.
fn stand(o: &Opened, reading: &Reading) -> HashMap<ClaimId, Effect> {
    let standings = o.desk.standings(reading);
    let one = |c: &tickmark::model::ClaimView| {
        let (judged, spans) = (standings.of(c), standings.anchor(c)?.spans.clone());
        let (placement, standing, reasons) = (judged.placement, judged.standing, judged.reasons);
        let context = judged.context;
        Some((c.id, Effect { claim: c.id, placement, standing, reasons, context, spans }))
    };
    reading.state.live_claims().filter_map(one).collect()
}

/// Types `change`, compares the prediction with what saving records, and returns the prediction.
fn foretold(o: &mut Opened, change: &Change) -> Vec<Effect> {
    let newest = o.desk.read(o.article, None).expect("the article");
    let effects = o.desk.effects(&newest, change).expect("a change of this text");
    let before = stand(o, &newest);
    let typed = Typed { text: effects.text.clone(), change: Some(change.clone()), ..Typed::default() };
    o.desk.revise(o.article, typed).expect("a new revision");
    let after = stand(o, &o.desk.read(o.article, None).expect("the article"));
    let told: HashMap<ClaimId, &Effect> = effects.claims.iter().map(|e| (e.claim, e)).collect();
    for (claim, is) in &after {
        match told.get(claim) {
            Some(told) => assert_eq!(*told, is, "{change:?} of {:?}", newest.text),
            None => untouched(&newest.text, &effects.text, &before[claim], is),
        }
    }
    effects.claims
}

/// A claim without a predicted effect has the same words and the same status.
fn untouched(old: &str, new: &str, was: &Effect, is: &Effect) {
    let words =
        |text: &str, e: &Effect| e.spans.iter().map(|s| s.of(text).unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(words(old, was), words(new, is), "{old:?} => {new:?}");
    assert_eq!((was.standing, &was.reasons), (is.standing, &is.reasons), "{old:?} => {new:?}");
    assert_eq!(was.standing == Standing::Orphaned, is.placement == Placement::Orphaned);
}

#[test]
fn a_verdict_is_predicted_stale_exactly_if_its_case_expects_a_change_of_words() {
    for case in cases(include_str!("cases/compare.txt")) {
        let [was, now, expected] = case.as_slice() else { panic!("three fields: {case:?}") };
        let article = |words: &str| format!("The first of it.\n\n{words}\n\nKm 5 of it.\n");
        for change in ways(&article(was), &article(now)) {
            let mut o = Opened::with(&article(was));
            let claim = o.mark_true(was.trim());
            o.mark_true("Km 5");
            let told = foretold(&mut o, &change);
            let one = told.iter().find(|e| e.claim == claim).expect("the claim that was typed in");
            let standing = if expected == "same" { Standing::Checked } else { Standing::Stale };
            assert_eq!(one.standing, standing, "{was:?} => {now:?}: {one:?}");
        }
    }
}

#[test]
fn a_place_is_predicted_as_it_is_saved_on_every_case_of_carrying() {
    let mut placements = Vec::new();
    for case in cases(include_str!("cases/carry.txt")) {
        let [was, now, _] = case.as_slice() else { panic!("three fields: {case:?}") };
        let ((old, spans), (new, _)) = (bracketed(was), bracketed(now));
        for change in ways(&old, &new) {
            let mut o = Opened::with(&old);
            let claim = o.desk.mark(o.article, None, &spans, Default::default()).expect("a claim").value;
            o.desk.give_verdict((o.article, claim), "true", None, "It is so.").expect("a verdict");
            placements.extend(foretold(&mut o, &change).into_iter().map(|e| e.placement));
        }
    }
    for one in [Placement::Kept, Placement::Changed, Placement::Moved, Placement::Orphaned] {
        assert!(placements.contains(&one), "no case is {one}");
    }
}

/// Paragraphs of words and figures, with marks for quotations, emphasis and lists.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "the town",
        "was lost",
        "5",
        "1.5",
        "million",
        "km",
        "%",
        "don't",
        "“so”",
        "\"no\"",
        "’",
        " ",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\n\n",
        "*",
        "**",
        "- ",
        "# ",
        "-",
        "–",
        ". ",
        ", ",
        "é",
        "東",
        "👩‍👩‍👧",
    ]);
    prop::collection::vec(piece, 4..50).prop_map(|pieces| pieces.concat())
}

/// Kept, deleted and inserted ranges, by places in the text.
type Edits = Vec<(Index, usize, &'static str)>;

fn edits() -> impl Strategy<Value = Edits> {
    let put = prop::sample::select(vec![
        "", "", "5", " ", "not ", "*", "“", "\"", "'", "\n\n", "\n", "million", "é", "-",
    ]);
    prop::collection::vec((any::<Index>(), 0..12_usize, put), 1..4)
}

fn change(text: &str, edits: &Edits) -> Change {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut places: Vec<(usize, usize, &str)> =
        edits.iter().map(|(at, len, put)| (at.index(bounds.len()), *len, *put)).collect();
    places.sort_unstable();
    let (mut at, mut steps) = (0, Vec::new());
    for (from, len, put) in places {
        let from = from.max(at);
        let to = (from + len).min(bounds.len() - 1);
        steps.extend([
            Step::Keep(bounds[from] - bounds[at]),
            Step::Replace { len: bounds[to] - bounds[from], with: put.into() },
        ]);
        at = to;
    }
    steps.push(Step::Keep(text.len() - bounds[at]));
    Change::new(steps)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_predicted_effects_are_the_saved_ones(text in text(), places in prop::collection::vec((any::<Index>(), 1..15_usize), 1..5), edits in edits()) {
        prop_assume!(!text.trim().is_empty());
        let mut o = Opened::with(&text);
        let chars: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (at, len) in places {
            let from = at.index(chars.len());
            let span = Span::at(chars[from], chars[(from + len).min(chars.len() - 1)]);
            if let Ok(claim) = o.desk.mark(o.article, None, &[span], Default::default()) {
                o.desk.give_verdict((o.article, claim.value), "true", None, "It is so.").expect("a verdict");
            }
        }
        let change = change(&text, &edits);
        let new = change.apply(&text).expect("a change of this text");
        prop_assume!(new != text && !new.trim().is_empty());
        foretold(&mut o, &change);
    }
}

/// An article that the window has open, and a change of it that makes the 40 a 400.
fn open() -> (Opened, Session, Value) {
    let mut o = Opened::with("A 👩‍👩‍👧 house.\n\nThe flood took about 40 houses.\n\nNo one was hurt.\n");
    o.mark_true("about 40");
    o.mark_true("No one");
    let session = Session::over(o.beside());
    let view =
        session.call("article.open", json!({ "article": o.article.to_string() })).expect("the article");
    let text = view["text"].as_str().expect("a text");
    let units = |bytes: usize| text[..bytes].encode_utf16().count();
    let at = units(text.find("40").expect("the figure") + 2);
    let changes = json!([at, [0, "0"], units(text.len()) - at]);
    let request = json!({ "article": view["id"], "base": view["revision"]["id"], "changes": changes });
    (o, session, request)
}

#[test]
fn the_window_gets_the_effects_and_their_reasons_and_nothing_is_recorded() {
    let (o, session, request) = open();
    let seq = o.desk.seq().expect("a place");
    let told = session.call("draft.effects", request).expect("what it does");
    let claim =
        told.as_array().expect("a list").iter().find(|e| e["standing"] == "stale").expect("one falls");
    assert_eq!(claim["reasons"], json!(["“40” → “400”"]));
    assert_eq!(claim["placement"], "changed");
    let at = "A 👩‍👩‍👧 house.\n\nThe flood took ".encode_utf16().count();
    assert_eq!(claim["spans"], json!([{ "start": at, "end": at + 9 }]));
    assert_eq!(
        (o.desk.seq().expect("a place"), o.desk.draft(o.article).expect("no fault").is_none()),
        (seq, true)
    );
}

#[test]
fn effects_are_refused_if_the_article_was_revised_or_the_changes_do_not_fit() {
    let (mut o, session, mut request) = open();
    request["changes"] = json!([3, [0, "x"]]);
    let unfit = session.call("draft.effects", request.clone()).expect_err("a change of another text");
    assert_eq!(unfit.code, "wrong_request");
    o.revise("Another text.\n");
    let late = session.call("draft.effects", request).expect_err("an older revision");
    assert_eq!(late.code, "revised_elsewhere");
}

/// The request to save a draft as changes alone.
fn alone(o: &Opened, request: &Value) -> Value {
    let mut keep = request.clone();
    keep["baseDigest"] = json!(Digest::of(o.text().as_bytes()).to_string());
    keep
}

fn kept(o: &Opened) -> Option<String> {
    o.desk.draft(o.article).expect("no fault").map(|draft| draft.text)
}

#[test]
fn a_draft_saved_as_changes_alone_reads_as_the_whole_text() {
    let (o, session, request) = open();
    session.call("draft.keep", alone(&o, &request)).expect("a draft");
    assert_eq!(kept(&o), Some(o.text().replace("40", "400")));
    let view = session.call("article.open", json!({ "article": request["article"] })).expect("the article");
    assert_eq!(view["draft"]["text"], json!(o.text().replace("40", "400")));
    assert_eq!(view["draft"]["changes"], request["changes"]);
}

#[test]
fn changes_alone_are_refused_on_a_text_they_were_not_made_on() {
    let (mut o, session, request) = open();
    let keep = alone(&o, &request);
    // A text as long as the one that was typed on: the changes fit it but are wrong for it.
    o.revise(&o.text().replace("flood took", "flames ate"));
    let (newest, length) = (o.desk.read(o.article, None).expect("the article"), o.text().len());
    assert_eq!(newest.text.len(), length);
    let mut wrong = keep.clone();
    wrong["base"] = json!(newest.revision.id.to_string());
    assert_eq!(session.call("draft.keep", wrong).expect_err("another text").code, "wrong_request");
    assert_eq!(kept(&o), None);
    // On the revision that they were made on they are saved, although it is no longer the newest.
    session.call("draft.keep", keep).expect("a draft");
    assert!(kept(&o).is_some_and(|text| text.contains("The flood took about 400 houses.")));
}

#[test]
fn changes_alone_are_refused_if_they_do_not_fit_or_have_no_base_digest() {
    let (o, session, request) = open();
    let keep = alone(&o, &request);
    session.call("draft.keep", keep.clone()).expect("a draft");
    let before = kept(&o);
    for (field, value) in [
        ("changes", json!([3, [0, "x"]])),
        ("changes", json!("no changes")),
        ("changes", Value::Null),
        ("baseDigest", Value::Null),
        ("baseDigest", json!("00")),
    ] {
        let mut wrong = keep.clone();
        wrong[field] = value.clone();
        let refused = session.call("draft.keep", wrong).expect_err("changes that tell no text");
        assert_eq!(refused.code, "wrong_request", "{field} {value}");
        assert_eq!(kept(&o), before, "{field} {value}");
    }
}

#[test]
fn a_draft_with_its_whole_text_is_saved_unchanged_on_any_revision() {
    let (mut o, session, mut request) = open();
    request["text"] = json!("Other words.\n");
    o.revise("Words of somebody else.\n");
    session.call("draft.keep", request).expect("a draft");
    assert_eq!(kept(&o).as_deref(), Some("Other words.\n"));
}
