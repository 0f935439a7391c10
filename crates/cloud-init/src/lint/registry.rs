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

/// The rules by subject, and whether they are about what the validator sees: a build without the others has these.
const GROUPS: [(bool, &[&Rule]); 9] = [
    (true, text::RULES),
    (false, parts::RULES),
    (true, keys::RULES),
    (true, values::RULES),
    (false, users::RULES),
    (false, commands::RULES),
    (false, files::RULES),
    (false, packages::RULES),
    (false, disks::RULES),
];

/// Whether this build has all rules.
const ALL: bool = cfg!(feature = "full");

const fn count(all: bool) -> usize {
    let (mut count, mut group) = (0, 0);
    while group < GROUPS.len() {
        let (is_first, rules) = GROUPS[group];
        if all || is_first {
            count += rules.len();
        }
        group += 1;
    }
    count
}

const fn rules<const COUNT: usize>(all: bool) -> [&'static Rule; COUNT] {
    let mut collected = [GROUPS[0].1[0]; COUNT];
    let (mut at, mut group) = (0, 0);
    while group < GROUPS.len() {
        let (is_first, rules) = GROUPS[group];
        let mut rule = 0;
        while (all || is_first) && rule < rules.len() {
            collected[at] = rules[rule];
            at += 1;
            rule += 1;
        }
        group += 1;
    }
    collected
}

/// The rules of this build, by subject.
pub static RULES: [&Rule; count(ALL)] = rules(ALL);

/// The names of all rules, also of those that this build does not have.
pub static NAMES: [&str; count(true)] = {
    let rules = rules::<{ count(true) }>(true);
    let mut names = [""; count(true)];
    let mut at = 0;
    while at < names.len() {
        names[at] = rules[at].name;
        at += 1;
    }
    names
};
