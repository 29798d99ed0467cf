//! The words that the items of a record mark in its story.

use onrecord_record::{Act, Extent, Record, Span};

use super::Anchors;
use crate::view::words;

/// Words that an item marks.
#[derive(Debug)]
pub(super) struct Mark {
    /// Where they stand.
    pub(super) extent: Extent,
    /// The card of the item.
    pub(super) card: String,
    /// The classes of the words.
    pub(super) class: &'static str,
    /// The anchor that the card links to, where the mark has one.
    pub(super) anchor: Option<String>,
    /// What is printed beside the words, as the link to the card.
    pub(super) label: Option<Label>,
    /// What the words mean, shown where they are pointed at.
    pub(super) means: Option<String>,
}

/// What is printed beside marked words.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) words: String,
    /// Whether it stands before them.
    pub(super) before: bool,
}

/// All marks of a record. Spans without words mark nothing.
pub(super) fn of(record: &Record, anchors: Anchors) -> Vec<Mark> {
    let mut marks = Marks { anchors, list: Vec::new() };
    for s in &record.statements {
        let label = Label { words: format!("{} {}", s.id, words::act(s)), before: true };
        marks.add(&s.id, &s.span, "m s", Some(1), Some(label));
        for span in s.source.span.iter() {
            marks.add(&s.id, span, "source", None, None);
        }
        if let Some(cue) = &s.cue {
            marks.add(&s.id, &cue.span, "cue", None, None);
        }
        for content in &s.content {
            marks.add(&s.id, content, content_class(s.act), None, None);
        }
    }
    for g in &record.allegations {
        for (i, conduct) in g.conduct.iter().enumerate() {
            let label = (i == 0).then(|| after(&g.id));
            marks.add(&g.id, &conduct.span, "m g", Some(i + 1), label);
        }
        let others = g.accused.iter().map(|accused| &accused.span);
        let others = others.chain(g.victims.iter().map(|who| &who.span)).chain(&g.limits);
        for (i, span) in others.enumerate() {
            marks.add(&g.id, span, "g", Some(g.conduct.len() + i + 1), None);
        }
    }
    for f in &record.figures {
        marks.add(&f.id, &f.span, "m f", Some(1), Some(after(&f.id)));
    }
    for p in &record.proceedings {
        for (i, step) in p.steps.iter().enumerate() {
            marks.add(&p.id, &step.span, "m p", Some(i + 1), Some(after(&p.id)));
        }
    }
    for t in &record.times {
        if let Some(mark) = marks.add(&t.id, &t.span, "m t", Some(1), Some(after(&t.id))) {
            mark.means = Some(words::value(t));
        }
    }
    for a in &record.actors {
        for (i, mention) in a.mentions.iter().enumerate() {
            let label = (i == 0).then(|| after(&a.id));
            marks.add(&a.id, &mention.span, "m a", Some(i + 1), label);
        }
    }
    marks.list
}

fn after(id: &impl ToString) -> Label {
    Label { words: id.to_string(), before: false }
}

fn content_class(act: Act) -> &'static str {
    match act {
        Act::Say => "c say",
        Act::Accuse => "c accuse",
        Act::Deny => "c deny",
        Act::Admit => "c admit",
        Act::Find => "c find",
        Act::Estimate => "c estimate",
        Act::Warn => "c warn",
        Act::Demand => "c demand",
        Act::Promise => "c promise",
        Act::Believe => "c believe",
        Act::Order => "c order",
        Act::Ask => "c ask",
    }
}

/// Whether a span has words that can be marked.
pub(super) fn shows(span: &Span) -> bool {
    !span.text.trim().is_empty()
}

struct Marks {
    anchors: Anchors,
    list: Vec<Mark>,
}

impl Marks {
    /// Adds a mark; gives it back, where the span has words to mark.
    fn add(
        &mut self,
        id: &impl std::fmt::Display,
        span: &Span,
        class: &'static str,
        nth: Option<usize>,
        label: Option<Label>,
    ) -> Option<&mut Mark> {
        let anchor = nth.map(|nth| self.anchors.words(id, nth));
        let card = self.anchors.card(id);
        let extent = span.extent();
        if !shows(span) {
            return None;
        }
        self.list.push(Mark { extent, card, class, anchor, label, means: None });
        self.list.last_mut()
    }
}
