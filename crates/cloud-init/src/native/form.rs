//! The frame around the validator's messages, release by release.

use dryboot_schema::Release;
use dryboot_yaml::python::Given;

/// What a release prints. What is in braces is filled in: the `name` of the file, the `kind` of data, the `schema`, the
/// `errors`.
pub(super) struct Form {
    /// The first release that prints so.
    since: Release,
    /// There is nothing to object to.
    pub(super) valid: &'static str,
    /// There are errors.
    pub(super) refused: &'static str,
    /// The file is not a mapping, so it cannot have errors in its keys.
    pub(super) unreadable: &'static str,
    /// The message of that.
    pub(super) not_a_mapping: &'static str,
    /// The message for a text that is not YAML.
    pub(super) not_yaml: &'static str,
    /// What PyYAML is given.
    pub(super) given: Given,
    /// The message for a text that begins with nothing that is known: `line` is the first line, `headers` what there is.
    pub(super) no_header: &'static str,
    /// The text is empty.
    pub(super) empty: &'static str,
    /// The text is of another `type`.
    pub(super) other: &'static str,
    /// The text is a template, and the machine has nothing to fill it with.
    pub(super) no_instance_data: &'static str,
    /// This release does not have a schema for the network configuration.
    pub(super) no_schema: &'static str,
    /// The line of the deprecations is there for errors, too, even if it lists none.
    pub(super) announces_deprecations: bool,
    /// The deprecations follow the errors once more.
    pub(super) repeats_deprecations: bool,
    /// A single unknown key of the top level is named by the path.
    pub(super) names_unknown_key: bool,
}

const V24_1: Form = Form {
    since: Release::new(24, 1),
    valid: "Valid schema {name}",
    refused: "Invalid {kind} {name}\nError: {errors}\n\nError: Invalid schema: {kind}\n",
    unreadable: "Invalid {kind}\nError: {message}\n\nError: Invalid schema: {kind}\n",
    not_a_mapping: "{schema} {name} is not a YAML dict.",
    not_yaml: "File {name} is not valid YAML. {message}",
    given: Given::Text,
    no_header: "Unrecognized user-data header in {name}: \"{line}\".\nExpected first line to be one of: {headers}",
    empty: "Empty '{schema}' found at {name}. Nothing to validate.",
    other: "User-data type '{type}' not currently evaluated by cloud-init schema",
    no_instance_data: "Error:\nCannot render jinja template vars. Instance data not yet present at /run/cloud-init/instance-data.json",
    no_schema: "Skipping network-config schema validation on empty config.",
    announces_deprecations: false,
    repeats_deprecations: false,
    names_unknown_key: true,
};

/// This release prints the wrong variables.
const V23_4: Form = Form {
    since: Release::new(23, 4),
    refused: "Invalid UNKNOWN_CONFIG_HEADER {name}\nError: {errors}\n\nError: Invalid schema: UNKNOWN_CONFIG_HEADER\n",
    unreadable: "Invalid None\nError: {message}\n\nTraceback (most recent call last):\nTypeError: sequence item 0: expected str instance, NoneType found",
    ..V24_1
};

const V23_3: Form = Form {
    since: Release::new(23, 3),
    valid: "Valid cloud-config: {name}",
    refused: "Invalid cloud-config {name}\nError: {errors}\n\nError: Invalid cloud-config schema: {kind}\n",
    unreadable: "Invalid cloud-config {kind}\nError: {message}\n\nError: Invalid cloud-config schema: {kind}\n",
    not_a_mapping: "Cloud-config is not a YAML dict.",
    not_yaml: "File {name} is not valid yaml. {message}",
    other: "User-data type '{type}' not currently evaluated by cloud-init schema\nValid cloud-config: {name}",
    names_unknown_key: false,
    ..V24_1
};

const V23_2: Form = Form {
    since: Release::new(23, 2),
    given: Given::Bytes,
    no_header: "No valid cloud-init user-data header in {name}.\nExpected first line to be one of: {headers}",
    repeats_deprecations: true,
    ..V23_3
};

const V23_1: Form = Form {
    since: Release::new(23, 1),
    no_header: "File {name} needs to begin with \"#cloud-config\"",
    ..V23_2
};

const V22_3: Form = Form {
    since: Release::new(22, 3),
    refused: "Error:\n{errors}",
    unreadable: "Error:\n{message}",
    announces_deprecations: true,
    ..V23_1
};

const V22_1: Form = Form { since: Release::new(22, 1), announces_deprecations: false, ..V22_3 };

const FIRST: Form = Form { since: Release::new(0, 0), refused: "{errors}", unreadable: "{message}", ..V22_1 };

/// Newest first.
const FORMS: [Form; 8] = [V24_1, V23_4, V23_3, V23_2, V23_1, V22_3, V22_1, FIRST];

impl Form {
    pub(super) fn of(release: Release) -> &'static Self {
        const { &FORMS }.iter().find(|form| form.since <= release).unwrap_or(const { &FIRST })
    }
}

/// A template with its values, none of which is looked into.
pub(super) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        text.push_str(value.map_or("", |(_, value)| value));
        rest = behind;
    }
    text.push_str(rest);
    text
}
