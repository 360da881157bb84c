//! `musnad read`, through the program.

mod common;

use common::{COUNCIL, PORT, command, file, lines, musnad, run, with_input, word};
use std::io::{Read, Write};
use std::process::Stdio;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).expect("memory takes all");
    packed.finish().expect("memory takes all")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn json_lines_become_records_one_a_line() {
    let run = with_input(&["read", "-"], lines(&[PORT, COUNCIL]).as_bytes()).expect(0);
    let records = run.records();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["report"]["id"], "r1");
    assert_eq!(records[0]["report"]["outlet"], "الساحة");
    assert_eq!(records[0]["report"]["published"], "2022-05-08");
    assert_eq!(records[0]["report"]["text"], PORT);
    assert_eq!(records[1]["report"]["id"], "r2");
    let said = records[0]["statements"].as_array().unwrap();
    assert!(!said.is_empty(), "the director's words are on record");
}

#[test]
fn no_input_means_standard_input() {
    let run = with_input(&["read"], lines(&[PORT]).as_bytes()).expect(0);
    assert_eq!(run.records().len(), 1);
}

#[test]
fn the_order_is_that_of_the_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let one = file(folder.path(), "z.txt", PORT);
    let two = file(folder.path(), "a.txt", COUNCIL);
    let texts = |run: common::Run| {
        run.records().iter().map(|r| r["report"]["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts(musnad(&["read", word(&one), word(&two)]).expect(0)), [PORT, COUNCIL]);
    // In a folder it is that of the names.
    assert_eq!(texts(musnad(&["read", word(folder.path())]).expect(0)), [COUNCIL, PORT]);
}

#[test]
fn packed_files_are_unpacked_whatever_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = lines(&[PORT]);
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(text.as_bytes())),
        ("b.jsonl.zst", zstd(text.as_bytes())),
        ("c.jsonl", gzip(text.as_bytes())),
        ("d", zstd(text.as_bytes())),
        ("e.txt.gz", gzip(PORT.as_bytes())),
    ] {
        let path = file(folder.path(), name, bytes);
        let records = musnad(&["read", word(&path)]).expect(0).records();
        assert_eq!(records.len(), 1, "{name}");
        assert_eq!(records[0]["report"]["text"], PORT, "{name}");
    }
    let run = with_input(&["read", "-"], &gzip(text.as_bytes())).expect(0);
    assert_eq!(run.records().len(), 1);
}

#[test]
fn a_page_brings_its_headline_outlet_and_day() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<!doctype html><html lang=ar><head><meta charset=utf-8><title>عودة المياه إلى الميناء - الساحة</title>\
        <meta property=og:title content='عودة المياه إلى الميناء'><meta property=og:site_name content='الساحة'>\
        <meta property=article:published_time content='2022-05-08T09:00:00+03:00'></head><body><nav><a href=/>الرئيسية</a>\
        <a href=/sport>رياضة</a></nav><article><h1>عودة المياه إلى الميناء</h1>\
        <p>قال مدير الميناء وليد الصبان الأحد إن المياه عادت إلى الحي بعد انقطاع استمر ثلاثة أيام متتالية.</p>\
        <p>وأضاف الصبان في حديث مع السكان: \"الأنبوب أصلح، ولن تنقطع المياه مرة أخرى هذا الصيف\".</p></article></body></html>";
    let path = file(folder.path(), "page.html", page);
    let records = musnad(&["read", word(&path)]).expect(0).records();
    let report = &records[0]["report"];
    assert_eq!(report["outlet"], "الساحة");
    assert_eq!(report["published"], "2022-05-08");
    assert_eq!(report["published_from"], "page");
    let text = report["text"].as_str().unwrap();
    assert!(text.starts_with("عودة المياه إلى الميناء\n") && !text.contains("رياضة"), "{text}");
    // The caller knows better than the page, but not better than a JSON field.
    let told = musnad(&["read", word(&path), "--published", "2022-05-09"]).expect(0).records();
    assert_eq!(told[0]["report"]["published"], "2022-05-09");
    assert_eq!(told[0]["report"]["published_from"], "given");
}

#[test]
fn published_and_outlet_fill_in_and_do_not_override() {
    let text =
        with_input(&["read", "-", "--published", "2024-02-03", "--outlet", "الميدان"], PORT.as_bytes());
    let report = &text.expect(0).records()[0]["report"];
    assert_eq!(report["published"], "2024-02-03");
    assert_eq!(report["published_from"], "given");
    assert_eq!(report["outlet"], "الميدان");
    let stated = with_input(
        &["read", "-", "--published", "2024-02-03", "--outlet", "الميدان"],
        lines(&[PORT]).as_bytes(),
    );
    let report = &stated.expect(0).records()[0]["report"];
    assert_eq!(report["published"], "2022-05-08");
    assert_eq!(report["outlet"], "الساحة");
}

#[test]
fn json_is_one_array() {
    for texts in [vec![PORT], vec![PORT, COUNCIL, PORT]] {
        let run = with_input(&["read", "-", "--format", "json"], lines(&texts).as_bytes()).expect(0);
        let array: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(array.as_array().map(Vec::len), Some(texts.len()));
    }
    let nothing = tempfile::tempdir().unwrap();
    assert_eq!(musnad(&["read", word(nothing.path()), "--format", "json"]).expect(0).out, "[]\n");
    // What fails leaves no hole in it.
    let mixed = format!("{}[1]\n{}", lines(&[PORT]), lines(&[COUNCIL]));
    let run = with_input(&["read", "-", "--format", "json"], mixed.as_bytes()).expect(1);
    let array: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(array.as_array().map(Vec::len), Some(2));
}

#[test]
fn json_and_jsonl_say_the_same() {
    let input = lines(&[PORT, COUNCIL]);
    let array = with_input(&["read", "-", "--format", "json"], input.as_bytes()).expect(0);
    let records = with_input(&["read", "-", "--format", "jsonl"], input.as_bytes()).expect(0).records();
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&array.out).unwrap(), records);
}

#[test]
fn a_page_for_the_eye_names_who_said_what() {
    let run = with_input(&["read", "-", "--format", "pretty"], lines(&[PORT]).as_bytes()).expect(0);
    for part in [
        "عودة المياه إلى الميناء",
        "الساحة",
        "Sunday 8 May 2022",
        "WHAT WAS SAID",
        "said",
        "\u{2067}",
        "\u{2069}",
    ] {
        assert!(run.out.contains(part), "{part} is missing:\n{}", run.out);
    }
    assert!(!run.out.contains('\u{1b}'), "no colours where there is no terminal");
    assert_eq!(
        run.out.matches('\u{2067}').count() + run.out.matches('\u{2068}').count(),
        run.out.matches('\u{2069}').count()
    );
}

#[test]
fn colours_come_when_they_are_wanted() {
    let input = lines(&[PORT]);
    let arguments = ["read", "-", "--format", "pretty"];
    let always = with_input(&[&arguments[..], &["--color", "always"]].concat(), input.as_bytes()).expect(0);
    assert!(always.out.contains("\u{1b}["));
    let never = with_input(&[&arguments[..], &["--color", "never"]].concat(), input.as_bytes()).expect(0);
    assert!(!never.out.contains('\u{1b}'));
    let forced = run(command(&arguments).env("CLICOLOR_FORCE", "1"), input.as_bytes()).expect(0);
    assert!(forced.out.contains("\u{1b}["));
    let refused =
        run(command(&arguments).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1"), input.as_bytes()).expect(0);
    assert!(!refused.out.contains('\u{1b}'));
    // Records never have any.
    let records = with_input(&["read", "-", "--color", "always"], input.as_bytes()).expect(0);
    assert!(!records.out.contains('\u{1b}'));
}

#[test]
fn a_report_cannot_steer_the_terminal() {
    // The escape would clear the screen, the override would turn what follows around.
    let text = format!("{}\u{1b}[2J\u{202e}\n{}", "عودة المياه", PORT);
    let input = serde_json::json!({"id": "x\u{1b}[31m", "text": text, "outlet": "ا\u{202e}ب"}).to_string();
    let run = with_input(&["read", "-", "--format", "pretty"], input.as_bytes()).expect(0);
    assert!(!run.out.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{:?}", run.out);
}

#[test]
fn pages_fit_their_width() {
    let input = lines(&[PORT]);
    for width in ["40", "72"] {
        let run = run(command(&["read", "-", "--format", "pretty"]).env("COLUMNS", width), input.as_bytes())
            .expect(0);
        let shown = |line: &str| line.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).count();
        let most = run.out.lines().map(shown).max().unwrap();
        assert!(most <= width.parse().unwrap(), "{most} columns, not {width}:\n{}", run.out);
    }
}

#[test]
fn until_stops_after_a_stage() {
    let filled = |stage: &str| {
        let run = with_input(&["read", "-", "--until", stage], lines(&[PORT]).as_bytes()).expect(0);
        run.records().remove(0)
    };
    let tokens = filled("tokens");
    assert_eq!(tokens["statements"], serde_json::json!([]));
    assert_eq!(tokens["report"]["title"], serde_json::Value::Null);
    assert_eq!(filled("sentences")["report"]["title"]["end"], 23);
    let statements = filled("statements");
    assert!(!statements["statements"].as_array().unwrap().is_empty());
    assert_eq!(statements["events"], serde_json::json!([]));
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let texts: Vec<String> = (0..400).map(|n| format!("{PORT}\n{}", COUNCIL.repeat(n % 7))).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let input = lines(&texts);
    for format in ["jsonl", "json", "pretty"] {
        let with = |jobs: &str| {
            with_input(&["read", "-", "--format", format, "--jobs", jobs], input.as_bytes()).expect(0).out
        };
        let one = with("1");
        assert_eq!(one, with("2"), "{format}");
        assert_eq!(one, with("5"), "{format}");
    }
}

#[test]
fn what_fails_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let good = file(folder.path(), "good.txt", PORT);
    let broken =
        file(folder.path(), "broken.jsonl", format!("{}[1, 2]\n{}", lines(&[PORT]), lines(&[COUNCIL])));
    let mut cut = gzip(lines(&[PORT; 50]).as_bytes());
    cut.truncate(cut.len() / 2);
    let cut = file(folder.path(), "cut.jsonl.gz", cut);
    let missing = folder.path().join("missing.txt");
    let run = musnad(&["read", word(&missing), word(&broken), word(&cut), word(&good)]).expect(1);
    assert!(run.records().len() >= 3, "{}", run.err);
    assert_eq!(run.records().last().unwrap()["report"]["text"], PORT);
    for part in ["missing.txt", "broken.jsonl", "line 2", "cut.jsonl.gz", "3 failures"] {
        assert!(run.err.contains(part), "{part} is not in:\n{}", run.err);
    }
    for line in run.err.lines() {
        assert!(line.starts_with("musnad: "), "{line}");
    }
    // Quiet keeps the faults and leaves out the summary.
    let quiet = musnad(&["read", "--quiet", word(&missing)]).expect(1);
    assert_eq!(quiet.err.lines().count(), 1, "{}", quiet.err);
    assert!(quiet.err.contains("missing.txt"));
}

#[test]
fn feeds_and_archives_are_read_and_a_cut_one_up_to_the_cut() {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/demo");
    let feed = musnad(&["read", &format!("{demo}/jisr.rss.xml")]).expect(0);
    assert_eq!(feed.records().len(), 6);
    let whole = musnad(&["read", &format!("{demo}/shati.warc.gz")]).expect(0);
    assert_eq!(whole.records().len(), 4);
    let mut archive = Vec::new();
    let packed = std::fs::File::open(format!("{demo}/shati.warc.gz")).unwrap();
    flate2::read::MultiGzDecoder::new(packed).read_to_end(&mut archive).unwrap();
    let folder = tempfile::tempdir().unwrap();
    // The last report ends some bytes before the archive does.
    let cut = file(folder.path(), "cut.warc", &archive[..archive.len() / 2]);
    let run = musnad(&["read", word(&cut)]).expect(1);
    let whole: Vec<&str> = whole.out.lines().collect();
    let kept: Vec<&str> = run.out.lines().collect();
    assert!(!kept.is_empty() && kept.len() < whole.len(), "{}", run.err);
    assert_eq!(kept[..], whole[..kept.len()]);
    assert!(run.err.contains("cut.warc:record "), "{}", run.err);
}

#[test]
fn bytes_that_are_no_text_are_a_fault_of_their_line() {
    let mut input = lines(&[PORT]).into_bytes();
    input.extend(b"{\"id\": \"broken\", \"text\": \"\xff\xfe\xff\"}\n");
    input.extend(lines(&[COUNCIL]).bytes());
    let run = with_input(&["read", "-"], &input).expect(1);
    assert_eq!(run.records().len(), 2, "{}", run.err);
    assert!(run.err.contains("standard input:line 2"), "{}", run.err);
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_opened_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    file(folder.path(), "open.txt", PORT);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::read_dir(&closed).is_ok() {
        println!("skipped: to this user every folder is open");
        return;
    }
    let run = musnad(&["read", word(folder.path())]).expect(1);
    assert_eq!(run.records().len(), 1);
    assert!(run.err.contains("closed"), "{}", run.err);
}

#[test]
fn a_summary_ends_the_run_and_no_progress_is_shown_without_a_terminal() {
    let run = with_input(&["read", "-"], lines(&[PORT, COUNCIL]).as_bytes()).expect(0);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    assert!(run.err.starts_with("musnad: 2 reports, ") && run.err.contains("0 failures"), "{}", run.err);
    assert!(!run.err.contains(['\r', '\u{1b}']));
    let quiet = with_input(&["read", "-", "--quiet"], lines(&[PORT]).as_bytes()).expect(0);
    assert_eq!(quiet.err, "");
}

#[test]
fn a_closed_pipe_is_success() {
    let input = lines(&vec![PORT; 3000]);
    let mut child = command(&["read", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let mut some = [0; 100];
    child.stdout.as_mut().unwrap().read_exact(&mut some).unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{err}");
    assert_eq!(err, "");
    writer.join().unwrap();
}

#[test]
fn records_come_as_they_are_ready() {
    // Whoever follows a growing input must not wait for a buffer to fill.
    let mut child =
        command(&["read", "-", "--quiet"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Two lines: what kind of input it is, may show in the second only.
    stdin.write_all(lines(&[PORT, COUNCIL]).as_bytes()).unwrap();
    stdin.write_all(" ".repeat(1 << 16).as_bytes()).unwrap();
    let mut first = [0; 20];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"{\"schema\":\"musnad.re");
    drop(stdin);
    let mut rest = Vec::new();
    child.stdout.as_mut().unwrap().read_to_end(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_full_disk_is_told() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        println!("skipped: this system has no /dev/full");
        return;
    }
    let disk = std::fs::File::options().write(true).open(full).unwrap();
    let input = lines(&[PORT]);
    let mut child =
        command(&["read", "-"]).stdin(Stdio::piped()).stdout(disk).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.starts_with("musnad: the output cannot be written"), "{err}");
}

#[test]
fn text_that_is_not_arabic_is_a_record_with_a_note() {
    let run = with_input(&["read", "-"], b"Water returns\nThe port said that water has returned.").expect(0);
    let record = &run.records()[0];
    assert_eq!(record["report"]["language"], "other");
    assert_eq!(record["notes"][0]["code"], "language");
    assert_eq!(record["statements"], serde_json::json!([]));
}

#[test]
fn positions_are_code_points() {
    let run = with_input(&["read", "-"], lines(&[PORT]).as_bytes()).expect(0);
    let record = &run.records()[0];
    let text: Vec<char> = record["report"]["text"].as_str().unwrap().chars().collect();
    for s in record["statements"].as_array().unwrap() {
        let at = |name: &str| s["cue"][name].as_u64().unwrap() as usize;
        let cue: String = text[at("start")..at("end")].iter().collect();
        assert!(["قال", "أضاف", ":"].contains(&cue.as_str()), "{cue}");
    }
}
