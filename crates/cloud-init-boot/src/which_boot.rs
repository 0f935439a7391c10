//! Which boot of a machine is previewed.

use crate::input::Machine;

/// Which boot of a machine is previewed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhichBoot {
    /// The first one.
    #[default]
    First,
    /// The next one of the same instance.
    Second,
    /// The next one, as another instance: the disk was copied.
    NewInstance,
}

impl WhichBoot {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::NewInstance];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::NewInstance => "new-instance",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.name() == name)
    }
}

impl Machine {
    /// Goes on to a boot after those that are described.
    pub fn boot_again(&mut self, which: WhichBoot) {
        if which != WhichBoot::First {
            self.boots = Some(self.boots.unwrap_or(1).max(1) + 1);
            self.new_instance = which == WhichBoot::NewInstance;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_boot_is_one_more() {
        let mut machine = Machine::default();
        machine.boot_again(WhichBoot::First);
        assert_eq!(machine, Machine::default());
        machine.boot_again(WhichBoot::NewInstance);
        assert_eq!((machine.boots, machine.new_instance), (Some(2), true));
        assert!(WhichBoot::ALL.into_iter().all(|which| WhichBoot::from_name(which.name()) == Some(which)));
    }
}
