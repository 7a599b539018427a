//! Recognises what pages print above the headline: the path to the page, and the section's name.

use super::may_be_headline;
use crate::{
    formats::article::plain::{
        draft::{Draft, Fate},
        sections,
        shapes::Shape,
    },
    model::LeftOutReason,
};

/// The most lines that are looked at.
const MOST: usize = 3;

/// Marks the lines above the headline as left out. A section's name counts only above a headline.
pub fn read(draft: &mut Draft<'_>, markdown: bool) {
    let visible = draft.visible();
    for pair in visible.windows(2).take(MOST) {
        let [at, next] = pair else { return };
        let text = draft.lines[*at].text().trim_matches(['*', '_']);
        let above = sections::is_section(text) && heads(draft, *next, markdown);
        if draft.shapes[*at] != Shape::Prose || !(above || sections::is_path(text)) {
            return;
        }
        draft.fates[*at] = Fate::Out(LeftOutReason::Section);
    }
}

/// Whether line `at` may be the headline, or another line above it.
fn heads(draft: &Draft<'_>, at: usize, markdown: bool) -> bool {
    let line = draft.lines[at];
    let plain = draft.shapes[at] == Shape::Prose && may_be_headline(line.text(), draft.language.as_deref());
    let marked = matches!(draft.shapes[at], Shape::Heading(_) | Shape::Underlined(_));
    marked || sections::is_path(line.text()) || (plain && !markdown && !line.ends_sentence())
}
