//! Development only: the measures that were last recorded, for the programs that measure.
//!
//! They are those of development parts alone. The test parts of corpora are kept back: nobody
//! looks at them while rules and weights can still be fitted to them.

mod recorded;

pub use recorded::{MEASURES, Measure, MeasuresError, Recorded};
