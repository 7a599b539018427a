//! A page that was saved with its pictures in one file (MHTML).

use super::parts;
use crate::{
    formats::article::{ReadError, html},
    messages::message,
    model::{FileKind, Proposal, ReadOptions},
};
use mail_parser::{HeaderName, Message, MessagePart, MimeHeaders, PartType};

/// The page in a file of a page and its pictures.
pub fn read(mail: &Message<'_>, options: &ReadOptions) -> Result<Proposal, ReadError> {
    let failed = || {
        let why = message!("mail_no_page");
        ReadError::Unreadable { kind: FileKind::Mhtml, why }
    };
    let snapshot = mail.header_raw(HeaderName::Other("Snapshot-Content-Location".into())).map(str::trim);
    let root = root(mail, snapshot).ok_or_else(failed)?;
    let (page, encoding) = parts::text(mail, root, options.encoding);
    let own = root.content_location().map(str::trim);
    let address = snapshot.or(own).filter(|a| a.starts_with("http://") || a.starts_with("https://"));
    let mut document = html::article(&page, address);
    let _ = parts::fill(mail, document.blocks.iter_mut().flat_map(|b| &mut b.pictures));
    document.proposal(FileKind::Mhtml, encoding)
}

/// The part that is the page: the one that the file names, by id or by address, else the first page.
fn root<'m, 'x>(mail: &'m Message<'x>, snapshot: Option<&str>) -> Option<&'m MessagePart<'x>> {
    let pages = || mail.parts.iter().filter(|p| matches!(p.body, PartType::Html(_)));
    let start = mail.parts.first().and_then(|p| p.content_type()).and_then(|c| c.attribute("start"));
    let start = start.map(|s| s.trim_matches(['<', '>']));
    let by_id = start.and_then(|id| pages().find(|p| p.content_id() == Some(id)));
    let by_place = || snapshot.and_then(|a| pages().find(|p| p.content_location().map(str::trim) == Some(a)));
    by_id.or_else(by_place).or_else(|| pages().next())
}
