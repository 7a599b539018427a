//! `revisions.json` and the texts of the revisions: every live revision, oldest first, with the place of each claim in it.

use super::fields::{Info, Placed, code_points, name_of};
use crate::{
    model::{Dossier, RevisionId, RevisionView},
    text::Offsets,
};
use serde::Serialize;

/// The whole file.
#[derive(Serialize)]
struct Revisions<'d> {
    format: &'static str,
    version: u32,
    revisions: Vec<Revision<'d>>,
}

#[derive(Serialize)]
struct Revision<'d> {
    number: usize,
    id: String,
    file: String,
    sha256: String,
    by: Option<&'d str>,
    at: String,
    note: Option<&'d str>,
    parents: Vec<usize>,
    restores: Option<usize>,
    info: Info<'d>,
    anchors: Vec<Anchor>,
}

#[derive(Serialize)]
struct Anchor {
    claim: String,
    placement: &'static str,
    spans: Vec<Placed>,
}

/// The path of the text of revision `number`, relative to `data/`.
pub(super) fn file(number: usize) -> String {
    format!("revisions/{number:03}.md")
}

/// The number of a revision: its place among the live revisions, from 1.
pub(super) fn number(dossier: &Dossier, id: RevisionId) -> Option<usize> {
    dossier.state.revisions.iter().position(|r| r.id == id).map(|i| i + 1)
}

/// The file's bytes.
pub(super) fn json(dossier: &Dossier) -> serde_json::Result<Vec<u8>> {
    let all = dossier.state.revisions.iter().enumerate();
    let revisions = all.map(|(i, r)| revision(dossier, i + 1, r)).collect();
    let mut out =
        serde_json::to_vec(&Revisions { format: "tickmark-revisions", version: super::FORMAT, revisions })?;
    out.push(b'\n');
    Ok(out)
}

fn revision<'d>(dossier: &'d Dossier, number: usize, r: &'d RevisionView) -> Revision<'d> {
    Revision {
        number,
        id: r.id.to_string(),
        file: file(number),
        sha256: r.revision.text.to_string(),
        by: name_of(&dossier.state, r.stamp.by),
        at: r.stamp.at.to_string(),
        note: r.revision.note.as_deref(),
        parents: r.revision.parents.iter().filter_map(|&p| self::number(dossier, p)).collect(),
        restores: r.revision.restores.and_then(|p| self::number(dossier, p)),
        info: r.info.as_ref().map(|i| Info::of(&i.value)).unwrap_or_default(),
        anchors: anchors(dossier, r.id),
    }
}

fn anchors(dossier: &Dossier, revision: RevisionId) -> Vec<Anchor> {
    let text = dossier.texts.get(&revision).map(String::as_str).unwrap_or_default();
    let offsets = Offsets::new(text);
    let anchored = dossier.state.claims.iter().filter_map(|c| dossier.state.anchor(revision, c.id));
    let anchor = |a: &crate::model::Anchor| Anchor {
        claim: a.claim.to_string(),
        placement: a.placement.as_str(),
        spans: code_points(&offsets, &a.spans),
    };
    anchored.map(anchor).collect()
}
