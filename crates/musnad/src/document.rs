//! The document: one report's text and everything that has been read out of it, layer by layer.
//!
//! The text never changes; every annotation is a span of bytes into it. A layer is filled by one stage (see [`crate::stage`])
//! and refers to earlier layers by index, so one fact lives in one place.

use crate::language::Language;
use crate::span::{Span, Tokens};
use musnad_lexicon::{Entries, Entry, Feat, Part, Row, Table};

/// A report as it is given to the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Given, or empty: then the record's id is the hash of the text.
    pub id: Option<String>,
    /// Address.
    pub uri: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The day of publication.
    pub published: Option<jiff::civil::Date>,
    /// Where that day comes from.
    pub published_from: PublishedFrom,
    /// Whether the first line of the text is the headline.
    pub titled: bool,
    /// Headline, newline, body.
    pub text: String,
}

/// Where the day of publication comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublishedFrom {
    /// By whoever gave the report.
    Given,
    /// From the page's own data.
    Page,
    /// From a dateline in the text.
    Text,
    /// It is not known.
    #[default]
    None,
}

/// One report and its layers.
#[derive(Clone, Debug)]
pub struct Document {
    /// The report; its text is what all spans point into.
    pub report: Report,
    /// The language that the text is read in; `None` when it is in none that is known, and then all layers stay empty.
    pub language: Option<&'static Language>,
    /// Folded spellings of all tokens, one after the other.
    pub folded: String,
    /// Layer of stage `tokens`: words, numbers and marks. Only white space and invisible characters lie between them.
    pub tokens: Vec<Token>,
    /// What the lexicons know of each token and of phrases that begin with it.
    pub readings: Vec<Reading>,
    /// Layer of stage `sentences`: lines, their sentences, quotations, and what is not read.
    pub layout: Layout,
    /// Layer of stage `times`.
    pub times: Vec<Time>,
    /// Layer of stage `names`: proper names as they stand, in order, not overlapping.
    pub names: Vec<Name>,
    /// Layer of stage `entities`.
    pub cast: Cast,
    /// Layer of stage `statements`.
    pub statements: Vec<Statement>,
    /// Layer of stage `events`.
    pub events: Vec<Event>,
    /// Layer of stage `notes`: what a careful reader would remark on.
    pub notes: Vec<Note>,
    /// What stages looked at and did not take, for `explain`.
    pub rejected: Vec<Rejected>,
}

/// What kind of characters a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    /// Letters of the Arabic script.
    Word,
    /// Letters of another script.
    Foreign,
    /// Digits, with what joins them (2,500 or 3.5).
    Number,
    /// One punctuation mark or symbol, or a run of one mark (...).
    Mark,
}

/// A word, number or mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its characters.
    pub kind: Kind,
    /// Whether white space stands before it (or it is the first).
    pub spaced: bool,
    /// Whether it is the first of its line.
    pub line_start: bool,
    pub(crate) folded: (u32, u16),
    pub(crate) readings: (u32, u16),
    /// Which classes of function words it belongs to, bare or after و or ف.
    pub classes: Classes,
}

/// A set of classes of function words (the column `class` of `particles.tsv`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub struct Classes(pub u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident $word:literal $bit:literal),* $(,)?) => {
        impl Classes {
            $($(#[$doc])* pub const $name: Classes = Classes(1 << $bit);)*
            /// The set that the table's word for a class means; empty for an unknown word.
            #[must_use]
            pub fn named(word: &str) -> Classes {
                match word { $($word => Classes::$name,)* _ => Classes(0) }
            }
        }
    };
}
classes! {
    /// في "in", على "on" and those that a noun has become.
    PREPOSITION "preposition" 0,
    /// أيضا "also".
    ADVERB "adverb" 1,
    /// بعض "some", عدد من "a number of".
    QUANTIFIER "quantifier" 2,
    /// كان "was" and its sisters.
    BE "be" 3,
    /// قد, يمكن, يجب.
    MODAL "modal" 4,
    /// The author's own remark.
    ASIDE "aside" 5,
    /// أن, إن and theirs with pronouns.
    THAT "that" 6,
    /// لم, لن, لا, غير.
    NEGATION "negation" 7,
    /// لأن "because".
    BECAUSE "because" 8,
    /// الذي "who".
    RELATIVE "relative" 9,
    /// لكن "but".
    BUT "but" 10,
    /// بينما "while".
    WHILE "while" 11,
    /// إذا "if".
    CONDITIONAL "conditional" 12,
    /// The doer follows: على يد, من قبل.
    BY "by" 13,
    /// هل, ماذا.
    INTERROGATIVE "interrogative" 14,
    /// هذا "this".
    DEMONSTRATIVE "demonstrative" 15,
    /// هو "he".
    PRONOUN "pronoun" 16,
    /// كما "as".
    AS "as" 17,
    /// ثم "then".
    THEN "then" 18,
    /// A verb of saying follows: حسبما, وفق ما.
    ACCORDING "according" 19,
    /// كي "in order to".
    PURPOSE "purpose" 20,
    /// إلا "except".
    EXCEPTION "exception" 21,
    /// أو "or".
    OR "or" 22,
    /// يا "o".
    VOCATIVE "vocative" 23,
    /// أما "as for".
    TOPIC "topic" 24,
    /// هناك "there is".
    EXISTENTIAL "existential" 25,
    /// سوف "will".
    FUTURE "future" 26,
    /// What begins a line that a page added: اقرأ أيضا "read also".
    DEBRIS "debris" 27,
}

impl Classes {
    /// Whether the two sets share a class.
    #[must_use]
    pub const fn any(self, of: Classes) -> bool {
        self.0 & of.0 != 0
    }
    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

/// The letters that stand before a stem as words of their own, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub struct Proclitics(pub u8);

impl Proclitics {
    /// و "and".
    pub const WA: u8 = 1;
    /// ف "so".
    pub const FA: u8 = 2;
    /// ب "in, by".
    pub const BI: u8 = 4;
    /// ل "to, for".
    pub const LI: u8 = 8;
    /// ك "as".
    pub const KA: u8 = 16;
    /// س "will".
    pub const SA: u8 = 32;
    /// ال "the".
    pub const AL: u8 = 64;
    /// One of و, ف.
    pub const AND: u8 = 3;
    /// One of the prepositions ب, ل, ك.
    pub const PREPOSITION: u8 = 4 | 8 | 16;

    /// Whether one of `which` is there.
    #[must_use]
    pub const fn any(self, which: u8) -> bool {
        self.0 & which != 0
    }
}

/// A pronoun that stands after a stem.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
#[allow(missing_docs)] // Each is its own spelling.
pub enum Suffix {
    /// No pronoun.
    #[default]
    None,
    /// ه "his, him".
    He,
    /// ها "her, it, their (of things)".
    She,
    /// هم "their, them".
    They,
    /// هما "of the two".
    Both,
    /// هن "their (of women)".
    TheyFeminine,
    /// ي "my".
    I,
    /// ني "me".
    Me,
    /// نا "our, us".
    We,
    /// ك "your".
    You,
    /// كم "your (plural)".
    YouAll,
}

/// One way to see the lexicon's words in a token, or in the tokens from it on: which letters are clitics, and what the rest is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The clitics before the stem.
    pub proclitics: Proclitics,
    /// How many letters of the folded first token stand before the stem, in characters. For للأمم "for the nations" it is 1: the
    /// article's alef is not written.
    pub cut: u8,
    /// The pronoun after the stem.
    pub suffix: Suffix,
    /// How many letters of the last token the pronoun takes, in characters.
    pub suffix_letters: u8,
    /// How many tokens it spans; more than one for a phrase.
    pub tokens: u16,
    /// What the tables say of the stem.
    pub entries: Entries,
}

impl Reading {
    /// Whether an entry makes sense with the clitics of this reading: no article before a finite verb, س only before a present
    /// tense, no pronoun after a proper name.
    #[must_use]
    pub fn allows(&self, entry: Entry) -> bool {
        let (p, feat) = (self.proclitics, entry.feat);
        let finite = feat.is_finite();
        if p.any(Proclitics::AL) {
            let noun = match entry.table {
                Table::Verb => !finite,
                Table::Particle => false,
                Table::Person | Table::Place | Table::PlaceMore | Table::Organization | Table::Work => false,
                Table::Country => feat.part() == Part::Nisba,
                _ => true,
            };
            if !noun || self.suffix != Suffix::None || feat.is_construct() {
                return false;
            }
        }
        if p.any(Proclitics::SA) && feat.part() != Part::Present {
            return false;
        }
        if p.any(Proclitics::BI | Proclitics::KA) && finite {
            return false;
        }
        if p.any(Proclitics::LI) && finite && feat.part() != Part::Present {
            return false;
        }
        if p.any(Proclitics::PREPOSITION) && entry.table == Table::Particle && self.tokens == 1 {
            return false;
        }
        // "Me" after a verb is ني, "my" after a noun ي: تعاني is "suffers", not "she helps me".
        if self.suffix == Suffix::I && finite || self.suffix == Suffix::Me && !finite {
            return false;
        }
        if self.suffix != Suffix::None {
            return match entry.table {
                Table::Verb | Table::Noun | Table::Title | Table::Group | Table::Cue | Table::Trigger => true,
                Table::Head | Table::Time => true,
                Table::Particle => self.cut == 0 || p.0 & !Proclitics::AND == 0,
                _ => false,
            };
        }
        true
    }
}

/// Lines, sentences, quotations and debris.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The lines that hold something, in order.
    pub paragraphs: Vec<Paragraph>,
    /// The sentences of all paragraphs, in order.
    pub sentences: Vec<Sentence>,
    /// Quotations, by their opening mark; inner ones after the ones that hold them.
    pub quotes: Vec<Quote>,
    /// What the page left in the text that is no part of the report, in order.
    pub debris: Vec<Span>,
    /// The sentence of each token; `u32::MAX` in debris.
    pub(crate) sentence_of: Vec<u32>,
    /// The innermost quotation around each token; `u32::MAX` where there is none.
    pub(crate) quote_of: Vec<u32>,
}

/// A line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its tokens.
    pub tokens: Tokens,
    /// Whether it is the headline.
    pub headline: bool,
    /// Whether the whole of it is debris.
    pub debris: bool,
}

/// A sentence: up to a full stop, question mark or exclamation mark, or the end of the line. Never in debris.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens, the final mark included.
    pub tokens: Tokens,
    /// The paragraph that holds it, as an index.
    pub paragraph: u32,
}

/// A stretch in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The opening mark.
    pub open: u32,
    /// The closing mark; `None` when it never comes (the quotation then ends with its line).
    pub close: Option<u32>,
    /// The tokens between.
    pub inner: Tokens,
    /// The quotation around it, as an index.
    pub within: Option<u32>,
}

/// What made an annotation: the name of the rule, and the row of the lexicon that it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Because {
    /// The rule, as `stage:rule`.
    pub rule: &'static str,
    /// The row.
    pub row: Option<Entry>,
}

impl Because {
    /// A rule alone.
    #[must_use]
    pub const fn rule(rule: &'static str) -> Self {
        Because { rule, row: None }
    }
    /// A rule and the row that it rests on.
    #[must_use]
    pub const fn row(rule: &'static str, row: Entry) -> Self {
        Because { rule, row: Some(row) }
    }
}

/// What kind of value an expression of time has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // As in TIMEX3.
pub enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

/// An expression of time with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its words.
    pub span: Span,
    /// The tokens that the span touches.
    pub tokens: Tokens,
    /// What kind of value it has.
    pub kind: TimeKind,
    /// The value as in TIMEX3: `2018-03-14`, `P3D`, `PAST_REF`.
    pub value: String,
    /// The rule.
    pub because: Because,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The record's own types.
pub enum EntityKind {
    Person,
    Organization,
    Place,
    Group,
    Document,
    Occasion,
}

/// A proper name where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name without attached letters, title or quotation marks.
    pub span: Span,
    /// The tokens that the span touches.
    pub tokens: Tokens,
    /// What it names.
    pub kind: EntityKind,
    /// The row of people, organisations, places or countries that knows it.
    pub row: Option<Entry>,
    /// The rule.
    pub because: Because,
}

/// An index into a layer, typed by the layer.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// As an index into the layer.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
            /// From an index into the layer.
            #[must_use]
            pub const fn at(index: usize) -> Self {
                $name(index as u32)
            }
        }
    )* };
}
ids! {
    /// An entity of [`Cast::entities`].
    EntityId,
    /// A time of [`Document::times`].
    TimeId,
    /// A statement of [`Document::statements`].
    StatementId,
    /// An event of [`Document::events`].
    EventId
}

/// Whoever and whatever takes part: the entities with their mentions, and the offices that people hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cast {
    /// In the order of their first mention.
    pub entities: Vec<Entity>,
    /// In the order of the text.
    pub roles: Vec<Role>,
    /// Every mention by place: sorted by first token, longer before shorter. Made by [`Cast::indexed`].
    pub index: Vec<MentionAt>,
    /// For each token, the position in `index` of the longest mention that covers it, or `u32::MAX`.
    pub(crate) covering: Vec<u32>,
}

/// A mention's place in the text and in the cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MentionAt {
    /// Its tokens.
    pub tokens: Tokens,
    /// The entity.
    pub entity: EntityId,
    /// Which of its mentions.
    pub mention: u32,
}

/// One participant, however it is named.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its mentions in the order of the text; at least one.
    pub mentions: Vec<Mention>,
    /// The fullest name in the report, else the fullest description.
    pub name: String,
    /// The usual English name, or an English description or transliteration.
    pub name_en: String,
    /// ISO 3166-1 alpha-3 of the state that it belongs to or lies in.
    pub country: Option<&'static str>,
    /// PLOVER sector.
    pub sector: Option<&'static str>,
    /// What it is in a register of the world.
    pub link: Option<Link>,
    /// Grammatical number: do verbs and pronouns speak of it in the singular, dual or plural?
    pub number: musnad_lexicon::Number,
    /// Whether verbs and pronouns speak of it in the feminine; `None` when that is not known.
    pub feminine: Option<bool>,
}

/// A register's entry for an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// `geonames`, or `musnad` for the lexicon's own ids.
    pub source: &'static str,
    /// The id there.
    pub id: String,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
}

/// How a mention means its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// By a proper name.
    Name,
    /// By a description: الوزير "the minister".
    Description,
    /// By a pronoun.
    Pronoun,
}

/// One place where an entity is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words, without attached letters.
    pub span: Span,
    /// The tokens that the span touches.
    pub tokens: Tokens,
    /// How it means its entity.
    pub kind: MentionKind,
    /// The rule.
    pub because: Because,
}

/// An office that the report gives to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// Who holds it.
    pub person: EntityId,
    /// The words of the title.
    pub title: Span,
    /// What it is of.
    pub of: Option<EntityId>,
    /// The rule.
    pub because: Because,
}

/// How a statement's words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatementKind {
    /// All of them in quotation marks.
    Direct,
    /// A clause without quotation marks.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
    /// A speech act whose content is a noun phrase.
    Stance,
}

/// Something put in the mouth, pen or mind of a source other than the report's author.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// How the words are given.
    pub kind: StatementKind,
    /// The speech act, as the column `act` of `cues.tsv` names it.
    pub act: &'static str,
    /// Whose words they are.
    pub speaker: Option<EntityId>,
    /// The word that reports.
    pub cue: Span,
    /// What is reported, in one or more pieces.
    pub content: Vec<Span>,
    /// By what medium it was said, as the column `medium` of `cues.tsv` names it.
    pub medium: Option<&'static str>,
    /// Through whom it reached the report, from the speaker outward.
    pub via: Vec<EntityId>,
    /// The statement inside whose content it is reported.
    pub within: Option<StatementId>,
    /// Probability that it is right, 0 to 1.
    pub confidence: f32,
    /// The rule.
    pub because: Because,
}

/// Whether an event is told as a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The guidelines' own names.
pub enum Status {
    Happened,
    Ongoing,
    Planned,
    CalledFor,
    Possible,
    Denied,
}

/// What somebody did, does or may do to or with somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// PLOVER type: `CONSULT`.
    pub kind: &'static str,
    /// PLOVER mode: `visit`.
    pub mode: Option<&'static str>,
    /// The word that names it.
    pub trigger: Span,
    /// Further mentions of the same event.
    pub mentions: Vec<Span>,
    /// Who does it.
    pub actors: Vec<EntityId>,
    /// Who undergoes it.
    pub recipients: Vec<EntityId>,
    /// Where.
    pub place: Option<EntityId>,
    /// When.
    pub time: Option<TimeId>,
    /// Whether it is so.
    pub status: Status,
    /// Whether some sentence tells it as news, rather than refers to it as known: منذ الهجوم "since the attack".
    pub news: bool,
    /// By whose word; `None` where the author tells it.
    pub by: Option<StatementId>,
    /// How many were killed, wounded and arrested in it, each at most once.
    pub casualties: Vec<Casualty>,
    /// Probability that it is right, 0 to 1.
    pub confidence: f32,
    /// The rule.
    pub because: Because,
}

/// How many people suffered what in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Casualty {
    /// What they suffered.
    pub toll: Toll,
    /// The number that is told. For words like عشرات "dozens" it is the least that they can mean.
    pub number: u32,
    /// How the number is meant.
    pub bound: Bound,
    /// The words of the number, with those of its bound.
    pub span: Span,
}

/// What people suffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The record's own names.
pub enum Toll {
    Dead,
    Injured,
    Arrested,
}

/// How a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// So many.
    Exact,
    /// على الأقل "at least", and أكثر من 12 "more than 12".
    AtLeast,
    /// على الأكثر "at most".
    AtMost,
    /// نحو "about".
    About,
}

/// A remark on the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of remark: `time-conflict`.
    pub code: &'static str,
    /// The remark in English.
    pub message: String,
    /// What it is about.
    pub spans: Vec<Span>,
}

/// Something that a rule looked at and did not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The words.
    pub span: Span,
    /// The rule, as `stage:rule`.
    pub rule: &'static str,
    /// Why not, in English.
    pub reason: &'static str,
}

/// The longest text that is read, in bytes: spans are 32 bits wide, and so are places in the folded spellings, where one
/// presentation form (ﷺ "God bless him and grant him peace") takes eleven times the room.
pub const LONGEST: usize = 1 << 28;

impl Document {
    /// A document with no layer filled.
    #[must_use]
    pub fn new(report: Report, language: Option<&'static Language>) -> Self {
        Document {
            report,
            language,
            folded: String::new(),
            tokens: Vec::new(),
            readings: Vec::new(),
            layout: Layout::default(),
            times: Vec::new(),
            names: Vec::new(),
            cast: Cast::default(),
            statements: Vec::new(),
            events: Vec::new(),
            notes: Vec::new(),
            rejected: Vec::new(),
        }
    }

    /// The text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.report.text.get(span.range()).unwrap_or("")
    }

    /// The folded spelling of the token at `i`; empty past the end.
    #[must_use]
    pub fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| {
            let from = t.folded.0 as usize;
            self.folded.get(from..from + t.folded.1 as usize).unwrap_or("")
        })
    }

    /// The folded spelling without و or ف where a reading of the token stands after it; else the whole.
    #[must_use]
    pub fn bare(&self, i: usize) -> &str {
        let word = self.word(i);
        let mut chars = word.chars();
        match chars.next() {
            Some('و' | 'ف')
                if self.readings(i).iter().any(|r| r.proclitics.any(Proclitics::AND))
                    && !self.readings(i).iter().any(|r| r.cut == 0 && r.tokens == 1) =>
            {
                chars.as_str()
            }
            _ => word,
        }
    }

    /// Whether the token at `i` is the mark `c`.
    #[must_use]
    pub fn is_mark(&self, i: usize, c: char) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Mark) && self.word(i).starts_with(c)
    }

    /// The kind of the token at `i`; `None` past the end.
    #[must_use]
    pub fn kind(&self, i: usize) -> Option<Kind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    /// The readings of the token at `i` and of the phrases that begin there: longer ones first, then by fewer clitics.
    #[must_use]
    pub fn readings(&self, i: usize) -> &[Reading] {
        self.tokens.get(i).map_or(&[], |t| {
            let from = t.readings.0 as usize;
            self.readings.get(from..from + t.readings.1 as usize).unwrap_or(&[])
        })
    }

    /// Every entry that the readings at `i` allow, phrases included, in the order of [`Document::readings`].
    pub fn entries(&self, i: usize) -> impl Iterator<Item = (&Reading, Entry)> {
        self.readings(i)
            .iter()
            .flat_map(|r| r.entries.iter().map(move |e| (r, e)))
            .filter(|(r, e)| r.allows(*e))
    }

    /// The allowed entries of the token at `i` alone.
    pub fn word_entries(&self, i: usize) -> impl Iterator<Item = (&Reading, Entry)> {
        self.entries(i).filter(|(r, _)| r.tokens == 1)
    }

    /// The first allowed entry of the token alone in a table.
    #[must_use]
    pub fn entry(&self, i: usize, table: Table) -> Option<(&Reading, Entry)> {
        self.word_entries(i).find(|(_, e)| e.table == table)
    }

    /// Whether the token at `i` belongs to one of the classes of function words.
    #[must_use]
    pub fn is(&self, i: usize, classes: Classes) -> bool {
        self.tokens.get(i).is_some_and(|t| t.classes.any(classes))
    }

    /// The row that an entry points to.
    #[must_use]
    pub fn row(&self, entry: Entry) -> Row {
        musnad_lexicon::arabic().row(entry)
    }

    /// The best features of the token at `i` as a verb or verbal noun: the first entry of the verbs' table.
    #[must_use]
    pub fn verb(&self, i: usize) -> Option<(&Reading, Feat)> {
        self.entry(i, Table::Verb).map(|(r, e)| (r, e.feat))
    }

    /// The byte where the letters of token `i` begin after `letters` characters of its folded spelling.
    #[must_use]
    pub fn cut(&self, i: usize, letters: usize) -> u32 {
        let Some(token) = self.tokens.get(i) else { return self.report.text.len() as u32 };
        if letters == 0 {
            return token.span.start;
        }
        let text = self.text(token.span);
        let mut left = letters;
        for (at, c) in text.char_indices() {
            let folds = musnad_lexicon::fold_char(c).is_some();
            if folds && left == 0 {
                return token.span.start + at as u32;
            }
            // A ligature stands for two letters; it is not cut apart.
            left = left.saturating_sub(usize::from(folds));
        }
        token.span.end
    }

    /// The byte where the last `letters` characters of the folded spelling of token `i` begin.
    #[must_use]
    pub fn cut_end(&self, i: usize, letters: usize) -> u32 {
        if letters == 0 {
            return self.tokens.get(i).map_or(0, |t| t.span.end);
        }
        let all = self.word(i).chars().count();
        self.cut(i, all.saturating_sub(letters))
    }

    /// The text of tokens, from the first letter of the first to the last of the last.
    #[must_use]
    pub fn span_of(&self, tokens: Tokens) -> Span {
        match (self.tokens.get(tokens.start as usize), self.tokens.get((tokens.end as usize).wrapping_sub(1)))
        {
            (Some(a), Some(b)) if !tokens.is_empty() => a.span.to(b.span),
            _ => Span::default(),
        }
    }

    /// The span of a reading at token `i`: without its proclitics and its pronoun.
    #[must_use]
    pub fn span_of_reading(&self, i: usize, reading: &Reading) -> Span {
        let last = i + usize::from(reading.tokens).max(1) - 1;
        let start = self.cut(i, usize::from(reading.cut));
        Span::new(start, self.cut_end(last, usize::from(reading.suffix_letters)).max(start))
    }

    /// The tokens that a span touches.
    #[must_use]
    pub fn tokens_of(&self, span: Span) -> Tokens {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        Tokens::new(start, end.max(start))
    }

    /// The sentence of the token at `i`; `None` in debris.
    #[must_use]
    pub fn sentence(&self, i: usize) -> Option<(usize, Sentence)> {
        let s = *self.layout.sentence_of.get(i)? as usize;
        self.layout.sentences.get(s).map(|x| (s, *x))
    }

    /// The innermost quotation around the token at `i`, its marks not counted.
    #[must_use]
    pub fn quote(&self, i: usize) -> Option<(usize, Quote)> {
        let q = *self.layout.quote_of.get(i)? as usize;
        self.layout.quotes.get(q).map(|x| (q, *x))
    }

    /// Whether the token at `i` is read, that is, not in debris.
    #[must_use]
    pub fn is_read(&self, i: usize) -> bool {
        self.layout.sentence_of.get(i).is_some_and(|s| *s != u32::MAX)
    }

    /// The time whose words cover the token at `i`.
    #[must_use]
    pub fn time_at(&self, i: usize) -> Option<TimeId> {
        let t = self.times.partition_point(|t| t.tokens.end as usize <= i);
        self.times.get(t).filter(|x| x.tokens.has(i)).map(|_| TimeId::at(t))
    }

    /// The name whose words cover the token at `i`, as an index into [`Document::names`].
    #[must_use]
    pub fn name_at(&self, i: usize) -> Option<usize> {
        let n = self.names.partition_point(|n| n.tokens.end as usize <= i);
        self.names.get(n).filter(|x| x.tokens.has(i)).map(|_| n)
    }

    /// An entity by its id.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.cast.entities.get(id.index())
    }

    /// A mention by its place in the index.
    #[must_use]
    pub fn mention(&self, at: &MentionAt) -> Option<&Mention> {
        self.entity(at.entity).and_then(|e| e.mentions.get(at.mention as usize))
    }
}

impl Cast {
    /// With the index over all mentions made; `tokens` is the number of the document's tokens.
    #[must_use]
    pub fn indexed(mut self, tokens: usize) -> Self {
        self.index = self
            .entities
            .iter()
            .enumerate()
            .flat_map(|(e, entity)| {
                entity.mentions.iter().enumerate().map(move |(m, x)| MentionAt {
                    tokens: x.tokens,
                    entity: EntityId::at(e),
                    mention: m as u32,
                })
            })
            .collect();
        self.index.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end), m.entity));
        self.covering = vec![u32::MAX; tokens];
        for (k, m) in self.index.iter().enumerate() {
            for slot in self.covering.get_mut(m.tokens.range()).unwrap_or(&mut []) {
                let longer = self.index.get(*slot as usize).is_some_and(|x| x.tokens.len() >= m.tokens.len());
                if !longer {
                    *slot = k as u32;
                }
            }
        }
        self
    }

    /// The longest mention that covers the token at `i`.
    #[must_use]
    pub fn covering(&self, i: usize) -> Option<&MentionAt> {
        self.index.get(*self.covering.get(i)? as usize)
    }

    /// The mentions that begin with the token at `i`, the longest first.
    #[must_use]
    pub fn starting(&self, i: usize) -> &[MentionAt] {
        let from = self.index.partition_point(|m| (m.tokens.start as usize) < i);
        let to = self.index.partition_point(|m| m.tokens.start as usize <= i);
        &self.index[from..to]
    }

    /// The mentions that begin inside a run of tokens, in order.
    #[must_use]
    pub fn within(&self, tokens: Tokens) -> &[MentionAt] {
        let from = self.index.partition_point(|m| m.tokens.start < tokens.start);
        let to = self.index.partition_point(|m| m.tokens.start < tokens.end);
        &self.index[from..to.max(from)]
    }
}
