//! Recognises what comes before the body of the article: headline, standfirst, and the info lines among them.
//! A line counts as info only if it is in one group near the top.

mod above;
mod bare;
mod opening;

use super::{
    captions, dates,
    draft::{Draft, Fate},
    info::{self, Fit, Found},
    labels::Field,
    lines, names,
    shapes::Shape,
    words,
};
use crate::model::{Info, LeftOutReason};

/// How many visible lines from the top the info group may begin.
const REACH: usize = 9;
/// The longest headline, in cells: if info follows it, and if only blank lines set it apart.
const LONGEST: (usize, usize) = (250, 130);

/// Marks the info, headline and standfirst at the top of the draft. In Markdown only a heading mark makes a headline.
/// `titled` says that the headline is known already.
pub fn read(draft: &mut Draft<'_>, markdown: bool, titled: bool) {
    above::read(draft, markdown);
    let visible = visible(draft);
    let opened = !titled && opening::is_headline(draft, &visible, markdown);
    let group = group(draft, &visible, usize::from(opened), titled);
    for (at, found) in &group {
        take(draft, *at, found);
    }
    let first = group.first().map(|(at, _)| *at);
    outlet(draft, &visible, first);
    match (markdown || titled, opened) {
        (true, _) => {}
        (false, true) => draft.fates[visible[0]] = Fate::Headline,
        (false, false) => headline(draft, &visible, first),
    }
    repeats(draft, &visible);
    standfirst(draft, &visible, first);
}

/// The visible lines that nothing was made of yet.
fn visible(draft: &Draft<'_>) -> Vec<usize> {
    draft.visible().into_iter().filter(|at| draft.fates[*at] == Fate::Text).collect()
}

type Group = Vec<(usize, Vec<Found>)>;

/// What a line says about the article, if it is prose.
pub fn found(draft: &Draft<'_>, at: usize) -> Option<Vec<Found>> {
    let prose = draft.shapes[at] == Shape::Prose;
    prose.then(|| info::recognise(draft.lines[at].text(), draft.language.as_deref()))?
}

/// The adjacent info lines near the top, from the visible line `from`; the value of at least one must be sure.
fn group(draft: &Draft<'_>, visible: &[usize], from: usize, titled: bool) -> Group {
    let near = visible.iter().enumerate().take(REACH).skip(from);
    let Some((start, _)) = near.into_iter().find(|(_, at)| found(draft, **at).is_some()) else {
        return Group::new();
    };
    let (start, group) = bare::extended(draft, visible, start, titled);
    let sure = group.iter().any(|(_, f)| f.iter().any(|f| f.sure));
    let placed =
        group.iter().all(|(at, f)| labelled_or_free(draft, *at, f)) && is_placed(draft, start, &group);
    if sure && placed { group } else { Group::new() }
}

/// Whether a line has a label, or is not part of a paragraph: only then it is info.
fn labelled_or_free(draft: &Draft<'_>, at: usize, found: &[Found]) -> bool {
    let text = draft.lines[at].text();
    let before = at.checked_sub(1).map(|b| draft.lines[b]);
    let ended = before.is_none_or(|b| b.is_blank() || !b.ends_open());
    info::label(info::without_mark(text)).is_some() || (ended && !found.is_empty())
}

/// Whether a group of one line is near the very top. A line without a label also needs blank lines around it and no
/// similar line further down: a diary's days and the tags among paragraphs are text.
fn is_placed(draft: &Draft<'_>, start: usize, group: &Group) -> bool {
    let [(at, found)] = &group[..] else { return true };
    let text = draft.lines[*at].text();
    if info::label(info::without_mark(text)).is_some() {
        let tags = matches!(found[0].field, Field::Tags | Field::Hashtags | Field::Url);
        return start <= if tags { 1 } else { 2 };
    }
    let language = draft.language.as_deref();
    let alike = |l: &lines::Line<'_>| {
        info::recognise(l.text(), language).is_some_and(|f| f[0].field == found[0].field)
    };
    let only = draft.lines.iter().filter(|l| alike(l)).count() == 1;
    only && start <= 4
        && draft.is_free(*at, 1)
        && (start <= 1 || draft.is_free(*at, -1) || is_under_a_short_line(draft, *at))
}

/// Whether the one line between line `at` and a blank line is short and no sentence: a place, or a name that is not recognised.
fn is_under_a_short_line(draft: &Draft<'_>, at: usize) -> bool {
    let Some(above) = at.checked_sub(1) else { return false };
    let line = draft.lines[above];
    draft.is_free(above, -1) && line.cells() <= 40 && !line.ends_sentence() && !line.ends_open()
}

fn take(draft: &mut Draft<'_>, at: usize, found: &[Found]) {
    match info::add(&mut draft.info, found) {
        Fit::New => draft.fates[at] = Fate::Out(found[0].why()),
        Fit::Repeat if found.iter().all(|f| f.info == Info::default()) => {
            draft.fates[at] = Fate::Out(found[0].why())
        }
        Fit::Repeat => draft.fates[at] = Fate::Out(LeftOutReason::Repeat),
        Fit::Contradiction => {}
    }
}

/// Finds the outlet: the short line right above the info. It needs a proof: a word such as "Times" in it, or the
/// same name as a hashtag elsewhere.
fn outlet(draft: &mut Draft<'_>, visible: &[usize], first: Option<usize>) {
    let Some(place) = first.and_then(|f| visible.iter().position(|at| *at == f)).filter(|p| *p >= 1) else {
        return;
    };
    let at = visible[place - 1];
    let text = info::without_mark(draft.lines[at].text());
    let short =
        text.split_whitespace().count() <= 5 && lines::cells(text) <= 40 && lines::is_title_case(text);
    let prose = draft.shapes[at] == Shape::Prose && !lines::ends_sentence(text) && !text.contains([',', ':']);
    let labelled = draft.info.outlet.is_some() || info::label(draft.lines[visible[place]].text()).is_none();
    let headed = place >= 2 || draft.shapes[visible[0]] != Shape::Prose;
    if headed && short && prose && !labelled && is_outlet(draft, text) {
        draft.info.outlet = Some(text.to_owned());
        draft.fates[at] = Fate::Out(LeftOutReason::Outlet);
    }
}

fn is_outlet(draft: &Draft<'_>, text: &str) -> bool {
    let known = text.split_whitespace().any(|w| names::OUTLET_WORDS.contains(&w.to_lowercase().as_str()));
    let tag = format!("#{}", text.split_whitespace().collect::<String>());
    known || draft.lines.iter().flat_map(|l| l.raw.split_whitespace()).any(|w| w.eq_ignore_ascii_case(&tag))
}

/// Marks the lines of the headline, if there is one without a heading mark.
fn headline(draft: &mut Draft<'_>, visible: &[usize], first: Option<usize>) {
    let open = visible.iter().copied().filter(|at| draft.fates[*at] == Fate::Text).collect::<Vec<_>>();
    let Some(top) = open.first().copied().filter(|at| draft.shapes[*at] == Shape::Prose) else { return };
    let led = first.is_some_and(|f| f > top);
    let end = headline_end(draft, &open, top, led.then_some(first).flatten());
    let Some(end) = end else { return };
    for at in top..=end {
        draft.fates[at] = Fate::Headline;
    }
}

/// The last line of the headline that begins at `top`. `info` is the first info line below it.
fn headline_end(draft: &Draft<'_>, open: &[usize], top: usize, info: Option<usize>) -> Option<usize> {
    let run = open.iter().enumerate().take_while(|(n, at)| **at == top + n).count();
    let before_info = info.map_or(run, |i| (i - top).min(run));
    let text = draft.lines[top].text();
    let wraps = before_info >= 2 && draft.lines[top + 1].starts_low() && !draft.lines[top].ends_sentence();
    let last = if wraps { top + 1 } else { top };
    let alone = last + 1 == top + before_info;
    let cells = (top..=last).map(|at| draft.lines[at].cells()).sum::<usize>();
    match info {
        Some(_) => (cells <= LONGEST.0
            && may_be_headline(text, draft.language.as_deref())
            && !lines::has_inner_stop(text))
        .then_some(last),
        None => (alone && stands_free(draft, open, top, last) && cells <= LONGEST.1).then_some(last),
    }
}

/// Whether the lines `top` to `last` can be a headline by their place alone.
fn stands_free(draft: &Draft<'_>, open: &[usize], top: usize, last: usize) -> bool {
    let end = draft.lines[last];
    let more = open.iter().any(|at| *at > last);
    let plain = may_be_headline(draft.lines[top].text(), draft.language.as_deref())
        && !lines::has_inner_stop(end.text());
    let ended = end.text().ends_with(['.', ',', ';', ':', '。', '，', '、', '：', '…', '-', '—']);
    let below = draft.shapes.get(last + 1) == Some(&Shape::Blank) || !draft.is_free(last, 0);
    let after_info = draft.fates.get(last + 1).is_none_or(|f| *f == Fate::Text);
    more && plain && !ended && below && after_info && (last == top || prose_below(draft, open, last))
}

fn prose_below(draft: &Draft<'_>, open: &[usize], last: usize) -> bool {
    open.iter().find(|at| **at > last).is_some_and(|at| draft.lines[*at].cells() > 60)
}

/// Whether the shape of the line allows a headline.
pub fn may_be_headline(text: &str, language: Option<&str>) -> bool {
    let open = text
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase() && (c.is_alphanumeric() || "\"“„«‘'([¿¡「『".contains(c)));
    let label = text.split_once(':').map(|(l, _)| l.trim().to_lowercase());
    let mail = label.is_some_and(|l| words::MAIL.contains(&l.as_str()));
    let info = info::label(text).is_some_and(|(f, _)| f != Field::Place);
    let dateline = text.split_once(',').is_some_and(|(_, rest)| dates::when(rest, language).is_some());
    let known = info || dateline || info::recognise(text, language).is_some() || captions::is_caption(text);
    open && !mail && !known && text.split_whitespace().count() <= 45
}

/// Leaves out a second copy of the headline.
fn repeats(draft: &mut Draft<'_>, visible: &[usize]) {
    let headline = visible
        .iter()
        .filter(|at| draft.fates[**at] == Fate::Headline)
        .map(|at| draft.lines[*at].text())
        .collect::<Vec<_>>()
        .join(" ");
    let next = visible.iter().copied().find(|at| draft.fates[*at] == Fate::Text);
    if let Some(at) = next.filter(|at| !headline.is_empty() && draft.lines[*at].text() == headline) {
        draft.fates[at] = Fate::Out(LeftOutReason::Repeat);
    }
}

/// Marks the standfirst: the paragraph between headline and info, or the one-sentence line right below the info that,
/// unlike the lines after it, was not wrapped.
fn standfirst(draft: &mut Draft<'_>, visible: &[usize], first: Option<usize>) {
    let Some(info) = first.filter(|_| draft.fates.contains(&Fate::Headline)) else { return };
    let above =
        visible.iter().copied().filter(|at| *at < info && draft.fates[*at] == Fate::Text).collect::<Vec<_>>();
    let below = visible.iter().copied().find(|at| *at > info && draft.fates[*at] == Fate::Text);
    let lone = below.filter(|at| is_unlike_the_wrapped(draft, *at));
    let fits = |at: &usize| {
        let line = draft.lines[*at];
        draft.shapes[*at] == Shape::Prose && line.cells() <= 300 && !captions::is_caption(line.text())
    };
    let chosen = if above.is_empty() { lone.into_iter().collect() } else { above };
    if (1..=5).contains(&chosen.len()) && chosen.iter().all(fits) {
        chosen.into_iter().for_each(|at| draft.fates[at] = Fate::Standfirst);
    }
}

/// Whether line `at` is one long sentence, and the next line is shorter and ends no sentence, so it is wrapped.
fn is_unlike_the_wrapped(draft: &Draft<'_>, at: usize) -> bool {
    let line = draft.lines[at];
    let next = draft.lines.iter().skip(at + 1).find(|l| !l.is_blank());
    let wrapped = next.is_some_and(|n| n.cells() < 100 && !n.ends_sentence());
    line.cells() >= 100 && wrapped && line.ends_sentence() && !lines::has_inner_stop(line.text())
}
