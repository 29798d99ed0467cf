//! Which statement stands beneath which: an answer beneath what it answers, a statement beneath the
//! one that holds it.

use std::collections::BTreeMap;

use onrecord_record::{Link, Record, StatementId};

/// How statements stand beneath each other. Each stands in one place.
#[derive(Debug)]
pub(crate) struct Threads {
    ids: Vec<StatementId>,
    parents: Vec<Option<(usize, Option<Link>)>>,
    children: Vec<Vec<usize>>,
}

/// A statement in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    /// The statement.
    pub(crate) id: StatementId,
    /// How many statements stand above it.
    pub(crate) depth: usize,
    /// The one it stands beneath, and what it does to that one: `None` where that one holds it.
    pub(crate) above: Option<(StatementId, Option<Link>)>,
}

impl Threads {
    /// The threads of a record. A statement stands beneath the one that holds it, else beneath the
    /// first that it is linked to; a circle is opened.
    pub(crate) fn of(record: &Record) -> Self {
        let ids: Vec<StatementId> = record.statements.iter().map(|s| s.id).collect();
        let turn = |id: StatementId| ids.binary_search(&id).ok();
        let mut parents: Vec<Option<(usize, Option<Link>)>> =
            record.statements.iter().map(|s| Some((turn(s.within?)?, None))).collect();
        for link in &record.links {
            if let (Some(from), Some(to)) = (turn(link.from), turn(link.to))
                && from != to
                && parents[from].is_none()
            {
                parents[from] = Some((to, Some(*link)));
            }
        }
        open_circles(&mut parents);
        Self::new(ids, parents)
    }

    fn new(ids: Vec<StatementId>, parents: Vec<Option<(usize, Option<Link>)>>) -> Self {
        let mut children = vec![Vec::new(); parents.len()];
        for (child, parent) in parents.iter().enumerate() {
            if let Some((parent, _)) = parent {
                children[*parent].push(child);
            }
        }
        Self { ids, parents, children }
    }

    /// All statements, each beneath the one it belongs to, else in text order.
    pub(crate) fn places(&self) -> Vec<Place> {
        let top = (0..self.parents.len()).filter(|index| self.parents[*index].is_none());
        let mut stack: Vec<(usize, usize)> = top.map(|index| (index, 0)).collect();
        stack.reverse();
        let mut places = Vec::with_capacity(self.parents.len());
        while let Some((index, depth)) = stack.pop() {
            let above = self.parents[index].map(|(above, link)| (self.ids[above], link));
            places.push(Place { id: self.ids[index], depth, above });
            stack.extend(self.children[index].iter().rev().map(|child| (*child, depth + 1)));
        }
        places
    }

    /// The links that no place shows, by the statement that makes them.
    pub(crate) fn other_links(&self, record: &Record) -> BTreeMap<StatementId, Vec<Link>> {
        let mut others: BTreeMap<StatementId, Vec<Link>> = BTreeMap::new();
        let turn = |id: StatementId| self.ids.binary_search(&id).ok();
        for link in &record.links {
            let parent = turn(link.from).and_then(|from| self.parents[from]);
            if parent.map(|(to, kind)| (Some(to), kind)) != Some((turn(link.to), Some(*link))) {
                others.entry(link.from).or_default().push(*link);
            }
        }
        others
    }
}

/// Takes away the parent of one statement of each circle.
fn open_circles(parents: &mut [Option<(usize, Option<Link>)>]) {
    const NEW: usize = usize::MAX;
    let mut walk = vec![NEW; parents.len()];
    for start in 0..parents.len() {
        let mut at = start;
        while walk[at] == NEW {
            walk[at] = start;
            match parents[at] {
                Some((above, _)) if above < walk.len() && walk[above] == start => {
                    parents[above.min(at)] = None;
                    break;
                }
                Some((above, _)) if above < walk.len() => at = above,
                Some(_) => parents[at] = None,
                None => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use onrecord_record::LinkKind;

    use super::*;

    #[test]
    fn circles_are_opened_and_chains_are_kept() {
        let denies = Link {
            from: StatementId::nth(0),
            to: StatementId::nth(1),
            kind: LinkKind::Denies,
            confidence: 0.5,
        };
        let link = |to: usize| Some((to, Some(denies)));
        let mut parents = [link(1), link(2), link(0), link(0), None];
        open_circles(&mut parents);
        assert_eq!(parents.iter().filter(|parent| parent.is_none()).count(), 2);
        let ids = (0..parents.len()).map(StatementId::nth).collect();
        let threads = Threads::new(ids, parents.to_vec());
        assert_eq!(threads.places().len(), parents.len());
    }
}
