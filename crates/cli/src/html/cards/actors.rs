//! Actors as a table.

use onrecord_record::Actor;

use super::Cards;
use crate::html::marks::shows;
use crate::view::words;

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let actors = &cards.view.record.actors;
    if actors.is_empty() {
        return;
    }
    cards.section("Actors", &actors.len());
    cards.heads(&["", "name", "kind", "roles and relations", "mentions"]);
    for actor in actors {
        row(cards, actor);
    }
    cards.end_table();
}

fn row(cards: &mut Cards<'_, '_>, actor: &Actor) {
    cards.begin("tr", "figure", actor.id);
    cards.html.raw("<td>");
    match actor.mentions.first() {
        Some(mention) => cards.own(actor.id, &mention.span),
        None => {
            cards.html.said("span", "id", &actor.id.to_string());
        }
    }
    cards.html.raw("</td><td>");
    cards.html.said("b", "words", &actor.name);
    cards.html.raw("</td><td>").text(&words::actor(actor.kind)).raw("</td><td>");
    let standing = cards.view.standing(actor).join("; ");
    cards.html.said("span", "words", &standing);
    cards.html.raw("</td><td>");
    for (i, mention) in actor.mentions.iter().enumerate() {
        if shows(&mention.span) {
            let words = cards.anchors.words(actor.id, i + 1);
            cards.html.link("line", &words, &(i + 1).to_string()).raw(" ");
        }
    }
    cards.html.raw("</td></tr>\n");
}
