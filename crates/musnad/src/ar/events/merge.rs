//! One happening, one event: second mentions join the mention that tells most.

use super::nearby::Sides;
use crate::document::{Cast, EntityId, EntityKind, Event, Status};
use std::collections::BTreeMap;

/// An event as one trigger tells it.
pub(super) struct Draft {
    pub(super) event: Event,
    /// The word of its row.
    pub(super) word: &'static str,
    /// Whether nobody takes part: it may be a further mention, but no event by itself.
    pub(super) hollow: bool,
    /// Who may take part all the same, where nobody does.
    pub(super) nearby: Option<Sides>,
    /// Whether its trigger is the cue of a statement.
    pub(super) cue: bool,
    /// The token of its trigger.
    pub(super) at: usize,
    /// The first token of its sentence, and the sentence's place in the text.
    pub(super) sentence: u32,
    pub(super) sentence_index: usize,
    pub(super) headline: bool,
    /// Whether the trigger points back: الهجوم "the attack", هذا الهجوم "this attack".
    pub(super) definite: bool,
    pub(super) finite: bool,
    /// Whether it is a verb that speaks of two.
    pub(super) dual: bool,
    /// Whether a participant was carried over and not told in the clause.
    pub(super) carried: bool,
    /// Whether it tells victims only: قتلى "dead", مقتل "killing".
    pub(super) casualty: bool,
    /// Whether it is a fight that goes on, not a single blow: معارك "battles".
    pub(super) battle: bool,
    /// The token of the trigger that has taken this one into its sense: قطع of قطع الهدنة "broke the truce".
    pub(super) taken_by: Option<usize>,
}

/// A truce or an agreement is between those who talk: of what tells one side or none the other is that of the talks before it.
pub(super) fn share_sides(drafts: &mut [Draft]) {
    for k in 1..drafts.len() {
        let (before, rest) = drafts.split_at_mut(k);
        let Some(draft) = rest.first_mut() else { continue };
        let e = &mut draft.event;
        let two_sided = matches!((e.kind, e.mode), ("AGREE", None) | ("RETREAT", Some("ceasefire")));
        if !two_sided || draft.finite || e.actors.len() > 1 || !e.recipients.is_empty() {
            continue;
        }
        let reach = if e.actors.is_empty() && !draft.definite { 0 } else { 1 };
        let talks = before.iter().rev().take(6).find(|b| {
            matches!(b.event.kind, "CONSULT" | "AGREE" | "RETREAT")
                && b.event.actors.len() > 1
                && b.sentence_index + reach >= draft.sentence_index
                && e.actors.iter().all(|x| b.event.actors.contains(x))
        });
        if let Some(talks) = talks {
            e.actors.clone_from(&talks.event.actors);
            draft.hollow = false;
        }
    }
}

/// How far back a mention may point, in events.
const BACK: usize = 24;

/// How far behind a strike what came of it is told, in tokens.
const OUTCOME: usize = 16;

/// Joins the drafts of a report, which come in the order of the text.
pub(super) fn merge(cast: &Cast, drafts: Vec<Draft>) -> Vec<Event> {
    let mut kept: Vec<Vec<Draft>> = Vec::new();
    for draft in drafts {
        let from = kept.len().saturating_sub(BACK);
        if let Some(at) = draft.taken_by {
            if let Some(group) = kept[from..].iter_mut().rev().find(|g| g.iter().any(|d| d.at == at)) {
                let word = Draft { hollow: true, ..draft };
                group.push(word);
            }
            continue;
        }
        let home = kept[from..].iter().rposition(|group| {
            group.iter().any(|d| is_same(cast, d, &draft))
                && group.iter().all(|d| may_be_same(cast, d, &draft))
        });
        match home {
            Some(k) => kept[from + k].push(draft),
            None => kept.push(vec![draft]),
        }
    }
    join_headline(cast, &mut kept);
    people_hollow(&mut kept);
    let mut out: Vec<Event> = kept.into_iter().filter_map(|group| one(cast, group)).collect();
    out.sort_by_key(|e| (e.trigger.start, e.trigger.end));
    out
}

/// What the headline tells is told below it, perhaps by a second word of an event that began with another: the headline's dead are those
/// of the attack of the first sentence.
fn join_headline(cast: &Cast, kept: &mut Vec<Vec<Draft>>) {
    let mut k = 0;
    while kept.get(k).is_some_and(|g| g.iter().all(|d| d.headline)) {
        let same = |a: &Draft, b: &Draft| !b.headline && is_same(cast, a, b);
        let home = kept.iter().take(k + BACK).skip(k + 1).position(|later| {
            kept.get(k).is_some_and(|g| g.iter().any(|a| later.iter().any(|b| same(a, b))))
        });
        match home {
            Some(distance) => {
                let group = kept.remove(k);
                if let Some(later) = kept.get_mut(k + distance) {
                    later.extend(group);
                }
            }
            None => k += 1,
        }
    }
}

/// An event that its own sentence gives nobody has those of a deed of its family beside it: قصفت القوات البلدة وسط معارك عنيفة "the forces
/// shelled the town amid fierce battles"; طالبت المقاتلين بالهدوء وتسليم السلاح "demanded of the fighters calm and the handing over of arms".
fn people_hollow(kept: &mut Vec<Vec<Draft>>) {
    // Where each draft stands, by sentence; and the first event that each word tells with somebody in it.
    let mut at: Vec<(usize, usize, usize)> = Vec::new();
    let mut told_by: BTreeMap<(&str, &str, Option<&str>), usize> = BTreeMap::new();
    for (k, group) in kept.iter().enumerate() {
        for (i, d) in group.iter().enumerate() {
            at.push((d.sentence_index, k, i));
            if !d.hollow {
                told_by.entry((d.word, d.event.kind, d.event.mode)).or_insert(k);
            }
        }
    }
    at.sort_unstable();
    let mut again: Vec<(usize, usize)> = Vec::new();
    for k in 0..kept.len() {
        let Some(group) = kept.get(k).filter(|g| g.iter().all(|d| d.hollow && !d.casualty)) else {
            continue;
        };
        let Some(draft) = group.first() else { continue };
        // حل نفسها "dissolving itself", told a third time: what is told in the same words is likely the same.
        let same = (draft.word, draft.event.kind, draft.event.mode);
        if let Some(home) = told_by.get(&same) {
            again.push((k, *home));
            continue;
        }
        let from = at.partition_point(|(s, ..)| s + 1 < draft.sentence_index);
        let donor = at
            .get(from..)
            .unwrap_or(&[])
            .iter()
            .take_while(|(s, ..)| *s <= draft.sentence_index)
            .filter(|(_, j, _)| *j != k)
            .filter_map(|(_, j, i)| kept.get(*j).and_then(|g| g.get(*i)))
            .filter(|d| !d.hollow)
            .filter_map(|d| lent(d, draft).map(|who| (d.at.abs_diff(draft.at), who)))
            .min_by_key(|(distance, _)| *distance);
        let lent = donor.map(|(_, who)| (who, 0.45)).or_else(|| draft.nearby.clone().map(|who| (who, 0.4)));
        if let Some(((actors, recipients), confidence)) = lent
            && let Some(draft) = kept.get_mut(k).and_then(|g| g.first_mut())
        {
            draft.event.actors = actors;
            draft.event.recipients = recipients;
            draft.event.confidence = confidence;
            draft.hollow = false;
            told_by.entry(same).or_insert(k);
        }
    }
    for (from, to) in again {
        let group = kept.get_mut(from).map(std::mem::take).unwrap_or_default();
        if let Some(home) = kept.get_mut(to) {
            home.extend(group);
        }
    }
    kept.retain(|g| !g.is_empty());
}

/// Who takes part in `to` if it is told beside `from` and has nobody of its own.
fn lent(from: &Draft, to: &Draft) -> Option<(Vec<EntityId>, Vec<EntityId>)> {
    let (f, t) = (&from.event, &to.event);
    let all = || f.actors.iter().chain(&f.recipients).copied().collect::<Vec<_>>();
    let force = |kind: &str| matches!(kind, "ASSAULT" | "COERCE" | "MOBILIZE");
    let talks = |e: &Event| matches!(e.kind, "CONSULT" | "AGREE") || e.mode == Some("ceasefire");
    match (f.kind, t.kind) {
        ("REQUEST", _) if t.status == Status::CalledFor && from.sentence == to.sentence => {
            (!f.recipients.is_empty()).then(|| (f.recipients.clone(), Vec::new()))
        }
        _ if talks(f) && talks(t) && all().len() > 1 => Some((all(), Vec::new())),
        ("ASSAULT" | "COERCE", "ASSAULT") if to.battle && all().len() > 1 => Some((all(), Vec::new())),
        (a, b)
            if force(a)
                && force(b)
                && !f.actors.is_empty()
                && !to.battle
                && told(f.status) == told(t.status) =>
        {
            // It is another's blow as often as not.
            Some((Vec::new(), Vec::new()))
        }
        _ => None,
    }
}

/// One event of its mentions: the one that tells most, with what the others add.
fn one(cast: &Cast, mut group: Vec<Draft>) -> Option<Event> {
    if group.iter().all(|d| d.hollow) {
        return None;
    }
    let best = (0..group.len()).max_by_key(|i| {
        let told = group.get(*i).map_or((0, false), |d| (worth(d), true));
        (told, std::cmp::Reverse(*i))
    })?;
    let main = group.swap_remove(best);
    let mut event = main.event;
    let casualty = main.casualty;
    let told_in_headline = main.headline;
    group.sort_by_key(|d| d.at);
    for d in group {
        let other = d.event;
        event.mentions.push(other.trigger);
        event.news |= other.news && told(other.status) == 0;
        // Of each toll one number is kept: that of the body before the headline's, the first before the later.
        for c in &other.casualties {
            match event.casualties.iter_mut().find(|x| x.toll == c.toll) {
                None => event.casualties.push(*c),
                Some(x) if told_in_headline && !d.headline => *x = *c,
                Some(_) => {}
            }
        }
        if d.taken_by.is_some() {
            continue;
        }
        if d.casualty && (casualty || other.kind == "ASSAULT") {
            for e in &other.recipients {
                let vague = !event.recipients.is_empty() && is_vague(cast, *e);
                if !event.recipients.contains(e) && !event.actors.contains(e) && !vague {
                    event.recipients.push(*e);
                }
            }
        }
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
    event.casualties.sort_by_key(|c| c.toll);
    Some(event)
}

/// Whether somebody is only called "the victims", "the dead": those who are counted elsewhere.
fn is_vague(cast: &Cast, id: EntityId) -> bool {
    cast.entities
        .get(id.index())
        .is_some_and(|e| e.kind == EntityKind::Group && e.name.starts_with("ال") && !e.name.contains(' '))
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
fn may_be_same(cast: &Cast, a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.event, &b.event);
    // The headline's words come again below it, told in full.
    if a.headline && a.word == b.word && x.kind == y.kind && b.sentence_index <= a.sentence_index + 3 {
        return x.mode == y.mode || vague(a, b);
    }
    if is_one_thing(cast, a, b) {
        return true;
    }
    x.kind == y.kind
        && (x.mode == y.mode || vague(a, b) || b.definite && both_fire(x.mode, y.mode))
        && (agree(cast, &x.actors, &y.actors) || a.taken_by.is_some())
        && (a.casualty || b.casualty || a.taken_by.is_some() || agree(cast, &x.recipients, &y.recipients))
        && (told(x.status) == told(y.status)
            || a.headline
            || b.definite
            || told(x.status).max(told(y.status)) < 2
                && (is_single(x) || x.kind == "CONSULT" && a.word == b.word))
}

/// Whether two mentions mean what a report has one of, whoever is told to be behind it: the summit, the sanctions on a state.
fn is_one_thing(cast: &Cast, a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.event, &b.event);
    let near = b.sentence_index <= a.sentence_index + 4;
    let same = a.word == b.word && x.kind == y.kind && x.mode == y.mode && near && !a.hollow && !b.hollow;
    let on = x.recipients.iter().any(|e| y.recipients.iter().any(|f| alike(cast, *e, *f)));
    same && (x.kind == "SANCTION" && x.mode.is_none() && on || x.kind == "CONSULT" && a.word == "قمة")
        || undergone_once(x, y) && told(x.status) == told(y.status) && !a.hollow && !b.hollow
        || is_outcome(a, b)
}

/// What is done to somebody once in a report, whoever is told to have done it: an agreement left, a murder, a poisoning.
fn undergone_once(x: &Event, y: &Event) -> bool {
    let once = match (x.kind, x.mode) {
        ("SANCTION", Some("withdraw")) => true,
        ("ASSAULT", mode) => {
            matches!(mode, Some("abduct" | "targeted" | "suicide-attack" | "unconventional"))
        }
        _ => false,
    };
    once && x.kind == y.kind && x.mode == y.mode && !x.recipients.is_empty() && x.recipients == y.recipients
}

/// Whether a strike's or an interception's second word says what came of it: اعتراض الصاروخ وتدميره "intercepting the missile and
/// destroying it", قصفت مواقع ودمرت مخازن "shelled positions and destroyed stores".
fn is_outcome(a: &Draft, b: &Draft) -> bool {
    b.word == "دمر"
        && a.event.kind == "ASSAULT"
        && !a.casualty
        && !a.hollow
        && a.word != b.word
        && a.sentence == b.sentence
        && b.at.saturating_sub(a.at) <= OUTCOME
        && (b.event.actors.is_empty() || a.event.actors.is_empty() || a.event.actors == b.event.actors)
}

/// Whether one of the two does not tell its mode, where a mode is no event of another sort.
fn vague(a: &Draft, b: &Draft) -> bool {
    (a.event.mode.is_none() || b.event.mode.is_none())
        && (!matches!(a.event.kind, "SANCTION" | "COERCE" | "RETREAT") || a.word == b.word)
}

/// القصف "the shelling" may speak of air strikes.
fn both_fire(a: Option<&str>, b: Option<&str>) -> bool {
    let fire = |m: Option<&str>| matches!(m, Some("aerial" | "heavy-weapons" | "drone"));
    fire(a) && fire(b)
}

fn told(status: Status) -> u8 {
    match status {
        Status::Happened | Status::Ongoing => 0,
        Status::Planned | Status::CalledFor | Status::Possible => 1,
        Status::Denied => 2,
    }
}

/// Whether one set of participants lies inside the other.
fn agree(cast: &Cast, a: &[EntityId], b: &[EntityId]) -> bool {
    let inside = |a: &[EntityId], b: &[EntityId]| a.iter().all(|x| b.iter().any(|y| alike(cast, *x, *y)));
    inside(a, b) || inside(b, a)
}

/// Whether two participants may be one: the same, or a state and an organ of it (تركيا, الحكومة التركية).
fn alike(cast: &Cast, a: EntityId, b: EntityId) -> bool {
    if a == b {
        return true;
    }
    let (Some(x), Some(y)) = (cast.entities.get(a.index()), cast.entities.get(b.index())) else {
        return false;
    };
    let organ = |s: EntityKind, o: EntityKind| s == EntityKind::Place && o == EntityKind::Organization;
    x.country.is_some() && x.country == y.country && (organ(x.kind, y.kind) || organ(y.kind, x.kind))
}

fn share(cast: &Cast, a: &Event, b: &Event) -> bool {
    a.actors
        .iter()
        .chain(&a.recipients)
        .any(|x| b.actors.iter().chain(&b.recipients).any(|y| alike(cast, *x, *y)))
}

/// What a party does once in one report: it leaves an office or an agreement, pays a visit, calls.
fn is_single(e: &Event) -> bool {
    matches!(
        (e.kind, e.mode),
        ("RETREAT", Some("resign"))
            | ("CONSULT", Some("visit" | "phone"))
            | ("SANCTION", Some("withdraw"))
            | ("ASSAULT", Some("targeted" | "suicide-attack" | "unconventional"))
    )
}

/// What one sentence tells in two words: it took the town and drove them out.
fn joins_in_sentence(e: &Event) -> bool {
    matches!((e.kind, e.mode), ("COERCE", Some("seize")))
}

/// Whether a later mention `b` means the event of the earlier `a`.
fn is_same(cast: &Cast, a: &Draft, b: &Draft) -> bool {
    if a.taken_by.is_some() || !may_be_same(cast, a, b) {
        return false;
    }
    if is_one_thing(cast, a, b) {
        return true;
    }
    let shared = share(cast, &a.event, &b.event);
    let word = a.word == b.word;
    // غارة استهدفت الموقع "a raid that hit the site": the verb tells the raid once more.
    if b.finite && a.sentence == b.sentence && matches!(b.word, "استهدف" | "أوقع") && !a.finite {
        return true;
    }
    // مقتل ثلاثة في هجوم "three killed in an attack": the victims are of the attack told in the same sentence.
    if a.casualty || b.casualty {
        let near = a.sentence == b.sentence && !a.battle && !b.battle;
        return near
            && (a.casualty && b.casualty || !a.event.actors.iter().any(|e| b.event.recipients.contains(e)))
            || shared && (a.headline || b.definite || word)
            // The headline's victims are those of the first sentence, whatever they are called there.
            || a.headline && a.casualty && b.casualty && b.sentence_index <= a.sentence_index + 1;
    }
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
    if a.sentence == b.sentence
        && !word
        && shared
        && joins_in_sentence(&a.event)
        && !a.event.actors.is_empty()
    {
        return true;
    }
    if is_single(&a.event) && a.event.mode == b.event.mode {
        return shared;
    }
    // A threat or an accusation that is told again in the same words is the same.
    let again = word
        && matches!(b.event.kind, "THREATEN" | "ACCUSE" | "SUPPORT")
        && !a.event.actors.is_empty()
        && a.event.actors == b.event.actors
        && !a.event.recipients.is_empty()
        && a.event.recipients == b.event.recipients;
    if again {
        return true;
    }
    // Each call, accusation or refusal is one of its own.
    let speaks = matches!(b.event.kind, "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" | "SUPPORT")
        && b.event.mode != Some("investigate");
    word && shared && !speaks && (a.event.by == b.event.by || !a.finite && !b.finite)
}
