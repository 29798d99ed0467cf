//! Proceedings: legal steps by forum, instrument and subject, by the pack's `proceedings.toml`.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{
    Analysis, Layer, PatternSet, Phrases, Slot, TokenId, Tokens, Vocabulary, WordId, WordSet,
};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{ActorKind, Instrument, State, StepKind};
use serde::Deserialize;

use crate::actors::{ActorKey, Cast};

/// The legal steps that a pack knows to read.
#[derive(Debug, Clone)]
pub(crate) struct Proceedings {
    rules: Vec<Rule>,
    patterns: PatternSet,
    forum: Option<Slot>,
    instrument: Option<Slot>,
    subject: Option<Slot>,
    instruments: BTreeMap<Vec<WordId>, Instrument>,
    reasons: Vec<(String, WordSet)>,
    /// The words that begin what the patterns capture as `verb`, as each of them does.
    verbs: WordSet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: BTreeMap<String, Vec<String>>,
    #[serde(rename = "instrument")]
    instruments: Vec<InstrumentWords>,
    #[serde(rename = "reason")]
    reasons: Vec<Reason>,
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InstrumentWords {
    instrument: Instrument,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
    words: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    step: StepKind,
    instrument: Option<Instrument>,
    subject: SubjectFrom,
    pattern: String,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

/// Whom a step concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SubjectFrom {
    /// The persons named behind the match.
    Behind,
    /// The person whom the pattern captures.
    Match,
    /// All whom the forum's proceedings by that instrument concern already.
    Known,
}

/// A text in which a rule fires, and what is read there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fires {
    pub(crate) text: String,
    pub(crate) forum: String,
    pub(crate) subjects: Vec<String>,
}

/// A legal step in the text, before the forum is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) rule: usize,
    pub(crate) step: StepKind,
    /// `None` for that of the step before.
    pub(crate) instrument: Option<Instrument>,
    /// The words that name the forum.
    pub(crate) forum: Option<Tokens>,
    /// Where the persons it concerns are named; `None` for all whom the forum's proceedings
    /// concern already.
    pub(crate) subjects: Option<Tokens>,
    pub(crate) tokens: Tokens,
    pub(crate) reason: Option<String>,
}

impl Proceedings {
    const FILE: &str = "reading/proceedings.toml";

    pub(crate) fn compile(
        pack: &Pack,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let file: File = pack.file(Self::FILE)?;
        vocabulary.define_all(&file.classes);
        let mut instruments = BTreeMap::new();
        for InstrumentWords { instrument, words } in &file.instruments {
            vocabulary.define("instrument", words.iter().map(String::as_str));
            instruments.extend(words.iter().map(|w| (vocabulary.learn_phrase(w), *instrument)));
        }
        let reasons = file.reasons.into_iter();
        let reasons = reasons.map(|Reason { reason, words }| {
            (reason, words.iter().map(|word| vocabulary.learn(word)).collect())
        });
        let reasons = reasons.collect();
        let path = pack.path(Self::FILE);
        let named = file.rules.iter().map(|rule| (&*path, &*rule.name, &*rule.pattern));
        let layers = ["number", "time"];
        let patterns = phrases.patterns(named, &layers, vocabulary)?;
        Ok(Self {
            forum: patterns.slot("forum"),
            instrument: patterns.slot("instrument"),
            subject: patterns.slot("subject"),
            verbs: patterns.words_captured(patterns.slot("verb")),
            rules: file.rules,
            patterns,
            instruments,
            reasons,
        })
    }

    /// The legal steps of a text, in text order; none overlaps another.
    pub(crate) fn find(&self, analysis: &Analysis<'_>, layers: &[&Layer]) -> Vec<Found> {
        let acting = analysis.told().filter(|tokens| analysis.holds_any(*tokens, &self.verbs));
        acting
            .flat_map(|sentence| {
                let matches = self.patterns.longest(analysis, layers, sentence);
                matches.into_iter().filter_map(move |found| {
                    let rule = &self.rules[found.pattern];
                    let words = found.capture(self.instrument).map(|tokens| {
                        tokens.into_iter().map(|id| analysis.token(id).word).collect::<Vec<_>>()
                    });
                    let instrument = words.and_then(|words| self.instruments.get(&words)).copied();
                    let subjects = match rule.subject {
                        SubjectFrom::Behind => Some(Tokens::new(found.tokens.end, sentence.end)),
                        SubjectFrom::Match => Some(found.capture(self.subject)?),
                        SubjectFrom::Known => None,
                    };
                    Some(Found {
                        rule: found.pattern,
                        step: rule.step,
                        instrument: match rule.subject {
                            SubjectFrom::Known => rule.instrument.or(instrument),
                            _ => Some(rule.instrument.or(instrument)?),
                        },
                        forum: found.capture(self.forum),
                        subjects,
                        tokens: found.tokens,
                        reason: self.reason(analysis, sentence),
                    })
                })
            })
            .collect()
    }

    fn reason(&self, analysis: &Analysis<'_>, sentence: Tokens) -> Option<String> {
        let told = |words: &WordSet| {
            sentence.into_iter().any(|token: TokenId| words.holds(analysis.token(token).word))
        };
        self.reasons.iter().find(|(_, words)| told(words)).map(|(reason, _)| reason.clone())
    }

    /// The rules' names with the texts that they carry.
    pub(crate) fn examples(&self) -> impl Iterator<Item = (usize, &str, &[Fires], &[String])> {
        let rules = self.rules.iter().enumerate();
        rules.map(|(at, rule)| (at, rule.name.as_str(), &rule.fires[..], &rule.silent[..]))
    }
}

/// How many persons one step may concern.
const SUBJECTS: usize = 1000;

/// A step of one subject's proceeding, its actors known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Taken {
    pub(crate) forum: Option<ActorKey>,
    pub(crate) instrument: Instrument,
    pub(crate) subject: ActorKey,
    /// The step's place in what was found.
    pub(crate) found: usize,
}

/// The steps by subject, in text order. `forum` tells whom the words that name a forum mean.
pub(crate) fn taken(
    found: &[Found],
    cast: &mut Cast<'_, '_>,
    mut forum: impl FnMut(&mut Cast<'_, '_>, Tokens) -> Option<ActorKey>,
) -> Vec<Taken> {
    let mut taken: Vec<Taken> = Vec::new();
    let mut concerned: BTreeMap<(Option<ActorKey>, Instrument), BTreeSet<ActorKey>> =
        BTreeMap::new();
    for (place, step) in found.iter().enumerate() {
        let named = step.forum.and_then(|tokens| forum(cast, tokens));
        let last = taken.last().map(|t| (t.forum, t.instrument));
        let by = if step.subjects.is_some() { named } else { named.or(last.and_then(|l| l.0)) };
        let Some(instrument) = step.instrument.or(last.map(|l| l.1)) else { continue };
        let subjects: BTreeSet<ActorKey> = match step.subjects {
            Some(tokens) => {
                let named = cast.named_in(tokens).map(|(_, key)| key).take(SUBJECTS);
                named.filter(|key| cast.kind(*key) == ActorKind::Person).collect()
            }
            None => concerned.get(&(by, instrument)).cloned().unwrap_or_default(),
        };
        for subject in subjects {
            let subject = cast.used(subject);
            let all = concerned.entry((by, instrument)).or_default();
            if all.len() < SUBJECTS {
                all.insert(subject);
            }
            taken.push(Taken { forum: by, instrument, subject, found: place });
        }
    }
    taken
}

/// Where a proceeding stands after a step.
pub(crate) fn state_after(step: StepKind) -> State {
    use StepKind::{
        Acquitted, Appealed, Applied, Began, Closed, Confirmed, Convicted, Executed, Issued,
        Opened, Overturned, Rejected, Sentenced, Surrendered, Unsealed, Upheld, Withdrawn,
    };
    match step {
        Applied | Appealed => State::Pending,
        Opened | Issued | Unsealed | Executed | Surrendered | Confirmed | Began => State::Active,
        Withdrawn => State::Withdrawn,
        Rejected | Closed => State::Closed,
        Convicted | Acquitted | Sentenced | Upheld | Overturned => State::Decided,
    }
}
