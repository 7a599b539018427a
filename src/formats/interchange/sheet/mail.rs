//! A mail as a mail program saves it (`.eml`): its parts, decoded from quoted-printable, base64 and their charsets.

use super::read;
use mail_parser::{Message, MessageParser, PartType};
use std::cmp::Reverse;

/// The part of a mail that answers most queries: what was written in it, or the sheet that is attached. Nothing where the bytes
/// are no mail that says how it is encoded; such a text is read as it stands.
pub fn of_mail(bytes: &[u8]) -> Option<String> {
    let mail = says_how(bytes).then(|| MessageParser::default().parse(bytes)).flatten()?;
    texts(&mail).into_iter().min_by_key(|text| Reverse(answers(text)))
}

/// Whether it begins with the header of a mail, and that tells how the rest is encoded.
fn says_how(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..64 << 10).unwrap_or(bytes));
    let head: Vec<&str> = head.lines().take_while(|line| !line.trim().is_empty()).collect();
    let field = |line: &str| line.split_once(':').is_some_and(|(name, _)| is_name(name));
    let header = head.iter().all(|line| line.starts_with([' ', '\t']) || field(line));
    let names = ["mime-version:", "content-transfer-encoding:"];
    header && head.iter().any(|line| names.iter().any(|n| line.to_ascii_lowercase().starts_with(n)))
}

/// Whether it is the name of a field: printable letters without a blank.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic())
}

/// All texts of a mail and of the mails in it, in order.
fn texts(mail: &Message) -> Vec<String> {
    let parts = mail.parts.iter();
    let of = |body: &PartType| match body {
        PartType::Text(text) | PartType::Html(text) => vec![text.to_string()],
        PartType::Message(inner) => texts(inner),
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Multipart(_) => Vec::new(),
    };
    parts.flat_map(|part| of(&part.body)).collect()
}

/// How many queries a text answers.
fn answers(text: &str) -> usize {
    let answered = |a: &&super::AnswerIn| a.text.as_ref().is_some_and(|t| !t.is_empty());
    read(text).answers.iter().filter(answered).count()
}
