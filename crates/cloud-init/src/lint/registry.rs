//! Every rule.

use dryboot_lint::Severity;
use dryboot_lint::subset::{chosen, contains, count, joined, length};

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
const FIRST: [&str; 16] = [
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
    "failing-validator",
    "deprecated-key",
    "type-mismatch",
    "invalid-value",
];

/// Every rule.
const ALL: [&Rule; length(&GROUPS)] = joined(&GROUPS);

const fn names<const COUNT: usize>(rules: &[&Rule]) -> [&'static str; COUNT] {
    let mut names = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        names[at] = rules[at].name;
        at += 1;
    }
    names
}

/// The names of all rules, also of those that this build does not have.
pub static NAMES: [&str; ALL.len()] = names(&ALL);

/// The names of the rules that this build has.
const WANTED: &[&str] = if cfg!(feature = "full") { &names::<{ ALL.len() }>(&ALL) } else { &FIRST };

const _: () = assert!(count(&FIRST, &NAMES) == FIRST.len(), "a name in `FIRST` is not that of a rule");

/// The rules of this build, by subject.
pub static RULES: [&Rule; count(&NAMES, WANTED)] = chosen(&ALL, &NAMES, WANTED);

/// The names of the rules that look at all parts of user-data, and not at one text: the names alone, so that a build without
/// these rules does not have them.
const NAMES_ABOUT_PARTS: [&str; parts::RULES.len()] = names(parts::RULES);

/// For each rule of this build, whether it is one of those.
static IS_ABOUT_PARTS: [bool; RULES.len()] = {
    let rules: [&Rule; RULES.len()] = chosen(&ALL, &NAMES, WANTED);
    let mut about_parts = [false; RULES.len()];
    let mut at = 0;
    while at < rules.len() {
        about_parts[at] = contains(&NAMES_ABOUT_PARTS, rules[at].name);
        at += 1;
    }
    about_parts
};

/// The rules that look at all parts of user-data, or those that look at one text.
pub(super) fn rules(about_parts: bool) -> impl Iterator<Item = &'static Rule> {
    let rules = RULES.iter().copied().zip(IS_ABOUT_PARTS);
    rules.filter(move |(_, is_about_parts)| *is_about_parts == about_parts).map(|(rule, _)| rule)
}
