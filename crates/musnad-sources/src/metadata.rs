//! What a page says about its report: in JSON-LD, in its metadata, in marked and in printed dates.

use serde_json::Value;

use crate::blocks::{Block, blocks};
use crate::day::{self, day, written_day};
use crate::html::{Element, NodeId, ROOT, collapse, unescape};
use crate::page::{Headline, Page};
use crate::template::fold;

/// What the page's JSON-LD says of the report.
#[derive(Default)]
pub(crate) struct Stated {
    pub(crate) headline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) uri: Option<String>,
    /// The address of the page that the report stands on.
    pub(crate) page: Option<String>,
    pub(crate) page_published: Option<String>,
}

/// The names that publishing systems give to the time of publication in a page's metadata.
const PUBLISHED: [&str; 26] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "article_date_original",
    "article.published",
    "originalpublicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "datecreated",
    "date",
];

impl Page<'_, '_> {
    pub(crate) fn uri(&self, fetched: Option<&str>) -> Option<String> {
        let stated =
            [self.canonical, self.meta(&["og:url"]), self.stated.uri.as_deref(), self.stated.page.as_deref()];
        let has_path = |uri: &&str| {
            uri.split_once("://").is_some_and(|(_, rest)| rest.trim_end_matches('/').contains('/'))
        };
        let found = stated
            .into_iter()
            .flatten()
            .find(|uri| uri.starts_with("http") && (has_path(uri) || fetched.is_none()));
        found.or(fetched).map(|uri| uri.trim().to_owned())
    }

    pub(crate) fn outlet(&self, headline: Option<&Headline>, uri: Option<&str>) -> Option<String> {
        let name = |name: &str| {
            let name = collapse(name);
            let no_name = name.is_empty() || name.starts_with("http") || name.chars().count() > 80;
            (!no_name).then_some(name)
        };
        let metas = [self.meta(&["og:site_name"]), self.stated.outlet.as_deref()];
        let more = self.meta(&[
            "application-name",
            "publisher",
            "dc.publisher",
            "dcterms.publisher",
            "apple-mobile-web-app-title",
        ]);
        let itemprop = || {
            let publisher =
                self.tree.elements().find(|(_, e)| e.attribute("itemprop") == Some("publisher"))?.0;
            let inside =
                self.tree.elements().filter(|(id, _)| *id > publisher && self.tree.contains(publisher, *id));
            inside.filter(|(_, e)| e.attribute("itemprop") == Some("name")).find_map(|(id, element)| {
                name(&element.attribute("content").map_or_else(|| self.tree.text(id), str::to_owned))
            })
        };
        metas
            .into_iter()
            .chain([more])
            .flatten()
            .find_map(name)
            .or_else(itemprop)
            .or_else(|| {
                let title = self.title.as_deref()?;
                // A short title that says nothing of the headline names the site.
                let other = |headline: &&Headline| {
                    let (title, headline) = (fold(title), fold(&headline.text));
                    title.split(' ').count() < 6 && !title.contains(&headline) && !headline.contains(&title)
                };
                if headline.as_ref().filter(|headline| headline.node.is_some()).is_some_and(other) {
                    return name(title);
                }
                let beside = headline.and_then(|headline| beside_headline(title, &headline.text));
                name(beside.or_else(|| Some(split_title(title)?.1))?)
            })
            .or_else(|| {
                let host = uri?.split_once("://")?.1.split(['/', '?', ':']).next()?;
                name(host.strip_prefix("www.").unwrap_or(host))
            })
    }

    /// The day of publication: as stated for machines, else as printed by the headline, else as in the address.
    pub(crate) fn published(&self, headline: Option<&Headline>, uri: Option<&str>) -> Option<String> {
        let machine = |value: &str| day(value).or_else(|| written_day(value));
        let stated = || {
            [&self.stated.published, &self.stated.page_published]
                .into_iter()
                .flatten()
                .find_map(|value| machine(value))
        };
        let meta = |names: &[&str]| names.iter().find_map(|name| machine(self.meta(&[name])?));
        stated()
            .or_else(|| meta(&PUBLISHED))
            .or_else(|| self.marked_day(headline))
            .or_else(|| self.printed_day(headline))
            .or_else(|| uri.and_then(day::in_address))
            .or_else(|| meta(&["article:modified_time", "og:updated_time"]))
    }

    /// The day in an element that is marked as the time of publication.
    fn marked_day(&self, headline: Option<&Headline>) -> Option<String> {
        let value = |id: NodeId, element: &Element<'_>| {
            let attributes =
                ["datetime", "content", "data-date"].into_iter().filter_map(|name| element.attribute(name));
            attributes
                .filter_map(|value| day(value).or_else(|| written_day(value)))
                .next()
                .or_else(|| written_day(&self.tree.text(id)))
        };
        let says = |element: &Element<'_>, key: &str, values: &[&str]| {
            element.attribute(key).is_some_and(|props| {
                props.split(' ').any(|prop| values.contains(&prop.to_ascii_lowercase().as_str()))
            })
        };
        let marked = |element: &Element<'_>| {
            says(element, "itemprop", &["datepublished", "datecreated"])
                || says(
                    element,
                    "property",
                    &[
                        "dc:date",
                        "dc:created",
                        "dcterms:created",
                        "dcterms:date",
                        "schema:datepublished",
                        "datepublished",
                    ],
                )
                || (element.tag == "time" && element.attribute("pubdate").is_some())
        };
        if let Some(day) = self
            .tree
            .elements()
            .filter(|(_, element)| marked(element))
            .find_map(|(id, element)| value(id, element))
        {
            return Some(day);
        }
        // Related reports have times of their own: the report's stands by its headline.
        let near = headline.and_then(|headline| headline.node).unwrap_or(ROOT);
        let times = || self.tree.elements().filter(|(_, element)| element.tag == "time");
        let after = times().filter(|(id, _)| *id > near).find_map(|(id, element)| value(id, element));
        let closely =
            times().filter(|(id, _)| *id < near).filter_map(|(id, element)| value(id, element)).last();
        match (after, closely) {
            (Some(after), _) => Some(after),
            (None, closely) => closely,
        }
    }

    /// The day printed near the headline, in a box named for it or on a line that is little more than a date.
    fn printed_day(&self, headline: Option<&Headline>) -> Option<String> {
        let node = headline.and_then(|headline| headline.node);
        let short = |text: &str| text.chars().count() <= 120;
        let named = |from: NodeId, to: NodeId| {
            self.tree
                .elements()
                .filter(|(id, _)| (from..to).contains(id) && !self.bare.0[*id] && self.named[*id].date)
                .filter(|(id, _)| self.tree.nodes[*id].end - id < 40)
                .find_map(|(id, _)| {
                    Some(self.tree.text(id)).filter(|text| short(text)).and_then(|text| written_day(&text))
                })
        };
        let Some(node) = node else { return named(ROOT, self.tree.nodes.len()) };
        if let Some(day) = named(node, self.tree.nodes.len()) {
            return Some(day);
        }
        let blocks = blocks(self.tree, &self.bare);
        let at = blocks
            .iter()
            .position(|block| block.container >= node || self.tree.contains(block.container, node))
            .unwrap_or(0);
        let printed = |block: &Block| {
            (short(&block.text) && block.words <= 16).then(|| written_day(&block.text)).flatten()
        };
        let after = blocks.iter().skip(at).take(12).find_map(printed);
        after.or_else(|| blocks[..at].iter().rev().take(4).find_map(printed))
    }
}

impl Stated {
    /// Takes what one JSON-LD script says. Scripts are often not quite JSON: line ends within strings are mended.
    pub(crate) fn add(&mut self, script: &str) {
        let script =
            script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
        let script = script.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim();
        let value: Value = match serde_json::from_str(script) {
            Ok(value) => value,
            Err(_) => {
                let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                let Ok(value) = serde_json::from_str(&mended) else { return };
                value
            }
        };
        self.visit(&value, &value, 0);
    }

    /// Looks for the article: the script is it, or lists it with the site and the page it stands on.
    fn visit(&mut self, value: &Value, whole: &Value, depth: usize) {
        if depth > 4 {
            return;
        }
        if let Value::Array(values) = value {
            values.iter().for_each(|value| self.visit(value, whole, depth + 1));
            return;
        }
        let is_article = types(value).any(|name| {
            let name = name.rsplit(['/', ':']).next().unwrap_or(name);
            name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report"
        });
        let is_page = types(value).any(|name| name.ends_with("WebPage"));
        let text =
            |key: &str| value.get(key).and_then(Value::as_str).map(|text| collapse(&unescape(text, true)));
        let date = ["datePublished", "dateCreated"].into_iter().find_map(text);
        if is_page {
            self.page = self.page.take().or_else(|| text("url"));
            self.page_published = self.page_published.take().or_else(|| date.clone());
        }
        if is_article {
            let own = |field: &mut Option<String>, found: Option<String>| {
                if field.is_none() {
                    *field = found.filter(|text| !text.is_empty());
                }
            };
            own(&mut self.published, date);
            own(&mut self.headline, text("headline").or_else(|| text("name")));
            own(&mut self.body, value.get("articleBody").and_then(Value::as_str).map(str::to_owned));
            own(&mut self.outlet, value.get("publisher").and_then(|publisher| name_of(publisher, whole)));
            own(
                &mut self.uri,
                text("url")
                    .or_else(|| text("mainEntityOfPage"))
                    .or_else(|| Some(value.get("mainEntityOfPage")?.get("@id")?.as_str()?.to_owned())),
            );
        }
        for key in ["@graph", "mainEntity"] {
            if let Some(inner) = value.get(key) {
                self.visit(inner, whole, depth + 1);
            }
        }
    }
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let stated = value.get("@type");
    let many = stated.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    stated.and_then(Value::as_str).into_iter().chain(many)
}

/// The name of a publisher, which may be given elsewhere in the script under its `@id`.
fn name_of(publisher: &Value, whole: &Value) -> Option<String> {
    match publisher {
        Value::String(name) => Some(collapse(&unescape(name, true))),
        Value::Array(publishers) => name_of(publishers.first()?, whole),
        _ => {
            if let Some(name) = publisher.get("name").and_then(Value::as_str) {
                return Some(collapse(&unescape(name, true)));
            }
            let id = publisher.get("@id")?;
            let graph = whole.get("@graph").unwrap_or(whole).as_array()?;
            let named =
                graph.iter().filter(|value| value.get("@id") == Some(id)).find_map(|value| value.get("name"));
            named.and_then(Value::as_str).map(|name| collapse(&unescape(name, true)))
        }
    }
}

/// A headline and the name of the site after it, as titles of pages have them: `headline | site`.
pub(crate) fn split_title(title: &str) -> Option<(&str, &str)> {
    let cut = [" | ", " « ", " » ", " :: ", " – ", " — ", " - "].into_iter().find_map(|between| {
        let (head, tail) =
            title.split_once(between).filter(|_| between == " | ").or_else(|| title.rsplit_once(between))?;
        let (before, after) = (head.split_whitespace().count(), tail.split_whitespace().count());
        (before >= 3 && before > after && after <= 5).then_some((head.trim(), tail.trim()))
    });
    cut.map(|(head, tail)| match split_title(head) {
        // "headline - section - site" and "headline - site | site": the headline is what comes first.
        Some((headline, _)) => (headline, tail),
        None => (head, tail),
    })
}

/// The name of the site in a title that has the headline at one end: what stands at the other.
pub(crate) fn beside_headline<'t>(title: &'t str, headline: &str) -> Option<&'t str> {
    let mark = |c: char| matches!(c, '|' | '-' | '–' | '—' | '«' | '»' | ':');
    let parts = |rest: &'t str| {
        let parts = rest.split(['|', '–', '—', '«', '»', ':']).flat_map(|part| part.split(" - "));
        parts
            .map(|part| part.trim_matches(|c: char| mark(c) || c.is_whitespace()))
            .filter(|part| !part.is_empty())
    };
    let name = match (title.strip_prefix(headline), title.strip_suffix(headline)) {
        (Some(after), _) if after.trim_start().starts_with(mark) => parts(after).last(),
        (_, Some(before)) if before.trim_end().ends_with(mark) => parts(before).next(),
        _ => None,
    };
    name.filter(|name| name.split_whitespace().count() <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_parted_from_the_site() {
        assert_eq!(
            split_title("وصول القافلة إلى المدينة | الميناء"),
            Some(("وصول القافلة إلى المدينة", "الميناء"))
        );
        assert_eq!(
            split_title("وصول القافلة إلى المدينة - أخبار - الميناء"),
            Some(("وصول القافلة إلى المدينة", "الميناء"))
        );
        assert_eq!(split_title("حرب - سلام"), None);
        assert_eq!(beside_headline("الميناء : وصول القافلة", "وصول القافلة"), Some("الميناء"));
        assert_eq!(beside_headline("وصول القافلة | أخبار | الميناء", "وصول القافلة"), Some("الميناء"));
        assert_eq!(beside_headline("وصول القافلة", "وصول"), None);
    }

    #[test]
    fn json_ld_of_all_shapes() {
        let stated = |script: &str| {
            let mut stated = Stated::default();
            stated.add(script);
            (stated.headline, stated.published, stated.page_published, stated.outlet)
        };
        let some = |text: &str| Some(text.to_owned());
        let graph = r#"{"@graph": [{"@type": ["WebPage"], "datePublished": "2020-01-02"},
            {"@type": "http://schema.org/NewsArticle", "headline": "ع &amp; ن", "publisher": {"@id": "o"}},
            {"@type": "Organization", "@id": "o", "name": "الميناء"}]}"#;
        assert_eq!(stated(graph), (some("ع & ن"), None, some("2020-01-02"), some("الميناء")));
        let broken = "<!--\n{\"@type\": \"Article\", \"headline\": \"سطر\nآخر\", \"datePublished\": \"2020\",\n \"publisher\": \"س\"};\n-->";
        assert_eq!(stated(broken), (some("سطر آخر"), some("2020"), None, some("س")));
        assert_eq!(stated("[{\"@type\": \"Person\", \"name\": \"س\"}, 5, null]"), (None, None, None, None));
        assert_eq!(stated("{\"@type\": "), (None, None, None, None));
    }
}
