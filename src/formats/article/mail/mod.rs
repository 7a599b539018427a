//! Reads mails, and pages that were saved as mails (MHTML), by MIME (RFC 2045, 2387, 2557, 5322). Attachments are named and not
//! opened. Nothing is fetched.

pub mod header;
mod page;
mod parts;
mod quotes;
mod saved;

use super::{ReadError, plain};
use crate::{
    messages::message,
    model::{Encoding, FileKind, Info, LeftOut, LeftOutReason, Origin, Proposal, ReadOptions},
};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// Reads `bytes` as a mail, or as a saved page, and proposes its article.
///
/// Fails if they are neither, cost too much, or have nothing visible. The caller limits their length.
pub fn read(bytes: &[u8], kind: FileKind, options: &ReadOptions) -> Result<Proposal, ReadError> {
    let bytes = in_utf8(bytes);
    let refused = |why| ReadError::Unreadable { kind, why };
    if let Some(why) = header::costs_too_much(&bytes) {
        return Err(refused(why));
    }
    let mail = MessageParser::default().parse(bytes.as_ref());
    let mail = mail.ok_or_else(|| refused(message!("mail_no_header")))?;
    match kind {
        FileKind::Mhtml => saved::read(&mail, options),
        _ => read_mail(&mail, options),
    }
}

/// The bytes without the line that mailboxes have before a mail; what is in UTF-16, in UTF-8.
fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes());
    }
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let boxed = first.starts_with(b"From ") && first.len() < bytes.len();
    Cow::Borrowed(if boxed { bytes.get(first.len() + 1..).unwrap_or_default() } else { bytes })
}

fn read_mail(mail: &Message<'_>, options: &ReadOptions) -> Result<Proposal, ReadError> {
    let bodies: Vec<usize> = mail.html_body.iter().map(|id| *id as usize).collect();
    let is_page =
        bodies.iter().filter_map(|at| mail.parts.get(*at)).any(|p| matches!(p.body, PartType::Html(_)));
    let (mut read, used) = if is_page {
        page::read(mail, &bodies, options)?
    } else {
        (text(mail, &bodies, options)?, Vec::new())
    };
    read.kind = FileKind::Eml;
    let own = about(mail);
    read.info = Info {
        byline: own.byline.or(read.info.byline),
        date: own.date.or(read.info.date),
        language: read.info.language.or_else(|| plain::language_of(&read.text)),
        ..read.info
    };
    let attached = mail
        .attachments
        .iter()
        .map(|id| *id as usize)
        .filter(|at| !used.contains(at) && !bodies.contains(at));
    read.left_out.extend(attached.filter_map(|at| attachment(mail, at)));
    Ok(read)
}

/// The lines of a part that is a text, and its encoding. Lines that were broken for sending are whole.
fn lines_of(mail: &Message<'_>, part: &MessagePart<'_>, options: &ReadOptions) -> (String, Encoding) {
    let (own, encoding) = parts::text(mail, part, options.encoding);
    let own = own.replace("\r\n", "\n");
    let is = |name: &str, value: &str| {
        let attribute = part.content_type().and_then(|c| c.attribute(name));
        attribute.is_some_and(|v| v.eq_ignore_ascii_case(value))
    };
    let own = if is("format", "flowed") { quotes::unflowed(&own, is("delsp", "yes")) } else { own };
    (own, encoding)
}

/// The mail's bodies as a text, below its subject.
fn text(mail: &Message<'_>, bodies: &[usize], options: &ReadOptions) -> Result<Proposal, ReadError> {
    let (mut words, mut encoding) = (String::new(), Encoding::Utf8);
    for part in bodies.iter().filter_map(|at| mail.parts.get(*at)) {
        let (own, found) = lines_of(mail, part, options);
        encoding = found;
        words.push_str(&own);
        words.push('\n');
    }
    let marks = quotes::marks(&words);
    let left_out = words.lines().zip(&marks).enumerate().filter_map(|(at, (line, why))| {
        let why = (*why).filter(|_| !line.trim().is_empty())?;
        Some(LeftOut { from: Origin::Line(at + 1), text: line.to_owned(), why })
    });
    let left_out: Vec<LeftOut> = left_out.collect();
    let kept = words.lines().zip(&marks).map(|(line, mark)| if mark.is_some() { "" } else { line });
    let head = subject(mail).map(|s| format!("# {s}\n\n")).unwrap_or_default();
    let above = head.matches('\n').count();
    let whole = head + &kept.collect::<Vec<_>>().join("\n");
    let as_text =
        ReadOptions { encoding: Some(Encoding::Utf8), kind: Some(FileKind::Text), ..options.clone() };
    let mut read = plain::read(whole.as_bytes(), &as_text)?;
    read.left_out.iter_mut().for_each(|l| l.from = up(l.from, above));
    read.blocks.iter_mut().for_each(|b| b.from = up(b.from, above));
    read.left_out.extend(left_out);
    read.left_out.sort_by_key(|l| l.from.number());
    Ok(Proposal { encoding, ..read })
}

fn up(from: Origin, by: usize) -> Origin {
    match from {
        Origin::Line(n) => Origin::Line(n.saturating_sub(by).max(1)),
        other => other,
    }
}

/// The marks before the subject of an answer or of a mail that was passed on, in lower case.
const ANSWERS: [&str; 14] =
    ["re", "fw", "fwd", "aw", "wg", "tr", "rv", "sv", "vs", "vb", "antw", "res", "enc", "odp"];

/// The subject without marks before it.
fn subject(mail: &Message<'_>) -> Option<String> {
    let whole = mail.subject()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut bare = whole.as_str();
    while let Some((_, rest)) =
        bare.split_once(':').filter(|(mark, _)| ANSWERS.contains(&&*mark.trim().to_lowercase()))
    {
        bare = rest.trim_start();
    }
    let bare: String = bare.chars().filter(|c| !c.is_control()).collect();
    (!bare.trim().is_empty()).then(|| bare.trim().to_owned())
}

/// What the header says: who wrote it, if it is a name and no address, and the day.
fn about(mail: &Message<'_>) -> Info {
    let name = mail.from().and_then(|from| from.first()).and_then(|a| a.name.as_deref()).map(str::trim);
    let byline = name.filter(|n| n.contains(' ') && !n.contains(['@', '<']) && !n.contains(char::is_control));
    let date = mail.date().filter(|d| d.is_valid());
    Info {
        byline: byline.map(str::to_owned),
        date: date.map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day)),
        ..Info::default()
    }
}

/// An attachment, which is named and not opened.
fn attachment(mail: &Message<'_>, at: usize) -> Option<LeftOut> {
    let part = mail.parts.get(at)?;
    let kind = part.content_type().map(|c| match &c.c_subtype {
        Some(sub) => format!("{}/{sub}", c.c_type),
        None => c.c_type.to_string(),
    });
    let text = part.attachment_name().map(str::to_owned).or(kind).unwrap_or_else(|| "?".to_owned());
    Some(LeftOut { from: Origin::Paragraph(at + 1), text, why: LeftOutReason::Object })
}
