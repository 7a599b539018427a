//! Emphasis marks of Markdown: `*` and `_`, single, double and triple.

use crate::text::Span;

/// A run of one emphasis character that may open or close.
struct MarkRun {
    at: usize,
    mark: u8,
    left: usize,
    opens: bool,
    closes: bool,
}

/// Emphasis marks that pair within a paragraph, and double ones that open without a partner. A double one that closes
/// without a partner counts ("Rated 4**"). The characters in `blocks` and `inside`, both in order, mark no emphasis.
pub(super) fn emphasis(text: &str, blocks: &[Span], inside: &[Span]) -> Vec<Span> {
    let (mut all, mut open): (Vec<Span>, Vec<MarkRun>) = (Vec::new(), Vec::new());
    for mut run in mark_runs(text) {
        if covers(blocks, run.at) || covers(inside, run.at) {
            continue;
        }
        if let Some(first) = open.first()
            && text[first.at..run.at].contains("\n\n")
        {
            add_unpaired(&mut all, &mut open);
        }
        while let (true, true, Some(partner)) =
            (run.closes, run.left > 0, open.iter().rposition(|o| o.mark == run.mark && o.left > 0))
        {
            open.truncate(partner + 1);
            let both = open[partner].left.min(run.left);
            let opener = &mut open[partner];
            opener.left -= both;
            all.push(Span::at(opener.at + opener.left, opener.at + opener.left + both));
            all.push(Span::at(run.at, run.at + both));
            (run.at, run.left) = (run.at + both, run.left - both);
            if opener.left == 0 {
                open.pop();
            }
        }
        if run.left > 0 && run.opens {
            open.push(run);
        }
    }
    add_unpaired(&mut all, &mut open);
    all
}

/// Whether one of `spans`, which are in order, contains the byte `at`.
fn covers(spans: &[Span], at: usize) -> bool {
    let past = spans.partition_point(|s| s.start.0 <= at);
    past.checked_sub(1).is_some_and(|i| at < spans[i].end.0)
}

fn add_unpaired(all: &mut Vec<Span>, open: &mut Vec<MarkRun>) {
    all.extend(
        open.drain(..)
            .filter(|run| run.left > 1 && !run.closes)
            .map(|run| Span::at(run.at, run.at + run.left)),
    );
}

fn mark_runs(text: &str) -> impl Iterator<Item = MarkRun> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().position(|b| matches!(b, b'*' | b'_'))?;
        let start = at;
        at += bytes[at..].iter().take_while(|b| **b == bytes[start]).count();
        Some(mark_run(text, start, at))
    })
}

fn mark_run(text: &str, start: usize, end: usize) -> MarkRun {
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let wordly = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let digits = |c: Option<char>| c.is_some_and(char::is_numeric);
    let mark = text.as_bytes()[start];
    let in_number = digits(before) && digits(after);
    let never_marks = end - start > 3 || before == Some('\\') || in_number && end - start == 1;
    let inside = mark == b'_' && wordly(before) && wordly(after);
    let opens = !blank(after) && (wordly(after) || !wordly(before));
    let closes = !blank(before) && (wordly(before) || !wordly(after));
    MarkRun {
        at: start,
        mark,
        left: end - start,
        opens: opens && !never_marks && !inside && !in_number,
        closes: closes && !never_marks && !inside,
    }
}
