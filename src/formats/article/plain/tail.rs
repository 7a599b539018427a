//! Recognises what comes after the body of the article: tags, hashtags and web page clutter. It reads from the
//! last line upwards, and stops at the first line that is none of these.

use super::{
    draft::{Draft, Fate},
    info::{self, Fit},
    labels::{self, Field},
    shapes::Shape,
    words,
};
use crate::model::LeftOutReason;

/// How many lines one list of tags may take.
const TAG_LINES: usize = 4;

/// Marks the info and the web page clutter at the end of the draft.
pub fn read(draft: &mut Draft<'_>) {
    let mut visible = draft.visible();
    let body = |d: &Draft<'_>, at: usize| {
        matches!(d.shapes[at], Shape::Prose | Shape::Turn) && d.fates[at] == Fate::Text
    };
    while let Some(at) = visible.last().copied().filter(|at| visible.len() > 1 && body(draft, *at)) {
        let taken = take(draft, &visible, at);
        if taken == 0 {
            return;
        }
        visible.truncate(visible.len() - taken);
    }
}

/// Marks the info or clutter that ends at line `at`. Returns how many lines that is.
fn take(draft: &mut Draft<'_>, visible: &[usize], at: usize) -> usize {
    if is_furniture(draft.lines[at].text()) {
        draft.fates[at] = Fate::Out(LeftOutReason::Furniture);
        return 1;
    }
    let lines =
        (1..=TAG_LINES.min(visible.len() - 1)).find(|n| take_info(draft, &visible[visible.len() - n..]));
    lines.unwrap_or(0)
}

/// Adds the lines at `places`, read as one, to the info if they are tags, hashtags or a web address.
fn take_info(draft: &mut Draft<'_>, places: &[usize]) -> bool {
    let texts = places.iter().map(|at| draft.lines[*at].text()).collect::<Vec<_>>();
    let broken = texts[..texts.len() - 1].iter().all(|t| t.ends_with([',', '،', '、', '，']));
    let near = places.windows(2).all(|w| w[0] + 1 == w[1]);
    let language = draft.language.as_deref();
    let Some(found) = info::recognise(&texts.join(" "), language).filter(|_| broken && near) else {
        return false;
    };
    let own = own_address(draft, places[0]);
    let ours = found.iter().all(|f| match f.field {
        Field::Tags | Field::Hashtags => true,
        Field::Url => own,
        _ => false,
    });
    let why = match ours.then(|| info::add(&mut draft.info, &found)) {
        Some(Fit::New) => found[0].why(),
        Some(Fit::Repeat) => LeftOutReason::Repeat,
        Some(Fit::Contradiction) | None => return false,
    };
    places.iter().for_each(|at| draft.fates[*at] = Fate::Out(why));
    true
}

/// Whether a web address in line `at` is the article's own: `Link:` leads elsewhere, and a line with a colon above begins a list.
fn own_address(draft: &Draft<'_>, at: usize) -> bool {
    let label = info::without_mark(draft.lines[at].text()).split([':', '：']).next().unwrap_or("");
    let named = labels::OWN_ADDRESS.contains(&label.trim().trim_matches('*').to_lowercase().as_str());
    let above = draft.lines[..at].iter().rev().find(|l| !l.is_blank());
    named && above.is_none_or(|l| !l.text().trim_end_matches(['*', '_']).ends_with([':', '：']))
}

/// Whether a whole line is clutter that pages have below articles: `0 Comments`, `Share this article`.
fn is_furniture(text: &str) -> bool {
    let bare = info::without_mark(text).trim_end_matches([':', '.', '!']).to_lowercase();
    let counted = bare.split_once(char::is_whitespace).is_some_and(|(count, what)| {
        let number = count.trim_matches(|c| c == '(' || c == ')');
        !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && words::COUNTED.contains(&what.trim())
    });
    counted || words::FURNITURE.contains(&bare.as_str())
}
