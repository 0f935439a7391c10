use dryboot_boot::platform::{self, BootInput, PLATFORMS};
use dryboot_boot::{MachineDescription, NetconfFormat, Preview, convert_netconf, parse_description, units};
use dryboot_coreos::Target;

use crate::{choice, split};

/// Previews a boot, without a platform and on one; behind a NUL stands the description of the machine
/// or the metadata in the platform's form.
pub fn preview(data: &[u8]) {
    let (text, rest) = split(data);
    let machine = parse_description(rest).unwrap_or_default();
    let platform = &PLATFORMS[choice(data, PLATFORMS.len())];
    for target in Target::ALL {
        check(&dryboot_boot::preview(text, target, &machine));
        let mut described = MachineDescription::default();
        let form = platform::describe(platform, None, target, rest, |_| Some(rest.to_vec()), &mut described);
        let datasource = form.ok().and_then(|form| form.datasource);
        let input = BootInput { target, platform, datasource, oem: None, machine: &described };
        if let Ok(preview) = platform::boot(text, &input) {
            check(&preview);
        }
    }
}

/// Whatever an effect is named, it exists; and units are followed to an end.
fn check(preview: &Preview) {
    let effects = preview.effects.len();
    let steps = preview.stages.iter().flat_map(|stage| &stage.steps);
    assert!(steps.flat_map(|step| &step.effects).all(|&effect| effect < effects));
    assert!(preview.machine.files.iter().all(|(_, entry)| entry.written_by.is_none_or(|by| by < effects)));
    let outlook = units::outlook(preview);
    let count = outlook.units.len();
    assert!(outlook.edges.iter().all(|edge| edge.from < count && edge.to < count));
    assert!(outlook.jobs.iter().all(|job| job.unit < count && job.effect.is_none_or(|by| by < effects)));
    assert!(outlook.problems.iter().flat_map(|problem| &problem.units).all(|&unit| unit < count));
}

/// Converts a network configuration.
pub fn netconf(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for target in Target::ALL {
        for format in [NetconfFormat::Debian, NetconfFormat::Vmware] {
            if let Ok(netconf) = convert_netconf(&text, format, target) {
                assert!(netconf.files.iter().all(|file| !file.name.is_empty()));
            }
        }
    }
}
