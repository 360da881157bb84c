//! From the words of a query to the language of FTS5, in which every term is quoted.

use super::query::Sought;

/// Among what is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// The current texts of reports.
    Reports,
    /// Their statements.
    Statements,
    /// Whoever and whatever appears in them.
    Entities,
}

impl Among {
    /// The table of its words.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Among::Reports => "report_search",
            Among::Statements => "statement_search",
            Among::Entities => "name_search",
        }
    }

    const fn stems(self) -> &'static str {
        match self {
            Among::Reports => "{headline body}",
            Among::Statements | Among::Entities => "stems",
        }
    }

    const fn keys(self) -> &'static str {
        match self {
            Among::Reports | Among::Statements => "names",
            Among::Entities => "english",
        }
    }
}

/// A phrase of FTS5. Terms have letters and digits only; quotation marks are doubled all the same.
fn phrase<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    let terms: Vec<String> = terms.map(|t| t.replace('"', "\"\"")).collect();
    format!("\"{}\"", terms.join(" "))
}

/// A word or phrase in the language of FTS5.
pub(crate) fn expression(sought: &Sought, among: Among) -> String {
    let bare = format!("words : {}", phrase(sought.words.iter().map(|w| w.bare.as_str())));
    if !sought.keys.is_empty() {
        // What is written in Latin letters stands in the text as it is, or is somebody's English name.
        let keys = format!("{} : {}", among.keys(), phrase(sought.keys.iter().map(String::as_str)));
        return format!("({bare} OR {keys})");
    }
    // Words of a name may stand in any order and with others between them.
    let apart = among == Among::Entities || !sought.quoted && sought.words.len() == 1;
    if !apart {
        return format!("({bare})");
    }
    let one = |w: &super::terms::Word| {
        let bare = phrase(std::iter::once(w.bare.as_str()));
        if w.stem.is_empty() || sought.quoted && among != Among::Entities {
            format!("words : {bare}")
        } else {
            let stem = phrase(std::iter::once(w.stem.as_str()));
            format!("({} : {stem} OR words : {bare})", among.stems())
        }
    };
    let all: Vec<String> = sought.words.iter().map(one).collect();
    format!("({})", all.join(" AND "))
}

/// Whether a name has all these words, or what was typed stands in it: `sky` in SkyNews.
pub(crate) fn is_called(name: &Sought, sought: &Sought) -> bool {
    if name.typed.to_lowercase().contains(sought.typed.trim().to_lowercase().as_str()) {
        return true;
    }
    if sought.keys.is_empty() || name.keys.is_empty() {
        sought.words.iter().all(|w| name.words.iter().any(|n| n.bare == w.bare))
    } else {
        sought.keys.iter().all(|k| name.keys.contains(k))
    }
}

/// The state, ISO 3166-1 alpha-3, that is sought.
pub(crate) fn country(sought: &Sought) -> Option<String> {
    use musnad_lexicon::{Part, Table, arabic, fold};
    let lexicon = arabic();
    let folded: Vec<String> = sought.typed.split_whitespace().map(fold).collect();
    let entries = lexicon.entries(&folded.join(" "));
    let by_name =
        entries.of(Table::Country).find(|e| e.feat.part() == Part::None || e.feat.part() == Part::Noun);
    let row = match by_name {
        Some(entry) => Some(lexicon.row(entry)),
        None => lexicon
            .rows(Table::Country)
            .map(|r| r.1)
            .find(|r| r.get("en").eq_ignore_ascii_case(sought.typed.trim())),
    };
    row.map(|r| r.get("iso3")).filter(|c| c.len() == 3).map(str::to_owned)
}
