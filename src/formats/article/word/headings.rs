//! What each block is, from its style and its place: the headline, the standfirst, headings, captions.

use super::{
    pieces::{Part, Piece, Pieces, VIEWS, View},
    settle::shown_units,
    styles::Role,
};
use crate::model::BlockKind;

/// Says what each unit is. `title` is the title that the file gives the document; a first block with the same words is the headline.
pub fn name_units(pieces: &mut Pieces, roles: &[Role], title: Option<&str>) {
    let shown = VIEWS.map(|view| shown_units(pieces, view));
    let first = |role: Role| shown.each_ref().map(|shown| first_of(pieces, roles, shown, role));
    let titles = first(Role::Title);
    let headings = first(Role::Heading(1));
    let mut headlines = if titles == [None, None] { headings } else { titles };
    if headlines == [None, None] {
        headlines = [titled(pieces, &shown[0], title), None];
    }
    let standfirsts = first(Role::Subtitle);
    for (at, unit) in pieces.units.iter_mut().enumerate() {
        let is_in = |places: &[Option<usize>; 2]| places.contains(&Some(at));
        let (kind, mark) = match roles.get(at).copied().unwrap_or_default() {
            _ if is_in(&headlines) => (BlockKind::Headline, "# "),
            Role::Title | Role::Heading(_) => (BlockKind::Heading, "## "),
            Role::Subtitle if is_in(&standfirsts) => (BlockKind::Standfirst, ""),
            Role::Caption => (BlockKind::Caption, ""),
            Role::Body | Role::Note | Role::Subtitle | Role::Quote => continue,
        };
        (unit.kind, unit.group) = (kind, None);
        unit.marks = [(); 2].map(|()| mark.to_owned());
    }
}

/// Says what each unit of a file that a desk wrote is: by its style alone, with the level of each heading.
pub fn name_own_units(pieces: &mut Pieces, roles: &[Role]) {
    for (unit, role) in pieces.units.iter_mut().zip(roles) {
        let (kind, mark) = match role {
            Role::Title => (BlockKind::Headline, "# ".to_owned()),
            Role::Heading(level) => (BlockKind::of_level((*level).into()), "#".repeat((*level).into()) + " "),
            Role::Quote => (BlockKind::Kept, "> ".to_owned()),
            Role::Body | Role::Note | Role::Subtitle | Role::Caption => continue,
        };
        (unit.kind, unit.group) = (kind, None);
        unit.marks = [mark.clone(), mark];
    }
}

/// The first block of that role that has a letter or digit.
fn first_of(pieces: &Pieces, roles: &[Role], shown: &[bool], role: Role) -> Option<usize> {
    let mut all = roles.iter().zip(shown).enumerate().filter(|(_, (r, shown))| **r == role && **shown);
    let spelt = |unit: usize| {
        let of_unit = of_unit(pieces, unit).unwrap_or_default();
        of_unit.iter().any(|p| p.part == Part::Words && p.text.contains(char::is_alphanumeric))
    };
    all.find(|(unit, _)| spelt(*unit)).map(|(unit, _)| unit)
}

/// The pieces of a unit.
fn of_unit(pieces: &Pieces, unit: usize) -> Option<&[Piece]> {
    let from = pieces.units.get(unit)?.piece;
    let to = pieces.units.get(unit + 1).map_or(pieces.all.len(), |u| u.piece);
    pieces.all.get(from..to)
}

/// The first block, if its words are the file's title.
fn titled(pieces: &Pieces, shown: &[bool], title: Option<&str>) -> Option<usize> {
    let title = title.map(str::trim).filter(|t| !t.is_empty())?;
    let first = shown.iter().position(|shown| *shown)?;
    let from = pieces.units.get(first)?.piece;
    let to = pieces.units.get(first + 1).map_or(pieces.all.len(), |u| u.piece);
    (pieces.words(from, to, View::Before) == title).then_some(first)
}
