//! Writes the article as an HTML fragment to paste into a content system: its text without Markdown marks, a numbered note
//! for every claim whose verdict holds, and the same verdicts as ClaimReview for search engines.
//!
//! It contains no style and no script that runs. Ids begin with digits of the article's id, so that several fragments fit on
//! one page.

use crate::{
    formats::bundle::{
        Claim, Claims, SourceEntry, SourceRef,
        reader::{
            article::{blocks, heading, is_item},
            html::Html,
            reviews::reviews,
        },
    },
    messages::quoted,
    model::Dossier,
    text::{Offsets, Point, Span},
};

/// Writes the fragment.
pub(in crate::formats) fn fragment(dossier: &Dossier, text: &str, claims: &Claims) -> String {
    let holding: Vec<&Claim> =
        claims.claims.iter().filter(|c| c.standing == "checked" && c.verdict.is_some()).collect();
    let offsets = Offsets::new(text);
    let end =
        |(n, c): (usize, &&Claim)| Some((offsets.from_point(Point(c.spans.last()?.end)).ok()?.0, n + 1));
    let mut writer = FragmentWriter {
        h: Html::default(),
        text,
        ends: holding.iter().enumerate().filter_map(end).collect(),
        id: format!("check-{}", &claims.article.id[claims.article.id.len().saturating_sub(8)..]),
    };
    writer.ends.sort_unstable();
    writer.h.raw("<article id=\"").text(&writer.id).raw("\" dir=\"auto\"");
    if let Some(language) = claims.article.info.language {
        writer.h.raw(" lang=\"").text(language).raw("\"");
    }
    writer.h.raw(">\n");
    writer.body();
    writer.notes(&holding, claims);
    writer.h.raw("</article>\n");
    reviews(&mut writer.h, dossier, claims);
    writer.h.done()
}

struct FragmentWriter<'t> {
    h: Html,
    text: &'t str,
    /// Where claims end, and the numbers of their notes.
    ends: Vec<(usize, usize)>,
    id: String,
}

/// The tags of headings, by their level from 1.
const HEADINGS: [(&str, &str); 6] = [
    ("<h1>", "</h1>\n"),
    ("<h2>", "</h2>\n"),
    ("<h3>", "</h3>\n"),
    ("<h4>", "</h4>\n"),
    ("<h5>", "</h5>\n"),
    ("<h6>", "</h6>\n"),
];

/// What replaces some bytes of the text.
enum Replacement {
    Tag(&'static str),
    Line,
    Note(usize),
}

impl FragmentWriter<'_> {
    fn body(&mut self) {
        let mut list: Option<&'static str> = None;
        for block in blocks(self.text) {
            let line = block.of(self.text).unwrap_or_default();
            let kind = is_item(line).then(|| if starts_numbered(line) { "ol" } else { "ul" });
            if kind != list {
                self.list_tag("</", list);
                self.list_tag("<", kind);
                list = kind;
            }
            self.block(block, line);
        }
        self.list_tag("</", list);
    }

    fn list_tag(&mut self, opening: &str, list: Option<&str>) {
        if let Some(list) = list {
            self.h.raw(opening).raw(list).raw(">\n");
        }
    }

    fn block(&mut self, block: Span, line: &str) {
        let (open, close, mark) = match heading(line) {
            Some((level, mark)) => {
                let (open, close) = HEADINGS[level.clamp(1, HEADINGS.len()) - 1];
                (open, close, mark)
            }
            None if is_item(line) => ("<li>", "</li>\n", item_mark(line)),
            None if line.starts_with('>') => {
                ("<blockquote><p>", "</p></blockquote>\n", line.len() - line[1..].trim_start().len())
            }
            None if is_rule(line) => ("<hr>\n", "", line.len()),
            None => ("<p>", "</p>\n", 0),
        };
        self.h.raw(open);
        self.inline(Span::at(block.start.0 + mark, block.end.0), line.starts_with('>'));
        self.h.raw(close);
    }

    fn inline(&mut self, span: Span, quoted: bool) {
        let words = span.of(self.text).unwrap_or_default();
        let start = span.start.0;
        let mut replacements: Vec<(usize, usize, Replacement)> = emphasis(words)
            .into_iter()
            .map(|(at, len, tag)| (start + at, len, Replacement::Tag(tag)))
            .collect();
        let lines = words.match_indices('\n').map(|(at, _)| {
            let mark = if quoted { quote_mark(&words[at + 1..]) } else { 0 };
            (start + at, 1 + mark, Replacement::Line)
        });
        replacements.extend(lines);
        let inside = |(at, _): &&(usize, usize)| span.start.0 < *at && *at <= span.end.0;
        replacements.extend(self.ends.iter().filter(inside).map(|(at, n)| (*at, 0, Replacement::Note(*n))));
        // A note comes after the emphasis marks that end at the same place as its claim.
        replacements.sort_by_key(|(at, len, _)| (*at, *len == 0));
        let mut from = start;
        for (at, len, what) in replacements {
            if at >= from {
                self.h.text(&self.text[from..at]);
                from = at + len;
            }
            match what {
                Replacement::Tag(tag) => drop(self.h.raw(tag)),
                Replacement::Line => drop(self.h.raw("<br>\n")),
                Replacement::Note(n) => self.note_mark(n),
            }
        }
        self.h.text(self.text.get(from..span.end.0).unwrap_or_default());
    }

    fn note_mark(&mut self, n: usize) {
        let id = self.id.clone();
        self.h.raw("<sup><a id=\"").text(&id).raw("-at-").number(n).raw("\" href=\"#").text(&id).raw("-");
        self.h.number(n).raw("\">").number(n).raw("</a></sup>");
    }

    fn notes(&mut self, holding: &[&Claim], claims: &Claims) {
        if holding.is_empty() {
            return;
        }
        self.h.raw("<section>\n<h2>What was checked</h2>\n<ol>\n");
        for (n, c) in holding.iter().enumerate() {
            let id = self.id.clone();
            self.h.raw("<li id=\"").text(&id).raw("-").number(n + 1).raw("\"><strong>");
            let verdict = c.verdict.as_ref();
            self.h
                .text(verdict.map_or("", |v| v.label))
                .raw(".</strong> ")
                .text(&quoted(&c.quote.join(" … ")));
            self.h.raw(" ").text(verdict.map_or("", |v| v.rationale));
            self.sources(c, claims);
            self.h
                .raw(" <a href=\"#")
                .text(&id)
                .raw("-at-")
                .number(n + 1)
                .raw("\">Back to the text</a></li>\n");
        }
        self.h.raw("</ol>\n</section>\n");
    }

    fn sources(&mut self, c: &Claim, claims: &Claims) {
        let mut seen = Vec::new();
        for e in &c.evidence {
            let SourceRef::Number(number) = e.source else { continue };
            let Some(s) = claims.sources.iter().find(|s| s.number == number) else { continue };
            if seen.contains(&number) {
                continue;
            }
            self.h.raw(if seen.is_empty() { " Source: " } else { "; " });
            seen.push(number);
            self.source(s);
        }
        if !seen.is_empty() {
            self.h.raw(".");
        }
    }

    fn source(&mut self, s: &SourceEntry) {
        self.h.raw("<cite>").text(s.title).raw("</cite>");
        for known in [s.publisher, s.published].into_iter().flatten() {
            self.h.raw(", ").text(known);
        }
        if let Some(url) = s.url {
            self.h.raw(", ").address(url);
        }
    }
}

/// The length of the sign of a quotation at the start of a line, in bytes.
fn quote_mark(line: &str) -> usize {
    let after = line.strip_prefix('>').map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    line.len() - after.unwrap_or(line).len()
}

pub(super) fn starts_numbered(line: &str) -> bool {
    line.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// The length of the mark at the start of a list item, in bytes.
pub(super) fn item_mark(line: &str) -> usize {
    let after = line.trim_start();
    let mark = after.find(' ').map_or(0, |at| at + 1);
    line.len() - after.len() + mark
}

pub(super) fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ['-', '*', '_'].iter().any(|r| line.chars().all(|c| c == *r))
}

/// The paired marks of emphasis in order: offset and length in bytes, and the HTML tag. Unpaired marks stay as words.
pub(super) fn emphasis(words: &str) -> Vec<(usize, usize, &'static str)> {
    let (mut open, mut found): (Vec<(usize, usize, &str)>, Vec<_>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let mark = ["**", "__", "*", "_"].into_iter().find(|m| rest.starts_with(m));
        let Some(mark) = mark else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let (before, after) = (words[..at].chars().next_back(), rest[mark.len()..].chars().next());
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        // A mark inside a word is a part of the word: 2*3, snake_case.
        let within = word(before) && word(after);
        let partner = open.iter().rposition(|(_, _, m)| *m == mark).filter(|_| !apart(before) && !within);
        match partner {
            Some(partner) => {
                let (from, len, _) = open[partner];
                open.truncate(partner);
                let strong = mark.len() == 2;
                found.push((from, len, if strong { "<strong>" } else { "<em>" }));
                found.push((at, mark.len(), if strong { "</strong>" } else { "</em>" }));
            }
            None if !apart(after) && !within => open.push((at, mark.len(), mark)),
            None => {}
        }
        at += mark.len();
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(words: &str) -> String {
        let (h, ends, id) = (Html::default(), Vec::new(), "x".into());
        let mut writer = FragmentWriter { h, text: words, ends, id };
        writer.body();
        writer.h.done()
    }

    #[test]
    fn marks_of_the_text_become_elements() {
        assert_eq!(
            written("# A **big** day\n\nIt is *so*.\n\n- one\n- two_a_b\n\n> said\n> he\n\n2*3*4 <b>"),
            "<h1>A <strong>big</strong> day</h1>\n<p>It is <em>so</em>.</p>\n<ul>\n<li>one</li>\n<li>two_a_b</li>\n</ul>\n\
             <blockquote><p>said<br>\nhe</p></blockquote>\n<p>2*3*4 &lt;b&gt;</p>\n"
        );
        assert_eq!(written("*no end\n\nno* begin"), "<p>*no end</p>\n<p>no* begin</p>\n");
    }

    proptest! {
        #[test]
        fn elements_nest_whatever_the_text(words in "[*_a >\\n#.<&-]{0,40}") {
            let made = written(&words);
            let mut open = Vec::new();
            for tag in made.split('<').skip(1).filter_map(|t| t.split('>').next()) {
                match tag.strip_prefix('/') {
                    Some(name) => prop_assert_eq!(open.pop(), Some(name)),
                    None if matches!(tag, "hr" | "br") => {}
                    None => open.push(tag),
                }
            }
            prop_assert!(open.is_empty(), "{}", made);
        }
    }
}
