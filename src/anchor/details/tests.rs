use super::*;
use crate::text::sentences;

fn found_in(text: &str) -> Vec<String> {
    let found = details(text, &sentences(text), None);
    let line = |d: &Detail| format!("{} {}", d.kind.as_str(), d.span.of(text).unwrap());
    found.iter().flatten().map(line).collect()
}

#[test]
fn names_run_on_over_small_words_and_a_sentences_first_word_is_a_name_only_if_seen_elsewhere() {
    assert_eq!(found_in("Officials met at the University of Bamako."), ["name University of Bamako"]);
    assert_eq!(found_in("Officials left. Niono is near. They saw Niono."), ["name Niono", "name Niono"]);
    assert_eq!(found_in("JNIM denied it."), ["name JNIM"]);
}

#[test]
fn dates_are_told_from_numbers() {
    assert_eq!(found_in("It fell on 25 August 2025."), ["date 25 August 2025"]);
    assert_eq!(found_in("On May 3, 2024, it may rain."), ["date May 3, 2024"]);
    assert_eq!(found_in("It cost €5m and 25 goats by 14:00."), ["number €5m", "number 25", "date 14:00"]);
}

#[test]
fn quotations_are_found_with_their_details_also_where_they_go_on_in_the_next_sentence() {
    assert_eq!(
        found_in("He said “it is 9 miles” today."),
        ["quotation it is 9 miles", "number 9", "date today"]
    );
    assert_eq!(found_in("He said “we ran.\n\nWe hid” and left."), ["quotation we ran.", "quotation We hid"]);
    assert_eq!(found_in("It doesn't matter, said the boys' father."), Vec::<String>::new());
}

#[test]
fn superlatives_are_found_and_look_alikes_are_not() {
    assert_eq!(found_in("It was the deadliest attack."), ["superlative deadliest"]);
    assert_eq!(found_in("The honest guest made a request in the west."), Vec::<String>::new());
}

fn found_as(lang: &str, text: &str) -> Vec<String> {
    let found = details(text, &[Span::at(0, text.len())], Some(lang));
    found[0].iter().map(|d| format!("{} {}", d.kind.as_str(), d.span.of(text).unwrap())).collect()
}

#[test]
fn numbers_in_words_are_details_in_each_language() {
    let cases = [
        (
            "en",
            "thirty-one boats, two-fifths, fivefold, halved, one hundred and five",
            "thirty-one|two-fifths|fivefold|halved|one hundred and five",
        ),
        ("fr", "les trente-deux bateaux et soixante et un hommes", "trente-deux|soixante et un"),
        ("es", "los veintidós barcos y treinta y un hombres", "veintidós|treinta y un"),
        ("de", "nach dreiundvierzig Tagen und dreihundertzwölf Metern", "dreiundvierzig|dreihundertzwölf"),
        ("sv", "efter trettiotre dagar och sex månader", "trettiotre|sex"),
        ("pl", "po dwudziestu trzech dniach i w jedenastu miastach", "dwudziestu trzech|jedenastu"),
        ("ru", "после двадцати трёх дней и тысячами людей", "двадцати трёх|тысячами"),
        ("tr", "otuz beş kişi, üçüncü gün, onbin lira", "otuz beş|üçüncü|onbin"),
        ("ar", "بعد ثلاثة أيام وأربعين ساعة", "ثلاثة|وأربعين"),
        ("hi", "पैंतीस लोग और ढाई लाख रुपये", "पैंतीस|ढाई लाख"),
        ("he", "אחרי שלושה ימים ובארבעים ערים", "שלושה|ובארבעים"),
        ("ko", "다섯 명과 삼백 년", "다섯|삼백"),
        ("zh", "他们有三十五个人，一般不走", "三十五"),
        ("th", "มีคนสามสิบคนและห้าง", "สามสิบ"),
        ("th", "๓๕ คน", "๓๕"),
    ];
    for (lang, text, right) in cases {
        let found = found_as(lang, text);
        let numbers: Vec<&str> = found.iter().filter_map(|d| d.strip_prefix("number ")).collect();
        assert_eq!(numbers, right.split('|').collect::<Vec<_>>(), "in {lang}");
    }
}

#[test]
fn words_that_look_like_numbers_are_none() {
    let cases = [
        ("de", "die einzige einfache Ente"),
        ("tr", "birbirini bindi değil"),
        ("zh", "一般统一"),
        ("th", "สามารถห้าม"),
        ("ar", "بوستان"),
        ("ko", "구조 이만 사이에"),
        ("fr", "le dos du cheval"),
    ];
    for (lang, text) in cases {
        let is_number = |d: &String| d.starts_with("number");
        assert!(!found_as(lang, text).iter().any(is_number), "in {lang}");
    }
}

#[test]
fn a_date_is_one_detail() {
    let cases = [
        ("de", "am 9. Juni 2019 früh", "9. Juni 2019"),
        ("es", "el 9 de junio de 2019 temprano", "9 de junio de 2019"),
        ("ru", "утром 9 июня 2019 шли", "9 июня 2019"),
        ("pl", "rano 9 czerwca 2019 szli", "9 czerwca 2019"),
        ("tr", "sabah 9 Haziran 2019 gittik", "9 Haziran 2019"),
        ("ar", "في 9 تشرين الثاني 2019 صباحا", "9 تشرين الثاني 2019"),
        ("zh", "在2019年6月9日早上", "2019年6月9日"),
        ("ko", "그날 2019년 6월 9일에 왔다", "2019년 6월 9일에"),
        ("hi", "सुबह 9 जून 2019 को", "9 जून 2019"),
    ];
    for (lang, text, right) in cases {
        assert_eq!(found_as(lang, text), [format!("date {right}")], "in {lang}");
    }
}

#[test]
fn quotations_are_found_by_the_marks_of_each_language() {
    let cases = [
        ("sv", "hon sade ”nu går vi” och gick", "nu går vi"),
        ("fi", "hän sanoi »nyt mennään» ja lähti", "nyt mennään"),
        ("de", "er sagte „wir gehen“ und ging", "wir gehen"),
        ("de", "er sagte »wir gehen« und ging", "wir gehen"),
        ("pl", "on mówi „idziemy” i idzie", "idziemy"),
        ("fr", "il dit « on part » et part", " on part "),
        ("he", "הוא אמר ״הולכים״ והלך", "הולכים"),
        ("zh", "他说「走吧」就走", "走吧"),
        ("en", "the ’90s song said “go on” twice", "go on"),
    ];
    for (lang, text, right) in cases {
        let found = found_as(lang, text);
        let quoted: Vec<&str> = found.iter().filter_map(|d| d.strip_prefix("quotation ")).collect();
        assert_eq!(quoted, [right], "in {lang}");
    }
}

#[test]
fn references_addresses_and_tags_hold_no_details() {
    for text in [
        "it&#8217;s as [we wrote](https://example.org/may-2014(1)) before",
        "see https://example.org/2014/05/x, www.example.org/7 and <a href=\"/9\">there</a>",
    ] {
        assert_eq!(found_as("en", text), Vec::<String>::new());
    }
    assert_eq!(found_as("en", "it & they cost 5 (in 2014)"), ["number 5", "date 2014"]);
}

#[test]
fn a_superlative_of_one_language_is_none_in_another() {
    assert_eq!(found_as("en", "the mayor spoke of unrest and self-interest"), Vec::<String>::new());
    assert_eq!(found_as("es", "es la mayor de todas"), ["superlative mayor"]);
}

#[test]
fn names_are_told_only_by_scripts_with_capitals() {
    for text in ["Она ушла", "She left 北京"] {
        assert!(tells_names(text));
    }
    for text in ["وصل كمال", "他来了", "კაცი მოვიდა", "कमल आया"] {
        assert!(!tells_names(text));
    }
}
