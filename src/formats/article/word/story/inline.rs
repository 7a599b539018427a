//! What is in a paragraph: runs, and what holds them.

use super::{Context, Story, chosen, marks};
use crate::{
    formats::article::word::{symbols, texts, xml::Element},
    model::LeftOutReason,
};

impl<'x> Story<'x> {
    /// Takes down what is in a paragraph, a run or what holds them.
    pub(super) fn inline(&mut self, e: Element<'x>, context: Context) {
        for child in e.children() {
            self.item(child, context);
        }
    }

    fn item(&mut self, e: Element<'x>, context: Context) {
        match e.name() {
            "w:r" => self.run(e, context),
            "w:t" | "w:delText" | "m:t" => self.words(&e.text(), context),
            "w:tab" | "w:ptab" => self.words("\t", context),
            "w:br" | "w:cr" => self.line_break(context),
            "w:noBreakHyphen" => self.words("\u{2011}", context),
            "w:sym" => self.symbol(e, context),
            "w:hyperlink" => self.hyperlink(e, context),
            "w:fldSimple" => self.simple_field(e, context),
            "w:fldChar" => self.field_mark(e),
            "w:instrText" | "w:delInstrText" => self.fields.instruct(&e.text()),
            "w:footnoteReference" | "w:endnoteReference" => self.call(e, context),
            "w:drawing" | "w:pict" => self.graphic(e, context),
            "w:object" => self.object(e),
            "mc:AlternateContent" => chosen(e).into_iter().for_each(|c| self.inline(c, context)),
            "m:oMath" => self.equation(e, context),
            "w:sdt" => e.child("w:sdtContent").into_iter().for_each(|c| self.inline(c, context)),
            "w:ruby" => e.child("w:rubyBase").into_iter().for_each(|c| self.inline(c, context)),
            "w:sdtContent" | "w:customXml" | "w:smartTag" | "w:dir" | "w:bdo" | "m:oMathPara" => {
                self.inline(e, context)
            }
            "w:pPr" | "w:rPr" | "m:rPr" => {}
            name if marks::is_change(name) => {
                if let Some(inside) = self.entered(e, context) {
                    self.inline(e, inside);
                }
            }
            name if name.starts_with("m:") => self.inline(e, context),
            _ => self.place(e),
        }
    }

    fn run(&mut self, run: Element<'x>, context: Context) {
        let properties = run.child("w:rPr");
        self.is_reformatted |= properties.is_some_and(|p| p.child("w:rPrChange").is_some());
        let is_hidden = context.is_hidden || self.files.styles.is_hidden(properties);
        self.inline(run, Context { is_hidden, ..context });
    }

    fn symbol(&mut self, e: Element<'x>, context: Context) {
        let code = e.attribute("w:char").and_then(|c| u32::from_str_radix(c, 16).ok());
        match code.and_then(|c| symbols::character(e.attribute("w:font").unwrap_or_default(), c)) {
            Some(c) => self.words(c.encode_utf8(&mut [0; 4]), context),
            None => self.leave_out(e.attribute("w:char").unwrap_or("sym"), LeftOutReason::Characters),
        }
    }

    /// An equation: its words, and a note that its form is gone. One in another is in that note.
    fn equation(&mut self, e: Element<'x>, context: Context) {
        self.inline(e, Context { in_equation: true, ..context });
        if !context.in_equation {
            self.leave_out(texts::of(e), LeftOutReason::Format);
        }
    }
}
