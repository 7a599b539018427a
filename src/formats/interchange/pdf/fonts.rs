//! The fonts of this system: which are used, and which characters none of them has.

use krilla::text::{Font, Tag};
use parley::{
    FontContext, FontData, LayoutContext,
    fontique::{Blob, CharmapIndex, FontInfo, FontStyle, FontWeight, Synthesis},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The fonts that the document uses, in the order of their first use, and the machinery that finds them.
pub struct Fonts {
    pub(super) found: FontContext,
    pub(super) layouts: LayoutContext<u16>,
    used: Vec<Font>,
    index: HashMap<Face, Option<usize>>,
    /// The families by name with their character maps; read when the first character is missing.
    families: Option<Vec<Family>>,
    /// The family found for a character that the usual fonts lack.
    found_for: BTreeMap<char, Option<String>>,
    missing: BTreeSet<char>,
}

/// A font of the system at one setting of its axes.
type Face = (u64, u32, Vec<([u8; 4], u32)>);

/// A family with the characters of its regular font.
struct Family {
    name: String,
    data: Blob<u8>,
    characters: CharmapIndex,
}

impl Fonts {
    /// Finds the fonts of this system. Nothing if it has none.
    pub fn of_system() -> Option<Self> {
        let mut found = FontContext::new();
        found.collection.family_names().next()?;
        Some(Self {
            found,
            layouts: LayoutContext::new(),
            used: Vec::new(),
            index: HashMap::new(),
            families: None,
            found_for: BTreeMap::new(),
            missing: BTreeSet::new(),
        })
    }

    /// The number of a font in the document. Nothing if it cannot be embedded.
    pub fn number_of(&mut self, font: &FontData, synthesis: &Synthesis) -> Option<usize> {
        let axes: Vec<(Tag, f32)> =
            synthesis.variation_settings().iter().map(|(t, v)| (Tag::new(&t.into_bytes()), *v)).collect();
        let key = axes.iter().map(|(t, v)| (*t.get(), v.to_bits())).collect();
        let key: Face = (font.data.id(), font.index, key);
        if let Some(known) = self.index.get(&key) {
            return *known;
        }
        let (data, _) = font.data.clone().into_raw_parts();
        let made = Font::new_variable(data.into(), font.index, &axes);
        let number = made.map(|f| {
            self.used.push(f);
            self.used.len() - 1
        });
        self.index.insert(key, number);
        number
    }

    /// The font of that number.
    pub fn get(&self, number: usize) -> Option<&Font> {
        self.used.get(number)
    }

    /// The name of the first family, in the order of names, that has a character.
    pub fn family_with(&mut self, c: char) -> Option<String> {
        if let Some(known) = self.found_for.get(&c) {
            return known.clone();
        }
        if self.families.is_none() {
            self.families = Some(families(&mut self.found));
        }
        let has = |f: &&Family| {
            f.characters.charmap(f.data.as_ref()).and_then(|m| m.map(c)).is_some_and(|glyph| glyph != 0)
        };
        let name = self.families.iter().flatten().find(has).map(|f| f.name.clone());
        self.found_for.insert(c, name.clone());
        name
    }

    /// Notes that no font has a character, so that a box is drawn.
    pub fn lacks(&mut self, c: char) {
        self.missing.insert(c);
    }

    /// The characters that no font has, in the order of Unicode.
    pub fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }
}

/// All families, sorted by name, so that the choice is the same every time.
fn families(found: &mut FontContext) -> Vec<Family> {
    let mut names: Vec<String> = found.collection.family_names().map(Into::into).collect();
    names.sort();
    names.dedup();
    names.into_iter().filter_map(|name| family(found, name)).collect()
}

fn family(found: &mut FontContext, name: String) -> Option<Family> {
    let family = found.collection.family_by_name(&name)?;
    let plain = |f: &&FontInfo| f.style() == FontStyle::Normal && f.weight() == FontWeight::NORMAL;
    let font = family.fonts().iter().find(plain).or_else(|| family.default_font())?;
    let data = font.load(Some(&mut found.source_cache))?;
    Some(Family { name, data, characters: font.charmap_index() })
}
