//! What was done, and comparisons.

use super::Drawing;
use crate::desk::{DeskError, Placed, Reading, Subjects};
use crate::{
    model::{Action, Chain, ClaimView, Logged, slugs},
    text::{Offsets, Part},
    wire::{
        WireError, all_in_words,
        convert::{span_out, spans_out},
        in_words,
        page::*,
    },
};

impl Drawing<'_> {
    /// What can be undone or redone next.
    pub fn step(&self, action: Option<Action>) -> Result<Option<Step>, DeskError> {
        let Some(action) = action else { return Ok(None) };
        let article = match action.chain {
            Chain::Article(id) => Some(id.to_string()),
            Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
        };
        let by = self.person(action.person)?;
        Ok(Some(Step { action: action.id.to_string(), label: label(&action), article, by }))
    }

    pub(super) fn history(&self, reading: &Reading, claim: &ClaimView) -> Result<Vec<LogRow>, WireError> {
        let about = |l: &&Logged| {
            l.facts.iter().filter_map(|f| f.fact()).any(|f| {
                let evidence = claim.evidence.iter().any(|e| f.subject() == e.id.bytes());
                f.subject() == claim.id.bytes() || evidence
            })
        };
        let log = self.desk.log(reading.article)?;
        let subjects = Subjects::new(self.desk, reading, &log);
        log.iter().filter(about).rev().map(|l| self.log_row(l, &subjects)).collect()
    }

    /// The log of the article of a reading, newest first.
    pub fn log(&self, reading: &Reading) -> Result<Vec<LogRow>, WireError> {
        let log = self.desk.log_with_status(reading.article)?;
        let subjects = Subjects::new(self.desk, reading, &log);
        log.iter().rev().map(|l| self.log_row(l, &subjects)).collect()
    }

    fn log_row(&self, logged: &Logged, subjects: &Subjects) -> Result<LogRow, WireError> {
        let a = &logged.action;
        let (about, status) = (subjects.about(logged)?, self.desk.status_set_by(logged)?);
        Ok(LogRow {
            action: a.id.to_string(),
            label: label(a),
            about: about.as_ref().map(in_words),
            about_message: about,
            of: subjects.target(logged).map(|l| label(&l.action)),
            by: self.person(a.person)?,
            passed_on_by: self.desk.passed_on_by(a.id)?,
            at: a.at.to_string(),
            undone: !logged.live,
            says: status.as_ref().map(in_words),
            status_message: status,
        })
    }

    /// How one claim was placed in a revision. The spans are in the newer text, or in the older text if the claim is gone.
    pub fn placed(&self, p: &Placed, offsets: &Offsets) -> Result<PlacementDto, WireError> {
        Ok(PlacementDto {
            claim: p.claim.to_string(),
            number: self.number(p.claim.0)?,
            placement: p.placement.to_string(),
            standing: p.standing.to_string(),
            context_changed: p.context_changed,
            spans: spans_out(offsets, &p.spans),
            quote: p.quote.clone(),
            was: p.was.clone(),
            reasons: all_in_words(&p.reasons),
            reason_messages: p.reasons.clone(),
        })
    }
}

slugs! {
    /// What became of words between two texts.
    PartKind, "kind of part", {
        Kept = "kept", Deleted = "deleted", Inserted = "inserted", MovedFrom = "movedFrom", MovedTo = "movedTo",
    }
}

impl PartKind {
    /// The kind of a part.
    pub fn of(part: &Part) -> Self {
        match part {
            Part::Kept { .. } => Self::Kept,
            Part::Deleted { .. } => Self::Deleted,
            Part::Inserted { .. } => Self::Inserted,
            Part::MovedFrom { .. } => Self::MovedFrom,
            Part::MovedTo { .. } => Self::MovedTo,
        }
    }
}

/// The parts of a comparison in reading order.
pub fn parts(parts: &[Part], old: &Offsets, new: &Offsets) -> Vec<PartDto> {
    let places = |p: &Part| match *p {
        Part::Kept { old, new } => (Some(old), Some(new), None),
        Part::Deleted { old } => (Some(old), None, None),
        Part::Inserted { new } => (None, Some(new), None),
        Part::MovedFrom { old, id } => (Some(old), None, Some(id)),
        Part::MovedTo { new, id } => (None, Some(new), Some(id)),
    };
    let draw = |p: &Part| {
        let (o, n, pair) = places(p);
        PartDto {
            kind: PartKind::of(p).to_string(),
            old: o.and_then(|s| span_out(old, s)),
            new: n.and_then(|s| span_out(new, s)),
            pair,
        }
    };
    parts.iter().map(draw).collect()
}

/// The slug of an action's kind. The page shows it in the user's language.
pub fn label(action: &Action) -> String {
    action.kind.to_string()
}
