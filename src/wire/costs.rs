//! Requests of the page take no more SQLite steps on a desk of 1,000 articles than on one of 100. No statement that answers
//! a request scans a table that grows with the desk.

use super::dispatch;
use crate::desk::{Access, Desk, SystemClock};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Tables with few rows on any desk: people, scales, policy, settings.
const SMALL: &[&str] = &["current_person", "current_rule", "contact", "setting", "draft"];

struct FilledDesk {
    desk: Desk,
    _folder: tempfile::TempDir,
    article: Value,
    claim: Value,
    words: String,
}

fn ask(desk: &mut Desk, name: &str, request: Value) -> Value {
    dispatch(desk, name, request).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

/// A desk of articles. Each has one source and two claims, one of them with evidence and a verdict.
fn desk_of(articles: usize) -> FilledDesk {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut desk =
        Desk::open_or_create(&folder.path().join("my.desk"), Box::new(SystemClock)).expect("a desk");
    ask(&mut desk, "person.introduce", json!({ "name": "Ada Long", "initials": "AL" }));
    desk.begin(Access::Write).expect("a transaction");
    let mut last = (Value::Null, Value::Null);
    for n in 0..articles {
        last = fill(&mut desk, n);
    }
    desk.commit().expect("a commit");
    let (article, claim) = last;
    // Only this article matches the filters, so a query must find it without a scan of the others.
    let info = json!({ "byline": null, "outlet": null, "date": "2025-08-25", "time": null, "zone": null, "place": null,
        "language": null, "url": null, "tags": ["Floods"], "hashtags": [] });
    ask(&mut desk, "article.info", json!({ "article": article, "info": info }));
    let ada = ask(&mut desk, "desk.overview", json!({ "articles": false }))["me"]["id"].clone();
    let status = json!({ "article": article, "state": "ready", "deadline": "2026-12-01", "assignee": ada });
    ask(&mut desk, "article.setStatus", status);
    // A new connection, so the steps of filling the desk do not count.
    let desk = Desk::open(&folder.path().join("my.desk"), Box::new(SystemClock)).expect("the desk");
    FilledDesk { desk, _folder: folder, article, claim, words: format!("district {}", articles - 1) }
}

fn fill(desk: &mut Desk, n: usize) -> (Value, Value) {
    let text =
        format!("# District {n}\n\nIn district {n} the flood took {n} houses. The bridge was closed.\n");
    let proposal = ask(desk, "import.paste", json!({ "text": text, "asIs": true }));
    let request =
        json!({ "draft": proposal["draft"], "text": text, "info": proposal["info"], "again": true });
    let article = ask(desk, "import.confirm", request)["article"].clone();
    let fields = json!({ "assertion": null, "kind": null, "claimant": null, "risk": null });
    let revision = ask(desk, "article.open", json!({ "article": article }))["revision"]["id"].clone();
    let start = text.find("In ").expect("a sentence");
    let mut claims = [start, start + 12].map(|at| {
        let spans = json!([{ "start": at, "end": at + 14 }]);
        let request = json!({ "article": article, "revision": revision, "spans": spans, "fields": fields });
        ask(desk, "claim.mark", request)["claim"].clone()
    });
    let fields = json!({
        "kind": "report", "title": format!("Report on district {n}"), "authors": [], "publisher": null, "published": null,
        "accessed": null, "url": null, "note": null, "reliability": null, "withhold": false
    });
    let source = ask(desk, "source.add", json!({ "fields": fields }))["id"].clone();
    let request = json!({ "claim": claims[0], "source": source, "stance": "supports", "passage": null, "locator": null, "note": null });
    ask(desk, "evidence.add", request);
    ask(
        desk,
        "verdict.give",
        json!({ "claim": claims[0], "rating": "true", "scale": null, "rationale": "Seen." }),
    );
    (article, claims[1].take())
}

/// The requests of an ordinary day.
fn requests(m: &FilledDesk) -> Vec<(&'static str, Value)> {
    let page = |sort: &str, filters: &[&str]| {
        ("article.list", json!({ "sort": sort, "filters": filters, "skip": 0, "most": 20 }))
    };
    let words = format!("words={}", m.words);
    let fields = json!({ "assertion": "So.", "kind": null, "claimant": null, "risk": null });
    vec![
        ("desk.overview", json!({ "articles": false })),
        page("touched", &["current"]),
        page("headline", &[]),
        page("number", &[]),
        page("open", &[]),
        page("touched", &[&words]),
        // Every article has this word, so a page is read in its order.
        page("touched", &["current", "words=DISTRICT"]),
        page("headline", &["words=district"]),
        page("touched", &["tag=floods", "words=district"]),
        page("date", &["current"]),
        page("deadline", &["current"]),
        page("state", &["current"]),
        page("headline", &["current"]),
        page("touched", &["current", "state=ready"]),
        page("deadline", &["current", "state=ready"]),
        page("touched", &["current", "tag=floods"]),
        page("touched", &["current", "assignee=Ada Long"]),
        page("deadline", &["current", "assignee=Ada Long"]),
        page("touched", &["current", "queries"]),
        page("headline", &["current", "queries"]),
        ("article.setStatus", json!({ "article": m.article, "state": "checking", "deadline": null })),
        ("desk.since", json!({ "seq": 1_000_000 })),
        ("source.list", json!({ "words": m.words, "sort": "number", "skip": 0, "most": 20 })),
        ("source.list", json!({ "words": "report", "sort": "number", "skip": 0, "most": 20 })),
        ("source.list", json!({ "words": null, "sort": "use", "skip": 0, "most": 20 })),
        ("source.list", json!({ "words": null, "sort": "touched", "skip": 0, "most": 20 })),
        ("source.list", json!({ "words": null, "sort": "headline", "skip": 0, "most": 20 })),
        ("article.open", json!({ "article": m.article })),
        ("claim.show", json!({ "claim": m.claim })),
        ("article.log", json!({ "article": m.article })),
        ("picture.list", json!({ "article": m.article })),
        ("article.coverage", json!({ "article": m.article })),
        ("query.list", json!({ "article": m.article })),
        (
            "form.keep",
            json!({ "article": m.article, "claim": m.claim, "form": "verdict", "fields": { "rationale": "So" } }),
        ),
        ("form.list", json!({ "article": m.article })),
        ("form.drop", json!({ "article": m.article, "claim": m.claim, "form": "verdict" })),
        ("query.ask", json!({ "article": m.article, "claim": m.claim, "to": null, "text": "Who says so?" })),
        ("claim.edit", json!({ "claim": m.claim, "fields": fields })),
        ("verdict.give", json!({ "claim": m.claim, "rating": "false", "scale": null, "rationale": "No." })),
        ("desk.undo", json!({ "seen": Value::Null })),
        ("desk.redo", json!({ "seen": Value::Null })),
        ("export.preview", json!({ "article": m.article })),
        ("source.show", json!({ "source": "S1" })),
        (
            "source.interview",
            json!({ "source": "S1", "with": "Jane Doe", "role": null, "how": "phone", "on": null,
            "terms": "record", "confirmed": null, "recording": null }),
        ),
        ("source.contact", json!({ "source": "S1", "mail": "jane@example.org" })),
        ("scale.list", json!({})),
        ("policy.show", json!({})),
        ("context.list", json!({})),
        ("hub.status", json!({})),
        ("desk.news", json!({})),
    ]
}

/// The costs of the requests of a day.
struct Costs {
    /// The steps each request takes.
    steps: Vec<(String, i64)>,
    /// The most expensive statement of each request.
    most_expensive: BTreeMap<String, String>,
    /// Every statement that was run.
    statements: BTreeSet<String>,
}

fn costs(m: &mut FilledDesk) -> Costs {
    let watch = m.desk.watch();
    let (mut all, mut most_expensive, mut statements) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for (at, (name, mut request)) in requests(m).into_iter().enumerate() {
        if let Some(step) = ["desk.undo", "desk.redo"].iter().position(|n| *n == name) {
            let key = ["undo", "redo"][step];
            let overview = ask(&mut m.desk, "desk.overview", json!({ "articles": false }));
            request["seen"] = overview[key]["action"].clone();
        }
        watch.take();
        ask(&mut m.desk, name, request);
        let ran = watch.take();
        let name = format!("{at} {name}");
        all.push((name.clone(), ran.values().sum()));
        most_expensive
            .extend(ran.iter().max_by_key(|(_, steps)| **steps).map(|(sql, _)| (name, sql.clone())));
        statements.extend(ran.into_keys());
    }
    // What is asked every few seconds at rest: all rows are of another policy, or of none.
    assert!(m.desk.needs_coverage().expect("an answer"));
    let ran = watch.take();
    all.push(("at rest".into(), ran.values().sum()));
    most_expensive.insert("at rest".into(), ran.keys().next().cloned().unwrap_or_default());
    statements.extend(ran.into_keys());
    Costs { steps: all, most_expensive, statements }
}

#[test]
fn requests_of_the_page_take_no_more_steps_on_a_larger_desk() {
    let (mut small, mut large) = (desk_of(100), desk_of(1_000));
    let few = costs(&mut small).steps;
    let Costs { steps: many, most_expensive, statements } = costs(&mut large);
    let grown: Vec<_> = few
        .iter()
        .zip(&many)
        // An index that is ten times larger may be one level deeper.
        .filter(|((_, few), (_, many))| *many > few + few / 4 + 60)
        .map(|((name, few), (_, many))| {
            format!("{name}: {few} steps became {many}, most in {}", most_expensive[name])
        })
        .collect();
    assert!(grown.is_empty(), "{grown:#?}");

    // All articles have the word, so its page is that of the list.
    let list = |filter: &[&str]| json!({ "sort": "touched", "filters": filter, "skip": 30, "most": 20 });
    let [with, all] = [&["words=dIsTrIcT"][..], &[]].map(|f| ask(&mut large.desk, "article.list", list(f)));
    assert_eq!((with.as_array().map(Vec::len), &with), (Some(20), &all));

    let reads = |sql: &&String| ["SELECT", "UPDATE", "DELETE"].iter().any(|verb| sql.starts_with(verb));
    let scans: BTreeMap<&String, Vec<String>> = statements
        .iter()
        .filter(reads)
        .map(|sql| (sql, large.desk.plan(sql)))
        .filter(|(_, plan)| scans_a_large_table(plan))
        .collect();
    assert!(scans.is_empty(), "{scans:#?}");
}

/// Whether a query plan scans a table that grows with the desk, or sorts rows without an index that limits them.
fn scans_a_large_table(plan: &[String]) -> bool {
    // The index of articles with open queries has no other articles.
    let few = |line: &String| line.starts_with("SEARCH ") || line.ends_with("current_article_asked");
    let narrowed = plan.iter().any(few);
    let sorts = plan.iter().any(|line| line.starts_with("USE TEMP B-TREE FOR ORDER BY"));
    plan.iter().any(|line| scans(line)) || (sorts && !narrowed)
}

/// Whether a step of a query plan scans a table without an index, and the table is not a small one.
fn scans(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("SCAN ") else { return false };
    let table = rest.split_whitespace().next().unwrap_or_default();
    // "VIRTUAL TABLE INDEX 0:M1" is a lookup of words, "0:=" one of a row; a scan of an index stops at the end of the page.
    let looked_up = rest.contains("VIRTUAL TABLE INDEX 0:") && !rest.ends_with("0:");
    let small = SMALL.contains(&table)
        || table == "rarray"
        || table.starts_with("main.current_words_")
        || rest == "CONSTANT ROW";
    !looked_up && !small && !rest.contains(" USING ")
}
