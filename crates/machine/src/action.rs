//! What a boot does, action by action. Serialised, an action has the form and the order of fields
//! of the recordings.

use serde::Serialize;

/// One thing that is done to the machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "action")]
pub enum Action {
    /// Sets the host name.
    #[serde(rename = "set_hostname")]
    SetHostname {
        /// The command line.
        argv: Vec<String>,
        /// The exit status, when it is not zero.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit: Option<i32>,
        /// The name.
        hostname: String,
    },
    /// Creates an account.
    #[serde(rename = "useradd")]
    UserAdd {
        /// The command line.
        argv: Vec<String>,
        /// The exit status, when it is not zero.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit: Option<i32>,
    },
    /// Sets the password of an account.
    #[serde(rename = "chpasswd")]
    ChangePassword {
        /// The command line.
        argv: Vec<String>,
        /// The exit status, when it is not zero.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit: Option<i32>,
        /// What the command reads.
        stdin: String,
    },
    /// Replaces a set of authorized keys.
    #[serde(rename = "update-ssh-keys")]
    UpdateSshKeys {
        /// The command line.
        argv: Vec<String>,
        /// The exit status, when it is not zero.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit: Option<i32>,
        /// What the command reads.
        stdin: String,
    },
    /// Changes the owner of a file that is about to be put in place.
    #[serde(rename = "chown")]
    ChangeOwner {
        /// The command line.
        argv: Vec<String>,
        /// The exit status, when it is not zero.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit: Option<i32>,
    },
    /// Loads a kernel module.
    #[serde(rename = "modprobe")]
    LoadModule {
        /// The command line.
        argv: Vec<String>,
        /// The exit status, when it is not zero.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit: Option<i32>,
    },
    /// Fetches a page.
    #[serde(rename = "http_get")]
    HttpGet {
        /// The status of the answer.
        status: u16,
        /// The page.
        url: String,
    },
    /// Writes a file.
    #[serde(rename = "write_file")]
    WriteFile {
        /// The content as text; bytes that are not text are replaced.
        content: String,
        /// The content when it is not text.
        #[serde(skip_serializing_if = "Option::is_none")]
        content_base64: Option<String>,
        /// What the file is for.
        #[serde(rename = "for")]
        purpose: Purpose,
        /// The mode in octal.
        mode: String,
        /// The owner, when one was given.
        #[serde(skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
        /// The path.
        path: String,
        /// The unit that the file belongs to.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
    /// Links a unit to `/dev/null`.
    #[serde(rename = "mask")]
    Mask {
        /// Something stood at the path.
        existed: bool,
        /// It worked.
        ok: bool,
        /// The path of the link.
        path: String,
        /// The unit.
        unit: String,
    },
    /// Takes a mask away, if there is one.
    #[serde(rename = "unmask")]
    Unmask {
        /// The path that is looked at.
        path: String,
        /// What became of it.
        result: Unmasked,
        /// The unit.
        unit: String,
    },
    /// Asks systemd to enable units.
    #[serde(rename = "enable")]
    Enable {
        /// Existing links are replaced.
        force: bool,
        /// Until the next reboot only.
        runtime: bool,
        /// The units.
        units: Vec<String>,
    },
    /// Reloads systemd (`daemon-reload`).
    #[serde(rename = "daemon_reload")]
    DaemonReload {},
    /// Asks systemd to start, stop or reload a unit.
    #[serde(rename = "unit_command")]
    UnitCommand {
        /// The verb.
        command: String,
        /// How systemd treats jobs in its queue.
        mode: &'static str,
        /// The unit.
        unit: String,
    },
    /// Takes a network interface down.
    #[serde(rename = "link_down")]
    LinkDown {
        /// The interface.
        interface: String,
    },
    /// Asks systemd to make and start a unit that has no file.
    #[serde(rename = "start_transient_unit")]
    StartTransientUnit {
        /// How systemd treats jobs in its queue.
        mode: &'static str,
        /// What the unit is.
        properties: TransientProperties,
        /// Its name.
        unit: String,
    },
}

/// What a unit that has no file is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransientProperties {
    /// Its description.
    pub description: String,
    /// Its command line.
    pub exec_start: Vec<String>,
}

/// What a file is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The user asked for it, or a key generates it.
    File,
    /// `/etc/environment` with the addresses.
    EnvFile,
    /// A unit.
    Unit,
    /// A drop-in of a unit.
    DropIn,
    /// A script to be run.
    Script,
    /// The name of the unit that runs the script.
    ScriptUnitName,
}

/// What came of taking a mask away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmasked {
    /// Nothing was there.
    Absent,
    /// The mask is gone.
    Removed,
    /// Something with content is there and stays.
    Kept,
}
