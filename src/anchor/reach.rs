//! How far a claim reaches into its sentence, and what changed around it since its verdict.
//!
//! A verdict keeps its words and the sentences around them. From these the reach of then is computed in the same way as
//! the reach of now. Another reach is another claim. Any other change of the sentence is a change of context.

use super::{
    compare::{Reason, Words, compare, key},
    glue::{Glue, cut_unit},
    marks::link_targets,
    reader::{Reader, SPAN_SEPARATOR},
    typography::forms,
};
use crate::{
    model::Rules,
    text::{Span, words},
};
use std::collections::BTreeSet;

/// What changed around a claim whose own words are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// What changed in its reach. The verdict no longer holds if there is something.
    pub reach: Vec<Reason>,
    /// What else changed in its sentences. Empty if the reach changed.
    pub context: Vec<Reason>,
}

/// One stretch of a claim, from its first word to its last, and what is before and behind it in its sentences.
struct Stretch<'t> {
    before: &'t str,
    words: &'t str,
    behind: &'t str,
}

impl<'t> Stretch<'t> {
    fn of(text: &'t str, span: Span, bounds: Span) -> Self {
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        Self {
            before: part(bounds.start.0, span.start.0),
            words: part(span.start.0, span.end.0),
            behind: part(span.end.0, bounds.end.0),
        }
    }

    /// Its words and what is behind them: a mark behind a digit may be a prime, and is a quotation mark without the digit.
    fn to_the_end(&self) -> String {
        format!("{}{}", self.words, self.behind)
    }

    fn glue(&self, rules: Rules) -> Glue {
        Glue::of(self.before, self.words, self.behind, rules)
    }
}

impl Reader {
    /// What changed around the claim at `spans` since a verdict on `words` in `context`, by the third rules or later ones.
    pub fn around(&self, spans: &[Span], words: &str, context: &str, rules: Rules) -> Around {
        let now = self.context(spans);
        if now == context {
            return Around::default();
        }
        let then = Reader::new(&context.into(), None);
        let places = then.places_of(words);
        let only_marks = rules >= Rules::Sixth && keys_of_words(context) == keys_of_words(&now);
        let reach = self.reach_since(spans, &then, &places, |stretch| match stretch.glue(rules) {
            glue if only_marks => Glue { governors: Default::default(), ..glue },
            glue => glue,
        });
        if !reach.is_empty() {
            return Around { reach, context: Vec::new() };
        }
        let mut changed = match compare(context, &now) {
            Words::Same => Vec::new(),
            Words::Changed(_) if self.is_same_stretch(spans, &then, &places) => Vec::new(),
            Words::Changed(why) => why,
        };
        if changed.is_empty() {
            changed.extend(changed_target(context, &now));
        }
        Around { reach, context: changed }
    }

    /// The spans of a claim widened to the number, scale or unit that its edges cut through; `None` if they cut through
    /// nothing.
    pub fn wider(&self, spans: &[Span]) -> Option<Vec<Span>> {
        let wider: Vec<Span> = spans.iter().map(|s| self.widened_to_unit(*s)).collect();
        (wider != spans).then_some(wider)
    }

    fn widened_to_unit(&self, span: Span) -> Span {
        let Some(inner) = self.bare_words(span) else { return span };
        let here = Stretch::of(self.plain(), inner, self.plain_sentences(span));
        let (before, behind) = cut_unit(here.before, here.words, here.behind);
        let cut_off = |from: usize, to: usize| self.plain().get(from..to).unwrap_or_default();
        let (head, tail) = (
            cut_off(inner.start.0, self.plain_at(span.start.0)),
            cut_off(self.plain_at(span.end.0), inner.end.0),
        );
        let keeps = |cut: &str, unit: usize| unit == 0 && !cut.contains(char::is_numeric);
        let start = if keeps(head, before) { span.start.0 } else { self.text_at(inner.start.0 - before) };
        let end = if keeps(tail, behind) { span.end.0 } else { self.text_at(inner.end.0 + behind) };
        Span::at(start.min(span.start.0), end.max(span.end.0))
    }

    /// How the reach differs from that at all `places` of then; nothing if one of them has the same.
    fn reach_since(
        &self,
        spans: &[Span],
        then: &Reader,
        places: &[Vec<Span>],
        glue: impl Fn(&Stretch) -> Glue,
    ) -> Vec<Reason> {
        let now: Vec<Glue> = self.stretches(spans).iter().map(&glue).collect();
        let differences = places.iter().map(|place| {
            let was = then.stretches_within(place, then.all());
            was.iter().map(&glue).zip(&now).flat_map(|(was, now)| differences(&was, now)).collect()
        });
        differences.min_by_key(|all: &Vec<Reason>| all.len()).unwrap_or_default()
    }

    /// Whether the sentences of then are here unchanged, and only their bounds are seen elsewhere now.
    fn is_same_stretch(&self, spans: &[Span], then: &Reader, places: &[Vec<Span>]) -> bool {
        let place = self.place(spans);
        let (Some(first), Some(last)) = (place.first(), place.last()) else { return false };
        let around = self.paragraph_around(Span::new(first.start, last.end));
        let here = Stretch::of(self.plain(), Span::new(first.start, last.end), around);
        places.iter().any(|p| {
            let (Some(first), Some(last)) = (p.first(), p.last()) else { return false };
            let was = Stretch::of(then.plain(), Span::new(first.start, last.end), then.all());
            compare(was.words, here.words) == Words::Same
                && ends_alike(was.before, here.before)
                && begins_alike(&was.to_the_end(), &here.to_the_end())
        })
    }

    /// The stretches of a claim, each within its sentences.
    fn stretches(&self, spans: &[Span]) -> Vec<Stretch<'_>> {
        let bounds = |span: &Span| self.plain_sentences(*span);
        let placed = spans.iter().filter_map(|s| Some((self.whole_words(*s)?, bounds(s))));
        placed.map(|(span, bounds)| Stretch::of(self.plain(), span, bounds)).collect()
    }

    fn stretches_within(&self, place: &[Span], bounds: Span) -> Vec<Stretch<'_>> {
        place.iter().map(|span| Stretch::of(self.plain(), *span, bounds)).collect()
    }

    fn place(&self, spans: &[Span]) -> Vec<Span> {
        spans.iter().filter_map(|s| self.whole_words(*s)).collect()
    }

    /// Every place in the plain text where the words of a statement stand, stretch by stretch.
    fn places_of(&self, statement: &str) -> Vec<Vec<Span>> {
        let here: Vec<String> = self.words().iter().map(|w| self.key_of(*w)).collect();
        let whole = self.runs(&here, statement, 0);
        if !whole.is_empty() || !statement.contains(SPAN_SEPARATOR) {
            return whole.into_iter().map(|(span, _)| vec![span]).collect();
        }
        let (mut place, mut from) = (Vec::new(), 0);
        for part in statement.split(SPAN_SEPARATOR) {
            let Some((span, past)) = self.runs(&here, part, from).into_iter().next() else {
                return Vec::new();
            };
            place.push(span);
            from = past;
        }
        vec![place]
    }

    /// Where the words of `part` stand among the words `here` from the word `from` on, and the word behind each place.
    fn runs(&self, here: &[String], part: &str, from: usize) -> Vec<(Span, usize)> {
        let wanted = keys_of_words(part);
        if wanted.is_empty() || here.len() < from + wanted.len() {
            return Vec::new();
        }
        let found = (from..=here.len() - wanted.len()).filter(|&at| here[at..at + wanted.len()] == wanted);
        let all = self.words();
        found
            .map(|at| (Span::new(all[at].start, all[at + wanted.len() - 1].end), at + wanted.len()))
            .collect()
    }

    fn key_of(&self, word: Span) -> String {
        key(word.of(self.plain()).unwrap_or_default())
    }
}

fn differences(was: &Glue, now: &Glue) -> Vec<Reason> {
    let pairs = [
        (&was.governors[0], &now.governors[0]),
        (&was.before, &now.before),
        (&was.behind, &now.behind),
        (&was.governors[1], &now.governors[1]),
    ];
    pairs.into_iter().flat_map(|(was, now)| run_by_run(was, now)).collect()
}

/// What differs between two stretches, run by run where they have the same number of them: “a.m” became “p.m”.
fn run_by_run(was: &str, now: &str) -> Vec<Reason> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (was.split_whitespace().collect(), now.split_whitespace().collect());
    match compare(was, now) {
        Words::Same => Vec::new(),
        Words::Changed(_) if old.len() == new.len() => {
            let differ = |(was, now): (&&str, &&str)| {
                let first = compare(was, now).first_reason()?;
                Some(Reason { was: (*was).to_owned(), now: (*now).to_owned(), ..first })
            };
            old.iter().zip(&new).filter_map(differ).collect()
        }
        Words::Changed(why) => why,
    }
}

/// Whether `now` ends with the words of `was`, and they can begin a sentence there.
fn ends_alike(was: &str, now: &str) -> bool {
    let (was, now) = (keys(was), keys(now));
    let Some(more) = now.len().checked_sub(was.len()) else { return false };
    now[more..] == was && (more == 0 || end_sentence(&now[..more]))
}

/// Whether `now` begins with the words of `was`, and they can end a sentence there.
fn begins_alike(was: &str, now: &str) -> bool {
    let (was, now) = (keys(was), keys(now));
    now.starts_with(&was) && (now.len() == was.len() || end_sentence(&was))
}

/// The words of a text without its marks.
fn keys_of_words(text: &str) -> Vec<String> {
    words(text).iter().filter_map(|w| w.of(text)).map(key).collect()
}

fn keys(text: &str) -> Vec<String> {
    forms(text).into_iter().map(|f| f.as_compared).collect()
}

/// Whether words and marks end with the end of a sentence, or with a closing mark behind it.
fn end_sentence(forms: &[String]) -> bool {
    let mut last = forms.iter().rev().map(String::as_str).skip_while(|mark| matches!(*mark, "”" | ")"));
    last.next().is_some_and(|mark| matches!(mark, "." | "!" | "?" | "…" | "。" | "！" | "？" | "।" | "؟"))
}

/// The first link whose target is another one now. A link that was put on or taken off changes no target.
fn changed_target(was: &str, now: &str) -> Option<Reason> {
    let targets = |text| link_targets(text).into_iter().collect::<BTreeSet<&str>>();
    let (was, now) = (targets(was), targets(now));
    let (gone, come) = (was.difference(&now).next()?, now.difference(&was).next()?);
    compare(gone, come).first_reason()
}

impl Words {
    fn first_reason(self) -> Option<Reason> {
        match self {
            Self::Same => None,
            Self::Changed(why) => why.into_iter().next(),
        }
    }
}
