//! Cues: the words that report, with the frames that say where their content stands.

use super::words::Does;
use crate::document::{Classes, Document, Kind, Proclitics, Suffix};
use musnad_lexicon::{Entry, Feat, Number, Part, Table, arabic};
use std::sync::OnceLock;

/// What the row of a cue says, taken apart once.
#[derive(Debug)]
pub struct Row {
    at: u32,
    /// The speech act; `none` for what only carries a medium.
    pub act: &'static str,
    /// Where the content stands, best first.
    pub frames: Vec<Frame>,
    /// The medium that the word itself implies.
    pub medium: Option<&'static str>,
    /// How far the speaker commits to the content, -3 to 3.
    pub strength: i8,
    /// The word as the table has it.
    pub word: &'static str,
}

/// Where content stands: what comes before it, and what it is introduced by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What stands between the cue and the content.
    pub lead: Lead,
    /// How the content begins.
    pub then: Then,
}

/// What a cue takes before its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// Nothing but its subject.
    None,
    /// The addressee as an object: أبلغ الوزير أن "told the minister that".
    Object,
    /// The addressee after a preposition: طلب من الوفد أن "asked of the delegation that".
    To(&'static str),
    /// The speaker after a preposition: نقل عن الوزير قوله "carried from the minister his saying".
    By(&'static str),
}

/// What introduces content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// A clause with أن or إن.
    That,
    /// A colon or a quotation mark.
    Quote,
    /// A noun phrase.
    Np,
    /// A noun phrase that begins with this word.
    NpWord(&'static str),
    /// What follows this preposition.
    Prep(&'static str),
    /// The speaker follows, and the content stands around.
    Source,
    /// The cue says all of it.
    Itself,
}

fn then(word: &'static str) -> Option<Then> {
    Some(match word {
        "that" => Then::That,
        "quote" => Then::Quote,
        "np" => Then::Np,
        "source" => Then::Source,
        "obj" => Then::Itself,
        _ => {
            if let Some(word) = word.strip_prefix("np:") {
                Then::NpWord(word)
            } else {
                Then::Prep(word.strip_prefix("prep:")?)
            }
        }
    })
}

fn frame(word: &'static str) -> Option<Frame> {
    let Some((lead, rest)) = word.split_once('+') else {
        return Some(Frame { lead: Lead::None, then: then(word)? });
    };
    let lead = match lead {
        "obj" => Lead::Object,
        "np" => Lead::None,
        _ => match lead.split_once(':')? {
            ("to", preposition) => Lead::To(preposition),
            ("by", preposition) => Lead::By(preposition),
            _ => return None,
        },
    };
    // نسب الهجوم إلى الحركة "attributed the attack to the movement": the content is the whole of it.
    let whole = word.starts_with("np+");
    Some(Frame { lead, then: if whole { Then::Np } else { then(rest)? } })
}

/// All rows of `cues.tsv`, sorted by where they stand.
fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        arabic()
            .rows(Table::Cue)
            .map(|(at, row)| Row {
                at,
                act: row.get("act"),
                frames: row.list("frames").filter_map(frame).collect(),
                medium: Some(row.get("medium")).filter(|m| !m.is_empty()),
                strength: row.get("strength").parse().unwrap_or(0),
                word: row.get("word"),
            })
            .collect()
    })
}

/// The row of an entry of [`Table::Cue`].
#[must_use]
pub fn row(entry: Entry) -> Option<&'static Row> {
    let rows = rows();
    rows.binary_search_by_key(&entry.row, |r| r.at).ok().map(|i| &rows[i])
}

/// What a cue is by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A finite verb: قال "he said".
    Finite,
    /// A participle that carries the speaker on: مؤكدا "affirming".
    Participle,
    /// A verbal noun: رفض الحركة "the movement's refusal", قوله "his saying".
    Masdar,
    /// A phrase after which the speaker stands: وفقا ل "according to".
    Source,
    /// A phrase that content follows: مفاده "to the effect".
    Phrase,
}

/// A word or phrase that may report.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// Its first token.
    pub at: usize,
    /// How many tokens it takes.
    pub len: usize,
    /// What it is by its form.
    pub form: Form,
    /// The features of the form.
    pub feat: Feat,
    /// The clitics before it.
    pub proclitics: Proclitics,
    /// Letters before the stem, in characters.
    pub cut: u8,
    /// The pronoun after it: an object of a verb, the speaker of a verbal noun.
    pub suffix: Suffix,
    /// What the lexicon says of it.
    pub row: &'static Row,
    /// The lexicon's row, for `because`.
    pub entry: Entry,
    /// Whether it begins a clause, so that what stands before it cannot be its content.
    pub opens: bool,
}

impl Cue {
    /// The token after it.
    #[must_use]
    pub const fn end(&self) -> usize {
        self.at + self.len
    }
}

/// The token that begins the clause in which token `i` stands as a verb, when it is `i` itself: after a mark, a conjunction, an
/// auxiliary or a particle of the verb.
fn at_clause_start(doc: &Document, i: usize, first: usize, attached: bool) -> bool {
    if i == first || attached {
        return true;
    }
    let before = i - 1;
    doc.kind(before) == Some(Kind::Mark)
        || doc.is(
            before,
            Classes::MODAL
                .or(Classes::NEGATION)
                .or(Classes::BE)
                .or(Classes::AS)
                .or(Classes::WHILE)
                .or(Classes::THEN)
                .or(Classes::FUTURE)
                .or(Classes::RELATIVE)
                .or(Classes::ACCORDING)
                .or(Classes::BECAUSE)
                .or(Classes::CONDITIONAL)
                .or(Classes::BUT),
        )
}

/// The most likely cue that begins with token `i` of a sentence that begins with token `first`; `None` when there is none.
#[must_use]
pub fn cue(doc: &Document, i: usize, first: usize) -> Option<Cue> {
    let never = Classes::MODAL
        .or(Classes::BE)
        .or(Classes::NEGATION)
        .or(Classes::THAT)
        .or(Classes::RELATIVE)
        .or(Classes::FUTURE);
    if doc.is(i, never) {
        return None;
    }
    let lexicon = arabic();
    let mut best: Option<(u8, Cue)> = None;
    for (reading, entry) in doc.entries(i) {
        if !matches!(entry.table, Table::Verb | Table::Noun | Table::Cue) {
            continue;
        }
        let len = usize::from(reading.tokens);
        if best.is_some_and(|(_, b)| b.len > len) {
            break;
        }
        let feat = entry.feat;
        for linked in lexicon.linked(entry, Table::Cue) {
            let Some(row) = row(linked) else { continue };
            if row.act == "none" || row.frames.is_empty() {
                continue;
            }
            let source = row.frames.first().is_some_and(|f| f.then == Then::Source);
            let form = match feat.part() {
                // Who is passed over by a passive cannot be told; nobody's words are no statement.
                Part::Past | Part::Present if feat.get_person() == 3 && !feat.is_passive() => Form::Finite,
                Part::Active if !reading.proclitics.any(Proclitics::AL | Proclitics::PREPOSITION) => {
                    Form::Participle
                }
                Part::Masdar | Part::Noun => Form::Masdar,
                Part::None if source => Form::Source,
                Part::None => Form::Phrase,
                _ => continue,
            };
            // A verb with a pronoun says something of whom it stands for (اتهمته "accused him"); where the verb takes no such
            // object, the pronoun is content that stands elsewhere (ما ذكره), which is handled by its own rule.
            let object = row.frames.iter().any(|f| f.lead == Lead::Object);
            let third = matches!(
                reading.suffix,
                Suffix::None | Suffix::He | Suffix::She | Suffix::They | Suffix::Both | Suffix::TheyFeminine
            );
            if form == Form::Finite && !third || form == Form::Participle && reading.suffix != Suffix::None {
                continue;
            }
            let resumed = i > 0
                && doc.is(i - 1, Classes::RELATIVE)
                && matches!(row.act, "claim" | "deny" | "reject" | "criticize" | "inform" | "demand");
            if form == Form::Finite
                && reading.suffix != Suffix::None
                && !object
                && !resumed
                && !after_what(doc, i)
            {
                continue;
            }
            // A ف before a present tense is as a rule the first letter of a name (فيشر).
            if form == Form::Finite && feat.part() == Part::Present && reading.proclitics.any(Proclitics::FA)
            {
                continue;
            }
            // Nouns of saying report only with the one who says them: قوله "his saying", not رد or نقل.
            if form == Form::Masdar
                && matches!(row.act, "say" | "explain" | "believe" | "expect")
                && reading.suffix == Suffix::None
                && !bare_saying(doc, i)
            {
                continue;
            }
            // قرارنا "our decision" is the quoted source's own.
            if form == Form::Masdar
                && matches!(
                    reading.suffix,
                    Suffix::We | Suffix::I | Suffix::Me | Suffix::You | Suffix::YouAll
                )
            {
                continue;
            }
            // ردا على "in reply to" is no verb in the dual.
            if form == Form::Finite
                && feat.get_number() == Number::Dual
                && feat.part() == Part::Past
                && doc.is(i + 1, Classes::PREPOSITION)
            {
                continue;
            }
            // وصفه الوزير بأنه "the minister described it as": before who does it, a verb.
            if form == Form::Masdar && object && reading.suffix != Suffix::None {
                let subject = doc.cast.starting(i + len).first();
                if subject.is_some_and(|m| super::subject::letters_before(doc, m) == 0) {
                    continue;
                }
            }
            // تبنى قرارا "adopted a resolution" claims nothing.
            if row.act == "claim" && (i + len..i + len + 5).any(|k| Does::ADOPTED.at(doc, k)) {
                continue;
            }
            // A participle that goes with its clause is accusative, and in the masculine singular its alef shows it: مطالبا
            // "demanding", not مطالب "demands".
            if form == Form::Participle
                && !feat.is_accusative()
                && !feat.is_feminine()
                && feat.get_number() == Number::Singular
            {
                continue;
            }
            // واردات "imports", منتقدي "the critics of", هاتفي "by telephone": such plurals and duals are nouns and adjectives.
            if form == Form::Participle
                && feat.get_number() != Number::Singular
                && (feat.get_number() == Number::Plural && feat.is_feminine() || doc.word(i).ends_with('ي'))
            {
                continue;
            }
            // ولي عهد "crown prince" is no pledge.
            if form == Form::Masdar && i > 0 && Does::BEFORE_AGE.at(doc, i - 1) {
                continue;
            }
            // مجددا "again" is an adverb before it is "renewing".
            if form == Form::Participle && doc.is(i, Classes::ADVERB) {
                continue;
            }
            // متحدث "spokesman", مدينة "city" are nouns before they are participles.
            // ، متهمة واشنطن بـ "accusing Washington of": before whom she accuses, a participle.
            let noun = [Table::Title, Table::Head, Table::Group, Table::Place];
            let accusing = row.act == "accuse"
                && feat.is_feminine()
                && i > 0
                && doc.kind(i - 1) == Some(Kind::Mark)
                && !doc.cast.starting(i + len).is_empty();
            if form == Form::Participle
                && !accusing
                && !feat.is_accusative()
                && doc.word_entries(i).any(|(_, e)| noun.contains(&e.table))
            {
                continue;
            }
            let attached = reading.proclitics.any(Proclitics::AND);
            let opens = at_clause_start(doc, i, first, attached);
            let cue = Cue {
                at: i,
                len,
                form,
                feat,
                proclitics: reading.proclitics,
                cut: reading.cut,
                suffix: reading.suffix,
                row,
                entry: linked,
                opens,
            };
            // توعد "he threatened" before أوعد, توعد "she threatens": news is told in the past, and rare verbs have few frames.
            let rank = rank(doc, &cue) * 8
                + u8::from(feat.part() == Part::Past) * 4
                + (row.frames.len() as u8).min(3);
            // Frames that take a clause make a better cue than those that take a noun only.
            if best.is_none_or(|(r, b)| rank > r || rank == r && len > b.len) {
                best = Some((rank, cue));
            }
        }
    }
    best.map(|(_, cue)| cue)
}

/// Whether the word before means "what": وفقا لما ذكره "according to what he mentioned".
#[must_use]
pub fn after_what(doc: &Document, i: usize) -> bool {
    i > 0
        && (doc.is(i - 1, Classes::ACCORDING)
            || matches!(doc.word(i - 1), "ما" | "لما" | "مما" | "بما" | "كما" | "عما" | "حسبما" | "وفقما"))
}

fn bare_saying(doc: &Document, i: usize) -> bool {
    matches!(doc.bare(i), "القول" | "بالقول" | "قول")
}

/// Whether the word is first of all a function word (قبل "before", عبر "via", بين "between", هناك "there is"): as a verb it needs
/// its subject or its clause right behind it.
#[must_use]
pub fn is_function_word(doc: &Document, cue: &Cue) -> bool {
    // عبر عن "expressed": no preposition governs a preposition.
    let governs = doc.kind(cue.end()) == Some(Kind::Word) && !doc.is(cue.end(), Classes::PREPOSITION);
    cue.len == 1
        && (governs || doc.kind(cue.end()) != Some(Kind::Word))
        && doc.is(
            cue.at,
            Classes::PREPOSITION
                .or(Classes::EXISTENTIAL)
                .or(Classes::QUANTIFIER)
                .or(Classes::BY)
                .or(Classes::ADVERB),
        )
}

/// How likely a form is in its place. A word such as رد or طلب is "he replied, he asked" and "reply, request": it is the verb at
/// the beginning of a clause and after a name that begins one, and the noun elsewhere.
fn rank(doc: &Document, cue: &Cue) -> u8 {
    let i = cue.at;
    let before = i.checked_sub(1);
    let after_preposition =
        before.is_some_and(|b| doc.is(b, Classes::PREPOSITION) && doc.kind(b) == Some(Kind::Word));
    let after_name = before.is_some_and(|b| doc.cast.covering(b).is_some_and(|m| m.tokens.end as usize == i));
    match cue.form {
        Form::Source | Form::Phrase => 6,
        Form::Finite if after_preposition => 1,
        Form::Finite if cue.opens || after_name => 5,
        Form::Finite => 3,
        // مؤكدا, مشيرة: the accusative shows a participle that goes with the clause before it.
        Form::Participle if cue.feat.is_accusative() => 5,
        Form::Participle => 2,
        Form::Masdar
            if cue.proclitics.any(Proclitics::AL | Proclitics::PREPOSITION) || cue.suffix != Suffix::None =>
        {
            4
        }
        Form::Masdar => {
            if after_preposition || !cue.opens {
                4
            } else {
                2
            }
        }
    }
}
