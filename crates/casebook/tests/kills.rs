//! The program is killed at random moments and at each durable step: what it told to be kept is there
//! afterwards, and the proof holds.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod small;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use onrecord_casebook::System;
use small::luck::{holds, steps, stopping, work};

/// One at a time: a process that is just being started holds for a moment what its parent has
/// open, the lock of a case too.
static ALONE: Mutex<()> = Mutex::new(());

/// Where the process that is to be killed finds its case, and how far it is to come.
const CASE: &str = "ONRECORD_TEST_CASE";
const STEPS: &str = "ONRECORD_TEST_STEPS";

/// The process that is killed: not a test of its own.
#[test]
#[ignore = "the tests beside it run it as a process"]
fn process() {
    let Some(path) = std::env::var_os(CASE).map(PathBuf::from) else { return };
    let steps = std::env::var(STEPS).ok().and_then(|steps| steps.parse().ok());
    let system = steps.map_or_else(System::real, |steps| stopping(steps, || std::process::abort()));
    let round = std::process::id().to_string();
    work(&path, &system, &round, |name| println!("kept {name}")).unwrap();
}

fn start(path: &Path, steps: Option<usize>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["process", "--exact", "--ignored", "--nocapture"]).env(CASE, path);
    if let Some(steps) = steps {
        command.env(STEPS, steps.to_string());
    }
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// What a process told to be kept before it ended.
fn told(child: &mut Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let kept = lines.map_while(Result::ok);
    let kept = kept.filter_map(|line| Some(line.split_once("kept ")?.1.to_owned())).collect();
    child.wait().unwrap();
    kept
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_kept() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    // A whole run, so that moments are drawn from all of it.
    let begun = Instant::now();
    let all = told(&mut start(&path, None));
    let whole = begun.elapsed();
    let mut kept = all.clone();
    let mut midway = 0;
    let mut moment: u64 = 7;
    for round in 0..200 {
        // Every so often a new case, so that its making is hit too.
        if round % 25 == 0 {
            let _ = fs::remove_dir_all(&path);
            kept.clear();
        }
        let mut child = start(&path, None);
        moment =
            moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = f64::from(u32::try_from(moment >> 32).unwrap()) / f64::from(u32::MAX);
        std::thread::sleep(whole.mul_f64(share));
        let _ = child.kill();
        let now = told(&mut child);
        midway += usize::from(!now.is_empty() && now.len() < all.len());
        kept.extend(now);
        if round % 5 == 4 {
            holds(&path, &kept);
        }
    }
    assert!(midway > 10, "{midway} of 200 kills hit a run between its first and its last words");
}

#[test]
fn a_kill_at_each_durable_step_loses_nothing_that_was_kept() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for step in 0..steps() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case");
        let kept = told(&mut start(&path, Some(step)));
        holds(&path, &kept);
    }
}
