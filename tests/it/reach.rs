//! What changes around a claim: its reach, and the rest of its sentence.

use crate::support::{Opened, Place};
use serde_json::{Value, json};
use tickmark::{
    messages::Language,
    model::{Placement, Standing},
};

/// What becomes of a checked claim when its text changes: its standing, whether its context changed, and why.
fn after(old: &str, quote: &str, new: &str) -> (Standing, bool, Vec<String>) {
    let mut desk = Opened::with(old);
    let claim = desk.mark_true(quote);
    desk.revise(new);
    let now = desk.judged(claim);
    assert_ne!(now.placement, Placement::Orphaned, "{quote:?} in {new:?}");
    let why = now.reasons.iter().chain(&now.context).map(|m| m.words(Language::default())).collect();
    (now.standing, now.context_changed, why)
}

fn falls(old: &str, quote: &str, new: &str) -> Vec<String> {
    let (standing, context, why) = after(old, quote, new);
    assert_eq!((standing, context), (Standing::Stale, false), "{quote:?} in {new:?}: {why:?}");
    why
}

fn is_looked_at(old: &str, quote: &str, new: &str) -> Vec<String> {
    let (standing, context, why) = after(old, quote, new);
    assert_eq!((standing, context), (Standing::Checked, true), "{quote:?} in {new:?}: {why:?}");
    why
}

fn stands(old: &str, quote: &str, new: &str) {
    assert_eq!(after(old, quote, new), (Standing::Checked, false, Vec::new()), "{quote:?} in {new:?}");
}

#[test]
fn a_negation_or_hedge_in_the_clause_changes_the_claim() {
    let why = falls("The cook was fined for it.", "fined for it", "The cook was not fined for it.");
    assert_eq!(why, ["“not” added next to it"]);
    let why = falls("The cook was not fined.", "fined", "The cook was fined.");
    assert_eq!(why, ["no longer negated"]);
    falls("Der Koch zahlte die Strafe.", "zahlte die", "Der Koch zahlte die Strafe nicht.");
    falls("Повар виноват в краже.", "виноват", "Повар не виноват в краже.");
    falls("厨师被判有罪。", "有罪", "厨师没被判有罪。");
    falls("The cook stole bread.", "stole bread", "The cook allegedly stole bread.");
}

#[test]
fn a_negation_of_another_clause_is_a_change_of_context() {
    let old = "It rained, and the cook was fined.";
    is_looked_at(old, "the cook was fined", "It never rained, and the cook was fined.");
}

#[test]
fn a_comma_alone_takes_no_hedge_away_and_a_preposition_is_none() {
    let old = "Some families are fleeing Amal as militants might take over the town.";
    is_looked_at(
        old,
        "families are fleeing Amal",
        "Some families are fleeing Amal, as militants might take over the town.",
    );
    let old = "Hundreds of families fled as they ruled over the town.";
    is_looked_at(old, "Hundreds of families", "Hundreds of families fled as they ruled the town.");
    falls("Hundreds of families fled.", "Hundreds of families", "Over hundreds of families fled.");
}

#[test]
fn digits_beside_an_edge_change_the_claim_whatever_blank_is_between() {
    for blank in [" ", "\u{a0}", "\u{202f}", "\u{2009}"] {
        let new = format!("About 70{blank}000 trees fell.");
        falls("About 70 trees fell.", "About 70", &new);
        falls("Some 70 trees fell.", "70 trees", &format!("Some 4{blank}70 trees fell."));
    }
}

#[test]
fn scales_units_and_eras_behind_a_number_change_the_claim() {
    falls("Mostek stál 12 tisíc korun.", "stál 12", "Mostek stál 12 milionů korun.");
    falls("पुल पर 12 लाख खर्च हुए।", "पर 12", "पुल पर 12 करोड़ खर्च हुए।");
    falls("桥花了12万元。", "花了12", "桥花了12亿元。");
    falls("It fell in 70 BC to fire.", "in 70", "It fell in 70 AD to fire.");
    falls("They met at 7 a.m. outside.", "at 7", "They met at 7 p.m. outside.");
    falls("It held 12 firkins of oil.", "held 12", "It held 12 barrels of oil.");
    falls("It cost SEK 12 to cross.", "12 to cross", "It cost USD 12 to cross.");
}

#[test]
fn any_other_word_of_the_sentence_is_a_change_of_context() {
    let old = "The cook of Ardle stole bread. Nobody saw it.";
    let why = is_looked_at(old, "stole bread", "The baker of Ardle stole bread. Nobody saw it.");
    assert_eq!(why, ["“cook” → “baker”"]);
    stands(old, "stole bread", "The cook of Ardle stole bread. Somebody saw it.");
    stands(old, "stole bread", "The  cook of Ardle\nstole bread. Nobody saw it.");
}

#[test]
fn another_link_target_in_the_sentence_is_a_change_of_context() {
    let old = "The cook stole bread, [says the file](https://a.example/1).";
    is_looked_at(old, "stole bread", &old.replace("/1", "/2"));
}

#[test]
fn words_that_stand_twice_in_the_sentence_fall_only_if_no_place_has_that_reach() {
    let old = "Of 9 boats 4 sank and of 8 boats 4 sank.";
    is_looked_at(old, "4 sank", &old.replace("8 boats", "8 ships"));
    falls("It was 4 here, 4 there.", "It was 4", "It was 4 000 here, 4 there.");
}

fn open(place: &Place) -> Vec<String> {
    let done = place.run(&["--json", "gate", "1"]);
    let gate: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    gate["open"].as_array().unwrap().iter().map(|o| o["kind"].as_str().unwrap().to_owned()).collect()
}

fn as_bob(place: &Place, args: &[&str]) -> std::process::Output {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_tickmark"));
    let program = program.args(["--json", "--as", "Bob Short", "--desk"]).arg(place.desk());
    program.args(args).output().expect("the program runs")
}

/// Two checked claims, each in a sentence of its own, and nothing else asked for.
fn two_checked() -> (Place, &'static str) {
    let text = "The cook stole bread on Monday.\n\nThe clerk hid the files on Friday.\n";
    let place = Place::with_text(text);
    place.json(&["policy", "--coverage", "100", "--evidence", "false", "--second", "all"]);
    for quote in ["The cook stole bread", "The clerk hid the files"] {
        let claim = place.json(&["claim", "mark", "1", "--quote", quote])["number"].to_string();
        place.json(&["verdict", &claim, "true", "--rationale", "Seen"]);
        assert_eq!(as_bob(&place, &["sign-off", &claim]).status.code(), Some(0));
    }
    (place, text)
}

#[test]
fn a_changed_sentence_is_open_until_somebody_says_that_the_verdict_still_holds() {
    let (place, text) = two_checked();
    assert_eq!(open(&place), ["coverage"], "the days are under no claim");
    place.json(&["policy", "--coverage", "0"]);
    assert_eq!(open(&place), [""; 0]);
    place.revise(&text.replace("Monday", "Sunday").replace("Friday", "Tuesday"));
    assert_eq!(open(&place), ["context", "context"]);
    let listed = place.json(&["claim", "list", "--filter", "context"]);
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[0]["context_open"], true);
    assert_eq!(place.json(&["articles", "--filter", "context"]).as_array().unwrap().len(), 1);
    let said = as_bob(&place, &["sign-off", "C1"]).stderr;
    assert!(String::from_utf8_lossy(&said).contains("the sentence around the claim"));
    place.json(&["reaffirm", "--all-context", "1"]);
    assert_eq!(open(&place), ["sign_off", "sign_off"]);
    let gate: Value = serde_json::from_slice(&place.run(&["--json", "gate", "1"]).stdout).unwrap();
    assert_eq!(gate["open"][0]["message"]["code"], "open_sign_off_anew");
    place.json(&["undo"]);
    assert_eq!(open(&place), ["context", "context"], "one action said it of both");
    place.json(&["reaffirm", "C1", "C2"]);
    assert_eq!(open(&place), ["sign_off", "sign_off"]);
    assert!(place.refused(&["reaffirm", "--all-context", "1"]).contains("nothing was recorded"));
}

#[test]
fn a_changed_sentence_counts_as_unchecked_in_the_coverage() {
    let place = Place::with_text("The cook stole all the bread there.\n");
    place.json(&["claim", "mark", "1", "--quote", "The cook stole all the bread"]);
    place.json(&["verdict", "C1", "true", "--rationale", "Seen"]);
    assert_eq!(place.json(&["coverage", "1"])["percent"], 100);
    place.revise("The cook stole all the bread here.\n");
    assert_eq!(place.json(&["coverage", "1"])["percent"], 0);
    place.json(&["policy", "--context", "false"]);
    assert_eq!(place.json(&["coverage", "1"])["percent"], 100);
    place.json(&["undo"]);
    assert_eq!(place.json(&["coverage", "1"])["percent"], 0);
    place.json(&["check"]);
}

#[test]
fn a_desk_may_exempt_itself_from_changed_sentences() {
    let (place, text) = two_checked();
    place.json(&["policy", "--coverage", "0"]);
    place.revise(&text.replace("Monday", "Sunday"));
    assert_eq!(open(&place), ["context"]);
    place.json(&["policy", "--context", "false"]);
    assert_eq!(open(&place), [""; 0]);
    assert_eq!(place.json(&["claim", "list", "--filter", "context"]).as_array().unwrap().len(), 0);
    assert_eq!(place.json(&["claim", "show", "C1"])["context_changed"], true, "it is still said");
    place.json(&["check"]);
    place.json(&["policy", "--context", "true"]);
    assert_eq!(open(&place), ["context"]);
    place.json(&["check"]);
}

#[test]
fn a_claim_whose_edges_cut_through_a_number_offers_all_of_it() {
    let place = Place::with_text("About 500 000 people came, and 35 million crowns were paid.\n");
    let marked = place.json(&["claim", "mark", "1", "--quote", "About 500"]);
    assert_eq!(marked["wider"], "About 500 000");
    let marked = place.json(&["claim", "mark", "1", "--quote", "and 35", "--widen"]);
    assert_eq!((&marked["quote"], &marked["wider"]), (&"and 35 million".into(), &Value::Null));
    let marked = place.json(&["claim", "mark", "1", "--quote", "00 000 people"]);
    assert_eq!(marked["wider"], "500 000 people");
    let marked = place.json(&["claim", "mark", "1", "--quote", "eople ca"]);
    assert_eq!(marked["wider"], Value::Null);
    let marked = place.json(&["claim", "mark", "1", "--quote", "people came"]);
    assert_eq!(marked["wider"], Value::Null);
}

#[test]
fn a_claim_named_twice_is_confirmed_once() {
    let place = Place::with_text("The cook was fined on Monday.\n");
    let claim = place.mark("cook was fined");
    place.json(&["verdict", &claim, "true", "--rationale", "Seen"]);
    place.revise("The cook was fined on Sunday.\n");
    place.json(&["reaffirm", &claim, &claim]);
    let verdicts = place.json(&["claim", "show", &claim])["verdicts"].as_array().unwrap().len();
    assert_eq!(verdicts, 2);
}

/// A desk of another version of the rules tells at its first opening what this version's rules opened.
#[test]
fn the_first_opening_after_an_update_names_what_the_new_rules_opened() {
    let place = Place::with_text("The cook was fined on Monday. About 70 trees fell here.\n");
    for quote in ["cook was fined", "About 70"] {
        let claim = place.mark(quote);
        place.json(&["verdict", &claim, "true", "--rationale", "Seen"]);
    }
    place.revise("The cook was fined on Sunday. About 70 000 trees fell here.\n");
    let db = rusqlite::Connection::open(place.desk()).expect("the desk's file");
    db.execute_batch(
        "UPDATE setting SET value = '4' WHERE key = 'current.rules'; \
         UPDATE current_claim SET standing = 'checked', context_open = 0;",
    )
    .expect("rows as an older version left them");
    drop(db);
    let opened = place.run(&["articles"]);
    let said = String::from_utf8_lossy(&opened.stderr).into_owned();
    assert!(said.contains("2 claims are open now") && said.contains("in article 1 (2)"), "{said}");
    let again = place.run(&["articles"]);
    assert_eq!(String::from_utf8_lossy(&again.stderr), "", "it is told once");
    lists_what_was_opened(&place);
}

/// The window shows it by itself until somebody has seen it, and lists each claim until somebody says that its verdict holds.
fn lists_what_was_opened(place: &Place) {
    let listed = || {
        let found = place.call("context.list", &json!({}));
        found.as_array().expect("a list").iter().map(|c| c["claim"].clone()).collect::<Vec<Value>>()
    };
    let is_shown = || place.call("desk.overview", &json!({}))["lookAgain"].clone();
    let claims = listed();
    assert_eq!((is_shown(), claims.len()), (json!(true), 2));
    place.call("context.seen", &json!({}));
    assert_eq!((is_shown(), listed().len()), (json!(false), 2));

    let actions = place.actions();
    place.call("context.hold", &json!({ "claims": claims }));
    assert_eq!((listed().len(), place.actions()), (0, actions + 1), "one action for the article");
    place.call("context.hold", &json!({ "claims": claims }));
    assert_eq!(place.actions(), actions + 1, "they hold already");
}
