//! How much of the article is settled: every sentence, and in it every number, date, name, quotation and superlative,
//! is under a claim whose verdict holds, was waved through by somebody, or is open. Worked out anew each time; only
//! what was waved through is recorded.

use super::coverage_rules::asked;
use crate::desk::{Desk, DeskError, Done, Reading, Standings, claims::mark::filled};
use crate::{
    anchor::{Detail, details, key},
    model::{
        ActionKind, ArticleId, Chain, ClaimId, Exemption, ExemptionId, Fact, Noted, RevisionId, Rules,
        Standing,
    },
    text::{Byte, Span, sentences_in, words},
};
use std::collections::HashMap;

crate::model::slugs! {
    /// What became of a sentence or a detail.
    Cover, "cover", { Checked = "checked", Exempt = "waved", Open = "open" }
}

/// One sentence and what is settled of it.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Checked where every detail is and verdicts hold on at least half of its words.
    pub cover: Cover,
    /// What in it can be checked on its own.
    pub details: Vec<(Detail, Cover)>,
    /// Who waved it through, where somebody did.
    pub waved: Option<Noted<Exemption>>,
}

/// The sentences of an article that are asked for, in reading order; see the module on what is asked.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Each sentence.
    pub sentences: Vec<Sentence>,
}

impl Coverage {
    /// How many sentences are so.
    pub fn count(&self, cover: Cover) -> usize {
        self.sentences.iter().filter(|s| s.cover == cover).count()
    }

    /// How many of a hundred sentences are settled, rounded down; all of them where there are none.
    pub fn percent(&self) -> u8 {
        let (all, open) = (self.sentences.len(), self.count(Cover::Open));
        ((all - open) * 100).checked_div(all).unwrap_or(100) as u8
    }

    /// The details of one cover, in reading order.
    pub fn details(&self, cover: Cover) -> impl Iterator<Item = &Detail> {
        let all = self.sentences.iter().flat_map(|s| &s.details);
        all.filter(move |(_, c)| *c == cover).map(|(d, _)| d)
    }
}

/// What is settled of a reading, by the rules given.
pub(in crate::desk) fn coverage(reading: &Reading, rules: Rules) -> Coverage {
    coverage_without(reading, rules, &[])
}

/// What would be settled of it if these claims were not there.
fn coverage_without(reading: &Reading, rules: Rules, without: &[ClaimId]) -> Coverage {
    let language = reading.revision.info.as_ref().and_then(|i| i.value.language.as_deref());
    let text = &*reading.text;
    let sentences: Vec<Span> = sentences_in(text, language)
        .into_iter()
        .filter(|s| !words(s.of(text).unwrap_or_default()).is_empty())
        .collect();
    let found = details(text, &sentences, language);
    let holding = Holding::of(reading, without);
    let waved = waved(reading);
    let heading = |s: &Span| s.of(text).is_some_and(|w| w.starts_with('#'));
    let all = sentences.into_iter().zip(found);
    let all: Vec<(Span, Vec<Detail>)> = match rules {
        Rules::First => all.filter(|(s, found)| !(heading(s) && found.is_empty())).collect(),
        Rules::Second => asked(text, all.collect()),
    };
    let sentences = all.into_iter().map(|(span, found)| {
        let by =
            if waved.is_empty() { None } else { waved.get(&key(span.of(text).unwrap_or_default())).copied() };
        sentence(text, span, found, &holding, by)
    });
    Coverage { sentences: sentences.collect() }
}

/// The sentences that were waved through, by what their words come down to.
fn waved(reading: &Reading) -> HashMap<String, &Noted<Exemption>> {
    reading.state.waved.iter().map(|w| (key(&w.value.sentence), w)).collect()
}

fn sentence(
    text: &str,
    span: Span,
    found: Vec<Detail>,
    holding: &Holding,
    waved: Option<&Noted<Exemption>>,
) -> Sentence {
    let otherwise = if waved.is_some() { Cover::Exempt } else { Cover::Open };
    let cover = |holds: bool| if holds { Cover::Checked } else { otherwise };
    let details: Vec<(Detail, Cover)> =
        found.into_iter().map(|d| (d, cover(holding.hold(text, d.span)))).collect();
    let checked = details.iter().all(|(_, c)| *c == Cover::Checked) && holding.half(text, span);
    Sentence { span, cover: cover(checked), details, waved: waved.cloned() }
}

/// The stretches under claims whose verdicts hold, in order and apart.
struct Holding(Vec<Span>);

impl Holding {
    fn of(reading: &Reading, without: &[ClaimId]) -> Self {
        let standings = Standings::new(reading);
        let others = reading.state.live_claims().filter(|c| !without.contains(&c.claim.claim));
        let holds = others.filter(|c| standings.of(c).standing == Standing::Checked);
        let mut all: Vec<Span> =
            holds.filter_map(|c| standings.anchor(c)).flat_map(|a| a.spans.iter().copied()).collect();
        all.sort();
        let mut apart: Vec<Span> = Vec::new();
        for span in all {
            match apart.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => apart.push(span),
            }
        }
        Self(apart)
    }

    fn touch(&self, span: Span) -> bool {
        let at = self.0.partition_point(|h| h.end <= span.start);
        self.0.get(at).is_some_and(|h| h.start < span.end)
    }

    /// Whether at least half of the words of a sentence lie under one of them.
    fn half(&self, text: &str, span: Span) -> bool {
        let inner = words(span.of(text).unwrap_or_default());
        let held = inner.iter().filter(|w| self.touch(w.shifted(span.start.0 as isize))).count();
        held * 2 >= inner.len()
    }

    /// Whether every word of a stretch lies under one of them, at least in part: a verdict is given on whole words.
    fn hold(&self, text: &str, span: Span) -> bool {
        let inner = words(span.of(text).unwrap_or_default());
        inner.iter().all(|w| self.touch(w.shifted(span.start.0 as isize)))
    }
}

impl Desk {
    /// What is settled of an article's newest revision.
    pub fn coverage(&self, article: ArticleId) -> Result<Coverage, DeskError> {
        Ok(coverage(&self.read(article, None)?, Rules::default()))
    }

    /// Says of each open sentence that meets one of `spans` that it needs no check. Fails where none is open there, or
    /// where the text was revised since `revision`.
    pub fn wave_through(
        &mut self,
        article: ArticleId,
        revision: Option<RevisionId>,
        spans: &[Span],
        note: Option<String>,
    ) -> Result<Done<usize>, DeskError> {
        let reading = self.read_newest(article, revision)?;
        let facts =
            self.exemption_facts(&reading, &coverage(&reading, Rules::default()), spans, filled(note));
        if facts.is_empty() {
            let why = "there is no open sentence there; 'coverage A --open' lists the open ones";
            return Err(DeskError::NoChange(why.into()));
        }
        self.act(ActionKind::WaveThrough, Chain::Article(article), |act| {
            let count = facts.len();
            for fact in facts {
                act.record(Fact::Exemption(fact));
            }
            Ok(count)
        })
    }

    /// What says that the sentences of these claims need no check, as they would be open without the claims.
    pub(in crate::desk) fn sentences_of(&self, reading: &Reading, claims: &[ClaimId]) -> Vec<Exemption> {
        let standings = Standings::new(reading);
        let views = reading.state.live_claims().filter(|c| claims.contains(&c.claim.claim));
        let spans: Vec<Span> =
            views.filter_map(|c| standings.anchor(c)).flat_map(|a| a.spans.iter().copied()).collect();
        self.exemption_facts(reading, &coverage_without(reading, Rules::default(), claims), &spans, None)
    }

    /// What says that the open sentences that meet one of `spans` need no check; equal ones once.
    fn exemption_facts(
        &self,
        reading: &Reading,
        coverage: &Coverage,
        spans: &[Span],
        note: Option<String>,
    ) -> Vec<Exemption> {
        let mut facts: Vec<Exemption> = Vec::new();
        for s in coverage.sentences.iter().filter(|s| s.cover == Cover::Open && meets(s, spans)) {
            let sentence = s.span.of(&reading.text).unwrap_or_default().to_owned();
            if facts.iter().all(|f| key(&f.sentence) != key(&sentence)) {
                let (wave, article) = (ExemptionId(self.fresh()), reading.article);
                facts.push(Exemption { wave, article, sentence, note: note.clone(), taken_back: false });
            }
        }
        facts
    }

    /// Opens sentences again that were waved through. Fails where none of those meets one of `spans`.
    pub fn open_again(
        &mut self,
        article: ArticleId,
        revision: Option<RevisionId>,
        spans: &[Span],
    ) -> Result<Done<usize>, DeskError> {
        let reading = self.read_newest(article, revision)?;
        let all = coverage(&reading, Rules::default());
        let there = all.sentences.iter().filter(|s| meets(s, spans)).filter_map(|s| s.waved.as_ref());
        let keys: Vec<String> = there.map(|w| key(&w.value.sentence)).collect();
        let gone: Vec<_> =
            reading.state.waved.iter().filter(|w| keys.contains(&key(&w.value.sentence))).cloned().collect();
        if gone.is_empty() {
            return Err(DeskError::NoChange("no sentence there is marked as “No check needed”".into()));
        }
        self.act(ActionKind::OpenAgain, Chain::Article(article), |act| {
            let count = gone.len();
            for Noted { value, stamp } in gone {
                act.replace(Fact::Exemption(Exemption { taken_back: true, ..value }), vec![stamp.fact]);
            }
            Ok(count)
        })
    }
}

fn meets(sentence: &Sentence, spans: &[Span]) -> bool {
    let Span { start, end } = sentence.span;
    spans.iter().any(|s| s.start < end && start < s.end.max(Byte(s.start.0 + 1)))
}
