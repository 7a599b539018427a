//! Keeps an open desk and its shared desk the same while a window is open, on a connection of its own. Nobody waits for it.

use super::{WireError, handle::hub, page::HubDto, page::PresentDto};
use crate::desk::{Desk, SyncState};
use crate::{
    hub::{Hub, Present},
    model::ArticleId,
};
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long one turn waits for what other devices send, in milliseconds.
pub const TURN_MS: u64 = 500;
/// After this many turns the hub is asked although nothing was heard: 5 s.
const ASK_AFTER: u32 = 10;
/// After this many turns the hub hears again which article is open, and tells who else is where: 5 s.
const TELL_AFTER: u32 = 10;
/// While the hub cannot be reached, at most this many turns pass between attempts: 60 s.
const MOST_PAUSE: u32 = 120;

/// What the turns of a session remember.
#[derive(Default)]
pub(super) struct Sharing {
    turns: Mutex<Turns>,
    open: Mutex<Option<ArticleId>>,
    /// What `hub.status` answers of others, without waiting for a turn.
    present: Mutex<Vec<PresentDto>>,
}

#[derive(Default)]
struct Turns {
    desk: Option<Desk>,
    hub: Option<Box<dyn Hub>>,
    /// Turns since the hub was asked, and since it was told which article is open.
    quiet: u32,
    untold: u32,
    /// Turns to let pass, and how many those were last.
    pause: u32,
    last_pause: u32,
    told: Option<ArticleId>,
    present: Vec<Present>,
    /// What the page knows.
    known: Option<HubDto>,
}

impl Sharing {
    /// Stores which article is open in the window.
    pub fn is_in(&self, article: Option<ArticleId>) {
        *lock(&self.open) = article;
    }

    /// One turn of about half a second: sends and receives if there is reason to. Returns how the desk stands if that
    /// changed. `pass` waits for the rest of a turn in which nothing is to be done.
    pub fn turn(
        &self,
        beside: impl FnOnce() -> Result<Desk, WireError>,
        pass: impl FnOnce(),
    ) -> Result<Option<HubDto>, WireError> {
        let mut turns = lock(&self.turns);
        let mut desk = turns.desk.take().map_or_else(beside, Ok)?;
        let done = turns.once(&mut desk, *lock(&self.open), pass);
        turns.desk = Some(desk);
        if let Ok(Some(news)) = &done {
            lock(&self.present).clone_from(&news.present);
        }
        done
    }

    /// Who else has which article open, as far as that is known.
    pub fn present(&self) -> Option<Value> {
        let known = lock(&self.present);
        (!known.is_empty()).then(|| serde_json::to_value(&*known).ok()).flatten()
    }

    /// A turn of a desk that is not shared, or is so no longer.
    pub fn none(&self) -> Option<HubDto> {
        let mut turns = lock(&self.turns);
        let was_shared = turns.known.take().is_some_and(|k| k.role.is_some());
        *turns = Turns::default();
        lock(&self.present).clear();
        was_shared.then(|| hub::drawn(None))
    }
}

impl Turns {
    fn once(
        &mut self,
        desk: &mut Desk,
        open: Option<ArticleId>,
        pass: impl FnOnce(),
    ) -> Result<Option<HubDto>, WireError> {
        if self.pause > 0 {
            self.pause -= 1;
            pass();
        } else {
            self.work(desk, open, pass)?;
        }
        self.news(desk)
    }

    fn work(
        &mut self,
        desk: &mut Desk,
        open: Option<ArticleId>,
        pass: impl FnOnce(),
    ) -> Result<(), WireError> {
        if self.hub.is_none() {
            self.hub = Some(desk.connect(&mut hub::connect)?);
            self.quiet = ASK_AFTER;
        }
        let Some(hub) = &mut self.hub else { return Ok(()) };
        let heard = match self.quiet >= ASK_AFTER || desk.waits_to_send()? {
            true => Ok(true),
            false => hub.wait(TURN_MS),
        };
        match heard {
            Ok(false) => self.quiet += 1,
            Ok(true) => {
                self.quiet = 0;
                let synced = desk.sync(&mut **hub)?;
                let stopped =
                    matches!(synced.state, SyncState::Offline | SyncState::Removed | SyncState::Refused);
                self.rest(stopped || synced.waiting > 0);
            }
            Err(_) => {
                self.quiet = ASK_AFTER;
                pass();
            }
        }
        self.tell(open);
        Ok(())
    }

    /// Lets ever more turns pass while the hub cannot be reached, or does not take what waits.
    fn rest(&mut self, waits: bool) {
        self.last_pause = if waits { (self.last_pause * 2).clamp(2, MOST_PAUSE) } else { 0 };
        self.pause = self.last_pause;
    }

    /// Tells the hub which article is open, and learns who else is where.
    fn tell(&mut self, open: Option<ArticleId>) {
        self.untold += 1;
        if self.pause > 0 || (self.told == open && self.untold < TELL_AFTER) {
            return;
        }
        let Some(hub) = &mut self.hub else { return };
        if let Ok(present) = hub.here(open) {
            (self.present, self.told, self.untold) = (present, open, 0);
        }
    }

    fn news(&mut self, desk: &Desk) -> Result<Option<HubDto>, WireError> {
        let mut now = hub::drawn(desk.shared_status()?);
        for present in &self.present {
            let person = present.person.map(|p| desk.person(p)).transpose()?.flatten();
            let (name, initials) = person.map_or_else(Default::default, |p| (p.name, p.initials));
            now.present.push(PresentDto { name, initials, article: present.article.to_string() });
        }
        if self.known.as_ref() == Some(&now) {
            return Ok(None);
        }
        self.known = Some(now.clone());
        Ok(Some(now))
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
