//! Where comments and bookmarks begin and end in the body.

use super::threads::{On, Thread};
use crate::text::Span;
use std::fmt::Write;

/// Begins and ends in one text, in order.
#[derive(Default)]
pub struct Events {
    /// The place, whether something begins there, and what is written there. At one place, ends come first.
    all: Vec<(usize, bool, String)>,
    next: usize,
}

impl Events {
    /// Those of the threads that `span` places in the text.
    pub fn of(threads: &[Thread], span: impl Fn(On) -> Option<Span>) -> Self {
        let (mut all, mut number, mut bookmark) = (Vec::new(), 0, 0);
        for thread in threads {
            let count = thread.comments.len();
            if let Some(span) = span(thread.on) {
                let (begin, end) = marks(thread, number, bookmark);
                all.push((span.start.0, true, begin));
                all.push((span.end.0, false, end));
            }
            number += count;
            bookmark += 1;
        }
        all.sort_by_key(|(at, begins, _)| (*at, *begins));
        Self { all, next: 0 }
    }

    /// What is due before what is at that place.
    pub fn before(&mut self, at: usize, out: &mut String) {
        self.take(out, |place, _| place <= at);
    }

    /// What ends with what ends at that place.
    pub fn after(&mut self, at: usize, out: &mut String) {
        self.take(out, |place, begins| place < at || (place == at && !begins));
    }

    /// All that is left.
    pub fn rest(&mut self, out: &mut String) {
        self.take(out, |_, _| true);
    }

    /// The next place after `at`.
    pub fn next_after(&self, at: usize) -> Option<usize> {
        self.all.iter().skip(self.next).map(|(place, ..)| *place).find(|place| *place > at)
    }

    fn take(&mut self, out: &mut String, due: impl Fn(usize, bool) -> bool) {
        while let Some((_, _, words)) = self.all.get(self.next).filter(|(at, begins, _)| due(*at, *begins)) {
            *out += words;
            self.next += 1;
        }
    }
}

/// What begins and ends a thread. Each answer has a place of its own, or Word drops it.
fn marks(thread: &Thread, number: usize, bookmark: usize) -> (String, String) {
    let (mut begin, mut end) = (String::new(), String::new());
    if let Some(name) = &thread.bookmark {
        let _ = write!(begin, "<w:bookmarkStart w:id=\"{bookmark}\" w:name=\"{name}\"/>");
        let _ = write!(end, "<w:bookmarkEnd w:id=\"{bookmark}\"/>");
    }
    for n in number..number + thread.comments.len() {
        let _ = write!(begin, "<w:commentRangeStart w:id=\"{n}\"/>");
        let _ = write!(
            end,
            "<w:commentRangeEnd w:id=\"{n}\"/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr>\
             <w:commentReference w:id=\"{n}\"/></w:r>"
        );
    }
    (begin, end)
}
