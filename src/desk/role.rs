//! What the member of a shared desk may record here: only as the person whose device this is, and only what the role allows.
//! The hub checks the same, so what is refused here would be refused there.

use super::{Desk, DeskError, Me};
use crate::{
    messages::message,
    model::{ActionKind, PersonId, Recorded, Role},
};

impl Desk {
    /// The role of the person who works on a shared desk; `None` on a desk of one's own.
    pub fn role(&self) -> Result<Option<Role>, DeskError> {
        Ok(self.store.membership()?.map(|m| m.role))
    }

    /// Refuses an action that the role does not allow, or a fact in it.
    pub(in crate::desk) fn refuse_beyond_role(
        &self,
        kind: ActionKind,
        facts: &[Recorded],
    ) -> Result<(), DeskError> {
        let Some(role) = self.role()? else { return Ok(()) };
        let may_record = |f: &Recorded| f.fact().is_none_or(|fact| role.may_record(fact.kind()));
        if role.may(kind) && facts.iter().all(may_record) {
            return Ok(());
        }
        Err(DeskError::refused(message!("refused_role", role = role.message())))
    }

    /// Refuses to work as anybody but the member whose device this is.
    pub(in crate::desk) fn refuse_other_person(&self, member: PersonId) -> Result<(), DeskError> {
        let name = self.store.person(member)?.map(|p| p.name).unwrap_or_default();
        let is_member = match &self.me {
            Me::Nobody => true,
            Me::Known(id) => *id == member,
            Me::Named(given) => *given == name,
        };
        match is_member {
            true => Ok(()),
            false => Err(DeskError::refused(message!("refused_other_person", name = name))),
        }
    }
}
