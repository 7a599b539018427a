//! A desk on a full disk and on a read-only medium: everything can be read, and errors name what cannot be saved. The disks
//! are mounted in a namespace of the test.

use std::process::{Command, Output};

/// Runs a script with a small disk at `$D`, the program at `$T`, and a desk with the example at `$D/a.desk`. Nothing if the
/// system does not allow such a disk; the test prints this.
fn on_a_disk(script: &str) -> Option<Output> {
    let folder = tempfile::tempdir().unwrap();
    let whole = format!(
        "mount -t tmpfs -o size=3m tmpfs \"$D\" 2>/dev/null || exit 99\n\
         \"$T\" --desk \"$D/a.desk\" --as 'Ada Long' example >/dev/null || exit 98\n\
         t() {{ \"$T\" --desk \"$D/a.desk\" \"$@\" 2>&1 || echo \"exit $?\"; }}\n{script}"
    );
    let mut command = Command::new("unshare");
    command.args(["-r", "-m", "sh", "-c", &whole]);
    command.env("D", folder.path()).env("T", env!("CARGO_BIN_EXE_tickmark")).env_remove("TICKMARK_DESK");
    let done = command.output().ok().filter(|done| done.status.code() != Some(99));
    if done.is_none() {
        eprintln!("not tried: this system lets no test make a disk of its own");
    }
    done
}

fn said(done: &Output) -> String {
    assert!(done.status.success(), "{done:?}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

const READS: &str = "t articles; t article 1 | head -1; t claim list 1 | head -2; t search harbour | head -1; t source list | head -1; \
                     t log 1 | head -1; t check; t export 1 --to /dev/null/x; t verify \"$D/a.desk\" | head -1";

/// The content can be read, and the output says that the desk is read-only.
fn reads(told: &str, why: &str) {
    assert!(told.contains("Harbour bridge reopens"), "{told}");
    assert!(told.contains("C1") && told.contains("No problems found: "), "{told}");
    assert!(told.contains(why) && told.contains("nothing can be saved"), "{told}");
    assert!(!told.contains("disk I/O error"), "{told}");
}

#[test]
fn a_desk_on_a_full_disk_can_be_read_and_the_error_says_how_much_to_free() {
    let fill = "dd if=/dev/zero of=\"$D/fill\" bs=1k count=9000 2>/dev/null";
    let script = format!(
        "{fill}\n{READS}\nt query ask 1 'Is all well?'\nrm \"$D/fill\"\nt query ask 1 'And now?'\nt check"
    );
    let Some(done) = on_a_disk(&script) else { return };
    let told = said(&done);
    reads(&told, "the disk is full");
    assert!(told.contains("Free some"), "{told}");
    assert!(
        told.contains("exit 2") && told.contains(" asked"),
        "it is refused, and asked once there is room: {told}"
    );
}

#[test]
fn a_desk_on_a_nearly_full_disk_can_be_read() {
    for room in [8, 40, 100, 400] {
        let script = format!(
            "dd if=/dev/zero of=\"$D/fill\" bs=1k count=9000 2>/dev/null; truncate -s -{room}k \"$D/fill\"\n{READS}"
        );
        let Some(done) = on_a_disk(&script) else { return };
        let told = said(&done);
        assert!(
            told.contains("Harbour bridge reopens") && told.contains("No problems found: "),
            "{room} kB: {told}"
        );
        assert!(!told.contains("disk I/O error"), "{room} kB: {told}");
    }
}

#[test]
fn a_desk_on_a_read_only_medium_can_be_read_without_writing_next_to_it() {
    let script = format!("mount -o remount,ro \"$D\"\n{READS}\nt query ask 1 'Is all well?'\nls -A \"$D\"");
    let Some(done) = on_a_disk(&script) else { return };
    let told = said(&done);
    reads(&told, "cannot be written to");
    assert!(told.contains("exit 2"), "{told}");
    assert!(told.ends_with("a.desk\n"), "{told}");
}

#[test]
fn a_window_reads_such_a_desk_and_saves_typed_text_in_another_folder() {
    let script = "mount -o remount,ro \"$D\"\n\
        printf '%s\\n' '{\"command\":\"desk.overview\"}' '{\"command\":\"article.open\",\"request\":{\"article\":\"1\"}}' \
        '{\"command\":\"query.ask\",\"request\":{\"article\":\"1\",\"text\":\"Typed with care\"}}' | t --as Ada call";
    let Some(done) = on_a_disk(script) else { return };
    let told = said(&done);
    let answers: Vec<serde_json::Value> = told.lines().filter_map(|l| serde_json::from_str(l).ok()).collect();
    assert!(answers[0]["answer"]["onlyRead"].as_str().unwrap().contains("cannot be written to"), "{told}");
    assert!(answers[1]["answer"]["text"].as_str().unwrap().contains("Harbour"), "{told}");
    assert_eq!(answers[2]["error"]["code"], "read_only", "{told}");
}

#[test]
fn a_verified_article_is_exported_from_a_desk_that_can_only_be_read() {
    let script = "t --as Ada policy --coverage 0 --evidence false\n\
        printf 'One line without a claim.\\n' >\"$D/x.txt\"; t --as Ada import \"$D/x.txt\"\n\
        N=$(t articles | sed -n 's/^ *\\([0-9]*\\)  One line.*/\\1/p'); mount -o remount,ro \"$D\"; O=$(mktemp -d)\n\
        t --as Ada export \"$N\" --to \"$O/x.zip\" --verified --unsigned; t verify \"$O/x.zip\"; rm -r \"$O\"";
    let Some(done) = on_a_disk(script) else { return };
    let told = said(&done);
    assert!(told.contains("Written to ") && told.contains("verified: yes"), "{told}");
    assert!(told.contains("careful: the file is written, but that it went out is not recorded"), "{told}");
    assert!(!told.contains("exit "), "{told}");
}
