//! Which module may import which, read from the `use` lines and paths of every source file. The table here is the one in
//! ARCHITECTURE.md.

mod circles;
mod floors;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// The modules of the core and what each may import. `store`, `anchor`, `formats`, `files` and `hub` do not import each other.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("text", &["messages"]),
    ("messages", &[]),
    ("model", &["messages", "text"]),
    ("anchor", &["model", "messages", "text"]),
    ("store", &["model", "messages", "text"]),
    ("formats", &["model", "messages", "text"]),
    ("files", &["model", "messages", "text"]),
    ("hub", &["model", "messages", "text"]),
    ("desk", &["store", "anchor", "formats", "files", "hub", "model", "messages", "text"]),
    ("wire", &["desk", "store", "anchor", "formats", "files", "hub", "model", "messages", "text"]),
    ("cli", &["wire", "desk", "store", "anchor", "formats", "files", "hub", "model", "messages", "text"]),
];

/// External crates, and the only modules that may use them.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("serde", &["wire", "formats", "store", "messages"]),
    ("serde_json", &["wire", "formats", "store", "hub", "cli", "messages"]),
    ("intl_pluralrules", &["messages"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("tauri", &[]),
    ("similar", &["text"]),
    ("sentencex", &["text"]),
    ("zip", &["formats"]),
    ("quick_xml", &["formats"]),
    ("html5ever", &["formats"]),
    ("mail_parser", &["formats"]),
    ("ed25519_dalek", &["formats"]),
    ("blake2", &["formats"]),
    ("base64", &["formats", "hub"]),
    ("scrypt", &["formats"]),
    ("zeroize", &["formats", "cli"]),
    ("rpassword", &["cli"]),
    ("csv", &["formats"]),
    ("rust_xlsxwriter", &["formats"]),
    ("krilla", &["formats"]),
    ("parley", &["formats"]),
    ("fontique", &["formats"]),
    ("biblatex", &[]),
    ("encoding_rs", &["formats"]),
    ("chardetng", &["formats"]),
    ("saphyr_parser", &["formats"]),
    ("toml", &["formats"]),
    ("zstd", &["store"]),
    ("sha2", &["model", "formats"]),
    ("hayro_interpret", &["formats"]),
    ("rustix", &["files"]),
    ("tokio", &["hub"]),
    ("tokio_postgres", &["hub"]),
    ("tokio_postgres_rustls", &["hub"]),
    ("postgres_protocol", &["hub"]),
    ("rustls", &["hub"]),
    ("rustls_native_certs", &["hub"]),
];

/// What only the command line may do: print, and read the environment. The clock is passed in; its only definition is in
/// `desk`.
const ONLY_AT_THE_TOP: &[&str] = &["println!", "eprintln!", "print!", "eprint!", "std::env", "dbg!"];

/// A source file of the core, without its comments and its tests.
struct Source {
    path: PathBuf,
    module: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs")
                && path.file_name().is_none_or(|n| n != "tests.rs")
            {
                let inside = path.strip_prefix(&root).expect("a path below src");
                let module =
                    inside.components().next().expect("a room").as_os_str().to_string_lossy().into_owned();
                let code = code(&std::fs::read_to_string(&path).expect("a source in UTF-8"));
                found.push(Source { path: inside.into(), module, code });
            }
        }
    }
    found
}

/// The code without comments, up to the module of tests that ends a file.
fn code(source: &str) -> String {
    let own = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = own.lines().filter(|l| !l.trim_start().starts_with("//"));
    lines.map(|l| l.split(" // ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The modules that a file names: `crate::module`, and the first names inside `use crate::{...}`.
fn modules_named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => named.extend(first_names(group)),
            None => named.extend(word(after)),
        }
    }
    named
}

/// The names on the top level of a group.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut starts) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts = true,
            c if c.is_whitespace() => {}
            _ if starts && depth == 0 => {
                names.extend(word(&group[at..]));
                starts = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// Whether the code has a path that begins with `name::`.
fn uses_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
    })
}

#[test]
fn imports_go_down_only() {
    let modules: Vec<&str> = MAY_IMPORT.iter().map(|(module, _)| *module).collect();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((_, may)) = MAY_IMPORT.iter().find(|(module, _)| *module == source.module) else { continue };
        for named in modules_named(&source.code) {
            let known = modules.contains(&named.as_str());
            if known && named != source.module && !may.contains(&named.as_str()) {
                wrong.push(format!("{} imports {named}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_is_in_the_table() {
    let known: BTreeSet<_> = MAY_IMPORT.iter().map(|(module, _)| module.to_string()).collect();
    let there: BTreeSet<_> =
        sources().into_iter().map(|s| s.module).filter(|r| !r.ends_with(".rs")).collect();
    assert_eq!(there, known);
}

#[test]
fn each_external_crate_is_used_only_in_its_modules() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (name, modules) in ONLY_IN {
            if uses_crate(&source.code, name) && !modules.contains(&source.module.as_str()) {
                wrong.push(format!("{} uses {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_one_module_uses_the_file_system() {
    let own = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let opens = |code: &str| code.match_indices("File::open").any(|(at, _)| !own(&code[..at]));
    let by = |s: &Source| uses_crate(&s.code, "fs") || s.code.contains("std::fs") || opens(&s.code);
    let wrong: Vec<_> =
        sources().into_iter().filter(|s| s.module != "files" && by(s)).map(|s| s.path).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn nothing_below_the_command_line_prints_or_reads_the_environment() {
    let mut wrong = Vec::new();
    for source in sources().into_iter().filter(|s| s.module != "cli") {
        for call in ONLY_AT_THE_TOP.iter().filter(|call| source.code.contains(*call)) {
            wrong.push(format!("{} has {call}", source.path.display()));
        }
        let clock = source.code.contains("SystemTime::now") || source.code.contains("Instant::now");
        if clock && source.path != Path::new("desk/act.rs") {
            wrong.push(format!("{} asks the clock", source.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_parser_of_use_lines_finds_groups_and_paths() {
    let code = "use crate::{\n    model::{Fact, Chain},\n    text::Span,\n};\nlet x = crate::store::open();";
    assert_eq!(modules_named(code).into_iter().collect::<Vec<_>>(), ["model", "store", "text"]);
    assert!(uses_crate("use serde::Serialize;", "serde"));
    assert!(!uses_crate("use serde_json::Value;", "serde"));
    assert!(!uses_crate("let x = my_serde::y();", "serde"));
}

/// Every path that the map names in backticks exists: below `src`, `ui/src`, or the project itself.
#[test]
fn the_map_names_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = std::fs::read_to_string(root.join("ARCHITECTURE.md")).expect("the map");
    let quoted = map.split('`').skip(1).step_by(2);
    let is_path = |q: &&str| {
        let name = |c: char| c.is_alphanumeric() || "/._-".contains(c);
        (q.ends_with(".rs") || q.ends_with(".ts") || q.ends_with('/') || q.ends_with(".md"))
            && q.chars().all(name)
            && q.contains('/')
    };
    let bases = ["", "src", "src/desk", "ui/src", "src/formats", "tests"];
    let missing: Vec<&str> = quoted
        .filter(is_path)
        .filter(|q| !q.starts_with("DESK.") && !bases.iter().any(|base| root.join(base).join(q).exists()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
