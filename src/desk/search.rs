//! Search over articles, claims and sources: what holds every word, whatever its case.

use super::{Desk, DeskError, Judge, read::headline};
use crate::model::ArticleId;
use uuid::Uuid;

/// The most that is told.
const MOST: usize = 50;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundKind {
    /// In an article's text.
    Article,
    /// In a claim's words or assertion.
    Claim,
    /// In a source.
    Source,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What.
    pub kind: FoundKind,
    /// Its id.
    pub id: Uuid,
    /// The article it is in.
    pub article: Option<ArticleId>,
    /// Its name.
    pub title: String,
    /// The words around what was found.
    pub excerpt: String,
}

impl Desk {
    /// Searches the desk. Articles come first, then claims, then sources; at most 50 in all.
    pub fn search(&self, words: &str) -> Result<Vec<Found>, DeskError> {
        let words: Vec<String> = words.to_lowercase().split_whitespace().map(Into::into).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let (mut articles, mut claims) = (Vec::new(), Vec::new());
        for summary in self.articles()? {
            let reading = self.read(summary.article, None)?;
            let article = Some(summary.article);
            if let Some(excerpt) = excerpt(&reading.text, &words) {
                let (kind, id, title) = (FoundKind::Article, summary.article.0, headline(&reading.text));
                articles.push(Found { kind, id, article, title, excerpt });
            }
            let judge = Judge::new(&reading);
            for claim in reading.picture.live_claims() {
                let quote = judge.judge(claim).quote.join(" … ");
                let text = [Some(quote.clone()), claim.claim.assertion.clone()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>();
                if let Some(excerpt) = excerpt(&text.join("\n"), &words) {
                    let title = claim.claim.assertion.clone().unwrap_or(quote);
                    claims.push(Found { kind: FoundKind::Claim, id: claim.id.0, article, title, excerpt });
                }
            }
        }
        let sources = self.sources(&words.join(" "))?.into_iter().map(|s| Found {
            kind: FoundKind::Source,
            id: s.value.source.0,
            article: None,
            excerpt: s.value.authors.join(", "),
            title: s.value.title,
        });
        Ok(articles.into_iter().chain(claims).chain(sources).take(MOST).collect())
    }
}

/// The words around the first one found, where the text holds all of them.
fn excerpt(text: &str, words: &[String]) -> Option<String> {
    let lower = text.to_lowercase();
    let first =
        words.iter().map(|w| lower.find(w.as_str())).collect::<Option<Vec<_>>>()?.into_iter().min()?;
    let before = lower[..first].chars().count();
    let from = before.saturating_sub(40);
    let cut: String = text.chars().skip(from).take(160).collect();
    // A word that is cut in front is left out, unless it is the one that was found.
    let torn = from > 0 && !text.chars().nth(from - 1).is_some_and(char::is_whitespace);
    let whole =
        cut.split_once(char::is_whitespace).filter(|_| torn && from < before).map_or(&cut[..], |(_, w)| w);
    Some(whole.split_whitespace().collect::<Vec<_>>().join(" "))
}
