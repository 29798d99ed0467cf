//! The lines of a text, as people count them.

use onrecord_record::Offset;

/// Where the lines of a text begin.
#[derive(Debug)]
pub(crate) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// The lines of a text.
    pub(crate) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| Offset::at(at + 1).0)).collect();
        Self { starts }
    }

    /// The number, from 1, of the line that holds an offset.
    pub(crate) fn number(&self, at: Offset) -> usize {
        self.starts.partition_point(|start| *start <= at.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one_and_end_with_their_line_end() {
        let lines = Lines::of("ab\ncd\n");
        let numbers: Vec<_> = (0..7).map(|at| lines.number(Offset(at))).collect();
        assert_eq!(numbers, [1, 1, 1, 2, 2, 2, 3]);
    }
}
