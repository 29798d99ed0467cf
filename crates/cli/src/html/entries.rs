//! A view across documents, as a page of its own.

use std::collections::BTreeMap;

use super::escape::{Html, attribute};
use super::page;
use crate::view::Group;

/// The page of a view, whole.
pub(crate) fn entries(title: &str, groups: &[Group], foot: &str) -> String {
    let mut html = Html::new();
    html.raw(&page::begin(title, ""));
    html.raw("<main class=entries>\n<h1>").text(title).raw("</h1>\n");
    if groups.is_empty() {
        html.raw("<p class=none>Nothing in the case fits.</p>\n");
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for group in groups {
        html.raw("<section class=record>\n<h3 dir=auto>").text(&group.heading);
        if !group.note.is_empty() {
            html.raw(" <span class=act>").text(&group.note).raw("</span>");
        }
        html.raw(" <small>").text(&group.counted()).raw("</small></h3>\n");
        for entry in &group.entries {
            // An item may stand in several places: each has a name of its own.
            let times = seen.entry(&entry.at).or_insert(0);
            *times += 1;
            let id = match *times {
                1 => entry.at.replace(':', "-"),
                times => format!("{}-{times}", entry.at.replace(':', "-")),
            };
            html.raw("<div class=card id=").raw(&attribute(&id)).raw("><p class=top>");
            html.link("id", &id, &entry.at).raw(" ");
            if !entry.when.is_empty() {
                html.raw("<b>").text(&entry.when).raw("</b> ");
            }
            html.said("span", "says", &entry.says).raw("</p>");
            if !entry.words.is_empty() {
                html.said("blockquote", "words", &format!("“{}”", entry.words));
            }
            html.raw("<p class=about>");
            match &entry.url {
                Some(url) => {
                    html.raw("<a href=").raw(&attribute(url)).raw(" rel=noreferrer>");
                    html.text(&entry.about).raw("</a>");
                }
                None => {
                    html.text(&entry.about);
                }
            }
            html.text(&entry.copied());
            html.raw("</p></div>\n");
        }
        html.raw("</section>\n");
    }
    html.raw("</main>\n").raw(&page::foot(foot));
    html.done()
}
