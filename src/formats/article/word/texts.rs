//! The words of an element without tracking where they are.

use super::xml::Element;

/// Whether there are no visible words in a paragraph, in any view.
pub fn is_blank(e: Element<'_>) -> bool {
    !e.descendants().any(|t| match t.name() {
        "w:t" | "w:delText" | "m:t" => !t.text().trim().is_empty(),
        "w:noBreakHyphen" | "w:sym" | "w:footnoteReference" | "w:endnoteReference" => true,
        _ => false,
    })
}

/// The words of an element with all changes accepted, each paragraph on a line. Text boxes
/// are not part of it.
pub fn of(e: Element<'_>) -> String {
    let mut out = String::new();
    collect(e, &mut out);
    out.trim().to_owned()
}

/// The paragraphs in an element, each word in one of them: not those in another whose words [`of`] returns.
pub fn paragraphs(e: Element<'_>) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    add_paragraphs(e, false, &mut found);
    found
}

fn add_paragraphs<'x>(e: Element<'x>, inside: bool, found: &mut Vec<Element<'x>>) {
    for child in e.children() {
        let is_paragraph = child.name() == "w:p";
        if is_paragraph && !inside {
            found.push(child);
        }
        add_paragraphs(child, is_paragraph || (inside && !is_apart(child.name())), found);
    }
}

/// Whether what is in an element with that name is not among the words around it.
fn is_apart(name: &str) -> bool {
    matches!(
        name,
        "w:pPr"
            | "w:rPr"
            | "w:del"
            | "w:moveFrom"
            | "w:instrText"
            | "w:sdtPr"
            | "w:txbxContent"
            | "mc:Fallback"
    )
}

fn collect(e: Element<'_>, out: &mut String) {
    match e.name() {
        "w:t" | "m:t" => out.push_str(&e.text()),
        "w:tab" | "w:ptab" => out.push('\t'),
        "w:br" | "w:cr" => out.push('\n'),
        "w:noBreakHyphen" => out.push('\u{2011}'),
        name if is_apart(name) => {}
        name => {
            e.children().for_each(|c| collect(c, out));
            if name == "w:p" && !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::Xml;
    use super::*;

    #[test]
    fn paragraphs_inside_others_are_listed_once_and_those_of_text_boxes_by_themselves() {
        let uri = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let xml = format!(
            r#"<w:hdr xmlns:w="{uri}"><w:p><w:t>a</w:t><w:sdt><w:p><w:t>b</w:t></w:p></w:sdt>
            <w:txbxContent><w:p><w:t>c</w:t></w:p></w:txbxContent></w:p><w:p><w:t>d</w:t></w:p></w:hdr>"#
        );
        let xml = Xml::read(xml.as_bytes()).unwrap();
        let lines = paragraphs(xml.root()).into_iter().map(of).collect::<Vec<_>>();
        assert_eq!(lines, ["ab", "c", "d"]);
    }
}
