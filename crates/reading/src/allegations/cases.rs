//! Cases: the charges of a text, their actors known, brought together as its allegations.

mod whom;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{Analysis, TokenId, Tokens};
use onrecord_record::{
    Accused, Act, Allegation, AllegationId, Conduct, Degree, Link, LinkKind, Place, Proceeding,
    Response, Span, Standing, StatementId, Taxon, When, Who,
};

use super::AllegationRules;
use super::charges::{Alleged, Charge, Charged, Limit, Share};
use crate::actors::{ActorKey, Cast, Ids};
use crate::attribution::Attribution;
use crate::links::Said;

/// How many allegations back one may be told again, or spoken of.
const REACH: usize = 64;
/// How many tokens behind conduct it may be spoken of under another name.
const AGAIN: u32 = 120;
/// How many of those who were accused before are accused with words that name nobody.
const INHERITED: usize = 64;
/// How many tokens may lie between two sentences that tell degrees of one thing.
const BESIDE: u32 = 4;

/// An allegation whose actors have no ids yet.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    by: Vec<usize>,
    speaker: Option<ActorKey>,
    conduct: Vec<Alleged>,
    accused: Vec<Party>,
    victims: Vec<Party>,
    place: Option<Tokens>,
    standing: Standing,
    /// Whether it is told by a legal step, whose time is not that of the conduct.
    step: bool,
    limits: Vec<Tokens>,
    /// The statements that deny it by their words alone.
    denials: Vec<usize>,
}

/// Somebody who is named in it.
#[derive(Debug, Clone, Copy)]
struct Party {
    actor: Option<ActorKey>,
    degree: Option<Degree>,
    tokens: Tokens,
}

/// What is known of a text when its charges become cases.
pub(crate) struct Telling<'a, 't> {
    pub(crate) rules: &'a AllegationRules,
    pub(crate) analysis: &'a Analysis<'t>,
    pub(crate) attributions: &'a [Attribution],
    pub(crate) said: &'a [Said],
    pub(crate) links: &'a [Link],
    /// The speakers that some source's words tell to have a mandate to find.
    mandated: BTreeSet<ActorKey>,
}

/// The allegations of a text before its actors have ids. `means` tells whom a noun phrase means.
pub(crate) fn cases<'c, 't>(
    charged: &Charged,
    telling: &Telling<'_, '_>,
    cast: &mut Cast<'c, 't>,
    mut means: impl FnMut(&mut Cast<'c, 't>, Tokens) -> Option<ActorKey>,
) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let own = charged.charges.iter().filter(|charge| !charge.denied);
    let charging: BTreeSet<usize> = own.filter_map(|charge| charge.statement).collect();
    let denies = telling.links.iter().filter(|link| link.kind == LinkKind::Denies);
    let denied: BTreeMap<usize, usize> =
        denies.map(|link| (link.from.index(), link.to.index())).collect();
    let accuses = |at: &usize| {
        telling.attributions.get(*at).is_some_and(|a| a.act == Act::Accuse)
            && !charging.contains(at)
    };
    for charge in &charged.charges {
        // What is told by its denial alone is charged by the accusation that it denies.
        let by = match charge.statement.filter(|_| charge.denied) {
            None => charge.statement,
            Some(denial) => match denied.get(&denial).filter(|at| accuses(at)) {
                Some(accusation) => Some(*accusation),
                None => continue,
            },
        };
        let case = telling.case(charge, by, &cases, cast, &mut means);
        if let Some(denial) = charge.denial.filter(|_| by.is_none())
            && let Some(other) =
                cases.iter_mut().rev().take(REACH).find(|c| telling.is_denied_as(c, &case, cast))
        {
            other.denials.push(denial);
            continue;
        }
        let near = cases.iter_mut().rev().take(REACH);
        match near.into_iter().find(|other| other.is_told_again_by(&case)) {
            Some(other) => other.take(case),
            None => cases.push(case),
        }
    }
    telling.share(&charged.shares, &mut cases, cast, &mut means);
    telling.limit(&charged.limits, &mut cases, cast, &mut means);
    cases
}

impl<'a, 't> Telling<'a, 't> {
    pub(crate) fn new(
        rules: &'a AllegationRules,
        analysis: &'a Analysis<'t>,
        attributions: &'a [Attribution],
        said: &'a [Said],
        links: &'a [Link],
    ) -> Self {
        let told = attributions.iter().zip(said);
        let told = told.filter(|(a, _)| a.source.is_some_and(|s| rules.is_mandated(analysis, s)));
        let mandated = told.filter_map(|(_, said)| said.speaker).collect();
        Self { rules, analysis, attributions, said, links, mandated }
    }
}

impl Telling<'_, '_> {
    fn speaker(&self, statement: usize) -> Option<ActorKey> {
        self.said.get(statement)?.speaker
    }

    fn case<'c, 't>(
        &self,
        charge: &Charge,
        by: Option<usize>,
        cases: &[Case],
        cast: &mut Cast<'c, 't>,
        means: &mut impl FnMut(&mut Cast<'c, 't>, Tokens) -> Option<ActorKey>,
    ) -> Case {
        let own = charge.statement.or(charge.denial).and_then(|place| self.speaker(place));
        let denier = charge.denial.and_then(|place| self.speaker(place));
        let admits = charge.statement.is_some_and(|at| self.attributions[at].act == Act::Admit);
        let mut accused: Vec<Party> = Vec::new();
        let answers = denier.or(own.filter(|_| admits || charge.denied));
        for named in &charge.accused {
            if !self.rules.is_tried(self.analysis, named.tokens)
                && !self.rules.is_object(self.analysis, named.tokens)
            {
                let mut party = self.party(*named, answers, own, cast, means);
                if self.rules.is_pronoun(self.analysis, named.tokens) {
                    let before = self.accused_before(cases, by, cast, named.tokens.start);
                    party.actor = party.actor.or(before);
                }
                accused.push(party);
                continue;
            }
            let last = self.last_tried(cases, named.tokens.start);
            let one = |party: &Party| Party { tokens: named.tokens, ..*party };
            match last {
                Some([last]) => accused.push(one(last)),
                Some(last) => accused.extend(last.iter().take(INHERITED)),
                None => accused.push(Party { actor: None, degree: None, tokens: named.tokens }),
            }
        }
        if accused.is_empty() && self.rules.is_step(charge) {
            let start = charge.conduct.first().map_or(TokenId(0), |c| c.tokens.start);
            let last = self.last_tried(cases, start).into_iter().flatten();
            accused.extend(last.take(INHERITED));
        }
        if accused.is_empty() && self.rules.is_again(charge) {
            let speaker = by.and_then(|place| self.speaker(place));
            let start = charge.conduct.first().map_or(TokenId(0), |c| c.tokens.start);
            let near = |case: &&Case| {
                let end = case.conduct.last().map_or(0, |c| c.tokens.end.0);
                end <= start.0 && start.0 - end <= AGAIN
            };
            let before = cases.iter().rev().take(REACH).filter(near);
            let mut same = before.filter(|case| speaker.is_some() && case.speaker == speaker);
            let same = same.next().into_iter().flat_map(|case| &case.accused);
            accused.extend(same.take(INHERITED).copied());
        }
        let source = charge.statement.and_then(|place| self.attributions[place].source);
        if let Some(tokens) =
            source.filter(|_| accused.is_empty() && self.rules.is_own_deed(charge))
        {
            accused.push(Party { actor: own, degree: None, tokens });
        }
        let own_deed = self.rules.is_own_deed(charge);
        let admitted = own_deed
            || admits
                && accused.iter().any(|party| {
                    let same = own.is_some() && party.actor == own;
                    same || self.rules.is_own(self.analysis, party.tokens)
                });
        let found = charge.statement.is_some_and(|at| self.attributions[at].act == Act::Find);
        let named = source.is_some_and(|s| self.rules.is_mandated(self.analysis, s));
        let mandated =
            named || own.is_some_and(|key| is_mandated(cast, key) || self.mandated.contains(&key));
        let standing = match charge.standing {
            Standing::Alleged if admitted => Standing::Admitted,
            Standing::Alleged if found && mandated => Standing::Found,
            standing => standing,
        };
        let victims = charge.victims.iter().map(|tokens| {
            let actor = cast.named_in(*tokens).next().map(|(_, key)| key);
            Party { actor: actor.map(|key| cast.used(key)), degree: None, tokens: *tokens }
        });
        Case {
            victims: victims.collect(),
            by: by.into_iter().collect(),
            speaker: by.and_then(|place| self.speaker(place)),
            conduct: charge.conduct.clone(),
            accused,
            place: charge.place,
            standing,
            step: self.rules.is_step(charge),
            limits: Vec::new(),
            denials: charge.denial.into_iter().collect(),
        }
    }

    /// Adds to cases who is responsible for them to which degree: to the last by the same speaker;
    /// and what the narrator goes on with, to the case of the sentence before.
    fn share<'c, 't>(
        &self,
        shares: &[Share],
        cases: &mut [Case],
        cast: &mut Cast<'c, 't>,
        means: &mut impl FnMut(&mut Cast<'c, 't>, Tokens) -> Option<ActorKey>,
    ) {
        let mut last: Option<(usize, Tokens)> = None;
        for share in shares {
            let goes_on = last.filter(|(_, before)| {
                share.sentence.start.0.saturating_sub(before.end.0) <= BESIDE
            });
            let place = match share.statement {
                Some(at) => self.last_by(cases, self.speaker(at), share.sentence.end),
                None => goes_on
                    .map(|(place, _)| place)
                    .or_else(|| right_before(cases, share.sentence).filter(|_| share.again)),
            };
            let Some(place) = place else { continue };
            last = Some((place, share.sentence));
            for named in &share.accused {
                let party = self.party(*named, None, None, cast, means);
                let case = &mut cases[place];
                case.accused.retain(|a| a.actor.is_none() || a.actor != party.actor);
                case.accused.push(party);
            }
            cases[place].by.extend(share.statement);
        }
    }

    /// Adds what could not be established to the cases by the same speaker: those of the conduct
    /// that the limit names, else the last.
    fn limit<'c, 't>(
        &self,
        limits: &[Limit],
        cases: &mut [Case],
        cast: &mut Cast<'c, 't>,
        means: &mut impl FnMut(&mut Cast<'c, 't>, Tokens) -> Option<ActorKey>,
    ) {
        for limit in limits {
            let end = limit.tokens.end;
            let speaker = match (limit.statement, limit.who) {
                (Some(statement), _) => self.speaker(statement),
                (None, Some(who))
                    if self.rules.is_pronoun(self.analysis, who)
                        || self.rules.is_own(self.analysis, who) =>
                {
                    cases.iter().rev().find_map(|case| case.speaker)
                }
                (None, Some(who)) => means(cast, who),
                (None, None) => None,
            };
            let last = self.last_by(cases, speaker, end);
            let last = last.or_else(|| right_before(cases, limit.sentence).filter(|_| limit.about));
            let Some(last) = last else { continue };
            let names = |case: &&mut Case| {
                case.speaker == speaker
                    && case.conduct.iter().any(|c| limit.rules.contains(&c.rule))
            };
            let mut named = false;
            for case in cases.iter_mut().rev().take(REACH).filter(names) {
                case.limits.push(limit.tokens);
                named = true;
            }
            if !named {
                cases[last].limits.push(limit.tokens);
            }
        }
    }

    /// The last case before a token that somebody makes.
    fn last_by(&self, cases: &[Case], speaker: Option<ActorKey>, end: TokenId) -> Option<usize> {
        let speaker = Some(speaker?);
        let made = |case: &Case| {
            case.speaker == speaker && case.conduct.iter().any(|c| c.tokens.start < end)
        };
        (0..cases.len()).rev().take(REACH).find(|place| made(&cases[*place]))
    }
}

/// The last case that is told in a sentence right before another.
fn right_before(cases: &[Case], sentence: Tokens) -> Option<usize> {
    let near = |case: &Case| {
        let end = case.conduct.last().map_or(0, |c| c.tokens.end.0);
        end <= sentence.start.0 && sentence.start.0 - end <= AGAIN
    };
    (0..cases.len()).rev().take(REACH).find(|place| near(&cases[*place]))
}

/// Whether a body has a mandate to find what happened.
fn is_mandated(cast: &Cast<'_, '_>, key: ActorKey) -> bool {
    use onrecord_record::ActorKind::{Court, Igo};
    matches!(cast.kind(key), Court | Igo)
}

impl Case {
    /// Whether another case tells this one again: the same statement or speaker, the same accused,
    /// all of whom are known, and no other conduct.
    fn is_told_again_by(&self, other: &Self) -> bool {
        let whom = |case: &Self| -> Vec<Option<ActorKey>> {
            let mut keys: Vec<_> = case.accused.iter().map(|party| party.actor).collect();
            keys.sort();
            keys
        };
        let (own, others) = (whom(self), whom(other));
        if !self.by.is_empty() && self.by == other.by {
            return own == others || others.is_empty();
        }
        let known = !own.is_empty() && own.iter().all(Option::is_some);
        let same = self.standing == other.standing && self.speaker.is_some();
        let told = |taxon: &str| self.conduct.iter().any(|c| c.taxon == taxon);
        let again = other.conduct.iter().all(|c| told(&c.taxon));
        known && same && self.speaker == other.speaker && own == others && again
    }

    /// What those who are accused say against all charges, or against all that whoever charges them
    /// here said.
    fn denials(&self, said: &[Said], links: &[Link]) -> Vec<StatementId> {
        let accused: Vec<ActorKey> = self.accused.iter().filter_map(|party| party.actor).collect();
        let by_accused = |one: &Said| one.speaks_for.iter().any(|key| accused.contains(key));
        let general = said
            .iter()
            .enumerate()
            .filter(|(_, one)| one.denies_charges && by_accused(one) && !one.negated);
        let of_author = links.iter().filter(|link| {
            let author = self.speaker.is_some() && said[link.to.index()].speaker == self.speaker;
            let one = &said[link.from.index()];
            link.kind == LinkKind::Denies && author && one.denies_whole && by_accused(one)
        });
        let general = general.map(|(place, _)| StatementId::nth(place));
        general.chain(of_author.map(|link| link.from)).collect()
    }

    /// Takes in what another case tells again.
    fn take(&mut self, other: Self) {
        self.by.extend(other.by.iter().filter(|by| !self.by.contains(by)).collect::<Vec<_>>());
        let fresh = |c: &Alleged| !self.conduct.iter().any(|own| own.taxon == c.taxon);
        let fresh: Vec<Alleged> = other.conduct.into_iter().filter(fresh).collect();
        self.conduct.extend(fresh);
        self.victims.extend(other.victims);
        self.place = self.place.or(other.place);
        self.standing = self.standing.max(other.standing);
        self.denials.extend(other.denials);
    }
}

/// The allegations of a record, in text order. `span` gives the words of tokens and `when` the time
/// that stands beside them.
pub(crate) fn allegations(
    mut cases: Vec<Case>,
    links: &[Link],
    said: &[Said],
    ids: &Ids,
    span: impl Fn(Tokens) -> Option<Span>,
    when: impl Fn(Tokens) -> Option<When>,
) -> Vec<Allegation> {
    cases.sort_by_key(|case| case.conduct.first().map(|c| c.tokens.start));
    let mut answers: BTreeMap<StatementId, Vec<Response>> = BTreeMap::new();
    for link in links.iter().filter(|link| link.kind.is_answer()) {
        let response = Response { statement: link.from, kind: link.kind };
        answers.entry(link.to).or_default().push(response);
    }
    let known = |key: Option<ActorKey>| key.and_then(|key| ids.of(key));
    let made =
        cases.iter().enumerate().map(|(place, case)| {
            let by: Vec<StatementId> = case.by.iter().map(|at| StatementId::nth(*at)).collect();
            let mut responses: Vec<Response> = Vec::new();
            let denial =
                |at: &usize| Response { statement: StatementId::nth(*at), kind: LinkKind::Denies };
            responses.extend(case.denials.iter().map(denial));
            for response in by.iter().filter_map(|by| answers.get(by)).flatten() {
                if !by.contains(&response.statement) && !responses.contains(response) {
                    responses.push(*response);
                }
            }
            for denial in case.denials(said, links) {
                let response = Response { statement: denial, kind: LinkKind::Denies };
                if !by.contains(&denial) && !responses.contains(&response) {
                    responses.push(response);
                }
            }
            responses.sort_by_key(|response| response.statement);
            let conduct = case.conduct.iter().filter_map(|c| {
                Some(Conduct { taxon: Taxon(c.taxon.clone()), span: span(c.tokens)? })
            });
            let accused = case.accused.iter().filter_map(|party| {
                let Party { actor, degree, tokens } = *party;
                Some(Accused { actor: known(actor), degree, span: span(tokens)? })
            });
            let victims = case.victims.iter().filter_map(|party| {
                Some(Who { actor: known(party.actor), span: span(party.tokens)? })
            });
            Allegation {
                id: AllegationId::nth(place),
                conduct: conduct.collect(),
                accused: accused.collect(),
                by,
                victims: victims.collect(),
                when: case.conduct.iter().filter(|_| !case.step).find_map(|c| when(c.tokens)),
                place: case.place.and_then(&span).map(|span| Place { span }),
                standing: case.standing,
                limits: case.limits.iter().filter_map(|tokens| span(*tokens)).collect(),
                responses,
                confidence: crate::confidence::OPEN,
            }
        });
    made.collect()
}

/// The conduct that the steps of a proceeding name: that of their sentences.
pub(crate) fn conduct_of(
    charged: &Charged,
    analysis: &Analysis<'_>,
    proceeding: &Proceeding,
    span: impl Fn(Tokens) -> Option<Span>,
) -> Vec<Conduct> {
    let mut conduct: Vec<Conduct> = Vec::new();
    for step in &proceeding.steps {
        let at = analysis.tokens.partition_point(|token| token.extent.start < step.span.start);
        let Some(sentence) = analysis.sentence_of(TokenId::at(at)) else { continue };
        let inside = charged.named.iter().filter(|(_, tokens)| sentence.tokens.contains(*tokens));
        for (taxon, tokens) in inside {
            let taxon = Taxon(taxon.clone());
            if conduct.iter().all(|other| other.taxon != taxon) {
                conduct.extend(span(*tokens).map(|span| Conduct { taxon, span }));
            }
        }
    }
    conduct
}
