//! The entries of a BibTeX file: where each begins and ends, its fields and strings, by line.
//!
//! A flaw costs one entry, not the file: an entry that is not closed ends where a line begins with the next one. Everything
//! between entries is a comment. Source: "Designing BibTeX Styles" and `bibtex.web`, section 220 and following.

use crate::messages::{Message, message};
use std::collections::HashMap;

/// The most bytes that strings (`@string`) may add to a file.
const MOST_STRINGS: usize = 16 << 20;
/// The longest comment in round brackets, in bytes.
const LONGEST_COMMENT: usize = 1000;
/// The abbreviations that every style knows.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// An entry with its fields. Keys, types and names of fields are as written, but types and names in lower case.
#[derive(Debug)]
pub struct Entry {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The type, such as `article`.
    pub kind: String,
    /// The key; empty if it has none.
    pub key: String,
    /// The names and values of its fields, in order. Values are in TeX.
    pub fields: Vec<(String, String)>,
    /// Flaws that did not hinder reading it.
    pub flaws: Vec<Message>,
}

/// A part of the file that is no sound entry.
#[derive(Debug)]
pub struct Skipped {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The line on which the last such part begins: parts on adjacent lines with the same flaw are one.
    pub last: usize,
    /// Its key, or its type.
    pub what: String,
    /// Why it cannot be used.
    pub why: Message,
}

/// The parts of a file in their order.
pub fn parts(text: &str) -> (Vec<Entry>, Vec<Skipped>) {
    let mut scanner = Scanner::new(text);
    let mut at = 0;
    while let Some(start) = scanner.next_start(at) {
        at = scanner.part(&start);
    }
    (scanner.entries, scanner.skipped)
}

/// Where a part begins: the position of its `@`, its type, and the position of the bracket that opens it.
struct Start<'t> {
    at: usize,
    kind: &'t str,
    opens: usize,
}

struct Scanner<'t> {
    text: &'t str,
    /// The closing brace of each opening brace that begins a part.
    closes: HashMap<usize, usize>,
    /// The line on which the last part began, and its position.
    counted: (usize, usize),
    strings: HashMap<String, String>,
    /// How many bytes strings may still add.
    room: usize,
    entries: Vec<Entry>,
    skipped: Vec<Skipped>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            closes: closing_braces(text),
            counted: (1, 0),
            strings: HashMap::new(),
            room: MOST_STRINGS,
            entries: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// The next part from a position on. Lines that begin with `%` are comments.
    fn next_start(&self, from: usize) -> Option<Start<'t>> {
        let mut from = from;
        loop {
            let at = from + self.text.get(from..)?.find('@')?;
            let line = self.text[from..at].rfind('\n').map_or(from, |n| from + n + 1);
            if self.text[line..at].trim_start().starts_with('%') {
                from = self.text[at..].find('\n').map_or(self.text.len(), |n| at + n);
                continue;
            }
            match start(self.text, at) {
                Some(found) => return Some(found),
                None => from = at + 1,
            }
        }
    }

    /// Reads the part and returns the position behind it.
    fn part(&mut self, start: &Start) -> usize {
        let (end, kind) = (self.end(start), start.kind.to_ascii_lowercase());
        if kind == "comment" {
            return end.unwrap_or(start.opens) + 1;
        }
        let body = end.map(|end| &self.text[start.opens + 1..end]);
        let behind = end.map_or_else(|| next_line_start(self.text, start.opens + 1), |end| end + 1);
        let line = self.line(start.at);
        match (&*kind, body) {
            (_, None) => self.skip(
                line,
                named(&self.text[start.opens + 1..behind], &kind),
                message!("bibtex_unclosed"),
            ),
            ("preamble", _) => self.skip(line, "@preamble".into(), message!("bibtex_preamble")),
            ("string", Some(body)) => self.string(line, body),
            (_, Some(body)) => self.entry(line, kind, body),
        }
        behind
    }

    /// The closing bracket of a part. A part in round brackets ends at the last one before the next part, a comment at the first
    /// one in its line.
    fn end(&self, start: &Start) -> Option<usize> {
        if self.text.as_bytes()[start.opens] == b'{' {
            return self.closes.get(&start.opens).copied();
        }
        let inside = &self.text[start.opens..];
        let close = if start.kind.eq_ignore_ascii_case("comment") {
            let inside = &inside[..inside.floor_char_boundary(LONGEST_COMMENT)];
            inside.find([')', '\n']).filter(|n| inside[*n..].starts_with(')'))
        } else {
            inside[..next_line_start(inside, 0)].rfind(')')
        };
        close.map(|n| start.opens + n)
    }

    /// The line of a position behind the last one asked for.
    fn line(&mut self, at: usize) -> usize {
        let (line, from) = self.counted;
        let now = line + self.text[from..at].matches('\n').count();
        self.counted = (now, at);
        now
    }

    fn skip(&mut self, line: usize, what: String, why: Message) {
        match self.skipped.last_mut().filter(|s| s.last + 1 == line && s.why == why) {
            Some(before) => before.last = line,
            None => self.skipped.push(Skipped { line, last: line, what, why }),
        }
    }

    fn string(&mut self, line: usize, body: &str) {
        let mut flaws = Vec::new();
        match Fields::new(body).all(&mut self.strings_for(&mut flaws)) {
            Ok(fields) => self.strings.extend(fields),
            Err(why) => self.skip(line, format!("@string{{{}", first_words(body)), why),
        }
        flaws.into_iter().for_each(|why| self.skip(line, "@string".into(), why));
    }

    fn entry(&mut self, line: usize, kind: String, body: &str) {
        let head = body.find([',', '=']).filter(|at| body.as_bytes()[*at] == b',');
        let (key, rest) = match head {
            Some(at) => (body[..at].trim(), &body[at + 1..]),
            None if body.contains('=') => ("", body),
            None => (body.trim(), ""),
        };
        if key.contains(char::is_whitespace) && key.contains(['{', '}', '"']) {
            return self.skip(line, first_words(key), message!("bibtex_no_comma"));
        }
        let mut flaws = Vec::new();
        if key.is_empty() {
            flaws.push(message!("bibtex_no_key"));
        }
        match Fields::new(rest).all(&mut self.strings_for(&mut flaws)) {
            Ok(fields) if fields.is_empty() => {
                self.skip(line, named(key, &kind), message!("bibtex_no_fields"))
            }
            Ok(fields) => self.entries.push(Entry { line, kind, key: key.into(), fields, flaws }),
            Err(why) => self.skip(line, if key.is_empty() { format!("@{kind}") } else { key.into() }, why),
        }
    }

    fn strings_for<'s>(&'s mut self, flaws: &'s mut Vec<Message>) -> Strings<'s> {
        Strings { known: &self.strings, room: &mut self.room, flaws }
    }
}

/// The known strings, and a list for what is wrong with their use.
struct Strings<'s> {
    known: &'s HashMap<String, String>,
    room: &'s mut usize,
    flaws: &'s mut Vec<Message>,
}

impl Strings<'_> {
    fn get(&mut self, name: &str) -> Result<String, Message> {
        if name.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(name.into());
        }
        let lower = name.to_lowercase();
        match self.known.get(&lower) {
            Some(value) if value.len() > *self.room => Err(message!("bibtex_long_string", name = name)),
            Some(value) => {
                *self.room -= value.len();
                Ok(value.clone())
            }
            None if MONTHS.contains(&&*lower) => Ok(lower),
            None => {
                self.flaws.push(message!("bibtex_unknown_string", name = name));
                Ok(name.into())
            }
        }
    }
}

/// The fields in the body of an entry.
struct Fields<'t> {
    text: &'t str,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str) -> Self {
        Self { text }
    }

    /// All fields, with strings replaced. An error says which field is wrong.
    fn all(mut self, strings: &mut Strings) -> Result<Vec<(String, String)>, Message> {
        let mut fields = Vec::new();
        loop {
            self.text = self.text.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if self.text.is_empty() {
                return Ok(fields);
            }
            let (name, rest) = self
                .text
                .split_once('=')
                .ok_or_else(|| message!("bibtex_no_equals", words = first_words(self.text)))?;
            let name = name.trim().to_lowercase();
            if name.is_empty() || name.contains(|c: char| c.is_whitespace() || "{}\"#,".contains(c)) {
                return Err(message!("bibtex_no_name", words = first_words(&name)));
            }
            self.text = rest;
            let value =
                self.value(strings).map_err(|why| message!("bibtex_field", name = &name, why = why))?;
            fields.push((name, value));
        }
    }

    /// A value: texts, numbers and strings, joined by `#`.
    fn value(&mut self, strings: &mut Strings) -> Result<String, Message> {
        let mut value = String::new();
        loop {
            self.text = self.text.trim_start();
            value += &match self.text.as_bytes().first() {
                Some(b'{') => self.delimited(braced(self.text))?,
                Some(b'"') => self.delimited(quoted(self.text))?,
                _ => self.word(strings)?,
            };
            self.text = self.text.trim_start();
            match self.text.as_bytes().first() {
                Some(b'#') => self.text = &self.text[1..],
                None | Some(b',') => return Ok(value),
                // The comma is often forgotten at the end of a line.
                Some(_) if begins_field(self.text) => return Ok(value),
                Some(_) => return Err(message!("bibtex_comma_before", words = first_words(self.text))),
            }
        }
    }

    fn delimited(&mut self, len: Option<usize>) -> Result<String, Message> {
        let len = len.ok_or_else(|| message!("bibtex_not_closed"))?;
        let (value, rest) = self.text.split_at(len);
        self.text = rest;
        Ok(value[1..len - 1].into())
    }

    fn word(&mut self, strings: &mut Strings) -> Result<String, Message> {
        let end =
            self.text.find(|c: char| c.is_whitespace() || ",#={}\"".contains(c)).unwrap_or(self.text.len());
        let (word, rest) = self.text.split_at(end);
        self.text = rest;
        if word.is_empty() { Err(message!("bibtex_no_value")) } else { strings.get(word) }
    }
}

/// Whether the text begins with `name =`.
fn begins_field(text: &str) -> bool {
    let name = text.trim_start_matches(|c: char| c.is_alphanumeric() || "-_:".contains(c));
    name.len() < text.len() && name.trim_start().starts_with('=')
}

/// The length of the braces at the start of the text.
pub fn braced(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The length of the quotation at the start of the text. A quotation mark in braces does not end it.
fn quoted(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            b'"' if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The part that begins at an `@`; `None` if the sign is part of a comment.
fn start(text: &str, at: usize) -> Option<Start<'_>> {
    let inside = text[at + 1..].trim_start_matches([' ', '\t']);
    let name = inside.len() - inside.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let rest = inside[name..].trim_start();
    let opens = text.len() - rest.len();
    (name > 0 && rest.starts_with(['{', '('])).then(|| Start { at, kind: &inside[..name], opens })
}

/// Where the next line begins that begins a part; the end of the text if there is none.
fn next_line_start(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(n) = text[at..].find('\n') {
        at += n + 1;
        let indent = text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
        if text[at + indent..].starts_with('@') && start(text, at + indent).is_some() {
            return at + indent;
        }
    }
    text.len()
}

/// The closing brace of every opening one that begins a part.
fn closing_braces(text: &str) -> HashMap<usize, usize> {
    let (mut open, mut closes) = (Vec::new(), HashMap::new());
    let begins = |at: usize| {
        let before = text[..at].trim_end();
        let name = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
        before.len() > name.len() && name.trim_end_matches([' ', '\t']).ends_with('@')
    };
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open.push((at, begins(at))),
            b'}' => {
                if let Some((from, true)) = open.pop() {
                    closes.insert(from, at);
                }
            }
            _ => {}
        }
    }
    closes
}

/// The key of a part that is not closed, or else its type.
fn named(body: &str, kind: &str) -> String {
    let key = body.split([',', '=', '\n', '{']).next().unwrap_or_default().trim();
    if key.is_empty() { format!("@{kind}") } else { key.into() }
}

/// The start of a text, for a message.
pub fn first_words(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    if line.chars().count() <= 40 { line.into() } else { line.chars().take(39).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> (Vec<String>, Vec<(usize, String)>) {
        let (entries, skipped) = parts(text);
        (
            entries.into_iter().map(|e| e.key).collect(),
            skipped.into_iter().map(|s| (s.line, s.what)).collect(),
        )
    }

    #[test]
    fn a_flaw_costs_one_entry() {
        for (flawed, line, what) in [
            ("@book{bad, title = {Open, year = 2001", 2, "bad"),
            ("@book{bad, title = \"Open, year = 2001}", 2, "bad"),
            ("@book{bad, title {None}}", 2, "bad"),
            ("@book{bad, two words = {x}}", 2, "bad"),
            ("@book{bad, title = }", 2, "bad"),
            ("@preamble{words}", 2, "@preamble"),
            ("@book(bad, title = {Open", 2, "bad"),
            ("@article{bad title {No equals 1}}", 2, "bad title {No equals 1}"),
            ("@article{bad title {None}, year = 2001}", 2, "bad title {None}"),
            ("@article{bad}", 2, "bad"),
        ] {
            let text = format!(
                "@book{{a, title = {{A}}}}\n{flawed}\n@book{{b, title = {{B}}}}\n@book(c, title = \"C\")"
            );
            let (read, skipped) = keys(&text);
            assert_eq!(read, ["a", "b", "c"], "{flawed}");
            assert_eq!(skipped, [(line, what.to_owned())], "{flawed}");
        }
    }

    #[test]
    fn adjacent_lines_with_the_same_flaw_are_one() {
        let (_, skipped) = parts("@book{a,\n@book{b,\n@book{c,\n\n@book{d,\n");
        let lines: Vec<_> = skipped.iter().map(|s| (s.line, s.last, s.what.as_str())).collect();
        assert_eq!(lines, [(1, 3, "a"), (5, 5, "d")]);
    }

    #[test]
    fn a_comment_in_round_brackets_ends_in_its_line() {
        let text = "@comment(one)@book{a, title = {A}}\n@comment( open\n@book{b, title = {B (2)}}";
        assert_eq!(keys(text), (vec!["a".into(), "b".into()], vec![]));
    }

    #[test]
    fn comments_strings_and_other_brackets_are_read() {
        let text = "words me@mail.example and more\n% @book{no, title = {No}}\n@comment{@book{no, title = {No}}}\n\
            @comment with { and no end\n@STRING{osk = \"Osk\" # \" and \" # {Tarn}}\n@Book ( a , title = osk # { x} , year = 2001 )\n\
            @book{b, title = {B}\n year = 2002, month = feb # {~7},}";
        let (entries, skipped) = parts(text);
        assert!(skipped.is_empty(), "{skipped:?}");
        let [a, b] = &entries[..] else { panic!("{entries:?}") };
        assert_eq!((a.kind.as_str(), a.line, a.fields[0].1.as_str()), ("book", 6, "Osk and Tarn x"));
        assert_eq!(b.fields[2], ("month".into(), "feb~7".into()));
    }

    #[test]
    fn flaws_that_do_not_hinder_reading_are_told() {
        let (entries, _) = parts("@book{, title = {A}}\n@book{title = {B}, journal = jlake}");
        assert!(
            entries[0].flaws[0].to_string().contains("no key")
                && entries[1].flaws[1].to_string().contains("'jlake'"),
            "{entries:?}"
        );
        assert_eq!(entries[1].fields[1].1, "jlake");
    }

    #[test]
    fn strings_cannot_fill_the_memory() {
        let text: String = (0..40).map(|n| format!("@string{{s{} = s{n} # s{n}}}\n", n + 1)).collect();
        let (_, skipped) = parts(&format!("@string{{s0 = {{{}}}}}\n{text}", "x".repeat(1000)));
        assert!(skipped.iter().any(|s| s.why.to_string().contains("too long")));
    }
}
