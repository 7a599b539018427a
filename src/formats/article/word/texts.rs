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

fn collect(e: Element<'_>, out: &mut String) {
    match e.name() {
        "w:t" | "m:t" => out.push_str(&e.text()),
        "w:tab" | "w:ptab" => out.push('\t'),
        "w:br" | "w:cr" => out.push('\n'),
        "w:noBreakHyphen" => out.push('\u{2011}'),
        "w:pPr" | "w:rPr" | "w:del" | "w:moveFrom" | "w:instrText" | "w:sdtPr" | "w:txbxContent"
        | "mc:Fallback" => {}
        name => {
            e.children().for_each(|c| collect(c, out));
            if name == "w:p" && !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
}
