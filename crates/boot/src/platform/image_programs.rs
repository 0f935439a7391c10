//! What the programs of an image do to the machine, as far as it is known.

use dryboot_coreos::platform::{Field, ImageProgram};
use dryboot_machine::{Cause, MachineDescription, Purpose};

use super::flow::ENVIRONMENT;
use crate::apply::authorize_keys;
use crate::run::{Attributed, PlannedFile, Run, Step};

/// Puts onto the machine what the program gives.
pub(super) fn run_image_program(
    run: &mut Run<'_>,
    program: &ImageProgram,
    described: &MachineDescription,
    causes: &[Cause],
) -> Step {
    let gives = |field| program.gives.contains(&field);
    if gives(Field::SshKeys)
        && let Some(key) = described.ssh_keys.values().next()
    {
        let key = Attributed::metadata(key, "ssh_keys");
        authorize_keys(run, "core", "ec2", &[key], causes)?;
    }
    if gives(Field::PublicIpv4) || gives(Field::PrivateIpv4) {
        write_environment(run, described, causes)?;
    }
    Ok(())
}

/// The lines of the two addresses are removed, and new ones added at the end.
fn write_environment(run: &mut Run<'_>, described: &MachineDescription, causes: &[Cause]) -> Step {
    let known = [
        ("COREOS_PUBLIC_IPV4", "public_ipv4", &described.public_ipv4),
        ("COREOS_PRIVATE_IPV4", "private_ipv4", &described.private_ipv4),
    ];
    let old = String::from_utf8_lossy(run.machine.files.read(ENVIRONMENT).unwrap_or_default()).into_owned();
    let is_other = |line: &&str| known.iter().all(|(name, _, _)| !line.starts_with(&format!("{name}=")));
    let mut content: String = old.lines().filter(is_other).map(|line| format!("{line}\n")).collect();
    let mut causes = causes.to_vec();
    for (name, field, address) in known {
        // Without an address, the script still writes the line.
        let address = address.as_deref().unwrap_or_default();
        content.push_str(&format!("{name}={address}\n"));
        causes.push(Cause::Metadata(field));
    }
    run.write(PlannedFile {
        path: ENVIRONMENT.to_owned(),
        content: content.into_bytes(),
        permissions: String::new(),
        owner: String::new(),
        purpose: Purpose::EnvFile,
        unit: None,
        causes,
    })
}
