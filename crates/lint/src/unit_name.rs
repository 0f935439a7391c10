//! The names of units, as systemd judges them.

/// The types of units that systemd has.
pub(crate) const SUFFIXES: [&str; 11] = [
    "service",
    "socket",
    "device",
    "mount",
    "automount",
    "swap",
    "target",
    "path",
    "timer",
    "slice",
    "scope",
];

/// Why systemd will not know a unit by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault<'n> {
    /// There is no dot.
    NoSuffix,
    /// What is behind the last dot is no type of unit.
    UnknownSuffix(&'n str),
    /// There is nothing before the suffix, or before `@`.
    NoPrefix,
    /// Unit names do not have this character.
    Character(char),
    /// More than 255 bytes.
    TooLong,
    /// It begins with a slash.
    Absolute,
    /// `..` leads out of systemd's directory.
    Parent,
    /// `UNIT.d/NAME.conf`, which is where a drop-in goes.
    DropIn,
    /// The file goes to a directory that systemd does not look into.
    Directory,
}

/// What is wrong with the name of a unit for systemd itself.
pub(crate) fn fault(name: &str) -> Option<Fault<'_>> {
    if let Some(fault) = path_fault(name) {
        return Some(fault);
    }
    let Some((stem, suffix)) = name.rsplit_once('.') else { return Some(Fault::NoSuffix) };
    if !SUFFIXES.contains(&suffix) {
        return Some(Fault::UnknownSuffix(suffix));
    }
    let allowed = |char: char| char.is_ascii_alphanumeric() || ":-_.\\@".contains(char);
    if let Some(char) = stem.chars().find(|&char| !allowed(char)) {
        return Some(Fault::Character(char));
    }
    if stem.is_empty() || stem.starts_with('@') {
        return Some(Fault::NoPrefix);
    }
    (name.len() > 255).then_some(Fault::TooLong)
}

/// What is wrong with a name as a path below systemd's directory; this holds for network units,
/// too.
pub(crate) fn path_fault(name: &str) -> Option<Fault<'_>> {
    let (directory, file) = name.rsplit_once('/')?;
    if name.starts_with('/') {
        return Some(Fault::Absolute);
    }
    if name.split('/').any(|part| part == "..") {
        return Some(Fault::Parent);
    }
    let unit = directory.strip_suffix(".d");
    let is_drop_in = unit.is_some_and(|unit| !unit.contains('/')) && file.ends_with(".conf");
    Some(if is_drop_in { Fault::DropIn } else { Fault::Directory })
}

/// Whether this is a template, `name@.service`, which is nothing to start.
pub(crate) fn is_template(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.find('@').is_some_and(|at| at > 0 && at + 1 == stem.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_as_systemd_does() {
        let long = format!("{}.service", "a".repeat(248));
        for (name, wanted) in [
            ("docker.service", None),
            ("a@b.service", None),
            ("a@.service", None),
            ("a@b@c.service", None),
            ("dev-disk-by\\x2dlabel-data.mount", None),
            ("my.app.timer", None),
            ("docker", Some(Fault::NoSuffix)),
            ("docker.servcie", Some(Fault::UnknownSuffix("servcie"))),
            ("docker.Service", Some(Fault::UnknownSuffix("Service"))),
            ("docker.", Some(Fault::UnknownSuffix(""))),
            (".service", Some(Fault::NoPrefix)),
            ("@a.service", Some(Fault::NoPrefix)),
            ("my app.service", Some(Fault::Character(' '))),
            ("ä.service", Some(Fault::Character('ä'))),
            ("/etc/systemd/system/a.service", Some(Fault::Absolute)),
            ("../network/a.network", Some(Fault::Parent)),
            ("user-configdrive.service.d/netconf.conf", Some(Fault::DropIn)),
            ("a.service.d/x", Some(Fault::Directory)),
            ("a/b.service", Some(Fault::Directory)),
            (long.as_str(), Some(Fault::TooLong)),
        ] {
            assert_eq!(fault(name), wanted, "{name}");
        }
    }

    #[test]
    fn templates_end_in_an_at_sign() {
        for (name, is) in
            [("a@.service", true), ("a@b.service", false), ("a.service", false), ("@.service", false)]
        {
            assert_eq!(is_template(name), is, "{name}");
        }
    }
}
