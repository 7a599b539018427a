//! Redaction: a person erases the content of a fact. Its digest stays, and the person's name is recorded.

use crate::desk::{
    Desk, DeskError, Done,
    act::Act,
    claims::mark::non_blank,
    error::{Missing, not_found},
};
use crate::{
    files::FileStore,
    formats::article::foreign,
    messages::message,
    model::{
        Action, ActionKind, ArticleId, Chain, ContentRef, Digest, Fact, FactId, Recorded, Redaction,
        RevisionId, Stamp,
    },
    store::{Access, Tx, Wanted},
    text::{sentences_in, words},
};
use std::{
    collections::HashSet,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

/// How long others wait at most while the write-ahead log is emptied.
const SHORT_WAIT: Duration = Duration::from_millis(250);

impl Desk {
    /// Erases the content of a recorded fact. A revision loses its text, a revision of the import also the imported bytes. A
    /// source loses its files, also from the automatic backups if they are over 64 KiB. It cannot be undone. Older
    /// backups still have everything else that was erased. Refused for people, the article itself, the newest revision
    /// and redactions, because other facts depend on them.
    pub fn redact(&mut self, fact: FactId, why: Option<String>) -> Result<Done<()>, DeskError> {
        let done = self.transact(Access::Write, |desk| {
            let done = desk.record_redaction(fact, why)?;
            desk.store.write(|tx| tx.compact_words())?;
            Ok::<_, DeskError>(done)
        })?;
        self.erase_rest()?;
        Ok(done)
    }

    /// The action that recorded a fact, and when and by whom.
    pub fn recorded_with(&self, fact: FactId) -> Result<(Action, Stamp), DeskError> {
        let found = self.store.action_of_fact(fact)?;
        let (action, _) = found.ok_or_else(|| not_found(Missing::Fact, fact))?;
        let stamp = Stamp { action: action.id, fact, by: action.person, at: action.at };
        Ok((action, stamp))
    }

    /// Whether the last action that a person recorded in this file is a redaction. What went out is no action to undo.
    pub fn ends_with_redaction(&self) -> Result<bool, DeskError> {
        Ok(self.store.last_here()?.is_some_and(|last| last.kind == ActionKind::Redact))
    }

    fn record_redaction(&mut self, fact: FactId, why: Option<String>) -> Result<Done<()>, DeskError> {
        let missing = || not_found(Missing::Fact, fact);
        let (home, _) = self.store.action_of_fact(fact)?.ok_or_else(missing)?;
        let recorded = self.store.fact(fact)?.ok_or_else(missing)?;
        let Some(content) = recorded.fact().cloned() else {
            return Err(DeskError::NoChange(message!("unchanged_redaction")));
        };
        self.refuse_if_needed(&content, home.chain)?;
        let words = self.erased_sentences(&content)?;
        self.refuse_if_drafted(&content, &words)?;
        let stays = match home.chain {
            Chain::Article(article) => self.newest_text(article)?,
            Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => Arc::default(),
        };
        let replaced = recorded.replaces.clone();
        let redaction = Fact::Redaction(Redaction { fact, why: non_blank(why), replaced });
        let record = |act: &mut Act| {
            act.record(redaction);
            Ok(())
        };
        self.act_then(ActionKind::Redact, home.chain, record, |tx| {
            erase(tx, fact, &content)?;
            forget_drafts(tx, &content, &words)?;
            crate::desk::claims::unsent_forms::forget_forms(tx, &content, &words, &stays)
        })
    }

    /// Erases here what somebody else redacted. Its redaction is recorded in the same transaction.
    pub(in crate::desk) fn erase_too(&self, tx: &Tx, fact: FactId) -> Result<(), DeskError> {
        let Some(recorded) = tx.fact(fact)? else { return Ok(()) };
        let Some(content) = recorded.fact() else { return Ok(()) };
        let words = self.erased_sentences(content)?;
        erase(tx, fact, content)?;
        // It was read for its sentences.
        self.cache.borrow_mut().clear();
        forget_drafts(tx, content, &words)?;
        crate::desk::claims::unsent_forms::forget_forms(tx, content, &words, "")
    }

    /// Removes the rest of what was erased, once that is committed.
    pub(in crate::desk) fn erase_rest(&self) -> Result<(), DeskError> {
        self.cache.borrow_mut().clear();
        self.finish_erasing()
            .map_err(|why| DeskError::refused(message!("refused_erased_file_left", why = why.to_string())))?;
        self.leave_no_trace(SHORT_WAIT)
    }

    /// The sentences that are erased with a revision: those that the newest text does not have.
    fn erased_sentences(&self, content: &Fact) -> Result<Vec<String>, DeskError> {
        let Fact::Revision(r) = content else { return Ok(Vec::new()) };
        let Ok(text) = self.store.text(&r.text) else { return Ok(Vec::new()) };
        let newest = self.newest_text(r.article)?;
        let sentences = sentences_in(&text, None).into_iter().filter_map(|s| s.of(&text)).map(str::trim);
        Ok(sentences.filter(|s| !s.is_empty() && !newest.contains(*s)).map(Into::into).collect())
    }

    /// The text of the newest revision; empty where the article was undone.
    fn newest_text(&self, article: ArticleId) -> Result<Arc<str>, DeskError> {
        Ok(self.live_reading(article)?.map(|reading| reading.text).unwrap_or_default())
    }

    /// Refuses while a draft contains words to be erased, because its author decides whether to save or discard it. A
    /// draft that equals the erased text, as the undo of a save leaves it, is erased too.
    fn refuse_if_drafted(&self, content: &Fact, words: &[String]) -> Result<(), DeskError> {
        let Fact::Revision(r) = content else { return Ok(()) };
        let Some(draft) = self.store.draft(r.article)? else { return Ok(()) };
        let same = Digest::of(draft.text.as_bytes()) == r.text;
        match !same && shares_words(&draft.text, words, &self.newest_text(r.article)?) {
            true => Err(DeskError::refused(message!(
                "refused_redact_draft",
                article = self.number_of(r.article.0)?
            ))),
            false => Ok(()),
        }
    }

    /// Removes the bytes of erased files from the desk's folder and from the folders of its automatic backups, under the
    /// write lock. It runs once the redaction is recorded and at each opening, so a program that was stopped in between
    /// leaves nothing behind. While the second place for backups cannot be reached, the files stay on the list.
    pub(in crate::desk) fn finish_erasing(&self) -> Result<(), DeskError> {
        if self.store.is_in_transaction() || self.store.erased_beside()?.is_empty() {
            return Ok(());
        }
        self.store.write(|tx| {
            let (backups, all_reached) = self.backup_file_stores()?;
            for digest in tx.erased_beside()? {
                let all: Vec<&FileStore> = [&self.file_store].into_iter().chain(&backups).collect();
                FileStore::erase(&all, &digest)?;
                if all_reached {
                    tx.forget_erased(&digest)?;
                }
            }
            Ok(())
        })
    }

    fn refuse_if_needed(&self, content: &Fact, chain: Chain) -> Result<(), DeskError> {
        let newest = match chain {
            Chain::Article(article) => self.newest(article).ok(),
            Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
        };
        let needed = |r: RevisionId| newest == Some(r);
        match content {
            Fact::Person(_) | Fact::Article(_) | Fact::Redaction(_) | Fact::Import(_) => {
                Err(DeskError::refused(message!("refused_redact_fact")))
            }
            Fact::Revision(r) if needed(r.revision) => {
                Err(DeskError::refused(message!("refused_redact_newest")))
            }
            Fact::Revision(_)
            | Fact::InfoAt(_)
            | Fact::Claim(_)
            | Fact::Anchors(_)
            | Fact::Source(_)
            | Fact::Evidence(_)
            | Fact::Passage(_)
            | Fact::Verdict(_)
            | Fact::Exemption(_)
            | Fact::SignOff(_)
            | Fact::Policy(_)
            | Fact::EvidenceScope(_)
            | Fact::Workflow(_)
            | Fact::Published(_)
            | Fact::Interview(_)
            | Fact::Contact(_)
            | Fact::Scale(..)
            | Fact::Query(_)
            | Fact::Answer(_)
            | Fact::Resolution(_)
            | Fact::Suggestion(_)
            | Fact::Decision(_)
            | Fact::SuggestionAnchors(_)
            | Fact::FileAuthor(_)
            | Fact::Picture(_)
            | Fact::Archived(_) => Ok(()),
        }
    }
}

/// Removes drafts and reviewed files that contain erased words: the draft that equals the erased text, a draft that
/// cannot be read, and files that were reviewed but not imported. The person who chose such a file still has it.
fn forget_drafts(tx: &Tx, content: &Fact, words: &[String]) -> Result<(), DeskError> {
    let erased: Vec<Digest> = content.content_refs().iter().map(ContentRef::digest).collect();
    if let Fact::Revision(r) = content
        && tx.draft(r.article)?.is_none_or(|d| Digest::of(d.text.as_bytes()) == r.text)
    {
        tx.drop_draft(r.article)?;
    }
    for id in tx.import_drafts()? {
        let draft = tx.import_draft(id)?;
        let holds =
            |bytes: &[u8]| erased.contains(&Digest::of(bytes)) || words.iter().any(|w| occur_in(bytes, w));
        // In a document the words may be packed or apart, so they are not found in its bytes.
        let hides = |bytes: &[u8]| !words.is_empty() && foreign::kind_of(bytes).is_some();
        if draft.is_none_or(|d| holds(&d.bytes) || hides(&d.bytes)) {
            tx.drop_import(id)?;
        }
    }
    Ok(())
}

/// Whether a text has an erased word that the newest text does not have. Its author may have continued typing in the
/// erased sentences.
fn shares_words(text: &str, erased: &[String], newest: &str) -> bool {
    let all = |text: &str| {
        words(text).into_iter().filter_map(|w| w.of(text)).map(str::to_lowercase).collect::<HashSet<_>>()
    };
    let (here, stays) = (all(text), all(newest));
    erased
        .iter()
        .flat_map(|sentence| all(sentence))
        .any(|word| here.contains(&word) && !stays.contains(&word))
}

/// Whether bytes contain the words, even if lines break elsewhere or the bytes are not UTF-8.
fn occur_in(bytes: &[u8], words: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    plain(&String::from_utf8_lossy(bytes)).contains(&plain(words))
}

/// Erases the content, and the text and files that no other recorded fact names. Another revision with the same words has
/// to be redacted on its own. The imported bytes contain the words of all revisions of the import and are erased with any of them.
fn erase(tx: &Tx, fact: FactId, content: &Fact) -> Result<(), DeskError> {
    tx.erase(fact)?;
    let (mut held, mut gone) = (content.content_refs(), None);
    if let Fact::Revision(r) = content
        && imported(tx, Chain::Article(r.article))?.iter().any(|f| f.id == fact)
    {
        held.extend(original_of(tx, Chain::Article(r.article))?);
        gone = Some(r.article);
    }
    for held in held {
        if is_named(tx, &held.digest(), gone)? {
            continue;
        }
        match held {
            ContentRef::Text(digest) => tx.erase_text(&digest)?,
            ContentRef::File(digest) => tx.erase_blob(&digest)?,
        }
    }
    Ok(())
}

/// The bytes an article came as.
fn original_of(tx: &Tx, article: Chain) -> Result<Vec<ContentRef>, DeskError> {
    let log = tx.log(article, &Wanted::AnchorsOf(Vec::new()))?;
    let mut facts = log.iter().flat_map(|l| &l.facts).filter_map(|f| f.fact());
    Ok(facts.find(|f| matches!(f, Fact::Article(_))).map(Fact::content_refs).unwrap_or_default())
}

/// The facts of the action that an article was imported with.
fn imported(tx: &Tx, article: Chain) -> Result<Vec<Recorded>, DeskError> {
    let log = tx.log(article, &Wanted::AnchorsOf(Vec::new()))?;
    let of_import = log.into_iter().filter(|l| l.action.kind == ActionKind::Import);
    Ok(of_import.flat_map(|l| l.facts).collect())
}

/// Whether a recorded fact, undone or not, names the text or file. The original of an article counts only while its first
/// revision has its words, and not for the article `gone`, whose imported words are erased now.
fn is_named(tx: &Tx, digest: &Digest, gone: Option<ArticleId>) -> Result<bool, DeskError> {
    for holder in tx.holders(digest)? {
        match tx.fact(holder)?.as_ref().and_then(|f| f.fact()) {
            Some(Fact::Article(a))
                if gone == Some(a.article) || !has_first_words(tx, Chain::Article(a.article))? => {}
            Some(_) => return Ok(true),
            None => {}
        }
    }
    Ok(false)
}

fn has_first_words(tx: &Tx, article: Chain) -> Result<bool, DeskError> {
    let log = tx.log(article, &Wanted::AnchorsOf(Vec::new()))?;
    let mut facts = log.iter().flat_map(|l| &l.facts).filter_map(|f| f.fact());
    Ok(facts.any(|f| matches!(f, Fact::Revision(r) if r.parents.is_empty())))
}

impl Desk {
    /// Removes all redacted content from the write-ahead log. While somebody reads an older state this fails, and it has
    /// to be tried again: see [`Desk::has_traces`]. Nobody can write for up to `patience`.
    pub fn leave_no_trace(&self, patience: Duration) -> Result<(), DeskError> {
        let emptied = self.store.empty_log(patience)?;
        self.shared.traces.store(!emptied, Ordering::Relaxed);
        Ok(())
    }

    /// Whether the write-ahead log may still contain content that was redacted by this program.
    pub fn has_traces(&self) -> bool {
        self.shared.traces.load(Ordering::Relaxed)
    }
}
