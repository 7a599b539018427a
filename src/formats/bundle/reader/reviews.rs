//! The verdicts that hold as ClaimReview, inside a page.

use super::html::Html;
use crate::{
    formats::{
        bundle::Claims,
        interchange::{review_graph, reviews as reviewed},
    },
    model::Dossier,
};

/// The verdicts that hold as ClaimReview, for whatever reads pages: data that no browser runs.
pub(in crate::formats) fn reviews(h: &mut Html, dossier: &Dossier, told: &Claims) {
    let reviews = reviewed(told, dossier);
    if reviews.is_empty() {
        return;
    }
    let graph = review_graph(reviews).to_string();
    // Nothing in it can end the element that holds it.
    h.raw("<script type=\"application/ld+json\">").raw(&graph.replace('<', "\\u003c")).raw("</script>\n");
}
