//! Every rule.

use dryboot_lint::Severity;

use super::Context;
use crate::rules::{commands, disks, files, keys, packages, parts, text, users, values};

/// A check with its documentation.
#[derive(Debug)]
pub struct Rule {
    /// The permanent name, which reads as the defect: `unknown-key`.
    pub name: &'static str,
    /// How bad its worst finding is at boot.
    pub severity: Severity,
    /// Markdown: a title, a summary in one sentence, then the headings `What it does`, `Why it is bad`, `What to do`
    /// and `Examples`, whose blocks are run as tests.
    pub docs: &'static str,
    pub(crate) check: fn(&mut Context<'_>),
}

/// Rules about texts that look at what carries the parts, too.
pub(super) static ABOUT_BOTH: [&Rule; 2] = text::ABOUT_BOTH;

impl Rule {
    /// Whether it looks at all parts of user-data, and not at one text.
    pub(super) fn is_about_parts(&self) -> bool {
        parts::RULES.iter().any(|rule| rule.name == self.name)
    }

    /// The summary in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }
}

const GROUPS: [&[&Rule]; 9] = [
    text::RULES,
    parts::RULES,
    keys::RULES,
    values::RULES,
    users::RULES,
    commands::RULES,
    files::RULES,
    packages::RULES,
    disks::RULES,
];

const COUNT: usize = {
    let (mut count, mut group) = (0, 0);
    while group < GROUPS.len() {
        count += GROUPS[group].len();
        group += 1;
    }
    count
};

/// The rules, by subject.
pub static RULES: [&Rule; COUNT] = {
    let mut rules = [GROUPS[0][0]; COUNT];
    let (mut at, mut group) = (0, 0);
    while group < GROUPS.len() {
        let mut rule = 0;
        while rule < GROUPS[group].len() {
            rules[at] = GROUPS[group][rule];
            at += 1;
            rule += 1;
        }
        group += 1;
    }
    rules
};
