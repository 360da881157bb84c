//! Who may ask, how wrong requests are answered, and what hostile reports do.

#![allow(clippy::unwrap_used)]

mod common;

use common::{HOSTILE, Served, demo, entry, serve, typed};
use musnad_serve::{NotServed, Settings};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static SERVED: LazyLock<Served> = LazyLock::new(|| serve(&demo(), |_| {}));

const TOKEN: &str = "a-token-of-some-length";

#[test]
fn what_is_not_understood_is_told() {
    for (path, status, parameter) in [
        ("/search?q=speker%3ALavrov", 400, "q"),
        ("/search?q=act%3Adenies", 400, "q"),
        ("/search?q=%22open", 400, "q"),
        ("/search?in=nothing", 400, "in"),
        ("/search?limit=0", 400, "limit"),
        ("/search?limit=201", 400, "limit"),
        ("/search?limit=abc", 400, "limit"),
        ("/search?cursor=zz", 400, "cursor"),
        ("/search?nonsense=1", 400, "nonsense"),
        ("/events?type=WAR", 400, "type"),
        ("/events?status=maybe", 400, "status"),
        ("/events?from=yesterday", 400, "from"),
        ("/events?to=2024-13", 400, "to"),
        ("/events?actor=%21%21", 400, "actor"),
        ("/events?type=AID&type=AID", 400, ""),
        ("/timeline?by=hour", 400, "by"),
        ("/network?limit=1", 400, "limit"),
        ("/entities/1/statements?act=sing", 400, "act"),
        ("/entities/abc", 400, "id"),
        ("/entities/-1", 400, "id"),
        ("/entities/99999999999999999999999", 404, ""),
        ("/entities/999999", 404, ""),
        ("/entities/999999/statements", 404, ""),
        ("/entities/999999/events", 404, ""),
        ("/entities/999999/profile", 404, ""),
        ("/reports/0", 404, ""),
        ("/reports/1?version=0", 404, ""),
        ("/utterances/999999", 404, ""),
        ("/happenings/999999", 404, ""),
        ("/citations/report/1?start=9&end=3", 400, "end"),
        ("/nothing", 404, ""),
        ("", 404, ""),
    ] {
        let answer = SERVED.get(&format!("/api/v1{path}"));
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert!(
            !problem["title"].as_str().unwrap().is_empty() && !problem["hint"].as_str().unwrap().is_empty()
        );
        if !parameter.is_empty() {
            assert_eq!(problem["parameter"], parameter, "{path}: {problem}");
        }
    }
    let told = SERVED.get("/api/v1/search?q=aid%20speker%3ALavrov").json();
    assert_eq!(told["position"], 4);
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let first = SERVED.get("/api/v1/about");
    let tag = first.header("etag").unwrap().to_owned();
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));
    let again = SERVED.ask("GET", "/api/v1/about", &[("If-None-Match", &tag)], "");
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), Some(tag.as_str()));
    let other = SERVED.ask("GET", "/api/v1/about", &[("If-None-Match", "\"something\"")], "");
    assert_eq!(other.status, 200);
    assert_eq!(other.body, first.body, "what is remembered is what was found");
}

#[test]
fn answers_are_packed_and_heads_are_given_alone() {
    let plain = SERVED.get("/api/v1/events");
    let packed = SERVED.ask("GET", "/api/v1/events", &[("Accept-Encoding", "gzip")], "");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert!(packed.body.len() < plain.body.len() / 3);
    assert_eq!(packed.unpacked(), plain.body);
    let brotli = SERVED.ask("GET", "/api/v1/events", &[("Accept-Encoding", "br")], "");
    assert_eq!(brotli.header("content-encoding"), Some("br"));
    let again = SERVED.get("/api/v1/events");
    assert_eq!((again.header("content-encoding"), &again.body), (None, &plain.body));
    let head = SERVED.ask("HEAD", "/api/v1/timeline", &[], "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(
        SERVED.api("/timeline")["total"],
        SERVED.api("/events")["total"],
        "a head is not remembered as an answer"
    );
}

#[test]
fn browsers_are_told_what_they_may_do() {
    for path in ["/", "/api/v1/about", "/api/v1/nothing", "/entity/4", "/login"] {
        let answer = SERVED.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe") && !policy.contains('*'));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    // A page has neither scripts nor styles in it.
    let page = SERVED.get("/").text();
    assert!(!page.contains("<script>") && !page.contains("<style") && !page.contains("style="), "{page}");
}

#[test]
fn only_its_own_names_are_answered() {
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.168.0.1"] {
        let answer = SERVED.ask("GET", "/api/v1/about", &[("Host", host)], "");
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.text().contains("reports"));
    }
    for host in ["localhost", "LOCALHOST:1", "[::1]:7878", "127.0.0.1"] {
        assert_eq!(SERVED.ask("GET", "/api/v1/about", &[("Host", host)], "").status, 200, "{host}");
    }
    let twice = SERVED.raw(
        b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );
    assert_ne!(twice.status, 200);
    let none = SERVED.raw(b"GET /api/v1/about HTTP/1.0\r\n\r\n");
    assert_eq!(none.status, 421);
    let whole = SERVED.raw(
        b"GET http://evil.example/api/v1/about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(whole.status, 421);
    let named = serve(&[], |s| s.hosts.push("news.example.org".into()));
    assert_eq!(named.ask("GET", "/api/v1/about", &[("Host", "News.example.org:80")], "").status, 200);
}

#[test]
fn a_token_is_needed_where_one_is_set() {
    let served = serve(&demo(), |s| s.token = Some(TOKEN.into()));
    let refused = served.get("/api/v1/about");
    assert_eq!((refused.status, refused.header("www-authenticate").is_some()), (401, true));
    assert!(!refused.text().contains("statements"));
    assert_eq!(served.get("/assets/a.js").status, 401);
    assert_eq!(
        served.ask("GET", "/api/v1/about", &[("Authorization", "Bearer wrong-token-of-length")], "").status,
        401
    );
    let with = format!("Bearer {TOKEN}");
    assert_eq!(served.ask("GET", "/api/v1/about", &[("Authorization", &with)], "").status, 200);
    // Who looks at a page is shown where to log in, and comes back to it.
    let sent = served.ask("GET", "/entity/4?a=b", &[("Accept", "text/html")], "");
    assert_eq!((sent.status, sent.header("location")), (303, Some("/login?to=/entity/4%3Fa%3Db")));
    let form = served.get("/login?to=/entity/4%3Fa%3Db");
    assert!(form.text().contains("value=\"/entity/4?a=b\""), "{}", form.text());
    assert_eq!(served.get("/login.css").status, 200);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let before = Instant::now();
    let wrong = served.ask("POST", "/login", &[kind], "token=wrong");
    assert_eq!((wrong.status, wrong.header("set-cookie")), (403, None));
    assert!(before.elapsed() > Duration::from_millis(500), "guessing takes time");
    let entered = served.ask("POST", "/login", &[kind], &format!("token={TOKEN}&to=/entity/4"));
    assert_eq!((entered.status, entered.header("location")), (303, Some("/entity/4")));
    let cookie = entered.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(TOKEN),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(served.ask("GET", "/api/v1/about", &[("Cookie", cookie)], "").status, 200);
    assert_eq!(served.ask("GET", "/api/v1/about", &[("Cookie", &format!("{cookie}0"))], "").status, 401);
    let elsewhere = served.ask("POST", "/login", &[kind], &format!("token={TOKEN}&to=//evil.example"));
    assert_eq!(elsewhere.header("location"), Some("/"));
}

#[test]
fn nothing_is_changed_and_nothing_is_too_long() {
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        assert_eq!(SERVED.ask(method, "/api/v1/about", &[], "").status, 405, "{method}");
        assert_eq!(SERVED.ask(method, "/", &[], "").status, 405, "{method}");
    }
    let long = format!("/api/v1/search?q={}", "a".repeat(9_000));
    assert_eq!(SERVED.get(&long).status, 414);
    let longer = format!("/api/v1/search?q={}", "a".repeat(90_000));
    assert!(matches!(SERVED.get(&longer).status, 414 | 431));
    let header = "a".repeat(90_000);
    assert_eq!(SERVED.ask("GET", "/api/v1/about", &[("X-Long", &header)], "").status, 431);
    let query = format!("/api/v1/search?q={}", typed(&"كلمة ".repeat(210)));
    assert_eq!(SERVED.get(&query).status, 400, "a query of more than 1,000 characters");
    let served = serve(&[], |s| s.token = Some(TOKEN.into()));
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let big = format!("token={}", "a".repeat(100_000));
    assert_eq!(served.ask("POST", "/login", &[kind], &big).status, 413);
}

#[test]
fn pages_come_from_a_folder_or_say_how_to_be_built() {
    let pages = tempfile::tempdir().unwrap();
    std::fs::create_dir(pages.path().join("assets")).unwrap();
    std::fs::write(pages.path().join("index.html"), "<!doctype html><p>here").unwrap();
    std::fs::write(pages.path().join("assets/a.js"), "let a = 1").unwrap();
    let served = serve(&[], |s| s.pages = Some(pages.path().to_owned()));
    for path in ["/", "/search", "/report/4", "/%2e%2e/s.db", "/..%2fs.db"] {
        let page = served.get(path);
        assert_eq!((page.status, page.text().contains("here")), (200, true), "{path}");
    }
    let script = served.get("/assets/a.js");
    assert_eq!(
        (script.text().as_str(), script.header("content-type")),
        ("let a = 1", Some("text/javascript; charset=utf-8"))
    );
    let tag = script.header("etag").unwrap();
    assert_eq!(served.ask("GET", "/assets/a.js", &[("If-None-Match", tag)], "").status, 304);
    assert_eq!(served.get("/assets/b.js").status, 404);
    assert_eq!(SERVED.get("/").status, 200);
}

#[test]
fn what_would_not_be_safe_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    common::add(&store, &[]);
    let tried = |change: &dyn Fn(&mut Settings)| {
        let mut settings = Settings {
            store: store.clone(),
            listen: "127.0.0.1:0".parse().unwrap(),
            token: None,
            hosts: Vec::new(),
            pages: None,
        };
        change(&mut settings);
        musnad_serve::serve_until(&settings, |_| {}, async {})
            .map_err(|e| (matches!(e, NotServed::Settings(_)), e.to_string()))
    };
    assert!(tried(&|_| {}).is_ok());
    let open = tried(&|s| s.listen = "0.0.0.0:0".parse().unwrap()).unwrap_err();
    assert!(open.0 && open.1.contains("--token-file"), "{open:?}");
    let short = tried(&|s| s.token = Some("short".into())).unwrap_err();
    assert!(short.0 && short.1.contains("16"), "{short:?}");
    assert!(tried(&|s| s.token = Some("a token with spaces in it".into())).is_err());
    assert!(tried(&|s| s.pages = Some("/nowhere".into())).is_err());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let told = tried(&|s| s.listen = address).unwrap_err();
    assert!(!told.0 && told.1.contains("another program listens"), "{told:?}");
    let missing = tried(&|s| s.store = "/nowhere/s.db".into()).unwrap_err();
    assert!(!missing.0 && missing.1.contains("/nowhere/s.db"), "{missing:?}");
    std::fs::write(
        folder.path().join("text.db"),
        "not a store, but a text that is long enough to be looked at",
    )
    .unwrap();
    let foreign = tried(&|s| s.store = folder.path().join("text.db")).unwrap_err();
    assert!(foreign.1.contains("no store"), "{foreign:?}");
    assert!(
        tried(&|s| {
            s.listen = "0.0.0.0:0".parse().unwrap();
            s.token = Some(TOKEN.into());
        })
        .is_ok()
    );
}

#[test]
fn hostile_reports_are_text() {
    let named = format!("قال {HOSTILE} الوزير خالد المرزوقي إن «{HOSTILE}» في الطريق.");
    let long = format!("سطر طويل\nقال الوزير خالد المرزوقي: {}", "وصل الوفد إلى المدينة. ".repeat(60_000));
    let cast: String =
        (0..10_000).map(|i| format!("قال سالم{i} الحداد{i} لكريم{i} النجار{i} إن الأمر انتهى.\n")).collect();
    let entries = [
        entry("javascript:alert(1)", HOSTILE, "2024-01-01", &format!("{HOSTILE}\n{named}")),
        entry("https://example.org/long", "الساحة", "2024-01-02", &long),
        entry("https://example.org/cast", "الساحة", "2024-01-03", &format!("كثيرون\n{cast}")),
        entry("https://example.org/none", "\u{202e}", "2024-01-04", ""),
    ];
    let served = serve(&entries, |_| {});
    let found = served.api("/search?in=reports");
    assert_eq!(found["total"], 4);
    for id in 1..=4 {
        let answer = served.get(&format!("/api/v1/reports/{id}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
        answer.json();
        served.api(&format!("/citations/report/{id}?start=0&end=100000000"));
    }
    let report = served.api("/reports/1");
    assert_eq!(report["outlet"], HOSTILE, "texts are given as they are");
    let line = served.api("/citations/report/1")["citation"].as_str().unwrap().to_owned();
    assert!(!line.contains('\u{202e}'), "nothing turns the direction of a citation");
    let (opened, closed) = (line.matches('\u{2068}').count(), line.matches('\u{2069}').count());
    assert!(opened == closed && !line.contains('\u{2067}'), "{line:?}");
    for within in ["statements", "reports", "entities", "happenings", "utterances"] {
        for query in ["", "الوزير", "script"] {
            served.api(&format!("/search?in={within}&q={}&limit=200", typed(query)));
        }
    }
    for path in ["/about", "/events?limit=200", "/timeline", "/map?limit=2000", "/network?limit=300"] {
        served.api(path);
    }
    let entities = served.api("/search?in=entities&limit=3");
    for item in entities["items"].as_array().unwrap() {
        if let Some(id) = item["who"]["entity"].as_i64() {
            for page in ["", "/statements", "/events", "/profile"] {
                served.api(&format!("/entities/{id}{page}"));
            }
        }
    }
}

#[test]
fn many_who_ask_at_once_are_all_answered() {
    let paths = ["/about", "/events", "/search?q=%D8%A7%D9%84%D8%AC%D9%8A%D8%B4", "/network", "/reports/1"];
    std::thread::scope(|s| {
        for i in 0..64 {
            s.spawn(move || {
                for path in paths.iter().cycle().skip(i).take(6) {
                    SERVED.api(path);
                }
            });
        }
    });
}

#[test]
fn who_goes_away_is_not_waited_for() {
    use std::io::Write;
    let served = serve(&demo(), |_| {});
    for _ in 0..200 {
        let mut stream = std::net::TcpStream::connect(served.address).unwrap();
        let request = format!("GET /api/v1/network?limit=300 HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
        stream.write_all(request.as_bytes()).unwrap();
    }
    assert_eq!(served.api("/about")["store"]["counts"]["reports"], 37);
}
