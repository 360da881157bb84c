//! What always holds of a document, as one function: it runs after every stage in all tests.

use crate::document::{Document, EntityId, StatementId, TimeId};
use crate::span::{Span, Tokens};

impl Document {
    /// Checks that spans are in bounds, on character boundaries and in order, that ids resolve, and that tokens and gaps rebuild
    /// the text.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self) -> Result<(), String> {
        let text = &self.report.text;
        let span = |what: &str, s: Span| {
            let fine = s.start <= s.end && text.get(s.range()).is_some();
            if fine { Ok(()) } else { Err(format!("{what} at {s:?} is no part of the text")) }
        };
        let filled = |what: &str, s: Span| {
            span(what, s)?;
            if s.is_empty() { Err(format!("{what} at {s:?} is empty")) } else { Ok(()) }
        };
        let run = |what: &str, t: Tokens| {
            let fine = t.start < t.end && t.end as usize <= self.tokens.len();
            if fine { Ok(()) } else { Err(format!("{what} has no tokens at {t:?}")) }
        };
        let mut at = 0;
        for (i, t) in self.tokens.iter().enumerate() {
            filled("a token", t.span)?;
            let gap = text.get(at..t.span.start as usize).ok_or(format!("token {i} is out of order"))?;
            if gap.chars().any(char::is_alphanumeric) {
                return Err(format!("the gap {gap:?} before token {i} holds letters"));
            }
            at = t.span.end as usize;
            for r in self.readings(i) {
                if r.tokens == 0 || i + usize::from(r.tokens) > self.tokens.len() {
                    return Err(format!("a reading of token {i} runs past the end"));
                }
                span("a reading", self.span_of_reading(i, r))?;
            }
        }
        if self.language.is_some() && !self.tokens.is_empty() && text[at..].chars().any(char::is_alphanumeric)
        {
            return Err("the text goes on after the last token".into());
        }
        for p in &self.layout.paragraphs {
            run("a paragraph", p.tokens)?;
        }
        let mut end = 0;
        for s in &self.layout.sentences {
            run("a sentence", s.tokens)?;
            if s.tokens.start < end {
                return Err(format!("sentences overlap at token {end}"));
            }
            end = s.tokens.end;
        }
        for q in &self.layout.quotes {
            if q.open >= q.inner.start
                || q.inner.end as usize > self.tokens.len()
                || q.inner.end < q.inner.start
            {
                return Err(format!("a quotation has the tokens {:?}", q.inner));
            }
        }
        for d in &self.layout.debris {
            filled("debris", *d)?;
        }
        let mut end = 0;
        for t in &self.times {
            filled("a time", t.span)?;
            run("a time", t.tokens)?;
            if t.tokens.start < end || t.value.is_empty() {
                return Err(format!("the time {:?} overlaps or has no value", self.text(t.span)));
            }
            end = t.tokens.end;
        }
        let mut end = 0;
        for n in &self.names {
            filled("a name", n.span)?;
            run("a name", n.tokens)?;
            if n.span.start < end {
                return Err(format!("the name {:?} overlaps the one before", self.text(n.span)));
            }
            end = n.span.end;
        }
        let entity = |what: &str, e: EntityId| {
            let fine = e.index() < self.cast.entities.len();
            if fine { Ok(()) } else { Err(format!("{what} names {e:?}, which is no entity")) }
        };
        for e in &self.cast.entities {
            if e.mentions.is_empty() || e.name.is_empty() {
                return Err(format!("the entity {:?} has no mention or no name", e.name));
            }
            let mut before = Span::default();
            for m in &e.mentions {
                filled("a mention", m.span)?;
                run("a mention", m.tokens)?;
                if m.span < before {
                    return Err(format!("the mentions of {:?} are out of order", e.name));
                }
                before = m.span;
            }
        }
        for r in &self.cast.roles {
            filled("a title", r.title)?;
            entity("a role", r.person)?;
            r.of.map_or(Ok(()), |of| entity("a role", of))?;
        }
        let statement = |what: &str, s: StatementId| {
            let fine = s.index() < self.statements.len();
            if fine { Ok(()) } else { Err(format!("{what} names {s:?}, which is no statement")) }
        };
        for (i, s) in self.statements.iter().enumerate() {
            filled("a cue", s.cue)?;
            if s.content.is_empty() {
                return Err(format!("statement {i} has no content"));
            }
            for c in &s.content {
                filled("content", *c)?;
            }
            s.speaker.map_or(Ok(()), |e| entity("a statement", e))?;
            s.via.iter().try_for_each(|e| entity("a statement", *e))?;
            // No statement may lie within itself, directly or not.
            let (mut outer, mut steps) = (s.within, 0);
            while let Some(id) = outer {
                statement("a statement", id)?;
                steps += 1;
                if steps > self.statements.len() {
                    return Err(format!("statement {i} lies within itself"));
                }
                outer = self.statements[id.index()].within;
            }
            if !(0.0..=1.0).contains(&s.confidence) {
                return Err(format!("statement {i} has the confidence {}", s.confidence));
            }
        }
        for (i, v) in self.events.iter().enumerate() {
            filled("a trigger", v.trigger)?;
            v.mentions.iter().try_for_each(|m| filled("a mention of an event", *m))?;
            v.casualties.iter().try_for_each(|c| filled("a number of casualties", c.span))?;
            v.actors.iter().chain(&v.recipients).chain(&v.place).try_for_each(|e| entity("an event", *e))?;
            v.by.map_or(Ok(()), |s| statement("an event", s))?;
            if v.time.is_some_and(|TimeId(t)| t as usize >= self.times.len()) {
                return Err(format!("event {i} names a time that is none"));
            }
            if !(0.0..=1.0).contains(&v.confidence) {
                return Err(format!("event {i} has the confidence {}", v.confidence));
            }
        }
        for n in &self.notes {
            n.spans.iter().try_for_each(|s| span("a note", *s))?;
        }
        Ok(())
    }
}
