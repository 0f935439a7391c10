//! User-data in files of YAML: block scalars, read line by line, since a chart or a playbook need not be YAML before it is
//! filled. Strings and lists of strings are read in [`quoted`](crate::quoted) and [`joined`](crate::joined).

use dryboot_lint::template::Syntax;
use dryboot_text::{Builder, Span};

use crate::body::{Body, blanks, lines};
use crate::{Embedded, Placeholders, joined, mark, quoted, scan};

/// Keys beside `content` that name a file.
const PATHS: [&str; 4] = ["dest", "path", "filename", "name"];

/// What the name of such a file ends with when it is user-data.
const USER_DATA_FILES: [&str; 4] = ["user-data", "user_data", "userdata", "cloud-config"];

/// How many lines above a block `Fn::Sub` may be.
const ABOVE: usize = 2;

/// A block scalar.
struct Block<'t> {
    /// The column of its key or item.
    column: usize,
    /// The key; empty for an item.
    name: &'t str,
    /// `>` instead of `|`.
    is_folded: bool,
    /// How much deeper than its parent the header says that it is.
    deeper: Option<usize>,
}

/// Finds user-data in a text.
pub(crate) fn scan(text: &str, depth: usize, found: &mut Vec<Embedded>) {
    let all: Vec<(Span, &str)> = lines(text).collect();
    let any = |sign: &str| all.iter().any(|(_, line)| line.trim_start().starts_with(sign));
    let (is_chart, is_heat) = (any("{{"), any("heat_template_version:"));
    let mut top = "";
    let mut blocks = Vec::new();
    let mut next = 0;
    while let Some(&(_, line)) = all.get(next) {
        next += 1;
        if line.starts_with(char::is_alphabetic) {
            top = line;
        }
        let Some(block) = block(line) else { continue };
        let rest = &all[next..];
        let Some(end) = length(rest, &block) else { continue };
        let Some((first, last)) = rest.first().zip(rest.get(end - 1)) else { continue };
        let span = Span::new(first.0.start, last.0.end);
        let body = Body::indented(text, span, indentation(rest, &block));
        let is_in_configs = top.starts_with("configs:");
        let around = Around { all: &all, at: next - 1, end: next + end, is_chart, is_heat, is_in_configs };
        blocks.push(span);
        next += end;
        if quoted::CONTENTS.contains(&block.name) && !around.is_user_data(&block) {
            continue;
        }
        if mark::begins_in_base64(&body.text) {
            found.extend(quoted::encoded(text, span, block.name));
            continue;
        }
        let placeholders = around.placeholders(&body.text);
        if block.is_folded && mark::begins(&body.text) {
            let sign = all[next - 1 - end].0.start + line.rfind('>').unwrap_or_default();
            let found_here = scan::embedded(folded(body), block.name, placeholders);
            found.push(Embedded { folded: Some(Span::new(sign, sign + 1)), ..found_here });
            continue;
        }
        let is_message = mark::begins_message(&body.text) && mark::names_user_data(block.name);
        if is_message {
            found.push(scan::embedded(body, block.name, placeholders));
        } else {
            scan::inside(body, block.name, placeholders, depth, found);
        }
    }
    if depth == 0 {
        joined::scan(text, &blocks, found);
        quoted::scan(text, &blocks, found);
    }
}

/// The block that begins behind a line.
fn block(line: &str) -> Option<Block<'_>> {
    let written = line.trim_end();
    let bare = written.trim_start();
    if bare.starts_with('#') {
        return None;
    }
    // A comment may stand behind the header of a block.
    let header = bare.rsplit_once(" #").map_or(bare, |(before, _)| before).trim_end();
    let (before, sign) = header.rsplit_once([' ', '\t']).unwrap_or(("", header));
    let is_folded = sign.starts_with('>');
    if !(is_folded || sign.starts_with('|')) || !sign[1..].bytes().all(|byte| b"+-123456789".contains(&byte))
    {
        return None;
    }
    let deeper = sign.bytes().find(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
    let mut column = blanks(written);
    let mut key = before;
    while let Some(inner) = key.strip_prefix("- ") {
        column += 2 + blanks(inner);
        key = inner.trim_start();
    }
    // `Fn::Base64: !Sub |`: the last colon that ends a key.
    let name = key.rsplit_once(": ").map_or(key, |(name, _)| name);
    let name = name.trim_end_matches(':').trim_matches(['"', '\'']);
    let is_item = before.trim_end().ends_with('-') || before.is_empty();
    if !is_item && !before.contains(':') && !before.ends_with('-') {
        return None;
    }
    if is_item {
        // The item itself is what the block must be deeper than.
        column = column.saturating_sub(if key.trim() == "-" { 0 } else { 2 });
    }
    Some(Block { column, name: if is_item { "" } else { name }, is_folded, deeper })
}

/// How many lines a block has; none for one without any.
fn length(rest: &[(Span, &str)], block: &Block<'_>) -> Option<usize> {
    let least = indentation(rest, block);
    if least <= block.column && !(least > 0 && block.column == 0) && block.deeper.is_none() {
        return None;
    }
    let end = rest.iter().position(|(_, line)| !line.trim().is_empty() && blanks(line) < least);
    let end = end.unwrap_or(rest.len());
    let has_lines = rest[..end].iter().any(|(_, line)| !line.trim().is_empty());
    has_lines.then_some(end)
}

fn indentation(rest: &[(Span, &str)], block: &Block<'_>) -> usize {
    let found = rest.iter().find(|(_, line)| !line.trim().is_empty()).map_or(0, |(_, line)| blanks(line));
    block.deeper.map_or(found, |deeper| block.column + deeper)
}

/// What is around a block.
struct Around<'a, 't> {
    all: &'a [(Span, &'t str)],
    /// The line of its header.
    at: usize,
    /// The line after it.
    end: usize,
    /// Go fills the file.
    is_chart: bool,
    /// Heat does.
    is_heat: bool,
    /// It is one of the configs of Compose.
    is_in_configs: bool,
}

impl Around<'_, '_> {
    /// Whether the content of a file is user-data, by the name of the file, or since it is a config of Compose.
    fn is_user_data(&self, block: &Block<'_>) -> bool {
        let is_file = |line: &str| {
            let bare = line.trim().trim_start_matches("- ");
            let Some((key, value)) = bare.split_once(':') else { return false };
            let value = value.trim().trim_matches(['"', '\'']);
            PATHS.contains(&key)
                && USER_DATA_FILES.iter().any(|end| {
                    let stem = value.rsplit('/').next().unwrap_or_default();
                    stem.split('.').next().is_some_and(|stem| stem.ends_with(end))
                })
        };
        let column = |line: &str| {
            let bare = line.trim_start_matches([' ', '-']);
            line.len() - bare.len()
        };
        let siblings_above = self.all[..self.at]
            .iter()
            .rev()
            .take_while(|(_, line)| line.trim().is_empty() || column(line) >= block.column);
        let siblings_below = self.all[self.end..].iter().take_while(|(_, line)| {
            line.trim().is_empty() || (blanks(line) >= block.column && !line.trim_start().starts_with("- "))
        });
        let is_sibling = |(_, line): &&(Span, &str)| column(line) == block.column;
        let by_name = siblings_above.chain(siblings_below).filter(is_sibling).any(|(_, line)| is_file(line));
        by_name || self.is_in_configs
    }

    fn placeholders(&self, body: &str) -> Placeholders {
        let near = &self.all[self.at.saturating_sub(ABOVE)..=self.at];
        let is_sub = near.iter().any(|(_, line)| line.contains("Fn::Sub") || line.contains("!Sub"));
        if is_sub || self.is_in_configs {
            return Placeholders::Tags(Syntax::Terraform);
        }
        if self.is_heat {
            return Placeholders::At(parameters(body));
        }
        if !body.contains("{{") && !body.contains("{%") {
            return Placeholders::None;
        }
        Placeholders::Tags(if self.is_chart { Syntax::Go } else { Syntax::Jinja })
    }
}

/// What `str_replace` of Heat fills in: words that begin with `$`.
fn parameters(body: &str) -> Vec<Span> {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let word = |(at, _): (usize, &str)| {
        let rest = &body[at + 1..];
        let length = rest.find(|char| !is_word(char)).unwrap_or(rest.len());
        rest.starts_with(char::is_alphabetic).then(|| Span::new(at, at + 1 + length))
    };
    body.match_indices('$').filter_map(word).collect()
}

/// The lines of a folded block, joined as YAML joins them: a line break stays before and after deeper lines.
fn folded(body: Body) -> Body {
    let (mut text, mut map) = (String::new(), Builder::default());
    let all: Vec<(Span, &str)> = lines(&body.text).collect();
    for (index, (span, line)) in all.iter().enumerate() {
        let written = line.trim_end_matches(['\n', '\r']);
        map.copy(Span::new(span.start, span.start + written.len()));
        text.push_str(written);
        let is_flush = |line: &str| !line.trim().is_empty() && !line.starts_with([' ', '\t']);
        let is_joined = is_flush(line) && all.get(index + 1).is_some_and(|(_, next)| is_flush(next));
        map.make(Span::new(span.start + written.len(), span.end), 1);
        text.push(if is_joined { ' ' } else { '\n' });
    }
    let map = body.map.then(&map.finish(Span::new(0, body.text.len())));
    Body { text, map, ..body }
}
