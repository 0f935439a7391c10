use dryboot_config::Target;

use crate::Severity;
use crate::rule::{Rule, Scope};

/// Carried out in [`crate::suppression`], once all other findings are known.
pub(crate) static RULE: Rule = Rule {
    name: "unused-suppression",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unused_suppression.md"),
    scope: Scope::Absent,
    check: |_| {},
};
