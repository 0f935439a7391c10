//! The units of an image, and those that a machine has beyond them.

use dryboot_systemd::load::Catalog;
use dryboot_systemd::name;
use dryboot_text::nearest;

use crate::files::{Entry, FileTree, Node};
use crate::image::ImageUnits;

/// Where systemd looks for units that are not the image's.
pub(crate) const DIRECTORIES: [&str; 2] = ["/etc/systemd/system/", "/run/systemd/system/"];

const STOCK: &str = "/usr/lib/systemd/system/";

impl ImageUnits {
    /// The names of all units that are known to be there, in no special order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let paths = files(self.files).filter_map(|(path, _)| path.strip_prefix(STOCK));
        // What lies deeper is a link or a drop-in.
        paths.filter(|name| !name.contains('/')).chain(self.others.split_ascii_whitespace())
    }

    /// The unit that was probably meant by the name of one that is neither the image's nor among these others.
    #[must_use]
    pub fn meant_by<'o>(&self, unit: &str, others: impl IntoIterator<Item = &'o str>) -> Option<String> {
        let names = self.names().map(|name| -> &str { name });
        let near = nearest(unit, others.into_iter().chain(names))?;
        let digits = |name: &str| name.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
        // Names that differ by a number, or that are short, are those of different units.
        let is_alike =
            near.len() > 8 && name::suffix(near) == name::suffix(unit) && digits(near) == digits(unit);
        is_alike.then(|| near.to_owned())
    }

    /// The units as systemd loads them.
    #[must_use]
    pub fn catalog(&self) -> Catalog {
        let mut catalog = Catalog::new();
        for name in self.others.split_whitespace() {
            catalog.file(format!("{STOCK}{name}"), stand_in(name));
        }
        for (path, body) in files(self.files) {
            match path.rsplit_once('/') {
                Some((directory, name)) if directory.ends_with(".wants") => {
                    catalog.link(path, format!("{STOCK}{name}"));
                }
                _ => catalog.file(path, body),
            }
        }
        catalog
    }
}

/// A unit of which nothing matters here but that it exists.
fn stand_in(name: &str) -> &'static str {
    match name::suffix(name) {
        "service" => "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/true\n",
        "socket" => "[Socket]\nListenStream=/run/socket\n",
        "timer" => "[Timer]\nOnBootSec=1d\n",
        "path" => "[Path]\nPathExists=/run/path\n",
        _ => "[Unit]\n",
    }
}

/// The files of a text, by path.
fn files(text: &str) -> impl Iterator<Item = (&str, &str)> + use<'_> {
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

/// The names of the units that a machine has beyond the image.
pub(super) fn names(files: &FileTree) -> impl Iterator<Item = &str> {
    let names = files
        .iter()
        .filter_map(|(path, _)| DIRECTORIES.iter().find_map(|directory| path.strip_prefix(directory)));
    names.filter(|name| !name.contains('/'))
}

/// Adds what a machine has of units beyond the image.
pub(super) fn add_files(catalog: &mut Catalog, files: &FileTree, wanted: impl Fn(&Entry) -> bool) {
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
