//! Lists of the whole desk: pages, orders and filters.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};

/// Three articles. The first has a checked claim, the second an unchecked one assigned to Ben, the third none.
fn place() -> Place {
    let place = Place::with_bridge();
    for (name, text) in
        [("mill.md", "# A mill in Bir\n\nThe mill has 30 rooms.\n"), ("zoo.md", "# Zoo\n\nNothing yet.\n")]
    {
        let file = place.file(name, text);
        place.json(&["import", &file]);
    }
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["claim", "mark", "2", "--quote", "The mill has 30 rooms."]);
    let mut ben = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tickmark"));
    ben.arg("--desk").arg(place.desk()).args(["--as", "Ben Short", "query", "ask", "2", "Is it so?"]);
    ben.assert().success();
    place.json(&["claim", "assign", "C2", "--to", "Ben Short"]);
    place.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    place
}

fn column(rows: &Value, key: &str) -> Vec<i64> {
    rows.as_array().expect("rows").iter().map(|r| r[key].as_i64().expect("a number")).collect()
}

fn numbers(place: &Place, args: &[&str]) -> Vec<i64> {
    column(&place.json(args), "number")
}

#[test]
fn articles_come_in_the_order_and_on_the_page_asked_for() {
    let place = place();
    assert_eq!(numbers(&place, &["articles"]), [1, 2, 3]);
    assert_eq!(numbers(&place, &["articles", "--sort", "touched"]), [1, 2, 3]);
    assert_eq!(numbers(&place, &["articles", "--sort", "headline"]), [2, 1, 3]);
    assert_eq!(numbers(&place, &["articles", "--sort", "open"]), [2, 1, 3]);
    assert_eq!(numbers(&place, &["articles", "--page", "2", "--per", "2"]), [3]);
    assert_eq!(numbers(&place, &["articles", "--page", "3", "--per", "2"]), [0; 0]);
    place.json(&["claim", "mark", "3", "--quote", "Nothing yet."]);
    assert_eq!(numbers(&place, &["articles", "--sort", "touched", "--page", "1", "--per", "1"]), [3]);
}

#[test]
fn articles_are_filtered_by_several_things_at_once() {
    let place = place();
    place.json(&["article", "archive", "3"]);
    assert_eq!(numbers(&place, &["articles", "--filter", "archived"]), [3]);
    assert_eq!(numbers(&place, &["articles", "--filter", "open"]), [2]);
    assert_eq!(numbers(&place, &["articles", "--filter", "standing=checked"]), [1]);
    assert_eq!(numbers(&place, &["articles", "--filter", "assigned=Ben Short"]), [2]);
    assert_eq!(numbers(&place, &["articles", "--filter", "words=MILL bir"]), [2]);
    assert_eq!(
        numbers(&place, &["articles", "--filter", "words=mill", "--filter", "standing=checked"]),
        [0; 0]
    );
    assert_eq!(
        numbers(&place, &["articles", "--filter", "words=a"]),
        [1, 2],
        "a word of one letter is sought too"
    );
}

#[test]
fn claims_of_the_whole_desk_have_their_article_and_are_otherwise_the_same() {
    let place = place();
    let all = place.json(&["claim", "list"]);
    assert_eq!(column(&all, "number"), [1, 2]);
    for row in all.as_array().expect("rows") {
        let article = row["article"].as_str().expect("an article");
        let own = place.json(&["claim", "list", article]);
        let mut bare = row.clone();
        bare.as_object_mut().expect("a row").remove("article");
        assert_eq!(own[0], bare);
    }
    assert_eq!(numbers(&place, &["claim", "list", "--filter", "standing=unchecked"]), [2]);
    assert_eq!(numbers(&place, &["claim", "list", "--filter", "open", "--sort", "touched"]), [2]);
    assert_eq!(numbers(&place, &["claim", "list", "--filter", "words=metres"]), [1]);
    assert_eq!(numbers(&place, &["claim", "list", "2", "--page", "1", "--per", "5"]), [2]);
}

#[test]
fn an_orphan_is_listed_with_its_last_words() {
    let place = place();
    place.revise(&BRIDGE.replace(" It is 240 metres long.", ""));
    let rows = place.json(&["claim", "list", "--filter", "standing=orphaned"]);
    assert_eq!(rows[0]["quote"], "It is 240 metres long.");
    assert_eq!(rows[0]["spans"], serde_json::json!([]));
}

#[test]
fn sources_are_filtered_by_words_and_sorted_by_use() {
    let place = place();
    for title in ["Survey of bridges", "Wasserstände im Hochwasser", "大学の報告"] {
        place.json(&["source", "add", "--title", title]);
    }
    place.json(&["evidence", "add", "C1", "S2", "--stance", "supports"]);
    assert_eq!(numbers(&place, &["source", "list", "--sort", "use", "--page", "1", "--per", "1"]), [2]);
    assert_eq!(numbers(&place, &["source", "list", "wasser", "hoch"]), [2]);
    assert_eq!(numbers(&place, &["source", "list", "--filter", "words=大学の"]), [3]);
    assert_eq!(numbers(&place, &["source", "list", "大学"]), [3]);
    assert_eq!(numbers(&place, &["source", "list", "--sort", "headline"]), [1, 2, 3]);
    assert_eq!(numbers(&place, &["source", "list", "100%", "_"]), [0; 0], "marks of a pattern are letters");
}

#[test]
fn rare_words_and_frequent_ones_find_the_rows_with_all_of_them() {
    let place = Place::with_bridge();
    let town = |n: usize| if n % 60 == 7 { "Vardø" } else { "Lindmoor" };
    let titles: Vec<String> =
        (1..=120).map(|n| format!("Report {n:03} of the district {}", town(n))).collect();
    let records: Vec<Value> = titles.iter().map(|t| json!({ "type": "report", "title": t })).collect();
    let file = place.file("reports.json", Value::from(records).to_string());
    place.json(&["source", "import", &file]);
    for words in
        ["report vardø", "district 007", "VARDØ district 067", "vardø 008", "report district", "of 12"]
    {
        let asked: Vec<String> = words.to_lowercase().split(' ').map(str::to_owned).collect();
        let holds = |n: &i64| asked.iter().all(|word| titles[*n as usize - 1].to_lowercase().contains(word));
        let expected: Vec<i64> = (1..=120).filter(holds).collect();
        let found =
            numbers(&place, &["source", "list", words, "--sort", "number", "--page", "1", "--per", "200"]);
        assert_eq!(found, expected, "{words}");
    }
}

#[test]
fn an_unknown_order_or_filter_is_refused_with_the_known_ones() {
    let place = place();
    assert!(
        place
            .refused(&["articles", "--sort", "use"])
            .contains("touched, headline, number, open, date, deadline or state")
    );
    assert!(place.refused(&["claim", "list", "--sort", "headline"]).contains("touched, number or open"));
    assert!(place.refused(&["source", "list", "--filter", "open"]).contains("words=TEXT"));
    assert!(place.refused(&["articles", "--filter", "new"]).contains("assigned=NAME"));
    assert!(place.refused(&["articles", "--filter", "standing=good"]).contains("orphaned"));
    assert!(place.refused(&["articles", "--filter", "assigned=Nobody"]).contains("nobody named"));
    place.refused(&["articles", "--page", "0"]);
}

#[test]
fn rows_that_do_not_follow_from_the_log_are_found_and_rebuilt() {
    let place = place();
    let spoil = |sql: &str| {
        let db = rusqlite::Connection::open(place.desk()).expect("the desk's file");
        assert!(db.execute(sql, []).expect("a statement") > 0, "{sql}");
    };
    for sql in [
        "UPDATE current_claim SET standing = 'checked'",
        "UPDATE current_article SET headline = 'Another' WHERE number = 2",
        "DELETE FROM current_article WHERE number = 3",
        "DELETE FROM current_claim WHERE number = 1",
        "UPDATE current_query SET open = 0",
        "DELETE FROM current_step",
        "DELETE FROM current_person",
    ] {
        let before = place.json(&["claim", "list"]);
        spoil(sql);
        let done = place.run(&["check"]);
        assert_eq!(done.status.code(), Some(1), "{sql}");
        assert!(String::from_utf8_lossy(&done.stderr).contains("--rebuild"), "{sql}");
        place.json(&["check", "--rebuild"]);
        assert_eq!(place.json(&["check"])["faults"], serde_json::json!([]), "{sql}");
        assert_eq!(place.json(&["claim", "list"]), before, "{sql}");
    }
}

#[test]
fn rows_show_whether_an_article_counts_as_verified_by_the_current_policy() {
    let place = Place::with_bridge();
    let told = |place: &Place| place.json(&["articles"])[0]["verified"].clone();
    assert_eq!(told(&place), json!(false));
    place.json(&["policy", "--coverage", "0", "--evidence", "false"]);
    assert_eq!(told(&place), json!(true));
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    assert_eq!(told(&place), json!(false));
    place.json(&["verdict", "C1", "true", "--rationale", "Measured"]);
    assert_eq!(told(&place), json!(true));
    place.json(&["query", "ask", "C1", "Who measured it?"]);
    assert_eq!(told(&place), json!(false));
    place.json(&["undo"]);
    assert_eq!(told(&place), json!(true));
    place.json(&["policy", "--evidence", "true"]);
    assert_eq!(told(&place), json!(false));
    place.json(&["source", "add", "--title", "Survey"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports"]);
    assert_eq!(told(&place), json!(true));
    place.revise(&BRIDGE.replace("240", "250"));
    assert_eq!(told(&place), json!(false));
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[test]
fn rows_have_the_coverage_of_an_article_after_a_command_wrote() {
    let place = Place::with_bridge();
    let told = |place: &Place| place.json(&["articles"])[0]["coverage"].clone();
    let percent = |place: &Place| place.json(&["coverage", "1"])["percent"].clone();
    assert_eq!((told(&place), percent(&place)), (json!(0), json!(0)));
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["verdict", "C1", "true", "--rationale", "Measured"]);
    assert!(percent(&place).as_i64().unwrap() > 0);
    assert_eq!(told(&place), percent(&place));
    place.revise(&BRIDGE.replace("240", "250"));
    assert_eq!(told(&place), percent(&place));
    assert_eq!(place.json(&["check"])["sound"], true);
}
