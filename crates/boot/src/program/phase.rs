//! The steps of a program, as people tell them apart.

/// A step of the programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    UserData,
    Validate,
    Metadata,
    Substitute,
    Parse,
    ReadNetwork,
    Hostname,
    Users,
    Keys,
    Files,
    Environment,
    Network,
    Units,
    Reload,
    Commands,
    Script,
    /// Nothing is left but the exit code.
    Exit,
}

impl Phase {
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::UserData => "read the user-data",
            Self::Validate => "check the user-data (only logs problems)",
            Self::Metadata => "read the metadata",
            Self::Substitute => "replace the address variables",
            Self::Parse => "detect the type of the user-data, and parse it",
            Self::ReadNetwork => "convert the network configuration",
            Self::Hostname => "set the host name",
            Self::Users => "create users and set passwords",
            Self::Keys => "authorize SSH keys for `core`",
            Self::Files => "write files",
            Self::Environment => "write the addresses to `/etc/environment`",
            Self::Network => "take the network down and configure it",
            Self::Units => "place, mask and enable units",
            Self::Reload => "reload systemd",
            Self::Commands => "start, stop and restart units",
            Self::Script => "run the script",
            Self::Exit => "end",
        }
    }

    /// What it means that the step did nothing; none for steps that only read.
    pub(crate) fn nothing(self) -> Option<&'static str> {
        Some(match self {
            Self::Hostname => "neither user-data nor metadata has a host name",
            Self::Users => "the config has no users",
            Self::Keys => "neither user-data nor metadata has a key",
            Self::Files => "the config has no files",
            Self::Environment => "no addresses are known, or the file already has them",
            Self::Network => "no interfaces were converted",
            Self::Units => "the config has no units",
            Self::Reload => "no unit was written",
            Self::Commands => "no unit has a command",
            Self::Script => "the user-data is not a script",
            Self::ReadNetwork => "nothing is converted here",
            _ => return None,
        })
    }
}
