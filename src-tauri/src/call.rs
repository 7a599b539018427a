//! The one command of the page: a name and a request, answered with a value or an error.
//!
//! Names that start with `shell.` are the desktop's and end in [`crate::desktop`]; all
//! others are the core's. Both run off the window's own thread, so that the window stays
//! alive while the disk works.

use serde_json::Value;
use tauri::{AppHandle, Manager};

use tickmark::messages::message;
use tickmark::wire::ErrorCode;

use crate::answer::{Answer, error};
use crate::desktop;
use crate::open_desk::OpenDesk;

/// Carries one request of the page to whom it is for.
#[tauri::command]
pub async fn call(app: AppHandle, name: String, request: Value) -> Answer {
    tauri::async_runtime::spawn_blocking(move || match name.strip_prefix("shell.") {
        Some(name) => desktop::call(&app, name, &request),
        None => app.state::<OpenDesk>().call(&name, request),
    })
    .await
    .unwrap_or_else(|stopped| {
        Err(error(ErrorCode::Stopped, message!("shell_stopped", cause = stopped.to_string())))
    })
}
