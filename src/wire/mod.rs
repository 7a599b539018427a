//! The requests and answers of the page and of scripts. One command table has every name, request and answer. The
//! dispatcher, the list of names and the page's TypeScript are made from it. This module uses serde, but not Tauri or a
//! window.

mod convert;
#[cfg(test)]
mod costs;
mod desks;
mod draw;
mod error;
pub(crate) mod example;
mod handle;
mod jobs;
pub mod page;
mod rescue;
pub mod script;
mod session;
mod sharing;
mod table;
#[cfg(test)]
mod unions;
mod words;

pub use draw::counts;
pub use error::{ErrorCode, WireError};
pub use handle::connect as connect_hub;
pub use jobs::{JobStep, TellJobs};
pub use session::{News, Session};
pub use sharing::TURN_MS;
#[cfg(test)]
pub use table::typescript;
pub use table::{COMMANDS, dispatch};
pub use words::{all_in_words, in_words};
