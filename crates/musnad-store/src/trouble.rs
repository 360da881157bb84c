//! What can go wrong with a store, told as one chain: which file, what is wrong with it, what to do.

use rusqlite::ErrorCode;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why something could not be done with a store. Nothing that was committed is lost by any of it.
#[derive(Debug)]
pub struct Trouble {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub cause: Cause,
}

/// What is wrong with a store.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// There is no such file, or nothing is in it.
    Missing,
    /// The file cannot be opened or made: no folder, no permission, a folder in its place.
    CannotOpen(String),
    /// It is no SQLite file.
    NotADatabase,
    /// It is an SQLite file of another program.
    NotAStore,
    /// It was made by a newer program: its format, and the newest that this program knows.
    Newer(i32, i32),
    /// It was made by an older program and cannot be brought up to date here: its format, and the one that this program needs.
    Older(i32, i32),
    /// There is no more room.
    Full,
    /// It may not be written to.
    ReadOnly,
    /// Another program has been writing to it for longer than one would wait.
    Locked,
    /// What is in it is not what was written.
    Damaged(String),
    /// The system could not read or write the file.
    Disk(String),
    /// Anything else that SQLite or the system says.
    Other(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.cause {
            Cause::Missing => f.write_str("there is no store here; `musnad add` makes one"),
            Cause::CannotOpen(said) => write!(
                f,
                "the store cannot be opened: {said}: see that the folder is there and that you may read and write in it"
            ),
            Cause::NotADatabase => {
                f.write_str("this is no store, nor any other SQLite file; give another path, it is left as it is")
            }
            Cause::NotAStore => {
                f.write_str("this is an SQLite file of another program; give another path, it is left as it is")
            }
            Cause::Newer(file, program) => write!(
                f,
                "a newer musnad made this store (format {file}, this program knows up to {program}); use the newer program"
            ),
            Cause::Older(file, program) => write!(
                f,
                "an older musnad made this store (format {file}, this program needs {program}) and it cannot be written to here; \
                 run `musnad add` on it once where it can, which brings it up to date"
            ),
            Cause::Full => f.write_str(
                "there is no more room on the disk; what was stored before stays; make room and run the same command again",
            ),
            Cause::ReadOnly => f.write_str(
                "the store may not be written to; allow writing to the file and its folder, or copy it to where you may write",
            ),
            Cause::Locked => f.write_str(
                "another program is writing to the store and does not finish; run the same command again when it has",
            ),
            Cause::Damaged(said) => write!(
                f,
                "the store is damaged ({said}); take the last good copy of it, or rescue what is left with `sqlite3 STORE .recover`"
            ),
            Cause::Disk(said) => write!(
                f,
                "the system cannot read or write the store ({said}); what was stored before stays; see that the disk is whole and has \
                 room, and run the same command again"
            ),
            Cause::Other(said) => write!(f, "the store cannot be used: {said}"),
        }
    }
}

impl std::error::Error for Trouble {}

impl Trouble {
    /// What SQLite says of the file at `path`.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Trouble {
        Trouble { path: path.to_owned(), cause: Cause::of(error) }
    }
}

impl Cause {
    pub(crate) fn of(error: &rusqlite::Error) -> Cause {
        let rusqlite::Error::SqliteFailure(code, said) = error else {
            return Cause::Other(error.to_string());
        };
        let said = || said.clone().unwrap_or_else(|| code.to_string());
        match code.code {
            ErrorCode::DiskFull => Cause::Full,
            ErrorCode::ReadOnly => Cause::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Cause::Locked,
            ErrorCode::NotADatabase => Cause::NotADatabase,
            ErrorCode::DatabaseCorrupt => Cause::Damaged(said()),
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Cause::CannotOpen(said()),
            ErrorCode::SystemIoFailure => Cause::Disk(said()),
            _ => Cause::Other(said()),
        }
    }

    /// Whether it is one report that does not fit, rather than the store that cannot be used.
    pub(crate) fn is_of_one_report(error: &rusqlite::Error) -> bool {
        match error {
            rusqlite::Error::SqliteFailure(code, _) => matches!(
                code.code,
                ErrorCode::ConstraintViolation
                    | ErrorCode::TypeMismatch
                    | ErrorCode::TooBig
                    | ErrorCode::ParameterOutOfRange
            ),
            _ => true,
        }
    }
}
