//! The marks of list items, counted as Word counts: every list has one counter for each level, and a deeper level begins again
//! after an item of a higher one.

use super::{
    styles::{ListPlace, is_id},
    xml::{Element, Xml},
};
use std::collections::{HashMap, HashSet};

/// How many levels a list has.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    is_bullet: bool,
    start: u32,
    /// The level after whose items it begins again; `None` if after every higher one.
    restart: Option<usize>,
}

/// A list: which counters it uses, and where levels begin instead.
#[derive(Clone, Debug, Default)]
struct List {
    kind: String,
    starts: [Option<u32>; LEVELS],
}

/// The lists of a file and how far each is counted.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    kinds: HashMap<String, HashMap<usize, Level>>,
    lists: HashMap<String, List>,
    /// Counters with changes rejected, and with changes accepted.
    counts: [HashMap<String, [Option<u32>; LEVELS]>; 2],
    /// The lists that had an item, by view.
    begun: [HashSet<String>; 2],
}

/// The mark of an item with changes rejected, and with changes accepted: `- `, `3. `.
pub type Marks = [String; 2];

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(part: Option<&Xml>) -> Self {
        let mut numbering = Self::default();
        for e in part.into_iter().flat_map(|p| p.root().children()) {
            match e.name() {
                "w:abstractNum" => {
                    let id = e.attribute("w:abstractNumId").unwrap_or_default().to_owned();
                    numbering.kinds.insert(id, e.children().filter_map(level).collect());
                }
                "w:num" => {
                    let id = e.attribute("w:numId").unwrap_or_default().to_owned();
                    numbering.lists.insert(id, list(e));
                }
                _ => {}
            }
        }
        numbering
    }

    /// Counts an item that is there with changes rejected and with changes accepted as `there` says, and returns its marks; `None` if
    /// the place is in no list.
    pub fn count(&mut self, place: &ListPlace, there: [bool; 2]) -> Option<Marks> {
        let id = place.list.as_deref().filter(|id| *id != "0")?;
        let depth = place.level.unwrap_or(0);
        let list = self.lists.get(id)?.clone();
        let level = self.kinds.get(&list.kind)?.get(&depth)?.clone();
        let numbers = [0, 1].map(|view| self.next(view, id, &list, depth, &level, there));
        let indent = "   ".repeat(depth);
        Some(numbers.map(|n| if level.is_bullet { format!("{indent}- ") } else { format!("{indent}{n}. ") }))
    }

    fn next(
        &mut self,
        view: usize,
        id: &str,
        list: &List,
        depth: usize,
        level: &Level,
        there: [bool; 2],
    ) -> u32 {
        let kinds = self.kinds.get(&list.kind);
        let (Some(counts), Some(begun), Some(there)) =
            (self.counts.get_mut(view), self.begun.get_mut(view), there.get(view))
        else {
            return level.start;
        };
        let mut counters = counts.get(&list.kind).copied().unwrap_or_default();
        let Some(before) = counters.get(depth).copied() else { return level.start };
        let is_first = !begun.contains(id);
        let own_start = list.starts.get(depth).copied().flatten();
        let next = match (before, own_start) {
            (_, Some(start)) if is_first => start,
            (Some(n), _) => n.saturating_add(1),
            (None, start) => start.unwrap_or(level.start),
        };
        if *there {
            begun.insert(id.to_owned());
            for (deeper, counter) in counters.iter_mut().enumerate().skip(depth) {
                let restart = kinds.and_then(|k| k.get(&deeper)).and_then(|l| l.restart);
                if deeper == depth {
                    *counter = Some(next);
                } else if restart.is_none_or(|after| after > depth) {
                    *counter = None;
                }
            }
            counts.insert(list.kind.clone(), counters);
        }
        next
    }
}

fn level(e: Element<'_>) -> Option<(usize, Level)> {
    (e.name() == "w:lvl").then_some(())?;
    let value = |name: &str| e.child(name).and_then(Element::value);
    let depth = e.attribute("w:ilvl")?.parse().ok().filter(|d| *d < LEVELS)?;
    let format = value("w:numFmt").unwrap_or("decimal");
    let shows_nothing = format == "none" && value("w:lvlText").is_none_or(str::is_empty);
    (!shows_nothing).then_some(())?;
    let shows_number = value("w:lvlText").is_none_or(|t| t.contains('%'));
    let level = Level {
        is_bullet: matches!(format, "bullet" | "none") || !shows_number,
        start: value("w:start").and_then(|s| s.parse().ok()).unwrap_or(1),
        restart: value("w:lvlRestart").and_then(|s| s.parse().ok()),
    };
    Some((depth, level))
}

fn list(e: Element<'_>) -> List {
    let overrides = e.children().filter(|o| o.name() == "w:lvlOverride").filter_map(|o| {
        let depth: usize = o.attribute("w:ilvl")?.parse().ok()?;
        Some((depth, o.child("w:startOverride")?.value()?.parse().ok()?))
    });
    let mut starts = [None; LEVELS];
    for (depth, start) in overrides {
        starts.get_mut(depth).into_iter().for_each(|s| *s = Some(start));
    }
    let kind = e.child("w:abstractNumId").and_then(Element::value).filter(|id| is_id(id));
    List { kind: kind.unwrap_or_default().to_owned(), starts }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERING: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
        <w:abstractNum w:abstractNumId="0">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/>
            <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
    </w:numbering>"#;

    fn marks(items: &[(&str, usize, [bool; 2])]) -> Vec<Marks> {
        let xml = Xml::read(NUMBERING.as_bytes()).unwrap();
        let mut numbering = Numbering::read(Some(&xml));
        let place = |list: &str, level| ListPlace { list: Some(list.into()), level: Some(level) };
        items.iter().map(|(l, d, there)| numbering.count(&place(l, *d), *there).unwrap()).collect()
    }

    #[test]
    fn deeper_levels_begin_again_and_another_list_begins_where_it_says() {
        let both = [true, true];
        let items =
            [("1", 0, both), ("1", 1, both), ("1", 1, both), ("1", 0, both), ("1", 1, both), ("2", 0, both)];
        let marks = marks(&items).into_iter().map(|[m, _]| m).collect::<Vec<_>>();
        assert_eq!(marks, ["1. ", "   3. ", "   4. ", "2. ", "   3. ", "1. "]);
        assert_eq!(self::marks(&[("1", 2, both)])[0], ["      - ", "      - "]);
    }

    #[test]
    fn an_inserted_item_counts_only_with_changes_accepted() {
        let marks = marks(&[("1", 0, [true, true]), ("1", 0, [false, true]), ("1", 0, [true, true])]);
        assert_eq!(marks[1][1], "2. ");
        assert_eq!(marks[2], ["2. ", "3. "]);
    }
}
