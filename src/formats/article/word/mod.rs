//! Reads an article from a Word file: `.docx`, `.docm` and the Strict form.
//!
//! The steps: `package` and `xml` (the bytes to trees), `story` (the document to `pieces`, each with the tracked changes it depends
//! on), `headings` (what each block is), `settle` (which breaks are in which view), `changes`, and here the proposal. `comments` and
//! `properties` are parts of their own. Nothing outside of the file is opened, and no macro or object in it.

mod changes;
mod comments;
mod enclosed;
mod files;
mod headings;
mod limits;
mod numbering;
mod package;
mod pieces;
mod properties;
mod settle;
mod story;
mod styles;
mod symbols;
mod texts;
mod xml;

use crate::{
    formats::article::{ReadError, plain},
    model::{
        ChangesAs, Encoding, FileKind, Info, LeftOut, LeftOutReason, Origin, OwnFile, Proposal, ReadOptions,
    },
};
use enclosed::Placed;
use package::Package;
use pieces::View;
use story::Story;

/// Reads a Word file. Fails if it is damaged, too large, or has neither visible text, with or without its changes, nor comments.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Proposal, ReadError> {
    let package = Package::open(&bytes)?;
    let parts = files::Parts::read(&package)?;
    let properties = properties::read(&package)?;
    let comments = comments::read(&package, &parts)?;
    let files = parts.files();
    // What a desk wrote comes in as the desk wrote it, as a new article too.
    let own = properties.mark.as_ref().map(|_| OwnFile::default());
    let own = options.own.as_ref().or(own.as_ref());
    let mut story = Story::read(&files, own);
    limits::check(&story, comments.len())?;
    match own {
        Some(_) => headings::name_own_units(&mut story.pieces, &story.roles),
        None => headings::name_units(&mut story.pieces, &story.roles, properties.title.as_deref()),
    }
    settle::settle(&mut story.pieces);
    let view = if options.changes == ChangesAs::Accept { View::After } else { View::Before };
    let text = story.pieces.text(view);
    let all = story.pieces.text(View::After);
    if text.trim().is_empty() && all.trim().is_empty() && comments.is_empty() {
        return Err(ReadError::Blank);
    }
    let placed = Placed::new(&story, view);
    limits::check_copied(story.copied.saturating_add(placed.quoted(&comments)))?;
    let info = if options.own.is_some() { properties.info } else { with_lines(properties.info, &text) };
    let notes = story.calls.iter().map(|c| (c.piece, c.own.clone())).collect::<Vec<_>>();
    let changes = match options.changes {
        ChangesAs::Pending => changes::changes(&story.pieces, &notes),
        ChangesAs::Accept | ChangesAs::Reject => Vec::new(),
    };
    limits::check_changes(&changes)?;
    Ok(Proposal {
        info,
        kind: FileKind::Docx,
        blocks: placed.blocks(),
        changes,
        comments: placed.comments(comments),
        links: placed.links(),
        pictures: placed.pictures(&package),
        mark: properties.mark,
        left_out: left_out(&package, &parts, &story)?,
        text: text + "\n",
        ..Proposal::empty(Encoding::Utf8)
    })
}

/// How many lines at the beginning of the text may say something about the article.
const HEAD_LINES: usize = 40;

/// The details with those that the first lines of the text say. What the file says itself comes first. The lines stay in the text,
/// where comments and changes are on them.
fn with_lines(own: Info, text: &str) -> Info {
    let end = text.match_indices('\n').nth(HEAD_LINES).map_or(text.len(), |(at, _)| at);
    let lines = plain::details_of(text.get(..end).unwrap_or_default());
    Info {
        byline: own.byline.or(lines.byline),
        outlet: own.outlet.or(lines.outlet),
        language: own.language.or_else(|| plain::language_of(text)),
        tags: if own.tags.is_empty() { lines.tags } else { own.tags },
        ..lines
    }
}

/// What is left out, in the order of the file: what is above the pages first, then what is in the text, below them, and outside of it.
fn left_out(
    package: &Package<'_>,
    parts: &files::Parts,
    story: &Story<'_>,
) -> Result<Vec<LeftOut>, ReadError> {
    let last = story.left_out.iter().map(|l| l.from.number()).max().unwrap_or(1);
    let mut all = furniture(package, parts, "header", 1)?;
    all.extend(story.left_out.iter().cloned());
    all.extend(furniture(package, parts, "footer", last)?);
    let programs = parts.relations.values().filter(|r| r.kind == "vbaProject" && !r.is_outside);
    let mut programs = programs.map(|r| r.target.clone()).collect::<Vec<_>>();
    programs.extend(package.has("word/vbaProject.bin").then(|| "word/vbaProject.bin".to_owned()));
    programs.sort_unstable();
    programs.dedup();
    let object = |text| LeftOut { from: Origin::Paragraph(last), text, why: LeftOutReason::Object };
    all.extend(programs.into_iter().map(object));
    Ok(all)
}

/// The lines of the headers or footers of pages, each once.
fn furniture(
    package: &Package<'_>,
    parts: &files::Parts,
    kind: &str,
    at: usize,
) -> Result<Vec<LeftOut>, ReadError> {
    let mut paths = parts
        .relations
        .values()
        .filter(|r| r.kind == kind && !r.is_outside)
        .map(|r| &r.target)
        .collect::<Vec<_>>();
    paths.sort_unstable();
    paths.dedup();
    let mut lines = Vec::new();
    for path in paths {
        let Some(xml) = package.xml(path)? else { continue };
        for text in texts::paragraphs(xml.root()).into_iter().map(texts::of) {
            if lines.len() < 1000 && !text.is_empty() && !lines.contains(&text) {
                lines.push(text);
            }
        }
    }
    let from = Origin::Paragraph(at);
    Ok(lines.into_iter().map(|text| LeftOut { from, text, why: LeftOutReason::Furniture }).collect())
}
