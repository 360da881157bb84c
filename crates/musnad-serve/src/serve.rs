//! The server: from an address to listen on to a clean stop.

use crate::api::{App, ROOT, routes};
use crate::problem::Problem;
use crate::readers::Readers;
use axum::Router;
use axum::http::StatusCode;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

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

/// How many threads look into the store.
fn seats() -> usize {
    std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 16))
}

/// Serves a store until the program is told to stop. `ready` is told where, once it can be asked.
pub fn serve(settings: &Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), NotServed> {
    let readers = Arc::new(Readers::open(settings.store.clone(), seats()).map_err(NotServed::Store)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(seats() + 2)
        .enable_all()
        .build()
        .map_err(|e| NotServed::Listen(format!("the system gives no threads: {e}")))?;
    runtime.block_on(async {
        let told = |e: std::io::Error| {
            NotServed::Listen(format!("{}: the server cannot listen here: {e}", settings.listen))
        };
        let listener = tokio::net::TcpListener::bind(settings.listen).await.map_err(told)?;
        ready(listener.local_addr().map_err(told)?);
        let app = Router::new()
            .nest(ROOT, routes())
            .fallback(async || {
                Problem::new(
                    StatusCode::NOT_FOUND,
                    "there is no such page",
                    "nothing has this address",
                    "see /api/v1/openapi.json",
                )
            })
            .with_state(App { readers });
        axum::serve(listener, app).await.map_err(told)
    })
}
