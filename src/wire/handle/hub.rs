//! The shared desk.

use super::{merging, revision, saved};
use crate::desk::{self, Desk, SharedStatus, SyncState};
use crate::{
    hub::{Hub, HubError, Invite, Member, Postgres},
    messages::Message,
    model::{DeviceId, PersonId, Role},
    text::Decision,
    wire::{ErrorCode, WireError, draw::Drawing, error::unread, in_words, page::*},
};
use std::path::Path;

pub fn status(desk: &mut Desk, _: Nothing) -> Result<HubDto, WireError> {
    Ok(drawn(desk.shared_status()?))
}

/// A status as the page gets it.
pub fn drawn(status: Option<SharedStatus>) -> HubDto {
    let Some(s) = status else { return HubDto { state: SyncState::Off.to_string(), ..HubDto::default() } };
    HubDto {
        state: s.state.to_string(),
        name: s.name,
        role: Some(s.role.to_string()),
        since: s.since.map(|m| m.to_string()),
        why: s.why.as_ref().map(in_words),
        why_message: s.why,
        waiting: s.waiting,
        cursor: s.cursor,
        head: s.head,
        remote: RemoteFilesDto { files: s.remote.files, bytes: s.remote.bytes },
        refused: s.refused.into_iter().map(refused).collect(),
        skipped: s.skipped.into_iter().map(|k| told(k.login, k.why, None)).collect(),
        present: Vec::new(),
    }
}

fn refused(r: desk::RefusedAction) -> RefusedDto {
    told(r.action.kind.to_string(), desk::why_refused(&r), Some(r.said))
}

fn told(what: String, message: Message, said: Option<String>) -> RefusedDto {
    RefusedDto { what, why: in_words(&message), message, said }
}

pub fn join(desk: &mut Desk, q: JoinSharedRequest) -> Result<HubDto, WireError> {
    let invite = Invite::parse(&q.invite).map_err(unread)?;
    let older = q.older.map(|path| desk.open_other(path.as_ref())).transpose()?;
    match older {
        Some(older) => desk.join_shared_with(&invite, &q.label, &older, &mut connect)?,
        None => desk.join_shared(&invite, &q.label, &mut connect)?,
    };
    // Whoever cancels the first pull has joined all the same; the next round goes on where it broke off.
    match sync(desk, Nothing {}) {
        Err(why) if why.code == ErrorCode::Cancelled => status(desk, Nothing {}),
        done => done,
    }
}

/// Brings in the articles of another desk, and sends them.
pub fn bring(desk: &mut Desk, q: PathRequest) -> Result<BroughtDto, WireError> {
    let older = desk.open_other(q.path.as_ref())?;
    let brought = desk.bring_articles_of(&older)?;
    // What cannot be sent now goes out with the next round.
    let hub = sync(desk, Nothing {}).or_else(|_| status(desk, Nothing {}))?;
    let left_out = brought.left_out.into_iter().map(|(headline, why)| told(headline, why, None)).collect();
    Ok(BroughtDto {
        articles: brought.articles.len(),
        withheld: brought.withheld,
        left_out,
        stopped: brought.stopped,
        hub,
    })
}

pub fn sync(desk: &mut Desk, _: Nothing) -> Result<HubDto, WireError> {
    let mut hub = line(desk)?;
    desk.sync(&mut *hub)?;
    status(desk, Nothing {})
}

pub fn set_aside(desk: &mut Desk, _: Nothing) -> Result<HubDto, WireError> {
    desk.set_refused_aside()?;
    status(desk, Nothing {})
}

pub fn fetch_files(desk: &mut Desk, _: Nothing) -> Result<HubDto, WireError> {
    desk.fetch_all_files(&mut *line(desk)?)?;
    status(desk, Nothing {})
}

pub fn leave(desk: &mut Desk, q: LeaveRequest) -> Result<HubDto, WireError> {
    let hub = line(desk).ok();
    desk.leave_shared(hub, q.without_files)?;
    status(desk, Nothing {})
}

pub fn members(desk: &mut Desk, _: Nothing) -> Result<Vec<MemberDto>, WireError> {
    listed(desk, &mut *line(desk)?)
}

pub fn invite(desk: &mut Desk, q: InviteRequest) -> Result<Written, WireError> {
    let role: Role = q.role.parse().map_err(unread)?;
    desk.invite(&mut *line(desk)?, (&q.name, role), Path::new(&q.path), q.replace)?;
    Ok(Written { path: q.path })
}

pub fn set_role(desk: &mut Desk, q: RoleRequest) -> Result<Vec<MemberDto>, WireError> {
    let role: Role = q.role.parse().map_err(unread)?;
    changed(desk, |hub| hub.set_role(&q.login, role))
}

pub fn remove(desk: &mut Desk, q: MemberRequest) -> Result<Vec<MemberDto>, WireError> {
    changed(desk, |hub| hub.remove(&q.login))
}

pub fn revoke(desk: &mut Desk, q: DeviceRequest) -> Result<Vec<MemberDto>, WireError> {
    let device = DeviceId(super::articles::uuid(&q.device)?);
    changed(desk, |hub| hub.revoke(device))
}

pub fn size(desk: &mut Desk, _: Nothing) -> Result<HubSizeDto, WireError> {
    let state = line(desk)?.state().map_err(desk::DeskError::from)?;
    Ok(HubSizeDto { entries: state.head, used: state.used, quota: state.quota })
}

pub fn hand_over(desk: &mut Desk, q: HandOverRequest) -> Result<HandedOverDto, WireError> {
    let person = |id: &str| id.parse::<PersonId>().map_err(unread);
    let done = desk.hand_over(person(&q.from)?, person(&q.to)?)?;
    Ok(HandedOverDto { claims: done.claims, articles: done.articles })
}

pub fn news(desk: &mut Desk, _: Nothing) -> Result<Vec<NewsDto>, WireError> {
    let mut all = Vec::new();
    for news in desk.news()? {
        let by = desk.person(news.by)?.map(|p| p.name).unwrap_or_default();
        let headline = desk.read(news.article, None).map(|r| desk::headline(&r.text)).unwrap_or_default();
        all.push(NewsDto {
            kind: news.kind.to_string(),
            by,
            at: news.at.to_string(),
            article: news.article.to_string(),
            headline,
            claim: news.claim.map(|c| c.to_string()),
            words: news.words,
        });
    }
    Ok(all)
}

pub fn news_seen(desk: &mut Desk, _: Nothing) -> Result<Nothing, WireError> {
    desk.news_are_seen()?;
    Ok(Nothing {})
}

/// Does nothing itself: the session says who is where.
pub fn here(_: &mut Desk, _: HereRequest) -> Result<Nothing, WireError> {
    Ok(Nothing {})
}

pub fn versions(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<RevisionRow>, WireError> {
    let article = desk.article_named(&q.article)?;
    let draw = Drawing::new(desk);
    let row = |id| draw.revision(&desk.read(article, Some(id))?.revision, None);
    desk.versions(article)?.into_iter().map(row).collect()
}

pub fn propose(desk: &mut Desk, q: VersionRequest) -> Result<MergeView, WireError> {
    let article = desk.article_named(&q.article)?;
    let other = desk.revision_named(article, &q.other)?;
    merging::view(desk, article, &desk.propose_version(article, other)?)
}

pub fn merge(desk: &mut Desk, q: MergeVersionRequest) -> Result<Saved, WireError> {
    let article = desk.article_named(&q.article)?;
    let other = desk.revision_named(article, &q.other)?;
    let decisions: Vec<Decision> =
        q.decisions.into_iter().map(merging::decision).collect::<Result<_, _>>()?;
    let seen = revision(&q.newest)?;
    match desk.merge_version(article, other, seen, |at| decisions.get(at).cloned())? {
        Ok(revised) => saved(desk, article, revised),
        Err(open) => Err(merging::undecided(decisions.len(), open.merge.conflicts().count())),
    }
}

fn changed(
    desk: &Desk,
    change: impl FnOnce(&mut dyn Hub) -> Result<(), HubError>,
) -> Result<Vec<MemberDto>, WireError> {
    let mut hub = line(desk)?;
    change(&mut *hub).map_err(desk::DeskError::from)?;
    listed(desk, &mut *hub)
}

fn listed(desk: &Desk, hub: &mut dyn Hub) -> Result<Vec<MemberDto>, WireError> {
    let me = desk.membership()?.login;
    let members = hub.members().map_err(desk::DeskError::from)?;
    Ok(members.into_iter().map(|m| member(m, &me)).collect())
}

fn member(m: Member, me: &str) -> MemberDto {
    let device = |d: crate::hub::Device| DeviceDto {
        device: d.device.to_string(),
        label: d.label,
        revoked: d.revoked.is_some(),
    };
    MemberDto {
        me: m.login == me,
        person: m.person.map(|p| p.to_string()),
        login: m.login,
        name: m.name,
        role: m.role.to_string(),
        removed: m.removed.is_some(),
        devices: m.devices.into_iter().map(device).collect(),
    }
}

fn line(desk: &Desk) -> Result<Box<dyn Hub>, WireError> {
    Ok(desk.connect(&mut connect)?)
}

/// A connection to the hub in a PostgreSQL database.
pub fn connect(invite: &Invite, device: DeviceId) -> Result<Box<dyn Hub>, HubError> {
    Ok(Box::new(Postgres::new(invite.clone(), device)?))
}
