//! The words of a block as runs: claims are underlined and numbered, changes marked, marks of emphasis gone.

use super::block::{Change, Ink, Link, Look, Place, Run};
use crate::{formats::interchange::fragment::emphasis, text::Span};
use std::{cmp::Reverse, collections::BTreeMap};

/// The blank before and after a raised number: as wide as a thin space, and a word's end for whoever reads the text out.
const APART: &str = "\u{a0}";

/// Something about a part of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// The words of a claim, and how it is drawn.
    Claim(Ink),
    /// A change.
    Change(Change),
}

/// What is shown after a place: the number of a claim that ends there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The place, in bytes.
    pub at: usize,
    /// The number.
    pub number: usize,
    /// The colour of the claim.
    pub ink: Ink,
}

/// The marks and numbers of one block.
pub struct Inline<'t> {
    /// The whole text.
    pub text: &'t str,
    /// The marks on the block, by their start.
    pub marks: Vec<(Span, Mark)>,
    /// The numbers in the block, by their place.
    pub numbers: Vec<Number>,
    /// The notes of the article by their names.
    pub footnotes: &'t BTreeMap<&'t str, usize>,
}

/// What is not shown as it is written.
enum Hidden {
    /// Nothing is shown.
    Gone,
    /// A line break becomes a blank.
    Blank,
    /// A reference to a note of the article.
    Footnote(usize),
}

impl Inline<'_> {
    /// The runs of a span of the text. `quoted` removes the sign of a quotation from the start of each line.
    pub fn runs(&self, span: Span, quoted: bool) -> Vec<Run> {
        let words = span.of(self.text).unwrap_or_default();
        let (mut hidden, emphases) = self.hidden(words, span.start.0, quoted);
        hidden.sort_by_key(|(at, len, _)| (*at, Reverse(*len)));
        let inside: Vec<_> = self.marks.iter().filter(|(s, _)| s.overlaps(&span)).copied().collect();
        let numbers = self.numbers.iter().filter(|n| span.start.0 < n.at && n.at <= span.end.0);
        let cuts = cuts(span, &inside, &hidden, numbers.clone().map(|n| n.at));
        let mut sweep = Sweep { inside: &inside, next: 0, over: Vec::new() };
        let (mut runs, mut covered) = (Vec::new(), span.start.0);
        let (mut hidden, mut numbers) = (hidden.into_iter().peekable(), numbers.peekable());
        let (mut emphases, mut style) = (emphases.into_iter().peekable(), (0_i32, 0_i32));
        for pair in cuts.windows(2) {
            let &[from, to] = pair else { continue };
            while let Some((_, bold, italic)) = emphases.next_if(|(at, _, _)| *at <= from) {
                style = (style.0 + bold, style.1 + italic);
            }
            let look = Look { bold: style.0 > 0, italic: style.1 > 0, ..sweep.look(from) };
            self.part(&mut runs, from, look);
            while let Some((at, len, what)) = hidden.next_if(|(at, _, _)| *at <= from) {
                covered = covered.max(at + len);
                runs.extend(what.run(look));
            }
            if from >= covered {
                linked(&mut runs, self.text.get(from..to).unwrap_or_default(), look);
            }
            while let Some(n) = numbers.next_if(|n| n.at <= to) {
                self.number(&mut runs, n);
            }
        }
        runs
    }

    /// Sets a deleted word apart from the new one that stands for it.
    fn part(&self, runs: &mut Vec<Run>, at: usize, look: Look) {
        let before = runs.last().and_then(|r| r.look.change);
        if before.is_none() || look.change.is_none() || before == look.change {
            return;
        }
        let (left, right) = (self.text.get(..at), self.text.get(at..));
        let left = left.and_then(|l| l.chars().next_back()).is_some_and(char::is_alphanumeric);
        let right = right.and_then(|r| r.chars().next()).is_some_and(char::is_alphanumeric);
        if left && right {
            runs.push(Run::with(APART, Look { raised: true, ..Look::default() }));
        }
    }

    fn number(&self, runs: &mut Vec<Run>, n: &Number) {
        let raised = Look { raised: true, ink: Some(n.ink), ..Look::default() };
        runs.push(Run::with(APART, raised));
        let link = Some(Link::Place(Place::Claim(n.number)));
        runs.push(Run { words: n.number.to_string(), look: raised, link });
        let next = self.text.get(n.at..).and_then(|rest| rest.chars().next());
        if next.is_some_and(char::is_alphanumeric) {
            runs.push(Run::with(APART, raised));
        }
    }

    /// What is hidden, and where emphasis begins and ends: place, and how much bolder and more italic it gets.
    #[expect(clippy::type_complexity, reason = "two lists that are made in one pass")]
    fn hidden(
        &self,
        words: &str,
        start: usize,
        quoted: bool,
    ) -> (Vec<(usize, usize, Hidden)>, Vec<(usize, i32, i32)>) {
        let (mut hidden, mut emphases) = (Vec::new(), Vec::new());
        for (at, len, tag) in emphasis(words) {
            hidden.push((start + at, len, Hidden::Gone));
            let by = if tag.starts_with("</") { -1 } else { 1 };
            let strong = tag.contains("strong");
            emphases.push((start + at, if strong { by } else { 0 }, if strong { 0 } else { by }));
        }
        let signs = words.match_indices("\n>").filter(|_| quoted);
        for (at, sign) in signs {
            let rest = words.get(at + sign.len()..).unwrap_or_default();
            hidden.push((start + at, sign.len() + usize::from(rest.starts_with(' ')), Hidden::Blank));
        }
        for (at, _) in words.match_indices("[^") {
            let rest = words.get(at + 2..).unwrap_or_default();
            let name = rest.split(']').next().filter(|name| name.len() < rest.len());
            if let Some((name, n)) = name.and_then(|name| Some((name, self.footnotes.get(name)?))) {
                hidden.push((start + at, name.len() + 3, Hidden::Footnote(*n)));
            }
        }
        (hidden, emphases)
    }
}

impl Hidden {
    fn run(self, look: Look) -> Vec<Run> {
        match self {
            Self::Gone => Vec::new(),
            Self::Blank => vec![Run::with(" ", look)],
            Self::Footnote(n) => {
                let raised = Look { raised: true, ..look };
                let link = Some(Link::Place(Place::Footnote(n)));
                vec![Run::with(APART, raised), Run { words: format!("[{n}]"), look: raised, link }]
            }
        }
    }
}

/// The marks over a place, while the place goes on.
struct Sweep<'m> {
    inside: &'m [(Span, Mark)],
    next: usize,
    over: Vec<(Span, Mark)>,
}

impl Sweep<'_> {
    /// The look of the words at a place, which is not before the last one asked for. The shortest claim decides.
    fn look(&mut self, at: usize) -> Look {
        while let Some(mark) = self.inside.get(self.next).filter(|(s, _)| s.start.0 <= at) {
            self.over.push(*mark);
            self.next += 1;
        }
        self.over.retain(|(s, _)| s.end.0 > at);
        let mut look = Look::default();
        let mut shortest = usize::MAX;
        for (span, mark) in &self.over {
            match mark {
                Mark::Change(change) => look.change = Some(*change),
                Mark::Claim(ink) if span.len() < shortest => {
                    (look.claim, shortest) = (Some(*ink), span.len());
                }
                Mark::Claim(_) => {}
            }
        }
        look.claim = look.claim.filter(|_| look.change != Some(Change::Deleted));
        look
    }
}

fn cuts(
    span: Span,
    marks: &[(Span, Mark)],
    hidden: &[(usize, usize, Hidden)],
    numbers: impl Iterator<Item = usize>,
) -> Vec<usize> {
    let edges = marks.iter().flat_map(|(s, _)| [s.start.0, s.end.0]);
    let edges = edges.chain(hidden.iter().flat_map(|(at, len, _)| [*at, at + len])).chain(numbers);
    let mut cuts: Vec<_> = edges.filter(|at| span.start.0 < *at && *at < span.end.0).collect();
    cuts.extend([span.start.0, span.end.0]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// Adds words as runs, in which web addresses lead to where they say. After some thousand, addresses are only words.
pub fn linked(runs: &mut Vec<Run>, words: &str, look: Look) {
    const MOST: usize = 4_000;
    let mut rest = words;
    while let Some(at) =
        ["https://", "http://"].iter().filter_map(|kind| rest.find(kind)).min().filter(|_| runs.len() < MOST)
    {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '|'));
        let url = from.get(..end.unwrap_or(from.len())).unwrap_or_default();
        let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '’', '\'', '*', '_']);
        push(runs, before, look, None);
        push(runs, url, look, Link::address(url));
        rest = from.get(url.len()..).unwrap_or_default();
    }
    push(runs, rest, look, None);
}

fn push(runs: &mut Vec<Run>, words: &str, look: Look, link: Option<Link>) {
    if !words.is_empty() {
        let ink = if link.is_some() { Some(Ink::Address) } else { look.ink };
        runs.push(Run { words: words.into(), look: Look { ink, ..look }, link });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(Span, Mark)], numbers: &[Number]) -> Vec<Run> {
        let footnotes = BTreeMap::from([("a", 1)]);
        let inline = Inline { text, marks: marks.to_vec(), numbers: numbers.to_vec(), footnotes: &footnotes };
        inline.runs(Span::at(0, text.len()), true)
    }

    fn words(runs: &[Run]) -> String {
        runs.iter().map(|r| r.words.as_str()).collect()
    }

    #[test]
    fn a_number_is_apart_from_the_words_around_it() {
        let mark = (Span::at(0, 3), Mark::Claim(Ink::Holds));
        let number = Number { at: 3, number: 12, ink: Ink::Holds };
        assert_eq!(words(&shown("One. Two.", &[mark], &[number])), "One\u{a0}12. Two.");
        assert_eq!(words(&shown("One灯 two", &[mark], &[number])), "One\u{a0}12\u{a0}灯 two");
    }

    #[test]
    fn a_deleted_word_is_apart_from_the_new_one() {
        let change = |from, to, change| (Span::at(from, to), Mark::Change(change));
        let marks = [change(2, 4, Change::Deleted), change(4, 6, Change::Inserted)];
        assert_eq!(words(&shown("a 1112 b", &marks, &[])), "a 11\u{a0}12 b");
        let marks = [change(2, 5, Change::Deleted), change(5, 7, Change::Inserted)];
        assert_eq!(words(&shown("a 11 12 b", &marks, &[])), "a 11 12 b");
    }

    #[test]
    fn marks_of_emphasis_and_quotation_go_and_the_words_stay() {
        let runs = shown("A **big *red* dog** here\n> and there[^a][^b]", &[], &[]);
        assert_eq!(words(&runs), "A big red dog here and there\u{a0}[1][^b]");
        let red = runs.iter().find(|r| r.words == "red").unwrap();
        assert!(red.look.bold && red.look.italic);
        assert!(!runs.last().unwrap().look.bold);
    }

    #[test]
    fn the_shortest_claim_decides_and_deleted_words_have_none() {
        let marks = [
            (Span::at(0, 11), Mark::Claim(Ink::Holds)),
            (Span::at(4, 7), Mark::Claim(Ink::Fails)),
            (Span::at(8, 11), Mark::Change(Change::Deleted)),
        ];
        let looks: Vec<_> = shown("one two six", &marks, &[]).iter().map(|r| r.look.claim).collect();
        assert_eq!(looks, [Some(Ink::Holds), Some(Ink::Fails), Some(Ink::Holds), None]);
    }

    #[test]
    fn an_address_is_a_link_without_the_sentence_mark() {
        let runs = shown("See https://a.example/b_c, or (http://d.example).", &[], &[]);
        let links: Vec<_> = runs.iter().filter(|r| r.link.is_some()).map(|r| r.words.as_str()).collect();
        assert_eq!(links, ["https://a.example/b_c", "http://d.example"]);
    }
}
