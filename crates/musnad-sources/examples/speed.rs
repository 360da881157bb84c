//! Reads its arguments, a number of times where the first is `--times N`, and prints how fast.

use std::io::Write;
use std::time::Instant;

use musnad_sources::{Input, Options, read, total_bytes};

fn main() -> std::io::Result<()> {
    let mut words: Vec<_> = std::env::args_os().skip(1).collect();
    let mut times = 1;
    if words.first().is_some_and(|word| word == "--times") {
        times = words.get(1).and_then(|word| word.to_str()?.parse().ok()).unwrap_or(1);
        words.drain(..words.len().min(2));
    }
    let inputs: Vec<Input> = words.iter().map(|word| Input::from(word.as_os_str())).collect();
    let bytes = total_bytes(&inputs).unwrap_or(0) * times;
    let started = Instant::now();
    let (mut reports, mut faults, mut letters) = (0, 0, 0);
    for _ in 0..times {
        for item in read(inputs.clone(), Options::default()) {
            match item {
                Ok(report) => {
                    reports += 1;
                    letters += report.text.len();
                }
                Err(_) => faults += 1,
            }
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let mb = |bytes: f64| bytes / 1e6 / seconds;
    writeln!(
        std::io::stdout(),
        "{reports} reports, {faults} faults in {seconds:.2} s: {:.0} MB/s of input, {:.0} MB/s of text",
        mb(bytes as f64),
        mb(letters as f64)
    )
}
