//! Where output goes.

use crate::arguments::{Color, Format};
use anstream::ColorChoice;
use std::io::{self, BufWriter, IsTerminal, Stdout};

/// Settles whether colours are wanted, once and for all streams.
pub fn colours(when: Color) {
    let choice = match when {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// Whether standard output takes colours.
pub fn is_coloured() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never
}

/// Standard output, buffered.
pub fn stdout() -> BufWriter<Stdout> {
    BufWriter::with_capacity(1 << 16, io::stdout())
}

/// The format that was asked for, or the one that fits where the output goes.
pub fn format(asked: Option<Format>) -> Format {
    asked.unwrap_or(if io::stdout().is_terminal() { Format::Pretty } else { Format::Jsonl })
}
