//! What words do around speech, by `speech_words.tsv`.

use crate::document::Document;
use musnad_lexicon::{Table, arabic, fold};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Classes of a word, as bits.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Does(u64);

impl Does {
    /// Stands before what speech comes before or after: عقب "after".
    pub const AROUND: Does = Does(1 << 0);
    /// Behind a comma ends a noun phrase as content: مما "which".
    pub const AUTHOR_GOES_ON: Does = Does(1 << 1);
    /// Before عهد "era, heir", which is no pledge then: ولي.
    pub const BEFORE_AGE: Does = Does(1 << 2);
    /// With أن behind it no content begins: قبل أن "before".
    pub const BEFORE_THAT: Does = Does(1 << 3);
    /// Whom one calls on as a rule: المجتمع الدولي "the international community".
    pub const CALLED_ON: Does = Does(1 << 4);
    /// Begins a sentence that tells an occasion: جاء "came".
    pub const CAME: Does = Does(1 << 5);
    /// Reports others' words only with a colon: نشر "published".
    pub const CARRIES: Does = Does(1 << 6);
    /// Carries an utterance on: أضاف "added".
    pub const CONTINUES: Does = Does(1 << 7);
    /// Something done, not said, with a preposition: اتفق "agreed".
    pub const DONE: Does = Does(1 << 8);
    /// As a present without a subject nobody vouches for it: يذكر أن "it is recalled that".
    pub const IMPERSONAL: Does = Does(1 << 9);
    /// Stands before the occasion of speech: خلال "during".
    pub const IN: Does = Does(1 << 10);
    /// Stands between it and the issuer: صادر عن "issued by".
    pub const ISSUED: Does = Does(1 << 11);
    /// Goes with a noun of saying: وجه انتقادات "levelled criticism".
    pub const LIGHT: Does = Does(1 << 12);
    /// With the adjective behind it tells how: بشكل "in a way".
    pub const MANNER: Does = Does(1 << 13);
    /// Head of a medium's name: وكالة "agency".
    pub const MEDIUM: Does = Does(1 << 14);
    /// Of these, of nobody known before: تقرير "a report".
    pub const OF_ANYBODY: Does = Does(1 << 15);
    /// Of these, radio and television.
    pub const ON_AIR: Does = Does(1 << 16);
    /// Opens a clause of the author's in which somebody speaks: حيث "where".
    pub const OPENS_CLAUSE: Does = Does(1 << 17);
    /// Begins the author's remark behind a comma.
    pub const REMARK: Does = Does(1 << 18);
    /// Follows it.
    pub const REMARK_OF: Does = Does(1 << 19);
    /// Stands for the noun before a relative clause: فيه "in which".
    pub const RESUMES: Does = Does(1 << 20);
    /// His saying: قوله.
    pub const SAYING: Does = Does(1 << 21);
    /// The saying of: قول.
    pub const SAYING_OF: Does = Does(1 << 22);
    /// What a source does not do: دون أن يقدم "without giving".
    pub const TELLS_MORE: Does = Does(1 << 23);
    /// A subject that is nobody: هذا "this".
    pub const THING: Does = Does(1 << 24);
    /// As a participle with a noun alone means something else: شهد "witnessed".
    pub const VAGUE: Does = Does(1 << 25);
    /// Follows it: ذلك "that".
    pub const WHAT_CAME: Does = Does(1 << 26);
    /// Tells when although it looks like a complement: للمرة "for the time".
    pub const WHEN: Does = Does(1 << 27);
    /// A statement that speaks for whoever issued it: البيان "the statement".
    pub const WRITTEN: Does = Does(1 << 28);
    /// Adopted by a body, and so claimed by nobody: تبنى قرارا "adopted a resolution".
    pub const ADOPTED: Does = Does(1 << 29);
    /// Made a remark: أدلى.
    pub const MADE: Does = Does(1 << 30);
    /// Praises with a noun, explains with a clause: نوه بأن "pointed out that".
    pub const EXPLAINS_CLAUSE: Does = Does(1 << 31);

    /// Says who issued a statement: أصدره المكتب "which the office issued"; with عن for صادر.
    pub const ISSUES_IT: Does = Does(1 << 32);
    /// A medium's own reporter: مراسل.
    pub const CORRESPONDENT: Does = Does(1 << 33);
    /// A document in which somebody tells something: تقرير "report", not خطة "plan".
    pub const REPORTS: Does = Does(1 << 34);

    /// The class of a name in the table; `None` when the grammar knows none of that name.
    #[must_use]
    pub fn named(class: &str) -> Option<Does> {
        Some(match class {
            "around" => Does::AROUND,
            "author-goes-on" => Does::AUTHOR_GOES_ON,
            "before-age" => Does::BEFORE_AGE,
            "before-that" => Does::BEFORE_THAT,
            "called-on" => Does::CALLED_ON,
            "came" => Does::CAME,
            "carries" => Does::CARRIES,
            "continues" => Does::CONTINUES,
            "done" => Does::DONE,
            "impersonal" => Does::IMPERSONAL,
            "in" => Does::IN,
            "issued" => Does::ISSUED,
            "light" => Does::LIGHT,
            "manner" => Does::MANNER,
            "medium" => Does::MEDIUM,
            "of-anybody" => Does::OF_ANYBODY,
            "on-air" => Does::ON_AIR,
            "opens-clause" => Does::OPENS_CLAUSE,
            "remark" => Does::REMARK,
            "remark-of" => Does::REMARK_OF,
            "resumes" => Does::RESUMES,
            "saying" => Does::SAYING,
            "saying-of" => Does::SAYING_OF,
            "tells-more" => Does::TELLS_MORE,
            "thing" => Does::THING,
            "vague" => Does::VAGUE,
            "what-came" => Does::WHAT_CAME,
            "when" => Does::WHEN,
            "written" => Does::WRITTEN,
            "made" => Does::MADE,
            "adopted" => Does::ADOPTED,
            "correspondent" => Does::CORRESPONDENT,
            "reports" => Does::REPORTS,
            "issues-it" => Does::ISSUES_IT,
            "explains-clause" => Does::EXPLAINS_CLAUSE,
            _ => return None,
        })
    }

    /// Whether a word in its folded spelling is of a class.
    #[must_use]
    pub fn is(self, word: &str) -> bool {
        words().get(word).is_some_and(|d| d.0 & self.0 != 0)
    }

    /// Whether the token at `i` is of a class as it stands.
    #[must_use]
    pub fn at(self, doc: &Document, i: usize) -> bool {
        self.is(doc.word(i))
    }

    /// Whether the token at `i` is of a class without و or ف before it.
    #[must_use]
    pub fn bare(self, doc: &Document, i: usize) -> bool {
        self.is(doc.bare(i))
    }

    /// Whether a lemma is of a class, in the spelling of the tables.
    #[must_use]
    pub fn lemma(self, lemma: &str) -> bool {
        self.is(lemma)
    }
}

/// The words by their folded spelling and, for lemmas, by their own.
fn words() -> &'static HashMap<String, Does> {
    static WORDS: OnceLock<HashMap<String, Does>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out: HashMap<String, Does> = HashMap::new();
        for (_, row) in arabic().rows(Table::SpeechWord) {
            let does =
                row.list("class").filter_map(Does::named).fold(Does::default(), |a, b| Does(a.0 | b.0));
            let (folded, own) = (fold(row.get("word")), row.get("word").to_owned());
            let same = folded == own;
            let all = out.entry(folded).or_default();
            *all = Does(all.0 | does.0);
            if !same {
                let all = out.entry(own).or_default();
                *all = Does(all.0 | does.0);
            }
        }
        out
    })
}
