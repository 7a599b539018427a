//! Writes HTML: our own markup unchanged, all other text escaped.

/// A page that is being written.
#[derive(Default)]
pub(in crate::formats) struct Html(String);

impl Html {
    /// Writes our own markup unchanged. Never use it for text that somebody else wrote.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Writes a text, escaped for use between tags and in a quoted attribute.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
        self
    }

    /// Writes a number.
    pub fn number(&mut self, n: usize) -> &mut Self {
        self.text(&n.to_string())
    }

    /// Writes `<dt>` and `<dd>`, if there is a value.
    pub fn term(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.raw("<dt>").text(name).raw("</dt><dd dir=\"auto\">").text(value).raw("</dd>\n");
        }
        self
    }

    /// Writes who did it, if known, and the day: "Ana, 2025-08-25".
    pub fn signed(&mut self, by: Option<&str>, at: &str) -> &mut Self {
        self.raw("<span class=\"by\">");
        if let Some(by) = by {
            self.raw("<bdi>").text(by).raw("</bdi>, ");
        }
        self.day(at).raw("</span>")
    }

    /// Writes the day of a moment.
    pub fn day(&mut self, at: &str) -> &mut Self {
        let day = at.split('T').next().unwrap_or(at);
        self.raw("<time datetime=\"").text(at).raw("\">").text(day).raw("</time>")
    }

    /// Writes a link if the address is http or https, otherwise the plain address.
    pub fn address(&mut self, url: &str) -> &mut Self {
        let safe = ["http://", "https://"].iter().any(|p| url.to_ascii_lowercase().starts_with(p));
        if !safe {
            return self.text(url);
        }
        self.raw("<a rel=\"noreferrer\" href=\"").text(url).raw("\">").text(url).raw("</a>")
    }

    /// The complete page.
    pub fn done(self) -> String {
        self.0
    }
}
