//! Statements, each with its answers beneath it.

use std::collections::BTreeMap;

use onrecord_record::{Link, Statement, StatementId};

use super::Cards;
use crate::view::{Place, words};

/// Deeper statements are set in no further.
const DEEPEST: usize = 4;

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let view = cards.view;
    if view.record.statements.is_empty() {
        return;
    }
    cards.section("Who says what", &view.record.statements.len());
    if !view.all_through.is_empty() {
        cards.html.raw("<p class=about>All through ");
        cards.actors(view.all_through);
        cards.html.raw("</p>\n");
    }
    let others = view.threads.other_links(view.record);
    for place in view.threads.places() {
        if let Some(statement) = view.statement(place.id) {
            one(cards, statement, &place, &others);
        }
    }
}

fn one(
    cards: &mut Cards<'_, '_>,
    statement: &Statement,
    place: &Place,
    others: &BTreeMap<StatementId, Vec<Link>>,
) {
    let act = words::kind(statement.act);
    let class = format!("card {act} depth-{}", place.depth.min(DEEPEST));
    cards.begin("div", &class, statement.id);
    cards.html.raw("<p class=top>");
    cards.own(statement.id, &statement.span);
    cards.html.raw(" ");
    cards.who(statement.id);
    cards.html.raw(" <span class=act>").text(&words::act(statement)).raw("</span>");
    if let Some(cue) = &statement.cue {
        cards.html.raw(" ");
        cards.html.said("q", "cue", &cue.span.text);
    }
    cards.html.raw(" ");
    cards.line(statement.id, &statement.span);
    cards.html.raw("</p>");
    let content = words::content(statement);
    if !content.is_empty() {
        cards.html.said("blockquote", &words::kind(statement.manner), &content);
    }
    cards.html.raw("<ul class=about>");
    about(cards, statement, place, others);
    cards.html.raw("</ul></div>\n");
}

fn about(
    cards: &mut Cards<'_, '_>,
    statement: &Statement,
    place: &Place,
    others: &BTreeMap<StatementId, Vec<Link>>,
) {
    if let Some((above, link)) = place.above {
        cards.part(words::link(link.map(|link| link.kind)), |cards| {
            cards.item(above);
            if let Some(link) = link {
                cards.sure(link.confidence);
            }
        });
    }
    for link in others.get(&statement.id).into_iter().flatten() {
        cards.part(&format!("also {}", words::link(Some(link.kind))), |cards| {
            cards.item(link.to);
            cards.sure(link.confidence);
        });
    }
    if let Some(said) = &statement.said {
        cards.part("when", |cards| {
            cards.html.text(&words::when(said));
            if let Some(time) = said.time {
                cards.html.raw(" ");
                cards.item(time);
            }
        });
    }
    if let Some(medium) = &statement.medium {
        cards.part(&words::medium(medium.kind), |cards| {
            cards.quoted(&medium.span);
            cards.html.raw(" ");
            cards.line(statement.id, &medium.span);
        });
    }
    if !statement.to.is_empty() {
        cards.part("to", |cards| cards.actors(&statement.to));
    }
    if !cards.view.through(statement).is_empty() {
        cards.part("through", |cards| cards.actors(cards.view.through(statement)));
    }
    cards.part("confidence", |cards| cards.sure(statement.confidence));
}
