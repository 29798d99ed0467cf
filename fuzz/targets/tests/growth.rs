//! Input made to be slow: one piece over and over. Where the cost grows with the square of the
//! length, the longest of these takes minutes and not a fraction of a second.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, reason = "a test looks at the clock")]

use std::time::{Duration, Instant};

use onrecord_fuzz_targets::TARGETS;

const BYTES: usize = 100_000;
const AT_MOST: Duration = Duration::from_secs(10);

const PIECES: &[&str] = &[
    "\"", "“", "”", "'", "’ ", "“a ", "“a\n\n", "a”", "a", "A", "a-", "A.", "A. ", "Mr. ", ". ", "… ",
    "—", "- ", "\u{301}", "1,", "1.", "1 ", "1,000 ", "2024-", "twenty-", "hundred and ", "http://a",
    "@a ", "(", "(a ", "a\n\n", "\n", "\0", "n't ", "said ", "said that ", "the ", "the port of ",
    "according to ", "Monday ", "May 1 ", "days ago ", "between ", "and ", "Ada Lund ", "Ada Lund said ",
    "14 dead ", "<p>", "<p", "<div>", "</", "<table><b>", "<!--", "<![CDATA[", "&", "&amp;", "<a b='",
    "{", "[", "{\"a\":", "{}\n", "\\u0000",
];

#[test]
fn cost_does_not_grow_with_the_square() {
    for (name, target) in TARGETS {
        target(b"The first run compiles the pack.");
        for piece in PIECES {
            let bytes = piece.repeat(BYTES / piece.len());
            let began = Instant::now();
            target(bytes.as_bytes());
            let took = began.elapsed();
            assert!(took < AT_MOST, "{name}: {piece:?} over and over took {took:?}");
        }
    }
}
