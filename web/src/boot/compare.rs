//! Two boots side by side.

use std::collections::BTreeMap;

use dryboot_wasm::protocol::boot::{Account, Effect, File, Package, Source, Unit};

use super::diff::pairs;

/// Two things in each other's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row<'a, T> {
    Same(&'a T),
    Changed(&'a T, &'a T),
    /// Only in the first boot.
    First(&'a T),
    /// Only in the second.
    Second(&'a T),
}

/// The effects of two boots, in their order.
pub(crate) fn effects<'a>(first: &'a [Effect], second: &'a [Effect]) -> Vec<Row<'a, Effect>> {
    let told = |effects: &'a [Effect]| effects.iter().filter(|effect| !effect.idle).collect::<Vec<_>>();
    let (first, second) = (told(first), told(second));
    let keys = |effects: &[&'a Effect]| effects.iter().copied().map(Key).collect::<Vec<_>>();
    let mut rows: Vec<Row<'a, Effect>> = Vec::new();
    for pair in pairs(&keys(&first), &keys(&second)) {
        match pair {
            (Some(Key(effect)), Some(_)) => rows.push(Row::Same(effect)),
            (Some(Key(effect)), None) => rows.push(Row::First(effect)),
            (None, Some(Key(effect))) => {
                let is_other = |row: &Row<'_, Effect>| matches!(row, Row::First(other) if subject(other) == subject(effect));
                // What only differs in the details is one row.
                match rows.iter_mut().rev().find(|row| is_other(row)) {
                    Some(row) => {
                        if let Row::First(other) = *row {
                            *row = Row::Changed(other, effect);
                        }
                    }
                    None => rows.push(Row::Second(effect)),
                }
            }
            (None, None) => {}
        }
    }
    rows
}

/// Effects are the same when they say the same and have the same from the platform.
#[derive(Clone, Copy)]
struct Key<'a>(&'a Effect);

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        let given = |effect: &Effect| {
            let others = effect.origins.iter().filter(|origin| origin.source != Source::User);
            others.map(|origin| (origin.source, origin.name.clone())).collect::<Vec<_>>()
        };
        let (one, other) = (self.0, other.0);
        one.title == other.title && one.failed == other.failed && given(one) == given(other)
    }
}

/// What is done to what.
fn subject(effect: &Effect) -> (&str, &str) {
    (&effect.kind, effect.title.split('`').nth(1).unwrap_or_default())
}

/// The files that are not the same, by path.
pub(crate) fn files<'a>(first: &'a [File], second: &'a [File]) -> Vec<Row<'a, File>> {
    let is_told = |file: &&File| file.kind != "directory";
    let told = |files: &'a [File]| files.iter().filter(is_told).collect();
    let facts = |file: &File| (file.kind.clone(), file.mode.clone(), file.owner.clone(), file.size);
    let is_same = |a: &File, b: &File| facts(a) == facts(b) && a.content == b.content;
    named(told(first), told(second), |file| &file.path, is_same)
}

/// The accounts that are not the same, by name.
pub(crate) fn accounts<'a>(first: &'a [Account], second: &'a [Account]) -> Vec<Row<'a, Account>> {
    let is_same = |a: &Account, b: &Account| {
        (a.created, a.password, &a.options, &a.keys) == (b.created, b.password, &b.options, &b.keys)
    };
    named(first.iter().collect(), second.iter().collect(), |account| &account.name, is_same)
}

/// The packages that are not the same, by name.
pub(crate) fn packages<'a>(first: &'a [Package], second: &'a [Package]) -> Vec<Row<'a, Package>> {
    let is_same = |a: &Package, b: &Package| (&a.manager, a.failed) == (&b.manager, b.failed);
    named(first.iter().collect(), second.iter().collect(), |package| &package.name, is_same)
}

/// The units that are not the same, by name.
pub(crate) fn units<'a>(first: &'a [Unit], second: &'a [Unit]) -> Vec<Row<'a, Unit>> {
    let is_same = |a: &Unit, b: &Unit| (&a.from, &a.state, &a.files) == (&b.from, &b.state, &b.files);
    named(first.iter().collect(), second.iter().collect(), |unit| &unit.name, is_same)
}

/// What has a name, in the order of the names, without what is the same.
fn named<'a, T>(
    first: Vec<&'a T>,
    second: Vec<&'a T>,
    name: impl Fn(&T) -> &str,
    is_same: impl Fn(&T, &T) -> bool,
) -> Vec<Row<'a, T>> {
    let mut rows: BTreeMap<String, Row<'a, T>> =
        first.into_iter().map(|it| (name(it).to_owned(), Row::First(it))).collect();
    for it in second {
        match rows.get(name(it)) {
            Some(&Row::First(other)) if is_same(other, it) => drop(rows.remove(name(it))),
            Some(&Row::First(other)) => drop(rows.insert(name(it).to_owned(), Row::Changed(other, it))),
            _ => drop(rows.insert(name(it).to_owned(), Row::Second(it))),
        }
    }
    rows.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_in_the_details_is_one_row() {
        let effect = |kind: &str, title: &str| Effect {
            kind: kind.to_owned(),
            title: title.to_owned(),
            ..Effect::default()
        };
        let first = [effect("write_file", "write `/a` (0644, 2 lines)"), effect("enable", "enable `x`")];
        let second = [
            effect("set_hostname", "set the host name to `y`"),
            effect("write_file", "write `/a` (0644, 3 lines)"),
            effect("enable", "enable `x`"),
        ];
        let rows = effects(&first, &second);
        assert_eq!(
            rows,
            [Row::Changed(&first[0], &second[1]), Row::Second(&second[0]), Row::Same(&first[1])]
        );
    }

    #[test]
    fn files_differ_by_content_and_by_facts() {
        let file = |path: &str, content: &str, mode: &str| File {
            path: path.to_owned(),
            content: Some(content.to_owned()),
            mode: mode.to_owned(),
            ..File::default()
        };
        let first = [file("/a", "1", "0644"), file("/b", "1", "0644"), file("/c", "1", "0644")];
        let second = [file("/a", "1", "0644"), file("/b", "2", "0644"), file("/d", "1", "0644")];
        let rows = files(&first, &second);
        assert_eq!(
            rows,
            [Row::Changed(&first[1], &second[1]), Row::First(&first[2]), Row::Second(&second[2])]
        );
    }

    #[test]
    fn accounts_and_units_differ_by_what_becomes_of_them() {
        let account =
            |name: &str, password| Account { name: name.to_owned(), password, ..Account::default() };
        let first = [account("ada", false), account("bob", true), account("core", false)];
        let second = [account("ada", true), account("bob", true), account("zoe", false)];
        let rows = accounts(&first, &second);
        assert_eq!(
            rows,
            [Row::Changed(&first[0], &second[0]), Row::First(&first[2]), Row::Second(&second[2])]
        );
        let unit =
            |state: &str| Unit { name: "a.service".to_owned(), state: state.to_owned(), ..Unit::default() };
        assert_eq!(units(&[unit("active")], &[unit("active")]), []);
        assert_eq!(units(&[unit("active")], &[unit("failed")]).len(), 1);
    }
}
