// Made from the command table in src/wire by `cargo test`. Not written by hand.

export type ActionLabel = "introduce" | "import" | "bring-in" | "revise" | "restore-revision" | "merge" | "edit-info" | "archive" | "unarchive" | "mark" | "edit-claim" | "retract-claim" | "restore-claim" | "reattach" | "assign" | "add-source" | "edit-source" | "add-evidence" | "edit-evidence" | "retract-evidence" | "give-verdict" | "withdraw-verdict" | "reaffirm" | "add-scale" | "ask" | "answer" | "resolve" | "redact" | "wave-through" | "open-again" | "sign-off" | "take-back-sign-off" | "set-policy" | "set-status" | "add-interview" | "set-contact" | "suggest" | "accept-suggestion" | "reject-suggestion" | "take-returned" | "publish" | "undo" | "redo";

export type ArticleKind = "docx" | "html" | "mhtml" | "eml" | "pdf" | "markdown" | "text";

export type BlockKind = "headline" | "standfirst" | "heading" | "paragraph" | "caption" | "kept";

export type ChangeKind = "insert" | "delete" | "replace" | "move";

export type ChangesAs = "pending" | "accept" | "reject";

export type ClaimKind = "fact" | "figure" | "name" | "date" | "quotation" | "attribution" | "opinion" | "forecast";

export type ConversationMode = "phone" | "in-person" | "video" | "mail" | "message";

export type CorrectionKind = "changed" | "rated" | "removed" | "added" | "about";

export type Cover = "checked" | "waved" | "open";

export type DetailKind = "number" | "date" | "name" | "quotation" | "superlative";

export type Doing = "reading" | "comparing" | "gathering" | "writing" | "copying" | "receiving" | "fetching" | "bringing" | "moving" | "checking" | "rebuilding" | "packing" | "recording";

export type ErrorCode = "unknown_command" | "wrong_request" | "no_person" | "like_known" | "needs_passphrase" | "wrong_passphrase" | "revised_elsewhere" | "conflicts" | "stale_undo" | "needs_encoding" | "not_found" | "no_change" | "desk_replaced" | "desk_locked" | "cancelled" | "refused" | "disk_full" | "damaged" | "read_only" | "failed" | "not_open" | "offline" | "stopped" | "no_window" | "window" | "clipboard" | "not_a_web_address" | "open" | "odd_path";

export type EvidenceChoice = "keep" | "earlier" | "remove";

export type Family = "holds" | "partly" | "fails" | "open";

export type FaultCode = "archive" | "form" | "structure" | "syntax" | "path" | "missing" | "unlisted" | "duplicate" | "size" | "digest" | "unreadable" | "field" | "signature" | "history" | "contents";

export type FileKind = "bag" | "bundle" | "wacz" | "web-annotation" | "claim-review" | "archive";

export type FormatContent = "claims" | "sources" | "queries";

export type HitKind = "article" | "tag" | "person" | "claim" | "source";

export type LeftOutReason = "date" | "time" | "place" | "byline" | "outlet" | "tags" | "hashtags" | "url" | "furniture" | "repeat" | "heading" | "updated" | "section" | "front-matter" | "joined" | "characters" | "hidden" | "format" | "object" | "checked" | "cut" | "quoted" | "signature";

export type NewsKind = "article-assigned" | "claim-assigned" | "asked" | "disputed" | "stale" | "versions";

export type OpenKind = "unchecked" | "stale" | "orphaned" | "no_evidence" | "query" | "sign_off" | "coverage" | "disputed" | "contradicted" | "context" | "versions";

export type PartKind = "kept" | "deleted" | "inserted" | "movedFrom" | "movedTo";

export type Placement = "kept" | "moved" | "changed" | "orphaned";

export type Risk = "normal" | "high";

export type Role = "reader" | "reporter" | "checker" | "chief";

export type SecondPerson = "none" | "high" | "all";

export type Sort = "touched" | "headline" | "number" | "open" | "use" | "date" | "deadline" | "state";

export type SourceKind = "article" | "article-journal" | "article-magazine" | "article-newspaper" | "bill" | "book" | "broadcast" | "chapter" | "classic" | "collection" | "dataset" | "document" | "entry" | "entry-dictionary" | "entry-encyclopedia" | "event" | "figure" | "graphic" | "hearing" | "interview" | "legal_case" | "legislation" | "manuscript" | "map" | "motion_picture" | "musical_score" | "pamphlet" | "paper-conference" | "patent" | "performance" | "periodical" | "personal_communication" | "post" | "post-weblog" | "regulation" | "report" | "review" | "review-book" | "software" | "song" | "speech" | "standard" | "thesis" | "treaty" | "webpage";

export type Stance = "supports" | "refutes" | "context";

export type Standing = "unchecked" | "checked" | "stale" | "orphaned";

export type StatementKind = "verdict_fell" | "fact_changed" | "orphaned" | "new_unchecked" | "context_changed" | "moved" | "info_changed";

export type SuggestionState = "open" | "accepted" | "rejected" | "overtaken" | "moot";

export type SyncState = "off" | "up-to-date" | "sending" | "receiving" | "offline" | "refused" | "newer" | "went-back" | "removed" | "closed";

export type Terms = "record" | "background" | "off";

export type WorkState = "checking" | "with-writer" | "ready" | "out";

export type ActionAnswer = { action: string, };

export type AddContactRequest = { name: string, key: string, };

export type AddEvidenceRequest = { claim: string, source: string, stance: Stance, passage: string | null, locator: string | null, note: string | null, };

export type AddScaleRequest = { name: string, ratings: Array<RatingDto>, };

export type AddSourceRequest = { fields: SourceFields, };

export type AnswerDto = { text: string, 
/**
 * The author and time in the file it came with.
 */
author: string | null, date: string | null, by: PersonDto, at: string, 
/**
 * "written by NAME in FILE", if it was read from an answered sheet.
 */
written: string | null, };

export type AnswerRequest = { query: string, text: string, };

export type AnswerTaken = { query: string, number: number, text: string, };

export type AnswerUnmatched = { mark: string | null, text: string, why: string, };

export type AnswersTaken = { answered: Array<AnswerTaken>, 
/**
 * Parts that belong to no query of the article.
 */
unmatched: Array<AnswerUnmatched>, 
/**
 * Answers that were recorded before.
 */
known: Array<AnswerTaken>, 
/**
 * Queries without an answer.
 */
empty: Array<AnswerTaken>, 
/**
 * The action that recorded the answers; nothing where none was recorded.
 */
action: string | null, };

export type ArchiveRequest = { article: string, archived: boolean, };

export type ArticleCard = { id: string, number: number, headline: string, outlet: string | null, date: string | null, archived: boolean, revisions: number, counts: Counts, 
/**
 * The percentage of sentences that are checked or need no check; nothing if it is not computed yet.
 */
coverage: number | null, 
/**
 * Whether it counts as verified by the desk's current requirements; nothing if it is not computed yet.
 */
verified: boolean | null, 
/**
 * When it was last changed, RFC 3339.
 */
touched: string, touchedBy: PersonDto, hasDraft: boolean, 
/**
 * Its tags and hashtags as written.
 */
tags: Array<string>, 
/**
 * How far the work on it is: checking, with-writer, ready or out; nothing if it is not set.
 */
state: WorkState | null, 
/**
 * The deadline: a day, or a time with its offset from UTC.
 */
deadline: string | null, 
/**
 * Who it is assigned to.
 */
assignee: PersonDto | null, };

export type ArticleRequest = { article: string, };

export type ArticleView = { id: string, number: number, headline: string, archived: boolean, revision: RevisionRow, 
/**
 * Whether that is the newest revision: only it can be edited.
 */
newest: boolean, text: string, info: InfoDto, counts: Counts, 
/**
 * The live claims in the order of the text, orphans last.
 */
claims: Array<ClaimRow>, 
/**
 * Queries on the article and its claims.
 */
queries: Array<QueryDto>, 
/**
 * The suggestions that are open or overtaken, in the order they were made; none in an older revision.
 */
suggestions: Array<SuggestionDto>, 
/**
 * How many pictures came with it.
 */
pictures: number, draft: DraftDto | null, 
/**
 * How far the work on it is: checking, with-writer, ready or out; nothing if it is not set.
 */
state: WorkState | null, 
/**
 * The deadline: a day, or a time with its offset from UTC.
 */
deadline: string | null, 
/**
 * Who it is assigned to.
 */
assignee: PersonDto | null, 
/**
 * How it last went out verified.
 */
published: PublishedDto | null, };

export type AskRequest = { article: string, claim: string | null, to: string | null, text: string, };

export type AssignRequest = { claim: string, person: string | null, };

export type AttachRequest = { source: string, path: string, };

export type AuthoredDto = { span: SpanDto, revision: string, number: number, by: PersonDto, at: string, };

export type BlameRequest = { article: string, revision: string | null, };

export type BroughtDto = { 
/**
 * How many are here now, and were not before or had less.
 */
articles: number, 
/**
 * How many uses of withheld sources came as digests.
 */
withheld: number, 
/**
 * What did not come in, by its headline.
 */
leftOut: Array<RefusedDto>, 
/**
 * Whether a person stopped it.
 */
stopped: boolean, hub: HubDto, };

export type CancelRequest = { job: number, };

export type CandidateDto = { spans: Array<SpanDto>, quote: string, sentence: string, alike: number, 
/**
 * The changes from the claim's last words to the words there, in order.
 */
changes: Array<RunDto>, };

export type ChangedSentenceDto = { claim: string, number: number, article: string, headline: string, 
/**
 * Its words now.
 */
words: string, 
/**
 * The rating that it has, as the window shows it.
 */
rating: string | null, };

export type Checked = { faults: Array<string>, 
/**
 * The same as messages.
 */
faultMessages: Array<MessageDto>, actions: number, facts: number, };

export type ClaimAnswer = { claim: string, number: number, action: string, };

export type ClaimDetail = { row: ClaimRow, article: string, retracted: boolean, markedBy: PersonDto, markedAt: string, evidence: Array<EvidenceDto>, 
/**
 * Newest first.
 */
verdicts: Array<VerdictDto>, 
/**
 * The sign-offs of the current verdict.
 */
signOffs: Array<SignedDto>, queries: Array<QueryDto>, 
/**
 * For an orphan: the number of the last revision that had its words.
 */
lastStood: number | null, 
/**
 * What was done to it, newest first.
 */
history: Array<LogRow>, };

export type ClaimFields = { assertion: string | null, kind: ClaimKind | null, claimant: string | null, risk: Risk | null, };

export type ClaimRequest = { claim: string, };

export type ClaimRow = { id: string, number: number, spans: Array<SpanDto>, 
/**
 * The words it covers; for an orphan the last ones it covered.
 */
quote: string, assertion: string | null, kind: ClaimKind | null, claimant: string | null, 
/**
 * normal or high.
 */
risk: Risk, 
/**
 * kept, moved, changed or orphaned.
 */
placement: Placement, 
/**
 * unchecked, checked, stale or orphaned.
 */
standing: Standing, contextChanged: boolean, 
/**
 * What changed in the sentence around it, if its verdict holds.
 */
contextMessages: Array<MessageDto>, 
/**
 * Whether it is open because of that.
 */
contextOpen: boolean, 
/**
 * Why a verdict is stale, in words.
 */
reasons: Array<string>, 
/**
 * The same as messages.
 */
reasonMessages: Array<MessageDto>, rating: RatedDto | null, checker: PersonDto | null, assignee: PersonDto | null, evidence: number, 
/**
 * How many people signed off the current verdict.
 */
signOffs: number, openQueries: number, };

export type ClaimTaken = { id: string, number: number, existing: boolean, };

export type CompareRequest = { article: string, from: string, to: string | null, text: string | null, };

export type Comparison = { from: RevisionRow, 
/**
 * Nothing if the newer side is a text that is not saved.
 */
to: RevisionRow | null, oldText: string, newText: string, 
/**
 * In reading order.
 */
parts: Array<PartDto>, 
/**
 * The same change as statements, the most important first.
 */
statements: Array<StatementDto>, claims: Array<PlacementDto>, written: number, struck: number, moved: number, };

export type ConfirmRequest = { draft: string, text: string, info: InfoDto, again: boolean, 
/**
 * Whether it was read as it is.
 */
asIs?: boolean, encoding: string | null, kind: ArticleKind | null, changes: ChangesAs | null, };

export type ConflictDto = { index: number, base: VersionDto, ours: VersionDto, theirs: VersionDto, };

export type ContactDto = { name: string, id: string, key: string, };

export type ContactRequest = { source: string, phone?: string | null, address?: string | null, mail?: string | null, };

export type CorrectionDto = { kind: CorrectionKind, text: string, message: MessageDto, why: string | null, claim: string | null, };

export type CorrectionsRequest = { article: string, since: string | null, };

export type CorrectionsView = { since: string | null, entries: Array<CorrectionDto>, 
/**
 * The same as Markdown, to publish; empty if nothing was corrected.
 */
text: string, };

export type CountAnswer = { count: number, action: string, };

export type Counts = { claims: number, unchecked: number, checked: number, stale: number, orphaned: number, openQueries: number, 
/**
 * How many of the checked ones are open because their sentence changed.
 */
context: number, };

export type CoverageView = { revision: string, 
/**
 * The percentage of sentences that are checked or need no check.
 */
percent: number, 
/**
 * How many sentences have each cover.
 */
checked: number, waved: number, open: number, 
/**
 * Whether names are among the details. They are not in scripts without capital letters.
 */
namesRecognised: boolean, 
/**
 * How many open sentences have no details and count as a whole, since they may have names.
 */
openWholes: number, sentences: Array<SentenceDto>, };

export type DecideRequest = { article: string, suggestions: Array<string>, note: string | null, };

export type DecidedDto = { saved: Saved, action: string, };

export type DecisionDto = { take: "base" | "ours" | "theirs" | "words", words: string | null, };

export type DetachRequest = { source: string, digest: string, };

export type DetailDto = { kind: DetailKind, span: SpanDto, cover: Cover, };

export type DeviceDto = { device: string, label: string, revoked: boolean, };

export type DeviceRequest = { device: string, };

export type DiscardRequest = { draft: string, };

export type DiscloseRequest = { source: string, article: string | null, path: string, 
/**
 * Replace an existing file; a person confirmed it.
 */
replace: boolean, };

export type DraftDto = { base: string, baseNumber: number, 
/**
 * Whether `base` is still the newest revision.
 */
current: boolean, text: string, 
/**
 * The composed change set against the base, as CodeMirror writes it in JSON; nothing if it is not known.
 */
changes: JsonValue | null, at: string, };

export type DroppedRequest = { name: string, base64: string, };

export type EditClaimRequest = { claim: string, fields: ClaimFields, };

export type EditEvidenceRequest = { evidence: string, stance: Stance, passage: string | null, locator: string | null, note: string | null, };

export type EditSourceRequest = { source: string, fields: SourceFields, };

export type EffectDto = { claim: string, placement: Placement, standing: Standing, 
/**
 * Why its verdict will be out of date, in words.
 */
reasons: Array<string>, 
/**
 * The same as messages.
 */
reasonMessages: Array<MessageDto>, 
/**
 * What else changes in its sentence, if its verdict will hold.
 */
contextMessages: Array<MessageDto>, 
/**
 * Where it will stand in the typed text; empty for an orphan.
 */
spans: Array<SpanDto>, };

export type EffectsRequest = { article: string, base: string, changes: JsonValue, };

export type EntryLeftOut = { what: string, why: string, called: MessageDto, said: MessageDto, };

export type EntryRemark = { what: string, why: string, called: MessageDto, said: MessageDto, };

export type EvidenceDto = { id: string, 
/**
 * supports, refutes or context.
 */
stance: Stance, 
/**
 * Nothing if the desk that exported it withheld the source.
 */
source: SourceDto | null, passage: string | null, locator: string | null, note: string | null, by: PersonDto, at: string, 
/**
 * `earlier` if it is about the words of an earlier verdict; nothing if it is about the current words.
 */
scope: "earlier" | null, };

export type EvidenceRequest = { evidence: string, };

export type ExemptRequest = { article: string, revision: string, spans: Array<SpanDto>, note: string | null, };

export type ExportAsRequest = { article: string, format: string, path: string, 
/**
 * Whether a CSV file begins with a byte order mark, by which Excel knows that it is UTF-8.
 */
bom: boolean, 
/**
 * Show the changes since this revision, by number or id.
 */
changesSince: string | null, 
/**
 * Replace an existing file; a person confirmed it.
 */
replace: boolean, };

export type ExportPreview = { name: string, open: Array<OpenItem>, 
/**
 * Warnings: all evidence of a verdict is against it, or a withheld name occurs in what would be exported.
 */
warnings: Array<string>, 
/**
 * The same as messages.
 */
warningMessages: Array<MessageDto>, withheld: number, };

export type ExportRequest = { article: string, path: string, unsigned: boolean, 
/**
 * Replace an existing file; a person confirmed it.
 */
replace: boolean, };

export type ExportTextRequest = { article: string, format: string, };

export type FaultDto = { code: FaultCode, path: string | null, message: string, said: MessageDto, };

export type FileChangeDto = { kind: ChangeKind, words: string, with: string, author: string | null, date: string | null, };

export type FileCommentDto = { author: string | null, date: string | null, text: string, quote: string, replyTo: number | null, resolved: boolean, ofClaim: boolean, };

export type FileDto = { digest: string, name: string, bytes: number, };

export type FileLinkDto = { url: string, words: string, note: string | null, };

export type FilePictureDto = { name: string, bytes: number | null, alt: string | null, caption: string | null, };

export type FindingsDto = { path: string, 
/**
 * bag, bundle, wacz, web-annotation, claim-review, or archive: a zip archive that was refused without reading it.
 */
kind: FileKind, complete: boolean, valid: boolean, 
/**
 * none, bad, unknown, or the signer's name among the contacts of this desk.
 */
signed: string, 
/**
 * The key ID it was signed with.
 */
key: string | null, 
/**
 * That key as one line, if it is not a contact's.
 */
unknownKey: string | null, 
/**
 * The signer's name in the bundle itself; it proves nothing.
 */
signerSaid: string | null, 
/**
 * Whether the article counted as verified when the bundle was written; nothing if that is not stated.
 */
verified: boolean | null, 
/**
 * What the bundle itself states of that, by the rules of the version that wrote it.
 */
statedVerified: boolean | null, 
/**
 * What was open at that time.
 */
open: Array<string>, 
/**
 * If this desk has seen a newer bundle of the same article: the time of its last action.
 */
newerSeen: string | null, errors: Array<FaultDto>, };

export type ForgetContactRequest = { id: string, };

export type FormDto = { claim: string | null, form: string, fields: { [key in string]: string }, 
/**
 * Who typed it; nobody if the desk did not know yet who works.
 */
by: PersonDto | null, 
/**
 * When it was saved, RFC 3339.
 */
at: string, };

export type FormRequest = { article: string, claim: string | null, form: string, };

export type FormatDto = { slug: string, title: string, 
/**
 * Its purpose in one sentence.
 */
purpose: string, holds: FormatContent, 
/**
 * Whether it can show the changes since a revision.
 */
showsChanges: boolean, 
/**
 * The suggested file name.
 */
name: string, };

export type HandOverRequest = { from: string, to: string, };

export type HandedOverDto = { claims: number, articles: number, };

export type HereRequest = { article: string | null, };

export type Hit = { kind: HitKind, id: string, article: string | null, title: string, 
/**
 * The words around what was found.
 */
excerpt: string, 
/**
 * Where the searched words are in the title and the excerpt.
 */
marks: Marks, };

export type HubDto = { state: SyncState, 
/**
 * The name of the shared desk.
 */
name: string, 
/**
 * The role of the person who works.
 */
role: Role | null, 
/**
 * Since when it is so.
 */
since: string | null, 
/**
 * Why, if something went wrong, in English.
 */
why: string | null, 
/**
 * The same as a message.
 */
whyMessage: MessageDto | null, 
/**
 * How many actions wait to be sent.
 */
waiting: number, 
/**
 * How many entries of the shared desk are here, and how many the hub has.
 */
cursor: number, head: number, 
/**
 * What is only on the shared desk.
 */
remote: RemoteFilesDto, 
/**
 * What the hub refused.
 */
refused: Array<RefusedDto>, 
/**
 * What this desk does not take, with the reason.
 */
skipped: Array<RefusedDto>, 
/**
 * Who else has which article open.
 */
present: Array<PresentDto>, };

export type HubSizeDto = { 
/**
 * How many entries.
 */
entries: number, 
/**
 * Bytes of texts and files, and how many it takes.
 */
used: number, quota: number, };

export type ImportAnswersRequest = { path: string | null, text: string | null, 
/**
 * The article; by default the one of the sheet's marks.
 */
article: string | null, 
/**
 * Who wrote the answers; by default the name in the sheet.
 */
by: string | null, };

export type ImportClaimsRequest = { article: string, path: string, };

export type ImportedClaims = { claims: Array<ClaimTaken>, 
/**
 * The sources that were added.
 */
sources: Array<ImportedSource>, leftOut: Array<EntryLeftOut>, };

export type ImportedSource = { id: string, number: number, title: string, existing: boolean, 
/**
 * The fields in the file, if it was taken for a source of the desk: `source.add` with them keeps both.
 */
apart: SourceFields | null, };

export type ImportedSources = { sources: Array<ImportedSource>, leftOut: Array<EntryLeftOut>, 
/**
 * What to know about entries that were imported.
 */
remarks: Array<EntryRemark>, };

export type InfoDto = { byline: string | null, outlet: string | null, date: string | null, time: string | null, zone: string | null, place: string | null, language: string | null, url: string | null, tags: Array<string>, hashtags: Array<string>, };

export type InfoRequest = { article: string, info: InfoDto, };

export type InterviewDto = { 
/**
 * The fact that records it.
 */
fact: string, with: string, role: string | null, how: ConversationMode, on: string | null, terms: Terms, confirmed: string | null, 
/**
 * Where the recording or the notes are.
 */
recording: string | null, by: PersonDto, at: string, };

export type InterviewRequest = { source: string, with: string, role: string | null, how: ConversationMode, on: string | null, terms: Terms, confirmed: string | null, recording: string | null, };

export type IntroduceRequest = { name: string, initials: string, another: boolean, };

export type InviteRequest = { name: string, role: Role, path: string, 
/**
 * Whether a file that is there is replaced.
 */
replace: boolean, };

export type JoinRequest = { path: string, article: string, newest: string, decisions: Array<DecisionDto>, };

export type JoinSharedRequest = { invite: string, label: string, older: string | null, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

export type KeepDraftRequest = { article: string, base: string, text: string | null, changes: JsonValue | null, baseDigest: string | null, };

export type KeepFormRequest = { article: string, claim: string | null, form: string, fields: { [key in string]: string }, };

export type KeyWaits = { waits: boolean, };

export type LeaveRequest = { withoutFiles: boolean, };

export type LeftOutDto = { line: number, text: string, why: LeftOutReason, };

export type ListRequest = { sort: Sort | null, filters: Array<string>, skip: number, most: number, };

export type LogRow = { action: string, 
/**
 * What was done: the slug of the action's kind.
 */
label: ActionLabel, 
/**
 * What it was done to, in words, such as: True for C3 “roughly 300 kilometres…”
 */
about: string | null, 
/**
 * The same as a message.
 */
aboutMessage: MessageDto | null, 
/**
 * Of an undo or a redo: the slug of the kind of the action it speaks of.
 */
of: ActionLabel | null, by: PersonDto, 
/**
 * Who passed it on to the shared desk, if that was not its author.
 */
passedOnBy: string | null, at: string, undone: boolean, 
/**
 * For a change of the article's status: the new status in words. `about` has it too.
 */
says: string | null, 
/**
 * The same as a message.
 */
statusMessage: MessageDto | null, };

export type MarkAnswer = { claim: string, number: number, action: string, wider: WiderDto | null, };

export type MarkRequest = { article: string, revision: string, spans: Array<SpanDto>, fields: ClaimFields, };

export type Marks = { title: Array<SpanDto>, excerpt: Array<SpanDto>, };

export type MemberDto = { login: string, name: string, role: Role, removed: boolean, 
/**
 * The person; none before the first device joined.
 */
person: string | null, 
/**
 * Whether this is the person who works.
 */
me: boolean, devices: Array<DeviceDto>, };

export type MemberRequest = { login: string, };

export type MergePiece = { text: string | null, conflict: ConflictDto | null, };

export type MergeRequest = { article: string, base: string, text: string | null, path: string | null, };

export type MergeVersionRequest = { article: string, other: string, newest: string, decisions: Array<DecisionDto>, };

export type MergeView = { base: RevisionRow, 
/**
 * The newest revision: ours.
 */
newest: RevisionRow, baseText: string, ourText: string, theirText: string, 
/**
 * In reading order.
 */
pieces: Array<MergePiece>, conflicts: number, 
/**
 * Whether the text has almost no words in common with the newest revision.
 */
isUnrelated: boolean, };

export type MessageArg = string | number | MessageDto | Array<MessageDto>;

export type MessageDto = { 
/**
 * Its key in the catalogues.
 */
code: string, 
/**
 * What stands in its words, by name.
 */
args?: { [key in string]: MessageArg }, };

export type MyKeyDto = { name: string, 
/**
 * Sixteen hexadecimal digits.
 */
id: string, 
/**
 * The public key, one line.
 */
key: string, 
/**
 * Whether it has a passphrase.
 */
passphrase: boolean, };

export type NewEvidenceDto = { source: SourceGiven, stance: Stance, passage: string | null, locator: string | null, note: string | null, };

export type NewsDto = { kind: NewsKind, 
/**
 * Who did it, and when.
 */
by: string, at: string, article: string, headline: string, claim: string | null, 
/**
 * The words of the claim, or the question.
 */
words: string | null, };

export type Nothing = Record<symbol, never>;

export type OfferedSourceDto = { 
/**
 * Its number in the list, from 1.
 */
number: number, url: string, 
/**
 * The words that are linked.
 */
words: string, 
/**
 * The label of the note it is in.
 */
note: string | null, sentence: SpanDto | null, 
/**
 * The claims of that sentence that do not have it yet.
 */
claims: Array<string>, 
/**
 * The source of the desk with this address.
 */
source: string | null, };

export type OpenAgainRequest = { article: string, revision: string, spans: Array<SpanDto>, };

export type OpenItem = { kind: OpenKind, text: string, message: MessageDto, claim: string | null, query: string | null, };

export type OpenRequest = { article: string, revision: string | null, };

export type Opened = Proposal | { imported: string, signed: string, joined: Saved | null, } | { bundle: string, article: string, merge: MergeView, };

export type Overview = { path: string, 
/**
 * The sequence number of the newest action; `desk.since` takes it.
 */
seq: number, 
/**
 * Who is working; nothing if it is not known.
 */
me: PersonDto | null, people: Array<PersonDto>, articles: Array<ArticleCard>, 
/**
 * Whether there are articles that are not archived, and articles that are.
 */
anyArticles: boolean, anyArchived: boolean, scales: Array<ScaleDto>, undo: Step | null, redo: Step | null, 
/**
 * Whether newer rules opened claims, and nobody has seen the list of them: `context.list`.
 */
lookAgain: boolean, 
/**
 * Notices for the person, in sentences: the disk is nearly full, or something failed when the desk was opened.
 */
notices: Array<string>, 
/**
 * The same as messages.
 */
noticeMessages: Array<MessageDto>, 
/**
 * Why the desk is read-only; nothing if it can be written.
 */
onlyRead: string | null, 
/**
 * The same as a message.
 */
onlyReadMessage: MessageDto | null, };

export type OverviewRequest = { articles: boolean | null, };

export type PartDto = { kind: PartKind, old: SpanDto | null, new: SpanDto | null, 
/**
 * The same number in a movedFrom and its movedTo.
 */
pair: number | null, };

export type PassphraseRequest = { now: string | null, new: string | null, };

export type PasteRequest = { text: string, asIs: boolean, html: string | null, };

export type PathRequest = { path: string, };

export type PersonDto = { id: string, name: string, initials: string, };

export type PictureAnswer = { address: string, };

export type PictureDto = { name: string, file: string | null, bytes: number | null, alt: string | null, caption: string | null, near: string, };

export type PictureRequest = { digest: string, };

export type PlacementDto = { claim: string, number: number, placement: Placement, standing: Standing, contextChanged: boolean, spans: Array<SpanDto>, quote: string | null, was: string | null, 
/**
 * What changed, in words.
 */
reasons: Array<string>, 
/**
 * The same as messages.
 */
reasonMessages: Array<MessageDto>, };

export type PolicyDto = { evidence: boolean, second: SecondPerson, queries: boolean, coverage: number, 
/**
 * Whether a claim is open when other words of its sentence changed. If missing when set, it stays as it is.
 */
context: boolean | null, };

export type PresentDto = { name: string, initials: string, article: string, };

export type PreviewRequest = { draft: string, asIs: boolean, encoding: string | null, kind: ArticleKind | null, changes: ChangesAs | null, };

export type Proposal = { draft: string, name: string, text: string, info: InfoDto, leftOut: Array<LeftOutDto>, recognised: Array<RecognisedDto>, 
/**
 * What the file is.
 */
kind: ArticleKind, 
/**
 * What is done with its tracked changes.
 */
changesAs: ChangesAs, 
/**
 * Its tracked changes, which wait for a decision.
 */
changes: Array<FileChangeDto>, 
/**
 * Its comments.
 */
comments: Array<FileCommentDto>, 
/**
 * Its links.
 */
links: Array<FileLinkDto>, 
/**
 * Its pictures.
 */
pictures: Array<FilePictureDto>, encoding: string, asIs: boolean, 
/**
 * The encodings it can be read in.
 */
encodings: Array<string>, 
/**
 * True if the encoding is not certain. The text is read in the likely one, and the user confirms it or chooses another.
 */
needsEncoding: boolean, 
/**
 * The article that was imported from the same bytes, if there is one.
 */
existing: string | null, };

export type PublicKeyDto = { id: string, key: string, };

export type PublishedDto = { number: number, at: string, by: PersonDto, };

export type QueryDto = { id: string, number: number, claim: string | null, to: string | null, text: string, 
/**
 * The author and time in the file it came with. Nobody of the desk is meant by the name.
 */
author: string | null, date: string | null, 
/**
 * Where it is in the text, if it came with a file; only in an article.
 */
spans: Array<SpanDto>, by: PersonDto, at: string, answers: Array<AnswerDto>, open: boolean, resolution: string | null, };

export type RatedDto = { slug: string, label: string, family: Family, };

export type RatingDto = { slug: string, label: string, family: Family, value: number | null, meaning: string, };

export type ReaffirmRequest = { claim: string, rationale: string | null, };

export type ReattachRequest = { claim: string, revision: string, spans: Array<SpanDto>, };

export type RecognisedDto = { kind: BlockKind, span: SpanDto, 
/**
 * The line, paragraph or page of the file where it begins.
 */
line: number, };

export type RedactRequest = { fact: string, why: string | null, };

export type RefusedDto = { what: string, 
/**
 * Why, in English.
 */
why: string, 
/**
 * The same as a message.
 */
message: MessageDto, 
/**
 * The hub's own words, in English, if it has any: for administrators.
 */
said: string | null, };

export type RemoteFilesDto = { files: number, bytes: number, };

export type ResolveRequest = { query: string, note: string | null, };

export type RestoreRequest = { article: string, revision: string, };

export type ReturnedChangeDto = { kind: ChangeKind, author: string | null, date: string | null, 
/**
 * The words that go, and the words that come.
 */
words: string, with: string, };

export type ReturnedCommentDto = { author: string | null, date: string | null, text: string, 
/**
 * The words it is on.
 */
quote: string, 
/**
 * The number of the query it answers.
 */
query: number | null, 
/**
 * The number of the claim it is on.
 */
claim: number | null, 
/**
 * How many replies it has that come with it.
 */
replies: number, };

export type ReturnedOursDto = { claim: number | null, query: number | null, what: "changed" | "gone" | "resolved", words: string, };

export type ReturnedRequest = { article: string, path: string | null, draft: string | null, base: string | null, };

export type ReturnedView = { 
/**
 * Whether a desk wrote the file.
 */
isOurs: boolean, 
/**
 * How many edits were made without tracking them.
 */
edits: number, 
/**
 * The merge of these edits with the newest revision.
 */
merge: MergeView, 
/**
 * What becomes suggestions.
 */
suggestions: Array<ReturnedChangeDto>, 
/**
 * How many of its changes are suggestions here already.
 */
knownSuggestions: number, 
/**
 * How many new changes are in words that such a suggestion adds. They are not taken.
 */
notTaken: number, 
/**
 * What becomes answers.
 */
answers: Array<ReturnedCommentDto>, 
/**
 * What becomes queries.
 */
queries: Array<ReturnedCommentDto>, 
/**
 * Our own comments that are not as they were. Nothing is recorded of them.
 */
ours: Array<ReturnedOursDto>, };

export type RevisionRow = { id: string, number: number, 
/**
 * The revision it is based on; for a merge, the one that was the newest then.
 */
parent: string | null, by: PersonDto, at: string, note: string | null, 
/**
 * The number of the revision whose text it restored.
 */
restores: number | null, words: number, 
/**
 * Words inserted and deleted, compared with the revision before.
 */
written: number, struck: number, };

export type RoleRequest = { login: string, role: Role, };

export type RunDto = { kind: PartKind, text: string, };

export type SaveMergeRequest = { article: string, base: string, newest: string, text: string, 
/**
 * One decision for each conflict, in order.
 */
decisions: Array<DecisionDto>, note: string | null, };

export type SaveRequest = { article: string, base: string, text: string, changes: JsonValue | null, note: string | null, onTop: boolean, };

export type Saved = { revision: RevisionRow, placements: Array<PlacementDto>, };

export type ScaleDto = { id: string | null, name: string, ratings: Array<RatingDto>, };

export type SearchRequest = { words: string, };

export type SentenceDto = { span: SpanDto, cover: Cover, details: Array<DetailDto>, 
/**
 * Whether it has no details and counts as a whole, since names are not recognised in its text.
 */
whole: boolean, 
/**
 * Who marked it as “No check needed”, if somebody did.
 */
by: PersonDto | null, at: string | null, note: string | null, };

export type SentencesDto = { count: number, action: string, };

export type SeveralRequest = { article: string, claims: Array<string>, change: "retract" | "exempt" | "assign", person: string | null, };

export type SignOffRequest = { claim: string, note: string | null, };

export type SignedDto = { by: PersonDto, at: string, note: string | null, };

export type Since = { seq: number, articles: Array<string>, shared: boolean, };

export type SinceRequest = { seq: number, };

export type SnapshotRequest = { digest: string, path: string, 
/**
 * Replace an existing file; a person confirmed it.
 */
replace: boolean, };

export type SnapshotTextRequest = { digest: string, };

export type SourceContactDto = { 
/**
 * The fact that records it.
 */
fact: string | null, phone: string | null, address: string | null, mail: string | null, };

export type SourceDetail = { source: SourceDto, 
/**
 * In the order they were recorded.
 */
interviews: Array<InterviewDto>, contact: SourceContactDto, };

export type SourceDto = { id: string, number: number, kind: SourceKind, title: string, authors: Array<string>, publisher: string | null, published: string | null, accessed: string | null, url: string | null, note: string | null, reliability: string | null, withhold: boolean, 
/**
 * Whether its words never leave this file.
 */
keptHere: boolean, files: Array<FileDto>, 
/**
 * How many live pieces of evidence use it.
 */
used: number, };

export type SourceFields = { kind: SourceKind | null, title: string, authors: Array<string>, publisher: string | null, published: string | null, accessed: string | null, url: string | null, note: string | null, reliability: string | null, withhold: boolean, 
/**
 * Whether its words never leave this file.
 */
keepHere: boolean, };

export type SourceGiven = string | SourceFields;

export type SourceRequest = { source: string, };

export type SourcesRequest = { words: string | null, sort: Sort | null, skip: number | null, most: number | null, };

export type SpanDto = { start: number, end: number, };

export type StatementDto = { kind: StatementKind, text: string, message: MessageDto, claim: string | null, 
/**
 * Its spans in the newer text, and in the older.
 */
new: SpanDto | null, old: SpanDto | null, };

export type StatusDto = { state: WorkState | null, deadline: string | null, assignee: PersonDto | null, };

export type StatusRequest = { article: string, state?: WorkState | null, deadline?: string | null, assignee?: string | null, };

export type Step = { action: string, label: ActionLabel, article: string | null, by: PersonDto, };

export type StepRequest = { seen: string, };

export type Stepped = { label: ActionLabel, article: string | null, 
/**
 * Whether that article exists now.
 */
stands: boolean, draftKept: boolean, };

export type StillHoldRequest = { claims: Array<string>, };

export type SuggestRequest = { article: string, base: string, changes: JsonValue, };

export type SuggestedDto = { suggestions: Array<SuggestionDto>, action: string, };

export type SuggestionDto = { id: string, number: number, 
/**
 * insert, delete, replace or move.
 */
kind: ChangeKind, 
/**
 * open, accepted, rejected, overtaken or moot.
 */
state: SuggestionState, 
/**
 * The number of the revision it was made on.
 */
revision: number, edits: Array<SuggestionEditDto>, 
/**
 * The suggestion in whose added words this one waits. The spans of its edits count in the words that the other one adds,
 * one edit after the other.
 */
within: string | null, 
/**
 * Who made it: the name in the file it came with, else the person of the desk.
 */
author: string | null, 
/**
 * When it was made: the time in the file, else when it was recorded.
 */
date: string | null, 
/**
 * Whether author and date are those of a file. Then nobody of the desk is meant by the name.
 */
ofFile: boolean, 
/**
 * Who recorded it.
 */
by: PersonDto, 
/**
 * Who decided it, when, and the remark; nothing while it waits.
 */
decidedBy: PersonDto | null, decidedAt: string | null, note: string | null, };

export type SuggestionEditDto = { 
/**
 * Where the words are that go; one empty span where words are only added. Several if words that another suggestion added are
 * between them: the new words belong to the first. None if the suggestion does not wait.
 */
spans: Array<SpanDto>, 
/**
 * The words that go.
 */
words: string, 
/**
 * The words that come, with what was accepted in them.
 */
with: string, };

export type SuggestionEffectDto = { claim: string, number: number, now: Standing, then: Standing, 
/**
 * What changes, as messages.
 */
words: Array<MessageDto>, };

export type SuggestionEffectsDto = { 
/**
 * The suggestion; nothing if it is all of them together.
 */
suggestion: string | null, effects: Array<SuggestionEffectDto>, };

export type SuggestionEffectsRequest = { article: string, suggestions: Array<string>, together: boolean, };

export type SuggestionsRequest = { article: string, all: boolean, };

export type SwitchRequest = { person: string, };

export type TagDto = { tag: string, articles: number, };

export type TakeOfferedRequest = { article: string, numbers: Array<number> | null, seen: string | null, };

export type TakeReturnedRequest = { article: string, path: string | null, draft: string | null, base: string | null, newest: string, 
/**
 * One decision for each conflict, in order.
 */
decisions: Array<DecisionDto>, note: string | null, };

export type TakenReturned = { saved: Saved, action: string, suggestions: number, answers: number, queries: number, };

export type TextAnswer = { text: string, };

export type ThenRequest = { article: string, action: string, };

export type TimelinePoint = { revision: RevisionRow, 
/**
 * The last action while it was the newest: `article.then` shows the article as it was then.
 */
until: string, words: number, claims: number, checked: number, stale: number, orphaned: number, unchecked: number, };

export type UnlockRequest = { passphrase: string, };

export type VerdictDto = { fact: string, 
/**
 * The action that gave it.
 */
action: string, rating: RatedDto, scale: string, rationale: string, 
/**
 * The words it was given on.
 */
words: string, revision: number, by: PersonDto, at: string, withdrawn: boolean, reaffirms: boolean, 
/**
 * Whether it is the current verdict.
 */
current: boolean, };

export type VerdictRequest = { claim: string, rating: string, scale: string | null, rationale: string, evidence?: { [key in string]: EvidenceChoice }, add?: NewEvidenceDto, };

export type VersionDto = { text: string, span: SpanDto | null, };

export type VersionRequest = { article: string, other: string, };

export type WiderDto = { spans: Array<SpanDto>, quote: string, };

export type WriteKeyRequest = { path: string, 
/**
 * Replace an existing file; a person confirmed it.
 */
replace: boolean, };

export type Written = { path: string, };

export type WrittenAs = { path: string, warnings: Array<MessageDto>, };

export interface Commands {
  "desk.overview": { request: OverviewRequest; answer: Overview };
  "desk.since": { request: SinceRequest; answer: Since };
  "desk.search": { request: SearchRequest; answer: Array<Hit> };
  "desk.check": { request: Nothing; answer: Checked };
  "desk.backup": { request: PathRequest; answer: Written };
  "desk.undo": { request: StepRequest; answer: Stepped };
  "desk.redo": { request: StepRequest; answer: Stepped };
  "desk.example": { request: Nothing; answer: ArticleRequest };
  "person.introduce": { request: IntroduceRequest; answer: PersonDto };
  "person.switch": { request: SwitchRequest; answer: PersonDto };
  "scale.list": { request: Nothing; answer: Array<ScaleDto> };
  "scale.add": { request: AddScaleRequest; answer: ScaleDto };
  "import.paste": { request: PasteRequest; answer: Proposal };
  "import.dropped": { request: DroppedRequest; answer: Proposal };
  "import.file": { request: PathRequest; answer: Opened };
  "bundle.join": { request: JoinRequest; answer: Opened };
  "import.preview": { request: PreviewRequest; answer: Proposal };
  "import.confirm": { request: ConfirmRequest; answer: ArticleRequest };
  "import.discard": { request: DiscardRequest; answer: Nothing };
  "article.list": { request: ListRequest; answer: Array<ArticleCard> };
  "article.tags": { request: Nothing; answer: Array<TagDto> };
  "article.open": { request: OpenRequest; answer: ArticleView };
  "article.archive": { request: ArchiveRequest; answer: ActionAnswer };
  "article.setStatus": { request: StatusRequest; answer: StatusDto };
  "article.info": { request: InfoRequest; answer: Nothing };
  "article.log": { request: ArticleRequest; answer: Array<LogRow> };
  "article.then": { request: ThenRequest; answer: ArticleView };
  "article.timeline": { request: ArticleRequest; answer: Array<TimelinePoint> };
  "article.blame": { request: BlameRequest; answer: Array<AuthoredDto> };
  "article.save": { request: SaveRequest; answer: Saved };
  "merge.propose": { request: MergeRequest; answer: MergeView };
  "merge.save": { request: SaveMergeRequest; answer: Saved };
  "returned.look": { request: ReturnedRequest; answer: ReturnedView };
  "returned.take": { request: TakeReturnedRequest; answer: TakenReturned };
  "draft.keep": { request: KeepDraftRequest; answer: Nothing };
  "draft.drop": { request: ArticleRequest; answer: Nothing };
  "form.keep": { request: KeepFormRequest; answer: Nothing };
  "form.drop": { request: FormRequest; answer: Nothing };
  "form.list": { request: ArticleRequest; answer: Array<FormDto> };
  "draft.effects": { request: EffectsRequest; answer: Array<EffectDto> };
  "suggestion.list": { request: SuggestionsRequest; answer: Array<SuggestionDto> };
  "suggestion.effects": { request: SuggestionEffectsRequest; answer: Array<SuggestionEffectsDto> };
  "suggestion.accept": { request: DecideRequest; answer: DecidedDto };
  "suggestion.reject": { request: DecideRequest; answer: DecidedDto };
  "suggestion.make": { request: SuggestRequest; answer: SuggestedDto };
  "revision.list": { request: ArticleRequest; answer: Array<RevisionRow> };
  "revision.compare": { request: CompareRequest; answer: Comparison };
  "revision.restore": { request: RestoreRequest; answer: Saved };
  "claim.mark": { request: MarkRequest; answer: MarkAnswer };
  "claim.import": { request: ImportClaimsRequest; answer: ImportedClaims };
  "claim.show": { request: ClaimRequest; answer: ClaimDetail };
  "claim.edit": { request: EditClaimRequest; answer: ClaimAnswer };
  "claim.retract": { request: ClaimRequest; answer: ClaimAnswer };
  "claim.restore": { request: ClaimRequest; answer: ClaimAnswer };
  "claim.assign": { request: AssignRequest; answer: ClaimAnswer };
  "claim.changeSeveral": { request: SeveralRequest; answer: CountAnswer };
  "claim.reattach": { request: ReattachRequest; answer: ClaimAnswer };
  "claim.candidates": { request: ClaimRequest; answer: Array<CandidateDto> };
  "source.list": { request: SourcesRequest; answer: Array<SourceDto> };
  "source.offered": { request: ArticleRequest; answer: Array<OfferedSourceDto> };
  "source.takeOffered": { request: TakeOfferedRequest; answer: ActionAnswer };
  "source.add": { request: AddSourceRequest; answer: SourceDto };
  "source.edit": { request: EditSourceRequest; answer: SourceDto };
  "source.show": { request: SourceRequest; answer: SourceDetail };
  "source.interview": { request: InterviewRequest; answer: SourceDetail };
  "source.contact": { request: ContactRequest; answer: SourceDetail };
  "source.import": { request: PathRequest; answer: ImportedSources };
  "source.disclose": { request: DiscloseRequest; answer: Written };
  "picture.list": { request: ArticleRequest; answer: Array<PictureDto> };
  "picture.show": { request: PictureRequest; answer: PictureAnswer };
  "source.attach": { request: AttachRequest; answer: SourceDto };
  "snapshot.write": { request: SnapshotRequest; answer: Written };
  "snapshot.text": { request: SnapshotTextRequest; answer: TextAnswer };
  "source.detach": { request: DetachRequest; answer: SourceDto };
  "evidence.add": { request: AddEvidenceRequest; answer: EvidenceDto };
  "evidence.edit": { request: EditEvidenceRequest; answer: EvidenceDto };
  "evidence.retract": { request: EvidenceRequest; answer: ActionAnswer };
  "verdict.give": { request: VerdictRequest; answer: VerdictDto };
  "verdict.withdraw": { request: ClaimRequest; answer: Nothing };
  "verdict.reaffirm": { request: ReaffirmRequest; answer: VerdictDto };
  "context.list": { request: Nothing; answer: Array<ChangedSentenceDto> };
  "context.hold": { request: StillHoldRequest; answer: Nothing };
  "context.seen": { request: Nothing; answer: Nothing };
  "verdict.reaffirmContexts": { request: ArticleRequest; answer: CountAnswer };
  "verdict.signOff": { request: SignOffRequest; answer: Nothing };
  "verdict.takeBackSignOff": { request: ClaimRequest; answer: Nothing };
  "article.coverage": { request: ArticleRequest; answer: CoverageView };
  "sentence.wave": { request: ExemptRequest; answer: SentencesDto };
  "sentence.openAgain": { request: OpenAgainRequest; answer: SentencesDto };
  "policy.show": { request: Nothing; answer: PolicyDto };
  "policy.set": { request: PolicyDto; answer: Nothing };
  "query.list": { request: ArticleRequest; answer: Array<QueryDto> };
  "query.ask": { request: AskRequest; answer: QueryDto };
  "query.answer": { request: AnswerRequest; answer: QueryDto };
  "query.import": { request: ImportAnswersRequest; answer: AnswersTaken };
  "query.resolve": { request: ResolveRequest; answer: QueryDto };
  "article.corrections": { request: CorrectionsRequest; answer: CorrectionsView };
  "export.preview": { request: ArticleRequest; answer: ExportPreview };
  "export.write": { request: ExportRequest; answer: WrittenAs };
  "export.formats": { request: ArticleRequest; answer: Array<FormatDto> };
  "export.text": { request: ExportTextRequest; answer: TextAnswer };
  "export.as": { request: ExportAsRequest; answer: WrittenAs };
  "verify": { request: PathRequest; answer: FindingsDto };
  "key.show": { request: Nothing; answer: MyKeyDto };
  "key.waits": { request: Nothing; answer: KeyWaits };
  "key.unlock": { request: UnlockRequest; answer: Nothing };
  "key.passphrase": { request: PassphraseRequest; answer: MyKeyDto };
  "key.write": { request: WriteKeyRequest; answer: Written };
  "key.read": { request: PathRequest; answer: PublicKeyDto };
  "contact.list": { request: Nothing; answer: Array<ContactDto> };
  "contact.add": { request: AddContactRequest; answer: ContactDto };
  "contact.forget": { request: ForgetContactRequest; answer: Nothing };
  "hub.status": { request: Nothing; answer: HubDto };
  "hub.join": { request: JoinSharedRequest; answer: HubDto };
  "hub.bring": { request: PathRequest; answer: BroughtDto };
  "hub.sync": { request: Nothing; answer: HubDto };
  "hub.setAside": { request: Nothing; answer: HubDto };
  "hub.fetchFiles": { request: Nothing; answer: HubDto };
  "hub.leave": { request: LeaveRequest; answer: HubDto };
  "hub.members": { request: Nothing; answer: Array<MemberDto> };
  "hub.invite": { request: InviteRequest; answer: Written };
  "hub.role": { request: RoleRequest; answer: Array<MemberDto> };
  "hub.remove": { request: MemberRequest; answer: Array<MemberDto> };
  "hub.revoke": { request: DeviceRequest; answer: Array<MemberDto> };
  "hub.size": { request: Nothing; answer: HubSizeDto };
  "hub.handOver": { request: HandOverRequest; answer: HandedOverDto };
  "desk.news": { request: Nothing; answer: Array<NewsDto> };
  "desk.newsSeen": { request: Nothing; answer: Nothing };
  "hub.here": { request: HereRequest; answer: Nothing };
  "article.versions": { request: ArticleRequest; answer: Array<RevisionRow> };
  "version.propose": { request: VersionRequest; answer: MergeView };
  "version.merge": { request: MergeVersionRequest; answer: Saved };
  "redact": { request: RedactRequest; answer: Nothing };
  "job.cancel": { request: CancelRequest; answer: Nothing };
}
