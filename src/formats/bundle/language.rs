//! A bundle in a language that this program has no words for: `claims.json` is compared by its codes and arguments.

use serde_json::Value;

/// The file without its language and without every text that a message beside it says as well. Nothing where it is no JSON.
pub fn without_words(claims: &[u8]) -> Option<Value> {
    let mut value = serde_json::from_slice(claims).ok()?;
    strip(&mut value);
    value.as_object_mut()?.remove("language");
    Some(value)
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (message, words) in [("message", "text"), ("reason_messages", "reasons")] {
                if fields.contains_key(message) {
                    fields.remove(words);
                }
            }
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::without_words;

    #[test]
    fn only_words_that_a_message_says_as_well_are_left_out() {
        let de = r#"{"language":"de","claims":[{"text":"Wort","reasons":["a"],"reason_messages":[{"code":"x"}]}]}"#;
        let en = r#"{"language":"en","claims":[{"text":"Wort","reasons":["b"],"reason_messages":[{"code":"x"}]}]}"#;
        assert_eq!(without_words(de.as_bytes()), without_words(en.as_bytes()));
        let other = en.replace("Wort", "Word");
        assert_ne!(without_words(en.as_bytes()), without_words(other.as_bytes()));
        let code = en.replace("\"x\"", "\"y\"");
        assert_ne!(without_words(en.as_bytes()), without_words(code.as_bytes()));
    }
}
