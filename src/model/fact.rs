//! Facts: what was recorded, once and for good. How they become bytes is in `fields.rs`.

use super::{
    ActionId, ArticleId, BadRecord, ClaimId, Digest, Edtf, EvidenceId, ExemptionId, FactId, Info, Interview,
    PersonId, Placement, QueryId, Rating, Record, RevisionId, Salt, Scale, ScaleId, SourceContact, SourceId,
    Workflow, slugs,
};
use crate::text::Span;
use thiserror::Error;

/// One thing that was recorded. A later fact may replace it; nothing changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each variant holds the type of the same name, which is documented.
pub enum Fact {
    Person(Person),
    Article(Article),
    Archived(Archived),
    Revision(Revision),
    InfoAt(InfoAt),
    Claim(Claim),
    Anchors(Anchors),
    Source(Source),
    Evidence(Evidence),
    Passage(Passage),
    Verdict(Verdict),
    Scale(ScaleId, Scale),
    Query(Query),
    Answer(Answer),
    Resolution(Resolution),
    Redaction(Redaction),
    Import(Import),
    Exemption(Exemption),
    SignOff(SignOff),
    Policy(Policy),
    EvidenceScope(EvidenceScope),
    Workflow(Workflow),
    Interview(Interview),
    Contact(SourceContact),
}

/// A fact with its envelope: who recorded it is said by its action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its own id.
    pub id: FactId,
    /// The action it was recorded under.
    pub action: ActionId,
    /// The facts it replaces, all of the same kind and subject.
    pub replaces: Vec<FactId>,
    /// SHA-256 over the salt and the canonical bytes.
    pub digest: Digest,
    /// What it says, where that may be read.
    pub state: State,
}

/// Whether a fact's content is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Its content and the salt of its digest.
    Open(Salt, Box<Fact>),
    /// Erased by a person, or kept back by the desk it came from. Only the digest is left.
    Closed,
}

impl Recorded {
    /// Seals `fact` with a salt: takes the digest of its canonical bytes.
    pub fn seal(id: FactId, action: ActionId, replaces: Vec<FactId>, salt: Salt, fact: Fact) -> Self {
        let digest = Digest::of_all(&[&salt.0, &fact.canonical(id, &replaces)]);
        Self { id, action, replaces, digest, state: State::Open(salt, Box::new(fact)) }
    }

    /// What it says, where that is here.
    pub fn fact(&self) -> Option<&Fact> {
        match &self.state {
            State::Open(_, fact) => Some(fact),
            State::Closed => None,
        }
    }

    /// Whether the digest is that of the content; a closed fact has nothing to hold it against.
    pub fn is_sound(&self) -> bool {
        match &self.state {
            State::Open(salt, fact) => {
                self.digest == Digest::of_all(&[&salt.0, &fact.canonical(self.id, &self.replaces)])
            }
            State::Closed => true,
        }
    }
}

/// Canonical bytes that are no fact of this version.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadFact {
    /// Damaged, or a field is wrong.
    #[error(transparent)]
    Record(#[from] BadRecord),
    /// A kind this version does not know.
    #[error(
        "a fact of the kind '{0}' is not known to this version of Tickmark; open the desk with a newer one"
    )]
    Kind(String),
}

impl Fact {
    /// The bytes the digest is taken over: see [`Record`].
    pub fn canonical(&self, id: FactId, replaces: &[FactId]) -> Vec<u8> {
        let mut r = Record::default();
        r.put("kind", self.kind()).put("id", id).put_all("replaces", replaces);
        self.put_fields(&mut r);
        r.bytes()
    }

    /// Reads canonical bytes: the fact's id, what it replaces, and what it says.
    pub fn parse(bytes: &[u8]) -> Result<(FactId, Vec<FactId>, Self), BadFact> {
        let r = Record::parse(bytes)?;
        Ok((r.get("id")?, r.all("replaces")?, Self::from_fields(&r)?))
    }

    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Article(_) => "article",
            Self::Archived(_) => "archived",
            Self::Revision(_) => "revision",
            Self::InfoAt(_) => "info",
            Self::Claim(_) => "claim",
            Self::Anchors(_) => "anchors",
            Self::Source(_) => "source",
            Self::Evidence(_) => "evidence",
            Self::Passage(_) => "passage",
            Self::Verdict(_) => "verdict",
            Self::Scale(..) => "scale",
            Self::Query(_) => "query",
            Self::Answer(_) => "answer",
            Self::Resolution(_) => "resolution",
            Self::Redaction(_) => "redaction",
            Self::Import(_) => "import",
            Self::Exemption(_) => "waved",
            Self::SignOff(_) => "sign-off",
            Self::Policy(_) => "policy",
            Self::EvidenceScope(_) => "evidence-scope",
            Self::Workflow(_) => "workflow",
            Self::Interview(_) => "interview",
            Self::Contact(_) => "contact",
        }
    }

    /// What it speaks of, as the bare bytes of that thing's id: facts of one kind and subject replace each other.
    pub fn subject(&self) -> [u8; 16] {
        match self {
            Self::Person(f) => f.person.bytes(),
            Self::Article(f) => f.article.bytes(),
            Self::Archived(f) => f.article.bytes(),
            Self::Revision(f) => f.revision.bytes(),
            Self::InfoAt(f) => f.revision.bytes(),
            Self::Claim(f) => f.claim.bytes(),
            Self::Anchors(f) => f.revision.bytes(),
            Self::Source(f) => f.source.bytes(),
            Self::Evidence(f) => f.evidence.bytes(),
            Self::Passage(f) => f.evidence.bytes(),
            Self::Verdict(f) => f.claim.bytes(),
            Self::Scale(id, _) => id.bytes(),
            Self::Query(f) => f.query.bytes(),
            Self::Answer(f) => f.query.bytes(),
            Self::Resolution(f) => f.query.bytes(),
            Self::Redaction(f) => f.fact.bytes(),
            Self::Import(f) => f.article.bytes(),
            Self::Exemption(f) => f.wave.bytes(),
            Self::SignOff(f) => f.claim.bytes(),
            Self::Policy(_) => [0; 16],
            Self::EvidenceScope(f) => f.evidence.bytes(),
            Self::Workflow(f) => f.article.bytes(),
            Self::Interview(f) => f.source.bytes(),
            Self::Contact(f) => f.source.bytes(),
        }
    }
}

/// Somebody who works at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub person: PersonId,
    /// The full name.
    pub name: String,
    /// What is shown where there is little room.
    pub initials: String,
}

/// An article was brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Which.
    pub article: ArticleId,
    /// The bytes it was brought in as, where it came from bytes.
    pub original: Option<Original>,
}

/// The bytes an article was brought in as, kept unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// SHA-256 of the bytes, by which they are kept.
    pub digest: Digest,
    /// The file's name without its folder, or `pasted`.
    pub name: String,
}

/// An article was put away, or taken out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// Which.
    pub article: ArticleId,
    /// Away or not.
    pub archived: bool,
}

/// One immutable state of an article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Which.
    pub revision: RevisionId,
    /// Of which article.
    pub article: ArticleId,
    /// The revisions it was made from: none for the first, two for a merge.
    pub parents: Vec<RevisionId>,
    /// SHA-256 of the text, by which it is kept.
    pub text: Digest,
    /// Length of the text in bytes.
    pub bytes: usize,
    /// What its author says of it.
    pub note: Option<String>,
    /// The older revision whose text it brings back.
    pub restores: Option<RevisionId>,
}

/// What is known about the article at a revision, beside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InfoAt {
    /// At which revision.
    pub revision: RevisionId,
    /// What.
    pub info: Info,
}

slugs! {
    /// What sort of statement a claim is.
    ClaimKind, "claim kind", {
        Fact = "fact", Figure = "figure", Name = "name", Date = "date", Quotation = "quotation",
        Attribution = "attribution", Opinion = "opinion", Forecast = "forecast",
    }
}

slugs! {
    /// How much harm an error would do.
    Risk, "risk", { Normal = "normal", High = "high" }
}

/// A statement marked as checkable. Where it stands is said by [`Anchors`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which.
    pub claim: ClaimId,
    /// In which article.
    pub article: ArticleId,
    /// The claim in plain form, standing alone.
    pub assertion: Option<String>,
    /// What sort of statement.
    pub kind: Option<ClaimKind>,
    /// Who says so in the article.
    pub claimant: Option<String>,
    /// How much harm an error would do.
    pub risk: Risk,
    /// The colleague it is handed to.
    pub assignee: Option<PersonId>,
    /// Whether it was taken back.
    pub retracted: bool,
}

/// Where one claim stands in one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Which claim.
    pub claim: ClaimId,
    /// How it came there.
    pub placement: Placement,
    /// The stretches of text it covers, in order, in bytes; none for an orphan.
    pub spans: Vec<Span>,
}

/// Where claims stand in one revision: all of them when the revision is saved, one when it is marked or re-attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// In which revision.
    pub revision: RevisionId,
    /// Claim by claim. Of two anchors for one claim and revision the later recorded counts.
    pub anchors: Vec<Anchor>,
}

slugs! {
    /// What a source is: the item types of CSL 1.0.2.
    SourceKind, "source kind", {
        Article = "article", ArticleJournal = "article-journal", ArticleMagazine = "article-magazine",
        ArticleNewspaper = "article-newspaper", Bill = "bill", Book = "book", Broadcast = "broadcast", Chapter = "chapter",
        Classic = "classic", Collection = "collection", Dataset = "dataset", Document = "document", Entry = "entry",
        EntryDictionary = "entry-dictionary", EntryEncyclopedia = "entry-encyclopedia", Event = "event", Figure = "figure",
        Graphic = "graphic", Hearing = "hearing", Interview = "interview", LegalCase = "legal_case",
        Legislation = "legislation", Manuscript = "manuscript", Map = "map", MotionPicture = "motion_picture",
        MusicalScore = "musical_score", Pamphlet = "pamphlet", PaperConference = "paper-conference", Patent = "patent",
        Performance = "performance", Periodical = "periodical", PersonalCommunication = "personal_communication",
        Post = "post", PostWeblog = "post-weblog", Regulation = "regulation", Report = "report", Review = "review",
        ReviewBook = "review-book", Software = "software", Song = "song", Speech = "speech", Standard = "standard",
        Thesis = "thesis", Treaty = "treaty", Webpage = "webpage",
    }
}

/// A file kept with a source: a frozen copy, by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// SHA-256 of the bytes, by which they are kept.
    pub digest: Digest,
    /// The file's name without its folder.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// A document, page, dataset or person that claims are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which.
    pub source: SourceId,
    /// What it is.
    pub kind: SourceKind,
    /// Its title.
    pub title: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// When it was looked at.
    pub accessed: Option<Edtf>,
    /// Where it is.
    pub url: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// How far it can be relied on.
    pub reliability: Option<String>,
    /// Whether it stays at this desk when an article is exported.
    pub withhold: bool,
    /// Frozen copies.
    pub files: Vec<Attachment>,
}

slugs! {
    /// What a piece of evidence does for a claim.
    Stance, "stance", { Supports = "supports", Refutes = "refutes", Context = "context" }
}

/// A source used for a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Which.
    pub evidence: EvidenceId,
    /// For which claim.
    pub claim: ClaimId,
    /// From which source.
    pub source: SourceId,
    /// What it does for the claim.
    pub stance: Stance,
    /// Whether it was taken back.
    pub retracted: bool,
}

/// What a piece of evidence quotes. A fact of its own, so that it can be withheld while the stance is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Of which evidence.
    pub evidence: EvidenceId,
    /// The exact words of the source.
    pub passage: Option<String>,
    /// Where in the source: a page, a timecode.
    pub locator: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// A piece of evidence speaks of the earlier words of its claim: those that an earlier verdict was given on. It stays, and does
/// not count for the words of now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceScope {
    /// Which evidence.
    pub evidence: EvidenceId,
    /// The fact that gave the verdict on the words it speaks of.
    pub verdict: FactId,
    /// Whether this records that it speaks of the words of now again.
    pub taken_back: bool,
}

/// A rating given to a claim by a person, on exact words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// On which claim.
    pub claim: ClaimId,
    /// In which revision.
    pub revision: RevisionId,
    /// The rating as it stood on its scale, so that a later change of the scale changes no verdict.
    pub rating: Rating,
    /// The name of the scale.
    pub scale: String,
    /// Why.
    pub rationale: String,
    /// The words it was given on, span by span, widened to whole words and numbers.
    pub words: Vec<String>,
    /// The sentence or sentences around them.
    pub context: String,
    /// Whether this records that the verdict was taken back.
    pub withdrawn: bool,
    /// Whether this says that an earlier verdict still holds on new words.
    pub reaffirms: bool,
}

/// A question to the writer or a colleague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Which.
    pub query: QueryId,
    /// On which article.
    pub article: ArticleId,
    /// On which of its claims, or on the article as a whole.
    pub claim: Option<ClaimId>,
    /// Whom it is put to, by name.
    pub to: Option<String>,
    /// The question.
    pub text: String,
}

/// An answer to a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// To which.
    pub query: QueryId,
    /// The answer.
    pub text: String,
    /// Who wrote it in which file, where it was read from one.
    pub written: Option<Written>,
}

/// Who wrote something, and in which file it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// By name, as the file or whoever brought it in tells it.
    pub by: String,
    /// The file's name.
    pub file: String,
}

impl std::fmt::Display for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "written by {} in {}", self.by, self.file)
    }
}

/// A query was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Which.
    pub query: QueryId,
    /// What was decided.
    pub note: Option<String>,
}

/// A recorded fact's content was erased; its digest stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redaction {
    /// Which fact.
    pub fact: FactId,
    /// Why.
    pub why: Option<String>,
    /// What that fact replaced, and goes on to: its own digest binds that no longer, this one's does.
    pub replaced: Vec<FactId>,
}

/// A bundle was brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its article.
    pub article: ArticleId,
    /// SHA-256 of what was read.
    pub bundle: Digest,
}

/// A sentence that needs no check, as a person says. It holds for exactly these words, wherever in the article they
/// stand, so it needs no anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Which.
    pub wave: ExemptionId,
    /// In which article.
    pub article: ArticleId,
    /// The sentence.
    pub sentence: String,
    /// Why it needs none.
    pub note: Option<String>,
    /// Whether this records that it was opened again.
    pub taken_back: bool,
}

/// A second person's agreement with a verdict. It falls with the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// On which claim.
    pub claim: ClaimId,
    /// With which verdict: the fact that gave it.
    pub verdict: FactId,
    /// Anything to add.
    pub note: Option<String>,
    /// Whether this records that it was taken back.
    pub taken_back: bool,
}

slugs! {
    /// Which verdicts a second person has to sign off.
    SecondPerson, "rule for sign-offs", { None = "none", High = "high", All = "all" }
}

/// What has to be settled before an article counts as verified. That every claim has a verdict that holds is no choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether every verdict needs evidence.
    pub evidence: bool,
    /// Which verdicts need a second person.
    pub second: SecondPerson,
    /// Whether every query has to be settled.
    pub queries: bool,
    /// How many of a hundred sentences have to be checked or waved through, at the least.
    pub coverage: u8,
}

impl Default for Policy {
    fn default() -> Self {
        Self { evidence: true, second: SecondPerson::High, queries: true, coverage: 80 }
    }
}

/// The first letters of a name's first and last word.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}
