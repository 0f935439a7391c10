//! The programs that can be chosen, as the frame has them.

use std::rc::Rc;

use crate::slot::OfPlatform;

/// A choice of the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Program {
    /// Name of its target; empty for the choice that leaves it to the text.
    pub(crate) target: Rc<str>,
    /// Name of its module, and of its rules' documentation.
    pub(crate) module: Rc<str>,
    /// Whether there is a choice of versions and distributions beside it. Each is a target.
    pub(crate) has_versions: bool,
    /// Whether it does something else at the next boots of a machine.
    pub(crate) has_boots: bool,
    /// Whether its boots start units, so that something can be wrong with them.
    pub(crate) has_units: bool,
    /// The texts that platforms give to its machines.
    pub(crate) texts: Rc<[OfPlatform]>,
}

/// All choices, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Programs(Vec<Program>);

impl Programs {
    pub(crate) fn new(programs: Vec<Program>) -> Self {
        Self(programs)
    }

    /// The program of a target: what is none of the choices is a version.
    pub(crate) fn of(&self, target: &str) -> Option<&Program> {
        let named = self.0.iter().find(|program| *program.target == *target);
        named.or_else(|| self.0.iter().find(|program| program.has_versions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programs() -> Programs {
        let program = |target: &str, has_versions| Program {
            target: target.into(),
            module: target.into(),
            has_versions,
            has_boots: has_versions,
            has_units: !has_versions,
            texts: Rc::default(),
        };
        Programs::new(vec![program("cloud-init", true), program("coreos", false), program("", false)])
    }

    #[test]
    fn a_distribution_is_a_version_of_the_program_that_has_them() {
        let programs = programs();
        let module = |target| programs.of(target).map(|program| &*program.module);
        let expected = ["coreos", "cloud-init", "cloud-init"].map(Some);
        assert_eq!(["coreos", "cloud-init", "debian-12"].map(module), expected);
        assert_eq!(programs.of("debian-12").map(|program| program.has_units), Some(false));
    }
}
