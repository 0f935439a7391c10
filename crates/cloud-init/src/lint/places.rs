//! Every value of a config with what the tables know about it, in whatever release.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use dryboot_schema::known::{self, Form, Known, named_in};
use dryboot_schema::{Node, Value, View};
use dryboot_yaml::NodeId;
use dryboot_yaml::order::sort_by;

use super::context::At;
use super::path::{Path, Steps};

/// Nesting that no config has; aliases can make circles.
const DEEPEST: usize = 64;

/// A value of the config.
#[derive(Debug)]
pub(crate) struct Place<'c> {
    /// The value with its key.
    pub(crate) at: At<'c>,
    /// Its path with any item as `[]`, and any name that is up to the user as `*`: `write_files[].source`.
    pub(crate) pattern: Rc<str>,
    /// The name of its key; `None` for items, and for keys that are not strings.
    pub(crate) name: Option<&'c str>,
    /// The keys of the tables that it may be, of every release; none for what the tables do not name.
    pub(crate) keys: Rc<[Known]>,
    /// How many values it stands in.
    pub(crate) depth: usize,
}

/// Every value of a config, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Places<'c> {
    all: Vec<Place<'c>>,
    /// Which places have a pattern: there are far fewer patterns than places. Names that are up to the user can bring in
    /// the same pattern again.
    by_pattern: Vec<(Rc<str>, Vec<usize>)>,
}

impl<'c> Places<'c> {
    /// Every place.
    pub(crate) fn all(&self) -> &[Place<'c>] {
        &self.all
    }

    /// The places with one of these patterns.
    pub(crate) fn at(&self, patterns: &[&str]) -> Vec<&Place<'c>> {
        self.matching(&|pattern| patterns.contains(&pattern))
    }

    /// The places whose pattern is wanted.
    pub(crate) fn matching(&self, is_wanted: &dyn Fn(&str) -> bool) -> Vec<&Place<'c>> {
        let wanted = self.by_pattern.iter().filter(|(pattern, _)| is_wanted(pattern));
        let mut indexes: Vec<usize> = wanted.flat_map(|(_, indexes)| indexes).copied().collect();
        sort_by(&mut indexes, Ord::cmp);
        indexes.into_iter().filter_map(|index| self.all.get(index)).collect()
    }
}

/// Every value below `root`; at most `most`.
pub(super) fn places<'c>(
    view: &View<'c>,
    root: NodeId,
    table: &'static Node,
    steps: &'c Steps,
    most: usize,
) -> Places<'c> {
    let mut walker = Walker { view, steps, places: Places::default(), most };
    let at = At { path: Path::default(), key: None, value: root };
    let spot = Spot { forms: OnceCell::from(known::forms(table)), ..Spot::new("".into(), Vec::new(), 0) };
    walker.inside(at, &spot, 0);
    walker.places
}

/// What the tables know about the values with one pattern, which is the same for every item of a list.
struct Spot {
    pattern: Rc<str>,
    /// Which of the groups of places has this pattern.
    group: usize,
    /// What it may be, names that are up to the user included.
    known: Vec<Known>,
    keys: Rc<[Known]>,
    /// The forms that a value may have, asked for where something stands inside one.
    forms: OnceCell<Vec<Form>>,
    items: OnceCell<Rc<Spot>>,
    /// The spots of keys that the tables name, as far as they came.
    named: RefCell<Vec<(&'static str, Rc<Spot>)>>,
}

impl Spot {
    fn new(pattern: Rc<str>, known: Vec<Known>, group: usize) -> Self {
        let keys = known.iter().filter(|known| known.key().is_some()).copied().collect();
        Self {
            pattern,
            group,
            known,
            keys,
            forms: OnceCell::new(),
            items: OnceCell::new(),
            named: RefCell::default(),
        }
    }

    fn forms(&self) -> &[Form] {
        self.forms.get_or_init(|| self.known.iter().flat_map(Known::forms).collect())
    }
}

struct Walker<'v, 'c> {
    view: &'v View<'c>,
    steps: &'c Steps,
    places: Places<'c>,
    most: usize,
}

impl<'c> Walker<'_, 'c> {
    fn inside(&mut self, at: At<'c>, spot: &Spot, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match self.view.value(at.value) {
            Value::Map(entries) => {
                for entry in entries {
                    let Some(name) = self.view.key_str(entry.key) else { continue };
                    let path = at.path.key(name, self.steps);
                    let at = At { path, key: Some(entry.last_key), value: entry.value };
                    let spot = self.named(spot, name);
                    self.add(at, Some(name), &spot, depth);
                }
            }
            Value::List(items) => {
                let spot = self.item(spot);
                for (index, item) in items.iter().enumerate() {
                    let at = At { path: at.path.item(index, self.steps), key: None, value: *item };
                    self.add(at, None, &spot, depth);
                }
            }
            _ => {}
        }
    }

    /// The spot of a key.
    fn named(&mut self, outer: &Spot, name: &str) -> Rc<Spot> {
        let seen = outer.named.borrow().iter().find(|(key, _)| *key == name).map(|(_, spot)| Rc::clone(spot));
        if let Some(spot) = seen {
            return spot;
        }
        let known = named_in(outer.forms(), name);
        let key = known.iter().find_map(Known::key);
        let pattern = inside(&outer.pattern, key.map_or("*", |key| key.name));
        let spot = self.spot(pattern, known);
        // There are only so many keys that the tables name.
        if let Some(key) = key {
            outer.named.borrow_mut().push((key.name, Rc::clone(&spot)));
        }
        spot
    }

    /// The spot of an item.
    fn item(&mut self, outer: &Spot) -> Rc<Spot> {
        if let Some(spot) = outer.items.get() {
            return Rc::clone(spot);
        }
        let spot = self.spot([&*outer.pattern, "[]"].concat().into(), Vec::new());
        _ = spot.forms.set(known::items(outer.forms()));
        Rc::clone(outer.items.get_or_init(|| spot))
    }

    fn spot(&mut self, pattern: Rc<str>, known: Vec<Known>) -> Rc<Spot> {
        let group = self.places.by_pattern.len();
        self.places.by_pattern.push((Rc::clone(&pattern), Vec::new()));
        Rc::new(Spot::new(pattern, known, group))
    }

    /// Adds a place, and what stands below it.
    fn add(&mut self, at: At<'c>, name: Option<&'c str>, spot: &Spot, depth: usize) {
        if self.places.all.len() >= self.most {
            return;
        }
        let (pattern, keys) = (Rc::clone(&spot.pattern), Rc::clone(&spot.keys));
        self.places.by_pattern[spot.group].1.push(self.places.all.len());
        self.places.all.push(Place { at, pattern, name, keys, depth });
        self.inside(at, spot, depth + 1);
    }
}

/// A pattern with one more step.
fn inside(pattern: &str, name: &str) -> Rc<str> {
    if pattern.is_empty() { name.into() } else { [pattern, ".", name].concat().into() }
}
