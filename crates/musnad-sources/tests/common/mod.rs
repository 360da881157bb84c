//! Files of all kinds, made while testing.
// Each test file uses a part of this, and a step that fails should say so at once.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use musnad_sources::{Options, Report, Reports, read_bytes};

/// A page with a menu, a report of three paragraphs and a related link.
pub const PAGE: &str = r#"<!DOCTYPE html>
<html lang="ar"><head><meta charset="utf-8"><title>قافلة أدوية تصل إلى بلدة الزهور | صحيفة الميناء</title>
<meta property="article:published_time" content="2021-03-04T21:10:00+03:00">
<link rel="canonical" href="https://minaa.example/news/17"></head>
<body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/local">محليات</a></li></ul></nav>
<article><h1>قافلة أدوية تصل إلى بلدة الزهور</h1>
<p>وصلت مساء الخميس إلى بلدة الزهور قافلة تحمل أدوية ومعدات لغسل الكلى، بعد انتظار دام أسبوعين عند مدخل الوادي.</p>
<p>وقال مدير المستشفى سامر الدالي إن الشحنة &laquo;تكفي مئة مريض شهرا واحدا&raquo;، وطالب بفتح الطريق أمام قوافل أخرى.</p>
<p>وأضافت الممرضة هدى الرملي أن المستشفى يعمل منذ شهر بمولد واحد، وأن الوقود يكاد ينفد.</p>
<p><a href="/news/16">اقرأ أيضا: بلدية الزهور تعلن جدول المياه</a></p></article>
<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"#;

/// The text of [`PAGE`].
pub const PAGE_TEXT: &str = "قافلة أدوية تصل إلى بلدة الزهور\n\
وصلت مساء الخميس إلى بلدة الزهور قافلة تحمل أدوية ومعدات لغسل الكلى، بعد انتظار دام أسبوعين عند مدخل الوادي.\n\
وقال مدير المستشفى سامر الدالي إن الشحنة «تكفي مئة مريض شهرا واحدا»، وطالب بفتح الطريق أمام قوافل أخرى.\n\
وأضافت الممرضة هدى الرملي أن المستشفى يعمل منذ شهر بمولد واحد، وأن الوقود يكاد ينفد.";

pub const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>صحيفة الميناء</title>
<link>https://minaa.example/</link>
<item><title>افتتاح جسر &quot;السلام&quot;</title><link>https://minaa.example/1</link><guid isPermaLink="false">m-1</guid>
<pubDate>Thu, 04 Mar 2021 10:00:00 +0300</pubDate><description>موجز الخبر</description>
<content:encoded><![CDATA[<p>افتتح المحافظ الجسر صباح الخميس.</p><p>وقال إن العمل فيه دام عامين.</p><p>The post X appeared first on Y.</p>]]></content:encoded></item>
<item><title>تأجيل الدراسة</title><link>https://minaa.example/2</link><description>أعلنت الوزارة تأجيل الدراسة يوما واحدا بسبب العاصفة.</description></item>
</channel></rss>"#;

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

pub fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

/// One record of a WARC file.
pub fn record(kind: &str, uri: &str, content_type: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// An answer of a server.
pub fn answer(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status} OK\r\n{headers}\r\n").into_bytes();
    answer.extend_from_slice(body);
    answer
}

pub fn response(uri: &str, status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    record("response", uri, "application/http; msgtype=response", &answer(status, headers, body))
}

/// An archive as crawlers write it: what was asked, a page, a picture, a missing page, a feed.
pub fn archive() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "", "application/warc-fields", b"software: test\r\n"),
        record(
            "request",
            "https://minaa.example/news/17",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response(
            "https://minaa.example/news/17",
            200,
            "Content-Type: text/html; charset=utf-8\r\n",
            PAGE.as_bytes(),
        ),
        response(
            "https://minaa.example/a.png",
            200,
            "Content-Type: image/png\r\n",
            b"\x89PNG\r\n\x1a\n\0\0\0",
        ),
        response("https://minaa.example/none", 404, "Content-Type: text/html\r\n", PAGE.as_bytes()),
        response("https://minaa.example/rss", 200, "Content-Type: application/rss+xml\r\n", FEED.as_bytes()),
    ]
}

pub fn reports(name: &str, bytes: impl Into<Vec<u8>>) -> Reports {
    read_bytes(name, bytes, Options::default())
}

/// What comes out, faults as their messages.
pub fn all(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Result<Report, String>> {
    reports(name, bytes).map(|item| item.map_err(|fault| fault.to_string())).collect()
}

pub fn one(name: &str, bytes: impl Into<Vec<u8>>) -> Report {
    let mut items = all(name, bytes);
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0).unwrap()
}

/// The messages of the faults, and how many reports there were.
pub fn faults(name: &str, bytes: impl Into<Vec<u8>>) -> (Vec<String>, usize) {
    let (reports, faults): (Vec<_>, Vec<_>) = all(name, bytes).into_iter().partition(Result::is_ok);
    (faults.into_iter().map(Result::unwrap_err).collect(), reports.len())
}
