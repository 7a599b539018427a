//! What a desk exported comes in again as a new article with the same words, and without what the desk wrote beside them.

use crate::support::Place;
use serde_json::Value;

/// The files of all forms that an article with a checked claim goes out in, read as new articles.
fn read_again(text: &str, quote: &str, forms: &[&str]) -> Vec<Value> {
    let place = Place::new();
    place.json(&["import", &place.file("a.txt", text), "--as-is"]);
    let claim = place.json(&["claim", "mark", "1", "--quote", quote])["number"].to_string();
    place.json(&["verdict", &claim, "true", "--rationale", "The board says so."]);
    let read = |form: &&str| {
        let written = place.path(&format!("out.{form}"));
        place.json(&["export", "1", "--to", &written, "--format", form]);
        place.json(&["import", &written, "--look"])
    };
    forms.iter().map(read).collect()
}

/// The lines that are left out because a desk wrote them.
fn checked(read: &Value) -> Vec<&str> {
    let all = read["left_out"].as_array().unwrap().iter();
    all.filter(|l| l["why"] == "checked").filter_map(|l| l["text"].as_str()).collect()
}

#[test]
fn lines_without_blank_lines_between_them_stay_lines() {
    let long = "The crossing costs more from March on because the harbour board has asked for it in a letter of forty pages.";
    let text = format!("{long}\nDate: Monday\nPlace: Port Amal\n{long}\n");
    for read in read_again(&text, "Date: Monday", &["fragment", "docx"]) {
        assert_eq!(read["text"], text);
    }
}

#[test]
fn quotations_and_lower_headings_keep_their_marks() {
    let text = "# Ferry\n\nThe crossing costs €4.20.\n\n## Fares\n\n### Dogs\n\n#### Cats\n\n> He said:\n> no.\n\nThe end.\n";
    for read in read_again(text, "costs €4.20", &["fragment", "docx"]) {
        assert_eq!(read["text"], text);
    }
}

#[test]
fn numbers_and_verdicts_are_left_out_and_told() {
    let text = "# Ferry fares rise\n\nThe crossing costs €4.20 from March, says the board.\n\n## What follows\n\nDogs sail free.\n";
    let read = read_again(text, "costs €4.20", &["fragment", "docx", "pdf"]);
    for read in &read {
        assert_eq!(read["text"], text);
    }
    let [fragment, word, pdf] = read.as_slice() else { panic!("{read:?}") };
    let told = checked(fragment);
    assert_eq!(told[0], "1");
    assert!(told[1].contains("The board says so."), "{told:?}");
    assert!(checked(word).is_empty());
    let told = checked(pdf);
    assert!(told.contains(&"1") && told.contains(&"The board says so."), "{told:?}");
}

#[test]
fn words_from_the_right_come_back_from_a_pdf_as_they_were() {
    let text = "# The lamp\n\nThe keeper wrote in the book of the tower, twice a day.\n\nيبلغ ارتفاع البرج 42 متراً، ويراه البحّارة.\n";
    let read = read_again(text, "twice a day", &["pdf"]);
    assert_eq!(read[0]["text"], text);
}

#[test]
fn what_other_pages_raise_or_list_is_kept() {
    let place = Place::new();
    let page = "<article><p>It rose by 3 m<sup>2</sup><sup><a href='#n1'>1</a></sup>.</p>\
        <section><h2>Notes</h2><ol><li id='n1'>The board.</li></ol></section></article>";
    let read = place.json(&["import", &place.file("a.html", page), "--look"]);
    assert_eq!(read["text"], "It rose by 3 m21.\n\n## Notes\n\n1. The board.\n");
}

#[test]
fn comments_of_another_desks_file_come_in_without_its_marks() {
    let (writer, place) = (Place::with_bridge(), Place::new());
    writer.json(&["query", "ask", "1", "Who counted them?"]);
    let written = writer.path("out.docx");
    writer.json(&["export", "1", "--to", &written, "--format", "docx"]);
    place.json(&["import", &written]);
    assert_eq!(place.json(&["query", "list", "1"])[0]["text"], "Who counted them?");
}

#[test]
fn claims_of_another_desks_file_come_in_as_claims_and_its_verdicts_as_queries_on_them() {
    let (writer, place) = (Place::with_bridge(), Place::of("Ben Short"));
    writer.mark("built in 1911");
    writer.mark("It is 240 metres long.");
    writer.json(&["verdict", "C1", "true", "--rationale", "The plaque says so."]);
    writer.json(&["query", "ask", "C2", "Who measured it?"]);
    let written = writer.path("out.docx");
    writer.json(&["export", "1", "--to", &written, "--format", "docx"]);
    let told = place.text(&["import", &written]);
    assert!(told.contains("with 2 claims, 2 queries"), "{told}");
    let claims = place.json(&["claim", "list", "1"]);
    let said = |key: &str| claims.as_array().unwrap().iter().map(|c| c[key].clone()).collect::<Vec<_>>();
    assert_eq!(said("quote"), ["built in 1911", "It is 240 metres long."]);
    assert_eq!(said("standing"), ["unchecked", "unchecked"]);
    let queries = place.json(&["query", "list", "1"]);
    assert_eq!(queries[0]["text"], "On the desk that wrote the file: True\nThe plaque says so.");
    assert_eq!((&queries[0]["claim"], &queries[0]["author"]), (&claims[0]["claim"], &"Ada Long".into()));
    assert_eq!(
        (&queries[1]["claim"], &queries[1]["text"]),
        (&claims[1]["claim"], &"Who measured it?".into())
    );
    assert_eq!(place.json(&["check"])["sound"], true);
    let bundle = place.path("out.zip");
    place.json(&["export", "1", "--to", &bundle]);
    assert_eq!(place.json(&["verify", &bundle])["valid"], true);
    // One undo takes all of it back.
    place.json(&["undo"]);
    assert_eq!(place.json(&["articles"]), serde_json::json!([]));
}

#[test]
fn the_claims_of_a_file_with_tracked_changes_are_carried_to_the_text_with_them() {
    let (writer, place) = (Place::with_bridge(), Place::of("Ben Short"));
    writer.mark("built in 1911");
    writer.mark("It is 240 metres long.");
    writer.revise(&crate::support::BRIDGE.replace("240", "250"));
    let written = writer.path("out.docx");
    writer.json(&["export", "1", "--to", &written, "--format", "docx", "--changes-since", "1"]);
    place.json(&["import", &written, "--changes", "accept"]);
    let claims = place.json(&["claim", "list", "1"]);
    assert_eq!(
        (&claims[0]["quote"], &claims[1]["quote"]),
        (&"built in 1911".into(), &"It is 250 metres long.".into())
    );
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[test]
fn a_file_of_an_article_of_this_desk_says_where_it_belongs() {
    let place = Place::with_bridge();
    let written = place.path("out.docx");
    place.json(&["export", "1", "--to", &written, "--format", "docx"]);
    let told = place.text(&["import", &written]);
    assert!(
        told.contains("the file went out of article 1; 'undo', and 'revise 1 FILE' takes it in there"),
        "{told}"
    );
}
