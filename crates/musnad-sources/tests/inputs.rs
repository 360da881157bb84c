//! Each kind of input, packed and in each encoding, comes out as the reports it holds.

mod common;

use std::fs;

use common::{
    FEED, PAGE, PAGE_TEXT, all, archive, faults, gzip, one, record, reports, response, utf16, zstd,
};
use musnad_sources::{Fault, Input, Options, PublishedFrom, Report, read, read_bytes, total_bytes};

const TEXT: &str = "وصول القافلة إلى الميناء\nقال المدير إن السفينة وصلت مساء أمس، وإن الشحنة كاملة.\nوأضاف أن التفريغ بدأ.\n";

#[test]
fn plain_text_comes_through_letter_for_letter() {
    let text = "عنوان قصير \r\n\r\nنصٌّ ـــ  به مسافات\u{a0} وعلامات\u{200f}.\r\n\t\n";
    let report = one("a.txt", text);
    assert_eq!(report.text, text);
    assert!(report.titled);
    assert_eq!((report.published_from, report.published), (PublishedFrom::None, None));
    assert_eq!(one("a.txt", format!("\u{feff}{text}")).text, text);
    assert!(!one("a.txt", "سطر واحد فقط").titled);
}

#[test]
fn encodings_are_told_without_a_declaration() {
    for (name, bytes) in [
        ("utf-16 le with mark", utf16(TEXT, true, true)),
        ("utf-16 be with mark", utf16(TEXT, false, true)),
        ("utf-16 le", utf16(TEXT, true, false)),
        ("utf-16 be", utf16(TEXT, false, false)),
        ("windows-1256", encoding_rs::WINDOWS_1256.encode(TEXT).0.into_owned()),
        ("iso-8859-6", encoding_rs::ISO_8859_6.encode(TEXT).0.into_owned()),
    ] {
        assert_eq!(one(name, bytes).text, TEXT, "{name}");
    }
    let line = format!("{{\"text\": {}}}\n", serde_json::to_string(TEXT).unwrap());
    for bytes in [
        utf16(&line, true, true),
        utf16(&line, false, false),
        encoding_rs::WINDOWS_1256.encode(&line).0.into_owned(),
    ] {
        assert_eq!(one("a.jsonl", bytes).text, TEXT);
    }
}

#[test]
fn pages() {
    let report = one("a.html", PAGE);
    assert_eq!(report.text, PAGE_TEXT);
    assert!(report.titled);
    assert_eq!(report.published.as_deref(), Some("2021-03-04"));
    assert_eq!(report.published_from, PublishedFrom::Page);
    assert_eq!(report.outlet.as_deref(), Some("صحيفة الميناء"));
    assert_eq!(report.uri.as_deref(), Some("https://minaa.example/news/17"));
    // Told by content alone, and in the encoding that the page declares.
    assert_eq!(one("page", PAGE).text, PAGE_TEXT);
    let arabic = PAGE.replace("charset=\"utf-8\"", "charset=\"windows-1256\"");
    assert_eq!(one("a", encoding_rs::WINDOWS_1256.encode(&arabic).0.into_owned()).text, PAGE_TEXT);
    let iso = PAGE.replace(
        "<meta charset=\"utf-8\">",
        "<META http-equiv=Content-Type content='text/html; charset=iso-8859-6'>",
    );
    assert_eq!(one("a", encoding_rs::ISO_8859_6.encode(&iso).0.into_owned()).text, PAGE_TEXT);
    assert_eq!(one("a", utf16(PAGE, true, true)).text, PAGE_TEXT);
    // A declaration that is wrong is not believed.
    assert_eq!(one("a", arabic.as_bytes()).text, PAGE_TEXT);
    assert_eq!(one("a", encoding_rs::WINDOWS_1256.encode(PAGE).0.into_owned()).text, PAGE_TEXT);
}

#[test]
fn feeds() {
    let items: Vec<Report> = reports("feed.xml", FEED).map(Result::unwrap).collect();
    assert_eq!(items.len(), 2);
    let first = &items[0];
    assert_eq!(
        first.text,
        "افتتاح جسر \"السلام\"\nافتتح المحافظ الجسر صباح الخميس.\nوقال إن العمل فيه دام عامين."
    );
    assert_eq!((first.id.as_deref(), first.uri.as_deref()), (Some("m-1"), Some("https://minaa.example/1")));
    assert_eq!(
        (first.published.as_deref(), first.published_from),
        (Some("2021-03-04"), PublishedFrom::Given)
    );
    assert_eq!(first.outlet.as_deref(), Some("صحيفة الميناء"));
    assert_eq!(first.origin.to_string(), "feed.xml:entry 1");
    assert_eq!(items[1].text, "تأجيل الدراسة\nأعلنت الوزارة تأجيل الدراسة يوما واحدا بسبب العاصفة.");
    assert_eq!((items[1].published.as_deref(), items[1].published_from), (None, PublishedFrom::None));
}

#[test]
fn atom_with_text_html_and_xhtml() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">وكالة الوادي</title>
<entry><id>urn:1</id><title>أ &lt; ب</title><link rel="self" href="https://w.example/self"/><link href="https://w.example/1"/>
<published>2021-05-06T07:08:09Z</published><updated>2021-06-01T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>الفقرة <b>الأولى</b> &amp; تتمتها.</p><p>الثانية &lt;ليست وسما&gt;.</p></div></content></entry>
<entry><id>urn:2</id><title type="html">&lt;b&gt;عنوان&lt;/b&gt; ثان</title><updated>2021-06-02T00:00:00Z</updated>
<summary>نص سطره
سطران</summary><source><title>صحيفة أخرى</title></source></entry></feed>"#;
    let items: Vec<Report> = reports("a.atom", feed).map(Result::unwrap).collect();
    assert_eq!(items[0].text, "أ < ب\nالفقرة الأولى & تتمتها.\nالثانية <ليست وسما>.");
    assert_eq!(
        (items[0].uri.as_deref(), items[0].published.as_deref()),
        (Some("https://w.example/1"), Some("2021-05-06"))
    );
    assert_eq!(items[0].outlet.as_deref(), Some("وكالة الوادي"));
    assert_eq!(items[1].text, "عنوان ثان\nنص سطره\nسطران");
    assert_eq!(
        (items[1].outlet.as_deref(), items[1].published.as_deref()),
        (Some("صحيفة أخرى"), Some("2021-06-02"))
    );
}

#[test]
fn rss_in_rdf_and_in_windows_1256() {
    let feed = r#"<?xml version="1.0" encoding="windows-1256"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://q.example/"><title>القلعة</title></channel>
<item rdf:about="https://q.example/5"><title>خبر</title><description>نص الخبر كاملا.</description><dc:date>2010-01-02T03:04:05+02:00</dc:date></item></rdf:RDF>"#;
    let report = one("a", encoding_rs::WINDOWS_1256.encode(feed).0.into_owned());
    assert_eq!(report.text, "خبر\nنص الخبر كاملا.");
    assert_eq!(
        (report.uri.as_deref(), report.published.as_deref()),
        (Some("https://q.example/5"), Some("2010-01-02"))
    );
    assert_eq!(report.outlet.as_deref(), Some("القلعة"));
}

/// What the archive of `common::archive` holds.
fn check_archive(name: &str, bytes: Vec<u8>) {
    let items = all(name, bytes);
    let items: Vec<Report> = items.into_iter().map(Result::unwrap).collect();
    assert_eq!(items.len(), 3, "{name}");
    assert_eq!(items[0].text, PAGE_TEXT);
    assert_eq!(items[0].origin.to_string(), format!("{name}:record 3"));
    assert_eq!(items[2].origin.to_string(), format!("{name}:record 6:entry 2"));
}

#[test]
fn archives() {
    check_archive("a.warc", archive().concat());
    check_archive("a.warc.gz", gzip(&archive().concat()));
    check_archive("many members", archive().iter().flat_map(|record| gzip(record)).collect());
    check_archive("a.warc.zst", zstd(&archive().concat()));
    check_archive("packed twice", gzip(&zstd(&archive().concat())));
}

#[test]
fn answers_coded_by_http() {
    let html = "Content-Type: text/html\r\n";
    let page = PAGE.as_bytes();
    let chunked = |bytes: &[u8]| {
        let mut out = Vec::new();
        for chunk in bytes.chunks(100) {
            out.extend_from_slice(format!("{:x};x=y\r\n", chunk.len()).as_bytes());
            out.extend_from_slice(chunk);
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"0\r\n\r\n");
        out
    };
    let deflate = || {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, page).unwrap();
        encoder.finish().unwrap()
    };
    for (headers, body) in [
        ("Transfer-Encoding: chunked\r\n", chunked(page)),
        ("content-encoding: gzip\r\n", gzip(page)),
        ("Content-Encoding: GZIP\r\nTransfer-Encoding: chunked\r\n", chunked(&gzip(page))),
        ("Content-Encoding: deflate\r\n", deflate()),
        ("Content-Encoding: zstd\r\n", zstd(page)),
        // Undone by the crawler, which left the header as it was.
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", page.to_vec()),
        ("Content-Encoding: br\r\n", page.to_vec()),
    ] {
        let report =
            one("a.warc", response("https://minaa.example/x", 200, &format!("{html}{headers}"), &body));
        assert_eq!(report.text, PAGE_TEXT, "{headers}");
    }
    let old = PAGE.replace("<meta charset=\"utf-8\">", "");
    let body = encoding_rs::WINDOWS_1256.encode(&old).0.into_owned();
    let report = one("a", response("u", 200, "Content-Type: text/html; charset=\"windows-1256\"\r\n", &body));
    assert_eq!(report.text, PAGE_TEXT);
}

#[test]
fn texts_of_wet_files() {
    let text = "عنوان الصفحة\nالسطر الأول من النص.\nالسطر الثاني.\n";
    let mut wet = record("warcinfo", "", "application/warc-fields", b"x: y\r\n");
    wet.extend(record("conversion", "https://minaa.example/5", "text/plain", text.as_bytes()));
    wet.extend(record("conversion", "https://minaa.example/6", "text/plain", b""));
    let items = reports("a.wet.gz", gzip(&wet));
    let report = items.map(Result::unwrap).next().unwrap();
    assert_eq!((report.text.as_str(), report.titled), (text, true));
    assert_eq!(report.uri.as_deref(), Some("https://minaa.example/5"));
}

#[test]
fn pages_of_archives_without_a_report_are_counted() {
    let front = "<html><title>الميناء</title><body><ul><li><a href=/1>خبر أول عن الميناء</a><li><a href=/2>خبر ثان</a></ul></body></html>";
    let mut reports = reports(
        "a.warc",
        response("https://minaa.example/", 200, "Content-Type: text/html\r\n", front.as_bytes()),
    );
    assert!(reports.next().is_none());
    assert_eq!(reports.progress().records_passed_over(), 1);
    let (faults, _) = faults("front.html", front);
    assert_eq!(
        faults,
        ["front.html: no report was found on this page; leave it out, or give its text as plain text"]
    );
}

#[test]
fn folders_are_read_in_the_order_of_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("b/.git")).unwrap();
    fs::create_dir(path("page_files")).unwrap();
    fs::write(path("c.txt"), "ج\nنص").unwrap();
    fs::write(path("a.jsonl"), "{\"text\": \"ا\"}\n{\"text\": \"اا\"}").unwrap();
    fs::write(path("b/2.txt.gz"), gzip("ب٢\nنص".as_bytes())).unwrap();
    fs::write(path("b/10.txt"), "ب١٠\nنص").unwrap();
    fs::write(path("b/.git/x.txt"), "مخفي\nنص").unwrap();
    fs::write(path(".hidden.txt"), "مخفي\nنص").unwrap();
    fs::write(path("page.html"), PAGE).unwrap();
    fs::write(path("page_files/script.js"), "var x = 1;").unwrap();
    fs::write(path("d.bin"), b"\x89PNG\r\n\x1a\n\0").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), path("b/loop")).unwrap();
        std::os::unix::fs::symlink(path("nowhere"), path("b/dangling")).unwrap();
    }
    let inputs = || vec![Input::Path(folder.path().to_owned()), Input::Path(path("none.txt"))];
    let shown = || -> Vec<String> {
        let name = |path: &str| path.replace(folder.path().to_str().unwrap(), "").replace('\\', "/");
        read(inputs(), Options::default())
            .map(|item| match item {
                Ok(report) => {
                    format!("{} {}", name(&report.origin.to_string()), report.text.lines().next().unwrap())
                }
                Err(fault) => format!("FAULT {}", name(&fault.to_string())),
            })
            .collect()
    };
    let expected = [
        "/a.jsonl:line 1 ا",
        "/a.jsonl:line 2 اا",
        "/b/10.txt ب١٠",
        "/b/2.txt.gz ب٢",
        "FAULT /b/dangling: this is a link to something that is not there; mend the link or remove it",
        "/c.txt ج",
        "FAULT /d.bin: this is a picture (PNG), not text; leave it out",
        "/page.html قافلة أدوية تصل إلى بلدة الزهور",
        "FAULT /none.txt: there is no such file; check the name",
    ];
    assert_eq!(shown(), expected);
    assert_eq!(shown(), shown());
}

#[test]
fn progress_counts_bytes_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let packed = gzip(TEXT.repeat(1000).as_bytes());
    fs::write(folder.path().join("a.txt.gz"), &packed).unwrap();
    fs::write(folder.path().join("b.txt"), TEXT).unwrap();
    let inputs = vec![Input::Path(folder.path().to_owned())];
    let total = total_bytes(&inputs).unwrap();
    assert_eq!(total, (packed.len() + TEXT.len()) as u64);
    let mut reports = read(inputs, Options::default());
    let progress = reports.progress();
    assert_eq!(progress.bytes_read(), 0);
    assert!(reports.next().unwrap().is_ok());
    assert_eq!(progress.bytes_read(), packed.len() as u64);
    assert_eq!(reports.count(), 1);
    assert_eq!(progress.bytes_read(), total);
    assert_eq!(total_bytes(&[Input::Stdin]), None);
}

#[test]
fn what_the_caller_knows_fills_what_is_missing() {
    let options = Options {
        outlet: Some("الشاهد".to_owned()),
        published: Some("2022-02-02".to_owned()),
        ..Options::default()
    };
    let first =
        |name: &str, content: &str| read_bytes(name, content, options.clone()).next().unwrap().unwrap();
    let given = first("a.jsonl", "{\"text\": \"ا\", \"published\": \"2020-01-01\", \"outlet\": \"الميناء\"}");
    assert_eq!((given.published.as_deref(), given.outlet.as_deref()), (Some("2020-01-01"), Some("الميناء")));
    let text = first("a.txt", "عنوان\nنص");
    assert_eq!((text.published.as_deref(), text.outlet.as_deref()), (Some("2022-02-02"), Some("الشاهد")));
    assert_eq!(text.published_from, PublishedFrom::Given);
    let page = first("a.html", PAGE);
    assert_eq!((page.published.as_deref(), page.published_from), (Some("2022-02-02"), PublishedFrom::Given));
    assert_eq!(page.outlet.as_deref(), Some("صحيفة الميناء"));
}

#[test]
fn iterators_may_move_to_another_thread() {
    let reports = reports("a.txt", "عنوان\nنص");
    let handle = std::thread::spawn(move || {
        reports.map(|item: Result<Report, Fault>| item.unwrap().text).collect::<Vec<_>>()
    });
    assert_eq!(handle.join().unwrap(), ["عنوان\nنص"]);
}
