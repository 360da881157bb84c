//! The report on a page: its main text, headline, outlet and day of publication, without what the template puts around them.
//!
//! The page is cut into *blocks*, the runs of text that a browser would set as paragraphs of their own. Blocks of running prose give
//! weight to the boxes they stand in; boxes that the template names as menus, related links or comments are left out, unless they
//! hold most of the prose. The box with most weight holds the body. In it, lines that are links, tools or notices are dropped.
//! Names of boxes and lines of templates are data: `data/boxes.tsv`, `data/phrases.tsv`.

use std::collections::HashSet;
use std::ops::Range;

use crate::blocks::{Block, Skipped, blocks, is_heading};
use crate::html::{Element, NodeId, ROOT, Tree, collapse, is_block, unescape};
use crate::metadata::{Stated, beside_headline, split_title};
use crate::template::{BoxKind, Named, PhraseKind, TABLES, fold, is_date_line, is_tool_line};
use crate::{Origin, PublishedFrom, Report};

/// The reason of a fault where a page holds no report.
pub(crate) const NO_TEXT: &str =
    "no report was found on this page; leave it out, or give its text as plain text";

/// A page larger than this, in bytes, is no page of a report; what it would take in memory is several times as much.
pub(crate) const LARGEST: usize = 16 << 20;

/// The report on a page, or `None` where the page holds no main text, or why it cannot be read. `uri` is the address that the page was fetched from.
pub(crate) fn report(html: &str, uri: Option<&str>, origin: Origin) -> Result<Option<Report>, String> {
    let tree = Tree::parse(html);
    if tree.is_cut {
        return Err("the page has more elements than a page of news; give its text as plain text".to_owned());
    }
    let page = Page::of(&tree);
    let headline = page.headline();
    let body = page.body(headline.as_ref());
    if body.is_empty() {
        return Ok(None);
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
    Ok(Some(Report {
        id: None,
        uri,
        outlet,
        published_from: if published.is_some() { PublishedFrom::Page } else { PublishedFrom::None },
        published,
        titled,
        text,
        origin,
    }))
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

/// What a page says about itself, gathered once.
pub(crate) struct Page<'p, 'a> {
    pub(crate) tree: &'p Tree<'a>,
    metas: Vec<(String, &'p str)>,
    pub(crate) title: Option<String>,
    pub(crate) canonical: Option<&'p str>,
    pub(crate) stated: Stated,
    /// What a first look tells to leave out: scripts and the like.
    pub(crate) bare: Skipped,
    /// What the name of each element says of it.
    pub(crate) named: Vec<Named>,
}

pub(crate) struct Headline {
    pub(crate) text: String,
    /// The element that shows it.
    pub(crate) node: Option<NodeId>,
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

    pub(crate) fn meta(&self, names: &[&str]) -> Option<&'p str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name)).map(|(_, content)| *content)
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
        let mut before = HashSet::new();
        for block in inside {
            // Leads and pulled quotations are printed twice on some pages.
            let again = block.words > 5 && !before.insert(block.text.as_str());
            let repeats = again
                || title.as_ref().is_some_and(|title| {
                    block.text.len() <= 2 * title.len() + 40 && *title == fold(&block.text)
                });
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
                "figure" => share < 0.2 && self.is_picture(id),
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

    /// Whether a figure shows a picture and no table.
    fn is_picture(&self, id: NodeId) -> bool {
        let has = |tags: &[&str]| {
            (id..self.tree.nodes[id].end).take(64).any(|id| tags.contains(&self.tree.tag(id)))
        };
        has(&["img", "picture", "video", "iframe", "amp-img"]) && !has(&["table"])
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
    if heads_comments(&folded) {
        return Some(PhraseKind::Comments);
    }
    let (kind, length) = TABLES.phrase_at_start(&folded, &[PhraseKind::Related])?;
    (block.words <= length + 2).then_some(kind)
}

/// Only words that head the comments, with their count before or after them.
fn heads_comments(folded: &str) -> bool {
    let numeric = |c: char| c.is_numeric() || c == ' ';
    let words = folded.trim_matches(numeric);
    TABLES
        .phrase_at_start(words, &[PhraseKind::Comments])
        .is_some_and(|(_, length)| words.split(' ').count() == length)
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
    use PhraseKind::{Channel, Follow, Label, Notice, Related};
    if heads_comments(&folded) {
        return true;
    }
    let Some((kind, length)) = TABLES.phrase_at_start(&folded, &[Related, Notice, Label, Follow]) else {
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
        Notice => block.words <= 20,
        Follow => block.words <= 12 && TABLES.count_within(&folded, Channel) > 0,
        _ => (label && block.words <= 12) || block.words <= length + 2,
    }
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
