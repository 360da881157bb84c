//! The `musnad` program: Arabic news in, checkable records out.

mod add;
mod arguments;
mod decide;
mod demo;
mod english;
mod evidence;
mod explain;
mod export;
mod in_order;
mod output;
mod page;
mod progress;
mod read;
mod reread;
mod search;
mod serve;
mod stages;
mod stats;
mod storing;
mod trouble;
mod typeset;
mod who;
mod words;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// Reading makes and drops many small things on several threads, storing drops on one what another made: the allocator of glibc costs a tenth
/// of the time at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => return trouble::of_command_line(&told),
    };
    output::colours(arguments.color);
    let done = match &arguments.command {
        Command::Read(a) => read::run(a),
        Command::Explain(a) => explain::run(a),
        Command::Lexicon(a) => words::run(a),
        Command::Demo(a) => demo::run(a),
        Command::Add(a) => add::run(a),
        Command::Reread(a) => reread::run(a),
        Command::Group(a) => decide::group(a),
        Command::Merge(a) => decide::merge(a),
        Command::Split(a) => decide::split(a),
        Command::Undo(a) => decide::undo(a),
        Command::Decisions(a) => decide::list(a),
        Command::Export(a) => export::run(a),
        Command::Stats(a) => stats::run(a),
        Command::Search(a) => search::run(a),
        Command::Who(a) => who::run(a),
        Command::Serve(a) => serve::run(a),
        Command::Stages => stages::run(),
    };
    trouble::exit(done)
}
