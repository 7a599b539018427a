//! The hot paths of `text` and `anchor` on generated text: an article of 100,000 words with 5,000 claims, and its next
//! revision with some sentences edited, added, moved and deleted.
#![allow(missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use similar::TextDiff;
use std::hint::black_box;
use tickmark::anchor::{Reader, carry, compare};
use tickmark::text::{Change, Span, diff, sentences};

/// A small generator of repeatable numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % n
    }
}

const WORDS: [&str; 24] = [
    "river", "council", "vote", "road", "since", "harbour", "minister", "the", "of", "and", "built",
    "closed", "percent", "village", "market", "rain", "school", "bridge", "tax", "in", "a", "was", "never",
    "about",
];

fn sentence(dice: &mut Dice) -> String {
    let words: Vec<String> = (0..8 + dice.below(14)).map(|_| word(dice)).collect();
    format!("The {}. ", words.join(" "))
}

fn word(dice: &mut Dice) -> String {
    match dice.below(9) {
        0 => format!("{}", 1900 + dice.below(130)),
        1 => format!("Name{}", dice.below(900)),
        _ => WORDS[dice.below(WORDS.len())].to_owned(),
    }
}

/// Paragraphs of sentences, about 100,000 words.
fn article(dice: &mut Dice) -> Vec<Vec<String>> {
    (0..1300).map(|_| (0..3 + dice.below(4)).map(|_| sentence(dice)).collect()).collect()
}

fn text(article: &[Vec<String>]) -> String {
    article.iter().map(|p| p.concat().trim().to_owned()).collect::<Vec<_>>().join("\n\n")
}

fn revised(article: &[Vec<String>], dice: &mut Dice) -> Vec<Vec<String>> {
    let mut next = article.to_vec();
    for _ in 0..60 {
        let at = dice.below(next.len());
        let part = dice.below(next[at].len());
        match dice.below(4) {
            0 => next[at][part] = next[at][part].replace("the", "this"),
            1 => next[at][part] = sentence(dice),
            2 => next[at].insert(part, sentence(dice)),
            _ => {
                let moved = next.remove(at);
                next.insert(at / 2, moved);
            }
        }
    }
    next
}

/// Five thousand claims of three to twelve words each.
fn claims(old: &str, dice: &mut Dice) -> Vec<Vec<Span>> {
    let blanks: Vec<usize> = old.match_indices(' ').map(|(at, _)| at).collect();
    let mut claim = || {
        let from = dice.below(blanks.len() - 20);
        vec![Span::at(blanks[from] + 1, blanks[from + 3 + dice.below(10)])]
    };
    (0..5000).map(|_| claim()).collect()
}

fn benches(c: &mut Criterion) {
    let mut dice = Dice(7);
    let first = article(&mut dice);
    let (old, new) = (text(&first), text(&revised(&first, &mut dice)));
    let claims = claims(&old, &mut dice);
    let change = Change::between(&old, &new);
    c.bench_function("diff of a 100,000-word article", |b| b.iter(|| diff(black_box(&old), black_box(&new))));
    c.bench_function("the same by similar's words", |b| {
        b.iter(|| TextDiff::from_words(black_box(old.as_str()), black_box(new.as_str())).ops().len());
    });
    c.bench_function("the same by similar's lines", |b| {
        b.iter(|| TextDiff::from_lines(black_box(old.as_str()), black_box(new.as_str())).ops().len());
    });
    c.bench_function("5,000 claims carried by diff", |b| {
        b.iter(|| carry(&old, &new, None, black_box(&claims)))
    });
    c.bench_function("5,000 claims carried by change", |b| {
        b.iter(|| carry(&old, &new, Some(&change), black_box(&claims)))
    });
    c.bench_function("5,000 statements read", |b| {
        b.iter(|| {
            let reader = Reader::new(black_box(&old.as_str().into()), Some("en"));
            claims.iter().map(|claim| reader.statement(claim).len()).sum::<usize>()
        })
    });
    c.bench_function("sentences of a 100,000-word article", |b| b.iter(|| sentences(black_box(&old)).len()));
    let was = "The council never closed the road in 2020, he said.";
    let now = "The council closed the road in 2022, he said.";
    c.bench_function("compare two statements", |b| b.iter(|| compare(black_box(was), black_box(now))));
}

criterion_group!(all, benches);
criterion_main!(all);
