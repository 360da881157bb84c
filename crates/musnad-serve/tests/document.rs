//! The committed document of the API is the one that the program makes.

use std::path::Path;

#[test]
fn the_document_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/openapi.json");
    let made = musnad_serve::openapi();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, made).expect("the document can be written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == made,
        "web/openapi.json is stale: run UPDATE_DOCS=1 cargo test -p musnad-serve --test document"
    );
}
