//! A store of the demo reports and hostile ones, served on a port of its own.

#![allow(dead_code)] // Not every test uses everything.

use flate2::read::GzDecoder;
use musnad_serve::{Settings, serve_until};
use musnad_store::{Entry, Store};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// A right-to-left override, an isolate that never ends, markup, and what would end a string in a script.
pub const HOSTILE: &str = "<script>alert(1)</script> \u{202e}\u{2067} \"'&--> </textarea>";

/// A report as it is added.
pub fn entry(address: &str, outlet: &str, day: &str, text: &str) -> Entry {
    let given = musnad::Report {
        uri: Some(address.to_owned()),
        outlet: Some(outlet.to_owned()),
        published: day.parse().ok(),
        published_from: musnad::PublishedFrom::Given,
        titled: true,
        text: text.to_owned(),
        ..Default::default()
    };
    Entry::new(&given, &musnad::read(given.clone()), "a test")
}

/// Adds reports, and tells what is the same.
pub fn add(path: &Path, entries: &[Entry]) {
    let mut store = Store::create(path).expect("the store opens");
    let mut batch = store.begin(Duration::from_secs(20)).expect("nobody else writes");
    for entry in entries {
        batch.add(entry).expect("the report is added");
    }
    batch.group().expect("the groups are told");
    batch.commit().expect("the batch is written");
}

/// The demo reports.
pub fn demo() -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../musnad-cli/demo");
    let reports = musnad_sources::read(vec![folder.as_os_str().into()], musnad_sources::Options::default());
    let of = |report: musnad_sources::Report| {
        let day = report.published.clone().unwrap_or_default();
        let given = musnad::Report {
            id: report.id,
            uri: report.uri,
            outlet: report.outlet,
            published: day.parse().ok(),
            published_from: musnad::PublishedFrom::Given,
            titled: true,
            text: report.text,
        };
        Entry::new(&given, &musnad::read(given.clone()), report.origin.to_string())
    };
    // The page that tells about the reports lies beside them.
    reports.filter_map(Result::ok).filter(|r| !r.origin.path.ends_with(".md")).map(of).collect()
}

/// A server that stops when it is dropped.
pub struct Served {
    pub address: SocketAddr,
    pub folder: tempfile::TempDir,
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        *self.stop.0.lock().expect("nobody panics here") = true;
        self.stop.1.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Serves these reports.
pub fn serve(entries: &[Entry], change: impl FnOnce(&mut Settings)) -> Served {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("s.db");
    add(&path, entries);
    let mut settings = Settings {
        store: path,
        listen: "127.0.0.1:0".parse().expect("an address"),
        token: None,
        hosts: Vec::new(),
        pages: None,
    };
    change(&mut settings);
    let stop = Arc::new((Mutex::new(false), Condvar::new()));
    let (told, ready) = mpsc::channel();
    let waits = Arc::clone(&stop);
    let thread = std::thread::spawn(move || {
        let stopped = async move {
            while !*waits.0.lock().expect("nobody panics here") {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        serve_until(&settings, |address| told.send(address).expect("somebody waits"), stopped)
            .expect("it is served");
    });
    let address = ready.recv_timeout(Duration::from_secs(60)).expect("the server begins");
    Served { address, folder, stop, thread: Some(thread) }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|h| h.0 == name).map(|h| h.1.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn unpacked(&self) -> Vec<u8> {
        let mut out = Vec::new();
        GzDecoder::new(self.body.as_slice()).read_to_end(&mut out).expect("it is gzip");
        out
    }
}

impl Served {
    /// The path of the store.
    pub fn store(&self) -> std::path::PathBuf {
        self.folder.path().join("s.db")
    }

    /// Sends bytes and reads what comes until the connection is closed.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("the server is there");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time is set");
        // Whoever refuses a long request may close before it has read all of it.
        let _ = stream.write_all(request);
        let mut got = Vec::new();
        let _ = stream.read_to_end(&mut got);
        let end = got.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&got[..end]).into_owned();
        let mut lines = head.lines();
        let status =
            lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok()).expect("a status");
        let headers: Vec<(String, String)> = lines
            .filter_map(|l| l.split_once(": "))
            .map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned()))
            .collect();
        let mut body = got[end + 4..].to_vec();
        if headers.iter().any(|h| h.0 == "transfer-encoding" && h.1 == "chunked") {
            body = unchunked(&body);
        }
        Answer { status, headers, body }
    }

    /// Asks with further headers.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|h| h.0 == "Host") {
            request += &format!("Host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        self.raw(format!("{request}\r\n{body}").as_bytes())
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// What the API answers, which must be an answer.
    pub fn api(&self, path: &str) -> Value {
        let answer = self.get(&format!("/api/v1{path}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = body.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&body[..end]), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        out.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
    out
}

/// As it stands in an address.
pub fn typed(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
