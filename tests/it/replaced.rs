//! The desk's file changes while it is open: it is deleted, replaced or overwritten. Then nothing is written to it, and
//! typed text is saved in another file.

use crate::support::{
    BRIDGE, Place,
    window::{Window, ask},
};
use serde_json::{Value, json};
use std::fs;
use tickmark::{
    desk::SystemClock,
    wire::{Session, WireError},
};

/// What may happen to an open desk's file, with a name for each.
type Happening = (&'static str, fn(&Place));

const HAPPENINGS: [Happening; 5] = [
    ("deleted", |p| fs::remove_file(p.desk()).unwrap()),
    ("moved", |p| fs::rename(p.desk(), p.path("elsewhere.desk")).unwrap()),
    ("replaced by an older version", |p| fs::rename(p.path("older.desk"), p.desk()).unwrap()),
    ("written over by an older version", |p| {
        fs::write(p.desk(), fs::read(p.path("older.desk")).unwrap()).unwrap()
    }),
    ("emptied", |p| fs::write(p.desk(), "").unwrap()),
];

/// A desk with an article, and a file of it as it was before a claim was marked.
fn place() -> Place {
    let place = Place::with_bridge();
    place.json(&["backup", &place.path("older.desk")]);
    place.mark("built in 1911");
    place
}

/// A window's session on the desk, and a request to keep a draft of the article, as the page sends it.
fn opened(place: &Place) -> (Session, Value) {
    let session = Session::open(place.desk(), Box::new(SystemClock)).unwrap();
    let article = ask(&session, "article.list", json!({}))[0]["id"].clone();
    let view = ask(&session, "article.open", json!({ "article": article }));
    (session, json!({ "article": article, "base": view["revision"]["id"], "changes": null }))
}

fn draft(session: &Session, request: &Value, text: &str) -> Result<Value, WireError> {
    let mut request = request.clone();
    request["text"] = text.into();
    session.call("draft.keep", request)
}

#[test]
fn nothing_is_written_to_a_replaced_desk_file_and_typed_text_is_rescued() {
    for (what, happen) in HAPPENINGS {
        let place = place();
        let (session, article) = opened(&place);
        draft(&session, &article, &BRIDGE.replace("1911", "1912")).unwrap();
        happen(&place);
        let before = fs::read(place.desk()).ok();
        let typed = format!("{BRIDGE}\nTyped after the file was {what}.\n");
        for _ in 0..2 {
            let Err(e) = draft(&session, &article, &typed) else { panic!("{what}: it was acknowledged") };
            assert_eq!(e.code, "desk_replaced", "{what}: {e:?}");
            assert!(e.message.contains("desk.rescued.txt"), "{what}: {}", e.message);
        }
        let rationale = json!({ "claim": "C1", "rating": "true", "rationale": "A plaque, typed with care" });
        assert_eq!(session.call("verdict.give", rationale).unwrap_err().code, "desk_replaced", "{what}");
        assert!(fs::read(place.desk()).ok() == before, "{what}: the file was written to");
        let kept = fs::read_to_string(format!("{}.rescued.txt", place.desk().display())).unwrap();
        assert!(kept.contains(&typed) && kept.contains("typed with care"), "{what}: {kept}");
        assert_eq!(kept.matches("Typed after").count(), 1, "the last state of a draft is kept once");
        drop(session);
        assert!(fs::read(place.desk()).ok() == before, "{what}: closing the window wrote to the file");
        if before.is_some_and(|bytes| !bytes.is_empty()) {
            assert_eq!(place.json(&["check"])["sound"], true, "{what}: what came is as it came");
        }
    }
}

#[test]
fn earlier_rescued_text_is_not_overwritten() {
    let place = place();
    let before = place.file("a desk.desk.rescued.txt", "rescued last week");
    let (session, article) = opened(&place);
    fs::remove_file(place.desk()).unwrap();
    let e = draft(&session, &article, "typed now").unwrap_err();
    assert!(e.message.contains("rescued-2.txt"), "{}", e.message);
    assert_eq!(fs::read_to_string(before).unwrap(), "rescued last week");
}

#[test]
fn if_the_folder_is_gone_typed_text_is_rescued_in_another() {
    let (place, refuge) = (place(), tempfile::tempdir().unwrap());
    let (session, article) = opened(&place);
    let session = session.with_refuge(refuge.path().join("not there yet"));
    fs::rename(place.desk().parent().unwrap(), refuge.path().join("moved away")).unwrap();
    let e = draft(&session, &article, "typed now").unwrap_err();
    fs::rename(refuge.path().join("moved away"), place.desk().parent().unwrap()).unwrap();
    let kept = refuge.path().join("not there yet/a desk.desk.rescued.txt");
    assert!(e.message.contains(kept.to_str().unwrap()), "{}", e.message);
    assert!(fs::read_to_string(kept).unwrap().contains("typed now"));
}

#[test]
fn correct_writes_of_other_programs_are_not_a_replacement() {
    let place = place();
    let (session, article) = opened(&place);
    for n in 0..8 {
        place.json(&["query", "ask", "1", &format!("Which day? {n}")]);
        draft(&session, &article, &format!("{BRIDGE}{n}")).unwrap();
    }
    let long = place.file("long.md", format!("{BRIDGE}{}", "It was long ago. ".repeat(80_000)));
    place.json(&["import", &long]);
    draft(&session, &article, BRIDGE).unwrap();
    drop(session);
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[test]
fn a_desk_is_not_restored_while_any_program_has_it_open() {
    let place = place();
    let mut call = std::process::Command::new(env!("CARGO_BIN_EXE_tickmark"))
        .args(["--desk", place.desk().to_str().unwrap(), "--as", "Ada Long", "call"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let (mut to, from) = (call.stdin.take().unwrap(), call.stdout.take().unwrap());
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(from));
    let mut asked = |text: &str| {
        let request = json!({ "article": "1", "text": text });
        std::io::Write::write_all(
            &mut to,
            format!("{}\n", json!({ "command": "query.ask", "request": request })).as_bytes(),
        )
        .unwrap();
        serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap()
    };
    assert!(asked("One?")["error"].is_null());
    let said = place.refused(&["restore", &place.path("older.desk")]);
    assert!(said.contains("another program has"), "{said}");
    assert!(asked("Two?")["error"].is_null());
    drop(to);
    call.wait().unwrap();
    assert_eq!(place.json(&["query", "list"]).as_array().unwrap().len(), 2);
    place.json(&["restore", &place.path("older.desk")]);
    assert_eq!(place.json(&["query", "list"]), json!([]));
}

#[test]
fn a_window_on_a_desk_that_is_replaced_refuses_long_work_too() {
    let place = place();
    let window = Window::on(place.desk());
    fs::rename(place.path("older.desk"), place.desk()).unwrap();
    let file = place.file("more.bib", "@misc{a, title = {A title}}");
    let e = window.session().call("source.import", json!({ "path": file })).unwrap_err();
    assert_eq!(e.code, "desk_replaced");
}

#[cfg(unix)]
#[test]
fn a_desk_with_a_second_hard_link_is_refused_unless_an_interrupted_restore_made_it() {
    let place = place();
    fs::hard_link(place.desk(), place.path("second.desk")).unwrap();
    let said = place.refused(&["articles"]);
    assert!(said.contains("hard links"), "{said}");
    fs::remove_file(place.path("second.desk")).unwrap();
    let backups = format!("{}.backups", place.desk().display());
    fs::create_dir_all(&backups).unwrap();
    let aside = format!("{backups}/000000009-before-restore.tickmark");
    fs::hard_link(place.desk(), &aside).unwrap();
    assert_eq!(place.json(&["articles"])[0]["number"], 1);
    assert!(!std::path::Path::new(&aside).exists());
}

#[test]
fn a_synced_folder_is_reported_once() {
    let place = place();
    fs::create_dir(place.path(".stfolder")).unwrap();
    let noted = |args: &[&str]| {
        String::from_utf8(place.run(args).stderr).unwrap().matches("syncs the folder").count()
    };
    assert_eq!((noted(&["articles"]), noted(&["articles"]), noted(&["check"])), (1, 0, 0));
}

#[test]
fn a_passphrase_is_never_rescued() {
    let place = place();
    place.json(&["key"]);
    let (session, article) = opened(&place);
    fs::remove_file(place.desk()).unwrap();
    for (name, request) in [
        ("key.passphrase", json!({ "now": null, "new": "OSPREY nests" })),
        ("key.unlock", json!({ "passphrase": "OSPREY nests" })),
    ] {
        let _ = session.call(name, request);
    }
    draft(&session, &article, "typed now").unwrap_err();
    let kept = fs::read_to_string(format!("{}.rescued.txt", place.desk().display())).unwrap();
    assert!(kept.contains("typed now") && !kept.contains("OSPREY"));
}

#[test]
fn an_empty_file_next_to_parts_of_a_desk_is_refused() {
    let place = place();
    fs::create_dir(format!("{}.backups", place.desk().display())).unwrap();
    fs::write(place.desk(), "").unwrap();
    for args in [&["articles"][..], &["import", &place.file("more.md", BRIDGE)]] {
        let said = place.refused(args);
        assert!(said.contains("is empty"), "{said}");
    }
    let Err(e) = Session::open(place.desk(), Box::new(SystemClock)) else {
        panic!("a window made a new desk of it")
    };
    assert_eq!(e.code, "damaged");
    fs::remove_dir(format!("{}.backups", place.desk().display())).unwrap();
    assert!(place.refused(&["articles"]).contains("is empty"));
    place.json(&["import", &place.file("more.md", BRIDGE)]);
}

#[test]
fn a_restore_interrupted_after_it_removed_the_log_loses_nothing() {
    let place = place();
    let (session, _) = opened(&place);
    ask(&session, "query.ask", json!({ "article": "1", "text": "Only in the log?" }));
    let (desk, copy) = (place.desk().display().to_string(), place.path("as it was killed.desk"));
    for end in ["", "-wal"] {
        fs::copy(format!("{desk}{end}"), format!("{copy}{end}")).unwrap();
    }
    drop(session);
    // Moved aside, and the desk's own log removed.
    let backups = format!("{copy}.backups");
    fs::create_dir(&backups).unwrap();
    fs::hard_link(&copy, format!("{backups}/000000009-before-restore.tickmark")).unwrap();
    fs::rename(format!("{copy}-wal"), format!("{backups}/000000009-before-restore.tickmark-wal")).unwrap();
    let listed = std::process::Command::new(env!("CARGO_BIN_EXE_tickmark"))
        .args(["--desk", &copy, "--as", "Ada Long", "--json", "query", "list"])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("Only in the log?"), "{listed:?}");
}

/// A lock counts although another user owns its file and this program cannot write it.
#[cfg(unix)]
#[test]
fn another_users_lock_is_respected() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let folder = place.desk().parent().unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(place.desk(), fs::Permissions::from_mode(0o666)).unwrap();
    let held = tickmark::files::Lock::take(place.desk()).unwrap();
    let lock = format!("{}.lock", place.desk().display());
    fs::set_permissions(&lock, fs::Permissions::from_mode(0o644)).unwrap();
    let program = folder.join("tickmark");
    fs::copy(env!("CARGO_BIN_EXE_tickmark"), &program).unwrap();
    let restore = |desk: &std::path::Path| {
        let mut command = std::process::Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
        command.arg("--desk").arg(desk).args(["--as", "Ben", "restore", &place.path("older.desk")]);
        command.output().map(|done| String::from_utf8_lossy(&done.stderr).into_owned())
    };
    fs::set_permissions(place.path("older.desk"), fs::Permissions::from_mode(0o644)).unwrap();
    match restore(place.desk()) {
        Ok(said) if !said.contains("setpriv: ") => assert!(said.contains("a window has"), "{said}"),
        _ => eprintln!("not tried: this system lets no test work as another person"),
    }
    drop(held);
}
