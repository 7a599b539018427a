//! Who wrote the words that came since an older revision, and who took away the words that are gone.

use crate::{
    model::{ArticleState, Dossier, RevisionId, RevisionView},
    text::{Edition, Written, blame},
};

/// A person and a time, as a word processor records them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The person's name.
    pub name: String,
    /// The time in UTC, without parts of a second.
    pub at: String,
}

impl Author {
    /// The name, or that it is unknown, and a time in RFC 3339 of which parts of a second are dropped.
    pub fn new(name: Option<&str>, at: &str) -> Self {
        let at = at.get(..19).map_or_else(|| at.to_owned(), |second| format!("{second}Z"));
        Self { name: name.filter(|n| !n.trim().is_empty()).unwrap_or("Unknown").to_owned(), at }
    }
}

/// The authors of what changed between two revisions.
pub struct Authors {
    all: Vec<Author>,
    came: Vec<Written>,
    gone: Vec<Written>,
}

impl Authors {
    /// Those of what changed from `since` to the newest revision. Of words that only moved, it is who saved the newest.
    pub fn since(dossier: &Dossier, since: RevisionId) -> Self {
        let path = path(&dossier.state, since);
        let texts: Vec<&str> =
            path.iter().map(|r| dossier.texts.get(&r.id).map(String::as_str).unwrap_or_default()).collect();
        let all = path.iter().map(|r| of_revision(&dossier.state, r)).collect();
        let mut gone = traced(texts.iter().rev());
        // Words are taken away by the revision after the last that has them.
        gone.iter_mut().for_each(|w| w.edition = path.len() - w.edition);
        Self { all, came: traced(texts.iter()), gone }
    }

    /// Who added what is at that place of the new text.
    pub fn of_came(&self, at: usize) -> Option<&Author> {
        self.named(written(&self.came, at).filter(|edition| *edition > 0))
    }

    /// Who took away what is at that place of the old text.
    pub fn of_gone(&self, at: usize) -> Option<&Author> {
        self.named(written(&self.gone, at))
    }

    /// Whether one of the revisions was saved under that name in that minute.
    pub fn are_of(&self, other: &Author) -> bool {
        self.all.iter().any(|a| a.name == other.name && a.at.get(..16) == other.at.get(..16))
    }

    fn named(&self, edition: Option<usize>) -> Option<&Author> {
        edition.and_then(|e| self.all.get(e)).or(self.all.last())
    }

    /// Where another author of what came, or of what is gone, begins between two places.
    pub fn next_came(&self, at: usize, end: usize) -> usize {
        next(&self.came, at, end)
    }

    /// The same for what is gone.
    pub fn next_gone(&self, at: usize, end: usize) -> usize {
        next(&self.gone, at, end)
    }
}

/// Who saved a revision, and when.
fn of_revision(state: &ArticleState, r: &RevisionView) -> Author {
    let name = state.people.get(&r.stamp.by).map(|p| p.name.as_str());
    Author::new(name, &r.stamp.at.to_string())
}

fn traced<'t>(texts: impl Iterator<Item = &'t &'t str>) -> Vec<Written> {
    let edition =
        |(at, text): (usize, &&'t str)| Edition { text, parents: at.checked_sub(1).into_iter().collect() };
    blame(&texts.enumerate().map(edition).collect::<Vec<_>>())
}

fn written(all: &[Written], at: usize) -> Option<usize> {
    let found = all.partition_point(|w| w.span.end.0 <= at);
    all.get(found).or(all.last()).map(|w| w.edition)
}

fn next(all: &[Written], at: usize, end: usize) -> usize {
    let found = all.partition_point(|w| w.span.end.0 <= at);
    all.get(found).map_or(end, |w| w.span.end.0.clamp(at, end))
}

/// The revisions from `since` to the newest, over the first parents that lead there; only those two if none do.
fn path(state: &ArticleState, since: RevisionId) -> Vec<&RevisionView> {
    let Some(newest) = state.newest() else { return Vec::new() };
    let mut path = vec![newest];
    while let Some(last) = path.last().filter(|last| last.id != since) {
        let parents = last.revision.parents.iter().filter_map(|p| state.revision(*p));
        // A merge has two parents; the one that `since` leads to is the way.
        let Some(parent) = parents.into_iter().find(|p| p.id == since || descends(state, p, since)) else {
            return state.revision(since).into_iter().chain([newest]).collect();
        };
        path.push(parent);
    }
    path.reverse();
    path
}

/// Whether a revision was made from another, over any number of revisions.
fn descends(state: &ArticleState, revision: &RevisionView, from: RevisionId) -> bool {
    let mut open = vec![revision.id];
    let mut seen = std::collections::HashSet::new();
    while let Some(id) = open.pop() {
        if id == from {
            return true;
        }
        if seen.insert(id) {
            open.extend(state.revision(id).into_iter().flat_map(|r| &r.revision.parents));
        }
    }
    false
}
