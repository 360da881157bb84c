//! Runs the program and looks at what it says.

// Each test file is a program of its own and uses some of these.
#![allow(dead_code)]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program left.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The records of a run with `--format jsonl`.
    pub fn records(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("each line is a record")).collect()
    }

    /// Fails unless the run ended with `code`; shows what it said.
    pub fn expect(self, code: i32) -> Run {
        assert_eq!(self.code, code, "standard error:\n{}", self.err);
        self
    }
}

/// The program with some arguments, without anything that the caller's terminal would change.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_musnad"));
    command.args(arguments).env_remove("COLUMNS").env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    command
}

/// Runs the program with nothing on standard input.
pub fn musnad(arguments: &[&str]) -> Run {
    with_input(arguments, b"")
}

/// Runs the program with bytes on standard input.
pub fn with_input(arguments: &[&str], input: &[u8]) -> Run {
    run(&mut command(arguments), input)
}

/// Runs a prepared command.
pub fn run(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.to_vec();
    // The program may stop reading at any time; that is its own affair.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    Run {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).expect("output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

/// A file in a folder, made anew.
pub fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the folder can be written to");
    path
}

/// A path as an argument.
pub fn word(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

/// "Water returns to the port / The port's director, Walid al-Sabban, said on Sunday that water had returned to the quarter. He
/// added: 'The pipe is mended'." All invented.
pub const PORT: &str = "عودة المياه إلى الميناء\nقال مدير الميناء وليد الصبان الأحد إن المياه عادت إلى الحي. وأضاف: \"الأنبوب أصلح\".";

/// "The council postpones its session / The council announced that its session was postponed to Thursday." Invented.
pub const COUNCIL: &str = "المجلس يؤجل جلسته\nأعلن المجلس البلدي أن جلسته تأجلت إلى الخميس.";

/// A JSON line for each text, with ids r1, r2 and so on.
pub fn lines(texts: &[&str]) -> String {
    let line = |(i, text): (usize, &&str)| {
        serde_json::json!({"id": format!("r{}", i + 1), "text": text, "published": "2022-05-08", "outlet": "الساحة"}).to_string() + "\n"
    };
    texts.iter().enumerate().map(line).collect()
}
