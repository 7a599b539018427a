//! Commands that write a file to a given path. They never replace a desk, its parts or a secret key, under any name. They
//! replace another file only with force. Only its owner can read a file with secrets.

use crate::support::{Place, unzipped};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A place with a withheld source, a key, files and a backup, and other desks next to it.
fn furnished() -> Place {
    let place = Place::with_bridge();
    let file = place.file("survey.bin", vec![7; 70_000]);
    place.json(&["source", "add", "--title", "Survey", "--file", &file, "--withhold"]);
    place.json(&["key"]);
    place.json(&["export", "1", "--to", &place.path("first.zip")]);
    place.json(&["backup", &place.path("copy.desk")]);
    place
}

/// Every file below a folder with its bytes, without SQLite's shared memory for readers.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(everything(&path)),
            false if path.to_string_lossy().ends_with("-shm") => {}
            false => all.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
    all.sort();
    all
}

/// Every command that writes a file, without the file's path.
const WRITERS: [&[&str]; 7] = [
    &["export", "1", "--unsigned", "--to"],
    &["export", "1", "--format", "csv", "--to"],
    &["export", "1", "--format", "markdown", "--to"],
    &["export", "1", "--format", "csl-json", "--to"],
    &["disclose", "S1", "--to"],
    &["key", "--export"],
    &["backup"],
];

fn writes(place: &Place, writer: &[&str], to: &str, force: bool) -> std::process::Output {
    let mut args = writer.to_vec();
    args.push(to);
    if force && writer != ["backup"] {
        args.push("--force");
    }
    place.run(&args)
}

/// Paths that must not be overwritten: existing parts of the desk, and paths that would be read as its parts.
fn protected(place: &Place) -> Vec<String> {
    let desk = place.desk().to_str().unwrap().to_owned();
    let key = fs::read_dir(format!("{desk}.keys")).unwrap().next().unwrap().unwrap().path();
    let kept = everything(Path::new(&format!("{desk}.files"))).remove(0).0;
    let folder = place.desk().parent().unwrap().file_name().unwrap().to_str().unwrap();
    let name = place.desk().file_name().unwrap().to_str().unwrap();
    let mut all: Vec<String> = ["-wal", "-shm", "-journal", ".lock", ".LOCK", ".restoring"]
        .iter()
        .map(|end| format!("{desk}{end}"))
        .collect();
    all.push(key.with_extension("key").display().to_string());
    all.push(key.with_extension("pub").display().to_string());
    all.push(kept.display().to_string());
    all.push(format!("{desk}.files/new.zip"));
    all.push(format!("{desk}.backups/new.zip"));
    all.push(place.path(&format!("../{folder}/./{name}")));
    all.push(place.path("copy.desk"));
    all.push(place.path("copy.desk-wal"));
    all.push(desk);
    all
}

#[test]
fn no_command_replaces_a_desk_or_its_parts() {
    let place = furnished();
    fs::create_dir(format!("{}.backups", place.desk().display())).unwrap();
    let (names, before) = (protected(&place), everything(place.desk().parent().unwrap()));
    for writer in WRITERS {
        for name in &names {
            let done = writes(&place, writer, name, true);
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(!done.status.success() && said.contains("name another"), "{writer:?} {name}: {said}");
        }
    }
    assert!(everything(place.desk().parent().unwrap()) == before, "something was changed");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_desk_a_log_or_a_key_is_protected_like_its_target() {
    let place = furnished();
    let mut names = Vec::new();
    let there = protected(&place).into_iter().filter_map(|name| fs::canonicalize(name).ok());
    for (n, name) in there.enumerate() {
        let link = place.path(&format!("link{n}"));
        std::os::unix::fs::symlink(name, &link).unwrap();
        names.push(link);
    }
    std::os::unix::fs::symlink(place.desk().parent().unwrap(), place.path("folder")).unwrap();
    let name = place.desk().file_name().unwrap().to_str().unwrap().to_owned();
    names.push(place.path(&format!("folder/{name}")));
    names.push(place.path(&format!("folder/{name}-wal")));
    fs::hard_link(place.path("copy.desk"), place.path("hard")).unwrap();
    names.push(place.path("hard"));
    for writer in WRITERS {
        for name in &names {
            let done = writes(&place, writer, name, true);
            assert!(!done.status.success(), "{writer:?} wrote to {name}");
        }
    }
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[test]
fn another_file_is_replaced_only_with_force() {
    let place = furnished();
    for writer in WRITERS {
        let to = place.file("mine.txt", "my notes");
        let done = writes(&place, writer, &to, false);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && said.contains("--force"), "{writer:?}: {said}");
        assert_eq!(fs::read(&to).unwrap(), b"my notes");
        if writer != ["backup"] {
            assert!(writes(&place, writer, &to, true).status.success(), "{writer:?}");
            assert_ne!(fs::read(&to).unwrap(), b"my notes");
        }
    }
    assert_eq!(place.names().iter().filter(|n| n.ends_with(".part")).count(), 0);
    assert!(!unzipped(&place.path("first.zip")).is_empty());
}

#[test]
fn a_request_replaces_a_file_only_with_the_replace_field_and_never_a_desk() {
    let place = furnished();
    let ask = |command: &str, request: Value| {
        let line = json!({ "command": command, "request": request });
        let done = place.command().arg("call").write_stdin(format!("{line}\n")).output().unwrap();
        serde_json::from_slice::<Value>(&done.stdout).unwrap()
    };
    let (desk, mine) = (place.desk().display().to_string(), place.file("mine.txt", "my notes"));
    let with = |path: &str, replace: bool| {
        [
            ("export.write", json!({ "article": "1", "path": path, "unsigned": true, "replace": replace })),
            ("export.as", json!({ "article": "1", "format": "csv", "path": path, "replace": replace })),
            ("source.disclose", json!({ "source": "S1", "article": null, "path": path, "replace": replace })),
            ("key.write", json!({ "path": path, "replace": replace })),
            ("desk.backup", json!({ "path": path })),
        ]
    };
    for (command, request) in with(&desk, true).into_iter().chain(with(&mine, false)) {
        let said = ask(command, request)["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert!(said.contains("nothing was written to"), "{command}: {said}");
    }
    assert_eq!(fs::read(&mine).unwrap(), b"my notes");
    assert_eq!(place.json(&["check"])["sound"], true);
    for (command, request) in with(&mine, true).into_iter().take(4) {
        assert_eq!(ask(command, request)["answer"]["path"], mine.as_str(), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn files_with_secrets_are_readable_only_by_their_owner_under_any_umask() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_bridge();
    place.json(&["source", "add", "--title", "Survey", "--withhold"]);
    let mode = |path: &str| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let desk = place.desk().display().to_string();
    for umask in ["000", "022", "077"] {
        let out = place.path(&format!("secrets{umask}.json"));
        let script = format!(
            "umask {umask}; \"$0\" --desk \"$1\" --as 'Ada Long' disclose S1 --to \"$2\" && \"$0\" --desk \"$1\" --as 'Ada Long' key"
        );
        let done = std::process::Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_tickmark"), &desk, &out])
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        assert_eq!(mode(&out), 0o600);
        assert_eq!(mode(&format!("{desk}.keys")), 0o700);
        for file in fs::read_dir(format!("{desk}.keys")).unwrap() {
            let path = file.unwrap().path();
            let most = if path.extension().is_some_and(|e| e == "key") { 0o600 } else { 0o666 };
            assert_eq!(mode(path.to_str().unwrap()) & !most, 0, "{}", path.display());
        }
        fs::remove_dir_all(format!("{desk}.keys")).unwrap();
    }
}

#[test]
fn standard_output_is_no_file() {
    let place = furnished();
    for writer in WRITERS.iter().filter(|w| **w != ["backup"]) {
        let done = place.command().current_dir(place.path("")).args(*writer).arg("-").output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(2) && said.contains("standard output"), "{writer:?} said {said}");
    }
    assert!(!place.names().contains(&"-".to_owned()));
}
