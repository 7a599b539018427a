//! What crosses to the page and to scripts. One command table says every name, request and answer; the dispatcher, the
//! list of names and the page's TypeScript all come from it. Knows serde, not Tauri and not a window.

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
mod table;
mod words;

pub use draw::counts;
pub use error::WireError;
pub use jobs::{JobStep, TellJobs};
pub use session::{News, Session};
#[cfg(test)]
pub use table::typescript;
pub use table::{COMMANDS, dispatch};
pub use words::{all_in_words, in_words};
