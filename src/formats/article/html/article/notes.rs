//! Short lines around an article, by their words: what leads to other pages, advertises, or only names who took a picture. The words
//! are those of whole languages, not of sites.

/// How lines begin that lead to other articles, ask to subscribe, or announce advertisements, in lower case; `$` ends whole lines.
const LEADS_AWAY: &str = "\
    read more; read also; also read; read next; see also; related:; related article; related stor; \
    related content; more from ; more stories; more news; you may also; you might also; recommended$; \
    sign up; subscribe$; follow us; follow @; click here to; share this; like us on; join our; join us on; \
    like this story; like this article; share this story; share this article; share it with; get the latest; download our; download the app; advertisement$; sponsored$; story continues; \
    article continues; most read$; don't miss; don’t miss; up next$; what to read next; lesen sie auch; \
    lesen sie mehr; lesen sie hierzu; lesen sie dazu; lies auch; mehr zum thema; mehr dazu; \
    auch interessant; weiterlesen$; weitere artikel$; weitere themen$; weitere nachrichten; \
    weitere informationen:; das könnte sie; das könnte dich; jetzt abonnieren; jetzt anmelden; anzeige$; \
    werbung$; verwandte themen; verwandte artikel; ähnliche artikel; zum thema$; lust auf mehr; \
    lire aussi; à lire aussi; a lire aussi; lire également; voir aussi; en savoir plus; lire la suite; \
    publicité$; inscrivez-vous; abonnez-vous; suivez-nous; suivez nous; leggi anche; leggi tutto; \
    leggi di più; potrebbe interessarti; iscriviti; pubblicità$; seguici su; lea también; lee también; \
    lea además; te puede interesar; ver también; le puede interesar; suscríbete; publicidad$; síguenos; \
    leia também; leia mais; veja também; publicidade$; lees ook; lees meer; lees verder; læs også; \
    les også; läs också; läs även; läs mer; lue myös; lue lisää; dowiedz się więcej; czytaj też; czytaj także; czytaj również; \
    zobacz też; zobacz także; přečtěte si; čtěte také; olvassa el; citește și; citeşte şi; читайте также; \
    читать также; читайте ещё; читайте також; подписывайтесь; реклама$; διαβάστε; ayrıca okuyun; \
    bunlar da ilginizi; baca juga; xem thêm; đọc thêm; اقرأ أيضا; اقرأ أيضً; إقرأ أيضا; إقرأ أيضً; \
    اقرأ المزيد; شاهد أيضا; קראו גם; קרא עוד; קראו עוד; 相关阅读; 相关新闻; 延伸阅读; 延伸閱讀; 推荐阅读; 関連記事; あわせて読みたい; 관련기사; \
    관련 기사; यह भी पढ़ें; ये भी पढ़ें; আরও পড়ুন; อ่านเพิ่มเติม; recommended for you; recommended stories; \
    subscribe to; subscribe now; anzeige:; anzeige -; anzeige –";

/// How lines begin that name who made a picture, in lower case.
const CREDITS: &str = "\
    photo:; photo by; photos:; photos by; photo credit; photograph:; photograph by; image:; image credit; \
    image by; image source; image copyright; picture:; credit:; credits:; ©; (c) ; foto:; fotos:; foto ©; \
    bild:; bilder:; bildquelle; bildrechte; bildnachweis; titelbild:; beitragsbild; grafik:; crédit photo; \
    crédits photo; crédit :; crédits :; crédit:; photo :; imagen:; fotografía:; crédito; immagine:; \
    zdjęcie:; фото:; 图片来源; 图：; 写真：; 写真=; 사진; الصورة:; تصوير:; zum vergrößern; click to enlarge; kép:; \
    kuva:; kuvat:";

/// Labels and agencies in the bracket or behind the slash that ends a caption, in lower case.
const SOURCES: &str = "\
    image; photo; picture; foto; bild; getty; reuters; afp; ap photo; associated press; epa; dpa; \
    shutterstock; istock; alamy; rex features; imago; picture alliance; pa wire; press association; \
    wikimedia; flickr; unsplash; pixabay; crédit; credit; cc by; cc-by; creative commons; ansa; efe";

/// Agencies for pictures, in lower case.
const AGENCIES: &str = "\
    getty images; getty; afp; shutterstock; istock; alamy; picture alliance; imago images; /reuters; /ap; \
    /epa; /dpa";

/// Whether a line leads to other pages or advertises.
pub fn leads_away(text: &str) -> bool {
    begins(text, LEADS_AWAY)
}

/// Whether a short paragraph asks to subscribe to something that comes by mail, to follow, or to click.
pub fn asks_to_subscribe(text: &str) -> bool {
    let text = text.to_lowercase();
    let any = |words: &str| words.split("; ").any(|w| text.contains(w));
    let follow = text.chars().count() < 250 && FOLLOW.split("; ").any(|w| text.starts_with(w));
    let click = text.chars().count() < 200 && any(CLICK);
    any(SUBSCRIBE) && any(MAILED) || follow && any(NETWORKS) || click
}

/// Words that ask to click, in lower case.
const CLICK: &str = "click here to ; click here for ; click to subscribe; sign up here; subscribe here; klicken sie hier; cliquez ici; haga clic aquí";

/// How lines begin that ask to follow, in lower case.
const FOLLOW: &str = "\
    follow us; follow me; follow ; like us; find us on; join us on; join our; folgen sie; folge uns; \
    folge ; suivez; rejoignez; síguenos; sigue a; siga a; seguici; segui ; volg ons; volg ; följ ; følg ; \
    seuraa ; śledź ; obserwuj ; bizi takip; подписывайтесь; подпишитесь; підписуйтесь; تابعونا; تابعنا; 关注; \
    フォロー";

/// The networks where people follow, in lower case.
const NETWORKS: &str = "\
    facebook; twitter; instagram; youtube; telegram; whatsapp; linkedin; tiktok; mastodon; вконтакте; \
    فيسبوك; تويتر";

/// Words that ask to subscribe, in lower case.
const SUBSCRIBE: &str = "\
    sign up; subscribe; register for; get our; delivered to; join our; melden sie sich; jetzt anmelden; \
    abonnier; bestellen sie; inscrivez; abonnez; suscríb; suscrib; iscriviti; assine; aanmelden; \
    prenumerera; zapisz się; подпишитесь; подписаться; 登録";

/// Words for what comes by mail.
const MAILED: &str = "\
    newsletter; inbox; e-mail update; email update; daily email; by email; per e-mail; рассылк; メルマガ";

/// Whether a short paragraph only names who helped to write the article.
pub fn names_contributors(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.chars().count() < 250 && CONTRIBUTED.split("; ").any(|end| text.ends_with(end))
}

/// How paragraphs end that name who helped, in lower case.
const CONTRIBUTED: &str = "\
    contributed to this report; contributed to this article; contributed to this story; contributed reporting; \
    contributed to this piece; ont contribué à cet article; a contribué à cet article; contribuyó a este informe; \
    contribuyeron a este informe; hat an diesem bericht mitgearbeitet; haben an diesem bericht mitgearbeitet";

/// Whether a line only names who made a picture.
pub fn is_credit(text: &str) -> bool {
    text.chars().count() < 90 && begins(text, CREDITS)
}

/// Whether words are a caption: they begin with or end in the source of a picture.
pub fn is_caption(text: &str) -> bool {
    text.chars().count() < 400 && (begins(text, CREDITS) || ends_in_source(text))
}

fn begins(text: &str, with: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let beginning: String = text.chars().take(40).collect::<String>().to_lowercase();
    let bare = beginning.trim_end_matches(|c: char| !c.is_alphanumeric());
    with.split("; ").any(|w| match w.strip_suffix('$') {
        Some(whole) => bare == whole,
        None => beginning.starts_with(w),
    })
}

/// Whether a text ends in the source of a picture: in a bracket (`(Image: Example)`), or as the name of an agency for pictures.
fn ends_in_source(text: &str) -> bool {
    let low = text.trim_end().to_lowercase();
    if AGENCIES
        .split("; ")
        .any(|a| low.strip_suffix(a).is_some_and(|t| t.ends_with(['/', '—', '–', '|', '©', ' '])))
    {
        return true;
    }
    let text = text.trim_end().trim_end_matches('.');
    let Some(inside) =
        text.strip_suffix([')', ']']).and_then(|t| t.rsplit_once(['(', '['])).map(|(_, inside)| inside)
    else {
        return false;
    };
    let inside = inside.to_lowercase();
    inside.chars().count() < 80 && SOURCES.split("; ").any(|s| inside.starts_with(s) || inside.ends_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_lead_away_are_known_in_many_languages() {
        for line in
            ["Read more: The ferry", "» Lesen Sie auch: Die Fähre", "À LIRE AUSSI", "关联", "関連記事：船"]
        {
            assert_eq!(leads_away(line), line != "关联", "{line}");
        }
        assert!(!leads_away("The board read more than forty letters."));
    }

    #[test]
    fn captions_end_in_their_source() {
        assert!(is_caption("The ferry at noon (Image: Example)"));
        assert!(is_caption("Foto: A. Keita"));
        assert!(!is_caption("The ferry left at noon (and came back late)."));
        assert!(is_credit("© A. Keita") && !is_credit("The ferry at noon (Image: Example)"));
    }
}
