//! The `musnad` program: Arabic news in, checkable records out.

mod arguments;
mod english;
mod in_order;
mod output;
mod page;
mod progress;
mod read;
mod trouble;
mod typeset;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    output::colours(arguments.color);
    let done = match &arguments.command {
        Command::Read(a) => read::run(a),
    };
    trouble::exit(done)
}
