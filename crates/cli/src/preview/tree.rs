//! The files that a boot leaves, as a tree.

use std::collections::BTreeMap;

use super::human::faint;
use crate::screen::Screen;
use anyhow::Result;
use dryboot_core::{Entry, FileNode, MachineState};

/// A directory of the tree, or the end of a path.
#[derive(Default)]
struct Branch<'m> {
    below: BTreeMap<&'m str, Branch<'m>>,
    entry: Option<&'m Entry>,
}

/// Prints what the boot has written. `why` tells where an effect comes from.
pub(super) fn write(machine: &MachineState, why: impl Fn(usize) -> String, out: &mut Screen) -> Result<()> {
    let mut root = Branch::default();
    for (path, entry) in machine.files.iter().filter(|(_, entry)| entry.written_by.is_some()) {
        let parts = path.split('/').filter(|part| !part.is_empty());
        let branch = parts.fold(&mut root, |branch, part| branch.below.entry(part).or_default());
        branch.entry = Some(entry);
    }
    write_below(&root, "  ", &why, out)
}

fn write_below(
    branch: &Branch<'_>,
    indent: &str,
    why: &impl Fn(usize) -> String,
    out: &mut Screen,
) -> Result<()> {
    let last = branch.below.len().saturating_sub(1);
    for (index, (name, mut branch)) in branch.below.iter().enumerate() {
        let (fork, below) = if index == last { ("└── ", "    ") } else { ("├── ", "│   ") };
        // A directory with one entry shares its line with it.
        let mut path = (*name).to_owned();
        while branch.entry.is_none()
            && let (Some((name, only)), 1) = (branch.below.iter().next(), branch.below.len())
        {
            path.push('/');
            path.push_str(name);
            branch = only;
        }
        let path = if indent == "  " { format!("/{path}") } else { path };
        let (what, cause) = branch.entry.map(|entry| label(entry, why)).unwrap_or_default();
        writeln!(out, "{indent}{fork}{path}{what}{}", faint(&cause))?;
        write_below(branch, &format!("{indent}{below}"), why, out)?;
    }
    Ok(())
}

/// What an entry is, and where it comes from.
fn label(entry: &Entry, why: &impl Fn(usize) -> String) -> (String, String) {
    let what = match &entry.node {
        FileNode::Symlink(target) => format!(" → {target}"),
        _ => {
            let owner = entry.owner.as_deref().map(|owner| format!(" {owner}")).unwrap_or_default();
            format!("  {}{owner}", entry.mode)
        }
    };
    (what, entry.written_by.map(why).unwrap_or_default())
}
