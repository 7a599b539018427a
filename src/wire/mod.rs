//! What crosses to the page and to scripts. One command table says every name, request and answer; the dispatcher, the
//! list of names and the page's TypeScript all come from it. Knows serde, not Tauri and not a window.

pub mod page;
