//! One line of article details: its date, its place, its tags. A line is read completely or not at all.
//! The modules `head` and `tail` decide by its place whether it counts.

use super::{
    dates,
    labels::{self, Field},
    lines, names, words,
};
use crate::model::{Info, LeftOutReason};

/// What one line, or one piece of it, says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is about.
    pub field: Field,
    /// Whether its value alone shows that it is info, such as a date that parses, and not only its label.
    pub sure: bool,
    /// The article details in it.
    pub info: Info,
}

impl Found {
    fn new(field: Field, sure: bool, set: impl FnOnce(&mut Info)) -> Self {
        let mut info = Info::default();
        set(&mut info);
        Self { field, sure, info }
    }

    /// Why its line is not in the text.
    pub fn why(&self) -> LeftOutReason {
        match self.field {
            Field::Date => LeftOutReason::Date,
            Field::Time => LeftOutReason::Time,
            Field::Place => LeftOutReason::Place,
            Field::Byline => LeftOutReason::Byline,
            Field::Outlet => LeftOutReason::Outlet,
            Field::Tags => LeftOutReason::Tags,
            Field::Hashtags => LeftOutReason::Hashtags,
            Field::Url => LeftOutReason::Url,
            Field::Updated => LeftOutReason::Updated,
            Field::Furniture => LeftOutReason::Furniture,
        }
    }
}

/// The longest line that is looked at piece by piece, in bytes. Longer ones are lists of tags, or text.
const LONGEST: usize = 300;

/// The article details in a line, piece by piece; `None` if any piece is something else. `language` is that of the text.
pub fn recognise(text: &str, language: Option<&str>) -> Option<Vec<Found>> {
    let bare = without_mark(text);
    if bare.len() > LONGEST {
        return labelled(bare, language).or_else(|| hashtags(bare)).map(|found| vec![found]);
    }
    if let Some(found) = whole(bare, language) {
        return Some(vec![found]);
    }
    let pieces = bare.split(['|', '·', '•']).map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>();
    stamped(bare, language)
        .or_else(|| by_and_date(bare, language))
        .or_else(|| (pieces.len() > 1).then(|| among(&pieces, language))?)
}

/// The details in pieces that a line has side by side. Beside a date, a name is who wrote it.
fn among(pieces: &[&str], language: Option<&str>) -> Option<Vec<Found>> {
    let one = |p: &str| whole(p, language).or_else(|| reading_time(p)).or_else(|| outlet(p, false));
    let dated = pieces.iter().any(|p| one(p).is_some_and(|f| f.field == Field::Date));
    let found = pieces.iter().map(|p| match stamped(p, language) {
        Some(found) => Some(found),
        None => Some(vec![one(p).or_else(|| bare_name(p).filter(|_| dated))?]),
    });
    Some(found.collect::<Option<Vec<_>>>()?.concat())
}

/// The text after an emoji or sign that only decorates a line (`📍 Bamako` is `Bamako`), and without marks for emphasis around it.
pub fn without_mark(text: &str) -> &str {
    let text = text.trim();
    let sign = |c: char| !c.is_alphanumeric() && !c.is_ascii() && !"—–―“”‘’«»„‹›¿¡…".contains(c);
    let bare = text.trim_start_matches(|c: char| sign(c) || c.is_whitespace());
    let inside = |mark: &str| {
        bare.strip_prefix(mark)?.strip_suffix(mark).filter(|t| !t.is_empty() && !t.contains(mark))
    };
    ["***", "**", "__", "*", "_"].iter().find_map(|mark| inside(mark)).map_or(bare, str::trim)
}

fn whole(text: &str, language: Option<&str>) -> Option<Found> {
    labelled(text, language).or_else(|| hashtags(text)).or_else(|| dated(text, language)).or_else(|| by(text))
}

/// Recognises an outlet's name, by a word such as "Times" or because it is `proven` to be one.
pub fn outlet(text: &str, proven: bool) -> Option<Found> {
    let known = text.split_whitespace().any(|w| names::OUTLET_WORDS.contains(&w.to_lowercase().as_str()));
    let name = short_name(text, 5).filter(|n| (known || proven) && lines::is_title_case(n))?;
    Some(Found::new(Field::Outlet, false, |i| i.outlet = Some(name)))
}

/// The field and value of `Label: value`.
pub fn label(text: &str) -> Option<(Field, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let label = label.trim().trim_matches('*').to_lowercase();
    let field = labels::field(&label)?;
    Some((field, without_mark(value.trim().trim_start_matches('*'))))
}

fn labelled(text: &str, language: Option<&str>) -> Option<Found> {
    let (field, value) = label(text)?;
    match field {
        Field::Date => dates::when(value, language).filter(|w| w.date.is_some()).map(|w| at(Field::Date, w)),
        Field::Time => dates::when(value, language).filter(|w| w.date.is_none()).map(|w| at(Field::Time, w)),
        Field::Place => short_name(value, 6).map(|v| Found::new(field, false, |i| i.place = Some(v))),
        Field::Byline => {
            is_names(value).then(|| Found::new(field, true, |i| i.byline = Some(value.to_owned())))
        }
        Field::Outlet => short_name(value, 6).map(|v| Found::new(field, false, |i| i.outlet = Some(v))),
        Field::Tags => list(value).map(|v| Found::new(field, true, |i| i.tags = v)),
        Field::Url => url(value).map(|v| Found::new(field, true, |i| i.url = Some(v))),
        Field::Hashtags | Field::Updated | Field::Furniture => None,
    }
}

fn at(field: Field, when: dates::When) -> Found {
    Found::new(field, true, |i| (i.date, i.time, i.zone) = (when.date, when.time, when.zone))
}

/// Recognises a line that is only a date, perhaps behind a word such as "Published".
fn dated(text: &str, language: Option<&str>) -> Option<Found> {
    let date = |text: &str| dates::when(text, language).filter(|w| w.date.is_some());
    date(text).or_else(|| date(after_label(text, labels::of(Field::Date))?)).map(|w| at(Field::Date, w))
}

/// Recognises when it was published and changed, in one line: `Published 25 June 2024 | Updated 26 June 2024`; or changed alone.
fn stamped(text: &str, language: Option<&str>) -> Option<Vec<Found>> {
    text.contains(char::is_numeric).then_some(())?;
    let starts = text.char_indices().map(|(at, _)| at).take(200);
    let (before, after) = starts
        .filter(|at| begins_word(text, *at))
        .find_map(|at| after_label(&text[at..], labels::of_change()).map(|after| (&text[..at], after)))?;
    let apart = |c: char| c.is_whitespace() || "|·•-–—/,;()".contains(c);
    let updated =
        dates::when(after.trim_matches(apart), language).map(|_| Found::new(Field::Updated, true, |_| {}))?;
    let before = before.trim_matches(apart);
    let published = if before.is_empty() { None } else { Some(dated(before, language)?) };
    Some(published.into_iter().chain([updated]).collect())
}

fn begins_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

/// What follows one of `labels` at the beginning of `text`, with or without a colon. The longest label counts.
fn after_label(text: &str, labels: impl Iterator<Item = &'static str>) -> Option<&str> {
    let rest = labels.filter_map(|label| {
        let end = text.char_indices().nth(label.chars().count()).map_or(text.len(), |(at, _)| at);
        let ended = text[end..].chars().next().is_none_or(|c| !c.is_alphabetic() || lines::is_unspaced(c));
        (ended && text[..end].to_lowercase() == *label).then_some(&text[end..])
    });
    let rest = rest.min_by_key(|rest| rest.len())?;
    Some(rest.trim_start().trim_start_matches([':', '：', '.']).trim_start())
}

/// Recognises how long reading takes, which pages print beside the date: `5 min read`.
fn reading_time(text: &str) -> Option<Found> {
    let (count, unit) = text.split_once(char::is_whitespace)?;
    let unit = unit.split([' ', '.']).next()?.to_lowercase();
    let minutes = count.bytes().all(|b| b.is_ascii_digit()) && labels::MINUTES.contains(&unit.as_str());
    minutes.then(|| Found::new(Field::Furniture, false, |_| {}))
}

/// Recognises a byline: `By Jane Doe`.
fn by(text: &str) -> Option<Found> {
    let (opener, names) = text.split_once(' ')?;
    let known = words::BYLINE_OPENERS.contains(&opener) && is_names(names);
    known.then(|| Found::new(Field::Byline, true, |i| i.byline = Some(names.trim().to_owned())))
}

/// Recognises a byline with the date behind it: `By Jane Doe, 25 June 2024`.
fn by_and_date(text: &str, language: Option<&str>) -> Option<Vec<Found>> {
    [", ", " – ", " — ", " - ", " on ", " le ", " am "].iter().find_map(|mark| {
        let (names, date) = text.split_once(mark)?;
        Some(vec![by(names)?, dated(date, language)?])
    })
}

/// Recognises a line that is only a person's name, or names of two: `Jane Doe`, `Jane Doe and Amadou Keita`.
pub fn bare_name(text: &str) -> Option<Found> {
    let text = without_mark(text);
    let name = |part: &str| {
        let all = part.split_whitespace().collect::<Vec<_>>();
        let big = all.iter().filter(|w| !names::IN_NAMES.contains(w)).count();
        let named = all.iter().all(|w| !names::in_no_name(w)) && !part.contains(',');
        (2..=4).contains(&big) && all.len() <= 6 && named && is_names(part)
    };
    let parts = [" and ", " et ", " und ", " y ", " & "].iter().find_map(|mark| text.split_once(mark));
    let named = parts.map_or_else(|| name(text), |(a, b)| name(a) && name(b));
    named.then(|| Found::new(Field::Byline, false, |i| i.byline = Some(text.to_owned())))
}

/// Whether `text` is one or more names: two to ten words, all capitalised except the small ones.
fn is_names(text: &str) -> bool {
    let all = text.split_whitespace().map(|w| w.trim_end_matches(',')).collect::<Vec<_>>();
    let big = |w: &&&str| !names::IN_NAMES.contains(w);
    let name = |w: &str| w.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let plain = text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "-.,'’&".contains(c));
    let capitalised = all.iter().filter(big).count() >= 2 && all.iter().filter(big).all(|w| name(w));
    plain && capitalised && all.len() <= 10 && !text.ends_with('.') && all.first().is_some_and(|w| name(w))
}

/// Recognises a short name: few words, capitalised, not a sentence.
fn short_name(value: &str, most: usize) -> Option<String> {
    let count = value.split_whitespace().count();
    let open = value.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
    let short = (1..=most).contains(&count) && lines::cells(value) <= 60;
    let plain = !value.contains([';', '?', '!', '"', '“', '。']) && !lines::ends_sentence(value);
    let capitals = !lines::has_case(value)
        || value.split_whitespace().all(|w| w.chars().count() < 4 || !w.starts_with(char::is_lowercase));
    (open && short && plain && capitals).then(|| value.to_owned())
}

/// Reads a list of short tags, separated by commas.
pub fn list(value: &str) -> Option<Vec<String>> {
    let parts = value
        .split([',', ';', '،', '、', '，'])
        .map(|t| t.trim().trim_start_matches('#'))
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>();
    let short = |t: &&str| {
        t.split_whitespace().count() <= 4
            && lines::cells(t) <= 40
            && !lines::ends_sentence(t)
            && t.chars().any(char::is_alphanumeric)
    };
    (!parts.is_empty() && parts.iter().all(short)).then(|| parts.into_iter().map(str::to_owned).collect())
}

fn hashtags(text: &str) -> Option<Found> {
    let tags = text.split_whitespace().map(|w| w.trim_end_matches(',')).collect::<Vec<_>>();
    let tag = |w: &&str| {
        let name = w.strip_prefix('#').unwrap_or("");
        name.chars().any(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    let all = !tags.is_empty() && tags.iter().all(tag);
    all.then(|| {
        Found::new(Field::Hashtags, true, |i| i.hashtags = tags.iter().map(|t| t.to_string()).collect())
    })
}

fn url(value: &str) -> Option<String> {
    let web = value.starts_with("https://") || value.starts_with("http://");
    (web && !value.contains(char::is_whitespace)).then(|| value.to_owned())
}

/// How new info relates to the info found so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It adds something.
    New,
    /// It says the same again.
    Repeat,
    /// It contradicts it; both cannot be info.
    Contradiction,
}

/// Adds `found` to `info`, unless it repeats or contradicts it.
pub fn add(info: &mut Info, found: &[Found]) -> Fit {
    let mut all = info.clone();
    let fits = found.iter().map(|f| join(&mut all, &f.info)).collect::<Vec<_>>();
    if fits.contains(&Fit::Contradiction) {
        return Fit::Contradiction;
    }
    *info = all;
    if fits.contains(&Fit::New) { Fit::New } else { Fit::Repeat }
}

fn join(all: &mut Info, new: &Info) -> Fit {
    let fits = [
        one(&mut all.byline, &new.byline),
        one(&mut all.outlet, &new.outlet),
        one(&mut all.date, &new.date),
        one(&mut all.time, &new.time),
        one(&mut all.zone, &new.zone),
        one(&mut all.place, &new.place),
        one(&mut all.url, &new.url),
        many(&mut all.tags, &new.tags),
        many(&mut all.hashtags, &new.hashtags),
    ];
    match (fits.contains(&Fit::Contradiction), fits.contains(&Fit::New)) {
        (true, _) => Fit::Contradiction,
        (false, true) => Fit::New,
        (false, false) => Fit::Repeat,
    }
}

fn one(known: &mut Option<String>, new: &Option<String>) -> Fit {
    match (known.as_ref(), new) {
        (_, None) => Fit::Repeat,
        (Some(k), Some(n)) if k == n => Fit::Repeat,
        (Some(_), Some(_)) => Fit::Contradiction,
        (None, Some(n)) => {
            *known = Some(n.clone());
            Fit::New
        }
    }
}

fn many(known: &mut Vec<String>, new: &[String]) -> Fit {
    match (new.is_empty() || known == new, known.is_empty()) {
        (true, _) => Fit::Repeat,
        (false, false) => Fit::Contradiction,
        (false, true) => {
            *known = new.to_vec();
            Fit::New
        }
    }
}
