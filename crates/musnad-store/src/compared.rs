//! What a version is compared by, as a store keeps it: keys of its entities and its text, stems of its statements and events.

use crate::across::entities::{self, Key, Reason};
use crate::across::happenings::Figure;
use crate::across::read;
use crate::across::utterances::Content;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use musnad::document::Document;
use serde::{Deserialize, Serialize};
use std::io::{Read as _, Write as _};

/// All of it for one version. Entities, statements and events stand in the order of the record.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Compared {
    /// What names the report for good.
    pub name: String,
    /// The day of publication, counted from the first of January of the year 1.
    pub day: Option<i32>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The byte of the text at which the body begins.
    pub body: usize,
    /// The keys of the text, eight bytes each, little end first.
    pub text_keys: Vec<u8>,
    pub seen: Vec<Seen>,
    /// Agencies that it names, as places in `seen`.
    pub agencies: Vec<usize>,
    pub statements: Vec<Statement>,
    pub events: Vec<Event>,
}

/// An entity of the report.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// Its name, by which a decision finds it.
    pub name: String,
    /// Its keys, by the place of their reasons in [`Reason::ALL`].
    pub keys: Vec<(u8, String)>,
    pub country: Option<String>,
    pub is_state: bool,
    pub position: Option<(f64, f64)>,
}

impl Seen {
    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let of = |(reason, text): &(u8, String)| {
            Some(Key { reason: *Reason::ALL.get(usize::from(*reason))?, text: text.clone() })
        };
        self.keys.iter().filter_map(of)
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub speaker: Option<usize>,
    /// How the speaker is described, where there is one without a name.
    pub described: String,
    pub via: Vec<usize>,
    /// The stems of what is said.
    pub content: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    pub kind: String,
    pub mode: Option<String>,
    pub actors: Vec<usize>,
    pub recipients: Vec<usize>,
    pub place: Option<usize>,
    pub day: Option<i32>,
    pub dated: bool,
    pub status: String,
    pub source: Option<usize>,
    /// Toll, number and bound.
    pub figures: Vec<(String, u32, String)>,
    /// The stems of its sentence.
    pub words: Vec<u8>,
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

impl Compared {
    /// Takes it from what was read.
    pub(crate) fn of(doc: &Document) -> Compared {
        let report = read::report(doc);
        let place = |reason: Reason| Reason::ALL.iter().position(|r| *r == reason).unwrap_or_default() as u8;
        let seen = report.seen.iter().map(|s| Seen {
            name: read::place(&report, s).name,
            keys: entities::keys(s).into_iter().map(|k| (place(k.reason), k.text)).collect(),
            country: s.country.clone(),
            is_state: s.is_state,
            position: s.position,
        });
        let seen: Vec<Seen> = seen.collect();
        let statements = report.statements.into_iter().map(|s| {
            let known = s.speaker.and_then(|e| seen.get(e)).is_some_and(|s| !s.keys.is_empty());
            Statement {
                speaker: s.speaker,
                described: if known { String::new() } else { s.described },
                via: s.via,
                content: s.content.to_bytes(),
            }
        });
        let statements = statements.collect();
        let events = report.events.into_iter().map(|v| Event {
            kind: v.kind,
            mode: v.mode,
            actors: v.actors,
            recipients: v.recipients,
            place: v.place,
            day: v.day,
            dated: v.dated,
            status: v.status,
            source: v.source,
            figures: v.figures.into_iter().map(|f| (f.toll, f.number, f.bound)).collect(),
            words: v.words.to_bytes(),
        });
        Compared {
            name: report.name,
            day: report.day,
            outlet: report.outlet,
            body: doc.report.text.len() - read::body(doc).len(),
            text_keys: report.copy_keys.iter().flat_map(|k| k.to_le_bytes()).collect(),
            agencies: report.agencies,
            statements,
            events: events.collect(),
            seen,
        }
    }

    /// As a store keeps it.
    pub(crate) fn packed(&self) -> Vec<u8> {
        // Writing to memory cannot fail, and every value has a form in bytes.
        let bytes = postcard::to_allocvec(self).unwrap_or_default();
        let mut out = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::default());
        let _ = out.write_all(&bytes);
        out.finish().unwrap_or_default()
    }

    /// From what [`Compared::packed`] gave; `None` where it is something else.
    pub(crate) fn unpacked(packed: &[u8]) -> Option<Compared> {
        let mut bytes = Vec::with_capacity(packed.len() * 3);
        ZlibDecoder::new(packed).read_to_end(&mut bytes).ok()?;
        postcard::from_bytes(&bytes).ok()
    }

    /// The keys of the text.
    pub(crate) fn text_keys(&self) -> Vec<u64> {
        self.text_keys.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)).collect()
    }
}

impl Statement {
    pub(crate) fn content(&self) -> Content {
        Content::from_bytes(&self.content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        // "The minister of health, Salim al-Barudi, said that the hospital was opened. Gunmen killed five soldiers near Mosul."
        let text = "قال وزير الصحة سليم البارودي إن المستشفى افتتح. وقتل مسلحون خمسة جنود قرب الموصل.";
        let doc = musnad::read(musnad::Report { text: text.into(), ..Default::default() });
        let compared = Compared::of(&doc);
        assert!(compared.seen.iter().any(|s| s.keys().count() > 0));
        assert_eq!(
            (compared.statements.len(), compared.seen.len()),
            (doc.statements.len(), doc.cast.entities.len())
        );
        let again = Compared::unpacked(&compared.packed()).unwrap();
        assert_eq!(format!("{again:?}"), format!("{compared:?}"));
        assert!(Compared::unpacked(b"nothing").is_none());
    }
}
