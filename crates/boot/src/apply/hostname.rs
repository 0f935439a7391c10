//! The host name.

use dryboot_machine::Action;

use crate::run::{Attributed, Run, Step};

/// Sets the host name, unless it is empty.
pub(crate) fn set_hostname(run: &mut Run<'_>, name: &Attributed) -> Step {
    if name.text.is_empty() {
        return Ok(());
    }
    let argv = ["hostnamectl", "set-hostname", &name.text].map(str::to_owned).to_vec();
    let hostname = name.text.clone();
    run.command(argv, &name.causes, |argv, exit| Action::SetHostname { argv, exit, hostname })?;
    run.journal.machine.hostname.clone_from(&name.text);
    Ok(())
}
