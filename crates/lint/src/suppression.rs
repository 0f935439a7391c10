//! Comments that suppress findings: `# dryboot: ignore[rule]` behind a line or above it, and
//! `# dryboot: ignore-file[rule]` anywhere.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use dryboot_config::Document;
use dryboot_yaml::{Content, Span, Style};

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

/// The suppressions of one rule, such that those for a place are found without asking all.
#[derive(Default)]
struct ByPlace<'s> {
    whole_file: Vec<&'s Suppression>,
    /// By where they begin to hold. Those that begin at one place hold for the same lines, and
    /// otherwise they lie one behind the other.
    local: BTreeMap<usize, Vec<&'s Suppression>>,
}

impl<'s> ByPlace<'s> {
    fn add(&mut self, suppression: &'s Suppression) {
        match suppression.over {
            None => self.whole_file.push(suppression),
            Some(over) => self.local.entry(over.start).or_default().push(suppression),
        }
    }

    /// Whether some suppression covers a finding; all that do have had an effect.
    fn cover(&self, diagnostic: &Diagnostic) -> bool {
        let places = std::iter::once(diagnostic.span).chain(diagnostic.labels.iter().map(|label| label.span));
        let touched = places.flat_map(|place| {
            // The one before may end where the last one begins.
            let near = self.local.range(..=place.start).rev().take(2);
            near.map(|(_, all)| all).filter(move |all| {
                let over = all.first().and_then(|one| one.over);
                over.is_some_and(|over| over.touches(place.start))
            })
        });
        let mut any = false;
        for suppressions in [&self.whole_file].into_iter().chain(touched).filter(|all| !all.is_empty()) {
            any = true;
            // They are all used, or none is.
            if suppressions.first().is_some_and(|suppression| !suppression.used.get()) {
                suppressions.iter().for_each(|suppression| suppression.used.set(true));
            }
        }
        any
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
    let mut by_rule: HashMap<&str, ByPlace<'_>> = HashMap::new();
    for suppression in &suppressions {
        by_rule.entry(&suppression.rule).or_default().add(suppression);
    }
    let (suppressed, mut standing): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(|diagnostic| {
        by_rule.get(diagnostic.rule).is_some_and(|suppressions| suppressions.cover(diagnostic))
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
    let mut below = Below::new(document);
    // From the end on, so that what is below a comment is known already.
    for comment in document.tree().comments.iter().rev() {
        let Some((whole_file, rules)) = directive(comment.span.slice(text)) else { continue };
        let over = (!whole_file).then(|| below.covered(comment.span));
        let mut of_comment: Vec<Suppression> = rules
            .map(|rule| Suppression {
                comment: comment.span,
                rule: rule.to_owned(),
                over,
                used: Cell::new(false),
            })
            .collect();
        of_comment.reverse();
        all.append(&mut of_comment);
    }
    all.reverse();
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

/// What comments cover; they are asked about from the last to the first.
struct Below<'d> {
    document: &'d Document<'d>,
    /// Scalars that may have several lines, by where they begin.
    scalars: BTreeMap<usize, usize>,
    /// The last line that was looked for from a comment on a line of its own, and what was found.
    found: Option<(usize, Option<Span>)>,
}

impl<'d> Below<'d> {
    fn new(document: &'d Document<'d>) -> Self {
        let tree = document.tree();
        let long = tree
            .ids()
            .map(|id| tree.node(id))
            .filter(|node| matches!(node.content, Content::Scalar { style, .. } if style != Style::Plain));
        let mut scalars: BTreeMap<usize, usize> = BTreeMap::new();
        for node in long {
            let end = scalars.entry(node.span.start).or_default();
            *end = node.span.end.max(*end);
        }
        Self { document, scalars, found: None }
    }

    /// The line of the comment or, when it stands alone, the next line that is not a comment; with
    /// the scalar that begins there, however many lines that has.
    fn covered(&mut self, comment: Span) -> Span {
        let (lines, text) = (&self.document.lines, self.document.text());
        let line = lines.line(comment.start);
        let own = lines.line_span(line, text);
        let alone = own.slice(text).trim_start().starts_with('#');
        let covered = if alone { self.next(line).unwrap_or(own) } else { own };
        let end = self.scalars.range(covered.start..=covered.end).map(|(_, end)| *end).max();
        Span::new(covered.start, end.unwrap_or(covered.end).max(covered.end))
    }

    /// The next line below one that is neither empty nor a comment.
    fn next(&mut self, line: usize) -> Option<Span> {
        let (lines, text) = (&self.document.lines, self.document.text());
        let is_passed = |span: &Span| {
            let content = span.slice(text).trim_start();
            content.is_empty() || content.starts_with('#')
        };
        // Where the search from a later line began, it has gone on.
        let known = self.found;
        let begun = known.map_or(usize::MAX, |(from, _)| from);
        let last = lines.line_count().min(begun);
        let near = (line + 1..=last).map(|line| lines.line_span(line, text)).find(|span| !is_passed(span));
        let found = near.or(known.and_then(|(_, found)| found));
        self.found = Some((line, found));
        found
    }
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
