use dryboot_coreos::Target;
use dryboot_coreos::lint::{LintOptions, Report, coreos_cloudinit_format};
use dryboot_coreos::platform::PLATFORMS;
use dryboot_lint::{Safety, apply_fixes};

use crate::choice;

/// Lints a text for each target: spans lie in the text, and applying all fixes comes to an end.
pub fn lint(data: &[u8]) {
    for target in [None].into_iter().chain(Target::ALL.map(Some)) {
        let platform = PLATFORMS.get(choice(data, 2 * PLATFORMS.len()));
        let options = LintOptions { target, platform, ..LintOptions::default() };
        let report = dryboot_coreos::lint::lint(data, &options);
        check(&report);
        let _ = coreos_cloudinit_format(&report);
        fix(report, &options);
    }
}

fn check(report: &Report) {
    for diagnostic in report.diagnostics.iter().chain(&report.suppressed) {
        let labels = diagnostic.labels.iter().map(|label| label.span);
        let edits = diagnostic.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        for span in std::iter::once(diagnostic.span).chain(labels).chain(edits) {
            assert!(report.text.get(span.start..span.end).is_some(), "{span:?} of {diagnostic:?}");
            let position = report.lines.position(span.start, &report.text);
            assert!(position.line <= report.lines.line_count() && position.column > 0);
        }
        for fix in &diagnostic.fixes {
            let ascends = fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
            assert!(ascends, "{fix:?}");
        }
    }
}

/// The rounds are few: each fix is for something that is then as it should be.
fn fix(report: Report, options: &LintOptions) {
    const ROUNDS: usize = 12;
    for most in [Safety::Safe, Safety::Unsafe] {
        let mut text = report.text.clone();
        let mut diagnostics = report.diagnostics.clone();
        for round in 0.. {
            let (next, applied) = apply_fixes(&text, &diagnostics, most);
            if applied == 0 || next == text {
                break;
            }
            assert!(round < ROUNDS, "fixes do not come to an end: {text}");
            text = next;
            let report = dryboot_coreos::lint::lint(text.as_bytes(), options);
            check(&report);
            diagnostics = report.diagnostics;
        }
    }
}
