//! Long work runs next to other calls: at each of its steps the desk can be written and read, and the work can be stopped.
//! Its result is the state at its start.

use crate::support::window::{Furnished, Window, ask, source_fields};
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use tickmark::{
    model::Doing,
    wire::{JobStep, Session},
};

/// Every command that runs as a job and reports steps.
const LONG: &[&str] = &[
    "verify",
    "export.write",
    "export.as",
    "import.file",
    "import.dropped",
    "import.preview",
    "import.confirm",
    "returned.look",
    "returned.take",
    "source.offered",
    "bundle.join",
    "desk.backup",
    "desk.check",
    "source.import",
    "claim.import",
];

fn keep_draft(session: &Session, ids: &Value, text: &str) {
    let draft = json!({ "article": ids["article"], "base": ids["newest"], "text": text, "changes": null });
    ask(session, "draft.keep", draft);
}

#[test]
fn a_draft_can_be_saved_and_the_desk_read_at_every_step_of_long_work() {
    for name in LONG {
        let desk = Furnished::new();
        let (window, ids, steps) =
            (Window::on(&desk.desk()), desk.ids.clone(), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&steps);
        let done = window.during(name, desk.request(name), move |session, step| {
            let n = counted.fetch_add(1, Ordering::SeqCst);
            keep_draft(session, &ids, &format!("Typed at step {n}."));
            let view = ask(session, "article.open", json!({ "article": ids["article"] }));
            // What a job records at its end is visible from then on. Until then the draft is the newest state.
            let text = view["draft"]["text"].as_str().unwrap_or_default();
            assert!(step.ended || text == format!("Typed at step {n}."), "{} says {text:?}", step.command);
        });
        assert!(done.is_ok(), "{name}: {done:?}");
        // It begins, does something, and ends.
        assert!(steps.load(Ordering::SeqCst) > 2, "{name} told only {steps:?}");
        assert_eq!(window.ask("desk.check", json!({}))["faults"], json!([]), "{name}");
    }
}

/// Executes a command and stops it at one of its steps. Returns whether it reached that step.
fn stopped_at(window: &Window, name: &str, request: Value, at: usize) -> (bool, Result<Value, String>) {
    let (steps, reached) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let told = Arc::clone(&reached);
    let done = window.during(name, request, move |session, step| {
        if step.doing.is_some() && steps.fetch_add(1, Ordering::SeqCst) == at {
            told.store(1, Ordering::SeqCst);
            ask(session, "job.cancel", json!({ "job": step.id }));
        }
    });
    (reached.load(Ordering::SeqCst) == 1, done.map_err(|e| e.code.to_string()))
}

#[test]
fn stopping_a_job_at_any_step_changes_nothing_on_the_desk_or_in_its_folder() {
    for name in LONG {
        let desk = Furnished::new();
        let window = Window::on(&desk.desk());
        // The first request for the key creates it.
        window.ask("key.show", json!({}));
        let (live, files) = (desk.beside(31).dump_live().unwrap(), desk.files());
        let draft = window.ask("article.open", json!({ "article": desk.ids["article"] }))["draft"].clone();
        let mut at = 0;
        loop {
            let (reached, done) = stopped_at(&window, name, desk.request(name), at);
            if !reached {
                assert!(done.is_ok(), "{name} with nobody to stop it: {done:?}");
                break;
            }
            assert_eq!(done, Err("cancelled".into()), "{name} at step {at}");
            assert_eq!(desk.beside(33).dump_live().unwrap(), live, "{name} at step {at}");
            assert_eq!(desk.files(), files, "{name} at step {at}");
            // All of the first steps, then fewer and fewer.
            at += 1 + at / 8;
        }
        assert!(at > 0, "{name} told no step");
        let view = window.ask("article.open", json!({ "article": desk.ids["article"] }));
        assert_eq!(view["draft"]["text"], draft["text"], "{name}");
        assert_eq!(window.ask("desk.check", json!({}))["faults"], json!([]), "{name}");
    }
}

/// Writes something at each step: marks and saves, and undoes and redoes them.
fn write_something(session: &Session, ids: &Value, n: usize) {
    let overview = ask(session, "desk.overview", json!({}));
    let step = |which: &str| json!({ "seen": overview[which]["action"] });
    match n % 4 {
        0 => drop(ask(
            session,
            "query.ask",
            json!({ "article": ids["article"], "claim": null, "to": null,
            "text": format!("Query {n}?") }),
        )),
        1 => drop(ask(session, "desk.undo", step("undo"))),
        2 => drop(ask(session, "desk.redo", step("redo"))),
        _ => {
            let view = ask(session, "article.open", json!({ "article": ids["article"] }));
            let text = format!("{}\nOne more sentence, the {n}th.\n", view["text"].as_str().unwrap());
            let save = json!({ "article": ids["article"], "base": view["revision"]["id"], "text": text,
                "changes": null, "note": null, "onTop": false });
            ask(session, "article.save", save);
        }
    }
}

#[test]
fn check_backup_and_export_use_the_state_at_their_start() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    for name in ["desk.check", "desk.backup", "export.write"] {
        let (ids, n) = (desk.ids.clone(), AtomicUsize::new(0));
        let done = window.during(name, desk.request(name), move |session, step| {
            if step.doing.is_some() {
                write_something(session, &ids, n.fetch_add(1, Ordering::SeqCst));
            }
        });
        let done = done.unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert!(name != "desk.check" || done["faults"] == json!([]), "{done}");
    }
    let found = window.ask("verify", json!({ "path": desk.path("out.zip") }));
    assert_eq!((&found["valid"], &found["errors"]), (&json!(true), &json!([])), "{found}");
    let copy =
        tickmark::desk::Desk::open(desk.path("copy.desk").as_ref(), Box::new(tickmark::desk::SystemClock));
    assert_eq!(copy.unwrap().check().unwrap().faults, []);
}

#[test]
fn a_file_redacted_during_a_check_is_not_reported_as_lost() {
    for name in ["desk.check", "export.write"] {
        let desk = Furnished::new();
        let (window, ids, done) = (Window::on(&desk.desk()), desk.ids.clone(), AtomicUsize::new(0));
        let source = desk.ids["source"].as_str().unwrap().parse().unwrap();
        let fact = desk.beside(35).source(source).unwrap().stamp.fact;
        let checked = window.during(name, desk.request(name), move |session, step| {
            if step.doing.is_some() && done.fetch_add(1, Ordering::SeqCst) == 1 {
                ask(session, "redact", json!({ "fact": fact.to_string(), "why": null }));
                keep_draft(session, &ids, "Typed after it.");
            }
        });
        let checked = checked.unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert!(name != "desk.check" || checked["faults"] == json!([]), "{checked}");
    }
}

#[test]
fn an_import_overtaken_by_another_write_is_prepared_again_and_loses_nothing() {
    // After four attempts, the others wait.
    for (name, times) in [("import.file", 1), ("import.file", 4), ("claim.import", 1), ("source.import", 4)] {
        let desk = Furnished::new();
        let (window, ids, n) = (Window::on(&desk.desk()), desk.ids.clone(), AtomicUsize::new(0));
        let written = Arc::new(Mutex::new(Vec::new()));
        let asked = Arc::clone(&written);
        let done = window.during(name, desk.request(name), move |session, step| {
            let begins = step.doing == Some(Doing::Comparing) && step.done == 0;
            if begins && n.fetch_add(1, Ordering::SeqCst) < times {
                let text = format!("Query {}?", asked.lock().unwrap().len());
                let query = json!({ "article": ids["article"], "claim": null, "to": null, "text": text });
                ask(session, "query.ask", query);
                ask(session, "source.add", json!({ "fields": source_fields(&text) }));
                asked.lock().unwrap().push(text);
            }
        });
        assert!(done.is_ok(), "{name}: {done:?}");
        let kept = window.ask("query.list", json!({ "article": desk.ids["article"] })).to_string();
        for text in written.lock().unwrap().iter() {
            assert!(kept.contains(text.as_str()), "{text} of {kept}");
        }
        assert!(!written.lock().unwrap().is_empty());
        assert_eq!(window.ask("desk.check", json!({}))["faults"], json!([]), "{name}");
    }
}

#[test]
fn a_join_is_refused_if_somebody_saved_after_the_decision() {
    let desk = Furnished::new();
    let (window, ids, once) = (Window::on(&desk.desk()), desk.ids.clone(), AtomicUsize::new(0));
    let done = window.during("bundle.join", desk.request("bundle.join"), move |session, step| {
        if step.doing == Some(Doing::Reading) && once.fetch_add(1, Ordering::SeqCst) == 0 {
            let text = ids["text"].as_str().unwrap().replace("1912", "1910");
            let save = json!({ "article": ids["article"], "base": ids["newest"], "text": text, "changes": null,
                "note": null, "onTop": false });
            ask(session, "article.save", save);
        }
    });
    assert_eq!(done.unwrap_err().code, "revised_elsewhere");
}

#[test]
fn news_has_no_writes_of_this_window_and_each_write_of_others_once() {
    let desk = Furnished::new();
    let (window, mut other) = (Window::on(&desk.desk()), desk.beside(37));
    let news = || window.session().news().unwrap();
    assert_eq!(news(), None);
    window.ask("query.ask", desk.request("query.ask"));
    window.ask("import.file", desk.request("import.file"));
    window.ask("source.import", desk.request("source.import"));
    assert_eq!(news(), None);
    other.introduce("Eve Other", "").unwrap();
    window.ask("query.answer", desk.request("query.answer"));
    let seq = other.seq().unwrap();
    assert_eq!((news().map(|n| n.seq), news()), (Some(seq), None));

    // In the middle of a job that itself writes at its end.
    let other = Mutex::new(desk.beside(39));
    let (heard, once) = (Arc::new(Mutex::new(Vec::new())), AtomicUsize::new(0));
    let told = Arc::clone(&heard);
    let join = json!({ "path": desk.path("sources2.bib") });
    std::fs::write(desk.path("sources2.bib"), "@book{c, title={Karsk}}\n").unwrap();
    let done = window.during("source.import", join, move |session: &Session, step: &JobStep| {
        if step.doing.is_some() && once.fetch_add(1, Ordering::SeqCst) == 0 {
            other.lock().unwrap().introduce("Fay Other", "").unwrap();
            told.lock().unwrap().push(session.news().unwrap().is_some());
        }
    });
    done.unwrap();
    assert_eq!(*heard.lock().unwrap(), [true]);
    assert_eq!(news(), None);
}

#[test]
fn every_connection_knows_who_works_and_which_key_is_unlocked() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    window.ask("key.show", json!({}));
    window.ask("key.passphrase", json!({ "now": null, "new": "a long passphrase" }));
    drop(window);
    let window = Window::on(&desk.desk());
    assert_eq!(window.ask("key.waits", json!({}))["waits"], true);
    let refused = window.session().call("export.write", desk.request("export.write")).unwrap_err();
    assert_eq!(refused.code, "needs_passphrase");
    window.ask("key.unlock", json!({ "passphrase": "a long passphrase" }));
    assert_eq!(window.ask("key.waits", json!({}))["waits"], false);
    window.ask("export.write", desk.request("export.write"));
    assert_eq!(window.ask("verify", json!({ "path": desk.path("out.zip") }))["signed"], "Ada Long");

    window.ask("person.switch", json!({ "person": desk.ids["ben"] }));
    assert_eq!(window.ask("desk.overview", json!({}))["me"]["name"], "Ben Short");
    assert_eq!(window.ask("key.waits", json!({}))["waits"], false, "Ben has no passphrase");
    window.ask("source.import", desk.request("source.import"));
    let overview = window.ask("desk.overview", json!({}));
    assert_eq!(overview["me"]["name"], "Ben Short");
    window.ask("export.write", desk.request("export.write"));
    assert_eq!(window.ask("verify", json!({ "path": desk.path("out.zip") }))["signed"], "Ben Short");
}

#[test]
fn many_threads_can_call_at_once_and_every_acknowledged_write_is_stored() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    let session = window.session();
    std::thread::scope(|scope| {
        for chain in 0..6 {
            let (article, ids) = (desk.ids["article"].clone(), &desk.ids);
            scope.spawn(move || {
                for n in 0..15 {
                    let text = format!("Query {n} of {chain}?");
                    ask(
                        session,
                        "query.ask",
                        json!({ "article": article, "claim": null, "to": null, "text": text }),
                    );
                    let list = ask(session, "query.list", json!({ "article": article })).to_string();
                    assert!(list.contains(&text), "what was acknowledged is read at once");
                    keep_draft(session, ids, &text);
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..3 {
                assert_eq!(ask(session, "desk.check", json!({}))["faults"], json!([]));
                ask(session, "export.write", desk.request("export.write"));
                assert_eq!(ask(session, "verify", json!({ "path": desk.path("out.zip") }))["valid"], true);
            }
        });
    });
    let list = window.ask("query.list", json!({ "article": desk.ids["article"] }));
    assert_eq!(
        list.as_array().unwrap().iter().filter(|q| q["text"].as_str().unwrap().contains(" of ")).count(),
        90
    );
    assert_eq!(window.session().news().unwrap(), None);
}
