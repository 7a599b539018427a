//! Recognises the encoding of bytes that are not UTF-8. Only where the letters leave no doubt is it taken for granted; else a person
//! confirms it, as they do for Windows-1252, in which all bytes can be read.

use super::{
    decode::{exactly, marked},
    language,
};
use crate::{formats::article::ReadError, model::Encoding};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// The text of `bytes` without its byte order mark. A byte order mark takes precedence over `asked`; without either they must be UTF-8.
pub fn decode(bytes: &[u8], asked: Option<Encoding>) -> Result<(String, Encoding), ReadError> {
    let (encoding, body) = marked(bytes).unwrap_or((asked.unwrap_or(Encoding::Utf8), bytes));
    Ok((exactly(body, encoding)?, encoding))
}

/// The text of `bytes` as [`decode`] reads it, or in the encoding that their letters show. If they show none for certain, the error
/// says which is likely.
pub fn recognised(bytes: &[u8], asked: Option<Encoding>) -> Result<(String, Encoding), ReadError> {
    if asked.is_some() || marked(bytes).is_some() {
        return decode(bytes, asked);
    }
    for encoding in [halves(bytes), escapes(bytes)].into_iter().flatten() {
        if let Ok(text) = exactly(bytes, encoding) {
            return Ok((text, encoding));
        }
    }
    let refused = match exactly(bytes, Encoding::Utf8) {
        Ok(text) => return Ok((text, Encoding::Utf8)),
        Err(refused) => refused,
    };
    match (refused, guess(bytes)) {
        (_, Some((text, encoding))) if is_certain(&text, encoding) => Ok((text, encoding)),
        (ReadError::NotUtf8 { line, byte, .. }, Some((_, encoding))) => {
            Err(ReadError::NotUtf8 { line, byte, guess: Some(encoding) })
        }
        (refused, _) => Err(refused),
    }
}

/// UTF-16 without a byte order mark: every second byte is one of two control codes, and the others are not. Tab, newline and
/// return end the lines and columns of ASCII; they count only beside NUL, as in Devanagari with its blanks.
fn halves(bytes: &[u8]) -> Option<Encoding> {
    let half = |from: usize| {
        let mut counts = [0_usize; 256];
        bytes.iter().skip(from).step_by(2).for_each(|b| counts[usize::from(*b)] += 1);
        counts
    };
    let high = |counts: &[usize; 256]| {
        let blank = |code: usize| counts[0] == 0 && matches!(code, 9 | 10 | 13);
        let mut most: Vec<usize> = (0..32).filter(|c| !blank(*c)).map(|c| counts[c]).collect();
        most.sort_unstable_by(|a, b| b.cmp(a));
        (most[0] + most[1]) * 10 >= (bytes.len() / 2) * 9
    };
    let (first, second) = (half(0), half(1));
    let whole = bytes.len() >= 16 && bytes.len().is_multiple_of(2);
    match (high(&first), high(&second)) {
        (true, false) if whole => Some(Encoding::Utf16Be),
        (false, true) if whole => Some(Encoding::Utf16Le),
        _ => None,
    }
}

/// ISO-2022-JP, which looks like ASCII with escapes: `ESC $ B`.
fn escapes(bytes: &[u8]) -> Option<Encoding> {
    let escaped = bytes.windows(3).any(|w| matches!(w, b"\x1b$B" | b"\x1b$@"));
    (escaped && bytes.is_ascii()).then_some(Encoding::Iso2022Jp)
}

/// The likely encoding of bytes that are not UTF-8, and their text in it; `None` if they are damaged UTF-8.
fn guess(bytes: &[u8]) -> Option<(String, Encoding)> {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    (broken > 0 && sound <= broken).then_some(())?;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = Encoding::parse(detector.guess(None, Utf8Detection::Deny).name())?;
    Some((exactly(bytes, encoding).ok()?, encoding))
}

/// How many letters make an encoding certain.
const ENOUGH: usize = 20;

/// Whether a text decoded from `encoding` can only be right: it has many letters of the encoding's script and none of them in a word
/// with Latin letters; or, where the script is Latin, it is surely in one of the encoding's languages.
fn is_certain(text: &str, encoding: Encoding) -> bool {
    let Some(of_script) = script(encoding) else {
        let turkish =
            encoding == Encoding::Windows1254 && text.matches(['ş', 'Ş', 'ğ', 'Ğ', 'ı', 'İ']).count() >= 4;
        return turkish || language::of(text).is_some_and(|l| latin(encoding).contains(&l.as_str()));
    };
    let mixed = |w: &&str| w.contains(of_script) && w.contains(|c: char| c.is_ascii_alphabetic());
    let letters = text.chars().filter(|c| of_script(*c)).count();
    let others = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic() && !of_script(*c)).count();
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| w.contains(of_script)).count();
    let spaced =
        !matches!(encoding, Encoding::Gb18030 | Encoding::Big5 | Encoding::ShiftJis | Encoding::EucJp);
    let odd = text.split(|c: char| !c.is_alphabetic()).filter(mixed).count();
    letters >= ENOUGH && others * 20 <= letters && !(spaced && odd * 20 > words)
}

type OfScript = fn(char) -> bool;

/// Whether a character is of the script that an encoding is made for; `None` if that is Latin.
fn script(encoding: Encoding) -> Option<OfScript> {
    use Encoding as E;
    Some(match encoding {
        E::Windows1251 | E::Koi8R | E::Koi8U | E::Ibm866 | E::Iso8859_5 | E::MacCyrillic => {
            |c| matches!(c, '\u{400}'..='\u{52f}')
        }
        E::Windows1253 | E::Iso8859_7 => |c| matches!(c, '\u{370}'..='\u{3ff}'),
        E::Windows1255 | E::Iso8859_8 => |c| matches!(c, '\u{590}'..='\u{5ff}'),
        E::Windows1256 | E::Iso8859_6 => |c| matches!(c, '\u{600}'..='\u{6ff}'),
        E::Windows874 => |c| matches!(c, '\u{e00}'..='\u{e7f}'),
        E::Gb18030 | E::Big5 => |c| matches!(c, '\u{4e00}'..='\u{9fff}'),
        E::ShiftJis | E::EucJp | E::Iso2022Jp => {
            |c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
        }
        E::EucKr => |c| matches!(c, '\u{ac00}'..='\u{d7a3}'),
        E::Utf8
        | E::Utf16Le
        | E::Utf16Be
        | E::Windows1250
        | E::Windows1252
        | E::Windows1254
        | E::Windows1257
        | E::Windows1258
        | E::Iso8859_2
        | E::Iso8859_3
        | E::Iso8859_4
        | E::Iso8859_10
        | E::Iso8859_13
        | E::Iso8859_14
        | E::Iso8859_15
        | E::Iso8859_16
        | E::Macintosh
        | E::UserDefined => return None,
    })
}

/// The languages that an encoding of Latin letters is made for, where that leaves no doubt. Western and Central European encodings differ
/// in too few letters, and are always to be confirmed.
fn latin(encoding: Encoding) -> &'static [&'static str] {
    match encoding {
        Encoding::Windows1254 => &["tr", "az"],
        Encoding::Windows1257 | Encoding::Iso8859_4 | Encoding::Iso8859_13 => &["lt", "lv", "et"],
        Encoding::Windows1258 => &["vi"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence or two in each encoding that is recognised.
    const TEXTS: &[(Encoding, &str, &str)] = &[
        (
            Encoding::Windows1251,
            "windows-1251",
            "Мост через реку закрыли в понедельник, потому что две опоры повреждены.",
        ),
        (
            Encoding::Koi8U,
            "koi8-u",
            "Мост через реку закрыли в понедельник, потому что две опоры повреждены.",
        ),
        (
            Encoding::Ibm866,
            "ibm866",
            "Мост через реку закрыли в понедельник, потому что две опоры повреждены.",
        ),
        (
            Encoding::Windows1253,
            "windows-1253",
            "Η γέφυρα έκλεισε τη Δευτέρα, επειδή δύο βάθρα έπαθαν ζημιά από την πλημμύρα.",
        ),
        (
            Encoding::Windows1254,
            "windows-1254",
            "Köprü pazartesi günü kapatıldı, çünkü iki ayağı selde ağır hasar gördü. Belediye başkanı, onarımın üç ay süreceğini söyledi.",
        ),
        (
            Encoding::Windows1255,
            "windows-1255",
            "הגשר נסגר ביום שני משום ששני עמודים ניזוקו קשה בשיטפון של השבוע שעבר.",
        ),
        (
            Encoding::Windows1256,
            "windows-1256",
            "أغلق الجسر يوم الاثنين لأن دعامتين تضررتا بشدة في فيضان الأسبوع الماضي.",
        ),
        (
            Encoding::Gb18030,
            "gbk",
            "大桥于星期一关闭，因为上周的洪水严重损坏了两个桥墩。市长说，修复工程将持续三个月。",
        ),
        (
            Encoding::Big5,
            "big5",
            "大橋於星期一關閉，因為上週的洪水嚴重損壞了兩個橋墩。市長說，修復工程將持續三個月。",
        ),
        (
            Encoding::ShiftJis,
            "shift_jis",
            "先週の洪水で橋脚が二本壊れたため、橋は月曜日に閉鎖された。市長は修理に三か月かかると述べた。",
        ),
        (
            Encoding::EucJp,
            "euc-jp",
            "先週の洪水で橋脚が二本壊れたため、橋は月曜日に閉鎖された。市長は修理に三か月かかると述べた。",
        ),
        (Encoding::Iso2022Jp, "iso-2022-jp", "先週の洪水で橋脚が二本壊れたため、橋は月曜日に閉鎖された。"),
        (
            Encoding::EucKr,
            "euc-kr",
            "지난주 홍수로 교각 두 개가 크게 파손되어 다리가 월요일에 폐쇄되었다. 시장은 수리에 석 달이 걸린다고 말했다.",
        ),
        (Encoding::Windows874, "windows-874", "สะพานปิดเมื่อวันจันทร์เพราะเสาสองต้นเสียหายหนักจากน้ำท่วมเมื่อสัปดาห์ที่แล้ว"),
    ];

    #[test]
    fn older_encodings_are_recognised_by_their_letters() {
        for (encoding, label, text) in TEXTS {
            let bytes = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0;
            let read = recognised(&bytes, None);
            assert_eq!(read, Ok((text.to_string(), *encoding)), "{label}");
        }
    }

    #[test]
    fn utf_16_without_a_mark_is_recognised() {
        for text in [
            "The bridge was closed on Monday.",
            "Мост через реку закрыли в понедельник.",
            "पुल सोमवार को बंद कर दिया गया।",
        ] {
            let units = || text.encode_utf16();
            let read = |bytes: Vec<u8>| recognised(&bytes, None);
            assert_eq!(
                read(units().flat_map(u16::to_le_bytes).collect()),
                Ok((text.into(), Encoding::Utf16Le))
            );
            assert_eq!(
                read(units().flat_map(u16::to_be_bytes).collect()),
                Ok((text.into(), Encoding::Utf16Be))
            );
        }
    }

    #[test]
    fn short_lines_are_not_utf_16() {
        for text in ["1\n2\n3\n4\n5\n6\n7\n8\n9\n", "a\tb\nc\td\ne\tf\ng\th\n"] {
            assert_eq!(recognised(text.as_bytes(), None), Ok((text.into(), Encoding::Utf8)));
        }
    }

    #[test]
    fn what_is_not_certain_is_to_be_confirmed() {
        let guessed = |bytes: &[u8]| match recognised(bytes, None) {
            Err(ReadError::NotUtf8 { guess, .. }) => guess,
            other => panic!("{other:?}"),
        };
        assert!(guessed(b"caf\xe9 in the town").is_some());
        let long =
            "Le maire a déclaré que la rivière était montée de deux mètres après les pluies d’été à l’ouest.";
        assert_eq!(guessed(&encoding_rs::WINDOWS_1252.encode(long).0), Some(Encoding::Windows1252));
        let mut damaged = "Мост через реку закрыли в понедельник".as_bytes().to_vec();
        damaged.remove(3);
        assert_eq!(guessed(&damaged), None);
    }
}
