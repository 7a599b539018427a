//! Coverage: every sentence, and in it every number, date, name, quotation and superlative, is checked (under a claim whose
//! verdict holds), exempt (a person says that it needs no check) or open. It is computed each time; only the exemptions are
//! recorded. Where names cannot be recognised, a sentence without details counts as a whole: all of its words need a check.

use super::{coverage_rules::sentences_to_check, judging::Judging};
use crate::desk::{Desk, DeskError, Reading, Standings};
use crate::{
    anchor::{Detail, details, key, tells_names},
    model::{ArticleId, ClaimId, Exemption, Noted, Rules, Standing},
    text::{Span, sentences_in, words},
};
use std::collections::HashMap;

crate::model::slugs! {
    /// Whether a sentence or a detail is checked, exempt or open.
    Cover, "cover", { Checked = "checked", Exempt = "waved", Open = "open" }
}

/// One sentence and its coverage.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its place in the text.
    pub span: Span,
    /// Checked if all details are checked and verdicts hold on at least half of its words; on all of them if it counts as a
    /// whole.
    pub cover: Cover,
    /// The details in it that can be checked on their own.
    pub details: Vec<(Detail, Cover)>,
    /// Whether it counts as a whole: no detail is found in it, and names are not recognised in its text.
    pub whole: bool,
    /// Its exemption, if there is one.
    pub exemption: Option<Noted<Exemption>>,
}

/// The sentences of an article that must be checked, in reading order; `coverage_rules` says which these are.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Each sentence.
    pub sentences: Vec<Sentence>,
    /// Whether names are among the details. They are not in scripts without capital letters, such as Arabic or Chinese.
    pub names_recognised: bool,
}

impl Coverage {
    /// How many sentences have this cover.
    pub fn count(&self, cover: Cover) -> usize {
        self.sentences.iter().filter(|s| s.cover == cover).count()
    }

    /// How many open sentences count as a whole.
    pub fn open_wholes(&self) -> usize {
        self.sentences.iter().filter(|s| s.whole && s.cover == Cover::Open).count()
    }

    /// How many percent of the sentences are checked or exempt, rounded down; 100 if there are no sentences.
    pub fn percent(&self) -> u8 {
        let (all, open) = (self.sentences.len(), self.count(Cover::Open));
        ((all - open) * 100).checked_div(all).unwrap_or(100) as u8
    }

    /// The details with this cover, in reading order.
    pub fn details(&self, cover: Cover) -> impl Iterator<Item = &Detail> {
        let all = self.sentences.iter().flat_map(|s| &s.details);
        all.filter(move |(_, c)| *c == cover).map(|(d, _)| d)
    }
}

/// The coverage of a reading.
pub(in crate::desk) fn coverage(reading: &Reading, judge: Judging) -> Coverage {
    coverage_without(reading, judge, &[])
}

/// The coverage of a reading as it would be without these claims.
pub(in crate::desk) fn coverage_without(reading: &Reading, judge: Judging, without: &[ClaimId]) -> Coverage {
    let language = reading.language();
    let text = &*reading.text;
    let sentences: Vec<Span> = sentences_in(text, language)
        .into_iter()
        .filter(|s| !words(s.of(text).unwrap_or_default()).is_empty())
        .collect();
    let found = details(text, &sentences, language);
    let checked_spans = CheckedSpans::of(reading, judge, without);
    let exemptions = exemptions(reading);
    let heading = |s: &Span| s.of(text).is_some_and(|w| w.starts_with('#'));
    let all = sentences.into_iter().zip(found);
    let all: Vec<(Span, Vec<Detail>)> = match judge.rules {
        Rules::First => all.filter(|(s, found)| !(heading(s) && found.is_empty())).collect(),
        Rules::Second | Rules::Third | Rules::Fourth | Rules::Fifth | Rules::Sixth => {
            sentences_to_check(text, all.collect())
        }
    };
    let names_recognised = tells_names(text);
    let sentences = all.into_iter().map(|(span, found)| {
        let exemption = match exemptions.is_empty() {
            true => None,
            false => exemptions.get(&key(span.of(text).unwrap_or_default())).copied(),
        };
        let whole = !names_recognised && found.is_empty();
        sentence(text, span, found, &checked_spans, exemption, whole)
    });
    Coverage { sentences: sentences.collect(), names_recognised }
}

/// The exemptions of a reading, by the key of their sentence.
fn exemptions(reading: &Reading) -> HashMap<String, &Noted<Exemption>> {
    reading.state.exemptions.iter().map(|e| (key(&e.value.sentence), e)).collect()
}

fn sentence(
    text: &str,
    span: Span,
    found: Vec<Detail>,
    checked_spans: &CheckedSpans,
    exemption: Option<&Noted<Exemption>>,
    whole: bool,
) -> Sentence {
    let otherwise = if exemption.is_some() { Cover::Exempt } else { Cover::Open };
    let cover = |holds: bool| if holds { Cover::Checked } else { otherwise };
    let details: Vec<(Detail, Cover)> =
        found.into_iter().map(|d| (d, cover(checked_spans.contain_words(text, d.span)))).collect();
    let enough = match whole {
        true => checked_spans.contain_words(text, span),
        false => checked_spans.contain_half(text, span),
    };
    let checked = enough && details.iter().all(|(_, c)| *c == Cover::Checked);
    Sentence { span, cover: cover(checked), details, whole, exemption: exemption.cloned() }
}

/// The stretches of claims whose verdicts hold and whose sentences count as unchanged, sorted and without overlap.
struct CheckedSpans(Vec<Span>);

impl CheckedSpans {
    fn of(reading: &Reading, judge: Judging, without: &[ClaimId]) -> Self {
        let standings = Standings::by(reading, judge.rules);
        let others = reading.state.live_claims().filter(|c| !without.contains(&c.claim.claim));
        let holds = others.filter(|c| {
            let standing = standings.of(c);
            standing.standing == Standing::Checked && !judge.opens(&standing)
        });
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

    fn overlap(&self, span: Span) -> bool {
        let at = self.0.partition_point(|h| h.end <= span.start);
        self.0.get(at).is_some_and(|h| h.start < span.end)
    }

    /// Whether at least half of the words of a sentence overlap one of them.
    fn contain_half(&self, text: &str, span: Span) -> bool {
        let inner = words(span.of(text).unwrap_or_default());
        let checked = inner.iter().filter(|w| self.overlap(w.shifted(span.start.0 as isize))).count();
        checked * 2 >= inner.len()
    }

    /// Whether every word of a stretch overlaps one of them. A part is enough, because a verdict is given on whole words.
    fn contain_words(&self, text: &str, span: Span) -> bool {
        let inner = words(span.of(text).unwrap_or_default());
        inner.iter().all(|w| self.overlap(w.shifted(span.start.0 as isize)))
    }
}

impl Desk {
    /// The coverage of an article's newest revision.
    pub fn coverage(&self, article: ArticleId) -> Result<Coverage, DeskError> {
        Ok(coverage(&self.read(article, None)?, self.judging()?))
    }
}
