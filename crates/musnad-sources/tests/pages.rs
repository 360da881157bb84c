//! Pages in the manner of many publishing systems come out as their text, headline, outlet, day and address: each `pages/NAME.html`
//! as `NAME.txt` and `NAME.json` beside it say. Outlets, people and happenings on them are invented.

// A step that fails should say so at once.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::one;

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "html")).collect();
    pages.sort();
    pages
}

#[test]
fn pages_come_out_as_expected() {
    let pages = pages();
    assert!(pages.len() >= 19);
    for page in pages {
        let name = page.file_stem().unwrap().to_str().unwrap();
        let report = one("page.html", fs::read(&page).unwrap());
        let text = fs::read_to_string(page.with_extension("txt")).unwrap();
        let stated: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(page.with_extension("json")).unwrap()).unwrap();
        let lines: Vec<&str> = report.text.split('\n').collect();
        assert_eq!(lines, text.lines().collect::<Vec<_>>(), "{name}");
        assert!(report.titled, "{name}");
        assert_eq!(lines[0], stated["title"], "{name}");
        assert_eq!(report.outlet.as_deref(), stated["outlet"].as_str(), "{name}");
        assert_eq!(report.published.as_deref(), stated["published"].as_str(), "{name}");
        assert_eq!(report.uri.as_deref(), stated["uri"].as_str(), "{name}");
    }
}

/// The folder of development data, where there is one: named by `MUSNAD_SHARED`, else `shared` beside the checkout.
fn development_data() -> Option<PathBuf> {
    let named = std::env::var_os("MUSNAD_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    named.into_iter().chain(beside).map(|folder| folder.join("data/html")).find(|folder| folder.is_dir())
}

#[test]
fn real_pages_come_out_as_their_authors_expect() {
    let Some(folder) = development_data() else {
        println!("skipped: the real pages are not here; MUSNAD_SHARED may name the folder that has them");
        return;
    };
    let expected = fs::read_to_string(folder.join("AndyTheFactory_arabic_article.txt")).unwrap();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for (name, published) in
        [("AndyTheFactory_arabic_article", "2013-08-28"), ("goose3_test_cnn_arabic", "2013-08-04")]
    {
        let stated = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let stated: serde_json::Value = serde_json::from_str(&stated).unwrap();
        let report = one("page.html", fs::read(folder.join(format!("{name}.html"))).unwrap());
        let lines: Vec<&str> = report.text.split('\n').collect();
        assert_eq!(lines[1..], expected, "{name}");
        if let Some(title) = stated["title"].as_str() {
            assert_eq!(lines[0], title);
        }
        assert_eq!(report.uri.as_deref(), stated["url"].as_str());
        assert_eq!(
            (report.outlet.as_deref(), report.published.as_deref()),
            (Some("CNNArabic"), Some(published))
        );
    }
    let report = one("page.html", fs::read(folder.join("adbar_assabah.com.tn.article.html")).unwrap());
    assert_eq!(
        (report.outlet.as_deref(), report.published.as_deref()),
        (Some("Assabah News"), Some("2019-02-08"))
    );
    let lines: Vec<&str> = report.text.split('\n').collect();
    assert_eq!(lines.len(), 26);
    // Questions and answers stand on lines of their own, and no comment form follows them.
    assert_eq!(lines.iter().filter(|line| line.starts_with('*')).count(), 9);
    assert!(lines[25].ends_with("وتل ابيب."), "{}", lines[25]);
}

#[test]
fn what_is_no_report_gives_none() {
    let teaser = |i: usize| {
        format!(
            "<div class=item><h3><a href=/{i}>عنوان الخبر رقم {i} في القائمة</a></h3><p>موجز قصير للخبر رقم {i} في سطر.</p></div>"
        )
    };
    let front: String = (0..20).map(teaser).collect();
    for page in [
        format!("<html><title>صحيفة الميناء</title><body><div class=list>{front}</div></body></html>"),
        "<html><title>404</title><body><p>الصفحة غير موجودة</p></body></html>".to_owned(),
        "<html><body></body></html>".to_owned(),
        "<html><script>var a = '<p>نص</p>';</script></html>".to_owned(),
    ] {
        let items: Vec<_> = common::reports("page.html", page.clone()).collect();
        assert!(items[0].is_err(), "{items:?}");
        assert_eq!(items.len(), 1);
    }
}
