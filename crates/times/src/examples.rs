//! The examples that rules carry, run.

use std::collections::BTreeSet;

use onrecord_language::Language;
use onrecord_record::Mod;

use crate::rules::{Fires, Rule};
use crate::{Setting, Times};

impl Times {
    /// Runs the examples that the rules carry. Each line names a rule and what it did otherwise.
    #[must_use]
    pub fn examples(&self, language: &Language) -> Vec<String> {
        let mut faults = self.holidays.examples();
        let mut names = BTreeSet::new();
        let sets = [&self.rules.base, &self.rules.frames, &self.rules.joins];
        for rule in sets.into_iter().flat_map(|set| &set.rules) {
            let name = &rule.name;
            if rule.fires.is_empty() || rule.silent.is_empty() || !names.insert(name) {
                faults.push(format!("{name}: needs a name of its own, `fires` and `silent`"));
            }
            faults.extend(rule.fires.iter().filter_map(|fires| self.fault(language, rule, fires)));
            for text in &rule.silent {
                if self
                    .fired(language, text, &Setting::default())
                    .iter()
                    .any(|time| time.rules.contains(name))
                {
                    faults.push(format!("{name}: fires on {text:?}"));
                }
            }
        }
        faults
    }

    /// What a rule did otherwise than an example says.
    fn fault(&self, language: &Language, rule: &Rule, fires: &Fires) -> Option<String> {
        let published = fires.published.as_deref().and_then(|date| date.parse().ok());
        let setting = Setting { published, domain: fires.domain };
        let all = self.fired(language, &fires.text, &setting);
        let found =
            all.iter().find(|time| time.words == fires.words && time.rules.contains(&rule.name));
        let said = found.map(|time| (time.value.as_ref(), time.modifier));
        (said != Some((fires.value.as_ref(), fires.modifier)))
            .then(|| format!("{}: {:?} gives {said:?} of {all:?}", rule.name, fires.text))
    }

    /// What the rules found in a text.
    fn fired(&self, language: &Language, text: &str, setting: &Setting) -> Vec<Fired> {
        let analysis = language.analyse_paragraph(text);
        let values = language.numbers(&analysis);
        let numbers = language.number_layer(&analysis, &values);
        let reading = self.read(&analysis, &numbers, &values, *setting);
        let found = self.find(&analysis, &numbers, &values);
        found
            .iter()
            .map(|found| {
                let mut times = reading.expressions.iter();
                let time = times.find(|time| time.tokens == found.tokens).map(|found| &found.time);
                Fired {
                    words: analysis.words(found.tokens).to_owned(),
                    value: time.and_then(|time| time.value.clone()),
                    modifier: time.and_then(|time| time.modifier),
                    rules: found.rules.iter().map(|rule| rule.name.clone()).collect(),
                }
            })
            .collect()
    }
}

/// What rules found in an example: the words, what they mean, and the rules' names.
#[derive(Debug)]
struct Fired {
    words: String,
    value: Option<String>,
    modifier: Option<Mod>,
    rules: Vec<String>,
}
