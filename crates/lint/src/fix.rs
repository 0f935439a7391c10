//! Applying remedies to a text.

use crate::{Diagnostic, Edit, Safety};

/// The text after the first remedy of each finding, if it is safe enough, and how many were
/// applied. Remedies that overlap an earlier one wait for the next round.
#[must_use]
pub fn apply_fixes(text: &str, diagnostics: &[Diagnostic], at_least: Safety) -> (String, usize) {
    let mut fixes: Vec<&[Edit]> = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.fixes.first())
        .filter(|fix| fix.safety >= at_least && !fix.edits.is_empty())
        .map(|fix| fix.edits.as_slice())
        .collect();
    fixes.sort_by_key(|edits| edits[0].span);
    fixes.dedup();

    let mut fixed = String::with_capacity(text.len());
    let mut done = 0;
    let mut applied = 0;
    for edits in fixes {
        let fits = edits[0].span.start >= done
            && edits.iter().all(|edit| text.get(edit.span.start..edit.span.end).is_some());
        if !fits {
            continue;
        }
        for edit in edits {
            fixed.push_str(&text[done..edit.span.start]);
            fixed.push_str(&edit.text);
            done = edit.span.end;
        }
        applied += 1;
    }
    fixed.push_str(&text[done..]);
    (fixed, applied)
}
