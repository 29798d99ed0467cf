//! Records as one self-contained HTML page: each story beside its record, every item linked both
//! ways to its marked words. Nothing is loaded from anywhere; it works without its script.

mod cards;
pub(crate) mod dossier;
mod entries;
mod escape;
mod marks;
mod page;
mod story;

use onrecord_record::{Record, Span};

use crate::times::Times;
use crate::view::{View, words};
use escape::{Html, attribute};

pub(crate) use entries::entries;
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

    /// The check at a place in the record, from 0.
    fn check(self, place: usize) -> String {
        format!("d{}-check-{}", self.turn + 1, place + 1)
    }

    /// The marked words of an item, by where they start.
    fn words(self, id: impl std::fmt::Display, span: &Span) -> String {
        format!("d{}-{id}-w{}", self.turn + 1, span.start.0)
    }
}

/// The part of the page for the document that is the `turn`th of the output, counted from 0.
pub(crate) fn article(record: &Record, turn: usize) -> String {
    let view = View::of(record);
    pair(&view, turn, "", "The record", |html, anchors| {
        if record.statements.is_empty() {
            html.raw("<p class=none>").text(words::NO_STATEMENT).raw("</p>\n");
        }
        cards::draw(html, &view, anchors);
    })
}

/// The part of the page for the times of the document that is the `turn`th of the output.
pub(crate) fn times(found: &Times, turn: usize) -> String {
    let view = View::of(&found.record);
    let mut notes: Vec<&str> = found.domain.map(words::domain).into_iter().collect();
    if found.domain.is_some() && found.record.document.published.is_none() {
        notes.push(words::NO_DATE);
    }
    if found.record.times.is_empty() {
        notes.push(words::NO_TIME);
    }
    pair(&view, turn, " times", "The times", |html, anchors| {
        for note in notes {
            html.raw("<p class=none>").text(note).raw("</p>\n");
        }
        cards::draw_times(html, &view, anchors);
    })
}

/// A document with its story on the left and what `beside` draws on the right, under a name that
/// is read aloud.
fn pair(
    view: &View<'_>,
    turn: usize,
    class: &str,
    name: &str,
    beside: impl FnOnce(&mut Html, Anchors),
) -> String {
    let anchors = Anchors { turn };
    let marks = marks::of(view.record, anchors);
    let mut html = Html::new();
    html.raw("<article class=").raw(&attribute(&format!("document{class}")));
    html.raw(" id=").raw(&attribute(&anchors.document())).raw(">\n");
    page::title(&mut html, view);
    html.raw("<div class=pair>\n<section class=story aria-label=\"The story\">\n");
    story::draw(&mut html, view.record, &marks);
    html.raw("</section>\n<section class=record aria-label=").raw(&attribute(name)).raw(">\n");
    beside(&mut html, anchors);
    html.raw("</section>\n</div>\n</article>\n");
    html.done()
}
