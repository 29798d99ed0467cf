//! Proceedings, step by step.

use onrecord_record::Proceeding;

use super::Cards;
use crate::view::words;

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let proceedings = &cards.view.record.proceedings;
    if proceedings.is_empty() {
        return;
    }
    cards.section("Proceedings", &proceedings.len());
    for proceeding in proceedings {
        one(cards, proceeding);
    }
}

fn one(cards: &mut Cards<'_, '_>, proceeding: &Proceeding) {
    cards.begin("div", "card proceeding", proceeding.id);
    cards.html.raw("<p class=top>");
    if let Some(step) = proceeding.steps.first() {
        cards.own(proceeding.id, &step.span);
    }
    cards.html.raw(" <b>").text(&words::kind(proceeding.instrument)).raw("</b>");
    if let Some(subject) = proceeding.subject {
        cards.html.raw(" against ");
        cards.actor(subject);
    }
    if let Some(forum) = proceeding.forum {
        cards.html.raw(" · ");
        cards.actor(forum);
    }
    cards.html.raw(" <span class=act>").text(&words::kind(proceeding.state)).raw("</span>");
    if let Some(as_of) = &proceeding.as_of {
        cards.html.raw(" <small>as of ").text(&words::when(as_of)).raw("</small>");
    }
    cards.html.raw("</p><ol class=steps>");
    for (i, step) in proceeding.steps.iter().enumerate() {
        let on = step.on.as_ref().map_or_else(|| "no date".to_owned(), words::when);
        cards.html.raw("<li><time>").text(&on).raw("</time> <b>");
        cards.html.text(&words::kind(step.step)).raw("</b> ");
        if let Some(reason) = &step.reason {
            cards.html.raw("(").text(reason).raw(") ");
        }
        cards.quoted(&step.span);
        cards.html.raw(" ");
        cards.line(proceeding.id, i + 1, &step.span);
        cards.html.raw("</li>");
    }
    cards.html.raw("</ol>");
    for conduct in &proceeding.conduct {
        cards.html.raw("<p class=about>for ");
        cards.quoted(&conduct.span);
        cards.html.raw(" <code>").text(&conduct.taxon.0).raw("</code></p>");
    }
    cards.html.raw("</div>\n");
}
