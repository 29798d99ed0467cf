//! Charges: conduct with what a sentence says around it, before actors are known.

use onrecord_language::{Analysis, Layer, Shape, TokenId, Tokens};
use onrecord_record::{Act, Degree, Standing};

use super::AllegationRules;
use super::conduct::Conduct;
use super::roles::{In, Told};
use crate::attribution::{Attribution, holder};

/// How many words of conduct are looked at in a sentence.
const CONDUCTS: usize = 256;
/// How many tokens may lie between the conducts of a list.
const LISTED: u32 = 3;

/// What a text charges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Charged {
    /// In text order.
    pub(crate) charges: Vec<Charge>,
    /// Degrees of responsibility for what was charged before, in text order.
    pub(super) shares: Vec<Share>,
    /// What those who charge could not establish, in text order.
    pub(super) limits: Vec<Limit>,
    /// The taxa that words tell, whoever is charged with them.
    pub(super) named: Vec<(String, Tokens)>,
}

/// Conduct with which somebody is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Charge {
    /// The place of the attribution that says so; `None` for the narrator.
    pub(super) statement: Option<usize>,
    /// Whether that one denies it.
    pub(super) denied: bool,
    /// In text order; never empty.
    pub(super) conduct: Vec<Alleged>,
    pub(super) accused: Vec<Accused>,
    pub(super) victims: Vec<Tokens>,
    pub(super) place: Option<Tokens>,
    pub(super) standing: Standing,
    /// The rules that read some of it.
    pub(super) roles: Vec<usize>,
}

/// Words of conduct and the taxon that they tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alleged {
    pub(super) taxon: String,
    pub(super) tokens: Tokens,
    pub(super) rule: usize,
}

/// The words that name somebody accused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Accused {
    pub(super) tokens: Tokens,
    pub(super) degree: Option<Degree>,
}

/// Who is responsible, and to which degree, for what was charged before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) statement: Option<usize>,
    pub(super) sentence: Tokens,
    pub(super) accused: Vec<Accused>,
    pub(super) role: usize,
}

/// What somebody could not establish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    /// `None` where the narrator says so.
    pub(super) statement: Option<usize>,
    /// Who could not, in the narrator's words.
    pub(super) who: Option<Tokens>,
    pub(super) tokens: Tokens,
    /// The rules of the conduct that its sentence names.
    pub(super) rules: Vec<usize>,
}

/// What is looked at in a text.
struct Text<'a, 't> {
    analysis: &'a Analysis<'t>,
    layers: [&'a Layer; 3],
    attributions: &'a [Attribution],
    armed: bool,
    is_party: &'a dyn Fn(Tokens) -> bool,
}

impl AllegationRules {
    /// What a text charges. `layers` are its numbers and times; `is_party` tells whether the words of
    /// a noun phrase can name somebody.
    pub(crate) fn find(
        &self,
        analysis: &Analysis<'_>,
        layers: [&Layer; 2],
        attributions: &[Attribution],
        is_party: &dyn Fn(Tokens) -> bool,
    ) -> Charged {
        let conducts = self.conduct.find(analysis, &layers);
        let mut charged = Charged::default();
        if conducts.is_empty() {
            return charged;
        }
        let layer = Layer::new(analysis, conducts.iter().map(|c| c.tokens).zip(0u32..));
        let text = Text {
            analysis,
            layers: [layers[0], layers[1], &layer],
            attributions,
            armed: self.conduct.tells_of_war(analysis),
            is_party,
        };
        for sentence in analysis.told() {
            let first = conducts.partition_point(|c| c.tokens.start < sentence.start);
            let behind = conducts.partition_point(|c| c.tokens.start < sentence.end);
            let own = &conducts[first..behind.min(first + CONDUCTS)];
            let before = charged.charges.len();
            if analysis.holds_any(sentence, &self.limit_words) {
                self.limits(&text, sentence, own, &mut charged.limits);
            }
            if !own.is_empty() {
                self.sentence(&text, sentence, own, &mut charged);
            }
            if analysis.holds_any(sentence, &self.degree_words) {
                self.degrees(&text, sentence, before, &mut charged);
            }
        }
        charged
    }

    /// The charges of a sentence, for each statement that holds some of its conduct.
    fn sentence(&self, text: &Text<'_, '_>, sentence: Tokens, own: &[Conduct], to: &mut Charged) {
        let mut holders: Vec<Option<usize>> = own.iter().map(|c| text.teller(c.tokens)).collect();
        // A list may run on behind what is marked as said.
        for at in 1..own.len() {
            let gap = own[at].tokens.start.0.saturating_sub(own[at - 1].tokens.end.0);
            holders[at] = holders[at].or(holders[at - 1].filter(|_| gap <= LISTED));
        }
        let limit = to.limits.last().map(|limit| limit.tokens);
        let whole = self.roles.told(text.analysis, &text.layers, sentence, &[In::Sentence]);
        let mut done: Vec<Option<usize>> = Vec::new();
        for holder in &holders {
            if done.contains(holder) {
                continue;
            }
            done.push(*holder);
            let saying = holder.map(|place| &text.attributions[place]);
            let Some((places, act)) = places(saying) else { continue };
            let charging = act == Some(Act::Accuse);
            let pieces: Vec<Tokens> = match saying {
                Some(a) => a.content.iter().map(|part| both(*part, sentence)).collect(),
                None => vec![sentence],
            };
            let pieces = pieces.iter().filter(|piece| !piece.is_empty());
            let asides: Vec<Tokens> = pieces
                .clone()
                .flat_map(|piece| self.roles.asides(text.analysis, &text.layers, *piece))
                .collect();
            let mut told: Vec<Told> = pieces
                .flat_map(|piece| self.roles.told(text.analysis, &text.layers, *piece, places))
                .collect();
            // The subject of a verb need not be anybody: a rocket hit a house.
            told.retain(|told| {
                let named = told.accused.map(|tokens| self.parties(text.analysis, tokens));
                self.roles.is_sure(told.rule)
                    || named
                        .is_none_or(|parts| parts.into_iter().any(|part| self.can_act(text, part)))
            });
            told.extend(whole.iter().filter(|told| told.degree.is_none()).cloned());
            let live: Vec<Conduct> = own
                .iter()
                .zip(&holders)
                .filter(|(c, by)| {
                    let mut out = asides.iter().chain(&limit);
                    *by == holder && !out.any(|tokens| tokens.contains(c.tokens))
                })
                .map(|(c, _)| *c)
                .collect();
            let taxa = self.conduct.taxa(&live, charging, text.armed);
            let alleged: Vec<Alleged> = live
                .iter()
                .zip(taxa)
                .filter_map(|(c, taxon)| {
                    Some(Alleged { taxon: taxon?.to_owned(), tokens: c.tokens, rule: c.rule })
                })
                .collect();
            let touches = |told: &Told| {
                told.charges && alleged.iter().any(|a| told.tokens.contains(a.tokens))
            };
            // A court that dismisses a charge tells of the charge: it does not deny it.
            let steps = told.iter().any(|told| told.standing.is_some() && touches(told));
            let denied = act == Some(Act::Deny) && !steps;
            if charging || denied || told.iter().any(touches) {
                let statement = holder.filter(|_| act != Some(Act::Deny) || denied);
                let charges = self.by_accused(text, &alleged, &told);
                let charges = charges.into_iter();
                to.charges.extend(charges.map(|c| Charge { statement, denied, ..c }));
            }
            to.named.extend(alleged.into_iter().map(|a| (a.taxon, a.tokens)));
        }
    }

    /// Conduct by who is charged with it: whom a rule names with it, else those of the conduct
    /// before, else behind.
    fn by_accused(&self, text: &Text<'_, '_>, alleged: &[Alleged], told: &[Told]) -> Vec<Charge> {
        let whom = |conduct: &Alleged| {
            let with = told.iter().filter(|t| t.tokens.contains(conduct.tokens));
            let named = with.filter(|t| {
                t.accused.is_some_and(|a| !alleged.iter().any(|c| c.tokens.overlaps(a)))
            });
            named.min_by_key(|t| (t.rule, t.tokens.start))
        };
        let mut accused: Vec<Option<&Told>> = alleged.iter().map(whom).collect();
        for place in 1..accused.len() {
            accused[place] = accused[place].or(accused[place - 1]);
        }
        for place in (1..accused.len()).rev() {
            accused[place - 1] = accused[place - 1].or(accused[place]);
        }
        let mut charges: Vec<(Option<Tokens>, Charge)> = Vec::new();
        for (conduct, by) in alleged.iter().zip(accused) {
            let with: Vec<&Told> =
                told.iter().filter(|t| t.tokens.contains(conduct.tokens)).collect();
            let named = by.and_then(|told| told.accused);
            let place = match charges.iter().position(|(other, _)| *other == named) {
                Some(place) => place,
                None => {
                    let parties = named.map(|tokens| self.parties(text.analysis, tokens));
                    let accused = parties.unwrap_or_default().into_iter();
                    let accused = accused.map(|tokens| Accused { tokens, degree: None }).collect();
                    charges.push((
                        named,
                        Charge {
                            statement: None,
                            denied: false,
                            conduct: Vec::new(),
                            accused,
                            victims: Vec::new(),
                            place: None,
                            standing: Standing::Alleged,
                            roles: Vec::new(),
                        },
                    ));
                    charges.len() - 1
                }
            };
            let charge = &mut charges[place].1;
            charge.conduct.push(conduct.clone());
            for told in with.into_iter().chain(by) {
                charge.roles.push(told.rule);
                charge.standing = charge.standing.max(told.standing.unwrap_or(Standing::Alleged));
                charge.place = charge.place.or(told.place);
                charge.victims.extend(told.victims.filter(|v| !charge.victims.contains(v)));
            }
        }
        charges.into_iter().map(|(_, charge)| charge).collect()
    }

    /// The degrees of responsibility that a sentence tells: of those whom it charges itself, else
    /// for what was charged before.
    fn degrees(&self, text: &Text<'_, '_>, sentence: Tokens, before: usize, to: &mut Charged) {
        let told = self.roles.told(text.analysis, &text.layers, sentence, &[In::Sentence]);
        let mut reached = sentence.start;
        for told in told.into_iter().filter(|told| told.degree.is_some()) {
            // Of those that begin in one another the first has all of its words.
            let Some(named) = told.accused.filter(|_| told.tokens.start >= reached) else {
                continue;
            };
            reached = told.tokens.end;
            let parties = self.parties(text.analysis, named).into_iter();
            let accused: Vec<Accused> =
                parties.map(|tokens| Accused { tokens, degree: told.degree }).collect();
            match to.charges[before..].last_mut() {
                Some(charge) => {
                    charge.accused.retain(|a| !accused.iter().any(|b| b.tokens.overlaps(a.tokens)));
                    charge.accused.extend(accused);
                    charge.accused.sort_by_key(|a| a.tokens.start);
                    charge.roles.push(told.rule);
                }
                None => {
                    let statement = holder(text.attributions, named);
                    to.shares.push(Share { statement, sentence, accused, role: told.rule });
                }
            }
        }
    }

    fn limits(&self, text: &Text<'_, '_>, sentence: Tokens, own: &[Conduct], to: &mut Vec<Limit>) {
        let found = self.roles.limit(text.analysis, &text.layers, sentence);
        let Some((found, who)) = found else { return };
        let rules = own.iter().map(|c| c.rule).collect();
        let first = Tokens::at(found.start.index()..found.start.index() + 1);
        let statement = holder(text.attributions, first);
        let content = statement.map(|place| text.attributions[place].content.iter());
        let tokens = match content {
            Some(mut parts) => parts.find(|part| part.contains(first)).map(|p| both(*p, found)),
            None => Some(found),
        };
        to.extend(tokens.map(|tokens| Limit { statement, who, tokens, rules }));
    }

    /// Whether some words can name somebody who acts.
    fn can_act(&self, text: &Text<'_, '_>, tokens: Tokens) -> bool {
        self.is_pronoun(text.analysis, tokens) || (text.is_party)(tokens)
    }

    /// The parts of a list of parties. Where nothing but a comma joins them, they are one with what
    /// is said of it, and the name tells who that is.
    fn parties(&self, analysis: &Analysis<'_>, list: Tokens) -> Vec<Tokens> {
        let mut parts: Vec<Tokens> = Vec::new();
        let mut start: Option<TokenId> = None;
        for token in list {
            let found = analysis.token(token);
            let outside = found.shape == Shape::Comma
                || matches!(found.shape, Shape::QuoteOpen | Shape::QuoteClose)
                || self.joins.holds(found.word);
            match (outside, start) {
                (true, Some(first)) => {
                    parts.push(Tokens::new(first, token));
                    start = None;
                }
                (false, None) => start = Some(token),
                _ => {}
            }
        }
        parts.extend(start.map(|first| Tokens::new(first, list.end)));
        let listed = analysis.holds_any(list, &self.joins);
        let is_name = |part: &Tokens| {
            let first = analysis.token(part.start).shape;
            matches!(first, Shape::Capital | Shape::Upper | Shape::Initial)
        };
        if !listed && parts.len() > 1 {
            let told = parts.iter().position(is_name).unwrap_or_default();
            parts = vec![parts[told]];
        }
        parts
    }

    /// Whether some tokens begin with a word by which somebody owns to what is theirs.
    pub(super) fn is_own(&self, analysis: &Analysis<'_>, tokens: Tokens) -> bool {
        self.own.holds(analysis.token(tokens.start).word)
    }

    /// Whether the words for a source name a body that has a mandate to find.
    pub(super) fn is_mandated(&self, analysis: &Analysis<'_>, source: Tokens) -> bool {
        analysis.holds_any(source, &self.mandated)
    }

    /// Whether a charge is one that its speaker admits without naming anybody else.
    pub(super) fn is_own_deed(&self, charge: &Charge) -> bool {
        charge.roles.iter().any(|role| self.roles.is_admission(*role))
    }

    /// Whether a charge is told by a legal step against somebody.
    pub(super) fn is_step(&self, charge: &Charge) -> bool {
        charge.roles.iter().any(|role| self.roles.is_step(*role))
    }

    /// Whether some tokens are a pronoun alone.
    pub(super) fn is_pronoun(&self, analysis: &Analysis<'_>, tokens: Tokens) -> bool {
        tokens.len() == 1 && self.pronoun.holds(analysis.token(tokens.start).word)
    }
}

impl Text<'_, '_> {
    /// The innermost statement that tells some tokens. An order is a deed of whoever gives it: who
    /// tells of it tells of what was ordered.
    fn teller(&self, tokens: Tokens) -> Option<usize> {
        let chain = std::iter::successors(holder(self.attributions, tokens), |at| {
            self.attributions[*at].within
        });
        chain.into_iter().find(|at| {
            let attribution = &self.attributions[*at];
            attribution.act != Act::Order || attribution.within.is_none()
        })
    }
}

/// Where the rules are searched that may make a charge of what somebody says, and the act of
/// saying; `None` where it charges nobody.
fn places(saying: Option<&Attribution>) -> Option<(&'static [In], Option<Act>)> {
    let Some(saying) = saying else { return Some((&[], None)) };
    let places: &[In] = match saying.act {
        _ if saying.negated => return None,
        Act::Accuse => &[In::Charge, In::Content],
        Act::Admit => &[In::Admission, In::Content],
        Act::Say | Act::Find | Act::Warn | Act::Estimate | Act::Believe | Act::Deny => {
            &[In::Content]
        }
        Act::Demand | Act::Promise | Act::Order | Act::Ask => return None,
    };
    Some((places, Some(saying.act)))
}

/// The tokens that two stretches share; none at the start of the second where they share none.
fn both(a: Tokens, b: Tokens) -> Tokens {
    Tokens::new(a.start.max(b.start), a.end.min(b.end))
}
