//! Which keys are equal.

use std::collections::HashMap;
use std::hash::Hash;

/// Numbers keys from 0 in the order in which they come; equal keys have one number.
///
/// Most mappings have few keys. Those are compared one by one, which is faster than hashing them.
#[derive(Clone, Debug)]
pub struct KeyIndex<K> {
    few: Vec<K>,
    many: HashMap<K, usize>,
}

/// More keys than this are hashed.
const FEW: usize = 8;

impl<K> Default for KeyIndex<K> {
    fn default() -> Self {
        Self { few: Vec::new(), many: HashMap::new() }
    }
}

impl<K: Eq + Hash> KeyIndex<K> {
    /// The number of a key: that of an equal one that came before, or else the next.
    pub fn number(&mut self, key: K) -> usize {
        if self.many.is_empty() {
            if let Some(number) = self.few.iter().position(|known| *known == key) {
                return number;
            }
            if self.few.len() < FEW {
                self.few.reserve(FEW - self.few.len());
                self.few.push(key);
                return self.few.len() - 1;
            }
            self.many = self.few.drain(..).enumerate().map(|(number, key)| (key, number)).collect();
        }
        let next = self.many.len();
        *self.many.entry(key).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, KeyIndex};

    #[test]
    fn equal_keys_have_one_number_among_few_and_among_many() {
        let mut index = KeyIndex::default();
        for round in 0..2 {
            for key in 0..3 * FEW {
                assert_eq!(index.number(key.to_string()), key, "round {round}");
                assert_eq!(index.number("0".to_owned()), 0);
            }
        }
    }
}
