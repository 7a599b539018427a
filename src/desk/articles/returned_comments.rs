//! The comments of a file that came back: which are ours, what answers them, and which are new.
//!
//! Ours are known by the mark in their last line. Programs lose which comment a reply answers, so a comment of others on exactly the
//! words of one of ours counts as a reply to it.

use crate::desk::{Desk, DeskError};
use crate::{
    formats::interchange::docx::mark::{self, CommentMark, MarkOf},
    model::{
        Answer, ArticleState, ClaimId, ClaimView, FileComment, Noted, Proposal, QueryId, QueryView,
        RevisionId,
    },
};
use std::collections::{HashMap, HashSet};

/// A claim or query that a comment of ours is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ours {
    /// A claim.
    Claim(ClaimId),
    /// A query.
    Query(QueryId),
}

/// What became of a comment of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OursIs {
    /// Its words are others.
    Changed,
    /// It is not in the file.
    Gone,
    /// It is marked as done, and the query is open here.
    Resolved,
}

impl OursIs {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Resolved => "resolved",
        }
    }
}

/// A comment of ours that is not as it was. It is listed, and nothing is recorded of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OursChanged {
    /// Of what it is.
    pub of: Ours,
    /// What became of it.
    pub what: OursIs,
    /// Its words in the file; empty if it is gone.
    pub words: String,
}

/// A new answer to a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerInFile {
    /// The query.
    pub query: QueryId,
    /// The answer.
    pub comment: FileComment,
}

/// A new query on a claim: a reply to the claim's comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryOnClaim {
    /// The claim.
    pub claim: ClaimId,
    /// The question.
    pub comment: FileComment,
    /// The answers to it.
    pub answers: Vec<FileComment>,
}

/// The comments of a file, by what becomes of them.
#[derive(Clone, Debug, Default)]
pub struct Sorted {
    /// The new answers.
    pub answers: Vec<AnswerInFile>,
    /// The new queries on claims.
    pub queries: Vec<QueryOnClaim>,
    /// New comments on other words, with their replies.
    pub new: Vec<FileComment>,
    /// What became of ours.
    pub ours: Vec<OursChanged>,
    /// For a thread on a claim, by its first comment in the file: where its further comments go.
    threads: HashMap<usize, Thread>,
    /// The places in `new` of the file's comments.
    places: HashMap<usize, usize>,
}

/// Where the further comments of a thread on a claim go.
#[derive(Clone, Copy, Debug)]
enum Thread {
    /// To a query that is recorded.
    Known(QueryId),
    /// To the new query at that place.
    New(usize),
}

impl Sorted {
    /// Sorts the comments of a file that was made on `base`.
    pub fn of(
        desk: &Desk,
        state: &ArticleState,
        base: RevisionId,
        read: &Proposal,
    ) -> Result<Self, DeskError> {
        let comments = &read.comments;
        let marks: Vec<Option<CommentMark>> = comments.iter().map(|c| mark::read(&c.text)).collect();
        let ours = marks
            .iter()
            .map(|m| m.as_ref().map_or(Ok(None), |m| ours(desk, state, m)))
            .collect::<Result<Vec<_>, _>>()?;
        let mut sorted = Self::default();
        for (at, comment) in comments.iter().enumerate() {
            match (&marks[at], ours[at]) {
                (Some(mark), Some(of)) => sorted.note_ours(state, comment, mark, of),
                // The claim or query was undone since.
                (Some(_), None) => {}
                (None, _) => {
                    let root = FileComment::root_of(comments, at);
                    let of = ours[root].or_else(|| lost_parent(state, comments, &ours, root));
                    let of = of.or_else(|| {
                        known(state, &comments[root]).map(Ours::Query).filter(|_| marks[root].is_none())
                    });
                    sorted.add(state, comments, at, root, of);
                }
            }
        }
        let here: HashSet<Ours> = ours.iter().copied().flatten().collect();
        if let Some(mark) = &read.mark {
            sorted.note_gone(state, base, &here, mark.at.as_deref());
        }
        Ok(sorted)
    }

    fn note_ours(&mut self, state: &ArticleState, comment: &FileComment, mark: &CommentMark, of: Ours) {
        let mut note = |what| {
            let found = OursChanged { of, what, words: mark.words.clone() };
            if !self.ours.contains(&found) {
                self.ours.push(found);
            }
        };
        if !mark.unchanged {
            note(OursIs::Changed);
        }
        let open = |id: QueryId| query(state, id).is_some_and(QueryView::is_open);
        if comment.resolved && comment.reply_to.is_none() && matches!(of, Ours::Query(id) if open(id)) {
            note(OursIs::Resolved);
        }
    }

    /// What the file had of ours and has no longer. `written` is the time of the newest action when it was written.
    fn note_gone(
        &mut self,
        state: &ArticleState,
        base: RevisionId,
        here: &HashSet<Ours>,
        written: Option<&str>,
    ) {
        let was = |at: String| written.is_none_or(|w| at.as_str() <= w);
        let placed = |c: &&ClaimView| state.anchor(base, c.id).is_some_and(|a| !a.spans.is_empty());
        let claims = state.live_claims().filter(placed).filter(|c| was(c.marked.at.to_string()));
        let queries = state.queries.iter().filter(|q| was(q.stamp.at.to_string()));
        let all = claims.map(|c| Ours::Claim(c.id)).chain(queries.map(|q| Ours::Query(q.id)));
        let gone = all.filter(|of| !here.contains(of));
        self.ours.extend(gone.map(|of| OursChanged { of, what: OursIs::Gone, words: String::new() }));
    }

    /// Adds a comment of others, in the thread that begins with `root`. `of` is what the thread is about.
    fn add(
        &mut self,
        state: &ArticleState,
        comments: &[FileComment],
        at: usize,
        root: usize,
        of: Option<Ours>,
    ) {
        let Some(comment) = comments.get(at) else { return };
        match of {
            Some(Ours::Query(id)) => self.answer(state, id, comment),
            Some(Ours::Claim(claim)) => self.on_claim(state, claim, root, comment),
            None => {
                let reply_to = comment.reply_to.and_then(|r| self.places.get(&r).copied());
                self.places.insert(at, self.new.len());
                self.new.push(FileComment { reply_to, ..comment.clone() });
            }
        }
    }

    fn answer(&mut self, state: &ArticleState, id: QueryId, comment: &FileComment) {
        let Some(view) = query(state, id) else { return };
        let by = |a: &Noted<Answer>| match view.author_of(a.stamp.fact.0) {
            Some(file) => file.name.as_deref() == comment.author.as_deref(),
            // An answer that was given at the desk went out under the name of a person of the desk.
            None => a.value.written.as_ref().is_none_or(|w| Some(w.by.as_str()) == comment.author.as_deref()),
        };
        let is_known = view.answers.iter().any(|a| same_words(&a.value.text, &comment.text) && by(a));
        // A new comment that is recorded as this query is no answer to itself.
        let is_it = same_words(&view.query.text, &comment.text) && comment.reply_to.is_none();
        if !is_known && !is_it {
            self.answers.push(AnswerInFile { query: id, comment: comment.clone() });
        }
    }

    fn on_claim(&mut self, state: &ArticleState, claim: ClaimId, root: usize, comment: &FileComment) {
        match self.threads.get(&root).copied() {
            Some(Thread::Known(id)) => self.answer(state, id, comment),
            Some(Thread::New(at)) => {
                if let Some(query) = self.queries.get_mut(at) {
                    query.answers.push(comment.clone());
                }
            }
            None => {
                let recorded = state.queries.iter().filter(|q| q.query.claim == Some(claim));
                let same = recorded.into_iter().find(|q| same_words(&q.query.text, &comment.text));
                let thread = same.map_or(Thread::New(self.queries.len()), |q| Thread::Known(q.id));
                if matches!(thread, Thread::New(_)) {
                    let (comment, answers) = (comment.clone(), Vec::new());
                    self.queries.push(QueryOnClaim { claim, comment, answers });
                }
                self.threads.insert(root, thread);
            }
        }
    }
}

/// Whether a file has comments of this article's claims or queries.
pub fn has_our_comments(desk: &Desk, state: &ArticleState, read: &Proposal) -> Result<bool, DeskError> {
    for mark in read.comments.iter().filter_map(|c| mark::read(&c.text)) {
        if ours(desk, state, &mark)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The claim or query that a mark names. Its digits decide; if several have them, its number does.
fn ours(desk: &Desk, state: &ArticleState, mark: &CommentMark) -> Result<Option<Ours>, DeskError> {
    let all: Vec<(uuid::Uuid, Ours)> = match mark.of {
        MarkOf::Claim => state.claims.iter().map(|c| (c.id.0, Ours::Claim(c.id))).collect(),
        MarkOf::Query => state.queries.iter().map(|q| (q.id.0, Ours::Query(q.id))).collect(),
    };
    let fitting: Vec<_> = all.into_iter().filter(|(id, _)| mark.is_of(&id.to_string())).collect();
    for (id, of) in &fitting {
        if fitting.len() > 1 && desk.number_of(*id)? == mark.number {
            return Ok(Some(*of));
        }
    }
    Ok(fitting.first().map(|(_, of)| *of))
}

/// What a comment of others is on, if it is on exactly the words of comments of ours: the only open query there, else the claim.
fn lost_parent(
    state: &ArticleState,
    comments: &[FileComment],
    ours: &[Option<Ours>],
    at: usize,
) -> Option<Ours> {
    let own = comments.get(at).filter(|c| c.span.is_some() || !c.quote.is_empty())?;
    let there = comments.iter().zip(ours).filter(|(c, _)| c.span == own.span && c.quote == own.quote);
    let there: HashSet<Ours> = there.filter_map(|(_, of)| *of).collect();
    let open =
        |of: &&Ours| matches!(of, Ours::Query(id) if query(state, *id).is_some_and(QueryView::is_open));
    let mut queries = there.iter().filter(open);
    if let (Some(only), None) = (queries.next(), queries.next()) {
        return Some(*only);
    }
    let mut claims = there.iter().filter(|of| matches!(of, Ours::Claim(_)));
    claims.next().copied().filter(|_| claims.next().is_none())
}

/// The query that a comment of a file became when the file, or an earlier state of it, came back before.
fn known(state: &ArticleState, comment: &FileComment) -> Option<QueryId> {
    let same = |q: &&QueryView| {
        let file = q.author_of(q.id.0);
        let author = file.is_some_and(|f| f.name == comment.author && f.date == comment.date);
        author && same_words(&q.query.text, &comment.text)
    };
    state.queries.iter().find(same).map(|q| q.id)
}

fn query(state: &ArticleState, id: QueryId) -> Option<&QueryView> {
    state.queries.iter().find(|q| q.id == id)
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
