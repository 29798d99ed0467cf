//! Records as one self-contained HTML page: each story beside its record, every item linked both
//! ways to its marked words. Nothing is loaded from anywhere; it works without its script.

mod cards;
mod escape;
mod marks;
mod page;
mod story;

use onrecord_record::Record;

use crate::view::{View, words};
use escape::{Html, attribute, text};

pub(crate) use page::{Entry, foot, head};

/// Names the elements of one document: several stand on a page.
#[derive(Debug, Clone, Copy)]
struct Anchors {
    turn: usize,
}

impl Anchors {
    /// The document.
    fn document(self) -> String {
        format!("d{}", self.turn + 1)
    }

    /// The card of an item.
    fn card(self, id: impl std::fmt::Display) -> String {
        format!("d{}-{id}", self.turn + 1)
    }

    /// The `nth` marked words of an item, counted from 1.
    fn words(self, id: impl std::fmt::Display, nth: usize) -> String {
        format!("d{}-{id}-w{nth}", self.turn + 1)
    }
}

/// The part of the page for the document that is the `turn`th of the output, counted from 0.
pub(crate) fn article(record: &Record, turn: usize) -> String {
    let view = View::of(record);
    let anchors = Anchors { turn };
    let marks = marks::of(record, anchors);
    let mut html = Html::new();
    html.raw("<article class=document id=").raw(&attribute(&anchors.document())).raw(">\n");
    page::title(&mut html, &view);
    html.raw("<div class=pair>\n<section class=story aria-label=\"The story\">\n");
    story::draw(&mut html, record, &marks);
    html.raw("</section>\n<section class=record aria-label=\"The record\">\n");
    if record.statements.is_empty() {
        html.raw("<p class=none>").raw(&text(words::NO_STATEMENT)).raw("</p>\n");
    }
    cards::draw(&mut html, &view, anchors);
    html.raw("</section>\n</div>\n</article>\n");
    html.done()
}
