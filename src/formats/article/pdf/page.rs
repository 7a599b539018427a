//! The pages of a PDF with their glyphs and links.

use super::{
    beside::{self, Marks},
    glyphs::{Collector, Glyph, Look, MOST_GLYPHS},
    strings,
    weight::Weights,
};
use crate::{
    formats::article::ReadError,
    messages::{Message, message},
    model::FileKind,
};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt,
    hayro_syntax::{
        Pdf,
        object::{Array, Dict, Name, Rect as PdfRect, String as PdfString},
        page::Page as PdfPage,
    },
    interpret_page,
    kurbo::{Affine, Rect},
};

/// A page.
pub struct Page {
    /// Its number, from 1.
    pub number: usize,
    /// Its width and height in points.
    pub extent: (f64, f64),
    /// Its glyphs, in drawing order.
    pub glyphs: Vec<Glyph>,
    /// How many pictures are drawn on it.
    pub pictures: usize,
    /// Its links.
    pub links: Vec<PageLink>,
    /// The numbers of claims that a desk wrote between the words.
    pub numbers: Vec<String>,
}

impl Page {
    /// Whether it has no letters that readers see.
    pub fn is_blank(&self) -> bool {
        let seen = |g: &Glyph| matches!(g.look, Look::Seen | Look::Beside) && !g.text.trim().is_empty();
        !self.glyphs.iter().any(seen)
    }
}

/// A link on a page.
pub struct PageLink {
    /// Where it can be clicked.
    pub area: Rect,
    /// Its address.
    pub url: String,
}

/// The most pages that are read.
const MOST_PAGES: usize = 5_000;
/// The most links that are read of one page.
const MOST_LINKS: usize = 5_000;
/// The longest content of a page that is read, in bytes.
const LONGEST_CONTENT: usize = 64 << 20;

/// Reads all pages. Fails if they cost too much.
pub fn read(pdf: &Pdf) -> Result<Vec<Page>, ReadError> {
    let all = pdf.pages();
    if all.len() > MOST_PAGES {
        return Err(costly(message!("pdf_many_pages", count = all.len(), most_pages = MOST_PAGES)));
    }
    let beside = beside::of(pdf);
    let (cache, mut weights, mut left) = (InterpreterCache::new(), Weights::default(), MOST_GLYPHS);
    let mut pages = Vec::new();
    for (at, page) in all.iter().enumerate() {
        let beside = page.raw().obj_id().and_then(|id| beside.get(&id));
        let read = one((pdf, page, at + 1), &cache, &mut weights, left, beside)?;
        left = left.saturating_sub(read.glyphs.len());
        pages.push(read);
    }
    Ok(pages)
}

fn one<'a>(
    (pdf, page, number): (&'a Pdf, &PdfPage<'a>, usize),
    cache: &InterpreterCache<'a>,
    weights: &mut Weights,
    left: usize,
    beside: Option<&Marks>,
) -> Result<Page, ReadError> {
    if page.page_stream().is_some_and(|content| content.len() > LONGEST_CONTENT) {
        return Err(costly(message!("pdf_long_page", number = number, size = LONGEST_CONTENT >> 20)));
    }
    let placed = page.initial_transform(true).to_kurbo();
    let (width, height) = page.render_dimensions();
    let extent = (f64::from(width), f64::from(height));
    let bounds = Rect::new(0.0, 0.0, extent.0, extent.1);
    let mut context = Context::new(placed, bounds, cache, pdf.xref(), InterpreterSettings::default());
    let mut collector = Collector::new(weights, left, beside);
    interpret_page(page, &mut context, &mut collector);
    if collector.overflowed {
        return Err(costly(message!("pdf_many_letters", most_glyphs = MOST_GLYPHS)));
    }
    let (mut glyphs, pictures, links) = (collector.glyphs, collector.pictures, links(page, placed));
    let numbers = take_numbers(&mut glyphs);
    Ok(Page { number, extent, glyphs, pictures, links, numbers })
}

/// A glyph whose letters were taken: a control code, which is no letter of a line.
const TAKEN: &str = "\u{1}";

/// Takes the letters from the numbers of claims and from the small blanks around them. Their glyphs stay, so that no gap in the line
/// looks like a blank. Returns the numbers.
fn take_numbers(glyphs: &mut [Glyph]) -> Vec<String> {
    let is_number = |g: &Glyph| g.look == Look::Number;
    let runs = glyphs.chunk_by(|a, b| is_number(a) == is_number(b)).filter(|r| r.iter().any(is_number));
    let numbers = runs.map(|run| run.iter().map(|g| g.text.as_str()).collect()).collect();
    let blank = |g: &Glyph, n: &Glyph| g.text.trim().is_empty() && (g.size - n.size).abs() < 0.01 * n.size;
    let around = |at: usize| [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let beside =
        |at: usize, g: &Glyph| around(at).filter_map(|b| glyphs.get(b)).any(|n| is_number(n) && blank(g, n));
    let taken = glyphs.iter().enumerate().filter(|(at, g)| is_number(g) || beside(*at, g));
    for at in taken.map(|(at, _)| at).collect::<Vec<_>>() {
        if let Some(glyph) = glyphs.get_mut(at) {
            (glyph.look, glyph.text) = (Look::Seen, TAKEN.to_owned());
        }
    }
    numbers
}

/// A file that costs too much.
fn costly(why: Message) -> ReadError {
    ReadError::Unreadable { kind: FileKind::Pdf, why }
}

/// The links of a page to addresses of the web and of mail.
fn links(page: &PdfPage<'_>, placed: Affine) -> Vec<PageLink> {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return Vec::new() };
    annotations.iter::<Dict<'_>>().take(MOST_LINKS).filter_map(|a| link(&a, placed)).collect()
}

fn link(annotation: &Dict<'_>, placed: Affine) -> Option<PageLink> {
    let is_link = annotation.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_str() == "Link");
    let area = annotation.get::<PdfRect>("Rect").filter(|_| is_link)?;
    let action = annotation.get::<Dict<'_>>("A")?;
    let url = strings::decode(action.get::<PdfString<'_>>("URI")?.as_bytes()).trim().to_owned();
    let area = placed.transform_rect_bbox(Rect::new(area.x0, area.y0, area.x1, area.y1));
    (goes_out(&url) && area.is_finite()).then_some(PageLink { area, url })
}

/// Whether an address leads to the web or to mail.
pub fn goes_out(url: &str) -> bool {
    let low = url.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| low.starts_with(scheme));
    known && !url.contains(char::is_control)
}
