//! How far a long run has come, told on standard error.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What has been read so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reports whose record was printed.
    pub reports: u64,
    /// Their words, separated by white space.
    pub words: u64,
    /// What could not be read.
    pub failures: u64,
}

/// The line that shows how far the run has come, and how to take it away again.
pub struct Progress {
    started: Instant,
    shown: bool,
    /// Nothing is shown when this is `None`: standard error is no terminal, or the records themselves fill the terminal.
    track: Option<Track>,
}

/// How far the run has come, and how far it is.
struct Track {
    done: Box<dyn Fn() -> u64 + Send>,
    total: Option<u64>,
}

impl Track {
    /// By the bytes of the inputs.
    fn of(sources: Arc<musnad_sources::Progress>, total: Option<u64>) -> Self {
        Track { done: Box::new(move || sources.bytes_read()), total }
    }
}

/// A run that ends sooner shows no progress.
const PATIENCE: Duration = Duration::from_millis(700);

impl Progress {
    /// Starts the clock and shows nothing.
    pub fn silent() -> Self {
        Progress { started: Instant::now(), shown: false, track: None }
    }

    /// Shows how far the reading has come if there is a terminal to show it on. `total` gives the bytes of all inputs.
    pub fn on_terminal(sources: Arc<musnad_sources::Progress>, total: impl FnOnce() -> Option<u64>) -> Self {
        let seen = io::stderr().is_terminal() && !io::stdout().is_terminal();
        Progress { track: seen.then(|| Track::of(sources, total())), ..Progress::silent() }
    }

    /// The same where nothing is printed that could be in the way.
    pub fn beside_nothing(
        sources: Arc<musnad_sources::Progress>,
        total: impl FnOnce() -> Option<u64>,
    ) -> Self {
        let seen = io::stderr().is_terminal();
        Progress { track: seen.then(|| Track::of(sources, total())), ..Progress::silent() }
    }

    /// The same for a run over a known number of things, of which `done` tells how many are done.
    pub fn counted(done: impl Fn() -> u64 + Send + 'static, total: u64) -> Self {
        let seen = io::stderr().is_terminal();
        let track = || Track { done: Box::new(done), total: Some(total) };
        Progress { track: seen.then(track), ..Progress::silent() }
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Draws the line anew.
    pub fn draw(&mut self, counts: Counts) {
        let Some(track) = &self.track else { return };
        let elapsed = self.started.elapsed();
        if elapsed < PATIENCE {
            return;
        }
        let share = track.total.filter(|t| *t > 0).map(|t| (track.done)() as f64 / t as f64);
        let mut line = line(counts, elapsed, share);
        // A line that goes on below could not be taken away again.
        if let Some((width, _)) = terminal_size::terminal_size_of(io::stderr()) {
            line.truncate(usize::from(width.0).saturating_sub(1));
        }
        // Back to the first column; what the line before had more is erased.
        let _ = write!(io::stderr().lock(), "\r{line}\x1b[K");
        self.shown = true;
    }

    /// Takes the line away, so that something else can be written.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

fn line(counts: Counts, elapsed: Duration, share: Option<f64>) -> String {
    let seconds = elapsed.as_secs_f64().max(1e-3);
    let rate = |n: u64| grouped((n as f64 / seconds) as u64);
    let mut line = format!(
        "{} reports  {} words  {} reports/s  {} words/s",
        grouped(counts.reports),
        grouped(counts.words),
        rate(counts.reports),
        rate(counts.words)
    );
    if counts.failures > 0 {
        let _ = write!(line, "  {} failed", grouped(counts.failures));
    }
    if let Some(share) = share.filter(|s| *s > 0.0) {
        let share = share.min(1.0);
        let left = seconds / share * (1.0 - share);
        let _ = write!(line, "  {:.0} %, {} left", share * 100.0, duration(left));
    }
    line
}

/// The line at the end of a run.
pub fn summary(counts: Counts, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    let plural = |n: u64, what: &str| format!("{} {what}{}", grouped(n), if n == 1 { "" } else { "s" });
    let rate = grouped((counts.words as f64 / seconds.max(1e-3)) as u64);
    format!(
        "{}, {}, {seconds:.2} s ({rate} words/s), {}",
        plural(counts.reports, "report"),
        plural(counts.words, "word"),
        plural(counts.failures, "failure"),
    )
}

/// A time to wait: `8 s`, `3 min 20 s`, `2 h 5 min`.
fn duration(seconds: f64) -> String {
    let s = seconds.round() as u64;
    match s {
        0..60 => format!("{s} s"),
        60..3600 => format!("{} min {} s", s / 60, s % 60),
        _ => format!("{} h {} min", s / 3600, s / 60 % 60),
    }
}

/// A number with its thousands apart: 12,345.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: Counts = Counts { reports: 1200, words: 360_000, failures: 0 };

    #[test]
    fn thousands_are_set_apart() {
        let all: Vec<String> = [0, 12, 999, 1000, 123_456, 1_234_567].into_iter().map(grouped).collect();
        assert_eq!(all, ["0", "12", "999", "1,000", "123,456", "1,234,567"]);
    }

    #[test]
    fn the_line_tells_rate_and_time_left() {
        assert_eq!(
            line(COUNTS, Duration::from_secs(4), Some(0.25)),
            "1,200 reports  360,000 words  300 reports/s  90,000 words/s  25 %, 12 s left"
        );
        // How much there is to read is not known of standard input.
        assert!(line(Counts { failures: 2, ..COUNTS }, Duration::from_secs(4), None).ends_with("2 failed"));
    }

    #[test]
    fn the_summary_counts_everything() {
        assert_eq!(
            summary(COUNTS, Duration::from_millis(3500)),
            "1,200 reports, 360,000 words, 3.50 s (102,857 words/s), 0 failures"
        );
        let one = Counts { reports: 1, words: 1, failures: 1 };
        assert!(summary(one, Duration::from_secs(1)).starts_with("1 report, 1 word, 1.00 s"));
    }

    #[test]
    fn times_to_wait_are_told_in_two_units() {
        let all: Vec<String> = [7.6, 200.0, 7500.0].into_iter().map(duration).collect();
        assert_eq!(all, ["8 s", "3 min 20 s", "2 h 5 min"]);
    }
}
