//! The command line, as it is checked before any work begins.

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::num::NonZero;
use std::path::PathBuf;

/// Musnad reads Arabic news into records that can be checked.
#[derive(Parser, Debug)]
#[command(name = "musnad", version, max_term_width = 100, disable_help_subcommand = true)]
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
    Explain(ExplainArguments),
    Lexicon(LexiconArguments),
    Demo(DemoArguments),
    Add(AddArguments),
    Reread(RereadArguments),
    Group(GroupArguments),
    Merge(MergeArguments),
    Split(SplitArguments),
    Undo(UndoArguments),
    Decisions(DecisionsArguments),
    Export(ExportArguments),
    Stats(StatsArguments),
    Search(SearchArguments),
    Who(WhoArguments),
    Serve(ServeArguments),
    /// Lists the stages of reading, as `--until` takes them
    Stages,
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
  musnad read news/ --format csv > events.csv
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

/// Shows why a record says what it says
///
/// Without ID or --at it lists every annotation with the rule and the row of the lexicon that made it. With one it shows the rule,
/// the whole row with its file and line, the tokens around with all that is known of them, what was resolved, and what was looked
/// at nearby and not taken.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad explain report.txt
  musnad explain report.txt s2
  musnad explain report.txt --at 140
  musnad explain news.jsonl --report 17 v1")]
pub struct ExplainArguments {
    /// The file that holds the report; `-` is standard input
    #[arg(value_name = "INPUT")]
    pub input: OsString,

    /// An id of the record: e3 an entity, s2 a statement, v1 an event, t1 a time
    #[arg(value_name = "ID", conflicts_with = "at")]
    pub id: Option<String>,

    /// A position in the report's text, in characters from 0, as in the record
    #[arg(long, value_name = "CHARACTER")]
    pub at: Option<usize>,

    /// Which report of the INPUT: its id, or 1 for the first, 2 for the second
    #[arg(long, value_name = "WHICH")]
    pub report: Option<String>,

    #[command(flatten)]
    pub known: Known,
}

/// Shows what the lexicons and the morphology know of a word or phrase
///
/// For each word and each phrase: every way to see it as clitics and a stem, and for each the rows of the tables with their
/// columns, the features of the form, and the cues and triggers that speak of it.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_long_help = "\
Examples:
  musnad lexicon وقالت
  musnad lexicon وزير الخارجية
  musnad lexicon check")]
pub struct LexiconArguments {
    /// A word or phrase in Arabic
    #[arg(value_name = "WORD", required = true)]
    pub words: Vec<String>,

    #[command(subcommand)]
    pub command: Option<LexiconCommand>,
}

#[derive(Subcommand, Debug)]
pub enum LexiconCommand {
    /// Checks the tables: keys that stand twice and say different things, references to nothing, values outside their range
    Check,
}

/// Reads the demo reports that are part of the program
///
/// They are invented, in the manner of news agencies, dailies and portals, as pages, a feed, an archive, JSON lines and text.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad demo
  musnad demo --list
  musnad demo ufuq-arrest --format json
  musnad demo --store demo.db")]
pub struct DemoArguments {
    /// Only these reports or files, by the names that --list shows
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,

    /// List the reports and read none
    #[arg(long, conflicts_with_all = ["format", "until"])]
    pub list: bool,

    /// Fill a store with the reports, and show what is the same across them
    #[arg(long, value_name = "STORE", conflicts_with_all = ["format", "until", "list"])]
    pub store: Option<PathBuf>,

    #[command(flatten)]
    pub reading: Reading,
}

/// Reads reports and stores their records
///
/// STORE is one SQLite file, made if it is not there. An INPUT is what `musnad read` takes. A report that is in the store is not read
/// again; another text under the same address becomes a new version of that report, and the old one is kept. Interrupted at any
/// moment, the command loses nothing that was stored, and run again it goes on from there.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad add news.db news/
  musnad add news.db today.jsonl --published 2024-05-02
  zcat crawl.jsonl.gz | musnad add news.db -
  sqlite3 news.db 'SELECT speaker, content FROM statements_flat LIMIT 10'")]
pub struct AddArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<OsString>,

    #[command(flatten)]
    pub known: Known,

    #[command(flatten)]
    pub writing: Writing,
}

/// How a store is written to.
#[derive(Args, Debug)]
pub struct Writing {
    /// How many threads read; the store is the same for any number
    ///
    /// [default: as many as the machine runs at once]
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,

    /// How many reports are stored in one transaction
    #[arg(long, value_name = "N", default_value_t = NonZero::new(256).unwrap_or(NonZero::<usize>::MIN))]
    pub batch: NonZero<usize>,

    /// No progress and no summary; what fails is still named
    #[arg(long, short)]
    pub quiet: bool,
}

/// Reads again what an older reader has read
///
/// The records of a store are made anew by this program where another one made them; the texts stay as they are, and so do decisions
/// made by hand. Interrupted, the command goes on where it was when it is run again.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad reread news.db
  musnad reread news.db --all")]
pub struct RereadArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// Read everything again, also what this program has read
    #[arg(long)]
    pub all: bool,

    #[command(flatten)]
    pub writing: Writing,
}

/// Tells what is the same across the reports of a store
///
/// Entities, copies of a text, one utterance in many reports, one happening in many accounts. `musnad add` does this at its end; alone
/// the command is for a store whose adding was interrupted. Where all has been told, it does nothing.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad group news.db
  sqlite3 news.db 'SELECT type, day, reports, contradiction FROM happenings ORDER BY reports DESC LIMIT 10'")]
pub struct GroupArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// Tell all anew, also where nothing has come
    #[arg(long)]
    pub all: bool,

    /// No summary
    #[arg(long, short)]
    pub quiet: bool,
}

/// Decides that two entities are one
///
/// The decision is kept with who made it, when and why, lies on top of what is read, and can be taken back.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad merge news.db 'جون جريفيث' 'جون غريفيث' --why 'one envoy, two spellings'
  musnad merge news.db 417 musnad:un --why 'the office is the body' --by Salma")]
pub struct MergeArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// One entity: its number in `entities`, its key, its link, or a name that only it has
    #[arg(value_name = "ENTITY")]
    pub one: String,

    /// The other
    #[arg(value_name = "ENTITY")]
    pub other: String,

    #[command(flatten)]
    pub deciding: Deciding,
}

/// Decides that an entity is another in some reports
///
/// What stands for it in these reports becomes an entity of its own. The decision is kept as with `musnad merge`.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad split news.db 417 https://example.org/a https://example.org/b --why 'his namesake, the poet'")]
pub struct SplitArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// The entity: its number in `entities`, its key, its link, or a name that only it has
    #[arg(value_name = "ENTITY")]
    pub entity: String,

    /// Reports in which it is another: address, given id, or number in `reports`
    #[arg(value_name = "REPORT", required = true)]
    pub reports: Vec<String>,

    #[command(flatten)]
    pub deciding: Deciding,
}

/// What is kept of a decision.
#[derive(Args, Debug)]
pub struct Deciding {
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub why: String,

    /// Who decides [default: the name of the user of the machine]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Takes a decision about entities back
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad undo news.db 3")]
pub struct UndoArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// The number of the decision, as `musnad decisions` lists it
    #[arg(value_name = "DECISION")]
    pub decision: i64,

    /// Who takes it back [default: the name of the user of the machine]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Lists the decisions about entities
///
/// With who made them, when and why, and whether they were taken back.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad decisions news.db
  musnad decisions news.db --format json")]
pub struct DecisionsArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// How to print it
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t = StatsFormat::Table)]
    pub format: StatsFormat,
}

/// Prints what a store holds
///
/// The records or events of the current texts, in the order of adding, as `musnad read` prints them.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad export news.db > records.jsonl
  musnad export news.db --format csv --since 2024-05-01 > events.csv")]
pub struct ExportArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// What to print
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t = ExportFormat::Jsonl)]
    pub format: ExportFormat,

    /// Only reports published on this day (YYYY-MM-DD) or later; those whose day is not known are left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<jiff::civil::Date>,
}

/// What is printed of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One record a line
    Jsonl,
    /// The events alone, in PLOVER's own JSON, one a line
    Plover,
    /// The events alone, a row each, with columns like ACLED's
    Csv,
}

/// Counts what a store holds
///
/// Reports by outlet and month, statements by speech act, events by type, and the speakers with most statements.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad stats news.db
  musnad stats news.db --format json | jq .months")]
pub struct StatsArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// How to print it
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t = StatsFormat::Table)]
    pub format: StatsFormat,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// A page to read
    Table,
    /// One JSON object
    Json,
}

/// Finds reports, statements and entities in a store
///
/// A QUERY is words (in any form and spelling; all of them must be there), "phrases", -words that must not be there, choices with OR,
/// and filters: speaker: about: via: place: NAME, from: and to: DAY, outlet: NAME, type: EVENT, act: SPEECH ACT. Names may be given in
/// Arabic or in Latin letters; a value of several words stands in quotation marks.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad search news.db صواريخ الغوطة
  musnad search news.db 'speaker:Lavroff act:deny from:2018-04'
  musnad search news.db '\"مجلس الأمن\" -اليمن' --in reports --limit 5
  musnad search news.db 'type:PROTEST place:فرنسا OR place:تونس' --format csv
  musnad search news.db Mohamed --in entities")]
pub struct SearchArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// What to look for, as one argument
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,

    /// Where to look
    #[arg(long = "in", value_name = "WHAT", value_enum, default_value_t = Among::All)]
    pub among: Among,

    /// How many of each to print
    #[arg(long, short, value_name = "N", default_value_t = NonZero::new(10).unwrap_or(NonZero::<usize>::MIN))]
    pub limit: NonZero<usize>,

    /// How to print it
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
}

/// Among what to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Among {
    /// Texts of reports
    Reports,
    /// What was said
    Statements,
    /// Names
    Entities,
    /// All three
    All,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A page to read
    Table,
    /// One JSON object
    Json,
    /// A row each
    Csv,
}

/// Shows what a store has of somebody
///
/// Offices, what they said, what they did and with whom, the latest first. Whoever bears the name in most reports is meant; others are
/// named.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad who news.db لافروف
  musnad who news.db Mohamed ben Salman --format json")]
pub struct WhoArguments {
    /// The store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,

    /// The name, in Arabic or in Latin letters; several arguments are one name
    #[arg(value_name = "NAME", required = true)]
    pub name: Vec<String>,

    /// How many statements, events and counterparts to print
    #[arg(long, short, value_name = "N", default_value_t = NonZero::new(20).unwrap_or(NonZero::<usize>::MIN))]
    pub limit: NonZero<usize>,

    /// How to print it
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t = StatsFormat::Table)]
    pub format: StatsFormat,
}

/// Serves a store to browsers: pages, and a JSON API under /api/v1
///
/// It only reads, and reports may be added meanwhile. Ctrl-C stops it.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  musnad serve news.db
  musnad serve news.db --listen 0.0.0.0:7878 --token-file token.txt --host news.example.org
  musnad serve --openapi > openapi.json")]
pub struct ServeArguments {
    /// The store
    #[arg(value_name = "STORE", required_unless_present = "openapi")]
    pub store: Option<PathBuf>,

    /// Where to listen; any address but this machine's own needs a token
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    pub listen: SocketAddr,

    /// What whoever asks must know: 16 characters or more
    ///
    /// Other users of this machine can see it in the list of processes; --token-file hides it from them.
    #[arg(long, value_name = "TOKEN", conflicts_with = "token_file")]
    pub token: Option<String>,

    /// A file that holds the token
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// Another name by which this machine is asked; may be given several times
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,

    /// Serve the pages of this folder in the place of those in the program
    #[arg(long, value_name = "DIR")]
    pub pages: Option<PathBuf>,

    /// Print the document of the API and end
    #[arg(long)]
    pub openapi: bool,
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
    /// The events alone, in PLOVER's own JSON, one a line
    Plover,
    /// The events alone, a row each, with columns like ACLED's
    Csv,
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
