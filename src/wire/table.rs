//! The command table: every name with its request, its answer and its handler, once.

use super::{WireError, handle::*, page::*};
use crate::desk::Desk;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Declares the table. From it come the dispatcher, the list of names, and the page's TypeScript.
macro_rules! commands {
    ($($name:literal: $request:ty => $answer:ty, $handler:path;)*) => {
        /// Every command's name.
        pub const COMMANDS: &[&str] = &[$($name),*];

        /// Answers one request. Fails with the code `unknown_command` for a name that is not in the table.
        pub fn dispatch(desk: &mut Desk, name: &str, request: Value) -> Result<Value, WireError> {
            match name {
                $($name => run::<$request, $answer>(desk, name, request, $handler),)*
                _ => Err(WireError::new("unknown_command", format!("there is no command '{name}'; the names are {}", COMMANDS.join(", ")))),
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

commands! {
    "desk.overview": Nothing => Overview, desk::overview;
    "desk.since": SinceRequest => Since, desk::since;
    "desk.search": SearchRequest => Vec<Hit>, desk::search;
    "desk.check": Nothing => Checked, desk::check;
    "desk.backup": PathRequest => Written, desk::backup;
    "desk.undo": StepRequest => Stepped, desk::undo;
    "desk.redo": StepRequest => Stepped, desk::redo;
    "desk.example": Nothing => ArticleRequest, desk::example;
    "person.introduce": IntroduceRequest => PersonDto, desk::introduce;
    "person.switch": SwitchRequest => PersonDto, desk::switch;
    "scale.list": Nothing => Vec<ScaleDto>, desk::scales;
    "scale.add": AddScaleRequest => ScaleDto, desk::add_scale;
    "import.paste": PasteRequest => Proposal, articles::paste;
    "import.file": PathRequest => Opened, articles::file;
    "bundle.join": JoinRequest => Opened, merging::join;
    "import.preview": PreviewRequest => Proposal, articles::preview;
    "import.confirm": ConfirmRequest => ArticleRequest, articles::confirm;
    "import.discard": DiscardRequest => Nothing, articles::discard;
    "article.open": OpenRequest => ArticleView, articles::open;
    "article.archive": ArchiveRequest => Nothing, articles::archive;
    "article.info": InfoRequest => Nothing, articles::info;
    "article.log": ArticleRequest => Vec<LogRow>, history::log;
    "article.then": ThenRequest => ArticleView, past::then;
    "article.timeline": ArticleRequest => Vec<TimelinePoint>, past::timeline;
    "article.blame": BlameRequest => Vec<AuthoredDto>, past::blame;
    "article.save": SaveRequest => Saved, articles::save;
    "merge.propose": MergeRequest => MergeView, merging::propose;
    "merge.save": SaveMergeRequest => Saved, merging::save;
    "draft.keep": KeepDraftRequest => Nothing, articles::keep_draft;
    "draft.drop": ArticleRequest => Nothing, articles::drop_draft;
    "draft.effects": EffectsRequest => Vec<EffectDto>, typing::effects;
    "revision.list": ArticleRequest => Vec<RevisionRow>, history::revisions;
    "revision.compare": CompareRequest => Comparison, history::compare;
    "revision.restore": RestoreRequest => Saved, history::restore;
    "claim.mark": MarkRequest => ClaimAnswer, claims::mark;
    "claim.import": ImportClaimsRequest => ClaimsTaken, spoken::import_claims;
    "claim.show": ClaimRequest => ClaimDetail, claims::show;
    "claim.edit": EditClaimRequest => ClaimAnswer, claims::edit;
    "claim.retract": ClaimRequest => ClaimAnswer, claims::retract;
    "claim.restore": ClaimRequest => ClaimAnswer, claims::restore;
    "claim.assign": AssignRequest => ClaimAnswer, claims::assign;
    "claim.reattach": ReattachRequest => ClaimAnswer, claims::reattach;
    "claim.candidates": ClaimRequest => Vec<CandidateDto>, claims::candidates;
    "source.list": SourcesRequest => Vec<SourceDto>, sources::list;
    "source.add": AddSourceRequest => SourceDto, sources::add;
    "source.edit": EditSourceRequest => SourceDto, sources::edit;
    "source.import": PathRequest => SourcesTaken, spoken::import_sources;
    "source.disclose": DiscloseRequest => Written, sources::disclose;
    "source.attach": AttachRequest => SourceDto, sources::attach;
    "snapshot.write": SnapshotRequest => Written, sources::write_snapshot;
    "source.detach": DetachRequest => SourceDto, sources::detach;
    "evidence.add": AddEvidenceRequest => EvidenceDto, sources::add_evidence;
    "evidence.edit": EditEvidenceRequest => EvidenceDto, sources::edit_evidence;
    "evidence.retract": EvidenceRequest => Nothing, sources::retract_evidence;
    "verdict.give": VerdictRequest => VerdictDto, claims::give;
    "verdict.withdraw": ClaimRequest => Nothing, claims::withdraw;
    "verdict.reaffirm": ReaffirmRequest => VerdictDto, claims::reaffirm;
    "verdict.signOff": SignOffRequest => Nothing, gate::sign_off;
    "verdict.takeBackSignOff": ClaimRequest => Nothing, gate::take_back;
    "article.coverage": ArticleRequest => CoverageView, gate::coverage;
    "sentence.wave": WaveRequest => SentencesDto, gate::wave;
    "sentence.openAgain": OpenAgainRequest => SentencesDto, gate::open_again;
    "policy.show": Nothing => PolicyDto, gate::policy;
    "policy.set": PolicyDto => Nothing, gate::set_policy;
    "query.list": ArticleRequest => Vec<QueryDto>, queries::list;
    "query.ask": AskRequest => QueryDto, queries::ask;
    "query.answer": AnswerRequest => QueryDto, queries::answer;
    "query.resolve": ResolveRequest => QueryDto, queries::resolve;
    "article.corrections": CorrectionsRequest => CorrectionsView, history::corrections;
    "export.preview": ArticleRequest => ExportPreview, history::export_preview;
    "export.write": ExportRequest => Written, history::export;
    "export.formats": ArticleRequest => Vec<FormatDto>, spoken::formats;
    "export.as": ExportAsRequest => Written, spoken::export;
    "verify": PathRequest => FindingsDto, history::verify;
    "key.show": Nothing => MyKeyDto, keys::show;
    "key.waits": Nothing => KeyWaits, keys::waits;
    "key.unlock": UnlockRequest => Nothing, keys::unlock;
    "key.passphrase": PassphraseRequest => MyKeyDto, keys::change_passphrase;
    "key.write": PathRequest => Written, keys::write;
    "key.read": PathRequest => PublicKeyDto, keys::read;
    "contact.list": Nothing => Vec<ContactDto>, keys::contacts;
    "contact.add": AddContactRequest => ContactDto, keys::add_contact;
    "contact.forget": ForgetContactRequest => Nothing, keys::forget_contact;
    "redact": RedactRequest => Nothing, history::redact;
}

fn run<Q: DeserializeOwned, A: Serialize>(
    desk: &mut Desk,
    name: &str,
    request: Value,
    handler: fn(&mut Desk, Q) -> Result<A, WireError>,
) -> Result<Value, WireError> {
    let request = if request.is_null() { Value::Object(Default::default()) } else { request };
    let request = serde_json::from_value(request).map_err(|e| WireError::request(name, e))?;
    serde_json::to_value(handler(desk, request)?).map_err(|e| WireError::request(name, e))
}

/// The whole of `ui/src/wire/generated.ts`.
#[cfg(test)]
pub fn typescript() -> String {
    let head = "// Made from the command table in src/wire by `cargo test`. Not written by hand.\n\n";
    let types: String = types().into_values().map(|t| format!("export {t}\n\n")).collect();
    format!("{head}{types}{}", interface())
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

    /// Set `TICKMARK_WRITE_TYPES=1` to write the file anew.
    #[test]
    fn the_pages_types_are_those_of_the_table() {
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
    fn no_name_stands_in_the_table_twice() {
        let mut names = COMMANDS.to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
    }
}
