//! When something is part of a program: releases, and what they call deprecated.

use std::fmt;

/// A release of a program, such as 22.4.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    /// The first number; the year for cloud-init.
    pub major: u8,
    /// The second number.
    pub minor: u8,
    /// The third number; 0 when it is left out.
    pub patch: u8,
}

impl Release {
    /// `major.minor`
    #[must_use]
    pub const fn new(major: u8, minor: u8) -> Self {
        Self { major, minor, patch: 0 }
    }

    /// `major.minor.patch`
    #[must_use]
    pub const fn patch(self, patch: u8) -> Self {
        Self { patch, ..self }
    }

    /// Reads `22.4` or `22.4.2`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten()
        });
        let (major, minor) = (numbers.next()??, numbers.next()??);
        let patch = match numbers.next() {
            None => 0,
            Some(patch) => patch?,
        };
        numbers.next().is_none().then_some(Self { major, minor, patch })
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.patch {
            0 => write!(f, "{}.{}", self.major, self.minor),
            patch => write!(f, "{}.{}.{patch}", self.major, self.minor),
        }
    }
}

/// The releases that something is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// The first release whose tables have it; `None` for all up to `until`.
    pub since: Option<Release>,
    /// The first release whose tables no longer have it.
    pub until: Option<Release>,
}

impl Life {
    /// Every release.
    pub const ALWAYS: Self = Self { since: None, until: None };

    /// Whether `release` has it.
    #[must_use]
    pub fn includes(&self, release: Release) -> bool {
        self.since.is_none_or(|since| since <= release) && self.until.is_none_or(|until| release < until)
    }
}

/// How a program speaks of something that it wants nobody to use any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// It will go.
    Deprecated,
    /// It is read differently than before, or another form is preferred.
    Changed,
}

/// A form that a program accepts and reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecated {
    /// The release that the program names; 0.0 when it names none.
    pub version: Release,
    /// The first release that reports it.
    pub reported_since: Release,
    /// How the program puts it.
    pub grade: Grade,
    /// What to write instead, for people, with code in backticks; empty when there is nothing.
    pub instead: &'static str,
    /// Why, in the program's own words; empty when they do not matter.
    pub because: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read_ordered_and_written() {
        let release = |text| Release::parse(text);
        assert_eq!(release("22.4.2"), Some(Release::new(22, 4).patch(2)));
        assert_eq!(release("26.2"), Some(Release::new(26, 2)));
        for bad in ["", "22", "22.", "22.4.2.1", "v22.4", "22.x", "+2.4", "22.256"] {
            assert_eq!(release(bad), None, "{bad}");
        }
        assert!(release("9.10") > release("9.9") && release("22.4.2") > release("22.4"));
        assert_eq!(Release::new(22, 4).patch(2).to_string(), "22.4.2");
        assert_eq!(Release::new(24, 1).to_string(), "24.1");
    }

    #[test]
    fn a_life_begins_with_its_first_release_and_ends_before_the_release_that_removed_it() {
        let life = Life { since: Some(Release::new(22, 3)), until: Some(Release::new(24, 1)) };
        let included = |major, minor| life.includes(Release::new(major, minor));
        assert!(!included(22, 2) && included(22, 3) && included(23, 4) && !included(24, 1));
        assert!(Life::ALWAYS.includes(Release::default()));
    }
}
