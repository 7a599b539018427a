//! Lists the catalogues of messages: one file for each language that the page's settings name.

use std::{env, fs, path::Path};

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
    let entry = |code: &str| {
        let file = Path::new(&root).join(format!("ui/messages/{code}.json"));
        println!("cargo:rerun-if-changed={}", file.display());
        format!("({code:?}, include_str!({:?})),", file.display().to_string())
    };
    let codes = list.split(',').map(|c| c.trim().trim_matches('"')).filter(|c| !c.is_empty());
    let entries: String = codes.map(entry).collect();
    let out = Path::new(&env::var("OUT_DIR").expect("a folder for what is built")).join("catalogues.rs");
    fs::write(out, format!("&[{entries}]")).expect("the list of catalogues");
}
