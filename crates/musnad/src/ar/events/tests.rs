//! Sentences about invented people and bodies, with the names given, so that only this stage is tested.

use crate::document::{Because, Cast, Document, Entity, EntityId, EntityKind, Mention, MentionKind, Status};
use crate::span::Span;

/// A document of one line of body text with the given entities; each name is a mention wherever it stands.
fn document(text: &str, entities: &[(&str, EntityKind)]) -> Document {
    let mut doc = crate::read_until(crate::Report { text: text.to_owned(), ..Default::default() }, 2);
    let mut cast = Cast::default();
    for (name, kind) in entities {
        let mentions: Vec<Mention> = text
            .match_indices(name)
            .map(|(at, part)| {
                let span = Span::new(at as u32, (at + part.len()) as u32);
                Mention {
                    span,
                    tokens: doc.tokens_of(span),
                    kind: if *kind == EntityKind::Group {
                        MentionKind::Description
                    } else {
                        MentionKind::Name
                    },
                    because: Because::rule("test"),
                }
            })
            .collect();
        assert!(!mentions.is_empty(), "{name} does not stand in {text}");
        cast.entities.push(Entity {
            kind: *kind,
            mentions,
            name: (*name).to_owned(),
            name_en: String::new(),
            country: None,
            sector: None,
            link: None,
            number: musnad_lexicon::Number::Singular,
            feminine: None,
        });
    }
    doc.cast = cast.indexed(doc.tokens.len());
    doc
}

/// One line for each event: `TYPE/mode trigger: actors > recipients status`.
fn events(text: &str, entities: &[(&str, EntityKind)]) -> Vec<String> {
    let doc = document(text, entities);
    let names = |ids: &[EntityId]| -> String {
        ids.iter().filter_map(|e| doc.entity(*e)).map(|e| e.name.as_str()).collect::<Vec<_>>().join("+")
    };
    super::events(&doc, &mut Vec::new())
        .iter()
        .map(|e| {
            let status = match e.status {
                Status::Happened => "happened",
                Status::Ongoing => "ongoing",
                Status::Planned => "planned",
                Status::CalledFor => "called_for",
                Status::Possible => "possible",
                Status::Denied => "denied",
            };
            format!(
                "{}/{} {}: {} > {} {status}",
                e.kind,
                e.mode.unwrap_or(""),
                doc.text(e.trigger),
                names(&e.actors),
                names(&e.recipients)
            )
        })
        .collect()
}

fn check(text: &str, entities: &[(&str, EntityKind)], expected: &[&str]) {
    assert_eq!(events(text, entities), expected, "{text}");
}

const A: (&str, EntityKind) = ("كتيبة النسر", EntityKind::Organization); // the Eagle Brigade
const B: (&str, EntityKind) = ("حركة الفجر", EntityKind::Organization); // the Dawn Movement
const S: (&str, EntityKind) = ("سالم الحداد", EntityKind::Person); // Salim al-Haddad
const N: (&str, EntityKind) = ("نادر القاضي", EntityKind::Person); // Nadir al-Qadi
const C: (&str, EntityKind) = ("مدنيين", EntityKind::Group); // civilians

#[test]
fn the_verb_may_stand_first_or_second() {
    // "The brigade arrested Salim."
    check(
        "اعتقلت كتيبة النسر سالم الحداد.",
        &[A, S],
        &["COERCE/arrest اعتقلت: كتيبة النسر > سالم الحداد happened"],
    );
    check(
        "كتيبة النسر اعتقلت سالم الحداد.",
        &[A, S],
        &["COERCE/arrest اعتقلت: كتيبة النسر > سالم الحداد happened"],
    );
}

#[test]
fn both_sides_of_a_meeting_are_actors() {
    // "Salim met Nadir", "talks between Salim and Nadir".
    check(
        "التقى سالم الحداد نادر القاضي.",
        &[S, N],
        &["CONSULT/ التقى: سالم الحداد+نادر القاضي >  happened"],
    );
    check(
        "انتهت محادثات بين سالم الحداد ونادر القاضي.",
        &[S, N],
        &["CONSULT/ محادثات: سالم الحداد+نادر القاضي >  happened"],
    );
}

#[test]
fn a_light_verb_lends_its_subject_to_its_noun() {
    // "The brigade launched an attack on the movement", and with the object first told in a relative clause.
    check(
        "شنت كتيبة النسر هجوما على حركة الفجر.",
        &[A, B],
        &["ASSAULT/ هجوما: كتيبة النسر > حركة الفجر happened"],
    );
    check(
        "الهجوم الذي شنته كتيبة النسر على حركة الفجر.",
        &[A, B],
        &["ASSAULT/ الهجوم: كتيبة النسر > حركة الفجر happened"],
    );
    check("تعرضت حركة الفجر لهجوم.", &[B], &["ASSAULT/ هجوم:  > حركة الفجر happened"]);
}

#[test]
fn the_genitive_of_a_masdar_is_its_object_or_its_doer() {
    // "the arrest of Salim", "the withdrawal of the brigade", "the movement's accusation of the brigade".
    check("بعد اعتقال سالم الحداد أمس.", &[S], &["COERCE/arrest اعتقال:  > سالم الحداد happened"]);
    check("بعد انسحاب كتيبة النسر أمس.", &[A], &["RETREAT/withdraw انسحاب: كتيبة النسر >  happened"]);
    check(
        "بعد اتهام حركة الفجر لكتيبة النسر.",
        &[A, B],
        &["ACCUSE/allege اتهام: حركة الفجر > كتيبة النسر happened"],
    );
}

#[test]
fn a_victim_after_a_verb_of_killing_is_no_killer() {
    check("قتل مدنيين في القرية.", &[C], &["ASSAULT/ قتل:  > مدنيين happened"]);
}

#[test]
fn tense_negation_and_governing_words_give_the_status() {
    // "will visit", "did not arrest", "intends to attack", "demanded … to withdraw".
    check(
        "ستعتقل كتيبة النسر سالم الحداد.",
        &[A, S],
        &["COERCE/arrest تعتقل: كتيبة النسر > سالم الحداد planned"],
    );
    check(
        "لم تعتقل كتيبة النسر سالم الحداد.",
        &[A, S],
        &["COERCE/arrest تعتقل: كتيبة النسر > سالم الحداد denied"],
    );
    check("تعتزم كتيبة النسر الانسحاب.", &[A], &["RETREAT/withdraw الانسحاب: كتيبة النسر >  planned"]);
    check(
        "طالب سالم الحداد كتيبة النسر بالانسحاب.",
        &[A, S],
        &[
            "REQUEST/yield طالب: سالم الحداد > كتيبة النسر happened",
            "RETREAT/withdraw الانسحاب: كتيبة النسر >  called_for",
        ],
    );
}

#[test]
fn later_mentions_join_the_first() {
    // "The brigade launched an attack on the movement. The attack lasted two hours."
    let text = "شنت كتيبة النسر هجوما على حركة الفجر. واستمر الهجوم ساعتين.";
    let doc = document(text, &[A, B]);
    let events = super::events(&doc, &mut Vec::new());
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].mentions.iter().map(|m| doc.text(*m)).collect::<Vec<_>>(), ["الهجوم"]);
}

#[test]
fn function_words_and_names_are_no_triggers() {
    // هناك "there" could be read "he congratulated you"; the minister of defence defends nothing.
    check("قال سالم الحداد إن هناك حلا.", &[S], &[]);
    check("استقبل الناس كتيبة النسر.", &[("كتيبة النسر", EntityKind::Organization)], &[]);
}

#[test]
fn nobody_no_event() {
    assert!(events("وقع هجوم أمس.", &[]).is_empty());
}

#[test]
fn a_report_on_a_match_has_no_assaults() {
    let text = "هاجم سالم الحداد مرمى المنتخب في مباراة البطولة، وقال مدرب المنتخب إن اللاعب سجل هدفا.";
    assert!(events(text, &[S]).is_empty());
}

#[test]
fn a_doer_after_min_backs_whoever_acts() {
    // "The movement attacked the town with backing from the brigade."
    check(
        "هاجمت حركة الفجر القرية بدعم من كتيبة النسر.",
        &[A, B],
        &["ASSAULT/ هاجمت: حركة الفجر >  happened", "AID/ دعم: كتيبة النسر > حركة الفجر happened"],
    );
}

#[test]
fn an_antecedent_that_is_no_participant_does_it() {
    // "The floods that threaten the brigade" threaten nobody as somebody.
    check("قال سالم الحداد إن الأخطار التي تهدد كتيبة النسر كثيرة.", &[S, A], &[]);
}

#[test]
fn whoever_is_joined_shares_the_doer() {
    // "Salim ordered the killing and capture of …": one genitive for two nouns.
    check(
        "تمكنت كتيبة النسر من قتل وأسر مدنيين.",
        &[A, C],
        &["ASSAULT/ قتل: كتيبة النسر > مدنيين happened", "COERCE/arrest أسر: كتيبة النسر > مدنيين happened"],
    );
}

#[test]
fn a_verb_spelled_like_and_with_a_preposition_is_a_verb() {
    // فتحت "opened" could be read "so under".
    check(
        "فتحت كتيبة النسر تحقيقا مع سالم الحداد.",
        &[A, S],
        &["ACCUSE/investigate تحقيقا: كتيبة النسر > سالم الحداد ongoing"],
    );
}

#[test]
fn a_present_tense_after_a_word_says_something_of_it() {
    // "The brigade stopped a statement of the movement that calls …": not the brigade calls.
    let found = events("منعت كتيبة النسر نشر بيان لحركة الفجر يدعو إلى هدنة.", &[A, B]);
    assert!(found.iter().all(|e| !e.starts_with("REQUEST") || !e.contains("كتيبة النسر >")), "{found:?}");
}
