//! Parsing within bounds: in pieces, so that a page that nests too deep is given up long before a
//! parser that looks through all open elements for each tag takes its time over it.

use std::borrow::Cow;
use std::cell::{Cell, Ref};

use dom_query::{Document, NodeId};
use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QualName, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{ParseOpts, tree_builder::TreeBuilderOpts};

use crate::Refusal;

/// How many bytes are parsed between two looks at the depth.
const PIECE: usize = 4096;
/// No page needs more attributes in a tag; the parser compares each with all before it.
const ATTRIBUTES: usize = 1000;
/// Elements that the parser may make out of nothing, as it does for tags left open.
const SPARE_NODES: usize = 65_536;

/// The tree of a page.
///
/// # Errors
/// [`Refusal::TooDeep`] where elements nest deeper than `limit`: within one piece of the page a
/// deeper nesting may pass, the caller looks again. [`Refusal::TooManyAttributes`].
pub(super) fn parse(page: &str, limit: usize) -> Result<Document, Refusal> {
    if attributes_exceed(page, ATTRIBUTES) {
        return Err(Refusal::TooManyAttributes { limit: ATTRIBUTES });
    }
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let document = Document::default();
    let last = Cell::new(document.tree.root_id());
    let mut parser = html5ever::parse_document(Watched { document, last }, options);
    let mut rest = page;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.max(4)));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let watched = &parser.tokenizer.sink.sink;
        let depth = watched.depth();
        if depth > limit {
            return Err(Refusal::TooDeep { depth, limit });
        }
        // Tags left open are opened again in each paragraph: a page may not grow by that.
        let made = watched.document.tree.len();
        if made > page.len() - rest.len() + SPARE_NODES {
            return Err(Refusal::TooDeep { depth: made, limit });
        }
    }
    Ok(parser.finish())
}

/// Whether a tag has more attributes than `limit`. Scripts, styles and comments are passed over.
fn attributes_exceed(page: &str, limit: usize) -> bool {
    let bytes = page.as_bytes();
    let mut at = 0;
    while let Some(open) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += open + 1;
        if bytes[at..].starts_with(b"!--") {
            at += page[at..].find("-->").unwrap_or(bytes.len() - at);
            continue;
        }
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name = at..at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let (mut count, mut quote, mut spaced) = (0, None, false);
        at = name.end;
        while let Some(byte) = bytes.get(at) {
            match (quote, *byte) {
                (Some(mark), byte) if byte == mark => quote = None,
                (Some(_), _) => {}
                (None, b'>') => break,
                (None, b'"' | b'\'') if at > 0 && bytes[at - 1] == b'=' => quote = Some(*byte),
                (None, byte) if byte.is_ascii_whitespace() || byte == b'/' => spaced = true,
                (None, _) => {
                    count += usize::from(spaced);
                    spaced = false;
                }
            }
            at += 1;
        }
        if count > limit {
            return true;
        }
        for raw in ["script", "style"] {
            if bytes[name.clone()].eq_ignore_ascii_case(raw.as_bytes()) {
                at += end_of(&bytes[at..], raw.as_bytes());
            }
        }
    }
    false
}

/// Where the end tag of a raw element begins; the length where it is never closed.
fn end_of(bytes: &[u8], name: &[u8]) -> usize {
    let mut at = 0;
    while let Some(open) = bytes[at..].iter().position(|byte| *byte == b'<') {
        let tag = bytes.get(at + open + 2..at + open + 2 + name.len());
        let closes = bytes.get(at + open + 1) == Some(&b'/');
        if closes && tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            return at + open;
        }
        at += open + 1;
    }
    bytes.len()
}

/// A document that remembers the element made last. All else goes to the document.
struct Watched {
    document: Document,
    last: Cell<NodeId>,
}

impl Watched {
    /// How many elements the one made last lies in, itself counted.
    fn depth(&self) -> usize {
        self.document.tree.ancestor_ids_of_it(&self.last.get(), None).count()
    }
}

impl TreeSink for Watched {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }
    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.document.elem_name(target)
    }
    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let made = self.document.create_element(name, attrs, flags);
        self.last.set(made);
        made
    }
    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }
    fn create_pi(&self, target: StrTendril, text: StrTendril) -> NodeId {
        self.document.create_pi(target, text)
    }
    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.document.append(parent, child);
    }
    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.document.append_based_on_parent_node(element, previous, child);
    }
    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document.append_doctype_to_document(name, public, system);
    }
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }
    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }
    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }
    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.document.append_before_sibling(sibling, child);
    }
    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }
    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }
    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }
    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_in_tags_only() {
        let tag = |count: usize| format!("<p {}>", "a=1 ".repeat(count));
        assert!(!attributes_exceed(&tag(5), 5));
        assert!(attributes_exceed(&tag(6), 5));
        assert!(attributes_exceed(&format!("<script>a<b</SCRIPT>{}", tag(6)), 5));
        assert!(!attributes_exceed(&format!("<script>{}</script>", tag(6)), 5));
        assert!(!attributes_exceed(&format!("<!-- {} -->", tag(6)), 5));
        assert!(!attributes_exceed("<p title='a b c d e f g h'>1 < 2 or so and more words", 5));
    }

    #[test]
    fn a_small_page_keeps_its_tree() {
        let page = parse("<p>One<p>Two", 16).unwrap();
        assert_eq!(page.select("body > p").length(), 2);
    }
}
