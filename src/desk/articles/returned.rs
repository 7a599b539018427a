//! A Word file that comes back: what it brings is listed first, and recorded in one action.
//!
//! The text with the changes of others rejected, compared with the revision that the file went out with, is a direct edit and is
//! merged. Changes of others become suggestions on the merge, replies become answers, other new comments become queries. What became
//! of our own comments is only listed. A Word file that no desk wrote is read in the same way, with nothing of ours in it.

use super::{
    returned_comments::{AnswerInFile, OursChanged, QueryOnClaim, Sorted, has_our_comments},
    returned_own,
};
use crate::desk::{Desk, DeskError, Reading, read_article};
use crate::{
    messages::message,
    model::{
        ArticleId, Edit, FileChange, FileKind, FileMark, Moment, Proposal, ReadOptions, RevisionId,
        SuggestionState, SuggestionView,
    },
    text::{Change, Step},
};
use std::collections::HashMap;
use uuid::Uuid;

/// A file, and how it is taken.
#[derive(Clone, Copy, Debug)]
pub struct FileGiven<'f> {
    /// Its name.
    pub name: &'f str,
    /// Its bytes.
    pub bytes: &'f [u8],
    /// The revision it was made on, if a person says so.
    pub base: Option<RevisionId>,
    /// Whether a person confirmed that it may replace a text which it has almost no words in common with.
    pub may_replace: bool,
    /// The draft that it was read from, which is removed when it is taken.
    pub draft: Option<Uuid>,
}

/// What a file brings to an article.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Whether a desk wrote the file.
    pub is_ours: bool,
    /// The revision it was made on.
    pub base: RevisionId,
    /// The newest revision.
    pub newest: RevisionId,
    /// The text of the base.
    pub base_text: String,
    /// The text of the file with the changes of others rejected, in the form of the base.
    pub text: String,
    /// The edits that turn the base into that text.
    pub edits: Vec<Edit>,
    /// The file: with the changes and comments of others that are new here. Spans count in its own text.
    pub read: Proposal,
    /// How many changes of others are known here already.
    pub known_changes: usize,
    /// How many new changes are in words that a known change adds. They are not taken: their words are not in the text.
    pub not_taken: usize,
    /// The new answers to queries.
    pub answers: Vec<AnswerInFile>,
    /// The new queries on claims.
    pub queries: Vec<QueryOnClaim>,
    /// What became of our own comments.
    pub ours: Vec<OursChanged>,
}

impl Brought {
    /// Whether there is nothing to record besides direct edits.
    pub fn has_only_edits(&self) -> bool {
        self.read.changes.is_empty()
            && self.read.comments.is_empty()
            && self.answers.is_empty()
            && self.queries.is_empty()
    }
}

/// Whether bytes are a Word file.
pub fn is_word(bytes: &[u8]) -> bool {
    use crate::formats::article::foreign;
    foreign::kind_of(bytes).and_then(foreign::Foreign::readable) == Some(FileKind::Docx)
}

impl Desk {
    /// What a Word file brings to an article. Records nothing. Fails if the file went out of another article, or if it is not
    /// known which revision it was made on.
    pub fn look_at_returned(&self, article: ArticleId, file: FileGiven) -> Result<Brought, DeskError> {
        let first = read_article(file.bytes, &ReadOptions::default(), &*self.progress())?;
        let base = self.base_of(article, &file, first.mark.as_ref())?;
        let (base, newest) = (self.read(article, Some(base))?, self.read(article, None)?);
        if first.mark.is_none() && file.base.is_none() && has_our_comments(self, &newest.state, &first)? {
            // Its text is of an older revision, and newer words must not be taken back by it.
            return Err(DeskError::refused(message!("refused_returned_base", file = file.name)));
        }
        let (mut read, text) = match &first.mark {
            Some(mark) => returned_own::read(&newest.state, file.bytes, mark, &base.text, &*self.progress())?,
            None => (first.clone(), first.text.clone()),
        };
        let known = known_changes(&newest, &read);
        let known_changes = known.iter().filter(|k| **k).count();
        let all = read.changes.len();
        read.changes = without(&read.changes, &known);
        let not_taken = all - known_changes - read.changes.len();
        let sorted = Sorted::of(self, &newest.state, base.revision.id, &read)?;
        read.comments = sorted.new;
        read.pictures.clear();
        Ok(Brought {
            is_ours: first.mark.is_some(),
            base: base.revision.id,
            newest: newest.revision.id,
            edits: edits(&Change::between(&base.text, &text)),
            base_text: base.text.to_string(),
            text,
            read,
            known_changes,
            not_taken,
            answers: sorted.answers,
            queries: sorted.queries,
            ours: sorted.ours,
        })
    }

    /// The revision that a file was made on: as a person says, else as the file says, else the newest.
    fn base_of(
        &self,
        article: ArticleId,
        file: &FileGiven,
        mark: Option<&FileMark>,
    ) -> Result<RevisionId, DeskError> {
        let Some(mark) = mark else {
            return file.base.map_or_else(|| self.newest(article), Ok);
        };
        if mark.article != article.to_string() {
            return Err(self.of_another(file.name, &mark.article));
        }
        if let Some(base) = file.base {
            return Ok(base);
        }
        let missing = || DeskError::refused(message!("refused_returned_base", file = file.name));
        let revision = self.revision_named(article, &mark.revision).map_err(|_| missing())?;
        let same = self.read(article, Some(revision))?.revision.revision.text.to_string() == mark.text;
        same.then_some(revision).ok_or_else(missing)
    }

    /// The error for a file that went out of another article: by its name if this desk has it.
    fn of_another(&self, file: &str, article: &str) -> DeskError {
        let title = article.parse().ok().and_then(|id| self.read(id, None).ok());
        DeskError::refused(match title {
            Some(other) => {
                let title = crate::formats::bundle::title(&other.text);
                message!("refused_returned_other", file = file, title = title)
            }
            None => message!("refused_returned_unknown", file = file, article = article),
        })
    }
}

/// The edits of a change, one for each place.
fn edits(change: &Change) -> Vec<Edit> {
    let (mut all, mut at): (Vec<Edit>, usize) = (Vec::new(), 0);
    for step in change.steps() {
        match step {
            Step::Keep(len) => at += len,
            Step::Replace { len, with } => {
                let span = crate::text::Span::at(at, at + len);
                at += len;
                match all.last_mut().filter(|e| e.span.end == span.start) {
                    Some(last) => {
                        last.span.end = span.end;
                        last.with += with;
                    }
                    None => all.push(Edit { span, with: with.clone() }),
                }
            }
        }
    }
    all
}

/// Who made a change, the words that go and the words that come; and its time in the file, for a suggestion that was decided.
type Key = (Option<String>, String, String, Option<String>);

/// For each change of a file, whether a suggestion of the article is the same: by the same author, with the same words. Each
/// suggestion stands for one change only. One that was decided is the same if the time in the file is, too, or if it was decided since
/// the file went out.
fn known_changes(newest: &Reading, read: &Proposal) -> Vec<bool> {
    let mut known = known_keys(newest, read.mark.as_ref());
    let is_known = |change: &FileChange| {
        let with: String = change.edits.iter().map(|e| e.with.as_str()).collect();
        let gone: String = change.edits.iter().filter_map(|e| e.span.of(&read.text)).collect();
        let key = |date| (change.author.clone(), flat(&gone), flat(&with), date);
        let keys = [Some(key(None)), change.date.clone().map(|date| key(Some(date)))];
        let mut keys = keys.into_iter().flatten().filter(|_| change.within.is_none());
        keys.any(|key| known.get_mut(&key).filter(|left| **left > 0).map(|left| *left -= 1).is_some())
    };
    read.changes.iter().map(is_known).collect()
}

/// The changes that suggestions of the article stand for, each with how many.
fn known_keys(newest: &Reading, mark: Option<&FileMark>) -> HashMap<Key, usize> {
    let waiting = newest.state.waiting(newest.revision.id);
    let went_out = mark.and_then(|m| m.at.as_deref()).and_then(|at| at.parse::<Moment>().ok());
    let waits = |view: &SuggestionView, state: SuggestionState| {
        state == SuggestionState::Open || went_out.is_some_and(|at| view.stamp.at <= at)
    };
    let mut known: HashMap<Key, usize> = HashMap::new();
    for (view, state) in waiting.all() {
        let date = view.author.as_ref().and_then(|f| f.date.clone());
        if !waits(view, state) && date.is_none() {
            continue;
        }
        let date = date.filter(|_| !waits(view, state));
        let person = || newest.state.people.get(&view.stamp.by).map(|p| p.name.clone());
        let name = view.author.as_ref().map_or_else(person, |f| f.name.clone());
        let (edits, added) = (&view.suggestion.edits, waiting.words_of(view));
        let gone: String = edits.iter().map(|e| e.words.as_str()).collect();
        let mut add = |gone: &str, with: &str| {
            *known.entry((name.clone(), flat(gone), flat(with), date.clone())).or_default() += 1;
        };
        add(&gone, &added.concat());
        // The two places of a move come back as two changes.
        if edits.len() > 1 {
            edits.iter().zip(&added).for_each(|(e, with)| add(&e.words, with));
        }
    }
    known
}

fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The changes that are not `known`. One that is within a known one goes too: its words are not in the text.
fn without(changes: &[FileChange], known: &[bool]) -> Vec<FileChange> {
    let (mut left, mut places): (Vec<FileChange>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (change, known) in changes.iter().zip(known) {
        let outer = change.within.map(|w| places.get(w).copied().flatten());
        let goes = *known || outer == Some(None);
        places.push((!goes).then_some(left.len()));
        if !goes {
            left.push(FileChange { within: outer.flatten(), ..change.clone() });
        }
    }
    left
}
