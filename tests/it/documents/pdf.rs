//! PDFs, written here by hand: what comes of their glyphs, and that reading one harms nothing.

use crate::support::Place;
use std::fmt::Write as _;
use tickmark::{
    formats::article::{self, ReadError},
    model::{BlockKind, LeftOutReason, Proposal, ReadOptions},
};

/// A page of 612 by 792 points.
#[derive(Default)]
struct Page {
    content: String,
    /// Areas and addresses of links.
    links: Vec<([u32; 4], &'static str)>,
}

impl Page {
    /// Writes a line at a place from the upper left corner, in the ordinary (1) or the bold (2) font.
    fn line(&mut self, font: u8, size: f64, (x, y): (f64, f64), words: &str) -> &mut Self {
        let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(self.content, "BT /F{font} {size} Tf {x} {} Td ({words}) Tj ET", 792.0 - y);
        self
    }

    /// Writes lines of 10 points below each other.
    fn lines(&mut self, x: f64, mut y: f64, lines: &str) -> f64 {
        for words in lines.split('\n') {
            if !words.is_empty() {
                self.line(1, 10.0, (x, y), words);
            }
            y += if words.is_empty() { 8.0 } else { 12.0 };
        }
        y
    }
}

/// A PDF of these pages.
fn pdf(pages: &[Page], info: &str) -> Vec<u8> {
    let numbers: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 6 + 2 * n)).collect();
    let fonts = ["Helvetica", "Helvetica-Bold"].map(|name| {
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
    });
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", numbers.join(" "), pages.len()),
        fonts[0].clone(),
        fonts[1].clone(),
        format!("<< {info} >>"),
    ];
    for (n, page) in pages.iter().enumerate() {
        let link = |([a, b, c, d], url): &([u32; 4], &str)| {
            format!("<< /Type /Annot /Subtype /Link /Rect [{a} {b} {c} {d}] /A << /S /URI /URI ({url}) >> >>")
        };
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Annots [{}] \
             /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            7 + 2 * n,
            page.links.iter().map(link).collect::<String>()
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{}\nendstream", page.content.len(), page.content));
    }
    written(&objects)
}

fn written(objects: &[String]) -> Vec<u8> {
    let (mut out, mut places) = ("%PDF-1.7\n".to_owned(), String::new());
    for (n, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = out.len();
    let _ = write!(
        out,
        "xref\n0 {}\n0000000000 65535 f \n{places}trailer\n<< /Size {} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1,
        objects.len() + 1
    );
    // The standard encoding of these fonts has one byte for each character used here.
    out.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn read(pages: &[Page]) -> Proposal {
    article::read(&pdf(pages, ""), &ReadOptions::default()).unwrap()
}

fn refused(bytes: &[u8]) -> String {
    article::read(bytes, &ReadOptions::default()).unwrap_err().to_string()
}

fn furniture(read: &Proposal) -> Vec<(usize, &str)> {
    let out = read.left_out.iter().filter(|l| l.why == LeftOutReason::Furniture);
    out.map(|l| (l.from.number(), l.text.as_str())).collect()
}

const LEFT: &str = "The ferry to the island runs again since the\n\
    first day of March, as the harbour office has\nconfirmed to this paper on Tuesday.\n\n\
    The old ship was sold to a yard in the south\nand is broken up there over the summer, while\nits crew";
const RIGHT: &str = "has been hired by the new company, which pays\n\
    them as before.\n\nTickets cost four crowns, and children travel\n\
    free on weekdays until the end of the year if\nsomebody goes with them and pays in full on\n\
    the pier.";

/// Two columns, drawn row by row, as some programs do.
fn two_columns() -> Page {
    let mut page = Page::default();
    page.line(2, 18.0, (72.0, 80.0), "The ferry to the island runs again after a long winter");
    for (left, right) in LEFT.split('\n').zip(RIGHT.split('\n')).enumerate().map(|(n, both)| {
        (((72.0, 120.0 + 12.0 * n as f64), both.0), ((324.0, 120.0 + 12.0 * n as f64), both.1))
    }) {
        for (at, words) in [left, right] {
            if !words.is_empty() {
                page.line(1, 10.0, at, words);
            }
        }
    }
    page
}

#[test]
fn columns_are_read_one_after_the_other_and_a_paragraph_goes_over_them() {
    let read = read(&[two_columns()]);
    let paragraphs: Vec<&str> = read.text.split("\n\n").map(str::trim).collect();
    assert_eq!(
        paragraphs,
        [
            "# The ferry to the island runs again after a long winter",
            "The ferry to the island runs again since the first day of March, as the harbour office has confirmed to this paper on Tuesday.",
            "The old ship was sold to a yard in the south and is broken up there over the summer, while its crew has been hired by the new company, which pays them as before.",
            "Tickets cost four crowns, and children travel free on weekdays until the end of the year if somebody goes with them and pays in full on the pier.",
        ]
    );
    let kinds: Vec<BlockKind> = read.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds[..2], [BlockKind::Headline, BlockKind::Paragraph]);
}

#[test]
fn a_paragraph_goes_over_pages_and_what_they_repeat_is_left_out() {
    let pages: Vec<Page> = (1..=3)
        .map(|n| {
            let mut page = Page::default();
            page.line(1, 8.0, (72.0, 40.0), "The Island Courier");
            let day = ["Monday", "Tuesday", "Friday"][n - 1];
            page.lines(
                72.0,
                100.0,
                &format!("{}\n\n{LEFT}", RIGHT.replace("which", &format!("which on {day}"))),
            );
            page.line(1, 8.0, (300.0, 750.0), &format!("Page {n}"));
            page
        })
        .collect();
    let read = read(&pages);
    assert!(
        read.text.contains("its crew has been hired by the new company, which on Tuesday pays"),
        "{}",
        read.text
    );
    let expected: Vec<(usize, String)> =
        (1..=3).flat_map(|n| [(n, "The Island Courier".to_owned()), (n, format!("Page {n}"))]).collect();
    let expected: Vec<(usize, &str)> = expected.iter().map(|(n, text)| (*n, text.as_str())).collect();
    assert_eq!(furniture(&read), expected);
}

#[test]
fn a_running_head_that_only_one_page_has_is_left_out_and_a_first_line_is_not() {
    let mut pages = [Page::default(), Page::default()];
    pages[0].lines(72.0, 100.0, LEFT);
    pages[1].line(1, 10.0, (72.0, 40.0), "The Island Courier, 4 March");
    pages[1].lines(72.0, 100.0, RIGHT);
    let read = read(&pages);
    assert_eq!(furniture(&read), [(2, "The Island Courier, 4 March")]);
    assert!(read.text.starts_with("The ferry to"));
}

#[test]
fn words_divided_at_lines_ends_are_whole_again_and_compounds_keep_their_hyphen() {
    let mut divided = Page::default();
    divided.lines(72.0, 100.0, "The minis-\nter and the com-\nmittee have al-\nready met the self-\nmade captain in Feb-\nruary or Oc-\ntober.");
    assert_eq!(
        read(&[divided]).text,
        "The minister and the committee have already met the self-made captain in February or October.\n"
    );
    let mut whole = Page::default();
    whole.lines(
        72.0,
        100.0,
        "The harbour has a well-known and much-loved captain, a less-\nthan-easy man who met the minister.",
    );
    assert!(read(&[whole]).text.contains("a less-than-easy man"));
}

#[test]
fn a_line_with_room_for_the_next_word_ends_a_paragraph() {
    let mut page = Page::default();
    page.lines(72.0, 100.0, "The ferry to the island runs again since the\nfirst day of March.\nThe old ship was sold to a yard in the south,\nthey say.");
    let read = read(&[page]);
    assert_eq!(read.blocks.len(), 2, "{}", read.text);
}

#[test]
fn indented_first_lines_begin_paragraphs() {
    let mut page = Page::default();
    for (n, (x, words)) in [
        (84.0, "The ferry to the island runs again since the"),
        (72.0, "first day of March, as the harbour office says."),
        (84.0, "The old ship was sold to a yard in the south"),
        (72.0, "and is broken up there over the summer months."),
        (84.0, "Tickets cost four crowns, and children travel"),
        (72.0, "free on weekdays until the end of the year too."),
    ]
    .into_iter()
    .enumerate()
    {
        page.line(1, 10.0, (x, 100.0 + 12.0 * n as f64), words);
    }
    assert_eq!(read(&[page]).blocks.len(), 3);
}

#[test]
fn larger_and_bold_lines_are_headings_and_bullets_items() {
    let mut page = Page::default();
    page.line(2, 20.0, (72.0, 80.0), "The ferry runs again");
    let y = page.lines(72.0, 120.0, LEFT);
    page.line(2, 10.0, (72.0, y + 16.0), "What it costs");
    let y = page.lines(72.0, y + 32.0, RIGHT);
    page.lines(72.0, y + 8.0, "\u{95} Four crowns");
    page.lines(72.0, y + 20.0, "\u{95} Free on weekdays");
    let read = read(&[page]);
    assert!(read.text.starts_with("# The ferry runs again\n\n"), "{}", read.text);
    assert!(read.text.contains("\n\n## What it costs\n\n"), "{}", read.text);
    assert!(read.text.ends_with("\n\n- Four crowns\n- Free on weekdays\n"), "{}", read.text);
}

#[test]
fn a_title_in_the_files_description_names_the_headline() {
    let mut page = Page::default();
    page.line(2, 24.0, (72.0, 60.0), "THE COURIER");
    page.line(2, 14.0, (72.0, 100.0), "The ferry runs again");
    page.lines(72.0, 130.0, LEFT);
    let bytes = pdf(&[page], "/Title (The Ferry Runs Again) /Author (Ama Mensah) /CreationDate (D:20250304)");
    let read = article::read(&bytes, &ReadOptions::default()).unwrap();
    let headline = read.blocks.iter().find(|b| b.kind == BlockKind::Headline).unwrap();
    assert_eq!(headline.span.of(&read.text), Some("# The ferry runs again"));
    assert_eq!((read.info.byline.as_deref(), read.info.date), (Some("Ama Mensah"), None));
}

#[test]
fn only_links_to_the_web_and_to_mail_are_read_with_the_words_under_them() {
    let mut page = Page::default();
    page.lines(72.0, 100.0, "ferry island harbour captain");
    // Helvetica at 10 points: "ferry" ends before 93, "island" is from 95 to 121, "harbour" from 124 to 160.
    page.links = vec![
        ([72, 688, 93, 702], "https://example.org/ferry"),
        ([95, 688, 121, 702], "javascript:alert(1)"),
        ([124, 688, 160, 702], "mailto:harbour@example.org"),
    ];
    let links: Vec<(String, String)> = read(&[page]).links.into_iter().map(|l| (l.words, l.url)).collect();
    let expected = [("ferry", "https://example.org/ferry"), ("harbour", "mailto:harbour@example.org")];
    assert_eq!(links, expected.map(|(words, url)| (words.to_owned(), url.to_owned())));
}

#[test]
fn letters_that_are_drawn_twice_or_out_of_sight_are_read_once_or_not() {
    let mut page = Page::default();
    page.lines(72.0, 100.0, "The ferry runs.");
    page.line(1, 10.0, (72.3, 100.0), "The ferry runs.");
    page.content.push_str("3 Tr\n");
    page.line(1, 10.0, (72.0, 300.0), "Hidden");
    page.content.push_str("0 Tr\n");
    page.line(1, 10.0, (-300.0, 300.0), "Outside");
    let read = read(&[page]);
    assert_eq!(read.text, "The ferry runs.\n");
    let hidden: Vec<_> = read.left_out.iter().filter(|l| l.why == LeftOutReason::Hidden).collect();
    assert_eq!(hidden.len(), 2, "{:?}", read.left_out);
}

#[test]
fn what_is_turned_against_the_text_is_left_out() {
    let mut page = Page::default();
    page.lines(72.0, 100.0, LEFT);
    page.content.push_str("BT /F1 10 Tf 0 1 -1 0 30 300 Tm (Printed in March) Tj ET\n");
    assert_eq!(furniture(&read(&[page])), [(1, "Printed in March")]);
}

/// A page with a picture and no text.
fn picture() -> Page {
    Page { content: "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID A EI Q".into(), ..Page::default() }
}

#[test]
fn a_page_that_is_a_picture_is_told_and_a_file_of_pictures_refused() {
    let mut page = Page::default();
    page.lines(72.0, 100.0, LEFT);
    let read = read(&[page, picture()]);
    let out: Vec<_> = read.left_out.iter().map(|l| (l.from.number(), l.why)).collect();
    assert_eq!(out, [(2, LeftOutReason::Object)]);
    assert!(refused(&pdf(&[picture()], "")).contains("its pages are pictures"));
    assert!(refused(&pdf(&[Page::default()], "")).contains("it has no text"));
}

#[test]
fn a_damaged_pdf_says_so() {
    let whole = pdf(&[two_columns()], "");
    for bytes in [&whole[..40], b"%PDF-1.7\n%%EOF"] {
        assert!(refused(bytes).contains("damaged"), "{}", refused(bytes));
    }
    assert!(matches!(article::read(b"%PDF-1.7", &ReadOptions::default()), Err(ReadError::Unreadable { .. })));
}

#[test]
fn the_program_reads_a_pdf_and_records_it() {
    let place = Place::new();
    let file = place.file("ferry.pdf", pdf(&[two_columns()], ""));
    let look = place.json(&["import", "--look", &file]);
    assert_eq!((&look["kind"], &look["recognised"][0]["kind"]), (&"pdf".into(), &"headline".into()));
    place.json(&["import", &file]);
    assert_eq!(place.json(&["article", "1"])["text"], look["text"]);
}

#[test]
fn a_table_is_read_row_by_row() {
    let mut page = Page::default();
    let y = page.lines(72.0, 100.0, LEFT);
    let rows = [
        ("Who", "Crowns", "On which days"),
        ("Adults", "4", "on all days"),
        ("Children", "2", "at weekends"),
        ("Dogs", "1", "never"),
    ];
    for (n, (who, crowns, days)) in rows.into_iter().enumerate() {
        for (x, words) in [(72.0, who), (180.0, crowns), (260.0, days)] {
            page.line(1, 10.0, (x, y + 12.0 + 12.0 * n as f64), words);
        }
    }
    let read = read(&[page]);
    assert!(
        read.text.ends_with(
            "\n\n| Who | Crowns | On which days |\n| Adults | 4 | on all days |\n\
            | Children | 2 | at weekends |\n| Dogs | 1 | never |\n"
        ),
        "{}",
        read.text
    );
}
