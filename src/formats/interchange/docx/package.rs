//! The package: the parts of the file in a zip, without a clock.

use super::xml::{DECLARATION, R, escaped, root};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipResult, write::SimpleFileOptions};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// A part: its path, its type, and its words.
pub struct Part {
    /// The path in the package.
    pub path: &'static str,
    /// The last word of its type.
    kind: Kind,
    /// Its XML.
    pub xml: String,
}

/// What a part is for the package, with the last words of its content type and of its relationship.
enum Kind {
    /// A part of the document.
    Word(&'static str, &'static str),
    /// The parts of newer versions of Word name their relationship elsewhere.
    Newer(&'static str, &'static str),
    /// A part about the file: its content type and its relationship.
    About(&'static str, &'static str),
}

impl Part {
    /// A part of the document at `word/NAME.xml`.
    pub fn word(path: &'static str, name: &'static str, xml: String) -> Self {
        let kind = match name {
            "document" => Kind::Word("document.main", "officeDocument"),
            "commentsExtended" => {
                Kind::Newer(name, "http://schemas.microsoft.com/office/2011/relationships/commentsExtended")
            }
            _ => Kind::Word(name, name),
        };
        Self { path, kind, xml }
    }

    /// A part about the file, with its content type and its relationship.
    pub fn about(path: &'static str, content: &'static str, relationship: &'static str, xml: String) -> Self {
        Self { path, kind: Kind::About(content, relationship), xml }
    }

    fn content_type(&self) -> String {
        match self.kind {
            Kind::Word(name, _) | Kind::Newer(name, _) => format!("{WORD}{name}+xml"),
            Kind::About(content, _) => content.into(),
        }
    }

    fn relationship(&self) -> String {
        match self.kind {
            Kind::Word(_, name) => format!("{R}/{name}"),
            Kind::Newer(_, relationship) | Kind::About(_, relationship) => relationship.into(),
        }
    }

    /// Whether the package names it itself, and not the document.
    fn is_on_top(&self) -> bool {
        matches!(self.kind, Kind::About(..) | Kind::Word(_, "officeDocument"))
    }
}

/// The file with these parts.
pub fn zipped(parts: &[Part]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut add = |path: &str, xml: &str| {
        zip.start_file(path, options)?;
        Ok::<_, zip::result::ZipError>(zip.write_all(xml.as_bytes())?)
    };
    add("[Content_Types].xml", &content_types(parts))?;
    add("_rels/.rels", &relationships(parts.iter().filter(|p| p.is_on_top()), ""))?;
    add("word/_rels/document.xml.rels", &relationships(parts.iter().filter(|p| !p.is_on_top()), "word/"))?;
    for part in parts {
        add(part.path, &part.xml)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types(parts: &[Part]) -> String {
    let mut out = format!(
        "{DECLARATION}<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for part in parts {
        out += &format!("<Override PartName=\"/{}\" ContentType=\"{}\"/>", part.path, part.content_type());
    }
    out + "</Types>"
}

/// The relationships to parts, with paths relative to a folder.
fn relationships<'p>(parts: impl Iterator<Item = &'p Part>, folder: &str) -> String {
    let mut out = format!("{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">");
    for (n, part) in parts.enumerate() {
        let path = part.path.strip_prefix(folder).unwrap_or(part.path);
        out += &format!(
            "<Relationship Id=\"rId{}\" Type=\"{}\" Target=\"{path}\"/>",
            n + 1,
            part.relationship()
        );
    }
    out + "</Relationships>"
}

/// What the file says about the article: its title, its byline, its language, and when its newest action was.
pub fn core(title: Option<&str>, byline: Option<&str>, language: Option<&str>, at: &str) -> Part {
    let field = |name: &str, value: Option<&str>| {
        value.map(|v| format!("<{name}>{}</{name}>", escaped(v))).unwrap_or_default()
    };
    let time =
        |name: &str| format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{}</dcterms:{name}>", escaped(at));
    let xml = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{}{}{}{}{}</cp:coreProperties>",
        field("dc:title", title),
        field("dc:creator", byline),
        time("created"),
        time("modified"),
        field("dc:language", language),
    );
    Part::about(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        xml,
    )
}

/// The program that wrote the file.
pub fn app() -> Part {
    let xml = format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Tickmark</Application></Properties>"
    );
    Part::about(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
        xml,
    )
}

/// The document's own property, by which a file that comes back is known.
pub fn custom(name: &str, value: &str) -> Part {
    let xml = format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">\
         <property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"2\" name=\"{name}\"><vt:lpwstr>{}</vt:lpwstr>\
         </property></Properties>",
        escaped(value)
    );
    Part::about(
        "docProps/custom.xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
        xml,
    )
}

/// The settings: changes that somebody makes are tracked.
pub fn settings(notes: bool) -> Part {
    let notes = if notes {
        "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>"
    } else {
        ""
    };
    let xml = format!(
        "{}<w:trackRevisions/><w:defaultTabStop w:val=\"720\"/>{notes}<w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>",
        root("settings")
    );
    Part::word("word/settings.xml", "settings", xml)
}
