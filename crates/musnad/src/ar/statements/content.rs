//! Content: where what is reported begins and ends.

use super::cues::{Cue, Form, Lead, Then};
use super::subject::{self, Subject};
use super::words::Does;
use crate::ar::layout::words;
use crate::document::{Classes, Document, Kind, MentionKind, Proclitics, StatementKind, Suffix};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Entry, Number, Part, Table, arabic};

/// How content is introduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By أن or إن.
    That,
    /// By a quotation mark.
    Quote,
    /// By a colon.
    Colon,
    /// As a noun phrase after the cue.
    Np,
    /// After a preposition.
    Prep,
}

/// Where content begins.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// The first token.
    pub token: usize,
    /// Letters of that token that stand before the content: an attached preposition.
    pub letters: u8,
    /// What introduces it.
    pub how: How,
}

/// How far after its cue content may begin, in tokens.
const REACH: usize = 60;
/// The same for verbal nouns, from the end of whose word it is.
const NEAR: usize = 6;

/// Whether a quotation is a name or a single word set apart, and not somebody's words.
#[must_use]
pub fn is_name(doc: &Document, quote: usize) -> bool {
    let Some(q) = doc.layout.quotes.get(quote) else { return true };
    let words = words(doc, q.inner);
    if words == 0 {
        return true;
    }
    // The whole of it is one entity's name.
    let named = doc.cast.covering(q.inner.start as usize).is_some_and(|m| {
        doc.mention(m).is_some_and(|x| x.kind == MentionKind::Name)
            && m.tokens.end >= q.inner.end
            && words <= 5
    });
    named || words <= 3 && q.inner.range().any(|i| doc.kind(i) == Some(Kind::Foreign))
}

/// The quotation that the mark at `i` opens.
#[must_use]
pub fn opening(doc: &Document, i: usize) -> Option<usize> {
    if doc.kind(i) != Some(Kind::Mark) {
        return None;
    }
    let q = doc.layout.quotes.partition_point(|q| (q.open as usize) < i);
    doc.layout.quotes.get(q).filter(|x| x.open as usize == i).map(|_| q)
}

/// Whether a token is a complementiser; `first` tells that it opens the content and does not join a second clause (وأن).
fn that(doc: &Document, i: usize) -> bool {
    doc.is(i, Classes::THAT) && !doc.word(i).starts_with('و')
}

/// Whether أن goes with the word before it: قبل أن "before", دون أن "without".
fn of_time(doc: &Document, i: usize) -> bool {
    i > 0 && Does::BEFORE_THAT.bare(doc, i - 1)
}

/// Whether the verb wants إن: after قال "said" a plain أن belongs to something else, unless it follows at once.
fn wrong_hamza(doc: &Document, cue: &Cue, i: usize, end: usize) -> bool {
    cue.row.word == "قال"
        && i > end
        && doc.text(doc.tokens[i].span).starts_with('أ')
        && !gap_is_transparent(doc, end, i)
}

/// The attached preposition `letter` at token `i` before something that can be demanded, charged or promised: a verbal noun, a
/// noun or a complementiser, with the letters before it.
fn attached(doc: &Document, i: usize, letter: u8) -> Option<u8> {
    if doc.kind(i) != Some(Kind::Word) || doc.time_at(i).is_some() || doc.is(i, Classes::PREPOSITION) {
        return None;
    }
    let initial = if letter == Proclitics::BI { 'ب' } else { 'ل' };
    let word = doc.word(i);
    // أشاد بما تحقق "praised what was achieved".
    if word == "بما" && letter == Proclitics::BI {
        return Some(1);
    }
    if !word.starts_with(initial) || word.chars().count() < 4 {
        return None;
    }
    // للمرة الثانية "for the second time", لمدة عام "for a year" tell when.
    if Does::WHEN.bare(doc, i) {
        return None;
    }
    // A whole word of the lexicon that only begins with the letter (بيان) has no clitic.
    let whole = doc.word_entries(i).any(|(r, e)| {
        r.cut == 0
            && matches!(
                e.table,
                Table::Verb
                    | Table::Noun
                    | Table::Title
                    | Table::Country
                    | Table::Time
                    | Table::Group
                    | Table::Head
            )
    });
    if whole {
        return None;
    }
    if letter == Proclitics::LI && word.starts_with("لل") {
        return Some(1);
    }
    Some(1)
}

fn is_verbal_noun(doc: &Document, i: usize) -> bool {
    doc.word_entries(i).any(|(r, e)| r.cut > 0 && e.table == Table::Verb && e.feat.part() == Part::Masdar)
}

/// Where the content of a cue begins; `limit` is the end of its clause.
#[must_use]
pub fn start(doc: &Document, cue: &Cue, subject: &Subject, limit: usize) -> Option<Start> {
    let start = begin(doc, cue, subject, limit)?;
    // شدد على القول من جديد إن "insisted on saying again that": what is said follows.
    let saying = matches!(doc.bare(start.token), "القول" | "بالقول");
    let clause = (start.token + 1..limit.min(start.token + 5)).find(|t| saying && that(doc, *t));
    Some(clause.map_or(start, |t| Start { token: t + 1, letters: 0, how: How::That }))
}

/// As [`start`], the word "saying" taken as it stands.
fn begin(doc: &Document, cue: &Cue, subject: &Subject, limit: usize) -> Option<Start> {
    let frames = &cue.row.frames;
    let takes = |t: Then| frames.iter().any(|f| f.then == t);
    let (that_ok, quote_ok, np_ok) = (takes(Then::That), takes(Then::Quote), takes(Then::Np));
    let mut from = subject.end.max(cue.end());
    let object = frames.iter().any(|f| f.lead == Lead::Object);
    let reach = if cue.form == Form::Masdar { from + NEAR } else { cue.end() + REACH };
    let end = limit.min(reach);
    let mut k = cue.end();
    let mut mentions = 0;
    while k < end {
        if let Some(t) = doc.time_at(k) {
            k = doc.times[t.index()].tokens.end as usize;
            continue;
        }
        if k >= from && !doc.cast.starting(k).is_empty() {
            mentions += 1;
        }
        let found = |token: usize, letters: u8, how: How| Some(Start { token, letters, how });
        let content_follows = k + 1 < limit;
        if that(doc, k) && content_follows && !wrong_hamza(doc, cue, k, from) && !of_time(doc, k) {
            let after_preposition = k > cue.end()
                && frames.iter().any(|f| matches!(f.then, Then::Prep(p) if doc.bare(k - 1) == fold_word(p)));
            let attached = doc.word(k).starts_with('ب');
            // Without a subject the clause follows at once, or after when and where.
            let near = !subject.who.is_empty() || k <= from + 1 || gap_is_transparent(doc, from, k);
            if !near && !after_preposition {
                k += 1;
                continue;
            }
            if that_ok || after_preposition || attached && frames.iter().any(|f| f.then == Then::Prep("ب")) {
                // أكد ضرورة أن "affirmed the need that": the noun is the content, its clause goes with it.
                if np_ok && cue.row.act != "say" && takes_noun_first(doc, cue, subject, from, k) {
                    return found(from, 0, How::Np);
                }
                return found(k + 1, 0, How::That);
            }
        }
        if let Some(q) = opening(doc, k) {
            let inner = doc.layout.quotes[q].inner;
            let colon = k > 0 && doc.is_mark(k - 1, ':');
            let speech = words(doc, inner) >= 3 || colon || inner.end as usize + 2 >= limit;
            // To carry or to show is no saying unless a colon tells so.
            let carries = Does::CARRIES.lemma(cue.row.word);
            let quote_ok = quote_ok && (colon || !carries);
            // قالت «جبهة الوطنيين» على موقعها إنها "the Patriots' Front said on its site that": the quotation is who speaks.
            let close = doc.layout.quotes[q].close.map_or(k + 1, |c| c as usize + 1);
            let speaker = !colon
                && subject.who.is_empty()
                && words(doc, inner) <= 5
                && cue.form == Form::Finite
                && (close..limit.min(close + 8)).take_while(|t| !doc.is_mark(*t, '،')).any(|t| that(doc, t));
            if speaker {
                k = close;
                from = close;
                continue;
            }
            if quote_ok && k >= from.min(k) && (colon || speech && !is_name(doc, q)) && (k >= from || colon) {
                let noun_first = cue.row.act != "say" && takes_noun_first(doc, cue, subject, from, k);
                if np_ok && !object && noun_first && !colon {
                    return found(from, 0, How::Np);
                }
                return found(k, 0, How::Quote);
            }
            if !frames.iter().any(|f| matches!(f.then, Then::Np | Then::Prep(_))) || k < from {
                // A name in quotation marks: go on behind it.
                k = doc.layout.quotes[q].close.map_or(k + 1, |c| c as usize + 1);
                continue;
            }
        }
        // معلنا انسحاب بلاده: "…": what a participle announces ends before the quotation of its verb.
        let own = cue.form != Form::Participle || k <= from + 1 || matches!(cue.row.act, "say");
        if doc.is_mark(k, ':') && !own && np_ok {
            break;
        }
        if doc.is_mark(k, ':') && quote_ok && content_follows {
            return match opening(doc, k + 1) {
                Some(_) => found(k + 1, 0, How::Quote),
                None => found(k + 1, 0, How::Colon),
            };
        }
        for f in frames {
            let Then::Prep(p) = f.then else { continue };
            // مؤكدا حرص واشنطن على "affirming Washington's care for": a noun right there is the content, its complement goes with it.
            let known = !subject.who.is_empty() || cue.form == Form::Participle;
            if np_ok
                && !object
                && known
                && k > from
                && f.lead == Lead::None
                && takes_noun_first_of(doc, cue, from, k)
            {
                continue;
            }
            // With an object between, the preposition comes after it: اتهمت الوزارة الحركة بـ.
            let addressee = f.lead == Lead::Object && cue.suffix == Suffix::None;
            // انتقد الضربة التي وجهتها لمواقع: ل marks the object of the noun (انتقادات لإسرائيل), not of the verb.
            let reason = is_verbal_noun(doc, k);
            if p == "ل" && np_ok && cue.form != Form::Masdar && k > from && !reason && f.lead == Lead::None {
                continue;
            }
            if p == "ب" || p == "ل" {
                let letter = if p == "ب" { Proclitics::BI } else { Proclitics::LI };
                // انتقادات حادة لإسرائيل "sharp criticism of Israel": an adjective stands between.
                let noun = cue.form == Form::Masdar && k <= from + 3;
                let near =
                    k == from || k == cue.end() || mentions > 0 || noun || gap_is_transparent(doc, from, k);
                // متهما البعض بمحاولة "accusing some of an attempt": one word of the object, and a verbal noun.
                let near = near || f.lead == Lead::Object && k == from + 1 && is_verbal_noun(doc, k);
                // اللجنة الدولية للصليب الأحمر: the letter is inside a name.
                let inside = doc.cast.covering(k).is_some_and(|m| (m.tokens.start as usize) < k);
                if k >= from
                    && near
                    && !inside
                    && (!addressee || mentions > 0 || k > from)
                    && let Some(letters) = attached(doc, k, letter)
                {
                    // In a longer clause other phrases with ب come in between (في حضرموت بمحافظة); a verbal noun is what counts.
                    let named = starting_after(doc, k);
                    if k == from
                        || noun
                        || is_verbal_noun(doc, k)
                        || !named && (mentions > 0 || !addressee) && object_ended(doc, k)
                    {
                        return found(k, letters, How::Prep);
                    }
                }
                // بـ«المساعدات»: the letter stands alone before a quotation mark.
                if doc.word(k).trim_end_matches('ـ') == p && k + 1 < limit && opening(doc, k + 1).is_some() {
                    return found(k + 1, 0, How::Prep);
                }
            } else if doc.bare(k) == fold_word(p) && content_follows && !that(doc, k + 1) {
                let near = k == from || mentions > 0 || gap_is_transparent(doc, from, k);
                if k >= from && near {
                    return found(k + 1, 0, How::Prep);
                }
            }
        }
        if cue.row.frames.iter().any(|f| matches!(f.then, Then::NpWord(w) if doc.bare(k).trim_start_matches("ال") == fold_word(w).trim_start_matches("ال"))) {
            return found(k, 0, How::Np);
        }
        k += 1;
    }
    if np_ok || object && takes(Then::Itself) {
        // The object: right after the subject, or after the verb where the subject stands before it.
        let mut k = from;
        while k < end
            && (doc.time_at(k).is_some()
                || doc.kind(k) == Some(Kind::Mark) && opening(doc, k).is_none()
                || doc.is(k, Classes::ADVERB))
        {
            k += 1;
        }
        // تدين وتستنكر الهجوم "condemns and deplores the attack": the object stands after the second verb.
        while k + 1 < end
            && doc.word_entries(k).any(|(r, e)| {
                r.proclitics.any(Proclitics::AND)
                    && e.table == Table::Verb
                    && e.feat.is_finite()
                    && r.suffix == Suffix::None
            })
            && doc.word_entries(k).all(|(r, e)| r.proclitics.any(Proclitics::AND) && e.table == Table::Verb)
        {
            k += 1;
        }
        // في 7 مايو الماضي, بشكل رسمي أمس: when and how come between.
        loop {
            if k + 1 < end && subject::is_preposition(doc, k) && doc.time_at(k + 1).is_some() {
                k += 1;
            } else if let Some(t) = doc.time_at(k) {
                k = doc.times[t.index()].tokens.end as usize;
            } else if k + 1 < end && Does::MANNER.at(doc, k) {
                k += 2;
            } else if k < end && doc.is_mark(k, '،') && opening(doc, k).is_none() {
                k += 1;
            } else {
                break;
            }
        }
        // ، خلال كلمة له في المجلس، "during an address of his in the council,": a phrase between commas is passed.
        if k > from && k < end && doc.is_mark(k - 1, '،') && subject::is_preposition(doc, k) {
            k = (k + 1..end.min(k + 14)).find(|i| doc.is_mark(*i, '،')).map_or(k, |c| c + 1);
        }
        // A phrase comes between: دانت في بيان على موقعها الإلكتروني القصف.
        while k + 1 < end && subject::is_preposition(doc, k) && subject.before {
            k += 2;
            if doc.word(k - 1).ends_with(['ه', 'ا', 'م']) || doc.word(k - 1).starts_with("ال") {
                while k < end
                    && doc.word(k).starts_with("ال")
                    && (doc.word(k).ends_with('ي') || doc.word(k).ends_with("ية"))
                    && doc.cast.starting(k).is_empty()
                {
                    k += 1;
                }
            }
        }
        let first = doc.kind(k);
        let governed = matches!(doc.word(k), "ل" | "ب")
            || attached(doc, k, Proclitics::LI).is_some()
            || attached(doc, k, Proclitics::BI).is_some();
        if governed {
            return None;
        }
        let verb_follows = doc.word(k) != "عدم"
            && doc.is(
                k,
                Classes::BE.or(Classes::MODAL).or(Classes::RELATIVE).or(Classes::WHILE).or(Classes::NEGATION),
            );
        if k < end && first.is_some() && !subject::is_preposition(doc, k) && !verb_follows {
            return Some(Start { token: k, letters: 0, how: How::Np });
        }
    }
    None
}

fn fold_word(word: &str) -> String {
    musnad_lexicon::fold(word)
}

/// Whether a name stands after the attached letter at `i`.
fn starting_after(doc: &Document, i: usize) -> bool {
    doc.cast.starting(i).iter().any(|m| doc.mention(m).is_some_and(|x| x.kind == MentionKind::Name))
}

/// Whether the words before `i` end a noun phrase that names somebody.
fn object_ended(doc: &Document, i: usize) -> bool {
    i > 0 && (doc.cast.covering(i - 1).is_some() || doc.kind(i - 1) == Some(Kind::Mark))
}

/// Whether the words between a subject and what would introduce content are content themselves: أكد الوزير ضرورة أن "affirmed
/// the need that", not أكدت وثائق نشرت أمس أن "documents published yesterday affirmed that".
fn takes_noun_first(doc: &Document, cue: &Cue, subject: &Subject, from: usize, to: usize) -> bool {
    // وأكد رفض «…» "and he affirmed the rejection of": the noun right behind the verb of one who goes on.
    let behind = from == cue.end()
        && doc.word_entries(from).any(|(r, e)| r.cut == 0 && e.feat.part() == Part::Masdar)
        && !doc.word_entries(from).any(|(_, e)| {
            e.table == Table::Verb
                && e.feat.is_finite()
                && !e.feat.is_passive()
                && e.feat.part() == Part::Present
        });
    let told = !subject.who.is_empty() || cue.form == Form::Participle || behind;
    let verb =
        doc.word_entries(from).any(|(r, e)| r.cut == 0 && e.table == Table::Verb && e.feat.is_finite());
    let noun = doc.word_entries(from).any(|(_, e)| e.feat.part() == Part::Masdar || e.table == Table::Noun);
    let joined = doc.word_entries(from).next().is_none() && doc.word(from).starts_with('و')
        || doc.word_entries(from).any(|(r, e)| r.proclitics.any(Proclitics::AND) && e.table != Table::Verb);
    told && to > from
        && !joined
        && (!verb || noun)
        && doc.kind(from) == Some(Kind::Word)
        && doc.cast.starting(from).is_empty()
        && doc.entry(from, Table::Title).is_none()
        && !doc.is(from, Classes::RELATIVE.or(Classes::THAT).or(Classes::NEGATION).or(Classes::AS))
        && !gap_is_transparent(doc, from, to)
}

/// Whether a verbal noun or another noun that can be content stands at `from`, before a preposition at `to`.
fn takes_noun_first_of(doc: &Document, cue: &Cue, from: usize, to: usize) -> bool {
    let from = (from..to)
        .find(|i| {
            doc.time_at(*i).is_none() && !doc.is(*i, Classes::ADVERB) && doc.kind(*i) != Some(Kind::Mark)
        })
        .unwrap_or(to);
    let masdar = doc.word_entries(from).any(|(r, e)| r.cut == 0 && e.feat.part() == Part::Masdar);
    // After a definite subject an indefinite word is no adjective of it; مجددا "again", مرارا "often" are adverbs.
    let word = doc.word(from);
    let indefinite = from < to
        && cue.form != Form::Masdar
        && !word.starts_with("ال")
        && !word.ends_with('ا')
        && !word.starts_with('و')
        && !doc.word_entries(from).any(|(_, e)| e.table == Table::Verb && e.feat.is_finite())
        && doc.entry(from, Table::Title).is_none()
        && !doc.is(from, Classes::RELATIVE.or(Classes::THAT).or(Classes::NEGATION).or(Classes::AS))
        || word == "عدم";
    doc.kind(from) == Some(Kind::Word)
        && doc.cast.starting(from).is_empty()
        && !gap_is_transparent(doc, from, to)
        && (masdar || indefinite)
}

/// Whether nothing stands between `from` and `to` that could itself be content: marks, times, adverbs, and phrases with a
/// preposition ("in a statement", "to the agency").
fn gap_is_transparent(doc: &Document, from: usize, to: usize) -> bool {
    let mut k = from;
    while k < to {
        let resumes = Does::RESUMES.at(doc, k);
        if doc.time_at(k).is_some()
            || doc.kind(k) == Some(Kind::Mark)
            || doc.is(k, Classes::ADVERB)
            || resumes
        {
            k += 1;
        } else if subject::is_preposition(doc, k)
            || matches!(doc.word(k), "ل" | "ب" | "لـ" | "بـ")
            || attached(doc, k, Proclitics::LI).is_some()
            || attached(doc, k, Proclitics::BI).is_some()
            || doc
                .entries(k)
                .any(|(r, e)| r.proclitics.any(Proclitics::PREPOSITION) && e.table != Table::Particle)
            || doc.cast.covering(k).is_some()
        {
            // The phrase goes on to the next mark or preposition.
            return true;
        } else {
            return false;
        }
    }
    true
}

/// Tokens at which the words of a source end, in order: cues that begin a statement of their own.
pub struct Stops(pub Vec<usize>);

impl Stops {
    /// The first one after `i` and before `end`.
    fn next(&self, i: usize, end: usize) -> Option<usize> {
        let at = self.0.partition_point(|s| *s <= i);
        self.0.get(at).copied().filter(|s| *s < end)
    }
}

/// Where the clause that begins at `start` ends: at the next cue, at the author's own remark, or with the sentence. Quotations
/// are passed over whole.
#[must_use]
pub fn end(doc: &Document, start: usize, sentence_end: usize, stops: &Stops) -> usize {
    let mut k = start;
    while k < sentence_end {
        if let Some(q) = opening(doc, k)
            && let Some(close) = doc.layout.quotes[q].close
        {
            k = (close as usize + 1).max(k + 1);
            continue;
        }
        if k > start {
            let after_mark = doc.kind(k - 1) == Some(Kind::Mark);
            if stops.0.binary_search(&k).is_ok() {
                return k;
            }
            if after_mark && doc.is(k, Classes::WHILE)
                || Does::OPENS_CLAUSE.at(doc, k) && stops.0.binary_search(&(k + 1)).is_ok()
            {
                return k;
            }
            // ، وهو ما نفته "which … denied", ، بعد يومين "two days after": background, once what is reported has its verb.
            // بعد ظهر اليوم "this afternoon" tells when.
            let time = doc.time_at(k).is_some() || doc.time_at(k + 1).is_some();
            let background = after_mark && !time && matches!(doc.word(k), "وهو" | "وهي" | "بعد");
            let told = || {
                (start..k)
                    .any(|i| doc.word_entries(i).any(|(_, e)| e.table == Table::Verb && e.feat.is_finite()))
            };
            if after_mark && (is_aside(doc, k) || is_remark(doc, k))
                || without_telling(doc, k)
                || background && told()
            {
                return k;
            }
            if (after_mark || stops.0.binary_search(&(k + 1)).is_ok())
                && doc.word(k) == "وذلك"
                && doc.time_at(k + 2).is_none()
                && (subject::is_preposition(doc, k + 1)
                    || attached(doc, k + 1, Proclitics::BI).is_some()
                    || stops.0.binary_search(&(k + 1)).is_ok())
            {
                return k;
            }
        }
        k += 1;
    }
    sentence_end
}

/// Whether the author's own remark begins here: في إشارة إلى "in a reference to".
fn is_aside(doc: &Document, i: usize) -> bool {
    doc.entries(i).any(|(r, e)| {
        e.table == Table::Particle
            && r.tokens > 1
            && doc.row(e).get("class") == "aside"
            && doc.row(e).get("word").starts_with("في ")
    })
}

/// Whether the author goes on with the occasion behind a comma: جاء ذلك خلال "that came during", كما يفيد "as … tells".
fn is_remark(doc: &Document, i: usize) -> bool {
    Does::REMARK.bare(doc, i) && Does::REMARK_OF.bare(doc, i + 1)
        || doc.word(i) == "كما"
            && doc.word_entries(i + 1).any(|(r, e)| {
                e.table == Table::Verb
                    && e.feat.is_finite()
                    && r.suffix == Suffix::None
                    && arabic().linked(e, Table::Cue).next().is_some()
            })
}

/// Whether the author's remark begins here that a source did not say more: دون أن يوضح "without explaining", من دون إعطاء تفاصيل
/// "without giving details", ولم تذكر السلطات تفسيرا "and the authorities mentioned no explanation".
fn without_telling(doc: &Document, i: usize) -> bool {
    let tells = |e: Entry| {
        e.table == Table::Verb
            && arabic()
                .linked(e, Table::Cue)
                .filter_map(super::cues::row)
                .any(|c| matches!(c.act, "say" | "inform" | "explain"))
    };
    let k = match doc.word(i) {
        "ولم" => return doc.word_entries(i + 1).any(|(_, e)| e.feat.is_finite() && tells(e)),
        "دون" | "بدون" => i + 1,
        "من" if doc.word(i + 1) == "دون" => i + 2,
        _ => return false,
    };
    let clause = that(doc, k);
    doc.word_entries(if clause { k + 1 } else { k }).any(|(_, e)| {
        let gives = Does::TELLS_MORE.lemma(doc.row(e).get("lemma"));
        (tells(e) || gives) && if clause { e.feat.is_finite() } else { e.feat.part() == Part::Masdar }
    })
}

/// The span of content tokens without the marks at its edges.
#[must_use]
pub fn trimmed(doc: &Document, from: usize, to: usize, letters: u8) -> Option<Span> {
    let (mut a, mut b) = (from, to);
    while a < b && doc.kind(a) == Some(Kind::Mark) {
        a += 1;
    }
    while b > a && doc.kind(b - 1) == Some(Kind::Mark) {
        b -= 1;
    }
    if a >= b {
        return None;
    }
    let start = doc.cut(a, if a == from { usize::from(letters) } else { 0 });
    let span = Span::new(start, doc.tokens[b - 1].span.end);
    (!span.is_empty()).then_some(span)
}

/// A quotation as pieces, one for each line over which it runs.
#[must_use]
pub fn by_line(doc: &Document, inner: Tokens) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = inner.start as usize;
    for i in inner.range().skip(1).chain([inner.end as usize]) {
        if i == inner.end as usize || doc.tokens[i].line_start {
            out.extend(trimmed(doc, from, i, 0));
            from = i;
        }
    }
    out
}

/// The whole content of a cue: its pieces and how they are given.
#[must_use]
pub fn content(
    doc: &Document,
    start: Start,
    sentence_end: usize,
    stops: &Stops,
) -> Option<(Vec<Span>, StatementKind)> {
    let clause = end(doc, start.token, sentence_end, stops);
    content_to(doc, start, clause, sentence_end)
}

/// As [`content`], for a clause whose end is known.
#[must_use]
pub fn content_to(
    doc: &Document,
    start: Start,
    clause: usize,
    sentence_end: usize,
) -> Option<(Vec<Span>, StatementKind)> {
    // The first word may be a quotation mark or stand before one.
    let mut first = start.token;
    while first < clause && doc.kind(first) == Some(Kind::Mark) && opening(doc, first).is_none() {
        first += 1;
    }
    let quote = opening(doc, first).filter(|q| words(doc, doc.layout.quotes[*q].inner) > 0);
    if let Some(q) = quote {
        let inner = doc.layout.quotes[q].inner;
        let after = doc.layout.quotes[q].close.map_or(inner.end as usize, |c| c as usize + 1);
        let rest = words(doc, Tokens::new(after.min(clause), clause));
        let mut pieces = by_line(doc, inner);
        if pieces.is_empty() {
            return None;
        }
        // انتقادات لـ«المساعدات» التي أسفرت "criticism of the 'aid' that led to": a word set apart, and the author goes on.
        let apart = matches!(start.how, How::Np | How::Prep) && words(doc, inner) <= 3;
        if apart && doc.is(after, Classes::RELATIVE) {
            return Some((pieces, StatementKind::Stance));
        }
        if start.how == How::Quote || rest == 0 {
            // "…"، وأن "…": a second quotation joined to the first belongs to the same cue.
            let mut k = after;
            while k < sentence_end {
                let mut j = k;
                while j < sentence_end && (doc.is_mark(j, '،') || doc.is_mark(j, ',')) {
                    j += 1;
                }
                let joined = doc.word(j) == "و" || doc.is(j, Classes::THAT) && doc.word(j).starts_with('و');
                let Some(next) = joined.then(|| opening(doc, j + 1)).flatten() else { break };
                let x = doc.layout.quotes[next];
                pieces.extend(trimmed(doc, x.inner.start as usize, x.inner.end as usize, 0));
                k = x.close.map_or(x.inner.end as usize, |c| c as usize + 1);
            }
            // "…" وأن قرارها "…": a clause in other words that is joined to a quotation goes on with it.
            let mut j = k;
            while j < sentence_end && (doc.is_mark(j, '،') || doc.is_mark(j, ',')) {
                j += 1;
            }
            if start.how == How::Quote
                && j < clause
                && doc.is(j, Classes::THAT)
                && doc.word(j).starts_with('و')
            {
                let whole = trimmed(doc, inner.start as usize, clause, 0)?;
                return Some((vec![whole], StatementKind::Mixed));
            }
            return Some((pieces, StatementKind::Direct));
        }
        // أن «…»، وأن «…» after a complementiser: pieces too, if all of it is quoted.
        if start.how == How::That {
            let mut k = after;
            let mut all = true;
            let mut more = Vec::new();
            while k < clause {
                let mark = doc.kind(k) == Some(Kind::Mark);
                if let Some(next) = opening(doc, k) {
                    let x = doc.layout.quotes[next];
                    more.extend(trimmed(doc, x.inner.start as usize, x.inner.end as usize, 0));
                    k = x.close.map_or(x.inner.end as usize, |c| c as usize + 1);
                } else if mark || doc.word(k) == "و" || doc.is(k, Classes::THAT) {
                    k += 1;
                } else {
                    all = false;
                    break;
                }
            }
            if all {
                pieces.extend(more);
                return Some((pieces, StatementKind::Direct));
            }
        }
    }
    let clause = match start.how {
        How::Np | How::Prep => after_which(doc, start.token, clause),
        _ => clause,
    };
    let span = trimmed(doc, start.token, clause, start.letters)?;
    let quoted = (start.token..clause).any(|i| opening(doc, i).is_some_and(|q| !is_name(doc, q)));
    let kind = match start.how {
        _ if quoted => StatementKind::Mixed,
        How::Np | How::Prep => StatementKind::Stance,
        _ => StatementKind::Indirect,
    };
    Some((vec![span], kind))
}

/// Whether و joins a clause with a verb at token `i`, which goes with no noun phrase: وسيمثل "and he will appear", وما زال.
fn begins_clause(doc: &Document, i: usize) -> bool {
    if !doc.word(i).starts_with('و') || doc.kind(i) != Some(Kind::Word) {
        return false;
    }
    let mut finite = false;
    for (r, e) in doc.word_entries(i) {
        let joined = r.proclitics.any(Proclitics::AND);
        match e.table {
            Table::Verb if e.feat.is_finite() && joined => finite = true,
            Table::Particle if joined => finite |= doc.is(i, Classes::BE.or(Classes::NEGATION)),
            _ => return false,
        }
    }
    finite
}

/// Where a noun phrase as content ends: before what the author adds about the time or the outcome (بعد "after", إثر "following",
/// مما "which led to", حيث "where").
fn after_which(doc: &Document, start: usize, end: usize) -> usize {
    let mut k = start + 1;
    while k < end {
        if let Some(close) = opening(doc, k).and_then(|q| doc.layout.quotes[q].close) {
            k = (close as usize + 1).max(k + 1);
            continue;
        }
        let after_mark = doc.kind(k - 1) == Some(Kind::Mark);
        let word = doc.word(k);
        // ، واضعة "putting": a participle that goes with the author's clause, not with the noun.
        let circumstance = after_mark
            && doc.word_entries(k).any(|(r, e)| {
                e.table == Table::Verb
                    && e.feat.part() == Part::Active
                    && r.proclitics.0 == 0
                    && (e.feat.is_accusative()
                        || e.feat.is_feminine() && e.feat.get_number() == Number::Singular)
            });
        // معلنا انسحابه: "…": the quotation is the verb's.
        let quotation = doc.is_mark(k, ':') && opening(doc, k + 1).is_some();
        // ، لكن مسؤولين "but officials", بينما يريد "while … wants": the author sets something against it.
        let contrast = after_mark && doc.is(k, Classes::BUT) && !matches!(word, "رغم" | "بالرغم" | "على")
            || word == "بينما"
            || word == "في"
                && (doc.word(k + 1) == "حين"
                    || matches!(doc.word(k + 1), "الوقت" | "وقت") && doc.is(k + 2, Classes::RELATIVE));
        if circumstance
            || quotation
            || contrast
            || after_mark && Does::AUTHOR_GOES_ON.is(word)
            || after_mark
                && word == "كما"
                && doc.word_entries(k + 1).any(|(_, e)| e.table == Table::Verb && e.feat.is_finite())
            || matches!(word, "رغم" | "بالرغم")
            || word == "على" && doc.word(k + 1) == "الرغم"
            || word == "مع" && that(doc, k + 1)
            || begins_clause(doc, k)
            || !after_mark && k > start + 2 && matches!(word, "بعد" | "اثر" | "عقب")
        {
            return k;
        }
        k += 1;
    }
    end
}

/// The clause before a cue, for cues that stand after their content: the quotation that ends there, or the words back to the
/// beginning of the sentence or to the end of what was last reported.
#[must_use]
pub fn preceding(doc: &Document, at: usize, first: usize) -> Option<(Vec<Span>, StatementKind)> {
    let mut b = at;
    while b > first
        && (doc.is_mark(b - 1, '،')
            || doc.is_mark(b - 1, ',')
            || doc.is_mark(b - 1, '-')
            || doc.is_mark(b - 1, '.'))
    {
        b -= 1;
    }
    if b <= first {
        return None;
    }
    let closed = b.checked_sub(2).and_then(|i| doc.quote(i)).map(|(_, q)| q);
    if let Some(q) = closed.filter(|q| q.close == Some(b as u32 - 1)) {
        let span = trimmed(doc, q.inner.start as usize, q.inner.end as usize, 0)?;
        if words(doc, Tokens::new(first, q.open as usize)) == 0 {
            return Some((vec![span], StatementKind::Direct));
        }
    }
    let mut a = first;
    // A conjunction at the beginning is the author's.
    let letters = u8::from(
        doc.word(a).starts_with('و') && doc.readings(a).iter().any(|r| r.proclitics.any(Proclitics::AND)),
    );
    while a < b && doc.kind(a) == Some(Kind::Mark) {
        a += 1;
    }
    let span = trimmed(doc, a, b, if a == first { letters } else { 0 })?;
    let tokens = doc.tokens_of(span);
    if words(doc, tokens) < 2 {
        return None;
    }
    let quoted = tokens.range().any(|i| opening(doc, i).is_some_and(|q| !is_name(doc, q)));
    Some((vec![span], if quoted { StatementKind::Mixed } else { StatementKind::Indirect }))
}

/// The content around a source in the middle of its clause: أسفرت وفقا للوزارة عن خسائر "led, according to the ministry, to losses";
/// between commas where a preposition goes on: قتل عشرة، بحسب المرصد، في غارة "ten were killed, according to the observatory, in a
/// raid". It begins after the last mark or relative pronoun, or where nothing is reported yet.
#[must_use]
pub fn around(
    doc: &Document,
    at: usize,
    after: usize,
    first: usize,
    end: usize,
    sentence_end: usize,
) -> Option<(Vec<Span>, StatementKind)> {
    let apart = |i: usize| doc.kind(i) == Some(Kind::Mark);
    let comma = |i: usize| doc.is_mark(i, '،') || doc.is_mark(i, ',');
    if at <= first + 1 || after >= sentence_end {
        return None;
    }
    let (from, to, rest, till) = if comma(at - 1) && comma(after) {
        if !super::subject::is_preposition(doc, after + 1) {
            return None;
        }
        (first, at - 1, after + 1, self::comma(doc, after + 1, sentence_end))
    } else {
        if apart(at - 1) || apart(after) && opening(doc, after).is_none() || after >= end {
            return None;
        }
        let mut from = at;
        while from > first && !apart(from - 1) && !doc.is(from - 1, Classes::RELATIVE.or(Classes::THAT)) {
            from -= 1;
        }
        (from, at, after, end)
    };
    let pieces = [trimmed(doc, from, to, 0)?, trimmed(doc, rest, till, 0)?];
    let quoted = (rest..till).any(|i| opening(doc, i).is_some_and(|q| !is_name(doc, q)));
    Some((pieces.to_vec(), if quoted { StatementKind::Mixed } else { StatementKind::Indirect }))
}

/// Whether a cue begins a statement of its own wherever it stands inside somebody's words; `told` is how its content begins.
#[must_use]
pub fn stops(doc: &Document, cue: &Cue, told: Option<How>) -> bool {
    let after_mark = cue.at > 0 && doc.kind(cue.at - 1) == Some(Kind::Mark);
    // ، متوعدا من … "threatening those who": it goes with the one who speaks, whatever it says.
    let circumstance = cue.form == Form::Participle && cue.feat.is_accusative() && after_mark;
    if told.is_none() && matches!(cue.form, Form::Finite | Form::Participle) && !circumstance {
        return false;
    }
    let attached = cue.proclitics.any(Proclitics::AND);
    match cue.form {
        Form::Finite => {
            let as_well = cue.at > 0 && Does::OPENS_CLAUSE.at(doc, cue.at - 1);
            // ولكنه لفت إلى "but he noted": the clause after "but" is a new one.
            let but = cue.at > 0
                && doc.is(cue.at - 1, Classes::BUT)
                && doc.word(cue.at - 1).ends_with(['ه', 'ا', 'م'])
                && matches!(told, Some(How::That | How::Quote | How::Colon | How::Prep));
            but || (attached || as_well)
                && (after_mark || as_well || matches!(told, Some(How::That | How::Quote | How::Colon)))
                || after_mark && cue.row.word == "قال"
        }
        Form::Participle => {
            (after_mark || attached || cue.feat.is_accusative() || cue.row.word == "قال")
                && !cue.proclitics.any(Proclitics::AL)
        }
        Form::Source => after_mark || attached || cue.at > 0 && doc.word(cue.at - 1) == "وذلك",
        Form::Masdar | Form::Phrase => false,
    }
}

impl Stops {
    /// The end of the clause in which a cue looks for its content.
    #[must_use]
    pub fn limit(&self, cue: &Cue, sentence_end: usize) -> usize {
        self.next(cue.end().saturating_sub(1), sentence_end).unwrap_or(sentence_end)
    }
}

/// The first comma outside quotations and brackets from `start` on, else `end`: where a noun phrase in the middle of somebody
/// else's sentence ends.
#[must_use]
pub fn comma(doc: &Document, start: usize, end: usize) -> usize {
    let mut k = start;
    while k < end {
        if let Some(close) = opening(doc, k).and_then(|q| doc.layout.quotes[q].close) {
            k = (close as usize).max(k);
        } else if doc.is_mark(k, '،') || doc.is_mark(k, ',') {
            return k;
        }
        k += 1;
    }
    end
}
