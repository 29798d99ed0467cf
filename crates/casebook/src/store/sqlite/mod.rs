//! The store in one SQLite file, in write-ahead mode, every table STRICT, foreign keys held.
//!
//! A commit is durable because `synchronous` is FULL: the write-ahead log is synced before
//! [`Store::commit`] returns. Only [`Store::settle`] brings that log into the file, see `pages.rs`.
//! The schema is numbered by `user_version`; each number is a file of `migrations/`, applied once, in
//! order, each in a transaction of its own.

mod conditions;
mod documents;
mod entries;
mod items;
mod joins;
mod names;
mod pages;
mod reviews;
mod search;
mod sql;
mod views;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub(crate) use items::word;

use super::{Damage, Store};
use crate::error::Error;
use crate::system::{Step, System};

/// The schema, a file a version.
const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/0001-case.sql"),
    include_str!("migrations/0002-joins.sql"),
    include_str!("migrations/0003-search.sql"),
    include_str!("migrations/0004-review.sql"),
];

/// The newest format that this version knows.
pub(crate) const FORMAT: i64 = MIGRATIONS.len() as i64;

/// How long the write-ahead log may get before it is brought into the file.
const LOG_BYTES: u64 = 64 << 20;

/// The store in a file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    connection: Connection,
    system: System,
}

impl Sqlite {
    /// Opens the store to write, makes it where it is not there, and brings it to the newest format.
    ///
    /// # Errors
    /// [`Error::Newer`], [`Error::Store`].
    pub fn open(path: &Path, system: &System) -> Result<Self, Error> {
        let connection = Connection::open(path).map_err(refuse(path))?;
        let mut store = Self { path: path.to_owned(), connection, system: system.clone() };
        store.pragmas(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
        )?;
        store.checkpoint_at_close(false)?;
        store.migrate()?;
        Ok(store)
    }

    /// Opens the store to read what was last committed. Where the folder may not be written to, the
    /// file is taken as one that nobody changes.
    ///
    /// # Errors
    /// [`Error::Newer`], [`Error::Older`], [`Error::Store`].
    pub fn open_to_read(path: &Path, system: &System) -> Result<Self, Error> {
        let refuse = || refuse(path);
        let count = |connection: &Connection| {
            connection
                .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
        };
        // As one that might write: only such may look into the write-ahead log of a writer that crashed.
        let plain = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE);
        let connection = match plain.and_then(|plain| count(&plain).map(|_| plain)) {
            Ok(plain) => plain,
            Err(_) => {
                let name = path.to_string_lossy();
                let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
                let uri = format!("file:{name}?immutable=1");
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(uri, flags).map_err(refuse())?
            }
        };
        let store = Self { path: path.to_owned(), connection, system: system.clone() };
        store.checkpoint_at_close(false)?;
        store.pragmas(
            "PRAGMA query_only = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
        )?;
        match store.known_version()? {
            FORMAT => Ok(store),
            found => Err(Error::Older { path: path.to_owned(), found, known: FORMAT }),
        }
    }

    /// A store in memory that keeps items of documents it does not have: what a record's tables are.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) fn scratch(system: &System) -> Result<Self, Error> {
        let path = PathBuf::from(":memory:");
        let connection = Connection::open_in_memory().map_err(refuse(&path))?;
        let mut store = Self { path, connection, system: system.clone() };
        store.migrate()?;
        store.pragmas("PRAGMA foreign_keys = OFF;")?;
        Ok(store)
    }

    fn pragmas(&self, sql: &str) -> Result<(), Error> {
        self.connection.busy_timeout(Duration::from_secs(10)).map_err(self.refuse())?;
        self.connection.set_prepared_statement_cache_capacity(512);
        // A question is planned once, not anew for all values that it is asked with.
        let is_planned_once = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
        self.connection.set_db_config(is_planned_once, true).map_err(self.refuse())?;
        self.connection.execute_batch(sql).map_err(self.refuse())
    }

    /// Whether closing brings the write-ahead log into the file: never behind the back of
    /// [`Store::settle`].
    fn checkpoint_at_close(&self, does: bool) -> Result<(), Error> {
        let option = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        self.connection.set_db_config(option, !does).map(drop).map_err(self.refuse())
    }

    fn known_version(&self) -> Result<i64, Error> {
        let found = self.connection.query_row("PRAGMA user_version", [], |row| row.get(0));
        let found = found.map_err(self.refuse())?;
        if found > FORMAT {
            return Err(Error::Newer { path: self.path.clone(), found, known: FORMAT });
        }
        Ok(found)
    }

    /// Brings the store to the newest format and gives the one that it had.
    fn migrate(&mut self) -> Result<i64, Error> {
        let found = self.known_version()?;
        for (sql, version) in MIGRATIONS.iter().zip(1..).filter(|(_, version)| *version > found) {
            let sql = format!("BEGIN IMMEDIATE; {sql} PRAGMA user_version = {version}; COMMIT;");
            self.connection.execute_batch(&sql).map_err(self.refuse())?;
        }
        Ok(found)
    }

    fn refuse<E: std::error::Error + Send + Sync + 'static>(&self) -> impl Fn(E) -> Error + use<E> {
        refuse(&self.path)
    }

    /// Tells a damaged file by numbers that do not ascend from the first that was asked for: whoever
    /// goes on behind the last would never end.
    fn in_order(&self, first: u64, numbers: impl Iterator<Item = u64>) -> Result<(), Error> {
        let mut next = first;
        for number in numbers {
            if number < next {
                return Err(Error::damaged(&self.path, "its rows are out of order"));
            }
            next = number.saturating_add(1);
        }
        Ok(())
    }
}

fn refuse<E: std::error::Error + Send + Sync + 'static>(
    path: &Path,
) -> impl Fn(E) -> Error + use<E> {
    let path = path.to_owned();
    move |cause| Error::Store { path: path.clone(), cause: Box::new(cause) }
}

/// What of a store's files is not as it was left, whether it can be opened or not.
pub(crate) fn damage(path: &Path) -> Result<Vec<Damage>, Error> {
    pages::damage(path)
}

impl Store for Sqlite {
    fn begin(&mut self) -> Result<(), Error> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(self.refuse())
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.system.before(Step::Commit, &self.path).map_err(self.refuse())?;
        self.connection.execute_batch("COMMIT").map_err(self.refuse())?;
        if pages::log_bytes(&self.path) > LOG_BYTES {
            pages::settle(&self.system, &self.path, &self.connection)?;
        }
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), Error> {
        if self.connection.is_autocommit() {
            return Ok(());
        }
        self.connection.execute_batch("ROLLBACK").map_err(self.refuse())
    }

    fn hold(&self) -> Result<bool, Error> {
        let is_new = self.connection.is_autocommit();
        if is_new {
            self.connection.execute_batch("BEGIN").map_err(self.refuse())?;
        }
        Ok(is_new)
    }

    fn let_go(&self) {
        // Nothing was written that could be lost.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    fn settle(&mut self) -> Result<(), Error> {
        self.connection.execute_batch("PRAGMA optimize").map_err(self.refuse())?;
        pages::settle(&self.system, &self.path, &self.connection)?;
        self.checkpoint_at_close(true)
    }

    fn damage(&self) -> Result<Vec<Damage>, Error> {
        damage(&self.path)
    }

    fn integrity(&self) -> Result<Vec<String>, Error> {
        let lines = |sql: &str| -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            let mut lines = Vec::new();
            while let Some(row) = rows.next()? {
                lines.push(row.get::<_, String>(0)?);
            }
            Ok(lines)
        };
        let mut wrong = lines("PRAGMA integrity_check(20)").map_err(self.refuse())?;
        wrong.retain(|line| line != "ok");
        let broken =
            lines("SELECT \"table\" FROM pragma_foreign_key_check").map_err(self.refuse())?;
        wrong.extend(broken.into_iter().map(|table| format!("a row of {table} points nowhere")));
        Ok(wrong)
    }

    fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Documents, OneState};

    #[test]
    fn a_store_of_the_first_format_is_brought_to_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.db");
        let first = Connection::open(&path).unwrap();
        first.execute_batch(MIGRATIONS[0]).unwrap();
        first.execute_batch("PRAGMA user_version = 1").unwrap();
        drop(first);
        let system = System::real();
        let refused = Sqlite::open_to_read(&path, &system);
        assert!(matches!(refused, Err(Error::Older { found: 1, .. })), "{refused:?}");
        drop(Sqlite::open(&path, &system).unwrap());
        assert!(Sqlite::open_to_read(&path, &system).is_ok());
    }

    #[test]
    fn one_state_is_read_whatever_is_written_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.db");
        let mut writer = Sqlite::open(&path, &System::real()).unwrap();
        let reader = Sqlite::open_to_read(&path, &System::real()).unwrap();
        let told = || reader.setting("told").unwrap();
        let state = OneState::of(&reader).unwrap();
        assert_eq!(told(), None);
        writer.set("told", "now").unwrap();
        drop(OneState::of(&reader).unwrap());
        assert_eq!(told(), None);
        drop(state);
        assert_eq!(told().as_deref(), Some("now"));
        writer.settle().unwrap();
    }
}
