//! The note of a source: what a file says that has no field of its own, one line each.

use super::incoming::filled;

/// Collects the lines of a note.
#[derive(Default)]
pub struct Note(Vec<String>);

impl Note {
    /// Adds words as they are.
    pub fn plain(&mut self, words: Option<String>) {
        self.0.extend(words.as_deref().and_then(filled));
    }

    /// Adds `Label: value`, if there is a value.
    pub fn line(&mut self, label: &str, value: Option<String>) {
        let value = value.as_deref().and_then(filled);
        self.0.extend(value.map(|v| format!("{label}: {v}")));
    }

    /// The note, if it has a line.
    pub fn text(self) -> Option<String> {
        filled(&self.0.join("\n"))
    }
}

/// The label for a field that has none of its own: `original-date` becomes `Original date`.
pub fn label(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

/// The names of the files in a field that lists them with their folders. The folders are somebody's own and are left out.
pub fn file_names(listed: &str) -> String {
    let one = |path: &str| {
        let path = path.replace("\\:", ":").replace("\\\\", "/").replace('\\', "/");
        let names: Vec<&str> =
            path.split(':').filter_map(|part| part.rsplit('/').next()).map(str::trim).collect();
        let named = names.iter().find(|n| n.contains('.')).or_else(|| names.iter().find(|n| !n.is_empty()));
        named.map_or(String::new(), |n| (*n).to_owned())
    };
    let all: Vec<String> = listed.split(';').map(one).filter(|n| !n.is_empty()).collect();
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_without_their_folders() {
        let listed = "Full Text PDF:/home/x/storage/AB/Vaal 2001.pdf:application/pdf;:notes.txt:txt";
        assert_eq!(file_names(listed), "Vaal 2001.pdf, notes.txt");
        assert_eq!(file_names(r"C\:\\Users\\x\\a.pdf"), "a.pdf");
        assert_eq!(label("original-date"), "Original date");
    }
}
