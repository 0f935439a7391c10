//! Help while typing: what is at this offset, and what may stand here. Both work from the lines
//! and their indentation alone, so that a text that cannot be parsed yet gets help, too.

use dryboot_lint::assist::{Completion, CompletionItem, Hover};
use dryboot_yaml::Span;

use crate::Target;
use crate::schema::{CLOUD_CONFIG, Key, Kind, Pattern, Section};

/// The documentation of the key at an offset.
#[must_use]
pub fn hover(text: &str, target: Target, offset: usize) -> Option<Hover> {
    let line = Line::at(text, offset)?;
    let name = line.key?;
    if !name.span.touches(offset) {
        return None;
    }
    let section = enclosing_section(text, &line)?;
    let (_, key) = section.find(&name.text.replace('-', "_"))?;
    Some(Hover { span: name.span, title: full_name(section, key), text: describe(key, target, name.text) })
}

/// What may stand at an offset: keys of the section, or values of the key before it.
#[must_use]
pub fn complete(text: &str, target: Target, offset: usize) -> Option<Completion> {
    let line = Line::at(text, offset)?;
    if line.comment.is_some_and(|comment| comment < offset) || line.start == 0 {
        return None;
    }
    match &line.key {
        Some(key) if key.span.end < offset => {
            let section = enclosing_section(text, &line)?;
            let (_, known) = section.find(&key.text.replace('-', "_"))?;
            let start = key.span.end + 1;
            let typed = text.get(start..offset)?;
            let word = start + (typed.len() - typed.trim_start().len());
            let items: Vec<CompletionItem> =
                values(known).into_iter().map(|value| value_item(value, known)).collect();
            (!items.is_empty()).then_some(Completion { span: Span::new(word, offset), items })
        }
        _ => {
            let section = enclosing_section(text, &line)?;
            let start = line.start + line.indent;
            let word_end = line.key.map_or(offset, |key| key.span.end);
            if offset < start || !text.get(start..offset)?.bytes().all(is_key_byte) {
                return None;
            }
            let present = siblings(text, &line);
            let keys = section.keys.iter().filter(|key| key.targets.contains(&target));
            let items: Vec<CompletionItem> = keys
                .filter(|key| !present.contains(&key.name.to_owned()))
                .map(|key| key_item(key, target, line.key.is_some()))
                .collect();
            (!items.is_empty()).then_some(Completion { span: Span::new(start, word_end), items })
        }
    }
}

fn key_item(key: &'static Key, target: Target, has_colon: bool) -> CompletionItem {
    let insert = match key.kind {
        _ if has_colon => key.name.to_owned(),
        Kind::Section(_) | Kind::Sections(_) | Kind::Texts => format!("{}:", key.name),
        _ => format!("{}: ", key.name),
    };
    CompletionItem {
        label: key.name.to_owned(),
        detail: key.kind.plain().to_owned(),
        documentation: describe(key, target, key.name),
        insert,
    }
}

fn value_item(value: &str, key: &Key) -> CompletionItem {
    CompletionItem {
        label: value.to_owned(),
        detail: key.name.to_owned(),
        documentation: key.doc.to_owned(),
        insert: value.to_owned(),
    }
}

fn values(key: &Key) -> Vec<&'static str> {
    match (key.kind, key.pattern) {
        (_, Some(Pattern::OneOf(words))) => words.to_vec(),
        (Kind::Bool, _) => vec!["true", "false"],
        _ if key.name == "manage_etc_hosts" => vec!["localhost"],
        _ => Vec::new(),
    }
}

fn full_name(section: &Section, key: &Key) -> String {
    if section.path.is_empty() { key.name.to_owned() } else { format!("{}.{}", section.path, key.name) }
}

fn describe(key: &Key, target: Target, written: &str) -> String {
    let mut text = key.doc.to_owned();
    let mut kind = key.kind.plain().to_owned();
    if let Some(pattern) = key.pattern {
        kind = format!("{kind}: {}", pattern.describe());
    }
    text.push_str(&format!("\n\nType: {kind}."));
    if let Some(env) = key.env {
        text.push_str(&format!("\n\nEnvironment variable: `{env}`."));
    }
    if let Some(words) = key.deprecated {
        text.push_str(&format!("\n\nDeprecated: {words}."));
    }
    if target == Target::Flatcar && written.contains('-') {
        text.push_str(&format!("\n\nFlatcar ignores this spelling; write `{}`.", key.name));
    }
    text
}

/// A word with its place.
#[derive(Clone, Copy, Debug)]
struct Word<'t> {
    text: &'t str,
    span: Span,
}

/// One line as its indentation and its key.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    /// Offset of its first byte.
    start: usize,
    /// Blanks and dashes before its content.
    indent: usize,
    /// Column of its first dash.
    dash: Option<usize>,
    /// The key before a colon.
    key: Option<Word<'t>>,
    /// Offset of a comment.
    comment: Option<usize>,
    is_blank: bool,
}

impl<'t> Line<'t> {
    fn at(text: &'t str, offset: usize) -> Option<Self> {
        let before = text.get(..offset)?;
        Some(Self::starting(text, before.rfind('\n').map_or(0, |at| at + 1)))
    }

    fn starting(text: &'t str, start: usize) -> Self {
        let line = text[start..].split('\n').next().unwrap_or_default();
        let mut indent = 0;
        let mut dash = None;
        let bytes = line.as_bytes();
        loop {
            match bytes.get(indent) {
                Some(b' ') => indent += 1,
                Some(b'-') if matches!(bytes.get(indent + 1), None | Some(b' ')) => {
                    dash.get_or_insert(indent);
                    indent += 1;
                }
                _ => break,
            }
        }
        let content = &line[indent..];
        let comment = content
            .char_indices()
            .find(|&(at, char)| char == '#' && (at == 0 || content.as_bytes()[at - 1] == b' '))
            .map(|(at, _)| start + indent + at);
        let length = content.bytes().take_while(|&byte| is_key_byte(byte)).count();
        let ends = content[length..]
            .strip_prefix(':')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r']));
        let span = Span::new(start + indent, start + indent + length);
        let key = (length > 0 && ends).then(|| Word { text: &content[..length], span });
        Self { start, indent, dash, key, comment, is_blank: content.trim().is_empty() }
    }
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// The section that a line's keys stand in; none inside of text or below a key that the target
/// does not know.
fn enclosing_section(text: &str, line: &Line<'_>) -> Option<&'static Section> {
    let mut keys = Vec::new();
    let mut column = line.dash.unwrap_or(line.indent);
    let mut in_list = line.dash.is_some();
    let mut start = line.start;
    while (column > 0 || in_list) && start > 0 {
        let above = Line::starting(text, text[..start - 1].rfind('\n').map_or(0, |at| at + 1));
        start = above.start;
        if above.is_blank || above.comment == Some(above.start + above.indent) {
            continue;
        }
        // The dashes of a list may stand below their key, at the same column.
        let own_column = above.indent;
        let is_parent = own_column < column || (in_list && own_column == column && above.dash.is_none());
        if let Some(key) = above.key.filter(|_| is_parent) {
            keys.push(key.text);
            column = above.dash.unwrap_or(above.indent);
            in_list = above.dash.is_some();
        }
    }
    let mut section = &CLOUD_CONFIG;
    for key in keys.iter().rev() {
        section = match section.find(&key.replace('-', "_"))?.1.kind {
            Kind::Section(below) | Kind::Sections(below) => below,
            _ => return None,
        };
    }
    Some(section)
}

/// The keys that stand beside a line already, with underscores.
fn siblings(text: &str, line: &Line<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let mut collect = |other: &Line<'_>| {
        if other.indent == line.indent
            && let Some(key) = other.key
        {
            names.push(key.text.replace('-', "_"));
        }
    };
    let mut current = *line;
    while current.start > 0 && current.dash.is_none() {
        let above = Line::starting(text, text[..current.start - 1].rfind('\n').map_or(0, |at| at + 1));
        if !above.is_blank && above.indent < line.indent {
            break;
        }
        collect(&above);
        current = above;
    }
    let mut start = line.start;
    while let Some(length) = text[start..].find('\n') {
        start += length + 1;
        let below = Line::starting(text, start);
        if !below.is_blank
            && (below.indent < line.indent || below.dash.is_some_and(|dash| dash < line.indent))
        {
            break;
        }
        collect(&below);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Completes at the `|`.
    fn labels(text: &str) -> Vec<String> {
        let offset = text.find('|').expect("a cursor");
        let text = text.replacen('|', "", 1);
        let completion = complete(&text, Target::CoreOs, offset);
        completion.map(|found| found.items.into_iter().map(|item| item.label).collect()).unwrap_or_default()
    }

    #[test]
    fn keys_of_the_section_are_offered_but_not_those_that_are_there() {
        assert!(labels("#cloud-config\n|").contains(&"write_files".to_owned()));
        let unit =
            labels("#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      |\n      mask: true\n");
        assert!(unit.contains(&"command".to_owned()), "{unit:?}");
        assert!(!unit.contains(&"name".to_owned()) && !unit.contains(&"mask".to_owned()), "{unit:?}");
        assert!(labels("#cloud-config\nusers:\n- name: a\n- |\n").contains(&"name".to_owned()));
        assert!(labels("#cloud-config\ncoreos:\n  up|\n").contains(&"update".to_owned()));
    }

    #[test]
    fn values_are_offered_where_only_some_are_accepted() {
        assert_eq!(
            labels("#cloud-config\ncoreos:\n  update:\n    reboot_strategy: |\n"),
            ["etcd-lock", "reboot", "off"]
        );
        assert_eq!(labels("#cloud-config\ncoreos:\n  units:\n    - enable: t|\n"), ["true", "false"]);
        assert!(labels("#cloud-config\nhostname: |\n").is_empty());
    }

    #[test]
    fn text_comments_and_unknown_sections_offer_nothing() {
        assert!(labels("#cloud-config\nwrite_files:\n  - content: x\n    path: |\n").is_empty());
        assert!(labels("#cloud-config\ncoreos:\n  units:\n    - content: >\n        na|\n").is_empty());
        assert!(labels("#cloud-config\nruncmd:\n  |\n").is_empty());
        assert!(labels("#cloud-config\n# ho|\n").is_empty());
    }

    #[test]
    fn hover_documents_the_key_under_the_cursor() {
        let text = "#cloud-config\ncoreos:\n  update:\n    reboot-strategy: off\n";
        let offset = text.find("boot").expect("a key");
        let hover = hover(text, Target::Flatcar, offset).expect("documentation");
        assert_eq!(hover.title, "coreos.update.reboot_strategy");
        assert!(hover.text.contains("`etcd-lock`, `reboot` or `off`"), "{}", hover.text);
        assert!(hover.text.contains("Flatcar ignores this spelling"), "{}", hover.text);
        assert!(super::hover(text, Target::CoreOs, text.len() - 2).is_none());
    }
}
