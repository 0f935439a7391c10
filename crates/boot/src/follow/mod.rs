//! The two programs from the first byte to the exit code.

mod coreos;
mod flatcar;
mod outcome;
mod receive;
mod script;

use dryboot_coreos::Target;
use dryboot_yaml::Limits;

pub(crate) use outcome::Outcome;

use crate::run::Run;

/// Follows the program of a run to its end.
pub(crate) fn follow(run: &mut Run<'_>, bytes: &[u8]) -> Outcome {
    let go = match run.program.target {
        Target::CoreOs => coreos::go,
        Target::Flatcar => flatcar::go,
    };
    let mut outcome = Outcome::default();
    let ended = go(run, bytes, &Limits::default(), &mut outcome);
    Outcome { exit_code: ended.err().unwrap_or_default(), ..outcome }
}

#[cfg(test)]
mod tests {
    use dryboot_machine::{MachineDescription, State};

    use super::*;
    use crate::preview;
    use crate::program::Program;

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
