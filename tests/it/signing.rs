//! Signed bundles: verified by desks that know the key and by desks that do not, and forged.

use crate::support::Place;
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use tickmark::desk::{Desk, DeskError, SystemClock};

/// A place whose article was exported, signed by Ada.
fn exported() -> (Place, String) {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    let to = place.path("out.zip");
    place.json(&["export", "1", "--to", &to]);
    (place, to)
}

fn verified(place: &Place, bundle: &str) -> Value {
    let done = place.run(&["--json", "verify", bundle]);
    serde_json::from_slice(&done.stdout).expect("JSON")
}

/// The one file in the desk's folder of keys with this ending.
fn key_file(place: &Place, ending: &str) -> PathBuf {
    let folder = std::fs::read_dir(format!("{}.keys", place.desk().display())).unwrap();
    let mut paths = folder.map(|e| e.unwrap().path());
    paths.find(|p| p.extension().is_some_and(|e| e == ending)).expect("a key file")
}

/// A place whose article was exported and whose key then got a passphrase from a file.
fn locked() -> (Place, String, String) {
    let (place, out) = exported();
    let words = place.file("words", "three old ferries\n");
    place.json(&["key", "passphrase", "--passphrase-file", &words]);
    (place, out, words)
}

#[test]
fn a_desk_knows_its_own_key_and_a_contacts_key_and_no_other() {
    let (place, out) = exported();
    let mine = verified(&place, &out);
    assert_eq!((&mine["valid"], &mine["signed"]), (&Value::Bool(true), &"Ada Long".into()));
    let other = Place::with_bridge();
    let unknown = verified(&other, &out);
    assert_eq!((&unknown["signed"], &unknown["signer_said"]), (&"unknown".into(), &"Ada Long".into()));
    assert_eq!(other.run(&["verify", &out, "--require", "signed"]).status.code(), Some(1));

    let key = place.path("ada.pub");
    assert_eq!(place.json(&["key", "--export", &key])["id"], mine["key"]);
    other.json(&["contact", "add", "Ada of the Post", &key]);
    other.refused(&["contact", "add", "Again", &key]);
    assert_eq!(verified(&other, &out)["signed"], "Ada of the Post");
    assert_eq!(other.run(&["verify", &out, "--require", "signed"]).status.code(), Some(0));
    assert_eq!(other.json(&["contact", "list"])[0]["id"], mine["key"]);
    other.json(&["contact", "remove", "Ada of the Post"]);
    assert_eq!(verified(&other, &out)["signed"], "unknown");
    other.refused(&["contact", "add", "Nobody", "no key at all"]);
    other.refused(&["contact", "remove", "Ada of the Post"]);
}

#[test]
fn the_same_desk_exports_the_same_bytes_and_unsigned_bundles_have_no_signature() {
    let (place, out) = exported();
    let (again, plain) = (place.path("again.zip"), place.path("plain.zip"));
    place.json(&["export", "1", "--to", &again]);
    assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(again).unwrap());
    place.json(&["export", "1", "--to", &plain, "--unsigned"]);
    assert_eq!(verified(&place, &plain)["signed"], "none");
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_a_secret_key_and_no_bundle_or_backup_has_it() {
    use std::os::unix::fs::PermissionsExt;
    let (place, out) = exported();
    let key = key_file(&place, "key");
    assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let secret = std::fs::read_to_string(&key).unwrap();
    let line = secret.lines().nth(1).unwrap().as_bytes();
    let backup = place.path("copy.desk");
    place.json(&["backup", &backup]);
    for file in [out.as_str(), &backup] {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(40).any(|w| w == &line[..40]), "{file}");
    }
    std::fs::write(&key, "rubbish").unwrap();
    assert!(place.refused(&["export", "1", "--to", &place.path("x.zip")]).contains("move it away"));
}

#[test]
fn a_bundle_signed_by_another_key_or_changed_afterwards_is_refused() {
    let (place, out) = exported();
    for (file, was, now) in [
        ("data/history/actions.jsonl", "Ada Long", "Eve Long"),
        ("bag-info.txt", "Tickmark-Signer: Ada", "Tickmark-Signer: Eve"),
    ] {
        let forged = crate::cli::bundles::forged(&place, &out, file, was, now);
        let found = verified(&place, &forged);
        assert_eq!((&found["valid"], &found["signed"]), (&Value::Bool(false), &"bad".into()), "{found}");
    }
    let same = crate::cli::bundles::forged(&place, &out, "bag-info.txt", "Ada", "Ada");
    std::fs::remove_file(format!("{same}/tagmanifest-sha512.txt.minisig")).unwrap();
    assert_eq!(verified(&place, &same)["signed"], "bad", "a signature was taken off");
}

#[test]
fn a_flipped_byte_of_a_signed_bundle_is_refused() {
    let (place, out) = exported();
    let bytes = std::fs::read(&out).unwrap();
    let flipped = place.path("flipped.zip");
    let signature = bytes.windows(18).position(|w| w == b"untrusted comment:").unwrap();
    let all = (0..bytes.len()).step_by(997).chain(signature..signature + 300);
    for at in all.filter(|at| *at < bytes.len()) {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        std::fs::write(&flipped, changed).unwrap();
        let path = std::path::Path::new(&flipped);
        let refused =
            tickmark::desk::verify(path, &tickmark::model::Unwatched).map_or(true, |found| !found.valid);
        assert!(refused, "byte {at} of {}", bytes.len());
    }
}

#[test]
fn a_locked_key_signs_only_with_its_passphrase_and_is_the_same_key() {
    let (place, out, words) = locked();
    let (again, wrong) = (place.path("again.zip"), place.file("wrong", "three old ferry"));
    let asked = place.refused(&["export", "1", "--to", &again]);
    assert!(asked.contains("--passphrase-file") && asked.contains("TICKMARK_PASSPHRASE"), "{asked}");
    let refused = place.refused(&["export", "1", "--to", &again, "--passphrase-file", &wrong]);
    assert!(refused.contains("not the passphrase of the key of Ada Long"), "{refused}");
    assert!(!Path::new(&again).exists(), "nothing was written");
    place.json(&["export", "1", "--to", &again, "--passphrase-file", &words]);
    assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(&again).unwrap(), "the same key, the same bytes");
}

#[test]
fn the_passphrase_is_taken_from_the_environment_and_from_standard_input_too() {
    let (place, ..) = locked();
    let export = |name: &str| ["export".into(), "1".into(), "--to".into(), place.path(name)];
    let named =
        place.command().env("TICKMARK_PASSPHRASE", "three old ferries").args(export("a.zip")).output();
    assert_eq!(named.unwrap().status.code(), Some(0));
    let mut piped = place.command();
    piped.args(export("b.zip")).args(["--passphrase-file", "-"]).write_stdin("three old ferries\n");
    assert_eq!(piped.output().unwrap().status.code(), Some(0));
}

#[test]
fn no_passphrase_is_asked_for_if_none_is_set_or_the_export_is_unsigned() {
    let (place, ..) = locked();
    place.json(&["export", "1", "--to", &place.path("plain.zip"), "--unsigned"]);
    place.json(&["export", "1", "--to", &place.path("claims.csv"), "--format", "csv"]);
    assert_eq!(
        place.run(&["export", "1", "--to", &place.path("v.zip"), "--verified"]).status.code(),
        Some(1)
    );
    let open = exported().0;
    open.json(&["export", "1", "--to", &open.path("x.zip"), "--passphrase-file", "no such file"]);
}

#[test]
fn a_locked_key_is_still_known_by_name_and_printed() {
    let (place, out, _) = locked();
    let shown = place.json(&["key"]);
    assert_eq!(shown["passphrase"], true);
    assert_eq!(verified(&place, &out)["signed"], "Ada Long");
    std::fs::remove_file(key_file(&place, "pub")).unwrap();
    assert_eq!(verified(&place, &out)["signed"], "unknown", "a locked file does not tell whose it is");
    place.refused(&["key"]);
    let words = place.path("words");
    assert_eq!(place.json(&["key", "--passphrase-file", &words])["key"], shown["key"]);
    assert_eq!(verified(&place, &out)["signed"], "Ada Long", "once it was unlocked it is known again");
}

#[test]
fn a_key_made_before_there_were_passphrases_is_known_and_can_get_one() {
    let (place, out) = exported();
    std::fs::remove_file(key_file(&place, "pub")).unwrap();
    assert_eq!(verified(&place, &out)["signed"], "Ada Long");
    let words = place.file("words", "three old ferries");
    place.json(&["key", "passphrase", "--passphrase-file", &words]);
    assert_eq!(verified(&place, &out)["signed"], "Ada Long");
}

#[test]
fn a_passphrase_is_changed_and_removed_and_the_key_stays() {
    let (place, _, words) = locked();
    let (before, secret) =
        (place.json(&["key"])["key"].clone(), std::fs::read(key_file(&place, "key")).unwrap());
    let (new, wrong) = (place.file("new", "a fourth ferry"), place.file("wrong", "no"));
    place.refused(&["key", "passphrase", "--passphrase-file", &wrong, "--new-passphrase-file", &new]);
    let long = place.file("long", "x".repeat(1001));
    place.refused(&["key", "passphrase", "--passphrase-file", &words, "--new-passphrase-file", &long]);
    assert_eq!(std::fs::read(key_file(&place, "key")).unwrap(), secret, "nothing was changed");
    place.json(&["key", "passphrase", "--passphrase-file", &words, "--new-passphrase-file", &new]);
    place.refused(&["key", "passphrase", "--passphrase-file", &words, "--remove"]);
    place.json(&["key", "passphrase", "--passphrase-file", &new, "--remove"]);
    assert!(place.refused(&["key", "passphrase", "--remove"]).contains("no passphrase"));
    let (key, open) = (place.json(&["key"]), place.path("open.zip"));
    assert_eq!((&key["key"], &key["passphrase"]), (&before, &Value::Bool(false)));
    place.json(&["export", "1", "--to", &open]);
    let folder = key_file(&place, "key").parent().unwrap().to_owned();
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 2, "no unfinished file stays");
}

#[test]
fn an_open_desk_remembers_the_passphrase_until_another_is_set_elsewhere() {
    let (place, _, words) = locked();
    let desk = Desk::open(place.desk(), Box::new(SystemClock)).unwrap();
    assert!(matches!(desk.my_key(), Err(DeskError::NeedsPassphrase(_))));
    assert!(matches!(desk.unlock("three old ferry"), Err(DeskError::WrongPassphrase(_))));
    assert!(desk.needs_passphrase().unwrap());
    desk.unlock("three old ferries").unwrap();
    assert!(desk.my_key().unwrap().is_some() && !desk.needs_passphrase().unwrap());
    assert!(matches!(desk.change_passphrase(None, None), Err(DeskError::NeedsPassphrase(_))), "asked anew");
    let new = place.file("new", "a fourth ferry");
    place.json(&["key", "passphrase", "--passphrase-file", &words, "--new-passphrase-file", &new]);
    assert!(matches!(desk.my_key(), Err(DeskError::NeedsPassphrase(_))));
}

#[test]
fn the_window_gets_an_error_for_a_missing_and_for_a_wrong_passphrase() {
    let (place, ..) = locked();
    let to = place.path("window.zip");
    let export = format!(r#"{{"command":"export.write","request":{{"article":"1","path":{to:?}}}}}"#);
    let unlock = |words: &str| format!(r#"{{"command":"key.unlock","request":{{"passphrase":"{words}"}}}}"#);
    let asked = [export.clone(), unlock("no"), unlock("three old ferries"), export].join("\n");
    let done = place.command().arg("call").write_stdin(asked).output().unwrap();
    let told: Vec<Value> =
        String::from_utf8(done.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let code = |at: usize| told[at]["error"]["code"].clone();
    assert_eq!((code(0), code(1)), ("needs_passphrase".into(), "wrong_passphrase".into()), "{told:?}");
    assert_eq!((code(2), code(3)), (Value::Null, Value::Null), "{told:?}");
    assert_eq!(verified(&place, &to)["signed"], "Ada Long");
}

/// Runs the stock `minisign` with a passphrase on standard input; nothing if it is not installed.
fn minisign(args: &[&str], passphrase: &str) -> Option<bool> {
    let mut child = Command::new("minisign")
        .args(args)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .ok()?;
    std::io::Write::write_all(&mut child.stdin.take()?, passphrase.as_bytes()).ok()?;
    Some(child.wait().ok()?.success())
}

#[test]
fn the_stock_minisign_signs_with_our_locked_key_and_we_sign_with_its() {
    let (place, out, _) = locked();
    let (secret, public) = (key_file(&place, "key"), key_file(&place, "pub"));
    let (secret, public) = (secret.to_str().unwrap(), public.to_str().unwrap());
    let file = place.file("a file", "some words");
    let Some(signed) = minisign(&["-S", "-s", secret, "-m", &file], "three old ferries\n") else { return };
    assert!(signed && minisign(&["-V", "-p", public, "-m", &file], "").unwrap());
    assert!(!minisign(&["-S", "-s", secret, "-m", &file], "three old ferry\n").unwrap());

    let (theirs, words) = (place.path("theirs.key"), place.file("words", "their words"));
    let made = ["-G", "-f", "-p", public, "-s", &theirs];
    assert!(minisign(&made, "their words\ntheir words\n").unwrap());
    std::fs::copy(&theirs, secret).unwrap();
    place.refused(&["export", "1", "--to", &out, "--force"]);
    place.json(&["export", "1", "--to", &out, "--force", "--passphrase-file", &words]);
    assert_eq!(verified(&place, &out)["signed"], "Ada Long");
}

#[test]
fn a_program_killed_while_it_changes_the_passphrase_leaves_a_key_that_opens() {
    let (place, _, old) = locked();
    let new = place.file("new", "a fourth ferry");
    for wait in [0, 300, 600, 700, 800, 1000] {
        let change = ["key", "passphrase", "--passphrase-file", &old, "--new-passphrase-file", &new];
        let mut child = Command::new(env!("CARGO_BIN_EXE_tickmark"))
            .args(["--as", "Ada Long", "--desk"])
            .arg(place.desk())
            .args(change)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().ok();
        child.wait().unwrap();
        let desk = Desk::open(place.desk(), Box::new(SystemClock)).unwrap();
        let changed = desk.unlock("three old ferries").is_err();
        if changed {
            desk.change_passphrase(Some("a fourth ferry"), Some("three old ferries")).unwrap();
        }
        assert!(desk.my_key().unwrap().is_some(), "after {wait} ms");
    }
}
