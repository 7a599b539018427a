//! The example desk: the program shows what its README promises.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

struct Example {
    _folder: tempfile::TempDir,
    desk: PathBuf,
}

impl Example {
    fn made() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("example.desk");
        tickmark(&desk).arg("example").assert().success();
        Self { _folder: folder, desk }
    }

    fn told(&self, args: &[&str]) -> Value {
        let done = tickmark(&self.desk).arg("--json").args(args).assert().success();
        serde_json::from_slice(&done.get_output().stdout).unwrap()
    }

    fn claims(&self, article: &str) -> Vec<Value> {
        self.told(&["claim", "list", article]).as_array().unwrap().clone()
    }
}

fn tickmark(desk: &Path) -> Command {
    let mut command = Command::cargo_bin("tickmark").unwrap();
    command.arg("--desk").arg(desk).args(["--as", "Ada"]);
    command
}

fn quoting<'c>(claims: &'c [Value], words: &str) -> &'c Value {
    let said = |c: &&Value| c["quote"].as_str().is_some_and(|q| q.contains(words));
    claims.iter().find(said).unwrap_or_else(|| panic!("no claim says '{words}'"))
}

#[test]
fn the_first_article_has_a_claim_of_every_standing() {
    let claims = Example::made().claims("1");
    for standing in ["checked", "stale", "unchecked", "orphaned"] {
        assert!(claims.iter().any(|c| c["standing"] == standing), "no claim is {standing}");
    }
}

#[test]
fn the_hard_cases_of_the_readme_have_the_results_it_lists() {
    let claims = Example::made().claims("1");
    assert_eq!(quoting(&claims, "9,800")["standing"], "stale", "a digit was changed");
    assert_eq!(quoting(&claims, "most careful job")["standing"], "checked", "typography only");
    assert_eq!(quoting(&claims, "26 lorries")["standing"], "checked", "the paragraph was moved");
    assert_eq!(quoting(&claims, "piers")["standing"], "unchecked", "the sentence is new");
    let orphaned = claims.iter().filter(|c| c["standing"] == "orphaned").count();
    assert_eq!(orphaned, 1, "one statement was deleted");
}

#[test]
fn of_two_equal_sentences_the_marked_one_stays_marked() {
    let example = Example::made();
    let article = example.told(&["article", "1"]);
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    let claims = example.claims("1");
    let span = &quoting(&claims, "The bridge is safe.")["spans"][0];
    let before: String = text[..usize::try_from(span["start"].as_u64().unwrap()).unwrap()].iter().collect();
    assert!(before.contains("The bridge is safe."), "the claim stands on the first occurrence");
    assert!(before.ends_with("what they waited for. "));
}

#[test]
fn every_script_keeps_its_claims() {
    let claims = Example::made().claims("3");
    for words in ["👩‍🔧", "المنارة", "המגדלור", "灯塔", "点灯"] {
        quoting(&claims, words);
    }
    assert!(claims.iter().all(|c| c["standing"] != "orphaned"));
}

#[test]
fn the_messy_web_page_is_read_as_an_article() {
    let article = Example::made().told(&["article", "2"]);
    let text = article["text"].as_str().unwrap();
    assert!(text.contains("\n## Background and Earlier Sieges\n"));
    assert!(text.contains("the troops gave up their base in Farabougou"), "the wrap was joined");
    assert!(!text.contains("Comments") && !text.contains("🏷"));
    assert_eq!(article["info"]["place"], "Bamako, Mali");
}

#[test]
fn adding_the_example_again_adds_nothing() {
    let example = Example::made();
    tickmark(&example.desk).arg("example").assert().success();
    assert_eq!(example.told(&["articles"]).as_array().unwrap().len(), 3);
}

#[test]
fn the_withheld_source_is_not_in_the_bundle() {
    let example = Example::made();
    let bundle = example.desk.with_extension("zip");
    tickmark(&example.desk).args(["export", "1", "--to"]).arg(&bundle).assert().success();
    let bytes = std::fs::read(&bundle).unwrap();
    let holds = |words: &str| bytes.windows(words.len()).any(|w| w == words.as_bytes());
    assert!(holds("Final account of the harbour bridge"), "open sources are readable in the bundle");
    assert!(!holds("A bookkeeper of two shops"), "the source went out");
    assert!(!holds("it was nearer an eighth"), "the passage went out");
}
