//! What is open at a place of a document: fields, and the sides of moves.

/// A field that is open at this place.
#[derive(Clone, Debug)]
pub struct Field {
    /// What it is made by.
    pub instruction: String,
    /// Where its result begins; `None` while its instruction is read.
    pub result: Option<usize>,
}

/// One side of a move that is open at this place.
#[derive(Clone, Debug)]
pub struct OpenMove {
    /// Whether words are moved away from here.
    pub is_from: bool,
    /// The id of its range.
    pub id: String,
    /// The name that both sides have.
    pub name: String,
}

impl Field {
    /// Whether what follows is what it shows.
    pub fn is_shown(&self) -> bool {
        self.result.is_some()
    }
}

/// Whether words inside all those fields are shown.
pub fn shows(fields: &[Field]) -> bool {
    fields.last().is_none_or(Field::is_shown)
}
