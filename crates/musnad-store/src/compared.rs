//! What a version is compared by, as a store keeps it.
//!
//! It is kept in three parts, for they are asked for at different times: what finds those to compare with ([`Keyed`], read for all versions
//! whenever what is the same is told), what is compared ([`Told`], read where there is something to compare), and the keys in words ([`Named`], read where
//! a reason is written down).

use crate::across::entities::{self, Key, Reason};
use crate::across::happenings::{self, Figure};
use crate::across::read;
use crate::across::utterances::{self, Content, Speaker};
use crate::across::words::State;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use musnad::document::Document;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};

/// All of it for one version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compared {
    pub keyed: Keyed,
    pub named: Named,
    pub told: Told,
}

/// The parts of it as bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    pub keyed: Vec<u8>,
    pub named: Vec<u8>,
    pub told: Vec<u8>,
}

impl Packed {
    /// How many bytes there are.
    pub(crate) fn len(&self) -> usize {
        self.keyed.len() + self.named.len() + self.told.len()
    }
}

/// By what a version is found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Keyed {
    /// The upper halves of the keys of the text, sorted.
    pub text: Vec<[u8; 4]>,
    /// The days of its events, counted from the first of January of the year 1, each once.
    pub days: Vec<Option<i32>>,
    /// Entities that have keys, by their places in the record.
    pub seen: Vec<SeenKeys>,
}

/// The keys of an entity of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SeenKeys {
    /// Its place in the record.
    pub place: u32,
    pub state: Option<State>,
    /// [`Key::number`] of its keys, sorted: seven bytes and the reason before them.
    keys: Vec<(u8, [u8; 7])>,
}

impl SeenKeys {
    pub(crate) fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        self.keys
            .iter()
            .map(|(reason, [a, b, c, d, e, f, g])| u64::from_be_bytes([*reason, *a, *b, *c, *d, *e, *f, *g]))
    }
}

/// The keys in words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Named {
    pub seen: Vec<SeenNamed>,
}

/// An entity of the report that has keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SeenNamed {
    /// Its place in the record.
    pub place: u32,
    /// Its name, by which a decision finds it.
    pub name: String,
    /// Its keys, by the place of their reasons in [`Reason::ALL`]; none of an entry of a register, which is known by its link.
    keys: Vec<(u8, String)>,
}

impl SeenNamed {
    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let of = |(reason, text): &(u8, String)| {
            Some(Key { reason: *Reason::ALL.get(usize::from(*reason))?, text: text.clone() })
        };
        self.keys.iter().filter_map(of)
    }
}

/// What is compared. Entities are given by their places in the record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// What names the report for good where it has no address.
    pub name: Option<String>,
    /// The byte of the text at which the body begins.
    pub body: u32,
    /// Agencies that it names.
    pub agencies: Vec<u32>,
    pub statements: Vec<Statement>,
    pub events: Vec<Event>,
    /// The entities that take part in events.
    pub seen: Vec<Seen>,
    /// The words of the sentences that tell events.
    sentences: Vec<Stems>,
    /// All stems of statements and sentences, sorted: what each adds to the one before, as [`Content::stems`] has them without their last bit.
    stems: Vec<u32>,
}

/// Words as places in [`Told::stems`]: what each adds to the one before, and in the last bit whether it is quoted.
type Stems = Vec<u32>;

/// An entity that takes part in an event.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub place: u32,
    pub state: Option<State>,
    pub is_state: bool,
    /// Latitude and longitude in ten-thousandths of a degree, which no register is finer than.
    position: Option<(i32, i32)>,
}

impl Seen {
    /// Latitude and longitude in degrees.
    pub(crate) fn position(&self) -> Option<(f64, f64)> {
        let degrees = |p: i32| f64::from(p) / 1e4;
        self.position.map(|(lat, lon)| (degrees(lat), degrees(lon)))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub speaker: Option<u32>,
    /// How the speaker is described, where there is one without a name.
    pub described: String,
    pub via: Vec<u32>,
    content: Stems,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Event {
    pub kind: String,
    pub mode: Option<String>,
    pub actors: Vec<u32>,
    pub recipients: Vec<u32>,
    pub place: Option<u32>,
    pub day: Option<i32>,
    pub dated: bool,
    pub status: String,
    pub source: Option<u32>,
    /// Toll, number and bound.
    figures: Vec<(String, u32, String)>,
    /// Which of the sentences tells it.
    sentence: u32,
}

impl Event {
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let of = |(toll, number, bound): &(String, u32, String)| Figure {
            toll: toll.clone(),
            number: *number,
            bound: bound.clone(),
        };
        self.figures.iter().map(of).collect()
    }
}

impl Told {
    /// What a statement says.
    pub(crate) fn content(&self, statement: &Statement) -> Content {
        self.unfolded(&statement.content)
    }

    /// The words of the sentence that tells an event.
    pub(crate) fn words(&self, event: &Event) -> Content {
        self.sentences.get(event.sentence as usize).map(|s| self.unfolded(s)).unwrap_or_default()
    }

    /// The statements as they are compared. `report` is the place of the report among all, `entity` tells who stands at a place of the
    /// record.
    pub(crate) fn said(
        &self,
        report: u32,
        day: Option<i32>,
        entity: impl Fn(u32) -> Option<i64>,
    ) -> Vec<utterances::Said> {
        let of = |(k, s): (usize, &Statement)| utterances::Said {
            id: id(report, k),
            report: i64::from(report),
            day,
            speaker: s
                .speaker
                .and_then(&entity)
                .map_or_else(|| Speaker::Described(s.described.clone()), Speaker::Known),
            content: self.content(s),
        };
        self.statements.iter().enumerate().map(of).collect()
    }

    /// The events as they are compared, those of `day` only if one is given.
    pub(crate) fn happened(
        &self,
        report: u32,
        day: Option<Option<i32>>,
        entity: impl Fn(u32) -> Option<i64>,
    ) -> Vec<happenings::Told> {
        let who = |list: &[u32]| {
            let of = |e: &u32| happenings::Participant {
                entity: entity(*e),
                country: self.at(*e).and_then(|s| s.state),
            };
            list.iter().map(of).collect()
        };
        let of = |(k, v): (usize, &Event)| happenings::Told {
            id: id(report, k),
            report: i64::from(report),
            kind: v.kind.clone(),
            mode: v.mode.clone(),
            actors: who(&v.actors),
            recipients: who(&v.recipients),
            place: v.place.and_then(|e| {
                let seen = self.at(e)?;
                Some(happenings::Spot {
                    entity: entity(e),
                    country: seen.state,
                    is_state: seen.is_state,
                    position: seen.position(),
                })
            }),
            day: v.day,
            dated: v.dated,
            figures: v.figures(),
            words: self.words(v),
        };
        let wanted = |(_, v): &(usize, &Event)| day.is_none_or(|d| v.day == d);
        self.events.iter().enumerate().filter(wanted).map(of).collect()
    }

    fn unfolded(&self, places: &Stems) -> Content {
        let mut at = 0;
        let stem = |next: &u32| {
            at += (next >> 1) as usize;
            Some(self.stems.get(at)? << 1 | next & 1)
        };
        Content::from_stems(places.iter().filter_map(stem).collect())
    }

    /// Takes the differences of the sorted stems for the stems themselves, or the other way round.
    fn summed(mut self) -> Told {
        let mut sum = 0u32;
        for stem in &mut self.stems {
            sum = sum.wrapping_add(*stem);
            *stem = sum;
        }
        self
    }
}

/// The number of a statement or event among those of all reports: the place of its report, then its own in it.
pub(crate) fn id(report: u32, place: usize) -> i64 {
    i64::from(report) << 32 | place as i64
}

/// The place of the report and the place in it.
pub(crate) fn place_of(id: i64) -> (u32, usize) {
    ((id >> 32) as u32, (id & 0xffff_ffff) as usize)
}

/// The place of a reason in [`Reason::ALL`].
fn reason(key: &Key) -> u8 {
    Reason::ALL.iter().position(|r| *r == key.reason).unwrap_or_default() as u8
}

impl Compared {
    /// Takes it from what was read.
    pub(crate) fn of(doc: &Document) -> Compared {
        let body = (doc.report.text.len() - read::body(doc).len()) as u32;
        let mut out = Compared::of_report(&read::report(doc), body);
        // The address stands beside the report.
        out.told.name = out.told.name.filter(|_| doc.report.uri.is_none());
        out
    }

    /// The same of what was taken from it; `body` is the byte at which the body begins.
    pub(crate) fn of_report(report: &read::Report, body: u32) -> Compared {
        let keys: Vec<Vec<Key>> = report.seen.iter().map(entities::keys).collect();
        let known = || keys.iter().enumerate().filter(|(_, keys)| !keys.is_empty());
        let seen_keys = known().map(|(i, keys)| SeenKeys {
            place: i as u32,
            state: report.seen[i].country.as_deref().and_then(State::of),
            keys: {
                let mut numbers: Vec<u64> = keys.iter().map(Key::number).collect();
                numbers.sort_unstable();
                let split = |n: u64| {
                    let [reason, rest @ ..] = n.to_be_bytes();
                    (reason, rest)
                };
                numbers.into_iter().map(split).collect()
            },
        });
        let seen_named = known().map(|(i, keys)| SeenNamed {
            place: i as u32,
            name: read::place(report, &report.seen[i]).name,
            keys: match keys.first() {
                Some(first) if first.reason == Reason::Link => Vec::new(),
                _ => keys.iter().map(|k| (reason(k), k.text.clone())).collect(),
            },
        });
        let days: BTreeSet<Option<i32>> = report.events.iter().map(|v| v.day).collect();
        let mut text: Vec<[u8; 4]> =
            report.copy_keys.iter().map(|k| ((k >> 32) as u32).to_be_bytes()).collect();
        text.sort_unstable();
        text.dedup();
        Compared {
            keyed: Keyed { text, days: days.into_iter().collect(), seen: seen_keys.collect() },
            named: Named { seen: seen_named.collect() },
            told: told(report, body, &keys),
        }
    }

    /// As a store keeps it.
    pub(crate) fn packed(mut self) -> Packed {
        let mut last = 0;
        for stem in &mut self.told.stems {
            (*stem, last) = (*stem - last, *stem);
        }
        // Every value has a form in bytes.
        Packed {
            keyed: postcard::to_allocvec(&self.keyed).unwrap_or_default(),
            named: packed(&self.named),
            told: packed(&self.told),
        }
    }
}

fn told(report: &read::Report, body: u32, keys: &[Vec<Key>]) -> Told {
    let events = || report.events.iter();
    let all = report.statements.iter().map(|s| &s.content).chain(events().map(|v| &v.words));
    let stems: BTreeSet<u32> = all.flat_map(|c| c.stems()).map(|s| s >> 1).collect();
    let stems: Vec<u32> = stems.into_iter().collect();
    let folded = |content: &Content| -> Stems {
        let mut last = 0;
        let place = |stem: &u32| {
            let at = stems.binary_search(&(stem >> 1)).unwrap_or_default() as u32;
            let next = (at - last) << 1 | stem & 1;
            last = at;
            next
        };
        content.stems().iter().map(place).collect()
    };
    let places = |list: &[usize]| -> Vec<u32> { list.iter().map(|e| *e as u32).collect() };
    let mut sentences: Vec<Stems> = Vec::new();
    let mut sentence = |content: &Content| {
        let folded = folded(content);
        let at = sentences.iter().position(|s| *s == folded).unwrap_or(sentences.len());
        if at == sentences.len() {
            sentences.push(folded);
        }
        at as u32
    };
    let parts: BTreeSet<usize> =
        events().flat_map(|v| v.actors.iter().chain(&v.recipients).chain(&v.place).copied()).collect();
    let seen = parts.into_iter().filter_map(|i| {
        let of = report.seen.get(i)?;
        Some(Seen {
            place: i as u32,
            state: of.country.as_deref().and_then(State::of),
            is_state: of.is_state,
            position: of.position.map(|(lat, lon)| ((lat * 1e4).round() as i32, (lon * 1e4).round() as i32)),
        })
    });
    Told {
        name: Some(report.name.clone()),
        body,
        agencies: places(&report.agencies),
        statements: report
            .statements
            .iter()
            .map(|s| {
                let known = s.speaker.and_then(|e| keys.get(e)).is_some_and(|keys| !keys.is_empty());
                Statement {
                    speaker: s.speaker.map(|e| e as u32),
                    described: if known { String::new() } else { s.described.clone() },
                    via: places(&s.via),
                    content: folded(&s.content),
                }
            })
            .collect(),
        events: events()
            .map(|v| Event {
                kind: v.kind.clone(),
                mode: v.mode.clone(),
                actors: places(&v.actors),
                recipients: places(&v.recipients),
                place: v.place.map(|e| e as u32),
                day: v.day,
                dated: v.dated,
                status: v.status.clone(),
                source: v.source.map(|e| e as u32),
                figures: v.figures.iter().map(|f| (f.toll.clone(), f.number, f.bound.clone())).collect(),
                sentence: sentence(&v.words),
            })
            .collect(),
        seen: seen.collect(),
        sentences,
        stems,
    }
}

fn packed(what: &impl Serialize) -> Vec<u8> {
    let bytes = postcard::to_allocvec(what).unwrap_or_default();
    let mut out = ZlibEncoder::new(Vec::with_capacity(bytes.len()), Compression::default());
    // Writing to memory cannot fail.
    let _ = out.write_all(&bytes);
    out.finish().unwrap_or_default()
}

fn unpacked<T: DeserializeOwned>(packed: &[u8]) -> Option<T> {
    let mut bytes = Vec::with_capacity(packed.len() * 3);
    ZlibDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    postcard::from_bytes(&bytes).ok()
}

impl Keyed {
    /// From bytes; `None` where they are something else.
    pub(crate) fn unpacked(bytes: &[u8]) -> Option<Keyed> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Named {
    /// From bytes; `None` where they are something else.
    pub(crate) fn unpacked(bytes: &[u8]) -> Option<Named> {
        unpacked(bytes)
    }

    /// The entity at a place of the record, if it has keys.
    pub(crate) fn at(&self, place: u32) -> Option<&SeenNamed> {
        self.seen.binary_search_by_key(&place, |s| s.place).ok().and_then(|i| self.seen.get(i))
    }
}

impl Told {
    /// From bytes; `None` where they are something else.
    pub(crate) fn unpacked(bytes: &[u8]) -> Option<Told> {
        unpacked::<Told>(bytes).map(Told::summed)
    }

    /// The entity at a place of the record, if it takes part in an event.
    pub(crate) fn at(&self, place: u32) -> Option<&Seen> {
        self.seen.binary_search_by_key(&place, |s| s.place).ok().and_then(|i| self.seen.get(i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        // "The minister of health, Salim al-Barudi, said that the hospital was opened. Gunmen killed five soldiers near Mosul."
        let text = "قال وزير الصحة سليم البارودي إن \"المستشفى افتتح\". وقتل مسلحون خمسة جنود قرب الموصل.";
        let doc = musnad::read(musnad::Report { text: text.into(), ..Default::default() });
        let (compared, report) = (Compared::of(&doc), read::report(&doc));
        assert!(!compared.keyed.seen.is_empty() && !compared.told.events.is_empty());
        let packed = compared.clone().packed();
        assert_eq!(Keyed::unpacked(&packed.keyed).as_ref(), Some(&compared.keyed));
        assert_eq!(Named::unpacked(&packed.named).as_ref(), Some(&compared.named));
        let told = Told::unpacked(&packed.told).unwrap();
        assert_eq!(told, compared.told);
        for (kept, read) in told.statements.iter().zip(&report.statements) {
            assert_eq!(told.content(kept), read.content);
        }
        for (kept, read) in told.events.iter().zip(&report.events) {
            assert_eq!(told.words(kept), read.words);
        }
        for (kept, read) in told.events.iter().zip(&report.events) {
            let position = |e: &Option<usize>| e.and_then(|e| report.seen[e].position);
            assert_eq!(kept.place.and_then(|e| told.at(e)?.position()), position(&read.place));
        }
        let unlinked = |n: &&SeenNamed| n.keys().next().is_some();
        assert!(compared.named.seen.iter().any(|n| unlinked(&n)));
        for names in compared.named.seen.iter().filter(unlinked) {
            let keys = compared.keyed.seen.iter().find(|k| k.place == names.place).unwrap();
            let mut numbers: Vec<u64> = names.keys().map(|k| k.number()).collect();
            numbers.sort_unstable();
            assert_eq!(keys.keys().collect::<Vec<_>>(), numbers);
        }
        assert!(Told::unpacked(b"nothing").is_none());
    }
}
