//! Closed lists of words: enums in which every value has one fixed spelling in files, on the wire and on the command
//! line.

use crate::messages::{Message, message, shown_in_english};
use thiserror::Error;

/// A word that is not in a closed list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct NotASlug {
    /// What was given.
    pub given: String,
    /// What the list contains, in words.
    pub what: &'static str,
    /// The list.
    pub choices: &'static [&'static str],
}

impl NotASlug {
    /// What is said of it.
    pub fn message(&self) -> Message {
        message!("not_a_slug", given = &self.given, what = self.what, choices = self.choices.join(", "))
    }
}

shown_in_english!(NotASlug);

/// Declares an enum with one fixed spelling for each value: `as_str`, `FromStr`, `Display`, `ALL` and `SLUGS`.
macro_rules! slugs {
    ($(#[$doc:meta])* $name:ident, $what:literal, { $($(#[$vdoc:meta])* $v:ident = $s:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $s, "`")] $v),* }

        impl $name {
            /// Every value, in order.
            #[allow(dead_code)] // Not every list is iterated.
            pub const ALL: &'static [Self] = &[$(Self::$v),*];
            /// Every spelling, in the same order.
            pub const SLUGS: &'static [&'static str] = &[$($s),*];
            /// The fixed spelling.
            pub fn as_str(&self) -> &'static str { match self { $(Self::$v => $s),* } }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::NotASlug;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                match s {
                    $($s => Ok(Self::$v),)*
                    _ => Err($crate::model::NotASlug { given: s.into(), what: $what, choices: Self::SLUGS }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}
pub(crate) use slugs;
