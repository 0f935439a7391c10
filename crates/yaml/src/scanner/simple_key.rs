//! Keys without `?`: that a scalar, alias or collection is one shows only at the `:` after it.

use super::Fault;
use super::cursor::{Cursor, Mark};

/// A key ends on its line and at most this many characters after its start.
const LONGEST: usize = 1024;

/// What may turn out to be a key.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SimpleKey {
    pub(super) possible: bool,
    /// It stands where only a key can.
    required: bool,
    /// The number of its first token.
    pub(super) token: usize,
    pub(super) mark: Mark,
}

/// One possible key for each open flow collection, and one for the block around them.
#[derive(Debug)]
pub(super) struct SimpleKeys {
    levels: Vec<SimpleKey>,
    /// No level before this one has a possible key. Keys grow stale from the outside in, so this
    /// is where to look; asking every level each time would be quadratic in the nesting.
    first: usize,
}

impl SimpleKeys {
    pub(super) fn new() -> Self {
        Self { levels: vec![SimpleKey::default()], first: 0 }
    }

    /// Gives up keys that the text has left behind.
    pub(super) fn drop_stale(&mut self, cursor: &Cursor<'_>) -> Result<(), Fault> {
        while let Some(key) = self.levels.get_mut(self.first) {
            if key.possible {
                let left = key.mark.at < cursor.line_start() || cursor.characters_since(key.mark) > LONGEST;
                if !left {
                    break;
                }
                give_up(key, cursor)?;
            }
            self.first += 1;
        }
        Ok(())
    }

    /// Whether the token with this number may be the start of a key.
    pub(super) fn may_begin_at(&self, token: usize) -> bool {
        self.levels.get(self.first).is_some_and(|key| key.possible && key.token == token)
    }

    /// Remembers the token at the cursor as the start of a possible key.
    pub(super) fn save(&mut self, required: bool, token: usize, cursor: &Cursor<'_>) -> Result<(), Fault> {
        self.remove(cursor)?;
        if let Some(key) = self.levels.last_mut() {
            *key = SimpleKey { possible: true, required, token, mark: cursor.mark() };
        }
        self.first = self.first.min(self.levels.len().saturating_sub(1));
        Ok(())
    }

    /// Gives up the possible key of the innermost level.
    pub(super) fn remove(&mut self, cursor: &Cursor<'_>) -> Result<(), Fault> {
        self.levels.last_mut().map_or(Ok(()), |key| give_up(key, cursor))
    }

    /// Takes the possible key of the innermost level: its `:` is found.
    pub(super) fn take(&mut self) -> Option<SimpleKey> {
        let key = self.levels.last_mut().filter(|key| key.possible)?;
        key.possible = false;
        Some(*key)
    }

    /// Gives up all possible keys without looking at them.
    pub(super) fn forget(&mut self) {
        self.levels.iter_mut().for_each(|key| key.possible = false);
    }

    pub(super) fn open_level(&mut self) {
        self.levels.push(SimpleKey::default());
    }

    pub(super) fn close_level(&mut self) {
        if self.levels.len() > 1 {
            self.levels.pop();
            self.first = self.first.min(self.levels.len());
        }
    }
}

fn give_up(key: &mut SimpleKey, cursor: &Cursor<'_>) -> Result<(), Fault> {
    if key.possible && key.required {
        let words = "while scanning a simple key";
        return Err(Fault::within("could not find expected ':'", cursor.at(), words, key.mark.at));
    }
    key.possible = false;
    Ok(())
}
