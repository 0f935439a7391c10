//! The platforms, as the page lists them.

use dryboot_core::CoreosTarget;
use dryboot_core::platform::{self, Field, Limit, PLATFORMS, Platform as Known};
use dryboot_wasm::protocol::boot::{Platform, Preset};

use crate::cloud_init;

/// Every platform of every program, in the order of the core's tables.
pub(crate) fn all() -> Vec<Platform> {
    PLATFORMS.iter().map(platform).chain(cloud_init::platforms()).collect()
}

fn platform(known: &Known) -> Platform {
    let reads = known.datasources.iter().flat_map(|source| {
        let metadata = source.metadata.map(|metadata| format!("metadata from {metadata}"));
        [Some(format!("user-data from {}", source.user_data)), metadata].into_iter().flatten()
    });
    let programs = known
        .programs
        .iter()
        .map(|program| format!("{}: {} from {}", program.unit, program.does, program.reads));
    Platform {
        name: known.name.to_owned(),
        program: "coreos".to_owned(),
        summary: known.summary.to_owned(),
        targets: known.targets.iter().map(|target| target.name().to_owned()).collect(),
        reads: reads.chain(programs).collect(),
        yields: Field::ALL.into_iter().filter(|&field| known.gives(field)).map(title).collect(),
        lacks: known.lacks().map(title).collect(),
        limit: known.user_data_limit.map(limit),
        presets: platform::presets(known).map(preset).collect(),
        oem: platform::oem_config(known, CoreosTarget::CoreOs).map(str::to_owned),
        vendor_data: false,
    }
}

fn preset(preset: &platform::Preset) -> Preset {
    Preset { title: preset.title.to_owned(), text: preset.text.to_owned() }
}

fn title(field: Field) -> String {
    field.title().to_owned()
}

/// How long user-data may be, in words.
pub(crate) fn limit(limit: Limit) -> String {
    let form = if limit.of_base64 { " as base64" } else { "" };
    format!("{} bytes{form}", limit.bytes)
}
