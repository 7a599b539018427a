//! Unsent forms are stored for the person who typed in them, and for nobody else.

use crate::support::window::{Furnished, Window, ask};
use serde_json::{Value, json};

fn fields(text: &str) -> Value {
    json!({ "rating": "true", "rationale": text })
}

fn keep(window: &Window, desk: &Furnished, claim: &str, text: &str) {
    let request = json!({ "article": desk.ids["article"], "claim": desk.ids[claim], "form": "verdict", "fields": fields(text) });
    window.ask("form.keep", request);
}

fn forms(window: &Window, desk: &Furnished) -> Vec<Value> {
    let all = window.ask("form.list", json!({ "article": desk.ids["article"] }));
    all.as_array().unwrap().iter().filter(|f| f["form"] == "verdict").cloned().collect()
}

#[test]
fn a_form_of_each_claim_is_stored_until_it_is_discarded_and_survives_a_kill() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    keep(&window, &desk, "claim", "Half a rea");
    keep(&window, &desk, "other", "Another");
    keep(&window, &desk, "claim", "Half a reason");
    drop(window);
    let window = Window::on(&desk.desk());
    let kept = forms(&window, &desk);
    assert_eq!(kept.len(), 2);
    let mine = kept.iter().find(|f| f["claim"] == desk.ids["claim"]).unwrap();
    assert_eq!((&mine["fields"], &mine["by"]["name"]), (&fields("Half a reason"), &json!("Ada Long")));
    window.ask(
        "form.drop",
        json!({ "article": desk.ids["article"], "claim": desk.ids["claim"], "form": "verdict" }),
    );
    assert_eq!(forms(&window, &desk).len(), 1);
    assert_eq!(window.ask("desk.check", json!({}))["faults"], json!([]));
}

#[test]
fn what_one_person_types_in_a_form_is_not_shown_to_another() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    keep(&window, &desk, "claim", "Of Ada");
    window.ask("person.switch", json!({ "person": desk.ids["ben"] }));
    assert_eq!(forms(&window, &desk), Vec::<Value>::new());
    keep(&window, &desk, "claim", "Of Ben");
    window.ask("person.switch", json!({ "person": desk.ids["ada"] }));
    assert_eq!(forms(&window, &desk)[0]["fields"], fields("Of Ada"));
}

#[test]
fn a_form_records_nothing() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    let before = window.ask("desk.overview", json!({ "articles": false }));
    keep(&window, &desk, "claim", "Half");
    assert_eq!(window.ask("desk.overview", json!({ "articles": false })), before);
}

#[test]
fn a_form_too_large_or_of_no_article_is_refused_with_what_to_do() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    let refused = |request: Value| window.session().call("form.keep", request).unwrap_err().message;
    let large = json!({ "article": desk.ids["article"], "claim": null, "form": "info", "fields": { "a": "x".repeat(1 << 20) } });
    assert!(refused(large).contains("shorten it"));
    let nowhere = json!({ "article": "77", "claim": null, "form": "info", "fields": {} });
    assert!(refused(nowhere).contains("77"));
    for name in ["", "a\nb", &"x".repeat(101)] {
        let named = json!({ "article": desk.ids["article"], "claim": null, "form": name, "fields": {} });
        assert!(refused(named).contains("no name for a form"), "{name:?}");
    }
}

#[test]
fn a_redaction_deletes_only_the_forms_with_the_erased_words() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    keep(&window, &desk, "claim", "The note says “on page 3”, as we know.");
    keep(&window, &desk, "other", "Something else altogether.");
    window.ask("redact", json!({ "fact": desk.ids["passage"], "why": null }));
    let left = forms(&window, &desk);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["claim"], desk.ids["other"]);
}

#[test]
fn a_damaged_form_is_reported_and_no_other_form_is_lost() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    keep(&window, &desk, "claim", "One");
    keep(&window, &desk, "other", "Two");
    drop(window);
    let db = rusqlite::Connection::open(desk.desk()).unwrap();
    let changed = db.execute("UPDATE form_draft SET fields = replace(fields, 'One', 'Ono')", []).unwrap();
    assert!(changed > 0);
    drop(db);
    let window = Window::on(&desk.desk());
    assert_eq!(forms(&window, &desk).len(), 1);
    let faults = ask(window.session(), "desk.check", json!({}))["faults"].to_string();
    assert!(faults.contains("typed in a form"), "{faults}");
}

#[test]
fn a_form_on_the_desk_itself_is_kept_for_its_person_and_a_redaction_drops_it_too() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    let named = json!({ "article": "", "claim": null, "form": "scale" });
    let told = |text: &str| {
        let mut request = named.clone();
        request["fields"] = fields(text);
        window.ask("form.keep", request);
    };
    let listed = || window.ask("form.list", json!({ "article": "" }));
    told("A scale of our own");
    assert_eq!(listed()[0]["fields"], fields("A scale of our own"));
    assert_eq!(forms(&window, &desk), Vec::<Value>::new(), "it belongs to no article");
    window.ask("person.switch", json!({ "person": desk.ids["ben"] }));
    assert_eq!(listed(), json!([]));
    window.ask("person.switch", json!({ "person": desk.ids["ada"] }));
    told("The note says “on page 3”, as we know.");
    window.ask("redact", json!({ "fact": desk.ids["passage"], "why": null }));
    assert_eq!(listed(), json!([]));
    told("Another one");
    window.ask("form.drop", named.clone());
    assert_eq!(listed(), json!([]));
    assert_eq!(window.ask("desk.check", json!({}))["faults"], json!([]));
}
