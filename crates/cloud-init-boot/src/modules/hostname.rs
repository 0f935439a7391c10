//! The name of the host, and `/etc/hosts`.

use std::rc::Rc;

use crate::boot::Boot;
use crate::family::{Family, HostNames};
use crate::raised::Raised;
use crate::value::Value;

/// Sets the name of the host, if it is another than before.
///
/// # Errors
/// `hostname` is not text, or a command fails.
pub(crate) fn set_hostname(boot: &mut Boot) -> Result<(), Raised> {
    if !prepare(boot) {
        return Ok(());
    }
    let name = boot.hostname()?;
    let now = (name.short.clone(), name.full.clone());
    if boot.set_hostname.as_ref() == Some(&now) || (name.is_default && name.short == "localhost") {
        return Ok(());
    }
    let chosen = chosen(boot, &name.short, &name.full);
    write(boot, &chosen)?;
    apply(boot, &chosen)?;
    boot.set_hostname = Some(now);
    Ok(())
}

/// Takes the settings over; false if the name is to be left alone.
fn prepare(boot: &mut Boot) -> bool {
    let config = Rc::clone(&boot.config);
    let mut causes = Vec::new();
    for key in ["fqdn", "hostname"] {
        causes.extend(config.get(key).and_then(|value| value.cause.clone()));
    }
    if !causes.is_empty() {
        boot.journal.because(causes);
    }
    if config.flag("preserve_hostname", false) {
        return false;
    }
    for key in ["prefer_fqdn_over_hostname", "create_hostname_file"] {
        if config.has(key) {
            boot.options.insert(key, config.flag(key, false));
        }
    }
    true
}

/// The short name or the full one, whichever the distribution stores.
fn chosen(boot: &Boot, short: &str, full: &str) -> String {
    let prefers_full =
        boot.options.get("prefer_fqdn_over_hostname").copied().unwrap_or(boot.ways().prefers_fqdn);
    let takes_full = !full.is_empty() && (prefers_full || short.is_empty());
    if takes_full { full.to_owned() } else { short.to_owned() }
}

/// Makes a name count at once.
fn apply(boot: &mut Boot, name: &str) -> Result<(), Raised> {
    let argv: Vec<&str> = boot.ways().apply_host_name.iter().copied().chain([name]).collect();
    boot.run(&argv).map(drop)
}

fn write(boot: &mut Boot, name: &str) -> Result<(), Raised> {
    let makes_file = boot.options.get("create_hostname_file").copied().unwrap_or(true);
    if boot.ways().host_names == HostNames::File {
        if makes_file || boot.system.exists("/etc/hostname") {
            let line = match name.trim() {
                // An empty name does not replace the one that is there.
                "" => boot.system.text("/etc/hostname").unwrap_or_default().trim_end().to_owned(),
                name => name.to_owned(),
            };
            boot.write("/etc/hostname", &format!("{line}\n"), 0o644)?;
        }
        return Ok(());
    }
    match makes_file {
        true => boot.run(&["hostnamectl", "set-hostname", name])?,
        false => boot.run(&["hostnamectl", "set-hostname", "--transient", name])?,
    };
    Ok(())
}

pub(super) fn update_hostname(boot: &mut Boot) -> Result<(), Raised> {
    if !prepare(boot) {
        return Ok(());
    }
    let name = boot.hostname().inspect_err(|_| {})?;
    if name.is_default && name.short == "localhost" {
        return Ok(());
    }
    let wanted = chosen(boot, &name.short, &name.full);
    let previous = boot.previous_hostname.clone();
    let system = if boot.ways().host_names == HostNames::File {
        boot.system.text("/etc/hostname").map(|text| text.trim().to_owned()).filter(|name| !name.is_empty())
    } else {
        Some(boot.run(&["hostname"])?.stdout.trim().to_owned()).filter(|name| !name.is_empty())
    };
    let writes_system =
        system.is_none() || (system == previous && system.as_deref() != Some(wanted.as_str()));
    if system.is_some() && previous.is_some() && system != previous {
        return Ok(());
    }
    boot.previous_hostname = Some(wanted.clone());
    if writes_system {
        write(boot, &wanted)?;
        apply(boot, &name.short)?;
    }
    Ok(())
}

pub(super) fn update_etc_hosts(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let Some(asked) = config.get("manage_etc_hosts") else { return Ok(()) };
    boot.because(asked);
    let shown = Value::from_text(asked.shown());
    let is_template = shown.text() == Some("template");
    if is_template || shown.is_yes() {
        if is_template {
            boot.journal.deprecated("`manage_etc_hosts: template` should be `true`");
        }
        let name = boot.hostname()?;
        if name.short.is_empty() {
            boot.journal.warn("`manage_etc_hosts` is set, and the host has no name");
            return Ok(());
        }
        let text = whole_file(boot, &name.short, &name.full);
        return boot.write("/etc/hosts", &text, 0o644);
    }
    if shown.text() == Some("localhost") {
        let name = boot.hostname()?;
        let address = boot.ways().own_address;
        let before = boot.system.text("/etc/hosts").unwrap_or_default();
        if let Some(text) = with_name(&before, address, &name.full, &name.short) {
            boot.write("/etc/hosts", &text, 0o644)?;
        }
    }
    Ok(())
}

/// The lines of `/etc/hosts`, with one for a name; none if there is one already. Those of the same address move to the end.
fn with_name(before: &str, address: &str, full: &str, short: &str) -> Option<String> {
    let (mut others, mut own) = (String::new(), Vec::new());
    for line in before.lines() {
        let (head, comment) = line.split_at(line.find('#').unwrap_or(line.len()));
        let words: Vec<&str> = head.split_whitespace().collect();
        match words.first() {
            None => others.push_str(line),
            Some(first) if *first == address => {
                own.push(words);
                continue;
            }
            Some(_) => others.push_str(&format!("{}{comment}", words.join("\t"))),
        }
        others.push('\n');
    }
    if own.iter().any(|words| words.get(1) == Some(&full) && words[2..].contains(&short)) {
        return None;
    }
    own.push(vec![address, full, short]);
    let own: String =
        own.iter().filter(|words| words.len() > 1).map(|words| format!("{}\n", words.join("\t"))).collect();
    Some(format!("{others}{own}\n"))
}

/// The file that replaces `/etc/hosts`, without the program's own comments.
fn whole_file(boot: &Boot, short: &str, full: &str) -> String {
    match boot.image.family != Family::RedHat {
        true => format!(
            "127.0.1.1 {full} {short}\n127.0.0.1 localhost\n\n::1 localhost ip6-localhost ip6-loopback\n\
             ff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n\n"
        ),
        false => format!(
            "127.0.0.1 {full} {short}\n127.0.0.1 localhost.localdomain localhost\n\
             127.0.0.1 localhost4.localdomain4 localhost4\n\n::1 {full} {short}\n\
             ::1 localhost.localdomain localhost\n::1 localhost6.localdomain6 localhost6\n\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::with_name;

    #[test]
    fn the_lines_of_the_own_address_come_last() {
        let before = "# hosts\n127.0.0.1 localhost\n127.0.1.1   old  # x\n\n::1 ip6-localhost # six\n";
        let after = with_name(before, "127.0.1.1", "web1.example", "web1");
        let wanted = "# hosts\n127.0.0.1\tlocalhost\n\n::1\tip6-localhost# six\n127.0.1.1\told\n127.0.1.1\tweb1.example\tweb1\n\n";
        assert_eq!(after.as_deref(), Some(wanted));
        assert_eq!(with_name("127.0.1.1 web1.example a web1\n", "127.0.1.1", "web1.example", "web1"), None);
        assert_eq!(with_name("", "127.0.1.1", "a", "a").as_deref(), Some("127.0.1.1\ta\ta\n\n"));
    }
}
