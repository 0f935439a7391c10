//! Comments that suppress findings: `# dryboot: ignore[rule]` behind a line or above it, and
//! `# dryboot: ignore-file[rule]` anywhere.

use std::cell::Cell;

use dryboot_config::Document;
use dryboot_yaml::{Content, NodeId, Span, Style};

use crate::registry;
use crate::report::LintOptions;
use crate::rules::unused_suppression;
use crate::{Diagnostic, Edit, Fix, Safety};

const MARK: &str = "dryboot:";

/// One rule in one comment.
struct Suppression {
    /// The whole comment.
    comment: Span,
    /// The rule's name as written.
    rule: String,
    /// Where it holds; none for the whole file.
    over: Option<Span>,
    used: Cell<bool>,
}

impl Suppression {
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let places = std::iter::once(diagnostic.span).chain(diagnostic.labels.iter().map(|label| label.span));
        self.rule == diagnostic.rule
            && self.over.is_none_or(|over| {
                let mut places = places;
                places.any(|place| over.touches(place.start))
            })
    }
}

/// Splits findings into those that stand and those that a comment suppresses, and adds one for
/// each suppression without effect.
pub(crate) fn apply(
    document: &Document<'_>,
    diagnostics: Vec<Diagnostic>,
    options: &LintOptions,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let suppressions = collect(document);
    let (suppressed, mut standing): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(|diagnostic| {
        let mut covering =
            suppressions.iter().filter(|suppression| suppression.covers(diagnostic)).peekable();
        let any = covering.peek().is_some();
        covering.for_each(|suppression| suppression.used.set(true));
        any
    });
    if options.runs(&unused_suppression::RULE) && document.parsed.is_whole() {
        let unused = suppressions.iter().filter(|suppression| !suppression.used.get());
        standing.extend(unused.filter_map(|suppression| complaint(document, suppression, options)));
    }
    (standing, suppressed)
}

/// A rule that was not run has nothing to suppress, and that is no fault of the comment.
fn complaint(
    document: &Document<'_>,
    suppression: &Suppression,
    options: &LintOptions,
) -> Option<Diagnostic> {
    let rule = registry::rule(&suppression.rule);
    if rule.is_some_and(|rule| !options.runs(rule) || !rule.targets.contains(&document.target)) {
        return None;
    }
    let name = &suppression.rule;
    let message = match rule {
        Some(_) => format!("this comment suppresses nothing: there is no finding of `{name}` here"),
        None => format!("this comment suppresses nothing: there is no rule `{name}`"),
    };
    let help = match rule {
        Some(_) => None,
        None => crate::suggest::nearest(name, registry::RULES.iter().map(|rule| rule.name))
            .map(|near| format!("did you mean `{near}`?")),
    };
    Some(Diagnostic {
        rule: unused_suppression::RULE.name,
        severity: unused_suppression::RULE.severity,
        message,
        path: String::new(),
        span: suppression.comment,
        help,
        labels: Vec::new(),
        fixes: vec![Fix {
            title: "remove the comment".to_owned(),
            safety: Safety::Safe,
            edits: vec![Edit {
                span: with_blanks_before(document.text(), suppression.comment),
                text: String::new(),
            }],
        }],
        tentative: false,
    })
}

/// The comment with the blanks before it; a line of its own goes as a whole.
fn with_blanks_before(text: &str, comment: Span) -> Span {
    let before = &text[..comment.start];
    let start = before.trim_end_matches([' ', '\t']).len();
    let alone = start == 0 || text[..start].ends_with('\n');
    let line_break = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at + 1);
    Span::new(start, if alone { line_break } else { comment.end })
}

fn collect(document: &Document<'_>) -> Vec<Suppression> {
    let text = document.text();
    let mut all = Vec::new();
    for comment in &document.tree().comments {
        let Some((whole_file, rules)) = directive(comment.span.slice(text)) else { continue };
        let over = (!whole_file).then(|| covered(document, comment.span));
        all.extend(rules.map(|rule| Suppression {
            comment: comment.span,
            rule: rule.to_owned(),
            over,
            used: Cell::new(false),
        }));
    }
    all
}

/// Whether a comment is a directive for the whole file, and the rules that it names.
fn directive(comment: &str) -> Option<(bool, impl Iterator<Item = &str>)> {
    let words = comment.trim_start_matches('#').trim_start().strip_prefix(MARK)?.trim_start();
    let (whole_file, rest) = match words.strip_prefix("ignore-file") {
        Some(rest) => (true, rest),
        None => (false, words.strip_prefix("ignore")?),
    };
    let list = rest.trim_start().strip_prefix('[')?.split(']').next()?;
    Some((whole_file, list.split(',').map(str::trim).filter(|name| !name.is_empty())))
}

/// The line of the comment or, when it stands alone, the next line that is not a comment; with
/// the scalar that begins there, however many lines that has.
fn covered(document: &Document<'_>, comment: Span) -> Span {
    let text = document.text();
    let line = document.lines.line(comment.start);
    let line_of = |line| document.lines.line_span(line, text);
    let alone = line_of(line).slice(text).trim_start().starts_with('#');
    let mut covered = line_of(line);
    if alone {
        let below = (line + 1..=document.lines.line_count()).map(line_of);
        let mut below = below.skip_while(|line| {
            let content = line.slice(text).trim_start();
            content.is_empty() || content.starts_with('#')
        });
        covered = below.next().unwrap_or(covered);
    }
    let begins_here = |id: &NodeId| {
        let node = document.tree().node(*id);
        let long = matches!(node.content, Content::Scalar { style, .. } if style != Style::Plain);
        long && covered.touches(node.span.start)
    };
    let end = document.tree().ids().filter(begins_here).map(|id| document.tree().node(id).span.end).max();
    Span::new(covered.start, end.unwrap_or(covered.end).max(covered.end))
}

#[cfg(test)]
mod tests {
    use super::directive;

    #[test]
    fn directives_name_their_rules() {
        let parsed = |comment| directive(comment).map(|(file, rules)| (file, rules.collect::<Vec<_>>()));
        assert_eq!(parsed("# dryboot: ignore[a, b]"), Some((false, vec!["a", "b"])));
        assert_eq!(parsed("#dryboot:ignore-file[a] because"), Some((true, vec!["a"])));
        assert_eq!(parsed("# dryboot: ignore"), None);
        assert_eq!(parsed("# nothing"), None);
    }
}
