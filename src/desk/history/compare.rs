//! Comparing two states of an article: word by word, and as statements.

use crate::desk::{
    Desk, DeskError, Placed, Reading, Standings,
    articles::standing::{beside, words_differ},
};
use crate::{
    anchor::{Around, Reason, Words, compare},
    formats::comparison,
    messages::{Language, Message, message},
    model::{ArticleId, ClaimId, ClaimView, Info, Placement, RevisionId, Rules, Standing},
    text::{Diff, Part, Span, Stats, diff, normalise, stats, words},
};
use std::sync::Arc;

/// The whole comparison.
pub struct Comparison {
    /// The older side.
    pub from: Reading,
    /// The newer side. If its text is not saved, its revision is the newest saved one.
    pub to: Reading,
    /// Whether the text of the newer side is not saved.
    pub unsaved: bool,
    /// Word by word.
    pub diff: Diff,
    /// The numbers of words.
    pub stats: Stats,
    /// The same as statements, most important first.
    pub statements: Vec<Statement>,
    /// Every live claim.
    pub claims: Vec<Placed>,
}

/// A statement about one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its kind.
    pub kind: StatementKind,
    /// In a sentence.
    pub message: Message,
    /// The claim it is about.
    pub claim: Option<ClaimId>,
    /// Where it is in the newer text.
    pub new: Option<Span>,
    /// Where it is in the older text.
    pub old: Option<Span>,
}

crate::model::slugs! {
    /// The kind of a change, most important first.
    StatementKind, "kind of change", {
        VerdictFell = "verdict_fell", FactChanged = "fact_changed", Orphaned = "orphaned", NewUnchecked = "new_unchecked",
        ContextChanged = "context_changed", Moved = "moved", InfoChanged = "info_changed",
    }
}

impl Desk {
    /// Compares two revisions.
    pub fn compare(
        &self,
        article: ArticleId,
        from: RevisionId,
        to: RevisionId,
    ) -> Result<Comparison, DeskError> {
        let (from, to) = (self.read(article, Some(from))?, self.read(article, Some(to))?);
        Ok(compare_readings(from, to, false, Rules::default()))
    }

    /// Compares a revision with a text that is not saved. Claims are shown at the places they would get.
    pub fn compare_text(
        &self,
        article: ArticleId,
        from: RevisionId,
        text: &str,
    ) -> Result<Comparison, DeskError> {
        let (from, newest) = (self.read(article, Some(from))?, self.read(article, None)?);
        let mut state = (*newest.state).clone();
        let text = normalise(text);
        state.carry(from.revision.id, newest.revision.id, |spans| {
            let carried = crate::anchor::carry(&from.text, &text, None, spans);
            carried.into_iter().map(|c| (c.placement, c.spans)).collect::<Vec<_>>()
        });
        let now = Reading::new(article, Arc::new(state), newest.revision, text.into(), newest.newest);
        Ok(compare_readings(from, now, true, Rules::default()))
    }
}

impl Placed {
    /// The old and new place and status of a claim. `was` reads the older side, `is` the newer one.
    pub(in crate::desk) fn of(claim: &ClaimView, was: &Standings, is: &Standings) -> Self {
        let (before, now) = (was.anchor(claim), is.anchor(claim));
        let spans = now.map(|a| a.spans.clone()).unwrap_or_default();
        let old_spans = before.map(|a| a.spans.clone()).unwrap_or_default();
        let (old, new) = (was.statement(&old_spans), is.statement(&spans));
        let claim_standing = is.of(claim);
        let mut reasons = claim_standing.reasons;
        let (mut changed, mut context_changed) = (false, false);
        if !spans.is_empty() && !old_spans.is_empty() {
            let since = Since::of((was, &old_spans, &old), (is, &spans, &new));
            changed = !since.words.is_empty();
            context_changed = since.context;
            if changed {
                reasons = since.words;
            }
        }
        let recorded = now.map_or(Placement::Orphaned, |a| a.placement);
        let placement = match (spans.is_empty(), changed, recorded) {
            (true, ..) => Placement::Orphaned,
            (false, true, _) => Placement::Changed,
            (false, false, Placement::Moved) => Placement::Moved,
            (false, false, Placement::Kept | Placement::Changed | Placement::Orphaned) => Placement::Kept,
        };
        let joined = |quote: Vec<String>| (!quote.is_empty()).then(|| quote.join(" … "));
        Self {
            claim: claim.id,
            placement,
            standing: claim_standing.standing,
            standing_before: was.of(claim).standing,
            context_changed: context_changed || claim_standing.context_changed,
            quote: joined(claim_standing.quote),
            was: joined(was.of(claim).quote),
            spans,
            old_spans,
            reasons,
        }
    }
}

/// What changed on a claim that has a place on both sides.
struct Since {
    /// In its words, or in its reach.
    words: Vec<Message>,
    /// Whether other words of its sentences changed.
    context: bool,
}

impl Since {
    /// The change from one side to the other. A side is its standings, the claim's place and its statement.
    fn of(was: (&Standings, &[Span], &str), is: (&Standings, &[Span], &str)) -> Self {
        let (old, new) = (was.0.context(was.1), is.0.context(is.1));
        if let Words::Changed(why) = compare(was.2, is.2) {
            let context =
                words_differ(&old.replacen(was.2, "\u{25a1}", 1), &new.replacen(is.2, "\u{25a1}", 1));
            return Self { words: why.iter().map(Reason::message).collect(), context };
        }
        let Around { reach, context } = is.0.around(is.1, was.2, &old);
        Self { words: beside(&reach), context: !context.is_empty() }
    }
}

/// A comparison as an HTML page that needs no other files.
pub fn comparison_page(c: &Comparison) -> String {
    let lines: Vec<String> = c.statements.iter().map(|s| s.message.words(Language::default())).collect();
    let language = c.to.language();
    comparison::page(
        &crate::desk::headline(&c.to.text),
        language,
        &lines,
        (&c.from.text, &c.to.text),
        &c.diff,
    )
}

/// Compares two readings by the given rules.
pub(in crate::desk) fn compare_readings(
    from: Reading,
    to: Reading,
    unsaved: bool,
    rules: Rules,
) -> Comparison {
    let diff = diff(&from.text, &to.text);
    let stats = stats(&diff, &from.text, &to.text);
    let claims: Vec<Placed> = {
        let (was, is) = (Standings::by(&from, rules), Standings::by(&to, rules));
        let placed =
            to.state.live_claims().filter(|c| is.anchor(c).is_some()).map(|c| Placed::of(c, &was, &is));
        placed.map(|p| moved(p, &diff)).collect()
    };
    let statements = statements(&from, &to, &diff, &claims);
    Comparison { from, to, unsaved, diff, stats, statements, claims }
}

/// Sets the placement to moved if a claim's words are unchanged and in a stretch that moved.
fn moved(mut placed: Placed, diff: &Diff) -> Placed {
    let within = |part: &Part| match part {
        Part::MovedTo { new, .. } => placed.spans.iter().any(|s| new.contains(s)),
        Part::Kept { .. } | Part::Deleted { .. } | Part::Inserted { .. } | Part::MovedFrom { .. } => false,
    };
    if placed.placement == Placement::Kept && diff.parts.iter().any(within) {
        placed.placement = Placement::Moved;
    }
    placed
}

fn statements(from: &Reading, to: &Reading, diff: &Diff, claims: &[Placed]) -> Vec<Statement> {
    let mut all: Vec<Statement> = claims.iter().flat_map(of_claim).collect();
    all.extend(unchecked(to, diff, claims));
    all.extend(of_info(from, to));
    all.sort_by_key(|s| (s.kind, s.new.or(s.old).map(|s| s.start)));
    all
}

fn of_claim(p: &Placed) -> Vec<Statement> {
    let statement = |kind, message| Statement {
        kind,
        message,
        claim: Some(p.claim),
        new: p.spans.first().copied(),
        old: p.old_spans.first().copied(),
    };
    let (was, now) = (p.was.clone().unwrap_or_default(), p.quote.clone().unwrap_or_default());
    let why = || p.reasons.clone();
    let mut all = Vec::new();
    if p.standing_before == Standing::Checked && p.standing == Standing::Stale {
        let message = message!("open_stale", words = &now, why = why());
        all.push(statement(StatementKind::VerdictFell, message));
    }
    match p.placement {
        Placement::Changed => {
            let message = message!("change_fact", was = was, now = now.clone(), why = why());
            all.push(statement(StatementKind::FactChanged, message));
        }
        Placement::Moved => {
            all.push(statement(StatementKind::Moved, message!("change_moved", words = &now)));
        }
        Placement::Orphaned if !was.is_empty() => {
            all.push(statement(StatementKind::Orphaned, message!("open_orphaned", words = was)));
        }
        Placement::Kept | Placement::Orphaned => {}
    }
    if p.context_changed && p.placement != Placement::Orphaned {
        all.push(statement(StatementKind::ContextChanged, message!("change_context", words = now)));
    }
    all
}

/// Sentences that consist mostly of new words and have no claim with a verdict that holds.
fn unchecked(to: &Reading, diff: &Diff, claims: &[Placed]) -> Vec<Statement> {
    let inserted: Vec<Span> = diff.parts.iter().filter_map(new_words).collect();
    let language = to.language();
    if inserted.is_empty() {
        return Vec::new();
    }
    let covered = |s: &Span| {
        let holds = claims.iter().filter(|p| p.standing == Standing::Checked);
        holds.flat_map(|p| &p.spans).any(|span| span.overlaps(s))
    };
    let sentences = crate::text::sentences_in(&to.text, language).into_iter();
    let new = sentences.filter(|s| !covered(s) && is_mostly_new(&to.text, s, &inserted));
    let say = |s: Span| {
        let words = s.of(&to.text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let message = message!("change_new", words = words);
        Statement { kind: StatementKind::NewUnchecked, message, claim: None, new: Some(s), old: None }
    };
    new.map(say).collect()
}

fn new_words(part: &Part) -> Option<Span> {
    match part {
        Part::Inserted { new } => Some(*new),
        Part::Kept { .. } | Part::Deleted { .. } | Part::MovedFrom { .. } | Part::MovedTo { .. } => None,
    }
}

fn is_mostly_new(text: &str, sentence: &Span, inserted: &[Span]) -> bool {
    let near = inserted.partition_point(|i| i.end <= sentence.start);
    let here: Vec<&Span> = inserted[near..].iter().take_while(|i| i.start < sentence.end).collect();
    if here.is_empty() {
        return false;
    }
    let all = words(sentence.of(text).unwrap_or_default());
    let new =
        all.iter().filter(|w| here.iter().any(|i| i.overlaps(&w.shifted(sentence.start.0 as isize)))).count();
    new * 2 > all.len()
}

fn of_info(from: &Reading, to: &Reading) -> Vec<Statement> {
    let info = |r: &Reading| r.revision.info.as_ref().map(|i| i.value.clone()).unwrap_or_default();
    let (was, now) = (fields(&info(from)), fields(&info(to)));
    let changed = was.into_iter().zip(now).filter(|((_, was), (_, now))| was != now);
    let say = |((field, was), (_, now)): ((Message, String), (Message, String))| {
        let message = match (was.is_empty(), now.is_empty()) {
            (true, _) => message!("change_info_set", field = field, now = now),
            (_, true) => message!("change_info_removed", field = field, was = was),
            (false, false) => message!("change_info", field = field, was = was, now = now),
        };
        Statement { kind: StatementKind::InfoChanged, message, claim: None, new: None, old: None }
    };
    changed.map(say).collect()
}

fn fields(info: &Info) -> [(Message, String); 10] {
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    [
        (message!("info_byline"), text(&info.byline)),
        (message!("info_outlet"), text(&info.outlet)),
        (message!("info_date"), text(&info.date)),
        (message!("info_time"), text(&info.time)),
        (message!("info_zone"), text(&info.zone)),
        (message!("info_place"), text(&info.place)),
        (message!("info_language"), text(&info.language)),
        (message!("info_url"), text(&info.url)),
        (message!("info_tags"), info.tags.join(", ")),
        (message!("info_hashtags"), info.hashtags.join(" ")),
    ]
}
