//! Entities across reports: who in one report is who in another.
//!
//! Within a report the reader has put mentions together already. Here such an entity, as one report has it, is [`Seen`], and gives [`Key`]s;
//! two seen with a key in common are one entity, and the key's [`Reason`] says why.
//!
//! * An entry of a register (GeoNames, the lexicon) is a key by itself ([`Reason::Link`]).
//! * A name alone is a key only where it tells somebody apart: a full name whose words are rare, a body whose name holds a proper name.
//! * Any other name is a key only with what agrees beside it: the state, the state and the sector, an office, who else stands in the report.
//! * A surname alone is a key only with the office of a named body. Descriptions (الوزير "the minister") are no keys at all: who has no name is
//!   nobody's namesake and stays in its report.
//!
//! A key that two links or two states claim tells nobody apart and counts for nobody: it is void ([`resolve`]). So a new report can only
//! separate what one key held together, and whatever the order, the same reports give the same entities.
//!
//! A person decides otherwise with a [`Decision`]: merge two entities, or split a report's entity off. Decisions refer to entities by keys and
//! to reports by name, not by numbers of rows, so they hold after everything has been read anew; they lie on top of what was read, in their
//! order, and one that is taken back leaves no trace.

use super::words::{alike, folded_words, hash, is_particle, state, words};
use musnad::ar::entities::same::{Classes, joined, skeleton, surname, telling};
use musnad::document::EntityKind;
use musnad_lexicon::{Table, arabic};
use std::collections::{BTreeMap, BTreeSet};

/// The most companions that make keys. Those with the smallest hashes are taken, so that two reports with common companions take the same.
pub const COMPANIONS: usize = 12;
/// A surname with so many bearers in the lexicon's sources, behind a given name of the lexicon, makes a name that many people bear. Of the
/// 9,967 surnames about one in twelve has as many: al-Qasim 24, Alwan 24, al-Ghamdi 37; Yeltsin has 6, al-Hujairi 2.
pub const COMMON_SURNAME: u32 = 20;
/// A given name that is borne so often as a surname, too, is so frequent (Muhammad 551, Ahmad 736, Hasan 325) that even a rare surname behind it
/// tells nobody apart.
pub const COMMON_GIVEN: u32 = 150;
/// Words to a body's name that may stand alone even if each is an ordinary word.
pub const LONG_NAME: usize = 4;

/// An entity as one report has it. Ids and codes are as in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// What it is.
    pub kind: EntityKind,
    /// Its proper names in the report, each spelling once, the fullest first; empty where it is only described.
    pub names: Vec<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// The register and the id there, joined by a colon: `musnad:lavrov`.
    pub link: Option<String>,
    /// The offices that the report gives to it: the title, and the body as [`Seen::link`] or else by its name.
    pub offices: Vec<(String, Option<String>)>,
    /// Who stands in the same report, as [`Seen::link`] or else by name: persons, and bodies that are no part of a state, no armed group and
    /// no medium (those stand in so many reports that they tell nobody apart).
    pub company: Vec<String>,
    /// The state that the report speaks of most, where one clearly is.
    pub home: Option<String>,
    /// Whether it is a place that is a whole state.
    pub is_state: bool,
    /// Latitude and longitude in degrees, of places.
    pub position: Option<(f64, f64)>,
}

/// Why two seen are one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A person decided it.
    Decision,
    /// The same entry of a register.
    Link,
    /// The same full name, rare enough to tell somebody apart, and no state that differs.
    RareName,
    /// The same name of many parts, and no state that differs.
    LongName,
    /// The same name, state and sector.
    CountryAndSector,
    /// The same name and state.
    Country,
    /// The same name and office.
    Office,
    /// The same surname and the same office of the same body.
    SurnameAndOffice,
    /// The same name in the same company.
    Company,
    /// The same name in reports about the same state.
    Home,
}

impl Reason {
    /// All, the strongest first.
    pub const ALL: [Reason; 10] = [
        Reason::Decision,
        Reason::Link,
        Reason::RareName,
        Reason::LongName,
        Reason::CountryAndSector,
        Reason::Country,
        Reason::Office,
        Reason::SurnameAndOffice,
        Reason::Company,
        Reason::Home,
    ];

    /// Its name in a store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Reason::Decision => "decision",
            Reason::Link => "link",
            Reason::RareName => "rare-name",
            Reason::LongName => "long-name",
            Reason::CountryAndSector => "country-sector",
            Reason::Country => "country",
            Reason::Office => "office",
            Reason::SurnameAndOffice => "surname-office",
            Reason::Company => "company",
            Reason::Home => "home",
        }
    }

    /// A sentence for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Reason::Decision => "Somebody decided that they are one.",
            Reason::Link => "Both are the same entry of a register.",
            Reason::RareName => "They bear the same rare name, and no state tells them apart.",
            Reason::LongName => "They bear the same name of many parts, and no state tells them apart.",
            Reason::CountryAndSector => "They bear the same name and belong to the same state and sector.",
            Reason::Country => "They bear the same name and belong to the same state.",
            Reason::Office => "They bear the same name and hold the same office.",
            Reason::SurnameAndOffice => {
                "They bear the same surname and hold the same office of the same body."
            }
            Reason::Company => "They bear the same name and are named with the same third.",
            Reason::Home => "They bear the same name in reports about the same state.",
        }
    }
}

/// Something that two seen may have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Why it makes them one.
    pub reason: Reason,
    /// What it says; readable, and the same on every machine: `person/سرج لفرف/RUS/GOV`.
    pub text: String,
}

impl Key {
    /// As a number of 60 bits: the place of its reason, then the beginning of its hash. The stronger key is the smaller number.
    #[must_use]
    pub fn number(&self) -> u64 {
        let reason = Reason::ALL.iter().position(|r| *r == self.reason).unwrap_or_default() as u64;
        reason << 56 | hash(&self.text) >> 8
    }

    /// In one line, to be kept: the reason's name, a bar, and the text.
    #[must_use]
    pub fn written(&self) -> String {
        format!("{}|{}", self.reason.name(), self.text)
    }

    /// From what [`Key::written`] gave.
    #[must_use]
    pub fn read(written: &str) -> Option<Key> {
        let (reason, text) = written.split_once('|')?;
        let reason = Reason::ALL.into_iter().find(|r| r.name() == reason)?;
        Some(Key { reason, text: text.to_owned() })
    }
}

fn key(reason: Reason, kind: EntityKind, parts: &[&str]) -> Key {
    Key { reason, text: format!("{}/{}", kind.name(), parts.join("/")) }
}

/// The keys of a seen, sorted, each once; empty where it cannot be told again.
#[must_use]
pub fn keys(seen: &Seen) -> Vec<Key> {
    let mut out = Vec::new();
    if let Some(link) = &seen.link {
        out.push(Key { reason: Reason::Link, text: link.clone() });
    }
    for name in &seen.names {
        match seen.kind {
            EntityKind::Person => person(seen, name, &mut out),
            EntityKind::Group => {}
            _ => body(seen, name, &mut out),
        }
    }
    if seen.link.is_some() {
        // A register's entry is known by itself. It offers its name to those who lack one, not whom it stood with.
        out.retain(|k| !matches!(k.reason, Reason::Company | Reason::Home));
    }
    out.sort();
    out.dedup();
    out
}

/// The folded parts of a name, without marks and with `_` and `#` of hashtags gone.
fn parts(name: &str) -> Vec<String> {
    words(&name.replace('_', " "))
}

/// Words between the parts of a name that are no parts: bin, Abu, van.
const CONNECTING: [&str; 13] =
    ["ابو", "ابي", "ابا", "بن", "ابن", "ال", "دي", "دو", "لو", "لا", "فان", "فون", "ديل"];

fn person(seen: &Seen, name: &str, out: &mut Vec<Key>) {
    let parts = parts(name);
    let last = joined(surname(&parts));
    let place = |of: &Option<String>| of.as_deref().map(office_body);
    if parts.len() < 2 || parts.len() == 2 && CONNECTING.contains(&parts[0].as_str()) {
        // A surname, or a given name: with the office of a named body, else nothing.
        if telling(&last) {
            for (title, of) in &seen.offices {
                if let Some(of) = place(of) {
                    out.push(key(Reason::SurnameAndOffice, seen.kind, &[&last, &title_of(title), &of]));
                }
            }
        }
        return;
    }
    let first = skeleton(&parts[0]);
    if !telling(&format!("{first}{last}")) {
        return;
    }
    let full = format!("{first} {last}");
    let middle: Vec<String> = parts[1..parts.len() - surname(&parts).len().min(parts.len() - 1)]
        .iter()
        .filter(|p| !CONNECTING.contains(&p.as_str()))
        .map(|p| skeleton(p))
        .collect();
    let common = is_common(&parts);
    if !middle.is_empty() {
        out.push(key(Reason::LongName, seen.kind, &[&format!("{first} {} {last}", middle.join(" "))]));
    }
    if !common {
        out.push(key(Reason::RareName, seen.kind, &[&full]));
    }
    if let Some(country) = &seen.country {
        if let Some(sector) = &seen.sector {
            out.push(key(Reason::CountryAndSector, seen.kind, &[&full, country, sector]));
        }
        if !common {
            out.push(key(Reason::Country, seen.kind, &[&full, country]));
        }
    }
    for (title, of) in &seen.offices {
        let title = title_of(title);
        match (place(of), &seen.country) {
            (Some(of), _) => {
                out.push(key(Reason::Office, seen.kind, &[&full, &title, &of]));
                out.push(key(Reason::SurnameAndOffice, seen.kind, &[&last, &title, &of]));
            }
            (None, Some(country)) => out.push(key(Reason::Office, seen.kind, &[&full, &title, country])),
            (None, None) if title.contains(' ') => out.push(key(Reason::Office, seen.kind, &[&full, &title])),
            (None, None) => {}
        }
    }
    for companion in companions(seen) {
        out.push(key(Reason::Company, seen.kind, &[&full, &companion]));
    }
}

fn body(seen: &Seen, name: &str, out: &mut Vec<Key>) {
    let said: Vec<String> = folded_words(&name.replace('_', " "))
        .iter()
        .filter(|p| !is_particle(&alike(p)))
        .map(|p| p.strip_prefix("ال").unwrap_or(p).to_owned())
        .collect();
    let shape = said
        .iter()
        .map(|p| state(&alike(p)).map_or_else(|| shape(p), str::to_owned))
        .collect::<Vec<_>>()
        .join(" ");
    if shape.chars().count() < 3 {
        return;
    }
    if let Some(country) = &seen.country {
        out.push(key(Reason::Country, seen.kind, &[&shape, country]));
        if seen.link.is_some() {
            return;
        }
    }
    let specific = said.iter().any(|p| !is_ordinary(p)) && (said.len() > 1 || seen.kind == EntityKind::Place);
    if specific {
        out.push(key(Reason::RareName, seen.kind, &[&shape]));
    } else if said.len() >= LONG_NAME {
        out.push(key(Reason::LongName, seen.kind, &[&shape]));
    }
    if said.len() < 2 {
        return;
    }
    if let Some(home) = &seen.home {
        out.push(key(Reason::Home, seen.kind, &[&shape, home]));
    }
}

/// A word of a body's name without what spelling varies: الأوربي and الأوروبي. Inner vowels stay, they tell دول from دولة.
fn shape(word: &str) -> String {
    alike(word).replace("ورو", "ور")
}

/// Whether many people may bear a name: a given name and a surname (or two given names) that the lexicon knows well.
fn is_common(parts: &[String]) -> bool {
    let lexicon = arabic();
    let spellings = |p: &str| {
        let bare = p.strip_prefix("ال").unwrap_or(p).to_owned();
        let mut all = vec![p.to_owned(), bare];
        for s in all.clone() {
            all.extend(musnad_lexicon::lenient(&s));
        }
        all
    };
    let given = |p: &str| spellings(p).iter().any(|s| lexicon.entries(s).has(Table::Given));
    let bearers = |p: &str| {
        spellings(p)
            .iter()
            .flat_map(|s| lexicon.entries(s).of(Table::Surname).collect::<Vec<_>>())
            .filter_map(|e| lexicon.row(e).get("count").parse::<u32>().ok())
            .max()
            .unwrap_or(0)
    };
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return true };
    // عبد الله السالم: the name of a servant of God is two words.
    let known = given(first) || first == "عبد" || CONNECTING.contains(&first.as_str());
    known && (given(last) || bearers(last) >= COMMON_SURNAME)
        || given(first) && bearers(first) >= COMMON_GIVEN
}

/// Whether a word of a body's name is an ordinary word: bank, national, council.
fn is_ordinary(bare: &str) -> bool {
    let lexicon = arabic();
    let known = |w: &str| {
        let entries = lexicon.entries(w);
        entries.has(Table::Noun) || entries.has(Table::Verb) || entries.has(Table::Head)
    };
    let mut spellings = vec![bare.to_owned(), format!("ال{bare}")];
    for s in spellings.clone() {
        spellings.extend(musnad_lexicon::lenient(&s));
    }
    // الخليجية "of the Gulf": an adjective in ية is no proper name.
    (bare.ends_with("ية") || spellings.iter().any(|s| known(s) || lexicon.is_ordinary(s)))
        && state(&alike(bare)).is_none()
        && !spellings.iter().any(|s| {
            let entries = lexicon.entries(s);
            [Table::Place, Table::PlaceMore, Table::Country].iter().any(|t| entries.has(*t))
        })
}

/// A title as it is compared.
fn title_of(title: &str) -> String {
    parts(title).iter().map(|p| p.strip_prefix("ال").unwrap_or(p).to_owned()).collect::<Vec<_>>().join(" ")
}

/// The body of an office: a link as it is, a name folded.
fn office_body(of: &str) -> String {
    if of.contains(':') { of.to_owned() } else { title_of(of) }
}

/// The companions that make keys.
fn companions(seen: &Seen) -> Vec<String> {
    let mut all: Vec<(u64, String)> = seen
        .company
        .iter()
        .map(|c| office_body(c))
        .filter(|c| c.contains(':') || c.contains(' '))
        .map(|c| (hash(&c), c))
        .collect();
    all.sort();
    all.dedup();
    all.truncate(COMPANIONS);
    all.into_iter().map(|(_, c)| c).collect()
}

/// A seen as [`resolve`] takes it: what a store keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The store's number for it.
    pub id: i64,
    /// The report's lasting name (its address, else its id) and the entity's name there: by these a decision finds it again.
    pub place: Place,
    /// Its keys.
    pub keys: Vec<Key>,
    /// Its state.
    pub country: Option<String>,
}

/// Where a seen stands, in terms that survive another reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The report's address, else its id.
    pub report: String,
    /// The entity's fullest name in it, as [`lasting_name`] writes it.
    pub name: String,
}

/// A name without what spelling varies, to find it again.
#[must_use]
pub fn lasting_name(name: &str) -> String {
    parts(name).join(" ")
}

/// What somebody decided about entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its number, counted up; decisions are applied in their order.
    pub number: i64,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub by: String,
    /// When, as RFC 3339 has it.
    pub at: String,
    /// Whether it was taken back.
    pub undone: bool,
}

/// What can be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Two entities are one: whoever has a key of the first list and whoever has one of the second. The lists are what [`handle`] gave when
    /// the decision was made.
    Merge(Vec<Key>, Vec<Key>),
    /// What stands in these places is an entity of its own, and not the one that its keys say.
    Split(Vec<Place>),
}

/// The keys by which a decision refers to an entity: its link where it has one, else its strongest keys, at most eight.
///
/// Keys say what an entity is (a link, a name with an office), so they are found again after another reading, with another lexicon and in
/// another store; more than one are kept because a later reading may lose some.
#[must_use]
pub fn handle(members: &[&Known]) -> Vec<Key> {
    let all: BTreeSet<&Key> = members.iter().flat_map(|k| &k.keys).collect();
    let linked = all.iter().any(|k| k.reason == Reason::Link);
    all.into_iter().filter(|k| !linked || k.reason == Reason::Link).take(8).cloned().collect()
}

/// An entity of many reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its seen, sorted.
    pub members: Vec<i64>,
    /// Each way in which members were put together: two seen that stand next to each other in their order among those with the key, and
    /// the key.
    pub joins: Vec<(i64, i64, Key)>,
}

/// Puts the seen together. Who has no key is an entity alone.
///
/// Key by key: one that two links or two states claim is void. Then whoever hangs together is one entity, unless that puts two links or two
/// states together by a chain: then only links hold there, and the rest goes with whom it shares a key that only one of them claims.
///
/// Of the seen of one link a single one with all their keys is enough, and the others go with it: a store need not give ten thousand seen of
/// one president whenever he is named once more.
///
/// The outcome is the same in any order. It depends on no seen outside of what hangs together by keys, so a store needs to give only the
/// seen that share keys, directly or by others, with what is new.
#[must_use]
pub fn resolve(seen: &[Known], decisions: &[Decision]) -> Vec<Entity> {
    let mut seen: Vec<Known> = seen.to_vec();
    seen.sort_by_key(|k| k.id);
    seen.dedup_by_key(|k| k.id);
    for decision in decisions.iter().filter(|d| !d.undone) {
        split_off(&mut seen, decision);
    }
    // Keys, links and states become numbers that have their order.
    let merges = merges(&seen, decisions);
    let all: BTreeSet<&Key> =
        seen.iter().flat_map(|k| &k.keys).chain(merges.iter().map(|(_, _, k)| k)).collect();
    let all: Vec<&Key> = all.into_iter().collect();
    let number = |key: &Key| all.binary_search(&key).unwrap_or_default() as u64;
    let states: BTreeSet<&str> = seen.iter().filter_map(|k| k.country.as_deref()).collect();
    let states: Vec<&str> = states.into_iter().collect();
    let mut held = Held::default();
    for known in &seen {
        let link = known.keys.iter().find(|k| k.reason == Reason::Link).map(number);
        let state = known.country.as_deref().and_then(|c| states.binary_search(&c).ok());
        let at = held.push(link, state.map(|s| s as u32));
        held.keys.extend(known.keys.iter().map(|k| (number(k), at)));
    }
    let place = |id: i64| seen.binary_search_by_key(&id, |k| k.id).unwrap_or_default() as u32;
    let decided: Vec<(u32, u32, u64)> =
        merges.iter().map(|(a, b, k)| (place(*a), place(*b), number(k))).collect();
    let is_link = |key: u64| all.get(key as usize).is_some_and(|k| k.reason == Reason::Link);
    let together = held.together(is_link, &decided);
    let mut out: Vec<Entity> = Vec::new();
    let mut home: BTreeMap<u32, usize> = BTreeMap::new();
    for (known, class) in seen.iter().zip(&together.class) {
        let at = *home.entry(*class).or_insert(out.len());
        if at == out.len() {
            out.push(Entity { members: Vec::new(), joins: Vec::new() });
        }
        out[at].members.push(known.id);
    }
    for (a, b, key) in together.joins {
        if let Some(i) = together.class.get(a as usize).and_then(|c| home.get(c)) {
            out[*i].joins.push((seen[a as usize].id, seen[b as usize].id, all[key as usize].clone()));
        }
    }
    for entity in &mut out {
        entity.joins.sort();
    }
    out
}

/// The seen as they are put together: by numbers only. Keys are numbers, the stronger the smaller.
#[derive(Default)]
pub(crate) struct Held {
    /// Each key of each seen.
    pub keys: Vec<(u64, u32)>,
    /// The link of each seen.
    links: Vec<Option<u64>>,
    /// The state of each seen.
    states: Vec<Option<u32>>,
}

/// What became of the seen.
pub(crate) struct Together {
    /// For each the first of those that are one with it.
    pub class: Vec<u32>,
    /// Each way in which two were put together, with the key, sorted by key.
    pub joins: Vec<(u32, u32, u64)>,
}

/// What tells apart those that a chain of keys has put together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Link(u64),
    State(u32),
}

impl Held {
    /// Takes one more seen, and gives its number.
    pub(crate) fn push(&mut self, link: Option<u64>, state: Option<u32>) -> u32 {
        self.links.push(link);
        self.states.push(state);
        (self.links.len() - 1) as u32
    }

    /// The state of a seen, if it has none so far.
    pub(crate) fn of_state(&mut self, seen: u32, state: Option<u32>) {
        if let Some(of) = self.states.get_mut(seen as usize) {
            *of = of.or(state);
        }
    }

    /// The link of a seen.
    pub(crate) fn link(&self, seen: u32) -> Option<u64> {
        self.links.get(seen as usize).copied().flatten()
    }

    fn state(&self, seen: u32) -> Option<u32> {
        self.states.get(seen as usize).copied().flatten()
    }

    fn side(&self, seen: u32) -> Option<Side> {
        self.link(seen).map(Side::Link).or(self.state(seen).map(Side::State))
    }

    /// Whether two links or two states are among them. What a register knows has the register's state, whatever a report says of a
    /// namesake.
    fn is_claimed_twice(&self, seen: impl Iterator<Item = u32> + Clone) -> bool {
        fn differ<T: PartialEq>(mut all: impl Iterator<Item = T>) -> bool {
            let first = all.next();
            all.any(|one| Some(one) != first)
        }
        differ(seen.clone().filter_map(|i| self.link(i))) || differ(seen.filter_map(|i| self.state(i)))
    }

    /// Puts them together, as [`resolve`] tells; `decided` are the joins that decisions make.
    pub(crate) fn together(
        &mut self,
        is_link: impl Fn(u64) -> bool,
        decided: &[(u32, u32, u64)],
    ) -> Together {
        self.keys.sort_unstable();
        self.keys.dedup();
        let mut joins: Vec<(u32, u32, u64)> = Vec::new();
        for run in self.keys.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
            if is_link(run[0].0) || !self.is_claimed_twice(run.iter().map(|k| k.1)) {
                joins.extend(run.windows(2).map(|w| (w[0].1, w[1].1, w[0].0)));
            }
        }
        let parted = self.conflicts(&self.classes(&joins));
        if parted.contains(&true) {
            let parted = |seen: u32| parted.get(seen as usize).copied().unwrap_or_default();
            joins.retain(|(a, b, k)| is_link(*k) || !(parted(*a) && parted(*b)));
            self.apart(parted, &is_link, &mut joins);
        }
        joins.extend(decided);
        joins.sort_unstable_by_key(|(a, b, k)| (*k, *a, *b));
        joins.dedup();
        Together { class: self.classes(&joins), joins }
    }

    /// For each the first of those that joins put together with it.
    fn classes(&self, joins: &[(u32, u32, u64)]) -> Vec<u32> {
        let mut classes = Classes::new(self.links.len());
        for (a, b, _) in joins {
            classes.join(*a as usize, *b as usize);
        }
        (0..self.links.len()).map(|i| classes.find(i) as u32).collect()
    }

    /// Who is in a class that holds two links, or two states without a link.
    fn conflicts(&self, class: &[u32]) -> Vec<bool> {
        // For each class a link and a state, and whether there are others.
        let mut links: Vec<(Option<u64>, bool)> = vec![(None, false); class.len()];
        let mut states: Vec<(Option<u32>, bool)> = vec![(None, false); class.len()];
        fn note<T: PartialEq + Copy>(all: &mut [(Option<T>, bool)], class: u32, one: Option<T>) {
            if let (Some(one), Some(known)) = (one, all.get_mut(class as usize)) {
                known.1 |= known.0.is_some_and(|k| k != one);
                known.0 = Some(one);
            }
        }
        for (i, c) in class.iter().enumerate() {
            note(&mut links, *c, self.link(i as u32));
            note(&mut states, *c, self.state(i as u32));
        }
        let parted = |c: &u32| {
            let (links, states) = (links[*c as usize], states[*c as usize]);
            links.1 || links.0.is_none() && states.1
        };
        class.iter().map(parted).collect()
    }

    /// Joins within groups that hold what cannot be one: those of one link or one state by their keys, and who has neither with the only side
    /// that shares a key with it.
    fn apart(
        &self,
        parted: impl Fn(u32) -> bool,
        is_link: &impl Fn(u64) -> bool,
        joins: &mut Vec<(u32, u32, u64)>,
    ) {
        let runs = || {
            self.keys.chunk_by(|a, b| a.0 == b.0).filter_map(|run| {
                let held: Vec<u32> = run.iter().map(|k| k.1).filter(|i| parted(*i)).collect();
                (!held.is_empty()).then_some((run[0].0, held))
            })
        };
        // The only side that claims a key.
        let only = |held: &[u32]| -> Result<Option<Side>, ()> {
            let mut sides = held.iter().filter_map(|i| self.side(*i));
            let first = sides.next();
            if sides.any(|s| Some(s) != first) { Err(()) } else { Ok(first) }
        };
        let mut claimed: BTreeMap<u32, BTreeSet<Side>> = BTreeMap::new();
        for (_, held) in runs() {
            if let Ok(Some(side)) = only(&held) {
                for i in held.into_iter().filter(|i| self.side(*i).is_none()) {
                    claimed.entry(i).or_default().insert(side);
                }
            }
        }
        let side_of = |i: u32| {
            self.side(i).or_else(|| claimed.get(&i).filter(|sides| sides.len() == 1)?.first().copied())
        };
        for (key, held) in runs() {
            if only(&held).is_err() {
                continue;
            }
            let mut sides: BTreeMap<Side, Vec<u32>> = BTreeMap::new();
            for i in held {
                if let Some(side) = side_of(i) {
                    sides.entry(side).or_default().push(i);
                }
            }
            for (_, members) in sides {
                if is_link(key) || !self.is_claimed_twice(members.iter().copied()) {
                    joins.extend(members.windows(2).map(|w| (w[0], w[1], key)));
                }
            }
        }
    }
}

/// The key that a split gives to what it splits off; nobody else has it.
#[must_use]
pub fn split_key(number: i64) -> Key {
    Key { reason: Reason::Decision, text: format!("split/{number}") }
}

/// Gives the seen of a split keys of their own, which nobody else has.
fn split_off(seen: &mut [Known], decision: &Decision) {
    let Verdict::Split(places) = &decision.verdict else { return };
    for known in seen.iter_mut().filter(|k| places.contains(&k.place)) {
        known.keys = vec![split_key(decision.number)];
    }
}

/// The joins that decisions make: between the first seen of either side.
fn merges(seen: &[Known], decisions: &[Decision]) -> Vec<(i64, i64, Key)> {
    let mut out = Vec::new();
    for decision in decisions.iter().filter(|d| !d.undone) {
        let Verdict::Merge(one, other) = &decision.verdict else { continue };
        let with = |keys: &[Key]| -> Option<i64> {
            // The strongest key that anybody still has finds the entity.
            keys.iter().find_map(|key| seen.iter().find(|k| k.keys.contains(key)).map(|k| k.id))
        };
        if let (Some(a), Some(b)) = (with(one), with(other))
            && a != b
        {
            let key = Key { reason: Reason::Decision, text: format!("merge/{}", decision.number) };
            out.push((a.min(b), a.max(b), key));
        }
    }
    out
}

#[cfg(test)]
fn link_of(known: &Known) -> Option<&str> {
    known.keys.iter().find(|k| k.reason == Reason::Link).map(|k| k.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(name: &str) -> Seen {
        Seen {
            kind: EntityKind::Person,
            names: vec![name.to_owned()],
            country: None,
            sector: None,
            link: None,
            offices: Vec::new(),
            company: Vec::new(),
            home: None,
            is_state: false,
            position: None,
        }
    }

    fn body(name: &str) -> Seen {
        Seen { kind: EntityKind::Organization, ..person(name) }
    }

    fn known(id: i64, seen: &Seen) -> Known {
        Known {
            id,
            place: Place {
                report: format!("https://example.org/{id}"),
                name: lasting_name(seen.names.first().map_or("", String::as_str)),
            },
            keys: keys(seen),
            country: seen.country.clone(),
        }
    }

    fn all(seen: &[Seen]) -> Vec<Known> {
        seen.iter().enumerate().map(|(i, s)| known(i as i64, s)).collect()
    }

    fn resolved(seen: &[Seen]) -> Vec<Vec<i64>> {
        resolve(&all(seen), &[]).into_iter().map(|e| e.members).collect()
    }

    fn of(country: &str, seen: Seen) -> Seen {
        Seen { country: Some(country.to_owned()), ..seen }
    }

    #[test]
    fn a_link_is_one_entity_under_any_name() {
        let link = |name: &str| Seen { link: Some("musnad:lavrov".to_owned()), ..person(name) };
        assert_eq!(resolved(&[link("سيرغي لافروف"), link("لافروف")]), [vec![0, 1]]); // Sergey Lavrov, Lavrov
    }

    #[test]
    fn a_rare_name_is_one_in_any_spelling_unless_states_differ() {
        // Taym al-Zirgani, invented.
        assert_eq!(resolved(&[person("تيمور الزرغاني"), person("تيمور الزرجانى")]), [vec![0, 1]]);
        let apart = [of("TUN", person("تيمور الزرغاني")), of("OMN", person("تيمور الزرغاني"))];
        assert_eq!(resolved(&apart), [vec![0], vec![1]]);
    }

    #[test]
    fn a_surname_alone_joins_nobody() {
        assert_eq!(
            resolved(&[person("الزرغاني"), person("الزرغاني"), person("تيمور الزرغاني")]),
            [vec![0], vec![1], vec![2]]
        );
        assert!(keys(&person("الزرغاني")).is_empty());
    }

    #[test]
    fn a_surname_with_the_office_of_a_body_joins() {
        let minister = |name: &str| Seen {
            offices: vec![("وزير الأشغال".to_owned(), Some("musnad:taloria-gov".to_owned()))], // minister of works
            ..person(name)
        };
        let found = resolve(&all(&[minister("تيمور الزرغاني"), minister("الزرغاني")]), &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].joins[0].2.reason, Reason::SurnameAndOffice);
        // The title alone does not.
        let titled = |name: &str| Seen { offices: vec![("وزير".to_owned(), None)], ..person(name) };
        assert_eq!(resolved(&[titled("الزرغاني"), titled("الزرغاني")]).len(), 2);
    }

    #[test]
    fn a_description_is_nobodys_name() {
        let described = Seen { names: Vec::new(), ..person("") };
        assert!(keys(&described).is_empty());
    }

    #[test]
    fn a_common_name_asks_for_company() {
        // Muhammad al-Ghamdi: thousands bear it.
        let with = |company: &[&str]| Seen {
            company: company.iter().map(|c| (*c).to_owned()).collect(),
            ..person("محمد الغامدي")
        };
        assert_eq!(resolved(&[with(&[]), with(&[])]).len(), 2);
        assert_eq!(resolved(&[with(&["musnad:a"]), with(&["musnad:b"])]).len(), 2);
        assert_eq!(resolved(&[with(&["musnad:a"]), with(&["musnad:a", "musnad:b"])]).len(), 1);
    }

    #[test]
    fn other_middle_names_are_other_people() {
        let seen = [of("SAU", person("خالد بن سامر بن منصور")), of("SAU", person("خالد بن كريم بن منصور"))];
        assert_eq!(resolved(&seen).len(), 2);
    }

    #[test]
    fn bodies_of_ordinary_words_belong_to_a_state() {
        let border = "حرس الحدود"; // the border guard
        assert_eq!(resolved(&[body(border), body(border)]).len(), 2);
        assert_eq!(resolved(&[of("EGY", body(border)), of("USA", body(border))]).len(), 2);
        assert_eq!(resolved(&[of("EGY", body(border)), of("EGY", body(border))]).len(), 1);
        // The government of Somalia by name and by adjective.
        assert_eq!(resolved(&[of("SOM", body("الحكومة الصومالية")), body("حكومة الصومال")]).len(), 1);
    }

    #[test]
    fn a_key_that_two_links_claim_is_void() {
        let linked =
            |id: &str| Seen { link: Some(format!("musnad:{id}")), ..person("تيمور الزرغاني") };
        assert_eq!(resolved(&[linked("a"), person("تيمور الزرغاني"), linked("b")]).len(), 3);
        assert_eq!(resolved(&[linked("a"), person("تيمور الزرغاني")]).len(), 1);
    }

    fn merge(number: i64, one: &Known, other: &Known) -> Decision {
        Decision {
            number,
            verdict: Verdict::Merge(handle(&[one]), handle(&[other])),
            by: "editor".to_owned(),
            at: "2026-01-01T00:00:00Z".to_owned(),
            undone: false,
        }
    }

    #[test]
    fn decisions_lie_on_top_and_can_be_taken_back() {
        let seen = all(&[person("تيمور الزرغاني"), person("تيم الزرغاني"), person("تيمور الزرغاني")]);
        let mut made = merge(1, &seen[0], &seen[1]);
        assert_eq!(resolve(&seen, &[made.clone()])[0].members, [0, 1, 2]);
        // What is read anew has other numbers, and a decision finds it by its keys.
        let again: Vec<Known> = seen.iter().map(|k| Known { id: 90 - k.id, ..k.clone() }).collect();
        assert_eq!(resolve(&again, &[made.clone()])[0].members, [88, 89, 90]);
        made.undone = true;
        assert_eq!(resolve(&seen, &[made]), resolve(&seen, &[]));
        let split = Decision {
            number: 2,
            verdict: Verdict::Split(vec![seen[2].place.clone()]),
            by: "editor".to_owned(),
            at: "2026-01-01T00:00:00Z".to_owned(),
            undone: false,
        };
        let found: Vec<_> = resolve(&seen, &[split]).into_iter().map(|e| e.members).collect();
        assert_eq!(found, [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn keys_survive_being_written() {
        for key in keys(&of("TUN", person("تيمور الزرغاني"))) {
            assert_eq!(Key::read(&key.written()), Some(key));
        }
        for reason in Reason::ALL {
            assert!(reason.sentence().ends_with('.'));
        }
    }

    proptest! {
        #[test]
        fn one_seen_stands_for_a_link(
            picks in proptest::collection::vec((0usize..4, 0usize..3, 0usize..3, 0usize..2), 1..12),
        ) {
            let names = ["تيمور الزرغاني", "محمد الغامدي", "تيم بن كرم الزرغاني", "كرم الدوسري"];
            let seen: Vec<Seen> = picks
                .iter()
                .map(|(n, link, country, sector)| {
                    let link = [None, Some("musnad:a"), Some("musnad:b")][*link];
                    // A register's entry has the register's state.
                    let country = if link.is_some() { Some("TUN") } else { [None, Some("TUN"), Some("OMN")][*country] };
                    Seen {
                        country: country.map(str::to_owned),
                        link: link.map(str::to_owned),
                        sector: [None, Some("GOV")][*sector].map(str::to_owned),
                        ..person(names[*n])
                    }
                })
                .collect();
            let known = all(&seen);
            let mut fewer: Vec<Known> = Vec::new();
            for k in &known {
                let same = fewer.iter_mut().find(|f| link_of(f).is_some() && link_of(f) == link_of(k));
                match same {
                    Some(f) => f.keys.extend(k.keys.clone()),
                    None => fewer.push(k.clone()),
                }
            }
            let kept: BTreeSet<i64> = fewer.iter().map(|k| k.id).collect();
            let whole: Vec<Vec<i64>> = resolve(&known, &[])
                .into_iter()
                .map(|e| e.members.into_iter().filter(|m| kept.contains(m)).collect())
                .collect();
            let short: Vec<Vec<i64>> = resolve(&fewer, &[]).into_iter().map(|e| e.members).collect();
            prop_assert_eq!(whole, short);
        }

        #[test]
        fn order_and_repetition_change_no_entity(
            picks in proptest::collection::vec((0usize..4, 0usize..3, 0usize..3, 0usize..3), 1..10),
            turn in 0usize..9,
        ) {
            let names = ["تيمور الزرغاني", "محمد الغامدي", "تيم بن كرم الزرغاني", "الزرغاني"];
            let seen: Vec<Seen> = picks
                .iter()
                .map(|(n, country, link, company)| Seen {
                    country: [None, Some("TUN"), Some("OMN")][*country].map(str::to_owned),
                    link: [None, Some("musnad:a"), Some("musnad:b")][*link].map(str::to_owned),
                    company: [&[][..], &["musnad:x"], &["musnad:y"]][*company].iter().map(|c| (*c).to_owned()).collect(),
                    ..person(names[*n])
                })
                .collect();
            let known = all(&seen);
            let once = resolve(&known, &[]);
            let mut turned = known.clone();
            turned.rotate_left(turn % known.len());
            turned.extend(known.clone());
            prop_assert_eq!(&once, &resolve(&turned, &[]));
            // No entity has two links.
            for entity in &once {
                let links: BTreeSet<_> = entity.members.iter().filter_map(|m| link_of(&known[*m as usize])).collect();
                prop_assert!(links.len() < 2);
            }
        }
    }
}
