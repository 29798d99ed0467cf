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
    cards.heads(&["", "name", "kind", "roles and relations", "mentions", "confidence"]);
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
    standing(cards, actor);
    cards.html.raw("</td><td>");
    for (i, mention) in actor.mentions.iter().enumerate() {
        if shows(&mention.span) {
            let words = cards.anchors.words(actor.id, &mention.span);
            cards.html.link("line", &words, &(i + 1).to_string()).raw(" ");
        }
    }
    cards.html.raw("</td><td>");
    cards.sure(actor.confidence);
    cards.html.raw("</td></tr>\n");
}

/// The roles and relations that the text gives an actor.
fn standing(cards: &mut Cards<'_, '_>, actor: &Actor) {
    cards.html.raw("<ul class=roles>");
    for role in &actor.roles {
        cards.html.raw("<li>");
        cards.html.said("span", "words", &words::role(role, None));
        if let Some(of) = role.of {
            cards.html.raw(" of ");
            cards.actor(of);
        }
        cards.html.raw(" ");
        cards.line(actor.id, &role.span);
        cards.html.raw("</li>");
    }
    for relation in &actor.relations {
        cards.html.raw("<li>").text(&words::kind(relation.kind)).raw(" ");
        cards.actor(relation.to);
        cards.html.raw(" ");
        cards.line(actor.id, &relation.span);
        cards.html.raw("</li>");
    }
    cards.html.raw("</ul>");
}
