use dryboot_core::{
    Diagnostic, Kind, LintOptions, Location, Report, Safety, Target, TemplateSyntax, apply_fixes,
};

use crate::choice;

/// Lints a text for each program: spans lie in the text, and applying all fixes comes to an end. The input also chooses
/// the platform, and the template language to check it as.
pub fn lint(data: &[u8]) {
    let names = Location::names();
    let platform = names.get(choice(data, 2 * names.len())).and_then(|name| Location::from_name(name));
    let syntaxes =
        [TemplateSyntax::Terraform, TemplateSyntax::Jinja, TemplateSyntax::Go, TemplateSyntax::Embedded];
    let options = LintOptions {
        platform: platform.unwrap_or_default(),
        template: syntaxes.get(choice(data, 3 * syntaxes.len())).copied(),
        printed_for: Some("FILE".to_owned()),
        ..LintOptions::default()
    };
    for name in ["cloud-init", "debian-11", "coreos", "flatcar"] {
        let target = Some(Target::parse(name).expect("a target"));
        judge(data, &LintOptions { target, ..options.clone() });
    }
    judge(data, &LintOptions { kind: Kind::NetworkConfig, ..options });
}

/// Lints a file of every language that has user-data inside.
pub fn embedded(data: &[u8]) {
    for name in
        ["main.tf", "vm.yaml", "run.sh", "Makefile", "Vagrantfile", "main.bicep", "README.md", "user-data.in"]
    {
        let report = dryboot_core::lint_file(name, data, &LintOptions::default());
        check(&report);
        for most in [Safety::Safe, Safety::Unsafe] {
            let _ = apply_fixes(&report.text, &report.diagnostics, most);
        }
    }
}

fn judge(data: &[u8], options: &LintOptions) {
    let report = dryboot_core::lint(data, options);
    check(&report);
    fix(report, options);
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
        check_part(report, diagnostic);
    }
}

/// What stands in a part lies in its text.
fn check_part(report: &Report, diagnostic: &Diagnostic) {
    let Some(place) = &diagnostic.part else { return };
    let part = report.parts.get(place.index).expect("a part of this text");
    if let Some(decoded) = &part.decoded {
        for span in std::iter::once(place.span).chain(place.labels.iter().copied()) {
            assert!(decoded.text.get(span.start..span.end).is_some(), "{span:?} of {diagnostic:?}");
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
            let report = dryboot_core::lint(text.as_bytes(), options);
            check(&report);
            diagnostics = report.diagnostics;
        }
    }
}
