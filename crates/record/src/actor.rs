//! Actors: who speaks, is spoken of or is charged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorId, Span};

/// One actor for all its mentions in the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// Its fullest name in the document.
    pub name: String,
    /// Its kind.
    pub kind: ActorKind,
    /// Its mentions in text order, at least one; only the agency, known from the document's
    /// metadata, may have none.
    pub mentions: Vec<Mention>,
    /// The roles that the text gives it.
    pub roles: Vec<Role>,
    /// Its relations to other actors.
    pub relations: Vec<Relation>,
    /// The share of actors with this value of which kind and identity are right, from 0 to 1: of
    /// those at 0.9, nine in ten are of that kind and stand once in the record.
    pub confidence: f64,
}

/// Kinds of actors.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// A human being.
    Person,
    /// A state.
    State,
    /// A government, ministry or office of a state.
    Government,
    /// An armed group that is no state's.
    ArmedGroup,
    /// Armed forces of a state.
    Military,
    /// A police force.
    Police,
    /// A court or tribunal.
    Court,
    /// An international organisation of states.
    Igo,
    /// A non-governmental organisation.
    Ngo,
    /// A political party.
    Party,
    /// A company.
    Company,
    /// A news organisation.
    Media,
    /// A group of people.
    Population,
    /// None of these, or not known.
    Other,
}

/// One place where an actor is spoken of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Their form.
    pub form: Form,
}

/// Forms of mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A name.
    Name,
    /// A noun phrase: "the rights group".
    Nominal,
    /// A pronoun.
    Pronoun,
}

/// A role of an actor, as of the document's date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The title as printed.
    pub title: String,
    /// The actor whose role it is: the state of a minister, the group of a chief.
    pub of: Option<ActorId>,
    /// Whether the actor has it now.
    pub status: RoleStatus,
    /// The words.
    pub span: Span,
}

/// Whether an actor has a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoleStatus {
    /// Has it.
    Current,
    /// Had it.
    Former,
    /// Has it for the time being.
    Acting,
    /// Is to have it.
    Elect,
}

/// A relation of an actor to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Its kind.
    pub kind: RelationKind,
    /// The other.
    pub to: ActorId,
    /// The words.
    pub span: Span,
}

/// Kinds of relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// The armed wing of the other.
    ArmedWingOf,
    /// A part of the other.
    PartOf,
    /// An ally of the other.
    AllyOf,
    /// A member of the other.
    MemberOf,
    /// Linked to the other in some other way.
    AffiliatedWith,
}
