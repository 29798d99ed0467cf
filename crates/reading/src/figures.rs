//! Figures: quantities with what they count, by the pack's `figures.toml`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use onrecord_language::{
    Analysis, Layer, Match, Number, PatternSet, Phrase, Phrases, Slot, TokenId, Tokens, Vocabulary,
    WordId, WordSet,
};
use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

/// The figures that a pack knows to read.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    rules: Vec<Rule>,
    patterns: PatternSet,
    slots: Slots,
    bounds: BTreeMap<Vec<WordId>, Sense>,
    vague: BTreeMap<Vec<WordId>, f64>,
    vague_words: WordSet,
}

#[derive(Debug, Clone)]
struct Slots {
    low: Option<Slot>,
    high: Option<Slot>,
    count: Option<Slot>,
    bound: Option<Slot>,
    vague: Option<Slot>,
    said: Option<Slot>,
    of: Option<Slot>,
    figure: Option<Slot>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: BTreeMap<String, Vec<String>>,
    #[serde(rename = "bound")]
    bounds: Vec<Bound>,
    #[serde(rename = "vague")]
    vague: Vec<Vague>,
    #[serde(rename = "phrase")]
    phrases: Vec<Phrase>,
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bound {
    words: Vec<String>,
    sense: Sense,
}

/// What a word before a quantity makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Sense {
    Least,
    Most,
    Approximate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vague {
    words: Vec<String>,
    least: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    counted: String,
    pattern: String,
    /// Whether what is counted happened at some time; true where absent.
    #[serde(default = "dated")]
    dated: bool,
    /// Whether it counts what the figure counts that it is a part of.
    #[serde(default)]
    inherits: bool,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

fn dated() -> bool {
    true
}

/// A text in which a rule fires, and what is read there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fires {
    text: String,
    words: String,
    /// What is counted, where the rule does not say.
    counted: Option<String>,
    low: Option<f64>,
    high: Option<f64>,
    #[serde(default)]
    approximate: bool,
}

/// A quantity with what it counts: its tokens, before statements and actors are known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    pub(crate) tokens: Tokens,
    pub(crate) counted: String,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) approximate: bool,
    pub(crate) said: Option<Tokens>,
    pub(crate) of: Option<Tokens>,
    /// Whether what is counted happened at some time.
    pub(crate) dated: bool,
    /// The first token of its number.
    pub(crate) number: TokenId,
    /// Whether it counts what the quantity counts that it is a part of.
    pub(crate) inherits: bool,
    rule: usize,
}

impl Figures {
    const FILE: &str = "reading/figures.toml";

    pub(crate) fn compile(
        pack: &Pack,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let file: File = pack.file(Self::FILE)?;
        vocabulary.define_all(&file.classes);
        let mut bounds = BTreeMap::new();
        for bound in &file.bounds {
            vocabulary.define("bound", bound.words.iter().map(String::as_str));
            let learnt =
                bound.words.iter().map(|words| (vocabulary.learn_phrase(words), bound.sense));
            bounds.extend(learnt);
        }
        let mut vague = BTreeMap::new();
        for Vague { words, least } in &file.vague {
            vocabulary.define("vague", words.iter().map(String::as_str));
            vague.extend(words.iter().map(|words| (vocabulary.learn_phrase(words), *least)));
        }
        let path = pack.path(Self::FILE);
        let phrases = phrases.with(&path, file.phrases)?;
        let named = file.rules.iter().map(|rule| (&*path, &*rule.name, &*rule.pattern));
        let patterns = phrases.patterns(named, &["number", "time"], vocabulary)?;
        let slots = Slots {
            low: patterns.slot("low"),
            high: patterns.slot("high"),
            count: patterns.slot("count"),
            bound: patterns.slot("bound"),
            vague: patterns.slot("vague"),
            said: patterns.slot("said"),
            of: patterns.slot("of"),
            figure: patterns.slot("figure"),
        };
        let vague_words = patterns.words_captured(slots.vague);
        Ok(Self { rules: file.rules, patterns, slots, bounds, vague, vague_words })
    }

    /// The quantities of a text that count something, in text order; none overlaps another, but a
    /// part may stand inside its whole.
    pub(crate) fn find(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        values: &[Number],
    ) -> Vec<Quantity> {
        let numbers = layers.first().copied();
        let counts = |tokens: Tokens| {
            let number = |token| numbers.is_some_and(|layer| layer.at(token).is_some());
            analysis.holds_any(tokens, &self.vague_words) || tokens.into_iter().any(number)
        };
        let counting = analysis.told().filter(|sentence| counts(*sentence));
        let mut found: Vec<Quantity> = counting
            .flat_map(|sentence| self.patterns.scan(analysis, layers, sentence))
            .filter_map(|found| self.quantity(analysis, numbers?, values, &found))
            .collect();
        found.sort_by_key(|q| (Reverse(q.tokens.len()), q.tokens.start, q.rule));
        let mut kept: BTreeMap<TokenId, Quantity> = BTreeMap::new();
        let mut inside: Vec<Quantity> = Vec::new();
        for quantity in found {
            // None of the kept overlaps another, so that only the last to begin can reach here.
            let before = kept.range(..quantity.tokens.end).next_back();
            match before.filter(|(_, other)| other.tokens.end > quantity.tokens.start) {
                None => {
                    kept.insert(quantity.tokens.start, quantity);
                }
                // A part may stand among the words of its whole, with another number.
                Some((_, whole)) if quantity.inherits && whole.number < quantity.number => {
                    inside.push(quantity);
                }
                Some(_) => {}
            }
        }
        inside.sort_by_key(|quantity| quantity.number);
        inside.dedup_by_key(|quantity| quantity.number);
        let mut all: Vec<Quantity> = kept.into_values().chain(inside).collect();
        all.sort_by_key(|quantity| quantity.tokens.start);
        all
    }

    fn quantity(
        &self,
        analysis: &Analysis<'_>,
        numbers: &Layer,
        values: &[Number],
        found: &Match,
    ) -> Option<Quantity> {
        let value = |slot| {
            let (_, place) = numbers.at(found.capture(slot)?.start)?;
            values.get(place as usize).map(|number| number.value)
        };
        let words = |slot| {
            let tokens: Tokens = found.capture(slot)?;
            Some(tokens.into_iter().map(|id| analysis.token(id).word).collect::<Vec<_>>())
        };
        let sense = words(self.slots.bound).and_then(|words| self.bounds.get(&words)).copied();
        let count = value(self.slots.count);
        let vague = words(self.slots.vague).and_then(|words| self.vague.get(&words)).copied();
        let approximate = sense == Some(Sense::Approximate) || vague.is_some();
        let (low, high) = match (value(self.slots.low), value(self.slots.high), count, vague) {
            (Some(low), Some(high), ..) if low <= high => (Some(low), Some(high)),
            (_, _, Some(count), _) => match sense {
                Some(Sense::Least) => (Some(count), None),
                Some(Sense::Most) => (None, Some(count)),
                Some(Sense::Approximate) | None => (Some(count), Some(count)),
            },
            (_, _, None, Some(least)) => (Some(least), None),
            _ => return None,
        };
        let first = [self.slots.low, self.slots.count, self.slots.vague];
        let number =
            first.into_iter().filter_map(|slot| found.capture(slot)).map(|t| t.start).min();
        Some(Quantity {
            number: number?,
            tokens: found.capture(self.slots.figure).unwrap_or(found.tokens),
            counted: self.rules[found.pattern].counted.clone(),
            low,
            high,
            approximate,
            said: found.capture(self.slots.said),
            of: found.capture(self.slots.of),
            dated: self.rules[found.pattern].dated,
            inherits: self.rules[found.pattern].inherits,
            rule: found.pattern,
        })
    }

    /// Runs the examples that the rules carry, read by `find`. Each line names a rule and what it
    /// did otherwise.
    pub(crate) fn examples(&self, find: impl Fn(&str) -> Vec<(String, Quantity)>) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, rule) in self.rules.iter().enumerate() {
            if rule.fires.is_empty() || rule.silent.is_empty() {
                faults.push(format!("{}: needs `fires` and `silent`", rule.name));
            }
            for fires in &rule.fires {
                let found = find(&fires.text);
                let counted = fires.counted.as_ref().unwrap_or(&rule.counted);
                let wanted = (fires.words.as_str(), counted.as_str(), fires.low, fires.high);
                let as_wanted = found.iter().any(|(words, q)| {
                    (words.as_str(), q.counted.as_str(), q.low, q.high) == wanted
                        && q.approximate == fires.approximate
                });
                if !as_wanted {
                    faults.push(format!("{}: {:?} gives {found:?}", rule.name, fires.text));
                }
            }
            for text in &rule.silent {
                if find(text).iter().any(|(_, quantity)| quantity.rule == place) {
                    faults.push(format!("{}: fires on {text:?}", rule.name));
                }
            }
        }
        faults
    }
}
