//! What is asked with an address: parameters, as they are typed, checked and documented.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use musnad_store::answers::{Cursor, Day, Events, Statements, Step, Who, Within};
use musnad_store::search::query::{ACTS, TYPES};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};

/// Whether an event is so.
pub(crate) const STATUSES: [&str; 6] = ["happened", "ongoing", "planned", "called_for", "possible", "denied"];
/// The most of a page.
const MOST: u32 = 200;
/// How many a page has where nothing is said.
const USUAL: u32 = 50;
/// The longest name, in characters.
const LONGEST: usize = 200;

/// The parameters of an address.
#[derive(Debug)]
pub(crate) struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Query::<T>::try_from_uri(&parts.uri).map(|Query(asked)| Asked(asked)).map_err(|told| {
            let told = told.body_text();
            let told = told.strip_prefix("Failed to deserialize query string: ").unwrap_or(&told);
            let (name, detail) = told.split_once(": ").unwrap_or(("", told));
            let hint = "see the document of the API, /api/v1/openapi.json, for what each parameter takes";
            let problem = Problem::parameter(name, detail, hint);
            if name.is_empty() { Problem { parameter: None, ..problem } } else { problem }
        })
    }
}

/// The number that stands in an address.
#[derive(Debug)]
pub(crate) struct Number(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let wrong = || {
            Problem::parameter(
                "id",
                "this is no number of anything in a store",
                "give digits alone, as in 417",
            )
        };
        let Path(typed) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| wrong())?;
        let digits = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
        // What is too large for a number is the number of nothing.
        if digits { Ok(Number(typed.parse().unwrap_or(i64::MAX))) } else { Err(wrong()) }
    }
}

fn word(name: &str, values: &[&str]) -> Schema {
    let of = |v: &&str| serde_json::Value::from(*v);
    let described = format!("{name}; several are joined by commas.");
    let one = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .enum_values(Some(values.iter().map(of)));
    Schema::Array(ArrayBuilder::new().items(one).description(Some(described)).build())
}

fn types() -> Schema {
    word("PLOVER types", &TYPES)
}

fn statuses() -> Schema {
    word("Statuses", &STATUSES)
}

fn acts() -> Schema {
    word("Speech acts", &ACTS)
}

/// Where a page begins and how long it is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// What `next` of the page before says.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// How many to give at most; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Paging {
    pub(crate) fn limit(&self) -> Result<usize, Problem> {
        limit(self.limit, USUAL, MOST)
    }

    pub(crate) fn cursor(&self) -> Result<Option<Cursor>, Problem> {
        let read = |c: &String| {
            Cursor::read(c).ok_or_else(|| {
                Problem::parameter(
                    "cursor",
                    "this is no cursor",
                    "give what `next` of the page before says, or leave it out",
                )
            })
        };
        self.cursor.as_ref().map(read).transpose()
    }
}

pub(crate) fn limit(asked: Option<u32>, usual: u32, most: u32) -> Result<usize, Problem> {
    match asked.unwrap_or(usual) {
        n if n >= 1 && n <= most => Ok(n as usize),
        _ => Err(Problem::parameter("limit", "so many cannot be given", format!("give 1 to {most}"))),
    }
}

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Search {
    /// What to look for: words, "phrases", `-without`, `OR`, and filters such as `speaker:NAME` `act:deny` `from:2018-04`. Without it, or
    /// where it is empty, the latest of all.
    #[param(max_length = 1000)]
    pub q: Option<String>,
    /// Among what to look; statements where nothing is said.
    #[serde(rename = "in")]
    #[param(inline)]
    pub within: Option<Within>,
    /// Whether to count what the answer can be narrowed by; `true` where nothing is said.
    pub facets: Option<bool>,
}

/// Which statements of somebody.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfStatements {
    /// Speech acts.
    #[param(schema_with = acts, style = Form, explode = false)]
    act: Option<String>,
    /// A word that stands in it, in any form.
    #[param(max_length = 200)]
    word: Option<String>,
    /// Published on this day or later: a year, a month or a day, as 2018, 2018-04 or 2018-04-07.
    #[param(pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    from: Option<String>,
    /// Published on this day or earlier.
    #[param(pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    to: Option<String>,
}

impl OfStatements {
    pub(crate) fn understood(&self) -> Result<Statements, Problem> {
        let word = self.word.as_deref().map(|w| name("word", w)).transpose()?;
        Ok(Statements {
            acts: among("act", self.act.as_deref(), &ACTS)?,
            word,
            from: from(&self.from)?,
            to: to(&self.to)?,
        })
    }
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfEvents {
    /// PLOVER types.
    #[serde(rename = "type")]
    #[param(schema_with = types, style = Form, explode = false)]
    kind: Option<String>,
    /// PLOVER modes, joined by commas.
    #[param(max_length = 200)]
    mode: Option<String>,
    /// Whether it is so.
    #[param(schema_with = statuses, style = Form, explode = false)]
    status: Option<String>,
    /// Who did it: the number of an entity, or a name in Arabic or Latin letters.
    #[param(max_length = 200)]
    actor: Option<String>,
    /// To whom.
    #[param(max_length = 200)]
    recipient: Option<String>,
    /// Who takes part, as actor or recipient.
    #[param(max_length = 200)]
    participant: Option<String>,
    /// Who takes part as well.
    #[param(max_length = 200)]
    with: Option<String>,
    /// Where; of a state, also in its towns.
    #[param(max_length = 200)]
    place: Option<String>,
    /// On this day or later: a year, a month or a day, as 2018, 2018-04 or 2018-04-07.
    #[param(pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    from: Option<String>,
    /// On this day or earlier.
    #[param(pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    to: Option<String>,
}

impl OfEvents {
    pub(crate) fn understood(&self) -> Result<Events, Problem> {
        let who =
            |parameter: &str, typed: &Option<String>| typed.as_deref().map(|t| who(parameter, t)).transpose();
        let modes = self.mode.as_deref().map(|m| name("mode", m)).transpose()?;
        Ok(Events {
            types: among("type", self.kind.as_deref(), &TYPES)?,
            modes: modes.iter().flat_map(|m| m.split(',')).map(|m| m.trim().to_owned()).collect(),
            statuses: among("status", self.status.as_deref(), &STATUSES)?,
            actor: who("actor", &self.actor)?,
            recipient: who("recipient", &self.recipient)?,
            participants: [who("participant", &self.participant)?, who("with", &self.with)?]
                .into_iter()
                .flatten()
                .collect(),
            place: who("place", &self.place)?,
            from: from(&self.from)?,
            to: to(&self.to)?,
        })
    }
}

/// How a time line is cut.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct By {
    /// How long a period is; where nothing is said, so that there are not too many.
    #[param(inline)]
    pub by: Option<Step>,
}

/// How many places.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Places {
    /// How many places to give at most; 500 where nothing is said.
    #[param(minimum = 1, maximum = 2000)]
    pub limit: Option<u32>,
}

/// How many nodes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Nodes {
    /// How many entities to give at most; 60 where nothing is said.
    #[param(minimum = 2, maximum = 300)]
    pub limit: Option<u32>,
}

/// Which text of a report.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfReport {
    /// Which of its texts, from 1; the current one where nothing is said.
    #[param(minimum = 1)]
    pub version: Option<u32>,
}

/// Which characters.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfText {
    /// The first character, in code points from 0. Without it and `end`, the headline.
    #[param(minimum = 0)]
    pub start: Option<u64>,
    /// The character after the last.
    #[param(minimum = 0)]
    pub end: Option<u64>,
}

/// Words of a closed list.
fn among(parameter: &str, typed: Option<&str>, all: &[&str]) -> Result<Vec<String>, Problem> {
    let mut out = Vec::new();
    for word in typed.unwrap_or_default().split(',').map(str::trim).filter(|w| !w.is_empty()) {
        let found = all.iter().find(|a| a.eq_ignore_ascii_case(word)).ok_or_else(|| {
            Problem::parameter(
                parameter,
                format!("there is no {parameter} {word}"),
                format!("give one of {}", all.join(", ")),
            )
        })?;
        if !out.iter().any(|o| o == found) {
            out.push((*found).to_owned());
        }
    }
    Ok(out)
}

/// Something typed that has letters or digits and is not too long.
fn name(parameter: &str, typed: &str) -> Result<String, Problem> {
    if typed.chars().count() > LONGEST {
        let hint = format!("give at most {LONGEST} characters");
        return Err(Problem::parameter(parameter, "it is too long", hint));
    }
    if !typed.chars().any(char::is_alphanumeric) {
        return Err(Problem::parameter(
            parameter,
            "there is nothing to look for in it",
            "give a word or a name, or leave it out",
        ));
    }
    Ok(typed.trim().to_owned())
}

fn who(parameter: &str, typed: &str) -> Result<Who, Problem> {
    let typed = name(parameter, typed)?;
    if typed.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Who::Entity(typed.parse().unwrap_or(i64::MAX)));
    }
    Ok(Who::Named(typed))
}

fn from(typed: &Option<String>) -> Result<Option<String>, Problem> {
    typed.as_deref().map(|t| Day::first(t).ok_or_else(|| no_day("from", t))).transpose()
}

fn to(typed: &Option<String>) -> Result<Option<String>, Problem> {
    typed.as_deref().map(|t| Day::last(t).ok_or_else(|| no_day("to", t))).transpose()
}

fn no_day(parameter: &str, typed: &str) -> Problem {
    let shown: String = typed.chars().take(40).collect();
    Problem::parameter(
        parameter,
        format!("{shown} is no day"),
        "give a year, a month or a day, as 2018, 2018-04 or 2018-04-07",
    )
}
