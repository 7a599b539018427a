//! What changed between two texts, and what that did to claims.

use super::Drawing;
use crate::desk::{Comparison, DeskError, Placed, Statement};
use crate::{
    model::slugs,
    text::{Offsets, Part},
    wire::{all_in_words, in_words, page::*},
};

/// What a comparison says.
pub struct Changes<F: Form> {
    /// The parts in reading order.
    pub parts: Vec<PartDto<F>>,
    /// The same as statements, the most important first.
    pub statements: Vec<StatementDto<F>>,
    /// How each claim was placed.
    pub claims: Vec<PlacementDto<F>>,
}

impl<F: Form> Drawing<'_, F> {
    /// What a comparison says.
    pub fn changes(&self, c: &Comparison) -> Result<Changes<F>, DeskError> {
        let (old, new) = (Offsets::new(&c.from.text), Offsets::new(&c.to.text));
        Ok(Changes {
            parts: c.diff.parts.iter().map(|p| part(p, &old, &new)).collect(),
            statements: c.statements.iter().map(|s| statement(s, &old, &new)).collect(),
            claims: self.placements(&c.claims, &c.to.text)?,
        })
    }

    /// How each claim was placed in a revision with this text.
    pub fn placements(&self, placed: &[Placed], text: &str) -> Result<Vec<PlacementDto<F>>, DeskError> {
        let offsets = Offsets::new(text);
        placed.iter().map(|p| self.placed(p, &offsets)).collect()
    }

    fn placed(&self, p: &Placed, offsets: &Offsets) -> Result<PlacementDto<F>, DeskError> {
        Ok(PlacementDto {
            claim: p.claim.to_string(),
            number: self.number(p.claim.0)?,
            placement: p.placement.to_string(),
            standing: p.standing.to_string(),
            context_changed: p.context_changed,
            spans: F::spans(offsets, &p.spans),
            quote: p.quote.clone(),
            was: p.was.clone(),
            reasons: all_in_words(&p.reasons),
            reason_messages: p.reasons.clone(),
        })
    }
}

fn statement<F: Form>(s: &Statement, old: &Offsets, new: &Offsets) -> StatementDto<F> {
    StatementDto {
        kind: s.kind.to_string(),
        text: in_words(&s.message),
        message: s.message.clone(),
        claim: s.claim.map(|c| c.to_string()),
        new: s.new.and_then(|s| F::span(new, s)),
        old: s.old.and_then(|s| F::span(old, s)),
    }
}

fn part<F: Form>(p: &Part, old: &Offsets, new: &Offsets) -> PartDto<F> {
    let (before, after, pair) = match *p {
        Part::Kept { old, new } => (Some(old), Some(new), None),
        Part::Deleted { old } => (Some(old), None, None),
        Part::Inserted { new } => (None, Some(new), None),
        Part::MovedFrom { old, id } => (Some(old), None, Some(id)),
        Part::MovedTo { new, id } => (None, Some(new), Some(id)),
    };
    PartDto {
        kind: PartKind::of(p).to_string(),
        old: before.and_then(|s| F::span(old, s)),
        new: after.and_then(|s| F::span(new, s)),
        pair,
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
