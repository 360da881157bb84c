//! Whether an event is told as a fact: by its tense, what negates or governs it, and whose word it stands in.

use super::scene::Scene;
use super::triggers::{Found, Slot};
use crate::document::{Classes, Document, Kind, Proclitics, Statement, StatementKind, Status, Suffix};
use musnad_lexicon::Part;

/// The status of the trigger at `f` of the scene's list, told inside the statement `by`.
pub(super) fn status(scene: &Scene<'_>, f: usize, by: Option<&Statement>, headline: bool) -> Status {
    let Some(found) = scene.found.get(f) else { return Status::Happened };
    if let Some(status) = found.event.and_then(|r| r.status) {
        return status;
    }
    // المبرم "that was concluded" has been done; المدعومة من "backed by" goes on.
    if found.feat.part() == Part::Passive && !found.is_finite() {
        // So do المحتجزون "those held", البلدة المحاصرة "the besieged town".
        let lasts = found.event.is_some_and(|r| {
            matches!((r.kind, r.mode), ("AID" | "SUPPORT", _) | ("COERCE", Some("arrest" | "restrict")))
        });
        return if lasts { Status::Ongoing } else { Status::Happened };
    }
    // مشيدا "praising" has been said with the words around it.
    if found.feat.part() == Part::Active && scene.speech.cue(found.at).is_some() {
        return Status::Happened;
    }
    let own = if found.is_finite() { of_verb(scene, found) } else { of_noun(scene, found) };
    if let Some(status) = own {
        return status;
    }
    if let Some(status) = in_relative(scene, found) {
        return status;
    }
    if is_known(scene, found) {
        let state = found.is_definite() || found.suffix != Suffix::None;
        return if state && lasts(scene, found) { Status::Ongoing } else { Status::Happened };
    }
    if let Some(status) = expected(scene, found) {
        return status;
    }
    if let Some(status) = governed(scene, f, 0) {
        return status;
    }
    if let Some(status) = purpose(scene, found) {
        // أدعوه إلى اتخاذ الإجراءات لمنع "I call on him to take steps in order to prevent": its purpose is called for as well.
        return if status == Status::Planned && in_demand(scene, f) { Status::CalledFor } else { status };
    }
    if let Some(status) = by.and_then(|s| of_statement(scene, found, s)) {
        return status;
    }
    if let Some(status) = of_clause(scene, f) {
        return status;
    }
    if conditional(scene, found) {
        return Status::Possible;
    }
    if found.is_finite() && found.feat.part() == Part::Present && !headline {
        // تتهم موسكو المعارضة "Moscow accuses the opposition" is its stand. What a text calls for (قرار يطالب), what is quoted and what is
        // told beside another deed (وهو يدعو) has been said.
        let support = found.event.is_some_and(|r| r.kind == "SUPPORT");
        let said = scene.speech.cue(found.at).is_some()
            && !support
            && (scene.speech.at(found.at).is_some() || scene.follows_noun(found.at));
        return if said { Status::Happened } else { Status::Ongoing };
    }
    if must(scene, found) || joined_demand(scene, f) || listed(scene, found) {
        return Status::CalledFor;
    }
    if since(scene, f) {
        return Status::Ongoing;
    }
    if lasts(scene, found) || means_of_present(scene, found) {
        return Status::Ongoing;
    }
    Status::Happened
}

/// Words before a noun that speak of it as known: بعد هجوم "after an attack", رغم العقوبات "in spite of the sanctions".
fn is_known(scene: &Scene<'_>, found: &Found) -> bool {
    if found.is_finite() {
        return false;
    }
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    let word = |back: usize| found.at.checked_sub(back).filter(|i| *i >= first).map_or("", |i| doc.bare(i));
    // بطلب من الحكومة "at the request of the government": what is asked for or ordered comes before what is done.
    let asked = found.event.is_some_and(|r| r.kind == "REQUEST");
    if asked && found.proclitics.any(Proclitics::BI) && doc.word(found.end) == "من" {
        return true;
    }
    match word(1) {
        "عقب" | "اثر" | "بسبب" | "جراء" | "رغم" | "غداة" | "منذ" => true,
        // بناء على دعوة "at the invitation of", ردا على الهجوم "in answer to the attack", على خلفية "against the background of".
        "على" => matches!(word(2), "بناء" | "ردا" | "احتجاجا" | "بالرد"),
        "خلفية" => word(2) == "على",
        "اعقاب" => word(2) == "في",
        _ => false,
    }
}

/// Whether a noun is told as what goes on by the clause that follows it: الهجمات التي تشنها "the attacks that it carries out".
fn in_relative(scene: &Scene<'_>, found: &Found) -> Option<Status> {
    let rule = found.event.filter(|_| !found.is_finite())?;
    if !matches!(rule.kind, "ASSAULT" | "COERCE" | "AID" | "SANCTION" | "PROTEST" | "COOPERATE" | "MOBILIZE")
    {
        return None;
    }
    let doc = scene.doc;
    let last = (found.end + 4).min(scene.tokens.end as usize);
    let relative = (found.end..last).find(|i| doc.is(*i, Classes::RELATIVE))?;
    if (found.end..relative).any(|i| scene.is_wall(i) || scene.is_verb(i) || doc.is(i, Classes::PREPOSITION))
    {
        return None;
    }
    let (reading, feat) = doc.verb(relative + 1)?;
    (feat.part() == Part::Present
        && reading.suffix != Suffix::None
        && !reading.proclitics.any(Proclitics::SA)
        && !doc.is(relative + 1, Classes::NEGATION))
    .then_some(Status::Ongoing)
}

/// What a sentence begins with that says how sure it is: من المتوقع عقد قمة "a summit is expected to be held".
fn expected(scene: &Scene<'_>, found: &Found) -> Option<Status> {
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    for i in (found.at.saturating_sub(6).max(first + 1)..found.at).rev() {
        // A verb follows أن, and then it stands in the present.
        let verb = scene.is_verb(i) && doc.verb(i).is_none_or(|(_, f)| f.part() == Part::Present);
        if scene.is_wall(i) && !is_that(doc, i) || verb || doc.is(i, Classes::RELATIVE) {
            return None;
        }
        if doc.bare(i - 1) == "من"
            && let Some(status) = outlook(doc.word(i))
        {
            return Some(status);
        }
    }
    None
}

/// What المتوقع "the expected" and its like say of what follows them.
fn outlook(word: &str) -> Option<Status> {
    match word {
        "المقرر" | "المتوقع" | "المنتظر" | "المرتقب" | "المزمع" | "المفترض" => {
            Some(Status::Planned)
        }
        "المحتمل" | "الممكن" | "المرجح" | "الوارد" | "المستبعد" => {
            Some(Status::Possible)
        }
        "الضروري" | "اللازم" | "الواجب" | "المطلوب" => Some(Status::CalledFor),
        _ => None,
    }
}

/// What the verb of a clause says of a noun that it takes with it: ستستضيف محادثات "it will host talks", طلب أن يتخذ إجراءات "asked that
/// he take measures".
fn of_clause(scene: &Scene<'_>, f: usize) -> Option<Status> {
    let doc = scene.doc;
    let found = scene.found.get(f)?;
    let first = scene.tokens.start as usize;
    if found.is_finite() {
        return demanded(scene, found.at).then_some(Status::CalledFor);
    }
    // سيرد على الهجوم "will answer the attack": what is known and what something is done about are not to come.
    if found.is_definite() || found.proclitics.any(Proclitics::PREPOSITION) {
        return None;
    }
    let low = found.at.saturating_sub(6).max(first);
    let verb = (low..found.at).rev().take_while(|i| !scene.is_wall(*i)).find(|i| scene.is_verb(*i))?;
    let parted = (verb + 1..found.at).any(|i| {
        doc.is(i, Classes::PREPOSITION.or(Classes::RELATIVE))
            || scene.has_preposition(i)
            || doc.is_mark(i, '،')
    });
    if parted {
        return None;
    }
    let (reading, feat) = doc.verb(verb)?;
    if feat.part() != Part::Present {
        return None;
    }
    if reading.proclitics.any(Proclitics::SA) || verb > first && doc.is(verb - 1, Classes::FUTURE) {
        return Some(Status::Planned);
    }
    demanded(scene, verb).then_some(Status::CalledFor)
}

/// Whether a verb stands in a clause with أن that is demanded, perhaps among others: طالبه بأن يوقف الهجمات، وأن ينسحب "demanded that he
/// stop the attacks and that he withdraw".
fn demanded(scene: &Scene<'_>, verb: usize) -> bool {
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    let opens = |i: usize| i > first && is_that(doc, i - 1);
    let joined = doc.verb(verb).is_some_and(|(r, _)| r.proclitics.any(Proclitics::AND));
    if !opens(verb) && !joined {
        return false;
    }
    let mut seen = opens(verb);
    for i in (verb.saturating_sub(40).max(first)..verb).rev() {
        if let Some(g) = scene.found_at(i) {
            let demands = g.event.is_some_and(|r| r.kind == "REQUEST")
                || g.governor.is_some_and(|r| r.status == Some(Status::CalledFor));
            if demands {
                return seen;
            }
        }
        if matches!(doc.bare(i), "يجب" | "ينبغي" | "يتعين" | "عليه" | "عليها" | "عليهم")
        {
            return seen;
        }
        if doc.kind(i) == Some(Kind::Mark) && scene.is_wall(i)
            || doc.is(i, Classes::WHILE.or(Classes::BECAUSE))
        {
            return false;
        }
        if scene.is_verb(i) {
            let present = doc.verb(i).is_some_and(|(_, f)| f.part() == Part::Present);
            // الذي يهدد "who threatens" stands inside such a clause.
            if !present && !relative(doc, i) {
                return false;
            }
            seen |= opens(i);
        }
    }
    false
}

/// Whether the token is أن "that" or ألا "that not", with ب or و too.
fn is_that(doc: &Document, i: usize) -> bool {
    matches!(doc.word(i), "ان" | "بان" | "وان" | "وبان" | "الا" | "والا" | "بالا")
}

fn relative(doc: &Document, i: usize) -> bool {
    i > 0 && doc.is(i - 1, Classes::RELATIVE)
}

/// Whether a noun is told with what it began with and goes on from: احتجاجات منذ أيام "protests for days".
fn since(scene: &Scene<'_>, f: usize) -> bool {
    let doc = scene.doc;
    let Some(found) = scene.found.get(f).filter(|x| !x.is_finite()) else { return false };
    let near = found.at.saturating_sub(8).max(scene.tokens.start as usize)
        ..(found.end + 10).min(scene.tokens.end as usize);
    if !near.clone().any(|i| doc.bare(i) == "منذ") {
        return false;
    }
    super::circumstances::time(scene, f).and_then(|t| doc.times.get(t.index())).is_some_and(|t| {
        // منذ 1996 "since 1996" tells when it began, not that it goes on.
        if t.kind != crate::document::TimeKind::Duration {
            return false;
        }
        let start = t.tokens.start as usize;
        (1..=2).any(|back| start.checked_sub(back).is_some_and(|i| doc.bare(i) == "منذ"))
    })
}

/// Whether a noun is joined to what is demanded: طالبوا بسحب القانون وحل المجلس "demanded the withdrawal of the law and the dissolution of
/// the house".
fn joined_demand(scene: &Scene<'_>, f: usize) -> bool {
    let Some(found) = scene.found.get(f) else { return false };
    found.feat.part() == Part::Masdar
        && found.proclitics.any(Proclitics::AND)
        && !found.is_definite()
        && in_demand(scene, f)
        && !(found.at.saturating_sub(24).max(scene.tokens.start as usize)..found.at)
            .any(|i| matches!(scene.doc.bare(i), "خلال" | "بعد" | "عقب" | "قبل" | "اثر" | "بسبب" | "ضد"))
}

/// Whether a noun stands in a list of conditions or demands: فرض شروطه، أبرزها سحب القوات "set his terms, chief among them the withdrawal".
fn listed(scene: &Scene<'_>, found: &Found) -> bool {
    if found.feat.part() != Part::Masdar {
        return false;
    }
    let doc = scene.doc;
    let from = found.at.saturating_sub(16).max(scene.tokens.start as usize);
    let Some(at) = (from..found.at).rev().find(|i| {
        matches!(
            doc.bare(*i),
            "ابرزها"
                | "اهمها"
                | "اولها"
                | "مقدمتها"
                | "تضمنت"
                | "تتضمن"
                | "شملت"
                | "تشمل"
                | "منها"
                | "بينها"
        )
    }) else {
        return false;
    };
    (at.saturating_sub(6).max(scene.tokens.start as usize)..at).any(|i| {
        matches!(
            doc.bare(i),
            "شروط"
                | "شروطا"
                | "شروطه"
                | "شروطها"
                | "الشروط"
                | "مطالب"
                | "المطالب"
                | "مطالبه"
                | "مطالبها"
        )
    })
}

/// Whether a noun is what must be done: يجب ... وفرض عقوبات "one must … and impose sanctions".
fn must(scene: &Scene<'_>, found: &Found) -> bool {
    if found.is_finite() {
        return false;
    }
    let first = scene.tokens.start as usize;
    for i in (found.at.saturating_sub(25).max(first)..found.at).rev() {
        if matches!(scene.doc.bare(i), "يجب" | "ينبغي" | "يتعين" | "ضرورة" | "بضرورة" | "لابد")
        {
            return true;
        }
        // نسب is "he ascribed" and "shares": inside a clause a verb begins with و or stands after a mark.
        let opens = scene.doc.bare(i).len() < scene.doc.word(i).len()
            || i > first && scene.doc.kind(i - 1) == Some(Kind::Mark);
        if scene.is_verb(i) && opens || scene.is_wall(i) {
            return false;
        }
    }
    false
}

/// Whether a noun is by what something is done that goes on: تزعزع الأمن من خلال دعم المسلحين "it shakes security by backing gunmen".
fn means_of_present(scene: &Scene<'_>, found: &Found) -> bool {
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    let Some(before) = found.at.checked_sub(1).filter(|i| *i > first && !found.is_finite()) else {
        return false;
    };
    let by = doc.bare(before) == "خلال" && doc.bare(before - 1) == "من" || doc.bare(before) == "عبر";
    by && (found.at.saturating_sub(14).max(first)..before)
        .rev()
        .take_while(|i| !scene.is_wall(*i))
        .find(|i| scene.is_verb(*i))
        .and_then(|i| doc.verb(i))
        .is_some_and(|(_, f)| f.part() == Part::Present)
}

/// Whether a noun names a state of things that is spoken of as known: الحرب "the war", الحصار "the siege".
fn lasts(scene: &Scene<'_>, found: &Found) -> bool {
    let Some(rule) = found.event else { return false };
    !found.is_finite()
        && (found.is_definite() || found.suffix != Suffix::None)
        && matches!(
            scene.doc.row(rule.entry).get("word"),
            "حرب" | "حصار" | "صراع" | "نزاع" | "احتلال" | "عقوبة"
        )
        // معركة الساحل "the battle of the coast", دعمها للجماعة "its backing of the group" go on.
        || !found.is_finite() && scene.doc.row(rule.entry).get("word") == "معركة"
        || found.suffix != Suffix::None
            && found.feat.part() == Part::Masdar
            && matches!(scene.doc.row(rule.entry).get("word"), "دعم" | "ساند" | "أيد")
}

/// Whether it stands in the clause of a condition: إذا توصلوا إلى اتفاق "if they reach an agreement".
fn conditional(scene: &Scene<'_>, found: &Found) -> bool {
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    let from = found.at.saturating_sub(14).max(first);
    for i in (from..found.at).rev() {
        if doc.kind(i) == Some(Kind::Mark) && !doc.is_mark(i, '"') {
            return false;
        }
        if doc.is(i, Classes::CONDITIONAL) {
            let word = doc.bare(i);
            return matches!(
                word,
                "اذا" | "لو" | "حال" | "حالة" | "كلما" | "مهما" | "شرط" | "شريطة" | "بشرط"
            );
        }
    }
    false
}

/// What particles before a finite verb say.
fn of_verb(scene: &Scene<'_>, found: &Found) -> Option<Status> {
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    let present = found.feat.part() == Part::Present;
    if found.proclitics.any(Proclitics::SA) {
        return Some(Status::Planned);
    }
    // ليعاقب "in order to punish".
    if present && found.proclitics.any(Proclitics::LI) {
        return Some(Status::Possible);
    }
    for back in 1..=3 {
        let Some(i) = found.at.checked_sub(back).filter(|i| *i >= first) else { break };
        let word = doc.bare(i);
        if doc.is(i, Classes::FUTURE) {
            return Some(Status::Planned);
        }
        if back == 1
            && matches!(word, "لم" | "لن" | "لا" | "ما" | "ليس" | "ليست" | "الا")
            && doc.is(i, Classes::NEGATION)
            && !(word == "ما" && present)
        {
            return Some(Status::Denied);
        }
        if back == 1 && present && matches!(word, "كي" | "لكي" | "كيلا" | "لكيلا") {
            return Some(Status::Possible);
        }
        if word == "قد" && present || matches!(word, "ربما" | "يمكن" | "يمكنها" | "يمكنه" | "لعل" | "عسى")
        {
            return Some(Status::Possible);
        }
        if matches!(word, "يجب" | "ينبغي" | "يتعين" | "لابد") {
            return Some(Status::CalledFor);
        }
        // من المقرر أن يزور "is to visit", من المحتمل أن "it is likely that".
        if let Some(status) = outlook(word) {
            return Some(status);
        }
        if doc.is(i, Classes::CONDITIONAL) && !is_that(doc, i) {
            return Some(Status::Possible);
        }
        if doc.kind(i) == Some(Kind::Mark)
            || !doc.is(i, Classes::MODAL.or(Classes::THAT).or(Classes::BE).or(Classes::NEGATION))
        {
            break;
        }
    }
    if present {
        return of_auxiliary(scene, found);
    }
    None
}

/// What a verb before a verb in the present says of it: لا يزال يرفض "he still refuses", كان يسيطر "it used to hold", قبل أن يطلق سراحه
/// "before he was set free", أدعو "I call for".
fn of_auxiliary(scene: &Scene<'_>, found: &Found) -> Option<Status> {
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    if before_it(scene, found) {
        return Some(Status::Happened);
    }
    for i in (found.at.saturating_sub(6).max(first)..found.at).rev() {
        if scene.is_wall(i)
            || doc.kind(i) == Some(Kind::Mark) && !doc.is_mark(i, '"')
            || doc.is(i, Classes::RELATIVE)
        {
            return None;
        }
        match doc.bare(i) {
            "يزال" | "تزال" | "زال" | "زالت" | "زالوا" | "يزالون" | "انفك" | "فتئ" | "يواصل" | "تواصل" =>
            {
                return Some(Status::Ongoing);
            }
            "كان" | "كانت" | "كانوا" | "كانا" | "كنا" | "كنت" => {
                return Some(Status::Happened);
            }
            _ => {}
        }
        if scene.is_verb(i) {
            return None;
        }
    }
    None
}

/// What is done in order to do something is not done yet: لاستعادة السيطرة "in order to regain control".
fn purpose(scene: &Scene<'_>, found: &Found) -> Option<Status> {
    if found.feat.part() != Part::Masdar || found.is_definite() {
        return None;
    }
    let first = scene.tokens.start as usize;
    let before = found.at.checked_sub(1).filter(|i| *i >= first).map_or("", |i| scene.doc.bare(i));
    if matches!(before, "التوصل" | "للتوصل" | "توصل") {
        return Some(Status::Possible);
    }
    // سببا لاجتماع "a reason for meeting": some words take ل themselves.
    let taken = matches!(
        before,
        "سبب"
            | "سببا"
            | "نتيجة"
            | "نظرا"
            | "وفقا"
            | "تبعا"
            | "طبقا"
            | "كنتيجة"
            | "رفضا"
            | "دعما"
    );
    // تأييده لدعوات "his support of calls", شاكرا لتقديمهم "thankful for their giving": some triggers take ل too.
    let governed = found.at.checked_sub(1).and_then(|i| scene.found_at(i)).is_some_and(|g| {
        g.event.is_some_and(|r| r.recipient.iter().flatten().any(|s| *s == Slot::After("ل")))
    });
    let attached = found.proclitics.any(Proclitics::LI) && !taken && !governed;
    (attached || matches!(before, "بهدف" | "بغية" | "اجل" | "بغرض")).then_some(Status::Planned)
}

/// Whether a demand stands before the trigger in its clause, with what is demanded.
fn in_demand(scene: &Scene<'_>, f: usize) -> bool {
    let Some(found) = scene.found.get(f) else { return false };
    let earlier = scene.found.get(f.saturating_sub(4)..f).unwrap_or(&[]);
    earlier.iter().rev().any(|g| {
        let demands = g.event.is_some_and(|r| r.kind == "REQUEST")
            || g.governor.is_some_and(|r| r.status == Some(Status::CalledFor));
        demands
            && found.at - g.end <= 24
            && !(g.end..found.at).any(|i| scene.is_wall(i) || scene.is_verb(i) || scene.doc.is_mark(i, '،'))
    })
}

/// What stands beside a noun: an adjective of time, a negation.
fn of_noun(scene: &Scene<'_>, found: &Found) -> Option<Status> {
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    if let Some(i) = found.at.checked_sub(1).filter(|i| *i >= first) {
        let word = doc.bare(i);
        if matches!(word, "عدم" | "دون" | "بدون" | "بلا") {
            return Some(Status::Denied);
        }
        // الخاضعة لسيطرة "subject to the control of", مناطق سيطرة "areas of control".
        if matches!(
            word,
            "خاضعة"
                | "الخاضعة"
                | "خاضع"
                | "الخاضع"
                | "تخضع"
                | "يخضع"
                | "خضعت"
                | "مناطق"
                | "تحت"
                | "استمرار"
        ) {
            return Some(Status::Ongoing);
        }
    }
    if let Some(status) = of_predicate(scene, found) {
        return Some(status);
    }
    let last = (found.end + 5).min(scene.tokens.end as usize);
    for i in found.end..last {
        if doc.kind(i) == Some(Kind::Mark) || doc.is(i, Classes::PREPOSITION.or(Classes::THAT)) {
            break;
        }
        let word = doc.word(i);
        let stem = word.strip_prefix("ال").unwrap_or(word);
        match stem {
            "مقبل" | "مقبلة" | "قادم" | "قادمة" | "مزمع" | "مزمعة" | "مرتقب" | "مرتقبة" | "متوقع"
            | "متوقعة" | "مقرر" | "مقررة" => return Some(Status::Planned),
            "محتمل" | "محتملة" | "ممكن" | "ممكنة" => return Some(Status::Possible),
            "مفروضة" | "مفروض" | "جاري" | "جارية" | "مستمر" | "مستمرة" | "متواصل" | "متواصلة" | "حالي"
            | "حالية" | "دائر" | "دائرة" => {
                return Some(Status::Ongoing);
            }
            _ => {}
        }
    }
    None
}

/// What the verb says whose subject the noun is: الاجتماعات ستجري "the meetings will be held".
fn of_predicate(scene: &Scene<'_>, found: &Found) -> Option<Status> {
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    let opens = found.at == first
        || doc.kind(found.at - 1) == Some(Kind::Mark)
        || doc.is(found.at - 1, Classes::THAT);
    if !opens {
        return None;
    }
    let last = (found.end + 6).min(scene.tokens.end as usize);
    for i in found.end..last {
        if scene.is_wall(i) || doc.is(i, Classes::RELATIVE) {
            return None;
        }
        let future = i > 0 && doc.is(i - 1, Classes::FUTURE)
            || doc.verb(i).is_some_and(|(r, f)| f.is_finite() && r.proclitics.any(Proclitics::SA));
        if future {
            // ستستمر "will continue".
            let goes_on =
                scene.found_at(i).and_then(|v| v.governor).is_some_and(|r| r.status == Some(Status::Ongoing));
            return Some(if goes_on { Status::Ongoing } else { Status::Planned });
        }
        if scene.is_verb(i) {
            return None;
        }
    }
    None
}

/// What governs the trigger: يعتزم زيارة "intends to visit", إمكانية "the possibility of".
fn governed(scene: &Scene<'_>, f: usize, depth: usize) -> Option<Status> {
    if depth > 3 {
        return None;
    }
    let g = scene.governor(f)?;
    let governor = scene.found.get(g)?;
    let found = scene.found.get(f)?;
    let finite = governor.is_finite();
    let outer = |scene: &Scene<'_>| -> Option<Status> {
        if finite {
            match of_verb(scene, governor) {
                Some(Status::Happened) | None => None,
                some => some,
            }
        } else {
            // لاستكمال إنهاء "in order to complete the ending of".
            of_noun(scene, governor).or_else(|| purpose(scene, governor))
        }
    };
    if let Some(rule) = governor.governor {
        // Whoever decides to leave an agreement or to expel a diplomat has done so.
        let done =
            found.event.is_some_and(|r| r.kind == "SANCTION" && matches!(r.mode, Some("withdraw" | "expel")));
        let decides = matches!(scene.doc.row(rule.entry).get("word"), "قرار" | "قرر");
        if done && rule.status == Some(Status::Planned) && decides && outer(scene).is_none() {
            return None;
        }
        // محاولة اغتيال "an attempted assassination" is an attack.
        let word = scene.doc.row(rule.entry).get("word");
        let tried = word == "محاولة" || word == "حاول" && (!finite || governor.feat.part() == Part::Past);
        if tried && found.event.is_some_and(|r| r.kind == "ASSAULT") {
            return Some(Status::Happened);
        }
        // رفض طلبا "turned down a request", which has been made.
        if rule.status == Some(Status::Denied)
            && word == "رفض"
            && found.event.is_some_and(|r| r.kind == "REQUEST")
        {
            return Some(Status::Happened);
        }
        if let Some(status) = rule.status {
            // A refusal refused, a plan denied: the outer word wins where it denies.
            let around = outer(scene);
            // ضرورة مواصلة الضغط "the need to go on pressing": what is to go on is called for.
            if status == Status::Ongoing {
                let around = around.filter(|s| *s != Status::Planned);
                return around.or_else(|| governed(scene, g, depth + 1)).or(Some(status));
            }
            return match around {
                Some(Status::Denied) => Some(Status::Denied),
                _ => Some(status),
            };
        }
        // بدأت الشرطة التحقيق "the police began to inquire": an inquiry that has begun goes on.
        let begins = matches!(scene.doc.row(rule.entry).get("word"), "بدأ" | "شرع" | "باشر" | "فتح");
        if begins && finite && found.event.is_some_and(|r| r.mode == Some("investigate")) {
            return Some(Status::Ongoing);
        }
        // قبل أن يعلن تنحيه "before he declared that he would step down".
        if finite && before_it(scene, governor) {
            return None;
        }
        // A light verb gives its own tense: تجري الحكومة محادثات "the government is holding talks".
        if let Some(status) = outer(scene) {
            return Some(status);
        }
        if let Some(status) = governed(scene, g, depth + 1) {
            return Some(status);
        }
        if finite && governor.feat.part() == Part::Present {
            return Some(Status::Ongoing);
        }
        return None;
    }
    let rule = governor.event?;
    let follows_clause = !finite || found.at >= governor.end;
    match rule.kind {
        "REQUEST" if follows_clause => Some(Status::CalledFor),
        "THREATEN" => Some(Status::Possible),
        // يتجاهل دعوة "he ignores a call", عارض العقوبات "he opposed the sanctions": what there is to be refused.
        "REJECT" if found.event.is_some_and(|r| r.kind == "REQUEST") => Some(Status::Happened),
        "REJECT" if lasts(scene, found) => Some(Status::Ongoing),
        "REJECT" => Some(Status::Denied),
        // اتفقا على تحسين العلاقات "agreed to improve relations".
        "AGREE" if finite && rule.mode.is_none() && scene.doc.bare(found.at.saturating_sub(1)) == "على" => {
            Some(Status::Planned)
        }
        _ => None,
    }
}

/// Whether a verb stands after قبل أن "before", which tells what came next.
fn before_it(scene: &Scene<'_>, verb: &Found) -> bool {
    let word = |back: usize| verb.at.checked_sub(back).map_or("", |i| scene.doc.bare(i));
    word(1) == "ان" && matches!(word(2), "قبل" | "بعد" | "منذ")
}

/// What the speech act around the trigger says of it.
fn of_statement(scene: &Scene<'_>, found: &Found, s: &Statement) -> Option<Status> {
    if found.is_finite() && found.feat.part() == Part::Past {
        return None;
    }
    // رفض سحب القانون خلال اجتماعه "refused to withdraw the law at his meeting": when it was said is not what is refused.
    let before = found.at.checked_sub(1).map_or("", |i| scene.doc.bare(i));
    if matches!(before, "خلال" | "بعد" | "عقب" | "قبل" | "قبيل" | "اثناء" | "اثر" | "منذ")
    {
        return None;
    }
    // Only what the content begins with is what is demanded; the rest is background.
    let near = s.content.first().is_some_and(|c| {
        let tokens = scene.doc.tokens_of(*c);
        // What is only named is what is demanded to its end: دعا إلى وقف القتال والانسحاب "called for an end … and withdrawal".
        let reach = if s.kind == StatementKind::Stance && found.feat.part() == Part::Masdar { 14 } else { 6 };
        found.at < tokens.start as usize + reach
    });
    if !near {
        return None;
    }
    match s.act {
        "demand" => Some(Status::CalledFor),
        "promise" => Some(Status::Planned),
        "threaten" | "warn" | "expect" => Some(Status::Possible),
        "reject" | "deny" => Some(Status::Denied),
        _ => None,
    }
}
