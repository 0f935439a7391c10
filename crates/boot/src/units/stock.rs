//! The units of the image, as far as boots with user-data depend on them.

use dryboot_coreos::Target;
use dryboot_systemd::load::Catalog;
use dryboot_systemd::{Release, name};

use crate::machine::{FileTree, Node};

/// Where systemd looks for units.
pub(crate) const DIRECTORIES: [&str; 2] = ["/etc/systemd/system/", "/run/systemd/system/"];

const STOCK: &str = "/usr/lib/systemd/system/";

/// systemd of the target's images.
pub(crate) fn release(target: Target) -> Release {
    match target {
        Target::CoreOs => Release::COREOS,
        Target::Flatcar => Release::FLATCAR,
    }
}

/// The units of the image.
pub(crate) fn stock(target: Target) -> Catalog {
    let text = match target {
        Target::CoreOs => include_str!("coreos.units"),
        Target::Flatcar => include_str!("flatcar.units"),
    };
    let mut catalog = Catalog::new();
    for name in include_str!("others.txt").split_whitespace() {
        catalog.file(format!("{STOCK}{name}"), stand_in(name));
    }
    for (path, body) in files(text) {
        match path.rsplit_once('/') {
            // A heading alone in a directory of links is a link to the unit of its name.
            Some((directory, name)) if directory.ends_with(".wants") => {
                catalog.link(path, format!("{STOCK}{name}"));
            }
            _ => catalog.file(path, body),
        }
    }
    catalog
}

/// A unit of which nothing matters here but that it is there.
fn stand_in(name: &str) -> &'static str {
    match name::suffix(name) {
        "service" => "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/true\n",
        "socket" => "[Socket]\nListenStream=/run/socket\n",
        "timer" => "[Timer]\nOnBootSec=1d\n",
        "path" => "[Path]\nPathExists=/run/path\n",
        _ => "[Unit]\n",
    }
}

/// Files one after the other, each below a comment with its path, as `systemctl cat` prints them.
fn files(text: &str) -> impl Iterator<Item = (&str, &str)> {
    const HEADING: &str = "# /";
    let starts =
        text.match_indices(HEADING).map(|(at, _)| at).filter(|&at| at == 0 || text[..at].ends_with('\n'));
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces: Vec<&str> = starts.iter().zip(ends).map(|(&start, end)| &text[start..end]).collect();
    pieces.into_iter().filter_map(|piece| {
        let (heading, body) = piece.split_once('\n')?;
        Some((heading.strip_prefix("# ")?.trim_end(), body))
    })
}

/// Adds what a machine has of units beyond the image.
pub(crate) fn add_files(
    catalog: &mut Catalog,
    files: &FileTree,
    wanted: impl Fn(&crate::machine::Entry) -> bool,
) {
    for (path, entry) in files.iter().filter(|(_, entry)| wanted(entry)) {
        if DIRECTORIES.iter().all(|directory| !path.starts_with(directory)) {
            continue;
        }
        match &entry.node {
            Node::File(content) => catalog.file(path, String::from_utf8_lossy(content)),
            Node::Symlink(target) => catalog.link(path, target.as_str()),
            Node::Directory | Node::Device => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_the_images_is_loaded() {
        for target in Target::ALL {
            let catalog = stock(target);
            let names: Vec<String> = catalog
                .iter()
                .filter_map(|(path, _)| path.strip_prefix(STOCK).map(str::to_owned))
                .filter(|name| !name.contains('/') && !name.contains("@."))
                .collect();
            assert!(names.len() > 40, "{target}: {}", names.len());
            for name in names {
                let unit = catalog.load(&name, release(target));
                assert!(unit.is_loaded(), "{target}: {name}: {:?}", unit.state);
            }
        }
    }
}
