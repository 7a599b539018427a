//! Names in BibTeX: `Family, Given`, `von Family, Jr, Given`, `Given von Family`, or an organisation.

use super::tex;
use crate::formats::interchange::names::{FIRMS, joined};

/// Words that belong to a family name although they begin with a small letter.
const PARTICLES: [&str; 36] = [
    "von", "van", "der", "den", "de", "del", "della", "delle", "dei", "di", "da", "das", "dos", "do", "du",
    "la", "le", "las", "los", "ter", "ten", "te", "zu", "zum", "zur", "vom", "af", "av", "bin", "ibn", "al",
    "el", "y", "e", "'t", "d'",
];
/// Words that show that a name is that of an organisation.
const ORGANISATIONS: [&str; 42] = [
    "agency",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "centre",
    "center",
    "collaboration",
    "collective",
    "college",
    "commission",
    "committee",
    "company",
    "consortium",
    "corporation",
    "council",
    "department",
    "federation",
    "foundation",
    "group",
    "institute",
    "initiative",
    "laboratory",
    "league",
    "ministry",
    "nations",
    "network",
    "news",
    "office",
    "organisation",
    "organization",
    "party",
    "press",
    "school",
    "secretariat",
    "service",
    "society",
    "team",
    "union",
    "university",
    "contributors",
];

/// The longest character reference, from its `&` to before its `;`, in bytes.
const LONGEST_REFERENCE: usize = 10;

/// The people of a field, and whether the field says that there are others.
pub fn people(field: &str) -> (Vec<String>, bool) {
    let all: Vec<String> =
        split(field, " and ").into_iter().flat_map(|n| split(n, ";")).map(|n| n.trim().to_owned()).collect();
    let nobody = |n: &String| matches!(n.to_lowercase().as_str(), "others" | "et al." | "et al");
    let named = all.iter().filter(|n| !nobody(n)).filter_map(|n| person(n)).collect();
    (named, all.iter().any(nobody))
}

/// Parts a text at words or signs that stand in no braces.
fn split<'t>(text: &'t str, at: &str) -> Vec<&'t str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    for (n, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && n >= from && parts_here(text, n, at) => {
                parts.push(&text[from..n]);
                from = n + at.len();
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// Whether the text is parted here: by the word `and` between blanks, or by a sign that does not end a character reference.
fn parts_here(text: &str, n: usize, at: &str) -> bool {
    if at != ";" {
        let bytes = text.as_bytes().get(n..n + at.len());
        let blank = |b: u8| b.is_ascii_whitespace();
        return bytes.is_some_and(|b| {
            b.iter()
                .zip(at.bytes())
                .all(|(b, a)| if a == b' ' { blank(*b) } else { b.eq_ignore_ascii_case(&a) })
        });
    }
    let before = &text.as_bytes()[n.saturating_sub(LONGEST_REFERENCE)..n];
    let name = || before.rsplit(|b| *b == b'&').next().filter(|name| name.len() < before.len());
    text.as_bytes()[n..].starts_with(at.as_bytes()) && name().is_none_or(|name| name.contains(&b' '))
}

fn person(name: &str) -> Option<String> {
    let whole = |n: &str| joined(&tex::text(n), "", "");
    if name.starts_with('{') && super::scan::braced(name) == Some(name.len()) {
        return whole(name);
    }
    let parts: Vec<&str> = split(name, ",").into_iter().map(str::trim).collect();
    if let Some(named) = extended(&parts) {
        return named;
    }
    let text = |at: usize| parts.get(at).map(|p| tex::text(p)).unwrap_or_default();
    match parts[..] {
        [one] => in_order(one),
        [_, firm] if FIRMS.contains(&firm) => whole(name),
        [_, _] => joined(&text(0), &text(1), ""),
        [_, _, _] => joined(&text(0), &text(2), &text(1)),
        _ => whole(name),
    }
}

/// A name in the form `family=Doe, given=Jane, prefix=van` of BibLaTeX; the outer `None` if it is in another form.
fn extended(parts: &[&str]) -> Option<Option<String>> {
    let pairs: Option<Vec<(&str, &str)>> = parts.iter().map(|p| p.split_once('=')).collect();
    let pairs = pairs?;
    let get = |key: &str| {
        let found = pairs.iter().find(|(k, _)| k.trim().eq_ignore_ascii_case(key));
        found.map(|(_, v)| tex::text(v.trim().trim_matches('"'))).unwrap_or_default()
    };
    let family = get("family");
    (!family.is_empty())
        .then(|| joined(&format!("{} {family}", get("prefix")), &get("given"), &get("suffix")))
}

/// A name without commas: a person's if nothing shows that it is an organisation's.
fn in_order(name: &str) -> Option<String> {
    let words: Vec<String> = words(name);
    let small = |w: &str| w.starts_with(char::is_lowercase);
    let particle = |w: &&String| PARTICLES.contains(&w.to_lowercase().as_str());
    let organisation = words.iter().any(|w| ORGANISATIONS.contains(&w.to_lowercase().as_str()))
        || words.iter().any(|w| small(w) && !particle(&w))
        || words.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit()) || w == "&");
    let from = words.iter().position(|w| small(w)).filter(|at| *at + 1 < words.len());
    match (words.len(), organisation) {
        (0 | 1, _) | (_, true) => joined(&words.join(" "), "", ""),
        (n, false) => {
            let from = from.unwrap_or(n - 1);
            joined(&words[from..].join(" "), &words[..from].join(" "), "")
        }
    }
}

/// The words of a name. Words in braces are one.
fn words(name: &str) -> Vec<String> {
    let spaced = name.replace(['\n', '\t', '\r', '~'], " ");
    split(&spaced, ",").iter().flat_map(|p| in_braces(p)).filter(|w| !w.is_empty()).collect()
}

fn in_braces(name: &str) -> Vec<String> {
    let (mut all, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    for (n, byte) in name.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            // A blank behind a command belongs to it: `Stra\ss e`.
            b' ' if depth == 0 && !ends_in_command(&name[from..n]) => {
                all.push(tex::text(&name[from..n]));
                from = n + 1;
            }
            _ => {}
        }
    }
    all.push(tex::text(&name[from..]));
    all
}

fn ends_in_command(word: &str) -> bool {
    let before = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    before.len() < word.len() && before.ends_with('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_organisations_are_told_apart() {
        for (field, names) in [
            (r"M{\'\i}guez, Ana and Nu{\~{n}}ez, C", &["Míguez, Ana", "Nuñez, C"][..]),
            ("Ines Vaal and Per\n and Hans von der Osk", &["Vaal, Ines", "Per", "von der Osk, Hans"]),
            ("de la Tarn, Eva and von Osk, Jr., Hans", &["de la Tarn, Eva", "von Osk, Hans, Jr."]),
            (
                "Lake Authority of Osk and Osk Statistics Office",
                &["Lake Authority of Osk", "Osk Statistics Office"],
            ),
            ("{Ministry of Work and Rest} and Smith, Inc.", &["Ministry of Work and Rest", "Smith, Inc."]),
            ("Vaal, Ines; Holm, Per; Brenna &amp; Sons", &["Vaal, Ines", "Holm, Per", "Brenna & Sons"]),
            ("Long & Holmgren; Ørénøé; Holm, Per", &["Long & Holmgren", "Ørénøé", "Holm, Per"]),
            ("family=Osk, given=Hans, prefix=van", &["van Osk, Hans"]),
            (r"Dvo\v{r}\'ak, Anton\'{\i}n AND S\o ren {\AA}s", &["Dvořák, Antonín", "Ås, Søren"]),
            ("", &[]),
        ] {
            assert_eq!(people(field).0, names, "{field}");
        }
        assert_eq!(people("Vaal, I. and others"), (vec!["Vaal, I.".into()], true));
    }
}
