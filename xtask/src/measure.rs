//! What a program costs: its processor time, wall time and memory.
//!
//! The system counts these for all children of a process together, so each program runs as the
//! only child of an xtask of its own.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, str};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

use crate::Outcome;

/// The command by which xtask starts itself: not for people.
pub(crate) const COMMAND: &str = "measure-child";

/// What one run cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cost {
    /// Processor time, of the program and of the system for it.
    pub(crate) cpu: Duration,
    /// From start to end.
    pub(crate) wall: Duration,
    /// The most memory it held at once, in KiB.
    pub(crate) peak_kib: u64,
}

/// Runs a program, its output thrown away, and gives what it cost.
pub(crate) fn cost(program: &str, arguments: &[&str]) -> Outcome<Cost> {
    let xtask = env::current_exe().map_err(|e| format!("xtask does not find itself: {e}"))?;
    let output = Command::new(xtask)
        .args([COMMAND, program])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("xtask does not start itself: {e}"))?;
    let says = String::from_utf8_lossy(&output.stdout);
    parse(&says).ok_or_else(|| format!("{program} was not measured: {}", output.status))
}

/// How long a program takes from its start to its first byte of output.
pub(crate) fn first_output(program: &str, arguments: &[&str]) -> Outcome<Duration> {
    let began = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{program} does not start: {e}"))?;
    let mut out = child.stdout.take().ok_or_else(|| format!("{program} has no output"))?;
    let first = out.read(&mut [0; 1]);
    let took = began.elapsed();
    let rest = std::io::copy(&mut out, &mut std::io::sink());
    let status = child.wait().map_err(|e| format!("{program} does not end: {e}"))?;
    match (first, rest) {
        (Ok(1), Ok(_)) if status.success() => Ok(took),
        _ => Err(format!("{program} gave no output and ended with {status}")),
    }
}

fn parse(says: &str) -> Option<Cost> {
    let mut numbers = says.split_whitespace().map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    let (cpu_us, wall_us, peak_kib) = (next()?, next()?, next()?);
    let (cpu, wall) = (Duration::from_micros(cpu_us), Duration::from_micros(wall_us));
    Some(Cost { cpu, wall, peak_kib })
}

/// The child: runs the program and prints microseconds of processor and wall time and the peak in
/// KiB.
pub(crate) fn child(program: &str, arguments: &[&str]) -> Outcome<()> {
    let began = Instant::now();
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status();
    let wall = began.elapsed();
    match status {
        Ok(status) if status.success() => {}
        Ok(status) => return Err(format!("{program} ended with {status}")),
        Err(e) => return Err(format!("{program} does not start: {e}")),
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|e| format!("getrusage: {e}"))?;
    let micros = |time: TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
    let cpu = micros(usage.user_time()) + micros(usage.system_time());
    let peak_kib = if cfg!(target_os = "macos") { usage.max_rss() / 1024 } else { usage.max_rss() };
    println!("{cpu} {} {peak_kib}", wall.as_micros());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_output_is_waited_for_and_a_program_that_fails_is_not_measured() {
        let program = env::current_exe().unwrap();
        let program = program.to_str().unwrap();
        assert!(first_output(program, &["--list"]).unwrap() > Duration::ZERO);
        assert!(first_output(program, &["--no-such-option"]).is_err());
    }

    #[test]
    fn a_cost_reads_back_and_half_a_line_does_not() {
        let cost = parse("1500 2000 64\n").unwrap();
        assert_eq!((cost.cpu.as_micros(), cost.wall.as_micros(), cost.peak_kib), (1500, 2000, 64));
        assert_eq!(parse("1500 2000"), None);
        assert_eq!(parse(""), None);
    }
}
