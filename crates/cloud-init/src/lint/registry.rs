//! Every rule.

use dryboot_lint::Severity;

use super::Context;
use crate::rules::{commands, disks, files, keys, packages, parts, text, units, users, values};

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
        ABOUT_PARTS.contains(&self.name)
    }

    /// The summary in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }
}

/// The rules, by subject.
const GROUPS: [&[&Rule]; 10] = [
    text::RULES,
    parts::RULES,
    keys::RULES,
    values::RULES,
    users::RULES,
    commands::RULES,
    files::RULES,
    units::RULES,
    packages::RULES,
    disks::RULES,
];

/// The rules about what the validator sees: a build that must be small has these alone.
const FIRST: [&str; 15] = [
    "missing-header",
    "wrong-dialect",
    "limit-exceeded",
    "not-utf8",
    "tab-indentation",
    "yaml-syntax",
    "unused-suppression",
    "not-a-mapping",
    "unknown-key",
    "unsupported-by-release",
    "duplicate-key",
    "missing-key",
    "deprecated-key",
    "type-mismatch",
    "invalid-value",
];

/// Whether this build has all rules.
const ALL: bool = cfg!(feature = "full");

const fn is_first(rule: &Rule) -> bool {
    let mut at = 0;
    while at < FIRST.len() {
        if is_same(FIRST[at].as_bytes(), rule.name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

const fn count(all: bool) -> usize {
    let (mut count, mut group) = (0, 0);
    while group < GROUPS.len() {
        let mut rule = 0;
        while rule < GROUPS[group].len() {
            if all || is_first(GROUPS[group][rule]) {
                count += 1;
            }
            rule += 1;
        }
        group += 1;
    }
    count
}

const fn rules<const COUNT: usize>(all: bool) -> [&'static Rule; COUNT] {
    let mut collected = [GROUPS[0][0]; COUNT];
    let (mut at, mut group) = (0, 0);
    while group < GROUPS.len() {
        let mut rule = 0;
        while rule < GROUPS[group].len() {
            if all || is_first(GROUPS[group][rule]) {
                collected[at] = GROUPS[group][rule];
                at += 1;
            }
            rule += 1;
        }
        group += 1;
    }
    collected
}

const fn names<const COUNT: usize>(rules: &[&Rule]) -> [&'static str; COUNT] {
    let mut names = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        names[at] = rules[at].name;
        at += 1;
    }
    names
}

/// The rules of this build, by subject.
pub static RULES: [&Rule; count(ALL)] = rules(ALL);

/// The names of all rules, also of those that this build does not have.
pub static NAMES: [&str; count(true)] = names(&rules::<{ count(true) }>(true));

/// The names of the rules about all parts: the names alone, so that a build without these rules does not have them.
static ABOUT_PARTS: [&str; parts::RULES.len()] = names(parts::RULES);
