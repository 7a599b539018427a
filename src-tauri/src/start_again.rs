//! A start that asks the window which has the desk to come to the front, while that window ends: nobody answers. This program
//! takes the window's place then.

use std::{ffi::OsString, os::unix::process::CommandExt, process::Command, time::Duration};

/// How many starts came before this one.
const BEFORE: &str = "TICKMARK_STARTS_BEFORE";
/// How many may come before the error is told.
const MOST: u32 = 20;
/// Until the message bus knows that the other window is gone.
const PAUSE: Duration = Duration::from_millis(100);

/// Replaces this program with a new start of it and the same arguments, if `error` is that another window could not be asked, as
/// when it ends. Returns if it is another error, or after 20 starts. Tauri starts only once in a program.
pub fn where_the_other_ended(error: &tauri::Error) {
    let before = starts(std::env::var_os(BEFORE));
    if !matches!(error, tauri::Error::PluginInitialization(plugin, _) if plugin == "single-instance")
        || before >= MOST
    {
        return;
    }
    std::thread::sleep(PAUSE);
    if let Ok(program) = std::env::current_exe() {
        let mut again = Command::new(program);
        again.args(std::env::args_os().skip(1)).env(BEFORE, (before + 1).to_string());
        let failed = again.exec();
        eprintln!("Tickmark cannot start itself again: {failed}");
    }
}

fn starts(told: Option<OsString>) -> u32 {
    told.and_then(|n| n.to_str()?.parse().ok()).unwrap_or(0)
}
