//! Reading: a document to its record.
//!
//! [`Engine`] is the way down as one: words and sentences, times, names, attributions, figures,
//! and the record that holds them. What is English stands in `packs/en/reading/`.

mod actors;
mod allegations;
mod assemble;
mod attribution;
mod checks;
mod confidence;
mod cues;
mod engine;
mod examples;
mod figures;
mod links;
mod parts;
mod phrases;
mod proceedings;
mod reader;
mod tags;

pub use confidence::{Calibration, Item, Kind, basis_of_time, items};
pub use engine::Engine;
pub use onrecord_times::{Domain, Reading};
