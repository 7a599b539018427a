//! Reads claims from a table (CSV): annotations that Hypothesis exports, and any table with a column of words of the text and
//! others with remarks or addresses.

use super::{
    incoming::{ClaimIn, ClaimsIn, EvidenceIn, LeftOut, Quoted, ReadError, SourceIn, filled},
    table,
};
use crate::{
    messages::{Message, message},
    model::{SourceKind, Stance},
};

const NAME: &str = "CSV";

/// Headings of the column with the words of the text.
const QUOTES: [&str; 12] = [
    "quote/description",
    "quote",
    "quotation",
    "words",
    "claim",
    "text",
    "statement",
    "sentence",
    "passage",
    "exact",
    "highlight",
    "annotated text",
];
/// Headings of columns that say who made the claim, and what it says in plain words.
const CLAIMANTS: [&str; 3] = ["claimant", "said by", "speaker"];
const ASSERTIONS: [&str; 2] = ["assertion", "in plain words"];
/// Headings of columns that say where a row is from; they say nothing about the claim.
const ORIGINS: [&str; 8] = ["created at", "author", "page", "url", "group", "type", "user", "number"];

/// Whether a text looks like a table of claims: its first line names a column with the words, or every line has two columns.
pub fn fits(text: &str) -> bool {
    let start = text.trim_start();
    if start.starts_with(['{', '[', '<', '@']) || start.starts_with("TY  -") {
        return false;
    }
    rows(text).is_some_and(|rows| match rows.first() {
        Some(first) => {
            heading(first).is_some() || rows.iter().all(|r| r.len() == 2 && filled(&r[0]).is_some())
        }
        None => false,
    })
}

/// Whether a text is certainly a table of claims, and no article with a comma in each line: its first line names columns, and each
/// row has all of them.
pub fn is_certain(text: &str) -> bool {
    let rows = rows(text).filter(|_| fits(text)).unwrap_or_default();
    let whole = |first: &Vec<String>| heading(first).is_some() && rows.iter().all(|r| r.len() == first.len());
    rows.len() > 1 && rows.first().is_some_and(whole)
}

/// Reads the claims in the text. The first line is left out if it names the columns.
pub fn read(text: &str) -> Result<ClaimsIn, ReadError> {
    let rows =
        rows(text).ok_or_else(|| ReadError::bad(NAME, message!("place_table"), message!("table_no_csv")))?;
    let head = rows.first().and_then(|first| heading(first).map(|at| (at, first.clone())));
    let (quote, names) = head.clone().unwrap_or_default();
    let mut read = ClaimsIn::default();
    if is_own(&names) {
        read.left_out.push(LeftOut { what: message!("place_table"), why: message!("table_own") });
    }
    for (at, row) in rows.iter().enumerate().skip(usize::from(head.is_some())) {
        match claim(row, quote, &names) {
            Ok(claim) => read.claims.push(claim),
            Err(why) => {
                let words = row.join(" ");
                let row = at + 1;
                let what = match filled(&words) {
                    Some(words) => message!("place_row", row = row, words = words),
                    None => message!("place_empty_row", row = row),
                };
                read.left_out.push(LeftOut { what, why });
            }
        }
    }
    Ok(read)
}

/// Whether the names of columns are those of a table that a desk wrote.
fn is_own(names: &[String]) -> bool {
    names.iter().map(|n| n.trim()).eq(table::CLAIMS.iter().map(|(name, _)| *name))
}

/// The rows of a table with the separator that its first line has most of. `None` if it is no CSV.
fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    let first = text.trim_start().lines().next()?;
    let count = |c: &u8| first.bytes().filter(|b| b == c).count();
    let separator = [b',', b';', b'\t'].into_iter().rev().max_by_key(count).filter(|c| count(c) > 0)?;
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(separator);
    let mut records =
        reader.from_reader(text.as_bytes()).into_records().collect::<Result<Vec<_>, _>>().ok()?;
    records.retain(|r| r.iter().any(|field| !field.trim().is_empty()));
    Some(records.iter().map(|r| r.iter().map(Into::into).collect()).collect())
}

/// The column with the words, if the row names columns.
fn heading(row: &[String]) -> Option<usize> {
    let names: Vec<String> = row.iter().map(|n| n.trim().to_lowercase()).collect();
    QUOTES.iter().find_map(|q| names.iter().position(|n| n == q))
}

fn claim(row: &[String], quote: usize, names: &[String]) -> Result<ClaimIn, Message> {
    let name = |at: usize| names.get(at).map(|n| n.trim().to_lowercase()).unwrap_or_default();
    let column = |name: &str| {
        names.iter().position(|n| n.trim().eq_ignore_ascii_case(name)).and_then(|at| row.get(at))
    };
    let kind = column("type").map(|t| t.trim().to_lowercase()).unwrap_or_default();
    if kind == "reply" || kind == "page note" {
        return Err(if kind == "reply" { message!("entry_reply") } else { message!("entry_no_quote") });
    }
    let exact = row.get(quote).and_then(|q| filled(q)).ok_or_else(|| message!("entry_no_quote"))?;
    let mut claim = ClaimIn { quotes: vec![Quoted { exact, ..Quoted::default() }], ..ClaimIn::default() };
    if is_own(names) {
        claim.assertion = column("claim").and_then(|c| filled(c));
        claim.claimant = column("claimant").and_then(|c| filled(c));
        return Ok(claim);
    }
    let hypothesis = column("quote/description").is_some();
    let by = column("author").and_then(|a| filled(a)).filter(|_| hypothesis);
    for (at, value) in row.iter().enumerate().filter(|(at, _)| *at != quote) {
        let (name, Some(value)) = (name(at), filled(value)) else { continue };
        match name.as_str() {
            name if CLAIMANTS.contains(&name) => claim.claimant = Some(value),
            name if ASSERTIONS.contains(&name) => claim.assertion = Some(value),
            name if hypothesis && ORIGINS.contains(&name) => {}
            "tags" => claim.remarks.push(format!("Tags: {value}")),
            "comment" if by.is_some() => {
                claim.remarks.push(format!("{}: {value}", by.as_deref().unwrap_or_default()))
            }
            _ if is_address(&value) => claim.evidence.extend(value.split_whitespace().map(linked)),
            "" | "comment" | "note" | "remark" | "question" | "query" => claim.remarks.push(value),
            _ => claim.remarks.push(format!("{}: {value}", names[at].trim())),
        }
    }
    Ok(claim)
}

fn is_address(value: &str) -> bool {
    value.split_whitespace().all(|w| w.starts_with("http://") || w.starts_with("https://"))
}

fn linked(url: &str) -> EvidenceIn {
    let mut source = SourceIn::new(SourceKind::Webpage, url.into());
    source.url = Some(url.into());
    EvidenceIn { source, stance: Stance::Context, passage: None, locator: None, note: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_of_hypothesis_are_claims_with_remarks() {
        let table = "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags\n\
            2024-01-01 10:00,mara,,https://x.example/a,Public,Annotation,\"It sank, twice\",check this,\"to check, ships\"\n\
            2024-01-01 10:01,mara,,https://x.example/a,Public,Page note,,All of it,\n\
            2024-01-01 10:02,ben,,https://x.example/a,Public,Reply,,Yes,\n";
        assert!(fits(table));
        let read = read(table).expect("a table");
        assert_eq!(read.claims[0].quotes[0].exact, "It sank, twice");
        assert_eq!(read.claims[0].remarks, ["mara: check this", "Tags: to check, ships"]);
        assert_eq!((read.claims.len(), read.left_out.len()), (1, 2));
        assert!(read.left_out[1].why.to_string().contains("reply"));
    }

    #[test]
    fn a_table_that_a_desk_wrote_brings_no_verdict_and_no_query() {
        let names: Vec<&str> = table::CLAIMS.iter().map(|(name, _)| *name).collect();
        let row = "1,It sank,The ship sank,fact,Jane,high,checked,,True,1,Scale,So it is,Mara,2026-01-02,supports: R,Q1 Who?,1–8,";
        let read = read(&format!("{}\n{row}\n", names.join(","))).expect("a table");
        let claim = &read.claims[0];
        assert_eq!(
            (claim.quotes[0].exact.as_str(), claim.assertion.as_deref()),
            ("It sank", Some("The ship sank"))
        );
        assert_eq!(
            (claim.claimant.as_deref(), claim.remarks.len(), claim.evidence.len()),
            (Some("Jane"), 0, 0)
        );
        assert!(read.left_out[0].why.to_string().contains("come with a bundle"));
    }

    #[test]
    fn two_columns_are_claims_with_or_without_a_heading() {
        for table in [
            "Claim;Note\nIt sank;Did it?\nIt burned;https://x.example/b",
            "It sank\tDid it?\nIt burned\thttps://x.example/b\n",
        ] {
            assert!(fits(table), "{table}");
            let claims = read(table).expect("a table").claims;
            assert_eq!((claims.len(), &claims[0].remarks[..]), (2, &["Did it?".to_owned()][..]));
            assert_eq!(claims[1].evidence[0].source.url.as_deref(), Some("https://x.example/b"));
        }
        for other in
            ["just words", "a,b,c\nd,e,f", "@book{a, title = {A}}", "{\"a\", 1}", "TY  - BOOK\nTI  - A, B\n"]
        {
            assert!(!fits(other), "{other}");
        }
    }
}
