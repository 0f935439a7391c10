//! The table of programs: nowhere else are they listed.
//!
//! A row is there in every build, so that every build recognises the texts of every program. What a program can do is
//! there where its feature is.

#[cfg(feature = "cloud-init")]
mod cloud_init;
#[cfg(feature = "coreos")]
mod coreos;

use dryboot_lint::assist::{Completion, Hover, KeyDoc};
use dryboot_lint::{Report, TargetName};

use crate::{Kind, LintOptions, ListedTarget, Rule, Target, UnknownTarget};
#[cfg(feature = "coreos")]
use crate::{MachineDescription, Preview};

/// A program that reads user-data, in all of its versions.
#[derive(Debug)]
pub struct Program {
    /// The name, which never changes.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// What the texts are that it reads.
    pub kinds: &'static [Kind],
    /// What in a text points to it.
    pub(crate) signs: Signs,
    /// What it can do; none in a build without it.
    pub(crate) tools: Option<&'static Tools>,
}

/// What in a text points to a program.
#[derive(Debug)]
pub(crate) struct Signs {
    /// Keys of the top level that no other program has.
    pub(crate) keys: &'static [&'static str],
    /// Words that are written for it alone, in any case.
    pub(crate) words: &'static [&'static str],
    /// A key of the JSON documents that it alone is given.
    pub(crate) json: Option<&'static str>,
}

/// What a program can do, whatever its version.
#[derive(Debug)]
pub(crate) struct Tools {
    /// The version that is meant when only the program is named.
    pub(crate) usual: fn() -> Target,
    /// The targets to list to users: each stands for a version.
    pub(crate) targets: fn() -> Vec<ListedTarget>,
    /// The target that users mean with a name.
    pub(crate) parse: fn(&str) -> Result<Target, UnknownTarget>,
    /// The version that a text of the program is for, and why.
    pub(crate) choose: fn(&[u8], &LintOptions) -> Choice,
    /// Whether machines on a platform run it.
    pub(crate) runs_on: fn(&str) -> bool,
    /// Its rules.
    pub(crate) rules: fn() -> Vec<Rule>,
}

/// A target and how it came about.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) target: Target,
    /// Why, as a sentence; none when it was asked for.
    pub(crate) reason: Option<String>,
}

/// What a program does with a text, in one version.
pub(crate) trait Reads {
    /// The version, with the program.
    fn named(&self) -> TargetName;

    /// Checks a text.
    fn lint(&self, bytes: &[u8], options: &LintOptions) -> Report;

    /// What a sister program, which reads the same texts, would do differently with one; as the end of a sentence.
    fn sister(&self, _: &Report) -> Option<String> {
        None
    }

    /// The documentation of the key at an offset.
    fn hover(&self, text: &str, kind: Kind, offset: usize) -> Option<Hover>;

    /// What may stand at an offset.
    fn complete(&self, text: &str, kind: Kind, offset: usize) -> Option<Completion>;

    /// Every key that the program reads, in any version.
    fn keys(&self) -> Vec<KeyDoc>;

    /// What it accepts, as JSON Schema; none where that cannot say it.
    #[cfg(feature = "json-schema")]
    fn json_schema(&self, _: Kind) -> Option<serde_json::Value> {
        None
    }

    /// What a machine does with the text; none if there is no preview of this program.
    #[cfg(feature = "coreos")]
    fn preview(&self, bytes: &[u8], machine: &MachineDescription) -> Option<Preview>;
}

#[cfg(feature = "cloud-init")]
const CLOUD_INIT: Option<&Tools> = Some(&cloud_init::TOOLS);
#[cfg(not(feature = "cloud-init"))]
const CLOUD_INIT: Option<&Tools> = None;

#[cfg(feature = "coreos")]
const COREOS: Option<&Tools> = Some(&coreos::TOOLS);
#[cfg(not(feature = "coreos"))]
const COREOS: Option<&Tools> = None;

/// Every program. The first one is what nearly everybody runs: a text with nothing to go by is for it.
pub static PROGRAMS: [Program; 2] = [
    Program {
        name: "cloud-init",
        title: "cloud-init",
        kinds: &[Kind::UserData, Kind::NetworkConfig],
        signs: Signs { keys: &[], words: &[], json: None },
        tools: CLOUD_INIT,
    },
    Program {
        name: "coreos",
        title: "coreos-cloudinit",
        kinds: &[Kind::UserData],
        signs: Signs {
            keys: &["coreos"],
            words: &["flatcar", "coreos_ssh_import_", "coreos-ssh-import-"],
            json: Some("ignition"),
        },
        tools: COREOS,
    },
];

/// The tools of the first program that this build has.
#[cfg(feature = "cloud-init")]
pub(crate) static USUAL_TOOLS: &Tools = &cloud_init::TOOLS;
/// The tools of the first program that this build has.
#[cfg(not(feature = "cloud-init"))]
pub(crate) static USUAL_TOOLS: &Tools = &coreos::TOOLS;

/// The programs that this build has.
pub(crate) fn present() -> impl Iterator<Item = &'static Tools> {
    PROGRAMS.iter().filter_map(|program| program.tools)
}
