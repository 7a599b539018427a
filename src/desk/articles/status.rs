//! The status of an article: how far the work is, its deadline and who it is assigned to. It is recorded in the desk's
//! own chain, so no bundle contains it.

use crate::desk::{
    Desk, DeskError, Done,
    error::{Missing, not_found},
};
use crate::{
    messages::{Message, message},
    model::{ActionKind, ArticleId, Chain, Deadline, Fact, Logged, PersonId, Recorded, WorkState, Workflow},
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
        let Some(fact) = self.store.last_fact_about("workflow", article.0)? else { return Ok(none) };
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
            return Err(not_found(Missing::Person, person));
        }
        let was = self.status(article)?;
        let next = Workflow {
            article,
            state: change.state.unwrap_or(was.state),
            deadline: change.deadline.unwrap_or(was.deadline.clone()),
            assignee: change.assignee.unwrap_or(was.assignee),
        };
        if next == was {
            return Err(DeskError::NoChange(message!("unchanged_status")));
        }
        let replaces = self.store.last_fact_about("workflow", article.0)?.into_iter().collect();
        self.act(ActionKind::SetStatus, Chain::Desk, |act| {
            act.replace(Fact::Workflow(next), replaces);
            Ok(())
        })
    }

    /// The actions of an article, the changes of its status, and when it went out verified, in order.
    pub fn log_with_status(&self, article: ArticleId) -> Result<Vec<Logged>, DeskError> {
        let (mut log, mut said) = (self.log(article)?, self.store.actions_about("workflow", article.0)?);
        said.extend(self.store.actions_about("published", article.0)?);
        said.sort_by_key(|(place, _)| *place);
        let places = if said.is_empty() { Vec::new() } else { self.store.places(Chain::Article(article))? };
        for (place, logged) in said.into_iter().rev() {
            log.insert(places.partition_point(|p| *p < place), logged);
        }
        Ok(log)
    }

    /// What an action says of an article's status, in words; nothing of other actions.
    pub fn status_set_by(&self, logged: &Logged) -> Result<Option<Message>, DeskError> {
        let status = logged.facts.iter().find_map(|f| match f.fact() {
            Some(Fact::Workflow(status)) => Some(status),
            _ => None,
        });
        status.map(|s| self.status_message(s)).transpose()
    }

    /// The articles whose status was set, or set back, or that went out verified, after `seq`.
    pub fn statuses_since(&self, seq: i64) -> Result<Vec<ArticleId>, DeskError> {
        Ok(self.store.statuses_since(seq)?)
    }

    /// A status as a message: `ready, until 2026-12-01, assigned to Ben Short`.
    pub fn status_message(&self, s: &Workflow) -> Result<Message, DeskError> {
        let person = s.assignee.map(|p| self.person(p)).transpose()?.flatten();
        let parts = [
            s.state.map(state_message),
            s.deadline.as_ref().map(|d| message!("status_until", date = d.to_string())),
            person.map(|p| message!("status_assigned", name = p.name)),
        ];
        let joined = |before, next| message!("list_pair", before = before, next = next);
        Ok(parts.into_iter().flatten().reduce(joined).unwrap_or_else(|| message!("status_none")))
    }
}

fn state_message(state: WorkState) -> Message {
    match state {
        WorkState::Checking => message!("status_checking"),
        WorkState::WithWriter => message!("status_with_writer"),
        WorkState::Ready => message!("status_ready"),
        WorkState::Out => message!("status_out"),
    }
}
