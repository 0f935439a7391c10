use std::collections::BTreeMap;

use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;
use dryboot_yaml::{Content, Entry, Item, NodeId, Span, Style, Tree};

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "duplicate-key", severity: Severity::Error, docs: docs!("duplicate_key.md"), check };

/// A key that comes again later in the same mapping.
struct Repeated {
    name: String,
    lost: Entry,
    kept: Entry,
}

fn check(context: &mut Context<'_>) {
    let Some(tree) = context.tree() else { return };
    for Repeated { name, lost, kept } in repeated(context, tree) {
        let (before, after) = (tree.node(lost.key).span, tree.node(kept.key).span);
        let same = same_text(tree, lost.value, kept.value, context.read);
        let (severity, outcome) = match same {
            true => (Severity::Info, "with the same value"),
            false => (Severity::Error, "only the last value is used"),
        };
        let label = if same { "the same" } else { "this value is lost" };
        let label_span = context.source(before);
        let fix = merge_lists(tree, lost, kept, context.read).map_or_else(
            || {
                removal(tree, lost, context.read)
                    .map(|span| ("remove the lost value", vec![(span, String::new())]))
            },
            |edits| Some(("append the second list to the first", edits)),
        );
        let finding = context
            .report(after, format!("`{name}` appears twice: {outcome}"))
            .severity(severity)
            .label(label_span, label)
            .help("write the key once");
        if let Some((title, edits)) = fix {
            let edits = edits.into_iter().map(|(span, text)| dryboot_lint::Edit { span, text }).collect();
            finding.fix_all(Safety::Unsafe, title, edits);
        }
    }
}

/// The keys that are written more than once, each with the entry that counts.
fn repeated(context: &Context<'_>, tree: &Tree) -> Vec<Repeated> {
    let mut found = Vec::new();
    if !context.loaded().is_some_and(|loaded| loaded.repeats_keys) {
        return found;
    }
    for id in tree.ids() {
        let Content::Mapping(entries) = &tree.node(id).content else { continue };
        let mut seen: BTreeMap<&str, Entry> = BTreeMap::new();
        for entry in entries {
            let Value::Str(name) = context.value(entry.key) else { continue };
            if let Some(lost) = seen.insert(name, *entry) {
                found.push(Repeated { name: name.to_owned(), lost, kept: *entry });
            }
        }
    }
    found
}

fn same_text(tree: &Tree, one: NodeId, two: NodeId, text: &str) -> bool {
    tree.node(one).span.slice(text).trim() == tree.node(two).span.slice(text).trim()
}

/// The lines of an entry of a block mapping, where nothing else stands in them.
fn removal(tree: &Tree, entry: Entry, text: &str) -> Option<Span> {
    let (key, value) = (tree.node(entry.key), tree.node(entry.value));
    let is_shared = key.anchor.is_some() || has_anchor(tree, entry.value);
    let start = line_start(text, key.start);
    let end = line_end(text, value.span.end.max(key.span.end));
    let alone = text.get(start..key.start)?.trim().is_empty();
    let rest = text.get(value.span.end.max(key.span.end)..end)?.trim();
    let whole = rest.is_empty() || rest == ":";
    let is_scalar = matches!(&value.content, Content::Scalar { style, .. } if *style != Style::Literal && *style != Style::Folded);
    (alone && whole && is_scalar && !is_shared).then(|| Span::new(start, end))
}

fn has_anchor(tree: &Tree, id: NodeId) -> bool {
    tree.node(id).anchor.is_some()
}

/// Moves the items of the second of two block lists behind those of the first. Both must be plain: keys on lines of
/// their own, and items at the same column.
fn merge_lists(tree: &Tree, first: Entry, second: Entry, text: &str) -> Option<Vec<(Span, String)>> {
    let (one, two) = (block_list(tree, first, text)?, block_list(tree, second, text)?);
    if one.column != two.column {
        return None;
    }
    let key_line = Span::new(line_start(text, tree.node(second.key).start), two.lines.start);
    let whole = Span::new(key_line.start, two.lines.end);
    let mut moved = two.lines.slice(text).to_owned();
    if !moved.ends_with('\n') {
        moved.push('\n');
    }
    text.get(..one.lines.end)?
        .ends_with('\n')
        .then(|| vec![(Span::empty(one.lines.end), moved), (whole, String::new())])
}

struct BlockList {
    /// The lines of its items.
    lines: Span,
    column: usize,
}

fn block_list(tree: &Tree, entry: Entry, text: &str) -> Option<BlockList> {
    let (key, value) = (tree.node(entry.key), tree.node(entry.value));
    let Content::Sequence(items) = &value.content else { return None };
    let (first, last): (&Item, &Item) = (items.first()?, items.last()?);
    let key_start = line_start(text, key.start);
    let start = line_start(text, first.start);
    let key_line = text.get(key.span.end..line_end(text, key.span.end))?.trim();
    let end = line_end(text, tree.node(last.value).span.end.max(first.start + 1));
    let is_plain = !value.flow
        && value.anchor.is_none()
        && key_line == ":"
        && line_end(text, key.span.end) == start
        && text.get(key_start..key.start)?.trim().is_empty()
        && text.get(start..first.start)?.trim().is_empty();
    // A block scalar may end with blank lines, which belong to it.
    let ends_plain = text.get(start..end)?.ends_with('\n') || end == text.len();
    (is_plain && ends_plain).then(|| BlockList { lines: Span::new(start, end), column: first.start - start })
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    // A block scalar's own end is the start of the next line.
    if at > 0 && text.as_bytes().get(at - 1) == Some(&b'\n') {
        return at;
    }
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1)
}
