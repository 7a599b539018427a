//! HTML as it is written: markup of ours, and text of other people's that is always escaped.

/// A page in the making.
#[derive(Default)]
pub(in crate::formats) struct Html(String);

impl Html {
    /// Markup of ours, as it is.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A text, escaped so that it can stand between tags and in a quoted attribute.
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

    /// A number.
    pub fn number(&mut self, n: usize) -> &mut Self {
        self.text(&n.to_string())
    }

    /// `<dt>` and `<dd>`, where there is a value.
    pub fn term(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.raw("<dt>").text(name).raw("</dt><dd dir=\"auto\">").text(value).raw("</dd>\n");
        }
        self
    }

    /// ", by Ana, 2025-08-25" as far as it is known.
    pub fn signed(&mut self, by: Option<&str>, at: &str) -> &mut Self {
        self.raw("<span class=\"by\">");
        if let Some(by) = by {
            self.raw("<bdi>").text(by).raw("</bdi>, ");
        }
        self.day(at).raw("</span>")
    }

    /// The day of a moment.
    pub fn day(&mut self, at: &str) -> &mut Self {
        let day = at.split('T').next().unwrap_or(at);
        self.raw("<time datetime=\"").text(at).raw("\">").text(day).raw("</time>")
    }

    /// A link to the network for http and https, the bare address otherwise.
    pub fn address(&mut self, url: &str) -> &mut Self {
        let safe = ["http://", "https://"].iter().any(|p| url.to_ascii_lowercase().starts_with(p));
        if !safe {
            return self.text(url);
        }
        self.raw("<a rel=\"noreferrer\" href=\"").text(url).raw("\">").text(url).raw("</a>")
    }

    /// The whole.
    pub fn done(self) -> String {
        self.0
    }
}
