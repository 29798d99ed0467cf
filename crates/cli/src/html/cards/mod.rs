//! The record beside its story: a card or a row for every item.

mod actors;
mod allegations;
mod checks;
mod figures;
mod proceedings;
mod statements;
mod timeline;
mod times;

use onrecord_record::{ActorId, Span, StatementId};

use super::Anchors;
use super::escape::{Html, attribute};
use super::marks::shows;
use crate::view::{View, words};

/// Draws every section that has something in it.
pub(super) fn draw(html: &mut Html, view: &View<'_>, anchors: Anchors) {
    let mut cards = Cards { html, view, anchors };
    statements::draw(&mut cards);
    allegations::draw(&mut cards);
    figures::draw(&mut cards);
    proceedings::draw(&mut cards);
    timeline::draw(&mut cards);
    actors::draw(&mut cards);
    times::draw(&mut cards);
    checks::draw(&mut cards);
}

/// Draws the times alone, in text order and by their dates.
pub(super) fn draw_times(html: &mut Html, view: &View<'_>, anchors: Anchors) {
    let mut cards = Cards { html, view, anchors };
    times::draw(&mut cards);
    timeline::draw(&mut cards);
}

/// Cards that are being drawn.
struct Cards<'h, 'v> {
    html: &'h mut Html,
    view: &'v View<'v>,
    anchors: Anchors,
}

impl Cards<'_, '_> {
    /// The head of a section, with a note.
    fn section(&mut self, name: &str, note: &impl std::fmt::Display) {
        self.html
            .raw("<h3>")
            .text(name)
            .raw(" <small>")
            .text(&note.to_string())
            .raw("</small></h3>\n");
    }

    /// Begins an element that stands for an item.
    fn begin(&mut self, element: &str, class: &str, id: impl std::fmt::Display) {
        let card = attribute(&self.anchors.card(&id));
        self.html.raw("<").raw(element).raw(" class=").raw(&attribute(class));
        self.html.raw(" id=").raw(&card).raw(" data-items=").raw(&card).raw(">");
    }

    /// A link to the card of an item.
    fn item(&mut self, id: impl std::fmt::Display) {
        let card = self.anchors.card(&id);
        self.html.link("id", &card, &id.to_string());
    }

    /// The item's own id, as the link to its words where it has any.
    fn own(&mut self, id: impl std::fmt::Display, span: &Span) {
        if shows(span) {
            let words = self.anchors.words(&id, span);
            self.html.link("id", &words, &id.to_string());
        } else {
            self.html.said("span", "id", &id.to_string());
        }
    }

    /// The line of the words, as the link to them.
    fn line(&mut self, id: impl std::fmt::Display, span: &Span) {
        let line = format!("line {}", self.view.line(span));
        if shows(span) {
            let words = self.anchors.words(id, span);
            self.html.link("line", &words, &line);
        } else {
            self.html.said("span", "line", &line);
        }
    }

    /// The name of an actor, as the link to its row.
    fn actor(&mut self, id: ActorId) {
        let card = self.anchors.card(id);
        self.html.link("actor", &card, self.view.name(id));
    }

    /// Actors in a list.
    fn actors(&mut self, ids: &[ActorId]) {
        for (i, id) in ids.iter().enumerate() {
            self.html.raw(if i == 0 { "" } else { ", " });
            self.actor(*id);
        }
    }

    /// Who makes a statement.
    fn who(&mut self, id: StatementId) {
        let view = self.view;
        let Some(statement) = view.statement(id) else { return };
        match statement.source.actor {
            Some(actor) => self.actor(actor),
            None => {
                self.html.said("span", "actor", view.who(&statement.source));
            }
        }
    }

    /// A part of a line on an item, with its label.
    fn part(&mut self, label: &str, draw: impl FnOnce(&mut Self)) {
        self.html.raw("<li><b>").text(label).raw("</b> ");
        draw(self);
        self.html.raw("</li>");
    }

    /// Words of the story in quotation marks.
    fn quoted(&mut self, span: &Span) {
        self.html.said("q", "words", &span.text);
    }

    /// How sure an item is.
    fn sure(&mut self, confidence: f64) {
        self.html.raw(" <small>").text(&words::sure(confidence)).raw("</small>");
    }

    /// The heads of a table.
    fn heads(&mut self, heads: &[&str]) {
        self.html.raw("<div class=wide><table><thead><tr>");
        for head in heads {
            self.html.raw("<th scope=col>").text(head).raw("</th>");
        }
        self.html.raw("</tr></thead><tbody>\n");
    }

    /// The end of a table.
    fn end_table(&mut self) {
        self.html.raw("</tbody></table></div>\n");
    }
}
