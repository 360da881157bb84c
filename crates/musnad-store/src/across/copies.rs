//! Copies: reports that carry one text, the agency's and those of the outlets that took it over.
//!
//! **Keys.** A text is cut into shingles of [`LONG`] stems, and those whose hash is divisible by [`ONE_IN`] are its sketch. This is Broder's
//! MinHash in its "mod m" form (On the resemblance and containment of documents, 1997). The other form, a fixed number of smallest values
//! in bands, as the crate `gaoya` has it, tells resemblance only: a brief of 80 words that stands whole in a report of 800 resembles it by a tenth
//! and is not found. The mod form tells containment too, needs no parameters but one, and a report's keys never depend on another report.
//! Reports with enough keys in common ([`suffices`]) that are at most [`DAYS`] days apart are compared.
//!
//! **Edges.** They are compared by all shingles of [`SHORT`] stems ([`likeness`]): the shorter one must stand for the larger part in the
//! longer one, and each one's beginning in the other ([`Likeness::is_copy`]). The beginnings tell a copy from a report that only repeats another's background:
//! who follows a story up keeps the last paragraphs and writes new first ones.
//!
//! **Groups.** Whatever hangs together ([`group`]).

use super::groups::groups;
use super::words::{each_term, hash_all, in_both};
use std::collections::{BTreeMap, BTreeSet};

/// Stems to a shingle of the sketch. Three are found by chance in too many reports (a president with his title), five break with every edit.
pub const LONG: usize = 4;
/// Stems to a shingle of the comparison: outlets change a word in five when they edit an agency's text, and pairs survive that.
pub const SHORT: usize = 2;
/// One shingle in so many is a key: about one key to eight words of text.
pub const ONE_IN: u64 = 8;
/// Keys that two reports must share to be compared: one alone is shared by chance (a formula, a title with a name).
pub const SHARED_KEYS: usize = 2;
/// Keys of a report that is so short that one shared key is enough: about its hundred words.
pub const FEW_KEYS: usize = 12;
/// Days between copies at most. Papers print on the next morning, sites repost within the week; later the same words are background.
pub const DAYS: i32 = 5;
/// Fewer words are no text that could be compared: a headline, a caption.
pub const FEWEST_WORDS: usize = 20;
/// The beginning of the shorter report: a third of it, at least so many words, about its first two sentences.
pub const LEAD_WORDS: usize = 25;
/// How much of the shorter report must stand in the longer. On the tuned pairs copies come down to 0.51, and reports that only share their background go
/// up to 0.78: this alone does not decide.
pub const CONTAINED: f32 = 0.5;
/// How much of the shorter report's beginning must stand in the longer, where [`CONTAINED`] holds.
pub const LEAD: f32 = 0.55;
/// How much of the longer report's beginning must stand in the shorter: a follow-up begins with what is new, and has 0.28 at most.
pub const OTHER_LEAD: f32 = 0.4;
/// A brief within a round-up of several agencies' texts, which begins with something else, must stand there almost whole.
pub const WHOLE: f32 = 0.8;
/// And so must its beginning.
pub const WHOLE_LEAD: f32 = 0.9;

/// The keys of a report's body (without its headline, which every outlet writes anew), sorted, each once.
#[must_use]
pub fn keys(body: &str) -> Vec<u64> {
    let stems = stems(body);
    if stems.len() < FEWEST_WORDS {
        return Vec::new();
    }
    let mut out: Vec<u64> = stems.windows(LONG).map(hash_all).filter(|h| h.is_multiple_of(ONE_IN)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether two reports with so many keys share enough of them to be compared: two, or one where one of them is a brief.
#[must_use]
pub fn suffices(shared: usize, keys_a: usize, keys_b: usize) -> bool {
    shared >= SHARED_KEYS || shared > 0 && keys_a.min(keys_b) <= FEW_KEYS
}

/// The hashed stems of a text in its order.
fn stems(body: &str) -> Vec<u64> {
    let mut out = Vec::new();
    each_term(body, |t| out.push(t.stem));
    out
}

/// A report's body as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shingles {
    /// All shingles, sorted, each once.
    all: Vec<u64>,
    /// All shingles in the order of the text.
    ordered: Vec<u64>,
    /// How many words the body has.
    words: usize,
}

/// Cuts a report's body into shingles.
#[must_use]
pub fn shingles(body: &str) -> Shingles {
    let stems = stems(body);
    let ordered: Vec<u64> = stems.windows(SHORT).map(hash_all).collect();
    Shingles { all: sorted(&ordered), ordered, words: stems.len() }
}

fn sorted(shingles: &[u64]) -> Vec<u64> {
    let mut out = shingles.to_vec();
    out.sort_unstable();
    out.dedup();
    out
}

/// How alike two bodies are; all parts from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Shingles in both by shingles in either (Jaccard).
    pub resemblance: f32,
    /// How much of the shorter stands in the longer.
    pub containment: f32,
    /// How much of the shorter one's beginning stands in the longer.
    pub lead: f32,
    /// How much of the longer one's beginning, as long as that, stands in the shorter.
    pub other_lead: f32,
}

/// Compares two bodies; symmetric.
#[must_use]
pub fn likeness(a: &Shingles, b: &Shingles) -> Likeness {
    let (short, long) = if (a.all.len(), &a.ordered) <= (b.all.len(), &b.ordered) { (a, b) } else { (b, a) };
    if short.words < FEWEST_WORDS {
        return Likeness { resemblance: 0.0, containment: 0.0, lead: 0.0, other_lead: 0.0 };
    }
    let shared = in_both(&short.all, &long.all);
    let part = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f32 / of as f32 };
    let words = LEAD_WORDS.max(short.words / 3);
    let lead = |of: &Shingles, within: &Shingles| {
        let first = sorted(&of.ordered[..of.ordered.len().min(words)]);
        part(in_both(&first, &within.all), first.len())
    };
    Likeness {
        resemblance: part(shared, short.all.len() + long.all.len() - shared),
        containment: part(shared, short.all.len()),
        lead: lead(short, long),
        other_lead: lead(long, short),
    }
}

impl Likeness {
    /// Whether one text was made from the other, or both from a third.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        self.containment >= CONTAINED && self.lead >= LEAD && self.other_lead >= OTHER_LEAD
            || self.containment >= WHOLE && self.lead >= WHOLE_LEAD
    }
}

/// Which texts have which keys, and which texts carry one another.
pub(crate) struct Texts<'k, L> {
    /// Key and report.
    index: Vec<(u32, u32)>,
    /// The keys and the day of each report.
    keys: &'k [(Vec<u32>, Option<i32>)],
    load: L,
    /// The shingles of texts that were met lately.
    met: BTreeMap<u32, Shingles>,
    done: BTreeSet<u32>,
}

/// How many texts are kept cut into shingles: those of some days.
const MET: usize = 2_000;

/// Reports that hang together as copies, sorted, and which of them are, how much.
pub(crate) struct Carrying {
    pub reports: Vec<u32>,
    pub edges: Vec<(u32, u32, Likeness)>,
}

impl<'k, E, L: FnMut(u32) -> Result<Shingles, E>> Texts<'k, L> {
    /// `keys` are those of all reports, `load` cuts the body of one into shingles.
    pub(crate) fn new(keys: &'k [(Vec<u32>, Option<i32>)], load: L) -> Texts<'k, L> {
        let of = |(i, (keys, _)): (usize, &'k (Vec<u32>, _))| keys.iter().map(move |k| (*k, i as u32));
        let mut index: Vec<(u32, u32)> = keys.iter().enumerate().flat_map(of).collect();
        index.sort_unstable();
        Texts { index, keys, load, met: BTreeMap::new(), done: BTreeSet::new() }
    }

    /// The reports that share enough keys with a text of these keys and this day to be compared with it.
    fn candidates(&self, keys: &[u32], day: Option<i32>) -> Vec<u32> {
        let mut met: Vec<u32> = Vec::new();
        for key in keys {
            let first = self.index.partition_point(|k| k.0 < *key);
            met.extend(self.index[first..].iter().take_while(|k| k.0 == *key).map(|k| k.1));
        }
        met.sort_unstable();
        let near = |other: u32| -> bool {
            let (_, of) = &self.keys[other as usize];
            day.zip(*of).is_none_or(|(a, b)| a.abs_diff(b) <= DAYS.unsigned_abs())
        };
        let enough = |same: &[u32]| suffices(same.len(), keys.len(), self.keys[same[0] as usize].0.len());
        met.chunk_by(|a, b| a == b).filter(|s| enough(s)).map(|s| s[0]).filter(|o| near(*o)).collect()
    }

    fn meet(&mut self, report: u32) -> Result<(), E> {
        if !self.met.contains_key(&report) {
            let shingles = (self.load)(report)?;
            self.met.insert(report, shingles);
        }
        Ok(())
    }

    /// The copies of a text that need not be there itself.
    pub(crate) fn neighbours(
        &mut self,
        keys: &[u32],
        day: Option<i32>,
        text: &Shingles,
    ) -> Result<Vec<u32>, E> {
        let mut out = Vec::new();
        for other in self.candidates(keys, day) {
            self.meet(other)?;
            out.extend(self.met.get(&other).filter(|s| likeness(text, s).is_copy()).map(|_| other));
        }
        Ok(out)
    }

    /// What hangs together with a report; `None` where that was given before.
    pub(crate) fn component(&mut self, start: u32) -> Result<Option<Carrying>, E> {
        if self.done.contains(&start) {
            return Ok(None);
        }
        if self.met.len() > MET {
            self.met.clear();
        }
        let all = self.keys;
        let mut reports = BTreeSet::from([start]);
        let mut edges = Vec::new();
        let mut waiting = vec![start];
        while let Some(one) = waiting.pop() {
            self.done.insert(one);
            let (keys, day) = &all[one as usize];
            for other in self.candidates(keys, *day) {
                if self.done.contains(&other) {
                    continue;
                }
                self.meet(one)?;
                self.meet(other)?;
                let (Some(a), Some(b)) = (self.met.get(&one), self.met.get(&other)) else { continue };
                let like = likeness(a, b);
                if like.is_copy() {
                    edges.push((one, other, like));
                    if reports.insert(other) {
                        waiting.push(other);
                    }
                }
            }
        }
        Ok(Some(Carrying { reports: reports.into_iter().collect(), edges }))
    }
}

/// A report as its copies are told about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carrier {
    /// The report.
    pub report: i64,
    /// The day of publication, in days of any calendar that counts them one by one.
    pub day: Option<i32>,
    /// What names it for good: its address, else its id. Decides who is named first among reports of one day.
    pub name: String,
    /// Who published it, as an entity's key, else its name.
    pub outlet: Option<String>,
    /// The agencies that it names as those through whom its words came, as keys of entities.
    pub agencies: Vec<String>,
}

/// Reports that carry one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    /// The reports, the earliest first; of one day those of the agency itself, then by name.
    pub reports: Vec<i64>,
    /// The agency whose text it is: the outlet of one of the reports that others name, else the one that most of the reports name.
    pub agency: Option<String>,
    /// How many reports share the day of the earliest: publication is known by the day only.
    pub first_day: usize,
}

/// The groups of two or more.
#[must_use]
pub fn group(carriers: &[Carrier], edges: &[(i64, i64)]) -> Vec<Copies> {
    let ids: Vec<i64> = carriers.iter().map(|c| c.report).collect();
    let mut by_id: Vec<&Carrier> = carriers.iter().collect();
    by_id.sort_by_key(|c| c.report);
    let find = |id: i64| by_id.binary_search_by_key(&id, |c| c.report).ok().map(|i| by_id[i]);
    let mut out: Vec<Copies> = groups(&ids, edges)
        .into_iter()
        .filter(|g| g.len() > 1)
        .map(|g| {
            let members: Vec<&Carrier> = g.iter().filter_map(|id| find(*id)).collect();
            one_group(members)
        })
        .collect();
    out.sort_by(|a, b| a.reports.cmp(&b.reports));
    out
}

fn one_group(mut members: Vec<&Carrier>) -> Copies {
    let mut named: Vec<(usize, &String)> = Vec::new();
    let mut all: Vec<&String> = members.iter().flat_map(|c| &c.agencies).collect();
    all.sort();
    for same in all.chunk_by(|a, b| a == b) {
        named.push((same.len(), same[0]));
    }
    let own = |agency: &String| members.iter().any(|c| c.outlet.as_ref() == Some(agency));
    // An agency among the outlets before others, then who is named most, then by name.
    named.sort_by(|a, b| own(b.1).cmp(&own(a.1)).then(b.0.cmp(&a.0)).then(a.1.cmp(b.1)));
    let agency = named.first().map(|(_, agency)| (*agency).clone());
    let foreign = |c: &Carrier| c.outlet != agency || agency.is_none();
    members.sort_by(|a, b| {
        let day = |c: &Carrier| (c.day.is_none(), c.day);
        day(a)
            .cmp(&day(b))
            .then(foreign(a).cmp(&foreign(b)))
            .then(a.name.cmp(&b.name))
            .then(a.report.cmp(&b.report))
    });
    let first_day = members.iter().take_while(|c| c.day == members[0].day).count();
    Copies { reports: members.iter().map(|c| c.report).collect(), agency, first_day }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An agency's text about an invented bridge; the sentences are our own.
    const AGENCY: [&str; 6] = [
        "أعلنت وزارة الأشغال في جمهورية تالورا اليوم افتتاح جسر الميناء الجديد بعد عامين من العمل المتواصل.", // the ministry opened the bridge
        "وقالت الوزيرة سهى المرجان خلال الحفل إن الجسر سيختصر الطريق بين ضفتي النهر إلى عشر دقائق.", // it shortens the way
        "وبلغت كلفة المشروع أربعين مليون دينار دفعت الحكومة نصفها وتكفل مصرف التنمية بالباقي.", // what it cost
        "ويمتد الجسر على طول ثمانمئة متر وله أربع حارات للسيارات وممر للمشاة والدراجات.", // how long it is
        "وكان الجسر القديم قد أغلق قبل ثلاثة أعوام بسبب تشققات ظهرت في دعائمه بعد الفيضان.", // the old one was closed
        "ومن المقرر أن تبدأ الحافلات بعبوره مطلع الأسبوع المقبل وفق جدول تعلنه البلدية.", // buses cross it from next week
    ];

    fn body(parts: &[usize]) -> String {
        parts.iter().map(|i| AGENCY[*i]).collect::<Vec<_>>().join("\n")
    }

    fn like(a: &str, b: &str) -> Likeness {
        likeness(&shingles(a), &shingles(b))
    }

    #[test]
    fn an_edited_text_is_a_copy() {
        let edited = body(&[0, 1, 2, 3])
            .replace("أعلنت وزارة الأشغال في جمهورية تالورا اليوم", "أعلنت وزارة الأشغال في تالورا، الأحد،")
            .replace("خلال الحفل", "في كلمة لها")
            .replace("مليون دينار", "مليون دينار تالوري");
        let found = like(&body(&[0, 1, 2, 3, 4, 5]), &edited);
        assert!(found.is_copy(), "{found:?}");
        let (a, b) = (keys(&body(&[0, 1, 2, 3, 4, 5])), keys(&edited));
        assert!(suffices(in_both(&a, &b), a.len(), b.len()));
    }

    #[test]
    fn a_brief_that_stands_in_a_long_report_is_a_copy() {
        let found = like(&body(&[0, 1]), &body(&[0, 1, 2, 3, 4, 5]));
        assert!(found.is_copy() && found.resemblance < 0.5, "{found:?}");
    }

    #[test]
    fn a_report_that_repeats_the_background_is_none() {
        let followed = format!(
            "اصطدمت شاحنة بسياج جسر الميناء صباح الثلاثاء من دون أن يصاب أحد بأذى بحسب شرطة المرور.\n\
             وأغلقت الشرطة إحدى الحارات ساعتين ريثما رفعت الرافعات حطام السياج من الطريق.\n{}", // a lorry hit the railing
            body(&[2, 3, 4])
        );
        let found = like(&body(&[0, 1, 2, 3, 4, 5]), &followed);
        assert!(found.containment > 0.5 && !found.is_copy(), "{found:?}");
    }

    #[test]
    fn a_caption_is_compared_with_nothing() {
        assert!(keys("جسر الميناء في صورة").is_empty()); // the bridge in a picture
        assert!(!like("جسر الميناء", "جسر الميناء").is_copy());
    }

    fn carrier(report: i64, day: i32, outlet: &str, agencies: &[&str]) -> Carrier {
        Carrier {
            report,
            day: Some(day),
            name: format!("report {report}"),
            outlet: Some(outlet.to_owned()),
            agencies: agencies.iter().map(|a| (*a).to_owned()).collect(),
        }
    }

    #[test]
    fn the_agency_is_told_and_the_earliest() {
        let carriers = [
            carrier(1, 8, "paper", &["agency"]),
            carrier(2, 7, "site", &["agency"]),
            carrier(3, 7, "agency", &[]),
            carrier(4, 7, "other", &[]),
        ];
        let found = group(&carriers, &[(1, 2), (2, 3)]);
        assert_eq!(
            found,
            [Copies { reports: vec![3, 2, 1], agency: Some("agency".to_owned()), first_day: 2 }]
        );
    }

    proptest! {
        #[test]
        fn likeness_has_no_direction(a in proptest::collection::vec(0usize..6, 0..8), b in proptest::collection::vec(0usize..6, 0..8)) {
            prop_assert_eq!(like(&body(&a), &body(&b)), like(&body(&b), &body(&a)));
        }

        #[test]
        fn order_and_repetition_change_no_group(edges in proptest::collection::vec((0i64..8, 0i64..8), 0..10), turn in 0usize..8) {
            let carriers: Vec<Carrier> = (0..8).map(|i| carrier(i, (i % 3) as i32, "o", &[])).collect();
            let mut turned = carriers.clone();
            turned.rotate_left(turn);
            let twice: Vec<_> = edges.iter().rev().chain(&edges).map(|(a, b)| (*b, *a)).collect();
            prop_assert_eq!(group(&carriers, &edges), group(&turned, &twice));
        }
    }
}
