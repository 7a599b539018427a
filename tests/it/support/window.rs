//! A desk opened as in a window: several connections, and jobs whose steps a test can observe.

use super::{BRIDGE, StillClock};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock, Weak,
        atomic::{AtomicU64, Ordering},
    },
};
use tempfile::TempDir;
use tickmark::{
    desk::Desk,
    formats::interchange::Format,
    model::Fact,
    wire::{JobStep, Session, WireError},
};

type Heed = Box<dyn FnMut(&Session, &JobStep) + Send>;

/// An open window.
pub struct Window {
    session: Arc<Session>,
    on_step: Arc<Mutex<Option<Heed>>>,
}

impl Window {
    /// Opens the desk at a path. No two windows create the same ids.
    pub fn on(desk: &Path) -> Self {
        static SEED: AtomicU64 = AtomicU64::new(1001);
        let clock = Box::new(StillClock::new(SEED.fetch_add(2, Ordering::Relaxed)));
        let on_step: Arc<Mutex<Option<Heed>>> = Arc::default();
        let window: Arc<OnceLock<Weak<Session>>> = Arc::default();
        let (heeds, here) = (Arc::clone(&on_step), Arc::clone(&window));
        let told = move |step: JobStep| {
            let taken = heeds.lock().unwrap().take();
            if let (Some(mut on_step), Some(session)) = (taken, here.get().and_then(Weak::upgrade)) {
                on_step(&session, &step);
                heeds.lock().unwrap().get_or_insert(on_step);
            }
        };
        let session = Session::open_telling(desk, clock, Box::new(told)).expect("the desk opens");
        let session = Arc::new(session);
        window.set(Arc::downgrade(&session)).expect("a window of its own");
        Self { session, on_step }
    }

    /// The window's session.
    pub fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// Sends a request, which must succeed.
    pub fn ask(&self, name: &str, request: Value) -> Value {
        ask(&self.session, name, request)
    }

    /// Sends a request for long work. `on_step` is called at each of its steps, on the working thread.
    pub fn during(
        &self,
        name: &str,
        request: Value,
        on_step: impl FnMut(&Session, &JobStep) + Send + 'static,
    ) -> Result<Value, WireError> {
        *self.on_step.lock().unwrap() = Some(Box::new(on_step));
        let done = self.session.call(name, request);
        *self.on_step.lock().unwrap() = None;
        done
    }
}

/// Sends a request, which must succeed.
pub fn ask(session: &Session, name: &str, request: Value) -> Value {
    session.call(name, request).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

/// A desk with something of every kind, and its folder. Its window is closed.
pub struct Furnished {
    folder: TempDir,
    /// The ids on it, by name.
    pub ids: Value,
}

/// The words of a claim that the colleague's bundle changes, and the new words.
const LENGTH: &str = "It is 240 metres long.";

impl Furnished {
    /// A copy of it in its own folder.
    pub fn new() -> Self {
        static FIRST: OnceLock<(TempDir, Value)> = OnceLock::new();
        let (first, ids) = FIRST.get_or_init(furnish);
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(first.path(), folder.path());
        Self { folder, ids: ids.clone() }
    }

    /// The desk's file.
    pub fn desk(&self) -> PathBuf {
        self.folder.path().join("my.desk")
    }

    /// A path in its folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("a path in UTF-8").to_owned()
    }

    /// Another program's connection to it.
    pub fn beside(&self, seed: u64) -> Desk {
        let mut desk = Desk::open(&self.desk(), Box::new(StillClock::new(seed))).expect("the desk again");
        desk.work_as("Ada Long").expect("a name");
        desk
    }

    /// Every file below the folder with its length, without the files of SQLite and of locks.
    pub fn files(&self) -> Vec<(PathBuf, u64)> {
        let mut all = Vec::new();
        listed(self.folder.path(), &mut all);
        let passing = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            ["-wal", "-shm", ".lock", ".making", "my.desk"].iter().any(|end| name.ends_with(end))
        };
        all.retain(|(path, _)| !passing(path));
        all.sort();
        all
    }

    /// A request for a command that it can answer. New commands are added here.
    pub fn request(&self, name: &str) -> Value {
        let id = |what: &str| self.ids[what].clone();
        let (article, claim, other) = (id("article"), id("claim"), id("other"));
        let fields = json!({ "assertion": "Said otherwise", "kind": null, "claimant": null, "risk": "high" });
        match name {
            "desk.overview" | "article.tags" | "scale.list" | "policy.show" | "contact.list" | "key.show"
            | "key.waits" | "desk.check" | "desk.example" => json!({}),
            "desk.since" => json!({ "seq": 3 }),
            "desk.search" => json!({ "words": "bridge" }),
            "desk.backup" => json!({ "path": self.path("copy.desk") }),
            "desk.undo" => json!({ "seen": id("undo") }),
            "desk.redo" => json!({ "seen": id("redo") }),
            "person.introduce" => json!({ "name": "Cy New", "initials": "" }),
            "person.switch" => json!({ "person": id("ben") }),
            "scale.add" => {
                let step = |slug: &str, family: &str| json!({ "slug": slug, "label": slug, "family": family, "value": null, "meaning": "" });
                json!({ "name": "Another", "ratings": [step("so", "holds"), step("not-so", "fails")] })
            }
            "import.paste" => json!({ "text": "# Pasted\n\nOne statement.\n", "asIs": false }),
            "import.dropped" => {
                json!({ "name": "dropped.md", "base64": "IyBEcm9wcGVkCgpPbmUgc3RhdGVtZW50Lgo=" })
            }
            "import.file" => json!({ "path": self.path("theirs.zip") }),
            "bundle.join" => json!({ "path": self.path("conflict.zip"), "article": article,
                "newest": id("newest"), "decisions": [{ "take": "theirs", "words": null }] }),
            "import.preview" => json!({ "draft": id("draft"), "asIs": true, "encoding": null }),
            "import.confirm" => json!({ "draft": id("draft"), "text": "# The mill\n\nIt opened in 1974.\n",
                "info": id("info"), "again": false }),
            "import.discard" => json!({ "draft": id("draft") }),
            "article.list" => json!({ "sort": "touched", "filters": ["current"], "skip": 0, "most": 10 }),
            "article.open" => json!({ "article": article, "revision": null }),
            "article.archive" => json!({ "article": article, "archived": true }),
            "article.info" => {
                let mut info = id("info");
                info["outlet"] = "The Karsk Courier".into();
                json!({ "article": article, "info": info })
            }
            "article.setStatus" => {
                json!({ "article": article, "state": "ready", "deadline": "1 Dec 2026", "assignee": id("ben") })
            }
            "article.then" => json!({ "article": article, "action": id("action") }),
            "article.log" | "article.timeline" | "picture.list" | "article.coverage" | "query.list"
            | "export.preview" | "export.formats" => json!({ "article": article }),
            "article.blame" => json!({ "article": article, "revision": null }),
            "article.save" => {
                json!({ "article": article, "base": id("newest"), "changes": null, "note": null,
                "onTop": false, "text": id("text").as_str().unwrap().replace("5,000", "5,100") })
            }
            "article.corrections" => json!({ "article": article, "since": id("first") }),
            "merge.propose" => json!({ "article": article, "base": id("first"), "path": null,
                "text": BRIDGE.replace("after a flood", "after a storm") }),
            "merge.save" => json!({ "article": article, "base": id("first"), "newest": id("newest"),
                "text": BRIDGE.replace("after a flood", "after a storm"), "decisions": [], "note": null }),
            "returned.look" => {
                json!({ "article": article, "path": self.path("returned.docx"), "draft": null, "base": null })
            }
            "returned.take" => {
                json!({ "article": article, "path": self.path("returned.docx"), "draft": null, "base": null,
                "newest": id("newest"), "decisions": [], "note": null })
            }
            "draft.keep" => {
                json!({ "article": article, "base": id("newest"), "text": "Typed.", "changes": null })
            }
            "form.keep" => {
                json!({ "article": article, "claim": claim, "form": "verdict", "fields": { "rationale": "Half" } })
            }
            "form.drop" => json!({ "article": article, "claim": null, "form": "info" }),
            "form.list" => json!({ "article": article }),
            "draft.drop" => json!({ "article": article }),
            "draft.effects" => {
                let rest = id("text").as_str().unwrap().encode_utf16().count();
                json!({ "article": article, "base": id("newest"), "changes": [[0, "Typed. "], rest] })
            }
            "revision.list" => json!({ "article": article }),
            "revision.compare" => {
                json!({ "article": article, "from": id("first"), "to": id("newest"), "text": null })
            }
            "revision.restore" => json!({ "article": article, "revision": id("first") }),
            "claim.mark" => json!({ "article": article, "revision": id("newest"), "fields": fields,
                "spans": [span(id("text").as_str().unwrap(), "cross it every day")] }),
            "claim.import" => json!({ "article": article, "path": self.path("claims.json") }),
            "claim.show"
            | "claim.retract"
            | "verdict.withdraw"
            | "verdict.takeBackSignOff"
            | "claim.candidates" => {
                json!({ "claim": claim })
            }
            "claim.edit" => json!({ "claim": claim, "fields": fields }),
            "claim.restore" => json!({ "claim": id("retracted") }),
            "claim.assign" => json!({ "claim": claim, "person": id("ben") }),
            "claim.changeSeveral" => {
                json!({ "article": article, "claims": [claim], "change": "assign", "person": id("ben") })
            }
            "claim.reattach" => json!({ "claim": other, "revision": id("newest"),
                "spans": [span(id("text").as_str().unwrap(), "closed in 2019")] }),
            "source.list" => json!({ "words": null, "sort": null, "skip": null, "most": null }),
            "source.offered" => json!({ "article": article }),
            "source.takeOffered" => json!({ "article": article, "numbers": null }),
            "source.add" => json!({ "fields": source_fields("A new source") }),
            "source.edit" => json!({ "source": id("source"), "fields": source_fields("Told otherwise") }),
            "source.show" => json!({ "source": id("source") }),
            "source.interview" => {
                json!({ "source": id("source"), "with": "Jane Doe", "role": "Engineer", "how": "phone",
                "on": "25 Aug 2025", "terms": "background", "confirmed": "It closed.", "recording": null })
            }
            "source.contact" => json!({ "source": id("source"), "phone": "+47 55 55 55" }),
            "source.import" => json!({ "path": self.path("sources.bib") }),
            "source.disclose" => {
                json!({ "source": id("source"), "article": article, "path": self.path("told.json") })
            }
            "source.attach" => json!({ "source": id("source"), "path": self.path("more.bin") }),
            "snapshot.text" | "picture.show" => json!({ "digest": id("digest") }),
            "snapshot.write" => json!({ "digest": id("digest"), "path": self.path("snapshot.bin") }),
            "source.detach" => json!({ "source": id("source"), "digest": id("digest") }),
            "evidence.add" => json!({ "claim": other, "source": id("source"), "stance": "supports",
                "passage": "As it says", "locator": null, "note": null }),
            "evidence.edit" => json!({ "evidence": id("evidence"), "stance": "refutes", "passage": "No",
                "locator": null, "note": null }),
            "evidence.retract" => json!({ "evidence": id("evidence") }),
            "verdict.give" => json!({ "claim": claim, "rating": "false", "scale": null, "rationale": "No.",
                "evidence": { id("evidence").as_str().unwrap(): "earlier" },
                "add": { "source": source_fields("Said with it"), "stance": "refutes", "passage": "No", "locator": null,
                    "note": null } }),
            "verdict.reaffirm" => json!({ "claim": other, "rationale": null }),
            "context.hold" => json!({ "claims": [other] }),
            "verdict.reaffirmContexts" => json!({ "article": article }),
            "verdict.signOff" => json!({ "claim": id("unsigned"), "note": null }),
            "sentence.wave" => json!({ "article": article, "revision": id("newest"), "note": null,
                "spans": [span(id("text").as_str().unwrap(), "The bridge was closed")] }),
            "sentence.openAgain" => {
                json!({ "article": article, "revision": id("newest"), "spans": [id("waved")] })
            }
            "policy.set" => json!({ "evidence": true, "second": "all", "queries": true, "coverage": 50 }),
            "suggestion.list" => json!({ "article": article, "all": true }),
            "suggestion.effects" => {
                json!({ "article": article, "suggestions": [id("suggestion")], "together": false })
            }
            "suggestion.accept" => {
                json!({ "article": article, "suggestions": [id("suggestion")], "note": null })
            }
            "suggestion.reject" => {
                json!({ "article": article, "suggestions": [id("suggestion")], "note": "No" })
            }
            "suggestion.make" => {
                let rest = id("text").as_str().unwrap().encode_utf16().count();
                json!({ "article": article, "base": id("newest"), "changes": [[0, "Suggested. "], rest] })
            }
            "query.ask" => json!({ "article": article, "claim": claim, "to": null, "text": "Is it so?" }),
            "query.answer" => json!({ "query": id("query"), "text": "It is." }),
            "query.import" => {
                let query = id("query");
                let mark = query.as_str().map(|q| q[q.len() - 4..].to_owned()).unwrap();
                json!({ "text": format!("[Q1-{mark}]\nAnswer: It is so.\n"), "article": article })
            }
            "query.resolve" => json!({ "query": id("query"), "note": null }),
            "export.write" => {
                json!({ "article": article, "path": self.path("out.zip"), "unsigned": false, "replace": true })
            }
            "export.text" => json!({ "article": article, "format": "fragment" }),
            "export.as" => {
                json!({ "article": article, "format": "csv", "path": self.path("out.csv"), "replace": true })
            }
            "verify" => json!({ "path": self.path("theirs.zip") }),
            "key.unlock" => json!({ "passphrase": "none is set" }),
            "key.passphrase" => json!({ "now": null, "new": null }),
            "key.write" => json!({ "path": self.path("mine.pub") }),
            "key.read" => json!({ "path": self.path("theirs.zip.pub") }),
            "contact.add" => json!({ "name": "Ben Elsewhere", "key": id("key") }),
            "contact.forget" => json!({ "id": id("contact") }),
            "redact" => json!({ "fact": id("passage"), "why": null }),
            "hub.status" | "desk.news" | "context.list" => json!({}),
            "article.versions" => json!({ "article": article }),
            "job.cancel" => json!({ "job": 9999 }),
            other => panic!("'{other}' has no request here; add one"),
        }
    }
}

/// The fields of a source with that title.
pub fn source_fields(title: &str) -> Value {
    json!({ "kind": "report", "title": title, "authors": [], "publisher": null, "published": null,
        "accessed": null, "url": null, "note": null, "reliability": null, "withhold": false })
}

/// The first occurrence of words, in UTF-16 units.
fn span(text: &str, words: &str) -> Value {
    let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
    let units = |upto: usize| text[..upto].encode_utf16().count();
    json!({ "start": units(at), "end": units(at + words.len()) })
}

fn listed(folder: &Path, all: &mut Vec<(PathBuf, u64)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let meta = entry.metadata().expect("what it is");
        if meta.is_dir() { listed(&entry.path(), all) } else { all.push((entry.path(), meta.len())) }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let (entry, to) = entry.map(|e| (e.path(), to.join(e.file_name()))).expect("an entry");
        if entry.is_dir() {
            std::fs::create_dir(&to).expect("a folder");
            copy(&entry, &to);
        } else {
            std::fs::copy(&entry, &to).expect("a copy");
        }
    }
}

/// Makes the desk with requests of the window, and a colleague's bundles and files to import.
fn furnish() -> (TempDir, Value) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("a path in UTF-8").to_owned();
    let window = Window::on(Path::new(&at("my.desk")));
    let ada = window.ask("person.introduce", json!({ "name": "Ada Long", "initials": "" }))["id"].clone();
    std::fs::write(at("bridge.md"), BRIDGE).expect("a file");
    std::fs::write(at("note.txt"), "A note.").expect("a file");
    for (name, seed) in [("scan.bin", 3u32), ("more.bin", 5)] {
        let noise: Vec<u8> =
            (0..200_000u32).map(|n| (n.wrapping_mul(2_654_435_761 ^ seed) >> 11) as u8).collect();
        std::fs::write(at(name), noise).expect("a file");
    }
    std::fs::write(
        at("sources.bib"),
        "@book{a, title={Bridges of Karsk}, author={Long, A.}}\n@book{b, title={Floods}}\n",
    )
    .expect("a file");
    let proposal = window.ask("import.file", json!({ "path": at("bridge.md") }));
    let made =
        json!({ "draft": proposal["draft"], "text": BRIDGE, "info": proposal["info"], "again": false });
    let article = window.ask("import.confirm", made)["article"].clone();
    let first = window.ask("article.open", json!({ "article": article }))["revision"]["id"].clone();
    let mark = |words: &str| {
        let fields = json!({ "assertion": null, "kind": null, "claimant": null, "risk": null });
        let spans = [span(BRIDGE, words)];
        window.ask(
            "claim.mark",
            json!({ "article": article, "revision": first, "spans": spans, "fields": fields }),
        )["claim"]
            .clone()
    };
    let (claim, other, retracted) = (mark("closed in 2019"), mark("built in 1911"), mark("after a flood"));
    let unsigned = mark(LENGTH);
    // Its words stay while the year of its sentence changes.
    let around = mark("The bridge was built");
    let judge = |claim: &Value, rationale: &str| {
        let verdict = json!({ "claim": claim, "rating": "true", "scale": null, "rationale": rationale });
        window.ask("verdict.give", verdict);
    };
    judge(&other, "The stone says so.");
    colleague(&window, &article, &folder);
    let source = window.ask("source.add", json!({ "fields": source_fields("Survey of 1990") }))["id"].clone();
    for name in ["note.txt", "scan.bin"] {
        window.ask("source.attach", json!({ "source": source, "path": at(name) }));
    }
    let listed = window.ask("source.list", json!({ "words": null }));
    let digest = listed[0]["files"][1]["digest"].clone();
    let evidence = json!({ "claim": claim, "source": source, "stance": "supports", "passage": "On page 3",
        "locator": null, "note": null });
    let evidence = window.ask("evidence.add", evidence)["id"].clone();
    let query = json!({ "article": article, "claim": claim, "to": null, "text": "Which papers?" });
    let query = window.ask("query.ask", query)["id"].clone();
    let ben = window.ask("person.introduce", json!({ "name": "Ben Short", "initials": "" }))["id"].clone();
    judge(&claim, "The papers say so.");
    judge(&unsigned, "Measured.");
    judge(&around, "It stands.");
    window.ask("person.switch", json!({ "person": ada }));
    window.ask("verdict.signOff", json!({ "claim": claim, "note": null }));
    let text = BRIDGE.replace("1911", "1912");
    let save = json!({ "article": article, "base": first, "text": text, "changes": null, "note": null, "onTop": false });
    let newest = window.ask("article.save", save)["revision"]["id"].clone();
    let waved = span(&text, "About 5,000 people 👩‍👩‍👧 cross it every day.");
    window.ask(
        "sentence.wave",
        json!({ "article": article, "revision": newest, "spans": [waved], "note": null }),
    );
    window.ask(
        "export.as",
        json!({ "article": article, "format": "webannotation", "path": at("claims.json") }),
    );
    window.ask("claim.retract", json!({ "claim": retracted }));
    let units = text.encode_utf16().count();
    let flood = span(&text, "after a flood");
    let (start, end) = (flood["start"].as_u64().unwrap(), flood["end"].as_u64().unwrap());
    let changes = json!([start, [end - start, "after a storm"], units as u64 - end]);
    let made =
        window.ask("suggestion.make", json!({ "article": article, "base": newest, "changes": changes }));
    let suggestion = made["suggestions"][0]["id"].clone();
    let keep =
        json!({ "article": article, "base": newest, "text": text.clone() + "\nTyped.\n", "changes": null });
    window.ask("draft.keep", keep);
    let form = json!({ "article": article, "claim": null, "form": "info", "fields": { "outlet": "The K" } });
    window.ask("form.keep", form);
    let draft =
        window.ask("import.paste", json!({ "text": "# The mill\n\nIt opened in 1974.\n", "asIs": false }));
    let [known, key] = ["theirs.zip.pub", "conflict.zip.pub"]
        .map(|name| window.ask("key.read", json!({ "path": at(name) })));
    let contact = window.ask("contact.add", json!({ "name": "Dee", "key": known["key"] }))["id"].clone();
    window.ask("query.ask", json!({ "article": article, "claim": null, "to": null, "text": "Undone?" }));
    let undone = json!({ "seen": window.ask("desk.overview", json!({}))["undo"]["action"] });
    window.ask("desk.undo", undone);
    let overview = window.ask("desk.overview", json!({}));
    let log = window.ask("article.log", json!({ "article": article }));
    drop(window);
    return_word(Path::new(&at("my.desk")), &article, &at("returned.docx"));
    let passage = passage_of(Path::new(&at("my.desk")), &article);
    let info = proposal["info"].clone();
    let ids = json!({ "article": article, "first": first, "newest": newest, "text": text, "claim": claim,
        "other": other, "retracted": retracted, "unsigned": unsigned, "source": source, "digest": digest,
        "evidence": evidence, "query": query, "suggestion": suggestion, "ben": ben, "ada": ada, "waved": waved, "draft": draft["draft"],
        "info": info, "undo": overview["undo"]["action"], "redo": overview["redo"]["action"], "action": log[2]["action"], "passage": passage,
        "key": key["key"], "contact": contact });
    (folder, ids)
}

/// The fact of the quoted passage.
/// Writes the article's Word file to `to`, as somebody edited it.
fn return_word(desk: &Path, article: &Value, to: &str) {
    let desk = Desk::open(desk, Box::new(StillClock::new(77))).expect("the desk again");
    let article = desk.article_named(article.as_str().expect("an id")).expect("the article");
    let word = Format::named("docx").expect("the format");
    let bytes = desk.export_bytes(article, word, None).expect("a Word file").bytes;
    std::fs::write(to, super::edited(&bytes, |xml| xml.replace("5,000", "5,050"))).expect("a file");
}

fn passage_of(desk: &Path, article: &Value) -> String {
    let desk = Desk::open(desk, Box::new(StillClock::new(5))).expect("the desk");
    let article = article.as_str().unwrap().parse().expect("an id");
    let log = desk.log(article).expect("its log");
    let mut facts = log.iter().flat_map(|l| &l.facts);
    facts.find(|f| matches!(f.fact(), Some(Fact::Passage(_)))).expect("a passage").id.to_string()
}

/// A colleague's desk imports the article and continues it: once with other changes, and once in the same sentence.
fn colleague(window: &Window, article: &Value, folder: &TempDir) {
    let at = |name: &str| folder.path().join(name).to_str().expect("a path in UTF-8").to_owned();
    window.ask("export.write", json!({ "article": article, "path": at("start.zip"), "unsigned": true }));
    let changes = [("theirs.zip", "240 metres", "241 metres"), ("conflict.zip", "1911", "1913")];
    for (name, was, now) in changes {
        let elsewhere = tempfile::tempdir().expect("a temporary folder");
        let theirs = Window::on(&elsewhere.path().join("ben.desk"));
        theirs.ask("person.introduce", json!({ "name": "Ben Elsewhere", "initials": "" }));
        let imported = theirs.ask("import.file", json!({ "path": at("start.zip") }))["imported"].clone();
        let view = theirs.ask("article.open", json!({ "article": imported }));
        let text = view["text"].as_str().unwrap().replace(was, now);
        let save = json!({ "article": imported, "base": view["revision"]["id"], "text": text, "changes": null,
            "note": null, "onTop": false });
        theirs.ask("article.save", save);
        theirs.ask("export.write", json!({ "article": imported, "path": at(name), "unsigned": false }));
        theirs.ask("key.write", json!({ "path": at(&format!("{name}.pub")) }));
    }
}
