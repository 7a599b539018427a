//! Decodes bytes to text in a given encoding. It replaces no character; bytes that cannot be decoded exactly are refused.

use crate::{formats::article::ReadError, model::Encoding};
use encoding_rs::WINDOWS_1252;

/// The byte order mark of `bytes` as an encoding, and the bytes behind it.
pub fn marked(bytes: &[u8]) -> Option<(Encoding, &[u8])> {
    let marks: [(&[u8], Encoding); 3] = [
        (b"\xEF\xBB\xBF", Encoding::Utf8),
        (b"\xFF\xFE", Encoding::Utf16Le),
        (b"\xFE\xFF", Encoding::Utf16Be),
    ];
    marks.into_iter().find_map(|(mark, encoding)| Some((encoding, bytes.strip_prefix(mark)?)))
}

/// The text of `bytes` without a byte order mark, in `encoding`.
pub fn exactly(bytes: &[u8], encoding: Encoding) -> Result<String, ReadError> {
    match encoding {
        Encoding::Utf8 => utf8(bytes),
        Encoding::Utf16Le => utf16(bytes, encoding, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(bytes, encoding, u16::from_be_bytes),
        other => older(bytes, other),
    }
}

/// The text of `bytes` in an encoding that is older than Unicode.
fn older(bytes: &[u8], encoding: Encoding) -> Result<String, ReadError> {
    let broken = ReadError::NotIn { encoding: encoding.as_str() };
    let decoder = encoding_rs::Encoding::for_label(encoding.as_str().as_bytes()).unwrap_or(WINDOWS_1252);
    let text = decoder.decode_without_bom_handling_and_without_replacement(bytes);
    Ok(text.ok_or(broken)?.into_owned())
}

fn utf8(bytes: &[u8]) -> Result<String, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|e| ReadError::NotUtf8 {
        line: 1 + bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count(),
        byte: bytes[e.valid_up_to()],
        guess: None,
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

/// The character of a byte in Windows-1252. The five codes that it does not assign stay control codes.
pub fn western(byte: u8) -> char {
    let text = WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned();
    text.chars().next().unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::every_label;

    #[test]
    fn every_label_means_what_the_standard_says() {
        let standard = |label: &str| {
            let name = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?.name();
            // Each is read as the one that has all of its characters, or writes them the same.
            let read_as = [("GBK", "gb18030"), ("ISO-8859-8-I", "iso-8859-8")];
            let other = read_as.iter().find(|(of, _)| *of == name).map(|(_, other)| (*other).to_owned());
            Some(other.unwrap_or_else(|| name.to_ascii_lowercase()))
        };
        let names = Encoding::ALL.iter().map(|e| (e.as_str(), e.as_str()));
        let known: Vec<_> =
            names.chain(every_label()).filter(|(_, label)| standard(label).is_some()).collect();
        // The standard has 228 labels. Six are of encodings that it reads as an error.
        assert_eq!(known.len(), 222);
        for (name, label) in known {
            assert_eq!(
                (standard(label).as_deref(), Encoding::parse(label)),
                (Some(name), name.parse().ok()),
                "{label}"
            );
        }
        assert_eq!(Encoding::parse("hz-gb-2312"), None);
    }
}
