//! Whether a clause tells what has happened or what is planned.

use super::terms::Reader;
use super::value::Lean;
use crate::document::{Classes, Kind, Proclitics};
use musnad_lexicon::{Part, Table};

/// How many tokens back the verb of the clause is looked for.
const REACH: usize = 30;

/// Words that make what follows a plan: من المقرر "it is scheduled", الاجتماع المرتقب "the awaited meeting".
const PLANNED: [&str; 24] = [
    "المقرر",
    "مقرر",
    "المقررة",
    "مقررة",
    "المزمع",
    "مزمع",
    "المزمعة",
    "المرتقب",
    "مرتقب",
    "المرتقبة",
    "مرتقبة",
    "المنتظر",
    "المنتظرة",
    "المتوقع",
    "متوقع",
    "المتوقعة",
    "يعتزم",
    "تعتزم",
    "ينوي",
    "تنوي",
    "يتوقع",
    "لن",
    "سوف",
    "استعدادا",
];

/// The tense of the clause around an expression that begins at token `i`, by the nearest verb or word of planning before it.
pub(super) fn lean(reader: &Reader<'_>, i: usize) -> Lean {
    let doc = reader.doc;
    let from = doc
        .sentence(i)
        .map_or(i.saturating_sub(REACH), |(_, s)| s.tokens.start as usize)
        .max(i.saturating_sub(REACH));
    // منذ الأحد "since Sunday" looks back whatever the verb.
    if matches!(reader.before(i), "منذ" | "مذ") {
        return Lean::Past;
    }
    // Commas between the verb and the expression, the one right before it not counted (يصل الوفد، الأحد).
    let mut commas = 0;
    for j in (from..i).rev() {
        if doc.kind(j) != Some(Kind::Word) {
            commas += usize::from(j + 1 < i && (doc.is_mark(j, '،') || doc.is_mark(j, ',')));
            continue;
        }
        let word = doc.bare(j);
        // بعد عودته، السبت: what comes after something is told of, not planned; غادروا is a past.
        let told = matches!(word, "بعد" | "عقب" | "اثر" | "غداة") && j + 1 < i
            || doc.word(j) == "وذلك"
            || matches!(word, "كان" | "كانت" | "كانوا");
        if told || word.ends_with("وا") && word.chars().count() > 4 {
            return Lean::Past;
        }
        if PLANNED.contains(&word) || doc.is(j, Classes::FUTURE) {
            return Lean::Future;
        }
        let relative = j > from && doc.is(j - 1, Classes::RELATIVE);
        let found = tense(reader, j).or_else(|| {
            if is_will(reader, j) {
                return Some(Lean::Future);
            }
            // التي انطلقت: a word after a relative or أن that is no present is a past.
            let verb = relative || j > from && doc.word(j - 1) == "ان";
            verb.then(|| if is_present(word) { Lean::Present } else { Lean::Past })
        });
        match found {
            // A relative clause that a comma has closed says nothing about what follows it, and a present beside an indefinite noun
            // (رياح تصل سرعتها) only describes it.
            Some(Lean::Present) if relative && commas > 0 || !relative && describes(reader, j, from) => {}
            Some(Lean::Present) if reader.before(j) == "لم" => return Lean::Past,
            Some(lean) => return lean,
            None => {}
        }
    }
    Lean::Past
}

/// Whether a verb in the present stands where it may only describe the noun before it: after a noun that has no article and is
/// no name.
fn describes(reader: &Reader<'_>, j: usize, from: usize) -> bool {
    let doc = reader.doc;
    if j == from || doc.kind(j - 1) != Some(Kind::Word) {
        return false;
    }
    let before = doc.word(j - 1);
    // الوفد يصل: after a definite noun, a name, a particle or a pronoun it is what the clause tells.
    let article = before.starts_with("ال") || before.starts_with("لل") || before.starts_with("وال");
    let known = doc.entries(j - 1).any(|(_, e)| {
        matches!(
            e.table,
            Table::Particle
                | Table::Person
                | Table::Given
                | Table::Surname
                | Table::Country
                | Table::Place
                | Table::PlaceMore
                | Table::Organization
        )
    });
    !article && !known
}

/// The tense of a finite verb of the lexicon in the third person. أعلن "he announced" is also "I announce", which newspapers
/// do not write.
fn tense(reader: &Reader<'_>, i: usize) -> Option<Lean> {
    let mut found = None;
    for (reading, entry) in reader.doc.word_entries(i) {
        let finite = entry.table == Table::Verb && entry.feat.is_finite();
        // سأعود "I shall return" with its hamza cannot be read otherwise; ساحل "coast" and سالم, a name, can.
        let surface = reader.doc.tokens.get(i).map_or("", |t| reader.doc.text(t.span));
        let third = entry.feat.get_person() == 3
            || reading.proclitics.any(Proclitics::SA)
                && surface.trim_start_matches(['و', 'ف']).starts_with("سأ");
        // The article and prepositions stand before nouns that are spelled like verbs.
        if !finite
            || !third
            || reading.proclitics.any(Proclitics::AL | Proclitics::BI | Proclitics::KA | Proclitics::LI)
        {
            continue;
        }
        // حيز "realm", بيع "sale", صيد "hunt" are spelled like the passives of hollow verbs, which are rare.
        let hollow = entry.feat.is_passive() && reader.doc.bare(i).chars().nth(1) == Some('ي');
        match entry.feat.part() {
            Part::Past if hollow && reader.doc.bare(i).chars().count() == 3 => {}
            Part::Past => return Some(Lean::Past),
            Part::Present if reading.proclitics.any(Proclitics::SA) => found = Some(Lean::Future),
            Part::Present => found = found.or(Some(Lean::Present)),
            _ => {}
        }
    }
    found
}

/// Whether a word that the lexicon does not know looks like a future with س: سيعقد "will hold", ستبدأ. Foreign names begin like it
/// (ستافان, ستريت); what follows their first letters tells most of them.
fn is_will(reader: &Reader<'_>, i: usize) -> bool {
    const NAMES: [&str; 24] = [
        "ياس",
        "يار",
        "يناء",
        "يناريو",
        "يناتور",
        "يطر",
        "يدات",
        "يول",
        "تار",
        "تراتيج",
        "توكهولم",
        "توديو",
        "يمنس",
        "يلفا",
        "يمون",
        "يرغي",
        "يرجي",
        "يدني",
        "يفن",
        "تيف",
        "تريت",
        "تورجن",
        "تون",
        "تين",
    ];
    let word = reader.doc.word(i);
    let word = word.strip_prefix(['و', 'ف']).filter(|w| w.starts_with('س')).unwrap_or(word);
    let Some(verb) = word.strip_prefix('س') else { return false };
    if verb.chars().count() < 4 || !is_present(verb) || NAMES.iter().any(|n| verb.starts_with(n)) {
        return false;
    }
    // ستافان, سينابونغ: no root begins with a long vowel, and few verbs end so.
    let surface = reader.doc.tokens.get(i).map_or("", |t| reader.doc.text(t.span));
    let vowel = surface.contains("ستا") && !verb.ends_with('ى');
    let foreign = ["ونغ", "رد", "رت", "رغ", "فان"].iter().any(|end| verb.ends_with(end));
    !vowel && !foreign && reader.doc.readings(i).iter().all(|r| r.proclitics.any(Proclitics::SA))
}

/// Whether a word has the prefix of the present: يعقد, تبدأ.
fn is_present(word: &str) -> bool {
    word.starts_with(['ي', 'ت', 'ن']) && !word.ends_with('ة')
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn the_nearest_verb_decides() {
        check("أعلن الوزير أنه سيزور المدينة الأحد.", &["الأحد=2018-03-18"]);
        check("أعلن الوزير الأحد أنه سيزور المدينة.", &["الأحد=2018-03-11"]);
        check("يلتقي الوزير نظيره الثلاثاء.", &["الثلاثاء=2018-03-20"]);
        check("لم يلتق الوزير نظيره الثلاثاء.", &["الثلاثاء=2018-03-13"]);
        check("تحدث عن الاجتماع المقرر الاثنين.", &["الاثنين=2018-03-19"]);
        check("سيدخل القانون حيز التنفيذ الاثنين.", &["الاثنين=2018-03-19"]);
        check("سأعود الاثنين.", &["الاثنين=2018-03-19"]);
        check("غرقت قبالة ساحل المدينة، الاثنين.", &["الاثنين=2018-03-12"]);
        check("وذلك بعد عودته إلى العاصمة، الاثنين.", &["الاثنين=2018-03-12"]);
        // What only describes a noun says nothing of the clause.
        check("هبت رياح تصل سرعتها إلى سبعين الأحد.", &["الأحد=2018-03-11"]);
        check("نشر المعلق، الذي يكتب عن الحرب، مقالا الأحد.", &["الأحد=2018-03-11"]);
        check("قال المبعوث ستافان دي ميستورا الأربعاء ذلك.", &["الأربعاء=2018-03-14"]);
        // On a Thursday, Thursday is today.
        check("سيلتقي الوزير نظيره الخميس.", &["الخميس=2018-03-15"]);
    }
}
