//! Carries claims from one text to the next. If the edit is known, it maps each claim. If not, it searches for the
//! claim. If no place is certain, the claim is an orphan.

use super::{
    compare::{Words, compare},
    composed::{Composed, is_decomposed},
    find::{Context, Index, Place},
    local::{Word, align_near, align_said, read_words},
    look_alike::{is_code, is_in_tag},
    near::ParagraphReader,
    neighbour::Neighbours,
    sentence_pairs::{SentencePairs, ends_finally, is_read_alone, stand_whole, with_edge_marks},
    whole::OldClaim,
};
use crate::{
    model::Placement,
    text::{
        Change, Diff, Part, Side, Span, Step, diff, edit_distance, is_currency, is_sign, is_wordly,
        sentences, tokens,
    },
};
use std::{cell::OnceCell, ops::Range};

/// How many of a claim's words the place from the diff must have, by weight, in thousandths.
const MIN_SHARE_IN_PLACE: u32 = 500;
/// How many of them a place found by search alone must have, in thousandths.
const MIN_SHARE_FOUND: u32 = 700;
/// How many of them another place must have to be preferred to the place from the diff, in thousandths, and how many
/// more than the place from the diff.
const MIN_SHARE_ELSEWHERE: u32 = 900;
const MIN_LEAD: u32 = 100;
/// How much of a claim must be in place, in hundredths of its bytes, to show that words were only put into it.
const MIN_KEPT_PERCENT: usize = 95;
/// How many times as long as the claim its text with what was put into it may be.
const MAX_STRETCH: usize = 6;
/// How far a figure is searched for with the word beside it, in bytes.
const NEIGHBOURHOOD: usize = 160;
/// How many bytes next to a claim must be unchanged to show that it was edited in place.
const MIN_UNCHANGED_BESIDE: usize = 6;
/// A claim of fewer words than this is found elsewhere only if this much of its context agrees, in thousandths.
const SHORT_QUOTE: usize = 5;
const MIN_CONTEXT_SHARE: u32 = 300;
/// How much a claim must say to be recognised by its text alone, as the weight of its words.
const MIN_VERBATIM: i32 = 20;
/// How much unchanged text on each side of a claim proves that its statement is the same, in bytes.
const UNCHANGED_MARGIN: usize = 48;

/// Where a claim is in the new text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// How it got there.
    pub placement: Placement,
    /// Where; empty for an orphan.
    pub spans: Vec<Span>,
}

/// Carries every claim of `old`, each a list of spans, to `new`.
///
/// `change` is the editor's exact change set from `old` to `new`, if it is known. Else the diff is used, and a place
/// from the diff must still have the claim's words. Claims may overlap, nest and cross line ends. The result has the
/// order of `claims`.
pub fn carry(old: &str, new: &str, change: Option<&Change>, claims: &[Vec<Span>]) -> Vec<Carried> {
    let exact = change.filter(|c| c.len_before() == old.len() && c.len_after() == new.len());
    let carrier = Carrier::new(old, new, exact);
    let carried: Vec<Carried> = claims.iter().map(|spans| carrier.carry_claim(spans)).collect();
    let all_kept = carried.iter().all(|c| matches!(c.placement, Placement::Kept | Placement::Moved));
    if exact.is_some() || all_kept || !is_decomposed(old) && !is_decomposed(new) {
        return carried;
    }
    carry_composed(old, new, claims)
}

/// Carries every claim between the composed forms (NFC) of two texts of which one is in another form.
fn carry_composed(old: &str, new: &str, claims: &[Vec<Span>]) -> Vec<Carried> {
    let (was, is) = (Composed::new(old), Composed::new(new));
    let carrier = Carrier::new(&was.text, &is.text, None);
    let of = |spans: &Vec<Span>| carrier.carry_claim(&spans.iter().map(|s| was.span(*s)).collect::<Vec<_>>());
    let as_written = |c: Carried| Carried { spans: c.spans.iter().map(|s| is.written(*s)).collect(), ..c };
    claims.iter().map(of).map(as_written).collect()
}

/// Where an exact change moves a claim's spans. It does nothing else: a start stays with the text after it, an end
/// with the text before it, and a span grows over letters typed onto its first or last word. A span that became empty
/// is left out. The page shows this while a person types.
pub fn map(old: &str, new: &str, change: &Change, spans: &[Span]) -> Vec<Span> {
    spans.iter().filter_map(|span| map_span(old, new, change, *span)).collect()
}

fn map_span(old: &str, new: &str, change: &Change, span: Span) -> Option<Span> {
    let (start, end) = (change.map(span.start, Side::After).at, change.map(span.end, Side::Before).at);
    (start < end).then(|| widened_to_words(old, new, span, Span::new(start, end)))
}

/// Widens `now` to whole words at each end where `was` was between words.
fn widened_to_words(old: &str, new: &str, was: Span, now: Span) -> Span {
    let start = if word_across(old, was.start.0).is_none() {
        word_across(new, now.start.0).map(|w| w.start)
    } else {
        None
    };
    let end =
        if word_across(old, was.end.0).is_none() { word_across(new, now.end.0).map(|w| w.end) } else { None };
    Span::new(start.unwrap_or(now.start), end.unwrap_or(now.end))
}

/// The word on both sides of the byte `at`, if there is one.
fn word_across(text: &str, at: usize) -> Option<Span> {
    const REACH: usize = 128;
    let blank = |c: char| c.is_whitespace();
    let mut from = text[..at].rfind(blank).unwrap_or(0).max(at.saturating_sub(REACH));
    let mut to = text[at..].find(blank).map_or(text.len(), |n| at + n).min(at + REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let near = tokens(&text[from..to]).into_iter().map(|t| t.span.shifted(from as isize));
    near.into_iter().find(|w| w.start.0 < at && at < w.end.0)
}

/// A piece of text that both texts have.
#[derive(Clone, Copy)]
struct Piece {
    old: usize,
    new: usize,
    len: usize,
    /// Whether it is elsewhere now.
    moved: bool,
}

impl Piece {
    fn holds(&self, start: usize, end: usize) -> bool {
        self.old <= start && end <= self.old + self.len
    }
}

struct Carrier<'t> {
    old: &'t str,
    new: &'t str,
    exact: Option<&'t Change>,
    change: Change,
    pieces: Vec<Piece>,
    without_change: OnceCell<Box<Self>>,
    index: OnceCell<Index>,
    sentences: OnceCell<SentencePairs<'t>>,
    readers: (ParagraphReader<'t>, ParagraphReader<'t>),
}

/// A span's new place, and whether it was moved there.
type Placed = (Span, bool);

impl<'t> Carrier<'t> {
    fn new(old: &'t str, new: &'t str, exact: Option<&'t Change>) -> Self {
        let (change, pieces) = match exact {
            Some(change) => (change.clone(), kept_pieces(change)),
            None => read_diff(&diff(old, new), new),
        };
        Self {
            old,
            new,
            exact,
            change,
            pieces,
            without_change: OnceCell::new(),
            index: OnceCell::new(),
            sentences: OnceCell::new(),
            readers: (ParagraphReader::new(old), ParagraphReader::new(new)),
        }
    }

    fn carry_claim(&self, spans: &[Span]) -> Carried {
        if let Some(kept) = self.in_unchanged_text(spans) {
            return Carried { placement: Placement::Kept, spans: kept };
        }
        let placed: Vec<Placed> = spans.iter().filter_map(|s| self.new_place(*s)).collect();
        if placed.is_empty() || placed.len() < spans.len() && self.lost_most_words(spans) {
            return Carried { placement: Placement::Orphaned, spans: Vec::new() };
        }
        let edged = |(was, now): (&Span, &Placed)| with_edge_marks((self.old, *was), (self.new, now.0));
        let now: Vec<Span> = if placed.len() == spans.len() {
            spans.iter().zip(&placed).map(edged).collect()
        } else {
            placed.iter().map(|p| p.0).collect()
        };
        let moved = placed.iter().any(|p| p.1);
        let untouched = || match (spans, now.as_slice()) {
            ([was], [now]) => self.exact.is_none() && self.is_untouched(*was, *now),
            _ => false,
        };
        let placement = match untouched() || self.same_words(spans, &now) {
            true if moved => Placement::Moved,
            true => Placement::Kept,
            false => Placement::Changed,
        };
        Carried { placement, spans: now }
    }

    /// Whether the spans that lost their place held more than half of the claim's words.
    fn lost_most_words(&self, spans: &[Span]) -> bool {
        let weight = |lost: bool| {
            let of = spans.iter().filter(|s| !lost || self.new_place(**s).is_none());
            of.flat_map(|s| read_words(s.of(self.old).unwrap_or_default())).map(|w| w.weight).sum::<i32>()
        };
        weight(true) * 2 > weight(false)
    }

    /// The new spans, if each is well inside unchanged text.
    fn in_unchanged_text(&self, spans: &[Span]) -> Option<Vec<Span>> {
        spans
            .iter()
            .map(|span| {
                let piece = self.piece_at(span.start.0)?;
                let here = span.shifted(piece.new as isize - piece.old as isize);
                let start = if piece.old == 0 && piece.new == 0 { 0 } else { piece.old + UNCHANGED_MARGIN };
                let last = piece.old + piece.len == self.old.len() && piece.new + piece.len == self.new.len();
                let end = (piece.old + piece.len).saturating_sub(if last { 0 } else { UNCHANGED_MARGIN });
                let inside = start <= span.start.0 && span.end.0 <= end;
                let is_own = || self.exact.is_some() || self.old == self.new || self.stands_at(*span, piece);
                (!piece.moved && inside && !span.is_empty() && is_own()).then_some(here)
            })
            .collect()
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|p| p.old <= at);
        after.checked_sub(1).map(|i| &self.pieces[i])
    }

    fn new_place(&self, span: Span) -> Option<Placed> {
        if span.is_empty() || span.of(self.old).is_none() {
            return None;
        }
        if self.exact.is_some() {
            return self.place_by_words(span);
        }
        let piece = self.piece_at(span.start.0).filter(|p| p.holds(span.start.0, span.end.0));
        if let Some(piece) = piece.filter(|p| self.stands_at(span, p)) {
            let here = span.shifted(piece.new as isize - piece.old as isize);
            return Some((widened_to_words(self.old, self.new, span, here), false));
        }
        if let Some(now) = self.sentences().place(span) {
            let here = piece.map(|p| span.shifted(p.new as isize - p.old as isize));
            let place = here.filter(|h| h.contains(&now)).unwrap_or(now);
            return Some((widened_to_words(self.old, self.new, span, place), self.is_elsewhere(span, now)));
        }
        let allowed = |place: &Placed| self.sentences().allows(span, place.0);
        let found = match self.place_by_words(span) {
            Some(place) if !allowed(&place) => self.place_by_search(span, MIN_SHARE_FOUND),
            place => place,
        };
        let found = match self.sentences().largest_part(span) {
            Some(part) if found.is_none_or(|place| !place.0.overlaps(&part)) => Some((part, true)),
            _ => found,
        };
        let stays =
            found.is_some_and(|p| p.0.of(self.new) == span.of(self.old) || self.has_same_neighbours(span));
        let moved = if stays { None } else { self.only_verbatim(span, found.is_none()) };
        let place = moved.filter(|now| allowed(&(*now, true))).map(|now| (now, true)).or(found)?;
        let enters_tag = is_in_tag(self.new, place.0) && !is_in_tag(self.old, span);
        let said = if enters_tag { self.outside_tags(span) } else { None };
        Some(said.map_or(place, |now| (now, place.1)))
    }

    /// Where a claim's own text is outside tags, if only one such place has it: a picture's caption may also be its description.
    fn outside_tags(&self, span: Span) -> Option<Span> {
        let quote = span.of(self.old)?;
        let all = self.new.match_indices(quote).map(|(at, _)| Span::at(at, at + quote.len()));
        let mut said = all.filter(|at| !is_in_tag(self.new, *at));
        said.next().filter(|_| said.next().is_none())
    }

    /// Where a claim's own text is, if the new text has it once, and the old one too unless the claim `is_lost`, and it is long
    /// enough to be the same statement.
    fn only_verbatim(&self, span: Span, is_lost: bool) -> Option<Span> {
        let quote = span.of(self.old)?;
        let only = |text: &str| {
            let mut all = text.match_indices(quote).map(|(at, _)| at);
            all.next().filter(|_| all.next().is_none())
        };
        let words = read_words(quote);
        let is_long =
            words.len() >= SHORT_QUOTE && words.iter().map(|w| w.weight).sum::<i32>() >= MIN_VERBATIM;
        let at = if is_long { only(self.new) } else { None }?;
        (is_lost || only(self.old).is_some()).then(|| Span::at(at, at + quote.len()))
    }

    /// Whether the sentences of `span` stand whole in a piece that is in place.
    fn stands_at(&self, span: Span, piece: &Piece) -> bool {
        let (kept, by) =
            (Span::at(piece.old, piece.old + piece.len), piece.new as isize - piece.old as isize);
        !piece.moved
            && piece.holds(span.start.0, span.end.0)
            && stand_whole((self.old, self.new), span, kept, by)
                .unwrap_or_else(|| self.sentences().place(span) == Some(span.shifted(by)))
    }

    /// Whether the words of a claim are certainly the same at `now`, without comparing them.
    fn is_untouched(&self, was: Span, now: Span) -> bool {
        let stands = self
            .piece_at(was.start.0)
            .is_some_and(|p| now == was.shifted(p.new as isize - p.old as isize) && self.stands_at(was, p));
        match stands {
            true => was.of(self.old).is_some_and(is_read_alone),
            false => self.sentences().is_untouched(was, now),
        }
    }

    /// Whether a place is not where the diff has the text of `span`.
    fn is_elsewhere(&self, span: Span, now: Span) -> bool {
        match self.piece_at(span.start.0).filter(|p| p.holds(span.start.0, span.end.0)) {
            Some(piece) => piece.moved || piece.old + now.start.0 != piece.new + span.start.0,
            None => {
                let given = Span::new(
                    self.change.map(span.start, Side::Before).at,
                    self.change.map(span.end, Side::After).at,
                );
                !given.overlaps(&now)
            }
        }
    }

    /// The sentences of both texts, matched where they are verbatim in both.
    fn sentences(&self) -> &SentencePairs<'t> {
        self.sentences.get_or_init(|| {
            SentencePairs::new(self.old, self.new, |span| {
                let piece =
                    self.piece_at(span.start.0).filter(|p| !p.moved && p.holds(span.start.0, span.end.0));
                piece.map(|p| span.shifted(p.new as isize - p.old as isize))
            })
        })
    }

    fn place_by_words(&self, span: Span) -> Option<Placed> {
        if let Some(piece) = self.piece_at(span.start.0).filter(|p| p.holds(span.start.0, span.end.0)) {
            let now = span.shifted(piece.new as isize - piece.old as isize);
            return Some((widened_to_words(self.old, self.new, span, now), piece.moved));
        }
        self.place_by_change(span)
    }

    /// The place the change maps the span to, if it can be trusted.
    fn place_by_change(&self, span: Span) -> Option<Placed> {
        match self.exact {
            Some(change) => {
                let now =
                    map_span(self.old, self.new, change, span).filter(|_| !self.is_rewritten(change, span));
                let whole = now.and_then(|now| self.whole_statement(span, now));
                whole.map(|now| (now, false)).or_else(|| self.place_of_deleted(change, span))
            }
            None => {
                let (now, moved) = self.place_by_diff(span)?;
                Some((self.whole_statement(span, now)?, moved))
            }
        }
    }

    /// The whole statement at or around a place whose words changed.
    fn whole_statement(&self, was: Span, now: Span) -> Option<Span> {
        let now = self.without_blanks(was, now);
        if self.is_mostly_kept(was, now) {
            return Some(now);
        }
        OldClaim::new(self.old, was).whole_statement(self.new, now, self.has_same_neighbours(was))
    }

    /// Whether the change keeps the first word, the last word and two thirds of a claim, all inside `now`. Then no
    /// words have to be compared.
    fn is_mostly_kept(&self, was: Span, now: Span) -> bool {
        let words = was.of(self.old).unwrap_or_default();
        let (Some(first), Some(last)) = (words.find(is_wordly), words.rfind(is_wordly)) else { return false };
        let after = words[first..].find(|c| !is_wordly(c)).map_or(words.len(), |n| first + n);
        let blank = words[..last].char_indices().rfind(|(_, c)| !is_wordly(*c));
        let before = blank.map_or(0, |(n, c)| n + c.len_utf8());
        let kept = |from: usize, to: usize| {
            let piece = self.piece_at(from).filter(|p| !p.moved && p.holds(from, to));
            piece.is_some_and(|p| now.start.0 <= from + p.new - p.old && to + p.new - p.old <= now.end.0)
        };
        let at = was.start.0;
        if !kept(at + first, at + after) || !kept(at + before, at + last) {
            return false;
        }
        3 * self.kept_bytes(was) >= 2 * was.len()
    }

    /// How many bytes of a span are in place.
    fn kept_bytes(&self, was: Span) -> usize {
        let from = self.pieces.partition_point(|p| p.old + p.len <= was.start.0);
        let inside = self.pieces[from..].iter().take_while(|p| p.old < was.end.0).filter(|p| !p.moved);
        inside.map(|p| (p.old + p.len).min(was.end.0) - p.old.max(was.start.0)).sum()
    }

    /// Where in `given` the claim's own text is at its beginning or end.
    fn verbatim_in(&self, given: Span, was: Span) -> Option<Span> {
        let (quote, run) = (was.of(self.old)?, given.of(self.new)?);
        let at = if run.starts_with(quote) { Some(0) } else { run.strip_suffix(quote).map(str::len) }?;
        Some(Span::at(given.start.0 + at, given.start.0 + at + quote.len()))
    }

    /// Whether nothing was taken out of a claim, so that all that differs was put into it. A link that was put into a claim that
    /// is no whole sentence may be what the claim should not reach into.
    fn has_all_words(&self, was: Span, now: Span) -> bool {
        let (quote, run) = (was.of(self.old).unwrap_or_default(), now.of(self.new).unwrap_or_default());
        let links =
            |text: &str| text.matches(']').count() + text.matches('/').count() + text.matches('<').count();
        let only_words = links(run) <= links(quote) || ends_finally(quote);
        only_words
            && 100 * self.kept_bytes(was) >= MIN_KEPT_PERCENT * was.len()
            && self.is_mostly_kept(was, now)
    }

    /// `now` without the blanks at each end where `was` had none.
    fn without_blanks(&self, was: Span, now: Span) -> Span {
        let (quote, words) = (was.of(self.old).unwrap_or_default(), now.of(self.new).unwrap_or_default());
        let blank = |c: char| c.is_whitespace();
        let head = if quote.starts_with(blank) { 0 } else { words.len() - words.trim_start().len() };
        let tail = if quote.ends_with(blank) { 0 } else { words.len() - words.trim_end().len() };
        if head + tail >= words.len() { now } else { Span::at(now.start.0 + head, now.end.0 - tail) }
    }

    /// Where a claim that the change deleted is after all. If that is outside the text that replaced it, the claim
    /// moved.
    fn place_of_deleted(&self, change: &Change, span: Span) -> Option<Placed> {
        let (now, moved) = self.without_change().new_place(span)?;
        let (from, to) = (change.map(span.start, Side::Before).at, change.map(span.end, Side::After).at);
        Some((now, moved || !Span::new(from, to).contains(&now)))
    }

    /// The same two texts, carried without the change set.
    fn without_change(&self) -> &Self {
        self.without_change.get_or_init(|| Box::new(Self::new(self.old, self.new, None)))
    }

    /// The place from the diff, if the claim's words are still in or next to it. If not, or if they are complete at
    /// exactly one other place, the place that a search finds.
    fn place_by_diff(&self, span: Span) -> Option<Placed> {
        let quote = read_words(span.of(self.old)?);
        let (start, end) =
            (self.change.map(span.start, Side::After).at.0, self.change.map(span.end, Side::Before).at.0);
        let given = Span::at(start.min(end), start.max(end));
        if given.len() <= MAX_STRETCH * span.len() && self.has_all_words(span, given) {
            let given = self.verbatim_in(given, span).unwrap_or(given);
            return Some((widened_to_words(self.old, self.new, span, self.trimmed(span, given)), false));
        }
        let (from, run) = self.around(given, span.len());
        let here = words_at(&run, given.shifted(-(from as isize)));
        let alignment = align_near(&quote, &run, here.clone(), MIN_SHARE_IN_PLACE, MIN_LEAD)
            .or_else(|| align_said(&self.marked(span, &quote), &run));
        let same_neighbours = start < end && self.has_same_neighbours(span);
        let Some(alignment) = alignment else {
            let replaced = same_neighbours && is_same_statement(span.of(self.old)?, given.of(self.new)?);
            let near = || self.place_with_neighbour(span, &quote, given);
            return match replaced {
                true => near().or(Some((given, false))),
                false => self.place_by_search(span, MIN_SHARE_FOUND),
            };
        };
        let least = if here.is_empty() { MIN_SHARE_FOUND } else { MIN_SHARE_ELSEWHERE };
        let better = least.max(alignment.share + MIN_LEAD);
        if !same_neighbours
            && alignment.share < MIN_SHARE_ELSEWHERE
            && let Some(elsewhere) = self.place_by_search(span, better)
        {
            return Some(elsewhere);
        }
        let best =
            Span::new(run[alignment.first].span.start, run[alignment.last].span.end).shifted(from as isize);
        let fits = start < end && self.is_mostly(span, &quote, given, best, &run[here]);
        let now =
            if fits { self.trimmed(span, self.without_addresses(span, &quote, given, best)) } else { best };
        Some((widened_to_words(self.old, self.new, span, now), false))
    }

    /// Whether the words `here`, which replaced a claim, are mostly those that stand, at `best`. If `best` alone would be a piece of
    /// a statement, fewer of them are enough.
    fn is_mostly(&self, span: Span, quote: &[Word], given: Span, best: Span, here: &[Word]) -> bool {
        let is_short = here.len() <= quote.len() + quote.len() / 4 + 2;
        let is_most = || 2 * best.len() >= given.len() || has_both_ends(quote, here);
        is_short && given.contains(&best) && (is_most() || self.is_torn(span, best))
    }

    /// Whether a place whose words changed cannot be made whole.
    fn is_torn(&self, was: Span, now: Span) -> bool {
        let claim = OldClaim::new(self.old, was);
        let whole = claim.whole_statement(self.new, now, self.has_same_neighbours(was));
        whole.is_none_or(|whole| claim.is_torn(self.new, whole))
    }

    /// The words of a claim, those marked that are in an address, also where the claim begins inside it.
    fn marked(&self, span: Span, quote: &[Word]) -> Vec<Word> {
        let in_code = |w: &Word| is_code(self.old, w.span.shifted(span.start.0 as isize));
        quote.iter().map(|w| Word { in_address: w.in_address || in_code(w), ..*w }).collect()
    }

    /// `given`, which replaced a claim, only up to `best`, the words that stand, at each end where the claim cut through an
    /// address. Another address is nothing that the claim says.
    fn without_addresses(&self, span: Span, quote: &[Word], given: Span, best: Span) -> Span {
        let is_code =
            |w: Option<&Word>| w.is_some_and(|w| is_code(self.old, w.span.shifted(span.start.0 as isize)));
        let goes_on = |mut beside: Box<dyn Iterator<Item = char> + '_>| {
            beside.find(|c| c.is_alphanumeric() || c.is_whitespace() || "()[]<>\"".contains(*c))
        };
        let before = goes_on(Box::new(self.old[..span.start.0].chars().rev()));
        let after = goes_on(Box::new(self.old[span.end.0..].chars()));
        let cut = |beside: Option<char>, word| beside.is_some_and(char::is_alphanumeric) && is_code(word);
        let start = if cut(before, quote.first()) { best.start } else { given.start };
        Span::new(start, if cut(after, quote.last()) { best.end } else { given.end })
    }

    /// Whether the text directly before and after the claim is unchanged. Then its words were edited in place, and
    /// similar words elsewhere are another statement.
    fn has_same_neighbours(&self, span: Span) -> bool {
        let before = span.start.0 == 0
            || self.piece_at(span.start.0 - 1).is_some_and(|p| {
                !p.moved
                    && p.holds(span.start.0 - 1, span.start.0)
                    && (span.start.0.min(p.old + p.len) - p.old >= MIN_UNCHANGED_BESIDE || p.old == 0)
            });
        let end = self.old.len();
        let after = span.end.0 == end
            || self.piece_at(span.end.0).is_some_and(|p| {
                !p.moved
                    && p.holds(span.end.0, span.end.0 + 1)
                    && (p.old + p.len - span.end.0 >= MIN_UNCHANGED_BESIDE || p.old + p.len == end)
            });
        before && after
    }

    /// The place near `given` where a short claim stands beside the word that it stood beside.
    fn place_with_neighbour(&self, span: Span, quote: &[Word], given: Span) -> Option<Placed> {
        let (from, run) = self.around(given, NEIGHBOURHOOD);
        let place = Neighbours::of(self.old, span).place_of(quote, &run)?;
        Some((place.shifted(from as isize), true))
    }

    /// The words in and next to a range of the new text, and the byte their spans count from.
    fn around(&self, given: Span, reach: usize) -> (usize, Vec<Word>) {
        let (mut from, mut to) = (
            given.start.0.saturating_sub(reach),
            (given.end.0.min(given.start.0 + 4 * reach) + reach).min(self.new.len()),
        );
        from = start_of_token(self.new, from);
        while !self.new.is_char_boundary(to) {
            to += 1;
        }
        (from, read_words(&self.new[from..to]))
    }

    /// `now` without the blanks and marks at each end where `was` had none.
    fn trimmed(&self, was: Span, now: Span) -> Span {
        let (quote, words) = (was.of(self.old).unwrap_or_default(), now.of(self.new).unwrap_or_default());
        let mark = |c: char| !is_wordly(c);
        let head =
            if quote.starts_with(mark) { 0 } else { words.len() - words.trim_start_matches(mark).len() };
        let tail = if quote.ends_with(mark) { 0 } else { words.len() - words.trim_end_matches(mark).len() };
        if head + tail >= words.len() { now } else { Span::at(now.start.0 + head, now.end.0 - tail) }
    }

    /// Whether one replacement covers the claim and more than the sentence around it.
    fn is_rewritten(&self, change: &Change, span: Span) -> bool {
        let mut at = 0;
        change.steps().iter().any(|step| match step {
            Step::Keep(n) => {
                at += n;
                false
            }
            Step::Replace { len, .. } => {
                let gone = Span::at(at, at + len);
                at += len;
                gone.contains(&span) && self.is_wider_than_sentence(gone, span)
            }
        })
    }

    fn is_wider_than_sentence(&self, gone: Span, span: Span) -> bool {
        let from = self.old[..span.start.0].rfind("\n\n").map_or(0, |n| n + 2);
        let to = self.old[span.end.0..].find("\n\n").map_or(self.old.len(), |n| span.end.0 + n);
        let near = sentences(&self.old[from..to]).into_iter().map(|s| s.shifted(from as isize));
        let around: Vec<Span> = near.filter(|s| s.overlaps(&span)).collect();
        match (around.first(), around.last()) {
            (Some(first), Some(last)) => {
                gone.start <= first.start && gone.end >= last.end && gone.len() > last.end.0 - first.start.0
            }
            _ => gone.len() > span.len(),
        }
    }

    /// Searches the whole new text for the claim.
    fn place_by_search(&self, span: Span, enough: u32) -> Option<Placed> {
        let quote = span.of(self.old)?;
        let index = self.index.get_or_init(|| Index::new(self.new));
        let context = Context { before: &self.old[..span.start.0], after: &self.old[span.end.0..] };
        let quote_words = read_words(quote);
        let places = index.places(&quote_words, context);
        if places.iter().all(|p| p.alignment.share < enough) {
            return None;
        }
        let free = |p: &Place| self.sentences().allows(span, index.span(&p.alignment));
        let mut places = places.into_iter().filter(free);
        let best = places.next()?;
        let short = quote_words.len() < SHORT_QUOTE;
        let agrees = !short || best.context_share >= MIN_CONTEXT_SHARE;
        let clear = agrees && places.next().is_none_or(|next| next.score() + 80 < best.score());
        (best.alignment.share >= enough && clear)
            .then(|| (self.exact_quote_at(index.span(&best.alignment), quote), true))
    }

    /// The span of the exact quote around a place, if the quote is there letter by letter. Else the place itself.
    fn exact_quote_at(&self, place: Span, quote: &str) -> Span {
        let lead = quote.len() - quote.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let start = place.start.0.saturating_sub(lead);
        match self.new.get(start..start + quote.len()) {
            Some(words) if words == quote => Span::at(start, start + quote.len()),
            _ => place,
        }
    }

    fn same_words(&self, was: &[Span], now: &[Span]) -> bool {
        let (old, new) = &self.readers;
        was.len() == now.len() && compare(&old.statement(was), &new.statement(now)) == Words::Same
    }
}

/// Whether a run of words begins and ends with the same words as a claim.
fn has_both_ends(quote: &[Word], run: &[Word]) -> bool {
    let id = |word: Option<&Word>| word.map(|w| w.id);
    id(quote.first()) == id(run.first()) && id(quote.last()) == id(run.last())
}

/// The numbers of the words in `run` that a span overlaps.
fn words_at(run: &[Word], span: Span) -> Range<usize> {
    let first = run.partition_point(|w| w.span.end <= span.start);
    first..run.partition_point(|w| w.span.start < span.end).max(first)
}

/// The byte of the last blank before the byte `at`, so that no target of a link is cut.
fn start_of_token(text: &str, at: usize) -> usize {
    const LONGEST: usize = 512;
    let (from, to) = (text.floor_char_boundary(at.saturating_sub(LONGEST)), text.floor_char_boundary(at));
    text[from..to].rfind(char::is_whitespace).map_or(to, |n| from + n)
}

/// Whether a short claim that was replaced in place is still the same statement: a number for a number, or words of
/// mostly the same letters ("Mousa" for "Moussa").
fn is_same_statement(was: &str, now: &str) -> bool {
    const LONGEST: usize = 64;
    let number = |text: &str| {
        text.starts_with(|c: char| c.is_numeric() || is_currency(c) || is_sign(c))
            && text.contains(char::is_numeric)
            && !text.contains(char::is_whitespace)
    };
    let (a, b): (Vec<char>, Vec<char>) = (was.chars().collect(), now.chars().collect());
    let longest = a.len().max(b.len());
    number(was) && number(now) || longest <= LONGEST && 2 * edit_distance(&a, &b) <= longest
}

/// The pieces of text that a change keeps.
fn kept_pieces(change: &Change) -> Vec<Piece> {
    let (mut all, mut old, mut new) = (Vec::new(), 0, 0);
    for step in change.steps() {
        match step {
            Step::Keep(len) => {
                all.push(Piece { old, new, len: *len, moved: false });
                (old, new) = (old + len, new + len);
            }
            Step::Replace { len, with } => (old, new) = (old + len, new + with.len()),
        }
    }
    all
}

/// The change that a diff describes, and the pieces it keeps, including moved ones, in order of the old text.
fn read_diff(diff: &Diff, new: &str) -> (Change, Vec<Piece>) {
    let piece = |part: &Part, moved| match part {
        Part::Kept { old, new } => Some(Piece { old: old.start.0, new: new.start.0, len: old.len(), moved }),
        Part::Deleted { .. } | Part::Inserted { .. } | Part::MovedFrom { .. } | Part::MovedTo { .. } => None,
    };
    let inner = diff.moves.iter().flat_map(|m| &m.inner).filter_map(|p| piece(p, true));
    let mut pieces: Vec<Piece> = diff.parts.iter().filter_map(|p| piece(p, false)).chain(inner).collect();
    pieces.sort_by_key(|p| p.old);
    (Change::of(diff, new), pieces)
}
