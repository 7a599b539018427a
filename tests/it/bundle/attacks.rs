//! Damage and tricks: every flipped byte is noticed, every trick is refused whole, nothing panics.

use super::{dossier::bundle, zips::*};
use proptest::prelude::*;
use tickmark::{
    formats::{
        bag::{self, Code, Findings},
        bundle::{self as bundles, ReadError},
    },
    model::Handed,
};

/// How far apart bytes are flipped, and cuts made, where one is like the next. A prime, so that all fields are hit.
const STRIDE: usize = 97;
/// How many bytes at the end are flipped each: the archive's directory.
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

#[test]
#[ignore = "long: every offset of the whole file; run it with --ignored"]
fn any_flipped_byte_is_noticed_at_every_offset() {
    let mut bytes = bundle();
    for at in 0..bytes.len() {
        assert!(!flipped(&mut bytes, at), "the flipped byte {at} was not noticed");
    }
}

#[test]
fn a_cut_bundle_is_refused_wherever_it_was_cut() {
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
fn names_that_lead_elsewhere_are_refused_whole() {
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
fn twins_links_and_contradictions_are_refused_whole() {
    refused(&with(&[item("bag/data/hello.txt", b"other")]));
    refused(&with(&[item("bag/data/HELLO.txt", b"hello")]));
    refused(&with(&[item("bag/data/hello.txt/x", b"x")]));
    refused(&with(&[item("bag/e\u{301}", b"x"), item("bag/\u{e9}", b"x")]));
    refused(&with(&[Item { attributes: 0o120_777 << 16, ..item("bag/link", b"/etc/passwd") }]));
    refused(&with(&[Item { local: Some(b"bag/other".into()), ..item("bag/named", b"x") }]));
    refused(&with(&[Item { flags: 1, ..item("bag/locked", b"x") }]));
    refused(&with(&[Item { at: Some(0), ..item("bag/bagit.txX", b"x") }]));
    refused(&with(&[Item { told: Some(9), ..item("bag/long", b"x") }]));
}

#[test]
fn entries_that_overlap_are_refused_whole() {
    let inner = zip(&[item("bag/inner", b"x")]);
    let mut items = with(&[item("bag/outer", &inner), item("bag/inner", b"x")]);
    let outer_at = zip(&items[..3]).windows(4).position(|w| w == b"PK\x01\x02").unwrap() as u32;
    items[4].at = Some(outer_at + 30 + "bag/outer".len() as u32);
    refused(&items);
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let zeros = vec![0; 4 << 20];
    let found = refused(&with(&[Item { deflate: true, ..item("bag/zeros", &zeros) }]));
    assert!(found.errors[0].message.contains("200 to 1"), "{:?}", found.errors);
    refused(&with(&[Item { deflate: true, told: Some(600 << 20), ..item("bag/long", b"x") }]));
    let many: Vec<_> = (0..20_001).map(|n| item(&format!("bag/{n}"), b"")).collect();
    refused(&many);
    let heavy =
        (0..5).map(|n| Item { deflate: true, told: Some(500 << 20), ..item(&format!("bag/{n}"), b"x") });
    refused(&heavy.collect::<Vec<_>>());
}

#[test]
fn a_file_that_unpacks_to_more_or_less_than_it_promises_is_a_fault() {
    for told in [4, 6] {
        let mut items = small_bag("bag/");
        items[2] = Item { deflate: true, told: Some(told), ..items[2].clone() };
        let found = bag::verify(Handed::File(&zip(&items))).unwrap();
        assert!(found.errors.iter().any(|f| f.code == Code::Unreadable), "{found:?}");
    }
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

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!holds(&bytes));
    }

    #[test]
    fn scrambled_archives_never_panic_and_never_pass(
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let whole = zip(&small_bag("bag/"));
        let mut bytes = whole.clone();
        hits.iter().for_each(|(at, byte)| bytes[at.index(whole.len())] = *byte);
        let _ = bag::verify(Handed::File(&bytes));
        let _ = bundles::read(Handed::File(&bytes));
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
