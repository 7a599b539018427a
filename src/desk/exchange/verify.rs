//! Judging a file of any kind that is judged, and bringing a bundle in: what reads files that somebody else wrote.

use crate::desk::{
    Desk, DeskError, ImportOutcome,
    history::dossier::{Terms, fold},
};
use crate::{
    files,
    formats::{
        bundle,
        validate::{
            findings::{self, Kind, Signed},
            validate,
        },
    },
    model::{ArticleId, Digest, Doing, Moment, Progress, RevisionId, Verified, Watched},
    text::Decision,
};
use std::{collections::HashMap, path::Path};

/// What is said of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// What kind of file it is.
    pub kind: Kind,
    /// Whether everything is there that it lists, or that its standard asks for.
    pub complete: bool,
    /// Whether it is complete and nothing in it is wrong: every checksum holds, every field is as its standard says.
    pub valid: bool,
    /// Who signed it. Only a bundle of ours tells that.
    pub signed: Signed,
    /// Whether the article counted as verified by what its desk asked, where that is told and follows from the history.
    pub verified: Option<Verified>,
    /// Of a bundle of ours that is valid: whether the page to read it by is the one that follows from the history.
    pub page: Option<bool>,
    /// Of a bundle of ours that is valid: its article, and the moment of its newest action.
    pub stands: Option<(ArticleId, Moment)>,
    /// Each fault.
    pub errors: Vec<Fault>,
    /// What is odd and no fault.
    pub warnings: Vec<Fault>,
}

/// One fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its sort.
    pub code: String,
    /// What it is about: a file in it, or a field of it.
    pub path: Option<String>,
    /// In words.
    pub message: String,
}

/// Judges a file or folder of anybody's: a bag, a bundle, a web archive, annotations, reviews. Needs no desk. Fails where it
/// is of no kind that is judged, or where `progress` stops it.
pub fn verify(path: &Path, progress: &dyn Progress) -> Result<Findings, DeskError> {
    let opened = files::open(path)?;
    let watched = Watched::new(opened.handed(), progress);
    let found = validate(watched.handed());
    watched.finished()?;
    let found = found.map_err(|e| DeskError::refused(format!("{}: {e}", path.display())))?;
    let fault = |f: findings::Fault| Fault {
        code: f.code.to_string(),
        path: Some(f.path).filter(|p| !p.is_empty()),
        message: f.message,
    };
    let mut all = Findings {
        kind: found.kind,
        complete: found.complete,
        valid: found.valid,
        signed: found.signed,
        verified: None,
        page: None,
        stands: None,
        errors: found.errors.into_iter().map(fault).collect(),
        warnings: found.warnings.into_iter().map(fault).collect(),
    };
    if all.valid && all.kind == Kind::Bundle {
        make_again(&opened, &mut all, progress)?;
    }
    Ok(all)
}

/// Makes what a valid bundle tells of its history again from that history, and compares. Whoever changes the claims or
/// the page can write new checksums; but they no longer follow from what was recorded.
fn make_again(
    opened: &files::Opened,
    findings: &mut Findings,
    progress: &dyn Progress,
) -> Result<(), DeskError> {
    let step = |n| progress.at(Doing::Comparing, n, 3);
    step(0)?;
    let incoming = bundle::read_verified(opened.handed())?;
    step(1)?;
    let texts: HashMap<Digest, &str> = incoming.texts.iter().map(|(d, t)| (*d, t.as_str())).collect();
    let text = |digest: &Digest| {
        let known = texts.get(digest).map(|t| (*t).to_owned());
        known.ok_or_else(|| DeskError::refused(format!("the bundle holds no text {digest}")))
    };
    let bundle::Terms { policy, since, rules } = incoming.terms()?;
    let told = policy.is_some();
    let terms = Terms { policy: policy.unwrap_or_default(), since, rules };
    let dossier = fold(incoming.article, incoming.log.clone(), terms, text, &incoming)?;
    step(2)?;
    let same_program = incoming.agent()? == bundle::agent();
    let bundle::Rebuilt { payload: made, info } = bundle::rebuild(&dossier)?;
    for (path, digest) in made.iter().filter_map(|(path, digest)| Some((path, (*digest)?))) {
        if incoming.sum(path).ok() == Some(digest) {
            continue;
        }
        if same_program {
            findings.errors.push(unfounded(path, "it does not follow from the history"));
        } else {
            let why = "another version of Tickmark wrote it, so it is not known whether it follows from the history";
            findings.warnings.push(unfounded(path, why));
        }
    }
    let page = bundle::paths::PAGE;
    findings.page =
        Some(made.get(page).copied().flatten().is_some_and(|d| incoming.sum(page).ok() == Some(d)));
    let stray = incoming.payload().filter(|p| !made.contains_key(*p));
    let stray: Vec<Fault> = stray.map(|p| unfounded(p, "the history does not mention it")).collect();
    if same_program {
        findings.errors.extend(stray);
        if incoming.info_unsigned()? != info {
            findings.errors.push(unfounded("bag-info.txt", "what it says does not follow from the history"));
        }
        if incoming.folder().is_some_and(|f| f != bundle::offered_name(&dossier)) {
            findings.errors.push(unfounded("", "the name of its folder does not follow from the history"));
        }
    } else {
        findings.warnings.extend(stray);
    }
    findings.valid = findings.errors.is_empty();
    findings.stands = Some((incoming.article, incoming.newest()));
    // It follows from the history by the rules of this version, whatever a page of another version says.
    findings.verified = Some(dossier.verified).filter(|_| told && findings.valid);
    Ok(())
}

fn unfounded(path: &str, why: &str) -> Fault {
    let path = Some(path.to_owned()).filter(|p| !p.is_empty());
    Fault { code: "contents".into(), path, message: why.into() }
}

/// Brings a bundle in from a file or folder; it is verified first. `decide` says what stands where it and the desk
/// changed the same sentence.
pub fn import_bundle_from(
    desk: &mut Desk,
    path: &Path,
    trust: bool,
    decide: impl Fn(usize) -> Option<Decision>,
) -> Result<ImportOutcome, DeskError> {
    read_in(desk, path, (trust, None), decide)
}

/// The same with what a person decided on a merge whose newest revision here was `seen`. Refused where that is no longer the
/// newest.
pub fn join_from(
    desk: &mut Desk,
    path: &Path,
    seen: RevisionId,
    decide: impl Fn(usize) -> Option<Decision>,
) -> Result<ImportOutcome, DeskError> {
    read_in(desk, path, (false, Some(seen)), decide)
}

fn read_in(
    desk: &mut Desk,
    path: &Path,
    how: (bool, Option<RevisionId>),
    decide: impl Fn(usize) -> Option<Decision>,
) -> Result<ImportOutcome, DeskError> {
    let (opened, progress) = (files::open(path)?, desk.progress());
    let watched = Watched::new(opened.handed(), &*progress);
    let incoming = bundle::read(watched.handed());
    watched.finished()?;
    desk.import_bundle(incoming?, how, decide)
}

/// The article of a bundle that was found valid just now.
pub fn article_in(path: &Path) -> Result<ArticleId, DeskError> {
    let opened = files::open(path)?;
    Ok(bundle::read_verified(opened.handed())?.article)
}
