//! Writes the comparison of two texts as one self-contained HTML page: no script, no network, light and dark.

use crate::text::{Diff, Part, Span};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1d1b18;--paper:#fbfaf7;--in:#0b5d3b;--in-wash:#dff1e6;--out:#8f2a20;--out-wash:#f8e1de;--move:#4a4a8a;--move-wash:#e6e6f6}\
@media(prefers-color-scheme:dark){:root{--ink:#e8e4dc;--paper:#191817;--in:#8fd6b0;--in-wash:#16382a;--out:#f0a59b;--out-wash:#43201c;--move:#b9b9ec;--move-wash:#2b2b4a}}\
body{margin:3rem auto;max-width:44rem;padding:0 1.5rem;font:1.0625rem/1.6 Literata,Georgia,serif;color:var(--ink);background:var(--paper)}\
h1{font-size:1.5rem;line-height:1.25}ul{padding-inline-start:1.2rem}li{margin:.25rem 0}\
main{white-space:pre-wrap;margin-block-start:2rem;border-block-start:1px solid currentColor;padding-block-start:1.5rem}\
ins{color:var(--in);background:var(--in-wash);text-decoration:underline}\
del{color:var(--out);background:var(--out-wash);text-decoration:line-through}\
.moved{color:var(--move);background:var(--move-wash);text-decoration:underline dotted}.left{text-decoration:line-through dotted}";

/// The page. `changes` are the changes in statements; `texts` are the older and the newer text that `diff` compares.
pub fn page(
    headline: &str,
    language: Option<&str>,
    changes: &[String],
    texts: (&str, &str),
    diff: &Diff,
) -> String {
    let title = escape(headline);
    let language = escape(language.unwrap_or("und"));
    let list: String = changes.iter().map(|s| format!("<li>{}</li>", escape(s))).collect();
    let list = if list.is_empty() { String::new() } else { format!("<ul>{list}</ul>") };
    let body: String = diff.parts.iter().map(|p| part(p, texts)).collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\
         <body><header><h1 dir=\"auto\">{title}</h1>{list}</header><main dir=\"auto\">{body}</main></body></html>\n"
    )
}

fn part(part: &Part, (old, new): (&str, &str)) -> String {
    let words = |text: &str, span: &Span| escape(span.of(text).unwrap_or_default());
    match part {
        Part::Kept { new: n, .. } => words(new, n),
        Part::Deleted { old: o } => format!("<del>{}</del>", words(old, o)),
        Part::Inserted { new: n } => format!("<ins>{}</ins>", words(new, n)),
        Part::MovedFrom { old: o, id } => {
            format!("<del class=\"moved left\" title=\"moved, {}\">{}</del>", id + 1, words(old, o))
        }
        Part::MovedTo { new: n, id } => {
            format!("<ins class=\"moved\" title=\"moved, {}\">{}</ins>", id + 1, words(new, n))
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
