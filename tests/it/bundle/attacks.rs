//! Damage and tricks: every flipped byte is noticed, every archive with a trick is refused, nothing panics.

use super::{
    dossier::{bundle, small_signed},
    zips::*,
};
use proptest::{prelude::*, sample::Index};
use std::{sync::LazyLock, thread};
use tickmark::{
    formats::bundle::{
        self as bundles, ReadError,
        bag::{self, Code, Findings, Signed},
    },
    model::Handed,
};

/// The distance between flipped bytes, and between truncations. It is a prime, so that all fields are hit.
const STRIDE: usize = 97;
/// The number of bytes at the end that are all flipped: the archive's directory.
const DIRECTORY: usize = 1200;

fn holds(bytes: &[u8]) -> bool {
    bag::verify(Handed::File(&bytes)).is_ok_and(|found| found.valid)
}

fn flipped(bytes: &mut [u8], at: usize) -> bool {
    let was = bytes[at];
    bytes[at] ^= 1 << (at % 8);
    let holds = holds(bytes);
    bytes[at] = was;
    holds
}

#[test]
fn any_flipped_byte_is_noticed() {
    let mut bytes = bundle();
    assert!(holds(&bytes));
    let headers = bytes.len() - DIRECTORY;
    for at in (0..bytes.len()).filter(|at| at % STRIDE == 0 || *at < 300 || *at > headers) {
        assert!(!flipped(&mut bytes, at), "the flipped byte {at} was not noticed");
    }
}

/// The offsets at which damaged `bytes` are wrongly accepted. It tries every eleventh offset, or all with
/// TICKMARK_EVERY_BYTE, as `./test` sets it, on all cores.
fn accepted(bytes: &[u8], at: impl Fn(&mut Vec<u8>, usize) -> bool + Sync) -> Vec<usize> {
    let step = if std::env::var_os("TICKMARK_EVERY_BYTE").is_some() { 1 } else { 11 };
    let (at, cores) = (&at, thread::available_parallelism().map_or(1, usize::from));
    let share = |core: usize| {
        let mut own = bytes.to_vec();
        (core * step..bytes.len())
            .step_by(cores * step)
            .filter(|&offset| at(&mut own, offset))
            .collect::<Vec<_>>()
    };
    thread::scope(|s| {
        let all: Vec<_> = (0..cores).map(|core| s.spawn(move || share(core))).collect();
        all.into_iter().flat_map(|one| one.join().expect("no panic")).collect()
    })
}

#[test]
fn any_flipped_byte_of_a_signed_bundle_is_refused_at_every_offset() {
    let bytes = small_signed();
    let whole = bag::verify(Handed::File(&bytes)).expect("a bundle");
    assert!(whole.valid && matches!(whole.signed, Signed::By { .. }), "{whole:?}");
    assert_eq!(accepted(&bytes, |bytes, at| flipped(bytes, at)), Vec::<usize>::new());
}

#[test]
fn a_signed_bundle_is_refused_if_it_is_truncated_anywhere() {
    let bytes = small_signed();
    let held = |bytes: &mut Vec<u8>, at: usize| {
        let found = bag::verify(Handed::File(&&bytes[..at]));
        found.is_ok_and(|f| f.valid || f.complete)
    };
    assert_eq!(accepted(&bytes, held), Vec::<usize>::new());
}

#[test]
fn a_truncated_bundle_is_refused() {
    let bytes = bundle();
    for at in (0..bytes.len()).filter(|at| at % STRIDE == 0 || *at > bytes.len() - 100) {
        let found = bag::verify(Handed::File(&bytes[..at].to_vec()));
        assert!(!found.is_ok_and(|f| f.valid || f.complete), "cut at {at}");
    }
}

#[test]
fn bytes_before_or_after_a_bundle_are_noticed() {
    let bytes = bundle();
    for extra in [b"x".to_vec(), vec![0; 30], b"PK\x05\x06".to_vec(), vec![0; 70_000]] {
        assert!(!holds(&[extra.clone(), bytes.clone()].concat()));
        assert!(!holds(&[bytes.clone(), extra].concat()));
    }
}

fn refused(items: &[Item]) -> Findings {
    let found = bag::verify(Handed::File(&zip(items))).expect("it is an archive");
    assert!(!found.complete && !found.valid, "{:?}", items[items.len() - 1].name);
    assert_eq!(found.errors.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::Archive]);
    found
}

fn with(extra: &[Item]) -> Vec<Item> {
    [small_bag("bag/").as_slice(), extra].concat()
}

#[test]
fn archives_with_unsafe_names_are_refused() {
    assert!(holds(&zip(&small_bag("bag/"))));
    for name in [
        "../x",
        "bag/../../x",
        "/etc/x",
        "C:/x",
        "bag\\x",
        "bag/a\0b",
        "bag/a\nb",
        "",
        "bag//x",
        "bag/./x",
        "bag/\u{85}x",
    ] {
        refused(&with(&[item(name, b"x")]));
    }
    refused(&with(&[Item { name: b"bag/\xff".into(), ..item("", b"x") }]));
}

#[test]
fn archives_with_duplicate_names_links_or_contradictions_are_refused() {
    refused(&with(&[item("bag/data/hello.txt", b"other")]));
    refused(&with(&[item("bag/data/HELLO.txt", b"hello")]));
    refused(&with(&[item("bag/data/hello.txt/x", b"x")]));
    refused(&with(&[item("bag/e\u{301}", b"x"), item("bag/\u{e9}", b"x")]));
    refused(&with(&[Item { attributes: 0o120_777 << 16, ..item("bag/link", b"/etc/passwd") }]));
    refused(&with(&[Item { local: Some(b"bag/other".into()), ..item("bag/named", b"x") }]));
    refused(&with(&[Item { flags: 1, ..item("bag/locked", b"x") }]));
    refused(&with(&[Item { at: Some(0), ..item("bag/bagit.txX", b"x") }]));
    refused(&with(&[Item { stated_length: Some(9), ..item("bag/long", b"x") }]));
}

/// The general library returns the last of two entries with one name and hides the other, so our reader counts entries.
#[test]
fn two_entries_with_one_name_are_refused_although_a_general_library_sees_one() {
    let twice = zip(&with(&[item("bag/data/hello.txt", b"other")]));
    let seen = zip::ZipArchive::new(std::io::Cursor::new(&twice)).map_or(0, |archive| archive.len());
    assert_eq!(seen, 3, "of four");
    let found = bag::verify(Handed::File(&twice)).expect("it is an archive");
    assert_eq!((found.errors[0].path.as_str(), found.errors[0].code), ("bag/data/hello.txt", Code::Archive));
    // Both entries are the same bytes, so the only overlap is the whole entry.
    let mut same = with(&[item("bag/data/hello.txt", b"hello")]);
    same[3].at =
        Some(zip(&same[..2]).windows(4).position(|w| w == b"PK\x01\x02").expect("a directory") as u32);
    refused(&same);
}

#[test]
fn a_name_that_differs_between_the_two_headers_is_refused() {
    for (local, central) in [
        ("bag/data/hello.txt", "bag/data/other.txt"),
        ("bag/data/other.txt", "bag/data/more.txt"),
        ("../../outside", "bag/data/inside.txt"),
        ("bag/data/Inside.txt", "bag/data/inside.txt"),
        ("", "bag/data/inside.txt"),
    ] {
        let found = refused(&with(&[Item { local: Some(local.into()), ..item(central, b"x") }]));
        assert!(found.errors[0].message.to_string().contains("contradict"), "{local}: {found:?}");
    }
}

#[test]
fn an_archive_whose_end_record_counts_wrong_is_refused() {
    let whole = zip(&with(&[item("bag/data/hidden.txt", b"x")]));
    let at = whole.len() - 22;
    for count in [3u8, 5] {
        let mut bytes = whole.clone();
        (bytes[at + 8], bytes[at + 10]) = (count, count);
        let found = bag::verify(Handed::File(&bytes)).expect("it is an archive");
        assert_eq!(found.errors.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::Archive], "{count}");
    }
}

#[test]
fn archives_with_overlapping_entries_are_refused() {
    let inner = zip(&[item("bag/inner", b"x")]);
    let mut items = with(&[item("bag/outer", &inner), item("bag/inner", b"x")]);
    let outer_at = zip(&items[..3]).windows(4).position(|w| w == b"PK\x01\x02").unwrap() as u32;
    items[4].at = Some(outer_at + 30 + "bag/outer".len() as u32);
    refused(&items);
}

#[test]
fn nothing_is_read_from_a_bundle_that_does_not_verify() {
    let mut bytes = bundle();
    let at = bytes.windows(8).position(|w| w == b"sank in ").unwrap();
    bytes[at] ^= 1;
    assert!(matches!(bundles::read(Handed::File(&bytes)), Err(ReadError::NotValid(_))));
    let other = zip(&small_bag("bag/"));
    assert!(matches!(bundles::read(Handed::File(&other)), Err(ReadError::NotABundle)));
    assert!(matches!(bundles::read(Handed::File(&b"text".to_vec())), Err(ReadError::NotABag(_))));
}

/// Bytes to be replaced: their places and new values.
fn hits() -> impl Strategy<Value = Vec<(Index, u8)>> {
    prop::collection::vec((any::<Index>(), any::<u8>()), 1..6)
}

fn scrambled(whole: &[u8], hits: &[(Index, u8)]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    hits.iter().for_each(|(at, byte)| bytes[at.index(whole.len())] = *byte);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn scrambled_bundles_never_pass(hits in hits()) {
        static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(small_signed);
        let bytes = scrambled(&WHOLE, &hits);
        prop_assert_eq!(holds(&bytes), bytes == *WHOLE);
        prop_assert_eq!(bundles::read(Handed::File(&bytes)).is_ok(), bytes == *WHOLE);
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!holds(&bytes));
    }

    /// Archives of other programs are read leniently, so an archive with another time or comment may pass.
    #[test]
    fn scrambled_archives_never_panic_and_never_pass_with_another_file(hits in hits()) {
        let whole = zip(&small_bag("bag/"));
        let file = b"bag/data/hello.txthello".as_slice();
        prop_assert!(whole.windows(file.len()).any(|bytes| bytes == file));
        let bytes = scrambled(&whole, &hits);
        prop_assert!(!holds(&bytes) || bytes.windows(file.len()).any(|bytes| bytes == file));
        prop_assert!(bundles::read(Handed::File(&bytes)).is_err());
    }

    #[test]
    fn scrambled_tag_files_never_panic(tag in 0usize..2, text in "(?s).{0,200}", raw in prop::collection::vec(any::<u8>(), 0..200)) {
        for data in [text.as_bytes(), raw.as_slice()] {
            let mut items = small_bag("bag/");
            items[tag].data = data.into();
            let _ = bag::verify(Handed::File(&zip(&items)));
        }
    }

    #[test]
    fn scrambled_histories_never_panic_and_never_pass(text in "[\\{\\}\\[\\]\":,a-z0-9\n ]{1,200}") {
        let mut items = small_bag("bag/");
        items.push(item("bag/bag-info.txt", b"Tickmark-Bundle: 1\n"));
        items.push(item("bag/data/history/actions.jsonl", text.as_bytes()));
        prop_assert!(!holds(&zip(&items)));
    }
}
