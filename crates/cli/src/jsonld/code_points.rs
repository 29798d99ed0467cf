//! Places in a text in Unicode code points, as Web Annotation counts them.

use onrecord_record::Extent;

/// Where the characters of a text begin.
#[derive(Debug)]
pub(super) struct CodePoints<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// The characters of a text.
    pub(super) fn of(text: &'t str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).collect();
        Self { text, starts }
    }

    /// The number of code points before a byte.
    pub(super) fn before(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    /// At most `many` characters before an extent, and as many behind it.
    pub(super) fn around(&self, extent: Extent, many: usize) -> (&'t str, &'t str) {
        let range = extent.range();
        let byte = |point: usize| self.starts.get(point).copied().unwrap_or(self.text.len());
        let first = byte(self.before(range.start).saturating_sub(many));
        let last = byte(self.before(range.end) + many);
        let part = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        (part(first, range.start), part(range.end, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_whatever_their_bytes() {
        let text = "“é🐟” e\u{301}x";
        let points = CodePoints::of(text);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.before(byte), point);
        }
        assert_eq!(points.before(text.len()), 8);
        let fish = text.find('🐟').map(|at| Extent::at(at..at + 4)).unwrap();
        assert_eq!(points.around(fish, 2), ("“é", "” "));
        assert_eq!(points.around(fish, 99), ("“é", "” e\u{301}x"));
        assert_eq!(points.around(Extent::at(0..0), 1), ("", "“"));
    }
}
