//! The values of front matter: YAML, TOML, or, where that is not valid, lines of keys and values.

use saphyr_parser::{Event, Parser, StrInput};

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A text, number or date, as written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and their values, in order.
    Map(Vec<(String, Node)>),
}

/// How deep values may be within values.
const DEEPEST: usize = 16;

/// The value of the lines between the marks; `None` if they have no keys.
pub fn parse(lines: &[&str], toml: bool) -> Option<Node> {
    let text = lines.join("\n");
    let strict = if toml {
        text.parse::<toml::Table>().ok().map(|t| of_toml(toml::Value::Table(t)))
    } else {
        yaml(&text)
    };
    strict
        .filter(|node| matches!(node, Node::Map(fields) if !fields.is_empty()))
        .or_else(|| loose(lines, if toml { '=' } else { ':' }))
}

fn of_toml(value: toml::Value) -> Node {
    match value {
        toml::Value::String(text) => Node::Text(text),
        toml::Value::Array(all) => Node::List(all.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => Node::Map(table.into_iter().map(|(k, v)| (k, of_toml(v))).collect()),
        other => Node::Text(other.to_string()),
    }
}

fn yaml(text: &str) -> Option<Node> {
    let mut parser = Parser::new_from_str(text);
    loop {
        match parser.next_event()?.ok()?.0 {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            event => return value(&mut parser, event, 0),
        }
    }
}

/// The value that begins with `event`. An alias is read as an empty text, so that no short text becomes a long value.
fn value<'t>(parser: &mut Parser<'t, StrInput<'t>>, event: Event<'t>, depth: usize) -> Option<Node> {
    let mut parts = Vec::new();
    let map = match event {
        Event::Scalar(text, ..) => return Some(Node::Text(text.into_owned())),
        Event::Alias(_) => return Some(Node::Text(String::new())),
        Event::SequenceStart(..) => false,
        Event::MappingStart(..) => true,
        _ => return None,
    };
    loop {
        match parser.next_event()?.ok()?.0 {
            Event::SequenceEnd | Event::MappingEnd => break,
            Event::Nothing => {}
            _ if depth == DEEPEST => return None,
            event => parts.push(value(parser, event, depth + 1)?),
        }
    }
    Some(if map { Node::Map(paired(parts)) } else { Node::List(parts) })
}

fn paired(parts: Vec<Node>) -> Vec<(String, Node)> {
    let mut parts = parts.into_iter();
    let mut pairs = Vec::new();
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        if let Node::Text(key) = key {
            pairs.push((key, value));
        }
    }
    pairs
}

/// Reads lines that are no valid YAML or TOML: `title: Harbour: a story`. Each line without indent is a key and its value; `- item` adds to
/// the key above.
fn loose(lines: &[&str], mark: char) -> Option<Node> {
    let mut fields: Vec<(String, Node)> = Vec::new();
    for line in lines {
        let item = line.trim_start().strip_prefix("- ").map(bare);
        let keyed = line.split_once(mark).filter(|(key, _)| is_key(key));
        match (item, keyed, fields.last_mut()) {
            (Some(item), _, Some((_, value))) => add(value, item),
            (None, Some((key, value)), _) => fields.push((key.trim().to_owned(), listed(value))),
            _ => {}
        }
    }
    (!fields.is_empty()).then_some(Node::Map(fields))
}

fn is_key(key: &str) -> bool {
    let name = key.trim_end();
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    plain && name.starts_with(char::is_alphabetic)
}

fn add(value: &mut Node, item: String) {
    match value {
        Node::List(all) => all.push(Node::Text(item)),
        other => *other = Node::List(vec![Node::Text(item)]),
    }
}

fn listed(value: &str) -> Node {
    let inside = value.trim().strip_prefix('[').and_then(|v| v.strip_suffix(']'));
    inside.map_or_else(
        || Node::Text(bare(value)),
        |list| Node::List(list.split(',').map(|i| Node::Text(bare(i))).collect()),
    )
}

/// A value without blanks and quotation marks around it.
fn bare(value: &str) -> String {
    let value = value.trim();
    let quoted = ['"', '\''].iter().find_map(|q| value.strip_prefix(*q)?.strip_suffix(*q));
    quoted.unwrap_or(value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_lines_are_read_without_a_panic(text in "[-a-z:#'\"\\[\\]{}&*!|>%@,? \t\n0-9=]{0,120}", toml: bool) {
            let lines = text.split('\n').collect::<Vec<_>>();
            let _ = parse(&lines, toml);
        }
    }

    #[test]
    fn a_deep_or_endless_block_is_no_value() {
        assert_eq!(yaml(&"[".repeat(5000)), None);
        assert_eq!(yaml(&(0..200).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>()), None);
    }

    #[test]
    fn what_is_not_valid_is_read_line_by_line() {
        let lines =
            ["title: Harbour: a story", "tags:", "  - sea", "- \"the coast\"", "list: [a, 'b']", "\tbad"];
        let Some(Node::Map(fields)) = parse(&lines, false) else { panic!() };
        let text = |t: &str| Node::Text(t.into());
        assert_eq!(fields[0].1, text("Harbour: a story"));
        assert_eq!(fields[1].1, Node::List(vec![text("sea"), text("the coast")]));
        assert_eq!(fields[2].1, Node::List(vec![text("a"), text("b")]));
    }
}
