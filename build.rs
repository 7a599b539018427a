//! Lists the catalogues of messages: one file for each language that the page's settings name.

use serde_json::Value;
use std::{collections::BTreeMap, env, fs, path::Path};

fn main() {
    let settings = "ui/project.inlang/settings.json";
    println!("cargo:rerun-if-changed={settings}");
    let text = fs::read_to_string(settings).expect("the page's settings, which name the languages");
    let list = text
        .split("\"locales\":")
        .nth(1)
        .and_then(|l| l.split(['[', ']']).nth(1))
        .expect("a list of languages");
    let root = env::var("CARGO_MANIFEST_DIR").expect("the folder of this package");
    let out = env::var("OUT_DIR").expect("a folder for what is built");
    let entry = |code: &str| {
        let file = Path::new(&root).join(format!("ui/messages/{code}.json"));
        println!("cargo:rerun-if-changed={}", file.display());
        let (lines, starts) = lines(&fs::read_to_string(file).expect("a catalogue"));
        let file = Path::new(&out).join(format!("{code}.lines"));
        fs::write(&file, lines).expect("a catalogue in lines");
        format!("({code:?}, include_str!({:?}), &{starts:?}),", file.display().to_string())
    };
    let codes = list.split(',').map(|c| c.trim().trim_matches('"')).filter(|c| !c.is_empty());
    let entries: String = codes.map(entry).collect();
    let list = Path::new(&out).join("catalogues.rs");
    fs::write(list, format!("&[{entries}]")).expect("the list of catalogues");
}

/// A catalogue as a line for each message, in the order of their codes: the code, a tab and the message's JSON. And where each
/// line begins, in bytes. So a program reads only the messages that it says.
fn lines(catalogue: &str) -> (String, Vec<usize>) {
    let all: BTreeMap<String, Value> = serde_json::from_str(catalogue).expect("a catalogue in JSON");
    let (mut lines, mut starts) = (String::new(), Vec::new());
    for (code, message) in all {
        starts.push(lines.len());
        lines += &format!("{code}\t{message}\n");
    }
    (lines, starts)
}
