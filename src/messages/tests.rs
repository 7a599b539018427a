use super::{Arg, Language, Message};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Every file of the core and of the shell, without lines that are comments.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut all, mut open) = (Vec::new(), vec![root.join("src"), root.join("src-tauri/src")]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("messages/tests.rs") {
                let code = fs::read_to_string(&path).unwrap();
                let code = code.lines().filter(|l| !l.trim_start().starts_with("//"));
                let code = code.collect::<Vec<_>>().join("\n");
                all.push((path, code));
            }
        }
    }
    all
}

/// Every `message!("code", name = …)` of both: the code and the names of its arguments.
fn made_in_the_core() -> Vec<(String, BTreeSet<String>)> {
    // Each from its own beginning to the end of the file: one may stand among the arguments of another.
    let calls = |code: String| {
        let begins = code.match_indices("message!(");
        begins.filter_map(|(at, name)| call(&code[at + name.len()..])).collect::<Vec<_>>()
    };
    sources().into_iter().flat_map(|(_, code)| calls(code)).collect()
}

/// The code and the argument names of one call, from right behind its opening bracket.
fn call(text: &str) -> Option<(String, BTreeSet<String>)> {
    let (code, rest) = text.trim_start().strip_prefix('"')?.split_once('"')?;
    let (mut depth, mut quoted, mut escaped, mut name) = (0, false, false, String::new());
    let mut names = BTreeSet::new();
    let mut expects = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if quoted => (quoted, escaped) = (escaped || c != '"', !escaped && c == '\\'),
            '"' => quoted = true,
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => (expects, name) = (true, String::new()),
            '=' if depth == 0 && expects && !rest[at + 1..].starts_with(['=', '>']) => {
                names.insert(name.trim().to_owned());
                expects = false;
            }
            c if expects => name.push(c),
            _ => {}
        }
    }
    Some((code.into(), names))
}

#[test]
fn every_catalogue_has_every_message_of_the_core_with_its_arguments() {
    let made = made_in_the_core();
    assert!(made.len() > 20, "only {} messages were found", made.len());
    let mut wrong = Vec::new();
    for language in Language::all() {
        for (code, names) in &made {
            match language.pattern(code).map(|p| p.names()) {
                None => wrong.push(format!("{language}: no message '{code}'")),
                Some(used) if used != *names => {
                    wrong.push(format!("{language}: '{code}' uses {used:?}, and is given {names:?}"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_calls_sees_codes_and_arguments() {
    let names = |text: &str| call(text).map(|(code, names)| (code, names.into_iter().collect::<Vec<_>>()));
    assert_eq!(names(r#""a")"#), Some(("a".into(), vec![])));
    let both = names(r#""b", was = f(x, y == z), now = "a, b = c")"#);
    assert_eq!(both, Some(("b".into(), vec!["now".into(), "was".into()])));
}

#[test]
fn words_hold_the_arguments_and_lists_are_separated() {
    let changed = Message::new("reason_changed").with("was", "2020").with("now", "2022");
    assert_eq!(changed.words(Language::default()), "“2020” → “2022”");
    let added = Message::new("reason_added").with("now", "roughly");
    let both = Message::new("open_stale").with("words", "since 2020").with("why", vec![changed, added]);
    let words = both.words(Language::default());
    assert_eq!(words, "The verdict on “since 2020” is out of date: “2020” → “2022”; “roughly” added");
}

#[test]
fn a_number_decides_between_singular_and_plural() {
    let revisions = |n: i64| Message::new("leak_revisions").with("count", n).words(Language::default());
    assert_eq!(revisions(1), "the text of 1 revision");
    assert_eq!(revisions(2), "the text of 2 revisions");
}

#[test]
fn a_message_that_no_catalogue_knows_shows_its_code_and_arguments() {
    let unknown = Message::new("of_tomorrow").with("claim", "C3").with("count", Arg::Number(2));
    assert_eq!(unknown.words(Language::default()), "of_tomorrow (claim: C3; count: 2)");
}

#[test]
fn an_unknown_language_is_refused_with_those_there_are() {
    let refused = "xx".parse::<Language>().unwrap_err().to_string();
    assert_eq!(refused, "there are no messages in the language 'xx'; known are en");
}

#[test]
fn no_error_has_words_outside_of_the_catalogues() {
    let with_words = |code: &str| code.contains("#[error(") && code.contains("thiserror");
    let found: Vec<PathBuf> = sources().into_iter().filter(|(_, c)| with_words(c)).map(|(p, _)| p).collect();
    assert!(found.is_empty(), "an error gets its words from its method `message`: {found:?}");
}

#[test]
fn a_stored_message_comes_back_and_an_older_sentence_stays_as_it_is() {
    let message = Message::new("reason_changed").with("was", "2020").with("now", "2022");
    assert_eq!(Message::of_record(&message.record()), message);
    assert_eq!(Message::of_record("its signature is wrong").to_string(), "its signature is wrong");
}
