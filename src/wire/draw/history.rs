//! What was done.

use super::Drawing;
use crate::desk::{DeskError, Reading, Subjects};
use crate::{
    model::{Action, Chain, ClaimView, Logged},
    wire::{WireError, in_words, page::*},
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
}

/// The slug of an action's kind. The page shows it in the user's language.
pub fn label(action: &Action) -> String {
    action.kind.to_string()
}
