//! The recorded actions and facts in order, the heads of chains, short numbers, and the check of all of them.

pub(super) mod actions;
pub(super) mod check;
pub(super) mod check_order;
pub(super) mod heads;
pub(super) mod numbers;
