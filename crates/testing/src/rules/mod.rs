//! The documentation of rules as tests: what the examples of each rule say holds.
//!
//! A fence is `yaml,fail` (the rule has a finding), `yaml,pass` (the rule has none, and no rule has an
//! error) or `yaml,fixed` (what the rule's fixes make of the failing example before it; with `unsafe`,
//! of the unsafe ones too); `base64` instead of `yaml` is for bytes that cannot be shown. What else
//! follows a fence is for the program that reads the example.

#![expect(clippy::panic, reason = "what does not hold fails a test")]

mod example;
mod style;

use dryboot_lint::{Diagnostic, Safety, Severity, apply_fixes};

pub use example::Example;

/// A rule, as far as its documentation is concerned.
#[derive(Clone, Copy, Debug)]
pub struct RuleDocs {
    /// Its name.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// Its Markdown.
    pub docs: &'static str,
}

/// What a linter says about an example.
#[derive(Clone, Debug)]
pub struct Linted {
    /// How long the text is into which findings point, in bytes.
    pub length: usize,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// All rules of a program.
#[derive(Clone, Copy)]
pub struct Rulebook<'r> {
    /// The rules.
    pub rules: &'r [RuleDocs],
    /// The program's linter.
    pub lint: &'r dyn Fn(&Example) -> Linted,
}

impl Rulebook<'_> {
    /// Every example does what its fence says.
    ///
    /// # Panics
    /// One does not.
    pub fn check_examples(&self) {
        for rule in self.rules {
            let name = rule.name;
            let mut failing: Option<(String, Vec<Diagnostic>)> = None;
            for example in rule.examples() {
                let all = (self.lint)(&example).diagnostics;
                let found: Vec<Diagnostic> = all.iter().filter(|found| found.rule == name).cloned().collect();
                let text = example.text();
                match example.kind.as_str() {
                    "fail" => {
                        assert!(!found.is_empty(), "{name} finds nothing in\n{text}");
                        failing = Some((text, found));
                    }
                    "pass" => {
                        assert!(found.is_empty(), "{name} finds {found:#?} in\n{text}");
                        let has_error = all.iter().any(|other| other.severity == Severity::Error);
                        assert!(!has_error, "{name}: {all:#?} in\n{text}");
                    }
                    "fixed" => {
                        let Some((before, found_before)) = &failing else {
                            panic!("{name}: a failing example stands before a fixed one");
                        };
                        let level = if example.has("unsafe") { Safety::Unsafe } else { Safety::Safe };
                        let after = apply_fixes(before, found_before, level).0;
                        assert_eq!(after, text, "the fixes of {name}");
                        assert!(found.is_empty(), "{name} still finds {found:#?} after its fixes");
                    }
                    other => panic!("{name}: no such fence: {other}"),
                }
            }
        }
    }

    /// The documentation of every rule has the same form, and its name is its own.
    ///
    /// # Panics
    /// One has another form.
    pub fn check_form(&self) {
        for rule in self.rules {
            rule.check_form();
            let same = self.rules.iter().filter(|other| other.name == rule.name);
            assert_eq!(same.count(), 1, "{} is unique", rule.name);
        }
    }

    /// Every message that the examples bring about is in house style, and about a place in the example.
    ///
    /// # Panics
    /// One is not.
    pub fn check_messages(&self) {
        for example in self.rules.iter().flat_map(RuleDocs::examples) {
            let Linted { length, diagnostics } = (self.lint)(&example);
            for diagnostic in diagnostics {
                style::check_message(&diagnostic.message);
                let span = diagnostic.span;
                assert!(span.start <= span.end && span.end <= length, "{diagnostic:#?}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use dryboot_yaml::Span;

    use super::*;

    const RULE: RuleDocs = RuleDocs {
        name: "no-x",
        summary: "An `x` is written.",
        docs: "# no-x\n\nAn `x` is written.\n\n## What it does\n\n## Why it is bad\n\n## What to do\n\n## Examples\n\n\
               ```yaml,fail\nx␉\n## not a heading\n```\n\n```base64,pass,word=7\neQ==\n```\n",
    };

    /// Finds each `x`.
    fn lint(example: &Example) -> Linted {
        let text = String::from_utf8(example.bytes()).expect("UTF-8");
        let place =
            |(at, _)| Diagnostic::new(RULE.name, Severity::Error, Span::new(at, at + 1), "`x` is written");
        Linted { length: text.len(), diagnostics: text.match_indices('x').map(place).collect() }
    }

    #[test]
    fn good_documentation_passes() {
        let book = Rulebook { rules: &[RULE], lint: &lint };
        book.check_examples();
        book.check_form();
        book.check_messages();
        let examples: Vec<Example> = RULE.examples().collect();
        assert_eq!(examples[0].bytes(), b"x\t\n## not a heading\n");
        assert_eq!((examples[1].bytes(), examples[1].value("word")), (b"y".to_vec(), Some("7")));
    }

    #[test]
    #[should_panic(expected = "no-x finds nothing")]
    fn an_example_that_does_not_fail_is_noticed() {
        Rulebook { rules: &[RULE], lint: &|_| Linted { length: 0, diagnostics: Vec::new() } }
            .check_examples();
    }

    #[test]
    #[should_panic(expected = "is unique")]
    fn a_name_that_is_there_twice_is_noticed() {
        Rulebook { rules: &[RULE, RULE], lint: &lint }.check_form();
    }
}
