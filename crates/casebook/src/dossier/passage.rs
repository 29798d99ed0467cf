//! Passages on a dossier's page: words of a document, marked so that they can be held against its
//! record.

use onrecord_record::Extent;

use crate::key::DocumentId;

/// Text for the inside of an element of HTML. Characters that HTML forbids are shown as `�`.
#[must_use]
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\r' => {}
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

const BEGIN: &str = "<q data-words=\"";
const END: &str = "</q>";

/// A passage of a document's text as a dossier's page has it, with some of its words marked. `None`
/// where an extent leaves the text or cuts a character, or a mark leaves the passage.
#[must_use]
pub fn passage(
    document: DocumentId,
    text: &str,
    whole: Extent,
    marks: &[(Extent, &str)],
) -> Option<String> {
    let mut html = format!("{BEGIN}{document} {} {}\">", whole.start.0, whole.end.0);
    let mut at = whole.start;
    let mut marks = marks.to_vec();
    marks.sort_by_key(|(extent, _)| *extent);
    for (extent, class) in marks {
        // Of marks that overlap the first stands.
        if extent.start < at || extent.is_empty() {
            continue;
        }
        if !whole.contains(extent) {
            return None;
        }
        let before = escaped(Extent::new(at, extent.start).of(text)?);
        let words = escaped(extent.of(text)?);
        html.push_str(&format!("{before}<mark class=\"{class}\">{words}</mark>"));
        at = extent.end;
    }
    html.push_str(&escaped(Extent::new(at, whole.end).of(text)?));
    html.push_str(END);
    Some(html)
}

/// A passage as it was found on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands on the page, in bytes.
    pub at: std::ops::Range<u64>,
    /// What it says of itself: the document, the first byte and the one behind the last. `None`
    /// where it says nothing that can be read.
    pub of: Option<(DocumentId, u32, u32)>,
    /// Its words as the page has them, marks aside, escaped.
    pub words: String,
}

/// The passages of a page, in order.
#[derive(Debug)]
pub struct Passages<'p> {
    page: &'p str,
    at: usize,
}

impl<'p> Passages<'p> {
    /// Of a page.
    #[must_use]
    pub fn of(page: &'p str) -> Self {
        Self { page, at: 0 }
    }
}

impl Iterator for Passages<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let rest = self.page.get(self.at..)?;
        let start = self.at + rest.find(BEGIN)?;
        let inside = self.page.get(start + BEGIN.len()..)?;
        let (head, body) = inside.split_once("\">").unwrap_or((inside, ""));
        let (body, _) = body.split_once(END).unwrap_or((body, ""));
        let end = start + BEGIN.len() + head.len() + 2 + body.len() + END.len();
        self.at = end.min(self.page.len());
        let mut words = String::new();
        let mut outside = true;
        for c in body.chars() {
            match c {
                '<' => outside = false,
                '>' => outside = true,
                c if outside => words.push(c),
                _ => {}
            }
        }
        let mut parts = head.split(' ');
        let mut of = || {
            let document = parts.next()?.parse().ok()?;
            let (from, to) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            parts.next().is_none().then_some((document, from, to))
        };
        Some(Found { at: start as u64..self.at as u64, of: of(), words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_as_it_was_made() {
        let text = "A “<b>” said: no & yes.\r\nMore.";
        let whole = Extent::at(2..text.len());
        let mark = Extent::at(text.find("no").unwrap()..text.find(" yes").unwrap());
        let html = passage(DocumentId(7), text, whole, &[(mark, "content")]).unwrap();
        let page = format!("<p>x</p>{html}<p>{html}");
        let found: Vec<_> = Passages::of(&page).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].of, Some((DocumentId(7), 2, u32::try_from(text.len()).unwrap())));
        assert_eq!(found[0].words, escaped(&text[2..]));
        assert_eq!(&page[8..8 + html.len()], html);
        assert_eq!(found[0].at, 8..8 + html.len() as u64);
        assert_eq!(passage(DocumentId(7), text, Extent::at(3..9), &[]), None);
        assert_eq!(passage(DocumentId(7), text, Extent::at(2..9), &[(mark, "x")]), None);
    }

    #[test]
    fn a_broken_page_gives_what_it_has() {
        for page in ["<q data-words=\"", "<q data-words=\"d1 0", "<q data-words=\"x\">a"] {
            let found: Vec<_> = Passages::of(page).collect();
            assert_eq!((found.len(), found[0].of), (1, None), "{page}");
        }
    }
}
