//! The units as a graph for Graphviz.

use anyhow::Result;
use dryboot_core::units::{Edge, Origin, Unit, UnitEnd, Units};
use dryboot_report::output::{Output, shown};

/// Boxes are units, by who brings them; solid lines are requirements, dashed ones the order alone.
pub(super) fn write(units: &Units, out: &mut Output<'_>) -> Result<()> {
    writeln!(out, "digraph units {{")?;
    writeln!(out, "  rankdir=LR;")?;
    writeln!(out, "  node [shape=box, style=rounded, fontname=\"sans-serif\"];")?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=9];")?;
    for unit in &units.units {
        writeln!(out, "  {} [{}];", quoted(&shown(&unit.name).to_string()), node(unit))?;
    }
    for edge in &units.edges {
        let (Some(from), Some(to)) = (units.units.get(edge.from), units.units.get(edge.to)) else { continue };
        writeln!(
            out,
            "  {} -> {} [{}];",
            quoted(&shown(&from.name).to_string()),
            quoted(&shown(&to.name).to_string()),
            line(edge)
        )?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

fn node(unit: &Unit) -> String {
    let state = match unit.state {
        UnitEnd::Inactive => "inactive",
        UnitEnd::Active => "active",
        UnitEnd::Done => "done",
        UnitEnd::Waiting => "waits forever",
        UnitEnd::Failed => "fails",
        UnitEnd::Stopped => "stopped",
        UnitEnd::Masked => "masked",
        UnitEnd::Enabled => "enabled",
    };
    let color = match (unit.state, unit.from) {
        (UnitEnd::Waiting | UnitEnd::Failed, _) => "red",
        (_, Origin::User) => "teal",
        (_, Origin::Oem) => "purple",
        (_, Origin::Missing) => "gray",
        (_, Origin::Stock | Origin::Generated) => "black",
    };
    let label = quoted(&format!("{}\n{state}", shown(&unit.name)));
    format!("label={label}, color={color}")
}

fn line(edge: &Edge) -> String {
    let is_order = edge.kinds.iter().all(|kind| *kind == "After");
    let style = if is_order { "dashed" } else { "solid" };
    let color = if edge.cycle { ", color=red, penwidth=2" } else { "" };
    format!("label={}, style={style}{color}", quoted(&edge.kinds.join(", ")))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
