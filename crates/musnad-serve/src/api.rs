//! The JSON API: what can be asked, and the document that tells it. A route that is not in the document is no route.

use crate::asked::{
    Asked, By, Nodes, Number, OfEvents, OfReport, OfStatements, OfText, Paging, Places, Search, limit,
};
use crate::problem::Problem;
use crate::readers::Readers;
use crate::record::Record;
use crate::tags::Shared;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use musnad_store::answers::{
    About, Citation, Entity, EventPage, FoundPage, Happening, Network, PlacePage, Profile, Report, Span,
    StatementPage, Timeline, Utterance, Who, Within,
};
use musnad_store::{Query, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};
use utoipa::OpenApi as _;
use utoipa::openapi::path::{Operation, ParameterStyle};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi, Ref, RefOr};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where the API begins.
pub(crate) const ROOT: &str = "/api/v1";
/// The version of this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What answers need.
#[derive(Clone, Debug)]
pub(crate) struct App {
    pub readers: Arc<Readers>,
    pub tags: Shared,
}

/// An answer as JSON.
pub(crate) struct Answer(String);

impl Answer {
    fn of(value: &impl serde::Serialize) -> Result<Answer, Problem> {
        serde_json::to_string(value).map(Answer).map_err(|_| Problem::inside("the answer cannot be written"))
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], self.0).into_response()
    }
}

impl App {
    /// Asks the store, and writes the answer down where it was found: long ones take a while, too.
    async fn ask<T: serde::Serialize>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Answer, Problem> {
        self.readers.ask(move |store| Answer::of(&question(store)?)).await
    }
}

/// How a request may fail.
#[derive(utoipa::IntoResponses)]
#[allow(dead_code)] // Only its description is used.
enum Failure {
    /// A parameter is not understood.
    #[response(status = 400, content_type = "application/problem+json")]
    Parameter(#[to_schema] Problem),
    /// Nobody has logged in, where a token is asked for.
    #[response(status = 401, content_type = "application/problem+json")]
    Token(#[to_schema] Problem),
    /// There is no such thing.
    #[response(status = 404, content_type = "application/problem+json")]
    None(#[to_schema] Problem),
    /// The address has more than 8,192 bytes.
    #[response(status = 414, content_type = "application/problem+json")]
    TooLong(#[to_schema] Problem),
    /// Too much is asked at once, or the store cannot be read; `Retry-After` says when to ask again.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(#[to_schema] Problem),
}

/// What the program and the store are.
#[derive(Clone, Debug, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Server {
    /// `musnad`.
    program: String,
    /// Its version.
    version: String,
    /// The version of the API.
    api: u32,
    /// What the store holds.
    store: About,
}

/// What the server and its store are
#[utoipa::path(get, path = "/about", tag = "store", responses((status = 200, body = Server), Failure))]
async fn about(State(app): State<App>) -> Result<Answer, Problem> {
    app.ask(|store| {
        let store = store.about()?;
        Ok(Server { program: "musnad".into(), version: VERSION.into(), api: 1, store })
    })
    .await
}

/// What a query finds
///
/// The best first; without words the latest, entities by the number of their reports.
#[utoipa::path(get, path = "/search", tag = "search", params(Search, Paging), responses((status = 200, body = FoundPage), Failure))]
async fn search(
    State(app): State<App>,
    Asked(search): Asked<Search>,
    Asked(page): Asked<Paging>,
) -> Result<Answer, Problem> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    app.ask(move |store| {
        let typed = search.q.unwrap_or_default();
        let query = if typed.trim().is_empty() { Query::all() } else { Query::of(&typed)? };
        let within = search.within.unwrap_or(Within::Statements);
        Ok(store.found(&query, within, cursor.as_ref(), limit, search.facets.unwrap_or(true))?)
    })
    .await
}

/// A report with its record
///
/// `record` is what `musnad read` prints; the maps beside it lead from its ids to those of the store.
#[utoipa::path(get, path = "/reports/{id}", tag = "reports",
    params(("id" = u64, Path, description = "Number of the report"), OfReport), responses((status = 200, body = Report), Failure))]
async fn report(
    State(app): State<App>,
    Number(id): Number,
    Asked(of): Asked<OfReport>,
) -> Result<Answer, Problem> {
    app.ask(move |store| {
        store.report(id, of.version)?.ok_or_else(|| Problem::none("report or text of it", id))
    })
    .await
}

/// The exact characters of a report, and where they stand
#[utoipa::path(get, path = "/citations/report/{id}", tag = "reports",
    params(("id" = u64, Path, description = "Number of the report"), OfReport, OfText), responses((status = 200, body = Citation), Failure))]
async fn citation(
    State(app): State<App>,
    Number(id): Number,
    Asked(of): Asked<OfReport>,
    Asked(text): Asked<OfText>,
) -> Result<Answer, Problem> {
    for (name, at) in [("start", text.start), ("end", text.end)] {
        if at.is_some_and(|at| i64::try_from(at).is_err()) {
            return Err(Problem::parameter(name, "no text is so long", "give a character of the text"));
        }
    }
    let at = match (text.start, text.end) {
        (None, None) => None,
        (start, Some(end)) if start.unwrap_or(0) < end => Some(Span { start: start.unwrap_or(0), end }),
        (start, None) => Some(Span { start: start.unwrap_or(0), end: u64::MAX }),
        _ => {
            return Err(Problem::parameter(
                "end",
                "it does not stand behind start",
                "give the character after the last",
            ));
        }
    };
    app.ask(move |store| {
        store.citation(id, of.version, at)?.ok_or_else(|| Problem::none("report or text of it", id))
    })
    .await
}

/// Somebody or something across reports
#[utoipa::path(get, path = "/entities/{id}", tag = "entities",
    params(("id" = u64, Path, description = "Number of the entity")), responses((status = 200, body = Entity), Failure))]
async fn entity(State(app): State<App>, Number(id): Number) -> Result<Answer, Problem> {
    app.ask(move |store| store.entity(id)?.ok_or_else(|| Problem::none("entity", id))).await
}

/// What somebody said
///
/// The latest first.
#[utoipa::path(get, path = "/entities/{id}/statements", tag = "entities",
    params(("id" = u64, Path, description = "Number of the entity"), OfStatements, Paging),
    responses((status = 200, body = StatementPage), Failure))]
async fn statements(
    State(app): State<App>,
    Number(id): Number,
    Asked(of): Asked<OfStatements>,
    Asked(page): Asked<Paging>,
) -> Result<Answer, Problem> {
    let (of, limit, cursor) = (of.understood()?, page.limit()?, page.cursor()?);
    app.ask(move |store| {
        store.statements_of(id, &of, cursor.as_ref(), limit)?.ok_or_else(|| Problem::none("entity", id))
    })
    .await
}

/// In what somebody takes part
///
/// The latest first.
#[utoipa::path(get, path = "/entities/{id}/events", tag = "entities",
    params(("id" = u64, Path, description = "Number of the entity"), OfEvents, Paging), responses((status = 200, body = EventPage), Failure))]
async fn events_of(
    State(app): State<App>,
    Number(id): Number,
    Asked(of): Asked<OfEvents>,
    Asked(page): Asked<Paging>,
) -> Result<Answer, Problem> {
    let (mut of, limit, cursor) = (of.understood()?, page.limit()?, page.cursor()?);
    of.participants.push(Who::Entity(id));
    app.ask(move |store| {
        if !store.has_entity(id)? {
            return Err(Problem::none("entity", id));
        }
        Ok(store.events_page(&of, cursor.as_ref(), limit)?)
    })
    .await
}

/// What somebody said and did, counted
#[utoipa::path(get, path = "/entities/{id}/profile", tag = "entities",
    params(("id" = u64, Path, description = "Number of the entity")), responses((status = 200, body = Profile), Failure))]
async fn profile(State(app): State<App>, Number(id): Number) -> Result<Answer, Problem> {
    app.ask(move |store| store.profile(id)?.ok_or_else(|| Problem::none("entity", id))).await
}

/// Something said once, in all the reports that carry it
#[utoipa::path(get, path = "/utterances/{id}", tag = "across",
    params(("id" = u64, Path, description = "Number of the utterance")), responses((status = 200, body = Utterance), Failure))]
async fn utterance(State(app): State<App>, Number(id): Number) -> Result<Answer, Problem> {
    app.ask(move |store| store.utterance(id)?.ok_or_else(|| Problem::none("utterance", id))).await
}

/// Something that happened once, in all its accounts
#[utoipa::path(get, path = "/happenings/{id}", tag = "across",
    params(("id" = u64, Path, description = "Number of the happening")), responses((status = 200, body = Happening), Failure))]
async fn happening(State(app): State<App>, Number(id): Number) -> Result<Answer, Problem> {
    app.ask(move |store| store.happening(id)?.ok_or_else(|| Problem::none("happening", id))).await
}

/// Events, as each report tells them
///
/// The latest first.
#[utoipa::path(get, path = "/events", tag = "events", params(OfEvents, Paging), responses((status = 200, body = EventPage), Failure))]
async fn events(
    State(app): State<App>,
    Asked(of): Asked<OfEvents>,
    Asked(page): Asked<Paging>,
) -> Result<Answer, Problem> {
    let (of, limit, cursor) = (of.understood()?, page.limit()?, page.cursor()?);
    app.ask(move |store| Ok(store.events_page(&of, cursor.as_ref(), limit)?)).await
}

/// Events over time
#[utoipa::path(get, path = "/timeline", tag = "events", params(OfEvents, By), responses((status = 200, body = Timeline), Failure))]
async fn timeline(
    State(app): State<App>,
    Asked(of): Asked<OfEvents>,
    Asked(by): Asked<By>,
) -> Result<Answer, Problem> {
    let of = of.understood()?;
    app.ask(move |store| Ok(store.timeline(&of, by.by)?)).await
}

/// Events by place
#[utoipa::path(get, path = "/map", tag = "events", params(OfEvents, Places), responses((status = 200, body = PlacePage), Failure))]
async fn map(
    State(app): State<App>,
    Asked(of): Asked<OfEvents>,
    Asked(places): Asked<Places>,
) -> Result<Answer, Problem> {
    let (of, limit) = (of.understood()?, limit(places.limit, 500, 2_000)?);
    app.ask(move |store| Ok(store.places(&of, limit)?)).await
}

/// Who does what with whom
#[utoipa::path(get, path = "/network", tag = "events", params(OfEvents, Nodes), responses((status = 200, body = Network), Failure))]
async fn network(
    State(app): State<App>,
    Asked(of): Asked<OfEvents>,
    Asked(nodes): Asked<Nodes>,
) -> Result<Answer, Problem> {
    let (of, limit) = (of.understood()?, limit(nodes.limit, 60, 300)?);
    if limit < 2 {
        return Err(Problem::parameter("limit", "one alone is no network", "give 2 to 300"));
    }
    app.ask(move |store| Ok(store.network(&of, limit, limit * 8)?)).await
}

/// This document
#[utoipa::path(get, path = "/openapi.json", tag = "store", responses((status = 200, description = "The document", body = serde_json::Value)))]
async fn document() -> Answer {
    Answer(openapi().to_owned())
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Musnad",
        description = "What a store of Arabic news reports holds: who said what through whom, who did what to whom, each with the exact characters that it rests on. Read-only. All positions are Unicode code points of a report's text, from 0, the end exclusive. Lists come in pages: give `next` of one page as `cursor` of the next. Every answer has an `ETag` that changes when something is written to the store.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/api/v1")),
    components(schemas(Problem, Record))
)]
struct Document;

/// The routes, and the document that is made of them.
fn described() -> (axum::Router<App>, OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(about))
        .routes(routes!(search))
        .routes(routes!(report))
        .routes(routes!(citation))
        .routes(routes!(entity))
        .routes(routes!(statements))
        .routes(routes!(events_of))
        .routes(routes!(profile))
        .routes(routes!(utterance))
        .routes(routes!(happening))
        .routes(routes!(events))
        .routes(routes!(timeline))
        .routes(routes!(map))
        .routes(routes!(network))
        .routes(routes!(document))
        .split_for_parts()
}

/// The routes.
pub(crate) fn routes() -> axum::Router<App> {
    described().0
}

/// The document, made from the code.
static DOCUMENT: LazyLock<(OpenApi, String)> = LazyLock::new(|| {
    let mut document = described().1;
    if let Some(components) = &mut document.components {
        for (name, schema) in &mut components.schemas {
            let RefOr::T(schema) = schema else { continue };
            whole(schema);
            if name == "Report"
                && let Some(Schema::Object(own)) = part_with(schema, "record")
            {
                own.properties.insert("record".into(), RefOr::Ref(Ref::from_schema_name("Record")));
            }
        }
        // The position of an entry is absent where it is no place.
        if let Some(RefOr::T(Schema::Object(link))) = components.schemas.get_mut("RecordLink") {
            link.required.retain(|name| name != "lat" && name != "lon");
        }
    }
    for item in document.paths.paths.values_mut() {
        let Some(get) = &mut item.get else { continue };
        for parameter in get.parameters.iter_mut().flatten() {
            if let Some(RefOr::T(Schema::Array(_))) = parameter.schema {
                (parameter.style, parameter.explode) = (Some(ParameterStyle::Form), Some(false));
            }
        }
        // The shape of a problem stands in one place.
        for response in get.responses.responses.values_mut() {
            let RefOr::T(response) = response else { continue };
            if let Some(content) = response.content.get_mut("application/problem+json") {
                content.schema = Some(RefOr::Ref(Ref::from_schema_name("Problem")));
            }
        }
    }
    document.info.version = VERSION.to_owned();
    let json = document.to_pretty_json().unwrap_or_default() + "\n";
    (document, json)
});

/// The document of the API, as JSON.
#[must_use]
pub fn openapi() -> &'static str {
    &DOCUMENT.1
}

/// A field that holds nothing is `null` or empty in every answer, and never absent.
fn whole(schema: &mut Schema) {
    match schema {
        Schema::Object(object) => object.required = object.properties.keys().cloned().collect(),
        Schema::AllOf(all) => {
            for item in &mut all.items {
                if let RefOr::T(item) = item {
                    whole(item);
                }
            }
        }
        Schema::OneOf(one) => {
            for item in &mut one.items {
                if let RefOr::T(item) = item {
                    whole(item);
                }
            }
        }
        _ => {}
    }
}

/// The part of a schema that has a field.
fn part_with<'a>(schema: &'a mut Schema, field: &str) -> Option<&'a mut Schema> {
    match schema {
        Schema::AllOf(all) => all.items.iter_mut().find_map(|item| match item {
            RefOr::T(item) => part_with(item, field),
            RefOr::Ref(_) => None,
        }),
        Schema::Object(object) if object.properties.contains_key(field) => Some(schema),
        _ => None,
    }
}

/// The names of the parameters that each route takes.
pub(crate) static PARAMETERS: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let names =
        |operation: &Operation| operation.parameters.iter().flatten().map(|p| p.name.clone()).collect();
    let paths = DOCUMENT.0.paths.paths.iter();
    paths.filter_map(|(path, item)| Some((format!("{ROOT}{path}"), names(item.get.as_ref()?)))).collect()
});
