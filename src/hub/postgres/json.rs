//! Entries as the JSON that the hub's functions take and give.

use super::error::unread;
use crate::{
    hub::{Device, HubError},
    model::{
        Accepted, Action, ActionId, DeviceId, Digest, Fact, FactId, GivenNumber, Moment, NumberKind,
        Recorded, SharedEntry, State,
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use std::str::FromStr;
use uuid::Uuid;

/// The entries to send.
pub(super) fn entries(all: &[SharedEntry]) -> String {
    Value::Array(all.iter().map(entry).collect()).to_string()
}

fn entry(e: &SharedEntry) -> Value {
    let facts: Vec<Value> = e.facts.iter().map(|f| fact(f, e.secret.contains(&f.id))).collect();
    let brings: Vec<String> = e.brings.iter().map(ActionId::to_string).collect();
    json!({
        "canonical": String::from_utf8_lossy(&e.action.canonical()), "facts": facts,
        "signature": BASE64_STANDARD.encode(&e.signature), "with": e.with.map(|w| w.to_string()), "brings": brings,
        "numbers": e.numbers.iter().map(number).collect::<Vec<_>>(), "carried": e.carried,
        "device": e.device.to_string(),
    })
}

fn fact(f: &Recorded, secret: bool) -> Value {
    let replaces: Vec<String> = f.replaces.iter().map(FactId::to_string).collect();
    let mut value = json!({
        "id": f.id.to_string(), "digest": f.digest.to_string(), "replaces": replaces, "secret": secret,
    });
    if let State::Open(salt, content) = &f.state {
        value["salt"] = salt.to_string().into();
        value["body"] = BASE64_STANDARD.encode(content.canonical(f.id, &f.replaces)).into();
    }
    value
}

fn number(n: &GivenNumber) -> Value {
    let (kind, scope) = match n.kind {
        NumberKind::Article => ("article", None),
        NumberKind::Claim => ("claim", None),
        NumberKind::Source => ("source", None),
        NumberKind::Query => ("query", None),
        NumberKind::Suggestion => ("suggestion", None),
        NumberKind::Revision(article) => ("revision", Some(article.to_string())),
    };
    json!({ "kind": kind, "scope": scope, "number": n.number, "entity": n.entity.to_string() })
}

/// One row of `pull`, apart from what is JSON in it.
pub(super) struct Pulled {
    pub seq: i64,
    pub canonical: String,
    pub brings: Vec<Uuid>,
    pub leader: Option<Uuid>,
    pub login: String,
    pub device: Uuid,
    pub carried: bool,
    pub signature: Vec<u8>,
    pub rolling: Vec<u8>,
    pub at: i64,
}

/// An entry that the hub gives.
pub(super) fn accepted(p: Pulled, facts: &str, numbers: &str) -> Result<Accepted, HubError> {
    let place = |why: String| unread(format!("entry {}: {why}", p.seq));
    let action = Action::parse(p.canonical.as_bytes()).map_err(|e| place(e.to_string()))?;
    let facts = list(facts)?;
    let recorded = facts.iter().map(|f| recorded(action.id, f)).collect::<Result<_, _>>().map_err(place)?;
    let secret = facts.iter().filter(|f| f["secret"] == true).map(|f| read(f, "id").map(FactId));
    let secret = secret.collect::<Result<_, _>>().map_err(place)?;
    let numbers = list(numbers)?.iter().map(given).collect::<Result<_, _>>().map_err(place)?;
    let entry = SharedEntry {
        action,
        facts: recorded,
        secret,
        with: p.leader.map(ActionId),
        brings: p.brings.into_iter().map(ActionId).collect(),
        numbers,
        carried: p.carried,
        device: DeviceId(p.device),
        signature: p.signature,
    };
    Ok(Accepted { seq: p.seq, entry, login: p.login, rolling: digest(&p.rolling)?, at: Moment(p.at) })
}

/// A fact. One whose content this version cannot read is closed, like one that was erased: otherwise a single member
/// could stop all desks from reading on.
fn recorded(action: ActionId, f: &Value) -> Result<Recorded, String> {
    let id = FactId(read(f, "id")?);
    let replaces = f["replaces"].as_array().map(Vec::as_slice).unwrap_or_default();
    let replaces = replaces.iter().map(|r| read_value(r).map(FactId)).collect::<Result<_, _>>()?;
    let state = open(f).filter(|(body_id, ..)| *body_id == id).map(|(_, state)| state);
    Ok(Recorded { id, action, replaces, digest: read(f, "digest")?, state: state.unwrap_or(State::Closed) })
}

fn open(f: &Value) -> Option<(FactId, State)> {
    let body = BASE64_STANDARD.decode(f["body"].as_str()?).ok()?;
    let (id, _, content) = Fact::parse(&body).ok()?;
    Some((id, State::Open(f["salt"].as_str()?.parse().ok()?, Box::new(content))))
}

fn given(n: &Value) -> Result<GivenNumber, String> {
    let kind = match n["kind"].as_str().unwrap_or_default() {
        "article" => NumberKind::Article,
        "claim" => NumberKind::Claim,
        "source" => NumberKind::Source,
        "query" => NumberKind::Query,
        "suggestion" => NumberKind::Suggestion,
        "revision" => NumberKind::Revision(read(n, "scope")?),
        other => return Err(format!("'{other}' has no numbers")),
    };
    let number = n["number"].as_i64().ok_or("a number is missing")?;
    Ok(GivenNumber { kind, number, entity: read(n, "entity")? })
}

/// The devices of a member.
pub(super) fn devices(text: &str) -> Result<Vec<Device>, HubError> {
    list(text)?.iter().map(device).collect::<Result<_, _>>().map_err(unread)
}

fn device(d: &Value) -> Result<Device, String> {
    let key: Digest = read(d, "key")?;
    Ok(Device {
        device: DeviceId(read(d, "device")?),
        label: d["label"].as_str().unwrap_or_default().into(),
        key: key.0,
        revoked: d["revoked"].as_i64().map(Moment),
    })
}

/// 32 bytes that are a digest.
pub(super) fn digest(bytes: &[u8]) -> Result<Digest, HubError> {
    bytes.try_into().map(Digest).map_err(|_| unread("a digest does not have 32 bytes"))
}

fn list(text: &str) -> Result<Vec<Value>, HubError> {
    serde_json::from_str(text).map_err(unread)
}

fn read<T: FromStr<Err: ToString>>(from: &Value, key: &str) -> Result<T, String> {
    read_value(&from[key]).map_err(|why| format!("{key}: {why}"))
}

fn read_value<T: FromStr<Err: ToString>>(value: &Value) -> Result<T, String> {
    value.as_str().ok_or("a text is missing")?.parse().map_err(|e: T::Err| e.to_string())
}

/// The hub's answer to `state`.
pub(super) fn state(text: &str) -> Result<crate::hub::HubState, HubError> {
    let value: Value = serde_json::from_str(text).map_err(unread)?;
    read_state(&value).map_err(unread)
}

fn read_state(v: &Value) -> Result<crate::hub::HubState, String> {
    let whole = |key: &str| v[key].as_u64().ok_or(format!("{key} is missing"));
    let small = |key: &str| whole(key).and_then(|n| u32::try_from(n).map_err(|e| e.to_string()));
    let signed = |key: &str| v[key].as_i64().ok_or(format!("{key} is missing"));
    Ok(crate::hub::HubState {
        form: small("form")?,
        name: v["name"].as_str().unwrap_or_default().into(),
        epoch: read(v, "epoch")?,
        standing: read(v, "state")?,
        desk_form: small("desk_form")?,
        head: signed("head")?,
        rolling: read(v, "rolling")?,
        role: read(v, "role")?,
        person: v["person"].as_str().map(str::parse).transpose().map_err(|_| "person is no id")?,
        used: whole("used")?,
        quota: whole("quota")?,
        // Hubs that Tickmark 0.9 prepared do not tell it.
        unnamed: v["unnamed"].as_u64().unwrap_or_default(),
        now: Moment(signed("now")?),
    })
}
