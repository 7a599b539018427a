//! Bags of other programs: every version of the specification, folders and archives, unusual but allowed forms.

use super::{dossier::bundle, zips::*};
use std::{fs, io::Read, path::Path};
use tickmark::{
    files,
    formats::{
        bundle as bundles,
        bundle::{
            archive::Archive,
            bag::{self, Code, Findings, NotABag},
        },
    },
    model::{EntryKind, Handed, Tree},
};

const MD5: &str = "5d41402abc4b2a76b9719d911017c592";
const SHA1: &str = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

/// A folder bag of one file, `data/hello.txt`, with these tag files.
fn folder(version: &str, tags: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let declared = format!("BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n");
    put(dir.path(), "bagit.txt", declared.as_bytes());
    put(dir.path(), "data/hello.txt", b"hello");
    tags.iter().for_each(|(name, text)| put(dir.path(), name, text));
    dir
}

fn put(dir: &Path, name: &str, text: &[u8]) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn found(dir: &Path) -> Findings {
    bag::verify(files::open(dir).unwrap().handed()).unwrap()
}

fn codes(dir: &Path) -> Vec<Code> {
    found(dir).errors.iter().map(|f| f.code).collect()
}

fn listed(line: &str) -> Vec<u8> {
    format!("{MD5}{line}\n").into_bytes()
}

#[test]
fn every_version_is_read() {
    for version in ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"] {
        let dir = folder(version, &[("manifest-md5.txt", &listed("  data/hello.txt"))]);
        let found = found(dir.path());
        assert!(found.complete && found.valid, "{version}: {found:?}");
    }
    let dir = folder("2.0", &[("manifest-md5.txt", &listed("  data/hello.txt"))]);
    assert_eq!(codes(dir.path()), [Code::Structure]);
}

#[test]
fn odd_but_allowed_lines_are_read() {
    for line in ["  *data/hello.txt", " ./data/hello.txt", "\tdata/hello.txt", "  data/hello.txt\r"] {
        let dir = folder("0.97", &[("manifest-md5.txt", &listed(line))]);
        assert_eq!(codes(dir.path()), [], "{line:?}");
    }
    let upper = format!("{}  data/hello.txt\n", SHA1.to_uppercase());
    assert_eq!(codes(folder("1.0", &[("manifest-sha1.txt", upper.as_bytes())]).path()), []);
}

#[test]
fn one_path_twice_is_a_warning_before_the_rfc_and_a_fault_in_it() {
    let twice = [listed("  data/hello.txt"), listed("  data/hello.txt")].concat();
    let old = found(folder("0.97", &[("manifest-md5.txt", &twice)]).path());
    assert!(old.valid && old.warnings.len() == 1, "{old:?}");
    assert_eq!(codes(folder("1.0", &[("manifest-md5.txt", &twice)]).path()), [Code::Duplicate]);
    let differing =
        [listed("  data/hello.txt"), format!("{}  ./data/hello.txt\n", "0".repeat(32)).into()].concat();
    assert_eq!(codes(folder("0.97", &[("manifest-md5.txt", &differing)]).path()), [Code::Duplicate]);
}

#[test]
fn missing_unlisted_and_changed_files_have_different_codes() {
    let list = [listed("  data/hello.txt"), listed("  data/gone.txt")].concat();
    let gone = found(folder("1.0", &[("manifest-md5.txt", &list)]).path());
    assert_eq!((gone.complete, gone.valid, gone.errors[0].code), (false, false, Code::Missing));
    let dir = folder("1.0", &[("manifest-md5.txt", &listed("  data/hello.txt")), ("data/new.txt", b"x")]);
    assert_eq!(codes(dir.path()), [Code::Unlisted]);
    let dir = folder("1.0", &[("manifest-md5.txt", &listed("  data/hello.txt"))]);
    put(dir.path(), "data/hello.txt", b"hullo");
    let changed = found(dir.path());
    assert_eq!((changed.complete, changed.valid, changed.errors[0].code), (true, false, Code::Digest));
}

#[test]
fn every_payload_manifest_lists_every_file_since_the_rfc() {
    let lists = |dir: &Path| put(dir, "manifest-sha1.txt", b"");
    let dir = folder("1.0", &[("manifest-md5.txt", &listed("  data/hello.txt"))]);
    lists(dir.path());
    assert_eq!(codes(dir.path()), [Code::Unlisted]);
    let dir = folder("0.97", &[("manifest-md5.txt", &listed("  data/hello.txt"))]);
    lists(dir.path());
    assert_eq!(codes(dir.path()), []);
}

#[test]
fn paths_that_lead_outside_are_never_followed() {
    for path in ["../hello.txt", "/etc/passwd", "~/x", "data/../../x"] {
        let list = [listed("  data/hello.txt"), listed(&format!("  {path}"))].concat();
        assert_eq!(codes(folder("0.97", &[("manifest-md5.txt", &list)]).path()), [Code::Path], "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_a_fault_and_is_not_read() {
    let dir = folder("1.0", &[("manifest-md5.txt", &listed("  data/hello.txt"))]);
    std::os::unix::fs::symlink("/etc/passwd", dir.path().join("data/link")).unwrap();
    assert_eq!(codes(dir.path()), [Code::Path]);
}

#[test]
fn names_in_another_normalisation_are_found() {
    let dir = folder("1.0", &[]);
    put(dir.path(), "data/e\u{301}.txt", b"hello");
    let list = [listed("  data/hello.txt"), listed("  data/\u{e9}.txt")].concat();
    put(dir.path(), "manifest-md5.txt", &list);
    let found = found(dir.path());
    assert!(found.valid && found.warnings.len() == 1, "{found:?}");
}

#[test]
fn percent_codes_are_decoded() {
    let dir = folder("1.0", &[]);
    put(dir.path(), "data/100% a\nb.txt", b"hello");
    let list = [listed("  data/hello.txt"), listed("  data/100%25 a%0Ab.txt")].concat();
    put(dir.path(), "manifest-md5.txt", &list);
    assert_eq!(codes(dir.path()), []);
}

#[test]
fn tag_files_in_other_encodings_are_read() {
    let dir = folder("1.0", &[]);
    let wide = |s: &str| s.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    put(dir.path(), "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n");
    put(dir.path(), "manifest-md5.txt", &wide(&format!("{MD5}  data/hello.txt\n")));
    put(dir.path(), "bag-info.txt", &wide("Payload-Oxum: 5.1\n"));
    assert_eq!(codes(dir.path()), []);
}

#[test]
fn payload_oxum_and_fetch_are_compared_with_the_files() {
    let md5 = listed("  data/hello.txt");
    let with = |name: &'static str, text: &'static str| {
        codes(folder("1.0", &[("manifest-md5.txt", &md5), (name, text.as_bytes())]).path())
    };
    assert_eq!(with("bag-info.txt", "Payload-Oxum: 5.1\nNote: a\n  b\n"), []);
    assert_eq!(with("bag-info.txt", "Payload-Oxum: 6.1\n"), [Code::Size]);
    assert_eq!(with("fetch.txt", "http://example.org/hello 5 data/hello.txt\n"), []);
    assert_eq!(with("fetch.txt", "http://example.org/hello - data/hello.txt\n"), []);
    assert_eq!(with("fetch.txt", "http://example.org/hello 9 data/hello.txt\n"), [Code::Size]);
    assert_eq!(with("fetch.txt", "http://example.org/hello 5 ../hello.txt\n"), [Code::Path]);
    assert_eq!(with("fetch.txt", "http://example.org/hello 5 data/other.txt\n"), [Code::Unlisted]);
}

#[test]
fn archives_of_other_programs_are_read_leniently() {
    let deflated: Vec<_> = small_bag("bag/").into_iter().map(|i| Item { deflate: true, ..i }).collect();
    let folders = [vec![item("bag/", b""), item("bag/data/", b"")], small_bag("bag/")].concat();
    let folders: Vec<_> = folders
        .into_iter()
        .map(|i| if i.name.ends_with(b"/") { Item { attributes: 0o040_755 << 16, ..i } } else { i })
        .collect();
    for items in [deflated, folders, small_bag("")] {
        let found = bag::verify(Handed::File(&zip(&items))).unwrap();
        assert!(found.valid, "{found:?}");
    }
}

#[test]
fn a_folder_or_file_that_is_not_a_bag_is_refused() {
    let (text, other, dir) =
        (b"just text".to_vec(), zip(&[item("a.txt", b"x")]), tempfile::tempdir().unwrap());
    assert_eq!(bag::verify(Handed::File(&text)), Err(NotABag::NeitherFolderNorArchive));
    assert_eq!(bag::verify(Handed::File(&other)), Err(NotABag::NoDeclaration));
    assert_eq!(bag::verify(files::open(dir.path()).unwrap().handed()), Err(NotABag::NoDeclaration));
}

/// Unpacks an archive of ours into `dir` and returns its top folder.
pub fn unpack(bytes: &[u8], dir: &Path) -> std::path::PathBuf {
    let archive = Archive::open(&bytes).unwrap().unwrap();
    for e in archive.entries().iter().filter(|e| e.kind == EntryKind::File) {
        let mut data = Vec::new();
        archive.open(&e.path).unwrap().read_to_end(&mut data).unwrap();
        put(dir, &e.path, &data);
    }
    dir.join(archive.entries()[0].path.split('/').next().unwrap())
}

#[test]
fn an_unpacked_bundle_is_validated_and_read_like_the_packed_one() {
    let (bytes, dir) = (bundle(), tempfile::tempdir().unwrap());
    let top = unpack(&bytes, dir.path());
    let opened = files::open(&top).unwrap();
    assert!(bag::verify(opened.handed()).unwrap().valid);
    let (folder, packed) =
        (bundles::read(opened.handed()).unwrap(), bundles::read(Handed::File(&bytes)).unwrap());
    assert_eq!(folder.digest, packed.digest);
    put(&top, "data/extra", b"x");
    assert!(bundles::read(files::open(&top).unwrap().handed()).is_err());
}

#[test]
fn names_that_windows_cannot_hold_are_a_warning() {
    let list = [listed("  data/hello.txt"), listed("  data/aux.txt"), listed("  data/what?")].concat();
    let dir =
        folder("1.0", &[("manifest-md5.txt", &list), ("data/aux.txt", b"hello"), ("data/what?", b"hello")]);
    let found = found(dir.path());
    let warned: Vec<&str> = found.warnings.iter().map(|w| w.path.as_str()).collect();
    assert!(found.valid, "{found:?}");
    assert_eq!(warned, ["data/aux.txt", "data/what?"]);
}
