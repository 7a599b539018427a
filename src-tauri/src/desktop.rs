//! What the page may ask of the desktop, by name. The list is [`call`]; each answer is
//! JSON, `null` where there is nothing to say.

use serde_json::{Value, json};
use tauri::{AppHandle, Manager};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_opener::OpenerExt;

use tickmark::messages::message;
use tickmark::wire::ErrorCode;

use crate::answer::{Answer, error, text};
use crate::appearance::Appearance;
use crate::jobs::Drawn;
use crate::open_desk::OpenDesk;
use crate::{file_dialogs, text_menu, window};

/// Carries out the desktop's command `name`, which comes without its `shell.`.
pub fn call(app: &AppHandle, name: &str, request: &Value) -> Answer {
    match name {
        "start" => Ok(start(app)),
        "ready" => ready(app),
        "close" => window::close(app),
        "title" => window::set_title(app, text(request, "title")?),
        "theme" => window::set_theme(app, text(request, "theme")?),
        "zoom" => window::set_zoom(app, request.get("factor").and_then(Value::as_f64).unwrap_or(1.0)),
        "language" => window::spell_in(app, text(request, "language")?),
        "textMenu" => text_menu::offer(app, request),
        "print" => window::print(app),
        "copy" => copy(app, text(request, "text")?),
        "openUrl" => open_url(app, text(request, "url")?),
        "openFile" => file_dialogs::open_file(app),
        "openDropped" => file_dialogs::open_dropped(app, request),
        "attach" => file_dialogs::attach(app, request),
        "openSnapshot" => file_dialogs::open_snapshot(app, request),
        "exportTo" => file_dialogs::export_to(app, request),
        "exportAs" => file_dialogs::export_as(app, request),
        "answers" => file_dialogs::answers(app, request),
        "sources" => file_dialogs::sources(app),
        "discloseTo" => file_dialogs::disclose_to(app, request),
        "saveKey" => file_dialogs::save_key(app, request),
        "invite" => file_dialogs::invite(app, request),
        "pickDesk" => file_dialogs::pick_desk(app),
        "openKey" => file_dialogs::open_key(app),
        "verify" => file_dialogs::verify(app),
        "backup" => file_dialogs::backup(app),
        "backups" => Ok(app.state::<OpenDesk>().backups()),
        "restore" => file_dialogs::restore(app, request),
        _ => Err(error(ErrorCode::UnknownCommand, message!("shell_no_command", name = name))),
    }
}

/// What the page wants to know before it draws: `{version, platform, desk, problem, theme, zoom}`.
/// `problem` is the error with which the desk could not be opened, or `null`.
fn start(app: &AppHandle) -> Value {
    let desk = app.state::<OpenDesk>();
    let appearance = app.state::<Appearance>().get();
    json!({
        "version": app.package_info().version.to_string(),
        "platform": std::env::consts::OS,
        "desk": desk.path().display().to_string(),
        "problem": desk.problem(),
        "theme": appearance.theme,
        "zoom": appearance.zoom,
    })
}

/// The page has drawn itself.
fn ready(app: &AppHandle) -> Answer {
    app.state::<Drawn>().say();
    window::focus(app)
}

fn copy(app: &AppHandle, text: &str) -> Answer {
    app.clipboard()
        .write_text(text)
        .map(|()| Value::Null)
        .map_err(|cause| error(ErrorCode::Clipboard, message!("shell_copy", cause = cause.to_string())))
}

/// Opens a source's address in the person's browser. Only web addresses: anything else
/// could start a program.
fn open_url(app: &AppHandle, url: &str) -> Answer {
    let web = ["https://", "http://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    if !web {
        return Err(error(ErrorCode::NotAWebAddress, message!("shell_no_web_address", url = url)));
    }
    app.opener().open_url(url, None::<&str>).map(|()| Value::Null).map_err(|cause| {
        error(ErrorCode::Open, message!("shell_open", what = url, cause = cause.to_string()))
    })
}
