//! Packages: which are known, and which programs they bring.

/// Packages that the archives have, as far as the preview knows them. A package that is not here may exist all the same.
pub(crate) const KNOWN: &str = "ansible ansible-core apache2 apt-transport-https btrfs-progs build-essential byobu \
     ca-certificates certbot chef chrony cloud-guest-utils console-data console-setup containerd containerd.io curl \
     docker-ce docker-ce-cli docker.io fail2ban git gitlab-runner gnupg golang gpg haproxy htop jq \
     keyboard-configuration kubeadm kubectl kubelet landscape-client libpq-dev locales lvm2 lxd-installer \
     mariadb-server mcollective mdadm memcached mysql-server nano net-tools nfs-common nginx nodejs npm ntp ntpdate \
     ntpsec openntpd php-fpm postgresql postgresql-16 prometheus-node-exporter puppet puppet-agent python3 \
     python3-pip python3-venv redis-server rsyslog rustc salt-minion software-properties-common squid ssh-import-id \
     systemd-timesyncd tmux tree ubuntu-drivers-common ubuntu-fan ufw unattended-upgrades unzip vim wget wireguard \
     wireguard-tools xfsprogs zfsutils-linux zip";

/// Packages that the Snap Store has, as far as the preview knows them.
pub(crate) const SNAPS: [&str; 18] = [
    "a",
    "b",
    "c",
    "canonical-livepatch",
    "certbot",
    "code",
    "docker",
    "go",
    "hello-world",
    "helm",
    "juju",
    "kubectl",
    "lxd",
    "microk8s",
    "node",
    "vlc",
    "x",
    "yq",
];

/// Programs that are there once a package is installed.
const PROGRAMS: [(&str, &str); 25] = [
    ("ansible", "ansible ansible-pull ansible-playbook ansible-galaxy"),
    ("ansible-core", "ansible ansible-pull ansible-playbook ansible-galaxy"),
    ("byobu", "byobu byobu-launcher-install byobu-launcher-uninstall"),
    ("chef", "chef-client"),
    ("chrony", "chronyd chronyc"),
    ("gnupg", "gpg gpgconf"),
    ("landscape-client", "landscape-config"),
    ("locales", "locale-gen update-locale"),
    ("lxd", "lxd lxc"),
    ("mcollective", "mcollectived service"),
    ("ntp", "ntpd"),
    ("ntpsec", "ntpd"),
    ("openntpd", "ntpd"),
    ("puppet", "puppet"),
    ("puppet-agent", "puppet"),
    ("python3-pip", "pip3"),
    ("rsyslog", "rsyslogd"),
    ("salt-minion", "salt-minion salt-call"),
    ("software-properties-common", "add-apt-repository"),
    ("ssh-import-id", "ssh-import-id"),
    ("ubuntu-advantage-tools", "pro"),
    ("ubuntu-drivers-common", "ubuntu-drivers"),
    ("ubuntu-fan", "fanctl"),
    ("wireguard", "wg wg-quick"),
    ("wireguard-tools", "wg wg-quick"),
];

/// Files that are there once a package is installed.
const FILES: [(&str, &str, &str); 2] = [
    ("puppet", "/etc/puppet/puppet.conf", "[main]\nssldir = /var/lib/puppet/ssl\n"),
    ("puppet-agent", "/etc/puppet/puppet.conf", "[main]\nssldir = /var/lib/puppet/ssl\n"),
];

/// The programs that a package brings; its version, suite or suffix does not matter.
pub(crate) fn programs(package: &str) -> impl Iterator<Item = &'static str> {
    let name = bare(package);
    PROGRAMS.iter().filter(move |(known, _)| *known == name).flat_map(|(_, all)| all.split_whitespace())
}

/// The files that a package brings, with their content.
pub(crate) fn files(package: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let name = bare(package);
    FILES.iter().filter(move |(known, ..)| *known == name).map(|(_, path, content)| (*path, *content))
}

/// The name of a package without its version and suite.
#[must_use]
pub(crate) fn bare(package: &str) -> &str {
    let name = package.split(['=', '/']).next().unwrap_or(package);
    name.trim_end_matches(['-', '^'])
}
