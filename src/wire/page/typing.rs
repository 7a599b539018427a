//! What typing will do to the claims, asked while somebody types.

use super::{SpanDto, crossing};
use crate::messages::Message;

crossing! {
    /// Asks what saving will do to the claims. `changes` is the composed change set against `base`, as CodeMirror writes it
    /// in JSON. Nothing is kept. Refused with the code `revised_elsewhere` where `base` is no longer the newest revision.
    pub struct EffectsRequest { pub article: String, pub base: String, pub changes: serde_json::Value }

    /// What will become of a claim that the change comes near. A claim that is not told of stays on its words.
    pub struct EffectDto {
        pub claim: String,
        pub placement: String,
        pub standing: String,
        /// Why its verdict will not hold, in words.
        pub reasons: Vec<String>,
        /// The same as messages.
        pub reason_messages: Vec<Message>,
        /// Where it will stand in the typed text; empty for an orphan.
        pub spans: Vec<SpanDto>,
    }
}
