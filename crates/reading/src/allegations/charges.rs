//! Charges: conduct with what a sentence says around it, before actors are known.

mod lists;

use onrecord_language::{Analysis, Layer, TokenId, Tokens};
use onrecord_record::{Act, Degree, Standing};

use super::AllegationRules;
use super::conduct::{Conduct, Frame};
use super::roles::{In, Told};
use crate::attribution::{Attribution, holder};

/// How many words of conduct are looked at in a sentence.
const CONDUCTS: usize = 256;
/// How many tokens may stand before conduct in what goes on behind a source.
const VERB: u32 = 3;
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
    /// The whole crime that was charged last.
    frame: Option<Frame>,
}

/// Conduct with which somebody is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Charge {
    /// The place of the attribution that says so; `None` for the narrator.
    pub(super) statement: Option<usize>,
    /// Whether that one denies it.
    pub(super) denied: bool,
    /// The attribution that denies what somebody is told to charge.
    pub(super) denial: Option<usize>,
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
    /// Against whom, where they tell.
    pub(super) victims: Option<Tokens>,
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
    /// Whether it is told of what the sentence before charges.
    pub(super) again: bool,
}

/// What somebody could not establish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limit {
    /// `None` where the narrator says so.
    pub(super) statement: Option<usize>,
    /// Who could not, in the narrator's words.
    pub(super) who: Option<Tokens>,
    /// Whether it speaks of the charge right before.
    pub(super) about: bool,
    pub(super) sentence: Tokens,
    pub(super) tokens: Tokens,
    /// The rules of the conduct that its sentence names.
    pub(super) rules: Vec<usize>,
}

/// What is looked at in a text.
struct Text<'a, 't> {
    analysis: &'a Analysis<'t>,
    layers: [&'a Layer; 3],
    attributions: &'a [Attribution],
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
        let text =
            Text { analysis, layers: [layers[0], layers[1], &layer], attributions, is_party };
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
            // Who pleads not guilty of a charge is charged, by others.
            let despite = whole.iter().any(|told| self.roles.is_despite(told.rule));
            let by_others = despite.then_some((&[][..], None));
            let own_words = places(saying);
            let Some((places, act)) = own_words.or(by_others) else { continue };
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
            told.extend(whole.iter().filter(|told| !told.shares).cloned());
            // The army, the union said, shelled a clinic: who did it stands before the source.
            let before = saying.and_then(|saying| self.cut_off(text, sentence, saying, own));
            told.extend(before);
            for told in &mut told {
                let within = Tokens::new(sentence.start, told.tokens.end);
                told.accused =
                    told.accused.map(|list| self.whole_list(text.analysis, list, within));
            }
            told.retain(|told| {
                let parties =
                    told.accused.map_or(0, |list| self.parties(text.analysis, list).len());
                !self.roles.is_far(told.rule) || parties > lists::LONG
            });
            let despite = |c: &Conduct| {
                told.iter().any(|t| self.roles.is_despite(t.rule) && t.tokens.contains(c.tokens))
            };
            let nominal = |c: &Conduct| {
                let mut denials = told.iter().filter(|told| self.roles.is_denial(told.rule));
                denials.any(|told| told.tokens.contains(c.tokens))
            };
            let nominal = act == Some(Act::Deny) && own.iter().any(nominal);
            let live: Vec<Conduct> = own
                .iter()
                .zip(&holders)
                .filter(|(c, by)| {
                    let mut out = asides.iter().chain(&limit);
                    let out = out.any(|tokens| tokens.contains(c.tokens));
                    *by == holder && (nominal || !out || despite(c))
                })
                .map(|(c, _)| *c)
                .collect();
            // What a court says of a charge is about the crime that it was told of before.
            let before = to.frame.filter(|_| told.iter().any(|told| told.standing.is_some()));
            let taxa = self.conduct.taxa(&live, charging || nominal, before);
            let alleged: Vec<Alleged> = live
                .iter()
                .zip(taxa)
                .filter_map(|(c, taxon)| {
                    let Conduct { rule, tokens, victims, .. } = *c;
                    Some(Alleged { taxon: taxon?.to_owned(), tokens, rule, victims })
                })
                .collect();
            let touches = |told: &Told| {
                told.charges && alleged.iter().any(|a| told.tokens.contains(a.tokens))
            };
            // A court that dismisses a charge tells of the charge: it does not deny it.
            let steps = told.iter().any(|told| told.standing.is_some() && touches(told));
            let denied = act == Some(Act::Deny) && !steps && !nominal;
            if charging || denied || told.iter().any(touches) {
                let says = own_words.is_some() && (act != Some(Act::Deny) || denied);
                let statement = holder.filter(|_| says);
                to.frame = self.conduct.frame(&live).or(to.frame);
                let charges = self.by_accused(text, &alleged, &told);
                // What is denied alone must tell whom it would have been done by.
                let charges = charges.into_iter().filter(|c| !nominal || !c.accused.is_empty());
                let beside = holder.and_then(|place| text.denier(place));
                let denial = holder.filter(|_| nominal).or(beside);
                to.charges.extend(charges.map(|c| Charge { statement, denied, denial, ..c }));
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
                            denial: None,
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
            charge.victims.extend(conduct.victims);
            for told in with.into_iter().chain(by) {
                charge.roles.push(told.rule);
                charge.standing = charge.standing.max(told.standing.unwrap_or(Standing::Alleged));
                charge.place = charge.place.or(told.place);
                charge.victims.extend(told.victims.filter(|v| !charge.victims.contains(v)));
            }
        }
        charges.into_iter().map(|(_, charge)| charge).collect()
    }

    /// Who did what a statement goes on with behind its source, where they alone stand before it.
    fn cut_off(
        &self,
        text: &Text<'_, '_>,
        sentence: Tokens,
        saying: &Attribution,
        own: &[Conduct],
    ) -> Option<Told> {
        let [first, behind] = &saying.content[..] else { return None };
        let source = saying.source?;
        let between = first.end <= source.start && source.end <= behind.start;
        let near =
            |c: &Conduct| behind.contains(c.tokens) && c.tokens.start.0 <= behind.start.0 + VERB;
        if !between || !sentence.contains(*first) || !own.iter().any(near) {
            return None;
        }
        let told = self.roles.told(text.analysis, &text.layers, *first, &[In::Apart]);
        let tokens = both(Tokens::new(first.start, behind.end), sentence);
        let told =
            told.into_iter().find(|told| told.accused.is_some_and(|a| self.can_act(text, a)))?;
        Some(Told { tokens, ..told })
    }

    /// The degrees of responsibility that a sentence tells: of those whom it charges itself, else
    /// for what was charged before.
    fn degrees(&self, text: &Text<'_, '_>, sentence: Tokens, before: usize, to: &mut Charged) {
        let told = self.roles.told(text.analysis, &text.layers, sentence, &[In::Sentence]);
        let mut reached = sentence.start;
        for told in told.into_iter().filter(|told| told.shares) {
            // Of those that begin in one another the first has all of its words.
            let Some(named) = told.accused.filter(|_| told.tokens.start >= reached) else {
                continue;
            };
            reached = told.tokens.end;
            let parties = self.parties(text.analysis, named).into_iter();
            let accused: Vec<Accused> =
                parties.map(|tokens| Accused { tokens, degree: told.degree }).collect();
            let own = told.degree.is_some();
            match to.charges[before..].last_mut().filter(|_| own) {
                Some(charge) => {
                    charge.accused.retain(|a| !accused.iter().any(|b| b.tokens.overlaps(a.tokens)));
                    charge.accused.extend(accused);
                    charge.accused.sort_by_key(|a| a.tokens.start);
                    charge.roles.push(told.rule);
                }
                None => {
                    let statement = holder(text.attributions, named);
                    let again = !own;
                    to.shares.push(Share { statement, sentence, accused, role: told.rule, again });
                }
            }
        }
    }

    fn limits(&self, text: &Text<'_, '_>, sentence: Tokens, own: &[Conduct], to: &mut Vec<Limit>) {
        let found = self.roles.limit(text.analysis, &text.layers, sentence);
        let Some((found, who, about)) = found else { return };
        let rules = own.iter().map(|c| c.rule).collect();
        let first = Tokens::at(found.start.index()..found.start.index() + 1);
        let statement = holder(text.attributions, first);
        let content = statement.map(|place| text.attributions[place].content.iter());
        let tokens = match content {
            Some(mut parts) => parts.find(|part| part.contains(first)).map(|p| both(*p, found)),
            None => Some(found),
        };
        to.extend(tokens.map(|tokens| Limit { statement, who, about, sentence, tokens, rules }));
    }

    /// Whether some words can name somebody who acts.
    fn can_act(&self, text: &Text<'_, '_>, tokens: Tokens) -> bool {
        let theirs = self.is_own(text.analysis, tokens);
        self.is_pronoun(text.analysis, tokens) || theirs || (text.is_party)(tokens)
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

    /// Whether a charge speaks of what was charged before.
    pub(super) fn is_again(&self, charge: &Charge) -> bool {
        charge.roles.iter().any(|role| self.roles.is_again(*role))
    }

    /// Whether some tokens name whoever a court tries, without a name.
    pub(super) fn is_tried(&self, analysis: &Analysis<'_>, tokens: Tokens) -> bool {
        let last = TokenId(tokens.end.0.saturating_sub(1));
        self.tried.holds(analysis.token(last).word)
    }

    /// Whether a token joins a noun to whose it is.
    pub(super) fn is_of(&self, analysis: &Analysis<'_>, token: TokenId) -> bool {
        self.of.holds(analysis.token(token).word)
    }

    /// Whether some tokens are a pronoun alone that is the object of a verb.
    pub(super) fn is_object(&self, analysis: &Analysis<'_>, tokens: Tokens) -> bool {
        tokens.len() == 1 && self.object.holds(analysis.token(tokens.start).word)
    }

    /// Whether some tokens are a pronoun alone.
    pub(super) fn is_pronoun(&self, analysis: &Analysis<'_>, tokens: Tokens) -> bool {
        tokens.len() == 1 && self.pronoun.holds(analysis.token(tokens.start).word)
    }
}

impl Text<'_, '_> {
    /// The statement that denies the very words of an accusation.
    fn denier(&self, accusation: usize) -> Option<usize> {
        let own = &self.attributions[accusation];
        let near = accusation.saturating_sub(1)..self.attributions.len().min(accusation + 2);
        let denies = |at: &usize| {
            let other = &self.attributions[*at];
            other.act == Act::Deny && other.content.first() == own.content.first()
        };
        near.into_iter().find(denies).filter(|_| own.act == Act::Accuse)
    }

    /// The innermost statement that tells some tokens. An order is a deed of whoever gives it: who
    /// tells of it tells of what was ordered.
    fn teller(&self, tokens: Tokens) -> Option<usize> {
        let chain = std::iter::successors(holder(self.attributions, tokens), |at| {
            self.attributions[*at].within
        });
        let told = chain.into_iter().find(|at| {
            let attribution = &self.attributions[*at];
            attribution.act != Act::Order || attribution.within.is_none()
        })?;
        // What is denied and called an accusation is told by both: the accusation charges.
        let accuses = |at: &usize| {
            let (own, other) = (&self.attributions[told], &self.attributions[*at]);
            other.act == Act::Accuse && own.content.first() == other.content.first()
        };
        let beside = (told.saturating_sub(1)..self.attributions.len().min(told + 2)).find(accuses);
        Some(beside.filter(|_| self.attributions[told].act == Act::Deny).unwrap_or(told))
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
        Act::Deny => &[In::Denial, In::Content],
        Act::Say | Act::Find | Act::Warn | Act::Estimate | Act::Believe => &[In::Content],
        Act::Demand | Act::Promise | Act::Order | Act::Ask => return None,
    };
    Some((places, Some(saying.act)))
}

/// The tokens that two stretches share; none at the start of the second where they share none.
fn both(a: Tokens, b: Tokens) -> Tokens {
    Tokens::new(a.start.max(b.start), a.end.min(b.end))
}
