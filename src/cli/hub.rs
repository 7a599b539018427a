//! `hub` and `sync`: the shared desk.

use super::{
    Context,
    args::{HubArgs, HubWhat},
    claims,
    display::{counted, one_line},
    hosting::{self, Hosting},
    output::{Failure, Output},
};
use crate::desk::{
    BroughtArticles, Desk, HandedOver, RefusedAction, RemoteFiles, SharedStatus, Skipped, SyncState, Synced,
    read_invite, why_refused,
};
use crate::{
    hub::{self, Hub, HubError, Member},
    model::{ActionId, DeviceId, Role},
    wire::{all_in_words, in_words},
};
use serde_json::{Value, json};
use std::path::Path;
use uuid::Uuid;

/// `hub …`
pub fn hub(context: &Context, args: HubArgs) -> Result<Output, Failure> {
    match args.what {
        HubWhat::Init { url, name, chief, at, ca, to } => {
            hosting::init(&url, (name, chief), &at, ca.as_deref(), &to)
        }
        HubWhat::Join { file, label, with } => join(context, &file, &label, with.as_deref()),
        HubWhat::Invite { name, role, to } => invite(context, &name, &role, &to),
        HubWhat::Members => members(context),
        HubWhat::Role { member, role } => {
            let role: Role = role.parse()?;
            with_member(context, &member, |hub, m| hub.set_role(&m.login, role))?;
            Ok(Output::new(
                json!({ "member": member, "role": role.as_str() }),
                format!("{member} is {role} now"),
            ))
        }
        HubWhat::Remove { member, hand_over_to } => remove(context, &member, hand_over_to.as_deref()),
        HubWhat::Revoke { device } => revoke(context, &device),
        HubWhat::Recover { done } => {
            line(&*context.open()?)?.recover(done)?;
            let text =
                if done { "The shared desk takes entries as before" } else { "Every member sends again" };
            Ok(Output::new(json!({ "done": done }), text))
        }
        HubWhat::Leave { without_files } => {
            let mut desk = context.open()?;
            let hub = desk.connect(&mut crate::wire::connect_hub).ok();
            desk.leave_shared(hub, without_files)?;
            Ok(Output::new(json!({ "shared": false }), "This desk is your own again"))
        }
        HubWhat::News { seen } => news(context, seen),
        HubWhat::Status { url: Some(url), ca } => hosting::status(&Hosting::new(url, ca.as_deref())?),
        HubWhat::Close { name, at } => hosting::close(&Hosting::new(at.url, at.ca.as_deref())?, &name),
        HubWhat::Open { name, at } => hosting::open(&Hosting::new(at.url, at.ca.as_deref())?, &name),
        HubWhat::Delete { name, yes, at } => {
            hosting::delete(&Hosting::new(at.url, at.ca.as_deref())?, &name, yes.as_deref())
        }
        HubWhat::Status { url: None, .. } => Ok(status(context.open()?.shared_status()?)),
        HubWhat::Check => check(context),
    }
}

/// `sync`
pub fn sync(context: &Context, set_aside: bool, files: bool) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    if set_aside {
        desk.set_refused_aside()?;
    }
    let mut hub = line(&desk)?;
    let mut synced = desk.sync(&mut *hub)?;
    if files && synced.why.is_none() {
        desk.fetch_all_files(&mut *hub)?;
        synced.remote = desk.remote_files()?;
    }
    synced_output(&desk, &synced)
}

fn join(context: &Context, file: &Path, label: &str, with: Option<&Path>) -> Result<Output, Failure> {
    let invite = read_invite(file)?;
    // Whoever worked at the older desk goes on as the same person.
    let mut desk = context.open_or_create()?;
    let older = with.map(|path| desk.open_other(path)).transpose()?;
    let connect = &mut crate::wire::connect_hub;
    let joined = match &older {
        Some(older) => desk.join_shared_with(&invite, label, older, connect)?,
        None => desk.join_shared(&invite, label, connect)?,
    };
    let mut hub = line(&desk)?;
    let mut synced = desk.sync(&mut *hub)?;
    let brought = older.map(|older| desk.bring_articles_of(&older)).transpose()?;
    if brought.is_some() {
        synced = desk.sync(&mut *hub)?;
    }
    let mut output = synced_output(&desk, &synced)?;
    output.text =
        format!("You are a member of {}, as {}\n{}", one_line(&joined.name), joined.role, output.text);
    if let Some(brought) = brought {
        add_brought(&desk, &brought, &mut output)?;
    }
    Ok(output)
}

/// Adds what came of an older desk. The answer is "no" if something did not.
fn add_brought(desk: &Desk, brought: &BroughtArticles, output: &mut Output) -> Result<(), Failure> {
    let numbers = brought.articles.iter().map(|a| desk.number_of(a.0)).collect::<Result<Vec<_>, _>>()?;
    output.text += &format!("\nBrought in from the older desk: {}", counted(numbers.len(), "article"));
    let mut left_out = Vec::new();
    for (headline, why) in &brought.left_out {
        let words = in_words(why);
        output.text += &format!("\n  not brought in: {}: {}", one_line(headline), one_line(&words));
        left_out.push(json!({ "headline": headline, "why": words, "why_message": why }));
    }
    if brought.withheld > 0 {
        output.text += &format!(
            "\n{} of withheld sources came as digests only; their words stay in the older desk",
            counted(brought.withheld, "use")
        );
    }
    output.json["brought"] =
        json!({ "articles": numbers, "withheld": brought.withheld, "left_out": left_out });
    if let Some((headline, why)) = brought.left_out.first() {
        output.no =
            Some(format!("'{}' was not brought in: {}", one_line(headline), one_line(&in_words(why))));
    }
    Ok(())
}

fn invite(context: &Context, name: &str, role: &str, to: &Path) -> Result<Output, Failure> {
    let role: Role = role.parse()?;
    let desk = context.open()?;
    Ok(hosting::invited(&desk.invite(&mut *line(&desk)?, (name, role), to, false)?, to))
}

fn members(context: &Context) -> Result<Output, Failure> {
    let members = line(&*context.open()?)?.members()?;
    let text: Vec<String> = members.iter().map(member_line).collect();
    Ok(Output::new(Value::Array(members.iter().map(member_json).collect()), text.join("\n")))
}

fn member_line(m: &Member) -> String {
    let removed = if m.removed.is_some() { ", removed" } else { "" };
    let mut text = format!("{}, {}{removed} ({})", one_line(&m.name), m.role, m.login);
    for device in &m.devices {
        let revoked = if device.revoked.is_some() { ", revoked" } else { "" };
        text += &format!("\n  {} {}{revoked}", device.device, one_line(&device.label));
    }
    text
}

fn member_json(m: &Member) -> Value {
    let device = |d: &hub::Device| json!({ "device": d.device.to_string(), "label": d.label, "revoked": d.revoked.map(|r| r.to_string()) });
    json!({
        "login": m.login, "name": m.name, "role": m.role.as_str(), "person": m.person.map(|p| p.to_string()),
        "removed": m.removed.map(|r| r.to_string()), "devices": m.devices.iter().map(device).collect::<Vec<_>>(),
    })
}

fn news(context: &Context, seen: bool) -> Result<Output, Failure> {
    let desk = context.open()?;
    let (mut rows, mut text) = (Vec::new(), String::new());
    for n in desk.news()? {
        let (article, by) =
            (desk.number_of(n.article.0)?, desk.person(n.by)?.map(|p| p.name).unwrap_or_default());
        let claim = n.claim.map(|c| desk.number_of(c.0)).transpose()?;
        let words = n.words.as_deref().unwrap_or_default();
        text += &format!("{} by {}, article {article}: {}\n", n.kind, one_line(&by), one_line(words));
        rows.push(json!({
            "kind": n.kind.as_str(), "by": by, "at": n.at.to_string(), "article": article, "claim": claim, "words": n.words,
        }));
    }
    if seen {
        desk.news_are_seen()?;
    }
    if rows.is_empty() {
        text = match desk.shared_with()? {
            Some(_) => "No news.".into(),
            None => "This desk is not shared, so there is no news of others.".into(),
        };
    }
    Ok(Output::new(Value::Array(rows), text))
}

/// Removes a member, after what is assigned to them was handed over.
fn remove(context: &Context, named: &str, to: Option<&str>) -> Result<Output, Failure> {
    let mut handed = HandedOver::default();
    if let Some(to) = to {
        let mut desk = context.open()?;
        let mut hub = line(&desk)?;
        let from = hub.members()?.into_iter().find(|m| m.login == named || m.name == named);
        let from = from.and_then(|m| m.person).ok_or_else(|| Failure(format!("'{named}' never joined")))?;
        let to = claims::colleague(&desk, to)?;
        handed = desk.hand_over(from, to)?;
        desk.sync(&mut *hub)?;
    }
    with_member(context, named, |hub, m| hub.remove(&m.login))?;
    let json = json!({ "removed": named, "claims": handed.claims, "articles": handed.articles });
    let text = format!(
        "{named} is no member any more; {} and {} handed over",
        counted(handed.claims, "claim"),
        counted(handed.articles, "article")
    );
    Ok(Output::new(json, text))
}

/// Does something with the member of that name or login.
fn with_member(
    context: &Context,
    named: &str,
    work: impl FnOnce(&mut dyn Hub, &Member) -> Result<(), HubError>,
) -> Result<(), Failure> {
    let mut hub = line(&*context.open()?)?;
    let members = hub.members()?;
    let fits = |m: &&Member| m.login == named || (m.name == named && m.removed.is_none());
    match members.iter().filter(fits).collect::<Vec<_>>()[..] {
        [] => Err(Failure(format!("the shared desk has no member '{named}'; 'hub members' lists them"))),
        [one] => Ok(work(&mut *hub, one)?),
        _ => Err(Failure(format!("the shared desk has several members '{named}'; give the login"))),
    }
}

fn revoke(context: &Context, device: &str) -> Result<Output, Failure> {
    let id = Uuid::try_parse(device).map_err(|_| Failure(format!("'{device}' is no id of a device")))?;
    line(&*context.open()?)?.revoke(DeviceId(id))?;
    Ok(Output::new(json!({ "revoked": device }), format!("{device} can send and read nothing any more")))
}

fn check(context: &Context) -> Result<Output, Failure> {
    let desk = context.open()?;
    let found = desk.check_shared(&mut *line(&desk)?)?;
    let same = found.faults.is_empty();
    let json = json!({
        "same": same, "head": found.head, "cursor": found.cursor, "rolling": found.rolling.to_string(),
        "live": found.live.to_string(), "numbers": found.numbers.map(|n| n.to_string()), "entries": found.cursor,
        "files_missing": found.remote.files, "unnamed": found.unnamed, "faults": all_in_words(&found.faults), "fault_messages": found.faults,
    });
    let mut text = match same {
        true => format!("{} of {} entries are here, as the hub has them", found.cursor, found.head),
        false => all_in_words(&found.faults).join("\n"),
    };
    if found.unnamed > 0 {
        text += &format!("\n{}", hosting::not_named(found.unnamed));
    }
    let mut output = Output::new(json, text);
    output.no = found.faults.first().map(in_words);
    Ok(output)
}

fn status(status: Option<SharedStatus>) -> Output {
    let Some(s) = status else {
        let json = json!({ "shared": false, "state": SyncState::Off.as_str() });
        return Output::new(json, "This desk is not shared");
    };
    let hosts: Vec<String> = s.hosts.iter().map(|h| format!("{}:{}", h.name, h.port)).collect();
    let json = json!({
        "shared": true, "name": s.name, "role": s.role.as_str(), "person": s.person.to_string(), "login": s.login,
        "hosts": hosts, "state": s.state.as_str(), "since": s.since.map(|m| m.to_string()), "why": s.why.as_ref().map(in_words), "why_message": s.why,
        "waiting": s.waiting, "cursor": s.cursor, "head": s.head, "files": remote(s.remote), "refused": refused(&s.refused),
        "skipped": s.skipped.iter().map(skipped).collect::<Vec<_>>(),
    });
    let mut text = format!("{}, as {}: {}", one_line(&s.name), s.role, s.state);
    if s.waiting > 0 {
        text += &format!(", {} waiting", s.waiting);
    }
    for refused in &s.refused {
        text += &refused_line(refused);
    }
    Output::new(json, text)
}

fn remote(files: RemoteFiles) -> Value {
    json!({ "waiting": files.files, "bytes": files.bytes })
}

fn refused(all: &[RefusedAction]) -> Vec<Value> {
    let one = |r: &RefusedAction| {
        let id: ActionId = r.action.id;
        let why = why_refused(r);
        json!({
            "action": id.to_string(), "kind": r.action.kind.as_str(), "code": r.code, "why": in_words(&why),
            "why_message": why, "said": r.said,
        })
    };
    all.iter().map(one).collect()
}

/// A line about a refused action, with the hub's own words for administrators.
fn refused_line(r: &RefusedAction) -> String {
    let why = in_words(&why_refused(r));
    format!(
        "\n{} was refused ({}): {}. The hub says: {}",
        r.action.kind,
        r.code,
        one_line(&why),
        one_line(&r.said)
    )
}

fn skipped(k: &Skipped) -> Value {
    json!({ "place": k.place, "login": k.login, "why": in_words(&k.why), "why_message": k.why })
}

/// The result of a round. The answer is "no" if something waits.
fn synced_output(desk: &Desk, s: &Synced) -> Result<Output, Failure> {
    let versions = s.versions.iter().map(|a| desk.number_of(a.0)).collect::<Result<Vec<_>, _>>()?;
    let json = json!({
        "state": s.state.as_str(), "sent": s.sent, "received": s.received, "waiting": s.waiting,
        "refused": refused(&s.refused), "versions": versions, "head": s.head, "cursor": s.cursor, "why": s.why.as_ref().map(in_words), "why_message": s.why, "said": s.said,
        "files": remote(s.remote),
    });
    let mut text = format!("{}: {} sent, {} received, {} waiting", s.state, s.sent, s.received, s.waiting);
    for refused in &s.refused {
        text += &refused_line(refused);
    }
    if s.remote.files > 0 {
        text += &format!(
            "\nOnly on the shared desk: {}; 'sync --files' fetches them",
            counted(s.remote.files, "file")
        );
    }
    for number in &versions {
        text += &format!("\nArticle {number} has two versions; 'versions {number}' shows and merges them");
    }
    let mut output = Output::new(json, text);
    if s.waiting > 0 || s.why.is_some() {
        let closed = if s.state == SyncState::Closed { ", but the shared desk is closed" } else { "" };
        let waits = || format!("still to be sent: {}{closed}", counted(s.waiting, "action"));
        output.no = Some(s.why.as_ref().map_or_else(waits, in_words));
    }
    Ok(output)
}

/// A connection to the hub of a desk.
fn line(desk: &Desk) -> Result<Box<dyn Hub>, Failure> {
    Ok(desk.connect(&mut crate::wire::connect_hub)?)
}

impl From<HubError> for Failure {
    fn from(e: HubError) -> Self {
        Self(e.to_string())
    }
}
