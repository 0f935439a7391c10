//! `dryboot platforms`.

use anyhow::Result;
use dryboot_core::platform::{self, Field, Limit, PLATFORMS, Platform};
use dryboot_core::{CLOUD_INIT_PLATFORMS, CloudInitPlatform, CoreosTarget};
use dryboot_report::output::{NAME, Output, STRONG};
use serde::Serialize;

use crate::Outcome;
use crate::args::DataFormat;

/// Prints all platforms, or one with what a boot there begins with.
pub(crate) fn run(
    platform: Option<&'static Platform>,
    format: DataFormat,
    out: &mut Output<'_>,
) -> Result<Outcome> {
    match (format, platform) {
        (DataFormat::Human, Some(platform)) => whole(platform, out)?,
        (DataFormat::Human, None) => {
            for (index, platform) in PLATFORMS.iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                summary(platform, out)?;
            }
            for_cloud_init(out)?;
        }
        (DataFormat::Json, one) => json(one, out)?,
    }
    Ok(Outcome::Clean)
}

fn summary(platform: &Platform, out: &mut Output<'_>) -> Result<()> {
    let heading = NAME;
    writeln!(out, "{heading}{}{heading:#}  {}", platform.name, platform.summary)?;
    for source in platform.datasources {
        writeln!(out, "  user-data: {}", source.user_data)?;
        if let Some(metadata) = source.metadata {
            writeln!(out, "  metadata:  {metadata}")?;
        }
    }
    for program in platform.programs {
        writeln!(out, "  {}: {} [{}]", program.unit, program.does, program.reads)?;
    }
    let given = Field::ALL.into_iter().filter(|&field| platform.gives(field));
    writeln!(out, "  gives:     {}", titles(given))?;
    writeln!(out, "  lacks:     {}", titles(platform.lacks()))?;
    if platform.reads_environment {
        writeln!(out, "  addresses: from /etc/environment")?;
    }
    if let Some(Limit { bytes, of_base64, source }) = platform.user_data_limit {
        let form = if of_base64 { " as base64" } else { "" };
        writeln!(out, "  limit:     {bytes} bytes of user-data{form} ({source})")?;
    }
    let targets: Vec<&str> = platform.targets.iter().map(|target| target.name()).collect();
    writeln!(out, "  targets:   {}", targets.join(", "))?;
    Ok(())
}

/// The platforms that cloud-init knows, a line each.
fn for_cloud_init(out: &mut Output<'_>) -> Result<()> {
    let (heading, name) = (STRONG, NAME);
    writeln!(out)?;
    writeln!(out, "{heading}with cloud-init (`dryboot lint --platform`){heading:#}")?;
    for platform in CLOUD_INIT_PLATFORMS {
        let limit = platform.user_data_limit.map(|limit| {
            let form = if limit.of_base64 { " as base64" } else { "" };
            format!(": {} bytes of user-data{form} ({})", limit.bytes, limit.source)
        });
        let (title, datasource) = (platform.title, platform.datasource);
        let limit = limit.unwrap_or_default();
        writeln!(out, "  {name}{}{name:#}  {title}, datasource {datasource}{limit}", platform.name)?;
    }
    Ok(())
}

fn whole(platform: &Platform, out: &mut Output<'_>) -> Result<()> {
    let heading = STRONG;
    summary(platform, out)?;
    if let Some(config) = platform::oem_config(platform, CoreosTarget::CoreOs) {
        writeln!(out)?;
        writeln!(out, "{heading}its image's config (--oem FILE uses another){heading:#}")?;
        out.lines(config)?;
    }
    for preset in platform::presets(platform) {
        writeln!(out)?;
        writeln!(out, "{heading}metadata: {}{heading:#}", preset.title)?;
        out.lines(preset.text)?;
    }
    Ok(())
}

fn titles(fields: impl Iterator<Item = Field>) -> String {
    let titles: Vec<&str> = fields.map(Field::title).collect();
    if titles.is_empty() { "nothing".to_owned() } else { titles.join(", ") }
}

#[derive(Serialize)]
struct Document {
    version: u32,
    platforms: Vec<Listed>,
    cloud_init: Vec<ForCloudInit>,
}

/// A platform as cloud-init knows it.
#[derive(Serialize)]
struct ForCloudInit {
    name: &'static str,
    title: &'static str,
    datasource: &'static str,
    user_data_limit: Option<LimitForm>,
    gives_keys: bool,
}

#[derive(Serialize)]
struct LimitForm {
    bytes: usize,
    of_base64: bool,
    source: &'static str,
}

impl ForCloudInit {
    fn new(platform: &'static CloudInitPlatform) -> Self {
        let limit =
            |limit: Limit| LimitForm { bytes: limit.bytes, of_base64: limit.of_base64, source: limit.source };
        Self {
            name: platform.name,
            title: platform.title,
            datasource: platform.datasource,
            user_data_limit: platform.user_data_limit.map(limit),
            gives_keys: platform.gives_keys,
        }
    }
}

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    platform: &'static Platform,
    lacks: Vec<Field>,
}

fn json(one: Option<&'static Platform>, out: &mut Output<'_>) -> Result<()> {
    let wanted = PLATFORMS.iter().filter(|platform| one.is_none_or(|one| one == *platform));
    let listed = |platform: &'static Platform| Listed { platform, lacks: platform.lacks().collect() };
    let of_cloud_init =
        CLOUD_INIT_PLATFORMS.iter().filter(|platform| one.is_none_or(|one| one.name == platform.name));
    let document = Document {
        version: 1,
        platforms: wanted.map(listed).collect(),
        cloud_init: of_cloud_init.map(ForCloudInit::new).collect(),
    };
    Ok(out.json(&document)?)
}
