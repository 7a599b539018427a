//! Facts: what was recorded. A fact never changes. `fields.rs` converts facts to bytes.

use super::{
    ActionId, ArticleId, Attachment, BadRecord, ClaimId, Digest, Edtf, EvidenceId, ExemptionId, FactId,
    FileAuthor, Info, Interview, PersonId, Picture, Placement, QueryId, Rating, Record, RevisionId, Salt,
    Scale, ScaleId, SourceContact, SourceId, Suggestion, SuggestionAnchors, SuggestionDecision, Workflow,
    slugs,
};
use crate::{
    messages::{Message, message, shown_in_english},
    text::Span,
};
use thiserror::Error;

/// One thing that was recorded. A later fact may replace it, but nothing changes it.
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
    Suggestion(Suggestion),
    Decision(SuggestionDecision),
    SuggestionAnchors(SuggestionAnchors),
    FileAuthor(FileAuthor),
    Picture(Picture),
    Published(Published),
}

/// A fact with its id, action, digest and what it replaces. Its action says who recorded it.
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
    /// Its content, if it is readable.
    pub state: State,
}

/// Whether a fact's content is available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Its content and the salt of its digest.
    Open(Salt, Box<Fact>),
    /// Erased by a person, or withheld by the desk that exported it. Only the digest is left.
    Closed,
}

impl Recorded {
    /// Seals `fact` with a salt: computes the digest of the salt and its canonical bytes.
    pub fn seal(id: FactId, action: ActionId, replaces: Vec<FactId>, salt: Salt, fact: Fact) -> Self {
        let digest = Digest::of_all(&[&salt.0, &fact.canonical(id, &replaces)]);
        Self { id, action, replaces, digest, state: State::Open(salt, Box::new(fact)) }
    }

    /// Its content, if it is available.
    pub fn fact(&self) -> Option<&Fact> {
        match &self.state {
            State::Open(_, fact) => Some(fact),
            State::Closed => None,
        }
    }

    /// The same without its content: only its digest is left.
    pub fn closed(&self) -> Self {
        Self { state: State::Closed, ..self.clone() }
    }

    /// Whether the digest matches the content. A closed fact has no content to compare, so it counts as sound.
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
    Record(#[from] BadRecord),
    /// A kind this version does not know.
    Kind(String),
}

impl BadFact {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Record(inner) => inner.message(),
            Self::Kind(kind) => message!("fact_unknown_kind", kind = kind),
        }
    }
}

shown_in_english!(BadFact);

impl Fact {
    /// The bytes that the digest covers after the salt: see [`Record`].
    pub fn canonical(&self, id: FactId, replaces: &[FactId]) -> Vec<u8> {
        let mut r = Record::default();
        r.put("kind", self.kind()).put("id", id).put_all("replaces", replaces);
        self.put_fields(&mut r);
        r.bytes()
    }

    /// Reads canonical bytes: the fact's id, what it replaces, and its content.
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
            Self::Suggestion(_) => "suggestion",
            Self::Decision(_) => "decision",
            Self::SuggestionAnchors(_) => "suggestion-anchors",
            Self::FileAuthor(_) => "file-author",
            Self::Picture(_) => "picture",
            Self::Published(_) => "published",
        }
    }

    /// Its subject, as the 16 bytes of the subject's id. Facts of one kind and subject can replace each other.
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
            Self::Exemption(f) => f.exemption.bytes(),
            Self::SignOff(f) => f.claim.bytes(),
            Self::Policy(_) => [0; 16],
            Self::EvidenceScope(f) => f.evidence.bytes(),
            Self::Workflow(f) => f.article.bytes(),
            Self::Interview(f) => f.source.bytes(),
            Self::Contact(f) => f.source.bytes(),
            Self::Suggestion(f) => f.suggestion.bytes(),
            Self::Decision(f) => f.suggestion.bytes(),
            Self::SuggestionAnchors(f) => f.revision.bytes(),
            Self::FileAuthor(f) => *f.of.as_bytes(),
            Self::Picture(f) => f.picture.bytes(),
            Self::Published(f) => f.article.bytes(),
        }
    }
}

/// An article that went out verified: in a bundle that was exported while it met all requirements. It belongs to the desk and
/// is in no bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The article.
    pub article: ArticleId,
    /// The revision that went out.
    pub revision: RevisionId,
    /// The article's last action that the bundle has.
    pub last: ActionId,
    /// The digest of the bundle.
    pub bundle: Digest,
}

/// Somebody who works at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub person: PersonId,
    /// The full name.
    pub name: String,
    /// What is shown where space is small.
    pub initials: String,
}

/// An article was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Which.
    pub article: ArticleId,
    /// The bytes it was imported from, if it was imported from bytes.
    pub original: Option<Original>,
}

/// The bytes an article was imported from, stored unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// SHA-256 of the bytes. They are stored under it.
    pub digest: Digest,
    /// The file's name without its folder, or `pasted`.
    pub name: String,
}

/// An article was archived or restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// Which.
    pub article: ArticleId,
    /// Whether it is archived now.
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
    /// SHA-256 of the text. The text is stored under it.
    pub text: Digest,
    /// Length of the text in bytes.
    pub bytes: usize,
    /// What its author says about it.
    pub note: Option<String>,
    /// The older revision whose text it restores.
    pub restores: Option<RevisionId>,
}

/// The article details at a revision, apart from its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InfoAt {
    /// The revision.
    pub revision: RevisionId,
    /// The details.
    pub info: Info,
}

slugs! {
    /// The kind of statement a claim is.
    ClaimKind, "claim kind", {
        Fact = "fact", Figure = "figure", Name = "name", Date = "date", Quotation = "quotation",
        Attribution = "attribution", Opinion = "opinion", Forecast = "forecast",
    }
}

slugs! {
    /// How much harm an error would do.
    Risk, "risk", { Normal = "normal", High = "high" }
}

/// A statement marked as checkable. [`Anchors`] say where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which.
    pub claim: ClaimId,
    /// In which article.
    pub article: ArticleId,
    /// The claim in one plain sentence that is clear without the article.
    pub assertion: Option<String>,
    /// The kind of statement.
    pub kind: Option<ClaimKind>,
    /// Who says so in the article.
    pub claimant: Option<String>,
    /// How much harm an error would do.
    pub risk: Risk,
    /// The colleague it is assigned to.
    pub assignee: Option<PersonId>,
    /// Whether it is retracted.
    pub retracted: bool,
}

/// The place of one claim in one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Which claim.
    pub claim: ClaimId,
    /// How it got there.
    pub placement: Placement,
    /// The spans of text it covers, in order, in bytes; none for an orphan.
    pub spans: Vec<Span>,
}

/// The places of claims in one revision: of all claims when the revision is saved, of one claim when it is marked or
/// re-attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// In which revision.
    pub revision: RevisionId,
    /// One anchor for each claim. If there are two for one claim and revision, the one recorded later counts.
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

/// A document, page, dataset or person that claims are compared with.
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
    /// When it was accessed.
    pub accessed: Option<Edtf>,
    /// Where it is.
    pub url: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// How reliable it is.
    pub reliability: Option<String>,
    /// Whether it is withheld from exports.
    pub withhold: bool,
    /// Fixed copies of it.
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
    /// Whether it is retracted.
    pub retracted: bool,
}

/// What a piece of evidence quotes. It is a separate fact, so that it can be withheld while the stance is exported.
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

/// A piece of evidence is about earlier words of its claim: those of an earlier verdict. It stays, but does not count
/// for the current words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceScope {
    /// Which evidence.
    pub evidence: EvidenceId,
    /// The verdict on the words it is about, by its fact.
    pub verdict: FactId,
    /// Whether this records that it is about the current words again.
    pub taken_back: bool,
}

/// A rating given to a claim by a person, on exact words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// On which claim.
    pub claim: ClaimId,
    /// In which revision.
    pub revision: RevisionId,
    /// A copy of the rating from its scale, so that a later change of the scale changes no verdict.
    pub rating: Rating,
    /// The name of the scale.
    pub scale: String,
    /// Why.
    pub rationale: String,
    /// The words it was given on, span by span, widened to whole words and numbers.
    pub words: Vec<String>,
    /// The sentence or sentences around them.
    pub context: String,
    /// Whether this records that the verdict was withdrawn.
    pub withdrawn: bool,
    /// Whether this records that an earlier verdict still holds on new words.
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
    /// The name of the person who is asked.
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
    /// Who wrote it and in which file, if it was read from a file.
    pub written: Option<Written>,
}

/// Who wrote something, and the file that contained it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The name, from the file or from the person who imported it.
    pub by: String,
    /// The file's name.
    pub file: String,
}

impl std::fmt::Display for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "written by {} in {}", self.by, self.file)
    }
}

/// A query was resolved.
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
    /// What that fact replaced and still replaces. Its own digest no longer proves that; the digest of this fact
    /// does.
    pub replaced: Vec<FactId>,
}

/// A bundle was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its article.
    pub article: ArticleId,
    /// The digest of the bundle: the SHA-256 of its last manifest, which is the same zipped or not.
    pub bundle: Digest,
}

/// A sentence that needs no check, as a person decided. It holds for exactly these words anywhere in the article, so
/// it needs no anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Which.
    pub exemption: ExemptionId,
    /// In which article.
    pub article: ArticleId,
    /// The sentence.
    pub sentence: String,
    /// Why it needs none.
    pub note: Option<String>,
    /// Whether this records that the sentence needs a check again.
    pub taken_back: bool,
}

/// A second person's agreement with a verdict. When the verdict is replaced or withdrawn, it no longer counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// On which claim.
    pub claim: ClaimId,
    /// With which verdict: the fact that gave it.
    pub verdict: FactId,
    /// A remark.
    pub note: Option<String>,
    /// Whether this records that it was taken back.
    pub taken_back: bool,
}

slugs! {
    /// Which verdicts a second person has to sign off.
    SecondPerson, "rule for sign-offs", { None = "none", High = "high", All = "all" }
}

/// The requirements of an article before it counts as verified. One requirement is fixed: every claim has a verdict
/// that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether every verdict needs evidence.
    pub evidence: bool,
    /// Which verdicts need a sign-off by a second person.
    pub second: SecondPerson,
    /// Whether every query has to be resolved.
    pub queries: bool,
    /// The lowest coverage, in percent: how many sentences must be checked or need no check.
    pub coverage: u8,
    /// Whether a claim is open when other words of its sentence changed, until somebody says that its verdict still
    /// holds.
    pub context: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self { evidence: true, second: SecondPerson::High, queries: true, coverage: 80, context: true }
    }
}

/// The first letters of a name's first and last word.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}
