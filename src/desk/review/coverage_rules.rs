//! What of a text coverage asks for. A heading repeats the text: it is asked for only where it states a figure, a date or a
//! name that stands nowhere below. A caption or an agency's credit is no statement. A word like “latest” claims a rank only
//! where it says among what.

use crate::desk::headline;
use crate::{
    anchor::{Detail, DetailKind, claims_rank},
    text::{Span, words},
};
use std::collections::HashSet;

/// The most words a line has that may be a credit.
const CREDIT: usize = 14;
/// The longest paragraph that may be a caption, in bytes.
const CAPTION: usize = 400;

/// Each sentence that is asked for, with what in it can be checked on its own.
pub(in crate::desk) fn asked(text: &str, sentences: Vec<(Span, Vec<Detail>)>) -> Vec<(Span, Vec<Detail>)> {
    let first = sentences.first().map(|(s, _)| s.start);
    let kinds: Vec<Sort> = sentences.iter().map(|(s, _)| sort(text, *s, Some(s.start) == first)).collect();
    let stated = stated(text, sentences.iter().zip(&kinds));
    let ranked = |s: Span, d: &Detail| d.kind != DetailKind::Superlative || claims_rank(text, s, d.span);
    let all = sentences.into_iter().zip(kinds);
    all.filter_map(|((span, mut found), sort)| {
        found.retain(|d| ranked(span, d));
        match sort {
            Sort::Caption => None,
            Sort::Statement => Some((span, found)),
            Sort::Heading => {
                found.retain(|d| is_new(text, d, &stated));
                (!found.is_empty()).then_some((span, found))
            }
        }
    })
    .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Statement,
    Heading,
    Caption,
}

fn sort(text: &str, span: Span, first: bool) -> Sort {
    let words = span.of(text).unwrap_or_default();
    if words.starts_with('#') || first && is_headline(text, words) {
        Sort::Heading
    } else if paragraph(text, span).is_some_and(is_caption) {
        Sort::Caption
    } else {
        Sort::Statement
    }
}

/// Whether a text's first sentence is its headline: a line of its own that ends like none.
fn is_headline(text: &str, first: &str) -> bool {
    let alone = text.trim_start().lines().next().is_some_and(|line| line.trim() == first);
    let stops = first.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '”', '"', '»']);
    alone && !stops && headline(text) == first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraph a sentence lies in, where it is short.
fn paragraph(text: &str, span: Span) -> Option<&str> {
    let (mut from, mut to) = (span.start.0.saturating_sub(CAPTION), (span.end.0 + CAPTION).min(text.len()));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let start = text[from..span.start.0].rfind("\n\n").map(|n| from + n + 2).or((from == 0).then_some(0))?;
    let end =
        text[span.end.0..to].find("\n\n").map(|n| span.end.0 + n).or((to == text.len()).then_some(to))?;
    (end - start <= CAPTION).then(|| text[start..end].trim())
}

/// Whether a paragraph is a caption or a credit: it begins with a label like “Photo:” or a sign of copyright, is a picture
/// of Markdown, or names an agency behind a stroke, as “AFP/Jane Doe”.
fn is_caption(paragraph: &str) -> bool {
    let plain = paragraph.trim_start_matches(['*', '_', '(', '[', '>', ' ']);
    let lower = plain.to_lowercase();
    let label =
        lower.split_once([':', '：']).map_or("", |(label, _)| label.trim_end_matches(['*', '_', ' ']));
    let state = paragraph.starts_with("![") && paragraph.ends_with(')');
    state
        || LABELS.contains(&label)
        || plain.starts_with(['©', '📷'])
        || lower.starts_with("(c) ")
        || is_credit(plain)
}

fn is_credit(plain: &str) -> bool {
    let bare = plain.trim_end_matches([')', ']', '*', '_']);
    let stroke = |part: &str| AGENCIES.contains(&part.trim().to_lowercase().as_str());
    let few = words(bare).len() <= CREDIT && !bare.ends_with(['.', '!', '?']);
    few && (AGENCIES.contains(&bare.to_lowercase().as_str())
        || bare.split('/').count() > 1 && bare.split(['/', '|']).any(stroke))
}

/// What stands before the colon of a caption or a credit.
const LABELS: &[&str] = &[
    "photo",
    "photos",
    "photo credit",
    "photo by",
    "photograph",
    "picture",
    "image",
    "image credit",
    "images",
    "credit",
    "credits",
    "caption",
    "illustration",
    "graphic",
    "file photo",
    "video",
    "foto",
    "fotos",
    "bild",
    "bilder",
    "bildnachweis",
    "bildunterschrift",
    "grafik",
    "symbolbild",
    "symbolfoto",
    "archivbild",
    "archivfoto",
    "abbildung",
    "crédit",
    "crédits",
    "crédit photo",
    "légende",
    "infographie",
    "crédito",
    "créditos",
    "imagen",
    "imágenes",
    "leyenda",
    "imagem",
    "legenda",
    "immagine",
    "immagini",
    "didascalia",
    "fotografia",
    "fotografía",
    "beeld",
    "bijschrift",
    "zdjęcie",
    "fot",
    "fot.",
    "фото",
    "صورة",
    "الصورة",
    "图",
    "图片",
    "圖",
    "圖片",
    "写真",
    "사진",
];

/// Agencies and picture desks as their credits name them.
const AGENCIES: &[&str] = &[
    "afp",
    "ap",
    "ap photo",
    "reuters",
    "dpa",
    "epa",
    "epa-efe",
    "efe",
    "ansa",
    "apa",
    "ats",
    "keystone",
    "keystone-sda",
    "getty",
    "getty images",
    "shutterstock",
    "alamy",
    "imago",
    "imago images",
    "picture alliance",
    "picture-alliance",
    "xinhua",
    "tass",
    "belga",
    "anp",
    "lusa",
    "tt",
    "ntb",
    "ritzau",
    "pap",
    "istock",
    "unsplash",
    "wikimedia commons",
    "via reuters",
    "via getty images",
    "pool",
];

/// The words of the statements, each once: figures by their digits.
fn stated<'s>(text: &str, all: impl Iterator<Item = (&'s (Span, Vec<Detail>), &'s Sort)>) -> HashSet<String> {
    let below = all.filter(|(_, sort)| **sort == Sort::Statement).map(|((span, _), _)| *span);
    below.flat_map(|s| plain_words(text, s)).collect()
}

fn plain_words(text: &str, span: Span) -> Vec<String> {
    let part = span.of(text).unwrap_or_default();
    words(part).iter().filter_map(|w| w.of(part)).map(plain).collect()
}

/// A word without its case, a figure without what parts its digits.
fn plain(word: &str) -> String {
    let word = word.trim_end_matches("’s").trim_end_matches("'s").to_lowercase();
    if word.contains(char::is_numeric) {
        word.replace([',', '.', '\u{a0}', '\u{202f}', '\''], "")
    } else {
        word
    }
}

/// Whether a detail of a heading says what the statements do not.
fn is_new(text: &str, detail: &Detail, stated: &HashSet<String>) -> bool {
    let counts = matches!(detail.kind, DetailKind::Number | DetailKind::Date | DetailKind::Name);
    counts && plain_words(text, detail.span).iter().any(|w| !stated.contains(w))
}
