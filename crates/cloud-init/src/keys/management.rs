//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::patterns::{NOT_EMPTY, ONE_LINE, TAGS};
use super::{gone, v};

pub(super) static KEYS: [Key; 12] = [
    // cc_ansible
    key("ansible", map(&ANSIBLE)).since(v(22, 3)).works_since(v(22, 3)),
    // cc_ubuntu_autoinstall
    key("autoinstall", map(&open(&[key("version", INT).works_since(v(22, 3))]).required(&["version"])))
        .since(v(22, 3))
        .works_since(v(22, 3)),
    // cc_chef
    key("chef", changed(&[(v(22, 1), map(&closed(CHEF_KEYS).min(1))), (v(20, 3), map(&closed(CHEF_KEYS)))]))
        .since(v(20, 3)),
    // cc_landscape
    key(
        "landscape",
        changed(&[
            (v(22, 3), map(&closed(LANDSCAPE_KEYS).required(&["client"]))),
            (v(22, 2), map(&open(LANDSCAPE_KEYS).required(&["client"]))),
        ]),
    )
    .since(v(22, 2)),
    // cc_mcollective
    key("mcollective", map(&MCOLLECTIVE)).since(v(22, 2)),
    // cc_puppet
    key("puppet", map(&PUPPET)).since(v(22, 2)),
    // cc_rh_subscription
    key(
        "rh_subscription",
        changed(&[
            (
                v(25, 3),
                map(&closed(RH_SUBSCRIPTION_KEYS).exclusive(&[
                    ("activation_key", "activation-key"),
                    ("auto_attach", "auto-attach"),
                    ("service_level", "service-level"),
                    ("add_pool", "add-pool"),
                    ("enable_repo", "enable-repo"),
                    ("disable_repo", "disable-repo"),
                    ("rhsm_baseurl", "rhsm-baseurl"),
                    ("server_hostname", "server-hostname"),
                ])),
            ),
            (v(22, 2), map(&closed(RH_SUBSCRIPTION_KEYS))),
        ]),
    )
    .since(v(22, 2)),
    // cc_salt_minion
    key("salt_minion", map(&SALT_MINION)).since(v(22, 2)),
    // cc_spacewalk
    key("spacewalk", map(&closed(&[key("server", STR), key("proxy", STR), key("activation_key", STR)])))
        .since(v(22, 2)),
    // cc_ubuntu_pro
    key("ubuntu_pro", map(&UBUNTU_PRO)).since(v(24, 1)).works_since(v(24, 1)),
    key(
        "ubuntu_advantage",
        changed(&[
            (v(22, 4), map(&closed(UBUNTU_ADVANTAGE_KEYS))),
            (v(19, 1), map(&closed(UBUNTU_ADVANTAGE_KEYS).required(&["token"]))),
        ]),
    )
    .since(v(19, 1))
    .deprecated(&gone(v(24, 1), v(24, 1), ""))
    .works_since(v(19, 1)),
    // cc_ubuntu_advantage
    key("ubuntu-advantage", map(&UBUNTU_ADVANTAGE)).since(v(18, 2)).until(v(19, 1)).works_since(v(18, 2)),
];

static ANSIBLE_SETUP_CONTROLLER_RUN_ANSIBLE_KEYS: &[Key] = &[
    key("playbook_name", STR).works_since(v(22, 4)),
    key("playbook_dir", STR).works_since(v(22, 4)),
    key("become_password_file", STR).works_since(v(22, 4)),
    key("connection_password_file", STR).works_since(v(22, 4)),
    key("list_hosts", BOOL).works_since(v(22, 4)),
    key("syntax_check", BOOL).works_since(v(22, 4)),
    key("timeout", number_from(0)).works_since(v(22, 4)),
    key("vault_id", STR).works_since(v(22, 4)),
    key("vault_password_file", STR).works_since(v(22, 4)),
    key("background", number_from(0)).works_since(v(22, 4)),
    key("check", BOOL).works_since(v(22, 4)),
    key("diff", BOOL).works_since(v(22, 4)),
    key("module_path", STR).works_since(v(22, 4)),
    key("poll", number_from(0)).works_since(v(22, 4)),
    key("args", STR).works_since(v(22, 4)),
    key("extra_vars", STR).works_since(v(22, 4)),
    key("forks", number_from(0)).works_since(v(22, 4)),
    key("inventory", STR).works_since(v(22, 4)),
    key("scp_extra_args", STR).works_since(v(22, 4)),
    key("sftp_extra_args", STR).works_since(v(22, 4)),
    key("private_key", STR).works_since(v(22, 4)),
    key("connection", STR).works_since(v(22, 4)),
    key("module_name", STR).works_since(v(22, 4)),
    key("sleep", STR).works_since(v(22, 4)),
    key("tags", STR).works_since(v(22, 4)),
    key("skip_tags", STR).works_since(v(22, 4)),
];

static ANSIBLE_SETUP_CONTROLLER: Object = closed(&[
    key(
        "repositories",
        list(&items(map(&closed(&[
            key("path", STR).works_since(v(22, 4)),
            key("source", STR).works_since(v(22, 4)),
        ])
        .required(&["path", "source"])))),
    )
    .works_since(v(22, 4)),
    key(
        "run_ansible",
        list(&items(changed(&[
            (v(24, 2), map(&open(ANSIBLE_SETUP_CONTROLLER_RUN_ANSIBLE_KEYS))),
            (v(22, 4), map(&open(ANSIBLE_SETUP_CONTROLLER_RUN_ANSIBLE_KEYS).partial())),
        ]))),
    )
    .works_since(v(22, 4)),
]);

static ANSIBLE_PULL_25_2_0_0: Object = closed(&[
    key("accept_host_key", BOOL).works_since(v(25, 2)),
    key("clean", BOOL).works_since(v(25, 2)),
    key("full", BOOL).works_since(v(25, 2)),
    key("diff", BOOL).works_since(v(25, 2)),
    key("ssh_common_args", STR).works_since(v(25, 2)),
    key("scp_extra_args", STR).works_since(v(25, 2)),
    key("sftp_extra_args", STR).works_since(v(25, 2)),
    key("private_key", STR).works_since(v(25, 2)),
    key("checkout", STR).works_since(v(25, 2)),
    key("module_path", STR).works_since(v(25, 2)),
    key("timeout", STR).works_since(v(25, 2)),
    key("url", STR).works_since(v(25, 2)),
    key("connection", STR).works_since(v(25, 2)),
    key("vault_id", STR).works_since(v(25, 2)),
    key("vault_password_file", STR).works_since(v(25, 2)),
    key("verify_commit", BOOL).works_since(v(25, 2)),
    key("inventory", STR).works_since(v(25, 2)),
    key("module_name", STR).works_since(v(25, 2)),
    key("sleep", STR).works_since(v(25, 2)),
    key("tags", STR).works_since(v(25, 2)),
    key("skip_tags", STR).works_since(v(25, 2)),
    key("playbook_name", STR).deprecated(&gone(v(25, 2), v(0, 0), "")).works_since(v(25, 2)),
    key("playbook_names", list(&items(STR))).works_since(v(25, 2)),
]);

static ANSIBLE_PULL_25_2_1_0: Object = closed(&[
    key("accept_host_key", BOOL).works_since(v(22, 3)),
    key("clean", BOOL).works_since(v(22, 3)),
    key("full", BOOL).works_since(v(22, 3)),
    key("diff", BOOL).works_since(v(22, 3)),
    key("ssh_common_args", STR).works_since(v(22, 3)),
    key("scp_extra_args", STR).works_since(v(22, 3)),
    key("sftp_extra_args", STR).works_since(v(22, 3)),
    key("private_key", STR).works_since(v(22, 3)),
    key("checkout", STR).works_since(v(22, 3)),
    key("module_path", STR).works_since(v(22, 3)),
    key("timeout", STR).works_since(v(22, 3)),
    key("url", STR).works_since(v(22, 3)),
    key("connection", STR).works_since(v(22, 3)),
    key("vault_id", STR).works_since(v(22, 3)),
    key("vault_password_file", STR).works_since(v(22, 3)),
    key("verify_commit", BOOL).works_since(v(22, 3)),
    key("inventory", STR).works_since(v(22, 3)),
    key("module_name", STR).works_since(v(22, 3)),
    key("sleep", STR).works_since(v(22, 3)),
    key("tags", STR).works_since(v(22, 3)),
    key("skip_tags", STR).works_since(v(22, 3)),
    key("playbook_name", STR).deprecated(&gone(v(25, 2), v(0, 0), "")).works_since(v(22, 4)),
    key("playbook_names", list(&items(STR))).works_since(v(25, 2)),
]);

static ANSIBLE_PULL_22_3_KEYS: &[Key] = &[
    key("accept_host_key", BOOL).since(v(22, 4)).works_since(v(22, 3)),
    key("clean", BOOL).works_since(v(22, 3)),
    key("full", BOOL).works_since(v(22, 3)),
    key("diff", BOOL).works_since(v(22, 3)),
    key("ssh_common_args", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("scp_extra_args", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("sftp_extra_args", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("private_key", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("checkout", STR).works_since(v(22, 3)),
    key("module_path", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("timeout", STR).works_since(v(22, 3)),
    key("url", STR).works_since(v(22, 3)),
    key("connection", STR).works_since(v(22, 3)),
    key("vault_id", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("vault_password_file", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("verify_commit", BOOL).since(v(24, 2)).works_since(v(22, 3)),
    key("inventory", STR).since(v(24, 2)).works_since(v(22, 3)),
    key("module_name", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("sleep", STR).works_since(v(22, 3)),
    key("tags", STR).works_since(v(22, 3)),
    key("skip_tags", STR).since(v(22, 4)).works_since(v(22, 3)),
    key("playbook_name", STR).since(v(22, 4)).works_since(v(22, 4)),
    key("accept-host-key", BOOL).until(v(22, 4)).works_since(v(22, 3)),
    key("ssh-common-args", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("scp-extra-args", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("sftp-extra-args", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("private-key", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("module-path", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("vault-id", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("vault-password-file", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("module-name", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("skip-tags", STR).until(v(22, 4)).works_since(v(22, 3)),
    key("playbook-name", STR).until(v(22, 4)).works_since(v(22, 3)),
];

static ANSIBLE: Object = closed(&[
    key("install_method", words(&["distro", "pip"])).since(v(22, 4)).works_since(v(22, 4)),
    key("run_user", STR).since(v(22, 4)).works_since(v(22, 4)),
    key("ansible_config", STR).since(v(22, 4)).works_since(v(22, 4)),
    key("setup_controller", map(&ANSIBLE_SETUP_CONTROLLER)).since(v(22, 4)).works_since(v(22, 4)),
    key(
        "galaxy",
        map(&closed(
            &[key("actions", list(&items(list(&items(matching(&ONE_LINE)))))).works_since(v(22, 4))],
        )
        .required(&["actions"])),
    )
    .since(v(22, 4))
    .works_since(v(22, 4)),
    key("package_name", STR).since(v(22, 4)).works_since(v(22, 4)),
    key(
        "pull",
        changed(&[
            (
                v(25, 2),
                one_of(&[
                    list(&items(all_of(&[
                        map(&ANSIBLE_PULL_25_2_0_0),
                        one_of(&[
                            map(&open(&[]).required(&["url", "playbook_name"]).partial()),
                            map(&open(&[]).required(&["url", "playbook_names"]).partial()),
                        ]),
                    ]))),
                    all_of(&[
                        map(&ANSIBLE_PULL_25_2_1_0),
                        one_of(&[
                            map(&open(&[]).required(&["url", "playbook_name"]).partial()),
                            map(&open(&[]).required(&["url", "playbook_names"]).partial()),
                        ]),
                    ])
                    .deprecated(&gone(v(25, 2), v(0, 0), "")),
                ]),
            ),
            (
                v(22, 3),
                changed(&[
                    (v(22, 4), map(&closed(ANSIBLE_PULL_22_3_KEYS).required(&["url", "playbook_name"]))),
                    (v(22, 3), map(&closed(ANSIBLE_PULL_22_3_KEYS).required(&["url", "playbook-name"]))),
                ]),
            ),
        ]),
    )
    .works_since(v(22, 3)),
    key("install-method", words(&["distro", "pip"])).until(v(22, 4)).works_since(v(22, 3)),
    key("package-name", STR).until(v(22, 4)).works_since(v(22, 3)),
]);

static CHEF_KEYS: &[Key] = &[
    key(
        "directories",
        changed(&[(v(22, 1), list(&items(STR).min(1).unique())), (v(20, 3), list(&items(STR).unique()))]),
    ),
    key("config_path", STR).since(v(25, 1)).works_since(v(25, 1)),
    key("validation_cert", STR),
    key("validation_key", STR),
    key("firstboot_path", STR),
    key("exec", BOOL),
    key("client_key", STR),
    key("encrypted_data_bag_secret", STR).works_since(v(19, 1)),
    key("environment", STR),
    key("file_backup_path", STR),
    key("file_cache_path", STR),
    key("json_attribs", STR),
    key("log_level", STR),
    key("log_location", STR),
    key("node_name", STR),
    key("omnibus_url", STR),
    key("omnibus_url_retries", INT),
    key("omnibus_version", STR),
    key("pid_file", STR),
    key("server_url", STR),
    key("show_time", BOOL),
    key("ssl_verify_mode", STR),
    key("validation_name", STR),
    key("force_install", BOOL),
    key("initial_attributes", map(&open(&[]))),
    key("install_type", changed(&[(v(22, 1), words(&["packages", "gems", "omnibus"])), (v(20, 3), STR)])),
    key("run_list", list(&items(STR))),
    key(
        "chef_license",
        changed(&[(v(24, 3), words(&["accept", "accept-silent", "accept-no-persist"])), (v(20, 3), STR)]),
    )
    .works_since(v(20, 3)),
];

static LANDSCAPE_CLIENT_KEYS: &[Key] = &[
    key("url", STR),
    key("ping_url", STR),
    key("data_path", STR),
    key("log_level", words(&["debug", "info", "warning", "error", "critical"])),
    key("computer_title", STR).since(v(22, 3)),
    key("account_name", STR),
    key("registration_key", STR),
    key("tags", matching(&TAGS)),
    key("http_proxy", STR),
    key("https_proxy", STR),
    key("computer_tite", STR).until(v(22, 3)),
];

static LANDSCAPE_KEYS: &[Key] = &[key(
    "client",
    changed(&[
        (v(23, 3), map(&open(LANDSCAPE_CLIENT_KEYS).required(&["account_name", "computer_title"]))),
        (v(22, 2), map(&open(LANDSCAPE_CLIENT_KEYS))),
    ]),
)];

static MCOLLECTIVE_CONF_KEYS: &[Key] = &[key("public-cert", STR), key("private-cert", STR)];

static MCOLLECTIVE: Object = closed(&[key(
    "conf",
    changed(&[
        (v(22, 3), map(&closed(MCOLLECTIVE_CONF_KEYS).patterns(&[(NOT_EMPTY, one_of(&[BOOL, INT, STR]))]))),
        (v(22, 2), map(&open(MCOLLECTIVE_CONF_KEYS).patterns(&[(NOT_EMPTY, one_of(&[BOOL, INT, STR]))]))),
    ]),
)]);

static PUPPET_CONF: Object = closed(&[
    key("main", map(&open(&[]))),
    key("server", map(&open(&[]))),
    key("agent", map(&open(&[]))).works_since(v(21, 3)),
    key("user", map(&open(&[]))),
    key("ca_cert", STR),
]);

static PUPPET: Object = closed(&[
    key("install", BOOL),
    key("version", STR),
    key("install_type", words(&["packages", "aio"])).works_since(v(21, 3)),
    key("collection", STR).works_since(v(21, 3)),
    key("aio_install_url", STR).works_since(v(21, 3)),
    key("cleanup", BOOL).works_since(v(21, 3)),
    key("conf_file", STR).works_since(v(18, 2)),
    key("ssl_dir", STR).works_since(v(18, 2)),
    key("csr_attributes_path", STR).works_since(v(19, 3)),
    key("package_name", STR).works_since(v(18, 2)),
    key("exec", BOOL).works_since(v(21, 3)),
    key("exec_args", list(&items(STR))).works_since(v(21, 3)),
    key("start_service", BOOL).works_since(v(21, 4)),
    key("conf", map(&PUPPET_CONF)),
    key(
        "csr_attributes",
        map(&closed(&[
            key("custom_attributes", map(&open(&[]))).works_since(v(19, 3)),
            key("extension_requests", map(&open(&[]))).works_since(v(19, 3)),
        ])),
    )
    .works_since(v(19, 3)),
]);

static RH_SUBSCRIPTION_KEYS: &[Key] = &[
    key("username", STR),
    key("password", STR),
    key("activation_key", STR).since(v(25, 3)).works_since(v(25, 3)),
    key("activation-key", STR).deprecated(&gone(v(25, 3), v(25, 3), "")),
    key(
        "org",
        changed(&[(v(24, 2), one_of(&[STR, INT.deprecated(&gone(v(24, 2), v(0, 0), ""))])), (v(22, 2), INT)]),
    ),
    key("auto_attach", BOOL).since(v(25, 3)).works_since(v(25, 3)),
    key("auto-attach", BOOL).deprecated(&gone(v(25, 3), v(25, 3), "")),
    key("service_level", STR).since(v(25, 3)).works_since(v(25, 3)),
    key("service-level", STR).deprecated(&gone(v(25, 3), v(25, 3), "")),
    key("add_pool", list(&items(STR))).since(v(25, 3)).works_since(v(25, 3)),
    key("add-pool", list(&items(STR))).deprecated(&gone(v(25, 3), v(25, 3), "")),
    key("enable_repo", list(&items(STR))).since(v(25, 3)).works_since(v(25, 3)),
    key("enable-repo", list(&items(STR))).deprecated(&gone(v(25, 3), v(25, 3), "")),
    key("disable_repo", list(&items(STR))).since(v(25, 3)).works_since(v(25, 3)),
    key("disable-repo", list(&items(STR))).deprecated(&gone(v(25, 3), v(25, 3), "")),
    key("release_version", STR).since(v(25, 3)).works_since(v(25, 3)),
    key("rhsm_baseurl", STR).since(v(25, 3)).works_since(v(25, 3)),
    key("rhsm-baseurl", STR).deprecated(&gone(v(25, 3), v(25, 3), "")),
    key("server_hostname", STR).since(v(25, 3)).works_since(v(25, 3)),
    key("server-hostname", STR).deprecated(&gone(v(25, 3), v(25, 3), "")),
];

static SALT_MINION: Object = closed(&[
    key("pkg_name", STR).works_since(v(18, 2)),
    key("service_name", STR).works_since(v(18, 2)),
    key("config_dir", STR),
    key("conf", map(&open(&[]))),
    key("grains", map(&open(&[]))).works_since(v(18, 2)),
    key("public_key", STR),
    key("private_key", STR),
    key("pki_dir", STR),
]);

static UBUNTU_PRO_CONFIG: Object = open(&[
    key("http_proxy", types(&[STR, NULL])).works_since(v(24, 1)),
    key("https_proxy", types(&[STR, NULL])).works_since(v(24, 1)),
    key("global_apt_http_proxy", types(&[STR, NULL])).works_since(v(24, 1)),
    key("global_apt_https_proxy", types(&[STR, NULL])).works_since(v(24, 1)),
    key("ua_apt_http_proxy", types(&[STR, NULL])).works_since(v(24, 1)),
    key("ua_apt_https_proxy", types(&[STR, NULL])).works_since(v(24, 1)),
]);

static UBUNTU_PRO: Object = closed(&[
    key("enable", list(&items(STR))).works_since(v(24, 1)),
    key("enable_beta", list(&items(STR))).works_since(v(24, 1)),
    key("token", STR).works_since(v(24, 1)),
    key("features", map(&closed(&[key("disable_auto_attach", BOOL).works_since(v(24, 1))])))
        .works_since(v(24, 1)),
    key("config", map(&UBUNTU_PRO_CONFIG)).works_since(v(24, 1)),
]);

static UBUNTU_ADVANTAGE_CONFIG: Object = open(&[
    key("http_proxy", changed(&[(v(22, 4), types(&[STR, NULL])), (v(22, 3), STR)])).works_since(v(22, 3)),
    key("https_proxy", changed(&[(v(22, 4), types(&[STR, NULL])), (v(22, 3), STR)])).works_since(v(22, 3)),
    key("global_apt_http_proxy", changed(&[(v(22, 4), types(&[STR, NULL])), (v(22, 3), STR)]))
        .works_since(v(22, 3)),
    key("global_apt_https_proxy", changed(&[(v(22, 4), types(&[STR, NULL])), (v(22, 3), STR)]))
        .works_since(v(22, 3)),
    key("ua_apt_http_proxy", changed(&[(v(22, 4), types(&[STR, NULL])), (v(22, 3), STR)]))
        .works_since(v(22, 3)),
    key("ua_apt_https_proxy", changed(&[(v(22, 4), types(&[STR, NULL])), (v(22, 3), STR)]))
        .works_since(v(22, 3)),
]);

static UBUNTU_ADVANTAGE_KEYS: &[Key] = &[
    key("enable", list(&items(STR))).works_since(v(19, 1)),
    key("enable_beta", list(&items(STR))).since(v(22, 4)).works_since(v(22, 4)),
    key("token", STR).works_since(v(19, 1)),
    key("features", map(&closed(&[key("disable_auto_attach", BOOL).works_since(v(22, 4))])))
        .since(v(22, 4))
        .works_since(v(22, 4)),
    key("config", map(&UBUNTU_ADVANTAGE_CONFIG)).since(v(22, 3)).works_since(v(22, 3)),
];

static UBUNTU_ADVANTAGE: Object = closed(&[key(
    "commands",
    types(&[
        map(&open(&[]).min(1)),
        changed(&[
            (v(18, 3), list(&items(one_of(&[list(&items(STR)), STR])).min(1))),
            (v(18, 2), list(&items(one_of(&[list(&items(STR)), STR])).min(1).unique())),
        ]),
    ]),
)
.works_since(v(18, 2))])
.required(&["commands"]);
