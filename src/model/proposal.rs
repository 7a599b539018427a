//! The result of every article reader, for all formats: the text in blocks with the origin of each, the article
//! details, and what was left out and why. A person corrects it before anything is recorded.

use super::{
    ChangesAs, FileChange, FileComment, FileKind, FileLink, FileMark, FilePicture, Info, encoding_labels,
    slugs,
};
use crate::{
    messages::{Message, message},
    text::Span,
};

/// How to read an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Recognise nothing and join nothing. Line endings are still normalised.
    pub as_is: bool,
    /// The encoding the user confirmed. `None`: UTF-8, UTF-16, or an older one that is recognised for certain.
    pub encoding: Option<Encoding>,
    /// The name says that the text is Markdown. Its lines are joined by Markdown's rules only.
    pub markdown: bool,
    /// The kind that the user chose. `None`: as the bytes say.
    pub kind: Option<FileKind>,
    /// What to do with tracked changes.
    pub changes: ChangesAs,
    /// How to read a Word file that a desk wrote, in the form of the desk's text. `None`: as any other file.
    pub own: Option<OwnFile>,
}

/// How to read a Word file that a desk wrote: line breaks stay, quotations and levels of headings have their marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnFile {
    /// The changes that the desk tracked in it, by author and minute (`2026-05-04T09:30`). They count as accepted, since the
    /// revision has them.
    pub accepted: Vec<(String, String)>,
}

impl OwnFile {
    /// Whether a change by that author at that time is the desk's. Word drops seconds, so minutes are compared.
    pub fn accepts(&self, author: Option<&str>, date: Option<&str>) -> bool {
        let minute = date.and_then(|d| d.get(..16));
        self.accepted.iter().any(|(name, at)| author == Some(name) && minute == Some(at))
    }
}

/// An article before its import, for a person to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The text. It ends with one line break, except if it was read as it is.
    pub text: String,
    /// What is known about the article.
    pub info: Info,
    /// Every input line that is not in the text as written, in order. Joined lines are in the text.
    pub left_out: Vec<LeftOut>,
    /// What kind of file it was read from.
    pub kind: FileKind,
    /// The encoding the bytes were read in; UTF-8 for a kind that has its own.
    pub encoding: Encoding,
    /// What each block of the text was recognised as, in order.
    pub blocks: Vec<ProposedBlock>,
    /// Tracked changes that wait for a decision, in order. The text is as it was before them.
    pub changes: Vec<FileChange>,
    /// Comments and their answers, in order.
    pub comments: Vec<FileComment>,
    /// Links, in order.
    pub links: Vec<FileLink>,
    /// Pictures, in order.
    pub pictures: Vec<FilePicture>,
    /// The mark of a desk, if the file went out of one.
    pub mark: Option<FileMark>,
}

/// The origin of something in the file. Each format counts in its own unit, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line of a text file.
    Line(usize),
    /// A paragraph of a word processor's file.
    Paragraph(usize),
    /// A page of a PDF.
    Page(usize),
}

impl Origin {
    /// The number of the line, paragraph or page.
    pub fn number(self) -> usize {
        match self {
            Self::Line(n) | Self::Paragraph(n) | Self::Page(n) => n,
        }
    }
}

/// An input line that is not in the text as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it was in the file.
    pub from: Origin,
    /// The whole line as written.
    pub text: String,
    /// Why it is not there.
    pub why: LeftOutReason,
}

slugs! {
    /// Why a line is not in the text as written.
    LeftOutReason, "reason to leave a line out", {
        /// It became the date, perhaps with the time.
        Date = "date",
        /// It became the time.
        Time = "time",
        /// It became the place.
        Place = "place",
        /// It became the byline.
        Byline = "byline",
        /// It became the outlet.
        Outlet = "outlet",
        /// It became tags.
        Tags = "tags",
        /// It became hashtags.
        Hashtags = "hashtags",
        /// It became the web address.
        Url = "url",
        /// It is clutter of the web page it was copied from (`0 Comments`).
        Furniture = "furniture",
        /// It repeats what is already there.
        Repeat = "repeat",
        /// Its heading marks were changed to `#` or `##`. Its words are in the text.
        Heading = "heading",
        /// It says when the article was changed after it was published.
        Updated = "updated",
        /// It is the name of a section, or the path to the page, above the headline.
        Section = "section",
        /// It is front matter. What is known from it is in the info, the headline and the standfirst.
        FrontMatter = "front-matter",
        /// The hyphen at its end was left out, and the word joined with the next line. Its words are in the text.
        Joined = "joined",
        /// Characters in it that no text has were replaced by what they mean, or left out. Its words are in the text.
        Characters = "characters",
        /// The file hides it from readers.
        Hidden = "hidden",
        /// Only its look was changed. Its words are in the text.
        Format = "format",
        /// It is an embedded object, a macro or another thing without words of the article.
        Object = "object",
        /// What a desk wrote beside the article when it exported it: numbers of notes, verdicts, sources.
        Checked = "checked",
        /// It says that the file is longer than what was read of it.
        Cut = "cut",
        /// It is quoted from an earlier mail.
        Quoted = "quoted",
        /// It is the signature under a mail.
        Signature = "signature",
    }
}

impl Proposal {
    /// A proposal without text.
    pub fn empty(encoding: Encoding) -> Self {
        Self {
            text: String::new(),
            info: Info::default(),
            left_out: Vec::new(),
            kind: FileKind::default(),
            encoding,
            blocks: Vec::new(),
            changes: Vec::new(),
            comments: Vec::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            mark: None,
        }
    }
}

impl LeftOutReason {
    /// The reason for readers.
    pub fn message(self) -> Message {
        match self {
            Self::Date => message!("why_date"),
            Self::Time => message!("why_time"),
            Self::Place => message!("why_place"),
            Self::Byline => message!("why_byline"),
            Self::Outlet => message!("why_outlet"),
            Self::Tags => message!("why_tags"),
            Self::Hashtags => message!("why_hashtags"),
            Self::Url => message!("why_url"),
            Self::Furniture => message!("why_furniture"),
            Self::Repeat => message!("why_repeat"),
            Self::Heading => message!("why_heading"),
            Self::Updated => message!("why_updated"),
            Self::Section => message!("why_section"),
            Self::FrontMatter => message!("why_front_matter"),
            Self::Joined => message!("why_joined"),
            Self::Characters => message!("why_characters"),
            Self::Hidden => message!("why_hidden"),
            Self::Format => message!("why_format"),
            Self::Object => message!("why_object"),
            Self::Quoted => message!("why_quoted"),
            Self::Signature => message!("why_signature"),
            Self::Checked => message!("why_checked"),
            Self::Cut => message!("why_cut"),
        }
    }
}

/// A block of the text and what it was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposedBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is in the text.
    pub span: Span,
    /// Where it begins in the file.
    pub from: Origin,
}

slugs! {
    /// What a block of the text is.
    BlockKind, "kind of block", {
        /// The article's headline: its `#` line.
        Headline = "headline",
        /// The short introduction under the headline.
        Standfirst = "standfirst",
        /// A section heading.
        Heading = "heading",
        /// A paragraph on one line.
        Paragraph = "paragraph",
        /// The caption of a picture.
        Caption = "caption",
        /// Lines left as written: verse, a list, a table, dialogue, a quotation, code, front matter.
        Kept = "kept",
    }
}

impl BlockKind {
    /// The kind of a heading of that level, from 1.
    pub fn of_level(level: usize) -> Self {
        if level == 1 { Self::Headline } else { Self::Heading }
    }
}

slugs! {
    /// How the bytes of a text were written, by the names of the WHATWG Encoding Standard.
    Encoding, "encoding", {
        /// UTF-8, with or without a byte order mark.
        Utf8 = "utf-8",
        /// UTF-16, the low byte first.
        Utf16Le = "utf-16le",
        /// UTF-16, the high byte first.
        Utf16Be = "utf-16be",
        /// Western European. Used only if a person confirms it.
        Windows1252 = "windows-1252",
        /// Central European.
        Windows1250 = "windows-1250",
        /// Cyrillic.
        Windows1251 = "windows-1251",
        /// Greek.
        Windows1253 = "windows-1253",
        /// Turkish.
        Windows1254 = "windows-1254",
        /// Hebrew.
        Windows1255 = "windows-1255",
        /// Arabic.
        Windows1256 = "windows-1256",
        /// Baltic.
        Windows1257 = "windows-1257",
        /// Vietnamese.
        Windows1258 = "windows-1258",
        /// Thai.
        Windows874 = "windows-874",
        /// Central European.
        Iso8859_2 = "iso-8859-2",
        /// Southern European: Maltese, Esperanto.
        Iso8859_3 = "iso-8859-3",
        /// Baltic and northern European.
        Iso8859_4 = "iso-8859-4",
        /// Cyrillic.
        Iso8859_5 = "iso-8859-5",
        /// Arabic.
        Iso8859_6 = "iso-8859-6",
        /// Greek.
        Iso8859_7 = "iso-8859-7",
        /// Hebrew.
        Iso8859_8 = "iso-8859-8",
        /// Nordic.
        Iso8859_10 = "iso-8859-10",
        /// Baltic.
        Iso8859_13 = "iso-8859-13",
        /// Celtic.
        Iso8859_14 = "iso-8859-14",
        /// Western European, with the euro sign.
        Iso8859_15 = "iso-8859-15",
        /// South-eastern European.
        Iso8859_16 = "iso-8859-16",
        /// Russian.
        Koi8R = "koi8-r",
        /// Russian and Ukrainian.
        Koi8U = "koi8-u",
        /// Cyrillic, from DOS.
        Ibm866 = "ibm866",
        /// Western European, from old Macs.
        Macintosh = "macintosh",
        /// Cyrillic, from old Macs.
        MacCyrillic = "x-mac-cyrillic",
        /// Chinese, with all of GBK and GB 2312.
        Gb18030 = "gb18030",
        /// Chinese, traditional.
        Big5 = "big5",
        /// Japanese.
        ShiftJis = "shift_jis",
        /// Japanese.
        EucJp = "euc-jp",
        /// Japanese, from mail.
        Iso2022Jp = "iso-2022-jp",
        /// Korean.
        EucKr = "euc-kr",
        /// ASCII, and private characters for all other bytes.
        UserDefined = "x-user-defined",
    }
}

impl Encoding {
    /// Reads the name that a person enters or a file declares: every label of the WHATWG Encoding Standard, and a few more. `utf-16` without an order means little-endian, except if a byte
    /// order mark says otherwise.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == '"').to_ascii_lowercase();
        let dashed = name.replace('_', "-");
        let windows = ["cp", "cp-", "windows"]
            .iter()
            .find_map(|p| dashed.strip_prefix(p))
            .map(|n| format!("windows-{n}"));
        let written = [Some(name), Some(dashed), windows].into_iter().flatten();
        let known = |n: &String| n.parse().ok().or_else(|| encoding_labels::named(n)?.parse().ok());
        written.collect::<Vec<_>>().iter().find_map(known)
    }
}
