//! What holds for every text, however damaged: lint ends, its spans lie in the text, and fixes
//! come to an end.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that fails says where")]

use std::fs;
use std::path::{Path, PathBuf};

use dryboot_coreos::Target;
use dryboot_coreos::lint::{LintOptions, lint};
use dryboot_lint::{Report, Safety, apply_fixes};
use dryboot_testing::Tries;
use proptest::prelude::*;

const TEXTS: Tries<u32> = Tries { everyday: 1_500, thorough: 20_000 };

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/coreos/validate");
    let mut inputs: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "in"))
        .collect();
    inputs.sort();
    inputs.into_iter().map(|path| fs::read(path).expect("an input")).collect()
}

fn options(target: Target) -> LintOptions {
    LintOptions { target: Some(target), ..LintOptions::default() }
}

fn check_spans(report: &Report) {
    for diagnostic in report.diagnostics.iter().chain(&report.suppressed) {
        let edits = diagnostic.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        let labels = diagnostic.labels.iter().map(|label| label.span);
        for span in std::iter::once(diagnostic.span).chain(labels).chain(edits) {
            assert!(report.text.get(span.start..span.end).is_some(), "{span:?} of {diagnostic:?}");
        }
        for fix in &diagnostic.fixes {
            let ascending = fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
            assert!(ascending, "{fix:?}");
        }
    }
}

/// Applies all fixes until nothing changes; the rounds are few.
fn check_fixes(report: &Report, target: Target) {
    let mut text = report.text.clone();
    let mut diagnostics = report.diagnostics.clone();
    for _ in 0..12 {
        let (next, applied) = apply_fixes(&text, &diagnostics, Safety::Unsafe);
        if applied == 0 || next == text {
            return;
        }
        text = next;
        diagnostics = lint(text.as_bytes(), &options(target)).diagnostics;
    }
    panic!("fixes do not come to an end: {text}");
}

/// Damages a text at a few places.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let inputs = corpus();
    let damage = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        prop::sample::select(&b" \n\t:-#'\"{}[],&*!|>%@`?$~"[..]).prop_map(|byte| vec![byte]),
        Just(Vec::new()),
    ];
    let edits = prop::collection::vec((any::<prop::sample::Index>(), damage, any::<bool>()), 1..4);
    (prop::sample::select(inputs), edits).prop_map(|(mut bytes, edits)| {
        for (index, damage, replace) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            bytes.splice(at..at + usize::from(replace), damage);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: TEXTS.count(), ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_a_report_with_spans_inside_it(bytes in damaged()) {
        for target in Target::ALL {
            let report = lint(&bytes, &options(target));
            check_spans(&report);
            check_fixes(&report, target);
        }
    }
}
