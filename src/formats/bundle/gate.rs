//! The gate in `claims.json`: the policy, what was open, the coverage, and the corrections since the article was last
//! exported as verified.

use super::fields::name_of;
use crate::{
    messages::{Language, Message},
    model::{self, ActionId, Dossier, Policy, Rules},
};
use serde::{Deserialize, Serialize};

/// Whether the article counted as verified when the bundle was written.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Gate<'d> {
    /// Whether nothing was open.
    pub passed: bool,
    /// The desk's requirements.
    pub policy: Asked,
    /// What was open under this policy.
    pub open: Vec<Open<'d>>,
    /// How many sentences were checked or needed no check.
    pub coverage: Covered,
    /// The version of the rules for verdicts, coverage and corrections; 1 if missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<u32>,
}

/// What a desk requires before an article counts as verified. Besides, every claim always needs a verdict that holds.
#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Asked {
    /// Whether every verdict needs evidence.
    pub evidence: bool,
    /// Which verdicts a second person must sign off: none, high (claims of high risk) or all.
    pub second: String,
    /// Whether every query must be resolved.
    pub queries: bool,
    /// The percentage of sentences that must be checked or need no check.
    pub coverage: u8,
    /// Whether a claim is open when other words of its sentence changed, until somebody says that its verdict still holds;
    /// true if missing.
    #[serde(default = "asked_for")]
    pub context: bool,
}

/// What a requirement means that an older file does not name.
fn asked_for() -> bool {
    true
}

/// An open item.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Open<'d> {
    /// unchecked, stale, orphaned, context, no_evidence, disputed, sign_off, query, coverage or versions.
    pub kind: &'static str,
    /// In a sentence.
    pub text: String,
    /// The same as a message: a code and its arguments.
    pub message: &'d Message,
    /// The id of the claim it is about.
    pub claim: Option<String>,
}

/// How many sentences were checked or needed no check.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Covered {
    /// Checked sentences and those that need no check, in percent of all.
    pub percent: u8,
    /// How many sentences were checked: a verdict holds on them.
    pub checked: usize,
    /// How many sentences need no check.
    #[serde(rename = "waved")]
    pub exempt: usize,
    /// How many sentences are neither.
    pub open: usize,
}

/// A sentence that a person marked as needing no check. This holds for exactly these words.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Exempted<'d> {
    /// The sentence.
    pub sentence: &'d str,
    /// Why it needs no check.
    pub note: Option<&'d str>,
    /// Who marked it.
    pub by: Option<&'d str>,
    /// When, in RFC 3339, UTC.
    pub at: String,
}

/// A second person's sign-off on the current verdict.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct SignedOff<'d> {
    /// Who agrees.
    pub by: Option<&'d str>,
    /// When, in RFC 3339, UTC.
    pub at: String,
    /// A note.
    pub note: Option<&'d str>,
}

/// The gate of a dossier.
pub(super) fn gate<'d>(dossier: &'d Dossier) -> Gate<'d> {
    let v = &dossier.verified;
    let open = v.open.iter().map(|o| Open {
        kind: o.kind,
        text: o.message.words(dossier.language),
        message: &o.message,
        claim: o.claim.map(|c| c.to_string()),
    });
    Gate {
        passed: v.open.is_empty(),
        policy: Asked {
            evidence: v.policy.evidence,
            second: v.policy.second.to_string(),
            queries: v.policy.queries,
            coverage: v.policy.coverage,
            context: v.policy.context,
        },
        open: open.collect(),
        coverage: Covered { percent: v.percent, checked: v.checked, exempt: v.exempt, open: v.unsettled },
        rules: Some(v.rules).filter(|r| *r != Rules::First).map(Rules::number),
    }
}

/// The sentences that need no check.
pub(super) fn exemptions<'d>(dossier: &'d Dossier) -> Vec<Exempted<'d>> {
    let exempted = |w: &'d model::Noted<model::Exemption>| Exempted {
        sentence: &w.value.sentence,
        note: w.value.note.as_deref(),
        by: name_of(&dossier.state, w.stamp.by),
        at: w.stamp.at.to_string(),
    };
    dossier.state.exemptions.iter().map(exempted).collect()
}

/// The policy, rules and earlier export that a `claims.json` states it was computed with.
#[derive(Debug)]
pub struct Terms {
    /// The policy, if the file has one.
    pub policy: Option<Policy>,
    /// The action after which corrections count.
    pub since: Option<ActionId>,
    /// The rules for verdicts, coverage and corrections.
    pub rules: Rules,
    /// The language of its words, as BCP 47 has it.
    pub language: String,
}

/// Reads the [`Terms`] from the bytes of `claims.json`. Fails if the file or its policy cannot be read.
pub(super) fn terms(claims: &[u8]) -> Result<Terms, String> {
    #[derive(Deserialize)]
    struct ClaimsFile {
        gate: Option<StatedGate>,
        corrections: Option<StatedCorrections>,
        language: Option<String>,
    }
    #[derive(Deserialize)]
    struct StatedGate {
        policy: Asked,
        rules: Option<u32>,
    }
    #[derive(Deserialize)]
    struct StatedCorrections {
        since: String,
    }
    let file: ClaimsFile = serde_json::from_slice(claims).map_err(|e| e.to_string())?;
    let language = file.language.unwrap_or_else(|| Language::default().to_string());
    let since =
        file.corrections.map(|c| c.since.parse().map_err(|e: model::NotAnId| e.to_string())).transpose()?;
    let Some(StatedGate { policy: Asked { evidence, second, queries, coverage, context }, rules }) =
        file.gate
    else {
        return Ok(Terms { policy: None, since, rules: Rules::First, language });
    };
    let second = second.parse().map_err(|e: model::NotASlug| e.to_string())?;
    let policy = Some(Policy { evidence, second, queries, coverage, context });
    Ok(Terms { policy, since, rules: rules.map_or(Rules::First, Rules::numbered), language })
}

/// What changed since the article was last exported as verified.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Ledger<'d> {
    /// The id of the article's last action in that export.
    pub since: String,
    /// When that action was done, in RFC 3339, UTC.
    pub at: String,
    /// The changes, the most important first.
    pub entries: Vec<Entry<'d>>,
}

/// One change.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Entry<'d> {
    /// changed, rated, removed, added or about.
    pub kind: &'static str,
    /// In a sentence.
    pub text: String,
    /// The same as a message: a code and its arguments.
    pub message: &'d Message,
    /// Why, where that was said.
    pub why: Option<&'d str>,
    /// The id of the claim it is about.
    pub claim: Option<String>,
}

/// The ledger of a dossier.
pub(super) fn ledger<'d>(dossier: &'d Dossier) -> Option<Ledger<'d>> {
    let c = dossier.corrections.as_ref()?;
    let entry = |e: &'d model::Correction| Entry {
        kind: e.kind.as_str(),
        text: e.message.words(dossier.language),
        message: &e.message,
        why: e.why.as_deref(),
        claim: e.claim.map(|c| c.to_string()),
    };
    Some(Ledger {
        since: c.since.to_string(),
        at: c.at.to_string(),
        entries: c.entries.iter().map(entry).collect(),
    })
}
