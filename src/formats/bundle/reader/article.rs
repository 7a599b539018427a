//! The article: headings and paragraphs, with the claims underlined and numbered.
//!
//! Overlapping claims are cut into segments that do not overlap; each segment has the style of its shortest claim. Markdown
//! marks in the text stay on the page in a weaker style. They are never removed.

use super::{class, html::Html};
use crate::{
    formats::bundle::{Claim, Claims},
    text::{Offsets, Point, Range, Span},
};

/// One span of one claim, in bytes.
struct Marked<'a, 'd> {
    span: Span,
    claim: &'a Claim<'d>,
    /// Whether this is the claim's last span, which is followed by its number.
    last: bool,
}

/// Writes the article.
pub(super) fn write(h: &mut Html, text: &str, claims: &Claims) {
    let marks = marks(text, &claims.claims);
    h.raw("<article id=\"article\" dir=\"auto\"");
    if let Some(language) = claims.article.info.language {
        h.raw(" lang=\"").text(language).raw("\"");
    }
    h.raw(">\n");
    blocks(text).into_iter().for_each(|block| write_block(h, text, block, &marks));
    h.raw("</article>\n");
}

fn marks<'a, 'd>(text: &str, claims: &'a [Claim<'d>]) -> Vec<Marked<'a, 'd>> {
    let offsets = Offsets::new(text);
    let mut marks = Vec::new();
    for claim in claims {
        let range = |s: &crate::formats::bundle::Placed| Range::new(Point(s.start), Point(s.end));
        let spans = claim.spans.iter().filter_map(|s| offsets.span_from_points(range(s)).ok());
        let spans: Vec<_> = spans.collect();
        let end = spans.iter().map(|s| s.end).max();
        marks.extend(spans.into_iter().map(|span| Marked { span, claim, last: Some(span.end) == end }));
    }
    marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    marks
}

/// Groups lines into blocks, separated by blank lines. A heading is a block by itself, and a list item begins a new block.
pub(in crate::formats) fn blocks(text: &str) -> Vec<Span> {
    let (mut blocks, mut at, mut open): (Vec<Span>, usize, Option<Span>) = (Vec::new(), 0, None);
    for line in text.split_inclusive('\n') {
        let (content, span) = (line.trim_end(), Span::at(at, at + line.trim_end().len()));
        at += line.len();
        let alone = heading(content).is_some() || is_item(content);
        if content.trim().is_empty() || alone {
            blocks.extend(open.take());
        }
        if content.trim().is_empty() {
            continue;
        }
        open = Some(open.map_or(span, |o| Span::new(o.start, span.end)));
        if heading(content).is_some() {
            blocks.extend(open.take());
        }
    }
    blocks.extend(open);
    blocks
}

/// The level of a heading, and the length of its mark in bytes.
pub(in crate::formats) fn heading(line: &str) -> Option<(usize, usize)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    ((1..=6).contains(&level) && line[level..].starts_with(' ')).then_some((level, level + 1))
}

pub(in crate::formats) fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=3).contains(&digits) && line[digits..].starts_with(". ");
    numbered || ["- ", "* ", "+ "].iter().any(|m| line.starts_with(m))
}

fn write_block(h: &mut Html, text: &str, block: Span, marks: &[Marked]) {
    let line = block.of(text).unwrap_or_default();
    let (open, close, mark) = match heading(line) {
        Some((1, mark)) => ("<h1 dir=\"auto\">", "</h1>\n", mark),
        Some((2, mark)) => ("<h2 dir=\"auto\">", "</h2>\n", mark),
        Some((_, mark)) => ("<h3 dir=\"auto\">", "</h3>\n", mark),
        None if is_item(line) => ("<p class=\"item\" dir=\"auto\">", "</p>\n", 0),
        None if line.starts_with('>') => ("<p class=\"quoted\" dir=\"auto\">", "</p>\n", 0),
        None => ("<p dir=\"auto\">", "</p>\n", 0),
    };
    h.raw(open);
    if mark > 0 {
        h.raw("<span class=\"md\">").text(&line[..mark]).raw("</span>");
    }
    let block = Span::at(block.start.0 + mark, block.end.0);
    let here: Vec<_> = marks.iter().filter(|m| m.span.overlaps(&block)).collect();
    let (mut coming, mut over) = (here.iter().copied().peekable(), Vec::new());
    for segment in segments(block, &here) {
        over.retain(|m: &&Marked| m.span.end > segment.start);
        // The marks are sorted by their start.
        over.extend(std::iter::from_fn(|| coming.next_if(|m| m.span.start <= segment.start)));
        write_segment(h, text, segment, &over);
    }
    h.raw(close);
}

/// Cuts the block wherever a claim starts or ends.
fn segments(block: Span, marks: &[&Marked]) -> Vec<Span> {
    let inside = |at: &usize| block.start.0 < *at && *at < block.end.0;
    let ends = marks.iter().flat_map(|m| [m.span.start.0, m.span.end.0]).filter(inside);
    let mut cuts: Vec<usize> = [block.start.0, block.end.0].into_iter().chain(ends).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|w| Span::at(w[0], w[1])).collect()
}

/// Writes a segment. `over` are all the claims on it.
fn write_segment(h: &mut Html, text: &str, segment: Span, over: &[&Marked]) {
    let words = segment.of(text).unwrap_or_default();
    match over.iter().min_by_key(|m| m.span.len()) {
        Some(shortest) => {
            let many = if over.len() > 1 { " many" } else { "" };
            h.raw("<span class=\"c ")
                .raw(class(shortest.claim))
                .raw(many)
                .raw("\">")
                .text(words)
                .raw("</span>");
        }
        None => drop(h.text(words)),
    }
    for m in over.iter().filter(|m| m.last && m.span.end == segment.end) {
        let n = m.claim.number.to_string();
        h.raw("<sup class=\"ref\"><a id=\"at-").raw(&n).raw("\" href=\"#claim-").raw(&n);
        h.raw("\" aria-label=\"Claim ").raw(&n).raw("\">").raw(&n).raw("</a></sup>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_every_character_that_is_not_blank() {
        for text in ["# A\nb\nc\n\n- d\n- e\n\n## F\n> g", "", "\n\n x \n", "1. a\n2. b"] {
            let all: String = blocks(text).iter().filter_map(|b| b.of(text)).collect();
            let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(solid(&all), solid(text));
        }
        assert_eq!(blocks("# A\nb\nc\n\n- d\n- e").len(), 4);
    }
}
