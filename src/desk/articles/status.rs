//! The status of an article: how far the work is, its deadline and who it is assigned to. It is recorded in the desk's
//! own chain, so no bundle contains it.

use crate::desk::{Desk, DeskError, Done, error::not_found};
use crate::model::{
    ActionKind, ArticleId, Chain, Deadline, Fact, Logged, PersonId, Recorded, WorkState, Workflow,
};

/// Which parts of a status to set. `None` leaves a part unchanged, `Some(None)` removes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusChange {
    /// How far the work is.
    pub state: Option<Option<WorkState>>,
    /// The deadline.
    pub deadline: Option<Option<Deadline>>,
    /// Who it is assigned to.
    pub assignee: Option<Option<PersonId>>,
}

impl Desk {
    /// The status of an article.
    pub fn status(&self, article: ArticleId) -> Result<Workflow, DeskError> {
        let none = Workflow { article, state: None, deadline: None, assignee: None };
        let Some(fact) = self.store.last_said("workflow", article.0)? else { return Ok(none) };
        Ok(match self.store.fact(fact)?.as_ref().and_then(Recorded::fact) {
            Some(Fact::Workflow(status)) => status.clone(),
            _ => none,
        })
    }

    /// Sets the status of an article. Fails if the desk does not know the article or the person.
    pub fn set_status(&mut self, article: ArticleId, change: StatusChange) -> Result<Done<()>, DeskError> {
        self.newest(article)?;
        if let Some(Some(person)) = change.assignee
            && self.person(person)?.is_none()
        {
            return Err(not_found("person", person, "the people menu"));
        }
        let was = self.status(article)?;
        let next = Workflow {
            article,
            state: change.state.unwrap_or(was.state),
            deadline: change.deadline.unwrap_or(was.deadline.clone()),
            assignee: change.assignee.unwrap_or(was.assignee),
        };
        if next == was {
            return Err(DeskError::NoChange("the status is the same already; nothing was recorded".into()));
        }
        let replaces = self.store.last_said("workflow", article.0)?.into_iter().collect();
        self.act(ActionKind::SetStatus, Chain::Desk, |act| {
            act.replace(Fact::Workflow(next), replaces);
            Ok(())
        })
    }

    /// The actions of an article and the changes of its status, in order.
    pub fn log_with_status(&self, article: ArticleId) -> Result<Vec<Logged>, DeskError> {
        let (mut log, changes) = (self.log(article)?, self.store.said_of("workflow", article.0)?);
        let places =
            if changes.is_empty() { Vec::new() } else { self.store.places(Chain::Article(article))? };
        for (place, logged) in changes.into_iter().rev() {
            log.insert(places.partition_point(|p| *p < place), logged);
        }
        Ok(log)
    }

    /// The article status that an action sets, in words; none for other actions.
    pub fn said_in(&self, logged: &Logged) -> Result<Option<String>, DeskError> {
        let status = logged.facts.iter().find_map(|f| match f.fact() {
            Some(Fact::Workflow(status)) => Some(status),
            _ => None,
        });
        status.map(|s| self.status_in_words(s)).transpose()
    }

    /// The articles whose status was set, or set back, after `seq`.
    pub fn statuses_since(&self, seq: i64) -> Result<Vec<ArticleId>, DeskError> {
        Ok(self.store.statuses_since(seq)?)
    }

    /// A status in words: `ready, until 2026-12-01, assigned to Ben Short`.
    pub fn status_in_words(&self, s: &Workflow) -> Result<String, DeskError> {
        let name = s.assignee.map(|p| self.person(p)).transpose()?.flatten().map(|p| p.name);
        let parts: Vec<String> = [
            s.state.map(|s| s.label().to_owned()),
            s.deadline.as_ref().map(|d| format!("until {d}")),
            name.map(|n| format!("assigned to {n}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        Ok(if parts.is_empty() { "no status".into() } else { parts.join(", ") })
    }
}
