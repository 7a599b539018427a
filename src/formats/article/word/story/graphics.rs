//! Drawings: pictures, text boxes, and objects that are only named.

use super::{Context, Picture, Story, chosen};
use crate::{formats::article::word::xml::Element, model::LeftOutReason};

impl<'x> Story<'x> {
    /// Takes down the pictures and text boxes of a drawing.
    pub(super) fn graphic(&mut self, e: Element<'x>, context: Context) {
        let alt = e.descendants().find(|d| d.name() == "wp:docPr" || d.name() == "v:shape").and_then(alt);
        self.graphic_part(e, context, alt);
    }

    fn graphic_part(&mut self, e: Element<'x>, context: Context, alt: Option<&'x str>) {
        match e.name() {
            "w:txbxContent" => self.boxes.push((e, Context { in_row: false, in_equation: false, ..context })),
            "a:blip" => self.picture(e.attribute("r:embed").or_else(|| e.attribute("r:link")), alt),
            "v:imagedata" => self.picture(e.attribute("r:id"), alt),
            "o:OLEObject" => self.object(e),
            "?:chart" | "?:relIds" if e.attribute("r:id").or_else(|| e.attribute("r:dm")).is_some() => {
                self.leave_out(alt.unwrap_or("drawing"), LeftOutReason::Object);
            }
            "mc:AlternateContent" => {
                chosen(e).into_iter().for_each(|c| self.graphic_part(c, context, alt));
            }
            _ => e.children().for_each(|c| self.graphic_part(c, context, alt)),
        }
    }

    fn picture(&mut self, id: Option<&'x str>, alt: Option<&str>) {
        let Some(relation) = id.and_then(|id| self.relations.get(id)) else { return };
        if self.may_copy(relation.target.len() + alt.map_or(0, str::len)) {
            let (target, is_outside) = (relation.target.clone(), relation.is_outside);
            let at = self.pieces.here();
            self.pictures.push(Picture { at, target, is_outside, alt: alt.map(str::to_owned) });
        }
    }

    /// An embedded object: it is never opened, only named.
    pub(super) fn object(&mut self, e: Element<'x>) {
        let named = e.descendants().find(|d| d.name() == "o:OLEObject").and_then(|o| o.attribute("ProgID"));
        self.leave_out(named.unwrap_or("object"), LeftOutReason::Object);
    }
}

/// The words that stand for a drawing.
fn alt(properties: Element<'_>) -> Option<&str> {
    let named = ["descr", "title", "alt"].iter().filter_map(|name| properties.attribute(name));
    named.map(str::trim).find(|words| !words.is_empty())
}
