//! `cargo xtask bench times`: what telling times costs once words are told, how that grows, and how
//! it stands beside HeidelTime.

use std::path::PathBuf;

use super::corpus::{self, Part, Story};
use super::reader::Reader;
use super::steps::{Cost, NAMES, Steps};
use super::{growth, heideltime};
use crate::Outcome;
use crate::repository::Repository;

/// How often the corpora are read; the median counts.
const RUNS: usize = 9;

#[derive(Debug, PartialEq)]
struct Options {
    corpus: Option<PathBuf>,
    beside_heideltime: bool,
    python: String,
    sample: usize,
}

/// Measures on one thread, with the release build.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Outcome<()> {
    let options = options(arguments)?;
    let Some(folder) = corpus::folder(options.corpus, repository) else {
        println!("{}", corpus::ABSENT);
        return Ok(());
    };
    if cfg!(debug_assertions) {
        return repository.xtask_for_release(&[&["bench", "times"], arguments].concat());
    }
    let stories = corpus::stories(&folder, Part::All)?;
    let (reader, steps) = (Reader::new()?, Steps::new()?);
    speed(&reader, &steps, &stories)?;
    if options.beside_heideltime {
        let sample = sample(&stories, options.sample);
        heideltime::run(repository, &reader, &sample, &options.python)?;
    }
    let texts: Vec<&str> = stories.iter().map(|story| story.marked.text.as_str()).collect();
    growth::run(&reader, &steps, &texts.join("\n\n"))
}

/// Prints what each step costs.
fn speed(reader: &Reader, steps: &Steps, stories: &[Story]) -> Outcome<()> {
    let document = |Story { name, marked, .. }: &Story| {
        reader.document(name, &marked.text, marked.published.as_deref())
    };
    let documents = stories.iter().map(document).collect::<Outcome<Vec<_>>>()?;
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let mut sum = Cost::default();
        for document in &documents {
            sum += steps.cost(document)?;
        }
        runs.push(sum);
    }
    let bytes: usize = stories.iter().map(|story| story.marked.text.len()).sum();
    println!("{} stories, {bytes} bytes, one thread, median of {RUNS}\n", stories.len());
    println!("step            ms      MB/s");
    for (step, name) in NAMES.iter().enumerate() {
        println!(
            "{}",
            row(name, bytes, median(runs.iter().map(|cost| cost.0[step].as_secs_f64())))
        );
    }
    println!(
        "{}",
        row("together", bytes, median(runs.iter().map(|cost| cost.whole().as_secs_f64())))
    );
    Ok(())
}

fn median(seconds: impl Iterator<Item = f64>) -> f64 {
    let mut seconds: Vec<f64> = seconds.collect();
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or_default()
}

fn row(name: &str, bytes: usize, seconds: f64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
    let megabytes = bytes as f64 / 1e6;
    format!("{name:<10} {:>7.2} {:>9.2}", seconds * 1e3, megabytes / seconds)
}

/// The first stories of each corpus.
fn sample(stories: &[Story], of_each: usize) -> Vec<&Story> {
    let corpora = stories.chunk_by(|a, b| a.corpus == b.corpus);
    corpora.flat_map(|stories| stories.iter().take(of_each)).collect()
}

fn options(arguments: &[&str]) -> Outcome<Options> {
    let mut options = Options {
        corpus: None,
        beside_heideltime: false,
        python: "python3".to_owned(),
        sample: usize::MAX,
    };
    let mut arguments = arguments.iter();
    while let Some(&name) = arguments.next() {
        let value = *arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name {
            "--corpus" => options.corpus = Some(value.into()),
            "--beside" if value == "heideltime" => options.beside_heideltime = true,
            "--beside" => return Err(format!("no program {value:?}: there is heideltime")),
            "--python" => value.clone_into(&mut options.python),
            "--sample" => {
                options.sample = value.parse().map_err(|_| format!("{value:?} is no number"))?;
            }
            _ => return Err(format!("bench times knows no {name}: `cargo xtask help`")),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::corpus::Marked;

    #[test]
    fn options_are_read_and_strangers_refused() {
        let read = options(&[
            "--beside",
            "heideltime",
            "--sample",
            "3",
            "--python",
            "py",
            "--corpus",
            "a",
        ]);
        let (corpus, python) = (Some("a".into()), "py".to_owned());
        let told = Options { corpus, beside_heideltime: true, python, sample: 3 };
        assert_eq!(read.unwrap(), told);
        assert_eq!(options(&[]).unwrap().python, "python3");
        for wrong in
            [&["--beside"][..], &["--beside", "sutime"], &["--sample", "few"], &["--fast", "1"]]
        {
            assert!(options(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_row_divides_bytes_by_seconds() {
        let median = median([0.5, 9.0, 0.1].into_iter());
        let row = row("times", 2_000_000, median);
        assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["times", "500.00", "4.00"]);
    }

    #[test]
    fn a_sample_holds_the_first_of_each_corpus() {
        let marked = || Marked { text: "May".into(), published: None, gold: Vec::new() };
        let story = |(corpus, name): (&str, &str)| Story {
            corpus: corpus.into(),
            name: name.into(),
            marked: marked(),
        };
        let stories = [("north", "a"), ("north", "b"), ("south", "c")].map(story);
        let names = |of_each| sample(&stories, of_each).iter().map(|s| s.name.as_str()).collect();
        let names: Vec<Vec<&str>> = vec![names(1), names(9)];
        assert_eq!(names, [vec!["a", "c"], vec!["a", "b", "c"]]);
    }
}
