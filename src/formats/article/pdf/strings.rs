//! Text strings of a PDF: UTF-16 or UTF-8 with their marks, else PDFDocEncoding.

/// What PDFDocEncoding has between 0x18 and 0x1F, and between 0x80 and 0xA0, where it differs from Latin-1.
const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const MARKS: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ',
    'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// Decodes a text string.
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Programs also write UTF-8 without its mark.
        _ if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => bytes.iter().map(|b| letter(*b)).collect(),
    }
}

/// Decodes UTF-16 and leaves out its language marks, which stand between escapes.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit);
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    text.split('\u{1b}').step_by(2).collect()
}

fn letter(byte: u8) -> char {
    let named = match byte {
        0x18..=0x1f => ACCENTS.get(usize::from(byte - 0x18)),
        0x80..=0xa0 => MARKS.get(usize::from(byte - 0x80)),
        _ => None,
    };
    named.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_in_each_of_their_encodings() {
        assert_eq!(decode(b"Ferry \x84 caf\xe9"), "Ferry — café");
        assert_eq!(decode("Fähre".as_bytes()), "Fähre");
        assert_eq!(decode(b"\xef\xbb\xbfFerry"), "Ferry");
        assert_eq!(decode(b"\xfe\xff\x00F\x00\x1b\x00e\x00n\x00\x1b\x20\x19"), "F’");
        assert_eq!(decode(b"\xff\xfeF\x00\xff"), "F");
    }
}
