//! Finds duplicate fields in one object of a JSON file. Some programs use the first and others the last, so such a file
//! means different things to different people. A normal JSON parser hides this.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::{collections::HashSet, fmt};

/// The first duplicate field and its place; `None` if there is none. The text must be JSON.
pub fn twice(text: &str) -> Option<String> {
    serde_json::from_str::<Once>(text).err().map(|e| e.to_string())
}

/// A value without duplicate fields.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Look)
    }
}

struct Look;

impl<'de> Visitor<'de> for Look {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if seen.contains(&key) {
                return Err(A::Error::custom(format!(
                    "the field '{}' stands twice in one object",
                    key.escape_debug()
                )));
            }
            seen.insert(key);
            map.next_value::<Once>()?;
        }
        Ok(Once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Once, A::Error> {
        while all.next_element::<Once>()?.is_some() {}
        Ok(Once)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_str<E>(self, _: &str) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_unit<E>(self) -> Result<Once, E> {
        Ok(Once)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_stands_twice_is_found_at_any_depth() {
        for sound in ["[]", "null", r#"[1,-1,1.5,true,"a",{"a":{"a":[{"a":1},{"a":2}]},"b":null}]"#] {
            assert_eq!(twice(sound), None, "{sound}");
        }
        for bad in [r#"{"a":1,"a":1}"#, r#"[{"x":[{"a":1,"b":2,"\u0061":3}]}]"#] {
            assert!(twice(bad).is_some_and(|why| why.contains("'a' stands twice")), "{bad}");
        }
    }
}
