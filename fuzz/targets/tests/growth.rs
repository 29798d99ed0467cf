//! Input made to be slow: one piece over and over. Four times as much of it may cost little more than
//! four times as much, not sixteen times.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a test looks at the clock"
)]

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use onrecord_fuzz_targets::TARGETS;

const BYTES: usize = 8_000;
const LONGER: u32 = 4;
/// What a busy machine may add.
const SLACK: Duration = Duration::from_secs(1);

const PIECES: &[&str] = &[
    "\"",
    "“",
    "”",
    "'",
    "’ ",
    "“a ",
    "“a\n\n",
    "a”",
    "a",
    "A",
    "a-",
    "A.",
    "A. ",
    "Mr. ",
    ". ",
    "… ",
    "—",
    "- ",
    "\u{301}",
    "1,",
    "1.",
    "1 ",
    "1,000 ",
    "2024-",
    "twenty-",
    "hundred and ",
    "http://a",
    "@a ",
    "(",
    "(a ",
    "a\n\n",
    "\n",
    "\0",
    "n't ",
    "said ",
    "said that ",
    "the ",
    "the port of ",
    "according to ",
    "Monday ",
    "May 1 ",
    "days ago ",
    "between ",
    "and ",
    "Ada Lund ",
    "Ada Lund said ",
    "14 dead ",
    "<p>",
    "<p",
    "<div>",
    "</",
    "<table><b>",
    "<!--",
    "<![CDATA[",
    "&",
    "&amp;",
    "<a b='",
    "{",
    "[",
    "{\"a\":",
    "{}\n",
    "\\u0000",
];

/// How long this thread has had a processor; where the system does not tell, the clock, which counts
/// what others do too.
fn busy() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

#[test]
fn cost_does_not_grow_with_the_square() {
    for (name, target) in TARGETS {
        target(b"The first run compiles the pack.");
        for piece in PIECES {
            let took = |times: u32| {
                let bytes = piece.repeat(BYTES / piece.len() * times as usize);
                let began = busy();
                target(bytes.as_bytes());
                busy() - began
            };
            let (short, long) = (took(1), took(LONGER));
            assert!(
                long < short * (2 * LONGER) + SLACK,
                "{name}: {piece:?} over and over took {short:?}, and {long:?} {LONGER} times as long"
            );
        }
    }
}
