//! The frame of the page: its head, the index of several documents, the titles.

use base64ct::{Base64, Encoding};
use onrecord_record::{Record, Sha256};

use super::Anchors;
use super::escape::{Html, attribute, text};
use crate::failure::Failure;
use crate::view::{self, View, words};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The end of the page, with words of whose claims it holds.
pub(crate) fn foot(words: &str) -> String {
    format!("<footer><p>{}</p></footer>\n</body>\n</html>\n", text(words))
}

/// What the index says of a document.
#[derive(Debug)]
pub(crate) struct Entry {
    turn: usize,
    name: String,
    title: String,
    says: String,
    read: bool,
}

impl Entry {
    /// The entry of the document that is the `turn`th of the output, with what is counted in it.
    pub(crate) fn of(turn: usize, record: &Record, counts: &str) -> Self {
        Self {
            turn,
            name: record.document.source.name.clone(),
            title: view::title(record),
            says: counts.to_owned(),
            read: true,
        }
    }

    /// The entry of a document that was not read.
    pub(crate) fn failed(turn: usize, failure: &Failure) -> Self {
        Self {
            turn,
            name: failure.name.clone(),
            title: failure.name.clone(),
            says: format!("not read: {}", failure.says),
            read: false,
        }
    }

    /// The name of the original.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// All that stands before the first document. Policy: nothing may be loaded, and of styles and
/// scripts only those of this page run.
pub(crate) fn head(entries: &[Entry]) -> String {
    let title = match entries {
        [only] => only.title.clone(),
        _ => format!("{} – Onrecord", words::counted(entries.len(), "document", "documents")),
    };
    let mut html = Html::new();
    html.raw(&frame(&title, STYLE, Some(SCRIPT)));
    if entries.len() > 1 || entries.iter().any(|entry| !entry.read) {
        index(&mut html, entries);
    }
    html.done()
}

/// All that stands before what a page without a script shows, with styles beside those of all pages.
pub(super) fn begin(title: &str, styles: &str) -> String {
    frame(title, &format!("{STYLE}{styles}"), None)
}

fn frame(title: &str, style: &str, script: Option<&str>) -> String {
    let scripts =
        script.map_or_else(|| "'none'".to_owned(), |script| format!("'{}'", integrity(script)));
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src {scripts}; base-uri 'none'; form-action 'none'",
        integrity(style)
    );
    let mut html = Html::new();
    html.raw("<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n");
    html.raw("<meta http-equiv=Content-Security-Policy content=").raw(&attribute(&policy));
    html.raw(">\n<meta name=viewport content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=color-scheme content=\"light dark\">\n");
    html.raw("<meta name=referrer content=no-referrer>\n");
    html.raw("<title>").text(title).raw("</title>\n<style>").raw(style).raw("</style>\n");
    if let Some(script) = script {
        html.raw("<script type=module>").raw(script).raw("</script>\n");
    }
    html.raw("</head>\n<body>\n");
    html.done()
}

fn index(html: &mut Html, entries: &[Entry]) {
    let count = words::counted(entries.len(), "document", "documents");
    html.raw("<nav class=index aria-label=Documents><h1>").text(&count).raw("</h1>\n<ol>\n");
    for entry in entries {
        html.raw("<li>");
        if entry.read {
            html.link("title", &Anchors { turn: entry.turn }.document(), &entry.title);
        } else {
            html.said("span", "title", &entry.title);
        }
        html.raw(if entry.read { " <small>" } else { " <small class=unread>" });
        html.text(&entry.says);
        if entry.read {
            html.raw(" · ").text(&entry.name);
        }
        html.raw("</small></li>\n");
    }
    html.raw("</ol></nav>\n");
}

/// The title of a document and what is known of it.
pub(super) fn title(html: &mut Html, view: &View<'_>) {
    let document = &view.record.document;
    html.raw("<header><h2 dir=auto>").text(&view.title()).raw("</h2>\n<p class=facts>");
    let mut facts: Vec<String> = view.facts().iter().map(|fact| text(fact)).collect();
    facts.push(text(&document.source.name));
    facts.extend(document.url.iter().map(|url| address(url)));
    html.raw(&facts.join(" · ")).raw("</p>\n");
    for notice in &document.notices {
        html.raw("<p class=notice><b>Note</b> ").text(&notice.says).raw("</p>\n");
    }
    html.raw("</header>\n");
}

/// An address as a link where following it opens a page, else as text.
fn address(url: &str) -> String {
    let lower = url.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        format!("<a href={} rel=\"noreferrer noopener\">{}</a>", attribute(url), text(url))
    } else {
        text(url)
    }
}

/// The hash that a policy names a style or script by: `sha256-` and base64.
fn integrity(source: &str) -> String {
    format!("sha256-{}", Base64::encode_string(Sha256::of(source.as_bytes()).bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_a_style_by_its_hash() {
        let empty = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(integrity(""), empty);
    }

    #[test]
    fn only_addresses_of_pages_are_linked() {
        assert!(address("https://nna.example/1").starts_with("<a "));
        assert_eq!(address("javascript:alert(1)"), "javascript:alert(1)");
    }
}
