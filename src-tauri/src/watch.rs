//! Notices what others write to the desk, as a rule the command line beside the window,
//! and tells the page once, with `desk-changed`. The page then reads again by id; no
//! content travels with the event.

use std::time::Duration;

use tauri::{AppHandle, Emitter, Manager};

use crate::open_desk::OpenDesk;

const PAUSE: Duration = Duration::from_millis(500);

/// Watches until the program ends.
pub fn start(app: AppHandle) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            if let Some(news) = app.state::<OpenDesk>().news() {
                // A page that is not there yet reads everything when it comes.
                let _ = app.emit("desk-changed", news);
            }
        }
    });
}
