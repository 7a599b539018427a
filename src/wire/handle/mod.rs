//! The handlers: each takes a request, lets the desk do it, and draws the answer.

pub mod articles;
pub mod claims;
pub mod desk;
pub mod forms;
pub mod gate;
pub mod history;
pub mod interchange;
pub mod keys;
pub mod merging;
pub mod past;
pub mod queries;
pub mod sources;
pub mod typing;
