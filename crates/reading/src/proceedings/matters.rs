//! Matters: the steps that belong to one proceeding.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{Analysis, Tokens};
use onrecord_record::{ActorKind, Instrument, Step, StepKind};

use super::subjects::Subject;
use super::{Act, Found, Of, Proceedings, Whom};
use crate::actors::{ActorKey, Cast};

/// How many matters of one subject are compared.
const NEAR: usize = 8;
/// How many tokens may stand before a pronoun that opens a sentence: on Friday.
const OPENING: u32 = 2;

/// A proceeding, its actors known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matter {
    pub(crate) forum: Option<ActorKey>,
    pub(crate) instrument: Instrument,
    /// `None` for somebody without a name, or nobody.
    pub(crate) subject: Option<ActorKey>,
    /// Its steps in text order: what each does, and its place in what was found.
    pub(crate) steps: Vec<(StepKind, usize)>,
    /// The acts of its steps.
    acts: Vec<usize>,
}

/// A step that was taken.
pub(super) struct Taken {
    pub(super) tokens: Tokens,
    sentence: Tokens,
    forum: Option<ActorKey>,
    act: usize,
    pub(super) subjects: Vec<Subject>,
}

/// A forum's words: whom they mean, and whether they tell a forum for sure.
#[derive(Debug, Clone, Copy, Default)]
struct Forum {
    actor: Option<ActorKey>,
    /// The person that they mean, who is none.
    person: Option<ActorKey>,
    sure: bool,
}

/// What is brought together so far.
#[derive(Default)]
struct Docket {
    matters: Vec<Matter>,
    by_subject: BTreeMap<Subject, Vec<usize>>,
    /// For each instrument the matters of the last step by it, with the step's place.
    latest: BTreeMap<Instrument, (usize, Vec<usize>)>,
}

impl Matter {
    /// The places of its steps that are of a rule or an act.
    pub(crate) fn taken<'m>(
        &'m self,
        of: Of,
        found: &'m [Found],
    ) -> impl Iterator<Item = usize> + 'm {
        let steps = self.steps.iter().map(|(_, place)| *place).zip(&self.acts);
        let fits = move |(place, act): &(usize, &usize)| match of {
            Of::Rule(rule) => found[*place].rule == rule,
            Of::Act(of) => **act == of,
        };
        steps.filter(fits).map(|(place, _)| place)
    }
}

impl Proceedings {
    /// The matters of a text, in the order of their first steps. `speak` tells whom words mean.
    pub(crate) fn matters<'t>(
        &self,
        analysis: &Analysis<'t>,
        found: &[Found],
        cast: &mut Cast<'_, 't>,
        speak: &mut dyn FnMut(&mut Cast<'_, 't>, Tokens) -> Option<ActorKey>,
    ) -> Vec<Matter> {
        let mut docket = Docket::default();
        let mut last: Option<Taken> = None;
        let mut before: Option<ActorKey> = None;
        for (place, step) in found.iter().enumerate() {
            let beside = last.as_ref().filter(|last| last.sentence == step.sentence);
            let told = step.forum.map(|words| {
                // It, who took the step before, where it opens the sentence.
                let opens = words.start.0 - step.sentence.start.0 <= OPENING;
                let it = words.len() == 1 && analysis.holds_any(words, &self.words.thing) && opens;
                match before.filter(|_| it) {
                    Some(forum) => Forum { actor: Some(forum), person: None, sure: true },
                    None => self.forum(analysis, cast, words, speak),
                }
            });
            let forum = told.unwrap_or_default().actor;
            let forum = forum.or_else(|| {
                let court = speak(cast, step.court?)?;
                (cast.kind(court) == ActorKind::Court).then_some(court)
            });
            let forum =
                forum.or_else(|| beside.filter(|_| step.joined && step.forum.is_none())?.forum);
            before = forum.or(before);
            let known = docket.known(self, step, forum, cast);
            let Some(&at) = step.acts.iter().find(|act| {
                let noun = |name: &String| self.nouns.iter().find(|noun| noun.name == *name);
                let by = known.first().map(|matter| docket.matters[*matter].instrument);
                let mut nouns = self.acts[**act].nouns.iter().filter_map(noun);
                step.noun.is_some()
                    || self.acts[**act].nouns.is_empty()
                    || nouns.any(|noun| noun.instruments.first() == by.as_ref())
            }) else {
                continue;
            };
            let act = &self.acts[at];
            let doubtful = match told {
                Some(told) => (act.forum || act.does) && !told.sure,
                None => act.forum && act.does,
            };
            if doubtful || (step.joined && step.noun.is_none() && beside.is_none()) {
                continue;
            }
            let instruments = self.instruments(act, step.noun);
            // Who sues or appeals is no forum.
            let suing = instruments.first() == Some(&Instrument::Lawsuit)
                && forum.is_some_and(|key| cast.kind(key) != ActorKind::Court);
            let forum = forum.filter(|_| !act.own && !suing);
            let doer = told.and_then(|told| told.person).filter(|_| act.own);
            let subjects = match step.whom {
                Whom::Known if doer.is_some() => doer.map(|key| vec![Subject::Actor(key)]),
                Whom::Known if !known.is_empty() => {
                    docket.add(&known, act.step, at, place, forum, cast);
                    let subject = |matter: &usize| match docket.matters[*matter].subject {
                        Some(key) => Subject::Actor(key),
                        None => Subject::Nobody,
                    };
                    let subjects = known.iter().map(subject).collect();
                    last = Some(Taken::of(step, forum, at, subjects));
                    continue;
                }
                Whom::Known if step.noun.is_none_or(|noun| self.nouns[noun].told) => continue,
                Whom::Last => beside.map(|last| last.subjects.clone()),
                Whom::Nobody | Whom::Known => {
                    let goes_on = beside.filter(|last| {
                        let other = &self.acts[last.act];
                        step.whom == Whom::Nobody
                            && other.nouns.is_empty()
                            && instruments.first().is_some_and(|i| other.instruments.contains(i))
                    });
                    Some(goes_on.map_or(vec![Subject::Nobody], |last| last.subjects.clone()))
                }
                Whom::Behind(_) | Whom::Before(_) | Whom::Only(_) => {
                    self.subjects(analysis, cast, step, act, last.as_ref(), speak)
                }
            };
            let vague = step.noun.is_some_and(|noun| self.nouns[noun].told);
            let Some(subjects) = subjects.filter(|subjects| {
                subjects.iter().any(|subject| !vague || *subject != Subject::Nobody)
            }) else {
                continue;
            };
            let matters: Vec<usize> = subjects
                .iter()
                .filter_map(|subject| {
                    docket.matter(self, subject, instruments, act.step, forum, cast)
                })
                .collect();
            docket.add(&matters, act.step, at, place, forum, cast);
            last = Some(Taken::of(step, forum, at, subjects));
        }
        docket.matters
    }

    fn instruments<'a>(&'a self, act: &'a Act, noun: Option<usize>) -> &'a [Instrument] {
        match noun {
            Some(noun) if act.instruments.is_empty() => &self.nouns[noun].instruments,
            _ => &act.instruments,
        }
    }

    /// Whom the words that name a forum mean, and whether they tell one that takes legal steps.
    fn forum<'t>(
        &self,
        analysis: &Analysis<'_>,
        cast: &mut Cast<'_, 't>,
        words: Tokens,
        speak: &mut dyn FnMut(&mut Cast<'_, 't>, Tokens) -> Option<ActorKey>,
    ) -> Forum {
        let actor = speak(cast, words);
        let officer = analysis.holds_any(words, &self.words.forum);
        let Some(key) = actor else {
            // The court's prosecutors act for it.
            let court = cast.named_in(words).map(|(_, key)| key);
            let court = court.filter(|key| cast.kind(*key) == ActorKind::Court).last();
            let actor = court.filter(|_| officer);
            return Forum { actor: actor.map(|key| cast.used(key)), person: None, sure: officer };
        };
        let kind = cast.kind(key);
        if self.forums.contains(&kind) {
            return Forum { actor, person: None, sure: true };
        }
        let open = !matches!(kind, ActorKind::Person | ActorKind::Population);
        let person = actor.filter(|_| kind == ActorKind::Person && !officer);
        Forum { actor: actor.filter(|_| open), person, sure: officer }
    }
}

impl Taken {
    fn of(step: &Found, forum: Option<ActorKey>, act: usize, subjects: Vec<Subject>) -> Self {
        Self { tokens: step.tokens, sentence: step.sentence, forum, act, subjects }
    }
}

impl Docket {
    /// The matters that a step's words point at: those of the last step by such an instrument.
    fn known(
        &self,
        pack: &Proceedings,
        step: &Found,
        forum: Option<ActorKey>,
        cast: &Cast<'_, '_>,
    ) -> Vec<usize> {
        if step.whom != Whom::Known {
            return Vec::new();
        }
        let steps = match step.noun {
            Some(noun) => {
                let of = |instrument| self.latest.get(instrument);
                pack.nouns[noun].instruments.iter().filter_map(of).max_by_key(|latest| latest.0)
            }
            None => self.latest.values().max_by_key(|latest| latest.0),
        };
        let matters = steps.into_iter().flat_map(|(_, matters)| matters.iter().copied());
        let appellate = step.acts.iter().any(|act| is_appellate(pack.acts[*act].step));
        matters.filter(|at| self.matters[*at].agrees(forum, appellate, cast)).collect()
    }

    /// The matter of a subject that a step belongs to, or a new one.
    fn matter(
        &mut self,
        pack: &Proceedings,
        subject: &Subject,
        instruments: &[Instrument],
        step: StepKind,
        forum: Option<ActorKey>,
        cast: &Cast<'_, '_>,
    ) -> Option<usize> {
        let own = *instruments.first()?;
        let of_subject = self.by_subject.entry(subject.clone()).or_default();
        let same = of_subject.iter().rev().take(NEAR).copied().find(|at| {
            let matter = &self.matters[*at];
            // A warrant is a matter of its own; an arrest without one is part of the trial.
            let bare = |act: &usize| pack.acts[*act].nouns.is_empty();
            let alone = matter.instrument == Instrument::ArrestWarrant
                && own != Instrument::ArrestWarrant
                && step != StepKind::Surrendered
                && !matter.acts.iter().all(bare);
            instruments.contains(&matter.instrument)
                && !alone
                && matter.agrees(forum, is_appellate(step), cast)
        });
        if let Some(at) = same.filter(|_| *subject != Subject::Nobody) {
            let matter = &mut self.matters[at];
            if stage(own) > stage(matter.instrument) {
                matter.instrument = own;
            }
            return Some(at);
        }
        let at = self.matters.len();
        of_subject.push(at);
        let subject = match subject {
            Subject::Actor(key) => Some(*key),
            Subject::Unnamed(_) | Subject::Nobody => None,
        };
        let (steps, acts) = (Vec::new(), Vec::new());
        self.matters.push(Matter { forum, instrument: own, subject, steps, acts });
        Some(at)
    }

    fn add(
        &mut self,
        matters: &[usize],
        step: StepKind,
        act: usize,
        place: usize,
        forum: Option<ActorKey>,
        cast: &Cast<'_, '_>,
    ) {
        let mut instruments = BTreeSet::new();
        for at in matters {
            let matter = &mut self.matters[*at];
            instruments.insert(matter.instrument);
            matter.steps.push((step, place));
            matter.acts.push(act);
            let court = |key: ActorKey| cast.kind(key) == ActorKind::Court;
            if matter.forum.is_none_or(|old| forum.is_some_and(court) && !court(old)) {
                matter.forum = forum;
            }
        }
        for instrument in instruments {
            self.latest.insert(instrument, (place, matters.to_vec()));
        }
    }
}

impl Matter {
    /// Whether a forum can take a step in it: the same, one that asks and one that decides, or one
    /// that hears appeals.
    fn agrees(&self, forum: Option<ActorKey>, appellate: bool, cast: &Cast<'_, '_>) -> bool {
        use Instrument::{Investigation, Resolution, Sanctions};
        let (Some(own), Some(other)) = (self.forum, forum) else { return true };
        let one = matches!(self.instrument, Investigation | Resolution | Sanctions);
        let court = |key| cast.kind(key) == ActorKind::Court;
        own == other || appellate || !(one || court(own) && court(other))
    }
}

fn is_appellate(step: StepKind) -> bool {
    matches!(step, StepKind::Appealed | StepKind::Upheld | StepKind::Overturned)
}

/// How far a matter has come that goes on from an arrest to a trial.
fn stage(instrument: Instrument) -> u8 {
    match instrument {
        Instrument::Indictment => 1,
        Instrument::Trial => 2,
        _ => 0,
    }
}

/// Leaves out steps that tell again of one among the others: of one that is taken once, those
/// without a date beside one with a date, and that somebody is charged behind the confirmation of the
/// charges.
pub(crate) fn without_tellings(steps: &mut Vec<Step>, instrument: Instrument) {
    use StepKind::{Acquitted, Began, Confirmed, Convicted, Issued, Sentenced, Unsealed};
    let once = [Acquitted, Began, Confirmed, Convicted, Issued, Sentenced, Unsealed];
    let dated: Vec<StepKind> =
        steps.iter().filter(|step| step.on.is_some()).map(|step| step.step).collect();
    let confirmed = steps.iter().position(|step| step.step == Confirmed);
    let mut place = 0;
    steps.retain(|step| {
        let behind = confirmed.is_some_and(|confirmed| confirmed < place);
        place += 1;
        let charged = step.step == Issued && instrument == Instrument::Trial && behind;
        let again = step.on.is_none() && once.contains(&step.step) && dated.contains(&step.step);
        !charged && !again
    });
}

/// Sorts steps by date. One without a date, or with no more than the year of the step before it,
/// stays behind that.
pub(crate) fn in_time_order(steps: &mut Vec<Step>) {
    let mut before = String::new();
    let mut keyed: Vec<(String, Step)> = Vec::new();
    for step in std::mem::take(steps) {
        let day = step.on.as_ref().map(|when| when.value.clone());
        if let Some(day) = day.filter(|day| !before.starts_with(day.as_str())) {
            before = day;
        }
        keyed.push((before.clone(), step));
    }
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    steps.extend(keyed.into_iter().map(|(_, step)| step));
}

#[cfg(test)]
mod tests {
    use onrecord_record::{Offset, Span, When};

    use super::*;

    fn step(step: StepKind, on: Option<&str>) -> Step {
        let on = on.map(|value| When { value: value.to_owned(), time: None });
        let span = Span { start: Offset(0), end: Offset(1), text: "x".to_owned() };
        Step { step, on, reason: None, span }
    }

    #[test]
    fn a_step_told_again_without_its_date_is_one_step() {
        use StepKind::{Confirmed, Issued, Rejected};
        let told = |mut steps: Vec<Step>| {
            without_tellings(&mut steps, Instrument::Trial);
            steps.iter().map(|step| step.step).collect::<Vec<_>>()
        };
        let (with, without) = (step(Confirmed, Some("2026-05-04")), step(Confirmed, None));
        assert_eq!(told(vec![without.clone(), with.clone()]), [Confirmed]);
        // Nothing tells that two refusals are one.
        let refused = [step(Rejected, None), step(Rejected, Some("2026-05-04"))];
        assert_eq!(told(refused.to_vec()), [Rejected, Rejected]);
        // Who is charged once the charges stand is charged no second time.
        assert_eq!(told(vec![with.clone(), step(Issued, Some("2026-05-05"))]), [Confirmed]);
        assert_eq!(told(vec![step(Issued, Some("2026-01-05")), with]), [Issued, Confirmed]);
    }
}
