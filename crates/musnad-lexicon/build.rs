//! Compiles `data/ar/*.tsv`: checks every row, generates forms, and writes one index over all of them.
//!
//! What reaches the program is the tables' own text (comments left out), `index.fst` (folded word or phrase to a range of
//! entries), `entries.bin` (eight bytes each: table, row, features) and `links.bin` (eight bytes each: a verb's or noun's row and the row
//! of cues or triggers that speaks of it); beside each table `TABLE.left_out`, by which a row's line in its file is found. A fault stops the build with `file:line: reason`.

#[path = "src/feat.rs"]
#[allow(dead_code, clippy::all)]
mod feat;
#[path = "src/fold.rs"]
#[allow(dead_code, clippy::all)]
mod fold;
#[path = "src/morphology.rs"]
#[allow(dead_code, clippy::all)]
mod morphology;
#[path = "src/table.rs"]
#[allow(dead_code, clippy::all)]
mod table;

use feat::{Feat, Part};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use table::Table;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let mut index: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut lemmas = Lemmas::new();
    let mut links: BTreeSet<u64> = BTreeSet::new();
    for table in Table::ALL {
        let path = format!("data/ar/{}.tsv", table.file());
        let source = fs::read_to_string(&path).unwrap_or_default();
        let mut kept = String::with_capacity(source.len());
        let mut header = None;
        let mut seen = BTreeSet::new();
        // Lines kept so far, and where the number of lines that were left out before a row changes: (row, left out).
        let (mut rows, mut left_out) = (0, Vec::<(u32, u32)>::new());
        for (number, line) in source.lines().enumerate() {
            let mut fault = |reason: String| faults.push(format!("{path}:{}: {reason}", number + 1));
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            if header.is_none() {
                if cells != table.columns() {
                    fault(format!("the header is {cells:?}, not {:?}", table.columns()));
                }
                header = Some(());
                continue;
            }
            if cells.len() != table.columns().len() {
                fault(format!("{} cells, not {}", cells.len(), table.columns().len()));
                continue;
            }
            if cells.iter().any(|c| c.trim() != *c) {
                fault("a cell begins or ends with a space".into());
            }
            if !seen.insert(line.to_owned()) {
                fault("the row stands twice".into());
            }
            let row = kept.len() as u64;
            assert!(row < 1 << 24, "{path} is over 16 MiB");
            let before = (number - rows) as u32;
            if left_out.last().is_none_or(|(_, n)| *n != before) {
                left_out.push((row as u32, before));
            }
            rows += 1;
            kept.push_str(line);
            kept.push('\n');
            let mut empty = None;
            let mut add = |key: &str, feat: Feat| {
                let words: Vec<String> =
                    key.split_whitespace().map(fold::fold).filter(|w| !w.is_empty()).collect();
                if words.is_empty() {
                    empty = Some(format!("{key:?} has no letters"));
                    return;
                }
                let key = words.join(" ");
                let entry = (table as u64) << 56 | row << 32 | u64::from(feat.0);
                if key.contains("ؤو") {
                    // Egyptian papers write مسئول and شئون for مسؤول and شؤون.
                    index.entry(key.replace("ؤو", "ئو")).or_default().insert(entry);
                }
                index.entry(key).or_default().insert(entry);
            };
            let keyed = keys(table, &cells, &mut add).and_then(|forms| match table {
                Table::Verb | Table::Noun => {
                    let form = if table == Table::Verb { cells[2] } else { "" };
                    let same = lemmas.entry((table, cells[0].to_owned())).or_default();
                    if same.iter().any(|l| l.form == form) {
                        return Err(format!("{} stands twice", cells[0]));
                    }
                    same.push(Lemma { form: form.to_owned(), row, forms });
                    Ok(())
                }
                Table::Cue | Table::Trigger => {
                    check_word(table, &cells)?;
                    for lemma in words(&cells, &lemmas)? {
                        let from = if cells[1] == "verb" { Table::Verb } else { Table::Noun };
                        match cells[0].split_once(' ') {
                            // A verb with further words is no statement about the verb alone.
                            Some((_, rest)) => phrase_of_verb(lemma, rest, &mut add),
                            None => {
                                links.insert(link(table, from, lemma.row) | row);
                            }
                        }
                    }
                    Ok(())
                }
                _ => Ok(()),
            });
            if let Some(reason) = keyed.err().or(empty) {
                fault(reason);
            }
        }
        let left_out: Vec<u8> =
            left_out.iter().flat_map(|(row, n)| [row.to_le_bytes(), n.to_le_bytes()].concat()).collect();
        fs::write(Path::new(&out).join(format!("{}.tsv", table.file())), kept).expect("OUT_DIR is writable");
        fs::write(Path::new(&out).join(format!("{}.left_out", table.file())), left_out)
            .expect("OUT_DIR is writable");
    }
    if !faults.is_empty() {
        for f in &faults {
            println!("cargo::error={f}");
        }
        return;
    }
    let mut builder = fst::MapBuilder::memory();
    let mut entries: Vec<u8> = Vec::new();
    for (key, values) in &index {
        let first = (entries.len() / 8) as u64;
        builder.insert(key, first << 16 | values.len() as u64).expect("keys are sorted");
        for v in values {
            entries.extend_from_slice(&v.to_le_bytes());
        }
    }
    let index = builder.into_inner().expect("memory");
    fs::write(Path::new(&out).join("index.fst"), index).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("entries.bin"), entries).expect("OUT_DIR is writable");
    let ordinary = fs::read_to_string("data/ar/ordinary_words.tsv").unwrap_or_default();
    let words: BTreeSet<String> =
        ordinary.lines().filter(|l| !l.starts_with('#') && *l != "word").map(fold::fold).collect();
    let words = fst::Set::from_iter(&words).expect("sorted").into_fst().into_inner();
    fs::write(Path::new(&out).join("ordinary.fst"), words).expect("OUT_DIR is writable");
    let links: Vec<u8> = links.iter().flat_map(|l| l.to_le_bytes()).collect();
    fs::write(Path::new(&out).join("links.bin"), links).expect("OUT_DIR is writable");
}

/// A row of `verbs.tsv` or `nouns.tsv`: the verb's form (I to X), where the row begins, all its forms.
struct Lemma {
    form: String,
    row: u64,
    forms: Vec<(String, Feat)>,
}

type Lemmas = BTreeMap<(Table, String), Vec<Lemma>>;

/// The upper half of a link from a verb or noun to a row of cues or triggers, as `Lexicon::linked` looks for it.
fn link(to: Table, from: Table, row: u64) -> u64 {
    u64::from(to == Table::Trigger) << 63 | (from as u64) << 56 | row << 32
}

/// The verbs or nouns that a row of cues or triggers speaks of; none for a phrase.
fn words<'a>(cells: &[&str], lemmas: &'a Lemmas) -> Result<&'a [Lemma], String> {
    let (table, word) = match cells[1] {
        "verb" => (Table::Verb, cells[0].split(' ').next().unwrap_or_default()),
        "noun" => (Table::Noun, cells[0]),
        "phrase" => return Ok(&[]),
        pos => return Err(format!("pos {pos:?} is none of verb, noun, phrase")),
    };
    let (lemma, form) = word.split_once('/').unwrap_or((word, ""));
    let all = lemmas
        .get(&(table, lemma.to_owned()))
        .ok_or_else(|| format!("{lemma} is no lemma of {}.tsv: add its row there", table.file()))?;
    if form.is_empty() {
        if all.len() > 1 {
            let forms: Vec<String> = all.iter().map(|l| format!("{lemma}/{}", l.form)).collect();
            return Err(format!("{lemma} is several verbs: write {}", forms.join(" or ")));
        }
        return Ok(all);
    }
    let at = all
        .iter()
        .position(|l| l.form == form)
        .ok_or_else(|| format!("{lemma} has no row with form {form}"))?;
    Ok(&all[at..=at])
}

/// Checks the cells of a cue that have a closed set of values.
fn check_word(table: Table, cells: &[&str]) -> Result<(), String> {
    const ACTS: &str = "say inform affirm deny claim accuse criticize praise demand warn threaten promise agree reject \
                        expect explain admit believe none";
    const MEDIA: &str =
        "statement press_conference interview speech social_media report call letter meeting other";
    if table == Table::Trigger {
        return check_trigger(cells);
    }
    if table != Table::Cue {
        return Ok(());
    }
    let [_, _, act, frames, medium, strength, _] = cells else { return Ok(()) };
    if !ACTS.split_whitespace().any(|a| a == *act) {
        return Err(format!("act {act:?} is none of {ACTS}"));
    }
    if !medium.is_empty() && !MEDIA.split_whitespace().any(|m| m == *medium) {
        return Err(format!("medium {medium:?} is none of {MEDIA}"));
    }
    if !strength.parse().is_ok_and(|s: i8| (-3..=3).contains(&s)) {
        return Err(format!("strength {strength:?} is no number from -3 to 3"));
    }
    if frames.is_empty() && *act != "none" {
        return Err("a speech act has at least one frame".into());
    }
    for frame in frames.split(['|', '+']).filter(|_| !frames.is_empty()) {
        let known = matches!(frame, "that" | "quote" | "np" | "obj" | "source")
            || ["prep:", "to:", "by:", "np:"]
                .iter()
                .any(|p| frame.strip_prefix(p).is_some_and(|rest| !rest.is_empty()));
        if !known {
            return Err(format!(
                "frame {frame:?} is none of that, quote, np, np:WORD, obj, prep:X, to:X, by:X, source"
            ));
        }
    }
    Ok(())
}

/// The types of PLOVER 2 with their modes.
const EVENTS: [(&str, &str); 16] = [
    ("AGREE", ""),
    ("CONSULT", "visit third-party multilateral phone"),
    ("SUPPORT", ""),
    ("CONCEDE", ""),
    ("COOPERATE", ""),
    ("AID", ""),
    ("RETREAT", "withdraw release disarm ceasefire access resign"),
    ("REQUEST", "assist change yield meet"),
    ("ACCUSE", "disapprove investigate allege"),
    ("REJECT", "assist change yield meet"),
    ("THREATEN", "restrict arrest relations expel territory violence"),
    ("PROTEST", "demo riot strike hunger boycott obstruct vandalize"),
    ("SANCTION", "convict expel withdraw discontinue"),
    ("MOBILIZE", "troops weapons police militia"),
    ("COERCE", "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber"),
    (
        "ASSAULT",
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone \
         heavy-weapons crowd-control unconventional",
    ),
];

/// Checks type, mode, frames, status and conditions of a trigger.
fn check_trigger(cells: &[&str]) -> Result<(), String> {
    const STATUS: &str = "happened ongoing planned called_for possible denied";
    let [_, _, kind, mode, actor, recipient, status, conditions, _] = cells else { return Ok(()) };
    if !kind.is_empty() {
        let (_, modes) = EVENTS
            .iter()
            .find(|(t, _)| t == kind)
            .ok_or_else(|| format!("type {kind:?} is not of PLOVER"))?;
        if !mode.is_empty() && !modes.split_whitespace().any(|m| m == *mode) {
            return Err(format!("mode {mode:?} is none of {kind}"));
        }
    } else if !mode.is_empty() {
        return Err("a mode without a type".into());
    }
    for frame in actor.split(['|', '+']).chain(recipient.split(['|', '+'])).filter(|f| !f.is_empty()) {
        let known = matches!(frame, "subj" | "obj" | "gen" | "self")
            || frame.strip_prefix("prep:").is_some_and(|rest| !rest.is_empty());
        if !known {
            return Err(format!("frame {frame:?} is none of subj, obj, gen, self, prep:X"));
        }
    }
    if !status.is_empty() && !STATUS.split_whitespace().any(|s| s == *status) {
        return Err(format!("status {status:?} is none of {STATUS}"));
    }
    for condition in conditions.split('|').filter(|c| !c.is_empty()) {
        let (name, values) = condition.split_once(':').unwrap_or((condition, ""));
        let allowed = match name {
            "with" | "not" | "near" | "tells" => None,
            "needs" => Some("actor recipient two"),
            "gen" => Some("agent"),
            "only" => Some("finite past present masdar active passive"),
            "is" => Some("sport nature business art"),
            "toll" => Some("dead injured arrested"),
            _ => return Err(format!("condition {condition:?} is unknown")),
        };
        for value in values.split('/') {
            let bad = match allowed {
                Some(all) => !all.split_whitespace().any(|a| a == value),
                None => value.is_empty() || value.contains(' '),
            };
            if bad {
                return Err(format!("condition {condition:?} has a value {value:?} that it cannot have"));
            }
        }
    }
    Ok(())
}

/// The keys of a verb with further words (ألقى باللوم "laid the blame"): the third person, the participles and the verbal
/// nouns, followed by these words, the last of them with and without a possessive pronoun (أعرب عن رفضه).
fn phrase_of_verb(lemma: &Lemma, rest: &str, add: &mut dyn FnMut(&str, Feat)) {
    let last = rest.rsplit(' ').next().unwrap_or(rest);
    // After a preposition or an article no possessive pronoun can follow, and an accusative alef shows that there is none.
    let possessed =
        last.chars().count() > 2 && !last.starts_with("ال") && !last.starts_with('ب') && !last.ends_with('ا');
    for (form, feat) in &lemma.forms {
        if feat.is_finite() && feat.get_person() != 3 || feat.part() == Part::Imperative {
            continue;
        }
        add(&format!("{form} {rest}"), *feat);
        if possessed {
            let stem = rest.strip_suffix('ة').map_or_else(|| rest.to_owned(), |s| format!("{s}ت"));
            for pronoun in ["ه", "ها", "هم", "هما"] {
                add(&format!("{form} {stem}{pronoun}"), *feat);
            }
        }
    }
}

/// The spellings of a name that vary from paper to paper by rule, so that the tables need only one of them.
fn spellings(name: &str) -> BTreeSet<String> {
    // عبد الله and عبدالله; أميركي and أمريكي "American"; ديمقراطي and ديموقراطي "democratic"; ميليشيا and مليشيا "militia".
    const PAIRS: [(&str, &str); 6] = [
        ("عبد ال", "عبدال"),
        ("ميرك", "مريك"),
        ("ديمقراط", "ديموقراط"),
        ("ميليشي", "مليشي"),
        ("ميليشي", "ميلشي"),
        ("تلفزيون", "تليفزيون"),
    ];
    // Marks that join words (بي.بي.سي, كيم جونغ-أون) stand in a phrase's key as spaces.
    let mut all = BTreeSet::from([name.replace(['-', '.'], " ").trim().to_owned()]);
    for (one, other) in PAIRS {
        let more: Vec<String> =
            all.iter().flat_map(|n| [n.replace(one, other), n.replace(other, one)]).collect();
        all.extend(more);
    }
    // أبو سياف is أبي سياف in the genitive and أبا سياف in the accusative.
    if let Some(rest) = name.strip_prefix("أبو ") {
        all.insert(format!("أبي {rest}"));
        all.insert(format!("أبا {rest}"));
    }
    all
}

/// Gives `add` every key under which a row is found, with the features of that form, and gives back the forms of a verb or
/// noun; fails with the row's fault.
fn keys(
    table: Table,
    cells: &[&str],
    add: &mut dyn FnMut(&str, Feat),
) -> Result<Vec<(String, Feat)>, String> {
    let list = |cell: &'static str| -> Vec<&str> {
        let cell = table.columns().iter().position(|c| *c == cell).map_or("", |i| cells[i]);
        cell.split('|').filter(|s| !s.is_empty()).collect()
    };
    let none = Feat::default();
    match table {
        Table::Verb => {
            let forms = morphology::conjugate(cells[0], cells[1], cells[2], cells[3], &list("masdars"))?;
            forms.iter().for_each(|(form, feat)| add(form, *feat));
            return Ok(forms);
        }
        Table::Noun => {
            if !matches!(cells[2], "m" | "f") {
                return Err(format!("gender {:?} is neither m nor f", cells[2]));
            }
            let mut forms = morphology::decline(cells[0], Part::Noun, &list("plurals"));
            if cells[2] == "f" {
                forms.iter_mut().for_each(|(_, feat)| *feat = feat.feminine());
            }
            forms.iter().for_each(|(form, feat)| add(form, *feat));
            return Ok(forms);
        }
        Table::Cue | Table::Trigger => {
            if cells[1] == "phrase" {
                add(cells[0], none);
                // على حد قوله "in his words": the speaker may be a pronoun.
                if table == Table::Cue && list("frames").contains(&"source") && cells[0].contains(' ') {
                    for pronoun in ["ه", "ها", "هم", "هما"] {
                        add(&format!("{}{pronoun}", cells[0]), none);
                    }
                }
            }
        }
        Table::Country => {
            add(cells[1], none);
            list("variants").iter().for_each(|v| add(v, none));
            for nisba in list("nisba") {
                for (form, feat) in morphology::decline(nisba, Part::Nisba, &list("nisba_plurals")) {
                    // الكوري الشمالي: in a definite adjective of two words both have the article.
                    if let Some((first, second)) = form.split_once(' ') {
                        add(&format!("{first} ال{second}"), feat);
                        if first.ends_with('ة') {
                            add(&format!("{first} ال{second}ة"), feat);
                            add(&format!("{first} {second}ة"), feat);
                        }
                    }
                    add(&form, feat);
                }
            }
            list("capital").iter().chain(&list("metonyms")).for_each(|m| add(m, Feat::of(Part::Metonym)));
        }
        Table::Place | Table::PlaceMore => {
            for v in std::iter::once(cells[1]).chain(list("variants")) {
                let (name, feat) = v.strip_prefix('?').map_or((v, none), |name| (name, none.doubtful()));
                add(name, feat);
            }
        }
        Table::Organization | Table::Person | Table::Work => {
            let doubtful = table == Table::Organization && cells[6].ends_with('?');
            let first = if doubtful { none.doubtful() } else { none };
            spellings(cells[1]).iter().for_each(|s| add(s, first));
            for v in list("variants") {
                let (name, feat) = v.strip_prefix('?').map_or((v, none), |name| (name, none.doubtful()));
                spellings(name).iter().for_each(|s| add(s, feat));
            }
        }
        Table::Portfolio => {
            add(cells[0], none);
            list("variants").iter().for_each(|v| add(v, none));
        }
        Table::Title => {
            let feminine = list("feminine");
            let plurals = list("plural");
            // A phrase, or a word with its article, stands in the table in all its forms but the dual.
            let whole = |w: &str| w.starts_with("ال") || w.contains(' ');
            for w in list("word") {
                let noun = Feat::of(Part::Noun).human();
                // قاض "judge", whose feminine is قاضية, is short for قاضي.
                let short = feminine.contains(&format!("{w}ية").as_str());
                let lemma = if short { format!("{w}ي") } else { w.to_owned() };
                add(w, noun);
                for (form, feat) in morphology::decline(&lemma, Part::Noun, &[]) {
                    let dual = feat.get_number() == feat::Number::Dual;
                    if !whole(w) || dual && feat.is_construct() && !w.starts_with("ال") {
                        add(&form, feat.human());
                    }
                }
            }
            for p in &plurals {
                // مسؤولون brings its own مسؤولين, مسؤولو and مسؤولي.
                let made = ["ين", "و", "ي"].iter().any(|end| {
                    p.strip_suffix(end).is_some_and(|stem| plurals.contains(&format!("{stem}ون").as_str()))
                });
                if whole(p) {
                    add(p, Feat::of(Part::Noun).number(feat::Number::Plural).human());
                } else if !made {
                    for (form, feat) in morphology::plural(p, Part::Noun) {
                        add(&form, feat.human());
                    }
                }
            }
            for w in feminine {
                if whole(w) {
                    add(w, Feat::of(Part::Noun).feminine().human());
                    continue;
                }
                let many = w.strip_suffix('ة').map(|stem| format!("{stem}ات"));
                let many: Vec<&str> = many.as_deref().into_iter().collect();
                for (form, feat) in morphology::decline(w, Part::Noun, &many) {
                    add(&form, feat.feminine().human());
                }
            }
        }
        Table::Group => {
            let people =
                |feat: Feat| if matches!(cells[3], "person" | "group") { feat.human() } else { feat };
            if !matches!(cells[3], "person" | "group" | "organization" | "document" | "occasion" | "place") {
                return Err(format!("type {:?} is no type of an entity", cells[3]));
            }
            let plural = cells[0].ends_with("ون") || cells[0].ends_with("ات");
            let mut forms = morphology::decline(cells[0], Part::Noun, &list("forms"));
            if plural {
                forms.extend(morphology::plural(cells[0], Part::Noun));
            }
            // متظاهر "demonstrator" has the feminine متظاهرة, unless its plural is broken otherwise (رجل "man").
            let sound = list("forms").iter().any(|f| f.strip_suffix("ون") == Some(cells[0]));
            if cells[3] == "person" && sound {
                let feminine = format!("{}ة", cells[0]);
                let many = format!("{}ات", cells[0]);
                forms.extend(
                    morphology::decline(&feminine, Part::Noun, &[&many])
                        .into_iter()
                        .map(|(w, f)| (w, f.feminine())),
                );
            }
            forms.iter().for_each(|(form, feat)| add(form, people(*feat)));
        }
        Table::Given | Table::Surname => {
            // A name that is an ordinary word too needs company; a woman's name is feminine.
            let feat = if cells[3] == "y" { none.doubtful() } else { none };
            let woman = table == Table::Given && cells[2] == "f";
            add(cells[0], if woman { feat.feminine() } else { feat });
        }
        Table::Particle | Table::Time | Table::Head => add(cells[0], none),
        // Words that the grammar of names and of speech asks for by class.
        Table::NameWord | Table::SpeechWord => {}
    }
    Ok(Vec::new())
}
