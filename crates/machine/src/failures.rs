//! The failures that a machine description asks for.

/// Requests to systemd that may be named without a message.
const REQUESTS: [&str; 5] = ["dbus", "enable", "unit_command", "daemon_reload", "start_transient_unit"];

/// The failures that a description asks for.
#[derive(Clone, Debug, Default)]
pub struct Failures {
    commands: Vec<String>,
    parts: Vec<String>,
    requests: Vec<(String, String)>,
    datasources: Vec<String>,
}

impl Failures {
    /// Reads the entries of [`fail`](crate::MachineDescription::fail).
    #[must_use]
    pub fn new(fail: &[String]) -> Self {
        let mut failures = Self::default();
        for what in fail {
            if let Some(part) = what.strip_prefix("cmd:") {
                failures.parts.push(part.to_owned());
            } else if let Some(name) = what.strip_prefix("datasource:") {
                failures.datasources.push(name.to_owned());
            } else if let Some((request, message)) = what.split_once('=') {
                failures.requests.push((request.to_owned(), message.to_owned()));
            } else if REQUESTS.contains(&what.split(':').next().unwrap_or_default()) {
                failures.requests.push((what.clone(), "simulated failure".to_owned()));
            } else {
                failures.commands.push(what.clone());
            }
        }
        failures
    }

    /// Whether this command fails.
    #[must_use]
    pub fn of_command(&self, argv: &[String]) -> bool {
        let line = argv.join(" ");
        let name = argv.first().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let is_named = |command: &String| command == name || argv.first() == Some(command);
        self.commands.iter().any(is_named) || self.parts.iter().any(|part| line.contains(part.as_str()))
    }

    /// Whether a datasource does not answer.
    #[must_use]
    pub fn of_datasource(&self, name: &str) -> bool {
        self.datasources.iter().any(|silent| silent == name)
    }

    /// The message when the bus cannot be reached.
    #[must_use]
    pub fn of_bus(&self) -> Option<&str> {
        self.of_request("dbus")
    }

    /// The message when systemd refuses a request.
    #[must_use]
    pub fn of_request(&self, request: &str) -> Option<&str> {
        self.requests.iter().find(|(what, _)| what == request).map(|(_, message)| message.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_makes_its_own_kind_fail() {
        let failures = Failures::new(
            &["useradd", "cmd:-u core", "enable:a.service=no", "dbus", "datasource:a"].map(str::to_owned),
        );
        let command =
            |line: &str| failures.of_command(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert!(command("/usr/sbin/useradd a") && command("keys -u core"));
        assert!(!command("useradds") && !command("keys -u root") && !command("dbus"));
        assert_eq!(failures.of_request("enable:a.service"), Some("no"));
        assert_eq!(failures.of_request("enable:b.service"), None);
        assert_eq!(failures.of_bus(), Some("simulated failure"));
        assert!(failures.of_datasource("a") && !failures.of_datasource("b"));
    }
}
