//! How a text file was read, for people and as JSON.

use super::{Context, args::Import, display::one_line, output::Failure};
use crate::{
    formats::article::is_markdown,
    model::{Encoding, Origin, Proposal, ReadOptions},
    wire::in_words,
};
use serde_json::{Value, json};

/// The encoding that `--encoding` names.
pub fn encoding(given: Option<&str>) -> Result<Option<Encoding>, Failure> {
    let unknown = |e: &str| {
        let all = Encoding::SLUGS.join(", ");
        Failure(format!("'{e}' is not an encoding Tickmark reads; use one of {all}"))
    };
    given.map(|e| Encoding::parse(e).ok_or_else(|| unknown(e))).transpose()
}

/// How `import` is to read its file.
pub fn options(args: &Import) -> Result<ReadOptions, Failure> {
    Ok(ReadOptions {
        as_is: args.as_is,
        encoding: encoding(args.encoding.as_deref())?,
        markdown: is_markdown(&args.file),
        kind: args.kind.as_deref().map(str::parse).transpose()?,
        changes: args.changes.parse()?,
        ..ReadOptions::default()
    })
}

/// The article and revision that a returned file went out of, and whether the desk has them; null for another file.
pub fn returned(context: &Context, read: &Proposal) -> Result<Value, Failure> {
    let Some(mark) = &read.mark else { return Ok(Value::Null) };
    let unknown = json!({ "article": mark.article, "revision": null, "known": false });
    let Ok(desk) = context.open() else { return Ok(unknown) };
    let (Ok(article), Ok(revision)) = (mark.article.parse(), mark.revision.parse()) else {
        return Ok(unknown);
    };
    let known = desk.read(article, Some(revision)).is_ok();
    let number = desk.number_of(revision.0).ok().filter(|_| known);
    Ok(json!({ "article": mark.article, "revision": number, "known": known }))
}

/// What a person should see of how a text was read: an encoding other than UTF-8, and what is not in the text as written.
pub fn told(read: &Proposal) -> String {
    let mut text = match read.encoding {
        Encoding::Utf8 => String::new(),
        other => {
            format!("  read as {other}; if that is wrong, undo it and name the encoding with --encoding\n")
        }
    };
    for l in &read.left_out {
        let why = in_words(&l.why.message());
        let (place, n) = match l.from {
            Origin::Line(n) => ("line", n),
            Origin::Paragraph(n) => ("paragraph", n),
            Origin::Page(n) => ("page", n),
        };
        text += &format!("  left out, {place} {n} ({why}): {}\n", one_line(l.text.trim()));
    }
    text
}
