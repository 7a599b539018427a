//! Forms that were not sent off.

use super::{PersonDto, crossing};
use std::collections::BTreeMap;

crossing! {
    /// Keeps what stands in a form, in place of what was kept of it before. `form` is a short name such as verdict, evidence,
    /// evidence:ID, query, answer:ID, source or info; `claim` is none for a form on the article, `article` is empty for one on
    /// the desk itself. At most 1 MiB.
    pub struct KeepFormRequest {
        pub article: String,
        pub claim: Option<String>,
        pub form: String,
        pub fields: BTreeMap<String, String>,
    }

    /// Names a form on an article or on one of its claims.
    pub struct FormRequest { pub article: String, pub claim: Option<String>, pub form: String }

    /// What stands in a form and was not sent off.
    pub struct FormDto {
        pub claim: Option<String>,
        pub form: String,
        pub fields: BTreeMap<String, String>,
        /// Who typed it; nobody where it was not said yet who works.
        pub by: Option<PersonDto>,
        /// When it was kept, RFC 3339.
        pub at: String,
    }
}
