//! Numbers in scripts without blanks: Chinese numerals and Thai number words. A numeral that is part of another word, as 一 in
//! 一般 (“general”), is left out by short lists.

use crate::text::{Kind, Span, Token, is_spaceless};

/// Which of `tokens` are part of a number that is written in letters.
pub(super) fn spaceless_numbers(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut marked = vec![false; tokens.len()];
    let first = |t: &Token| t.span.of(text).and_then(|w| w.chars().next()).unwrap_or(' ');
    for at in 0..tokens.len() {
        let c = first(&tokens[at]);
        if tokens[at].kind != Kind::Word || !is_spaceless(c) || marked[at] {
            continue;
        }
        if is_thai(c) {
            mark_thai(text, tokens, at, &mut marked);
        } else {
            marked[at] = is_chinese_number(text, tokens[at].span, c);
        }
    }
    marked
}

fn is_thai(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0E7F)
}

/// Marks the number word of Thai that begins at a token.
fn mark_thai(text: &str, tokens: &[Token], at: usize, marked: &mut [bool]) {
    let rest = &text[tokens[at].span.start.0..];
    if THAI_OTHERS.iter().any(|w| rest.starts_with(w)) {
        return;
    }
    let Some(word) = THAI.iter().find(|w| rest.starts_with(**w)) else { return };
    let before = text[..tokens[at].span.start.0].chars().next_back();
    let end = tokens[at].span.start.0 + word.len();
    let whole =
        text[end..].chars().next().is_none_or(|c| !matches!(c as u32, 0x0E30..=0x0E3A | 0x0E47..=0x0E4E));
    // “พัน” ends words like “สัมพันธ์”, and a vowel before a word belongs to its first letter.
    if whole
        && !(before == Some('ม') && *word == "พัน")
        && !before.is_some_and(|c| matches!(c, 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ'))
    {
        let inside = |t: &Token| t.span.end.0 <= end;
        let count = tokens[at..].iter().take_while(|t| inside(t)).count();
        marked[at..at + count].fill(true);
    }
}

const THAI: &[&str] = &[
    "หนึ่ง",
    "สอง",
    "สาม",
    "สี่",
    "ห้า",
    "หก",
    "เจ็ด",
    "แปด",
    "เก้า",
    "สิบ",
    "เอ็ด",
    "ยี่สิบ",
    "ร้อย",
    "พัน",
    "หมื่น",
    "แสน",
    "ล้าน",
    "ครึ่ง",
    "โหล",
];

/// Words that begin like a number and are none.
const THAI_OTHERS: &[&str] = &[
    "สามารถ",
    "สามัญ",
    "สามัคคี",
    "สามี",
    "ห้าง",
    "ห้าม",
    "เก้าอี้",
    "พันธ",
    "พันเอก",
    "พันโท",
    "พันตรี",
    "หกล้ม",
    "สิบเอก",
    "สิบโท",
    "แสนยา",
    "แสนสนุก",
    "ล้านนา",
    "สองแคว",
    "ร้อยเรียง",
    "ร้อยตำรวจ",
    "แปดเปื้อน",
    "สี่เหลี่ยม",
    "สามเหลี่ยม",
];

const DIGITS: &str = "一二三四五六七八九十百千万萬亿億兆两兩零〇廿卅壹贰叁肆伍陆柒捌玖拾佰仟双雙半";
const VAGUE: &str = "几幾数數";
const LARGE: &str = "十百千万萬亿億兆";
/// Words that count things. After them a vague numeral is a number.
const COUNTED: &str =
    "个個次年天月日周週名位种種项項件座条條人分秒岁歲倍家只隻张張所句小場场代段層层回部處处";

/// Whether a Chinese numeral is a number where it stands.
fn is_chinese_number(text: &str, span: Span, c: char) -> bool {
    if !DIGITS.contains(c) && !VAGUE.contains(c) {
        return false;
    }
    let before = text[..span.start.0].chars().next_back().unwrap_or(' ');
    let after = text[span.end.0..].chars().next().unwrap_or(' ');
    let numeral = |c: char| DIGITS.contains(c) || c.is_numeric();
    if VAGUE.contains(c) {
        return LARGE.contains(after)
            || numeral(before)
            || COUNTED.contains(after) && !"人岁歲参參系函总總指次分少多奇偶".contains(before);
    }
    let pair = |a: char, b: char| OTHERS.contains(&format!("{a}{b}").as_str());
    (numeral(before) && before != c) || !pair(c, after) && !pair(before, c)
}

/// Two characters with a numeral that are no number.
const OTHERS: &[&str] = &[
    "一般", "一直", "一样", "一樣", "一致", "一定", "一起", "一道", "一旦", "一切", "一些", "一心", "一向",
    "一再", "一律", "一共", "一贯", "一貫", "一时", "一時", "一带", "一帶", "一边", "一邊", "一下", "一体",
    "一體", "一味", "一流", "一度", "统一", "統一", "唯一", "万一", "萬一", "单一", "單一", "逐一", "专一",
    "專一", "千万", "千萬", "百姓", "百货", "百貨", "百科", "百度", "千克", "万物", "萬物", "半岛", "半島",
    "半导", "半導", "半球", "半径", "半徑", "双方", "雙方", "双重", "十分", "十足", "四川", "四周", "四处",
    "四處", "三明", "九龙", "九龍", "八卦", "五金", "零售", "零件", "零食", "七夕", "兩岸", "两岸", "老百",
];
