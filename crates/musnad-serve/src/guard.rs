//! Who may ask, and what a browser may do with an answer.

use crate::problem::Problem;
use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

/// The fewest characters of a token: nobody guesses so many.
pub(crate) const TOKEN: usize = 16;
/// The longest address, in bytes.
const LONGEST: usize = 8_192;
/// How many requests are worked on or wait at one time.
const AT_ONCE: usize = 1_024;
/// How long a request may take as a whole.
const TIME: Duration = Duration::from_secs(30);
/// How long whoever gives a wrong token waits, and how many may.
const WRONG: Duration = Duration::from_millis(700);
const GUESSES: usize = 8;

/// What a page may load: what comes from this server, and nothing that stands in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
     manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// What every answer says to browsers.
const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Who may ask.
#[derive(Debug)]
pub(crate) struct Guard {
    /// Names and addresses by which this machine may be asked.
    hosts: Vec<String>,
    /// Whether it may be asked by any address in figures: it listens on all of them. Only names can be made to mean another machine.
    figures: bool,
    /// What the token and the cookie are compared with.
    key: Option<Key>,
    at_once: Semaphore,
    guesses: Semaphore,
}

#[derive(Debug)]
struct Key {
    token: [u8; 32],
    cookie: String,
    /// Cookies are shared by all servers of a machine.
    cookie_name: String,
}

impl Guard {
    pub(crate) fn of(listen: SocketAddr, hosts: &[String], token: Option<&str>) -> Guard {
        let own = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned(), listen.ip().to_string()];
        let key = token.map(|token| Key {
            token: digest("", token),
            cookie: digest("musnad cookie\0", token).iter().map(|b| format!("{b:02x}")).collect(),
            cookie_name: format!("musnad{}", listen.port()),
        });
        Guard {
            hosts: own.into_iter().chain(hosts.iter().map(|h| bare(h))).collect(),
            figures: listen.ip().is_unspecified(),
            key,
            at_once: Semaphore::new(AT_ONCE),
            guesses: Semaphore::new(GUESSES),
        }
    }

    /// Whether this machine is asked by one of its names. A page of another site can make its own name mean this machine (DNS rebinding);
    /// then the name tells.
    fn is_called(&self, host: &str) -> bool {
        let name = bare(host);
        self.hosts.contains(&name) || self.figures && name.parse::<IpAddr>().is_ok()
    }

    fn may_ask(&self, headers: &HeaderMap) -> bool {
        let Some(key) = &self.key else { return true };
        let text = |v: &HeaderValue| v.to_str().map(str::to_owned).ok();
        let bearer = headers.get(header::AUTHORIZATION).and_then(text);
        let bearer = bearer.as_deref().and_then(|b| b.get(..7).zip(b.get(7..)));
        if bearer
            .is_some_and(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer ") && key.is(token.trim()))
        {
            return true;
        }
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(text).collect::<Vec<_>>();
        let mut pairs = cookies.iter().flat_map(|c| c.split(';')).filter_map(|c| c.trim().split_once('='));
        pairs.any(|(name, value)| {
            name == key.cookie_name && bool::from(digest("", value).ct_eq(&digest("", &key.cookie)))
        })
    }
}

impl Key {
    /// Whether somebody knows the token. Digests are compared, which are as long whatever was given, in a time that tells nothing.
    fn is(&self, token: &str) -> bool {
        digest("", token).ct_eq(&self.token).into()
    }
}

fn digest(of: &str, text: &str) -> [u8; 32] {
    Sha256::new().chain_update(of).chain_update(text).finalize().into()
}

/// A host without its port, brackets and last dot.
fn bare(host: &str) -> String {
    let host = host.trim();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if host.matches(':').count() == 1 => host.split(':').next().unwrap_or_default(),
        None => host,
    };
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Lets a request through, or says why not; and says to the browser what it may do with the answer.
pub(crate) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let mut response = match checked(&guard, &request) {
        Ok(_permit) => tokio::time::timeout(TIME, next.run(request))
            .await
            .unwrap_or_else(|_| Problem::busy("the request took too long").into_response()),
        Err(response) => *response,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

fn checked<'a>(
    guard: &'a Guard,
    request: &Request,
) -> Result<tokio::sync::SemaphorePermit<'a>, Box<Response>> {
    let refused = |p: Problem| Box::new(p.into_response());
    let Ok(permit) = guard.at_once.try_acquire() else {
        return Err(refused(Problem::busy("there are more requests than can be worked on")));
    };
    let uri = request.uri();
    if uri.path_and_query().map_or(0, |p| p.as_str().len()) > LONGEST {
        let detail = format!("it has more than {LONGEST} bytes");
        return Err(refused(Problem::new(
            StatusCode::URI_TOO_LONG,
            "the address is too long",
            detail,
            "ask for less at once",
        )));
    }
    let mut asked = request.headers().get_all(header::HOST).iter().map(|h| h.to_str().unwrap_or_default());
    let host = asked.next();
    let is_called = host.is_some_and(|h| guard.is_called(h))
        && asked.next().is_none()
        && uri.authority().is_none_or(|a| guard.is_called(a.host()));
    if !is_called {
        let detail = format!("this server is not called {}", host.unwrap_or("nothing at all"));
        let hint =
            "ask by the address that it printed when it started; `musnad serve --host NAME` adds a name";
        return Err(refused(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "another server was asked",
            detail,
            hint,
        )));
    }
    let login = uri.path() == "/login" || uri.path() == "/login.css";
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let enters = uri.path() == "/login" && request.method() == Method::POST;
    if !(reads || enters) {
        let problem = Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "nothing can be changed here",
            format!("{} is not answered", request.method()),
            "ask with GET or HEAD",
        );
        let mut response = problem.into_response();
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Err(Box::new(response));
    }
    if !login && !guard.may_ask(request.headers()) {
        return Err(Box::new(stranger(request)));
    }
    Ok(permit)
}

/// The answer to somebody who has not logged in: the page to do so for who looks at pages.
fn stranger(request: &Request) -> Response {
    let accepts = request.headers().get(header::ACCEPT).and_then(|a| a.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") && !request.uri().path().starts_with("/api/") {
        let to = request.uri().path_and_query().map_or("/", |p| p.as_str());
        let to = format!("/login?to={}", escaped_in_address(to));
        let place = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/login"));
        return (StatusCode::SEE_OTHER, [(header::LOCATION, place), (header::CACHE_CONTROL, NO_STORE)])
            .into_response();
    }
    let problem = Problem::new(
        StatusCode::UNAUTHORIZED,
        "a token is needed",
        "the request has neither a token nor a cookie that holds",
        "send `Authorization: Bearer TOKEN`, or log in at /login",
    );
    let mut response = problem.into_response();
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"musnad\""));
    response
}

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

fn escaped_in_address(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

/// The routes by which one logs in.
pub(crate) fn login(guard: Arc<Guard>) -> Router {
    Router::new()
        .route("/login", get(form).post(enter))
        .route("/login.css", get(async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)))
        .with_state(guard)
}

const STYLE: &str = include_str!("login.css");

#[derive(serde::Deserialize)]
struct To {
    #[serde(default)]
    to: String,
}

#[derive(serde::Deserialize)]
struct Entering {
    #[serde(default)]
    token: String,
    #[serde(default)]
    to: String,
}

/// A path of this server, and no way to another.
fn within(to: &str) -> &str {
    let safe =
        to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && to.parse::<Uri>().is_ok();
    if safe { to } else { "/" }
}

fn page(to: &str, wrong: bool) -> String {
    let escaped = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
    };
    let to = escaped(within(to));
    let told = if wrong {
        "<p class=\"wrong\" role=\"alert\">That is not the token. — ليس هذا هو الرمز.</p>"
    } else {
        ""
    };
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Musnad</title><link rel=\"stylesheet\" href=\"/login.css\"></head><body><main><h1>Musnad <span lang=\"ar\">مُسنَد</span></h1>{told}\
         <form method=\"post\" action=\"/login\"><label for=\"token\">Token <span lang=\"ar\">الرمز</span></label>\
         <input id=\"token\" name=\"token\" type=\"password\" autocomplete=\"current-password\" required autofocus>\
         <input type=\"hidden\" name=\"to\" value=\"{to}\"><button>Log in <span lang=\"ar\">دخول</span></button></form>\
         <p><a href=\"{to}\">I have logged in already. <span lang=\"ar\">سبق أن دخلت.</span></a></p></main></body></html>\n"
    )
}

fn html(status: StatusCode, page: String) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, NO_STORE)], page).into_response()
}

async fn form(State(guard): State<Arc<Guard>>, query: Result<Query<To>, QueryRejection>) -> Response {
    let to = query.map(|q| q.0.to).unwrap_or_default();
    if guard.key.is_none() {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, HeaderValue::from_static("/"))]).into_response();
    }
    html(StatusCode::OK, page(&to, false))
}

async fn enter(State(guard): State<Arc<Guard>>, entering: Result<Form<Entering>, FormRejection>) -> Response {
    let Ok(Form(entering)) = entering else {
        let hint = "send `token=…` as a form";
        return Problem::new(StatusCode::BAD_REQUEST, "this is no login", "the form is not understood", hint)
            .into_response();
    };
    let Some(key) = &guard.key else {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, HeaderValue::from_static("/"))]).into_response();
    };
    if !key.is(entering.token.trim()) {
        let Ok(_guess) = guard.guesses.try_acquire() else {
            return Problem::busy("too many wrong tokens were given").into_response();
        };
        tokio::time::sleep(WRONG).await;
        return html(StatusCode::FORBIDDEN, page(&entering.to, true));
    }
    let cookie = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}",
        key.cookie_name,
        key.cookie,
        30 * 24 * 60 * 60
    );
    let to = HeaderValue::from_str(within(&entering.to)).unwrap_or(HeaderValue::from_static("/"));
    let cookie = HeaderValue::from_str(&cookie).unwrap_or(NO_STORE);
    let headers = [(header::LOCATION, to), (header::SET_COOKIE, cookie), (header::CACHE_CONTROL, NO_STORE)];
    (StatusCode::SEE_OTHER, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard_of(listen: &str, token: Option<&str>) -> Guard {
        Guard::of(listen.parse().unwrap(), &["News.example.org".to_owned()], token)
    }

    #[test]
    fn names_of_this_machine_are_known() {
        let here = guard_of("127.0.0.1:7878", None);
        for host in
            ["localhost", "LOCALHOST:7878", "127.0.0.1:1", "[::1]:7878", "localhost.", "news.example.org:80"]
        {
            assert!(here.is_called(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "192.168.1.5",
            "127.0.0.1.evil.example:7878",
            "[::2]",
        ] {
            assert!(!here.is_called(host), "{host}");
        }
        let all = guard_of("0.0.0.0:7878", Some("0123456789abcdef"));
        assert!(all.is_called("192.168.1.5:7878") && !all.is_called("evil.example"));
    }

    #[test]
    fn a_token_or_a_cookie_lets_in() {
        let guard = guard_of("0.0.0.0:7878", Some("0123456789abcdef"));
        let with = |name: HeaderName, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_str(value).unwrap());
            guard.may_ask(&headers)
        };
        assert!(with(header::AUTHORIZATION, "Bearer 0123456789abcdef"));
        assert!(with(header::AUTHORIZATION, "bearer 0123456789abcdef"));
        for wrong in [
            "",
            "Bearer",
            "Bearer 0123456789abcde",
            "Bearer 0123456789abcdeff",
            "Basic 0123456789abcdef",
            "ß",
        ] {
            assert!(!with(header::AUTHORIZATION, wrong), "{wrong}");
        }
        let cookie = guard.key.as_ref().unwrap().cookie.clone();
        assert!(with(header::COOKIE, &format!("a=b; musnad7878={cookie}")));
        assert!(!with(header::COOKIE, "musnad7878=0123456789abcdef"), "the cookie is not the token");
        assert!(!with(header::COOKIE, &format!("musnad={cookie}")));
        assert!(guard_of("127.0.0.1:1", None).may_ask(&HeaderMap::new()));
    }

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(within("/entity/4?a=b"), "/entity/4?a=b");
        for wrong in ["", "https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a b"] {
            assert_eq!(within(wrong), "/", "{wrong}");
        }
        assert!(!page("/\"><script>", false).contains("<script>"));
    }
}
