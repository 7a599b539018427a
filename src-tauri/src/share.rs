//! Keeps the open desk and its shared desk the same, and tells the page how they stand to each other with `hub-state`. Without
//! a shared desk it only looks, twice a second, whether there is one by now.

use std::time::Duration;

use tauri::{AppHandle, Emitter, Manager};
use tickmark::wire::TURN_MS;

use crate::open_desk::OpenDesk;

/// Goes on until the program ends.
pub fn start(app: AppHandle) {
    std::thread::spawn(move || {
        loop {
            let pause = || std::thread::sleep(Duration::from_millis(TURN_MS));
            if let Some(state) = app.state::<OpenDesk>().share(pause) {
                // A page that is not there yet asks when it comes.
                let _ = app.emit("hub-state", state);
            }
        }
    });
}
