//! The keys of etcd 0.4 and etcd 2. `snapshot_count` has another environment name in each.

use super::Kind::{Bool, Float, Int, Text};
use super::{Pattern, Section, key};

const ETCD2_OPTION: &str = "etcd2 options no longer work for etcd";

/// Settings of etcd 0.4.
pub static ETCD: Section = Section {
    path: "coreos.etcd",
    go_type: "config.Etcd",
    keys: &[
        key("addr", Text, "Address announced to clients.").env("ETCD_ADDR"),
        key("advertise_client_urls", Text, "Client URLs announced to the cluster.")
            .env("ETCD_ADVERTISE_CLIENT_URLS")
            .deprecated(ETCD2_OPTION),
        key("bind_addr", Text, "Address to listen on for clients.").env("ETCD_BIND_ADDR"),
        key("ca_file", Text, "CA certificate for clients.").env("ETCD_CA_FILE"),
        key("cert_file", Text, "Certificate shown to clients.").env("ETCD_CERT_FILE"),
        key("cluster_active_size", Int, "Number of active members.").env("ETCD_CLUSTER_ACTIVE_SIZE"),
        key("cluster_remove_delay", Float, "Seconds before a silent member is removed.")
            .env("ETCD_CLUSTER_REMOVE_DELAY"),
        key("cluster_sync_interval", Float, "Seconds between syncs of standbys.")
            .env("ETCD_CLUSTER_SYNC_INTERVAL"),
        key("cors", Text, "Allowed origins for cross-origin requests.").env("ETCD_CORS"),
        key("data_dir", Text, "Data directory.").env("ETCD_DATA_DIR"),
        key("discovery", Text, "Discovery URL for bootstrapping the cluster.").env("ETCD_DISCOVERY"),
        key("discovery_fallback", Text, "What to do when discovery fails: `exit` or `proxy`.")
            .env("ETCD_DISCOVERY_FALLBACK")
            .deprecated(ETCD2_OPTION),
        key("discovery_srv", Text, "DNS domain for bootstrapping the cluster.")
            .env("ETCD_DISCOVERY_SRV")
            .deprecated(ETCD2_OPTION),
        key("discovery_proxy", Text, "HTTP proxy for reaching the discovery service.")
            .env("ETCD_DISCOVERY_PROXY")
            .deprecated(ETCD2_OPTION),
        key("election_timeout", Int, "Milliseconds without heartbeat before an election.")
            .env("ETCD_ELECTION_TIMEOUT")
            .deprecated(ETCD2_OPTION),
        key("force_new_cluster", Bool, "Start a new cluster of one member from the data.")
            .env("ETCD_FORCE_NEW_CLUSTER")
            .deprecated(ETCD2_OPTION),
        key("graphite_host", Text, "Graphite host for metrics.").env("ETCD_GRAPHITE_HOST"),
        key("heartbeat_interval", Int, "Milliseconds between heartbeats.")
            .env("ETCD_HEARTBEAT_INTERVAL")
            .deprecated(ETCD2_OPTION),
        key("http_read_timeout", Float, "Seconds for reading a request.").env("ETCD_HTTP_READ_TIMEOUT"),
        key("http_write_timeout", Float, "Seconds for writing a response.").env("ETCD_HTTP_WRITE_TIMEOUT"),
        key("initial_advertise_peer_urls", Text, "Peer URLs announced when the cluster starts.")
            .env("ETCD_INITIAL_ADVERTISE_PEER_URLS")
            .deprecated(ETCD2_OPTION),
        key("initial_cluster", Text, "Members when the cluster starts.")
            .env("ETCD_INITIAL_CLUSTER")
            .deprecated(ETCD2_OPTION),
        key("initial_cluster_state", Text, "`new` or `existing`.")
            .env("ETCD_INITIAL_CLUSTER_STATE")
            .deprecated(ETCD2_OPTION),
        key("initial_cluster_token", Text, "Token that tells clusters apart.")
            .env("ETCD_INITIAL_CLUSTER_TOKEN")
            .deprecated(ETCD2_OPTION),
        key("key_file", Text, "Private key of the certificate shown to clients.").env("ETCD_KEY_FILE"),
        key("listen_client_urls", Text, "URLs to listen on for clients.")
            .env("ETCD_LISTEN_CLIENT_URLS")
            .deprecated(ETCD2_OPTION),
        key("listen_peer_urls", Text, "URLs to listen on for peers.")
            .env("ETCD_LISTEN_PEER_URLS")
            .deprecated(ETCD2_OPTION),
        key("max_result_buffer", Int, "Size of the result buffer.").env("ETCD_MAX_RESULT_BUFFER"),
        key("max_retry_attempts", Int, "Attempts to join the cluster.").env("ETCD_MAX_RETRY_ATTEMPTS"),
        key("max_snapshots", Int, "Snapshots to keep.").env("ETCD_MAX_SNAPSHOTS").deprecated(ETCD2_OPTION),
        key("max_wals", Int, "Write-ahead logs to keep.").env("ETCD_MAX_WALS").deprecated(ETCD2_OPTION),
        key("name", Text, "Name of this member.").env("ETCD_NAME"),
        key("peer_addr", Text, "Address announced to peers.").env("ETCD_PEER_ADDR"),
        key("peer_bind_addr", Text, "Address to listen on for peers.").env("ETCD_PEER_BIND_ADDR"),
        key("peer_ca_file", Text, "CA certificate for peers.").env("ETCD_PEER_CA_FILE"),
        key("peer_cert_file", Text, "Certificate shown to peers.").env("ETCD_PEER_CERT_FILE"),
        key("peer_election_timeout", Int, "Milliseconds without heartbeat before an election.")
            .env("ETCD_PEER_ELECTION_TIMEOUT"),
        key("peer_heartbeat_interval", Int, "Milliseconds between heartbeats.")
            .env("ETCD_PEER_HEARTBEAT_INTERVAL"),
        key("peer_key_file", Text, "Private key of the certificate shown to peers.")
            .env("ETCD_PEER_KEY_FILE"),
        key("peers", Text, "Comma-separated addresses of peers to join.").env("ETCD_PEERS"),
        key("peers_file", Text, "File with addresses of peers to join.").env("ETCD_PEERS_FILE"),
        key("proxy", Text, "Proxy mode.").env("ETCD_PROXY").deprecated(ETCD2_OPTION),
        key("retry_interval", Float, "Seconds between attempts to join.").env("ETCD_RETRY_INTERVAL"),
        key("snapshot", Bool, "Write snapshots of the state.").env("ETCD_SNAPSHOT"),
        key("snapshot_count", Int, "Transactions between snapshots.").env("ETCD_SNAPSHOTCOUNT"),
        key("trace", Text, "Trace mode.").env("ETCD_TRACE"),
        key("verbose", Bool, "Log more.").env("ETCD_VERBOSE"),
        key("very_verbose", Bool, "Log much more.").env("ETCD_VERY_VERBOSE"),
        key("very_very_verbose", Bool, "Log everything.").env("ETCD_VERY_VERY_VERBOSE"),
    ],
};

/// Settings of etcd 2.
pub static ETCD2: Section = Section {
    path: "coreos.etcd2",
    go_type: "config.Etcd2",
    keys: &[
        key("advertise_client_urls", Text, "Client URLs announced to the cluster.")
            .env("ETCD_ADVERTISE_CLIENT_URLS"),
        key("ca_file", Text, "CA certificate for clients.")
            .env("ETCD_CA_FILE")
            .deprecated("ca_file obsoleted by trusted_ca_file and client_cert_auth"),
        key("cert_file", Text, "Certificate shown to clients.").env("ETCD_CERT_FILE"),
        key("client_cert_auth", Bool, "Demand certificates from clients.").env("ETCD_CLIENT_CERT_AUTH"),
        key("cors", Text, "Allowed origins for cross-origin requests.").env("ETCD_CORS"),
        key("data_dir", Text, "Data directory.").env("ETCD_DATA_DIR"),
        key("debug", Bool, "Log debug messages.").env("ETCD_DEBUG"),
        key("discovery", Text, "Discovery URL for bootstrapping the cluster.").env("ETCD_DISCOVERY"),
        key("discovery_fallback", Text, "What to do when discovery fails: `exit` or `proxy`.")
            .env("ETCD_DISCOVERY_FALLBACK"),
        key("discovery_srv", Text, "DNS domain for bootstrapping the cluster.").env("ETCD_DISCOVERY_SRV"),
        key("discovery_proxy", Text, "HTTP proxy for reaching the discovery service.")
            .env("ETCD_DISCOVERY_PROXY"),
        key("election_timeout", Int, "Milliseconds without heartbeat before an election.")
            .env("ETCD_ELECTION_TIMEOUT"),
        key("enable_pprof", Bool, "Serve profiling data.").env("ETCD_ENABLE_PPROF"),
        key("force_new_cluster", Bool, "Start a new cluster of one member from the data.")
            .env("ETCD_FORCE_NEW_CLUSTER"),
        key("heartbeat_interval", Int, "Milliseconds between heartbeats.").env("ETCD_HEARTBEAT_INTERVAL"),
        key("initial_advertise_peer_urls", Text, "Peer URLs announced when the cluster starts.")
            .env("ETCD_INITIAL_ADVERTISE_PEER_URLS"),
        key("initial_cluster", Text, "Members when the cluster starts.").env("ETCD_INITIAL_CLUSTER"),
        key("initial_cluster_state", Text, "`new` or `existing`.").env("ETCD_INITIAL_CLUSTER_STATE"),
        key("initial_cluster_token", Text, "Token that tells clusters apart.")
            .env("ETCD_INITIAL_CLUSTER_TOKEN"),
        key("key_file", Text, "Private key of the certificate shown to clients.").env("ETCD_KEY_FILE"),
        key("listen_client_urls", Text, "URLs to listen on for clients.").env("ETCD_LISTEN_CLIENT_URLS"),
        key("listen_peer_urls", Text, "URLs to listen on for peers.").env("ETCD_LISTEN_PEER_URLS"),
        key("log_package_levels", Text, "Log level per package.").env("ETCD_LOG_PACKAGE_LEVELS"),
        key("max_snapshots", Int, "Snapshots to keep.").env("ETCD_MAX_SNAPSHOTS"),
        key("max_wals", Int, "Write-ahead logs to keep.").env("ETCD_MAX_WALS"),
        key("name", Text, "Name of this member.").env("ETCD_NAME"),
        key("peer_ca_file", Text, "CA certificate for peers.")
            .env("ETCD_PEER_CA_FILE")
            .deprecated("peer_ca_file obsoleted peer_trusted_ca_file and peer_client_cert_auth"),
        key("peer_cert_file", Text, "Certificate shown to peers.").env("ETCD_PEER_CERT_FILE"),
        key("peer_key_file", Text, "Private key of the certificate shown to peers.")
            .env("ETCD_PEER_KEY_FILE"),
        key("peer_client_cert_auth", Bool, "Demand certificates from peers.")
            .env("ETCD_PEER_CLIENT_CERT_AUTH"),
        key("peer_trusted_ca_file", Text, "CA certificates trusted for peers.")
            .env("ETCD_PEER_TRUSTED_CA_FILE"),
        key("proxy", Text, "Proxy mode.")
            .env("ETCD_PROXY")
            .pattern(Pattern::OneOf(&["on", "off", "readonly"])),
        key("proxy_dial_timeout", Int, "Milliseconds for connecting to a member.")
            .env("ETCD_PROXY_DIAL_TIMEOUT"),
        key("proxy_failure_wait", Int, "Milliseconds before a failed member is tried again.")
            .env("ETCD_PROXY_FAILURE_WAIT"),
        key("proxy_read_timeout", Int, "Milliseconds for reading from a member.")
            .env("ETCD_PROXY_READ_TIMEOUT"),
        key("proxy_refresh_interval", Int, "Milliseconds between refreshes of the members.")
            .env("ETCD_PROXY_REFRESH_INTERVAL"),
        key("proxy_write_timeout", Int, "Milliseconds for writing to a member.")
            .env("ETCD_PROXY_WRITE_TIMEOUT"),
        key("snapshot_count", Int, "Transactions between snapshots.").env("ETCD_SNAPSHOT_COUNT"),
        key("strict_reconfig_check", Bool, "Refuse changes that would cost the quorum.")
            .env("ETCD_STRICT_RECONFIG_CHECK"),
        key("trusted_ca_file", Text, "CA certificates trusted for clients.").env("ETCD_TRUSTED_CA_FILE"),
        key("wal_dir", Text, "Directory of the write-ahead log.").env("ETCD_WAL_DIR"),
    ],
};
