//! Tables of rules of which a build has a part, made while it is compiled: what is not in the table is not in the build.

/// How many elements these tables have together.
#[must_use]
pub const fn length<T>(tables: &[&[T]]) -> usize {
    let (mut length, mut table) = (0, 0);
    while table < tables.len() {
        length += tables[table].len();
        table += 1;
    }
    length
}

/// The elements of these tables, of which one at least has any.
#[must_use]
pub const fn joined<T: Copy, const LENGTH: usize>(tables: &[&[T]]) -> [T; LENGTH] {
    let mut joined = [tables[0][0]; LENGTH];
    let (mut at, mut table) = (0, 0);
    while table < tables.len() {
        let mut element = 0;
        while element < tables[table].len() {
            joined[at] = tables[table][element];
            (at, element) = (at + 1, element + 1);
        }
        table += 1;
    }
    joined
}

/// How many of these names are wanted.
#[must_use]
pub const fn count(names: &[&str], wanted: &[&str]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < names.len() {
        count += contains(wanted, names[at]) as usize;
        at += 1;
    }
    count
}

/// The elements whose names are wanted, in the order in which they stand. The names are in the order of the elements.
#[must_use]
pub const fn chosen<T: Copy, const COUNT: usize>(all: &[T], names: &[&str], wanted: &[&str]) -> [T; COUNT] {
    let mut chosen = [all[0]; COUNT];
    let (mut count, mut at) = (0, 0);
    while at < all.len() {
        if contains(wanted, names[at]) {
            chosen[count] = all[at];
            count += 1;
        }
        at += 1;
    }
    chosen
}

/// Whether a name is one of these.
#[must_use]
pub const fn contains(names: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < names.len() {
        if is_same(names[at].as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_stays_in_its_order() {
        const TABLES: [&[u8]; 3] = [&[1, 2], &[], &[3]];
        const ALL: [u8; length(&TABLES)] = joined(&TABLES);
        const NAMES: [&str; 3] = ["a", "ab", "b"];
        const WANTED: [&str; 3] = ["b", "a", "c"];
        const CHOSEN: [u8; count(&NAMES, &WANTED)] = chosen(&ALL, &NAMES, &WANTED);
        assert_eq!((ALL, CHOSEN), ([1, 2, 3], [1, 3]));
    }
}
