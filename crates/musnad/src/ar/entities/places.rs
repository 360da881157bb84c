//! Which place a name means where several bear it (طرابلس of Libya or of Lebanon): chosen by the report's company.
//!
//! Every bearer gets points: for the states that the report speaks of, most for those that stand near; for the generic word before
//! the name (محافظة "governorate", مخيم "camp"); for the report's other places that lie near it; and for how many people live there.

use crate::ar::entities::same;
use crate::ar::names::words::Words;
use crate::document::{Document, EntityKind, Name};
use musnad_lexicon::{Entry, Feat, Part, Row, Table, arabic};

/// A state that the report speaks of, and where.
struct Told {
    token: usize,
    sentence: usize,
    iso3: &'static str,
}

/// A place that only one state has, and where the report names it.
struct Sure {
    token: usize,
    iso3: &'static str,
    at: Option<(f64, f64)>,
}

/// The company of a report's places: the states and places that tell where the others are.
pub struct Company {
    told: Vec<Told>,
    sure: Vec<Sure>,
}

/// What the word before a name says of its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Part,
    Town,
    Camp,
}

/// The most mentions of states and places that are looked at for one name.
const LOOKED_AT: usize = 200;

/// The rows of places that bear a name, without repetition.
fn bearers(key: &str) -> Vec<Entry> {
    let entries = arabic().entries(key);
    let mut out: Vec<Entry> = Vec::new();
    for table in [Table::Place, Table::PlaceMore] {
        for e in entries.of(table) {
            if !out.iter().any(|o| (o.table, o.row) == (e.table, e.row)) {
                out.push(Entry { feat: Feat::default(), ..e });
            }
        }
    }
    out
}

fn position(row: Row) -> Option<(f64, f64)> {
    Some((row.get("lat").parse().ok()?, row.get("lon").parse().ok()?))
}

/// Kilometres between two places, on a sphere.
fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, other) = (a.0.to_radians(), b.0.to_radians());
    let half = ((other - lat) / 2.0).sin().powi(2)
        + lat.cos() * other.cos() * ((b.1 - a.1).to_radians() / 2.0).sin().powi(2);
    12_742.0 * half.clamp(0.0, 1.0).sqrt().asin()
}

fn key(doc: &Document, name: &Name) -> String {
    same::parts(doc, name).join(" ")
}

/// The rows that a name of a place is to be chosen from: its own letters, and without the generic word that begins it.
fn candidates(doc: &Document, name: &Name) -> Vec<Entry> {
    let mut text = key(doc, name);
    let mut found = bearers(&text);
    if found.is_empty()
        && let Some((_, rest)) = text.split_once(' ').filter(|(w, _)| generic(w) != Before::Nothing)
    {
        text = rest.to_owned();
        found = bearers(&text);
    }
    found
}

fn generic(word: &str) -> Before {
    let word = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let word = word.strip_prefix("لل").or_else(|| word.strip_prefix(['ب', 'ل'])).unwrap_or(word);
    match word.strip_prefix("ال").unwrap_or(word) {
        "محافظة" | "ولاية" | "اقليم" | "مقاطعة" | "محافظتي" | "ولايتي" | "امارة" => {
            Before::Part
        }
        "مدينة" | "بلدة" | "مدينتي" | "قرية" | "ميناء" | "مطار" => Before::Town,
        "مخيم" => Before::Camp,
        _ => Before::Nothing,
    }
}

/// Whether places of several states bear a name.
fn shared(doc: &Document, found: &[Entry]) -> bool {
    let mut states = found.iter().map(|e| doc.row(*e).get("iso3"));
    states.next().is_some_and(|first| states.any(|s| s != first && !s.is_empty()))
}

fn company(words: &Words<'_>) -> Company {
    let doc = words.doc;
    let mut out = Company { told: Vec::new(), sure: Vec::new() };
    let sentence = |i: usize| doc.sentence(i).map_or(usize::MAX, |s| s.0);
    for i in 0..words.len() {
        if out.told.len() >= LOOKED_AT {
            break;
        }
        if let Some((_, e)) = words.nisba(i) {
            out.told.push(Told { token: i, sentence: sentence(i), iso3: doc.row(e).get("iso3") });
        }
    }
    for name in &doc.names {
        if out.told.len() >= 2 * LOOKED_AT {
            break;
        }
        let token = name.tokens.start as usize;
        if let Some(e) = name.row.filter(|e| e.table == Table::Country) {
            if e.feat.part() == Part::Metonym && shared(doc, &candidates(doc, name)) {
                continue;
            }
            let iso3 = doc.row(e).get("iso3");
            out.told.push(Told { token, sentence: sentence(token), iso3 });
        } else if name.kind == EntityKind::Place && out.sure.len() < LOOKED_AT {
            let found = candidates(doc, name);
            let Some(first) = found.first().map(|e| doc.row(*e)) else { continue };
            let iso3 = first.get("iso3");
            if found.iter().all(|e| doc.row(*e).get("iso3") == iso3) {
                let at = found.iter().find_map(|e| position(doc.row(*e)));
                out.sure.push(Sure { token, iso3, at });
            }
        } else if let Some(e) = name.row.filter(|e| matches!(e.table, Table::Person | Table::Organization)) {
            let iso3 = doc.row(e).get("iso3");
            // Who is named tells the state less well than its own name: it counts as if it stood elsewhere.
            if !iso3.is_empty() {
                out.told.push(Told { token: usize::MAX, sentence: usize::MAX - 1, iso3 });
            }
        }
    }
    out
}

fn points(doc: &Document, row: Row, token: usize, before: Before, company: &Company) -> f64 {
    let iso3 = row.get("iso3");
    let kind = row.get("kind");
    let population: f64 = row.get("population").parse().unwrap_or(0.0);
    let mut out = 0.8 * (population + 1_000.0).log10();
    if !row.get("geonames").is_empty() {
        out += 1.5;
    }
    let part = matches!(kind, "governorate" | "country-part" | "region");
    out += match before {
        Before::Part if part => 5.0,
        Before::Town if part => -3.0,
        Before::Camp if kind == "camp" => 2.0,
        _ => 0.0,
    };
    let sentence = doc.sentence(token).map_or(usize::MAX, |s| s.0);
    let (mut near, mut count) = (0.0_f64, 0.0_f64);
    for t in company.told.iter().filter(|t| t.iso3 == iso3 && !iso3.is_empty()) {
        count += if t.token == usize::MAX { 0.5 } else { 1.0 };
        let away = t.token.abs_diff(token);
        near = near.max(if away <= 6 {
            3.0 - 0.2 * away as f64
        } else if t.sentence == sentence {
            1.3
        } else {
            0.0
        });
    }
    let (mut beside, mut closest) = (0.0_f64, f64::INFINITY);
    for s in company.sure.iter().filter(|s| s.token != token) {
        if s.iso3 == iso3 && !iso3.is_empty() {
            count += 1.0;
            let away = s.token.abs_diff(token);
            beside = beside.max(if away <= 8 { 1.5 } else { 0.5 });
        }
        if let (Some(a), Some(b)) = (position(row), s.at) {
            closest = closest.min(distance(a, b));
        }
    }
    out += near + beside;
    if count > 0.0 {
        out += (1.0 + 0.5 * count).min(3.5);
    }
    out + match closest {
        d if d < 120.0 => 2.0,
        d if d < 400.0 => 1.0,
        _ => 0.0,
    }
}

/// The rows of the places among `entities`: `of` gives the entity of each name, `row` an entity's row so far and whether it is a state.
/// A capital that does not stand for its state becomes the town.
pub fn settle(
    words: &Words<'_>,
    of: &[usize],
    row: impl Fn(usize) -> Option<(Option<Entry>, bool)>,
) -> Vec<(usize, Entry)> {
    let doc = words.doc;
    let mut company = None;
    let mut out: Vec<(usize, Entry)> = Vec::new();
    let mut seen = vec![false; of.iter().max().map_or(0, |m| m + 1)];
    for (k, name) in doc.names.iter().enumerate() {
        let e = of[k];
        if name.kind != EntityKind::Place || seen[e] {
            continue;
        }
        seen[e] = true;
        let Some((now, state)) = row(e) else { continue };
        let town = now.is_some_and(|r| r.table == Table::Country && r.feat.part() == Part::Metonym);
        if state || now.is_some_and(|r| r.table == Table::Country) && !town {
            continue;
        }
        if let Some(row) = choose(words, name, &mut company) {
            out.push((e, row));
        }
    }
    out
}

/// Whether the name of a capital means a town of another state here: طرابلس in a report on Lebanon.
pub fn elsewhere(words: &Words<'_>, name: &Name, company: &mut Option<Company>) -> bool {
    let doc = words.doc;
    let Some(capital) = name.row.filter(|_| shared(doc, &candidates(doc, name))) else { return false };
    choose(words, name, company).is_some_and(|e| doc.row(e).get("iso3") != doc.row(capital).get("iso3"))
}

/// The best bearer of a name; the company is gathered when it is first wanted.
fn choose(words: &Words<'_>, name: &Name, company_of: &mut Option<Company>) -> Option<Entry> {
    let doc = words.doc;
    let found = candidates(doc, name);
    if found.len() < 2 {
        return found.first().copied();
    }
    let token = name.tokens.start as usize;
    let company = company_of.get_or_insert_with(|| company(words));
    let mut before = generic(doc.word(token));
    if before == Before::Nothing && token > 0 && !doc.tokens[token].line_start {
        before = generic(doc.word(token - 1));
    }
    let mut best: Option<(f64, Entry)> = None;
    for f in found {
        let points = points(doc, doc.row(f), token, before, company);
        if best.is_none_or(|b| points > b.0) {
            best = Some((points, f));
        }
    }
    best.map(|b| b.1)
}
