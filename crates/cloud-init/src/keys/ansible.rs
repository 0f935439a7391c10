//! Ansible: installing it, pulling playbooks to run on the machine, and running playbooks as a controller.
//!
//! Read by the module `ansible`. In 22.3 names are written with hyphens, from 22.4 on with underscores.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object};

use super::forms::{STRINGS, having};
use super::patterns::ONE_LINE;
use super::{gone, v};

pub(super) static KEYS: [Key; 1] = [
    // Module `ansible`
    key("ansible", map(&ANSIBLE))
        .since(v(22, 3))
        .works_since(v(22, 3))
        .doc("Installs Ansible and runs playbooks."),
];

static ANSIBLE: Object = closed(&[
    key("install_method", INSTALL_METHOD)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .default("distro")
        .doc("Installs Ansible as a package of the distribution or with `pip`."),
    key("run_user", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("The account that installs Ansible with `pip` and runs it, by default root."),
    key("ansible_config", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("The configuration file of Ansible."),
    key("setup_controller", map(&CONTROLLER))
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("Makes the machine a controller: clones repositories and runs playbooks from them."),
    key("galaxy", map(&GALAXY))
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("Installs roles and collections with `ansible-galaxy`."),
    key("package_name", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .default("ansible")
        .doc("The package to install."),
    key("pull", PULL).doc("Fetches a repository with `ansible-pull` and runs playbooks from it."),
    key("install-method", INSTALL_METHOD).until(v(22, 4)).doc("The spelling of `install_method` in 22.3."),
    key("package-name", STR).until(v(22, 4)).doc("The spelling of `package_name` in 22.3."),
]);

static INSTALL_METHOD: Node = words(&["distro", "pip"]);

static GALAXY: Object = closed(&[key("actions", list(&items(list(&items(matching(&ONE_LINE))))))
    .doc("Commands to run, each a list of `ansible-galaxy` and its arguments.")])
.required(&["actions"]);

static CONTROLLER: Object = closed(&[
    key("repositories", list(&items(map(&REPOSITORY)))).doc("Git repositories to fetch."),
    key(
        "run_ansible",
        list(&items(changed(&[
            (v(24, 2), map(&open(PLAYBOOK_OPTIONS))),
            (v(22, 4), map(&open(PLAYBOOK_OPTIONS).partial())),
        ]))),
    )
    .doc("Playbooks to run, each with the options of `ansible-playbook`."),
]);

static REPOSITORY: Object = closed(&[
    key("path", STR).doc("The directory to fetch it to."),
    key("source", STR).doc("The URL to fetch it from."),
])
.required(&["path", "source"]);

static PLAYBOOK_OPTIONS: &[Key] = &[
    key("playbook_name", STR).doc("The file name of the playbook."),
    key("playbook_dir", STR).doc("The directory of the playbook."),
    key("become_password_file", STR).doc("A file with the password for becoming another user."),
    key("connection_password_file", STR).doc("A file with the password for connections."),
    key("list_hosts", BOOL).default("false").doc("Only lists the hosts."),
    key("syntax_check", BOOL).default("false").doc("Only checks the syntax of the playbook."),
    key("timeout", number_from(0)).doc("How many seconds to wait for a connection."),
    key("vault_id", STR).doc("The identity in Ansible's vault to use."),
    key("vault_password_file", STR).doc("A file with the password of Ansible's vault."),
    key("background", number_from(0)).doc("Runs tasks in the background, for at most this many seconds."),
    key("check", BOOL).default("false").doc("Only shows what would change."),
    key("diff", BOOL).default("false").doc("Shows how files change."),
    key("module_path", STR).doc("Where to look for modules first."),
    key("poll", number_from(0)).doc("How often to check on tasks in the background, in seconds."),
    key("args", STR).doc("The arguments of the module to run."),
    key("extra_vars", STR).doc("Additional variables, as `key=value` or JSON."),
    key("forks", number_from(0)).doc("How many hosts to work on at once."),
    key("inventory", STR).doc("The hosts, as the path of an inventory or separated by commas."),
    key("scp_extra_args", STR).doc("Additional arguments for `scp`."),
    key("sftp_extra_args", STR).doc("Additional arguments for `sftp`."),
    key("private_key", STR).doc("The file with the private key for connections."),
    key("connection", STR).doc("How to connect to hosts, such as `ssh` or `local`."),
    key("module_name", STR).doc("The module to run."),
    key("sleep", STR).doc("Waits for a random time, at most this many seconds, before it starts."),
    key("tags", STR).doc("Runs only plays and tasks with these tags."),
    key("skip_tags", STR).doc("Skips plays and tasks with these tags."),
];

static PULL: Node = changed(&[
    (
        v(25, 2),
        one_of(&[
            list(&items(PULL_ONCE)),
            PULL_ONCE.deprecated(&gone(v(25, 2), v(25, 2), "a list of mappings")),
        ]),
    ),
    (v(22, 4), map(&closed(PULL_OPTIONS).required(&["url", "playbook_name"]))),
    (v(22, 3), map(&closed(PULL_OPTIONS).required(&["url", "playbook-name"]))),
]);

static PULL_ONCE: Node = all_of(&[
    map(&closed(PULL_OPTIONS)),
    one_of(&[map(&having(&["url", "playbook_name"])), map(&having(&["url", "playbook_names"]))]),
]);

static PULL_OPTIONS: &[Key] = &[
    key("accept_host_key", BOOL)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .default("false")
        .doc("Accepts the host key of the repository's server without checking it."),
    key("clean", BOOL).default("false").doc("Discards local changes in the repository."),
    key("full", BOOL).default("false").doc("Fetches the full history of the repository."),
    key("diff", BOOL).default("false").doc("Shows how files change."),
    key("ssh_common_args", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("Additional arguments for `ssh`, `scp` and `sftp`."),
    key("scp_extra_args", STR).since(v(22, 4)).works_since(v(22, 4)).doc("Additional arguments for `scp`."),
    key("sftp_extra_args", STR).since(v(22, 4)).works_since(v(22, 4)).doc("Additional arguments for `sftp`."),
    key("private_key", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("The file with the private key for connections."),
    key("checkout", STR).doc("The branch, tag or commit to check out."),
    key("module_path", STR).since(v(22, 4)).works_since(v(22, 4)).doc("Where to look for modules first."),
    key("timeout", STR).doc("How many seconds to wait for a connection."),
    key("url", STR).doc("The URL of the repository with the playbooks."),
    key("connection", STR).doc("How to connect to hosts, such as `ssh` or `local`."),
    key("vault_id", STR).since(v(22, 4)).works_since(v(22, 4)).doc("The identity in Ansible's vault to use."),
    key("vault_password_file", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("A file with the password of Ansible's vault."),
    key("verify_commit", BOOL)
        .since(v(24, 2))
        .works_since(v(22, 4))
        .default("false")
        .doc("Verifies the GPG signature of the commit that is checked out."),
    key("inventory", STR)
        .since(v(24, 2))
        .doc("The hosts, as the path of an inventory or separated by commas."),
    key("module_name", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("The module that fetches the repository, by default `git`."),
    key("sleep", STR).doc("Waits for a random time, at most this many seconds, before it starts."),
    key("tags", STR).doc("Runs only plays and tasks with these tags."),
    key("skip_tags", STR).since(v(22, 4)).works_since(v(22, 4)).doc("Skips plays and tasks with these tags."),
    key("playbook_name", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .deprecated(&gone(v(25, 2), v(25, 2), "`playbook_names`"))
        .doc("The playbook to run."),
    key("playbook_names", STRINGS)
        .since(v(25, 2))
        .works_since(v(25, 2))
        .doc("The playbooks to run, in this order."),
    key("accept-host-key", BOOL).until(v(22, 4)).doc("The spelling of `accept_host_key` in 22.3."),
    key("ssh-common-args", STR).until(v(22, 4)).doc("The spelling of `ssh_common_args` in 22.3."),
    key("scp-extra-args", STR).until(v(22, 4)).doc("The spelling of `scp_extra_args` in 22.3."),
    key("sftp-extra-args", STR).until(v(22, 4)).doc("The spelling of `sftp_extra_args` in 22.3."),
    key("private-key", STR).until(v(22, 4)).doc("The spelling of `private_key` in 22.3."),
    key("module-path", STR).until(v(22, 4)).doc("The spelling of `module_path` in 22.3."),
    key("vault-id", STR).until(v(22, 4)).doc("The spelling of `vault_id` in 22.3."),
    key("vault-password-file", STR).until(v(22, 4)).doc("The spelling of `vault_password_file` in 22.3."),
    key("module-name", STR).until(v(22, 4)).doc("The spelling of `module_name` in 22.3."),
    key("skip-tags", STR).until(v(22, 4)).doc("The spelling of `skip_tags` in 22.3."),
    key("playbook-name", STR).until(v(22, 4)).doc("The spelling of `playbook_name` in 22.3."),
];
