//! What stands around conduct: who is charged with it and against whom, and what makes it no charge.

use onrecord_language::{
    Analysis, Layer, Match, PatternSet, Phrases, Slot, Tokens, Vocabulary, WordSet,
};
use onrecord_packs::PackError;
use onrecord_record::{Degree, Standing};
use serde::Deserialize;

use super::File;

/// The rules around conduct.
#[derive(Debug, Clone)]
pub(super) struct Roles {
    pub(super) rules: Vec<Rule>,
    patterns: PatternSet,
    slots: Slots,
    pub(super) asides: Vec<Aside>,
    aside_patterns: PatternSet,
    pub(super) limits: Vec<Limit>,
    limit_patterns: PatternSet,
    limit: Option<Slot>,
    who: Option<Slot>,
}

#[derive(Debug, Clone)]
struct Slots {
    accused: Option<Slot>,
    victims: Option<Slot>,
    place: Option<Slot>,
}

/// Where a rule is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum In {
    /// In what an act of accusing says.
    Charge,
    /// In what an act of admitting says.
    Admission,
    /// In what an act of denying says.
    Denial,
    /// In what any statement says.
    Content,
    /// In what stands before a source that interrupts what is said.
    Apart,
    /// In the whole sentence.
    Sentence,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) name: String,
    #[serde(rename = "in")]
    place: In,
    standing: Option<Standing>,
    degree: Option<Degree>,
    /// Whether it only adds to a charge and makes none.
    #[serde(default)]
    adds: bool,
    /// Whether its subject is what was charged before.
    #[serde(default)]
    again: bool,
    /// Whether it tells who is responsible for what was charged before.
    #[serde(default)]
    shares: bool,
    /// Whether no aside holds for what it reads.
    #[serde(default)]
    despite: bool,
    /// Whether its words reach to the end of what is searched.
    #[serde(default)]
    far: bool,
    pattern: String,
    pub(super) fires: Vec<Fires>,
    pub(super) silent: Vec<String>,
}

/// A text in which a rule fires, and what is read there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fires {
    pub(super) text: String,
    #[serde(default)]
    pub(super) accused: Vec<String>,
    #[serde(default)]
    pub(super) victims: Vec<String>,
    pub(super) place: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Aside {
    pub(super) name: String,
    pattern: String,
    /// Texts of which nothing is a charge.
    pub(super) fires: Vec<String>,
    /// Texts in which it touches no charge.
    pub(super) silent: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    pub(super) name: String,
    /// Whether it speaks of the charge right before, whoever makes it.
    #[serde(default)]
    about: bool,
    pattern: String,
    pub(super) fires: Vec<LimitFires>,
    pub(super) silent: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitFires {
    pub(super) text: String,
    pub(super) words: String,
}

/// What a rule read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) rule: usize,
    /// All that the rule looked at.
    pub(super) tokens: Tokens,
    pub(super) accused: Option<Tokens>,
    pub(super) victims: Option<Tokens>,
    pub(super) place: Option<Tokens>,
    pub(super) standing: Option<Standing>,
    pub(super) degree: Option<Degree>,
    /// Whether it makes conduct a charge.
    pub(super) charges: bool,
    /// Whether it tells who is responsible for what was charged before.
    pub(super) shares: bool,
}

impl Roles {
    pub(super) fn compile(
        path: &str,
        file: &mut File,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let (rules, asides, limits) = (
            std::mem::take(&mut file.roles),
            std::mem::take(&mut file.asides),
            std::mem::take(&mut file.limits),
        );
        let layers = ["number", "time", "conduct"];
        let named = rules.iter().map(|rule| (path, &*rule.name, &*rule.pattern));
        let patterns = phrases.patterns(named, &layers, vocabulary)?;
        let named = asides.iter().map(|rule| (path, &*rule.name, &*rule.pattern));
        let aside_patterns = phrases.patterns(named, &layers, vocabulary)?;
        let named = limits.iter().map(|rule| (path, &*rule.name, &*rule.pattern));
        let limit_patterns = phrases.patterns(named, &layers, vocabulary)?;
        let slots = Slots {
            accused: patterns.slot("accused"),
            victims: patterns.slot("victims"),
            place: patterns.slot("place"),
        };
        let (limit, who) = (limit_patterns.slot("limit"), limit_patterns.slot("who"));
        Ok(Self {
            rules,
            patterns,
            slots,
            asides,
            aside_patterns,
            limits,
            limit_patterns,
            limit,
            who,
        })
    }

    /// What the rules of some places read in some tokens, by where they begin.
    pub(super) fn told(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        tokens: Tokens,
        places: &[In],
    ) -> Vec<Told> {
        let found = self.patterns.scan(analysis, layers, tokens).into_iter();
        let found = found.filter(|found| places.contains(&self.rules[found.pattern].place));
        let told = found.map(|found| {
            let rule = &self.rules[found.pattern];
            let end = if rule.far { tokens.end } else { found.tokens.end };
            Told {
                rule: found.pattern,
                tokens: Tokens::new(found.tokens.start, end),
                accused: found.capture(self.slots.accused),
                victims: found.capture(self.slots.victims),
                place: found.capture(self.slots.place),
                standing: rule.standing,
                degree: rule.degree,
                charges: !rule.adds && !rule.shares,
                shares: rule.shares || rule.degree.is_some(),
            }
        });
        told.collect()
    }

    /// Whether whom a rule captures as accused is so by the form of its sentence, whatever the words.
    pub(super) fn is_sure(&self, rule: usize) -> bool {
        self.rules[rule].place != In::Content
    }

    /// Whether no aside holds for what a rule reads.
    pub(super) fn is_despite(&self, rule: usize) -> bool {
        self.rules[rule].despite
    }

    /// Whether a rule reads lists that are longer than patterns.
    pub(super) fn is_far(&self, rule: usize) -> bool {
        self.rules[rule].far
    }

    /// Whether a rule reads what is said to have been charged in what somebody denies.
    pub(super) fn is_denial(&self, rule: usize) -> bool {
        self.rules[rule].place == In::Denial
    }

    /// Whether a rule reads what was charged before under another name.
    pub(super) fn is_again(&self, rule: usize) -> bool {
        self.rules[rule].again
    }

    /// Whether a rule reads what its speaker admits to have done.
    pub(super) fn is_admission(&self, rule: usize) -> bool {
        self.rules[rule].place == In::Admission
    }

    /// Whether a rule reads a legal step against somebody.
    pub(super) fn is_step(&self, rule: usize) -> bool {
        let Rule { place, standing, .. } = &self.rules[rule];
        *place == In::Sentence && standing.is_some()
    }

    /// The tokens of a sentence in which no conduct is a charge.
    pub(super) fn asides(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        sentence: Tokens,
    ) -> Vec<Tokens> {
        let found = self.aside_patterns.scan(analysis, layers, sentence);
        found.into_iter().map(|found| found.tokens).collect()
    }

    /// Where a stretch says what could not be established, from the first such words to its end,
    /// who could not, and whether it speaks of the charge right before.
    pub(super) fn limit(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        tokens: Tokens,
    ) -> Option<(Tokens, Option<Tokens>, bool)> {
        let found = self.limit_patterns.scan(analysis, layers, tokens);
        let start = |found: &Match| found.capture(self.limit).map(|limit| limit.start);
        let about = |found: &Match| self.limits[found.pattern].about;
        let first =
            found.iter().min_by_key(|found| (start(found), !about(found), found.tokens.start))?;
        let end = tokens.into_iter().rev().find(|token| !analysis.token(*token).shape.is_mark())?;
        let limit = Tokens::at(start(first)?.index()..end.index() + 1);
        Some((limit, first.capture(self.who), about(first)))
    }

    /// Words without which a sentence tells no degree, and none of what was not established.
    pub(super) fn words(&self) -> (WordSet, WordSet) {
        let degree = self.patterns.words_captured(self.patterns.slot("degree"));
        let limit = self.limit_patterns.words_captured(self.limit_patterns.slot("what"));
        (degree, limit)
    }
}
