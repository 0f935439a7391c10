//! What the machine is registered with: Red Hat, Ubuntu Pro, Landscape and Spacewalk.
//!
//! Read by the modules `rh_subscription`, `ubuntu_pro` (before 24.1 `ubuntu_advantage`), `landscape` and
//! `spacewalk`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object};

use super::forms::{STRING_OR_NULL, STRINGS};
use super::patterns::TAGS;
use super::{gone, v};

pub(super) static KEYS: [Key; 6] = [
    // Module `rh_subscription`
    key(
        "rh_subscription",
        changed(&[
            (v(25, 3), map(&closed(RH_SUBSCRIPTION).exclusive(TWO_SPELLINGS))),
            (v(22, 2), map(&closed(RH_SUBSCRIPTION))),
        ]),
    )
    .since(v(22, 2))
    .doc("Registers the machine with Red Hat, using a password or an activation key."),
    // Module `ubuntu_pro`
    key("ubuntu_pro", map(&UBUNTU_PRO))
        .since(v(24, 1))
        .works_since(v(24, 1))
        .doc("Attaches the machine to an Ubuntu Pro subscription and enables its services."),
    key(
        "ubuntu_advantage",
        changed(&[
            (v(22, 4), map(&closed(UBUNTU_ADVANTAGE))),
            (v(19, 1), map(&closed(UBUNTU_ADVANTAGE).required(&["token"]))),
        ]),
    )
    .since(v(19, 1))
    .deprecated(&gone(v(24, 1), v(24, 1), "`ubuntu_pro`"))
    .works_since(v(19, 1))
    .doc("The old name of `ubuntu_pro`."),
    key("ubuntu-advantage", map(&UBUNTU_ADVANTAGE_COMMANDS))
        .since(v(18, 2))
        .until(v(19, 1))
        .works_since(v(18, 2))
        .doc("Runs commands of `ubuntu-advantage`, the predecessor of Ubuntu Pro."),
    // Module `landscape`
    key(
        "landscape",
        changed(&[
            (v(22, 3), map(&closed(LANDSCAPE).required(&["client"]))),
            (v(22, 2), map(&open(LANDSCAPE).required(&["client"]))),
        ]),
    )
    .since(v(22, 2))
    .doc("Installs the Landscape client on Ubuntu and registers the machine."),
    // Module `spacewalk`
    key("spacewalk", map(&SPACEWALK))
        .since(v(22, 2))
        .doc("Registers the machine with a Spacewalk server, on Red Hat and Fedora."),
];

static RH_SUBSCRIPTION: &[Key] = &[
    key("username", STR).doc("The user name at Red Hat."),
    key("password", STR).doc("The password at Red Hat, in clear text."),
    key("activation_key", STR)
        .since(v(25, 3))
        .works_since(v(25, 3))
        .doc("The activation key, which needs `org`."),
    key("activation-key", STR)
        .deprecated(&gone(v(25, 3), v(25, 3), "`activation_key`"))
        .doc("The old spelling of `activation_key`."),
    key(
        "org",
        changed(&[
            (v(24, 2), one_of(&[STR, INT.deprecated(&gone(v(24, 2), v(24, 2), "a string, in quotes"))])),
            (v(22, 2), INT),
        ]),
    )
    .doc("The organisation that the activation key belongs to."),
    key("auto_attach", BOOL)
        .since(v(25, 3))
        .works_since(v(25, 3))
        .doc("Attaches the subscriptions that match the machine."),
    key("auto-attach", BOOL)
        .deprecated(&gone(v(25, 3), v(25, 3), "`auto_attach`"))
        .doc("The old spelling of `auto_attach`."),
    key("service_level", STR)
        .since(v(25, 3))
        .works_since(v(25, 3))
        .doc("The service level that subscriptions must have, which needs `auto_attach`."),
    key("service-level", STR)
        .deprecated(&gone(v(25, 3), v(25, 3), "`service_level`"))
        .doc("The old spelling of `service_level`."),
    key("add_pool", STRINGS).since(v(25, 3)).works_since(v(25, 3)).doc("Pools of subscriptions to attach."),
    key("add-pool", STRINGS)
        .deprecated(&gone(v(25, 3), v(25, 3), "`add_pool`"))
        .doc("The old spelling of `add_pool`."),
    key("enable_repo", STRINGS).since(v(25, 3)).works_since(v(25, 3)).doc("Repositories to enable."),
    key("enable-repo", STRINGS)
        .deprecated(&gone(v(25, 3), v(25, 3), "`enable_repo`"))
        .doc("The old spelling of `enable_repo`."),
    key("disable_repo", STRINGS).since(v(25, 3)).works_since(v(25, 3)).doc("Repositories to disable."),
    key("disable-repo", STRINGS)
        .deprecated(&gone(v(25, 3), v(25, 3), "`disable_repo`"))
        .doc("The old spelling of `disable_repo`."),
    key("release_version", STR)
        .since(v(25, 3))
        .works_since(v(25, 3))
        .doc("The minor release to stay on, such as `9.4`."),
    key("rhsm_baseurl", STR)
        .since(v(25, 3))
        .works_since(v(25, 3))
        .doc("The URL that packages are downloaded from."),
    key("rhsm-baseurl", STR)
        .deprecated(&gone(v(25, 3), v(25, 3), "`rhsm_baseurl`"))
        .doc("The old spelling of `rhsm_baseurl`."),
    key("server_hostname", STR)
        .since(v(25, 3))
        .works_since(v(25, 3))
        .doc("The server to register with, instead of the one of Red Hat."),
    key("server-hostname", STR)
        .deprecated(&gone(v(25, 3), v(25, 3), "`server_hostname`"))
        .doc("The old spelling of `server_hostname`."),
];

/// Spellings that must not stand side by side.
static TWO_SPELLINGS: &[(&str, &str)] = &[
    ("activation_key", "activation-key"),
    ("auto_attach", "auto-attach"),
    ("service_level", "service-level"),
    ("add_pool", "add-pool"),
    ("enable_repo", "enable-repo"),
    ("disable_repo", "disable-repo"),
    ("rhsm_baseurl", "rhsm-baseurl"),
    ("server_hostname", "server-hostname"),
];

static UBUNTU_PRO: Object = closed(&[
    key("enable", STRINGS).doc("Services to enable, such as `livepatch`, instead of the usual ones."),
    key("enable_beta", STRINGS).doc("Beta services to enable."),
    key("token", STR).doc("The token of the subscription, from `ubuntu.com/pro`."),
    key("features", map(&UBUNTU_PRO_FEATURES)).doc("Features of the client to turn on or off."),
    key("config", map(&PRO_PROXIES)).doc("The proxies of the client."),
]);

static UBUNTU_ADVANTAGE: &[Key] = &[
    key("enable", STRINGS).doc("Services to enable, such as `livepatch`, instead of the usual ones."),
    key("enable_beta", STRINGS).since(v(22, 4)).works_since(v(22, 4)).doc("Beta services to enable."),
    key("token", STR).doc("The token of the subscription, from `ubuntu.com/pro`."),
    key("features", map(&UBUNTU_PRO_FEATURES))
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("Features of the client to turn on or off."),
    key("config", map(&PRO_PROXIES)).since(v(22, 3)).works_since(v(22, 3)).doc("The proxies of the client."),
];

static UBUNTU_PRO_FEATURES: Object = closed(&[key("disable_auto_attach", BOOL)
    .default("false")
    .doc("Keeps Ubuntu Pro images from attaching themselves at boot.")]);

static PRO_PROXIES: Object = open(&[
    key("http_proxy", PROXY).doc("The proxy for requests of the client with `http`."),
    key("https_proxy", PROXY).doc("The proxy for requests of the client with `https`."),
    key("global_apt_http_proxy", PROXY).doc("The proxy of APT for all repositories with `http`."),
    key("global_apt_https_proxy", PROXY).doc("The proxy of APT for all repositories with `https`."),
    key("ua_apt_http_proxy", PROXY).doc("The proxy of APT for the subscription's repositories with `http`."),
    key("ua_apt_https_proxy", PROXY)
        .doc("The proxy of APT for the subscription's repositories with `https`."),
]);

/// The URL of a proxy; `null` unsets it.
static PROXY: Node = changed(&[(v(22, 4), STRING_OR_NULL), (v(22, 3), STR)]);

static UBUNTU_ADVANTAGE_COMMANDS: Object = closed(&[key(
    "commands",
    types(&[
        map(&open(&[]).min(1)),
        changed(&[
            (v(18, 3), list(&items(one_of(&[STRINGS, STR])).min(1))),
            (v(18, 2), list(&items(one_of(&[STRINGS, STR])).min(1).unique())),
        ]),
    ]),
)
.doc("Commands to run, such as `ubuntu-advantage enable-livepatch TOKEN`.")])
.required(&["commands"]);

static LANDSCAPE: &[Key] = &[key(
    "client",
    changed(&[
        (v(23, 3), map(&open(LANDSCAPE_CLIENT).required(&["account_name", "computer_title"]))),
        (v(22, 2), map(&open(LANDSCAPE_CLIENT))),
    ]),
)
.doc("The configuration of the client; settings that are not listed here are passed on.")];

static LANDSCAPE_CLIENT: &[Key] = &[
    key("url", STR)
        .default("https://landscape.canonical.com/message-system")
        .doc("The server to exchange messages with."),
    key("ping_url", STR)
        .default("https://landscape.canonical.com/ping")
        .doc("The server to ask whether there are messages."),
    key("data_path", STR).default("/var/lib/landscape/client").doc("The directory for the client's data."),
    key("log_level", words(&["debug", "info", "warning", "error", "critical"]))
        .default("info")
        .doc("The log level of the client."),
    key("computer_title", STR).since(v(22, 3)).doc("The name of the machine in Landscape."),
    key("account_name", STR).doc("The account at Landscape."),
    key("registration_key", STR).doc("The registration key of the account."),
    key("tags", matching(&TAGS)).doc("Tags for the machine, separated by commas."),
    key("http_proxy", STR).doc("The proxy for requests with `http`."),
    key("https_proxy", STR).doc("The proxy for requests with `https`."),
    key("computer_tite", STR).until(v(22, 3)).doc("A misspelling of `computer_title` in the tables of 22.2."),
];

static SPACEWALK: Object = closed(&[
    key("server", STR).doc("The host name of the server."),
    key("proxy", STR).doc("The proxy to the server."),
    key("activation_key", STR).doc("The activation key."),
]);
