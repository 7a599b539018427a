//! Web pages: which of their words become the article, what is known about it, and that reading one harms nothing.

use crate::support::Place;
use tickmark::{
    formats::article::{self, ReadError},
    model::{BlockKind, Encoding, FileKind, LeftOutReason, Proposal, ReadOptions},
};

fn read(page: &str) -> Proposal {
    article::read(page.as_bytes(), &ReadOptions::default()).expect("a page with an article")
}

/// A news page in our own words, as such pages are made.
const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Ferry fares to rise in March | Harbour News</title>
<meta property="og:site_name" content="Harbour News"><meta name="keywords" content="ferry, fares">
<link rel="canonical" href="https://example.org/news/ferry">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"},
 {"@type": "NewsArticle", "headline": "Ferry fares to rise in March", "datePublished": "2025-06-03T09:15:00+01:00",
  "author": [{"@type": "Person", "name": "Ruth Adeyemi"}, {"@type": "Person", "name": "Amadou Keita"}]}]}</script>
</head><body class="has-sidebar comments-open">
<div id="cookie-consent"><p>We and our partners store cookies on this device, and we would like you to accept all of them.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="wrap"><h1>Ferry fares to rise in March</h1>
<p class="standfirst">The harbour board says that the boats need new engines</p>
<div class="meta">By Ruth Adeyemi</div><ul class="share-tools"><li><a href="https://example.org/share">Share</a></li></ul>
<div class="content">
<p>The crossing will cost €4.20 from 1 March, the <a href="/board">harbour board</a> said on Tuesday, after two years in which
the fare had stayed as it was.</p>
<figure><img src="/boat.jpg" alt="A boat"><figcaption>The old boat at the quay</figcaption></figure>
<p>Traffic fell by a tenth last year, and half of the boats are older than thirty years, which makes them costly to repair.</p>
<h2>What passengers say</h2>
<p>“We are sorry,” said Nia Berg, who crosses twice a day, “but the ferry was never cheap, and now it is not even punctual.”</p>
<ul><li>Adults: €4.20</li><li>Children: €2.10</li></ul>
<p>Read more: <a href="/old">How the old port was closed</a></p>
<div class="newsletter-box"><p>Get the harbour in your inbox, every morning, before anyone else has read about it.</p></div>
<p>The board will meet again in April, and its members want to hear from the islands before they decide about the winter.</p>
</div>
<div class="related-articles"><h3>More stories</h3><p><a href="/a">Bridge closed for a week after the flood of last Monday</a></p></div>
<section id="comments"><p>I have used this ferry for forty years, and I think that the board has no idea of what it is doing there.</p></section>
</div><footer><p>© Harbour News, all rights reserved, and none of it may be printed without our consent.</p></footer></body></html>"#;

#[test]
fn a_news_page_gives_its_article_and_nothing_around_it() {
    let read = read(PAGE);
    assert_eq!(
        read.text,
        "# Ferry fares to rise in March\n\n\
         The harbour board says that the boats need new engines\n\n\
         The crossing will cost €4.20 from 1 March, the harbour board said on Tuesday, after two years in which the fare had \
         stayed as it was.\n\n\
         The old boat at the quay\n\n\
         Traffic fell by a tenth last year, and half of the boats are older than thirty years, which makes them costly to \
         repair.\n\n\
         ## What passengers say\n\n\
         “We are sorry,” said Nia Berg, who crosses twice a day, “but the ferry was never cheap, and now it is not even \
         punctual.”\n\n\
         - Adults: €4.20\n- Children: €2.10\n\n\
         The board will meet again in April, and its members want to hear from the islands before they decide about the \
         winter.\n"
    );
    let kind = |words: &str| {
        let block = read.blocks.iter().find(|b| b.span.of(&read.text).is_some_and(|t| t.contains(words)));
        block.map(|b| b.kind)
    };
    assert_eq!(kind("Ferry fares"), Some(BlockKind::Headline));
    assert_eq!(kind("new engines"), Some(BlockKind::Standfirst));
    assert_eq!(kind("at the quay"), Some(BlockKind::Caption));
    assert_eq!(kind("passengers say"), Some(BlockKind::Heading));
    assert_eq!(kind("Adults"), Some(BlockKind::Kept));
}

#[test]
fn what_is_around_an_article_can_be_put_back() {
    let read = read(PAGE);
    for words in ["Share", "Read more", "inbox", "forty years", "all rights reserved", "store cookies"] {
        let out = read.left_out.iter().find(|l| l.text.contains(words));
        assert_eq!(out.map(|l| l.why), Some(LeftOutReason::Furniture), "{words}");
    }
}

#[test]
fn a_page_says_when_where_and_by_whom_it_was_published() {
    let info = read(PAGE).info;
    assert_eq!(info.byline.as_deref(), Some("Ruth Adeyemi, Amadou Keita"));
    assert_eq!((info.date.as_deref(), info.time.as_deref()), (Some("2025-06-03"), Some("09:15:00")));
    assert_eq!(info.outlet.as_deref(), Some("Harbour News"));
    assert_eq!(info.language.as_deref(), Some("en"));
    assert_eq!(info.url.as_deref(), Some("https://example.org/news/ferry"));
    assert_eq!(info.tags, ["ferry", "fares"]);
}

#[test]
fn links_are_whole_and_pictures_are_named() {
    let read = read(PAGE);
    let urls: Vec<_> = read.links.iter().map(|l| (l.url.as_str(), l.words.as_str())).collect();
    assert_eq!(urls, [("https://example.org/board", "harbour board")]);
    let [picture] = &read.pictures[..] else { panic!("one picture: {:?}", read.pictures) };
    assert_eq!(
        (picture.name.as_str(), picture.alt.as_deref()),
        ("https://example.org/boat.jpg", Some("A boat"))
    );
    assert_eq!((&picture.bytes, picture.caption.as_deref()), (&None, Some("The old boat at the quay")));
}

#[test]
fn articles_without_blanks_between_words_are_found() {
    let page = "<html><head><title>渡船票价上涨 - 港口新闻</title></head><body><ul class=menu><li><a href=/>首页</a></li></ul>\
        <h1>渡船票价上涨</h1><div id=text><p>港务局星期二表示，从三月一日起，渡船票价将上涨到四点二欧元，这是两年来的第一次上涨。</p>\
        <p>去年的客流量下降了十分之一，一半以上的船只已经超过三十年，维修费用很高。</p></div>\
        <div class=related><a href=/b>桥梁关闭一周</a></div></body></html>";
    let read = read(page);
    assert!(read.text.starts_with("# 渡船票价上涨\n\n港务局星期二表示"), "{}", read.text);
    assert!(read.text.ends_with("维修费用很高。\n"), "{}", read.text);
    assert_eq!(read.info.language.as_deref(), Some("zh"));
}

#[test]
fn a_page_that_was_saved_names_where_from() {
    let page = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.org/ferry \n saved date: Wed Nov 26 2025\n-->\
        <head><meta charset=utf-8></head><body><h1>Ferry</h1><p>The crossing will cost more, the board said on Tuesday.</p></body></html>";
    let info = read(page).info;
    assert_eq!((info.url.as_deref(), info.date), (Some("https://example.org/ferry"), None));
}

#[test]
fn a_part_that_was_copied_is_taken_whole() {
    let options = ReadOptions { kind: Some(FileKind::Html), ..ReadOptions::default() };
    let part = "<meta charset='utf-8'><b id=\"docs-internal-guid-1\"><p>Share</p><p><a href=\"https://example.org/\">Read more</a></p></b>";
    let read = article::read(part.as_bytes(), &options).expect("words");
    assert_eq!(read.text, "Share\n\nRead more\n");
    assert_eq!(read.left_out, []);
}

#[test]
fn a_page_that_is_cut_says_so() {
    let read = read(&"<p>The bridge reopened on Monday.</p>".repeat(160_000));
    assert!(read.text.starts_with("The bridge reopened on Monday.\n\nThe bridge"));
    let last = read.left_out.last().expect("a line that tells it");
    assert!(last.text.contains("more than 300000 elements") && last.text.contains("Split it"), "{last:?}");
    assert_eq!((read.left_out.len(), last.why), (1, LeftOutReason::Cut));
}

#[test]
fn pictures_and_their_captions_have_bounds() {
    let pictures = "<img src='https://example.org/a.png'>".repeat(20_100);
    let part = format!("<figure>{pictures}<figcaption>{}</figcaption></figure>", "é".repeat(5_000));
    let page = format!(
        "<!DOCTYPE html><body><h1>Ferry</h1><article><p>{}</p>{part}</article>",
        "It runs, they said. ".repeat(20)
    );
    let read = read(&page);
    assert_eq!(read.pictures.len(), 20_000);
    let cut = read.left_out.iter().find(|l| l.why == LeftOutReason::Cut).expect("a line that tells it");
    assert!(cut.text.contains("more than 20000 pictures"), "{cut:?}");
    assert!(read.pictures.iter().all(|p| p.caption.as_ref().is_some_and(|c| c.len() == 2_000)));
    assert!(read.text.contains(&"é".repeat(5_000)));
}

#[test]
fn a_part_of_a_page_is_known_unless_it_is_markdown() {
    let part = "<!-- ours -->\n<div><p>The ferry <b>runs</b>.</p></div>\n";
    let read = read(part);
    assert_eq!((read.kind, read.text.as_str()), (FileKind::Html, "The ferry runs.\n"));
    let markdown = ReadOptions { markdown: true, ..ReadOptions::default() };
    let read = article::read(part.as_bytes(), &markdown).expect("words");
    assert_eq!(read.kind, FileKind::Markdown);
    let as_is = ReadOptions { as_is: true, ..ReadOptions::default() };
    let read = article::read(part.as_bytes(), &as_is).expect("words");
    assert_eq!((read.kind, read.text.as_str()), (FileKind::Text, part));
}

#[test]
fn an_article_that_was_written_as_a_part_of_a_page_comes_in_as_the_same_words() {
    let place = Place::new();
    let text = "# Ferry fares rise\n\nThe crossing costs **€4.20** from March.\n\n## What follows\n\n- Adults: €4.20\n- Dogs: free\n\n\
        “We are sorry,” said Nia <Berg>.\n";
    place.json(&["import", &place.file("ferry.md", text)]);
    let written = place.path("ferry.html");
    place.json(&["export", "1", "--format", "fragment", "--to", &written]);
    let read = place.json(&["import", &written, "--look"]);
    assert_eq!(
        (read["kind"].as_str(), read["text"].as_str()),
        (Some("html"), Some(&*text.replace("**", "")))
    );
}

#[test]
fn the_encoding_is_what_the_page_says_unless_a_person_says_otherwise() {
    let page = "<html><head><meta charset=windows-1251></head><body><p>Паром отходит в полдень от старой пристани.</p></body></html>";
    let bytes: Vec<u8> = page
        .chars()
        .map(|c| match c {
            'А'..='я' => (c as u32 - 'А' as u32 + 0xc0) as u8,
            c => c as u8,
        })
        .collect();
    let read = article::read(&bytes, &ReadOptions::default()).expect("a page");
    assert!(read.text.contains("Паром отходит"), "{}", read.text);
    assert_eq!((read.kind, read.encoding), (FileKind::Html, Encoding::Windows1251));
    let asked = ReadOptions { encoding: Some(Encoding::Windows1252), ..ReadOptions::default() };
    assert!(article::read(&bytes, &asked).expect("a page").text.contains("Ïàðîì"));
}

#[test]
fn pages_that_are_made_to_harm_give_their_words() {
    let words = "<p>The bridge reopened on Monday, and nobody was hurt.</p>";
    for page in [
        format!("<html><body>{}{words}", "<div>".repeat(50_000)),
        format!("<html><body>{}{words}", "<table><tr><td>".repeat(3_000)),
        format!("<html><body>{}{words}", "<b><i>".repeat(10_000)),
        format!("<html><body>{}{words}", "<ul><li>".repeat(10_000)),
        format!("<html><body{}>{words}", (0..50_000).map(|n| format!(" a{n}=x")).collect::<String>()),
        format!("<html><body>{words}<!-- {}", "-".repeat(500_000)),
    ] {
        assert!(read(&page).text.contains("reopened on Monday"));
    }
}

#[test]
fn a_page_without_words_is_refused() {
    let page = "<html><body><script>let a = 'words';</script><p> &nbsp; </p></body></html>";
    assert_eq!(article::read(page.as_bytes(), &ReadOptions::default()), Err(ReadError::Blank));
}

#[test]
fn the_name_of_a_file_says_that_it_is_markdown() {
    let place = Place::new();
    let part = "<div>\n\nA line\nof *two*.\n\n</div>\n";
    for name in ["a.md", "b.markdown", "C.MARKDOWN"] {
        let file = place.file(name, part);
        assert_eq!(place.json(&["import", &file, "--look"])["kind"], "markdown", "{name}");
        let dropped = serde_json::json!({ "name": name, "base64": "T25lIHN0YXRlbWVudC4K" });
        assert_eq!(place.call("import.dropped", &dropped)["kind"], "markdown", "{name}");
    }
}

/// A page with `data` in its head, and these words at the beginning and the end of its article.
fn page_with(data: &str, begin: &str, end: &str) -> Proposal {
    let said = "<p>The crossing will cost more from the first of March, the harbour board said, after two years in which the fares had stayed as they were.</p>";
    read(&format!(
        "<!DOCTYPE html><html><head>{data}</head><body><article><h1>Ferry fares</h1>{begin}{}{end}</article></body></html>",
        said.repeat(4)
    ))
}

#[test]
fn what_is_shown_on_demand_or_only_names_people_is_no_text() {
    let box_in_line = "<p>The board’s head <span class='people-link'>Nia Berg<span class='people-rollover-block'>Nia Berg: more stories \
        on the harbour</span></span> called the rise bitter, but said that it was fair to all who live on the islands.</p>";
    let read = page_with("", "", box_in_line);
    assert!(read.text.contains("head Nia Berg called"), "{}", read.text);
    let told = |text: &str| read_reason(&page_with("", "", &format!("<p>{text}</p>")), text);
    let dated = "Ada Long August 08, 2018";
    let read = page_with("", &format!("<div>{dated}</div>"), "");
    assert_eq!(read_reason(&read, dated), Some(LeftOutReason::Date));
    assert_eq!(told("Ada Long and Ben Fox contributed to this report."), Some(LeftOutReason::Byline));
    assert_eq!(told("Like this story? Share it with a friend!"), Some(LeftOutReason::Furniture));
    assert_eq!(told("The board contributed to this report on fares in August 2018, and paid for it."), None);
}

/// Why a line is left out; `None` if it is not.
fn read_reason(read: &Proposal, text: &str) -> Option<LeftOutReason> {
    read.left_out.iter().find(|l| l.text == text).map(|l| l.why)
}

#[test]
fn a_name_in_the_data_that_the_page_shows_as_its_heading_is_the_headline() {
    let named = |name: &str| {
        let data = serde_json::json!({ "@type": "Article", "name": name, "headline": "list of prices" });
        page_with(&format!("<script type='application/ld+json'>{data}</script>"), "", "").text
    };
    assert!(named("Ferry fares").starts_with("# Ferry fares\n"));
    assert!(named("Something else").starts_with("# list of prices\n"));
}

#[test]
fn a_short_list_of_links_counts_only_where_the_article_goes_on_behind_it() {
    let said = "<p>The crossing will cost more from the first of March, the harbour board said, after two years in which the fares had \
        stayed as they were.</p>";
    let list = "<ul><li><a href='/a'>The oldest ferries of the coast</a></li><li><a href='/b'>Ten harbours to see</a></li></ul>";
    let page = |end: &str| {
        format!(
            "<!DOCTYPE html><body><article><h1>Ferry fares</h1>{}{list}{end}</article></body>",
            said.repeat(4)
        )
    };
    assert!(read(&page(said)).text.contains("- Ten harbours to see"));
    let trailing = read(&page("<p>First printed in the harbour news.</p>"));
    assert!(!trailing.text.contains("Ten harbours"), "{}", trailing.text);
}
