//! What the walk finds, as data.

use std::fmt;

use dryboot_yaml::{NodeId, Span};

use crate::{Deprecated, Node, Object};

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key, as the program writes the key in a path.
    Key(String),
    /// The value of a key that is not a string, as the program writes it.
    Other(String),
    /// The item with this number, from 0.
    Index(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) | Self::Other(key) => f.write_str(key),
            Self::Index(index) => index.fmt(f),
        }
    }
}

/// The way from the root to a value.
pub type Path = Vec<Step>;

/// Something that does not fit the tables, or that they only put up with.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Where the value is in the tree.
    pub path: Path,
    /// The key or the item that begins there; empty at the start of the text for the root.
    pub place: Span,
    /// The value.
    pub value: NodeId,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The mapping of the tables that found it, if one did: it tells alternatives apart.
    pub(crate) object: Option<&'static Object>,
    /// What the program names instead, if it is content to say that a value fits none of several alternatives.
    pub(crate) blamed: Option<Blamed>,
}

impl Problem {
    /// The mapping of the tables that found it, if one did.
    #[must_use]
    pub fn object(&self) -> Option<&'static Object> {
        self.object
    }

    /// Whether the program only says that a value fits none of several alternatives.
    #[must_use]
    pub fn is_part_of_a_choice(&self) -> bool {
        self.blamed.is_some()
    }

    /// The value that the program names instead, if it is content to say that it fits none of several alternatives.
    #[must_use]
    pub fn blamed_value(&self) -> Option<NodeId> {
        self.blamed.as_ref().map(|blamed| blamed.value)
    }

    /// Where the program says that it is: path and place.
    #[must_use]
    pub fn reported(&self) -> (&Path, Span) {
        self.blamed.as_ref().map_or((&self.path, self.place), |blamed| (&blamed.path, blamed.place))
    }

    /// The path as people write it: `users[0].sudo`.
    #[must_use]
    pub fn dotted(&self) -> String {
        let mut dotted = String::new();
        for step in &self.path {
            match step {
                Step::Index(index) => dotted.push_str(&format!("[{index}]")),
                Step::Key(key) | Step::Other(key) => {
                    if !dotted.is_empty() {
                        dotted.push('.');
                    }
                    dotted.push_str(key);
                }
            }
        }
        dotted
    }
}

/// A value that fits none of several alternatives.
#[derive(Clone, Debug)]
pub(crate) struct Blamed {
    pub(crate) path: Path,
    pub(crate) place: Span,
    pub(crate) value: NodeId,
}

/// What is wrong with a value.
#[derive(Clone, Debug)]
pub enum ProblemKind {
    /// It is of a type that is not wanted there.
    Type(&'static Node),
    /// It is of the right type, and not one of the values that are wanted there.
    Value(&'static Node),
    /// It does not match a pattern or a format.
    Pattern(&'static Node),
    /// A number is too small or too large.
    Range(&'static Node),
    /// A list or mapping has too few entries.
    TooFew(usize),
    /// A list has too many items.
    TooMany(usize),
    /// A list has an item twice.
    NotUnique,
    /// A key must be there.
    Missing(&'static str),
    /// Two keys must not be there together.
    Exclusive(&'static str, &'static str),
    /// The mapping has no such key: this one, with its place.
    UnknownKey(NodeId),
    /// It fits more than one of these alternatives, of which only one may fit.
    Ambiguous(&'static [Node]),
    /// It fits none of the alternatives.
    NoAlternative(&'static [Node]),
    /// It is accepted and reported.
    Deprecated(&'static Deprecated),
}
