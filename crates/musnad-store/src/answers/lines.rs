//! What stands in every list: a report, an entity, a place, a count, each on one line.

use crate::store::Store;
use crate::trouble::Trouble;
use rusqlite::{OptionalExtension, Row};

/// How often there is something.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Count {
    /// What; an empty string stands for what is not known.
    pub value: String,
    /// How often.
    pub count: u64,
}

/// A part of a report's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    /// The first character, in code points from 0.
    pub start: u64,
    /// The character after the last.
    pub end: u64,
}

/// Somebody or something, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntityRef {
    /// Its number in `entities`; null where it is known in one report only, as an official without a name.
    pub entity: Option<i64>,
    /// Its usual name in Arabic, else its description.
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// `person`, `organization`, `place`, `group`, `document` or `occasion`.
    #[serde(rename = "type")]
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
}

/// A place, as lists show it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceRef {
    /// Its number in `entities`.
    pub entity: Option<i64>,
    /// Its usual name in Arabic.
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// ISO 3166-1 alpha-3 of the state that it lies in.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// A report, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportRef {
    /// Its number in `reports`.
    pub report: i64,
    /// Which of its texts, from 1.
    pub version: u32,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Its address.
    pub address: Option<String>,
}

/// Current versions with day and report, out of an index that holds no texts.
pub(super) const CURRENT: &str = "versions AS v INDEXED BY versions_current_days";
/// The columns of an [`EntityRef`] where `a` is the appearance and `n` the entity.
pub(super) const ENTITY: &str = "a.entity, coalesce(n.name, a.name), coalesce(n.name_en, a.name_en), a.type, coalesce(n.country, a.country)";
/// The columns of a [`ReportRef`] where `v`, `r` and `o` are version, report and outlet.
pub(super) const REPORT: &str = "v.report, v.number, v.published, o.name, v.title, r.address";

impl EntityRef {
    /// From five columns, the first at `i`.
    pub(super) fn of(r: &Row, i: usize) -> rusqlite::Result<EntityRef> {
        Ok(EntityRef {
            entity: r.get(i)?,
            name: r.get(i + 1)?,
            name_en: r.get(i + 2)?,
            kind: r.get(i + 3)?,
            country: r.get(i + 4)?,
        })
    }
}

impl ReportRef {
    /// From six columns, the first at `i`.
    pub(super) fn of(r: &Row, i: usize) -> rusqlite::Result<ReportRef> {
        Ok(ReportRef {
            report: r.get(i)?,
            version: r.get(i + 1)?,
            published: r.get(i + 2)?,
            outlet: r.get(i + 3)?,
            title: r.get(i + 4)?,
            address: r.get(i + 5)?,
        })
    }
}

impl Store {
    /// Whether there is an entity with this number.
    pub fn has_entity(&self, entity: i64) -> Result<bool, Trouble> {
        self.entity_line(Some(entity)).map(|e| e.is_some()).map_err(|e| self.told(&e))
    }

    /// An appearance by its number.
    pub(super) fn entity_ref(&self, appearance: Option<i64>) -> rusqlite::Result<Option<EntityRef>> {
        let Some(appearance) = appearance else { return Ok(None) };
        let query = format!(
            "SELECT {ENTITY} FROM appearances AS a LEFT JOIN entities AS n ON n.id = a.entity WHERE a.id = ?1"
        );
        self.connection().prepare_cached(&query)?.query_row([appearance], |r| EntityRef::of(r, 0)).optional()
    }

    /// An entity by its number.
    pub(super) fn entity_line(&self, entity: Option<i64>) -> rusqlite::Result<Option<EntityRef>> {
        let Some(entity) = entity else { return Ok(None) };
        let query = "SELECT id, name, name_en, type, country FROM entities WHERE id = ?1";
        self.connection().prepare_cached(query)?.query_row([entity], |r| EntityRef::of(r, 0)).optional()
    }

    /// A place by the number of its appearance.
    pub(super) fn place_ref(&self, appearance: Option<i64>) -> rusqlite::Result<Option<PlaceRef>> {
        let Some(appearance) = appearance else { return Ok(None) };
        let query = "SELECT a.entity, coalesce(n.name, a.name), coalesce(n.name_en, a.name_en), coalesce(n.country, a.country),
                 coalesce(n.latitude, a.latitude), coalesce(n.longitude, a.longitude)
             FROM appearances AS a LEFT JOIN entities AS n ON n.id = a.entity WHERE a.id = ?1";
        self.connection().prepare_cached(query)?.query_row([appearance], place).optional()
    }

    /// A place by its number.
    pub(super) fn place_line(&self, entity: Option<i64>) -> rusqlite::Result<Option<PlaceRef>> {
        let Some(entity) = entity else { return Ok(None) };
        let query = "SELECT id, name, name_en, country, latitude, longitude FROM entities WHERE id = ?1";
        self.connection().prepare_cached(query)?.query_row([entity], place).optional()
    }

    /// A report by the number of one of its versions.
    pub(super) fn report_ref(&self, version: i64) -> rusqlite::Result<ReportRef> {
        let query = format!(
            "SELECT {REPORT} FROM versions AS v JOIN reports AS r ON r.id = v.report LEFT JOIN outlets AS o ON o.id = r.outlet WHERE v.id = ?1"
        );
        self.connection().prepare_cached(&query)?.query_row([version], |r| ReportRef::of(r, 0))
    }
}

fn place(r: &Row) -> rusqlite::Result<PlaceRef> {
    Ok(PlaceRef {
        entity: r.get(0)?,
        name: r.get(1)?,
        name_en: r.get(2)?,
        country: r.get(3)?,
        lat: r.get(4)?,
        lon: r.get(5)?,
    })
}

/// A count of a value that may be missing, from two columns.
pub(super) fn counted(r: &Row) -> rusqlite::Result<Count> {
    Ok(Count { value: r.get::<_, Option<String>>(0)?.unwrap_or_default(), count: r.get(1)? })
}
