//! The page of a bundle: complete, escaped and self-contained.

use super::{bags::unpack, dossier::*};

fn page() -> String {
    let dir = tempfile::tempdir().unwrap();
    let top = unpack(&bundle(), dir.path());
    if let Some(keep) = std::env::var_os("TICKMARK_KEEP_BUNDLE") {
        std::fs::write(keep, bundle()).unwrap();
    }
    std::fs::read_to_string(top.join("data/index.html")).unwrap()
}

/// The page's text without its tags, as in a browser.
fn text_of(html: &str) -> String {
    let body = html.split("<article id=\"article\"").nth(1).unwrap().split("</article>").next().unwrap();
    let (mut text, mut tag) = (String::new(), true);
    for c in body.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn the_page_needs_neither_script_nor_network() {
    // The reviews are in a script element as data, which no browser runs.
    let page = page().replacen("<script type=\"application/ld+json\">", "", 1);
    for word in ["<script", "javascript:", "@import", "url(", "<link", "<img", "onload"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn every_word_of_the_article_is_on_the_page() {
    let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let text = text_of(&page());
    // The numbers of the claims follow their words.
    let text = text
        .replace("sank1", "sank")
        .replace("sank2", "sank")
        .replace("20221", "2022")
        .replace("20222", "2022");
    assert_eq!(solid(&text), solid(SECOND));
}

#[test]
fn peoples_words_are_escaped_and_changes_are_shown() {
    let page = page();
    assert!(page.contains("The &lt;Ferry&gt; &amp; the 🛶"));
    assert!(page.contains("Is that &lt;certain&gt;?"));
    assert!(!page.contains("<certain>") && !page.contains("<Author>") && !page.contains("<note>"));
    assert!(page.contains("<del>2020</del>") && page.contains("<ins>2022</ins>"), "the difference is shown");
    assert!(page.contains("Out of date, was: True") && page.contains("“2020” → “2022”"));
    assert!(page.contains("a withheld source"));
}
