//! What words tell of links, `links.toml`: cues that answer, nouns for what was said, and how words
//! point at it.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{
    Analysis, Layer, Match, PatternSet, Phrase, Phrases, Slot, Tokens, Vocabulary, WordId, WordSet,
};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{Act, LinkKind};
use serde::Deserialize;

use crate::attribution::Attribution;
use crate::phrases;

const FILE: &str = "reading/links.toml";
/// How many words of what is said are its beginning.
const OPENING: usize = 7;
/// How many letters of a word stay at least when its ending is taken.
const SHORTEST_STEM: usize = 3;

/// What a pack knows of links.
#[derive(Debug, Clone)]
pub(crate) struct LinkRules {
    /// Longest first.
    endings: Vec<String>,
    /// What is counted that others may count otherwise.
    disputed: Vec<String>,
    relations: Vec<Relation>,
    /// The relations of a cue's dictionary form, in the order of the pack.
    by_cue: BTreeMap<String, Vec<usize>>,
    sorts: Vec<Sort>,
    by_noun: BTreeMap<WordId, usize>,
    references: Vec<Rule>,
    reference_patterns: PatternSet,
    reference_slots: Slots,
    told: Vec<Rule>,
    told_patterns: PatternSet,
    told_slots: Slots,
    possessors: WordSet,
    /// Pronouns for whoever speaks.
    inner: WordSet,
    /// Pronouns for somebody that a verb does something to.
    persons: WordSet,
    falsity: WordSet,
    denying: WordSet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    endings: Vec<String>,
    disputed: Vec<String>,
    classes: BTreeMap<String, Vec<String>>,
    #[serde(rename = "phrase")]
    phrases: Vec<Phrase>,
    #[serde(rename = "relation")]
    relations: Vec<Relation>,
    #[serde(rename = "sort")]
    sorts: Vec<Sort>,
    #[serde(rename = "reference")]
    references: Vec<Rule>,
    told: Vec<Rule>,
}

/// What cues do to something said before.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Relation {
    kind: LinkKind,
    points: Points,
    #[serde(default)]
    judges: bool,
    #[serde(default)]
    own: bool,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    deeds: bool,
    cues: Vec<String>,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

/// What a cue needs beside it to answer something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Points {
    Anything,
    Words,
    Noun,
    Party,
}

/// Nouns for what was said.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sort {
    #[expect(dead_code, reason = "names the entry for its readers")]
    name: String,
    nouns: Vec<String>,
    /// The stems of its nouns.
    #[serde(skip)]
    pub(super) stems: BTreeSet<String>,
    /// The acts that they can mean, the likeliest first.
    pub(super) acts: Vec<Act>,
    #[serde(default)]
    pub(super) figure: bool,
    #[serde(default)]
    pub(super) whole: bool,
    #[serde(default)]
    pub(super) fault: bool,
    /// Whether it needs an owner.
    #[serde(default)]
    pub(super) owned: bool,
    /// Whether it needs words that both share.
    #[serde(default)]
    pub(super) worded: bool,
    /// Whether it means charges.
    #[serde(default)]
    charges: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    /// Of rules of what is told.
    kind: Option<LinkKind>,
    pattern: String,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

/// A text and a link that is read in it, from cue to cue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fires {
    text: String,
    from: String,
    kind: LinkKind,
    to: String,
}

#[derive(Debug, Clone)]
struct Slots {
    owner: Option<Slot>,
    noun: Option<Slot>,
    several: Option<Slot>,
    alone: Option<Slot>,
    subject: Option<Slot>,
    party: Option<Slot>,
}

impl Slots {
    fn of(patterns: &PatternSet) -> Self {
        let [owner, noun, several, alone, subject, party] =
            ["owner", "noun", "several", "alone", "subject", "party"]
                .map(|name| patterns.slot(name));
        Self { owner, noun, several, alone, subject, party }
    }
}

/// What a statement's words say that it does to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(super) kind: LinkKind,
    /// What to.
    pub(super) to: Pointing,
    /// Whether the words that attribute say so: denied. Else it is what is said.
    pub(super) by_cue: bool,
    /// Whether it is the speaker's own earlier statement.
    pub(super) own: bool,
    /// Whether the cue can deny a deed, told in other words than the charge.
    pub(super) deeds: bool,
    /// Whether what is said calls it false.
    pub(crate) calls_false: bool,
}

/// How words point at something said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pointing {
    /// By nothing but what is said.
    Words,
    /// This, it.
    Pronoun,
    /// The union's accusation: a noun of some sort, with the words of whoever's it is.
    Noun {
        /// The place of its sort.
        sort: usize,
        owner: Option<Tokens>,
        /// Whether the owner is a pronoun: her claim.
        possessor: bool,
        /// Whether it means all of several: both accusations.
        several: bool,
    },
    /// By whoever said it, and whether a pronoun tells.
    Party { tokens: Tokens, pronoun: bool },
}

impl Answer {
    /// The words that tell whose statement it is to, and whether they are a pronoun.
    pub(crate) fn owner(&self) -> Option<(Tokens, bool)> {
        match self.to {
            Pointing::Noun { owner, possessor, .. } => Some((owner?, possessor)),
            Pointing::Party { tokens, pronoun } => Some((tokens, pronoun)),
            Pointing::Words | Pointing::Pronoun => None,
        }
    }
}

impl LinkRules {
    pub(crate) fn compile(
        pack: &Pack,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let mut file: File = pack.file(FILE)?;
        let path = pack.path(FILE);
        vocabulary.define_all(&file.classes);
        let mut by_noun = BTreeMap::new();
        for (place, sort) in file.sorts.iter().enumerate() {
            let class = if sort.fault { "fault-noun" } else { "told-noun" };
            vocabulary.define(class, sort.nouns.iter().map(String::as_str));
            for noun in &sort.nouns {
                by_noun.entry(vocabulary.learn(noun)).or_insert(place);
            }
        }
        let phrases = phrases.with(&path, std::mem::take(&mut file.phrases))?;
        let mut compile = |rules: &[Rule]| {
            let named = rules.iter().map(|rule| (&*path, &*rule.name, &*rule.pattern));
            phrases.patterns(named, &["number", "time"], vocabulary)
        };
        let reference_patterns = compile(&file.references)?;
        let told_patterns = compile(&file.told)?;
        if let Some(rule) = file.told.iter().find(|rule| rule.kind.is_none()) {
            let says = format_args!("`{}` needs a `kind`", rule.name).to_string();
            return Err(PackError::new(&path, says));
        }
        let mut by_cue: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, relation) in file.relations.iter().enumerate() {
            for cue in &relation.cues {
                by_cue.entry(cue.clone()).or_default().push(place);
            }
        }
        file.endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        let class = |name| -> WordSet {
            vocabulary.words_of(name).unwrap_or_default().iter().copied().collect()
        };
        for sort in &mut file.sorts {
            sort.stems = sort.nouns.iter().map(|noun| stem(noun, &file.endings)).collect();
        }
        Ok(Self {
            possessors: phrases::class(pack, vocabulary, "possessor")?,
            inner: phrases::class(pack, vocabulary, "inner-pronoun")?,
            persons: class("object-pronoun"),
            falsity: class("falsity"),
            denying: class("denying"),
            endings: file.endings,
            disputed: file.disputed,
            relations: file.relations,
            by_cue,
            sorts: file.sorts,
            by_noun,
            references: file.references,
            reference_slots: Slots::of(&reference_patterns),
            reference_patterns,
            told: file.told,
            told_slots: Slots::of(&told_patterns),
            told_patterns,
        })
    }

    pub(super) fn sorts(&self) -> &[Sort] {
        &self.sorts
    }

    /// A word without its ending, in lower case.
    pub(crate) fn stem(&self, word: &str) -> String {
        stem(word, &self.endings)
    }

    /// Whether some stretches say that something is not so.
    pub(crate) fn denies(&self, analysis: &Analysis<'_>, parts: &[Tokens]) -> bool {
        parts.iter().any(|part| {
            analysis.holds_any(*part, &self.denying) || analysis.holds_any(*part, &self.falsity)
        })
    }

    /// Whether others may give another figure for what is counted.
    pub(crate) fn is_disputed(&self, counted: &str) -> bool {
        self.disputed.iter().any(|other| other == counted)
    }

    /// Whether some words begin by saying that something is not so.
    pub(crate) fn begins_denying(&self, analysis: &Analysis<'_>, part: Tokens) -> bool {
        let first = part.start.index();
        let opening = Tokens::at(first..part.end.index().min(first + OPENING));
        analysis.holds_any(opening, &self.denying)
    }

    /// Whether an answer denies charges as such, whoever made them.
    pub(crate) fn denies_charges(&self, answer: &Answer) -> bool {
        let charges = |sort: usize| self.sorts[sort].fault || self.sorts[sort].charges;
        answer.kind == LinkKind::Denies
            && matches!(answer.to, Pointing::Noun { sort, owner: None, .. } if charges(sort))
    }

    /// Whether an answer denies all that somebody said: the report, the findings.
    pub(crate) fn denies_whole(&self, answer: &Answer) -> bool {
        answer.kind == LinkKind::Denies
            && matches!(answer.to, Pointing::Noun { sort, .. } if self.sorts[sort].whole)
    }

    /// Whether some words begin with a pronoun for whoever speaks.
    pub(crate) fn is_first_person(&self, analysis: &Analysis<'_>, part: Tokens) -> bool {
        let first = part.into_iter().find(|token| !analysis.token(*token).shape.is_mark());
        first.is_some_and(|first| self.inner.holds(analysis.token(first).word))
    }

    /// What an attribution's words say that it does to another one; `None` where they point at
    /// nothing. `layers` are numbers and times.
    pub(crate) fn answer(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        attribution: &Attribution,
    ) -> Option<Answer> {
        let reference = self.reference(analysis, layers, attribution);
        let falsity = attribution.content.iter().any(|p| analysis.holds_any(*p, &self.falsity));
        let relations = self.by_cue.get(&attribution.lemma).into_iter().flatten();
        let mut relations = relations.map(|place| &self.relations[*place]);
        let (pointing, subject) = match &reference {
            Some((pointing, subject)) => (Some(pointing), *subject),
            None => (None, false),
        };
        let fits = |relation: &&Relation| {
            let noun = matches!(pointing, Some(Pointing::Noun { .. } | Pointing::Pronoun));
            let holds = !attribution.negated || relation.negated;
            // Called them “dull”: what a pronoun means need not have been said.
            let vague = relation.judges && !falsity && pointing == Some(&Pointing::Pronoun);
            holds
                && !subject
                && !vague
                && match relation.points {
                    Points::Anything => noun || !attribution.negated,
                    Points::Words => true,
                    Points::Noun => noun,
                    Points::Party => pointing.is_some(),
                }
        };
        let known = self.by_cue.contains_key(&attribution.lemma);
        if let Some(relation) = relations.find(fits) {
            let kind = match relation.judges && falsity {
                true => LinkKind::Denies,
                false => relation.kind,
            };
            let party = relation.points == Points::Party;
            let to = pointing.filter(|to| party || !matches!(to, Pointing::Party { .. }));
            let to = to.cloned().unwrap_or(Pointing::Words);
            return Some(Answer {
                kind,
                to,
                by_cue: true,
                own: relation.own,
                deeds: relation.deeds,
                calls_false: relation.judges && falsity,
            });
        }
        if attribution.negated {
            return None;
        }
        if attribution.act == Act::Deny && !known {
            let to = pointing.filter(|to| !matches!(to, Pointing::Party { .. }));
            let to = to.cloned().unwrap_or(Pointing::Words);
            return Some(Answer {
                kind: LinkKind::Denies,
                to,
                by_cue: true,
                own: false,
                deeds: false,
                calls_false: falsity,
            });
        }
        if !matches!(
            attribution.act,
            Act::Say | Act::Believe | Act::Find | Act::Estimate | Act::Deny
        ) {
            return None;
        }
        let said = |kind, to: Pointing, calls_false| {
            Some(Answer { kind, to, by_cue: false, own: false, deeds: false, calls_false })
        };
        if let Some((kind, to)) = self.told(analysis, layers, attribution) {
            return said(kind, to, false);
        }
        match pointing {
            Some(Pointing::Noun { .. }) if falsity => {
                said(LinkKind::Denies, pointing?.clone(), true)
            }
            Some(Pointing::Noun { .. }) => said(LinkKind::Responds, pointing?.clone(), false),
            Some(Pointing::Pronoun) if falsity => said(LinkKind::Denies, Pointing::Pronoun, true),
            _ if attribution.content.iter().any(|p| analysis.holds_any(*p, &self.denying)) => {
                said(LinkKind::Denies, Pointing::Words, false)
            }
            _ => None,
        }
    }

    /// How the words that what is said begins with point at something said before, and whether they
    /// are its subject.
    fn reference(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        attribution: &Attribution,
    ) -> Option<(Pointing, bool)> {
        let part = *attribution.content.first()?;
        let sentence = analysis.sentence_of(part.start)?.tokens;
        let end = part.end.min(sentence.end);
        let tokens = Tokens::new(part.start, end.max(part.start));
        let first = tokens.into_iter().find(|t| !analysis.token(*t).shape.is_mark())?;
        let searched = Tokens::new(first, tokens.end);
        let begins = Tokens::at(first.index()..first.index() + 1);
        let found = self.reference_patterns.scan_from(analysis, layers, searched, begins);
        let found = found.iter().min_by_key(|found| found.pattern)?;
        let subject = found.capture(self.reference_slots.subject).is_some();
        Some((self.pointing(analysis, found, &self.reference_slots)?, subject))
    }

    /// What words anywhere in what is said tell that it does.
    fn told(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        attribution: &Attribution,
    ) -> Option<(LinkKind, Pointing)> {
        let parts = attribution.content.iter();
        let mut found = parts.flat_map(|p| self.told_patterns.scan(analysis, layers, *p));
        let found = found.next()?;
        let pointing = self.pointing(analysis, &found, &self.told_slots);
        Some((self.told[found.pattern].kind?, pointing.unwrap_or(Pointing::Pronoun)))
    }

    fn pointing(&self, analysis: &Analysis<'_>, found: &Match, slots: &Slots) -> Option<Pointing> {
        if let Some(noun) = found.capture(slots.noun) {
            let last = analysis.token(noun.into_iter().next_back()?).word;
            let owner = found.capture(slots.owner);
            let first = |owner: Tokens| self.possessors.holds(analysis.token(owner.start).word);
            return Some(Pointing::Noun {
                sort: *self.by_noun.get(&last)?,
                owner,
                possessor: owner.is_some_and(|owner| owner.len() == 1 && first(owner)),
                several: found.capture(slots.several).is_some(),
            });
        }
        if let Some(party) = found.capture(slots.party) {
            let first = analysis.token(party.start).word;
            let pronoun = party.len() == 1 && self.persons.holds(first);
            return Some(Pointing::Party { tokens: party, pronoun });
        }
        let pronoun = found.capture(slots.alone).or(found.capture(slots.subject));
        pronoun.map(|_| Pointing::Pronoun)
    }

    /// Runs the examples. `links` gives the links of a text: cue, kind, cue.
    pub(crate) fn examples(
        &self,
        links: impl Fn(&str) -> Vec<(String, LinkKind, String)>,
    ) -> Vec<String> {
        let relations = self.relations.iter().map(|r| {
            (r.cues.first().map_or("", String::as_str), Some(r.kind), &r.fires, &r.silent)
        });
        let rules = self.references.iter().chain(&self.told);
        let rules = rules.map(|r| (r.name.as_str(), r.kind, &r.fires, &r.silent));
        let faults = relations.chain(rules).flat_map(|(name, kind, fires, silent)| {
            let wrong = |fires: &Fires| {
                let found = links(&fires.text);
                let wanted = (fires.from.clone(), fires.kind, fires.to.clone());
                (!found.contains(&wanted)).then(|| format!("{:?} gives {found:?}", fires.text))
            };
            let fired =
                |text: &str| links(text).iter().any(|(_, k, _)| kind.is_none_or(|kind| *k == kind));
            crate::examples::faults(name, (fires, silent), wrong, fired)
        });
        faults.collect()
    }
}

/// A word without the first of some endings that leaves enough of it, in lower case.
fn stem(word: &str, endings: &[String]) -> String {
    let mut word = word.to_lowercase();
    let taken = endings.iter().find(|ending| {
        word.strip_suffix(ending.as_str()).is_some_and(|rest| rest.chars().count() >= SHORTEST_STEM)
    });
    word.truncate(word.len() - taken.map_or(0, String::len));
    word
}
