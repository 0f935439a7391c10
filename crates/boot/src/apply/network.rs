//! The network of the metadata: its units, and the restart that precedes or follows them.

use dryboot_machine::{Action, Cause};

use crate::apply::place_units::restart_networkd;
use crate::apply::units::PlannedUnit;
use crate::netconf::{Interface, InterfaceKind};
use crate::run::{Run, Step};

fn causes() -> Vec<Cause> {
    vec![Cause::Metadata("network_config")]
}

/// The units of the interfaces: gone after a reboot, and never enabled.
pub(crate) fn network_units(interfaces: &[Interface]) -> impl Iterator<Item = PlannedUnit> + use<'_> {
    interfaces.iter().flat_map(Interface::files).map(|file| PlannedUnit {
        name: file.name,
        content: file.content.into_bytes(),
        runtime: true,
        named_by: causes(),
        ..PlannedUnit::default()
    })
}

/// Takes the interfaces down, loads the modules that they need, and restarts networkd even when
/// that failed.
pub(crate) fn restart_network(run: &mut Run<'_>, interfaces: &[Interface]) -> Step {
    let causes = causes();
    for interface in interfaces {
        if run.description.system_interfaces.contains(&interface.name) {
            run.do_action(Action::LinkDown { interface: interface.name.clone() }, &causes);
            run.journal.machine.links_down.push(interface.name.clone());
        }
    }
    let loaded = load_modules(run, interfaces);
    restart_networkd(run, &causes)?;
    loaded
}

fn load_modules(run: &mut Run<'_>, interfaces: &[Interface]) -> Step {
    let first = |kind| interfaces.iter().find(|interface| interface.kind == kind);
    if first(InterfaceKind::Vlan).is_some() {
        load(run, vec!["8021q".to_owned()])?;
    }
    if let Some(bond) = first(InterfaceKind::Bond) {
        // Without parameters there is one empty argument.
        let parameters = bond.modprobe_params.split(' ').map(str::to_owned);
        load(run, std::iter::once("bonding".to_owned()).chain(parameters).collect())?;
    }
    Ok(())
}

fn load(run: &mut Run<'_>, module: Vec<String>) -> Step {
    let argv = [vec!["modprobe".to_owned()], module.clone()].concat();
    run.command(argv, &causes(), |argv, exit| Action::LoadModule { argv, exit })?;
    run.journal.machine.modules.push(module);
    Ok(())
}
