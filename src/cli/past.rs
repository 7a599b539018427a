//! `blame`, `timeline` and `corrections`.

use super::{
    Context,
    display::one_line,
    output::{Failure, Output, minute},
};
use crate::wire::in_words;
use crate::{desk::DeskError, model::Correction, text::Offsets, wire::script};
use serde_json::json;

/// `blame`
pub fn blame(context: &Context, article: &str, revision: Option<String>) -> Result<Output, Failure> {
    let desk = context.open()?;
    let article = desk.article_named(article)?;
    let revision = revision.map(|r| desk.revision_named(article, &r)).transpose()?;
    let text = desk.read(article, revision)?.text;
    let offsets = Offsets::new(&text);
    let (mut all, mut lines) = (Vec::new(), String::new());
    for a in desk.blame(article, revision)? {
        let (number, by) = (desk.number_of(a.by.id.0)?, script::by(&desk, &a.by.stamp)?);
        let words = a.span.of(&text).unwrap_or_default();
        let shown = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !shown.is_empty() {
            let who = by.as_deref().unwrap_or_default();
            lines += &format!("revision {number}, {}, {}: {shown}\n", one_line(who), minute(&a.by.stamp));
        }
        all.push(json!({
            "revision": number, "by": by, "at": a.by.stamp.at.to_string(), "words": words,
            "span": script::spans(&offsets, &[a.span])[0],
        }));
    }
    Ok(Output::new(all.into(), lines))
}

/// `timeline`
pub fn timeline(context: &Context, article: &str) -> Result<Output, Failure> {
    let desk = context.open()?;
    let (mut all, mut lines) = (Vec::new(), String::new());
    for p in desk.timeline(desk.article_named(article)?)? {
        let number = desk.number_of(p.revision.id.0)?;
        let [unchecked, checked, stale, orphaned] = p.standings;
        let claims = unchecked + checked + stale + orphaned;
        lines += &format!(
            "revision {number}, {}: {} words, {claims} claims, {checked} checked, {stale} out of date, \
             {orphaned} no longer in text, {unchecked} unchecked\n",
            minute(&p.revision.stamp),
            p.words
        );
        all.push(json!({
            "revision": number, "at": p.revision.stamp.at.to_string(), "until": p.until.to_string(), "words": p.words,
            "claims": claims, "checked": checked, "stale": stale, "orphaned": orphaned, "unchecked": unchecked,
        }));
    }
    Ok(Output::new(all.into(), lines))
}

/// `corrections`
pub fn corrections(context: &Context, article: &str, since: Option<String>) -> Result<Output, Failure> {
    let desk = context.open()?;
    let article = desk.article_named(article)?;
    let since = since.map(|n| desk.last_while(article, desk.revision_named(article, &n)?)).transpose()?;
    let (corrections, text) = desk.corrections(article, since)?;
    let entry = |c: &Correction| {
        let number = c.claim.map(|c| desk.number_of(c.0)).transpose()?;
        Ok(
            json!({ "kind": c.kind.as_str(), "text": in_words(&c.message), "message": c.message, "why": c.why, "claim": number }),
        )
    };
    let entries = corrections.entries.iter().map(entry).collect::<Result<Vec<_>, DeskError>>()?;
    let text = if text.is_empty() { "No statement has changed.".into() } else { text };
    Ok(Output::new(json!({ "since": corrections.at.to_string(), "entries": entries }), text))
}
