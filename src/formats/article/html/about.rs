//! What a page says about its article, apart from its words: linked data (JSON-LD), Open Graph and other `meta`, microdata, and the
//! elements for times and authors. The first source that names a detail counts; in the page's words nothing is guessed.

mod author;
mod linked_data;
mod meta;
mod title;

pub use title::{letters, nearest};

use super::{
    address,
    tree::{Data, Edge, NodeId, Tree},
};
use crate::{formats::article::plain, model::Info};
use linked_data::Stated;
use meta::Meta;

/// What a page says about its article.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The article details.
    pub info: Info,
    /// The headline in the data of the page, the likeliest first, without names of sites.
    pub titles: Vec<String>,
}

/// What a page says. `saved` is where it was saved from, if a file around the page says so.
pub fn of(tree: &Tree, saved: Option<&str>) -> About {
    let meta = Meta::of(tree);
    let stated = linked_data::of(tree);
    let info = Info {
        byline: byline(tree, &meta, &stated),
        outlet: outlet(&meta, &stated),
        language: language(tree, &meta, &stated),
        url: url(tree, &meta, &stated, saved),
        tags: tags(&meta, &stated),
        ..day(tree, &meta, &stated)
    };
    About { titles: title::of(tree, &meta, &stated, info.outlet.as_deref()), info }
}

fn byline(tree: &Tree, meta: &Meta, stated: &Stated) -> Option<String> {
    let named = [
        "dc:creator",
        "dc.creator",
        "dcterm:creator",
        "dcterms:creator",
        "author",
        "parsely-author",
        "article:author",
        "sailthru.author",
        "byl",
    ];
    let names = || named.iter().filter_map(|name| meta.first(name)).find_map(author::name);
    stated.byline.as_deref().and_then(author::name).or_else(names).or_else(|| author::in_page(tree))
}

fn outlet(meta: &Meta, stated: &Stated) -> Option<String> {
    let named = ["og:site_name", "application-name", "dc:publisher", "dcterms:publisher"];
    let short = |name: &String| (1..=60).contains(&name.chars().count()) && !address::is_web(name);
    let names = named.iter().filter_map(|name| meta.first(name).map(str::to_owned));
    stated.outlet.clone().into_iter().chain(names).find(short)
}

fn language(tree: &Tree, meta: &Meta, stated: &Stated) -> Option<String> {
    let root = tree.children(NodeId::ROOT).find(|id| tree.name(*id) == "html");
    let of_root = || ["lang", "xml:lang"].iter().find_map(|name| tree.attribute(root?, name)).and_then(code);
    let named = || {
        ["content-language", "og:locale", "dc:language"]
            .iter()
            .find_map(|name| meta.first(name).and_then(code))
    };
    of_root().or_else(|| stated.language.as_deref().and_then(code)).or_else(named)
}

/// The two letters of a language tag.
fn code(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_', ',', ' ']).next()?.to_ascii_lowercase();
    (first.len() == 2 && first.bytes().all(|b| b.is_ascii_lowercase())).then_some(first)
}

/// The page's own address: the one it calls canonical, or the one it was saved from.
fn url(tree: &Tree, meta: &Meta, stated: &Stated, saved: Option<&str>) -> Option<String> {
    let canonical = tree.elements(NodeId::ROOT).filter(|id| tree.name(*id) == "link").find(|id| {
        let rel = tree.attribute(*id, "rel").unwrap_or("");
        rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("canonical"))
    });
    let canonical = canonical.and_then(|id| tree.attribute(id, "href")).map(str::to_owned);
    let found = [canonical, meta.first("og:url").map(str::to_owned), stated.url.clone()];
    let own = saved.map(str::to_owned).or_else(|| single_file(tree));
    let deep = |url: &String| address::is_web(url) && url.len() < 2_000;
    found.into_iter().flatten().chain(own).map(|u| u.trim().to_owned()).find(deep)
}

/// The address in the comment that SingleFile writes before a page.
pub fn single_file(tree: &Tree) -> Option<String> {
    let comments = tree.walk(NodeId::ROOT).take(40).filter_map(|edge| match edge {
        Edge::Enter(id) => match tree.data(id) {
            Data::Comment(words) => Some(&**words),
            Data::Document | Data::Element(_) | Data::Text(_) => None,
        },
        Edge::Leave(_) => None,
    });
    let saved = comments.into_iter().find(|c| c.contains("SingleFile"))?;
    let line = saved.lines().find_map(|line| line.trim().strip_prefix("url:"))?;
    Some(line.trim().to_owned()).filter(|url| address::is_web(url))
}

fn tags(meta: &Meta, stated: &Stated) -> Vec<String> {
    let lists = ["article:tag", "news_keywords", "keywords"].iter().map(|name| meta.all(name));
    let found = std::iter::once(stated.tags.clone()).chain(lists).find(|list| !list.is_empty());
    let mut tags: Vec<String> = Vec::new();
    for tag in found.unwrap_or_default().iter().flat_map(|t| t.split([',', ';', '،', '、', '，'])) {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        let short = (1..=40).contains(&tag.chars().count());
        if short && tags.len() < 20 && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// The day, time and zone of its publication.
fn day(tree: &Tree, meta: &Meta, stated: &Stated) -> Info {
    let named = [
        "article:published_time",
        "article:published",
        "og:published_time",
        "parsely-pub-date",
        "datepublished",
        "date",
        "pubdate",
        "pub-date",
        "publishdate",
        "publish-date",
        "dc.date",
        "dc:date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms:created",
        "dcterms.issued",
        "sailthru.date",
        "article.published",
        "cxenseparse:recs:publishtime",
    ];
    let metas = named.iter().filter_map(|name| meta.first(name).map(str::to_owned));
    let found = stated.date.clone().into_iter().chain(metas).chain(times(tree));
    found.into_iter().find_map(|value| plain::moment(&value)).unwrap_or_default()
}

/// The values of the elements that say when the article was published.
fn times(tree: &Tree) -> Vec<String> {
    let published = |id: &NodeId| {
        let property = tree.attribute(*id, "itemprop").unwrap_or("");
        property.eq_ignore_ascii_case("datePublished")
            || (tree.name(*id) == "time"
                && (tree.attribute(*id, "pubdate").is_some() || is_published(tree, *id)))
    };
    let value = |id: NodeId| {
        let written = ["datetime", "content", "title"].iter().find_map(|name| tree.attribute(id, name));
        written.map_or_else(|| tree.text(id), str::to_owned)
    };
    tree.elements(NodeId::ROOT).filter(published).take(8).map(value).collect()
}

/// Whether a class says that a time is the one of publication, as microformats do.
fn is_published(tree: &Tree, id: NodeId) -> bool {
    let class = tree.attribute(id, "class").unwrap_or("").to_ascii_lowercase();
    class.split_ascii_whitespace().any(|c| matches!(c, "dt-published" | "published" | "entry-date"))
}
