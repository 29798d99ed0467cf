//! JSON: an object with its fields, one a line in JSON Lines.

use std::borrow::Cow;

use onrecord_record::{Extent, Origin};
use serde_json::{Map, Value};

use crate::decode::decode;
use crate::draft::{Draft, Metadata, trimmed};
use crate::{Block, BlockKind, Limits, Refusal, html, layout};

const TEXT: &[&str] = &["text", "body", "content", "article_body", "articleBody"];
const TITLE: &[&str] = &["title", "headline"];
const BYLINE: &[&str] = &["byline", "author", "authors"];
const PUBLISHED: &[&str] = &["published", "published_at", "datePublished", "date", "pubDate"];
const URL: &[&str] = &["url", "link"];
const OUTLET: &[&str] = &["outlet", "source", "site_name", "publisher"];
const AGENCY: &[&str] = &["agency"];
const LANGUAGE: &[&str] = &["language", "lang"];

/// The document of one JSON object. Its text is the title, a blank line and the text as they are
/// in the fields; or that of the page in `html`.
pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Draft, Refusal> {
    let decoded = decode(bytes, None)?;
    let fields: Map<String, Value> =
        serde_json::from_str(&decoded.text).map_err(|e| broken(name, &e))?;
    let field = |names: &[&'static str]| {
        names.iter().find_map(|name| Some((*name, words(fields.get(*name)?)?)))
    };
    let word = |names| field(names).map(|(_, words)| words.trim().to_owned());
    let metadata = Metadata {
        title: word(TITLE),
        byline: word(BYLINE),
        agency: word(AGENCY),
        outlet: word(OUTLET),
        url: word(URL),
        published: word(PUBLISHED),
        language: word(LANGUAGE),
        claimed: None,
    };
    let mut draft = match (field(TEXT), field(&["html"])) {
        (Some((name, text)), _) => {
            limits.hold(text.len())?;
            with_text(&text, name, field(TITLE))
        }
        (None, Some((_, page))) => {
            limits.hold(page.len())?;
            page_in(&page, &metadata, limits)?
        }
        (None, None) => {
            return Err(Refusal::NoText {
                missing: "no field `text`, `body`, `content` or `html`",
            });
        }
    };
    draft.metadata = or(metadata, draft.metadata);
    draft.notices.splice(0..0, decoded.notice);
    Ok(draft)
}

/// A field's words: a string, a number, the names in a list or in objects with a `name`.
fn words(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(words) => (!words.trim().is_empty()).then(|| words.as_str().into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Array(list) => {
            let names: Vec<_> = list.iter().filter_map(words).collect();
            (!names.is_empty()).then(|| names.join(", ").into())
        }
        Value::Object(fields) => words(fields.get("name")?),
        Value::Null | Value::Bool(_) => None,
    }
}

fn with_text(text: &str, field: &str, title: Option<(&str, Cow<'_, str>)>) -> Draft {
    let mut draft = Draft::default();
    let mut head = 0;
    if let Some((name, title)) = title {
        let title = title.trim();
        let first = layout::line_ranges(text, 0..text.len()).into_iter().flatten().next();
        if let Some(extent) = first.filter(|first| first.of(text) == Some(title)) {
            draft.blocks.push(Block { extent, kind: BlockKind::Title });
            head = extent.end.index();
        } else {
            draft.push(title, BlockKind::Title, &format!("/{name}"));
            draft.text.push_str("\n\n");
        }
    }
    let start = draft.text.len();
    draft.text.push_str(text);
    let end = draft.text.len();
    draft.blocks.extend(layout::blocks(&draft.text, start + head..end));
    if let Some(Extent { start, end }) = trimmed(&draft.text, start..end) {
        draft.origins.push(Origin { start, end, path: format!("/{field}") });
    }
    draft
}

fn page_in(page: &str, metadata: &Metadata, limits: &Limits) -> Result<Draft, Refusal> {
    let mut draft = html::read(page, metadata.title.as_deref(), limits)?;
    for origin in &mut draft.origins {
        let path = std::mem::take(&mut origin.path);
        origin.path = if path.is_empty() { "/title".to_owned() } else { format!("/html#{path}") };
    }
    Ok(draft)
}

/// What the fields say, and what the page says where they are silent.
fn or(fields: Metadata, page: Metadata) -> Metadata {
    Metadata {
        title: fields.title.or(page.title),
        byline: fields.byline.or(page.byline),
        agency: fields.agency.or(page.agency),
        outlet: fields.outlet.or(page.outlet),
        url: fields.url.or(page.url),
        published: fields.published.or(page.published),
        language: fields.language.or(page.language),
        claimed: fields.claimed.or(page.claimed),
    }
}

/// The place in the file: a line of JSON Lines has its number behind the `#` of its name.
fn broken(name: &str, error: &serde_json::Error) -> Refusal {
    let before = name.rsplit_once('#').and_then(|(_, line)| line.parse::<usize>().ok());
    let line = before.map_or(error.line(), |before| before + error.line().saturating_sub(1));
    let said = error.to_string();
    let cause = said.split(" at line ").next().unwrap_or(&said).to_owned();
    Refusal::BrokenJson { line, column: error.column(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(line: &str) -> Draft {
        read("a.jsonl#7", line.as_bytes(), &Limits::default()).unwrap()
    }

    fn refusal(line: &str) -> Refusal {
        read("a.jsonl#7", line.as_bytes(), &Limits::default()).unwrap_err()
    }

    #[test]
    fn the_text_is_title_and_text_with_the_way_back() {
        let draft = draft(r#"{"headline": "Port closed", "body": "It was.\nTwice.\n"}"#);
        assert_eq!(draft.text, "Port closed\n\nIt was.\nTwice.\n");
        assert_eq!(draft.blocks.len(), 3);
        let paths: Vec<_> = draft
            .origins
            .iter()
            .map(|o| (o.path.as_str(), &draft.text[o.start.index()..o.end.index()]))
            .collect();
        assert_eq!(paths, [("/headline", "Port closed"), ("/body", "It was.\nTwice.")]);
    }

    #[test]
    fn a_title_that_the_text_repeats_stands_there_once() {
        let draft = draft(r#"{"title": "Port closed", "text": "Port closed\n\nIt was."}"#);
        assert_eq!(draft.text, "Port closed\n\nIt was.");
        assert_eq!(draft.blocks[0].kind, BlockKind::Title);
        assert_eq!(draft.blocks.len(), 2);
    }

    #[test]
    fn fields_come_as_words_lists_and_objects() {
        let metadata = draft(
            r#"{"text": "It was.", "author": [{"name": "Ana Dell"}, "Tom Orr"], "date": 1765535400,
                "publisher": {"name": "Oland Mail"}, "lang": "en", "title": null, "url": " "}"#,
        )
        .metadata;
        assert_eq!(metadata.byline.as_deref(), Some("Ana Dell, Tom Orr"));
        assert_eq!(metadata.published.as_deref(), Some("1765535400"));
        assert_eq!(metadata.outlet.as_deref(), Some("Oland Mail"));
        assert_eq!((metadata.title, metadata.url), (None, None));
    }

    #[test]
    fn a_page_in_a_field_is_read_as_html() {
        let draft = draft(r#"{"title": "Port closed", "html": "<p>It was.</p><p>Twice.</p>"}"#);
        assert_eq!(draft.text, "Port closed\n\nIt was.\n\nTwice.");
        let paths: Vec<_> = draft.origins.iter().map(|o| o.path.as_str()).collect();
        assert_eq!(paths, ["/title", "/html#/html/body/p[1]", "/html#/html/body/p[2]"]);
    }

    #[test]
    fn what_is_broken_is_said_with_its_line() {
        let Refusal::BrokenJson { line, column, .. } = refusal(r#"{"text": "It was."#) else {
            panic!("not broken")
        };
        assert_eq!((line, column), (7, 17));
        let deep = "[".repeat(100_000);
        assert_eq!(refusal(&deep).kind(), "broken-json");
        assert_eq!(refusal(&format!("{{\"text\": {deep}")).kind(), "broken-json");
        assert_eq!(refusal("[1]").kind(), "broken-json");
        assert_eq!(refusal(r#"{"texts": "x"}"#).kind(), "no-text");
    }
}
