//! Desks of 10, 100, 1,000 and 10,000 articles, with 30 claims and 5 sources per article. Half of the claims have a verdict
//! and evidence. Prints the time of every common request on each, and the growth per tenfold. `cargo bench --bench many`;
//! TICKMARK_MOST=1000 stops at desks of that size, TICKMARK_KEEP=/a/folder leaves the desks in that folder.
//!
//! The desks are made with the commands of the window, many articles in one transaction. Each figure is a median. The desks
//! take turns, so that a busy moment of the machine affects all of them.
#![allow(missing_docs)]

use serde_json::{Value, json};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};
use tickmark::{
    desk::{Access, Desk, SystemClock},
    wire::{Session, WireError, dispatch},
};

const CLAIMS: usize = 30;
const SOURCES: usize = 5;
const RUNS: usize = 15;

/// One desk while it is measured.
struct Sized {
    articles: usize,
    path: PathBuf,
    session: Session,
    article: Value,
    claim: Value,
    revision: Value,
}

fn main() {
    let most: usize = env::var("TICKMARK_MOST").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = env::var_os("TICKMARK_KEEP").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    fs::create_dir_all(&root).expect("a folder for the desks");
    let sizes: Vec<usize> = [1, 10, 100, 1_000, 10_000].into_iter().filter(|n| *n <= most).collect();
    let paths = make(&root, &sizes);
    let mut desks: Vec<Sized> = sizes.iter().zip(paths).map(|(n, path)| open(*n, path)).collect();
    println!(
        "| request | {} | growth a tenfold |",
        sizes.iter().map(|n| format!("{n}")).collect::<Vec<_>>().join(" | ")
    );
    println!("|---{}|---|", "|---".repeat(sizes.len()));
    in_one_process(&mut desks);
    whole_programs(&desks);
    sources(&desks);
}

/// Makes the desks: each larger one continues a copy of the one before it.
fn make(root: &Path, sizes: &[usize]) -> Vec<PathBuf> {
    let growing = root.join("growing.desk");
    let mut desk = Desk::open_or_create(&growing, Box::new(SystemClock)).expect("a desk");
    ask(&mut desk, "person.introduce", json!({ "name": "Ada Long", "initials": "AL" }));
    let (mut made, began) = (0, Instant::now());
    let mut paths = Vec::new();
    for &size in sizes {
        while made < size {
            let upto = size.min(made + 20);
            desk.transact(Access::Write, |desk| {
                (made..upto).for_each(|n| fill(desk, n));
                Ok::<_, WireError>(())
            })
            .expect("articles");
            made = upto;
        }
        let path = root.join(format!("{size}.desk"));
        fs::remove_file(&path).ok();
        desk.backup(&path).expect("a copy");
        let bytes = fs::metadata(&path).map_or(0, |m| m.len());
        println!("{size} articles: {} MB, made in {:.0} s", bytes / 1_000_000, began.elapsed().as_secs_f64());
        paths.push(path);
    }
    paths
}

fn ask(desk: &mut Desk, name: &str, request: Value) -> Value {
    dispatch(desk, name, request).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

/// Thirty sentences in ten paragraphs, no two articles alike.
fn text(n: usize) -> String {
    let paragraph = |p: usize| {
        let [a, b, c] = [n * 7 % 997 + p, n * 31 % 1009 + p, 1900 + (n + p) % 120];
        format!(
            "In {c} the council of district {n} counted {a} houses by the river, and said so in public. The bridge at kilometre \
             {b} was closed for {a} days after the flood of that year. Mayor Name{n} called it a warning and asked for {b} \
             million for a dam."
        )
    };
    format!(
        "# District {n} after flood {}\n\n{}\n",
        n % 97,
        (0..10).map(paragraph).collect::<Vec<_>>().join("\n\n")
    )
}

/// One article with its claims, sources, evidence and verdicts.
fn fill(desk: &mut Desk, n: usize) {
    let text = text(n);
    let proposal = ask(desk, "import.paste", json!({ "text": text, "asIs": false }));
    let request =
        json!({ "draft": proposal["draft"], "text": text, "info": proposal["info"], "again": false });
    let article = ask(desk, "import.confirm", request)["article"].clone();
    let revision = ask(desk, "article.open", json!({ "article": article }))["revision"]["id"].clone();
    let sources: Vec<Value> = (0..SOURCES).map(|s| source(desk, n, s)).collect();
    for (at, start) in sentences(&text).into_iter().take(CLAIMS).enumerate() {
        let fields = json!({ "assertion": null, "kind": "fact", "claimant": null, "risk": null });
        let spans = json!([{ "start": start, "end": start + 40 }]);
        let request = json!({ "article": article, "revision": revision, "spans": spans, "fields": fields });
        let claim = ask(desk, "claim.mark", request)["claim"].clone();
        if at % 2 == 0 {
            let source = &sources[at % SOURCES];
            let passage = format!("As the report says on page {at}.");
            let request = json!({ "claim": claim, "source": source, "stance": "supports", "passage": passage, "locator": null, "note": null });
            ask(desk, "evidence.add", request);
            let request = json!({ "claim": claim, "rating": "true", "scale": null, "rationale": "The report gives the figure." });
            ask(desk, "verdict.give", request);
        }
    }
}

fn source(desk: &mut Desk, n: usize, s: usize) -> Value {
    let fields = json!({
        "kind": "report", "title": format!("Report {s} on district {n}"), "authors": [format!("Author{}", n % 500)],
        "publisher": "Weather station Tarn", "published": "2025-09-23", "accessed": null,
        "url": format!("https://example.org/{n}/{s}"), "note": null, "reliability": null, "withhold": false
    });
    ask(desk, "source.add", json!({ "fields": fields }))["id"].clone()
}

/// Where sentences begin, in UTF-16 units.
fn sentences(text: &str) -> Vec<usize> {
    ["In ", "The bridge", "Mayor"].iter().flat_map(|s| text.match_indices(s).map(|(at, _)| at)).collect()
}

fn open(articles: usize, path: PathBuf) -> Sized {
    let session = Session::open(&path, Box::new(SystemClock)).expect("the desk opens");
    let asked = |name: &str, request: Value| session.call(name, request).expect("an answer");
    let number = (articles / 2).max(1).to_string();
    let view = asked("article.open", json!({ "article": number }));
    let (article, claim) = (view["id"].clone(), view["claims"][1]["id"].clone());
    let revision = view["revision"]["id"].clone();
    Sized { articles, path, session, article, claim, revision }
}

/// Times a request on each desk in turns; the median of the runs.
fn in_turns(desks: &mut [Sized], mut work: impl FnMut(&mut Sized, usize)) -> Vec<Duration> {
    let mut times = vec![Vec::new(); desks.len()];
    for run in 0..RUNS {
        for (desk, times) in desks.iter_mut().zip(&mut times) {
            let began = Instant::now();
            work(desk, run);
            times.push(began.elapsed());
        }
    }
    times.into_iter().map(median).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn row(what: &str, times: &[Duration]) {
    let ms = |t: &Duration| format!("{:.2} ms", t.as_secs_f64() * 1e3);
    // Growth counts from 100 articles on: with fewer, a page is not full.
    let from = times.len().min(3) - 1;
    let (first, last) = (times[from], times[times.len() - 1]);
    let tens = (times.len() - 1 - from).max(1) as f64;
    let growth = (last.as_secs_f64() / first.as_secs_f64()).powf(1.0 / tens);
    println!("| {what} | {} | {growth:.2} |", times.iter().map(ms).collect::<Vec<_>>().join(" | "));
}

fn in_one_process(desks: &mut [Sized]) {
    let mut request = |what: &str, make: &dyn Fn(&Sized, usize) -> (&'static str, Value)| {
        let times = in_turns(desks, |d, run| {
            let (name, request) = make(d, run);
            d.session.call(name, request).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        });
        row(what, &times);
    };
    request("the desk at a glance, without its articles", &|_, _| {
        ("desk.overview", json!({ "articles": false }))
    });
    request("first page of articles, newest first", &|_, _| {
        ("article.list", json!({ "sort": "touched", "filters": ["current"], "skip": 0, "most": 50 }))
    });
    for order in ["headline", "date", "deadline", "state"] {
        request(&format!("first page of articles by {order}"), &|_, _| {
            ("article.list", json!({ "sort": order, "filters": ["current"], "skip": 0, "most": 50 }))
        });
    }
    for filter in ["state=ready", "queries", "tag=floods"] {
        request(&format!("first page of articles, {filter}"), &|_, _| {
            (
                "article.list",
                json!({ "sort": "touched", "filters": ["current", filter], "skip": 0, "most": 50 }),
            )
        });
    }
    request("first page of articles by words", &|d, _| {
        let words = format!("words=district {}", d.articles / 2);
        ("article.list", json!({ "sort": "touched", "filters": [words], "skip": 0, "most": 50 }))
    });
    request("first page of sources by words", &|d, _| {
        let words = format!("report district {}", d.articles / 2);
        ("source.list", json!({ "words": words, "sort": "number", "skip": 0, "most": 50 }))
    });
    request("first page of articles by a word that each has", &|_, _| {
        ("article.list", json!({ "sort": "touched", "filters": ["words=district"], "skip": 0, "most": 50 }))
    });
    request("first page of sources by a word that each has", &|_, _| {
        ("source.list", json!({ "words": "report", "sort": "number", "skip": 0, "most": 50 }))
    });
    request("keep what is typed in a form", &|d, run| {
        let fields = json!({ "rationale": format!("Half a reason, {run}") });
        ("form.keep", json!({ "article": d.article, "claim": d.claim, "form": "verdict", "fields": fields }))
    });
    request("set how far an article is", &|d, run| {
        let state = ["ready", "checking"][run % 2];
        ("article.setStatus", json!({ "article": d.article, "state": state }))
    });
    request("open an article that was read before", &|d, _| {
        ("article.open", json!({ "article": d.article }))
    });
    request("open an article that was not", &|d, run| {
        let number = (d.articles / 3 + run * 7) % d.articles + 1;
        ("article.open", json!({ "article": number.to_string() }))
    });
    request("mark a claim", &|d, run| {
        let view = json!([{ "start": 60 + run, "end": 90 + run }]);
        let fields = json!({ "assertion": null, "kind": null, "claimant": null, "risk": null });
        (
            "claim.mark",
            json!({ "article": d.article, "revision": d.revision, "spans": view, "fields": fields }),
        )
    });
    request("give a verdict", &|d, run| {
        let why = format!("Seen {run} times.");
        ("verdict.give", json!({ "claim": d.claim, "rating": "true", "scale": null, "rationale": why }))
    });
    let times = saves(desks);
    row("save a revision", &times);
    let mut request = |what: &str, name: &'static str, ask: Value| {
        row(what, &in_turns(desks, |d, _| drop(d.session.call(name, ask.clone()).expect("an answer"))));
    };
    request("search everything (scans every text)", "desk.search", json!({ "words": "kilometre flood dam" }));
    request("the whole desk at a glance", "desk.overview", json!({}));
}

fn saves(desks: &mut [Sized]) -> Vec<Duration> {
    let mut bases: Vec<(Value, String)> = desks
        .iter_mut()
        .map(|d| {
            let view = d.session.call("article.open", json!({ "article": d.article })).expect("the article");
            (view["revision"]["id"].clone(), view["text"].as_str().expect("a text").to_owned())
        })
        .collect();
    let mut times = vec![Vec::new(); desks.len()];
    for run in 0..RUNS {
        for ((d, (base, text)), times) in desks.iter_mut().zip(&mut bases).zip(&mut times) {
            *text = text.replacen("houses", &format!("houses {run}"), 1);
            let request = json!({ "article": d.article, "base": base, "text": text, "changes": [], "note": null, "onTop": false });
            let began = Instant::now();
            let saved = d.session.call("article.save", request).expect("a save");
            times.push(began.elapsed());
            *base = saved["revision"]["id"].clone();
        }
    }
    times.into_iter().map(median).collect()
}

/// Whole runs of the program, from start to exit.
fn whole_programs(desks: &[Sized]) {
    let half = |d: &Sized| (d.articles / 2).max(1);
    let program = |what: &str, args: &dyn Fn(&Sized) -> Vec<String>| {
        let mut times = vec![Vec::new(); desks.len()];
        for _ in 0..RUNS {
            for (d, times) in desks.iter().zip(&mut times) {
                let began = Instant::now();
                run(d, &args(d));
                times.push(began.elapsed());
            }
        }
        row(what, &times.into_iter().map(median).collect::<Vec<_>>());
    };
    let words = |args: &[&str]| args.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
    program("`articles --page 1 --sort touched`", &|_| {
        words(&["articles", "--page", "1", "--sort", "touched"])
    });
    program("`claim list --page 1 --filter standing=unchecked`", &|_| {
        words(&["claim", "list", "--page", "1", "--filter", "standing=unchecked"])
    });
    program("`source list --page 1 WORDS`", &|d| {
        words(&["source", "list", "--page", "1", "report", &format!("district {}", half(d))])
    });
    program("`articles --page 1 --filter words=district`", &|_| {
        words(&["articles", "--page", "1", "--filter", "words=district"])
    });
    program("`claim list --page 1 --filter words=council`", &|_| {
        words(&["claim", "list", "--page", "1", "--filter", "words=council"])
    });
    program("`claim list A`", &|d| words(&["claim", "list", &half(d).to_string()]));
}

fn run(d: &Sized, args: &[String]) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tickmark"));
    let done =
        program.arg("--json").arg("--desk").arg(&d.path).args(args).output().expect("the program runs");
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Imports a file of 5,000 sources, and files of half and double that, on the smallest and the largest desk.
fn sources(desks: &[Sized]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (size, d) in
        [2_500, 5_000, 10_000].into_iter().flat_map(|n| [(n, &desks[0]), (n, &desks[desks.len() - 1])])
    {
        let path = folder.path().join(format!("{size}.ris"));
        let one = |n: usize| {
            format!("TY  - RPRT\nTI  - Paper {size} {n} beside {}\nPY  - 2024\nER  - \n\n", d.articles)
        };
        fs::write(&path, (0..size).map(one).collect::<String>()).expect("a file");
        let began = Instant::now();
        run(d, &["source".into(), "import".into(), path.display().to_string()]);
        println!(
            "{size} sources brought in beside {} articles: {:.2} s",
            d.articles,
            began.elapsed().as_secs_f64()
        );
    }
}
