//! The head of the page: what the document is.

use super::{Page, Tone, joined, run};
use crate::view::View;

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let document = &view.record.document;
    page.put(&[], &[], &[run(Tone::Strong, view.title())], "");
    let about = joined(&view.facts());
    page.put(&[], &[], &[run(Tone::Plain, about)], "");
    let mut from = vec![document.source.name.clone()];
    from.extend(document.url.clone());
    page.put(&[], &[], &[run(Tone::Faint, joined(&from))], "");
    for notice in &document.notices {
        let mark = [run(Tone::Yellow, "! ")];
        page.put(&mark, &[super::indent(2)], &[run(Tone::Plain, &notice.says)], "");
    }
}
