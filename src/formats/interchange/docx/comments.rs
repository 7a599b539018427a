//! The parts that hold comments: their words, and which answers which.

use super::{
    authors::Author,
    threads::{Comment, Thread},
    xml::{W14, W15, escaped, root},
};
use std::fmt::Write;

/// The id of the first paragraph of the comments. Ids must be below 0x80000000, or Word drops what they name.
const FIRST_PARAGRAPH: usize = 0x1000_0001;

/// `comments.xml` and `commentsExtended.xml`. Comments are numbered from 0 in the order of the threads.
pub fn parts(threads: &[Thread]) -> (String, String) {
    let mut comments = root("comments");
    let mut extended =
        format!("{}<w15:commentsEx xmlns:w15=\"{W15}\" xmlns:w14=\"{W14}\">", super::xml::DECLARATION);
    let (mut number, mut paragraph) = (0, FIRST_PARAGRAPH);
    for thread in threads {
        let mut first = None;
        for comment in &thread.comments {
            let last = write(&mut comments, comment, number, &mut paragraph);
            let parent = first.map(|f: usize| format!(" w15:paraIdParent=\"{f:08X}\"")).unwrap_or_default();
            let done = u8::from(thread.done);
            let _ =
                write!(extended, "<w15:commentEx w15:paraId=\"{last:08X}\"{parent} w15:done=\"{done}\"/>");
            first = first.or(Some(last));
            number += 1;
        }
    }
    (comments + "</w:comments>", extended + "</w15:commentsEx>")
}

/// Writes a comment. Returns the id of its last paragraph, which stands for the comment in the other part.
fn write(out: &mut String, c: &Comment, number: usize, paragraph: &mut usize) -> usize {
    let Author { name, at } = &c.author;
    let (name, initials) = (escaped(name), escaped(&crate::model::initials(name)));
    let _ = write!(
        out,
        "<w:comment w:id=\"{number}\" w:author=\"{name}\" w:date=\"{}\" w:initials=\"{initials}\">",
        escaped(at)
    );
    for (n, words) in c.paragraphs.iter().enumerate() {
        let sign = "<w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:annotationRef/></w:r>";
        let _ = write!(
            out,
            "<w:p w14:paraId=\"{:08X}\" w14:textId=\"77777777\"><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr>{}\
             <w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            *paragraph,
            if n == 0 { sign } else { "" },
            escaped(words)
        );
        *paragraph += 1;
    }
    *out += "</w:comment>";
    *paragraph - 1
}
