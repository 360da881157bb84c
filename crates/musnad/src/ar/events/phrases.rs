//! The participants of a sentence in order, each with how it is joined to what stands before it.

use super::scene::{States, in_bound};
use super::triggers::Found;
use crate::document::{Classes, Document, EntityId, EntityKind, Kind, MentionKind, Proclitics, Reading};
use crate::span::Tokens;
use musnad_lexicon::{Part, Table};

/// How a noun phrase is joined to the words before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Link<'d> {
    /// Nothing stands before it that governs it: a subject, an object or a genitive.
    Free,
    /// A preposition, folded; attached ones as ب, ل, ك.
    After(&'d str),
    /// After من قبل "by", على يد "at the hands of": the doer.
    By,
    /// After ضد "against", بحق "towards": who suffers it.
    Against,
}

/// A participant where it stands in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase<'d> {
    /// Its tokens, with a title before it.
    pub(super) tokens: Tokens,
    pub(super) entity: EntityId,
    pub(super) kind: EntityKind,
    pub(super) link: Link<'d>,
    /// Whether it is joined by "and" or a comma of a list to the phrase before.
    pub(super) joined: bool,
    /// Whether it is a pronoun at the end of a word.
    pub(super) pronoun: bool,
}

impl Phrase<'_> {
    pub(super) fn start(&self) -> usize {
        self.tokens.start as usize
    }
    pub(super) fn end(&self) -> usize {
        self.tokens.end as usize
    }
    /// Whether it can act: places act as states only.
    pub(super) fn acts(&self) -> bool {
        !matches!(self.kind, EntityKind::Document | EntityKind::Occasion)
    }
}

/// A title in the text, whose it is, and where the office holder's name stands right after it.
struct Titled {
    tokens: Tokens,
    person: EntityId,
}

/// The participants of the sentences of a document, made sentence by sentence.
pub(super) struct Phrases {
    titles: Vec<Titled>,
}

impl Phrases {
    pub(super) fn of(doc: &Document) -> Self {
        let mut titles: Vec<Titled> = doc
            .cast
            .roles
            .iter()
            .map(|r| Titled { tokens: doc.tokens_of(r.title), person: r.person })
            .collect();
        titles.sort_by_key(|t| (t.tokens.start, std::cmp::Reverse(t.tokens.end)));
        Phrases { titles }
    }

    /// The participants of a run of tokens, in order.
    pub(super) fn within<'d>(
        &self,
        doc: &'d Document,
        tokens: Tokens,
        found: &[Found],
        states: &States,
    ) -> Vec<Phrase<'d>> {
        let mut out: Vec<Phrase<'d>> = Vec::new();
        let end = tokens.end as usize;
        let mut i = tokens.start as usize;
        let mut title = self.titles.partition_point(|t| (t.tokens.start as usize) < i);
        while i < end {
            while self.titles.get(title).is_some_and(|t| (t.tokens.start as usize) < i) {
                title += 1;
            }
            if let Some(t) = self.titles.get(title).filter(|t| t.tokens.start as usize == i) {
                match named_after(doc, t, end) {
                    Some((from, to)) => {
                        push(doc, found, &mut out, Tokens::new(i, to), from, t.person, false);
                        i = to;
                    }
                    // A title after the name, set off by commas: no participant of its own, nor is what it is of.
                    None if out.last().is_some_and(|p| p.entity == t.person && p.end() + 1 >= i) => {
                        i = (t.tokens.end as usize).max(i + 1);
                        if let Some(of) = longest(doc, i).filter(|m| m.1 == EntityKind::Place) {
                            i = of.0.end as usize;
                        }
                        if let Some(last) = out.last_mut() {
                            last.tokens.end = i.min(end) as u32;
                        }
                    }
                    None => {
                        let covered = longest(doc, i).filter(|m| m.0.end >= t.tokens.end);
                        match covered {
                            Some((run, _, entity)) => {
                                push(doc, found, &mut out, run, i, entity, false);
                                i = run.end as usize;
                            }
                            None => i = (t.tokens.end as usize).max(i + 1),
                        }
                    }
                }
                continue;
            }
            match longest(doc, i)
                .filter(|m| !is_mere_adjective(doc, found, m.0) && !is_announcement(doc, found, i, m.0, m.1))
            {
                Some((run, _, entity)) => {
                    let (run, name, entity) =
                        part_of_body(doc, i, run).map_or((run, i, entity), |(run, body)| (run, i + 2, body));
                    let pronoun = is_pronoun(doc, i);
                    push(doc, found, &mut out, run, name, entity, pronoun);
                    i = (run.end as usize).max(i + 1);
                }
                None => {
                    // إعلان روسيا: the state stands in what is called a document.
                    if doc.cast.starting(i).is_empty()
                        && doc
                            .cast
                            .covering(i)
                            .and_then(|m| doc.entity(m.entity))
                            .is_some_and(|e| e.kind == EntityKind::Document)
                        && let Some(state) = named_state(doc, states, i)
                    {
                        push(doc, found, &mut out, Tokens::new(i, i + 1), i + 1, state, false);
                    }
                    // بلاده "his country" is the state of who was named before.
                    if is_own_country(doc.bare(i))
                        && let Some(state) = out
                            .iter()
                            .rev()
                            .filter_map(|p| doc.entity(p.entity))
                            .find_map(|e| e.country)
                            .and_then(|code| states.coded(code))
                    {
                        push(doc, found, &mut out, Tokens::new(i, i + 1), i + 1, state, false);
                    }
                    i += 1;
                }
            }
        }
        drop_dateline(doc, tokens, &mut out);
        lists(doc, &mut out);
        out
    }
}

/// The state that a token names.
fn named_state(doc: &Document, states: &States, i: usize) -> Option<EntityId> {
    let (_, e) = doc
        .word_entries(i)
        .find(|(_, e)| e.table == Table::Country && !matches!(e.feat.part(), Part::Nisba | Part::Metonym))?;
    states.coded(doc.row(e).get("iso3"))
}

fn is_own_country(word: &str) -> bool {
    matches!(word, "بلاده" | "بلادها" | "بلادهم" | "لبلاده" | "لبلادها" | "ببلاده" | "ببلادها")
}

/// Takes away what stands in the dateline: دبي، الإمارات العربية المتحدة (CNN) -- زار ولي العهد.
fn drop_dateline(doc: &Document, tokens: Tokens, out: &mut Vec<Phrase<'_>>) {
    let first = tokens.start as usize;
    let last = (first + 14).min(tokens.end as usize);
    let dash = |i: usize| {
        doc.kind(i) == Some(Kind::Mark) && matches!(doc.word(i).chars().next(), Some('-' | '–' | '—'))
    };
    let Some(end) = (first..last).find(|i| dash(*i) && *i > first && doc.is_mark(i - 1, ')')) else { return };
    let before = out.iter().take_while(|p| p.end() <= end).count();
    let all_places = out
        .iter()
        .take(before)
        .all(|p| p.kind == EntityKind::Place || p.start() > first && doc.is_mark(p.start() - 1, '('));
    if all_places {
        out.drain(..before);
    }
}

/// Whether a description is the adjective of the trigger before it: ضربة عسكرية "a military strike" is no soldier.
fn is_mere_adjective(doc: &Document, found: &[Found], tokens: Tokens) -> bool {
    let i = tokens.start as usize;
    // تمرد مسلح "an armed revolt", هجوم مشتبه به "a suspected attack".
    let noun = i > 0
        && matches!(doc.word(i), "مسلح" | "مسلحة" | "مشتبه")
        && doc.kind(i - 1) == Some(Kind::Word)
        && doc.cast.covering(i - 1).is_none_or(|m| m.tokens.end as usize > i)
        && doc.tokens.get(i - 1).is_some_and(|t| t.classes == Classes::default())
        && doc.verb(i - 1).is_none_or(|(_, f)| !f.is_finite());
    if noun {
        return true;
    }
    tokens.len() == 1
        && (doc.word(i).ends_with("ية") || doc.word(i).ends_with("يه"))
        && doc.name_at(i).is_none()
        && doc
            .cast
            .starting(i)
            .first()
            .and_then(|m| doc.mention(m))
            .is_some_and(|m| m.kind == MentionKind::Description)
        && i > 0
        && found.binary_search_by_key(&(i - 1), |f| f.at).is_ok()
}

/// Whether what is called a document is the masdar of what its author does: إعلان روسيا عن "Russia's announcement of". Who stands in it
/// is the participant.
fn is_announcement(doc: &Document, found: &[Found], i: usize, run: Tokens, kind: EntityKind) -> bool {
    let end = run.end as usize;
    kind == EntityKind::Document
        && (doc.word(end) == "عن" || doc.is(end, Classes::THAT) || doc.is(end, Classes::PREPOSITION))
        && found
            .binary_search_by_key(&i, |f| f.at)
            .is_ok_and(|f| found[f].feat.part() == Part::Masdar && !found[f].is_definite())
}

/// The longest mention that begins at a token.
fn longest(doc: &Document, i: usize) -> Option<(Tokens, EntityKind, EntityId)> {
    let m = doc.cast.starting(i).first()?;
    doc.entity(m.entity).map(|e| (m.tokens, e.kind, m.entity))
}

/// وحدات من الجيش "units of the army", عناصر من التنظيم "members of the organisation" are the body whose they are; the tokens of all.
fn part_of_body(doc: &Document, i: usize, run: Tokens) -> Option<(Tokens, EntityId)> {
    let part = matches!(doc.bare(i), "وحدات" | "وحدة" | "عناصر" | "افراد" | "قوات" | "قوة");
    if !part || run.end as usize != i + 1 || doc.word(i + 1) != "من" {
        return None;
    }
    let (body, kind, entity) = longest(doc, i + 2)?;
    (kind == EntityKind::Organization).then_some((Tokens { start: run.start, end: body.end }, entity))
}

fn is_pronoun(doc: &Document, i: usize) -> bool {
    doc.cast.starting(i).first().and_then(|m| doc.mention(m)).is_some_and(|m| m.kind == MentionKind::Pronoun)
}

/// Where the holder of a title is named right after it: the token of the name, and the token after it.
fn named_after(doc: &Document, title: &Titled, end: usize) -> Option<(usize, usize)> {
    let from = title.tokens.end as usize;
    for k in from..(from + 10).min(end) {
        // الفرنسي in وزير الخارجية الفرنسي، جان: the comma before an apposition is no end.
        if let Some(m) = doc.cast.starting(k).iter().find(|m| m.entity == title.person) {
            return Some((k, m.tokens.end as usize));
        }
        let passes = match doc.kind(k) {
            Some(Kind::Mark) => doc.is_mark(k, '،') || doc.is_mark(k, '#') || doc.is_mark(k, '-'),
            _ => {
                !doc.is(k, Classes::PREPOSITION.or(Classes::THAT).or(Classes::RELATIVE))
                    && doc.verb(k).is_none_or(|(_, f)| !f.is_finite() || doc.cast.covering(k).is_some())
            }
        };
        if !passes {
            return None;
        }
    }
    None
}

fn push<'d>(
    doc: &'d Document,
    found: &[Found],
    out: &mut Vec<Phrase<'d>>,
    tokens: Tokens,
    name: usize,
    entity: EntityId,
    pronoun: bool,
) {
    let Some(kind) = doc.entity(entity).map(|e| e.kind) else { return };
    let start = tokens.start as usize;
    if pronoun {
        out.push(Phrase { tokens, entity, kind, link: Link::Free, joined: false, pronoun });
        return;
    }
    // ورائها "behind it" holds a pronoun that takes no part of its own.
    if let [.., before, last] = out.as_slice()
        && last.pronoun
        && is_added(doc, before.end(), start)
    {
        out.pop();
    }
    let (attached, and) = letters_before(doc, start, name == start, entity);
    let between = out.last().map(|p| (p.end(), start));
    let adjacent = |doc: &Document| between.is_some_and(|(a, b)| is_bare_gap(doc, a, b));
    // The same participant twice in a row is an apposition: الوزير، سامي حداد.
    if let Some(last) = out.last_mut()
        && last.entity == entity
        && !and
        && attached.is_none()
        && start >= last.end()
        && start - last.end() <= 1
    {
        last.tokens.end = tokens.end;
        return;
    }
    // وزير خارجية البلد، سامر حداد، "the country's foreign minister, Samer Haddad,": a name between commas says who is meant.
    if let Some(last) = out.last_mut()
        && attached.is_none()
        && !and
        && kind == EntityKind::Person
        && last.kind == EntityKind::Person
        && start == last.end() + 1
        && doc.is_mark(last.end(), '،')
        && doc.is_mark(tokens.end as usize, '،')
        && doc.name_at(start).is_some()
        && !names_itself(doc, last)
    {
        *last = Phrase { tokens: Tokens { start: last.tokens.start, end: tokens.end }, entity, ..*last };
        return;
    }
    // Two participants with nothing between: the second is who is meant, the first what he is of (القائد اليمني سالم).
    if let Some(last) = out.last_mut()
        && attached.is_none()
        && !and
        && start == last.end()
        && kind == EntityKind::Person
        && last.kind != EntityKind::Person
        && !last.pronoun
        && last.start() > 0
        && doc.word_entries(last.start() - 1).any(|(_, e)| e.table == Table::Title)
    {
        *last =
            Phrase { tokens: Tokens { start: last.tokens.start, end: tokens.end }, entity, kind, ..*last };
        return;
    }
    let mut link = attached.unwrap_or_else(|| preposition_before(doc, found, start));
    let peer = |k: EntityKind| !matches!(k, EntityKind::Place | EntityKind::Document | EntityKind::Occasion);
    let headed = attached.is_none()
        && peer(kind)
        && out.last().is_some_and(|p| peer(p.kind) && !p.pronoun)
        && between.is_some_and(|(a, b)| is_headed_gap(doc, found, a, b));
    let joined =
        and && adjacent(doc) || !and && headed || out.last().is_some_and(|p| is_added(doc, p.end(), start));
    let added = out.last().is_some_and(|p| is_added(doc, p.end(), start));
    if joined
        && (link == Link::Free || added || headed)
        && let Some(last) = out.last()
    {
        link = last.link;
    }
    out.push(Phrase { tokens, entity, kind, link, joined, pronoun });
}

/// Whether a phrase holds a proper name of its participant.
fn names_itself(doc: &Document, p: &Phrase<'_>) -> bool {
    p.tokens
        .range()
        .flat_map(|i| doc.cast.starting(i))
        .any(|m| m.entity == p.entity && doc.mention(m).is_some_and(|x| x.kind == MentionKind::Name))
}

/// Whether what stands between two phrases adds the second to the first: الجماعة ومن ورائها الدولة "the group and behind it the state",
/// دول على رأسها تونس "states, first of them Tunisia", شركات مثل "companies such as".
fn is_added(doc: &Document, from: usize, to: usize) -> bool {
    let mut words = (from..to).filter(|i| doc.kind(*i) != Some(Kind::Mark)).map(|i| {
        let word = doc.word(i);
        if i == from { word.strip_prefix('و').unwrap_or(word) } else { word }
    });
    to > from
        && to - from <= 4
        && matches!(
            (words.next(), words.next(), words.next()),
            (Some("مثل"), None | Some("تنظيم" | "جماعة" | "حركة"), None)
                | (Some("من"), Some("ورائها" | "ورائه" | "ورائهم" | "خلفها" | "خلفهم"), None)
                | (Some("على"), Some("راسها" | "راسهم" | "راسه"), None)
                | (Some("بما"), Some("فيها" | "فيهم"), None)
        )
}

/// The prepositions attached to the first token, and whether و stands before them.
fn letters_before<'d>(
    doc: &'d Document,
    i: usize,
    named: bool,
    entity: EntityId,
) -> (Option<Link<'d>>, bool) {
    let start = if named {
        doc.cast
            .starting(i)
            .iter()
            .find(|m| m.entity == entity)
            .and_then(|m| doc.mention(m))
            .map(|m| m.span.start)
    } else {
        // Of a title the attached letters are those of its reading.
        // Of للرئيس "of the president" one letter stands before what is left of the article.
        let article = |r: &Reading| match (r.proclitics.any(Proclitics::AL), r.proclitics.any(Proclitics::LI))
        {
            (true, true) => 0,
            (true, false) => 2,
            (false, _) => 0,
        };
        doc.word_entries(i)
            .find(|(_, e)| matches!(e.table, Table::Title | Table::Noun | Table::Group))
            .map(|(r, _)| doc.cut(i, usize::from(r.cut).saturating_sub(article(r))))
    };
    let Some(token) = doc.tokens.get(i) else { return (None, false) };
    let before = start
        .and_then(|s| doc.report.text.get(token.span.start as usize..s.max(token.span.start) as usize))
        .unwrap_or("");
    let mut link = None;
    let mut and = i > 0 && doc.word(i - 1) == "و";
    for c in before.chars() {
        match c {
            'و' => and = true,
            'ب' => link = Some(Link::After("ب")),
            'ل' => link = Some(Link::After("ل")),
            'ك' => link = Some(Link::After("ك")),
            _ => {}
        }
    }
    (link, and)
}

/// The preposition that stands before the token, past quotation marks and كل من "each of".
fn preposition_before<'d>(doc: &'d Document, found: &[Found], start: usize) -> Link<'d> {
    let Some((_, sentence)) = doc.sentence(start) else { return Link::Free };
    let first = sentence.tokens.start as usize;
    let mut k = start;
    let mut nouns = 0;
    for _ in 0..5 {
        if k <= first {
            return Link::Free;
        }
        k -= 1;
        let word = doc.word(k);
        let opens = doc.kind(k) == Some(Kind::Mark) && ["\"", "«", "“", "#", "(", "_"].contains(&word);
        let each = matches!(word, "كل" | "كلا" | "كلتا" | "جميع" | "بعض")
            || doc.is(k, Classes::QUANTIFIER)
            || word == "من"
                && k > first
                && (doc.is(k - 1, Classes::QUANTIFIER) || is_counter(doc.word(k - 1)))
            || is_counter(word);
        if opens || each || word == "و" || in_bound(doc, k) {
            continue;
        }
        let stem = word.strip_prefix(['و', 'ف']).unwrap_or(word);
        let earlier = if k > first { doc.word(k - 1) } else { "" };
        let earlier_bare = earlier.strip_prefix(['و', 'ف']).unwrap_or(earlier);
        let named = matches!(
            (earlier_bare, stem),
            ("من", "قبل" | "جانب" | "طرف")
                | ("على", "يد" | "ايدي" | "يدي")
                | (_, "بواسطة" | "بيد" | "بايدي" | "ضد" | "بحق")
                | ("في", "حق")
        );
        // على حركة كذا "on the movement so-and-so": a noun that nobody knows stands between.
        if !named && nouns < 2 && is_plain_noun(doc, found, k) {
            if let Some(link) = letter_before(doc, k) {
                return link;
            }
            nouns += 1;
            continue;
        }
        return match (earlier_bare, stem) {
            ("من", "قبل" | "جانب" | "طرف")
            | ("على", "يد" | "ايدي" | "يدي")
            | (_, "بواسطة" | "بيد" | "بايدي") => Link::By,
            (_, "ضد" | "بحق" | "تجاه" | "حيال") | ("في", "حق") => Link::Against,
            // فتحت is "opened" before it is "so under".
            _ if found.binary_search_by_key(&k, |f| f.at).is_ok_and(|f| found[f].is_finite()) => Link::Free,
            _ if doc.is(k, Classes::PREPOSITION) && !doc.is(k, Classes::THAT) => {
                Link::After(if word == stem || doc.word(k).len() <= 4 { word } else { stem })
            }
            (_, "بكل" | "لكل") => Link::After(if stem == "بكل" { "ب" } else { "ل" }),
            _ => Link::Free,
        };
    }
    Link::Free
}

/// Words that count: العديد من "many of".
fn is_counter(word: &str) -> bool {
    let stem = word.strip_prefix('ل').unwrap_or(word);
    matches!(
        stem,
        "العديد"
            | "عدد"
            | "الكثير"
            | "كل"
            | "كلا"
            | "كلتا"
            | "اي"
            | "مجموعة"
            | "جانب"
            | "احد"
            | "احدى"
    )
}

/// Whether a word may be the head of a noun phrase whose genitive is the participant: no verb, no trigger, no function word.
fn is_plain_noun(doc: &Document, found: &[Found], i: usize) -> bool {
    doc.kind(i) == Some(Kind::Word)
        && !doc.word(i).starts_with("ال")
        && doc.tokens.get(i).is_some_and(|t| t.classes == Classes::default())
        && doc.cast.covering(i).is_none()
        && doc.time_at(i).is_none()
        && doc.word_entries(i).all(|(_, e)| e.table != Table::Verb || !e.feat.is_finite())
        && found.binary_search_by_key(&i, |f| f.at).is_err()
}

/// Whether a word heads the name of a body: تنظيم "أحرار ..." "the organisation …", which is spelled like "the arranging of".
pub(super) fn heads_body(doc: &Document, i: usize) -> bool {
    let quoted = doc.is_mark(i + 1, '"') || doc.is_mark(i + 1, '«');
    let name = i + 1 + usize::from(quoted);
    doc.word_entries(i).any(|(r, e)| e.table == Table::Group && !r.proclitics.any(Proclitics::AL))
        && doc
            .cast
            .starting(name)
            .first()
            .and_then(|m| doc.entity(m.entity))
            .is_some_and(|e| e.kind == EntityKind::Organization)
}

/// The preposition attached to a noun, where the lexicon or the letters tell.
fn letter_before<'d>(doc: &'d Document, i: usize) -> Option<Link<'d>> {
    let word = doc.word(i);
    let stem = word.strip_prefix('و').unwrap_or(word);
    let known = doc.word_entries(i).next().map(|(r, _)| r.proclitics);
    let of = |letter: u8, front: char| match known {
        Some(p) => p.any(letter),
        None => stem.starts_with(front) && stem.chars().count() > 4,
    };
    if of(4, 'ب') {
        return Some(Link::After("ب"));
    }
    of(8, 'ل').then_some(Link::After("ل"))
}

/// Whether only adjectives and quotation marks stand between two phrases.
fn is_bare_gap(doc: &Document, from: usize, to: usize) -> bool {
    to >= from
        && to - from <= 4
        && (from..to).all(|k| match doc.kind(k) {
            Some(Kind::Mark) => ["\"", "»", "«", "”", "“", ")", "(", "،", "_", "#"].contains(&doc.word(k)),
            Some(Kind::Word) => doc.word(k) == "و" || doc.word(k) == "كذلك" || is_adjective(doc, k),
            _ => false,
        })
}

/// Whether a noun that nobody knows is joined to the phrase before and has the next as its genitive: الأعيان ومشايخ القبائل "the notables
/// and the sheikhs of the tribes".
fn is_headed_gap(doc: &Document, found: &[Found], from: usize, to: usize) -> bool {
    let Some(head) = to.checked_sub(1).filter(|h| *h >= from && *h <= from + 2) else { return false };
    let Some(stem) = doc.word(head).strip_prefix('و') else { return false };
    stem.chars().count() > 2
        && !stem.starts_with("ال")
        && !stem.starts_with("لل")
        && (from..head).all(|k| is_adjective(doc, k))
        && is_plain_noun(doc, found, head)
        && letter_before(doc, head).is_none()
        && doc.word_entries(head).all(|(r, e)| r.proclitics.any(Proclitics::AND) && e.table != Table::Verb)
}

/// Whether a word that no mention covers may be an adjective of the noun before it: with the article or of a nation.
pub(super) fn is_adjective(doc: &Document, i: usize) -> bool {
    let nisba = doc.word_entries(i).any(|(_, e)| e.table == Table::Country && e.feat.part() == Part::Nisba);
    nisba || doc.word(i).starts_with("ال") && doc.cast.starting(i).is_empty()
}

/// In a list all but the last are joined by commas: سوريا، العراق واليمن "Syria, Iraq and Yemen".
fn lists(doc: &Document, out: &mut [Phrase<'_>]) {
    for k in (2..out.len()).rev() {
        let [first, before, this] = [out[k - 2], out[k - 1], out[k]];
        let comma = before.start() > 0
            && first.end() + 1 == before.start()
            && doc.is_mark(before.start() - 1, '،')
            && first.kind == before.kind
            && first.entity != before.entity;
        if this.joined && !before.joined && before.link == Link::Free && comma {
            out[k - 1].joined = true;
            out[k - 1].link = first.link;
            // What was joined to the second takes the preposition of the first.
            for later in out.iter_mut().skip(k).take_while(|p| p.joined) {
                later.link = first.link;
            }
        }
    }
}
