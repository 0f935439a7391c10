//! Files with a variable on each line, into which the program puts its own.

use std::collections::BTreeMap;

/// Replaces the first line of each variable where it stands, and adds those without a line at the end,
/// in the order of their names. `is_of` says whether a line is that of a name. Line breaks become those
/// of Unix.
pub(super) fn merged(
    old: &[u8],
    mut pending: BTreeMap<&str, &str>,
    is_of: impl Fn(&[u8], &str) -> bool,
) -> Vec<u8> {
    let assigned = |(name, value): (&str, &str)| format!("{name}={value}").into_bytes();
    let mut new = Vec::with_capacity(old.len());
    for line in old.split_inclusive(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let named = pending.keys().copied().find(|name| is_of(line, name));
        match named.and_then(|name| pending.remove_entry(name)) {
            Some(variable) => new.extend(assigned(variable)),
            None => new.extend_from_slice(line),
        }
        new.push(b'\n');
    }
    for variable in pending {
        new.extend(assigned(variable));
        new.push(b'\n');
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_variable_is_replaced_and_the_rest_stays() {
        let variables = || BTreeMap::from([("A", "1"), ("B", "2")]);
        let merged = |old: &[u8]| {
            let new = merged(old, variables(), |line, name| line.starts_with(name.as_bytes()));
            String::from_utf8(new).expect("UTF-8")
        };
        assert_eq!(merged(b""), "A=1\nB=2\n");
        assert_eq!(merged(b"x\r\nB=0\nB=9\nlast"), "x\nB=2\nB=9\nlast\nA=1\n");
    }
}
