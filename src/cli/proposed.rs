//! What a file holds, as JSON: the contract of `import --look --json`. Offsets are in code points of `text`.

use crate::{
    model::{
        Digest, FileChange, FileComment, FileLink, FilePicture, LeftOut, Origin, Proposal, ProposedBlock,
    },
    text::{Byte, Offsets, Span},
    wire::script,
};
use serde_json::{Value, json};

/// A proposal.
pub fn proposal(read: &Proposal) -> Value {
    let at = Offsets::new(&read.text);
    let changes = read.changes.iter().enumerate();
    let comments = read.comments.iter().enumerate();
    json!({
        "kind": read.kind.as_str(),
        "encoding": read.encoding.as_str(),
        "text": read.text,
        "info": script::info(&read.info),
        "recognised": read.blocks.iter().map(|b| block(&at, b)).collect::<Vec<_>>(),
        "left_out": all_left_out(read),
        "changes": changes.map(|(n, c)| change(&at, read, n, c)).collect::<Vec<_>>(),
        "comments": comments.map(|(n, c)| comment(&at, n, c)).collect::<Vec<_>>(),
        "links": read.links.iter().map(|l| link(&at, l)).collect::<Vec<_>>(),
        "images": read.pictures.iter().map(|p| picture(&at, p)).collect::<Vec<_>>(),
        "returned": null,
    })
}

/// What is not in the text as written.
pub fn all_left_out(read: &Proposal) -> Vec<Value> {
    read.left_out.iter().map(left_out).collect()
}

/// Both ends of a span in code points; null for none.
pub fn ends(at: &Offsets<'_>, span: Option<Span>) -> [Option<usize>; 2] {
    let point = |b: Byte| at.to_point(b).ok().map(|p| p.0);
    [span.and_then(|s| point(s.start)), span.and_then(|s| point(s.end))]
}

fn block(at: &Offsets<'_>, b: &ProposedBlock) -> Value {
    let [start, end] = ends(at, Some(b.span));
    json!({ "kind": b.kind.as_str(), "start": start, "end": end })
}

/// `line` counts the file's lines, blocks or pages; `page` is there for a page.
fn left_out(l: &LeftOut) -> Value {
    let page = matches!(l.from, Origin::Page(_)).then(|| l.from.number());
    json!({ "line": l.from.number(), "page": page, "text": l.text, "why": l.why.as_str() })
}

/// A change. `start` and `end` enclose all of its edits; both are null for a change inside another.
pub fn change(at: &Offsets<'_>, read: &Proposal, n: usize, c: &FileChange) -> Value {
    let own = |span: Span| c.within.is_none().then_some(span);
    let first = c.edits.first().zip(c.edits.last()).map(|(a, b)| Span::new(a.span.start, b.span.end));
    let [start, end] = ends(at, first.and_then(own));
    let gone = c.edits.iter().filter_map(|e| own(e.span).and_then(|s| s.of(&read.text)));
    json!({
        "number": n + 1, "kind": c.kind.as_str(), "start": start, "end": end,
        "words": gone.collect::<String>(),
        "with": c.edits.iter().map(|e| e.with.as_str()).collect::<String>(),
        "author": c.author, "date": c.date, "within": c.within.map(|w| w + 1),
    })
}

fn comment(at: &Offsets<'_>, n: usize, c: &FileComment) -> Value {
    let [start, end] = ends(at, c.span);
    json!({
        "number": n + 1, "author": c.author, "date": c.date, "text": c.text, "quote": c.quote,
        "start": start, "end": end, "reply_to": c.reply_to.map(|r| r + 1), "resolved": c.resolved,
    })
}

fn link(at: &Offsets<'_>, l: &FileLink) -> Value {
    let [start, end] = ends(at, l.span);
    json!({ "url": l.url, "words": l.words, "start": start, "end": end, "note": l.note })
}

fn picture(at: &Offsets<'_>, p: &FilePicture) -> Value {
    json!({
        "name": p.name,
        "bytes": p.bytes.as_ref().map(Vec::len),
        "sha256": p.bytes.as_ref().map(|b| Digest::of(b).to_string()),
        "alt": p.alt, "caption": p.caption,
        "at": p.at.and_then(|b| at.to_point(Byte(b)).ok()).map(|p| p.0),
    })
}
