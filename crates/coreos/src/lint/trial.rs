//! Trying a remedy out. One that makes the target read what it ignored before is safe only if
//! nothing in that is wrong: else a config that was applied in part is not applied at all.

use std::collections::HashSet;

use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::{LintOptions, lint};
use dryboot_lint::{Safety, Severity};

/// How many remedies of one text are tried; more are offered as unsafe.
const TRIALS: usize = 16;

/// Remedies of longer texts are offered as unsafe: each trial costs as much as the text itself, and no
/// platform hands over this much.
const LONGEST: usize = 256 << 10;

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
        let left = self.left.checked_sub(1).filter(|_| self.text.len() <= LONGEST);
        let Some(left) = left else { return Safety::Unsafe };
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

#[cfg(test)]
mod tests {
    use crate::Target;

    use super::{LONGEST, TRIALS};
    use crate::lint::{LintOptions, lint};
    use dryboot_lint::Safety;

    fn safeties(text: &str) -> Vec<Safety> {
        let options = LintOptions { target: Some(Target::Flatcar), ..LintOptions::default() };
        let found = lint(text.as_bytes(), &options).diagnostics;
        let found = found.into_iter().filter(|found| found.rule == "hyphenated-key");
        found.flat_map(|found| found.fixes).map(|fix| fix.safety).collect()
    }

    #[test]
    fn a_rename_is_safe_unless_it_brings_an_error() {
        let good = "#cloud-config\nwrite-files:\n  - path: /a\n    content: b\n";
        assert_eq!(safeties(good), [Safety::Safe]);
        assert_eq!(safeties(&good.replace("    content: b", "    encoding: rot13")), [Safety::Unsafe]);
        assert_eq!(safeties(&format!("{good}#{}\n", " ".repeat(LONGEST))), [Safety::Unsafe]);
    }

    #[test]
    fn trials_come_to_an_end() {
        let user = "  - name: core\n    coreos-ssh-import-github: a\n";
        let found = safeties(&format!("#cloud-config\nusers:\n{}", user.repeat(TRIALS + 2)));
        assert_eq!(found.iter().filter(|safety| **safety == Safety::Safe).count(), TRIALS);
        assert_eq!(found.len(), TRIALS + 2);
    }
}
