//! The paragraphs of a text.

use std::ops::Range;

use onrecord_record::{Document, Extent};

/// A paragraph or a heading.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) extent: Extent,
    pub(crate) heading: bool,
}

/// The text in paragraphs. Where empty lines stand between paragraphs, a line that was broken for
/// its length goes on in the next; where none do, each line is a paragraph. A heading and an item of
/// a list begin anew.
pub(crate) fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let body = &document.text;
    let lines = lines(body);
    let groups = || lines.split(Range::is_empty).filter(|group| !group.is_empty());
    let airy = groups().count() > 1;
    let mut headings = document.headings.iter().map(onrecord_record::Span::extent).peekable();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for group in groups() {
        let columns = |line: &Range<usize>| body[line.clone()].chars().count();
        let room = group.iter().map(columns).max().unwrap_or(0).max(NARROWEST);
        let mut above: Option<&Range<usize>> = None;
        for line in group {
            let extent = Extent::at(line.clone());
            while headings.next_if(|heading| heading.end <= extent.start).is_some() {}
            let heading = headings.peek().is_some_and(|heading| heading.overlaps(extent));
            let words = &body[line.clone()];
            let first = words.split_whitespace().next().map_or(0, |word| word.chars().count());
            let broken = above.is_some_and(|above| columns(above) + 1 + first > room);
            let item = words.starts_with(['•', '-', '*', '–', '—', '·']);
            match paragraphs.last_mut() {
                Some(last) if airy && broken && !item && last.heading == heading => {
                    last.extent = last.extent.cover(extent);
                }
                _ => paragraphs.push(Paragraph { extent, heading }),
            }
            above = Some(line);
        }
    }
    paragraphs
}

/// The narrowest column that text is broken for.
const NARROWEST: usize = 50;

/// The lines of a text without the white space at their ends.
fn lines(body: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let end = line.trim_end().len();
        let start = (line.len() - line.trim_start().len()).min(end);
        lines.push(at + start..at + end);
        at += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_record::{Sha256, SourceFile};

    fn parted(text: &str) -> Vec<String> {
        let hash = Sha256::of(text.as_bytes());
        let source = SourceFile {
            name: "a.txt".into(),
            media_type: "text/plain".into(),
            bytes: text.len() as u64,
            sha256: hash,
        };
        let document = Document {
            id: hash,
            source,
            title: None,
            byline: None,
            agency: None,
            outlet: None,
            url: None,
            published: None,
            dateline: None,
            language: "en".into(),
            headings: vec![],
            origins: vec![],
            notices: vec![],
            text: text.to_owned(),
        };
        paragraphs(&document).iter().map(|p| p.extent.of(text).unwrap().to_owned()).collect()
    }

    #[test]
    fn lines_broken_for_their_length_go_on_and_others_begin_anew() {
        let broken = "The port was closed on Tuesday, the harbour office said in a\nstatement.";
        assert_eq!(parted(&format!("Head\n\n{broken}\n")), ["Head", broken]);
        assert_eq!(
            parted("Head\n\nBy Mara Lind\nMarch 3\r\n"),
            ["Head", "By Mara Lind", "March 3"]
        );
        assert_eq!(parted("One.\n Two. \n\t\n"), ["One.", "Two."]);
        assert_eq!(parted("Head\n\n- one\n- two"), ["Head", "- one", "- two"]);
        assert_eq!(parted(" \n"), [""; 0]);
    }
}
