//! What was recorded: actions and their facts in order, the heads of their chains, short numbers, and the check of all of it.

pub(super) mod actions;
pub(super) mod check;
pub(super) mod check_order;
pub(super) mod heads;
pub(super) mod numbers;
