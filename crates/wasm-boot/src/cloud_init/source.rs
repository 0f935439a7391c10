//! What the page needs to know about the data source of a platform.

use dryboot_core::CloudInitPlatform;
use dryboot_core::cloud_init_boot::{DATA_SOURCES, Machine, example_metadata};
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

/// How a data source hands over vendor-data.
#[derive(Clone, Copy, PartialEq, Eq)]
enum VendorForm {
    /// As it is.
    Text,
    /// In a field of a JSON document; a text that is not JSON is the value of that field.
    Json,
    /// Not at all.
    Absent,
}

/// The data sources that do not take vendor-data as it is.
const VENDOR_FORMS: [(&str, VendorForm); 3] =
    [("ConfigDrive", VendorForm::Json), ("Ec2", VendorForm::Absent), ("OpenStack", VendorForm::Json)];

fn vendor_form(data_source: Option<&str>) -> VendorForm {
    let found = VENDOR_FORMS.iter().find(|(name, _)| data_source == Some(*name));
    found.map_or(VendorForm::Text, |(_, form)| *form)
}

/// Whether machines with this data source can have vendor-data.
pub(super) fn has_vendor_data(data_source: &str) -> bool {
    vendor_form(Some(data_source)) != VendorForm::Absent
}

/// Whether the boot on a platform can be previewed.
pub(super) fn is_known(platform: &CloudInitPlatform) -> bool {
    DATA_SOURCES.contains(&platform.datasource)
}

/// The machine on a platform, with nothing that the platform says of it.
pub(super) fn machine(platform: &CloudInitPlatform) -> Machine {
    Machine { datasource: Some(platform.datasource.to_owned()), ..Machine::default() }
}

/// What a platform typically says of a machine, as its metadata.
pub(super) fn example(platform: &CloudInitPlatform) -> Option<String> {
    example_metadata(platform.datasource).map(str::to_owned)
}

/// Gives a machine metadata in the form of its data source.
///
/// # Errors
/// The data source has JSON, and this is not.
pub(super) fn take_metadata(machine: &mut Machine, text: &str) -> Result<(), Unusable> {
    if matches!(machine.datasource.as_deref(), None | Some("NoCloud")) {
        machine.metadata_raw = Some(text.to_owned());
    } else {
        machine.metadata = Some(serde_json::from_str(text)?);
    }
    Ok(())
}

/// Gives a machine vendor-data as people write it.
///
/// # Errors
/// The data source has none.
pub(super) fn take_vendor_data(machine: &mut Machine, text: &str) -> Result<(), Unusable> {
    match vendor_form(machine.datasource.as_deref()) {
        VendorForm::Text => machine.vendordata = Some(text.to_owned()),
        VendorForm::Json => {
            let json = serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()));
            machine.vendordata_json = Some(json);
        }
        VendorForm::Absent => {
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
