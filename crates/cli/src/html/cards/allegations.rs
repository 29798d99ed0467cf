//! Allegations, by article of law.

use onrecord_record::{ActorId, Allegation, Span, Taxon};

use super::Cards;
use crate::view::{articles, words};

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let allegations = &cards.view.record.allegations;
    if allegations.is_empty() {
        return;
    }
    cards.section("Allegations", &allegations.len());
    for article in articles(cards.view.record) {
        cards.html.raw("<h4>").text(&words::article(article.taxon)).raw(" <code>");
        cards.html.text(&article.taxon.0).raw("</code></h4>\n");
        for listed in article.allegations {
            let allegation = listed.allegation;
            match listed.in_full {
                None => {
                    cards.begin("div", "card allegation", allegation.id);
                    top(cards, allegation, article.taxon);
                    about(cards, allegation);
                }
                Some(taxon) => {
                    cards.html.raw("<div class=\"card allegation\">");
                    top(cards, allegation, article.taxon);
                    cards.html.raw("<p class=about>more under ").text(&words::article(taxon));
                    cards.html.raw(": ");
                    cards.item(allegation.id);
                    cards.html.raw("</p>");
                }
            }
            cards.html.raw("</div>\n");
        }
    }
}

/// The standing of an allegation, and its words for an article.
fn top(cards: &mut Cards<'_, '_>, allegation: &Allegation, taxon: &Taxon) {
    let mut conduct =
        allegation.conduct.iter().filter(|conduct| conduct.taxon == *taxon).peekable();
    cards.html.raw("<p class=top>");
    if let Some(conduct) = conduct.peek() {
        cards.own(allegation.id, &conduct.span);
    }
    cards.html.raw(" <span class=act>").text(&words::kind(allegation.standing)).raw("</span>");
    for conduct in conduct {
        cards.html.raw(" ");
        cards.quoted(&conduct.span);
        cards.html.raw(" ");
        cards.line(allegation.id, &conduct.span);
    }
    cards.html.raw("</p>");
}

/// What is told of an allegation.
fn about(cards: &mut Cards<'_, '_>, allegation: &Allegation) {
    cards.html.raw("<ul class=about>");
    for accused in &allegation.accused {
        cards.part("accused", |cards| {
            named(cards, accused.actor, &accused.span);
            if let Some(degree) = accused.degree {
                cards.html.raw(" (").text(words::degree(degree)).raw(")");
            }
            place(cards, allegation, &accused.span);
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
        cards.part("victims", |cards| {
            named(cards, victim.actor, &victim.span);
            place(cards, allegation, &victim.span);
        });
    }
    if let Some(when) = &allegation.when {
        cards.part("when", |cards| {
            cards.html.text(&words::when(when));
        });
    }
    if let Some(spot) = &allegation.place {
        cards.part("where", |cards| {
            cards.quoted(&spot.span);
            place(cards, allegation, &spot.span);
        });
    }
    for limit in &allegation.limits {
        cards.part("limit", |cards| {
            cards.quoted(limit);
            place(cards, allegation, limit);
        });
    }
    for response in &allegation.responses {
        cards.part("answer", |cards| {
            cards.who(response.statement);
            cards.html.raw(" ").text(words::link(Some(response.kind))).raw(" it ");
            cards.item(response.statement);
        });
    }
    cards.part("confidence", |cards| cards.sure(allegation.confidence));
    cards.html.raw("</ul>");
}

fn named(cards: &mut Cards<'_, '_>, actor: Option<ActorId>, span: &Span) {
    match actor {
        Some(actor) => cards.actor(actor),
        None => cards.quoted(span),
    }
}

fn place(cards: &mut Cards<'_, '_>, allegation: &Allegation, span: &Span) {
    cards.html.raw(" ");
    cards.line(allegation.id, span);
}
