//! What the steps from a document to its times cost, each by itself, on one thread.

use std::hint::black_box;
use std::ops::{Add, AddAssign};
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use onrecord_intake::Document;
use onrecord_language::Language;
use onrecord_packs::Pack;
use onrecord_times::{Setting, Times};

use crate::Outcome;

/// The steps, compiled.
pub(super) struct Steps {
    language: Language,
    times: Times,
}

/// The names of the steps, in their order.
pub(super) const NAMES: [&str; 3] = ["analysis", "numbers", "times"];

/// The processor time of each step, in their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cost(pub(super) [Duration; 3]);

impl Cost {
    /// The cost of all steps.
    pub(super) fn whole(self) -> Duration {
        self.0.iter().sum()
    }

    /// Of each step, the lower cost.
    pub(super) fn least(self, other: Self) -> Self {
        Self([0, 1, 2].map(|step| self.0[step].min(other.0[step])))
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, more: Self) {
        self.0 = [0, 1, 2].map(|step| self.0[step].add(more.0[step]));
    }
}

impl Steps {
    /// The steps with the English pack.
    ///
    /// # Errors
    /// Where it does not compile.
    pub(super) fn new() -> Outcome<Self> {
        let compile = || {
            let Some(pack) = Pack::find("en")? else { return Ok(None) };
            let mut language = Language::compile(&pack)?;
            Times::compile(&pack, &mut language).map(|times| Some(Self { language, times }))
        };
        let steps: Result<_, onrecord_packs::PackError> = compile();
        steps.map_err(|e| e.to_string())?.ok_or_else(|| "there is no pack for English".to_owned())
    }

    /// Takes a document through the steps and gives what each cost.
    ///
    /// # Errors
    /// Where the system tells no processor time.
    pub(super) fn cost(&self, document: &Document) -> Outcome<Cost> {
        let published = document.record.published.as_ref();
        let published = published.and_then(|day| day.value.get(..10)?.parse().ok());
        let began = now()?;
        let analysis = self.language.analyse(&document.record.text, &document.blocks);
        let analysed = now()?;
        let values = self.language.numbers(&analysis);
        let numbers = self.language.number_layer(&analysis, &values);
        let counted = now()?;
        let setting = Setting { published, domain: None };
        black_box(self.times.read(&analysis, &numbers, &values, setting));
        let told = now()?;
        Ok(Cost([analysed - began, counted - analysed, told - counted]))
    }
}

/// The processor time that this program has used.
fn now() -> Outcome<Duration> {
    let time = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID);
    time.map(Duration::from).map_err(|e| format!("the processor's clock: {e}"))
}
