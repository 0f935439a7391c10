//! Applying remedies to a text.

use dryboot_yaml::order::sort_by;

use crate::{Diagnostic, Edit, Safety};

/// The text after the first remedy of each finding, if it is safe enough, and how many were
/// applied. Remedies that overlap an earlier one wait for the next round.
#[must_use]
pub fn apply_fixes(text: &str, diagnostics: &[Diagnostic], at_least: Safety) -> (String, usize) {
    let fixes = chosen(text, diagnostics, at_least, |_| true);
    let mut fixed = String::with_capacity(text.len());
    let mut done = 0;
    for edit in fixes.iter().copied().flatten() {
        fixed.push_str(&text[done..edit.span.start]);
        fixed.push_str(&edit.text);
        done = edit.span.end;
    }
    fixed.push_str(&text[done..]);
    (fixed, fixes.len())
}

/// As [`apply_fixes`], on the bytes that a report's `text` stands for.
///
/// Bytes that are not valid UTF-8 stay as they are: the text has stand-ins for them, which never get into the
/// result. A remedy that is about such bytes, or could have copied a stand-in, is left out; all are when the
/// text does not have the length of the bytes, as after decompression.
#[must_use]
pub fn apply_fixes_to_bytes(
    bytes: &[u8],
    text: &str,
    diagnostics: &[Diagnostic],
    at_least: Safety,
) -> (Vec<u8>, usize) {
    if text.len() != bytes.len() {
        return (bytes.to_owned(), 0);
    }
    let is_text = text.as_bytes() == bytes;
    let knows = |edit: &Edit| {
        let range = edit.span.start..edit.span.end;
        is_text || !edit.text.contains('?') && text.as_bytes().get(range.clone()) == bytes.get(range)
    };
    let fixes = chosen(text, diagnostics, at_least, knows);
    let mut fixed = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for edit in fixes.iter().copied().flatten() {
        fixed.extend_from_slice(&bytes[done..edit.span.start]);
        fixed.extend_from_slice(edit.text.as_bytes());
        done = edit.span.end;
    }
    fixed.extend_from_slice(&bytes[done..]);
    (fixed, fixes.len())
}

/// The remedies to apply, in the order of the text, none overlapping another.
fn chosen<'d>(
    text: &str,
    diagnostics: &'d [Diagnostic],
    at_least: Safety,
    fits: impl Fn(&Edit) -> bool,
) -> Vec<&'d [Edit]> {
    let mut fixes: Vec<&[Edit]> = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.fixes.first())
        .filter(|fix| fix.safety >= at_least && !fix.edits.is_empty())
        .map(|fix| fix.edits.as_slice())
        .filter(|edits| edits.iter().all(&fits))
        .filter(|edits| edits.iter().all(|edit| text.get(edit.span.start..edit.span.end).is_some()))
        .collect();
    sort_by(&mut fixes, |a, b| a[0].span.cmp(&b[0].span));
    fixes.dedup();
    let mut done = 0;
    fixes.retain(|edits| {
        let fits = edits[0].span.start >= done;
        if fits {
            done = edits.last().map_or(done, |edit| edit.span.end);
        }
        fits
    });
    fixes
}

#[cfg(test)]
mod tests {
    use dryboot_yaml::Span;

    use super::*;
    use crate::{Fix, Severity};

    /// What becomes of `bytes` when each of the edits is a fix of its own.
    fn fixed(bytes: &[u8], edits: &[(Span, &str)]) -> Vec<u8> {
        let diagnostics: Vec<Diagnostic> = edits
            .iter()
            .map(|&(span, text)| {
                let edits = vec![Edit { span, text: text.to_owned() }];
                let fix = Fix { title: String::new(), safety: Safety::Safe, edits };
                Diagnostic { fixes: vec![fix], ..Diagnostic::new("a-rule", Severity::Error, span, "") }
            })
            .collect();
        // Each byte that is not text has a stand-in.
        let text: String =
            bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect();
        apply_fixes_to_bytes(bytes, &text, &diagnostics, Safety::Safe).0
    }

    #[test]
    fn stand_ins_do_not_get_into_the_bytes() {
        let bytes = b"a: M\xfcller\n";
        assert_eq!(fixed(bytes, &[(Span::new(0, 1), "b")]), b"b: M\xfcller\n");
        assert_eq!(fixed(bytes, &[(Span::new(3, 9), "Miller")]), bytes, "it would take a byte away");
        assert_eq!(fixed(bytes, &[(Span::empty(0), "M?ller\n")]), bytes, "it could be a copy");
        assert_eq!(fixed(b"a: b\n", &[(Span::empty(4), "?")]), b"a: b?\n", "all of it is text");
    }

    #[test]
    fn fixes_that_overlap_wait_for_the_next_round() {
        assert_eq!(fixed(b"abc", &[(Span::new(0, 2), "x"), (Span::new(1, 3), "y")]), b"xc");
    }

    #[test]
    fn bytes_of_another_length_are_left_alone() {
        assert_eq!(apply_fixes_to_bytes(b"packed", "unpacked", &[], Safety::Safe), (b"packed".to_vec(), 0));
    }
}
