//! The keys of fleet, flannel and locksmith. Locksmith's two window keys lack the prefix of the
//! others in their environment names.

use dryboot_schema::Object;
use dryboot_schema::build::*;

use super::patterns::{WINDOW_LENGTH, WINDOW_START};

/// Settings of fleet.
pub static FLEET: Object = closed(&[
    key("agent_ttl", STR)
        .doc("How long a silent machine stays in the cluster, such as `30s`.")
        .variable("FLEET_AGENT_TTL"),
    key("authorized_keys_file", STR)
        .doc("File with SSH keys that may connect.")
        .variable("FLEET_AUTHORIZED_KEYS_FILE"),
    key("disable_engine", BOOL)
        .doc("Do not run the scheduler on this machine.")
        .variable("FLEET_DISABLE_ENGINE"),
    key("engine_reconcile_interval", NUMBER)
        .doc("Seconds between runs of the scheduler.")
        .variable("FLEET_ENGINE_RECONCILE_INTERVAL"),
    key("etcd_cafile", STR).doc("CA certificate for etcd.").variable("FLEET_ETCD_CAFILE"),
    key("etcd_certfile", STR).doc("Client certificate for etcd.").variable("FLEET_ETCD_CERTFILE"),
    key("etcd_keyfile", STR)
        .doc("Private key of the client certificate for etcd.")
        .variable("FLEET_ETCD_KEYFILE"),
    key("etcd_key_prefix", STR).doc("Key prefix in etcd.").variable("FLEET_ETCD_KEY_PREFIX"),
    key("etcd_request_timeout", NUMBER)
        .doc("Seconds for a request to etcd.")
        .variable("FLEET_ETCD_REQUEST_TIMEOUT"),
    key("etcd_servers", STR).doc("Comma-separated URLs of etcd.").variable("FLEET_ETCD_SERVERS"),
    key("etcd_username", STR).doc("User name for etcd.").variable("FLEET_ETCD_USERNAME"),
    key("etcd_password", STR).doc("Password for etcd.").variable("FLEET_ETCD_PASSWORD"),
    key("metadata", STR)
        .doc("Comma-separated `key=value` pairs that units can ask for.")
        .variable("FLEET_METADATA"),
    key("public_ip", STR).doc("Address announced to the cluster.").variable("FLEET_PUBLIC_IP"),
    key("token_limit", INT).doc("Maximum number of units per page of the API.").variable("FLEET_TOKEN_LIMIT"),
    key("verbosity", INT).doc("Log level.").variable("FLEET_VERBOSITY"),
    key("verify_units", BOOL).doc("Accept only units with a valid signature.").variable("FLEET_VERIFY_UNITS"),
]);

/// Settings of flannel.
pub static FLANNEL: Object = closed(&[
    key("etcd_endpoints", STR).doc("Comma-separated URLs of etcd.").variable("FLANNELD_ETCD_ENDPOINTS"),
    key("etcd_cafile", STR).doc("CA certificate for etcd.").variable("FLANNELD_ETCD_CAFILE"),
    key("etcd_certfile", STR).doc("Client certificate for etcd.").variable("FLANNELD_ETCD_CERTFILE"),
    key("etcd_keyfile", STR)
        .doc("Private key of the client certificate for etcd.")
        .variable("FLANNELD_ETCD_KEYFILE"),
    key("etcd_prefix", STR).doc("Key prefix in etcd.").variable("FLANNELD_ETCD_PREFIX"),
    key("etcd_username", STR).doc("User name for etcd.").variable("FLANNELD_ETCD_USERNAME"),
    key("etcd_password", STR).doc("Password for etcd.").variable("FLANNELD_ETCD_PASSWORD"),
    key("ip_masq", STR)
        .doc("Masquerade traffic that leaves the overlay network.")
        .variable("FLANNELD_IP_MASQ"),
    key("subnet_file", STR).doc("File that the subnet is written to.").variable("FLANNELD_SUBNET_FILE"),
    key("interface", STR).doc("Interface or address for traffic between hosts.").variable("FLANNELD_IFACE"),
    key("public_ip", STR).doc("Address announced to the cluster.").variable("FLANNELD_PUBLIC_IP"),
]);

/// Settings of the reboot manager.
pub static LOCKSMITH: Object = closed(&[
    key("endpoint", STR).doc("URL of etcd.").variable("LOCKSMITHD_ENDPOINT"),
    key("etcd_cafile", STR).doc("CA certificate for etcd.").variable("LOCKSMITHD_ETCD_CAFILE"),
    key("etcd_certfile", STR).doc("Client certificate for etcd.").variable("LOCKSMITHD_ETCD_CERTFILE"),
    key("etcd_keyfile", STR)
        .doc("Private key of the client certificate for etcd.")
        .variable("LOCKSMITHD_ETCD_KEYFILE"),
    key("etcd_username", STR).doc("User name for etcd.").variable("LOCKSMITHD_ETCD_USERNAME"),
    key("etcd_password", STR).doc("Password for etcd.").variable("LOCKSMITHD_ETCD_PASSWORD"),
    key("group", STR).doc("Group of machines that share a lock.").variable("LOCKSMITHD_GROUP"),
    key("window_start", matching(&WINDOW_START))
        .doc("Start of the reboot window, such as `Thu 04:00` or `4:00`.")
        .variable("REBOOT_WINDOW_START"),
    key("window_length", matching(&WINDOW_LENGTH))
        .doc("Length of the reboot window, such as `1h30m`.")
        .variable("REBOOT_WINDOW_LENGTH"),
]);
