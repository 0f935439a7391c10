//! Where something comes from, in words and as places to go to.

use dryboot_wasm::protocol::boot::{Origin, Source};
use yew::AttrValue;

use crate::slot::OfPlatform;
use crate::words::t;

/// How many lines may lie between two places that are shown together.
const GAP: u32 = 2;

/// A range of lines, from 1, with the offsets of what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

impl Lines {
    /// "line 3" or "lines 3–5".
    fn words(&self) -> AttrValue {
        noun(self.first == self.last, &self.numbers())
    }

    /// "3" or "3–5".
    fn numbers(&self) -> String {
        if self.first == self.last {
            self.first.to_string()
        } else {
            format!("{}–{}", self.first, self.last)
        }
    }
}

fn noun(is_one: bool, numbers: &str) -> AttrValue {
    if is_one { t!("line {numbers}", numbers) } else { t!("lines {numbers}", numbers) }
}

/// A place to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// A range of the text in the editor.
    User(u32, u32),
    /// A text of the platform, with a range of it if there is one to be shown.
    Platform(OfPlatform, Option<(u32, u32)>),
}

/// One origin as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) words: AttrValue,
    /// None when there is nothing to be seen.
    pub(crate) goal: Option<Goal>,
}

/// The lines of one text, in its order; what lies close together is one.
pub(crate) fn lines(origins: &[Origin], source: Source, gap: u32) -> Vec<Lines> {
    let of_source = origins.iter().filter(|origin| origin.source == source);
    let mut all: Vec<Lines> = of_source
        .filter_map(|origin| {
            let place = origin.place?;
            let last = origin.last_line.max(place.line);
            Some(Lines { first: place.line, last, from: place.from, to: place.to })
        })
        .collect();
    all.sort_unstable_by_key(|lines| (lines.from, lines.to));
    let mut merged: Vec<Lines> = Vec::new();
    for lines in all {
        match merged.last_mut() {
            Some(before) if lines.first <= before.last.saturating_add(1 + gap) => {
                before.last = before.last.max(lines.last);
                before.to = before.to.max(lines.to);
            }
            _ => merged.push(lines),
        }
    }
    merged
}

/// Where to go to see what something is due to: its own text first, then what lies further away.
pub(crate) fn goal(origins: &[Origin]) -> Option<Goal> {
    let longest =
        |source| lines(origins, source, GAP).into_iter().max_by_key(|lines| lines.last - lines.first);
    if let Some(lines) = longest(Source::User) {
        return Some(Goal::User(lines.from, lines.to));
    }
    let of_configs = CONFIGS.iter().find_map(|&(source, text)| {
        let lines = longest(source)?;
        Some(Goal::Platform(text, Some((lines.from, lines.to))))
    });
    of_configs.or_else(|| origins.iter().find_map(|origin| named(origin)?.goal))
}

/// The origins as they are shown, without repetition.
pub(crate) fn shown(origins: &[Origin]) -> Vec<Shown> {
    let user = lines(origins, Source::User, 0)
        .into_iter()
        .map(|lines| Shown { words: lines.words(), goal: Some(Goal::User(lines.from, lines.to)) });
    let mut all: Vec<Shown> = user.collect();
    all.extend(CONFIGS.iter().filter_map(|&config| of_config(origins, config)));
    for origin in origins {
        let named = named(origin);
        if let Some(named) = named.filter(|named| !all.contains(named)) {
            all.push(named);
        }
    }
    all
}

/// The configs that come from the platform.
const CONFIGS: [(Source, OfPlatform); 2] =
    [(Source::Oem, OfPlatform::Oem), (Source::Vendor, OfPlatform::VendorData)];

/// The lines of such a config, all in one: they lie in another text.
fn of_config(origins: &[Origin], (source, text): (Source, OfPlatform)) -> Option<Shown> {
    let lines = lines(origins, source, 0);
    let longest = lines.iter().max_by_key(|lines| lines.last - lines.first)?;
    let numbers: Vec<String> = lines.iter().map(Lines::numbers).collect();
    let is_one = lines.len() == 1 && longest.first == longest.last;
    let words = format!("{}, {}", t(text.title()), noun(is_one, &numbers.join(", "))).into();
    Some(Shown { words, goal: Some(Goal::Platform(text, Some((longest.from, longest.to)))) })
}

/// An origin that is not text.
fn named(origin: &Origin) -> Option<Shown> {
    let name = &origin.name;
    let platform = |text| Some(Goal::Platform(text, None));
    match origin.source {
        Source::Metadata => {
            Some(Shown { words: t!("metadata {name}", name), goal: platform(OfPlatform::Metadata) })
        }
        Source::Environment => Some(Shown { words: t!("environment {name}", name), goal: None }),
        Source::Generated => Some(Shown { words: t!("by itself, for {name}", name), goal: None }),
        Source::User => None,
        Source::Oem | Source::Vendor if origin.place.is_some() => None,
        source => CONFIGS
            .iter()
            .find(|(of, _)| *of == source)
            .map(|&(_, text)| Shown { words: t(text.title()), goal: platform(text) }),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use dryboot_wasm::protocol::boot::Place;

    use super::*;

    pub(crate) fn user(line: u32, last_line: u32) -> Origin {
        let place = Place { from: line * 10, to: last_line * 10 + 9, line, column: 1 };
        Origin { place: Some(place), last_line, ..Origin::default() }
    }

    fn metadata(name: &str) -> Origin {
        Origin { source: Source::Metadata, name: name.to_owned(), ..Origin::default() }
    }

    #[test]
    fn neighbouring_lines_are_told_together() {
        let origins = [user(8, 8), user(4, 4), user(3, 3), metadata("hostname"), metadata("hostname")];
        let words: Vec<_> = shown(&origins).into_iter().map(|shown| shown.words).collect();
        assert_eq!(words, ["lines 3–4", "line 8", "metadata hostname"]);
    }

    #[test]
    fn lines_of_another_text_are_told_at_once() {
        let oem = |line, last_line| Origin { source: Source::Oem, ..user(line, last_line) };
        let shown = shown(&[oem(11, 11), oem(15, 22)]);
        let expected = Shown {
            words: "OEM config, lines 11, 15–22".into(),
            goal: Some(Goal::Platform(OfPlatform::Oem, Some((150, 229)))),
        };
        assert_eq!(shown, [expected]);
    }

    #[test]
    fn the_longest_part_of_the_text_is_where_to_go() {
        assert_eq!(goal(&[user(2, 2), user(30, 31), user(33, 35)]), Some(Goal::User(300, 359)));
        assert_eq!(goal(&[metadata("hostname")]), Some(Goal::Platform(OfPlatform::Metadata, None)));
        assert_eq!(goal(&[]), None);
    }
}
