//! One happening, one event: second mentions join the mention that tells most.

use crate::document::{EntityId, Event, Status};

/// An event as one trigger tells it.
pub(super) struct Draft {
    pub(super) event: Event,
    /// The word of its row.
    pub(super) word: &'static str,
    /// Whether nobody takes part: it may be a further mention, but no event by itself.
    pub(super) hollow: bool,
    /// The token of its trigger.
    pub(super) at: usize,
    /// The first token of its sentence, and the sentence's place in the text.
    pub(super) sentence: u32,
    pub(super) sentence_index: usize,
    pub(super) headline: bool,
    /// Whether the trigger points back: الهجوم "the attack", هذا الهجوم "this attack".
    pub(super) definite: bool,
    pub(super) finite: bool,
    /// Whether a participant was carried over and not told in the clause.
    pub(super) carried: bool,
    /// Whether it tells victims only: قتلى "dead", مقتل "killing".
    pub(super) casualty: bool,
}

/// How far back a mention may point, in events.
const BACK: usize = 24;

/// Joins the drafts of a report, which come in the order of the text.
pub(super) fn merge(drafts: Vec<Draft>) -> Vec<Event> {
    let mut kept: Vec<Vec<Draft>> = Vec::new();
    for draft in drafts {
        let from = kept.len().saturating_sub(BACK);
        let home = kept[from..].iter().rposition(|group| {
            group.iter().any(|d| is_same(d, &draft)) && group.iter().all(|d| may_be_same(d, &draft))
        });
        match home {
            Some(k) => kept[from + k].push(draft),
            None => kept.push(vec![draft]),
        }
    }
    let mut out: Vec<Event> = kept.into_iter().filter_map(one).collect();
    out.sort_by_key(|e| (e.trigger.start, e.trigger.end));
    out
}

/// One event of its mentions: the one that tells most, with what the others add.
fn one(mut group: Vec<Draft>) -> Option<Event> {
    if group.iter().all(|d| d.hollow) {
        return None;
    }
    let best = (0..group.len()).max_by_key(|i| {
        let told = group.get(*i).map_or((0, false), |d| (worth(d), true));
        (told, std::cmp::Reverse(*i))
    })?;
    let main = group.swap_remove(best);
    let mut event = main.event;
    group.sort_by_key(|d| d.at);
    for d in group {
        let other = d.event;
        event.mentions.push(other.trigger);
        if event.actors.is_empty() {
            event.actors = other.actors.into_iter().filter(|e| !event.recipients.contains(e)).collect();
        }
        if event.recipients.is_empty() {
            event.recipients = other.recipients.into_iter().filter(|e| !event.actors.contains(e)).collect();
        }
        event.place = event.place.or(other.place);
        event.time = event.time.or(other.time);
        event.mode = event.mode.or(other.mode);
    }
    Some(event)
}

fn worth(d: &Draft) -> usize {
    let e = &d.event;
    8 * usize::from(!d.hollow)
        + 2 * usize::from(!e.actors.is_empty())
        + 2 * usize::from(!e.recipients.is_empty())
        + usize::from(e.actors.len() > 1)
        + usize::from(e.place.is_some())
        + usize::from(e.time.is_some())
        + usize::from(e.mode.is_some())
        + 4 * usize::from(!d.headline)
}

/// Whether nothing that two mentions say contradicts that they mean one event.
fn may_be_same(a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.event, &b.event);
    x.kind == y.kind
        && (x.mode == y.mode || x.mode.is_none() || y.mode.is_none())
        && agree(&x.actors, &y.actors)
        && agree(&x.recipients, &y.recipients)
        && (told(x.status) == told(y.status) || a.headline || b.definite)
}

fn told(status: Status) -> u8 {
    match status {
        Status::Happened | Status::Ongoing => 0,
        Status::Planned | Status::CalledFor | Status::Possible => 1,
        Status::Denied => 2,
    }
}

/// Whether one set of participants lies inside the other.
fn agree(a: &[EntityId], b: &[EntityId]) -> bool {
    a.iter().all(|e| b.contains(e)) || b.iter().all(|e| a.contains(e))
}

fn share(a: &Event, b: &Event) -> bool {
    let side = |x: &Event| x.actors.iter().chain(&x.recipients).copied().collect::<Vec<_>>();
    side(a).iter().any(|e| side(b).contains(e))
}

/// Whether a later mention `b` means the event of the earlier `a`.
fn is_same(a: &Draft, b: &Draft) -> bool {
    if !may_be_same(a, b) {
        return false;
    }
    let shared = share(&a.event, &b.event);
    let word = a.word == b.word;
    if a.hollow || b.hollow {
        return word && (b.definite || a.headline) && told(a.event.status) == told(b.event.status)
            || b.definite && !b.finite && b.sentence_index <= a.sentence_index + 1;
    }
    if a.headline && !b.headline {
        return shared || word && (a.event.mode == b.event.mode);
    }
    if b.definite && !b.finite {
        return shared || b.event.actors.is_empty() || b.event.recipients.is_empty() && b.carried;
    }
    if a.casualty && b.casualty {
        return a.sentence == b.sentence || shared;
    }
    if b.casualty && !a.finite {
        return a.sentence == b.sentence;
    }
    word && shared && (a.event.by == b.event.by || !a.finite && !b.finite)
}
