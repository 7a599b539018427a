//! How browsers show elements, by their names.

/// How an element's words stand in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Apart from what is around it.
    Block,
    /// In the line.
    Inline,
    /// Not at all: its words are for programs or for filling in.
    None,
}

/// How an element of that name is shown.
pub fn of(name: &str) -> Look {
    match name {
        "script" | "style" | "template" | "noscript" | "head" | "title" | "iframe" | "svg" | "textarea"
        | "select" | "datalist" | "audio" | "video" | "canvas" | "noframes" | "noembed" | "param" | "rp"
        | "progress" | "meter" | "annotation" | "annotation-xml" | "applet" | "map" => Look::None,
        "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption" | "center" | "dd"
        | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure"
        | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr"
        | "html" | "legend" | "li" | "listing" | "main" | "menu" | "nav" | "ol" | "p" | "pre" | "search"
        | "section" | "summary" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" | "ul"
        | "xmp" | "option" | "optgroup" | "object" | "marquee" | "frameset" => Look::Block,
        _ => Look::Inline,
    }
}

/// Whether blanks and lines count in it.
pub fn is_preformatted(name: &str) -> bool {
    matches!(name, "pre" | "listing" | "xmp")
}
