//! Where output goes.

use crate::arguments::{Color, Format};
use crate::page::Look;
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

/// How pages look on standard output: as wide as the terminal, within what the eye can follow, and with the colours that it takes.
pub fn look() -> Look {
    let terminal = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    let told = || std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let width = terminal.or_else(told).unwrap_or(100).clamp(40, 120);
    Look { width, coloured: anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never }
}

/// Standard output, buffered.
pub fn stdout() -> BufWriter<Stdout> {
    BufWriter::with_capacity(1 << 16, io::stdout())
}

/// The format that was asked for, or the one that fits where the output goes.
pub fn format(asked: Option<Format>) -> Format {
    asked.unwrap_or(if io::stdout().is_terminal() { Format::Pretty } else { Format::Jsonl })
}
