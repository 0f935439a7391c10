/// A release of systemd, by its number.
///
/// What differs between releases is taken from systemd's NEWS and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(
    /// The number, as `systemctl --version` shows it.
    pub u16,
);

impl Release {
    /// The last CoreOS Container Linux of 2018.
    pub const COREOS: Self = Self(238);
    /// Flatcar Container Linux of 2026.
    pub const FLATCAR: Self = Self(257);
    /// The newest one that the tables have something of.
    pub const NEWEST: Self = Self(258);
}
