//! Where the words of a claim in a file are in an article.
//!
//! No claim is better than a wrong one: words that differ get no place, and neither do words whose surroundings in the file say
//! that another place is meant.

use crate::desk::claims::mark::{normalise_spans, occurrences};
use crate::{
    anchor::{Context, Words, compare, find},
    formats::interchange::{LeftOut, Quoted},
    messages::{Message, message},
    text::{Offsets, Span, words},
};

/// How many of the words beside a quotation in its sentence must also be beside a place, by length, in thousandths.
const MIN_SHARE: usize = 500;

/// The places of all words of a claim.
pub(super) fn locate_all(text: &str, quotes: &[Quoted]) -> Result<Vec<Span>, LeftOut> {
    let (offsets, blankless) = (Offsets::new(text), OneBlank::new(text));
    let one = |q: &Quoted| {
        locate(&blankless, &offsets, q)
            .map_err(|why| LeftOut { what: Message::verbatim(q.exact.trim()), why })
    };
    let spans: Vec<Span> = quotes.iter().map(one).collect::<Result<_, _>>()?;
    let what = || quotes.iter().map(|q| q.exact.as_str()).collect::<Vec<_>>().join(" … ");
    normalise_spans(text, &spans).map_err(|e| LeftOut { what: Message::verbatim(what()), why: e.message() })
}

/// Finds the place of a quotation: the place given in the file, else the place where its words occur, if there are several the
/// one whose surroundings match best, else the only place with the same words in other typography. Which blanks are between
/// words does not matter.
fn locate(article: &OneBlank, offsets: &Offsets, q: &Quoted) -> Result<Span, Message> {
    let text = article.text;
    let given = q.position.and_then(|p| offsets.span_from_points(p).ok());
    if let Some(span) = given.filter(|s| s.of(text) == Some(q.exact.as_str())) {
        return Ok(span);
    }
    let found = article.places(&q.exact);
    let (prefix, suffix) = (one_blank(&q.prefix), one_blank(&q.suffix));
    let place = match found[..] {
        [] => locate_similar(text, q).ok_or_else(|| message!("locate_nowhere"))?,
        [only] => only,
        _ => {
            let agrees = |s: &Span| article.agreement(*s, &prefix, &suffix);
            let mut best: Vec<(usize, Span)> = found.iter().map(|s| (agrees(s), *s)).collect();
            best.sort_by_key(|(agreement, span)| (std::cmp::Reverse(*agreement), span.start));
            (best[0].0 > best[1].0).then_some(best[0].1).ok_or_else(|| message!("locate_twice"))?
        }
    };
    if is_contradicted(text, place, &prefix, &suffix) {
        Err(message!("locate_contradicted"))
    } else {
        Ok(place)
    }
}

fn locate_similar(text: &str, q: &Quoted) -> Option<Span> {
    let context = Context { before: &q.prefix, after: &q.suffix };
    let found = find(text, std::slice::from_ref(&q.exact), context).into_iter();
    let same = |s: &Span| s.of(text).is_some_and(|now| !matches!(compare(&q.exact, now), Words::Changed(_)));
    let mut places = found.filter_map(|c| c.spans.first().copied()).filter(same);
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

/// A text, and the same text with one space for each run of blanks.
struct OneBlank<'t> {
    text: &'t str,
    plain: String,
    /// For each byte of the plain text its byte of the text; and the end of the text.
    bytes: Vec<usize>,
}

impl<'t> OneBlank<'t> {
    fn new(text: &'t str) -> Self {
        let (mut plain, mut bytes) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
        for (at, c) in text.char_indices() {
            if !c.is_whitespace() {
                plain.push(c);
                bytes.extend(at..at + c.len_utf8());
            } else if !plain.ends_with(' ') {
                plain.push(' ');
                bytes.push(at);
            }
        }
        bytes.push(text.len());
        Self { text, plain, bytes }
    }

    /// Every place of `quote` in the text.
    fn places(&self, quote: &str) -> Vec<Span> {
        let quote = one_blank(quote.trim());
        if quote.is_empty() {
            return Vec::new();
        }
        let last = quote.chars().next_back().map_or(0, char::len_utf8);
        let span = |at: usize| {
            let end = at + quote.len() - last;
            Span::at(self.bytes[at], self.bytes[end] + last)
        };
        occurrences(&self.plain, &quote).into_iter().map(span).collect()
    }

    /// How many characters before and after a place match the surroundings in a file.
    fn agreement(&self, at: Span, prefix: &str, suffix: &str) -> usize {
        let same = |(a, b): &(char, char)| a == b;
        let plain_at = |byte: usize| self.bytes.partition_point(|b| *b < byte).min(self.plain.len());
        let (from, to) = (plain_at(at.start.0), plain_at(at.end.0));
        let before = self.plain[..from].chars().rev().zip(prefix.chars().rev()).take_while(same).count();
        before + self.plain[to..].chars().zip(suffix.chars()).take_while(same).count()
    }
}

/// `text` with one space for each run of blanks.
fn one_blank(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            false => plain.push(c),
            true if !plain.ends_with(' ') => plain.push(' '),
            true => {}
        }
    }
    plain
}

/// Whether the words that a file gives before or after a quotation are not those beside the place. Only words of the same
/// sentence count, because what is beyond it may not be part of the article at all.
fn is_contradicted(text: &str, place: Span, prefix: &str, suffix: &str) -> bool {
    let before = line_before(&text[..place.start.0]);
    let after = line_after(&text[place.end.0..]);
    let cut_off = sentence_before(prefix).len() == prefix.len();
    let beside: Vec<String> =
        lower_words(sentence_before(prefix)).into_iter().skip(usize::from(cut_off)).collect();
    let lone = if beside.is_empty() && cut_off { lower_words(prefix).pop() } else { None };
    let here = lower_words(before);
    let ends_alike = lone.is_none_or(|w| here.last().is_none_or(|h| h.ends_with(&w)));
    let follows = sentence_after(suffix);
    let mut following = lower_words(follows);
    let whole = following.len();
    following.truncate(whole - usize::from(follows.len() == suffix.len() && whole > 1));
    !ends_alike || !is_beside(&beside, &here, true) || !is_beside(&following, &lower_words(after), false)
}

/// Whether at least half of `given` is among the nearest words of `here`. Where there are no more words, what is given beyond
/// them is another paragraph and says nothing.
fn is_beside(given: &[String], here: &[String], at_end: bool) -> bool {
    let nearest = |all: &'_ [String], n: usize| {
        let n = n.min(all.len());
        if at_end { all[all.len() - n..].to_vec() } else { all[..n].to_vec() }
    };
    let (given, near) = (nearest(given, here.len()), nearest(here, given.len() + 2));
    let weight = |w: &String| w.chars().count();
    let found: usize = given.iter().filter(|w| near.contains(w)).map(weight).sum();
    let all: usize = given.iter().map(weight).sum();
    1000 * found >= MIN_SHARE * all
}

fn lower_words(text: &str) -> Vec<String> {
    words(text).iter().filter_map(|w| w.of(text)).map(str::to_lowercase).collect()
}

/// The rest of a text after its last sentence end.
fn sentence_before(text: &str) -> &str {
    let end = text.char_indices().rev().find(|(at, c)| ends_sentence(*c, &text[at + c.len_utf8()..]));
    end.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// A text up to its first sentence end.
fn sentence_after(text: &str) -> &str {
    let end = text.char_indices().find(|(at, c)| ends_sentence(*c, &text[at + c.len_utf8()..]));
    end.map_or(text, |(at, _)| &text[..at])
}

fn ends_sentence(c: char, rest: &str) -> bool {
    matches!(c, '。' | '！' | '？' | '।' | '؟' | '۔')
        || matches!(c, '.' | '!' | '?' | '…' | ':')
            && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// What is before a place in its paragraph, not more than 400 bytes.
fn line_before(text: &str) -> &str {
    let mut from = text.len().saturating_sub(400);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = &text[from..];
    near.rfind("\n\n").map_or(near, |at| &near[at + 2..])
}

/// What is after a place in its paragraph, not more than 400 bytes.
fn line_after(text: &str) -> &str {
    let mut to = text.len().min(400);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let near = &text[..to];
    near.find("\n\n").map_or(near, |at| &near[..at])
}
