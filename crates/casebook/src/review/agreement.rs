//! Krippendorff's α: how far reviewers agree beyond chance.
//!
//! K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), for nominal values, any
//! number of observers and missing values.

use std::collections::BTreeMap;

/// How far observers agree.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Agreement {
    /// Units that at least two observers gave a value.
    pub units: usize,
    /// Values of these units.
    pub values: usize,
    /// 1 where they agree throughout, 0 where as by chance, less where worse; `None` where there are
    /// no pairs of values, or all values are the same: then nothing can be told from chance.
    pub alpha: Option<f64>,
}

/// The agreement over units, each the values that it was given, in any order.
pub fn alpha<V: Ord + Clone>(units: impl IntoIterator<Item = Vec<V>>) -> Agreement {
    let (mut paired, mut count) = (0, 0);
    // The sum of coincidences of values that differ, and how often each value takes part in a pair.
    let mut differ = 0.0;
    let mut taken: BTreeMap<V, f64> = BTreeMap::new();
    for values in units.into_iter().filter(|values| values.len() > 1) {
        paired += 1;
        count += values.len();
        let mut times: BTreeMap<V, f64> = BTreeMap::new();
        for value in &values {
            *times.entry(value.clone()).or_default() += 1.0;
            *taken.entry(value.clone()).or_default() += 1.0;
        }
        let others = (values.len() - 1) as f64;
        let in_unit = values.len() as f64;
        differ += times.values().map(|n| n * (in_unit - n)).sum::<f64>() / others;
    }
    let all: f64 = taken.values().sum();
    let expected: f64 = taken.values().map(|n| n * (all - n)).sum();
    let alpha = (expected > 0.0).then(|| 1.0 - (all - 1.0) * differ / expected);
    Agreement { units: paired, values: count, alpha }
}

#[cfg(test)]
mod tests {
    use super::alpha;

    /// The units of rows of observers, a character a value, `.` for none.
    fn units(rows: &[&str]) -> Vec<Vec<char>> {
        let columns = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        let value = |row: &&str, at| row.chars().nth(at).filter(|c| *c != '.');
        (0..columns).map(|at| rows.iter().filter_map(|row| value(row, at)).collect()).collect()
    }

    #[test]
    fn the_published_examples_give_the_published_values() {
        // Of the paper: two observers and two values; two observers, five values; four observers,
        // five values, some missing. Then three observers of fifteen units (Krippendorff 2004).
        for (rows, published) in [
            (&["0100000010", "1110010000"] as &[&str], 0.095),
            (&["aabbdcccedda", "babbbccceddd"], 0.692),
            (&["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
            (&[".....34121133.3", "1.213343.......", "..21344.21133.4"], 0.691),
        ] {
            let found = alpha(units(rows)).alpha.unwrap();
            assert!((found - published).abs() < 0.0005, "{found} {published}");
        }
    }

    #[test]
    fn where_chance_cannot_be_told_there_is_no_value() {
        assert_eq!(alpha(units(&["aaa", "aaa"])).alpha, None);
        assert_eq!(alpha(units(&["ab", ".."])).alpha, None);
        let agreed = alpha(units(&["ab.", "abc"]));
        assert_eq!((agreed.units, agreed.values, agreed.alpha), (2, 4, Some(1.0)));
    }
}
