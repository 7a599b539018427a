//! What a rating says: its words, and what it means for the claim.

use crate::{
    formats::interchange::loose::{number, words},
    model::Stance,
};
use serde_json::Value;

/// Names of ratings that refute a claim, and of those that support it ([`HOLDS`]), in the most common languages.
const FAILS: [&str; 12] = [
    "false",
    "fake",
    "incorrect",
    "wrong",
    "pants on fire",
    "four pinocchios",
    "faux",
    "falsch",
    "falso",
    "hoax",
    "falsa",
    "fabricated",
];
const HOLDS: [&str; 9] =
    ["true", "correct", "accurate", "vrai", "richtig", "wahr", "verdadero", "verdadeiro", "vero"];

/// The rating in words, with its number as written.
pub fn rating_note(rating: &Value) -> Option<String> {
    let name = label(rating);
    let number = words(&rating["ratingValue"]).filter(|n| Some(n) != name.as_ref());
    let ends = words(&rating["worstRating"]).zip(words(&rating["bestRating"]));
    let number = number.map(|n| match ends {
        Some((worst, best)) => format!("{n}, where {worst} is worst and {best} best"),
        None => n,
    });
    match (name, number) {
        (Some(name), Some(number)) => Some(format!("Rated: {name} ({number})")),
        (Some(one), None) | (None, Some(one)) => Some(format!("Rated: {one}")),
        (None, None) => None,
    }
}

fn label(rating: &Value) -> Option<String> {
    let named = || words(&rating["alternateName"]).or_else(|| words(&rating["name"]));
    if rating.is_object() { named() } else { words(rating) }
}

/// The stance of a rating. If its number and its name contradict each other, the scale was probably reversed by mistake, so
/// neither counts.
pub fn stance(rating: &Value) -> Stance {
    let by_number = share(rating).map(|s| match s {
        s if s >= 0.75 => Stance::Supports,
        s if s <= 0.25 => Stance::Refutes,
        _ => Stance::Context,
    });
    let name = label(rating).unwrap_or_default().to_lowercase();
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let by_name = if FAILS.contains(&name) {
        Some(Stance::Refutes)
    } else if HOLDS.contains(&name) {
        Some(Stance::Supports)
    } else {
        None
    };
    match (by_number, by_name) {
        (Some(number), Some(name)) if number != name => Stance::Context,
        (number, name) => name.or(number).unwrap_or(Stance::Context),
    }
}

/// The position of a rating on its scale, from 0 (worst) to 1 (best), for reversed scales too; `None` if it is outside.
/// Source: schema.org, Rating: by default 5 is best and 1 is worst.
fn share(rating: &Value) -> Option<f64> {
    let value = number(&rating["ratingValue"])?;
    let best = number(&rating["bestRating"]).unwrap_or(5.0);
    let worst = number(&rating["worstRating"]).unwrap_or(1.0);
    let share = (value - worst) / (best - worst);
    (0.0..=1.0).contains(&share).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_rating_is_read_whichever_way_its_scale_runs() {
        let rated = |v: Value, best: Value, worst: Value, name: &str| {
            stance(
                &json!({ "ratingValue": v, "bestRating": best, "worstRating": worst, "alternateName": name }),
            )
        };
        assert_eq!(rated(json!(1), json!(5), json!(1), "Nope"), Stance::Refutes);
        assert_eq!(rated(json!("5"), json!("1"), json!("5"), "Nope"), Stance::Refutes);
        assert_eq!(rated(json!("1"), json!("1"), json!("5"), "Yes"), Stance::Supports);
        assert_eq!(rated(json!("4,8"), Value::Null, Value::Null, "Nearly"), Stance::Supports);
        assert_eq!(
            rated(json!(5), json!(5), json!(1), "FALSE!"),
            Stance::Context,
            "number and name disagree"
        );
        assert_eq!(
            rated(json!(-1), json!(5), json!(1), "Faux"),
            Stance::Refutes,
            "the number is off the scale"
        );
        assert_eq!(rated(json!(3), json!(3), json!(3), ""), Stance::Context);
        assert_eq!(stance(&json!("False")), Stance::Refutes);
        assert_eq!(stance(&Value::Null), Stance::Context);
    }
}
