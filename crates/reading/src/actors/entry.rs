//! An entry of the cast: what is known of one actor, and the record's actor made of it.

use std::collections::BTreeMap;

use onrecord_language::{Analysis, Tokens};
use onrecord_record::{
    Actor, ActorId, ActorKind, Extent, Form, Mention, Relation, RelationKind, Role, RoleStatus,
    Span,
};

use super::Lexicon;
use super::cast::{ActorKey, Ids};
use crate::confidence::OPEN;

#[derive(Debug)]
pub(super) struct Entry {
    /// The fullest name.
    pub(super) name: String,
    /// Its words in lower case, for comparison.
    pub(super) words: Vec<String>,
    pub(super) kind: ActorKind,
    /// Whether it counts as a person for no more than the look of its name.
    pub(super) guessed: bool,
    /// Whether every mention of it stands where a place would.
    pub(super) place: bool,
    /// Whether its name is a word for several bodies.
    pub(super) several: bool,
    /// What titles and pronouns tell.
    pub(super) gender: Option<Gender>,
    pub(super) mentions: BTreeMap<Extent, Form>,
    pub(super) roles: Vec<Title>,
    pub(super) relations: Vec<(RelationKind, ActorKey, Tokens)>,
    /// Whether a statement, figure or step is about this actor.
    pub(super) used: bool,
}

/// By which pronouns a person is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Masculine,
    Feminine,
}

/// A title with whose it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title {
    pub(super) tokens: Tokens,
    pub(super) of: Option<ActorKey>,
    /// Whether it is told as past.
    pub(super) former: bool,
}

impl Entry {
    /// Whether no words have told its kind yet.
    pub(super) fn kind_is_open(&self) -> bool {
        self.guessed || self.kind == ActorKind::Other
    }

    /// The actors that its roles and relations name.
    pub(super) fn others(&self) -> impl Iterator<Item = ActorKey> {
        let owners = self.roles.iter().filter_map(|role| role.of);
        owners.chain(self.relations.iter().map(|(_, to, _)| *to))
    }

    pub(super) fn actor(
        self,
        id: ActorId,
        analysis: &Analysis<'_>,
        lexicon: &Lexicon,
        ids: &Ids,
    ) -> Actor {
        let spans = self.mentions.iter().filter_map(|(extent, form)| {
            Some(Mention { span: extent.span(analysis.text)?, form: *form })
        });
        let mut roles: Vec<Role> = Vec::new();
        for title in &self.roles {
            let of = title.of.and_then(|key| ids.of(key));
            let told = role(*title, of, analysis, lexicon);
            let new = |role: &Role| !roles.iter().any(|r| r.title == role.title && r.of == role.of);
            roles.extend(told.filter(new));
        }
        let mentions = spans.collect();
        let relations = self.relations.iter().filter_map(|(kind, to, tokens)| {
            let span = analysis.extent(*tokens).span(analysis.text)?;
            Some(Relation { kind: *kind, to: ids.of(*to)?, span })
        });
        let relations = relations.collect();
        Actor { id, name: self.name, kind: self.kind, mentions, roles, relations, confidence: OPEN }
    }
}

/// The role that a title tells.
fn role(
    Title { tokens: title, former, .. }: Title,
    of: Option<ActorId>,
    analysis: &Analysis<'_>,
    lexicon: &Lexicon,
) -> Option<Role> {
    let span: Span = analysis.extent(title).span(analysis.text)?;
    let (status, named) = match lexicon.status.at_start(analysis, title) {
        Some((word, status)) => (*status, Tokens::new(word.end, title.end)),
        None if former => (RoleStatus::Former, title),
        None => (RoleStatus::Current, title),
    };
    let text = analysis.words(named);
    if lexicon.no_roles.at_end(analysis, named).is_some() {
        return None;
    }
    if lexicon.addresses.at_start(analysis, named).is_some_and(|(words, ())| words == named) {
        return None;
    }
    (!text.is_empty()).then(|| Role { title: text.to_owned(), of, status, span })
}

/// Whether names seldom tell that an actor is of a kind, so that a noun phrase does.
pub(crate) fn seldom_told(kind: ActorKind) -> bool {
    use ActorKind::{ArmedGroup, Company, Media, Ngo, Party};
    matches!(kind, ArmedGroup | Company | Media | Ngo | Party)
}

/// Whether a longer name is these words and an addition in lower case: "… of the North".
pub(super) fn is_whole_of(words: &[String], longer: &str) -> bool {
    let mut rest = longer.split_whitespace();
    words.len() > 1
        && words.iter().all(|word| rest.next().is_some_and(|next| next.to_lowercase() == *word))
        && rest.next().is_some_and(|next| next.chars().all(char::is_lowercase))
}

/// A name's words in lower case, without an article before or a genitive behind them.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

/// The first letters of a name's words that have a capital.
pub(super) fn initials(name: &str) -> String {
    name.split([' ', '-'])
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect()
}
