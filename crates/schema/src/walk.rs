//! Holding a text against the tables.

use dryboot_yaml::python::DictEntry;
use dryboot_yaml::{NodeId, Span};

use crate::choice::{deepest, lists_type, named_type, shallowest};
use crate::problem::Blamed;
use crate::{
    Bounds, Check, List, Literal, Node, Object, Path, Pattern, Problem, ProblemKind, Release, Rest, Shape,
    Step, Value, View,
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

/// In what the libraries that do the original's walk differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// In [`Shape::AllOf`], a reference that comes first stands for all.
    pub reference_stands_alone: bool,
    /// The format of host names is checked.
    pub checks_host_names: bool,
    /// Where a value fits none of several alternatives, there is one complaint about that value, whatever is wrong
    /// inside it.
    pub blames_the_whole: bool,
    /// Unknown keys are sorted before they are reported, which fails on a string and something else.
    pub sorts_unknown_keys: bool,
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
    /// Keys are sorted of which one is a string and another is not.
    UnsortableKeys(NodeId),
    /// Complaints are sorted by paths that have a string and something else at the same step.
    Unsortable(NodeId),
    /// A text goes round in a circle, or repeats itself beyond measure.
    Endless(NodeId),
}

/// Holds the value at `root` against `node`, as `release` of the program does.
#[must_use]
pub fn walk(view: &View<'_>, root: NodeId, node: &'static Node, release: Release, habits: Habits) -> Walk {
    let mut walker = Walker {
        view,
        release,
        habits,
        path: Vec::new(),
        places: vec![Span::empty(0)],
        found: Walk::default(),
    };
    walker.value(root, node);
    let mut found = walker.found;
    found.crash = found.crash.or_else(|| unsortable(&found.errors, &found.deprecations));
    found
}

/// Complaints whose paths cannot be sorted, since Python does not compare a string with something else.
fn unsortable(errors: &[Problem], deprecations: &[Problem]) -> Option<Crash> {
    let odd = |step: &Step| matches!(step, Step::Other(_));
    let problems = || errors.iter().chain(deprecations);
    let strange = problems().find(|problem| problem.reported().0.iter().any(odd))?;
    let clashes = |other: &Problem| {
        let differs = strange.reported().0.iter().zip(other.reported().0).find(|(one, two)| one != two);
        differs.is_some_and(|(one, two)| odd(one) != odd(two))
    };
    problems().any(clashes).then_some(Crash::Unsortable(strange.value))
}

/// Nesting that no config has; the tree itself has a limit, too, but aliases can make circles.
const DEEPEST: usize = 512;

/// A step of the way to the value at hand; most are never part of a complaint, and need no name.
#[derive(Clone, Copy)]
enum Crumb {
    Entry(NodeId),
    Item(usize),
}

struct Walker<'v, 't> {
    view: &'v View<'t>,
    release: Release,
    habits: Habits,
    path: Vec<Crumb>,
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
            Shape::AllOf(nodes) => {
                let alone = self.habits.reference_stands_alone
                    && matches!(nodes, [Node { shape: Shape::Ref(_), .. }, ..]);
                let nodes = if alone { &nodes[..1] } else { nodes };
                self.known(nodes).for_each(|node| self.value(id, node));
            }
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
        Problem { path: self.path(), place: self.place(), value, kind, object, blamed: None }
    }

    fn path(&self) -> Path {
        let step = |crumb: &Crumb| match *crumb {
            Crumb::Item(index) => Step::Index(index),
            Crumb::Entry(key) if self.view.key_str(key).is_some() => Step::Key(self.view.key_name(key)),
            Crumb::Entry(key) => Step::Other(self.view.key_name(key)),
        };
        self.path.iter().map(step).collect()
    }

    fn place(&self) -> Span {
        self.places.last().copied().unwrap_or(Span::empty(0))
    }

    fn report(&mut self, value: NodeId, kind: ProblemKind, object: Option<&'static Object>) {
        let problem = self.problem(value, kind, object);
        self.found.errors.push(problem);
    }

    fn number(&mut self, id: NodeId, node: &'static Node, bounds: Bounds) {
        let (small, large) = match self.view.value(id) {
            Value::Int(int) => (
                bounds.min().is_some_and(|min| int < i64::from(min)),
                bounds.max().is_some_and(|max| int > i64::from(max)),
            ),
            Value::BigInt(digits) => {
                let negative = digits.starts_with('-');
                (bounds.min().is_some() && negative, bounds.max().is_some() && !negative)
            }
            Value::Float(float) => (
                bounds.min().is_some_and(|min| float < f64::from(min)),
                bounds.max().is_some_and(|max| float > f64::from(max)),
            ),
            _ => (false, false),
        };
        if small || large {
            self.report(id, ProblemKind::Range(node), None);
        }
    }

    fn is_checked(&self, pattern: &Pattern) -> bool {
        pattern.check != Check::HostName || self.habits.checks_host_names
    }

    fn pattern(&mut self, id: NodeId, node: &'static Node, pattern: &Pattern) {
        match self.view.value(id) {
            Value::Str(text) if self.is_checked(pattern) && !pattern.matches(text) => {
                self.report(id, ProblemKind::Pattern(node), None);
            }
            Value::Bytes(_) if pattern.check == Check::Expression => self.crash(Crash::Bytes(id)),
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
                (Literal::Int(wanted), Value::Int(int)) => wanted == int,
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
        let pairs;
        let items = match self.view.value(id) {
            Value::List(items) => items,
            _ => {
                pairs = self.view.pairs(id);
                &pairs
            }
        };
        if items.len() < list.min {
            self.report(id, ProblemKind::TooFew(list.min), None);
        }
        if let Some(max) = list.max
            && items.len() > max
        {
            self.report(id, ProblemKind::TooMany(max), None);
        }
        let repeats =
            |(at, item): (usize, &NodeId)| items[..at].iter().any(|earlier| self.view.equal(*earlier, *item));
        if list.unique && items.iter().enumerate().any(repeats) {
            self.report(id, ProblemKind::NotUnique, None);
        }
        for (index, item) in items.iter().enumerate() {
            let node = self.view.tree().node(*item);
            let place = Span::new(node.start, node.span.end);
            self.inside(Crumb::Item(index), place, *item, &list.items);
        }
    }

    fn mapping(&mut self, id: NodeId, object: &'static Object) {
        let Value::Map(entries) = self.view.value(id) else { return };
        if entries.len() < object.min {
            self.report(id, ProblemKind::TooFew(object.min), Some(object));
        }
        let has = |name: &str| self.view.entry(id, name).is_some();
        let missing = object.required.iter().filter(|name| !has(name)).map(|name| ProblemKind::Missing(name));
        let clashes = object.exclusive.iter().filter(|(one, two)| has(one) && has(two));
        let clashes = clashes.map(|(one, two)| ProblemKind::Exclusive(one, two));
        for kind in missing.chain(clashes).collect::<Vec<_>>() {
            self.report(id, kind, Some(object));
        }
        let mut unknown = None;
        for entry in entries {
            let listed = self.listed(object, entry);
            match object.rest {
                Rest::Closed if !listed => {
                    let is_text = self.view.key_str(entry.key).is_some();
                    let clashes = *unknown.get_or_insert(is_text) != is_text;
                    if clashes && self.habits.sorts_unknown_keys {
                        self.crash(Crash::UnsortableKeys(entry.key));
                    }
                    self.report(id, ProblemKind::UnknownKey(entry.last_key), Some(object));
                }
                Rest::Each(node) if !listed => self.entry(entry, node),
                Rest::Open | Rest::Closed | Rest::Each(_) => {}
            }
        }
    }

    /// Checks an entry by its name and by the patterns that its name matches; false when there are none.
    fn listed(&mut self, object: &'static Object, entry: &DictEntry) -> bool {
        let name = self.view.key_str(entry.key);
        let key = name.and_then(|name| object.find(name, self.release));
        if let Some(key) = key {
            self.entry(entry, &key.node);
        }
        let mut listed = key.is_some();
        for (pattern, node) in object.patterns {
            if !node.life.includes(self.release) {
                continue;
            }
            match name {
                Some(name) if pattern.matches(name) => {
                    listed = true;
                    self.entry(entry, node);
                }
                Some(_) => {}
                None => self.crash(Crash::KeyIsNotText(entry.key)),
            }
        }
        listed
    }

    fn entry(&mut self, entry: &DictEntry, node: &'static Node) {
        let place = self.view.tree().node(entry.last_key).span;
        self.inside(Crumb::Entry(entry.key), place, entry.value, node);
    }

    fn inside(&mut self, crumb: Crumb, place: Span, value: NodeId, node: &'static Node) {
        if self.path.len() >= DEEPEST || !self.view.visit() {
            self.crash(Crash::Endless(value));
            return;
        }
        self.path.push(crumb);
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

    /// Whether all that an alternative has to say is that the value is of another type, which counts only where no
    /// alternative fits.
    fn is_of_another_type(&self, id: NodeId, node: &'static Node) -> bool {
        match node.shape {
            Shape::Ref(other) => self.is_of_another_type(id, other),
            Shape::Null
            | Shape::Bool
            | Shape::Int(_)
            | Shape::Number(_)
            | Shape::Str
            | Shape::Matching(_)
            | Shape::List(_)
            | Shape::Map(_) => !has_type(&self.view.value(id), node, self.release),
            _ => false,
        }
    }

    fn one_of(&mut self, id: NodeId, nodes: &'static [Node]) {
        let mut attempts = Vec::new();
        let mut alternatives = self.known(nodes);
        let mut first = None;
        for node in alternatives.by_ref() {
            if self.is_of_another_type(id, node) {
                attempts.push((node, None));
                continue;
            }
            let attempt = self.attempt(id, node);
            if attempt.errors.is_empty() {
                first = Some(attempt.deprecations);
                break;
            }
            attempts.push((node, Some(attempt.errors)));
        }
        let Some(deprecations) = first else {
            let mut problems = Vec::new();
            for (node, errors) in attempts {
                problems.extend(errors.unwrap_or_else(|| self.attempt(id, node).errors));
            }
            let best = deepest(problems, id, self.view);
            if best.is_empty() && self.habits.blames_the_whole {
                self.report(id, ProblemKind::NoAlternative(nodes), None);
            }
            self.blame(id, best);
            return;
        };
        let fits = |node: &&'static Node| {
            !self.is_of_another_type(id, node) && self.attempt(id, node).errors.is_empty()
        };
        let others = alternatives.filter(fits).count();
        if others > 0 {
            self.report(id, ProblemKind::Ambiguous(nodes), None);
        } else {
            self.found.deprecations.extend(deprecations);
        }
    }

    /// Adds complaints from inside alternatives of which none fits.
    fn blame(&mut self, value: NodeId, mut problems: Vec<Problem>) {
        if self.habits.blames_the_whole {
            for problem in &mut problems {
                problem.blamed = Some(Blamed { path: self.path(), place: self.place(), value });
            }
        }
        self.found.errors.append(&mut problems);
    }

    fn any_of(&mut self, id: NodeId, nodes: &'static [Node]) {
        let named = named_type(id, self.view).flatten();
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
                self.blame(id, attempt.errors.clone());
            }
            problems.extend(attempt.errors);
        }
        if !chosen {
            self.blame(id, shallowest(&problems).into_iter().collect());
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
        Shape::Int(_) => matches!(value, Value::Int(_) | Value::BigInt(_)),
        Shape::Number(_) => matches!(value, Value::Int(_) | Value::BigInt(_) | Value::Float(_)),
        Shape::Str | Shape::Matching(_) => matches!(value, Value::Str(_) | Value::Bytes(_)),
        Shape::List(_) => matches!(value, Value::List(_) | Value::Pairs(_)),
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
