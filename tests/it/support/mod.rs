//! Support for the tests of the desk and the command line: a desk in its own folder, the program run on it, and a clock that
//! advances only when it is read.

pub mod window;

use assert_cmd::Command;
use serde_json::{Value, json};
use std::{
    cell::Cell,
    path::{Path, PathBuf},
    process::Output,
    rc::Rc,
};
use tempfile::TempDir;
use tickmark::{
    desk::{Clock, Desk, ImportOutcome, Typed},
    model::{ArticleId, ClaimId, ClaimStanding, Info, Moment},
    text::Span,
};

/// A test article: a headline, a statement that occurs twice, figures, a character of several code points.
pub const BRIDGE: &str = "# The bridge at Karsk\n\nThe bridge was built in 1911. It is 240 metres long.\n\n\
    The bridge was closed in 2019 after a flood. About 5,000 people 👩‍👩‍👧 cross it every day.\n";

/// A folder with the path of a desk in it. The first command that writes creates the desk.
pub struct Place {
    folder: TempDir,
    desk: PathBuf,
    name: &'static str,
}

impl Place {
    pub fn new() -> Self {
        Self::of("Ada Long")
    }

    /// A place where a person of that name works.
    pub fn of(name: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let desk = folder.path().join("a desk.desk");
        Self { folder, desk, name }
    }

    /// A place whose desk has [`BRIDGE`] as article 1.
    pub fn with_bridge() -> Self {
        let place = Self::new();
        let file = place.file("bridge.md", BRIDGE);
        place.json(&["import", &file]);
        place
    }

    /// A place whose desk has this text as article 1.
    pub fn with_text(text: &str) -> Self {
        let place = Self::new();
        let file = place.file("article.txt", text);
        place.json(&["import", &file, "--as-is"]);
        place
    }

    /// The desk's file.
    pub fn desk(&self) -> &Path {
        &self.desk
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("a path in UTF-8").to_owned()
    }

    /// Writes a file to the folder and returns its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file in the folder");
        path
    }

    /// The names in the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder");
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    /// The program on this desk, as the person who works there.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tickmark"));
        command.env_remove("TICKMARK_DESK").args(["--as", self.name, "--desk"]).arg(&self.desk);
        command
    }

    /// Runs the program.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command().args(args).output().expect("the program runs")
    }

    /// Runs the program, which must succeed, and returns its output.
    pub fn text(&self, args: &[&str]) -> String {
        let done = self.run(args);
        assert_eq!(done.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("UTF-8")
    }

    /// Runs the program with `--json`, which must succeed, and returns the value it printed.
    pub fn json(&self, args: &[&str]) -> Value {
        let printed = self.text(&[&["--json"], args].concat());
        serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{args:?} printed {printed:?}: {e}"))
    }

    /// Runs the program, which must fail with exit 2 and a message, and returns the message.
    pub fn refused(&self, args: &[&str]) -> String {
        let done = self.run(args);
        let said = String::from_utf8(done.stderr).expect("UTF-8");
        assert_eq!(done.status.code(), Some(2), "{args:?} said {said:?}");
        assert!(!said.lines().next().unwrap_or_default().trim().is_empty(), "{args:?} said {said:?}");
        assert!(done.stdout.is_empty(), "{args:?} printed {:?}", String::from_utf8_lossy(&done.stdout));
        said
    }

    /// One request of the window's own command table: `{"answer"}` or `{"error"}`.
    pub fn called(&self, command: &str, request: &Value) -> Value {
        let line = format!("{}\n", json!({ "command": command, "request": request }));
        let done = self.command().arg("call").write_stdin(line).output().expect("the program runs");
        serde_json::from_slice(&done.stdout).expect("JSON")
    }

    /// The same, which must succeed, and returns the answer.
    pub fn call(&self, command: &str, request: &Value) -> Value {
        let said = self.called(command, request);
        assert!(said["error"].is_null(), "{command}: {said}");
        said["answer"].clone()
    }

    /// How many actions the desk has.
    pub fn actions(&self) -> i64 {
        self.json(&["check"])["actions"].as_i64().expect("a count")
    }

    /// Marks words of article 1 and returns the claim, as `C1`.
    pub fn mark(&self, quote: &str) -> String {
        format!("C{}", self.json(&["claim", "mark", "1", "--quote", quote])["number"])
    }

    /// The standing of a claim.
    pub fn standing(&self, claim: &str) -> String {
        self.json(&["claim", "show", claim])["standing"].as_str().expect("a standing").to_owned()
    }

    /// Saves a text as article 1's next revision and returns the output.
    pub fn revise(&self, text: &str) -> Value {
        let file = self.file("next.md", text);
        self.json(&["revise", "1", &file])
    }
}

/// The entries of a zip archive: name and bytes.
pub fn unzipped(path: &str) -> Vec<(String, Vec<u8>)> {
    let file = std::fs::File::open(path).expect("the bundle");
    let mut zip = zip::ZipArchive::new(file).expect("a zip archive");
    let all = (0..zip.len()).map(|at| {
        let mut entry = zip.by_index(at).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("a name in UTF-8").into_owned(), Vec::new());
        std::io::Read::read_to_end(&mut entry, &mut bytes).expect("its bytes");
        (name, bytes)
    });
    all.collect()
}

/// A clock that advances by a second each time it is read, with random bytes that repeat from run to run.
pub struct StillClock {
    at: Cell<i64>,
    seed: Cell<u64>,
}

impl StillClock {
    pub fn new(seed: u64) -> Self {
        Self { at: Cell::new(1_756_108_800_000), seed: Cell::new(seed | 1) }
    }
}

impl Clock for StillClock {
    fn now(&self) -> Moment {
        self.at.set(self.at.get() + 1000);
        Moment(self.at.get())
    }

    fn random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            // The multiplier and step of Knuth's MMIX generator.
            let next = self.seed.get().wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            self.seed.set(next);
            *byte = (next >> 33) as u8;
        }
    }
}

/// A desk opened in the process of the test, with an article.
pub struct Opened {
    pub desk: Desk,
    pub article: ArticleId,
    folder: Rc<TempDir>,
}

impl Opened {
    /// A desk with an article of this text.
    pub fn with(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut desk = Desk::open_or_create(&folder.path().join("my.desk"), Box::new(StillClock::new(7)))
            .expect("a new desk");
        desk.work_as("Ada Long").expect("a name");
        let done =
            desk.import_article("text.md", text.as_bytes(), text, Info::default()).expect("an article");
        Self { article: done.value.article, desk, folder: Rc::new(folder) }
    }

    /// Another person's desk with the article of an imported bundle. Its ids differ from those of [`Opened::with`].
    pub fn of_bundle(name: &str, bundle: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut desk = Desk::open_or_create(&folder.path().join("my.desk"), Box::new(StillClock::new(4242)))
            .expect("a new desk");
        desk.work_as(name).expect("a name");
        let done = tickmark::desk::import_bundle_from(&mut desk, bundle, false, |_| None).expect("a bundle");
        let ImportOutcome::Done(done) = done else { panic!("an empty desk has nothing to decide") };
        Self { article: done.value.article, desk, folder: Rc::new(folder) }
    }

    /// A desk that somebody opened in a folder, with one of its articles.
    pub fn around(desk: Desk, article: ArticleId, folder: Rc<TempDir>) -> Self {
        Self { desk, article, folder }
    }

    /// The desk and its folder.
    pub fn into_parts(self) -> (Desk, Rc<TempDir>) {
        (self.desk, self.folder)
    }

    /// Exports the article's bundle, which must be valid, and returns its path.
    pub fn out(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        let to = self.desk.target(&path, true).expect("a place for the bundle");
        self.desk.export(self.article, &to, false).expect("a bundle");
        let found = tickmark::desk::verify(&path, &tickmark::model::Unwatched).expect("a bag");
        assert!(found.valid && found.warnings.is_empty(), "{:?} {:?}", found.errors, found.warnings);
        path
    }

    /// The desk's file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("my.desk")
    }

    /// Another person on another connection to the same desk.
    pub fn with_colleague(&self, name: &str) -> Self {
        let mut desk = self.beside();
        desk.work_as(name).expect("a name");
        Self { article: self.article, desk, folder: Rc::clone(&self.folder) }
    }

    /// Another connection to the same desk, as the command line would open it beside a window.
    pub fn beside(&self) -> Desk {
        let mut desk = Desk::open(&self.path(), Box::new(StillClock::new(99))).expect("the desk again");
        desk.work_as("Ben Short").expect("a name");
        desk
    }

    /// Marks the first occurrence of these words.
    pub fn mark(&mut self, quote: &str) -> ClaimId {
        let span = self.span(quote);
        let done = self.desk.mark(self.article, None, &[span], Default::default());
        done.expect("words that can be marked").value
    }

    /// Marks these words and gives them the verdict `true`.
    pub fn mark_true(&mut self, quote: &str) -> ClaimId {
        let claim = self.mark(quote);
        self.desk.give_verdict((self.article, claim), "true", None, "It is so.").expect("a verdict");
        claim
    }

    /// The first occurrence of these words in the newest text.
    pub fn span(&self, quote: &str) -> Span {
        let text = self.text();
        let at = text.find(quote).unwrap_or_else(|| panic!("{quote:?} is not in {text:?}"));
        Span::at(at, at + quote.len())
    }

    /// The newest text.
    pub fn text(&self) -> String {
        self.desk.read(self.article, None).expect("the article").text.to_string()
    }

    /// Saves a whole text, as `revise` with a file does.
    pub fn revise(&mut self, text: &str) {
        let typed = Typed { text: text.into(), ..Typed::default() };
        self.desk.revise(self.article, typed).expect("a new revision");
    }

    /// The status of a claim and its words.
    pub fn judged(&self, claim: ClaimId) -> ClaimStanding {
        let reading = self.desk.read(self.article, None).expect("the article");
        let view = reading.state.claim(claim).expect("the claim");
        self.desk.standings(&reading).of(view)
    }
}

/// Word's file with its document changed, as a person does who edits it without tracking changes.
pub fn edited(docx: &[u8], edit: impl Fn(&str) -> String) -> Vec<u8> {
    with_part(docx, "word/document.xml", edit)
}

/// The same for any of its parts.
pub fn with_part(docx: &[u8], part: &str, edit: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).expect("a part");
        let (name, mut bytes) = (file.name().expect("a name").into_owned(), Vec::new());
        file.read_to_end(&mut bytes).expect("its bytes");
        if name == part {
            bytes = edit(std::str::from_utf8(&bytes).expect("UTF-8")).into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        to.write_all(&bytes).expect("its bytes");
    }
    to.finish().expect("a zip").into_inner()
}

/// Whether `bytes` contain `words`.
pub fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|w| w == words.as_bytes())
}
