//! Allegations.

use onrecord_record::{Allegation, Span};

use super::Cards;
use crate::view::words;

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let allegations = &cards.view.record.allegations;
    if allegations.is_empty() {
        return;
    }
    cards.section("Allegations", &allegations.len());
    for allegation in allegations {
        one(cards, allegation);
    }
}

fn one(cards: &mut Cards<'_, '_>, allegation: &Allegation) {
    cards.begin("div", "card allegation", allegation.id);
    cards.html.raw("<p class=top>");
    if let Some(conduct) = allegation.conduct.first() {
        cards.own(allegation.id, &conduct.span);
    }
    cards.html.raw(" <span class=act>").text(&words::kind(allegation.standing)).raw("</span>");
    for (i, conduct) in allegation.conduct.iter().enumerate() {
        cards.html.raw(" ");
        cards.quoted(&conduct.span);
        cards.html.raw(" <code>").text(&conduct.taxon.0).raw("</code> ");
        cards.line(allegation.id, i + 1, &conduct.span);
    }
    cards.html.raw("</p><ul class=about>");
    let mut nth = allegation.conduct.len();
    for accused in &allegation.accused {
        nth += 1;
        cards.part("accused", |cards| {
            named(cards, accused.actor, &accused.span);
            if let Some(degree) = accused.degree {
                cards.html.raw(" (").text(words::degree(degree)).raw(")");
            }
            place(cards, allegation, nth, &accused.span);
        });
    }
    for by in &allegation.by {
        cards.part("by", |cards| {
            cards.who(*by);
            cards.html.raw(" ");
            cards.item(by);
        });
    }
    for victim in &allegation.victims {
        nth += 1;
        cards.part("victims", |cards| {
            named(cards, victim.actor, &victim.span);
            place(cards, allegation, nth, &victim.span);
        });
    }
    if let Some(when) = &allegation.when {
        cards.part("when", |cards| {
            cards.html.text(&words::when(when));
        });
    }
    if let Some(spot) = &allegation.place {
        cards.part("where", |cards| cards.quoted(&spot.span));
    }
    for limit in &allegation.limits {
        nth += 1;
        cards.part("limit", |cards| {
            cards.quoted(limit);
            place(cards, allegation, nth, limit);
        });
    }
    for response in &allegation.responses {
        cards.part("answer", |cards| {
            cards.who(response.statement);
            cards.html.raw(" ").text(words::link(Some(response.kind))).raw(" it ");
            cards.item(response.statement);
        });
    }
    cards.html.raw("</ul></div>\n");
}

fn named(cards: &mut Cards<'_, '_>, actor: Option<onrecord_record::ActorId>, span: &Span) {
    match actor {
        Some(actor) => cards.actor(actor),
        None => cards.quoted(span),
    }
}

fn place(cards: &mut Cards<'_, '_>, allegation: &Allegation, nth: usize, span: &Span) {
    cards.html.raw(" ");
    cards.line(allegation.id, nth, span);
}
