//! The keys of etcd 0.4 and etcd 2. `snapshot_count` has another environment name in each.

use dryboot_schema::build::*;
use dryboot_schema::{Deprecated, Object};

use super::because;

static ETCD2_OPTION: Deprecated = because("etcd2 options no longer work for etcd");

/// Settings of etcd 0.4.
pub static ETCD: Object = closed(&[
    key("addr", STR).doc("Address announced to clients.").variable("ETCD_ADDR"),
    key("advertise_client_urls", STR)
        .doc("Client URLs announced to the cluster.")
        .variable("ETCD_ADVERTISE_CLIENT_URLS")
        .deprecated(&ETCD2_OPTION),
    key("bind_addr", STR).doc("Address to listen on for clients.").variable("ETCD_BIND_ADDR"),
    key("ca_file", STR).doc("CA certificate for clients.").variable("ETCD_CA_FILE"),
    key("cert_file", STR).doc("Certificate presented to clients.").variable("ETCD_CERT_FILE"),
    key("cluster_active_size", INT).doc("Number of active members.").variable("ETCD_CLUSTER_ACTIVE_SIZE"),
    key("cluster_remove_delay", NUMBER)
        .doc("Seconds before a silent member is removed.")
        .variable("ETCD_CLUSTER_REMOVE_DELAY"),
    key("cluster_sync_interval", NUMBER)
        .doc("Seconds between syncs of standbys.")
        .variable("ETCD_CLUSTER_SYNC_INTERVAL"),
    key("cors", STR).doc("Allowed origins for cross-origin requests.").variable("ETCD_CORS"),
    key("data_dir", STR).doc("Data directory.").variable("ETCD_DATA_DIR"),
    key("discovery", STR).doc("Discovery URL for bootstrapping the cluster.").variable("ETCD_DISCOVERY"),
    key("discovery_fallback", STR)
        .doc("What to do when discovery fails: `exit` or `proxy`.")
        .variable("ETCD_DISCOVERY_FALLBACK")
        .deprecated(&ETCD2_OPTION),
    key("discovery_srv", STR)
        .doc("DNS domain for bootstrapping the cluster.")
        .variable("ETCD_DISCOVERY_SRV")
        .deprecated(&ETCD2_OPTION),
    key("discovery_proxy", STR)
        .doc("HTTP proxy for reaching the discovery service.")
        .variable("ETCD_DISCOVERY_PROXY")
        .deprecated(&ETCD2_OPTION),
    key("election_timeout", INT)
        .doc("Milliseconds without heartbeat before an election.")
        .variable("ETCD_ELECTION_TIMEOUT")
        .deprecated(&ETCD2_OPTION),
    key("force_new_cluster", BOOL)
        .doc("Start a new cluster with one member from the existing data.")
        .variable("ETCD_FORCE_NEW_CLUSTER")
        .deprecated(&ETCD2_OPTION),
    key("graphite_host", STR).doc("Graphite host for metrics.").variable("ETCD_GRAPHITE_HOST"),
    key("heartbeat_interval", INT)
        .doc("Milliseconds between heartbeats.")
        .variable("ETCD_HEARTBEAT_INTERVAL")
        .deprecated(&ETCD2_OPTION),
    key("http_read_timeout", NUMBER).doc("Seconds for reading a request.").variable("ETCD_HTTP_READ_TIMEOUT"),
    key("http_write_timeout", NUMBER)
        .doc("Seconds for writing a response.")
        .variable("ETCD_HTTP_WRITE_TIMEOUT"),
    key("initial_advertise_peer_urls", STR)
        .doc("Peer URLs announced when the cluster starts.")
        .variable("ETCD_INITIAL_ADVERTISE_PEER_URLS")
        .deprecated(&ETCD2_OPTION),
    key("initial_cluster", STR)
        .doc("Members when the cluster starts.")
        .variable("ETCD_INITIAL_CLUSTER")
        .deprecated(&ETCD2_OPTION),
    key("initial_cluster_state", STR)
        .doc("`new` or `existing`.")
        .variable("ETCD_INITIAL_CLUSTER_STATE")
        .deprecated(&ETCD2_OPTION),
    key("initial_cluster_token", STR)
        .doc("Token that distinguishes clusters.")
        .variable("ETCD_INITIAL_CLUSTER_TOKEN")
        .deprecated(&ETCD2_OPTION),
    key("key_file", STR)
        .doc("Private key of the certificate presented to clients.")
        .variable("ETCD_KEY_FILE"),
    key("listen_client_urls", STR)
        .doc("URLs to listen on for clients.")
        .variable("ETCD_LISTEN_CLIENT_URLS")
        .deprecated(&ETCD2_OPTION),
    key("listen_peer_urls", STR)
        .doc("URLs to listen on for peers.")
        .variable("ETCD_LISTEN_PEER_URLS")
        .deprecated(&ETCD2_OPTION),
    key("max_result_buffer", INT).doc("Size of the result buffer.").variable("ETCD_MAX_RESULT_BUFFER"),
    key("max_retry_attempts", INT).doc("Attempts to join the cluster.").variable("ETCD_MAX_RETRY_ATTEMPTS"),
    key("max_snapshots", INT)
        .doc("Snapshots to keep.")
        .variable("ETCD_MAX_SNAPSHOTS")
        .deprecated(&ETCD2_OPTION),
    key("max_wals", INT).doc("Write-ahead logs to keep.").variable("ETCD_MAX_WALS").deprecated(&ETCD2_OPTION),
    key("name", STR).doc("Name of this member.").variable("ETCD_NAME"),
    key("peer_addr", STR).doc("Address announced to peers.").variable("ETCD_PEER_ADDR"),
    key("peer_bind_addr", STR).doc("Address to listen on for peers.").variable("ETCD_PEER_BIND_ADDR"),
    key("peer_ca_file", STR).doc("CA certificate for peers.").variable("ETCD_PEER_CA_FILE"),
    key("peer_cert_file", STR).doc("Certificate presented to peers.").variable("ETCD_PEER_CERT_FILE"),
    key("peer_election_timeout", INT)
        .doc("Milliseconds without heartbeat before an election.")
        .variable("ETCD_PEER_ELECTION_TIMEOUT"),
    key("peer_heartbeat_interval", INT)
        .doc("Milliseconds between heartbeats.")
        .variable("ETCD_PEER_HEARTBEAT_INTERVAL"),
    key("peer_key_file", STR)
        .doc("Private key of the certificate presented to peers.")
        .variable("ETCD_PEER_KEY_FILE"),
    key("peers", STR).doc("Comma-separated addresses of peers to join.").variable("ETCD_PEERS"),
    key("peers_file", STR).doc("File with addresses of peers to join.").variable("ETCD_PEERS_FILE"),
    key("proxy", STR).doc("Proxy mode.").variable("ETCD_PROXY").deprecated(&ETCD2_OPTION),
    key("retry_interval", NUMBER).doc("Seconds between attempts to join.").variable("ETCD_RETRY_INTERVAL"),
    key("snapshot", BOOL).doc("Write snapshots of the state.").variable("ETCD_SNAPSHOT"),
    key("snapshot_count", INT).doc("Transactions between snapshots.").variable("ETCD_SNAPSHOTCOUNT"),
    key("trace", STR).doc("Trace mode.").variable("ETCD_TRACE"),
    key("verbose", BOOL).doc("Log more.").variable("ETCD_VERBOSE"),
    key("very_verbose", BOOL).doc("Log much more.").variable("ETCD_VERY_VERBOSE"),
    key("very_very_verbose", BOOL).doc("Log everything.").variable("ETCD_VERY_VERY_VERBOSE"),
]);

/// Settings of etcd 2.
pub static ETCD2: Object = closed(&[
    key("advertise_client_urls", STR)
        .doc("Client URLs announced to the cluster.")
        .variable("ETCD_ADVERTISE_CLIENT_URLS"),
    key("ca_file", STR)
        .doc("CA certificate for clients.")
        .variable("ETCD_CA_FILE")
        .deprecated(&because("ca_file obsoleted by trusted_ca_file and client_cert_auth")),
    key("cert_file", STR).doc("Certificate presented to clients.").variable("ETCD_CERT_FILE"),
    key("client_cert_auth", BOOL).doc("Require certificates from clients.").variable("ETCD_CLIENT_CERT_AUTH"),
    key("cors", STR).doc("Allowed origins for cross-origin requests.").variable("ETCD_CORS"),
    key("data_dir", STR).doc("Data directory.").variable("ETCD_DATA_DIR"),
    key("debug", BOOL).doc("Log debug messages.").variable("ETCD_DEBUG"),
    key("discovery", STR).doc("Discovery URL for bootstrapping the cluster.").variable("ETCD_DISCOVERY"),
    key("discovery_fallback", STR)
        .doc("What to do when discovery fails: `exit` or `proxy`.")
        .variable("ETCD_DISCOVERY_FALLBACK"),
    key("discovery_srv", STR).doc("DNS domain for bootstrapping the cluster.").variable("ETCD_DISCOVERY_SRV"),
    key("discovery_proxy", STR)
        .doc("HTTP proxy for reaching the discovery service.")
        .variable("ETCD_DISCOVERY_PROXY"),
    key("election_timeout", INT)
        .doc("Milliseconds without heartbeat before an election.")
        .variable("ETCD_ELECTION_TIMEOUT"),
    key("enable_pprof", BOOL).doc("Serve profiling data.").variable("ETCD_ENABLE_PPROF"),
    key("force_new_cluster", BOOL)
        .doc("Start a new cluster with one member from the existing data.")
        .variable("ETCD_FORCE_NEW_CLUSTER"),
    key("heartbeat_interval", INT)
        .doc("Milliseconds between heartbeats.")
        .variable("ETCD_HEARTBEAT_INTERVAL"),
    key("initial_advertise_peer_urls", STR)
        .doc("Peer URLs announced when the cluster starts.")
        .variable("ETCD_INITIAL_ADVERTISE_PEER_URLS"),
    key("initial_cluster", STR).doc("Members when the cluster starts.").variable("ETCD_INITIAL_CLUSTER"),
    key("initial_cluster_state", STR).doc("`new` or `existing`.").variable("ETCD_INITIAL_CLUSTER_STATE"),
    key("initial_cluster_token", STR)
        .doc("Token that distinguishes clusters.")
        .variable("ETCD_INITIAL_CLUSTER_TOKEN"),
    key("key_file", STR)
        .doc("Private key of the certificate presented to clients.")
        .variable("ETCD_KEY_FILE"),
    key("listen_client_urls", STR).doc("URLs to listen on for clients.").variable("ETCD_LISTEN_CLIENT_URLS"),
    key("listen_peer_urls", STR).doc("URLs to listen on for peers.").variable("ETCD_LISTEN_PEER_URLS"),
    key("log_package_levels", STR).doc("Log level per package.").variable("ETCD_LOG_PACKAGE_LEVELS"),
    key("max_snapshots", INT).doc("Snapshots to keep.").variable("ETCD_MAX_SNAPSHOTS"),
    key("max_wals", INT).doc("Write-ahead logs to keep.").variable("ETCD_MAX_WALS"),
    key("name", STR).doc("Name of this member.").variable("ETCD_NAME"),
    key("peer_ca_file", STR)
        .doc("CA certificate for peers.")
        .variable("ETCD_PEER_CA_FILE")
        .deprecated(&because("peer_ca_file obsoleted peer_trusted_ca_file and peer_client_cert_auth")),
    key("peer_cert_file", STR).doc("Certificate presented to peers.").variable("ETCD_PEER_CERT_FILE"),
    key("peer_key_file", STR)
        .doc("Private key of the certificate presented to peers.")
        .variable("ETCD_PEER_KEY_FILE"),
    key("peer_client_cert_auth", BOOL)
        .doc("Require certificates from peers.")
        .variable("ETCD_PEER_CLIENT_CERT_AUTH"),
    key("peer_trusted_ca_file", STR)
        .doc("CA certificates trusted for peers.")
        .variable("ETCD_PEER_TRUSTED_CA_FILE"),
    key("proxy", words(&["on", "off", "readonly"])).doc("Proxy mode.").variable("ETCD_PROXY"),
    key("proxy_dial_timeout", INT)
        .doc("Milliseconds for connecting to a member.")
        .variable("ETCD_PROXY_DIAL_TIMEOUT"),
    key("proxy_failure_wait", INT)
        .doc("Milliseconds before a failed member is tried again.")
        .variable("ETCD_PROXY_FAILURE_WAIT"),
    key("proxy_read_timeout", INT)
        .doc("Milliseconds for reading from a member.")
        .variable("ETCD_PROXY_READ_TIMEOUT"),
    key("proxy_refresh_interval", INT)
        .doc("Milliseconds between refreshes of the members.")
        .variable("ETCD_PROXY_REFRESH_INTERVAL"),
    key("proxy_write_timeout", INT)
        .doc("Milliseconds for writing to a member.")
        .variable("ETCD_PROXY_WRITE_TIMEOUT"),
    key("snapshot_count", INT).doc("Transactions between snapshots.").variable("ETCD_SNAPSHOT_COUNT"),
    key("strict_reconfig_check", BOOL)
        .doc("Refuse changes that would lose the quorum.")
        .variable("ETCD_STRICT_RECONFIG_CHECK"),
    key("trusted_ca_file", STR).doc("CA certificates trusted for clients.").variable("ETCD_TRUSTED_CA_FILE"),
    key("wal_dir", STR).doc("Directory of the write-ahead log.").variable("ETCD_WAL_DIR"),
]);
