//! `dryboot platforms`.

use std::io::Write;

use anyhow::Result;
use dryboot_core::platform::{Addresses, Field, Limit, PLATFORMS, Platform};
use serde::Serialize;

use crate::Outcome;
use crate::args::PreviewFormat;

/// Prints all platforms.
pub(crate) fn run(format: PreviewFormat, out: &mut impl Write) -> Result<Outcome> {
    match format {
        PreviewFormat::Human => human(out)?,
        PreviewFormat::Json => json(out)?,
    }
    Ok(Outcome::Clean)
}

fn human(out: &mut impl Write) -> Result<()> {
    let heading = anstyle::AnsiColor::Cyan.on_default().bold();
    for (index, platform) in PLATFORMS.iter().enumerate() {
        let separator = if index == 0 { "" } else { "\n" };
        writeln!(out, "{separator}{heading}{}{heading:#}  {}", platform.name, platform.summary)?;
        for source in platform.datasources {
            writeln!(out, "  user-data: {}", source.user_data)?;
            if let Some(metadata) = source.metadata {
                writeln!(out, "  metadata:  {metadata}")?;
            }
        }
        writeln!(out, "  gives:     {}", titles(platform.yields.iter().copied()))?;
        writeln!(out, "  lacks:     {}", titles(platform.lacks()))?;
        match platform.addresses {
            Addresses::MetadataAlone => {}
            Addresses::Environment => writeln!(out, "  addresses: what /etc/environment has")?,
        }
        if let Some(Limit { bytes, of_base64, source }) = platform.user_data_limit {
            let form = if of_base64 { " as base64" } else { "" };
            writeln!(out, "  limit:     {bytes} bytes of user-data{form} ({source})")?;
        }
        let targets: Vec<&str> = platform.targets.iter().map(|target| target.name()).collect();
        writeln!(out, "  targets:   {}", targets.join(", "))?;
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

fn json(out: &mut impl Write) -> Result<()> {
    let listed = |platform: &'static Platform| Listed { platform, lacks: platform.lacks().collect() };
    let document = Document { version: 1, platforms: PLATFORMS.iter().map(listed).collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}
