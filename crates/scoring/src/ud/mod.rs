//! The measures of Universal Dependencies, on a treebank's own words and on those that we find in
//! its text.

mod differences;
mod score;

use std::path::Path;

use onrecord_language::engine::Engine;
use onrecord_packs::Pack;
use onrecord_reading::Engine as Reading;

use crate::conllu::Treebank;
use crate::failure::Failure;
use crate::{ENGLISH, Reports, text_of};
use score::Score;

/// Where the treebanks are that are measured unless others are named.
const TREEBANKS: [&str; 2] =
    ["../shared/corpora/ud/ewt-dev.conllu", "../shared/corpora/ud/gum-dev.conllu"];
/// How the name of a file ends that holds a development part.
const DEVELOPMENT: &str = "-dev";

/// Measures each treebank and all of them together. With `errors`, prints so many of the most
/// frequent differences of words and sentences of each.
pub(crate) fn run(files: &[String], errors: usize, reports: &mut Reports) -> Result<(), Failure> {
    let default = TREEBANKS.map(ToOwned::to_owned);
    let files = if files.is_empty() { &default[..] } else { files };
    let pack = Pack::find(ENGLISH)?.ok_or(Failure::NoEnglish)?;
    let engine = Engine::new(pack.model().ok_or(Failure::NoEnglish)?.weights)?;
    let reading = Reading::new()?;
    let language = reading.language(ENGLISH).ok_or(Failure::NoEnglish)?;
    let (mut own, mut raw) = (Score::default(), Score::default());
    let mut names = Vec::new();
    for path in files {
        let fault = |cause| Failure::Treebank { path: path.clone(), cause };
        let bank = Treebank::read(&text_of(path)?).map_err(fault)?;
        let given = Score::of(&bank, &bank.analyse(language), &engine);
        let analysis = language.analyse(&bank.text, &bank.blocks);
        let found = Score::of(&bank, &analysis, &engine);
        own += given;
        raw += found;
        let name = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        report(&name, given, found, reports)?;
        if errors > 0 {
            reports.say(&differences::tell(&bank, &analysis, errors));
        }
        names.push(name);
    }
    if names.len() > 1 {
        report(&names.join("+"), own, raw, reports)?;
    }
    Ok(())
}

fn report(name: &str, own: Score, raw: Score, reports: &mut Reports) -> Result<(), Failure> {
    let development = name.split('+').all(|part| part.ends_with(DEVELOPMENT));
    let mut measures = own.of_words("own words");
    measures.extend(raw.of_segmentation());
    measures.extend(raw.of_words("raw text"));
    reports.add(&format!("ud {name}"), &measures, development)
}
