//! What is after the article: its claims as numbered notes, their sources, and the open queries.

use super::{
    block::{Block, Ink, Link, Look, Place, Role, Run},
    inline::linked,
};
use crate::{
    formats::bundle::{Claim, Claims, Evidence, Query, SourceEntry, SourceRef, Verdict, reader::class},
    messages::{Language, Message, message, quoted},
};

const BOLD: Look = Look { bold: true, italic: false, raised: false, ink: None, claim: None, change: None };

/// The claims, sources and open queries of an article, in words of a language.
pub struct Notes<'c, 'd> {
    /// What they are made of.
    pub claims: &'c Claims<'d>,
    /// The language of labels.
    pub language: Language,
}

impl Notes<'_, '_> {
    /// All blocks, each part with its heading. A part without entries is left out.
    pub fn blocks(&self) -> Vec<Block> {
        let mut all = self.claims();
        all.extend(self.part(message!("pdf_sources"), self.claims.sources.iter().map(|s| self.source(s))));
        all.extend(self.part(message!("pdf_queries"), self.queries().into_iter()));
        all
    }

    fn say(&self, message: &Message) -> String {
        message.words(self.language)
    }

    fn part(&self, title: Message, entries: impl Iterator<Item = Vec<Block>>) -> Vec<Block> {
        let mut all: Vec<Block> = entries.flatten().collect();
        if !all.is_empty() {
            all.insert(0, Block::heading(2, vec![Run::of(self.say(&title))]));
        }
        all
    }

    fn claims(&self) -> Vec<Block> {
        let entries = self.claims.claims.iter().map(|c| self.claim(c));
        let mut all = self.part(message!("pdf_claims"), entries);
        if !all.is_empty() {
            all.insert(1, self.legend());
        }
        all
    }

    /// How claims are underlined, for those that the article has.
    fn legend(&self) -> Block {
        let kinds = [
            (Ink::Holds, message!("pdf_legend_holds")),
            (Ink::Partly, message!("pdf_legend_partly")),
            (Ink::Fails, message!("pdf_legend_fails")),
            (Ink::Open, message!("pdf_legend_open")),
            (Ink::Stale, message!("pdf_legend_stale")),
            (Ink::Unchecked, message!("pdf_legend_unchecked")),
        ];
        let mut runs = Vec::new();
        for (ink, words) in kinds {
            if self.claims.claims.iter().any(|c| Ink::of_class(class(c)) == ink) {
                let look = Look { ink: Some(ink), claim: Some(ink), ..Look::default() };
                runs.push(Run::of(if runs.is_empty() { "" } else { "     " }));
                runs.push(Run::with(self.say(&words), look));
            }
        }
        Block::of(Role::Small, runs)
    }

    fn claim(&self, c: &Claim) -> Vec<Block> {
        let note = Place::Claim(c.number);
        let ink = Some(Ink::of_class(class(c)));
        let number = Run::with(c.number.to_string(), Look { bold: true, ink, ..Look::default() });
        let words = Block::of(Role::Entry, vec![Run::of(self.words(c))]).at(note);
        let mut all = vec![Block { label: Some(vec![number]), ..words }, self.verdict_line(c, ink)];
        let mut say = |runs: Vec<Run>| all.push(Block::of(Role::Detail, runs));
        if let Some(assertion) = c.assertion.filter(|_| !c.quote.is_empty()) {
            say(self.labelled(&message!("pdf_assertion"), assertion));
        }
        if let Some(v) = &c.verdict {
            say(text(v.rationale));
        }
        if !c.reasons.is_empty() && c.standing == "stale" {
            say(self.labelled(&message!("pdf_since"), &c.reasons.join("; ")));
        }
        if let Some(remark) = &c.remark {
            say(text(&format!("{remark}.")));
        }
        for v in &c.disputed {
            say(self.labelled(&message!("pdf_disputed", rating = v.label), v.rationale));
        }
        for s in &c.sign_offs {
            say(text(&self.say(&message!("pdf_signed_off", by = self.signed(s.by, &s.at)))));
        }
        c.evidence.iter().for_each(|e| say(self.evidence(e)));
        all.retain(|b| !b.is_empty());
        all.into_iter().map(|b| b.in_note(note)).collect()
    }

    /// The claim's words; if it is no longer in the text, its assertion or the words of its verdict.
    fn words(&self, c: &Claim) -> String {
        match (c.quote, c.assertion, &c.verdict) {
            ([], Some(assertion), _) => assertion.into(),
            ([], None, Some(v)) => v.words.join(" … "),
            ([], None, None) => self.say(&message!("pdf_gone")),
            (quote, _, _) => quote.join(" … "),
        }
    }

    /// The rating, what it is worth, and who gave it: `False · out of date · Ana, 2025-08-25`.
    fn verdict_line(&self, c: &Claim, ink: Option<Ink>) -> Block {
        let status = match (c.standing, &c.verdict) {
            ("checked", Some(_)) => message!("pdf_status_holds"),
            ("stale", Some(_)) => message!("pdf_status_stale"),
            ("orphaned", _) => message!("pdf_status_orphaned"),
            _ => message!("pdf_status_unchecked"),
        };
        let coloured = Look { ink, ..BOLD };
        let status = self.say(&status);
        let Some(v) = &c.verdict else { return Block::of(Role::Small, vec![Run::with(status, coloured)]) };
        let rest = format!(" · {status} · {}", self.signed(v.by, &v.at));
        let quiet = Look { ink: Some(Ink::Quiet), ..Look::default() };
        let role = if v.rationale.trim().is_empty() { Role::Small } else { Role::Verdict };
        Block::of(role, vec![Run::with(self.rating(v), coloured), Run::with(rest, quiet)])
    }

    fn rating(&self, v: &Verdict) -> String {
        if v.withdrawn { self.say(&message!("pdf_withdrawn", rating = v.label)) } else { v.label.into() }
    }

    fn signed(&self, by: Option<&str>, at: &str) -> String {
        let day = at.get(..10).unwrap_or(at);
        by.map_or_else(|| day.into(), |by| format!("{by}, {day}"))
    }

    fn labelled(&self, label: &Message, words: &str) -> Vec<Run> {
        let mut runs = vec![Run::with(self.say(label), BOLD), Run::of(" ")];
        runs.extend(text(words));
        runs
    }

    fn evidence(&self, e: &Evidence) -> Vec<Run> {
        let stance = match e.stance {
            "supports" => message!("pdf_supports"),
            "refutes" => message!("pdf_refutes"),
            _ => message!("pdf_context"),
        };
        let mut runs = vec![Run::with(self.say(&stance), BOLD), Run::of(" ")];
        match e.source {
            SourceRef::Number(n) => {
                let title = self.claims.sources.iter().find(|s| s.number == n).map_or("", |s| s.title);
                let look = Look { ink: Some(Ink::Address), ..Look::default() };
                let link = Some(Link::Place(Place::Source(n)));
                runs.push(Run { words: format!("[{n}] {}", one_line(title)), look, link });
            }
            SourceRef::Withheld(_) => runs.push(Run::of(self.say(&message!("pdf_withheld")))),
        }
        let locator = e.locator.map(|l| format!(", {l}")).unwrap_or_default();
        let passage = e.passage.map(|p| format!(": {}", quoted(p))).unwrap_or_default();
        let note = e.note.map(|n| format!(" ({n})")).unwrap_or_default();
        linked(&mut runs, &format!("{locator}{passage}{note}"), Look::default());
        runs
    }

    fn source(&self, s: &SourceEntry) -> Vec<Block> {
        let note = Place::Source(s.number);
        let by = if s.authors.is_empty() { String::new() } else { format!("{}: ", s.authors.join("; ")) };
        let imprint = [s.publisher, s.published].into_iter().flatten().map(|i| format!(", {i}"));
        let words = format!("{by}{}{}", one_line(s.title), imprint.collect::<String>());
        let label = Some(vec![Run::of(format!("[{}]", s.number))]);
        let mut all = vec![Block { label, ..Block::of(Role::Source, text(&words)) }.at(note)];
        if let Some(url) = s.url {
            let link = Link::address(url);
            let ink = link.as_ref().map(|_| Ink::Address);
            let accessed = s.accessed.map(|day| self.say(&message!("pdf_accessed", day = day)));
            let mut runs = vec![Run { words: url.into(), look: Look { ink, ..Look::default() }, link }];
            runs.extend(accessed.map(|a| Run::of(format!(" ({a})"))));
            all.push(Block::of(Role::Detail, runs));
        }
        for talk in &s.interviews {
            let known =
                [Some(talk.with), talk.role, talk.on].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let confirmed = talk.confirmed.map(|c| format!(": {c}")).unwrap_or_default();
            all.push(Block::of(
                Role::Detail,
                self.labelled(&message!("pdf_interview"), &(known + &confirmed)),
            ));
        }
        all.extend(s.note.map(|n| Block::of(Role::Detail, text(n))));
        all.into_iter().map(|b| b.in_note(note)).collect()
    }

    /// The queries that nobody resolved: those on claims by the order of claims, then those on the article.
    fn queries(&self) -> Vec<Vec<Block>> {
        let of_claims =
            self.claims.claims.iter().flat_map(|c| c.queries.iter().map(move |q| (Some(c.number), q)));
        let of_article = self.claims.queries.iter().map(|q| (None, q));
        let open = of_claims.chain(of_article).filter(|(_, q)| q.resolution.is_none());
        open.enumerate().map(|(at, (claim, q))| self.query(at + 1, claim, q)).collect()
    }

    fn query(&self, number: usize, claim: Option<usize>, q: &Query) -> Vec<Block> {
        let note = Place::Query(number);
        let label = Some(vec![Run::with("?", Look { bold: true, ink: Some(Ink::Stale), ..Look::default() })]);
        let mut asked = Vec::new();
        if let Some(n) = claim {
            let look = Look { ink: Some(Ink::Address), ..Look::default() };
            let words = self.say(&message!("pdf_claim_number", number = n as i64));
            asked.push(Run { words, look, link: Some(Link::Place(Place::Claim(n))) });
            asked.push(Run::of(" "));
        }
        asked.extend(text(q.text));
        let to = q.to.map(|to| self.say(&message!("pdf_asked_of", name = to)));
        let (by, at) = q.signed();
        let signed: Vec<_> = [Some(self.signed(by, at)), to].into_iter().flatten().collect();
        let quiet = Look { ink: Some(Ink::Quiet), ..Look::default() };
        let mut all = vec![
            Block { label, ..Block::of(Role::Entry, asked) }.at(note),
            Block::of(Role::Small, vec![Run::with(signed.join(" · "), quiet)]),
        ];
        for a in &q.answers {
            let (by, at) = a.signed();
            let by = self.signed(by, at);
            all.push(Block::of(Role::Detail, self.labelled(&message!("pdf_answer", by = by), a.text)));
        }
        all.into_iter().map(|b| b.in_note(note)).collect()
    }
}

fn text(words: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    linked(&mut runs, words, Look::default());
    runs
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
