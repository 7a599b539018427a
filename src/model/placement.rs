//! How a claim got to its place, and what its verdict is worth there.

use super::slugs;

slugs! {
    /// How an anchor got to a revision.
    Placement, "placement", {
        /// Same words, same order.
        Kept = "kept",
        /// Same words elsewhere.
        Moved = "moved",
        /// Different words, moved or not.
        Changed = "changed",
        /// The statement is gone. The claim has no place.
        Orphaned = "orphaned",
    }
}

slugs! {
    /// What a claim's verdict is worth now. Always computed, never stored.
    Standing, "status", {
        /// No verdict was given, or it was withdrawn.
        Unchecked = "unchecked",
        /// A verdict was given on the current words.
        Checked = "checked",
        /// The words changed since the verdict was given.
        Stale = "stale",
        /// The claim has no place in this revision.
        Orphaned = "orphaned",
    }
}
