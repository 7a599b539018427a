//! The encoding of a page: what a person chose, the byte order mark, the page's own declaration, valid UTF-8, and what the letters
//! show. UTF-7 is never read. A byte that means nothing is shown as U+FFFD, as browsers do.

use crate::model::Encoding;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// How much of a page is searched for its declaration, in bytes.
const SEARCHED: usize = 4096;

/// The text of a page, and the encoding it was read in. `outside` is what is declared around the page; it counts before what the
/// page itself declares.
pub fn decode(bytes: &[u8], asked: Option<Encoding>, outside: Option<Encoding>) -> (String, Encoding) {
    let stated = || stated(bytes, outside);
    let encoding = marked(bytes).or(asked).or_else(stated).unwrap_or_else(|| detected(bytes));
    (in_encoding(bytes, encoding), encoding)
}

/// The encoding of the byte order mark.
fn marked(bytes: &[u8]) -> Option<Encoding> {
    let (encoding, _) = encoding_rs::Encoding::for_bom(bytes)?;
    Encoding::parse(encoding.name())
}

/// The encoding that the page declares, or UTF-8 if its letters are UTF-8, whatever it declares: programs that save pages
/// write UTF-8 and leave the declaration.
fn stated(bytes: &[u8], outside: Option<Encoding>) -> Option<Encoding> {
    let (sound, broken) = letters(bytes);
    if sound > 0 && broken == 0 {
        return Some(Encoding::Utf8);
    }
    let declared = outside.or_else(|| declared(bytes))?;
    let wrong = declared == Encoding::Utf8 && broken > sound;
    (!wrong).then_some(declared)
}

/// How many characters outside ASCII are sound UTF-8, and how many bytes are not.
fn letters(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(sound, broken), chunk| {
        let letters = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (sound + letters, broken + chunk.invalid().len())
    })
}

/// The encoding in the XML declaration or in a `meta` of the first bytes. What says UTF-16 there is in UTF-8, or it could not be
/// read.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.get(..SEARCHED).unwrap_or(bytes);
    let head: String = head.iter().map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let xml = head.trim_start().strip_prefix("<?xml").and_then(|x| x.split_once("?>"));
    let in_xml = xml.and_then(|(xml, _)| value(xml, "encoding"));
    let metas = head.split("<meta").skip(1).filter_map(|meta| value(meta.split('>').next()?, "charset"));
    in_xml.into_iter().chain(metas).find_map(of_label)
}

/// The value after `name=`, with or without quotation marks.
fn value<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    let (_, after) = tag.split_once(name)?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let after = after.strip_prefix(['"', '\'']).unwrap_or(after);
    after.split(|c: char| matches!(c, '"' | '\'' | ';' | '/') || c.is_whitespace()).next()
}

fn of_label(label: &str) -> Option<Encoding> {
    let name = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?.name();
    let name = if name.starts_with("UTF-16") { "utf-8" } else { name };
    Encoding::parse(name)
}

fn detected(bytes: &[u8]) -> Encoding {
    if letters(bytes).1 == 0 {
        return Encoding::Utf8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Encoding::parse(detector.guess(None, Utf8Detection::Allow).name()).unwrap_or(Encoding::Windows1252)
}

fn in_encoding(bytes: &[u8], encoding: Encoding) -> String {
    let known = encoding_rs::Encoding::for_label(encoding.as_str().as_bytes()).unwrap_or(encoding_rs::UTF_8);
    known.decode_with_bom_removal(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Encoding) {
        decode(bytes, None, None)
    }

    #[test]
    fn a_page_is_read_as_it_declares() {
        let page = |declared: &str| {
            let text = format!("{declared}<p>Новый паром</p>");
            encoding_rs::KOI8_R.encode(&text).0.into_owned()
        };
        for declared in [
            "<meta charset=koi8-r>",
            "<META http-equiv='Content-Type' content='text/html; charset=KOI8-R'>",
            "<?xml version=\"1.0\" encoding=\"koi8-r\"?>",
        ] {
            let (text, encoding) = read(&page(declared));
            assert!(text.contains("Новый паром"), "{declared}: {text}");
            assert_eq!(encoding, Encoding::Koi8R);
        }
    }

    #[test]
    fn utf_8_is_recognised_in_spite_of_a_declaration() {
        let (text, encoding) = read("<meta charset=iso-8859-1><p>Fähre</p>".as_bytes());
        assert!(text.contains("Fähre"));
        assert_eq!(encoding, Encoding::Utf8);
        assert_eq!(read(b"<meta charset=utf-16le><p>Ferry</p>").1, Encoding::Utf8);
    }

    #[test]
    fn a_page_that_says_utf_8_and_is_not_is_detected() {
        let text = "<meta charset=utf-8><p>Die Fähre fährt künftig öfter, sagt der Verkehrsverbund für Ostfriesland.</p>";
        let (text, encoding) = read(&encoding_rs::WINDOWS_1252.encode(text).0);
        assert!(text.contains("Fähre fährt künftig öfter"));
        assert_eq!(encoding, Encoding::Windows1252);
    }

    #[test]
    fn utf_7_is_never_read() {
        assert!(read(b"<meta charset=utf-7><p>+ADw-b+AD4-</p>").0.contains("+ADw-b+AD4-"));
    }

    #[test]
    fn a_person_overrules_the_declaration_but_not_the_mark() {
        let bytes = encoding_rs::WINDOWS_1251.encode("<meta charset=koi8-r><p>паром</p>").0;
        assert!(decode(&bytes, Some(Encoding::Windows1251), None).0.contains("паром"));
        assert_eq!(decode("\u{feff}паром".as_bytes(), Some(Encoding::Koi8R), None).0, "паром");
    }
}
