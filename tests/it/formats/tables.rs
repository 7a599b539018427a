//! Tables and footnotes, read back by common crates.

use super::{Field, text};
use calamine::{Data, Reader, Xlsx};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::{collections::BTreeSet, io::Cursor};

#[test]
fn the_csv_has_a_row_for_every_claim_and_no_cell_is_a_formula() {
    let made = text(Field::new().written("csv"));
    let mut rows = csv::Reader::from_reader(made.as_bytes());
    let head: Vec<String> = rows.headers().unwrap().iter().map(Into::into).collect();
    let all: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(all.len(), 4);
    let column = |name: &str| head.iter().position(|h| h == name).unwrap();
    let standings: Vec<_> = all.iter().map(|r| r[column("Status")].to_owned()).collect();
    assert_eq!(standings, ["checked", "out of date", "unchecked", "no longer in text"]);
    assert_eq!(&all[0][column("Claim")], "'=Karsk's bridge dates from 1911");
    assert_eq!(&all[0][column("Claimant")], "'@mayor");
    assert_eq!(&all[0][column("Value")], "5");
    assert!(all[0][column("Evidence")].contains("a withheld source"));
    assert_eq!(&all[1][column("Why out of date")], "“2019” → “2021”");
    for cell in all.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell}");
    }
}

#[test]
fn the_workbook_holds_the_same_words_and_no_formula() {
    let field = Field::new();
    let made = field.written("xlsx");
    assert!(made == field.written("xlsx"), "the same article gives the same bytes");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&made)).unwrap();
    assert_eq!(book.sheet_names(), ["Claims", "Sources"]);
    let claims = book.worksheet_range("Claims").unwrap();
    assert_eq!(claims.height(), 5);
    assert_eq!(claims.get_value((1, 2)), Some(&Data::String("=Karsk's bridge dates from 1911".into())));
    assert_eq!(claims.get_value((1, 9)), Some(&Data::Float(5.0)));
    assert!(book.worksheet_formula("Claims").unwrap().used_cells().next().is_none());
    let sources = book.worksheet_range("Sources").unwrap();
    assert_eq!(sources.height(), 2, "the withheld source has no row");
}

#[test]
fn every_claim_in_the_text_has_a_footnote_and_every_footnote_a_place() {
    let made = text(Field::new().written("markdown"));
    let (mut referred, mut defined) = (BTreeSet::new(), BTreeSet::new());
    for event in Parser::new_ext(&made, Options::ENABLE_FOOTNOTES) {
        match event {
            Event::FootnoteReference(name) => drop(referred.insert(name.to_string())),
            Event::Start(Tag::FootnoteDefinition(name)) => drop(defined.insert(name.to_string())),
            _ => {}
        }
    }
    assert_eq!(referred.len(), 3);
    assert_eq!(referred, defined);
    assert!(made.starts_with("# The bridge at Karsk\n\nThe bridge was built in 1911.[^1]\n"), "{made}");
    assert!(made.contains("**True.** =Karsk's") || made.contains("**True.** \\=Karsk's"), "{made}");
    assert!(made.contains("**Out of date, was: True.**") && made.contains("“2019” → “2021”"));
    assert!(
        made.contains(
            "No longer in text:\n\n-   **No longer in text, was: True.** It is 240 metres long. (Ada"
        ),
        "{made}"
    );
}

#[test]
fn the_articles_words_have_their_lines_and_emphasis_and_no_other_markdown() {
    const LIVE: &str = "<script>a()</script> <img src=x onerror=a()> ![i](http://e.example/i) [a](javascript:b()) \
        [r][1] \\[e](f) \\\\<b> `<i>` <http://e.example> &lt;b&gt; &#60;b> [^9] *kept* **too**\n\n[1]: http://e.example\n\n\
        <div>\n<svg onload=a()>\n\n[^9]: a note\n\n```\n</pre><b>\n```\n\n- a list\n- <b>\n\n> said [x](y)\n";
    let mut field = Field::new();
    let before = field.opened.text();
    field.opened.revise(&format!("{before}\n{LIVE}"));
    let made = text(field.written("markdown"));
    let (mut said, mut notes, mut kept) = (String::new(), 0, 0);
    for event in Parser::new_ext(
        &made,
        Options::ENABLE_FOOTNOTES | Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH,
    ) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => panic!("live markup: {event:?}"),
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => {
                panic!("live: {event:?}")
            }
            Event::Start(Tag::FootnoteDefinition(_)) => notes += 1,
            Event::Start(Tag::Emphasis | Tag::List(_) | Tag::BlockQuote(_)) => kept += 1,
            Event::Text(words) => said += &words,
            _ => {}
        }
    }
    assert_eq!(notes, 3, "only the claims' own notes");
    assert!(kept >= 3 && said.contains("<script>a()</script>") && said.contains("\\[e](f)"), "{said}");
}

#[test]
fn peoples_words_are_escaped_in_markdown() {
    let mut field = Field::new();
    let at = (field.article(), field.held);
    field.opened.desk.give_verdict(at, "false", None, "# <script>\n[a](b) *x* 1. ![i](j)").unwrap();
    let made = text(field.written("markdown"));
    for event in Parser::new_ext(&made, Options::ENABLE_FOOTNOTES) {
        assert!(!matches!(event, Event::Html(_) | Event::InlineHtml(_)));
        assert!(!matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis)));
    }
}
