//! Addresses as Go reads and prints them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

/// What Go prints for an address that there is not.
pub(super) const NIL: &str = "<nil>";

/// Reads an address. An IPv4 address in IPv6 notation counts as IPv4.
pub(super) fn parse_ip(text: &str) -> Option<IpAddr> {
    text.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// Prints what [`parse_ip`] gives, whatever that is.
pub(super) fn shown(address: Option<IpAddr>) -> String {
    address.map_or_else(|| NIL.to_owned(), |address| address.to_string())
}

/// An address with a mask; the mask is a dotted quad or a prefix length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Network {
    pub(super) address: IpAddr,
    pub(super) mask: Mask,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mask {
    V4(Ipv4Addr),
    Prefix(u8),
}

impl Network {
    /// The network of all addresses, for a default route.
    pub(super) const ALL: Self =
        Self { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), mask: Mask::V4(Ipv4Addr::UNSPECIFIED) };

    /// Reads `ADDRESS/LENGTH`; the address keeps its host part.
    pub(super) fn parse_cidr(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        let raw: IpAddr = address.parse().ok()?;
        let most = if raw.is_ipv4() { 32 } else { 128 };
        let length = length.parse::<u8>().ok().filter(|&length| is_number && length <= most)?;
        // A mapped address prints as IPv4, and loses the bits before it from its length.
        let address = raw.to_canonical();
        let length = if raw.is_ipv6() && address.is_ipv4() { length.saturating_sub(96) } else { length };
        Some(Self { address, mask: Mask::Prefix(length) })
    }

    /// The same network without its host part.
    pub(super) fn masked(self) -> Self {
        let Mask::Prefix(length) = self.mask else { return self };
        let length = u32::from(length);
        let address = match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
                IpAddr::V4((address.to_bits() & mask).into())
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
                IpAddr::V6((address.to_bits() & mask).into())
            }
        };
        Self { address, ..self }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.address, self.mask) {
            (address, Mask::Prefix(length)) => write!(f, "{address}/{length}"),
            (IpAddr::V4(address), Mask::V4(mask)) => {
                let bits = mask.to_bits();
                if bits.leading_ones() + bits.trailing_zeros() >= 32 {
                    write!(f, "{address}/{}", bits.leading_ones())
                } else {
                    write!(f, "{address}/{bits:08x}")
                }
            }
            (IpAddr::V6(_), Mask::V4(_)) => f.write_str(NIL),
        }
    }
}

/// A hardware address of 6, 8 or 20 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mac(Vec<u8>);

impl Mac {
    /// Reads pairs of digits between colons or hyphens, or groups of four between dots.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let separator = match text.as_bytes() {
            [_, _, separator @ (b':' | b'-'), ..] => char::from(*separator),
            [_, _, _, _, b'.', ..] => '.',
            _ => return None,
        };
        let digits = if separator == '.' { 4 } else { 2 };
        let mut bytes = Vec::new();
        for group in text.split(separator) {
            if group.len() != digits || !group.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            for at in (0..digits).step_by(2) {
                bytes.push(u8::from_str_radix(group.get(at..at + 2)?, 16).ok()?);
            }
        }
        matches!(bytes.len(), 6 | 8 | 20).then_some(Self(bytes))
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ":" };
            write!(f, "{separator}{byte:02x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_print_as_lengths_when_they_can() {
        let network = |mask: &str, address: &str| {
            let mask = Mask::V4(mask.parse().expect("a mask"));
            Network { address: address.parse().expect("an address"), mask }.to_string()
        };
        assert_eq!(network("255.255.254.0", "10.0.0.1"), "10.0.0.1/23");
        assert_eq!(network("0.0.0.0", "10.0.0.1"), "10.0.0.1/0");
        assert_eq!(network("255.255.255.255", "10.0.0.1"), "10.0.0.1/32");
        assert_eq!(network("255.0.255.0", "10.0.0.1"), "10.0.0.1/ff00ff00");
        assert_eq!(network("255.0.0.0", "2001:db8::1"), NIL);
    }

    #[test]
    fn networks_lose_their_host_part_only_when_asked() {
        let network = |text| Network::parse_cidr(text).map(|network| network.masked().to_string());
        assert_eq!(network("10.4.5.6/16").as_deref(), Some("10.4.0.0/16"));
        assert_eq!(network("10.4.5.6/0").as_deref(), Some("0.0.0.0/0"));
        assert_eq!(network("2001:db8::1/32").as_deref(), Some("2001:db8::/32"));
        assert_eq!(network("10.0.0.0/33"), None);
        assert_eq!(network("10.0.0.0/+8"), None);
        assert_eq!(
            Network::parse_cidr("10.4.5.6/16").map(|network| network.to_string()).as_deref(),
            Some("10.4.5.6/16")
        );
    }

    #[test]
    fn hardware_addresses_are_read_in_three_forms() {
        let mac = |text| Mac::parse(text).map(|mac| mac.to_string());
        assert_eq!(mac("00-16-3E-01-02-03").as_deref(), Some("00:16:3e:01:02:03"));
        assert_eq!(mac("0016.3e01.0203").as_deref(), Some("00:16:3e:01:02:03"));
        assert_eq!(mac("00:16:3e:01:02"), None);
        assert_eq!(mac("00:16-3e:01:02:03"), None);
        assert_eq!(mac("zz:zz"), None);
    }
}
