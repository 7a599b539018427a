//! What is measured of a page's blocks and of the elements they are in.

use super::notes;
use crate::formats::article::html::blocks::{Block, Shape, weight};
use crate::formats::article::html::hints::{self, Hint};
use crate::formats::article::html::tree::{NodeId, Tree};

/// What is known about a block.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// How much text it is.
    pub weight: usize,
    /// How much of it is linked, from 0 to 1.
    pub density: f32,
    /// How many commas it has, of any script.
    pub commas: usize,
    /// Whether it ends as a sentence does.
    pub sentence: bool,
    /// Whether its element is one for paragraphs.
    pub paragraph: bool,
    /// Whether it is in an element that is named as furniture.
    pub furniture: bool,
    /// Whether it is in one that is furniture wherever it is; an introduction to an article is not, below its headline.
    pub outside: bool,
    /// Whether it is a caption.
    pub caption: bool,
    /// Whether it is named as the introduction of an article.
    pub lead: bool,
    /// Whether it is quoted.
    pub quoted: bool,
}

/// The blocks of a page with what is known about them.
pub struct Page<'p> {
    /// The tree.
    pub tree: &'p Tree,
    /// The blocks.
    pub blocks: &'p [Block],
    /// What is known about each block.
    pub facts: Vec<Facts>,
    /// What the names of each element say.
    pub hints: Vec<Hint>,
    /// The place of the headline among the blocks.
    pub headline: Option<usize>,
}

impl Facts {
    /// How much of a block of the article may be linked: of a sentence more than of other words, of a heading or a quotation all.
    pub fn most_linked(&self, shape: Shape) -> f32 {
        match shape {
            _ if self.quoted => ALL,
            Shape::Heading(_) => ALL,
            _ if self.paragraph && self.sentence && self.weight >= 40 => ALL,
            _ if self.paragraph || self.sentence && self.weight >= 60 => 0.8,
            Shape::Item | Shape::Row => 0.8,
            Shape::Paragraph | Shape::Caption | Shape::Preformatted => 0.5,
        }
    }
}

/// All of a block may be linked.
const ALL: f32 = f32::MAX;

impl<'p> Page<'p> {
    /// Measures a page.
    pub fn new(tree: &'p Tree, blocks: &'p [Block], headline: Option<usize>) -> Self {
        let mut hints = vec![Hint::None; tree.len()];
        for id in tree.elements(NodeId::ROOT) {
            if let (Some(hint), Some(element)) = (hints.get_mut(id.index()), tree.element(id)) {
                *hint = hints::of(element);
            }
        }
        let mut page = Self { tree, blocks, facts: Vec::new(), hints, headline };
        page.excuse(headline);
        page.facts = blocks.iter().map(|b| page.measure(b)).collect();
        page.groups();
        page
    }

    /// What the names of an element say.
    pub fn hint(&self, id: NodeId) -> Hint {
        self.hints.get(id.index()).copied().unwrap_or(Hint::None)
    }

    /// An element with the headline, or with most of the page, is not furniture, whatever its names are.
    fn excuse(&mut self, headline: Option<usize>) {
        let holder = headline.and_then(|h| self.blocks.get(h)).map(|b| b.holder);
        let mut mass = vec![0_usize; self.tree.len()];
        let mut all = 0;
        for block in self.blocks.iter().filter(|b| !b.is_beside()) {
            let prose = weight(&block.text).saturating_sub(block.linked * 2);
            all += prose;
            for id in std::iter::once(block.holder).chain(self.tree.ancestors(block.holder)) {
                mass[id.index()] += prose;
            }
        }
        let mut around = vec![false; self.tree.len()];
        for id in holder.into_iter().flat_map(|h| std::iter::once(h).chain(self.tree.ancestors(h))) {
            around[id.index()] = true;
        }
        for id in self.tree.elements(NodeId::ROOT) {
            let at = id.index();
            let main = match self.hints[at] {
                Hint::Furniture | Hint::Embed | Hint::Teaser => mass[at] * 2 > all,
                Hint::Caption | Hint::Lead => mass[at] * 4 > all,
                Hint::Comments | Hint::None | Hint::Article | Hint::Body => false,
            };
            if self.hints[at] != Hint::Body && (main || around[at]) {
                self.hints[at] = Hint::None;
            }
        }
    }

    /// Items of a list and rows of a table are linked as much as all of them together.
    fn groups(&mut self) {
        let mut from = 0;
        for at in 1..=self.blocks.len() {
            if self.blocks.get(at).is_some_and(|b| b.tight) {
                continue;
            }
            let (blocks, facts) = (&self.blocks[from..at], &mut self.facts[from..at]);
            let all: usize = facts.iter().map(|f| f.weight).sum();
            let linked: usize = blocks.iter().map(|b| b.linked).sum();
            if blocks.len() > 1 {
                facts.iter_mut().for_each(|f| f.density = linked as f32 / all.max(1) as f32);
            }
            from = at;
        }
    }

    fn measure(&self, block: &Block) -> Facts {
        let weight = weight(&block.text);
        let around = || std::iter::once(block.holder).chain(self.tree.ancestors(block.holder));
        let mut facts = Facts {
            weight,
            density: density(block),
            commas: block.text.chars().filter(|c| ",،、，;；؛·።".contains(*c)).count(),
            sentence: ends_sentence(&block.text),
            paragraph: matches!(self.tree.name(block.holder), "p" | "blockquote" | "pre" | "dd"),
            caption: block.shape == Shape::Caption || notes::is_caption(&block.text),
            furniture: block.is_beside(),
            outside: block.is_beside(),
            lead: false,
            quoted: false,
        };
        for id in around() {
            match self.hint(id) {
                Hint::Embed if facts.quoted => {}
                Hint::Furniture | Hint::Comments | Hint::Embed => {
                    (facts.furniture, facts.outside) = (true, true)
                }
                Hint::Caption => facts.caption = true,
                Hint::Lead => facts.lead = true,
                Hint::Teaser => (facts.lead, facts.furniture) = (true, true),
                Hint::Body | Hint::Article | Hint::None => {}
            }
            match self.tree.name(id) {
                "figure" => facts.caption |= weight < 400,
                "blockquote" => facts.quoted = true,
                _ => {}
            }
        }
        facts
    }
}

/// Whether words end as a sentence does, in any script.
pub fn ends_sentence(text: &str) -> bool {
    let marks = ['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '॥', '။', '៕', '።', ':', '．'];
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !marks.contains(&c));
    text.ends_with(marks)
}

/// How much of a block is linked, from 0 to 1.
fn density(block: &Block) -> f32 {
    block.linked as f32 / weight(&block.text).max(1) as f32
}
