//! The signs and numbers before the items of a list.

/// The signs that stand before items, and nowhere else at a line's beginning. The last ones are of fonts of symbols.
const BULLETS: [char; 15] =
    ['•', '◦', '▪', '▫', '‣', '⁃', '■', '□', '●', '○', '➢', '❖', '·', '\u{f0b7}', '\u{f0a7}'];

/// What stands before an item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A dash or star, which may be something else.
    Dash,
    /// A number or letter with a dot or bracket, which may be something else.
    Number,
}

/// The marker of a line, and the line without it.
pub fn of(text: &str) -> Option<(Marker, &str)> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    if BULLETS.contains(&first) && !rest.trim().is_empty() {
        return Some((Marker::Bullet, rest.trim_start()));
    }
    if matches!(first, '-' | '–' | '*') && rest.starts_with(' ') {
        return Some((Marker::Dash, rest.trim_start()));
    }
    let (number, rest) = text.split_once(char::is_whitespace)?;
    let bare = number.trim_start_matches('(').strip_suffix(['.', ')'])?;
    let counts = bare.chars().all(|c| c.is_ascii_digit()) && bare.len() <= 3;
    let letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_lowercase());
    (!bare.is_empty() && (counts || letter) && !rest.trim().is_empty())
        .then_some((Marker::Number, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_known_by_their_sign() {
        let marker = |text| of(text).map(|(marker, _)| marker);
        assert_eq!(of("• The ferry"), Some((Marker::Bullet, "The ferry")));
        assert_eq!(marker("- The ferry"), Some(Marker::Dash));
        for numbered in ["1. The ferry", "(a) The ferry", "12) The ferry"] {
            assert_eq!(marker(numbered), Some(Marker::Number), "{numbered}");
        }
        for text in ["2013. ", "— and a dash", "A. Smith said", "e.g. this", "•", "1999 was", "No. 3"] {
            assert_eq!(marker(text), None, "{text}");
        }
    }
}
