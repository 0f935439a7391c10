use dryboot_lint::Severity;
use dryboot_lint::suppression::UNUSED;

use crate::lint::Rule;
use crate::rules::docs;

/// Carried out in [`dryboot_lint::suppression`], once all other findings are known.
pub(crate) static RULE: Rule =
    Rule { name: UNUSED, severity: Severity::Warning, docs: docs!("unused_suppression.md"), check: |_| {} };
