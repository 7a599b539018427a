//! Words of a text as numbers, and how much of one list of words is in another: local alignment (Smith and Waterman
//! 1981) over words, weighted by their length.

use super::{marks::is_invisible, sentence_cut::is_letter};
use crate::text::{Span, is_spaceless, is_wordly};
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

/// A word: where it is, its id (the same for upper and lower case), its weight, and whether it is in a web address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub span: Span,
    pub id: u64,
    pub weight: i32,
    pub in_address: bool,
}

/// The words of `text`. Compounds and numbers are split into their parts, so that "Al-Qaeda-linked" and "Al-Qaeda
/// linked" are nearly the same.
pub(crate) fn read_words(text: &str) -> Vec<Word> {
    let mut all = Vec::with_capacity(text.len() / 5);
    let (mut at, mut address_end) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        if !is_wordly(c) {
            continue;
        }
        at = word_end(text, at, is_spaceless(c));
        if text[at..].starts_with("://") {
            address_end = text[at..]
                .find(|c: char| c.is_whitespace() || ")>\"".contains(c))
                .map_or(text.len(), |n| at + n);
        }
        all.push(Word { in_address: start < address_end, ..word(text, Span::at(start, at)) });
    }
    all
}

/// The end of a word of which the text before `at` is the first character.
fn word_end(text: &str, mut at: usize, spaceless: bool) -> usize {
    if !spaceless {
        at += text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    }
    let goes_on = |c: char| !is_spaceless(c) && (!spaceless || !c.is_alphanumeric()) || is_combining_mark(c);
    let rest = text[at..].chars().take_while(|c| is_letter(*c) && goes_on(*c));
    at + rest.map(char::len_utf8).sum::<usize>()
}

fn word(text: &str, span: Span) -> Word {
    let written = span.of(text).unwrap_or_default();
    let of = |id: u64, weight: usize| Word { span, id, weight: weight.min(8) as i32, in_address: false };
    if written.is_ascii() {
        return of(ascii_id(written), written.len());
    }
    let seen = || written.chars().filter(|c| !is_invisible(*c));
    if is_nfc_quick(written.chars()) == IsNormalized::Yes {
        return of(id(seen()), seen().map(letters).sum());
    }
    of(id(seen().nfc()), seen().nfc().map(letters).sum())
}

/// How many letters a character counts as: three in a script without blanks, and for a syllable of Korean.
fn letters(c: char) -> usize {
    if is_spaceless(c) || matches!(c, '가'..='힣') { 3 } else { 1 }
}

/// The id of a word, the same for its upper and lower case, however its accents are encoded (FNV-1a, 64 bits).
fn id(written: impl Iterator<Item = char>) -> u64 {
    let folded = written.flat_map(char::to_lowercase).map(one_form);
    let mut buffer = [0; 4];
    folded.fold(FNV_START, |hash, c| c.encode_utf8(&mut buffer).bytes().fold(hash, step))
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a.
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The same for ASCII, where every character is one byte.
fn ascii_id(written: &str) -> u64 {
    written.bytes().map(|b| b.to_ascii_lowercase()).fold(FNV_START, step)
}

/// A character in the form that is compared: no curly apostrophe, no full-width letter or digit.
fn one_form(c: char) -> char {
    match c {
        '’' => '\'',
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Where the words of a quote are in a list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// The weight of the matched words, in thousandths of the quote's weight.
    pub share: u32,
    /// The first matched word of the list.
    pub first: usize,
    /// The last matched word of the list.
    pub last: usize,
}

/// The cost of a word without a partner, on either side: half a word of average length.
const GAP_COST: i32 = 4;

/// The best local alignment of `quote` in `run`. `None` if no word matches.
pub(crate) fn align(quote: &[Word], run: &[Word]) -> Option<Alignment> {
    let width = run.len() + 1;
    let mut score = vec![0i32; (quote.len() + 1) * width];
    let (mut best, mut at) = (0, (0, 0));
    for (i, quoted) in quote.iter().enumerate() {
        for (j, other) in run.iter().enumerate() {
            let pair = if quoted.id == other.id { 2 * quoted.weight } else { -GAP_COST };
            let diagonal = score[i * width + j] + pair;
            let aside = score[i * width + j + 1].max(score[(i + 1) * width + j]) - GAP_COST;
            let here = diagonal.max(aside).max(0);
            score[(i + 1) * width + j + 1] = here;
            if here > best {
                (best, at) = (here, (i + 1, j + 1));
            }
        }
    }
    (best > 0).then(|| trace(quote, run, &score, at))
}

/// The best alignment of `quote` with at least `enough` of it, or else of its words outside web addresses: another address
/// does not make another statement.
pub(crate) fn align_enough(quote: &[Word], run: &[Word], enough: u32) -> Option<Alignment> {
    let found = align(quote, run).filter(|l| l.share >= enough);
    found.or_else(|| align_said(quote, run))
}

/// The best alignment of `quote` with at least `enough` of it, at the words `here` of `run`, where the claim is expected. A place
/// beside them is better only if it has more of the claim, by `lead`.
pub(crate) fn align_near(
    quote: &[Word],
    run: &[Word],
    here: Range<usize>,
    enough: u32,
    lead: u32,
) -> Option<Alignment> {
    let best = align_enough(quote, run, enough)?;
    if here.is_empty() || best.first < here.end && here.start <= best.last {
        return Some(best);
    }
    let from = here.start;
    let own = align(quote, &run[here]).filter(|l| l.share >= enough && l.share + lead > best.share);
    Some(own.map_or(best, |l| Alignment { first: l.first + from, last: l.last + from, ..l }))
}

/// The best alignment of the words of `quote` outside addresses, if they are most of what it says.
pub(crate) fn align_said(quote: &[Word], run: &[Word]) -> Option<Alignment> {
    let said: Vec<Word> = quote.iter().filter(|w| !w.in_address).copied().collect();
    if said.len() < MIN_SAID || said.len() == quote.len() {
        return None;
    }
    let places: Vec<usize> = (0..run.len()).filter(|&at| !run[at].in_address).collect();
    let rest: Vec<Word> = places.iter().map(|&at| run[at]).collect();
    let found = align(&said, &rest).filter(|l| l.share >= MIN_SHARE_SAID)?;
    Some(Alignment { share: found.share, first: places[found.first], last: places[found.last] })
}

/// How many words of a claim must be outside web addresses to tell where it is, and how many of them must be there, in
/// thousandths.
const MIN_SAID: usize = 6;
const MIN_SHARE_SAID: u32 = 800;

fn trace(quote: &[Word], run: &[Word], score: &[i32], (mut i, mut j): (usize, usize)) -> Alignment {
    let width = run.len() + 1;
    let (mut matched, mut first, last) = (0, j - 1, j - 1);
    while i > 0 && j > 0 && score[i * width + j] > 0 {
        let here = score[i * width + j];
        let same = quote[i - 1].id == run[j - 1].id;
        if here == score[(i - 1) * width + j - 1] + if same { 2 * quote[i - 1].weight } else { -GAP_COST } {
            if same {
                matched += quote[i - 1].weight;
                first = j - 1;
            }
            (i, j) = (i - 1, j - 1);
        } else if here == score[(i - 1) * width + j] - GAP_COST {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    let whole: i32 = quote.iter().map(|quoted| quoted.weight).sum();
    Alignment { share: (matched * 1000 / whole.max(1)) as u32, first, last }
}
