//! The server: from an address to listen on to a clean stop.

use crate::api::{App, ROOT, routes};
use crate::guard::{Guard, TOKEN, guard, login};
use crate::pages::Pages;
use crate::problem::Problem;
use crate::readers::Readers;
use crate::tags::{Tags, answer};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, HOST};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::limit::RequestBodyLimitLayer;

/// How to serve a store.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The store.
    pub store: PathBuf,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// What whoever asks must know. Without it only this machine is listened to.
    pub token: Option<String>,
    /// Further names of this machine, by which it may be asked.
    pub hosts: Vec<String>,
    /// A folder of pages that are served in the place of those in the program.
    pub pages: Option<PathBuf>,
}

/// Why a store is not served. Told as one chain: what, where, what to do.
#[derive(Debug)]
pub enum NotServed {
    /// The store cannot be read.
    Store(musnad_store::Trouble),
    /// What was asked for cannot be.
    Settings(String),
    /// The system does not let the server listen.
    Listen(String),
}

impl fmt::Display for NotServed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotServed::Store(trouble) => write!(f, "{trouble}"),
            NotServed::Settings(chain) | NotServed::Listen(chain) => f.write_str(chain),
        }
    }
}

impl std::error::Error for NotServed {}

/// How many connections there may be at one time; more wait to be accepted.
const CONNECTIONS: usize = 1_024;
/// How long the head of a request may take to come, and a connection may be kept without one.
const HEAD: Duration = Duration::from_secs(30);
/// The most bytes of the head of a request, and how many headers.
const HEAD_BYTES: usize = 32 << 10;
const HEAD_LINES: usize = 100;
/// The most bytes of the body of a request: a token.
const BODY: usize = 8 << 10;
/// How long answers may take that are on their way when the server is told to stop.
const LAST: Duration = Duration::from_secs(10);

/// How many threads look into the store.
fn seats() -> usize {
    std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 16))
}

/// Serves a store until the program is told to stop by Ctrl-C or SIGTERM. `ready` is told where, once it can be asked.
pub fn serve(settings: &Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), NotServed> {
    serve_until(settings, ready, told_to_stop())
}

/// Serves a store until `stop` is there.
pub fn serve_until(
    settings: &Settings,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()>,
) -> Result<(), NotServed> {
    check(settings)?;
    let readers = Arc::new(Readers::open(settings.store.clone(), seats()).map_err(NotServed::Store)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(seats())
        .enable_all()
        .build()
        .map_err(|e| NotServed::Listen(format!("the system gives no threads: {e}")))?;
    let served = runtime.block_on(async {
        let told = |e: io::Error| not_listening(settings.listen, &e);
        let listener = TcpListener::bind(settings.listen).await.map_err(told)?;
        let listen = listener.local_addr().map_err(told)?;
        let router = router(settings, listen, readers);
        tokio::spawn(foresee(router.clone(), listen, settings.token.clone()));
        ready(listen);
        accept(&listener, router, stop).await;
        Ok(())
    });
    // A question that is still being answered is left where it is.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

/// Refuses what would not be safe.
fn check(settings: &Settings) -> Result<(), NotServed> {
    let refused = |chain: &str| Err(NotServed::Settings(chain.to_owned()));
    match &settings.token {
        None if !settings.listen.ip().is_loopback() => Err(NotServed::Settings(format!(
            "--listen {}: other machines reach this address, and whoever reaches it could read the store: give --token-file FILE as well, or \
             listen on 127.0.0.1",
            settings.listen
        ))),
        Some(token) if token.chars().count() < TOKEN => refused(
            "--token: it is too short, somebody could guess it: give 16 characters or more, as `openssl rand -hex 16` makes them",
        ),
        Some(token) if !token.bytes().all(|b| b.is_ascii_graphic()) => refused(
            "--token: it has characters that cannot stand in a header: take letters, digits and signs of ASCII without spaces",
        ),
        _ if settings.pages.as_ref().is_some_and(|p| !p.is_dir()) => {
            refused("--pages: there is no such folder: `make web` makes web/dist")
        }
        _ => Ok(()),
    }
}

fn not_listening(listen: SocketAddr, error: &io::Error) -> NotServed {
    NotServed::Listen(match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "{listen}: another program listens here already: stop it, or give another port, as --listen {}:{}",
            listen.ip(),
            listen.port().checked_add(1).unwrap_or(7878)
        ),
        io::ErrorKind::PermissionDenied => {
            format!("{listen}: the system does not let this user listen here: take a port above 1023")
        }
        io::ErrorKind::AddrNotAvailable => {
            format!("{listen}: this machine has no such address: give one of its own, or 127.0.0.1")
        }
        _ => format!("{listen}: the server cannot listen here: {error}"),
    })
}

fn router(settings: &Settings, listen: SocketAddr, readers: Arc<Readers>) -> Router {
    let app = App { readers, tags: Arc::new(Tags::of(&settings.store)) };
    let who = Arc::new(Guard::of(listen, &settings.hosts, settings.token.as_deref()));
    let pages = Arc::new(settings.pages.clone().map_or_else(Pages::inside, Pages::Folder));
    let api = routes().route_layer(from_fn_with_state(app.clone(), answer));
    let packing = CompressionLayer::new().compress_when(
        SizeAbove::new(512).and(NotForContentType::IMAGES).and(NotForContentType::const_new("font/")),
    );
    Router::new()
        .nest(ROOT, api)
        .with_state(app)
        .merge(login(Arc::clone(&who)))
        .fallback(move |request: Request| {
            let pages = Arc::clone(&pages);
            async move { pages.answer(&request) }
        })
        .method_not_allowed_fallback(async || {
            let title = "nothing can be changed here";
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                title,
                "this method is not answered",
                "ask with GET or HEAD",
            )
            .into_response()
        })
        .layer(packing)
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(from_fn_with_state(who, guard))
}

/// Asks what every first page asks, so that the answer, which counts the whole store, is there before anybody wants it.
async fn foresee(router: Router, listen: SocketAddr, token: Option<String>) {
    let asked = Request::get(format!("{ROOT}/about"))
        .header(HOST, listen.to_string())
        .header(AUTHORIZATION, format!("Bearer {}", token.unwrap_or_default()))
        .body(Body::empty());
    if let Ok(asked) = asked {
        // Whatever it says is said again to whoever asks.
        let _ = router.oneshot(asked).await;
    }
}

/// Answers connections until it is time to stop; those who wait for an answer then still get it.
async fn accept(listener: &TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let ending = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_LINES);
    tokio::pin!(stop);
    loop {
        let next = async {
            let seat = Arc::clone(&connections).acquire_owned().await;
            (seat, listener.accept().await)
        };
        let (seat, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            // Too many files are open, or whoever asked has gone: a moment later it may be better.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Answers are written in one piece, and nobody should wait for the rest of it.
        let _ = stream.set_nodelay(true);
        let connection =
            server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        let connection = ending.watch(connection);
        tokio::spawn(async move {
            // How a connection ended is its own business.
            let _ = connection.await;
            drop(seat);
        });
    }
    // Whoever is not done by then is left; so are all when it is said once more.
    tokio::select! {
        () = ending.shutdown() => {}
        () = tokio::time::sleep(LAST) => {}
        () = told_to_stop() => {}
    }
}

/// Waits for Ctrl-C, or for SIGTERM where there is such a thing.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
    }
}
