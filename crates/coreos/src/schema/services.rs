//! The keys of fleet, flannel and locksmith. Locksmith's two window keys lack the prefix of the
//! others in their environment names.

use super::Kind::{Bool, Float, Int, Text};
use super::{Pattern, Section, key};

/// Settings of fleet.
pub static FLEET: Section = Section {
    path: "coreos.fleet",
    go_type: "config.Fleet",
    keys: &[
        key("agent_ttl", Text, "How long a silent machine stays in the cluster, such as `30s`.")
            .env("FLEET_AGENT_TTL"),
        key("authorized_keys_file", Text, "File with SSH keys that may connect.")
            .env("FLEET_AUTHORIZED_KEYS_FILE"),
        key("disable_engine", Bool, "Run no scheduler on this machine.").env("FLEET_DISABLE_ENGINE"),
        key("engine_reconcile_interval", Float, "Seconds between runs of the scheduler.")
            .env("FLEET_ENGINE_RECONCILE_INTERVAL"),
        key("etcd_cafile", Text, "CA certificate for etcd.").env("FLEET_ETCD_CAFILE"),
        key("etcd_certfile", Text, "Client certificate for etcd.").env("FLEET_ETCD_CERTFILE"),
        key("etcd_keyfile", Text, "Private key of the client certificate for etcd.")
            .env("FLEET_ETCD_KEYFILE"),
        key("etcd_key_prefix", Text, "Key prefix in etcd.").env("FLEET_ETCD_KEY_PREFIX"),
        key("etcd_request_timeout", Float, "Seconds for a request to etcd.")
            .env("FLEET_ETCD_REQUEST_TIMEOUT"),
        key("etcd_servers", Text, "Comma-separated URLs of etcd.").env("FLEET_ETCD_SERVERS"),
        key("etcd_username", Text, "User name for etcd.").env("FLEET_ETCD_USERNAME"),
        key("etcd_password", Text, "Password for etcd.").env("FLEET_ETCD_PASSWORD"),
        key("metadata", Text, "Comma-separated `key=value` pairs that units can ask for.")
            .env("FLEET_METADATA"),
        key("public_ip", Text, "Address announced to the cluster.").env("FLEET_PUBLIC_IP"),
        key("token_limit", Int, "Most units in one page of the API.").env("FLEET_TOKEN_LIMIT"),
        key("verbosity", Int, "Log level.").env("FLEET_VERBOSITY"),
        key("verify_units", Bool, "Accept only units with a valid signature.").env("FLEET_VERIFY_UNITS"),
    ],
};

/// Settings of flannel.
pub static FLANNEL: Section = Section {
    path: "coreos.flannel",
    go_type: "config.Flannel",
    keys: &[
        key("etcd_endpoints", Text, "Comma-separated URLs of etcd.").env("FLANNELD_ETCD_ENDPOINTS"),
        key("etcd_cafile", Text, "CA certificate for etcd.").env("FLANNELD_ETCD_CAFILE"),
        key("etcd_certfile", Text, "Client certificate for etcd.").env("FLANNELD_ETCD_CERTFILE"),
        key("etcd_keyfile", Text, "Private key of the client certificate for etcd.")
            .env("FLANNELD_ETCD_KEYFILE"),
        key("etcd_prefix", Text, "Key prefix in etcd.").env("FLANNELD_ETCD_PREFIX"),
        key("etcd_username", Text, "User name for etcd.").env("FLANNELD_ETCD_USERNAME"),
        key("etcd_password", Text, "Password for etcd.").env("FLANNELD_ETCD_PASSWORD"),
        key("ip_masq", Text, "Masquerade traffic that leaves the overlay network.").env("FLANNELD_IP_MASQ"),
        key("subnet_file", Text, "File that the subnet is written to.").env("FLANNELD_SUBNET_FILE"),
        key("interface", Text, "Interface or address for traffic between hosts.").env("FLANNELD_IFACE"),
        key("public_ip", Text, "Address announced to the cluster.").env("FLANNELD_PUBLIC_IP"),
    ],
};

/// Settings of the reboot manager.
pub static LOCKSMITH: Section = Section {
    path: "coreos.locksmith",
    go_type: "config.Locksmith",
    keys: &[
        key("endpoint", Text, "URL of etcd.").env("LOCKSMITHD_ENDPOINT"),
        key("etcd_cafile", Text, "CA certificate for etcd.").env("LOCKSMITHD_ETCD_CAFILE"),
        key("etcd_certfile", Text, "Client certificate for etcd.").env("LOCKSMITHD_ETCD_CERTFILE"),
        key("etcd_keyfile", Text, "Private key of the client certificate for etcd.")
            .env("LOCKSMITHD_ETCD_KEYFILE"),
        key("etcd_username", Text, "User name for etcd.").env("LOCKSMITHD_ETCD_USERNAME"),
        key("etcd_password", Text, "Password for etcd.").env("LOCKSMITHD_ETCD_PASSWORD"),
        key("group", Text, "Group of machines that share a lock.").env("LOCKSMITHD_GROUP"),
        key("window_start", Text, "Start of the reboot window, such as `Thu 04:00` or `4:00`.")
            .env("REBOOT_WINDOW_START")
            .pattern(Pattern::WindowStart),
        key("window_length", Text, "Length of the reboot window, such as `1h30m`.")
            .env("REBOOT_WINDOW_LENGTH")
            .pattern(Pattern::WindowLength),
    ],
};
