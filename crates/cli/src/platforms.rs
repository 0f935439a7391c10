//! `dryboot platforms`.

use anyhow::Result;
use dryboot_core::CoreosTarget;
use dryboot_core::platform::{self, Field, Limit, PLATFORMS, Platform};
use serde::Serialize;

use crate::Outcome;
use crate::args::DataFormat;
use crate::screen::{NAME, STRONG, Screen};

/// Prints all platforms, or one with what a boot there begins with.
pub(crate) fn run(
    platform: Option<&'static Platform>,
    format: DataFormat,
    out: &mut Screen,
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
        }
        (DataFormat::Json, one) => json(one, out)?,
    }
    Ok(Outcome::Clean)
}

fn summary(platform: &Platform, out: &mut Screen) -> Result<()> {
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
        writeln!(out, "  addresses: what /etc/environment has")?;
    }
    if let Some(Limit { bytes, of_base64, source }) = platform.user_data_limit {
        let form = if of_base64 { " as base64" } else { "" };
        writeln!(out, "  limit:     {bytes} bytes of user-data{form} ({source})")?;
    }
    let targets: Vec<&str> = platform.targets.iter().map(|target| target.name()).collect();
    writeln!(out, "  targets:   {}", targets.join(", "))?;
    Ok(())
}

fn whole(platform: &Platform, out: &mut Screen) -> Result<()> {
    let heading = STRONG;
    summary(platform, out)?;
    if let Some(config) = platform::oem_config(platform, CoreosTarget::CoreOs) {
        writeln!(out)?;
        writeln!(out, "{heading}the config of its image (--oem FILE takes another){heading:#}")?;
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
}

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    platform: &'static Platform,
    lacks: Vec<Field>,
}

fn json(one: Option<&'static Platform>, out: &mut Screen) -> Result<()> {
    let wanted = PLATFORMS.iter().filter(|platform| one.is_none_or(|one| one == *platform));
    let listed = |platform: &'static Platform| Listed { platform, lacks: platform.lacks().collect() };
    let document = Document { version: 1, platforms: wanted.map(listed).collect() };
    out.json(&document)
}
