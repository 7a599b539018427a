//! Reads web pages, and parts of them that were copied: bytes → text (`encoding`) → tree (`tree`) → blocks (`blocks`) → which of them are
//! the article (`article`) and what the page says about it (`about`) → a document. It fetches nothing and runs nothing.

mod about;
mod address;
mod article;
mod blocks;
mod encoding;
mod headline;
mod hints;
mod letter;
mod tree;

use super::{
    ReadError,
    document::{Document, DocumentBlock, shortened},
    plain,
};
use crate::model::{BlockKind, FileKind, Info, LeftOutReason, Origin, Proposal, ReadOptions};
use about::letters;
pub(in crate::formats::article) use blocks::without_controls;
pub(in crate::formats::article) use encoding::decode;

use address::Address;
use article::Verdict;
use blocks::{Block, Shape};
use tree::{MOST_NODES, Tree};

/// Reads `bytes` as a page or as a part of one, and proposes its article.
///
/// Fails if it has nothing visible. The caller limits the length of `bytes`.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Proposal, ReadError> {
    let (html, encoding) = encoding::decode(bytes, options.encoding, None);
    let document = if is_page(&html) { article(&html, None) } else { document(&html) };
    document.proposal(FileKind::Html, encoding)
}

/// A part of a page with all of its blocks in order; only what it hides is left out.
fn document(html: &str) -> Document {
    let tree = Tree::parse(html);
    let blocks = blocks::of(&tree, &Address::new(None));
    let blocks = blocks.into_iter().enumerate().map(|(n, block)| block.into_document(n + 1));
    let blocks: Vec<_> = blocks.collect();
    told_of_cut(&tree, Document { info: with_language(Info::default(), &blocks), blocks })
}

/// The page of a mail: what it quotes and its signature are left out, unless it has nothing else.
pub(in crate::formats::article) fn mail(html: &str) -> Document {
    let tree = Tree::parse(html);
    let blocks = blocks::of(&tree, &Address::new(None));
    let by_node = letter::marks(&tree);
    let marks: Vec<_> = blocks.iter().map(|b| by_node.get(b.holder.index()).copied().flatten()).collect();
    let own =
        blocks.iter().zip(&marks).any(|(b, mark)| mark.is_none() && !b.is_beside() && !b.text.is_empty());
    let marked = blocks.into_iter().zip(marks).enumerate().map(|(n, (block, mark))| {
        let block = block.into_document(n + 1);
        let why = block.left_out.or(mark.filter(|_| own));
        DocumentBlock { left_out: why, ..block }
    });
    told_of_cut(&tree, Document { blocks: marked.collect(), ..Document::default() })
}

/// The document of a tree; if the tree is cut, what is left out says so at the end.
fn told_of_cut(tree: &Tree, mut document: Document) -> Document {
    if tree.is_cut() {
        let told = format!(
            "The page has more than {MOST_NODES} elements and texts, and what comes after them is not read. Split it, or copy the \
             text you need and paste it."
        );
        let from = Origin::Paragraph(document.blocks.len() + 1);
        let told = DocumentBlock::new(BlockKind::Paragraph, told, from);
        document.blocks.push(told.left_out(LeftOutReason::Cut));
    }
    document
}

/// The article of a page: its blocks judged, and what the page says about it.
pub(in crate::formats::article) fn article(html: &str, address: Option<&str>) -> Document {
    let tree = Tree::parse(html);
    let about = about::of(&tree, address);
    let blocks = blocks::of(&tree, &Address::new(address.or(about.info.url.as_deref())));
    let headline = headline::of(&blocks, &about.titles);
    let verdicts = article::judge(&tree, &blocks, &headline);
    let shown = headline.at.and_then(|at| blocks.get(at)).map(|b| letters(&b.text));
    let title = headline.text.filter(|t| shown.as_ref() != Some(&letters(t))).map(titled);
    let other = title.is_some();
    let repeated = title.as_ref().map(|t| t.text.clone()).unwrap_or_default();
    let judged = blocks.into_iter().zip(verdicts).enumerate();
    let judged = judged.map(|(n, (block, verdict))| match (verdict, judged_block(block, verdict, n + 1)) {
        (Verdict::Headline, block) if other => beside_the_title(block, &repeated),
        (_, block) => block,
    });
    let seen = |b: &DocumentBlock| b.left_out.is_none() || !b.text.is_empty();
    let mut blocks: Vec<_> = title.into_iter().chain(judged).filter(seen).collect();
    captions(&mut blocks);
    told_of_cut(&tree, Document { info: with_language(about.info, &blocks), blocks })
}

/// Gives each picture the caption that is in its block or follows it.
fn captions(blocks: &mut [DocumentBlock]) {
    for at in 0..blocks.len() {
        let near = blocks.get(at..).unwrap_or_default();
        let shows = near.first().is_some_and(|b| !b.pictures.is_empty());
        let next = near.iter().take(3).find(|b| b.kind == BlockKind::Caption && !b.text.is_empty());
        let next = next.filter(|b| shows && b.left_out.is_none());
        let Some(caption) = next.map(|b| shortened(&b.text)) else { continue };
        let pictures = blocks.get_mut(at).map(|b| b.pictures.as_mut_slice()).unwrap_or_default();
        pictures.iter_mut().for_each(|p| p.caption = Some(caption.clone()));
    }
}

/// The headline that a page shows where its data names another one: a heading below that one, unless its words are in it.
fn beside_the_title(block: DocumentBlock, title: &str) -> DocumentBlock {
    if letters(title).contains(&letters(&block.text)) || about::nearest(&block.text, title) > 0.6 {
        return block.left_out(LeftOutReason::Repeat);
    }
    DocumentBlock { kind: BlockKind::Heading, ..block.marked("#") }
}

/// The headline in the data of a page that shows none.
fn titled(text: String) -> DocumentBlock {
    DocumentBlock::new(BlockKind::Headline, format!("# {text}"), Origin::Paragraph(1))
}

/// The info with the language of the text, if the page names none.
fn with_language(info: Info, blocks: &[DocumentBlock]) -> Info {
    let taken = blocks.iter().filter(|b| b.left_out.is_none()).map(|b| b.text.as_str());
    let language = || plain::language_of(&taken.take(60).collect::<Vec<_>>().join("\n"));
    Info { language: info.language.clone().or_else(language), ..info }
}

fn judged_block(block: Block, verdict: Verdict, number: usize) -> DocumentBlock {
    let shape = match (verdict, block.shape) {
        (Verdict::Headline, _) => Shape::Heading(1),
        (Verdict::Standfirst, Shape::Heading(_)) => Shape::Paragraph,
        (_, Shape::Heading(1)) => Shape::Heading(2),
        (_, shape) => shape,
    };
    let block = Block { shape, ..block }.into_document(number);
    match verdict {
        Verdict::Taken | Verdict::Headline => block,
        Verdict::Standfirst => DocumentBlock { kind: BlockKind::Standfirst, ..block },
        Verdict::Detail(why) => block.left_out(why),
        Verdict::Caption => DocumentBlock { kind: BlockKind::Caption, ..block },
        Verdict::Furniture if block.left_out.is_some() => block,
        Verdict::Furniture => block.left_out(LeftOutReason::Furniture),
    }
}

/// Whether a text is a whole page and not a part that was copied.
fn is_page(html: &str) -> bool {
    let fragment = html.contains("<!--StartFragment-->") || html.contains("docs-internal-guid");
    // A `header` may be in any part of a page.
    let signs = ["<html", "<head>", "<head ", "<body", "<title", "<!doctype"];
    let begins = |rest: &[u8]| {
        signs
            .iter()
            .any(|sign| rest.get(..sign.len()).is_some_and(|r| r.eq_ignore_ascii_case(sign.as_bytes())))
    };
    !fragment && html.match_indices('<').any(|(at, _)| html.as_bytes().get(at..).is_some_and(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        read(html.as_bytes(), &ReadOptions::default()).map_or_else(|e| e.to_string(), |read| read.text)
    }

    #[test]
    fn blanks_are_one_and_lines_are_lines() {
        assert_eq!(
            text("<p>The  ferry\n <b>sails</b>\t.</p><div>At<br>noon</div>"),
            "The ferry sails .\n\nAt\nnoon\n"
        );
        assert_eq!(text("one<br><br> two<br />\n<br>three<br>"), "one\n\ntwo\n\nthree\n");
        assert_eq!(text("<p>Sec<wbr>&shy;ond<p>&nbsp;<p>three"), "Second\n\nthree\n");
        assert_eq!(text("<pre>\na  b\n c</pre>"), "a  b\n c\n");
        assert_eq!(text("<div>a<div>b</div>c</div>"), "a\n\nb\n\nc\n");
    }

    #[test]
    fn a_linked_headline_beside_another_one_keeps_its_links_and_pictures() {
        let page = "<!DOCTYPE html><html><head><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \
            \"headline\": \"Ferry fares rise again in March\"}</script></head><body><article>\
            <h1><a href='https://example.org/'>Café</a><img src='https://example.org/a.png'></h1>\
            <p>The ferry sails from the old port to the island and back, six times on each day of the week.</p>\
            <p>The ferry sails from the new port to the city and back, three times on each day of the week.</p>\
            </article></body></html>";
        let read = read(page.as_bytes(), &ReadOptions::default()).expect("a page");
        assert!(read.text.contains("## Café\n"), "{}", read.text);
        let words = read.links.iter().map(|l| l.span.and_then(|s| s.of(&read.text))).collect::<Vec<_>>();
        assert_eq!(words, [Some("Café")]);
        let at = read.pictures.first().and_then(|p| p.at);
        assert_eq!(at, read.text.find("Café").map(|at| at + "Café".len()));
    }

    #[test]
    fn a_header_makes_no_part_a_page() {
        assert!(!is_page("<article><header><h1>Ferry</h1></HEADER></article>"));
        assert!(is_page("<head><title>Ferry</title></head>") && is_page("a <HEAD lang=en>"));
    }

    #[test]
    fn lists_and_tables_have_their_marks() {
        let list =
            "<p>Fares</p><ul><li>Adults<li><p>Children</p><p>of any age</p></ul><ol start=3><li>c<li>d</ol>";
        assert_eq!(text(list), "Fares\n\n- Adults\n- Children\n\nof any age\n\n3. c\n4. d\n");
        let table = "<table><tr><th>Year<th>Fare<tr><td>2024<td><p>€3.90 | €4</p><tr><td><td>free</table>";
        assert_eq!(text(table), "| Year | Fare |\n| 2024 | €3.90 \\| €4 |\n| | free |\n");
        let layout = "<table><tr><td><p>a<p>b<p>c<td>d<tr><td>e<td>f</table>";
        assert_eq!(text(layout), "a\n\nb\n\nc\n\nd\n\ne\n\nf\n");
    }

    #[test]
    fn what_is_hidden_or_deleted_is_left_out_and_named() {
        let html = "<p>It <span style='color:red; DISPLAY : none !important'>never</span>sails.</p>\
            <div hidden>Secret</div><p>On <del>Monday</del><ins>Tuesday</ins></p><script>x</script>\
            <p>The ferry sails from the old port to the island and back, six times on each day of the week.</p>";
        let read = read(html.as_bytes(), &ReadOptions::default()).expect("a page");
        assert!(read.text.starts_with("It sails.\n\nOn Tuesday\n\n"), "{}", read.text);
        let hidden: Vec<_> = read.left_out.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(hidden, ["never", "Secret", "Monday"]);
    }

    #[test]
    fn links_have_the_place_of_their_words() {
        let html = "<ul><li>At <a href=https://example.org/port> the\nport</a>.</ul>\
            <h2><a href='mailto:a@example.org'>Board</a></h2><a href=javascript:x>run</a>";
        let read = read(html.as_bytes(), &ReadOptions::default()).expect("a page");
        let of = |n: usize| read.links.get(n).and_then(|l| l.span?.of(&read.text));
        assert_eq!((of(0), of(1), read.links.len()), (Some("the port"), Some("Board"), 2));
    }

    #[test]
    fn pastes_of_word_have_lists() {
        let html = "<html xmlns:w=x><body lang=EN-GB><p>before</p><!--StartFragment-->\
            <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>\
            <span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Adults<o:p></o:p></p>\
            <p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Children</p>\
            <p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2)<span>&nbsp;</span></span>Dogs</p>\
            <!--[if gte mso 9]><p>never</p><![endif]--><!--EndFragment--><p>after</p></body></html>";
        assert_eq!(text(html), "- Adults\n- Children\n2) Dogs\n");
    }
}
