//! The text between the sentences of the merged text: blanks, line ends, breaks between paragraphs.
//!
//! No gap needs a person's decision. If both sides changed one, the wider gap is taken. So the result does not depend
//! on which side is called ours.

use super::units::CutText;

/// The sentences of the base, ours and theirs that a part of the result begins and ends with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub first: [Option<usize>; 3],
    pub last: [Option<usize>; 3],
}

/// The gaps of the three texts.
#[derive(Clone, Debug)]
pub(super) struct Gaps {
    gaps: [Vec<String>; 3],
}

impl Ends {
    /// One sentence, by its number in each text that has it.
    pub fn of(at: [Option<usize>; 3]) -> Self {
        Self { first: at, last: at }
    }

    /// Consecutive sentences of one text.
    pub fn run(text: usize, units: &std::ops::Range<usize>) -> Self {
        let mut ends = Self::default();
        if !units.is_empty() {
            ends.first[text] = Some(units.start);
            ends.last[text] = Some(units.end - 1);
        }
        ends
    }

    /// These ends, and the other's ends for the texts that have none here.
    pub fn or(self, other: Self) -> Self {
        let both =
            |a: [Option<usize>; 3], b: [Option<usize>; 3]| [a[0].or(b[0]), a[1].or(b[1]), a[2].or(b[2])];
        Self { first: both(self.first, other.first), last: both(self.last, other.last) }
    }
}

impl Gaps {
    pub fn of(texts: &[CutText; 3]) -> Self {
        Self { gaps: [0, 1, 2].map(|s| cut(&texts[s])) }
    }

    /// The text before the first sentence.
    pub fn head(&self) -> &str {
        self.edge(|gaps| &gaps[0])
    }

    /// The text after the last sentence.
    pub fn tail(&self) -> &str {
        self.edge(|gaps| if gaps.len() > 1 { &gaps[gaps.len() - 1] } else { "" })
    }

    /// The gap between two parts of the result: the gap from the texts where they are neighbours, else the gap that
    /// most often follows the one or precedes the other.
    pub fn between(&self, left: &Ends, right: &Ends) -> &str {
        let near = [0, 1, 2].map(|s| {
            let after = left.last[s]? + 1;
            (right.first[s] == Some(after)).then(|| self.gaps[s][after].as_str())
        });
        choose(near).unwrap_or_else(|| self.most_common(left, right))
    }

    /// The parts joined to a whole text.
    pub fn join(&self, all: &[(&str, Ends)]) -> String {
        let mut out = self.head().to_owned();
        for (i, (words, ends)) in all.iter().enumerate() {
            out += if i > 0 { self.between(&all[i - 1].1, ends) } else { "" };
            out += words;
        }
        out + self.tail()
    }

    fn edge<'s>(&'s self, of: impl Fn(&'s [String]) -> &'s str) -> &'s str {
        choose([0, 1, 2].map(|s| Some(of(&self.gaps[s])))).unwrap_or_default()
    }

    fn most_common(&self, left: &Ends, right: &Ends) -> &str {
        let mut seen: Vec<&str> = Vec::with_capacity(6);
        for (s, gaps) in self.gaps.iter().enumerate() {
            let inner = 1..gaps.len().saturating_sub(1);
            let around = [left.last[s].map(|a| a + 1), right.first[s]];
            seen.extend(
                around.into_iter().flatten().filter(|at| inner.contains(at)).map(|at| gaps[at].as_str()),
            );
        }
        let count = |gap: &str| seen.iter().filter(|g| **g == gap).count();
        seen.iter().copied().max_by_key(|g| (count(g), width(g))).unwrap_or("\n\n")
    }
}

/// The gaps of a text: before the first sentence, between the sentences, after the last. The whole text if it has no
/// sentence.
fn cut(cut_text: &CutText) -> Vec<String> {
    let (mut at, mut gaps) = (0, Vec::with_capacity(cut_text.units.len() + 1));
    for unit in &cut_text.units {
        gaps.push(cut_text.text[at..unit.start.0].to_owned());
        at = unit.end.0;
    }
    gaps.push(cut_text.text[at..].to_owned());
    gaps
}

/// Chooses between two edits of one gap, or of one sentence's line breaks: the changed one, or the wider one if both
/// changed.
pub(super) fn choose([base, ours, theirs]: [Option<&str>; 3]) -> Option<&str> {
    match (ours, theirs) {
        (Some(o), Some(t)) if o == t || Some(t) == base => Some(o),
        (Some(o), Some(t)) if Some(o) == base || width(t) > width(o) => Some(t),
        (Some(o), _) => Some(o),
        (None, theirs) => theirs,
    }
}

/// The order of gaps: by line ends, then length, then characters.
fn width(gap: &str) -> (usize, usize, &str) {
    (gap.matches('\n').count(), gap.len(), gap)
}
