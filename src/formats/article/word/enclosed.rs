//! Where blocks, comments, links and pictures are in the text of one view.

use super::{
    comments::{self, Comment},
    package::Package,
    pieces::{Part, Piece, Pieces, View},
    story::{Link, Picture, Story},
};
use crate::{
    formats::article::document::shortened,
    model::{BlockKind, FileComment, FileLink, FilePicture, ProposedBlock},
    text::Span,
};
use std::collections::{HashMap, HashSet};

/// How many bytes all pictures together may have.
const MOST_PICTURE_BYTES: usize = 128 << 20;

/// A document in one view, with the offset of each piece.
pub struct Placed<'s> {
    story: &'s Story<'s>,
    pieces: &'s Pieces,
    view: View,
    offsets: Vec<usize>,
}

impl<'s> Placed<'s> {
    /// Places a document that is settled.
    pub fn new(story: &'s Story<'s>, view: View) -> Self {
        Self { story, pieces: &story.pieces, view, offsets: story.pieces.offsets(view) }
    }

    fn offset(&self, piece: usize) -> usize {
        self.offsets.get(piece).or(self.offsets.last()).copied().unwrap_or(0)
    }

    /// The span of the words between two places, without blanks and marks around them; `None` if there are none.
    fn span(&self, from: usize, to: usize) -> Option<Span> {
        let between = self.pieces.all.get(from..to.max(from))?;
        let is_word =
            |p: &Piece| matches!(p.part, Part::Words | Part::Label) && p.is_in(self.view) && p.is_content();
        let first = between.iter().position(is_word)? + from;
        let last = between.iter().rposition(is_word)? + from;
        let text = |at: usize| self.pieces.all.get(at).map_or("", |p| p.text.as_str());
        let start = self.offset(first) + text(first).len() - text(first).trim_start().len();
        Some(Span::at(start, self.offset(last) + text(last).trim_end().len()))
    }

    /// The blocks of the text, in order.
    pub fn blocks(&self) -> Vec<ProposedBlock> {
        let mut blocks: Vec<ProposedBlock> = Vec::new();
        let (mut unit, mut is_open) = (0, false);
        for (at, piece) in self.pieces.all.iter().enumerate() {
            while self.pieces.units.get(unit).is_some_and(|u| u.piece <= at) {
                unit += 1;
            }
            if !piece.is_in(self.view) {
                continue;
            }
            if piece.part == Part::Break {
                is_open = false;
                continue;
            }
            let own = unit.checked_sub(1).and_then(|u| self.pieces.units.get(u));
            let (start, end) = (self.offset(at), self.offset(at) + piece.text.len());
            match blocks.last_mut().filter(|_| is_open) {
                Some(block) => block.span = Span::at(block.span.start.0, end),
                None => blocks.extend(own.map(|u| ProposedBlock {
                    kind: u.kind,
                    span: Span::at(start, end),
                    from: u.from,
                })),
            }
            is_open = true;
        }
        blocks
    }

    /// How much comments and links copy of the text: bytes, and the pieces that are looked through for them.
    pub fn quoted(&self, comments: &[Comment]) -> usize {
        let all = self.pieces.offsets(View::After);
        let length = |offsets: &[usize], from: usize, to: usize| {
            let at = |piece: usize| offsets.get(piece).or(offsets.last()).copied().unwrap_or(0);
            at(to).saturating_sub(at(from)).saturating_add(to.saturating_sub(from))
        };
        let places = comments.iter().filter_map(|c| comments::place(&c.id, &self.story.ranges));
        let quotes = places.map(|(from, to)| length(&all, from, to));
        let links = self.story.links.iter().map(|l| length(&self.offsets, l.from, l.to));
        quotes.chain(links).fold(0, usize::saturating_add)
    }

    /// The comments with their places and quotes.
    pub fn comments(&self, comments: Vec<Comment>) -> Vec<FileComment> {
        let placed = |Comment { id, comment }: Comment| {
            let place = comments::place(&id, &self.story.ranges);
            let span = place.and_then(|(from, to)| self.span(from, to));
            let quote = place.map(|(from, to)| self.pieces.words(from, to, View::After));
            FileComment { span, quote: quote.unwrap_or_default(), ..comment }
        };
        comments.into_iter().map(placed).collect()
    }

    /// The links to the web and to mail addresses, and the addresses in notes.
    pub fn links(&self) -> Vec<FileLink> {
        let mut links = self.story.links.iter().filter_map(|l| self.link(l)).collect::<Vec<_>>();
        let mut known = links.iter().map(|l| (l.url.clone(), l.note.clone())).collect::<HashSet<_>>();
        for (nth, call) in self.story.calls.iter().enumerate() {
            let words = self.pieces.words(call.own.start, call.own.end, self.view);
            let new = addresses(&words).into_iter();
            let new = new.filter(|url| known.insert((url.clone(), Some(call.label.clone()))));
            links.extend(new.map(|url| self.in_note(nth, url.clone(), url)));
        }
        links
    }

    fn link(&self, link: &Link) -> Option<FileLink> {
        is_open_address(&link.url).then_some(())?;
        let words = self.pieces.words(link.from, link.to, self.view);
        if let Some(note) = link.note {
            return Some(self.in_note(note, link.url.clone(), words));
        }
        let span = self.span(link.from, link.to);
        Some(FileLink { url: link.url.clone(), words, span, note: None })
    }

    fn in_note(&self, note: usize, url: String, words: String) -> FileLink {
        let call = self.story.calls.get(note);
        let span = call.and_then(|c| self.span(c.piece, c.piece + 1));
        FileLink { url, words, span, note: call.map(|c| c.label.clone()) }
    }

    /// The pictures, with their bytes and captions. One that is damaged or too large has no bytes.
    pub fn pictures(&self, package: &Package<'_>) -> Vec<FilePicture> {
        let (mut left, mut known) = (MOST_PICTURE_BYTES, HashMap::new());
        let mut captions = HashMap::new();
        let mut pictures = Vec::new();
        for picture in &self.story.pictures {
            let bytes = match known.get(&picture.target) {
                Some(bytes) => Clone::clone(bytes),
                None if picture.is_outside => None,
                None => package.bytes(&picture.target).unwrap_or(None),
            };
            let bytes = bytes.filter(|b: &Vec<u8>| b.len() <= left);
            left -= bytes.as_ref().map_or(0, Vec::len);
            known.insert(picture.target.clone(), bytes.clone());
            let unit = self.pieces.units.partition_point(|u| u.piece <= picture.at).checked_sub(1);
            let caption = captions.entry(unit).or_insert_with(|| unit.and_then(|unit| self.caption(unit)));
            pictures.push(self.picture(picture, bytes, caption.clone()));
        }
        pictures
    }

    fn picture(&self, picture: &Picture, bytes: Option<Vec<u8>>, caption: Option<String>) -> FilePicture {
        let name = match picture.is_outside {
            true => picture.target.as_str(),
            false => picture.target.rsplit('/').next().unwrap_or_default(),
        };
        FilePicture {
            name: name.to_owned(),
            bytes,
            alt: picture.alt.clone(),
            caption,
            at: Some(self.offset(picture.at)),
        }
    }

    /// The caption beside the pictures in the block `own`: in the next block with words, or in the one before.
    fn caption(&self, own: usize) -> Option<String> {
        let words = |unit: usize| {
            let from = self.pieces.units.get(unit)?;
            let to = self.pieces.units.get(unit + 1).map_or(self.pieces.all.len(), |u| u.piece);
            let words = self.pieces.words(from.piece, to, self.view);
            (!words.is_empty()).then_some((from.kind, words))
        };
        let after = (own..own + 3).filter_map(words).find(|(_, w)| !w.is_empty());
        let before = own.checked_sub(1).and_then(words);
        let is_caption = |(kind, words): (BlockKind, String)| (kind == BlockKind::Caption).then_some(words);
        let next = (own + 1..own + 4).filter_map(words).next();
        [after, next, before].into_iter().flatten().find_map(is_caption).map(|c| shortened(&c))
    }
}

/// Whether an address may be a link: of the web, or of mail.
fn is_open_address(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_open = matches!(scheme.as_deref(), Some("http" | "https" | "mailto"));
    is_open && url.len() <= 8192 && !url.contains(char::is_control)
}

/// The web addresses in a text.
fn addresses(text: &str) -> Vec<String> {
    let web = |w: &str| ["https://", "http://"].iter().filter_map(|s| w.find(s)).min();
    let words = text.split(|c: char| c.is_whitespace() || "<>\"“”«»".contains(c));
    let found = words.filter_map(|w| w.get(web(w)?..));
    let trimmed = found.map(ended);
    trimmed.filter(|url| url.len() > "https://".len()).map(str::to_owned).collect()
}

/// An address without the stops of the sentence that it is in. A bracket stays if it is opened in the address.
fn ended(url: &str) -> &str {
    let mut url = url;
    while let Some(shorter) = url.strip_suffix(|c: char| ".,;:!?'’)]}".contains(c)) {
        if url.ends_with(')') && url.matches('(').count() >= url.matches(')').count() {
            break;
        }
        url = shorter;
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_a_note_ends_before_the_stop() {
        let text = "See (https://example.org/a_(b)), and http://example.net/x?y=1. “https://example.com/”";
        let found = addresses(text);
        assert_eq!(found, ["https://example.org/a_(b)", "http://example.net/x?y=1", "https://example.com/"]);
    }

    #[test]
    fn only_the_web_and_mail_are_linked() {
        for (url, open) in
            [("HTTPS://a.org", true), ("mailto:a@b.org", true), ("file:///etc", false), ("a.org", false)]
        {
            assert_eq!(is_open_address(url), open, "{url}");
        }
    }
}
