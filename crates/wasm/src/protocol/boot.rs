//! What the preview answers. Lists that are empty and texts that are absent are left out of the
//! JSON.

#[cfg(feature = "worker")]
use serde::Serialize;

/// A range of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Place {
    /// Offset of the first code unit.
    pub from: u32,
    /// Offset behind the last code unit.
    pub to: u32,
    /// Line of `from`.
    pub line: u32,
    /// Column of `from`, in characters.
    pub column: u32,
}

/// What a machine does with the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Boot {
    /// Name of the target that was used.
    pub target: String,
    /// The target's program and version, for people.
    pub program: String,
    /// Name of the platform; none without one.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub platform: Option<String>,
    /// Which boot of the machine it is: `first`, `second` or `new-instance`.
    pub which_boot: String,
    /// What there is to say about boots with this program: `stages`, `files`, `users`, `packages`, `commands`, `units`,
    /// `network`, `log`.
    pub parts: Vec<String>,
    /// Exit code of the program that reads the user's text.
    pub exit_code: i32,
    /// Whether cloud-init goes through, but says that something is not as it should be.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub degraded: bool,
    /// What is wrong with the metadata, the config of the image or the choice of platform. The rest is
    /// then a boot without it.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub troubles: Vec<Trouble>,
    /// The address variables.
    pub variables: Vec<Variable>,
    /// The boot as a person reads it.
    pub stages: Vec<Stage>,
    /// What is done to the machine, in order.
    pub effects: Vec<Effect>,
    /// What each effect is due to; none where that is the same as for the one before. Effects are often the same again when
    /// they are due to other places.
    pub origins: Vec<Option<Vec<Origin>>>,
    /// The program's log, as far as it is worth reading.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub messages: Vec<Message>,
    /// Remarks of ours.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub notes: Vec<String>,
    /// What has become of the machine; absent when it was not asked for.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub machine: Option<Machine>,
    /// The units and how they depend on each other; absent when they were not asked for.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub units: Option<Units>,
}

/// Which parts of a [`Boot`] to send; all others always come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// [`Boot::units`], which take longer than all else.
    pub units: bool,
    /// [`Boot::machine`], which is half of what there is to send.
    pub machine: bool,
}

impl Wanted {
    /// Everything.
    pub const ALL: Self = Self { units: true, machine: true };
}

/// An input besides the text that cannot be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Trouble {
    /// `metadata`, `oem`, `vendor-data`, `platform`, `distribution`, or `no-preview` of the platform that is chosen.
    pub about: String,
    /// What is wrong.
    pub message: String,
    /// Where in the metadata that is, if it has a place there.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub place: Option<Place>,
}

/// An address variable and what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Variable {
    /// As it is written: `$private_ipv4`.
    pub name: String,
    /// What takes its place; empty when it disappears.
    pub value: String,
    /// Whether the text in the editor has it.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub used: bool,
    /// Where the value comes from.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub origin: Option<Origin>,
}

/// Which text or data something is due to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "worker", derive(Serialize))]
#[cfg_attr(feature = "worker", serde(rename_all = "lowercase"))]
pub enum Source {
    /// The text in the editor.
    #[default]
    User,
    /// The config of the image.
    Oem,
    /// The vendor-data.
    Vendor,
    /// The metadata; `name` is the field.
    Metadata,
    /// The environment of the program; `name` is the variable.
    Environment,
    /// Nobody: the program or the image does it by itself; `name` says for what.
    Generated,
}

impl Source {
    /// The name, as in the JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Oem => "oem",
            Self::Vendor => "vendor",
            Self::Metadata => "metadata",
            Self::Environment => "environment",
            Self::Generated => "generated",
        }
    }
}

/// What something is due to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Origin {
    /// The text or data.
    pub source: Source,
    /// Where, in the user's text or the config of the image.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub place: Option<Place>,
    /// The last line of the place; 0 without one.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "is_zero"))]
    pub last_line: u32,
    /// The field, variable or key; empty for texts.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "String::is_empty"))]
    pub name: String,
}

impl Origin {
    /// Whether the two are the same lines of the same text, or the same data: offsets may differ.
    #[must_use]
    pub fn is_on_lines_of(&self, other: &Self) -> bool {
        let line = |origin: &Self| origin.place.map(|place| place.line);
        (self.source, line(self), self.last_line, &self.name)
            == (other.source, line(other), other.last_line, &other.name)
    }
}

/// A part of the boot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Stage {
    /// What it is about.
    pub name: String,
    /// What happens in it, in order.
    pub steps: Vec<Step>,
}

/// One thing that somebody does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Step {
    /// The unit or the program.
    pub who: String,
    /// What it is called, if `what` does not say that.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<String>,
    /// What it does; `code` is in backticks.
    pub what: String,
    /// Files and addresses that it reads.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub reads: Vec<String>,
    /// What came of it: `done`, `skipped`, `failed` or `not-reached`.
    pub state: String,
    /// Why, or what it found.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub why: Option<String>,
    /// Indices of its effects.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub effects: Vec<u32>,
    /// The name under which the data source that it chooses can be made to give no answer.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub fail: Option<String>,
    /// How deep the program that does it is nested in another run of it: 0 for the outermost.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "is_zero"))]
    pub depth: u32,
}

#[cfg(feature = "worker")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// One thing that is done to the machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Effect {
    /// The kind, as in the command's JSON: `write_file`, `enable`, …
    pub kind: String,
    /// What is done, as an imperative; `code` is in backticks.
    pub title: String,
    /// Whether it is not worth telling: it changes nothing, only asks for something, or belongs to an earlier boot.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub idle: bool,
    /// Whether it fails.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub failed: bool,
    /// What makes it fail, as an entry of `fail`; none for what cannot.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub fail: Option<String>,
    /// What it is due to, as [`Boot::origins`] says.
    #[cfg_attr(feature = "worker", serde(skip))]
    pub origins: Vec<Origin>,
}

/// A line of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Message {
    /// The words of the program.
    pub text: String,
    /// What they are about.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub origins: Vec<Origin>,
}

/// A machine after the boot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Machine {
    /// The kernel's host name.
    pub hostname: String,
    /// Accounts that the boot touched, by name.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub accounts: Vec<Account>,
    /// Files, directories and links that the boot made or that the machine had beyond its image, by
    /// path.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub files: Vec<File>,
    /// Packages that the boot installs.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub packages: Vec<Package>,
    /// Commands that the boot runs, in order.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub commands: Vec<Command>,
    /// Kernel modules that were loaded, with their parameters.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub modules: Vec<String>,
    /// Network interfaces that were taken down.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub links_down: Vec<String>,
}

/// An account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Whether the boot created it.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub created: bool,
    /// Whether the boot set a password.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub password: bool,
    /// The options that created it, without the password.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub options: Vec<String>,
    /// Authorized keys.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub keys: Vec<Key>,
    /// Index of the effect that created it or gave it keys.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub effect: Option<u32>,
}

/// A package that is installed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Package {
    /// Its name, with the version if one was given.
    pub name: String,
    /// The package manager.
    pub manager: String,
    /// Whether it cannot be installed.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub failed: bool,
    /// Index of the effect that installs it.
    pub effect: u32,
}

/// A command that is run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Command {
    /// The command on one line, without secrets.
    pub line: String,
    /// The module that runs it, or the program.
    pub by: String,
    /// The script that it is given.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub script: Option<String>,
    /// The directory that it runs in, if it has one of its own.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub directory: Option<String>,
    /// How it fails; none if it does not.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub failure: Option<String>,
    /// Index of the effect.
    pub effect: u32,
}

/// An authorized key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Key {
    /// The set that it is stored in.
    pub set: String,
    /// The line.
    pub text: String,
}

/// Something in the file tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct File {
    /// Its path.
    pub path: String,
    /// `file`, `directory`, `symlink` or `device`.
    pub kind: String,
    /// The mode in octal.
    pub mode: String,
    /// The owner, when one was given.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub owner: Option<String>,
    /// The content, or what the link leads to. Absent for bytes that are not text.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub content: Option<String>,
    /// What was there before the boot, if that was a text.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub before: Option<String>,
    /// Length of the content in bytes.
    pub size: u32,
    /// Index of the effect that made it; none for what was there before.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub effect: Option<u32>,
}

/// The units, and when they start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Units {
    /// The units that the boot touches, and those that matter for them.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub nodes: Vec<Unit>,
    /// Dependencies between them.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub edges: Vec<Edge>,
    /// Jobs in the order in which they run.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub jobs: Vec<Job>,
    /// Cycles, units that wait forever, units that are missing.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub problems: Vec<UnitProblem>,
}

/// A unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Who brings it: `user`, `oem`, `stock`, `generated` or `missing`.
    pub from: String,
    /// What becomes of it: `active`, `done` (a oneshot that has ended), `failed`, `waiting` (forever),
    /// `stopped`, `masked`, `enabled` (starts at the next boot), `inactive`.
    pub state: String,
    /// The description in the unit.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "String::is_empty"))]
    pub description: String,
    /// Unit file and drop-ins, by path.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub files: Vec<String>,
    /// Where it is written.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub origins: Vec<Origin>,
}

/// A dependency between two units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Edge {
    /// Index of the unit that has the dependency.
    pub from: u32,
    /// Index of the unit that it is on.
    pub to: u32,
    /// The directives: `Requires`, `After`, …
    pub kinds: Vec<String>,
    /// It is part of a cycle.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub cycle: bool,
}

/// A unit that is started or stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Job {
    /// Index of the unit.
    pub unit: u32,
    /// `start`, `stop`, `restart`, …
    pub verb: String,
    /// Who wants it: a unit, or `coreos-cloudinit`.
    pub by: String,
    /// The units that it comes after, by index.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub after: Vec<u32>,
    /// Jobs of one number run side by side; from 0.
    pub wave: u32,
    /// `done`, `failed`, `waiting` or `not-reached`.
    pub state: String,
}

/// Something about units that goes wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct UnitProblem {
    /// What is wrong; `code` is in backticks.
    pub message: String,
    /// What to do.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub help: Option<String>,
    /// It depends on something that is not known here, and may well be all right.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub is_note: bool,
    /// The units, by index; of a cycle in its order.
    pub units: Vec<u32>,
    /// Where it is written.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub origins: Vec<Origin>,
}

/// A platform that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Platform {
    /// Its name, which is unique among those of its program.
    pub name: String,
    /// Name of the program that boots there: `coreos` or `cloud-init`.
    pub program: String,
    /// What it is, in one line.
    pub summary: String,
    /// Names of the targets that know it; empty if all do.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub targets: Vec<String>,
    /// What it reads from where, one sentence each.
    pub reads: Vec<String>,
    /// What its metadata gives.
    pub yields: Vec<String>,
    /// What its metadata cannot give.
    pub lacks: Vec<String>,
    /// How long user-data may be, in words.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub limit: Option<String>,
    /// Metadata to begin with; the first is what the platform typically gives.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub presets: Vec<Preset>,
    /// The config that is baked into the image; absent where there is none.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub oem: Option<String>,
    /// Whether it can give vendor-data to its machines.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub vendor_data: bool,
}

/// Metadata to begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Preset {
    /// What it is good for.
    pub title: String,
    /// The metadata, in the platform's own form.
    pub text: String,
}
