//! The one window: shown in the colour of its theme, which is that of the page's own paper, so
//! that nothing flashes while the page is drawn; closed when the page has put its draft away.

use std::time::Duration;

use serde_json::{Value, json};
use tauri::window::Color;
use tauri::{
    AppHandle, DragDropEvent, Emitter, Manager, Theme, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};

use tickmark::messages::message;
use tickmark::wire::ErrorCode;

use crate::answer::{Answer, error};
use crate::appearance::{self, Appearance, ZOOM};

/// The window's label, as the capability names it.
pub const MAIN: &str = "main";
/// How long the page may take to put its draft away before the window closes without it.
const PATIENCE_AT_END: Duration = Duration::from_secs(2);

/// Makes the window and shows it. The system puts it on the screen while the page is read: that takes a quarter of the start.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let chosen = app.state::<Appearance>().get();
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Tickmark")
        .inner_size(1280.0, 800.0)
        .min_inner_size(760.0, 480.0)
        .center()
        .prevent_overflow()
        .visible(false)
        .theme(chosen.system_theme())
        .background_color(paper(chosen.system_theme().unwrap_or(Theme::Light)))
        .on_navigation(is_our_page)
        .build()?;
    match chosen.system_theme() {
        // GTK takes the theme of a window that is there, not of one that is being made.
        Some(theme) => window.set_theme(Some(theme))?,
        None => window.set_background_color(Some(paper(window.theme()?)))?,
    }
    window.set_zoom(chosen.zoom)?;
    #[cfg(target_os = "linux")]
    {
        crate::linux::show_composed_words(&window)?;
        crate::linux::put_commands_first(&window)?;
    }
    let handle = window.clone();
    window.on_window_event(move |event| handle_event(&handle, event));
    window.show()
}

/// Gives the window the focus: the page has drawn itself.
pub fn focus(app: &AppHandle) -> Answer {
    done(main(app)?.set_focus())
}

/// Brings the window to the front, for a second start on the same desk.
pub fn bring_to_front(app: &AppHandle) {
    if let Ok(window) = main(app) {
        // Each step may be refused by a window system; the others still help.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Closes the window for good: the page has put its draft away.
pub fn close(app: &AppHandle) -> Answer {
    done(main(app)?.destroy())
}

/// Names the window, as a rule by the article it shows.
pub fn set_title(app: &AppHandle, title: &str) -> Answer {
    done(main(app)?.set_title(title))
}

/// Takes light, dark, contrast or system, and remembers it.
pub fn set_theme(app: &AppHandle, theme: &str) -> Answer {
    if !appearance::is_theme(theme) {
        return Err(error(ErrorCode::WrongRequest, message!("shell_no_theme", theme = theme)));
    }
    let chosen = app.state::<Appearance>().change(|chosen| chosen.theme = theme.into());
    done(show_theme(&main(app)?, chosen.system_theme()))
}

/// Gives the window a theme, or that of the system for none.
fn show_theme(window: &WebviewWindow, theme: Option<Theme>) -> tauri::Result<()> {
    window.set_theme(theme)?;
    let shown = theme.map_or_else(|| window.theme(), Ok)?;
    // GTK takes none as light, also where the system is dark.
    if cfg!(target_os = "linux") && theme.is_none() {
        window.set_theme(Some(shown))?;
    }
    window.set_background_color(Some(paper(shown)))
}

/// Takes a zoom factor, brought into [`ZOOM`], remembers it and answers what it is now.
pub fn set_zoom(app: &AppHandle, factor: f64) -> Answer {
    let factor = factor.clamp(*ZOOM.start(), *ZOOM.end());
    app.state::<Appearance>().change(|chosen| chosen.zoom = factor);
    done(main(app)?.set_zoom(factor))?;
    Ok(json!(factor))
}

/// Checks the spelling in the language of the article that is shown, where the system lets it be chosen. Answers the names of
/// the dictionaries that are used, and `null` where the system chooses them.
pub fn spell_in(app: &AppHandle, language: &str) -> Answer {
    #[cfg(target_os = "linux")]
    return crate::linux::spell_in(&main(app)?, language.to_owned())
        .map(|taken| json!(taken))
        .map_err(refused);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (app, language);
        Ok(Value::Null)
    }
}

/// Opens the system's print dialog on the page.
pub fn print(app: &AppHandle) -> Answer {
    done(main(app)?.print())
}

fn main(app: &AppHandle) -> Result<WebviewWindow, Value> {
    app.get_webview_window(MAIN).ok_or_else(|| error(ErrorCode::NoWindow, message!("shell_no_window")))
}

fn done(outcome: tauri::Result<()>) -> Answer {
    outcome.map(|()| Value::Null).map_err(refused)
}

fn refused(cause: tauri::Error) -> Value {
    error(ErrorCode::Window, message!("shell_window", cause = cause.to_string()))
}

/// The colour of the empty page, the same as in the page's own styles.
fn paper(theme: Theme) -> Color {
    match theme {
        Theme::Dark => Color(0x1b, 0x1a, 0x18, 0xff),
        _ => Color(0xfb, 0xf8, 0xf1, 0xff),
    }
}

/// The window shows the page and nothing else; addresses go to the browser by `shell.open_url`.
fn is_our_page(url: &tauri::Url) -> bool {
    url.scheme() == "tauri"
        || url.host_str() == Some("tauri.localhost")
        || (cfg!(debug_assertions) && url.host_str() == Some("localhost"))
}

fn handle_event(window: &WebviewWindow, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            ask_page_to_close(window.clone());
        }
        WindowEvent::DragDrop(DragDropEvent::Enter { .. }) => emit_event(window, "drag-enter", Value::Null),
        WindowEvent::DragDrop(DragDropEvent::Leave) => emit_event(window, "drag-leave", Value::Null),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            emit_event(window, "drag-leave", Value::Null);
            for path in paths {
                emit_event(window, "file-dropped", json!({ "path": path.display().to_string() }));
            }
        }
        WindowEvent::ThemeChanged(theme) => {
            // Only cosmetics behind the page: a refusal changes nothing for the person.
            let _ = window.set_background_color(Some(paper(*theme)));
        }
        _ => {}
    }
}

/// An event for the page. A page that is gone needs none.
fn emit_event(window: &WebviewWindow, event: &str, payload: Value) {
    let _ = window.emit(event, payload);
}

/// The page puts its draft away and then calls `shell.close`; a page that hangs is not
/// waited for, its draft of a second ago is kept.
fn ask_page_to_close(window: WebviewWindow) {
    emit_event(&window, "closing", Value::Null);
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE_AT_END);
        let _ = window.destroy();
    });
}
