use crate::Target;

use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

/// Carried out in [`dryboot_lint::suppression`], once all other findings are known.
pub(crate) static RULE: Rule = Rule {
    name: dryboot_lint::suppression::UNUSED,
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unused_suppression.md"),
    scope: Scope::Absent,
    check: |_| {},
};

#[cfg(test)]
mod tests {
    use dryboot_lint::{Safety, apply_fixes};

    use crate::lint::{LintOptions, lint};

    #[test]
    fn what_goes_is_what_nobody_needs() {
        for (line, fixed) in [
            ("hostname: a # dryboot: ignore[unknown-key]", "hostname: a"),
            ("hostname: a # dryboot: ignore[unknown-key, null-value] for ever", "hostname: a # for ever"),
            ("hostname: a # dryboot: ignore[unknown-key] # ours", "hostname: a # ours"),
            (
                "hostnme: a # dryboot: ignore[null-value, unknown-key]",
                "hostnme: a # dryboot: ignore[unknown-key]",
            ),
            (
                "hostnme: a # dryboot: ignore[unknown-key, null-value]",
                "hostnme: a # dryboot: ignore[unknown-key]",
            ),
            (
                "hostnme: a # dryboot: ignore[x, unknown-key, null-value] ours",
                "hostnme: a # dryboot: ignore[unknown-key] ours",
            ),
        ] {
            let report = lint(format!("#cloud-config\n{line}\n").as_bytes(), &LintOptions::default());
            let (text, _) = apply_fixes(&report.text, &report.diagnostics, Safety::Safe);
            assert_eq!(text, format!("#cloud-config\n{fixed}\n"));
        }
    }
}
