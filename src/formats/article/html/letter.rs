//! What a mail's page marks as quoted from another mail or as a signature, by the classes and ids of mail programs.

use super::tree::{NodeId, Tree};
use crate::model::LeftOutReason;

/// Classes and ids of quoted mails and of the lines that introduce them.
const QUOTES: &[&str] = &[
    "gmail_quote",
    "gmail_attr",
    "gmail_extra",
    "yahoo_quoted",
    "moz-cite-prefix",
    "moz-forward-container",
    "protonmail_quote",
    "zmail_extra",
    "zmail-quote",
    "outlookmessageheader",
    "divrplyfwdmsg",
    "appendonsend",
    "mail-editor-reference-message-container",
    "tutanota_quote",
    "hmmessage-quote",
];

/// Classes and ids of signatures.
const SIGNATURES: &[&str] = &[
    "gmail_signature",
    "gmail_signature_prefix",
    "moz-signature",
    "protonmail_signature_block",
    "signature",
    "applemailsignature",
    "ms-outlook-mobile-signature",
];

/// Why the blocks in each node are left out, by the node's index; `None` if the mail says them itself. The innermost mark counts.
pub fn marks(tree: &Tree) -> Vec<Option<LeftOutReason>> {
    let mut marks = vec![None; tree.len()];
    for id in tree.elements(NodeId::ROOT) {
        let outer = tree.parent(id).and_then(|p| marks.get(p.index()).copied().flatten());
        let own = of_element(tree, id).or(outer);
        marks.get_mut(id.index()).into_iter().for_each(|m| *m = own);
    }
    marks
}

fn of_element(tree: &Tree, id: NodeId) -> Option<LeftOutReason> {
    let attribute = |name| tree.attribute(id, name).unwrap_or_default().to_ascii_lowercase();
    let (classes, own) = (attribute("class"), attribute("id"));
    let has = |names: &[&str]| classes.split_whitespace().chain([own.as_str()]).any(|n| names.contains(&n));
    // Mail programs cite with `type`; other block quotations are the writer's.
    let cited = tree.name(id) == "blockquote" && attribute("type") == "cite";
    match (cited || has(QUOTES), has(SIGNATURES)) {
        (true, _) => Some(LeftOutReason::Quoted),
        (_, true) => Some(LeftOutReason::Signature),
        _ => None,
    }
}
