//! Sources as BibTeX, in its extension BibLaTeX, which Zotero writes and reads.
//! Entry types and fields: "The biblatex Package", sections 2.1 and 2.2.

mod people;
mod read;
mod scan;
mod symbols;
mod tex;
mod write;

pub use read::{fits, read};
pub use write::write;

use crate::model::SourceKind;

const NAME: &str = "BibTeX";

/// Entry types, the `entrysubtype` that distinguishes kinds of one type, and the kind that each is imported as. A kind is
/// exported as its first entry here; a kind without an entry is exported as `misc` with its own name as the subtype.
const TYPES: [(&str, &str, SourceKind); 54] = [
    ("article", "", SourceKind::ArticleJournal),
    ("article", "newspaper", SourceKind::ArticleNewspaper),
    ("article", "magazine", SourceKind::ArticleMagazine),
    ("book", "", SourceKind::Book),
    ("incollection", "", SourceKind::Chapter),
    ("inproceedings", "", SourceKind::PaperConference),
    ("techreport", "", SourceKind::Report),
    ("phdthesis", "", SourceKind::Thesis),
    ("online", "", SourceKind::Webpage),
    ("dataset", "", SourceKind::Dataset),
    ("software", "", SourceKind::Software),
    ("patent", "", SourceKind::Patent),
    ("unpublished", "", SourceKind::Manuscript),
    ("booklet", "", SourceKind::Pamphlet),
    ("legislation", "", SourceKind::Legislation),
    ("jurisdiction", "", SourceKind::LegalCase),
    ("standard", "", SourceKind::Standard),
    ("artwork", "", SourceKind::Graphic),
    ("periodical", "", SourceKind::Periodical),
    ("video", "", SourceKind::MotionPicture),
    ("letter", "", SourceKind::PersonalCommunication),
    ("report", "", SourceKind::Report),
    ("thesis", "", SourceKind::Thesis),
    ("mastersthesis", "", SourceKind::Thesis),
    ("bachelorsthesis", "", SourceKind::Thesis),
    ("inbook", "", SourceKind::Chapter),
    ("suppbook", "", SourceKind::Chapter),
    ("bookinbook", "", SourceKind::Chapter),
    ("suppcollection", "", SourceKind::Chapter),
    ("inreference", "", SourceKind::EntryEncyclopedia),
    ("conference", "", SourceKind::PaperConference),
    ("proceedings", "", SourceKind::Book),
    ("mvproceedings", "", SourceKind::Book),
    ("collection", "", SourceKind::Book),
    ("mvcollection", "", SourceKind::Book),
    ("mvbook", "", SourceKind::Book),
    ("reference", "", SourceKind::Book),
    ("manual", "", SourceKind::Report),
    ("suppperiodical", "", SourceKind::ArticleJournal),
    ("commentary", "", SourceKind::ArticleJournal),
    ("review", "", SourceKind::Review),
    ("electronic", "", SourceKind::Webpage),
    ("webpage", "", SourceKind::Webpage),
    ("www", "", SourceKind::Webpage),
    ("movie", "", SourceKind::MotionPicture),
    ("audio", "", SourceKind::Song),
    ("music", "", SourceKind::Song),
    ("image", "", SourceKind::Graphic),
    ("performance", "", SourceKind::Performance),
    ("legal", "", SourceKind::Legislation),
    ("newspaper", "", SourceKind::ArticleNewspaper),
    ("magazine", "", SourceKind::ArticleMagazine),
    ("map", "", SourceKind::Map),
    ("softwareversion", "", SourceKind::Software),
];
