//! Search in articles, tags, people, claims and sources for all given words, in any case.

use crate::desk::{Desk, DeskError, Filter, Page, Sort};
use crate::{
    model::ArticleId,
    store::ArticleRow,
    text::{Byte, Span, is_wordly},
};
use uuid::Uuid;

/// The most results.
const MAX_FOUND: usize = 50;
/// The most articles that are found by their text alone.
const MAX_BY_TEXT: usize = 25;
/// How many articles are listed at a time while texts are read.
const AT_ONCE: usize = 200;

crate::model::slugs! {
    /// The kind of a result. Equally good results are sorted by it.
    FoundKind, "kind of what was found", {
        /// An article, by its headline or its text.
        Article = "article",
        /// A tag or hashtag of articles.
        Tag = "tag",
        /// Somebody who works at the desk.
        Person = "person",
        /// A claim, by its words or assertion.
        Claim = "claim",
        /// A source.
        Source = "source",
    }
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its kind.
    pub kind: FoundKind,
    /// Its id; a tag has none.
    pub id: Option<Uuid>,
    /// The article it is in.
    pub article: Option<ArticleId>,
    /// Its name.
    pub title: String,
    /// The words around what was found.
    pub excerpt: String,
    /// The places of the words in the title.
    pub in_title: Vec<Span>,
    /// The places of the words in the excerpt.
    pub in_excerpt: Vec<Span>,
}

/// The words to find, in lower case.
struct Words(Vec<String>);

impl Desk {
    /// Searches the desk; returns at most 50 results. Results with every word as a whole word in the title come first,
    /// then those with parts of words, then the rest. Equal results are sorted as articles, tags, people, claims,
    /// sources. Titles, tags, claims and sources are looked up; texts are read, newest first, until enough are found.
    pub fn search(&self, words: &str) -> Result<Vec<Found>, DeskError> {
        let words = Words(words.to_lowercase().split_whitespace().map(Into::into).collect());
        if words.0.is_empty() {
            return Ok(Vec::new());
        }
        let mut all = self.articles_named(&words)?;
        all.extend(self.articles_with(&words, &all)?);
        all.extend(self.tags_named(&words)?);
        all.extend(self.people_found(&words)?);
        all.extend(self.claims_with(&words)?);
        all.extend(self.sources_with(&words)?);
        all.sort_by_cached_key(|f| (words.rank(f), f.kind));
        all.truncate(MAX_FOUND);
        Ok(all)
    }

    /// The articles whose headline has all words, newest first.
    fn articles_named(&self, words: &Words) -> Result<Vec<Found>, DeskError> {
        let mut found = Vec::new();
        for row in self.articles(&Page { sort: Some(Sort::Touched), ..words.page() })? {
            let excerpt = words.excerpt(&self.store.text(&row.text)?).unwrap_or_default();
            found.push(words.article(row, &excerpt));
        }
        Ok(found)
    }

    /// The newest articles whose text has all words, without those found by headline.
    fn articles_with(&self, words: &Words, named: &[Found]) -> Result<Vec<Found>, DeskError> {
        let mut found = Vec::new();
        for skip in (0..).step_by(AT_ONCE) {
            let page = Page { sort: Some(Sort::Touched), skip, most: AT_ONCE, ..Page::whole() };
            let rows = self.articles(&page)?;
            let last = rows.len() < AT_ONCE;
            for row in rows.into_iter().filter(|r| named.iter().all(|f| f.article != Some(r.article))) {
                if let Some(excerpt) = words.excerpt(&self.store.text(&row.text)?) {
                    found.push(words.article(row, &excerpt));
                }
                if found.len() == MAX_BY_TEXT {
                    return Ok(found);
                }
            }
            if last {
                break;
            }
        }
        Ok(found)
    }

    fn tags_named(&self, words: &Words) -> Result<Vec<Found>, DeskError> {
        let all = self.store.tags_where(|tag| words.all_in(tag), MAX_FOUND)?.into_iter();
        let count = |n: i64| if n == 1 { "1 article".into() } else { format!("{n} articles") };
        let found = all.map(|(tag, n)| Found {
            excerpt: count(n),
            in_excerpt: Vec::new(),
            ..words.found(FoundKind::Tag, None, None, tag, "")
        });
        Ok(found.collect())
    }

    fn people_found(&self, words: &Words) -> Result<Vec<Found>, DeskError> {
        let all = self.people()?.into_iter();
        let there = all.filter(|p| words.all_in(&format!("{} {}", p.name, p.initials))).take(MAX_FOUND);
        let found =
            there.map(|p| words.found(FoundKind::Person, Some(p.person.0), None, p.name, &p.initials));
        Ok(found.collect())
    }

    fn claims_with(&self, words: &Words) -> Result<Vec<Found>, DeskError> {
        let mut found = Vec::new();
        self.each_claim(&words.page(), |row| {
            let text = [row.words.clone(), row.assertion.clone()].into_iter().flatten().collect::<Vec<_>>();
            let title = row.assertion.or(row.words).unwrap_or_default();
            let excerpt = words.excerpt(&text.join("\n")).unwrap_or_else(|| title.clone());
            let (id, article) = (Some(row.claim.0), Some(row.article));
            found.push(words.found(FoundKind::Claim, id, article, title, &excerpt));
            Ok::<_, DeskError>(())
        })?;
        Ok(found)
    }

    fn sources_with(&self, words: &Words) -> Result<Vec<Found>, DeskError> {
        let mut found = Vec::new();
        self.each_source(&words.page(), |s| {
            let (id, title) = (Some(s.value.source.0), s.value.title);
            found.push(words.found(FoundKind::Source, id, None, title, &s.value.authors.join(", ")));
            Ok::<_, DeskError>(())
        })?;
        Ok(found)
    }
}

impl Words {
    /// The page of a list with entries that have all words.
    fn page(&self) -> Page {
        Page { filters: vec![Filter::Words(self.0.join(" "))], most: MAX_FOUND, ..Page::whole() }
    }

    fn article(&self, row: ArticleRow, excerpt: &str) -> Found {
        let id = Some(row.article.0);
        self.found(FoundKind::Article, id, Some(row.article), row.headline, excerpt)
    }

    fn found(
        &self,
        kind: FoundKind,
        id: Option<Uuid>,
        article: Option<ArticleId>,
        title: String,
        excerpt: &str,
    ) -> Found {
        let (in_title, in_excerpt) = (self.marks(&title), self.marks(excerpt));
        Found { kind, id, article, title, excerpt: excerpt.into(), in_title, in_excerpt }
    }

    /// The quality of a result, 0 is best: 0 if every word is a whole word of the title, 1 if every word is a part of it,
    /// else 2. A claim has no title, so it gets 2.
    fn rank(&self, found: &Found) -> u8 {
        let title = LowerCase::of(&found.title);
        let whole = |w: &String| title.places(w).any(|s| title.is_whole(s));
        match found.kind {
            FoundKind::Claim => 2,
            _ if self.0.iter().all(whole) => 0,
            _ if self.0.iter().all(|w| title.places(w).next().is_some()) => 1,
            _ => 2,
        }
    }

    fn all_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.0.iter().all(|w| lower.contains(w.as_str()))
    }

    /// Their places in a text, sorted and without overlap.
    fn marks(&self, text: &str) -> Vec<Span> {
        let lower = LowerCase::of(text);
        let mut all: Vec<Span> =
            self.0.iter().flat_map(|w| lower.places(w).map(|s| lower.as_written(s))).collect();
        all.sort();
        let mut apart: Vec<Span> = Vec::new();
        for span in all {
            match apart.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => apart.push(span),
            }
        }
        apart
    }

    /// The text around the first word found, if the text has all words.
    fn excerpt(&self, text: &str) -> Option<String> {
        if !self.all_in(text) {
            return None;
        }
        let first = self.marks(text).first()?.start.0;
        let from = text[..first].char_indices().rev().nth(39).map_or(0, |(at, _)| at);
        let cut: String = text[from..].chars().take(160).collect();
        // A word that is cut at its front is left out, unless it is the word that was found.
        let torn = from < first && text[..from].chars().next_back().is_some_and(|c| !c.is_whitespace());
        let whole = cut.split_once(char::is_whitespace).filter(|_| torn).map_or(&cut[..], |(_, w)| w);
        Some(whole.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// A text in lower case, which may be longer or shorter than the original.
struct LowerCase {
    letters: String,
    /// For each byte of the lower-case text, the span of its character in the original.
    written: Vec<(u32, u32)>,
}

impl LowerCase {
    fn of(text: &str) -> Self {
        let (mut letters, mut written) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (at, c) in text.char_indices() {
            letters.extend(c.to_lowercase());
            written.resize(letters.len(), (at as u32, (at + c.len_utf8()) as u32));
        }
        Self { letters, written }
    }

    fn places<'s>(&'s self, word: &'s str) -> impl Iterator<Item = Span> + 's {
        self.letters.match_indices(word).map(|(at, w)| Span::at(at, at + w.len()))
    }

    /// Whether there is no letter directly before or after a place.
    fn is_whole(&self, at: Span) -> bool {
        let before = self.letters[..at.start.0].chars().next_back();
        let after = self.letters[at.end.0..].chars().next();
        !before.is_some_and(is_wordly) && !after.is_some_and(is_wordly)
    }

    fn as_written(&self, at: Span) -> Span {
        let (start, end) = (self.written[at.start.0].0, self.written[at.end.0 - 1].1);
        Span::new(Byte(start as usize), Byte(end as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Words {
        Words(text.to_lowercase().split_whitespace().map(Into::into).collect())
    }

    #[test]
    fn words_are_marked_where_they_are_written_whatever_their_case() {
        let marked = |text: &str, sought: &str| {
            let marks = words(sought).marks(text);
            marks.into_iter().map(|s| s.of(text).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(marked("İİ the DAM", "dam"), ["DAM"], "a dotted capital is two letters in small");
        assert_eq!(marked("Dams, dam", "dam"), ["Dam", "dam"]);
        assert_eq!(marked("abcd", "ab bc"), ["abc"]);
    }

    #[test]
    fn an_excerpt_begins_with_a_whole_word_and_holds_what_was_found() {
        let text = format!("{} İ needle {}", "aaaa ".repeat(30), "b".repeat(300));
        let found = words("NEEDLE").excerpt(&text).unwrap();
        assert!(found.starts_with("aaaa ") && found.contains("needle"), "{found}");
        assert_eq!(words("needle missing").excerpt(&text), None);
    }

    proptest! {
        #[test]
        fn marks_lie_on_characters_and_apart(text in "\\PC{0,30}", sought in "\\PC{1,4}") {
            let mut at = 0;
            for span in words(&sought).marks(&text) {
                prop_assert!(span.of(&text).is_some_and(|w| !w.is_empty()) && (at == 0 || span.start.0 > at));
                at = span.end.0;
            }
        }
    }
}
