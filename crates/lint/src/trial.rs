//! Trying a remedy out. One that makes the target read what it ignored before is safe only if
//! nothing in that is wrong: else a config that was applied in part is not applied at all.

use std::collections::HashSet;

use dryboot_yaml::Span;

use crate::context::Context;
use crate::{LintOptions, Safety, Severity, lint};

/// How many remedies of one text are tried; more are offered as unsafe.
const TRIALS: usize = 16;

/// The errors of a text, without those of one rule.
pub(crate) struct Trial<'c> {
    text: &'c str,
    options: LintOptions,
    errors: Option<HashSet<(&'static str, String)>>,
    left: usize,
}

impl<'c> Trial<'c> {
    /// `rule` is the one that offers the remedies; it is not asked again.
    pub(crate) fn new(context: &Context<'c>, rule: &str) -> Self {
        let options = LintOptions {
            target: Some(context.document.target),
            select: Vec::new(),
            ignore: vec![rule.to_owned()],
            ..context.options.clone()
        };
        Self { text: context.text(), options, errors: None, left: TRIALS }
    }

    /// Whether replacing `span` by `text` brings no error.
    pub(crate) fn safety(&mut self, span: Span, text: &str) -> Safety {
        let Some(left) = self.left.checked_sub(1) else { return Safety::Unsafe };
        self.left = left;
        let replaced = [&self.text[..span.start], text, &self.text[span.end..]].concat();
        let options = &self.options;
        let before = self.errors.get_or_insert_with(|| errors(self.text, options));
        if errors(&replaced, options).is_subset(before) { Safety::Safe } else { Safety::Unsafe }
    }
}

/// Errors by their rule and their place, however its keys are spelt.
fn errors(text: &str, options: &LintOptions) -> HashSet<(&'static str, String)> {
    let errors = lint(text.as_bytes(), options).diagnostics.into_iter();
    let errors = errors.filter(|found| found.severity == Severity::Error);
    errors.map(|found| (found.rule, found.path.replace('-', "_"))).collect()
}
