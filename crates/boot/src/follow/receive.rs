//! What both programs do with user-data and metadata before they look into them.

use dryboot_coreos::Document;
use dryboot_coreos::envelope::{Compression, Envelope, open};
use dryboot_machine::MachineDescription;
use dryboot_yaml::go_syntax::quote;

use crate::netconf::{Interface, NetconfError, NetconfFormat, convert_debian, convert_vmware};
use crate::program::{Phase, flags};
use crate::run::Run;
use dryboot_coreos::go_errors::gzip_error;

/// User-data as it was received.
pub(crate) struct Received<'a> {
    pub(crate) envelope: Envelope<'a>,
    /// Something went wrong on the way.
    pub(crate) failed: bool,
}

/// Fetches the user-data and takes its compression off. Whatever goes wrong, it goes on.
pub(crate) fn user_data<'a>(run: &mut Run<'_>, bytes: &'a [u8], limit: usize) -> Received<'a> {
    run.enter(Phase::UserData);
    let fetched = match &run.description.userdata_error {
        Some(words) => {
            run.fault(words);
            run.say(format!("Failed fetching user-data from datasource: {words}. Continuing..."), &[]);
            &[][..]
        }
        None => bytes,
    };
    let envelope = open(fetched, limit);
    let broken = match envelope.compression {
        Compression::None | Compression::Gzip => None,
        Compression::Broken => Some("unexpected EOF"),
        Compression::BadHeader => Some(gzip_error(fetched)),
    };
    if let Some(words) = broken {
        run.fault(words);
        run.say(format!("Failed decompressing user-data from datasource: {words}. Continuing..."), &[]);
    }
    let failed = run.description.userdata_error.is_some() || broken.is_some();
    Received { envelope, failed }
}

/// Asks the program's validator. Its findings go to the log; with `-validate` they are all there
/// is, and the exit code is given.
pub(crate) fn validate(run: &mut Run<'_>, document: &Document<'_>) -> Option<i32> {
    run.enter(Phase::Validate);
    let verdict = document.verdict();
    if let Some(failure) = &verdict.failure {
        run.fault(failure);
        run.say(format!("Failed while validating user_data ({})", quote(failure)), &[]);
    }
    let is_clean = verdict.failure.is_none() && verdict.entries.is_empty();
    flags::is_on(&run.description.flags, "validate").then_some(i32::from(!is_clean))
}

/// Fetches the metadata.
pub(crate) fn metadata(run: &mut Run<'_>) -> Result<(), i32> {
    run.enter(Phase::Metadata);
    if let Some(words) = &run.description.metadata_error {
        run.say(format!("Failed fetching meta-data from datasource: {words}"), &[]);
        return Err(1);
    }
    run.find(listed(run.description));
    Ok(())
}

/// What the metadata has, for people.
fn listed(machine: &MachineDescription) -> String {
    let has_name = machine.hostname.as_ref().is_some_and(|name| !name.is_empty());
    let has_network = machine.network_config.is_some() || machine.network_map.is_some();
    let fields = [
        ("host name", has_name),
        ("SSH keys", !machine.ssh_keys.is_empty()),
        ("public IPv4", machine.public_ipv4.is_some()),
        ("private IPv4", machine.private_ipv4.is_some()),
        ("public IPv6", machine.public_ipv6.is_some()),
        ("private IPv6", machine.private_ipv6.is_some()),
        ("network configuration", has_network),
    ];
    let found: Vec<&str> =
        fields.into_iter().filter(|&(_, is_there)| is_there).map(|(name, _)| name).collect();
    if found.is_empty() { "nothing".to_owned() } else { found.join(", ") }
}

/// Refuses a conversion that the program does not know.
pub(crate) fn check_netconf_name(run: &mut Run<'_>) -> Result<(), i32> {
    match flags::netconf(run.description) {
        Some(name) if !run.program.netconf.contains(&name) => {
            run.journal.stdout.push_str(&format!(
                "Invalid option to -convert-netconf: '{name}'. Supported options: 'debian, packet, vmware'\n"
            ));
            Err(2)
        }
        _ => Ok(()),
    }
}

/// Converts the network configuration of the metadata, if that is asked for. Without one the
/// program dies.
pub(crate) fn interfaces(run: &mut Run<'_>) -> Result<Vec<Interface>, NetconfError> {
    run.enter(Phase::ReadNetwork);
    let Some(name) = flags::netconf(run.description) else { return Ok(Vec::new()) };
    run.work();
    let missing = |go_type: &str| {
        NetconfError::Panic(format!("interface conversion: interface {{}} is nil, not {go_type}"))
    };
    match NetconfFormat::from_name(name) {
        Some(NetconfFormat::Debian) => {
            let text = run.description.network_config.as_ref().ok_or_else(|| missing("[]uint8"))?;
            convert_debian(text, run.program)
        }
        Some(NetconfFormat::Vmware) => {
            let map = run.description.network_map.as_ref().ok_or_else(|| missing("map[string]string"))?;
            convert_vmware(map, run.program)
        }
        None => Err(missing("packet.NetworkData")),
    }
}
