//! The blocks of a page: its text by block-level elements, each with the path of its element.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use dom_query::{Document, NodeData, NodeId, NodeRef};

use crate::BlockKind;
use crate::structure::is_crosshead;

/// A block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its words: white space collapsed, `<br>` a line break.
    pub(super) words: String,
    pub(super) kind: BlockKind,
    /// The XPath of its element: an index where siblings share the name.
    pub(super) path: String,
    /// Whether some of its words are the page's main content.
    pub(super) kept: bool,
    /// Whether it is a heading of the first rank.
    pub(super) first_rank: bool,
    /// Whether it lies in a menu, footer or side bar.
    pub(super) aside: bool,
}

/// Elements whose text is not the page's.
const SILENT: &[&str] = &[
    "script", "style", "template", "noscript", "head", "textarea", "select", "button", "datalist",
    "object", "embed", "iframe", "canvas", "svg", "audio", "video", "noframes", "map", "meter",
];

/// Elements that stand apart from the text before and after them.
const APART: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// The blocks of a page in order, those without a text node of `content` marked as not kept, and
/// how deep its elements nest. Without `content` all are kept.
pub(super) fn read(page: &Document, content: Option<&BTreeSet<NodeId>>) -> (Vec<Found>, usize) {
    let mut reader = Reader { content, ..Reader::default() };
    let root = page.root();
    let mut node = root.first_child();
    reader.open.push(Frame::default());
    reader.count_children(&root);
    let mut depth = 0;
    while let Some(at) = node {
        let enters = reader.enter(&at);
        depth = depth.max(reader.open.len() - 1);
        if enters && let Some(child) = at.first_child() {
            node = Some(child);
            continue;
        }
        let mut done = at;
        reader.leave(&done, enters);
        node = loop {
            if let Some(next) = done.next_sibling() {
                break Some(next);
            }
            match done.parent() {
                Some(parent) if parent.id != root.id => {
                    reader.leave(&parent, true);
                    done = parent;
                }
                _ => break None,
            }
        };
    }
    reader.flush();
    (reader.found, depth)
}

#[derive(Default)]
struct Reader<'c> {
    content: Option<&'c BTreeSet<NodeId>>,
    found: Vec<Found>,
    open: Vec<Frame>,
    path: String,
    words: Words,
}

/// An open element.
#[derive(Debug, Clone, Default)]
struct Frame {
    name: String,
    /// Where the path of its parent ends.
    parent_path: usize,
    /// Where the path of the nearest element that stands apart ends.
    apart_path: usize,
    kind: Option<BlockKind>,
    first_rank: bool,
    aside: bool,
    bold: bool,
    pre: bool,
    /// Its children's names: how many there are, how many were passed.
    names: BTreeMap<String, (u32, u32)>,
}

/// The words of the block that is being read.
#[derive(Debug, Default)]
struct Words {
    text: String,
    gap: Gap,
    breaks: u32,
    frame: Frame,
    path: String,
    kept: bool,
    light: bool,
}

/// What parts the words before from those to come.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
}

impl Reader<'_> {
    /// Whether the node's children are to be read.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let Some(name) = node.qual_name_ref().map(|name| name.local.to_string()) else {
            let text = node.query_or(None, |inner| match &inner.data {
                NodeData::Text { contents } => Some(contents.to_string()),
                _ => None,
            });
            if let Some(text) = text {
                self.text(&text, node.id);
            }
            return false;
        };
        let silent = SILENT.contains(&name.as_str());
        let parent_path = self.path.len();
        let parent = self.open.last_mut();
        let (total, nth) = parent.map_or((1, 1), |parent| {
            let count = parent.names.entry(name.clone()).or_insert((1, 0));
            count.1 += 1;
            *count
        });
        // A string takes what is written to it.
        let _ = match total {
            1 => write!(self.path, "/{name}"),
            _ => write!(self.path, "/{name}[{nth}]"),
        };
        if silent {
            self.open.push(Frame { name, parent_path, ..Frame::default() });
            return false;
        }
        let apart = APART.contains(&name.as_str());
        if apart {
            self.flush();
        }
        let mut frame = self.open.last().map(Frame::child).unwrap_or_default();
        frame.parent_path = parent_path;
        if apart {
            frame.apart_path = self.path.len();
            frame.first_rank = name == "h1";
        }
        match name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => frame.kind = Some(BlockKind::Heading),
            "li" | "dd" | "dt" | "tr" => frame.kind = Some(BlockKind::ListItem),
            "figcaption" | "caption" => frame.kind = Some(BlockKind::Caption),
            "blockquote" => frame.kind = Some(BlockKind::Quote),
            "nav" | "footer" | "aside" => frame.aside = true,
            "b" | "strong" => frame.bold = true,
            "pre" => frame.pre = true,
            "td" | "th" => self.words.part(Gap::Cell),
            "br" => self.line_break(),
            "q" => self.mark('“', &frame),
            _ => {}
        }
        frame.name = name;
        self.open.push(frame);
        self.count_children(node);
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>, entered: bool) {
        if !node.is_element() {
            return;
        }
        let Some(frame) = self.open.pop() else { return };
        if entered {
            if frame.name == "q"
                && let Some(outer) = self.open.last().cloned()
            {
                self.mark('”', &outer);
            }
            if APART.contains(&frame.name.as_str()) {
                self.flush();
            }
        }
        self.path.truncate(frame.parent_path);
    }

    fn count_children(&mut self, node: &NodeRef<'_>) {
        let mut names: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        let mut child = node.first_child();
        while let Some(at) = child {
            if let Some(name) = at.qual_name_ref() {
                names.entry(name.local.to_string()).or_default().0 += 1;
            }
            child = at.next_sibling();
        }
        if let Some(frame) = self.open.last_mut() {
            frame.names = names;
        }
    }

    fn text(&mut self, text: &str, node: NodeId) {
        let Some(frame) = self.open.last() else { return };
        let blank = text.chars().all(|c| c.is_ascii_whitespace());
        if !blank {
            self.words.begin(frame, &self.path);
            self.words.kept |= self.content.is_none_or(|content| content.contains(&node));
            self.words.light |= !frame.bold;
        }
        for c in text.chars() {
            match c {
                '\n' if frame.pre => self.words.part(Gap::Line),
                c if c.is_ascii_whitespace() => self.words.part(Gap::Space),
                c => self.words.push(c),
            }
        }
    }

    fn mark(&mut self, mark: char, frame: &Frame) {
        self.words.begin(frame, &self.path);
        self.words.push(mark);
    }

    /// One break parts lines, two or more part blocks.
    fn line_break(&mut self) {
        self.words.breaks += 1;
        if self.words.breaks > 1 {
            self.flush();
        } else {
            self.words.part(Gap::Line);
        }
    }

    fn flush(&mut self) {
        let Words { text, frame, path, kept, light, .. } = std::mem::take(&mut self.words);
        if text.trim().is_empty() {
            return;
        }
        let crosshead = frame.kind.is_none() && !light && is_crosshead(&text);
        let kind = if crosshead { BlockKind::Heading } else { BlockKind::Paragraph };
        self.found.push(Found {
            words: text,
            kind: frame.kind.unwrap_or(kind),
            path,
            kept,
            first_rank: frame.first_rank,
            aside: frame.aside,
        });
    }
}

impl Frame {
    /// What an element in this one has from it, and what a block keeps of its element.
    fn child(&self) -> Self {
        Self {
            name: String::new(),
            names: BTreeMap::new(),
            parent_path: self.parent_path,
            apart_path: self.apart_path,
            kind: self.kind,
            first_rank: self.first_rank,
            aside: self.aside,
            bold: self.bold,
            pre: self.pre,
        }
    }
}

impl Words {
    fn begin(&mut self, frame: &Frame, path: &str) {
        self.breaks = 0;
        if self.text.is_empty() {
            self.frame = frame.child();
            path[..frame.apart_path].clone_into(&mut self.path);
        }
    }

    fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn push(&mut self, c: char) {
        let gap = std::mem::take(&mut self.gap);
        if !self.text.is_empty() {
            match gap {
                Gap::None => {}
                Gap::Space => self.text.push(' '),
                Gap::Cell => self.text.push('\t'),
                Gap::Line => self.text.push('\n'),
            }
        }
        self.text.push(c);
    }
}
