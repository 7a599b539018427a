//! One-line cases: what counts as a change of words, and where claims are after an edit. The notations are explained at the
//! top of each file in tests/it/cases; add a line and run the test.

use proptest::prelude::*;
use tickmark::anchor::{ChangeClass, Context, Reader, Words, carry, compare, find, map};
use tickmark::messages::Language;
use tickmark::model::Placement;
use tickmark::text::{Change, Span, Step};

pub fn cases(file: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    let lines = file
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# ") || line.starts_with("# The headline =>"));
    lines.map(|line| line.split(" => ").map(unescaped).collect())
}

pub fn unescaped(text: &str) -> String {
    let mut plain = text.replace("\\n", "\n");
    while let Some(at) = plain.find("\\u{") {
        let end = at + plain[at..].find('}').expect("a closing brace");
        let code = u32::from_str_radix(&plain[at + 3..end], 16).expect("a hexadecimal number");
        plain.replace_range(at..=end, &char::from_u32(code).expect("a code point").to_string());
    }
    plain
}

#[test]
fn statements_compare_as_their_cases_expect() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/compare.txt")) {
        let [was, now, expected] = case.as_slice() else { panic!("three fields: {case:?}") };
        let found = match compare(was, now) {
            Words::Same => "same".to_owned(),
            Words::Changed(why) => why
                .iter()
                .map(|r| format!("{}: {}", r.class.as_str(), r.message().words(Language::default())))
                .collect::<Vec<_>>()
                .join("; "),
        };
        if &found != expected {
            wrong.push(format!("{was:?} => {now:?}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text without its brackets, and the spans inside them.
pub fn bracketed(text: &str) -> (String, Vec<Span>) {
    let (mut plain, mut spans, mut open) = (String::new(), Vec::new(), Vec::new());
    for c in text.chars() {
        match c {
            '[' => open.push(plain.len()),
            ']' => spans.push(Span::at(open.pop().expect("an opening bracket"), plain.len())),
            c => plain.push(c),
        }
    }
    (plain, spans)
}

#[test]
fn claims_are_carried_as_their_cases_expect() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases/carry.txt")) {
        let [was, now, expected] = case.as_slice() else { panic!("three fields: {case:?}") };
        let ((old, claim), (new, stands)) = (bracketed(was), bracketed(now));
        let found = carry(&old, &new, None, &[claim]).remove(0);
        if found.placement.as_str() != expected || found.spans != stands {
            let words: Vec<_> = found.spans.iter().map(|s| s.of(&new)).collect();
            wrong.push(format!(
                "{was:?} => {now:?}\n  expected {expected}\n  found    {} {words:?}",
                found.placement
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Replaces the only occurrence of `what` in `text`, with the change set that an editor would give.
fn edit(text: &str, what: &str, with: &str) -> Change {
    let at = text.find(what).expect("the words to edit");
    let replace = Step::Replace { len: what.len(), with: with.to_owned() };
    Change::new([Step::Keep(at), replace, Step::Keep(text.len() - at - what.len())])
}

fn carried(old: &str, change: &Change, claim: &str) -> (Placement, String) {
    let new = change.apply(old).unwrap();
    let at = old.find(claim).expect("the claim");
    let found = carry(old, &new, Some(change), &[vec![Span::at(at, at + claim.len())]]).remove(0);
    (found.placement, found.spans.iter().filter_map(|s| s.of(&new)).collect::<Vec<_>>().join("|"))
}

const TEXT: &str =
    "The rain fell. The town of Bir was lost in 2020 after a long siege. Nobody came back to it.";

#[test]
fn a_digit_typed_at_the_edge_of_a_claim_extends_it_to_the_whole_number() {
    let old = "It cost about 5 in all.";
    assert_eq!(carried(old, &edit(old, "5", "50"), "about 5"), (Placement::Changed, "about 50".into()));
    let typed = Change::new([Step::Keep(15), Step::Replace { len: 0, with: "0".into() }, Step::Keep(8)]);
    assert_eq!(carried(old, &typed, "about 5"), (Placement::Changed, "about 50".into()));
}

#[test]
fn a_word_typed_next_to_a_claim_does_not_change_it() {
    let typed = edit(TEXT, " after", " soon after");
    assert_eq!(carried(TEXT, &typed, "lost in 2020"), (Placement::Kept, "lost in 2020".into()));
}

#[test]
fn a_claim_that_is_overtyped_changes_in_place() {
    assert_eq!(
        carried(TEXT, &edit(TEXT, "in 2020", "in 2021"), "in 2020"),
        (Placement::Changed, "in 2021".into())
    );
}

#[test]
fn a_claim_whose_sentence_is_retyped_never_ends_on_a_part_of_it() {
    let claim = "Groups linked to Islamic State have killed some 300 people in the region since 2020.";
    let old = format!("The army left. {claim} It is over.");
    let typed = |sentence: &str, before: &str| {
        let change = Change::between(&old, &format!("{before} {sentence} It is over."));
        carried(&old, &change, claim)
    };
    let away = "Markets near the camps of men close to Islamic State have stayed shut.";
    assert_eq!(typed(away, "The army has gone."), (Placement::Orphaned, String::new()));
    let kept = "Men loyal to Islamic State have killed some 300 people in the region since 2020.";
    assert_eq!(typed(kept, "The army has gone."), (Placement::Changed, kept.into()));
}

#[test]
fn a_claim_over_a_long_overtyped_text_is_carried_with_little_work() {
    let old: String = (0..30_000).map(|n| format!("word{n} and ")).collect();
    let new = format!("First {}last", old.replace("7 and", "7 or").replacen("word0", "Word", 1));
    let claim = vec![Span::at(0, old.trim_end().len())];
    let found = carry(&old, &new, Some(&Change::between(&old, &new)), &[claim]).remove(0);
    assert_eq!(found.placement, Placement::Changed);
}

#[test]
fn an_overtyped_phrase_keeps_its_claim_on_any_new_words() {
    let old = "The road is roughly 300 kilometres long and was opened in May.";
    let new = edit(old, "roughly 300 kilometres", "397 km");
    assert_eq!(carried(old, &new, "roughly 300 kilometres"), (Placement::Changed, "397 km".into()));
}

#[test]
fn a_claim_cut_and_pasted_is_found_again() {
    let cut = edit(TEXT, " The town of Bir was lost in 2020 after a long siege.", "");
    let middle = cut.apply(TEXT).unwrap();
    let paste = Change::new([
        Step::Keep(middle.len()),
        Step::Replace { len: 0, with: " The town of Bir was lost in 2020 after a long siege.".into() },
    ]);
    let both = cut.compose(&paste).unwrap();
    assert_eq!(
        carried(TEXT, &both, "Bir was lost in 2020"),
        (Placement::Moved, "Bir was lost in 2020".into())
    );
}

#[test]
fn the_whole_text_pasted_over_itself_keeps_the_claims() {
    let again = TEXT.replace("Nobody", "No one");
    let pasted = Change::new([Step::Replace { len: TEXT.len(), with: again }]);
    assert_eq!(
        carried(TEXT, &pasted, "Bir was lost in 2020"),
        (Placement::Kept, "Bir was lost in 2020".into())
    );
}

#[test]
fn a_claim_whose_words_are_deleted_is_an_orphan() {
    let cut = edit(TEXT, " The town of Bir was lost in 2020 after a long siege.", "");
    assert_eq!(carried(TEXT, &cut, "Bir was lost in 2020"), (Placement::Orphaned, String::new()));
}

#[test]
fn an_orphan_gets_its_best_candidates_first() {
    let text = "One sentence. The town of Bir fell in 2020 after a siege. Something else. A town was lost.";
    let found = find(
        text,
        &["The town of Bir was lost in 2020".to_owned()],
        Context { before: "One sentence. ", after: " after a long siege." },
    );
    assert!(found[0].spans[0].of(text).unwrap().starts_with("The town of Bir"));
    assert!(found.windows(2).all(|w| w[0].score >= w[1].score) && found.len() <= 5 && found[0].score <= 1000);
    assert!(find(text, &["wholly unrelated matters".to_owned()], Context::default()).is_empty());
}

#[test]
fn a_statement_is_read_in_whole_words_with_sign_currency_and_unit() {
    let read = |text: &str, claim: &str| {
        let at = text.find(claim).unwrap();
        Reader::new(&text.into(), None).statement(&[Span::at(at, at + claim.len())])
    };
    assert_eq!(read("It rose by -5 million in May.", "5"), "-5 million");
    assert_eq!(read("They paid EUR 50 for it.", "50"), "EUR 50");
    assert_eq!(read("Of them 5 % stayed.", "5"), "5 %");
    assert_eq!(read("**about 5**0 men", "about 5"), "about 50");
    assert_eq!(read("Farabougou fell.", "bougou"), "Farabougou");
    assert_eq!(read("## A *bold* head", "A *bold"), "A bold");
}

#[test]
fn the_context_is_the_sentences_of_a_claim() {
    let text = "It rained. The town fell. He left.";
    let at = |claim: &str| text.find(claim).map(|s| Span::at(s, s + claim.len())).unwrap();
    assert_eq!(Reader::new(&text.into(), Some("en")).context(&[at("town")]), "The town fell.");
    assert_eq!(Reader::new(&text.into(), Some("en")).context(&[at("fell. He")]), "The town fell. He left.");
}

fn classes(was: &str, now: &str) -> Vec<ChangeClass> {
    match compare(was, now) {
        Words::Same => Vec::new(),
        Words::Changed(why) => why.iter().map(|r| r.class).collect(),
    }
}

/// A statement of plain words, names, figures and quotations.
fn statement() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "the", "town", "was", "lost", "café", "don't", "Bir", "Moussa", "about", "river"
        ])
        .prop_map(str::to_owned),
        (1u32..3000).prop_map(|n| n.to_string()),
        prop::sample::select(vec![
            "2019–2020",
            "-5",
            "“so it is”",
            "well-known",
            "1,387",
            "€5m",
            "**bold**",
            "nothing —",
            "it was - so -",
            "and so...",
            "office",
            "2 1/2",
            "O'Neill",
            "6'2\""
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 2..9).prop_map(|words| words.join(" "))
}

/// The same statement in another typography, picked by the bits of `how`.
fn retypeset(text: &str, how: u32) -> String {
    let bit = |n: u32| how >> n & 1 == 1;
    let swap =
        |text: String, n: u32, from: &str, to: &str| if bit(n) { text.replace(from, to) } else { text };
    let mut text = text.to_owned();
    for (n, from, to) in [
        (0, "'", "’"),
        (1, "“", "«"),
        (1, "”", "»"),
        (2, " — ", " – "),
        (2, " —", " –"),
        (3, "–20", "-20"),
        (4, " -5", " −5"),
        (5, "**", "*"),
        (6, "é", "e\u{301}"),
        (7, "wn", "w\u{ad}n"),
        (8, " ", "\u{a0}"),
        (9, "\u{a0}", "  "),
        (11, " - ", " – "),
        (12, "...", "…"),
        (13, "ffi", "ﬃ"),
        (14, "2 1/2", "2½"),
        (15, "O'", "O´"),
        (16, "6'2\"", "6′2″"),
        (17, "l-k", "l\u{2011}k"),
        (18, "town", "[town](https://e.example/t_n)"),
        (19, "river", "<b>river</b>"),
        (20, "lost", "lo\u{200b}st"),
        (21, "Bir", "Bir[^2]"),
        (22, "1,387", "１，３８７"),
        (23, "about", "`about`"),
        (24, "so -", "so --"),
        (25, "…", "&hellip;"),
    ] {
        text = swap(text, n, from, to);
    }
    if bit(10) { wrapped(&text) } else { text }
}

/// The text with its first blank as a line break and a mark of a quoted line. Before a number, that mark may be a sign.
fn wrapped(text: &str) -> String {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let number = rest.trim_start().starts_with(|c: char| c.is_numeric() || "-−+€½".contains(c));
    if number { format!("{first}\n{rest}") } else { format!("{first}\n> {rest}") }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn typography_never_counts_as_a_change(text in statement(), how in any::<u32>()) {
        prop_assert_eq!(compare(&text, &retypeset(&text, how)), Words::Same);
    }

    #[test]
    fn a_changed_digit_always_counts(text in statement(), number in 0u32..5000, by in 1u32..9, how in any::<u32>()) {
        let (was, now) = (format!("{text} {number} men"), format!("{text} {}{} men", number / 10, (number % 10 + by) % 10));
        let found = classes(&was, &retypeset(&now, how));
        prop_assert!(found.iter().any(|c| matches!(c, ChangeClass::Figure | ChangeClass::Date)), "{:?}", found);
    }

    #[test]
    fn a_changed_sign_name_case_comma_or_control_always_counts(text in statement(), which in 0usize..12, how in any::<u32>()) {
        let (was, now) = [("at ๕ degrees", "at ๕๐ degrees"), ("at 三十 degrees", "at 三十五 degrees"), ("a + 3 there", "a - 3 there"),
            ("10² so", "102 so"), ("at 7 degrees", "at -7 degrees"), ("said Keita", "said Keïta"), ("said Keita", "said keita"), ("so, they say", "so they say"),
            ("it is", "it is?"), ("abc", "ab\u{202e}c"), ("a +3 there", "a 3 there"), ("said “yes” then", "said yes then")][which];
        let (was, now) = (format!("{text} {was}"), format!("{} {now}", retypeset(&text, how)));
        prop_assert_ne!(compare(&was, &now), Words::Same);
    }

    #[test]
    fn an_added_or_removed_negation_always_counts(text in statement(), which in 0usize..4) {
        let (with, without) = [("it was not lost", "it was lost"), ("they never came", "they came"), ("it isn't so", "it is so"), ("no man left", "a man left")][which];
        let (with, without) = (format!("{with} {text}"), format!("{without} {text}"));
        let counted = [classes(&with, &without), classes(&without, &with)];
        prop_assert!(counted.iter().all(|found| found.contains(&ChangeClass::Negation)), "{:?}", counted);
    }

    #[test]
    fn carried_spans_are_always_valid(old in "[a-c é5.\n你]{1,60}", new in "[a-c é5.\n你]{0,60}", at in 0usize..60, len in 1usize..20) {
        let floor = |at: usize| (0..=at.min(old.len())).rev().find(|&b| old.is_char_boundary(b)).unwrap();
        let claim = vec![Span::at(floor(at), floor(at + len))];
        for change in [None, Some(Change::between(&old, &new))] {
            let found = carry(&old, &new, change.as_ref(), std::slice::from_ref(&claim)).remove(0);
            prop_assert!(found.spans.iter().all(|s| s.of(&new).is_some_and(|words| !words.is_empty())));
            prop_assert_eq!(found.spans.is_empty(), found.placement == Placement::Orphaned);
        }
        let same = carry(&old, &old, None, std::slice::from_ref(&claim)).remove(0);
        prop_assert!(claim[0].is_empty() || same.placement == Placement::Kept && same.spans == claim);
        prop_assert!(map(&old, &new, &Change::between(&old, &new), &claim).iter().all(|s| s.of(&new).is_some()));
    }

    #[test]
    fn after_two_sentences_changed_places_every_claim_is_on_its_own(report in report(), places in (0usize..6, 0usize..6), rounds in 1usize..4) {
        let (mut old, mut order) = (report.text(&report.all()), report.all());
        let mut claims: Vec<Vec<Span>> = report.all().iter().flat_map(|at| report.claims(&old, *at)).map(|c| vec![c]).collect();
        let words: Vec<String> = claims.iter().map(|c| c[0].of(&old).unwrap().to_owned()).collect();
        for _ in 0..rounds {
            let len = order.len();
            order.swap(places.0 % len, places.1 % len);
            let new = report.text(&order);
            let found = carry(&old, &new, None, &claims);
            for (at, now) in found.iter().enumerate() {
                prop_assert_ne!(now.placement, Placement::Orphaned);
                let own = report.sentence_span(&new, at / 2);
                prop_assert!(own.contains(&now.spans[0]), "{:?} in {:?}", now.spans[0].of(&new), &new);
                prop_assert_eq!(now.spans[0].of(&new).unwrap(), words[at].as_str());
            }
            claims = found.into_iter().map(|c| c.spans).collect();
            old = new;
        }
    }

    #[test]
    fn the_claims_of_a_deleted_sentence_are_on_no_other(report in report(), gone in 0usize..6) {
        let old = report.text(&report.all());
        let gone = gone % report.all().len();
        let rest: Vec<usize> = report.all().into_iter().filter(|at| *at != gone).collect();
        let new = report.text(&rest);
        let claims: Vec<Vec<Span>> = report.all().iter().flat_map(|at| report.claims(&old, *at)).map(|c| vec![c]).collect();
        for (at, now) in carry(&old, &new, None, &claims).iter().enumerate() {
            let orphaned = now.placement == Placement::Orphaned;
            prop_assert_eq!(orphaned, at / 2 == gone, "{:?} in {:?}", now, &new);
            if !orphaned {
                prop_assert_eq!(now.spans[0].of(&new), claims[at][0].of(&old));
            }
        }
    }
}

/// An article of parallel sentences, one a town, between two others.
#[derive(Clone, Debug)]
struct Report {
    sentences: Vec<String>,
    /// The words of each sentence that a short claim covers. They may be in several sentences.
    short: Vec<String>,
    gap: &'static str,
}

impl Report {
    fn all(&self) -> Vec<usize> {
        (0..self.sentences.len()).collect()
    }

    fn text(&self, order: &[usize]) -> String {
        let body: Vec<&str> = order.iter().map(|at| self.sentences[*at].as_str()).collect();
        format!(
            "The auditor read out the list at noon.{}{}{}Nobody asked a question.",
            self.gap,
            body.join(self.gap),
            self.gap
        )
    }

    fn sentence_span(&self, text: &str, at: usize) -> Span {
        let start = text.find(&self.sentences[at]).expect("the sentence");
        Span::at(start, start + self.sentences[at].len())
    }

    /// The whole sentence and a short claim in it.
    fn claims(&self, text: &str, at: usize) -> [Span; 2] {
        let sentence = self.sentence_span(text, at);
        let start = sentence.start.0 + self.sentences[at].find(&self.short[at]).expect("the short claim");
        [sentence, Span::at(start, start + self.short[at].len())]
    }
}

fn report() -> impl Strategy<Value = Report> {
    let kind = prop::sample::select(vec![
        ("In {t} the mayor spent {n} thousand on lamps since May.", "spent {n} thousand"),
        ("Last week {n} boats left the port of {t} for good.", "{n} boats"),
        ("{t} has {n} schools.", "{n} schools"),
        ("{t}市有{n}所学校。", "{n}所学校"),
        ("{t} में {n} स्कूल आज भी खुले हैं।", "{n} स्कूल"),
    ]);
    let towns =
        prop::sample::subsequence(vec!["Orla", "Brenwick", "Tosk", "Velm", "Quarry Hill", "Dunmere"], 2..6)
            .prop_shuffle();
    let gap = prop::sample::select(vec![" ", "\n\n", "\n"]);
    (kind, towns, prop::collection::vec(3u32..6, 6), gap).prop_map(|((long, short), towns, numbers, gap)| {
        let fill =
            |form: &str, at: usize| form.replace("{t}", towns[at]).replace("{n}", &numbers[at].to_string());
        let each = |form: &str| (0..towns.len()).map(|at| fill(form, at)).collect();
        Report { sentences: each(long), short: each(short), gap }
    })
}
