//! What there is to know about keys: for `explain` and for the reference.

use dryboot_lint::assist::KeyDoc;
use dryboot_lint::{TargetName, nearest};

use crate::Target;
use crate::programs::present;

/// Every key that the program of a target reads, in any of its versions, with what this target does with it.
#[must_use]
pub fn keys(target: &Target) -> Vec<KeyDoc> {
    target.reader().keys()
}

/// What a target accepts, as JSON Schema; none where that cannot say it.
#[cfg(feature = "json-schema")]
#[must_use]
pub fn json_schema(target: &Target, kind: crate::Kind) -> Option<serde_json::Value> {
    target.reader().json_schema(kind)
}

/// A key that was asked for, in one program.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The program, in the version that was asked for.
    pub target: TargetName,
    /// The key.
    pub key: KeyDoc,
    /// The keys that stand directly in it, or in what has a name of the user's own there.
    pub inside: Vec<KeyDoc>,
    /// Where else a key of this name stands; empty if the path was given in full.
    pub elsewhere: Vec<String>,
}

/// The key that users mean with a path such as `users[].sudo`, in one target or in all programs. `[]` may be left out,
/// and so may what is before the last names.
///
/// # Errors
/// When there is no such key, with paths that may be meant.
pub fn explain_key(path: &str, target: Option<&Target>) -> Result<Vec<Explained>, Vec<String>> {
    let targets = match target {
        Some(target) => vec![target.clone()],
        None => present().map(|tools| (tools.usual)()).collect(),
    };
    let wanted = steps(path);
    let mut found = Vec::new();
    let mut near = Vec::new();
    for target in &targets {
        let all = keys(target);
        let full = |key: &&KeyDoc| is(&steps(&key.path), &wanted);
        let exact: Vec<&KeyDoc> = all.iter().filter(full).collect();
        let meant = if exact.is_empty() { ending(&all, &wanted) } else { exact };
        match meant.split_first() {
            Some((key, others)) => found.push(Explained {
                target: target.named(),
                key: (*key).clone(),
                inside: inside(&all, key),
                elsewhere: others.iter().map(|other| other.path.clone()).collect(),
            }),
            None => near.extend(meant_by(path, &all)),
        }
    }
    near.sort();
    near.dedup();
    if found.is_empty() { Err(near) } else { Ok(found) }
}

/// The names in a path.
fn steps(path: &str) -> Vec<&str> {
    path.split('.').map(|step| step.trim_end_matches("[]")).filter(|step| !step.is_empty()).collect()
}

/// Whether a path of the tables is the one that is wanted; `*` stands for any name.
fn is(path: &[&str], wanted: &[&str]) -> bool {
    path.len() == wanted.len() && path.iter().zip(wanted).all(|(step, wanted)| step == wanted || *step == "*")
}

/// The keys whose paths end so; those nearest to the top level first.
fn ending<'k>(all: &'k [KeyDoc], wanted: &[&str]) -> Vec<&'k KeyDoc> {
    let ends = |key: &&KeyDoc| {
        let steps = steps(&key.path);
        steps.len() > wanted.len() && !wanted.is_empty() && steps.ends_with(wanted)
    };
    let mut found: Vec<&KeyDoc> = all.iter().filter(ends).collect();
    found.sort_by_key(|key| (!key.deprecated.is_empty(), steps(&key.path).len()));
    found
}

fn inside(all: &[KeyDoc], key: &KeyDoc) -> Vec<KeyDoc> {
    let outer = steps(&key.path);
    let is_inside = |other: &&KeyDoc| {
        let steps = steps(&other.path);
        let below = steps.strip_prefix(&outer[..]).unwrap_or_default();
        // A name of the user's own says nothing without what stands in it.
        matches!(below, [_] | ["*", _])
    };
    all.iter().filter(is_inside).cloned().collect()
}

/// The paths that may be meant by one that there is not.
fn meant_by(path: &str, all: &[KeyDoc]) -> Vec<String> {
    let plain = path.replace("[]", "");
    let paths = || all.iter().map(|key| key.path.replace("[]", ""));
    let by_path = paths().zip(all).map(|(plain, key)| (plain, key.path.clone()));
    let whole = nearest(&plain, paths());
    if let Some(near) = whole {
        return by_path.filter(|(plain, _)| *plain == near).map(|(_, path)| path).collect();
    }
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let near = nearest(&last(&plain), paths().map(|path| last(&path)));
    let same = |(plain, _): &(String, String)| near.as_deref() == Some(last(plain).as_str());
    by_path.filter(same).map(|(_, path)| path).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_people_write_them() {
        let paths = |path: &str| match explain_key(path, None) {
            Ok(found) => found.into_iter().map(|found| found.key.path).collect(),
            Err(near) => near.into_iter().map(|path| format!("{path}?")).collect::<Vec<_>>(),
        };
        assert_eq!(paths("apt.sources"), ["apt.sources"]);
        assert_eq!(paths("apt.sources.docker.keyid"), ["apt.sources.*.keyid"]);
        assert_eq!(paths("users.sudo"), ["users[].sudo"]);
        assert_eq!(paths("users[].name"), ["users[].name", "users[].name"]);
        assert_eq!(paths("reboot_strategy"), ["coreos.update.reboot_strategy"]);
        assert_eq!(paths("packges"), ["packages?"]);
        assert_eq!(paths("users[].sduo"), ["users[].sudo?"]);
        assert!(paths("nothing-like-it").is_empty());
    }

    #[test]
    fn no_key_has_the_name_of_a_rule() {
        for target in present().map(|tools| (tools.usual)()) {
            for key in keys(&target) {
                assert!(crate::rule(&key.path).is_none(), "{}", key.path);
            }
        }
    }
}
