//! Commands that need the desktop and the core: a person chooses a file, and the core reads or writes it. The page never
//! holds the bytes of a file. If the person cancels, the answer is `{cancelled: true}`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tauri::{AppHandle, Manager};
use tauri_plugin_opener::OpenerExt;

use tickmark::messages::{Message, message};
use tickmark::wire::ErrorCode;

use crate::answer::{Answer, error, text};
use crate::dialogs::{self, Purpose};
use crate::open_desk::OpenDesk;

/// Imports a file that the person picks: a text is proposed, a bundle is imported.
pub fn open_file(app: &AppHandle) -> Answer {
    with(dialogs::open(app, Purpose::Article), |file| core(app, "import.file", json!({ "path": file })))
}

/// Imports a file that was dropped on the window, `{path}`.
pub fn open_dropped(app: &AppHandle, request: &Value) -> Answer {
    core(app, "import.file", json!({ "path": text(request, "path")? }))
}

/// Attaches a file that the person picks to `{source}`, as a copy.
pub fn attach(app: &AppHandle, request: &Value) -> Answer {
    let source = text(request, "source")?;
    let picked = dialogs::open(app, Purpose::Source);
    with(picked, |file| core(app, "source.attach", json!({ "source": source, "path": file })))
}

/// Opens a snapshot, `{digest, name}`, in the program that the person has for such files.
/// It is a copy: what that program changes never reaches the desk.
pub fn open_snapshot(app: &AppHandle, request: &Value) -> Answer {
    let digest = text(request, "digest")?;
    let copy = place_for_copy(app, digest, text(request, "name")?)?;
    core(
        app,
        "snapshot.write",
        json!({ "digest": digest, "path": copy.display().to_string(), "replace": true }),
    )?;
    app.opener().open_path(copy.display().to_string(), None::<&str>).map(|()| Value::Null).map_err(|cause| {
        error(
            ErrorCode::Open,
            message!("shell_open", what = copy.display().to_string(), cause = cause.to_string()),
        )
    })
}

/// Writes the bundle of `{article}`, proposed under `{name}`, where the person says; nobody signs it where `{unsigned}`
/// is true.
pub fn export_to(app: &AppHandle, request: &Value) -> Answer {
    let article = text(request, "article")?;
    let unsigned = request.get("unsigned").and_then(Value::as_bool).unwrap_or(false);
    let place = dialogs::save(app, Purpose::Bundle, text(request, "name")?);
    with(place, |file| {
        core(
            app,
            "export.write",
            json!({ "article": article, "path": file, "unsigned": unsigned, "replace": true }),
        )
    })
}

/// Writes `{article}` in `{format}`, proposed under `{name}`, where the person says. A CSV file gets a byte order mark, because
/// most people open it in Excel. With `{changesSince}`, a revision, the file shows the changes since then.
pub fn export_as(app: &AppHandle, request: &Value) -> Answer {
    let (article, format) = (text(request, "article")?, text(request, "format")?);
    let place = dialogs::save(app, Purpose::OtherProgram, text(request, "name")?);
    with(place, |file| {
        core(
            app,
            "export.as",
            json!({ "article": article, "format": format, "path": file, "bom": true, "replace": true,
                "changesSince": request.get("changesSince") }),
        )
    })
}

/// Reads the answers in a sheet that the person picks, on `{article}`.
pub fn answers(app: &AppHandle, request: &Value) -> Answer {
    let article = text(request, "article")?;
    with(dialogs::open(app, Purpose::OtherProgram), |file| {
        core(app, "query.import", json!({ "path": file, "text": null, "article": article, "by": null }))
    })
}

/// Imports the sources in a file that the person picks.
pub fn sources(app: &AppHandle) -> Answer {
    with(dialogs::open(app, Purpose::OtherProgram), |file| {
        core(app, "source.import", json!({ "path": file }))
    })
}

/// Writes what is kept back with `{source}`, as far as `{article}` quotes it, where the person says.
pub fn disclose_to(app: &AppHandle, request: &Value) -> Answer {
    let (source, article) = (text(request, "source")?, &request["article"]);
    let place = dialogs::save(app, Purpose::Source, "disclosure.json");
    with(place, |file| {
        core(
            app,
            "source.disclose",
            json!({ "source": source, "article": article, "path": file, "replace": true }),
        )
    })
}

/// Writes the public key of whoever works, proposed under `{name}`, where the person says.
pub fn save_key(app: &AppHandle, request: &Value) -> Answer {
    let place = dialogs::save(app, Purpose::Key, text(request, "name")?);
    with(place, |file| core(app, "key.write", json!({ "path": file, "replace": true })))
}

/// Invites `{name}` to the shared desk with `{role}`, and writes the invite, proposed under `{file}`, where the person says.
pub fn invite(app: &AppHandle, request: &Value) -> Answer {
    let (name, role) = (text(request, "name")?, text(request, "role")?);
    let place = dialogs::save(app, Purpose::OtherProgram, text(request, "file")?);
    with(place, |file| {
        core(app, "hub.invite", json!({ "name": name, "role": role, "path": file, "replace": true }))
    })
}

/// The path of another desk that the person picks, `{path}`.
pub fn pick_desk(app: &AppHandle) -> Answer {
    with(dialogs::open(app, Purpose::Desk), |path| Ok(json!({ "path": path })))
}

/// Reads somebody's public key from a file that the person picks.
pub fn open_key(app: &AppHandle) -> Answer {
    with(dialogs::open(app, Purpose::Key), |file| core(app, "key.read", json!({ "path": file })))
}

/// Verifies a file that the person picks.
pub fn verify(app: &AppHandle) -> Answer {
    with(dialogs::open(app, Purpose::Verifiable), |file| core(app, "verify", json!({ "path": file })))
}

/// Writes a copy of the whole desk where the person says.
pub fn backup(app: &AppHandle) -> Answer {
    let desk = app.state::<OpenDesk>().path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let place = dialogs::save(app, Purpose::Desk, &format!("{desk} backup.desk"));
    with(place, |file| core(app, "desk.backup", json!({ "path": file })))
}

/// Puts the backup at `{path}` in the place of a desk that could not be opened, and opens it.
pub fn restore(app: &AppHandle, request: &Value) -> Answer {
    let desk = app.state::<OpenDesk>();
    let kept = desk.restore(Path::new(text(request, "path")?))?;
    crate::jobs::start(app.clone());
    match desk.problem() {
        Some(problem) => Err(problem),
        None => Ok(json!({ "kept": kept })),
    }
}

fn core(app: &AppHandle, name: &str, request: Value) -> Answer {
    app.state::<OpenDesk>().call(name, request)
}

fn with(file: Option<PathBuf>, errand: impl FnOnce(String) -> Answer) -> Answer {
    let Some(file) = file else { return Ok(json!({ "cancelled": true })) };
    match file.to_str() {
        Some(path) => errand(path.to_owned()),
        None => Err(error(ErrorCode::OddPath, message!("shell_odd_path", path = file.display().to_string()))),
    }
}

/// A path for the copy of a snapshot, in a folder by its digest, so that two of one name
/// do not meet. The name comes from outside: only its last part is used.
fn place_for_copy(app: &AppHandle, digest: &str, name: &str) -> Result<PathBuf, Value> {
    let cannot = |cause: Message| error(ErrorCode::Open, message!("shell_open", what = name, cause = cause));
    if digest.is_empty() || !digest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(cannot(message!("shell_no_digest", digest = digest)));
    }
    let Some(name) = Path::new(name).file_name() else { return Err(cannot(message!("shell_no_name"))) };
    let cache = app.path().app_cache_dir().map_err(|cause| cannot(Message::verbatim(cause)))?;
    let folder = cache.join("snapshots").join(digest);
    std::fs::create_dir_all(&folder).map_err(|cause| cannot(Message::verbatim(cause)))?;
    Ok(folder.join(name))
}
