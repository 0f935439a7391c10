//! The files that a boot leaves, as a tree.

use std::collections::BTreeMap;

use anyhow::Result;
use dryboot_core::{Entry, FileNode, FileTree};
use dryboot_report::output::Output;

use super::causes::faint;

/// A directory of the tree, or the end of a path.
#[derive(Default)]
struct Branch<'m> {
    /// Indices into the tree, by name.
    below: BTreeMap<&'m str, usize>,
    entry: Option<&'m Entry>,
}

/// All branches, the root first. They are in one list since paths can be deep: nothing that goes
/// along them calls itself.
struct Tree<'m>(Vec<Branch<'m>>);

impl<'m> Tree<'m> {
    fn of(files: impl Iterator<Item = (&'m str, &'m Entry)>) -> Self {
        let mut tree = Self(vec![Branch::default()]);
        for (path, entry) in files {
            let parts = path.split('/').filter(|part| !part.is_empty());
            let branch = parts.fold(0, |branch, part| tree.below(branch, part));
            tree.0[branch].entry = Some(entry);
        }
        tree
    }

    /// The branch of this name, which is made if it is not there.
    fn below(&mut self, branch: usize, name: &'m str) -> usize {
        let next = self.0.len();
        let below = *self.0[branch].below.entry(name).or_insert(next);
        if below == next {
            self.0.push(Branch::default());
        }
        below
    }

    /// The way from a branch to the first that has an entry or several branches below: a directory
    /// with one entry shares its line with it.
    fn line(&self, name: &str, mut branch: usize) -> (String, usize) {
        let mut path = name.to_owned();
        while self.0[branch].entry.is_none()
            && let (Some((name, only)), 1) =
                (self.0[branch].below.first_key_value(), self.0[branch].below.len())
        {
            path.push('/');
            path.push_str(name);
            branch = *only;
        }
        (path, branch)
    }
}

/// Prints what the boot has written. `why` tells where an effect comes from.
pub(super) fn write(files: &FileTree, why: impl Fn(usize) -> String, out: &mut Output<'_>) -> Result<()> {
    let tree = Tree::of(files.iter().filter(|(_, entry)| entry.written_by.is_some()));
    let mut indent = "  ".to_owned();
    // The directories that are being printed: what is left of each, and how long the indentation was.
    let mut open = vec![(tree.0[0].below.iter(), indent.len())];
    while let Some((left, length)) = open.last_mut() {
        indent.truncate(*length);
        let Some((name, branch)) = left.next() else {
            open.pop();
            continue;
        };
        let (fork, below) = if left.len() == 0 { ("└── ", "    ") } else { ("├── ", "│   ") };
        let root = if indent == "  " { "/" } else { "" };
        let (path, branch) = tree.line(name, *branch);
        let branch = &tree.0[branch];
        let (what, cause) = branch.entry.map(|entry| label(entry, &why)).unwrap_or_default();
        writeln!(out, "{indent}{fork}{root}{path}{what}{}", faint(&cause))?;
        indent.push_str(below);
        open.push((branch.below.iter(), indent.len()));
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
