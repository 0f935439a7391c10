//! `version.txt`, which says what a release directory holds.

use std::fmt;

/// The fields of a `version.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionTxt {
    fields: Vec<(String, String)>,
}

/// Why a text is no `version.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionTxtError {
    /// A line is no `KEY=VALUE`; its number, from 1.
    Line(usize),
    /// There is no version of CoreOS or Flatcar in it.
    NoVersion,
    /// The version cannot be part of an address.
    BadVersion(String),
}

impl fmt::Display for VersionTxtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line} is not `KEY=VALUE`: this is not a version.txt"),
            Self::NoVersion => f.write_str(
                "it has neither COREOS_VERSION nor FLATCAR_VERSION: this is not the version.txt of a release",
            ),
            Self::BadVersion(version) => write!(f, "`{}` is not a valid version", version.escape_debug()),
        }
    }
}

impl std::error::Error for VersionTxtError {}

impl VersionTxt {
    /// Reads the text: lines of the form `KEY=VALUE`, with the value in quotes or without, blank lines and comments.
    ///
    /// # Errors
    /// When a line has another form, or no version that can be used.
    pub fn parse(text: &str) -> Result<Self, VersionTxtError> {
        let mut fields = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (key, value) = line.split_once('=').ok_or(VersionTxtError::Line(index + 1))?;
            let is_key =
                !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if !is_key {
                return Err(VersionTxtError::Line(index + 1));
            }
            fields.push((key.to_owned(), unquote(value).to_owned()));
        }
        let found = Self { fields };
        let version = found.any(&["VERSION", "VERSION_ID"]).ok_or(VersionTxtError::NoVersion)?;
        check_version(version).map_err(|()| VersionTxtError::BadVersion(version.to_owned()))?;
        Ok(found)
    }

    /// The value of a key, as in `COREOS_SDK_VERSION`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        // As in a shell, the last one holds.
        self.fields.iter().rev().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// The version, as the directory of the release is called.
    #[must_use]
    pub fn version(&self) -> &str {
        self.any(&["VERSION", "VERSION_ID"]).unwrap_or_default()
    }

    fn any(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| {
            ["FLATCAR", "COREOS"].iter().find_map(|system| self.get(&format!("{system}_{key}")))
        })
    }
}

fn unquote(value: &str) -> &str {
    let within = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

/// Whether a version can stand in an address and in the name of a file.
pub(crate) fn check_version(version: &str) -> Result<(), ()> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+' | b'_');
    let is_version = version.bytes().next().is_some_and(|first| first.is_ascii_digit())
        && version.len() <= 100
        && version.bytes().all(is_plain);
    if is_version { Ok(()) } else { Err(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_both_systems_are_read() {
        let text =
            "COREOS_BUILD=2023\nCOREOS_VERSION=2023.4.0\nCOREOS_VERSION_ID=2023.4.0\nCOREOS_BUILD_ID=\"\"\n";
        let version = VersionTxt::parse(text).expect("a version.txt");
        assert_eq!((version.version(), version.get("COREOS_BUILD_ID")), ("2023.4.0", Some("")));
        let text = "# a \
            comment\n\nFLATCAR_VERSION=\"3510.2.0+nightly-1\"\r\nFLATCAR_VERSION_ID=3510.2.0\nCOREOS_VERSION=3510.2.0\n";
        assert_eq!(
            VersionTxt::parse(text).map(|it| it.version().to_owned()),
            Ok("3510.2.0+nightly-1".to_owned())
        );
        assert_eq!(
            VersionTxt::parse("COREOS_VERSION_ID=1.2.3").map(|it| it.version().to_owned()),
            Ok("1.2.3".to_owned())
        );
    }

    #[test]
    fn what_is_none_is_refused() {
        for (text, error) in [
            ("", VersionTxtError::NoVersion),
            ("<!DOCTYPE html>", VersionTxtError::Line(1)),
            ("COREOS_BUILD=1\n<p class=x>", VersionTxtError::Line(2)),
            ("COREOS_VERSION=../../x", VersionTxtError::BadVersion("../../x".to_owned())),
            ("COREOS_VERSION=", VersionTxtError::BadVersion(String::new())),
            ("COREOS_VERSION=1/../2", VersionTxtError::BadVersion("1/../2".to_owned())),
        ] {
            assert_eq!(VersionTxt::parse(text), Err(error), "{text}");
        }
    }
}
