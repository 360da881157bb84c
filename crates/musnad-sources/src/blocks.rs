//! A page cut into its blocks: the runs of text that a browser would set as paragraphs of their own.

use crate::html::{NodeId, NodeKind, ROOT, Tree, collapse, is_block};

/// A run of text that stands by itself.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) text: String,
    /// Letters other than spaces, and those of them in links.
    pub(crate) letters: usize,
    pub(crate) linked: usize,
    pub(crate) words: usize,
    /// Its first node, and the innermost block-level element it stands in.
    pub(crate) at: NodeId,
    pub(crate) container: NodeId,
    pub(crate) heading: bool,
    /// Whether a link of several words stands right before it, as before the summary of another report.
    pub(crate) teaser: bool,
}

impl Block {
    /// How much running prose this is: nothing for links and for short lines, which menus and teasers are made of.
    pub(crate) fn prose(&self) -> f64 {
        if self.words < 8 || self.heading || self.linked * 2 > self.letters {
            return 0.0;
        }
        let own = (self.letters - self.linked) as f64;
        let sentence =
            self.text.trim_end_matches(['"', '”', '»', ')']).ends_with(['.', '؟', '!', '…', ':', '؛']);
        own.min(1200.0) * if sentence { 1.0 } else { 0.7 } * if self.teaser { 0.25 } else { 1.0 }
    }

    pub(crate) fn is_link(&self) -> bool {
        self.linked * 10 >= self.letters * 8
    }
}

/// Elements whose text is not read: scripts, fields of forms, embedded things, captions.
const NO_TEXT: [&str; 30] = [
    "amp-ad",
    "amp-consent",
    "amp-sidebar",
    "amp-social-share",
    "amp-user-notification",
    "audio",
    "button",
    "canvas",
    "caption",
    "datalist",
    "dialog",
    "figcaption",
    "iframe",
    "input",
    "label",
    "map",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];

/// Marks of the nodes that are left out, with all that is in them.
pub(crate) struct Skipped(pub(crate) Vec<bool>);

impl Skipped {
    /// Scripts, forms' fields, embedded things and what is hidden, and the elements given.
    pub(crate) fn of(tree: &Tree<'_>, more: &[NodeId]) -> Skipped {
        let mut skipped = vec![false; tree.nodes.len()];
        for (id, element) in tree.elements() {
            skipped[id] = NO_TEXT.contains(&element.tag.as_ref());
        }
        for id in more {
            skipped[*id] = true;
        }
        Skipped(skipped)
    }
}

/// Cuts a page into its blocks, in order.
pub(crate) fn blocks(tree: &Tree<'_>, skipped: &Skipped) -> Vec<Block> {
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

pub(crate) fn is_heading(tag: &str) -> bool {
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
