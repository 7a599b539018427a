//! Previewed imports.

use crate::desk::{Desk, DeskError, Preview, is_of_claim};
use crate::{
    model::{
        self, Encoding, FileChange, FileComment, FileLink, FilePicture, LeftOut, ProposedBlock, ReadOptions,
    },
    text::Offsets,
    wire::{WireError, page::*},
};

/// A previewed import.
pub fn proposal(preview: &Preview) -> Proposal {
    let p = &preview.proposal;
    let offsets = Offsets::new(&p.text);
    let part = |r: &ProposedBlock| {
        let line = r.from.number();
        Some(RecognisedDto { kind: r.kind.as_str().into(), span: PageForm::span(&offsets, r.span)?, line })
    };
    Proposal {
        draft: preview.draft.to_string(),
        name: preview.name.clone(),
        text: p.text.clone(),
        info: (&p.info).into(),
        left_out: p.left_out.iter().map(left_out).collect(),
        recognised: p.blocks.iter().filter_map(part).collect(),
        kind: p.kind.as_str().into(),
        changes_as: preview.options.changes.as_str().into(),
        changes: p.changes.iter().map(|c| file_change(p, c)).collect(),
        comments: (0..p.comments.len()).map(|at| file_comment(&p.comments, at)).collect(),
        links: p.links.iter().map(file_link).collect(),
        pictures: p.pictures.iter().map(file_picture).collect(),
        encoding: p.encoding.as_str().into(),
        encodings: Encoding::SLUGS.iter().map(|e| (*e).to_owned()).collect(),
        as_is: preview.options.as_is,
        needs_encoding: false,
        existing: preview.existing.map(|a| a.to_string()),
    }
}

fn file_change(p: &model::Proposal, c: &FileChange) -> FileChangeDto {
    let gone = c.edits.iter().filter(|_| c.within.is_none()).filter_map(|e| e.span.of(&p.text));
    FileChangeDto {
        kind: c.kind.as_str().into(),
        words: gone.collect(),
        with: c.edits.iter().map(|e| e.with.as_str()).collect(),
        author: c.author.clone(),
        date: c.date.clone(),
    }
}

fn file_comment(all: &[FileComment], at: usize) -> FileCommentDto {
    let c = &all[at];
    FileCommentDto {
        author: c.author.clone(),
        date: c.date.clone(),
        text: c.text.clone(),
        quote: c.quote.clone(),
        reply_to: c.reply_to,
        resolved: c.resolved,
        of_claim: is_of_claim(all, at),
    }
}

fn file_link(l: &FileLink) -> FileLinkDto {
    FileLinkDto { url: l.url.clone(), words: l.words.clone(), note: l.note.clone() }
}

fn file_picture(p: &FilePicture) -> FilePictureDto {
    FilePictureDto {
        name: p.name.clone(),
        bytes: p.bytes.as_ref().map(Vec::len),
        alt: p.alt.clone(),
        caption: p.caption.clone(),
    }
}

/// The preview of a file whose encoding is not certain, read in the likely one and otherwise by the same options. Any other error stays
/// an error.
pub fn unread_proposal(desk: &Desk, e: DeskError, options: &ReadOptions) -> Result<Proposal, WireError> {
    match e {
        DeskError::NeedsEncoding { draft: Some(draft), guess, .. } => {
            let options = ReadOptions { encoding: Some(guess), ..options.clone() };
            let preview = desk.preview_again(draft, &options)?;
            Ok(Proposal { needs_encoding: true, ..proposal(&preview) })
        }
        other => Err(other.into()),
    }
}

/// A line that is not in the text as written.
pub fn left_out(l: &LeftOut) -> LeftOutDto {
    LeftOutDto { line: l.from.number(), text: l.text.clone(), why: l.why.as_str().into() }
}
