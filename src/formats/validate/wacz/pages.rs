//! `pages/pages.jsonl`: a first line with the format, then one page per line.

use super::{PAGES, Validator};
use crate::{
    formats::{interchange::fits_in_memory, validate::findings::Code},
    messages::{Message, message},
};
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
            return self.findings.fault(PAGES, Code::Missing, message!("wacz_no_pages"));
        }
        let Ok(from) = self.tree.open(PAGES) else { return };
        let (mut from, mut n) = (BufReader::new(from), 0);
        loop {
            n += 1;
            match line(&mut from) {
                Ok(Some(line)) => self.page(n, &line),
                Ok(None) => break,
                Err(why) => {
                    return self.findings.fault(
                        PAGES,
                        Code::Syntax,
                        message!("finding_line", line = n, why = why),
                    );
                }
            }
        }
        if n == 1 {
            self.findings.fault(
                PAGES,
                Code::Missing,
                message!("finding_line", line = 1_usize, why = message!("wacz_no_form", form = FORM)),
            );
        }
    }

    fn page(&mut self, n: usize, line: &Value) {
        let mut bad = |field: &str, why: Message| {
            self.findings.fault(
                PAGES,
                Code::Field,
                message!("wacz_page_field", line = n, field = field, why = why),
            );
        };
        if n == 1 {
            if line["format"] != FORM {
                bad("format", message!("wacz_first_line", form = FORM));
            }
            return;
        }
        if !line["url"].as_str().is_some_and(|u| u.contains(':')) {
            bad("url", message!("wacz_page_address"));
        }
        if !line["ts"].as_str().is_some_and(is_moment) {
            bad("ts", message!("wacz_page_moment"));
        }
    }
}

/// Reads the next line as JSON. Skips blank lines. Returns `None` at the end.
fn line(from: &mut impl BufRead) -> Result<Option<Value>, Message> {
    let mut raw = Vec::new();
    loop {
        raw.clear();
        let n = from
            .take(MOST_LINE)
            .read_until(b'\n', &mut raw)
            .map_err(|e| message!("finding_unread", e = e.to_string()))?;
        match raw.trim_ascii() {
            _ if n == 0 => return Ok(None),
            [] => {}
            line if !fits_in_memory(&String::from_utf8_lossy(line)) => {
                return Err(message!("finding_many_entries"));
            }
            line => {
                return serde_json::from_slice(line)
                    .map(Some)
                    .map_err(|e| message!("finding_no_json", e = e.to_string()));
            }
        }
    }
}

/// Whether a text is a date and time of RFC 3339.
pub fn is_moment(written: &str) -> bool {
    chrono::DateTime::parse_from_rfc3339(written).is_ok()
}
