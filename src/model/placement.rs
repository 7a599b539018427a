//! Where a claim came to stand, and what its verdict is worth there.

use super::slugs;

slugs! {
    /// How an anchor came to a revision.
    Placement, "placement", {
        /// Same words, same order.
        Kept = "kept",
        /// Same words elsewhere.
        Moved = "moved",
        /// Words differ, moved or not.
        Changed = "changed",
        /// The statement is gone; the claim stands nowhere.
        Orphaned = "orphaned",
    }
}

slugs! {
    /// What a claim's verdict is worth now. Always computed, never stored.
    Standing, "status", {
        /// No verdict was given, or it was withdrawn.
        Unchecked = "unchecked",
        /// A verdict was given on the words that stand there now.
        Checked = "checked",
        /// The words changed since the verdict was given.
        Stale = "stale",
        /// The claim stands nowhere in this revision.
        Orphaned = "orphaned",
    }
}
