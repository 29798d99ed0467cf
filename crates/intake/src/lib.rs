//! Intake: the bytes of an original to a [`Document`].
//!
//! [`units`] parts a file into documents and tells their format; [`Intake::read`] makes of each a
//! document: canonical text in blocks, what the original says of itself, and the way back to it.
//! Plain text keeps every character; HTML gives its main content; a line of JSON Lines its fields.
//! What is printing and not story (date lines, datelines, sign-offs) is told apart by the rules of
//! the language's pack.
//!
//! ```
//! use onrecord_intake::{Intake, Options, units};
//! let intake = Intake::new()?;
//! let bytes = b"KESH, Dec 12 (Reuters) - The port of Kesh was closed on Friday by the storm.";
//! for unit in units("kesh.txt", bytes) {
//!     let document = intake.read(&unit, &Options::default())?;
//!     assert_eq!(document.record.agency.as_deref(), Some("Reuters"));
//!     assert_eq!(document.blocks.len(), 2);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod date;
mod decode;
mod document;
mod draft;
mod furniture;
mod html;
mod intake;
mod json;
mod language;
mod layout;
mod plain;
mod refusal;
mod structure;
mod unit;

pub use document::{Block, BlockKind, Document};
pub use intake::{Intake, Limits, Options};
pub use refusal::Refusal;
pub use unit::{Format, Unit, Units, units};
