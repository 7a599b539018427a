//! Reads an answered sheet: an HTML page saved by Word, Markdown, plain text, or a mail that quotes the sheet.

use super::{ANSWER, ANSWERED_BY, END, TITLE, lines};

/// The content of an answered sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswersIn {
    /// The name after "Answered by:".
    pub by: Option<String>,
    /// The text under each mark, in order; a mark may occur several times.
    pub answers: Vec<AnswerIn>,
    /// The lines before the title and after the end, such as a greeting or a signature.
    pub outside: Vec<String>,
}

/// The text under a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerIn {
    /// The mark without its brackets, in the exported form: `Q12-4f9a`.
    pub mark: String,
    /// The answer, trimmed; `None` if the line "Answer:" is missing.
    pub text: Option<String>,
    /// All text under the mark, if that line is missing.
    pub rest: String,
}

/// Reads a sheet. It has no answers if it contains no mark of a query.
pub fn read(sheet: &str) -> AnswersIn {
    let lines = if lines::is_html(sheet) { lines::of_html(sheet) } else { lines::of_text(sheet) };
    let mut read = AnswersIn::default();
    let mut at = Place::Before;
    let (mut outside, mut under) = (Vec::new(), Vec::new());
    for line in &lines {
        let (depth, bare) = unquoted(line);
        match (marked(bare), at) {
            (Some(mark), _) => {
                save_answer(&mut read, &mut at, &mut under);
                at = Place::Under(read.answers.len(), depth);
                read.answers.push(AnswerIn { mark, text: None, rest: String::new() });
            }
            (None, _) if bare_words(bare).starts_with(END) => {
                save_answer(&mut read, &mut at, &mut under);
                at = Place::Behind;
            }
            (None, Place::Before | Place::Behind) if is_title(bare_words(bare)) => at = Place::Head,
            (None, Place::Before | Place::Head)
                if read.by.is_none() && after_label(bare, ANSWERED_BY).is_some() =>
            {
                at = Place::Head;
                read.by = after_label(bare, ANSWERED_BY).filter(|name| !name.is_empty());
            }
            (None, Place::Before | Place::Behind) => outside.push(bare.trim().to_owned()),
            (None, Place::Head) => {}
            // A reply quotes the sheet but not its own words, so only as many quote signs are removed as the mark has.
            (None, Place::Under(_, depth)) => under.push(less_quoted(line, depth).to_owned()),
        }
    }
    save_answer(&mut read, &mut at, &mut under);
    let any = !read.answers.is_empty();
    read.outside = outside.into_iter().filter(|l| any && !l.is_empty()).collect();
    read
}

#[derive(Clone, Copy)]
enum Place {
    Before,
    Head,
    /// Under a mark: the index of its answer, and how many quote signs the mark has.
    Under(usize, usize),
    Behind,
}

/// Saves the lines under a mark as its answer.
fn save_answer(read: &mut AnswersIn, at: &mut Place, under: &mut Vec<String>) {
    let lines = std::mem::take(under);
    let Place::Under(entry, _) = *at else { return };
    *at = Place::Head;
    let answer = lines.iter().position(|l| after_label(l, ANSWER).is_some());
    let Some(entry) = read.answers.get_mut(entry) else { return };
    match answer {
        Some(n) => {
            let first = after_label(&lines[n], ANSWER).unwrap_or_default();
            entry.text = Some(joined([first].into_iter().chain(lines[n + 1..].iter().cloned())));
        }
        None => entry.rest = joined(lines.into_iter()),
    }
}

/// Joins lines to one text without a rule at its end, without blanks at both ends, and with at most one empty line in a row.
fn joined(lines: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for line in lines.map(|l| l.trim_end().to_owned()) {
        if !line.is_empty() || all.last().is_some_and(|l| !l.is_empty()) {
            all.push(line);
        }
    }
    while all.last().is_some_and(|l| l.is_empty() || is_rule(l)) {
        all.pop();
    }
    all.join("\n").trim().to_owned()
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() >= 3 && ['-', '_', '*', '—', '–'].iter().any(|r| line.chars().all(|c| c == *r))
}

/// The mark at the start of a line, in the exported form: for `[Q12–4F9A] To: Ana` it is `Q12-4f9a`.
fn marked(line: &str) -> Option<String> {
    let inside = bare_words(line).strip_prefix('[')?.get(..)?;
    let (inside, _) = inside.split_once(']')?;
    let dash = |c: char| matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−');
    let plain = |c: char| if dash(c) { '-' } else { c.to_ascii_lowercase() };
    let mark: String = inside.chars().filter(|c| !c.is_whitespace() && *c != '\\').map(plain).collect();
    let number = mark.strip_prefix('q')?;
    let fits = number.starts_with(|c: char| c.is_ascii_digit()) && mark.chars().count() <= 40;
    fits.then(|| format!("Q{number}"))
}

/// A line without Markdown marks at its start, and without the backslash before an escaped bracket.
/// Whether a line is the title of a sheet.
fn is_title(line: &str) -> bool {
    let headline = line.strip_prefix(TITLE).unwrap_or_default();
    headline.starts_with(['“', '‘', '"', '„', '«', '»', '”', '「'])
}

fn bare_words(line: &str) -> &str {
    let bare = line.trim_start_matches(['#', '*', '_', ' ', '\t']);
    bare.strip_prefix('\\').filter(|b| b.starts_with('[')).unwrap_or(bare)
}

/// The text after a label at the start of a line, with any emphasis; `None` if the line has another start.
fn after_label(line: &str, label: &str) -> Option<String> {
    let bare = bare_words(line);
    let emphasis = &line[..line.len() - bare.len()];
    let word = label.trim_end_matches(':');
    let (begins, rest) = (bare.get(..word.len())?, bare.get(word.len()..)?);
    let rest = Some(rest).filter(|_| begins.eq_ignore_ascii_case(word))?;
    let rest = rest.trim_start_matches(['*', '_', ' ']).strip_prefix([':', '：'])?;
    let closing = ["**", "__", "*", "_"].into_iter().find(|e| emphasis.trim_end().ends_with(e));
    let rest = closing.and_then(|e| rest.strip_prefix(e)).unwrap_or(rest);
    Some(rest.trim().to_owned())
}

/// How many mail quote signs (`>`) a line begins with, and the rest of the line.
fn unquoted(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(inner) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') {
        (depth, rest) = (depth + 1, inner);
    }
    (depth, if depth > 0 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest })
}

/// A line without its first quote signs, at most `depth` of them.
fn less_quoted(line: &str, depth: usize) -> &str {
    let mut rest = line;
    for _ in 0..depth {
        match rest.trim_start_matches([' ', '\t']).strip_prefix('>') {
            Some(inner) => rest = inner.strip_prefix(' ').unwrap_or(inner),
            None => break,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "Hello Ada,\n\nhere it is.\n\nQuestions about “A bridge”\n\nPlease write.\n\nAnswered by: Mara Lind\n\n-----\n\n\
        [Q12-4f9a] To: Mara\n\nIn the article: “It is *240* metres long.”\n\nQuestion: Who says so?\n\n\
        Answer: The survey.\nIt has [Q13-0000] in it.\n\n> quoted\n\n-----\n\n[Q13-0b0b]\n\nAnswer:\n\n\n-----\n\n\
        [End of the questions]\n\nBest, Mara\n";

    fn answers(sheet: &str) -> Vec<(String, Option<String>)> {
        read(sheet).answers.into_iter().map(|a| (a.mark, a.text)).collect()
    }

    fn expected() -> Vec<(String, Option<String>)> {
        let first = "The survey.\nIt has [Q13-0000] in it.\n\n> quoted";
        vec![("Q12-4f9a".into(), Some(first.into())), ("Q13-0b0b".into(), Some(String::new()))]
    }

    #[test]
    fn a_text_gives_its_answers_its_writer_and_what_stands_beside_it() {
        let found = read(TEXT);
        assert_eq!(answers(TEXT), expected());
        assert_eq!(found.by.as_deref(), Some("Mara Lind"));
        assert_eq!(found.outside, ["Hello Ada,", "here it is.", "Best, Mara"]);
    }

    #[test]
    fn a_mail_that_quotes_it_gives_the_same() {
        let quoted: String = TEXT.lines().map(|l| format!("> {l}\r\n")).collect();
        assert_eq!(answers(&quoted), expected());
        let reply = "> [Q12–4F9A] To: Mara\n> \n> Question: Who?\n> Answer:\n\nThe survey, it says:\n> “240”\n\n> [Q13-0b0b]\n";
        let first = Some("The survey, it says:\n“240”".into());
        assert_eq!(answers(reply)[0], ("Q12-4f9a".into(), first));
    }

    #[test]
    fn a_page_and_markdown_give_the_same() {
        let page = "<html><body><p>Questions about “A”</p><p><b>Answered by:</b> Mara</p><hr>\
            <p class=MsoNormal><b>[Q12<span>-</span>4f9a]</b></p><p><b>Answer:</b> Yes &amp; no.</p><p>More.</p><p>&nbsp;</p></body></html>";
        assert_eq!(answers(page), [("Q12-4f9a".into(), Some("Yes & no.\nMore.".into()))]);
        assert_eq!(read(page).by.as_deref(), Some("Mara"));
        let markdown =
            "## \\[Q12-4f9a\\] To: Mara\n\n**Question:** Who?\n\n**Answer:** *Nobody*, I think\n\n---\n";
        assert_eq!(answers(markdown), [("Q12-4f9a".into(), Some("*Nobody*, I think".into()))]);
    }

    #[test]
    fn an_entry_without_its_label_is_given_whole() {
        let found = read("[Q1-abcd]\nQuestion: Who?\nI do.\n");
        assert_eq!(
            (found.answers[0].text.clone(), found.answers[0].rest.as_str()),
            (None, "Question: Who?\nI do.")
        );
    }

    #[test]
    fn every_beginning_of_a_sheet_gives_beginnings_of_its_answers() {
        let whole = expected();
        for end in (0..TEXT.len()).filter(|n| TEXT.is_char_boundary(*n)) {
            for (n, (mark, text)) in answers(&TEXT[..end]).into_iter().enumerate() {
                assert_eq!(mark, whole[n].0);
                let text = text.unwrap_or_default();
                assert!(TEXT.contains(&text), "{end}: {text}");
                let first = |t: &str| t.chars().next();
                assert!(text.is_empty() || n == 1 || first(&text) == Some('T'), "{end}: {text}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(pieces in prop::collection::vec(prop_oneof![
            "\\PC{0,12}", Just("[Q1-abcd]".to_owned()), Just("\n".to_owned()), Just("> ".to_owned()), Just("**Answer:**".to_owned()),
            Just("<p>".to_owned()), Just("</p".to_owned()), Just("<script>".to_owned()), Just("<!--".to_owned()), Just("&#0;".to_owned()),
            Just("\u{0}".to_owned()), Just("<del>".to_owned()), Just("\\[".to_owned()),
        ], 0..40)) {
            for found in read(&pieces.concat()).answers {
                let text = found.text.unwrap_or(found.rest);
                prop_assert_eq!(text.trim(), &text);
                prop_assert!(!text.contains(char::from(0)), "a character that is not shown");
            }
        }
    }
}
