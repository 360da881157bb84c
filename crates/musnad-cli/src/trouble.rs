//! What can go wrong, how it is told, and the exit code that it means.

use clap::error::ErrorKind;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// All of it.
    Whole,
    /// All but what was named on the way.
    SomeFailed,
}

/// Why a command could not do its work. Told as one chain: what, where, what to do.
#[derive(Debug)]
pub enum Trouble {
    /// The command line asks for something that cannot be.
    Usage(String),
    /// What was asked for could not be done.
    Failed(String),
    /// The output cannot be written. A reader that has had enough and closes its pipe is no trouble.
    Output(io::Error),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Usage(chain) | Trouble::Failed(chain) => f.write_str(chain),
            Trouble::Output(error) => {
                write!(f, "the output cannot be written: {error}: what was written so far is not whole")
            }
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble::Output(error)
    }
}

/// Tells the trouble, if any, and gives the exit code.
pub fn exit(done: Result<Done, Trouble>) -> ExitCode {
    match done {
        Ok(Done::Whole) => ExitCode::SUCCESS,
        Ok(Done::SomeFailed) => ExitCode::from(1),
        Err(Trouble::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(trouble) => {
            tell(format_args!("{trouble}"));
            ExitCode::from(if matches!(trouble, Trouble::Usage(_)) { 2 } else { 1 })
        }
    }
}

/// Prints the help that was asked for, or says what is wrong with the command line.
pub fn of_command_line(told: &clap::Error) -> ExitCode {
    if !told.use_stderr() || told.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Help goes out in colours where they are wanted; nobody is left to hear of it if it cannot.
        let _ = told.print();
        return ExitCode::from(if told.use_stderr() { 2 } else { 0 });
    }
    let said = told.render().to_string();
    tell(format_args!("{}", said.trim_start_matches("error: ").trim_end()));
    ExitCode::from(2)
}

/// Writes a line to standard error, under the program's name. Nobody is left to hear of it if that fails.
pub fn tell(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "musnad: {line}");
}
