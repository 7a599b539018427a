//! The labels of info lines, by what they are about. Data only.

/// The labels that begin an info line (`Date: ...`), in lower case; `;` separates them.
const LABELS: &[(Field, &str)] = &[
    (
        Field::Date,
        "\
        date; published; published on; publication date; posted; posted on; publié le; publié; \
        date de publication; datum; veröffentlicht; veröffentlicht am; erschienen am; stand; fecha; publicado; \
        publicado el; data; pubblicato il; التاريخ; تاريخ النشر; תאריך; 日期; 发布日期; 日付; 公開日; 날짜; first published; \
        first published on; publié à; publicado em; data de publicação; fecha de publicación; \
        data di pubblicazione; gepubliceerd; gepubliceerd op; publicerad; publicerat; udgivet; publisert; \
        julkaistu; opublikowano; data publikacji; publikováno; zveřejněno; vydáno; közzétéve; megjelent; \
        publicat; objavljeno; опубликовано; дата; дата публикации; опубліковано; δημοσιεύθηκε; δημοσίευση; \
        yayınlanma; yayınlanma tarihi; yayın tarihi; tarih; نشر في; نشرت في; פורסם; đăng ngày; ngày đăng; \
        dipublikasikan; diterbitkan; 发布时间; 发布于; 發布日期; 掲載日; 投稿日; 입력; 등록; 등록일; 작성일; प्रकाशित; প্রকাশ; প্রকাশিত; \
        เผยแพร่",
    ),
    (
        Field::Time,
        "\
        time; heure; uhrzeit; zeit; hora; ora; الوقت; שעה; 时间; 時間; 時刻; 시간",
    ),
    (
        Field::Place,
        "\
        location; place; dateline; lieu; ort; lugar; luogo; local; المكان; الموقع; מקום; 地点; 地點; 場所; 장소",
    ),
    (
        Field::Byline,
        "\
        by; author; authors; byline; written by; reporter; par; auteur; autrice; auteurs; von; autor; autorin; \
        autoren; text; por; di; بقلم; الكاتب; מאת; 作者; 记者; 記者; 기자",
    ),
    (
        Field::Outlet,
        "\
        outlet; publication; publisher; newspaper; média; journal; medium; zeitung; medio; testata; 媒体; 来源; \
        المصدر",
    ),
    (
        Field::Tags,
        "\
        tags; tag; keywords; topics; filed under; mots-clés; mots clés; étiquettes; thèmes; schlagwörter; \
        schlagworte; stichworte; themen; etiquetas; palabras clave; الوسوم; تגיות; תגיות; 标签; 標籤; タグ; 태그",
    ),
    (
        Field::Url,
        "\
        url; link; permalink; lien; enlace; الرابط; קישור; 链接",
    ),
];

/// The labels that begin a line about `field`.
pub fn of(field: Field) -> impl Iterator<Item = &'static str> {
    LABELS.iter().filter(move |(of, _)| *of == field).flat_map(|(_, names)| names.split("; "))
}

/// The field that a label in lower case names.
pub fn field(label: &str) -> Option<Field> {
    LABELS.iter().find(|(_, names)| names.split("; ").any(|name| name == label)).map(|(field, _)| *field)
}

/// The labels of a web address that is the article's own also below the article, where `Link:` leads elsewhere.
pub const OWN_ADDRESS: &[&str] = &["url", "permalink", "permalien"];

/// The words before the time of the last change, in lower case; `;` separates them.
const UPDATED: &str = "\
    updated; updated on; updated at; last updated; last updated on; last modified; last modified on; modified; \
    modified on; last update; update; aktualisiert; aktualisiert am; zuletzt aktualisiert; \
    zuletzt aktualisiert am; geändert; geändert am; mis à jour; mis à jour le; mise à jour; mise à jour le; \
    modifié le; dernière mise à jour; dernière mise à jour le; actualizado; actualizado el; \
    última actualización; actualización; atualizado; atualizado em; última atualização; aggiornato; \
    aggiornato il; ultimo aggiornamento; bijgewerkt; bijgewerkt op; laatst bijgewerkt; laatst bijgewerkt op; \
    uppdaterad; uppdaterat; opdateret; oppdatert; sist oppdatert; senast uppdaterad; päivitetty; muokattu; \
    zaktualizowano; aktualizacja; aktualizováno; aktualizované; frissítve; actualizat; ažurirano; posodobljeno; \
    обновлено; обновлен; обновлена; оновлено; ενημερώθηκε; ενημέρωση; güncelleme; güncellendi; \
    güncelleme tarihi; son güncelleme; آخر تحديث; تحديث; تم التحديث; محدث; עודכן; עדכון אחרון; به‌روزرسانی; \
    cập nhật; diperbarui; 更新; 更新日; 更新时间; 更新日期; 最終更新; 最終更新日; 수정; 최종수정; 업데이트; अपडेट; अपडेटेड; อัปเดต; อัพเดต";

/// The words before the time of the last change.
pub fn of_change() -> impl Iterator<Item = &'static str> {
    UPDATED.split("; ")
}

/// The words behind a number of minutes.
pub const MINUTES: &[&str] = &[
    "min",
    "mins",
    "minute",
    "minutes",
    "minuten",
    "minutos",
    "minuti",
    "minut",
    "мин",
    "минут",
    "минуты",
    "хв",
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
    /// When it was changed after it was published.
    Updated,
    /// What pages print beside the date.
    Furniture,
}
