//! The main content of a page: which of its text nodes are the story.

use std::collections::BTreeSet;

use dom_query::{Document, NodeData, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

/// What the search found.
#[derive(Debug)]
pub(super) struct Content {
    /// The text nodes of the page that are its main content.
    pub(super) texts: BTreeSet<NodeId>,
    /// Who wrote it, as the page prints it.
    pub(super) byline: Option<String>,
}

/// A page of more elements is read whole: the search for its main content would take too long.
const ELEMENTS: usize = 100_000;
/// The search is content with this many characters; below, it tries again with less suspicion.
const CHARACTERS: usize = 250;

/// The search ends by writing the page out, and looks through the rest of a text for each of its
/// characters that need an escape: bytes to look through, at most.
const ESCAPING: usize = 10_000_000_000;

/// The main content of a page; `None` where the search finds none or would take too long.
pub(super) fn find(page: &Document) -> Option<Content> {
    if escaping(page) > ESCAPING {
        return None;
    }
    let copy = page.clone();
    // The search turns such links into new text, which could not be found again.
    for link in copy.select("a[href^='javascript:']").nodes() {
        link.remove_attr("href");
    }
    let config = Config {
        disable_json_ld: true,
        char_threshold: CHARACTERS,
        max_elements_to_parse: ELEMENTS,
        keep_classes: true,
        ..Config::default()
    };
    let mut search = Readability::with_document(copy, None, Some(config)).ok()?;
    let article = search.parse().ok()?;
    let root = search.doc.select_single("#readability-page-1");
    let found = root.nodes().first()?;
    // Nodes that the search made are not in the page's tree: their ids come after all of its.
    let own = |id: &NodeId| page.tree.get(id).is_some_and(|node| node.is_nonempty_text());
    let texts: BTreeSet<NodeId> = found.descendants_it().map(|node| node.id).filter(own).collect();
    (!texts.is_empty()).then_some(Content { texts, byline: article.byline })
}

/// How many bytes are looked through to write out the page.
fn escaping(page: &Document) -> usize {
    let of = |text: &str| {
        let escaped = text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xC2));
        escaped.count().saturating_mul(text.len())
    };
    let of_node = |node: NodeRef<'_>| {
        node.query_or(0, |inner| match &inner.data {
            NodeData::Text { contents } => of(contents),
            NodeData::Element(element) => element.attrs.iter().map(|it| of(&it.value)).sum(),
            _ => 0,
        })
    };
    let silent = |node: &NodeRef<'_>| {
        node.parent().is_some_and(|parent| parent.has_name("script") || parent.has_name("style"))
    };
    page.root().descendants_it().filter(|node| !silent(node)).map(of_node).sum()
}
