//! How the cost of each step grows with the text: the corpora as one ever longer document, and
//! texts made to be costly.

use super::reader::Reader;
use super::steps::{Cost, NAMES, Steps};
use crate::Outcome;

/// By how much a cost may grow where the text is twice as long.
const MOST: f64 = 3.0;
/// Costs below it are too small to be told apart.
const SECONDS_JUDGED: f64 = 0.005;
/// A run that takes longer is not repeated.
const SECONDS_REPEATED: f64 = 1.0;
/// How often one that is short is repeated.
const RUNS: usize = 4;

/// The corpora are told so many times over.
const TIMES: [usize; 3] = [1, 4, 16];
/// How long the costly texts are, in bytes.
const SIZES: [usize; 5] = [64 << 10, 128 << 10, 256 << 10, 512 << 10, 1 << 20];

/// What the costly texts repeat: digits, what dates and times are joined with, words that begin an
/// expression and never end it, scripts side by side.
const COSTLY: [(&str, &str); 12] = [
    ("digits", "0123456789"),
    ("1/1/1", "1/"),
    ("1-1-1", "1-"),
    ("1:1:1", "1:"),
    ("1.1.1", "1."),
    ("1 1 1", "1 "),
    ("May May", "May "),
    ("last last", "last "),
    ("two two", "two "),
    ("the last two", "the last two of the "),
    ("May 1, May 1", "May 1, "),
    ("mixed scripts", "May мая 五月 مايو "),
];

/// What a text cost.
#[derive(Debug, Clone, Copy)]
struct Point {
    bytes: usize,
    cost: Cost,
}

/// Prints what each text costs by the byte, and by how much that grows with its length.
///
/// # Errors
/// Where the cost of a step more than triples as the text doubles; tells each.
pub(super) fn run(reader: &Reader, steps: &Steps, plain: &str) -> Outcome<()> {
    println!("\n{HEAD}");
    let mut wrong = Vec::new();
    let mut once = None;
    let mut last: Option<Point> = None;
    for times in TIMES {
        let point = measure(reader, steps, &plain.repeat(times))?;
        let growth = last.map_or([1.0; 3], |last| growth(last, point));
        let name = format!("the corpora × {times}");
        let plain = *once.get_or_insert(point);
        println!("{}", row(&name, point, plain, growth));
        wrong.extend(faults(&name, growth));
        last = Some(point);
    }
    let plain = once.ok_or("no text was measured")?;
    for (name, unit) in COSTLY {
        let mut worst = [1.0; 3];
        let mut last: Option<Point> = None;
        for bytes in SIZES {
            let point = measure(reader, steps, &unit.repeat(bytes / unit.len()))?;
            let growth = last.map_or([1.0; 3], |last| growth(last, point));
            worst = [0, 1, 2].map(|step| growth[step].max(worst[step]));
            last = Some(point);
            if worst.iter().any(|growth| *growth > MOST) {
                break;
            }
        }
        let point = last.ok_or("no text was measured")?;
        println!("{}", row(name, point, plain, worst));
        wrong.extend(faults(name, worst));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The lowest cost of a few runs.
fn measure(reader: &Reader, steps: &Steps, text: &str) -> Outcome<Point> {
    let document = reader.document("growth", text, Some("2031-05-07"))?;
    let mut cost = steps.cost(&document)?;
    for _ in 0..RUNS {
        if cost.whole().as_secs_f64() < SECONDS_REPEATED {
            cost = cost.least(steps.cost(&document)?);
        }
    }
    Ok(Point { bytes: text.len(), cost })
}

/// By how much the cost of each step grows where the text becomes twice as long.
fn growth(before: Point, after: Point) -> [f64; 3] {
    let doublings = (float(after.bytes) / float(before.bytes)).log2();
    let judged = |point: Point, step: usize| point.cost.0[step].as_secs_f64().max(SECONDS_JUDGED);
    [0, 1, 2].map(|step| (judged(after, step) / judged(before, step)).powf(doublings.recip()))
}

fn faults(name: &str, growth: [f64; 3]) -> Vec<String> {
    let steps = NAMES.iter().zip(growth).filter(|(_, growth)| *growth > MOST);
    let says = |step, growth| {
        format!("{name}: the cost of {step} grows by {growth:.1} as the text doubles, not {MOST}")
    };
    steps.map(|(step, growth)| says(step, growth)).collect()
}

const HEAD: &str =
    "ns a byte                   bytes analysis  numbers    times   × plain   growth";

/// A row: the cost of each step by the byte, that of times against plain text, and the largest
/// growth of a step.
fn row(name: &str, point: Point, plain: Point, growth: [f64; 3]) -> String {
    let per_byte =
        |point: Point| point.cost.0.map(|cost| cost.as_secs_f64() * 1e9 / float(point.bytes));
    let [analysis, numbers, times] = per_byte(point);
    let [_, _, plain] = per_byte(plain);
    let growth = growth.into_iter().fold(1.0, f64::max);
    format!(
        "{name:<20} {:>12} {analysis:>8.1} {numbers:>8.1} {times:>8.1} {:>9.2} {growth:>8.2}",
        point.bytes,
        times / plain,
    )
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
fn float(bytes: usize) -> f64 {
    bytes as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn point(bytes: usize, ms: [u64; 3]) -> Point {
        Point { bytes, cost: Cost(ms.map(Duration::from_millis)) }
    }

    #[test]
    fn growth_is_told_by_the_doubling_and_tiny_costs_are_not_judged() {
        let grown = growth(point(100, [10, 10, 1]), point(400, [40, 160, 4]));
        for (found, right) in grown.iter().zip([2.0, 4.0, 1.0]) {
            assert!((found - right).abs() < 1e-9, "{grown:?}");
        }
    }

    #[test]
    fn a_step_that_grows_too_fast_is_named() {
        let [says] = &faults("May May", [2.0, 1.0, 3.5])[..] else { panic!("one fault") };
        assert_eq!(says, "May May: the cost of times grows by 3.5 as the text doubles, not 3");
    }

    #[test]
    fn a_row_tells_the_cost_of_a_byte_against_plain_text() {
        let plain = point(1_000_000, [10, 10, 10]);
        let row = row("1/1/1", point(500_000, [5, 10, 20]), plain, [2.0, 2.5, 1.0]);
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells, ["1/1/1", "500000", "10.0", "20.0", "40.0", "4.00", "2.50"]);
    }
}
