//! Where a claim without a place was before, and whether its words came back.

use crate::desk::{Desk, DeskError, Reading};
use crate::{
    anchor,
    model::{Anchor, ArticleId, ClaimId, Placement, RevisionId},
    text::Span,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

impl Desk {
    /// For each claim, the last revision in which it had a place, and its words there. Reads only as many old revisions
    /// as needed.
    pub(in crate::desk) fn last_places(
        &self,
        article: ArticleId,
        claims: &HashSet<ClaimId>,
    ) -> Result<HashMap<ClaimId, (RevisionId, String)>, DeskError> {
        let mut found = HashMap::new();
        if claims.is_empty() {
            return Ok(found);
        }
        let revisions = self.newest_reading(article)?.state.revisions.clone();
        for revision in revisions.iter().rev() {
            let anchors = self.store.live_anchors(revision.id)?;
            let is_wanted = |a: &&Anchor| claims.contains(&a.claim) && !a.spans.is_empty();
            let here: Vec<&Anchor> =
                anchors.values().filter(is_wanted).filter(|a| !found.contains_key(&a.claim)).collect();
            if here.is_empty() {
                continue;
            }
            let text = self.text_of(revision)?;
            let words = |a: &Anchor| anchor::quote(&text, &a.spans).join(" … ");
            let places: Vec<_> = here.into_iter().map(|a| (a.claim, (revision.id, words(a)))).collect();
            found.extend(places);
            if found.len() == claims.len() {
                break;
            }
        }
        Ok(found)
    }

    /// Places each orphan where the sentences that it was in came back word for word.
    pub(in crate::desk) fn put_back(
        &self,
        from: &Reading,
        text: &str,
        mut anchors: Vec<Anchor>,
    ) -> Result<Vec<Anchor>, DeskError> {
        let mut lost_in: BTreeMap<RevisionId, Vec<ClaimId>> = BTreeMap::new();
        for (claim, (revision, _)) in
            self.last_places(from.article, &self.returning(from, text, &anchors)?)?
        {
            lost_in.entry(revision).or_default().push(claim);
        }
        for (revision, claims) in lost_in {
            let then = self.read(from.article, Some(revision))?;
            let placed = |c: &ClaimId| Some((*c, then.state.anchor(revision, *c)?.spans.as_slice()));
            let (claims, spans): (Vec<ClaimId>, Vec<&[Span]>) = claims.iter().filter_map(placed).unzip();
            let places = anchor::put_back(&then.text, &spans, &from.text, text);
            for (claim, spans) in claims.into_iter().zip(places).filter_map(|(c, p)| Some((c, p?))) {
                let back = Anchor { claim, placement: Placement::Moved, spans };
                anchors.iter_mut().filter(|a| a.claim == claim).for_each(|a| *a = back.clone());
            }
        }
        Ok(anchors)
    }

    /// The orphans that `text` may have again: the longest run of letters of each is in what it adds. This keeps an ordinary save
    /// from reading old revisions. A retracted claim has no row with its last words, so nothing says that it stays away.
    fn returning(
        &self,
        from: &Reading,
        text: &str,
        anchors: &[Anchor],
    ) -> Result<HashSet<ClaimId>, DeskError> {
        let added: String = added(&from.text, text).nfc().collect();
        let had_none = |c| from.state.anchor(from.revision.id, c).is_some_and(|a| a.spans.is_empty());
        let mut found = HashSet::new();
        for orphan in anchors.iter().filter(|a| a.spans.is_empty() && had_none(a.claim)) {
            let words = self.store.claim_row(orphan.claim)?.and_then(|row| row.words).unwrap_or_default();
            if added.contains(&longest_run(&words)) {
                found.insert(orphan.claim);
            }
        }
        Ok(found)
    }
}

/// The longest run of letters and digits, with composed accents; empty if there is none.
fn longest_run(words: &str) -> String {
    let words: String = words.nfc().collect();
    let runs = words.split(|c: char| !c.is_alphanumeric());
    runs.max_by_key(|run| run.len()).unwrap_or_default().to_owned()
}

/// The part of `now` between what both texts begin with and what both end with, to whole lines.
fn added<'t>(was: &str, now: &'t str) -> &'t str {
    let same = |(a, b): &(&str, &str)| a == b;
    let len = |line: (&str, &str)| line.0.len();
    let (old, new) = (was.split_inclusive('\n'), now.split_inclusive('\n'));
    let head: usize = old.zip(new).take_while(same).map(len).sum();
    let (was, now) = (&was[head..], &now[head..]);
    let (old, new) = (was.split_inclusive('\n').rev(), now.split_inclusive('\n').rev());
    let tail: usize = old.zip(new).take_while(same).map(len).sum();
    &now[..now.len() - tail]
}
