//! What a paragraph's style says it is: a title, a heading, a caption. Styles are known by their built-in names, which are English
//! in every language of Word.

use super::xml::{Element, Xml};
use std::collections::HashMap;

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Text.
    #[default]
    Body,
    /// The title of the document.
    Title,
    /// The line under the title.
    Subtitle,
    /// A heading of that level, from 1.
    Heading(u8),
    /// The caption of a picture or table.
    Caption,
    /// A quotation.
    Quote,
    /// A footnote or endnote. No style says so.
    Note,
}

/// What a style says.
#[derive(Clone, Debug, Default)]
struct Style {
    role: Option<Role>,
    based_on: Option<String>,
    list: Option<ListPlace>,
    hidden: Option<bool>,
}

/// The list a paragraph is in, and how deep. A style may name only one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// The list's number in `numbering.xml`.
    pub list: Option<String>,
    /// The level, from 0.
    pub level: Option<usize>,
}

/// The styles of a file.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
}

/// How many styles are followed from one to the style it is based on.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(part: Option<&Xml>) -> Self {
        let all = part.into_iter().flat_map(|p| p.root().children()).filter(|s| s.name() == "w:style");
        Self { styles: all.filter_map(|s| Some((s.attribute("w:styleId")?.to_owned(), style(s)))).collect() }
    }

    /// The styles from that one to the one that all are based on.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let based = |s: &&Style| s.based_on.as_ref().and_then(|b| self.styles.get(b));
        std::iter::successors(self.styles.get(id), based).take(LONGEST_CHAIN)
    }

    /// What a paragraph with those properties is.
    pub fn role(&self, properties: Option<Element<'_>>) -> Role {
        let Some(properties) = properties else { return Role::Body };
        let level = properties.child("w:outlineLvl").and_then(Element::value).map(outline);
        level.unwrap_or_else(|| self.role_of_style(properties))
    }

    fn role_of_style(&self, properties: Element<'_>) -> Role {
        let Some(id) = style_id(properties) else { return Role::Body };
        let known = self.styles.contains_key(id);
        let by_id = || named(id).unwrap_or_default();
        if known { self.chain(id).find_map(|s| s.role).unwrap_or_default() } else { by_id() }
    }

    /// The list that a paragraph with those properties is in.
    pub fn list(&self, properties: Option<Element<'_>>) -> ListPlace {
        let Some(properties) = properties else { return ListPlace::default() };
        let own = properties.child("w:numPr").map(list_place);
        let inherited = style_id(properties).into_iter().flat_map(|id| self.chain(id));
        let all = own.into_iter().chain(inherited.filter_map(|s| s.list.clone()));
        all.fold(ListPlace::default(), |found, next| ListPlace {
            list: found.list.or(next.list),
            level: found.level.or(next.level),
        })
    }

    /// Whether the properties of a run or of a paragraph's mark hide its words.
    pub fn is_hidden(&self, properties: Option<Element<'_>>) -> bool {
        let Some(properties) = properties else { return false };
        if properties.child("w:vanish").is_some() {
            return properties.is_on("w:vanish");
        }
        let style = properties.child("w:rStyle").and_then(Element::value);
        style.is_some_and(|id| self.chain(id).find_map(|s| s.hidden).unwrap_or(false))
    }
}

fn style_id(properties: Element<'_>) -> Option<&str> {
    properties.child("w:pStyle").and_then(Element::value)
}

fn style(s: Element<'_>) -> Style {
    let value = |name: &str| s.child(name).and_then(Element::value);
    let paragraph = s.child("w:pPr");
    let level = paragraph.and_then(|p| p.child("w:outlineLvl")).and_then(Element::value).map(outline);
    let run = s.child("w:rPr").filter(|r| r.child("w:vanish").is_some());
    Style {
        role: value("w:name").and_then(named).or(level),
        based_on: value("w:basedOn").map(str::to_owned),
        list: paragraph.and_then(|p| p.child("w:numPr")).map(list_place),
        hidden: run.map(|r| r.is_on("w:vanish")),
    }
}

fn list_place(properties: Element<'_>) -> ListPlace {
    let value = |name: &str| properties.child(name).and_then(Element::value);
    ListPlace {
        list: value("w:numId").filter(|id| is_id(id)).map(str::to_owned),
        level: value("w:ilvl").and_then(|l| l.parse().ok()).map(|l: usize| l.min(8)),
    }
}

/// Whether a value is the id of a list. It is a number; each item copies it, so a long one counts for nothing.
pub fn is_id(value: &str) -> bool {
    value.len() <= 32
}

/// The role of an outline level as written, from 0; 9 is text.
fn outline(level: &str) -> Role {
    match level.parse() {
        Ok(level @ 0..=8) => Role::Heading(level + 1),
        _ => Role::Body,
    }
}

/// The role of a style by its name or id: `heading 1`, `Heading1`.
fn named(name: &str) -> Option<Role> {
    let name = name.to_lowercase().replace([' ', '-', '_'], "");
    let level = |prefix: &str| name.strip_prefix(prefix).and_then(|n| n.parse::<u8>().ok());
    match name.as_str() {
        "title" => Some(Role::Title),
        "subtitle" => Some(Role::Subtitle),
        "caption" => Some(Role::Caption),
        "quote" => Some(Role::Quote),
        _ => level("heading").filter(|l| (1..=9).contains(l)).map(Role::Heading),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
        <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>
        <w:style w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/></w:style>
        <w:style w:styleId="Deep"><w:pPr><w:outlineLvl w:val="2"/><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="Item"><w:basedOn w:val="Deep"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
    </w:styles>"#;

    fn properties(id: &str) -> Xml {
        let uri = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        Xml::read(format!(r#"<w:pPr xmlns:w="{uri}"><w:pStyle w:val="{id}"/></w:pPr>"#).as_bytes()).unwrap()
    }

    #[test]
    fn a_style_says_what_a_paragraph_is_by_its_name_its_level_or_its_base() {
        let xml = Xml::read(STYLES.as_bytes()).unwrap();
        let styles = Styles::read(Some(&xml));
        for (id, role) in [
            ("berschrift1", Role::Heading(1)),
            ("Own", Role::Heading(1)),
            ("Round", Role::Body),
            ("Deep", Role::Heading(3)),
            ("Heading2", Role::Heading(2)),
            ("TOC3", Role::Body),
        ] {
            assert_eq!(styles.role(Some(properties(id).root())), role, "{id}");
        }
        let item = styles.list(Some(properties("Item").root()));
        assert_eq!(item, ListPlace { list: Some("7".into()), level: Some(1) });
    }
}
