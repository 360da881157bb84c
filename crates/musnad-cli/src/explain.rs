//! `musnad explain`: why the record says what it says.

use crate::arguments::ExplainArguments;
use crate::english;
use crate::evidence;
use crate::output;
use crate::page::{ACT, ASIDE, HEADING, NAME, WARNING, WORDS};
use crate::page::{arrows, chain, dotted, named, office};
use crate::read::{of_source, options};
use crate::trouble::{Done, Trouble, tell};
use crate::typeset::{Piece, Sheet, arabic, given, plain};
use musnad::document::{Because, Document, EntityId, StatementId, TimeId};
use musnad::record::{CodePoints, because, entity_id, report_id, statement_id, time_id};
use musnad::{Span, Tokens};
use musnad_sources::Input;
use std::io::Write;

/// Runs the command.
pub fn run(arguments: &ExplainArguments) -> Result<Done, Trouble> {
    let report = one_report(arguments)?;
    let doc = musnad::read(of_source(report));
    let look = output::look();
    let mut why = Why {
        sheet: Sheet::new(look.width, look.coloured),
        points: CodePoints::of(&doc.report.text),
        doc: &doc,
    };
    match (&arguments.id, arguments.at) {
        (Some(id), _) => {
            let target = Target::parse(id).filter(|t| t.is_in(&doc)).ok_or_else(|| unknown(&doc, id))?;
            why.one(target);
        }
        (None, Some(at)) => {
            let byte =
                doc.report.text.char_indices().nth(at).map(|(byte, _)| byte as u32).ok_or_else(|| {
                    let length = doc.report.text.chars().count();
                    Trouble::Usage(format!(
                        "explain: --at {at}: the text has {length} characters: give one from 0 to {}",
                        length.saturating_sub(1)
                    ))
                })?;
            why.at(byte, at);
        }
        (None, None) => why.all(),
    }
    let mut out = output::stdout();
    out.write_all(why.sheet.finish().as_bytes())?;
    out.flush()?;
    Ok(Done::Whole)
}

/// The report to explain. An input of several needs a word on which.
fn one_report(arguments: &ExplainArguments) -> Result<musnad_sources::Report, Trouble> {
    let input = &arguments.input;
    let shown = input.to_string_lossy();
    let mut reports = musnad_sources::read(vec![Input::from(input.as_os_str())], options(&arguments.known));
    let mut seen = 0;
    let mut first = None;
    let mut failed = None;
    for item in reports.by_ref() {
        let report = match item {
            Ok(report) => report,
            Err(fault) => {
                failed = Some(fault);
                continue;
            }
        };
        seen += 1;
        match &arguments.report {
            Some(which) if which.parse() == Ok(seen) || report.id.as_deref() == Some(which) => {
                return Ok(report);
            }
            Some(_) => {}
            None if first.is_none() => first = Some(report),
            None => {
                return Err(Trouble::Usage(format!(
                    "explain: {shown}: there is more than one report in it: say which with --report, by its id or as 1, 2, 3"
                )));
            }
        }
    }
    match (first, failed, &arguments.report) {
        (Some(report), failed, _) => {
            // What else was wrong with the input is no reason to keep the answer back.
            if let Some(fault) = failed {
                tell(format_args!("{fault}"));
            }
            Ok(report)
        }
        (None, _, Some(which)) if seen > 0 => Err(Trouble::Usage(format!(
            "explain: {shown}: none of its {seen} reports is {which}: give the id of one or its number"
        ))),
        (None, Some(fault), _) => Err(Trouble::Failed(fault.to_string())),
        (None, None, _) => Err(Trouble::Failed(format!(
            "explain: {shown}: there is no report in it: name a file that holds one"
        ))),
    }
}

/// An annotation, as its id in the record names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Entity(EntityId),
    Time(TimeId),
    Statement(StatementId),
    Event(usize),
}

impl Target {
    fn parse(id: &str) -> Option<Target> {
        let kind = id.chars().next()?;
        let index = id.get(kind.len_utf8()..)?.parse::<u32>().ok()?.checked_sub(1)?;
        match kind {
            'e' => Some(Target::Entity(EntityId(index))),
            't' => Some(Target::Time(TimeId(index))),
            's' => Some(Target::Statement(StatementId(index))),
            'v' => Some(Target::Event(index as usize)),
            _ => None,
        }
    }

    fn is_in(self, doc: &Document) -> bool {
        match self {
            Target::Entity(e) => e.index() < doc.cast.entities.len(),
            Target::Time(t) => t.index() < doc.times.len(),
            Target::Statement(s) => s.index() < doc.statements.len(),
            Target::Event(v) => v < doc.events.len(),
        }
    }
}

fn unknown(doc: &Document, id: &str) -> Trouble {
    let counts = [
        ('e', doc.cast.entities.len()),
        ('s', doc.statements.len()),
        ('v', doc.events.len()),
        ('t', doc.times.len()),
    ];
    let ranges: Vec<String> =
        counts.into_iter().filter(|(_, n)| *n > 0).map(|(kind, n)| format!("{kind}1 to {kind}{n}")).collect();
    let known = if ranges.is_empty() { "no annotations".to_owned() } else { ranges.join(", ") };
    Trouble::Usage(format!("explain: {id}: the record has {known}: without an id all are listed"))
}

/// An explanation being set.
struct Why<'d> {
    sheet: Sheet,
    doc: &'d Document,
    points: CodePoints<'d>,
}

/// Where the facts of an annotation begin, after their label.
const HANG: usize = 13;
/// How many tokens before and after the words of an annotation are shown.
const AROUND: usize = 4;
/// How many entries of one token are shown.
const ENTRIES: usize = 6;

impl<'d> Why<'d> {
    /// A list of everything, in the order of the record, each with its reason.
    fn all(&mut self) {
        let doc = self.doc;
        self.sheet.flow(0, 0, &[given(&report_id(doc)).styled(ASIDE)]);
        for (i, entity) in doc.cast.entities.iter().enumerate() {
            let id = EntityId::at(i);
            self.sheet.labelled(
                &entity_id(id),
                0,
                5,
                &[named(doc, id), plain(entity.kind.name()).styled(ASIDE)],
            );
            for m in &entity.mentions {
                self.row(m.span, m.kind.name(), m.because);
            }
        }
        for role in &doc.cast.roles {
            self.sheet.labelled("role", 0, 5, &[named(doc, role.person)]);
            self.row(role.title, "title", role.because);
        }
        for (i, s) in doc.statements.iter().enumerate() {
            let speaker = s.speaker.map_or_else(|| plain("somebody").styled(WARNING), |e| named(doc, e));
            self.sheet.labelled(
                &statement_id(StatementId::at(i)),
                0,
                5,
                &[speaker, plain(s.act).styled(ACT)],
            );
            self.row(s.cue, s.kind.name(), s.because);
        }
        for (i, v) in doc.events.iter().enumerate() {
            let mode = v.mode.unwrap_or_default();
            self.sheet.labelled(
                &format!("v{}", i + 1),
                0,
                5,
                &[plain(v.kind).styled(ACT), plain(mode).styled(ACT)],
            );
            self.row(v.trigger, v.status.name(), v.because);
        }
        for (i, t) in doc.times.iter().enumerate() {
            self.sheet.labelled(&time_id(TimeId::at(i)), 0, 5, &[plain(t.value.as_str())]);
            self.row(t.span, t.kind.name(), t.because);
        }
        for n in &doc.notes {
            self.sheet.labelled("note", 0, 5, &[plain(n.code).styled(WARNING), given(&n.message)]);
        }
    }

    /// A line of the list: words, their place, what they are, why.
    fn row(&mut self, span: Span, what: &'static str, why: Because) {
        let doc = self.doc;
        let reason = because(doc, why);
        let pieces = [
            arabic(doc.text(span)).styled(WORDS),
            plain(self.place(span)).styled(ASIDE),
            plain(what).styled(ASIDE),
            given(&reason),
        ];
        self.sheet.flow(5, 7, &pieces);
    }

    /// A place in characters, as in the record.
    fn place(&self, span: Span) -> String {
        let points = self.points.span(span);
        format!("{}–{}", points.start, points.end)
    }

    fn fact(&mut self, label: &str, pieces: &[Piece<'_>]) {
        self.sheet.labelled(label, 2, HANG, pieces);
    }

    fn words(&mut self, label: &str, span: Span) {
        let doc = self.doc;
        let pieces = [arabic(doc.text(span)).styled(WORDS), plain(self.place(span)).styled(ASIDE)];
        self.fact(label, &pieces);
    }

    /// The rule and, where there is one, the row with all its cells.
    fn because(&mut self, why: Because) {
        self.fact("because", &[plain(why.rule).styled(ACT)]);
        if let Some(row) = why.row {
            let mut pieces = vec![plain(evidence::place(row))];
            pieces.extend(evidence::cells(row));
            let features = evidence::features(row.feat);
            if !features.is_empty() {
                pieces.push(plain(format!("({features})")).styled(ASIDE));
            }
            self.fact("row", &pieces);
        }
    }

    fn title(&mut self, id: &str, pieces: Vec<Piece<'_>>) {
        let mut line = vec![plain(id.to_owned()).styled(HEADING)];
        line.extend(pieces);
        self.sheet.flow(0, 2, &line);
    }

    fn one(&mut self, target: Target) {
        match target {
            Target::Entity(id) => self.entity(id),
            Target::Time(id) => self.time(id),
            Target::Statement(id) => self.statement(id),
            Target::Event(i) => self.event(i),
        }
    }

    fn entity(&mut self, id: EntityId) {
        let doc = self.doc;
        let Some(entity) = doc.entity(id) else { return };
        let mut line = vec![named(doc, id), arabic(&entity.name), plain(entity.kind.name()).styled(ASIDE)];
        line.extend(entity.country.map(|c| plain(english::country(c)).styled(ASIDE)));
        line.extend(entity.sector.map(|s| plain(english::sector(s)).styled(ASIDE)));
        self.title(&entity_id(id), line);
        if let Some(link) = &entity.link {
            let mut pieces = vec![plain(link.source), given(&link.id)];
            pieces.extend(
                link.position.map(|(lat, lon)| plain(format!("at {lat:.2}, {lon:.2}")).styled(ASIDE)),
            );
            self.fact("link", &pieces);
        }
        for role in doc.cast.roles.iter().filter(|r| r.person == id) {
            self.fact("role", &office(doc, role));
            self.because(role.because);
        }
        for mention in &entity.mentions {
            self.words(mention.kind.name(), mention.span);
            self.because(mention.because);
        }
        if let Some(mention) = entity.mentions.first() {
            self.seen(mention.span);
        }
    }

    fn time(&mut self, id: TimeId) {
        let doc = self.doc;
        let Some(time) = doc.times.get(id.index()) else { return };
        self.title(
            &time_id(id),
            vec![
                plain(time.value.as_str()).styled(ACT),
                plain(english::value(time.kind, &time.value)),
                plain(time.kind.name()).styled(ASIDE),
            ],
        );
        self.words("words", time.span);
        let anchor = match doc.report.published {
            Some(day) => format!("{day}, the day of publication ({})", doc.report.published_from.name()),
            None => "the day of publication is not known".to_owned(),
        };
        self.fact("anchor", &[plain(anchor)]);
        self.because(time.because);
        self.seen(time.span);
    }

    fn statement(&mut self, id: StatementId) {
        let doc = self.doc;
        let Some(s) = doc.statements.get(id.index()) else { return };
        self.title(
            &statement_id(id),
            dotted(vec![
                plain(s.act).styled(ACT),
                plain(s.kind.name()),
                plain(format!("confidence {:.2}", s.confidence)).styled(ASIDE),
            ]),
        );
        self.words("cue", s.cue);
        match s.speaker {
            Some(speaker) => {
                let mut pieces = vec![plain(entity_id(speaker)).styled(ASIDE), named(doc, speaker)];
                pieces.extend(self.nearest(speaker, s.cue));
                self.fact("speaker", &pieces);
            }
            None => self.fact("speaker", &[plain("not found").styled(WARNING)]),
        }
        self.fact("chain", &arrows(chain(doc, id)));
        if let Some(outer) = s.within {
            self.fact("in", &[plain(statement_id(outer))]);
        }
        for content in &s.content {
            self.words("content", *content);
        }
        self.because(s.because);
        self.seen(s.cue);
    }

    fn event(&mut self, i: usize) {
        let doc = self.doc;
        let Some(v) = doc.events.get(i) else { return };
        let mut line = vec![plain(v.kind).styled(ACT)];
        line.extend(v.mode.map(|m| plain(m).styled(ACT)));
        line.push(plain(v.status.name()));
        line.push(plain(format!("confidence {:.2}", v.confidence)).styled(ASIDE));
        self.title(&format!("v{}", i + 1), dotted(line));
        self.words("trigger", v.trigger);
        for also in &v.mentions {
            self.words("also", *also);
        }
        let parties =
            v.actors.iter().map(|e| ("actor", e)).chain(v.recipients.iter().map(|e| ("recipient", e)));
        for (label, e) in parties.chain(v.place.iter().map(|e| ("place", e))) {
            let mut pieces = vec![plain(entity_id(*e)).styled(ASIDE), named(doc, *e)];
            pieces.extend(self.nearest(*e, v.trigger));
            self.fact(label, &pieces);
        }
        if let Some((id, time)) = v.time.and_then(|id| Some((id, doc.times.get(id.index())?))) {
            let pieces = [
                plain(time_id(id)).styled(ASIDE),
                arabic(doc.text(time.span)).styled(WORDS),
                plain(time.value.as_str()),
            ];
            self.fact("time", &pieces);
        }
        match v.by.and_then(|id| Some((id, doc.statements.get(id.index())?))) {
            Some((id, s)) => {
                let speaker = s.speaker.map_or_else(|| plain("somebody").styled(WARNING), |e| named(doc, e));
                self.fact("told by", &[plain(statement_id(id)).styled(ASIDE), speaker]);
            }
            None => self.fact("told by", &[plain("the report's author").styled(ASIDE)]),
        }
        self.because(v.because);
        self.seen(v.trigger);
    }

    /// The mention of an entity that stands nearest to some words: it is most likely the one that was resolved.
    fn nearest(&self, entity: EntityId, to: Span) -> Vec<Piece<'d>> {
        let doc = self.doc;
        let distance =
            |s: Span| if s.start >= to.end { s.start - to.end } else { to.start.saturating_sub(s.end) };
        let mentions = doc.entity(entity).map(|e| e.mentions.as_slice()).unwrap_or_default();
        let Some(nearest) = mentions.iter().min_by_key(|m| distance(m.span)) else { return Vec::new() };
        vec![
            arabic(doc.text(nearest.span)).styled(WORDS),
            plain(self.place(nearest.span)).styled(ASIDE),
            plain(nearest.kind.name()).styled(ASIDE),
        ]
    }

    /// The tokens around some words with what is known of them, and what was rejected in their sentence.
    fn seen(&mut self, span: Span) {
        let doc = self.doc;
        let core = doc.tokens_of(span);
        let sentence = doc.sentence(core.start as usize).map_or(core, |(_, s)| s.tokens);
        let from = (core.start as usize).saturating_sub(AROUND).max(sentence.start as usize);
        let to = (core.end as usize + AROUND).min((sentence.end as usize).max(core.end as usize));
        self.sheet.gap();
        self.sheet.flow(2, 2, &[plain("tokens").styled(HEADING)]);
        for i in from..to {
            self.token(i, core.has(i));
        }
        self.rejected(
            doc.span_of(Tokens { start: sentence.start.min(core.start), end: sentence.end.max(core.end) }),
        );
    }

    fn token(&mut self, i: usize, is_core: bool) {
        let doc = self.doc;
        let Some(token) = doc.tokens.get(i) else { return };
        let place = self.place(token.span);
        let mut line = vec![plain(place).styled(ASIDE)];
        let word = arabic(doc.text(token.span));
        line.push(if is_core { word.styled(NAME.bold()) } else { word });
        let classes = evidence::classes(doc, i).join(", ");
        line.push(plain(classes).styled(ASIDE));
        self.sheet.flow(if is_core { 2 } else { 4 }, 6, &{
            let mut pieces = Vec::new();
            if is_core {
                pieces.push(plain("▸"));
            }
            pieces.extend(line);
            pieces
        });
        evidence::readings(&mut self.sheet, doc, i, 8, ENTRIES);
    }

    fn rejected(&mut self, around: Span) {
        let doc = self.doc;
        let mut all: Vec<_> = doc.rejected.iter().filter(|r| r.span.overlaps(around)).collect();
        if all.is_empty() {
            return;
        }
        all.sort_by_key(|r| r.span);
        self.sheet.gap();
        self.sheet.flow(2, 2, &[plain("looked at and not taken").styled(HEADING)]);
        for r in all {
            let pieces = [
                plain(self.place(r.span)).styled(ASIDE),
                arabic(doc.text(r.span)).styled(WORDS),
                plain(r.rule).styled(ACT),
                plain(r.reason),
            ];
            self.sheet.flow(4, 6, &pieces);
        }
    }

    /// Everything that covers a character.
    fn at(&mut self, byte: u32, at: usize) {
        let doc = self.doc;
        let here = |s: Span| s.start <= byte && byte < s.end;
        let spot = Span::new(byte, byte + 1);
        let near = doc.tokens_of(spot);
        let token = if near.is_empty() { None } else { doc.tokens.get(near.start as usize) };
        self.title(
            &format!("character {at}"),
            match token {
                Some(token) => vec![plain("in"), arabic(doc.text(token.span)).styled(WORDS)],
                None => vec![plain("between words").styled(ASIDE)],
            },
        );
        if doc.layout.debris.iter().any(|d| here(*d)) {
            self.fact("debris", &[plain("the page added this to the text; it is not read")]);
        }
        let mut any = false;
        for (i, entity) in doc.cast.entities.iter().enumerate() {
            for mention in entity.mentions.iter().filter(|m| here(m.span)) {
                any = true;
                let id = EntityId::at(i);
                self.sheet.gap();
                self.title(&entity_id(id), vec![named(doc, id), plain(entity.kind.name()).styled(ASIDE)]);
                self.words(mention.kind.name(), mention.span);
                self.because(mention.because);
            }
        }
        for role in doc.cast.roles.iter().filter(|r| here(r.title)) {
            any = true;
            self.sheet.gap();
            self.title("role", vec![plain("of"), named(doc, role.person)]);
            self.fact("title", &office(doc, role));
            self.because(role.because);
        }
        for (i, time) in doc.times.iter().enumerate().filter(|(_, t)| here(t.span)) {
            any = true;
            self.sheet.gap();
            self.title(&time_id(TimeId::at(i)), vec![plain(time.value.as_str()).styled(ACT)]);
            self.words("words", time.span);
            self.because(time.because);
        }
        for (i, s) in doc.statements.iter().enumerate() {
            let cue = here(s.cue);
            let Some(span) = cue.then_some(s.cue).or_else(|| s.content.iter().copied().find(|c| here(*c)))
            else {
                continue;
            };
            any = true;
            self.sheet.gap();
            let speaker = s.speaker.map_or_else(|| plain("somebody").styled(WARNING), |e| named(doc, e));
            self.title(&statement_id(StatementId::at(i)), vec![speaker, plain(s.act).styled(ACT)]);
            self.words(if cue { "cue" } else { "content" }, span);
            self.because(s.because);
        }
        for (i, v) in doc.events.iter().enumerate() {
            let Some(span) = std::iter::once(v.trigger).chain(v.mentions.iter().copied()).find(|s| here(*s))
            else {
                continue;
            };
            any = true;
            self.sheet.gap();
            self.title(&format!("v{}", i + 1), vec![plain(v.kind).styled(ACT), plain(v.status.name())]);
            self.words(if span == v.trigger { "trigger" } else { "also" }, span);
            self.because(v.because);
        }
        if !any {
            self.fact("record", &[plain("no annotation covers this character").styled(ASIDE)]);
        }
        self.seen(spot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_record() {
        assert_eq!(Target::parse("e1"), Some(Target::Entity(EntityId(0))));
        assert_eq!(Target::parse("v12"), Some(Target::Event(11)));
        for wrong in ["", "e", "e0", "x1", "s-1", "٣", "e1x", "e99999999999"] {
            assert_eq!(Target::parse(wrong), None, "{wrong:?}");
        }
    }
}
