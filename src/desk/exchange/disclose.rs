//! Disclosing a withheld source to an auditor, who can prove it with a bundle that was published without it.

use super::input::read_foreign;
use crate::desk::{Desk, DeskError};
use crate::{
    files,
    formats::{bundle, bundle::disclosure},
    messages::{Message, message},
    model::{ArticleId, Chain, Digest, EvidenceId, Fact, FactId, Logged, Recorded, SourceId},
    store::Wanted,
};
use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

/// A disclosed fact, compared with a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// The fact.
    pub fact: FactId,
    /// Its kind.
    pub kind: &'static str,
    /// What it says, in words.
    pub text: String,
    /// Whether the bundle proves that this fact was recorded with exactly this content.
    pub proved: bool,
}

impl Desk {
    /// Everything that is withheld with a source, as a disclosure: each version of the source, and the passages from it
    /// in one article or in all. What was erased stays erased.
    pub fn disclose(&self, source: SourceId, only: Option<ArticleId>) -> Result<Vec<u8>, DeskError> {
        let mut facts: Vec<Recorded> =
            self.store.log(Chain::Source(source), &Wanted::All)?.into_iter().flat_map(|l| l.facts).collect();
        let wanted = |t: &Chain| only.is_none_or(|article| *t == Chain::Article(article));
        for chain in self.store.chains("article")?.into_iter().filter(wanted) {
            facts.extend(passages_from(self.store.log(chain, &Wanted::AnchorsOf(Vec::new()))?, source));
        }
        facts.retain(|f| f.fact().is_some());
        if facts.is_empty() {
            return Err(DeskError::refused(message!("refused_disclose_erased")));
        }
        disclosure::write(&facts).map_err(|e| DeskError::refused(Message::verbatim(e)))
    }
}

/// The passages of evidence from a source.
fn passages_from(log: Vec<Logged>, source: SourceId) -> impl Iterator<Item = Recorded> {
    let evidence: HashSet<EvidenceId> = log
        .iter()
        .flat_map(|l| &l.facts)
        .filter_map(|f| match f.fact() {
            Some(Fact::Evidence(e)) if e.source == source => Some(e.evidence),
            _ => None,
        })
        .collect();
    log.into_iter()
        .flat_map(|l| l.facts)
        .filter(move |f| matches!(f.fact(), Some(Fact::Passage(p)) if evidence.contains(&p.evidence)))
}

/// Compares a disclosure with a bundle. Fails if either cannot be read, or if the bundle is not valid.
pub fn compare_disclosure(bundle: &Path, disclosure: &str) -> Result<Vec<Disclosed>, DeskError> {
    let facts = disclosure::read(&read_foreign(disclosure)?).map_err(|e| DeskError::refused(e.message()))?;
    let opened = files::open(bundle)?;
    let incoming = bundle::read(opened.handed())?;
    let here: HashMap<FactId, Digest> =
        incoming.log.iter().flat_map(|l| &l.facts).map(|f| (f.id, f.digest)).collect();
    let compared = |f: &Recorded| {
        let fact = f.fact()?;
        let proved = here.get(&f.id) == Some(&f.digest);
        Some(Disclosed { fact: f.id, kind: fact.kind(), text: in_words(fact), proved })
    };
    Ok(facts.iter().filter_map(compared).collect())
}

/// The content of a fact that can be withheld, in words.
fn in_words(fact: &Fact) -> String {
    let parts: Vec<&str> = match fact {
        Fact::Source(s) => {
            let url = s.url.as_deref();
            [Some(s.title.as_str())]
                .into_iter()
                .chain(s.authors.iter().map(|a| Some(a.as_str())))
                .chain([s.publisher.as_deref(), url])
                .flatten()
                .collect()
        }
        Fact::Passage(p) => {
            [&p.passage, &p.locator, &p.note].into_iter().filter_map(|t| t.as_deref()).collect()
        }
        Fact::Interview(i) => {
            let some = [&i.role, &i.confirmed, &i.recording].into_iter().filter_map(|t| t.as_deref());
            [i.with.as_str(), i.how.as_str(), i.terms.as_str()].into_iter().chain(some).collect()
        }
        other => vec![other.kind()],
    };
    parts.join(", ")
}
