//! The report on a page: its main text, headline, outlet and day of publication, without what the template puts around them.
//!
//! The page is cut into *blocks*, the runs of text that a browser would set as paragraphs of their own. Blocks of running prose give
//! weight to the boxes they stand in; boxes that the template names as menus, related links or comments are left out, unless they
//! hold most of the prose. The box with most weight holds the body. In it, lines that are links, tools or notices are dropped.
//! Names of boxes and lines of templates are data: `data/boxes.tsv`, `data/phrases.tsv`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde_json::Value;

use crate::day::{self, day, written_day};
use crate::html::{Element, NodeId, NodeKind, ROOT, Tree, collapse, is_block, unescape};
use crate::{Origin, PublishedFrom, Report};

/// The reason of a fault where a page holds no report.
pub(crate) const NO_TEXT: &str =
    "no report was found on this page; leave it out, or give its text as plain text";

/// The report on a page, or `None` where the page holds no main text. `uri` is the address that the page was fetched from.
pub(crate) fn report(html: &str, uri: Option<&str>, origin: Origin) -> Option<Report> {
    let tree = Tree::parse(html);
    let page = Page::of(&tree);
    let headline = page.headline();
    let body = page.body(headline.as_ref());
    if body.is_empty() {
        return None;
    }
    let uri = page.uri(uri);
    let published = page.published(headline.as_ref(), uri.as_deref());
    let outlet = page.outlet(headline.as_ref(), uri.as_deref());
    let titled = headline.is_some();
    let mut text = String::with_capacity(html.len() / 4);
    for line in headline.map(|headline| headline.text).into_iter().chain(body) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line);
    }
    Some(Report {
        id: None,
        uri,
        outlet,
        published_from: if published.is_some() { PublishedFrom::Page } else { PublishedFrom::None },
        published,
        titled,
        text,
        origin,
    })
}

/// The text of a piece of markup that is all body, as feeds carry it: its paragraphs without pictures, captions and notices.
pub(crate) fn fragment(html: &str) -> String {
    let tree = Tree::parse(html);
    let bare = Skipped::of(&tree, &[]);
    let prose = weigh(&tree, &blocks(&tree, &bare));
    let out = |id: NodeId, element: &Element<'_>| {
        let small = prose[id] <= prose[ROOT] * 0.3;
        let named =
            matches!(TABLES.named(element).kind, Some(BoxKind::Junk | BoxKind::Comments | BoxKind::Small));
        small && (named || is_hidden(element))
    };
    let left_out: Vec<NodeId> =
        tree.elements().filter(|(id, element)| *id != ROOT && out(*id, element)).map(|(id, _)| id).collect();
    let blocks = blocks(&tree, &Skipped::of(&tree, &left_out));
    let mut inside: Vec<&Block> = blocks.iter().collect();
    drop_boxes(&tree, ROOT, &mut inside);
    let lines: Vec<&str> =
        inside.into_iter().filter(|block| !is_debris(block)).map(|block| block.text.as_str()).collect();
    lines.join("\n")
}

/// The text of a piece of markup on one line, as titles are.
pub(crate) fn plain(html: &str) -> String {
    Tree::parse(html).text(ROOT)
}

/// A run of text that stands by itself.
#[derive(Debug)]
struct Block {
    text: String,
    /// Letters other than spaces, and those of them in links.
    letters: usize,
    linked: usize,
    words: usize,
    /// Its first node, and the innermost block-level element it stands in.
    at: NodeId,
    container: NodeId,
    heading: bool,
    /// Whether a link of several words stands right before it, as before the summary of another report.
    teaser: bool,
}

impl Block {
    /// How much running prose this is: nothing for links and for short lines, which menus and teasers are made of.
    fn prose(&self) -> f64 {
        if self.words < 8 || self.heading || self.linked * 2 > self.letters {
            return 0.0;
        }
        let own = (self.letters - self.linked) as f64;
        let sentence =
            self.text.trim_end_matches(['"', '”', '»', ')']).ends_with(['.', '؟', '!', '…', ':', '؛']);
        own.min(1200.0) * if sentence { 1.0 } else { 0.7 } * if self.teaser { 0.25 } else { 1.0 }
    }

    fn is_link(&self) -> bool {
        self.linked * 10 >= self.letters * 8
    }
}

/// Marks of the nodes that are left out, with all that is in them.
struct Skipped(Vec<bool>);

impl Skipped {
    /// Scripts, forms' fields, embedded things and what is hidden, and the elements given.
    fn of(tree: &Tree<'_>, more: &[NodeId]) -> Skipped {
        let mut skipped = vec![false; tree.nodes.len()];
        for (id, element) in tree.elements() {
            skipped[id] = matches!(
                element.tag.as_ref(),
                "script"
                    | "style"
                    | "noscript"
                    | "template"
                    | "svg"
                    | "math"
                    | "iframe"
                    | "object"
                    | "select"
                    | "button"
                    | "input"
                    | "textarea"
                    | "canvas"
                    | "audio"
                    | "video"
                    | "dialog"
                    | "title"
                    | "noembed"
                    | "noframes"
                    | "figcaption"
                    | "xmp"
                    | "amp-sidebar"
                    | "amp-ad"
                    | "amp-social-share"
                    | "amp-user-notification"
                    | "amp-consent"
                    | "datalist"
                    | "label"
                    | "caption"
                    | "map"
            );
        }
        for id in more {
            skipped[*id] = true;
        }
        Skipped(skipped)
    }
}

/// Cuts a page into its blocks, in order.
fn blocks(tree: &Tree<'_>, skipped: &Skipped) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = vec![ROOT];
    let mut run = Run::default();
    let mut id = ROOT + 1;
    while id < tree.nodes.len() {
        while open.len() > 1 && open.last().is_some_and(|top| tree.nodes[*top].end <= id) {
            run.end(tree, &open, &mut blocks);
            open.pop();
        }
        match &tree.nodes[id].kind {
            NodeKind::Text { text, linked } if open.iter().any(|id| tree.tag(*id) == "pre") => {
                for (i, line) in text.split('\n').enumerate() {
                    if i > 0 {
                        run.end(tree, &open, &mut blocks);
                    }
                    run.add(id, line, *linked);
                }
            }
            NodeKind::Text { text, linked } => run.add(id, text, *linked),
            NodeKind::Element(element) => {
                let tag = element.tag.as_ref();
                let breaks = is_block(tag) || tag.contains('-');
                if breaks || tag == "br" {
                    run.end(tree, &open, &mut blocks);
                }
                if skipped.0[id] {
                    id = tree.nodes[id].end;
                    continue;
                }
                if tag == "tr" && is_data_row(tree, id) {
                    open.push(id);
                    run.add_row(tree, id, skipped);
                    run.end(tree, &open, &mut blocks);
                    open.pop();
                    id = tree.nodes[id].end;
                    continue;
                }
                if breaks && tree.nodes[id].end > id + 1 {
                    open.push(id);
                }
            }
        }
        id += 1;
    }
    run.end(tree, &open, &mut blocks);
    blocks
}

/// Text that is gathered until the next break.
#[derive(Default)]
struct Run {
    at: NodeId,
    text: String,
    letters: usize,
    linked: usize,
}

impl Run {
    fn add(&mut self, id: NodeId, text: &str, linked: bool) {
        if self.letters == 0 {
            self.at = id;
        }
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        self.letters += letters;
        if linked {
            self.linked += letters;
        }
        self.text.push_str(text);
    }

    /// The cells of a row on one line, a tab between them.
    fn add_row(&mut self, tree: &Tree<'_>, row: NodeId, skipped: &Skipped) {
        let cells = row + 1..tree.nodes[row].end;
        for cell in cells.filter(|id| matches!(tree.tag(*id), "td" | "th") && !skipped.0[*id]) {
            let text = tree.text(cell);
            if !text.is_empty() {
                if !self.text.is_empty() {
                    self.text.push('\u{1}');
                }
                self.add(cell, &text, false);
            }
        }
        let nodes = &tree.nodes[row..tree.nodes[row].end];
        self.linked = nodes
            .iter()
            .map(|node| match &node.kind {
                NodeKind::Text { text, linked: true } => text.chars().filter(|c| !c.is_whitespace()).count(),
                _ => 0,
            })
            .sum();
    }

    fn end(&mut self, tree: &Tree<'_>, open: &[NodeId], blocks: &mut Vec<Block>) {
        let run = std::mem::take(self);
        if run.letters == 0 {
            return;
        }
        let text = collapse(&run.text).replace('\u{1}', "\t");
        if text.is_empty() {
            return;
        }
        let container = open.last().copied().unwrap_or(ROOT);
        let heading = open.iter().rev().take(3).any(|id| is_heading(tree.tag(*id)));
        let words = text.split_whitespace().count();
        let teaser = blocks.last().is_some_and(|before| before.is_link() && before.words > 2);
        blocks.push(Block {
            teaser,
            words,
            text,
            letters: run.letters,
            linked: run.linked,
            at: run.at,
            container,
            heading,
        });
    }
}

fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// A row of a table of facts: several short cells with nothing but text in them. Other tables lay out the page.
fn is_data_row(tree: &Tree<'_>, row: NodeId) -> bool {
    let inside = row + 1..tree.nodes[row].end;
    if inside.len() > 200 {
        return false;
    }
    let mut cells = 0;
    for id in inside {
        match &tree.nodes[id].kind {
            NodeKind::Text { text, .. } if text.len() > 200 => return false,
            NodeKind::Element(element) => match element.tag.as_ref() {
                "td" | "th" => cells += 1,
                tag if is_block(tag) && tag != "p" => return false,
                "br" | "img" => return false,
                _ => {}
            },
            NodeKind::Text { .. } => {}
        }
    }
    cells > 1
}

/// What a page says about itself, gathered once.
struct Page<'p, 'a> {
    tree: &'p Tree<'a>,
    metas: Vec<(String, &'p str)>,
    title: Option<String>,
    canonical: Option<&'p str>,
    stated: Stated,
    /// What a first look tells to leave out: scripts and the like.
    bare: Skipped,
    /// What the name of each element says of it.
    named: Vec<Named>,
}

/// What the page's JSON-LD says of the report.
#[derive(Default)]
struct Stated {
    headline: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    body: Option<String>,
    uri: Option<String>,
    /// The address of the page that the report stands on.
    page: Option<String>,
}

struct Headline {
    text: String,
    /// The element that shows it.
    node: Option<NodeId>,
}

impl<'p, 'a> Page<'p, 'a> {
    fn of(tree: &'p Tree<'a>) -> Page<'p, 'a> {
        let mut page = Page {
            tree,
            metas: Vec::new(),
            title: None,
            canonical: None,
            stated: Stated::default(),
            bare: Skipped::of(tree, &[]),
            named: vec![Named::default(); tree.nodes.len()],
        };
        for (id, element) in tree.elements() {
            page.named[id] = TABLES.named(element);
        }
        for (id, element) in tree.elements() {
            match element.tag.as_ref() {
                "meta" => {
                    let names =
                        ["property", "name", "itemprop"].into_iter().filter_map(|key| element.attribute(key));
                    if let Some(content) =
                        element.attribute("content").filter(|content| !content.trim().is_empty())
                    {
                        page.metas.extend(names.map(|name| (name.trim().to_ascii_lowercase(), content)));
                    }
                }
                "title" if page.title.is_none() && !tree.ancestors(id).any(|id| tree.tag(id) == "svg") => {
                    page.title = Some(collapse(tree.raw(id))).filter(|title| !title.is_empty());
                }
                "link" if page.canonical.is_none() && element.attribute("rel") == Some("canonical") => {
                    page.canonical = element.attribute("href").filter(|href| href.starts_with("http"));
                }
                "script"
                    if element
                        .attribute("type")
                        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
                {
                    page.stated.add(tree.raw(id));
                }
                _ => {}
            }
        }
        page
    }

    fn meta(&self, names: &[&str]) -> Option<&'p str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name)).map(|(_, content)| *content)
    }

    fn uri(&self, fetched: Option<&str>) -> Option<String> {
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

    fn outlet(&self, headline: Option<&Headline>, uri: Option<&str>) -> Option<String> {
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

    /// The headline as the page shows it, found by what its metadata say, else as the metadata say it.
    fn headline(&self) -> Option<Headline> {
        let shared = self.meta(&["og:title", "twitter:title"]).map(collapse);
        let stated = self.stated.headline.clone();
        let said: Vec<String> =
            [&stated, &shared, &self.title].into_iter().flatten().map(|title| fold(start(title))).collect();
        // How much of what the page says its headline is a text shows, or is: 1 is all of it.
        let agrees = |text: &str| {
            let text = fold(text);
            let share = |said: &String| {
                let (short, long) = if text.len() <= said.len() { (&text, said) } else { (said, &text) };
                if short.contains(' ') && long.contains(short.as_str()) {
                    short.len() as f64 / long.len() as f64
                } else {
                    0.0
                }
            };
            said.iter().map(share).fold(0.0, f64::max)
        };
        let shown = |id: NodeId| self.tree.text(id);
        let inside_hidden = |id: NodeId| self.bare.0[id] || self.tree.ancestors(id).any(|id| self.bare.0[id]);
        let mut marked: Vec<(NodeId, String)> = Vec::new();
        for (id, element) in self.tree.elements() {
            let rank = match element.tag.as_ref() {
                "h1" => true,
                "h2" | "h3" | "div" | "span" | "p" | "font" | "td" | "strong" | "b" => {
                    let heads = element
                        .attribute("itemprop")
                        .is_some_and(|prop| prop.split(' ').any(|prop| prop == "headline"));
                    heads || is_heading(&element.tag) || self.named[id].title
                }
                _ => false,
            };
            if rank && self.tree.nodes[id].end - id < 40 && !inside_hidden(id) && !self.leads_home(id) {
                let text = shown(id);
                if !text.is_empty() && text.chars().count() <= 300 {
                    marked.push((id, text));
                }
            }
        }
        let is_h1 = |id: NodeId| self.tree.tag(id) == "h1";
        let mut best: Option<(f64, &(NodeId, String))> = None;
        for candidate in &marked {
            let (id, text) = candidate;
            let agreement = agrees(text) + if is_h1(*id) { 0.05 } else { 0.0 };
            if agreement > best.map_or(0.1, |(most, _)| most) {
                best = Some((agreement, candidate));
            }
        }
        let found = best
            .map(|(_, candidate)| candidate)
            .or_else(|| marked.iter().find(|(id, text)| is_h1(*id) && text.split_whitespace().count() > 3));
        if let Some((id, text)) = found {
            return Some(Headline { text: text.clone(), node: Some(*id) });
        }
        if let Some(headline) = self.unmarked_headline(&said) {
            return Some(headline);
        }
        if shared.is_none()
            && stated.is_none()
            && self.title.as_ref().is_none_or(|title| title.split_whitespace().count() < 6)
        {
            // The title names the site only: the headline is the last line marked as a title above the body.
            let blocks =
                blocks(self.tree, &self.template(None, &weigh(self.tree, &blocks(self.tree, &self.bare))));
            let (root, _) = self.main_boxes(None, &blocks);
            let prose = blocks.iter().find(|block| self.tree.contains(root, block.at) && block.prose() > 0.0);
            let mut above = marked.into_iter().filter(|(id, text)| {
                prose.is_some_and(|prose| *id < prose.at && !self.tree.contains(*id, prose.at))
                    && text.split_whitespace().count() > 3
            });
            if let Some((id, text)) = above.next_back() {
                return Some(Headline { text, node: Some(id) });
            }
        }
        let text = shared.or(stated).or_else(|| self.title.clone())?;
        let text = match split_title(&text) {
            Some((headline, _)) => headline.to_owned(),
            None => text,
        };
        (!text.is_empty()).then_some(Headline { text, node: None })
    }

    /// Whether an element is a link to the front page, as the name of the site is.
    fn leads_home(&self, id: NodeId) -> bool {
        let inside = (id..self.tree.nodes[id].end).filter_map(|id| self.tree.element(id));
        let mut links =
            inside.filter(|element| element.tag == "a").filter_map(|element| element.attribute("href"));
        links.any(|href| {
            let path = href
                .split_once("://")
                .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
            matches!(
                path.trim_matches(['/', '.', ' ']),
                "" | "index.html" | "index.php" | "default.aspx" | "ar" | "home"
            )
        })
    }

    /// The headline of a page that marks it by its size only: the innermost element that shows most of what the title says.
    fn unmarked_headline(&self, said: &[String]) -> Option<Headline> {
        let mut found: Option<(NodeId, String)> = None;
        for (id, element) in self.tree.elements() {
            let shows = matches!(
                element.tag.as_ref(),
                "font" | "b" | "strong" | "span" | "div" | "td" | "p" | "center" | "big"
            );
            if let Some((outer, _)) = &found
                && !self.tree.contains(*outer, id)
            {
                break;
            }
            if !shows || self.tree.nodes[id].end - id > 12 || self.bare.0[id] {
                continue;
            }
            let text = self.tree.text(id);
            let folded = fold(&text);
            let most = |said: &String| said.contains(&folded) && folded.len() * 2 > said.len();
            if folded.split(' ').count() > 3 && said.iter().any(most) {
                found = Some((id, text));
            }
        }
        found.map(|(id, text)| Headline { text, node: Some(id) })
    }

    /// The paragraphs of the main text.
    fn body(&self, headline: Option<&Headline>) -> Vec<String> {
        let tree = self.tree;
        let first = blocks(tree, &self.bare);
        let prose = weigh(tree, &first);
        let skipped = self.template(headline, &prose);
        let blocks = blocks(tree, &skipped);
        let (root, kept) = self.main_boxes(headline, &blocks);
        let title = headline.map(|headline| fold(&headline.text));
        // Without a headline on it, a page with a few sentences is a list or a notice.
        let prose = weigh(tree, &blocks);
        let weight: f64 = kept.iter().map(|id| prose[*id]).sum();
        if headline.is_none_or(|headline| headline.node.is_none()) && weight < 300.0 {
            return self.prefer_stated(Vec::new());
        }
        let mut inside: Vec<&Block> =
            blocks.iter().filter(|block| tree.contains(root, block.container)).collect();
        drop_boxes(tree, root, &mut inside);
        inside.retain(|block| kept.iter().any(|kept| tree.contains(*kept, block.container)));
        let heading_node = headline.and_then(|headline| headline.node);
        let heading = heading_node.filter(|node| tree.contains(root, *node));
        let deck = heading_node.and_then(|node| self.deck(&blocks, node, root));
        let mut lines: Vec<&Block> =
            deck.filter(|deck| inside.iter().all(|block| block.at != deck.at)).into_iter().collect();
        for block in inside {
            let repeats = title.as_ref().is_some_and(|title| *title == fold(&block.text));
            let above = heading.is_some_and(|heading| block.at < heading) && block.prose() == 0.0;
            if is_debris(block) {
                // A heading over links goes with them.
                lines.pop_if(|last| block.is_link() && last.heading);
            } else if !repeats && !above && lines.last().is_none_or(|last| last.text != block.text) {
                lines.push(block);
            }
        }
        // The line that names the sources may stand below the box of the body.
        let last = lines.last().map_or(0, |last| last.at);
        let after = blocks.iter().filter(|block| block.at > last && !is_debris(block)).take(3);
        let sources = |block: &&Block| {
            block.words <= 10 && fold(&block.text).starts_with("المصدر ") && block.text.contains(':')
        };
        lines.extend(after.filter(sources).take(1));
        // The foot of a page names the outlet and the year.
        let site = self
            .meta(&["og:site_name", "dc.publisher"])
            .map(str::to_owned)
            .or_else(|| self.stated.outlet.clone());
        let site = site
            .or_else(|| beside_headline(self.title.as_deref()?, &headline?.text).map(str::to_owned))
            .map(|site| fold(&site));
        let signs = |last: &mut &Block| {
            let names = site
                .as_ref()
                .is_some_and(|site| !site.is_empty() && fold(&last.text).starts_with(site.as_str()));
            last.words <= 8 && last.prose() == 0.0 && (last.text.contains('©') || names)
        };
        while lines.len() > 1 && lines.pop_if(signs).is_some() {}
        while lines.pop_if(|last| last.heading && deck.is_none_or(|deck| deck.at != last.at)).is_some() {}
        let lines = lines.into_iter().map(|block| block.text.clone()).collect();
        self.prefer_stated(lines)
    }

    /// The second headline that stands between the headline and the body.
    fn deck<'b>(&self, blocks: &'b [Block], heading: NodeId, root: NodeId) -> Option<&'b Block> {
        let after =
            blocks.iter().filter(|block| block.at > heading && !self.tree.contains(heading, block.at));
        let block = after
            .take_while(|block| block.at < root || self.tree.contains(root, block.at))
            .find(|block| !is_debris(block))?;
        let lead = std::iter::once(block.container)
            .chain(self.tree.ancestors(block.container))
            .take(2)
            .any(|id| self.named[id].kind == Some(BoxKind::Lead));
        ((block.heading || lead) && block.words > 3).then_some(block)
    }

    /// The JSON-LD's copy of the body where the page itself shows little of it, as pages that scripts fill do.
    fn prefer_stated(&self, lines: Vec<String>) -> Vec<String> {
        let Some(stated) = &self.stated.body else { return lines };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let shown: usize = lines.iter().map(|line| letters(line)).sum();
        if shown * 2 >= letters(stated) {
            return lines;
        }
        let text = if stated.contains("</") || stated.contains("<br") || stated.contains("&lt;") {
            fragment(&unescape(stated, true))
        } else {
            let lines: Vec<String> = stated.lines().map(collapse).filter(|line| !line.is_empty()).collect();
            lines.join("\n")
        };
        text.lines().map(str::to_owned).collect()
    }

    /// What belongs to the template: boxes that are named as such or are by their kind, unless they hold what they should not.
    fn template(&self, headline: Option<&Headline>, prose: &[f64]) -> Skipped {
        let tree = self.tree;
        let total = prose[ROOT].max(1.0);
        let heading = headline.and_then(|headline| headline.node);
        let mut left_out = Vec::new();
        for (id, element) in tree.elements() {
            if id == ROOT || self.bare.0[id] {
                continue;
            }
            let share = prose[id] / total;
            let heads = heading.is_some_and(|heading| tree.contains(id, heading));
            let boxed = self.named[id].kind;
            let in_article = || tree.ancestors(id).any(|id| matches!(tree.tag(id), "article" | "main"));
            let out = match element.tag.as_ref() {
                "nav" => share < 0.5,
                "aside" | "footer" | "form" => !heads && share < 0.3,
                "header" => share < 0.2 && !heads && !in_article(),
                _ => false,
            } || match element.attribute("role") {
                Some(
                    "navigation" | "complementary" | "banner" | "contentinfo" | "search" | "dialog" | "menu"
                    | "toolbar",
                ) => !heads && share < 0.3,
                _ => false,
            } || match boxed {
                Some(BoxKind::Junk) => !heads && share < 0.4,
                Some(BoxKind::Comments) => !heads && (1.0 - share) * total > 150.0,
                Some(BoxKind::Small) => !heads && prose[id] < 350.0 && share < 0.3,
                _ => false,
            } || (is_hidden(element) && !heads && share < 0.3 && !self.is_folded_away(id, prose));
            if out {
                left_out.push(id);
            }
        }
        Skipped::of(tree, &left_out)
    }

    /// Whether a hidden box is the rest of the text, which a button unfolds: prose that stands beside visible paragraphs.
    fn is_folded_away(&self, id: NodeId, prose: &[f64]) -> bool {
        let tree = self.tree;
        let hidden_for_good =
            tree.element(id).is_none_or(|element| element.attribute("aria-hidden").is_some());
        if hidden_for_good || prose[id] == 0.0 {
            return false;
        }
        let parent = tree.nodes[id].parent;
        let mut child = parent + 1;
        for _ in 0..64 {
            if child >= tree.nodes[parent].end {
                break;
            }
            if child != id && tree.tag(child) == "p" && prose[child] > 0.0 {
                return true;
            }
            child = tree.nodes[child].end;
        }
        false
    }

    /// The box that holds the body, with the boxes beside it that belong to it.
    fn main_boxes(&self, headline: Option<&Headline>, blocks: &[Block]) -> (NodeId, Vec<NodeId>) {
        let tree = self.tree;
        let heading = headline.and_then(|headline| headline.node);
        let mut score = vec![0.0; tree.nodes.len()];
        let (mut letters, mut linked) = (vec![0_usize; tree.nodes.len()], vec![0_usize; tree.nodes.len()]);
        let prose = weigh(tree, blocks);
        for block in blocks {
            let weight = block.prose();
            let mut share = 1.0;
            let mut at = block.container;
            // A paragraph speaks for the box around it, not for itself.
            let mut own = matches!(tree.tag(at), "p" | "li" | "blockquote" | "dd" | "pre");
            loop {
                letters[at] += block.letters;
                linked[at] += block.linked;
                let tag = tree.tag(at);
                if !own && share > 0.1 && (is_block(tag) || tag.contains('-')) {
                    score[at] += weight * share;
                }
                if at == ROOT {
                    break;
                }
                // A box around one box is no farther away; one that holds more is.
                let parent = tree.nodes[at].parent;
                if !own && prose[parent] > prose[at] * 1.001 {
                    share /= 2.0;
                }
                own = false;
                at = parent;
            }
        }
        let judged = |id: NodeId| {
            let Some(element) = tree.element(id) else { return 0.0 };
            let mut factor = 1.0;
            if letters[id] > 0 {
                factor *= 1.0 - linked[id] as f64 / letters[id] as f64;
            }
            if element
                .attribute("itemprop")
                .is_some_and(|prop| prop.split(' ').any(|prop| prop.eq_ignore_ascii_case("articleBody")))
            {
                factor *= 2.0;
            }
            factor *= match self.named[id].kind {
                Some(BoxKind::Body) => 1.5,
                Some(BoxKind::Junk | BoxKind::Comments | BoxKind::Small) => 0.3,
                _ => 1.0,
            };
            if matches!(element.tag.as_ref(), "article" | "main") {
                factor *= 1.2;
            }
            // The body follows the headline.
            if heading.is_some_and(|heading| tree.nodes[id].end <= heading) {
                factor *= 0.5;
            }
            score[id] * factor
        };
        let mut best = (ROOT, 0.0);
        for (id, _) in tree.elements() {
            if score[id] > 0.0 {
                let score = judged(id);
                if score > best.1 {
                    best = (id, score);
                }
            }
        }
        let (top, _) = best;
        if top == ROOT {
            return (ROOT, vec![ROOT]);
        }
        // Beside the best box stand others: the lead above it, further parts of the same kind below it.
        let mut root = top;
        let mut kept = vec![top];
        let kind = |id: NodeId| {
            (tree.tag(id).to_owned(), tree.element(id).and_then(|e| e.attribute("class")).map(str::to_owned))
        };
        for parent in tree.ancestors(top).take(4) {
            if parent == ROOT || matches!(tree.tag(root), "article" | "main" | "td") {
                break;
            }
            let mut id = parent + 1;
            while id < tree.nodes[parent].end {
                let element = tree.element(id);
                let leads = self.named[id].kind == Some(BoxKind::Lead);
                if let Some(element) = element
                    && id != root
                    && (prose[id] > 0.0 || (leads && letters[id] > 0))
                {
                    let density = linked[id] as f64 / letters[id].max(1) as f64;
                    let boxed = self.named[id].kind;
                    let follows = heading.is_none_or(|heading| id > heading);
                    let paragraph =
                        matches!(element.tag.as_ref(), "p" | "h2" | "h3" | "blockquote" | "ul" | "ol");
                    let same = kind(id) == kind(root)
                        && (kind(id).1.is_some()
                            || (parent == tree.nodes[top].parent && element.tag == "div"));
                    let lead = boxed == Some(BoxKind::Lead) && follows && id < root;
                    let body = boxed == Some(BoxKind::Body);
                    let beside = paragraph && follows && (parent == tree.nodes[top].parent || id < root);
                    let junk = matches!(boxed, Some(BoxKind::Junk | BoxKind::Comments | BoxKind::Small));
                    if density < 0.3 && !junk && (same || lead || body || beside) {
                        kept.push(id);
                    }
                }
                id = tree.nodes[id].end.max(id + 1);
            }
            root = parent;
        }
        kept.sort_unstable();
        let root = if kept.len() == 1 { top } else { root };
        (root, kept)
    }

    /// The day of publication: as stated for machines, else as printed by the headline, else as in the address.
    fn published(&self, headline: Option<&Headline>, uri: Option<&str>) -> Option<String> {
        let stated = self.stated.published.as_deref().and_then(day);
        let metas = || {
            let names = [
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
                "article:modified_time",
            ];
            names.iter().find_map(|name| {
                self.meta(&[name]).and_then(|value| day(value).or_else(|| written_day(value)))
            })
        };
        stated
            .or_else(metas)
            .or_else(|| self.marked_day(headline))
            .or_else(|| self.printed_day(headline))
            .or_else(|| uri.and_then(day::in_address))
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
    fn add(&mut self, script: &str) {
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
        if is_article || is_page {
            let date = ["datePublished", "dateCreated"].into_iter().find_map(text);
            self.published = self.published.take().filter(|_| !is_article).or(date).or(self.published.take());
        }
        if is_page && self.page.is_none() {
            self.page = text("url");
        }
        if is_article {
            let own = |field: &mut Option<String>, found: Option<String>| {
                if field.is_none() {
                    *field = found.filter(|text| !text.is_empty());
                }
            };
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
fn split_title(title: &str) -> Option<(&str, &str)> {
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
fn beside_headline<'t>(title: &'t str, headline: &str) -> Option<&'t str> {
    let between = |c: char| matches!(c, '|' | '-' | '–' | '—' | '«' | '»' | ':') || c.is_whitespace();
    let parts = |rest: &'t str| {
        rest.split(['|', '–', '—', '«', '»'])
            .flat_map(|part| part.split(" - "))
            .map(str::trim)
            .filter(|part| !part.is_empty())
    };
    let name = match title.strip_prefix(headline) {
        Some(rest) if rest.starts_with(between) => parts(rest.trim_matches(between)).last(),
        Some(_) => None,
        None => title
            .strip_suffix(headline)
            .filter(|rest| rest.ends_with(between))
            .and_then(|rest| parts(rest.trim_matches(between)).next()),
    };
    name.filter(|name| name.split_whitespace().count() <= 6)
}

/// The prose in each node.
fn weigh(tree: &Tree<'_>, blocks: &[Block]) -> Vec<f64> {
    let mut prose = vec![0.0; tree.nodes.len()];
    for block in blocks {
        let weight = block.prose();
        if weight > 0.0 {
            prose[block.container] += weight;
            for id in tree.ancestors(block.container) {
                prose[id] += weight;
            }
        }
    }
    prose
}

/// Sums over the blocks of any part of the page, at the cost of a search.
struct Sums {
    /// The first node of each block, in order.
    at: Vec<NodeId>,
    prose: Vec<f64>,
    letters: Vec<usize>,
    linked: Vec<usize>,
}

impl Sums {
    fn of(blocks: &[&Block]) -> Sums {
        let mut sums = Sums { at: Vec::new(), prose: vec![0.0], letters: vec![0], linked: vec![0] };
        let (mut prose, mut letters, mut linked) = (0.0, 0, 0);
        for block in blocks {
            prose += block.prose();
            letters += block.letters;
            linked += block.linked;
            sums.at.push(block.at);
            sums.prose.push(prose);
            sums.letters.push(letters);
            sums.linked.push(linked);
        }
        sums
    }

    /// The blocks that begin in a range of nodes.
    fn within(&self, nodes: &Range<NodeId>) -> Range<usize> {
        self.at.partition_point(|at| *at < nodes.start)..self.at.partition_point(|at| *at < nodes.end)
    }

    fn prose(&self, blocks: &Range<usize>) -> f64 {
        self.prose[blocks.end] - self.prose[blocks.start]
    }
}

/// Drops the boxes among the blocks that a line such as "read also" or "comments" heads, and cards that tell of other reports.
fn drop_boxes(tree: &Tree<'_>, root: NodeId, blocks: &mut Vec<&Block>) {
    let sums = Sums::of(blocks);
    let total = sums.prose(&(0..blocks.len())).max(1.0);
    // How many dropped boxes begin at a block, less those that end there.
    let mut dropped = vec![0_isize; blocks.len() + 1];
    let mut drop = |range: &Range<usize>| {
        dropped[range.start] += 1;
        dropped[range.end] -= 1;
    };
    for pair in blocks.windows(2) {
        // A card: a linked title with a summary, in a box of their own.
        let [title, summary] = pair else { continue };
        if title.heading && title.is_link() && summary.teaser {
            let around = tree.ancestors(summary.at).find(|id| tree.contains(*id, title.at)).unwrap_or(ROOT);
            let inside = sums.within(&(around..tree.nodes[around].end));
            if inside.len() < 4 && !tree.contains(around, root) {
                drop(&inside);
            }
        }
    }
    for id in root + 1..tree.nodes[root].end {
        // A box of links, with what heads and ends it.
        if matches!(tree.tag(id), "section" | "div" | "aside" | "ul" | "ol" | "table") {
            let inside = sums.within(&(id..tree.nodes[id].end));
            let letters = sums.letters[inside.end] - sums.letters[inside.start];
            let linked = sums.linked[inside.end] - sums.linked[inside.start];
            if inside.len() > 1 && linked * 10 > letters * 6 && sums.prose(&inside) == 0.0 {
                drop(&inside);
            }
        }
    }
    for (i, block) in blocks.iter().enumerate() {
        let Some(kind) = heads_box(block) else { continue };
        let most = if kind == PhraseKind::Comments { 0.6 } else { 0.3 };
        // The box is the largest one that begins with this line and does not hold most of the prose.
        let mut widest = None;
        for id in std::iter::once(block.container).chain(tree.ancestors(block.container)) {
            let inside = sums.within(&(id..tree.nodes[id].end));
            let first = i == 0 || blocks[i - 1].at < id;
            if id == root || tree.contains(id, root) || !first || sums.prose(&inside) > most * total {
                break;
            }
            widest = Some((id, inside));
        }
        let Some((id, inside)) = widest else { continue };
        drop(&inside);
        // Where the line has no box, the links that follow it are its box.
        let parent = tree.nodes[id].parent;
        let mut next = tree.nodes[id].end;
        while next < tree.nodes[parent].end {
            let end = tree.nodes[next].end;
            let inside = sums.within(&(next..end));
            let letters = sums.letters[inside.end] - sums.letters[inside.start];
            let linked = sums.linked[inside.end] - sums.linked[inside.start];
            if letters > 0 && linked * 5 < letters {
                break;
            }
            drop(&inside);
            next = end;
        }
        if kind == PhraseKind::Comments && sums.prose[i] * 2.0 >= total {
            drop(&(i..blocks.len()));
            break;
        }
    }
    let mut depth = 0;
    let mut marks = dropped.iter();
    blocks.retain(|_| {
        depth += marks.next().copied().unwrap_or(0);
        depth == 0
    });
}

/// Whether a block is the title of a box of links or of the comments.
fn heads_box(block: &Block) -> Option<PhraseKind> {
    if block.words > 8 {
        return None;
    }
    let folded = fold(&block.text);
    let (kind, length) = TABLES.phrase_at_start(&folded, &[PhraseKind::Related, PhraseKind::Comments])?;
    (block.words <= length + 2).then_some(kind)
}

/// Whether a line is no part of the report: links, tools, dates and notices.
fn is_debris(block: &Block) -> bool {
    if block.is_link() {
        return true;
    }
    if block.words > 60 {
        return false;
    }
    if block.words == 1 && ["http://", "https://", "www."].iter().any(|start| block.text.starts_with(start)) {
        return true;
    }
    let folded = fold(&block.text);
    if folded.is_empty() || is_date_line(&folded) || is_tool_line(&folded) {
        return true;
    }
    if TABLES.count_within(&folded, PhraseKind::Within) > 0
        || TABLES.count_within(&folded, PhraseKind::Policy) > 1
    {
        return true;
    }
    use PhraseKind::{Comments, Credit, Notice, Related};
    let Some((kind, length)) = TABLES.phrase_at_start(&folded, &[Related, Comments, Notice, Credit]) else {
        return false;
    };
    // A phrase with a colon after it is a label.
    let label = block
        .text
        .split_once([':', '：'])
        .is_some_and(|(before, _)| before.split_whitespace().count() <= length);
    match kind {
        Related => {
            let links = block.linked * 3 > block.letters || (block.linked > 0 && block.words <= 15);
            links || block.words <= length + 2 || (label && block.words <= 30)
        }
        Comments => block.words <= length + 2,
        Notice => block.words <= 20,
        _ => (label && block.words <= 12) || block.words <= length + 2,
    }
}

/// Only words of a date, with at least one number among them.
fn is_date_line(folded: &str) -> bool {
    let mut numbers = 0;
    let mut words = 0;
    for word in folded.split(' ') {
        words += 1;
        let digits = word.chars().filter(|c| c.is_numeric()).count();
        if digits > 0 && word.chars().count() <= digits + 1 {
            // 17 or 05ت, the hour with its zone.
            numbers += 1;
        } else if !TABLES.date_words.contains(word) && !day::is_month(word) {
            return false;
        }
    }
    numbers > 0 && words > 1
}

/// Only names of buttons, and their counts.
fn is_tool_line(folded: &str) -> bool {
    let mut rest = folded;
    let mut tools = 0;
    while !rest.is_empty() {
        let length = match TABLES.phrase_at_start(rest, &[PhraseKind::Tool]) {
            Some((_, words)) => {
                tools += 1;
                rest.match_indices(' ').nth(words - 1).map_or(rest.len(), |(at, _)| at)
            }
            None => {
                let word = rest.split(' ').next().unwrap_or(rest);
                if !word.chars().all(char::is_numeric) {
                    return false;
                }
                word.len()
            }
        };
        rest = rest[length..].trim_start();
    }
    tools > 0
}

fn is_hidden(element: &Element<'_>) -> bool {
    let style = element.attribute("style").unwrap_or("");
    let hides = |style: &str| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    element.attribute("hidden").is_some()
        || element.attribute("aria-hidden").is_some_and(|value| value.trim() == "true")
        || (!style.is_empty() && hides(style))
}

/// The start of a title that should be no longer.
fn start(title: &str) -> &str {
    title.char_indices().nth(600).map_or(title, |(end, _)| &title[..end])
}

/// Letters for comparing: without vowel signs and tatweel, with the forms of alef, yeh and teh marbuta made one, other signs as
/// single spaces.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{200c}'..='\u{200f}' => continue,
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
            c if c.is_alphanumeric() => {
                folded.extend(c.to_lowercase());
                continue;
            }
            '©' => c,
            _ => ' ',
        };
        if c != ' ' || !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    folded.trim().to_owned()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BoxKind {
    Body,
    Lead,
    Junk,
    Comments,
    Small,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PhraseKind {
    Related,
    Comments,
    Tool,
    Notice,
    Within,
    Policy,
    Credit,
}

/// What the name of an element says of it.
#[derive(Clone, Copy, Debug, Default)]
struct Named {
    kind: Option<BoxKind>,
    date: bool,
    title: bool,
}

/// The parts of a name and what a box of this name is, or nothing for the names of dates.
type BoxName = (Vec<&'static str>, Option<BoxKind>);

/// The tables of names and phrases, read once.
struct Tables {
    /// By the first part of the name.
    boxes: HashMap<&'static str, Vec<BoxName>>,
    /// By the first word of the phrase: the whole folded phrase, its words and its kind.
    phrases: HashMap<String, Vec<(String, usize, PhraseKind)>>,
    /// The phrases that are looked for anywhere in a line.
    within: Vec<(String, PhraseKind)>,
    date_words: HashSet<String>,
}

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| Tables::of(include_str!("../data/boxes.tsv"), include_str!("../data/phrases.tsv")));

/// The rows of a table: lines of columns, without comments.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?))
    })
}

impl Tables {
    fn of(boxes: &'static str, phrases: &'static str) -> Tables {
        let mut tables = Tables {
            boxes: HashMap::new(),
            phrases: HashMap::new(),
            within: Vec::new(),
            date_words: HashSet::new(),
        };
        for (kind, name) in rows(boxes) {
            let kind = match kind {
                "body" => Some(BoxKind::Body),
                "lead" => Some(BoxKind::Lead),
                "junk" => Some(BoxKind::Junk),
                "comments" => Some(BoxKind::Comments),
                "small" => Some(BoxKind::Small),
                _ => None,
            };
            let parts: Vec<&str> = name.split('-').collect();
            tables.boxes.entry(parts[0]).or_default().push((parts, kind));
        }
        for (kind, phrase) in rows(phrases) {
            let phrase = fold(phrase);
            let kind = match kind {
                "related" => PhraseKind::Related,
                "comments" => PhraseKind::Comments,
                "tool" => PhraseKind::Tool,
                "notice" => PhraseKind::Notice,
                "credit" => PhraseKind::Credit,
                "within" => PhraseKind::Within,
                "policy" => PhraseKind::Policy,
                _ => {
                    tables.date_words.insert(phrase);
                    continue;
                }
            };
            if matches!(kind, PhraseKind::Within | PhraseKind::Policy) {
                tables.within.push((phrase, kind));
                continue;
            }
            let words = phrase.split(' ').count();
            let first = phrase.split(' ').next().unwrap_or_default().to_owned();
            tables.phrases.entry(first).or_default().push((phrase, words, kind));
        }
        tables
    }

    /// The longest phrase of these kinds that a folded text begins with, and its words.
    fn phrase_at_start(&self, folded: &str, kinds: &[PhraseKind]) -> Option<(PhraseKind, usize)> {
        let first = folded.split(' ').next()?;
        let begins = |phrase: &str| {
            folded.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let found = self
            .phrases
            .get(first)?
            .iter()
            .filter(|(phrase, _, kind)| kinds.contains(kind) && begins(phrase));
        found.max_by_key(|(_, words, _)| *words).map(|(_, words, kind)| (*kind, *words))
    }

    fn count_within(&self, folded: &str, kind: PhraseKind) -> usize {
        self.within.iter().filter(|(phrase, k)| *k == kind && folded.contains(phrase.as_str())).count()
    }

    /// What class and id say. In each word the name that starts first counts; a word such as `has-share` or `no-sidebar` speaks of
    /// what else is there. A word that names the body goes before the others.
    fn named(&self, element: &Element<'_>) -> Named {
        let mut named = Named::default();
        let words = ["class", "id"]
            .into_iter()
            .filter_map(|key| element.attribute(key))
            .flat_map(str::split_whitespace);
        for word in words.take(16) {
            let parts = parts(word);
            if matches!(
                parts.first().map(String::as_str),
                None | Some("has" | "no" | "with" | "without" | "is" | "not")
            ) {
                continue;
            }
            named.title |= parts.iter().any(|part| part == "title" || part == "headline");
            let mut kind = None;
            for start in 0..parts.len() {
                let rows = self.boxes.get(parts[start].as_str()).into_iter().flatten();
                let matching = rows.filter(|(name, _)| {
                    parts[start..].iter().map(String::as_str).take(name.len()).eq(name.iter().copied())
                });
                let mut longest = 0;
                for (name, row) in matching {
                    match row {
                        None => named.date = true,
                        Some(row) if kind.is_none() || (longest > 0 && name.len() > longest) => {
                            kind = Some(*row);
                            longest = name.len();
                        }
                        Some(_) => {}
                    }
                }
            }
            if named.kind.is_none() || kind == Some(BoxKind::Body) {
                named.kind = kind.or(named.kind);
            }
        }
        named
    }
}

/// The parts of a name in lower case: `btn-readMore2` is btn, read, more.
fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for c in word.chars().take(80) {
        let fresh = !c.is_alphabetic() || (c.is_uppercase() && before.is_lowercase());
        if fresh && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        // Numbers only tell boxes of one kind apart.
        if c.is_alphabetic()
            && let Some(part) = parts.last_mut()
        {
            part.extend(c.to_lowercase());
        }
        before = c;
    }
    if parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts
}
