//! From bytes on disk to text: unpacking, and telling and undoing the encoding.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

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

/// Windows-1256 or ISO-8859-6, if the bytes are Arabic in one of them: words written in letters beyond ASCII throughout, nearly all
/// of them Arabic letters. Which of the two it is, frequent letters and the article tell.
fn arabic_single_byte(bytes: &[u8]) -> Option<&'static Encoding> {
    let [windows_letters, iso_letters] = &*LETTERS;
    let (mut high, mut runs, mut windows, mut iso) = (0_usize, 0_usize, Fit::default(), Fit::default());
    for word in bytes.split(|byte| *byte < 0x80 || *byte == 0xa0).filter(|word| !word.is_empty()) {
        runs += 1;
        high += word.len();
        windows.add(word, windows_letters);
        iso.add(word, iso_letters);
    }
    // Accented letters in Latin words stand alone.
    if high < 2 * runs {
        return None;
    }
    let (fit, encoding) =
        if windows.score >= iso.score { (windows, WINDOWS_1256) } else { (iso, ISO_8859_6) };
    (high > 0 && fit.arabic * 100 >= high * 95).then_some(encoding)
}

/// What each byte means in Windows-1256 and in ISO-8859-6.
static LETTERS: LazyLock<[[char; 256]; 2]> = LazyLock::new(|| {
    [WINDOWS_1256, ISO_8859_6].map(|encoding| {
        std::array::from_fn(|byte| {
            let byte = [byte as u8];
            encoding.decode_without_bom_handling(&byte).0.chars().next().unwrap_or('\u{fffd}')
        })
    })
});

/// How well bytes fit Arabic in one encoding.
#[derive(Clone, Copy, Default)]
struct Fit {
    /// How many are Arabic letters or signs.
    arabic: usize,
    score: i64,
}

impl Fit {
    fn add(&mut self, word: &[u8], letters: &[char; 256]) {
        for byte in word {
            let letter = letters[usize::from(*byte)];
            let (score, arabic) = match letter {
                'ا' | 'ل' => (3, 1),
                'ي' | 'م' | 'ن' | 'و' | 'ر' | 'ت' | 'ه' | 'ب' => (2, 1),
                'ع' | 'د' | 'س' | 'ف' | 'ك' | 'ق' | 'ح' | 'ة' | 'أ' | 'ج' | 'ش' => (1, 1),
                '\u{600}'..='\u{6ff}' => (0, 1),
                '\u{fffd}' => (-4, 0),
                letter if letter.is_alphabetic() || matches!(letter, '×' | '÷') => (-4, 0),
                _ => (0, 1),
            };
            self.score += score;
            self.arabic += arabic;
        }
        let article = |word: &[u8]| matches!(word, [alef, lam, _, ..] if letters[usize::from(*alef)] == 'ا' && letters[usize::from(*lam)] == 'ل');
        // One letter may stand before the article: and, so, with, like (waw, feh, beh, kaf).
        self.score += if article(word) || word.get(1..).is_some_and(article) { 4 } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_of_the_arabic_encodings_are_told_apart() {
        for text in [
            "وصول القافلة إلى الميناء",
            "مقتل ثلاثة في حادث سير",
            "اتفاق على هدنة في وادي النحل",
            "وزير: لا رفع للأسعار",
            "«النهر» يفيض",
        ] {
            for encoding in [WINDOWS_1256, ISO_8859_6] {
                let (bytes, _, lost) = encoding.encode(text);
                if !lost {
                    assert_eq!(super::encoding(&bytes, None), encoding, "{text}");
                }
            }
        }
    }

    #[test]
    fn other_languages_are_not_taken_for_arabic() {
        for (name, text) in [
            ("windows-1252", "Le président a été réélu à la tête de l'État, après une journée très agitée."),
            ("windows-1251", "Президент заявил, что переговоры будут продолжены в четверг."),
            ("windows-1255", "ראש הממשלה אמר היום כי השיחות יימשכו בשבוע הבא בירושלים"),
            ("windows-1253", "Ο πρωθυπουργός δήλωσε ότι οι συνομιλίες θα συνεχιστούν αύριο."),
        ] {
            let encoding = Encoding::for_label(name.as_bytes()).unwrap();
            let (bytes, _, _) = encoding.encode(text);
            assert!(![WINDOWS_1256, ISO_8859_6].contains(&super::encoding(&bytes, None)), "{name}");
        }
    }

    #[test]
    fn declarations_count_where_the_bytes_leave_it_open() {
        let (bytes, _, _) = WINDOWS_1256.encode("نص عربي");
        assert_eq!(encoding(&bytes, Some(WINDOWS_1256)), WINDOWS_1256);
        assert_eq!(encoding(b"ascii", Some(WINDOWS_1256)), WINDOWS_1256);
        assert_eq!(encoding("نص عربي".as_bytes(), Some(WINDOWS_1256)), UTF_8);
        assert_eq!(encoding(&bytes, Some(UTF_8)), WINDOWS_1256);
        assert_eq!(encoding(&bytes, Some(WINDOWS_1252)), WINDOWS_1256);
        let declared = |head: &str| declared_in_markup(head.as_bytes()).map(Encoding::name);
        assert_eq!(declared("<META CHARSET = 'Windows-1256'>"), Some("windows-1256"));
        assert_eq!(
            declared("<meta http-equiv=x content=\"text/html; charset=iso-8859-6\">"),
            Some("ISO-8859-6")
        );
        assert_eq!(
            declared("<?xml version='1.0' encoding='cp1256'?><rss charset=utf-8>"),
            Some("windows-1256")
        );
        assert_eq!(declared("<meta charset=nonsense><p>"), None);
    }

    #[test]
    fn peeking_takes_nothing_and_keeps_errors_for_later() {
        struct Failing(u8);
        impl Read for Failing {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                if self.0 == 0 {
                    return Err(io::Error::other("broken"));
                }
                self.0 -= 1;
                out[0] = b'a' + self.0;
                Ok(1)
            }
        }
        let mut source = Source::new(Box::new(Failing(3)));
        assert_eq!(source.peek(2), b"cb");
        assert_eq!(source.peek(10), b"cba");
        let mut text = String::new();
        assert!(source.read_to_string(&mut text).is_err());
        let mut source = Source::new(Box::new(Failing(3)));
        source.peek(10);
        let mut three = [0; 3];
        source.read_exact(&mut three).unwrap();
        assert_eq!(&three, b"cba");
        assert_eq!(source.read(&mut three).unwrap_err().to_string(), "broken");
        assert_eq!(source.read(&mut three).unwrap(), 0);
    }
}
