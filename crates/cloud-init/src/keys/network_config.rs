//! The network configuration, a file of its own: version 1 is cloud-init's format, version 2 is netplan's.
//!
//! Read by cloud-init itself, before any module runs.

mod version_1;
mod version_2;

use dryboot_schema::Node;
use dryboot_schema::build::*;

/// Version 1, with or without `network` around it.
pub static VERSION_1: Node = one_of(&[
    map(&version_1::ROOT),
    map(&closed(&[key("network", map(&version_1::ROOT)).doc("The network configuration.")])
        .required(&["network"])
        .partial()),
]);

/// Version 2, with or without `network` around it. A file that names no known version is checked against it, too.
pub static VERSION_2: Node = one_of(&[
    map(&version_2::ROOT),
    map(&closed(&[key("network", map(&version_2::ROOT)).doc("The network configuration.")])
        .required(&["network"])
        .partial()),
]);
