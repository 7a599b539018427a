//! The sizes and colours of the page, in points and sRGB. A text column has 66 to 70 characters a line.

use super::block::{Ink, Role};

/// The paper: A4.
pub const PAPER: (f32, f32) = (595.28, 841.89);
/// Where the text column begins, from the left edge.
pub const LEFT: f32 = 106.0;
/// The width of the text column.
pub const WIDTH: f32 = PAPER.0 - 2.0 * LEFT;
/// Where the text column begins, from the upper edge.
pub const TOP: f32 = 84.0;
/// Where it ends, from the upper edge.
pub const BOTTOM: f32 = PAPER.1 - 92.0;
/// The base line of the page number.
pub const FOOT: f32 = PAPER.1 - 52.0;
/// The gap between a label and the words, and between two cells.
pub const GAP: f32 = 9.0;
/// The size of raised words as a part of the size around them.
pub const RAISED: f32 = 0.66;
/// How far raised words are above the line, as a part of the size around them.
pub const RISE: f32 = 0.31;

/// How a block is set.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The size of its letters.
    pub size: f32,
    /// From base line to base line.
    pub leading: f32,
    /// The space above it.
    pub before: f32,
    /// The space below it.
    pub after: f32,
    /// How far its words are from the column's edge.
    pub indent: f32,
    /// The width of its label, which is before the words. A label of width 0 hangs in the margin.
    pub label: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is in the family without serifs.
    pub sans: bool,
    /// Its colour.
    pub ink: Option<Ink>,
    /// Whether it stays on the page of the block after it.
    pub with_next: bool,
}

impl Setting {
    /// The setting of a role.
    pub fn of(role: Role) -> Self {
        let text = Self {
            size: 10.5,
            leading: 16.5,
            before: 0.0,
            after: 8.25,
            indent: 0.0,
            label: 0.0,
            bold: false,
            sans: false,
            ink: None,
            with_next: false,
        };
        let heading = |size, leading, before, after| Self {
            size,
            leading,
            before,
            after,
            bold: true,
            with_next: true,
            ..text
        };
        let note = Self { size: 9.5, leading: 14.0, after: 4.0, ..text };
        match role {
            Role::Heading(1) => heading(23.0, 29.0, 0.0, 10.0),
            Role::Heading(2) => heading(14.5, 19.0, 18.0, 7.0),
            Role::Heading(_) => heading(11.5, 16.5, 12.0, 5.0),
            Role::About => {
                Self { size: 9.0, leading: 13.0, after: 20.0, sans: true, ink: Some(Ink::Quiet), ..text }
            }
            Role::Paragraph => text,
            Role::Quote => Self { indent: 20.0, ..text },
            Role::Item(_, depth) => {
                Self { label: 20.0, indent: 18.0 * depth.min(6) as f32, after: 4.0, ..text }
            }
            Role::Row => Self { size: 9.5, leading: 14.0, before: 3.0, after: 3.0, ..text },
            Role::Rule => Self { leading: 12.0, before: 8.0, after: 14.0, ..text },
            Role::Entry => Self { before: 13.0, after: 3.0, with_next: true, ..note },
            Role::Source => Self { before: 9.0, after: 1.0, ..note },
            Role::Detail => note,
            Role::Verdict => Self { with_next: true, ..Self::of(Role::Small) },
            Role::Small => Self { size: 8.5, leading: 13.0, after: 4.0, sans: true, ..note },
        }
    }
}

/// A colour as red, green and blue. All have a contrast of at least 4.5 on white.
pub fn rgb(ink: Option<Ink>) -> (u8, u8, u8) {
    match ink {
        None => (0x1c, 0x1b, 0x19),
        Some(Ink::Quiet) => (0x5f, 0x5b, 0x55),
        Some(Ink::Address) => (0x1d, 0x4f, 0x91),
        Some(Ink::Holds) => (0x1e, 0x6b, 0x3c),
        Some(Ink::Partly) => (0x8a, 0x5a, 0x00),
        Some(Ink::Fails) => (0xa8, 0x24, 0x24),
        Some(Ink::Open) => (0x5b, 0x4a, 0x9c),
        Some(Ink::Unchecked) => (0x6b, 0x68, 0x63),
        Some(Ink::Stale) => (0x9a, 0x48, 0x0f),
    }
}

/// The colour of words that are new.
pub const INSERTED: (u8, u8, u8) = (0x0b, 0x5d, 0x7a);
/// The colour of words that are gone.
pub const DELETED: (u8, u8, u8) = (0x8f, 0x2d, 0x3b);
/// The colour of lines between rows and parts.
pub const HAIRLINE: (u8, u8, u8) = (0xc9, 0xc5, 0xbd);

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast on white. Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    fn contrast((r, g, b): (u8, u8, u8)) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        1.05 / (0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05)
    }

    #[test]
    fn words_of_every_colour_can_be_read_on_white() {
        let inks = [
            Ink::Quiet,
            Ink::Address,
            Ink::Holds,
            Ink::Partly,
            Ink::Fails,
            Ink::Open,
            Ink::Unchecked,
            Ink::Stale,
        ];
        let all = inks.into_iter().map(|i| rgb(Some(i))).chain([rgb(None), INSERTED, DELETED]);
        for colour in all {
            assert!(contrast(colour) >= 4.5, "{colour:?} has {}", contrast(colour));
        }
    }
}
