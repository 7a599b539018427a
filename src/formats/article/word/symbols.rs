//! Characters of fonts whose letters are signs.

/// The letters of the font Symbol, from `A` to `Z` and from `a` to `z`.
const GREEK: [&str; 2] = ["ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"];

/// Other signs by font and code.
const SIGNS: &[(&str, u32, char)] = &[
    ("symbol", 0xa3, '≤'),
    ("symbol", 0xa5, '∞'),
    ("symbol", 0xab, '↔'),
    ("symbol", 0xac, '←'),
    ("symbol", 0xad, '↑'),
    ("symbol", 0xae, '→'),
    ("symbol", 0xaf, '↓'),
    ("symbol", 0xb0, '°'),
    ("symbol", 0xb1, '±'),
    ("symbol", 0xb3, '≥'),
    ("symbol", 0xb4, '×'),
    ("symbol", 0xb7, '•'),
    ("symbol", 0xb8, '÷'),
    ("symbol", 0xb9, '≠'),
    ("symbol", 0xbb, '≈'),
    ("symbol", 0xbc, '…'),
    ("wingdings", 0x6c, '●'),
    ("wingdings", 0x6e, '■'),
    ("wingdings", 0x9f, '•'),
    ("wingdings", 0xa7, '▪'),
    ("wingdings", 0xa8, '◻'),
    ("wingdings", 0xdf, '←'),
    ("wingdings", 0xe0, '→'),
    ("wingdings", 0xe8, '➔'),
    ("wingdings", 0xf0, '⇨'),
    ("wingdings", 0xfb, '✗'),
    ("wingdings", 0xfc, '✓'),
    ("wingdings", 0xfd, '☒'),
    ("wingdings", 0xfe, '☑'),
];

/// The character that a font shows for a code; `None` if it is not known.
pub fn character(font: &str, code: u32) -> Option<char> {
    let font = font.to_lowercase();
    let own = if (0xf000..0xf100).contains(&code) { code - 0xf000 } else { code };
    let sign = SIGNS.iter().find(|(f, c, _)| *f == font && *c == own).map(|(_, _, sign)| *sign);
    let letter = |first: char, letters: &str| letters.chars().nth(own.checked_sub(first as u32)? as usize);
    let greek = || {
        let [upper, lower] = GREEK;
        if own < 'a' as u32 { letter('A', upper) } else { letter('a', lower) }
    };
    match font.as_str() {
        "symbol" => sign.or_else(greek),
        _ if own != code || font.starts_with("wingdings") || font == "webdings" => sign,
        _ => char::from_u32(code).filter(|c| !c.is_control()),
    }
}

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn signs_are_characters_where_they_are_known() {
        assert_eq!(character("Symbol", 0xf061), Some('α'));
        assert_eq!(character("Symbol", 0xf057), Some('Ω'));
        assert_eq!(character("Wingdings", 0xf0e0), Some('→'));
        assert_eq!(character("Wingdings", 0xf041), None);
        assert_eq!(character("Arial", 0x20ac), Some('€'));
        assert_eq!(character("Arial", 0xd800), None);
    }
}
