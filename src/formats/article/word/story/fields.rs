//! Links, and fields: what a field shows is text, what it is made by is not.

use super::{Context, Link, Story, open::Field};
use crate::formats::article::word::xml::Element;

impl<'x> Story<'x> {
    pub(super) fn field_mark(&mut self, e: Element<'x>) {
        match e.attribute("w:fldCharType") {
            Some("begin") => self.fields.begin(),
            Some("separate") => {
                let at = self.pieces.here();
                self.fields.separate(at);
            }
            Some("end") => {
                let to = self.pieces.here();
                if let Some(Field { instruction, result: Some(from) }) = self.fields.end() {
                    self.link(from, to, address(&instruction));
                }
            }
            _ => {}
        }
    }

    pub(super) fn simple_field(&mut self, e: Element<'x>, context: Context) {
        let from = self.pieces.here();
        self.inline(e, context);
        let to = self.pieces.here();
        self.link(from, to, address(e.attribute("w:instr").unwrap_or_default()));
    }

    pub(super) fn hyperlink(&mut self, e: Element<'x>, context: Context) {
        let from = self.pieces.here();
        self.inline(e, context);
        let to = self.pieces.here();
        let target = e.attribute("r:id").and_then(|id| self.relations.get(id)).filter(|r| r.is_outside);
        self.link(from, to, target.map(|r| r.target.as_str()));
    }

    fn link(&mut self, from: usize, to: usize, url: Option<&str>) {
        let url = url.filter(|_| from < to);
        if let Some(url) = url.filter(|url| self.may_copy(url.len())) {
            self.links.push(Link { from, to, url: url.trim().to_owned(), note: self.in_note });
        }
    }
}

/// The address in the instruction of a field: `HYPERLINK "https://…" \l "place"`.
fn address(instruction: &str) -> Option<&str> {
    let rest = instruction.trim_start();
    let (name, rest) = rest.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let quoted = || rest.strip_prefix('"')?.split('"').next();
    let bare = || rest.split_whitespace().next();
    let found = quoted().or_else(bare)?;
    (name.eq_ignore_ascii_case("HYPERLINK") && !found.starts_with('\\')).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_of_a_link_field_is_its_first_argument() {
        assert_eq!(
            address(r#" HYPERLINK "https://example.org/a b" \o "tip" "#),
            Some("https://example.org/a b")
        );
        assert_eq!(address("hyperlink https://example.org/"), Some("https://example.org/"));
        assert_eq!(address(r#"HYPERLINK \l "place""#), None);
        assert_eq!(address(r#"PAGEREF "https://example.org/""#), None);
    }
}
