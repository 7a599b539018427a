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

/// The most fields that are open inside each other. Deeper ones count as part of the last.
const MOST_FIELDS: usize = 256;
/// The longest instruction of a field that is read, in bytes.
const LONGEST: usize = 8 << 10;

/// The fields that are open, the innermost last.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
    /// How many are open beyond [`MOST_FIELDS`].
    beyond: usize,
}

impl Field {
    /// Whether what follows is what it shows.
    fn is_shown(&self) -> bool {
        self.result.is_some()
    }
}

impl Fields {
    /// A field begins with its instruction.
    pub fn begin(&mut self) {
        if self.open.len() < MOST_FIELDS {
            self.open.push(Field { instruction: String::new(), result: None });
        } else {
            self.beyond += 1;
        }
    }

    /// The instruction of the innermost field goes on.
    pub fn instruct(&mut self, text: &str) {
        let field = self.innermost().filter(|f| f.result.is_none());
        if let Some(field) = field.filter(|f| f.instruction.len() + text.len() < LONGEST) {
            field.instruction.push_str(text);
        }
    }

    /// The result of the innermost field begins at a place.
    pub fn separate(&mut self, at: usize) {
        if let Some(field) = self.innermost() {
            field.result = field.result.or(Some(at));
        }
    }

    /// The innermost field ends. Returns it, unless it is beyond the limit.
    pub fn end(&mut self) -> Option<Field> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return None;
        }
        self.open.pop()
    }

    /// Whether words inside all open fields are shown.
    pub fn shows(&self) -> bool {
        self.open.iter().all(Field::is_shown)
    }

    /// A paragraph ends, and with it the fields that show nothing yet.
    pub fn end_paragraph(&mut self) {
        self.open.retain(Field::is_shown);
    }

    /// All fields end.
    pub fn clear(&mut self) {
        self.open.clear();
        self.beyond = 0;
    }

    fn innermost(&mut self) -> Option<&mut Field> {
        self.open.last_mut().filter(|_| self.beyond == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_instruction_of_an_outer_field_are_not_shown() {
        let mut fields = Fields::default();
        fields.begin();
        fields.begin();
        fields.separate(0);
        assert!(!fields.shows());
        assert!(fields.end().is_some());
        fields.separate(0);
        assert!(fields.shows());
    }

    #[test]
    fn fields_beyond_the_limit_end_before_those_within_it() {
        let mut fields = Fields::default();
        (0..MOST_FIELDS + 2).for_each(|_| fields.begin());
        fields.separate(7);
        assert!(fields.end().is_none() && fields.end().is_none());
        fields.separate(8);
        assert_eq!(fields.end().and_then(|f| f.result), Some(8));
    }
}
