//! The vocabulary of the tables.

use crate::{
    Bounds, Deprecated, Key, Life, List, Literal, Node, Object, Pattern, Release, Rest, Shape, Word,
};

/// A text for people, in a build that shows it to them.
const fn for_people(text: &'static str) -> &'static str {
    if cfg!(feature = "docs") { text } else { "" }
}

/// A node of this shape.
#[must_use]
pub const fn node(shape: Shape) -> Node {
    Node { shape, life: Life::ALWAYS, deprecated: None, doc: "", default: "" }
}

/// Anything.
pub const ANY: Node = node(Shape::Any);
/// Nothing.
pub const NULL: Node = node(Shape::Null);
/// A boolean.
pub const BOOL: Node = node(Shape::Bool);
/// A whole number.
pub const INT: Node = node(Shape::Int(Bounds::NONE));
/// A number.
pub const NUMBER: Node = node(Shape::Number(Bounds::NONE));
/// A string.
pub const STR: Node = node(Shape::Str);

/// A whole number of at least `min`.
#[must_use]
pub const fn int_from(min: i32) -> Node {
    node(Shape::Int(Bounds::from(min)))
}

/// A whole number between two, both included.
#[must_use]
pub const fn int_between(min: i32, max: i32) -> Node {
    node(Shape::Int(Bounds::between(min, max)))
}

/// A number of at least `min`.
#[must_use]
pub const fn number_from(min: i32) -> Node {
    node(Shape::Number(Bounds::from(min)))
}

/// A string that matches.
#[must_use]
pub const fn matching(pattern: &'static Pattern) -> Node {
    node(Shape::Matching(pattern))
}

/// One of these words.
#[must_use]
pub const fn words(words: &'static [&'static str]) -> Node {
    node(Shape::Words(words))
}

/// One of the words that the release has.
#[must_use]
pub const fn dated(words: &'static [Word]) -> Node {
    node(Shape::Dated(words))
}

/// A word for [`dated`].
#[must_use]
pub const fn word(text: &'static str) -> Word {
    Word { text, life: Life::ALWAYS }
}

/// One of these values.
#[must_use]
pub const fn one(literals: &'static [Literal]) -> Node {
    node(Shape::Enum(literals))
}

/// A list; see also [`list_of`].
#[must_use]
pub const fn list(list: &'static List) -> Node {
    node(Shape::List(list))
}

/// What a list holds, of any length.
#[must_use]
pub const fn items(items: Node) -> List {
    List { items, min: 0, max: None, unique: false }
}

/// A mapping.
#[must_use]
pub const fn map(object: &'static Object) -> Node {
    node(Shape::Map(object))
}

/// A mapping with these keys and no others.
#[must_use]
pub const fn closed(keys: &'static [Key]) -> Object {
    Object { keys, patterns: &[], rest: Rest::Closed, required: &[], exclusive: &[], min: 0, partial: false }
}

/// A mapping with these keys and any others.
#[must_use]
pub const fn open(keys: &'static [Key]) -> Object {
    Object { rest: Rest::Open, ..closed(keys) }
}

/// What the type of the value decides between.
#[must_use]
pub const fn types(nodes: &'static [Node]) -> Node {
    node(Shape::Types(nodes))
}

/// One of these, and only one.
#[must_use]
pub const fn one_of(nodes: &'static [Node]) -> Node {
    node(Shape::OneOf(nodes))
}

/// At least one of these.
#[must_use]
pub const fn any_of(nodes: &'static [Node]) -> Node {
    node(Shape::AnyOf(nodes))
}

/// All of these at once.
#[must_use]
pub const fn all_of(nodes: &'static [Node]) -> Node {
    node(Shape::AllOf(nodes))
}

/// What changed with releases; newest first.
#[must_use]
pub const fn changed(forms: &'static [(Release, Node)]) -> Node {
    node(Shape::Since(forms))
}

/// The same as elsewhere.
#[must_use]
pub const fn same_as(other: &'static Node) -> Node {
    node(Shape::Ref(other))
}

/// A key.
#[must_use]
pub const fn key(name: &'static str, node: Node) -> Key {
    Key { name, node, works_since: None, variable: None }
}

impl Node {
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

    /// Reported as deprecated.
    #[must_use]
    pub const fn deprecated(mut self, deprecated: &'static Deprecated) -> Self {
        self.deprecated = Some(deprecated);
        self
    }

    /// What it is, in one sentence.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = for_people(doc);
        self
    }
}

impl Key {
    /// Known since this release.
    #[must_use]
    pub const fn since(mut self, release: Release) -> Self {
        self.node.life.since = Some(release);
        self
    }

    /// Unknown since this release.
    #[must_use]
    pub const fn until(mut self, release: Release) -> Self {
        self.node.life.until = Some(release);
        self
    }

    /// Acted on since this release, whatever the tables say.
    #[must_use]
    pub const fn works_since(mut self, release: Release) -> Self {
        self.works_since = Some(release);
        self
    }

    /// Reported as deprecated.
    #[must_use]
    pub const fn deprecated(mut self, deprecated: &'static Deprecated) -> Self {
        self.node.deprecated = Some(deprecated);
        self
    }

    /// Becomes this environment variable.
    #[must_use]
    pub const fn variable(mut self, name: &'static str) -> Self {
        self.variable = Some(name);
        self
    }

    /// What it does, in one sentence.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.node.doc = for_people(doc);
        self
    }

    /// What holds when it is not written, as YAML.
    #[must_use]
    pub const fn default(mut self, default: &'static str) -> Self {
        self.node.default = for_people(default);
        self
    }
}

impl List {
    /// The fewest items.
    #[must_use]
    pub const fn min(mut self, min: usize) -> Self {
        self.min = min;
        self
    }

    /// The most items.
    #[must_use]
    pub const fn max(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }

    /// No item may be there twice.
    #[must_use]
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }
}

impl Object {
    /// Keys that must be there.
    #[must_use]
    pub const fn required(mut self, required: &'static [&'static str]) -> Self {
        self.required = required;
        self
    }

    /// Keys whose names are up to the user.
    #[must_use]
    pub const fn patterns(mut self, patterns: &'static [(Pattern, Node)]) -> Self {
        self.patterns = patterns;
        self
    }

    /// What keys that are not listed hold.
    #[must_use]
    pub const fn each(mut self, node: &'static Node) -> Self {
        self.rest = Rest::Each(node);
        self
    }

    /// Keys that must not be there together.
    #[must_use]
    pub const fn exclusive(mut self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        self.exclusive = pairs;
        self
    }

    /// The fewest keys.
    #[must_use]
    pub const fn min(mut self, min: usize) -> Self {
        self.min = min;
        self
    }

    /// A value that is not a mapping passes here.
    #[must_use]
    pub const fn partial(mut self) -> Self {
        self.partial = true;
        self
    }
}
