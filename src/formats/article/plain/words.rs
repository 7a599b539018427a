//! The words that recognition uses: labels, joining words, abbreviations, web page clutter. Data only.
//! It contains no name of an outlet, place or person: those are recognised by their shape.

/// The labels that begin an info line (`Date: ...`), in lower case.
pub const LABELS: &[(Field, &[&str])] = &[
    (
        Field::Date,
        &[
            "date",
            "published",
            "published on",
            "publication date",
            "posted",
            "posted on",
            "publié le",
            "publié",
            "date de publication",
            "datum",
            "veröffentlicht",
            "veröffentlicht am",
            "erschienen am",
            "stand",
            "fecha",
            "publicado",
            "publicado el",
            "data",
            "pubblicato il",
            "التاريخ",
            "تاريخ النشر",
            "תאריך",
            "日期",
            "发布日期",
            "日付",
            "公開日",
            "날짜",
        ],
    ),
    (
        Field::Time,
        &["time", "heure", "uhrzeit", "zeit", "hora", "ora", "الوقت", "שעה", "时间", "時間", "時刻", "시간"],
    ),
    (
        Field::Place,
        &[
            "location",
            "place",
            "dateline",
            "lieu",
            "ort",
            "lugar",
            "luogo",
            "local",
            "المكان",
            "الموقع",
            "מקום",
            "地点",
            "地點",
            "場所",
            "장소",
        ],
    ),
    (
        Field::Byline,
        &[
            "by",
            "author",
            "authors",
            "byline",
            "written by",
            "reporter",
            "par",
            "auteur",
            "autrice",
            "auteurs",
            "von",
            "autor",
            "autorin",
            "autoren",
            "text",
            "por",
            "di",
            "بقلم",
            "الكاتب",
            "מאת",
            "作者",
            "记者",
            "記者",
            "기자",
        ],
    ),
    (
        Field::Outlet,
        &[
            "outlet",
            "publication",
            "publisher",
            "newspaper",
            "média",
            "journal",
            "medium",
            "zeitung",
            "medio",
            "testata",
            "媒体",
            "来源",
            "المصدر",
        ],
    ),
    (
        Field::Tags,
        &[
            "tags",
            "tag",
            "keywords",
            "topics",
            "filed under",
            "mots-clés",
            "mots clés",
            "étiquettes",
            "thèmes",
            "schlagwörter",
            "schlagworte",
            "stichworte",
            "themen",
            "etiquetas",
            "palabras clave",
            "الوسوم",
            "تגיות",
            "תגיות",
            "标签",
            "標籤",
            "タグ",
            "태그",
        ],
    ),
    (Field::Url, &["url", "link", "permalink", "lien", "enlace", "الرابط", "קישור", "链接"]),
];

/// The labels of e-mail headers: a line with one of them is never a headline.
pub const MAIL: &[&str] = &[
    "from", "to", "cc", "bcc", "subject", "sent", "reply-to", "von", "an", "betreff", "gesendet", "de", "à",
    "objet", "envoyé", "re", "fw", "fwd", "aw",
];

/// The words before the name in a byline.
pub const BYLINE_OPENERS: &[&str] = &["By", "BY", "Par", "PAR", "Von", "VON", "Por", "POR"];

/// Small words inside names and lists of names.
pub const IN_NAMES: &[&str] = &[
    "and", "et", "und", "y", "&", "de", "du", "des", "la", "le", "von", "van", "der", "den", "zu", "da",
    "di", "del", "bin", "ibn", "al", "el", "ould", "ag", "ten", "ter",
];

/// Words that occur in the names of outlets, in lower case.
pub const OUTLET_WORDS: &[&str] = &[
    "news",
    "times",
    "post",
    "herald",
    "tribune",
    "gazette",
    "journal",
    "press",
    "daily",
    "agency",
    "zeitung",
    "nachrichten",
    "presse",
    "tageblatt",
    "anzeiger",
    "courrier",
    "courier",
    "kurier",
    "guardian",
    "standard",
    "inquirer",
    "examiner",
    "bulletin",
    "mercury",
    "gazzetta",
    "corriere",
    "correo",
    "jornal",
    "quotidien",
    "magazine",
    "review",
    "radio",
    "tv",
    "observer",
    "chronicle",
    "telegraph",
    "gazeta",
    "diario",
    "rundschau",
];

/// If a line ends with one of these words, its sentence continues in the next line.
pub const JOINING: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "by", "for", "from", "to", "with", "and", "or", "but", "as",
    "that", "which", "since", "when", "while", "after", "before", "into", "over", "under", "than", "is",
    "are", "was", "were", "has", "have", "had", "its", "their", "his", "her", "this", "these", "le", "la",
    "les", "un", "une", "des", "du", "de", "et", "ou", "mais", "que", "qui", "dans", "sur", "pour", "par",
    "avec", "depuis", "au", "aux", "en", "à", "der", "die", "das", "den", "dem", "ein", "eine", "einen",
    "einem", "einer", "und", "oder", "aber", "im", "am", "von", "vom", "zu", "zum", "zur", "mit", "für",
    "auf", "aus", "bei", "nach", "seit", "ist", "sind", "war", "hat", "el", "los", "las", "y", "con", "il",
    "lo", "gli", "e",
];

/// Abbreviations: a full stop after one of them does not end a sentence.
pub const SHORT_FORMS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "maj", "capt", "lt", "sgt", "st", "no", "vs", "gov",
    "sen", "rep", "jr", "sr", "mme", "mlle", "m", "me", "hr", "fr", "bzw", "ca", "nr", "vgl", "art", "abs",
    "p", "pp",
];

/// The words after a count below an article (`3 comments`).
pub const COUNTED: &[&str] = &[
    "comment",
    "comments",
    "commentaire",
    "commentaires",
    "kommentar",
    "kommentare",
    "comentario",
    "comentarios",
    "share",
    "shares",
    "like",
    "likes",
    "view",
    "views",
    "partages",
    "vues",
    "تعليقات",
    "תגובות",
    "条评论",
    "コメント",
];

/// Whole lines of web page clutter below an article, in lower case.
pub const FURNITURE: &[&str] = &[
    "no comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "add a comment",
    "share this",
    "share this article",
    "share this story",
    "read more",
    "related articles",
    "back to top",
    "print this article",
    "aucun commentaire",
    "laisser un commentaire",
    "partager cet article",
    "lire aussi",
    "keine kommentare",
    "kommentar schreiben",
    "kommentar hinterlassen",
    "artikel teilen",
    "artikel drucken",
    "nach oben",
    "deja un comentario",
];

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The day of publication, sometimes with the time.
    Date,
    /// The time of day.
    Time,
    /// Where it was written.
    Place,
    /// Who wrote it.
    Byline,
    /// Where it was published.
    Outlet,
    /// Its tags.
    Tags,
    /// Its hashtags.
    Hashtags,
    /// Where it can be read.
    Url,
}
