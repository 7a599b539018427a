//! The numbered notes on the claims, the table of all claims, the sources, and the queries about the article.

use super::{class, html::Html};
use crate::formats::bundle::{Claim, Claims, Evidence, Query, SourceEntry, SourceRef, Talk, Verdict};

/// Writes the notes on the claims.
pub(super) fn claims(h: &mut Html, claims: &Claims) {
    h.raw("<section id=\"claims\" aria-labelledby=\"claims-h\">\n<h2 id=\"claims-h\">Claims</h2>\n");
    if claims.claims.is_empty() {
        h.raw("<p>No claims.</p>\n");
    }
    claims.claims.iter().for_each(|c| note(h, c, claims));
    h.raw("</section>\n");
}

fn note(h: &mut Html, c: &Claim, claims: &Claims) {
    let n = c.number.to_string();
    h.raw("<article class=\"note ")
        .raw(class(c))
        .raw("\" id=\"claim-")
        .raw(&n)
        .raw("\" aria-labelledby=\"note-");
    h.raw(&n).raw("\">\n<h3 id=\"note-").raw(&n).raw("\">");
    if c.spans.is_empty() {
        h.raw("<span class=\"n\">").raw(&n).raw("</span> ");
    } else {
        h.raw("<a class=\"n\" href=\"#at-")
            .raw(&n)
            .raw("\" aria-label=\"To the place of claim ")
            .raw(&n)
            .raw("\">");
        h.raw(&n).raw("</a> ");
    }
    quote(h, c);
    h.raw("</h3>\n<p class=\"verdict\">");
    badge(h, c);
    if let Some(v) = &c.verdict {
        h.raw(" ").signed(v.by, &v.at).raw("</p>\n<p class=\"why\" dir=\"auto\">").text(v.rationale);
    }
    h.raw("</p>\n");
    if let Some(remark) = &c.remark {
        h.raw("<p class=\"remark\">").text(remark).raw(".</p>\n");
    }
    c.disputed.iter().for_each(|v| beside(h, v));
    for s in &c.sign_offs {
        h.raw("<p>Signed off by a second person: ").signed(s.by, &s.at).raw("</p>\n");
    }
    h.raw("<dl>\n").term("In plain words", c.assertion).term("Claimed by", c.claimant).term("Kind", c.kind);
    h.term("Risk", Some(c.risk).filter(|r| *r == "high"));
    h.raw("</dl>\n");
    changes(h, c);
    c.evidence.iter().for_each(|e| evidence(h, e, claims));
    earlier(h, c);
    c.queries.iter().for_each(|q| query(h, q));
    h.raw("</article>\n");
}

/// Writes a verdict that conflicts with the current one.
fn beside(h: &mut Html, v: &Verdict) {
    let what = if v.withdrawn { "Withdrawn on another desk" } else { "Rated differently" };
    h.raw("<div class=\"beside\">\n<p>").raw(what).raw(", not decided: <strong>");
    h.text(v.label).raw("</strong></p>\n");
    h.raw("<p class=\"why\" dir=\"auto\">").text(v.rationale).raw("</p>\n<p>").signed(v.by, &v.at);
    h.raw("</p>\n</div>\n");
}

/// Writes the claim's current words, without quotation marks: they may have some of their own. If it is no longer in the text, writes the words of its last verdict.
fn quote(h: &mut Html, c: &Claim) {
    let last = c.history.last().map(|v| v.words).unwrap_or_default();
    let words = if c.quote.is_empty() { last } else { c.quote };
    match (words, c.assertion) {
        ([], Some(assertion)) => h.raw("<span dir=\"auto\">").text(assertion).raw("</span>"),
        ([], None) => h.raw("A statement that is no longer in the text"),
        (words, _) => h.raw("<span dir=\"auto\">").text(&words.join(" … ")).raw("</span>"),
    };
}

/// Writes the verdict in words, not only as a colour.
fn badge(h: &mut Html, c: &Claim) {
    h.raw("<span class=\"badge ").raw(class(c)).raw("\">");
    match (&c.verdict, c.standing) {
        (Some(v), "checked") => drop(h.text(v.label)),
        (Some(v), "stale") => drop(h.text("Out of date, was: ").text(v.label)),
        (Some(v), _) => drop(h.text("No longer in text, was: ").text(v.label)),
        (None, "orphaned") => drop(h.text("No longer in text")),
        (None, _) => drop(h.text("Not checked")),
    }
    h.raw("</span>");
}

fn changes(h: &mut Html, c: &Claim) {
    if !c.reasons.is_empty() && c.standing == "stale" {
        h.raw("<p class=\"changed\">Since the verdict: ");
        for (i, reason) in c.reasons.iter().enumerate() {
            h.raw(if i > 0 { "; <bdi>" } else { "<bdi>" }).text(reason).raw("</bdi>");
        }
        h.raw("</p>\n");
    }
    if c.context_changed {
        h.raw("<p class=\"changed\">The surrounding words have changed since the verdict");
        for (i, change) in c.context.iter().enumerate() {
            h.raw(if i > 0 { "; <bdi>" } else { ": <bdi>" }).text(change).raw("</bdi>");
        }
        h.raw(".</p>\n");
    }
}

fn evidence(h: &mut Html, e: &Evidence, claims: &Claims) {
    let stance = match e.stance {
        "supports" => "Supported by",
        "refutes" => "Refuted by",
        _ => "Context",
    };
    h.raw("<div class=\"evidence\">\n<p><span class=\"stance\">").raw(stance).raw("</span> ");
    match e.source {
        SourceRef::Number(n) => {
            let title = claims.sources.iter().find(|s| s.number == n).map(|s| s.title).unwrap_or_default();
            h.raw("<a href=\"#source-")
                .number(n)
                .raw("\">[")
                .number(n)
                .raw("] <bdi>")
                .text(title)
                .raw("</bdi></a>");
        }
        SourceRef::Withheld(_) => drop(h.raw("a withheld source")),
    }
    if let Some(locator) = e.locator {
        h.raw(", <bdi>").text(locator).raw("</bdi>");
    }
    h.raw("</p>\n");
    if let Some(passage) = e.passage {
        h.raw("<blockquote dir=\"auto\">").text(passage).raw("</blockquote>\n");
    }
    if let Some(note) = e.note {
        h.raw("<p class=\"aside\" dir=\"auto\">").text(note).raw("</p>\n");
    }
    h.raw("</div>\n");
}

fn earlier(h: &mut Html, c: &Claim) {
    if c.history.len() < 2 {
        return;
    }
    h.raw("<details><summary>All verdicts</summary>\n<ol>\n");
    let line = |h: &mut Html, v: &Verdict| {
        let what = match (v.withdrawn, v.reaffirms) {
            (true, _) => "withdrawn",
            (false, true) => "confirmed: still holds",
            (false, false) => "given",
        };
        h.raw("<li>").text(v.label).raw(", ").raw(what).raw(" ").signed(v.by, &v.at);
        h.raw(": <bdi>").text(v.rationale).raw("</bdi></li>\n");
    };
    c.history.iter().for_each(|v| line(h, v));
    h.raw("</ol></details>\n");
}

fn query(h: &mut Html, q: &Query) {
    let open = if q.resolution.is_none() { "Open query" } else { "Query" };
    h.raw("<div class=\"query\"><p dir=\"auto\"><span class=\"stance\">").raw(open);
    if let Some(to) = q.to {
        h.raw(" to <bdi>").text(to).raw("</bdi>");
    }
    h.raw("</span> ").text(q.text).raw(" ").signed(q.by, &q.at).raw("</p>\n");
    for a in &q.answers {
        h.raw("<p dir=\"auto\"><span class=\"stance\">Answer</span> ")
            .text(a.text)
            .raw(" ")
            .signed(a.by, &a.at);
        if let (Some(writer), Some(file)) = (a.writer, a.file) {
            h.raw(", written by <bdi>").text(writer).raw("</bdi> in <bdi>").text(file).raw("</bdi>");
        }
        h.raw("</p>\n");
    }
    if let Some(r) = &q.resolution {
        h.raw("<p dir=\"auto\"><span class=\"stance\">Resolved</span> ").text(r.note.unwrap_or_default());
        h.raw(" ").signed(r.by, &r.at).raw("</p>\n");
    }
    h.raw("</div>\n");
}

/// Writes the table of all claims.
pub(super) fn table(h: &mut Html, claims: &Claims) {
    h.raw("<section id=\"table\" aria-labelledby=\"table-h\">\n<h2 id=\"table-h\">Overview</h2>\n");
    h.raw(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"The claims in a table\"><table>\n<thead><tr>",
    );
    h.raw("<th scope=\"col\">No.</th><th scope=\"col\">Claim</th><th scope=\"col\">Verdict</th>");
    h.raw("<th scope=\"col\">By</th><th scope=\"col\">Evidence</th></tr></thead>\n<tbody>\n");
    for c in &claims.claims {
        h.raw("<tr><td><a href=\"#claim-").number(c.number).raw("\">").number(c.number).raw("</a></td><td>");
        quote(h, c);
        h.raw("</td><td>");
        badge(h, c);
        if let Some(remark) = &c.remark {
            h.raw("<br><span class=\"remark\">").text(remark).raw("</span>");
        }
        h.raw("</td><td><bdi>")
            .text(c.verdict.as_ref().and_then(|v| v.by).unwrap_or_default())
            .raw("</bdi></td><td>");
        h.number(c.evidence.len()).raw("</td></tr>\n");
    }
    h.raw("</tbody></table></div>\n</section>\n");
}

/// Writes the sources, with the numbers that the notes use.
pub(super) fn sources(h: &mut Html, claims: &Claims) {
    h.raw("<section id=\"sources\" aria-labelledby=\"sources-h\">\n<h2 id=\"sources-h\">Sources</h2>\n");
    if claims.sources.is_empty() {
        h.raw("<p>No sources.</p>\n");
    }
    claims.sources.iter().for_each(|s| source(h, s));
    h.raw("</section>\n");
}

fn source(h: &mut Html, s: &SourceEntry) {
    h.raw("<div class=\"source\" id=\"source-")
        .number(s.number)
        .raw("\">\n<p dir=\"auto\"><span class=\"n\">[");
    h.number(s.number).raw("]</span> ");
    if !s.authors.is_empty() {
        h.text(&s.authors.join("; ")).raw(": ");
    }
    h.raw("<cite>").text(s.title).raw("</cite>");
    for known in [s.publisher, s.published].into_iter().flatten() {
        h.raw(", ").text(known);
    }
    h.raw("</p>\n");
    if let Some(url) = s.url {
        h.raw("<p class=\"address\">").address(url).raw("</p>\n");
    }
    h.raw("<dl>\n").term("Kind", Some(&s.kind.replace(['-', '_'], " "))).term("Accessed on", s.accessed);
    h.term("Reliability", s.reliability).term("Note", s.note).raw("</dl>\n");
    s.interviews.iter().for_each(|t| talk(h, t));
    for f in &s.files {
        // The browser saves the file instead of opening it: a file from somebody else may run scripts.
        h.raw("<p class=\"file\"><a download href=\"")
            .text(&f.path)
            .raw("\"><bdi>")
            .text(f.name)
            .raw("</bdi></a> (");
        h.text(&f.bytes.to_string()).raw(" bytes, a copy in this bundle");
        if is_active(f.name) {
            h.raw("; it may run scripts when it is opened in a browser");
        }
        h.raw(")</p>\n");
    }
    h.raw("</div>\n");
}

/// Writes an interview with a source.
fn talk(h: &mut Html, t: &Talk) {
    let how = match t.how {
        "in-person" => "in person",
        "phone" => "by phone",
        "video" => "by video",
        "mail" => "by mail",
        _ => "by message",
    };
    h.raw("<p dir=\"auto\"><span class=\"stance\">Interview with</span> <bdi>").text(t.with).raw("</bdi>");
    for known in [t.role, Some(how), t.on].into_iter().flatten() {
        h.raw(", <bdi>").text(known).raw("</bdi>");
    }
    h.raw(", on the record</p>\n<dl>\n").term("Confirmed", t.confirmed);
    h.term("Recording or notes", t.recording).raw("</dl>\n");
}

/// Whether a browser may run scripts in such a file, by its extension.
fn is_active(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    ["html", "htm", "xhtml", "xht", "shtml", "svg", "svgz", "xml", "xsl", "mht", "mhtml", "js", "mjs", "pdf"]
        .contains(&ending.as_str())
}

/// Writes the queries about the article as a whole.
pub(super) fn queries(h: &mut Html, claims: &Claims) {
    if !claims.queries.is_empty() {
        h.raw("<section id=\"queries\" aria-labelledby=\"queries-h\">\n<h2 id=\"queries-h\">Queries about the article</h2>\n");
        claims.queries.iter().for_each(|q| query(h, q));
        h.raw("</section>\n");
    }
}
