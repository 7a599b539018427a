//! One round with the hub: pull what others recorded, merge what can be merged, send what waits here, until nothing is left.
//!
//! Nothing here waits for a person, and nobody waits for it: saves go on while it runs. Whatever breaks off is done again in
//! the next round. Entries have ids, so nothing is doubled.

use super::receive::Portion;
use crate::desk::{Clock, Desk, DeskError};
use crate::{
    hub::{FORM, Hub, HubError, HubStanding, HubState, Leased, Push, Refusal},
    messages::Message,
    model::{ArticleId, DeviceId, Moment, UNROLLED},
    store::{Membership, RefusedAction, RemoteFiles, Unsent},
};
use std::collections::{BTreeSet, HashSet};

/// How many entries are sent at once.
const AT_ONCE: usize = 100;
/// After how many refusals because somebody else saved the same article a version is sent beside the other.
const TRIES: usize = 3;

crate::model::slugs! {
    /// How a desk and the shared desk stand to each other.
    SyncState, "state of a shared desk", {
        /// The desk is not shared.
        Off = "off",
        /// Nothing waits.
        UpToDate = "up-to-date",
        /// Actions wait to be sent.
        Sending = "sending",
        /// Entries wait to be received.
        Receiving = "receiving",
        /// The hub cannot be reached.
        Offline = "offline",
        /// The hub refused something.
        Refused = "refused",
        /// The shared desk needs a newer version of the program.
        Newer = "newer",
        /// The hub lost its end, or another history was restored; this desk sends its part again.
        WentBack = "went-back",
        /// The person is no member any more, or the device was revoked.
        Removed = "removed",
        /// An administrator closed the shared desk: it takes nothing any more.
        Closed = "closed",
    }
}

/// The result of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synced {
    /// How the desk stands now.
    pub state: SyncState,
    /// Why, if something went wrong.
    pub why: Option<Message>,
    /// The hub's own words for it, in English, if it has any: for administrators.
    pub said: Option<String>,
    /// How many actions were sent.
    pub sent: usize,
    /// How many actions came in.
    pub received: usize,
    /// How many wait to be sent.
    pub waiting: usize,
    /// What the hub refused.
    pub refused: Vec<RefusedAction>,
    /// The changed articles that have two versions.
    pub versions: Vec<ArticleId>,
    /// How many entries the hub has.
    pub head: i64,
    /// How many of them are here.
    pub cursor: i64,
    /// What is only on the shared desk.
    pub remote: RemoteFiles,
    /// When.
    pub at: Moment,
}

/// A round while it runs.
#[derive(Default)]
struct Round {
    sent: usize,
    received: usize,
    articles: BTreeSet<ArticleId>,
    went_back: bool,
    closed: bool,
}

/// What became of one attempt to send.
enum Sent {
    Nothing,
    Some(usize),
    /// Somebody else saved the same article.
    TextWentOn,
    /// The hub refused an entry; those after it wait.
    Refused,
}

impl Desk {
    /// Does one round with the hub. What the hub does not do is in the result; an error is one of this desk.
    pub fn sync(&mut self, hub: &mut dyn Hub) -> Result<Synced, DeskError> {
        self.membership()?;
        let mut round = Round::default();
        let failed = match self.sync_round(hub, &mut round) {
            Ok(()) => None,
            Err(DeskError::Hub(why)) => Some(why),
            Err(why) => return Err(why),
        };
        self.synced(round, failed)
    }

    fn sync_round(&mut self, hub: &mut dyn Hub, round: &mut Round) -> Result<(), DeskError> {
        // Read before the hub is asked: another program may pull meanwhile, and be further than this answer.
        let member = self.membership()?;
        let state = hub.state()?;
        if state.form > FORM {
            let (why, said) = (Refusal::NewerForm, "the hub is of a newer form".into());
            return Err(HubError::Refused { why, entry: None, said }.into());
        }
        self.note_hub_form(state.form)?;
        self.note_state(hub, member, &state, round)?;
        let first = self.membership()?.cursor == 0 && !round.went_back;
        self.pull_all(hub, round)?;
        self.remove_stray_pieces()?;
        if first {
            self.news_are_seen()?;
        }
        if state.standing == HubStanding::Closed {
            round.closed = true;
            return Ok(());
        }
        if state.standing == HubStanding::Open {
            self.lease_numbers(hub)?;
        }
        self.send_all(hub, &state, round)?;
        if state.standing == HubStanding::Founding && self.store.unsent(1, Unsent::All)?.is_empty() {
            hub.recover(true)?;
            self.lease_numbers(hub)?;
        }
        Ok(())
    }

    /// Stores what the hub says of itself. If it has another history, all places are given again.
    fn note_state(
        &self,
        hub: &mut dyn Hub,
        member: Membership,
        state: &HubState,
        round: &mut Round,
    ) -> Result<(), DeskError> {
        let same = member.epoch == state.epoch
            && member.cursor <= state.head
            && hub.proof(member.cursor)? == Some(member.rolling);
        let told = Membership {
            name: state.name.clone(),
            role: state.role,
            epoch: state.epoch,
            head: state.head,
            cursor: if same { member.cursor } else { 0 },
            rolling: if same { member.rolling } else { UNROLLED },
            ..member.clone()
        };
        if told == member {
            return Ok(());
        }
        round.went_back = self.write_received::<_, DeskError>(|tx| {
            let goes_back = tx.replace_membership(&member, &told)? && !same;
            if goes_back {
                tx.forget_places()?;
                tx.set_settled(0)?;
            }
            Ok(goes_back)
        })?;
        Ok(())
    }

    fn pull_all(&self, hub: &mut dyn Hub, round: &mut Round) -> Result<(), DeskError> {
        let (mut changed, mut portion) = (BTreeSet::new(), Portion::new());
        loop {
            let received = self.pull_once(hub, &mut portion)?;
            round.received += received.new;
            changed.extend(received.articles);
            if !received.more {
                break;
            }
        }
        self.settle_received(&mut changed)?;
        round.articles.extend(changed);
        Ok(())
    }

    fn send_all(&self, hub: &mut dyn Hub, state: &HubState, round: &mut Round) -> Result<(), DeskError> {
        let (mut tries, which) = (0, unsent_in(state.standing));
        loop {
            let waiting = self.store.unsent_count(which)?;
            match self.send_some(hub, state, tries >= TRIES)? {
                Sent::Some(sent) => round.sent += sent,
                Sent::TextWentOn => tries += 1,
                Sent::Nothing | Sent::Refused => return Ok(()),
            }
            self.pull_all(hub, round)?;
            if tries > TRIES + 1 || tries == 0 && self.store.unsent_count(which)? >= waiting {
                // What was sent does not come back in the order; the next round tries again.
                return Ok(());
            }
        }
    }

    fn send_some(&self, hub: &mut dyn Hub, state: &HubState, fork: bool) -> Result<Sent, DeskError> {
        let member = self.membership()?;
        let which = unsent_in(state.standing);
        let devices = if which == Unsent::Own { None } else { Some(known_devices(hub)?) };
        let entries = self.entries_to_send(&member, (AT_ONCE, which), devices.as_ref())?;
        if entries.is_empty() {
            return Ok(Sent::Nothing);
        }
        self.send_contents(hub, &entries)?;
        let push = Push { epoch: member.epoch, after: member.cursor, fork, entries: &entries };
        match hub.push(&push) {
            Ok(taken) => Ok(Sent::Some(taken.iter().filter(|t| !t.dup).count())),
            Err(why) => self.note_refusal(hub, &push, why),
        }
    }

    /// Stores which entry the hub refused, after those before it were sent.
    fn note_refusal(&self, hub: &mut dyn Hub, push: &Push, why: HubError) -> Result<Sent, DeskError> {
        let HubError::Refused { why: refusal, entry: Some(action), said } = &why else {
            return Err(why.into());
        };
        let at = push.entries.iter().position(|e| e.action.id == *action);
        let before = at.map(|at| &push.entries[..at]).unwrap_or_default();
        if !before.is_empty() {
            let sent = hub.push(&Push { entries: before, ..push.clone() })?;
            return Ok(Sent::Some(sent.len()));
        }
        match refusal {
            Refusal::TextWentOn => Ok(Sent::TextWentOn),
            Refusal::OtherHistory | Refusal::NoMember | Refusal::NewerForm => Err(why.into()),
            _ => {
                let now = self.clock.now();
                self.write::<_, DeskError>(|tx| Ok(tx.put_refused(*action, refusal.as_str(), said, now)?))?;
                Ok(Sent::Refused)
            }
        }
    }

    /// Gets new blocks of numbers where less than half of a block is left.
    fn lease_numbers(&self, hub: &mut dyn Hub) -> Result<(), DeskError> {
        if self.role()?.is_none_or(|r| r == crate::model::Role::Reader) {
            return Ok(());
        }
        for kind in Leased::ALL {
            if self.store.leased(kind.as_str())? < i64::from(kind.block() / 2) {
                let first = hub.lease(*kind, kind.block())?;
                self.write::<_, DeskError>(|tx| {
                    Ok(tx.add_lease(kind.as_str(), first, i64::from(kind.block()))?)
                })?;
            }
        }
        Ok(())
    }

    fn synced(&self, round: Round, failed: Option<HubError>) -> Result<Synced, DeskError> {
        let member = self.membership()?;
        let (waiting, refused) = (self.store.unsent_count(Unsent::Own)? as usize, self.store.refused()?);
        let mut versions = Vec::new();
        for article in round.articles.iter().copied() {
            if self.snapshot(|| self.versions(article)).is_ok_and(|v| v.len() > 1) {
                versions.push(article);
            }
        }
        // What follows an entry that the hub lost is refused until that one is back.
        let lost = !refused.is_empty() && refused.iter().all(|r| r.code == Refusal::Base.as_str());
        let refuses = !refused.is_empty() && !lost;
        let round = Round { went_back: round.went_back || lost, ..round };
        let state = state_after(&round, failed.as_ref(), waiting, refuses);
        let why = failed.as_ref().map(HubError::message);
        self.note_sync(state, why.as_ref())?;
        Ok(Synced {
            state,
            why,
            said: failed.and_then(|e| e.said().map(str::to_owned)),
            sent: round.sent,
            received: round.received,
            waiting,
            refused,
            versions,
            head: member.head,
            cursor: member.cursor,
            remote: self.store.count_remote_files()?,
            at: self.clock.now(),
        })
    }
}

/// Why the hub refused an action. A code that this version does not know leaves the hub's own words.
pub fn why_refused(refused: &RefusedAction) -> Message {
    let known = refused.code.parse::<Refusal>();
    known.map_or_else(|_| Message::verbatim(&refused.said), Refusal::message)
}

/// What a hub in this state takes.
fn unsent_in(standing: HubStanding) -> Unsent {
    match standing {
        HubStanding::Founding => Unsent::All,
        HubStanding::Refilling => Unsent::Lost,
        HubStanding::Open | HubStanding::Closed => Unsent::Own,
    }
}

/// The devices that the hub knows.
fn known_devices(hub: &mut dyn Hub) -> Result<HashSet<DeviceId>, HubError> {
    let devices = hub.members()?.into_iter().flat_map(|m| m.devices);
    Ok(devices.map(|d| d.device).collect())
}

fn state_after(round: &Round, failed: Option<&HubError>, waiting: usize, refused: bool) -> SyncState {
    match failed {
        Some(HubError::Unreachable(_)) => SyncState::Offline,
        Some(HubError::NotAdmitted(_)) => SyncState::Removed,
        Some(HubError::Refused { why: Refusal::NoMember, .. }) => SyncState::Removed,
        Some(HubError::Refused { why: Refusal::NewerForm, .. }) => SyncState::Newer,
        Some(_) => SyncState::Refused,
        None if round.closed => SyncState::Closed,
        None if refused => SyncState::Refused,
        None if round.went_back => SyncState::WentBack,
        None if waiting > 0 => SyncState::Sending,
        None => SyncState::UpToDate,
    }
}
