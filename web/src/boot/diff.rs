//! What became of a text, line by line.

/// A line of two texts side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    Same(&'a str),
    Removed(&'a str),
    Added(&'a str),
    /// So many lines that are in both.
    Hidden(usize),
}

/// How many unchanged lines are shown around a change.
const AROUND: usize = 3;

/// So many comparisons at most; beyond, everything between the first and the last change counts as
/// changed.
const COMPARISONS: usize = 250_000;

/// The lines of both texts, with what is the same far from any change left out.
pub(crate) fn diff<'a>(before: &'a str, after: &'a str) -> Vec<Line<'a>> {
    fold(&align(before, after))
}

fn align<'a>(before: &'a str, after: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - end], &new_rest[..new_rest.len() - end]);
    let mut lines: Vec<Line<'a>> = old[..start].iter().map(|line| Line::Same(line)).collect();
    lines.extend(pairs(old_middle, new_middle).into_iter().map(|pair| match pair {
        (Some(line), Some(_)) => Line::Same(line),
        (Some(line), None) => Line::Removed(line),
        (None, Some(line)) => Line::Added(line),
        (None, None) => Line::Hidden(0),
    }));
    lines.extend(old_rest[old_rest.len() - end..].iter().map(|line| Line::Same(line)));
    lines
}

/// A pair of items that are the same, or one that has no counterpart.
pub(crate) type Pair<T> = (Option<T>, Option<T>);

/// Puts two lists beside each other, so that as much as possible is the same.
pub(crate) fn pairs<T: Copy + PartialEq>(old: &[T], new: &[T]) -> Vec<Pair<T>> {
    let width = new.len() + 1;
    if old.len() * new.len() > COMPARISONS {
        let removed = old.iter().map(|&item| (Some(item), None));
        return removed.chain(new.iter().map(|&item| (None, Some(item)))).collect();
    }
    // Length of the longest common part of what begins at each pair of places.
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            common[i * width + j] = if a == b {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut all = Vec::new();
    while i < old.len() || j < new.len() {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => {
                all.push((Some(*a), Some(*b)));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || common[(i + 1) * width + j] >= common[i * width + j + 1] => {
                all.push((Some(*a), None));
                i += 1;
            }
            (_, Some(b)) => {
                all.push((None, Some(*b)));
                j += 1;
            }
            (_, None) => break,
        }
    }
    all
}

fn fold<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let is_same = |line: &Line<'_>| matches!(line, Line::Same(_));
    let runs: Vec<&[Line<'a>]> = lines.chunk_by(|a, b| is_same(a) == is_same(b)).collect();
    let last = runs.len().saturating_sub(1);
    let mut folded = Vec::new();
    for (at, run) in runs.into_iter().enumerate() {
        let head = if at == 0 { 0 } else { AROUND };
        let tail = if at == last { 0 } else { AROUND };
        if run.first().is_some_and(is_same) && run.len() > head + tail + 1 {
            folded.extend_from_slice(&run[..head]);
            folded.push(Line::Hidden(run.len() - head - tail));
            folded.extend_from_slice(&run[run.len() - tail..]);
        } else {
            folded.extend_from_slice(run);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_stay_keep_their_place() {
        use Line::{Added, Removed, Same};
        let lines = diff("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n");
        assert_eq!(lines, [Same("a"), Removed("b"), Added("x"), Same("c"), Same("d"), Added("e")]);
    }

    #[test]
    fn what_is_far_from_a_change_is_left_out() {
        let before: String = (0..20).map(|number| format!("{number}\n")).collect();
        let after = before.replace("10\n", "ten\n");
        let lines = diff(&before, &after);
        assert_eq!(lines.first(), Some(&Line::Hidden(7)));
        assert_eq!(lines.last(), Some(&Line::Hidden(6)));
        assert_eq!(lines.len(), 1 + 3 + 2 + 3 + 1);
    }

    #[test]
    fn long_texts_end_soon() {
        let text = |word: &str| (0..2000).map(|number| format!("{word} {number}\n")).collect::<String>();
        assert_eq!(diff(&text("a"), &text("b")).len(), 4000);
    }
}
