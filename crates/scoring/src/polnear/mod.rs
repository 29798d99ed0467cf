//! The measures of attribution on PolNeAR (Newell et al. 2018): the reader's statements against the
//! attributions that its annotators marked.

mod agreement;
mod corpus;
mod manner;

use std::path::Path;

use onrecord_intake::{Intake, Options, units};
use onrecord_reading::Engine;
use onrecord_record::{Manner, Record, Span};

use crate::failure::Failure;
use crate::{ENGLISH, Reports};
use agreement::{Agreement, Found};
pub(crate) use corpus::Fault;
use corpus::{Article, Attribution, articles};
use manner::manner;

/// The part that is measured unless another is named.
const PART: &str = "../shared/corpora/polnear/dev";
/// The name of the folder that holds the development part.
const DEVELOPMENT: &str = "dev";

/// Reads the articles of a folder and measures the statements of each.
pub(crate) fn run(folder: Option<&str>, reports: &mut Reports) -> Result<(), Failure> {
    let folder = folder.unwrap_or(PART);
    let (intake, engine) = (Intake::new()?, Engine::new()?);
    let language = engine.language(ENGLISH).ok_or(Failure::NoEnglish)?;
    let mut all = Agreement::default();
    for article in articles(folder)? {
        let Article { path, text, gold } = &article;
        for unit in units(path, text.as_bytes()) {
            let refused = |cause| Failure::Refused { path: path.clone(), cause };
            let document = intake.read(&unit, &Options::default()).map_err(refused)?;
            if document.record.text != *text {
                return Err(Failure::Changed { path: path.clone() });
            }
            let analysis = language.analyse(text, &document.blocks);
            let of = |attribution: &Attribution| manner(attribution.content(), &analysis);
            let found = found(&engine.read(&document, None), text, of);
            let gold: Vec<_> = gold.iter().map(|gold| (gold.clone(), of(gold))).collect();
            all += Agreement::of(text, &gold, &found);
        }
    }
    let name = Path::new(folder).file_name().unwrap_or_default().to_string_lossy().into_owned();
    reports.add(&format!("polnear {name}"), &all.measures(), name == DEVELOPMENT)
}

/// The statements of a record that are measured: those that some words attribute and that no other
/// holds, since the corpus marks only outermost attributions.
fn found(record: &Record, text: &str, manner: impl Fn(&Attribution) -> Manner) -> Vec<Found> {
    let measured = record.statements.iter().filter(|statement| statement.within.is_none());
    let found = measured.filter_map(|statement| {
        let cue = statement.cue.as_ref()?.span.extent();
        let source = statement.source.span.iter().map(Span::extent).collect();
        let content = statement.content.iter().map(Span::extent).collect();
        let attribution = Attribution::new([source, vec![cue], content], text);
        let (manner, confidence) = (manner(&attribution), statement.confidence);
        Some(Found { attribution, manner, confidence })
    });
    found.collect()
}
