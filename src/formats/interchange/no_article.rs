//! Files of other programs that somebody imports as an article by mistake: they hold claims, sources, answers or data.

use super::{FORMATS, Reads, claim_table, incoming, sheet};

/// What a file holds that is no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoArticle {
    /// Claims, in the format of that name.
    Claims(&'static str),
    /// Sources, in the format of that name.
    Sources(&'static str),
    /// A sheet with the writer's answers.
    Answers,
    /// Data in JSON.
    Json,
}

/// What bytes hold, if that is certainly no article. A page may be an article that has reviews in it, so it is never refused.
pub fn no_article(bytes: &[u8]) -> Option<NoArticle> {
    let text = incoming::decoded(bytes).ok()?;
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
        return Some(held(text).unwrap_or(NoArticle::Json));
    }
    if text.lines().any(|l| l.trim() == sheet::END) && !start.starts_with('<') {
        return Some(NoArticle::Answers);
    }
    let table = || claim_table::is_certain(text).then_some(NoArticle::Claims("a table (CSV)"));
    // An article may quote such an entry, but does not begin with one.
    let begins_with_entry = ["@", "%", "TY  -"].iter().any(|sign| start.starts_with(sign));
    match begins_with_entry {
        true => held(text),
        false if start.starts_with('<') => None,
        false => table(),
    }
}

/// The format of a text that is read as claims or sources without anything left out.
fn held(text: &str) -> Option<NoArticle> {
    FORMATS.iter().find_map(|f| match f.reads {
        Reads::Claims(fits, read) if fits(text) => {
            read(text).is_ok_and(|r| !r.claims.is_empty()).then_some(NoArticle::Claims(f.title))
        }
        Reads::Sources(fits, read) if fits(text) => {
            let whole = read(text).is_ok_and(|r| !r.sources.is_empty() && r.left_out.is_empty());
            whole.then_some(NoArticle::Sources(name_of(f.title)))
        }
        Reads::Claims(..) | Reads::Sources(..) | Reads::Nothing => None,
    })
}

/// The name of a format of sources, whose title is `Sources (BibTeX)`.
fn name_of(title: &'static str) -> &'static str {
    title.strip_prefix("Sources (").and_then(|t| t.strip_suffix(')')).unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_that_only_begin_like_data_are_articles() {
        for text in [
            "@mara (the editor) wrote: it rained.\n\nThen it stopped.",
            "[The ferry](https://a.example) is back.\n\nIt runs daily.",
            "{sic} is what the letter says.",
            "The claim, the text and the quote\n\nAll three were wrong.",
            "Type TY stands for nothing.\n\nTY is short.",
            "<article><p>It rained.</p></article>",
            "How to cite\n\n@book{key,\n title = {A book}\n}\n\nThat is how.",
        ] {
            assert_eq!(no_article(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn data_is_told_apart() {
        let bib = "% Encoding: UTF-8\n@book{key,\n title = {A book}\n}\n";
        let ris = "TY  - BOOK\r\nTI  - A book\r\nER  - \r\n";
        let table = "Words,Remark\nIt rained,Did it?\n";
        assert_eq!(no_article(bib.as_bytes()), Some(NoArticle::Sources("BibTeX")));
        assert_eq!(no_article(ris.as_bytes()), Some(NoArticle::Sources("RIS")));
        assert_eq!(
            no_article(br#"[{"type":"book","title":"A book"}]"#),
            Some(NoArticle::Sources("CSL-JSON"))
        );
        assert_eq!(no_article(br#"{"some": ["data"]}"#), Some(NoArticle::Json));
        assert_eq!(no_article(table.as_bytes()), Some(NoArticle::Claims("a table (CSV)")));
    }
}
