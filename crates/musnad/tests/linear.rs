//! Reading is linear: a word of a very long text takes hardly longer than a word of a short one, in every stage.
//!
//! This test has a binary of its own, so that nothing else of the suite runs beside its clock.

use jiff::civil::date;
use musnad::document::Document;
use musnad::{Report, STAGES};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// So much longer than in a short text may a word take in a long one. Caches and memory account for some of it; a stage that
/// is quadratic is over by hundreds.
const FACTOR: f64 = 4.0;
/// A stage that takes less than this in the long text is not worth judging.
const NOISE: Duration = Duration::from_millis(60);

/// "The minister of foreign affairs, Samer al-Hakim, said on Tuesday that the talks with the opposition's delegation in Amman would
/// go on until next week, adding: 'We have agreed on a ceasefire'. And the ministry of defence accused the movement of having shelled
/// the city of al-Nur yesterday, which its spokesman denied in a statement."
const SAMPLE: &str = "قال وزير الخارجية سامر الحكيم، الثلاثاء، إن المحادثات مع وفد المعارضة في عمّان ستستمر حتى الأسبوع المقبل، مضيفا: \"اتفقنا على وقف إطلاق النار\". \
                      واتهمت وزارة الدفاع الحركة بقصف مدينة النور أمس، وهو ما نفاه المتحدث باسمها في بيان.";

/// "The army shelled the gunmen's positions in the city and demanded of the government an end to the fighting, and the president called for a
/// dialogue with the opposition in the country", without a full stop.
const DEEDS: &str = "قصف الجيش مواقع المسلحين في المدينة وطالب الحكومة بوقف القتال ودعا الرئيس إلى الحوار مع المعارضة في البلاد ";

fn report(text: String) -> Report {
    Report { published: Some(date(2018, 3, 15)), text, ..Report::default() }
}

/// The time of each stage.
fn stages(text: &str) -> [Duration; STAGES.len()] {
    let mut doc: Document = musnad::open(report(text.to_owned()));
    let language = doc.language.expect("the sample is Arabic");
    STAGES.map(|stage| {
        let start = Instant::now();
        (stage.run)(language, &mut doc);
        start.elapsed()
    })
}

/// The least time of each stage over a few runs of `times` readings.
fn least(text: &str, times: u32, runs: usize) -> [Duration; STAGES.len()] {
    let mut best = [Duration::MAX; STAGES.len()];
    for _ in 0..runs {
        let mut sum = [Duration::ZERO; STAGES.len()];
        for _ in 0..times {
            sum.iter_mut().zip(stages(text)).for_each(|(s, t)| *s += t);
        }
        best.iter_mut().zip(sum).for_each(|(b, s)| *b = s.min(*b));
    }
    best
}

/// Compares the long text with the short one read as often as it takes for the same number of words. Gives a line on every
/// stage, and those that are too slow.
fn compare(name: &str, short: &str, long: &str) -> (String, Vec<String>) {
    let words = |t: &str| t.split_whitespace().count();
    // A few hundred readings of the short text are enough to know its speed.
    let sample = (words(long) / words(short)).clamp(1, 300);
    let (mut small, mut large) = (least(short, sample as u32, 3), least(long, 1, 2));
    // Whatever else the machine does at the same time makes a run slower, never faster: what looks slow is measured again.
    for _ in 0..3 {
        let per_word = |spent: Duration, n: usize| spent.as_secs_f64() / n as f64;
        let slow = small.iter().zip(&large).any(|(small, large)| {
            *large > NOISE
                && per_word(*large, words(long)) > FACTOR * per_word(*small, sample * words(short)).max(1e-9)
        });
        if !slow {
            break;
        }
        small.iter_mut().zip(least(short, sample as u32, 1)).for_each(|(a, b)| *a = b.min(*a));
        large.iter_mut().zip(least(long, 1, 1)).for_each(|(a, b)| *a = b.min(*a));
    }
    let (mut told, mut slow) = (String::new(), Vec::new());
    for ((stage, small), large) in STAGES.iter().zip(small).zip(large) {
        let small = small.as_secs_f64() * 1e9 / (sample * words(short)) as f64;
        let per_word = large.as_secs_f64() * 1e9 / words(long) as f64;
        let ratio = per_word / small.max(1.0);
        let line = format!(
            "{name}: {} {per_word:.0} ns a word, {small:.0} in a short text, ×{ratio:.1}",
            stage.name
        );
        writeln!(told, "{line}").expect("a string takes all");
        if large > NOISE && ratio > FACTOR {
            slow.push(line);
        }
    }
    (told, slow)
}

/// Sentences about people of whom each has another name.
fn many_people(n: usize) -> String {
    const GIVEN: [&str; 10] = ["سامر", "ليلى", "خالد", "منى", "يوسف", "هدى", "طارق", "سلمى", "فادي", "رنا"];
    const LETTERS: [&str; 12] = ["ب", "ت", "ج", "د", "ر", "س", "ط", "ع", "ف", "ق", "ل", "م"];
    let mut text = String::new();
    for i in 0..n {
        let surname: String = [i / 10, i / 120, i / 1440, i / 17280].map(|k| LETTERS[k % 12]).concat();
        let given = GIVEN[i % 10];
        writeln!(
            text,
            "التقى وزير الدفاع {given} ال{surname}ي في دمشق، الاثنين، وقال إنه بحث معه إطلاق سراح {i} أسيرا."
        )
        .expect("a string takes all");
    }
    text
}

#[test]
fn a_word_of_a_long_text_takes_no_longer() {
    const QUOTES: &str = "قال \"نعم وقال 'لا وأضاف «ربما ";
    const CLAUSES: &str = "وقال إن الوزير قال إن الوفد أكد أن ";
    // "Samer al-Hakim said that the road was open, according to Reuters. That came in a statement."
    const SOURCES: &str = "قال سامر الحكيم إن الطريق مفتوح، بحسب رويترز. جاء ذلك في بيان.\n";
    // "* When? - Today. He said: «yes": lines that open a quotation and close none.
    const ANSWERS: &str = "* متى يفتح الطريق؟\n- اليوم يفتح الطريق كله.\nوقال: «نعم\n";
    let all = [
        compare("one line", SAMPLE, &format!("{SAMPLE} ").repeat(2000)),
        compare("many lines", SAMPLE, &format!("{SAMPLE}\n").repeat(2000)),
        compare("many people", &many_people(10), &many_people(5000)),
        // A sentence has a longest length, and within it a cue looks at what follows: so long a sentence is the measure.
        compare("open quotations", &QUOTES.repeat(60), &QUOTES.repeat(5000)),
        compare("many sources", &SOURCES.repeat(10), &SOURCES.repeat(4000)),
        compare("many answers", &ANSWERS.repeat(10), &ANSWERS.repeat(4000)),
        compare("deeds in one sentence", &DEEDS.repeat(60), &DEEDS.repeat(4000)),
        compare("one sentence", &CLAUSES.repeat(60), &CLAUSES.repeat(5000)),
    ];
    let slow: Vec<String> = all.iter().flat_map(|(_, slow)| slow.clone()).collect();
    println!("{}", all.map(|(told, _)| told).concat());
    assert!(slow.is_empty(), "these stages are not linear:\n{}", slow.join("\n"));
}
