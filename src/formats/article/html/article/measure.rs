//! What is measured of a page's blocks and of the elements they are in.

use crate::formats::article::html::{
    blocks::{Block, Shape, weight},
    hints::{self, Hint},
    tree::{NodeId, Tree},
};

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
    /// Whether it is a caption.
    pub caption: bool,
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
    /// How much of a block of the article may be linked: a sentence more than other words.
    pub fn most_linked(&self) -> f32 {
        if self.sentence && self.weight >= 60 { 0.85 } else { 0.5 }
    }
}

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
        for block in self.blocks.iter().filter(|b| !b.hidden) {
            let prose = weight(&block.text).saturating_sub(block.linked * 2);
            all += prose;
            for id in std::iter::once(block.holder).chain(self.tree.ancestors(block.holder)) {
                mass[id.index()] += prose;
            }
        }
        let around: Vec<NodeId> =
            holder.into_iter().flat_map(|h| std::iter::once(h).chain(self.tree.ancestors(h))).collect();
        for id in self.tree.elements(NodeId::ROOT) {
            let at = id.index();
            let main = match self.hints[at] {
                Hint::Furniture => mass[at] * 2 > all,
                Hint::Caption => mass[at] * 4 > all,
                Hint::Comments | Hint::None | Hint::Article | Hint::Body => false,
            };
            if self.hints[at] != Hint::Body && (main || around.contains(&id)) {
                self.hints[at] = Hint::None;
            }
        }
    }

    fn measure(&self, block: &Block) -> Facts {
        let weight = weight(&block.text);
        let around = || std::iter::once(block.holder).chain(self.tree.ancestors(block.holder));
        let mut facts = Facts {
            weight,
            density: super::density(block),
            commas: block.text.chars().filter(|c| ",،、，;；؛·።".contains(*c)).count(),
            sentence: ends_sentence(&block.text),
            paragraph: matches!(self.tree.name(block.holder), "p" | "blockquote" | "pre" | "dd"),
            caption: block.shape == Shape::Caption,
            furniture: block.hidden,
        };
        for id in around() {
            match self.hint(id) {
                Hint::Furniture | Hint::Comments => facts.furniture = true,
                Hint::Caption => facts.caption = true,
                Hint::Body | Hint::Article | Hint::None => {}
            }
        }
        facts
    }
}

/// Whether words end as a sentence does, in any script.
pub fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "\"'”’»«)]›“」』）*".contains(c);
    let text = text.trim_end_matches(closing);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '॥', '။', '៕', '።', ':', '．'])
}
