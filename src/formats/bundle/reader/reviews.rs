//! Writes the verdicts that hold as ClaimReview data into a page.

use super::html::Html;
use crate::{
    formats::{
        bundle::Claims,
        interchange::{review_graph, reviews as reviewed},
    },
    model::Dossier,
};

/// Writes the verdicts that hold as ClaimReview, for search engines and other programs. Browsers do not run this data.
pub(in crate::formats) fn reviews(h: &mut Html, dossier: &Dossier, claims: &Claims) {
    let reviews = reviewed(claims, dossier);
    if reviews.is_empty() {
        return;
    }
    let graph = review_graph(reviews).to_string();
    // Without a `<`, no text in it can end the script element.
    h.raw("<script type=\"application/ld+json\">").raw(&graph.replace('<', "\\u003c")).raw("</script>\n");
}
