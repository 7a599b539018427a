//! Glyphs of a line in the order in which they are read, and their letters.

use super::placed::Placed;
use crate::formats::article::plain::is_unspaced;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The narrowest gap between words, in sizes of the font.
const NARROWEST: f64 = 0.17;

/// The letters of a glyph: a ligature and the forms of Arabic letters become the letters they stand for. Controls are none.
pub fn letters(text: &str) -> String {
    let is_form = |c: char| matches!(c, '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if is_form(c) => out.extend(std::iter::once(c).nfkc()),
            '\t' | '\n' | '\r' => out.push(' '),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

/// Whether the gap between two glyphs is that between words.
pub fn is_gap(before: &Placed, after: &Placed) -> bool {
    let gap = (after.x.0 - before.x.1).max(before.x.0 - after.x.1);
    let unspaced = |p: &Placed| p.text.chars().all(is_unspaced);
    let least = if unspaced(before) && unspaced(after) { 0.6 } else { NARROWEST };
    gap > least * before.size.min(after.size)
}

/// Glyphs of a line in the order in which they are read. `right`: most of the page is read from the right.
pub fn as_read(glyphs: Vec<Placed>, right: bool) -> Vec<Placed> {
    let mut clusters = clusters(glyphs);
    let sorted = clusters.windows(2).all(|pair| matches!(pair, [a, b] if start(a) <= start(b) + 0.3));
    if !sorted {
        clusters.sort_by(|a, b| start(a).total_cmp(&start(b)));
    }
    if clusters.iter().any(|c| of(c) == Direction::Right) {
        clusters = if right { turned(clusters) } else { with_turned_words(clusters) };
    }
    clusters.into_iter().flatten().collect()
}

/// Turns the words in a line from the left that are read from the right.
fn with_turned_words(clusters: Vec<Vec<Placed>>) -> Vec<Vec<Placed>> {
    let (mut out, mut words, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for cluster in clusters {
        match of(&cluster) {
            Direction::Right => {
                words.append(&mut after);
                words.push(cluster);
            }
            Direction::Left => {
                out.extend(turned(std::mem::take(&mut words)));
                out.append(&mut after);
                out.push(cluster);
            }
            // Between two words from the right it belongs to them, else it does not.
            Direction::Number | Direction::Neutral if words.is_empty() => out.push(cluster),
            Direction::Number | Direction::Neutral => after.push(cluster),
        }
    }
    out.extend(turned(words));
    out.extend(after);
    out
}

/// Each glyph with the marks on it.
fn clusters(glyphs: Vec<Placed>) -> Vec<Vec<Placed>> {
    let mut clusters: Vec<Vec<Placed>> = Vec::new();
    for glyph in glyphs {
        let is_mark = !glyph.text.is_empty() && glyph.text.chars().all(is_combining_mark);
        match clusters.last_mut().filter(|_| is_mark || glyph.text.is_empty()) {
            Some(cluster) => cluster.push(glyph),
            None => clusters.push(vec![glyph]),
        }
    }
    clusters
}

fn start(cluster: &[Placed]) -> f64 {
    cluster.first().map_or(0.0, |g| g.x.0)
}

/// The direction of letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Left,
    Right,
    Number,
    Neutral,
}

fn of_char(c: char) -> Direction {
    match c {
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Direction::Number,
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1eeff}' => Direction::Right,
        c if c.is_numeric() => Direction::Number,
        c if c.is_alphabetic() => Direction::Left,
        _ => Direction::Neutral,
    }
}

fn of(cluster: &[Placed]) -> Direction {
    let all = cluster.iter().flat_map(|g| g.text.chars()).map(of_char);
    all.into_iter().find(|d| *d != Direction::Neutral).unwrap_or(Direction::Neutral)
}

/// Turns a line that is read from the right, and turns back what in it is read from the left: foreign words and numbers.
fn turned(mut clusters: Vec<Vec<Placed>>) -> Vec<Vec<Placed>> {
    clusters.reverse();
    let directions: Vec<Direction> = clusters.iter().map(|c| of(c)).collect();
    let is_left = |d: Option<&Direction>| matches!(d, Some(Direction::Left | Direction::Number));
    let mut at = 0;
    while at < clusters.len() {
        if !is_left(directions.get(at)) {
            at += 1;
            continue;
        }
        // A run ends with its last letter or digit. Blanks and signs inside it are part of it.
        let mut end = at + 1;
        let mut look = end;
        while directions.get(look).is_some_and(|d| *d != Direction::Right) {
            look += 1;
            if is_left(directions.get(look - 1)) {
                end = look;
            }
        }
        if let Some(run) = clusters.get_mut(at..end) {
            run.reverse();
        }
        at = end;
    }
    mirrored(clusters)
}

/// Brackets as they are written, if the file has them as they look.
fn mirrored(mut clusters: Vec<Vec<Placed>>) -> Vec<Vec<Placed>> {
    const PAIRS: [(&str, &str); 5] = [("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›")];
    type Pair = (&'static str, &'static str);
    let first = |of: fn(&Pair) -> &'static str| {
        clusters.iter().flatten().position(|g| PAIRS.iter().any(|pair| of(pair) == g.text))
    };
    let (opens, closes) = (first(|pair| pair.0), first(|pair| pair.1));
    if closes.is_some_and(|closes| opens.is_none_or(|opens| closes < opens)) && opens.is_some() {
        for glyph in clusters.iter_mut().flatten() {
            let other = PAIRS.iter().find_map(|(open, close)| match &*glyph.text {
                t if t == *open => Some(*close),
                t if t == *close => Some(*open),
                _ => None,
            });
            if let Some(other) = other {
                glyph.text = other.to_owned();
            }
        }
    }
    clusters
}

/// Whether most letters of a text are of scripts that are read from the right.
pub fn reads_from_right(text: &str) -> bool {
    let count = |d: Direction| text.chars().filter(|c| of_char(*c) == d).count();
    count(Direction::Right) > count(Direction::Left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::article::pdf::glyphs::Look;
    use hayro_interpret::kurbo::Point;

    /// Glyphs side by side from the left, one a character.
    fn glyphs(letters: &str) -> Vec<Placed> {
        let placed = |(n, c): (usize, char)| Placed {
            text: c.to_string(),
            x: (n as f64 * 5.0, n as f64 * 5.0 + 5.0),
            y: 0.0,
            size: 10.0,
            weight: None,
            look: Look::Seen,
            middle: Point::ZERO,
        };
        letters.chars().enumerate().map(placed).collect()
    }

    fn read(glyphs: Vec<Placed>, right: bool) -> String {
        as_read(glyphs, right).iter().map(|g| g.text.as_str()).collect()
    }

    #[test]
    fn what_is_read_from_the_right_is_turned_and_numbers_and_foreign_words_are_not() {
        assert_eq!(read(glyphs("םולש"), true), "שלום");
        assert_eq!(read(glyphs("Tickmark 0.8 םולש"), true), "שלום Tickmark 0.8");
        assert_eq!(read(glyphs(")2025( םולש"), true), "שלום (2025)");
        assert_eq!(read(glyphs("The word םלוע םולש, or so"), false), "The word שלום עולם, or so");
        assert_eq!(read(glyphs("Tickmark"), true), "Tickmark");
    }

    #[test]
    fn the_order_of_drawing_does_not_matter_and_marks_stay_with_their_letters() {
        let mut drawn = glyphs("ferry");
        drawn.reverse();
        assert_eq!(read(drawn, false), "ferry");
        let mut marked = glyphs("ae");
        marked.insert(1, Placed { text: "\u{301}".into(), x: (1.0, 1.0), ..marked[0].clone() });
        assert_eq!(read(marked, false), "a\u{301}e");
    }

    #[test]
    fn ligatures_and_forms_are_letters() {
        assert_eq!(letters("ﬁ"), "fi");
        assert_eq!(letters("\u{fef5}"), "لآ");
        assert_eq!(letters("½\u{0}"), "½");
    }

    #[test]
    fn scripts_without_blanks_have_wider_gaps() {
        let pair = |letters: &str, gap: f64| {
            let mut both = glyphs(letters);
            both[1].x = (5.0 + gap, 10.0 + gap);
            is_gap(&both[0], &both[1])
        };
        assert!(pair("ab", 2.5) && !pair("ab", 1.0));
        assert!(!pair("渡船", 2.5));
    }
}
