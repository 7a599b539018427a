//! Front matter: a block of YAML between `---` or TOML between `+++` at the beginning of a file, as blogs have it. Its title becomes
//! the headline, its summary the standfirst, and the rest of what is known goes to the info.

mod fields;
mod node;

use super::{
    draft::{Draft, Fate},
    shapes::front_matter,
};
use crate::model::LeftOutReason;
use node::Node;

/// What front matter says that goes into the text.
#[derive(Default)]
pub struct Front {
    /// The headline, on one line.
    pub title: Option<String>,
    /// The short introduction, on one line.
    pub summary: Option<String>,
    /// The number of its first line.
    pub line: usize,
}

/// Reads the front matter of the draft, adds what it says to the info and marks its lines as left out. Returns `None` if there is
/// none, or none that can be read.
pub fn read(draft: &mut Draft<'_>) -> Option<Front> {
    let count = front_matter(&draft.lines).checked_sub(2)?;
    let lines = draft.lines[1..=count].iter().map(|l| l.raw).collect::<Vec<_>>();
    let toml = draft.lines[0].raw.starts_with('+');
    let node = node::parse(&lines, toml).filter(is_front)?;
    let found = fields::read(&node, draft.language.as_deref());
    for at in 0..count + 2 {
        draft.fates[at] = Fate::Out(LeftOutReason::FrontMatter);
    }
    for (key, why) in &found.reasons {
        if let Some(at) = lines.iter().position(|l| is_key(l, key)) {
            draft.fates[at + 1] = Fate::Out(*why);
        }
    }
    draft.info = found.info;
    Some(Front { title: found.title, summary: found.summary, line: draft.lines[0].number })
}

/// Whether a line gives the value of `key`.
fn is_key(line: &str, key: &str) -> bool {
    let bare = line.trim_start().trim_start_matches(['"', '\'']);
    let rest = bare.strip_prefix(key).map(|r| r.trim_start_matches(['"', '\'']).trim_start());
    rest.is_some_and(|r| r.starts_with([':', '=']))
}

/// Whether a block is front matter and no text between rules: it has a key that blogs use, or all its keys are single words in lower
/// case.
fn is_front(node: &Node) -> bool {
    let Node::Map(fields) = node else { return false };
    let word =
        |key: &str| key.starts_with(|c: char| c.is_ascii_lowercase()) && !key.contains(char::is_whitespace);
    fields.iter().any(|(key, _)| fields::is_known(key))
        || (!fields.is_empty() && fields.iter().all(|(key, _)| word(key)))
}
