//! A large input takes no more memory than a small one.
#![cfg(target_os = "linux")]
// A step that fails should say so at once.
#![allow(clippy::unwrap_used)]

use std::io::Read;

use musnad_sources::{Options, read_reader};

/// Lines without end, up to a number of bytes.
struct Lines {
    line: Vec<u8>,
    at: usize,
    left: usize,
}

impl Read for Lines {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let ahead = &self.line[self.at..];
        let n = ahead.len().min(out.len()).min(self.left);
        out[..n].copy_from_slice(&ahead[..n]);
        self.at = (self.at + n) % self.line.len();
        self.left -= n;
        Ok(n)
    }
}

/// The most memory this process has held, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_hundred_megabytes_of_lines_stream_in_flat_memory() {
    let text = "وصلت القافلة مساء الخميس إلى البلدة بعد انتظار دام أسبوعين. ".repeat(40);
    let line = format!("{{\"id\": \"1\", \"text\": \"{text}\"}}\n").into_bytes();
    let count = (100 << 20) / line.len();
    let lines = Lines { left: count * line.len(), line, at: 0 };
    let mut reports = read_reader("lines.jsonl", lines, Options::default());
    assert!(reports.by_ref().take(100).all(|item| item.is_ok()));
    let before = peak();
    let started = std::time::Instant::now();
    assert_eq!(reports.filter(|item| item.is_ok()).count(), count - 100);
    let grown = peak().saturating_sub(before);
    println!("100 MB in {:?}, {grown} KiB more memory", started.elapsed());
    assert!(grown < 8 << 10, "{grown} KiB");
}
