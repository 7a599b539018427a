//! Assembles the text: wrapped lines become one line per paragraph; verse, lists, tables, dialogue
//! and code keep their lines. In case of doubt, lines stay as they are.

use super::{
    draft::{Draft, Fate},
    hyphens::Joined,
    lines,
    lines::Line,
    shapes::{self, Shape},
    width::{Width, continues},
};
use crate::model::{BlockKind, LeftOut, LeftOutReason};

/// One block of the text. Only code contains empty lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, with heading marks.
    pub text: String,
    /// The number of its first line, from 1.
    pub line: usize,
    /// The lines whose hyphen is not in its text.
    pub hyphens: Vec<LeftOut>,
}

impl Block {
    /// A block whose text is as written.
    pub fn new(kind: BlockKind, text: String, line: usize) -> Self {
        Self { kind, text, line, hyphens: Vec::new() }
    }

    /// A block of wrapped lines.
    pub fn joined(kind: BlockKind, draft: &Draft<'_>, lines: &[Line<'_>]) -> Self {
        let Joined { text, hyphens } = draft.known.join(lines);
        Self { kind, text, line: lines[0].number, hyphens }
    }
}

/// The blocks of all lines in `draft` that belong to the text. Finds paragraphs by the shape of lines.
pub fn blocks(draft: &mut Draft<'_>) -> Vec<Block> {
    let width = Width::of(&breaks(draft, &runs(draft)));
    blocks_by(draft, &|draft, run| prose(draft, run, width))
}

/// The blocks of all lines in `draft` that belong to the text. Calls `prose` for each run of prose lines.
pub fn blocks_by(draft: &mut Draft<'_>, prose: &Prose<'_>) -> Vec<Block> {
    let runs = runs(draft);
    runs.iter().flat_map(|run| block(draft, run, prose)).collect()
}

/// How a run of prose lines becomes blocks.
type Prose<'p> = dyn Fn(&Draft<'_>, &[usize]) -> Vec<Block> + 'p;

/// The indexes of adjacent lines of one kind.
type Run = Vec<usize>;

fn runs(draft: &Draft<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for at in 0..draft.lines.len() {
        if draft.shapes[at] == Shape::Blank || matches!(draft.fates[at], Fate::Out(_)) {
            continue;
        }
        let same = |last: &Run| last[last.len() - 1] + 1 == at && belong(draft, at - 1, at);
        match runs.last_mut().filter(|last| same(last)) {
            Some(run) => run.push(at),
            None => runs.push(vec![at]),
        }
    }
    runs
}

fn belong(draft: &Draft<'_>, a: usize, b: usize) -> bool {
    let prose = |s| matches!(s, Shape::Prose | Shape::Turn);
    let (x, y) = (draft.shapes[a], draft.shapes[b]);
    let alike = (prose(x) && prose(y))
        || (x == y && matches!(x, Shape::Verbatim | Shape::Quote | Shape::Item | Shape::Row));
    let headed = matches!((x, y), (Shape::Underlined(_), Shape::Underline(_)));
    draft.fates[a] == draft.fates[b] && (alike || headed)
}

fn breaks<'t>(draft: &Draft<'t>, runs: &[Run]) -> Vec<(Line<'t>, Line<'t>)> {
    let prose = runs.iter().filter(|run| matches!(draft.shapes[run[0]], Shape::Prose | Shape::Turn));
    prose.flat_map(|run| run.windows(2)).map(|p| (draft.lines[p[0]], draft.lines[p[1]])).collect()
}

fn block(draft: &mut Draft<'_>, run: &[usize], prose: &Prose<'_>) -> Vec<Block> {
    let first = run[0];
    match (draft.fates[first], draft.shapes[first]) {
        (Fate::Headline, _) => {
            let block = Block::joined(BlockKind::Headline, draft, &pick(draft, run));
            vec![Block { text: format!("# {}", block.text), ..block }]
        }
        (Fate::Standfirst, _) => standfirst(draft, &pick(draft, run)),
        (_, Shape::Heading(_)) => vec![by_marks(draft, first)],
        (_, Shape::Underlined(level)) => vec![underlined(draft, run, level)],
        (_, Shape::Prose | Shape::Turn) => prose(draft, run),
        (
            _,
            Shape::Verbatim
            | Shape::Quote
            | Shape::Item
            | Shape::Row
            | Shape::Rule
            | Shape::Underline(_)
            | Shape::Blank,
        ) => {
            vec![unchanged(draft, run)]
        }
    }
}

/// The standfirst in one paragraph. A last line that ends no sentence, after one that does, is a paragraph by itself:
/// it may be an outlet's name without proof.
fn standfirst(draft: &Draft<'_>, lines: &[Line<'_>]) -> Vec<Block> {
    let apart = match lines {
        [.., before, last] if before.ends_sentence() && !last.ends_sentence() => lines.len() - 1,
        _ => lines.len(),
    };
    let text = |part: &[Line<'_>]| Block::joined(BlockKind::Standfirst, draft, part);
    [&lines[..apart], &lines[apart..]].into_iter().filter(|part| !part.is_empty()).map(text).collect()
}

fn pick<'t>(draft: &Draft<'t>, run: &[usize]) -> Vec<Line<'t>> {
    run.iter().map(|at| draft.lines[*at]).collect()
}

fn unchanged(draft: &Draft<'_>, run: &[usize]) -> Block {
    let lines = run.iter().map(|at| draft.lines[*at].raw).collect::<Vec<_>>();
    Block::new(BlockKind::Kept, lines.join("\n"), draft.lines[run[0]].number)
}

/// A heading with marks, written with `#` or `##`.
fn by_marks(draft: &mut Draft<'_>, at: usize) -> Block {
    let raw = draft.lines[at].raw;
    let (level, title) = shapes::heading(raw.trim()).unwrap_or((2, raw.trim()));
    let text = format!("{} {title}", &"##"[..level.min(2)]);
    if text != raw.trim_end() {
        draft.rewritten.push((at, LeftOutReason::Heading));
    }
    Block::new(BlockKind::of_level(level), text, draft.lines[at].number)
}

/// A heading with a rule below it. The rule is left out.
fn underlined(draft: &mut Draft<'_>, run: &[usize], level: usize) -> Block {
    draft.rewritten.extend(run.iter().skip(1).map(|at| (*at, LeftOutReason::Heading)));
    let title = draft.lines[run[0]];
    Block::new(
        BlockKind::of_level(level),
        format!("{} {}", &"##"[..level.min(2)], title.text()),
        title.number,
    )
}

fn prose(draft: &Draft<'_>, run: &[usize], width: Option<Width>) -> Vec<Block> {
    let lines = pick(draft, run);
    if lines.len() > 1 && keeps_its_lines(&lines, width) {
        return vec![unchanged(draft, run)];
    }
    let mut paragraphs: Vec<Vec<Line<'_>>> = vec![vec![lines[0]]];
    for at in 1..lines.len() {
        let turn = draft.shapes[run[at]] == Shape::Turn;
        match paragraphs.last_mut().filter(|_| !turn && !begins_paragraph(&lines, at, width)) {
            Some(last) => last.push(lines[at]),
            None => paragraphs.push(vec![lines[at]]),
        }
    }
    paragraphs.iter().map(|p| Block::joined(BlockKind::Paragraph, draft, p)).collect()
}

/// Whether the lines are verse, an address, dialogue or the like, where every line break is intended.
fn keeps_its_lines(run: &[Line<'_>], width: Option<Width>) -> bool {
    let breaks = run.windows(2).collect::<Vec<_>>();
    let open = breaks.iter().filter(|p| !p[0].ends_sentence()).collect::<Vec<_>>();
    let short = run.iter().map(Line::cells).sum::<usize>() < 60 * run.len();
    let Some(width) = width else { return short || open.len() * 3 > breaks.len() };
    let forced = |p: &&[Line<'_>]| width.forces(&p[0], &p[1]);
    let hard = breaks.iter().filter(|p| forced(p)).count();
    let capitals = run.len() >= 3 && run.iter().all(Line::starts_high) && hard * 10 < breaks.len() * 8;
    let talk = open.is_empty() && hard == 0 && short;
    let verse = open.iter().filter(|p| forced(p)).count() * 3 < open.len();
    talk || verse || (capitals && open.len() * 2 >= breaks.len())
}

/// Whether a paragraph begins at line `at` of `run`.
fn begins_paragraph(run: &[Line<'_>], at: usize, width: Option<Width>) -> bool {
    let (line, next) = (run[at - 1], run[at]);
    let Some(width) = width else { return true };
    let set_in = next.indent() >= 2 && line.indent() < 2;
    if set_in || continues(&line, &next) && !is_caseless_end(&line, &next, width) {
        return set_in;
    }
    if line.ends_sentence() {
        return !width.forces(&line, &next) || width.is_beyond(&line) || stands_alone(run, at, width);
    }
    let digit = next.text().starts_with(|c: char| c.is_numeric());
    !(digit || line.ends_open() || width.forces(&line, &next))
}

/// Whether the line is the last of its paragraph: in a script without capitals, a short line is.
fn is_caseless_end(line: &Line<'_>, next: &Line<'_>, width: Width) -> bool {
    !lines::has_case(next.text()) && !width.forces(line, next)
}

/// Whether line `at` cannot continue the full line before it: it is too long to be wrapped itself, or
/// was broken before it was full.
fn stands_alone(run: &[Line<'_>], at: usize, width: Width) -> bool {
    let line = run[at];
    let broken = run.get(at + 1).is_some_and(|next| !line.ends_sentence() && !width.forces(&line, next));
    width.is_beyond(&line) || broken
}
