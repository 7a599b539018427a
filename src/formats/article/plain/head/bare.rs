//! Recognises lines without a label beside the date below the headline: a person's name, an outlet's name.

use super::{Group, found, is_outlet};
use crate::formats::article::plain::{
    draft::Draft,
    info::{self, Found},
    labels::Field,
    lines,
    shapes::Shape,
};

/// The longest line above a name that is not a headline's first half, in cells.
const HALF: usize = 45;

/// The info lines from the visible line `start`, with the lines beside them that have no label, and where they begin. Such lines count
/// only beside a date or byline, and below a headline.
pub fn extended(draft: &Draft<'_>, visible: &[usize], start: usize, titled: bool) -> (usize, Group) {
    let strict: Group = visible[start..].iter().map_while(|at| Some((*at, found(draft, *at)?))).collect();
    let dated = |f: &Found| matches!(f.field, Field::Date | Field::Byline) && f.sure;
    let headline = if titled { 0 } else { 1 };
    if !strict.iter().flat_map(|(_, f)| f).any(dated) || start < headline {
        return (start, strict);
    }
    let mut known = strict.iter().flat_map(|(_, f)| f).map(|f| f.field).collect::<Vec<_>>();
    // Where other lines have labels, a name without one is not known to be the author's.
    if strict.iter().any(|(at, _)| info::label(info::without_mark(draft.lines[*at].text())).is_some()) {
        known.push(Field::Byline);
    }
    let mut above = Vec::new();
    for at in visible[headline..start].iter().rev() {
        let Some(found) = bare(draft, *at, &mut known) else { break };
        above.push((*at, vec![found]));
    }
    let mut group: Group = above.into_iter().rev().collect();
    let begin = start - group.len();
    for at in &visible[start..] {
        let Some(found) = found(draft, *at).or_else(|| Some(vec![bare(draft, *at, &mut known)?])) else {
            break;
        };
        group.push((*at, found));
    }
    (begin, group)
}

/// The outlet or name that line `at` is, if it is not in `known` already; adds it there. An outlet needs the same proof as
/// [`is_outlet`] asks for.
fn bare(draft: &Draft<'_>, at: usize, known: &mut Vec<Field>) -> Option<Found> {
    let text = info::without_mark(draft.lines[at].text());
    let prose = draft.shapes[at] == Shape::Prose && !lines::ends_sentence(text) && !goes_on(draft, at);
    let found = if is_outlet(draft, text) { info::outlet(text, true) } else { info::bare_name(text) };
    let found = found.filter(|f| prose && !known.contains(&f.field))?;
    known.push(found.field);
    Some(found)
}

/// Whether line `at` may be the second half of a wrapped headline.
fn goes_on(draft: &Draft<'_>, at: usize) -> bool {
    let above = at.checked_sub(1).map(|b| draft.lines[b]);
    above.is_some_and(|l| l.cells() >= HALF && lines::is_title_case(l.text()) && !l.ends_sentence())
}
