//! Captions and credits of pictures.

/// The first words of a caption or credit, in lower case; the next word is one of [`CREDITED`].
const PICTURED: &str = "\
    photo photos photograph photographs photography picture pictures image images illustration illustrations \
    graphic graphics video foto fotos bild bilder grafik abbildung crédit crédits crédito fotografía fotografia \
    imagen imagem immagine zdjęcie zdj kuva kép фото фотография φωτογραφία fotoğraf صورة صور תמונה צילום";

/// The words behind them.
const CREDITED: &str = "\
    by courtesy credit credits from via provided supplied von vom de di da do par por van av af of photo \
    credit: © (c) από от od";

/// Whether a line is the caption or credit of a picture: `Photo by Jane Doe`.
pub fn is_caption(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '[', '*', '_', '©', ' ']).to_lowercase();
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or("");
    let pictured = has(PICTURED, first.trim_end_matches([':', '.', '/']));
    let credited = words.next().is_some_and(|w| has(CREDITED, w) || w.trim_end_matches(':') == "credit");
    pictured && (credited || first.ends_with([':', '/', '.']))
}

fn has(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|w| w == word)
}
