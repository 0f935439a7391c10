//! `dryboot schema`.

use anyhow::{Result, bail};
use dryboot_config::TargetChoice;
use dryboot_core::{Kind, Target, json_schema};
use dryboot_report::output::Output;

use crate::Outcome;
use crate::args::SchemaOf;

/// Prints a JSON Schema.
pub(crate) fn run(of: SchemaOf, target: &TargetChoice, out: &mut Output<'_>) -> Result<Outcome> {
    let schema = match of {
        SchemaOf::CloudConfig => program(target, Kind::UserData)?,
        SchemaOf::NetworkConfig => program(target, Kind::NetworkConfig)?,
        SchemaOf::DrybootToml => dryboot_config::schema::schema(),
    };
    out.json(&schema)?;
    Ok(Outcome::Clean)
}

fn program(TargetChoice(target): &TargetChoice, kind: Kind) -> Result<serde_json::Value> {
    let Some(target) = target.as_ref() else {
        bail!("name the program whose schema to print: `--target cloud-init`");
    };
    match json_schema(target, kind) {
        Some(schema) => Ok(schema),
        None => bail!(
            "there is no JSON Schema for {}: it ignores hyphens and converts values, which a schema cannot say; use \
             `dryboot lint` or `dryboot lsp`",
            title(target)
        ),
    }
}

fn title(target: &Target) -> String {
    target.named().title
}
