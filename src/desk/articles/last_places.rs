//! Where a claim without a place was before, and whether its words came back.

use crate::desk::{Desk, DeskError, Reading};
use crate::{
    anchor,
    model::{Anchor, ArticleId, ClaimId, Placement, RevisionId},
};
use std::collections::{HashMap, HashSet};

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
        let had_none = |c| from.state.anchor(from.revision.id, c).is_some_and(|a| a.spans.is_empty());
        let lost = |a: &&Anchor| a.spans.is_empty() && had_none(a.claim);
        let orphans: HashSet<ClaimId> = anchors.iter().filter(lost).map(|a| a.claim).collect();
        let places = self.last_places(from.article, &orphans)?;
        for orphan in anchors.iter_mut().filter(|a| orphans.contains(&a.claim)) {
            let Some((revision, _)) = places.get(&orphan.claim) else { continue };
            let then = self.read(from.article, Some(*revision))?;
            let Some(was) = then.state.anchor(*revision, orphan.claim) else { continue };
            if let Some(spans) = anchor::put_back(&then.text, &was.spans, &from.text, text) {
                *orphan = Anchor { claim: orphan.claim, placement: Placement::Moved, spans };
            }
        }
        Ok(anchors)
    }
}
