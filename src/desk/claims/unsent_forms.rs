//! Unsent forms: stored like an article's draft until their author sends or discards them. They are not facts, so nothing
//! of them is recorded or exported. A redaction removes the forms that contain the erased words.

use crate::desk::{Clock, Desk, DeskError};
use crate::{
    messages::message,
    model::{ArticleId, Fact, PersonId},
    store::{FormDraft, FormKey, Tx},
    text::words,
};
use std::collections::{BTreeMap, HashSet};

/// The article id of forms that are about the desk itself: a scale, a person, a source.
const THE_DESK: ArticleId = ArticleId(uuid::Uuid::nil());
/// The most code points of a form's name.
const MAX_NAME: usize = 100;
/// The most bytes of a form's contents, including the names of its fields.
const MAX_FIELDS: usize = 1 << 20;
/// How many words in a row a form must share with an erased text to count as containing it.
const RUN: usize = 4;

impl Desk {
    /// The form of that name on an article or on one of its claims, both by number or id. Fails if the desk does not know
    /// them, or if the claim belongs to another article.
    pub fn form_named(&self, article: &str, claim: Option<&str>, form: &str) -> Result<FormKey, DeskError> {
        let article = self.place_of_forms(article)?;
        let claim = claim.map(|c| self.claim_of(article, c)).transpose()?;
        let wrong = form.trim().is_empty() || form.chars().any(char::is_control);
        if wrong || form.chars().count() > MAX_NAME {
            return Err(DeskError::refused(message!("refused_form_name", form = form, most = MAX_NAME)));
        }
        Ok(FormKey { article, claim, form: form.into() })
    }

    /// Where forms belong: an article by its number or id, or the desk itself, which is named by nothing.
    pub fn place_of_forms(&self, article: &str) -> Result<ArticleId, DeskError> {
        if article.is_empty() { Ok(THE_DESK) } else { self.article_named(article) }
    }

    /// Keeps what stands in a form of whoever works here, in place of what was kept of it before. Refused above 1 MiB.
    pub fn keep_form(&self, key: FormKey, fields: BTreeMap<String, String>) -> Result<(), DeskError> {
        let bytes: usize = fields.iter().map(|(name, text)| name.len() + text.len()).sum();
        if bytes > MAX_FIELDS {
            return Err(DeskError::refused(message!(
                "refused_form_size",
                form = key.form,
                bytes = bytes,
                most = MAX_FIELDS
            )));
        }
        if self.typist().is_some() {
            // What was typed before the person was known belongs to them.
            self.store.drop_form(&key, None)?;
        }
        Ok(self.store.save_form(&FormDraft { key, by: self.typist(), fields, at: self.clock.now() })?)
    }

    /// Removes a form of the person who works here.
    pub fn drop_form(&self, key: &FormKey) -> Result<(), DeskError> {
        self.store.drop_form(key, None)?;
        Ok(self.store.drop_form(key, self.typist())?)
    }

    /// The forms on an article that the person who works here typed, oldest first.
    pub fn forms(&self, article: ArticleId) -> Result<Vec<FormDraft>, DeskError> {
        let mut all = self.store.forms(article)?;
        all.retain(|d| d.by.is_none() || d.by == self.typist());
        Ok(all)
    }

    /// The person who works here; none if that is not known yet.
    fn typist(&self) -> Option<PersonId> {
        match self.me {
            crate::desk::Me::Known(person) => Some(person),
            crate::desk::Me::Named(_) | crate::desk::Me::Nobody => None,
        }
    }
}

/// Removes every form that contains words a redaction erases: the sentences of a revision, or the texts of another fact.
/// Also removes forms that cannot be read. Words in `stays`, the article's newest text, are not erased.
pub(in crate::desk) fn forget_forms(
    tx: &Tx,
    content: &Fact,
    sentences: &[String],
    stays: &str,
) -> Result<(), DeskError> {
    let texts = content.authored_texts().into_iter().chain(sentences.iter().map(String::as_str));
    let erased = ErasedWords::of(texts, stays);
    tx.drop_damaged_forms()?;
    for article in tx.articles_with_forms()? {
        for form in tx.forms(article)? {
            if form.fields.values().any(|text| erased.occur_in(text)) {
                tx.drop_form(&form.key, form.by)?;
            }
        }
    }
    Ok(())
}

/// Erased words in lower case: runs of [`RUN`] words, and shorter texts as a whole.
struct ErasedWords {
    runs: HashSet<Vec<String>>,
}

impl ErasedWords {
    fn of<'t>(texts: impl Iterator<Item = &'t str>, stays: &str) -> Self {
        let mut runs = HashSet::new();
        for text in texts {
            let all = lower_case_words(text);
            match all.len() {
                // A short word occurs everywhere and proves nothing.
                0 => {}
                n if n < RUN && all.concat().chars().count() < 6 => {}
                n if n < RUN => drop(runs.insert(all)),
                _ => runs.extend(all.windows(RUN).map(<[String]>::to_vec)),
            }
        }
        let stays = lower_case_words(stays);
        for run in (1..=RUN).flat_map(|n| stays.windows(n)) {
            runs.remove(run);
        }
        Self { runs }
    }

    fn occur_in(&self, text: &str) -> bool {
        let all = lower_case_words(text);
        (1..=RUN).any(|n| all.windows(n).any(|run| self.runs.contains(run)))
    }
}

/// The words of a text in lower case.
fn lower_case_words(text: &str) -> Vec<String> {
    words(text).into_iter().filter_map(|w| w.of(text)).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::ErasedWords;

    #[test]
    fn words_that_are_erased_are_found_in_whatever_is_typed_around_them() {
        let texts = ["The bridge was closed on a Monday.", "Jane Doe", "p. 3"];
        let erased = ErasedWords::of(texts.into_iter(), "It opened. The bridge was closed to cars.");
        for held in ["it says: bridge was closed on, so", "I rang JANE DOE", "was closed\non a"] {
            assert!(erased.occur_in(held), "{held}");
        }
        for other in ["The bridge was closed", "on a Monday", "Jane rang", "p. 3", ""] {
            assert!(!erased.occur_in(other), "{other}");
        }
    }
}
