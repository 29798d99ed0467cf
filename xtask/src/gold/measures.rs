//! What is measured, and what was measured last.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::AddAssign;

use crate::Outcome;

/// What the stories measure, in the order of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Statements whose source and act are right.
    Statements,
    /// Statements whose cue is found, or whose content is where there is no cue.
    Found,
    /// Of these, those with the right source.
    Sources,
    /// Of these, those with the right act.
    Acts,
    /// Letters of content, of these.
    Content,
    Manners,
    Polarities,
    Within,
    Said,
    Media,
    To,
    Links,
    /// Figures whose value and what it counts are right.
    Figures,
    FigureSources,
    PartOf,
    /// Steps with the right instrument and subject.
    Steps,
    StepDates,
    StepReasons,
    Forums,
    States,
    /// Conduct with somebody accused of it.
    Allegations,
    Standings,
    Accusers,
    Answers,
    Limits,
    /// Actors that are there with the right kind.
    Actors,
    Roles,
}

impl Kind {
    pub(super) const ALL: [(Self, &str); 27] = [
        (Self::Statements, "statements"),
        (Self::Found, "found"),
        (Self::Sources, "sources"),
        (Self::Acts, "acts"),
        (Self::Content, "content"),
        (Self::Manners, "manners"),
        (Self::Polarities, "polarities"),
        (Self::Within, "within"),
        (Self::Said, "said"),
        (Self::Media, "media"),
        (Self::To, "to"),
        (Self::Links, "links"),
        (Self::Figures, "figures"),
        (Self::FigureSources, "figure-sources"),
        (Self::PartOf, "part-of"),
        (Self::Steps, "steps"),
        (Self::StepDates, "step-dates"),
        (Self::StepReasons, "step-reasons"),
        (Self::Forums, "forums"),
        (Self::States, "states"),
        (Self::Allegations, "allegations"),
        (Self::Standings, "standings"),
        (Self::Accusers, "accusers"),
        (Self::Answers, "answers"),
        (Self::Limits, "limits"),
        (Self::Actors, "actors"),
        (Self::Roles, "roles"),
    ];
}

/// How many are given, wanted, and right. Where the stories tell only what must be there and not
/// what may not, none counts as given and there is no precision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) right: usize,
    pub(super) given: usize,
    pub(super) wanted: usize,
}

impl Counts {
    fn precision(self) -> Option<f64> {
        share(self.right, self.given)
    }

    fn recall(self) -> Option<f64> {
        share(self.right, self.wanted)
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn share(right: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| 100.0 * right as f64 / of as f64)
}

/// The counts of some stories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Measures(BTreeMap<Kind, Counts>);

impl Measures {
    /// The counts of a kind, to be added to.
    pub(super) fn of(&mut self, kind: Kind) -> &mut Counts {
        self.0.entry(kind).or_default()
    }

    /// Counts something that was wanted and is right or is not.
    pub(super) fn wanted(&mut self, kind: Kind, right: bool) {
        let counts = self.of(kind);
        counts.wanted += 1;
        counts.right += usize::from(right);
    }

    fn counts(&self, kind: Kind) -> Counts {
        self.0.get(&kind).copied().unwrap_or_default()
    }

    /// The table for the terminal, beside what was recorded last.
    pub(super) fn table(&self, last: &Recorded) -> String {
        let mut table =
            String::from("kind              P      R   right  given wanted   last P      R\n");
        for (kind, name) in Kind::ALL {
            let counts = self.counts(kind);
            let Counts { right, given, wanted } = counts;
            let [p, r] = [counts.precision(), counts.recall()].map(told);
            let [last_p, last_r] = last.of(name).map(told);
            let _ = writeln!(
                table,
                "{name:<14}{p:>6} {r:>6}  {right:>6} {given:>6} {wanted:>6}   {last_p:>6} {last_r:>6}"
            );
        }
        table
    }

    /// What falls below what was recorded last, by more than one point and more than one item.
    pub(super) fn fallen(&self, last: &Recorded) -> Vec<String> {
        let mut fallen = Vec::new();
        for (kind, name) in Kind::ALL {
            let counts = self.counts(kind);
            let [last_p, last_r] = last.of(name);
            for (what, now, last, of) in [
                ("precision", counts.precision(), last_p, counts.given),
                ("recall", counts.recall(), last_r, counts.wanted),
            ] {
                let one_item = share(1, of).unwrap_or_default();
                let least = last.unwrap_or_default() - one_item.max(1.0) - 0.01;
                if now.unwrap_or_default() < least {
                    fallen.push(format!("{name}: {what} {}, last {}", told(now), told(last)));
                }
            }
        }
        fallen
    }
}

impl AddAssign<&Self> for Measures {
    fn add_assign(&mut self, other: &Self) {
        for (kind, counts) in &other.0 {
            let sum = self.of(*kind);
            sum.right += counts.right;
            sum.given += counts.given;
            sum.wanted += counts.wanted;
        }
    }
}

/// A share as a table has it, a dash for none.
fn told(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{share:.1}"))
}

/// Precision and recall by kind, as they were recorded last.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Recorded(BTreeMap<String, [Option<f64>; 2]>);

const HEAD: &str =
    "# Precision and recall on corpora/stories, written by `cargo xtask score gold --record`.\n";

impl Recorded {
    /// The file to keep.
    pub(super) fn file(measures: &Measures) -> String {
        let rows = Kind::ALL.iter().map(|(kind, name)| {
            let counts = measures.counts(*kind);
            format!("{name} {} {}\n", told(counts.precision()), told(counts.recall()))
        });
        HEAD.to_owned() + &rows.collect::<String>()
    }

    /// What a kept file holds.
    ///
    /// # Errors
    /// Where a line is no kind with its precision and recall.
    pub(super) fn read(file: &str) -> Outcome<Self> {
        let rows = file.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let bad = || format!("{line:?} is no `kind precision recall`");
            let mut cells = line.split(' ');
            let name = cells.next().unwrap_or_default();
            let known = Kind::ALL.iter().any(|(_, known)| *known == name);
            let mut share = || match cells.next()? {
                "-" => Some(None),
                cell => cell.parse().ok().map(Some),
            };
            let shares = [share().ok_or_else(bad)?, share().ok_or_else(bad)?];
            if known { Ok((name.to_owned(), shares)) } else { Err(bad()) }
        });
        Ok(Self(rows.collect::<Outcome<_>>()?))
    }

    fn of(&self, name: &str) -> [Option<f64>; 2] {
        self.0.get(name).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(right: usize) -> Measures {
        let mut measures = Measures::default();
        *measures.of(Kind::Figures) = Counts { right, given: 200, wanted: 400 };
        *measures.of(Kind::Limits) = Counts { right: right / 50, given: 0, wanted: 4 };
        measures
    }

    #[test]
    fn what_is_recorded_reads_back() {
        let recorded = Recorded::read(&Recorded::file(&measures(190))).unwrap();
        assert_eq!(recorded.of("figures"), [Some(95.0), Some(47.5)]);
        assert_eq!(recorded.of("limits"), [None, Some(75.0)]);
        for bad in ["figures 1", "dogs 1 2", "figures high 2"] {
            assert!(Recorded::read(bad).unwrap_err().contains(bad));
        }
    }

    #[test]
    fn a_fall_of_a_point_and_of_an_item_is_told() {
        let last = Recorded::read(&Recorded::file(&measures(190))).unwrap();
        assert_eq!(measures(188).fallen(&last), [""; 0]);
        assert_eq!(measures(187).fallen(&last), ["figures: precision 93.5, last 95.0"]);
        let fallen = measures(90).fallen(&last);
        assert!(fallen.contains(&"limits: recall 25.0, last 75.0".to_owned()), "{fallen:?}");
    }
}
