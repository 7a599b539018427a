//! Comments, their answers, and which are done.

use super::{
    files::Parts,
    package::Package,
    story::CommentRange,
    texts,
    xml::{Element, Xml},
};
use crate::{formats::article::ReadError, model::FileComment};
use std::collections::{HashMap, HashSet};

/// A comment as its part has it, before its place in the text is known.
pub struct Comment {
    /// Its id, by which the text names it.
    pub id: String,
    /// What it says. Its quote and place are empty.
    pub comment: FileComment,
}

/// What the part of states says about the paragraph that ends a comment.
struct State {
    parent: Option<String>,
    done: bool,
}

/// Reads all comments. Fails if a part is damaged.
pub fn read(package: &Package<'_>, parts: &Parts) -> Result<Vec<Comment>, ReadError> {
    let Some(xml) = package.xml(&parts.path("comments"))? else { return Ok(Vec::new()) };
    let states = package.xml(&parts.path("commentsExtended"))?.map(|xml| states(&xml)).unwrap_or_default();
    Ok(all(&xml, &states))
}

/// All comments, in order. A comment that is there twice with one id is one.
fn all(xml: &Xml, states: &HashMap<String, State>) -> Vec<Comment> {
    let comments = xml.root().children().filter(|c| c.name() == "w:comment").collect::<Vec<_>>();
    let (mut all, mut known, mut by_end, mut parents) =
        (Vec::new(), HashMap::new(), HashMap::new(), Vec::new());
    for c in comments {
        let end = end(c);
        let state = end.as_ref().and_then(|e| states.get(e));
        let read = comment(c, state.is_some_and(|s| s.done));
        let same = (
            read.id.clone(),
            read.comment.author.clone(),
            read.comment.date.clone(),
            read.comment.text.clone(),
        );
        let at = *known.entry(same).or_insert(all.len());
        by_end.extend(end.map(|e| (e, at)));
        if at == all.len() {
            all.push(read);
            parents.push(state.and_then(|s| s.parent.as_ref()));
        }
    }
    for (comment, parent) in all.iter_mut().zip(parents) {
        comment.comment.reply_to = parent.and_then(|p| by_end.get(p)).copied();
    }
    cut_circles(&mut all);
    all
}

fn comment(c: Element<'_>, resolved: bool) -> Comment {
    let named = |name: &str| c.attribute(name).map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
    Comment {
        id: c.attribute("w:id").unwrap_or_default().to_owned(),
        comment: FileComment {
            author: named("w:author"),
            date: named("w:date"),
            text: texts::of(c),
            quote: String::new(),
            span: None,
            reply_to: None,
            resolved,
        },
    }
}

/// The id of the last paragraph of a comment, by which its state is known.
fn end(c: Element<'_>) -> Option<String> {
    let paragraphs = c.descendants().filter(|e| e.name() == "w:p");
    paragraphs.filter_map(|p| p.attribute("w14:paraId")).last().map(str::to_uppercase)
}

fn states(xml: &Xml) -> HashMap<String, State> {
    let all = xml.root().children().filter_map(|e| {
        let id = e.attribute("w15:paraId")?.to_uppercase();
        let parent = e.attribute("w15:paraIdParent").map(str::to_uppercase);
        Some((id, State { parent, done: matches!(e.attribute("w15:done"), Some("1" | "true" | "on")) }))
    });
    all.collect()
}

/// Lets no comment answer itself, directly or over others.
fn cut_circles(all: &mut [Comment]) {
    let mut sound = HashSet::new();
    for start in 0..all.len() {
        let (mut path, mut at) = (HashSet::new(), Some(start));
        while let Some(comment) = at.filter(|a| !sound.contains(a)) {
            path.insert(comment);
            let next = all.get(comment).and_then(|c| c.comment.reply_to);
            if next.is_some_and(|n| path.contains(&n)) {
                all.get_mut(comment).into_iter().for_each(|c| c.comment.reply_to = None);
            }
            at = next.filter(|n| !path.contains(n));
        }
        sound.extend(path);
    }
}

/// The places of a comment between pieces; `None` if it is on no range, or its range does not end.
pub fn place(id: &str, ranges: &HashMap<String, CommentRange>) -> Option<(usize, usize)> {
    let (from, to) = *ranges.get(id)?;
    to.map(|to| (from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml""#;

    fn read(comments: &str, states: &str, year: &str) -> Vec<Comment> {
        let comments = Xml::read(format!("<w:comments {SPACES}>{comments}</w:comments>").as_bytes()).unwrap();
        let uri = format!("http://schemas.microsoft.com/office/word/{year}/wordml");
        let states = format!(r#"<x:commentsEx xmlns:x="{uri}">{states}</x:commentsEx>"#);
        all(&comments, &super::states(&Xml::read(states.as_bytes()).unwrap()))
    }

    #[test]
    fn an_answer_and_a_state_are_found_by_the_last_paragraph() {
        for year in ["2012", "2010/11"] {
            let found = read(
                r#"<w:comment w:id="4" w:author="Ada"><w:p w14:paraId="0A"><w:r><w:t>Who?</w:t></w:r></w:p>
                <w:p w14:paraId="0B"><w:r><w:t>And when?</w:t></w:r></w:p></w:comment>
                <w:comment w:id="9" w:author="Ben"><w:p w14:paraId="0c"><w:r><w:t>Me.</w:t></w:r></w:p></w:comment>"#,
                r#"<x:commentEx x:paraId="0B" x:done="1"/><x:commentEx x:paraId="0C" x:paraIdParent="0b" x:done="0"/>"#,
                year,
            );
            let [question, answer] = found.as_slice() else { panic!("two comments") };
            assert_eq!(
                (question.comment.text.as_str(), question.comment.resolved),
                ("Who?\nAnd when?", true)
            );
            assert_eq!((answer.comment.reply_to, answer.comment.resolved), (Some(0), false), "{year}");
        }
    }

    #[test]
    fn a_comment_that_is_there_twice_is_one() {
        let twice =
            ["0A", "0B"].map(|end| format!(r#"<w:comment w:id="1"><w:p w14:paraId="{end}"/></w:comment>"#));
        let answer = r#"<w:comment w:id="2"><w:p w14:paraId="0C"/></w:comment>"#;
        let found =
            read(&(twice.concat() + answer), r#"<x:commentEx x:paraId="0C" x:paraIdParent="0B"/>"#, "2012");
        assert_eq!(found.iter().map(|c| c.comment.reply_to).collect::<Vec<_>>(), [None, Some(0)]);
    }

    #[test]
    fn comments_that_answer_each_other_are_cut_apart() {
        let comments =
            ["0A", "0B"].map(|id| format!(r#"<w:comment w:id="{id}"><w:p w14:paraId="{id}"/></w:comment>"#));
        let states = r#"<x:commentEx x:paraId="0A" x:paraIdParent="0B"/><x:commentEx x:paraId="0B" x:paraIdParent="0A"/>"#;
        let found = read(&comments.concat(), states, "2012");
        let parents = found.iter().map(|c| c.comment.reply_to).collect::<Vec<_>>();
        assert_eq!(parents, [Some(1), None]);
    }
}
