//! Did you mean?

/// The candidate nearest to `word`, if it is near enough to be meant.
#[must_use]
pub fn nearest<C: AsRef<str>>(word: &str, candidates: impl IntoIterator<Item = C>) -> Option<C> {
    let word = word.to_ascii_lowercase();
    let allowed = match word.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let scored = candidates
        .into_iter()
        .map(|candidate| (distance(&word, &candidate.as_ref().to_ascii_lowercase()), candidate));
    scored
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, word)| word)
}

/// Insertions, deletions, replacements and swaps of neighbours that make one word the other
/// (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > 3 || a.len() > 64 || b.len() > 64 {
        return usize::MAX;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before_last[j - 2] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let keys = ["hostname", "users", "write_files", "name", "id"];
        assert_eq!(nearest("hostnme", keys), Some("hostname"));
        assert_eq!(nearest("Hostname", keys), Some("hostname"));
        assert_eq!(nearest("nmae", keys), Some("name"));
        assert_eq!(nearest("write_file", keys), Some("write_files"));
        assert_eq!(nearest("execstart", ["ExecStop", "ExecStart"]), Some("ExecStart"));
        assert_eq!(nearest("packages", keys), None);
        assert_eq!(nearest("ix", keys), None);
    }
}
