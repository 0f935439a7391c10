//! User-data in Terraform, OpenTofu and Packer: heredocs and strings outside of comments.

use dryboot_lint::template::Syntax;
use dryboot_text::Span;

use crate::body::Body;
use crate::{Embedded, Placeholders, heredoc, mark, quoted, scan};

/// What a file's `part` calls a cloud-config.
const CLOUD_CONFIG: &str = "text/cloud-config";

/// A block in braces.
#[derive(Default)]
struct Block {
    content_type: String,
    /// What `content` has, while the type is not known to be another one.
    contents: Vec<Embedded>,
}

struct Scanner<'t, 'f> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// The attribute whose value comes.
    name: &'t str,
    blocks: Vec<Block>,
    found: &'f mut Vec<Embedded>,
}

/// Finds user-data in a file.
pub(crate) fn scan(text: &str, depth: usize, found: &mut Vec<Embedded>) {
    let mut scanner = Scanner { text, at: 0, depth, name: "", blocks: vec![Block::default()], found };
    scanner.run();
}

impl<'t> Scanner<'t, '_> {
    fn run(&mut self) {
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            if rest.starts_with('#') || rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
            } else if rest.starts_with("<<") {
                self.heredoc();
            } else if rest.starts_with('"') {
                self.string();
            } else if rest.starts_with(is_word) {
                self.word(rest);
            } else {
                self.sign(rest);
            }
        }
        while let Some(block) = self.blocks.pop() {
            self.close(block);
        }
    }

    fn sign(&mut self, rest: &str) {
        match rest.chars().next() {
            Some('{') => self.blocks.push(Block::default()),
            Some('}') => {
                if self.blocks.len() > 1
                    && let Some(block) = self.blocks.pop()
                {
                    self.close(block);
                }
            }
            _ => {}
        }
        self.at += rest.chars().next().map_or(1, char::len_utf8);
    }

    /// A `part` without a header is a cloud-config by its type.
    fn close(&mut self, block: Block) {
        if block.content_type == CLOUD_CONFIG {
            self.found.extend(block.contents);
        }
    }

    fn word(&mut self, rest: &'t str) {
        let length = rest.find(|char| !is_word(char)).unwrap_or(rest.len());
        self.at += length;
        if self.names() {
            self.name = &rest[..length];
        }
    }

    /// Whether a value comes next.
    fn names(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default().trim_start_matches([' ', '\t']);
        (rest.starts_with('=') && !rest.starts_with("==")) || rest.starts_with(':')
    }

    fn heredoc(&mut self) {
        let Some(heredoc) = heredoc::at(self.text, self.at) else {
            self.at += 2;
            return;
        };
        self.at = heredoc.end;
        let body = match heredoc.mode {
            Some('-') => Body::flush(self.text, heredoc.body),
            _ => Body::whole(self.text, heredoc.body),
        };
        let tags = Placeholders::Tags(Syntax::Terraform);
        let is_message = mark::begins_message(&body.text) && mark::names_user_data(self.name);
        if is_message || mark::begins(&body.text) {
            self.found.push(scan::embedded(body, self.name, tags));
        } else if self.name == "content" && !body.text.trim_start().starts_with("#!") {
            if let Some(block) = self.blocks.last_mut() {
                block.contents.push(scan::embedded(body.headed(), self.name, tags));
            }
        } else {
            scan::inside(body, self.name, tags, self.depth, self.found);
        }
    }

    fn string(&mut self) {
        let start = self.at + 1;
        let end = string_end(self.text, start);
        let inside = Span::new(start, end);
        self.at = (end + 1).min(self.text.len());
        let raw = inside.slice(self.text);
        if self.names() {
            self.name = raw;
        } else if self.name == "content_type" {
            if let Some(block) = self.blocks.last_mut() {
                block.content_type = raw.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            }
        } else if mark::is_header(raw) {
            let placeholders = Placeholders::Tags(Syntax::Terraform);
            self.found.extend(quoted::string(self.text, inside, quoted::Style::Hcl, self.name, placeholders));
        } else if mark::begins_in_base64(raw) {
            self.found.extend(quoted::encoded(self.text, inside, self.name));
        }
    }
}

/// Where a string ends, whose placeholders may have strings of their own.
fn string_end(text: &str, start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match rest.as_bytes() {
            [b'\\', ..] => at += 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            [b'$' | b'%', b'{', ..] => {
                depth += 1;
                at += 2;
            }
            [b'}', ..] if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            [b'"', ..] if depth == 0 => return at,
            [b'"', ..] => at = (string_end(text, at + 1) + 1).min(text.len()),
            [b'\n', ..] if depth == 0 => return at,
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    text.len()
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || "_-.".contains(char)
}
