//! Debian's `/etc/network/interfaces`, as far as the targets understand it.

use dryboot_yaml::go_syntax::quote;

use super::stanza::{Stanza, parse_interface};

/// The `iface` stanzas of a configuration.
pub(super) fn stanzas(text: &str) -> Result<Vec<Stanza>, String> {
    let joined = text.replace("\\\n", "");
    let lines = joined.split('\n').map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match groups.last_mut() {
            _ if starts_stanza(line) => groups.push((line, Vec::new())),
            Some((_, options)) => options.push(line),
            None => return Err(format!("missing stanza start {}", quote(line))),
        }
    }
    let stanzas = groups.into_iter().map(|(start, options)| stanza(start, &options));
    stanzas.filter_map(Result::transpose).collect()
}

/// A tab after the first word hides it.
fn starts_stanza(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or_default();
    matches!(word, "auto" | "iface" | "mapping") || line.starts_with("allow-")
}

fn stanza(start: &str, options: &[&str]) -> Result<Option<Stanza>, String> {
    let words: Vec<&str> = start.split_whitespace().collect();
    match words.as_slice() {
        [] | [_] => Err(format!("malformed stanza start {}", quote(start))),
        ["auto", ..] => Ok(None),
        ["iface", name, _family, method] => parse_interface(name, method, options).map(Some),
        ["iface", ..] => Err("incorrect number of attributes".to_owned()),
        [kind, ..] => Err(format!("unknown stanza {}", quote(kind))),
    }
}
