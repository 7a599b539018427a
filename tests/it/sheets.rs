//! The writer's sheet: it is exported with the open queries, and the writer's answers are imported.

use crate::support::{BRIDGE, Place};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use serde_json::{Value, json};

const FORMATS: [(&str, &str); 3] = [("sheet-html", "html"), ("sheet-md", "md"), ("sheet-txt", "txt")];

/// A place with three open queries, on a claim, on an orphan and on the article, and one that is resolved.
fn asked() -> Place {
    let place = Place::with_bridge();
    place.json(&["claim", "mark", "1", "--quote", "240 metres"]);
    place.json(&["claim", "mark", "1", "--quote", "closed in 2019"]);
    place.json(&["query", "ask", "C1", "Who says so?\nAnswer: <b>nobody</b> & you?", "--to", "Mara *Lind*"]);
    place.json(&["query", "ask", "C2", "Since when?"]);
    place.json(&["query", "ask", "1", "Which bridge?"]);
    place.json(&["query", "ask", "1", "Resolved?"]);
    place.json(&["query", "resolve", "Q4"]);
    place
}

fn sheet(place: &Place, format: &str) -> String {
    let file = place.path("sheet");
    place.json(&["export", "1", "--format", format, "--to", &file, "--force"]);
    std::fs::read_to_string(file).unwrap()
}

/// The sheet with an answer after each of the three "Answer:" fields, and a name.
fn filled_in(sheet: &str, format: &str, answers: [&str; 3]) -> String {
    let (room, name) = match format {
        "sheet-html" => ("<b>Answer:</b> ", "<b>Answered by:</b> "),
        "sheet-md" => ("**Answer:**", "**Answered by:**"),
        _ => ("\nAnswer:", "\nAnswered by:"),
    };
    let mut parts = sheet.split(room);
    let mut out = parts.next().unwrap().replace(name, &format!("{name} Mara Lind"));
    let mut answers = answers.into_iter();
    for part in parts {
        let answer = answers.next().unwrap_or_default();
        out += &format!("{room} {answer}{part}");
    }
    assert!(answers.next().is_none(), "room for three answers: {out}");
    out
}

fn texts(all: &Value) -> Vec<(i64, &str)> {
    all.as_array()
        .unwrap()
        .iter()
        .map(|a| (a["number"].as_i64().unwrap(), a["text"].as_str().unwrap()))
        .collect()
}

#[test]
fn every_format_of_the_sheet_is_read_back_with_its_answers() {
    for (format, ending) in FORMATS {
        let place = asked();
        let sheet = sheet(&place, format);
        assert!(!sheet.contains("Resolved?"), "{format}");
        let file = place.file(
            &format!("answered.{ending}"),
            filled_in(&sheet, format, ["The survey.", "", "The old one."]),
        );
        let actions = place.actions();
        let taken = place.json(&["query", "import", &file]);
        assert_eq!(texts(&taken["answered"]), [(1, "The survey."), (3, "The old one.")], "{format}");
        assert_eq!(
            (texts(&taken["empty"]), &taken["unmatched"], &taken["known"]),
            (vec![(2, "")], &json!([]), &json!([]))
        );
        assert_eq!(place.actions(), actions + 1, "one action for all");
        let answer = &place.json(&["query", "list", "1"])[0]["answers"][0];
        assert_eq!(answer["written"], json!(format!("written by Mara Lind in answered.{ending}")));
        assert_eq!((&answer["by"], &answer["text"]), (&json!("Ada Long"), &json!("The survey.")));

        let again = place.json(&["query", "import", &file, "--article", "1", "--by", "Somebody"]);
        assert_eq!((texts(&again["known"]).len(), &again["answered"]), (2, &json!([])), "{format}");
        assert_eq!(place.actions(), actions + 1);
        place.json(&["undo"]);
        assert_eq!(place.json(&["query", "list", "1"])[0]["answers"], json!([]));
        assert_eq!(place.json(&["check"])["faults"], json!([]));
    }
}

#[test]
fn the_claims_words_are_marked_in_their_sentence() {
    let place = asked();
    let told = |format: &str| sheet(&place, format);
    assert!(told("sheet-html").contains("<b style=\"background: #fff2a8\">240 metres</b>"));
    assert!(told("sheet-md").contains("**240 metres**"));
    assert!(told("sheet-txt").contains("*240 metres*"));
    place.revise(&BRIDGE.replace("It is 240 metres long.", ""));
    assert!(told("sheet-txt").contains("no longer in the article"), "{}", told("sheet-txt"));
}

#[test]
fn a_mail_that_quotes_the_sheet_is_read_back() {
    let place = asked();
    let answered = filled_in(&sheet(&place, "sheet-txt"), "sheet-txt", ["Me.\nThe survey.", "2019", ""]);
    let quoted: String = answered.lines().map(|l| format!("> {l}\r\n")).collect();
    let mail = format!("Hello Ada,\n\nOn Monday Ada wrote:\n{quoted}\n--\nMara\n");
    let file = place.file("mail.txt", mail);
    let taken = place.json(&["query", "import", &file]);
    assert_eq!(texts(&taken["answered"]), [(1, "Me.\nThe survey."), (2, "2019")]);
    let beside: Vec<&str> =
        taken["unmatched"].as_array().unwrap().iter().map(|u| u["text"].as_str().unwrap()).collect();
    assert_eq!(beside, ["Hello Ada,", "On Monday Ada wrote:", "--", "Mara"]);
}

/// A text in quoted-printable, with soft line breaks.
fn quoted_printable(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut room = 72;
    for &b in bytes {
        let coded = match b {
            b'\n' => "\r\n".to_owned(),
            b' '..=b'~' if b != b'=' => char::from(b).to_string(),
            _ => format!("={b:02X}"),
        };
        if b != b'\n' && coded.len() > room {
            out += "=\r\n";
            room = 72;
        }
        room = if b == b'\n' { 72 } else { room - coded.len() };
        out += &coded;
    }
    out
}

const HEAD: &str = "Return-Path: <mara@example.org>\r\nFrom: =?utf-8?q?Mara_Lind=C3=A9n?= <mara@example.org>\r\n\
    To: ada@example.org\r\nSubject: Re: Questions\r\nMIME-Version: 1.0\r\n";

#[test]
fn a_saved_mail_is_decoded_from_quoted_printable_and_its_charset() {
    let place = asked();
    let filled = filled_in(
        &sheet(&place, "sheet-txt"),
        "sheet-txt",
        ["Größe: 240 m = lång, says the survey of last year, page 12", "", ""],
    );
    let kept = |c: char| if (c as u32) < 256 { c } else { '-' };
    let latin: Vec<u8> = filled.chars().map(|c| kept(c) as u8).collect();
    let kind =
        "Content-Type: text/plain; charset=ISO-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n";
    let file = place.file("re.eml", format!("{HEAD}{kind}\r\n{}", quoted_printable(&latin)));
    let taken = place.json(&["query", "import", &file]);
    assert_eq!(
        texts(&taken["answered"]),
        [(1, "Größe: 240 m = lång, says the survey of last year, page 12")]
    );
    let answer = &place.json(&["query", "list", "1"])[0]["answers"][0];
    assert_eq!(answer["written"], "written by Mara Lind in re.eml");
}

#[test]
fn of_a_mail_with_several_parts_the_one_with_the_answers_is_read() {
    let place = asked();
    let empty = sheet(&place, "sheet-txt");
    let attached = filled_in(&sheet(&place, "sheet-html"), "sheet-html", ["Die Länge", "2019", ""]);
    let coded =
        BASE64.encode(attached).as_bytes().chunks(76).map(|c| [c, b"\r\n"].concat()).collect::<Vec<_>>();
    let coded = String::from_utf8(coded.concat()).unwrap();
    let quoted: String = empty.lines().map(|l| format!("> {l}\r\n")).collect();
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         My answers are attached.\r\n{quoted}\r\n--b1\r\nContent-Type: text/html; charset=utf-8; name=\"answers.html\"\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n{coded}--b1--\r\n"
    );
    let taken = place.json(&["query", "import", &place.file("re.eml", mail)]);
    assert_eq!(texts(&taken["answered"]), [(1, "Die Länge"), (2, "2019")]);
}

#[test]
fn a_sheet_that_only_looks_like_the_head_of_a_mail_is_read_as_it_stands() {
    let place = asked();
    let filled = filled_in(&sheet(&place, "sheet-txt"), "sheet-txt", ["It costs =3D 5", "", ""]);
    let file = place.file("plain.eml", format!("From: Mara\nDate: Monday\n\n{filled}"));
    assert_eq!(texts(&place.json(&["query", "import", &file])["answered"]), [(1, "It costs =3D 5")]);
}

#[test]
fn answers_without_a_query_are_listed_and_the_rest_is_recorded() {
    let place = asked();
    let text = sheet(&place, "sheet-txt");
    let marks: Vec<&str> =
        text.lines().filter(|l| l.starts_with("[Q")).map(|l| &l[1..l.find(']').unwrap()]).collect();
    let wrong = format!("Q1-{:04x}", u16::from_str_radix(&marks[0][3..], 16).unwrap() ^ 1);
    let file = place.file(
        "some.txt",
        format!(
            "[{wrong}]\nAnswer: One\n[Q99-0000]\nAnswer: Two\n[{}]\nI say so\n[{}]\nAnswer: Yes\n",
            marks[1], marks[2]
        ),
    );
    let taken = place.json(&["query", "import", &file]);
    assert_eq!(texts(&taken["answered"]), [(3, "Yes")]);
    let found: Vec<_> = taken["unmatched"]
        .as_array()
        .unwrap()
        .iter()
        .map(|u| (u["mark"].as_str().unwrap(), u["text"].as_str().unwrap()))
        .collect();
    assert_eq!(found, [(wrong.as_str(), "One"), ("Q99-0000", "Two"), (marks[1], "I say so")]);
    let answer = &place.json(&["query", "list", "1"])[2]["answers"][0];
    assert_eq!(answer["written"], "written by the writer in some.txt");
}

#[test]
fn a_sheet_of_two_articles_is_refused_until_one_is_named() {
    let place = asked();
    let other = place.file("other.md", "# Another\n\nIt rained.\n");
    place.json(&["import", &other]);
    place.json(&["query", "ask", "2", "Where?"]);
    let file = place.path("two.txt");
    let text = |article: &str| {
        place.json(&["export", article, "--format", "sheet-txt", "--to", &file, "--force"]);
        std::fs::read_to_string(&file).unwrap().replace("\nAnswer:", "\nAnswer: Yes")
    };
    let both = place.file("two.txt", text("1") + &text("2"));
    let actions = place.actions();
    assert!(place.refused(&["query", "import", &both]).contains("--article"));
    assert_eq!(place.actions(), actions);
    let taken = place.json(&["query", "import", &both, "--article", "2"]);
    assert_eq!(
        (taken["answered"].as_array().unwrap().len(), taken["unmatched"].as_array().unwrap().len()),
        (1, 3)
    );
}

#[test]
fn the_window_reads_a_sheet_from_a_file_or_pasted_text() {
    let place = asked();
    let answered = filled_in(&sheet(&place, "sheet-html"), "sheet-html", ["A", "B", "C"]);
    let taken = place.call("query.import", &json!({ "text": answered, "by": "Eve" }));
    assert_eq!(texts(&taken["answered"]), [(1, "A"), (2, "B"), (3, "C")]);
    let queries = place.call("query.list", &json!({ "article": "1" }));
    assert_eq!(queries[0]["answers"][0]["written"], "written by Eve in the pasted text");
    let file = place.file("a.html", answered);
    let again = place.call("query.import", &json!({ "path": file, "article": "1" }));
    assert_eq!(again["known"].as_array().unwrap().len(), 3);
}

#[test]
fn a_file_that_is_not_an_answered_sheet_is_refused() {
    let place = asked();
    let actions = place.actions();
    for (name, bytes) in [
        ("text.txt", &b"Nothing here"[..]),
        ("empty.txt", b""),
        ("word.docx", b"PK\x03\x04word/document.xml"),
        ("odd.txt", b"[Q1-\xff\xfe]\nAnswer: a"),
        ("nul.txt", b"\0\0\0"),
    ] {
        let said = place.refused(&["query", "import", &place.file(name, bytes)]);
        assert!(said.contains("Nothing was recorded"), "{name}: {said}");
    }
    assert_eq!(place.actions(), actions);
}

#[test]
fn a_page_saved_by_word_in_windows_1252_is_read_back() {
    let place = asked();
    let sheet = sheet(&place, "sheet-html")
        .replace("charset=\"utf-8\"", "http-equiv=Content-Type content=\"text/html; charset=windows-1252\"");
    let answered = filled_in(&sheet, "sheet-html", ["Caf\u{e9} \u{201c}Lund\u{201d}", "", ""]);
    let byte = |c: char| match c {
        '\u{201c}' => 0x93,
        '\u{201d}' => 0x94,
        '\u{2026}' => 0x85,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    let file = place.file("word.htm", answered.chars().map(byte).collect::<Vec<u8>>());
    let taken = place.json(&["query", "import", &file]);
    assert_eq!(texts(&taken["answered"]), [(1, "Caf\u{e9} \u{201c}Lund\u{201d}")]);
}

#[test]
fn an_answers_writer_is_exported_and_imported_with_it() {
    let place = asked();
    let answered = filled_in(&sheet(&place, "sheet-txt"), "sheet-txt", ["Yes.", "", ""]);
    place.json(&["query", "import", &place.file("answers.txt", answered)]);
    let bundle = place.path("bundle.zip");
    place.json(&["export", "1", "--to", &bundle]);
    assert_eq!(place.json(&["verify", &bundle])["valid"], true);
    let ben = Place::of("Ben Short");
    ben.json(&["import", &bundle]);
    assert_eq!(
        ben.json(&["query", "list", "1"])[0]["answers"][0]["written"],
        "written by Mara Lind in answers.txt"
    );
    assert!(sheet(&place, "sheet-txt").contains("Earlier answer of Mara Lind: Yes."));
}

#[test]
fn truncated_sheets_and_odd_bytes_record_only_the_answers_they_contain() {
    use tickmark::{desk::read_sheet, formats::interchange::sheet::read};
    let place = asked();
    for (format, _) in FORMATS {
        let whole = filled_in(&sheet(&place, format), format, ["The survey.", "In 2019.", "The old one."]);
        let marks: Vec<String> = read(&whole).answers.into_iter().map(|a| a.mark).collect();
        assert_eq!(marks.len(), 3, "{format}");
        for end in (0..whole.len()).filter(|n| whole.is_char_boundary(*n)) {
            let found: Vec<String> = read(&whole[..end]).answers.into_iter().map(|a| a.mark).collect();
            assert_eq!(found, marks[..found.len()], "{format}: {end}");
        }
        for at in (0..whole.len()).step_by(7) {
            for odd in [0, 0x1b, 0x80, 0xc3, 0xff, b'<', b'>', b'[', b'&'] {
                let mut bytes = whole.clone().into_bytes();
                bytes[at] = odd;
                // It is read, or refused as not text.
                let file = place.file("odd", &bytes);
                if let Ok(text) = read_sheet(&file) {
                    let texts = read(&text).answers.into_iter().filter_map(|a| a.text);
                    assert!(texts.into_iter().all(|t| !t.contains(['\0', '\u{1b}'])), "{format}: {at}");
                }
            }
        }
    }
}
