//! Where and when an event happens: from its clause, else from its sentence.

use super::frames::Participants;
use super::phrases::{Link, Phrase};
use super::scene::Scene;
use super::triggers::{Found, Rule};
use crate::document::{
    Classes, Document, EntityId, EntityKind, MentionKind, Proclitics, StatementKind, Status, TimeId, TimeKind,
};

/// How close events of a kind are bound to a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// Words, which are hardly ever told with a place: what they speak of is elsewhere.
    Speech,
    /// Deeds between bodies: the place counts when their own clause tells it.
    Clause,
    /// What happens on the ground, somewhere in the sentence.
    Sentence,
}

fn ground(rule: &Rule) -> Ground {
    match (rule.kind, rule.mode) {
        ("ACCUSE", Some("investigate")) => Ground::Clause,
        ("REQUEST" | "ACCUSE" | "SUPPORT" | "REJECT" | "THREATEN" | "AGREE", _) => Ground::Speech,
        ("SANCTION" | "CONCEDE" | "COOPERATE" | "CONSULT", _) | ("RETREAT", Some("resign" | "disarm")) => {
            Ground::Clause
        }
        _ => Ground::Sentence,
    }
}

/// How many phrases before its trigger a place may stand that belongs to it.
const BEFORE: usize = 12;

/// Where it happens: a place in the clause, else in the sentence.
pub(super) fn place(
    scene: &Scene<'_>,
    found: &Found,
    rule: &Rule,
    who: &Participants,
    status: Status,
) -> Option<EntityId> {
    let ground = ground(rule);
    if ground == Ground::Speech {
        return None;
    }
    // البلدة التي تحاصرها القوات "the town that the forces besiege".
    if let Some(p) =
        scene.antecedent(found).and_then(|k| scene.phrases.get(k)).filter(|p| p.kind == EntityKind::Place)
    {
        return Some(p.entity);
    }
    // المباحثات تناولت التدخل في المنطقة "the talks dealt with interference in the region": the noun's own clause ends at its verb.
    let end = scene.clause_end(found);
    let verb = (found.end..end).find(|i| !found.is_finite() && scene.is_verb(*i) && !relative(scene.doc, *i));
    let to = verb.unwrap_or(end);
    let visits = rule.mode == Some("visit");
    let is_place = |p: &&Phrase<'_>| {
        p.kind == EntityKind::Place
            && !who.actors.contains(&p.entity)
            && !who.recipients.contains(&p.entity)
            && (visits || is_told(scene.doc, p.entity))
    };
    let (near, far) = (scene.next(found.at), scene.next(found.end));
    let earlier = scene.phrases.get(near.saturating_sub(BEFORE)..near).unwrap_or(&[]);
    let after = scene
        .phrases
        .get(far..)
        .unwrap_or(&[])
        .iter()
        .take_while(|p| p.start() < to)
        .filter(is_place)
        .find(|p| {
            inside(p.link)
                || ground == Ground::Sentence && leads_to(p.link)
                || visits && p.link == Link::After("الى")
                // طرد الدبلوماسيين من موسكو "the expulsion of the diplomats from Moscow"
                || rule.mode == Some("expel") && p.link == Link::After("من")
                || (ground == Ground::Sentence || visits)
                    && p.link == Link::Free
                    && (visits || p.start() <= found.end + 4)
        })
        .map(|p| named(scene, p));
    // وصل إلى القاهرة في زيارة "arrived in Cairo on a visit".
    if visits && after.is_none() && !found.is_finite() {
        let before = earlier.iter().rev().filter(is_place).find(|p| {
            p.end() <= found.at
                && p.link == Link::After("الى")
                && found.at - p.end() <= 8
                && !(p.end()..found.at).any(|i| scene.is_wall(i) || scene.is_verb(i))
        });
        if let Some(p) = before {
            return Some(named(scene, p));
        }
    }
    // عقد الوزير في عمان لقاء "the minister held in Amman a meeting": the verb's place before the noun that it governs.
    if after.is_none()
        && matches!(rule.kind, "CONSULT" | "COOPERATE" | "AGREE")
        && !visits
        && !found.is_finite()
    {
        let before = earlier.iter().rev().filter(is_place).find(|p| {
            p.end() <= found.at
                && matches!(p.link, Link::After("في" | "ب" | "داخل"))
                && found.at - p.end() <= 6
                && !(p.end()..found.at)
                    .any(|i| scene.is_wall(i) || scene.is_verb(i) || doc_stops(scene.doc, i))
        });
        if let Some(p) = before {
            return Some(named(scene, p));
        }
    }
    // What is not done yet is done nowhere but where its own clause says.
    if after.is_some() || ground == Ground::Clause || !matches!(status, Status::Happened | Status::Ongoing) {
        return after;
    }
    let k = scene.phrases.partition_point(|p| p.start() < found.at);
    // قال الوزير في عمان إن الحركة هاجمت ... "the minister said in Amman that …": where it is told is not where it happens.
    let told = scene.speech.at(found.at);
    let cue = told
        .and_then(|s| scene.doc.statements.get(s.index()))
        .map(|s| scene.doc.tokens_of(s.cue).start as usize);
    let here = |p: &&Phrase<'_>| {
        matches!(p.link, Link::After("في" | "ب" | "داخل" | "قرب"))
            && (told.is_none()
                || scene.speech.at(p.start()) == told
                // وفي جبهة تعز، قالت مصادر "and on the Taiz front, sources said": where all of the sentence is.
                || cue.is_some_and(|c| p.start() < c))
    };
    scene
        .phrases
        .get(k.saturating_sub(12)..k)
        .and_then(|before| before.iter().rev().filter(is_place).find(here))
        .or_else(|| {
            scene.phrases.get(k..(k + 12).min(scene.phrases.len())).and_then(|next| {
                next.iter()
                    .filter(is_place)
                    .find(|p| here(p) && !(found.end..p.start()).any(|i| scene.is_wall(i)))
            })
        })
        .map(|p| p.entity)
}

/// Whether a word or mark begins something else than the verb's own object.
fn doc_stops(doc: &Document, i: usize) -> bool {
    doc.is(i, Classes::RELATIVE.or(Classes::AS).or(Classes::BUT).or(Classes::THAT)) || doc.is_mark(i, '،')
}

/// العاصمة الأفغانية، كابول "the Afghan capital, Kabul": of a place that is only described the name that stands beside it is meant.
fn named(scene: &Scene<'_>, p: &Phrase<'_>) -> EntityId {
    let doc = scene.doc;
    let is_name = |p: &Phrase<'_>| {
        doc.cast
            .starting(p.start())
            .iter()
            .any(|m| m.entity == p.entity && doc.mention(m).is_some_and(|x| x.kind == MentionKind::Name))
    };
    let k = scene.next(p.end());
    match scene.phrases.get(k) {
        Some(q)
            if q.kind == EntityKind::Place
                && q.link == Link::Free
                && !q.joined
                && !is_name(p)
                && is_name(q)
                && (p.end()..q.start()).all(|i| doc.is_mark(i, '،') || doc.is_mark(i, '#')) =>
        {
            q.entity
        }
        _ => p.entity,
    }
}

/// Whether a place is told, and not only spoken of as "the region" or "the country".
fn is_told(doc: &Document, id: EntityId) -> bool {
    doc.entity(id).is_some_and(|e| {
        e.mentions
            .iter()
            .any(|m| m.kind == MentionKind::Name || m.kind == MentionKind::Description && m.tokens.len() > 1)
    })
}

/// Prepositions that put a deed inside a place or beside it.
fn inside(link: Link<'_>) -> bool {
    matches!(
        link,
        Link::After(
            "في" | "ب"
                | "قرب"
                | "شمال"
                | "جنوب"
                | "شرق"
                | "غرب"
                | "داخل"
                | "خارج"
                | "وسط"
                | "عبر"
        )
    )
}

/// Prepositions by which deeds on the ground reach a place: على البلدة, من القاعدة, إلى المدينة.
fn leads_to(link: Link<'_>) -> bool {
    matches!(link, Link::After("على" | "الى" | "من" | "نحو"))
}

/// When it happens: the time that belongs to the event's own word, or to the verb that governs it.
pub(super) fn time(scene: &Scene<'_>, f: usize) -> Option<TimeId> {
    let doc = scene.doc;
    let found = scene.found.get(f)?;
    let from = doc.times.partition_point(|t| t.tokens.end <= scene.tokens.start);
    let to = doc.times.partition_point(|t| t.tokens.start < scene.tokens.end);
    let here = doc.times.partition_point(|t| (t.tokens.start as usize) < found.at).clamp(from, to);
    let told = scene.speech.at(found.at);
    let low = here.saturating_sub(4).max(from);
    let high = (here + 4).min(to);
    let end = scene.clause_end(found);
    (low..high)
        .filter_map(|i| doc.times.get(i).map(|t| (i, t)))
        .filter(|(_, t)| {
            let lasts = || t.kind == TimeKind::Duration && spans(doc, t.tokens.start as usize);
            matches!(t.kind, TimeKind::Date | TimeKind::Time) || lasts()
        })
        .filter(|(_, t)| {
            let at = t.tokens.start as usize;
            (told.is_none() || scene.speech.at(at) == told || announces(scene, found))
                && belongs(scene, f, t.tokens.start as usize, t.tokens.end as usize)
        })
        .min_by_key(|(_, t)| {
            let start = t.tokens.start as usize;
            let distance = if start >= found.end {
                start - found.end
            } else {
                found.at.saturating_sub(t.tokens.end as usize)
            };
            (t.kind == TimeKind::Duration, !(start >= found.end && start < end), distance)
        })
        .map(|(i, _)| TimeId::at(i))
}

/// Whether a duration is told as that over which something happens: خلال الأيام الماضية "over the past days", منذ نحو عام "for about a
/// year".
fn spans(doc: &Document, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |i| doc.bare(i));
    let over = |word: &str| matches!(word, "خلال" | "منذ" | "طوال" | "طيلة" | "لمدة" | "مدى");
    over(before(1)) || matches!(before(1), "نحو" | "اكثر" | "حوالي" | "اكثر من") && over(before(2))
}

/// Whether the trigger is what somebody announces, which is done by announcing it: أعلن أمس انسحاب بلاده "announced yesterday the
/// withdrawal of his country".
fn announces(scene: &Scene<'_>, found: &Found) -> bool {
    scene.speech.at(found.at).and_then(|s| scene.doc.statements.get(s.index())).is_some_and(|s| {
        s.kind == StatementKind::Stance
            && s.act == "inform"
            && s.content.first().is_some_and(|c| scene.doc.tokens_of(*c).start as usize + 1 >= found.at)
    })
}

/// Whether a time is the event's: nothing nearer claims it.
fn belongs(scene: &Scene<'_>, f: usize, start: usize, end: usize) -> bool {
    let Some(found) = scene.found.get(f) else { return false };
    let first = scene.tokens.start as usize;
    let doc = scene.doc;
    // The owner of a time is the verb or trigger before it; a day between commas belongs to the verb of the clause.
    let parenthetical = start > first && doc.is_mark(start - 1, '،') && doc.is_mark(end, '،');
    let low = start.saturating_sub(40).max(first);
    let owner = (low..start).rev().take_while(|i| !scene.is_wall(*i)).find(|i| {
        scene.is_verb(*i) || !parenthetical && scene.found_at(*i).is_some_and(|f| f.event.is_some())
    });
    match owner {
        Some(owner) if owner == found.at => true,
        // أمس before its verb: the first verb or trigger after it, with no other before.
        None => {
            let high = (end + 40).min(scene.tokens.end as usize);
            if found.at < end {
                return found.end <= start
                    && !(found.end..start).any(|i| scene.is_wall(i) || scene.is_verb(i));
            }
            let next = (end..high).find(|i| scene.is_verb(*i)).unwrap_or(high);
            found.at <= next || governs(scene, f, next) || clause_between(scene, next, found)
        }
        Some(owner) if owner > found.at => {
            // قتل عشرة في هجوم أمس "ten were killed in an attack yesterday": what the verb tells happens when the attack does.
            let verb = scene.is_verb(owner);
            let open = !(found.end..start)
                .any(|i| scene.is_wall(i) || scene.is_verb(i) && (found.is_finite() || i != owner));
            let joined = scene.found_at(owner).is_some_and(|o| {
                o.proclitics.any(Proclitics::AND)
                    || o.event.map(|r| r.kind) == Some("ASSAULT")
                        && found.event.map(|r| r.kind) == Some("ASSAULT")
            });
            // وتوجد حاليا "and there are now": a joined verb has another subject.
            let joins = doc.verb(owner).is_some_and(|(r, _)| r.proclitics.any(Proclitics::AND));
            let plain = verb && !joins && scene.found_at(owner).is_none_or(|o| o.event.is_none());
            open && (!verb && (found.is_finite() || joined)
                || plain
                    && !found.is_finite()
                    && is_nearest(scene, f, owner)
                    && (!relative(doc, owner) || light(scene, owner)))
        }
        // عقد الوزير أمس محادثات "the minister held talks yesterday": the verb before governs the noun. نشرت أمس بيانا عقب طرد الدبلوماسيين
        // "published a statement yesterday, after the expulsion of the diplomats": what it follows has another day.
        Some(owner) => {
            let verb = scene.is_verb(owner);
            let follows = (end..found.at).any(|i| {
                matches!(
                    doc.bare(i),
                    "بعد" | "عقب" | "اثر" | "بسبب" | "رغم" | "منذ" | "خلفية" | "اعقاب" | "غداة"
                )
            });
            !found.is_finite()
                && verb
                && !follows
                && (governs(scene, f, owner)
                    || scene.found_at(owner).is_none_or(|o| o.event.is_none())
                        && clause_between(scene, owner, found))
        }
    }
}

/// Whether a verb only lends itself to a noun: الهجوم الذي شنته الحركة أمس "the attack that the movement launched yesterday".
fn light(scene: &Scene<'_>, verb: usize) -> bool {
    scene.found_at(verb).is_some_and(|v| v.governor.is_some())
}

fn relative(doc: &Document, i: usize) -> bool {
    i > 0 && doc.is(i - 1, Classes::RELATIVE)
}

/// Whether no other trigger stands between the trigger and a verb after it.
fn is_nearest(scene: &Scene<'_>, f: usize, verb: usize) -> bool {
    scene.found.get(f + 1).is_none_or(|next| next.at >= verb)
}

fn governs(scene: &Scene<'_>, f: usize, verb: usize) -> bool {
    scene.governor(f).and_then(|g| scene.found.get(g)).is_some_and(|g| g.at == verb)
}

/// Whether a trigger stands in the clause of a verb before it.
fn clause_between(scene: &Scene<'_>, verb: usize, found: &Found) -> bool {
    !(verb + 1..found.at).any(|i| scene.is_wall(i) || scene.is_verb(i))
}

/// Whether a time lies after the day of publication.
pub(super) fn is_ahead(doc: &Document, time: TimeId) -> bool {
    let Some(time) = doc.times.get(time.index()) else { return false };
    if time.value == "FUTURE_REF" {
        return true;
    }
    let day = time.value.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok());
    day.zip(doc.report.published).is_some_and(|(day, published)| day > published)
}
