//! `search`.

use super::{
    Context,
    display::one_line,
    output::{Failure, Output},
};
use crate::{
    desk::FoundKind,
    text::{Offsets, Span},
    wire::script,
};
use serde_json::json;

/// `search`
pub fn search(context: &Context, words: &str) -> Result<Output, Failure> {
    let desk = context.open()?;
    let (mut all, mut text) = (Vec::new(), String::new());
    for f in desk.search(words)? {
        let (kind, mark) = match f.kind {
            FoundKind::Article => ("article", ""),
            FoundKind::Tag => ("tag", ""),
            FoundKind::Person => ("person", ""),
            FoundKind::Claim => ("claim", "C"),
            FoundKind::Source => ("source", "S"),
        };
        let numbered = !matches!(f.kind, FoundKind::Tag | FoundKind::Person);
        let number = f.id.filter(|_| numbered).map(|id| desk.number_of(id)).transpose()?;
        let name = number.map_or_else(|| kind.to_owned(), |n| format!("{kind} {mark}{n}"));
        text += &format!("{name}  {}  {}\n", one_line(&f.title), one_line(&f.excerpt));
        let (id, article) = (f.id.map(|id| id.to_string()), f.article.map(|a| a.to_string()));
        let marks = |text: &str, spans: &[Span]| script::spans(&Offsets::new(text), spans);
        let marks =
            json!({ "title": marks(&f.title, &f.in_title), "excerpt": marks(&f.excerpt, &f.in_excerpt) });
        all.push(json!({
            "kind": kind, "id": id, "number": number, "article": article, "title": f.title, "excerpt": f.excerpt, "marks": marks,
        }));
    }
    if text.is_empty() {
        text = "Nothing found.".into();
    }
    Ok(Output::new(all.into(), text))
}
