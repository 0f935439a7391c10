//! The tables: what a value may be.

use crate::{Deprecated, Life, Names, Pattern, Release};

/// What a value may be, and what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What the value may be.
    pub shape: Shape,
    /// The releases that know this form.
    pub life: Life,
    /// How releases report a value of this form.
    pub deprecated: Option<&'static Deprecated>,
    /// One sentence, with code in backticks; empty where the key's own sentence says all.
    pub doc: &'static str,
    /// The value that holds when none is written, as YAML; empty when there is none to name.
    pub default: &'static str,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything.
    Any,
    /// Nothing.
    Null,
    /// A boolean.
    Bool,
    /// A whole number; a number with a fraction of zero is none.
    Int(Bounds),
    /// A number.
    Number(Bounds),
    /// A string.
    Str,
    /// A string that matches.
    Matching(&'static Pattern),
    /// One of these words.
    Words(&'static [&'static str]),
    /// One of the words that the release has.
    Dated(&'static [Word]),
    /// One of these values.
    Enum(&'static [Literal]),
    /// A list.
    List(&'static List),
    /// A mapping.
    Map(&'static Object),
    /// The first of these that is of the value's type decides.
    Types(&'static [Node]),
    /// One of these, and only one.
    OneOf(&'static [Node]),
    /// At least one of these.
    AnyOf(&'static [Node]),
    /// All of these at once.
    AllOf(&'static [Node]),
    /// What the newest of these that is not younger than the program's release says; newest first.
    Since(&'static [(Release, Node)]),
    /// The same as elsewhere.
    Ref(&'static Node),
}

/// The smallest and the largest number. Every node has room for them, so they are kept small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The lowest number of the type for none.
    min: i32,
    /// The highest number of the type for none.
    max: i32,
}

impl Bounds {
    /// Any number.
    pub const NONE: Self = Self { min: i32::MIN, max: i32::MAX };

    /// At least `min`.
    #[must_use]
    pub const fn from(min: i32) -> Self {
        Self { min, ..Self::NONE }
    }

    /// Between two numbers, both included.
    #[must_use]
    pub const fn between(min: i32, max: i32) -> Self {
        Self { min, max }
    }

    /// The smallest number.
    #[must_use]
    pub fn min(self) -> Option<i32> {
        (self.min != i32::MIN).then_some(self.min)
    }

    /// The largest number.
    #[must_use]
    pub fn max(self) -> Option<i32> {
        (self.max != i32::MAX).then_some(self.max)
    }
}

/// A value in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A string.
    Str(&'static str),
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
}

/// A word of a list that changes with releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: &'static str,
    /// The releases that have it.
    pub life: Life,
}

impl Word {
    /// Known since this release.
    #[must_use]
    pub const fn since(mut self, release: Release) -> Self {
        self.life.since = Some(release);
        self
    }

    /// Unknown since this release.
    #[must_use]
    pub const fn until(mut self, release: Release) -> Self {
        self.life.until = Some(release);
        self
    }
}

/// A list.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// What each item may be.
    pub items: Node,
    /// The fewest items.
    pub min: usize,
    /// The most items.
    pub max: Option<usize>,
    /// Whether no item may be there twice.
    pub unique: bool,
}

/// A mapping.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// Keys with a name, in the order of the documentation.
    pub keys: &'static [Key],
    /// Keys that match, for names that are up to the user.
    pub patterns: &'static [(Pattern, Node)],
    /// Keys that are neither.
    pub rest: Rest,
    /// Keys that must be there.
    pub required: &'static [&'static str],
    /// Keys that must not be there together.
    pub exclusive: &'static [(&'static str, &'static str)],
    /// The fewest keys.
    pub min: usize,
    /// Whether a value that is not a mapping passes: another part of the table says what it must be.
    pub partial: bool,
}

/// What becomes of a key that a mapping does not list.
#[derive(Clone, Copy, Debug)]
pub enum Rest {
    /// It may hold anything.
    Open,
    /// It is refused.
    Closed,
    /// It may hold this.
    Each(&'static Node),
}

/// A key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value may be, and what is known about it.
    pub node: Node,
    /// The first release that acts on it, where that is not the first whose tables have it.
    pub works_since: Option<Release>,
    /// The environment variable that its value becomes.
    pub variable: Option<&'static str>,
}

impl Node {
    /// Whether only some strings are allowed here.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        matches!(self.shape, Shape::Words(_) | Shape::Matching(_))
    }

    /// Whether this string is allowed, if any is.
    #[must_use]
    pub fn allows(&self, text: &str) -> bool {
        match self.shape {
            Shape::Words(words) => words.contains(&text),
            Shape::Matching(pattern) => pattern.matches(text),
            _ => true,
        }
    }
}

/// A mapping is the same as itself alone: tables are never compared by what is in them.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Object {}

impl Object {
    /// The key that is written like this, in whatever release, and its index.
    #[must_use]
    pub fn position(&self, written: &str, names: Names) -> Option<(usize, &'static Key)> {
        let keys: &'static [Key] = self.keys;
        keys.iter().enumerate().find(|(_, key)| names.same(written, key.name))
    }

    /// The key of this name that `release` has.
    #[must_use]
    pub fn find(&self, name: &str, release: Release) -> Option<&'static Key> {
        let keys: &'static [Key] = self.keys;
        keys.iter().find(|key| key.name == name && key.node.life.includes(release))
    }
}
