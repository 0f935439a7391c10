//! The accounts and groups of a machine, found by name and by number.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its name.
    pub name: String,
    /// Its number.
    pub uid: u32,
    /// The number of its own group.
    pub gid: u32,
    /// Its description.
    pub gecos: String,
    /// Its home directory.
    pub home: String,
    /// Its shell.
    pub shell: String,
    /// Whether it has a password that is not empty.
    pub has_password: bool,
    /// Whether the image has it.
    pub is_stock: bool,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its name.
    pub(crate) name: String,
    /// Its number.
    pub(crate) gid: u32,
    /// The accounts that belong to it, beside those whose own group it is.
    pub(crate) members: Vec<String>,
    /// Whether it is new, or has new members.
    pub(crate) is_changed: bool,
}

/// What an account and a group have in common.
pub(crate) trait Named {
    /// Its name.
    fn name(&self) -> &str;
    /// Its number.
    fn id(&self) -> u32;
}

impl Named for User {
    fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> u32 {
        self.uid
    }
}

impl Named for Group {
    fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> u32 {
        self.gid
    }
}

/// The numbers that people get.
const FOR_PEOPLE: std::ops::Range<u32> = 1000..60_000;

/// A list of accounts or groups, in the order in which they were made.
#[derive(Clone, Debug)]
pub(crate) struct Directory<T> {
    all: Vec<T>,
    by_name: HashMap<String, usize, RandomState>,
    by_id: HashMap<u32, usize, RandomState>,
    next: u32,
}

impl<T: Named> FromIterator<T> for Directory<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut directory = Self {
            all: Vec::new(),
            by_name: HashMap::default(),
            by_id: HashMap::default(),
            next: FOR_PEOPLE.start,
        };
        items.into_iter().for_each(|item| directory.add(item));
        directory
    }
}

impl<T: Named> Directory<T> {
    /// Adds one, whose name is new.
    pub(crate) fn add(&mut self, item: T) {
        let place = self.all.len();
        self.by_name.insert(item.name().to_owned(), place);
        self.by_id.entry(item.id()).or_insert(place);
        if FOR_PEOPLE.contains(&item.id()) {
            self.next = self.next.max(item.id() + 1);
        }
        self.all.push(item);
    }

    /// The one with a name.
    #[must_use]
    pub(crate) fn named(&self, name: &str) -> Option<&T> {
        self.all.get(*self.by_name.get(name)?)
    }

    /// The same, to be changed. Its name and its number stay.
    #[must_use]
    pub(crate) fn named_mut(&mut self, name: &str) -> Option<&mut T> {
        self.all.get_mut(*self.by_name.get(name)?)
    }

    /// The first with a number.
    #[must_use]
    pub(crate) fn with_id(&self, id: u32) -> Option<&T> {
        self.all.get(*self.by_id.get(&id)?)
    }

    /// The number that the next one gets.
    #[must_use]
    pub(crate) fn next_id(&self) -> u32 {
        self.next
    }

    /// All of them.
    #[must_use]
    pub(crate) fn into_vec(self) -> Vec<T> {
        self.all
    }
}
