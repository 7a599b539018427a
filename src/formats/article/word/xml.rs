//! A part of a Word file as a tree of elements in one array. Names get one fixed prefix for each namespace, whatever the file
//! calls it, so that transitional and Strict files read alike.
//!
//! Untrusted input: no document type, no entities of the file's own, bounded depth and number of nodes.

use crate::messages::{Message, message};
use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
    name::ResolveResult,
};
use std::collections::HashMap;

/// The deepest nesting of elements.
const DEEPEST: usize = 256;
/// The most elements, attributes and texts.
const MOST_NODES: usize = 4_000_000;
/// The mark of a text among names.
const TEXT: u32 = u32::MAX;
/// The mark of no node.
const NONE: u32 = u32::MAX;

/// The prefixes by namespace. The first of a prefix is the transitional one.
const PREFIXES: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("http://schemas.microsoft.com/office/word/2012/wordml", "w15"),
    ("http://schemas.microsoft.com/office/word/2010/11/wordml", "w15"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
];

/// A part as a tree.
pub struct Xml {
    nodes: Vec<Node>,
    attributes: Vec<(u32, u32, u32)>,
    text: String,
    names: Names,
}

#[derive(Clone, Copy)]
struct Node {
    name: u32,
    from: u32,
    to: u32,
    child: u32,
    next: u32,
}

/// An element of a part.
#[derive(Clone, Copy)]
pub struct Element<'x> {
    xml: &'x Xml,
    at: u32,
}

/// The names that occur, each once.
#[derive(Default)]
struct Names {
    known: HashMap<(&'static str, String), u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, prefix: &'static str, local: &str) -> u32 {
        let next = self.names.len() as u32;
        let names = &mut self.names;
        *self.known.entry((prefix, local.to_owned())).or_insert_with(|| {
            names.push(if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") });
            next
        })
    }
}

impl Xml {
    /// Reads a part. Fails with what is wrong in it.
    pub fn read(bytes: &[u8]) -> Result<Self, Message> {
        let (text, _, damaged) = encoding_rs::UTF_8.decode(bytes);
        if damaged {
            return Err(message!("xml_encoding"));
        }
        Builder::new().build(&text)
    }

    /// The outermost element.
    pub fn root(&self) -> Element<'_> {
        Element { xml: self, at: 0 }
    }
}

/// A tree while it is read.
struct Builder {
    xml: Xml,
    /// The open elements, each with its last child.
    open: Vec<(u32, u32)>,
}

impl Builder {
    fn new() -> Self {
        let xml =
            Xml { nodes: Vec::new(), attributes: Vec::new(), text: String::new(), names: Names::default() };
        Self { xml, open: Vec::new() }
    }

    fn build(mut self, text: &str) -> Result<Xml, Message> {
        let mut reader = NsReader::from_str(text);
        loop {
            match reader.read_event().map_err(Message::verbatim)? {
                Event::Start(e) => self.start(&reader, &e, true)?,
                Event::Empty(e) => self.start(&reader, &e, false)?,
                Event::End(_) => {
                    self.open.pop();
                }
                Event::Text(t) => self.text(&t.xml10_content())?,
                Event::CData(t) => self.text(&t.xml10_content())?,
                Event::GeneralRef(r) => self.text(&reference(&r)?)?,
                Event::DocType(_) => {
                    return Err(message!("xml_doctype"));
                }
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
        match (self.xml.nodes.is_empty(), self.open.is_empty()) {
            (false, true) => Ok(self.xml),
            (true, _) => Err(message!("xml_empty")),
            (false, false) => Err(message!("xml_breaks_off")),
        }
    }

    fn start(&mut self, reader: &NsReader<&[u8]>, e: &BytesStart, open: bool) -> Result<(), Message> {
        if self.open.len() >= DEEPEST {
            return Err(message!("xml_deep", deepest = DEEPEST));
        }
        let (space, local) = reader.resolver().resolve_element(e.name());
        let name = self.xml.names.number(prefix(&space), local.into_inner());
        let from = self.xml.attributes.len() as u32;
        for attribute in e.attributes().with_checks(false) {
            let attribute = attribute.map_err(Message::verbatim)?;
            let (space, local) = reader.resolver().resolve_attribute(attribute.key);
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(Message::verbatim)?;
            let name = self.xml.names.number(prefix(&space), local.into_inner());
            let (from, to) = self.append(&value)?;
            self.xml.attributes.push((name, from, to));
        }
        let to = self.xml.attributes.len() as u32;
        let at = self.add(Node { name, from, to, child: NONE, next: NONE })?;
        if open {
            self.open.push((at, NONE));
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Message> {
        if self.open.is_empty() || text.is_empty() {
            return Ok(());
        }
        let (from, to) = self.append(text)?;
        self.add(Node { name: TEXT, from, to, child: NONE, next: NONE }).map(drop)
    }

    fn append(&mut self, text: &str) -> Result<(u32, u32), Message> {
        let from = self.xml.text.len();
        self.xml.text.push_str(text);
        let end = |at: usize| u32::try_from(at).map_err(|_| message!("xml_long"));
        Ok((end(from)?, end(self.xml.text.len())?))
    }

    /// Adds a node as the last child of the innermost open element.
    fn add(&mut self, node: Node) -> Result<u32, Message> {
        let at = self.xml.nodes.len() as u32;
        if self.xml.nodes.len() + self.xml.attributes.len() > MOST_NODES {
            return Err(message!("xml_many", most_nodes = MOST_NODES));
        }
        match self.open.last_mut() {
            None if at > 0 => return Err(message!("xml_several")),
            None => {}
            Some((parent, last)) => {
                let (link, is_first) = if *last == NONE { (*parent, true) } else { (*last, false) };
                if let Some(before) = self.xml.nodes.get_mut(link as usize) {
                    *(if is_first { &mut before.child } else { &mut before.next }) = at;
                }
                *last = at;
            }
        }
        self.xml.nodes.push(node);
        Ok(at)
    }
}

fn prefix(space: &ResolveResult<'_>) -> &'static str {
    match space {
        ResolveResult::Bound(space) => {
            PREFIXES.iter().find(|(uri, _)| *uri == space.0).map_or("?", |(_, prefix)| prefix)
        }
        ResolveResult::Unbound => "",
        ResolveResult::Unknown(_) => "?",
    }
}

fn reference(r: &BytesRef<'_>) -> Result<String, Message> {
    if let Some(c) = r.resolve_char_ref().map_err(Message::verbatim)? {
        return Ok(c.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(r).map(str::to_owned).ok_or_else(|| message!("xml_entity"))
}

impl<'x> Element<'x> {
    fn node(self) -> Option<&'x Node> {
        self.xml.nodes.get(self.at as usize)
    }

    /// Its name with the fixed prefix: `w:p`.
    pub fn name(self) -> &'x str {
        self.node().and_then(|n| self.xml.names.names.get(n.name as usize)).map_or("", String::as_str)
    }

    /// The value of the attribute with that name (`w:val`).
    pub fn attribute(self, name: &str) -> Option<&'x str> {
        let node = self.node()?;
        let all = self.xml.attributes.get(node.from as usize..node.to as usize)?;
        let named =
            |number: u32| self.xml.names.names.get(number as usize).is_some_and(|known| known == name);
        let (_, from, to) = all.iter().find(|(number, _, _)| named(*number))?;
        self.xml.text.get(*from as usize..*to as usize)
    }

    /// The attribute `w:val`.
    pub fn value(self) -> Option<&'x str> {
        self.attribute("w:val")
    }

    fn nodes(self) -> impl Iterator<Item = (u32, &'x Node)> {
        let at = |at: u32| self.xml.nodes.get(at as usize).map(|n| (at, n));
        std::iter::successors(self.node().and_then(|n| at(n.child)), move |(_, n)| at(n.next))
    }

    /// The elements in it, in order.
    pub fn children(self) -> impl Iterator<Item = Element<'x>> {
        self.nodes().filter(|(_, n)| n.name != TEXT).map(move |(at, _)| Element { at, ..self })
    }

    /// The first element in it with that name.
    pub fn child(self, name: &str) -> Option<Element<'x>> {
        self.children().find(|c| c.name() == name)
    }

    /// The elements below it at any depth, itself first, in the order of the file.
    pub fn descendants(self) -> impl Iterator<Item = Element<'x>> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let next = open.pop()?;
            let from = open.len();
            open.extend(next.children());
            if let Some(added) = open.get_mut(from..) {
                added.reverse();
            }
            Some(next)
        })
    }

    /// The text directly in it.
    pub fn text(self) -> String {
        let texts = self.nodes().filter(|(_, n)| n.name == TEXT);
        texts.filter_map(|(_, n)| self.xml.text.get(n.from as usize..n.to as usize)).collect()
    }

    /// The length of the text directly in it, in bytes.
    pub fn text_len(self) -> usize {
        self.nodes().filter(|(_, n)| n.name == TEXT).map(|(_, n)| (n.to - n.from) as usize).sum()
    }

    /// Whether a property that is on or off is on: there, and not set to off.
    pub fn is_on(self, name: &str) -> bool {
        self.child(name).is_some_and(|p| !matches!(p.value(), Some("0" | "false" | "off" | "none")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_namespaces_of_word_read_alike() {
        for uri in ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", PREFIXES[1].0] {
            let xml = format!(
                r#"<?xml version="1.0"?><x:a xmlns:x="{uri}" x:val="1 &amp; 2">b&#x63;<x:d/>&lt;</x:a>"#
            );
            let xml = Xml::read(xml.as_bytes()).unwrap();
            let root = xml.root();
            assert_eq!((root.name(), root.value(), root.text().as_str()), ("w:a", Some("1 & 2"), "bc<"));
            assert_eq!(root.children().map(Element::name).collect::<Vec<_>>(), ["w:d"]);
        }
    }

    #[test]
    fn what_could_do_harm_is_refused() {
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        for bad in ["<!DOCTYPE a><a/>", "<a>&x;</a>", "<a>", "", "<a/><b/>", "<a b='&x;'/>", &deep, "</a>"] {
            assert!(Xml::read(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(Xml::read(b"<a>\xff</a>").is_err());
    }

    #[test]
    fn elements_come_in_the_order_of_the_file() {
        let xml = Xml::read(b"<a><b><c/></b><d/></a>").unwrap();
        assert_eq!(xml.root().descendants().map(Element::name).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    }

    #[test]
    fn a_part_in_utf_16_is_read() {
        let units = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        assert_eq!(Xml::read(&units).unwrap().root().text(), "é");
    }
}
