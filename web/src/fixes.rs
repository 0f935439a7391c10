//! Which edits "fix all" applies.

use crate::report::Edit;

/// The edits of all these fixes. Of fixes that touch the same text the first is taken; the next report offers the others
/// again.
pub(crate) fn together(fixes: &[Vec<Edit>]) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    for edits in fixes {
        let meets = |edit: &Edit| taken.iter().any(|other| overlap(edit, other));
        if !edits.iter().any(meets) {
            taken.extend(edits.iter().cloned());
        }
    }
    taken.sort_by_key(|edit| (edit.start, edit.end));
    taken
}

fn overlap(a: &Edit, b: &Edit) -> bool {
    a.start < b.end && b.start < a.end || a.start == b.start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixes_that_do_not_meet_are_applied_at_once() {
        let fix = |edits: &[(u32, u32, &str)]| -> Vec<Edit> {
            let edit = |&(start, end, text): &(u32, u32, &str)| Edit { start, end, text: text.to_owned() };
            edits.iter().map(edit).collect()
        };
        let edits = together(&[
            fix(&[(10, 14, "b"), (2, 2, "a")]),
            fix(&[(12, 16, "meets the first")]),
            fix(&[(2, 2, "inserts at the same place")]),
            fix(&[(14, 15, "c")]),
        ]);
        let inserted: Vec<_> = edits.iter().map(|edit| edit.text.as_str()).collect();
        assert_eq!(inserted, ["a", "b", "c"]);
    }
}
