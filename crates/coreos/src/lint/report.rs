//! The way from bytes to a report.

use crate::envelope::{self, Compression};
use crate::parts::Fault;
use crate::platform::{Field, Platform};
use crate::verdict::Entry;
use crate::{Document, Target};
use dryboot_text::Position;
use dryboot_yaml::{Limits, Span};

use crate::lint::context::Context;
use crate::lint::places::Places;
use crate::lint::registry::{NAMES, RULES};
use crate::lint::rule::{Rule, Scope};
use crate::lint::target::{TargetChoice, choose};
use crate::lint::{message, not_checked, validator};
use dryboot_lint::report::sort;
use dryboot_lint::suppression::{self, Commented};
use dryboot_lint::{Diagnostic, Report, Verdict};

/// What to check, and for whom.
#[derive(Clone, Debug, Default)]
pub struct LintOptions {
    /// The program that will read the text; none to decide from the text.
    pub target: Option<Target>,
    /// Rules to run; all when empty.
    pub select: Vec<String>,
    /// Rules not to run.
    pub ignore: Vec<String>,
    /// Where a machine is going to boot with it; rules about platforms run only with this.
    pub platform: Option<&'static Platform>,
    /// What the metadata there has, if that is known.
    pub metadata: Option<Vec<Field>>,
    /// Tells how long bytes are after `gzip -9`, for the figures in a finding. A host that must be small
    /// leaves it out.
    pub gzipped_length: Option<fn(&[u8]) -> usize>,
    /// What goes wrong during a boot with the text. A host that does not preview boots leaves it out.
    pub boot_problems: Option<BootProblems>,
    /// What a text may cost.
    pub limits: Limits,
}

/// What goes wrong with units while a machine boots with a text, on a platform if one is known.
#[derive(Clone, Debug)]
pub enum BootProblems {
    /// This finds it out.
    Follow(fn(&str, Target, Option<&'static Platform>) -> Vec<BootProblem>),
    /// It is known of one text, where following a boot is the job of another module.
    Known {
        /// The text.
        text: String,
        /// What goes wrong with it.
        problems: Vec<BootProblem>,
    },
}

impl BootProblems {
    /// What goes wrong with a text, as far as that can be said.
    pub(crate) fn of(
        &self,
        text: &str,
        target: Target,
        platform: Option<&'static Platform>,
    ) -> Vec<BootProblem> {
        match self {
            Self::Follow(follow) => follow(text, target, platform),
            Self::Known { text: known, problems } if known == text => problems.clone(),
            Self::Known { .. } => Vec::new(),
        }
    }
}

/// Something that goes wrong during a boot.
#[derive(Clone, Debug)]
pub struct BootProblem {
    /// What goes wrong, in the words of the preview.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where in the text it is written; the first place is the one to point at.
    pub places: Vec<Span>,
}

impl LintOptions {
    pub(crate) fn runs(&self, rule: &Rule) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule.name);
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }
}

/// Checks user-data.
#[must_use]
pub fn lint(bytes: &[u8], options: &LintOptions) -> Report {
    let envelope = envelope::open(bytes, options.limits.bytes);
    let TargetChoice { target, reason } = choose(options.target, options.platform, &envelope);
    let document = Document::read(&envelope, target, &options.limits);
    let message = message::taken_apart(&document);
    let mut checked = check(&document, message.fault(), (bytes, options));
    let parts = message.check(&document, options, &mut checked);
    sort(&mut checked.diagnostics);
    sort(&mut checked.suppressed);
    let not_checked = message.not_checked().unwrap_or_else(|| not_checked::of(&document));
    drop(message);
    let position = |entry: &Entry| Position {
        line: entry.line,
        column: document.lines.position(entry.span.start, document.text()).column,
    };
    let verdict = Verdict {
        native: validator::output(&checked.verdict),
        ..validator::decision(&checked.verdict, document.format, &position)
    };
    Report {
        // What cannot be unpacked is empty to the program, but that is not what the file is.
        kind: match envelope.compression {
            Compression::BadHeader => "gzip",
            _ => document.format.name(),
        },
        compression: envelope.compression,
        not_checked,
        target: target.named(),
        target_reason: reason,
        template: None,
        parts,
        diagnostics: checked.diagnostics,
        suppressed: checked.suppressed,
        verdict,
        lines: document.lines,
        text: envelope.text,
    }
}

/// What is said about one document.
pub(crate) struct Checked {
    pub(crate) verdict: crate::Verdict,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) suppressed: Vec<Diagnostic>,
}

/// Runs the rules over a document.
pub(crate) fn check(
    document: &Document<'_>,
    fault: Option<&Fault>,
    (bytes, options): (&[u8], &LintOptions),
) -> Checked {
    let target = document.target;
    let verdict = document.verdict();
    let places = Places::of(document);
    let rules = || RULES.iter().copied().filter(|rule| options.runs(rule) && rule.targets.contains(&target));
    let mut found = Vec::new();
    if let Some(first) = rules().next() {
        let mut context = Context::new(document, &verdict, &places, (bytes, options), first);
        context.fault = fault;
        rules().for_each(|rule| context.run(rule));
        found = context.into_found();
    }
    let damage = Damage::of(document);
    let diagnostics =
        found.into_iter().filter_map(|(scope, diagnostic)| damage.judge(scope, diagnostic)).collect();
    let commented = Commented {
        text: document.text(),
        lines: &document.lines,
        tree: document.tree(),
        is_whole: document.parsed.is_whole(),
    };
    let (diagnostics, suppressed) = suppression::apply(&commented, diagnostics, &Chosen { options, target });
    Checked { verdict, diagnostics, suppressed }
}

/// The rules, of which some were run.
struct Chosen<'o> {
    options: &'o LintOptions,
    target: Target,
}

impl suppression::Rules for Chosen<'_> {
    fn names(&self) -> Vec<&'static str> {
        NAMES.to_vec()
    }

    fn ran(&self, rule: &str) -> bool {
        super::rule(rule).is_some_and(|rule| self.options.runs(rule) && rule.targets.contains(&self.target))
    }
}

/// The part of a text around a fault, about which little can be said.
struct Damage {
    /// From the top-level entry that holds the fault to the next key at the first column.
    entry: Option<Span>,
    /// Where the fault lies.
    place: usize,
}

impl Damage {
    fn of(document: &Document<'_>) -> Self {
        let parsed = &document.parsed;
        let place = parsed
            .error
            .as_ref()
            .map(|error| error.place)
            .or(parsed.limit.as_ref().map(|limit| limit.span.start));
        let entry = place.map(|place| damaged_entry(document.text(), place));
        Self { entry, place: place.unwrap_or(usize::MAX) }
    }

    /// Leaves out what may be an artefact of the fault, and marks the rest as tentative.
    fn judge(&self, scope: Scope, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        let Some(entry) = self.entry.filter(|_| scope != Scope::Text) else { return Some(diagnostic) };
        let within = entry.touches(diagnostic.span.start);
        let holds = match scope {
            Scope::Text => true,
            Scope::Written => !within || diagnostic.span.end < self.place,
            Scope::Absent => !within,
        };
        diagnostic.tentative = true;
        holds.then_some(diagnostic)
    }
}

fn damaged_entry(text: &str, place: usize) -> Span {
    let place = place.min(text.len());
    let begins_entry = |line: &str| line.starts_with(|char: char| char.is_ascii_alphabetic() || char == '"');
    let mut start = 0;
    let mut end = text.len();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if begins_entry(line) {
            if offset <= place {
                start = offset;
            } else {
                end = offset;
                break;
            }
        }
        offset += line.len();
    }
    Span::new(start, end.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::{LintOptions, lint};

    #[test]
    fn a_secret_is_one_wherever_it_stands() {
        let holds = |text: &str| lint(text.as_bytes(), &LintOptions::default()).holds_secret();
        for text in [
            "#cloud-config\nusers:\n  - name: a\n    passwd: opensesame\n",
            // dryboot's comments silence findings and make nothing public.
            "#cloud-config\nusers:\n  - name: a\n    passwd: opensesame # dryboot: ignore[plain-text-password]\n",
            "#!/bin/sh\nexport DB_PASSWORD=hunter22\n",
            "{\"access_token\": \"0123456789abcdef\"}",
            "#cloud-config\nruncmd: [ curl https://me:s3cr3t@host/x",
        ] {
            assert!(holds(text), "{text}");
        }
        for text in ["", "#cloud-config\nhostname: web\n", "#!/bin/sh\nPASSWORD=$(cat /run/secret1)\n"] {
            assert!(!holds(text), "{text}");
        }
    }
}
