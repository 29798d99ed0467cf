//! Entities.

use std::collections::BTreeSet;

use rusqlite::{Row, params};

use super::spot;
use crate::error::Error;
use crate::joins::{EntityQuery, Leaf, NewLeaf, RoleHeld, Ruling, Same, Spot, Title};
use crate::key::DocumentId;
use crate::store::Entities;
use crate::store::sqlite::{Sqlite, word};

const LEAF: &str = "SELECT id, root, key, name, kind, documents FROM entity";

fn leaf(row: &Row<'_>) -> rusqlite::Result<Leaf> {
    Ok(Leaf {
        id: row.get(0)?,
        root: row.get(1)?,
        key: row.get(2)?,
        name: row.get(3)?,
        kind: row.get(4)?,
        documents: row.get(5)?,
    })
}

impl Entities for Sqlite {
    fn leaves_keyed(&self, key: &str, limit: u32) -> Result<Vec<Leaf>, Error> {
        let sql = format!("{LEAF} WHERE key = ?1 ORDER BY documents DESC, id LIMIT ?2");
        self.all(&sql, params![key, limit], leaf)
    }

    fn leaves_ending(&self, last: &str, limit: u32) -> Result<Vec<Leaf>, Error> {
        let sql = format!("{LEAF} WHERE last = ?1 AND last <> '' ORDER BY id LIMIT ?2");
        self.all(&sql, params![last, limit], leaf)
    }

    fn leaf(&self, id: u32) -> Result<Option<Leaf>, Error> {
        self.one(&format!("{LEAF} WHERE id = ?1"), [id], leaf)
    }

    fn leaves_of(&self, root: u32) -> Result<Vec<Leaf>, Error> {
        self.all(&format!("{LEAF} WHERE root = ?1 ORDER BY id"), [root], leaf)
    }

    fn leaves_with(&self, words: &[String]) -> Result<Vec<Leaf>, Error> {
        let ids = self.leaves_bearing(words, false).map_err(self.refuse())?;
        let sql = format!("{LEAF} WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id");
        self.all(&sql, [serde_json::json!(ids).to_string()], leaf)
    }

    fn new_leaf(&mut self, new: &NewLeaf<'_>) -> Result<u32, Error> {
        let sql = "INSERT INTO entity (root, key, last, name, kind, documents) \
                   VALUES (0, ?1, ?2, ?3, ?4, 0)";
        self.change(sql, params![new.key, new.last, new.name, new.kind])?;
        let id = u32::try_from(self.connection.last_insert_rowid()).unwrap_or(u32::MAX);
        self.set_root(id, id)?;
        for word in new.words {
            self.change("INSERT OR IGNORE INTO entity_word VALUES (?1, ?2)", params![word, id])?;
        }
        Ok(id)
    }

    fn set_root(&mut self, leaf: u32, root: u32) -> Result<(), Error> {
        self.change("UPDATE entity SET root = ?2 WHERE id = ?1", [leaf, root]).map(drop)
    }

    fn remove_leaf_if_idle(&mut self, leaf: u32) -> Result<bool, Error> {
        let sql = "DELETE FROM entity WHERE id = ?1 AND documents = 0 \
                   AND NOT EXISTS (SELECT 1 FROM same WHERE entity = ?1) \
                   AND NOT EXISTS (SELECT 1 FROM same WHERE other = ?1) \
                   AND NOT EXISTS (SELECT 1 FROM ruling WHERE entity = ?1 OR other = ?1) \
                   AND NOT EXISTS (SELECT 1 FROM pin WHERE entity = ?1)";
        let is_gone = self.change(sql, [leaf])? == 1;
        if is_gone {
            self.change("DELETE FROM entity_word WHERE entity = ?1", [leaf])?;
        }
        Ok(is_gone)
    }

    fn near(&self, leaf: u32, documents: u32) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT DISTINCT e.key, e.kind FROM known k JOIN entity e ON e.id = k.entity \
                   WHERE k.document IN (SELECT DISTINCT document FROM known WHERE entity = ?1 \
                                        ORDER BY document DESC LIMIT ?2) ORDER BY 1, 2";
        self.all(sql, [leaf, documents], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn titles(&self, leaf: u32, limit: u32) -> Result<Vec<Title>, Error> {
        let sql = "SELECT DISTINCT t.title, t.of FROM \
                   (SELECT document, actor FROM known WHERE entity = ?1 \
                    ORDER BY document DESC, actor LIMIT ?2) k \
                   JOIN title t ON t.document = k.document AND t.actor = k.actor ORDER BY 1, 2";
        self.all(sql, [leaf, limit], |row| Ok(Title { title: row.get(0)?, of: row.get(1)? }))
    }

    fn names(&self, leaf: u32, limit: u32) -> Result<Vec<String>, Error> {
        let sql = "SELECT value FROM entity_said WHERE entity = ?1 AND what > 1 \
                   GROUP BY value ORDER BY sum(actors) DESC, value LIMIT ?2";
        self.all(sql, [leaf, limit], |row| row.get(0))
    }

    fn put_known(
        &mut self,
        actor: Spot,
        leaf: u32,
        aliases: &[String],
        titles: &[Title],
    ) -> Result<(), Error> {
        let Spot { document, item } = actor;
        self.count(leaf, document, 1)?;
        let sql = "INSERT INTO known VALUES (?1, ?2, ?3)";
        self.change(sql, params![document.0, item, leaf])?;
        for alias in aliases {
            let sql = "INSERT OR IGNORE INTO alias VALUES (?1, ?2, ?3)";
            self.change(sql, params![document.0, item, alias])?;
        }
        for title in titles {
            let sql = "INSERT OR IGNORE INTO title VALUES (?1, ?2, ?3, ?4)";
            self.change(sql, params![document.0, item, title.title, title.of])?;
        }
        self.say(leaf, actor, 1)
    }

    fn cast(&self, document: DocumentId) -> Result<Vec<(Spot, Leaf)>, Error> {
        let sql = "SELECT e.id, e.root, e.key, e.name, e.kind, e.documents, k.document, k.actor \
                   FROM known k JOIN entity e ON e.id = k.entity \
                   WHERE k.document = ?1 ORDER BY k.actor";
        self.all(sql, [document.0], |row| Ok((spot(row, 6)?, leaf(row)?)))
    }

    fn known(&self, actor: Spot) -> Result<Option<u32>, Error> {
        let sql = "SELECT entity FROM known WHERE document = ?1 AND actor = ?2";
        self.one(sql, params![actor.document.0, actor.item], |row| row.get(0))
    }

    fn forget_cast(&mut self, document: DocumentId) -> Result<(Vec<u32>, Vec<u32>), Error> {
        let sql = "SELECT DISTINCT entity, other FROM same WHERE document = ?1";
        let pairs: Vec<(u32, u32)> =
            self.all(sql, [document.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.change("DELETE FROM same WHERE document = ?1", [document.0])?;
        let mut parted = BTreeSet::new();
        for (entity, other) in &pairs {
            let sql = "SELECT 1 FROM same WHERE entity = ?1 AND other = ?2 LIMIT 1";
            if self.one(sql, [*entity, *other], |_| Ok(()))?.is_none() {
                parted.extend([*entity, *other]);
            }
        }
        let cast = self.cast(document)?;
        for (actor, leaf) in &cast {
            self.say(leaf.id, *actor, -1)?;
        }
        let leaves: BTreeSet<u32> = cast.into_iter().map(|(_, leaf)| leaf.id).collect();
        for table in ["known", "alias", "title"] {
            self.change(&format!("DELETE FROM {table} WHERE document = ?1"), [document.0])?;
        }
        for leaf in &leaves {
            self.count(*leaf, document, -1)?;
        }
        let mut gone = leaves;
        gone.extend(&parted);
        Ok((gone.into_iter().collect(), parted.into_iter().collect()))
    }

    fn spots_known(&self, leaf: u32) -> Result<Vec<Spot>, Error> {
        let sql = "SELECT document, actor FROM known WHERE entity = ?1 ORDER BY 1, 2";
        self.all(sql, [leaf], |row| spot(row, 0))
    }

    fn roles_held(&self, leaf: u32, documents: u32) -> Result<Vec<RoleHeld>, Error> {
        let sql = "SELECT t.title, nullif(t.of, ''), count(*) FROM \
                   (SELECT document, actor FROM known WHERE entity = ?1 \
                    ORDER BY document DESC, actor LIMIT ?2) k \
                   JOIN title t ON t.document = k.document AND t.actor = k.actor \
                   GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2";
        self.all(sql, [leaf, documents], |row| {
            Ok(RoleHeld { title: row.get(0)?, of: row.get(1)?, documents: row.get(2)? })
        })
    }

    fn documents_naming(&self, root: u32) -> Result<u32, Error> {
        let sql = "SELECT documents, id FROM entity WHERE root = ?1";
        let leaves: Vec<u32> = self.all(sql, [root], |row| row.get(0))?;
        if let [only] = leaves.as_slice() {
            return Ok(*only);
        }
        let sql = "SELECT count(DISTINCT k.document) FROM entity e \
                   JOIN known k ON k.entity = e.id WHERE e.root = ?1";
        Ok(self.one(sql, [root], |row| row.get(0))?.unwrap_or(0))
    }

    fn roots(&self, query: &EntityQuery<'_>) -> Result<Vec<u32>, Error> {
        let limit = if query.limit == 0 { u32::MAX } else { query.limit };
        let after = query.after.map_or(0, |id| id.0);
        let kind = query.kind.map(word);
        let prefix = query.name.to_lowercase();
        if prefix.is_empty() {
            let sql = "SELECT id FROM entity WHERE root = id AND id > ?1 \
                       AND (?2 IS NULL OR kind = ?2) ORDER BY id LIMIT ?3";
            return self.all(sql, params![after, kind, limit], |row| row.get(0));
        }
        let mut end = prefix.clone();
        end.push(char::MAX);
        let sql = "SELECT DISTINCT e.root FROM entity_word w JOIN entity e ON e.id = w.entity \
                   WHERE w.word >= ?4 AND w.word < ?5 AND e.root > ?1 \
                   AND (?2 IS NULL OR e.kind = ?2) ORDER BY 1 LIMIT ?3";
        self.all(sql, params![after, kind, limit, prefix, end], |row| row.get(0))
    }

    fn put_same(&mut self, same: &Same) -> Result<(), Error> {
        let Spot { document, item } = same.actor;
        let sql = "INSERT OR IGNORE INTO same VALUES (?1, ?2, ?3, ?4)";
        self.change(sql, params![document.0, item, same.leaf, same.other]).map(drop)
    }

    fn same_as(&self, leaf: u32) -> Result<Vec<Same>, Error> {
        let sql = "SELECT min(document), min(actor), entity, other FROM same \
                   WHERE entity = ?1 OR other = ?1 GROUP BY entity, other ORDER BY 1, 2, 3, 4";
        self.all(sql, [leaf], |row| {
            Ok(Same { actor: spot(row, 0)?, leaf: row.get(2)?, other: row.get(3)? })
        })
    }

    fn put_ruling(&mut self, ruling: &Ruling) -> Result<(), Error> {
        let Ruling { entry, leaf, other, is_one } = ruling;
        let sql = "INSERT OR REPLACE INTO ruling VALUES (?1, ?2, ?3, ?4)";
        self.change(sql, params![entry, leaf, other, is_one]).map(drop)
    }

    fn rulings_on(&self, leaf: u32) -> Result<Vec<Ruling>, Error> {
        let sql = "SELECT entry, entity, other, is_one FROM ruling \
                   WHERE entity = ?1 OR other = ?1 ORDER BY entry";
        self.all(sql, [leaf], |row| {
            let (entry, leaf, other, is_one) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Ruling { entry, leaf, other, is_one })
        })
    }

    fn put_pin(
        &mut self,
        document: DocumentId,
        key: &str,
        leaf: u32,
        entry: u64,
    ) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO pin VALUES (?1, ?2, ?3, ?4)";
        self.change(sql, params![document.0, key, leaf, entry]).map(drop)
    }

    fn pinned(&self, document: DocumentId, key: &str) -> Result<Option<u32>, Error> {
        let sql = "SELECT entity FROM pin WHERE document = ?1 AND key = ?2";
        self.one(sql, params![document.0, key], |row| row.get(0))
    }
}

impl Sqlite {
    /// Counts a document for an entity, or no more, unless another of its actors is it too.
    fn count(&self, leaf: u32, document: DocumentId, by: i32) -> Result<(), Error> {
        let sql = "UPDATE entity SET documents = documents + ?3 WHERE id = ?1 AND NOT EXISTS \
                   (SELECT 1 FROM known WHERE entity = ?1 AND document = ?2)";
        self.change(sql, params![leaf, document.0, by]).map(drop)
    }

    /// Counts what an actor says of its entity, or no more. What most say counts; of several said as
    /// often the first in order.
    fn say(&self, leaf: u32, actor: Spot, by: i32) -> Result<(), Error> {
        let Spot { document, item } = actor;
        let sql = "INSERT INTO entity_said \
                   SELECT ?1, 1, kind, ?4 FROM actor WHERE document = ?2 AND id = ?3 UNION ALL \
                   SELECT ?1, 2, name, ?4 FROM actor WHERE document = ?2 AND id = ?3 UNION ALL \
                   SELECT ?1, 3, name, ?4 FROM alias WHERE document = ?2 AND actor = ?3 \
                   ON CONFLICT DO UPDATE SET actors = actors + excluded.actors";
        self.change(sql, params![leaf, document.0, item, by])?;
        if by < 0 {
            self.change("DELETE FROM entity_said WHERE entity = ?1 AND actors <= 0", [leaf])?;
        }
        // One more of what most say changes nothing.
        let sql = "UPDATE entity SET \
                   kind = coalesce((SELECT value FROM entity_said WHERE entity = ?1 AND what = 1 \
                                    ORDER BY actors DESC, value LIMIT 1), kind), \
                   name = coalesce((SELECT value FROM entity_said WHERE entity = ?1 AND what = 2 \
                                    ORDER BY actors DESC, value LIMIT 1), name) \
                   WHERE id = ?1 AND (?4 < 0 OR NOT EXISTS (SELECT 1 FROM actor a \
                   WHERE a.document = ?2 AND a.id = ?3 AND a.kind = entity.kind AND a.name = entity.name))";
        self.change(sql, params![leaf, document.0, item, by]).map(drop)
    }
}
