//! What views ask for, from what joining keeps. The same over every store.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{ActorId, FigureId, ItemId, LinkKind, ProceedingId, StatementId};

use super::parts::{Leaf, Quantity, Spot, WholeKind};
use super::tellings::date;
use super::types::{
    CrossLink, Discrepancy, Entity, EntityId, EntityQuery, ItemAt, Matter, Point, Series, SeriesId,
    SourcesCounted, Telling, TellingId,
};
use super::{copies_of, findings, matters};
use crate::error::Error;
use crate::key::DocumentId;
use crate::naming;
use crate::store::{Joining, Joins};

/// Wholes taken from the store at once.
const PAGE: u32 = 1000;
/// Documents of an entity that are asked for its other names and titles.
const NAMES: u32 = 400;

impl<S: Joining + ?Sized> Joins for S {
    fn copies_of(&self, document: DocumentId) -> Result<Vec<DocumentId>, Error> {
        copies_of(self, document)
    }

    fn first_copy(&self, document: DocumentId) -> Result<DocumentId, Error> {
        report(self, document)
    }

    fn sources_counted(&self, statements: &[ItemAt]) -> Result<SourcesCounted, Error> {
        let (mut named, mut unnamed) = (BTreeSet::new(), BTreeSet::new());
        let mut reports = BTreeSet::new();
        for statement in statements {
            let Some(spot) = spot(*statement) else { continue };
            let report = report(self, spot.document)?;
            reports.insert(report);
            match self.spoken(spot)?.filter(|spoken| spoken.leaf != 0) {
                Some(spoken) => {
                    named.insert(root(self, spoken.leaf)?);
                }
                None => {
                    unnamed.insert(report);
                }
            }
        }
        let count = |set: &BTreeSet<_>| u32::try_from(set.len()).unwrap_or(u32::MAX);
        Ok(SourcesCounted {
            named: u32::try_from(named.len()).unwrap_or(u32::MAX),
            unnamed: count(&unnamed),
            reports: count(&reports),
        })
    }

    fn entity_of(&self, document: DocumentId, actor: ActorId) -> Result<Option<EntityId>, Error> {
        let known = self.known(Spot::nth(document, actor.index()))?;
        known.map(|leaf| root(self, leaf).map(EntityId)).transpose()
    }

    fn entity(&self, id: EntityId) -> Result<Option<Entity>, Error> {
        let Some(leaf) = self.leaf(id.0)? else { return Ok(None) };
        let leaves = self.leaves_of(leaf.root)?;
        // A last name alone is the name of nobody whose other names are known.
        let most = leaves.iter().max_by_key(|leaf| {
            (leaf.key.contains(' '), leaf.documents, std::cmp::Reverse(leaf.id))
        });
        let Some(most) = most else { return Ok(None) };
        let kind = serde_json::from_value(serde_json::Value::from(most.kind.as_str()));
        let mut aliases = BTreeSet::new();
        let mut roles = BTreeMap::new();
        for leaf in &leaves {
            aliases.extend(self.names(leaf.id, NAMES)?);
            for role in self.roles_held(leaf.id, NAMES)? {
                let held = roles.entry((role.title.clone(), role.of.clone())).or_insert(0);
                *held += role.documents;
            }
        }
        aliases.remove(&most.name);
        let mut roles: Vec<super::RoleHeld> = roles
            .into_iter()
            .map(|((title, of), documents)| super::RoleHeld { title, of, documents })
            .collect();
        roles.sort_by_key(|role| std::cmp::Reverse(role.documents));
        Ok(Some(Entity {
            id: EntityId(leaf.root),
            name: most.name.clone(),
            kind: kind.unwrap_or(onrecord_record::ActorKind::Other),
            aliases: aliases.into_iter().collect(),
            documents: self.documents_naming(leaf.root)?,
            roles,
        }))
    }

    fn entities(&self, query: &EntityQuery<'_>) -> Result<Vec<Entity>, Error> {
        let roots = self.roots(query)?;
        let entities = roots.into_iter().map(|root| self.entity(EntityId(root)));
        entities.filter_map(Result::transpose).collect()
    }

    fn entities_in(&self, document: DocumentId) -> Result<BTreeMap<ActorId, EntityId>, Error> {
        let known = |(spot, leaf): (Spot, Leaf)| (ActorId::nth(spot.index()), EntityId(leaf.root));
        Ok(self.cast(document)?.into_iter().map(known).collect())
    }

    fn bearing(&self, words: &str) -> Result<BTreeSet<EntityId>, Error> {
        let asked: Vec<String> =
            crate::search::words(words).into_iter().map(|word| word.text).collect();
        let mut found = BTreeSet::new();
        for leaf in self.leaves_with(&asked)? {
            let has = |name: &String| naming::has(name, words);
            if has(&leaf.name) || self.names(leaf.id, NAMES)?.iter().any(has) {
                found.insert(EntityId(leaf.root));
            }
        }
        Ok(found)
    }

    fn actors_of(&self, id: EntityId) -> Result<Vec<ItemAt>, Error> {
        let Some(leaf) = self.leaf(id.0)? else { return Ok(Vec::new()) };
        let mut spots = Vec::new();
        for leaf in self.leaves_of(leaf.root)? {
            spots.extend(self.spots_known(leaf.id)?);
        }
        spots.sort_unstable();
        let item = |spot: Spot| ItemAt::new(spot.document, ActorId::nth(spot.index()));
        Ok(spots.into_iter().map(item).collect())
    }

    fn telling_of(
        &self,
        document: DocumentId,
        statement: StatementId,
    ) -> Result<Option<TellingId>, Error> {
        let spot = Spot::nth(document, statement.index());
        Ok(self.whole(WholeKind::Telling, spot)?.map(TellingId))
    }

    fn telling(&self, id: TellingId) -> Result<Option<Telling>, Error> {
        let spots = self.parts(id.0)?;
        let mut source = None;
        let (mut first, mut last) = (0, 0);
        let mut reports = BTreeSet::new();
        let mut dated = false;
        for spot in &spots {
            reports.insert(report(self, spot.document)?);
            let Some(spoken) = self.spoken(*spot)? else { return Ok(None) };
            if source.is_none() && spoken.leaf != 0 {
                source = Some(EntityId(root(self, spoken.leaf)?));
            }
            // Where words tell the days, those; of several the narrowest.
            let narrower = spoken.last - spoken.first < last - first;
            let better = (spoken.dated && !dated) || (spoken.dated == dated && narrower);
            if spoken.last != 0 && (last == 0 || better) {
                (first, last) = (spoken.first, spoken.last);
                dated = spoken.dated;
            }
        }
        let item = |spot: Spot| ItemAt::new(spot.document, StatementId::nth(spot.index()));
        Ok((!spots.is_empty()).then(|| Telling {
            id,
            source,
            said: date(first).zip(date(last)),
            statements: spots.into_iter().map(item).collect(),
            reports: u32::try_from(reports.len()).unwrap_or(u32::MAX),
        }))
    }

    fn tellings(&self, after: Option<TellingId>, limit: u32) -> Result<Vec<Telling>, Error> {
        let after = after.map_or(0, |id| id.0);
        let limit = if limit == 0 { u32::MAX } else { limit };
        let wholes = self.wholes_after(WholeKind::Telling, after, limit)?;
        let tellings = wholes.into_iter().map(|whole| self.telling(TellingId(whole)));
        tellings.filter_map(Result::transpose).collect()
    }

    fn cross_links(
        &self,
        document: DocumentId,
        statement: StatementId,
    ) -> Result<Vec<CrossLink>, Error> {
        let own = told_with(self, Spot::nth(document, statement.index()))?;
        let mut links = BTreeMap::new();
        for spot in &own {
            let within = self.links_of(*spot)?;
            let across = self.answers_of(*spot)?;
            let across = across.into_iter().map(|answer| (answer.from, answer.to, answer.kind));
            for (from, to, kind) in within.into_iter().chain(across) {
                let is_from = from == *spot;
                for other in told_with(self, if is_from { to } else { from })? {
                    for one in &own {
                        let (from, to) = if is_from { (*one, other) } else { (other, *one) };
                        // Copies of one story are one source, and answer nothing of each other.
                        if report(self, from.document)? != report(self, to.document)? {
                            links.insert((from, to, kind.clone()), ());
                        }
                    }
                }
            }
        }
        let links = links.into_keys().filter_map(|(from, to, kind)| {
            Some(CrossLink {
                from: statement_at(from),
                to: statement_at(to),
                kind: link_kind(kind)?,
            })
        });
        Ok(links.collect())
    }

    fn answers_to(
        &self,
        document: DocumentId,
        id: StatementId,
    ) -> Result<Vec<(ItemAt, LinkKind)>, Error> {
        let own = report(self, document)?;
        let mut answers = BTreeMap::new();
        for spot in told_with(self, Spot::nth(document, id.index()))? {
            let within = self.links_of(spot)?;
            let across = self.answers_of(spot)?;
            let across = across.into_iter().map(|answer| (answer.from, answer.to, answer.kind));
            for (from, to, kind) in within.into_iter().chain(across) {
                let kind = link_kind(kind).filter(|kind| kind.is_answer());
                // Copies of one story are one report, and answer nothing of each other.
                if let Some(kind) = kind
                    && to == spot
                    && report(self, from.document)? != own
                {
                    let told = self.whole(WholeKind::Telling, from)?;
                    let told = told.map_or(Ok(None), |whole| self.first_part(whole))?;
                    let told = told.filter(|told| told.document != document).unwrap_or(from);
                    answers.entry(statement_at(told)).or_insert(kind);
                }
            }
        }
        Ok(answers.into_iter().collect())
    }

    fn series(&self, counted: Option<&str>) -> Result<Vec<Series>, Error> {
        let mut series = Vec::new();
        let mut after = 0;
        loop {
            let wholes = match counted {
                Some(counted) => self.series_counting(counted)?,
                None => self.wholes_after(WholeKind::Series, after, PAGE)?,
            };
            for whole in &wholes {
                series.extend(whole_series(self, *whole)?);
            }
            after = wholes.last().copied().unwrap_or(0);
            if counted.is_some() || wholes.len() < PAGE as usize {
                return Ok(series);
            }
        }
    }

    fn series_in(&self, documents: &[DocumentId]) -> Result<Vec<Series>, Error> {
        let mut wholes = BTreeSet::new();
        for document in documents {
            let parts = self.wholes_in(WholeKind::Series, *document)?;
            wholes.extend(parts.into_iter().map(|(_, whole)| whole));
        }
        let series = wholes.into_iter().map(|whole| whole_series(self, whole));
        series.filter_map(Result::transpose).collect()
    }

    fn series_of(&self, document: DocumentId) -> Result<BTreeMap<FigureId, SeriesId>, Error> {
        let parts = self.wholes_in(WholeKind::Series, document)?.into_iter();
        Ok(parts.map(|(spot, whole)| (FigureId::nth(spot.index()), SeriesId(whole))).collect())
    }

    fn matter_of(
        &self,
        document: DocumentId,
        proceeding: ProceedingId,
        as_of: Option<&str>,
    ) -> Result<Option<Matter>, Error> {
        let Some(docket) = self.docket(Spot::nth(document, proceeding.index()))? else {
            return Ok(None);
        };
        let all = match docket.subject {
            0 => vec![docket],
            subject => self.dockets(Some(subject))?,
        };
        let own = ItemAt::new(document, proceeding);
        let mut matters = matters::matters(all, as_of).into_iter();
        Ok(matters.find(|matter| matter.proceedings.contains(&own)))
    }

    fn matters(
        &self,
        as_of: Option<&str>,
        subject: Option<EntityId>,
    ) -> Result<Vec<Matter>, Error> {
        let subject = match subject {
            None => None,
            Some(id) => match self.leaf(id.0)? {
                None => return Ok(Vec::new()),
                Some(leaf) => Some(leaf.root),
            },
        };
        Ok(matters::matters(self.dockets(subject)?, as_of))
    }

    fn findings(&self) -> Result<Vec<Discrepancy>, Error> {
        Ok(findings(&self.series(None)?, &self.matters(None, None)?))
    }
}

fn spot(item: ItemAt) -> Option<Spot> {
    match item.item {
        ItemId::StatementId(id) => Some(Spot::nth(item.document, id.index())),
        _ => None,
    }
}

fn statement_at(spot: Spot) -> ItemAt {
    ItemAt::new(spot.document, StatementId::nth(spot.index()))
}

fn link_kind(word: String) -> Option<LinkKind> {
    serde_json::from_value(serde_json::Value::from(word)).ok()
}

/// The first of the copies of a document's story.
fn report<S: Joining + ?Sized>(store: &S, document: DocumentId) -> Result<DocumentId, Error> {
    match store.whole(WholeKind::Copies, Spot { document, item: 0 })? {
        None => Ok(document),
        Some(whole) => Ok(store.first_part(whole)?.map_or(document, |spot| spot.document)),
    }
}

fn root<S: Joining + ?Sized>(store: &S, leaf: u32) -> Result<u32, Error> {
    Ok(store.leaf(leaf)?.map_or(leaf, |leaf| leaf.root))
}

/// A statement and those that tell the same.
fn told_with<S: Joining + ?Sized>(store: &S, spot: Spot) -> Result<Vec<Spot>, Error> {
    match store.whole(WholeKind::Telling, spot)? {
        None => Ok(vec![spot]),
        Some(whole) => store.parts(whole),
    }
}

fn whole_series<S: Joining + ?Sized>(store: &S, whole: u32) -> Result<Option<Series>, Error> {
    let mut quantities: Vec<Quantity> = Vec::new();
    for spot in store.parts(whole)? {
        quantities.extend(store.quantity(spot)?);
    }
    let Some(first) = quantities.first() else { return Ok(None) };
    let counted = first.counted.clone();
    let of = most(quantities.iter().map(|quantity| quantity.of.as_str()));
    let place = most(quantities.iter().map(|quantity| quantity.place.as_str()));
    let dated = quantities.iter().filter(|quantity| quantity.last != 0);
    let when = dated.min_by_key(|quantity| (quantity.last - quantity.first, quantity.spot));
    let when = when.and_then(|quantity| date(quantity.first).zip(date(quantity.last)));
    let mut points = Vec::new();
    for quantity in quantities {
        let source = (quantity.source != 0).then_some(quantity.source);
        points.push(Point {
            figure: ItemAt::new(quantity.spot.document, FigureId::nth(quantity.spot.index())),
            low: quantity.value.0,
            high: quantity.value.1,
            approximate: quantity.approximate,
            source: source.map(|leaf| root(store, leaf).map(EntityId)).transpose()?,
            source_kind: quantity.source_kind,
            as_of: quantity.as_of,
            report: report(store, quantity.spot.document)?,
        });
    }
    points.sort_by(|a, b| a.as_of.cmp(&b.as_of).then(a.figure.cmp(&b.figure)));
    Ok(Some(Series { id: SeriesId(whole), counted, of, place, when, points }))
}

/// The word that most have, of several the first in order; `None` where none has any.
fn most<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words.filter(|word| !word.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    most.map(|(word, _)| word.to_owned())
}
