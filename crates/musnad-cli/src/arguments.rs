//! The command line, as it is checked before any work begins.

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::num::NonZero;

/// Musnad reads Arabic news into records that can be checked.
#[derive(Parser, Debug)]
#[command(version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "\
Exit codes: 0 all went well, 1 some reports failed (each is named), 2 the command line is wrong.

Begin with `musnad demo`; `musnad COMMAND --help` tells more and gives examples.")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,

    /// Whether to colour what is printed; `auto` means on a terminal, and heeds NO_COLOR
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto, global = true)]
    pub color: Color,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    Read(ReadArguments),
}

/// Reads reports and prints their records
///
/// An INPUT is a file or a folder of files: plain text (the first line is the headline), an HTML page, JSON lines (fields `text`,
/// and where known `id`, `title`, `published`, `outlet`, `uri`), RSS or Atom, WARC or WET; each may be packed with gzip or zstd.
/// What it is, is told by its content. `-` is standard input, and so is no INPUT at all.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad read report.txt --published 2024-05-02 --outlet 'Al-Jisr'
  musnad read news/ crawl.warc.gz > records.jsonl
  zcat news.jsonl.gz | musnad read - --format jsonl | jq .statements
  musnad read page.html --format pretty | less -R")]
pub struct ReadArguments {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<OsString>,

    #[command(flatten)]
    pub known: Known,

    #[command(flatten)]
    pub reading: Reading,

    /// How many threads read; the output is the same for any number
    ///
    /// [default: as many as the machine runs at once]
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
}

/// What the caller knows of the reports.
#[derive(Args, Debug)]
pub struct Known {
    /// Day of publication (YYYY-MM-DD) of reports that state none
    ///
    /// Relative dates ("yesterday") are counted from it. What a JSON field or a feed states stands; a day that was only found on a
    /// page or in a dateline gives way to this one.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub published: Option<jiff::civil::Date>,

    /// Outlet of reports that name none; it overrides nothing
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
}

/// How to read and print.
#[derive(Args, Debug)]
pub struct Reading {
    /// What to print [default: pretty on a terminal, jsonl elsewhere]
    #[arg(long, short, value_name = "FORMAT", value_enum)]
    pub format: Option<Format>,

    /// Stop after this stage; `musnad stages` lists them
    #[arg(long, value_name = "STAGE", value_parser = PossibleValuesParser::new(musnad::STAGES.iter().map(|s| s.name)))]
    pub until: Option<String>,

    /// No progress and no summary; what fails is still named
    #[arg(long, short)]
    pub quiet: bool,
}

/// What is printed of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A page to read: who is who, what was said, what happened
    Pretty,
    /// One JSON array of records, indented
    Json,
    /// One record a line
    Jsonl,
}

impl Reading {
    /// How many stages to run.
    pub fn stages(&self) -> usize {
        let last = self.until.as_ref().and_then(|u| musnad::STAGES.iter().position(|s| s.name == u));
        last.map_or(musnad::STAGES.len(), |i| i + 1)
    }
}

fn day(word: &str) -> Result<jiff::civil::Date, String> {
    word.parse().map_err(|_| "this is no day; write it as YYYY-MM-DD".to_owned())
}
