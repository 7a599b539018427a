//! What a file holds besides its text, recorded with the import of the article: tracked changes become suggestions, comments
//! become queries with answers and resolutions, pictures are stored. Each says who its author is in the file.

use super::{
    marked_in_file::{
        MarkedClaim, carry_claims, claim_on, is_claim, place_claims, record_claim, said_of_claim,
    },
    suggest::record_suggestion,
};
use crate::desk::{DeskError, StoredFile, act::Act};
use crate::{
    anchor::carry,
    formats::interchange::docx::mark,
    model::{
        Answer, ArticleId, ChangeKind, ClaimId, Digest, Fact, FileAuthor, FileChange, FileComment,
        FilePicture, NumberKind, Picture, PictureId, Proposal, Query, QueryId, Resolution, RevisionId,
        SuggestedEdit, Suggestion, SuggestionAnchor, SuggestionAnchors, SuggestionDecision, SuggestionId,
        Written,
    },
    text::{Change, Layer, Side, Slot, Span, normalise},
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The article that a file is recorded with.
pub(in crate::desk) struct ImportedText<'a> {
    /// The article.
    pub article: ArticleId,
    /// The revision that has `text`.
    pub revision: RevisionId,
    /// The text as the person confirmed it.
    pub text: &'a str,
    /// The file: its digest and its name.
    pub file: (Digest, &'a str),
}

/// What was recorded of a file besides its text.
pub(in crate::desk) struct FromFile {
    /// Its tracked changes.
    pub suggestions: Vec<SuggestionId>,
    /// The places of those, and of its comments.
    pub places: Vec<SuggestionAnchor>,
    /// The claims that another desk marked in it.
    pub claims: Vec<MarkedClaim>,
}

impl ImportedText<'_> {
    /// Records what `read` holds besides its text. `pictures` are its pictures that have bytes, stored, in order. Places are carried
    /// to the confirmed text by the difference from the proposed one.
    pub fn record(
        &self,
        act: &mut Act,
        read: &Proposal,
        pictures: &[StoredFile],
    ) -> Result<FromFile, DeskError> {
        let change = Change::between(&read.text, self.text);
        let (suggestions, mut places) = self.record_changes(act, read, &change)?;
        let claims = self.record_claims(act, read, &change)?;
        places.extend(self.record_comments(act, read, &change, &claims)?);
        self.record_pictures(act, read, &change, pictures)?;
        if !places.is_empty() {
            let (revision, anchors) = (self.revision, places.clone());
            act.record(Fact::SuggestionAnchors(SuggestionAnchors { revision, anchors }));
        }
        Ok(FromFile { suggestions, places, claims: claims.into_values().collect() })
    }

    /// Records that all of the file's changes are accepted in the next revision, with the places of its comments there.
    pub fn record_accepted(&self, act: &mut Act, revision: RevisionId, text: &str, held: &FromFile) {
        let spans = held.places.iter().filter_map(|p| match p {
            SuggestionAnchor::Query(id, spans) => Some((*id, spans.clone())),
            SuggestionAnchor::Edit(..) | SuggestionAnchor::Overtaken(_) => None,
        });
        let (queries, spans): (Vec<QueryId>, Vec<Vec<Span>>) = spans.unzip();
        let carried = if queries.is_empty() { Vec::new() } else { carry(self.text, text, None, &spans) };
        let placed = queries.into_iter().zip(carried).filter(|(_, now)| !now.spans.is_empty());
        let anchors: Vec<_> = placed.map(|(id, now)| SuggestionAnchor::Query(id, now.spans)).collect();
        if !anchors.is_empty() {
            act.record(Fact::SuggestionAnchors(SuggestionAnchors { revision, anchors }));
        }
        carry_claims(act, revision, (self.text, text), &held.claims);
        for suggestion in held.suggestions.iter().copied() {
            let (revision, note) = (Some(revision), None);
            act.record(Fact::Decision(SuggestionDecision { suggestion, accepted: true, revision, note }));
        }
    }

    fn record_changes(
        &self,
        act: &mut Act,
        read: &Proposal,
        change: &Change,
    ) -> Result<(Vec<SuggestionId>, Vec<SuggestionAnchor>), DeskError> {
        let ids: Vec<SuggestionId> = read.changes.iter().map(|_| SuggestionId(act.desk().fresh())).collect();
        let mut layer = layer_of(read);
        layer.carry(change, &read.text, self.text);
        let mut places: Vec<SuggestionAnchor> = layer
            .slots()
            .iter()
            .filter_map(|s| Some(SuggestionAnchor::Edit(*ids.get(s.key)?, s.nth, s.span)))
            .collect();
        for (at, (suggestion, file)) in ids.iter().copied().zip(&read.changes).enumerate() {
            let within = file.within.filter(|w| *w < at).and_then(|w| ids.get(w)).copied();
            let edits = match within {
                Some(_) => edits_within(file, &read.changes),
                None => self.edits_in_text(file, at, &layer, &read.text),
            };
            if within.is_none() && layer.of(at).next().is_none() {
                places.push(SuggestionAnchor::Overtaken(suggestion));
            }
            let (article, revision, kind) = (self.article, self.revision, file.kind);
            record_suggestion(act, Suggestion { suggestion, article, revision, kind, edits, within })?;
            self.record_author(act, suggestion.0, &file.author, &file.date);
        }
        // Where each change has one edit, the order of the suggestions says as much.
        let plain = places.iter().all(|p| matches!(p, SuggestionAnchor::Edit(_, 0, _)));
        let moves = read.changes.iter().any(|c| c.kind == ChangeKind::Move || c.edits.len() > 1);
        if plain && !moves {
            places.clear();
        }
        Ok((ids, places))
    }

    /// The edits of a change at their places in the confirmed text. A change whose words the person corrected has no place; its words
    /// stay.
    fn edits_in_text(
        &self,
        file: &FileChange,
        at: usize,
        layer: &Layer<usize>,
        proposed: &str,
    ) -> Vec<SuggestedEdit> {
        let edits = file.edits.iter().enumerate();
        edits
            .map(|(nth, e)| {
                let span = layer.of(at).find(|s| s.nth == nth).map_or(Span::at(0, 0), |s| s.span);
                let words = e.span.of(proposed).unwrap_or_default().to_owned();
                SuggestedEdit { span, words, with: normalise(&e.with) }
            })
            .collect()
    }

    /// Records the claims that another desk marked in the file, by their comments, where their words are in the text.
    fn record_claims(
        &self,
        act: &mut Act,
        read: &Proposal,
        change: &Change,
    ) -> Result<BTreeMap<usize, MarkedClaim>, DeskError> {
        let mut claims = BTreeMap::new();
        for (at, comment) in read.comments.iter().enumerate().filter(|(_, c)| is_claim(c)) {
            if let Some(span) = self.place_of(comment, change) {
                claims.insert(at, (record_claim(act, self.article)?, span));
            }
        }
        place_claims(act, self.revision, claims.values());
        Ok(claims)
    }

    fn record_comments(
        &self,
        act: &mut Act,
        read: &Proposal,
        change: &Change,
        claims: &BTreeMap<usize, MarkedClaim>,
    ) -> Result<Vec<SuggestionAnchor>, DeskError> {
        let roots: Vec<usize> =
            (0..read.comments.len()).map(|at| FileComment::root_of(&read.comments, at)).collect();
        let (mut queries, mut places) = (HashMap::new(), Vec::new());
        let each = || read.comments.iter().zip(roots.iter().copied()).enumerate();
        for (at, (comment, _)) in each().filter(|(at, (_, root))| at == root) {
            let answered = || each().any(|(other, (_, root))| root == at && other != at);
            if claims.contains_key(&at) && said_of_claim(comment).is_none() && !answered() {
                continue;
            }
            let claim = claim_on(&read.comments, claims, at);
            let query = self.record_query(act, claim, comment)?;
            queries.insert(at, query);
            let place = self.place_of(comment, change).filter(|_| claim.is_none());
            places.extend(place.map(|s| SuggestionAnchor::Query(query, vec![s])));
        }
        for (_, (comment, root)) in each().filter(|(at, (_, root))| at != root) {
            let Some(&query) = queries.get(&root) else { continue };
            self.record_answer(act, query, comment);
        }
        for (at, _) in each().filter(|(at, (comment, root))| at == root && comment.resolved) {
            let Some(&query) = queries.get(&at) else { continue };
            act.record(Fact::Resolution(Resolution { query, note: None }));
        }
        Ok(places)
    }

    /// Records a comment as a query with its author.
    pub(in crate::desk) fn record_query(
        &self,
        act: &mut Act,
        claim: Option<ClaimId>,
        comment: &FileComment,
    ) -> Result<QueryId, DeskError> {
        let (query, article) = (QueryId(act.desk().fresh()), self.article);
        let text = said(comment);
        act.record(Fact::Query(Query { query, article, claim, to: None, text }));
        act.tx().give_number(NumberKind::Query, query.0)?;
        self.record_author(act, query.0, &comment.author, &comment.date);
        Ok(query)
    }

    /// Records a comment as an answer with its author.
    pub(in crate::desk) fn record_answer(&self, act: &mut Act, query: QueryId, comment: &FileComment) {
        let file = self.file.1.to_owned();
        let written = comment.author.clone().map(|by| Written { by, file });
        let answer = act.record(Fact::Answer(Answer { query, text: said(comment), written }));
        self.record_author(act, answer.0, &comment.author, &comment.date);
    }

    /// Where a comment is in the confirmed text.
    fn place_of(&self, comment: &FileComment, change: &Change) -> Option<Span> {
        let span = comment.span.filter(|s| !s.is_empty())?;
        let (start, end) = (change.map(span.start, Side::After).at, change.map(span.end, Side::Before).at);
        let now = (start < end).then(|| Span::new(start, end))?;
        now.of(self.text).map(|_| now)
    }

    fn record_pictures(
        &self,
        act: &mut Act,
        read: &Proposal,
        change: &Change,
        stored: &[StoredFile],
    ) -> Result<(), DeskError> {
        let mut stored = stored.iter();
        for p in &read.pictures {
            let file = p.bytes.as_ref().and_then(|_| stored.next());
            file.map(|f| act.keep(f)).transpose()?;
            let at = p.at.filter(|at| read.text.is_char_boundary(*at));
            act.record(Fact::Picture(Picture {
                picture: PictureId(act.desk().fresh()),
                article: self.article,
                revision: self.revision,
                name: p.name.clone(),
                file: file.map(StoredFile::attachment),
                alt: p.alt.clone(),
                caption: p.caption.clone(),
                at: at.map(|at| change.map(Span::at(at, at).start, Side::Before).at.0),
            }));
        }
        Ok(())
    }

    pub(in crate::desk) fn record_author(
        &self,
        act: &mut Act,
        of: Uuid,
        name: &Option<String>,
        date: &Option<String>,
    ) {
        if name.is_some() || date.is_some() {
            let (name, date, file) = (name.clone(), date.clone(), self.file.0);
            act.record(Fact::FileAuthor(FileAuthor { of, name, date, file }));
        }
    }
}

/// The words of a comment, without the line by which the desk that wrote the file knows it again.
fn said(comment: &FileComment) -> String {
    match mark::read(&comment.text) {
        Some(own) => said_of_claim(comment).unwrap_or_else(|| normalise(&own.words)),
        None => normalise(&comment.text),
    }
}

/// The pictures of a file whose bytes it holds.
pub(in crate::desk) fn pictures_with_bytes(
    read: &Proposal,
) -> impl Iterator<Item = (&FilePicture, &Vec<u8>)> {
    read.pictures.iter().filter_map(|p| Some((p, p.bytes.as_ref()?)))
}

/// The edits of the changes in the text, by their places in the file's list. A change with a place outside the text has none.
fn layer_of(read: &Proposal) -> Layer<usize> {
    let whole = |c: &FileChange| c.edits.iter().all(|e| e.span.of(&read.text).is_some());
    let in_text = read.changes.iter().enumerate().filter(|(_, c)| c.within.is_none() && whole(c));
    Layer::new(
        in_text
            .flat_map(|(key, c)| {
                c.edits.iter().enumerate().map(move |(nth, e)| Slot { key, nth, span: e.span })
            })
            .collect(),
    )
}

/// The edits of a change within another one, with the words they take away from it.
fn edits_within(file: &FileChange, all: &[FileChange]) -> Vec<SuggestedEdit> {
    let outer = file.within.and_then(|w| all.get(w));
    let added: String = outer.iter().flat_map(|c| &c.edits).map(|e| e.with.as_str()).collect();
    let edit = |e: &crate::model::Edit| {
        let words = e.span.of(&added).unwrap_or_default().to_owned();
        SuggestedEdit { span: e.span, words, with: normalise(&e.with) }
    };
    file.edits.iter().map(edit).collect()
}
