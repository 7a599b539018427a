//! Bundles signed, checked by desks that know the key and desks that do not, and forged.

use crate::support::Place;
use serde_json::Value;

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

#[test]
fn the_desk_knows_its_own_key_another_learns_it_and_nobody_else_does() {
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
fn the_same_desk_gives_the_same_bytes_and_no_signature_where_none_is_wanted() {
    let (place, out) = exported();
    let (again, plain) = (place.path("again.zip"), place.path("plain.zip"));
    place.json(&["export", "1", "--to", &again]);
    assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(again).unwrap());
    place.json(&["export", "1", "--to", &plain, "--unsigned"]);
    assert_eq!(verified(&place, &plain)["signed"], "none");
}

#[cfg(unix)]
#[test]
fn a_secret_key_is_its_owners_alone_and_in_no_bundle_and_no_backup() {
    use std::os::unix::fs::PermissionsExt;
    let (place, out) = exported();
    let folder = format!("{}.keys", place.desk().display());
    let key = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let secret = std::fs::read_to_string(key.path()).unwrap();
    let line = secret.lines().nth(1).unwrap().as_bytes();
    let backup = place.path("copy.desk");
    place.json(&["backup", &backup]);
    for file in [out.as_str(), &backup] {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(40).any(|w| w == &line[..40]), "{file}");
    }
    std::fs::write(key.path(), "rubbish").unwrap();
    assert!(place.refused(&["export", "1", "--to", &place.path("x.zip")]).contains("put it aside"));
}

#[test]
fn what_was_signed_by_another_key_or_changed_afterwards_is_refused() {
    let (place, out) = exported();
    for (file, was, now) in [
        ("data/history/actions.jsonl", "Ada Long", "Eve Long"),
        ("bag-info.txt", "Tickmark-Signer: Ada", "Tickmark-Signer: Eve"),
    ] {
        let forged = crate::cli::out::forged(&place, &out, file, was, now);
        let found = verified(&place, &forged);
        assert_eq!((&found["valid"], &found["signed"]), (&Value::Bool(false), &"bad".into()), "{found}");
    }
    let same = crate::cli::out::forged(&place, &out, "bag-info.txt", "Ada", "Ada");
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
        let refused = tickmark::desk::verify(path).map_or(true, |found| !found.valid);
        assert!(refused, "byte {at} of {}", bytes.len());
    }
}
