//! Interviews with a source. Conversations belong to the source. Its contact details stay on this desk.

use super::mark::non_blank;
use crate::desk::{Desk, DeskError, Done};
use crate::{
    messages::message,
    model::{
        ActionKind, Chain, ConversationMode, Edtf, Fact, FactId, Interview, Noted, Recorded, Source,
        SourceContact, SourceId, Terms,
    },
};

/// A conversation as a person describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// With whom.
    pub with: String,
    /// In which role they spoke.
    pub role: Option<String>,
    /// How.
    pub how: ConversationMode,
    /// When.
    pub on: Option<Edtf>,
    /// What was agreed about naming the person.
    pub terms: Terms,
    /// What they confirmed.
    pub confirmed: Option<String>,
    /// Where the recording or the notes are.
    pub recording: Option<String>,
}

/// Changes to a source's contact details. A given text is set, an empty text clears the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactChange {
    /// Its phone number.
    pub phone: Option<String>,
    /// Its postal address.
    pub address: Option<String>,
    /// Its mail address.
    pub mail: Option<String>,
}

impl Desk {
    /// Records a conversation with a source. If it is on background or off the record, the same action withholds the
    /// source.
    pub fn add_interview(
        &mut self,
        source: SourceId,
        conversation: Conversation,
    ) -> Result<Done<()>, DeskError> {
        let (known, facts) = self.source_and_facts(source)?;
        let with = non_blank(Some(conversation.with))
            .ok_or_else(|| DeskError::refused(message!("refused_conversation_name")))?;
        let interview = Interview {
            source,
            with,
            role: non_blank(conversation.role),
            how: conversation.how,
            on: conversation.on,
            terms: conversation.terms,
            confirmed: non_blank(conversation.confirmed),
            recording: non_blank(conversation.recording),
        };
        let withhold = interview.terms.withholds() && !known.value.withhold;
        self.act(ActionKind::AddInterview, Chain::Source(source), |act| {
            if withhold {
                act.replace(Fact::Source(Source { withhold, ..known.value }), facts);
            }
            act.record(Fact::Interview(interview));
            Ok(())
        })
    }

    /// The conversations with a source, in the order they were recorded.
    pub fn interviews(&self, source: SourceId) -> Result<Vec<Noted<Interview>>, DeskError> {
        Ok(self.state_of(Chain::Source(source))?.interviews.remove(&source).unwrap_or_default())
    }

    /// The contact details of a source, and the fact that records them.
    pub fn contact_of(&self, source: SourceId) -> Result<(SourceContact, Option<FactId>), DeskError> {
        let none = SourceContact { source, phone: None, address: None, mail: None };
        let Some(fact) = self.store.last_fact_about("contact", source.0)? else { return Ok((none, None)) };
        Ok(match self.store.fact(fact)?.as_ref().and_then(Recorded::fact) {
            Some(Fact::Contact(contact)) => (contact.clone(), Some(fact)),
            _ => (none, Some(fact)),
        })
    }

    /// Sets the contact details of a source. They are recorded in the desk's own chain, so no bundle contains them.
    pub fn set_contact(&mut self, source: SourceId, change: ContactChange) -> Result<Done<()>, DeskError> {
        self.source(source)?;
        let (was, fact) = self.contact_of(source)?;
        let set = |was: &Option<String>, given: Option<String>| match given {
            Some(text) => non_blank(Some(text)),
            None => was.clone(),
        };
        let next = SourceContact {
            source,
            phone: set(&was.phone, change.phone),
            address: set(&was.address, change.address),
            mail: set(&was.mail, change.mail),
        };
        if next == was {
            return Err(DeskError::NoChange(message!("unchanged_conversation")));
        }
        self.act(ActionKind::SetContact, Chain::Desk, |act| {
            act.replace(Fact::Contact(next), fact.into_iter().collect());
            Ok(())
        })
    }
}
