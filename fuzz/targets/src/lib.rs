//! What the fuzzers run, as functions that tests run too.
//!
//! Each target takes any bytes and panics where a property does not hold. `cargo fuzz` runs them on
//! a nightly toolchain; on a stable one `tests/seeds.rs` runs them over their seeds and over bytes
//! made from these.

mod decoders;
mod reading;
mod record_json;
mod segment;
mod times;

pub use decoders::{html, json_lines, text};
pub use reading::read;
pub use record_json::record_json;
pub use segment::segment;
pub use times::times;

use onrecord_packs::Pack;

/// A property of any bytes.
///
/// # Panics
/// Where it does not hold.
pub type Target = fn(&[u8]);

/// Every target by its name: that of its program in `fuzz_targets/` and of its folder of seeds.
pub const TARGETS: &[(&str, Target)] = &[
    ("html", html),
    ("json_lines", json_lines),
    ("read", read),
    ("record_json", record_json),
    ("segment", segment),
    ("text", text),
    ("times", times),
];

/// The English pack.
fn english() -> Pack {
    Pack::find("en").ok().flatten().unwrap_or_else(|| unreachable!("the English pack ships"))
}
