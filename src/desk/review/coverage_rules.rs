//! Which sentences of a text must be checked. A heading repeats the text, so it counts only if it has a figure, a date or
//! a name that is not in the sentences below. Captions and credits do not count. A word like “latest” counts as a
//! superlative only if the text says among what.

use crate::desk::headline;
use crate::{
    anchor::{Detail, DetailKind, claims_rank},
    text::{Span, words},
};
use std::collections::HashSet;

/// The most words of a credit line.
const MAX_CREDIT_WORDS: usize = 14;
/// The longest caption, in bytes.
const MAX_CAPTION: usize = 400;

/// The sentences that must be checked, each with its details that can be checked on their own.
pub(in crate::desk) fn sentences_to_check(
    text: &str,
    sentences: Vec<(Span, Vec<Detail>)>,
) -> Vec<(Span, Vec<Detail>)> {
    let first = sentences.first().map(|(s, _)| s.start);
    let kinds: Vec<LineKind> =
        sentences.iter().map(|(s, _)| line_kind(text, *s, Some(s.start) == first)).collect();
    let stated = stated_words(text, sentences.iter().zip(&kinds));
    let ranked = |s: Span, d: &Detail| d.kind != DetailKind::Superlative || claims_rank(text, s, d.span);
    let all = sentences.into_iter().zip(kinds);
    all.filter_map(|((span, mut found), kind)| {
        found.retain(|d| ranked(span, d));
        match kind {
            LineKind::Caption => None,
            LineKind::Statement => Some((span, found)),
            LineKind::Heading => {
                found.retain(|d| is_new(text, d, &stated));
                (!found.is_empty()).then_some((span, found))
            }
        }
    })
    .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Statement,
    Heading,
    Caption,
}

fn line_kind(text: &str, span: Span, first: bool) -> LineKind {
    let words = span.of(text).unwrap_or_default();
    if words.starts_with('#') || first && is_headline(text, words) {
        LineKind::Heading
    } else if paragraph(text, span).is_some_and(is_caption) {
        LineKind::Caption
    } else {
        LineKind::Statement
    }
}

/// Whether a text's first sentence is its headline: a whole line without the punctuation that ends a sentence.
fn is_headline(text: &str, first: &str) -> bool {
    let is_own_line = text.trim_start().lines().next().is_some_and(|line| line.trim() == first);
    let stops = first.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '”', '"', '»']);
    is_own_line && !stops && headline(text) == first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraph of a sentence, if it is short.
fn paragraph(text: &str, span: Span) -> Option<&str> {
    let (mut from, mut to) =
        (span.start.0.saturating_sub(MAX_CAPTION), (span.end.0 + MAX_CAPTION).min(text.len()));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let start = text[from..span.start.0].rfind("\n\n").map(|n| from + n + 2).or((from == 0).then_some(0))?;
    let end =
        text[span.end.0..to].find("\n\n").map(|n| span.end.0 + n).or((to == text.len()).then_some(to))?;
    (end - start <= MAX_CAPTION).then(|| text[start..end].trim())
}

/// Whether a paragraph is a caption or a credit: it begins with a label like “Photo:” or a copyright sign, is a Markdown
/// image, or names an agency after a slash, as in “AFP/Jane Doe”.
fn is_caption(paragraph: &str) -> bool {
    let plain = paragraph.trim_start_matches(['*', '_', '(', '[', '>', ' ']);
    let lower = plain.to_lowercase();
    let label =
        lower.split_once([':', '：']).map_or("", |(label, _)| label.trim_end_matches(['*', '_', ' ']));
    let image = paragraph.starts_with("![") && paragraph.ends_with(')');
    image
        || LABELS.contains(&label)
        || plain.starts_with(['©', '📷'])
        || lower.starts_with("(c) ")
        || is_credit(plain)
}

fn is_credit(plain: &str) -> bool {
    let bare = plain.trim_end_matches([')', ']', '*', '_']);
    let is_agency = |part: &str| AGENCIES.contains(&part.trim().to_lowercase().as_str());
    let few = words(bare).len() <= MAX_CREDIT_WORDS && !bare.ends_with(['.', '!', '?']);
    few && (AGENCIES.contains(&bare.to_lowercase().as_str())
        || bare.split('/').count() > 1 && bare.split(['/', '|']).any(is_agency))
}

/// The words before the colon of a caption or a credit.
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

/// Agencies and picture libraries, as credits name them.
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

/// The set of words of the statements, in plain form.
fn stated_words<'s>(
    text: &str,
    all: impl Iterator<Item = (&'s (Span, Vec<Detail>), &'s LineKind)>,
) -> HashSet<String> {
    let below = all.filter(|(_, kind)| **kind == LineKind::Statement).map(|((span, _), _)| *span);
    below.flat_map(|s| plain_words(text, s)).collect()
}

fn plain_words(text: &str, span: Span) -> Vec<String> {
    let part = span.of(text).unwrap_or_default();
    words(part).iter().filter_map(|w| w.of(part)).map(plain).collect()
}

/// A word in lower case; a figure without the separators between its digits.
fn plain(word: &str) -> String {
    let word = word.trim_end_matches("’s").trim_end_matches("'s").to_lowercase();
    if word.contains(char::is_numeric) {
        word.replace([',', '.', '\u{a0}', '\u{202f}', '\''], "")
    } else {
        word
    }
}

/// Whether a detail of a heading has a word that the statements do not have.
fn is_new(text: &str, detail: &Detail, stated: &HashSet<String>) -> bool {
    let counts = matches!(detail.kind, DetailKind::Number | DetailKind::Date | DetailKind::Name);
    counts && plain_words(text, detail.span).iter().any(|w| !stated.contains(w))
}
