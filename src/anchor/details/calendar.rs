//! Names of months and days of the week in the languages whose dates are told from numbers.

use std::{collections::HashSet, sync::LazyLock};

/// Whether `word`, in lower case, names a month or a day of the week in a language besides those of the lexicon.
pub(super) fn is_calendar_word(word: &str, lang: &str) -> bool {
    let set = match lang {
        "sv" | "no" | "nb" | "da" => &*NORDIC,
        "pl" => &*POLISH,
        "ru" => &*RUSSIAN,
        "tr" => &*TURKISH,
        "ar" => &*ARABIC,
        "hi" => &*HINDI,
        "he" => &*HEBREW,
        _ => return false,
    };
    let bare = match lang {
        "he" => word.strip_prefix(['ב', 'ל', 'מ', 'ה', 'ו']).unwrap_or(word),
        "tr" => word.split(['\'', '’']).next().unwrap_or(word),
        "ar" => word.strip_prefix(['و', 'ب', 'ل']).unwrap_or(word),
        _ => word,
    };
    set.contains(word) || set.contains(bare)
}

type Words = LazyLock<HashSet<&'static str>>;

static NORDIC: Words = LazyLock::new(|| {
    set(
        "januari februari mars april maj juni juli augusti september oktober november december januar februar marts mai maj august \
        desember måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag onsdag lørdag søndag",
    )
});
static POLISH: Words = LazyLock::new(|| {
    set(
        "styczeń stycznia styczniu luty lutego lutym marzec marca marcu kwiecień kwietnia kwietniu maj maja maju czerwiec czerwca \
        czerwcu czerwcem lipiec lipca lipcu lipcem sierpień sierpnia sierpniu wrzesień września wrześniu październik października \
        październiku listopad listopada listopadzie listopadem grudzień grudnia grudniu poniedziałek wtorek środa środę czwartek piątek \
        sobota sobotę niedziela niedzielę",
    )
});
static RUSSIAN: Words = LazyLock::new(|| {
    set(
        "январь января январе февраль февраля феврале март марта марте апрель апреля апреле май мая мае июнь июня июне июль июля июле \
        август августа августе сентябрь сентября сентябре октябрь октября октябре ноябрь ноября ноябре декабрь декабря декабре \
        понедельник вторник среду четверг пятницу субботу воскресенье",
    )
});
static TURKISH: Words = LazyLock::new(|| {
    set(
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    )
});
static ARABIC: Words = LazyLock::new(|| {
    set(
        "يناير فبراير مارس أبريل إبريل ابريل نيسان مايو أيار يونيو حزيران يوليو تموز أغسطس آب سبتمبر أيلول أكتوبر نوفمبر ديسمبر شباط آذار \
        كانون تشرين الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت",
    )
});
static HINDI: Words = LazyLock::new(|| {
    set(
        "जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर सोमवार मंगलवार बुधवार गुरुवार \
        शुक्रवार शनिवार रविवार",
    )
});
static HEBREW: Words =
    LazyLock::new(|| set("ינואר פברואר מרץ מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"));

fn set(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

/// Whether a character after a number makes it a year, a month or a day, in Chinese and Japanese.
pub(super) fn is_date_mark(word: &str) -> bool {
    matches!(word, "年" | "月" | "日" | "号" | "號")
}

/// Whether a Korean word is a year, a month or a day: “2016년”, “10월”, “21일에”.
pub(super) fn is_korean_date(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let unit = word[digits..].chars().next();
    let rest = word[digits..].chars().nth(1);
    let fits = matches!((digits, unit), (4, Some('년')) | (1 | 2, Some('월' | '일')));
    fits && !matches!(rest, Some('간' | '째' | '차'))
}
