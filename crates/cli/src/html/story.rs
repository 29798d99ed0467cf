//! The story with its marked words. Marks overlap as they like: the text is cut at every end of a
//! mark, and each piece knows the items whose words it holds.

use std::collections::BTreeSet;

use onrecord_record::{Extent, Record};

use super::escape::{Html, attribute, text};
use super::marks::Mark;
use crate::view::paragraphs;

/// Draws the story in paragraphs.
pub(super) fn draw(html: &mut Html, record: &Record, marks: &[Mark]) {
    let body = &record.document.text;
    let mut drawn = Drawn::new(body, marks);
    for block in paragraphs(&record.document) {
        let element = if block.heading { "h3" } else { "p" };
        html.raw("<").raw(element).raw(" dir=auto>");
        drawn.block(html, block.extent);
        html.raw("</").raw(element).raw(">\n");
    }
}

/// The marks on their way through the text.
struct Drawn<'m> {
    body: &'m str,
    marks: &'m [Mark],
    /// Marks by their start; `begun` of them have begun.
    by_start: Vec<usize>,
    begun: usize,
    /// Begun and not ended.
    open: Vec<usize>,
    /// Every start and end.
    cuts: BTreeSet<usize>,
    /// Marks of which words were drawn.
    seen: Vec<bool>,
}

impl<'m> Drawn<'m> {
    fn new(body: &'m str, marks: &'m [Mark]) -> Self {
        let mut by_start: Vec<usize> = (0..marks.len()).collect();
        by_start.sort_by_key(|i| (marks[*i].extent.start, std::cmp::Reverse(marks[*i].extent.end)));
        let ends = |mark: &Mark| [mark.extent.start.index(), mark.extent.end.index()];
        let cuts = marks.iter().flat_map(ends).collect();
        let seen = vec![false; marks.len()];
        Self { body, marks, by_start, begun: 0, open: Vec::new(), cuts, seen }
    }

    fn block(&mut self, html: &mut Html, block: Extent) {
        let range = block.range();
        let mut at = range.start;
        while at < range.end {
            let next = self.cuts.range(at + 1..range.end).next().copied().unwrap_or(range.end);
            self.piece(html, at, next, next == range.end);
            at = next;
        }
    }

    /// Draws the text from `from` to `to`, in which no mark begins or ends.
    fn piece(&mut self, html: &mut Html, from: usize, to: usize, last_of_block: bool) {
        let marks = self.marks;
        while let Some(next) = self.by_start.get(self.begun).copied()
            && marks[next].extent.start.index() <= from
        {
            self.open.push(next);
            self.begun += 1;
        }
        self.open.retain(|i| marks[*i].extent.end.index() > from);
        for i in &self.open {
            if !self.seen[*i] {
                self.seen[*i] = true;
                begin(html, &marks[*i]);
            }
        }
        let words = self.body.get(from..to).unwrap_or_default();
        self.words(html, words);
        let gap = if last_of_block { self.gap_after(to) } else { to };
        for i in &self.open {
            let end = marks[*i].extent.end.index();
            if end > from && end <= gap {
                end_of(html, &marks[*i]);
            }
        }
    }

    /// The end of the white space after a block: a mark that ends in it ends with the block.
    fn gap_after(&self, at: usize) -> usize {
        let rest = self.body.get(at..).unwrap_or_default();
        at + rest.len() - rest.trim_start().len()
    }

    fn words(&self, html: &mut Html, words: &str) {
        if self.open.is_empty() {
            html.text(words);
            return;
        }
        let marks = self.open.iter().map(|i| &self.marks[*i]);
        let mut items = Vec::new();
        for mark in marks.clone() {
            if !items.contains(&mark.card.as_str()) {
                items.push(mark.card.as_str());
            }
        }
        let mut classes: Vec<&str> = Vec::new();
        for class in marks.clone().flat_map(|mark| mark.class.split(' ')) {
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
        // Of statements within each other, the innermost gives the colour: its content comes last.
        let acts = marks.clone().filter(|mark| mark.class.starts_with("c "));
        let innermost = acts.min_by_key(|mark| mark.extent.bytes()).map(|mark| &mark.class[2..]);
        classes.retain(|class| !ACTS.contains(class) || Some(*class) == innermost);
        let smallest = marks
            .filter(|mark| mark.class.starts_with("m ") && mark.class != "m s")
            .min_by_key(|mark| mark.extent.bytes());
        let element = if smallest.is_some() { "a" } else { "span" };
        html.raw("<").raw(element).raw(" class=").raw(&attribute(&classes.join(" ")));
        if let Some(mark) = smallest {
            html.raw(" href=").raw(&attribute(&format!("#{}", mark.card)));
        }
        if let Some(means) = smallest.and_then(|mark| mark.means.as_ref()) {
            html.raw(" data-means=").raw(&attribute(means));
        }
        html.raw(" data-items=").raw(&attribute(&items.join(" ")));
        html.raw(">").text(words).raw("</").raw(element).raw(">");
    }
}

const ACTS: [&str; 12] = [
    "say", "accuse", "deny", "admit", "find", "estimate", "warn", "demand", "promise", "believe",
    "order", "ask",
];

/// What stands before the first words of a mark: its anchor, and a label that goes before.
fn begin(html: &mut Html, mark: &Mark) {
    let Some(anchor) = &mark.anchor else { return };
    match &mark.label {
        Some(label) if label.before => {
            html.raw("<a class=\"label before\" id=").raw(&attribute(anchor));
            html.raw(" href=").raw(&attribute(&format!("#{}", mark.card)));
            html.raw(" data-items=").raw(&attribute(&mark.card));
            html.raw(">").raw(&text(&label.words)).raw("</a>");
        }
        _ => {
            html.raw("<span class=anchor id=").raw(&attribute(anchor));
            html.raw(" data-items=").raw(&attribute(&mark.card)).raw("></span>");
        }
    }
}

/// What stands behind the last words of a mark.
fn end_of(html: &mut Html, mark: &Mark) {
    if let Some(label) = mark.label.as_ref().filter(|label| !label.before) {
        html.raw("<sup>");
        html.link("label", &mark.card, &label.words);
        html.raw("</sup>");
    }
}
