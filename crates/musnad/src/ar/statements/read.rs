//! From a cue to its statements: subject and content are put together, and what is no statement after all is turned away.

use super::content::{self, How, Stops};
use super::cues::{self, Cue, Form, Then};
use super::subject::{self, Subject};
use super::words::Does;
use super::{Draft, Told, according, chain, first_word, interview};
use crate::document::{
    Classes, Document, EntityId, EntityKind, Kind, MentionAt, Proclitics, Rejected, StatementKind, Suffix,
};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Part, Table};

/// What has been read so far.
pub struct Reader<'d> {
    /// The document.
    pub doc: &'d Document,
    /// The statements found.
    pub drafts: Vec<Draft>,
    /// Who spoke, the latest last, for verbs without a subject.
    pub spoke: Vec<EntityId>,
    /// Who carried others' words.
    pub carriers: Vec<chain::Carrier>,
    /// The token up to which cues are part of what was read already.
    pub consumed: usize,
    /// What was turned away.
    pub rejected: &'d mut Vec<Rejected>,
}

impl Reader<'_> {
    /// Reads one cue of sentence `s` into statements.
    pub fn read(&mut self, s: usize, cue: &Cue, stops: &Stops) {
        let doc = self.doc;
        let sentence = doc.layout.sentences[s].tokens;
        let end = sentence.end as usize;
        let limit = stops.limit(cue, end);
        let span = cue_span(doc, cue);
        if cue.at < self.consumed {
            return;
        }
        if cue.form == Form::Source {
            self.source(s, cue, stops);
            return;
        }
        if self.quoted_by(s, cue, sentence, stops) {
            return;
        }
        let mut subject = subject::subject(doc, cue, sentence, limit);
        // وجه الوزير انتقادات "the minister levelled criticism": an utterance as one told by a verb is.
        let mut light = false;
        if cue.form == Form::Masdar
            && subject.who.is_empty()
            && cue.suffix == Suffix::None
            && !cue.proclitics.any(Proclitics::AL)
            && let Some(who) = subject::of_light_verb(doc, cue, sentence)
        {
            subject.who.push(who);
            light = true;
        }
        if self.addressed(s, cue, &subject, limit) {
            subject = Subject { who: Vec::new(), end: cue.end(), before: false };
        }
        // A verb after "according to what": its content stands before it.
        let phrase =
            (1..=3).find(|n| cue.at >= sentence.start as usize + n && according(doc, cue.at - n) == Some(*n));
        let according = cue.form == Form::Finite && phrase.is_some();
        let head = cue.at - phrase.unwrap_or(0);
        let start = if according { None } else { content::start(doc, cue, &subject, limit) };
        let start = start.or_else(|| self.quote_behind(cue, limit, end, sentence.start as usize));
        let aside = cue.form == Form::Masdar || in_relative_clause(doc, cue);
        let found = match start {
            // What a noun or a relative clause reports in the middle of a sentence ends with its phrase.
            Some(start) if aside && start.how != How::Quote => {
                let clause = content::end(doc, start.token, end, stops);
                content::content_to(doc, start, content::comma(doc, start.token, clause), end)
                    .map(|(p, k)| (p, k, start.how))
            }
            Some(start) => content::content(doc, start, end, stops).map(|(p, k)| (p, k, start.how)),
            None => None,
        };
        // وهو ما تنفيه أنقرة "which Ankara denies": the content is what was just reported or told.
        let which = cue.form == Form::Finite
            && cue.suffix != Suffix::None
            && cue.at >= 2
            && doc.word(cue.at - 1) == "ما"
            && matches!(doc.bare(cue.at - 2), "هو" | "هي" | "هذا")
            && matches!(cue.row.act, "deny" | "affirm" | "reject" | "admit");
        if which && let Some(speaker) = subject.who.first().copied() {
            let what = self
                .drafts
                .iter()
                .rev()
                .find(|d| d.sentence == s)
                .map(|d| (d.statement.content.clone(), d.statement.kind));
            let what = what.or_else(|| content::preceding(doc, cue.at - 2, first_word(doc, s)));
            if let Some((pieces, kind)) = what {
                self.drafts.push(
                    told(doc, cue, span, "statements:which", Tokens::new(cue.at, subject.end), true).by(
                        doc,
                        s,
                        Some(speaker),
                        pieces,
                        kind,
                    ),
                );
                return;
            }
        }
        // الهجوم الذي تبناه التنظيم "the attack that the organisation claimed": the content is what the clause explains.
        if cue.form == Form::Finite
            && cue.suffix != Suffix::None
            && in_relative_clause(doc, cue)
            && matches!(cue.row.act, "claim" | "deny" | "reject" | "criticize" | "inform" | "demand")
            && let Some(speaker) = subject.who.first().copied().filter(|_| !subject.before)
        {
            let mut from = cue.at - 1;
            while from > sentence.start as usize && doc.word(from - 1).starts_with("ال") {
                from -= 1;
            }
            if let Some(content) = content::trimmed(doc, from, cue.at - 1, 0) {
                let told =
                    told(doc, cue, span, "statements:relative", Tokens::new(cue.at, subject.end), true);
                self.drafts.push(told.by(doc, s, Some(speaker), vec![content], StatementKind::Stance));
                return;
            }
        }
        if according && found.is_none() {
            let consumed = chain::free_from(&self.drafts, s, first_word(doc, s), head);
            let nothing_left = chain::nothing_left(doc, consumed..head);
            let told = self.drafts.last().is_some_and(|d| d.sentence == s);
            if let Some(who) =
                subject.who.first().copied().filter(|w| told && (nothing_left || chain::is_medium(doc, *w)))
            {
                self.carriers.push(chain::Carrier {
                    at: cue.at,
                    sentence: s,
                    who,
                    medium: chain::of_carrier(doc, cue.end(), subject.end),
                });
                return self.reject(span, "statements:according-to", "it carries somebody else's words");
            }
        }
        // A colon at the end of the line: the points of a list, or a quotation in the next paragraph.
        let found = found.or_else(|| {
            let line = doc.layout.paragraphs[doc.layout.sentences[s].paragraph as usize].tokens;
            let reports = cue.row.frames.iter().any(|f| matches!(f.then, Then::Quote | Then::That))
                && cue.form != Form::Masdar;
            let last = sentence.end == line.end && stops.limit(cue, end) == end;
            let points = if reports && last { interview::points(doc, line) } else { Vec::new() };
            let direct = points.len() == 1 && content::opening(doc, line.end as usize).is_some();
            let kind = if direct { StatementKind::Direct } else { StatementKind::Indirect };
            (!points.is_empty()).then_some((points, kind, How::Colon))
        });
        let (pieces, kind, how) = match found {
            Some(x) => x,
            None => {
                let quote_before = cue.at > sentence.start as usize + 1;
                let first = chain::free_from(&self.drafts, s, first_word(doc, s), head);
                let back = (according
                    || quote_before
                        && cue.form == Form::Finite
                        && cue.row.frames.iter().any(|f| f.then == Then::Quote))
                .then(|| content::preceding(doc, head, first))
                .flatten()
                .filter(|(_, k)| according || *k == StatementKind::Direct);
                match back {
                    Some((p, k)) => (p, k, How::Quote),
                    None => {
                        return self.reject(
                            span,
                            "statements:frame",
                            "nothing that this cue could report follows it",
                        );
                    }
                }
            }
        };
        // ويعتبر الرجل الأول "he is considered the first man": an adjective of the subject is no content.
        let adjective = how == How::Np
            && cue.row.act == "believe"
            && !subject.before
            && start.is_some_and(|x| {
                x.token == subject.end
                    && doc.word(x.token).starts_with("ال")
                    && doc.cast.covering(x.token).is_none()
                    && doc
                        .cast
                        .covering(x.token - 1)
                        .and_then(|m| doc.mention(m))
                        .is_some_and(|m| m.kind == crate::document::MentionKind::Description)
            });
        if adjective {
            return self.reject(span, "statements:verb", "what is believed of a thing by nobody named");
        }
        if !self.accepts(cue, &subject, how, kind) {
            return;
        }
        // الجانب الروسي «أكد على أهمية …»: what begins with the verb is quoted all the same.
        let begins = |q: usize| {
            doc.layout.quotes[q].inner.start as usize == cue.at && doc.layout.quotes[q].close.is_some()
        };
        let kind = match cue.at.checked_sub(1).and_then(|b| content::opening(doc, b)) {
            Some(q) if subject.before && begins(q) => {
                let inner = doc.layout.quotes[q].inner;
                let inside = pieces.iter().all(|p| inner.contains(doc.tokens_of(*p)));
                if inside { StatementKind::Direct } else { kind }
            }
            _ => kind,
        };
        let pieces = with_pieces_before(doc, cue, &subject, start, pieces, first_word(doc, s));
        // رفض in أكد رفضه "affirmed his refusal" is the content of the cue before it.
        if cue.form == Form::Masdar
            && (subject.who.is_empty() || doc.quote(cue.at).is_some())
            && self
                .drafts
                .last()
                .is_some_and(|d| d.content.start as usize == cue.at && d.cue.end as usize + 8 > cue.at)
        {
            return self.reject(span, "statements:verbal-noun", "the content of the cue before it");
        }
        let explicit = !subject.who.is_empty();
        let mut who = subject.who.clone();
        // قال بيان للوزارة: the statement speaks for the one who issued it; قال الوزير في بيان is the minister.
        if (!explicit || doc.word(cue.end()) != "في")
            && let Some(issuer) = chain::issuer(doc, &self.drafts, cue.end(), limit)
        {
            who = vec![issuer];
        }
        if who.is_empty() {
            // Whoever is named right behind the verb and is no entity speaks, and not who spoke before.
            let unknown = subject.before || start.is_some_and(|x| names_another(doc, cue, x));
            who.extend(carried(doc, cue, s, &self.drafts, &self.spoke).filter(|_| !unknown));
        }
        let rule = match (cue.form, explicit, subject.before) {
            (Form::Finite, true, false) => "statements:verb-subject",
            (Form::Finite, true, true) => "statements:subject-verb",
            (Form::Finite, false, _) => "statements:verb-alone",
            (Form::Participle, ..) => "statements:participle",
            (Form::Masdar, ..) if light => "statements:light-verb",
            (Form::Masdar, ..) => "statements:verbal-noun",
            _ => "statements:phrase",
        };
        if who.is_empty()
            && (matches!(cue.form, Form::Masdar | Form::Participle) || matches!(how, How::Np | How::Prep))
        {
            return self.reject(span, "statements:speaker", "nobody is said to speak");
        }
        // What stands before a verb and belongs to no other statement may name the occasion: وفي كلمة أمام البرلمان، قال.
        let clause_from = if cue.form == Form::Finite || light {
            chain::free_from(&self.drafts, s, first_word(doc, s), cue.at)
        } else {
            cue.at
        };
        let content_from = pieces.first().map_or(limit, |p| doc.tokens_of(*p).start as usize);
        let clause = Tokens::new(clause_from, content_from.max(cue.end()).max(clause_from));
        let mut told = told(doc, cue, span, rule, clause, explicit);
        if how == How::That && Does::EXPLAINS_CLAUSE.lemma(cue.row.word) {
            told.act = "explain";
        }
        if who.is_empty() {
            self.drafts.push(told.by(doc, s, None, pieces, kind));
            return;
        }
        if cue.form == Form::Finite && !explicit && start.is_some() && impersonal(doc, cue, how) {
            return self.reject(
                span,
                "statements:verb",
                "an impersonal passive: it is recalled, expected that",
            );
        }
        let inside = self.drafts.iter().rev().take(8).any(|d| d.content.has(cue.at));
        for speaker in who {
            if cue.form == Form::Finite && !inside && !aside {
                self.spoke.push(speaker);
            }
            self.drafts.push(told.by(doc, s, Some(speaker), pieces.clone(), kind));
        }
    }

    /// The quotation of a verb that stands behind a participle: قال، معلنا الانسحاب: "…" "he said, announcing the withdrawal: …".
    fn quote_behind(&self, cue: &Cue, limit: usize, end: usize, first: usize) -> Option<content::Start> {
        let doc = self.doc;
        let quotes = cue.row.frames.iter().any(|f| f.then == Then::Quote) && cue.form == Form::Finite;
        let participle = |c: Cue| c.form == Form::Participle && c.row.act != "say";
        if !quotes || limit >= end || !cues::cue(doc, limit, first).is_some_and(participle) {
            return None;
        }
        let k = (limit..end.min(limit + 30))
            .find(|k| doc.is_mark(*k, ':') && content::opening(doc, k + 1).is_some())?;
        let other = (limit + 1..k)
            .any(|i| cues::cue(doc, i, first).is_some_and(|c| c.form == Form::Finite && c.opens));
        (!other).then_some(content::Start { token: k + 1, letters: 0, how: How::Quote })
    }

    /// Whether what was taken for the subject of a verb is its object, and its subject is whoever spoke before: واتهم الحركة
    /// بالتعطيل "and he accused the movement of obstruction", ودعا المجتمع الدولي إلى الضغط "and he called on the international
    /// community to press". One noun alone stands after the verb, and the verb needs an object, or that noun shows the accusative or
    /// is somebody whom one calls on.
    fn addressed(&self, s: usize, cue: &Cue, subject: &Subject, limit: usize) -> bool {
        let doc = self.doc;
        let objects = cue.row.frames.iter().any(|f| f.lead == cues::Lead::Object);
        let [only] = subject.who[..] else { return false };
        if cue.form != Form::Finite || subject.before || cue.suffix != Suffix::None || !objects {
            return false;
        }
        let alone = Subject { who: Vec::new(), end: cue.end(), before: false };
        let Some(start) = content::start(doc, cue, &alone, limit) else { return false };
        let rest = Tokens::new(subject.end.min(start.token), start.token);
        // ومن ورائها إيران "and behind it Iran" belongs to the noun before it.
        let joined = |i: usize| rest.range().take_while(|k| *k <= i).any(|k| doc.word(k).starts_with('و'));
        let another = |m: &MentionAt| !subject::governed(doc, m) && !joined(m.tokens.start as usize);
        if doc.cast.within(rest).iter().any(another) || start.how == How::Np {
            return false;
        }
        let plain = |f: &cues::Frame| f.lead == cues::Lead::None && matches!(f.then, Then::Prep(_));
        let needed = start.how == How::Prep && !cue.row.frames.iter().any(plain);
        let accusative = (cue.end()..subject.end)
            .any(|i| doc.word(i).ends_with("ين") && doc.entry(i, Table::Group).is_some());
        let called_on = doc.is(cue.end(), Classes::QUANTIFIER) || Does::CALLED_ON.bare(doc, cue.end());
        // زار الأمير المخيم، وأوصى رجال الأمن بحماية أهله "visited the camp and bade the guards protect its people": a verb joined to
        // another in one sentence goes on with its subject, and a group behind it is whom he bids.
        let sentence = doc.layout.sentences[s].tokens;
        let goes_on = cue.proclitics.any(Proclitics::AND)
            && cue.at > sentence.start as usize + 2
            && doc.entity(only).is_some_and(|e| e.kind == EntityKind::Group)
            && start.how == How::Prep;
        (needed || accusative || called_on || goes_on)
            && carried(doc, cue, s, &self.drafts, &self.spoke).is_some_and(|e| e != only)
    }

    /// Whether a cue with its content is a statement at all.
    fn accepts(&mut self, cue: &Cue, subject: &Subject, how: How, kind: StatementKind) -> bool {
        let (doc, span) = (self.doc, cue_span(self.doc, cue));
        let sentence_before = cue.at.checked_sub(1);
        match cue.form {
            // A noun reports only where it is told whose word it is and what it says.
            Form::Masdar => {
                let possessed = cue.suffix != Suffix::None;
                let done = sentence_before.is_some_and(|b| doc.bare(b) == "تم" || doc.bare(b) == "جرى");
                let quoted = doc.quote(cue.at).is_some_and(|(_, q)| q.close.is_some());
                if subject.who.is_empty() && !possessed && (!done || quoted) {
                    self.reject(span, "statements:verbal-noun", "nobody's word");
                    return false;
                }
                if done
                    && subject.who.is_empty()
                    && !matches!(cue.row.act, "affirm" | "demand" | "warn" | "deny" | "reject")
                {
                    self.reject(span, "statements:verbal-noun", "something that was done, not said");
                    return false;
                }
                if how == How::Np && matches!(cue.row.act, "believe" | "expect" | "say" | "explain" | "agree")
                {
                    self.reject(span, "statements:verbal-noun", "its complement is no content");
                    return false;
                }
                true
            }
            Form::Participle => {
                let circumstantial = cue.feat.is_accusative()
                    || cue.opens
                    || matches!(how, How::That | How::Quote | How::Colon) && cue.proclitics.0 == 0;
                // What one sees, knows or fixes is told with a clause; with a noun alone these words mean much else.
                let vague = match cue.row.act {
                    "admit" => true,
                    "believe" => {
                        !matches!(cue.row.word, "اعتبر" | "أعرب" | "أبدى") && !cue.row.word.starts_with("عبر")
                    }
                    "inform" => !matches!(cue.row.word, "أعلن" | "كشف"),
                    _ => Does::VAGUE.lemma(cue.row.word),
                };
                if circumstantial && vague && matches!(how, How::Np | How::Prep) {
                    self.reject(span, "statements:participle", "with a noun alone it means something else");
                    return false;
                }
                if !circumstantial {
                    self.reject(span, "statements:participle", "an adjective");
                }
                circumstantial
            }
            Form::Finite => {
                if cue.at > 0
                    && doc.is(cue.at - 1, Classes::NEGATION)
                    && doc.word(cue.at - 1) != "ما"
                    && !matches!(cue.row.word, "استبعد" | "أخفى")
                {
                    self.reject(span, "statements:negated", "what somebody does not say");
                    return false;
                }
                let before = cue.at.checked_sub(1);
                if before.is_some_and(|b| {
                    super::subject::is_preposition(doc, b)
                        && !matches!(doc.bare(b), "منذ" | "حتي" | "مذ")
                        && !doc.is(b, Classes::ACCORDING)
                }) {
                    self.reject(span, "statements:verb", "a noun after a preposition");
                    return false;
                }
                // ذلك يؤكد أن "that shows that": a thing is the subject.
                if subject.who.is_empty()
                    && cue.proclitics.0 == 0
                    && before.is_some_and(|b| Does::THING.bare(doc, b))
                {
                    self.reject(span, "statements:verb", "a thing shows it, nobody says it");
                    return false;
                }
                // يشير اختياره إلى "his choice points to": a deed is the subject.
                let deed = doc.cast.covering(cue.end()).is_none()
                    && doc.entry(cue.end(), Table::Title).is_none()
                    && doc
                        .word_entries(cue.end())
                        .any(|(r, e)| r.cut == 0 && e.table == Table::Verb && e.feat.part() == Part::Masdar)
                    && doc
                        .word_entries(cue.end())
                        .all(|(_, e)| !e.feat.is_finite() || e.table != Table::Verb);
                if subject.who.is_empty()
                    && deed
                    && matches!(how, How::Prep | How::That)
                    && matches!(cue.row.act, "explain" | "affirm" | "say" | "expect" | "believe")
                {
                    self.reject(span, "statements:verb", "a thing shows it, nobody says it");
                    return false;
                }
                let named = how != How::Quote || cue.suffix != Suffix::None;
                let source = (1..=3).any(|n| cue.at >= n && according(doc, cue.at - n) == Some(n));
                if cues::after_what(doc, cue.at) && doc.bare(cue.at - 1) != "كما" && named && !source {
                    self.reject(span, "statements:verb", "a name for a thing: what he called");
                    return false;
                }
                let near = subject.before || !subject.who.is_empty();
                if cues::is_function_word(doc, cue)
                    && (!near
                        || how == How::Np
                        || how == How::Prep && matches!(doc.word(cue.at), "قبل" | "بعد"))
                {
                    self.reject(span, "statements:verb", "a function word");
                    return false;
                }
                // Others' words inside a quotation are told of with their speaker; without one, the source goes on itself.
                let quoted =
                    doc.quote(cue.at).is_some_and(|(q, x)| x.close.is_some() && !content::is_name(doc, q));
                if quoted && subject.who.is_empty() {
                    self.reject(span, "statements:verb", "part of the quoted words");
                    return false;
                }
                let inanimate = |e: &EntityId| {
                    doc.entity(*e).is_some_and(|x| {
                        matches!(x.kind, EntityKind::Document | EntityKind::Occasion | EntityKind::Place)
                    })
                };
                if cue.row.act == "believe"
                    && how == How::Np
                    && (subject.who.is_empty() || subject.before && subject.who.iter().any(inanimate))
                {
                    self.reject(span, "statements:verb", "what is believed of a thing by nobody named");
                    return false;
                }
                // Without a subject of its own, and with only a noun after it, a verb that tells or names things means too much else.
                // يتوقع أن يعبر "expects that he will express", سيعلن "will announce": nothing is said yet.
                let complement =
                    cue.at > 0 && cue.feat.part() == Part::Present && doc.is(cue.at - 1, Classes::THAT);
                let future =
                    cue.proclitics.any(Proclitics::SA) || cue.at > 0 && doc.is(cue.at - 1, Classes::FUTURE);
                if subject.who.is_empty() && complement || future {
                    self.reject(span, "statements:verb", "what may be said, not what was");
                    return false;
                }
                // تعد is "is considered" more often than "promises", which comes with ب or أن.
                if cue.row.word == "وعد/I"
                    && cue.feat.part() == Part::Present
                    && matches!(how, How::Quote | How::Np)
                {
                    self.reject(span, "statements:verb", "it is considered, not it promises");
                    return false;
                }
                let near_act = cue.proclitics.any(Proclitics::AND)
                    && matches!(cue.row.act, "reject" | "deny" | "demand");
                // وأعلن تشكيل لجنة "and announced the forming of a committee": whoever spoke before in the sentence goes on.
                let goes_on = cue.proclitics.any(Proclitics::AND)
                    && self.drafts.last().is_some_and(|d| {
                        doc.sentence(cue.at).is_some_and(|(s, _)| d.sentence == s)
                            && d.statement.speaker.is_some()
                    })
                    && cue.row.act == "inform";
                let loose = !near_act && !goes_on;
                let done = Does::DONE.lemma(cue.row.word) && how == How::Prep;
                if done {
                    self.reject(span, "statements:verb", "something that is done, not said");
                    return false;
                }
                // وأكد رفض «…»: what is quoted is somebody's words.
                if how == How::Np && subject.who.is_empty() && loose && kind != StatementKind::Mixed {
                    self.reject(span, "statements:verb", "no subject, and only a noun after it");
                    return false;
                }
                // A verb that takes a bare noun needs a subject of its own: many of these verbs have other senses.
                let weak = matches!(how, How::Np | How::Prep);
                if weak && subject.who.is_empty() && !cue.opens {
                    self.reject(span, "statements:verb", "no subject, and only a noun after it");
                    return false;
                }
                true
            }
            _ => true,
        }
    }

    /// "According to": the source speaks, unless somebody else does in the same sentence; then it only carries the words.
    fn source(&mut self, s: usize, cue: &Cue, stops: &Stops) {
        let doc = self.doc;
        let sentence = doc.layout.sentences[s].tokens;
        let (first, end) = (sentence.start as usize, sentence.end as usize);
        let span = cue_span(doc, cue);
        let limit = stops.limit(cue, end);
        let subject = subject::subject(doc, cue, sentence, limit);
        let who = if subject.who.is_empty()
            && (cue.suffix != Suffix::None || cue.len > 1)
            && cue.row.word.ends_with(['ل', 'ر', 'م', 'ف'])
        {
            // على حد قوله "in his words": whoever spoke last, else whom the last sentence is about.
            let before = s.checked_sub(1).map(|p| doc.layout.sentences[p].tokens);
            self.spoke.last().copied().or_else(|| before.and_then(|t| told_of(doc, cue, t)))
        } else {
            subject.who.first().copied()
        };
        let who = match chain::issuer(doc, &self.drafts, cue.end(), limit) {
            Some(issuer) if subject.who.is_empty() => Some(issuer),
            _ => who,
        };
        let Some(who) = who.filter(|w| tells(doc, *w)) else {
            return self.reject(span, "statements:source", "no source that is an entity follows");
        };
        let same_sentence: Vec<usize> =
            (0..self.drafts.len()).rev().take_while(|d| self.drafts[*d].sentence == s).collect();
        let carrier = chain::is_medium(doc, who);
        let consumed = chain::free_from(&self.drafts, s, first_word(doc, s), cue.at);
        let nothing_left = consumed > first && chain::nothing_left(doc, consumed..cue.at);
        if !same_sentence.is_empty()
            && (carrier
                || nothing_left
                || same_sentence.iter().any(|d| self.drafts[*d].statement.speaker == Some(who)))
        {
            self.carriers.push(chain::Carrier {
                at: cue.at,
                sentence: s,
                who,
                medium: chain::of_carrier(doc, cue.end(), subject.end),
            });
            return self.reject(span, "statements:source", "it carries somebody else's words");
        }
        let leads = cue.at <= first_word(doc, s) + 1;
        let found = if leads {
            let mut k = subject.end.max(cue.end());
            // The verb of another speaker follows (ووفقا لرويترز قالت الحكومة): the source carries.
            let says = |i: usize| {
                cues::cue(doc, i, first).is_some_and(|c| {
                    c.form == Form::Finite
                        && c.row.frames.iter().any(|f| matches!(f.then, Then::That | Then::Quote))
                })
            };
            let verb = says(k) || doc.kind(k) == Some(Kind::Mark) && says(k + 1);
            if verb {
                self.carriers.push(chain::Carrier {
                    at: cue.at,
                    sentence: s,
                    who,
                    medium: chain::of_carrier(doc, cue.end(), subject.end),
                });
                return;
            }
            while k < end
                && (doc.kind(k) == Some(Kind::Mark) && content::opening(doc, k).is_none()
                    || doc.is(k, Classes::THAT)
                    || doc.word(k) == "فان")
            {
                k += 1;
            }
            content::content(doc, content::Start { token: k, letters: 0, how: How::That }, end, stops)
        } else if let Some(around) =
            content::around(doc, cue.at, subject.end.max(cue.end()), consumed, limit, end)
        {
            Some(around)
        } else {
            content::preceding(doc, cue.at, consumed)
        };
        let Some((pieces, kind)) = found else {
            return self.reject(span, "statements:source", "nothing that it could report stands by it");
        };
        self.spoke.push(who);
        let explicit = !subject.who.is_empty();
        let clause = Tokens::new(cue.at, subject.end.max(cue.end()));
        let told = told(doc, cue, span, "statements:according-to", clause, explicit);
        self.drafts.push(told.by(doc, s, Some(who), pieces, kind));
        // What a source says in the middle of a sentence whose speaker comes later is looked at again there.
        if carrier && let Some(d) = self.drafts.last_mut() {
            d.statement.medium = Some("report");
        }
    }

    /// نقلت الوكالة عن الوزير قوله إن "the agency carried from the minister his saying that": the minister speaks, through the
    /// agency. Whether that is how the cue is used.
    fn quoted_by(&mut self, s: usize, cue: &Cue, sentence: Tokens, stops: &Stops) -> bool {
        let doc = self.doc;
        let by = cue.row.frames.iter().find_map(|f| match f.lead {
            cues::Lead::By(preposition) => Some(musnad_lexicon::fold(preposition)),
            _ => None,
        });
        let Some(by) = by.filter(|_| matches!(cue.form, Form::Finite | Form::Participle)) else {
            return false;
        };
        let end = sentence.end as usize;
        let carrier = subject::subject(doc, cue, sentence, end);
        let from = carrier.end.max(cue.end());
        // على لسان المديرة "by the mouth of the director" is عن المديرة.
        let mouth = |k: usize| doc.word(k) == "لسان" && doc.word(k - 1) == "على";
        let found = (from..end.min(from + 4)).find(|k| doc.word(*k) == by || *k > from && mouth(*k));
        // نقلت الوكالة قول الوزير "the agency carried the minister's saying".
        let saying = (Does::SAYING_OF.at(doc, from) && !subject::governed_at(doc, from)).then_some(from);
        let Some(k) = found.or(saying) else { return false };
        let Some(m) = (k + 1..end.min(k + 4)).find_map(|i| subject::starting(doc, i)) else { return false };
        let (speakers, after) = subject::whole(doc, m, end);
        let said = saying.or_else(|| {
            // His office may stand between: عن النائب فلان، رئيس اللجنة، قوله.
            let verb = |i: usize| {
                cues::cue(doc, i, sentence.start as usize).is_some_and(|c| c.form == Form::Finite && c.opens)
            };
            (after..end.min(after + 30)).take_while(|i| !verb(*i)).find(|i| Does::SAYING.at(doc, *i))
        });
        let told_from = said.map_or(after, |i| (i + 1).max(after));
        let clause = (told_from..end.min(told_from + 4)).find(|i| {
            doc.is(*i, Classes::THAT)
                || doc.is_mark(*i, ':')
                || content::opening(doc, *i).is_some_and(|q| !content::is_name(doc, q))
        });
        let Some(at) = clause else { return false };
        let how = match content::opening(doc, at) {
            Some(_) => How::Quote,
            None if doc.is_mark(at, ':') => How::Colon,
            None => How::That,
        };
        let token = if how == How::Quote { at } else { at + 1 };
        let Some((pieces, kind)) =
            content::content(doc, content::Start { token, letters: 0, how }, end, stops)
        else {
            return false;
        };
        let word = said.unwrap_or(cue.at);
        let span = if said.is_some() { doc.tokens[word].span } else { cue_span(doc, cue) };
        let told = Told {
            cue: Tokens::new(word, word + 1),
            ..told(doc, cue, span, "statements:quoted-by", Tokens::new(cue.at, told_from), true)
        };
        for speaker in speakers {
            self.spoke.push(speaker);
            let mut draft = told.by(doc, s, Some(speaker), pieces.clone(), kind);
            draft.statement.act = "say";
            draft.statement.via = carrier.who.iter().copied().filter(|w| *w != speaker).collect();
            self.drafts.push(draft);
        }
        self.consumed = told_from;
        true
    }

    fn reject(&mut self, span: Span, rule: &'static str, reason: &'static str) {
        self.rejected.push(Rejected { span, rule, reason });
    }
}

/// The pieces of content that stand before the rest: the quotation that the cue splits («…»، أضاف، «…»), and what is described
/// (وصف الاتفاق بأنه خطوة "described the agreement as a step").
fn with_pieces_before(
    doc: &Document,
    cue: &Cue,
    subject: &Subject,
    start: Option<content::Start>,
    pieces: Vec<Span>,
    first: usize,
) -> Vec<Span> {
    let Some(start) = start else { return pieces };
    let mut out = Vec::new();
    if start.how == How::Quote && cue.proclitics.0 == 0 && cue.form == Form::Finite {
        let mut b = cue.at;
        while b > first && (doc.is_mark(b - 1, '،') || doc.is_mark(b - 1, ',')) {
            b -= 1;
        }
        let before = b.checked_sub(2).filter(|i| *i >= first).and_then(|i| doc.quote(i)).map(|(_, q)| q);
        if let Some(q) = before.filter(|q| q.close == Some(b as u32 - 1) && b < cue.at) {
            out.extend(content::trimmed(doc, q.inner.start as usize, q.inner.end as usize, 0));
        }
    }
    if cue.row.word == "وصف"
        && start.how == How::That
        && start.token > subject.end + 1
        && !doc.word(subject.end).starts_with("ايا")
    {
        let described = content::comma(doc, subject.end, start.token - 1);
        out.extend(content::trimmed(doc, subject.end, described, 0));
    }
    out.extend(pieces);
    out
}

/// What a cue of the lexicon tells of its statement.
fn told(doc: &Document, cue: &Cue, span: Span, rule: &'static str, clause: Tokens, explicit: bool) -> Told {
    Told {
        cue: Tokens::new(cue.at, cue.end()),
        span,
        act: cue.row.act,
        rule,
        row: Some(cue.entry),
        clause,
        explicit,
        feminine: cue.feat.is_feminine(),
        aside: cue.form == Form::Masdar || in_relative_clause(doc, cue),
    }
}

/// Whether an entity can be the source of words: a document only where it reports (تقرير), not a plan or a law by which something is
/// done (وفق خطة).
fn tells(doc: &Document, id: EntityId) -> bool {
    let Some(entity) = doc.entity(id) else { return false };
    let lexicon = musnad_lexicon::arabic();
    let reports = |i: usize| {
        doc.entries(i)
            .any(|(_, e)| lexicon.linked(e, Table::Cue).filter_map(cues::row).any(|c| c.medium.is_some()))
            || Does::REPORTS.is(doc.bare(i).trim_start_matches("ال").trim_start_matches(['ب', 'ل']))
    };
    entity.kind != EntityKind::Document
        || entity.mentions.iter().take(4).any(|m| reports(m.tokens.start as usize))
}

/// The cue's own letters, without what is attached to it in front.
fn cue_span(doc: &Document, cue: &Cue) -> Span {
    let first = doc.cut(cue.at, usize::from(cue.cut));
    // Of نقلا عن the first word is the cue, of على حد قوله the last.
    match cue.form {
        Form::Source if cue.len > 1 && super::subject::is_preposition(doc, cue.at) => {
            doc.tokens[cue.end() - 1].span
        }
        Form::Source => Span::new(first, doc.tokens[cue.at].span.end),
        _ => Span::new(first, doc.tokens[cue.end() - 1].span.end),
    }
}

fn impersonal(doc: &Document, cue: &Cue, how: How) -> bool {
    cue.feat.part() == Part::Present
        && how == How::That
        && Does::IMPERSONAL.lemma(cue.row.word)
        && (cue.end()..cue.end() + 2).any(|k| doc.is(k, Classes::THAT))
}

/// Whether the verb stands in a relative clause: الذي تبناه التنظيم "which the organisation claimed".
fn in_relative_clause(doc: &Document, cue: &Cue) -> bool {
    // في الوقت الذي قال فيه الوزير: a clause of its own.
    let time = cue.at > 1 && matches!(doc.word(cue.at - 2), "الوقت" | "وقت");
    cue.form == Form::Finite && cue.at > 0 && doc.is(cue.at - 1, Classes::RELATIVE) && !time
}

/// Whether words that nobody knows stand between a verb and its content, where its subject stands: وذكر أرتورو لوبيز، المحلل, أن.
fn names_another(doc: &Document, cue: &Cue, start: content::Start) -> bool {
    if cue.form != Form::Finite || cue.suffix != Suffix::None || !matches!(start.how, How::That | How::Quote)
    {
        return false;
    }
    let behind = start.token - usize::from(start.how == How::That);
    let words = (cue.end()..behind).filter(|i| doc.kind(*i) == Some(Kind::Word) && doc.time_at(*i).is_none());
    // «جبهة الوطنيين»: a name in quotation marks that is no entity.
    let quoted = content::opening(doc, cue.end()).and_then(|q| doc.layout.quotes[q].close);
    if quoted.is_some_and(|close| (close as usize) < behind) {
        return true;
    }
    let known =
        |i: usize| doc.word_entries(i).next().is_some() || doc.tokens[i].classes != Classes::default();
    words.take(2).filter(|i| !known(*i)).count() == 2
}

/// Whether the word before token `i` is a noun that takes it as its complement: انتقادات المفوض "the commissioner's criticism".
fn in_construct(doc: &Document, i: usize, first: usize) -> bool {
    // The first word of a sentence before a name is a verb, known or not.
    if i <= first + 1 || doc.kind(i - 1) == Some(Kind::Mark) || doc.time_at(i - 1).is_some() {
        return false;
    }
    let b = i - 1;
    // What stands in apposition (the spokesman of the ministry, Bahram …) has a mention before it, not a noun that governs it.
    if doc.cast.covering(b).is_some()
        || doc.tokens[b].classes != Classes::default()
        || doc.entry(b, Table::Title).is_some()
        || doc.entry(b, Table::Head).is_some()
    {
        return false;
    }
    !doc.word_entries(b).any(|(_, e)| e.table == Table::Verb && e.feat.is_finite())
}

/// The first person, body or group in a run of tokens that no preposition governs and that a cue's form fits.
fn told_of(doc: &Document, cue: &Cue, tokens: Tokens) -> Option<EntityId> {
    let fits = |m: &&MentionAt| {
        !subject::governed(doc, m)
            && !in_construct(doc, m.tokens.start as usize, tokens.start as usize)
            && doc.entity(m.entity).is_some_and(|e| {
                matches!(e.kind, EntityKind::Person | EntityKind::Organization | EntityKind::Group)
                    && !chain::is_network(doc, e)
                    && !chain::is_medium(doc, m.entity)
                    && subject::agrees(cue, e, true)
            })
    };
    doc.cast.within(tokens).iter().find(fits).map(|m| m.entity)
}

/// The person or body right behind a finite verb in a run of tokens, a pronoun with its preposition between: رد عليه الرئيس.
fn doer(doc: &Document, cue: &Cue, tokens: Tokens) -> Option<EntityId> {
    let verb = |i: usize| {
        doc.cast.covering(i).is_none()
            && doc.word_entries(i).any(|(r, e)| {
                e.table == Table::Verb
                    && e.feat.is_finite()
                    && e.feat.get_person() == 3
                    && r.suffix == Suffix::None
            })
    };
    doc.cast
        .within(tokens)
        .iter()
        .find(|m| {
            let i = m.tokens.start as usize;
            let behind = (1..=2).any(|n| {
                i >= tokens.start as usize + n
                    && verb(i - n)
                    && (n == 1 || doc.word(i - 1).ends_with(['ه', 'ا', 'م']))
            });
            behind
                && subject::letters_before(doc, m) == 0
                && doc.entity(m.entity).is_some_and(|e| {
                    matches!(e.kind, EntityKind::Person | EntityKind::Organization | EntityKind::Group)
                        && subject::agrees(cue, e, true)
                })
        })
        .map(|m| m.entity)
}

/// Who goes on speaking: for a participle or a verb without a subject, the one who spoke last and whom the form fits.
fn carried(doc: &Document, cue: &Cue, s: usize, drafts: &[Draft], spoke: &[EntityId]) -> Option<EntityId> {
    let fits = |e: &EntityId| doc.entity(*e).is_some_and(|x| subject::agrees(cue, x, true));
    let same = drafts
        .iter()
        .rev()
        .take_while(|d| d.sentence == s)
        .filter(|d| !d.content.has(cue.at) && !d.aside)
        .find(|d| d.statement.speaker.is_some());
    let alike = same.is_some_and(|d| d.feminine == cue.feat.is_feminine());
    let same = same.and_then(|d| d.statement.speaker);
    // رد عليه الرئيس قائلا "the president answered him, saying": whose verb stands since what was said last.
    let since = drafts.iter().rev().take_while(|d| d.sentence == s).map(|d| d.content.end).max();
    if cue.form == Form::Participle
        && cue.row.word == "قال"
        && let Some(from) = since.filter(|f| (*f as usize) < cue.at)
        && let Some(e) = doer(doc, cue, Tokens::new(from as usize, cue.at))
    {
        return Some(e);
    }
    if matches!(cue.form, Form::Participle | Form::Masdar)
        && let Some(e) = same.filter(|e| cue.form == Form::Masdar || alike || fits(e))
    {
        return Some(e);
    }
    let sentence = doc.layout.sentences[s].tokens;
    // The subject of the sentence so far: the first who can speak and whom the form fits.
    let clause = Tokens { start: first_word(doc, s) as u32, end: cue.at as u32 };
    let so_far = told_of(doc, cue, clause);
    if cue.form == Form::Participle && so_far.is_some() {
        return so_far;
    }
    if let Some(e) = same.filter(|e| alike || fits(e)) {
        return Some(e);
    }
    if cue.at >= sentence.start as usize + 2 && so_far.is_some() {
        return so_far;
    }
    // وأضاف "and he added" goes on with who spoke; وقال may also be of whom the last sentence told.
    if !Does::CONTINUES.lemma(cue.row.word)
        && let Some(previous) = s.checked_sub(1).map(|p| doc.layout.sentences[p].tokens)
        && drafts.iter().rev().find(|d| !d.aside).is_none_or(|d| d.sentence + 1 < s)
        && let Some(e) = told_of(doc, cue, previous)
    {
        return Some(e);
    }
    // دانت … وقالت: a body whose verb was feminine a sentence ago goes on with a feminine verb.
    let last = drafts.iter().rev().find(|d| !d.aside && !d.content.has(cue.at));
    if let Some(d) = last.filter(|d| d.feminine && cue.feat.is_feminine() && d.sentence + 1 >= s)
        && d.statement.speaker.is_some()
    {
        return d.statement.speaker;
    }
    spoke.iter().rev().take(6).find(|e| fits(e)).or(spoke.last()).copied()
}
