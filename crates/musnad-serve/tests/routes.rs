//! Every route of the API, over the demo reports.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Served, add, demo, entry, serve, typed};
use serde_json::Value;
use std::sync::LazyLock;

static SERVED: LazyLock<Served> = LazyLock::new(|| serve(&demo(), |_| {}));

fn list<'a>(of: &'a Value, name: &str) -> &'a Vec<Value> {
    of[name].as_array().unwrap_or_else(|| panic!("no list {name} in {of}"))
}

/// The characters of a text from one to before another.
fn characters(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn the_store_says_what_it_holds() {
    let about = SERVED.api("/about");
    assert_eq!((about["program"].as_str(), about["api"].as_u64()), (Some("musnad"), Some(1)));
    let store = &about["store"];
    assert_eq!(store["counts"]["reports"], 37);
    for what in ["statements", "events", "entities", "copies", "utterances", "happenings"] {
        assert!(store["counts"][what].as_u64().unwrap() > 0, "{what}");
    }
    let sum: u64 = list(store, "outlets").iter().map(|o| o["count"].as_u64().unwrap()).sum();
    assert_eq!(sum, 37);
    for words in ["acts", "kinds", "event_types", "modes", "statuses", "entity_types"] {
        assert!(!list(&store["vocabulary"], words).is_empty(), "{words}");
    }
}

#[test]
fn everything_is_found_page_by_page() {
    for within in ["statements", "reports", "entities", "happenings", "utterances"] {
        for query in ["", "from:2023"] {
            if within == "entities" && !query.is_empty() {
                continue;
            }
            let first = SERVED.api(&format!("/search?in={within}&q={}&limit=7", typed(query)));
            let total = first["total"].as_u64().unwrap();
            assert!(total > 0, "{within} {query}");
            let (mut page, mut seen, mut pages) = (first, Vec::new(), 0);
            loop {
                let items = list(&page, "items");
                assert!(items.len() <= 7);
                seen.extend(items.iter().map(|i| {
                    let key = match within {
                        "statements" => &i["statement"]["statement"],
                        "reports" => &i["report"]["report"],
                        "entities" => &i["who"],
                        "happenings" => &i["happening"],
                        _ => &i["utterance"],
                    };
                    assert!(!key.is_null(), "{i}");
                    key.to_string()
                }));
                pages += 1;
                let Some(next) = page["next"].as_str() else { break };
                assert!(pages < 200, "pages without end");
                page = SERVED.api(&format!("/search?in={within}&q={}&limit=7&cursor={next}", typed(query)));
            }
            let all = seen.len();
            seen.sort();
            seen.dedup();
            assert_eq!(
                (seen.len(), all as u64),
                (all, total),
                "{within} {query}: each once, and all of them"
            );
        }
    }
}

#[test]
fn facets_narrow_to_what_they_count() {
    for (within, query) in
        [("statements", "الجيش"), ("reports", "الجيش"), ("statements", ""), ("reports", "")]
    {
        let found = SERVED.api(&format!("/search?in={within}&q={}", typed(query)));
        let facets = list(&found, "facets");
        assert!(facets.len() >= 3, "{found}");
        for facet in facets {
            let value = &list(facet, "values")[0];
            let Some(fragment) = value["query"].as_str() else { continue };
            let narrowed = SERVED.api(&format!(
                "/search?in={within}&facets=false&q={}",
                typed(&format!("{query} {fragment}"))
            ));
            assert_eq!(narrowed["total"], value["count"], "{within} {query} {fragment}");
            assert!(list(&narrowed, "facets").is_empty());
        }
    }
}

#[test]
fn marks_stand_on_the_words() {
    let found = SERVED.api(&format!("/search?in=reports&q={}", typed("حاجز")));
    let item = &list(&found, "items")[0];
    let excerpt = &item["excerpt"];
    let mark = &list(excerpt, "marks")[0];
    let word = characters(excerpt["text"].as_str().unwrap(), &mark["start"], &mark["end"]);
    assert!(word.contains("حاجز"), "{word}");
}

#[test]
fn a_report_comes_with_its_record_and_leads_on() {
    let found = SERVED.api("/search?in=reports&limit=200");
    for item in list(&found, "items") {
        let id = item["report"]["report"].as_i64().unwrap();
        let report = SERVED.api(&format!("/reports/{id}"));
        let record = &report["record"];
        assert_eq!(record["schema"], "musnad.record/1");
        let text = record["report"]["text"].as_str().unwrap();
        for (layer, letter, ids) in
            [("entities", "entity", "e"), ("statements", "statement", "s"), ("events", "event", "v")]
        {
            let map = report[layer].as_object().unwrap();
            assert_eq!(map.len(), list(record, layer).len());
            for one in list(record, layer) {
                let id = one["id"].as_str().unwrap();
                assert!(id.starts_with(ids) && map[id].get(letter).is_some());
            }
        }
        if let Some(statement) = list(record, "statements").first() {
            let cue = &statement["cue"];
            let cited =
                SERVED.api(&format!("/citations/report/{id}?start={}&end={}", cue["start"], cue["end"]));
            assert_eq!(cited["text"].as_str().unwrap(), characters(text, &cue["start"], &cue["end"]));
            assert!(cited["citation"].as_str().unwrap().contains(cited["text"].as_str().unwrap()));
        }
    }
}

#[test]
fn a_copied_text_names_who_carries_it() {
    let found = SERVED.api("/search?in=reports&limit=200");
    let carrier = list(&found, "items").iter().find(|i| i["copies"].as_u64() > Some(1)).unwrap().clone();
    let report = SERVED.api(&format!("/reports/{}", carrier["report"]["report"]));
    let members = list(&report["copies"], "members");
    assert_eq!(Some(members.len() as u64), carrier["copies"].as_u64());
    assert!(members.iter().any(|m| m["report"]["report"] == carrier["report"]["report"]));
    assert!(members.iter().all(|m| !m["why"].as_str().unwrap().is_empty()));
}

#[test]
fn previous_and_next_lead_through_all_reports() {
    let found = SERVED.api("/search?in=reports&limit=1");
    let mut at = SERVED.api(&format!("/reports/{}", list(&found, "items")[0]["report"]["report"]));
    while let Some(next) = at["next"].as_object() {
        at = SERVED.api(&format!("/reports/{}", next["report"]));
    }
    let mut seen = vec![at["report"].as_i64().unwrap()];
    while let Some(previous) = at["previous"].as_object() {
        let back = at["report"].clone();
        at = SERVED.api(&format!("/reports/{}", previous["report"]));
        assert_eq!(at["next"]["report"], back);
        seen.push(at["report"].as_i64().unwrap());
    }
    let dated = SERVED.api("/search?in=reports&q=from%3A2000")["total"].as_u64().unwrap();
    assert!(seen.len() as u64 >= dated, "{seen:?}");
}

#[test]
fn an_entity_has_names_words_and_company() {
    let found = SERVED.api("/search?in=entities&limit=20");
    for item in list(&found, "items") {
        let id = item["who"]["entity"].as_i64().unwrap();
        let entity = SERVED.api(&format!("/entities/{id}"));
        assert_eq!(entity["counts"]["reports"], item["reports"]);
        assert_eq!(entity["name"], item["who"]["name"]);
        let names: u64 = list(&entity, "names").iter().map(|n| n["reports"].as_u64().unwrap()).sum();
        assert_eq!(Some(names), entity["counts"]["reports"].as_u64());
        let statements = SERVED.api(&format!("/entities/{id}/statements"));
        assert_eq!(statements["total"], entity["counts"]["statements"]);
        assert!(list(&statements, "items").iter().all(|s| s["speaker"]["entity"] == id));
        let events = SERVED.api(&format!("/entities/{id}/events"));
        assert_eq!(events["total"], entity["counts"]["events"]);
        let profile = SERVED.api(&format!("/entities/{id}/profile"));
        for (list_of, total) in [("acts", "statements"), ("event_types", "events")] {
            let sum: u64 = list(&profile, list_of).iter().map(|a| a["count"].as_u64().unwrap()).sum();
            assert_eq!(Some(sum), entity["counts"][total].as_u64());
        }
        for one in list(&profile, "acts") {
            let narrowed =
                SERVED.api(&format!("/entities/{id}/statements?act={}", one["value"].as_str().unwrap()));
            assert_eq!(narrowed["total"], one["count"]);
        }
        for word in list(&profile, "words").iter().take(3) {
            let narrowed = SERVED
                .api(&format!("/entities/{id}/statements?word={}", typed(word["word"].as_str().unwrap())));
            let said: Vec<&Value> = list(&statements, "items").iter().map(|s| &s["text"]).collect();
            assert!(
                narrowed["total"].as_u64() >= word["statements"].as_u64(),
                "{word}: only {} of {said:?}",
                narrowed["total"]
            );
        }
        for with in list(&profile, "counterparts").iter().take(3) {
            let narrowed = SERVED.api(&format!("/entities/{id}/events?with={}", with["who"]["entity"]));
            assert_eq!(narrowed["total"], with["events"]);
        }
    }
}

#[test]
fn an_utterance_is_told_with_its_wordings() {
    let found = SERVED.api("/search?in=utterances&limit=50");
    for item in list(&found, "items") {
        let utterance = SERVED.api(&format!("/utterances/{}", item["utterance"]));
        let wordings = list(&utterance, "wordings");
        assert_eq!(utterance["total"].as_u64().unwrap(), wordings.len() as u64);
        assert_eq!(utterance["reports"], item["reports"]);
        assert_eq!(utterance["earliest"], wordings[0]["statement"]);
        let words = |text: &str| text.split_whitespace().count();
        for wording in wordings {
            let differences = list(wording, "differences");
            let told: usize = differences
                .iter()
                .filter(|d| d["kind"] != "removed")
                .map(|d| words(d["text"].as_str().unwrap()))
                .sum();
            assert_eq!(told, words(wording["text"].as_str().unwrap()), "{wording}");
        }
        assert!(list(&wordings[0], "differences").iter().all(|d| d["kind"] == "same"));
        let origins = wordings.iter().map(|w| w["origin"].as_u64().unwrap()).max();
        assert_eq!(origins, utterance["origins"].as_u64());
    }
}

#[test]
fn a_happening_keeps_its_accounts_apart() {
    let found = SERVED.api("/search?in=happenings&limit=50");
    let mut contradicted = 0;
    for item in list(&found, "items") {
        let happening = SERVED.api(&format!("/happenings/{}", item["happening"]));
        let versions = list(&happening, "versions");
        assert_eq!(happening["total"].as_u64().unwrap(), versions.len() as u64);
        for version in versions {
            let sentence = &version["sentence"];
            let text = sentence["text"].as_str().unwrap();
            assert!(!characters(text, &sentence["trigger"]["start"], &sentence["trigger"]["end"]).is_empty());
            let report = SERVED.api(&format!("/reports/{}", version["report"]["report"]));
            let whole = report["record"]["report"]["text"].as_str().unwrap();
            assert_eq!(characters(whole, &sentence["at"]["start"], &sentence["at"]["end"]), text);
        }
        if !happening["contradiction"].is_null() {
            contradicted += 1;
            let tolls: Vec<&Value> = versions.iter().map(|v| &v["tolls"]["dead"]["number"]).collect();
            assert!(tolls.contains(&&Value::from(5)) && tolls.contains(&&Value::from(9)), "{tolls:?}");
        }
    }
    assert_eq!(contradicted, 1);
}

#[test]
fn events_are_counted_alike_everywhere() {
    for filter in [
        "",
        "type=ASSAULT",
        "type=ASSAULT,CONSULT",
        "status=denied",
        "from=2023-03&to=2023-03",
        "type=RETREAT&from=2023",
    ] {
        let events = SERVED.api(&format!("/events?{filter}&limit=200"));
        let total = events["total"].as_u64().unwrap();
        let timeline = SERVED.api(&format!("/timeline?{filter}"));
        let map = SERVED.api(&format!("/map?{filter}"));
        let network = SERVED.api(&format!("/network?{filter}"));
        for other in [&timeline, &map] {
            assert_eq!(other["total"].as_u64(), Some(total), "{filter}");
        }
        let dated: u64 = list(&timeline, "periods").iter().map(|p| p["total"].as_u64().unwrap()).sum();
        assert_eq!(dated + timeline["undated"].as_u64().unwrap(), total);
        let placed: u64 = list(&map, "items").iter().map(|p| p["total"].as_u64().unwrap()).sum();
        assert_eq!(map["placed"].as_u64(), Some(placed));
        let nodes: Vec<i64> = list(&network, "nodes").iter().map(|n| n["entity"].as_i64().unwrap()).collect();
        for edge in list(&network, "edges") {
            assert!(
                nodes.contains(&edge["source"].as_i64().unwrap())
                    && nodes.contains(&edge["target"].as_i64().unwrap())
            );
        }
        for by in ["day", "week", "month", "year"] {
            let cut = SERVED.api(&format!("/timeline?{filter}&by={by}"));
            assert_eq!((cut["by"].as_str(), cut["total"].as_u64()), (Some(by), Some(total)));
        }
    }
    let all = SERVED.api("/network?limit=300");
    assert!(!list(&all, "edges").is_empty());
}

#[test]
fn events_are_asked_for_by_whom_and_where() {
    let event = SERVED.api("/events?limit=200")["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["actors"][0]["entity"].is_i64() && e["place"]["entity"].is_i64())
        .unwrap()
        .clone();
    let has = |filter: String| {
        let found = SERVED.api(&format!("/events?{filter}&limit=200"));
        list(&found, "items").iter().any(|e| e["event"] == event["event"])
    };
    let (actor, place) = (&event["actors"][0], &event["place"]);
    assert!(has(format!("actor={}", actor["entity"])));
    assert!(has(format!("actor={}", typed(actor["name"].as_str().unwrap()))));
    assert!(has(format!("participant={}&place={}", actor["entity"], place["entity"])));
    assert!(has(format!("place={}", typed(place["name"].as_str().unwrap()))));
    assert!(!has(format!("recipient={}&actor=999999", actor["entity"])));
}

#[test]
fn old_texts_stay_and_new_ones_are_seen_while_the_server_runs() {
    let address = "https://example.org/a";
    let served = serve(
        &[entry(address, "الساحة", "2024-01-01", "عنوان أول\nقال الوزير خالد المرزوقي إن الجسر مفتوح.")],
        |_| {},
    );
    let before = served.get("/api/v1/about");
    let old = served.api("/search?in=reports");
    assert_eq!(old["total"], 1);
    add(
        &served.store(),
        &[
            entry(address, "الساحة", "2024-01-02", "عنوان ثان\nقال الوزير خالد المرزوقي إن الجسر مغلق."),
            entry("https://example.org/b", "الساحة", "2024-01-03", "خبر آخر\nوصل الوفد إلى المدينة."),
        ],
    );
    let after = served.get("/api/v1/about");
    assert_ne!(before.header("etag"), after.header("etag"));
    assert_eq!(after.json()["store"]["counts"]["reports"], 2);
    assert_eq!(after.json()["store"]["counts"]["versions"], 3);
    let now = served.api("/reports/1");
    assert_eq!((now["version"].as_u64(), now["current"].as_bool()), (Some(2), Some(true)));
    assert_eq!(list(&now, "versions").len(), 2);
    let then = served.api("/reports/1?version=1");
    assert_eq!((then["title"].as_str(), then["current"].as_bool()), (Some("عنوان أول"), Some(false)));
    assert_eq!(served.get("/api/v1/reports/1?version=3").status, 404);
    let cited = served.api("/citations/report/1?version=1");
    assert_eq!(cited["text"], "عنوان أول");
}
