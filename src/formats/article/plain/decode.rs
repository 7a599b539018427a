//! Decodes bytes to text: UTF-8, UTF-16 with a byte order mark, and Windows-1252 only if a person chose it.
//! It guesses no encoding and replaces no character; bytes that cannot be decoded exactly are refused.

use crate::{formats::article::ReadError, model::Encoding};

/// The text of `bytes` without its byte order mark. A byte order mark takes precedence over `asked`.
pub fn decode(bytes: &[u8], asked: Option<Encoding>) -> Result<(String, Encoding), ReadError> {
    let (encoding, body) = marked(bytes).unwrap_or((asked.unwrap_or(Encoding::Utf8), bytes));
    let text = match encoding {
        Encoding::Utf8 => utf8(body)?,
        Encoding::Utf16Le => utf16(body, encoding, u16::from_le_bytes)?,
        Encoding::Utf16Be => utf16(body, encoding, u16::from_be_bytes)?,
        Encoding::Windows1252 => body.iter().map(|b| windows_1252(*b)).collect(),
    };
    Ok((text, encoding))
}

fn marked(bytes: &[u8]) -> Option<(Encoding, &[u8])> {
    let marks: [(&[u8], Encoding); 3] = [
        (b"\xEF\xBB\xBF", Encoding::Utf8),
        (b"\xFF\xFE", Encoding::Utf16Le),
        (b"\xFE\xFF", Encoding::Utf16Be),
    ];
    marks.into_iter().find_map(|(mark, encoding)| Some((encoding, bytes.strip_prefix(mark)?)))
}

fn utf8(bytes: &[u8]) -> Result<String, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|e| ReadError::NotUtf8 {
        line: 1 + bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count(),
        byte: bytes[e.valid_up_to()],
    })?;
    Ok(text.to_owned())
}

fn utf16(bytes: &[u8], encoding: Encoding, unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect::<Vec<_>>();
    let broken = ReadError::NotUtf16 { encoding: encoding.as_str() };
    if bytes.len() % 2 == 1 {
        return Err(broken);
    }
    String::from_utf16(&units).map_err(|_| broken)
}

/// The 27 characters that Windows-1252 has in place of Latin-1's control codes (WHATWG Encoding Standard,
/// index windows-1252). The five unassigned codes stay control codes, which are refused later.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
