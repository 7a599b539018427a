//! The words of names of persons and outlets.

use super::sections;

/// Small words inside names and lists of names.
pub const IN_NAMES: &[&str] = &[
    "and", "et", "und", "y", "&", "de", "du", "des", "la", "le", "von", "van", "der", "den", "zu", "da",
    "di", "del", "bin", "ibn", "al", "el", "ould", "ag", "ten", "ter",
];

/// Words that occur in the names of outlets, in lower case.
pub const OUTLET_WORDS: &[&str] = &[
    "news",
    "times",
    "post",
    "herald",
    "tribune",
    "gazette",
    "journal",
    "press",
    "daily",
    "agency",
    "zeitung",
    "nachrichten",
    "presse",
    "tageblatt",
    "anzeiger",
    "courrier",
    "courier",
    "kurier",
    "guardian",
    "standard",
    "inquirer",
    "examiner",
    "bulletin",
    "mercury",
    "gazzetta",
    "corriere",
    "correo",
    "jornal",
    "quotidien",
    "magazine",
    "review",
    "radio",
    "tv",
    "observer",
    "chronicle",
    "telegraph",
    "gazeta",
    "diario",
    "rundschau",
];

/// Words that stand in no person's name, in lower case: they begin the names of places, or say what else a short line is.
const IN_NO_NAME: &str = "\
    new san santa saint los las buenos port cape north south east west northern southern eastern western fort \
    mount lake united great upper lower city town county village street hong kuala sri costa rio bad sankt \
    nueva saudi the a an in on at by of to for with from is are how why what who when where more part chapter \
    page staff editor editors editorial reporter correspondent desk team office council department ministry \
    university institute club party court hall school hospital police bank company group photo read subscribe \
    share der die das les el una un une ein eine il lo gli os uma";

/// Whether a word stands in no person's name. `der` and the like do, in lower case, inside one.
pub fn in_no_name(word: &str) -> bool {
    let low = word.to_lowercase();
    let inside = IN_NAMES.contains(&word);
    !inside
        && (IN_NO_NAME.split_whitespace().any(|w| w == low)
            || sections::is_word(&low)
            || OUTLET_WORDS.contains(&low.as_str()))
}
