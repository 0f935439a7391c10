//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::patterns::HOST_NAME;
use super::v;

pub(super) static KEYS: [Key; 6] = [
    // cc_disable_ec2_metadata
    key("disable_ec2_metadata", BOOL).since(v(22, 1)),
    // cc_fan
    key("fan", map(&closed(&[key("config", STR), key("config_path", STR)]).required(&["config"])))
        .since(v(22, 2)),
    // cc_ntp
    key("ntp", types(&[NULL, map(&NTP_1)])),
    // cc_resolv_conf
    key("manage_resolv_conf", BOOL).since(v(22, 2)),
    key("resolv_conf", map(&RESOLV_CONF)).since(v(22, 2)),
    // cc_wireguard
    key("wireguard", types(&[NULL, map(&WIREGUARD_1)])).since(v(22, 3)).works_since(v(22, 3)),
];

static NTP_1_CONFIG: Object = closed(&[
    key("confpath", STR).works_since(v(18, 3)),
    key("check_exe", STR).works_since(v(18, 3)),
    key("packages", list(&items(STR).unique())).works_since(v(18, 3)),
    key("service_name", STR).works_since(v(18, 3)),
    key("template", STR).works_since(v(18, 3)),
])
.min(1);

static NTP_1: Object = closed(&[
    key("pools", list(&items(matching(&HOST_NAME)).unique())),
    key("servers", list(&items(matching(&HOST_NAME)).unique())),
    key("peers", list(&items(matching(&HOST_NAME)).unique())).since(v(23, 2)).works_since(v(23, 2)),
    key("allow", list(&items(STR).unique())).since(v(23, 2)).works_since(v(23, 2)),
    key("ntp_client", STR).since(v(18, 3)).works_since(v(18, 3)),
    key("enabled", BOOL).since(v(18, 3)).works_since(v(18, 3)),
    key("config", map(&NTP_1_CONFIG)).since(v(18, 3)).works_since(v(18, 3)),
]);

static RESOLV_CONF: Object = closed(&[
    key("nameservers", list(&items(ANY))),
    key("searchdomains", list(&items(ANY))),
    key("domain", STR),
    key("sortlist", list(&items(ANY))),
    key("options", map(&open(&[]))),
]);

static WIREGUARD_1: Object = closed(&[
    key(
        "interfaces",
        list(
            &items(map(&closed(&[
                key("name", STR).works_since(v(22, 3)),
                key("config_path", STR).works_since(v(22, 3)),
                key("content", STR).works_since(v(22, 3)),
            ])))
            .min(1),
        ),
    )
    .works_since(v(22, 3)),
    key("readinessprobe", list(&items(STR).unique())).works_since(v(22, 3)),
])
.required(&["interfaces"])
.min(1);
