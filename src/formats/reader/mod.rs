//! The page a bundle is read by: self-contained, without script and without network.

use crate::{formats::bundle::Claims, model::Dossier};

/// The page.
pub fn page(_dossier: &Dossier, text: &str, _claims: &Claims) -> String {
    format!(
        "<!doctype html><meta charset=utf-8><pre>{}</pre>",
        text.replace('&', "&amp;").replace('<', "&lt;")
    )
}
