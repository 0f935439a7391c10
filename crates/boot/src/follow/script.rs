//! A script as user-data: written down, and run by bash in a unit of its own.

use dryboot_coreos::go_path;
use dryboot_machine::path::rooted;
use dryboot_machine::{Cause, Purpose, TransientProperties};

use crate::program::flags;
use crate::run::{PlannedFile, Run, Step};

/// Where the program keeps what it needs.
const WORKSPACE: &str = "/var/lib/coreos-cloudinit";
/// Stands for what the program makes up at random.
const RANDOM: &str = "<rand>";

/// Writes the script and starts it. The unit's name is written down whether or not it starts.
pub(crate) fn run_script(run: &mut Run<'_>, script: &[u8], causes: &[Cause]) -> Step {
    let workspace = rooted(flags::value(&run.description.flags, "workspace").unwrap_or(WORKSPACE));
    let scripts = go_path::clean(&format!("{workspace}/scripts"));
    let path = format!("{scripts}/{RANDOM}");
    let file = |path: &str, content: Vec<u8>, permissions: &str, purpose| PlannedFile {
        permissions: permissions.to_owned(),
        ..PlannedFile::new(path, content, purpose, causes)
    };
    run.write(file(&path, script.to_vec(), "0744", Purpose::Script))?;
    let properties = TransientProperties {
        description: "Unit generated and executed by coreos-cloudinit on behalf of user".to_owned(),
        exec_start: vec!["/bin/bash".to_owned(), path],
    };
    let unit = format!("coreos-cloudinit-{RANDOM}.service");
    let (name, started) = run.start_transient(&unit, properties, causes);
    let unit_name = file(&format!("{scripts}/unit-name"), name.into_bytes(), "0644", Purpose::ScriptUnitName);
    // The program does not look whether this worked.
    let _ = run.write(unit_name);
    started
}
