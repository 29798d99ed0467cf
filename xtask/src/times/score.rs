//! `cargo xtask score times`: how well time expressions are read, on public corpora.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use onrecord_reading::{Kind, basis_of_time};
use onrecord_scoring::{MEASURES, Measure, Recorded};
use onrecord_times::Domain;

use super::agreement::{self, Tally};
use super::corpus::{self, Part};
use super::reader::{Reader, timex};
use super::{Timex, errors};
use crate::Outcome;
use crate::gold::CONFIDENCES;
use crate::gold::calibration::with_section;
use crate::repository::Repository;

#[derive(Debug, PartialEq)]
struct Options {
    corpus: Option<PathBuf>,
    part: Part,
    domain: Option<Domain>,
    errors: bool,
    record: bool,
    calibrate: bool,
}

/// What the measures of the seen part are recorded under; of no other part they are.
const RECORDED: &str = "times seen";

/// What a corpus gave.
#[derive(Debug, Default)]
struct Row {
    corpus: String,
    stories: usize,
    tally: Tally,
    /// How many stories were read as news.
    news: usize,
}

/// Reads a part of the corpora and prints how the times found agree with the gold standard: a row
/// a corpus and one for all, and each time that does not agree where that is asked for; those of the
/// seen part also beside the recorded ones.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Outcome<()> {
    let options = options(arguments)?;
    let Some(folder) = corpus::folder(options.corpus, repository) else {
        println!("{}", corpus::ABSENT);
        return Ok(());
    };
    let stories = corpus::stories(&folder, options.part)?;
    let reader = Reader::new()?;
    let mut measured = reader.calibration()?.emptied();
    let mut rows: Vec<Row> = Vec::new();
    let mut all = Row { corpus: "all".to_owned(), ..Row::default() };
    let mut wrong = Vec::new();
    for story in &stories {
        let (times, domain) = reader.read(story, options.domain)?;
        let found: Vec<Timex> = times.iter().map(timex).collect();
        let tally = Tally::of(&story.marked.gold, &found);
        if rows.last().is_none_or(|row| row.corpus != story.corpus) {
            rows.push(Row { corpus: story.corpus.clone(), ..Row::default() });
        }
        for row in rows.last_mut().into_iter().chain([&mut all]) {
            row.stories += 1;
            row.tally += tally;
            row.news += usize::from(domain == Domain::News);
        }
        for (time, right) in times.iter().zip(agreement::right(&story.marked.gold, &found)) {
            measured.count(Kind::Times, &basis_of_time(time), right);
        }
        if options.errors {
            wrong.extend(errors::of(story, &found));
        }
    }
    if options.calibrate {
        let path = repository.root.join(CONFIDENCES);
        let blame = |e| format!("{CONFIDENCES}: {e}");
        let file = fs::read_to_string(&path).map_err(blame)?;
        return fs::write(path, with_section(&file, Kind::Times, &measured)).map_err(blame);
    }
    wrong.sort_by_key(|error| error.kind);
    rows.push(all);
    let wrong = wrong.iter().map(ToString::to_string);
    let mut lines: Vec<String> =
        wrong.chain([HEAD.to_owned()]).chain(rows.iter().map(line)).collect();
    if options.part == Part::Seen && options.domain.is_none() {
        let recorded = Path::new(MEASURES);
        let mut measures = Recorded::read(recorded).map_err(|e| e.to_string())?;
        let now: Vec<Measure> = rows.iter().flat_map(of_row).collect();
        lines.push(format!("\n{}", measures.table(RECORDED, &now)));
        if options.record {
            measures.put(RECORDED, &now);
            measures.write(recorded).map_err(|e| e.to_string())?;
        }
    }
    match writeln!(std::io::stdout(), "{}", lines.join("\n")) {
        // A reader that has closed the pipe has read enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

fn options(arguments: &[&str]) -> Outcome<Options> {
    let mut options = Options {
        corpus: None,
        part: Part::Seen,
        domain: None,
        errors: false,
        record: false,
        calibrate: false,
    };
    let mut arguments = arguments.iter();
    while let Some(&name) = arguments.next() {
        let mut value = || arguments.next().copied().ok_or_else(|| format!("{name} needs a value"));
        match name {
            "--errors" => options.errors = true,
            "--record" => options.record = true,
            "--calibrate" => options.calibrate = true,
            "--corpus" => options.corpus = Some(value()?.into()),
            "--part" => options.part = Part::named(value()?)?,
            "--domain" => options.domain = domain(value()?)?,
            _ => return Err(format!("score times knows no {name}: `cargo xtask help`")),
        }
    }
    if options.errors && options.part != Part::Seen {
        let why = "--errors shows the seen part alone: of the unseen one only sums are looked at";
        return Err(why.into());
    }
    if (options.record || options.calibrate)
        && (options.part != Part::Seen || options.domain.is_some())
    {
        let why =
            "--record and --calibrate take the seen part alone, where each text decides its domain";
        return Err(why.into());
    }
    Ok(options)
}

/// The domain of a name; `None` where the text decides.
fn domain(name: &str) -> Outcome<Option<Domain>> {
    match name {
        "news" => Ok(Some(Domain::News)),
        "narrative" => Ok(Some(Domain::Narrative)),
        "auto" => Ok(None),
        _ => Err(format!("no domain {name:?}: there are news, narrative and auto")),
    }
}

const HEAD: &str = "corpus    stories  gold  ours    \
                    strict  relaxed type   value  rel. P  rel. R   news narrative";

fn line(row: &Row) -> String {
    let Row { corpus, stories, tally, news } = row;
    let f1 = [tally.strict, tally.relaxed, tally.kind, tally.value].map(|right| tally.f1(right));
    let [strict, relaxed, kind, value] = f1;
    format!(
        "{corpus:<10}{stories:>7}{:>6}{:>6}    {strict:>6.2} {relaxed:>6.2} {kind:>6.2} \
         {value:>6.2}  {:>7.2} {:>7.2} {news:>6} {:>9}",
        tally.gold,
        tally.found,
        tally.precision(tally.relaxed),
        tally.recall(tally.relaxed),
        stories - news,
    )
}

fn of_row(row: &Row) -> [Measure; 4] {
    let Row { corpus, tally, .. } = row;
    let named = [
        ("strict", tally.strict),
        ("relaxed", tally.relaxed),
        ("type", tally.kind),
        ("value", tally.value),
    ];
    named.map(|(name, right)| Measure {
        name: format!("{corpus}, {name} F1"),
        value: tally.f1(right),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_strangers_refused() {
        let read = options(&["--domain", "narrative", "--part", "all", "--corpus", "a"]).unwrap();
        let domain = Some(Domain::Narrative);
        let corpus = Some("a".into());
        let told = Options {
            corpus,
            part: Part::All,
            domain,
            errors: false,
            record: false,
            calibrate: false,
        };
        assert_eq!(read, told);
        assert_eq!(options(&["--errors", "--domain", "auto"]).unwrap().part, Part::Seen);
        let wrong =
            [&["--part"][..], &["--part", "some"], &["--domain", "law"], &["--loud", "yes"]];
        for wrong in wrong {
            assert!(options(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_unseen_part_is_not_looked_at_one_by_one() {
        for part in ["unseen", "all"] {
            assert!(options(&["--errors", "--part", part]).unwrap_err().contains("only sums"));
        }
    }

    #[test]
    fn only_the_seen_part_as_it_is_read_is_recorded() {
        assert!(options(&["--record", "--part", "seen"]).unwrap().record);
        assert!(options(&["--calibrate", "--part", "unseen"]).is_err());
        for others in [["--part", "unseen"], ["--part", "all"], ["--domain", "news"]] {
            assert!(options(&[&["--record"][..], &others].concat()).is_err(), "{others:?}");
        }
    }

    #[test]
    fn a_row_holds_counts_and_measures() {
        let tally = Tally { gold: 4, found: 4, strict: 1, relaxed: 3, kind: 2, value: 2 };
        let row = Row { corpus: "kesh".into(), stories: 5, tally, news: 3 };
        let measures = of_row(&row);
        assert_eq!(measures[1].name, "kesh, relaxed F1");
        assert!((measures[1].value - 75.0).abs() < 1e-9);
        let line = line(&row);
        let cells: Vec<&str> = line.split_whitespace().collect();
        let told = "kesh 5 4 4 25.00 75.00 50.00 50.00 75.00 75.00 3 2";
        assert_eq!(cells.join(" "), told);
    }
}
