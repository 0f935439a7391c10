//! Which boot of a machine is previewed.

/// A boot of a machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum WhichBoot {
    #[default]
    First,
    /// The next one of the same instance.
    Second,
    /// The next one, as another instance: the disk was copied.
    NewInstance,
}

impl WhichBoot {
    pub(crate) const ALL: [Self; 3] = [Self::First, Self::Second, Self::NewInstance];

    /// Its name in the options of a preview, and in its answer.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::NewInstance => "new-instance",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.name() == name)
    }

    /// Its name for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::First => text!("First boot"),
            Self::Second => text!("Second boot"),
            Self::NewInstance => text!("New instance"),
        }
    }

    /// The same within a sentence.
    pub(crate) fn in_sentence(self) -> &'static str {
        match self {
            Self::First => text!("first boot"),
            Self::Second => text!("second boot"),
            Self::NewInstance => text!("first boot of a new instance"),
        }
    }

    /// What it is, in a sentence.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::First => text!("The machine boots for the first time."),
            Self::Second => text!("The machine restarts. What runs once per instance does not run again."),
            Self::NewInstance => {
                text!("A copy of the disk boots as another machine. What runs once per instance runs again.")
            }
        }
    }
}
