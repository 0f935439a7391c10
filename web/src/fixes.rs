//! Which edits a click applies.

use dryboot_wasm::protocol::{Diagnostic, Edit, Fix};

/// The fix that "fix all" would apply: the first one, when it is safe.
fn safe(diagnostic: &Diagnostic) -> Option<&Fix> {
    diagnostic.fixes.first().filter(|fix| fix.safe)
}

/// How many findings "fix all" would mend.
pub(crate) fn count_safe(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter_map(safe).count()
}

/// The edits of all safe fixes. Of fixes that touch the same text the first is taken; the next
/// report offers the others again.
pub(crate) fn all_safe(diagnostics: &[Diagnostic]) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    for fix in diagnostics.iter().filter_map(safe) {
        let meets = |edit: &Edit| taken.iter().any(|other| overlap(edit, other));
        if !fix.edits.iter().any(meets) {
            taken.extend(fix.edits.iter().cloned());
        }
    }
    taken.sort_by_key(|edit| (edit.from, edit.to));
    taken
}

fn overlap(a: &Edit, b: &Edit) -> bool {
    a.from < b.to && b.from < a.to || a.from == b.from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(safe: bool, edits: &[(u32, u32, &str)]) -> Diagnostic {
        let edit = |&(from, to, insert): &(u32, u32, &str)| Edit { from, to, insert: insert.to_owned() };
        Diagnostic {
            fixes: vec![Fix { title: String::new(), safe, edits: edits.iter().map(edit).collect() }],
            ..Diagnostic::default()
        }
    }

    #[test]
    fn only_safe_fixes_that_do_not_meet_are_applied_at_once() {
        let found = [
            finding(true, &[(10, 14, "b"), (2, 2, "a")]),
            finding(false, &[(20, 21, "unsafe")]),
            finding(true, &[(12, 16, "meets the first")]),
            finding(true, &[(2, 2, "inserts at the same place")]),
            finding(true, &[(14, 15, "c")]),
        ];
        let edits = all_safe(&found);
        let inserted: Vec<_> = edits.iter().map(|edit| edit.insert.as_str()).collect();
        assert_eq!(inserted, ["a", "b", "c"]);
        assert_eq!(count_safe(&found), 4);
    }
}
