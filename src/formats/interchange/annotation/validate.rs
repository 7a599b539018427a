//! Validates annotations strictly by the model: breaking a MUST is a fault, breaking a SHOULD is a warning.
//!
//! An annotation may be by itself, in a list, on a page, or in a collection that contains its first page. The names in
//! quotes are sections of the recommendation.

use super::selectors;
use crate::formats::{
    interchange::{
        loose::{all, is_a},
        strict::{Field, is_iri},
        validate::is_of,
    },
    validate::findings::{Code, Findings, Kind},
};
use crate::messages::message;
use serde_json::Value;
use std::collections::HashSet;

/// The JSON-LD context of Web Annotations.
pub const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// The types of a file of annotations.
const KINDS: [&str; 3] = ["Annotation", "AnnotationPage", "AnnotationCollection"];
/// The known motivations, by "Motivation and Purpose"; any other must be an IRI.
const MOTIVES: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];
/// The types of a set of resources, by "Choice of Bodies" and "Annotation Collections of resources" of the vocabulary.
const SETS: [&str; 4] = ["Choice", "Composite", "List", "Independents"];

/// How a media type begins.
const MEDIA: [&str; 10] = [
    "application/",
    "audio/",
    "example/",
    "image/",
    "multipart/",
    "text/",
    "video/",
    "font/",
    "model/",
    "message/",
];

/// Whether a file declares that it contains annotations.
pub fn is_declared_in(whole: &Value) -> bool {
    let named = |v: &Value| all(&v["@context"]).iter().any(|c| c == CONTEXT);
    KINDS.iter().any(|kind| is_of(whole, kind)) || all(whole).iter().any(named)
}

/// Validates a file of annotations.
pub fn validate(whole: &Value) -> Findings {
    let mut validator = Validator { findings: Findings::of(Kind::WebAnnotation), ids: HashSet::new() };
    for one in Field::whole(whole).each() {
        validator.context(&one);
        match () {
            () if is_a(one.value, "type", "AnnotationCollection") => validator.collection(&one),
            () if is_a(one.value, "type", "AnnotationPage") => validator.page(&one),
            () => validator.annotation(&one),
        }
    }
    validator.findings
}

pub(super) struct Validator {
    pub findings: Findings,
    ids: HashSet<String>,
}

impl Validator {
    fn context(&mut self, one: &Field) {
        let context = one.at("@context");
        if !context.is_there() {
            self.findings.missing(&context, message!("annotation_no_context"));
        } else if !context.each().any(|c| c.value == CONTEXT) {
            self.findings.bad(&context, message!("annotation_context"));
        }
    }

    /// "Annotation Collection".
    fn collection(&mut self, one: &Field) {
        self.id(one);
        if !one.at("label").is_there() {
            self.findings.odd(&one.at("label"), message!("annotation_no_label"));
        }
        let (first, total) = (one.at("first"), one.at("total"));
        let count = self.count(&total);
        match first.value {
            Value::Null if count != Some(0) => {
                self.findings.missing(&first, message!("annotation_no_first"));
            }
            Value::Object(_) => self.first(&first, count),
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => self.linked(&first),
        }
        self.linked(&one.at("last"));
    }

    /// Validates the first page inside a collection. If it is the only page, its length must be the collection's total.
    fn first(&mut self, first: &Field, total: Option<u64>) {
        if !is_a(first.value, "type", "AnnotationPage") {
            self.findings.bad(&first.at("type"), message!("annotation_page_type"));
        }
        self.page(first);
        let here = first.value["items"].as_array().map(|items| items.len() as u64);
        if !first.at("next").is_there() && here.is_some() && total.is_some_and(|t| Some(t) != here) {
            let why = message!("annotation_total", count = here.unwrap_or(0));
            self.findings.fault(&first.at("items").path, Code::Size, why);
        }
    }

    /// "Annotation Page".
    fn page(&mut self, one: &Field) {
        self.id(one);
        let items = one.at("items");
        match items.value {
            Value::Array(_) => items.each().for_each(|item| self.annotation(&item)),
            Value::Null => self.findings.missing(&items, message!("annotation_no_items")),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                self.findings.bad(&items, message!("annotation_items"));
            }
        }
        self.count(&one.at("startIndex"));
        ["partOf", "next", "prev"].iter().for_each(|key| self.linked(&one.at(key)));
    }

    /// Validates a count, if there is one, and returns it.
    fn count(&mut self, field: &Field) -> Option<u64> {
        if field.is_there() && !field.value.is_u64() {
            self.findings.bad(field, message!("finding_whole_number"));
        }
        field.value.as_u64()
    }

    /// Validates a reference to another resource: an IRI, or an object with an IRI. It may be missing.
    fn linked(&mut self, field: &Field) {
        let id = if field.value.is_object() { field.at("id") } else { field.clone() };
        if field.is_there() {
            self.findings.needs_iri(&id, message!("annotation_iri_or_id"));
        }
    }

    fn id(&mut self, one: &Field) {
        let id = one.at("id");
        self.findings.needs_iri(&id, message!("finding_one_iri"));
        if id.text().is_some_and(|text| !self.ids.insert(text.to_owned())) {
            self.findings.fault(&id.path, Code::Duplicate, message!("annotation_same_id"));
        }
    }

    /// "Annotations".
    fn annotation(&mut self, one: &Field) {
        if !one.value.is_object() {
            return self.findings.bad(one, message!("annotation_no_object"));
        }
        self.id(one);
        if !is_a(one.value, "type", "Annotation") {
            self.findings.needs_text(&one.at("type"), message!("annotation_type"));
            if one.at("type").is_there() {
                self.findings.bad(&one.at("type"), message!("annotation_type"));
            }
        }
        let target = one.at("target");
        if target.is_empty() {
            self.findings.missing(&target, message!("annotation_no_target"));
        }
        target.each().for_each(|target| self.resource(&target));
        self.bodies(one);
        one.at("motivation").each().for_each(|motive| self.motive(&motive));
        self.about(one);
        ["canonical", "via", "rights"]
            .iter()
            .flat_map(|key| one.at(key).each())
            .for_each(|iri| self.linked(&iri));
    }

    /// "Bodies and Targets" and "String Body".
    fn bodies(&mut self, one: &Field) {
        let (body, value) = (one.at("body"), one.at("bodyValue"));
        body.each().for_each(|body| self.resource(&body));
        if value.is_there() && body.is_there() {
            self.findings.bad(&value, message!("annotation_two_bodies"));
        }
        if value.is_there() && !value.value.is_string() {
            self.findings.bad(&value, message!("finding_one_text"));
        }
    }

    fn motive(&mut self, field: &Field) {
        if !field.text().is_some_and(|motive| MOTIVES.contains(&motive) || is_iri(motive)) {
            self.findings.bad(field, message!("annotation_motive", known = MOTIVES.join(", ")));
        }
    }

    /// "Lifecycle Information" and "Agents".
    fn about(&mut self, one: &Field) {
        for key in ["created", "modified", "generated"] {
            selectors::moment(&mut self.findings, &one.at(key));
        }
        for agent in ["creator", "generator"].iter().flat_map(|key| one.at(key).each()) {
            let id = if agent.value.is_object() { agent.at("id") } else { agent.clone() };
            if id.is_there() {
                self.findings.needs_iri(&id, message!("annotation_agent"));
            }
        }
    }

    /// Validates a body or a target: an address, a text, a set of resources, or a part of one.
    fn resource(&mut self, one: &Field) {
        if !one.value.is_object() {
            return self.findings.needs_iri(one, message!("annotation_iri_or_object"));
        }
        one.at("purpose").each().for_each(|purpose| self.motive(&purpose));
        self.about(one);
        self.words_about(one);
        match () {
            () if one.at("source").is_there() || is_a(one.value, "type", "SpecificResource") => {
                self.specific(one)
            }
            () if SETS.iter().any(|set| is_a(one.value, "type", set)) => self.set(one),
            () if one.at("value").is_there() || is_a(one.value, "type", "TextualBody") => {
                if !one.value["value"].is_string() {
                    self.findings.needs_text(&one.at("value"), message!("annotation_body_value"));
                }
            }
            () => self.findings.needs_iri(&one.at("id"), message!("annotation_resource")),
        }
    }

    /// Validates what is said about the form and language of a resource, by "External Web Resources".
    fn words_about(&mut self, one: &Field) {
        let texts = ["format", "language", "accessibility"].map(|key| one.at(key));
        for field in texts.iter().flat_map(Field::each).filter(|f| f.text().is_none()) {
            self.findings.bad(&field, message!("annotation_texts"));
        }
        let media = |t: &str| MEDIA.iter().any(|kind| t.starts_with(kind));
        for field in texts[0].each().filter(|f| f.text().is_some_and(|t| !media(t))) {
            self.findings.odd(&field, message!("annotation_media_type"));
        }
        let (language, direction) = (one.at("processingLanguage"), one.at("textDirection"));
        if language.is_there()
            && (language.each().count() != 1 || language.each().any(|l| l.text().is_none()))
        {
            self.findings.bad(&language, message!("annotation_language"));
        }
        if direction.is_there() && !direction.text().is_some_and(|d| ["ltr", "rtl", "auto"].contains(&d)) {
            self.findings.bad(&direction, message!("annotation_direction"));
        }
        for iri in ["rights", "canonical", "via"].iter().flat_map(|key| one.at(key).each()) {
            self.linked(&iri);
        }
    }

    fn set(&mut self, one: &Field) {
        let items = one.at("items");
        if items.is_there() && !items.value.is_array() {
            return self.findings.bad(&items, message!("annotation_resources"));
        }
        if items.is_empty() {
            self.findings.missing(&items, message!("annotation_no_resources"));
        }
        items.each().for_each(|item| self.resource(&item));
    }

    /// "Specific Resources".
    fn specific(&mut self, one: &Field) {
        let source = one.at("source");
        match source.value {
            Value::Null => self.findings.missing(&source, message!("annotation_no_source")),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                self.linked(&source);
            }
        }
        one.at("selector").each().for_each(|selector| selectors::selector(&mut self.findings, &selector));
        one.at("state").each().for_each(|state| selectors::state(&mut self.findings, &state));
    }
}
