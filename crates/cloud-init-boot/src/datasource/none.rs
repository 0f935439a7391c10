//! None: no data source at all.
//!
//! Source: cloud-init 26.2, `sources/DataSourceNone.py`.

use super::DataSource;
use super::given::Given;
use super::table::{Metadata, Source, VendorDataForm};
use crate::raised::Raised;
use crate::value::Value;

pub(super) const SOURCE: Source = Source {
    name: "None",
    metadata: Metadata::Yaml,
    vendor_data: VendorDataForm::Never,
    since: None,
    examples: &[("none", include_str!("none.json"))],
    signs: &[],
    unreachable: "no data source was found",
    find,
};

fn find(given: &Given<'_>) -> Result<DataSource, Raised> {
    Ok(DataSource {
        user_data: given.user_data(),
        notes: vec![
            "without a data source, user-data comes from the image alone: from `datasource: {None: {userdata_raw: …}}` \
             in /etc/cloud/cloud.cfg.d",
        ],
        ..fallback()
    })
}

/// What is left when every other data source has failed.
pub(super) fn fallback() -> DataSource {
    DataSource {
        shown: "DataSourceNone".to_owned(),
        platform: "none",
        cloud_name: "none".to_owned(),
        subplatform: "config".to_owned(),
        instance_id: "iid-datasource-none".to_owned(),
        is_fallback: true,
        metadata: Value::empty(),
        ..DataSource::default()
    }
}
