//! Puts the pages into the program: a list of the files under `web/dist` with their bytes. Without that folder the list is empty.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../web/dist");
    // The folder above is watched as well: a folder that is not there cannot be.
    // A folder that is not there cannot be watched, and everything would be built anew each time.
    if root.parent().is_some_and(Path::is_dir) {
        let _ = fs::create_dir_all(&root);
    }
    println!("cargo::rerun-if-changed=../../web/dist");
    let mut list = String::from("&[\n");
    if root.is_dir() {
        for path in files(&root)? {
            let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            // The folder is named by the compiler, not here, so that a checkout may be moved.
            let bytes = format!(
                "include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))",
                format!("/../../web/dist/{name}")
            );
            let _ = writeln!(list, "    ({name:?}, {bytes}),");
        }
    }
    list.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("pages.rs"), list)
}

/// All files of a folder, sorted.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        if path.is_dir() {
            out.extend(files(&path)?);
        } else {
            out.push(path);
        }
    }
    Ok(out)
}
