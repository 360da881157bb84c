//! From bytes on disk to text: unpacking, and telling and undoing the encoding.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};
use flate2::bufread::GzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

/// Bytes read ahead of their use.
const BUFFER: usize = 128 << 10;

/// How many bytes from the start of an input are looked at to tell what it is and in which encoding.
pub(crate) const HEAD: usize = 64 << 10;

/// A buffered reader with a window at its front that can be looked into before it is read.
///
/// An error met while looking ahead is kept until what was read before it has been used up.
pub(crate) struct Source {
    inner: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    error: Option<io::Error>,
}

impl Source {
    pub(crate) fn new(inner: Box<dyn Read + Send>) -> Source {
        Source { inner, buffer: vec![0; BUFFER], start: 0, end: 0, ended: false, error: None }
    }

    /// The next `n` bytes, or fewer where the input ends or fails before; `n` is at most [`HEAD`].
    pub(crate) fn peek(&mut self, n: usize) -> &[u8] {
        let n = n.min(HEAD);
        if self.end - self.start < n && self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        while self.end - self.start < n && !self.ended && self.error.is_none() {
            self.fill();
        }
        &self.buffer[self.start..self.end.min(self.start + n)]
    }

    fn fill(&mut self) {
        match self.inner.read(&mut self.buffer[self.end..]) {
            Ok(0) => self.ended = true,
            Ok(n) => self.end += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                self.ended = !resumes(&error);
                self.error = Some(error);
            }
        }
    }
}

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let n = ahead.len().min(out.len());
        out[..n].copy_from_slice(&ahead[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.start = 0;
            self.end = 0;
            while self.end == 0 && !self.ended && self.error.is_none() {
                self.fill();
            }
            if self.end == 0
                && let Some(error) = self.error.take()
            {
                return Err(error);
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, n: usize) {
        self.start = (self.start + n).min(self.end);
    }
}

/// An error whose words are already the reason of a fault.
#[derive(Debug)]
struct Damage {
    reason: String,
    /// Whether what follows can still be read.
    resumes: bool,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl Error for Damage {}

/// An error whose words go to the reader of the message as they are.
pub(crate) fn damage(reason: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Damage { reason: reason.into(), resumes: false })
}

/// Whether reading may go on after an error: the damage was to one member of a gzip file, and another follows it.
pub(crate) fn resumes(error: &io::Error) -> bool {
    error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()).is_some_and(|damage| damage.resumes)
}

/// What an error means for whoever reads the message, and what to do.
pub(crate) fn reason(error: &io::Error) -> String {
    if let Some(damage) = error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()) {
        return damage.reason.clone();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the name".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "you are not allowed to read it; change its permissions or leave it out".to_owned()
        }
        io::ErrorKind::IsADirectory => {
            "this is a folder where a file was expected; name the files in it".to_owned()
        }
        _ => format!("it could not be read ({error}); check the disk or copy the file again"),
    }
}

/// Undoes gzip and zstd as long as the bytes say so.
pub(crate) fn unpack(mut source: Source) -> Result<Source, String> {
    for _ in 0..4 {
        let head = source.peek(4);
        if is_gzip(head) {
            source = Source::new(Box::new(Gunzip { member: Some(GzDecoder::new(source)), read: 0 }));
        } else if is_zstd(head) {
            source = Source::new(Box::new(Unzstd { state: Frame::Between(source) }));
        } else {
            return Ok(source);
        }
    }
    Err("it is packed more than four times over; unpack it by hand".to_owned())
}

fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

fn is_zstd(head: &[u8]) -> bool {
    matches!(head, [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// Gzip of one member or of many, as archives have them.
struct Gunzip {
    member: Option<GzDecoder<Source>>,
    read: u64,
}

impl Read for Gunzip {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            match member.read(out) {
                Ok(0) if !out.is_empty() => {}
                Ok(n) => {
                    self.read += n as u64;
                    return Ok(n);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                Err(error) => {
                    let failed = self.member.take();
                    if error.raw_os_error().is_some()
                        || error.get_ref().is_some_and(|inner| inner.is::<Damage>())
                    {
                        return Err(error);
                    }
                    let read = self.read;
                    if error.kind() == io::ErrorKind::UnexpectedEof {
                        let reason = format!(
                            "the gzip data is cut short after {read} bytes of content; fetch the file again"
                        );
                        return Err(damage(reason));
                    }
                    // A crawler that died and was started again appends to a member that was never finished.
                    self.member = failed.and_then(|failed| next_member(failed.into_inner()));
                    let reason = format!(
                        "the gzip data is damaged after {read} bytes of content ({error}); fetch the file again"
                    );
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        Damage { reason, resumes: self.member.is_some() },
                    ));
                }
            }
            let Some(member) = self.member.take() else { break };
            let mut rest = member.into_inner();
            // Tapes and some tools pad the end with zeros.
            while rest.fill_buf()?.first() == Some(&0) {
                let zeros = rest.fill_buf()?.iter().take_while(|byte| **byte == 0).count();
                rest.consume(zeros);
            }
            if is_gzip(rest.peek(2)) {
                self.member = Some(GzDecoder::new(rest));
            } else if !rest.fill_buf()?.is_empty() {
                return Err(damage(
                    "bytes that are not gzip follow the gzip data; check how the file was put together",
                ));
            }
        }
        Ok(0)
    }
}

/// The next place where a member can begin.
fn next_member(mut source: Source) -> Option<GzDecoder<Source>> {
    loop {
        let ahead = source.fill_buf().ok().filter(|ahead| !ahead.is_empty())?;
        let length = ahead.len();
        let at = memchr::memchr(0x1f, ahead).unwrap_or(length);
        source.consume(at);
        if at < length {
            if matches!(*source.peek(4), [0x1f, 0x8b, 8, flags] if flags & 0xe0 == 0) {
                return Some(GzDecoder::new(source));
            }
            source.consume(1);
        }
    }
}

/// Zstandard of one frame or of many, skippable frames among them.
struct Unzstd {
    state: Frame,
}

enum Frame {
    Between(Source),
    Inside(Box<StreamingDecoder<Source, FrameDecoder>>),
    Ended,
}

impl Read for Unzstd {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, Frame::Ended) {
                Frame::Ended => return Ok(0),
                Frame::Between(mut source) => {
                    if source.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    match *source.peek(8) {
                        [0x50..=0x5f, 0x2a, 0x4d, 0x18, a, b, c, d] => {
                            let length = 8 + u64::from(u32::from_le_bytes([a, b, c, d]));
                            io::copy(&mut (&mut source).take(length), &mut io::sink())?;
                            self.state = Frame::Between(source);
                        }
                        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
                            let decoder =
                                StreamingDecoder::new(source).map_err(|error| zstd_damage(&error))?;
                            self.state = Frame::Inside(Box::new(decoder));
                        }
                        _ => {
                            let reason = "bytes that are not zstd follow the zstd data; check how the file was put together";
                            return Err(damage(reason));
                        }
                    }
                }
                Frame::Inside(mut decoder) => match decoder.read(out) {
                    Ok(0) if !out.is_empty() => {
                        let (source, frame) = decoder.into_parts();
                        let stated = frame.get_checksum_from_data();
                        if stated.is_some() && stated != frame.get_calculated_checksum() {
                            return Err(zstd_damage(&"the checksum does not match"));
                        }
                        self.state = Frame::Between(source);
                    }
                    Ok(n) => {
                        self.state = Frame::Inside(decoder);
                        return Ok(n);
                    }
                    Err(error) => return Err(zstd_damage(&error)),
                },
            }
        }
    }
}

fn zstd_damage(error: &dyn fmt::Display) -> io::Error {
    damage(format!("the zstd data is damaged or cut short ({error}); fetch the file again"))
}

/// All that is left of a source, up to a limit.
pub(crate) fn whole(source: &mut Source, limit: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    source.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

pub(crate) fn too_large(limit: usize) -> String {
    if limit >= 1 << 20 {
        format!("larger than {} MiB, the most that one report may take; split it", limit >> 20)
    } else {
        format!("larger than {limit} bytes, the most that one report may take; split it")
    }
}

/// Text that is not what it should be.
#[derive(Debug)]
pub(crate) struct Broken {
    /// The line where it breaks, counted from 1.
    pub(crate) line: Option<u64>,
    pub(crate) reason: String,
}

/// The text of bytes that must be whole: a broken letter is an error.
pub(crate) fn strict_text(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<String, Broken> {
    let encoding = encoding(&bytes, declared);
    if encoding == UTF_8 {
        let bytes = if bytes.starts_with(b"\xef\xbb\xbf") { bytes[3..].to_vec() } else { bytes };
        return String::from_utf8(bytes).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            let column = good.len() - good.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1;
            Broken {
                line: Some(line),
                reason: format!("invalid UTF-8 at byte {column} of the line; save the file again as UTF-8"),
            }
        });
    }
    let (text, broken) = encoding.decode_with_bom_removal(&bytes);
    if broken {
        let reason =
            format!("this is neither UTF-8 nor whole {} text; save the file again as UTF-8", encoding.name());
        return Err(Broken { line: None, reason });
    }
    Ok(text.into_owned())
}

/// The text of a page as a browser would read it: in the encoding that HTTP or the page declares, and a broken letter is U+FFFD.
pub(crate) fn page_text<'b>(bytes: &'b [u8], http: Option<&'static Encoding>) -> Cow<'b, str> {
    let declared = http.or_else(|| declared_in_markup(bytes));
    encoding(bytes, declared).decode_with_bom_removal(bytes).0
}

/// What the start of a page or a feed says of its encoding: `<meta charset>`, `<meta content="text/html; charset=…">`, `<?xml encoding=…?>`.
pub(crate) fn declared_in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let label = |after: &[u8]| {
        let from = memchr::memmem::find_iter(&head, after).map(|at| at + after.len());
        from.filter_map(|at| {
            let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest.iter().position(|byte| {
                !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
            })?;
            Encoding::for_label(&rest[..end])
        })
        .next()
    };
    let xml = head.trim_ascii_start().starts_with(b"<?xml").then(|| label(b"encoding")).flatten();
    xml.or_else(|| label(b"charset"))
}

/// Makes a source yield UTF-8 without a byte order mark, whatever encoding it is in. Bytes that are nearly UTF-8 are passed through
/// as they are, for the reader of the format to say where they break.
pub(crate) fn utf8(mut source: Source) -> Source {
    let head = source.peek(HEAD);
    let encoding = encoding(head, None);
    if encoding == UTF_8 {
        if head.starts_with(b"\xef\xbb\xbf") {
            source.consume(3);
        }
        return source;
    }
    Source::new(Box::new(Decoding::new(source, encoding)))
}

/// Makes a source yield UTF-8 without a byte order mark and without broken letters: they become U+FFFD, and the flag tells that
/// there were some in what has been read ahead.
pub(crate) fn utf8_mended(
    mut source: Source,
    declared: Option<&'static Encoding>,
) -> (Source, Arc<AtomicBool>) {
    let encoding = encoding(source.peek(HEAD), declared);
    let decoding = Decoding::new(source, encoding);
    let broken = Arc::clone(&decoding.broken);
    (Source::new(Box::new(decoding)), broken)
}

/// A reader that decodes as it goes.
struct Decoding {
    source: Source,
    decoder: encoding_rs::Decoder,
    text: Vec<u8>,
    given: usize,
    ended: bool,
    broken: Arc<AtomicBool>,
}

impl Decoding {
    fn new(source: Source, encoding: &'static Encoding) -> Decoding {
        let decoder = encoding.new_decoder_with_bom_removal();
        Decoding { source, decoder, text: Vec::new(), given: 0, ended: false, broken: Arc::default() }
    }
}

impl Read for Decoding {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            let ahead = self.source.fill_buf()?;
            self.ended = ahead.is_empty();
            self.text.resize(BUFFER, 0);
            self.given = 0;
            let (_, read, written, broken) = self.decoder.decode_to_utf8(ahead, &mut self.text, self.ended);
            if broken {
                self.broken.store(true, Ordering::Relaxed);
            }
            self.text.truncate(written);
            self.source.consume(read);
        }
        let n = out.len().min(self.text.len() - self.given);
        out[..n].copy_from_slice(&self.text[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

/// The encoding of bytes, whole or the start of a longer run: what a byte order mark says, else what the bytes can only be, else
/// what was declared, else what the letters look like.
pub(crate) fn encoding(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let head = &bytes[..bytes.len().min(4 * HEAD)];
    if let Some(encoding) = utf16_without_mark(head) {
        return encoding;
    }
    // Text in a single-byte encoding is all but never valid UTF-8 by chance, so validity goes before a declaration, which servers
    // and templates often get wrong.
    let (good, bad) = match std::str::from_utf8(head) {
        Ok(_) => (usize::from(!head.is_ascii()), 0),
        // The last letter is cut off where the bytes are the start of more.
        Err(error) if error.error_len().is_none() => {
            (usize::from(!head[..error.valid_up_to()].is_ascii()), 0)
        }
        Err(_) => utf8_letters(head),
    };
    if bad == 0 {
        return declared
            .filter(|_| good == 0)
            .filter(|declared| declared.is_ascii_compatible())
            .unwrap_or(UTF_8);
    }
    match declared {
        Some(declared) if ![UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252].contains(&declared) => return declared,
        _ if good >= 4 * bad => return UTF_8,
        _ => {}
    }
    if let Some(encoding) = arabic_single_byte(head) {
        return encoding;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(head, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// UTF-16 without a byte order mark: every other byte is the high half of an Arabic letter, a space or an ASCII sign.
fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(4096)];
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let fits = |offset: usize| {
        let (mut script, mut near) = (0, 0);
        for byte in head.iter().skip(offset).step_by(2) {
            script += usize::from(matches!(byte, 0x00 | 0x06));
            near += usize::from(matches!(byte, 0x00 | 0x06 | 0x20 | 0xfb..=0xfe));
        }
        script * 10 >= pairs * 8 && near * 100 >= pairs * 95
    };
    match (fits(1), fits(0)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// How many letters beyond ASCII are well-formed UTF-8, and how many places are not. A letter cut off by the end of the bytes counts
/// as neither.
fn utf8_letters(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        let invalid = chunk.invalid();
        let cut_off =
            chunks.peek().is_none() && std::str::from_utf8(invalid).is_err_and(|e| e.error_len().is_none());
        if !invalid.is_empty() && !cut_off {
            bad += 1;
        }
    }
    (good, bad)
}

/// Windows-1256 or ISO-8859-6 by the Arabic article: in both, alef is C7, but lam is E1 in the one and E4 in the other. At least one
/// word in twenty of a text begins with the article, and hardly a word of any other language has those bytes there.
fn arabic_single_byte(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut words, mut windows, mut iso) = (0_usize, 0_usize, 0_usize);
    for word in bytes.split(|byte| *byte < 0x80 || *byte == 0xa0).filter(|word| word.len() > 1) {
        words += 1;
        // One letter may stand before the article: and, so, with, like (waw, feh, beh, kaf).
        let starts = |pair: [u8; 2]| {
            word.starts_with(&pair) || word.get(1..).is_some_and(|rest| rest.starts_with(&pair))
        };
        windows += usize::from(starts([0xc7, 0xe1]));
        iso += usize::from(starts([0xc7, 0xe4]));
    }
    let (most, encoding) = if windows >= iso { (windows, WINDOWS_1256) } else { (iso, ISO_8859_6) };
    (most > 0 && most * 20 >= words).then_some(encoding)
}
