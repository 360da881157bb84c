//! A store over HTTP: a JSON API under `/api/v1`, with an OpenAPI document that is made from the code, and the pages that look into it.
//! It only reads. `docs/serve.md` tells what is served and how it is kept safe.

mod api;
mod asked;
mod guard;
mod pages;
mod problem;
mod readers;
mod record;
mod serve;
mod tags;

pub use api::openapi;
pub use serve::{NotServed, Settings, serve, serve_until};
