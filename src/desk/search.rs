//! Search over articles, claims and sources: what holds every word, whatever its case.

use super::{Desk, DeskError, Filter, Page};
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
        let mut found = self.articles_with(&words)?;
        let page = |found: &[Found]| Page {
            filters: vec![Filter::Words(words.join(" "))],
            most: MOST - found.len(),
            ..Page::whole()
        };
        let claims = page(&found);
        self.each_claim(&claims, |row| {
            let text = [row.words.clone(), row.assertion.clone()].into_iter().flatten().collect::<Vec<_>>();
            let title = row.assertion.or(row.words).unwrap_or_default();
            let excerpt = excerpt(&text.join("\n"), &words).unwrap_or_else(|| title.clone());
            let (kind, id, article) = (FoundKind::Claim, row.claim.0, Some(row.article));
            found.push(Found { kind, id, article, title, excerpt });
            Ok::<_, DeskError>(())
        })?;
        let sources = page(&found);
        self.each_source(&sources, |s| {
            let (kind, id, article, title) = (FoundKind::Source, s.value.source.0, None, s.value.title);
            found.push(Found { kind, id, article, title, excerpt: s.value.authors.join(", ") });
            Ok::<_, DeskError>(())
        })?;
        Ok(found)
    }

    /// The first articles whose text holds all of the words.
    fn articles_with(&self, words: &[String]) -> Result<Vec<Found>, DeskError> {
        let mut found = Vec::new();
        for row in self.articles(&Page::whole())? {
            if let Some(excerpt) = excerpt(&self.store.text(&row.text)?, words) {
                let (kind, id, article) = (FoundKind::Article, row.article.0, Some(row.article));
                found.push(Found { kind, id, article, title: row.headline, excerpt });
            }
            if found.len() == MOST {
                break;
            }
        }
        Ok(found)
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
