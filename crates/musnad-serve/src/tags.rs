//! What is done with every answer of the API: parameters that nobody knows are refused, an answer that whoever asks has already is not
//! found again (`ETag`), and what was found a moment ago is remembered while nothing is written to the store.

use crate::api::{App, PARAMETERS};
use crate::pages::accepts;
use crate::problem::Problem;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

/// Bytes of packed answers that are remembered: twice so many at most.
const REMEMBERED: usize = 16 << 20;
/// An answer of more bytes is not.
const LONGEST: usize = 1 << 20;
/// How hard answers are packed, up to 9: more costs time and saves little.
const PACKED: u32 = 4;

/// Answers, by what was asked: the recent ones and those before. When the recent ones are too many, those before are forgotten.
#[derive(Debug, Default)]
struct Generations {
    tag: String,
    recent: HashMap<String, Bytes>,
    before: HashMap<String, Bytes>,
    bytes: usize,
}

/// What tells states of a store apart, and the answers of the present one.
#[derive(Debug)]
pub(crate) struct Tags {
    /// What the store was like when the server started.
    start: String,
    answers: Mutex<Generations>,
}

impl Tags {
    /// Two starts give the same tag only if program and file are the same: then the answers are, too.
    pub(crate) fn of(store: &Path) -> Tags {
        let mut hash = Sha256::new();
        hash.update(env!("CARGO_PKG_VERSION"));
        // The program itself may have been built anew.
        let program = std::env::current_exe().unwrap_or_default();
        let mut log = store.as_os_str().to_owned();
        log.push("-wal");
        for path in [&program, store, Path::new(&log)] {
            let told = std::fs::metadata(path).ok();
            let written =
                told.as_ref().and_then(|m| m.modified().ok()).and_then(|t| t.duration_since(UNIX_EPOCH).ok());
            hash.update(format!("{:?} {:?};", written, told.map(|m| m.len())));
        }
        let start = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
        Tags { start, answers: Mutex::default() }
    }

    /// The tag of the store as it is now. It is weak, for the same answer may be packed or not.
    fn now(&self, change: i64) -> String {
        format!("W/\"{}-{change:x}\"", self.start)
    }

    fn remembered(&self, tag: &str, asked: &str) -> Option<Bytes> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.tag != tag {
            return None;
        }
        if let Some(answer) = answers.recent.get(asked) {
            return Some(answer.clone());
        }
        let answer = answers.before.remove(asked)?;
        answers.remember(asked, answer.clone());
        Some(answer)
    }

    fn remember(&self, tag: &str, asked: &str, answer: &Bytes) {
        if answer.len() > LONGEST {
            return;
        }
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.tag != tag {
            *answers = Generations { tag: tag.to_owned(), ..Generations::default() };
        }
        answers.remember(asked, answer.clone());
    }
}

impl Generations {
    fn remember(&mut self, asked: &str, answer: Bytes) {
        self.bytes += answer.len() + asked.len();
        self.recent.insert(asked.to_owned(), answer);
        if self.bytes > REMEMBERED {
            self.before = std::mem::take(&mut self.recent);
            self.bytes = 0;
        }
    }
}

/// Answers a request, or says that nothing has changed.
pub(crate) async fn answer(
    State(app): State<App>,
    matched: MatchedPath,
    request: Request,
    next: Next,
) -> Response {
    if let Some(problem) = unknown(matched.as_str(), request.uri().query().unwrap_or_default()) {
        return problem.into_response();
    }
    let tag = app.tags.now(app.readers.change());
    if has(request.headers(), &tag) {
        return with(StatusCode::NOT_MODIFIED.into_response(), &tag);
    }
    let asked = request.uri().path_and_query().map_or(String::new(), ToString::to_string);
    let get = matches!(*request.method(), Method::GET | Method::HEAD);
    let gzip = accepts(request.headers(), "gzip");
    if let Some(packed) = app.tags.remembered(&tag, &asked).filter(|_| get) {
        let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        return with(sent(json.into_response(), packed, gzip), &tag);
    }
    // An answer without a body would be remembered as one.
    let is_get = request.method() == Method::GET;
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || !is_get {
        return if response.status() == StatusCode::OK { with(response, &tag) } else { response };
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Problem::inside("the answer cannot be written").into_response();
    };
    let packed = packed(&body);
    app.tags.remember(&tag, &asked, &packed);
    let response = Response::from_parts(parts, Body::empty());
    let response = if gzip {
        sent(response, packed, true)
    } else {
        let (parts, _) = response.into_parts();
        Response::from_parts(parts, Body::from(body))
    };
    with(response, &tag)
}

/// An answer with a body that is packed already; it is unpacked for who does not accept that.
fn sent(response: Response, packed: Bytes, gzip: bool) -> Response {
    let (mut parts, _) = response.into_parts();
    let headers = &mut parts.headers;
    headers.remove(header::CONTENT_LENGTH);
    if gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        return Response::from_parts(parts, Body::from(packed));
    }
    let mut body = Vec::new();
    match GzDecoder::new(packed.as_ref()).read_to_end(&mut body) {
        Ok(_) => Response::from_parts(parts, Body::from(body)),
        Err(_) => Problem::inside("the answer cannot be written").into_response(),
    }
}

/// Packed once, an answer is sent to many.
fn packed(body: &[u8]) -> Bytes {
    let mut out = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::new(PACKED));
    // Nothing that is written to memory fails.
    let _ = out.write_all(body);
    out.finish().unwrap_or_default().into()
}

fn with(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// Whether whoever asks has what has this tag.
pub(crate) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let bare = |t: &str| t.trim().trim_start_matches("W/").to_owned();
    let all = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(',')).any(|t| t.trim() == "*" || bare(t) == bare(tag))
}

/// A parameter that the route does not take.
fn unknown(route: &str, query: &str) -> Option<Problem> {
    let known = PARAMETERS.get(route)?;
    let names = query.split('&').filter(|p| !p.is_empty()).map(|p| p.split('=').next().unwrap_or_default());
    for name in names {
        if !known.contains(name) {
            let hint = match known.iter().map(String::as_str).filter(|n| *n != "id").collect::<Vec<_>>() {
                all if all.is_empty() => "it takes none".to_owned(),
                all => format!("it takes {}", all.join(", ")),
            };
            let shown: String = name.chars().take(40).collect();
            return Some(Problem::parameter(&shown, "this address takes no such parameter", hint));
        }
    }
    None
}

/// What remembers answers is shared by all requests.
pub(crate) type Shared = Arc<Tags>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_answers_are_forgotten() {
        let tags = Tags::of(Path::new("/nowhere"));
        let answer = Bytes::from(vec![b'x'; LONGEST]);
        for i in 0..100 {
            tags.remember("a", &format!("/{i}"), &answer);
        }
        assert_eq!(tags.remembered("a", "/99").map(|b| b.len()), Some(LONGEST));
        assert_eq!(tags.remembered("a", "/1"), None);
        let kept = tags.answers.lock().map(|a| a.recent.len() + a.before.len()).unwrap_or_default();
        assert!(kept <= 2 * REMEMBERED / LONGEST + 2, "{kept}");
        assert_eq!(tags.remembered("b", "/99"), None, "another state of the store");
        tags.remember("b", "/1", &Bytes::from_static(b"y"));
        assert_eq!(tags.remembered("a", "/99"), None);
        tags.remember("b", "/2", &Bytes::from(vec![b'x'; LONGEST + 1]));
        assert_eq!(tags.remembered("b", "/2"), None, "too long");
    }
}
