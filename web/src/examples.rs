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

/// The gallery, in its order. A visitor sees the first one, which `index.html` names, too.
pub(crate) const ALL: [Example; 6] = examples![
    "classic-mistakes",
    "web-server",
    "users-and-keys",
    "flatcar-updates",
    "encoded-files",
    "provider-oem",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_begins_with_the_first_example() {
        assert!(include_str!("../../index.html").contains("{{examples/classic-mistakes.yaml}}"));
        assert_eq!(ALL[0].text, include_str!("../../examples/classic-mistakes.yaml"));
    }

    #[test]
    fn every_example_has_a_title() {
        for example in ALL {
            assert!(example.text.starts_with("#cloud-config\n# "));
            assert!((10..60).contains(&example.title().len()), "{}", example.title());
        }
    }
}
