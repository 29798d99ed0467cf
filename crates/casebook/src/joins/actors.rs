//! Actors joined across documents: by name, kind, role and context.
//!
//! An actor that its document names belongs to an entity of that one name (a leaf). Several leaves
//! of one name are several of that name: an actor goes to the one whose kind, middle names and
//! titles agree and whose documents name most of whom its own names, and to none where nothing
//! speaks for it. Leaves are one where a document shows it (a name with its acronym, a title with a
//! last name that only one has) or somebody ruled so; a ruling binds whatever documents show.
//!
//! Which leaf an actor goes to depends on what came before it, no further: what comes later makes
//! leaves one or leaves them apart.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Actor, ActorKind, Form, Record, RoleStatus, Span};

use super::names::{described, folded, is_acronym, middles_agree, of_person, person};
use super::parts::{Leaf, NewLeaf, Same, Spot, Title};
use crate::error::Error;
use crate::key::DocumentId;
use crate::store::Store;
use crate::store::sqlite::word;

/// How many documents of an entity are looked at for whom they name too.
const CONTEXT: u32 = 6;
/// Begins the key of a person whose one name tells nobody.
const UNTOLD: char = '?';
/// How many titles and names of an entity are looked at.
const TITLES: u32 = 40;
/// So many others that both name stand for a state that they do not.
const MUCH_SHARED: u32 = 3;
/// So many of one name are looked at.
const OF_A_NAME: u32 = 24;
/// Last names that more entities have tell nobody.
const LAST_NAMES: u32 = 12;

/// An actor that its document names.
struct Named<'r> {
    spot: Spot,
    actor: &'r Actor,
    words: Vec<String>,
    key: String,
    titles: Vec<Title>,
    /// Whether it is told by whose it is alone.
    is_described: bool,
}

impl Named<'_> {
    fn is_person(&self) -> bool {
        self.actor.kind == ActorKind::Person
    }

    fn is_one_word(&self) -> bool {
        self.words.len() < 2
    }

    /// Whether it is a person of whom the document tells one name and no title: nobody can tell from
    /// that who it is.
    fn is_untold(&self) -> bool {
        self.is_person() && self.is_one_word() && self.titles.is_empty()
    }
}

/// Gives the actors of a document their entities. Gives the entities whose unity may have changed.
pub(super) fn place(
    store: &mut dyn Store,
    document: DocumentId,
    record: &Record,
    copies: &[DocumentId],
    gone: &super::Gone,
) -> Result<BTreeSet<u32>, Error> {
    let named = named(document, record);
    let around: BTreeMap<String, String> =
        named.iter().map(|named| (named.key.clone(), word(named.actor.kind))).collect();
    let by_name = |leaf: &Leaf| ((leaf.key.clone(), leaf.kind.clone()), leaf.id);
    let mut copied: BTreeMap<(String, String), u32> = gone.iter().rev().map(by_name).collect();
    for copy in copies.iter().filter(|copy| **copy != document).take(4) {
        for (_, leaf) in store.cast(*copy)? {
            let (name, leaf) = by_name(&leaf);
            copied.entry(name).or_insert(leaf);
        }
    }
    let mut touched = BTreeSet::new();
    for named in &named {
        let kind = word(named.actor.kind);
        let leaf = match store.pinned(document, &named.key)? {
            Some(pinned) => pinned,
            None => match copied.get(&(named.key.clone(), kind)) {
                Some(leaf) => *leaf,
                None => leaf_for(store, named, &around)?,
            },
        };
        let aliases = aliases(named.actor);
        store.put_known(named.spot, leaf, &aliases, &named.titles)?;
        for other in shown(store, named, leaf, &aliases, &around)? {
            let same = Same { actor: named.spot, leaf, other };
            store.put_same(&same)?;
            let roots = (store.leaf(leaf)?, store.leaf(other)?);
            if roots.0.map(|leaf| leaf.root) != roots.1.map(|leaf| leaf.root) {
                touched.extend([leaf, other]);
            }
        }
    }
    Ok(touched)
}

/// The actors that a document names, agencies too.
fn named(document: DocumentId, record: &Record) -> Vec<Named<'_>> {
    let names = names_in(record);
    // The words of an actor, their key, and whether they only describe it.
    let key_of = |actor: &Actor| {
        let described = description(actor, &names);
        let is_described = described.is_some();
        let words = described.unwrap_or_else(|| match actor.kind {
            ActorKind::Person => of_person(&actor.name),
            _ => folded(&actor.name),
        });
        let key = match actor.kind {
            ActorKind::Person => person(&words),
            _ => words.join(" "),
        };
        (words, key, is_described)
    };
    let named = record.actors.iter().filter_map(|actor| {
        let (words, key, is_described) = key_of(actor);
        let is_named = actor.mentions.is_empty() || is_by_name(actor) || is_described;
        if !is_named || words.is_empty() {
            return None;
        }
        let titles = actor.roles.iter().filter(|role| role.status != RoleStatus::Former);
        let titles = titles.map(|role| Title {
            title: folded_title(&role.title),
            of: role.of.and_then(|id| record.actor(id)).map_or_else(String::new, |of| key_of(of).1),
        });
        let mut titles: Vec<Title> = titles.filter(|title| !title.title.is_empty()).collect();
        titles.sort();
        titles.dedup();
        let spot = Spot::nth(document, actor.id.index());
        let mut named = Named { spot, actor, words, key, titles, is_described };
        if named.is_untold() {
            named.key.insert(0, UNTOLD);
        }
        Some(named)
    });
    named.collect()
}

fn is_by_name(actor: &Actor) -> bool {
    actor.mentions.iter().any(|mention| mention.form == Form::Name)
}

/// Where a document names somebody, by where that begins.
fn names_in(record: &Record) -> BTreeMap<usize, &Span> {
    let mentions = record.actors.iter().flat_map(|actor| &actor.mentions);
    let names = mentions.filter(|mention| mention.form == Form::Name);
    names.map(|mention| (mention.span.start.index(), &mention.span)).collect()
}

/// The words that tell who an actor is whom no name of its own does, as "the army of Kesh" and "Kesh's
/// army": a body of which a state or a town has one, with the name of that in them.
fn description(actor: &Actor, names: &BTreeMap<usize, &Span>) -> Option<Vec<String>> {
    let one_of_a_kind =
        matches!(actor.kind, ActorKind::Government | ActorKind::Military | ActorKind::Police);
    if !one_of_a_kind || is_by_name(actor) {
        return None;
    }
    let whose = |whole: &Span| {
        let (start, end) = (whole.start.index(), whole.end.index());
        let (_, name) = names.range(start..end).find(|(_, name)| name.end.index() <= end)?;
        let before = whole.text.get(..name.start.index() - start)?;
        let behind = whole.text.get(name.end.index() - start..)?;
        Some(described(&name.text, &format!("{before} {behind}")))
    };
    let told = actor.mentions.iter().find_map(|mention| whose(&mention.span));
    // Where the document does not know the name for one, capitals tell it, behind the first word.
    told.or_else(|| {
        let is_name = |run: &&str| run.starts_with(char::is_uppercase);
        let (names, others): (Vec<&str>, Vec<&str>) =
            actor.name.split_whitespace().partition(is_name);
        let has_name = actor.name.split_whitespace().skip(1).any(|run| is_name(&run));
        has_name.then(|| described(&names.join(" "), &others.join(" ")))
    })
}

fn folded_title(title: &str) -> String {
    crate::copies::words(title).collect::<Vec<_>>().join(" ")
}

/// Other names that the document gives an actor.
fn aliases(actor: &Actor) -> Vec<String> {
    let names = actor.mentions.iter().filter(|mention| mention.form == Form::Name);
    let names: BTreeSet<&str> = names.map(|mention| mention.span.text.as_str()).collect();
    let plain = |name: &&str| **name != actor.name && name.len() < 200;
    names.into_iter().filter(plain).map(str::to_owned).collect()
}

/// The leaf that an actor belongs to: one that is there, or a new one.
fn leaf_for(
    store: &mut dyn Store,
    named: &Named<'_>,
    around: &BTreeMap<String, String>,
) -> Result<u32, Error> {
    if named.is_untold() {
        return new_leaf(store, &named.actor.name, &named.key, &word(named.actor.kind));
    }
    let mut best: Option<(u32, u32, u32)> = None;
    let leaves = store.leaves_keyed(&named.key, OF_A_NAME)?;
    for leaf in &leaves {
        let Some(weight) = weight(store, named, leaf, around, leaves.len() == 1)? else {
            continue;
        };
        let better =
            best.is_none_or(|(most, documents, _)| (weight, leaf.documents) > (most, documents));
        if better {
            best = Some((weight, leaf.documents, leaf.id));
        }
    }
    match best {
        Some((_, _, leaf)) => Ok(leaf),
        None => new_leaf(store, &named.actor.name, &named.key, &word(named.actor.kind)),
    }
}

/// Makes a leaf of a name and gives its number.
pub(super) fn new_leaf(
    store: &mut dyn Store,
    name: &str,
    key: &str,
    kind: &str,
) -> Result<u32, Error> {
    let is_person = kind == word(ActorKind::Person);
    let words = if is_person { of_person(name) } else { folded(name) };
    let last = if words.len() > 1 { words.last().map_or("", String::as_str) } else { "" };
    // Those that search asks by, too.
    let asked = crate::search::words(name).into_iter().map(|word| word.text);
    let all: Vec<String> = words.iter().cloned().chain(asked).collect();
    store.new_leaf(&NewLeaf { key, last, name, kind, words: &all })
}

/// How much speaks for an actor's being a leaf of its name; `None` where something speaks against it
/// or nothing for it.
fn weight(
    store: &dyn Store,
    named: &Named<'_>,
    leaf: &Leaf,
    around: &BTreeMap<String, String>,
    only: bool,
) -> Result<Option<u32>, Error> {
    if !kinds_agree(&word(named.actor.kind), &leaf.kind, named.is_one_word()) {
        return Ok(None);
    }
    // What a ruling made and no document has yet is known by its name alone.
    if leaf.documents == 0 {
        return Ok(only.then_some(0));
    }
    let near = || context(store, named, leaf, around);
    if named.is_person() && !named.is_one_word() {
        for name in store.names(leaf.id, TITLES)? {
            let words = of_person(&name);
            if person(&words) == named.key && !middles_agree(&named.words, &words) {
                return Ok(None);
            }
        }
        let titles = titles_agree(&named.titles, &store.titles(leaf.id, TITLES)?);
        return Ok(match (titles, only) {
            (Some(true), true) => Some(1),
            (Some(true), false) => Some(100 + near()?.0),
            (None, true) => Some(1),
            // Several of this name, or titles that have nothing in common: context decides.
            (None, false) | (Some(false), _) => Some(near()?.0).filter(|shared| *shared > 0),
        });
    }
    if named.is_person() {
        // A last name alone, with a title.
        let agree = titles_agree(&named.titles, &store.titles(leaf.id, TITLES)?) == Some(true);
        return Ok(Some(near()?.0).filter(|shared| agree && *shared > 0));
    }
    let kind = named.actor.kind;
    let of_a_state = matches!(
        kind,
        ActorKind::Government
            | ActorKind::Court
            | ActorKind::Police
            | ActorKind::Military
            | ActorKind::Party
            | ActorKind::Population
    );
    let vague = kind == ActorKind::Other && named.is_one_word();
    if !of_a_state && !vague && only {
        return Ok(Some(1));
    }
    let (shared, states) = near()?;
    if named.is_described && only {
        return Ok(Some(shared + 1).filter(|_| states != Some(false) || shared >= MUCH_SHARED));
    }
    // Ministries and courts have the same names everywhere: their states have to be the same, or
    // much else.
    let apart = of_a_state && states == Some(false) && shared < MUCH_SHARED;
    Ok(Some(shared).filter(|shared| *shared > 0 && !apart))
}

/// Whether two kinds can be one actor's.
fn kinds_agree(one: &str, other: &str, one_word: bool) -> bool {
    let open = word(ActorKind::Other);
    let person = word(ActorKind::Person);
    one == other
        || (one == open || other == open) && (!one_word || one != person && other != person)
}

/// Whether titles can be one person's: `None` where one has none. They agree where they share a
/// word or whose they are.
fn titles_agree(one: &[Title], other: &[Title]) -> Option<bool> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    Some(one.iter().any(|a| {
        other.iter().any(|b| {
            let apart = !a.of.is_empty() && !b.of.is_empty() && a.of != b.of;
            let share =
                a.title.split(' ').any(|word| b.title.split(' ').any(|other| other == word));
            share && !apart || !a.of.is_empty() && a.of == b.of
        })
    }))
}

/// How many others both the document and those of a leaf name, and whether they share a state;
/// `None` where one names no state.
fn context(
    store: &dyn Store,
    named: &Named<'_>,
    leaf: &Leaf,
    around: &BTreeMap<String, String>,
) -> Result<(u32, Option<bool>), Error> {
    let (media, state) = (word(ActorKind::Media), word(ActorKind::State));
    let mut shared = 0;
    let mut states = (false, false);
    for (key, kind) in store.near(leaf.id, CONTEXT)? {
        states.0 |= kind == state;
        if key == leaf.key || key == named.key || kind == media || key.starts_with(UNTOLD) {
            continue;
        }
        if around.contains_key(&key) {
            shared += 1;
            states.1 |= kind == state;
        }
    }
    let own = around.iter().any(|(key, kind)| *kind == state && *key != named.key);
    let states = (own && states.0).then_some(states.1);
    Ok((shared, states))
}

/// The leaves that an actor shows to be one with its own.
fn shown(
    store: &mut dyn Store,
    named: &Named<'_>,
    own: u32,
    aliases: &[String],
    around: &BTreeMap<String, String>,
) -> Result<Vec<u32>, Error> {
    let mut shown = Vec::new();
    if named.is_person() {
        if named.is_one_word() && !named.titles.is_empty() {
            shown.extend(titled(store, named, around)?);
        }
    } else {
        for alias in aliases.iter().filter(|alias| is_acronym(alias, &named.actor.name)) {
            let key = folded(alias).join(" ");
            let own_kind = word(named.actor.kind);
            let leaves = store.leaves_keyed(&key, OF_A_NAME)?;
            let fit = leaves.iter().find(|leaf| kinds_agree(&own_kind, &leaf.kind, false));
            shown.push(match fit {
                Some(leaf) => leaf.id,
                None => new_leaf(store, alias, &key, &own_kind)?,
            });
        }
    }
    shown.retain(|leaf| *leaf != own);
    Ok(shown)
}

/// The one person with this last name whose title agrees and whose documents share somebody.
fn titled(
    store: &dyn Store,
    named: &Named<'_>,
    around: &BTreeMap<String, String>,
) -> Result<Option<u32>, Error> {
    let person = word(ActorKind::Person);
    let leaves = store.leaves_ending(&named.key, LAST_NAMES)?;
    if leaves.len() >= LAST_NAMES as usize {
        return Ok(None);
    }
    let mut fit: Vec<&Leaf> = Vec::new();
    for leaf in leaves.iter().filter(|leaf| leaf.kind == person) {
        let agree = titles_agree(&named.titles, &store.titles(leaf.id, TITLES)?) == Some(true);
        if agree && context(store, named, leaf, around)?.0 > 0 {
            fit.push(leaf);
        }
    }
    let roots: BTreeSet<u32> = fit.iter().map(|leaf| leaf.root).collect();
    Ok(fit.first().filter(|_| roots.len() == 1).map(|leaf| leaf.id))
}

/// Sets anew which leaves are one, of these and of all that are one with them, and gives those for
/// which it changed. Rulings come first, the newest of a pair alone; what documents show is taken in
/// the order of documents, and left out where it would make one what was ruled apart.
pub(super) fn regroup(
    store: &mut dyn Store,
    seeds: &BTreeSet<u32>,
) -> Result<BTreeSet<u32>, Error> {
    let mut reached: BTreeMap<u32, u32> = BTreeMap::new();
    let mut edge: Vec<u32> = seeds.iter().copied().collect();
    let mut shown: BTreeSet<Same> = BTreeSet::new();
    let mut ruled: BTreeMap<(u32, u32), (u64, bool)> = BTreeMap::new();
    while let Some(id) = edge.pop() {
        if reached.contains_key(&id) {
            continue;
        }
        let Some(leaf) = store.leaf(id)? else { continue };
        reached.insert(id, leaf.root);
        edge.extend(store.leaves_of(leaf.root)?.iter().map(|leaf| leaf.id));
        for same in store.same_as(id)? {
            edge.extend([same.leaf, same.other]);
            shown.insert(same);
        }
        for ruling in store.rulings_on(id)? {
            edge.extend([ruling.leaf, ruling.other]);
            let pair = (ruling.leaf.min(ruling.other), ruling.leaf.max(ruling.other));
            let newest = ruled.entry(pair).or_insert((ruling.entry, ruling.is_one));
            if ruling.entry >= newest.0 {
                *newest = (ruling.entry, ruling.is_one);
            }
        }
    }
    let mut group: BTreeMap<u32, u32> = reached.keys().map(|id| (*id, *id)).collect();
    let join = |group: &mut BTreeMap<u32, u32>, a: u32, b: u32| {
        let (Some(&a), Some(&b)) = (group.get(&a), group.get(&b)) else { return };
        let (least, most) = (a.min(b), a.max(b));
        group.values_mut().filter(|root| **root == most).for_each(|root| *root = least);
    };
    for ((a, b), _) in ruled.iter().filter(|(_, (_, is_one))| *is_one) {
        join(&mut group, *a, *b);
    }
    for same in &shown {
        let (Some(&a), Some(&b)) = (group.get(&same.leaf), group.get(&same.other)) else {
            continue;
        };
        let parts = |(x, y): &(u32, u32)| {
            let of = |leaf| group.get(leaf).copied();
            (of(x), of(y)) == (Some(a), Some(b)) || (of(x), of(y)) == (Some(b), Some(a))
        };
        let is_parted = ruled.iter().any(|(pair, (_, is_one))| !is_one && parts(pair));
        if !is_parted {
            join(&mut group, same.leaf, same.other);
        }
    }
    let mut changed = BTreeSet::new();
    for (leaf, root) in group {
        if reached.get(&leaf) != Some(&root) {
            store.set_root(leaf, root)?;
            changed.insert(leaf);
        }
    }
    Ok(changed)
}
