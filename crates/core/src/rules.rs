//! The rules of all programs.

use dryboot_lint::Severity;

use crate::programs::present;

/// A rule of one program or several.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The permanent name, which reads as the defect.
    pub name: &'static str,
    /// How bad its worst finding is at boot.
    pub severity: Severity,
    /// The names of the targets that it holds for.
    pub targets: Vec<&'static str>,
    /// Its documentation in Markdown: one text for each program that has the rule.
    pub docs: Vec<&'static str>,
}

impl Rule {
    /// The summary in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let docs = self.docs.first().copied().unwrap_or_default();
        docs.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }
}

/// Every rule of every program. What several programs have is there once.
#[must_use]
pub fn rules() -> Vec<Rule> {
    let mut all: Vec<Rule> = Vec::new();
    for rule in present().flat_map(|tools| (tools.rules)()) {
        match all.iter_mut().find(|known| known.name == rule.name) {
            Some(known) => {
                known.severity = known.severity.max(rule.severity);
                known.targets.extend(rule.targets);
                known.docs.extend(rule.docs);
            }
            None => all.push(rule),
        }
    }
    all
}

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<Rule> {
    rules().into_iter().find(|rule| rule.name == name)
}
