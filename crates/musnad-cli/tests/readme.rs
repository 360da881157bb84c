//! The example in README.md is what the program prints. `UPDATE_README=1` writes it anew.

use std::path::Path;
use std::process::Command;

#[test]
fn the_example_is_what_the_program_prints() {
    const BEGIN: &str = "<!-- example -->\n```\n$ musnad ";
    const END: &str = "```\n<!-- /example -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(&path).expect("README.md is there");
    let from = readme.find(BEGIN).expect("there is an example") + BEGIN.len();
    let to = from + readme[from..].find(END).expect("the example ends");
    let (command, shown) = readme[from..to].split_once('\n').expect("a command and its output");
    let output = Command::new(env!("CARGO_BIN_EXE_musnad"))
        .args(command.split_whitespace())
        .args(["--color", "never"])
        .env_remove("COLUMNS")
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "musnad {command}: {}", output.status);
    let printed = String::from_utf8(output.stdout).expect("the output is UTF-8");
    // One section of the page, from its heading to the next one.
    let start = printed.find("WHAT WAS SAID").expect("the page tells what was said");
    let end = start + printed[start..].find("WHAT HAPPENED").expect("the page tells what happened");
    let printed = format!("…\n{}\n…\n", printed[start..end].trim_end());
    if std::env::var_os("UPDATE_README").is_some() {
        let new = format!("{}{command}\n{printed}{}", &readme[..from], &readme[to..]);
        std::fs::write(&path, new).expect("README.md can be written");
    } else {
        assert_eq!(shown, printed, "the program prints something else; UPDATE_README=1 writes it");
    }
}
