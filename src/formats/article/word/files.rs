//! The parts of a Word file that its text is read from.

use super::{
    package::{Package, Relations, of_kind},
    styles::Styles,
    xml::{Element, Xml},
};
use crate::{formats::article::ReadError, messages::message, model::FileKind};
use std::collections::HashMap;

/// Parts as XML.
pub struct Parts {
    /// The path of the main part.
    pub main: String,
    /// The main part.
    pub document: Xml,
    /// What the main part names.
    pub relations: Relations,
    footnotes: Option<(Xml, Relations)>,
    endnotes: Option<(Xml, Relations)>,
    numbering: Option<Xml>,
    styles: Option<Xml>,
}

/// The notes of a part by their ids.
type Notes<'x> = HashMap<&'x str, Element<'x>>;

/// The parts, indexed.
pub struct Files<'x> {
    /// The main part.
    pub document: &'x Xml,
    /// What the main part names.
    pub relations: &'x Relations,
    /// The styles.
    pub styles: Styles,
    /// The numbering of lists.
    pub numbering: Option<&'x Xml>,
    footnotes: Notes<'x>,
    endnotes: Notes<'x>,
    note_relations: [Option<&'x Relations>; 2],
}

impl Parts {
    /// Reads the parts. Fails if there is no main part, or one is damaged.
    pub fn read(package: &Package<'_>) -> Result<Self, ReadError> {
        let top = package.relations("")?;
        let main = of_kind(&top, "officeDocument").unwrap_or("word/document.xml").to_owned();
        let missing =
            || ReadError::Unreadable { kind: FileKind::Docx, why: message!("word_no_part", main = &main) };
        let document = package.xml(&main)?.ok_or_else(missing)?;
        let relations = package.relations(&main)?;
        let path = |kind: &str| path_of(&main, &relations, kind);
        let part = |kind: &str| package.xml(&path(kind));
        let with_relations = |kind: &str| {
            let Some(xml) = part(kind)? else { return Ok(None) };
            Ok(Some((xml, package.relations(&path(kind))?)))
        };
        Ok(Self {
            footnotes: with_relations("footnotes")?,
            endnotes: with_relations("endnotes")?,
            numbering: part("numbering")?,
            styles: part("styles")?,
            document,
            relations,
            main,
        })
    }

    /// The path of the first part of that kind, or its usual path.
    pub fn path(&self, kind: &str) -> String {
        path_of(&self.main, &self.relations, kind)
    }

    /// The parts with what is looked up in them.
    pub fn files(&self) -> Files<'_> {
        let notes = [&self.footnotes, &self.endnotes].map(Option::as_ref);
        let [footnotes, endnotes] = notes.map(|part| part.map(|(xml, _)| by_id(xml)).unwrap_or_default());
        Files {
            document: &self.document,
            relations: &self.relations,
            styles: Styles::read(self.styles.as_ref()),
            numbering: self.numbering.as_ref(),
            footnotes,
            endnotes,
            note_relations: notes.map(|part| part.map(|(_, relations)| relations)),
        }
    }
}

fn path_of(main: &str, relations: &Relations, kind: &str) -> String {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let usual = if folder.is_empty() { format!("{kind}.xml") } else { format!("{folder}/{kind}.xml") };
    of_kind(relations, kind).map_or(usual, str::to_owned)
}

fn by_id(notes: &Xml) -> Notes<'_> {
    notes.root().children().filter_map(|n| Some((n.attribute("w:id")?, n))).collect()
}

impl<'x> Files<'x> {
    /// The footnotes, and what their part names.
    pub fn footnotes(&self) -> (&Notes<'x>, &'x Relations) {
        (&self.footnotes, self.note_relations[0].unwrap_or(self.relations))
    }

    /// The endnotes, and what their part names.
    pub fn endnotes(&self) -> (&Notes<'x>, &'x Relations) {
        (&self.endnotes, self.note_relations[1].unwrap_or(self.relations))
    }
}
