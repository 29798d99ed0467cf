//! What a page says of itself: JSON-LD, Open Graph and other `<meta>`, `<time>`, links.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use crate::date;
use crate::draft::Metadata;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct PageMetadata {
    /// Every title that it names, the most trusted first.
    pub(super) titles: Vec<Named>,
    pub(super) byline: Option<String>,
    pub(super) outlet: Option<String>,
    url: Option<String>,
    published: Option<String>,
    claimed: Option<String>,
}

/// A name and the path of what says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) words: String,
    pub(super) path: String,
    /// Whether it is meant for readers, as the `<title>` of a window is not.
    pub(super) meant: bool,
}

impl Named {
    /// A name that is not the page's own.
    pub(super) fn elsewhere(words: &str) -> Self {
        Self { words: words.trim().to_owned(), path: String::new(), meant: true }
    }
}

impl PageMetadata {
    pub(super) fn into_metadata(self, title: Option<String>) -> Metadata {
        Metadata {
            title,
            byline: self.byline,
            agency: None,
            outlet: self.outlet,
            url: self.url,
            published: self.published,
            language: None,
            claimed: self.claimed,
        }
    }
}

// What the properties and names of `<meta>` are called: Open Graph, Dublin Core, schema.org, and
// the forms that large sites and their analytics use. The most trusted come first.
const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "parsely-title", "headline"];
const BYLINES: &[&str] = &[
    "author",
    "article:author",
    "byl",
    "byline",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
];
const OUTLETS: &[&str] = &["og:site_name", "application-name", "dc.publisher", "publisher"];
const URLS: &[&str] = &["og:url", "parsely-link"];
const DATES: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "published_time",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
];

pub(super) fn read(page: &Document) -> PageMetadata {
    let linked: Vec<Linked> = linked(page);
    let metas: Vec<Meta> = page.select("meta[content]").nodes().iter().filter_map(meta).collect();
    let meta_all = |names: &'static [&str]| {
        let named = |name| metas.iter().filter(move |meta: &&Meta| meta.names(name));
        names.iter().flat_map(move |name| named(*name))
    };
    let from_linked = |read: fn(&Linked) -> Option<&String>| linked.iter().find_map(read).cloned();
    let address = |url: &String| url.starts_with("https://") || url.starts_with("http://");

    let mut titles: Vec<Named> = linked
        .iter()
        .filter_map(|it| {
            Some(Named { words: it.headline.clone()?, path: it.path.clone(), meant: true })
        })
        .collect();
    titles.extend(meta_all(TITLES).map(|meta| Named {
        words: meta.content.clone(),
        path: format!("{}/@content", meta.path),
        meant: true,
    }));
    titles.extend(page.select_single("head > title").nodes().iter().filter_map(|node| {
        Some(Named { words: line(&node.text())?, path: path(node), meant: false })
    }));
    let mut dates: Vec<String> = linked.iter().filter_map(|it| it.published.clone()).collect();
    dates.extend(meta_all(DATES).map(|meta| meta.content.clone()));
    dates.extend(times(page));
    let readable = dates.iter().position(|written| date::iso(written).is_some());

    let mut bylines = meta_all(BYLINES).map(|meta| &meta.content).filter(|name| !address(name));
    PageMetadata {
        titles,
        byline: from_linked(|it| it.author.as_ref()).or_else(|| bylines.next().cloned()),
        outlet: from_linked(|it| it.publisher.as_ref())
            .or_else(|| meta_all(OUTLETS).map(|meta| meta.content.clone()).next()),
        url: canonical(page)
            .into_iter()
            .chain(meta_all(URLS).map(|meta| meta.content.clone()))
            .chain(linked.iter().filter_map(|it| it.url.clone()))
            .find(address),
        published: (!dates.is_empty()).then(|| dates.swap_remove(readable.unwrap_or(0))),
        claimed: page.select_single("html").attr("lang").and_then(|lang| line(&lang)),
    }
}

struct Meta {
    key: String,
    content: String,
    path: String,
}

impl Meta {
    fn names(&self, name: &str) -> bool {
        self.key == name
    }
}

fn meta(node: &NodeRef<'_>) -> Option<Meta> {
    let key = node.attr("property").or_else(|| node.attr("name")).or_else(|| node.attr("itemprop"));
    let key = key?.trim().to_ascii_lowercase();
    Some(Meta { key, content: line(&node.attr("content")?)?, path: path(node) })
}

/// The XPath of an element in the head: an index where siblings share the name.
fn path(node: &NodeRef<'_>) -> String {
    let mut parts = Vec::new();
    let mut at = Some(*node);
    while let Some(name) = at.as_ref().and_then(NodeRef::node_name) {
        let Some(element) = at.filter(NodeRef::is_element) else { break };
        let same = |node: &NodeRef<'_>| node.has_name(&name);
        let before = std::iter::successors(element.prev_sibling(), NodeRef::prev_sibling);
        let after = std::iter::successors(element.next_sibling(), NodeRef::next_sibling);
        let nth = before.filter(same).count() + 1;
        let alone = nth == 1 && !after.into_iter().any(|node| same(&node));
        parts.push(if alone { format!("/{name}") } else { format!("/{name}[{nth}]") });
        at = element.parent();
    }
    parts.into_iter().rev().collect()
}

fn canonical(page: &Document) -> Option<String> {
    page.select_single("link[rel='canonical']").attr("href").and_then(|href| line(&href))
}

/// The dates of `<time>` that say when the page was published: those marked so, else the first
/// that is in no menu, list of other stories or comment.
fn times(page: &Document) -> Vec<String> {
    let marked = page.select(
        "time[pubdate], time[itemprop='datePublished'], [itemprop='datePublished'][content]",
    );
    let others = page.select("time[datetime]");
    let elsewhere = |node: &NodeRef<'_>| {
        let of_others = |node: NodeRef<'_>| {
            ["nav", "aside", "footer", "li"].iter().any(|name| node.has_name(name))
        };
        node.ancestors_it(Some(12)).any(of_others)
    };
    let first = others.nodes().iter().find(|node| !elsewhere(node));
    let value = |node: &NodeRef<'_>| {
        let value = node.attr("datetime").or_else(|| node.attr("content"));
        line(&value.unwrap_or_else(|| node.text()))
    };
    marked.nodes().iter().chain(first).filter_map(value).collect()
}

/// What a JSON-LD object says of an article.
#[derive(Debug, Default)]
struct Linked {
    headline: Option<String>,
    author: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    path: String,
}

/// The articles in the page's JSON-LD. What is broken there says nothing.
fn linked(page: &Document) -> Vec<Linked> {
    let mut articles = Vec::new();
    for script in page.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { continue };
        let mut objects = Vec::new();
        collect(&value, &mut objects);
        for object in objects.iter().filter(|object| is_article(object)) {
            articles.push(Linked {
                headline: name(object, "headline").or_else(|| name(object, "name")),
                author: names(object.get("author"), &objects),
                published: name(object, "datePublished"),
                publisher: names(object.get("publisher"), &objects),
                url: name(object, "url").or_else(|| {
                    let page = object.get("mainEntityOfPage")?;
                    page.as_str().map(str::to_owned).or_else(|| name(page, "@id"))
                }),
                path: path(script),
            });
        }
    }
    articles
}

/// The objects that stand for themselves: alone, in an array, in `@graph`.
fn collect<'v>(value: &'v Value, objects: &mut Vec<&'v Value>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, objects)),
        Value::Object(fields) => {
            objects.push(value);
            if let Some(graph) = fields.get("@graph") {
                collect(graph, objects);
            }
        }
        _ => {}
    }
}

fn is_article(object: &Value) -> bool {
    let article = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(article),
        Some(kind) => article(kind),
        None => false,
    }
}

fn name(object: &Value, field: &str) -> Option<String> {
    line(object.get(field)?.as_str()?)
}

/// The names of persons or organisations: words, an object with a `name`, an `@id` of another
/// object, or a list of these.
fn names(value: Option<&Value>, objects: &[&Value]) -> Option<String> {
    match value? {
        Value::String(words) => line(words).filter(|words| !words.starts_with("http")),
        Value::Array(list) => {
            let names: Vec<_> = list.iter().filter_map(|it| names(Some(it), objects)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        object => name(object, "name").or_else(|| {
            let id = object.get("@id")?;
            let same = |other: &&&Value| other.get("@id") == Some(id);
            objects.iter().filter(same).find_map(|other| name(other, "name"))
        }),
    }
}

/// Words on one line; `None` where there are none.
fn line(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}
