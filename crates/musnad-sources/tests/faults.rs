//! What cannot be read is named with its place and what to do; the rest is read. No bytes make the reader panic.

mod common;

use common::{FEED, PAGE, all, archive, faults, gzip, record, response, utf16, zstd};
use musnad_sources::{Options, day, read_bytes};
use proptest::prelude::*;

fn only(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let (mut faults, reports) = faults(name, bytes);
    assert_eq!((faults.len(), reports), (1, 0), "{faults:?}");
    faults.remove(0)
}

#[test]
fn files_that_hold_no_text() {
    assert_eq!(only("a.txt", ""), "a.txt: the file is empty; remove it or put the report into it");
    assert_eq!(
        only("a.txt.gz", gzip(b"")),
        "a.txt.gz: the file is empty; remove it or put the report into it"
    );
    assert_eq!(only("a.txt", " \n\r\n"), "a.txt: the file holds no text; remove it");
    assert_eq!(
        only("a.pdf", "%PDF-1.7\n1 0 obj"),
        "a.pdf: this is a PDF, not text; turn it into text first, or leave it out"
    );
    assert!(only("a", b"PK\x03\x04\0\0".to_vec()).starts_with("a: this is a zip file"));
    assert!(
        only("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec()).starts_with("a.jpg: this is a picture (JPEG)")
    );
    assert!(only("a", b"BZh91AY&SY".to_vec()).contains("packed with bzip2, not text; unpack it first"));
    assert!(only("a", b"\x01\x02\x03\x04\x05abc".to_vec()).contains("control characters"));
    assert!(
        only("a.xml", "<?xml version='1.0'?><urlset><url/></urlset>").contains("neither a feed nor a page")
    );
}

#[test]
fn invalid_utf8_is_named_with_its_line() {
    let mut text = "السطر الأول من الخبر\nالسطر الثاني\n".as_bytes().to_vec();
    text.extend_from_slice("قال ".as_bytes());
    text.extend_from_slice(b"\xff\xfe oops");
    assert_eq!(
        only("a.txt", text.clone()),
        "a.txt:line 3: invalid UTF-8 at byte 8 of the line; save the file again as UTF-8"
    );
    let mut lines = b"{\"text\": \"ok\"}\n{\"text\": \"\xff\"}\n".to_vec();
    lines.extend_from_slice("{\"text\": \"ثالث\"}\n{\"text\": \"رابع\"}".as_bytes());
    let (faults, reports) = faults("a.jsonl", lines);
    assert_eq!(
        (faults, reports),
        (vec!["a.jsonl:line 2: invalid UTF-8 at byte 11; save the file again as UTF-8".to_owned()], 3)
    );
    // A text that is cut in the middle of a letter.
    let cut = &"كلمات كثيرة في الخبر".as_bytes()[..34];
    assert!(std::str::from_utf8(cut).is_err());
    assert!(only("a.txt", cut).contains("a.txt:line 1: invalid UTF-8"));
}

#[test]
fn truncated_gzip_gives_what_came_before() {
    let lines: String = (0..2000)
        .map(|i| format!("{{\"id\": \"{i}\", \"text\": \"نص رقم {}\"}}\n", i * 7919 % 1000))
        .collect();
    let packed = gzip(lines.as_bytes());
    let (faults, reports) = faults("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert_eq!(faults.len(), 1);
    assert!(
        faults[0].contains(&format!("a.jsonl.gz:line {}: the gzip data is cut short after", reports + 1)),
        "{}",
        faults[0]
    );
    assert!(reports > 500, "{reports}");
}

#[test]
fn damaged_gzip_is_named() {
    let mut packed = gzip("نص طويل بعض الشيء ".repeat(50).as_bytes());
    let middle = packed.len() / 2;
    packed[middle] ^= 0xff;
    assert!(only("a.txt.gz", packed).contains("gzip data is damaged"));
    let mut followed = gzip("عنوان\nنص".as_bytes());
    followed.extend_from_slice(b"garbage");
    assert!(only("a.txt.gz", followed).contains("bytes that are not gzip follow"));
    let mut padded = gzip("عنوان\nنص".as_bytes());
    padded.extend_from_slice(&[0; 512]);
    assert!(all("a.txt.gz", padded)[0].is_ok());
}

#[test]
fn what_follows_a_member_cut_short_is_read() {
    let record = |i: usize| {
        let page = PAGE.replace("الخميس", &format!("الخميس {}", i * 7919));
        gzip(&response(
            &format!("https://m.example/{i}"),
            200,
            "Content-Type: text/html\r\n",
            page.as_bytes(),
        ))
    };
    let members: Vec<Vec<u8>> = (0..8).map(record).collect();
    for cut in (12..members[2].len() - 1).step_by(7) {
        let mut bytes = members[..2].concat();
        bytes.extend_from_slice(&members[2][..cut]);
        bytes.extend(members[3..].concat());
        let items = all("a.warc.gz", bytes);
        let kept: Vec<String> = items.iter().flatten().map(|report| report.uri.clone().unwrap()).collect();
        assert!(items.iter().any(Result::is_err), "cut at {cut}");
        // At most one record more is lost than the one that was cut.
        assert!(
            kept.len() >= 6 && kept.ends_with(&["https://minaa.example/news/17".to_owned()]),
            "cut at {cut}: {items:?}"
        );
    }
    let lines =
        |i: usize| gzip(format!("{{\"id\": \"{i}\", \"text\": \"{}\"}}\n", "نص ".repeat(100 + i)).as_bytes());
    let mut bytes = [lines(0), lines(1)].concat();
    bytes.truncate(bytes.len() - lines(1).len() / 2);
    bytes.extend((2..6).flat_map(lines));
    let items = all("a.jsonl.gz", bytes);
    assert!(items[0].is_ok() && items[1].is_err() && items.iter().flatten().count() >= 4, "{items:?}");
}

#[test]
fn a_record_cut_short_is_named_and_what_came_before_is_read() {
    let whole = archive();
    let mut cut = whole.concat();
    let page = whole[0].len() + whole[1].len() + whole[2].len();
    cut.truncate(page + 150);
    let items = all("a.warc", cut);
    assert!(items[0].is_ok());
    let fault = items[1].as_ref().unwrap_err();
    assert!(fault.starts_with("a.warc:record 4: the record is cut short"), "{fault}");
    assert_eq!(items.len(), 2);
}

#[test]
fn damage_between_records_is_named_and_the_rest_is_read() {
    let mut bytes = response("https://m.example/1", 200, "Content-Type: text/html\r\n", PAGE.as_bytes());
    bytes.extend_from_slice(b"rubbish\r\nmore rubbish\r\n\r\n");
    bytes.extend(b"WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n");
    bytes.extend(response("https://m.example/2", 200, "Content-Type: text/html\r\n", PAGE.as_bytes()));
    let items = all("a.warc", bytes);
    assert!(items[0].is_ok() && items[3].is_ok(), "{items:?}");
    assert!(items[1].as_ref().unwrap_err().starts_with("a.warc:record 2: no record begins where one should"));
    assert!(
        items[2].as_ref().unwrap_err().starts_with("a.warc:record 3: the record does not say how long it is")
    );
    assert_eq!(items.len(), 4);
}

#[test]
fn a_record_whose_coding_is_broken_is_named_and_the_rest_is_read() {
    let packed = gzip(PAGE.as_bytes());
    let headers = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
    let mut bytes = response("https://m.example/1", 200, headers, &packed[..packed.len() / 2]);
    bytes.extend(response("https://m.example/2", 200, headers, &packed));
    let items = all("a.warc", bytes);
    assert!(items[0].as_ref().unwrap_err().starts_with("a.warc:record 1: the gzip data is cut short"));
    assert!(items[1].is_ok());
}

#[test]
fn a_feed_cut_short_gives_its_whole_entries() {
    let end = FEED.find("تأجيل").unwrap();
    let items = all("a.xml", &FEED.as_bytes()[..end + 4]);
    assert!(items[0].is_ok());
    assert_eq!(
        items[1].as_ref().unwrap_err(),
        "a.xml:entry 2: the feed ends in the middle of this entry; fetch it again"
    );
    let broken = FEED.replace("موجز", "\u{1}").replace("افتتح", "Q").into_bytes();
    let broken: Vec<u8> = broken.into_iter().map(|byte| if byte == b'Q' { 0xff } else { byte }).collect();
    let items = all("a.xml", broken);
    assert!(
        items[0]
            .as_ref()
            .unwrap_err()
            .starts_with("a.xml:entry 1: letters of this entry are broken (invalid UTF-8)"),
        "{items:?}"
    );
    assert!(items[1].is_ok());
}

#[test]
fn what_unfolds_beyond_the_limit_is_a_fault() {
    let bomb = gzip(&gzip(&vec![b'a'; 300 << 20]));
    assert!(bomb.len() < 10_000);
    assert_eq!(
        only("a.txt.gz", bomb),
        "a.txt.gz: larger than 64 MiB, the most that one report may take; split it"
    );
    let small = Options { max_report_bytes: 1000, ..Options::default() };
    let check = |name: &str, bytes: Vec<u8>, place: &str, after: usize| {
        let items: Vec<_> = read_bytes(name, bytes, small.clone()).collect();
        let fault = items.iter().find_map(|item| item.as_ref().err()).unwrap().to_string();
        assert_eq!(
            fault,
            format!("{place}: larger than 1000 bytes, the most that one report may take; split it")
        );
        assert_eq!(items.iter().filter(|item| item.is_ok()).count(), after, "{place}");
    };
    let long = "a b ".repeat(400);
    check("a.html", format!("<html><p>{long}</html>").into_bytes(), "a.html", 0);
    check("a.zst", zstd(long.as_bytes()), "a.zst", 0);
    check(
        "a.jsonl",
        format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"b\"}}").into_bytes(),
        "a.jsonl:line 1",
        1,
    );
    let mut archive = record("conversion", "u", "text/plain", long.as_bytes());
    archive.extend(record("conversion", "u", "text/plain", b"a\nb"));
    check("a.warc", archive, "a.warc:record 1", 1);
    let packed =
        response("u", 200, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &gzip(long.as_bytes()));
    check("b.warc", packed, "b.warc:record 1", 0);
    let feed = format!(
        "<rss><channel><item><title>a</title></item><item><title>{long}</title></item></channel></rss>"
    );
    check("a.xml", feed.into_bytes(), "a.xml:entry 2", 1);
}

#[test]
fn pages_that_are_no_pages_are_faults() {
    let many = format!("<html><h1>عنوان</h1>{}", "<p>".repeat(1 << 20));
    assert!(only("a.html", many).contains("more elements than a page of news"));
    let large = format!("<html><h1>عنوان</h1><p>{}", "كلمة ".repeat(2 << 20));
    assert!(only("a.html", large).contains("larger than 16 MiB"));
}

#[test]
fn packed_without_end() {
    let mut bytes = b"text".to_vec();
    for _ in 0..5 {
        bytes = gzip(&bytes);
    }
    assert!(only("a", bytes).contains("packed more than four times over"));
}

/// Valid files of all kinds, and whether a cut anywhere in them must be noticed.
fn valid() -> Vec<(&'static str, Vec<u8>, bool)> {
    let lines = "{\"id\": \"1\", \"text\": \"أول\"}\n{\"id\": \"2\", \"text\": \"ثان\"}\n".as_bytes();
    vec![
        ("a.txt", "عنوان\nنص الخبر".as_bytes().to_vec(), false),
        ("b.txt", utf16("عنوان\nنص الخبر", true, true), false),
        ("a.jsonl", lines.to_vec(), false),
        ("a.json", "[{\"text\": \"أول\"},\n{\"text\": \"ثان\"}]".as_bytes().to_vec(), false),
        ("a.jsonl.gz", gzip(lines), true),
        ("b.jsonl.gz", [gzip(&lines[..30]), gzip(&lines[30..])].concat(), false),
        ("a.jsonl.zst", zstd(lines), true),
        ("a.html", PAGE.as_bytes().to_vec(), false),
        ("a.html.gz", gzip(PAGE.as_bytes()), true),
        ("a.xml", FEED.as_bytes().to_vec(), false),
        ("a.warc", archive().concat(), false),
        ("a.warc.gz", gzip(&archive().concat()), true),
    ]
}

#[test]
fn valid_files_cut_at_every_length() {
    for (name, bytes, noticed) in valid() {
        let whole = all(name, bytes.clone());
        assert!(whole.iter().all(Result::is_ok), "{name}: {whole:?}");
        for length in 0..bytes.len() {
            let items = all(name, &bytes[..length]);
            let kept = items.iter().take_while(|item| item.is_ok()).count();
            if !matches!(name, "a.txt" | "b.txt" | "a.html") && length > 4 {
                assert_eq!(items[..kept], whole[..kept], "{name} cut at {length}");
            }
            assert!(!items.is_empty() || name == "a.warc", "{name} cut at {length}");
            if noticed {
                assert!(kept < items.len(), "{name} cut at {length}: {items:?}");
            }
        }
    }
}

/// Whatever goes in, what comes out is sound.
fn check(name: &str, bytes: Vec<u8>) {
    let options = Options { max_report_bytes: 1 << 20, ..Options::default() };
    for item in read_bytes(name, bytes, options) {
        match item {
            Ok(report) => {
                assert!(!report.text.trim().is_empty());
                assert_eq!(report.published.as_deref().and_then(day), report.published);
                assert_eq!(&*report.origin.path, name);
            }
            Err(fault) => assert!(fault.reason.contains(';'), "{fault}"),
        }
    }
}

const NAMES: [&str; 10] =
    ["a", "a.txt", "a.jsonl", "a.json", "a.html", "a.xml", "a.warc", "a.gz", "a.zst", "a.wet.gz"];

const STARTS: [&[u8]; 17] = [
    b"", b"{", b"[{", b"{\"text\": \"", b"<html>", b"<!doctype html><p>", b"<?xml version=\"1.0\"?><rss><channel><item><title>",
    b"<feed><entry>", b"WARC/1.0\r\nContent-Length: 20\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n",
    b"WARC/1.0\r\n", b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf",
    b"<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"articleBody\": \"",
];

/// Pieces that pages and feeds are made of, to be put together at random.
const PIECES: [&str; 40] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div class=related>",
    "<div class='article-body'>",
    "<a href=x>",
    "</a>",
    "<br>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "</h1>",
    "<h2 class=title>",
    "</h2>",
    "<b>",
    "</b>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<title>",
    "</title>",
    "<time datetime=2020-01-01>",
    "<item>",
    "</item>",
    "<description>",
    "<![CDATA[",
    "]]>",
    "اقرأ أيضا: ",
    "وصلت القافلة مساء الخميس إلى البلدة بعد انتظار دام أسبوعين عند مدخل الوادي. ",
    "&nbsp;&#x5;&bogus;\0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(name in 0..NAMES.len(), start in 0..STARTS.len(), rest in proptest::collection::vec(any::<u8>(), 0..600)) {
        check(NAMES[name], [STARTS[start], &rest].concat());
    }

    #[test]
    fn arbitrary_text(name in 0..NAMES.len(), start in 0..STARTS.len(), rest in "\\PC{0,300}") {
        check(NAMES[name], [STARTS[start], rest.as_bytes()].concat());
    }

    #[test]
    fn arbitrary_markup(feed in any::<bool>(), pieces in proptest::collection::vec(0..PIECES.len(), 0..80)) {
        let start = if feed { "<rss><channel>" } else { "<html>" };
        let markup: String = std::iter::once(start).chain(pieces.iter().map(|i| PIECES[*i])).collect();
        check("a", markup.into_bytes());
    }

    #[test]
    fn valid_files_with_bytes_changed(which in 0..12_usize, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let (name, mut bytes, _) = valid().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check(name, bytes);
    }
}

#[test]
fn pages_of_any_shape_take_linear_time() {
    let started = std::time::Instant::now();
    for piece in [
        "<div>",
        "<p>",
        "<b>",
        "<a href=x>",
        "<table><tr><td>",
        "<ul><li>",
        "<title>",
        "<textarea>",
        "<!--",
        "<",
        "</",
        "<p a=b c='d' ",
        "&amp",
        "<h1>",
        "<div class=related><h3>اقرأ أيضا</h3>",
        "<h2>اقرأ أيضا</h2><a href=x>خبر</a>",
        "كلمة ",
        "<p>وصلت القافلة مساء الخميس إلى البلدة بعد انتظار دام أسبوعين.</p>",
        "<script>",
        "<svg/>",
        "<br>",
        "</p>",
        "</div>",
    ] {
        let page = format!("<html><h1>عنوان الخبر هنا اليوم</h1>{}", piece.repeat((1 << 20) / piece.len()));
        check("a.html", page.into_bytes());
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
