//! The units of texts and treebanks: what training reads.

use std::io::{BufWriter, Write};

use onrecord_intake::{Intake, Options};
use onrecord_language::engine::{features, form_into, units};
use onrecord_language::{Analysis, Tokens};
use onrecord_reading::Engine;
use serde_json::json;

use crate::conllu::Treebank;
use crate::failure::Failure;
use crate::{ENGLISH, text_of};

/// Prints the units of each file as JSON Lines, with all that the network is told of each token:
/// those of treebanks (`.conllu`) with their own words.
pub(crate) fn run(files: &[String]) -> Result<(), Failure> {
    let (intake, engine) = (Intake::new()?, Engine::new()?);
    let language = engine.language(ENGLISH).ok_or(Failure::NoEnglish)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for path in files {
        if path.ends_with(".conllu") {
            let fault = |cause| Failure::Treebank { path: path.clone(), cause };
            let bank = Treebank::read(&text_of(path)?).map_err(fault)?;
            write(&mut out, path, &engine, &bank.analyse(language))?;
        } else {
            let options = Options { language: Some(ENGLISH.to_owned()), ..Options::default() };
            let missing = |cause| Failure::Missing { path: path.clone(), cause };
            let bytes = std::fs::read(path).map_err(missing)?;
            for unit in onrecord_intake::units(path, &bytes) {
                let refused = |cause| Failure::Refused { path: path.clone(), cause };
                let document = intake.read(&unit, &options).map_err(refused)?;
                let analysis = language.analyse(&document.record.text, &document.blocks);
                write(&mut out, path, &engine, &analysis)?;
            }
        }
    }
    Ok(out.flush()?)
}

fn write(
    out: &mut impl Write,
    path: &str,
    engine: &Engine,
    analysis: &Analysis<'_>,
) -> Result<(), Failure> {
    let features = features(analysis);
    let parties = engine.parties(ENGLISH, analysis);
    let mut points = Vec::with_capacity(analysis.text.len() + 1);
    let mut count = 0_u32;
    for byte in analysis.text.bytes() {
        points.push(count);
        count += u32::from(byte & 0xc0 != 0x80);
    }
    // Inside a character the count is one too far; no extent points there.
    points.push(count);
    let mut form = String::new();
    for unit in units(analysis) {
        let range = unit.tokens.range();
        let tokens = &analysis.tokens[range.clone()];
        let words: Vec<&str> = unit.tokens.into_iter().map(|id| analysis.word(id)).collect();
        let forms: Vec<String> = tokens
            .iter()
            .zip(&words)
            .map(|(token, word)| {
                form_into(word, token.shape, &mut form);
                form.clone()
            })
            .collect();
        let spans: Vec<[u32; 2]> = tokens
            .iter()
            .map(|t| [points[t.extent.start.0 as usize], points[t.extent.end.0 as usize]])
            .collect();
        let features = &features[range.clone()];
        let inside = |party: &&Tokens| unit.tokens.contains(**party);
        let parties: Vec<[usize; 2]> = parties
            [parties.partition_point(|p| p.end <= unit.tokens.start)..]
            .iter()
            .take_while(inside)
            .map(|party| [party.start.index() - range.start, party.end.index() - range.start])
            .collect();
        let kind = analysis.paragraphs.iter().rfind(|p| p.tokens.start <= unit.tokens.start);
        let line = json!({
            "document": path,
            "tells": kind.is_some_and(|paragraph| paragraph.kind.tells()),
            "words": words,
            "forms": forms,
            "spans": spans,
            "parties": parties,
            "affixes": features.iter().map(|f| f.affixes).collect::<Vec<_>>(),
            "shapes": features.iter().map(|f| f.shape).collect::<Vec<_>>(),
            "places": features.iter().map(|f| f.place).collect::<Vec<_>>(),
            "sentences": unit.sentences.iter().map(|s| s.len()).collect::<Vec<_>>(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
