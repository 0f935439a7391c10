//! The time zones of the IANA database, release 2025b, with the names from before.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use dryboot_lint::nearest;

/// Each name. The table has a line for each region, with what follows the last slash.
static ZONES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lines = include_str!("timezones.txt").lines().filter_map(|line| line.split_once(": "));
    let named = lines.flat_map(|(region, names)| names.split(' ').map(move |name| format!("{region}{name}")));
    named.collect()
});

/// Whether a zone of this name is in the database. Upper and lower case differ, as file names do.
pub(super) fn is_zone(name: &str) -> bool {
    ZONES.contains(name)
}

/// The zone that may be meant.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let names = || ZONES.iter().map(String::as_str);
    let city = name.rsplit(['/', ' ']).next().unwrap_or_default().replace(' ', "_");
    let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    names()
        .find(|zone| same(zone, &name.replace(' ', "_")))
        .or_else(|| nearest(name, names()))
        .or_else(|| names().find(|zone| zone.rsplit('/').next().is_some_and(|own| same(own, &city))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_found_by_what_people_write() {
        for name in
            ["UTC", "Etc/UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST5EDT"]
        {
            assert!(is_zone(name), "{name}");
        }
        for (name, zone) in [
            ("Europe/Belin", Some("Europe/Berlin")),
            ("CET/Berlin", Some("Europe/Berlin")),
            ("europe/berlin", Some("Europe/Berlin")),
            ("America/New York", Some("America/New_York")),
            ("Tokyo", Some("Asia/Tokyo")),
            ("Mars/Olympus", None),
        ] {
            assert!(!is_zone(name), "{name}");
            assert_eq!(meant(name), zone, "{name}");
        }
    }
}
