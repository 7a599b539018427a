//! Puts the blocks together while it goes through the tree.

mod finish;

use super::{
    Block, Shape,
    hidden::Hidden,
    item::{self, List},
    look::{self, Look},
    own, picture, table,
    words::{Words, weight},
};
use crate::{
    formats::article::html::{
        address::Address,
        hints,
        tree::{Data, Edge, Element, NodeId, Tree},
    },
    model::{FileLink, FilePicture, LeftOutReason},
    text::Span,
};

/// A line of so many bytes before a single `br` is a paragraph of its own.
const LONG_LINE: usize = 120;

/// The most pictures of a page.
const MOST_PICTURES: usize = 20_000;

/// A link that is open: where its words begin, and its address if people can follow it.
struct Open {
    from: usize,
    url: Option<String>,
}

/// Puts the blocks together.
pub struct Builder<'t> {
    tree: &'t Tree,
    address: &'t Address,
    hidden: Hidden,
    blocks: Vec<Block>,
    /// Hidden words inside the block that is being put together.
    beside: Vec<Block>,
    words: Words,
    /// The block elements that are open.
    open: Vec<NodeId>,
    /// The lists that are open.
    lists: Vec<(NodeId, List)>,
    /// The items of Word's lists that are open.
    words_items: Vec<NodeId>,
    /// The mark that the next words get.
    mark: Option<String>,
    /// The outermost list, the table or Word's kind of list that the last block was in.
    group: Option<NodeId>,
    headings: Vec<usize>,
    captions: usize,
    preformatted: usize,
    /// Tables, and whether each has data.
    tables: Vec<(NodeId, bool)>,
    in_row: bool,
    link: Option<Open>,
    links: Vec<FileLink>,
    linked: usize,
    pictures: Vec<FilePicture>,
    count_of_pictures: usize,
    /// Whether the page has more pictures than are read.
    are_pictures_cut: bool,
    /// The element that does not count, while the walk is in it.
    skipped: Option<NodeId>,
    /// The article that a desk wrote, while the walk is in it.
    own: Option<NodeId>,
}

impl<'t> Builder<'t> {
    /// For one page.
    pub fn new(tree: &'t Tree, address: &'t Address) -> Self {
        Self {
            tree,
            address,
            hidden: Hidden::new(tree),
            blocks: Vec::new(),
            beside: Vec::new(),
            words: Words::default(),
            open: Vec::new(),
            lists: Vec::new(),
            words_items: Vec::new(),
            mark: None,
            group: None,
            headings: Vec::new(),
            captions: 0,
            preformatted: 0,
            tables: Vec::new(),
            in_row: false,
            link: None,
            links: Vec::new(),
            linked: 0,
            pictures: Vec::new(),
            count_of_pictures: 0,
            are_pictures_cut: false,
            skipped: None,
            own: None,
        }
    }

    /// The blocks of the page.
    pub fn build(mut self) -> Vec<Block> {
        let mut walk = self.tree.walk(NodeId::ROOT);
        while let Some(edge) = walk.next() {
            match edge {
                Edge::Enter(id) => match self.tree.data(id) {
                    Data::Text(words) => self.text(words),
                    Data::Element(element) if !self.enter(id, element) => {
                        self.skipped = Some(id);
                        walk.pass();
                    }
                    Data::Comment(words) => match words.trim() {
                        "StartFragment" => self.start(),
                        "EndFragment" => break,
                        _ => {}
                    },
                    Data::Element(_) | Data::Document => {}
                },
                Edge::Leave(id) if self.skipped == Some(id) => self.skipped = None,
                Edge::Leave(id) => self.leave(id),
            }
        }
        self.flush();
        if self.are_pictures_cut {
            let told =
                format!("The page has more than {MOST_PICTURES} pictures, and the others are not read.");
            let told = self.block(Shape::Paragraph, told, NodeId::ROOT);
            self.blocks.push(Block { beside: Some(LeftOutReason::Cut), ..told });
        }
        self.blocks
    }

    /// What came before the part that was copied does not count.
    fn start(&mut self) {
        self.flush();
        self.blocks.clear();
    }

    fn text(&mut self, words: &str) {
        if self.preformatted > 0 {
            return self.words.add_preformatted(words);
        }
        let paragraph = self.words.breaks > 1 || (self.words.breaks == 1 && self.is_long_line());
        let paragraph = paragraph && self.own.is_none();
        if paragraph && !self.in_row && !super::words::is_blank(words) {
            self.flush();
        }
        if self.in_row {
            self.words.add(&words.replace('|', "\\|"));
        } else {
            self.words.add(words);
        }
    }

    fn is_long_line(&self) -> bool {
        self.words.text.rsplit('\n').next().is_some_and(|line| line.len() >= LONG_LINE)
    }

    /// Begins an element. Returns whether what is in it counts.
    fn enter(&mut self, id: NodeId, element: &Element) -> bool {
        let name = element.name();
        let look = match look::of(name) {
            Look::Inline if hints::is_caption(element) => Look::Block,
            look => look,
        };
        match look {
            Look::None => return false,
            _ if self.hidden.is(self.tree, id) => {
                self.hide(id, LeftOutReason::Hidden);
                return false;
            }
            _ if own::is_beside(self.tree, id) => {
                self.hide(id, LeftOutReason::Checked);
                return false;
            }
            Look::Block => self.enter_block(id, element),
            Look::Inline => {}
        }
        match name {
            "br" if self.preformatted > 0 => self.words.add_preformatted("\n"),
            "br" if self.in_row || !self.headings.is_empty() => self.words.blank(),
            "br" => self.words.breaks += 1,
            "a" => self.open_link(element),
            "q" => self.words.add("“"),
            "del" => {
                self.hide(id, LeftOutReason::Hidden);
                return false;
            }
            "img" => self.picture(element),
            _ if item::is_words_mark(element) => {
                self.mark = Some(item::words_mark(self.tree, id));
                return false;
            }
            _ => {}
        }
        true
    }

    fn enter_block(&mut self, id: NodeId, element: &Element) {
        self.part();
        self.open.push(id);
        let name = element.name();
        if own::is_article(element) {
            self.own = Some(id);
        }
        match name {
            "li" => {
                self.mark = Some(self.lists.last_mut().map_or_else(|| "- ".into(), |(_, l)| l.mark(element)))
            }
            "table" => {
                let data = table::has_data(self.tree, id);
                self.tables.push((id, data));
            }
            "tr" => self.in_row = self.tables.last().is_some_and(|(_, data)| *data),
            "figcaption" | "caption" => self.captions += 1,
            _ if look::is_preformatted(name) => self.preformatted += 1,
            _ => {}
        }
        if let Some(level) = level(element) {
            self.headings.push(level);
        }
        if let Some(list) = List::of(element) {
            self.lists.push((id, list));
        }
        if item::is_words_item(element) {
            self.words_items.push(id);
            self.mark = Some("- ".into());
        }
        if self.in_row && matches!(name, "td" | "th") {
            self.words.add("| ");
        }
    }

    fn leave(&mut self, id: NodeId) {
        let Some(element) = self.tree.element(id) else { return };
        match element.name() {
            "a" => self.close_link(),
            "q" => self.words.add("”"),
            _ if self.open.last() == Some(&id) => self.leave_block(id, element),
            _ => {}
        }
    }

    fn leave_block(&mut self, id: NodeId, element: &Element) {
        let name = element.name();
        if name == "tr" && self.in_row {
            self.words.add(" |");
            self.flush();
            self.in_row = false;
        }
        if self.in_row && matches!(name, "td" | "th") {
            self.words.blank();
        } else {
            self.part();
        }
        self.open.pop();
        self.own = self.own.filter(|own| *own != id);
        match name {
            "li" => self.mark = None,
            "table" => drop(self.tables.pop()),
            "figcaption" | "caption" => self.captions = self.captions.saturating_sub(1),
            _ if look::is_preformatted(name) => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
        if level(element).is_some() {
            self.headings.pop();
        }
        if self.lists.last().is_some_and(|(list, _)| *list == id) {
            self.lists.pop();
        }
        if self.words_items.last() == Some(&id) {
            self.words_items.pop();
            self.mark = None;
        }
    }

    /// Keeps what comes apart from what came.
    fn part(&mut self) {
        if self.in_row { self.words.blank() } else { self.flush() }
    }

    /// Names the words of an element that are left out.
    fn hide(&mut self, id: NodeId, why: LeftOutReason) {
        let text = self.tree.text(id);
        if super::words::is_blank(&text) {
            return;
        }
        let holder = self.holder();
        self.beside.push(Block { beside: Some(why), ..self.block(Shape::Paragraph, text, holder) });
    }

    fn holder(&self) -> NodeId {
        self.open.last().copied().unwrap_or(NodeId::ROOT)
    }

    fn block(&self, shape: Shape, text: String, holder: NodeId) -> Block {
        Block {
            shape,
            text,
            holder,
            beside: None,
            own: self.own.is_some(),
            tight: false,
            linked: 0,
            links: Vec::new(),
            pictures: Vec::new(),
        }
    }

    fn picture(&mut self, element: &Element) {
        if self.count_of_pictures >= MOST_PICTURES {
            self.are_pictures_cut = true;
            return;
        }
        if let Some(picture) = picture::of(element, self.address, self.count_of_pictures + 1) {
            self.count_of_pictures += 1;
            self.pictures.push(FilePicture { at: Some(self.words.next()), ..picture });
        }
    }

    fn open_link(&mut self, element: &Element) {
        self.close_link();
        if let Some(href) = element.attribute("href") {
            self.link = Some(Open { from: self.words.next(), url: self.address.link(href) });
        }
    }

    fn close_link(&mut self) {
        let Some(Open { from, url }) = self.link.take() else { return };
        let words = self.words.text.get(from..).unwrap_or("");
        self.linked += weight(words);
        if let Some(url) = url.filter(|_| !words.trim().is_empty()) {
            let span = Some(Span::at(from, from + words.len()));
            self.links.push(FileLink { url, words: words.to_owned(), span, note: None });
        }
    }
}

/// The level of a heading.
fn level(element: &Element) -> Option<usize> {
    let named = match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    };
    let role = || element.attribute("role").filter(|r| r.eq_ignore_ascii_case("heading"));
    let stated = || element.attribute("aria-level").and_then(|l| l.trim().parse().ok()).unwrap_or(2_usize);
    named.or_else(|| (look::of(element.name()) == Look::Block).then(role)?.map(|_| stated().clamp(1, 6)))
}
