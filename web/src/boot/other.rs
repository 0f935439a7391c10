//! What a boot is compared with.

use std::rc::Rc;

use super::which::WhichBoot;

/// What is different about the second of two boots; all else is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    /// The platform, by name.
    Platform(Rc<str>),
    /// The version or the distribution: the name of a target.
    Target(Rc<str>),
    Boot(WhichBoot),
}

impl Other {
    /// Its value in a list to choose from.
    pub(crate) fn value(&self) -> String {
        match self {
            Self::Platform(name) => format!("platform/{name}"),
            Self::Target(name) => format!("target/{name}"),
            Self::Boot(which) => format!("boot/{}", which.name()),
        }
    }

    /// What has this value; none for another one.
    pub(crate) fn from_value(value: &str) -> Option<Self> {
        let (kind, name) = value.split_once('/')?;
        match kind {
            "platform" => Some(Self::Platform(name.into())),
            "target" => Some(Self::Target(name.into())),
            "boot" => WhichBoot::from_name(name).map(Self::Boot),
            _ => None,
        }
    }

    /// What to call the button that puts the two boots in each other's place.
    pub(crate) fn swap_title(&self) -> &'static str {
        match self {
            Self::Platform(_) => text!("Swap the platforms"),
            Self::Target(_) => text!("Swap the versions"),
            Self::Boot(_) => text!("Swap the boots"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_for_one_other() {
        let all = [
            Other::Platform("ec2".into()),
            Other::Target("debian-12".into()),
            Other::Boot(WhichBoot::Second),
        ];
        for other in all {
            assert_eq!(Other::from_value(&other.value()), Some(other));
        }
        assert_eq!(Other::from_value(""), None);
        assert_eq!(Other::from_value("boot/third"), None);
    }
}
