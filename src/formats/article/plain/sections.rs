//! The lines that pages print above the headline: a section's name, the path to the page.

/// The names of sections that pages print above the headline, word by word, in lower case.
const SECTIONS: &str = "\
    analysis architecture arts auto breaking briefing business city climate columnists comment commentary \
    community courts crime culture economy editorial education election elections entertainment environment \
    europe exclusive explainer fact-check factcheck feature features finance food foreign headlines health \
    international interview investigation investigations latest law letters lifestyle live local markets media \
    metro money national news obituaries obituary opinion opinions people politics profile regional report \
    reportage reports review reviews science society special sport sports story tech technology top transport \
    travel tv uk us video weather world aktuelles ausland feuilleton gesellschaft gesundheit inland kommentar \
    kultur leitartikel leute lokales meinung nachrichten panorama politik region regionales ressort \
    schlagzeilen stadt umwelt verkehr wirtschaft wissen wissenschaft actualité actualités actus débats économie \
    enquête entretien environnement éditorial faits divers france locales monde politique portrait régions \
    santé sciences société tribune actualidad ciencia cultura deportes economía españa internacional mundo \
    nacional noticias opinión política reportaje salud sociedad sucesos ciência economia esporte esportes \
    notícias opinião saúde sociedade brasil attualità cronaca esteri interni mondo notizie politica salute \
    scienza società binnenland buitenland cultuur economie nieuws opinie politiek wetenschap inrikes utrikes \
    nyheter nyheder debatt gospodarka kraj polityka społeczeństwo świat wiadomości zdrowie domácí zahraničí \
    zprávy názory ekonomika культура мир мнения новости местные главное общество политика спорт экономика новини світ \
    суспільство політика gündem dünya ekonomi siyaset spor haberler yaşam أخبار اقتصاد ثقافة رأي رياضة سياسة \
    محليات منوعات חדשות כלכלה פוליטיקה תרבות ספורט דעות 新闻 要闻 要聞 财经 新聞 国际 國際 社会 社會 政治 经济 經濟 経済 文化 体育 スポーツ 国内 사회 정치 경제 문화 \
    국제 스포츠 뉴스";

/// Words that begin the path to a page (`Home > News > Local`), in lower case.
const HOMES: &[&str] = &[
    "home",
    "homepage",
    "start",
    "startseite",
    "accueil",
    "inicio",
    "início",
    "portada",
    "home page",
    "strona główna",
    "domů",
    "главная",
    "головна",
    "anasayfa",
    "ana sayfa",
    "الرئيسية",
    "ראשי",
    "דף הבית",
    "首页",
    "首頁",
    "ホーム",
    "トップ",
    "홈",
    "hem",
    "forside",
    "etusivu",
    "αρχική",
    "beranda",
    "trang chủ",
];

/// Whether a line is the name of a section: `LOCAL NEWS`, `Arts & Culture`.
pub fn is_section(text: &str) -> bool {
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let all = text.split_whitespace().map(bare).filter(|w| !w.is_empty()).collect::<Vec<_>>();
    let known = |w: &&String| is_word(w);
    let joins = |w: &String| matches!(w.as_str(), "and" | "und" | "et" | "y" | "e" | "i" | "en" | "the");
    (1..=4).contains(&all.len()) && all.iter().any(|w| known(&w)) && all.iter().all(|w| known(&w) || joins(w))
}

/// Whether a word is in the name of a section.
pub fn is_word(word: &str) -> bool {
    SECTIONS.split_whitespace().any(|w| w == word)
}

/// Whether a line is the path to the page: `Home > News > Local`.
pub fn is_path(text: &str) -> bool {
    let text = &without_links(text);
    let parts = text.split(['>', '›', '»', '→', '/', '❯']).map(|p| p.trim().to_owned()).collect::<Vec<_>>();
    let short = |p: &String| (1..=5).contains(&p.split_whitespace().count()) && p.chars().count() <= 40;
    let home = HOMES.contains(&parts[0].to_lowercase().as_str()) || is_section(&parts[0]);
    let marked = parts.len() > 2 && !text.contains('/');
    let spaced = text.contains(" > ") || text.contains(['›', '»', '→', '❯']) || text.contains(" / ");
    let capitals = parts.iter().all(|p| !p.starts_with(char::is_lowercase));
    parts.len() > 1 && spaced && (home || marked) && capitals && parts.iter().all(short)
}

/// The text with the names of its Markdown links in place of the links.
fn without_links(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, link)) = rest.split_once('[') {
        let Some((name, after)) = link.split_once("](").and_then(|(n, t)| Some((n, t.split_once(')')?.1)))
        else {
            break;
        };
        out.extend([before, name]);
        rest = after;
    }
    out + rest
}
