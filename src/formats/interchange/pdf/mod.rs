//! Writes the article as a PDF to read, print and pass on: its text with the claims underlined and numbered, then the claims
//! with verdicts and sources, and the open queries. On request with the changes since a revision.
//!
//! The document is tagged (ISO 32000-1, 14.8) and embeds fonts of this system. Its dates and ids come from the history, so the
//! same article with the same fonts gives the same bytes. This format is only written, not read.

mod article;
mod block;
mod changes;
mod clusters;
mod draw;
mod fonts;
mod glyphs;
mod inline;
mod laid;
mod notes;
mod pages;
mod shape;
mod sizes;
mod tags;

use crate::{
    formats::interchange::{ExportInput, WriteError},
    messages::{Message, message},
};
use block::{Block, Role, Run};
use chrono::{Datelike, Timelike};
use fonts::Fonts;
use krilla::{
    Document, SerializeSettings,
    destination::XyzDestination,
    geom::Point,
    metadata::{DateTime, Metadata, TextDirection},
    outline::{Outline, OutlineNode},
};

/// Writes the document.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let failed = |why: &str| WriteError::Format("a PDF", why.into());
    let mut fonts = Fonts::of_system().ok_or_else(|| {
        failed("this system has no fonts; install some, for example the package fonts-dejavu-core")
    })?;
    let language = input.claims.article.info.language;
    let blocks = content(input);
    let laid: Vec<_> = blocks.iter().map(|b| shape::lay_out(&mut fonts, b, language)).collect();
    let pages = pages::place(&blocks, &laid);
    let count = pages.pages.len();
    let mut numbers: Vec<_> = (1..=count).map(|n| Some(number(&mut fonts, n))).collect();
    let places = blocks.iter().zip(&pages.starts).filter_map(|(b, at)| Some((b.place?, *at))).collect();
    let mut document =
        Document::new_with(SerializeSettings { enable_tagging: true, ..SerializeSettings::default() });
    let drawing = draw::Drawing { blocks: &blocks, laid: &laid, pages: &pages, fonts: &fonts, places };
    let drawn = drawing
        .draw(&mut document, &mut |n| numbers.get_mut(n - 1).and_then(Option::take))
        .ok_or_else(|| failed("a page could not be made"))?;
    let rtl = laid.iter().flat_map(|l| l.flows.last()).next().is_some_and(|f| f.rtl);
    document.set_metadata(metadata(input, rtl));
    document.set_outline(outline(&blocks, &pages.starts));
    document.set_tag_tree(tags::tree(&blocks, drawn, language));
    input.warn(fonts.missing().iter().copied());
    document.finish().map_err(|e| failed(&format!("{e:?}")))
}

/// The number of a page, set like small print.
fn number(fonts: &mut Fonts, number: usize) -> laid::Laid {
    shape::lay_out(fonts, &Block::of(Role::Small, vec![Run::of(number.to_string())]), None)
}

/// Everything the document says, in order.
fn content(input: &ExportInput) -> Vec<Block> {
    let old = input.since.and_then(|id| input.dossier.texts.get(&id));
    let merged = old.map_or_else(
        || changes::Merged::unchanged(input.text),
        |old| changes::Merged::since(old, input.text),
    );
    let mut blocks = article::article(input.text, &merged, &input.claims);
    let after_headline = usize::from(blocks.first().is_some_and(|b| b.role == Role::Heading(1)));
    let say = |m: Message| m.words(input.dossier.language);
    let changed = input.since.and_then(|id| input.dossier.state.revisions.iter().position(|r| r.id == id));
    let changed = changed.map(|at| say(message!("pdf_changes", number = (at + 1) as i64)));
    let about = about(input);
    let lines = [Some(about).filter(|a| !a.is_empty()), changed].into_iter().flatten().collect::<Vec<_>>();
    if !lines.is_empty() {
        blocks.insert(after_headline, Block::of(Role::About, vec![Run::of(lines.join("\n"))]).beside());
    }
    let notes = notes::Notes { claims: &input.claims, language: input.dossier.language }.blocks();
    blocks.extend(notes.into_iter().map(Block::beside));
    blocks
}

/// Outlet, byline, place and date.
fn about(input: &ExportInput) -> String {
    let info = &input.claims.article.info;
    let date = info
        .date
        .map(|d| [Some(d), info.time, info.zone].into_iter().flatten().collect::<Vec<_>>().join(" "));
    let known = [info.outlet, info.byline, info.place, date.as_deref()];
    let mut known: Vec<_> = known.into_iter().flatten().collect();
    known.dedup();
    known.join(" · ")
}

fn metadata(input: &ExportInput, rtl: bool) -> Metadata {
    let article = &input.claims.article;
    let newest = input.dossier.newest().utc();
    let part = |n: u32| u8::try_from(n).unwrap_or_default();
    let day = DateTime::new(u16::try_from(newest.year()).unwrap_or_default())
        .month(part(newest.month()))
        .day(part(newest.day()))
        .hour(part(newest.hour()))
        .minute(part(newest.minute()))
        .second(part(newest.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let metadata = Metadata::new()
        .title(article.title.chars().filter(|c| !c.is_control()).collect())
        .authors(article.info.byline.map(Into::into).into_iter().collect())
        .keywords(article.info.tags.to_vec())
        .creator("Tickmark".into())
        .document_id(format!("{} {}", article.id, article.revision))
        .creation_date(day)
        .text_direction(if rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight });
    match article.info.language {
        Some(language) => metadata.language(language.into()),
        None => metadata,
    }
}

/// The bookmarks: headings below the headings that they are under.
fn outline(blocks: &[Block], starts: &[(usize, f32)]) -> Outline {
    let mut open: Vec<(usize, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    let mut close = |open: &mut Vec<(usize, OutlineNode)>, level: usize| {
        while let Some((_, node)) = open.pop_if(|(l, _)| *l >= level) {
            match open.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for (block, (page, top)) in blocks.iter().zip(starts) {
        let Some((level, words)) = &block.bookmark else { continue };
        close(&mut open, *level);
        let at = XyzDestination::new(*page, Point::from_xy(sizes::LEFT, (top - 12.0).max(0.0)));
        open.push((*level, OutlineNode::new(words.clone(), at)));
    }
    close(&mut open, 0);
    outline
}
