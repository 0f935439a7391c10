//! The names of units, as `systemd.unit(5)` has them: types, templates, instances, escaping.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The types of units, by the suffix of their names.
pub const SUFFIXES: [&str; 11] = [
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

/// The longest name, in bytes (`UNIT_NAME_MAX`).
pub const LONGEST: usize = 255;

/// Why systemd will not know a unit by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<'n> {
    /// There is no dot.
    NoSuffix,
    /// What is after the last dot is no type of unit.
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
#[must_use]
pub fn fault(name: &str) -> Option<Fault<'_>> {
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
    (name.len() > LONGEST).then_some(Fault::TooLong)
}

/// What is wrong with a name as a path below systemd's directory; this holds for the files of
/// systemd-networkd, too.
#[must_use]
pub fn path_fault(name: &str) -> Option<Fault<'_>> {
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

/// The type of a unit: what is after the last dot; empty for a name that no unit has.
#[must_use]
pub fn suffix(name: &str) -> &str {
    let suffix = name.bytes().rposition(|byte| byte == b'.').map_or("", |dot| &name[dot + 1..]);
    if SUFFIXES.contains(&suffix) { suffix } else { "" }
}

/// A name without its suffix.
#[must_use]
pub fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What is before `@`, or the whole name without its suffix.
#[must_use]
pub fn prefix(name: &str) -> &str {
    let stem = stem(name);
    stem.split_once('@').map_or(stem, |(prefix, _)| prefix)
}

/// What is between `@` and the suffix; empty for a template, none for a plain unit.
#[must_use]
pub fn instance(name: &str) -> Option<&str> {
    stem(name).split_once('@').map(|(_, instance)| instance)
}

/// Whether this is a template, `name@.service`, which is nothing to start.
#[must_use]
pub fn is_template(name: &str) -> bool {
    !prefix(name).is_empty() && instance(name) == Some("")
}

/// The template of an instance: `name@.service` for `name@one.service`.
#[must_use]
pub fn template(name: &str) -> Option<String> {
    instance(name).filter(|instance| !instance.is_empty())?;
    Some(instantiate(name, ""))
}

/// The instance of a template, or of another instance's template.
#[must_use]
pub fn instantiate(name: &str, instance: &str) -> String {
    format!("{}@{instance}.{}", prefix(name), suffix(name))
}

/// The unit of another type with the same name: `a.service` for `a.timer`.
#[must_use]
pub fn with_suffix(name: &str, suffix: &str) -> String {
    format!("{}.{suffix}", stem(name))
}

/// A text as part of a unit's name, as `systemd-escape` writes it.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'/' => escaped.push('-'),
            b'.' if index == 0 => escaped.push_str("\\x2e"),
            b':' | b'_' | b'.' => escaped.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => escaped.push(char::from(byte)),
            _ => {
                let _ = write!(escaped, "\\x{byte:02x}");
            }
        }
    }
    escaped
}

/// A path as part of a unit's name, as `systemd-escape --path` writes it.
#[must_use]
pub fn escape_path(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.is_empty() { "-".to_owned() } else { escape(&parts.join("/")) }
}

/// What [`escape`] was given.
#[must_use]
pub fn unescape(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.bytes().next() {
        let code = rest.strip_prefix("\\x").and_then(|code| code.get(..2));
        let code = code.filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(match (first, code) {
            (_, Some(code)) => code,
            (b'-', None) => b'/',
            (byte, None) => byte,
        });
        // A piece of a character is put together again below.
        rest = rest.get(if code.is_some() { 4 } else { 1 }..).unwrap_or_else(|| {
            let char = rest.chars().next().map_or(1, char::len_utf8);
            bytes.extend(&rest.as_bytes()[1..char]);
            &rest[char..]
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What [`escape_path`] was given: an absolute path.
#[must_use]
pub fn unescape_path(name: &str) -> String {
    if name == "-" { "/".to_owned() } else { format!("/{}", unescape(name)) }
}

/// The name of the unit for a path: `var-lib.mount` for `/var/lib` and `mount`.
#[must_use]
pub fn of_path(path: &str, suffix: &str) -> String {
    format!("{}.{suffix}", escape_path(path))
}

/// Specifiers that are the same for all units of the system's manager (`systemd.unit(5)`).
const FIXED: [(char, &str); 11] = [
    ('%', "%"),
    ('t', "/run"),
    ('S', "/var/lib"),
    ('C', "/var/cache"),
    ('L', "/var/log"),
    ('E', "/etc"),
    ('T', "/tmp"),
    ('V', "/var/tmp"),
    ('h', "/root"),
    ('u', "root"),
    ('U', "0"),
];

/// A text with the specifiers that follow from the unit's name, and those that are the same
/// everywhere; others, such as the machine's ID, are left as they are.
#[must_use]
pub fn expand<'t>(text: &'t str, name: &str) -> Cow<'t, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut expanded = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '%' {
            expanded.push(char);
            continue;
        }
        let mut behind = chars.clone();
        match behind.next().and_then(|letter| specifier(letter, name)) {
            Some(value) => {
                expanded.push_str(&value);
                chars = behind;
            }
            None => expanded.push('%'),
        }
    }
    Cow::Owned(expanded)
}

fn specifier(letter: char, name: &str) -> Option<Cow<'static, str>> {
    if let Some((_, value)) = FIXED.iter().find(|(fixed, _)| *fixed == letter) {
        return Some(Cow::Borrowed(value));
    }
    let prefix = prefix(name);
    let last = prefix.rsplit('-').next().unwrap_or_default();
    let instance = instance(name);
    Some(Cow::Owned(match letter {
        'n' => name.to_owned(),
        'N' => stem(name).to_owned(),
        'p' => prefix.to_owned(),
        'P' => unescape(prefix),
        'i' => instance.unwrap_or_default().to_owned(),
        'I' => unescape(instance.unwrap_or_default()),
        'j' => last.to_owned(),
        'J' => unescape(last),
        'f' => unescape_path(instance.unwrap_or(prefix)),
        _ => return None,
    }))
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
        assert_eq!(template("a@b@c.service").as_deref(), Some("a@.service"));
        assert_eq!(template("a.service"), None);
        assert_eq!(template("a@.service"), None);
        assert_eq!(instantiate("a@.service", "x.y"), "a@x.y.service");
    }

    #[test]
    fn paths_are_escaped_as_systemd_escape_does() {
        for (path, escaped) in [
            ("/", "-"),
            ("/var//lib/", "var-lib"),
            ("/usr/share/oem/cloud-config.yml", "usr-share-oem-cloud\\x2dconfig.yml"),
            ("/.snapshots", "\\x2esnapshots"),
            ("/mnt/a b@c", "mnt-a\\x20b\\x40c"),
            ("/mnt/ä", "mnt-\\xc3\\xa4"),
        ] {
            assert_eq!(escape_path(path), escaped);
        }
        assert_eq!(unescape_path("-"), "/");
        assert_eq!(unescape_path("mnt-a\\x20b-ä-\\xc3\\xa4\\xz\\x+1"), "/mnt/a b/ä/ä\\xz\\x+1");
    }

    #[test]
    fn specifiers_follow_from_the_name() {
        let name = "foo-bar@var-lib-x\\x2dy.service";
        for (text, wanted) in [
            ("%n", name),
            ("%N", "foo-bar@var-lib-x\\x2dy"),
            ("%p %P %j %J", "foo-bar foo/bar bar bar"),
            ("%i", "var-lib-x\\x2dy"),
            ("%I", "var/lib/x-y"),
            ("%f", "/var/lib/x-y"),
            ("100%% of %t, %m and %", "100% of /run, %m and %"),
        ] {
            assert_eq!(expand(text, name), wanted);
        }
        assert_eq!(expand("%f-%i.", "var-lib.service"), "/var/lib-.");
    }
}
