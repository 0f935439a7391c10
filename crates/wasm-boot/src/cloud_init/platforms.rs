//! The platforms of cloud-init, as the page lists them.

use dryboot_core::{CLOUD_INIT_PLATFORMS, CloudInitPlatform};
use dryboot_wasm::protocol::boot::{Platform, Preset};

use super::source;

/// Every platform on which a boot can be previewed, in the order of the core's table.
pub(crate) fn all() -> impl Iterator<Item = Platform> {
    CLOUD_INIT_PLATFORMS.iter().filter(|known| source::is_known(known)).map(platform)
}

fn platform(known: &CloudInitPlatform) -> Platform {
    let datasource = known.datasource;
    let preset = |text: String| Preset { title: "Example".to_owned(), text };
    Platform {
        name: known.name.to_owned(),
        program: "cloud-init".to_owned(),
        summary: known.title.to_owned(),
        yields: vec![format!("what the datasource `{datasource}` reads")],
        limit: known.user_data_limit.map(crate::platforms::limit),
        presets: source::example(known).map(preset).into_iter().collect(),
        vendor_data: source::has_vendor_data(datasource),
        ..Platform::default()
    }
}
