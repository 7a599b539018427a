//! One way of writing for characters that are written in several ways: entities of HTML, ligatures, full-width forms,
//! fractions, hyphens, dashes, ellipses, apostrophes and primes. The text has no marks any more.
//!
//! Only the forms named here are replaced; it never uses a compatibility form for others, so 10² is not 102.

use super::marks::{begins_with_number, is_invisible, is_list_position, list_mark, tag_name};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// `text` with one character for each way to write it.
pub(crate) fn one_way(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'\n' | b',' | b'?' | b'!')) {
        return text.to_owned();
    }
    let decoded = decoded(text);
    let composed: Vec<char> = list_numbers(&decoded).chars().flat_map(plain_forms).nfc().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < composed.len() {
        at += write(&composed, at, &mut out);
    }
    out
}

/// Writes the character at `at`, or the run of characters that stands for one. Returns how many were read.
fn write(text: &[char], at: usize, out: &mut String) -> usize {
    let before = at.checked_sub(1).map_or(' ', |i| text[i]);
    match text[at] {
        '.' if run(text, at) > 2 => {
            let dots = run(text, at);
            out.extend(std::iter::repeat_n('…', dots / 3));
            out.extend(std::iter::repeat_n('.', dots % 3));
            dots
        }
        '-' if run(text, at) > 1 => {
            let len = run(text, at);
            match len {
                2 | 3 if before.is_numeric() && next(text, at + len).is_numeric() => out.push('–'),
                2 | 3 => out.push('—'),
                _ => out.extend(&text[at..at + len]),
            }
            len
        }
        c @ ('\'' | '’' | '`' | '´') if run(text, at) == 2 => {
            out.push(if before.is_numeric() {
                '″'
            } else if c == '`' {
                '“'
            } else {
                '”'
            });
            2
        }
        c => {
            out.push(single(c, before, next(text, at + 1)));
            1
        }
    }
}

/// How often the character at `at` is repeated.
fn run(text: &[char], at: usize) -> usize {
    text[at..].iter().take_while(|c| **c == text[at]).count()
}

fn next(text: &[char], at: usize) -> char {
    text.get(at).copied().unwrap_or(' ')
}

/// The one form of a character between two others.
fn single(c: char, before: char, after: char) -> char {
    match c {
        '‐' | '‑' | '־' => '-',
        '–' | '—' | '―' | '‒' | '−' if before.is_numeric() && after.is_numeric() => '–',
        '⋯' => '…',
        '⁄' | '∕' => '/',
        '\'' | '’' | '‘' | '´' | '`' | '′' | 'ʹ' if before.is_numeric() && is_part_of_measure(after) => {
            '′'
        }
        '"' | '”' | '″' | '˝' if before.is_numeric() && "NSEWO".contains(after) => '″',
        '’' | '‘' | '´' | '`' | '′' | 'ʹ' if before.is_alphanumeric() && after.is_alphabetic() => '’',
        c => c,
    }
}

/// Whether the character behind an apostrophe after a digit shows that it is a prime: 6'2", 52°30'N. Not "10's".
fn is_part_of_measure(after: char) -> bool {
    after.is_numeric() || "NSEWO".contains(after)
}

/// The characters that `c` stands for. A fraction is parted from the digit before it by the blank that it begins with.
fn plain_forms(c: char) -> impl Iterator<Item = char> {
    let (fraction, compatible) = (is_fraction(c), is_compatible(c) || is_fraction(c));
    let kept = (!compatible && !is_invisible(c)).then_some(c);
    let forms = compatible.then(|| std::iter::once(c).nfkc()).into_iter().flatten();
    fraction.then_some(' ').into_iter().chain(kept).chain(forms)
}

fn is_fraction(c: char) -> bool {
    matches!(c, '¼'..='¾' | '⅐'..='⅞' | '↉')
}

/// Whether `c` is only another form of letters, digits or marks: a ligature, a full-width, half-width, small or joined form.
fn is_compatible(c: char) -> bool {
    matches!(c as u32, 0x0132..=0x0133 | 0xFB00..=0xFB06 | 0xFB13..=0xFB17 | 0xFB50..=0xFDC7 | 0xFE50..=0xFE6B
        | 0xFE70..=0xFEFC | 0xFF01..=0xFFEE)
}

/// `text` with its entities and with the tags of HTML that are more than a mark: a blank for a tag that parts words, raised
/// digits for `sup`.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<']) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest, mut script) = (String::with_capacity(text.len()), text, None);
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '&' => entity(rest).map(|(c, len)| (out.push(c), len).1),
            '<' => tag(rest).map(|(tag, len)| (apply(tag, &mut out, &mut script), len).1),
            _ => None,
        };
        if len.is_none() {
            out.push(script.map_or(c, |script| scripted(script, c)));
        }
        rest = &rest[len.unwrap_or(c.len_utf8())..];
    }
    Cow::Owned(out)
}

/// A tag that is more than a mark.
enum Tag {
    /// It parts words.
    Parts,
    /// It raises (`sup`) or lowers (`sub`) what follows, or ends that.
    Script(Option<Script>),
}

#[derive(Clone, Copy)]
enum Script {
    Raised,
    Lowered,
}

fn apply(tag: Tag, out: &mut String, script: &mut Option<Script>) {
    match tag {
        Tag::Parts => out.push(' '),
        Tag::Script(now) => *script = now,
    }
}

/// The tag that `text` begins with, and its length.
fn tag(text: &str) -> Option<(Tag, usize)> {
    let len = text[1..].find(['<', '>']).map(|n| n + 2).filter(|len| text[..*len].ends_with('>'))?;
    let (ends, name) = (text.starts_with("</"), tag_name(&text[..len])?);
    let tag = match name.as_str() {
        "sup" => Tag::Script((!ends).then_some(Script::Raised)),
        "sub" => Tag::Script((!ends).then_some(Script::Lowered)),
        "br" | "p" | "div" | "hr" | "li" | "ul" | "ol" | "tr" | "td" | "th" | "table" | "tbody" | "thead"
        | "dl" | "dt" | "dd" | "section" | "article" | "figure" | "figcaption" | "blockquote" | "center"
        | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Tag::Parts,
        _ => return None,
    };
    Some((tag, len))
}

/// A digit as it is raised or lowered. Letters stay: 1<sup>st</sup> is 1st.
fn scripted(script: Script, c: char) -> char {
    let digit = c.to_digit(10).unwrap_or(10) as usize;
    let digits = match script {
        Script::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹",
        Script::Lowered => "₀₁₂₃₄₅₆₇₈₉",
    };
    digits.chars().nth(digit).unwrap_or(c)
}

/// The longest entity that is read, in bytes.
const MAX_ENTITY: usize = 10;

/// Entities by name, each followed by its character.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", '\u{2009}'),
    ("shy", '\u{ad}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("minus", '−'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("prime", '′'),
    ("Prime", '″'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("deg", '°'),
    ("permil", '‰'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("times", '×'),
    ("plusmn", '±'),
    ("middot", '·'),
    ("bull", '•'),
    ("sect", '§'),
    ("para", '¶'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("oslash", 'ø'),
    ("oelig", 'œ'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("yacute", 'ý'),
    ("yuml", 'ÿ'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Oslash", 'Ø'),
    ("Uacute", 'Ú'),
    ("scaron", 'š'),
    ("Scaron", 'Š'),
];

/// The character of the entity that `text` begins with, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(MAX_ENTITY).position(|b| b == b';')?;
    let name = &text[1..end];
    let c = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => char::from_u32(u32::from_str_radix(&hex[1..], 16).ok()?),
        Some(decimal) => char::from_u32(decimal.parse().ok()?),
        None => ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
    };
    Some((c?, end + 1))
}

/// `text` with one form of the marks of list items that have a number: `1)` is `1.`, and a bullet before a number is the
/// dash that it may also be.
fn list_numbers(text: &str) -> Cow<'_, str> {
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    let mut before = "";
    for line in text.split_inclusive('\n') {
        let listed = if is_list_position(before.trim()) { one_list_mark(line) } else { None };
        lines.push(listed.map_or(Cow::Borrowed(line), Cow::Owned));
        before = line;
    }
    match lines.as_slice() {
        [Cow::Borrowed(_)] | [] => Cow::Borrowed(text),
        lines => Cow::Owned(lines.concat()),
    }
}

/// A line with the one form of its list mark. `None` if it has that already.
fn one_list_mark(line: &str) -> Option<String> {
    let item = line.trim_start();
    if let Some((mark, rest)) = list_mark(item) {
        return (!matches!(mark, '+' | '-' | '–' | '−') && begins_with_number(rest))
            .then(|| format!("- {rest}"));
    }
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let rest =
        item[digits..].strip_prefix(')').filter(|r| r.is_empty() || r.starts_with(char::is_whitespace))?;
    (1..=3).contains(&digits).then(|| format!("{}.{rest}", &item[..digits]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_writing_gives_the_one_form() {
        let cases = [
            ("a -- b --- c", "a — b — c"),
            ("2019--20", "2019–20"),
            ("so... it… is....", "so… it… is…."),
            ("co\u{2010}op non\u{2011}stop", "co-op non-stop"),
            ("O´Brien O`Hara", "O’Brien O’Hara"),
            ("ﬁnd oﬃce", "find office"),
            ("１，０００％", "1,000%"),
            ("2½ and ½", "2 1/2 and  1/2"),
            ("6'2\" at 52°30'N", "6′2\" at 52°30′N"),
            ("AT&amp;T &#8211; &#x201C;a&nbsp;b", "AT&T – “a\u{a0}b"),
            ("10<sup>2</sup> 1<sup>st</sup> a<br>b", "10² 1st a b"),
            ("1) one", "1. one"),
            ("• 5 men", "- 5 men"),
            ("ｶﾞ", "ガ"),
            ("cafe\u{301}", "café"),
            ("``so''", "“so”"),
        ];
        for (text, form) in cases {
            assert_eq!(one_way(text), form, "{text}");
        }
    }

    #[test]
    fn what_is_no_other_way_of_writing_stays() {
        for text in
            ["10² km²", "H₂O", "a-b", "Region 10's", "-5", "1.5", "a & b < c", "-----", "№ 5", "25. Juni"]
        {
            assert_eq!(one_way(text), text);
        }
    }
}
