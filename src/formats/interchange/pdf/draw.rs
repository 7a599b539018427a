//! Draws the pages: words, the lines under and through them, links, and page numbers.

use super::{
    block::{Block, Change, Ink, Link, Look, Place, Role, Run},
    fonts::Fonts,
    glyphs::{Glyphs, Word},
    laid::{Laid, Line, Placed},
    pages::{Pages, Spot},
    sizes::{DELETED, FOOT, HAIRLINE, INSERTED, LEFT, PAPER, RISE, Setting, WIDTH, rgb},
    tags::Drawn,
};
use krilla::{
    Document,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb as colour,
    destination::{Destination, XyzDestination},
    geom::{PathBuilder, Point, Rect},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, LineCap, Stroke, StrokeDash},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
};
use std::collections::BTreeMap;

/// All that is drawn.
pub struct Drawing<'d> {
    /// The content.
    pub blocks: &'d [Block],
    /// The content with its glyphs.
    pub laid: &'d [Laid],
    /// Where it is.
    pub pages: &'d Pages,
    /// The fonts.
    pub fonts: &'d Fonts,
    /// Where the places are that links name.
    pub places: BTreeMap<Place, (usize, f32)>,
}

/// An area that leads somewhere.
struct Area<'d> {
    rect: Rect,
    link: &'d Link,
    block: usize,
    flow: usize,
    run: u16,
}

impl<'d> Drawing<'d> {
    /// Draws all pages. The result is what was drawn of each block. `number` lays out the number of a page.
    pub fn draw(
        &self,
        document: &mut Document,
        number: &mut dyn FnMut(usize) -> Option<Laid>,
    ) -> Option<Vec<Drawn>> {
        let mut drawn: Vec<Drawn> = self.blocks.iter().map(|_| Drawn::default()).collect();
        let mut glyphs = Glyphs::new(self.fonts);
        for (at, spots) in self.pages.pages.iter().enumerate() {
            let mut page = document.start_page_with(PageSettings::from_wh(PAPER.0, PAPER.1)?);
            let mut areas = Vec::new();
            let mut surface = page.surface();
            for spot in spots {
                self.line((&mut surface, &mut glyphs), spot, &mut drawn, &mut areas);
            }
            if let Some(laid) = number(at + 1) {
                foot(&mut surface, &mut glyphs, &laid);
            }
            surface.finish();
            for area in areas {
                if let Some(target) = self.target(area.link) {
                    let id = page.add_tagged_annotation(Annotation::new_link(
                        LinkAnnotation::new(area.rect, target),
                        None,
                    ));
                    drawn.get_mut(area.block)?.link(area.flow, area.run, id);
                }
            }
            page.finish();
        }
        Some(drawn)
    }

    fn target(&self, link: &Link) -> Option<Target> {
        Some(match link {
            Link::Address(url) => Target::Action(Action::Link(LinkAction::new(url.clone()))),
            Link::Place(place) => {
                let (page, top) = *self.places.get(place)?;
                let at = Point::from_xy(LEFT, (top - 8.0).max(0.0));
                Target::Destination(Destination::Xyz(XyzDestination::new(page, at)))
            }
        })
    }

    fn line(
        &self,
        (surface, glyphs): (&mut Surface, &mut Glyphs),
        spot: &Spot,
        drawn: &mut [Drawn],
        areas: &mut Vec<Area<'d>>,
    ) {
        let (Some(block), Some(laid)) = (self.blocks.get(spot.block), self.laid.get(spot.block)) else {
            return;
        };
        let Some(line) = laid.lines.get(spot.line) else { return };
        let setting = Setting::of(block.role);
        self.furniture(surface, block, spot, line, &setting);
        let Some(flow) = laid.flows.get(line.flow) else { return };
        let runs = runs(block, line.flow);
        let base = spot.shift + line.baseline;
        for piece in &line.pieces {
            let run = runs.get(usize::from(piece.run));
            let look = run.map(|r| r.look).unwrap_or_default();
            let x = LEFT + flow.x + piece.x;
            let y = if look.raised { base - RISE * setting.size } else { base };
            let ink = rgb(look.ink.or(setting.ink));
            let ink = look.change.map_or(ink, |c| if c == Change::Deleted { DELETED } else { INSERTED });
            for (from, part, said) in piece.parts(&flow.text) {
                let tag =
                    SpanTag { lang: None, alt_text: None, expanded: None, actual_text: said.as_deref() };
                let id = surface.start_tagged(ContentTag::Span(tag));
                let at = (LEFT + flow.x + from, y);
                fill(surface, ink);
                match piece.font {
                    Some(font) => {
                        let (text, size, said) = (flow.text.as_str(), piece.size, said.is_some());
                        glyphs.draw(surface, &Word { font, glyphs: part, text, size, said }, at);
                    }
                    None => boxes(surface, part, piece.size, at, ink),
                }
                surface.end_tagged();
                if let Some(drawn) = drawn.get_mut(spot.block) {
                    drawn.words(line.flow, piece.run, id);
                }
            }
            self.underline(surface, look, (x, x + piece.inked), base, setting.size);
            if let Some(link) = run.and_then(|r| r.link.as_ref()) {
                let (top, bottom) =
                    if look.raised { (y - 6.0, y + 2.0) } else { (base - 0.8 * setting.size, base + 3.0) };
                if let Some(rect) = Rect::from_ltrb(x - 0.5, top, x + piece.inked.max(1.0) + 0.5, bottom) {
                    areas.push(Area { rect, link, block: spot.block, flow: line.flow, run: piece.run });
                }
            }
        }
    }

    /// The lines of quotations, tables and rules.
    fn furniture(&self, surface: &mut Surface, block: &Block, spot: &Spot, line: &Line, setting: &Setting) {
        let top = spot.shift + line.top;
        match block.role {
            Role::Quote => {
                let rtl = self.laid.get(spot.block).and_then(|l| l.flows.last()).is_some_and(|f| f.rtl);
                let x = if rtl { LEFT + WIDTH - 6.0 } else { LEFT + 6.0 };
                stroke(surface, (x, top), (x, top + line.height), HAIRLINE, 1.6, None);
            }
            Role::Row if spot.line == 0 => {
                let y = top - setting.before + 0.5;
                stroke(surface, (LEFT, y), (LEFT + WIDTH, y), HAIRLINE, 0.5, None);
            }
            Role::Rule => {
                let (y, middle) = (top + 0.5 * line.height, LEFT + 0.5 * WIDTH);
                stroke(surface, (middle - 40.0, y), (middle + 40.0, y), HAIRLINE, 0.7, None);
            }
            _ => {}
        }
    }

    /// The lines of claims and changes.
    fn underline(&self, surface: &mut Surface, look: Look, (from, to): (f32, f32), base: f32, size: f32) {
        if to - from < 0.2 {
            return;
        }
        match look.change {
            Some(Change::Deleted) => {
                let y = base - 0.27 * size;
                stroke(surface, (from, y), (to, y), DELETED, 0.8, None);
            }
            Some(Change::Inserted) => {
                let y = base + 0.12 * size;
                stroke(surface, (from, y), (to, y), INSERTED, 0.8, None);
            }
            None => {}
        }
        let Some(ink) = look.claim.filter(|_| !look.raised) else { return };
        let y = base + 0.27 * size;
        let mut line = |y: f32, dash: Option<&[f32]>, width: f32| {
            stroke(surface, (from, y), (to, y), rgb(Some(ink)), width, dash)
        };
        match ink {
            Ink::Partly => line(y, Some(&[4.0, 1.8]), 0.9),
            Ink::Fails => {
                line(y - 0.5, None, 0.6);
                line(y + 1.0, None, 0.6);
            }
            Ink::Open => line(y, Some(&[0.01, 2.2]), 1.1),
            Ink::Stale => line(y, Some(&[5.0, 1.8, 0.9, 1.8]), 0.9),
            Ink::Unchecked => line(y, Some(&[1.4, 1.6]), 0.7),
            Ink::Holds | Ink::Quiet | Ink::Address => line(y, None, 0.9),
        }
    }
}

/// The number at the foot of a page, which is no part of the document's words.
fn foot(surface: &mut Surface, glyphs: &mut Glyphs, laid: &Laid) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    fill(surface, rgb(Some(Ink::Quiet)));
    for line in &laid.lines {
        let Some(flow) = laid.flows.get(line.flow) else { continue };
        let width = line.pieces.iter().map(|p| p.x + p.inked).fold(0.0, f32::max);
        for piece in &line.pieces {
            let at = (0.5 * (PAPER.0 - width) + piece.x, FOOT);
            let Some(font) = piece.font else { continue };
            let (text, size, said) = (flow.text.as_str(), piece.size, false);
            glyphs.draw(surface, &Word { font, glyphs: &piece.glyphs, text, size, said }, at);
        }
    }
    surface.end_tagged();
}

/// Sets the colour of glyphs.
fn fill(surface: &mut Surface, ink: (u8, u8, u8)) {
    let paint = colour::Color::new(ink.0, ink.1, ink.2).into();
    surface.set_fill(Some(Fill { paint, ..Fill::default() }));
    surface.set_stroke(None);
}

/// The runs of a flow of a block: the label is the first one.
fn runs(block: &Block, flow: usize) -> &[Run] {
    let label = block.label.as_deref().into_iter();
    label.chain(block.cells.iter().map(Vec::as_slice)).nth(flow).unwrap_or_default()
}

/// Boxes for characters that no font has.
fn boxes(surface: &mut Surface, glyphs: &[Placed], size: f32, (x, y): (f32, f32), ink: (u8, u8, u8)) {
    let mut at = x;
    for glyph in glyphs {
        let rect = Rect::from_ltrb(at + 0.8, y - 0.68 * size, at + glyph.advance - 0.8, y);
        let mut path = PathBuilder::new();
        rect.into_iter().for_each(|r| path.push_rect(r));
        outline(surface, path, ink, 0.6, None);
        at += glyph.advance;
    }
}

/// A line that is no part of the document's words.
fn stroke(
    surface: &mut Surface,
    from: (f32, f32),
    to: (f32, f32),
    ink: (u8, u8, u8),
    width: f32,
    dash: Option<&[f32]>,
) {
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    outline(surface, path, ink, width, dash);
    surface.end_tagged();
}

fn outline(surface: &mut Surface, path: PathBuilder, ink: (u8, u8, u8), width: f32, dash: Option<&[f32]>) {
    let Some(path) = path.finish() else { return };
    let dots = dash.is_some_and(|d| d.first().is_some_and(|on| *on < 0.1));
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: colour::Color::new(ink.0, ink.1, ink.2).into(),
        width,
        opacity: NormalizedF32::ONE,
        line_cap: if dots { LineCap::Round } else { LineCap::Butt },
        dash: dash.map(|d| StrokeDash { array: d.to_vec(), offset: 0.0 }),
        ..Stroke::default()
    }));
    surface.draw_path(&path);
}
