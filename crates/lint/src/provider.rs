//! Providers of machines: what holds for them whichever program reads the user-data.
//!
//! What a program does there is its own table of platforms, which takes the facts from here.

/// How long user-data may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// In bytes.
    pub bytes: usize,
    /// Whether the bytes of its base64 form count, and not its own.
    pub of_base64: bool,
    /// Who says so.
    pub source: &'static str,
}

impl Limit {
    const fn raw(bytes: usize, source: &'static str) -> Self {
        Self { bytes, of_base64: false, source }
    }

    const fn base64(bytes: usize, source: &'static str) -> Self {
        Self { bytes, of_base64: true, source }
    }

    /// How many bytes of `length` bytes of user-data count.
    #[must_use]
    pub fn counted(self, length: usize) -> usize {
        if self.of_base64 { length.div_ceil(3) * 4 } else { length }
    }

    /// What to say about user-data of `length` bytes on a platform of this name; nothing where it fits.
    #[must_use]
    pub fn exceeded(self, length: usize, platform: &str) -> Option<String> {
        let counted = self.counted(length);
        let form = if self.of_base64 { " as base64" } else { "" };
        (counted > self.bytes).then(|| {
            let (counted, most) = (grouped(counted), grouped(self.bytes));
            format!("the user-data is {counted} bytes long{form}: `{platform}` accepts at most {most}")
        })
    }

    /// What to do about user-data that is too long, where the platform carries bytes: `compressed` is how long it is
    /// after `gzip -9`, if that is known.
    #[must_use]
    pub fn remedy(self, compressed: Option<usize>) -> String {
        let source = self.source;
        let Some(compressed) = compressed else {
            return format!("compress it with `gzip -9`, which the machine decompresses ({source})");
        };
        let (raw, base64) = (grouped(compressed), grouped(compressed.div_ceil(3) * 4));
        match self.counted(compressed) <= self.bytes {
            true => format!("after `gzip -9` it is {raw} bytes ({base64} as base64), which fits: {source}"),
            false => format!(
                "after `gzip -9` it is still {raw} bytes ({base64} as base64): download large contents at \
                 boot ({source})"
            ),
        }
    }

    /// The same where the platform carries text, which the machine decodes from base64.
    #[must_use]
    pub fn remedy_as_base64(self, compressed: Option<usize>) -> String {
        let source = self.source;
        let command = "gzip -9 | base64 -w0";
        match compressed.map(|length| length.div_ceil(3) * 4) {
            None => format!("use the output of `{command}`, which the machine decodes ({source})"),
            Some(length) if self.counted(length) <= self.bytes => {
                format!("after `{command}` it is {} bytes, which fits: {source}", grouped(length))
            }
            Some(length) => format!(
                "after `{command}` it is still {} bytes: download large contents at boot ({source})",
                grouped(length)
            ),
        }
    }

    /// What to do about user-data that is too long, where compressing it does not help.
    #[must_use]
    pub fn remedy_for_text(self) -> String {
        format!("download large contents when the machine boots ({})", self.source)
    }
}

/// A number with commas between groups of three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Amazon EC2.
pub const EC2: Limit =
    Limit::raw(16_384, "EC2 User Guide: instance user data is limited to 16 KB before base64");

/// OpenStack's Nova, and clouds built on it.
pub const NOVA: Limit = Limit::base64(65_535, "OpenStack Nova: user data of a server");

/// DigitalOcean.
pub const DIGITALOCEAN: Limit =
    Limit::raw(65_536, "DigitalOcean API: user_data of a droplet, plain text up to 64 KiB");

/// Google Compute Engine.
pub const GCE: Limit = Limit::raw(262_144, "Compute Engine API: the value of a metadata item");

/// Microsoft Azure, which takes user-data as custom data.
pub const AZURE: Limit =
    Limit::raw(65_535, "Azure REST API: osProfile.customData, a binary array of at most 65535 bytes");

/// Hetzner Cloud.
pub const HETZNER: Limit =
    Limit::raw(32_768, "Hetzner Cloud API: user_data of a server is limited to 32 KiB");

/// IBM Cloud VPC.
pub const IBM: Limit = Limit::raw(65_536, "IBM Cloud VPC: user data of an instance, at most 64 KB");

/// Apache CloudStack, unless its administrator says otherwise.
pub const CLOUDSTACK: Limit =
    Limit::base64(32_768, "CloudStack: vm.userdata.max.length, 32 KB unless changed");

/// VMware's guestinfo properties.
pub const GUESTINFO: Limit = Limit::raw(65_536, "VMware: the value of a guestinfo property, at most 64 KiB");

/// Oxide.
pub const OXIDE: Limit = Limit::raw(32_768, "Oxide API: user_data of an instance, at most 32 KiB");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_makes_four_bytes_of_three() {
        let limit = Limit { bytes: 8, of_base64: true, source: "" };
        assert_eq!([0, 1, 3, 4, 6].map(|length| limit.counted(length)), [0, 4, 4, 8, 8]);
        assert_eq!(Limit { of_base64: false, ..limit }.counted(5), 5);
    }

    #[test]
    fn the_limit_itself_is_not_exceeded() {
        assert_eq!(EC2.exceeded(16_384, "ec2"), None);
        assert_eq!(
            EC2.exceeded(16_385, "ec2").as_deref(),
            Some("the user-data is 16,385 bytes long: `ec2` accepts at most 16,384")
        );
        assert_eq!(NOVA.exceeded(49_149, "openstack"), None);
        assert!(NOVA.exceeded(49_152, "openstack").is_some());
    }
}
