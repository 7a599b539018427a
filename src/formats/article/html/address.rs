//! Web addresses: whole ones from parts, and which of them are followed by people.

/// The address that a page is from, for addresses in it that are only a part.
#[derive(Clone, Debug, Default)]
pub struct Address {
    base: Option<String>,
}

impl Address {
    /// The address of a page; what is no web address counts as none.
    pub fn new(base: Option<&str>) -> Self {
        Self { base: base.map(str::trim).filter(|b| is_web(b)).map(str::to_owned) }
    }

    /// The whole address of a link, if it is `http`, `https` or `mailto`.
    pub fn link(&self, written: &str) -> Option<String> {
        let written = clean(written);
        let mail = scheme(&written).is_some_and(|s| s.eq_ignore_ascii_case("mailto"));
        if mail { (written.len() > 7).then_some(written) } else { self.whole(&written).filter(|w| is_web(w)) }
    }

    /// The name of a file: its whole address if that is known, else as it is written.
    pub fn file(&self, written: &str) -> Option<String> {
        let written = clean(written);
        let known = scheme(&written)
            .is_none_or(|s| ["http", "https", "cid", "file"].iter().any(|k| k.eq_ignore_ascii_case(s)));
        (known && !written.is_empty() && written.len() <= LONGEST)
            .then(|| self.whole(&written).unwrap_or(written))
    }

    /// A written address as a whole one; `None` if it is only a part, and the page's address is not known.
    fn whole(&self, written: &str) -> Option<String> {
        if written.len() > LONGEST || written.is_empty() || written.starts_with('#') {
            return None;
        }
        if scheme(written).is_some() {
            return Some(written.to_owned());
        }
        let base = self.base.as_deref()?;
        let (scheme, rest) = base.split_once("://")?;
        if let Some(host) = written.strip_prefix("//") {
            return Some(format!("{scheme}://{host}"));
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        if written.starts_with('/') {
            return Some(format!("{scheme}://{host}{written}"));
        }
        let path = path.split(['?', '#']).next().unwrap_or("");
        if written.starts_with('?') {
            return Some(format!("{scheme}://{host}{path}{written}"));
        }
        Some(format!("{scheme}://{host}/{}", joined(path, written)))
    }
}

/// The longest address that is one, in bytes.
const LONGEST: usize = 4_096;

/// The path of `written` in the folder of `path`, with its steps up taken.
fn joined(path: &str, written: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    let mut rest = written;
    loop {
        if let Some(after) = rest.strip_prefix("./") {
            rest = after;
        } else if let Some(after) = rest.strip_prefix("../") {
            steps.pop();
            rest = after;
        } else {
            break;
        }
    }
    steps.push(rest);
    steps.join("/")
}

/// An address without blanks around it and line breaks in it.
fn clean(written: &str) -> String {
    written.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect()
}

/// The scheme of an address, if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let letters = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    (letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// Whether an address is `http` or `https` and has a host.
pub fn is_web(address: &str) -> bool {
    let known =
        scheme(address).is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"));
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    known && !host.is_empty() && !host.starts_with('/') && !host.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_become_whole_in_the_page_they_are_in() {
        let page = Address::new(Some("https://example.org/news/ferry.html?x=1"));
        for (written, whole) in [
            ("http://other.example/a", Some("http://other.example/a")),
            ("//other.example/a", Some("https://other.example/a")),
            ("/fares", Some("https://example.org/fares")),
            ("board.html", Some("https://example.org/news/board.html")),
            ("../board.html", Some("https://example.org/board.html")),
            ("../../../board.html", Some("https://example.org/board.html")),
            ("?page=2", Some("https://example.org/news/ferry.html?page=2")),
            ("mailto:board@example.org", Some("mailto:board@example.org")),
            ("#top", None),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/hosts", None),
            ("", None),
        ] {
            assert_eq!(page.link(written).as_deref(), whole, "{written}");
        }
        assert_eq!(Address::new(None).link("/fares"), None);
    }
}
