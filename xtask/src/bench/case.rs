//! `cargo xtask bench case`: what adding to a case costs beside reading alone, how that grows, and
//! how well wire copies are found.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use onrecord_benches::{Generator, adjusted_rand_index};
use onrecord_casebook::{Case, System};

use super::asked::Asked;
use super::float;
use crate::Outcome;
use crate::measure::{self, Cost};
use crate::repository::Repository;

/// How many documents are added where the arguments do not say.
const DOCUMENTS: [usize; 2] = [1_000, 10_000];

/// Makes stories, reads them alone and into a case with the release build on one thread, and prints
/// what that cost.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Outcome<()> {
    if cfg!(debug_assertions) {
        return repository.xtask_for_release(&[&["bench", "case"], arguments].concat());
    }
    if let ["--case", path] = arguments {
        return asked(Path::new(path));
    }
    let (counts, seed) = options(arguments)?;
    let stories = stories(repository)?;
    let program = repository.program()?;
    let program = program.to_str().ok_or("the build folder's path is not UTF-8")?;
    let place = repository.target.join("bench-case");
    println!("{} stories to make others of, one thread\n\n{HEAD}\n{ASKED_HEAD}", stories.len());
    for count in counts {
        let blame = |e| format!("{}: {e}", place.display());
        if place.exists() {
            fs::remove_dir_all(&place).map_err(blame)?;
        }
        fs::create_dir_all(&place).map_err(blame)?;
        let row = one(program, &place, &stories, count, seed)?;
        println!("{row}");
        fs::remove_dir_all(&place).map_err(blame)?;
    }
    Ok(())
}

/// Asks a case that is there.
fn asked(path: &Path) -> Outcome<()> {
    let began = Instant::now();
    let case = Case::open_to_read(path, &System::real()).map_err(|error| error.to_string())?;
    println!("opened in {:.1} ms\n{ASKED_HEAD}", began.elapsed().as_secs_f64() * 1e3);
    let asked = Asked::of(&case)?;
    print!("{}", asked.lines());
    println!("  {:<22} {:>17.2}", "all", asked.most().as_secs_f64() * 1e3);
    Ok(())
}

fn options(arguments: &[&str]) -> Outcome<(Vec<usize>, u64)> {
    let (mut counts, mut seed) = (DOCUMENTS.to_vec(), 1);
    let mut arguments = arguments.iter();
    while let Some(&name) = arguments.next() {
        let value = *arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let number = |value: &str| value.parse().map_err(|_| format!("{value:?} is no number"));
        match name {
            "--documents" => {
                let told: Outcome<Vec<u64>> = value.split(',').map(number).collect();
                counts = told?.into_iter().map(|n| usize::try_from(n).unwrap_or(1)).collect();
            }
            "--seed" => seed = number(value)?,
            _ => return Err(format!("bench case knows no {name}: `cargo xtask help`")),
        }
    }
    Ok((counts, seed))
}

/// The repository's own stories, each without what is expected of it.
fn stories(repository: &Repository) -> Outcome<Vec<String>> {
    let mut paths = Vec::new();
    for folder in ["examples", "corpora/stories"] {
        let folder = repository.root.join(folder);
        let blame = |e| format!("{}: {e}", folder.display());
        for entry in fs::read_dir(&folder).map_err(blame)? {
            paths.push(entry.map_err(blame)?.path());
        }
    }
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let story = |path: &PathBuf| {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(text.split("\n==========").next().unwrap_or_default().to_owned())
    };
    paths.iter().map(story).collect()
}

/// Makes so many documents, and gives the row of what was measured on them.
fn one(
    program: &str,
    place: &Path,
    stories: &[String],
    count: usize,
    seed: u64,
) -> Outcome<String> {
    let path = |name: &str| -> Outcome<String> {
        let path = place.join(name);
        Ok(path.to_str().ok_or("the build folder's path is not UTF-8")?.to_owned())
    };
    let (lines, case) = (path("documents.jsonl")?, path("case")?);
    let mut file = fs::File::create(&lines).map_err(|e| format!("{lines}: {e}"))?;
    let mut gold = Vec::with_capacity(count);
    for document in Generator::new(stories, seed).take(count) {
        let line = serde_json::json!({
            "title": document.title, "text": document.text, "published": document.published,
            "outlet": document.outlet, "language": "en",
        });
        writeln!(file, "{line}").map_err(|e| format!("{lines}: {e}"))?;
        gold.push(document.story);
    }
    drop(file);
    let quiet = ["--jobs", "1", "--no-progress"];
    let read =
        measure::cost(program, &[&["read", &lines, "--format", "jsonl"], &quiet[..]].concat())?;
    measure::cost(program, &["case", "new", &case, "--by", "bench"])?;
    let add = ["case", "add", &case, &lines, "--by", "bench"];
    let add = measure::cost(program, &[&add, &quiet[..]].concat())?;
    let verify = measure::cost(program, &["verify", &case, "--ledger"])?;
    let found = Found::of(Path::new(&case), &gold)?;
    Ok(row(count, read, add, verify, &found) + "\n" + &found.asked.lines())
}

/// What was found of a case.
struct Found {
    index: f64,
    bytes: u64,
    entries: u64,
    opened: Duration,
    asked: Asked,
}

impl Found {
    fn of(path: &Path, gold: &[u32]) -> Outcome<Self> {
        let refuse = |error: onrecord_casebook::Error| error.to_string();
        let began = Instant::now();
        let case = Case::open_to_read(path, &System::real()).map_err(refuse)?;
        let opened = began.elapsed();
        let (mut told, mut found) = (Vec::new(), Vec::new());
        for row in case.documents() {
            let row = row.map_err(refuse)?;
            let line = row.name.rsplit_once('#').and_then(|(_, line)| line.parse().ok());
            let line: usize = line.ok_or_else(|| format!("{}: no line", row.name))?;
            told.push(gold[line - 1]);
            found.push(case.store().copies_of(row.id).map_err(refuse)?[0].0);
        }
        let entries = case.store().entry_count().map_err(refuse)?;
        let asked = Asked::of(&case)?;
        let bytes = size(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let index = adjusted_rand_index(&found, &told);
        Ok(Self { index, bytes, entries, opened, asked })
    }
}

/// The bytes of all files in a folder.
fn size(folder: &Path) -> std::io::Result<u64> {
    let mut sizes: BTreeMap<PathBuf, u64> = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                sizes.insert(entry.path(), entry.metadata()?.len());
            }
        }
    }
    Ok(sizes.into_values().sum())
}

const HEAD: &str = "documents  read cpu s  add cpu s  add/read  documents/s      MiB  KiB/document \
                    copies' ARI  open ms  entries/s  asked p95 ms";

const ASKED_HEAD: &str = "  what is asked          half ms   p95 ms";

fn row(count: usize, read: Cost, add: Cost, verify: Cost, found: &Found) -> String {
    let documents = float(count as u64);
    format!(
        "{count:>9} {:>11.2} {:>10.2} {:>9.2} {:>12.0} {:>8.1} {:>13.1} {:>12.4} {:>8.1} \
         {:>10.0} {:>13.2}",
        read.cpu.as_secs_f64(),
        add.cpu.as_secs_f64(),
        add.cpu.as_secs_f64() / read.cpu.as_secs_f64().max(1e-6),
        documents / add.wall.as_secs_f64().max(1e-6),
        float(add.peak_kib) / 1024.0,
        float(found.bytes) / 1024.0 / documents,
        found.index,
        found.opened.as_secs_f64() * 1e3,
        float(found.entries) / verify.wall.as_secs_f64().max(1e-6),
        found.asked.most().as_secs_f64() * 1e3,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_strangers_refused() {
        assert_eq!(options(&[]).unwrap(), (vec![1_000, 10_000], 1));
        let read = options(&["--documents", "10,20", "--seed", "7"]).unwrap();
        assert_eq!(read, (vec![10, 20], 7));
        for wrong in [&["--documents"][..], &["--documents", "ten"], &["--size", "1"]] {
            assert!(options(wrong).is_err(), "{wrong:?}");
        }
    }
}
