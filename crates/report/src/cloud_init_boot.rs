//! The preview of a boot with cloud-init. Places are offsets of bytes into the user-data after decompression, or into the
//! vendor-data.

use dryboot_boot::{Cause, Stage};
use dryboot_cloud_init_boot::{Action, Preview};
use serde::Serialize;
use serde_json::Value as Json;

use crate::preview::VERSION;

/// What there is to say about one boot.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    version: u32,
    target: String,
    platform: Option<&'static str>,
    distribution: &'static str,
    datasource: &'a str,
    exit_code: i32,
    actions: Vec<&'a Action>,
    /// Parallel to the actions.
    causes: Vec<&'a [Cause]>,
    stages: Vec<Stage>,
    notes: &'a [String],
    /// The boot in the form in which boots of the real program are recorded.
    recorded: Json,
}

impl<'a> Document<'a> {
    /// A boot with this target, on this platform.
    #[must_use]
    pub fn new(preview: &'a Preview, target: String, platform: Option<&'static str>) -> Self {
        let effects = &preview.journal.effects;
        Self {
            version: VERSION,
            target,
            platform,
            distribution: preview.image.name,
            datasource: &preview.source,
            exit_code: preview.status.exit_code(),
            actions: effects.iter().map(|effect| &effect.action).collect(),
            causes: effects.iter().map(|effect| &*effect.causes).collect(),
            stages: preview.story(),
            notes: &preview.notes,
            recorded: preview.recorded(),
        }
    }
}
