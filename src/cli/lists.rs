//! `articles`, `claim list` and `source list`. They print row by row, so a list of any length needs little memory.

use super::{
    Context,
    args::{ArticlesArgs, ListArgs},
    display::{self, escaped, one_line},
    output::{Failure, Output},
};
use crate::desk::{ArticleRow, Desk, Filter, Page, Sort};
use crate::{
    messages::quoted,
    model::{Noted, Source},
    wire::{in_words, script},
};
use serde_json::Value;
use std::io::{StdoutLock, Write, stdout};

/// A list while it is printed: one JSON array, or one line per row.
struct Rows<'o> {
    out: StdoutLock<'o>,
    json: bool,
    count: usize,
}

impl Rows<'_> {
    fn begin(json: bool) -> Self {
        Self { out: stdout().lock(), json, count: 0 }
    }

    fn row(&mut self, json: &Value, line: &str) -> Result<(), Failure> {
        let before = if self.count == 0 { "[" } else { "," };
        self.count += 1;
        match self.json {
            true => self.print(&format!("{before}{}", display::json_line(json))),
            false => self.print(&escaped(line)),
        }
    }

    /// Ends the list. If it is empty, prints `nothing` instead.
    fn end(mut self, nothing: &str) -> Result<Output, Failure> {
        let end = match (self.json, self.count) {
            (true, 0) => "[]\n".to_owned(),
            (true, _) => "]\n".to_owned(),
            (false, 0) => format!("{nothing}\n"),
            (false, _) => String::new(),
        };
        self.print(&end)?;
        Ok(Output::raw(String::new()))
    }

    fn print(&mut self, text: &str) -> Result<(), Failure> {
        match self.out.write_all(text.as_bytes()) {
            // The reader closed the pipe: it has seen enough.
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
            Err(e) => Err(Failure(format!("writing the answer failed: {e}"))),
            Ok(()) => Ok(()),
        }
    }
}

/// The requested page.
fn page(desk: &Desk, list: &ListArgs) -> Result<Page, Failure> {
    let most = list.page.map_or(usize::MAX, |_| list.per as usize);
    let skip = list.page.map_or(0, |n| (n as usize - 1) * list.per as usize);
    let sort = list.sort.as_deref().map(|s| s.parse::<Sort>()).transpose()?;
    let filters = list.filters.iter().map(|f| desk.filter(f)).collect::<Result<_, _>>()?;
    Ok(Page { sort, filters, skip, most })
}

/// `articles`
pub fn articles(context: &Context, args: &ArticlesArgs) -> Result<Output, Failure> {
    let desk = context.open()?;
    let mut page = page(&desk, &args.list)?;
    let given = [("state", &args.state), ("tag", &args.tag), ("assignee", &args.assigned)];
    for (name, value) in given {
        page.filters.extend(value.as_ref().map(|v| desk.filter(&format!("{name}={v}"))).transpose()?);
    }
    page.filters.extend(args.open_queries.then_some(Filter::Asked));
    let mut rows = Rows::begin(context.json);
    desk.each_article(&page, |row| {
        let status = in_words(&desk.status_message(&row.status)?);
        let json = script::article_row(&desk, &row)?;
        rows.row(&json, &article_line(&row, &status, &went_out(&json)))
    })?;
    rows.end(match page.filters.is_empty() && page.skip == 0 {
        true => "The desk has no articles yet; 'import FILE' imports one.",
        false => "No articles match.",
    })
}

/// When the article of this row last went out verified, and whether its text changed since.
pub fn went_out(row: &Value) -> String {
    let (out, now) = (&row["published"], &row["revision"]);
    let (Some(at), number) = (out["at"].as_str(), &out["revision"]) else { return String::new() };
    let day = at.split('T').next().unwrap_or_default();
    let since = if number == now { String::new() } else { format!("; this is revision {now}") };
    format!("went out verified as revision {number} on {day}{since}")
}

fn article_line(a: &ArticleRow, status: &str, went_out: &str) -> String {
    let [unchecked, checked, stale, orphaned] = a.standings;
    let context =
        if a.context == 0 { String::new() } else { format!(" ({} in a changed sentence)", a.context) };
    let went_out = if went_out.is_empty() { String::new() } else { format!("\n      {went_out}") };
    format!(
        "{:>4}  {}  ({} claim{}: {checked} checked{context}, {stale} out of date, {unchecked} unchecked, {orphaned} no longer in text{}){}{went_out}\n",
        a.number,
        one_line(&a.headline),
        a.claims,
        if a.claims == 1 { "" } else { "s" },
        if a.archived { ", archived" } else { "" },
        if a.status.is_none() { String::new() } else { format!("  {}", one_line(status)) },
    )
}

/// `claim list`: all claims of an article in the order of its text; or a page of them, or of the claims of the whole desk.
pub fn claims(context: &Context, article: Option<String>, list: &ListArgs) -> Result<Output, Failure> {
    let desk = context.open()?;
    let article = article.map(|a| desk.article_named(&a)).transpose()?;
    let mut page = page(&desk, list)?;
    if let Some(article) = article {
        if page == Page::whole() {
            let rows = script::claims(&desk, &desk.read(article, None)?)?;
            return print_claims(context, &rows);
        }
        page.filters.push(Filter::Article(article));
    }
    let mut rows = Rows::begin(context.json);
    desk.each_claim(&page, |row| {
        let json = script::claim_row(&desk, &row)?;
        rows.row(&json, &claim_line(&json))
    })?;
    rows.end("No claims match; 'claim mark A --quote T' marks one.")
}

/// A claim as one line.
fn claim_line(r: &Value) -> String {
    let says = |key: &str| r[key].as_str().unwrap_or_default().to_owned();
    let rating = match side_by_side(r) {
        Some(all) => format!(", side by side: {all}"),
        None => r["verdict"]["label"].as_str().map(|l| format!(", {l}")).unwrap_or_default(),
    };
    let reasons: Vec<&str> =
        r["reasons"].as_array().into_iter().flatten().filter_map(|w| w.as_str()).collect();
    let why = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
    let standing =
        says("standing").parse().map_or_else(|_| says("standing"), |s| display::status_label(s).into());
    let around = if r["context_changed"] == true { ", surrounding words changed" } else { "" };
    let line = format!("{standing}{rating}{around}{why}  {}", quoted(&says("quote")));
    format!("C{:<4} {}\n", r["number"], one_line(&line))
}

/// The verdicts of a claim that stand side by side, with who gave each; nothing where they agree.
pub fn side_by_side(claim: &Value) -> Option<String> {
    let said = |v: &Value| {
        let rating =
            if v["withdrawn"] == true { "withdrawn" } else { v["label"].as_str().unwrap_or_default() };
        format!("{rating} by {}", v["by"].as_str().unwrap_or_default())
    };
    let all: Vec<_> = claim["side_by_side"].as_array().into_iter().flatten().map(said).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// `source list`
pub fn sources(context: &Context, words: &str, list: &ListArgs) -> Result<Output, Failure> {
    let desk = context.open()?;
    let mut page = page(&desk, list)?;
    if !words.trim().is_empty() {
        page.filters.push(Filter::Words(words.into()));
    }
    let mut rows = Rows::begin(context.json);
    desk.each_source(&page, |noted| {
        let json = script::source(&desk, &noted)?;
        rows.row(&json, &source_line(&json["number"], &noted))
    })?;
    rows.end("No sources; 'source add --title T' adds one.")
}

fn source_line(number: &Value, noted: &Noted<Source>) -> String {
    let s = &noted.value;
    let withheld = if s.withhold { ", withheld" } else { "" };
    let date = s.published.as_ref().map(|d| format!(", {d}")).unwrap_or_default();
    let by = if s.authors.is_empty() { String::new() } else { format!("{}: ", s.authors.join(", ")) };
    let line = format!("{by}{} ({}{date}{withheld})", s.title, s.kind);
    format!("S{number:<4} {}\n", one_line(&line))
}

/// Prints all claims of an article.
fn print_claims(context: &Context, rows: &[Value]) -> Result<Output, Failure> {
    let mut printed = Rows::begin(context.json);
    rows.iter().try_for_each(|r| printed.row(r, &claim_line(r)))?;
    printed.end("The article has no claims yet; 'claim mark A --quote T' marks one.")
}
