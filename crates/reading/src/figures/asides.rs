//! Asides: what stands around figures, by the asides of the pack's `figures.toml`: numbers that count
//! nothing, where what is counted was, and when it was counted.

use crate::examples;
use onrecord_language::{
    Analysis, Layer, Match, PatternSet, Phrases, Slot, TokenId, Tokens, Vocabulary, WINDOW,
};
use onrecord_packs::PackError;
use serde::Deserialize;

use crate::figures::Quantity;

/// The asides of a pack.
#[derive(Debug, Clone)]
pub(crate) struct Asides {
    rules: Vec<Aside>,
    patterns: PatternSet,
    none: Option<Slot>,
    place: Option<Slot>,
    as_of: Option<Slot>,
    source: Option<Slot>,
    given: Option<Slot>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Aside {
    name: String,
    pattern: String,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

/// A text in which an aside is read, and the words that it captures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fires {
    text: String,
    words: String,
}

/// What stands around the figures of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Around {
    /// The first tokens of numbers that count nothing.
    pub(crate) none: Vec<TokenId>,
    /// Words that tell a place, in text order.
    pub(crate) places: Vec<Tokens>,
    /// Times that tell when something was counted.
    pub(crate) as_of: Vec<Tokens>,
    /// Those who give a number, with its first token.
    pub(crate) sources: Vec<(TokenId, Tokens)>,
}

impl Asides {
    pub(crate) fn compile(
        path: &str,
        rules: Vec<Aside>,
        phrases: &Phrases,
        layers: &[&str],
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let named = rules.iter().map(|rule| (path, &*rule.name, &*rule.pattern));
        let patterns = phrases.patterns(named, layers, vocabulary)?;
        let (none, place) = (patterns.slot("none"), patterns.slot("where"));
        let (as_of, source) = (patterns.slot("time"), patterns.slot("source"));
        let given = patterns.slot("given");
        Ok(Self { rules, patterns, none, place, as_of, source, given })
    }

    pub(crate) fn find(
        &self,
        analysis: &Analysis<'_>,
        layers: &[Layer],
        sentence: Tokens,
    ) -> Around {
        let mut around = Around::default();
        for found in self.scan(analysis, layers, sentence) {
            for (slot, tokens) in found.captures() {
                match Some(slot) {
                    slot if slot == self.none => around.none.push(tokens.start),
                    slot if slot == self.place => around.places.push(tokens),
                    slot if slot == self.as_of => around.as_of.push(tokens),
                    _ => {}
                }
            }
            let given = found.capture(self.given).map(|given| given.start);
            around.sources.extend(given.zip(found.capture(self.source)));
        }
        around.places.sort_unstable();
        around
    }

    fn scan(&self, analysis: &Analysis<'_>, layers: &[Layer], sentence: Tokens) -> Vec<Match> {
        let layers: Vec<&Layer> = layers.iter().collect();
        self.patterns.scan(analysis, &layers, sentence)
    }

    /// The words that the rules capture in a text, each with the place of its rule.
    pub(crate) fn words(&self, analysis: &Analysis<'_>, layers: &[Layer]) -> Vec<(usize, String)> {
        let sentences = analysis.told();
        let found = sentences.flat_map(|sentence| self.scan(analysis, layers, sentence));
        let words = |tokens| analysis.words(tokens).to_owned();
        let captured = found.flat_map(|found| {
            let captures = found.captures().collect::<Vec<_>>();
            captures.into_iter().map(move |(_, tokens)| (found.pattern, words(tokens)))
        });
        captured.collect()
    }

    /// Runs the examples that the rules carry; `read` gives what [`Asides::words`] does.
    pub(crate) fn examples(&self, read: impl Fn(&str) -> Vec<(usize, String)>) -> Vec<String> {
        let rules = self.rules.iter().enumerate();
        let faults = rules.flat_map(|(place, rule)| {
            let wrong = |fires: &Fires| {
                let found = read(&fires.text);
                let right = found.contains(&(place, fires.words.clone()));
                (!right).then(|| format!("{:?} gives {found:?}", fires.text))
            };
            let fired = |text: &str| read(text).iter().any(|(rule, _)| *rule == place);
            examples::faults(&rule.name, (&rule.fires, &rule.silent), wrong, fired)
        });
        faults.collect()
    }
}

/// How many tokens may stand between a figure and the place that it is of.
const PLACE_GAP: u32 = 6;

/// Gives the quantities of a sentence who gives their number, and the nearest place and time of
/// counting, where no other quantity stands between.
pub(crate) fn surround(quantities: &mut [Quantity], around: &Around, sentence: Tokens) {
    for at in 0..quantities.len() {
        let own = quantities[at].tokens;
        let before = at.checked_sub(1).map_or(TokenId(0), |before| quantities[before].number);
        let behind = quantities.get(at + 1).map_or(TokenId(u32::MAX), |behind| behind.number);
        let nearest = |among: &[Tokens]| {
            let first = among.partition_point(|found| found.start <= before);
            let near = among[first..].iter().take_while(|found| found.start < behind);
            let distance = |found: &Tokens| {
                let gap = own.start.0.saturating_sub(found.end.0);
                gap.max(found.start.0.saturating_sub(own.end.0)) as usize
            };
            near.copied().min_by_key(distance).filter(|found| distance(found) < WINDOW)
        };
        let (place, as_of) = (nearest(&around.places), nearest(&around.as_of));
        // A place far off belongs to another clause, unless it opens the sentence.
        let place = place.filter(|place| {
            let opens = place.start.0 <= sentence.start.0 + 1;
            let gap = own.start.0.saturating_sub(place.end.0);
            opens || gap.max(place.start.0.saturating_sub(own.end.0)) <= PLACE_GAP
        });
        let own = &mut quantities[at];
        let given = around.sources.iter().find(|(number, _)| *number == own.number);
        own.source = given.map(|(_, source)| *source);
        own.place = place.filter(|_| own.dated);
        own.as_of = as_of;
    }
}
