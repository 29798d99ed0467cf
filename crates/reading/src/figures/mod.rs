//! Figures: quantities with what they count, by the pack's `figures.toml`.

use std::cmp::Reverse;
mod asides;
mod file;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{
    Analysis, Layer, Match, Number, PatternSet, Phrases, Slot, TokenId, Tokens, Vocabulary, WordId,
    WordSet,
};
use onrecord_packs::{Pack, PackError};

use crate::examples;
use crate::tags::{Tags, Trained};
use asides::Asides;
use file::{File, Rule, Sense, Singular, Vague, VagueWords};

/// The figures that a pack knows to read.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    rules: Vec<Rule>,
    patterns: PatternSet,
    slots: Slots,
    bounds: BTreeMap<Vec<WordId>, Sense>,
    vague: BTreeMap<Vec<WordId>, Vague>,
    vague_words: WordSet,
    singular: Singular,
    asides: Asides,
    tags: Tags,
    phrases: Phrases,
}

#[derive(Debug, Clone)]
struct Slots {
    low: Option<Slot>,
    high: Option<Slot>,
    count: Option<Slot>,
    bound: Option<Slot>,
    vague: Option<Slot>,
    said: Option<Slot>,
    noun: Option<Slot>,
    itself: Option<Slot>,
    of: Option<Slot>,
    figure: Option<Slot>,
}

/// A quantity with what it counts: its tokens, before statements and actors are known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    pub(crate) tokens: Tokens,
    /// What it counts; empty where it counts what its whole counts.
    pub(crate) counted: String,
    /// Whether the words tell what happened to what is counted, rather than what it is.
    pub(crate) happened: bool,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) approximate: bool,
    pub(crate) said: Option<Tokens>,
    pub(crate) of: Option<Tokens>,
    /// Whether what is counted happened at some time.
    pub(crate) dated: bool,
    /// The first token of its number.
    pub(crate) number: TokenId,
    /// Where it was counted, by the nearest words that tell a place.
    pub(crate) place: Option<Tokens>,
    /// When it was counted.
    pub(crate) as_of: Option<Tokens>,
    /// Who gives it, where its own words tell.
    pub(crate) source: Option<Tokens>,
    /// Its number, of a range both and what joins them.
    numbers: Tokens,
    rule: usize,
}

/// How many tokens may stand between figures that share what is told of one.
const SHARED_GAP: u32 = 6;

impl Quantity {
    /// Lets it count what another one counts.
    pub(crate) fn counts_as(&mut self, other: Self) {
        self.counted = other.counted;
        self.happened = other.happened;
        self.dated &= other.dated;
    }
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
        for VagueWords { words, class, least, most } in &file.vague {
            vocabulary.define(class, words.iter().map(String::as_str));
            let says = Vague { least: *least, most: *most };
            vague.extend(words.iter().map(|words| (vocabulary.learn_phrase(words), says)));
        }
        let path = pack.path(Self::FILE);
        let phrases = phrases.with(&path, file.phrases)?;
        let tags = Tags::compile(pack)?;
        let layers: Vec<&str> = ["number", "time"].into_iter().chain(tags.names()).collect();
        let named = file.rules.iter().map(|rule| (&*path, &*rule.name, &*rule.pattern));
        let patterns = phrases.patterns(named, &layers, vocabulary)?;
        let asides = Asides::compile(&path, file.asides, &phrases, &layers, vocabulary)?;
        let slots = Slots {
            low: patterns.slot("low"),
            high: patterns.slot("high"),
            count: patterns.slot("count"),
            bound: patterns.slot("bound"),
            vague: patterns.slot("vague"),
            said: patterns.slot("said"),
            noun: patterns.slot("noun"),
            itself: patterns.slot("itself"),
            of: patterns.slot("of"),
            figure: patterns.slot("figure"),
        };
        let vague_words = patterns.words_captured(slots.vague);
        Ok(Self {
            rules: file.rules,
            patterns,
            slots,
            bounds,
            vague,
            vague_words,
            singular: file.singular,
            asides,
            tags,
            phrases,
        })
    }

    /// Compiles patterns that may use the phrases and layers of the pack's figures.
    pub(crate) fn patterns<'r>(
        &self,
        rules: impl Iterator<Item = (&'r str, &'r str, &'r str)>,
        vocabulary: &mut Vocabulary,
    ) -> Result<PatternSet, PackError> {
        let layers: Vec<&str> = ["number", "time"].into_iter().chain(self.tags.names()).collect();
        self.phrases.patterns(rules, &layers, vocabulary)
    }

    /// The layers that figures are read with: numbers but for those in times, times, and the kinds
    /// of words.
    pub(crate) fn layers(
        &self,
        analysis: &Analysis<'_>,
        numbers: &Layer,
        times: &Layer,
        trained: Option<Trained<'_>>,
    ) -> Vec<Layer> {
        let mut numbers = numbers.clone();
        let mut until = TokenId(0);
        for token in (0..analysis.tokens.len()).map(TokenId::at) {
            until = until.max(times.at(token).map_or(until, |(end, _)| end));
            if token < until {
                numbers.set(token, None);
            }
        }
        let tags = self.tags.layers(analysis, trained);
        [numbers, times.clone()].into_iter().chain(tags).collect()
    }

    /// The quantities of a text that count something, in text order; none shares its number with
    /// another, but a part may stand inside its whole. `layers` are those of [`Figures::layers`].
    pub(crate) fn find(
        &self,
        analysis: &Analysis<'_>,
        layers: &[Layer],
        values: &[Number],
    ) -> Vec<Quantity> {
        let mut layers = layers.to_vec();
        let mut quantities = Vec::new();
        for sentence in analysis.told() {
            let number = |token| layers.first().is_some_and(|layer| layer.at(token).is_some());
            let counts = analysis.holds_any(sentence, &self.vague_words);
            if !counts && !sentence.into_iter().any(number) {
                continue;
            }
            let around = self.asides.find(analysis, &layers, sentence);
            for none in &around.none {
                layers[0].set(*none, None);
            }
            let refs: Vec<&Layer> = layers.iter().collect();
            let found = self.patterns.scan(analysis, &refs, sentence);
            let found =
                found.iter().filter_map(|found| self.quantity(analysis, refs[0], values, found));
            let mut found = best(found.collect());
            self.share(analysis, &mut found);
            asides::surround(&mut found, &around, sentence);
            found.sort_by_key(|quantity| (quantity.tokens.start, quantity.number));
            quantities.append(&mut found);
        }
        quantities
    }

    /// Lets quantities of a sentence count what those beside them count, where their rules say so:
    /// what the one before counts or, where its words tell what happened, the one behind.
    fn share(&self, analysis: &Analysis<'_>, quantities: &mut Vec<Quantity>) {
        let beside = |one: &Quantity, other: &Quantity| {
            other.tokens.start.0.saturating_sub(one.tokens.end.0) <= SHARED_GAP
        };
        for place in 1..quantities.len() {
            let (before, own) = (quantities[place - 1].clone(), &mut quantities[place]);
            let happened = before.happened && before.dated && beside(&before, own);
            // Nineteen miners were killed and six were trapped: six miners.
            if self.rules[own.rule].kind && before.happened {
                let of = before.of.map(|of| TokenId(of.end.0 - 1));
                own.counted = of.map_or(String::new(), |at| self.singular.of(analysis.word(at)));
            } else if self.rules[own.rule].shares && (own.counted.is_empty() || happened) {
                own.counts_as(before);
            }
        }
        for place in (1..quantities.len()).rev() {
            let (behind, own) = (quantities[place].clone(), &mut quantities[place - 1]);
            let happened = behind.happened && behind.dated && beside(own, &behind);
            if self.rules[own.rule].shares && !own.happened && happened {
                own.counts_as(behind);
            }
        }
        quantities.retain(|q| !q.counted.is_empty() || !self.rules[q.rule].shares);
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
        let (low, high) = match (value(self.slots.low), value(self.slots.high), count, vague) {
            (Some(low), Some(high), ..) if low <= high => (Some(low), Some(high)),
            (_, _, Some(count), _) => match sense {
                Some(Sense::Least) => (Some(count), None),
                Some(Sense::Most) => (None, Some(count)),
                Some(Sense::Approximate) | None => (Some(count), Some(count)),
            },
            (_, _, None, Some(vague)) => match sense {
                Some(Sense::Least) => (Some(vague.least), None),
                Some(Sense::Most) => (None, vague.most),
                Some(Sense::Approximate) | None => (Some(vague.least), vague.most),
            },
            _ => return None,
        };
        let exactly = |vague: Vague| vague.most.is_some_and(|most| most <= vague.least);
        let slots = [self.slots.low, self.slots.high, self.slots.count, self.slots.vague];
        let numbers = || slots.into_iter().filter_map(|slot| found.capture(slot));
        let first = numbers().map(|tokens| tokens.start).min()?;
        let end = numbers().map(|tokens| tokens.end).max()?;
        let rule = &self.rules[found.pattern];
        let itself = found.capture(self.slots.itself);
        let noun = found.capture(self.slots.noun).or(itself);
        let word = |noun: Tokens| match itself {
            Some(itself) => analysis.words(itself).to_lowercase(),
            None => self.singular.of(analysis.word(TokenId(noun.end.0 - 1))),
        };
        Some(Quantity {
            number: first,
            numbers: Tokens::new(first, end),
            tokens: found.capture(self.slots.figure).unwrap_or(found.tokens),
            counted: rule.counted.clone().unwrap_or_else(|| noun.map(word).unwrap_or_default()),
            happened: rule.counted.is_some(),
            low,
            high,
            approximate: sense == Some(Sense::Approximate) || vague.is_some_and(|v| !exactly(v)),
            said: found.capture(self.slots.said).or(noun),
            of: found.capture(self.slots.of),
            dated: rule.dated,
            place: None,
            as_of: None,
            source: None,
            rule: found.pattern,
        })
    }

    /// The rules for what stands around figures.
    pub(crate) fn asides(&self) -> &Asides {
        &self.asides
    }

    /// Runs the examples that the rules carry, read by `find`. Each line names a rule and what it
    /// did otherwise.
    pub(crate) fn examples(&self, find: impl Fn(&str) -> Vec<(String, Quantity)>) -> Vec<String> {
        let rules = self.rules.iter().enumerate();
        let faults = rules.flat_map(|(place, rule)| {
            let wrong = |fires: &file::Fires| {
                let found = find(&fires.text);
                let counted = fires.counted.as_ref().or(rule.counted.as_ref());
                let counted = counted.map_or("", String::as_str);
                let wanted = (fires.words.as_str(), counted, fires.low, fires.high);
                let as_wanted = found.iter().any(|(words, q)| {
                    (words.as_str(), q.counted.as_str(), q.low, q.high) == wanted
                        && q.approximate == fires.approximate
                });
                (!as_wanted).then(|| format!("{:?} gives {found:?}", fires.text))
            };
            let fired = |text: &str| find(text).iter().any(|(_, quantity)| quantity.rule == place);
            examples::faults(&rule.name, (&rule.fires, &rule.silent), wrong, fired)
        });
        faults.collect()
    }
}

/// Of the quantities of a sentence one for each number, by number: before others one that tells what
/// happened, then the longest, the one that begins first, that of the earlier rule. The same words tell only of the first
/// number before them what happened to it.
fn best(mut found: Vec<Quantity>) -> Vec<Quantity> {
    found.sort_by_key(|q| (!q.happened, Reverse(q.tokens.len()), q.tokens.start, q.rule));
    let mut taken = BTreeSet::new();
    let mut told = BTreeSet::new();
    let mut kept: Vec<Quantity> = Vec::new();
    for quantity in found {
        let said = quantity.said.filter(|_| quantity.happened).map(|said| said.start);
        let fresh = !quantity.numbers.into_iter().any(|number| taken.contains(&number));
        if fresh && said.is_none_or(|said| !told.contains(&said)) {
            taken.extend(quantity.numbers);
            told.extend(said);
            kept.push(quantity);
        }
    }
    kept.sort_by_key(|quantity| quantity.number);
    kept
}
