//! `cargo xtask score gold`: our own stories, read and held against what `corpora/` expects of them.

mod agreement;
mod allegations;
pub(crate) mod calibration;
mod figures;
mod measures;
mod pairs;
mod statements;
mod steps;
mod story;
mod words;

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use agreement::Agreement;
use calibration::Judged;
use measures::{Measures, Recorded};
use onrecord_intake::{Intake, Options as Given, units};
use onrecord_reading::Engine;
use story::Story;

use crate::Outcome;
use crate::repository::Repository;

const STORIES: &str = "corpora/stories";
const RECORDED: &str = "corpora/measures.txt";
/// Where the pack holds what its confidences are taken from.
pub(crate) const CONFIDENCES: &str = "packs/en/reading/confidence.toml";

#[derive(Debug, Default, PartialEq)]
struct Options {
    errors: bool,
    record: bool,
    calibration: bool,
    calibrate: bool,
    /// The stories to read; none for all.
    names: Vec<String>,
}

/// Reads the stories and prints how their records agree with the expected ones, by kind of item,
/// beside what was recorded last; or records it.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Outcome<()> {
    let options = options(arguments)?;
    let mut stories = stories(&repository.root)?;
    if !options.names.is_empty() {
        stories.retain(|story| options.names.contains(&story.name));
    }
    if stories.len() < options.names.len() {
        return Err(format!("not all of these are in {STORIES}: {}", options.names.join(", ")));
    }
    let engine = Engine::new().map_err(|e| e.to_string())?;
    let Scored { measures, misses, mut judged } = score(&engine, &stories)?;
    let calibration = engine.calibration("en").ok_or("no pack reads English")?;
    if options.calibrate {
        let path = repository.root.join(CONFIDENCES);
        let blame = |e| format!("{CONFIDENCES}: {e}");
        let file = fs::read_to_string(&path).map_err(blame)?;
        return fs::write(path, calibration::file(&file, calibration, &judged)).map_err(blame);
    }
    let last = recorded(&repository.root)?;
    let mut lines = if options.errors { misses } else { Vec::new() };
    lines.push(format!("{} stories\n{}", stories.len(), measures.table(&last)));
    if options.calibration {
        lines.push(calibration::table(calibration, &mut judged));
    }
    match writeln!(std::io::stdout(), "{}", lines.join("\n").trim_end()) {
        // A reader that has closed the pipe has read enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error.to_string()),
        _ => {}
    }
    if options.record {
        let path = repository.root.join(RECORDED);
        return fs::write(path, Recorded::file(&measures)).map_err(|e| format!("{RECORDED}: {e}"));
    }
    let fallen = measures.fallen(&last);
    if fallen.is_empty() || !options.names.is_empty() {
        Ok(())
    } else {
        Err(format!("below what was recorded last:\n{}", fallen.join("\n")))
    }
}

fn options(arguments: &[&str]) -> Outcome<Options> {
    let mut options = Options::default();
    for &argument in arguments {
        match argument {
            "--errors" => options.errors = true,
            "--record" => options.record = true,
            "--calibration" => options.calibration = true,
            "--calibrate" => options.calibrate = true,
            _ if argument.starts_with('-') => {
                return Err(format!("score gold knows no {argument}: `cargo xtask help`"));
            }
            name => options.names.push(name.to_owned()),
        }
    }
    if (options.record || options.calibrate) && !options.names.is_empty() {
        return Err("--record and --calibrate take all stories: name none".into());
    }
    Ok(options)
}

/// The stories of a checkout, by name.
fn stories(root: &Path) -> Outcome<Vec<Story>> {
    let folder = root.join(STORIES);
    let entries = fs::read_dir(&folder).map_err(|e| format!("{STORIES}: {e}"))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let story = |path: &PathBuf| {
        let shown = path.strip_prefix(root).unwrap_or(path);
        let file = fs::read_to_string(path).map_err(|e| format!("{}: {e}", shown.display()))?;
        Story::read(shown, &file)
    };
    let (stories, faults): (Vec<_>, Vec<_>) = paths.iter().map(story).partition(Result::is_ok);
    let faults: Vec<String> = faults.into_iter().filter_map(Result::err).collect();
    if faults.is_empty() {
        Ok(stories.into_iter().flatten().collect())
    } else {
        Err(faults.join("\n"))
    }
}

fn recorded(root: &Path) -> Outcome<Recorded> {
    match fs::read_to_string(root.join(RECORDED)) {
        Ok(file) => Recorded::read(&file).map_err(|why| format!("{RECORDED}: {why}")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Recorded::default()),
        Err(error) => Err(format!("{RECORDED}: {error}")),
    }
}

/// What stories gave.
#[derive(Default)]
struct Scored {
    measures: Measures,
    misses: Vec<String>,
    judged: Vec<Judged>,
}

/// The measures of all stories, what misses, and which items are right.
fn score(engine: &Engine, stories: &[Story]) -> Outcome<Scored> {
    let intake = Intake::new().map_err(|e| e.to_string())?;
    let mut scored = Scored::default();
    for story in stories {
        let blame = |why: &str| format!("{}: {why}", story.name);
        let unit = units("story.txt", story.text.as_bytes()).next();
        let unit = unit.ok_or_else(|| blame("no document in it"))?;
        let given = Given {
            published: Some(story.published.clone()),
            language: Some("en".to_owned()),
            ..Given::default()
        };
        let document = intake.read(&unit, &given).map_err(|e| blame(&e.to_string()))?;
        if document.record.text != story.text {
            return Err(blame("its text changes when it is taken in, so that no place holds"));
        }
        let record = engine.read(&document, None);
        let Agreement { measures, misses, verdicts } = Agreement::of(story, &record);
        scored.measures += &measures;
        scored.misses.extend(misses);
        scored.judged.push(Judged { record, verdicts });
    }
    Ok(scored)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
    }

    #[test]
    fn no_measure_of_our_stories_falls_below_the_last_recorded() {
        let stories = stories(root()).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(stories.len() >= 40, "{} stories", stories.len());
        let Scored { measures, .. } = score(&Engine::new().unwrap(), &stories).unwrap();
        let last = recorded(root()).unwrap();
        assert_ne!(last, Recorded::default(), "nothing is recorded");
        let fallen = measures.fallen(&last);
        let way_out = "`cargo xtask score gold --errors` shows each item, `--record` records anew";
        assert!(fallen.is_empty(), "{}\n{way_out}", fallen.join("\n"));
    }

    #[test]
    fn the_guide_s_example_is_a_story() {
        let guide = fs::read_to_string(root().join("corpora/README.md")).unwrap();
        let example = guide.split("```\n").nth(1).unwrap();
        let story = Story::read(Path::new("README.md"), example).unwrap();
        assert_eq!((story.statements.len(), story.allegations.len()), (3, 1));
    }

    #[test]
    fn options_are_read_and_strangers_refused() {
        let read = options(&["--errors", "bus-crash"]).unwrap();
        let names = vec!["bus-crash".to_owned()];
        assert_eq!(read, Options { errors: true, names, ..Options::default() });
        for wrong in [&["--loud"][..], &["--record", "bus-crash"], &["--calibrate", "bus-crash"]] {
            assert!(options(wrong).is_err(), "{wrong:?}");
        }
    }
}
