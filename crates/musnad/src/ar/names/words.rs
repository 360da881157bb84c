//! What each token may be to the grammar of names: a summary of its readings, made once.

use crate::document::{Classes, Document, Kind, Proclitics, Reading, Suffix};
use musnad_lexicon::{Entry, Part, Table, arabic, fold};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A set of what a word may be.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct May(pub u32);

macro_rules! may {
    ($($(#[$doc:meta])* $name:ident $bit:literal),* $(,)?) => {
        impl May { $($(#[$doc])* pub const $name: May = May(1 << $bit);)* }
    };
}
may! {
    /// A function word.
    FUNCTION 0,
    /// A finite verb.
    FINITE 1,
    /// A given name that is nothing else.
    GIVEN 2,
    /// A given name that is an ordinary word too.
    GIVEN_TOO 3,
    /// A surname that is nothing else.
    SURNAME 4,
    /// A surname that is an ordinary word too.
    SURNAME_TOO 5,
    /// The head of a title.
    TITLE 6,
    /// The head of a description.
    GROUP 7,
    /// The head of a name.
    HEAD 8,
    /// What a ministry is of.
    PORTFOLIO 9,
    /// An adjective of a state or of its people.
    NISBA 10,
    /// The name of a state.
    COUNTRY 11,
    /// The name of a place.
    PLACE 12,
    /// The name of an organisation.
    ORGANIZATION 13,
    /// The name of a person in public life.
    PERSON 14,
    /// A word for a time.
    TIME 15,
    /// A verbal noun or participle of a verb, or a noun that reports or names an event.
    NOUN 16,
    /// It has the article.
    DEFINITE 17,
    /// A woman's name.
    FEMININE 18,
    /// Anything the lexicons know.
    KNOWN 19,
    /// A place or organisation only by a name that wants evidence.
    DOUBTFUL 20,
    /// The head of a title or description with a pronoun after it: مساعده "his assistant".
    OWNED 21,
}

impl May {
    /// Whether the two sets share something.
    #[must_use]
    pub const fn any(self, of: May) -> bool {
        self.0 & of.0 != 0
    }
    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: May) -> May {
        May(self.0 | other.0)
    }
    /// A given name or surname, sure or not.
    pub const NAME: May =
        May(May::GIVEN.0 | May::GIVEN_TOO.0 | May::SURNAME.0 | May::SURNAME_TOO.0 | May::PERSON.0);
    /// A given name or surname that is nothing else.
    pub const SURE: May = May(May::GIVEN.0 | May::SURNAME.0 | May::PERSON.0);
}

/// What a word does inside names and titles: its classes in `name_words.tsv`, whose header tells of them.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Does(u32);

macro_rules! does {
    ($($(#[$doc:meta])* $name:ident $text:literal $bit:literal),* $(,)?) => {
        impl Does {
            $($(#[$doc])* pub const $name: Does = Does(1 << $bit);)*
            /// The class that the table calls so.
            #[must_use]
            pub fn named(class: &str) -> Option<Does> {
                match class { $($text => Some(Does::$name),)* _ => None }
            }
        }
    };
}
does! {
    /// Stays in a title: رئيس الوزراء المكلف.
    MODIFIER "modifier" 0,
    /// Says that an office is over: السابق "former".
    FORMER "former" 1,
    /// Joins the parts of a person's name: بن, دي.
    BETWEEN "between" 2,
    /// Belongs to the surname after it: بن سلمان.
    PARTICLE "particle" 3,
    /// Of kings and popes: الثاني "the Second".
    ORDINAL "ordinal" 4,
    /// Ends a name and is no surname by itself: نور الدين.
    NOT_OWN "not-own" 5,
    /// Goes on a rank: العميد الركن.
    RANK "rank-word" 6,
    /// Belongs to a body's name without a state's adjective.
    PUBLIC "public" 7,
    /// Makes a name of an army's or a resistance's head: الجيش الوطني.
    NATIONAL "national" 8,
    /// Of one of the world's regions, and makes a name of a head as a state's adjective does.
    REGIONAL "regional" 9,
    /// May still follow a state's adjective: الحكومة اليمنية الشرعية.
    STANDING "standing" 10,
    /// What a body is for: المرصد السوري لحقوق الإنسان.
    PURPOSE "purpose" 11,
    /// Which military region: المنطقة العسكرية الثانية.
    REGIONS "regions" 12,
    /// A portfolio that means its ministry beside a state's adjective: الدفاع الروسية.
    ALONE "alone" 13,
    /// A body or place by a common noun: لجنة الحزب.
    COMMON "common" 14,
    /// Makes a description of a weak head: قوات النظام.
    STANDS_ALONE "stands-alone" 15,
    /// Follows the name of a place of its own kind: مطار عدن الدولي.
    OF_PLACES "of-places" 16,
    /// Begins foreign towns of several words: سان, نيو.
    SAINT "saint" 17,
    /// Stands before places: في, شمال.
    WHERE "where" 19,
    /// Begins a phrase that is no name: ولاية الفقيه.
    NONE "none" 20,
    /// Judges and is no part of a name: جماعة الإخوان الإرهابية.
    JUDGING "judging" 22,
    /// Makes a name of an institution's head: المجلس الدستوري.
    INSTITUTION "institution" 23,
    /// Stands before a capital that is the town, not its state: زار موسكو.
    VISITS "visits" 24,
    /// Says that a person's name follows: يدعى "is called".
    NAMED "named" 21,
    /// What a department (مصلحة) is of: الضرائب "taxes".
    SERVICE "service" 25,
    /// Towns and the like in the plural, before a list of their names: قرى "villages".
    PLACES "places" 26,
}

impl Does {
    /// Whether the two sets share something.
    #[must_use]
    pub const fn any(self, of: Does) -> bool {
        self.0 & of.0 != 0
    }
    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Does) -> Does {
        Does(self.0 | other.0)
    }
    /// What a folded word does.
    #[must_use]
    pub fn of(word: &str) -> Does {
        name_words().words.get(word).copied().unwrap_or_default()
    }
}

/// `name_words.tsv` by folded words.
struct NameWords {
    words: HashMap<String, Does>,
    /// Phrases that are no name: their first word, then the others.
    none: HashMap<String, Vec<Vec<String>>>,
}

fn name_words() -> &'static NameWords {
    static WORDS: OnceLock<NameWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out = NameWords { words: HashMap::new(), none: HashMap::new() };
        for (_, row) in arabic().rows(Table::NameWord) {
            let does =
                row.list("class").filter_map(Does::named).fold(Does::default(), |a, b| Does(a.0 | b.0));
            let mut parts = row.get("word").split(' ').map(fold);
            let first = parts.next().unwrap_or_default();
            let rest: Vec<String> = parts.collect();
            if does.any(Does::NONE) {
                out.none.entry(first).or_default().push(rest);
            } else {
                let all = out.words.entry(first).or_default();
                *all = Does(all.0 | does.0);
            }
        }
        out
    })
}

/// One token: what the whole of it may be (و and ف and prepositions not cut, the article in it), and what is left after
/// attached letters.
#[derive(Clone, Copy, Default, Debug)]
pub struct Look {
    /// The whole token.
    pub whole: May,
    /// What stands after attached letters.
    pub after: May,
    /// How many letters those are, in characters of the folded spelling; 0 when there is no such reading.
    pub cut: u8,
}

/// The letters before a noun that are not part of it: those of the reading less the article's own.
#[must_use]
pub fn outside(reading: &Reading) -> u8 {
    let p = reading.proclitics;
    let article = if !p.any(Proclitics::AL) {
        0
    } else if p.any(Proclitics::LI) {
        // للوزير "to the minister": the span begins with the second lam.
        1
    } else {
        2
    };
    reading.cut.saturating_sub(article)
}

/// The tokens of a document with their summaries.
pub struct Words<'d> {
    /// The document.
    pub doc: &'d Document,
    looks: Vec<Look>,
    time: Vec<bool>,
    does: Vec<Does>,
    /// The states that the report speaks of, gathered when first asked for.
    told: OnceCell<Vec<(usize, &'static str)>>,
}

impl<'d> Words<'d> {
    /// Looks at every token once.
    #[must_use]
    pub fn new(doc: &'d Document) -> Self {
        let mut time = vec![false; doc.tokens.len()];
        for t in &doc.times {
            time.get_mut(t.tokens.range()).unwrap_or(&mut []).fill(true);
        }
        let looks = (0..doc.tokens.len()).map(|i| look(doc, i)).collect();
        let does = (0..doc.tokens.len()).map(|i| Does::of(doc.word(i))).collect();
        Words { doc, looks, time, does, told: OnceCell::new() }
    }

    /// The number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.looks.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.looks.is_empty()
    }

    /// The summary of the token at `i`; nothing past the end.
    #[must_use]
    pub fn look(&self, i: usize) -> Look {
        self.looks.get(i).copied().unwrap_or_default()
    }

    /// What the whole token at `i` may be.
    #[must_use]
    pub fn whole(&self, i: usize) -> May {
        self.look(i).whole
    }

    /// Where the report speaks of states: by their names, their adjectives, or what only they have.
    fn told(&self) -> &[(usize, &'static str)] {
        self.told.get_or_init(|| {
            let mut out = Vec::new();
            let wanted = May::COUNTRY.or(May::NISBA).or(May::PLACE).or(May::ORGANIZATION).or(May::PERSON);
            for i in 0..self.len() {
                let phrase = self.doc.readings(i).first().is_some_and(|r| r.tokens > 1);
                let look = self.look(i);
                if !phrase && !look.whole.or(look.after).any(wanted) {
                    continue;
                }
                let mut places: Option<&'static str> = None;
                let mut several = false;
                for (_, e) in
                    self.doc.entries(i).filter(|(r, e)| r.suffix == Suffix::None && !e.feat.is_doubtful())
                {
                    let iso3 = || self.doc.row(e).get("iso3");
                    match e.table {
                        Table::Country | Table::Organization | Table::Person => out.push((i, iso3())),
                        Table::Place | Table::PlaceMore => {
                            several |= places.is_some_and(|p| p != iso3());
                            places = Some(iso3());
                        }
                        _ => {}
                    }
                }
                out.extend(places.filter(|_| !several).map(|p| (i, p)));
            }
            out
        })
    }

    /// Whether the report speaks of a state.
    #[must_use]
    pub fn tells_of(&self, iso3: &str) -> bool {
        !iso3.is_empty() && self.told().iter().any(|(_, told)| *told == iso3)
    }

    /// Whether the report speaks of a state within a dozen words of the token at `i`.
    #[must_use]
    pub fn near(&self, i: usize, iso3: &str) -> bool {
        let told = self.told();
        let from = told.partition_point(|(at, _)| *at + 12 < i);
        told[from..].iter().take_while(|(at, _)| *at <= i + 12).any(|(at, told)| *at != i && *told == iso3)
    }

    /// Whether a word is spelled as one of the row's names: بأول "at the first" is not باول "Powell", though both fold to one.
    #[must_use]
    pub fn spelled(&self, i: usize, reading: &Reading, entry: Entry) -> bool {
        let hamza = |word: &str| matches!(word.chars().nth(1), Some('أ' | 'إ'));
        let Some(token) = self.doc.tokens.get(i) else { return false };
        let word = self.doc.text(token.span);
        if reading.cut > 0 || !hamza(word) || !word.starts_with(['ب', 'ل', 'ك', 'ف', 'و']) {
            return true;
        }
        let row = self.doc.row(entry);
        std::iter::once(row.get("name")).chain(row.list("variants")).flat_map(|n| n.split(' ')).any(hamza)
    }

    /// Whether the token does one of the given things inside names.
    #[must_use]
    pub fn does(&self, i: usize, what: Does) -> bool {
        self.does.get(i).is_some_and(|d| d.any(what))
    }

    /// The end of the phrase at `i` that looks like a name and is none: ولاية الفقيه "the guardianship of the jurist".
    #[must_use]
    pub fn no_name(&self, i: usize) -> Option<usize> {
        let word = self.doc.word(i);
        let bare = word.strip_prefix(['و', 'ف', 'ب', 'ل']).unwrap_or(word);
        // للنظام الدولي: the article's alef is not written after ل.
        let article = word.strip_prefix("لل").map(|rest| format!("ال{rest}"));
        [Some(word), Some(bare), article.as_deref()].into_iter().flatten().find_map(|first| {
            let phrases = name_words().none.get(first)?;
            let fits = |rest: &&Vec<String>| {
                rest.iter().enumerate().all(|(k, w)| self.follows(i + 1 + k) && self.doc.word(i + 1 + k) == w)
            };
            phrases.iter().find(fits).map(|rest| i + 1 + rest.len())
        })
    }

    /// Whether the token belongs to an expression of time.
    #[must_use]
    pub fn is_time(&self, i: usize) -> bool {
        self.time.get(i).copied().unwrap_or(false)
    }

    /// Whether the token at `i` is a word of Arabic script that follows the one before it on the same line.
    #[must_use]
    pub fn follows(&self, i: usize) -> bool {
        self.doc.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && !t.line_start && t.spaced)
    }

    /// Whether the token at `i` is a word of Arabic script.
    #[must_use]
    pub fn is_word(&self, i: usize) -> bool {
        self.doc.kind(i) == Some(Kind::Word)
    }

    /// Whether the word is hardly ever part of a name.
    #[must_use]
    pub fn is_ordinary(&self, i: usize) -> bool {
        arabic().is_ordinary(self.doc.word(i))
    }

    /// Whether the token begins with the article, nothing before it.
    #[must_use]
    pub fn is_definite(&self, i: usize) -> bool {
        let word = self.doc.word(i);
        word.len() > 6 && word.starts_with("ال")
    }

    /// The letters of the folded spelling.
    #[must_use]
    pub fn letters(&self, i: usize) -> usize {
        self.doc.word(i).chars().count()
    }

    /// The adjective of a state or people at `i`, the longest phrase first (الكوري الشمالي).
    #[must_use]
    pub fn nisba(&self, i: usize) -> Option<(Reading, Entry)> {
        let phrase = self.doc.readings(i).first().is_some_and(|r| r.tokens > 1);
        if !phrase && !self.look(i).whole.or(self.look(i).after).any(May::NISBA) {
            return None;
        }
        self.doc
            .entries(i)
            .find(|(r, e)| {
                e.table == Table::Country && e.feat.part() == Part::Nisba && r.suffix == Suffix::None
            })
            .map(|(r, e)| (*r, e))
    }

    /// Whether the token may be a head of the given kind, with or without a pronoun, or begins a phrase.
    #[must_use]
    pub fn heads(&self, i: usize, of: May) -> bool {
        let look = self.look(i);
        look.whole.or(look.after).any(of.or(May::OWNED))
            || self.doc.readings(i).first().is_some_and(|r| r.tokens > 1)
    }

    /// The head of a title at `i`, the longest phrase first.
    #[must_use]
    pub fn title(&self, i: usize) -> Option<(Reading, Entry)> {
        if !self.heads(i, May::TITLE) {
            return None;
        }
        self.doc.entries(i).find(|(_, e)| e.table == Table::Title).map(|(r, e)| (*r, e))
    }

    /// The first reading at `i` with an entry of a table and no pronoun, the longest phrase first.
    #[must_use]
    pub fn phrase(&self, i: usize, table: Table) -> Option<(Reading, Entry)> {
        self.doc.entries(i).find(|(r, e)| e.table == table && r.suffix == Suffix::None).map(|(r, e)| (*r, e))
    }
}

fn look(doc: &Document, i: usize) -> Look {
    let mut out = Look::default();
    let Some(token) = doc.tokens.get(i) else { return out };
    if token.kind == Kind::Mark {
        return out;
    }
    if token.classes.0 & !(Classes::DEBRIS.0 | Classes::QUANTIFIER.0) != 0 {
        out.whole = May::FUNCTION;
    }
    for r in doc.readings(i).iter().filter(|r| r.tokens == 1) {
        let cut = outside(r);
        let and_only = r.proclitics.0 & !Proclitics::AND == 0;
        let mut may = May::default();
        for e in r.entries.iter().filter(|e| r.allows(*e)) {
            let sure = |sure: May, too: May| if e.feat.is_doubtful() { too } else { sure };
            let named = |x: May| if e.feat.is_doubtful() { x.or(May::DOUBTFUL) } else { x };
            may = may.or(match e.table {
                Table::Verb if e.feat.is_finite() => {
                    // أمني is "security" and hardly ever "he made me safe" or "make safe!".
                    let told = e.feat.part() != Part::Imperative
                        && !matches!(r.suffix, Suffix::I | Suffix::Me | Suffix::You | Suffix::YouAll);
                    if told && (and_only || r.proclitics.any(Proclitics::SA)) {
                        out.whole = out.whole.or(May::FINITE);
                    }
                    May::KNOWN
                }
                Table::Verb | Table::Noun => May::NOUN,
                Table::Cue | Table::Trigger | Table::Particle => May::KNOWN,
                Table::Title | Table::Group if r.suffix != Suffix::None => May::OWNED,
                _ if r.suffix != Suffix::None => May::KNOWN,
                // الرباط is no given name رباط with the article; الحريري is the surname حريري with it.
                Table::Given if r.proclitics.any(Proclitics::AL) => May::default(),
                Table::Given => sure(May::GIVEN, May::GIVEN_TOO).or(if e.feat.is_feminine() {
                    May::FEMININE
                } else {
                    May::default()
                }),
                Table::Surname => sure(May::SURNAME, May::SURNAME_TOO),
                Table::Person => named(May::PERSON),
                Table::Organization | Table::Work => named(May::ORGANIZATION),
                Table::Place | Table::PlaceMore => named(May::PLACE),
                Table::Country if e.feat.part() == Part::Nisba => May::NISBA,
                Table::Country => May::COUNTRY,
                Table::Portfolio => May::PORTFOLIO,
                Table::Title => May::TITLE,
                Table::Group => May::GROUP,
                Table::Head => May::HEAD,
                Table::NameWord | Table::SpeechWord => May::default(),
                Table::Time => May::TIME,
            });
        }
        if may == May::default() {
            continue;
        }
        if r.proclitics.any(Proclitics::AL) {
            may = may.or(May::DEFINITE);
        }
        may = may.or(May::KNOWN);
        if cut == 0 {
            out.whole = out.whole.or(may);
        } else if out.cut == 0 || out.cut == cut {
            out.cut = cut;
            out.after = out.after.or(may);
        } else if cut < out.cut && may.any(May::NAME.or(May::PLACE).or(May::COUNTRY)) {
            out.cut = cut;
            out.after = may;
        }
    }
    out
}
