//! Unsent forms.

use super::{PersonDto, crossing};
use std::collections::BTreeMap;

crossing! {
    /// Saves the content of an unsent form. It replaces what was saved of it before. `form` is a short name such as verdict,
    /// evidence, evidence:ID, query, answer:ID, source or info; `claim` is none for a form on the article. At most 1 MiB.
    pub struct KeepFormRequest {
        pub article: String,
        pub claim: Option<String>,
        pub form: String,
        pub fields: BTreeMap<String, String>,
    }

    /// Names a form on an article or on one of its claims.
    pub struct FormRequest { pub article: String, pub claim: Option<String>, pub form: String }

    /// The content of an unsent form.
    pub struct FormDto {
        pub claim: Option<String>,
        pub form: String,
        pub fields: BTreeMap<String, String>,
        /// Who typed it; nobody if the desk did not know yet who works.
        pub by: Option<PersonDto>,
        /// When it was saved, RFC 3339.
        pub at: String,
    }
}
