//! The header of a mail or of a page that was saved as one: whether bytes begin with it, and what reading them costs.

use crate::{
    messages::{Message, message},
    model::FileKind,
};

/// How much of a file is searched for the end of its header, in bytes.
const SEARCHED: usize = 64 << 10;

/// The shortest beginning of a file that callers show, in bytes. A header may be longer.
const CUT: usize = 2048;

/// Fields that only programs which send mail write.
const OF_TRANSPORT: &[&str] =
    &["received", "return-path", "delivered-to", "message-id", "mime-version", "dkim-signature"];

/// Fields of RFC 5322 that a person may also write above a text.
const WRITTEN: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "reply-to",
    "sender",
    "in-reply-to",
    "references",
    "comments",
    "keywords",
];

/// Who a mail is for; a saved page is for nobody.
const RECIPIENTS: &[&str] = &["to", "cc", "bcc", "delivered-to", "received"];

/// The kind of a file that begins with the header of a mail; `None` if it begins with something else.
///
/// A text can begin with a few lines like `From: Jane`. So either a field is there that only programs write, or all fields are
/// those of RFC 5322, and two of them have addresses.
pub fn kind_of(bytes: &[u8]) -> Option<FileKind> {
    let mut head = text_of(bytes.get(..SEARCHED).unwrap_or(bytes));
    if head.len() >= CUT && !head.lines().any(|line| line.trim().is_empty()) {
        // The last line may be cut off.
        head.truncate(head.rfind('\n').unwrap_or_default());
    }
    let fields = fields(&head)?;
    let has = |names: &[&str]| fields.iter().any(|(name, _)| names.contains(&name.as_str()));
    let value =
        |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let addressed = ["from", "to"].iter().all(|name| value(name).is_some_and(has_address));
    let known = fields.iter().all(|(name, _)| WRITTEN.contains(&name.as_str()) || name.starts_with("x-"));
    if !(has(OF_TRANSPORT) || (addressed && known)) {
        return None;
    }
    let content = value("content-type").unwrap_or_default().to_ascii_lowercase();
    let related = content.trim_start().starts_with("multipart/related");
    let page = value("snapshot-content-location").is_some()
        || ((related || value("content-location").is_some()) && !has(RECIPIENTS));
    Some(if page { FileKind::Mhtml } else { FileKind::Eml })
}

/// The beginning of a mail as text; it may be in UTF-16.
fn text_of(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The fields before the first empty line, names in lower case; `None` if a line is no field.
fn fields(head: &str) -> Option<Vec<(String, String)>> {
    let mut lines = head.lines().peekable();
    // Mailboxes have a line before each mail.
    lines.next_if(|line| line.starts_with("From ") && !line.contains(": "));
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines.take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            fields.last_mut()?.1.push_str(line);
            continue;
        }
        let (name, value) = line.split_once(':')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name = name.trim_end();
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    (!fields.is_empty()).then_some(fields)
}

/// Whether a value has a mail address.
fn has_address(value: &str) -> bool {
    value.split([' ', ',', '<', '>', '"', ';']).any(|word| {
        word.split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains(['.', ':']) || host == "localhost")
    })
}

/// The most lines of headers, and the most lists of parts in parts, that are read.
const MOST_LINES: usize = 100_000;
const MOST_LISTS: usize = 100;

/// What makes a mail too costly to read; `None` if nothing does.
///
/// It is counted roughly: a header begins a mail, each line with `--` begins a part with a header, and in a message in a message
/// comes another one.
pub fn costs_too_much(bytes: &[u8]) -> Option<Message> {
    let (mut inside, mut again, mut lines, mut lists) = (true, false, 0_usize, 0_usize);
    for line in bytes.split(|b| *b == b'\n') {
        let empty = line.trim_ascii().is_empty();
        if line.starts_with(b"--") {
            (inside, again) = (true, false);
        } else if inside && empty {
            (inside, again) = (again, false);
        }
        if !inside || empty {
            continue;
        }
        lines += 1;
        let has = |what: &[u8]| line.windows(what.len()).any(|w| w.eq_ignore_ascii_case(what));
        let nested = has(b"message/");
        again |= nested;
        lists += usize::from(nested || has(b"multipart/") || has(b"boundary"));
        if lists > MOST_LISTS * 2 {
            return Some(message!("mail_nested"));
        }
        if lines > MOST_LINES {
            return Some(message!("mail_long_headers"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_known_by_its_header() {
        let mail = [
            "MIME-Version: 1.0\r\nSubject: Ferry\r\n\r\nIt runs.",
            "From ama@example.org Wed Jul 16 06:24:10 2008\nReceived: by harbour\n\tfor ama;\nX-A: b\n\nIt runs.",
            "From: Ama <ama@example.org>\nTo: kofi@example.org\nSubject: Ferry\n\nIt runs.",
        ];
        for mail in mail {
            assert_eq!(kind_of(mail.as_bytes()), Some(FileKind::Eml), "{mail}");
        }
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let wide = [vec![0xff, 0xfe], wide("MIME-Version: 1.0\n\nIt runs.")].concat();
        assert_eq!(kind_of(&wide), Some(FileKind::Eml));
    }

    #[test]
    fn a_header_that_is_cut_off_is_known() {
        let mail = format!("MIME-Version: 1.0\n{}", "X-Field: some words\n".repeat(400));
        for end in 4080..4096 {
            assert_eq!(kind_of(&mail.as_bytes()[..end]), Some(FileKind::Eml), "{end}");
        }
    }

    #[test]
    fn a_saved_page_is_for_nobody() {
        let page = "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n\n--x";
        assert_eq!(kind_of(page.as_bytes()), Some(FileKind::Mhtml));
        let mail = page.replace("MIME", "To: kofi@example.org\nMIME");
        assert_eq!(kind_of(mail.as_bytes()), Some(FileKind::Eml));
    }

    #[test]
    fn a_text_that_begins_like_a_mail_stays_a_text() {
        let texts = [
            "From: Ama Mensah\nTo: the harbour office\nSubject: Ferry\n\nIt runs.",
            "From: Ama <ama@example.org>\nSent: Monday\nTo: kofi@example.org\nSubject: Ferry\n\nIt runs.",
            "Title: Ferry\nDate: 4 March 2025\n\nIt runs.",
            "MIME-Version: 1.0 is a field\nand this is a text.",
            "",
            "The ferry: it runs.",
        ];
        for text in texts {
            assert_eq!(kind_of(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn parts_inside_parts_without_end_cost_too_much() {
        let nested = |n: usize| "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(n);
        assert_eq!(costs_too_much(nested(20).as_bytes()), None);
        assert!(costs_too_much(nested(20_000).as_bytes()).is_some());
        let mails = "Content-Type: message/rfc822\n\n".repeat(1_000);
        assert!(costs_too_much(mails.as_bytes()).is_some());
        assert!(costs_too_much("a:\n".repeat(200_000).as_bytes()).is_some());
    }
}
