//! A page's markup as a tree, read in one pass.
//!
//! The rules are those that browsers follow where they decide what belongs to which paragraph: tags that imply the end of others,
//! scripts whose content is no markup, character references. Unlike a browser's tree, this one is bounded for any bytes: its depth
//! has a limit, a tag keeps few attributes, and the time is linear in the length of the page, which general parsers of HTML do not
//! promise.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

/// The place of a node in its tree.
pub(crate) type NodeId = usize;

/// The node that holds all others.
pub(crate) const ROOT: NodeId = 0;

/// Elements deeper than this become children of what is open at this depth.
const DEPTH: usize = 256;

/// Nodes of one page. The largest pages of news have a tenth of it.
const NODES: usize = 1 << 19;

/// Attributes kept of one tag.
const ATTRIBUTES: usize = 16;

#[derive(Debug)]
pub(crate) struct Tree<'a> {
    pub(crate) nodes: Vec<Node<'a>>,
    /// Whether the page has more than can be held.
    pub(crate) is_cut: bool,
}

#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) parent: NodeId,
    /// One past the last node of this one's subtree: nodes lie in the order of the page.
    pub(crate) end: NodeId,
    pub(crate) kind: NodeKind<'a>,
}

#[derive(Debug)]
pub(crate) enum NodeKind<'a> {
    Element(Element<'a>),
    Text {
        text: Cow<'a, str>,
        /// Whether it stands inside a link.
        linked: bool,
    },
}

#[derive(Debug)]
pub(crate) struct Element<'a> {
    /// In lower case.
    pub(crate) tag: Cow<'a, str>,
    /// Those that say something about text, dates and addresses; names in lower case.
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl Element<'_> {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_ref())
    }
}

impl<'a> Tree<'a> {
    pub(crate) fn parse(page: &'a str) -> Tree<'a> {
        let root = Node {
            parent: ROOT,
            end: 0,
            kind: NodeKind::Element(Element { tag: Cow::Borrowed("body"), attributes: Vec::new() }),
        };
        let mut builder = Builder {
            tree: Tree { nodes: vec![root], is_cut: false },
            open: vec![ROOT],
            link: None,
            unclosed: Vec::new(),
        };
        builder.run(page);
        let Builder { mut tree, .. } = builder;
        tree.close_up();
        tree
    }

    pub(crate) fn element(&self, id: NodeId) -> Option<&Element<'a>> {
        match &self.nodes[id].kind {
            NodeKind::Element(element) => Some(element),
            NodeKind::Text { .. } => None,
        }
    }

    pub(crate) fn tag(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| element.tag.as_ref())
    }

    /// All elements in the order of the page.
    pub(crate) fn elements(&self) -> impl Iterator<Item = (NodeId, &Element<'a>)> {
        self.nodes.iter().enumerate().filter_map(|(id, node)| match &node.kind {
            NodeKind::Element(element) => Some((id, element)),
            NodeKind::Text { .. } => None,
        })
    }

    /// Whether `inner` is `outer` or lies in it.
    pub(crate) fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        (outer..self.nodes[outer].end).contains(&inner)
    }

    /// The nodes from a node's parent up to the root.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut at = id;
        std::iter::from_fn(move || {
            if at == ROOT {
                return None;
            }
            at = self.nodes[at].parent;
            Some(at)
        })
    }

    /// All text in a node, its white space collapsed.
    pub(crate) fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for node in &self.nodes[id..self.nodes[id].end] {
            match &node.kind {
                NodeKind::Text { text: piece, .. } => text.push_str(piece),
                NodeKind::Element(element) if element.tag == "br" => text.push(' '),
                NodeKind::Element(_) => {}
            }
        }
        collapse(&text)
    }

    /// The text of a script or title as it stands, without its element.
    pub(crate) fn raw(&self, id: NodeId) -> &str {
        match self.nodes.get(id + 1).map(|node| &node.kind) {
            Some(NodeKind::Text { text, .. }) if self.nodes[id].end > id + 1 => text,
            _ => "",
        }
    }

    /// Sets the end of each node. A child comes after its parent, so the last child's end is known first when going backwards.
    fn close_up(&mut self) {
        for id in (0..self.nodes.len()).rev() {
            self.nodes[id].end = self.nodes[id].end.max(id + 1);
            let (parent, end) = (self.nodes[id].parent, self.nodes[id].end);
            self.nodes[parent].end = self.nodes[parent].end.max(end);
        }
    }
}

/// White space as a browser shows it: runs of it are one space, none at the ends. A no-break space is a letter, except at the ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    let edge = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    collapsed.trim_matches(edge).to_owned()
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

pub(crate) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "ul"
    )
}

fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content is no markup.
fn is_raw(tag: &str) -> bool {
    matches!(
        tag,
        "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript"
    )
}

/// Start and end tags of what lies inside do not reach beyond these.
fn is_barrier(tag: &str) -> bool {
    matches!(tag, "td" | "th" | "caption" | "table" | "template" | "object" | "button")
}

struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<NodeId>,
    /// The link that is open.
    link: Option<NodeId>,
    /// Raw elements known to have no end tag in the rest of the page, so that it is not searched again for each of them.
    unclosed: Vec<&'static str>,
}

impl<'a> Builder<'a> {
    fn run(&mut self, page: &'a str) {
        let bytes = page.as_bytes();
        let mut at = 0;
        while at < page.len() {
            if self.tree.nodes.len() >= NODES {
                self.tree.is_cut = true;
                return;
            }
            if bytes[at] != b'<' {
                let end = memchr(b'<', &bytes[at..]).map_or(page.len(), |n| at + n);
                self.text(&page[at..end], true);
                at = end;
                continue;
            }
            at = match bytes.get(at + 1) {
                Some(b'!') if bytes[at..].starts_with(b"<!--") => after_comment(page, at + 4),
                Some(b'!' | b'?') => after(b'>', bytes, at + 2),
                Some(b'/') if bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    let end = name_end(bytes, at + 2);
                    self.end_tag(&lower(&page[at + 2..end]));
                    after(b'>', bytes, end)
                }
                Some(b'/') => after(b'>', bytes, at + 2),
                Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(page, at + 1),
                _ => {
                    self.text(&page[at..at + 1], false);
                    at + 1
                }
            };
        }
    }

    fn text(&mut self, text: &'a str, references: bool) {
        if text.is_empty() {
            return;
        }
        let text = if references { unescape(text, true) } else { Cow::Borrowed(text) };
        let linked = self.link.is_some();
        self.append(NodeKind::Text { text, linked });
    }

    fn append(&mut self, kind: NodeKind<'a>) -> NodeId {
        let id = self.tree.nodes.len();
        let parent = self.current();
        self.tree.nodes.push(Node { parent, end: 0, kind });
        id
    }

    fn current(&self) -> NodeId {
        self.open.last().copied().unwrap_or(ROOT)
    }

    /// Reads the tag whose name starts at `at` and gives the place after it, and after its content where that is no markup.
    fn start_tag(&mut self, page: &'a str, at: usize) -> usize {
        let bytes = page.as_bytes();
        let name_end = name_end(bytes, at);
        let tag = lower(&page[at..name_end]);
        let (attributes, closed, mut at) = attributes(page, name_end);
        if at > page.len() {
            // The page ends inside the tag: no tag.
            return page.len();
        }
        match tag.as_ref() {
            "html" | "head" | "body" => return at,
            "br" | "hr" => {}
            name => self.close_implied(name),
        }
        let link = tag == "a" && attributes.iter().any(|(name, _)| name == "href");
        let (void, raw) = (is_void(&tag), is_raw(&tag));
        let foreign = closed && self.open.iter().any(|id| matches!(self.tree.tag(*id), "svg" | "math"));
        let name = tag.clone();
        let id = self.append(NodeKind::Element(Element { tag, attributes }));
        if raw && !foreign {
            if let Some((content_end, end)) = self.raw_end(page, at, &name) {
                let references = matches!(name.as_ref(), "title" | "textarea");
                let content = &page[at..content_end];
                let text = if references { unescape(content, true) } else { Cow::Borrowed(content) };
                if !text.is_empty() {
                    self.tree.nodes.push(Node {
                        parent: id,
                        end: 0,
                        kind: NodeKind::Text { text, linked: false },
                    });
                }
                at = end;
            }
        } else if !void && !foreign && self.open.len() < DEPTH {
            self.open.push(id);
            if link {
                self.link = Some(id);
            }
        }
        at
    }

    /// Where the content of a raw element ends and where its end tag does.
    fn raw_end(&mut self, page: &str, from: usize, name: &str) -> Option<(usize, usize)> {
        const RAW: [&str; 9] =
            ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];
        let name = RAW.into_iter().find(|raw| *raw == name)?;
        if self.unclosed.contains(&name) {
            return None;
        }
        let bytes = page.as_bytes();
        for at in memmem::find_iter(&bytes[from..], b"</").map(|n| from + n) {
            let found = bytes
                .get(at + 2..at + 2 + name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            if found && bytes.get(at + 2 + name.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric()) {
                return Some((at, after(b'>', bytes, at + 2 + name.len())));
            }
        }
        if matches!(name, "script" | "style") {
            // A script that never ends hides the rest of the page, in a browser too.
            return Some((page.len(), page.len()));
        }
        self.unclosed.push(name);
        None
    }

    /// Closes what the start of an element implies the end of.
    fn close_implied(&mut self, tag: &str) {
        match tag {
            "li" => self.close_up_to(&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => self.close_up_to(&["dt", "dd"], &["dl"]),
            "option" => self.close_up_to(&["option"], &["select"]),
            "td" | "th" => self.close_row_part(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_row_part(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close_row_part(&["tbody", "thead", "tfoot"], &["table"]),
            "a" if self.link.is_some() => {
                self.end_tag("a");
                self.link = None;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close_up_to(&["p"], &[]);
                if matches!(self.tree.tag(self.current()), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
                    self.open.pop();
                }
            }
            _ if is_block(tag) => self.close_up_to(&["p"], &[]),
            _ => {}
        }
    }

    /// Closes the nearest open element of these, if none of the others and no barrier stands before it.
    fn close_up_to(&mut self, tags: &[&str], until: &[&str]) {
        for i in (1..self.open.len()).rev() {
            let tag = self.tree.tag(self.open[i]);
            if tags.contains(&tag) {
                self.open.truncate(i);
                return;
            }
            if until.contains(&tag) || is_barrier(tag) {
                return;
            }
        }
    }

    /// As [`Builder::close_up_to`] for the parts of a table, which close cells.
    fn close_row_part(&mut self, tags: &[&str], until: &[&str]) {
        for i in (1..self.open.len()).rev() {
            let tag = self.tree.tag(self.open[i]);
            if tags.contains(&tag) {
                self.open.truncate(i);
                return;
            }
            if until.contains(&tag) {
                return;
            }
        }
    }

    fn end_tag(&mut self, tag: &str) {
        if tag == "br" {
            self.append(NodeKind::Element(Element { tag: Cow::Borrowed("br"), attributes: Vec::new() }));
            return;
        }
        if tag == "a" {
            self.link = None;
        }
        let of_table = matches!(tag, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot");
        let inline = !is_block(tag);
        for i in (1..self.open.len()).rev() {
            let open = self.tree.tag(self.open[i]);
            if open == tag {
                // What is open inside is closed with it; a link among it ends too.
                if self.link.is_some_and(|link| self.open[i..].contains(&link)) {
                    self.link = None;
                }
                self.open.truncate(i);
                return;
            }
            let stop = if of_table { open == "table" } else { is_barrier(open) };
            // An inline end tag does not close the paragraph that began inside its element.
            if stop || (inline && is_block(open)) {
                return;
            }
        }
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

fn after(byte: u8, bytes: &[u8], from: usize) -> usize {
    let from = from.min(bytes.len());
    memchr(byte, &bytes[from..]).map_or(bytes.len(), |n| from + n + 1)
}

fn after_comment(page: &str, from: usize) -> usize {
    let rest = &page.as_bytes()[from..];
    if rest.starts_with(b">") {
        return from + 1;
    }
    if rest.starts_with(b"->") {
        return from + 2;
    }
    memmem::find(rest, b"-->").map_or(page.len(), |n| from + n + 3)
}

fn name_end(bytes: &[u8], from: usize) -> usize {
    let end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    bytes[from..].iter().position(end).map_or(bytes.len(), |n| from + n)
}

type Attributes<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The attributes of a tag, whether it is written as closed (`/>`), and the place after it, which lies beyond the end of the page
/// when the tag has no end.
fn attributes(page: &str, from: usize) -> (Attributes<'_>, bool, usize) {
    let bytes = page.as_bytes();
    let mut attributes = Vec::new();
    let mut at = from;
    let mut closed = false;
    loop {
        match bytes.get(at) {
            None => return (attributes, false, page.len() + 1),
            Some(b'>') => return (attributes, closed, at + 1),
            Some(b'/') => {
                closed = true;
                at += 1;
            }
            Some(byte) if byte.is_ascii_whitespace() => at += 1,
            Some(_) => {
                closed = false;
                let name_end = bytes[at + 1..]
                    .iter()
                    .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='))
                    .map_or(page.len(), |n| at + 1 + n);
                let name = &page[at..name_end];
                let space =
                    |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                at = name_end + space(name_end);
                let mut value = "";
                if bytes.get(at) == Some(&b'=') {
                    at += 1;
                    at += space(at);
                    let (start, end, next) = match bytes.get(at) {
                        Some(quote @ (b'"' | b'\'')) => match memchr(*quote, &bytes[at + 1..]) {
                            Some(n) => (at + 1, at + 1 + n, at + 2 + n),
                            None => return (attributes, false, page.len() + 1),
                        },
                        _ => {
                            let stop = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
                            let end = bytes[at..].iter().position(stop).map_or(page.len(), |n| at + n);
                            (at, end, end)
                        }
                    };
                    value = &page[start..end];
                    at = next;
                }
                let name = lower(name);
                if attributes.len() < ATTRIBUTES && is_kept(&name) {
                    attributes.push((name, unescape(value, false)));
                }
            }
        }
    }
}

fn is_kept(attribute: &str) -> bool {
    matches!(
        attribute,
        "id" | "class"
            | "role"
            | "itemprop"
            | "itemtype"
            | "property"
            | "name"
            | "content"
            | "href"
            | "rel"
            | "datetime"
            | "pubdate"
            | "type"
            | "style"
            | "hidden"
            | "aria-hidden"
            | "data-date"
            | "datatype"
    )
}

/// Character references undone. In text a few old names may lack their semicolon.
pub(crate) fn unescape(text: &str, in_text: bool) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let Some(first) = memchr2(b'&', 0, bytes) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut at = first;
    while at < text.len() {
        if bytes[at] == 0 {
            at += 1;
        } else if bytes[at] == b'&' {
            match reference(&text[at + 1..], in_text) {
                Some((letters, length)) => {
                    out.push_str(&letters);
                    at += 1 + length;
                }
                None => {
                    out.push('&');
                    at += 1;
                }
            }
        } else {
            let end = memchr2(b'&', 0, &bytes[at..]).map_or(text.len(), |n| at + n);
            out.push_str(&text[at..end]);
            at = end;
        }
    }
    Cow::Owned(out)
}

/// The letters that a reference after `&` means, and its length.
fn reference(rest: &str, in_text: bool) -> Option<(Cow<'static, str>, usize)> {
    let bytes = rest.as_bytes();
    if bytes.first() == Some(&b'#') {
        let (radix, from) = if matches!(bytes.get(1), Some(b'x' | b'X')) { (16, 2) } else { (10, 1) };
        let digits = bytes[from..].iter().take(9).take_while(|byte| (**byte as char).is_digit(radix)).count();
        if digits == 0 {
            return None;
        }
        let number = u32::from_str_radix(&rest[from..from + digits], radix).unwrap_or(0xfffd);
        let length = from + digits + usize::from(bytes.get(from + digits) == Some(&b';'));
        // Numbers 128 to 159 mean what Windows-1252 has there, as browsers read them.
        let letter = match number {
            0x80..=0x9f => {
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[number as u8]).0.chars().next()
            }
            _ => char::from_u32(number).filter(|letter| *letter != '\0'),
        };
        return Some((letter.unwrap_or('\u{fffd}').to_string().into(), length));
    }
    let name = &rest[..bytes.iter().take(32).take_while(|byte| byte.is_ascii_alphanumeric()).count()];
    if bytes.get(name.len()) == Some(&b';') {
        return quick_xml::escape::resolve_html5_entity(name).map(|letters| (letters.into(), name.len() + 1));
    }
    if !in_text {
        return None;
    }
    const OLD: [&str; 12] =
        ["nbsp", "quot", "amp", "lt", "gt", "laquo", "raquo", "copy", "reg", "shy", "middot", "deg"];
    let name = OLD.iter().find(|old| **old == name)?;
    quick_xml::escape::resolve_html5_entity(name).map(|letters| (letters.into(), name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in brackets, text in quotation marks, linked text with a star.
    fn shape(page: &str) -> String {
        fn write(tree: &Tree<'_>, id: NodeId, out: &mut String) {
            match &tree.nodes[id].kind {
                NodeKind::Text { text, linked } => {
                    out.push_str(&format!("'{}'{}", text, if *linked { "*" } else { "" }));
                }
                NodeKind::Element(element) => {
                    out.push_str(&element.tag);
                    out.push('(');
                    for child in id + 1..tree.nodes[id].end {
                        if tree.nodes[child].parent == id {
                            write(tree, child, out);
                        }
                    }
                    out.push(')');
                }
            }
        }
        let mut out = String::new();
        write(&Tree::parse(page), ROOT, &mut out);
        out
    }

    #[test]
    fn ends_are_implied() {
        assert_eq!(shape("<p>a<p>b<div>c</div>d"), "body(p('a')p('b')div('c')'d')");
        assert_eq!(
            shape("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"),
            "body(ul(li('a')li('b'ul(li('c')))li('d')))"
        );
        assert_eq!(
            shape("<table><tr><td>a<td><p>b<tr><td>c</table>d"),
            "body(table(tr(td('a')td(p('b')))tr(td('c')))'d')"
        );
        assert_eq!(shape("<div><b>a</div>b"), "body(div(b('a'))'b')");
        assert_eq!(shape("<table><tr><td></div>a</td></tr></table>"), "body(table(tr(td('a'))))");
    }

    #[test]
    fn links_end_where_they_end() {
        assert_eq!(shape("<a href=x>a</a>b"), "body(a('a'*)'b')");
        assert_eq!(shape("<a href=x>a<a href=y>b</a>c"), "body(a('a'*)a('b'*)'c')");
        assert_eq!(shape("<a href=x><div>a</a>b</div>c"), "body(a(div('a'*'b')'c'))");
        assert_eq!(shape("<a name=top>a"), "body(a('a'))");
    }

    #[test]
    fn scripts_and_comments_are_no_markup() {
        assert_eq!(
            shape("<script>if (a<b) '</p>'</script>x<!-- <p> -->y"),
            "body(script('if (a<b) '</p>'')'x''y')"
        );
        assert_eq!(shape("a<!-->b<!--->c<!-- d"), "body('a''b''c')");
        assert_eq!(shape("<title>a &amp; <b></title>c"), "body(title('a & <b>')'c')");
        assert_eq!(shape("<textarea>a<p>b"), "body(textarea()'a'p('b'))");
        assert_eq!(shape("<svg><title/></svg><p>a"), "body(svg(title())p('a'))");
        assert_eq!(shape("<script>never"), "body(script('never'))");
        assert_eq!(shape("a < b <3 <p"), "body('a ''<'' b ''<''3 ')");
    }

    #[test]
    fn references() {
        let cases = [
            ("&quot;&#1602;&#x627;&lrm;&nbsp;", "\"قا\u{200e}\u{a0}"),
            ("&laquo a &unknown; & &#; &#x110000;", "« a &unknown; & &#; \u{fffd}"),
            ("&#150;\0&#0;", "–\u{fffd}"),
            ("&amp;quot;", "&quot;"),
        ];
        for (written, meant) in cases {
            assert_eq!(unescape(written, true), meant);
        }
        assert_eq!(unescape("?a=1&copy=2", false), "?a=1&copy=2");
    }

    #[test]
    fn attributes_in_all_quotes() {
        let tree = Tree::parse("<P ID='a' CLASS=\"b &amp; c\" href=d/e hidden data-x='>' content = 'f'>");
        let (_, element) = tree.elements().nth(1).unwrap();
        let value = |name| element.attribute(name);
        assert_eq!((value("id"), value("class"), value("href")), (Some("a"), Some("b & c"), Some("d/e")));
        assert_eq!((value("hidden"), value("content"), value("data-x")), (Some(""), Some("f"), None));
    }

    #[test]
    fn depth_and_attributes_are_bounded() {
        let page = "<div>".repeat(100_000);
        let tree = Tree::parse(&page);
        let deepest = tree.nodes.len() - 1;
        assert!(tree.ancestors(deepest).count() <= DEPTH);
        let page = format!("<p {}>", "class=a ".repeat(100_000));
        let tree = Tree::parse(&page);
        assert_eq!(tree.element(1).unwrap().attributes.len(), ATTRIBUTES);
    }

    #[test]
    fn white_space_is_collapsed() {
        assert_eq!(collapse(" \u{feff} a \n\t b\u{a0}c \u{a0}\u{200b}"), "a b\u{a0}c");
    }
}
