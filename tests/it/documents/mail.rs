//! Mails and saved pages, written here by hand.

use crate::support::Place;
use tickmark::{
    formats::article,
    model::{BlockKind, Encoding, FileKind, LeftOutReason, Proposal, ReadOptions},
};

fn read(bytes: impl AsRef<[u8]>) -> Proposal {
    article::read(bytes.as_ref(), &ReadOptions::default()).unwrap()
}

fn left_out(read: &Proposal, why: LeftOutReason) -> Vec<&str> {
    read.left_out.iter().filter(|l| l.why == why).map(|l| l.text.as_str()).collect()
}

const HEAD: &str = "From: Ama Mensah <ama@example.org>\r\nTo: kofi@example.org\r\nDate: Tue, 4 Mar 2025 23:30:00 +0100\r\n\
    Subject: Fwd: Re: =?utf-8?q?F=C3=A4hre?= runs again\r\nMIME-Version: 1.0\r\n";

#[test]
fn a_mail_has_its_subject_as_headline_and_leaves_out_quotes_and_signature() {
    let body = "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        The ferry at the caf=E9 runs again since the first day of March, as the=\r\n harbour says.\r\n\r\n\
        On 3 March 2025, Kofi <kofi@example.org> wrote:\r\n> Does it run?\r\n\r\n-- \r\nAma\r\n";
    let read = read(format!("{HEAD}{body}"));
    assert_eq!(
        read.text,
        "# Fähre runs again\n\nThe ferry at the café runs again since the first day of March, as the harbour says.\n"
    );
    assert_eq!((read.kind, read.encoding), (FileKind::Eml, Encoding::Windows1252));
    assert_eq!(
        (read.info.byline.as_deref(), read.info.date.as_deref()),
        (Some("Ama Mensah"), Some("2025-03-04"))
    );
    assert_eq!(
        left_out(&read, LeftOutReason::Quoted),
        ["On 3 March 2025, Kofi <kofi@example.org> wrote:", "> Does it run?"]
    );
    assert_eq!(left_out(&read, LeftOutReason::Signature), ["--", "Ama"]);
}

/// A mail of a text, a page with a picture, and an attachment.
fn of_parts() -> String {
    format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\
        Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\n\
        Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\
        Content-Type: text/plain\r\n\r\nOnly text.\r\n--a\r\n\
        Content-Type: text/html; charset=utf-8\r\n\r\n<h1>News</h1><p>See <a href=https://example.org/>this</a>.</p>\
        <img src=cid:one alt=Ferry><p>From: Kofi &lt;kofi@example.org&gt;<br>Sent: Monday<br>To: Ama<br>Subject: Ferry</p>\
        <p>Does it run?</p>\r\n--a--\r\n--r\r\n\
        Content-Type: image/png\r\nContent-ID: <one>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAA\r\n--r--\r\n--m\r\n\
        Content-Type: application/pdf; name=fares.pdf\r\nContent-Disposition: attachment; filename=fares.pdf\r\n\r\n%PDF\r\n--m--\r\n"
    )
}

#[test]
fn the_page_of_a_mail_is_read_with_its_pictures_and_attachments_are_named() {
    let read = read(of_parts());
    assert_eq!(read.text, "# Fähre runs again\n\n## News\n\nSee this.\n");
    assert_eq!(read.links[0].span.unwrap().of(&read.text), Some("this"));
    let picture = &read.pictures[0];
    assert_eq!((picture.alt.as_deref(), picture.name.as_str()), (Some("Ferry"), "picture-1.png"));
    assert!(picture.bytes.as_ref().unwrap().starts_with(b"\x89PNG"));
    assert_eq!(left_out(&read, LeftOutReason::Quoted).last(), Some(&"Does it run?"));
    assert_eq!(left_out(&read, LeftOutReason::Object), ["fares.pdf"]);
}

#[test]
fn what_mail_programs_mark_as_quoted_is_left_out() {
    let page = "Content-Type: text/html; charset=utf-8\r\n\r\n<div>It runs.</div><blockquote>As they said.</blockquote>\
        <div class=gmail_signature>Ama</div><div class=gmail_quote><div class=gmail_attr>On 3 March Kofi wrote:</div>\
        <blockquote class=gmail_quote>Does it run?</blockquote></div>";
    let read = read(format!("{HEAD}{page}"));
    assert!(read.text.contains("It runs.") && read.text.contains("As they said."), "{}", read.text);
    assert_eq!(left_out(&read, LeftOutReason::Signature), ["Ama"]);
    assert_eq!(left_out(&read, LeftOutReason::Quoted), ["On 3 March Kofi wrote:", "Does it run?"]);
}

#[test]
fn a_mail_in_utf_16_and_one_from_a_mailbox_are_read() {
    let mail = format!("{HEAD}\r\nIt runs again.\r\n");
    let wide: Vec<u8> = [0xfeff].into_iter().chain(mail.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for bytes in [wide, format!("From ama@example.org Tue Mar  4 2025\r\n{mail}").into_bytes()] {
        assert_eq!(read(bytes).text, "# Fähre runs again\n\nIt runs again.\n");
    }
}

#[test]
fn a_text_beside_a_page_keeps_what_is_between_its_quotes() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\n\
        > Does it run?\r\nIt runs <now>.\r\nEvery day.\r\n> Who says so?\r\n\r\nThe harbour.\r\n--m\r\n\
        Content-Type: text/html\r\n\r\n<p>&gt; a quote<br>and an answer</p><p>It costs nothing.</p>\r\n--m--\r\n"
    );
    let read = read(mail);
    assert_eq!(
        read.text,
        "# Fähre runs again\n\nIt runs <now>.\nEvery day.\n\nThe harbour.\n\n> a quote\nand an answer\n\nIt costs nothing.\n"
    );
    assert_eq!(left_out(&read, LeftOutReason::Quoted), ["> Does it run?", "> Who says so?"]);
}

#[test]
fn a_declared_encoding_counts_unless_the_bytes_contradict_it() {
    let mail = |charset: &str, body: &[u8]| {
        let head = format!("{HEAD}Content-Type: text/plain; charset={charset}\r\n\r\n");
        let read = read([head.as_bytes(), body].concat());
        (read.text.lines().nth(2).unwrap().to_owned(), read.encoding)
    };
    let german = b"Die F\xe4hre f\xe4hrt k\xfcnftig \xf6fter, sagt der Verkehrsverbund.\r\n";
    let words = "Die Fähre fährt künftig öfter, sagt der Verkehrsverbund.".to_owned();
    assert_eq!(mail("utf-8", german), (words.clone(), Encoding::Windows1252));
    assert_eq!(mail("us-ascii", german), (words.clone(), Encoding::Windows1252));
    assert_eq!(mail("iso-8859-1", words.as_bytes()), (words, Encoding::Utf8));
    // Alone, these bytes are Cyrillic.
    let declared = mail("iso-8859-1", b"\xcf\xf0\xe8\xe2\xe5\xf2 \xe2\xf1\xe5\xec\r\n");
    assert_eq!(declared, ("Ïðèâåò âñåì".into(), Encoding::Windows1252));
}

/// A page that a browser saved, with a picture at its place.
const SAVED: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news/ferry\r\n\
    Subject: Ferry\r\nDate: Wed, 5 Mar 2025 10:00:00 GMT\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\n\
    Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/news/ferry\r\n\r\n\
    <html><head><title>The ferry runs again</title></head><body><article><h1>The ferry runs again</h1>\
    <p>The ferry to the island runs again since the first day of March, as the harbour=\r\n has confirmed to this paper.</p>\
    <p><a href=3D\"/fares\">Tickets</a> cost four crowns, and children travel free on weekdays until the end of the year.\
    <img src=3D\"ferry.png\" alt=3D\"The ferry\"></p>\
    </article></body></html>\r\n--b\r\n\
    Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://example.org/news/ferry.png\r\n\r\n\
    iVBORw0KGgoAAAANSUhEUgAA\r\n--b--\r\n";

#[test]
fn a_saved_page_is_read_as_a_page_with_its_address_and_pictures() {
    let read = read(SAVED);
    assert_eq!(read.kind, FileKind::Mhtml);
    assert!(read.text.starts_with("# The ferry runs again\n\nThe ferry to the island"), "{}", read.text);
    assert_eq!(read.info.url.as_deref(), Some("https://example.org/news/ferry"));
    // The day it was saved is not the day it was published.
    assert_eq!(read.info.date, None);
    assert_eq!(read.links[0].url, "https://example.org/fares");
    assert!(read.pictures[0].bytes.as_ref().unwrap().starts_with(b"\x89PNG"));
    assert_eq!(read.blocks[0].kind, BlockKind::Headline);
}

#[test]
fn mails_without_end_are_refused() {
    let nested =
        "Content-Type: multipart/mixed; boundary=b\r\nMIME-Version: 1.0\r\n\r\n--b\r\n".repeat(20_000);
    let refused = article::read(nested.as_bytes(), &ReadOptions::default()).unwrap_err().to_string();
    assert!(refused.contains("too many parts"), "{refused}");
}

#[test]
fn the_program_reads_a_mail() {
    let place = Place::new();
    let look = place.json(&["import", "--look", &place.file("ferry.txt", of_parts())]);
    assert_eq!((&look["kind"], &look["info"]["date"]), (&"eml".into(), &"2025-03-04".into()));
    assert_eq!(look["images"][0]["name"], "picture-1.png");
}
