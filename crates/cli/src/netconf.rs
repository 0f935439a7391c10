//! `dryboot netconf`.

use anyhow::Result;
use dryboot_core::{CoreosTarget, Netconf, NetconfError, NetconfFile, convert_netconf};
use dryboot_report::output::{NAME, Output};
use serde::Serialize;

use crate::args::{DataFormat, NetconfArgs};
use crate::{Outcome, complain, discover};

pub(crate) fn run(args: &NetconfArgs, out: &mut Output<'_>) -> Result<Outcome> {
    let bytes = discover::read(&args.file)?;
    let text = String::from_utf8_lossy(&bytes);
    let target = args.target.coreos().unwrap_or(CoreosTarget::CoreOs);
    let converted = convert_netconf(&text, args.from.format(), target);
    let outcome = if converted.is_ok() { Outcome::Clean } else { Outcome::Findings };
    match args.output_format {
        DataFormat::Human => human(converted, &args.file.display().to_string(), out)?,
        DataFormat::Json => json(converted, out)?,
    }
    Ok(outcome)
}

/// The units one after the other, each after its path.
fn human(converted: Result<Netconf, NetconfError>, name: &str, out: &mut Output<'_>) -> Result<()> {
    let netconf = match converted {
        Ok(netconf) => netconf,
        Err(error) => {
            complain(&format!("{name} is rejected: {error}"));
            return Ok(());
        }
    };
    if netconf.files.is_empty() {
        writeln!(out, "# no interfaces to configure")?;
    }
    let heading = NAME;
    for (index, NetconfFile { name, content }) in netconf.files.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{heading}# /run/systemd/network/{name}{heading:#}")?;
        out.lines(content)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document {
    version: u32,
    error: Option<String>,
    #[serde(flatten)]
    netconf: Netconf,
}

fn json(converted: Result<Netconf, NetconfError>, out: &mut Output<'_>) -> Result<()> {
    let (error, netconf) = match converted {
        Ok(netconf) => (None, netconf),
        Err(error) => (Some(error.to_string()), Netconf::default()),
    };
    out.json(&Document { version: 1, error, netconf })?;
    Ok(())
}
