//! Applying a cloud-config, one module for each step, in the order of the target.

mod environment;
mod files;
mod generated;
mod hostname;
mod import;
mod keys;
mod network;
mod place_units;
mod units;
mod users;
mod variables;

pub(crate) use hostname::set_hostname;
pub(crate) use keys::authorize_keys;
pub(crate) use network::{network_units, restart_network};
pub(crate) use place_units::place_units;
pub(crate) use users::apply_users;

use crate::config::Config;
use crate::netconf::Interface;
use crate::program::Phase;
use crate::run::{Run, Step};

/// Everything behind users and keys: files first, all of them collected before any is written,
/// then the environment, the network, and the units.
pub(crate) fn apply_files_and_units(
    run: &mut Run<'_>,
    config: &Config<'_>,
    interfaces: &[Interface],
) -> Step {
    run.enter(Phase::Files);
    let files = files::collect(run, config)?;
    let mut units = units::collect(config);
    let wrote_environment = files::write(run, files)?;
    run.enter(Phase::Environment);
    if !wrote_environment {
        environment::write(run)?;
    }
    if !interfaces.is_empty() {
        run.enter(Phase::Network);
        units.extend(network_units(interfaces));
        restart_network(run, interfaces)?;
    }
    place_units(run, &units)
}
