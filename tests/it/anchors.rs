//! The corpus of one-line cases: what counts as a change of words, and where claims come to stand.
//! The notations are explained at the top of each file in tests/it/cases; add a line and run the test.

use tickmark::anchor::{Words, carry, compare};
use tickmark::text::Span;

fn cases(file: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    let lines = file
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# ") || line.starts_with("# The headline =>"));
    lines.map(|line| line.split(" => ").map(unescaped).collect())
}

fn unescaped(text: &str) -> String {
    let mut plain = text.replace("\\n", "\n");
    while let Some(at) = plain.find("\\u{") {
        let end = at + plain[at..].find('}').expect("a closing brace");
        let code = u32::from_str_radix(&plain[at + 3..end], 16).expect("a hexadecimal number");
        plain.replace_range(at..=end, &char::from_u32(code).expect("a code point").to_string());
    }
    plain
}

#[test]
fn statements_compare_as_their_cases_say() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/compare.txt")) {
        let [was, now, expected] = case.as_slice() else { panic!("three fields: {case:?}") };
        let found = match compare(was, now) {
            Words::Same => "same".to_owned(),
            Words::Changed(why) => {
                why.iter().map(|r| format!("{}: {}", r.class.as_str(), r.text)).collect::<Vec<_>>().join("; ")
            }
        };
        if &found != expected {
            wrong.push(format!("{was:?} => {now:?}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text without brackets, and the spans they enclosed.
fn bracketed(text: &str) -> (String, Vec<Span>) {
    let (mut plain, mut spans, mut open) = (String::new(), Vec::new(), Vec::new());
    for c in text.chars() {
        match c {
            '[' => open.push(plain.len()),
            ']' => spans.push(Span::at(open.pop().expect("an opening bracket"), plain.len())),
            c => plain.push(c),
        }
    }
    (plain, spans)
}

#[test]
fn claims_are_carried_as_their_cases_say() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/carry.txt")) {
        let [was, now, expected] = case.as_slice() else { panic!("three fields: {case:?}") };
        let ((old, claim), (new, stands)) = (bracketed(was), bracketed(now));
        let found = carry(&old, &new, None, &[claim]).remove(0);
        if found.placement.as_str() != expected || found.spans != stands {
            let words: Vec<_> = found.spans.iter().map(|s| s.of(&new)).collect();
            wrong.push(format!(
                "{was:?} => {now:?}\n  expected {expected}\n  found    {} {words:?}",
                found.placement
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
