//! `musnad read --format plover` and `--format csv`, through the program.

mod common;

use common::with_input;
use serde_json::{Value, json};

/// "Five soldiers killed in Mosul. Gunmen attacked a barracks in Mosul yesterday, and at least five soldiers were killed. The
/// foreign minister, Samer al-Hakim, will visit Mosul tomorrow. He did not meet Layla Haddad." An invented report.
const TEXT: &str = "مقتل جنود في الموصل\n\
    هاجم مسلحون ثكنة في الموصل أمس، وقُتل خمسة جنود على الأقل.\n\
    وسيزور وزير الخارجية سامر الحكيم الموصل غدا.\n\
    ولم يلتق سامر الحكيم ليلى حداد.";

fn input() -> String {
    json!({"id": "x1", "outlet": "الساحة", "uri": "https://example.org/1", "published": "2022-05-08", "title": null, "text": TEXT}).to_string()
}

#[test]
fn plover_has_an_event_a_line_in_the_scheme_s_shape() {
    let run = with_input(&["read", "-", "--format", "plover"], input().as_bytes()).expect(0);
    let events: Vec<Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let assault = events.iter().find(|e| e["event"][0] == "ASSAULT").expect("the attack is there");
    assert_eq!(assault["date"], "2022-05-07");
    assert_eq!(assault["quad_code"], 4);
    assert!(assault["event_scale"].as_f64().unwrap() < -8.0);
    assert_eq!(assault["event_loc"]["resolved_place"], "Mosul");
    assert_eq!(assault["event_loc"]["country_code"], "IRQ");
    assert_eq!(assault["cite_info"]["url"], "https://example.org/1");
    assert_eq!(assault["cite_info"]["publication"], "الساحة");
    let dead = events.iter().find_map(|e| e["size"]["dead"].as_u64());
    assert_eq!(dead, Some(5));
    let info = &assault["text_info"];
    let letters: Vec<char> = TEXT.chars().collect();
    let (start, end) = (info["start"].as_u64().unwrap() as usize, info["end"].as_u64().unwrap() as usize);
    assert_eq!(letters[start..end].iter().collect::<String>(), assault["text"].as_str().unwrap());
    // The visit to come is an agreement; the meeting that was not held is no event of the scheme.
    assert!(events.iter().any(|e| e["event"][0] == "AGREE" && e["date"] == "2022-05-09"), "{}", run.out);
    assert!(events.iter().all(|e| e["event"][0] != "CONSULT"), "{}", run.out);
}

#[test]
fn csv_has_a_header_once_and_a_row_an_event() {
    let two = format!("{}\n{}", input(), input().replace("\"x1\"", "\"x2\""));
    let run = with_input(&["read", "-", "--format", "csv"], two.as_bytes()).expect(0);
    let header = run.out.lines().next().unwrap();
    assert!(
        header.starts_with("event_id,event_date,year,time_precision,event_type,sub_event_type,status,actor1")
    );
    assert_eq!(run.out.lines().filter(|l| *l == header).count(), 1);
    // No text of the report has a line end inside its sentence, so a line is a row.
    let rows: Vec<&str> = run.out.lines().skip(1).collect();
    assert!(rows.iter().all(|r| r.starts_with("x1-v") || r.starts_with("x2-v")));
    let columns = header.split(',').count();
    let plain = rows.iter().find(|r| r.contains(",CONSULT,visit,planned,")).expect("the visit is planned");
    assert_eq!(plain.split(',').count(), columns, "{plain}");
    assert!(plain.contains(",2022-05-09,2022,1,"), "{plain}");
    assert!(rows.iter().any(|r| r.contains(",CONSULT,,denied,")), "{}", run.out);
}

#[test]
fn nothing_read_is_a_header_alone() {
    let run = with_input(&["read", "-", "--format", "csv"], b"").expect(1);
    assert_eq!(run.out.lines().count(), 1);
    let run = with_input(&["read", "-", "--format", "plover"], b"").expect(1);
    assert_eq!(run.out, "");
}
