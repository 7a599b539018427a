//! Which glyphs stand for which characters.

use parley::Cluster;

/// Whether the font lacks what a cluster needs. Controls and characters without a shape need nothing.
pub fn lacks(cluster: &Cluster<'_, u16>, text: &str) -> bool {
    let needed = |c: char| !c.is_control() && !c.is_whitespace() && !shapeless(c);
    let words = text.get(cluster.text_range()).unwrap_or_default();
    words.chars().any(needed) && cluster.glyphs().any(|g| g.id == 0)
}

/// Characters that only act on their neighbours: joiners, directions, variation selectors, the soft hyphen and tags.
/// Source: Unicode, `Default_Ignorable_Code_Point`.
fn shapeless(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The ends of the ligatures of a run, by where they start: a ligature has the characters of all its parts.
pub fn ligature_ends(run: &parley::Run<'_, u16>) -> Vec<(usize, usize)> {
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for cluster in run.clusters() {
        let range = cluster.text_range();
        match ends.last_mut() {
            Some(last) if cluster.is_ligature_continuation() => last.1 = last.1.max(range.end),
            _ if cluster.is_ligature_start() => ends.push((range.start, range.end)),
            _ => {}
        }
    }
    ends
}

/// The characters of each glyph of a cluster of several glyphs, in bytes from its start, where glyphs keep the order of
/// characters: letters with marks above and below. The last glyph has what is left; a glyph more than characters has nothing.
pub fn characters(words: &str, glyphs: usize) -> Option<Vec<(u32, u32)>> {
    let ordered = words.chars().all(|c| !reordered(c) && !shapeless(c));
    if glyphs < 2 || !ordered {
        return None;
    }
    let end = words.len() as u32;
    let starts = words.char_indices().map(|(at, _)| at as u32).chain(std::iter::repeat(end));
    let mut all: Vec<_> = starts.clone().zip(starts.skip(1)).take(glyphs).collect();
    all.last_mut()?.1 = end;
    Some(all)
}

/// Whether the script of a character may set it before the one it follows: scripts of India and its neighbours, and emoji.
/// Source: Unicode 16, chapters 12, 13, 16 and 17.
fn reordered(c: char) -> bool {
    matches!(c,
        '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1900}'..='\u{1cff}'
        | '\u{a800}'..='\u{abff}' | '\u{11000}'..='\u{11fff}' | '\u{1f000}'..='\u{1ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_marks_give_each_glyph_its_character() {
        assert_eq!(characters("ม่", 2), Some(vec![(0, 3), (3, 6)]));
        assert_eq!(characters("คำ", 3), Some(vec![(0, 3), (3, 6), (6, 6)]));
        assert_eq!(characters("e\u{301}\u{302}", 2), Some(vec![(0, 1), (1, 5)]));
        for (words, glyphs) in [("ม่", 1), ("हि", 2), ("a", 1), ("👩\u{200d}🔧", 3)] {
            assert_eq!(characters(words, glyphs), None, "{words}");
        }
    }
}
