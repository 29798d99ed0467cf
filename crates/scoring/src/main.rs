//! Development only: what training reads of public corpora, and measures on treebanks.
//!
//! `onrecord-scoring units FILE…` prints the units of texts and treebanks (`.conllu`, with their own
//! words) as JSON Lines, with all that the network is told of each token. `onrecord-scoring ud
//! FILE.conllu…` prints the measures of Universal Dependencies. `onrecord-scoring records FILE…`
//! prints the records that the trained engine gives, a line each, for a scorer of attributions.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a development tool reads files and prints"
)]

mod conllu;
mod ud;

use std::error::Error;
use std::io::Write;

use conllu::Treebank;
use onrecord_intake::{Intake, Options};
use onrecord_language::engine::{Engine, features, form_into, units};
use onrecord_language::{Analysis, Language, Tokens};
use onrecord_packs::Pack;
use onrecord_reading::Engine as Reading;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let reading = Reading::new()?;
    let language = reading.language("en").ok_or("no English pack")?;
    let intake = Intake::new()?;
    let files = match arguments.split_first() {
        Some((command, files)) if command == "units" => files,
        Some((command, files)) if command == "records" => return records(&intake, files),
        Some((command, files)) if command == "ud" => return measure(language, files),
        _ => {
            return Err(
                "usage: onrecord-scoring units FILE… | records FILE… | ud FILE.conllu…".into()
            );
        }
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in files {
        if path.ends_with(".conllu") {
            let bank = Treebank::read(&std::fs::read_to_string(path)?);
            write_units(&mut out, path, &reading, &bank.analyse(language))?;
        } else {
            let bytes = std::fs::read(path)?;
            let options = Options { language: Some("en".to_owned()), ..Options::default() };
            for unit in onrecord_intake::units(path, &bytes) {
                let document = intake.read(&unit, &options)?;
                let analysis = language.analyse(&document.record.text, &document.blocks);
                write_units(&mut out, path, &reading, &analysis)?;
            }
        }
    }
    Ok(())
}

fn records(intake: &Intake, files: &[String]) -> Result<(), Box<dyn Error>> {
    let engine = Reading::new()?;
    for path in files {
        let bytes = std::fs::read(path).map_err(|e| format!("{path}: {e}"))?;
        for unit in onrecord_intake::units(path, &bytes) {
            let document = intake.read(&unit, &Options::default())?;
            println!("{}", serde_json::to_string(&engine.read(&document, None))?);
        }
    }
    Ok(())
}

fn measure(language: &Language, files: &[String]) -> Result<(), Box<dyn Error>> {
    let pack = Pack::find("en")?.ok_or("no English pack")?;
    let engine = Engine::new(pack.model().ok_or("no weights ship for the language")?.weights)?;
    let mut all = ud::Score::default();
    for file in files {
        let conllu = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        let score =
            ud::Score::of(&conllu, language, &engine).map_err(|e| format!("{file}: {e}"))?;
        println!("{score}  {file}");
        all = all.and(score);
    }
    println!("{all}  all");
    Ok(())
}

fn write_units(
    out: &mut impl Write,
    path: &str,
    reading: &Reading,
    analysis: &Analysis<'_>,
) -> Result<(), Box<dyn Error>> {
    let features = features(analysis);
    let parties = reading.parties("en", analysis);
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
