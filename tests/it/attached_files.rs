//! The folder of a desk's files: where they are stored, what happens if they are missing, changed or belong to another desk,
//! what their backups cost, how they are erased, and how an older desk is migrated.

use crate::support::{BRIDGE, Place, holds};
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};
use tickmark::{
    desk::{Access, Desk, SystemClock},
    files::Lock,
    model::Digest,
    wire::Session,
};

/// `len` bytes that cannot be compressed, different for each seed.
fn noise(seed: u32, len: usize) -> Vec<u8> {
    let mut state = u64::from(seed) * 2 + 1;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as u8
    };
    (0..len).map(|_| next()).collect()
}

fn big(seed: u32) -> Vec<u8> {
    noise(seed, 100_000)
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn folder(place: &Place) -> PathBuf {
    with(place.desk(), ".files")
}

fn place_of(folder: &Path, bytes: &[u8]) -> PathBuf {
    let digest = Digest::of(bytes).to_string();
    folder.join(&digest[..2]).join(digest)
}

/// Every plain file below a folder except the one with the desk's id.
fn kept(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(kept(&path));
        } else if !path.ends_with("desk-id") {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// Adds a source with a file and returns its number, as `S1`.
fn add(place: &Place, title: &str, bytes: &[u8]) -> String {
    let file = place.file(&format!("{title}.bin"), bytes);
    let added = place.json(&["source", "add", "--title", title, "--file", &file]);
    fs::remove_file(file).expect("the file that was attached");
    format!("S{}", added["number"])
}

/// The fact that records a source.
fn fact_of(place: &Place, source: &str) -> String {
    place.json(&["disclose", source])["facts"][0]["id"].as_str().expect("a fact").to_owned()
}

/// The file's bytes as the desk returns them.
fn written_out(place: &Place, bytes: &[u8]) -> Value {
    let to = place.path("written out");
    let request = json!({ "digest": Digest::of(bytes).to_string(), "path": to });
    let line = json!({ "command": "snapshot.write", "request": request });
    let done = place.command().arg("call").write_stdin(format!("{line}\n")).output().expect("an answer");
    let answer: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    if answer["error"].is_null() {
        assert!(fs::read(&to).expect("the file") == bytes, "it came back otherwise");
        fs::remove_file(to).expect("what was written out");
    } else {
        assert!(!Path::new(&to).exists());
    }
    answer["error"].clone()
}

fn check(place: &Place) -> Vec<String> {
    let done = place.run(&["--json", "check"]);
    let found: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(done.status.code(), Some(if found["sound"] == true { 0 } else { 1 }));
    found["faults"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|f| f.as_str().expect("words").to_owned())
        .collect()
}

/// What `check` reports for another desk.
fn check_at(desk: &str) -> Value {
    let program = env!("CARGO_BIN_EXE_tickmark");
    let done = std::process::Command::new(program).args(["--json", "--desk", desk, "check"]).output();
    serde_json::from_slice(&done.expect("the program runs").stdout).expect("JSON")
}

fn sound(place: &Place) {
    assert_eq!(check(place), Vec::<String>::new());
}

/// The backups next to the desk, oldest first.
fn backups(place: &Place) -> Vec<PathBuf> {
    tickmarks(&with(place.desk(), ".backups"))
}

fn tickmarks(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|e| e.expect("an entry").path());
    let mut all: Vec<_> = entries.filter(|p| p.extension().is_some_and(|e| e == "tickmark")).collect();
    all.sort();
    all
}

/// Opens the window on the desk, which makes a backup, and closes it.
fn window(place: &Place) -> Vec<String> {
    // A program that another test is starting may have the lock until it runs.
    let opened = (0..500).find_map(|_| match Session::open(place.desk(), Box::new(SystemClock)) {
        Err(e) if e.code == "desk_locked" => {
            std::thread::sleep(std::time::Duration::from_millis(10));
            None
        }
        opened => Some(opened.expect("the window opens")),
    });
    let session = opened.expect("the lock is free");
    session.roll_backup().expect("a backup, or a word on why there is none");
    let overview = session.call("desk.overview", serde_json::json!({})).expect("the desk at a glance");
    serde_json::from_value(overview["notices"].clone()).expect("notices")
}

/// All bytes of all files in the place's folder, by path.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(everything(&path));
        } else {
            all.push((path.clone(), fs::read(path).expect("bytes")));
        }
    }
    all
}

/// Whether the first 64 of `bytes` are anywhere in `all`.
fn has_start(all: &[u8], bytes: &[u8]) -> bool {
    (0..all.len()).any(|at| all[at] == bytes[0] && all[at..].starts_with(&bytes[..64]))
}

/// Whether the first bytes of a file are anywhere in the place's folder.
fn is_anywhere(place: &Place, bytes: &[u8]) -> bool {
    let home = place.desk().parent().expect("a folder");
    everything(home).iter().any(|(_, all)| has_start(all, bytes))
}

#[test]
fn a_file_over_64_kib_is_stored_once_beside_the_desk_and_read_back_unchanged() {
    let place = Place::with_bridge();
    add(&place, "Small", &noise(1, 65_536));
    assert!(!folder(&place).exists(), "64 KiB are kept in the desk's own file");
    let bytes = noise(2, 65_537);
    add(&place, "One", &bytes);
    add(&place, "Two", &bytes);
    assert_eq!(kept(&folder(&place)), [place_of(&folder(&place), &bytes)]);
    assert_eq!(fs::read(&kept(&folder(&place))[0]).unwrap(), bytes);
    assert_eq!(written_out(&place, &bytes), Value::Null);
    assert_eq!(written_out(&place, &noise(1, 65_536)), Value::Null);
    assert!(!has_start(&fs::read(place.desk()).unwrap(), &bytes));
    sound(&place);
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let place = Place::with_bridge();
    let path = place.path("huge.bin");
    fs::File::create(&path).unwrap().set_len((256 << 20) + 1).unwrap();
    let said = place.refused(&["source", "add", "--title", "Huge", "--file", &path]);
    assert!(said.contains("over the limit"), "{said}");
    assert!(!folder(&place).exists());
    assert_eq!(place.json(&["source", "list"]), json!([]));
}

#[test]
fn a_bundle_carries_a_long_article_and_its_files_to_another_desk() {
    let (ada, ben) = (Place::new(), Place::of("Ben Short"));
    let long: String = (0..3000).map(|n| format!("Sentence {n} has {} words in it.\n\n", n % 7)).collect();
    let article = ada.file("long.md", &long);
    ada.json(&["import", &article, "--as-is"]);
    let claim = ada.mark("Sentence 17 has 3 words in it.");
    let source = add(&ada, "Scan", &big(3));
    ada.json(&["evidence", "add", &claim, &source, "--stance", "supports"]);
    assert_eq!(kept(&folder(&ada)).len(), 2);
    let bundle = ada.path("out.zip");
    ada.json(&["export", "1", "--to", &bundle]);
    assert_eq!(ada.json(&["verify", &bundle])["valid"], true);
    ben.json(&["import", &bundle]);
    let names =
        |place: &Place| kept(&folder(place)).iter().map(|p| p.file_name().unwrap().to_owned()).collect();
    let (here, there): (Vec<_>, Vec<_>) = (names(&ada), names(&ben));
    assert_eq!(here, there);
    assert_eq!(written_out(&ben, &big(3)), Value::Null);
    sound(&ben);
    let again = ben.path("again.zip");
    ben.json(&["export", "1", "--to", &again, "--unsigned"]);
    assert_eq!(ben.json(&["verify", &again])["valid"], true);
}

#[test]
fn a_refused_bundle_leaves_no_files() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    let claim = ada.mark("1911");
    let source = add(&ada, "Scan", &big(4));
    ada.json(&["evidence", "add", &claim, &source, "--stance", "supports"]);
    let (first, second) = (ada.path("first.zip"), ada.path("second.zip"));
    ada.json(&["export", "1", "--to", &first]);
    ben.json(&["import", &first]);
    let more = add(&ada, "Another scan", &big(5));
    ada.json(&["evidence", "add", &claim, &more, "--stance", "supports"]);
    ada.revise(&BRIDGE.replace("1911", "1912"));
    ada.json(&["export", "1", "--to", &second]);
    ben.revise(&BRIDGE.replace("1911", "1913"));
    let before = kept(&folder(&ben));
    assert_eq!(ben.run(&["import", &second]).status.code(), Some(1), "the conflict is left undecided");
    assert_eq!(kept(&folder(&ben)), before);
    ben.json(&["import", &second, "--take", "theirs"]);
    assert_eq!(kept(&folder(&ben)).len(), 2);
    sound(&ben);
}

#[test]
fn a_missing_file_is_reported_by_name_and_everything_else_works() {
    let place = Place::with_bridge();
    let claim = place.mark("1911");
    let source = add(&place, "Survey", &big(6));
    place.json(&["evidence", "add", &claim, &source, "--stance", "supports"]);
    let other = place.file("other.md", "# Another\n\nIt has 12 windows.\n");
    place.json(&["import", &other]);
    fs::remove_dir_all(folder(&place)).unwrap();
    let faults = check(&place);
    assert!(
        faults.len() == 1 && faults[0].contains("'Survey.bin'") && faults[0].contains("S1 (Survey)"),
        "{faults:?}"
    );
    assert_eq!(place.text(&["article", "1"]), BRIDGE);
    place.json(&["export", "2", "--to", &place.path("two.zip")]);
    let said = place.refused(&["export", "1", "--to", &place.path("one.zip")]);
    assert!(said.contains("Survey.bin"), "{said}");
    let error = written_out(&place, &big(6));
    assert!(error["message"].as_str().is_some_and(|m| m.contains("Survey.bin")), "{error}");
    let made = place.json(&["backup", &place.path("copy.desk")]);
    assert!(made["missing"][0].as_str().is_some_and(|m| m.contains("Survey.bin")), "{made}");
    window(&place);
    place.mark("240");
    add(&place, "The same again", &big(6));
    sound(&place);
    assert_eq!(written_out(&place, &big(6)), Value::Null);
}

#[test]
fn a_changed_file_is_reported_by_name_and_not_returned() {
    let place = Place::with_bridge();
    add(&place, "Survey", &big(7));
    let path = place_of(&folder(&place), &big(7));
    let mut bytes = big(7);
    bytes[50_000] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let faults = check(&place);
    assert!(
        faults.len() == 1 && faults[0].contains("'Survey.bin'") && faults[0].contains("not what was kept")
    );
    assert!(!written_out(&place, &big(7)).is_null());
    let made = place.json(&["backup", &place.path("copy.desk")]);
    assert_eq!(made["missing"].as_array().map(Vec::len), Some(1));
    add(&place, "The same again", &big(7));
    sound(&place);
}

#[test]
fn another_desks_folder_is_refused_by_name_and_not_written_to() {
    let (ada, ben) = (Place::with_bridge(), Place::with_bridge());
    add(&ada, "Of Ada", &big(8));
    let claim = ben.mark("1911");
    fs::rename(folder(&ada), folder(&ben)).unwrap();
    let before = everything(&folder(&ben));
    let file = ben.file("mine.bin", big(9));
    let said = ben.refused(&["source", "add", "--title", "Mine", "--file", &file]);
    assert!(said.contains("another desk") && said.contains("a desk.desk.files"), "{said}");
    assert_eq!(everything(&folder(&ben)), before);
    assert_eq!(ben.json(&["source", "list"]), json!([]));
    assert_eq!(ben.standing(&claim), "unchecked");
    add(&ben, "Small", b"small files are kept in the desk's own file");
    assert!(!check(&ada).is_empty());
    fs::rename(folder(&ben), folder(&ada)).unwrap();
    sound(&ada);
    sound(&ben);
    // A new desk does not use the folder of a desk that is gone.
    let cora = Place::of("Cora Wide");
    fs::rename(folder(&ada), folder(&cora)).unwrap();
    let said = cora.refused(&["source", "add", "--title", "New", "--file", &file]);
    assert!(said.contains("another desk"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_instead_of_the_folder_is_refused() {
    let place = Place::with_bridge();
    let elsewhere = place.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder(&place)).unwrap();
    let file = place.file("mine.bin", big(10));
    let said = place.refused(&["source", "add", "--title", "Mine", "--file", &file]);
    assert!(said.contains("link"), "{said}");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_desk_opened_through_a_link_has_one_folder() {
    let place = Place::with_bridge();
    add(&place, "Survey", &big(11));
    let link = place.path("link.desk");
    std::os::unix::fs::symlink(place.desk(), &link).unwrap();
    assert_eq!(check_at(&link)["sound"], true);
    assert!(!with(Path::new(&link), ".files").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_reported_and_nothing_is_recorded() {
    let place = Place::with_bridge();
    let before = place.actions();
    fs::write(folder(&place), "a file in the folder's place").unwrap();
    let file = place.file("mine.bin", big(12));
    let said = place.refused(&["source", "add", "--title", "Mine", "--file", &file]);
    assert!(said.contains("a desk.desk.files"), "{said}");
    assert_eq!((place.actions(), place.json(&["source", "list"])), (before, json!([])));
    fs::remove_file(folder(&place)).unwrap();
    add(&place, "Mine", &big(12));
    sound(&place);
}

#[test]
fn a_failed_action_leaves_no_file() {
    let place = Place::with_bridge();
    add(&place, "Mine", &big(13));
    let file = place.file("mine.bin", big(14));
    let said = place.refused(&["source", "edit", "S9", "--file", &file]);
    assert!(said.contains("S9"), "{said}");
    assert_eq!(kept(&folder(&place)).len(), 1);
}

#[test]
fn a_backup_is_one_file_with_everything_and_restore_unpacks_it() {
    let (ada, ben) = (Place::with_bridge(), Place::new());
    add(&ada, "Survey", &big(15));
    let copy = ben.path("copy.desk");
    ada.json(&["backup", &copy]);
    assert_eq!(ben.names(), ["copy.desk"]);
    let before = fs::read(&copy).unwrap();
    assert!(has_start(&before, &big(15)));
    ben.json(&["restore", &copy]);
    assert!(fs::read(&copy).unwrap() == before, "the backup was written to");
    assert_eq!(kept(&folder(&ben)).len(), 1);
    assert_eq!(written_out(&ben, &big(15)), Value::Null);
    assert!(!has_start(&fs::read(ben.desk()).unwrap(), &big(15)));
    let mut names = ben.names();
    names.retain(|n| !n.ends_with(".lock"));
    names.sort();
    assert_eq!(names, ["a desk.desk", "a desk.desk.files", "copy.desk"]);
    sound(&ben);
    // A backup that is used as a desk is unpacked when it is opened.
    assert_eq!(check_at(&copy)["sound"], true);
    assert_eq!(kept(&with(Path::new(&copy), ".files")).len(), 1);
}

#[test]
fn restore_over_a_desk_adds_to_its_folder_and_deletes_nothing() {
    let place = Place::with_bridge();
    add(&place, "First", &big(16));
    let copy = place.path("copy.desk");
    place.json(&["backup", &copy]);
    add(&place, "Second", &big(17));
    fs::remove_file(place_of(&folder(&place), &big(16))).unwrap();
    let told = place.json(&["restore", &copy]);
    assert_eq!(told["missing"], json!([]));
    assert_eq!(written_out(&place, &big(16)), Value::Null);
    assert_eq!(place.json(&["source", "list"]).as_array().unwrap().len(), 1);
    sound(&place);
    place.json(&["restore", told["kept"].as_str().unwrap()]);
    assert_eq!(place.json(&["source", "list"]).as_array().unwrap().len(), 2);
    assert_eq!(written_out(&place, &big(17)), Value::Null);
    sound(&place);
}

#[test]
fn restore_moves_a_damaged_desk_aside_and_replaces_it_with_the_backup() {
    let place = Place::with_bridge();
    add(&place, "First", &big(18));
    let copy = place.path("copy.desk");
    place.json(&["backup", &copy]);
    fs::write(place.desk(), "no database any more").unwrap();
    let told = place.json(&["restore", &copy]);
    assert_eq!(fs::read_to_string(told["kept"].as_str().unwrap()).unwrap(), "no database any more");
    assert_eq!(kept(&with(Path::new(told["kept"].as_str().unwrap()), ".files")).len(), 1);
    sound(&place);
}

#[test]
fn restore_next_to_another_desks_folder_is_refused() {
    let (ada, ben) = (Place::with_bridge(), Place::with_bridge());
    add(&ada, "Of Ada", &big(19));
    add(&ben, "Of Ben", &big(20));
    let copy = ada.path("copy.desk");
    ada.json(&["backup", &copy]);
    let cora = Place::new();
    fs::rename(folder(&ben), folder(&cora)).unwrap();
    let said = cora.refused(&["restore", &copy]);
    assert!(said.contains("another desk"), "{said}");
    assert!(!cora.desk().exists());
    assert_eq!(kept(&folder(&cora)).len(), 1);
    // Over a desk that owns the folder, another desk's backup can be restored; the folder stays.
    fs::rename(folder(&cora), folder(&ben)).unwrap();
    let told = ben.json(&["restore", &copy]);
    assert_eq!(ben.json(&["source", "list"])[0]["title"], "Of Ada");
    assert_eq!(written_out(&ben, &big(19)), Value::Null);
    sound(&ben);
    ben.json(&["restore", told["kept"].as_str().unwrap()]);
    assert_eq!(written_out(&ben, &big(20)), Value::Null);
    sound(&ben);
}

#[cfg(unix)]
fn inodes(paths: impl IntoIterator<Item = PathBuf>) -> HashSet<u64> {
    use std::os::unix::fs::MetadataExt;
    paths.into_iter().map(|p| fs::metadata(p).unwrap().ino()).collect()
}

#[cfg(unix)]
#[test]
fn ten_automatic_backups_store_each_file_once_and_survive_the_loss_of_the_folder() {
    let place = Place::with_bridge();
    add(&place, "Survey", &big(21));
    for n in 0..12 {
        place.json(&["query", "ask", "1", &format!("Question {n}?")]);
        assert_eq!(window(&place), Vec::<String>::new());
    }
    window(&place);
    let all = backups(&place);
    assert_eq!(all.len(), 10, "one for each state, ten are kept");
    let shelves = |all: &[PathBuf]| all.iter().flat_map(|b| kept(&with(b, ".files"))).collect::<Vec<_>>();
    assert_eq!(shelves(&all).len(), 10);
    assert_eq!(inodes(shelves(&all).into_iter().chain(kept(&folder(&place)))).len(), 1);
    let folders = fs::read_dir(with(place.desk(), ".backups")).unwrap();
    let folders = folders.filter(|e| e.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, 10, "what was dropped took its folder with it");

    fs::remove_dir_all(folder(&place)).unwrap();
    assert_eq!(check(&place).len(), 1);
    for n in 0..11 {
        place.json(&["query", "ask", "1", &format!("Later question {n}?")]);
        window(&place);
    }
    let newest = backups(&place).pop().unwrap();
    assert_eq!(kept(&with(&newest, ".files")).len(), 1, "it was taken from the backup before");
    let before = everything(newest.parent().unwrap());
    place.json(&["restore", newest.to_str().unwrap()]);
    for (path, bytes) in before {
        assert!(fs::read(&path).unwrap() == bytes, "{} was written to", path.display());
    }
    sound(&place);
    assert_eq!(written_out(&place, &big(21)), Value::Null);
}

#[test]
fn a_backup_is_made_after_a_restore_and_the_newest_ones_stay() {
    let place = Place::with_bridge();
    let copy = place.path("copy.desk");
    place.json(&["backup", &copy]);
    for n in 0..10 {
        place.json(&["query", "ask", "1", &format!("Question {n}?")]);
        window(&place);
    }
    place.json(&["restore", &copy]);
    place.json(&["query", "ask", "1", "After the restore?"]);
    window(&place);
    let newest = backups(&place).pop().unwrap();
    let there = Place::new();
    there.json(&["restore", newest.to_str().unwrap()]);
    assert_eq!(there.json(&["query", "list"])[0]["text"], "After the restore?");
}

#[cfg(unix)]
#[test]
fn a_second_folder_gets_each_backup_and_its_loss_does_no_harm() {
    let place = Place::with_bridge();
    let disk = place.path("disk");
    add(&place, "Survey", &big(22));
    let said = place.refused(&["backup", "--second", &disk]);
    assert!(said.contains("not a folder"), "{said}");
    fs::create_dir(&disk).unwrap();
    let told = place.json(&["backup", "--second", &disk]);
    let second = PathBuf::from(told["second"].as_str().unwrap());
    assert!(second.starts_with(fs::canonicalize(&disk).unwrap()));
    assert_eq!(tickmarks(&second).len(), 1);
    place.json(&["query", "ask", "1", "One more?"]);
    assert_eq!(window(&place), Vec::<String>::new());
    assert_eq!((backups(&place).len(), tickmarks(&second).len()), (1, 2));
    let copies: Vec<_> = tickmarks(&second).iter().flat_map(|b| kept(&with(b, ".files"))).collect();
    assert_eq!((copies.len(), inodes(copies.clone()).len()), (2, 1));
    let first: PathBuf = tickmarks(&second).remove(0);
    let there = Place::new();
    there.json(&["restore", first.to_str().unwrap()]);
    assert_eq!(written_out(&there, &big(22)), Value::Null);
    assert_eq!(place.json(&["desk", "where"])["second"]["reached"], true);

    // An empty folder where the disk was mounted is not used as the second folder.
    let away = place.path("away");
    fs::rename(&disk, &away).unwrap();
    fs::create_dir(&disk).unwrap();
    place.json(&["query", "ask", "1", "Without the disk?"]);
    let notices = window(&place);
    assert!(notices.len() == 1 && notices[0].contains("second folder"), "{notices:?}");
    assert_eq!((backups(&place).len(), fs::read_dir(&disk).unwrap().count()), (2, 0));
    fs::remove_dir(&disk).unwrap();
    fs::rename(&away, &disk).unwrap();
    place.json(&["query", "ask", "1", "With it again?"]);
    assert_eq!(window(&place), Vec::<String>::new());
    assert_eq!(tickmarks(&second).len(), 3);
    place.json(&["backup", "--second", "none"]);
    assert_eq!(place.json(&["desk", "where"])["second"], Value::Null);
}

#[cfg(unix)]
#[test]
fn a_redaction_removes_the_files_bytes_here_and_from_every_automatic_backup() {
    let place = Place::with_bridge();
    let disk = place.path("disk");
    fs::create_dir(&disk).unwrap();
    let source = add(&place, "A secret", &big(23));
    add(&place, "Another", &big(24));
    place.json(&["backup", "--second", &disk]);
    window(&place);
    place.json(&["query", "ask", "1", "One more?"]);
    window(&place);
    assert!(is_anywhere(&place, &big(23)));
    place.json(&["redact", &fact_of(&place, &source)]);
    assert!(!is_anywhere(&place, &big(23)));
    assert!(is_anywhere(&place, &big(24)));
    sound(&place);
    // An earlier backup is restored without it and reports this, because the redaction erased it.
    let told = place.json(&["restore", backups(&place)[0].to_str().unwrap()]);
    assert_eq!(told["missing"], json!([Digest::of(&big(23)).to_string()]));
    assert_eq!(check(&place).len(), 1);
    assert_eq!(written_out(&place, &big(24)), Value::Null);
}

#[test]
fn a_redaction_does_not_erase_a_file_that_something_else_names() {
    let place = Place::with_bridge();
    let one = add(&place, "One", &big(25));
    let two = add(&place, "Two", &big(25));
    let (first, second) = (fact_of(&place, &one), fact_of(&place, &two));
    place.json(&["undo"]);
    place.json(&["redact", &first]);
    assert!(is_anywhere(&place, &big(25)), "a fact that was undone still names it");
    assert_eq!(written_out(&place, &big(25)), Value::Null);
    place.json(&["redact", &second]);
    assert!(!is_anywhere(&place, &big(25)));
    // It may be added again by hand.
    add(&place, "Three", &big(25));
    assert_eq!(written_out(&place, &big(25)), Value::Null);
    sound(&place);
}

#[test]
fn the_imported_bytes_stay_while_the_first_revision_or_a_source_names_them() {
    let place = Place::new();
    let long: String = (0..3000).map(|n| format!("Sentence {n} has {} words in it.\n\n", n % 7)).collect();
    let file = place.file("long.md", &long);
    place.json(&["import", &file, "--as-is"]);
    place.json(&["import", &file, "--as-is", "--again"]);
    let source = add(&place, "The same file", long.as_bytes());
    let first = |article: &str| {
        let log = place.json(&["log", article]);
        let facts = log[0]["facts"].as_array().unwrap().clone();
        let revision = facts.iter().find(|f| f["kind"] == "revision").unwrap();
        revision["fact"].as_str().unwrap().to_owned()
    };
    for article in ["1", "2"] {
        let next = place.file("next.md", "# Short\n\nNothing of it is left.\n");
        place.json(&["revise", article, &next]);
    }
    let beside = || kept(&folder(&place)).len();
    place.json(&["redact", &first("1")]);
    assert_eq!(beside(), 1, "the second article came as the same bytes");
    place.json(&["redact", &first("2")]);
    assert_eq!(beside(), 1, "a source has the same bytes");
    place.json(&["redact", &fact_of(&place, &source)]);
    assert_eq!(beside(), 0);
    sound(&place);
}

#[test]
fn an_interrupted_erasure_is_finished_at_the_next_opening() {
    let place = Place::with_bridge();
    let source = add(&place, "A secret", &big(26));
    window(&place);
    let fact = fact_of(&place, &source);
    // The state after a kill between recording the redaction and removing the bytes.
    let path = place_of(&folder(&place), &big(26));
    let aside = place.path("aside");
    fs::rename(&path, &aside).unwrap();
    place.json(&["redact", &fact]);
    let raw = rusqlite::Connection::open(place.desk()).unwrap();
    let digest = Digest::of(&big(26)).0;
    raw.execute("INSERT INTO file (digest, bytes, erased) VALUES (?1, 100000, 1)", [digest]).unwrap();
    drop(raw);
    fs::rename(&aside, &path).unwrap();
    fs::write(path.with_file_name(format!(".{}.7-0.part", Digest::of(&big(26)))), &big(26)[..4000]).unwrap();
    place.json(&["articles"]);
    assert!(!is_anywhere(&place, &big(26)));
    sound(&place);
}

#[test]
fn a_second_folder_that_was_unreachable_is_erased_once_it_is_reachable() {
    let place = Place::with_bridge();
    let (disk, away) = (place.path("disk"), place.path("away"));
    fs::create_dir(&disk).unwrap();
    let source = add(&place, "A secret", &big(27));
    place.json(&["backup", "--second", &disk]);
    // On another disk it would be a copy, not a hard link to the same bytes.
    let copy = kept(Path::new(&disk)).into_iter().find(|p| p.extension().is_none()).expect("the file");
    fs::remove_file(&copy).unwrap();
    fs::write(&copy, big(27)).unwrap();
    fs::rename(&disk, &away).unwrap();
    place.json(&["redact", &fact_of(&place, &source)]);
    assert!(!folder(&place).join("x").exists() && kept(&folder(&place)).is_empty());
    assert!(is_anywhere(&place, &big(27)), "the disk that is away still has it");
    fs::rename(&away, &disk).unwrap();
    place.json(&["articles"]);
    assert!(!is_anywhere(&place, &big(27)));
}

#[test]
fn a_backup_that_is_used_as_a_desk_erases_nothing_of_its_original() {
    let place = Place::with_bridge();
    let source = add(&place, "Survey", &big(32));
    window(&place);
    let fact = fact_of(&place, &source);
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_tickmark"))
        .args(["--as", "Ada Long", "--desk"])
        .arg(&backups(&place)[0])
        .args(["redact", &fact])
        .status();
    assert!(program.expect("the program runs").success());
    sound(&place);
    assert_eq!(written_out(&place, &big(32)), Value::Null);
}

#[test]
fn a_window_opens_next_to_another_desks_folder_and_reports_it() {
    let (ada, ben) = (Place::with_bridge(), Place::with_bridge());
    add(&ada, "Of Ada", &big(33));
    add(&ben, "Of Ben", &big(34));
    window(&ben);
    fs::remove_dir_all(folder(&ben)).unwrap();
    fs::rename(folder(&ada), folder(&ben)).unwrap();
    ben.mark("1911");
    let notices = window(&ben);
    assert!(notices.iter().any(|n| n.contains("another desk")), "{notices:?}");
    let newest = backups(&ben).pop().unwrap();
    assert_eq!(kept(&with(&newest, ".files")).len(), 1, "taken from the backup before");
}

#[test]
fn an_erasure_on_one_of_two_restored_desks_does_not_affect_the_other() {
    let (ada, ben) = (Place::with_bridge(), Place::new());
    let source = add(&ada, "Survey", &big(28));
    window(&ada);
    ben.json(&["restore", backups(&ada)[0].to_str().unwrap()]);
    ada.json(&["redact", &fact_of(&ada, &source)]);
    sound(&ben);
    assert_eq!(written_out(&ben, &big(28)), Value::Null);
}

/// The golden desk of 0.1, under a name with another extension.
fn older(place: &Place) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/desks/0.1.0/golden.desk");
    fs::copy(golden, place.desk()).unwrap();
}

#[test]
fn migrating_an_older_desk_copies_it_first_and_moves_its_files_out() {
    let place = Place::new();
    older(&place);
    let before = fs::read(place.desk()).unwrap();
    sound(&place);
    let copies = |end: &str| {
        let mut names = place.names();
        names.retain(|n| n.starts_with("a desk.desk.before-form-") && n.ends_with(end));
        names
    };
    let name = copies("").pop().expect("a copy");
    assert_eq!(fs::read(place.path(&name)).unwrap().len(), before.len());
    assert_eq!(kept(&folder(&place)).len(), 2);
    assert!(fs::metadata(place.desk()).unwrap().len() < 600_000);

    // The same again, if a file of that name exists.
    older(&place);
    fs::remove_dir_all(folder(&place)).unwrap();
    fs::write(place.path(&name), "somebody's own").unwrap();
    sound(&place);
    assert_eq!(fs::read_to_string(place.path(&name)).unwrap(), "somebody's own");
    assert_eq!(copies("-2"), [format!("{name}-2")]);
    // The copy is the unchanged desk and can be restored.
    place.json(&["restore", &place.path(&format!("{name}-2"))]);
    sound(&place);
}

#[test]
fn an_older_desk_is_not_migrated_while_a_window_has_it_open() {
    let place = Place::new();
    older(&place);
    let before = fs::read(place.desk()).unwrap();
    let lock = Lock::take(place.desk()).unwrap().expect("the lock is free");
    let said = place.refused(&["articles"]);
    assert!(said.contains("older form") && said.contains("window"), "{said}");
    assert!(fs::read(place.desk()).unwrap() == before);
    drop(lock);
    window(&place);
    sound(&place);
}

#[test]
fn restoring_an_older_backup_does_not_write_to_it() {
    let (place, other) = (Place::with_bridge(), Place::new());
    older(&other);
    let before = fs::read(other.desk()).unwrap();
    place.json(&["restore", other.desk().to_str().unwrap()]);
    assert!(fs::read(other.desk()).unwrap() == before);
    assert_eq!(other.names(), ["a desk.desk"]);
    assert!(!place.names().iter().any(|n| n.contains("before-form") || n.contains("restoring")));
    assert_eq!(kept(&folder(&place)).len(), 2);
    assert_eq!(place.json(&["articles"]).as_array().unwrap().len(), 4);
    sound(&place);
}

#[test]
fn desk_where_lists_everything_that_belongs_to_the_desk() {
    let place = Place::with_bridge();
    add(&place, "Survey", &big(29));
    let told = place.json(&["desk", "where"]);
    assert_eq!(told["desk"], place.desk().to_str().unwrap());
    for (name, end) in [("files", ".files"), ("keys", ".keys"), ("backups", ".backups")] {
        assert!(told[name].as_str().unwrap().ends_with(&format!("a desk.desk{end}")), "{told}");
    }
    assert_eq!((&told["count"], &told["bytes"], &told["second"]), (&json!(1), &json!(100_000), &Value::Null));
    let text = place.text(&["desk", "where"]);
    assert!(text.contains("1 file") && text.contains("another computer"), "{text}");
}

#[test]
fn a_desk_moved_with_its_folder_is_complete_and_one_without_it_lists_what_is_missing() {
    let (ada, there) = (Place::with_bridge(), Place::new());
    add(&ada, "Survey", &big(30));
    fs::copy(ada.desk(), there.desk()).unwrap();
    let faults = check(&there);
    assert!(faults.len() == 1 && faults[0].contains("Survey.bin") && faults[0].contains("a desk.desk.files"));
    fs::rename(folder(&ada), folder(&there)).unwrap();
    sound(&there);
    assert_eq!(written_out(&there, &big(30)), Value::Null);
}

/// The peak memory of a process so far, in bytes.
#[cfg(target_os = "linux")]
fn most_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("the program runs");
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).expect("its memory");
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).expect("a number") << 10
}

#[cfg(target_os = "linux")]
#[test]
fn files_are_streamed_and_never_loaded_whole() {
    use std::{
        io::{BufRead, BufReader, Write},
        process::{Command, Stdio},
    };
    const BYTES: u64 = 200 << 20;
    let place = Place::with_bridge();
    let claim = place.mark("1911");
    let source = add(&place, "Small", b"small");
    place.json(&["evidence", "add", &claim, &source, "--stance", "supports"]);
    let path = place.path("long.bin");
    fs::File::create(&path).unwrap().set_len(BYTES).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_tickmark"));
    program.args(["--as", "Ada Long", "--desk"]).arg(place.desk()).arg("call");
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program");
    let (mut asks, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut ask = |command: &str, request: Value| {
        writeln!(asks, "{}", json!({ "command": command, "request": request })).expect("a request");
        let mut line = String::new();
        answers.read_line(&mut line).expect("an answer");
        let answer: Value = serde_json::from_str(&line).expect("JSON");
        assert!(answer["error"].is_null(), "{command}: {answer}");
    };
    let (out, copy) = (place.path("out.zip"), place.path("copy.desk"));
    ask("source.attach", json!({ "source": source, "path": path }));
    ask("export.write", json!({ "article": "1", "path": out, "unsigned": true }));
    ask("desk.backup", json!({ "path": copy }));
    ask("desk.check", json!({}));
    let most = most_memory(child.id());
    drop(asks);
    child.wait().expect("its end");
    assert!(most < BYTES, "{} MiB for a file of {} MiB", most >> 20, BYTES >> 20);
    let ben = Place::of("Ben Short");
    let mut program = Command::new(env!("CARGO_BIN_EXE_tickmark"));
    program.args(["--as", "Ben Short", "--desk"]).arg(ben.desk()).arg("call");
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program");
    let (mut asks, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    writeln!(asks, "{}", json!({ "command": "import.file", "request": { "path": out } })).expect("a request");
    let mut line = String::new();
    answers.read_line(&mut line).expect("an answer");
    let most = most_memory(child.id());
    drop(asks);
    child.wait().expect("its end");
    assert!(holds(line.as_bytes(), "imported"), "{line}");
    assert_eq!(kept(&folder(&ben)).len(), 1);
    println!("import: {} MiB", most >> 20);
}

/// Starts a program that writes while somebody else writes. Returns whether it stored its file before the other write ended.
fn comes_before_the_others_write_ends(
    place: &Place,
    start: &mut std::process::Command,
    bytes: &[u8],
) -> bool {
    let other = Desk::open(place.desk(), Box::new(SystemClock)).unwrap();
    other.begin(Access::Write).unwrap();
    let mut started = start.stdout(std::process::Stdio::null()).spawn().unwrap();
    let wanted = place_of(&folder(place), bytes);
    let came = (0..300).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        wanted.exists()
    });
    drop(other);
    assert!(started.wait().unwrap().success());
    came
}

#[test]
fn an_imported_file_is_stored_before_the_desk_is_locked_for_writing() {
    let place = Place::with_bridge();
    let long = |seed: u32| format!("The bridge.\n\n{}", format!("It was built in {seed}. ").repeat(5000));
    let text = long(1911);
    let mut import = std::process::Command::new(env!("CARGO_BIN_EXE_tickmark"));
    import.args(["--desk", place.desk().to_str().unwrap(), "--as", "Ada"]);
    import.args(["import", &place.file("long.txt", &text)]);
    assert!(comes_before_the_others_write_ends(&place, &mut import, text.as_bytes()));
    sound(&place);
}
