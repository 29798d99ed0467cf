//! Why something is not measured.

use std::io;

use onrecord_intake::Refusal;
use onrecord_language::engine::WeightsError;
use onrecord_packs::PackError;
use onrecord_scoring::MeasuresError;

/// Why a run ended without its measures: one line with the place, the cause and the way out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{0}: see onrecord-scoring --help")]
    Usage(String),
    #[error(
        "{path}: {cause}; the corpora lie in ../shared/corpora beside the checkout, or name another place"
    )]
    Missing { path: String, cause: io::Error },
    #[error("{path}: no {what} in it; name a folder that has them")]
    Nothing { path: String, what: &'static str },
    #[error("{path}: {cause}")]
    Refused { path: String, cause: Refusal },
    #[error("{path}: its text came out of reading changed, so that no place of it holds")]
    Changed { path: String },
    #[error("{path}: {cause}")]
    Treebank { path: String, cause: crate::conllu::Fault },
    #[error("{path}: {cause}")]
    Standoff { path: String, cause: crate::polnear::Fault },
    #[error("{part} is no development part: measures of those alone are recorded")]
    NotRecorded { part: String },
    #[error(transparent)]
    Measures(#[from] MeasuresError),
    #[error(transparent)]
    Pack(#[from] PackError),
    #[error(transparent)]
    Weights(#[from] WeightsError),
    #[error("no pack and no weights of English ship with this build")]
    NoEnglish,
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}
