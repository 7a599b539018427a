//! The parts of a mail: their text in the right encoding, and the pictures in them.

use crate::{
    formats::article::{foreign, html::decode},
    model::{Encoding, FilePicture},
};
use mail_parser::{
    Encoding as Transfer, Message, MessagePart, MimeHeaders, PartType,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};

/// The text of a part and its encoding: the one that its header or the page in it declares, unless its bytes contradict, else as
/// its letters show.
pub fn text(mail: &Message<'_>, part: &MessagePart<'_>, asked: Option<Encoding>) -> (String, Encoding) {
    let charset = part.content_type().and_then(|c| c.attribute("charset")).map(str::trim);
    // Mail programs write ASCII as the encoding of what is not.
    let is_ascii = |c: &&str| ["us-ascii", "ascii"].iter().any(|name| name.eq_ignore_ascii_case(c));
    let declared = charset.filter(|c| !is_ascii(c)).and_then(Encoding::parse);
    match raw(mail, part) {
        Some(bytes) => decode(&bytes, asked, declared),
        None => (part.text_contents().unwrap_or_default().to_owned(), Encoding::Utf8),
    }
}

/// The bytes of a part without their encoding for transfer; `None` if that is damaged.
fn raw(mail: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let bytes = mail.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        _ if part.is_encoding_problem => None,
        Transfer::None => Some(bytes.to_vec()),
        Transfer::Base64 => base64_decode(bytes),
        Transfer::QuotedPrintable => quoted_printable_decode(bytes),
    }
}

/// The most bytes of a picture.
const MOST_BYTES: usize = 16 << 20;

/// The bytes of a part that is a picture, and the ending of its name.
fn picture<'p>(part: &'p MessagePart<'_>) -> Option<(&'p [u8], &'static str)> {
    let (PartType::Binary(bytes) | PartType::InlineBinary(bytes)) = &part.body else { return None };
    let ending = foreign::ending_of_picture(bytes)?;
    (bytes.len() <= MOST_BYTES).then_some((bytes.as_ref(), ending))
}

/// Whether a part is the one that an address in the page names, by its id or by its place.
fn is_named(part: &MessagePart<'_>, address: &str) -> bool {
    match address.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("cid:")) {
        Some(_) => part.content_id() == address.get(4..),
        None => part.content_location().map(str::trim) == Some(address),
    }
}

/// Fills in the bytes of the pictures that are parts of the mail. Returns the indexes of those parts.
pub fn fill<'p>(mail: &Message<'_>, pictures: impl Iterator<Item = &'p mut FilePicture>) -> Vec<usize> {
    let mut used = Vec::new();
    for (n, shown) in pictures.take(MOST_PICTURES).enumerate().filter(|(_, p)| p.bytes.is_none()) {
        let named = mail.parts.iter().position(|part| is_named(part, &shown.name));
        let Some((at, part)) = named.and_then(|at| Some((at, mail.parts.get(at)?))) else { continue };
        let Some((bytes, ending)) = picture(part) else { continue };
        used.push(at);
        shown.bytes = Some(bytes.to_vec());
        if shown.name.to_ascii_lowercase().starts_with("cid:") {
            let own = part.attachment_name().map(str::to_owned);
            shown.name = own.unwrap_or_else(|| format!("picture-{}.{ending}", n + 1));
        }
    }
    used
}

/// The most pictures that are filled in.
const MOST_PICTURES: usize = 1_000;
