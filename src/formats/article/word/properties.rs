//! What a Word file says about itself: its core properties, and the mark of a desk that made it.

use super::{
    package::{Package, of_kind},
    xml::Element,
};
use crate::{
    formats::article::ReadError,
    model::{FileMark, Info},
};

/// What the properties say.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    /// The title.
    pub title: Option<String>,
    /// What is known of the article. The dates of a file are those of the file, so none is taken for the article's.
    pub info: Info,
    /// The mark of the desk.
    pub mark: Option<FileMark>,
}

/// Words in the names that programs put in for an author.
const NO_NAMES: [&str; 8] =
    ["user", "admin", "administrator", "author", "office", "owner", "unknown", "windows"];

/// Reads the properties. Fails if a part is damaged.
pub fn read(package: &Package<'_>) -> Result<Properties, ReadError> {
    let top = package.relations("")?;
    let part = |kind: &str, usual: &str| package.xml(of_kind(&top, kind).unwrap_or(usual));
    let mut properties = Properties::default();
    if let Some(core) = part("core-properties", "docProps/core.xml")? {
        let value = |name: &str| core.root().child(name).map(Element::text).map(|t| t.trim().to_owned());
        let value = |name: &str| value(name).filter(|t| !t.is_empty());
        properties.title = value("dc:title");
        properties.info.byline = value("dc:creator").filter(|name| is_name(name));
        properties.info.tags = value("cp:keywords").map(|k| list(&k)).unwrap_or_default();
        properties.info.language = value("dc:language").and_then(|l| language(&l));
    }
    if let Some(own) = part("custom-properties", "docProps/custom.xml")? {
        let named = own.root().children().find(|p| p.attribute("name") == Some("Tickmark"));
        let value = named.and_then(|p| p.children().next()).map(Element::text);
        properties.mark = value.and_then(|v| mark(&v));
    }
    Ok(properties)
}

/// Whether a creator's name is a person's as it is printed: at least two words that begin with capitals, or in a script without.
fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().collect::<Vec<_>>();
    let spelt = |w: &&str| w.chars().all(|c| c.is_alphabetic() || ".,-'’&".contains(c));
    let starts = |w: &&str| !w.starts_with(char::is_lowercase) || w.chars().count() <= 3;
    let no_name = |w: &&str| NO_NAMES.contains(&w.to_lowercase().as_str());
    (2..=12).contains(&words.len()) && words.iter().all(|w| spelt(w) && starts(w) && !no_name(w))
}

fn list(keywords: &str) -> Vec<String> {
    let all = keywords.split([',', ';', '،', '、', '，']).map(str::trim).filter(|t| !t.is_empty());
    all.filter(|t| t.chars().count() <= 60).take(50).map(str::to_owned).collect()
}

/// The ISO 639-1 code of a language tag (`en-GB`).
fn language(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.to_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// The mark in the property that a desk writes: `article=…;revision=…;text=…;since=…;at=…`.
fn mark(value: &str) -> Option<FileMark> {
    let field = |name: &str| {
        let all = value.split(';').filter_map(|f| f.split_once('='));
        all.filter(|(key, _)| key.trim() == name).map(|(_, v)| v.trim().to_owned()).find(|v| !v.is_empty())
    };
    Some(FileMark {
        article: field("article")?,
        revision: field("revision")?,
        text: field("text")?,
        changes_since: field("since"),
        at: field("at"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_desk_is_whole_or_none() {
        let read = mark("article=a1;revision=r2;text=00ff;since=").unwrap();
        assert_eq!((read.article.as_str(), read.revision.as_str(), read.changes_since), ("a1", "r2", None));
        assert_eq!(
            mark("article=a1;revision=r2;text=00;since=r1").unwrap().changes_since.as_deref(),
            Some("r1")
        );
        assert_eq!(mark("article=a1;revision=;text=00"), None);
    }

    #[test]
    fn an_account_is_no_byline() {
        assert!(is_name("Jane Doe") && is_name("Ludwig van Beethoven"));
        for account in ["Windows User", "python-docx", "jdoe", "Microsoft Office User", "Admin", "user 1"] {
            assert!(!is_name(account), "{account}");
        }
    }
}
