//! The page for reading a bundle: self-contained, without script and without network, for screen, dark screen and paper.
//!
//! Every character of the article is on the page, so that people read exactly what was checked. Everything that a person
//! wrote is escaped. The page shows only what is in the bundle's JSON, and the differences between revisions.

pub(in crate::formats) mod article;
pub(in crate::formats) mod history;
pub(in crate::formats) mod html;
pub(in crate::formats) mod notes;
pub(in crate::formats) mod reviews;

use crate::{
    formats::bundle::{Claim, Claims, Ledger, Open},
    model::Dossier,
};

pub(in crate::formats) use html::Html;

/// The page of a dossier whose newest revision has `text`.
pub fn page(dossier: &Dossier, text: &str, claims: &Claims) -> String {
    let mut h = Html::default();
    h.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    h.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    h.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    h.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    h.raw("<title>")
        .text(&claims.article.title)
        .raw(" (")
        .text(&state(claims))
        .raw(")</title>\n<style>\n")
        .raw(include_str!("style.css"));
    h.raw("</style>\n");
    reviews::reviews(&mut h, dossier, claims);
    h.raw("</head>\n<body>\n<header>\n");
    masthead(&mut h, dossier, claims);
    h.raw("</header>\n<main>\n");
    gate(&mut h, claims);
    claims.corrections.iter().for_each(|c| corrections(&mut h, c));
    article::write(&mut h, text, claims);
    notes::claims(&mut h, claims);
    notes::table(&mut h, claims);
    notes::sources(&mut h, claims);
    notes::queries(&mut h, claims);
    history::write(&mut h, dossier);
    h.raw("</main>\n<footer>\n").raw(VERIFY).raw("</footer>\n</body>\n</html>\n");
    h.done()
}

/// Explains how to check the bundle with ordinary tools.
const VERIFY: &str = include_str!("verify.html");

fn masthead(h: &mut Html, dossier: &Dossier, claims: &Claims) {
    let info = &claims.article.info;
    h.raw("<p class=\"kind\">");
    h.raw(if claims.gate.passed { "Verified article" } else { "Working copy, not verified" }).raw("</p>\n");
    if claims.article.headline.is_none() {
        h.raw("<h1 dir=\"auto\">").text(&claims.article.title).raw("</h1>\n");
    }
    h.raw("<p class=\"about\">");
    let mut about: Vec<&str> =
        [info.outlet, info.byline, info.place, info.date].into_iter().flatten().collect();
    about.dedup();
    for (i, part) in about.iter().enumerate() {
        h.raw(if i > 0 { " · <bdi>" } else { "<bdi>" }).text(part).raw("</bdi>");
    }
    h.raw("</p>\n<p class=\"sum\">").text(&summary(claims)).raw("</p>\n<p class=\"as-of\">Revision ");
    h.text(&claims.article.revision.to_string());
    if let Some(newest) = dossier.log.iter().map(|l| l.action.at).max() {
        h.raw(", last change on ").text(&newest.day());
    }
    h.raw("</p>\n<nav aria-label=\"Parts\"><a href=\"#article\">Article</a> <a href=\"#claims\">Claims</a> ");
    h.raw("<a href=\"#table\">Overview</a> <a href=\"#sources\">Sources</a> <a href=\"#revisions\">Revisions</a> ");
    h.raw("<a href=\"#verify\">Check it yourself</a></nav>\n");
}

/// Writes whether the article counted as verified. This comes before the article.
fn gate(h: &mut Html, claims: &Claims) {
    let gate = &claims.gate;
    let c = &gate.coverage;
    let class = if gate.passed { "passed" } else { "not-passed" };
    h.raw("<section id=\"gate\" class=\"gate ")
        .raw(class)
        .raw("\" aria-labelledby=\"gate-h\">\n<h2 id=\"gate-h\">");
    h.raw(if gate.passed { "Verified" } else { "Not verified" }).raw("</h2>\n<p>");
    match gate.open.len() {
        0 => h.raw("Nothing was open at export. "),
        1 => h.raw("One item was open at export. "),
        n => h.number(n).raw(" items were open at export. "),
    };
    h.raw("Sentences: ").number(c.checked).raw(" checked, ").number(c.exempt).raw(" that need no check, ");
    h.number(c.open).raw(" open.</p>\n");
    if !gate.passed {
        h.raw("<ul>\n");
        gate.open.iter().for_each(|open| open_item(h, open, claims));
        h.raw("</ul>\n");
    }
    h.raw("</section>\n");
}

/// Writes an open item: the number of the claim it is about, then what is open.
fn open_item(h: &mut Html, open: &Open, claims: &Claims) {
    let claim = claims.claims.iter().find(|c| Some(&c.id) == open.claim.as_ref());
    let (on_claim, else_on) = match open.kind {
        "query" => ("Query about claim ", "Query about the article: "),
        _ => ("Claim ", ""),
    };
    h.raw("<li dir=\"auto\">");
    match claim {
        Some(c) => h
            .raw("<a href=\"#claim-")
            .number(c.number)
            .raw("\">")
            .raw(on_claim)
            .number(c.number)
            .raw("</a>: "),
        None => h.raw(else_on),
    };
    h.text(&open.text).raw("</li>\n");
}

/// Writes the corrections since the article was last exported as verified.
fn corrections(h: &mut Html, ledger: &Ledger) {
    if ledger.entries.is_empty() {
        return;
    }
    h.raw("<section id=\"corrections\" aria-labelledby=\"corrections-h\">\n<h2 id=\"corrections-h\">Corrections</h2>\n");
    h.raw("<p>Since the version of ").day(&ledger.at).raw(":</p>\n<ul>\n");
    for entry in &ledger.entries {
        h.raw("<li dir=\"auto\">").text(&entry.text);
        if let Some(why) = entry.why {
            h.raw("<br><span class=\"aside\">").text(why).raw("</span>");
        }
        h.raw("</li>\n");
    }
    h.raw("</ul>\n</section>\n");
}

/// What the article counts as, and how many of its claims are checked: "working copy, 3 of 12 claims checked".
fn state(claims: &Claims) -> String {
    let what = if claims.gate.passed { "verified" } else { "working copy" };
    let checked = claims.claims.iter().filter(|c| is_checked(c, claims)).count();
    match claims.claims.len() {
        0 => format!("{what}, no claims"),
        1 => format!("{what}, {checked} of 1 claim checked"),
        all => format!("{what}, {checked} of {all} claims checked"),
    }
}

/// Whether a claim's verdict holds and its sentence did not change, or may have changed.
fn is_checked(claim: &Claim, claims: &Claims) -> bool {
    let is_of_claim = |o: &Open| o.claim.as_ref() == Some(&claim.id);
    claim.standing == "checked" && !claims.gate.open.iter().any(|o| o.kind == "context" && is_of_claim(o))
}

fn summary(claims: &Claims) -> String {
    let count = |standing: &str| claims.claims.iter().filter(|c| c.standing == standing).count();
    let checked = claims.claims.iter().filter(|c| is_checked(c, claims)).count();
    let all = claims.claims.len();
    let parts = [
        (checked, "checked"),
        (count("checked") - checked, "to confirm, because their sentence changed"),
        (count("stale"), "out of date"),
        (count("unchecked"), "not checked"),
        (count("orphaned"), "no longer in the text"),
    ];
    let counts: Vec<_> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    match all {
        0 => "No claims".into(),
        1 => format!("1 claim: {}", counts.join(", ")),
        n => format!("{n} claims: {}", counts.join(", ")),
    }
}

/// The CSS class of a claim: the colour family of a verdict that holds, or else the claim's standing.
pub(in crate::formats) fn class(claim: &Claim) -> &'static str {
    match (claim.standing, &claim.verdict) {
        ("checked", Some(v)) => v.family,
        ("checked", None) => "unchecked",
        (standing, _) => standing,
    }
}
