//! Sets a block: words become lines of glyphs at places. parley chooses fonts, joins letters, orders directions and breaks lines.

use super::{
    block::{Block, Role, Run},
    clusters::{characters, lacks, ligature_ends},
    fonts::Fonts,
    laid::{Flow, Laid, Line, Piece, Placed},
    sizes::{GAP, RAISED, Setting, WIDTH},
};
use parley::{
    Alignment, AlignmentOptions, FontFamily, FontFamilyName, FontStyle, FontWeight, GenericFamily, Language,
    Layout, LineHeight, OverflowWrap, RangedBuilder, StyleProperty,
};
use std::{borrow::Cow, ops::Range};

/// Sets a block. `language` is that of the article.
pub fn lay_out(fonts: &mut Fonts, block: &Block, language: Option<&str>) -> Laid {
    let setting = Setting::of(block.role);
    let mut laid = Laid { flows: Vec::new(), lines: Vec::new() };
    if block.role == Role::Rule {
        laid.lines.push(Line {
            flow: 0,
            top: 0.0,
            baseline: 0.0,
            height: setting.leading,
            pieces: Vec::new(),
        });
        return laid;
    }
    let language = language.and_then(|l| Language::parse(l).ok());
    let flows = places(block, &setting);
    // The label comes last, since it is set on the side where the words begin.
    let mut rtl = false;
    for (number, (runs, x, width)) in flows.into_iter().enumerate().rev() {
        let is_label = number == 0 && block.label.is_some();
        let side = if is_label && rtl { Alignment::Right } else { Alignment::Start };
        let (flow, lines) = Setter { fonts, setting: &setting, language, side }.set(runs, number, x, width);
        rtl |= flow.rtl && !is_label;
        laid.flows.insert(0, flow);
        laid.lines.extend(lines);
    }
    if rtl {
        for flow in &mut laid.flows {
            flow.x = WIDTH - flow.x - flow.width;
        }
    }
    laid.lines.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.flow.cmp(&b.flow)));
    laid
}

/// The flows of a block with their places and widths, as it is read from the left.
fn places<'b>(block: &'b Block, setting: &Setting) -> Vec<(&'b [Run], f32, f32)> {
    let room = WIDTH - setting.indent - setting.label;
    let mut all = Vec::new();
    if let Some(label) = &block.label {
        let (x, width) = if setting.label > 0.0 { (setting.indent, setting.label) } else { (-36.0, 36.0) };
        all.push((label.as_slice(), x, width));
    }
    let count = block.cells.len().max(1) as f32;
    let width = ((room - (count - 1.0) * GAP) / count).max(12.0);
    for (at, runs) in block.cells.iter().enumerate() {
        all.push((runs.as_slice(), setting.indent + setting.label + at as f32 * (width + GAP), width));
    }
    all
}

struct Setter<'f> {
    fonts: &'f mut Fonts,
    setting: &'f Setting,
    language: Option<Language>,
    side: Alignment,
}

impl Setter<'_> {
    fn set(&mut self, runs: &[Run], number: usize, x: f32, width: f32) -> (Flow, Vec<Line>) {
        // A tab has no glyph and no width of its own. It is drawn as a blank, of the same length in bytes.
        let text = runs.iter().map(|r| r.words.as_str()).collect::<String>().replace(['\t', '\u{b}'], " ");
        let mut layout = self.layout(&text, runs, &[], width);
        let others = self.others(&layout, &text);
        if !others.is_empty() {
            layout = self.layout(&text, runs, &others, width);
        }
        let rtl = layout.is_rtl();
        let lines = self.lines(&layout, &text, number);
        (Flow { text, x, width, rtl }, lines)
    }

    fn layout(
        &mut self,
        text: &str,
        runs: &[Run],
        others: &[(Range<usize>, String)],
        width: f32,
    ) -> Layout<u16> {
        let setting = self.setting;
        let Fonts { found, layouts, .. } = &mut *self.fonts;
        let mut builder = layouts.ranged_builder(found, text, 1.0, false);
        let generic = if setting.sans { GenericFamily::SansSerif } else { GenericFamily::Serif };
        builder.push_default(StyleProperty::FontFamily(generic.into()));
        builder.push_default(StyleProperty::FontSize(setting.size));
        builder.push_default(LineHeight::Absolute(setting.leading));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Locale(self.language));
        if setting.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        push_looks(&mut builder, runs, setting);
        for (range, family) in others {
            let names = [FontFamilyName::Named(Cow::Borrowed(family.as_str())), generic.into()];
            builder
                .push(StyleProperty::FontFamily(FontFamily::List(Cow::Owned(names.to_vec()))), range.clone());
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout.align(self.side, AlignmentOptions::default());
        layout
    }

    /// The parts of the text that the chosen fonts lack, each with a family that has them.
    fn others(&mut self, layout: &Layout<u16>, text: &str) -> Vec<(Range<usize>, String)> {
        let lines = layout.lines();
        let clusters = lines.flat_map(|l| l.runs().collect::<Vec<_>>());
        let clusters = clusters.flat_map(|r| r.clusters().collect::<Vec<_>>());
        let lacking: Vec<_> = clusters.filter(|c| lacks(c, text)).map(|c| c.text_range()).collect();
        let family = |range: Range<usize>| {
            let c = text.get(range.clone())?.chars().next()?;
            Some((range, self.fonts.family_with(c)?))
        };
        lacking.into_iter().filter_map(family).collect()
    }

    fn lines(&mut self, layout: &Layout<u16>, text: &str, flow: usize) -> Vec<Line> {
        let mut lines = Vec::with_capacity(layout.len());
        for (at, line) in layout.lines().enumerate() {
            let metrics = line.metrics();
            let top = at as f32 * self.setting.leading;
            let mut made = Line {
                flow,
                top,
                baseline: top + 0.5 * self.setting.leading + 0.34 * self.setting.size,
                height: self.setting.leading,
                pieces: Vec::new(),
            };
            let mut x = metrics.offset;
            for run in line.runs() {
                let font = self.fonts.number_of(run.font(), &run.synthesis());
                self.pieces(layout, &run, text, font, &mut x, &mut made.pieces);
            }
            lines.push(made);
        }
        lines
    }

    /// Adds the glyphs of one run of parley's: its font and direction are the same all over.
    fn pieces(
        &mut self,
        layout: &Layout<u16>,
        run: &parley::Run<'_, u16>,
        text: &str,
        font: Option<usize>,
        x: &mut f32,
        pieces: &mut Vec<Piece>,
    ) {
        let ends = ligature_ends(run);
        let first = pieces.len();
        for cluster in run.visual_clusters().filter(|c| !c.is_ligature_continuation()) {
            let range = cluster.text_range();
            let known = ends.binary_search_by_key(&range.start, |(start, _)| *start);
            let end = known.ok().and_then(|at| ends.get(at)).map_or(range.end, |(_, end)| *end);
            let words = text.get(range.start..end).unwrap_or_default();
            if words.chars().all(|c| c.is_control()) {
                continue;
            }
            let lacking = font.is_none() || lacks(&cluster, text);
            if lacking {
                words.chars().for_each(|c| self.fonts.lacks(c));
            }
            let style = layout.styles().get(usize::from(cluster.style_index())).map_or(0, |s| s.brush);
            let font = font.filter(|_| !lacking);
            let same = |p: &&mut Piece| p.run == style && p.font == font;
            let at = pieces.len();
            let piece = match pieces.last_mut().filter(|_| at > first).filter(same) {
                Some(piece) => piece,
                None => {
                    let size = run.font_size();
                    pieces.push(Piece {
                        font,
                        size,
                        run: style,
                        x: *x,
                        width: 0.0,
                        inked: 0.0,
                        glyphs: Vec::new(),
                        marked: false,
                    });
                    let Some(piece) = pieces.last_mut() else { continue };
                    piece
                }
            };
            let blank = words.chars().all(char::is_whitespace);
            let named = (range.start as u32, end as u32);
            let own = characters(words, cluster.glyphs().count()).filter(|_| !run.is_rtl());
            piece.marked |= own.is_some();
            for (nth, glyph) in cluster.glyphs().enumerate() {
                let advance = if lacking { 0.62 * piece.size } else { glyph.advance };
                let (from, to) = own
                    .as_ref()
                    .and_then(|own| own.get(nth))
                    .map_or(named, |(from, to)| (named.0 + from, named.0 + to));
                piece.glyphs.push(Placed { id: glyph.id, advance, x: glyph.x, y: glyph.y, text: (from, to) });
                piece.width += advance;
                *x += advance;
            }
            if !blank {
                piece.inked = piece.width;
            }
        }
    }
}

fn push_looks(builder: &mut RangedBuilder<'_, u16>, runs: &[Run], setting: &Setting) {
    let mut at = 0;
    for (number, run) in runs.iter().enumerate() {
        let range = at..at + run.words.len();
        at = range.end;
        if range.is_empty() {
            continue;
        }
        builder.push(StyleProperty::Brush(u16::try_from(number).unwrap_or(u16::MAX)), range.clone());
        if run.look.bold {
            builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
        }
        if run.look.italic {
            builder.push(StyleProperty::FontStyle(FontStyle::Italic), range.clone());
        }
        if run.look.raised {
            builder.push(StyleProperty::FontSize(setting.size * RAISED), range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(block: &Block) -> Laid {
        lay_out(&mut Fonts::of_system().expect("the system has fonts"), block, None)
    }

    fn words(text: &str) -> Block {
        Block::of(Role::Paragraph, vec![Run::of(text)])
    }

    #[test]
    fn every_character_of_a_text_is_in_a_glyph() {
        let text = "The office’s naïve e\u{301}tude; منارة البحّارة; מגדלור; 灯塔; हिन्दी; ไม่มีช่อง.";
        let block = laid(&words(text));
        let mut covered = vec![false; text.len()];
        for g in block.lines.iter().flat_map(|l| &l.pieces).flat_map(|p| &p.glyphs) {
            covered[g.text.0 as usize..g.text.1 as usize].fill(true);
        }
        let lost: String = text.char_indices().filter(|(at, _)| !covered[*at]).map(|(_, c)| c).collect();
        assert_eq!(lost, "");
    }

    #[test]
    fn lines_stay_in_the_column_and_words_that_are_too_long_are_broken() {
        let block = laid(&words(&format!("{} {}", "harbour ".repeat(200), "x".repeat(400))));
        assert!(block.lines.len() > 20);
        for line in &block.lines {
            let end = line.pieces.last().map_or(0.0, |p| p.x + p.inked);
            assert!(end <= WIDTH + 0.1, "{end}");
        }
    }

    #[test]
    fn a_block_that_is_read_from_the_right_has_its_label_there() {
        let label = Some(vec![Run::of("1.")]);
        let item = Block { label, ..Block::of(Role::Item(true, 0), vec![Run::of("بند أول")]) };
        let block = laid(&item);
        assert!(block.flows[1].rtl && block.flows[0].x > block.flows[1].x);
        let end = |flow: usize| {
            let line = block.lines.iter().find(|l| l.flow == flow).unwrap();
            block.flows[flow].x + line.pieces.iter().map(|p| p.x + p.inked).fold(0.0, f32::max)
        };
        assert!((end(0) - WIDTH).abs() < 0.5, "the label is at the edge");
        assert!(end(1) <= WIDTH - 15.0, "the words are before it");
    }

    #[test]
    fn a_character_without_font_becomes_a_box_and_is_named() {
        let mut fonts = Fonts::of_system().expect("the system has fonts");
        let block = lay_out(&mut fonts, &words("a \u{378} b\u{200d}\u{7}"), None);
        let flow = &block.flows[0].text;
        let boxes = block.lines[0].pieces.iter().filter(|p| p.font.is_none());
        let boxes: Vec<_> = boxes.flat_map(|p| p.parts(flow)).filter_map(|(_, _, said)| said).collect();
        assert_eq!(boxes, ["\u{378}"]);
        assert_eq!(fonts.missing().iter().copied().collect::<String>(), "\u{378}");
    }

    #[test]
    fn a_word_with_marks_is_read_as_a_word() {
        let block = laid(&words("ไม่มี ช่อง"));
        let parts = block.lines[0].pieces.iter().flat_map(|p| p.parts(&block.flows[0].text));
        let said: Vec<_> = parts.filter_map(|(_, _, said)| said).collect();
        assert_eq!(said, ["ไม่มี", "ช่อง"]);
    }
}
