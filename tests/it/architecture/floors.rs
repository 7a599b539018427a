//! The folders of `desk` are floors: a file imports only from its own floor and those below, and calls only methods of
//! `Desk` that are defined there. `desk/mod.rs` has the type itself and is not on a floor.

use super::{Source, sources};
use std::collections::BTreeMap;

/// From the lowest to the highest. The empty name is for the files in `desk` itself.
const FLOORS: &[&str] =
    &["", "storage", "people", "articles", "claims", "review", "history", "exchange", "maintenance"];

/// The floor of a file of the desk, and its path in the desk.
fn floor(source: &Source) -> Option<(usize, String)> {
    let inside = source.path.strip_prefix("desk").ok()?;
    let folder = inside.parent()?.to_string_lossy();
    let at = FLOORS.iter().position(|f| *f == folder)?;
    Some((at, inside.to_string_lossy().into_owned()))
}

/// The bodies of `impl Desk { … }`. rustfmt ends each with a brace at the line's start.
fn own_methods(code: &str) -> String {
    let blocks = code.split("\nimpl Desk {\n").skip(1);
    blocks.map(|b| b.split("\n}\n").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The name after `fn ` if a line defines a method.
fn defined(line: &str) -> Option<String> {
    let line = line.strip_prefix("    ").filter(|l| !l.starts_with(' '))?;
    let after = line.split_once("fn ")?.1;
    super::word(after)
}

/// The names called on `receiver`: `name` for `self.name(`.
fn called<'c>(code: &'c str, receiver: &'c str) -> impl Iterator<Item = String> + 'c {
    code.match_indices(receiver).filter_map(move |(at, _)| {
        let before = code[..at].chars().next_back();
        let whole = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '.');
        let rest = code[at + receiver.len()..].trim_start().strip_prefix(['.', ':'])?.trim_start_matches(':');
        let name = super::word(rest)?;
        (whole && rest[name.len()..].starts_with('(')).then_some(name)
    })
}

#[test]
fn every_folder_of_the_desk_is_a_floor() {
    let of_desk = sources().into_iter().filter(|s| s.module == "desk");
    let strange: Vec<_> = of_desk.filter(|s| floor(s).is_none()).map(|s| s.path).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn inside_the_desk_imports_go_down() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((at, name)) = floor(&source).filter(|(_, name)| name != "mod.rs") else { continue };
        for (above, folder) in FLOORS.iter().enumerate().skip(at + 1) {
            let imports = source.code.split("use crate::desk::").skip(1).map(|u| u.split(';').next());
            let used = imports.flatten().any(|u| u.contains(&format!("{folder}::")));
            if used || source.code.contains(&format!("crate::desk::{folder}::")) {
                wrong.push(format!("{name} imports {} (floor {above})", folder));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn inside_the_desk_calls_go_down() {
    let all: Vec<_> = sources().into_iter().filter_map(|s| floor(&s).map(|f| (s, f))).collect();
    let mut homes: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (source, (at, name)) in &all {
        for method in own_methods(&source.code).lines().filter_map(defined) {
            homes.insert(method, (*at, name));
        }
    }
    assert!(homes.len() > 200, "only {} methods of Desk were found", homes.len());
    let mut wrong = Vec::new();
    for (source, (at, name)) in all.iter().filter(|(_, (_, name))| name != "mod.rs") {
        let own = own_methods(&source.code);
        let calls = called(&own, "self").chain(called(&own, "Self")).chain(called(&source.code, "desk"));
        for call in calls {
            if let Some((_, home)) = homes.get(&call).filter(|(above, _)| above > at) {
                wrong.push(format!("{name} calls {call} of {home}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_parser_of_calls_finds_methods_and_receivers() {
    let code =
        "x\nimpl Desk {\n    pub fn a(&self) {\n        self.b();\n        self.store.c();\n    }\n}\n";
    assert_eq!(own_methods(code).lines().filter_map(defined).collect::<Vec<_>>(), ["a"]);
    assert_eq!(called(code, "self").collect::<Vec<_>>(), ["b"]);
    assert_eq!(called("Desk::over(x); other.desk.y(); desk\n.z()", "desk").collect::<Vec<_>>(), ["z"]);
}
