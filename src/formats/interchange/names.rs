//! Names in bibliographies: people as `Family, Given` or `Family, Given, Jr.`, and undivided names.

/// A name, divided into its parts if possible.
#[derive(Debug, PartialEq, Eq)]
pub enum Name<'n> {
    /// A person with a family name.
    Person {
        /// The family name with its particles.
        family: &'n str,
        /// All given names.
        given: &'n str,
        /// A suffix such as `Jr.` or `III`.
        suffix: Option<&'n str>,
    },
    /// An organisation, or a person's undivided name.
    Whole(&'n str),
}

/// The possible suffixes after a second comma.
const SUFFIXES: [&str; 9] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "PhD", "MD"];
/// Words after the comma of a company's name. They are not given names.
pub const FIRMS: [&str; 8] = ["Inc.", "Inc", "Ltd.", "Ltd", "LLC", "GmbH", "S.A.", "Co."];

impl<'n> Name<'n> {
    /// Divides a name only at its commas: `World Health Organization` stays undivided.
    pub fn of(name: &'n str) -> Self {
        let parts: Vec<&str> = name.split(',').map(str::trim).collect();
        let short = |part: &str| !part.is_empty() && part.split_whitespace().count() <= 4;
        match parts[..] {
            [family, given] if short(family) && short(given) && !FIRMS.contains(&given) => {
                Self::Person { family, given, suffix: None }
            }
            [family, given, suffix] if short(family) && short(given) && SUFFIXES.contains(&suffix) => {
                Self::Person { family, given, suffix: Some(suffix) }
            }
            _ => Self::Whole(name.trim()),
        }
    }
}

/// Joins the parts of a name; `None` if all parts are blank.
pub fn joined(family: &str, given: &str, suffix: &str) -> Option<String> {
    let all = [family, given, suffix].map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    let filled: Vec<_> = all.into_iter().filter(|p| !p.is_empty()).collect();
    (!filled.is_empty()).then(|| filled.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_commas_take_a_name_apart() {
        let jane = Name::Person { family: "van der Doe", given: "Jane", suffix: None };
        assert_eq!(Name::of("van der Doe, Jane"), jane);
        let king = Name::Person { family: "King", given: "Martin Luther", suffix: Some("Jr.") };
        assert_eq!(Name::of("King, Martin Luther, Jr."), king);
        for whole in ["World Health Organization", "Jane Doe", "Smith, Inc.", "A, b, c", "Doe,", ""] {
            assert_eq!(Name::of(whole), Name::Whole(whole), "{whole}");
        }
    }
}
