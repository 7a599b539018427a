//! What in the text of a mail is not by its writer, or is no part of what they say: quoted mails and the signature.

use crate::model::LeftOutReason;

/// Why each line is left out; `None` for those of the mail itself.
pub fn marks(text: &str) -> Vec<Option<LeftOutReason>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut marks = vec![None; lines.len()];
    let from = forwarded(&lines).unwrap_or(lines.len());
    let signature = signature(&lines).unwrap_or(lines.len());
    for (at, mark) in marks.iter_mut().enumerate() {
        let quoted = lines.get(at).is_some_and(|l| l.trim_start().starts_with('>')) || introduces(&lines, at);
        *mark = match at {
            _ if at >= from || quoted => Some(LeftOutReason::Quoted),
            _ if at >= signature => Some(LeftOutReason::Signature),
            _ => None,
        };
    }
    // A mail that is nothing but quotes and a signature says what it quotes.
    let said = lines.iter().zip(&marks).any(|(line, mark)| mark.is_none() && !line.trim().is_empty());
    if said { marks } else { vec![None; lines.len()] }
}

/// The line from which all is another mail: programs write a line of dashes with words, or its header.
fn forwarded(lines: &[&str]) -> Option<usize> {
    let dashed = |line: &str| {
        let bare = line.trim();
        let words = bare.trim_matches(['-', '_', ' ']);
        bare.starts_with("-----") && bare.ends_with("-----") && words.chars().any(char::is_alphabetic)
    };
    let header = |at: usize| {
        let next = lines.get(at..).unwrap_or_default().iter().map(|l| l.trim().trim_matches('*'));
        let fields = next.take_while(|l| is_field(l)).count();
        fields >= 3 && lines.get(at).is_some_and(|l| l.contains('@') || fields >= 4)
    };
    (1..lines.len())
        .find(|at| lines.get(*at).is_some_and(|l| dashed(l)) && is_header_near(lines, *at) || header(*at))
}

/// Whether fields follow within two lines.
fn is_header_near(lines: &[&str], at: usize) -> bool {
    lines.iter().skip(at + 1).take(2).any(|l| is_field(l.trim().trim_matches('*')))
}

/// Whether a line is a field of a mail's header: one word, or two, a colon, and a value.
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        let name = name.trim().trim_matches('*');
        let short = !name.is_empty() && name.chars().count() <= 12 && name.split_whitespace().count() <= 2;
        short && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-') && !value.trim().is_empty()
    })
}

/// Whether a line introduces a quoted mail below it, alone or as the first or second line of an introduction.
fn introduces(lines: &[&str], at: usize) -> bool {
    let line = |at: usize| lines.get(at).map_or("", |l| l.trim());
    let quoted_below = |at: usize| {
        let below = lines.iter().skip(at + 1).take(4).find(|l| !l.trim().is_empty());
        below.is_some_and(|l| l.trim_start().starts_with('>'))
    };
    let before = at.checked_sub(1).map_or("", line);
    match line(at) {
        "" => false,
        own if own.ends_with(':') => {
            quoted_below(at) && (is_introduction(own) || is_introduction(&format!("{before} {own}")))
        }
        own => {
            let next = line(at + 1);
            before.is_empty() && is_introduction(&format!("{own} {next}")) && quoted_below(at + 1)
        }
    }
}

/// Whether words can introduce a quoted mail: they end with a colon, and have an address or a date.
pub fn is_introduction(words: &str) -> bool {
    let dated = words.chars().filter(char::is_ascii_digit).count() >= 3;
    words.trim_end().ends_with(':') && words.chars().count() <= 300 && (words.contains('@') || dated)
}

/// The line of the last `-- `, which begins a signature, if not much comes after it.
fn signature(lines: &[&str]) -> Option<usize> {
    let at = lines.iter().rposition(|l| *l == "-- " || *l == "--")?;
    (lines.len() - at <= 16).then_some(at)
}

/// Text that was sent as flowing (RFC 3676): lines that end with a blank go on in the next one of the same depth.
pub fn unflowed(text: &str, without_blank: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.chars().take_while(|c| *c == '>').count();
        let rest = line.get(depth..).unwrap_or_default();
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let signature = rest == "-- ";
        if open != Some(depth) || signature {
            if !out.is_empty() || open.is_some() {
                out.push('\n');
            }
            out.push_str(&">".repeat(depth));
            if depth > 0 {
                out.push(' ');
            }
        }
        let flows = rest.ends_with(' ') && !signature;
        let shown = if flows && without_blank { rest.strip_suffix(' ').unwrap_or(rest) } else { rest };
        out.push_str(shown);
        open = flows.then_some(depth);
        if !flows && out.is_empty() {
            out.push('\n');
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> Vec<&str> {
        let marks = marks(text);
        text.lines()
            .zip(marks)
            .filter(|(line, mark)| mark.is_none() && !line.is_empty())
            .map(|(l, _)| l)
            .collect()
    }

    #[test]
    fn quotes_and_what_introduces_them_are_not_the_mails_own() {
        let text = "It runs.\n\nOn 4 March 2025 at 10:00, Ama <ama@example.org> wrote:\n> Does it run?\n>\n> Ama\n\nKofi";
        assert_eq!(own(text), ["It runs.", "Kofi"]);
        let broken =
            "It runs.\n\nAm 4. März 2025 schrieb Ama Mensah vom Hafen\n<ama@example.org>:\n\n> Fährt sie?";
        assert_eq!(own(broken), ["It runs."]);
        assert_eq!(own("It runs at 10:\n\nat the pier"), ["It runs at 10:", "at the pier"]);
    }

    #[test]
    fn a_mail_below_is_quoted_to_the_end() {
        for below in [
            "-----Original Message-----\nFrom: Ama\nSent: Monday\n\nDoes it run?",
            "From: Ama <ama@example.org>\nSent: Monday\nTo: Kofi\nSubject: Ferry\n\nDoes it run?",
        ] {
            assert_eq!(own(&format!("It runs.\n\n{below}")), ["It runs."]);
        }
    }

    #[test]
    fn the_signature_is_named_and_a_mail_of_quotes_alone_kept() {
        let marks = marks("It runs.\n\n-- \nKofi\nHarbour");
        assert_eq!(marks.last(), Some(&Some(LeftOutReason::Signature)));
        assert_eq!(own("> It runs.\n> Kofi"), ["> It runs.", "> Kofi"]);
    }

    #[test]
    fn flowing_lines_are_joined_and_others_are_not() {
        let flowed = "The ferry \nruns.\n\n> Does \n> it?\n-- \nKofi\n";
        assert_eq!(unflowed(flowed, false), "The ferry runs.\n\n> Does it?\n-- \nKofi\n");
        assert_eq!(unflowed("渡船 \n运行", true), "渡船运行\n");
    }
}
