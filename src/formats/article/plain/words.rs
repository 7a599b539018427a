//! The words that recognition uses: joining words, abbreviations, web page clutter. Data only.
//! It contains no name of an outlet, place or person: those are recognised by their shape.

/// The labels of e-mail headers: a line with one of them is never a headline.
pub const MAIL: &[&str] = &[
    "from", "to", "cc", "bcc", "subject", "sent", "reply-to", "von", "an", "betreff", "gesendet", "de", "à",
    "objet", "envoyé", "re", "fw", "fwd", "aw",
];

/// The words before the name in a byline.
pub const BYLINE_OPENERS: &[&str] = &["By", "BY", "Par", "PAR", "Von", "VON", "Por", "POR"];

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
