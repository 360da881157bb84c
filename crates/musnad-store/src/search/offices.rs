//! Who holds an office, as far as the reports tell: "وزير الخارجية الروسي" or "Russian foreign minister".

use super::plan::{Plan, Rows, sorted};
use super::query::Sought;
use super::sql::country;
use super::terms::{alike, latin_keys, words};
use musnad_lexicon::{Table, arabic, fold};
use rusqlite::Row;

/// An office that may be meant.
#[derive(Debug, PartialEq, Eq)]
struct Office {
    /// The words of the title, bare.
    title: Vec<String>,
    /// The state that it belongs to.
    state: Option<String>,
    /// Words of the name of what else it is of, bare.
    of: Vec<String>,
}

impl Plan<'_> {
    /// Appearances of those whom their report gives the office that is sought.
    pub(super) fn holders(&self, sought: &Sought) -> rusqlite::Result<Rows> {
        let offices = meant(sought);
        if offices.is_empty() {
            return Ok(Rows::new());
        }
        let every = "WITH RECURSIVE every (title) AS (SELECT min(title) FROM roles
                 UNION ALL SELECT (SELECT min(title) FROM roles WHERE title > e.title) FROM every AS e WHERE e.title IS NOT NULL)
             SELECT title FROM every WHERE title IS NOT NULL";
        let mut out = Rows::new();
        let mut with =
            self.connection.prepare_cached("SELECT person, institution FROM roles WHERE title = ?1")?;
        for title in self.list(every, (), |r| r.get::<_, String>(0))? {
            // Most titles are told from those that are meant by their last letters alone.
            let folded = alike(&fold(&title));
            let may = |o: &&Office| o.title.last().is_some_and(|l| folded.trim_end().ends_with(l.as_str()));
            if !offices.iter().any(|o| may(&o)) {
                continue;
            }
            let bare: Vec<String> = words(&title).into_iter().map(|w| w.bare).collect();
            let meant: Vec<&Office> = offices.iter().filter(|o| o.title == bare).collect();
            if meant.is_empty() {
                continue;
            }
            let of = |r: &Row| Ok((r.get::<_, i64>(0)?, r.get::<_, Option<i64>>(1)?));
            for row in with.query_map([&title], of)? {
                let (person, institution) = row?;
                if self.holds(person, institution, &meant)? {
                    out.push(person);
                }
            }
        }
        Ok(sorted(out))
    }

    /// Whether one of these is the office that somebody has in an institution.
    fn holds(&self, person: i64, institution: Option<i64>, offices: &[&Office]) -> rusqlite::Result<bool> {
        let mut appearance =
            self.connection.prepare_cached("SELECT country, name FROM appearances WHERE id = ?1")?;
        let mut look = |id: i64| {
            appearance.query_row([id], |r| Ok((r.get::<_, Option<String>>(0)?, r.get::<_, String>(1)?)))
        };
        for office in offices {
            if office.state.is_none() && office.of.is_empty() {
                return Ok(true);
            }
            if office.state.is_some() && look(person)?.0 == office.state {
                return Ok(true);
            }
            let Some((state, name)) = institution.map(&mut look).transpose()? else { continue };
            let name: Vec<String> = words(&name).into_iter().map(|w| w.bare).collect();
            if office.state.is_some() && state == office.state
                || !office.of.is_empty() && office.of.iter().all(|w| name.contains(w))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The offices that may be meant by words: the title, and after or before it whose it is.
fn meant(sought: &Sought) -> Vec<Office> {
    if sought.keys.is_empty() { meant_in_arabic(sought) } else { meant_in_english(sought) }
}

fn meant_in_arabic(sought: &Sought) -> Vec<Office> {
    // Most who are sought are sought by their names.
    let first = sought.typed.split_whitespace().next().map(fold).unwrap_or_default();
    let is_title = |word: &str| arabic().entries(word).has(Table::Title);
    if !is_title(&first) && !first.strip_prefix("ال").is_some_and(is_title) {
        return Vec::new();
    }
    let bare: Vec<&str> = sought.words.iter().map(|w| w.bare.as_str()).collect();
    let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<String>>();
    let mut out = Vec::new();
    for cut in 1..=bare.len() {
        let (title, rest) = bare.split_at(cut);
        let title = owned(title);
        // In bytes: the words stand in what was typed.
        let of = sought.words.get(cut).and_then(|w| sought.typed.get(w.at.start..)).unwrap_or_default();
        let (state, of) = match (rest, state_in_arabic(of)) {
            ([], _) => (None, Vec::new()),
            (_, Some(state)) => (Some(state), Vec::new()),
            (rest, None) => (None, owned(rest)),
        };
        out.push(Office { title, state, of });
    }
    out
}

/// The state that is named, or that an adjective belongs to.
fn state_in_arabic(typed: &str) -> Option<String> {
    let folded: Vec<String> = typed.split_whitespace().map(fold).collect();
    let folded = folded.join(" ");
    let bare = folded.strip_prefix("ال").unwrap_or(&folded);
    [folded.as_str(), bare].iter().find_map(|name| {
        let entry = arabic().entries(name).first(Table::Country)?;
        Some(arabic().row(entry).get("iso3")).filter(|c| c.len() == 3).map(str::to_owned)
    })
}

/// Adjectives of states that do not begin as their states' names do, in small letters.
const ADJECTIVES: [(&str, &str); 16] = [
    ("american", "USA"),
    ("us", "USA"),
    ("u.s.", "USA"),
    ("usa", "USA"),
    ("british", "GBR"),
    ("uk", "GBR"),
    ("danish", "DNK"),
    ("dutch", "NLD"),
    ("emirati", "ARE"),
    ("uae", "ARE"),
    ("filipino", "PHL"),
    ("french", "FRA"),
    ("polish", "POL"),
    ("spanish", "ESP"),
    ("swiss", "CHE"),
    ("welsh", "GBR"),
];

/// The state that is named in English, or that an adjective belongs to: one whose name begins like it.
fn state_in_english(typed: &str) -> Option<String> {
    let small = typed.trim().to_lowercase();
    let small = small.strip_prefix("the ").unwrap_or(&small);
    if let Some((_, state)) = ADJECTIVES.iter().find(|a| a.0 == small) {
        return Some((*state).to_owned());
    }
    if let Some(state) = country(&Sought::of(small, true)) {
        return Some(state);
    }
    let alike = |name: &str| name.chars().zip(small.chars()).take_while(|(a, b)| a == b).count();
    let rows = arabic().rows(Table::Country).map(|r| r.1);
    let (common, length, state) = rows
        .map(|r| {
            let name = r.get("en").to_lowercase();
            (alike(&name), name.chars().count(), r.get("iso3"))
        })
        .max_by_key(|(common, length, _)| (*common, std::cmp::Reverse(*length)))?;
    // Lebanon, Lebanese; Saudi Arabia, Saudi.
    let whole = common == small.chars().count();
    let fits = common >= 4 && small.chars().count() <= common + 4 && (whole || length <= common + 3);
    fits.then(|| state.to_owned())
}

fn meant_in_english(sought: &Sought) -> Vec<Office> {
    let typed: Vec<&str> = sought.typed.split_whitespace().collect();
    let mut out = Vec::new();
    let mut add = |titles: Vec<Vec<String>>, state: Option<String>| {
        for title in titles {
            let office = Office { title, state: state.clone(), of: Vec::new() };
            if !out.contains(&office) {
                out.push(office);
            }
        }
    };
    add(titles_in_arabic(&typed), None);
    for cut in 1..typed.len() {
        let (before, after) = typed.split_at(cut);
        // "Russian foreign minister"; "foreign minister of Russia".
        if let Some(state) = state_in_english(&before.join(" ")) {
            add(titles_in_arabic(after), Some(state));
        }
        let of = after.strip_prefix(&["of"]).unwrap_or_default();
        if let Some(state) = (!of.is_empty()).then(|| state_in_english(&of.join(" "))).flatten() {
            add(titles_in_arabic(before), Some(state));
        }
    }
    out
}

/// Titles in Arabic, in bare words, that mean the same as these English words.
fn titles_in_arabic(english: &[&str]) -> Vec<Vec<String>> {
    let lexicon = arabic();
    let keys = latin_keys(&english.join(" "));
    let bare = |title: &str| words(title).into_iter().map(|w| w.bare).collect::<Vec<String>>();
    let mut out = Vec::new();
    for (_, row) in lexicon.rows(Table::Title) {
        let of_title = latin_keys(row.get("en"));
        if of_title.is_empty() || keys.len() < of_title.len() {
            continue;
        }
        let forms = [row.get("word"), row.get("feminine")];
        let forms = forms.iter().flat_map(|f| f.split('|')).filter(|f| !f.is_empty());
        if of_title == keys {
            out.extend(forms.map(bare));
            continue;
        }
        if !row.get("of").split('|').any(|o| o == "portfolio") {
            continue;
        }
        // "foreign minister", "minister of foreign affairs".
        let portfolio = match keys.strip_suffix(of_title.as_slice()) {
            Some(portfolio) => portfolio,
            None => match keys.strip_prefix(of_title.as_slice()).and_then(<[String]>::split_first) {
                Some((of, portfolio)) if *of == latin_keys("of")[0] => portfolio,
                _ => continue,
            },
        };
        for (_, kind) in lexicon.rows(Table::Portfolio) {
            if !portfolio.is_empty() && latin_keys(kind.get("en")).starts_with(portfolio) {
                for form in forms.clone() {
                    let names = std::iter::once(kind.get("name")).chain(kind.get("variants").split('|'));
                    out.extend(names.filter(|n| !n.is_empty()).map(|n| bare(&format!("{form} {n}"))));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(title: &str) -> Vec<String> {
        words(title).into_iter().map(|w| w.bare).collect()
    }

    fn is_meant(typed: &str, title: &str, state: Option<&str>) -> bool {
        let office = Office { title: bare(title), state: state.map(str::to_owned), of: Vec::new() };
        meant(&Sought::of(typed, true)).contains(&office)
    }

    #[test]
    fn an_office_is_understood_in_both_languages() {
        let minister = "وزير الخارجية"; // "minister of foreign affairs"
        assert!(is_meant("وزير الخارجية", minister, None));
        assert!(is_meant("وزير الخارجية الروسي", minister, Some("RUS")));
        assert!(is_meant("وزير خارجية روسيا", minister, Some("RUS")));
        assert!(!is_meant("وزير الخارجية الروسي", minister, None));
        assert!(is_meant("Russian foreign minister", minister, Some("RUS")));
        assert!(is_meant("foreign minister of Russia", minister, Some("RUS")));
        assert!(is_meant("minister of foreign affairs", minister, None));
        assert!(is_meant("Saudi defense minister", "وزير الدفاع", Some("SAU")));
        assert!(!is_meant("Sergey Lavrov", minister, None));
    }

    #[test]
    fn a_state_is_told_by_its_adjective() {
        for (typed, state) in [
            ("Lebanese", "LBN"),
            ("Syrian", "SYR"),
            ("Serbian", "SRB"),
            ("Sudanese", "SDN"),
            ("Nigerian", "NGA"),
            ("Austrian", "AUT"),
            ("Iraqi", "IRQ"),
            ("French", "FRA"),
            ("Japan", "JPN"),
        ] {
            assert_eq!(state_in_english(typed).as_deref(), Some(state), "{typed}");
        }
        assert_eq!(state_in_english("foreign"), None);
        assert_eq!(state_in_arabic("الروسي").as_deref(), Some("RUS"));
        assert_eq!(state_in_arabic("السودان").as_deref(), Some("SDN"));
        assert_eq!(state_in_arabic("الخارجية"), None);
    }
}
