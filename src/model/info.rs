//! Article details at a revision, apart from the text. Nothing is guessed: a field that nobody wrote down stays
//! empty.

/// The article details at one revision; stored with each revision and compared like text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// Who wrote it, without "By": `Jane Doe and Amadou Keita`.
    pub byline: Option<String>,
    /// Where it was published: `The Example Herald`.
    pub outlet: Option<String>,
    /// The day it was published, in ISO 8601: `2025-08-25`.
    pub date: Option<String>,
    /// The time of day as written: `14:00`, `2:30 p.m.`, `14h00`.
    pub time: Option<String>,
    /// The time's zone as written: `WAT`, `UTC+1`.
    pub zone: Option<String>,
    /// The place it was written at, without marks before the name: `Bamako, Mali`.
    pub place: Option<String>,
    /// The language of the text as ISO 639-1: `en`. Empty if it is not certain.
    pub language: Option<String>,
    /// Where the article can be read.
    pub url: Option<String>,
    /// Its tags as written, without the label and marks before them.
    pub tags: Vec<String>,
    /// Its hashtags as written, with their `#`.
    pub hashtags: Vec<String>,
}
