// The types that cross to the page, as the core declares them. Offsets are UTF-16 units, end exclusive.

/** A stretch of the text in UTF-16 units, end exclusive. */
export type SpanDto = { start: number; end: number; };

/** A request or an answer with nothing in it. */
export type Nothing = Record<string, never>;

/** Somebody who works at this desk. */
export type PersonDto = { id: string; name: string; initials: string; };

/** What can be undone and redone next, for the menu: an action's id and what it did, in words. */
export type Step = { action: string; label: string; article: string | null; };

/** One article in the library. */
export type ArticleCard = { id: string; number: number; headline: string; outlet: string | null; date: string | null; archived: boolean; revisions: number; counts: Counts; touched: string; hasDraft: boolean; };

/** How many of an article's claims stand where. */
export type Counts = { claims: number; unchecked: number; checked: number; stale: number; orphaned: number; openQueries: number; };

/** One step of a rating scale. `family` is holds, partly, fails or open. */
export type RatingDto = { slug: string; label: string; family: string; value: number | null; meaning: string; };

/** A rating scale; the default one has no id. */
export type ScaleDto = { id: string | null; name: string; ratings: RatingDto[]; };

/** The desk at a glance: `desk.overview`. */
export type Overview = { path: string; seq: number; me: PersonDto | null; people: PersonDto[]; articles: ArticleCard[]; scales: ScaleDto[]; undo: Step | null; redo: Step | null; };

/** Asks what was done after `seq`. */
export type SinceRequest = { seq: number; };

/** What was done since: the articles touched, and whether sources, people or scales were. */
export type Since = { seq: number; articles: string[]; shared: boolean; };

/** Says who is working, a new person. */
export type IntroduceRequest = { name: string; initials: string; };

/** Says who is working, a known person. */
export type SwitchRequest = { person: string; };

/** Undoes or redoes; refused where `seen` is not the step the user saw. */
export type StepRequest = { seen: string; };

/** What was undone or redone. A save that was undone leaves its words as a draft. */
export type Stepped = { label: string; article: string | null; draftKept: boolean; };

/** Searches articles, claims and sources. */
export type SearchRequest = { words: string; };

/** One thing found. `kind` is article, claim or source. */
export type Hit = { kind: string; id: string; article: string | null; title: string; excerpt: string; };

/** Adds a rating scale. */
export type AddScaleRequest = { name: string; ratings: RatingDto[]; };

/** Names a file that the shell has the user choose. */
export type PathRequest = { path: string; };

/** Where something was written. */
export type Written = { path: string; };

/** What `check` found: nothing where the desk is sound. */
export type Checked = { faults: string[]; actions: number; facts: number; };

/** What is known about an article beside its text. */
export type InfoDto = { byline: string | null; outlet: string | null; date: string | null; time: string | null; zone: string | null; place: string | null; language: string | null; url: string | null; tags: string[]; hashtags: string[]; };

/** Previews pasted text as an article. `as_is` turns recognition off. */
export type PasteRequest = { text: string; asIs: boolean; };

/** Previews a kept import again with other choices. `encoding` confirms Windows-1252. */
export type PreviewRequest = { draft: string; asIs: boolean; encoding: string | null; };

/** What an import would bring in, for correction before it is saved. The file itself stays with the desk. */
export type Proposal = { draft: string; name: string; text: string; info: InfoDto; leftOut: LeftOutDto[]; recognised: RecognisedDto[]; encoding: string; asIs: boolean; needsEncoding: boolean; existing: string | null; };

/** A line of the input that is not in the text as written, and why. */
export type LeftOutDto = { line: number; text: string; why: string; };

/** A part of the text that was recognised: headline, standfirst, heading, paragraph ... */
export type RecognisedDto = { kind: string; span: SpanDto; };

/** Saves a previewed import with the user's corrections. */
export type ConfirmRequest = { draft: string; text: string; info: InfoDto; again: boolean; };

/** Forgets a previewed import. */
export type DiscardRequest = { draft: string; };

/** Names an article. */
export type ArticleRequest = { article: string; };

/** Opens an article at a revision, or at the newest. */
export type OpenRequest = { article: string; revision: string | null; };

/** One revision in the list. */
export type RevisionRow = { id: string; number: number; by: PersonDto; at: string; note: string | null; restores: number | null; words: number; written: number; struck: number; };

/** An article open on the desk. */
export type ArticleView = { id: string; number: number; headline: string; archived: boolean; revision: RevisionRow; newest: boolean; text: string; info: InfoDto; counts: Counts; claims: ClaimRow[]; queries: QueryDto[]; draft: DraftDto | null; };

/** What was typed and not saved. */
export type DraftDto = { base: string; baseNumber: number; current: boolean; text: string; changes: unknown | null; at: string; };

/** Keeps what is typed. `changes` is the composed change set against `base`. */
export type KeepDraftRequest = { article: string; base: string; text: string; changes: unknown | null; };

/** Saves what is typed as a revision. Refused with the code `revised_elsewhere` where `base` is no longer the newest; `on_top` saves it all the same, as a revision after the newest. */
export type SaveRequest = { article: string; base: string; text: string; changes: unknown | null; note: string | null; onTop: boolean; };

/** A saved revision, and how each live claim came to it. */
export type Saved = { revision: RevisionRow; placements: PlacementDto[]; };

/** How one claim came to a revision. */
export type PlacementDto = { claim: string; number: number; placement: string; standing: string; contextChanged: boolean; spans: SpanDto[]; quote: string | null; was: string | null; reasons: string[]; };

/** Puts an article away or takes it out again. */
export type ArchiveRequest = { article: string; archived: boolean; };

/** Changes what is known about an article at its newest revision. */
export type InfoRequest = { article: string; info: InfoDto; };

/** A claim as the article and the list draw it. */
export type ClaimRow = { id: string; number: number; spans: SpanDto[]; quote: string; assertion: string | null; kind: string | null; claimant: string | null; risk: string; placement: string; standing: string; contextChanged: boolean; reasons: string[]; rating: RatedDto | null; checker: PersonDto | null; assignee: PersonDto | null; evidence: number; openQueries: number; };

/** The rating that a verdict gives. */
export type RatedDto = { slug: string; label: string; family: string; };

/** A claim with all that hangs on it: the inspector. */
export type ClaimDetail = { row: ClaimRow; article: string; retracted: boolean; markedBy: PersonDto; markedAt: string; evidence: EvidenceDto[]; verdicts: VerdictDto[]; queries: QueryDto[]; lastStood: number | null; history: LogRow[]; };

/** A piece of evidence. */
export type EvidenceDto = { id: string; stance: string; source: SourceDto | null; passage: string | null; locator: string | null; note: string | null; by: PersonDto; at: string; };

/** A verdict in a claim's history. */
export type VerdictDto = { fact: string; rating: RatedDto; scale: string; rationale: string; words: string; revision: number; by: PersonDto; at: string; withdrawn: boolean; reaffirms: boolean; current: boolean; };

/** A query. */
export type QueryDto = { id: string; number: number; claim: string | null; to: string | null; text: string; by: PersonDto; at: string; answers: AnswerDto[]; open: boolean; resolution: string | null; };

/** An answer to a query. */
export type AnswerDto = { text: string; by: PersonDto; at: string; };

/** A source. */
export type SourceDto = { id: string; number: number; kind: string; title: string; authors: string[]; publisher: string | null; published: string | null; accessed: string | null; url: string | null; note: string | null; reliability: string | null; withhold: boolean; files: FileDto[]; used: number; };

/** A file kept with a source. */
export type FileDto = { digest: string; name: string; bytes: number; };

/** One line of a log. */
export type LogRow = { action: string; label: string; by: PersonDto; at: string; undone: boolean; };

/** The attributes of a claim that a person sets. */
export type ClaimFields = { assertion: string | null; kind: string | null; claimant: string | null; risk: string | null; };

/** Marks a statement of a revision as a claim. */
export type MarkRequest = { article: string; revision: string; spans: SpanDto[]; fields: ClaimFields; };

/** A claim that was made or touched. */
export type ClaimAnswer = { claim: string; number: number; };

/** Names a claim. */
export type ClaimRequest = { claim: string; };

/** Sets a claim's attributes; what is not given is cleared. */
export type EditClaimRequest = { claim: string; fields: ClaimFields; };

/** Hands a claim to somebody, or to nobody. */
export type AssignRequest = { claim: string; person: string | null; };

/** Puts a claim on a stretch of the newest revision. */
export type ReattachRequest = { claim: string; revision: string; spans: SpanDto[]; };

/** Where an orphan might stand, best first. `alike` runs from 0 to 1000. */
export type CandidateDto = { spans: SpanDto[]; quote: string; sentence: string; alike: number; };

/** The fields of a source. */
export type SourceFields = { kind: string | null; title: string; authors: string[]; publisher: string | null; published: string | null; accessed: string | null; url: string | null; note: string | null; reliability: string | null; withhold: boolean; };

/** Adds a source. */
export type AddSourceRequest = { fields: SourceFields; };

/** Corrects a source: every field is set as given. */
export type EditSourceRequest = { source: string; fields: SourceFields; };

/** Takes a file off a source; what was recorded stays in the history. */
export type DetachRequest = { source: string; digest: string; };

/** Lists sources that hold all the words, or all of them. */
export type SourcesRequest = { words: string | null; };

/** Adds evidence to a claim. */
export type AddEvidenceRequest = { claim: string; source: string; stance: string; passage: string | null; locator: string | null; note: string | null; };

/** Changes a piece of evidence. */
export type EditEvidenceRequest = { evidence: string; stance: string; passage: string | null; locator: string | null; note: string | null; };

/** Names a piece of evidence. */
export type EvidenceRequest = { evidence: string; };

/** Gives a verdict. `scale` is the name of one of the desk's scales, the default one where it is not given. */
export type VerdictRequest = { claim: string; rating: string; scale: string | null; rationale: string; };

/** Says that the verdict still holds on the words of now. */
export type ReaffirmRequest = { claim: string; rationale: string | null; };

/** Asks a query on a claim, or on the article where no claim is given. */
export type AskRequest = { article: string; claim: string | null; to: string | null; text: string; };

/** Answers a query. */
export type AnswerRequest = { query: string; text: string; };

/** Settles a query. */
export type ResolveRequest = { query: string; note: string | null; };

/** Compares two revisions, or a revision with a text that is not saved. `to` is the newest where nothing is given. */
export type CompareRequest = { article: string; from: string; to: string | null; text: string | null; };

/** Two texts side by side and what became of the claims. */
export type Comparison = { from: RevisionRow; to: RevisionRow | null; oldText: string; newText: string; parts: PartDto[]; statements: StatementDto[]; claims: PlacementDto[]; written: number; struck: number; moved: number; };

/** A stretch of a comparison. `kind` is kept (both spans), deleted (old), inserted (new), movedFrom (old), movedTo (new). */
export type PartDto = { kind: string; old: SpanDto | null; new: SpanDto | null; pair: number | null; };

/** One line of a change said in statements. `kind` is fact_changed, verdict_fell, orphaned, moved, new_unchecked, context_changed or info_changed. */
export type StatementDto = { kind: string; text: string; claim: string | null; new: SpanDto | null; old: SpanDto | null; };

/** Brings an old revision back as a new one. */
export type RestoreRequest = { article: string; revision: string; };

/** What an export would leave open or tell. */
export type ExportPreview = { name: string; open: OpenItem[]; warnings: string[]; withheld: number; };

/** Something still open. `kind` is unchecked, stale, orphaned, query or no_evidence. */
export type OpenItem = { kind: string; text: string; claim: string | null; query: string | null; };

/** Exports an article to a file that the shell has the user choose. */
export type ExportRequest = { article: string; path: string; };

/** What `verify` says of a file or folder. */
export type FindingsDto = { path: string; complete: boolean; valid: boolean; signed: string; errors: FaultDto[]; };

/** One fault of a bag. `path` is the entry it is about. */
export type FaultDto = { code: string; path: string | null; message: string; };

/** Erases a recorded fact's content. */
export type RedactRequest = { fact: string; why: string | null; };

/** Every command of the core: what it is asked with and what it answers. */
export interface Commands {
  "desk.overview": { request: Nothing; answer: Overview };
  "desk.since": { request: SinceRequest; answer: Since };
  "desk.search": { request: SearchRequest; answer: Hit[] };
  "desk.check": { request: Nothing; answer: Checked };
  "desk.backup": { request: PathRequest; answer: Written };
  "desk.undo": { request: StepRequest; answer: Stepped };
  "desk.redo": { request: StepRequest; answer: Stepped };
  "desk.example": { request: Nothing; answer: ArticleRequest };
  "person.introduce": { request: IntroduceRequest; answer: PersonDto };
  "person.switch": { request: SwitchRequest; answer: PersonDto };
  "scale.list": { request: Nothing; answer: ScaleDto[] };
  "scale.add": { request: AddScaleRequest; answer: ScaleDto };
  "import.paste": { request: PasteRequest; answer: Proposal };
  "import.preview": { request: PreviewRequest; answer: Proposal };
  "import.confirm": { request: ConfirmRequest; answer: ArticleRequest };
  "import.discard": { request: DiscardRequest; answer: Nothing };
  "article.open": { request: OpenRequest; answer: ArticleView };
  "article.archive": { request: ArchiveRequest; answer: Nothing };
  "article.info": { request: InfoRequest; answer: Nothing };
  "article.log": { request: ArticleRequest; answer: LogRow[] };
  "article.save": { request: SaveRequest; answer: Saved };
  "draft.keep": { request: KeepDraftRequest; answer: Nothing };
  "draft.drop": { request: ArticleRequest; answer: Nothing };
  "revision.list": { request: ArticleRequest; answer: RevisionRow[] };
  "revision.compare": { request: CompareRequest; answer: Comparison };
  "revision.restore": { request: RestoreRequest; answer: Saved };
  "claim.mark": { request: MarkRequest; answer: ClaimAnswer };
  "claim.show": { request: ClaimRequest; answer: ClaimDetail };
  "claim.edit": { request: EditClaimRequest; answer: ClaimAnswer };
  "claim.retract": { request: ClaimRequest; answer: ClaimAnswer };
  "claim.restore": { request: ClaimRequest; answer: ClaimAnswer };
  "claim.assign": { request: AssignRequest; answer: ClaimAnswer };
  "claim.reattach": { request: ReattachRequest; answer: ClaimAnswer };
  "claim.candidates": { request: ClaimRequest; answer: CandidateDto[] };
  "source.list": { request: SourcesRequest; answer: SourceDto[] };
  "source.add": { request: AddSourceRequest; answer: SourceDto };
  "source.edit": { request: EditSourceRequest; answer: SourceDto };
  "source.detach": { request: DetachRequest; answer: SourceDto };
  "evidence.add": { request: AddEvidenceRequest; answer: EvidenceDto };
  "evidence.edit": { request: EditEvidenceRequest; answer: EvidenceDto };
  "evidence.retract": { request: EvidenceRequest; answer: Nothing };
  "verdict.give": { request: VerdictRequest; answer: VerdictDto };
  "verdict.withdraw": { request: ClaimRequest; answer: Nothing };
  "verdict.reaffirm": { request: ReaffirmRequest; answer: VerdictDto };
  "query.list": { request: ArticleRequest; answer: QueryDto[] };
  "query.ask": { request: AskRequest; answer: QueryDto };
  "query.answer": { request: AnswerRequest; answer: QueryDto };
  "query.resolve": { request: ResolveRequest; answer: QueryDto };
  "export.preview": { request: ArticleRequest; answer: ExportPreview };
  "export.write": { request: ExportRequest; answer: Written };
  "verify": { request: PathRequest; answer: FindingsDto };
  "redact": { request: RedactRequest; answer: Nothing };
}
