//! `pages/pages.jsonl`: a first line with the format, then one page per line.

use super::{PAGES, Validator};
use crate::formats::{interchange::fits_in_memory, validate::findings::Code};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};

/// The format that a list of pages must state.
const FORM: &str = "json-pages-1.0";
/// The longest line that is read, in bytes: 8 MiB. A line may hold the whole text of a page.
const MOST_LINE: u64 = 8 << 20;

impl Validator<'_> {
    /// Checks that the list of pages exists and has the right format.
    pub(super) fn pages(&mut self) {
        if !self.files.contains_key(PAGES) {
            return self.findings.fault(
                PAGES,
                Code::Missing,
                "a WACZ must hold it: it lists the pages to begin at",
            );
        }
        let Ok(from) = self.tree.open(PAGES) else { return };
        let (mut from, mut n) = (BufReader::new(from), 0);
        loop {
            n += 1;
            match line(&mut from) {
                Ok(Some(line)) => self.page(n, &line),
                Ok(None) => break,
                Err(why) => return self.findings.fault(PAGES, Code::Syntax, format!("line {n}: {why}")),
            }
        }
        if n == 1 {
            self.findings.fault(PAGES, Code::Missing, format!("line 1: it must say the form, '{FORM}'"));
        }
    }

    fn page(&mut self, n: usize, line: &Value) {
        let mut bad = |field: &str, why: &str| {
            self.findings.fault(PAGES, Code::Field, format!("line {n}, '{field}': {why}"));
        };
        if n == 1 {
            if line["format"] != FORM {
                bad("format", &format!("the first line must say the form, '{FORM}'"));
            }
            return;
        }
        if !line["url"].as_str().is_some_and(|u| u.contains(':')) {
            bad("url", "it must be the address of a page");
        }
        if !line["ts"].as_str().is_some_and(is_moment) {
            bad("ts", "it must be a moment of RFC 3339, such as 2025-10-14T07:30:00Z");
        }
    }
}

/// Reads the next line as JSON. Skips blank lines. Returns `None` at the end.
fn line(from: &mut impl BufRead) -> Result<Option<Value>, String> {
    let mut raw = Vec::new();
    loop {
        raw.clear();
        let n = from
            .take(MOST_LINE)
            .read_until(b'\n', &mut raw)
            .map_err(|e| format!("it could not be read: {e}"))?;
        match raw.trim_ascii() {
            _ if n == 0 => return Ok(None),
            [] => {}
            line if !fits_in_memory(&String::from_utf8_lossy(line)) => {
                return Err("it holds more lists, objects and entries than are read".into());
            }
            line => return serde_json::from_slice(line).map(Some).map_err(|e| format!("it is no JSON: {e}")),
        }
    }
}

/// Whether a text is a date and time of RFC 3339.
pub fn is_moment(written: &str) -> bool {
    chrono::DateTime::parse_from_rfc3339(written).is_ok()
}
