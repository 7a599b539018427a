//! A document while it is read: blocks in order, each taken or left out with a reason. Readers of formats with a structure of
//! their own fill it; [`Document::proposal`] puts the text together once, at the end.

use super::ReadError;
use crate::{
    model::{
        BlockKind, Encoding, FileKind, FileLink, FilePicture, Info, LeftOut, LeftOutReason, Origin, Proposal,
        ProposedBlock,
    },
    text::Span,
};

/// A document while it is read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The blocks, in the order of the file.
    pub blocks: Vec<DocumentBlock>,
    /// What the file says about the article.
    pub info: Info,
}

/// A block of a document.
#[derive(Clone, Debug)]
pub struct DocumentBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its words with the marks of its kind (`# `, `- `, `| a | b |`), on one line except in what is kept as written.
    pub text: String,
    /// Why it is left out; `None` if it is taken.
    pub left_out: Option<LeftOutReason>,
    /// Where it begins in the file.
    pub from: Origin,
    /// Whether it follows the block before without an empty line, as items of a list and rows of a table do.
    pub tight: bool,
    /// The links in it. Their spans count in its text.
    pub links: Vec<FileLink>,
    /// The pictures at it. Their places count in its text.
    pub pictures: Vec<FilePicture>,
}

impl DocumentBlock {
    /// A block that is taken, without links or pictures, apart from the block before.
    pub fn new(kind: BlockKind, text: impl Into<String>, from: Origin) -> Self {
        let text = text.into();
        Self { kind, text, left_out: None, from, tight: false, links: Vec::new(), pictures: Vec::new() }
    }

    /// The same block, left out.
    pub fn left_out(self, why: LeftOutReason) -> Self {
        Self { left_out: Some(why), ..self }
    }

    /// The same block with a mark before its words. A block without words gets none.
    pub fn marked(self, mark: &str) -> Self {
        if self.text.is_empty() {
            return self;
        }
        let (links, pictures) = moved(self.links, self.pictures, mark.len());
        Self { text: format!("{mark}{}", self.text), links, pictures, ..self }
    }
}

/// The longest caption of a picture, in bytes.
const LONGEST_CAPTION: usize = 2_000;

/// A caption, cut if it is too long for one. The text has it whole.
pub fn shortened(caption: &str) -> String {
    caption[..caption.floor_char_boundary(LONGEST_CAPTION)].to_owned()
}

/// Links and pictures `by` bytes further on.
pub fn moved(
    links: Vec<FileLink>,
    pictures: Vec<FilePicture>,
    by: usize,
) -> (Vec<FileLink>, Vec<FilePicture>) {
    let further = |span: Span| span.shifted(by as isize);
    let links = links.into_iter().map(|l| FileLink { span: l.span.map(further), ..l });
    let pictures = pictures.into_iter().map(|p| FilePicture { at: p.at.map(|at| at + by), ..p });
    (links.collect(), pictures.collect())
}

impl Document {
    /// Joins what is taken to one text, and lists what is left out.
    ///
    /// Fails if nothing visible is taken.
    pub fn proposal(self, kind: FileKind, encoding: Encoding) -> Result<Proposal, ReadError> {
        let mut proposal = Proposal { kind, info: self.info, ..Proposal::empty(encoding) };
        for block in self.blocks {
            match block.left_out {
                Some(why) => proposal.left_out.push(LeftOut { from: block.from, text: block.text, why }),
                None => take(&mut proposal, block),
            }
        }
        if proposal.text.trim().is_empty() {
            return Err(ReadError::Blank);
        }
        proposal.text.push('\n');
        Ok(proposal)
    }
}

/// Adds a block to the text, with its links and pictures. A block without words has only pictures.
fn take(proposal: &mut Proposal, block: DocumentBlock) {
    let text = &mut proposal.text;
    if !block.text.is_empty() && !text.is_empty() {
        text.push_str(if block.tight { "\n" } else { "\n\n" });
    }
    let start = text.len();
    text.push_str(&block.text);
    let end = text.len();
    if end > start {
        proposal.blocks.push(ProposedBlock {
            kind: block.kind,
            span: Span::at(start, end),
            from: block.from,
        });
    }
    let (links, pictures) = moved(block.links, block.pictures, start);
    proposal.links.extend(links);
    proposal.pictures.extend(pictures);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_in_no_text_and_spans_count_in_the_whole_text() {
        let at = |text: &str| DocumentBlock::new(BlockKind::Paragraph, text, Origin::Line(1));
        let link = FileLink {
            url: "https://example.org/".into(),
            words: "port".into(),
            span: Some(Span::at(4, 8)),
            note: None,
        };
        let document = Document {
            blocks: vec![
                at("# Ferry"),
                at("Share").left_out(LeftOutReason::Furniture),
                DocumentBlock { links: vec![link], ..at("The port") },
                DocumentBlock { tight: true, ..at("- one") },
            ],
            ..Document::default()
        };
        let read = document.proposal(FileKind::Html, Encoding::Utf8).unwrap();
        assert_eq!(read.text, "# Ferry\n\nThe port\n- one\n");
        assert_eq!(read.left_out.len(), 1);
        assert_eq!(read.links[0].span.unwrap().of(&read.text), Some("port"));
    }

    #[test]
    fn a_mark_moves_links_and_pictures() {
        let link = |span| FileLink { url: String::new(), words: "Café".into(), span, note: None };
        let picture = FilePicture { name: "a".into(), bytes: None, alt: None, caption: None, at: Some(5) };
        let block = DocumentBlock {
            links: vec![link(Some(Span::at(0, 5)))],
            pictures: vec![picture],
            ..DocumentBlock::new(BlockKind::Heading, "Café", Origin::Line(1))
        };
        let block = block.marked("## ");
        assert_eq!((block.text.as_str(), block.pictures[0].at), ("## Café", Some(8)));
        assert_eq!(block.links[0].span.unwrap().of(&block.text), Some("Café"));
        assert_eq!(DocumentBlock::new(BlockKind::Heading, "", Origin::Line(1)).marked("# ").text, "");
    }
}
