//! The shape of a record (`musnad.record/1`) for the document of the API. A record is passed on as it was stored; nothing is made of these
//! types but their description, and a test reads real records as them.

#![allow(dead_code)]

use utoipa::ToSchema;

/// A record, as `musnad read --format jsonl` prints it. Positions are code points of `report.text`.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Record {
    /// `musnad.record/1`.
    schema: String,
    /// Program and language data that read it.
    reader: String,
    /// The report.
    report: RecordReport,
    /// Who and what is mentioned.
    entities: Vec<RecordEntity>,
    /// Offices that people hold.
    roles: Vec<RecordRole>,
    /// Dates, times, durations and sets.
    times: Vec<RecordTime>,
    /// Who said what.
    statements: Vec<RecordStatement>,
    /// Who did what to whom.
    events: Vec<RecordEvent>,
    /// What a careful reader would remark on.
    notes: Vec<RecordNote>,
}

/// Characters of the text.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordSpan {
    /// The first character.
    start: u64,
    /// The character after the last.
    end: u64,
}

/// The report of a record.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordReport {
    /// Given, else made of the text.
    id: String,
    /// Its address.
    uri: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// Day of publication.
    published: Option<String>,
    /// `given`, `page`, `text` or `none`.
    published_from: String,
    /// ISO 639-1, or `other`.
    language: String,
    /// The headline.
    title: Option<RecordSpan>,
    /// Headline, newline, body.
    text: String,
    /// What is in the text and was not read: share buttons, related links.
    debris: Vec<RecordSpan>,
}

/// An entity of a record.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordEntity {
    /// As `e1`.
    id: String,
    /// `person`, `organization`, `place`, `group`, `document` or `occasion`.
    #[cfg_attr(test, serde(rename = "type"))]
    #[schema(rename = "type")]
    kind: String,
    /// The fullest name in the report, else the fullest description.
    name: String,
    /// The same in English.
    name_en: String,
    /// ISO 3166-1 alpha-3.
    country: Option<String>,
    /// PLOVER sector.
    sector: Option<String>,
    /// What it is in a register of the world.
    link: Option<RecordLink>,
    /// Where it is mentioned.
    mentions: Vec<RecordMention>,
}

/// An entry of a register.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordLink {
    /// The register.
    source: String,
    /// The entry.
    id: String,
    /// Degrees north; absent where it is no place.
    #[cfg_attr(test, serde(default))]
    lat: Option<f64>,
    /// Degrees east; absent where it is no place.
    #[cfg_attr(test, serde(default))]
    lon: Option<f64>,
}

/// A mention.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordMention {
    /// The first character.
    start: u64,
    /// The character after the last.
    end: u64,
    /// `name`, `description` or `pronoun`.
    kind: String,
    /// What made it.
    because: String,
}

/// An office.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordRole {
    /// Who holds it, as `e1`.
    person: String,
    /// The words of the title.
    title: RecordSpan,
    /// What it is of, as `e2`.
    of: Option<String>,
    /// What made it.
    because: String,
}

/// A time.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordTime {
    /// As `t1`.
    id: String,
    /// The first character.
    start: u64,
    /// The character after the last.
    end: u64,
    /// `date`, `time`, `duration` or `set`.
    #[cfg_attr(test, serde(rename = "type"))]
    #[schema(rename = "type")]
    kind: String,
    /// As TIMEX3 writes it.
    value: String,
    /// What made it.
    because: String,
}

/// A statement.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordStatement {
    /// As `s1`.
    id: String,
    /// `direct`, `indirect`, `mixed` or `stance`.
    kind: String,
    /// Speech act.
    act: String,
    /// Whose words they are, as `e1`.
    speaker: Option<String>,
    /// The word that reports.
    cue: RecordSpan,
    /// The content.
    content: Vec<RecordSpan>,
    /// By what medium.
    medium: Option<String>,
    /// Through whom it reached the report, from the speaker outward.
    via: Vec<String>,
    /// The statement inside whose content it is reported, as `s2`.
    #[cfg_attr(test, serde(rename = "in"))]
    #[schema(rename = "in")]
    within: Option<String>,
    /// Probability that it is right, 0 to 1.
    confidence: f64,
    /// What made it.
    because: String,
}

/// An event.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordEvent {
    /// As `v1`.
    id: String,
    /// PLOVER type.
    #[cfg_attr(test, serde(rename = "type"))]
    #[schema(rename = "type")]
    kind: String,
    /// PLOVER mode.
    mode: Option<String>,
    /// The word that names it.
    trigger: RecordSpan,
    /// Further mentions of the same event.
    mentions: Vec<RecordSpan>,
    /// Who did it, as `e1`.
    actors: Vec<String>,
    /// To whom.
    recipients: Vec<String>,
    /// Where, as `e4`.
    place: Option<String>,
    /// When, as `t1`.
    time: Option<String>,
    /// `happened`, `ongoing`, `planned`, `called_for`, `possible` or `denied`.
    status: String,
    /// Whether a sentence tells it as news, rather than refers to it as known.
    news: bool,
    /// The statement that tells it, as `s1`.
    by: Option<String>,
    /// Numbers of casualties.
    casualties: Vec<RecordCasualties>,
    /// Probability that it is right, 0 to 1.
    confidence: f64,
    /// What made it.
    because: String,
}

/// A number of casualties.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordCasualties {
    /// `dead`, `injured` or `arrested`.
    #[cfg_attr(test, serde(rename = "type"))]
    #[schema(rename = "type")]
    kind: String,
    /// The number.
    number: u64,
    /// `exact`, `at_least`, `at_most` or `about`.
    bound: String,
    /// The first character.
    start: u64,
    /// The character after the last.
    end: u64,
}

/// What a careful reader would remark on.
#[derive(Debug, ToSchema)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct RecordNote {
    /// What it is, in a word.
    code: String,
    /// What it is, in a sentence.
    message: String,
    /// Where.
    spans: Vec<RecordSpan>,
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn a_record_has_this_shape() {
        let mut seen = [0; 5];
        for file in ["jisr-protest.txt", "ufuq-exchange.txt"] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../musnad-cli/demo").join(file);
            let text = std::fs::read_to_string(path).expect("the demo report is there");
            let doc = musnad::read(musnad::Report { text, titled: true, ..Default::default() });
            let json = serde_json::to_string(&musnad::record::record(&doc)).expect("a record is JSON");
            let record: Record =
                serde_json::from_str(&json).expect("a record has the shape that the document tells");
            let counts = [
                record.entities.len(),
                record.roles.len(),
                record.times.len(),
                record.statements.len(),
                record.events.len(),
            ];
            seen.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
        }
        assert!(seen.iter().all(|n| *n > 0), "{seen:?}");
    }
}
