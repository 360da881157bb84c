//! The open file.

use crate::Batch;
use crate::identity::Identity;
use crate::schema::{APPLICATION, FORMAT, MIGRATIONS, views};
use crate::trouble::{Cause, Trouble};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a reader waits for another program, which may be mending the file after an interruption.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of a page of a new file. Texts are a few kilobytes each: pages of the usual 4,096 bytes would stand half empty.
const PAGE: u32 = 32_768;
/// Kilobytes of pages that a connection keeps in memory.
const CACHE: i64 = 32_768;

/// A store that is open.
///
/// Any number of programs may read it while one writes; a reader sees the store as it was when its query began.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens a store for reading and writing, and makes it if there is no file or an empty one. A store of an older program is brought up
    /// to date.
    pub fn create(path: &Path) -> Result<Store, Trouble> {
        no_folder(path)?;
        Store::writable(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a store that is there for reading and writing. A store of an older program is brought up to date.
    pub fn open(path: &Path) -> Result<Store, Trouble> {
        present(path)?;
        Store::writable(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a store for reading. A store of an older program is brought up to date first if it may be written to.
    pub fn read(path: &Path) -> Result<Store, Trouble> {
        present(path)?;
        let store = match Store::readable(path, plain(path)) {
            // In a folder that may not be written to, the files beside a store cannot be made; nobody can be writing there, either.
            Err(Trouble { cause: Cause::CannotOpen(_) | Cause::ReadOnly, .. }) if !has_log(path) => {
                Store::readable(path, unchanging(path))?
            }
            other => other?,
        };
        match store.format()? {
            Format::Of(FORMAT) => Ok(store),
            Format::Of(newer) if newer > FORMAT => Err(store.trouble(Cause::Newer(newer, FORMAT))),
            Format::Of(older) => {
                drop(store);
                let told = |t: Trouble| match t.cause {
                    Cause::ReadOnly | Cause::CannotOpen(_) => {
                        Trouble { cause: Cause::Older(older, FORMAT), ..t }
                    }
                    _ => t,
                };
                Store::open(path).map_err(told)?;
                Store::readable(path, plain(path))
            }
            Format::Empty => Err(store.trouble(Cause::Missing)),
            Format::Foreign => Err(store.trouble(Cause::NotAStore)),
        }
    }

    /// A connection that changes nothing. It is opened for writing all the same where that may be done: only then can the last one that
    /// leaves take away the files beside the store.
    fn readable(path: &Path, address: PathBuf) -> Result<Store, Trouble> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let store = Store::connect(path, address, flags)?;
        store.connection.pragma_update(None, "query_only", true).map_err(|e| store.told(&e))?;
        store.format()?;
        Ok(store)
    }

    fn writable(path: &Path, flags: OpenFlags) -> Result<Store, Trouble> {
        let mut store = Store::connect(path, plain(path), flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        match store.format()? {
            Format::Of(FORMAT) => {}
            Format::Of(newer) if newer > FORMAT => return Err(store.trouble(Cause::Newer(newer, FORMAT))),
            Format::Foreign => return Err(store.trouble(Cause::NotAStore)),
            Format::Empty | Format::Of(_) => store.migrate(MIGRATIONS)?,
        }
        Ok(store)
    }

    fn connect(path: &Path, address: PathBuf, flags: OpenFlags) -> Result<Store, Trouble> {
        let told = |error: rusqlite::Error| Trouble::of(path, &error);
        let connection = Connection::open_with_flags(address, flags).map_err(told)?;
        connection.busy_timeout(PATIENCE).map_err(told)?;
        connection.set_prepared_statement_cache_capacity(64);
        // A commit is on the disk before the next begins: batches are large, so this costs little.
        let settings = format!(
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{CACHE};"
        );
        connection.execute_batch(&settings).map_err(told)?;
        Ok(Store { connection, path: path.to_owned() })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, for queries.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// A trouble with this file.
    #[must_use]
    pub fn trouble(&self, cause: Cause) -> Trouble {
        Trouble { path: self.path.clone(), cause }
    }

    /// What SQLite's error means for this file.
    #[must_use]
    pub fn told(&self, error: &rusqlite::Error) -> Trouble {
        Trouble::of(&self.path, error)
    }

    /// Whether this text of this report is in the store.
    pub fn knows(&self, identity: Identity) -> Result<bool, Trouble> {
        let query = "SELECT 1 FROM reports AS r JOIN versions AS v ON v.report = r.id WHERE r.key = ?1 AND v.hash = ?2";
        self.connection
            .prepare_cached(query)
            .and_then(|mut q| q.query_row((identity.key, identity.hash), |_| Ok(())).optional())
            .map(|found| found.is_some())
            .map_err(|e| self.told(&e))
    }

    /// Begins a batch: one transaction, which no other writer gets into. Waits for one that writes, but no longer than `patience`, and
    /// then ends with [`Cause::Locked`].
    pub fn begin(&mut self, patience: Duration) -> Result<Batch<'_>, Trouble> {
        let path = &self.path;
        let told = |error: rusqlite::Error| Trouble::of(path, &error);
        self.connection.busy_timeout(patience).map_err(told)?;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
        Ok(Batch::new(transaction, path))
    }

    /// Whose file it is and of which format.
    fn format(&self) -> Result<Format, Trouble> {
        let read = || {
            let application =
                self.connection.pragma_query_value(None, "application_id", |r| r.get::<_, i32>(0))?;
            let format = self.connection.pragma_query_value(None, "user_version", |r| r.get::<_, i32>(0))?;
            let tables = self
                .connection
                .query_row("SELECT count(*) FROM sqlite_schema", (), |r| r.get::<_, i64>(0))?;
            Ok(match (application, tables) {
                (APPLICATION, _) => Format::Of(format),
                (0, 0) => Format::Empty,
                _ => Format::Foreign,
            })
        };
        read().map_err(|e| self.told(&e))
    }

    /// Takes the steps that the file has not gone through, all of them or none.
    fn migrate(&mut self, steps: &[&str]) -> Result<(), Trouble> {
        let path = self.path.clone();
        let told = |error: rusqlite::Error| Trouble::of(&path, &error);
        self.connection.pragma_update(None, "page_size", PAGE).map_err(told)?;
        self.connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).map_err(told)?;
        let step = || -> rusqlite::Result<()> {
            let transaction =
                rusqlite::Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            // Another program may have been faster.
            let done = transaction.pragma_query_value(None, "user_version", |r| r.get::<_, i32>(0))?;
            for step in steps.iter().skip(usize::try_from(done).unwrap_or(0)) {
                transaction.execute_batch(step)?;
            }
            let views_there: Vec<String> = transaction
                .prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")?
                .query_map((), |r| r.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for view in views_there {
                transaction.execute_batch(&format!("DROP VIEW \"{view}\""))?;
            }
            transaction.execute_batch(&views())?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", steps.len() as i32)?;
            transaction.commit()
        };
        step().map_err(told)
    }
}

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Nobody's: nothing is in it.
    Empty,
    /// A store of this format.
    Of(i32),
    /// Another program's.
    Foreign,
}

fn no_folder(path: &Path) -> Result<(), Trouble> {
    if path.is_dir() {
        let said = "it is a folder".to_owned();
        return Err(Trouble { path: path.to_owned(), cause: Cause::CannotOpen(said) });
    }
    Ok(())
}

fn present(path: &Path) -> Result<(), Trouble> {
    no_folder(path)?;
    match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Trouble { path: path.to_owned(), cause: Cause::Missing })
        }
        _ => Ok(()),
    }
}

/// Whether something is written that has not reached the file itself.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(PathBuf::from(log)).is_ok_and(|m| m.len() > 0)
}

/// The path as SQLite takes it for a file whatever its name: `:memory:` and `file:…` would mean something else.
fn plain(path: &Path) -> PathBuf {
    if path.is_absolute() { path.to_owned() } else { Path::new(".").join(path) }
}

/// The address of a file that nobody changes.
fn unchanging(path: &Path) -> PathBuf {
    let mut out = String::from("file:");
    for c in plain(path).to_string_lossy().chars() {
        match c {
            '%' => out.push_str("%25"),
            '?' => out.push_str("%3f"),
            '#' => out.push_str("%23"),
            c => out.push(c),
        }
    }
    out.push_str("?immutable=1");
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_stores_are_brought_up_to_date() {
        for older in 0..FORMAT {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("s.db");
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
            let mut store = Store::connect(&path, path.clone(), flags).unwrap();
            store.migrate(&MIGRATIONS[..older as usize]).unwrap();
            assert_eq!(store.format().unwrap(), Format::Of(older));
            drop(store);
            let store = Store::read(&path).unwrap();
            assert_eq!(store.format().unwrap(), Format::Of(FORMAT));
            assert!(store.stats().is_ok());
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let mut store = Store::create(&path).unwrap();
        let mut steps = MIGRATIONS.to_vec();
        steps.extend(["CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT", "CREATE TABLE wrong ("]);
        assert!(store.migrate(&steps).is_err());
        assert_eq!(store.format().unwrap(), Format::Of(FORMAT));
        let extra = "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'";
        assert_eq!(store.connection().query_row(extra, (), |r| r.get::<_, i64>(0)).unwrap(), 0);
        assert!(Store::read(&path).is_ok());
    }

    #[test]
    fn any_name_is_a_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in [":memory:", "file:x?mode=memory", "50 %25 #1.db", "أخبار.db"] {
            let path = folder.path().join(name);
            drop(Store::create(&path).unwrap());
            assert!(path.is_file(), "{name}");
            assert!(Store::readable(&path, unchanging(&path)).is_ok(), "{name}");
        }
        assert_eq!(plain(Path::new(":memory:")), Path::new("./:memory:"));
    }
}
