//! What is said about the boot, and where it goes: output, progress reports and the system log.
//!
//! Read by cloud-init itself and by the module `rsyslog`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object};

use super::forms::{DISTINCT_STRINGS, FREE_MAPPING, PAIR, STRINGS};
use super::patterns::NOT_EMPTY;
use super::v;

pub(super) static KEYS: [Key; 3] = [
    // No module
    key("output", map(&OUTPUT))
        .since(v(23, 4))
        .doc("Where the output of each stage goes: `> FILE`, `>> FILE` or `| COMMAND`."),
    key("reporting", map(&closed(&[]).patterns(&[(NOT_EMPTY, REPORTER)])))
        .since(v(22, 3))
        .doc("Where cloud-init reports its progress."),
    // Module `rsyslog`
    key("rsyslog", map(&RSYSLOG)).since(v(22, 2)).doc("Configures the system logger `rsyslog`."),
];

static OUTPUT: Object = closed(&[
    key("all", STREAMS).doc("Where the output of all other stages goes."),
    key("init", STREAMS).doc("Where the output of the network stage goes."),
    key("config", STREAMS).doc("Where the output of the config stage goes, in releases before 24.3."),
    key("final", STREAMS).doc("Where the output of the final stage goes, in releases before 24.3."),
]);

/// One place for everything, or one for output and one for errors.
static STREAMS: Node = one_of(&[STR, PAIR, map(&OUTPUT_AND_ERROR)]);

static OUTPUT_AND_ERROR: Object = closed(&[
    key("output", STR).doc("Where standard output goes."),
    key("error", STR).doc("Where standard error goes; `&1` is where the output goes."),
]);

static REPORTER: Node = all_of(&[
    FREE_MAPPING,
    one_of(&[map(&LOG_REPORTER), map(&PRINT_REPORTER), map(&WEBHOOK_REPORTER), map(&HYPERV_REPORTER)]),
])
.doc("A receiver of reports, under a name of your choice.");

static LOG_REPORTER: Object = closed(&[
    key("type", words(&["log"])).doc("Reports to the log of cloud-init."),
    key("level", words(&["DEBUG", "INFO", "WARN", "ERROR", "FATAL"]))
        .default("DEBUG")
        .doc("The level at which reports are logged."),
])
.required(&["type"])
.partial();

static PRINT_REPORTER: Object = closed(&[key("type", words(&["print"])).doc("Reports to standard output.")])
    .required(&["type"])
    .partial();

static WEBHOOK_REPORTER: Object = closed(&[
    key("type", words(&["webhook"])).doc("Posts reports to a URL."),
    key("endpoint", STR).doc("The URL to post to."),
    key("consumer_key", STR).doc("The OAuth consumer key."),
    key("token_key", STR).doc("The OAuth token."),
    key("token_secret", STR).doc("The secret of the OAuth token."),
    key("consumer_secret", STR).doc("The secret of the OAuth consumer key."),
    key("timeout", number_from(0)).doc("How many seconds to wait for an answer."),
    key("retries", int_from(0)).doc("How many times to try again."),
])
.required(&["type", "endpoint"])
.partial();

static HYPERV_REPORTER: Object = closed(&[
    key("type", words(&["hyperv"])).doc("Reports to the host through Hyper-V's key-value pairs."),
    key("kvp_file_path", STR)
        .default("/var/lib/hyperv/.kvp_pool_1")
        .doc("The file with the key-value pairs."),
    key("event_types", STRINGS).doc("The types of events to report."),
])
.required(&["type"])
.partial();

static RSYSLOG: Object = closed(&[
    key("config_dir", STR).doc("The directory that `configs` are written to, by default `/etc/rsyslog.d`."),
    key("config_filename", STR)
        .doc("The file for `configs` without a name of their own, by default `20-cloud-config.conf`."),
    key("configs", list(&items(one_of(&[STR, map(&RSYSLOG_CONFIG)]))))
        .doc("Configuration for `rsyslog`, as text or as named files."),
    key("remotes", FREE_MAPPING)
        .doc("Servers to send the log to, each under a name of your choice, such as `*.* @@10.0.0.1:514`."),
    key("service_reload_command", one_of(&[words(&["auto"]), STRINGS]))
        .doc("The command that reloads `rsyslog`."),
    key("install_rsyslog", BOOL)
        .since(v(23, 3))
        .works_since(v(23, 3))
        .default("false")
        .doc("Installs `packages` if the program `check_exe` is missing."),
    key("check_exe", STR)
        .since(v(23, 3))
        .works_since(v(23, 3))
        .doc("The program whose presence means that `rsyslog` is installed."),
    key("packages", DISTINCT_STRINGS).since(v(23, 3)).works_since(v(23, 3)).doc("The packages to install."),
]);

static RSYSLOG_CONFIG: Object = closed(&[
    key("filename", STR).doc("The name of the file."),
    key("content", STR).doc("The content of the file."),
])
.required(&["content"]);
