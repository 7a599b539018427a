//! Writes the sheet in its three forms. Each text of a person is on one line, so that no part of it can begin a line.

use super::{ANSWER, ANSWERED_BY, END, TITLE, mark};
use crate::{
    formats::{
        bundle::{Claim, reader::Html},
        interchange::{ExportInput, WriteError, markdown::escaped, phrases},
    },
    messages::{marks_around, quoted},
    text::{Offsets, Point, Range, Span, sentences_in},
};

const HOW: &str = "Please write your answer to each question behind or below its “Answer:” and send this file back. \
    Leave the marks in square brackets as they are: they tell which question an answer belongs to.";

/// One query of the sheet.
struct Entry<'t> {
    mark: String,
    to: Option<&'t str>,
    about: About,
    question: &'t str,
    earlier: Vec<String>,
}

/// What a query is about.
enum About {
    /// Sentences in pieces: whether the piece belongs to the claim, and its words.
    Sentence(Vec<(bool, String)>),
    /// A claim that is no longer in the text.
    Gone(String),
    Article,
}

/// Writes HTML paragraphs with inline styles, which Word can open and save.
pub fn html(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let mut h = Html::default();
    let title = title(input);
    h.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>").text(&title);
    h.raw("</title>\n</head>\n<body style=\"font-family: Georgia, serif; font-size: 12pt\">\n");
    h.raw("<h1 style=\"font-size: 16pt\">").text(&title).raw("</h1>\n<p>").text(HOW).raw("</p>\n");
    h.raw("<p><b>").raw(ANSWERED_BY).raw("</b> </p>\n<hr>\n");
    let entries = entries(input);
    if entries.is_empty() {
        h.raw("<p>").raw(NONE).raw("</p>\n");
    }
    for e in entries {
        h.raw("<p style=\"font-weight: bold\">[").text(&e.mark).raw("]").text(&addressed(&e)).raw("</p>\n");
        h.raw("<p dir=\"auto\">");
        match &e.about {
            About::Sentence(pieces) => {
                let (open, close) = marks_around(&plain(&e.about));
                h.raw("In the article: ").raw(open);
                for (claim, words) in pieces {
                    match claim {
                        true => h.raw("<b style=\"background: #fff2a8\">").text(words).raw("</b>"),
                        false => h.text(words),
                    };
                }
                h.raw(close);
            }
            other => drop(h.text(&plain(other))),
        }
        h.raw("</p>\n<p dir=\"auto\"><b>Question:</b> ").text(&one_line(e.question)).raw("</p>\n");
        for earlier in &e.earlier {
            h.raw("<p dir=\"auto\">").text(earlier).raw("</p>\n");
        }
        h.raw("<p dir=\"auto\"><b>").raw(ANSWER).raw("</b> </p>\n<p>&nbsp;</p>\n<hr>\n");
    }
    h.raw("<p>").raw(END).raw("</p>\n</body>\n</html>\n");
    Ok(h.done().into_bytes())
}

/// Writes Markdown.
pub fn markdown(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let mut out = format!("# {}\n\n{HOW}\n\n**{ANSWERED_BY}**\n\n---\n\n", escaped(&title(input)));
    let entries = entries(input);
    if entries.is_empty() {
        out += &format!("{NONE}\n\n");
    }
    for e in entries {
        let about = match &e.about {
            About::Sentence(pieces) => {
                let piece = |(claim, words): &(bool, String)| match claim {
                    true => emphasised(words, "**", inner),
                    false => inner(words),
                };
                format!("In the article: {}", quoted(&pieces.iter().map(piece).collect::<String>()))
            }
            other => escaped(&plain(other)),
        };
        out += &format!("## [{}]{}\n\n{about}\n\n", e.mark, escaped_after(&addressed(&e)));
        out += &format!("**Question:** {}\n\n", escaped(e.question));
        e.earlier.iter().for_each(|earlier| out += &format!("{}\n\n", escaped(earlier)));
        out += &format!("**{ANSWER}**\n\n\n\n---\n\n");
    }
    Ok((out + END + "\n").into_bytes())
}

/// Writes plain text for a mail.
pub fn text(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let rule = "-".repeat(60);
    let mut out = format!("{}\n\n{HOW}\n\n{ANSWERED_BY}\n\n{rule}\n\n", title(input));
    let entries = entries(input);
    if entries.is_empty() {
        out += &format!("{NONE}\n\n");
    }
    for e in entries {
        let about = match &e.about {
            About::Sentence(pieces) => {
                let piece = |(claim, words): &(bool, String)| match claim {
                    true => emphasised(words, "*", str::to_owned),
                    false => words.clone(),
                };
                format!("In the article: {}", quoted(&pieces.iter().map(piece).collect::<String>()))
            }
            other => plain(other),
        };
        out += &format!("[{}]{}\n\n{about}\n\nQuestion: {}\n\n", e.mark, addressed(&e), one_line(e.question));
        e.earlier.iter().for_each(|earlier| out += &format!("{earlier}\n\n"));
        out += &format!("{ANSWER}\n\n\n\n{rule}\n\n");
    }
    Ok((out + END + "\n").into_bytes())
}

const NONE: &str = "No question is open.";

fn title(input: &ExportInput) -> String {
    format!("{TITLE}{}", quoted(&one_line(&input.claims.article.title)))
}

fn addressed(e: &Entry) -> String {
    e.to.map(|to| format!(" To: {}", one_line(to))).unwrap_or_default()
}

fn plain(about: &About) -> String {
    match about {
        About::Sentence(pieces) => pieces.iter().map(|(_, words)| words.as_str()).collect(),
        About::Gone(words) => format!("About words that are no longer in the article: {}", quoted(words)),
        About::Article => "About the article as a whole.".into(),
    }
}

/// The open queries, those on claims first, in the order of the text.
fn entries<'t>(input: &'t ExportInput) -> Vec<Entry<'t>> {
    let language = input.claims.article.info.language;
    let (offsets, sentences) = (Offsets::new(input.text), sentences_in(input.text, language));
    let on_claims = input.claims.claims.iter().flat_map(|c| c.queries.iter().map(move |q| (Some(c), q)));
    let on_article = input.claims.queries.iter().map(|q| (None, q));
    let open = on_claims.chain(on_article).filter(|(_, q)| q.resolution.is_none());
    open.map(|(claim, q)| Entry {
        mark: mark(input.numbers.get(&q.id).copied().unwrap_or_default(), &q.id),
        to: q.to,
        about: claim.map_or(About::Article, |c| about(input, c, &offsets, &sentences)),
        question: q.text,
        earlier: q.answers.iter().map(earlier).collect(),
    })
    .collect()
}

fn earlier(a: &crate::formats::bundle::Said) -> String {
    let by = a.writer.or(a.by).map(|by| format!(" of {}", one_line(by))).unwrap_or_default();
    format!("Earlier answer{by}: {}", one_line(a.text))
}

fn about(input: &ExportInput, claim: &Claim, offsets: &Offsets, sentences: &[Span]) -> About {
    let range = |s: &crate::formats::bundle::Placed| Range::new(Point(s.start), Point(s.end));
    let spans: Vec<Span> =
        claim.spans.iter().filter_map(|s| offsets.span_from_points(range(s)).ok()).collect();
    let around = sentences.iter().filter(|s| spans.iter().any(|c| c.overlaps(s)));
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for sentence in around {
        if !pieces.is_empty() {
            pieces.push((false, " ".into()));
        }
        pieces.extend(cut(input.text, *sentence, &spans));
    }
    if pieces.is_empty() { About::Gone(one_line(&phrases::words(claim))) } else { About::Sentence(pieces) }
}

/// Cuts a sentence, without a heading mark, where a claim starts or ends.
fn cut(text: &str, sentence: Span, claim: &[Span]) -> Vec<(bool, String)> {
    let words = sentence.of(text).unwrap_or_default();
    let mark =
        if words.starts_with('#') { words.len() - words.trim_start_matches(['#', ' ']).len() } else { 0 };
    let sentence = Span::at(sentence.start.0 + mark, sentence.end.0);
    let inside = |at: &usize| sentence.start.0 < *at && *at < sentence.end.0;
    let ends = claim.iter().flat_map(|s| [s.start.0, s.end.0]).filter(inside);
    let mut cuts: Vec<usize> = [sentence.start.0, sentence.end.0].into_iter().chain(ends).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).map(|w| Span::at(w[0], w[1]));
    pieces.map(|p| (claim.iter().any(|c| c.overlaps(&p)), spaced(p.of(text).unwrap_or_default()))).collect()
}

/// Words between marks of emphasis. The marks touch the words; blanks stay outside.
fn emphasised(words: &str, with: &str, written: impl Fn(&str) -> String) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return written(words);
    }
    let before = &words[..words.len() - words.trim_start().len()];
    let after = &words[words.trim_end().len()..];
    format!("{before}{with}{}{with}{after}", written(inner))
}

/// Words inside a line of Markdown, escaped, with the blanks at their ends.
fn inner(words: &str) -> String {
    let blank = |is: bool| if is { " " } else { "" };
    let (before, after) = (words.starts_with(' '), words.len() > 1 && words.ends_with(' '));
    format!("{}{}{}", blank(before), escaped(words), blank(after))
}

fn escaped_after(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" {}", escaped(words)) }
}

/// Replaces every run of blanks and line breaks with one space.
fn spaced(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c.is_whitespace() || c.is_control() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}

fn one_line(words: &str) -> String {
    spaced(words).trim().to_owned()
}
