//! The article while it is being read: its lines, what each line is, and the article details found so far.
//! Recognition only marks lines here; the text is assembled once, at the end.

use super::{
    hyphens::Known,
    lines::Line,
    shapes::{Shape, classify},
};
use crate::model::{Info, LeftOut, LeftOutReason, Origin};

/// What happens to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes into the text.
    Text,
    /// It is part of the headline.
    Headline,
    /// It goes into the text as the short introduction under the headline.
    Standfirst,
    /// It does not go into the text.
    Out(LeftOutReason),
}

/// The lines of one input and what happens to them.
pub struct Draft<'t> {
    /// Every line of the input.
    pub lines: Vec<Line<'t>>,
    /// The shape of each line.
    pub shapes: Vec<Shape>,
    /// What happens to each line.
    pub fates: Vec<Fate>,
    /// The indexes of lines whose words are in the text in another form, and what was changed.
    pub rewritten: Vec<(usize, LeftOutReason)>,
    /// The article details found so far.
    pub info: Info,
    /// The language of the text, if it is certain.
    pub language: Option<String>,
    /// The words of the text.
    pub known: Known,
}

impl<'t> Draft<'t> {
    /// A draft of the lines of a text in `language`, with nothing recognised yet.
    pub fn new(lines: Vec<Line<'t>>, markdown: bool, language: Option<String>) -> Self {
        let shapes = classify(&lines, markdown);
        let known = Known::of(&lines);
        let fates = vec![Fate::Text; lines.len()];
        Self { lines, shapes, fates, rewritten: Vec::new(), info: Info::default(), language, known }
    }

    /// The indexes of the visible lines, without front matter and code.
    pub fn visible(&self) -> Vec<usize> {
        (0..self.lines.len())
            .filter(|at| !matches!(self.shapes[*at], Shape::Blank | Shape::Verbatim))
            .collect()
    }

    /// Whether the line after (`by` 1) or before (`by` -1) line `at` is blank, left out or missing.
    pub fn is_free(&self, at: usize, by: isize) -> bool {
        let beside = at.checked_add_signed(by).and_then(|b| self.shapes.get(b).zip(self.fates.get(b)));
        beside.is_none_or(|(shape, fate)| *shape == Shape::Blank || matches!(fate, Fate::Out(_)))
    }

    /// Every line that is not in the text as it was written, in order.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let gone = self.fates.iter().enumerate().filter_map(|(at, fate)| match fate {
            Fate::Out(why) => Some((at, *why)),
            Fate::Text | Fate::Headline | Fate::Standfirst => None,
        });
        let mut all = gone.chain(self.rewritten.iter().copied()).collect::<Vec<_>>();
        all.sort_by_key(|(at, _)| *at);
        all.into_iter()
            .map(|(at, why)| LeftOut {
                from: Origin::Line(self.lines[at].number),
                text: self.lines[at].raw.to_owned(),
                why,
            })
            .collect()
    }
}
