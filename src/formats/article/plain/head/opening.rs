//! Decides whether the first line, which looks like a byline or another label, is the headline: `By Land And Sea`.

use super::{found, may_be_headline};
use crate::formats::article::plain::{draft::Draft, info, labels::Field, shapes::Shape};

/// How many visible lines are looked at.
const REACH: usize = 9;

/// Whether the first visible line is the headline although it reads like info. It is info if a headline follows it, or a second
/// labelled line. A date or an address is always info.
pub fn is_headline(draft: &Draft<'_>, visible: &[usize], markdown: bool) -> bool {
    let Some((first, rest)) = visible.split_first() else { return false };
    let Some([one]) =
        found(draft, *first).as_deref().map(<[_]>::to_vec).and_then(|f| <[_; 1]>::try_from(f).ok())
    else {
        return false;
    };
    if !matches!(one.field, Field::Byline | Field::Tags | Field::Place | Field::Outlet) || rest.is_empty() {
        return false;
    }
    let twice = rest.iter().take(REACH).any(|at| says(draft, *at, one.field));
    let next = rest.iter().copied().find(|at| found(draft, *at).is_none());
    let block = rest[0] == first + 1 && labelled(draft, *first) && labelled(draft, rest[0]);
    twice || !(block || next.is_some_and(|at| heads(draft, at, markdown)))
}

fn says(draft: &Draft<'_>, at: usize, field: Field) -> bool {
    found(draft, at).is_some_and(|all| all.iter().any(|f| f.field == field))
}

fn labelled(draft: &Draft<'_>, at: usize) -> bool {
    info::label(info::without_mark(draft.lines[at].text())).is_some() && found(draft, at).is_some()
}

/// Whether line `at` may be a headline and is no person's name.
fn heads(draft: &Draft<'_>, at: usize, markdown: bool) -> bool {
    let line = draft.lines[at];
    if matches!(draft.shapes[at], Shape::Heading(_) | Shape::Underlined(_)) {
        return true;
    }
    let text = line.text();
    let plain = draft.shapes[at] == Shape::Prose && may_be_headline(text, draft.language.as_deref());
    !markdown
        && plain
        && !line.ends_sentence()
        && line.cells() <= 130
        && draft.is_free(at, 1)
        && info::bare_name(text).is_none()
}
