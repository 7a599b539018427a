//! The kind of each line, considering its neighbours: quotation, list, table, turn of a dialogue,
//! code, prose. Only prose is joined; every other kind stays as written.

use super::lines::{Line, cells};
use crate::model::is_month;
use std::collections::HashMap;

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing visible.
    Blank,
    /// Code between fences, or front matter: it is not examined.
    Verbatim,
    /// A line of a quoted mail or a block quotation (`> ...`).
    Quote,
    /// A list item or the indented lines below it.
    Item,
    /// A row of a table.
    Row,
    /// A rule across the page (`* * *`).
    Rule,
    /// A heading with `#` marks, with its level.
    Heading(usize),
    /// The rule below a heading, with the heading's level.
    Underline(usize),
    /// The line above an [`Shape::Underline`], with its level.
    Underlined(usize),
    /// A turn of a dialogue: it begins with a dash, or with a label that occurs more than once (`Q: ...`).
    Turn,
    /// Anything else.
    Prose,
}

/// The shape of every line. Tildes fence code in Markdown only.
pub fn classify(lines: &[Line<'_>], markdown: bool) -> Vec<Shape> {
    let speakers = speakers(lines);
    let mut shapes = verbatim(lines, if markdown { &['`', '~'] } else { &['`'] });
    let mut listed = false;
    for at in 0..lines.len() {
        if shapes[at] == Shape::Prose {
            let before = if at == 0 { Shape::Blank } else { shapes[at - 1] };
            let previous = at.checked_sub(1).map(|b| lines[b]);
            let next = lines.get(at + 1).copied();
            shapes[at] = shape(&lines[at], before, Around { previous, next, listed, markdown }, &speakers);
        }
        listed = shapes[at] == Shape::Item || (listed && shapes[at] == Shape::Blank);
        if let (Shape::Underline(level), Some(b)) = (shapes[at], at.checked_sub(1)) {
            shapes[b] = Shape::Underlined(level);
        }
    }
    lone_rows_are_prose(&mut shapes);
    shapes
}

/// A heading mark's level and text: `## Title ##` is 2 and `Title`.
pub fn heading(text: &str) -> Option<(usize, &str)> {
    let level = text.bytes().take_while(|b| *b == b'#').count();
    let rest = &text[level..];
    let title = rest.trim();
    let open = rest.starts_with([' ', '\t']) && !title.is_empty() && !title.chars().all(|c| c == '#');
    (1..=6).contains(&level).then_some(())?;
    open.then(|| (level, without_closing(title)))
}

fn without_closing(title: &str) -> &str {
    let bare = title.trim_end_matches('#');
    if bare.ends_with([' ', '\t']) { bare.trim_end() } else { title }
}

/// Marks fenced code and front matter as [`Shape::Verbatim`], blank lines as blank, all others as prose. A fence
/// that is never closed continues to the end, as in Markdown.
fn verbatim(lines: &[Line<'_>], marks: &[char]) -> Vec<Shape> {
    let front = front_matter(lines);
    let mut shapes = vec![Shape::Verbatim; front];
    let mut open: Option<&str> = None;
    for line in &lines[front..] {
        let fence = fence(line.text(), marks);
        let inside = open.is_some() || fence.is_some();
        let closes = |o: &str| fence.is_some_and(|f| f.starts_with(o) && f == line.text());
        open = if open.is_some_and(closes) { None } else { open.or(fence) };
        let blank = if line.is_blank() { Shape::Blank } else { Shape::Prose };
        shapes.push(if inside { Shape::Verbatim } else { blank });
    }
    shapes
}

fn fence<'t>(text: &'t str, marks: &[char]) -> Option<&'t str> {
    let mark = text.chars().next().filter(|c| marks.contains(c))?;
    let end = text.find(|c| c != mark).unwrap_or(text.len());
    (end >= 3 && !text[end..].contains(mark)).then(|| &text[..end])
}

/// How many lines the front matter has, with its marks: 0 if there is none.
pub fn front_matter(lines: &[Line<'_>]) -> usize {
    let Some(mark) = lines.first().map(|l| l.raw.trim_end()).filter(|m| matches!(*m, "---" | "+++")) else {
        return 0;
    };
    let ends = |l: &Line<'_>| l.raw.trim_end() == mark || (mark == "---" && l.raw.trim_end() == "...");
    let end = lines.iter().skip(1).position(ends);
    let keyed = |end: &usize| lines[1..=*end].iter().any(|l| l.raw.contains([':', '=']));
    end.filter(keyed).map_or(0, |at| at + 2)
}

/// The lines around a line.
struct Around<'t> {
    previous: Option<Line<'t>>,
    next: Option<Line<'t>>,
    /// Whether the last visible line belongs to a list.
    listed: bool,
    markdown: bool,
}

impl Around<'_> {
    /// Whether something new may begin at this line, after the line before it.
    fn is_fresh(&self, before: Shape) -> bool {
        let ended = |p: Line<'_>| p.is_blank() || p.ends_sentence() || p.text().ends_with([':', '：', ';']);
        before != Shape::Prose || self.previous.is_none_or(ended)
    }

    /// Whether `text` begins a list item here: after an end, or before another item. In a paragraph of Markdown, only a
    /// bullet or the number 1 does (CommonMark). A date never does, except in a list.
    fn opens_item(&self, text: &str, before: Shape) -> bool {
        let twin = self.next.is_some_and(|n| is_item(n.text()));
        let listed = before == Shape::Item || (twin && before != Shape::Prose);
        let breaks_in =
            text.starts_with(['-', '*', '+']) || text.starts_with("1. ") || text.starts_with("1) ");
        let may = match (self.markdown, before) {
            (true, Shape::Prose | Shape::Turn) => breaks_in,
            (true, _) => true,
            (false, _) => self.is_fresh(before) || twin,
        };
        is_item(text) && may && (listed || !begins_with_day(text))
    }
}

fn shape(line: &Line<'_>, before: Shape, around: Around<'_>, speakers: &HashMap<&str, usize>) -> Shape {
    let text = line.text();
    if line.is_blank() {
        return Shape::Blank;
    }
    if around.listed && line.indent() >= 2 {
        return Shape::Item;
    }
    if let Some((level, _)) = heading(text).filter(|_| line.indent() < 4) {
        return Shape::Heading(level);
    }
    match underline(text, before, around.previous) {
        Some(level) => return Shape::Underline(level),
        None if is_rule(text) => return Shape::Rule,
        None => {}
    }
    if text.starts_with('>') {
        return Shape::Quote;
    }
    if (before == Shape::Item && line.starts_low()) || around.opens_item(text, before) {
        return Shape::Item;
    }
    if is_row(text) {
        return Shape::Row;
    }
    if around.is_fresh(before) && is_turn(text, speakers) { Shape::Turn } else { Shape::Prose }
}

fn underline(text: &str, before: Shape, previous: Option<Line<'_>>) -> Option<usize> {
    let level =
        [('=', 1), ('-', 2)].into_iter().find(|(c, _)| text.len() >= 3 && text.chars().all(|t| t == *c));
    let title = previous.filter(|_| before == Shape::Prose)?;
    let fits = title.cells() <= 120 && !title.ends_sentence() && 2 * text.len() >= title.cells().min(40);
    level.filter(|_| fits).map(|(_, level)| level)
}

fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
    let one = marks.iter().all(|c| *c == marks[0] && "*-_=~•".contains(*c));
    (marks.len() >= 3 && one) || matches!(text, "⁂" | "***")
}

/// Whether a line begins a list item: with a bullet, or with a number or letter and a full stop or bracket.
fn is_item(text: &str) -> bool {
    let (mark, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let number = mark.strip_suffix(['.', ')']).map(|m| m.strip_prefix('(').unwrap_or(m));
    let counted = number.is_some_and(|n| {
        (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit())
            || (n.len() == 1 && n.bytes().all(|b| b.is_ascii_lowercase()))
    });
    !rest.is_empty()
        && (counted || matches!(mark, "-" | "*" | "+" | "•" | "◦" | "▪" | "‣" | "·" | "●" | "☐" | "☑" | "✓"))
}

/// Whether a line begins with a day and a month: `12. Mai 1934 eröffnet`.
fn begins_with_day(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let day = words
        .next()
        .and_then(|w| w.strip_suffix('.'))
        .is_some_and(|n| n.parse().is_ok_and(|n: u8| (1..=31).contains(&n)));
    let month = words.next().unwrap_or("");
    let year = words
        .next()
        .is_none_or(|w| w.starts_with(|c: char| c.is_ascii_digit()) || w.starts_with(char::is_lowercase));
    day && year && is_month(month.trim_end_matches([',', '.', ';', ':']))
}

/// Whether a line has columns: bars, tabs, or wide gaps.
fn is_row(text: &str) -> bool {
    let bars = text.matches('|').count();
    bars >= 2 || text.contains('\t') || text.contains("   ") || (bars == 1 && text.starts_with('|'))
}

fn lone_rows_are_prose(shapes: &mut [Shape]) {
    for at in 0..shapes.len() {
        let beside = |b: Option<usize>| b.and_then(|b| shapes.get(b)).is_some_and(|s| *s == Shape::Row);
        if shapes[at] == Shape::Row && !beside(at.checked_sub(1)) && !beside(Some(at + 1)) {
            shapes[at] = Shape::Prose;
        }
    }
}

fn is_turn(text: &str, speakers: &HashMap<&str, usize>) -> bool {
    text.starts_with(['—', '–', '―'])
        || speaker(text).is_some_and(|s| speakers.get(s).is_some_and(|n| *n > 1))
}

/// How many lines begin with each label. A label that occurs twice is a speaker.
fn speakers<'t>(lines: &[Line<'t>]) -> HashMap<&'t str, usize> {
    let mut counts = HashMap::new();
    for speaker in lines.iter().filter_map(|l| speaker(l.text())) {
        *counts.entry(speaker).or_default() += 1;
    }
    counts
}

/// The short label before a line's colon.
fn speaker(text: &str) -> Option<&str> {
    let at = text.find([':', '：'])?;
    let label = &text[..at];
    let named = label.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    (named && cells(label) <= 30 && label.split_whitespace().count() <= 4).then_some(label)
}
