//! HTML: the main content of a page in blocks, with the way back to its elements.
//!
//! The page is parsed once and kept as it is. A copy goes through the search for the main content,
//! which cleans, moves and renames elements as it likes; what comes back is which of the page's own
//! text nodes it left standing. The blocks are then read from the page itself, so that each block's
//! path names an element of the original.

mod blocks;
mod content;
mod metadata;
mod parse;
mod title;

use self::blocks::Found;
use crate::decode::{declared_by_page, decode};
use crate::draft::Draft;
use crate::{BlockKind, Limits, Refusal};

/// The document of a page's bytes.
pub(crate) fn read_bytes(bytes: &[u8], limits: &Limits) -> Result<Draft, Refusal> {
    let decoded = decode(bytes, declared_by_page(bytes))?;
    limits.hold(decoded.text.len())?;
    let mut draft = read(&decoded.text, None, limits)?;
    draft.notices.extend(decoded.notice);
    Ok(draft)
}

/// The document of a page. `title` is one that is known from elsewhere; where the page does not
/// print it, it stands first, with an empty path.
pub(crate) fn read(page: &str, title: Option<&str>, limits: &Limits) -> Result<Draft, Refusal> {
    let page = parse::parse(page, limits.depth)?;
    let content = content::find(&page);
    let (found, depth) = blocks::read(&page, content.as_ref().map(|content| &content.texts));
    if depth > limits.depth {
        return Err(Refusal::TooDeep { depth, limit: limits.depth });
    }
    let mut metadata = metadata::read(&page);
    if metadata.byline.is_none() {
        metadata.byline = content.and_then(|content| content.byline);
    }
    if let Some(title) = title {
        metadata.titles.insert(0, metadata::Named::elsewhere(title));
    }
    let title = title::choose(&found, &metadata.titles, metadata.outlet.as_deref());

    let mut draft = Draft::default();
    let printed = |block: &Found| title.as_ref().is_some_and(|title| title.path == block.path);
    let story: Vec<&Found> = found.iter().filter(|block| block.kept).collect();
    let mut title_due = title.as_ref();
    if story.iter().any(|block| printed(block)) {
        title_due = None;
    }
    if story.is_empty() {
        return Err(Refusal::NoText { missing: "no words outside scripts and menus" });
    }
    if let Some(title) = title_due {
        draft.push(&title.words, BlockKind::Title, &title.path);
    }
    let mut titled = title_due.is_some();
    for block in story {
        let kind = if printed(block) && !titled {
            titled = true;
            BlockKind::Title
        } else {
            block.kind
        };
        draft.push(&block.words, kind, &block.path);
    }
    draft.metadata = metadata.into_metadata(title.map(|title| title.words));
    Ok(draft)
}

#[cfg(test)]
mod tests;
