//! A day as people write it, in the languages that are recognised: `25 czerwca 2024`, `2024년 6월 25일`, `令和6年6月25日`. Every
//! word of it must be understood, and only one reading may be possible; else no day is read.

use super::{
    names::{LONGEST, Name, Named, named},
    words::words,
};
use chrono::{Datelike, Days, NaiveDate};

/// The day in `text`, as ISO 8601. `language` (ISO 639-1) decides what a month's name means that two languages use for two months. An
/// ambiguous date (03/04/2025) or one with the wrong weekday is not read.
pub fn written_day(text: &str, language: Option<&str>) -> Option<String> {
    let parts = Some(text).filter(|t| t.len() <= LONGEST_TEXT).and_then(Parts::of)?;
    let days = if parts.months.is_empty() { parts.numeric() } else { parts.spelt(language) };
    let fits = |day: &NaiveDate| {
        let on = day.weekday().num_days_from_monday() + 1;
        (1500..=2200).contains(&day.year()) && parts.weekdays.iter().all(|names| names.contains(&on))
    };
    let mut days: Vec<_> = days.into_iter().filter(fits).collect();
    days.dedup();
    let [day] = days[..] else { return None };
    Some(day.format("%Y-%m-%d").to_string())
}

/// The parts of a written day.
#[derive(Default)]
struct Parts {
    /// Its numbers as written.
    numbers: Vec<String>,
    /// Which number the words say is the month.
    month_at: Option<usize>,
    /// The names of its month; two if it is written in two ways.
    months: Vec<&'static [Named]>,
    /// Names that are a month in one language and a weekday in another.
    either: Vec<&'static [Named]>,
    /// For each weekday in it, which weekdays it may be.
    weekdays: Vec<Vec<u32>>,
    /// How many years the era is before ours, if one is named.
    era: Option<i32>,
    /// Whether full stops separate the numbers, so that the day comes first.
    dotted: bool,
}

impl Parts {
    /// The parts of `text`; `None` if it has a word that belongs in no date.
    fn of(text: &str) -> Option<Self> {
        let words = words(text);
        let words = words.iter().map(String::as_str).collect::<Vec<_>>();
        let mut parts = Self { dotted: text.contains('.'), ..Self::default() };
        let mut at = 0;
        while at < words.len() && words.len() <= MOST {
            at += parts.take(&words[at..], at.checked_sub(1).map(|b| words[b]))?;
        }
        (at == words.len()).then(|| parts.settled())
    }

    /// Adds what `words` begin with. Returns how many of them that is.
    fn take(&mut self, words: &[&str], before: Option<&str>) -> Option<usize> {
        let word = words[0];
        if word.bytes().all(|b| b.is_ascii_digit()) {
            let unit = words.get(1).is_some_and(|w| matches!(*w, "月" | "월"));
            if unit || matches!(before, Some("thang" | "thg")) {
                self.month_at = Some(self.numbers.len());
            }
            self.numbers.push(word.into());
            return Some(1);
        }
        let named = (1..=LONGEST.min(words.len())).rev().find_map(|n| {
            let names = named(&words[..n].join(" "));
            (!names.is_empty()).then_some((n, names))
        });
        match (named, era(word)) {
            (Some((n, names)), _) if n > 1 || !adds_nothing(word) || names.iter().any(is_month) => {
                self.name(names);
                Some(n)
            }
            (_, Some(years)) => self.era.replace(years).is_none().then_some(1),
            _ => buddhist(words, &mut self.era).or_else(|| adds_nothing(word).then_some(1)),
        }
    }

    /// Adds the name of a month or weekday, or of either.
    fn name(&mut self, names: &'static [Named]) {
        match (names.iter().any(is_month), names.iter().all(is_month)) {
            (_, true) => self.months.push(names),
            (false, _) => self.weekdays.push(weekdays(names)),
            (true, false) => self.either.push(names),
        }
    }

    /// Decides what a name such as `mar` is: the month if no other word is, else a weekday.
    fn settled(mut self) -> Self {
        if self.months.is_empty() {
            self.months.extend(self.either.pop());
        }
        let days = self.either.drain(..).map(weekdays).collect::<Vec<_>>();
        self.weekdays.extend(days);
        self
    }

    /// The days that numbers alone say: `2025-08-25`, `25.8.2025`, `2025年8月25日`, and `25/08/2025` if only one order is possible.
    fn numeric(&self) -> Vec<NaiveDate> {
        let [a, b, c] = &self.numbers[..] else { return Vec::new() };
        let days = match (self.is_year(0), self.is_year(2)) {
            (true, false) if c.len() <= 2 && self.month_at.is_none_or(|m| m == 1) => day(self.year(a), b, c),
            (false, true) if a.len() <= 2 => self.by_order(a, b, c),
            _ => None,
        };
        days.into_iter().collect()
    }

    /// The day comes first if full stops separate the numbers, or a word says which is the month. Else the order is only
    /// known if one number cannot be a month.
    fn by_order(&self, x: &str, y: &str, year: &str) -> Option<NaiveDate> {
        let year = self.year(year);
        let over = |n: &str| n.parse::<u32>().is_ok_and(|n| n > 12);
        match (self.dotted || x == y || self.month_at == Some(1), over(x), over(y)) {
            (true, _, _) | (false, true, false) => day(year, y, x),
            (false, false, true) => day(year, x, y),
            (false, true, true) | (false, false, false) => None,
        }
    }

    /// The days that a month's name, a day and a year say in any order: one for each month the name may stand for.
    fn spelt(&self, language: Option<&str>) -> Vec<NaiveDate> {
        let [a, b] = &self.numbers[..] else { return Vec::new() };
        let (year, on) = match (self.is_year(0), self.is_year(1)) {
            (true, false) => (a, b),
            (false, true) => (b, a),
            _ => return Vec::new(),
        };
        let mut months = self.months.iter().map(|names| choices(names, language));
        let first = months.next().unwrap_or_default();
        let rest = months.collect::<Vec<_>>();
        let agreed = first.into_iter().filter(|m| rest.iter().all(|r| r.contains(m)));
        agreed.filter_map(|month| self.on(month, year, on)).collect()
    }

    fn on(&self, month: Name, year: &str, on: &str) -> Option<NaiveDate> {
        match month {
            Name::Month(month) => NaiveDate::from_ymd_opt(self.year(year)?, month, on.parse().ok()?),
            Name::Solar(month) => solar(year.parse().ok()?, month, on.parse().ok()?),
            Name::Weekday(_) => None,
        }
    }

    /// Whether a number is the year: it has four digits, or an era is named and it comes first.
    fn is_year(&self, at: usize) -> bool {
        self.numbers[at].len() == 4 || (at == 0 && self.era.is_some_and(|years| years > 0))
    }

    fn year(&self, number: &str) -> Option<i32> {
        let year = number.parse::<i32>().ok()?;
        let thai = self.era.is_none()
            && (2400..=2700).contains(&year)
            && self.months.iter().any(|m| m[0].language == "th");
        year.checked_add(if thai { BUDDHIST } else { self.era.unwrap_or(0) })
    }
}

fn is_month(named: &Named) -> bool {
    !matches!(named.name, Name::Weekday(_))
}

fn weekdays(names: &[Named]) -> Vec<u32> {
    names.iter().filter_map(|n| if let Name::Weekday(day) = n.name { Some(day) } else { None }).collect()
}

/// The longest text that may be a date, in bytes.
const LONGEST_TEXT: usize = 300;

/// The most words a date has.
const MOST: usize = 20;

/// The months that names may stand for: those in the text's language if it has the name, else those in any.
fn choices(names: &[Named], language: Option<&str>) -> Vec<Name> {
    let own = |n: &&Named| Some(n.language) == language && is_month(n);
    let known = names.iter().any(|n| own(&n));
    let mut choices: Vec<Name> = Vec::new();
    for n in names.iter().filter(|n| if known { own(n) } else { is_month(n) }) {
        if !choices.contains(&n.name) {
            choices.push(n.name);
        }
    }
    choices
}

fn day(year: Option<i32>, month: &str, on: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year?, month.parse().ok()?, on.parse().ok()?)
}

/// How many years to add to a year of the Buddhist era.
const BUDDHIST: i32 = -543;

/// How many years to add to a year of a Japanese or Taiwanese era.
fn era(word: &str) -> Option<i32> {
    match word {
        "令和" => Some(2018),
        "平成" => Some(1988),
        "昭和" => Some(1925),
        "大正" => Some(1911),
        "明治" => Some(1867),
        "民國" | "民国" | "中華民國" => Some(1911),
        _ => None,
    }
}

/// Recognises the Thai abbreviation of the Buddhist era, which is two words here.
fn buddhist(words: &[&str], era: &mut Option<i32>) -> Option<usize> {
    match words {
        ["พ", "ศ", ..] => era.replace(BUDDHIST).is_none().then_some(2),
        ["พุทธศักราช", ..] => era.replace(BUDDHIST).is_none().then_some(1),
        ["ค", "ศ", ..] => Some(2),
        _ => None,
    }
}

/// The day of the Iranian calendar, by the cycle of 33 years that fits the years 1178 to 1633.
fn solar(year: u64, month: u32, on: u32) -> Option<NaiveDate> {
    let length = match month {
        1..=6 => 31,
        12 if !LEAPS.contains(&(year % 33)) => 29,
        _ => 30,
    };
    ((1178..=1633).contains(&year) && (1..=length).contains(&on)).then_some(())?;
    let before = u64::from(if month < 7 { (month - 1) * 31 } else { (month - 7) * 30 + 186 });
    let leaps = |until: u64| (until / 33) * 8 + LEAPS.iter().filter(|l| **l <= until % 33).count() as u64;
    let days = (year - 1178) * 365 + leaps(year - 1) - leaps(1177) + before + u64::from(on) - 1;
    NaiveDate::from_ymd_opt(1799, 3, 21)?.checked_add_days(Days::new(days))
}

/// The leap years in each cycle of 33 years.
const LEAPS: [u64; 8] = [1, 5, 9, 13, 17, 22, 26, 30];

/// Whether a word may be in a written date without adding to it.
pub fn adds_nothing(word: &str) -> bool {
    IN_DATES.split(' ').any(|w| w == word)
}

/// Small words, ordinal endings and units, as [`words`] writes them.
const IN_DATES: &str = "\
    on the of at st nd rd th ad ce le er eme e a um am den der dem de op ten published posted publie \
    veroffentlicht el del dia o os il di d ano any data die la en das г года год году година годината р року \
    рік godine god r roku roka leta dne dnia дня на m gada gads ieva an i aasta paeva paivana yil yili yilda ci \
    cu nji njy yyl gunu gun tarihi tarihli ngay thang thg nam tanggal pada tahun ika ng sa af ain fed eg ydd թ \
    թվական թվականի ի ին წლის წელი წ ב ה יום טן טער يوم في من سنة عام م ه ش سال ماه مورخ کو ء بتاريخ ቀን ዓ እ ኤ አ \
    ም को ई सन साल तारीख रोजी তারিখ সালে সাল ইং খ্রি ரோஜ ஆம் ஆண்டு තැන ที่ วันที่ เดือน ปี ថ្ងៃទី ថ្ងៃ ខែ ឆ្នាំ \
    ទី ခုနှစ် ခု လ ရက် ရက်နေ့ နှစ် 年 月 日 號 号 公元 公曆 西元 西暦 년 월 일 서기";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_the_iranian_calendar_begin_in_spring() {
        for (year, month, on, day) in [
            (1403, 4, 5, "2024-06-25"),
            (1403, 1, 1, "2024-03-20"),
            (1403, 12, 30, "2025-03-20"),
            (1404, 1, 1, "2025-03-21"),
            (1399, 12, 30, "2021-03-20"),
            (1357, 11, 22, "1979-02-11"),
            (1285, 5, 13, "1906-08-05"),
        ] {
            assert_eq!(solar(year, month, on).map(|d| d.to_string()).as_deref(), Some(day), "{year}");
        }
    }

    #[test]
    fn a_day_is_read_in_every_language_that_is_recognised() {
        for written in [
            "25-a de junio 2024",
            "Tuesday, June 25, 2024",
            "вторник, 25 июня 2024 г.",
            "2024年6月25日星期二",
            "martes, 25 de junio de 2024",
            "terça-feira, 25 de junho de 2024",
            "martedì 25 giugno 2024",
            "২৫ জুন ২০২৪",
            "mardi 25 juin 2024",
            "Dienstag, 25. Juni 2024",
            "25 червня 2024 р.",
            "25 ივნისი, 2024",
            "الثلاثاء، ٢٥ يونيو ٢٠٢٤",
            "25 حزيران/يونيو 2024",
            "25 جوان 2024",
            "मंगलवार, २५ जून २०२४",
            "2024年6月25日（火）",
            "令和6年6月25日",
            "יום שלישי, 25 ביוני 2024",
            "25 czerwca 2024",
            "wtorek, 25 czerwca 2024 r.",
            "25 ጁን 2024",
            "2024년 6월 25일 화요일",
            "2024. 6. 25.",
            "tirsdag 25. juni 2024",
            "tirsdag den 25. juni 2024",
            "tisdag 25 juni 2024",
            "tiistaina 25. kesäkuuta 2024",
            "25 Haziran 2024 Salı",
            "dinsdag 25 juni 2024",
            "2024. június 25., kedd",
            "úterý 25. června 2024",
            "Τρίτη, 25 Ιουνίου 2024",
            "25 ΙΟΥΝΙΟΥ 2024",
            "25 юни 2024 г.",
            "25 чэрвеня 2024 г.",
            "२५ जून, २०२४",
            "ಜೂನ್ 25, 2024",
            "25 iunie 2024",
            "25. junij 2024",
            "25. lipnja 2024.",
            "25. јун 2024.",
            "25. jun 2024.",
            "2024 m. birželio 25 d.",
            "2024. gada 25. jūnijs",
            "teisipäev, 25. juuni 2024",
            "25 ஜூன், 2024",
            "Thứ Ba, 25 tháng 6, 2024",
            "ngày 25 tháng 6 năm 2024",
            "25 جون 2024ء",
            "25 มิถุนายน 2567",
            "วันอังคารที่ 25 มิถุนายน พ.ศ. 2567",
            "25 มิ.ย. 2567",
            "25 જૂન, 2024",
            "2024-yil 25-iyun",
            "25 ਜੂਨ 2024",
            "25 iyun 2024",
            "Selasa, 25 Juni 2024",
            "25 జూన్, 2024",
            "۲۵ ژوئن ۲۰۲۴",
            "سه‌شنبه ۵ تیر ۱۴۰۳",
            "2024 ജൂൺ 25",
            "25 ଜୁନ 2024",
            "၂၀၂၄ ဇွန်လ ၂၅ ရက်",
            "2024 ජූනි 25",
            "២៥ មិថុនា ២០២៤",
            "25 iýun 2024",
            "25 Junie 2024",
            "25 júna 2024",
            "25 de juny del 2024",
            "Hunyo 25, 2024",
            "2024 թ. հունիսի 25",
            "25 Mehefin 2024",
            "民國113年6月25日",
            "二〇二四年六月二十五日",
            "die 25 Iunii 2024",
            "Ayɛwohomumu 25, 2024",
            "25 Chikumi 2024",
            "25. Juni 2024",
        ] {
            assert_eq!(written_day(written, None).as_deref(), Some("2024-06-25"), "{written}");
        }
    }

    #[test]
    fn a_name_that_means_two_months_is_read_by_the_language_or_the_weekday() {
        assert_eq!(written_day("25 listopada 2024", None), None);
        assert_eq!(written_day("25 listopada 2024", Some("pl")).as_deref(), Some("2024-11-25"));
        assert_eq!(written_day("25. listopada 2024.", Some("hr")).as_deref(), Some("2024-10-25"));
        assert_eq!(written_day("poniedziałek, 25 listopada 2024", None).as_deref(), Some("2024-11-25"));
        assert_eq!(written_day("mar. 5 mars 2024", None).as_deref(), Some("2024-03-05"));
        assert_eq!(written_day("Mar 5, 2024", None).as_deref(), Some("2024-03-05"));
    }

    #[test]
    fn no_day_is_invented() {
        for written in [
            "25 June",
            "June 2024",
            "25 June 24",
            "25 Mehefinn 2024",
            "the 25 of June 2024 in Marlow",
            "Monday, 25 June 2024",
            "31 czerwca 2024",
            "25 50 2024",
            "06/05/2024",
            "25 June July 2024",
            "2567",
            "25 มิถุนายน",
            "25 June 2024 2023",
            "令和6年13月25日",
            "令和2147483647年6月25日",
            "25 June 2567",
            "Juneau 25 2024",
            "25.6.24",
            "1.2.3.2024",
            "١٢/١١/٢٠٢٤",
        ] {
            assert_eq!(written_day(written, None), None, "{written}");
        }
    }
}
