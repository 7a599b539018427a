//! Sources that the article's own file offers: the addresses of its links and notes, for the claims of the sentence each is in.
//! Nothing of this is recorded until a person takes it. The links are read again from the imported bytes, which the desk stores, and
//! from the text.

use crate::desk::{
    Desk, DeskError, Done, Me, PassageText, Reading, SourceChange, articles::import_text::with_markdown,
    claims::sources::title_key, read_article,
};
use crate::{
    anchor::{carry, link_targets},
    messages::message,
    model::{
        ActionKind, ArticleId, Blobs, Chain, ClaimId, Evidence, EvidenceId, Fact, FileKind, FileLink,
        Original, Proposal, ReadOptions, RevisionId, Source, SourceId, SourceKind, Stance,
    },
    text::{Span, sentences_in},
};
use std::{collections::HashMap, io::Read};

/// The most bytes of an imported file that are read again.
const MAX_READ: u64 = 64 << 20;

/// How a link is written in a page.
const HREF: &[u8] = b"href";

/// What the imported file of an article links.
#[derive(Debug, Default)]
pub struct LinkedInFile {
    read: Option<Proposal>,
}

/// A source that the file offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedSource {
    /// The address.
    pub url: String,
    /// The words that are linked.
    pub words: String,
    /// The label of the note that the link is in.
    pub note: Option<String>,
    /// The sentence it is in, in the newest text.
    pub sentence: Span,
    /// The claims of that sentence that do not have this address as evidence yet.
    pub claims: Vec<ClaimId>,
    /// The source of the desk with this address, if the article uses it or it was offered before.
    pub source: Option<SourceId>,
}

impl Desk {
    /// What the file of an article links, for [`Desk::offered_sources`]. Reading a file can take long, so it is read before a command
    /// takes the write lock. A file that cannot be read again, or was erased, links nothing.
    pub fn linked_in_file(&self, article: ArticleId) -> Result<LinkedInFile, DeskError> {
        let Some(original) = self.read(article, None)?.state.original.clone() else {
            return Ok(LinkedInFile::default());
        };
        let Some(bytes) = self.original_bytes(&original)? else { return Ok(LinkedInFile::default()) };
        let options = with_markdown(&original.name, &ReadOptions::default());
        let as_told = self.read_again(&bytes, &options)?;
        // Formatted text that was pasted is a part of a page, though nothing in it may say so.
        let is_text = as_told.as_ref().is_some_and(|r| r.kind == FileKind::Text);
        if !is_text || !bytes.windows(HREF.len()).any(|w| w.eq_ignore_ascii_case(HREF)) {
            return Ok(LinkedInFile { read: as_told });
        }
        let as_page = ReadOptions { kind: Some(FileKind::Html), ..options };
        Ok(LinkedInFile { read: self.read_again(&bytes, &as_page)? })
    }

    /// The bytes of an imported file; none if it was erased or is too long.
    fn original_bytes(&self, original: &Original) -> Result<Option<Vec<u8>>, DeskError> {
        let failed =
            |e: std::io::Error| DeskError::refused(message!("refused_original", why = e.to_string()));
        let Some(from) = Blobs::open(self, &original.digest).map_err(failed)? else { return Ok(None) };
        let mut bytes = Vec::new();
        from.take(MAX_READ + 1).read_to_end(&mut bytes).map_err(failed)?;
        Ok((bytes.len() as u64 <= MAX_READ).then_some(bytes))
    }

    /// The article in some bytes; none if they cannot be read.
    fn read_again(&self, bytes: &[u8], options: &ReadOptions) -> Result<Option<Proposal>, DeskError> {
        match read_article(bytes, options, &*self.progress()) {
            Err(e) if e.is_cancelled() => Err(e),
            read => Ok(read.ok()),
        }
    }

    /// The sources that the article's file offers for sentences of the newest text, in text order. `file` is what the file links.
    pub fn offered_sources(
        &self,
        article: ArticleId,
        file: &LinkedInFile,
    ) -> Result<Vec<OfferedSource>, DeskError> {
        let newest = self.read(article, None)?;
        let sentences = sentences_in(&newest.text, newest.language());
        let mut offers: Vec<OfferedSource> = Vec::new();
        for (link, place) in links_of(file, &newest) {
            let sentence = sentences.iter().find(|s| s.overlaps(&place)).copied();
            let Some(sentence) = sentence else { continue };
            if !offers.iter().any(|o| o.url == link.url && o.sentence == sentence) {
                offers.push(self.offer(&newest, &link, sentence)?);
            }
        }
        offers.sort_by_key(|o| o.sentence);
        Ok(offers)
    }

    /// Attaches offered sources as context to the claims of their sentences, in one action: those with these numbers, from 1, or all.
    /// A source is added where the desk has none with the address. Fails if `seen`, the revision they were listed for, is no longer the
    /// newest.
    pub fn take_offered_sources(
        &mut self,
        article: ArticleId,
        file: &LinkedInFile,
        numbers: Option<&[usize]>,
        seen: Option<RevisionId>,
    ) -> Result<Done<Vec<EvidenceId>>, DeskError> {
        self.read_newest(article, seen)?;
        let offers = self.offered_sources(article, file)?;
        if let Some(wrong) = numbers.into_iter().flatten().find(|n| **n == 0 || **n > offers.len()) {
            return Err(DeskError::refused(message!("refused_no_offer", number = *wrong as i64)));
        }
        let wanted = |n: &usize| numbers.is_none_or(|all| all.contains(n));
        let taken = (1..).zip(offers).filter(|(n, o)| wanted(n) && !o.claims.is_empty());
        let taken: Vec<OfferedSource> = taken.map(|(_, offer)| offer).collect();
        if taken.is_empty() {
            return Err(DeskError::NoChange(message!("unchanged_offers")));
        }
        self.record_offers(article, taken)
    }

    fn record_offers(
        &mut self,
        article: ArticleId,
        taken: Vec<OfferedSource>,
    ) -> Result<Done<Vec<EvidenceId>>, DeskError> {
        let (mut known, mut new): (HashMap<String, SourceId>, Vec<Source>) = Default::default();
        for offer in &taken {
            if let (Some(source), _) | (None, Some(source)) = (offer.source, known.get(&offer.url).copied()) {
                known.insert(offer.url.clone(), source);
                continue;
            }
            let source = SourceId(self.fresh());
            new.push(source_of(offer).into_source(source, Vec::new())?);
            known.insert(offer.url.clone(), source);
        }
        let desk: &Self = self;
        let (done, person) = desk.write(|tx| {
            let person = desk.who(tx)?;
            let done = desk.record(tx, ActionKind::AddEvidence, Chain::Article(article), person, |act| {
                let mut all = Vec::new();
                for offer in &taken {
                    let Some(&source) = known.get(&offer.url) else { continue };
                    for &claim in &offer.claims {
                        let evidence = EvidenceId(act.desk().fresh());
                        let (stance, retracted) = (Stance::Context, false);
                        act.record(Fact::Evidence(Evidence { evidence, claim, source, stance, retracted }));
                        act.record(Fact::Passage(PassageText::default().of(evidence)));
                        all.push(evidence);
                    }
                }
                Ok(all)
            })?;
            for source in new {
                let added = desk.record_source(tx, person, source)?;
                tx.mark_part_of(added, done.action)?;
            }
            Ok::<_, DeskError>((done, person))
        })?;
        self.me = Me::Known(person);
        Ok(done)
    }

    fn offer(&self, newest: &Reading, link: &FileLink, sentence: Span) -> Result<OfferedSource, DeskError> {
        let source = self.source_of_address(newest, &link.url)?;
        let has = |c: &crate::model::ClaimView| c.live_evidence().any(|e| Some(e.evidence.source) == source);
        let inside = |c: &&crate::model::ClaimView| {
            let anchor = newest.state.anchor(newest.revision.id, c.id);
            anchor.is_some_and(|a| a.spans.iter().any(|s| s.overlaps(&sentence)))
        };
        let claims = newest.state.live_claims().filter(inside).filter(|c| !has(c)).map(|c| c.id).collect();
        let FileLink { url, words, note, .. } = link.clone();
        Ok(OfferedSource { url, words, note, sentence, claims, source })
    }

    /// The source with an address: one that the article uses, or one whose title is the address.
    fn source_of_address(&self, newest: &Reading, url: &str) -> Result<Option<SourceId>, DeskError> {
        let used = newest.state.sources.values().find(|s| s.value.url.as_deref() == Some(url));
        if let Some(source) = used {
            return Ok(Some(source.value.source));
        }
        for source in self.store.same_sources(&title_key(url))? {
            if self.source(source)?.value.url.as_deref() == Some(url) {
                return Ok(Some(source));
            }
        }
        Ok(None)
    }
}

/// The links of the imported file and of the text itself, each with its place in the newest text.
fn links_of(file: &LinkedInFile, newest: &Reading) -> Vec<(FileLink, Span)> {
    let mut all = file.read.as_ref().map(|read| carried_links(read, &newest.text)).unwrap_or_default();
    all.extend(links_in(&newest.text));
    all
}

/// The links of a file whose words are in the newest text, with their places there.
fn carried_links(read: &Proposal, newest: &str) -> Vec<(FileLink, Span)> {
    let placed: Vec<(FileLink, Span)> =
        read.links.iter().filter_map(|l| Some((l.clone(), l.span?))).collect();
    if placed.is_empty() {
        return Vec::new();
    }
    let spans: Vec<Vec<Span>> = placed.iter().map(|(_, span)| vec![visible(&read.text, *span)]).collect();
    let carried = carry(&read.text, newest, None, &spans);
    placed.into_iter().zip(carried).filter_map(|((l, _), now)| Some((l, *now.spans.first()?))).collect()
}

/// The web and mail addresses that the text itself links, as Markdown and HTML write them.
fn links_in(text: &str) -> impl Iterator<Item = (FileLink, Span)> + '_ {
    let known = |url: &&str| ["http://", "https://", "mailto:"].iter().any(|s| url.starts_with(s));
    link_targets(text).into_iter().filter(known).map(|url| {
        // A target is a part of the text, so the distance of the two is its place.
        let at = (url.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let span = Span::at(at, at + url.len());
        (FileLink { url: url.to_owned(), words: String::new(), span: Some(span), note: None }, span)
    })
}

/// A source for an address. Its title is the address, until somebody reads the page.
fn source_of(offer: &OfferedSource) -> SourceChange {
    let mail = offer.url.starts_with("mailto:");
    let kind = if mail { SourceKind::PersonalCommunication } else { SourceKind::Webpage };
    let words = offer.words.trim();
    SourceChange {
        kind: Some(kind),
        title: offer.url.clone(),
        url: Some(offer.url.clone()),
        note: (!words.is_empty() && words != offer.url).then(|| words.to_owned()),
        ..SourceChange::default()
    }
}

/// A place that covers something: the character before an empty one.
fn visible(text: &str, span: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    let before = text.get(..span.start.0).and_then(|t| t.chars().next_back()).map_or(0, char::len_utf8);
    Span::at(span.start.0 - before, span.start.0)
}
