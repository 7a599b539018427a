//! Words in XML: escaped, and without the characters that XML 1.0 does not have.

/// The declaration that begins every part.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of WordprocessingML.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// What Word 2010 added: ids of paragraphs.
pub const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
/// What Word 2013 added: threads of comments.
pub const W15: &str = "http://schemas.microsoft.com/office/word/2012/wordml";
/// How newer namespaces are marked, so that older programs ignore them.
pub const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
/// Relationships between parts.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The words for an element or an attribute in double quotes.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars().filter(|c| in_xml(*c)) {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            // A parser turns a raw one into a line feed.
            '\r' => out += "&#13;",
            c => out.push(c),
        }
    }
    out
}

/// Whether XML 1.0 has the character.
fn in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The start of a part: the declaration, and the root element with the namespaces that Word's parts use.
pub fn root(name: &str) -> String {
    format!(
        "{DECLARATION}<w:{name} xmlns:w=\"{W}\" xmlns:r=\"{R}\" xmlns:mc=\"{MC}\" xmlns:w14=\"{W14}\" \
         xmlns:w15=\"{W15}\" mc:Ignorable=\"w14 w15\">"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_escaped_or_left_out() {
        assert_eq!(escaped("a<b & \"c\"\u{1}\u{ffff}\u{b}\r"), "a&lt;b &amp; &quot;c&quot;&#13;");
    }
}
