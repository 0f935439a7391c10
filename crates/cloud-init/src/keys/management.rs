//! Tools that manage many machines: Chef, Puppet, Salt and MCollective. Ansible has a table of its own.
//!
//! Read by the modules `chef`, `puppet`, `salt_minion` and `mcollective`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object, Pattern};

use super::forms::{FREE_MAPPING, STRINGS};
use super::patterns::NOT_EMPTY;
use super::v;

pub(super) static KEYS: [Key; 4] = [
    // Module `chef`
    key("chef", changed(&[(v(22, 1), map(&closed(CHEF).min(1))), (v(20, 3), map(&closed(CHEF)))]))
        .since(v(20, 3))
        .doc("Installs and configures the Chef client, and runs it if `exec` is true."),
    // Module `puppet`
    key("puppet", map(&PUPPET)).since(v(22, 2)).doc("Installs, configures and starts the Puppet agent."),
    // Module `salt_minion`
    key("salt_minion", map(&SALT_MINION))
        .since(v(22, 2))
        .doc("Installs, configures and starts the Salt minion."),
    // Module `mcollective`
    key("mcollective", map(&MCOLLECTIVE)).since(v(22, 2)).doc("Installs, configures and starts MCollective."),
];

static CHEF: &[Key] = &[
    key(
        "directories",
        changed(&[(v(22, 1), list(&items(STR).min(1).unique())), (v(20, 3), list(&items(STR).unique()))]),
    )
    .doc("Directories to create for the client."),
    key("config_path", STR)
        .since(v(25, 1))
        .works_since(v(25, 1))
        .default("/etc/chef/client.rb")
        .doc("The configuration file of the client."),
    key("validation_cert", STR)
        .doc("The private key of the validator, or `system` to use the existing file `validation_key`."),
    key("validation_key", STR)
        .default("/etc/chef/validation.pem")
        .doc("The file that `validation_cert` is written to."),
    key("firstboot_path", STR)
        .default("/etc/chef/firstboot.json")
        .doc("The file that `run_list` and `initial_attributes` are written to."),
    key("exec", BOOL).default("false").doc("Runs the client once it is set up."),
    key("client_key", STR)
        .default("/etc/chef/client.pem")
        .doc("The file with the private key of the client."),
    key("encrypted_data_bag_secret", STR)
        .works_since(v(19, 1))
        .doc("The file with the secret of encrypted data bags."),
    key("environment", STR).default("_default").doc("The Chef environment that the machine belongs to."),
    key("file_backup_path", STR).default("/var/chef/backup").doc("The directory for backups of files."),
    key("file_cache_path", STR).default("/var/chef/cache").doc("The directory for cached files."),
    key("json_attribs", STR)
        .default("/etc/chef/firstboot.json")
        .doc("The file with attributes that the client reads."),
    key("log_level", STR).default("':info'").doc("The log level of the client."),
    key("log_location", STR).default("/var/log/chef/client.log").doc("The log of the client."),
    key("node_name", STR).doc("The name of the machine in Chef."),
    key("omnibus_url", STR)
        .default("https://www.chef.io/chef/install.sh")
        .doc("The installer to download if `install_type` is `omnibus`."),
    key("omnibus_url_retries", INT).default("5").doc("How many times to try to download the installer."),
    key("omnibus_version", STR).doc("The version to install if `install_type` is `omnibus`."),
    key("pid_file", STR)
        .default("/var/run/chef/client.pid")
        .doc("The file with the process ID of the client."),
    key("server_url", STR).doc("The URL of the server."),
    key("show_time", BOOL).default("true").doc("Whether log entries carry the time."),
    key("ssl_verify_mode", STR).default("':verify_none'").doc("How the client checks certificates."),
    key("validation_name", STR).doc("The name of the validator."),
    key("force_install", BOOL).default("false").doc("Installs the client even if it is already installed."),
    key("initial_attributes", FREE_MAPPING).doc("Attributes for the first run."),
    key("install_type", changed(&[(v(22, 1), words(&["packages", "gems", "omnibus"])), (v(20, 3), STR)]))
        .default("packages")
        .doc("Where the client comes from: packages, Ruby gems or the installer of Chef."),
    key("run_list", STRINGS).doc("Recipes and roles for the first run."),
    key(
        "chef_license",
        changed(&[(v(24, 3), words(&["accept", "accept-silent", "accept-no-persist"])), (v(20, 3), STR)]),
    )
    .works_since(v(20, 3))
    .doc("How the Chef licence is accepted."),
];

static PUPPET: Object = closed(&[
    key("install", BOOL).default("true").doc("Whether to install the agent."),
    key("version", STR).doc("The version to install."),
    key("install_type", words(&["packages", "aio"]))
        .works_since(v(21, 3))
        .default("packages")
        .doc("Installs packages of the distribution, or of Puppet itself (`aio`)."),
    key("collection", STR)
        .works_since(v(21, 3))
        .doc("The collection to install from if `install_type` is `aio`, such as `puppet7`."),
    key("aio_install_url", STR)
        .works_since(v(21, 3))
        .doc("The installer to download if `install_type` is `aio`."),
    key("cleanup", BOOL)
        .works_since(v(21, 3))
        .default("true")
        .doc("Removes Puppet's repository after the agent is installed with `aio`."),
    key("conf_file", STR).works_since(v(18, 2)).doc("The configuration file of the agent."),
    key("ssl_dir", STR)
        .works_since(v(18, 2))
        .doc("The directory with the keys and certificates of the agent."),
    key("csr_attributes_path", STR)
        .works_since(v(19, 3))
        .doc("The file that `csr_attributes` are written to."),
    key("package_name", STR).works_since(v(18, 2)).doc("The package to install."),
    key("exec", BOOL).works_since(v(21, 3)).default("false").doc("Runs the agent once, after it is set up."),
    key("exec_args", STRINGS).works_since(v(21, 3)).doc("The arguments for that run, instead of `--test`."),
    key("start_service", BOOL)
        .works_since(v(21, 4))
        .default("true")
        .doc("Whether the agent is started, now and on later boots."),
    key("conf", map(&PUPPET_CONF)).doc("The configuration of the agent, by section."),
    key("csr_attributes", map(&CSR_ATTRIBUTES))
        .works_since(v(19, 3))
        .doc("What the agent's request for a certificate contains."),
]);

static PUPPET_CONF: Object = closed(&[
    key("main", FREE_MAPPING).doc("The settings of the section `main`."),
    key("server", FREE_MAPPING).doc("The settings of the section `server`."),
    key("agent", FREE_MAPPING)
        .works_since(v(21, 3))
        .doc("The settings of the section `agent`; `%f` in `certname` is the host name with its domain."),
    key("user", FREE_MAPPING).doc("The settings of the section `user`."),
    key("ca_cert", STR).doc("The certificate of the server's certificate authority."),
]);

static CSR_ATTRIBUTES: Object = closed(&[
    key("custom_attributes", FREE_MAPPING).doc("Attributes that are left out of the certificate."),
    key("extension_requests", FREE_MAPPING).doc("Extensions that become part of the certificate."),
]);

static SALT_MINION: Object = closed(&[
    key("pkg_name", STR).works_since(v(18, 2)).doc("The package to install, by default `salt-minion`."),
    key("service_name", STR).works_since(v(18, 2)).doc("The service to start, by default `salt-minion`."),
    key("config_dir", STR).doc("The directory of the configuration, by default `/etc/salt`."),
    key("conf", FREE_MAPPING).doc("The configuration of the minion, such as `master`."),
    key("grains", FREE_MAPPING)
        .works_since(v(18, 2))
        .doc("Facts about the machine, which Salt calls grains."),
    key("public_key", STR).doc("The public key of the minion."),
    key("private_key", STR).doc("The private key of the minion."),
    key("pki_dir", STR).doc("The directory that the keys are written to."),
]);

static MCOLLECTIVE: Object = closed(&[key(
    "conf",
    changed(&[
        (v(22, 3), map(&closed(MCOLLECTIVE_CONF).patterns(MCOLLECTIVE_SETTINGS))),
        (v(22, 2), map(&open(MCOLLECTIVE_CONF).patterns(MCOLLECTIVE_SETTINGS))),
    ]),
)
.doc("The configuration of the server.")]);

static MCOLLECTIVE_CONF: &[Key] = &[
    key("public-cert", STR).doc("The public certificate of the server."),
    key("private-cert", STR).doc("The private key of the server."),
];

static MCOLLECTIVE_SETTINGS: &[(Pattern, Node)] =
    &[(NOT_EMPTY, one_of(&[BOOL, INT, STR]).doc("Any other setting of the server."))];
