//! Platforms: where a machine gets its user-data from, and what cloud-init does with it there.

use dryboot_lint::provider::{self, Limit};

/// A place where machines boot.
#[derive(Debug, PartialEq, Eq)]
pub struct Platform {
    /// The name that users type.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// cloud-init's name of the datasource.
    pub datasource: &'static str,
    /// How long user-data may be; none where that is not known.
    pub user_data_limit: Option<Limit>,
    /// In what form user-data reaches the machine.
    pub carries: Carries,
    /// Whether the metadata has the SSH keys that were chosen for the machine. They are the default user's.
    pub gives_keys: bool,
    /// Whether user-data replaces the account and the host name that the platform would set itself.
    pub replaces_settings: bool,
    /// The default user in the platform's own images of a distribution, where it is not that of others.
    pub default_users: &'static [(&'static str, &'static str)],
}

/// In what form user-data reaches the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// As the bytes that are given, compressed or not.
    Bytes,
    /// As text, which the datasource decodes when it is base64.
    TextOrBase64,
    /// As text alone: compressed bytes do not arrive.
    Text,
}

const fn platform(name: &'static str, title: &'static str, datasource: &'static str) -> Platform {
    Platform {
        name,
        title,
        datasource,
        user_data_limit: None,
        carries: Carries::Bytes,
        gives_keys: true,
        replaces_settings: false,
        default_users: &[],
    }
}

impl Platform {
    const fn limit(self, limit: Limit) -> Self {
        Self { user_data_limit: Some(limit), ..self }
    }

    const fn text(self) -> Self {
        Self { carries: Carries::Text, ..self }
    }

    const fn text_or_base64(self) -> Self {
        Self { carries: Carries::TextOrBase64, ..self }
    }

    const fn without_keys(self) -> Self {
        Self { gives_keys: false, ..self }
    }

    /// The platform with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<&'static Self> {
        PLATFORMS.iter().find(|platform| platform.name == name)
    }

    /// What to do about user-data that is too long here, where `compressed` is its length after `gzip -9`.
    #[must_use]
    pub fn remedy(&self, limit: Limit, compressed: Option<usize>) -> String {
        match self.carries {
            Carries::Bytes => limit.remedy(compressed),
            Carries::TextOrBase64 => limit.remedy_as_base64(compressed),
            Carries::Text => limit.remedy_for_text(),
        }
    }

    /// What the platform calls the default user in its images of a distribution.
    #[must_use]
    pub fn default_user(&self, family: &str) -> Option<&'static str> {
        self.default_users.iter().find(|(of, _)| *of == family).map(|(_, user)| *user)
    }
}

/// Every platform.
///
/// Source: the datasources of cloud-init 26.2, and of the providers what `dryboot_lint::provider` names.
pub static PLATFORMS: &[Platform] = &[
    Platform {
        default_users: &[
            ("debian", "admin"),
            ("rhel", "ec2-user"),
            ("almalinux", "ec2-user"),
            ("centos-stream", "ec2-user"),
            ("sles", "ec2-user"),
            ("opensuse-leap", "ec2-user"),
            ("freebsd", "ec2-user"),
        ],
        ..platform("ec2", "Amazon EC2", "Ec2").limit(provider::EC2)
    },
    platform("azure", "Microsoft Azure", "Azure").limit(provider::AZURE),
    platform("gce", "Google Compute Engine", "GCE").limit(provider::GCE).text_or_base64(),
    platform("openstack", "OpenStack", "OpenStack").limit(provider::NOVA),
    platform("rackspace", "Rackspace", "ConfigDrive").limit(provider::NOVA),
    platform("config-drive", "a config drive", "ConfigDrive"),
    platform("digitalocean", "DigitalOcean", "DigitalOcean").limit(provider::DIGITALOCEAN).text(),
    platform("hetzner", "Hetzner Cloud", "Hetzner").limit(provider::HETZNER).text_or_base64(),
    platform("ibm", "IBM Cloud VPC", "IBMCloud").limit(provider::IBM),
    platform("cloudstack", "Apache CloudStack", "CloudStack").limit(provider::CLOUDSTACK),
    platform("oracle", "Oracle Cloud", "Oracle"),
    platform("akamai", "Akamai (Linode)", "Akamai"),
    platform("vultr", "Vultr", "Vultr").text(),
    platform("scaleway", "Scaleway", "Scaleway"),
    platform("upcloud", "UpCloud", "UpCloud"),
    platform("exoscale", "Exoscale", "Exoscale"),
    platform("oxide", "Oxide", "NoCloud").limit(provider::OXIDE),
    platform("cloudsigma", "CloudSigma", "CloudSigma").text(),
    platform("vmware", "VMware", "VMware").limit(provider::GUESTINFO).without_keys(),
    Platform {
        replaces_settings: true,
        ..platform("proxmox", "Proxmox VE with `cicustom`", "NoCloud").without_keys()
    },
    platform("lxd", "LXD and Incus", "LXD").without_keys(),
    platform("nocloud", "a disk labelled `cidata`", "NoCloud").without_keys(),
    platform("multipass", "Multipass", "NoCloud"),
    platform("maas", "MAAS", "MAAS"),
    platform("wsl", "Windows Subsystem for Linux", "WSL").without_keys(),
    platform("none", "no platform: an image whose `datasource_list` is `[None]`", "None").without_keys(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        for (index, platform) in PLATFORMS.iter().enumerate() {
            assert!(PLATFORMS[..index].iter().all(|other| other.name != platform.name), "{}", platform.name);
        }
    }
}
