//! `cargo xtask bench`: what reading costs, how the cost grows, and how it stands beside spaCy.

mod asked;
pub(crate) mod case;
mod growth;
mod spacy;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Outcome;
use crate::measure::{self, Cost};
use crate::repository::Repository;

const CORPUS: &str = "../shared/corpora/polnear/dev/text";
/// What is read for the time to the first output.
const SHORT: &str = "examples/clinic.txt";
/// So many documents are read, the corpus over and over.
const DOCUMENTS: [usize; 4] = [1, 10, 100, 1000];
/// The corpus is told so many times over in one document.
const TIMES: [usize; 3] = [1, 4, 16];
/// How often the corpus is read where one figure comes of it; the fastest counts.
const RUNS: usize = 3;
/// How often the short document is read; the median counts.
const STARTS: usize = 9;

#[derive(Debug, PartialEq)]
struct Options {
    corpus: Option<PathBuf>,
    max_cpu_s: Option<f64>,
    beside_spacy: bool,
    python: String,
}

/// Reads texts with the release build on one thread: a short one, a folder as it is, ever more
/// documents, and ever longer documents, hostile ones among them. Prints what each cost, and at last
/// the figures that are asked for.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Outcome<()> {
    let options = options(arguments)?;
    let corpus = options.corpus.unwrap_or_else(|| repository.root.join(CORPUS));
    let texts = texts(&corpus)?;
    let words: usize = texts.iter().map(|text| words(text)).sum();
    let folder = corpus.to_str().ok_or("the corpus's path is not UTF-8")?;
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} documents, {words} words, {bytes} bytes, one thread\n", texts.len());

    let program = repository.program()?;
    let program = program.to_str().ok_or("the build folder's path is not UTF-8")?;
    let theirs = match options.beside_spacy {
        true => Some(spacy::read(folder, &options.python)?),
        false => None,
    };
    println!("{HEAD}");
    let costs = (0..RUNS).map(|_| read(program, folder)).collect::<Outcome<Vec<_>>>()?;
    let once = costs.into_iter().min_by_key(|cost| cost.cpu).ok_or("nothing was read")?;
    println!("{}", row("all documents", words, once));
    let mut peak_kib = once.peak_kib;
    let place = repository.target.join("bench");
    for count in DOCUMENTS {
        let texts: Vec<String> = texts.iter().cycle().take(count).cloned().collect();
        let cost = laid(program, &place, &format!("documents × {count}"), &texts)?;
        peak_kib = peak_kib.max(cost.peak_kib);
    }
    for times in TIMES {
        let text = texts.join("\n\n").repeat(times);
        laid(program, &place, &format!("one document × {times}"), &[text])?;
    }
    growth::run(&texts.join("\n\n"), |text| measured(program, &place, &[text.to_owned()]))?;
    let start = start(repository, program)?;
    println!("\n{}", asked(words, once, peak_kib, start));
    if let Some(theirs) = &theirs {
        println!("{}", beside(words, once, theirs));
    }
    match options.max_cpu_s {
        Some(most) if once.cpu.as_secs_f64() > most => {
            let cpu = once.cpu.as_secs_f64();
            Err(format!("reading once took {cpu:.2} s of processor time, more than {most} s"))
        }
        _ => Ok(()),
    }
}

fn options(arguments: &[&str]) -> Outcome<Options> {
    let mut options = Options {
        corpus: None,
        max_cpu_s: None,
        beside_spacy: false,
        python: "python3".to_owned(),
    };
    let mut arguments = arguments.iter();
    while let Some(&name) = arguments.next() {
        let value = *arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name {
            "--corpus" => options.corpus = Some(value.into()),
            "--max-cpu" => {
                let seconds = value.parse().map_err(|_| format!("{value:?} is no number"))?;
                options.max_cpu_s = Some(seconds);
            }
            "--beside" if value == "spacy" => options.beside_spacy = true,
            "--beside" => return Err(format!("no program {value:?}: there is spacy")),
            "--python" => value.clone_into(&mut options.python),
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

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn read(program: &str, folder: &str) -> Outcome<Cost> {
    // A list of names alone is identified as no language, and would not be read.
    let read = ["read", "--format", "jsonl", "--jobs", "1", "--language", "en", folder];
    measure::cost(program, &read)
}

/// Lays texts out as files, reads them, and prints the row.
fn laid(program: &str, place: &Path, name: &str, texts: &[String]) -> Outcome<Cost> {
    let cost = measured(program, place, texts)?;
    println!("{}", row(name, texts.iter().map(|text| words(text)).sum(), cost));
    Ok(cost)
}

/// Lays texts out as files, reads them, and takes them away again.
fn measured(program: &str, place: &Path, texts: &[String]) -> Outcome<Cost> {
    let blame = |e| format!("{}: {e}", place.display());
    let folder = place.to_str().ok_or("the build folder's path is not UTF-8")?;
    fs::create_dir_all(place).map_err(blame)?;
    for (text, at) in texts.iter().zip(0..) {
        fs::write(place.join(format!("{at:05}.txt")), text).map_err(blame)?;
    }
    let cost = read(program, folder);
    fs::remove_dir_all(place).map_err(blame)?;
    cost
}

/// From the start of the program to its first output, on a short document.
fn start(repository: &Repository, program: &str) -> Outcome<Duration> {
    let short = repository.root.join(SHORT);
    let short = short.to_str().ok_or("the checkout's path is not UTF-8")?;
    let first = |_| measure::first_output(program, &["read", "--jobs", "1", short]);
    let mut starts = (0..STARTS).map(first).collect::<Outcome<Vec<_>>>()?;
    starts.sort();
    Ok(starts[STARTS / 2])
}

const HEAD: &str = "                         words     cpu s    wall s words/cpu s       MiB";

fn row(name: &str, words: usize, cost: Cost) -> String {
    format!(
        "{name:<20} {words:>9} {:>9.2} {:>9.2} {:>11.0} {:>9.1}",
        cost.cpu.as_secs_f64(),
        cost.wall.as_secs_f64(),
        speed(words, cost.cpu),
        float(cost.peak_kib) / 1024.0,
    )
}

/// The figures that are asked for, beside what is asked. The memory is that of any number of
/// documents, not of one as long as sixteen corpora.
fn asked(words: usize, once: Cost, peak_kib: u64, start: Duration) -> String {
    format!(
        "words a second of processor time, start included  {:>8.0}   asked 40000 or more\n\
         start to first output of a short document, ms     {:>8.1}   asked below 100\n\
         peak memory, MB                                   {:>8.1}   asked below 300",
        speed(words, once.cpu),
        start.as_secs_f64() * 1e3,
        float(peak_kib) * 1024.0 / 1e6,
    )
}

/// The figures of spaCy on the same texts, and the ratio.
fn beside(words: usize, once: Cost, theirs: &spacy::Done) -> String {
    let spacy::Done { version, cpu } = theirs;
    let ratio = speed(words, once.cpu) / speed(words, *cpu);
    format!(
        "the same of spaCy {version:<9} start not included       {:>8.0}\n\
         times as fast as spaCy                            {ratio:>8.1}   asked 5 or more\n\
         spaCy: tagger, parser and entities of its small English architecture, its weights untrained",
        speed(words, *cpu),
    )
}

fn speed(words: usize, cpu: Duration) -> f64 {
    float(words) / cpu.as_secs_f64().max(1e-6)
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
fn float(count: impl TryInto<u64>) -> f64 {
    count.try_into().unwrap_or(u64::MAX) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(cpu_ms: u64) -> Cost {
        let (cpu, wall) = (Duration::from_millis(cpu_ms), Duration::from_millis(cpu_ms + 200));
        Cost { cpu, wall, peak_kib: 2048 }
    }

    #[test]
    fn options_are_read_and_strangers_refused() {
        let read = options(&["--max-cpu", "5", "--corpus", "a"]).unwrap();
        let (corpus, python) = (Some("a".into()), "python3".to_owned());
        let told = Options { corpus, max_cpu_s: Some(5.0), beside_spacy: false, python };
        assert_eq!(read, told);
        let read = options(&["--beside", "spacy", "--python", "py"]).unwrap();
        assert!(read.beside_spacy && read.python == "py");
        let wrong = [
            &["--max-cpu"][..],
            &["--max-cpu", "five"],
            &["--fast", "1"],
            &["--beside", "heideltime"],
        ];
        for wrong in wrong {
            assert!(options(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_row_divides_words_by_processor_time() {
        let row = row("documents × 4", 4000, cost(500));
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells, ["documents", "×", "4", "4000", "0.50", "0.70", "8000", "2.0"]);
    }

    #[test]
    fn the_figures_asked_for_stand_beside_what_is_asked() {
        let says = asked(4000, cost(500), 4096, Duration::from_millis(12));
        let found = ["8000", "12.0", "4.2"];
        for (line, found) in says.lines().zip(found) {
            assert!(line.split_whitespace().any(|cell| cell == found), "{line}: {found}");
        }
        let theirs = spacy::Done { version: "3".into(), cpu: Duration::from_secs(2) };
        let says = beside(4000, cost(500), &theirs);
        assert!(says.contains(" 2000\n") && says.contains(" 4.0 "), "{says}");
    }

    #[test]
    fn a_folder_without_texts_is_refused_with_the_way_out() {
        let folder = tempfile::tempdir().unwrap();
        assert!(texts(folder.path()).unwrap_err().contains("--corpus"));
    }
}
