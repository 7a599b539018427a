//! `coverage`, `exempt`, `sign-off`, `gate`, `policy`.

use super::{
    Context,
    args::{Exempt, PolicyArgs, SignOffArgs},
    display::{counted, one_line},
    output::{Failure, Output, minute},
};
use crate::desk::{Cover, Coverage, Desk, Open, OpenKind, Sentence};
use crate::{
    model::{Policy, SecondPerson},
    text::Offsets,
    wire::{in_words, script},
};
use serde_json::{Value, json};

/// `coverage`
pub fn coverage(context: &Context, article: &str, open: bool) -> Result<Output, Failure> {
    let desk = context.open()?;
    let article = desk.article_named(article)?;
    let text = desk.read(article, None)?.text;
    let (found, offsets) = (desk.coverage(article)?, Offsets::new(&text));
    let (mut all, mut lines) = (Vec::new(), summary(&found) + "\n");
    for s in found.sentences.iter().filter(|s| !open || s.cover == Cover::Open) {
        let (json, line) = sentence(&desk, &text, &offsets, s)?;
        all.push(json);
        lines += &line;
    }
    let mut json = counts(&found);
    json["sentences"] = all.into();
    Ok(Output::new(json, lines))
}

/// Whether a sentence is checked, needs no check or is open, in words.
fn cover_label(cover: Cover) -> &'static str {
    match cover {
        Cover::Checked => "checked",
        Cover::Exempt => "no check needed",
        Cover::Open => "open",
    }
}

/// Numbers of sentences and details that are checked, need no check or are open.
fn counts(found: &Coverage) -> Value {
    let of = |c: Cover| json!({ "sentences": found.count(c), "details": found.details(c).count() });
    json!({
        "percent": found.percent(), "names_recognised": found.names_recognised, "checked": of(Cover::Checked), "waved": of(Cover::Exempt), "open": of(Cover::Open),
    })
}

fn summary(found: &Coverage) -> String {
    let counts = format!(
        "{} % covered: {} checked, no check needed for {}, {} open with {} in {}",
        found.percent(),
        counted(found.count(Cover::Checked), "sentence"),
        found.count(Cover::Exempt),
        found.count(Cover::Open),
        counted(found.details(Cover::Open).count(), "detail"),
        if found.count(Cover::Open) == 1 { "it" } else { "them" },
    );
    if found.names_recognised {
        return counts;
    }
    let wholes = found.open_wholes();
    format!(
        "{counts}\nNames are not recognised in this language. Open sentences without other details: {wholes}. Check each of them as a whole."
    )
}

fn sentence(desk: &Desk, text: &str, offsets: &Offsets, s: &Sentence) -> Result<(Value, String), Failure> {
    let words = |span: crate::text::Span| {
        span.of(text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut line = format!("{:<17}{}\n", cover_label(s.cover), words(s.span));
    let mut details = Vec::new();
    for (d, cover) in &s.details {
        let place = script::spans(offsets, &[d.span])[0].take();
        details.push(json!({ "kind": d.kind.as_str(), "words": words(d.span), "span": place, "cover": cover.as_str() }));
        if *cover == Cover::Open {
            line += &format!("                 {}: {}\n", d.kind.as_str(), words(d.span));
        }
    }
    let mut by = Value::Null;
    if let Some(exemption) = &s.exemption {
        let name = script::by(desk, &exemption.stamp)?;
        line += &format!(
            "                 by {}, {}\n",
            one_line(name.as_deref().unwrap_or_default()),
            minute(&exemption.stamp)
        );
        by = json!({ "by": name, "at": exemption.stamp.at.to_string(), "note": exemption.value.note });
    }
    let json = json!({
        "cover": s.cover.as_str(), "words": words(s.span), "span": script::spans(offsets, &[s.span])[0].take(),
        "details": details, "whole": s.whole, "waved": by,
    });
    Ok((json, line))
}

/// `wave`, also called `exempt`.
pub fn exempt(context: &Context, args: Exempt) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let article = desk.article_named(&args.article)?;
    let spans = (args.quote.quotes.iter())
        .map(|q| desk.find_quote(article, q, args.quote.occurrence))
        .collect::<Result<Vec<_>, _>>()?;
    let count = match args.open_again {
        true => desk.open_again(article, None, &spans)?.value,
        false => desk.exempt(article, None, &spans, args.note)?.value,
    };
    let found = desk.coverage(article)?;
    let mut json = counts(&found);
    json["changed"] = count.into();
    Ok(Output::new(json, summary(&found)))
}

/// `sign-off`
pub fn sign_off(context: &Context, args: SignOffArgs) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let named = desk.claim_named(&args.claim)?;
    let fact = match args.take_back {
        true => desk.take_back_sign_off(named)?.value,
        false => desk.sign_off(named, args.note)?.value,
    };
    let number = desk.number_of(named.1.0)?;
    let done = if args.take_back { "sign-off undone" } else { "verdict signed off" };
    Ok(Output::new(json!({ "sign_off": fact.to_string(), "number": number }), format!("C{number}: {done}")))
}

/// `gate`: exit 1 if something is open.
pub fn gate(context: &Context, article: &str) -> Result<Output, Failure> {
    let desk = context.open()?;
    let gate = desk.gate(desk.article_named(article)?)?;
    let mut text =
        String::from(if gate.passed() { "Nothing is open: the article counts as verified\n" } else { "" });
    text.extend(gate.open.iter().map(|o| format!("  open: {}\n", open_line(o))));
    text.extend(gate.warnings.iter().map(|o| format!("  careful: {}\n", open_line(o))));
    let warnings = gate.warnings.iter().map(|o| open_item(&desk, o)).collect::<Result<Vec<_>, _>>()?;
    let open = gate.open.iter().map(|o| open_item(&desk, o)).collect::<Result<Vec<_>, _>>()?;
    let json = json!({
        "passed": gate.passed(), "open": open, "warnings": warnings, "coverage": counts(&gate.coverage), "policy": policy_json(&gate.policy),
    });
    let no = (!gate.passed()).then(|| not_passed(gate.open.len()));
    Ok(Output { no, ..Output::new(json, text) })
}

/// Why an article does not count as verified.
pub fn not_passed(open: usize) -> String {
    let (items, are) = if open == 1 { ("item", "is") } else { ("items", "are") };
    format!("the article does not count as verified: {open} {items} {are} open")
}

/// An open item as one line.
pub fn open_line(o: &Open) -> String {
    let kind = if o.kind == OpenKind::Query { "query: " } else { "" };
    format!("{kind}{}", one_line(&in_words(&o.message)))
}

/// An open item as JSON.
pub fn open_item(desk: &Desk, o: &Open) -> Result<Value, Failure> {
    let number = |id: Option<uuid::Uuid>| id.map(|i| desk.number_of(i)).transpose();
    Ok(json!({
        "kind": o.kind.as_str(), "text": in_words(&o.message), "message": o.message, "claim": number(o.claim.map(|c| c.0))?,
        "query": number(o.query.map(|q| q.0))?,
    }))
}

/// `policy`: sets the given requirements, then prints all.
pub fn policy(context: &Context, args: PolicyArgs) -> Result<Output, Failure> {
    let switches = [args.evidence, args.queries, args.context];
    let given = args.coverage.is_some() || args.second.is_some() || switches.iter().any(Option::is_some);
    let mut desk = if given { context.open_or_create()? } else { context.open()? };
    let old = desk.policy()?;
    let policy = Policy {
        coverage: args.coverage.unwrap_or(old.coverage),
        second: args.second.map(|s| s.parse()).transpose()?.unwrap_or(old.second),
        evidence: args.evidence.unwrap_or(old.evidence),
        queries: args.queries.unwrap_or(old.queries),
        context: args.context.unwrap_or(old.context),
    };
    if given {
        desk.set_policy(policy.clone())?;
    }
    let yes = |b: bool| if b { "yes" } else { "no" };
    let text = format!(
        "evidence: {}\nsecond person: {}\nqueries resolved: {}\ncoverage: at least {} %\nchanged sentences looked at: {}",
        yes(policy.evidence),
        policy.second,
        yes(policy.queries),
        policy.coverage,
        yes(policy.context)
    );
    Ok(Output::new(policy_json(&policy), text))
}

/// The requirements as JSON.
pub fn policy_json(p: &Policy) -> Value {
    json!({ "evidence": p.evidence, "second": p.second.as_str(), "queries": p.queries, "coverage": p.coverage, "context": p.context })
}

/// The requirements as one line.
pub fn requirements_line(p: &Policy) -> String {
    let second = match p.second {
        SecondPerson::None => None,
        SecondPerson::High => Some("a second person for high-risk claims"),
        SecondPerson::All => Some("a second person"),
    };
    let parts = [
        p.evidence.then_some("evidence"),
        second,
        p.queries.then_some("queries resolved"),
        (!p.context).then_some("changed sentences not looked at again"),
    ];
    let coverage = format!("{} % of the sentences", p.coverage);
    let mut all: Vec<&str> =
        ["a verdict on every claim"].into_iter().chain(parts.into_iter().flatten()).collect();
    all.push(&coverage);
    all.join(", ")
}
