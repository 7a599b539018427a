//! Word files: the text with and without tracked changes, comments, links, pictures, and what is left out.

use crate::support::Place;
use serde_json::{Value, json};
use std::io::Write;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
const W15: &str = "http://schemas.microsoft.com/office/word/2012/wordml";

/// A Word file while it is put together.
pub struct Docx {
    body: String,
    relations: String,
    parts: Vec<(String, Vec<u8>)>,
}

impl Docx {
    pub fn of(body: &str) -> Self {
        Self { body: body.to_owned(), relations: String::new(), parts: Vec::new() }
    }

    /// Adds a part that the document names.
    pub fn with(mut self, id: &str, kind: &str, target: &str, content: impl Into<Vec<u8>>) -> Self {
        self.relations += &format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"/>"#);
        self.parts.push((format!("word/{target}"), content.into()));
        self
    }

    /// Adds an address outside that the document names.
    pub fn linking(mut self, id: &str, kind: &str, url: &str) -> Self {
        let to = format!(r#"Target="{url}" TargetMode="External""#);
        self.relations += &format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" {to}/>"#);
        self
    }

    /// Adds a part that nothing names.
    pub fn part(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.push((path.to_owned(), content.into()));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.bytes_in(W)
    }

    /// The file in a namespace of Word.
    fn bytes_in(&self, space: &str) -> Vec<u8> {
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let relations = |all: &str| format!(r#"<Relationships xmlns="{package}">{all}</Relationships>"#);
        let main = format!(r#"<Relationship Id="r" Type="{R}/officeDocument" Target="word/document.xml"/>"#);
        let document = format!(
            r#"<?xml version="1.0"?><w:document xmlns:w="{space}" xmlns:r="{R}"><w:body>{}</w:body></w:document>"#,
            self.body
        );
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let mut add = |name: &str, bytes: &[u8]| {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        };
        add("_rels/.rels", relations(&main).as_bytes());
        add("word/_rels/document.xml.rels", relations(&self.relations).as_bytes());
        add("word/document.xml", document.as_bytes());
        self.parts.iter().for_each(|(name, bytes)| add(name, bytes));
        zip.finish().unwrap().into_inner()
    }

    /// What the program proposes.
    fn look(&self, changes: &str) -> Value {
        look(&self.bytes(), changes)
    }

    fn text(&self, changes: &str) -> String {
        self.look(changes)["text"].as_str().unwrap().to_owned()
    }
}

fn look(bytes: &[u8], changes: &str) -> Value {
    let place = Place::new();
    let file = place.file("a file", bytes);
    place.json(&["import", &file, "--look", "--changes", changes])
}

/// A part of a root element of Word.
pub fn part(root: &str, content: &str) -> String {
    format!(r#"<w:{root} xmlns:w="{W}" xmlns:w14="{W14}" xmlns:r="{R}">{content}</w:{root}>"#)
}

/// A paragraph of plain words.
pub fn p(words: &str) -> String {
    format!("<w:p>{}</w:p>", r(words))
}

/// A paragraph of a style.
fn styled(style: &str, words: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, r(words))
}

fn r(words: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}

fn by(author: &str) -> String {
    format!(r#"w:id="1" w:author="{author}" w:date="2025-03-01T10:00:00Z""#)
}

fn ins(author: &str, inside: &str) -> String {
    format!("<w:ins {}>{inside}</w:ins>", by(author))
}

fn del(author: &str, words: &str) -> String {
    let words = words.replace("w:t", "w:delText");
    format!("<w:del {}>{words}</w:del>", by(author))
}

/// A paragraph whose mark is inserted or deleted.
fn marked(change: &str, inside: &str) -> String {
    format!("<w:p><w:pPr><w:rPr><w:{change} {}/></w:rPr></w:pPr>{inside}</w:p>", by("Ada"))
}

fn row(properties: &str, cells: &[&str]) -> String {
    let cells = cells.iter().map(|c| format!("<w:tc>{c}</w:tc>")).collect::<String>();
    format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
}

#[test]
fn a_strict_file_is_read_like_another_and_its_name_does_not_count() {
    let docx = Docx::of(&p("The ferry sails at noon."));
    let all = [W, STRICT].map(|space| look(&docx.bytes_in(space), "pending"));
    for read in &all {
        assert_eq!((&read["kind"], &read["text"]), (&json!("docx"), &json!("The ferry sails at noon.\n")));
    }
    assert_eq!(all[0], all[1]);
}

#[test]
fn styles_say_what_the_blocks_are() {
    let body = [
        styled("Heading1", "Harbour reopens"),
        styled("Subtitle", "After nine years."),
        p("Boats came."),
        styled("Heading2", "The cost"),
        styled("Caption", "The pier at dawn"),
    ];
    let read = Docx::of(&body.concat()).look("pending");
    let expected =
        "# Harbour reopens\n\nAfter nine years.\n\nBoats came.\n\n## The cost\n\nThe pier at dawn\n";
    assert_eq!(read["text"], expected);
    let kinds = read["recognised"].as_array().unwrap().iter().map(|b| b["kind"].clone()).collect::<Vec<_>>();
    assert_eq!(kinds, ["headline", "standfirst", "paragraph", "heading", "caption"]);
}

#[test]
fn lists_are_numbered_as_word_numbers_them() {
    let level = |n: u8, format: &str| {
        format!(
            r#"<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="%1."/></w:lvl>"#
        )
    };
    let kind = format!(
        r#"<w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum>"#,
        level(0, "decimal"),
        level(1, "bullet")
    );
    let list = r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let item = |level: u8, words: &str| {
        let place = format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>"#);
        format!("<w:p><w:pPr>{place}</w:pPr>{}</w:p>", r(words))
    };
    let body = [item(0, "Nets"), item(1, "green"), p("Then:"), item(0, "Ropes")].concat();
    let docx = Docx::of(&body).with("n", "numbering", "numbering.xml", part("numbering", &(kind + list)));
    assert_eq!(docx.text("pending"), "1. Nets\n   - green\n\nThen:\n\n2. Ropes\n");
}

#[test]
fn a_row_is_a_line_and_a_cell_of_several_paragraphs_is_read_as_them() {
    let body = format!(
        "{}<w:tbl>{}{}{}</w:tbl>{}",
        p("Catch:"),
        row("", &[&p("Year"), &p("Tons | net")]),
        row("", &[&p("2024"), &p("")]),
        row("", &[&p("Note"), &(p("First.") + &p("Second."))]),
        p("End.")
    );
    let expected = "Catch:\n\n| Year | Tons \\| net |\n| 2024 |  |\n\nNote\n\nFirst.\n\nSecond.\n\nEnd.\n";
    assert_eq!(Docx::of(&body).text("pending"), expected);
}

#[test]
fn rows_and_cells_are_added_and_taken_away_with_their_lines() {
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row("", &[&p("a"), &p("b")]),
        row(&format!("<w:ins {}/>", by("Ada")), &[&p("c"), &p("d")]),
        row(&format!("<w:del {}/>", by("Ada")), &[&p("e"), &p("f")])
    );
    let docx = Docx::of(&body);
    assert_eq!(docx.text("reject"), "| a | b |\n| e | f |\n");
    assert_eq!(docx.text("accept"), "| a | b |\n| c | d |\n");
}

#[test]
fn tracked_changes_wait_and_are_told_one_by_one() {
    let body = format!(
        "<w:p>{}{}{}{}</w:p>",
        r("About "),
        del("Ada", &r("300")),
        ins("Ada", &r("330")),
        r(" boats")
    ) + &marked("ins", &ins("Ada", &r("They paid.")))
        + &p("End.");
    let docx = Docx::of(&body);
    assert_eq!(docx.text("pending"), "About 300 boats\n\nEnd.\n");
    assert_eq!(docx.text("reject"), docx.text("pending"));
    assert_eq!(docx.text("accept"), "About 330 boats\n\nThey paid.\n\nEnd.\n");
    let changes = docx.look("pending")["changes"].clone();
    let told = ["kind", "start", "words", "with", "author", "date"].map(|key| changes[0][key].clone());
    let expected = json!(["replace", 6, "300", "330", "Ada", "2025-03-01T10:00:00Z"]);
    assert_eq!(json!(told), expected);
    assert_eq!(changes.as_array().unwrap().len(), 2);
    assert_eq!(docx.look("accept")["changes"], json!([]));
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let docx = Docx::of(&(marked("del", &r("The ferry ")) + &p("sails.")));
    assert_eq!(docx.text("reject"), "The ferry\n\nsails.\n".replace("ferry\n", "ferry \n"));
    assert_eq!(docx.text("accept"), "The ferry sails.\n");
}

#[test]
fn a_move_is_one_change_and_anothers_deletion_hangs_on_the_insertion() {
    let range = |side: &str, end: &str| format!(r#"<w:{side}Range{end} w:id="7" w:name="move1"/>"#);
    let side = |side: &str, words: &str| {
        let moved = format!("<w:{side} {}>{words}</w:{side}>", by("Ada"));
        range(side, "Start") + &moved + &range(side, "End")
    };
    let nested = ins("Ada", &(r("very ") + &del("Ben", &r("old "))));
    let body = format!(
        "<w:p>{}{}{}{}</w:p>",
        side("moveFrom", &r("Then ")),
        r("we go. "),
        side("moveTo", &r("Then ")),
        nested
    );
    let docx = Docx::of(&body);
    let changes = docx.look("pending")["changes"].clone();
    let kinds =
        changes.as_array().unwrap().iter().map(|c| (c["kind"].as_str().unwrap(), c["within"].clone()));
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [("move", json!(null)), ("insert", json!(null)), ("delete", json!(2))]
    );
    assert_eq!(docx.text("reject"), "Then we go.\n".replace("go.", "go. "));
    assert_eq!(docx.text("accept"), "we go. Then very \n");
}

#[test]
fn comments_have_their_words_their_answers_and_their_state() {
    let comment = |id: u8, author: &str, end: &str, words: &str| {
        let who = format!(r#"w:id="{id}" w:author="{author}" w:date="2025-03-02T08:00:00Z""#);
        format!(r#"<w:comment {who}><w:p w14:paraId="{end}">{}</w:p></w:comment>"#, r(words))
    };
    let comments = comment(3, "Ada", "0A", "Who says so?") + &comment(4, "Ben", "0B", "The board.");
    let states = r#"<w15:commentEx w15:paraId="0A" w15:done="1"/>
        <w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/>"#;
    let states = format!(r#"<w15:commentsEx xmlns:w15="{W15}">{states}</w15:commentsEx>"#);
    let range = |end: &str| [3, 4].map(|id| format!(r#"<w:commentRange{end} w:id="{id}"/>"#)).concat();
    let inside = ins("Ada", &(range("Start") + &r("330"))) + &r(" boats") + &range("End");
    let docx = Docx::of(&format!("<w:p>{}{inside} </w:p>", r("About ")))
        .with("c", "comments", "comments.xml", part("comments", &comments))
        .with("e", "commentsExtended", "commentsExtended.xml", states);
    let read = docx.look("pending")["comments"].clone();
    let told = |n: usize| {
        ["author", "text", "quote", "start", "end", "reply_to", "resolved"].map(|k| read[n][k].clone())
    };
    assert_eq!(json!(told(0)), json!(["Ada", "Who says so?", "330 boats", 7, 12, null, true]));
    assert_eq!(json!(told(1)), json!(["Ben", "The board.", "330 boats", 7, 12, 1, false]));
}

#[test]
fn notes_are_at_the_end_with_their_links() {
    let note = |id: u8, inside: &str| {
        format!(r#"<w:footnote w:id="{id}"><w:p><w:r><w:footnoteRef/></w:r>{inside}</w:p></w:footnote>"#)
    };
    let notes = note(2, &r(" See https://example.org/a, p. 3.")) + &note(5, &r("Ibid."));
    let call = |id: u8| format!(r#"<w:r><w:footnoteReference w:id="{id}"/></w:r>"#);
    let body = format!("<w:p>{}{}{}{}</w:p>", r("It rose"), call(5), r(" and fell."), call(2));
    let docx = Docx::of(&body).with("f", "footnotes", "footnotes.xml", part("footnotes", &notes));
    let read = docx.look("pending");
    let expected = "It rose[^1] and fell.[^2]\n\n[^1]: Ibid.\n\n[^2]: See https://example.org/a, p. 3.\n";
    assert_eq!(read["text"], expected);
    let link = ["url", "note", "start", "end"].map(|k| read["links"][0][k].clone());
    assert_eq!(json!(link), json!(["https://example.org/a", "2", 21, 25]));
}

#[test]
fn a_note_comes_and_goes_with_its_call() {
    let notes = format!(r#"<w:footnote w:id="2"><w:p>{}</w:p></w:footnote>"#, r("Says who."));
    let call = r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#;
    let body = format!("<w:p>{}{}</w:p>", r("It rose."), ins("Ada", call));
    let docx = Docx::of(&body).with("f", "footnotes", "footnotes.xml", part("footnotes", &notes));
    assert_eq!(docx.text("reject"), "It rose.\n");
    assert_eq!(docx.text("accept"), "It rose.[^1]\n\n[^1]: Says who.\n");
    assert_eq!(docx.look("pending")["changes"].as_array().unwrap().len(), 1);
}

#[test]
fn links_are_addresses_of_the_web_and_mail_with_their_words() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code = r#"<w:r><w:instrText> HYPERLINK "mailto:a@example.org" </w:instrText></w:r>"#;
    let body = format!(
        r#"<w:p><w:hyperlink r:id="h">{}</w:hyperlink>{} {}{code}{}{}{}<w:hyperlink r:id="bad">{}</w:hyperlink></w:p>"#,
        r("the port"),
        r(" or "),
        field("begin"),
        field("separate"),
        r("us"),
        field("end"),
        r(" here")
    );
    let docx = Docx::of(&body).linking("h", "hyperlink", "https://example.org/port").linking(
        "bad",
        "hyperlink",
        "file:///etc/passwd",
    );
    let read = docx.look("pending");
    assert_eq!(read["text"], "the port or us here\n");
    let links = read["links"].as_array().unwrap().iter().map(|l| (l["url"].clone(), l["words"].clone()));
    let expected = [("https://example.org/port", "the port"), ("mailto:a@example.org", "us")];
    assert_eq!(links.collect::<Vec<_>>(), expected.map(|(url, words)| (json!(url), json!(words))));
}

#[test]
fn a_picture_has_its_bytes_its_words_and_its_caption() {
    let drawing = r#"<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
        <wp:docPr id="1" name="Picture 1" descr="A pier"/><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
        r:embed="i"/></wp:inline></w:drawing></w:r></w:p>"#;
    let body = p("Before.") + drawing + &styled("Caption", "The pier in June");
    let read = Docx::of(&body).with("i", "image", "media/pier.png", b"\x89PNG".to_vec()).look("pending");
    assert_eq!(read["text"], "Before.\n\nThe pier in June\n");
    let told = ["name", "bytes", "alt", "caption"].map(|k| read["images"][0][k].clone());
    assert_eq!(json!(told), json!(["pier.png", 4, "A pier", "The pier in June"]));
}

#[test]
fn what_is_no_text_of_the_article_is_left_out_and_listed() {
    let hidden = r#"<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"#;
    let contents = r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>
        <w:sdtContent>CONTENT</w:sdtContent></w:sdt>"#;
    let body =
        contents.replace("CONTENT", &p("Chapter 1 ... 3")) + &format!("<w:p>{}{hidden}</w:p>", r("Seen."));
    let docx = Docx::of(&body).with("h", "header", "header1.xml", part("hdr", &p("Draft"))).with(
        "v",
        "vbaProject",
        "vbaProject.bin",
        b"macro".to_vec(),
    );
    let read = docx.look("pending");
    assert_eq!(read["text"], "Seen.\n");
    let left = read["left_out"].as_array().unwrap().iter().map(|l| (l["text"].clone(), l["why"].clone()));
    let expected = [
        ("Draft", "furniture"),
        ("Chapter 1 ... 3", "furniture"),
        ("secret", "hidden"),
        ("word/vbaProject.bin", "object"),
    ];
    assert_eq!(left.collect::<Vec<_>>(), expected.map(|(text, why)| (json!(text), json!(why))));
}

#[test]
fn a_field_in_the_instruction_of_another_is_no_text_and_an_equation_in_another_is_listed_once() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let inner = field("begin") + &field("separate") + &r("Ada") + &field("end");
    let outer = field("begin") + &inner + &field("separate") + &r("Dear Ada") + &field("end");
    let m = "http://schemas.openxmlformats.org/officeDocument/2006/math";
    let math = format!(r#"<m:oMath xmlns:m="{m}"><m:t>a=</m:t><m:oMath><m:t>b</m:t></m:oMath></m:oMath>"#);
    let read = Docx::of(&format!("<w:p>{outer}{}{math}</w:p>", r(", "))).look("pending");
    assert_eq!(read["text"], "Dear Ada, a=b\n");
    let left = read["left_out"].as_array().unwrap().iter().map(|l| l["text"].clone()).collect::<Vec<_>>();
    assert_eq!(left, [json!("a=b")]);
}

#[test]
fn a_text_box_is_after_its_paragraph_and_only_one_alternative_counts() {
    let mc = "http://schemas.openxmlformats.org/markup-compatibility/2006";
    let text_box =
        |words: &str| format!("<w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing>", p(words));
    let choice = format!(
        r#"<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"#,
        text_box("Aside."),
        text_box("Again.")
    );
    let body = format!("<w:p>{}<w:r>{choice}</w:r>{}</w:p>", r("One "), r("two.")) + &p("Three.");
    assert_eq!(Docx::of(&body).text("pending"), "One two.\n\nAside.\n\nThree.\n");
}

#[test]
fn what_the_file_says_about_itself_becomes_info() {
    let core = r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Harbour reopens</dc:title><dc:creator>Jane Doe</dc:creator>
        <cp:keywords>port, ferry</cp:keywords><dc:language>fr-CA</dc:language></cp:coreProperties>"#;
    let read =
        Docx::of(&(p("Harbour reopens") + &p("Boats came."))).part("docProps/core.xml", core).look("pending");
    assert_eq!(read["text"], "# Harbour reopens\n\nBoats came.\n");
    let info = ["byline", "tags", "language", "date"].map(|k| read["info"][k].clone());
    assert_eq!(json!(info), json!(["Jane Doe", ["port", "ferry"], "fr", null]));
}

#[test]
fn a_file_of_insertions_alone_has_no_text_before_them() {
    let docx = Docx::of(&format!("<w:p>{}</w:p>", ins("Ada", &r("All new."))));
    assert_eq!(docx.text("pending").trim(), "");
    assert_eq!(docx.look("pending")["changes"][0]["with"], "All new.");
    assert_eq!(docx.text("accept"), "All new.\n");
}
