//! How a record agrees with the one that its story expects.

use onrecord_record::{ActorId, Extent, Form, Party, Record, Role, SourceKind};

use super::measures::{Kind, Measures};
use super::pairs::Pairs;
use super::statements;
use super::story::{self, NARRATOR, Story, UNNAMED};

/// The measures of one story, and a line for each item that is missing, wrong or too many.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    pub(super) measures: Measures,
    pub(super) misses: Vec<String>,
}

/// A story beside its record.
pub(super) struct Sides<'a> {
    pub(super) story: &'a Story,
    pub(super) record: &'a Record,
    /// Which statement is which.
    pub(super) pairs: Pairs,
    pub(super) agreement: Agreement,
}

impl Agreement {
    /// Holds a record against the story that it was made of.
    pub(super) fn of(story: &Story, record: &Record) -> Self {
        let pairs = statements::pairs(story, record);
        let mut sides = Sides { story, record, pairs, agreement: Self::default() };
        sides.statements();
        sides.links();
        sides.figures();
        sides.steps();
        sides.allegations();
        sides.actors();
        sides.agreement
    }
}

impl Sides<'_> {
    pub(super) fn miss(&mut self, what: &str) {
        self.agreement.misses.push(format!("{}: {what}", self.story.name));
    }

    pub(super) fn wanted(&mut self, kind: Kind, right: bool) -> bool {
        self.agreement.measures.wanted(kind, right);
        right
    }

    pub(super) fn words(&self, extent: Extent) -> String {
        extent
            .of(&self.story.text)
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn actors(&mut self) {
        let (story, record) = (self.story, self.record);
        for gold in story.actors.iter().filter(|actor| !actor.optional) {
            let name = &gold.names[0];
            let our = record.actors.iter().find(|actor| self.is(actor.id, name));
            let right = our.is_some_and(|our| gold.kinds.contains(&our.kind));
            if !self.wanted(Kind::Actors, right) {
                let is = our.map(|our| our.kind);
                self.miss(&format!("actor {name} is {is:?}, wanted {:?}", gold.kinds));
            }
            let roles = our.map_or(&[][..], |our| our.roles.as_slice());
            self.agreement.measures.of(Kind::Roles).given += roles.len();
            for role in &gold.roles {
                let found = roles.iter().any(|our| self.is_role(our, role));
                if !self.wanted(Kind::Roles, found) {
                    let (status, title) = (role.status, &role.title);
                    self.miss(&format!("{name} has no role {status:?} {title} of {:?}", role.of));
                }
            }
        }
    }

    fn is_role(&self, our: &Role, gold: &story::Role) -> bool {
        let [is, wanted] = [&our.title, &gold.title].map(|title| plain(title));
        let of = gold.of.as_ref().is_none_or(|of| our.of.is_some_and(|our| self.is(our, of)));
        our.status == gold.status && (is.contains(&wanted) || wanted.contains(&is)) && of
    }

    pub(super) fn is_one_of(&self, party: Party, wanted: &[String]) -> bool {
        wanted.iter().any(|wanted| match (wanted.as_str(), party.kind) {
            (UNNAMED, kind) => kind == SourceKind::Unnamed,
            (NARRATOR, kind) => kind == SourceKind::Narrator,
            (wanted, _) => party.actor.is_some_and(|actor| self.is(actor, wanted)),
        })
    }

    /// Whether an actor of the record is the one of that name in the story: by one of its names, or
    /// by a longer one that holds it, as “spokeswoman Ada Venn” holds “Ada Venn”.
    pub(super) fn is(&self, actor: ActorId, wanted: &str) -> bool {
        let Some(our) = self.record.actor(actor) else { return false };
        let names = self.story.actor(wanted).map(|actor| actor.names.as_slice());
        let names: Vec<String> = match names {
            Some(names) => names.iter().map(|name| plain(name)).collect(),
            None => vec![plain(wanted)],
        };
        let own = our.mentions.iter().filter(|m| m.form == Form::Name);
        let own = own.map(|mention| plain(&mention.span.text)).chain([plain(&our.name)]);
        let longer = |own: &str, name: &str| {
            name.contains(' ')
                && own.len() < name.len() + 20
                && format!(" {own} ").contains(&format!(" {name} "))
        };
        own.into_iter().any(|own| names.iter().any(|name| own == *name || longer(&own, name)))
    }

    pub(super) fn name(&self, party: Party) -> String {
        let actor = party.actor.and_then(|actor| self.record.actor(actor));
        actor.map_or_else(|| format!("{:?}", party.kind).to_lowercase(), |actor| actor.name.clone())
    }
}

/// A name without its article, its genitive and its capitals.
fn plain(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.strip_prefix("the ").unwrap_or(&name);
    name.strip_suffix("'s").unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_bare() {
        assert_eq!(plain("The  Front’s"), "front");
    }
}
