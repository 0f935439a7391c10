//! Which sections a unit has, which directives a section, and since which release.

mod table;
mod values;

pub use values::{Choices, Value, boolean, choices, is_time_span, value};

use crate::Release;
use table::{AUTOMOUNT, CGROUP, CONDITION, EXEC, INSTALL, KILL, MOUNT, PATH, SCOPE, SERVICE, SOCKET, SWAP};
use table::{TIMER, UNIT};

/// A section of unit files.
struct Section {
    name: &'static str,
    /// The only type of unit that has it; empty for all types.
    suffix: &'static str,
    blocks: &'static [&'static str],
}

const fn section(name: &'static str, suffix: &'static str, blocks: &'static [&'static str]) -> Section {
    Section { name, suffix, blocks }
}

static SECTIONS: [Section; 13] = [
    section("Unit", "", &[UNIT]),
    section("Install", "", &[INSTALL]),
    section("Service", "service", &[SERVICE, EXEC, CGROUP, KILL]),
    section("Socket", "socket", &[SOCKET, EXEC, CGROUP, KILL]),
    section("Mount", "mount", &[MOUNT, EXEC, CGROUP, KILL]),
    section("Automount", "automount", &[AUTOMOUNT]),
    section("Swap", "swap", &[SWAP, EXEC, CGROUP, KILL]),
    section("Timer", "timer", &[TIMER]),
    section("Path", "path", &[PATH]),
    section("Slice", "slice", &[CGROUP]),
    section("Scope", "scope", &[SCOPE, CGROUP, KILL]),
    // These are there, and have nothing.
    section("Target", "target", &[]),
    section("Device", "device", &[]),
];

const PREFIXES: [&str; 2] = ["Condition", "Assert"];

/// A directive as the table has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Whether the value is a boolean.
    pub boolean: bool,
    /// The release that brought it; none when it is older than 239.
    pub since: Option<Release>,
}

/// The sections that a file for a type of unit may have.
pub fn sections(suffix: &str) -> impl Iterator<Item = &'static str> {
    SECTIONS
        .iter()
        .filter(move |section| section.suffix.is_empty() || section.suffix == suffix)
        .map(|section| section.name)
}

/// The type of unit that a section belongs to; empty when all have it, none for no such section.
#[must_use]
pub fn section_type(section: &str) -> Option<&'static str> {
    find_section(section).map(|section| section.suffix)
}

/// A directive of a section.
#[must_use]
pub fn directive(section: &str, name: &str) -> Option<Directive> {
    let section = find_section(section)?;
    let found = section.blocks.iter().find_map(|block| find(block, name)).or_else(|| {
        let condition = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix))?;
        find(CONDITION, condition).filter(|_| section.name == "Unit")
    })?;
    let (_, boolean, since) = parse(found);
    Some(Directive { boolean, since })
}

/// The names of a section's directives that a release knows.
pub fn names(section: &str, release: Release) -> impl Iterator<Item = String> {
    let section = find_section(section);
    let blocks = section.into_iter().flat_map(|section| section.blocks.iter().map(|block| ("", *block)));
    let is_unit = section.is_some_and(|section| section.name == "Unit");
    let conditions = PREFIXES.iter().filter(move |_| is_unit).map(|prefix| (*prefix, CONDITION));
    blocks.chain(conditions).flat_map(move |(prefix, block)| {
        block.split_ascii_whitespace().filter_map(move |token| {
            let (name, _, since) = parse(token);
            since.is_none_or(|since| since <= release).then(|| format!("{prefix}{name}"))
        })
    })
}

fn find_section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

/// The token of a name in a block, by binary search over its bytes.
fn find(block: &'static str, name: &str) -> Option<&'static str> {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let ends_name = |byte: &u8| matches!(byte, b'?' | b'^');
    let mut rest = block.as_bytes();
    while !rest.is_empty() {
        let middle = rest.len() / 2;
        let start = rest[..middle].iter().rposition(is_blank).map_or(0, |at| at + 1);
        let end = rest[start..].iter().position(is_blank).map_or(rest.len(), |at| start + at);
        let token = &rest[start..end];
        let known = token.split(ends_name).next().unwrap_or_default();
        match known.cmp(name.as_bytes()) {
            std::cmp::Ordering::Equal => return std::str::from_utf8(token).ok(),
            std::cmp::Ordering::Less => rest = &rest[(end + 1).min(rest.len())..],
            std::cmp::Ordering::Greater => rest = &rest[..start.saturating_sub(1)],
        }
    }
    None
}

/// Name, whether boolean, and the release that brought it.
fn parse(token: &str) -> (&str, bool, Option<Release>) {
    let (rest, since) = split_release(token);
    let name = rest.strip_suffix('?');
    (name.unwrap_or(rest), name.is_some(), since)
}

/// What is before `^N`, and the release N.
fn split_release(token: &str) -> (&str, Option<Release>) {
    match token.split_once('^') {
        Some((rest, number)) => (rest, number.parse().ok().map(Release)),
        None => (token, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_the_blocks_are_sorted() {
        for section in &SECTIONS {
            for block in section.blocks.iter().chain([&CONDITION]) {
                let tokens: Vec<&str> = block.split_ascii_whitespace().collect();
                let names: Vec<&str> = tokens.iter().map(|token| parse(token).0).collect();
                assert!(names.is_sorted(), "{}: {names:?}", section.name);
                for (token, name) in tokens.iter().zip(&names) {
                    assert_eq!(find(block, name), Some(*token));
                }
                for no in ["", "A", "Zzz", "Exec", "ExecStar"] {
                    assert_eq!(find(block, no), None, "{no}");
                }
            }
        }
    }

    #[test]
    fn directives_know_their_section_and_release() {
        let plain = Directive { boolean: false, since: None };
        assert_eq!(directive("Service", "ExecStart"), Some(plain));
        assert_eq!(directive("Service", "After"), None);
        assert_eq!(directive("Unit", "ConditionPathExists"), Some(plain));
        assert_eq!(directive("Unit", "AssertPathExists"), Some(plain));
        assert_eq!(directive("Service", "ConditionPathExists"), None);
        assert_eq!(
            directive("Service", "ProtectClock"),
            Some(Directive { boolean: true, since: Some(Release(245)) })
        );
        assert!(names("Service", Release::FLATCAR).any(|name| name == "ProtectClock"));
        assert!(!names("Service", Release::COREOS).any(|name| name == "ProtectClock"));
        assert!(names("Unit", Release::COREOS).any(|name| name == "AssertHost"));
        assert_eq!(sections("timer").collect::<Vec<_>>(), ["Unit", "Install", "Timer"]);
        assert_eq!(sections("target").collect::<Vec<_>>(), ["Unit", "Install", "Target"]);
    }

    #[test]
    fn the_table_stays_small() {
        let all = SECTIONS.iter().flat_map(|section| section.blocks).chain([&CONDITION]);
        let mut blocks: Vec<&str> = all.copied().collect();
        blocks.sort_unstable();
        blocks.dedup();
        assert!(blocks.iter().map(|block| block.len()).sum::<usize>() < 10_000);
    }
}
