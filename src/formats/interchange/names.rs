//! Names of people as bibliographies write them, `Family, Given` or `Family, Given, Jr.`, and names that stand as they are.

/// A name taken apart.
#[derive(Debug, PartialEq, Eq)]
pub enum Name<'n> {
    /// Somebody with a family name.
    Person {
        /// With its particles.
        family: &'n str,
        /// All given names.
        given: &'n str,
        /// `Jr.`, `III`.
        suffix: Option<&'n str>,
    },
    /// An organisation, or somebody whose name was not taken apart.
    Whole(&'n str),
}

/// What may stand behind a second comma.
const SUFFIXES: [&str; 9] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "PhD", "MD"];
/// What stands behind the comma of a company and is no given name.
const FIRMS: [&str; 8] = ["Inc.", "Inc", "Ltd.", "Ltd", "LLC", "GmbH", "S.A.", "Co."];

impl<'n> Name<'n> {
    /// Takes a name apart where its commas say how, and nowhere else: `World Health Organization` stays whole.
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

/// A name put together; nothing where all parts are blank.
pub fn joined(family: &str, given: &str, suffix: &str) -> Option<String> {
    let all = [family, given, suffix].map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    let said: Vec<_> = all.into_iter().filter(|p| !p.is_empty()).collect();
    (!said.is_empty()).then(|| said.join(", "))
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
