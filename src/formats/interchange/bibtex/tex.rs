//! TeX as it occurs in bibliographies, as plain text. A command that is not known shows its arguments; a command without
//! arguments shows its name, so that no word is lost.

use super::symbols;
use crate::formats::interchange::markup;
use unicode_normalization::char::compose;

/// How deep groups and commands are read; deeper ones are copied.
const DEEPEST: usize = 64;

/// The plain text of a field, on one line.
pub fn text(tex: &str) -> String {
    let shown = part(tex, 0, Mode::Words);
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address, without the commands and escapes around it.
pub fn address(tex: &str) -> String {
    let bare = tex.trim().trim_start_matches("\\url").trim_matches(['{', '}', '<', '>']).trim();
    ["_", "%", "&", "#", "~"].iter().fold(bare.replace("\\&amp;", "&").replace("&amp;", "&"), |s, sign| {
        s.replace(&format!("\\{sign}"), sign)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Words,
    Formula,
}

fn part(tex: &str, depth: usize, mode: Mode) -> String {
    if depth > DEEPEST {
        return tex.replace(['{', '}'], "");
    }
    let mut reader = Reader { whole: tex, rest: tex, out: String::new(), depth, mode };
    while let Some(c) = reader.next() {
        reader.sign(c);
    }
    reader.out
}

struct Reader<'t> {
    whole: &'t str,
    rest: &'t str,
    out: String,
    depth: usize,
    mode: Mode,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn sign(&mut self, c: char) {
        match c {
            '\\' => self.command(),
            '{' | '}' => {}
            '~' => self.out.push(' '),
            '$' => self.dollar(),
            '_' if self.mode == Mode::Formula => {
                let low = self.shown_argument();
                self.out += &low;
            }
            '^' if self.mode == Mode::Formula => {
                let high = self.shown_argument();
                self.out += &markup::raised(&high);
            }
            '<' | '&' => self.html(c),
            '-' | '`' | '\'' | '?' | '!' => self.ligature(c),
            c => self.out.push(c),
        }
    }

    /// Dashes, quotation marks and the Spanish marks that TeX makes of two or three signs.
    fn ligature(&mut self, c: char) {
        let whole = &self.rest;
        let (shown, len) = match c {
            '-' if whole.starts_with("--") => ('—', 2),
            '-' if whole.starts_with('-') => ('–', 1),
            '`' if whole.starts_with('`') => ('“', 1),
            '\'' if whole.starts_with('\'') && self.mode == Mode::Words => ('”', 1),
            '\'' if self.mode == Mode::Formula => ('′', 0),
            '?' if whole.starts_with('`') => ('¿', 1),
            '!' if whole.starts_with('`') => ('¡', 1),
            c => (c, 0),
        };
        self.out.push(shown);
        self.rest = &self.rest[len..];
    }

    /// A mark of style or a character reference of HTML, which some programs leave in their exports.
    fn html(&mut self, c: char) {
        let with = &self.whole[self.whole.len() - self.rest.len() - 1..];
        match markup::tag(with).or_else(|| markup::reference(with)) {
            Some((shown, len)) => {
                self.out += &shown;
                self.rest = &self.rest[len - 1..];
            }
            None => self.out.push(c),
        }
    }

    /// A formula, if the sign opens one by the rule of Pandoc: no blank behind the first sign and before the second, and no
    /// digit behind the second. Else it is a dollar.
    fn dollar(&mut self) {
        let rest = self.rest.strip_prefix('$').unwrap_or(self.rest);
        let end =
            rest.char_indices().find(|(at, c)| *c == '$' && !rest[..*at].ends_with('\\')).map(|(at, _)| at);
        let formula = end.filter(|end| {
            let (inside, behind) = (&rest[..*end], rest[end + 1..].trim_start_matches('$'));
            let closed =
                !inside.ends_with(char::is_whitespace) && !behind.starts_with(|c: char| c.is_ascii_digit());
            !inside.is_empty() && !inside.starts_with(char::is_whitespace) && closed
        });
        match formula {
            Some(end) => {
                self.out += &part(&rest[..end], self.depth + 1, Mode::Formula);
                self.rest = rest[end + 1..].strip_prefix('$').unwrap_or(&rest[end + 1..]);
            }
            None => self.out.push('$'),
        }
    }

    fn command(&mut self) {
        let letters = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        if letters == 0 {
            return self.short_command();
        }
        let (name, rest) = self.rest.split_at(letters);
        self.rest = rest.strip_prefix('*').unwrap_or(rest).trim_start();
        if let Some(mark) = symbols::letter_accent(name).filter(|_| !self.rest.is_empty()) {
            return self.accent(mark);
        }
        match symbols::named(name) {
            Some(shown) => self.out += shown,
            None => self.long_command(name, rest),
        }
    }

    /// A command with arguments, or one that is not known.
    fn long_command(&mut self, name: &str, behind: &'t str) {
        match name {
            "url" | "path" | "nolinkurl" => {
                let raw = self.argument();
                self.out += &address(raw);
            }
            "href" => {
                let (to, shown) = (self.argument(), self.shown_argument());
                self.out += &if shown.is_empty() { address(to) } else { shown };
            }
            "enquote" | "mkbibquote" | "textquote" => self.around("“", "”"),
            "frac" | "tfrac" | "dfrac" | "nicefrac" | "sfrac" => {
                let (over, under) = (self.shown_argument(), self.shown_argument());
                self.out += &format!("{over}/{under}");
            }
            "sqrt" => self.around("√", ""),
            "textsuperscript" | "mkbibsuperscript" | "textsup" => {
                let high = self.shown_argument();
                self.out += &markup::raised(&high);
            }
            "uppercase" | "MakeUppercase" => {
                let shown = self.shown_argument();
                self.out += &shown.to_uppercase();
            }
            "noopsort" | "SortNoop" | "vspace" | "hspace" | "label" | "begin" | "end" => _ = self.argument(),
            _ if self.rest.starts_with(['{', '[']) || symbols::SILENT.contains(&name) => {}
            _ => {
                self.out += &format!("\\{name}");
                self.rest = behind;
            }
        }
    }

    fn around(&mut self, before: &str, after: &str) {
        let shown = self.shown_argument();
        self.out += &format!("{before}{shown}{after}");
    }

    /// A command of one sign: an accent, an escaped sign, or a space.
    fn short_command(&mut self) {
        let Some(c) = self.next() else { return self.out.push('\\') };
        match (symbols::sign_accent(c), c) {
            (Some(mark), _) => {
                self.rest = self.rest.trim_start();
                self.accent(mark);
            }
            (None, '&') if self.rest.starts_with(['#', 'a', 'l', 'g', 'q', 'n']) => self.html('&'),
            (None, '\\' | ',' | ';' | ':' | ' ' | '\n' | '\t' | '\r' | '>') => self.out.push(' '),
            (None, '-' | '/' | '!' | '(' | ')' | '[' | ']' | '@') => {}
            (None, c) => self.out.push(c),
        }
    }

    /// A letter with an accent; the accent alone if there is no letter.
    fn accent(&mut self, mark: char) {
        let letter = self.shown_argument();
        let mut letters = letter.chars();
        match letters.next() {
            Some(first) => {
                let bare = match first {
                    'ı' => 'i',
                    'ȷ' => 'j',
                    c => c,
                };
                match compose(bare, mark) {
                    Some(whole) => self.out.push(whole),
                    None => self.out.extend([bare, mark]),
                }
                self.out += letters.as_str();
            }
            None => self.out.push(symbols::alone(mark)),
        }
    }

    fn shown_argument(&mut self) -> String {
        let raw = self.argument();
        part(raw, self.depth + 1, self.mode)
    }

    /// The next argument as it is written: a group without its braces, a command, or one sign.
    fn argument(&mut self) -> &'t str {
        self.rest = self.rest.trim_start();
        let rest = self.rest;
        let (inside, len) = match rest.chars().next() {
            Some('{') => match super::scan::braced(rest) {
                Some(len) => (&rest[1..len - 1], len),
                None => (&rest[1..], rest.len()),
            },
            Some('\\') => {
                let letters =
                    rest[1..].len() - rest[1..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
                let one = rest[1..].chars().next().map_or(0, char::len_utf8);
                let len = 1 + letters.max(one);
                (&rest[..len], len)
            }
            Some(c) => (&rest[..c.len_utf8()], c.len_utf8()),
            None => ("", 0),
        };
        self.rest = &rest[len..];
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_lost_and_commands_become_signs() {
        for (tex, shown) in [
            (r"The {{Osk}}\textendash{{Tarn Line}} and \textemdash Tarn", "The Osk–Tarn Line and —Tarn"),
            (r"Wait\ldots{{And See}}, \emph{now} and {\it then}", "Wait…And See, now and then"),
            (r#"Gr\"{o}\ss{e}, Stra\ss e, {\O}re, \AA{ngstr}"#, "Größe, Straße, Øre, Ångstr"),
            (
                r"Garc{\'\i}a, Mar{\'{\i}}a, Jos\'e, \v{C}apek, \c{S}ahin, \k a",
                "García, María, José, Čapek, Şahin, ą",
            ),
            (r"50\% \$5 \#1 a\_b \& c~d\,e", "50% $5 #1 a_b & c d e"),
            (
                r"CO$_2$ and m$^{2}$, \textsuperscript{14}C, 10$^{-5}$, $\alpha$-rays",
                "CO2 and m², ¹⁴C, 10⁻⁵, α-rays",
            ),
            (r"Costs of $5 and $6, or $7", "Costs of $5 and $6, or $7"),
            (r"``So'' and `so', 1--2 --- x", "“So” and `so', 1–2 — x"),
            (
                r"\href{https://a.example/x}{Link} and \url{https://a.example/y_z}",
                "Link and https://a.example/y_z",
            ),
            (r"\enquote{Q} \textsc{Small} \uppercase{up} \foo{kept} \bar", "“Q” Small UP kept \\bar"),
            (r"<i>Salmo</i> &amp; more \&amp; more AT\&T", "Salmo & more & more AT&T"),
            (r"\textbackslash{}a\textbraceleft{}\^{}\~{}", r"\a{^~"),
            ("a {b", "a b"),
        ] {
            assert_eq!(text(tex), shown, "{tex}");
        }
        assert_eq!(address(r"\url{https://a.example/a\_b?x=1\&y=2}"), "https://a.example/a_b?x=1&y=2");
    }

    #[test]
    fn deep_groups_and_long_chains_end() {
        assert_eq!(text(&format!("{}x{}", "{".repeat(500), "}".repeat(500))), "x");
        assert!(text(&r"\'".repeat(10_000)).len() < 40_000);
        assert!(text(&format!("{}a{}", r"\'{".repeat(500), "}".repeat(500))).contains('a'));
    }
}
