//! Rating scales: the default one, and those a desk defines.

use super::{BadRecord, Record, slugs};
use crate::messages::{Message, message};

slugs! {
    /// The colour family a rating is drawn in.
    Family, "colour family", {
        /// The statement holds.
        Holds = "holds",
        /// It holds partly.
        Partly = "partly",
        /// It does not hold.
        Fails = "fails",
        /// It can be neither proved nor disproved, or is not a matter of fact.
        Open = "open",
    }
}

/// One step on a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Its fixed short name, such as `mostly-true`.
    pub slug: String,
    /// Its name for readers.
    pub label: String,
    /// The colour family.
    pub family: Family,
    /// Its position as a number, higher for truer, if the scale has one.
    pub value: Option<i64>,
    /// What it means.
    pub meaning: String,
}

/// A rating scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Its name.
    pub name: String,
    /// Its steps, truest first.
    pub ratings: Vec<Rating>,
}

impl Scale {
    /// The scale every desk has.
    pub fn default_scale() -> Self {
        let rating = |(slug, label, family, value, meaning): (&str, &str, Family, Option<i64>, &str)| {
            Rating { slug: slug.into(), label: label.into(), family, value, meaning: meaning.into() }
        };
        let ratings = [
            ("true", "True", Family::Holds, Some(5), "Accurate, and nothing of weight is missing."),
            (
                "mostly-true",
                "Mostly true",
                Family::Partly,
                Some(4),
                "Accurate in the main, with a detail that needs care.",
            ),
            (
                "misleading",
                "Misleading",
                Family::Partly,
                Some(3),
                "The words may hold, the impression they give does not.",
            ),
            (
                "mostly-false",
                "Mostly false",
                Family::Fails,
                Some(2),
                "Wrong in the main, with a part that holds.",
            ),
            ("false", "False", Family::Fails, Some(1), "Not accurate."),
            (
                "unproven",
                "Unproven",
                Family::Open,
                None,
                "The evidence found shows neither that it holds nor that it does not.",
            ),
            ("opinion", "Opinion", Family::Open, None, "A judgement, not a matter of fact."),
        ];
        Self { name: "Tickmark".into(), ratings: ratings.map(rating).into() }
    }

    /// The rating of that slug.
    pub fn rating(&self, slug: &str) -> Option<&Rating> {
        self.ratings.iter().find(|r| r.slug == slug)
    }

    /// The rating of that slug. The error lists the slugs of the scale.
    pub fn expect(&self, slug: &str) -> Result<&Rating, Message> {
        let slugs = || self.ratings.iter().map(|r| r.slug.as_str()).collect::<Vec<_>>().join(", ");
        self.rating(slug)
            .ok_or_else(|| message!("refused_rating", rating = slug, scale = &self.name, choices = slugs()))
    }
}

impl Rating {
    /// The rating as a record, for the canonical bytes of the fact that contains it.
    pub fn record(&self) -> Record {
        let mut r = Record::default();
        r.put("slug", &self.slug).put("label", &self.label).put("family", self.family);
        r.put_some("value", &self.value).put("meaning", &self.meaning);
        r
    }

    /// Reads such a record.
    pub fn from_record(r: &Record) -> Result<Self, BadRecord> {
        Ok(Self {
            slug: r.get("slug")?,
            label: r.get("label")?,
            family: r.get("family")?,
            value: r.maybe("value")?,
            meaning: r.get("meaning")?,
        })
    }
}
