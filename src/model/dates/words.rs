//! The words of a written date: without capitals, accents and marks, digits of all scripts as 0 to 9, numbers apart from letters.

use unicode_normalization::UnicodeNormalization;

/// The words of `text`, as dates are compared.
pub fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut last = Kind::Between;
    for c in spelt_out(&folded(text)).chars() {
        let kind = kind(c);
        match (kind, found.last_mut().filter(|_| kind == last)) {
            (Kind::Between, _) => {}
            (_, Some(word)) => word.push(c),
            (_, None) => found.push(c.into()),
        }
        // Every unit stands by itself.
        last = if UNITS.contains(c) { Kind::Between } else { kind };
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Between,
    Digit,
    Letter,
}

/// The characters for year, month and day in Chinese, Japanese and Korean.
const UNITS: &str = "年月日號号";

fn kind(c: char) -> Kind {
    let mark = c.is_ascii()
        || matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}')
        || "،؛؟॰।׳״ʼʹ։၊။…".contains(c);
    match c {
        '0'..='9' => Kind::Digit,
        c if c.is_ascii_alphabetic() => Kind::Letter,
        c if mark || c.is_whitespace() => Kind::Between,
        _ => Kind::Letter,
    }
}

/// The text in lower case, without the accents of Latin, Greek and Cyrillic letters, Arabic vowel signs and what is invisible.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let bare = lower.nfkd().filter(|c| {
        !matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{ad}')
    });
    bare.map(|c| digit(c).unwrap_or(if c == 'ı' { 'i' } else { c })).nfc().collect()
}

/// The first digit of each script whose digits follow one another.
const ZEROS: &[char] = &[
    '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '႐', '០', '᠐', '０',
];

/// The digit 0 to 9 that `c` is in its script.
fn digit(c: char) -> Option<char> {
    let of = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|n| *n < 10);
    ZEROS.iter().find_map(of).and_then(|n| char::from_digit(n, 10))
}

/// Writes Chinese numbers before a unit with digits: `二〇二四年六月二十五日`; and the first year of an era as 1.
fn spelt_out(text: &str) -> String {
    if !text.contains(['年', '月']) {
        return text.into();
    }
    let text = text.replace("元年", "1年");
    let (mut out, mut number) = (String::new(), String::new());
    for c in text.chars() {
        if NUMERALS.contains(c) {
            number.push(c);
            continue;
        }
        out.push_str(&if UNITS.contains(c) { value(&number) } else { number.clone() });
        number.clear();
        out.push(c);
    }
    out + &number
}

const NUMERALS: &str = "〇一二三四五六七八九十";

fn value(number: &str) -> String {
    let digits = |part: &str| -> String {
        part.chars().filter_map(|c| NUMERALS.chars().position(|n| n == c)).map(|n| n.to_string()).collect()
    };
    match number.split_once('十') {
        None => digits(number),
        Some((tens, ones)) => {
            let or = |part: String, none: &str| if part.is_empty() { none.to_owned() } else { part };
            or(digits(tens), "1") + &or(digits(ones), "0")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_compared_without_capitals_accents_and_scripts_of_digits() {
        for (given, read) in [
            ("1er AOÛT 2024", "1 er aout 2024"),
            ("٢٥ يونيو ٢٠٢٤", "25 يونيو 2024"),
            ("HAZİRAN, kasım", "haziran kasim"),
            ("二〇二四年六月二十五日", "2024 年 6 月 25 日"),
            ("十月十日星期二", "10 月 10 日 星期二"),
            ("令和元年", "令和 1 年"),
            ("२५ अप्रैल", "25 अप्रैल"),
        ] {
            assert_eq!(words(given).join(" "), read);
        }
    }
}
