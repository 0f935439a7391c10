//! Two boots side by side.

use dryboot_wasm::protocol::boot::{Effect, File, Source};

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
    let find = |files: &'a [File], path: &str| files.iter().filter(is_told).find(|file| file.path == path);
    let left = first.iter().filter(is_told).map(|file| match find(second, &file.path) {
        Some(other) if is_same(file, other) => Row::Same(file),
        Some(other) => Row::Changed(file, other),
        None => Row::First(file),
    });
    let right = second.iter().filter(is_told).filter(|file| find(first, &file.path).is_none());
    let mut rows: Vec<_> =
        left.chain(right.map(Row::Second)).filter(|row| !matches!(row, Row::Same(_))).collect();
    rows.sort_by_key(|row| match row {
        Row::Same(file) | Row::Changed(file, _) | Row::First(file) | Row::Second(file) => file.path.as_str(),
    });
    rows
}

fn is_same(first: &File, second: &File) -> bool {
    let facts = |file: &File| (file.kind.clone(), file.mode.clone(), file.owner.clone(), file.size);
    facts(first) == facts(second) && first.content == second.content
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
}
