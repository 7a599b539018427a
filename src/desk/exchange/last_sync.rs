//! How the last round with the hub ended, so that it can be told without asking anybody.

use super::sync::SyncState;
use crate::desk::{Clock, Desk, DeskError};
use crate::{
    messages::Message,
    model::{Moment, Record},
    store::{HUB_FORM, LAST_SYNC},
};

impl Desk {
    /// Stores how a round ended, and since when it is so. A round that ends as the one before writes nothing: an open window
    /// does one every few seconds.
    pub(in crate::desk) fn note_sync(
        &self,
        state: SyncState,
        why: Option<&Message>,
    ) -> Result<(), DeskError> {
        let (before, since, said) = self.last_sync()?;
        if before == state && since.is_some() && said.as_ref() == why {
            return Ok(());
        }
        let since = since.filter(|_| before == state).unwrap_or_else(|| self.clock.now());
        let mut record = Record::default();
        record.put("state", state).put("since", since).put_some("why", &why.map(Message::record));
        Ok(self.store.set_setting(LAST_SYNC, &String::from_utf8_lossy(&record.bytes()))?)
    }

    /// How it ended, since when it is so, and why, if something went wrong. Before the first round entries wait to be received.
    pub(in crate::desk) fn last_sync(
        &self,
    ) -> Result<(SyncState, Option<Moment>, Option<Message>), DeskError> {
        let text = self.store.setting(LAST_SYNC)?.unwrap_or_default();
        let record = Record::parse(text.as_bytes()).unwrap_or_default();
        let state = record.maybe("state").ok().flatten().unwrap_or(SyncState::Receiving);
        let since = record.maybe("since").ok().flatten();
        Ok((state, since, record.text("why").map(Message::of_record)))
    }

    /// Stores which form the hub is of.
    pub(in crate::desk) fn note_hub_form(&self, form: u32) -> Result<(), DeskError> {
        if self.hub_form()? == form {
            return Ok(());
        }
        Ok(self.store.set_setting(HUB_FORM, &form.to_string())?)
    }

    /// The form of the hub, as it was told last; 1 before it told.
    pub(in crate::desk) fn hub_form(&self) -> Result<u32, DeskError> {
        Ok(self.store.setting(HUB_FORM)?.and_then(|form| form.parse().ok()).unwrap_or(1))
    }
}
