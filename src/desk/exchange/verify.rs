//! Verifying files of all supported kinds, and importing a bundle: everything that reads files of other people.

use crate::desk::{
    Desk, DeskError, ImportOutcome,
    history::dossier::{Terms, build_dossier},
};
use crate::{
    files,
    formats::{
        bundle,
        validate::{
            findings::{self, Code, Kind, Signed},
            validate,
        },
    },
    messages::{Language, Message, message},
    model::{ArticleId, Digest, Doing, Moment, Progress, RevisionId, Verified, Watched},
    text::Decision,
};
use std::{collections::HashMap, path::Path};

/// The result of verifying a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// What kind of file it is.
    pub kind: Kind,
    /// Whether it has everything that it lists or that its standard requires.
    pub complete: bool,
    /// Whether it is complete and correct: every checksum matches, and every field follows its standard.
    pub valid: bool,
    /// Who signed it. Only bundles of Tickmark are signed.
    pub signed: Signed,
    /// Whether the article counted as verified by the requirements of its desk, if the bundle states them and the result
    /// follows from the history.
    pub verified: Option<Verified>,
    /// Whether the bundle itself states that its article counted as verified, by the rules of the version that wrote it.
    pub stated_verified: Option<bool>,
    /// For a valid bundle of Tickmark: whether its page follows from the history.
    pub page: Option<bool>,
    /// For a valid bundle of Tickmark: its article, and the time of its newest action.
    pub newest_action: Option<(ArticleId, Moment)>,
    /// Each fault.
    pub errors: Vec<Fault>,
    /// What is unusual but not a fault.
    pub warnings: Vec<Fault>,
}

/// One fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its kind.
    pub code: Code,
    /// The file or field that it is about.
    pub path: Option<String>,
    /// What is wrong.
    pub message: Message,
}

/// Verifies any file or folder: a bag, a bundle, a web archive, annotations, reviews. Needs no desk. Fails if the kind is
/// not supported, or if `progress` stops it.
pub fn verify(path: &Path, progress: &dyn Progress) -> Result<Findings, DeskError> {
    let opened = files::open(path)?;
    let watched = Watched::new(opened.handed(), progress);
    let found = validate(watched.handed());
    watched.finished()?;
    let found = found.map_err(|e| {
        DeskError::refused(message!("refused_verify", path = path.display().to_string(), why = e.message()))
    })?;
    let fault = |f: findings::Fault| Fault {
        code: f.code,
        path: Some(f.path).filter(|p| !p.is_empty()),
        message: f.message,
    };
    let mut all = Findings {
        kind: found.kind,
        complete: found.complete,
        valid: found.valid,
        signed: found.signed,
        verified: None,
        stated_verified: None,
        page: None,
        newest_action: None,
        errors: found.errors.into_iter().map(fault).collect(),
        warnings: found.warnings.into_iter().map(fault).collect(),
    };
    if all.valid && all.kind == Kind::Bundle {
        compare_with_history(&opened, &mut all, progress)?;
    }
    Ok(all)
}

/// Rebuilds the contents of a valid bundle from its history and compares. Somebody can change the claims or the page and
/// write new checksums, but then the contents no longer follow from the history.
fn compare_with_history(
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
        known.ok_or_else(|| {
            DeskError::refused(message!("refused_bundle_text_missing", digest = digest.to_string()))
        })
    };
    let bundle::Terms { policy, since, rules, language: named } = incoming.terms()?;
    let language = named.parse::<Language>();
    let states_policy = policy.is_some();
    let terms = Terms {
        policy: policy.unwrap_or_default(),
        since,
        rules,
        language: language.clone().unwrap_or_default(),
    };
    let dossier = build_dossier(incoming.article, incoming.log.clone(), terms, text, &incoming)?;
    step(2)?;
    let same_program = incoming.agent()? == bundle::agent();
    let bundle::Rebuilt { payload: made, claims_without_words, info } = bundle::rebuild(&dossier)?;
    for (path, digest) in made.iter().filter_map(|(path, digest)| Some((path, (*digest)?))) {
        if incoming.sum(path).ok() == Some(digest) {
            continue;
        }
        if same_program && language.is_err() && has_words(path) {
            match path == bundle::paths::CLAIMS && incoming.claims_without_words()? != claims_without_words {
                true => findings.errors.push(contents_fault(path, message!("verify_other"))),
                false => findings.warnings.push(contents_fault(path, not_compared(&named))),
            }
        } else if same_program {
            findings.errors.push(contents_fault(path, message!("verify_other")));
        } else {
            findings.warnings.push(contents_fault(path, message!("verify_other_version")));
        }
    }
    let page = bundle::paths::PAGE;
    findings.page =
        Some(made.get(page).copied().flatten().is_some_and(|d| incoming.sum(page).ok() == Some(d)));
    let stray = incoming.payload().filter(|p| !made.contains_key(*p));
    let stray: Vec<Fault> = stray.map(|p| contents_fault(p, message!("bundle_unmentioned"))).collect();
    if same_program {
        findings.errors.extend(stray);
        let compared = |info: String| if language.is_ok() { info } else { without_size(&info) };
        if compared(incoming.info_unsigned()?) != compared(info) {
            findings.errors.push(contents_fault("bag-info.txt", message!("verify_info")));
        }
        if incoming.folder().is_some_and(|f| f != bundle::folder_name(&dossier)) {
            findings.errors.push(contents_fault("", message!("verify_folder")));
        }
    } else {
        findings.warnings.extend(stray);
    }
    findings.valid = findings.errors.is_empty();
    findings.newest_action = Some((incoming.article, incoming.newest()));
    // The result follows from the history by the rules of this version, even if a page of another version says something
    // else.
    let stated = incoming.says_verified()?.starts_with("yes");
    findings.stated_verified = Some(stated).filter(|_| states_policy && findings.valid);
    findings.verified = Some(dossier.verified).filter(|_| states_policy && findings.valid);
    Ok(())
}

/// The lines of `bag-info.txt` without the size of the payload, which depends on the words.
fn without_size(info: &str) -> String {
    info.lines().filter(|l| !l.starts_with("Payload-Oxum:")).collect::<Vec<_>>().join("\n")
}

/// Whether a file of a bundle has words that are made of messages.
fn has_words(path: &str) -> bool {
    use bundle::paths::{CLAIMS, CRATE, LEDGER, PAGE};
    [CLAIMS, CRATE, LEDGER, PAGE].contains(&path)
}

fn not_compared(language: &str) -> Message {
    message!("verify_not_compared", language = language)
}

fn contents_fault(path: &str, message: Message) -> Fault {
    let path = Some(path.to_owned()).filter(|p| !p.is_empty());
    Fault { code: Code::Contents, path, message }
}

/// Verifies a bundle in a file or folder and imports it. `decide` decides each conflict where the bundle and the desk
/// changed the same sentence.
pub fn import_bundle_from(
    desk: &mut Desk,
    path: &Path,
    trust: bool,
    decide: impl Fn(usize) -> Option<Decision>,
) -> Result<ImportOutcome, DeskError> {
    read_and_import(desk, path, (trust, None), decide)
}

/// The same with a person's decisions on a merge. `seen` is the newest revision here when they decided. Refused if it is
/// no longer the newest.
pub fn import_decided_bundle(
    desk: &mut Desk,
    path: &Path,
    seen: RevisionId,
    decide: impl Fn(usize) -> Option<Decision>,
) -> Result<ImportOutcome, DeskError> {
    read_and_import(desk, path, (false, Some(seen)), decide)
}

fn read_and_import(
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

/// The article of a bundle that was just verified as valid.
pub fn article_in(path: &Path) -> Result<ArticleId, DeskError> {
    let opened = files::open(path)?;
    Ok(bundle::read_verified(opened.handed())?.article)
}
