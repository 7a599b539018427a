//! No import circles: no file of the core imports another that imports it, directly or through other files. A re-export in a
//! folder's `mod.rs` counts as an import of the file that defines the item. `desk/mod.rs` is left out: every file of the
//! desk adds methods to its type, and it has values of theirs.

use super::{Source, sources};
use std::collections::{BTreeMap, BTreeSet};

type Module = Vec<String>;

/// The path of a file's module: `store/current/mod.rs` is `store::current`.
fn module(source: &Source) -> Module {
    let mut parts: Module = source.path.iter().map(|p| p.to_string_lossy().replace(".rs", "")).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

/// The paths that a `use` tree names, one for each leaf, without `as` names.
fn leaves(tree: &str, before: &[String], all: &mut Vec<Module>) {
    let tree = tree.trim();
    let Some((path, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        let mut whole = before.to_vec();
        whole.extend(path.split("::").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty() && p != "self"));
        if !tree.is_empty() {
            all.push(whole);
        }
        return;
    };
    let mut whole = before.to_vec();
    whole.extend(path.split("::").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()));
    let (mut depth, mut from) = (0, 0);
    let group = &group[..group.rfind('}').unwrap_or(group.len())];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                leaves(&group[from..at], &whole, all);
                from = at + 1;
            }
            _ => {}
        }
    }
    leaves(&group[from..], &whole, all);
}

/// A path of a module, from the root of the core; nothing if it leads outside.
fn absolute(path: &[String], here: &[String], children: &BTreeSet<Module>) -> Option<Module> {
    let supers = path.iter().take_while(|p| *p == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "super" => Some([here.get(..here.len().checked_sub(supers)?)?, &path[supers..]].concat()),
        first => {
            let child = [here, &[first.to_owned()]].concat();
            children.contains(&child).then(|| [here, path].concat())
        }
    }
}

/// Every `use` of a file: whether it is a re-export, and its leaves.
fn uses(code: &str) -> Vec<(bool, Module)> {
    let mut all = Vec::new();
    for line_start in code.match_indices("use ").map(|(at, _)| at) {
        let before = code[..line_start].rsplit('\n').next().unwrap_or_default().trim();
        if !before.is_empty() && !before.starts_with("pub") {
            continue;
        }
        let tree = code[line_start + 4..].split(';').next().unwrap_or_default();
        let mut found = Vec::new();
        leaves(tree, &[], &mut found);
        all.extend(found.into_iter().map(|path| (!before.is_empty(), path)));
    }
    all
}

/// The paths in the code itself that begin at the root or one module up.
fn inline(code: &str) -> Vec<Module> {
    let starts = ["crate::", "super::"].iter().flat_map(|s| code.match_indices(s)).map(|(at, _)| at);
    let path = |at: usize| {
        let end = code[at..].find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
        let path = &code[at..end.map_or(code.len(), |e| at + e)];
        path.split("::").filter(|p| !p.is_empty()).map(Into::into).collect()
    };
    let starts = starts.filter(|at| !code[..*at].ends_with("::") && !code[..*at].ends_with('$'));
    starts.map(path).filter(|path: &Module| path.len() > 1).collect()
}

/// Which modules each module imports.
fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let files: BTreeMap<Module, String> = sources().iter().map(|s| (module(s), s.code.clone())).collect();
    let known: BTreeSet<Module> = files.keys().cloned().collect();
    let mut passed = BTreeMap::new();
    for (here, code) in &files {
        for (_, path) in uses(code).into_iter().filter(|(passed, _)| *passed) {
            let (Some(to), Some(name)) = (absolute(&path, here, &known), path.last()) else { continue };
            passed.insert([here.as_slice(), std::slice::from_ref(name)].concat(), to);
        }
    }
    let home = |mut path: Module| {
        for _ in 0..8 {
            let Some(to) = (1..=path.len())
                .find_map(|n| passed.get(&path[..n]).map(|to: &Module| [to.as_slice(), &path[n..]].concat()))
            else {
                break;
            };
            path = to;
        }
        (0..=path.len()).rev().map(|n| path[..n].to_vec()).find(|m| known.contains(m))
    };
    let mut all = BTreeMap::new();
    for (here, code) in &files {
        let named = uses(code).into_iter().filter(|(passed, _)| !passed).map(|(_, path)| path);
        let named = named.chain(inline(code)).filter_map(|path| absolute(&path, here, &known));
        let to: BTreeSet<Module> =
            named.filter_map(home).filter(|to| to != here && *to != ["desk"]).collect();
        all.insert(here.clone(), to);
    }
    all
}

/// A circle that begins and ends at `start`, if there is one.
fn circle(start: &Module, imports: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<String>> {
    let mut from: BTreeMap<&Module, &Module> = BTreeMap::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for to in imports.get(at).into_iter().flatten() {
            if to == start {
                let mut way = vec![start.join("::"), at.join("::")];
                let mut back = at;
                while let Some(before) = from.get(back) {
                    back = before;
                    way.push(back.join("::"));
                }
                way.reverse();
                return Some(way);
            }
            if to != start && !from.contains_key(to) {
                from.insert(to, at);
                open.push(to);
            }
        }
    }
    None
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = imports();
    let known: usize = imports.values().map(BTreeSet::len).sum();
    assert!(known > 500, "only {known} imports were found");
    let circles: BTreeSet<String> =
        imports.keys().filter_map(|m| circle(m, &imports)).map(|way| way.join(" -> ")).collect();
    assert!(circles.is_empty(), "{}", circles.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_parser_of_use_trees_finds_every_leaf() {
    let code = "use crate::{a::{B, c::D as E}, f};\npub use super::g::H;\nlet x = crate::i::j(super::k());";
    let path = |p: &str| p.split("::").map(Into::into).collect::<Module>();
    let leaves: Vec<_> = uses(code).into_iter().collect();
    assert_eq!(
        leaves,
        [
            (false, path("crate::a::B")),
            (false, path("crate::a::c::D")),
            (false, path("crate::f")),
            (true, path("super::g::H"))
        ]
    );
    assert!(inline(code).contains(&path("crate::i::j")) && inline(code).contains(&path("super::k")));
    let both = BTreeMap::from([
        (path("a"), BTreeSet::from([path("b")])),
        (path("b"), BTreeSet::from([path("c")])),
        (path("c"), BTreeSet::from([path("a")])),
    ]);
    assert_eq!(circle(&path("a"), &both).unwrap(), ["a", "b", "c", "a"]);
}
