//! What the page needs to know about the data source of a platform.

use dryboot_core::CloudInitPlatform;
use dryboot_core::cloud_init_boot::{Machine, Metadata, Source, VendorDataForm};
use serde_json::Value as Json;

/// A text that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unusable {
    /// What is wrong.
    pub(super) message: String,
    /// Line and column in the text, from 1; none where all of it is wrong.
    pub(super) at: Option<(usize, usize)>,
}

impl From<serde_json::Error> for Unusable {
    fn from(error: serde_json::Error) -> Self {
        let message = error.to_string();
        // The place is a field of its own.
        let message =
            message.rsplit_once(" at line ").map_or(message.as_str(), |(words, _)| words).to_owned();
        Self { message, at: Some((error.line(), error.column().max(1))) }
    }
}

/// Whether machines with this data source can have vendor-data.
pub(super) fn has_vendor_data(data_source: &str) -> bool {
    Source::named(data_source).is_some_and(|source| source.vendor_data != VendorDataForm::Never)
}

/// Whether the boot on a platform can be previewed.
pub(super) fn is_known(platform: &CloudInitPlatform) -> bool {
    Source::named(platform.datasource).is_some()
}

/// A machine on a platform, with all that the platform says of it.
pub(super) fn machine(platform: &CloudInitPlatform) -> Machine {
    Source::named(platform.datasource).map(|source| source.example(platform.name)).unwrap_or_default()
}

/// What a platform typically says of a machine, as its metadata.
pub(super) fn example(platform: &CloudInitPlatform) -> Option<String> {
    let machine = machine(platform);
    machine.metadata_raw.or_else(|| serde_json::to_string_pretty(&machine.metadata?).ok())
}

/// Gives a machine metadata in the form of its data source.
///
/// # Errors
/// The data source has JSON, and this is not.
pub(super) fn take_metadata(machine: &mut Machine, text: &str) -> Result<(), Unusable> {
    let (raw, json) = match Source::of(machine).metadata {
        Metadata::Yaml => (Some(text.to_owned()), None),
        Metadata::Json => (None, Some(serde_json::from_str(text)?)),
    };
    (machine.metadata_raw, machine.metadata) = (raw, json);
    Ok(())
}

/// Gives a machine vendor-data as people write it.
///
/// # Errors
/// The data source has none.
pub(super) fn take_vendor_data(machine: &mut Machine, text: &str) -> Result<(), Unusable> {
    match Source::of(machine).vendor_data {
        VendorDataForm::Text => machine.vendordata = Some(text.to_owned()),
        VendorDataForm::Json => {
            let json = serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()));
            machine.vendordata_json = Some(json);
        }
        VendorDataForm::Never => {
            return Err(Unusable { message: "this platform has no vendor-data".to_owned(), at: None });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(data_source: &str) -> Machine {
        Machine { datasource: Some(data_source.to_owned()), ..Machine::default() }
    }

    #[test]
    fn metadata_have_the_form_of_their_data_source() {
        let mut drive = with("ConfigDrive");
        let error = take_metadata(&mut drive, "{\n  x}").unwrap_err();
        assert_eq!(error.at, Some((2, 3)), "{error:?}");
        assert!(!error.message.contains("line"), "{error:?}");
        assert_eq!(take_metadata(&mut drive, r#"{"uuid": "a"}"#), Ok(()));
        assert_eq!(drive.metadata, Some(json!({ "uuid": "a" })));
        let mut seed = with("NoCloud");
        assert_eq!(take_metadata(&mut seed, "instance-id: a\n"), Ok(()));
        assert_eq!(seed.metadata_raw.as_deref(), Some("instance-id: a\n"));
    }

    #[test]
    fn vendor_data_go_where_the_data_source_has_them() {
        let text = "#cloud-config\n";
        let mut seed = with("NoCloud");
        assert_eq!(take_vendor_data(&mut seed, text), Ok(()));
        assert_eq!(seed.vendordata.as_deref(), Some(text));
        let mut stack = with("OpenStack");
        assert_eq!(take_vendor_data(&mut stack, text), Ok(()));
        assert_eq!(stack.vendordata_json, Some(json!(text)));
        assert!(take_vendor_data(&mut with("Ec2"), text).is_err());
        assert!(has_vendor_data("NoCloud") && !has_vendor_data("Ec2"));
    }
}
