use dryboot_lint::{Safety, Severity};
use dryboot_schema::Release;

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "misspelt-size", severity: Severity::Error, docs: docs!("misspelt_size.md"), check };

fn check(context: &mut Context<'_>) {
    let Some(swap) = context.top("swap") else { return };
    for key in ["size", "maxsize"] {
        let Some(at) = context.get(&swap, key) else { continue };
        let Some(size) = context.str(&at) else { continue };
        let Some((meant, works)) = meant(size, context.release()) else { continue };
        let span = context.first_line(&at);
        let verbatim = context.verbatim(&at);
        let message = match works {
            true => {
                format!("the schema does not accept `{size}`, although it works at boot and means {meant}")
            }
            false => format!("`{size}` is not a size that cloud-init understands: no swap file is created"),
        };
        let severity = if works { Severity::Info } else { Severity::Error };
        let finding = context.report(span, message).severity(severity).path(at.path);
        let finding = finding.help(format!("write `{meant}`"));
        if let Some(span) = verbatim {
            finding.fix(Safety::Safe, format!("write `{meant}`"), span, meant);
        }
    }
}

/// The first release that reads `GiB`.
const READS_IEC: Release = Release::new(23, 1);

/// The size that is meant, and whether the boot reads it as such.
fn meant(size: &str, release: Release) -> Option<(String, bool)> {
    let digits = size.trim_end_matches(|char: char| char.is_ascii_alphabetic() || char == ' ');
    let unit = size[digits.len()..].trim_start();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let letter = unit.chars().next()?.to_ascii_uppercase();
    let rest = &unit[1..];
    let is_unit = "KMGT".contains(letter) && ["", "b", "ib"].contains(&rest.to_ascii_lowercase().as_str());
    let is_accepted = unit.len() == 1 && unit.starts_with(letter) && size.len() == digits.len() + 1;
    let is_read = match rest {
        "" | "B" => true,
        "iB" => release >= READS_IEC,
        _ => false,
    };
    let works = is_read && unit.starts_with(letter);
    (is_number && is_unit && !is_accepted).then(|| (format!("{digits}{letter}"), works))
}

#[cfg(test)]
mod tests {
    use dryboot_schema::Release;

    use super::meant;

    #[test]
    fn sizes_are_read_as_they_are_meant() {
        for (size, expected) in [
            ("2GB", Some(("2G", true))),
            ("4 GB", Some(("4G", true))),
            ("2GiB", Some(("2G", true))),
            ("512m", Some(("512M", false))),
            ("2G", None),
            ("auto", None),
            ("1024", None),
            ("2X", None),
        ] {
            let expected = expected.map(|(size, works)| (size.to_owned(), works));
            assert_eq!(meant(size, Release::new(26, 2)), expected, "{size}");
        }
        assert_eq!(meant("2GiB", Release::new(22, 4)), Some(("2G".to_owned(), false)));
    }
}
