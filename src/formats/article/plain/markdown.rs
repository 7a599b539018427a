//! Reads Markdown by its own rules: only the soft breaks of a paragraph are joined. Lists, quotations,
//! tables, code, HTML, hard breaks and front matter keep their lines. Source: CommonMark 0.31.

use super::{
    draft::{Draft, Fate},
    hyphens::{Seam, told},
    lines::Line,
    paragraphs,
    shapes::Shape,
};
use crate::model::BlockKind;
use paragraphs::Block;

/// Marks indented code and HTML blocks, which stay unchanged whatever they look like.
pub fn protect(draft: &mut Draft<'_>) {
    let mut html = false;
    for at in 0..draft.lines.len() {
        let line = draft.lines[at];
        let fresh = at == 0 || draft.shapes[at - 1] == Shape::Blank;
        html = !line.is_blank() && (html || (fresh && opens_html(line.text())));
        let code = line.indent() >= 4 && (fresh || draft.shapes[at - 1] == Shape::Verbatim);
        let open = !matches!(draft.shapes[at], Shape::Verbatim | Shape::Blank | Shape::Item);
        if open && (html || code) {
            draft.shapes[at] = Shape::Verbatim;
        }
    }
}

fn opens_html(text: &str) -> bool {
    let name = text.strip_prefix('<').map(|t| t.trim_start_matches(['/', '!']));
    let link = text.starts_with("<http") || text.starts_with("<mailto");
    !link && name.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-'))
}

/// The blocks of a Markdown draft.
pub fn blocks(draft: &mut Draft<'_>) -> Vec<Block> {
    lazy_lines_stay_with_their_item(draft);
    paragraphs::blocks_by(draft, &|draft, run| {
        let lines = run.iter().map(|at| draft.lines[*at]).collect::<Vec<_>>();
        vec![soft(draft, &lines)]
    })
}

/// Adds a paragraph line right below a list item or quotation to it (CommonMark: lazy continuation).
fn lazy_lines_stay_with_their_item(draft: &mut Draft<'_>) {
    for at in 1..draft.lines.len() {
        let above = draft.shapes[at - 1];
        if draft.shapes[at] == Shape::Prose
            && draft.fates[at] == Fate::Text
            && matches!(above, Shape::Item | Shape::Quote)
        {
            draft.shapes[at] = above;
        }
    }
}

/// Joins the soft breaks of a paragraph; a hard break (two spaces or a backslash) stays.
fn soft(draft: &Draft<'_>, lines: &[Line<'_>]) -> Block {
    let mut block = Block::new(BlockKind::Paragraph, String::new(), lines[0].number);
    for (n, line) in lines.iter().enumerate() {
        let next = lines.get(n + 1).map(Line::text);
        let hard = next.is_some() && (line.raw.ends_with("  ") || line.raw.ends_with('\\'));
        block.text.push_str(if hard { line.raw.trim_start() } else { line.text() });
        match next.filter(|_| !hard).map(|next| draft.known.seam(line.text(), next)) {
            None if hard => block.text.push('\n'),
            Some(Seam::WithoutHyphen) => {
                block.text.pop();
                block.hyphens.push(told(line));
            }
            Some(Seam::Blank) => block.text.push(' '),
            Some(Seam::Nothing) | None => {}
        }
    }
    block
}
