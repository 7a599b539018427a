//! What the names in a page say about its parts: elements, roles, classes and ids, by words that pages share the world over. It knows no
//! page.

use super::tree::Element;
use std::{collections::HashMap, sync::LazyLock};

/// What the names of an element say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Nothing.
    None,
    /// The article is in it.
    Article,
    /// The words of the article are in it, and nothing else.
    Body,
    /// A caption.
    Caption,
    /// It is about the article or around it: shares, related articles, advertisements, comments.
    Furniture,
    /// Comments of readers.
    Comments,
    /// The introduction of an article.
    Lead,
    /// The introduction of an article: of this one under its headline, of another one elsewhere.
    Teaser,
    /// What another site shows in the page: furniture, unless words are quoted in it.
    Embed,
}

/// The names of each kind, in lower case, as pages use them the world over. What comes first counts where an element has names of several.
const NAMES: &[(Hint, &str)] = &[
    (
        Hint::Caption,
        "\
        caption captions figcaption credit credits photocredit imagecredit bildunterschrift bildtext legende \
        copyrights",
    ),
    (
        Hint::Comments,
        "\
        comment comments commentlist commenting disqus respond kommentare kommentar commentaires comentarios \
        replies livefyre discussion viafoura",
    ),
    (
        Hint::Lead,
        "\
        lead leadtext lede standfirst subtitle subheadline subhead subheading dek deck intro introduction \
        introtext vorspann chapo excerpt summary teasertext sommario entradilla bajada ingress leadin anleser",
    ),
    (
        Hint::Teaser,
        "\
        teaser teasers",
    ),
    (
        Hint::Furniture,
        "\
        ad ads adv advert advertisement advertising adsbygoogle adslot adbox adunit sponsor sponsored sponsors \
        anzeige werbung publicidad publicite banner promo promos promotion promoted promobox related relatedposts \
        relatedarticles recirc recirculation recommended recommendation recommendations recommend readmore \
        morenews suggested suggestions popular trending mostread mostpopular newsletter newsletters subscribe \
        subscription signup paywall regwall share shares sharing sharebar sharetools addthis addtoany sharedaddy \
        follow sidebar sidebars rail outbrain taboola breadcrumb breadcrumbs navigation navbar nav menu submenu \
        footer cookie cookies consent gdpr popup modal overlay toolbar toolbox tools login register pagination \
        pager paging prevnext nextprev skip donate donation tags taglist tagcloud keywords bio authorbox \
        authorbio aboutauthor disclaimer copyright byline dateline timestamp rating ratings vote voting cta \
        printonly noprint bookmark jp yarpp livechat chatbot infobox hatnote siteheader masthead",
    ),
    (
        Hint::Embed,
        "\
        social socials socialmedia widget widgets callout embed oembed",
    ),
    (
        Hint::Body,
        "\
        articlebody storybody postbody entrycontent postcontent articlecontent articletext storytext storycontent \
        bodytext bodycopy contentbody articulo artikeltext blogbody newsbody newstext maincontent",
    ),
    (
        Hint::Article,
        "\
        article story post entry hentry artikel articolo news blogpost",
    ),
];

/// The kind of each name, and how early it comes.
static KINDS: LazyLock<HashMap<&str, (usize, Hint)>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    for (n, (hint, names)) in NAMES.iter().enumerate() {
        for name in names.split_whitespace() {
            kinds.entry(name).or_insert((n, *hint));
        }
    }
    kinds
});

/// What the names of an element say about what is in it.
pub fn of(element: &Element) -> Hint {
    let name = element.name();
    match name {
        "nav" | "footer" | "form" | "button" | "menu" | "dialog" | "search" | "fieldset" | "object" => {
            return Hint::Furniture;
        }
        "figcaption" => return Hint::Caption,
        "html" | "body" => return Hint::None,
        _ => {}
    }
    let role = element.attribute("role").unwrap_or("").to_ascii_lowercase();
    match role.as_str() {
        "navigation" | "search" | "banner" | "contentinfo" | "complementary" | "dialog" | "alert"
        | "alertdialog" | "toolbar" | "tooltip" | "menu" | "menubar" => return Hint::Furniture,
        _ => {}
    }
    let property = element.attribute("itemprop").unwrap_or("").to_ascii_lowercase();
    match property.as_str() {
        "articlebody" | "text" | "reviewbody" => return Hint::Body,
        "caption" => return Hint::Caption,
        "comment" => return Hint::Comments,
        _ => {}
    }
    let main = matches!(name, "article" | "main") || matches!(role.as_str(), "main" | "article");
    let words = words_of(element);
    let named = words.iter().filter_map(|w| KINDS.get(w.as_str())).min_by_key(|(n, _)| *n);
    named.map_or(if main { Hint::Article } else { Hint::None }, |(_, hint)| *hint)
}

/// Whether an element in the line is the caption of a picture or the name of who made it.
pub fn is_caption(element: &Element) -> bool {
    let plain = matches!(element.name(), "span" | "small" | "em" | "i" | "cite" | "label");
    let named =
        |w: &String| w == "copyright" || KINDS.get(w.as_str()).is_some_and(|(_, h)| *h == Hint::Caption);
    plain && element.attribute("class").is_some() && words_of(element).iter().any(named)
}

/// The words of an element's class and id, in lower case, and each two that follow each other as one: `post-content` has `post`,
/// `content` and `postcontent`.
pub fn words_of(element: &Element) -> Vec<String> {
    let mut all = Vec::new();
    for name in ["class", "id"].iter().filter_map(|a| element.attribute(a)) {
        for token in name.split_ascii_whitespace().take(40) {
            let words = words(token);
            all.extend(words.windows(2).map(|pair| pair.concat()));
            all.extend(words);
        }
    }
    all
}

/// The words of one class, in lower case: they end at signs, digits and before capitals.
fn words(token: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in token.chars().take(80) {
        let begins = c.is_uppercase() && lower;
        lower = c.is_lowercase();
        if !c.is_alphabetic() || begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphabetic()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|w| !w.is_empty());
    words
}
