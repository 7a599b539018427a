//! The example articles: the data in `seeds/`, added with the same calls as a person's work.

use super::{WireError, error::unread, page::SourceFields};
use crate::desk::{ClaimChange, Desk, PassageText, Typed, read_article};
use crate::{
    messages::message,
    model::{ArticleId, ClaimId, Digest, ReadOptions, SourceId, Unwatched},
};
use serde::Deserialize;
use std::collections::HashMap;

const SEED: &str = include_str!("../../seeds/example.json");

/// The text of each file the seed names.
const TEXTS: &[(&str, &[u8])] = &[
    ("harbour.txt", include_bytes!("../../seeds/harbour.txt")),
    ("harbour-2.md", include_bytes!("../../seeds/harbour-2.md")),
    ("harbour-3.md", include_bytes!("../../seeds/harbour-3.md")),
    ("farabougou.txt", include_bytes!("../../seeds/farabougou.txt")),
    ("scripts.txt", include_bytes!("../../seeds/scripts.txt")),
];

#[derive(Deserialize)]
struct Seed {
    sources: Vec<SeedSource>,
    articles: Vec<SeedArticle>,
}

#[derive(Deserialize)]
struct SeedSource {
    key: String,
    #[serde(flatten)]
    fields: SourceFields,
}

#[derive(Deserialize)]
struct SeedArticle {
    file: String,
    claims: Vec<SeedClaim>,
    #[serde(default)]
    queries: Vec<SeedQuery>,
    #[serde(default)]
    revisions: Vec<SeedRevision>,
}

#[derive(Deserialize)]
struct SeedClaim {
    quote: String,
    occurrence: Option<usize>,
    assertion: Option<String>,
    kind: Option<String>,
    claimant: Option<String>,
    risk: Option<String>,
    #[serde(default)]
    evidence: Vec<SeedEvidence>,
    verdict: Option<SeedVerdict>,
    query: Option<SeedQuery>,
}

#[derive(Deserialize)]
struct SeedEvidence {
    source: String,
    stance: String,
    passage: Option<String>,
    locator: Option<String>,
}

#[derive(Deserialize)]
struct SeedVerdict {
    rating: String,
    rationale: String,
}

#[derive(Deserialize)]
struct SeedQuery {
    to: Option<String>,
    text: String,
    answer: Option<String>,
    settled: Option<String>,
}

#[derive(Deserialize)]
struct SeedRevision {
    file: String,
    note: Option<String>,
    #[serde(default)]
    claims: Vec<SeedClaim>,
}

/// Adds the example's sources and articles to this desk and returns the first article. If the desk has them already, adds
/// nothing.
pub fn make(desk: &mut Desk) -> Result<ArticleId, WireError> {
    let seed: Seed = serde_json::from_str(SEED).map_err(|e| WireError::request("desk.example", e))?;
    if let Some(first) = seed.articles.first()
        && let Some(existing) = desk.existing(&Digest::of(bytes(&first.file)?))?
    {
        return Ok(existing);
    }
    let mut sources = HashMap::new();
    for source in seed.sources {
        sources.insert(source.key, desk.add_source(source.fields.try_into()?, &[])?.value);
    }
    let mut first = None;
    for article in seed.articles {
        let id = add_article(desk, article, &sources)?;
        first.get_or_insert(id);
    }
    first.ok_or_else(|| unread(message!("example_empty")))
}

fn bytes(file: &str) -> Result<&'static [u8], WireError> {
    let found = TEXTS.iter().find(|(name, _)| *name == file).map(|(_, bytes)| *bytes);
    found.ok_or_else(|| unread(message!("example_no_text", file = file)))
}

fn add_article(
    desk: &mut Desk,
    a: SeedArticle,
    sources: &HashMap<String, SourceId>,
) -> Result<ArticleId, WireError> {
    let bytes = bytes(&a.file)?;
    let read = read_article(bytes, &ReadOptions::default(), &Unwatched)?;
    let article = desk.import_article(&a.file, bytes, &read.text, read.info)?.value.article;
    for claim in a.claims {
        add_claim(desk, article, claim, sources)?;
    }
    for query in a.queries {
        ask(desk, article, None, query)?;
    }
    for revision in a.revisions {
        let text = String::from_utf8_lossy(self::bytes(&revision.file)?).into_owned();
        desk.revise(article, Typed { text, note: revision.note, ..Typed::default() })?;
        for claim in revision.claims {
            add_claim(desk, article, claim, sources)?;
        }
    }
    Ok(article)
}

fn add_claim(
    desk: &mut Desk,
    article: ArticleId,
    c: SeedClaim,
    sources: &HashMap<String, SourceId>,
) -> Result<ClaimId, WireError> {
    let span = desk.find_quote(article, &c.quote, c.occurrence)?;
    let change = ClaimChange {
        assertion: c.assertion,
        kind: c.kind.map(|k| k.parse().map_err(unread)).transpose()?,
        claimant: c.claimant,
        risk: c.risk.map(|r| r.parse().map_err(unread)).transpose()?,
    };
    let claim = desk.mark(article, None, &[span], change)?.value;
    for e in c.evidence {
        let missing = || unread(message!("example_no_source", source = &e.source));
        let source = *sources.get(&e.source).ok_or_else(missing)?;
        let text = PassageText { passage: e.passage, locator: e.locator, note: None };
        desk.add_evidence((article, claim), source, e.stance.parse().map_err(unread)?, text)?;
    }
    if let Some(v) = c.verdict {
        desk.give_verdict((article, claim), &v.rating, None, &v.rationale)?;
    }
    if let Some(q) = c.query {
        ask(desk, article, Some(claim), q)?;
    }
    Ok(claim)
}

fn ask(desk: &mut Desk, article: ArticleId, claim: Option<ClaimId>, q: SeedQuery) -> Result<(), WireError> {
    let query = desk.ask(article, claim, q.to, &q.text)?.value;
    if let Some(answer) = q.answer {
        desk.answer(article, query, &answer)?;
    }
    if q.settled.is_some() {
        desk.resolve(article, query, q.settled)?;
    }
    Ok(())
}
