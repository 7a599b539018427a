//! Tickmark's desktop window: a thin shell around the core.
//!
//! It opens one window on one desk, carries the page's calls to the core and the core's
//! news to the page, and lends the page what only a desktop has: file dialogs, the
//! clipboard, the system's programs. It decides nothing about articles or claims and keeps
//! nothing but the window's own appearance. The page gets no file, network or shell power:
//! every plugin is called from here, behind the one command in [`call`].

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod answer;
mod appearance;
mod arguments;
mod call;
mod desktop;
mod dialogs;
mod file_dialogs;
mod jobs;
#[cfg(target_os = "linux")]
mod linux;
mod open_desk;
mod share;
#[cfg(target_os = "linux")]
mod start_again;
mod text_menu;
mod watch;
mod window;

use tauri::{App, AppHandle, Manager};
use tauri_plugin_window_state::StateFlags;

/// The program's name in `tauri.conf.json`, by which the system keeps its data.
const IDENTIFIER: &str = "org.tickmark.Tickmark";

fn main() {
    start_reading_pdfs();
    let asked = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(asked) => asked,
        Err(message) => {
            eprintln!("{message}");
            std::process::exit(2);
        }
    };
    let context = tauri::generate_context!();
    let mut builder = tauri::Builder::default();
    // First of all plugins, so that a second start stops before it has done anything.
    if let Some(plugin) = one_window_a_desk(&asked) {
        builder = builder.plugin(plugin);
    }
    let ended = builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(remembered()).build())
        .invoke_handler(tauri::generate_handler![call::call])
        .setup(move |app| set_up(app, asked))
        .run(context);
    if let Err(error) = ended {
        #[cfg(target_os = "linux")]
        start_again::where_the_other_ended(&error);
        eprintln!("Tickmark's window cannot be opened: {error}");
        std::process::exit(1);
    }
}

/// Each PDF is read by this program, started again. The one that is started reads and ends; it opens nothing.
fn start_reading_pdfs() {
    if std::env::args_os().nth(1).is_some_and(|first| first == tickmark::desk::READ_PDF) {
        let answered = tickmark::desk::answer_pdf(std::io::stdin().lock(), std::io::stdout().lock());
        std::process::exit(if answered.is_ok() { 0 } else { 2 });
    }
    if let Ok(program) = std::env::current_exe() {
        tickmark::desk::read_pdfs_with(program);
    }
}

/// Opens the window, and the desk beside it; a desk that cannot be opened is told in the window.
fn set_up(app: &mut App, asked: arguments::Asked) -> Result<(), Box<dyn std::error::Error>> {
    let path = match asked.desk {
        Some(path) => path,
        None => arguments::default_desk(&app.path().app_data_dir()?),
    };
    let config = app.path().app_config_dir()?;
    app.manage(text_menu::TextMenu::default());
    app.manage(jobs::Drawn::default());
    app.manage(appearance::Appearance::read(config.join("appearance.json")));
    app.manage(open_desk::OpenDesk::at(path, app.path().app_data_dir()?.join("rescued")));
    window::open(app.handle())?;
    jobs::start(app.handle().clone());
    watch::start(app.handle().clone());
    share::start(app.handle().clone());
    Ok(())
}

/// A second start on the same desk brings the first window to the front and ends.
///
/// Only Linux lets the lock be named, here after the desk; elsewhere only the default desk
/// has one window at most, and the desk's own lock tells a second one.
fn one_window_a_desk(asked: &arguments::Asked) -> Option<tauri::plugin::TauriPlugin<tauri::Wry>> {
    if !cfg!(target_os = "linux") && asked.desk.is_some() {
        return None;
    }
    let front = |app: &AppHandle, _arguments: Vec<String>, _folder: String| window::bring_to_front(app);
    let data = arguments::data_folder(IDENTIFIER, |name| std::env::var_os(name));
    let default = data.map(|folder| arguments::default_desk(&folder));
    let name = format!("{IDENTIFIER}.{}", arguments::lock_name(asked, default.as_deref()));
    Some(tauri_plugin_single_instance::Builder::new().callback(front).dbus_id(name).build())
}

/// What of the window is remembered; whether it is shown is for [`window`] to say.
fn remembered() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN
}
