//! The article's text as blocks: headings, paragraphs, lists, tables, quotations and notes.

use super::{
    block::{Block, Ink, Place, Role, Run},
    changes::Merged,
    inline::{Inline, Mark, Number},
};
use crate::{
    formats::{
        bundle::{
            Claims,
            reader::{
                article::{blocks, heading, is_item},
                class,
            },
        },
        interchange::fragment::{is_rule, item_mark, starts_numbered},
    },
    text::{Offsets, Point, Range, Span},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// The longest part of the text that is set as one paragraph, in bytes.
const LONGEST: usize = 16_000;

/// The blocks of a text. `merged` was made of the newest text, which is `text`.
pub fn article(text: &str, merged: &Merged, claims: &Claims) -> Vec<Block> {
    let spans = parts(&merged.text);
    let (marks, numbers) = marks(text, merged, claims);
    let marks = by_block(&spans, marks);
    let footnotes = footnotes(&merged.text, &spans);
    let mut all = Vec::new();
    let mut numbers = numbers.into_iter().peekable();
    for (span, marks) in spans.into_iter().zip(marks) {
        let here = std::iter::from_fn(|| numbers.next_if(|n| n.at <= span.end.0)).collect();
        let inline = Inline { text: &merged.text, marks, numbers: here, footnotes: &footnotes };
        all.extend(block(&inline, span));
    }
    all.retain(|b| b.role == Role::Rule || !b.is_empty());
    all
}

/// The blocks of the text; those that are too long in parts.
fn parts(text: &str) -> Vec<Span> {
    let mut all = Vec::new();
    for block in blocks(text) {
        let mut from = block.start.0;
        while block.end.0 - from > LONGEST {
            let part = text.get(from..block.end.0).unwrap_or_default();
            let most = part
                .char_indices()
                .map(|(at, _)| at)
                .take_while(|at| *at <= LONGEST)
                .last()
                .unwrap_or(LONGEST);
            let head = part.get(..most).unwrap_or_default();
            let cut = head.rfind('\n').or_else(|| head.rfind(' ')).map_or(most, |at| at + 1);
            all.push(Span::at(from, from + cut.max(1)));
            from += cut.max(1);
        }
        all.push(Span::at(from, block.end.0));
    }
    all
}

/// Where claims and changes are in the merged text, by their start, and the numbers of the claims by where they end.
fn marks(text: &str, merged: &Merged, claims: &Claims) -> (Vec<(Span, Mark)>, Vec<Number>) {
    let offsets = Offsets::new(text);
    let mut marks: Vec<_> =
        merged.marks.iter().map(|(span, change)| (*span, Mark::Change(*change))).collect();
    let mut numbers = Vec::new();
    for claim in &claims.claims {
        let ink = Ink::of_class(class(claim));
        let range = |s: &crate::formats::bundle::Placed| Range::new(Point(s.start), Point(s.end));
        let spans = claim.spans.iter().filter_map(|s| offsets.span_from_points(range(s)).ok());
        let spans: Vec<Span> = spans.filter_map(|s| merged.find(s)).collect();
        let end = spans.iter().map(|s| s.end.0).max();
        numbers.extend(end.map(|at| Number { at, number: claim.number, ink }));
        marks.extend(spans.into_iter().map(|s| (s, Mark::Claim(ink))));
    }
    marks.sort_by_key(|(s, _)| (s.start, Reverse(s.end)));
    numbers.sort_by_key(|n| (n.at, n.number));
    (marks, numbers)
}

/// The marks of each block, in order.
fn by_block(spans: &[Span], marks: Vec<(Span, Mark)>) -> Vec<Vec<(Span, Mark)>> {
    let mut all = vec![Vec::new(); spans.len()];
    for (span, mark) in marks {
        let first = spans.partition_point(|b| b.end <= span.start);
        let over = spans.iter().zip(&mut all).skip(first).take_while(|(b, _)| b.start < span.end);
        over.for_each(|(_, list)| list.push((span, mark)));
    }
    all
}

/// The names of the article's own notes, `[^name]: …`, numbered in the order of the text.
fn footnotes<'t>(text: &'t str, spans: &[Span]) -> BTreeMap<&'t str, usize> {
    let mut names = BTreeMap::new();
    for name in spans.iter().filter_map(|s| footnote(s.of(text)?)) {
        let number = names.len() + 1;
        names.entry(name).or_insert(number);
    }
    names
}

/// The name of the note that a block is.
fn footnote(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("[^")?.split_once("]:")?;
    (!name.is_empty() && !name.contains(['\n', ']'])).then_some(name)
}

fn block(inline: &Inline, span: Span) -> Vec<Block> {
    let line = span.of(inline.text).unwrap_or_default();
    let from = |mark: usize| Span::at(span.start.0 + mark.min(span.len()), span.end.0);
    if let Some((level, mark)) = heading(line) {
        return vec![Block::heading(level, inline.runs(from(mark), false))];
    }
    if let Some(name) = footnote(line) {
        let number = inline.footnotes.get(name).copied().unwrap_or_default();
        let place = Place::Footnote(number);
        let label = Some(vec![Run::of(format!("[{number}]"))]);
        let rest = line.get(name.len() + 4..).unwrap_or_default();
        let words = inline.runs(from(line.len() - rest.trim_start().len()), false);
        return vec![Block { label, ..Block::of(Role::Detail, words) }.at(place).in_note(place)];
    }
    if is_rule(line) {
        return vec![Block::of(Role::Rule, Vec::new())];
    }
    if is_item(line) {
        return vec![item(inline, line, from(item_mark(line)))];
    }
    if line.starts_with('>') {
        let mark = line.len() - line.get(1..).unwrap_or_default().trim_start().len();
        return vec![Block::of(Role::Quote, inline.runs(from(mark), true))];
    }
    if line.lines().all(|l| l.trim_start().starts_with('|')) {
        return table(inline, span);
    }
    vec![Block::of(Role::Paragraph, inline.runs(span, false))]
}

fn item(inline: &Inline, line: &str, words: Span) -> Block {
    let numbered = starts_numbered(line);
    let depth = (line.len() - line.trim_start().len()) / 2;
    let mark = line.split_whitespace().next().filter(|_| numbered).unwrap_or("•");
    let label = Some(vec![Run::of(mark)]);
    Block { label, ..Block::of(Role::Item(numbered, depth), inline.runs(words, false)) }
}

/// The rows of a table. The line of dashes below the head of a table only says that it is one.
fn table(inline: &Inline, span: Span) -> Vec<Block> {
    let text = span.of(inline.text).unwrap_or_default();
    let (mut rows, mut at): (Vec<Block>, usize) = (Vec::new(), span.start.0);
    for line in text.split_inclusive('\n') {
        let dashes =
            line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':') || c.is_whitespace());
        if dashes {
            let heads = rows.iter_mut().flat_map(|r| &mut r.cells).flatten();
            heads.for_each(|run| run.look.bold = true);
        } else {
            let cells = cells(line, at).into_iter().map(|cell| inline.runs(cell, false)).collect();
            rows.push(Block { cells, ..Block::of(Role::Row, Vec::new()) });
        }
        at += line.len();
    }
    rows
}

/// The cells of a line, which is at a place of the text. A bar after a backslash is a part of its cell.
fn cells(line: &str, at: usize) -> Vec<Span> {
    const MOST: usize = 12;
    let trimmed = line.trim_end().strip_suffix('|').unwrap_or(line.trim_end());
    let mut from = line.len() - line.trim_start().len() + 1;
    let mut all = Vec::new();
    while from <= trimmed.len() && all.len() < MOST {
        let rest = trimmed.get(from..).unwrap_or_default();
        let bars = rest.match_indices('|').map(|(bar, _)| bar);
        let ends =
            |bar: &usize| !rest.get(..*bar).unwrap_or_default().ends_with('\\') && all.len() + 1 < MOST;
        let end = bars.into_iter().find(ends).unwrap_or(rest.len());
        let cell = rest.get(..end).unwrap_or_default();
        let start = at + from + (cell.len() - cell.trim_start().len());
        all.push(Span::at(start, start + cell.trim().len()));
        from += end + 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Block> {
        let merged = Merged::unchanged(text);
        let spans = parts(text);
        let footnotes = footnotes(text, &spans);
        let inline = |_| Inline { text, marks: Vec::new(), numbers: Vec::new(), footnotes: &footnotes };
        assert_eq!(merged.text, text);
        spans.into_iter().flat_map(|s| block(&inline(()), s)).collect()
    }

    fn words(block: &Block) -> Vec<String> {
        let flow = |runs: &Vec<Run>| runs.iter().map(|r| r.words.as_str()).collect();
        block.label.iter().chain(&block.cells).map(flow).collect()
    }

    #[test]
    fn lines_become_what_they_are() {
        let all = of(
            "# Head\n\nText.\n\n- one\n  - two\n3. three\n\n> said\n> so\n\n---\n\nEnd[^n].\n\n[^n]: A note.",
        );
        let roles: Vec<_> = all.iter().map(|b| b.role).collect();
        assert_eq!(
            roles,
            [
                Role::Heading(1),
                Role::Paragraph,
                Role::Item(false, 0),
                Role::Item(false, 1),
                Role::Item(true, 0),
                Role::Quote,
                Role::Rule,
                Role::Paragraph,
                Role::Detail
            ]
        );
        assert_eq!(words(&all[4]), ["3.", "three"]);
        assert_eq!(words(&all[5]), ["said so"]);
        assert_eq!(words(&all[8]), ["[1]", "A note."]);
    }

    #[test]
    fn a_table_has_its_cells_and_a_bold_head() {
        let rows = of("| a | b |\n|---|:-:|\n| 1 \\| 2 |  |\n| x | y");
        assert_eq!(
            rows.iter().map(words).collect::<Vec<_>>(),
            [vec!["a", "b"], vec!["1 \\| 2", ""], vec!["x", "y"]]
        );
        assert!(rows[0].cells[0][0].look.bold && !rows[2].cells[0][0].look.bold);
        assert!(of(&format!("|{}", "|".repeat(500)))[0].cells.len() <= 12);
    }

    #[test]
    fn a_very_long_paragraph_is_cut_between_words_and_keeps_them() {
        let text = "wörd ".repeat(9_000);
        let all = parts(&text);
        assert!(all.len() > 2 && all.iter().all(|s| s.len() <= LONGEST));
        let joined: String = all.iter().map(|s| s.of(&text).unwrap()).collect();
        assert_eq!(joined.trim_end(), text.trim_end());
        assert!(parts(&"灯".repeat(9_000)).len() > 1);
    }
}
