//! What goes out, and what comes back: the dossier of an article, and bundles brought in.

use super::{
    Desk, DeskError, Done, Judge, Me, Open, Reading,
    gate::gate,
    read::{live, not_found},
};
use crate::{
    files,
    formats::bundle,
    model::{
        ActionKind, ArticleId, Blobs, ClaimView, Digest, Dossier, EvidenceId, Fact, Import, Logged, PersonId,
        Picture, Policy, RevisionId, SourceId, State, Thread,
    },
    store::{NumberKind, Wanted},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::Read,
    ops::ControlFlow,
    path::Path,
    sync::Arc,
};

/// What an export would leave open, and what it would tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportView {
    /// The file name that is offered.
    pub name: String,
    /// What is still open.
    pub open: Vec<Open>,
    /// Where a withheld name occurs in what would go out.
    pub warnings: Vec<String>,
    /// How many sources are withheld.
    pub withheld: usize,
}

/// An article that came in with a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Which.
    pub article: ArticleId,
    /// How many actions were new to this desk.
    pub actions: usize,
}

impl Desk {
    /// Writes an article's bundle to `path`, whole or not at all, signed with the key of whoever works. Nobody signs it
    /// where nobody the desk knows works, or where `unsigned` is asked for.
    pub fn export(&self, article: ArticleId, path: &Path, unsigned: bool) -> Result<(), DeskError> {
        let dossier = self.dossier(article)?;
        bundle::sound(&dossier.log)?;
        let mine = if unsigned { None } else { self.my_key()? };
        let signer = mine.as_ref().map(|(me, key)| bundle::Signer { name: &me.name, key });
        files::write_atomically(path, |out| {
            bundle::write(&dossier, signer.as_ref(), out, &mut |_| ControlFlow::Continue(()))
                .map_err(DeskError::from)
        })?;
        Ok(())
    }

    /// What an export would leave open, and what it would tell.
    pub fn export_view(&self, article: ArticleId) -> Result<ExportView, DeskError> {
        let reading = self.read(article, None)?;
        let dossier = self.dossier(article)?;
        let withheld: Vec<_> =
            reading.picture.sources.values().filter(|s| s.value.withhold).map(|s| &s.value).collect();
        let names =
            withheld.iter().flat_map(|s| [&s.title].into_iter().chain(&s.authors).chain(&s.publisher));
        let warnings = names.filter(|n| n.chars().count() > 2).flat_map(|n| told(&dossier, n)).collect();
        let used = |s: SourceId| {
            reading.picture.claims.iter().flat_map(|c| &c.evidence).any(|e| e.evidence.source == s)
        };
        let withheld = withheld.iter().filter(|s| used(s.source)).count();
        Ok(ExportView {
            name: bundle::offered_name(&dossier),
            open: self.gate(article)?.open,
            warnings,
            withheld,
        })
    }

    /// Everything about one article, with what is withheld or was undone already closed.
    pub fn dossier(&self, article: ArticleId) -> Result<Dossier<'_>, DeskError> {
        let own = self.store.log(Thread::Article(article), &Wanted::All)?;
        if !own.iter().any(|l| l.live) {
            return Err(not_found("article", article, "'articles'"));
        }
        let shared = self.shared()?;
        let sources: BTreeSet<SourceId> = evidence(&own).map(|e| e.source).collect();
        let withheld: BTreeSet<SourceId> = sources
            .iter()
            .copied()
            .filter(|s| shared.sources.get(s).is_none_or(|s| s.value.withhold))
            .collect();
        let quoted: BTreeSet<EvidenceId> =
            evidence(&own).filter(|e| withheld.contains(&e.source)).map(|e| e.evidence).collect();
        let mut threads = own;
        for source in &sources {
            threads.extend(self.store.log(Thread::Source(*source), &Wanted::All)?);
        }
        let people: BTreeSet<PersonId> = people(&threads).collect();
        let mut log = Vec::new();
        for person in people {
            log.extend(self.store.log(Thread::Person(person), &Wanted::All)?);
        }
        let (own, rest): (Vec<_>, Vec<_>) =
            threads.into_iter().partition(|l| l.action.thread == Thread::Article(article));
        log.extend(rest.into_iter().chain(own).map(|l| closed(l, &withheld, &quoted)));
        fold(article, log, self.policy()?, |digest| Ok(self.store.text(digest)?), &self.store)
    }

    /// Brings a bundle in. Everything in it was verified when it was read. Refused where both this desk and the bundle
    /// went on with the same article, each in its own way.
    pub fn bring_in(&mut self, incoming: bundle::Incoming) -> Result<Done<Brought>, DeskError> {
        let new = self.unknown(&incoming)?;
        if new.is_empty() {
            return Err(DeskError::NoChange(
                "everything in the bundle is on this desk already; nothing was recorded".into(),
            ));
        }
        self.refuse_diverged(&incoming)?;
        let (article, count) = (incoming.article, new.len());
        let done = self.store.transaction(|| {
            let person = self.who()?;
            let fact = Fact::Import(Import { article, bundle: incoming.digest });
            let done = self.record(ActionKind::BringIn, Thread::Desk, person, |act| Ok(act.record(fact)))?;
            self.take_in(&incoming, &new, &done)?;
            Ok::<_, DeskError>((done, person))
        });
        let (done, person) = done?;
        self.me = Me::Known(person);
        Ok(Done { value: Brought { article, actions: count }, action: done.action, seq: done.seq })
    }

    /// The places in the bundle's log of actions that are new here, or whose import was undone.
    fn unknown(&self, incoming: &bundle::Incoming) -> Result<Vec<usize>, DeskError> {
        let article_here = self.newest(incoming.article).is_ok();
        let mut new = Vec::new();
        for (at, logged) in incoming.log.iter().enumerate() {
            match self.store.is_brought(logged.action.id)? {
                None => new.push(at),
                Some(true) if !article_here => new.push(at),
                Some(_) => {}
            }
        }
        Ok(new)
    }

    fn refuse_diverged(&self, incoming: &bundle::Incoming) -> Result<(), DeskError> {
        let theirs: BTreeSet<_> = incoming.log.iter().map(|l| l.action.id).collect();
        let thread = Thread::Article(incoming.article);
        let ours = self.store.log(thread, &Wanted::AnchorsOf(Vec::new()))?;
        if ours.iter().any(|l| !theirs.contains(&l.action.id)) {
            return Err(DeskError::refused(
                "both this desk and the bundle went on with the same article, each in its own way; this version cannot \
                 join the two. Nothing was changed: bring the bundle in on another desk (--desk) to read it",
            ));
        }
        Ok(())
    }

    fn take_in<T>(
        &self,
        incoming: &bundle::Incoming,
        new: &[usize],
        done: &Done<T>,
    ) -> Result<(), DeskError> {
        let mut base = None;
        for (_, text) in &incoming.texts {
            base = Some(self.store.put_text(text, base)?);
        }
        for digest in incoming.files.keys() {
            self.take_file(incoming, digest)?;
        }
        for &at in new {
            let logged = &incoming.log[at];
            if self.store.is_brought(logged.action.id)?.is_none() {
                self.store.add(&logged.action, &logged.facts)?;
            }
            self.store.brought(logged.action.id, done.action)?;
            for fact in logged.facts.iter().filter_map(|f| f.fact()) {
                self.number(incoming.article, fact)?;
            }
        }
        Ok(())
    }

    fn take_file(&self, incoming: &bundle::Incoming, digest: &Digest) -> Result<(), DeskError> {
        let failed =
            |e: std::io::Error| DeskError::refused(format!("reading a file of the bundle failed: {e}"));
        let mut bytes = Vec::new();
        if let Some(mut file) = incoming.open(digest).map_err(failed)? {
            file.read_to_end(&mut bytes).map_err(failed)?;
            self.store.put_blob(&bytes)?;
        }
        Ok(())
    }

    /// Gives what a fact speaks of its number on this desk.
    fn number(&self, article: ArticleId, fact: &Fact) -> Result<(), DeskError> {
        let (kind, entity) = match fact {
            Fact::Article(f) => (NumberKind::Article, f.article.0),
            Fact::Revision(f) => (NumberKind::Revision(article.0), f.revision.0),
            Fact::Claim(f) => (NumberKind::Claim, f.claim.0),
            Fact::Source(f) => (NumberKind::Source, f.source.0),
            Fact::Query(f) => (NumberKind::Query, f.query.0),
            Fact::Person(_)
            | Fact::Archived(_)
            | Fact::Known(_)
            | Fact::Anchors(_)
            | Fact::Evidence(_)
            | Fact::Passage(_)
            | Fact::Verdict(_)
            | Fact::Waved(_)
            | Fact::SignOff(_)
            | Fact::Policy(_)
            | Fact::Scale(..)
            | Fact::Answer(_)
            | Fact::Resolution(_)
            | Fact::Redaction(_)
            | Fact::Import(_) => return Ok(()),
        };
        self.store.give_number(kind, entity)?;
        Ok(())
    }
}

/// The dossier of an article's log, held against `policy`, with the texts its revisions name and the files read from `blobs`.
pub(super) fn fold<'b>(
    article: ArticleId,
    log: Vec<Logged>,
    policy: Policy,
    text_of: impl Fn(&Digest) -> Result<String, DeskError>,
    blobs: &'b dyn Blobs,
) -> Result<Dossier<'b>, DeskError> {
    let picture = Picture::of(live(&log));
    let mut texts = HashMap::new();
    for r in &picture.revisions {
        texts.insert(r.id, text_of(&r.revision.text)?);
    }
    let newest = picture.newest().cloned().ok_or_else(|| not_found("article", article, "'articles'"))?;
    let text = texts.get(&newest.id).cloned().unwrap_or_default();
    let reading =
        Reading { article, picture: Arc::new(picture.clone()), revision: newest, text, newest: true };
    let last = |c: &ClaimView| Ok(last_words(&reading.picture, &texts, c));
    let verified = gate(&reading, policy, last)?.told();
    let judge = Judge::new(&reading);
    let judged: BTreeMap<_, _> = picture.live_claims().map(|c| (c.id, judge.judge(c))).collect();
    Ok(Dossier { article, texts, judged, verified, log, blobs, picture })
}

/// The words a claim had in the last revision it stood in.
fn last_words(picture: &Picture, texts: &HashMap<RevisionId, String>, claim: &ClaimView) -> String {
    let mut stood = picture.revisions.iter().rev().filter_map(|r| {
        let spans = &picture.anchor(r.id, claim.id)?.spans;
        texts
            .get(&r.id)
            .filter(|_| !spans.is_empty())
            .map(|text| crate::anchor::quote(text, spans).join(" … "))
    });
    stood.next().unwrap_or_default()
}

fn evidence(log: &[Logged]) -> impl Iterator<Item = &crate::model::Evidence> {
    log.iter().flat_map(|l| &l.facts).filter_map(|f| match f.fact() {
        Some(Fact::Evidence(e)) => Some(e),
        _ => None,
    })
}

fn people(log: &[Logged]) -> impl Iterator<Item = PersonId> {
    let handed = log.iter().flat_map(|l| &l.facts).filter_map(|f| match f.fact() {
        Some(Fact::Claim(c)) => c.assignee,
        _ => None,
    });
    log.iter().map(|l| l.action.person).chain(handed)
}

/// The action with those of its facts closed that do not go out.
fn closed(mut logged: Logged, withheld: &BTreeSet<SourceId>, quoted: &BTreeSet<EvidenceId>) -> Logged {
    let (live, thread) = (logged.live, logged.action.thread);
    for recorded in &mut logged.facts {
        let keep_back = match recorded.fact() {
            Some(Fact::Passage(p)) => quoted.contains(&p.evidence),
            _ => matches!(thread, Thread::Source(s) if withheld.contains(&s)),
        };
        if keep_back || !live {
            recorded.state = State::Closed;
            recorded.replaces.clear();
        }
    }
    logged
}

/// The places in a dossier where a withheld name is told all the same.
fn told(dossier: &Dossier, name: &str) -> Vec<String> {
    let needle = name.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&needle);
    let picture = &dossier.picture;
    let mut all = Vec::new();
    for claim in &picture.claims {
        let quote = dossier.judged.get(&claim.id).map(|j| j.quote.join(" … ")).unwrap_or_default();
        let words = claim.claim.assertion.as_ref().unwrap_or(&quote);
        if claim.verdicts.iter().any(|v| has(&v.verdict.rationale)) {
            all.push(format!("The withheld name “{name}” occurs in a rationale on “{words}”"));
        }
        if claim
            .evidence
            .iter()
            .filter_map(|e| e.passage.as_ref())
            .any(|p| p.value.note.as_deref().is_some_and(has))
        {
            all.push(format!("The withheld name “{name}” occurs in a note on the evidence of “{words}”"));
        }
    }
    let asked =
        |q: &crate::model::QueryView| has(&q.query.text) || q.answers.iter().any(|a| has(&a.value.text));
    all.extend(
        picture
            .queries
            .iter()
            .filter(|q| asked(q))
            .map(|_| format!("The withheld name “{name}” occurs in a query")),
    );
    let noted = picture.waved.iter().filter_map(|w| w.value.note.as_deref());
    let agreed = picture.claims.iter().flat_map(|c| &c.sign_offs).filter_map(|s| s.value.note.as_deref());
    let notes = noted.chain(agreed).filter(|n| has(n));
    all.extend(
        notes.map(|_| {
            format!("The withheld name “{name}” occurs in the note of a sign-off or a waved sentence")
        }),
    );
    let old = picture.revisions.iter().filter(|r| dossier.texts.get(&r.id).is_some_and(|t| has(t))).count();
    if old > 0 {
        all.push(format!("The withheld name “{name}” occurs in the text of {old} revisions"));
    }
    all
}
