//! Holding a text against the tables.

use dryboot_yaml::{NodeId, Span};

use crate::choice::{deepest, lists_type, named_type, shallowest};
use crate::{
    Bounds, List, Literal, Node, Object, Path, Pattern, Problem, ProblemKind, Release, Rest, Shape, Step,
    Value, View,
};

/// What the walk found.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// What does not fit, in the order in which it is found.
    pub errors: Vec<Problem>,
    /// What is accepted and reported.
    pub deprecations: Vec<Problem>,
    /// What the original cannot judge without an error of its own; the rest is what there is to say all the same.
    pub crash: Option<Crash>,
}

/// Where the original fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    /// A key that is not a string is matched with a pattern.
    KeyIsNotText(NodeId),
    /// Something is looked up in a value that is not a mapping.
    NotAMapping(NodeId),
    /// Bytes are matched with a pattern.
    Bytes(NodeId),
    /// A text goes round in a circle, or repeats itself beyond measure.
    Endless(NodeId),
}

/// Holds the value at `root` against `node`, as `release` of the program does.
#[must_use]
pub fn walk(view: &View<'_>, root: NodeId, node: &'static Node, release: Release) -> Walk {
    let mut walker =
        Walker { view, release, path: Path::new(), places: vec![Span::empty(0)], found: Walk::default() };
    walker.value(root, node);
    walker.found
}

/// Nesting that no config has; the tree itself has a limit, too, but aliases can make circles.
const DEEPEST: usize = 512;

struct Walker<'v, 't> {
    view: &'v View<'t>,
    release: Release,
    path: Path,
    places: Vec<Span>,
    found: Walk,
}

impl<'t> Walker<'_, 't> {
    fn value(&mut self, id: NodeId, node: &'static Node) {
        if let Some(deprecated) = node.deprecated
            && deprecated.reported_since <= self.release
        {
            let problem = self.problem(id, ProblemKind::Deprecated(deprecated), None);
            self.found.deprecations.push(problem);
        }
        match &node.shape {
            Shape::Any => {}
            Shape::Since(forms) => {
                if let Some(form) = form_of(forms, self.release) {
                    self.value(id, form);
                }
            }
            Shape::Ref(other) => self.value(id, other),
            Shape::AllOf(nodes) => self.known(nodes).for_each(|node| self.value(id, node)),
            Shape::OneOf(nodes) => self.one_of(id, nodes),
            Shape::AnyOf(nodes) => self.any_of(id, nodes),
            Shape::Types(nodes) => {
                match self.known(nodes).find(|node| has_type(&self.view.value(id), node, self.release)) {
                    Some(node) => self.value(id, node),
                    None => self.report(id, ProblemKind::Type(node), None),
                }
            }
            _ if !has_type(&self.view.value(id), node, self.release) => {
                let object = if let Shape::Map(object) = node.shape { Some(object) } else { None };
                self.report(id, ProblemKind::Type(node), object);
            }
            Shape::Null | Shape::Bool | Shape::Str => {}
            Shape::Int(bounds) | Shape::Number(bounds) => self.number(id, node, *bounds),
            Shape::Matching(pattern) => self.pattern(id, node, pattern),
            Shape::Enum(_) | Shape::Words(_) | Shape::Dated(_) => self.literal(id, node),
            Shape::List(list) => self.list(id, list),
            Shape::Map(object) => self.mapping(id, object),
        }
    }

    /// The alternatives that this release has.
    fn known(&self, nodes: &'static [Node]) -> impl Iterator<Item = &'static Node> + use<> {
        let release = self.release;
        nodes.iter().filter(move |node| node.life.includes(release))
    }

    fn problem(&self, value: NodeId, kind: ProblemKind, object: Option<&'static Object>) -> Problem {
        let place = self.places.last().copied().unwrap_or(Span::empty(0));
        Problem { path: self.path.clone(), place, value, kind, object }
    }

    fn report(&mut self, value: NodeId, kind: ProblemKind, object: Option<&'static Object>) {
        let problem = self.problem(value, kind, object);
        self.found.errors.push(problem);
    }

    fn number(&mut self, id: NodeId, node: &'static Node, bounds: Bounds) {
        let (small, large) = match self.view.value(id) {
            Value::Int(int) => (
                bounds.min.is_some_and(|min| int < min.into()),
                bounds.max.is_some_and(|max| int > max.into()),
            ),
            #[expect(clippy::cast_precision_loss, reason = "the bounds of the tables are small")]
            Value::Float(float) => (
                bounds.min.is_some_and(|min| float < min as f64),
                bounds.max.is_some_and(|max| float > max as f64),
            ),
            _ => (false, false),
        };
        if small || large {
            self.report(id, ProblemKind::Range(node), None);
        }
    }

    fn pattern(&mut self, id: NodeId, node: &'static Node, pattern: &Pattern) {
        match self.view.value(id) {
            Value::Str(text) if !pattern.matches(text) => self.report(id, ProblemKind::Pattern(node), None),
            Value::Bytes(_) => self.crash(Crash::Bytes(id)),
            _ => {}
        }
    }

    fn literal(&mut self, id: NodeId, node: &'static Node) {
        let fits = match (&node.shape, self.view.value(id)) {
            (Shape::Words(words), Value::Str(text)) => words.contains(&text),
            (Shape::Dated(words), Value::Str(text)) => {
                words.iter().any(|word| word.text == text && word.life.includes(self.release))
            }
            (Shape::Enum(literals), value) => literals.iter().any(|literal| match (literal, &value) {
                (Literal::Str(wanted), Value::Str(text)) => wanted == text,
                (Literal::Bool(wanted), Value::Bool(truth)) => wanted == truth,
                (Literal::Int(wanted), Value::Int(int)) => i128::from(*wanted) == *int,
                _ => false,
            }),
            _ => false,
        };
        if !fits {
            self.report(id, ProblemKind::Value(node), None);
        }
    }

    fn crash(&mut self, crash: Crash) {
        self.found.crash.get_or_insert(crash);
    }

    fn list(&mut self, id: NodeId, list: &'static List) {
        let Value::List(items) = self.view.value(id) else { return };
        if items.len() < list.min {
            self.report(id, ProblemKind::TooFew(list.min), None);
        }
        if let Some(max) = list.max
            && items.len() > max
        {
            self.report(id, ProblemKind::TooMany(max), None);
        }
        let repeats = |(at, item): (usize, &dryboot_yaml::Item)| {
            items[..at].iter().any(|earlier| self.view.equal(earlier.value, item.value))
        };
        if list.unique && items.iter().enumerate().any(repeats) {
            self.report(id, ProblemKind::NotUnique, None);
        }
        for (index, item) in items.iter().enumerate() {
            let place = self.view.tree().node(item.value).span;
            self.inside(Step::Index(index), place, item.value, &list.items);
        }
    }

    fn mapping(&mut self, id: NodeId, object: &'static Object) {
        let Value::Map(pairs) = self.view.value(id) else { return };
        let find = |name: &str| pairs.iter().find(|pair| self.view.key_str(pair.key) == Some(name));
        let missing: Vec<_> = object.required.iter().filter(|name| find(name).is_none()).collect();
        let clashes: Vec<_> =
            object.exclusive.iter().filter(|(one, two)| find(one).is_some() && find(two).is_some()).collect();
        if pairs.len() < object.min {
            self.report(id, ProblemKind::TooFew(object.min), Some(object));
        }
        for name in missing {
            self.report(id, ProblemKind::Missing(name), Some(object));
        }
        for &(one, two) in clashes {
            self.report(id, ProblemKind::Exclusive(one, two), Some(object));
        }
        for pair in pairs.iter() {
            let text = self.view.key_str(pair.key);
            let mut listed = false;
            if let Some(key) = text.and_then(|text| object.find(text, self.release)) {
                listed = true;
                self.entry(pair.key, pair.value, &key.node);
            }
            let release = self.release;
            for (pattern, node) in object.patterns.iter().filter(|(_, node)| node.life.includes(release)) {
                match text {
                    Some(text) if pattern.matches(text) => {
                        listed = true;
                        self.entry(pair.key, pair.value, node);
                    }
                    Some(_) => {}
                    None => self.crash(Crash::KeyIsNotText(pair.key)),
                }
            }
            match object.rest {
                Rest::Closed if !listed => self.report(id, ProblemKind::UnknownKey(pair.key), Some(object)),
                Rest::Each(node) if !listed => self.entry(pair.key, pair.value, node),
                Rest::Open | Rest::Closed | Rest::Each(_) => {}
            }
        }
    }

    fn entry(&mut self, key: NodeId, value: NodeId, node: &'static Node) {
        let place = self.view.tree().node(key).span;
        self.inside(Step::Key(self.view.key_name(key)), place, value, node);
    }

    fn inside(&mut self, step: Step, place: Span, value: NodeId, node: &'static Node) {
        if self.path.len() >= DEEPEST || !self.view.visit() {
            self.crash(Crash::Endless(value));
            return;
        }
        self.path.push(step);
        self.places.push(place);
        self.value(value, node);
        self.places.pop();
        self.path.pop();
    }

    /// What one alternative has to say.
    fn attempt(&mut self, id: NodeId, node: &'static Node) -> Walk {
        let before = std::mem::take(&mut self.found);
        self.value(id, node);
        let mut attempt = std::mem::replace(&mut self.found, before);
        self.found.crash = self.found.crash.or(attempt.crash.take());
        attempt
    }

    fn one_of(&mut self, id: NodeId, nodes: &'static [Node]) {
        let mut problems = Vec::new();
        let mut alternatives = self.known(nodes);
        let mut first = None;
        for node in alternatives.by_ref() {
            let attempt = self.attempt(id, node);
            if attempt.errors.is_empty() {
                first = Some(attempt.deprecations);
                break;
            }
            problems.extend(attempt.errors);
        }
        let Some(deprecations) = first else {
            let value = self.view.value(id);
            self.found.errors.extend(deepest(problems, &value, self.view));
            return;
        };
        let others = alternatives.filter(|node| self.attempt(id, node).errors.is_empty()).count();
        if others > 0 {
            self.report(id, ProblemKind::Ambiguous, None);
        } else {
            self.found.deprecations.extend(deprecations);
        }
    }

    fn any_of(&mut self, id: NodeId, nodes: &'static [Node]) {
        let value = self.view.value(id);
        let named = named_type(&value, self.view).flatten();
        let mut problems = Vec::new();
        let mut chosen = false;
        for node in self.known(nodes) {
            let attempt = self.attempt(id, node);
            if attempt.errors.is_empty() {
                self.found.deprecations.extend(attempt.deprecations);
                return;
            }
            if named.is_some_and(|named| is_for_type(node, named)) {
                chosen = true;
                self.found.errors.extend(attempt.errors.iter().cloned());
            }
            problems.extend(attempt.errors);
        }
        if !chosen {
            self.found.errors.extend(shallowest(&problems));
        }
        self.report(id, ProblemKind::NoAlternative(nodes), None);
    }
}

/// Whether an alternative is the one for this `type`. Only alternatives that stand elsewhere under a name of their
/// own are chosen so.
fn is_for_type(node: &'static Node, named: &str) -> bool {
    match node.shape {
        Shape::Ref(Node { shape: Shape::Map(object), .. }) => lists_type(object, named),
        Shape::Ref(Node { shape: Shape::AllOf([Node { shape: Shape::Map(object), .. }, ..]), .. }) => {
            lists_type(object, named)
        }
        _ => false,
    }
}

/// What a node that changed with releases is in one of them.
fn form_of(forms: &'static [(Release, Node)], release: Release) -> Option<&'static Node> {
    forms.iter().find(|(since, _)| *since <= release).map(|(_, form)| form)
}

/// Whether a value is of the type of a node that has one. What a value must be among several is said by their own
/// complaints.
fn has_type(value: &Value<'_>, node: &'static Node, release: Release) -> bool {
    match node.shape {
        Shape::Null => matches!(value, Value::Null),
        Shape::Bool => matches!(value, Value::Bool(_)),
        Shape::Int(_) => matches!(value, Value::Int(_)),
        Shape::Number(_) => matches!(value, Value::Int(_) | Value::Float(_)),
        Shape::Str | Shape::Matching(_) => matches!(value, Value::Str(_) | Value::Bytes(_)),
        Shape::List(_) => matches!(value, Value::List(_)),
        Shape::Map(object) => object.partial || matches!(value, Value::Map(_)),
        Shape::Ref(other) => has_type(value, other, release),
        Shape::AllOf(nodes) => nodes.iter().all(|node| has_type(value, node, release)),
        Shape::Since(forms) => form_of(forms, release).is_none_or(|form| has_type(value, form, release)),
        Shape::Any
        | Shape::Enum(_)
        | Shape::Words(_)
        | Shape::Dated(_)
        | Shape::Types(_)
        | Shape::OneOf(_)
        | Shape::AnyOf(_) => true,
    }
}
