//! `cargo xtask bench`: what reading costs, and how the cost grows.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::measure::{self, Cost};
use crate::repository::Repository;

const CORPUS: &str = "../shared/corpora/polnear/dev/text";
/// The corpus is read so many times over.
const TIMES: [usize; 3] = [1, 4, 16];

#[derive(Debug, Default, PartialEq)]
struct Options {
    corpus: Option<PathBuf>,
    max_cpu_s: Option<f64>,
}

/// Reads a folder of texts with the release build on one thread, as it is and several times over,
/// first as ever more documents and then as one ever longer document, and prints what each cost.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Outcome<()> {
    let options = options(arguments)?;
    let corpus = options.corpus.unwrap_or_else(|| repository.root.join(CORPUS));
    let texts = texts(&corpus)?;
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} documents, {words} words, {bytes} bytes, one thread", texts.len());

    let program = repository.program()?;
    let program = program.to_str().ok_or("the build folder's path is not UTF-8")?;
    let place = repository.target.join("bench");
    let mut once = None;
    for (shape, lay) in [("documents", lay_many as Lay), ("one document", lay_one)] {
        println!("\n{shape:<13} {:>9} {:>9} {:>11} {:>9}", "cpu s", "wall s", "words/cpu s", "MiB");
        for times in TIMES {
            lay(&place, &texts, times).map_err(|e| format!("{}: {e}", place.display()))?;
            let folder = place.to_str().ok_or("the build folder's path is not UTF-8")?;
            let read = ["read", "--format", "jsonl", "--jobs", "1", folder];
            let cost = measure::cost(program, &read);
            fs::remove_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
            let cost = cost?;
            println!("{}", row(times, words, cost));
            once.get_or_insert(cost.cpu.as_secs_f64());
        }
    }
    match (once, options.max_cpu_s) {
        (Some(cpu), Some(most)) if cpu > most => {
            Err(format!("reading once took {cpu:.2} s of processor time, more than {most} s"))
        }
        _ => Ok(()),
    }
}

fn options(arguments: &[&str]) -> Outcome<Options> {
    let mut options = Options::default();
    let mut arguments = arguments.iter();
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match *name {
            "--corpus" => options.corpus = Some(value.into()),
            "--max-cpu" => {
                let seconds = value.parse().map_err(|_| format!("{value:?} is no number"))?;
                options.max_cpu_s = Some(seconds);
            }
            _ => return Err(format!("bench knows no {name}: `cargo xtask help`")),
        }
    }
    Ok(options)
}

/// The texts of a folder, by name.
fn texts(folder: &Path) -> Outcome<Vec<String>> {
    let blame = |e| format!("{}: {e}; name a folder of texts with --corpus", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(blame)? {
        paths.push(entry.map_err(blame)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    if paths.is_empty() {
        return Err(format!("{}: no .txt in it; name a folder with --corpus", folder.display()));
    }
    paths.iter().map(|path| fs::read_to_string(path).map_err(blame)).collect()
}

type Lay = fn(&Path, &[String], usize) -> std::io::Result<()>;

fn lay_many(place: &Path, texts: &[String], times: usize) -> std::io::Result<()> {
    fs::create_dir_all(place)?;
    for time in 0..times {
        for (at, text) in texts.iter().enumerate() {
            fs::write(place.join(format!("{time:02}-{at:05}.txt")), text)?;
        }
    }
    Ok(())
}

fn lay_one(place: &Path, texts: &[String], times: usize) -> std::io::Result<()> {
    fs::create_dir_all(place)?;
    fs::write(place.join("all.txt"), texts.join("\n\n").repeat(times))
}

fn row(times: usize, words: usize, cost: Cost) -> String {
    let cpu_s = cost.cpu.as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
    let (words, peak_kib) = ((words * times) as f64, cost.peak_kib as f64);
    format!(
        "{:<13} {cpu_s:>9.2} {:>9.2} {:>11.0} {:>9.1}",
        format!("× {times}"),
        cost.wall.as_secs_f64(),
        words / cpu_s.max(1e-6),
        peak_kib / 1024.0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn options_are_read_and_strangers_refused() {
        let read = options(&["--max-cpu", "5", "--corpus", "a"]).unwrap();
        assert_eq!(read, Options { corpus: Some("a".into()), max_cpu_s: Some(5.0) });
        for wrong in [&["--max-cpu"][..], &["--max-cpu", "five"], &["--fast", "1"]] {
            assert!(options(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_row_divides_words_by_processor_time() {
        let (cpu, wall) = (Duration::from_millis(500), Duration::from_millis(700));
        let row = row(4, 1000, Cost { cpu, wall, peak_kib: 2048 });
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells, ["×", "4", "0.50", "0.70", "8000", "2.0"]);
    }

    #[test]
    fn a_folder_without_texts_is_refused_with_the_way_out() {
        let folder = tempfile::tempdir().unwrap();
        assert!(texts(folder.path()).unwrap_err().contains("--corpus"));
    }
}
