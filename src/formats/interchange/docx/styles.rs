//! Styles and lists, by the names that Word and others know as built in.

use super::{
    body::List,
    xml::{escaped, root},
};
use std::fmt::Write;

macro_rules! heading {
    ($level:literal) => {
        concat!(
            "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"",
            $level,
            "\"/>"
        )
    };
}
/// A paragraph's style: its id, its built-in name, its properties as a paragraph and as runs.
const PARAGRAPHS: &[(&str, &str, &str, &str)] = &[
    ("Title", "Title", "<w:spacing w:after=\"240\"/>", "<w:b/><w:sz w:val=\"48\"/>"),
    ("Subtitle", "Subtitle", "<w:spacing w:after=\"200\"/>", "<w:i/><w:sz w:val=\"28\"/>"),
    ("Heading1", "heading 1", heading!("0"), "<w:b/><w:sz w:val=\"36\"/>"),
    ("Heading2", "heading 2", heading!("1"), "<w:b/><w:sz w:val=\"32\"/>"),
    ("Heading3", "heading 3", heading!("2"), "<w:b/><w:sz w:val=\"28\"/>"),
    ("Heading4", "heading 4", heading!("3"), "<w:b/><w:sz w:val=\"24\"/>"),
    ("Heading5", "heading 5", heading!("4"), "<w:b/><w:sz w:val=\"22\"/>"),
    ("Heading6", "heading 6", heading!("5"), "<w:b/><w:sz w:val=\"22\"/>"),
    ("ListBullet", "List Bullet", "<w:spacing w:after=\"60\"/>", ""),
    ("ListNumber", "List Number", "<w:spacing w:after=\"60\"/>", ""),
    ("Quote", "Quote", "<w:ind w:left=\"720\" w:right=\"720\"/>", "<w:i/>"),
    ("Caption", "caption", "", "<w:i/><w:sz w:val=\"20\"/>"),
    ("CommentText", "annotation text", "<w:spacing w:after=\"0\"/>", "<w:sz w:val=\"20\"/>"),
    ("FootnoteText", "footnote text", "<w:spacing w:after=\"0\"/>", "<w:sz w:val=\"20\"/>"),
];

/// A run's style: its id, its built-in name, its properties.
const RUNS: &[(&str, &str, &str)] = &[
    ("CommentReference", "annotation reference", "<w:sz w:val=\"16\"/>"),
    ("FootnoteReference", "footnote reference", "<w:vertAlign w:val=\"superscript\"/>"),
];

/// `styles.xml`. `language` is that of the article.
pub fn styles(language: Option<&str>) -> String {
    let mut out = root("styles");
    let language =
        language.map(escaped).map(|l| format!("<w:lang w:val=\"{l}\" w:bidi=\"{l}\"/>")).unwrap_or_default();
    let _ = write!(
        out,
        "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>{language}</w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"160\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>\
         <w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr></w:style>"
    );
    for (id, name, paragraph, run) in PARAGRAPHS {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        );
    }
    for (id, name, run) in RUNS {
        let _ = write!(
            out,
            "<w:style w:type=\"character\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:rPr>{run}</w:rPr></w:style>"
        );
    }
    let line = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    let lines: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
    let _ = write!(
        out,
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/>\
         <w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr></w:style></w:styles>"
    );
    out
}

/// `numbering.xml`: list 1 has bullets, and each further one is one of `lists`.
pub fn numbering(lists: &[List]) -> String {
    let mut out = root("numbering");
    let level = |format: &str, text: &str| {
        format!(
            "<w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"720\" w:hanging=\"360\"/></w:pPr></w:lvl>"
        )
    };
    let _ = write!(
        out,
        "<w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level("bullet", "•"),
        level("decimal", "%1.")
    );
    for (n, List { start, .. }) in lists.iter().enumerate() {
        let _ = write!(
            out,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"{start}\"/>\
             </w:lvlOverride></w:num>",
            n + 2
        );
    }
    out + "</w:numbering>"
}
