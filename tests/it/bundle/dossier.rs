//! A small article built by hand, with ids, salts and times that never change.

use std::{
    collections::{BTreeMap, HashMap},
    io,
};
use tickmark::messages::Language;
use tickmark::messages::Message;
use tickmark::{
    formats::bundle::{Signer, signature::SecretKey},
    model::{
        Action, ActionId, ActionKind, Anchor, Anchors, Article, ArticleId, ArticleState, Attachment,
        BlobRead, Blobs, Chain, Claim, ClaimId, ClaimKind, ClaimStanding, Digest, Dossier, Evidence,
        EvidenceId, Fact, FactId, Info, InfoAt, Logged, Moment, Original, Passage, Person, PersonId,
        Placement, Query, QueryId, Recorded, Revision, RevisionId, Risk, Salt, Scale, Source, SourceId,
        SourceKind, Stance, Standing, State, Verdict,
    },
    text::Span,
};
use uuid::Uuid;

/// The name of the withheld source, and the words quoted from it: they must never be exported.
pub const SECRETS: [&str; 3] = ["Inspector Nightingale", "the books were doctored", "page ninety-nine"];
/// What was recorded and then undone.
pub const UNDONE: &str = "an assertion that was undone";
/// The first text.
pub const FIRST: &str =
    "# The <Ferry> & the 🛶\n\nThe ferry sank in 2020. It carried 12 people.\n\nشهد النهر حادثا كبيرا.\n";
/// The newest text.
pub const SECOND: &str =
    "# The <Ferry> & the 🛶\n\nThe ferry sank in 2022. It carried 12 people.\n\nشهد النهر حادثا كبيرا.\n";
/// The imported bytes of the article.
pub const ORIGINAL: &[u8] = b"The <Ferry>\r\nraw bytes";
/// A file of the open source.
pub const SNAPSHOT: &[u8] = b"%PDF-1.7 a frozen copy";

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 | n)
}

/// The article.
pub fn article() -> ArticleId {
    ArticleId(uuid(1))
}

/// Files kept in memory.
#[derive(Default)]
pub struct FileStore(pub BTreeMap<Digest, Vec<u8>>);

impl Blobs for FileStore {
    fn open(&self, digest: &Digest) -> io::Result<Option<BlobRead<'_>>> {
        Ok(self.0.get(digest).map(|b| Box::new(b.as_slice()) as BlobRead))
    }
}

/// The files of the article.
pub fn file_store() -> FileStore {
    FileStore([ORIGINAL, SNAPSHOT].map(|b| (Digest::of(b), b.to_vec())).into())
}

/// Collects actions, each after the last of its chain.
#[derive(Default)]
pub struct Log {
    pub log: Vec<Logged>,
    last: HashMap<Chain, Digest>,
    n: u128,
}

impl Log {
    pub fn act(&mut self, kind: ActionKind, chain: Chain, facts: Vec<Fact>) -> ActionId {
        self.act_on(kind, chain, None, facts.into_iter().map(|f| (Vec::new(), f)).collect())
    }

    pub fn act_on(
        &mut self,
        kind: ActionKind,
        chain: Chain,
        target: Option<ActionId>,
        facts: Vec<(Vec<FactId>, Fact)>,
    ) -> ActionId {
        self.n += 1;
        let id = ActionId(uuid(0xac00_0000 + self.n));
        let facts: Vec<_> = facts.into_iter().map(|(replaces, fact)| self.seal(id, replaces, fact)).collect();
        let action = Action {
            id,
            kind,
            person: PersonId(uuid(2)),
            at: Moment(1_756_130_400_000 + self.n as i64 * 1000),
            chain,
            target,
            parents: self.last.get(&chain).copied().into_iter().collect(),
            facts: facts.iter().map(|f| f.digest).collect(),
        };
        self.last.insert(chain, action.digest());
        self.log.push(Logged { action, live: true, facts });
        id
    }

    fn seal(&mut self, action: ActionId, replaces: Vec<FactId>, fact: Fact) -> Recorded {
        self.n += 1;
        Recorded::seal(FactId(uuid(0xfac7_0000 + self.n)), action, replaces, Salt([self.n as u8; 32]), fact)
    }

    /// Closes every fact that `which` selects.
    pub fn close(&mut self, which: impl Fn(&Fact) -> bool) {
        for fact in self.log.iter_mut().flat_map(|l| &mut l.facts) {
            if fact.fact().is_some_and(&which) {
                fact.state = State::Closed;
            }
        }
    }

    pub fn undo(&mut self, target: ActionId) {
        self.act_on(ActionKind::Undo, Chain::Article(article()), Some(target), Vec::new());
        self.log.iter_mut().filter(|l| l.action.id == target).for_each(|l| l.live = false);
    }
}

fn source(id: SourceId, title: &str, withhold: bool) -> Source {
    Source {
        source: id,
        kind: SourceKind::Report,
        title: title.into(),
        authors: vec!["A. <Author>".into()],
        publisher: None,
        published: "2025-08".parse().ok(),
        accessed: None,
        url: Some("https://example.org/report?a=1&b=\"2\"".into()),
        note: None,
        reliability: Some("primary".into()),
        withhold,
        files: Vec::new(),
    }
}

fn revision(n: u128, text: &str, parents: Vec<RevisionId>) -> (Fact, Fact) {
    let revision = RevisionId(uuid(0x4e00 + n));
    let known = Info { language: Some("en".into()), byline: Some("Jo & Co".into()), ..Info::default() };
    let fact = Revision {
        revision,
        article: article(),
        parents,
        text: Digest::of(text.as_bytes()),
        bytes: text.len(),
        note: Some("a <note>".into()),
        restores: None,
    };
    (Fact::Revision(fact), Fact::InfoAt(InfoAt { revision, info: known }))
}

fn claim(id: ClaimId, assertion: &str) -> Fact {
    Fact::Claim(Claim {
        claim: id,
        article: article(),
        assertion: Some(assertion.into()),
        kind: Some(ClaimKind::Date),
        claimant: None,
        risk: Risk::High,
        assignee: None,
        retracted: false,
    })
}

fn anchor(claim: ClaimId, text: &str, quote: &str, placement: Placement) -> Anchor {
    let at = text.find(quote).expect("the quote stands in the text");
    Anchor { claim, placement, spans: vec![Span::at(at, at + quote.len())] }
}

fn verdict(claim: ClaimId, revision: u128, words: &str) -> Fact {
    let scale = Scale::default_scale();
    Fact::Verdict(Verdict {
        claim,
        revision: RevisionId(uuid(0x4e00 + revision)),
        rating: scale.rating("true").cloned().expect("the default scale has it"),
        scale: scale.name,
        rationale: "The register <says> so.\nTwice.".into(),
        words: vec![words.into()],
        context: "The ferry sank in 2020.".into(),
        withdrawn: false,
        reaffirms: false,
    })
}

/// The log of the article, with withheld facts closed.
pub fn log() -> Log {
    let mut log = Log::default();
    let (here, person) = (Chain::Article(article()), PersonId(uuid(2)));
    let (open, hidden) = (SourceId(uuid(0x50)), SourceId(uuid(0x51)));
    let (first, second) = (ClaimId(uuid(0xc1)), ClaimId(uuid(0xc2)));
    let (whole, doubt) = (EvidenceId(uuid(0xe1)), EvidenceId(uuid(0xe2)));
    let name = Person { person, name: "Ana <Checker>".into(), initials: "AC".into() };
    log.act(ActionKind::Introduce, Chain::Person(person), vec![Fact::Person(name)]);
    let file = Attachment {
        digest: Digest::of(SNAPSHOT),
        name: "the été report.pdf".into(),
        bytes: SNAPSHOT.len() as u64,
    };
    let report = Source { files: vec![file], ..source(open, "The <Report>", false) };
    log.act(ActionKind::AddSource, Chain::Source(open), vec![Fact::Source(report)]);
    log.act(
        ActionKind::AddSource,
        Chain::Source(hidden),
        vec![Fact::Source(source(hidden, SECRETS[0], true))],
    );
    let original = Original { digest: Digest::of(ORIGINAL), name: "ferry story.txt".into() };
    let (revised, known) = revision(1, FIRST, Vec::new());
    let brought = Fact::Article(Article { article: article(), original: Some(original) });
    log.act(ActionKind::Import, here, vec![brought, revised, known]);
    let marked = [
        anchor(first, FIRST, "sank in 2020", Placement::Kept),
        anchor(second, FIRST, "ferry sank", Placement::Kept),
    ];
    let anchors = Fact::Anchors(Anchors { revision: RevisionId(uuid(0x4e01)), anchors: marked.into() });
    log.act(
        ActionKind::Mark,
        here,
        vec![claim(first, "It sank in 2020"), claim(second, "A ferry sank"), anchors],
    );
    let slip = log.act(ActionKind::Mark, here, vec![claim(ClaimId(uuid(0xc3)), UNDONE)]);
    log.undo(slip);
    for (id, source, words, locator) in
        [(whole, open, "It sank.", "p. 3"), (doubt, hidden, SECRETS[1], SECRETS[2])]
    {
        let used =
            Evidence { evidence: id, claim: first, source, stance: Stance::Supports, retracted: false };
        let passage =
            Passage { evidence: id, passage: Some(words.into()), locator: Some(locator.into()), note: None };
        log.act(ActionKind::AddEvidence, here, vec![Fact::Evidence(used), Fact::Passage(passage)]);
    }
    log.act(ActionKind::GiveVerdict, here, vec![verdict(first, 1, "sank in 2020")]);
    let text = "Is that <certain>?".to_string();
    let query = Query { query: QueryId(uuid(0x91)), article: article(), claim: Some(first), to: None, text };
    log.act(ActionKind::Ask, here, vec![Fact::Query(query)]);
    let (revised, known) = revision(2, SECOND, vec![RevisionId(uuid(0x4e01))]);
    let moved = [
        anchor(first, SECOND, "sank in 2022", Placement::Changed),
        anchor(second, SECOND, "ferry sank", Placement::Kept),
    ];
    let anchors = Fact::Anchors(Anchors { revision: RevisionId(uuid(0x4e02)), anchors: moved.into() });
    log.act(ActionKind::Revise, here, vec![revised, known, anchors]);
    log.close(|f| match f {
        Fact::Source(s) => s.withhold,
        Fact::Passage(p) => p.evidence == doubt,
        _ => false,
    });
    log
}

/// The dossier that the desk would make of this log and these texts.
pub fn dossier<'b>(log: Vec<Logged>, texts: &[String], blobs: &'b dyn Blobs) -> Dossier<'b> {
    let live = log.iter().filter(|l| l.live);
    let state = ArticleState::of(live.flat_map(|l| l.facts.iter().map(move |f| (&l.action, f))));
    let by_digest: HashMap<_, _> = texts.iter().map(|t| (Digest::of(t.as_bytes()), t)).collect();
    let texts: HashMap<_, _> = state
        .revisions
        .iter()
        .filter_map(|r| Some((r.id, String::from(*by_digest.get(&r.revision.text)?))))
        .collect();
    let judged = state.live_claims().filter_map(|c| Some((c.id, judged(&state, &texts, c.id)?))).collect();
    Dossier {
        article: article(),
        language: Language::default(),
        state,
        texts,
        standings: judged,
        verified: tickmark::model::Verified::default(),
        corrections: None,
        log,
        blobs,
    }
}

fn judged(
    state: &ArticleState,
    texts: &HashMap<RevisionId, String>,
    claim: ClaimId,
) -> Option<ClaimStanding> {
    let newest = state.newest()?;
    let anchor = state.anchor(newest.id, claim)?;
    let words = |s: &Span| s.of(&texts[&newest.id]).map(Into::into);
    let standing = match state.claim(claim)?.verdict() {
        Some(_) => Standing::Stale,
        None => Standing::Unchecked,
    };
    Some(ClaimStanding {
        standing,
        placement: anchor.placement,
        quote: anchor.spans.iter().filter_map(words).collect(),
        reasons: vec![Message::new("reason_changed").with("was", "2020").with("now", "2022")],
        context_changed: false,
        context: Vec::new(),
    })
}

/// The bundle of the article.
pub fn bundle() -> Vec<u8> {
    bundle_of(log().log)
}

/// The bundle of another log over the same texts and files.
pub fn bundle_of(log: Vec<Logged>) -> Vec<u8> {
    let (file_store, texts) = (file_store(), [FIRST, SECOND].map(String::from));
    written(&dossier(log, &texts, &file_store))
}

/// The bytes of a dossier's bundle.
pub fn written(dossier: &Dossier) -> Vec<u8> {
    written_by(dossier, None)
}

fn written_by(dossier: &Dossier, signer: Option<&Signer>) -> Vec<u8> {
    let mut out = io::Cursor::new(Vec::new());
    let go_on = &mut |_| std::ops::ControlFlow::Continue(());
    tickmark::formats::bundle::write(dossier, signer, &mut out, go_on).expect("the bundle is written");
    out.into_inner()
}

/// The smallest signed bundle with a claim: one person, one text, one claim.
pub fn small_signed() -> Vec<u8> {
    let (mut log, here, person) = (Log::default(), Chain::Article(article()), PersonId(uuid(2)));
    let text = "A ferry sank.\n".to_owned();
    let name = Person { person, name: "Ana".into(), initials: "A".into() };
    log.act(ActionKind::Introduce, Chain::Person(person), vec![Fact::Person(name)]);
    let (revised, known) = revision(1, &text, Vec::new());
    let brought = Fact::Article(Article { article: article(), original: None });
    log.act(ActionKind::Import, here, vec![brought, revised, known]);
    let first = ClaimId(uuid(0xc1));
    let marked = vec![anchor(first, &text, "ferry sank", Placement::Kept)];
    let anchors = Fact::Anchors(Anchors { revision: RevisionId(uuid(0x4e01)), anchors: marked });
    log.act(ActionKind::Mark, here, vec![claim(first, "It sank"), anchors]);
    let key = SecretKey::from_random(&[7; 40]);
    let file_store = FileStore::default();
    written_by(&dossier(log.log, &[text], &file_store), Some(&Signer { name: "Ana", key: &key }))
}
