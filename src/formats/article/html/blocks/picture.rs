//! Pictures: the bytes of those that are in the page, the names of the others.

use crate::{
    formats::article::{
        foreign,
        html::{address::Address, tree::Element},
    },
    model::FilePicture,
};
use base64::{Engine, engine::general_purpose::GeneralPurpose};

/// The most bytes of a picture.
const MOST_BYTES: usize = 16 << 20;

/// The kinds of pictures that are taken, and how their names end.
const KINDS: &[(&str, &str)] = &[
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("image/jpg", "jpg"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
];

/// The picture of an `img`; `None` for one that nobody sees, or that has neither an address nor bytes to take. `number` counts
/// the pictures of the page.
pub fn of(element: &Element, address: &Address, number: usize) -> Option<FilePicture> {
    let dot = |name| element.attribute(name).is_some_and(|v| matches!(v.trim(), "0" | "1" | "1px" | "0px"));
    if dot("width") || dot("height") {
        return None;
    }
    let alt = element.attribute("alt").map(collapsed).filter(|a| !a.is_empty());
    let source = ["src", "data-src", "data-original", "data-lazy-src"];
    let written =
        source.iter().filter_map(|name| element.attribute(name)).map(str::trim).filter(|s| !s.is_empty());
    let mut found = written.filter_map(|source| match source.get(..5) {
        Some(scheme) if scheme.eq_ignore_ascii_case("data:") => inside(source, number),
        _ => Some((address.file(source)?, None)),
    });
    let (name, bytes) = found.next()?;
    Some(FilePicture { name, bytes, alt, caption: None, at: None })
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name and bytes of a picture that is in the page; `None` if it is no picture, too long or only a placeholder.
fn inside(source: &str, number: usize) -> Option<(String, Option<Vec<u8>>)> {
    let (kind, data) = source.get(5..)?.split_once(',')?;
    let (kind, coded) = kind.split_once(';').unwrap_or((kind, ""));
    let base64 = coded.trim().to_ascii_lowercase().ends_with("base64");
    let (_, ending) = KINDS.iter().find(|(k, _)| kind.trim().eq_ignore_ascii_case(k))?;
    if !base64 || data.len() / 4 > MOST_BYTES / 3 + 1 {
        return None;
    }
    let data: String = data.chars().filter(|c| !c.is_whitespace()).collect();
    let data = data.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    let bytes = LENIENT.decode(data.trim_end_matches('=')).ok()?;
    let picture = foreign::ending_of_picture(&bytes) == Some(*ending) && bytes.len() > PLACEHOLDER;
    picture.then(|| (format!("picture-{number}.{ending}"), Some(bytes)))
}

/// A picture of so few bytes fills the place of one that a script loads later.
const PLACEHOLDER: usize = 200;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    base64::engine::GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);
