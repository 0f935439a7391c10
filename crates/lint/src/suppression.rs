//! Comments that suppress findings: `# dryboot: ignore[rule]` behind a line or above it, and
//! `# dryboot: ignore-file[rule]` anywhere.

use std::cell::{Cell, OnceCell};

use dryboot_yaml::order::sort_by;
use dryboot_yaml::{Content, LineIndex, Span, Style, Tree};

use crate::{Diagnostic, Edit, Fix, Safety, Severity};

const MARK: &str = "dryboot:";

/// A text whose findings comments may suppress.
#[derive(Clone, Copy, Debug)]
pub struct Commented<'t> {
    /// The text.
    pub text: &'t str,
    /// Its lines.
    pub lines: &'t LineIndex,
    /// Its tree, with the comments.
    pub tree: &'t Tree,
    /// Whether the tree is all there is: in a damaged text, a comment may well be needed.
    pub is_whole: bool,
}

impl Commented<'_> {
    fn is_mapping(&self) -> bool {
        let root = self.tree.root().and_then(|root| self.tree.resolve(root));
        root.is_some_and(|root| matches!(self.tree.node(root).content, Content::Mapping(_)))
    }

    /// Whether what stands before a comment is a block scalar.
    fn follows_block(&self, comment: Span) -> bool {
        let last = self.tree.last_before(comment.start);
        last.is_some_and(|last| {
            matches!(last.content, Content::Scalar { style: Style::Literal | Style::Folded, .. })
        })
    }

    /// Whether a comment keeps one below it, which is further in, from becoming text of the block scalar above.
    fn keeps_comment_out_of_block(&self, comment: Span) -> bool {
        let line = self.lines.line(comment.start);
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let rest = (line + 1..=self.lines.line_count()).map(|line| self.lines.line_span(line, self.text));
        let below = rest.map(|span| span.slice(self.text)).find(|line| !line.trim().is_empty());
        let own = indent(self.lines.line_span(line, self.text).slice(self.text));
        below.is_some_and(|below| below.trim_start().starts_with('#') && indent(below) > own)
            && self.follows_block(comment)
    }
}

/// The rules that there are.
pub trait Rules {
    /// The names of all rules.
    fn names(&self) -> Vec<&'static str>;

    /// Whether a rule was run on the text.
    fn ran(&self, rule: &str) -> bool;
}

/// The rule about comments that suppress nothing.
pub const UNUSED: &str = "unused-suppression";

/// One rule in one comment.
struct Suppression {
    /// The whole comment.
    comment: Span,
    /// From `dryboot:` to the bracket that closes the list.
    directive: Span,
    /// The rule's name as written.
    rule: String,
    /// Where that stands.
    name: Span,
    /// Where it holds; none for the whole file.
    over: Option<Span>,
    used: Cell<bool>,
}

impl Suppression {
    /// Where it begins to hold.
    fn starts(&self) -> usize {
        self.over.map_or(0, |over| over.start)
    }

    /// A rule that was not run has nothing to suppress, and that is no fault of the comment.
    fn is_unused(&self, rules: &dyn Rules) -> bool {
        let exists = rules.names().contains(&self.rule.as_str());
        !self.used.get() && (!exists || rules.ran(&self.rule))
    }
}

/// Suppressions by rule and place, such that those for a finding are found without asking all: in a sorted list, since
/// maps would cost the page's module more than they are worth.
struct ByPlace<'s>(Vec<&'s Suppression>);

impl<'s> ByPlace<'s> {
    /// Those for the whole file come first.
    fn new(suppressions: &'s [Suppression]) -> Self {
        let mut sorted: Vec<&Suppression> = suppressions.iter().collect();
        sort_by(&mut sorted, |a, b| (&a.rule, a.over).cmp(&(&b.rule, b.over)));
        Self(sorted)
    }

    /// Whether some suppression covers a finding; all that do have had an effect.
    fn cover(&self, diagnostic: &Diagnostic) -> bool {
        let from = self.0.partition_point(|suppression| suppression.rule.as_str() < diagnostic.rule);
        let of_rule = &self.0[from..];
        let of_rule = &of_rule[..of_rule.partition_point(|suppression| suppression.rule == diagnostic.rule)];
        let (whole_file, local) =
            of_rule.split_at(of_rule.partition_point(|suppression| suppression.over.is_none()));
        let mut any = take(whole_file);
        let labels = diagnostic.labels.iter().map(|label| label.span);
        for place in std::iter::once(diagnostic.span).chain(labels) {
            let begun = local.partition_point(|suppression| suppression.starts() <= place.start);
            // Those that begin at one place hold for the same lines, and otherwise they lie one behind the other: the
            // one before may end where the last one begins.
            let near = local[..begun].chunk_by(|a, b| a.starts() == b.starts()).rev().take(2);
            for group in near {
                let touches =
                    group.first().and_then(|one| one.over).is_some_and(|over| over.touches(place.start));
                any |= touches && take(group);
            }
        }
        any
    }
}

/// Marks suppressions as used; false when there are none. They are all used, or none is.
fn take(suppressions: &[&Suppression]) -> bool {
    if suppressions.first().is_some_and(|suppression| !suppression.used.get()) {
        suppressions.iter().for_each(|suppression| suppression.used.set(true));
    }
    !suppressions.is_empty()
}

/// Splits findings into those that stand and those that a comment suppresses, and adds one for
/// each suppression without effect.
#[must_use]
pub fn apply(
    commented: &Commented<'_>,
    diagnostics: Vec<Diagnostic>,
    rules: &dyn Rules,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let suppressions = collect(commented);
    let by_place = ByPlace::new(&suppressions);
    let (suppressed, mut standing): (Vec<_>, Vec<_>) =
        diagnostics.into_iter().partition(|diagnostic| by_place.cover(diagnostic));
    if rules.ran(UNUSED) && commented.is_whole {
        let text = commented.text;
        for of_comment in suppressions.chunk_by(|a, b| a.comment == b.comment) {
            let unused = of_comment.iter().filter(|suppression| suppression.is_unused(rules));
            standing.extend(unused.map(|suppression| {
                let is_needed = of_comment.iter().any(|other| !other.is_unused(rules));
                let (title, span) = match is_needed {
                    true => without_name(suppression, of_comment),
                    false => without_directive(commented, suppression),
                };
                // Without the bracket that closes the list, a remark may be in it; and a second directive in
                // the comment would begin to count.
                let is_closed = suppression.directive.slice(text).ends_with(']');
                let is_alone = suppression.comment.slice(text).matches(MARK).count() == 1;
                // A comment ends a text without quotes, which would go on if that were all there is.
                let is_config = commented.is_mapping();
                let is_safe = is_closed
                    && is_alone
                    && is_config
                    && !commented.keeps_comment_out_of_block(suppression.comment);
                let safety = if is_safe { Safety::Safe } else { Safety::Unsafe };
                complaint(
                    suppression,
                    rules,
                    Fix { title, safety, edits: vec![Edit { span, text: String::new() }] },
                )
            }));
        }
    }
    (standing, suppressed)
}

fn complaint(suppression: &Suppression, rules: &dyn Rules, fix: Fix) -> Diagnostic {
    let name = suppression.rule.as_str();
    let names = rules.names();
    let exists = names.contains(&name);
    let message = match exists {
        true => format!("this comment suppresses nothing: `{name}` finds nothing here"),
        false => format!("this comment suppresses nothing: the rule `{name}` does not exist"),
    };
    let near = if exists { None } else { crate::nearest(name, names) };
    let help = near.map(|near| format!("did you mean `{near}`?"));
    let found = Diagnostic::new(UNUSED, Severity::Warning, suppression.comment, message);
    Diagnostic { help, fixes: vec![fix], ..found }
}

/// Takes one name out of a list that others still need.
fn without_name(suppression: &Suppression, of_comment: &[Suppression]) -> (String, Span) {
    let name = suppression.name;
    let at = of_comment.iter().position(|other| other.name == name).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|before| of_comment.get(before));
    let span = match (before, of_comment.get(at + 1)) {
        (Some(before), _) => Span::new(before.name.end, name.end),
        (None, Some(next)) => Span::new(name.start, next.name.start),
        (None, None) => name,
    };
    (format!("remove `{}` from the comment", suppression.rule), span)
}

/// Removes the comment, or as much of it as is not a remark.
fn without_directive(commented: &Commented<'_>, suppression: &Suppression) -> (String, Span) {
    let text = commented.text;
    let Suppression { comment, directive, .. } = *suppression;
    let remark = Span::new(directive.end, comment.end).slice(text).trim_start();
    if remark.is_empty() {
        return ("remove the comment".to_owned(), with_blanks(commented, comment));
    }
    let start = if remark.starts_with('#') { comment.start } else { directive.start };
    ("keep only the rest of the comment".to_owned(), Span::new(start, comment.end - remark.len()))
}

/// The comment with the spaces before it; a line of its own goes as a whole.
fn with_blanks(commented: &Commented<'_>, comment: Span) -> Span {
    let text = commented.text;
    let before = &text[..comment.start];
    let start = before.trim_end_matches([' ', '\t']).len();
    if start > 0 && !text[..start].ends_with('\n') {
        return Span::new(start, comment.end);
    }
    let mut end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at + 1);
    // The comment ends a block scalar; without it, empty lines below would be part of the text.
    if commented.follows_block(comment) {
        let below = text[end..].split_inclusive('\n').take_while(|line| line.trim().is_empty());
        end += below.map(str::len).sum::<usize>();
    }
    Span::new(start, end)
}

fn collect(commented: &Commented<'_>) -> Vec<Suppression> {
    let text = commented.text;
    let mut all = Vec::new();
    let mut below = Below::new(commented);
    // From the end on, so that what is below a comment is known already.
    for comment in commented.tree.comments.iter().rev() {
        let Some(directive) = directive(comment.span.slice(text)) else { continue };
        let over = (!directive.whole_file).then(|| below.covered(comment.span));
        let in_text = |span: Span| Span::new(comment.span.start + span.start, comment.span.start + span.end);
        all.extend(directive.names.into_iter().rev().map(|name| Suppression {
            comment: comment.span,
            directive: in_text(directive.span),
            rule: in_text(name).slice(text).to_owned(),
            name: in_text(name),
            over,
            used: Cell::new(false),
        }));
    }
    all.reverse();
    all
}

/// What a comment asks for; offsets are those of the comment.
struct Directive {
    whole_file: bool,
    span: Span,
    names: Vec<Span>,
}

fn directive(comment: &str) -> Option<Directive> {
    let words = comment.trim_start_matches('#').trim_start();
    let rest = words.strip_prefix(MARK)?.trim_start();
    let (whole_file, rest) = match rest.strip_prefix("ignore-file") {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix("ignore")?),
    };
    let list = rest.trim_start().strip_prefix('[')?;
    let mut at = comment.len() - list.len();
    let (list, bracket) = list.find(']').map_or((list, 0), |end| (&list[..end], 1));
    let span = Span::new(comment.len() - words.len(), at + list.len() + bracket);
    let mut names = Vec::new();
    for item in list.split(',') {
        let start = at + item.len() - item.trim_start().len();
        let name = Span::new(start, start + item.trim().len());
        names.extend((name.start < name.end).then_some(name));
        at += item.len() + 1;
    }
    Some(Directive { whole_file, span, names })
}

/// Where scalars begin and end that may have several lines.
fn scalars(tree: &Tree) -> Vec<(usize, usize)> {
    let long = tree
        .ids()
        .map(|id| tree.node(id))
        .filter(|node| matches!(node.content, Content::Scalar { style, .. } if style != Style::Plain));
    let mut scalars: Vec<(usize, usize)> = long.map(|node| (node.start, node.span.end)).collect();
    sort_by(&mut scalars, Ord::cmp);
    scalars
}

/// What comments cover; they are asked about from the last to the first.
struct Below<'d> {
    commented: &'d Commented<'d>,
    /// Where scalars begin and end that may have several lines, in the order of the text; looked for when the first
    /// comment asks.
    scalars: OnceCell<Vec<(usize, usize)>>,
    /// The last line that was looked for from a comment on a line of its own, and what was found.
    found: Option<(usize, Option<Span>)>,
}

impl<'d> Below<'d> {
    fn new(commented: &'d Commented<'d>) -> Self {
        Self { commented, scalars: OnceCell::new(), found: None }
    }

    fn scalars(&self) -> &[(usize, usize)] {
        self.scalars.get_or_init(|| scalars(self.commented.tree))
    }

    /// The line of the comment or, when it stands alone, the next line that is not a comment; with
    /// the scalar that begins there, however many lines that has.
    fn covered(&mut self, comment: Span) -> Span {
        let (lines, text) = (self.commented.lines, self.commented.text);
        let line = lines.line(comment.start);
        let own = lines.line_span(line, text);
        let alone = own.slice(text).trim_start().starts_with('#');
        let covered = if alone { self.next(line).unwrap_or(own) } else { own };
        let scalars = self.scalars();
        let from = scalars.partition_point(|(start, _)| *start < covered.start);
        let within = scalars[from..].iter().take_while(|(start, _)| *start <= covered.end);
        let end = within.map(|(_, end)| *end).max();
        Span::new(covered.start, end.unwrap_or(covered.end).max(covered.end))
    }

    /// The next line below one that is neither empty nor a comment.
    fn next(&mut self, line: usize) -> Option<Span> {
        let (lines, text) = (self.commented.lines, self.commented.text);
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
        let parsed = |comment| {
            let directive = directive(comment)?;
            let names = directive.names.iter().map(|name| name.slice(comment)).collect::<Vec<_>>();
            Some((directive.whole_file, directive.span.slice(comment), names))
        };
        assert_eq!(parsed("# dryboot: ignore[a, b]"), Some((false, "dryboot: ignore[a, b]", vec!["a", "b"])));
        assert_eq!(
            parsed("#dryboot:ignore-file[a] because"),
            Some((true, "dryboot:ignore-file[a]", vec!["a"]))
        );
        assert_eq!(parsed("# dryboot: ignore[,a, "), Some((false, "dryboot: ignore[,a, ", vec!["a"])));
        assert_eq!(parsed("# dryboot: ignore"), None);
        assert_eq!(parsed("# nothing"), None);
    }
}
