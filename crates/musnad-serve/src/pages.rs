//! The pages: files of `web/dist`, which `make web` builds and the program carries, or of a folder.

use crate::problem::Problem;
use crate::tags::has;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files under `web/dist` when the program was built: their paths there and their bytes.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The page that every address leads to which is no file: the script in it tells the views apart.
const INDEX: &str = "index.html";
/// Where files lie that have a digest of themselves in their names.
const HASHED: &str = "assets/";

/// Where pages come from.
#[derive(Debug)]
pub(crate) enum Pages {
    /// From the program.
    Inside(BTreeMap<&'static str, File>),
    /// From a folder, as it is at the moment.
    Folder(PathBuf),
}

/// A file, and how it can be sent.
#[derive(Clone, Debug)]
pub(crate) struct File {
    bytes: Bytes,
    /// Packed with brotli and gzip.
    packed: [Option<Bytes>; 2],
    tag: String,
}

/// The names of the packings, the better first, and the endings of files that have them.
const PACKED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

impl Pages {
    /// The pages in the program.
    pub(crate) fn inside() -> Pages {
        Pages::of(FILES)
    }

    fn of(files: &'static [(&'static str, &'static [u8])]) -> Pages {
        let find = |name: String| files.iter().find(|f| f.0 == name).map(|f| Bytes::from_static(f.1));
        let plain = files.iter().filter(|f| !PACKED.iter().any(|p| f.0.ends_with(p.1)));
        let file = |(path, bytes): &(&'static str, &'static [u8])| {
            let packed = PACKED.map(|(_, ending)| find(format!("{path}{ending}")));
            (*path, File { bytes: Bytes::from_static(bytes), packed, tag: tag(bytes) })
        };
        Pages::Inside(plain.map(file).collect())
    }

    /// The file with a path; of a folder, only what really lies in it.
    fn file(&self, path: &str) -> Option<File> {
        match self {
            Pages::Inside(files) => files.get(path).cloned(),
            Pages::Folder(root) => {
                let parts = || path.split('/');
                if parts().any(|p| p.is_empty() || p.starts_with('.') || p.contains(['\\', ':', '\0'])) {
                    return None;
                }
                let root = root.canonicalize().ok()?;
                let whole = root.join(parts().collect::<PathBuf>()).canonicalize().ok()?;
                let bytes = Some(whole)
                    .filter(|w| w.starts_with(&root) && w.is_file())
                    .and_then(|w| std::fs::read(w).ok())?;
                Some(File { tag: tag(&bytes), bytes: bytes.into(), packed: [None, None] })
            }
        }
    }

    /// Answers whatever is not the API.
    pub(crate) fn answer(&self, request: &Request<Body>) -> Response {
        let path = request.uri().path().trim_start_matches('/');
        if path == "api" || path.starts_with("api/") {
            let hint = "see /api/v1/openapi.json for what there is";
            return Problem::new(
                StatusCode::NOT_FOUND,
                "there is no such thing",
                "the API has no such address",
                hint,
            )
            .into_response();
        }
        let (name, found) = match self.file(path) {
            Some(file) => (path, Some(file)),
            // A file that is not there is no view.
            None if path.starts_with(HASHED) => {
                let hint = "load the page anew: the program has been updated";
                return Problem::new(
                    StatusCode::NOT_FOUND,
                    "there is no such file",
                    "it is not among the pages",
                    hint,
                )
                .into_response();
            }
            None => (INDEX, self.file(INDEX)),
        };
        match found {
            Some(file) => file.sent(name, request.headers()),
            None => not_built(),
        }
    }
}

impl File {
    fn sent(&self, name: &str, headers: &HeaderMap) -> Response {
        let cache = if name.starts_with(HASHED) {
            "private, max-age=31536000, immutable"
        } else {
            "private, no-cache"
        };
        let tag = format!("W/\"{}\"", self.tag);
        let mut response = if has(headers, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let packed =
                PACKED.iter().zip(&self.packed).find(|(p, bytes)| bytes.is_some() && accepts(headers, p.0));
            let mut response =
                Body::from(packed.and_then(|p| p.1.clone()).unwrap_or_else(|| self.bytes.clone()))
                    .into_response();
            if let Some(((encoding, _), _)) = packed {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(name)));
            response
        };
        let into = response.headers_mut();
        into.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        if self.packed.iter().any(Option::is_some) {
            into.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            into.insert(header::ETAG, tag);
        }
        response
    }
}

fn tag(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// Whether a packing is accepted. Weights other than 0 make no difference.
pub(crate) fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let all = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|n| n.eq_ignore_ascii_case(encoding));
        named && !parts.any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn kind(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What is said where there are no pages.
fn not_built() -> Response {
    let page = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Musnad</title></head><body><main>\
         <h1>Musnad</h1><p>This program was built without its pages. In the source folder, <code>make web</code> builds them; then build the \
         program again, or start it with <code>--pages web/dist</code>.</p>\
         <p>The data is here all the same: <a href=\"/api/v1/about\">what the store holds</a>, \
         <a href=\"/api/v1/openapi.json\">what can be asked</a>.</p></main></body></html>\n";
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], page)
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    static SOME: &[(&str, &[u8])] = &[
        ("assets/a-1.js", b"let a = 1"),
        ("assets/a-1.js.br", b"packed"),
        ("index.html", b"<!doctype html>"),
    ];

    fn asked(pages: &Pages, path: &str, encoding: &str) -> Response {
        let request =
            Request::builder().uri(path).header("accept-encoding", encoding).body(Body::empty()).unwrap();
        pages.answer(&request)
    }

    #[test]
    fn files_are_sent_packed_and_other_addresses_lead_to_the_page() {
        let pages = Pages::of(SOME);
        let header = |r: &Response, name: &str| r.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
        let script = asked(&pages, "/assets/a-1.js", "gzip, br;q=0.5");
        assert_eq!(header(&script, "content-encoding").as_deref(), Some("br"));
        assert!(header(&script, "cache-control").unwrap().contains("immutable"));
        assert_eq!(header(&asked(&pages, "/assets/a-1.js", "br;q=0"), "content-encoding"), None);
        for path in ["/", "/entity/4", "/search?q=a", "/assets", "/.hidden"] {
            let page = asked(&pages, path, "");
            assert_eq!(header(&page, "content-type").as_deref(), Some("text/html; charset=utf-8"), "{path}");
            assert_eq!(page.status(), StatusCode::OK);
        }
        assert_eq!(asked(&pages, "/assets/b.js", "").status(), StatusCode::NOT_FOUND);
        assert_eq!(asked(&pages, "/api/v2/about", "").status(), StatusCode::NOT_FOUND);
        assert_eq!(asked(&Pages::of(&[]), "/", "").status(), StatusCode::OK);
    }

    #[test]
    fn nothing_outside_of_the_folder_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("dist");
        std::fs::create_dir_all(inner.join("a")).unwrap();
        std::fs::write(inner.join("a/b.txt"), "b").unwrap();
        std::fs::write(folder.path().join("secret.txt"), "s").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), inner.join("link.txt")).unwrap();
        let pages = Pages::Folder(inner);
        assert!(pages.file("a/b.txt").is_some());
        for path in [
            "../secret.txt",
            "a/../../secret.txt",
            "link.txt",
            "a",
            "",
            "/etc/passwd",
            "a//b.txt",
            "a\\b.txt",
            ".git/config",
        ] {
            assert!(pages.file(path).is_none(), "{path}");
        }
    }
}
