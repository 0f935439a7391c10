//! The texts whose fixes are tried.

use std::fs;
use std::path::{Path, PathBuf};

use dryboot_core::rules;

/// What none of the others has: safe fixes next to what they could take with them.
const MORE: [&str; 9] = [
    "\r\n\r\n#cloud-config\rhostname: a\r\n",
    "a---\n# dryboot: ignore-file[octal-number]\n\nb: c\n",
    "#cloud-config\nwrite_files:\n  - path: /a # why\n    permissions: \"+644\" # how\n",
    "#cloud-config\nhostname: &a yes\ncoreos:\n  units:\n    - name: a.service\n      enable: *a\n",
    "#cloud-config\nhostname: a # dryboot: ignore[unknown-key, null-value] since it is ours\n",
    "#cloud-config\nhostnme: a # dryboot: ignore[unknown-key, null-value]\n",
    "#cloud-config\nruncmd:\n  - [sleep, 010] # how long\n  - source /etc/a && b # why\n  - &a source /etc/b\n  - *a\n",
    "# ours\n---\n# dryboot: ignore-file[octal-number]\n#cloud-config # web\nswap: {size: 2 GiB}\nruncmd: [/a]\nwrite_files:\n  - {path: /a, content: &c '#!/bin/sh'} # why\n",
    "#cloud-config\nfs_setup:\n  - device: sda1 # the disk\n    filesystem: ext4\nsnap:\n  commands:\n    - install a # why\n    - &i 'install b'\n    - *i\n",
];

/// Longer texts take most of the time and show nothing new.
const LONGEST: u64 = 4096;

pub(crate) fn all() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders =
        ["tests/conformance", "tests/cases", "examples", "tests/cli"].map(|folder| root.join(folder));
    let mut paths = Vec::new();
    for folder in folders {
        assert!(folder.is_dir(), "{} is there", folder.display());
        add_files(&folder, &mut paths);
    }
    paths.sort();
    let mut texts: Vec<Vec<u8>> = paths.into_iter().map(|path| fs::read(path).expect("a text")).collect();
    texts.extend(MORE.map(|text| text.as_bytes().to_vec()));
    texts.extend(rules().iter().flat_map(|rule| &rule.docs).flat_map(|docs| examples(docs)));
    texts
}

fn add_files(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let is_text = path.extension().is_some_and(|extension| extension == "in" || extension == "yaml");
        if path.is_dir() {
            add_files(&path, paths);
        } else if is_text && path.metadata().is_ok_and(|data| data.len() <= LONGEST) {
            paths.push(path);
        }
    }
}

/// The examples in the documentation of a rule.
fn examples(docs: &str) -> impl Iterator<Item = Vec<u8>> {
    let blocks = docs.split("```yaml,").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.filter_map(|block| {
        let (_, text) = block.split_once('\n')?;
        let text = text.replace('␉', "\t").replace('␍', "\r").replace("⟨BOM⟩", "\u{feff}");
        Some(text.into_bytes())
    })
}
