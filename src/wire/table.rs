//! The command table: every name with its request, its answer and its handler, once.

use super::{ErrorCode, WireError, handle::*, page::*};
use crate::desk::{Access, Desk};
use crate::messages::message;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Declares the table. From it come the dispatcher, the list of names, and the page's TypeScript.
macro_rules! commands {
    ($($name:literal: $mode:ident $request:ty => $answer:ty, $handler:path;)*) => {
        /// Every command's name.
        pub const COMMANDS: &[&str] = &[$($name),*];

        /// Answers one request on one connection. Fails with the code `unknown_command` for a name that is not in the table.
        pub fn dispatch(desk: &mut Desk, name: &str, request: Value) -> Result<Value, WireError> {
            match name {
                $($name => run::<$request, $answer>(desk, name, request, mode!($mode), $handler),)*
                _ => Err(WireError::new(ErrorCode::UnknownCommand, message!("wire_no_command", given = name, names = COMMANDS.join(", ")))),
            }
        }

        /// How a command is executed; nothing for a name that is not in the table.
        pub(super) fn mode(name: &str) -> Option<Mode> {
            match name {
                $($name => Some(mode!($mode)),)*
                _ => None,
            }
        }

        /// The table as a TypeScript interface.
        #[cfg(test)]
        fn interface() -> String {
            let config = ts_rs::Config::new().with_large_int("number");
            let mut out = String::from("export interface Commands {\n");
            $(out.push_str(&format!(
                "  \"{}\": {{ request: {}; answer: {} }};\n",
                $name, <$request as ts_rs::TS>::name(&config), <$answer as ts_rs::TS>::name(&config),
            ));)*
            out + "}\n"
        }

        #[cfg(test)]
        fn types() -> std::collections::BTreeMap<String, String> {
            let config = ts_rs::Config::new().with_large_int("number");
            let mut seen = Declarations { config, found: Default::default(), seen: Default::default() };
            $(seen.see::<$request>(); seen.see::<$answer>();)*
            seen.found
        }
    };
}

/// How a command is executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It reads one snapshot, on a connection that only reads.
    Reads,
    /// It writes in one transaction.
    Writes,
    /// It writes, and begins its transactions itself, because it also writes files, or because it saves what was typed even
    /// if it fails.
    Itself,
    /// It may take long. It has its own connection, reports its progress, can be stopped, and begins its transactions
    /// itself.
    Job,
    /// It is about the session, not the desk.
    Session,
}

/// The modes by the words of the table.
macro_rules! mode {
    (reads) => {
        Mode::Reads
    };
    (writes) => {
        Mode::Writes
    };
    (itself) => {
        Mode::Itself
    };
    (job) => {
        Mode::Job
    };
    (session) => {
        Mode::Session
    };
}

commands! {
    "desk.overview": reads OverviewRequest => Overview, desk::overview;
    "desk.since": reads SinceRequest => Since, desk::since;
    "desk.search": reads SearchRequest => Vec<Hit>, desk::search;
    "desk.check": job Nothing => Checked, desk::check;
    "desk.backup": job PathRequest => Written, desk::backup;
    "desk.undo": writes StepRequest => Stepped, desk::undo;
    "desk.redo": writes StepRequest => Stepped, desk::redo;
    "desk.example": writes Nothing => ArticleRequest, desk::example;
    "person.introduce": writes IntroduceRequest => PersonDto, desk::introduce;
    "person.switch": writes SwitchRequest => PersonDto, desk::switch;
    "scale.list": reads Nothing => Vec<ScaleDto>, desk::scales;
    "scale.add": writes AddScaleRequest => ScaleDto, desk::add_scale;
    "import.paste": writes PasteRequest => Proposal, articles::paste;
    "import.dropped": job DroppedRequest => Proposal, articles::dropped;
    "import.file": job PathRequest => Opened, articles::file;
    "bundle.join": job JoinRequest => Opened, merging::join;
    "import.preview": job PreviewRequest => Proposal, articles::preview;
    "import.confirm": job ConfirmRequest => ArticleRequest, articles::confirm;
    "import.discard": writes DiscardRequest => Nothing, articles::discard;
    "article.list": reads ListRequest => Vec<ArticleCard>, desk::articles;
    "article.tags": reads Nothing => Vec<TagDto>, desk::tags;
    "article.open": reads OpenRequest => ArticleView, articles::open;
    "article.archive": writes ArchiveRequest => ActionAnswer, articles::archive;
    "article.setStatus": writes StatusRequest => StatusDto, articles::set_status;
    "article.info": writes InfoRequest => Nothing, articles::info;
    "article.log": reads ArticleRequest => Vec<LogRow>, history::log;
    "article.then": reads ThenRequest => ArticleView, past::then;
    "article.timeline": reads ArticleRequest => Vec<TimelinePoint>, past::timeline;
    "article.blame": reads BlameRequest => Vec<AuthoredDto>, past::blame;
    "article.save": itself SaveRequest => Saved, articles::save;
    "merge.propose": reads MergeRequest => MergeView, merging::propose;
    "merge.save": writes SaveMergeRequest => Saved, merging::save;
    "returned.look": job ReturnedRequest => ReturnedView, returned::look;
    "returned.take": job TakeReturnedRequest => TakenReturned, returned::take;
    "draft.keep": writes KeepDraftRequest => Nothing, articles::keep_draft;
    "draft.drop": writes ArticleRequest => Nothing, articles::drop_draft;
    "form.keep": writes KeepFormRequest => Nothing, forms::keep;
    "form.drop": writes FormRequest => Nothing, forms::discard;
    "form.list": reads ArticleRequest => Vec<FormDto>, forms::list;
    "draft.effects": reads EffectsRequest => Vec<EffectDto>, typing::effects;
    "suggestion.list": reads SuggestionsRequest => Vec<SuggestionDto>, suggestions::list;
    "suggestion.effects": reads SuggestionEffectsRequest => Vec<SuggestionEffectsDto>, suggestions::effects;
    "suggestion.accept": writes DecideRequest => DecidedDto, suggestions::accept;
    "suggestion.reject": writes DecideRequest => DecidedDto, suggestions::reject;
    "suggestion.make": writes SuggestRequest => SuggestedDto, suggestions::make;
    "revision.list": reads ArticleRequest => Vec<RevisionRow>, history::revisions;
    "revision.compare": reads CompareRequest => Comparison, history::compare;
    "revision.restore": writes RestoreRequest => Saved, history::restore;
    "claim.mark": writes MarkRequest => MarkAnswer, claims::mark;
    "claim.import": job ImportClaimsRequest => ImportedClaims, interchange::import_claims;
    "claim.show": reads ClaimRequest => ClaimDetail, claims::show;
    "claim.edit": writes EditClaimRequest => ClaimAnswer, claims::edit;
    "claim.retract": writes ClaimRequest => ClaimAnswer, claims::retract;
    "claim.restore": writes ClaimRequest => ClaimAnswer, claims::restore;
    "claim.assign": writes AssignRequest => ClaimAnswer, claims::assign;
    "claim.changeSeveral": writes SeveralRequest => CountAnswer, claims::change_several;
    "claim.reattach": writes ReattachRequest => ClaimAnswer, claims::reattach;
    "claim.candidates": reads ClaimRequest => Vec<CandidateDto>, claims::candidates;
    "source.list": reads SourcesRequest => Vec<SourceDto>, sources::list;
    "source.offered": job ArticleRequest => Vec<OfferedSourceDto>, sources::offered;
    "source.takeOffered": itself TakeOfferedRequest => ActionAnswer, sources::take_offered;
    "source.add": writes AddSourceRequest => SourceDto, sources::add;
    "source.edit": writes EditSourceRequest => SourceDto, sources::edit;
    "source.show": reads SourceRequest => SourceDetail, sources::show;
    "source.interview": writes InterviewRequest => SourceDetail, sources::interview;
    "source.contact": writes ContactRequest => SourceDetail, sources::contact;
    "source.import": job PathRequest => ImportedSources, interchange::import_sources;
    "source.disclose": reads DiscloseRequest => Written, sources::disclose;
    "picture.list": reads ArticleRequest => Vec<PictureDto>, pictures::list;
    "picture.show": job PictureRequest => PictureAnswer, pictures::show;
    "source.attach": job AttachRequest => SourceDto, sources::attach;
    "snapshot.write": job SnapshotRequest => Written, sources::write_snapshot;
    "snapshot.text": job SnapshotTextRequest => TextAnswer, sources::snapshot_text;
    "source.detach": writes DetachRequest => SourceDto, sources::detach;
    "evidence.add": writes AddEvidenceRequest => EvidenceDto, sources::add_evidence;
    "evidence.edit": writes EditEvidenceRequest => EvidenceDto, sources::edit_evidence;
    "evidence.retract": writes EvidenceRequest => ActionAnswer, sources::retract_evidence;
    "verdict.give": writes VerdictRequest => VerdictDto, claims::give;
    "verdict.withdraw": writes ClaimRequest => Nothing, claims::withdraw;
    "verdict.reaffirm": writes ReaffirmRequest => VerdictDto, claims::reaffirm;
    "context.list": reads Nothing => Vec<ChangedSentenceDto>, claims::changed_sentences;
    "context.hold": writes StillHoldRequest => Nothing, claims::still_hold;
    "context.seen": itself Nothing => Nothing, claims::changed_sentences_seen;
    "verdict.reaffirmContexts": writes ArticleRequest => CountAnswer, claims::reaffirm_contexts;
    "verdict.signOff": writes SignOffRequest => Nothing, gate::sign_off;
    "verdict.takeBackSignOff": writes ClaimRequest => Nothing, gate::take_back;
    "article.coverage": reads ArticleRequest => CoverageView, gate::coverage;
    "sentence.wave": writes ExemptRequest => SentencesDto, gate::exempt;
    "sentence.openAgain": writes OpenAgainRequest => SentencesDto, gate::open_again;
    "policy.show": reads Nothing => PolicyDto, gate::policy;
    "policy.set": writes PolicyDto => Nothing, gate::set_policy;
    "query.list": reads ArticleRequest => Vec<QueryDto>, queries::list;
    "query.ask": writes AskRequest => QueryDto, queries::ask;
    "query.answer": writes AnswerRequest => QueryDto, queries::answer;
    "query.import": writes ImportAnswersRequest => AnswersTaken, queries::import;
    "query.resolve": writes ResolveRequest => QueryDto, queries::resolve;
    "article.corrections": reads CorrectionsRequest => CorrectionsView, history::corrections;
    "export.preview": reads ArticleRequest => ExportPreview, history::export_preview;
    "export.write": job ExportRequest => WrittenAs, history::export;
    "export.formats": reads ArticleRequest => Vec<FormatDto>, interchange::formats;
    "export.text": reads ExportTextRequest => TextAnswer, interchange::text;
    "export.as": job ExportAsRequest => WrittenAs, interchange::export;
    "verify": job PathRequest => FindingsDto, history::verify;
    "key.show": itself Nothing => MyKeyDto, keys::show;
    "key.waits": reads Nothing => KeyWaits, keys::waits;
    "key.unlock": reads UnlockRequest => Nothing, keys::unlock;
    "key.passphrase": reads PassphraseRequest => MyKeyDto, keys::change_passphrase;
    "key.write": itself WriteKeyRequest => Written, keys::write;
    "key.read": itself PathRequest => PublicKeyDto, keys::read;
    "contact.list": reads Nothing => Vec<ContactDto>, keys::contacts;
    "contact.add": writes AddContactRequest => ContactDto, keys::add_contact;
    "contact.forget": writes ForgetContactRequest => Nothing, keys::forget_contact;
    "hub.status": reads Nothing => HubDto, hub::status;
    "hub.join": job JoinSharedRequest => HubDto, hub::join;
    "hub.bring": job PathRequest => BroughtDto, hub::bring;
    "hub.sync": job Nothing => HubDto, hub::sync;
    "hub.setAside": itself Nothing => HubDto, hub::set_aside;
    "hub.fetchFiles": job Nothing => HubDto, hub::fetch_files;
    "hub.leave": itself LeaveRequest => HubDto, hub::leave;
    "hub.members": job Nothing => Vec<MemberDto>, hub::members;
    "hub.invite": job InviteRequest => Written, hub::invite;
    "hub.role": job RoleRequest => Vec<MemberDto>, hub::set_role;
    "hub.remove": job MemberRequest => Vec<MemberDto>, hub::remove;
    "hub.revoke": job DeviceRequest => Vec<MemberDto>, hub::revoke;
    "hub.size": job Nothing => HubSizeDto, hub::size;
    "hub.handOver": writes HandOverRequest => HandedOverDto, hub::hand_over;
    "desk.news": reads Nothing => Vec<NewsDto>, hub::news;
    "desk.newsSeen": itself Nothing => Nothing, hub::news_seen;
    "hub.here": session HereRequest => Nothing, hub::here;
    "article.versions": reads ArticleRequest => Vec<RevisionRow>, hub::versions;
    "version.propose": reads VersionRequest => MergeView, hub::propose;
    "version.merge": writes MergeVersionRequest => Saved, hub::merge;
    "redact": itself RedactRequest => Nothing, history::redact;
    "job.cancel": session CancelRequest => Nothing, desk::cancel;
}

fn run<Q: DeserializeOwned, A: Serialize>(
    desk: &mut Desk,
    name: &str,
    request: Value,
    mode: Mode,
    handler: fn(&mut Desk, Q) -> Result<A, WireError>,
) -> Result<Value, WireError> {
    let request = parse_request(name, request)?;
    let answer = match mode {
        Mode::Reads => desk.transact(Access::Read, |desk| handler(desk, request))?,
        Mode::Writes => desk.transact(Access::Write, |desk| handler(desk, request))?,
        Mode::Itself | Mode::Job | Mode::Session => handler(desk, request)?,
    };
    serde_json::to_value(answer).map_err(|e| WireError::request(name, e))
}

/// Parses a request in the form of the command.
pub(super) fn parse_request<Q: DeserializeOwned>(name: &str, request: Value) -> Result<Q, WireError> {
    let request = if request.is_null() { Value::Object(Default::default()) } else { request };
    serde_json::from_value(request).map_err(|e| WireError::request(name, e))
}

/// The whole of `ui/src/wire/generated.ts`.
#[cfg(test)]
pub fn typescript() -> String {
    let head = "// Made from the command table in src/wire by `cargo test`. Not written by hand.\n\n";
    let unions: String = super::unions::all().iter().map(|(name, words)| union(name, words)).collect();
    let types: String = types().into_values().map(|t| format!("export {t}\n\n")).collect();
    format!("{head}{unions}{types}{}", interface())
}

/// A closed list as a TypeScript union.
#[cfg(test)]
fn union(name: &str, words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("export type {name} = {};\n\n", quoted.join(" | "))
}

#[cfg(test)]
struct Declarations {
    config: ts_rs::Config,
    found: std::collections::BTreeMap<String, String>,
    seen: std::collections::HashSet<std::any::TypeId>,
}

#[cfg(test)]
impl Declarations {
    fn see<T: ts_rs::TS + 'static + ?Sized>(&mut self) {
        ts_rs::TypeVisitor::visit::<T>(self);
    }
}

#[cfg(test)]
impl ts_rs::TypeVisitor for Declarations {
    fn visit<T: ts_rs::TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(std::any::TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            self.found.insert(T::name(&self.config), T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set `TICKMARK_WRITE_TYPES=1` to write the file again.
    #[test]
    fn the_generated_typescript_matches_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/wire/generated.ts");
        if std::env::var_os("TICKMARK_WRITE_TYPES").is_some() {
            std::fs::write(path, typescript()).expect("the file can be written");
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == typescript(),
            "ui/src/wire/generated.ts is stale: run TICKMARK_WRITE_TYPES=1 cargo test"
        );
    }

    #[test]
    fn the_table_has_each_name_once() {
        let mut names = COMMANDS.to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
    }
}
