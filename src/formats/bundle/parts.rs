//! Collects the files of a bundle's `data/`, sorted by path: generated texts, and handles of stored files to stream.

use super::{Claims, WriteError, chain, claims, history, names, part::Part, paths, revisions, rocrate};
use crate::{
    formats::{bundle::part::Parts, ledger},
    messages::message,
    model::{Chain, Digest, Dossier, Fact, Logged, Source, SourceId},
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    io::{self, Read},
};

/// Collects the payload. Fails if the dossier lacks a text or a file, or contains withheld content.
pub(super) fn gather<'d>(dossier: &'d Dossier) -> Result<Parts<'d>, WriteError> {
    let mut parts = Parts::new();
    let files = add_snapshots(dossier, &mut parts);
    let (claims, text) = claims_with_files(dossier, &files)?;
    add_pictures(dossier, &mut parts);
    add_original(dossier, &mut parts)?;
    add_texts(dossier, &mut parts)?;
    let mut json = serde_json::to_vec_pretty(&claims)?;
    json.push(b'\n');
    let mut log = Vec::new();
    history::write(&dossier.log, &mut log)?;
    add_generated(&mut parts, paths::TEXT, text.as_bytes());
    add_generated(&mut parts, paths::CLAIMS, json);
    add_generated(&mut parts, paths::SCHEMA, include_bytes!("../../../docs/claims.schema.json").as_slice());
    add_generated(&mut parts, paths::REVISIONS, revisions::json(dossier)?);
    add_generated(&mut parts, paths::ACTIONS, log);
    add_generated(
        &mut parts,
        paths::PAGE,
        crate::formats::bundle::reader::page(dossier, text, &claims).into_bytes(),
    );
    let ledger = ledger::markdown(dossier);
    if !ledger.is_empty() {
        add_generated(&mut parts, paths::LEDGER, ledger.into_bytes());
    }
    let described = rocrate::json(dossier, &claims, &parts)?;
    add_generated(&mut parts, paths::CRATE, described);
    Ok(parts)
}

/// The claims and sources of a dossier, and its newest text, for formats without files. Fails if the dossier contains
/// withheld content: all formats share this check with the bundle.
pub(in crate::formats) fn claims_and_text<'d>(
    dossier: &'d Dossier,
) -> Result<(Claims<'d>, &'d str), WriteError> {
    claims_with_files(dossier, &BTreeMap::new())
}

fn claims_with_files<'d>(
    dossier: &'d Dossier,
    files: &BTreeMap<Digest, String>,
) -> Result<(Claims<'d>, &'d str), WriteError> {
    refuse_withheld(dossier)?;
    let newest = dossier.state.newest().ok_or(WriteError::NoText)?;
    let text = dossier.texts.get(&newest.id).ok_or(WriteError::LostText(dossier.state.revisions.len()))?;
    let claims = claims::claims(dossier, text, files).ok_or(WriteError::NoText)?;
    Ok((claims, text))
}

fn add_generated<'d>(parts: &mut Parts<'d>, path: &str, bytes: impl Into<Cow<'d, [u8]>>) {
    parts.insert(path.into(), Part::Generated(bytes.into()));
}

fn add_texts<'d>(dossier: &'d Dossier, parts: &mut Parts<'d>) -> Result<(), WriteError> {
    for (i, r) in dossier.state.revisions.iter().enumerate() {
        let text = dossier.texts.get(&r.id).ok_or(WriteError::LostText(i + 1))?;
        add_generated(parts, &format!("data/{}", revisions::file(i + 1)), text.as_bytes());
    }
    Ok(())
}

/// Adds the files of the sources, each once. Returns the path of each file.
fn add_snapshots<'d>(dossier: &'d Dossier, parts: &mut Parts<'d>) -> BTreeMap<Digest, String> {
    let mut files = BTreeMap::new();
    for (_, a) in dossier.state.attachments() {
        files.entry(a.digest).or_insert_with(|| {
            let path = format!("{}{}/{}", paths::SNAPSHOTS, a.digest, names::file_name(&a.name));
            parts.insert(path.clone(), Part::Stored { digest: a.digest, bytes: a.bytes, name: &a.name });
            path
        });
    }
    files
}

/// Adds the pictures of the article, each once.
fn add_pictures<'d>(dossier: &'d Dossier, parts: &mut Parts<'d>) {
    for a in dossier.state.picture_files() {
        let path = format!("{}{}/{}", paths::PICTURES, a.digest, names::file_name(&a.name));
        parts.insert(path, Part::Stored { digest: a.digest, bytes: a.bytes, name: &a.name });
    }
}

/// Adds the imported bytes. Their length is not recorded, so they are read once to count them. They are left out if their
/// revision was redacted.
fn add_original<'d>(dossier: &'d Dossier, parts: &mut Parts<'d>) -> Result<(), WriteError> {
    let first_stands = dossier.state.revisions.first().is_some_and(|r| r.revision.parents.is_empty());
    if let Some(o) = dossier.state.original.as_ref().filter(|_| first_stands) {
        let mut from = open_stored(dossier, &o.digest, &o.name)?;
        let bytes = io::copy(&mut from, &mut io::sink())?;
        let path = format!("{}{}", paths::ORIGINAL, names::file_name(&o.name));
        parts.insert(path, Part::Stored { digest: o.digest, bytes, name: &o.name });
    }
    Ok(())
}

/// Opens a stored file as a stream.
pub(super) fn open_stored<'d>(
    dossier: &'d Dossier,
    digest: &Digest,
    name: &str,
) -> Result<Box<dyn Read + 'd>, WriteError> {
    dossier.blobs.open(digest)?.ok_or_else(|| WriteError::LostFile { name: name.into(), digest: *digest })
}

/// Checks a history before it is exported. Fails if the log is inconsistent, or if a fact does not match its digest.
pub fn check_history(log: &[Logged]) -> Result<(), WriteError> {
    if let Some((line, why)) = chain::first_fault(log) {
        return Err(WriteError::History(message!("bundle_write_entry", line = line, why = why)));
    }
    let mut facts = log.iter().flat_map(|l| &l.facts);
    match facts.find(|f| f.fact().is_some() && !f.is_sound()) {
        Some(f) => Err(WriteError::History(message!("bundle_write_fact", fact = f.id.to_string()))),
        None => Ok(()),
    }
}

/// Fails if the dossier contains withheld content. The caller has already closed it. This is a second check, because nobody
/// can take back a bundle.
fn refuse_withheld(dossier: &Dossier) -> Result<(), WriteError> {
    if let Some(s) = dossier.state.sources.values().find(|s| s.value.withhold) {
        return Err(WriteError::Withheld(s.value.source));
    }
    let closed = withheld(&dossier.log);
    let evidence = dossier.state.claims.iter().flat_map(|c| &c.evidence);
    let leak = evidence.filter(|e| e.passage.is_some()).find(|e| closed.contains(&e.evidence.source));
    let open = open_facts(&dossier.log).find_map(|f| match f {
        Fact::Source(s) if closed.contains(&s.source) => Some(s.source),
        _ => None,
    });
    leak.map(|e| e.evidence.source).or(open).map_or(Ok(()), |s| Err(WriteError::Withheld(s)))
}

fn open_facts(log: &[Logged]) -> impl Iterator<Item = &Fact> {
    log.iter().filter(|l| l.live).flat_map(|l| &l.facts).filter_map(|f| f.fact())
}

/// The withheld sources: they have live actions with facts, but no open fact describes the source.
fn withheld(log: &[Logged]) -> HashSet<SourceId> {
    let of_source = |l: &Logged| match l.action.chain {
        Chain::Source(id) => Some(id),
        Chain::Article(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
    };
    let live = log.iter().filter(|l| l.live && !l.facts.is_empty());
    let open_sources: HashSet<SourceId> = open_facts(log).filter_map(source_id).collect();
    live.filter_map(of_source).filter(|id| !open_sources.contains(id)).collect()
}

fn source_id(fact: &Fact) -> Option<SourceId> {
    if let Fact::Source(Source { source, .. }) = fact { Some(*source) } else { None }
}
