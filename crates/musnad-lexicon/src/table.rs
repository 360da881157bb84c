//! The tables, and which of their columns the index is made from.

/// A table of `data/ar/`; its rows are what index entries point to.
///
/// The order is the order of entries of one word, so it is part of what makes output stable.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Table {
    /// `particles.tsv`: function words by class.
    Particle,
    /// `verbs.tsv`: verbs with all their forms, masdars and participles.
    Verb,
    /// `nouns.tsv`: nouns that report or name an event, with all their forms.
    Noun,
    /// `cues.tsv`: reporting phrases, verbs with further words among them; its verbs and nouns are found through theirs, by
    /// [`Lexicon::linked`](crate::Lexicon::linked).
    Cue,
    /// `triggers.tsv`: event phrases, verbs with further words among them; its verbs and nouns are found through theirs, by
    /// [`Lexicon::linked`](crate::Lexicon::linked).
    Trigger,
    /// `time_words.tsv`: months, weekdays, numbers, units and the like.
    Time,
    /// `countries.tsv`: states with their adjectives, capitals and metonyms.
    Country,
    /// `places.tsv`: places from GeoNames.
    Place,
    /// `places_more.tsv`: regions, straits, camps and what GeoNames' towns lack.
    PlaceMore,
    /// `organizations.tsv`.
    Organization,
    /// `people.tsv`: people in public life.
    Person,
    /// `given_names.tsv`.
    Given,
    /// `surnames.tsv`.
    Surname,
    /// `portfolios.tsv`: what ministers and ministries are of.
    Portfolio,
    /// `titles.tsv`: heads of offices, ranks, honorifics, professions.
    Title,
    /// `groups.tsv`: heads of descriptions of people and bodies.
    Group,
    /// `word_classes.tsv`: heads of organisations', places', occasions' and documents' names.
    Head,
    /// `name_words.tsv`: what words do inside names and titles; read whole, not looked up.
    NameWord,
    /// `works.tsv`: documents and occasions.
    Work,
    /// `speech_words.tsv`: what words do around speech; read whole, not looked up.
    SpeechWord,
}

impl Table {
    /// All tables in the order of their entries.
    pub const ALL: [Table; 20] = [
        Table::Particle,
        Table::Verb,
        Table::Noun,
        Table::Cue,
        Table::Trigger,
        Table::Time,
        Table::Country,
        Table::Place,
        Table::PlaceMore,
        Table::Organization,
        Table::Person,
        Table::Given,
        Table::Surname,
        Table::Portfolio,
        Table::Title,
        Table::Group,
        Table::Head,
        Table::NameWord,
        Table::Work,
        Table::SpeechWord,
    ];

    /// The file under `data/ar/`, without `.tsv`.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Table::Particle => "particles",
            Table::Verb => "verbs",
            Table::Noun => "nouns",
            Table::Cue => "cues",
            Table::Trigger => "triggers",
            Table::Time => "time_words",
            Table::Country => "countries",
            Table::Place => "places",
            Table::PlaceMore => "places_more",
            Table::Organization => "organizations",
            Table::Person => "people",
            Table::Given => "given_names",
            Table::Surname => "surnames",
            Table::Portfolio => "portfolios",
            Table::Title => "titles",
            Table::Group => "groups",
            Table::Head => "word_classes",
            Table::NameWord => "name_words",
            Table::Work => "works",
            Table::SpeechWord => "speech_words",
        }
    }

    /// The columns, in order; a file whose header differs is refused at build time.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Table::Particle => &["word", "class", "gloss"],
            Table::Verb => &["lemma", "root", "form", "imperfect", "masdars", "gloss"],
            Table::Noun => &["lemma", "plurals", "gender", "gloss"],
            Table::Cue => &["word", "pos", "act", "frames", "medium", "strength", "gloss"],
            Table::Trigger => {
                &["word", "pos", "type", "mode", "actor", "recipient", "status", "conditions", "gloss"]
            }
            Table::Time => &["word", "class", "value", "gloss"],
            Table::Country => &[
                "iso3",
                "name",
                "variants",
                "en",
                "nisba",
                "nisba_plurals",
                "capital",
                "metonyms",
                "geonames",
                "lat",
                "lon",
            ],
            Table::Place | Table::PlaceMore => {
                &["geonames", "name", "variants", "en", "iso3", "kind", "lat", "lon", "population"]
            }
            Table::Organization => &["id", "name", "variants", "en", "iso3", "sector", "kind"],
            Table::Person => &["id", "name", "variants", "en", "iso3", "sector", "offices"],
            Table::Given => &["name", "en", "gender", "common"],
            Table::Surname => &["name", "en", "count", "common"],
            Table::Portfolio => &["name", "variants", "en"],
            Table::Title => &["word", "feminine", "plural", "en", "kind", "of"],
            Table::Group => &["word", "forms", "en", "type"],
            Table::Head => &["word", "class", "kind", "marks"],
            Table::NameWord | Table::SpeechWord => &["word", "class", "gloss"],
            Table::Work => &["id", "name", "variants", "en", "class", "iso3"],
        }
    }

    /// The position of a column, for [`Row::get`](crate::Row::get); `None` for a name that the table lacks.
    #[must_use]
    pub fn column(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|c| *c == name)
    }
}
