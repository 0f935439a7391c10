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
pub(crate) const ALL: [Example; 11] = examples![
    "cloud-init-mistakes",
    "cloud-init-web-server",
    "cloud-init-users",
    "cloud-init-repository",
    "cloud-init-disks",
    "encoded-files",
    "classic-mistakes",
    "web-server",
    "users-and-keys",
    "flatcar-updates",
    "provider-oem",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_begins_with_the_first_example() {
        assert!(include_str!("../../index.html").contains("{{examples/cloud-init-mistakes.yaml}}"));
        assert_eq!(ALL[0].text, include_str!("../../examples/cloud-init-mistakes.yaml"));
    }

    #[test]
    fn every_example_is_for_its_program_and_only_mistakes_have_errors() {
        for (at, example) in ALL.iter().enumerate() {
            let report = dryboot_core::lint(example.text.as_bytes(), &dryboot_core::LintOptions::default());
            let title = example.title();
            // Of the two that read a `coreos:` key, Flatcar still boots machines.
            let target = if at < 6 { "cloud-init" } else { "flatcar" };
            assert_eq!(report.target.name, target, "{title}");
            let has_errors = report.count(dryboot_core::Severity::Error) > 0;
            assert_eq!(has_errors, title.contains("mistakes"), "{title}: {:?}", report.diagnostics);
        }
    }

    #[test]
    fn the_first_example_has_a_finding_of_every_severity() {
        let report = dryboot_core::lint(ALL[0].text.as_bytes(), &dryboot_core::LintOptions::default());
        let found: Vec<_> = report.diagnostics.iter().map(|found| found.rule).collect();
        let expected =
            ["unknown-key", "type-mismatch", "users-without-default", "needless-sudo", "shell-in-command"];
        assert_eq!(found, expected);
    }

    #[test]
    fn every_example_has_a_title() {
        for example in ALL {
            assert!(example.text.starts_with("#cloud-config\n# "));
            assert!((10..60).contains(&example.title().len()), "{}", example.title());
        }
    }
}
