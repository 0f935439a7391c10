//! The texts of the gallery.

/// An example: the title is the comment on its second line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) text: &'static str,
}

impl Example {
    pub(crate) fn title(&self) -> &'static str {
        let comment = self.text.lines().nth(1).unwrap_or_default();
        comment.trim_start_matches(['#', ' '])
    }
}

macro_rules! examples {
    ($($name:literal),* $(,)?) => {
        [$(Example { text: include_str!(concat!("../../examples/", $name, ".yaml")) }),*]
    };
}

/// The gallery, in its order.
pub(crate) const ALL: [Example; 6] = examples![
    "classic-mistakes",
    "web-server",
    "users-and-keys",
    "flatcar-updates",
    "encoded-files",
    "provider-oem",
];

/// What a visitor sees first: a config with mistakes, so that there is something to see.
pub(crate) const FIRST: Example = ALL[0];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_a_title() {
        for example in ALL {
            assert!(example.text.starts_with("#cloud-config\n# "));
            assert!((10..60).contains(&example.title().len()), "{}", example.title());
        }
    }
}
