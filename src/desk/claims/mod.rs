//! Claims and what belongs to them: verdicts, evidence, sources, queries.

pub(super) mod evidence;
pub(super) mod interviews;
pub(super) mod mark;
pub(super) mod offered_sources;
pub(super) mod pictures;
pub(super) mod queries;
pub(super) mod sources;
pub(super) mod unsent_forms;
pub(super) mod verdict_with_evidence;
pub(super) mod verdicts;
