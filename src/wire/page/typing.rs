//! The effects of unsaved typing on the claims.

use super::{SpanDto, crossing};
use crate::messages::Message;

crossing! {
    /// Asks what saving will do to the claims. `changes` is the composed change set against `base`, as CodeMirror writes it
    /// in JSON. Nothing is saved. Fails with the code `revised_elsewhere` if `base` is no longer the newest revision.
    pub struct EffectsRequest { pub article: String, pub base: String, pub changes: serde_json::Value }

    /// The effect on a claim near the change. Claims that are not listed stay on their words.
    pub struct EffectDto {
        pub claim: String,
        #[cfg_attr(test, ts(type = "Placement"))]
        pub placement: String,
        #[cfg_attr(test, ts(type = "Standing"))]
        pub standing: String,
        /// Why its verdict will be out of date, in words.
        pub reasons: Vec<String>,
        /// The same as messages.
        pub reason_messages: Vec<Message>,
        /// What else changes in its sentence, if its verdict will hold.
        pub context_messages: Vec<Message>,
        /// Where it will stand in the typed text; empty for an orphan.
        pub spans: Vec<SpanDto>,
    }
}
