//! What the process that reads a PDF answers, as JSON. It has read a stranger's file, so its answer is checked like one.

use super::page::goes_out;
use crate::{
    formats::article::ReadError,
    messages::Message,
    model::{
        BlockKind, Encoding, FileKind, FileLink, Info, LeftOut, LeftOutReason, Origin, Proposal,
        ProposedBlock,
    },
    text::Span,
};
use serde::{Deserialize, Serialize};

/// The answer: an article, or why there is none.
#[derive(Serialize, Deserialize)]
enum Answer {
    Article(Article),
    Unreadable(Message),
    Blank,
}

#[derive(Serialize, Deserialize)]
struct Article {
    text: String,
    byline: Option<String>,
    language: Option<String>,
    /// Kind, beginning and end in bytes of the text, page.
    blocks: Vec<(String, usize, usize, usize)>,
    /// Reason, page, text.
    left_out: Vec<(String, usize, String)>,
    /// Address, beginning and end in bytes of the text.
    links: Vec<(String, usize, usize)>,
}

/// Reads a PDF and writes the answer.
pub fn answer(bytes: &[u8]) -> Vec<u8> {
    let answer = match super::read(bytes) {
        Ok(read) => Answer::Article(article(read)),
        Err(ReadError::Unreadable { why, .. }) => Answer::Unreadable(why),
        Err(ReadError::Blank) => Answer::Blank,
        Err(other) => Answer::Unreadable(other.message()),
    };
    serde_json::to_vec(&answer).unwrap_or_default()
}

fn article(read: Proposal) -> Article {
    let ends = |span: Span| (span.start.0, span.end.0);
    let block = |b: &ProposedBlock| {
        let (start, end) = ends(b.span);
        (b.kind.as_str().to_owned(), start, end, b.from.number())
    };
    let link = |l: FileLink| l.span.map(ends).map(|(start, end)| (l.url, start, end));
    let left_out = |l: LeftOut| (l.why.as_str().to_owned(), l.from.number(), l.text);
    Article {
        blocks: read.blocks.iter().map(block).collect(),
        left_out: read.left_out.into_iter().map(left_out).collect(),
        links: read.links.into_iter().filter_map(link).collect(),
        byline: read.info.byline,
        language: read.info.language,
        text: read.text,
    }
}

/// The article of an answer, or why there is none. `None` if it is no whole answer.
pub fn answered(bytes: &[u8]) -> Option<Result<Proposal, ReadError>> {
    match serde_json::from_slice(bytes).ok()? {
        Answer::Article(article) => proposal(article).map(Ok),
        Answer::Unreadable(why) => Some(Err(ReadError::Unreadable { kind: FileKind::Pdf, why })),
        Answer::Blank => Some(Err(ReadError::Blank)),
    }
}

fn proposal(article: Article) -> Option<Proposal> {
    let text = article.text;
    let span = |start: usize, end: usize| text.get(start..end).map(|_| Span::at(start, end));
    let mut read = Proposal { kind: FileKind::Pdf, ..Proposal::empty(Encoding::Utf8) };
    for (kind, start, end, page) in article.blocks {
        let kind: BlockKind = kind.parse().ok()?;
        read.blocks.push(ProposedBlock { kind, span: span(start, end)?, from: Origin::Page(page) });
    }
    for (why, page, text) in article.left_out {
        let why: LeftOutReason = why.parse().ok()?;
        read.left_out.push(LeftOut { from: Origin::Page(page), text, why });
    }
    for (url, start, end) in article.links.into_iter().filter(|(url, ..)| goes_out(url)) {
        let (span, words) = (Some(span(start, end)?), text.get(start..end)?.to_owned());
        read.links.push(FileLink { url, words, span, note: None });
    }
    read.info = Info { byline: article.byline, language: article.language, ..Info::default() };
    let is_text = !text.trim().is_empty() && !text.contains(|c: char| c.is_control() && c != '\n');
    is_text.then_some(Proposal { text, ..read })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_crosses_whole() {
        let mut read = Proposal { kind: FileKind::Pdf, ..Proposal::empty(Encoding::Utf8) };
        read.text = "# Ferry\n\nThe port\n".into();
        let blocks = [(BlockKind::Headline, 0, 7), (BlockKind::Paragraph, 9, 17)];
        read.blocks = blocks
            .map(|(kind, start, end)| ProposedBlock {
                kind,
                span: Span::at(start, end),
                from: Origin::Page(1),
            })
            .to_vec();
        read.links = vec![FileLink {
            url: "https://example.org/".into(),
            words: "port".into(),
            span: Some(Span::at(13, 17)),
            note: None,
        }];
        read.left_out =
            vec![LeftOut { from: Origin::Page(2), text: "2".into(), why: LeftOutReason::Furniture }];
        let bytes = serde_json::to_vec(&Answer::Article(article(read.clone()))).unwrap();
        assert_eq!(answered(&bytes), Some(Ok(read)));
        assert_eq!(answered(&bytes[..bytes.len() - 1]), None);
    }

    #[test]
    fn an_answer_with_places_outside_the_text_is_none() {
        let bad = r#"{"Article":{"text":"é","byline":null,"language":null,"blocks":[["paragraph",0,1,1]],"left_out":[],"links":[]}}"#;
        assert_eq!(answered(bad.as_bytes()), None);
    }

    #[test]
    fn a_refusal_crosses_with_its_reason() {
        let refused = answered(&answer(b"no PDF")).unwrap().unwrap_err();
        assert!(refused.to_string().contains("damaged"), "{refused}");
    }
}
