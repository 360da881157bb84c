//! What is done to the repository itself.
//!
//! `cargo xtask train-names DATA` makes the weights of the tagger of names from the corpora in the folder DATA, and
//! `cargo xtask eval-names DATA [REPORTS]` measures it. See `MODELS.md`.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A program for the terminal.

mod classes;
mod corpora;
mod eval;
mod learn;
mod pack;
mod train;

use std::path::PathBuf;

/// How anything here may fail.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: cargo xtask train-names DATA [--teacher FILE] [--learner crf|perceptron] [--tenths 4,7] [--try SETTINGS] [--check]
                               [--classes FILE] [--write-classes FILE] [--out FILE] [--SETTING NUMBER]
       cargo xtask eval-names DATA [REPORTS] [--weights FILE] [--tenths 4,7] [--size N] [--grid] [--show SET] [--errors SET]
                              [--errors-of-both SET]";

/// The words of the command line: what stands alone, and what follows a `--name`.
#[derive(Clone)]
struct Words {
    plain: Vec<String>,
    named: Vec<(String, String)>,
}

impl Words {
    fn read(args: impl Iterator<Item = String>) -> Words {
        let mut out = Words { plain: Vec::new(), named: Vec::new() };
        let mut args = args.peekable();
        while let Some(word) = args.next() {
            match word.strip_prefix("--") {
                Some(name) => {
                    let value = args.next_if(|w| !w.starts_with("--")).unwrap_or_default();
                    out.named.push((name.to_owned(), value));
                }
                None => out.plain.push(word),
            }
        }
        out
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    fn number(&self, name: &str, default: f32) -> Outcome<f32> {
        Ok(self.get(name).map(str::parse).transpose()?.unwrap_or(default))
    }

    /// The tenths of ANERcorp that are kept apart to choose settings by: `--tenths 4,7`.
    fn tenths(&self) -> Outcome<Vec<usize>> {
        let text = self.get("tenths").unwrap_or("");
        Ok(text.split(',').filter(|t| !t.is_empty()).map(str::parse).collect::<Result<_, _>>()?)
    }

    fn path(&self, at: usize) -> Outcome<PathBuf> {
        self.plain.get(at).map(PathBuf::from).ok_or_else(|| USAGE.into())
    }
}

fn main() -> Outcome {
    let words = Words::read(std::env::args().skip(1));
    match words.plain.first().map(String::as_str) {
        Some("train-names") => train::train(&words),
        Some("eval-names") => eval::eval(&words),
        _ => Err(USAGE.into()),
    }
}
