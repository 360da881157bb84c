//! What goes wrong with a request, as `application/problem+json` (RFC 9457) tells it: what, where, what to do.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use musnad_store::Trouble;
use musnad_store::search::{Misunderstood, NotAnswered};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status tells the kind.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What exactly.
    pub detail: String,
    /// The parameter in which it is, if it is in one.
    pub parameter: Option<String>,
    /// Where in its value, in code points from 0.
    pub position: Option<u32>,
    /// What to do.
    pub hint: String,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        title: &'static str,
        detail: impl Into<String>,
        hint: impl Into<String>,
    ) -> Problem {
        Problem {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            detail: detail.into(),
            parameter: None,
            position: None,
            hint: hint.into(),
        }
    }

    /// A parameter that cannot be understood.
    pub(crate) fn parameter(name: &str, detail: impl Into<String>, hint: impl Into<String>) -> Problem {
        let title = "a parameter is not understood";
        Problem {
            parameter: Some(name.to_owned()),
            ..Problem::new(StatusCode::BAD_REQUEST, title, detail, hint)
        }
    }

    /// Nothing has this number.
    pub(crate) fn none(what: &str, id: i64) -> Problem {
        Problem::new(
            StatusCode::NOT_FOUND,
            "there is no such thing",
            format!("no {what} of this store has the number {id}"),
            "numbers of what is the same across reports change when reports are added: search for it again",
        )
    }

    /// Too much is asked at once.
    pub(crate) fn busy(detail: &str) -> Problem {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too much is asked at once",
            detail,
            "ask again in a moment",
        )
    }

    /// Something that must not happen.
    pub(crate) fn inside(detail: impl Into<String>) -> Problem {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the server made a mistake",
            detail,
            "tell the makers of musnad what you asked for",
        )
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "the store cannot be read",
            // The path of the file is nobody's business but that of who started the server, who is told on its terminal.
            trouble.to_string().split_once(": ").map_or(String::new(), |t| t.1.to_owned()),
            "ask again in a moment; if it stays so, look at the terminal of the server",
        )
    }
}

impl From<Misunderstood> for Problem {
    fn from(told: Misunderstood) -> Self {
        Problem {
            title: "the query is not understood",
            position: u32::try_from(told.at.saturating_sub(1)).ok(),
            ..Problem::parameter("q", told.what, told.remedy)
        }
    }
}

impl From<NotAnswered> for Problem {
    fn from(told: NotAnswered) -> Self {
        match told {
            NotAnswered::Query(told) => told.into(),
            NotAnswered::Store(trouble) => trouble.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
