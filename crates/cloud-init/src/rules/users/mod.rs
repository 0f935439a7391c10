//! Users, how they get in, and the name of the machine.

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[];
