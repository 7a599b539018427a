//! The pattern of one message, as the inlang message format writes it: words with `{name}` in them, and for plurals a list
//! with one set of variants. Source of the format: <https://inlang.com/schema/inlang-message-format>.

use serde_json::Value;
use std::collections::BTreeMap;

/// How a message is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The same words whatever the arguments are.
    Plain(Vec<Piece>),
    /// The plural category of the argument `of` decides which words are used.
    Plural {
        /// The argument's name.
        of: String,
        /// The words by category: zero, one, two, few, many, other.
        by: BTreeMap<String, Vec<Piece>>,
    },
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the catalogue.
    Words(String),
    /// The argument of that name.
    Arg(String),
}

impl Pattern {
    /// Reads a message's value in a catalogue; nothing where it is written in a way that is not known here.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Plain(pieces(text))),
            Value::Array(variants) => plural(variants.first()?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
        }
    }

    /// The words for a plural category; those of `other` where the catalogue has none for it.
    pub fn pieces(&self, category: impl Fn(&str) -> &'static str) -> &[Piece] {
        match self {
            Self::Plain(pieces) => pieces,
            Self::Plural { of, by } => {
                by.get(category(of)).or_else(|| by.get("other")).map_or(&[], Vec::as_slice)
            }
        }
    }

    /// The names of the arguments it uses.
    #[cfg(test)]
    pub fn names(&self) -> std::collections::BTreeSet<String> {
        let all: Vec<&Piece> = match self {
            Self::Plain(pieces) => pieces.iter().collect(),
            Self::Plural { by, .. } => by.values().flatten().collect(),
        };
        let of = if let Self::Plural { of, .. } = self { Some(of.clone()) } else { None };
        let named = all.into_iter().filter_map(|p| match p {
            Piece::Arg(name) => Some(name.clone()),
            Piece::Words(_) => None,
        });
        named.chain(of).collect()
    }
}

/// `{"declarations": ["input n", "local p = n: plural"], "selectors": ["p"], "match": {"p=one": …, "p=other": …}}`
fn plural(variant: &Value) -> Option<Pattern> {
    let selector = variant["selectors"].as_array()?.first()?.as_str()?;
    let declared = variant["declarations"].as_array()?.iter().filter_map(Value::as_str);
    let local = format!("local {selector} = ");
    let of = declared.filter_map(|d| d.strip_prefix(&local)?.strip_suffix(": plural")).next()?.trim();
    let category = |key: &str| key.strip_prefix(&format!("{selector}=")).map(str::to_owned);
    let by = variant["match"].as_object()?.iter();
    let by = by.filter_map(|(key, text)| Some((category(key)?, pieces(text.as_str()?)))).collect();
    Some(Pattern::Plural { of: of.into(), by })
}

/// The words between the arguments, and their names. A backslash keeps the brace behind it.
fn pieces(text: &str) -> Vec<Piece> {
    let (mut all, mut words, mut chars) = (Vec::new(), String::new(), text.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => words.extend(chars.next()),
            '{' => {
                if !words.is_empty() {
                    all.push(Piece::Words(std::mem::take(&mut words)));
                }
                all.push(Piece::Arg(
                    chars.by_ref().take_while(|c| *c != '}').collect::<String>().trim().into(),
                ));
            }
            c => words.push(c),
        }
    }
    if !words.is_empty() {
        all.push(Piece::Words(words));
    }
    all
}
