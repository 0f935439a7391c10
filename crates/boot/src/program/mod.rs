//! The two programs: coreos-cloudinit v1.14.0 and Flatcar's fork, each from the first byte to the exit
//! code.
//!
//! [`Program`] has what they do differently, as data; `receive` what both begin with.

mod coreos;
pub(crate) mod flags;
mod flatcar;
mod outcome;
mod receive;
mod script;

use dryboot_coreos::Target;
use dryboot_machine::Image;
use dryboot_yaml::Limits;

pub(crate) use outcome::Outcome;

use crate::image::Paths;
use crate::run::{Phase, Run};

/// A program, by what it does otherwise than the other.
pub(crate) struct Program {
    pub(crate) target: Target,
    /// Follows it. An error is an exit code, with which everything ends.
    follow: fn(&mut Run<'_>, &[u8], &Limits, &mut Outcome) -> Result<(), i32>,
    /// The steps of a run, in the order in which they begin.
    pub(crate) steps: &'static [Phase],
    /// The image that it is part of.
    pub(crate) image: &'static Image,
    /// Where that image keeps what a boot needs.
    pub(crate) paths: &'static Paths,
    /// Whether a distributor bakes a config into that image.
    pub(crate) has_baked_config: bool,
    /// What it asks EC2's service for before anything else.
    pub(crate) ec2_token: Option<&'static str>,
    /// What of the host name that EC2's service gives it takes.
    pub(crate) ec2_hostname: fn(&str) -> &str,
    /// The values that `-convert-netconf` takes.
    netconf: &'static [&'static str],
    /// What it adds to the units of interfaces that use DHCP.
    pub(crate) dhcp: &'static str,
    /// It gives `core` its keys before anything else, those of a user `core` among them.
    pub(crate) gives_core_keys_first: bool,
}

impl Program {
    pub(crate) fn of(target: Target) -> &'static Self {
        match target {
            Target::CoreOs => &coreos::PROGRAM,
            Target::Flatcar => &flatcar::PROGRAM,
        }
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, run: &mut Run<'_>, bytes: &[u8]) -> Outcome {
        let mut outcome = Outcome::default();
        let ended = (self.follow)(run, bytes, &Limits::default(), &mut outcome);
        Outcome { exit_code: ended.err().unwrap_or_default(), ..outcome }
    }
}

#[cfg(test)]
mod tests {
    use dryboot_machine::{MachineDescription, State};

    use super::*;
    use crate::preview;

    /// A config and a script; only Flatcar takes a message apart.
    const PARTS: &str = concat!(
        "Content-Type: multipart/mixed; boundary=b\nMIME-Version: 1.0\n\n",
        "--b\nContent-Type: text/cloud-config\n\n#cloud-config\nhostname: a\n",
        "--b\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n",
        "--b--\n",
    );

    #[test]
    fn the_steps_are_listed_in_the_order_in_which_they_begin() {
        let network = MachineDescription {
            flags: vec!["-convert-netconf=debian".to_owned()],
            network_config: Some("iface eth0 inet dhcp\n".to_owned()),
            ..MachineDescription::default()
        };
        for (target, text, machine) in [
            (Target::CoreOs, "#!/bin/sh\n", network),
            (Target::Flatcar, PARTS, MachineDescription::default()),
        ] {
            let preview = preview(text.as_bytes(), target, &machine);
            let [stage] = preview.stages.as_slice() else { panic!("{target}: {:?}", preview.stages) };
            assert!(stage.steps.iter().all(|step| step.state != State::NotReached), "{target}");
            let begun: Vec<&str> = stage.steps.iter().map(|step| step.what.as_str()).collect();
            let listed: Vec<&str> = Program::of(target).steps.iter().map(|step| step.what()).collect();
            assert_eq!(begun, listed, "{target}");
        }
    }
}
