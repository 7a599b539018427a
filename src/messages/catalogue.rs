//! The catalogues: for each language the words of every message. `build.rs` lists them, from the languages that the page's
//! settings name.

use super::{
    Arg, Message, message,
    pattern::{Pattern, Piece},
    quoting, shown_in_english,
};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// The code of each language and its catalogue: a line for each message in the order of their codes, and where each line begins.
const CATALOGUES: &[(&str, &str, &[usize])] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// A language that has a catalogue. The default is the first of the page's settings, English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Language(usize);

/// There is no catalogue of a language.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct UnknownLanguage(pub String);

impl UnknownLanguage {
    /// What is said of it.
    pub fn message(&self) -> Message {
        let known = Language::all().map(Language::code).collect::<Vec<_>>().join(", ");
        message!("unknown_language", given = &self.0, known = known)
    }
}

shown_in_english!(UnknownLanguage);

impl Language {
    /// Every language that has a catalogue.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CATALOGUES.len()).map(Self)
    }

    /// Its code, as BCP 47 has it: `en`.
    pub fn code(self) -> &'static str {
        CATALOGUES[self.0].0
    }

    /// The pattern of a message.
    pub(super) fn pattern(self, code: &str) -> Option<Pattern> {
        let (_, lines, starts) = CATALOGUES[self.0];
        let line = |start: usize| lines[start..].split_once('\n').and_then(|(line, _)| line.split_once('\t'));
        let at = starts.binary_search_by(|start| line(*start).map(|(code, _)| code).cmp(&Some(code))).ok()?;
        Pattern::of(&serde_json::from_str(line(starts[at])?.1).ok()?)
    }

    /// The plural category of a number: zero, one, two, few, many or other.
    fn category(self, number: i64) -> &'static str {
        let mut known = PluralRules::get_locales(PluralRuleType::CARDINAL).into_iter();
        let tag = known.find(|l| *l == self.code());
        let rules = tag.and_then(|tag| PluralRules::create(tag, PluralRuleType::CARDINAL).ok());
        match rules.and_then(|r| r.select(number).ok()) {
            Some(PluralCategory::ZERO) => "zero",
            Some(PluralCategory::ONE) => "one",
            Some(PluralCategory::TWO) => "two",
            Some(PluralCategory::FEW) => "few",
            Some(PluralCategory::MANY) => "many",
            Some(PluralCategory::OTHER) | None => "other",
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::all().find(|l| l.code() == code).ok_or_else(|| UnknownLanguage(code.into()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A message in a language.
pub(super) fn words(message: &Message, language: Language) -> String {
    let Some(pattern) = language.pattern(message.code()) else { return bare(message, language) };
    let value = |name: &str| message.args().find(|(n, _)| *n == name).map(|(_, value)| value);
    let category = |name: &str| match value(name) {
        Some(Arg::Number(number)) => language.category(*number),
        Some(Arg::Text(_) | Arg::Message(_) | Arg::List(_)) | None => "other",
    };
    let (mut out, mut waiting) = (String::new(), None);
    for piece in pattern.pieces(category) {
        match (piece, waiting.take()) {
            (Piece::Words(after), Some(text)) => quoting::insert(&mut out, text, after),
            (Piece::Words(words), None) => out.push_str(words),
            (Piece::Arg(name), before) => {
                out.push_str(before.unwrap_or_default());
                match value(name) {
                    // A text is added with the words behind it, which may begin with a quotation mark.
                    Some(Arg::Text(text)) => waiting = Some(text.as_str()),
                    Some(other) => out.push_str(&shown(other, language)),
                    None => {}
                }
            }
        }
    }
    out + waiting.unwrap_or_default()
}

fn shown(value: &Arg, language: Language) -> String {
    match value {
        Arg::Text(text) => text.clone(),
        Arg::Number(number) => number.to_string(),
        Arg::Message(message) => words(message, language),
        Arg::List(messages) => {
            let separator = Message::new("list_separator").words(language);
            messages.iter().map(|m| words(m, language)).collect::<Vec<_>>().join(&separator)
        }
    }
}

/// A message of a newer program, which this catalogue does not know.
fn bare(message: &Message, language: Language) -> String {
    let args: Vec<_> =
        message.args().map(|(name, value)| format!("{name}: {}", shown(value, language))).collect();
    if args.is_empty() { message.code().into() } else { format!("{} ({})", message.code(), args.join("; ")) }
}
