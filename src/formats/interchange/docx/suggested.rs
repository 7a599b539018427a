//! Open suggestions as tracked changes on the sequence of pieces: what each adds, and what it takes away.

use super::{
    authors::{Author, Authors},
    paragraphs::{Kind, paragraphs},
    pieces::{Piece, State, What},
};
use crate::{
    model::{ArticleState, Moment, SuggestionAnchor, SuggestionView},
    text::Span,
};

/// An edit of an open suggestion.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Who suggests it, by the place in a list of authors.
    pub author: usize,
    /// The words that go.
    pub span: Span,
    /// The words that come.
    pub with: String,
}

/// The edits of the newest revision's open suggestions in text order, and their authors. A suggestion in the words that another one
/// adds has none.
pub fn edits(state: &ArticleState, others: Option<&Authors>) -> (Vec<Edit>, Vec<Author>) {
    let Some(newest) = state.newest() else { return Default::default() };
    let waiting = state.waiting(newest.id);
    let (mut edits, mut authors): (Vec<Edit>, Vec<Author>) = Default::default();
    let mut seen = Vec::new();
    for anchor in waiting.anchors() {
        let SuggestionAnchor::Edit(id, nth, span) = anchor else { continue };
        let Some(view) = state.suggestion(id) else { continue };
        // A split edit adds its words once.
        let is_first = !seen.contains(&(id, nth));
        seen.push((id, nth));
        let with = waiting.words_of(view).into_iter().nth(nth).filter(|_| is_first).unwrap_or_default();
        edits.push(Edit { author: authors.len(), span, with });
        authors.push(author(state, view, others));
    }
    (edits, authors)
}

/// Who made a suggestion, and when. Nobody revised the article under that name in that minute: by that, a file that comes back shows
/// what the article has already.
fn author(state: &ArticleState, view: &SuggestionView, others: Option<&Authors>) -> Author {
    let file = view.author.as_ref();
    let person = state.people.get(&view.stamp.by).map(|p| p.name.as_str());
    let name = file.map_or(person, |f| f.name.as_deref());
    let at = file.and_then(|f| f.date.clone()).unwrap_or_else(|| view.stamp.at.to_string());
    let mut author = Author::new(name, &at);
    while others.is_some_and(|others| others.are_of(&author)) {
        let Ok(Moment(at)) = author.at.parse() else { break };
        author.at = Author::new(None, &Moment(at + 60_000).to_string()).at;
    }
    author
}

/// The pieces with the edits on them.
pub fn with_edits(pieces: Vec<Piece>, edits: &[Edit]) -> Vec<Piece> {
    if edits.is_empty() {
        return pieces;
    }
    let ends = pieces.iter().filter(|p| matches!(p.what, What::End(_))).filter_map(|p| p.new).collect();
    let mut weaver = Weaver { edits, ends, next: 0, out: Vec::new() };
    for paragraph in pieces.split_inclusive(|p| matches!(p.what, What::End(_))) {
        weaver.paragraph(paragraph);
    }
    let after = edits.get(weaver.next..).unwrap_or_default();
    weaver.out.extend(after.iter().flat_map(added_paragraphs));
    weaver.out
}

struct Weaver<'e> {
    edits: &'e [Edit],
    /// The places of the ends of paragraphs, in order.
    ends: Vec<usize>,
    /// The next edit whose words are not added yet.
    next: usize,
    out: Vec<Piece>,
}

impl Weaver<'_> {
    fn paragraph(&mut self, pieces: &[Piece]) {
        let Some(Piece { what: What::End(kind), .. }) = pieces.last() else { return };
        for piece in pieces {
            match (&piece.what, piece.new) {
                (_, None) => self.out.push(piece.clone()),
                (What::Words(words), Some(at)) => self.words(piece, words, at, *kind),
                (What::End(_), Some(at)) => self.end(piece, at, *kind),
            }
        }
    }

    /// Words, cut where an edit begins or ends.
    fn words(&mut self, piece: &Piece, words: &str, from: usize, kind: Kind) {
        let mut at = 0;
        while at < words.len() {
            self.add_before(from + at, kind);
            let cuts = self.edits.iter().flat_map(|e| [e.span.start.0, e.span.end.0]);
            let cuts =
                cuts.filter_map(|c| c.checked_sub(from)).filter(|c| *c > at && words.is_char_boundary(*c));
            let end = cuts.min().unwrap_or(words.len()).min(words.len());
            let Some(part) = words.get(at..end) else { return };
            let takes = self.edits.iter().find(|e| e.span.start.0 <= from + at && from + at < e.span.end.0);
            self.out.push(Piece {
                what: What::Words(part.to_owned()),
                old: piece.old.map(|o| o + at),
                new: Some(from + at),
                takes: takes.map(|e| e.author),
                ..piece.clone()
            });
            at = end;
        }
    }

    /// The end of a paragraph. Whole paragraphs that are added after it follow it.
    fn end(&mut self, piece: &Piece, at: usize, kind: Kind) {
        let new_paragraphs = |e: &Edit| e.with.starts_with('\n') && e.span.end.0 == at;
        while let Some(edit) = self.edits.get(self.next).filter(|e| e.span.end.0 <= at && !new_paragraphs(e))
        {
            self.add(edit, kind);
            self.next += 1;
        }
        let takes = self.edits.iter().find(|e| self.takes_end(e, at)).map(|e| e.author);
        self.out.push(Piece { takes, ..piece.clone() });
        while let Some(edit) = self.edits.get(self.next).filter(|e| new_paragraphs(e)) {
            self.out.extend(added_paragraphs(edit));
            self.next += 1;
        }
    }

    /// Whether an edit takes away the end at that place. One that goes from the end of a paragraph to the end of another takes that
    /// other one with its end.
    fn takes_end(&self, edit: &Edit, at: usize) -> bool {
        let (start, end) = (edit.span.start.0, edit.span.end.0);
        let whole =
            start < end && self.ends.binary_search(&start).is_ok() && self.ends.binary_search(&end).is_ok();
        if whole { start < at && at <= end } else { start <= at && at < end }
    }

    /// Adds the words of edits that are due before a place.
    fn add_before(&mut self, at: usize, kind: Kind) {
        while let Some(edit) = self.edits.get(self.next).filter(|e| e.span.end.0 <= at) {
            let begins = self.out.last().is_none_or(|p| matches!(p.what, What::End(_)));
            if begins && edit.with.ends_with('\n') {
                self.out.extend(added_paragraphs(edit));
            } else {
                self.add(edit, kind);
            }
            self.next += 1;
        }
    }

    /// Adds the words of an edit in a paragraph of that kind.
    fn add(&mut self, edit: &Edit, kind: Kind) {
        for (n, line) in between_breaks(&edit.with).into_iter().enumerate() {
            if n > 0 {
                self.out.push(added(edit, What::End(kind)));
            }
            if !line.is_empty() {
                self.out.push(added(edit, What::Words(line.to_owned())));
            }
        }
    }
}

/// The words between the breaks of paragraphs, also the empty ones before the first and behind the last break.
fn between_breaks(words: &str) -> Vec<&str> {
    let all: Vec<&str> = words.split('\n').collect();
    let last = all.len() - 1;
    let inside = |(n, line): &(usize, &str)| !line.is_empty() || *n == 0 || *n == last;
    all.into_iter().enumerate().filter(inside).map(|(_, line)| line).collect()
}

/// The whole paragraphs that an edit adds.
fn added_paragraphs(edit: &Edit) -> Vec<Piece> {
    let each = paragraphs(&edit.with, false).into_iter();
    each.flat_map(|p| [added(edit, What::Words(p.words)), added(edit, What::End(p.kind))]).collect()
}

fn added(edit: &Edit, what: What) -> Piece {
    Piece { what, state: State::Kept, old: None, new: None, adds: Some(edit.author), takes: None }
}

#[cfg(test)]
mod tests {
    use super::{super::pieces::of_one, *};

    fn drawn(text: &str, edits: &[(&str, &str)]) -> String {
        let edit = |(author, (words, with)): (usize, &(&str, &str))| {
            let at = text.find(words).unwrap();
            Edit { author, span: Span::at(at, at + words.len()), with: (*with).to_owned() }
        };
        let edits: Vec<Edit> = edits.iter().enumerate().map(edit).collect();
        let piece = |p: Piece| {
            let what = match p.what {
                What::Words(w) => w,
                What::End(_) => "¶".into(),
            };
            match (p.adds, p.takes) {
                (Some(_), _) => format!("[+{what}+]"),
                (_, Some(_)) => format!("[-{what}-]"),
                _ => what,
            }
        };
        with_edits(of_one(&paragraphs(text, false)), &edits).into_iter().map(piece).collect()
    }

    #[test]
    fn words_and_paragraphs_that_are_suggested_stand_where_they_would_be() {
        let text = "A red cat.\n\n- one\n- two\n\nEnd.\n";
        assert_eq!(drawn(text, &[("red", "blue")]), "A [-red-][+blue+] cat.¶one¶two¶End.¶");
        assert_eq!(drawn(text, &[(" ", "\n\n")]), "A[- -][+¶+]red cat.¶one¶two¶End.¶");
        assert_eq!(drawn(text, &[("cat", "\n\nfox")]), "A red [-cat-][+¶+][+fox+].¶one¶two¶End.¶");
        assert_eq!(drawn(text, &[("\n- two", "")]), "A red cat.¶one¶[-two-][-¶-]End.¶");
        assert_eq!(
            drawn(text, &[("one\n", "one\n- and\n")]),
            "A red cat.¶[-one-][-¶-][+one+][+¶+][+and+][+¶+]two¶End.¶"
        );
        let after = |at: usize, with: &str| {
            let edits = [Edit { author: 0, span: Span::at(at, at), with: with.into() }];
            let pieces = with_edits(of_one(&paragraphs(text, false)), &edits);
            pieces.iter().filter(|p| p.adds.is_some()).map(|p| format!("{:?}", p.what)).collect::<Vec<_>>()
        };
        assert_eq!(after(10, "\n\n## New"), ["Words(\"New\")", "End(Heading(2))"]);
        assert_eq!(after(text.len(), "\nNew.\n"), ["Words(\"New.\")", "End(Plain)"]);
        assert_eq!(after(0, "New.\n\n"), ["Words(\"New.\")", "End(Plain)"]);
        assert_eq!(after(2, "big "), ["Words(\"big \")"]);
    }
}
