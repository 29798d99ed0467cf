//! The words that the items of a record mark in its story.

use std::collections::BTreeSet;

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
    /// The anchor that the card links to, where it does and no mark before it has the same.
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
    let mut marks = Marks { anchors, anchored: BTreeSet::new(), list: Vec::new() };
    for s in &record.statements {
        let label = Label { words: format!("{} {}", s.id, words::act(s)), before: true };
        marks.labelled(&s.id, &s.span, "m s", label);
        for span in s.source.span.iter() {
            marks.add(&s.id, span, "source");
        }
        if let Some(cue) = &s.cue {
            marks.add(&s.id, &cue.span, "cue");
        }
        for content in &s.content {
            marks.add(&s.id, content, content_class(s.act));
        }
        if let Some(medium) = &s.medium {
            marks.add(&s.id, &medium.span, "m s");
        }
    }
    for g in &record.allegations {
        for (i, conduct) in g.conduct.iter().enumerate() {
            if i == 0 {
                marks.labelled(&g.id, &conduct.span, "m g", after(&g.id));
            } else {
                marks.add(&g.id, &conduct.span, "m g");
            }
        }
        let others = g.accused.iter().map(|accused| &accused.span);
        let others = others.chain(g.victims.iter().map(|who| &who.span));
        let others = others.chain(g.place.iter().map(|place| &place.span)).chain(&g.limits);
        for span in others {
            marks.add(&g.id, span, "m g");
        }
    }
    for f in &record.figures {
        marks.labelled(&f.id, &f.span, "m f", after(&f.id));
        let others = f.of.iter().map(|of| &of.span);
        for span in others.chain(f.place.iter().map(|place| &place.span)) {
            marks.add(&f.id, span, "m f");
        }
    }
    for p in &record.proceedings {
        for step in &p.steps {
            marks.labelled(&p.id, &step.span, "m p", after(&p.id));
        }
        for conduct in &p.conduct {
            marks.add(&p.id, &conduct.span, "m p");
        }
    }
    for t in &record.times {
        if let Some(mark) = marks.labelled(&t.id, &t.span, "m t", after(&t.id)) {
            mark.means = Some(words::value(t));
        }
    }
    for a in &record.actors {
        for (i, mention) in a.mentions.iter().enumerate() {
            if i == 0 {
                marks.labelled(&a.id, &mention.span, "m a", after(&a.id));
            } else {
                marks.add(&a.id, &mention.span, "m a");
            }
        }
        let others = a.roles.iter().map(|role| &role.span);
        for span in others.chain(a.relations.iter().map(|relation| &relation.span)) {
            marks.add(&a.id, span, "m a");
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
    /// The anchors that marks have: two marks of an item that start together share one.
    anchored: BTreeSet<String>,
    list: Vec<Mark>,
}

impl Marks {
    /// Adds a mark with a label; gives it back, where the span has words to mark.
    fn labelled(
        &mut self,
        id: &impl std::fmt::Display,
        span: &Span,
        class: &'static str,
        label: Label,
    ) -> Option<&mut Mark> {
        let mark = self.add(id, span, class)?;
        mark.label = Some(label);
        Some(mark)
    }

    /// Adds a mark; gives it back, where the span has words to mark.
    fn add(
        &mut self,
        id: &impl std::fmt::Display,
        span: &Span,
        class: &'static str,
    ) -> Option<&mut Mark> {
        if !shows(span) {
            return None;
        }
        let anchor = self.anchors.words(id, span);
        let leads = class.starts_with("m ") && self.anchored.insert(anchor.clone());
        let anchor = leads.then_some(anchor);
        let (card, extent) = (self.anchors.card(id), span.extent());
        self.list.push(Mark { extent, card, class, anchor, label: None, means: None });
        self.list.last_mut()
    }
}
