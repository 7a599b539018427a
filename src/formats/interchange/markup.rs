//! HTML in fields that should be plain text: marks of style such as `<i>`, and character references such as `&amp;`.

use html5ever::data::NAMED_ENTITIES;

/// The elements that stand in titles and claims. Other words in angle brackets are words.
const STYLES: [&str; 27] = [
    "i", "b", "em", "strong", "sub", "sup", "u", "s", "sc", "small", "span", "p", "br", "div", "a", "q",
    "cite", "font", "tt", "code", "strike", "inf", "scp", "italic", "bold", "mark", "wbr",
];
/// The longest name of a character reference, and the longest mark of style, in bytes.
const LONGEST: usize = 33;
const LONGEST_TAG: usize = 300;

/// The text without marks of style and with the characters that references stand for.
pub fn plain(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(['<', '&']) {
        out += &rest[..at];
        rest = &rest[at..];
        let (shown, len) = tag(rest).or_else(|| reference(rest)).unwrap_or_else(|| (rest[..1].into(), 1));
        out += &shown;
        rest = &rest[len..];
    }
    let out = out + rest;
    let line = |l: &str| l.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.len() == out.len() { out } else { out.lines().map(line).collect::<Vec<_>>().join("\n") }
}

/// Writes a text so that [`plain`] gives it back. Only a text with something like HTML in it changes.
pub fn guarded(text: &str) -> String {
    if plain(text) == text { text.into() } else { text.replace('&', "&amp;").replace('<', "&lt;") }
}

/// What a mark of style at the start of the text is shown as, and its length. Digits that are raised stay raised: 10⁵ is
/// not 105.
pub fn tag(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(LONGEST_TAG).position(|b| b == b'>')?;
    let inside = &text.strip_prefix('<')?[..end - 1];
    let name = inside.trim_start_matches('/').trim_end_matches('/');
    let name = name.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    let name = name.rsplit(':').next().unwrap_or_default();
    STYLES.contains(&name).then_some(())?;
    let len = inside.len() + 2;
    let blank = matches!(name, "p" | "br" | "div");
    if name == "sup" && !inside.starts_with('/') {
        let ends = |at: &usize| text[len + at..].get(..6).is_some_and(|t| t.eq_ignore_ascii_case("</sup>"));
        let close = text[len..].find('<').filter(ends);
        return Some(close.map_or((String::new(), len), |at| (raised(&text[len..len + at]), len + at + 6)));
    }
    Some((if blank { " ".into() } else { String::new() }, len))
}

/// The character that a reference at the start of the text stands for, and the reference's length.
pub fn reference(text: &str) -> Option<(String, usize)> {
    let name = text.strip_prefix('&')?;
    let end = name.bytes().take(LONGEST).position(|b| b == b';')?;
    let named = || {
        let (first, second) = *NAMED_ENTITIES.get(&name[..=end])?;
        let all = [first, second].into_iter().filter(|c| *c != 0);
        Some(all.filter_map(char::from_u32).collect::<String>()).filter(|s| !s.is_empty())
    };
    let numbered = || {
        let digits = name[..end].strip_prefix('#')?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control()).map(String::from)
    };
    Some((named().or_else(numbered)?, end + 2))
}

/// A raised text: with raised digits if it is a number, else as it is.
pub fn raised(text: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let one = |c: char| match c {
        '0'..='9' => c.to_digit(10).map(|d| DIGITS[d as usize]),
        '+' => Some('⁺'),
        '-' | '−' | '–' => Some('⁻'),
        _ => None,
    };
    let all: Option<String> = text.trim().chars().map(one).collect();
    all.unwrap_or_else(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_references_become_plain_text_and_words_stay() {
        for (html, text) in [
            ("<i>Salmo</i> in CO<sub>2</sub>-rich water &amp; more", "Salmo in CO2-rich water & more"),
            ("10<sup>5</sup> m<SUP>2</SUP>, the 1<sup>st</sup>", "10⁵ m², the 1st"),
            ("It&#39;s &quot;so&quot; &#x201C;x&#x201D; &nbsp;y", "It's \"so\" “x” y"),
            ("one<br/>two <span class=\"nocase\">iPod</span>", "one two iPod"),
            ("a < b, a <unknown> b & c; AT&T; &nothing;", "a < b, a <unknown> b & c; AT&T; &nothing;"),
        ] {
            assert_eq!(plain(html), text);
            assert_eq!(plain(&guarded(html)), html, "written and read again");
        }
    }
}
