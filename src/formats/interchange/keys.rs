//! Finds duplicate fields in one object of a JSON file. Some programs use the first and others the last, so such a file
//! means different things to different people. A normal JSON parser hides this.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::{collections::HashSet, fmt};

/// The first duplicate field and its place; `None` if there is none. The text must be JSON.
pub fn first_duplicate(text: &str) -> Option<String> {
    serde_json::from_str::<UniqueKeys>(text).err().map(|e| e.to_string())
}

/// A value without duplicate fields.
struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = UniqueKeys;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UniqueKeys, A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if seen.contains(&key) {
                return Err(A::Error::custom(format!(
                    "the field '{}' stands twice in one object",
                    key.escape_debug()
                )));
            }
            seen.insert(key);
            map.next_value::<UniqueKeys>()?;
        }
        Ok(UniqueKeys)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<UniqueKeys, A::Error> {
        while all.next_element::<UniqueKeys>()?.is_some() {}
        Ok(UniqueKeys)
    }

    fn visit_bool<E>(self, _: bool) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_i64<E>(self, _: i64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_u64<E>(self, _: u64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_f64<E>(self, _: f64) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_str<E>(self, _: &str) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_unit<E>(self) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_stands_twice_is_found_at_any_depth() {
        for sound in ["[]", "null", r#"[1,-1,1.5,true,"a",{"a":{"a":[{"a":1},{"a":2}]},"b":null}]"#] {
            assert_eq!(first_duplicate(sound), None, "{sound}");
        }
        for bad in [r#"{"a":1,"a":1}"#, r#"[{"x":[{"a":1,"b":2,"\u0061":3}]}]"#] {
            assert!(first_duplicate(bad).is_some_and(|why| why.contains("'a' stands twice")), "{bad}");
        }
    }
}
