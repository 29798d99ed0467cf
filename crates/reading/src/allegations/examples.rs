//! The examples that the rules of conduct and charges carry.

use onrecord_language::Tokens;

use super::AllegationRules;
use super::charges::{Accused, Charge, Charged};
use crate::examples;

/// What a text charges, for each of whose tokens `words` gives the words.
pub(crate) struct Read<'a> {
    pub(crate) charged: &'a Charged,
    pub(crate) words: &'a dyn Fn(Tokens) -> String,
}

/// The words of a charge's parties.
#[derive(Debug, Default)]
struct Told {
    accused: Vec<String>,
    victims: Vec<String>,
    place: Option<String>,
}

impl AllegationRules {
    /// Runs the examples, each text read by `read`. Each line names a rule and what it did otherwise.
    pub(crate) fn examples(&self, read: impl Fn(&str, &mut dyn FnMut(Read<'_>))) -> Vec<String> {
        let mut faults = self.without_examples();
        let mut look = |text: &str, name: &str, check: &dyn Fn(&Read<'_>) -> Option<String>| {
            read(text, &mut |found| {
                faults.extend(check(&found).map(|says| format!("{name}: {text:?} gives {says}")));
            });
        };
        for (place, rule) in self.conduct.rules().iter().enumerate() {
            for fires in &rule.fires {
                look(&fires.text, &rule.name, &|found| {
                    let told: Vec<(String, String)> = found.conduct();
                    let wanted = (fires.taxon.clone(), fires.words.clone());
                    (!told.contains(&wanted)).then(|| format!("{told:?}"))
                });
            }
            for text in &rule.silent {
                look(text, &rule.name, &|found| {
                    let charges = found.charges();
                    let mut conduct = charges.flat_map(|charge| &charge.conduct);
                    conduct.any(|c| c.rule == place).then(|| format!("{:?}", found.conduct()))
                });
            }
        }
        for (place, rule) in self.roles.rules.iter().enumerate() {
            for fires in &rule.fires {
                look(&fires.text, &rule.name, &|found| {
                    let told = found.told_by(place);
                    let wanted = |charge: &Told| {
                        (fires.accused.is_empty() || charge.accused == fires.accused)
                            && (fires.victims.is_empty() || charge.victims == fires.victims)
                            && (fires.place.is_none() || charge.place == fires.place)
                    };
                    (!told.iter().any(wanted)).then(|| format!("{told:?}"))
                });
            }
            for text in &rule.silent {
                look(text, &rule.name, &|found| {
                    let told = found.told_by(place);
                    (!told.is_empty()).then(|| format!("{told:?}"))
                });
            }
        }
        for aside in &self.roles.asides {
            let checks = aside.fires.iter().map(|text| (text, false));
            for (text, charged) in checks.chain(aside.silent.iter().map(|text| (text, true))) {
                look(text, &aside.name, &|found| {
                    let any = found.charges().next().is_some();
                    (any != charged).then(|| format!("{:?}", found.conduct()))
                });
            }
        }
        for limit in &self.roles.limits {
            for fires in &limit.fires {
                look(&fires.text, &limit.name, &|found| {
                    let told = found.limits();
                    (!told.contains(&fires.words)).then(|| format!("{told:?}"))
                });
            }
            for text in &limit.silent {
                look(text, &limit.name, &|found| {
                    let told = found.limits();
                    (!told.is_empty()).then(|| format!("{told:?}"))
                });
            }
        }
        faults
    }
}

impl AllegationRules {
    /// A line for each rule that lacks examples of one sort.
    fn without_examples(&self) -> Vec<String> {
        let none = |name: &str, fires: usize, silent: &[String]| {
            examples::lacking(name, fires == 0 || silent.is_empty())
        };
        let conduct = self.conduct.rules().iter().map(|r| none(&r.name, r.fires.len(), &r.silent));
        let roles = self.roles.rules.iter().map(|r| none(&r.name, r.fires.len(), &r.silent));
        let asides = self.roles.asides.iter().map(|r| none(&r.name, r.fires.len(), &r.silent));
        let limits = self.roles.limits.iter().map(|r| none(&r.name, r.fires.len(), &r.silent));
        conduct.chain(roles).chain(asides).chain(limits).flatten().collect()
    }
}

impl Read<'_> {
    /// The charges that somebody makes.
    fn charges(&self) -> impl Iterator<Item = &Charge> {
        self.charged.charges.iter().filter(|charge| !charge.denied)
    }

    fn conduct(&self) -> Vec<(String, String)> {
        let conduct = self.charges().flat_map(|charge| &charge.conduct);
        conduct.map(|c| (c.taxon.clone(), (self.words)(c.tokens))).collect()
    }

    /// What the charges and shares say of which a rule read some part.
    fn told_by(&self, role: usize) -> Vec<Told> {
        let words = |list: Vec<Tokens>| list.into_iter().map(self.words).collect();
        let accused = |list: &[Accused]| words(list.iter().map(|a| a.tokens).collect());
        let charges = self.charges().filter(|charge| charge.roles.contains(&role));
        let charges = charges.map(|charge| Told {
            accused: accused(&charge.accused),
            victims: words(charge.victims.clone()),
            place: charge.place.map(self.words),
        });
        let shares = self.charged.shares.iter().filter(|share| share.role == role);
        let shares =
            shares.map(|share| Told { accused: accused(&share.accused), ..Told::default() });
        charges.chain(shares).collect()
    }

    fn limits(&self) -> Vec<String> {
        self.charged.limits.iter().map(|limit| (self.words)(limit.tokens)).collect()
    }
}
